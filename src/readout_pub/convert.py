"""One source → its renditions: all stages in order, and the proof of each output. New readers of the code start here.

source ──open──▶ page ──extract──▶ readout ──refine──▶ readout ──describe──▶ readout ──emit──▶ renditions
"""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from readout_pub.alt import AltSource, Decision, DescribedPhotos, describe_all
from readout_pub.alt.context import photos_in_context
from readout_pub.alt.decisions import decisions_of
from readout_pub.alt.withheld import without_photos
from readout_pub.arguments import (
    Names,
    Paths,
    require_names,
    require_type,
    require_unicode,
    set_plain_strings,
)
from readout_pub.emit import FailedFormat, RenderOptions, Rendition, canonical_format, emit, emit_each, emitter
from readout_pub.emit.rendition import relevant_options
from readout_pub.errors import ReadoutError, ReceiptError, SourceError, UsageError, internal_error_message, option
from readout_pub.extract import Extraction, PageRegions, Reason, extract
from readout_pub.extract.language import declared_language
from readout_pub.extract.tree import take_apart
from readout_pub.gc_pause import gc_paused
from readout_pub.image_store import ImageStore
from readout_pub.limits import frees_reserve
from readout_pub.model import AltPolicy, Keep, Readout, printable_readout
from readout_pub.notes import note
from readout_pub.receipts.model import PageWords, Receipt, RenditionReceipt
from readout_pub.refine import refine
from readout_pub.sources import (
    MAX_BYTES,
    FetchPolicy,
    HtmlPage,
    Page,
    SavedPage,
    Source,
    StoredReadout,
    TextPage,
    only_page,
    source_name,
)


class Overrides(msgspec.Struct, frozen=True):
    """Values given by a person; each that is not None replaces the value found on the page.

    `issued_text` is the date as outputs show it, such as "4 mars 2031"; without it, they show YYYY-MM-DD. `language` is
    BCP 47.

    `alts` are alternative texts: a mapping from file names, paths or URLs of photos to texts, or a function. A text in
    the mapping is an `Alt`, which says who wrote it, or a string, which counts as written by a person; `Withheld`
    leaves the photo out. The function takes a `PhotoContext` and returns an `Alt`, `Withheld`, or None to leave the
    photo as it is.

    `decisions` are decisions of people on photos; they apply where `alts` has no text. If `decisions` is None, they are
    read from `alt-decisions.jsonl` in the folder of the page or above it.
    """

    title: str | None = None
    series: str | None = None
    issued: dt.date | None = None
    issued_text: str | None = None
    language: str | None = None
    alts: AltSource = {}
    decisions: tuple[Decision, ...] | None = None

    def __post_init__(self) -> None:
        """Join the lines of texts, since a title or a date is one line of an output.

        Raises a UsageError for an empty text, a wrong type, `issued_text` alone, or an invalid `language`.
        """
        for field in ("title", "series", "issued_text", "language"):
            require_type(getattr(self, field), (str, type(None)), field)
            if getattr(self, field) is not None and not getattr(self, field).strip():
                raise UsageError(f"{field} is empty", what_next="leave it out, or give a text")
            require_unicode(getattr(self, field) or "", field)
        set_plain_strings(self)
        for field in ("title", "series", "issued_text"):
            if text := getattr(self, field):
                line = " ".join(filter(None, map(str.strip, text.splitlines())))
                msgspec.structs.force_setattr(self, field, line)
        require_type(self.issued, (dt.date, type(None)), "issued")
        if self.issued_text is not None and self.issued is None:
            raise UsageError("issued_text is given without issued", what_next="give the same date as issued")
        require_type(self.alts, (Mapping, Callable), "alts")  # type: ignore[arg-type]  # isinstance takes Callable
        for name in self.alts if isinstance(self.alts, Mapping) else ():
            require_type(name, (str,), "a photo in alts")
        require_type(self.decisions, (tuple, type(None)), "decisions")
        if self.language is not None and declared_language(self.language) is None:
            raise UsageError(f"language is {self.language!r}", what_next="write a tag such as en, ja or pt-BR")

    def over(self, others: Overrides) -> Overrides:
        """Return `others`, with the title, series, date and language that this one has."""
        own = {name: getattr(self, name) for name in ("title", "series", "language") if getattr(self, name)}
        date = {"issued": self.issued, "issued_text": self.issued_text} if self.issued else {}
        return msgspec.structs.replace(others, **own, **date)


