"""Many files that belong together, in a folder or in a zip archive: which are pages, and how a page finds the others.

Names are paths from the root with "/" between their parts. No name leads out of the tree, whatever an address says.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Protocol
from urllib.parse import quote, unquote, urlsplit

import msgspec

from readout_pub.notes import Note
from readout_pub.sources.blob import Blob, file_blob, file_stamp, unreadable
from readout_pub.sources.urls import is_host


class Tree(Protocol):
    """Files by name."""

    @property
    def where(self) -> str:
        """Name of the tree for people."""

    @property
    def root_name(self) -> str:
        """Name of the tree's own folder, which tells the host of a mirror."""

    @property
    def notes(self) -> tuple[Note, ...]:
        """What was left out of the tree."""

    def names(self) -> Iterator[str]:
        """Yield the names of all files, each folder's in order of code points."""

    def blob(self, name: str) -> Blob | None:
        """Return the file of this name; None if the tree holds none."""

    def stamp(self, name: str) -> str | None:
        """Return the stamp of the file of this name, as its blob has it, at little cost; None if there is none."""


class FolderTree:
    """The files below a folder of the disk. A symbolic link that leads out of it is no file of it."""

    notes: tuple[Note, ...] = ()

    def __init__(self, folder: Path) -> None:
        self.where = str(folder)
        self._folder = folder.resolve()
        self.root_name = self._folder.name

    def names(self) -> Iterator[str]:
        """Walk the folder; linked folders are not entered, so that no walk goes in a circle."""
        return self._below("")

    def _below(self, prefix: str) -> Iterator[str]:
        try:
            paths = sorted((self._folder / prefix).iterdir(), key=lambda path: path.name)
        except OSError as reason:
            raise unreadable(f"{self.where}/{prefix}", reason) from reason
        for path in paths:
            if path.is_dir():
                if not path.is_symlink():
                    yield from self._below(f"{prefix}{path.name}/")
            else:
                yield f"{prefix}{path.name}"

    def blob(self, name: str) -> Blob | None:
        """Return a file; neither a name nor a link leads out of the folder."""
        if not name or "\x00" in name:
            return None
        try:
            # Most names are guesses: to resolve each would take ten times as long, and a Path costs more than to ask
            if not os.path.isfile(f"{self._folder}/{name}"):  # noqa: PTH113
                return None
            file = (self._folder / name).resolve()
            return file_blob(file) if file.is_relative_to(self._folder) else None
        except OSError:
            return None

    def stamp(self, name: str) -> str | None:
        """Look at the file; a link that leads out of the folder has a stamp too."""
        return file_stamp(f"{self._folder}/{name}")


# --- which files are pages


_COMPANION = re.compile(
    r".+(?:[_-](?:files|file|fichiers|Dateien|archivos|arquivos|ficheiros|bestanden|filer|tiedostot|soubory|pliki)|\.fld|\.files)",
    re.IGNORECASE,
)
"""Folders that browsers and word processors put beside a page, in the languages of Windows."""

_FURNITURE = frozenset("assets css js fonts img images hts-cache __macosx".split())
"""Folders that hold what pages are made of, in lower case."""

_FOR_ROBOTS = frozenset("robots.txt humans.txt security.txt ads.txt llms.txt hts-log.txt".split())
"""Text files that are about a site, not of it."""

LOCAL_INDEX = b"Local index - HTTrack"
"""In the title of the table of contents that HTTrack writes into the root of what it mirrors."""


def may_be_page(name: str) -> bool:
    """Say whether a file can be a page by where it stands and what it is called; its content has the last word."""
    *folders, file = name.split("/")
    if file.startswith(".") or file.lower() in _FOR_ROBOTS:
        return False
    return not any(
        folder.startswith(".") or folder.lower() in _FURNITURE or _COMPANION.fullmatch(folder) for folder in folders
    )


def is_named_page(name: str) -> bool:
    """Say whether a file is called a page."""
    return name.lower().endswith((".html", ".htm", ".xhtml", ".shtml"))


def is_dump(name: str) -> bool:
    """Say whether a file among others is a text dump; nothing but its name tells one from a list or a program."""
    return name.lower().endswith((".txt", ".text"))


