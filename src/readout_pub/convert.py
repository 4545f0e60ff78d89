"""One source → its renditions: all stages in their order. New readers of the code start here.

source ──open──▶ page ──extract──▶ readout ──refine──▶ readout ──describe──▶ readout ──emit──▶ renditions
"""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from readout_pub.alt import AltSource, describe
from readout_pub.emit import RenderOptions, Rendition, canonical_format, emit, emitter
from readout_pub.errors import ReadoutError
from readout_pub.extract import Extraction, Reason, extract, gc_paused
from readout_pub.image_store import ImageStore
from readout_pub.model import Readout
from readout_pub.refine import refine
from readout_pub.sources import MAX_BYTES, STANDARD_INPUT, Page, SavedPage, open_source
from readout_pub.styles import require_theme


class Overrides(msgspec.Struct, frozen=True):
    """Values given by a person; each that is not None replaces the value found on the page.

    `language` is BCP 47. `alts` are alternative texts: for file names, paths or URLs of photos an `Alt`, which says who
    wrote it, or a string, which is a person's; or a function that takes a `PhotoContext` and returns an `Alt`, or None
    to leave the photo as it is.
    """

    title: str | None = None
    series: str | None = None
    issued: dt.date | None = None
    language: str | None = None
    alts: AltSource = {}


class Conversion(msgspec.Struct, frozen=True):
    """The result for one source: its readout, the store of its photos, and one rendition per format, in their order."""

    readout: Readout
    album: ImageStore
    renditions: tuple[Rendition, ...]


def convert(
    source: str | Path | SavedPage,
    formats: Sequence[str],
    *,
    site: str | None = None,
    sites: Sequence[Path] = (),
    known: Overrides = Overrides(),
    look: RenderOptions = RenderOptions(),
    max_bytes: int = MAX_BYTES,
    accept_error_pages: bool = False,
) -> Conversion:
    """Convert one saved page into `formats`, such as ("pdf", "epub"). Writes no files.

    `source` is a path, a URL, "-" for standard input, or a page from `saved_pages`; sources of more than `max_bytes`
    are refused. `site`, `sites` and `accept_error_pages` are as in `extract`, `look` is as in `emit`, `known` replaces
    what the page says.
    Raises a ReadoutError: UsageError for an unknown format, theme or PDF profile, SourceError for a page that cannot be
    converted, ToolMissing if a library, font or program is not installed.
    """
    require_options(look, formats)  # before any work is done
    readout, album = read(
        source, site=site, sites=sites, known=known, max_bytes=max_bytes, accept_error_pages=accept_error_pages
    )
    with _source_in_errors(source):
        return Conversion(readout, album, tuple(emit(readout, album, target, look) for target in formats))


def require_options(look: RenderOptions, formats: Iterable[str]) -> None:
    """Raise UsageError if a format or the theme does not exist, or, where `formats` have "pdf", the PDF profile."""
    require_theme(look.theme)
    for target in formats:
        emitter(target)
    if "pdf" in map(canonical_format, formats):
        from readout_pub.emit.pdf.profiles import profile_named

        profile_named(look.pdf)


def read(
    source: str | Path | SavedPage | Page,
    *,
    site: str | None = None,
    sites: Sequence[Path] = (),
    known: Overrides = Overrides(),
    max_bytes: int = MAX_BYTES,
    accept_error_pages: bool = False,
) -> tuple[Readout, ImageStore]:
    """Return the readout of one source, and the store of its photos: all stages before `emit`.

    Parameters and errors are as in `convert`; `source` may also be a page that is already open.
    """
    with gc_paused():  # until the page's tree is unreferenced: a collection before would keep it for several pages
        extraction = _open_and_extract(source, site, sites, max_bytes, accept_error_pages=accept_error_pages)
        readout, album = extraction.readout, extraction.album
        del extraction
    return _finish(readout, known, album), album


def read_with_reasons(
    source: str | Path | SavedPage | Page,
    *,
    site: str | None = None,
    sites: Sequence[Path] = (),
    known: Overrides = Overrides(),
    max_bytes: int = MAX_BYTES,
    accept_error_pages: bool = False,
) -> tuple[Readout, tuple[Reason, ...]]:
    """Return the readout as `read` does, and for each field and each region of the page the rule that decided."""
    extraction = _open_and_extract(source, site, sites, max_bytes, accept_error_pages=accept_error_pages)
    values = {"title": known.title, "series": known.series, "date": known.issued, "language": known.language}
    given = [Reason(what, "given by you", text=str(value)) for what, value in values.items() if value is not None]
    overridden = {reason.what for reason in given}
    found = (reason for reason in extraction.reasons() if reason.what not in overridden)
    return _finish(extraction.readout, known, extraction.album), (*given, *found)


def _open_and_extract(
    source: str | Path | SavedPage | Page,
    site: str | None,
    sites: Sequence[Path],
    max_bytes: int,
    *,
    accept_error_pages: bool,
) -> Extraction:
    with _source_in_errors(source):
        page = _open_page(source, max_bytes)
        return extract(page, site=site, sites=sites, accept_error_pages=accept_error_pages)


@contextlib.contextmanager
def _source_in_errors(source: str | Path | SavedPage | Page) -> Iterator[None]:
    """Set `where` of errors without one to the source, so that a user with many pages knows which one failed."""
    try:
        yield
    except ReadoutError as error:
        error.where = error.where or _source_name(source)
        raise


def _finish(readout: Readout, known: Overrides, album: ImageStore) -> Readout:
    """Return `readout` after the stages that follow `extract`."""
    return describe(refine(apply_overrides(readout, known)), known.alts, album)


def _open_page(source: str | Path | SavedPage | Page, max_bytes: int) -> Page:
    if isinstance(source, str | Path):
        return open_source(source, max_bytes=max_bytes)
    return source.open() if isinstance(source, SavedPage) else source


def _source_name(source: str | Path | SavedPage | Page) -> str:
    if isinstance(source, str | Path):
        return "standard input" if source == STANDARD_INPUT else str(source)
    return source.where if isinstance(source, SavedPage) else source.name


_NOTES_SETTLED_BY = {"issued": ("DATE_MISSING", "DATE_IMPOSSIBLE"), "language": ("LANGUAGE_GUESSED", "LANGUAGE_MENDED")}
"""Field of `Overrides` → codes of the notes that no longer apply once a person has given it."""


def apply_overrides(readout: Readout, known: Overrides) -> Readout:
    """Return `readout` with the values of `known`, and without the notes that they settle."""
    changes: dict[str, object] = {}
    if known.title is not None:
        changes["title"] = (known.title,)
    if known.series is not None:
        changes["series"] = known.series
    if known.issued is not None:
        changes |= {"issued": known.issued, "issued_text": None}
    if known.language is not None:
        changes["language"] = known.language
    codes = {code for field in changes for code in _NOTES_SETTLED_BY.get(field, ())}
    notes = tuple(note for note in readout.notes if note.code not in codes)
    return msgspec.structs.replace(readout, **changes, notes=notes)
