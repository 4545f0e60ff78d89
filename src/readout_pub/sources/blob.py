"""Bytes that can be read: a file on disk, a member of an archive, standard input. Nothing is read beyond a limit."""

from __future__ import annotations

import io
import lzma
import os
import stat
import zipfile
import zlib
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import BinaryIO

import msgspec

from readout_pub.errors import SourceError

HEAD = 4096
"""Bytes that tell what a file is."""

MAX_ARCHIVE = 200_000_000
"""Bytes of an archive that has to be read as a whole, photos in base64 included."""

DAMAGE = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, ValueError, RuntimeError, OSError)
"""What reading a file or the member of a zip archive can raise.

RuntimeError is zipfile's word for a missing password; below it is NotImplementedError, for a packing it does not know.
A ValueError is a name that cannot be decoded, or a place before the beginning of the file.
"""


class Blob(msgspec.Struct, frozen=True, kw_only=True):
    """Some bytes: `where` names them to people, `open` gives a stream of them, `size` counts them as far as is known.

    `path` is the file that holds exactly these bytes, if there is one. `seekable` gives a stream that can be read from
    any place at no cost, where `open` gives none and the bytes stand unpacked within a file.
    `stamp` changes whenever the bytes do, and `modified` is when they last did, in seconds since 1970; each is None
    where nothing tells before the bytes are read.
    A blob can be sent to another process, which then opens the same file.
    """

    where: str
    size: int
    open: Callable[[], BinaryIO]
    path: Path | None = None
    seekable: Callable[[], BinaryIO] | None = None
    stamp: str | None = None
    modified: int | None = None

    def read(self, limit: int) -> bytes:
        """Read all; a SourceError says that there is more than `limit`, or what is damaged.

        The size that an archive states is not believed: reading stops one byte behind the limit.
        """
        if self.size > limit:
            raise too_large(self.where, self.size, limit)
        raw = self._first(limit + 1)
        if len(raw) > limit:
            raise too_large(self.where, len(raw), limit)
        return raw

    def head(self) -> bytes:
        """Read the first bytes, which tell what it is."""
        return self._first(HEAD)

    def _first(self, count: int) -> bytes:
        try:
            with self.open() as stream:
                return stream.read(count)
        except DAMAGE as reason:
            raise unreadable(self.where, reason) from reason


def file_blob(path: Path) -> Blob:
    """Return the bytes of a file; a SourceError says that there is none."""
    try:
        found = path.stat()
    except FileNotFoundError:
        raise SourceError("there is no such file", where=str(path), what_next="check the path") from None
    except OSError as reason:
        raise unreadable(str(path), reason) from reason
    return Blob(
        where=str(path),
        size=found.st_size,
        open=partial(_open, path),
        path=path,
        stamp=_stamp(found),
        modified=int(found.st_mtime),
    )


def _open(path: Path) -> BinaryIO:
    return path.open("rb")


def file_stamp(path: str) -> str | None:
    """Return the stamp of a file, as its blob has it; None if there is no such file."""
    try:
        found = os.stat(path)  # noqa: PTH116 - asked for each photo of an archive, and a Path costs more than the answer
    except (OSError, ValueError):
        return None
    return _stamp(found) if stat.S_ISREG(found.st_mode) else None


def _stamp(found: os.stat_result) -> str:
    return f"{found.st_size}:{found.st_mtime_ns}"


def bytes_blob(raw: bytes, where: str) -> Blob:
    """Return bytes that are at hand already."""
    return Blob(where=where, size=len(raw), open=partial(io.BytesIO, raw))


def too_large(where: str, size: int, max_bytes: int) -> SourceError:
    """Word the refusal of a source of `size` bytes; whoever found one byte too many has read no further."""
    known = size > max_bytes + 1
    return SourceError(
        f"it has {in_words(size)}, and the limit is {in_words(max_bytes)}"
        if known
        else f"it has more than {in_words(max_bytes)}, which is the limit",
        where=where,
        what_next=f"if it is a page after all, allow it with --max-bytes {size if known else 2 * max_bytes}",
    )


def in_words(size: int) -> str:
    """Write a number of bytes as people read it."""
    return f"{size / 1e6:.1f} MB" if size >= 10**6 else f"{size:,} bytes"


def unreadable(where: str, reason: Exception) -> SourceError:
    """Word the failure to read bytes that are there."""
    words = getattr(reason, "strerror", None) or str(reason) or type(reason).__name__
    return SourceError(f"it cannot be read ({words})", where=where)


class Window(io.RawIOBase):
    """Part of a file as a file of its own: `length` bytes from `start`."""

    def __init__(self, path: Path, start: int, length: int) -> None:
        super().__init__()
        self._file = path.open("rb")
        self._start, self._length, self._at = start, length, 0

    def readable(self) -> bool:
        """Say yes."""
        return True

    def seekable(self) -> bool:
        """Say yes."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to `offset` within the window."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._length}[whence]
        self._at = max(0, base + offset)
        return self._at

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override] # typeshed has a private type
        """Fill `buffer` as far as the window goes."""
        count = max(0, min(len(buffer), self._length - self._at))
        self._file.seek(self._start + self._at)
        raw = self._file.read(count)
        buffer[: len(raw)] = raw
        self._at += len(raw)
        return len(raw)

    def close(self) -> None:
        """Close the file."""
        self._file.close()
        super().close()
