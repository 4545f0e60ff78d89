"""Folders and zip archives as trees of files: which files are pages, and how a page finds its photos among them.

Names are paths from the root with "/" between their parts. No address on a page can name a file outside of the tree.
"""

from __future__ import annotations

import contextlib
import os
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import Protocol
from urllib.parse import quote, unquote, urlsplit

import msgspec

from readout_pub.errors import SourceError
from readout_pub.notes import Note
from readout_pub.sources.blob import Blob, file_blob, file_stamp, unreadable
from readout_pub.sources.companion_folders import (
    companion_folders,
    companion_folders_in,
    is_companion_folder,
    is_in_companion_folder,
    stem_of_companion_folder,
)
from readout_pub.sources.urls import is_host_name


class Tree(Protocol):
    """Files by name."""

    @property
    def where(self) -> str:
        """Path or URL of the tree, for messages."""

    @property
    def root_name(self) -> str:
        """Name of the root folder, which may be the host of a mirror."""

    @property
    def notes(self) -> tuple[Note, ...]:
        """Notes on files that were left out of the tree."""

    def names(self) -> Iterator[str]:
        """Yield the names of all files, sorted by code points within each folder.

        Raises SourceError after the last name if a folder cannot be read.
        """

    def blob(self, name: str) -> Blob | None:
        """Return the file of this name; None if the tree has none."""

    def stamp(self, name: str) -> str | None:
        """Return `Blob.stamp` of the file without opening the file; None if the tree has no such file."""


class FolderTree:
    """The files below a folder on disk. Symbolic links that lead out of the folder have a name, but no blob."""

    notes: tuple[Note, ...] = ()

    def __init__(self, folder: Path) -> None:
        self.where = str(folder)
        self._folder = folder.resolve()
        self.root_name = self._folder.name

    def names(self) -> Iterator[str]:
        """Yield all names, then raise SourceError if a folder cannot be read, such as "lost+found".

        Linked folders are not entered, since links can form a circle.
        """
        errors: list[SourceError] = []
        yield from self._names_below("", errors)
        if errors:
            raise errors[0]

    def _names_below(self, prefix: str, errors: list[SourceError]) -> Iterator[str]:
        """Yield the names below a folder; add the errors of unreadable folders to `errors`."""
        try:
            paths = sorted((self._folder / prefix).iterdir(), key=lambda path: path.name)
        except OSError as reason:
            errors.append(unreadable(f"{self.where}/{prefix}".rstrip("/"), reason))
            return
        for path in paths:
            if path.is_dir():
                if not path.is_symlink():
                    yield from self._names_below(f"{prefix}{path.name}/", errors)
            else:
                yield f"{prefix}{path.name}"

    def blob(self, name: str) -> Blob | None:
        """Return the file; None if a name or a link leads out of the folder."""
        if not name or "\x00" in name:
            return None
        try:
            # Most names are guesses. Resolving each would take ten times as long.
            if not os.path.isfile(f"{self._folder}/{name}"):  # noqa: PTH113
                return None
            file = (self._folder / name).resolve()
            return file_blob(file) if file.is_relative_to(self._folder) else None
        except OSError:
            return None

    def stamp(self, name: str) -> str | None:
        """Return the stamp of a file; of a link, that of its target, even outside the folder. None without a file."""
        return file_stamp(f"{self._folder}/{name}")


# --- which files are pages


_ASSET_FOLDERS = frozenset("assets css js fonts img images hts-cache __macosx".split())
"""Folders with parts of pages, in lower case: `hts-cache` is from HTTrack, `__macosx` from zip archives of macOS."""

_SITE_TEXTS = frozenset("robots.txt humans.txt security.txt ads.txt llms.txt hts-log.txt".split())
"""Text files for crawlers, and the log of HTTrack."""

HTTRACK_INDEX = b"Local index - HTTrack"
"""A part of the title of HTTrack's table of contents, a page in the root of a mirror."""


def possible_pages(tree: Tree, limit: int) -> Iterator[str]:
    """Yield the names of the files that may be pages, judged by their folders and names; their content decides later.

    `limit` is the number of bytes that a page may have. Raises SourceError as `Tree.names` does.
    """
    companions = _CompanionFolders(tree, limit)
    for name in tree.names():
        if _may_be_page(name) and not companions.contain(name):
            yield name


def _may_be_page(name: str) -> bool:
    *folders, file = name.split("/")
    if file.startswith(".") or file.lower() in _SITE_TEXTS:
        return False
    return not any(folder.startswith(".") or folder.lower() in _ASSET_FOLDERS for folder in folders)


