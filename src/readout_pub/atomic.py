"""Files put in their place whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from readout_pub.errors import OutputError


def write_file(path: Path, content: bytes, *, scratch: Path | None = None) -> None:
    """Write `content` to `path`, replacing what is there in one step; an OutputError leaves it as it was.

    A device or a pipe is written to, not replaced. What is unfinished lies beside `path`, or in `scratch`, a folder
    on the same disk, where whoever comes after a crash can find and remove it.
    """
    if path.exists() and not path.is_file() and not path.is_dir():
        _write_through(path, content)
        return
    with open_atomic(path, scratch=scratch) as file:
        file.write(content)


@contextlib.contextmanager
def open_atomic(path: Path, *, scratch: Path | None = None) -> Iterator[BinaryIO]:
    """Give a file to write to, which takes its place at `path` when all is written; otherwise as `write_file`."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=scratch or path.parent, prefix=f".{path.name[:40]}-")
    except OSError as reason:
        raise _failed(path, reason) from reason
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o666 & ~_umask())
        Path(name).replace(path)
    except OSError as reason:
        Path(name).unlink(missing_ok=True)
        raise _failed(path, reason) from reason
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _write_through(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as reason:
        raise _failed(path, reason) from reason


def _umask() -> int:
    """Return the mask for new files; asking for it means setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _failed(path: Path, reason: OSError) -> OutputError:
    in_the_way = next((folder for folder in path.parents if folder.exists() and not folder.is_dir()), None)
    if in_the_way:
        return OutputError(
            f"it cannot be written, since {in_the_way} is a file, not a folder",
            where=str(path),
            what_next="choose another place with -o",
        )
    return OutputError(
        f"it cannot be written ({reason.strerror or reason})",
        where=str(path),
        what_next="choose another place with -o, or make this one writable",
    )
