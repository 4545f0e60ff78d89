"""A zip archive as a tree. Hostile ones are refused before anything is unpacked; nothing is unpacked to the disk."""

from __future__ import annotations

import datetime as dt
import stat
import zipfile
from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from readout_pub.errors import SourceError
from readout_pub.notes import Note, note
from readout_pub.sources.blob import Blob, Window, file_stamp
from readout_pub.sources.encoding import decode

MAX_MEMBERS = 100_000
"""Members that an archive may have; the largest archive of one ministry's pages seen had a tenth of it."""

MAX_RATIO = 100
"""Times that an archive may grow when unpacked: pages and style sheets shrink to a fifth, seldom to a twentieth."""

HARMLESS = 100_000_000
"""Unpacked bytes up to which the ratio does not matter."""

_MOST_TOLD = 3
"""Names that a note tells, since each page of the archive has it."""

_UTF8, _ENCRYPTED = 0x800, 0x1
_LOCAL_HEADER = 30


class ZipTree:
    """The files of a zip archive. A note tells what is left out: links, names that lead out, and doubled ones."""

    def __init__(self, path: Path) -> None:
        self.where, self.root_name, self._path = str(path), path.stem, path
        try:
            self._archive = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError) as reason:
            raise SourceError(
                f"this zip archive is damaged ({reason})", where=self.where, what_next="fetch or pack it again"
            ) from reason
        members = [member for member in self._archive.infolist() if not (member.filename and member.is_dir())]
        _refuse_bombs(members, self.where)
        names = _names(members)
        inside = [(name, member) for name, member in zip(names, members, strict=True) if name]
        # The last of a name is meant: packers update an archive by adding behind, and unpackers overwrite in order.
        self._members = dict(inside)
        replaced = [name for name, member in inside if not _same_bytes(member, self._members[name])]
        refused = names.count(None)
        self.notes: tuple[Note, ...] = (
            *((note("MEMBERS_REFUSED", count=refused),) if refused else ()),
            *((note("MEMBERS_REPLACED", names=_listed(replaced)),) if replaced else ()),
        )

    def names(self) -> Iterator[str]:
        """Yield the names in order of their folders, as a folder on the disk would."""
        return iter(sorted(self._members, key=lambda name: name.split("/")))

    def blob(self, name: str) -> Blob | None:
        """Return a member."""
        member = self._members.get(name)
        if member is None:
            return None
        return Blob(
            where=f"{self.where}, {name}",
            size=member.file_size,
            open=partial(self._open, name),
            seekable=partial(self._window, name) if member.compress_type == zipfile.ZIP_STORED else None,
            stamp=self.stamp(name),
            modified=_modified(member),
        )

    def stamp(self, name: str) -> str | None:
        """Return what the archive's own list says of a member."""
        member = self._members.get(name)
        return f"{member.CRC:08x}:{member.file_size}" if member else None

    def __reduce__(self) -> tuple[Callable[[Path, str | None], ZipTree], tuple[Path, str | None]]:
        """Let another process open the archive, once for all members, and anew when it has changed."""
        return _opened, (self._path, file_stamp(self.where))

    def _open(self, name: str) -> BinaryIO:
        return cast("BinaryIO", self._archive.open(self._members[name]))

    def _window(self, name: str) -> BinaryIO:
        """Open a member that is stored as it is where it stands; zipfile would read up to each place from the start."""
        member = self._members[name]
        with self._path.open("rb") as file:
            file.seek(member.header_offset)
            header = file.read(_LOCAL_HEADER)
        if len(header) < _LOCAL_HEADER:
            raise EOFError("it breaks off")
        lengths = int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
        return cast("BinaryIO", Window(self._path, member.header_offset + _LOCAL_HEADER + lengths, member.file_size))


@lru_cache(maxsize=4)
def _opened(path: Path, _stamp: str | None) -> ZipTree:
    return ZipTree(path)


def _modified(member: zipfile.ZipInfo) -> int | None:
    """Return when a member was last changed, as its archive says, which knows no time zone."""
    try:
        return int(dt.datetime(*member.date_time, tzinfo=dt.UTC).timestamp())
    except ValueError:
        return None


def _same_bytes(one: zipfile.ZipInfo, other: zipfile.ZipInfo) -> bool:
    return (one.CRC, one.file_size) == (other.CRC, other.file_size)


def _listed(names: list[str]) -> str:
    """Name the first names, and count the others."""
    told = list(dict.fromkeys(names))
    more = len(told) - _MOST_TOLD
    return ", ".join(map(repr, told[:_MOST_TOLD])) + (f" and {more} more" if more > 0 else "")


def _refuse_bombs(members: list[zipfile.ZipInfo], where: str) -> None:
    if len(members) > MAX_MEMBERS:
        raise SourceError(f"it has {len(members):,} members, and the limit is {MAX_MEMBERS:,}", where=where)
    packed, unpacked = sum(m.compress_size for m in members), sum(m.file_size for m in members)
    if unpacked > HARMLESS and unpacked > MAX_RATIO * max(packed, 1):
        raise SourceError(
            f"its {packed / 1e6:.1f} MB would grow to {unpacked / 1e6:,.0f} MB, as only a zip bomb does",
            where=where,
            what_next="if it is none, unpack it and name the folder",
        )
    if any(member.flag_bits & _ENCRYPTED for member in members):
        raise SourceError("it is encrypted", where=where, what_next="unpack it with its password and name the folder")


def _names(members: list[zipfile.ZipInfo]) -> list[str | None]:
    """Return the members' names as they were meant; None for what is no file inside the archive.

    Without the mark of UTF-8, zipfile reads names as code page 437. They are in the encoding of the system that
    packed them, and all in the same one, which is guessed from all of them together.
    """
    old = [member.orig_filename.encode("cp437") for member in members if not member.flag_bits & _UTF8]
    meant = iter(decode(b"\n".join(old)).text.split("\n"))
    names = (member.orig_filename if member.flag_bits & _UTF8 else next(meant) for member in members)
    return [_inside(name, member) for name, member in zip(names, members, strict=True)]


def _inside(name: str, member: zipfile.ZipInfo) -> str | None:
    """Return a name with "/" between its parts; None if it leads out of the archive or belongs to a link."""
    name = name.replace("\\", "/")
    parts = PurePosixPath(name).parts
    linked = stat.S_ISLNK(member.external_attr >> 16)
    if linked or not parts or name.startswith("/") or ":" in parts[0] or ".." in parts or "\x00" in name:
        return None
    return "/".join(parts)
