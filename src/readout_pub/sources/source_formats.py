"""The shapes in which pages are kept, in one table, and the pages in each."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO

import msgspec

from readout_pub.errors import SourceError, escape_controls
from readout_pub.notes import Note
from readout_pub.sources.blob import MAX_ARCHIVE, Blob
from readout_pub.sources.markup import read_page
from readout_pub.sources.page import HtmlPage, NoAssets, Page, SavedPage, failing_page, no_stamp
from readout_pub.sources.saver_signatures import with_scheme
from readout_pub.sources.sniff import begins_with_markup, has_markup, is_mhtml, is_warc, is_zip
from readout_pub.sources.tree import (
    LOCAL_INDEX,
    FolderTree,
    MirrorPath,
    Tree,
    TreeAssets,
    is_dump,
    is_named_page,
    may_be_page,
    mirror_path,
)
from readout_pub.sources.urls import is_host, unwrap_wayback

STDIN = "stdin"
"""What a page is called that came through standard input."""

LISTING = "retrievals.jsonl"
"""The list that `readout-pub fetch` keeps in the folders that it makes."""

_LIST_OF_A_WACZ = "datapackage.json"
"""A zip archive of web archives is a WACZ file if it lists them in a member of this name."""

Pages = Iterator[SavedPage]


class Shape(msgspec.Struct, frozen=True):
    """How a file of a shape is recognised by its first bytes, and what finds its pages.

    `pages` takes the file and the number of bytes that a page or a photo may have.
    """

    recognised: Callable[[bytes], bool]
    pages: Callable[[Blob, int], Pages]


def pages_of_file(blob: Blob, limit: int) -> Pages:
    """Find the pages of a file by the first row of `SOURCES` that recognises it."""
    head = blob.head()
    return next(shape for shape in SOURCES.values() if shape.recognised(head)).pages(blob, limit)


def pages_of_tree(tree: Tree, limit: int) -> Pages:
    """Find the pages of a tree: its web archives, as one, come last. One that was fetched lists its pages itself."""
    return _noted(_pages_of_tree(tree, limit), tree)


def pages_of_member(tree: Tree, name: str, limit: int) -> Pages:
    """Find what one file of a tree holds."""
    archives: list[Blob] = []
    blob = tree.blob(name)
    yield from _pages_of_member(tree, name, blob, archives, limit) if blob else ()
    if archives:
        yield from _crawled(archives, limit, "WARC")


def _noted(pages: Pages, tree: Tree) -> Pages:
    """Let every page say what was left out of its tree."""
    if not tree.notes:
        return pages
    return (msgspec.structs.replace(page, open=partial(_with_notes, page.open, tree.notes)) for page in pages)


def _with_notes(read: Callable[[], Page], notes: tuple[Note, ...]) -> Page:
    page = read()
    return msgspec.structs.replace(page, notes=(*page.notes, *notes))


def _pages_of_tree(tree: Tree, limit: int) -> Pages:
    if listing := tree.blob(LISTING):
        from readout_pub.sources.fetch_folder import fetched_pages

        yield from fetched_pages(tree, listing, limit)
        return
    archives: list[Blob] = []
    found = False
    for name in filter(may_be_page, tree.names()):
        blob = tree.blob(name)
        for page in _pages_of_member(tree, name, blob, archives, limit) if blob else ():
            found = True
            yield page
    if archives:
        crawled = _crawled(archives, limit, "WACZ" if tree.blob(_LIST_OF_A_WACZ) else "WARC")
        yield from crawled if found else _at_least_one(crawled, tree.where)
    elif not found and tree.notes:
        left_out = "; ".join(note.message for note in tree.notes)
        raise SourceError(f"there is no saved page in it: {left_out}", where=tree.where)


def _pages_of_member(tree: Tree, name: str, blob: Blob, archives: list[Blob], limit: int) -> Pages:
    """Find what a file of a tree holds; a web archive joins `archives`. What cannot be read becomes a failing page."""
    try:
        head = blob.head()
        if is_warc(head):
            archives.append(_seekable(blob))
        elif is_zip(head):
            yield from (
                msgspec.structs.replace(page, name=f"{escape_controls(name)}/{page.name}")
                for page in _zip_pages(blob, limit)
            )
        elif is_mhtml(head):
            yield _page_of(blob, name, partial(_read_mhtml, blob, name, limit))
        elif _is_page_among_others(name, head):
            there = mirror_path(tree.root_name, name)
            addresses = (there.address,) if there else ()
            read = partial(_read_member, tree, name, blob, there, limit)
            yield _page_of(blob, name, read, addresses=addresses, stamp_of=tree.stamp)
    except SourceError as error:
        yield failing_page(escape_controls(name), error, blob.stamp)


def _page_of(
    blob: Blob,
    name: str,
    read: Callable[[], Page],
    *,
    addresses: tuple[str, ...] = (),
    stamp_of: Callable[[str], str | None] = no_stamp,
) -> SavedPage:
    """Return the page that a blob holds."""
    return SavedPage(
        name=escape_controls(name),
        where=blob.where,
        open=read,
        addresses=addresses,
        size=blob.size,
        stamp=blob.stamp,
        modified=blob.modified,
        stamp_of=stamp_of,
    )


def _is_page_among_others(name: str, head: bytes) -> bool:
    """Say whether a file is a page where it stands among scripts and style sheets, which hold tags too."""
    if LOCAL_INDEX in head:
        return False
    if is_named_page(name):
        # A long comment may fill the first bytes; what is called a page and is empty was lost, and has to be told.
        return has_markup(head) or b"<!--" in head or not head.strip(b"\0 \t\r\n\f")
    return begins_with_markup(head) or (is_dump(name) and bool(head.strip()))


def _read_member(tree: Tree, name: str, blob: Blob, there: MirrorPath | None, limit: int) -> Page:
    """Read a page of a tree; where it stands in a mirror tells its address, unless it names one of that host itself."""
    load = partial(blob.read, limit)
    assets = TreeAssets(tree, name, limit)
    page = read_page(load(), escape_controls(name), load, assets, where=blob.where)
    changes: dict[str, object] = {"asked": assets.asked}
    if there and page.shape in {"HTML", "browser", "text"}:
        address = with_scheme(there.address, page.markup if isinstance(page, HtmlPage) else "")
        changes |= {"url": unwrap_wayback(address) or address, "shape": "mirror"}
    return msgspec.structs.replace(page, **changes)


# --- the rows; each reader is loaded when a file of its shape is there


def _crawled(archives: list[Blob], limit: int, shape: str) -> Pages:
    from readout_pub.sources.warc import warc_pages

    return warc_pages(archives, limit, shape)


def _warc_pages(blob: Blob, limit: int) -> Pages:
    return _at_least_one(_crawled([_seekable(blob)], limit, "WARC"), blob.where)


def _at_least_one(crawled: Pages, where: str) -> Pages:
    first = next(crawled, None)
    if first is None:
        raise SourceError(
            "none of its records is an HTML page that a server sent with success",
            where=where,
            what_next="error pages and pictures are none, nor are redirects and revisits of what is not in it",
        )
    yield first
    yield from crawled


def _zip_pages(blob: Blob, limit: int) -> Pages:
    from readout_pub.sources.zip import ZipTree

    if blob.path is None:
        raise SourceError(
            "this is a zip archive, and it can be read only as a file of its own",
            where=blob.where,
            what_next="save it to a file, or unpack the archive that it lies in",
        )
    return pages_of_tree(ZipTree(blob.path), limit)


def _mhtml_pages(blob: Blob, limit: int) -> Pages:
    name = blob.path.name if blob.path else STDIN
    yield _page_of(blob, name, partial(_read_mhtml, blob, name, limit))


def _read_mhtml(blob: Blob, name: str, limit: int) -> Page:
    from readout_pub.sources.mhtml import read_mhtml

    return read_mhtml(blob, escape_controls(name), limit)


def _single_page(blob: Blob, limit: int) -> Pages:
    if blob.path is None:
        load = partial(blob.read, limit)
        read = partial(read_page, load(), STDIN, load, NoAssets(), where=blob.where)
        yield _page_of(blob, STDIN, read)
        return
    root = _root(blob.path)
    tree, within, name = FolderTree(root), blob.path.absolute().relative_to(root).as_posix(), blob.path.name
    there = mirror_path(tree.root_name, within)
    addresses = (there.address,) if there else ()
    yield _page_of(
        blob,
        name,
        partial(_read_alone, tree, within, blob, there, limit),
        addresses=addresses,
        stamp_of=tree.stamp,
    )


def _read_alone(tree: Tree, within: str, blob: Blob, there: MirrorPath | None, limit: int) -> Page:
    """Read a page that was named itself; it goes by its file's name."""
    page = _read_member(tree, within, blob, there, limit)
    return msgspec.structs.replace(page, name=escape_controls(within.rpartition("/")[2]))