class _CompanionFolders:
    """The companion folders of a tree: browsers save the images and styles of "talks.html" in the folder "talks_files".

    The name is not enough: people name folders of pages "case-files". A page beside the folder must have the same name,
    or embed a file of the folder: people rename pages without their folders. To find this out, all pages beside the
    folder are read, in each run. A folder of several pages and no other files needs no such search: browsers save
    frames as pages, but with images, styles or scripts.
    """

    def __init__(self, tree: Tree, limit: int) -> None:
        self._tree, self._limit = tree, limit
        self._found: dict[str, bool] = {}
        self._embedded: dict[str, set[str]] = {}

    def contain(self, name: str) -> bool:
        """Return whether a file is in a companion folder, at any depth."""
        parts = name.split("/")[:-1]
        return any(
            self._is_companion("/".join(parts[:number]), part)
            for number, part in enumerate(parts)
            if is_companion_folder(part)
        )

    def _is_companion(self, parent: str, folder: str) -> bool:
        path = _join_paths(parent, folder)
        if path not in self._found:
            page = _join_paths(parent, stem_of_companion_folder(folder) or "")
            self._found[path] = any(self._tree.stamp(f"{page}{suffix}") for suffix in _PAGE_SUFFIXES) or (
                not self._has_only_pages(path) and folder in self._embedded_below(parent)
            )
        return self._found[path]

    def _has_only_pages(self, path: str) -> bool:
        """Return whether a folder has several pages and no other files."""
        files = self._files_by_folder.get(path, ())
        return len(files) > 1 and all(map(has_page_suffix, files))

    def _embedded_below(self, parent: str) -> set[str]:
        """Return the companion folders in `parent` whose files the pages there embed; reads these pages."""
        if parent not in self._embedded:
            self._embedded[parent] = set()
            for name in filter(has_page_suffix, self._files_by_folder.get(parent, ())):
                with contextlib.suppress(SourceError):  # it fails when it is opened
                    if blob := self._tree.blob(name):
                        self._embedded[parent] |= companion_folders_in(blob.read(self._limit))
        return self._embedded[parent]

    @cached_property
    def _files_by_folder(self) -> Mapping[str, Sequence[str]]:
        files = defaultdict[str, list[str]](list)
        with contextlib.suppress(SourceError):  # the caller gets this error from its own walk
            for name in self._tree.names():
                files[name.rpartition("/")[0]].append(name)
        return files


_PAGE_SUFFIXES = (".html", ".htm", ".xhtml", ".shtml", ".HTML", ".HTM", ".XHTML", ".SHTML")


def has_page_suffix(name: str) -> bool:
    """Return whether a file is named like an HTML page."""
    return name.lower().endswith(_PAGE_SUFFIXES)


_BACKUP_SUFFIXES = ("~", ".bak", ".orig")
"""What editors and merge tools add to the name of a file for the copy of its former version."""


def backed_up_page(name: str) -> str | None:
    """Return the page whose former version a file is by its name: "talks.html" for "talks.html~"; else None."""
    stems = (name[: -len(suffix)] for suffix in _BACKUP_SUFFIXES if name.lower().endswith(suffix))
    return next(filter(has_page_suffix, stems), None)


def without_companion_folders(sources: list[str]) -> list[str]:
    """Return `sources`, which are paths, without the folders that belong to HTML pages among them."""
    paths = [Path(source) for source in sources]
    pages = {path.parent / path.stem for path in paths if has_page_suffix(path.name)}

    def belongs_to_page(folder: Path) -> bool:
        stem = stem_of_companion_folder(folder.name)
        return stem is not None and folder.parent / stem in pages and folder.is_dir()

    return [source for source, path in zip(sources, paths, strict=True) if not belongs_to_page(path)]


def has_text_suffix(name: str) -> bool:
    """Return whether a file is named like a text; only the name tells plain text from a list or a program."""
    return name.lower().endswith((".txt", ".text"))


# --- mirrors


class MirrorPath(msgspec.Struct, frozen=True):
    """The position of a file in a mirror: its `host`, its `path` on that host, and the folder of all hosts."""

    hosts_folder: str | None
    """None if the tree's root is the host's folder: the tree has no other host."""

    host: str
    path: str

    def name_of(self, host: str, path: str) -> str | None:
        """Return the name in the tree of a path on a host ("" for this host); None if the tree lacks the host."""
        if self.hosts_folder is None:
            return path if host in {"", self.host} else None
        return _join_paths(self.hosts_folder, host or self.host, path)

    @property
    def url(self) -> str:
        """The URL where the file was published; https, since a mirror does not tell the scheme."""
        # wget writes ?lang=en as @lang=en on file systems that forbid "?".
        before, at, query = self.path.rpartition("@")
        if not at or "=" not in query or "/" in query:
            before, _, query = self.path.partition("?")
        url = f"https://{self.host.replace('+', ':')}/{quote(before, safe=_SAFE)}"
        return f"{url}?{quote(query, safe=_SAFE)}" if query else url


