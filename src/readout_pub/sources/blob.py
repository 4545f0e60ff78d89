"""The bytes of a file, of an archive member or of standard input, never read beyond a limit."""

from __future__ import annotations

import contextlib
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

from readout_pub.errors import SourceError, option
from readout_pub.sources.urls import is_host_name

HEAD_BYTES = 4096
"""How many bytes of a file are read to recognise its format. Chosen by hand."""

MAX_ARCHIVE_BYTES = 200_000_000
"""The most bytes of an archive that is read into memory as a whole, photos in base64 included.

Chosen by hand: ten times the default limit of a page, and within the memory of small machines.
"""

_PART_BYTES = 4096
"""How many bytes of a damaged file are read at once."""

MAX_RATIO = 100
"""How many times an archive may grow by decompression. Pages and style sheets reach 5, seldom 20."""

MIN_BOMB_BYTES = 100_000_000
"""An archive with at most this many decompressed bytes may have any ratio: decompression takes a third of a second."""

READ_ERRORS = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, ValueError, RuntimeError, OSError)
"""What reading a file or a member of a zip archive can raise.

zipfile raises RuntimeError for a missing password or (a subclass) an unknown compression method, and ValueError for a
name that cannot be decoded or an offset before the start of the file.
"""


class Blob(msgspec.Struct, frozen=True, kw_only=True):
    """Some bytes that are opened on demand.

    `where` names them in messages, `open` returns a stream, and `size` is the number of bytes that their container
    states. `path` is the file that has exactly these bytes; if there is none, `name` is the name of the page.
    `seekable`, if not None, returns a stream with random access, as the `open` of a blob with a `path` does. `stamp`
    changes whenever the bytes do, and `modified` is the time of the last change in seconds since 1970; each is None if
    only reading the bytes would tell.

    `open_unchecked` returns a stream that compares no checksum; it is None if `open` compares none. `damage` describes
    the damage of the bytes that `open` returned; it is None if `open` raises an error for damaged bytes.

    A blob can be pickled: another process opens the same file, or gets a copy of the bytes of a `bytes_blob`.
    """

    where: str
    size: int
    open: Callable[[], BinaryIO]
    path: Path | None = None
    name: str = "page"
    seekable: Callable[[], BinaryIO] | None = None
    stamp: str | None = None
    modified: int | None = None
    open_unchecked: Callable[[], BinaryIO] | None = None
    damage: Callable[[], str | None] | None = None

    def read(self, limit: int) -> bytes:
        """Return all bytes; SourceError if there are more than `limit`, or if they are damaged.

        The size that an archive states may be wrong, so reading stops one byte after the limit.
        """
        if self.size > limit:
            raise too_large(self.where, self.size, limit)
        raw = self._read_first(limit + 1)
        if len(raw) > limit:
            raise too_large(self.where, len(raw), limit)
        return raw

    def read_what_is_left(self, limit: int) -> tuple[bytes, SourceError | None]:
        """Return all bytes and None, or the bytes before a damage and the error that describes it.

        Raises SourceError if there are more than `limit` bytes, or none that can be read.
        """
        try:
            return self.read(limit), None
        except SourceError as error:
            left = self._read_up_to_damage(limit + 1)
            if not left or len(left) > limit:
                raise
            return left, error

    def head(self) -> bytes:
        """Return the first `HEAD_BYTES` bytes, or fewer if the file is damaged before that."""
        try:
            return self._read_first(HEAD_BYTES)
        except SourceError:
            left = self._read_up_to_damage(HEAD_BYTES)
            if not left:
                raise
            return left

    def _read_first(self, count: int) -> bytes:
        try:
            with self.open() as stream:
                return stream.read(count)
        except READ_ERRORS as reason:
            raise unreadable(self.where, reason) from reason

    def _read_up_to_damage(self, count: int) -> bytes:
        """Return the first `count` bytes, or those before a damage.

        The call that meets the damage returns nothing, so its part is read again byte by byte.
        """
        left = bytearray()
        for part_bytes in (_PART_BYTES, 1):
            with contextlib.suppress(*READ_ERRORS), (self.open_unchecked or self.open)() as stream:
                left = bytearray(stream.read(len(left)))
                while len(left) < count and (part := stream.read(min(part_bytes, count - len(left)))):
                    left += part
        return bytes(left)


