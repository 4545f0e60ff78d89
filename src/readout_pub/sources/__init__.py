"""Source → pages: recognises the kind of a source by content, not by name, and opens it."""

from __future__ import annotations

import contextlib
import re
import sys
from collections.abc import Coroutine, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from readout_pub.arguments import MAX_SIZE, require_count, require_names, require_type, shown
from readout_pub.errors import SourceError, UsageError
from readout_pub.named_file import is_open_pipe, read_named_file
from readout_pub.sources.page import (
    Assets,
    HtmlPage,
    NoAssets,
    Page,
    SavedPage,
    StoredReadout,
    TextPage,
    failing_page,
    source_digest,
    stored_digest,
)
from readout_pub.sources.urls import is_file_url, is_web_address, local_path
from readout_pub.sources.web import FetchPolicy

MAX_BYTES = 20_000_000
"""Default limit in bytes for a page or a photo. Chosen by hand: readouts are far smaller."""

STANDARD_INPUT = "-"
_STDIN_NAME = "stdin"
"""Name of the page that is read from standard input."""

__all__ = [
    "MAX_BYTES",
    "STANDARD_INPUT",
    "Assets",
    "FetchPolicy",
    "HtmlPage",
    "NoAssets",
    "Page",
    "SavedPage",
    "Source",
    "StoredReadout",
    "TextPage",
    "all_files",
    "failing_page",
    "is_remote",
    "is_web_address",
    "local_path",
    "only_page",
    "open_source",
    "pages_and_outputs",
    "read_standard_input",
    "saved_pages",
    "source_digest",
    "source_name",
    "stored_digest",
    "urls_of",
]


_Bytes = bytes | bytearray | memoryview
Source = str | Path | _Bytes | BinaryIO
"""A path, a web address, "-" for standard input, the bytes of a file, or an open binary file."""

IN_MEMORY = "page"
"""The name of a page that is given as bytes without a name."""


def open_source(
    source: Source, *, name: str | None = None, max_bytes: int = MAX_BYTES, policy: FetchPolicy = FetchPolicy()
) -> Page:
    """Read the one page of a source: a file, a folder, an archive, a web address, "-" for standard input, or bytes.

    `name` is the file name of bytes or an open file, for errors and the source record. `policy` says how requests to
    web servers are made. Raises SourceError for a source that is missing or has several pages, and for a page that is
    empty, binary or larger than `max_bytes`.
    """
    return only_page(source, name=name, max_bytes=max_bytes, policy=policy).open()


def only_page(
    source: Source,
    *,
    name: str | None = None,
    urls: Sequence[str] = (),
    max_bytes: int = MAX_BYTES,
    policy: FetchPolicy = FetchPolicy(),
) -> SavedPage:
    """Find the only page that `saved_pages` finds with these parameters; SourceError if there are several or none."""
    found = list(islice(saved_pages(source, name=name, urls=urls, max_bytes=max_bytes, policy=policy), 2))
    if len(found) > 1:
        raise SourceError(
            "it contains several pages",
            where=source_name(source, name),
            what_next=f"name one, such as {found[0].name}; `inspect --sources` lists all, and --url (in Python: "
            "`saved_pages` with `urls`) chooses one by its URL",
        )
    return found[0]


def saved_pages(
    source: Source,
    *,
    name: str | None = None,
    urls: Sequence[str] = (),
    max_bytes: int = MAX_BYTES,
    policy: FetchPolicy = FetchPolicy(),
) -> Iterator[SavedPage]:
    """Find all pages of a source; with `urls`, only the pages at these URLs. A page is read when it is opened.

    `source`, `name` and `policy` are as in `open_source`; a `file:` URL counts as a path. `max_bytes` limits each
    decompressed page or photo, not the source. With `urls`, pages whose source does not state their URLs are read at
    once.

    The pages of a folder or a zip archive are sorted by name, those of a web archive are in the order of its records.
    Outputs of this program are left out unless there is no other page.

    Raises SourceError for a source that cannot be read, has no page, or has none at one of `urls`. A page that cannot
    be read fails when it is opened.
    """
    require_names(urls, "urls", '["https://www.ministry.example/talks.html"]')
    found = pages_and_outputs(source, name=name, max_bytes=max_bytes, policy=policy)
    pages = (page for page in found if not page.is_output)
    return _pages_at(list(pages), urls, source_name(source, name)) if urls else pages


