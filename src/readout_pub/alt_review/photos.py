"""Finds all photos of saved pages or outputs, each with its context."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from readout_pub.alt.context import PhotoInContext, output_photos, photos_in_context
from readout_pub.arguments import Paths
from readout_pub.batch.containment import resolve_inside
from readout_pub.convert import Overrides, Reading, ReadOptions, read_and_prove
from readout_pub.errors import (
    DECODE_ERRORS,
    DecisionsUnreadable,
    OutputError,
    ReadoutError,
    SourceError,
    escape_controls,
)
from readout_pub.limits import PageLimits
from readout_pub.manifest import MANIFEST_NAME, Manifest, ManifestPage
from readout_pub.named_file import read_large_file
from readout_pub.receipts.read_back.files import READ_AS_PAGES, read_output_file, readable_format
from readout_pub.sources import MAX_BYTES, SavedPage, is_remote, is_web_address, local_path, saved_pages
from readout_pub.sources.path_list import is_path_list, listed_pages

ReadPage = Callable[[SavedPage], Reading]
"""Reads a page: see `page_reader`."""

PREFERRED_FORMATS = ("json", "html", "epub", "docx", "odt", "md", "pdf")
"""Of each page of a batch, the first of these formats that is up to date is read. The first formats tell most about
photos.
"""


class PagePhotos(msgspec.Struct, frozen=True):
    """The photos of one page in reading order; `error` says why the page could not be read.

    `saved` is the page itself; None for an output, since decisions on its photos belong to its source.
    """

    archive: str
    page: str
    photos: tuple[PhotoInContext, ...] = ()
    error: ReadoutError | None = None
    saved: SavedPage | None = None


def page_reader(
    *,
    overrides: Callable[[SavedPage], Overrides] = lambda _: Overrides(),
    site: str | None = None,
    sites: Paths = (),
    limits: PageLimits = PageLimits(),
) -> ReadPage:
    """Return a function that reads a page with these options; `overrides` returns what a person says about it."""

    def read_page(page: SavedPage) -> Reading:
        with limits.enforced(page.name):
            return read_and_prove(page, ReadOptions(overrides=overrides(page), site=site, sites=sites), receipt=False)

    return read_page


def photos_by_page(
    source: str,
    *,
    read: ReadPage | None = None,
    max_bytes: int = MAX_BYTES,
    is_wanted: Callable[[str], bool] = lambda _: True,
    limits: PageLimits = PageLimits(),
) -> Iterator[PagePhotos]:
    """Yield the photos of each page of `source`, page by page; only pages whose names `is_wanted` accepts are read.

    `source` is a saved page, a folder, an archive, a list of paths (`@FILE`), a readout in JSON, an output, or the
    output folder of a batch. Of a batch, one of the `PREFERRED_FORMATS` is read for each page; a page without an
    up-to-date one is left out. `max_bytes` is as in `saved_pages`. `limits` apply to outputs only; `read` has its own
    for pages. A page that cannot be read is yielded with its error. Raises SourceError for a source without pages, and
    DecisionsUnreadable if the decisions on photos cannot be read.
    """
    archive, read = escape_controls(source), read or page_reader()
    if is_path_list(source):
        for label, page in listed_pages(source, max_bytes):
            if is_wanted(escape_controls(label)):
                yield _photos_of_page(archive, escape_controls(label), page, read)
        return
    source = local_path(source)
    path = Path(source)
    outputs = _outputs(path) if not (is_web_address(source) or is_remote(source)) else None
    if outputs is None:
        for page in saved_pages(source, max_bytes=max_bytes):
            if is_wanted(page.name):
                yield _photos_of_page(archive, page.name, page, read)
        return
    for name, file in filter(lambda each: is_wanted(each[0]), outputs.items()):
        target = readable_format(file)
        if target in READ_AS_PAGES:
            try:
                found = next(iter(saved_pages(file, max_bytes=max_bytes)))
            except ReadoutError as error:
                yield PagePhotos(archive, name, error=error)
                continue
            yield msgspec.structs.replace(_photos_of_page(archive, name, found, read), saved=None)
        elif target:
            yield _photos_of_output(archive, name, file, target, limits)


def _photos_of_page(archive: str, name: str, page: SavedPage, read: ReadPage) -> PagePhotos:
    try:
        reading = read(page)
    except DecisionsUnreadable:
        raise  # otherwise every page would have this error
    except ReadoutError as error:
        return PagePhotos(archive, name, error=error, saved=page)
    found = photos_in_context(
        reading.described.readout, reading.undescribed, reading.images, archive=archive, page=name
    )
    return PagePhotos(archive, name, tuple(found), saved=page)


def _photos_of_output(archive: str, name: str, file: Path, target: str, limits: PageLimits) -> PagePhotos:
    try:
        content = limits.call(lambda: read_output_file(file, target), file, where=name)
    except ReadoutError as error:
        return PagePhotos(archive, name, error=error)
    found = output_photos(
        content.alts[content.covers :],
        content.photos,
        [(place.offset, place.caption) for place in content.places or ()],
        archive=archive,
        page=name,
        title=content.title or "",
        text=content.text,
        language=content.language or "und",
    )
    return PagePhotos(archive, name, tuple(found))


def _outputs(path: Path) -> dict[str, Path] | None:
    """Return page name → output, for one output or the output folder of a batch; None if `path` is a source."""
    if path.is_file():
        is_output = readable_format(path) not in {*READ_AS_PAGES, "txt", None}
        return {escape_controls(path.name): path} if is_output else None
    manifest = path / MANIFEST_NAME
    if not manifest.is_file():
        return None
    with contextlib.suppress(*DECODE_ERRORS, OutputError):
        listed = msgspec.json.decode(read_large_file(manifest), type=Manifest)
        files = {page.source: file for page in listed.pages if (file := _preferred_file(page))}
        return {source: resolve_inside(path, file) for source, file in files.items()}
    raise SourceError(
        "it is not a list of outputs that `batch` wrote", where=str(manifest), what_next="run the batch again"
    )


def _preferred_file(page: ManifestPage) -> str | None:
    """Return the path of the file to read; None if no up-to-date file has one of `PREFERRED_FORMATS`."""
    by_format = {name: file.path for file in reversed(page.files) if not file.stale for name in file.formats}
    return next((by_format[name] for name in PREFERRED_FORMATS if name in by_format), None)