def _root(path: Path) -> Path:
    """Return the folder in which a page's photos are looked for: that of its host in a mirror, else its own."""
    folder = path.absolute().parent
    return next((parent for parent in (folder, *folder.parents) if is_host(parent.name)), folder)


def _seekable(blob: Blob) -> Blob:
    """Make a web archive readable from any place: one that a zip archive has packed once more is unpacked in memory."""
    if blob.path or blob.seekable:
        return msgspec.structs.replace(blob, open=blob.seekable or blob.open)
    return msgspec.structs.replace(blob, open=_Unpacked(blob))


class _Unpacked:
    """Opens bytes in memory, where they are unpacked when they are first asked for."""

    def __init__(self, blob: Blob) -> None:
        self._blob = blob
        self._raw: bytes | None = None

    def __call__(self) -> BinaryIO:
        if self._raw is None:
            self._raw = self._blob.read(MAX_ARCHIVE)
        return io.BytesIO(self._raw)

    def __reduce__(self) -> tuple[type[_Unpacked], tuple[Blob]]:
        """Let another process unpack them itself."""
        return _Unpacked, (self._blob,)


SOURCES: dict[str, Shape] = {
    "web archive": Shape(is_warc, _warc_pages),
    "zip archive": Shape(is_zip, _zip_pages),
    "MHTML": Shape(is_mhtml, _mhtml_pages),
    "page": Shape(lambda _: True, _single_page),
}
"""The shapes of files; a folder is no file. What nothing else recognises is a page, or is refused as none."""