def pages_and_outputs(
    source: Source, *, name: str | None = None, max_bytes: int = MAX_BYTES, policy: FetchPolicy = FetchPolicy()
) -> Iterator[SavedPage]:
    """Find the pages of `saved_pages` and the outputs that it leaves out; parameters and errors are the same."""
    return (page for page in all_files(source, name=name, max_bytes=max_bytes, policy=policy) if not page.is_other_file)


def all_files(
    source: Source, *, name: str | None = None, max_bytes: int = MAX_BYTES, policy: FetchPolicy = FetchPolicy()
) -> Iterator[SavedPage]:
    """Find what `pages_and_outputs` finds and, in a folder or zip archive, the files that are not read as pages.

    Files that belong to pages by their folders or names, such as `assets/`, are left out. Parameters and errors are as
    in `saved_pages`.
    """
    _require_arguments(source, name, max_bytes, policy)
    source = local_path(source) if isinstance(source, str) else source
    where = source_name(source, name)
    return _require_page(_all_pages(source, where, max_bytes, policy), where)


def source_name(source: object, name: object = None) -> str:
    """Return what errors call a source; `name` is the name given to bytes or an open file.

    Both may be of a wrong type, since errors about wrong arguments name the source too.
    """
    if isinstance(source, str | Path):
        return "standard input" if source == STANDARD_INPUT else str(source)
    names = (name, getattr(source, "name", None))  # the name of a temporary file is a number
    return next((each for each in names if isinstance(each, str) and each), IN_MEMORY)


def _require_arguments(source: object, name: object, max_bytes: object, policy: object) -> None:
    """Raise UsageError for an impossible argument."""
    if not (isinstance(source, str | Path | _Bytes) or callable(getattr(source, "read", None))):
        raise UsageError(
            f"the source is {shown(source)}",
            what_next="give a path (str or Path), a web address, bytes, or a file opened as binary",
        )
    if source == "":
        raise UsageError("the name of a source is empty", what_next='check where it came from; "." is this folder')
    if isinstance(source, str) and _is_markup(source):
        raise UsageError(
            "the source is markup, not a path", where=IN_MEMORY, what_next='pass its bytes: page.encode("utf-8")'
        )
    if getattr(source, "closed", False) is True:
        raise UsageError("the file is closed", where=source_name(source), what_next="open it again")
    require_type(name, (str, type(None)), "name")
    if name is not None and isinstance(source, str | Path):
        raise UsageError("name is for bytes and open files", where=str(source), what_next="leave it out")
    require_count(max_bytes, "max_bytes", maximum=MAX_SIZE)
    require_type(policy, (FetchPolicy,), "policy")


def _is_markup(source: str) -> bool:
    """Return whether a text is markup, not a path. A file whose name starts with "<" can be given as a Path."""
    return source.lstrip().startswith("<") or ("<" in source and ("\n" in source or len(source) > _MAX_PATH))


_MAX_PATH = 4096
"""A longer text with "<" is markup, not a path: the PATH_MAX of Linux."""


def is_remote(source: str) -> bool:
    """Return whether a source is the address of a folder or file in a remote store (s3://, sftp://)."""
    return bool(_STORE_SCHEME.match(source)) and not is_web_address(source) and not is_file_url(source)


_STORE_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)


def _require_page(pages: Iterator[SavedPage], where: str) -> Iterator[SavedPage]:
    """Yield `pages`; SourceError if none is a page. Other files are held back until the first page is found."""
    others: list[SavedPage] = []
    for page in pages:
        others.append(page)
        if not page.is_other_file:
            break
    else:
        raise SourceError("there is no saved page in it", where=where, what_next="name a page, a folder or an archive")
    yield from others
    yield from pages


