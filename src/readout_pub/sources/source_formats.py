"""The formats of sources in one table, and how the pages of each are found."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import msgspec

from readout_pub.errors import SourceError, escape_controls
from readout_pub.notes import Note
from readout_pub.sources.blob import MAX_ARCHIVE_BYTES, Blob, OpenInMemory, format_size
from readout_pub.sources.fetch_folder import RETRIEVAL_LIST, fetched_pages
from readout_pub.sources.file_tree import (
    HTTRACK_INDEX,
    FolderTree,
    MirrorPath,
    Tree,
    TreeAssets,
    backed_up_page,
    has_page_suffix,
    has_text_suffix,
    mirror_path,
    possible_pages,
)
from readout_pub.sources.markup import READS_PAGES, read_page, refuse_unread_archive
from readout_pub.sources.own_outputs import is_own_output
from readout_pub.sources.page import HtmlPage, NoAssets, Page, SavedPage, TextPage, failing_page, no_stamp
from readout_pub.sources.saver_signatures import guess_scheme
from readout_pub.sources.sniff import (
    begins_with_markup,
    first_zip_member,
    has_markup,
    is_json,
    is_mhtml,
    is_plain_mail,
    is_readout,
    is_warc,
    is_webarchive,
    is_zip,
    zipped_document,
)
from readout_pub.sources.urls import is_host_name, unwrap_wayback

_WACZ_PACKAGE = "datapackage.json"
"""The member that makes a zip archive a WACZ file (WACZ specification)."""

_ARCHIVE_SUFFIXES = (".mhtml", ".mht", ".eml", ".webarchive", ".warc", ".warc.gz", ".wacz", ".zip")
"""Suffixes of files that hold pages. A file with such a suffix but no page fails, as an empty HTML file does."""

Pages = Iterator[SavedPage]


class SourceFormat(msgspec.Struct, frozen=True):
    """A format of files: `recognises` takes the first bytes of a file, `pages` takes the file and a limit.

    The limit is the most bytes of a page or a photo.
    """

    recognises: Callable[[bytes], bool]
    pages: Callable[[Blob, int], Pages]


def pages_of_file(blob: Blob, limit: int) -> Pages:
    """Find the pages of a file by the first format in `SOURCES` that recognises it."""
    head, name = blob.head(), _file_name(blob)
    if is_plain_mail(head, name):
        return _pages_of_mhtml(blob, limit)
    return next(each for each in SOURCES.values() if each.recognises(head)).pages(blob, limit)


def pages_of_tree(tree: Tree, limit: int) -> Pages:
    """Find the pages of a folder or zip archive; each page gets the tree's notes.

    The pages of all WARC files come after those of other files, as from one archive. Outputs of this program come last
    if they stand before the first page. In a fetch folder, only the pages in its list are found.
    """
    pages = _pages_of_tree(tree, limit)
    if not tree.notes:
        return pages
    return (msgspec.structs.replace(page, open=partial(_open_with_notes, page.open, tree.notes)) for page in pages)


def pages_of_member(tree: Tree, name: str, limit: int) -> Pages:
    """Find the pages of one file of a tree."""
    archives: list[Blob] = []
    blob = tree.blob(name)
    if blob and is_json(blob.head()):
        yield _stored_readout(tree, name, blob, limit)
    elif blob:
        yield from _pages_of_member(tree, name, blob, archives, limit)
    if archives:
        yield from _warc_pages(archives, limit, "WARC")


def _open_with_notes(read: Callable[[], Page], notes: tuple[Note, ...]) -> Page:
    page = read()
    return msgspec.structs.replace(page, notes=(*page.notes, *notes))


def _pages_of_tree(tree: Tree, limit: int) -> Pages:
    if listing := tree.blob(RETRIEVAL_LIST):
        yield from fetched_pages(tree, listing, limit)
        return
    archives: list[Blob] = []
    # Outputs before the first page. They count as pages if there is neither a page nor a readout in JSON.
    outputs: list[SavedPage] = []
    found, unread = False, None
    try:
        for name in possible_pages(tree, limit):
            blob = tree.blob(name)
            for page in _files_of_member(tree, name, blob, archives, limit) if blob else ():
                if page.is_other_file:
                    yield page
                elif page.is_output and not found:
                    outputs.append(page)
                else:  # outputs after the first page are yielded at once: there may be thousands
                    found = True
                    yield page
    except SourceError as error:  # the pages that can be read come first
        unread = error
    if archives:
        archived = _warc_pages(archives, limit, "WACZ" if tree.blob(_WACZ_PACKAGE) else "WARC")
        yield from archived if found else _require_page(archived, tree.where)
    if found or archives:
        yield from outputs
    elif not unread:
        yield from _outputs_of_tree(tree, outputs, limit)
    if unread:
        raise unread


def _outputs_of_tree(tree: Tree, outputs: list[SavedPage], limit: int) -> Pages:
    """Yield the readouts in JSON of a tree without other pages, then its `outputs` in HTML and text.

    Without a readout, the outputs count as pages. Raises SourceError if there are none either, and the
    tree has notes on files that were left out.
    """
    found = False
    for name in possible_pages(tree, limit):
        blob = tree.blob(name) if _may_be_readout(name) else None
        if blob and is_readout(blob.head()):
            found = True
            yield _stored_readout(tree, name, blob, limit)
    if found:
        yield from outputs
        return
    yield from (msgspec.structs.replace(page, is_output=False) for page in outputs)
    if not outputs and tree.notes:
        left_out = "; ".join(note.message for note in tree.notes)
        raise SourceError(
            f"there is no saved page in it: {left_out}", where=tree.where, what_next="unpack it, and name the folder"
        )


def _may_be_readout(name: str) -> bool:
    return name.lower().endswith(".json")


def _stored_readout(tree: Tree, name: str, blob: Blob, limit: int) -> SavedPage:
    return _saved_page(blob, name, partial(_read_stored_readout, tree, name, blob, limit), stamp_of=tree.stamp)


def _read_stored_readout(tree: Tree, name: str, blob: Blob, limit: int) -> Page:
    from readout_pub.sources.stored_readout import read_stored_readout

    assets = TreeAssets(tree, name, limit)
    stored = read_stored_readout(partial(blob.read, limit), escape_controls(name), assets, where=blob.where)
    return msgspec.structs.replace(stored, asset_stamps=assets.stamps)


def _pages_of_member(tree: Tree, name: str, blob: Blob, archives: list[Blob], limit: int) -> Pages:
    """Yield the pages of one file; an unreadable file becomes a failing page.

    WARC files, alone or in a WACZ file, are appended to `archives` instead.
    """
    try:
        head = blob.head()
        refuse_unread_archive(head, blob.where)
        if is_warc(head):
            archives.append(_seekable(blob))
            _refuse_large_sum(archives)
        elif is_zip(head):
            yield from _pages_of_inner_zip(blob, head, name, archives, limit)
        elif is_mhtml(head) or is_plain_mail(head, name):
            yield _saved_page(blob, name, partial(_read_mhtml, blob, name, limit))
        elif is_webarchive(head):
            yield _saved_page(blob, name, partial(_read_webarchive, blob, name, limit))
        elif _is_page_among_files(name, head):
            mirrored = mirror_path(tree.root_name, name)
            urls = (mirrored.url,) if mirrored else ()
            read = partial(_read_member, tree, name, blob, mirrored, limit)
            page = _saved_page(blob, name, read, urls=urls, stamp_of=tree.stamp)
            yield msgspec.structs.replace(page, is_output=is_own_output(tree, name, head, limit))
        elif name.lower().endswith(_ARCHIVE_SUFFIXES):
            # Otherwise nothing would say that the pages of an interrupted download are missing.
            yield failing_page(escape_controls(name), _not_an_archive(blob.where), blob.stamp)
    except SourceError as error:
        yield failing_page(escape_controls(name), error, blob.stamp)


def _not_an_archive(where: str) -> SourceError:
    return SourceError(
        "it is named like an archive of pages, but is empty or damaged, or has other content",
        where=where,
        what_next="save or download it again, or remove it",
    )


def _files_of_member(tree: Tree, name: str, blob: Blob, archives: list[Blob], limit: int) -> Pages:
    """Yield the pages of one file, or the file itself with `is_other_file` if it has none.

    A readout in JSON is left to `_outputs_of_tree`, which yields it if the tree has no page. The backup of a page that
    is in the tree counts as a file without pages: nobody has published it.
    """
    original = backed_up_page(name)
    if original and tree.stamp(original):
        yield _other_file(tree, name, blob, limit)
        return
    archives_before, has_page = len(archives), False
    for page in _pages_of_member(tree, name, blob, archives, limit):
        has_page = True
        yield page
    if not has_page and len(archives) == archives_before and not (_may_be_readout(name) and is_readout(blob.head())):
        yield _other_file(tree, name, blob, limit)


def _other_file(tree: Tree, name: str, blob: Blob, limit: int) -> SavedPage:
    read = partial(_read_member, tree, name, blob, None, limit)
    return msgspec.structs.replace(_saved_page(blob, name, read), is_other_file=True)


def _saved_page(
    blob: Blob,
    name: str,
    read: Callable[[], Page],
    *,
    urls: tuple[str, ...] = (),
    stamp_of: Callable[[str], str | None] = no_stamp,
) -> SavedPage:
    return SavedPage(
        name=escape_controls(name),
        where=blob.where,
        open=read,
        urls=urls,
        size=blob.size,
        stamp=blob.stamp,
        modified=blob.modified,
        stamp_of=stamp_of,
    )


def _is_page_among_files(name: str, head: bytes) -> bool:
    """Return whether a file of a tree is a page. Tags alone are no proof: scripts have them too."""
    if HTTRACK_INDEX in head:
        return False
    if has_page_suffix(name):
        # A long comment may fill the first bytes. An empty file counts, so that the user gets an error.
        return has_markup(head) or b"<!--" in head or not head.strip(b"\0 \t\r\n\f")
    return begins_with_markup(head) or (has_text_suffix(name) and bool(head.strip()))


def _read_member(tree: Tree, name: str, blob: Blob, mirrored: MirrorPath | None, limit: int) -> Page:
    """Read a page of a tree; in a mirror, its path gives its URL.

    The path replaces the "saved from url=" of a browser, but not the URL that SingleFile or the Wayback Machine states.
    """
    assets = TreeAssets(tree, name, limit)
    page = read_page(blob.read(limit), escape_controls(name), assets, where=blob.where)
    changes: dict[str, object] = {"asset_stamps": assets.stamps}
    if mirrored and page.source_format in {"HTML", "browser", "text"}:
        url = guess_scheme(mirrored.url, page.markup if isinstance(page, HtmlPage) else "")
        changes |= {"url": unwrap_wayback(url) or url, "source_format": "mirror"}
    return msgspec.structs.replace(page, **changes)


# --- one function per format; its reader is imported when a file of the format is found


def _warc_pages(archives: list[Blob], limit: int, source_format: str) -> Pages:
    from readout_pub.sources.warc import warc_pages

    return warc_pages(archives, limit, source_format)


def _pages_of_warc(blob: Blob, limit: int) -> Pages:
    return _require_page(_warc_pages([_seekable(blob)], limit, "WARC"), blob.where)


def _require_page(pages: Pages, where: str) -> Pages:
    """Yield the pages of a web archive; SourceError if there are none."""
    first = next(pages, None)
    if first is None:
        raise SourceError(
            "none of its records is an HTML page with status 2xx",
            where=where,
            what_next="error pages, pictures, and redirects or revisits with content outside the archive do not count",
        )
    yield first
    yield from pages


def _pages_of_zip(blob: Blob, limit: int) -> Pages:
    tree = _zip_tree(blob, blob.head())
    if isinstance(tree, str):
        raise SourceError(f"this is {tree}", where=blob.where, what_next=READS_PAGES)
    return pages_of_tree(tree, limit)


def _pages_of_inner_zip(blob: Blob, head: bytes, name: str, archives: list[Blob], limit: int) -> Pages:
    """Yield the pages of a zip archive among other files; none if the archive is a document, such as an EPUB.

    The WARC files of a WACZ file are appended to `archives`: their records may refer to those of other crawls. If there
    are notes on the WACZ file, its pages are yielded instead, each with these notes.
    """
    tree = _zip_tree(blob, head)
    if isinstance(tree, str):
        return
    if tree.blob(_WACZ_PACKAGE) and not tree.notes:
        warcs = [member for member in map(tree.blob, possible_pages(tree, limit)) if member and is_warc(member.head())]
        for warc in warcs:
            archives.append(_seekable(warc))
            _refuse_large_sum(archives)
        if warcs:
            return
    for page in pages_of_tree(tree, limit):
        yield msgspec.structs.replace(page, name=f"{escape_controls(name)}/{page.name}")


def _zip_tree(blob: Blob, head: bytes) -> Tree | str:
    """Return the files of a zip archive; if it is a document, return what it is."""
    from readout_pub.sources.zip import ZipTree

    if blob.path is None:
        if document := zipped_document([first_zip_member(head)]):
            return document
        raise SourceError(
            "this is a zip archive, and it can be read only as a file of its own",
            where=blob.where,
            what_next="save it to a file, or unpack the archive that contains it",
        )
    tree = ZipTree(blob.path)
    return zipped_document(tree.names()) or tree


def _pages_of_mhtml(blob: Blob, limit: int) -> Pages:
    yield _saved_page(blob, _file_name(blob), partial(_read_mhtml, blob, _file_name(blob), limit))


def _pages_of_webarchive(blob: Blob, limit: int) -> Pages:
    yield _saved_page(blob, _file_name(blob), partial(_read_webarchive, blob, _file_name(blob), limit))


def _file_name(blob: Blob) -> str:
    return blob.path.name if blob.path else escape_controls(blob.name)


def _read_mhtml(blob: Blob, name: str, limit: int) -> Page:
    from readout_pub.sources.mhtml import read_mhtml

    return read_mhtml(blob, escape_controls(name), limit)


def _read_webarchive(blob: Blob, name: str, limit: int) -> Page:
    from readout_pub.sources.webarchive import read_webarchive

    return read_webarchive(blob, escape_controls(name), limit)


def _readout_of_file(blob: Blob, limit: int) -> Pages:
    """Yield a readout in JSON; a readout from standard input has no photos."""
    if blob.path:
        yield _stored_readout(FolderTree(blob.path.absolute().parent), blob.path.name, blob, limit)
        return
    from readout_pub.sources.stored_readout import read_stored_readout

    name = escape_controls(blob.name)
    read = partial(read_stored_readout, partial(blob.read, limit), name, NoAssets(), where=blob.where)
    yield _saved_page(blob, name, read)


def _page_of_file(blob: Blob, limit: int) -> Pages:
    """Yield a file as one page. Photos of a file on disk are looked up in the folder that `_assets_root` returns."""
    if blob.path is None:
        name = escape_controls(blob.name)
        read_bytes = partial(read_page, blob.read(limit), name, NoAssets(), where=blob.where)
        yield _saved_page(blob, name, read_bytes)
        return
    root = _assets_root(blob.path)
    tree, name = FolderTree(root), blob.path.absolute().relative_to(root).as_posix()
    mirrored = mirror_path(tree.root_name, name)
    urls = (mirrored.url,) if mirrored else ()
    read = partial(_read_named_file, tree, name, blob, mirrored, limit)
    yield _saved_page(blob, blob.path.name, read, urls=urls, stamp_of=tree.stamp)


def _read_named_file(tree: Tree, name: str, blob: Blob, mirrored: MirrorPath | None, limit: int) -> Page:
    """Read a file that is a source itself; its name, not its path in the tree, is the name of the page."""
    page = _read_member(tree, name, blob, mirrored, limit)
    if isinstance(page, TextPage) and name.lower().endswith(_ARCHIVE_SUFFIXES):
        raise _not_an_archive(blob.where)
    return msgspec.structs.replace(page, name=escape_controls(name.rpartition("/")[2]))


def _assets_root(path: Path) -> Path:
    """Return the folder with the photos of a page: in a mirror that of its host, else that of the page."""
    folder = path.absolute().parent
    return next((parent for parent in (folder, *folder.parents) if is_host_name(parent.name)), folder)


def _seekable(blob: Blob) -> Blob:
    """Return the blob with random access; a WARC file that is compressed in a zip archive is read into memory."""
    if blob.path or blob.seekable:
        return msgspec.structs.replace(blob, open=blob.seekable or blob.open)
    in_memory = OpenInMemory(blob)
    return msgspec.structs.replace(blob, open=in_memory, damage=in_memory.damage)


def _refuse_large_sum(archives: list[Blob]) -> None:
    """Remove the last archive and raise SourceError if the archives in memory are too large together."""
    sizes = [blob.size for blob in archives if isinstance(blob.open, OpenInMemory)]
    if sum(sizes) > MAX_ARCHIVE_BYTES:
        raise SourceError(
            f"web archives compressed inside zip archives have more than {format_size(MAX_ARCHIVE_BYTES)} together",
            where=archives.pop().where,
            what_next="unpack the zip archive and name the folder",
        )


SOURCES: dict[str, SourceFormat] = {
    "web archive": SourceFormat(is_warc, _pages_of_warc),
    "zip archive": SourceFormat(is_zip, _pages_of_zip),
    "MHTML": SourceFormat(is_mhtml, _pages_of_mhtml),
    "Safari": SourceFormat(is_webarchive, _pages_of_webarchive),
    "readout": SourceFormat(is_json, _readout_of_file),
    "page": SourceFormat(lambda _: True, _page_of_file),
}
"""The formats of files, in the order in which they are tried. Any other file counts as a page; `read_page` may refuse
it."""