class ReadOptions(msgspec.Struct, frozen=True, kw_only=True):
    """What decides how a page becomes a readout. The fields are the parameters of `convert` with these names."""

    site: str | None = None
    sites: Paths = ()
    overrides: Overrides = Overrides()
    max_bytes: int = MAX_BYTES
    keep: Keep | None = None
    accept_error_pages: bool = False
    alt_policy: AltPolicy = "caption"
    release: str | None = None
    policy: FetchPolicy = FetchPolicy()

    def __post_init__(self) -> None:
        """Raise a UsageError if `overrides` or `release` has a wrong type; no later stage checks them."""
        require_type(self.overrides, (Overrides,), "overrides")
        require_type(self.release, (str, type(None)), "release")
        set_plain_strings(self)

    def with_alts(self, alts: AltSource) -> ReadOptions:
        """Return these options with `alts` as the alternative texts."""
        return msgspec.structs.replace(self, overrides=msgspec.structs.replace(self.overrides, alts=alts))


class Conversion(msgspec.Struct, frozen=True):
    """The result for one source; the renditions are in the order of the formats.

    `receipt` is None if no receipt was asked for.
    """

    readout: Readout
    images: ImageStore
    renditions: tuple[Rendition, ...]
    receipt: Receipt | None = None


def convert(
    source: Source | SavedPage | Page,
    formats: Names,
    *,
    name: str | None = None,
    site: str | None = None,
    sites: Paths = (),
    overrides: Overrides = Overrides(),
    render_options: RenderOptions = RenderOptions(),
    max_bytes: int = MAX_BYTES,
    keep: Keep | None = None,
    accept_error_pages: bool = False,
    alt_policy: AltPolicy = "caption",
    release: str | None = None,
    policy: FetchPolicy = FetchPolicy(),
    receipt: bool = True,
) -> Conversion:
    """Convert one saved page, or one readout in JSON, into `formats`, such as ["pdf", "epub"]. Writes no files.

    `source` is a path, a URL, "-" for standard input, bytes or an open binary file (`name` then stands for the file
    name), a page from `saved_pages`, or an open page. A page of more than `max_bytes` is refused. `overrides` replaces
    what the page says, and `policy` says how web servers are asked. `site`, `sites`, `keep` and `accept_error_pages`
    are as in `extract`, `render_options` as in `emit`, `alt_policy` as in `describe`. `release` is the name of house
    rules or the path of a file with them; it refuses a page unless a person vouches for the text of each photo.

    With `receipt`, the program looks for every word of the page in the readout, and for every word of the readout in
    the bytes of each rendition.

    Raises a ReadoutError: UsageError for an impossible argument; SourceError for a page that cannot be converted;
    AltRefused for photos that `alt_policy` or `release` refuses; ToolMissing if a library, font or program is not
    installed; ReceiptError if an output differs from the readout.
    """
    require_type(receipt, (bool,), "receipt")
    targets = require_options(render_options, formats)  # before any work is done
    render_options = msgspec.structs.replace(render_options, receipt=receipt)
    options = ReadOptions(
        site=site,
        sites=sites,
        overrides=overrides,
        max_bytes=max_bytes,
        keep=keep,
        accept_error_pages=accept_error_pages,
        alt_policy=alt_policy,
        release=release,
        policy=policy,
    )
    reading = read_and_prove(source, options, name=name, receipt=receipt)
    readout, images = reading.readout, reading.images
    with _source_in_errors(source, name):
        renditions = tuple(emit(readout, images, target, render_options) for target in targets)
        if not receipt:
            return Conversion(readout, images, renditions)
        from readout_pub.receipts import make_receipt

        proven = [_prove(readout, images, rendition, render_options) for rendition in renditions]
        receipts = [each.receipt for each in proven if each.receipt]
        made = make_receipt(readout, reading.words, receipts)
        return Conversion(readout, images, tuple(each.rendition for each in proven), made)


class ProvenRendition(msgspec.Struct, frozen=True):
    """A rendition, and its receipt if one was asked for."""

    rendition: Rendition
    receipt: RenditionReceipt | None = None


def emit_and_prove(
    readout: Readout, images: ImageStore, targets: Sequence[str], render_options: RenderOptions
) -> Iterator[ProvenRendition | FailedFormat]:
    """Yield each of `targets` as `emit_each` does; a rendition that differs from `readout` counts as failed."""
    for result in emit_each(readout, images, targets, render_options):
        if isinstance(result, FailedFormat):
            yield result
            continue
        try:
            yield _prove(readout, images, result, render_options) if render_options.receipt else ProvenRendition(result)
        except ReceiptError as error:
            yield FailedFormat(result.format, error)


def _prove(
    readout: Readout, images: ImageStore, rendition: Rendition, render_options: RenderOptions
) -> ProvenRendition:
    """Return `rendition` with its receipt; raises ReceiptError if it differs from `readout`."""
    from readout_pub.receipts import prove_rendition, require_proven, unread_rendition

    try:
        receipt = prove_rendition(readout, images, rendition, render_options)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - a bug in the comparison must not lose the output
        reason = internal_error_message(error)
        failed = note("RECEIPT_FAILED", what=f"the {rendition.format} output", reason=reason)
        noted = msgspec.structs.replace(rendition, notes=(*rendition.notes, failed))
        return ProvenRendition(noted, unread_rendition(rendition, reason))
    require_proven(receipt, render_options.own_style(rendition.format))
    return ProvenRendition(rendition, receipt)


