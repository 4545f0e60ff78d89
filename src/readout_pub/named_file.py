"""Reads files that a person names, such as a style sheet, a table or a key: whole, and never beyond a limit."""

from __future__ import annotations

import os
import stat
from functools import cache
from pathlib import Path

from readout_pub.errors import ReadoutError, SourceError

MAX_BYTES = 20_000_000
"""How many bytes a file that people write may have. Chosen by hand: the largest known, a table of photos, has five
million."""

MAX_LARGE_BYTES = 1_000_000_000
"""How many bytes a file that programs write may have, such as an output with its photos. Chosen by hand."""

_PIPE_BYTES = 65_536
"""How many bytes are read first from a pipe, whose size is not known. A pipe of Linux holds as many."""

_OPEN_PIPES = ("/dev/fd", "/proc/self/fd")
"""Folders with the pipes that the shell has opened: `--css <(sass own.scss)` names such a pipe."""


def read_named_file(
    path: Path, what: str = "it", *, max_bytes: int = MAX_BYTES, error: type[ReadoutError] = SourceError
) -> bytes:
    """Return the bytes of a file that a user named; messages call it `what`.

    Devices and pipes are not read: a device may have no end, and a pipe may wait for a writer. Exceptions are the null
    device, and a pipe that the shell has opened, which is read once and then gives the same bytes again. Raises `error`
    for any other device or pipe, for a file that cannot be read, and for one of more than `max_bytes`.
    """
    try:
        found = path.stat()
        mode = found.st_mode
        if stat.S_ISDIR(mode):
            raise error(f"{what} is a folder", where=str(path), what_next="name a file")
        if _is_open_pipe(path, mode):
            data = _read_pipe(path, found.st_ino, max_bytes)
        elif stat.S_ISREG(mode) and found.st_size > max_bytes:
            raise _too_large(path, what, max_bytes, error)
        elif stat.S_ISREG(mode) or str(path) == os.devnull:
            data = _read_up_to(path, max_bytes)
        else:
            raise error(f"{what} is a device or a pipe", where=str(path), what_next="name a file")
    except FileNotFoundError as reason:
        raise error("there is no such file", where=str(path), what_next="check the path") from reason
    except (OSError, ValueError) as reason:  # a ValueError is a path with NUL
        words = getattr(reason, "strerror", None) or str(reason)
        raise error(f"{what} cannot be read ({words})", where=str(path), what_next="check the path") from reason
    if len(data) > max_bytes:  # of a pipe, or of a file that has grown meanwhile
        raise _too_large(path, what, max_bytes, error)
    return data


def _too_large(path: Path, what: str, max_bytes: int, error: type[ReadoutError]) -> ReadoutError:
    return error(
        f"{what} has more than {max_bytes / 1e6:,.0f} MB, which is the limit",
        where=str(path),
        what_next="check that it is the right file, or make it smaller",
    )


def read_large_file(path: Path, what: str = "it", *, error: type[ReadoutError] = SourceError) -> bytes:
    """Return the bytes of a file that programs write, such as an output; the rest is as in `read_named_file`."""
    return read_named_file(path, what, max_bytes=MAX_LARGE_BYTES, error=error)


def is_open_pipe(path: Path) -> bool:
    """Return whether a path names a pipe that the shell has opened, which other processes cannot read."""
    try:
        return _is_open_pipe(path, path.stat().st_mode)
    except (OSError, ValueError):
        return False


def _is_open_pipe(path: Path, mode: int) -> bool:
    return stat.S_ISFIFO(mode) and (str(path.parent) in _OPEN_PIPES or str(path) == "/dev/stdin")


@cache  # a pipe can be read only once, but each document asks for its style sheet
def _read_pipe(path: Path, inode: int, max_bytes: int) -> bytes:
    del inode  # part of the cache key: another pipe may have the path of one that was closed
    return _read_up_to(path, max_bytes)


def _read_up_to(path: Path, max_bytes: int) -> bytes:
    """Return the bytes of a file, at most `max_bytes` and one more, which shows that the file is too large.

    `read` reserves memory for all bytes that it may return. So it is never asked for many more bytes than the file has.
    """
    with path.open("rb") as file:
        data, wanted = b"", max(os.fstat(file.fileno()).st_size + 1, _PIPE_BYTES)
        while len(data) <= max_bytes:
            wanted = min(wanted, max_bytes + 1 - len(data))
            more = file.read(wanted)
            data += more
            if len(more) < wanted:
                break  # at the end, before `read` would reserve memory again
            wanted = len(data)  # for a pipe, twice as much each time: each `+=` copies all bytes
        return data


_PDF_HEADER_BYTES = 1024
"""Within how many bytes PDFium looks for the header of a PDF (PDF Reference 1.7, Appendix H, note 13)."""


def may_be_pdf(path: Path) -> bool:
    """Return whether PDFium may read a file as PDF, by its first bytes and not by its name; False for a pipe."""
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            return b"%PDF" in file.read(_PDF_HEADER_BYTES)
    except (OSError, ValueError):  # a ValueError: the name has a NUL
        return False