# --- mirrors


class MirrorPath(msgspec.Struct, frozen=True):
    """Where a file of a mirror stood: `host`, and `path` on it. `above` is the folder that holds the host's folder."""

    above: str | None
    """None if the tree's root is the host's folder, so that the tree holds no other host."""

    host: str
    path: str

    def name_of(self, host: str, path: str) -> str | None:
        """Return the name under which the mirror keeps this path of a host; "" stands for the page's own host."""
        if self.above is None:
            return path if host in {"", self.host} else None
        return _join(self.above, host or self.host, path)

    @property
    def address(self) -> str:
        """Where the file was published; wget writes ?lang=en as @lang=en where a file system wants it so."""
        before, sign, query = self.path.rpartition("@")
        if not sign or "=" not in query or "/" in query:
            before, _, query = self.path.partition("?")
        address = f"https://{self.host.replace('+', ':')}/{quote(before, safe=_SAFE)}"
        return f"{address}?{quote(query, safe=_SAFE)}" if query else address


def mirror_path(root_name: str, name: str) -> MirrorPath | None:
    """Find the folder with the name of a host above a file; None if it is in none and so in no mirror."""
    parts = [root_name, *name.split("/")]
    hosts = [at for at, part in enumerate(parts[:-1]) if is_host(part)]
    if not hosts:
        return None
    # A mirror of the Wayback Machine has the copied host as a folder in the path.
    at = next((at for at in hosts if parts[at] == "web.archive.org"), hosts[-1])
    return MirrorPath("/".join(parts[1:at]) if at else None, parts[at], "/".join(parts[at + 1 :]))


_SAFE = "/:@!$&'()*+,;=~%"


# --- what a page refers to


class TreeAssets:
    """The files of a tree, as the page `name` in it calls them; each is read up to `limit` bytes.

    `asked` remembers the stamp of every file that was looked for, and None for each that was not there.
    """

    def __init__(self, tree: Tree, name: str, limit: int) -> None:
        self.asked: dict[str, str | None] = {}
        self._tree, self._limit = tree, limit
        self._folder, _, file = name.rpartition("/")
        self._stem = file.rpartition(".")[0] or file
        self._mirror = mirror_path(tree.root_name, name)

    def find(self, src: str) -> Callable[[], bytes] | None:
        """Look beside the page, then in its mirror if it is in one, then in the folder that a browser made for it."""
        for name in dict.fromkeys(self._names(src)):
            within = _normal(name)
            if within is None:
                continue
            blob = self._tree.blob(within)
            self.asked[within] = blob.stamp if blob else None
            if blob:
                return partial(blob.read, self._limit)
        return None

    def _names(self, src: str) -> Iterator[str]:
        try:
            parts = urlsplit(src)
        except ValueError:
            return
        path, host = unquote(parts.path), parts.netloc.lower()
        if not host and not path.startswith("/"):
            for form in (src, unquote(src), parts.path, *_with_query(path, parts.query)):
                yield self._beside(form)
            return
        if self._mirror:
            yield from (self._mirror.name_of(host, form) or "" for form in _with_query(path, parts.query))
        yield self._beside(parts.path)
        yield self._beside(path)
        # A page may keep the whole address of a photo that its browser saved: in a lazy image, for instance.
        photo = path.rpartition("/")[2]
        yield from (self._beside(f"{self._stem}{end}/{photo}") for end in ("_files", "-files", ".fld", ".files"))
        yield self._beside(photo)

    def _beside(self, name: str) -> str:
        return _join(self._folder, name)


def _with_query(path: str, query: str) -> tuple[str, ...]:
    """Return the names under which a mirror keeps an address with a query."""
    asked = unquote(query)
    return (f"{path}@{asked}", f"{path}?{asked}", path) if query else (path,)


def _join(*parts: str) -> str:
    return "/".join(part.strip("/") for part in parts if part.strip("/"))


def _normal(name: str) -> str | None:
    """Resolve "." and ".."; None if that leads out of the tree."""
    kept: list[str] = []
    for part in name.split("/"):
        if part == "..":
            if not kept:
                return None
            kept.pop()
        elif part not in {"", "."}:
            kept.append(part)
    return "/".join(kept) or None