def require_options(render_options: RenderOptions, formats: Names) -> tuple[str, ...]:
    """Return each of `formats` once, by its canonical name.

    Raises a UsageError if a format or the theme does not exist, or if no format takes the CSS, and a ThemeError if the
    theme is invalid.
    """
    require_type(render_options, (RenderOptions,), "render_options")
    targets = require_names(formats, "formats")
    render_options.design()
    for target in targets:
        emitter(target)
    names = [canonical_format(target) for target in targets]
    if names and render_options.css is not None and not any("css" in relevant_options(name) for name in names):
        raise UsageError(
            f"no style sheet is used for {', '.join(names)}",
            where=option("--css"),
            what_next="add html, epub or pdf to the formats, or leave the style sheet out",
        )
    return tuple(dict.fromkeys(names))


def read(
    source: Source | SavedPage | Page,
    *,
    name: str | None = None,
    site: str | None = None,
    sites: Paths = (),
    overrides: Overrides = Overrides(),
    max_bytes: int = MAX_BYTES,
    keep: Keep | None = None,
    accept_error_pages: bool = False,
    alt_policy: AltPolicy = "caption",
    release: str | None = None,
    policy: FetchPolicy = FetchPolicy(),
) -> tuple[Readout, ImageStore]:
    """Return the readout of one source, and its image store: all stages before `emit`.

    Parameters and errors are as in `convert`.
    """
    options = ReadOptions(
        site=site,
        sites=sites,
        overrides=overrides,
        max_bytes=max_bytes,
        keep=keep,
        accept_error_pages=accept_error_pages,
        alt_policy=alt_policy,
        release=release,
        policy=policy,
    )
    reading = read_and_prove(source, options, name=name, receipt=False)
    return reading.readout, reading.images


class Reading(msgspec.Struct, frozen=True):
    """A readout with its image store, two earlier stages of it, and how it compares with its page.

    `undescribed` is the readout before `describe`, with the alternative texts of the page. `described` still has the
    photos that a person withholds; `readout` lacks them. `words` is None if the words of the page were not compared.
    `page_text` are the words of the page in their order.
    """

    readout: Readout
    images: ImageStore
    undescribed: Readout
    described: DescribedPhotos
    words: PageWords | None = None
    page_text: Sequence[str] = ()


@frees_reserve
def read_and_prove(
    source: Source | SavedPage | Page,
    options: ReadOptions,
    *,
    name: str | None = None,
    receipt: bool = True,
) -> Reading:
    """Return what `read` returns, and with `receipt` also what became of each word of the page.

    The readout has notes on words that are neither in it nor left out by a rule.
    """
    # Garbage collection is paused until nothing refers to the page's tree. It would move the tree to an older
    # generation, where it stays in memory during the next pages.
    with gc_paused():
        with _source_in_errors(source, name):
            page, options = _open_page(source, name, options)
            extraction = _extract(page, options)
            images = extraction.images
            undescribed = _refine(extraction, options.overrides)
            described = _describe(undescribed, images, options)
            readout = without_photos(described.readout, described.withheld)
            if options.release is not None:
                from readout_pub.alt.release import require_released

                as_found = without_photos(undescribed, described.withheld)
                found = photos_in_context(readout, as_found, images, archive="", page=page.name)
                require_released(tuple(found), options.overrides.decisions or (), options.release)
        words: PageWords | None = None
        page_text: Sequence[str] = ()
        if receipt and not isinstance(page, StoredReadout) and extraction.regions is not None:
            words, page_text = _prove_page(page, extraction, extraction.regions, readout, options.overrides)
        if extraction.tree is not None:
            take_apart(extraction.tree)
        del extraction
    if words is None:
        return Reading(readout, images, undescribed, described)
    from readout_pub.receipts import notes_of_page

    noted = msgspec.structs.replace(readout, notes=(*readout.notes, *notes_of_page(words)))
    return Reading(noted, images, undescribed, described, words, page_text)


def _prove_page(
    page: HtmlPage | TextPage,
    extraction: Extraction,
    regions: Callable[[], PageRegions],
    readout: Readout,
    overrides: Overrides,
) -> tuple[PageWords, Sequence[str]]:
    """Return what became of the words of `page`, and these words; an error in the comparison becomes a note."""
    from readout_pub.receipts import prove_page, read_page_text

    given = [field for field in ("title", "series", "issued") if getattr(overrides, field) is not None]
    try:
        text = read_page_text(page)
        return prove_page(page, text, regions(), readout, found=extraction.readout, given=given), text.words
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - a bug in the comparison must not lose the readout
        return PageWords(0, 0, in_order=False, not_read=internal_error_message(error)), ()


