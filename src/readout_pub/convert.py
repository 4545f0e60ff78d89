"""One source → its renditions: the stages, in one screen. New readers start here.

source ──open──▶ page ──extract──▶ readout ──refine──▶ readout ──describe──▶ readout ──emit──▶ renditions
"""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from readout_pub.alt import describe
from readout_pub.emit import RenderOptions, Rendition, emit, emitter
from readout_pub.errors import ReadoutError
from readout_pub.extract import Extraction, Reason, extract, gc_paused
from readout_pub.image_store import ImageStore
from readout_pub.model import Readout
from readout_pub.refine import refine
from readout_pub.sources import MAX_BYTES, STANDARD_INPUT, Page, SavedPage, open_source
from readout_pub.styles import require_theme


class Overrides(msgspec.Struct, frozen=True):
    """What a person knows and the page lost; each takes the place of what was found.

    `alts` maps the file names of photos to their alternative texts.
    """

    title: str | None = None
    series: str | None = None
    issued: dt.date | None = None
    language: str | None = None
    alts: Mapping[str, str] = {}


class Conversion(msgspec.Struct, frozen=True):
    """What became of one source: the readout as understood, its album, and one rendition a format, in their order."""

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
) -> Conversion:
    """Convert one saved page into `formats`, such as ("pdf", "epub"). Writes nothing.

    `source` is a path, an address, "-" for standard input, or one of the `saved_pages` of what holds several; what is
    larger than `max_bytes` is refused. `site` and `sites` are as in `extract`, `look` is as in `emit`.
    Raises a ReadoutError: UsageError for an unknown format, theme or PDF profile, SourceError for a page that cannot be
    converted, ToolMissing where a library or font has to be installed first.
    """
    require_options(look, formats)
    for target in formats:
        emitter(target)  # an unknown format is refused before any work
    readout, album = read(source, site=site, sites=sites, known=known, max_bytes=max_bytes)
    with _naming(source):
        return Conversion(readout, album, tuple(emit(readout, album, target, look) for target in formats))


def require_options(look: RenderOptions, formats: Iterable[str]) -> None:
    """Raise a UsageError, before any work, if there is no such theme, or no such profile where a PDF is asked for."""
    require_theme(look.theme)
    if "pdf" in formats:
        from readout_pub.emit.pdf.profiles import profile_named

        profile_named(look.pdf)


def read(
    source: str | Path | SavedPage | Page,
    *,
    site: str | None = None,
    sites: Sequence[Path] = (),
    known: Overrides = Overrides(),
    max_bytes: int = MAX_BYTES,
) -> tuple[Readout, ImageStore]:
    """Do everything before the formats: open, extract, refine, and describe the photos of one source.

    A page that is open already is taken as it is.
    """
    with gc_paused():  # until the tree of the page is garbage: else it would outlive the next pages
        extraction = _extracted(source, site, sites, max_bytes)
        readout, album = extraction.readout, extraction.album
        del extraction
    return _decided(readout, known), album


def read_with_reasons(
    source: str | Path | SavedPage | Page,
    *,
    site: str | None = None,
    sites: Sequence[Path] = (),
    known: Overrides = Overrides(),
    max_bytes: int = MAX_BYTES,
) -> tuple[Readout, tuple[Reason, ...]]:
    """Do as `read`, and say of every field and every region of the page which rule decided."""
    extraction = _extracted(source, site, sites, max_bytes)
    values = {"title": known.title, "series": known.series, "date": known.issued, "language": known.language}
    given = [Reason(what, "given by you", text=str(value)) for what, value in values.items() if value is not None]
    told = {reason.what for reason in given}
    found = (reason for reason in extraction.reasons() if reason.what not in told)
    return _decided(extraction.readout, known), (*given, *found)


def _extracted(
    source: str | Path | SavedPage | Page, site: str | None, sites: Sequence[Path], max_bytes: int
) -> Extraction:
    with _naming(source):
        return extract(_opened(source, max_bytes), site=site, sites=sites)


@contextlib.contextmanager
def _naming(source: str | Path | SavedPage | Page) -> Iterator[None]:
    """Let an error that names no place name the source: of many pages, the reader has to know which it was."""
    try:
        yield
    except ReadoutError as error:
        error.where = error.where or _name(source)
        raise


def _decided(readout: Readout, known: Overrides) -> Readout:
    return describe(refine(apply_overrides(readout, known)), known.alts)


def _opened(source: str | Path | SavedPage | Page, max_bytes: int) -> Page:
    if isinstance(source, str | Path):
        return open_source(source, max_bytes=max_bytes)
    return source.open() if isinstance(source, SavedPage) else source


def _name(source: str | Path | SavedPage | Page) -> str:
    if isinstance(source, str | Path):
        return "standard input" if source == STANDARD_INPUT else str(source)
    return source.where if isinstance(source, SavedPage) else source.name


_NOTES_SETTLED_BY = {"issued": ("DATE_MISSING", "DATE_IMPOSSIBLE"), "language": ("LANGUAGE_GUESSED", "LANGUAGE_MENDED")}
"""Notes that need not be given any more when a person knows the field."""


def apply_overrides(readout: Readout, known: Overrides) -> Readout:
    """Put what a person knows in the place of what was found."""
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
