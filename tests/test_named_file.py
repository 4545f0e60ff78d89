"""Files that a person names are read whole, up to a limit; devices and pipes that may have no end are refused."""

from __future__ import annotations

import os
import tracemalloc
from pathlib import Path

import pytest

from readout_pub.errors import SourceError, UsageError
from readout_pub.named_file import MAX_BYTES, MAX_LARGE_BYTES, read_large_file, read_named_file


def sparse_file(path: Path, size: int) -> Path:
    """Make a file of `size` bytes that takes no room on the disk."""
    path.touch()
    os.truncate(path, size)
    return path


def test_a_file_with_more_bytes_than_the_limit_is_refused(tmp_path: Path) -> None:
    path = sparse_file(tmp_path / "own.css", MAX_BYTES)
    assert len(read_named_file(path)) == MAX_BYTES
    sparse_file(path, MAX_BYTES + 1)
    with pytest.raises(SourceError, match=r"own\.css: the style sheet has more than 20 MB, which is the limit; check"):
        read_named_file(path, "the style sheet")
    assert MAX_BYTES < len(read_large_file(path)) < MAX_LARGE_BYTES


def test_a_file_larger_than_memory_is_refused_without_being_read(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="it has more than 1,000 MB, which is the limit"):
        read_large_file(sparse_file(tmp_path / "talks.pdf", 1_000_000_000_000))


def test_the_caller_chooses_the_type_of_the_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no such file; check the path"):
        read_named_file(tmp_path / "gone.css", error=UsageError)
    with pytest.raises(UsageError, match="it is a folder; name a file"):
        read_named_file(tmp_path, error=UsageError)


def test_a_path_with_a_nul_character_cannot_be_read() -> None:
    with pytest.raises(SourceError, match="cannot be read"):
        read_named_file(Path("a\0b"))


@pytest.mark.skipif(os.name == "nt", reason="Windows has neither such devices nor such pipes")
def test_devices_and_pipes_without_a_writer_are_refused(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for each in (pipe, Path("/dev/zero")):
        with pytest.raises(SourceError, match="it is a device or a pipe; name a file"):
            read_named_file(each)
    assert read_named_file(Path(os.devnull)) == b""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no /dev/fd")
def test_a_pipe_of_the_shell_can_be_read_again() -> None:
    for css in (b"h1 { color: navy }", b"h1 { color: maroon }"):  # the second pipe has the number of the first
        reader, writer = os.pipe()
        os.write(writer, css)
        os.close(writer)
        try:
            assert read_named_file(Path(f"/dev/fd/{reader}")) == css
            assert read_named_file(Path(f"/dev/fd/{reader}")) == css
        finally:
            os.close(reader)


def test_a_small_file_takes_little_memory_whatever_the_limit(tmp_path: Path) -> None:
    (tmp_path / "talks.css").write_bytes(b"h1 { color: navy }")
    tracemalloc.start()
    try:
        read_named_file(tmp_path / "talks.css", max_bytes=100_000_000)
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()


def test_a_large_file_takes_no_more_memory_than_its_bytes(tmp_path: Path) -> None:
    path = sparse_file(tmp_path / "talks.pdf", 50_000_000)
    tracemalloc.start()
    try:
        assert len(read_large_file(path)) == 50_000_000
        assert tracemalloc.get_traced_memory()[1] < 51_000_000
    finally:
        tracemalloc.stop()