def read_with_reasons(source: Source | SavedPage | Page, options: ReadOptions) -> tuple[Readout, tuple[Reason, ...]]:
    """Return the readout as `read` does, and for each field and each region of the page the rule that decided."""
    with _source_in_errors(source, None):
        page, options = _open_page(source, None, options)
        extraction = _extract(page, options)
        described = _describe(_refine(extraction, options.overrides), extraction.images, options)
        readout = without_photos(described.readout, described.withheld)
    overrides = options.overrides
    values = {
        "title": overrides.title,
        "series": overrides.series,
        "date": overrides.issued_text or overrides.issued,
        "language": overrides.language,
    }
    given = [Reason(what, "given by you", text=str(value)) for what, value in values.items() if value is not None]
    overridden = {reason.what for reason in given}
    found = (reason for reason in extraction.reasons() if reason.what not in overridden)
    return readout, (*given, *found)


def _open_page(source: Source | SavedPage | Page, name: str | None, options: ReadOptions) -> tuple[Page, ReadOptions]:
    """Return the page of `source` and the options; if these have no decisions on photos, add those in its folder."""
    if isinstance(source, HtmlPage | TextPage | StoredReadout):
        return source, options
    saved = (
        source
        if isinstance(source, SavedPage)
        else only_page(source, name=name, max_bytes=options.max_bytes, policy=options.policy)
    )
    if options.overrides.decisions is None and isinstance(source, str | Path | SavedPage):
        overrides = msgspec.structs.replace(options.overrides, decisions=decisions_of(saved))
        options = msgspec.structs.replace(options, overrides=overrides)
    return saved.open(), options


@contextlib.contextmanager
def _source_in_errors(source: Source | SavedPage | Page, name: str | None) -> Iterator[None]:
    """Name the source in errors without `where`, so that a user with many pages knows which one failed."""
    try:
        yield
    except ReadoutError as error:
        if isinstance(source, SavedPage | HtmlPage | TextPage | StoredReadout):
            error.where = error.where or (source.where if isinstance(source, SavedPage) else source.name)
        else:
            error.where = error.where or source_name(source, name)
        raise


def _extract(page: Page, options: ReadOptions) -> Extraction:
    """Extract a page; the error of a page without a readout also names the damage of its archive."""
    try:
        return extract(
            page,
            site=options.site,
            sites=options.sites,
            keep=options.keep,
            accept_error_pages=options.accept_error_pages,
        )
    except SourceError as error:
        if damages := [each.message for each in page.notes if each.code == "ARCHIVE_DAMAGED"]:
            error.what_next = "; ".join(filter(None, (*damages, error.what_next)))
        raise


def _describe(readout: Readout, images: ImageStore, options: ReadOptions) -> DescribedPhotos:
    overrides = options.overrides
    return describe_all(readout, overrides.alts, images, decisions=overrides.decisions or (), policy=options.alt_policy)


def _refine(extraction: Extraction, overrides: Overrides) -> Readout:
    """Return the refined readout with the values of `overrides`; a readout from stored JSON has been refined before."""
    changed = printable_readout(apply_overrides(extraction.readout, overrides))
    return changed if extraction.refined else refine(changed)


_NOTES_SETTLED_BY = {"issued": ("DATE_MISSING", "DATE_IMPOSSIBLE"), "language": ("LANGUAGE_GUESSED", "LANGUAGE_MENDED")}
"""Field of `Overrides` → codes of the notes that no longer apply once a person has given the field."""


def apply_overrides(readout: Readout, overrides: Overrides) -> Readout:
    """Return `readout` with the values of `overrides`, and without the notes that no longer apply."""
    changes: dict[str, object] = {}
    if overrides.title is not None:
        changes["title"] = (overrides.title,)
    if overrides.series is not None:
        changes["series"] = overrides.series
    if overrides.issued is not None:
        changes |= {"issued": overrides.issued, "issued_text": overrides.issued_text}
    if overrides.language is not None:
        changes["language"] = overrides.language
    codes = {code for field in changes for code in _NOTES_SETTLED_BY.get(field, ())}
    notes = tuple(note for note in readout.notes if note.code not in codes)
    edited = tuple(field for field in Overrides.__struct_fields__ if changes.get(field) is not None)
    origin = msgspec.structs.replace(readout.origin, edited=tuple(dict.fromkeys((*readout.origin.edited, *edited))))
    return msgspec.structs.replace(readout, **changes, notes=notes, origin=origin)