class OpenInMemory:
    """Opens a blob as a stream in memory; the first call reads its bytes up to the first damage."""

    def __init__(self, blob: Blob, limit: int = MAX_ARCHIVE_BYTES) -> None:
        self._blob, self._limit = blob, limit
        self._raw: bytes | None = None
        self._damage: SourceError | None = None

    def __call__(self) -> BinaryIO:
        """Return the bytes up to the first damage; SourceError if there are more than `limit`."""
        if self._raw is None:
            self._raw, self._damage = self._blob.read_what_is_left(self._limit)
        return io.BytesIO(self._raw)

    def damage(self) -> str | None:
        """Return what is damaged in the blob; None if nothing is, or before the first call."""
        return self._damage.what if self._damage else None

    @property
    def size(self) -> int:
        """Return how many bytes were read."""
        return len(self._raw or b"")

    def __reduce__(self) -> tuple[type[OpenInMemory], tuple[Blob, int]]:
        """Pickle the blob without its bytes: another process reads them itself."""
        return OpenInMemory, (self._blob, self._limit)


def file_blob(path: Path) -> Blob:
    """Return the blob of a file; SourceError if it cannot be accessed, or is a device or a pipe."""
    try:
        found = path.stat()
    except (OSError, ValueError) as reason:  # a path with NUL raises ValueError
        raise unreadable(str(path), reason) from reason
    if not stat.S_ISREG(found.st_mode) and str(path) != os.devnull:
        raise SourceError(
            "it is a device or a pipe", where=str(path), what_next="name a file, or pass the page on standard input"
        )
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
    """Return the stamp that the blob of a file has; None if it is not a regular file."""
    try:
        found = os.stat(path)  # noqa: PTH116 - called for each photo, and making a Path takes longer
    except (OSError, ValueError):
        return None
    return _stamp(found) if stat.S_ISREG(found.st_mode) else None


def _stamp(found: os.stat_result) -> str:
    return f"{found.st_size}:{found.st_mtime_ns}"


def bytes_blob(raw: bytes, where: str, name: str) -> Blob:
    """Return a blob of bytes in memory; `name` is the name of its page."""
    return Blob(where=where, size=len(raw), open=partial(io.BytesIO, raw), name=name)


def too_large(where: str, size: int, max_bytes: int) -> SourceError:
    """Return the error for a source of `size` bytes, more than `max_bytes`."""
    known = size > max_bytes + 1  # readers stop one byte after the limit, so the true size is unknown
    return SourceError(
        f"it has {format_size(size)}, and the limit is {format_size(max_bytes)}"
        if known
        else f"it has more than {format_size(max_bytes)}, which is the limit",
        where=where,
        what_next=f"if it is a page after all, allow it with {option('--max-bytes', size if known else 2 * max_bytes)}",
    )


def format_size(size: int) -> str:
    """Return a number of bytes as text: "9,074 bytes", "50.0 MB"."""
    return f"{size / 1e6:.1f} MB" if size >= 10**6 else f"{size:,} bytes"


def unreadable(where: str, reason: Exception) -> SourceError:
    """Return the error for bytes that cannot be read, or for a file that does not exist."""
    if isinstance(reason, FileNotFoundError):
        what_next = "check the path"
        if "*" in where:
            what_next += ", or leave out the quotation marks, so that the shell replaces the pattern by names of files"
        elif is_host_name(where.partition("/")[0]):
            what_next += "; if it is a web address, begin it with https://"
        return SourceError("there is no such file", where=where, what_next=what_next)
    if isinstance(reason, NotImplementedError):
        return SourceError(
            f"it cannot be read ({str(reason).lower()})",
            where=where,
            what_next="unpack the archive, and name the folder",
        )
    words = getattr(reason, "strerror", None) or str(reason) or type(reason).__name__
    is_folder = isinstance(reason, IsADirectoryError)
    what_next = "name a file" if is_folder else "check that it is complete, and that you may read it"
    return SourceError(f"it cannot be read ({words})", where=where, what_next=what_next)


class Window(io.RawIOBase):
    """A seekable stream of `length` bytes of a file from offset `start`."""

    def __init__(self, path: Path, start: int, length: int) -> None:
        super().__init__()
        self._file = path.open("rb")
        self._start, self._length, self._position = start, length, 0

    def readable(self) -> bool:
        """Return True."""
        return True

    def seekable(self) -> bool:
        """Return True."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Set and return the position within the window."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._length}[whence]
        self._position = max(0, base + offset)
        return self._position

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override] # typeshed has a private type
        """Fill `buffer` up to the end of the window and return the number of bytes."""
        count = max(0, min(len(buffer), self._length - self._position))
        self._file.seek(self._start + self._position)
        raw = self._file.read(count)
        buffer[: len(raw)] = raw
        self._position += len(raw)
        return len(raw)

    def close(self) -> None:
        """Close the file."""
        self._file.close()
        super().close()
