"""Folders and files in stores such as s3:// and sftp://, through universal-pathlib, which is an extra.

A folder is asked once for all that lies in it, since in such a store each question takes a while. What it said is
remembered for as long as its tree lives.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache, partial
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, cast

from readout_pub.errors import SourceError, ToolMissing
from readout_pub.notes import Note
from readout_pub.sources.blob import Blob, unreadable
from readout_pub.sources.page import SavedPage
from readout_pub.sources.source_formats import pages_of_member, pages_of_tree

if TYPE_CHECKING:
    from upath import UPath

_TIMES = ("mtime", "LastModified", "last_modified", "updated", "modified", "created")
_VERSIONS = ("ETag", "etag", "md5Hash", "md5", "checksum", "generation", *_TIMES)
"""What stores call the time of a file's last change, and what changes whenever a file does, the surest first."""

Pages = Iterator[SavedPage]


def remote_pages(address: str, limit: int) -> Pages:
    """Find the pages of a folder or a file in a store.

    Raises a ToolMissing where a package has to be installed first, a SourceError where there is nothing.
    """
    path = _path(address)
    try:
        is_folder, is_there = path.is_dir(), path.exists()
    except Exception as reason:
        raise unreadable(address, reason) from reason
    if not is_there:
        raise SourceError("there is no such file", where=address, what_next="check the address")
    if is_folder:
        return pages_of_tree(RemoteTree(address), limit)
    return pages_of_member(RemoteTree(str(path.parent)), path.name, limit)


def _path(address: str) -> UPath:
    try:
        from upath import UPath
    except ImportError as reason:
        what_next = "run `pip install 'readout-pub[remote]'`"
        raise ToolMissing("pages in a store need universal-pathlib", where=address, what_next=what_next) from reason
    try:
        path = UPath(address)
        path.fs  # noqa: B018 - it is made when it is asked for
    except ImportError as reason:
        raise ToolMissing(f"this store needs a package of its own: {reason}", where=address) from reason
    except Exception as reason:
        raise SourceError(f"this store cannot be opened ({reason})", where=address) from reason
    return path


class _File(NamedTuple):
    """What a store says of a file."""

    size: int
    stamp: str | None
    modified: int | None


class _Folder(NamedTuple):
    """What a store says of a folder: the names of the folders in it, and the files by their names."""

    folders: tuple[str, ...]
    files: Mapping[str, _File]


class RemoteTree:
    """The files below a folder of a store."""

    notes: tuple[Note, ...] = ()

    def __init__(self, address: str) -> None:
        self.where = address.rstrip("/")
        self._path = _path(address)
        self.root_name = self._path.name
        self._asked: dict[str, _Folder] = {}
        self._key = uuid.uuid4().hex

    def __reduce__(self) -> tuple[Callable[[str, str], RemoteTree], tuple[str, str]]:
        """Let another process ask the store itself, once for all pages of this tree."""
        return _tree, (self.where, self._key)

    def names(self) -> Iterator[str]:
        """Walk the folder; a store may list its files in any order."""
        return self._below("")

    def blob(self, name: str) -> Blob | None:
        """Return a file. A name that leads out is in no list."""
        file = self._file(name)
        if file is None:
            return None
        load = partial(_open, self, name)
        return Blob(
            where=f"{self.where}/{name}",
            size=file.size,
            open=load,
            seekable=load,
            stamp=file.stamp,
            modified=file.modified,
        )

    def stamp(self, name: str) -> str | None:
        """Return the stamp of a file from the list of its folder."""
        file = self._file(name)
        return file.stamp if file else None

    def open(self, name: str) -> BinaryIO:
        """Open a file as a stream that can be read from any place."""
        return (self._path / name).open("rb")

    def _file(self, name: str) -> _File | None:
        folder, _, last = name.rpartition("/")
        if ".." in folder.split("/"):
            return None
        return self._folder(folder).files.get(last)

    def _below(self, prefix: str) -> Iterator[str]:
        folder = self._folder(prefix.rstrip("/"))
        for name in sorted((*folder.folders, *folder.files)):
            if name in folder.files:
                yield f"{prefix}{name}"
            else:
                yield from self._below(f"{prefix}{name}/")

    def _folder(self, name: str) -> _Folder:
        if name not in self._asked:
            self._asked[name] = _said(self._path / name if name else self._path)
        return self._asked[name]


@lru_cache(maxsize=4)
def _tree(address: str, _key: str) -> RemoteTree:
    return RemoteTree(address)


def _open(tree: RemoteTree, name: str) -> BinaryIO:
    return tree.open(name)


def _said(folder: UPath) -> _Folder:
    """Ask a store what lies in a folder; one that is not there is empty."""
    try:
        found = folder.fs.ls(folder.path, detail=True)
    except FileNotFoundError:
        return _Folder((), {})
    except Exception as reason:
        raise unreadable(str(folder), reason) from reason
    own = folder.path.strip("/")
    folders, files = [], {}
    for each in found:
        path = str(each["name"]).strip("/")
        name = path.rpartition("/")[2]
        if each["type"] == "file":
            files[name] = _file(each)
        elif each["type"] == "directory" and path != own:  # some stores list a folder in itself
            folders.append(name)
    return _Folder(tuple(folders), files)


def _file(said: Mapping[str, object]) -> _File:
    size = int(cast("int", said.get("size")) or 0)
    version = next((said[name] for name in _VERSIONS if said.get(name)), None)
    stamp = None if version is None else f"{size}:{version}"
    return _File(size, stamp, next((_seconds(said[name]) for name in _TIMES if said.get(name)), None))


def _seconds(when: object) -> int | None:
    """Return a time in seconds since 1970; stores give numbers or dates."""
    if isinstance(when, dt.datetime):
        return int(when.timestamp())
    return int(when) if isinstance(when, int | float) else None
