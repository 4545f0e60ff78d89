from __future__ import annotations

import os
from pathlib import Path

import pytest

from readout_pub.atomic import write_file
from readout_pub.errors import OutputError


def test_a_file_appears_whole_with_the_folders_above_it(tmp_path: Path) -> None:
    write_file(tmp_path / "a" / "b" / "page.txt", b"words")
    assert (tmp_path / "a" / "b" / "page.txt").read_bytes() == b"words"
    assert [path.name for path in (tmp_path / "a" / "b").iterdir()] == ["page.txt"]


def test_a_file_has_the_permissions_that_new_files_have(tmp_path: Path) -> None:
    (tmp_path / "plain.txt").touch()
    write_file(tmp_path / "page.txt", b"words")
    assert (tmp_path / "page.txt").stat().st_mode == (tmp_path / "plain.txt").stat().st_mode


def test_when_writing_fails_the_old_file_stands_and_nothing_is_left_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "page.txt"
    path.write_bytes(b"old")

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match="No space left on device"):
        write_file(path, b"new")
    assert path.read_bytes() == b"old"
    assert [path.name for path in (tmp_path).iterdir()] == ["page.txt"]


def test_a_folder_in_the_place_of_the_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "page.txt").mkdir()
    with pytest.raises(OutputError, match=r"page\.txt: it cannot be written"):
        write_file(tmp_path / "page.txt", b"words")
    assert [path.name for path in (tmp_path).iterdir()] == ["page.txt"]


def test_a_file_in_the_place_of_a_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "out").touch()
    with pytest.raises(OutputError) as refused:
        write_file(tmp_path / "out" / "2031" / "page.txt", b"words")
    assert refused.value.what == f"it cannot be written, since {tmp_path}/out is a file, not a folder"


def test_what_is_unfinished_lies_in_the_scratch_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "scratch").mkdir()
    seen: list[str] = []
    monkeypatch.setattr(os, "fsync", lambda _: seen.extend(path.parent.name for path in tmp_path.rglob(".page*")))
    write_file(tmp_path / "out/page.html", b"whole", scratch=tmp_path / "scratch")
    assert seen == ["scratch"]
    assert (tmp_path / "out/page.html").read_bytes() == b"whole"
    assert list((tmp_path / "scratch").iterdir()) == []
