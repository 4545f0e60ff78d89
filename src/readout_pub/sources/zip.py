"""A zip archive as a tree of files. Zip bombs are refused before decompression, and nothing is written to disk."""

from __future__ import annotations

import copy
import datetime as dt
import io
import re
import stat
import zipfile
from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from itertools import pairwise
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from readout_pub.errors import SourceError
from readout_pub.notes import Note, name_first, note
from readout_pub.sources.blob import MAX_RATIO, MIN_BOMB_BYTES, Blob, Window, file_stamp
from readout_pub.sources.encoding import decode

MAX_MEMBERS = 100_000
"""The most members of an archive. The largest archive of one ministry's pages so far had a tenth of that."""

_MAX_DIRECTORY_BYTES = 50_000_000
"""The most bytes of the table of contents: `MAX_MEMBERS` with names and extra fields of 450 bytes each."""

_MAX_NAMES_SHOWN = 3
"""How many names a note lists, since every page of the archive has the note. The note counts the others."""

_UTF8_FLAG, _ENCRYPTED_FLAG = 0x800, 0x1
"""General purpose bit flags 11 and 0 (APPNOTE.TXT, section 4.4.4)."""

_LOCAL_HEADER_BYTES = 30
"""Length of a local file header without name and extra field (APPNOTE.TXT, section 4.3.7)."""


class ZipTree:
    """The files of a zip archive. Notes name members that are left out: links, unsafe names and repeated names."""

    def __init__(self, path: Path) -> None:
        """List the members. Raises SourceError for an archive that is damaged, encrypted, or perhaps a zip bomb."""
        self.where, self.root_name, self._path = str(path), path.stem, path
        try:
            with path.open("rb") as file:
                _refuse_crowded(file, self.where)
            self._archive = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError) as reason:
            raise SourceError(
                f"this zip archive is damaged ({reason})", where=self.where, what_next="fetch or pack it again"
            ) from reason
        members = [member for member in self._archive.infolist() if not (member.filename and member.is_dir())]
        _refuse_bombs(members, path.stat().st_size, self.where)
        decoded = _decode_names(members)
        names = [_safe_name(name, member) for name, member in zip(decoded, members, strict=True)]
        inside = [(name, member) for name, member in zip(names, members, strict=True) if name]
        # The last member of a name counts: zip programs append updates, and unzip programs overwrite.
        self._members = dict(inside)
        older = (name for name, member in inside if not _same_bytes(member, self._members[name]))
        replaced = [repr(name) for name in dict.fromkeys(older)]
        refused = [repr(shown) for shown, name in zip(decoded, names, strict=True) if name is None]
        self.notes: tuple[Note, ...] = (
            *((note("MEMBERS_REFUSED", names=name_first(refused, _MAX_NAMES_SHOWN)),) if refused else ()),
            *((note("MEMBERS_REPLACED", names=name_first(replaced, _MAX_NAMES_SHOWN)),) if replaced else ()),
        )

    def names(self) -> Iterator[str]:
        """Yield the names, sorted by code points within each folder, as for a folder on disk."""
        return iter(sorted(self._members, key=lambda name: name.split("/")))

    def blob(self, name: str) -> Blob | None:
        """Return a member; None if the archive has no member of this name."""
        member = self._members.get(name)
        if member is None:
            return None
        return Blob(
            where=f"{self.where}, {name}",
            size=member.file_size,
            open=partial(self._open, name),
            seekable=partial(self._window, name) if member.compress_type == zipfile.ZIP_STORED else None,
            stamp=self.stamp(name),
            open_unchecked=partial(self._open_unchecked, name),
            modified=_modified(member),
        )

    def stamp(self, name: str) -> str | None:
        """Return the checksum and size that the archive states for a member; None if there is no such member."""
        member = self._members.get(name)
        return f"{member.CRC:08x}:{member.file_size}" if member else None

    def __reduce__(self) -> tuple[Callable[[Path, str | None], ZipTree], tuple[Path, str | None]]:
        """Pickle only path and stamp: another process opens the archive once, and again after a change."""
        return _open_cached, (self._path, file_stamp(self.where))

    def _open(self, name: str) -> BinaryIO:
        return cast("BinaryIO", self._archive.open(self._members[name]))

    def _open_unchecked(self, name: str) -> BinaryIO:
        member = copy.copy(self._members[name])
        del member.CRC  # without it, zipfile does not check the content
        stream = cast("zipfile.ZipExtFile", self._archive.open(member))
        # zipfile reads at least this many bytes at once, and loses them all if one is damaged.
        stream.MIN_READ_SIZE = 1
        return cast("BinaryIO", stream)

    def _window(self, name: str) -> BinaryIO:
        """Open an uncompressed member with random access; to seek back, zipfile would read it again from the start."""
        member = self._members[name]
        with self._path.open("rb") as file:
            file.seek(member.header_offset)
            header = file.read(_LOCAL_HEADER_BYTES)
        if len(header) < _LOCAL_HEADER_BYTES:
            raise EOFError("it is incomplete")
        lengths = int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
        return cast(
            "BinaryIO", Window(self._path, member.header_offset + _LOCAL_HEADER_BYTES + lengths, member.file_size)
        )


@lru_cache(maxsize=4)
def _open_cached(path: Path, _stamp: str | None) -> ZipTree:
    return ZipTree(path)


