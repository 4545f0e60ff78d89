"""Files are written whole or not at all."""

from __future__ import annotations

import os
import select
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from readout_pub.atomic import write_file
from readout_pub.errors import OutputError


def test_a_file_is_written_with_its_parent_folders(tmp_path: Path) -> None:
    write_file(tmp_path / "a" / "b" / "page.txt", b"words")
    assert (tmp_path / "a" / "b" / "page.txt").read_bytes() == b"words"
    assert [path.name for path in (tmp_path / "a" / "b").iterdir()] == ["page.txt"]


def test_a_file_has_the_default_permissions(tmp_path: Path) -> None:
    (tmp_path / "plain.txt").touch()
    write_file(tmp_path / "page.txt", b"words")
    assert (tmp_path / "page.txt").stat().st_mode == (tmp_path / "plain.txt").stat().st_mode


def test_a_failed_write_leaves_the_old_file_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "page.txt"
    path.write_bytes(b"old")

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match="No space left on device"):
        write_file(path, b"new")
    assert path.read_bytes() == b"old"
    assert [path.name for path in (tmp_path).iterdir()] == ["page.txt"]


def test_a_folder_at_the_path_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "page.txt").mkdir()
    with pytest.raises(OutputError, match=r"page\.txt: it cannot be written"):
        write_file(tmp_path / "page.txt", b"words")
    assert [path.name for path in (tmp_path).iterdir()] == ["page.txt"]


def test_a_file_in_place_of_a_parent_folder_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "out").touch()
    with pytest.raises(OutputError) as refused:
        write_file(tmp_path / "out" / "2031" / "page.txt", b"words")
    assert refused.value.what == f"it cannot be written, since {tmp_path}/out is a file, not a folder"


def test_an_unfinished_file_is_in_the_scratch_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "scratch").mkdir()
    seen: list[str] = []
    monkeypatch.setattr(os, "fsync", lambda _: seen.extend(path.parent.name for path in tmp_path.rglob(".page*")))
    write_file(tmp_path / "out/page.html", b"whole", scratch=tmp_path / "scratch")
    assert seen == ["scratch"]
    assert (tmp_path / "out/page.html").read_bytes() == b"whole"
    assert list((tmp_path / "scratch").iterdir()) == []


def test_a_pipe_that_nobody_reads_is_an_error(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "page.txt")
    with pytest.raises(OutputError, match=r"page\.txt: it is a pipe that no program reads"):
        write_file(tmp_path / "page.txt", b"words")


def test_a_pipe_gets_the_whole_content(tmp_path: Path) -> None:
    content = b"words " * 100_000  # more than a pipe holds
    os.mkfifo(tmp_path / "page.txt")
    with ThreadPoolExecutor(1) as executor:
        opened = os.open(tmp_path / "page.txt", os.O_RDONLY | os.O_NONBLOCK)  # without a reader, writing is refused
        read = executor.submit(_read_pipe, opened)
        write_file(tmp_path / "page.txt", content)
        assert read.result(10) == content


def _read_pipe(handle: int) -> bytes:
    select.select([handle], [], [], 10)  # until the writer has opened the pipe
    os.set_blocking(handle, True)
    with os.fdopen(handle, "rb") as file:
        return file.read()
