"""Writes files atomically: a reader sees the old file or the new one, never half of it."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from readout_pub.errors import OutputError


def write_file(path: Path, content: bytes, *, scratch: Path | None = None) -> None:
    """Write `content` to `path`, create its parent folders, and replace an existing file in one step.

    If `path` is a device or a pipe, the content is written into it directly. Otherwise the content is first written to
    a temporary file, which then replaces `path`. The temporary file is beside `path`, or in the folder `scratch`, which
    must be on the same disk; after a crash, the caller can empty that folder. Raises OutputError if the file cannot be
    written; an old file then stays as it was.
    """
    if path.exists() and not path.is_file() and not path.is_dir():
        _write_to_device(path, content)
        return
    with open_atomic(path, scratch=scratch) as file:
        file.write(content)


@contextlib.contextmanager
def open_atomic(path: Path, *, scratch: Path | None = None) -> Iterator[BinaryIO]:
    """Open a file for writing, and move it to `path` at the end of the context unless an exception was raised.

    `scratch` and errors are as in `write_file`.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=scratch or path.parent, prefix=f".{path.name[:40]}-")
    except OSError as reason:
        raise write_error(path, reason) from reason
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o666 & ~current_umask())  # mkstemp makes files that only their owner can read
        Path(name).replace(path)
    except OSError as reason:
        Path(name).unlink(missing_ok=True)
        raise write_error(path, reason) from reason
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _write_to_device(path: Path, content: bytes) -> None:
    """Write to a device or a pipe; a pipe that no program reads is refused, since opening it would wait forever."""
    try:
        handle = os.open(path, os.O_WRONLY | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(handle, "wb") as file:
            if os.name == "posix":
                os.set_blocking(handle, True)
            file.write(content)
    except OSError as reason:
        if reason.errno == errno.ENXIO:
            raise OutputError(
                "it is a pipe that no program reads", where=str(path), what_next="remove it, or choose another place"
            ) from reason
        raise write_error(path, reason) from reason


def current_umask() -> int:
    """Return the umask of this process, which can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


_FREE_SPACE = "free some space, or choose another place"
FULL_DISK_ERRNOS = frozenset({errno.ENOSPC, errno.EDQUOT})
"""The errors of a full disk and of a quota that is used up."""


def write_error(path: Path, reason: OSError) -> OutputError:
    """Return the error for a file that the system did not let the program write."""
    blocking_file = next((folder for folder in path.parents if folder.exists() and not folder.is_dir()), None)
    if blocking_file:
        return OutputError(
            f"it cannot be written, since {blocking_file} is a file, not a folder",
            where=str(path),
            what_next="choose another place",
        )
    return OutputError(
        f"it cannot be written ({reason.strerror or reason})",
        where=str(path),
        what_next=_FREE_SPACE
        if reason.errno in FULL_DISK_ERRNOS
        else "choose another place, or make this one writable",
    )