def _modified(member: zipfile.ZipInfo) -> int | None:
    """Return the last change in seconds since 1970, as if in UTC: zip archives store no time zone."""
    try:
        return int(dt.datetime(*member.date_time, tzinfo=dt.UTC).timestamp())
    except ValueError:
        return None


def _same_bytes(one: zipfile.ZipInfo, other: zipfile.ZipInfo) -> bool:
    return (one.CRC, one.file_size) == (other.CRC, other.file_size)


# Signatures and lengths of the records at the end of a zip archive (APPNOTE.TXT, sections 4.3.12 to 4.3.16).
_END, _END_64_LOCATOR, _END_64 = b"PK\x05\x06", b"PK\x06\x07", b"PK\x06\x06"
_END_BYTES, _END_64_BYTES, _LOCATOR_BYTES, _MAX_COMMENT_BYTES = 22, 56, 20, 65_535
_DIRECTORY_ENTRY = b"PK\x01\x02"


def _refuse_crowded(file: BinaryIO, where: str) -> None:
    """Raise SourceError if the archive has too many members, before zipfile makes an object of each.

    This counts the entries of the table of contents: the stated number may be wrong. An archive without a valid
    end is left to zipfile.
    """
    size = file.seek(0, io.SEEK_END)
    start = max(0, size - _END_BYTES - _MAX_COMMENT_BYTES - _LOCATOR_BYTES - _END_64_BYTES)
    file.seek(start)
    tail = file.read()
    at = tail.rfind(_END)
    if at < 0:
        return
    length, end = int.from_bytes(tail[at + 12 : at + 16], "little"), start + at
    end_64 = at - _LOCATOR_BYTES - _END_64_BYTES
    if end_64 >= 0 and tail.startswith(_END_64, end_64) and tail.startswith(_END_64_LOCATOR, at - _LOCATOR_BYTES):
        length, end = int.from_bytes(tail[end_64 + 40 : end_64 + 48], "little"), start + end_64
    if length > end:
        return
    if length > _MAX_DIRECTORY_BYTES:
        raise SourceError(
            f"its table of contents has {length / 1e6:.1f} MB, and the limit is {_MAX_DIRECTORY_BYTES // 10**6} MB",
            where=where,
            what_next="if it is not a zip bomb, unpack it and name the folder",
        )
    file.seek(end - length)
    members = file.read(length).count(_DIRECTORY_ENTRY)
    if members > MAX_MEMBERS:
        raise SourceError(
            f"it has {members:,} members, and the limit is {MAX_MEMBERS:,}",
            where=where,
            what_next="unpack it and name the folder",
        )


def _refuse_bombs(members: list[zipfile.ZipInfo], size: int, where: str) -> None:
    """Raise SourceError if the archive of `size` bytes would grow too much, or if members overlap or are encrypted."""
    if _overlap(members):
        raise SourceError(
            "its members overlap, as in a zip bomb",
            where=where,
            what_next="if it is not a zip bomb, unpack it and name the folder",
        )
    compressed, decompressed = min(size, sum(m.compress_size for m in members)), sum(m.file_size for m in members)
    if decompressed > MIN_BOMB_BYTES and decompressed > MAX_RATIO * max(compressed, 1):
        raise SourceError(
            f"its {compressed / 1e6:.1f} MB would grow to {decompressed / 1e6:,.0f} MB, like a zip bomb",
            where=where,
            what_next="if it is not a zip bomb, unpack it and name the folder",
        )
    if any(member.flag_bits & _ENCRYPTED_FLAG for member in members):
        raise SourceError("it is encrypted", where=where, what_next="unpack it with its password and name the folder")


def _overlap(members: list[zipfile.ZipInfo]) -> bool:
    """Return whether two members have bytes in common."""
    ordered = sorted(members, key=lambda member: member.header_offset)
    return any(
        one.header_offset + _LOCAL_HEADER_BYTES + one.compress_size > other.header_offset
        for one, other in pairwise(ordered)
    )


def _decode_names(members: list[zipfile.ZipInfo]) -> list[str]:
    """Return the members' names.

    zipfile decodes names without the UTF-8 flag as code page 437; in fact they have the encoding of the system that
    made the archive. It is detected from all names together, since one name is too short.
    """
    raw_names = [b"" if member.flag_bits & _UTF8_FLAG else member.orig_filename.encode("cp437") for member in members]
    codec = decode(b"\n".join(raw_names)).encoding
    # Decoded one by one: a name can contain line breaks (the icon of a folder on the Mac: "Icon\r").
    return [
        raw.decode(codec, "replace") or member.orig_filename for raw, member in zip(raw_names, members, strict=True)
    ]


_DRIVE = re.compile("[A-Za-z]:")
"""The drive of a Windows path. A longer word before a colon is part of a name: "Talks: day 1.html"."""


def _safe_name(name: str, member: zipfile.ZipInfo) -> str | None:
    """Return a name with "/" between its parts; None if it leads out of the archive or the member is a link."""
    name = name.replace("\\", "/")
    parts = PurePosixPath(name).parts
    is_link = stat.S_ISLNK(member.external_attr >> 16)
    if is_link or not parts or name.startswith("/") or _DRIVE.match(name) or ".." in parts or "\x00" in name:
        return None
    return "/".join(parts)