def _all_pages(source: Source, where: str, limit: int, policy: FetchPolicy) -> Iterator[SavedPage]:
    """Find the pages of a URL, a remote store, standard input, a path, or bytes."""
    if isinstance(source, str) and is_web_address(source):
        from readout_pub.sources.web.pages import web_pages

        return web_pages(source, limit, policy)
    if isinstance(source, str) and is_remote(source):
        from readout_pub.sources.remote import remote_pages

        return remote_pages(source, limit)
    # Imported here: commands that open nothing start faster.
    from readout_pub.sources.blob import bytes_blob, file_blob, unreadable
    from readout_pub.sources.file_tree import FolderTree
    from readout_pub.sources.source_formats import pages_of_file, pages_of_tree

    if source == STANDARD_INPUT:
        return pages_of_file(bytes_blob(read_standard_input(limit), where, _STDIN_NAME), limit)
    if isinstance(source, str | Path):
        path = Path(source)
        try:
            is_folder = path.is_dir()
        except OSError as reason:  # such as a name that is too long
            raise unreadable(str(path), reason) from reason
        if is_open_pipe(path):
            raw = read_named_file(path, max_bytes=limit)
            return pages_of_file(bytes_blob(raw, where, path.name), limit)
        return pages_of_tree(FolderTree(path), limit) if is_folder else pages_of_file(file_blob(path), limit)
    return pages_of_file(bytes_blob(_read_bytes(source, where, limit), where, where), limit)


def read_standard_input(limit: int) -> bytes:
    """Return the bytes on standard input; SourceError for more than `limit`, or if standard input is closed."""
    where = source_name(STANDARD_INPUT)
    if sys.stdin is None:  # the shell closed it: `<&-`
        raise SourceError("it is closed", where=where, what_next="name a file, or pass a page on it")
    return _read_bytes(sys.stdin.buffer, where, limit)


def _read_bytes(source: _Bytes | BinaryIO, where: str, limit: int) -> bytes:
    """Return the bytes of a source in memory or an open file; SourceError for more than `limit` or a failed read."""
    from readout_pub.sources.blob import READ_ERRORS, too_large, unreadable

    try:
        raw = bytes(source) if isinstance(source, _Bytes) else b"".join(_read_parts(source, where, limit + 1))
    except READ_ERRORS as reason:  # such as a file that is open for writing only
        raise unreadable(where, reason) from reason
    if len(raw) > limit:
        raise too_large(where, len(raw), limit)
    if not raw and _was_read_before(source):
        raise UsageError("nothing is left to read in the file", where=where, what_next="go to its start: file.seek(0)")
    return raw


def _was_read_before(source: object) -> bool:
    """Return whether an open file is not at its start, for example because it was just written."""
    with contextlib.suppress(AttributeError, OSError, ValueError):  # bytes and pipes have no position
        return source.tell() > 0  # type: ignore[attr-defined,no-any-return]  # some files have no method tell
    return False


def _read_parts(file: BinaryIO, where: str, count: int) -> Iterator[bytes]:
    """Yield the next `count` bytes of an open file, fewer at its end. One read of a pipe may return only a part.

    Raises UsageError for an object that is not a binary file: a TypeError would not name the source.
    """
    while count > 0:
        try:
            part: object = file.read(count)
        except TypeError as reason:
            raise UsageError("it cannot be read as a file", where=where, what_next=_PASS_BYTES) from reason
        if isinstance(part, str):
            raise UsageError("the file is open as text", where=where, what_next='open it as binary: open(path, "rb")')
        if not isinstance(part, bytes):
            if isinstance(part, Coroutine):
                part.close()
            what = f"its method read returns {type(part).__name__} and not bytes"
            raise UsageError(what, where=where, what_next=_PASS_BYTES)
        if not part:
            return
        yield part
        count -= len(part)


_PASS_BYTES = "read it, and pass the bytes"


def _pages_at(pages: list[SavedPage], urls: Sequence[str], where: str) -> Iterator[SavedPage]:
    """Yield the pages at `urls`. A URL that is the name of a page selects only that page.

    In a web archive, only the newest copy of a page has the URL as its name.
    """
    from readout_pub.sources.urls import url_key

    named = {page.name for page in pages} & {*urls}
    wanted = {url_key(url): url for url in urls if url not in named}
    keys_by_page = (
        {}
        if not wanted
        else {page.name: keys for page in pages if (keys := wanted.keys() & set(map(url_key, urls_of(page))))}
    )
    missing = [url for key, url in wanted.items() if not any(key in keys for keys in keys_by_page.values())]
    if missing:
        raise SourceError(
            f"there is no page with the URL {missing[0]}",
            where=where,
            what_next="`readout-pub inspect --sources` lists the pages",
        )
    return (page for page in pages if page.name in named or page.name in keys_by_page)


def urls_of(page: SavedPage) -> tuple[str, ...]:
    """Return the URLs of a page. If its source states none, the page is read, and the result is empty if that fails."""
    if page.urls:
        return page.urls
    try:
        url = page.open().url
    except SourceError:
        return ()
    return (url,) if url else ()