def mirror_path(root_name: str, name: str) -> MirrorPath | None:
    """Return the position of a file in a mirror; None if no folder above it is named like a host.

    `root_name` is the name of the tree's root folder, `name` the path of the file below it.
    """
    parts = [root_name, *name.split("/")]
    hosts = [at for at, part in enumerate(parts[:-1]) if is_host_name(part)]
    if not hosts:
        return None
    # In a mirror of the Wayback Machine, the innermost host is a part of the path.
    at = next((at for at in hosts if parts[at] == "web.archive.org"), hosts[-1])
    return MirrorPath("/".join(parts[1:at]) if at else None, parts[at], "/".join(parts[at + 1 :]))


_SAFE = "/:@!$&'()*+,;=~%"
"""Characters that stay as they are in a URL: those that RFC 3986 allows in a path, and "%" of encoded ones."""


# --- the assets of a page


class TreeAssets:
    """The files of a tree to which the page `name` refers; each is read up to `limit` bytes.

    `stamps`: name of each file that was looked up → its stamp, None if the file does not exist.
    """

    def __init__(self, tree: Tree, name: str, limit: int) -> None:
        self.stamps: dict[str, str | None] = {}
        self._tree, self._limit = tree, limit
        self._folder, _, file = name.rpartition("/")
        stem = file.rpartition(".")[0] or file
        self._companion_folders = tuple(map(self._beside_page, companion_folders(stem)))
        self._mirror = mirror_path(tree.root_name, name)

    def find(self, src: str) -> Callable[[], bytes] | None:
        """Return a function that reads the file; None if there is none."""
        forms = (form for candidate in self._candidates(src) for form in self._unicode_forms(candidate))
        for candidate in dict.fromkeys(forms):
            name = _normalize(candidate)
            if name is None:
                continue
            blob = self._tree.blob(name)
            self.stamps[name] = blob.stamp if blob else None
            if blob:
                return partial(blob.read, self._limit)
        return None

    def _candidates(self, src: str) -> Iterator[str]:
        """Yield the names in the tree that the file at `src` may have, the likeliest first; "" stands for no name."""
        try:
            parts = urlsplit(src)
        except ValueError:
            return
        path, host = unquote(parts.path), parts.netloc.lower()
        if not host and not path.startswith("/"):
            for form in (src, unquote(src), parts.path, *_names_with_query(path, parts.query)):
                yield self._beside_page(form)
            # People rename a page with its folder, but its addresses keep the old name.
            if is_in_companion_folder(path):
                yield from self._in_companion_folders(path)
            return
        if self._mirror:
            yield from (self._mirror.name_of(host, form) or "" for form in _names_with_query(path, parts.query))
        yield self._beside_page(parts.path)
        yield self._beside_page(path)
        # A page can keep the full URL of a photo, such as a lazy image, although the browser saved it.
        yield from self._in_companion_folders(path)
        yield self._beside_page(path.rpartition("/")[2])

    def _unicode_forms(self, name: str) -> Iterator[str]:
        """Yield a name, then its Unicode forms: archives from a Mac can have "ä" as two characters in file names."""
        yield name
        below = name.removeprefix(self._folder)
        if not below.isascii():
            folder = name[: len(name) - len(below)]
            yield f"{folder}{unicodedata.normalize('NFC', below)}"
            yield f"{folder}{unicodedata.normalize('NFD', below)}"

    def _in_companion_folders(self, path: str) -> Iterator[str]:
        return (f"{folder}/{path.rpartition('/')[2]}" for folder in self._companion_folders)

    def _beside_page(self, name: str) -> str:
        return _join_paths(self._folder, name)


def _names_with_query(path: str, query: str) -> tuple[str, ...]:
    """Return the names under which wget and HTTrack save a path with a query."""
    query = unquote(query)
    return (f"{path}@{query}", f"{path}?{query}", path) if query else (path,)


def _join_paths(*parts: str) -> str:
    return "/".join(part.strip("/") for part in parts if part.strip("/"))


_SPECIAL_PARTS = frozenset({"", ".", ".."})


def _normalize(name: str) -> str | None:
    """Resolve "." and ".."; None if that leads out of the tree."""
    parts = name.split("/")
    if _SPECIAL_PARTS.isdisjoint(parts):
        return name
    kept: list[str] = []
    for part in parts:
        if part == "..":
            if not kept:
                return None
            kept.pop()
        elif part not in {"", "."}:
            kept.append(part)
    return "/".join(kept) or None
