"""Files are read up to a limit. Missing files, devices, and pipes without a writer are refused."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from readout_pub import SourceError, open_source
from readout_pub.sources import only_page, source_digest

PAGE = "<html><body><p>The Ministers met.</p></body></html>"


def saved(folder: Path, content: bytes, name: str = "page.html") -> Path:
    file = folder / name
    file.write_bytes(content)
    return file


def test_a_missing_file_is_reported_by_its_path(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as refused:
        open_source(tmp_path / "gone.html")
    assert str(refused.value) == f"{tmp_path}/gone.html: there is no such file; check the path"


def sparse(folder: Path, size: int) -> Path:
    """Make a sparse file of `size` bytes."""
    file = folder / "page.html"
    with file.open("wb") as opened:
        opened.truncate(size)
    return file


def test_the_error_for_a_too_large_page_names_the_option(tmp_path: Path) -> None:
    file = sparse(tmp_path, 50_000_000)
    with pytest.raises(SourceError) as refused:
        open_source(file)
    assert refused.value.where == str(file)
    assert refused.value.what == "it has 50.0 MB, and the limit is 20.0 MB"
    assert (
        refused.value.what_next
        == "if it is a page after all, allow it with --max-bytes 50000000 (in Python: max_bytes)"
    )


def test_a_page_larger_than_memory_is_refused_without_being_read(tmp_path: Path) -> None:
    file = sparse(tmp_path, 1_000_000_000_000)
    with pytest.raises(SourceError, match=r"it has 1000000\.0 MB"):
        open_source(file)


@pytest.mark.skipif(os.name == "nt", reason="Windows has neither such devices nor such pipes")
def test_a_device_and_a_pipe_without_a_writer_are_refused(tmp_path: Path) -> None:
    pipe = tmp_path / "page.html"
    os.mkfifo(pipe)
    for each in (pipe, Path("/dev/zero")):
        with pytest.raises(SourceError, match="it is a device or a pipe; name a file, or pass the page on standard"):
            open_source(each)
    with pytest.raises(SourceError, match="the file is empty"):
        open_source(os.devnull)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no /dev/fd")
def test_a_page_from_a_shell_pipe_is_read_whole() -> None:
    reader, writer = os.pipe()
    os.write(writer, PAGE.encode())
    os.close(writer)
    try:
        assert source_digest(only_page(f"/dev/fd/{reader}")) == hashlib.sha256(PAGE.encode()).hexdigest()
    finally:
        os.close(reader)


def test_the_caller_sets_the_limit(tmp_path: Path) -> None:
    file = saved(tmp_path, PAGE.encode())
    assert open_source(file, max_bytes=len(PAGE)).name == "page.html"
    with pytest.raises(SourceError, match=f"allow it with --max-bytes {len(PAGE)}"):
        open_source(file, max_bytes=len(PAGE) - 2)
