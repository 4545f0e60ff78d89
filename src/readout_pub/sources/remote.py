"""Folders and files in remote stores such as s3:// and sftp://, through universal-pathlib, an optional dependency.

Requests to a store take long, so a `RemoteTree` lists each folder only once.
"""

from __future__ import annotations

import datetime as dt
import uuid
import warnings
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache, partial
from importlib.metadata import metadata
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, cast

from readout_pub.errors import SourceError, ToolMissing
from readout_pub.install_commands import install_extra, install_python
from readout_pub.model.url_parts import strip_userinfo
from readout_pub.notes import Note
from readout_pub.sources.blob import Blob, unreadable
from readout_pub.sources.page import SavedPage
from readout_pub.sources.source_formats import pages_of_member, pages_of_tree

if TYPE_CHECKING:
    from upath import UPath

_TIME_KEYS = ("mtime", "LastModified", "last_modified", "updated", "modified", "created")
_VERSION_KEYS = ("ETag", "etag", "md5Hash", "md5", "checksum", "generation", *_TIME_KEYS)
"""Keys of fsspec listings for the last change and the version of a file, the most reliable first."""

Pages = Iterator[SavedPage]


def remote_pages(address: str, limit: int) -> Pages:
    """Find the pages of a folder or a file in a store.

    Raises ToolMissing if a package is not installed, and SourceError if nothing exists at the address.
    """
    path = _open_path(address)
    try:
        is_folder, is_there = path.is_dir(), path.exists()
    except Exception as reason:
        raise unreadable(address, reason) from reason
    if not is_there:
        raise SourceError("there is no such file", where=address, what_next="check the address")
    if is_folder:
        return pages_of_tree(RemoteTree(address), limit)
    return pages_of_member(RemoteTree(str(path.parent)), path.name, limit)


def _open_path(address: str) -> UPath:
    try:
        from upath import UPath
    except ImportError as reason:
        what_next = install_extra("remote")
        raise ToolMissing("pages in a store need universal-pathlib", where=address, what_next=what_next) from reason
    try:
        with warnings.catch_warnings(action="ignore"):  # about stores that universal-pathlib has not tested
            path = UPath(address)
            path.fs  # noqa: B018 - creates the file system, which may fail
    except ImportError as reason:
        raise ToolMissing(
            f"this store needs a package of its own ({reason})", where=address, what_next=_install_store(address)
        ) from reason
    except Exception as reason:
        raise SourceError(
            f"this store cannot be opened ({reason})",
            where=address,
            what_next="check the address, and that you may read it",
        ) from reason
    return path


def _install_store(address: str) -> str:
    """Return how to install the package for a store; fsspec has extras for the stores that it knows."""
    scheme = address.partition("://")[0].lower()
    is_known = scheme in metadata("fsspec").get_all("Provides-Extra", ())
    return install_python(f"fsspec[{scheme}]") if is_known else "install that package where this program runs"


class _ListedFile(NamedTuple):
    """A file in a listing: its size in bytes, its stamp, and its last change in seconds since 1970."""

    size: int
    stamp: str | None
    modified: int | None


class _Listing(NamedTuple):
    """The content of a folder: the names of its folders, and its files by name."""

    folders: tuple[str, ...]
    files: Mapping[str, _ListedFile]


_EMPTY = _Listing((), {})


class RemoteTree:
    """The files below a folder of a remote store."""

    notes: tuple[Note, ...] = ()

    def __init__(self, address: str) -> None:
        self.where = strip_userinfo(address.rstrip("/"))
        self._address = address
        self._path = _open_path(address)
        self.root_name = self._path.name
        self._listings: dict[str, _Listing] = {}
        self._key = uuid.uuid4().hex

    def __reduce__(self) -> tuple[Callable[[str, str], RemoteTree], tuple[str, str]]:
        """Pickle the address and a random key: another process lists the store once for this key."""
        return _open_cached, (self._address, self._key)

    def names(self) -> Iterator[str]:
        """Yield all names, sorted within each folder: a store may list them in any order."""
        return self._names_below("")

    def blob(self, name: str) -> Blob | None:
        """Return a file; None if there is none, or if its name leads out of the folder."""
        file = self._file(name)
        if file is None:
            return None
        load = partial(_open_file, self, name)
        return Blob(
            where=f"{self.where}/{name}",
            size=file.size,
            open=load,
            seekable=load,
            stamp=file.stamp,
            modified=file.modified,
        )

    def stamp(self, name: str) -> str | None:
        """Return the stamp of a file from the listing of its folder; None if there is no such file."""
        file = self._file(name)
        return file.stamp if file else None

    def open(self, name: str) -> BinaryIO:
        """Open a file as a stream with random access."""
        return (self._path / name).open("rb")

    def _file(self, name: str) -> _ListedFile | None:
        folder, _, last = name.rpartition("/")
        if ".." in folder.split("/"):
            return None
        return self._listing_of(folder).files.get(last)

    def _names_below(self, prefix: str) -> Iterator[str]:
        folder = self._listing_of(prefix.rstrip("/"))
        for name in sorted((*folder.folders, *folder.files)):
            if name in folder.files:
                yield f"{prefix}{name}"
            else:
                yield from self._names_below(f"{prefix}{name}/")

    def _listing_of(self, folder: str) -> _Listing:
        """List a folder; its listing is requested only if its parent has it, since callers try many missing names."""
        listing, path = self._request_listing(""), ""
        for part in filter(None, folder.split("/")):
            if part not in listing.folders:
                return _EMPTY
            path = f"{path}/{part}" if path else part
            listing = self._request_listing(path)
        return listing

    def _request_listing(self, folder: str) -> _Listing:
        if folder not in self._listings:
            self._listings[folder] = _list_folder(self._path / folder if folder else self._path)
        return self._listings[folder]


@lru_cache(maxsize=4)
def _open_cached(address: str, _key: str) -> RemoteTree:
    return RemoteTree(address)


def _open_file(tree: RemoteTree, name: str) -> BinaryIO:
    return tree.open(name)


def _list_folder(folder: UPath) -> _Listing:
    """Request the listing of a folder; it is empty if the folder does not exist."""
    try:
        found = folder.fs.ls(folder.path, detail=True)
    except FileNotFoundError:
        return _EMPTY
    except Exception as reason:
        raise unreadable(str(folder), reason) from reason
    own = folder.path.strip("/")
    folders, files = [], {}
    for each in found:
        path = str(each["name"]).strip("/")
        name = path.rpartition("/")[2]
        if each["type"] == "file":
            files[name] = _parse_entry(each)
        elif each["type"] == "directory" and path != own:  # some stores list a folder in itself
            folders.append(name)
    return _Listing(tuple(folders), files)


def _parse_entry(entry: Mapping[str, object]) -> _ListedFile:
    size = int(cast("int", entry.get("size")) or 0)
    version = next((entry[key] for key in _VERSION_KEYS if entry.get(key)), None)
    stamp = None if version is None else f"{size}:{version}"
    modified = next((_unix_seconds(entry[key]) for key in _TIME_KEYS if entry.get(key)), None)
    return _ListedFile(size, stamp, modified)


def _unix_seconds(when: object) -> int | None:
    """Return a time in seconds since 1970; None unless the store gives a number or a datetime."""
    if isinstance(when, dt.datetime):
        return int(when.timestamp())
    return int(when) if isinstance(when, int | float) else None
