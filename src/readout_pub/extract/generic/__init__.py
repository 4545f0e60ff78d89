"""The generic extractor, for pages without a site profile: a linear scorer decides line by line what is text.

markup ──parse──▶ lines in blocks ──classify──▶ text or not ──▶ title, date, kicker, byline ──cut──▶ markup of the body

`./dev fit` fits the weights of the scorer, one for each named feature, and writes `weights.toml`. See decision 10.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import takewhile
from typing import NamedTuple

import msgspec

from readout_pub.errors import SourceError
from readout_pub.extract.attribute_captions import show_attribute_captions
from readout_pub.extract.code_lines import unify_listings
from readout_pub.extract.dates import FoundDate, may_have_date
from readout_pub.extract.extraction import PageRegions, Reason, ReasonSource
from readout_pub.extract.footnote_links import mark_footnotes
from readout_pub.extract.formulas import unify_formulas
from readout_pub.extract.generic.bare_pages import is_bare
from readout_pub.extract.generic.board_tables import unify_board_tables
from readout_pub.extract.generic.byline import find_byline
from readout_pub.extract.generic.callouts import mark_callouts
from readout_pub.extract.generic.chrome import (
    hide_buttons_in_captions,
    hide_download_buttons,
    hide_inline_elements,
    hide_labels_of_captions,
    hide_labels_of_fields,
    hide_microdata,
    hide_print_only_lines,
    hide_repeated_labels,
    hide_slide_controls,
    hide_timestamps,
    hide_tooltips,
    show_attributions,
    show_buttons,
)
from readout_pub.extract.generic.classify import (
    choose_lines,
    classify,
    lower_threshold,
)
from readout_pub.extract.generic.confidence import estimate
from readout_pub.extract.generic.custom_elements import unify_custom_elements
from readout_pub.extract.generic.explanations import (
    control_reasons,
    dropped_regions,
    dropped_words,
    field_reasons,
    line_reasons,
)
from readout_pub.extract.generic.fact_lines import is_label, names_first_and_last_day
from readout_pub.extract.generic.joined_words import separate_joined_words
from readout_pub.extract.generic.kicker import Kicker, find_kicker
from readout_pub.extract.generic.labels_and_values import drop_terms_without_descriptions
from readout_pub.extract.generic.line_breaks import separate_lines
from readout_pub.extract.generic.metadata import PageMetadata
from readout_pub.extract.generic.page_analysis import PageAnalysis, Title
from readout_pub.extract.generic.page_lines import asks_for_consent, names_cookies
from readout_pub.extract.generic.page_type import ListingPage, find_listing_page, page_types
from readout_pub.extract.generic.photo_pages import lines_of_photo_page
from readout_pub.extract.generic.places import separate_places
from readout_pub.extract.generic.publication_date import (
    PublicationDate,
    find_publication_date,
    heads_day,
    without_day,
)
from readout_pub.extract.generic.script_only_text import show_script_only_text
from readout_pub.extract.generic.subtree import cut_subtree
from readout_pub.extract.generic.tab_panels import TAB_MARKS, move_labels_of_tabs
from readout_pub.extract.generic.text_blocks import BlockTree, Line, spaced_text
from readout_pub.extract.generic.title import (
    LINES_OF_HEAD,
    find_title,
    fold_text,
    unmark_headings_above,
    unmark_subtitle,
)
from readout_pub.extract.generic.unmarked_headings import mark_unmarked_headings, unmark_paragraphs
from readout_pub.extract.generic.weights import load_weights
from readout_pub.extract.html_parser import parse, parse_with_lxml
from readout_pub.extract.image_elements import unify_images
from readout_pub.extract.language import declared_language
from readout_pub.extract.media import link_media
from readout_pub.extract.prune import STREAMED_ATTRIBUTE, prune
from readout_pub.extract.streamed_parts import place_streamed_parts
from readout_pub.model import Confidence, Keep
from readout_pub.notes import Note, note, shorten_quote
from readout_pub.sentences import ends_sentence
from readout_pub.sources.encoding import decode_markup
from readout_pub.sources.lxml_elements import LxmlElement
from readout_pub.sources.page import MAX_FRAMES
from readout_pub.sources.urls import read_data_url

__all__ = [
    "BACK_LINKS",
    "PLAYERS",
    "WAITING",
    "GenericExtraction",
    "PageMetadata",
    "ParsedPage",
    "PrintedFields",
    "analyse_page",
    "find_article",
    "find_printed_fields",
    "parse_markup",
    "show_script_only_text",
]

PLAYERS = "media shown as links"
"""The rule that leaves out the words of media players."""

WAITING = "shown until a part of the page arrives"
"""The rule that leaves out what a page shows in place of a part that arrives later."""

BACK_LINKS = "links back from footnotes"
"""The rule that leaves out links from footnotes back to the text."""

LABEL_OF_FIELD = "the label of a field"
"""The rule that leaves out the words before a date, a kicker or a byline."""
_ENABLE_SCRIPTS = re.compile("java ?script", re.IGNORECASE)
_NO_DOCUMENT = "no document was found on this page"
_MIN_TEXT_OF_PAGE = 400
"""A page without a document and with fewer letters may have been saved before its scripts ran."""

_MIN_PROSE = 400
"""A page with fewer letters of prose lacks prose. With 800 instead of 400, the F1 of forums would be 0.809 instead of
0.816."""


class ParsedPage(msgspec.Struct, frozen=True):
    """A page parsed by lxml: its tree, metadata and style sheets, and notes on what was repaired or left out.

    `back_links` are the texts of links from footnotes back to the text, `players` the texts of media players, `waiting`
    the texts that the page shows until later parts arrive. The tree has none of these texts. `url` is the address of
    the page if known.
    """

    root: LxmlElement
    metadata: PageMetadata
    style_sheets: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    back_links: tuple[str, ...] = ()
    players: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    url: str | None = None


class GenericExtraction(msgspec.Struct, frozen=True):
    """The result of the generic extractor.

    `body` is the markup of the text. `confidence` is None if a person chose what to keep. `is_title_printed` is False
    if only the metadata have the title. `title_language` is None if only the page declares a language. `date_source`
    names the metadata of a date, such as "JSON-LD datePublished"; it is None for a printed date. `unread_date_line` is
    the line whose `time` element gives `date`, if the line does not print this date. `is_date_of_change` is True if
    `date` is the day of the last change. `listing_page` tells what the page is if it is not a document. `dropped` maps
    each rule to the number of words that it left out. `reasons` computes the reason of each decision on a field or
    line. `regions` computes which lines were kept, and which rule left out the others.
    """

    body: str
    confidence: Confidence | None
    title: str | None
    is_title_printed: bool
    title_language: str | None
    series: str | None
    date: FoundDate | None
    date_source: str | None
    unread_date_line: str | None
    is_date_of_change: bool
    byline: str | None
    listing_page: ListingPage | None
    dropped: dict[str, int]
    reasons: ReasonSource
    regions: Callable[[], PageRegions]


def parse_markup(markup: str, url: str | None = None) -> ParsedPage:
    """Parse a page with lxml, ten times as fast as bs4; raises SourceError if nothing remains.

    `url` is the address of the page, if known. Formulas and footnotes get the same markup on all pages.
    """
    pruned = prune(markup)
    root, is_complete = parse_with_lxml(pruned.markup)
    notes: tuple[Note, ...] = ()
    if pruned.skipped_frames:
        reason = f"frames are read down to {MAX_FRAMES} levels"
        notes = (note("FRAMES_LEFT_OUT", count=pruned.skipped_frames, reason=reason),)
    if not is_complete:
        # libxml2 drops everything nested deeper than 2,048 levels: flatten the page first.
        soup, parse_notes = parse(markup)
        notes += parse_notes
        root, _ = parse_with_lxml(str(soup))
    if root is None:
        raise SourceError("nothing is left of this page after parsing", what_next="save it again from the browser")
    waiting = place_streamed_parts(root) if STREAMED_ATTRIBUTE in pruned.markup else ()
    _show_stray_options(root)
    metadata = PageMetadata(root, pruned.data, pruned.scripts)
    unify_formulas(root, pruned.markup)
    show_attribute_captions(root)
    players = link_media(root)
    unify_listings(root)
    back_links = mark_footnotes(root, url or metadata.url)
    # Arrows and single letters, which most of these links have, need no note.
    if count := sum(len(word) > 1 and word.isalpha() for text in back_links for word in text.split()):
        notes = (*notes, note("DROPPED", count=count, rule=BACK_LINKS))
    unify_images(root)
    if any(mark in pruned.markup for mark in TAB_MARKS):
        move_labels_of_tabs(root)
    style_sheets = (*_linked_style_sheets(root), *pruned.style_sheets)
    return ParsedPage(root, metadata, style_sheets, notes, back_links, players, waiting, url)


def _show_stray_options(root: LxmlElement) -> None:
    """Make blocks of the options outside of a list of choices, as browsers do: they may contain the rest of a page."""
    for option in [*root.iter("option")]:
        if next(option.iterancestors("select", "datalist", "optgroup"), None) is None:
            option.tag = "div"


def _linked_style_sheets(root: LxmlElement) -> Iterator[str]:
    """Yield the style sheets in `data:` URLs of `link` elements; those in other files are not read."""
    for link in root.iter("link"):
        if "stylesheet" in (link.get("rel") or "").lower() and (url := read_data_url(link.get("href") or "")):
            yield decode_markup(url.data, url.content_type.charset).text


def analyse_page(parsed: ParsedPage) -> PageAnalysis:
    """Return the lines and blocks of a page, with everything else that scoring needs."""
    unify_custom_elements(parsed.root)
    show_attributions(parsed.root)
    hide_buttons_in_captions(parsed.root)
    hide_download_buttons(parsed.root)
    hide_slide_controls(parsed.root)
    hide_repeated_labels(parsed.root)
    hide_labels_of_captions(parsed.root)
    hide_labels_of_fields(parsed.root)
    hide_inline_elements(parsed.root)
    hide_timestamps(parsed.root)
    hide_tooltips(parsed.root)
    hide_print_only_lines(parsed.root)
    hide_microdata(parsed.root)
    show_buttons(parsed.root)
    separate_places(parsed.root)
    unify_board_tables(parsed.root)
    separate_lines(parsed.root)
    page = PageAnalysis(BlockTree(parsed.root), load_weights(), parsed.metadata.declared_type)
    page.title = find_title(page, parsed.metadata)
    if page.title is None or not names_cookies(page.title.text):
        page.end_prose_above(asks_for_consent)
    page.page_types = page_types(page, parsed.metadata.url)
    page.language = parsed.metadata.language
    page.declared_answers = tuple(parsed.metadata.answers)
    page.descriptions = frozenset(map(fold_text, parsed.metadata.descriptions))
    return page


class _ChosenText(NamedTuple):
    """The lines that are the text of a page, and what was found while they were chosen.

    `keep` tells for each line whether it is text. `listing_page` tells what the page is if it is not a document.
    """

    keep: list[bool]
    published: PublicationDate | None
    listing_page: ListingPage | None
    confidence: Confidence | None


class _FieldLines(NamedTuple):
    """The kicker and the byline of a page, and the lines that print only fields.

    `by_field` has for each field the line that prints it, if any. `indices` are those of all lines that are left out of
    the text since they print fields.
    """

    kicker: Kicker | None
    byline: str | None
    by_field: dict[str, Line | None]
    indices: frozenset[int]


def find_article(parsed: ParsedPage, wanted: Keep | None = None) -> GenericExtraction:
    """Return title, date, kicker, byline and body of a page; raises SourceError if it has no text.

    `wanted` is as in `choose_lines`. Modifies the tree of `parsed`, which must not be used afterwards.
    """
    page = analyse_page(parsed)
    keep, published, listing_page, confidence = _choose_text(page, parsed, wanted)
    metadata, title = parsed.metadata, page.title
    heading = title.line if title else None
    title_language = _language_within_page(heading.box.element) if heading else None
    kicker, byline, fields, field_lines = _take_fields(page, metadata, published, keep)
    unread = _unread_date_line(published, fields["date"])
    drop_terms_without_descriptions(page, keep)
    if heading is not None:
        unmark_headings_above(page, heading, keep)
        unmark_subtitle(page, heading, keep)
    unmark_paragraphs(page, keep)
    mark_unmarked_headings(page, keep)
    mark_callouts(page, keep)
    separate_joined_words(line for line in page.lines if keep[line.index])
    # `cut_subtree` also sets `keep` for captions, which the counts and reasons below need.
    body = cut_subtree(page, keep, heading, metadata.declared_images)
    if not body:
        raise SourceError(_NO_DOCUMENT, what_next=_advice(page))
    return GenericExtraction(
        body=body,
        confidence=confidence,
        title=title.text if title else None,
        is_title_printed=heading is not None,
        title_language=title_language,
        series=_series_name(title, kicker, metadata.language),
        date=published.date if published else None,
        date_source=published.rule if published and published.line is None else None,
        unread_date_line=unread.text if unread else None,
        is_date_of_change=published is not None and published.is_of_change,
        byline=byline,
        listing_page=listing_page,
        dropped=dropped_words(page, keep, field_lines),
        reasons=lambda: (
            *field_reasons(title, published, fields),
            *line_reasons(page, keep, field_lines, wanted),
            *control_reasons(page),
        ),
        regions=lambda: PageRegions(
            tuple(line.text for line in page.lines if keep[line.index] or line.index in field_lines),
            (*dropped_regions(page, keep, field_lines), *control_reasons(page)),
            removed=(Reason("dropped", _MARKED_DATE, text=unread.text),) if unread else (),
        ),
    )


def _take_fields(
    page: PageAnalysis, metadata: PageMetadata, published: PublicationDate | None, keep: list[bool]
) -> _FieldLines:
    """Return the kicker, the byline and the lines of all fields, which are taken out of the text in `keep`."""
    title = page.title
    printed = page.title_line or _line_of_printed_part(page, title)
    # If the title contains a kicker, before a colon, no other line is the kicker.
    kicker = find_kicker(page, printed, metadata.language) if printed and not (title and title.kicker) else None
    byline, authors = find_byline(page, printed, metadata)
    if kicker and byline:
        is_author = fold_text(kicker.text) == fold_text(byline)  # an office, which the page also names as the author
        is_of_byline = kicker.line in authors and fold_text(byline) in fold_text(kicker.text)
        kicker = None if is_author or is_of_byline else kicker
    if kicker and kicker.heads_occasion:
        keep[kicker.line.index] = True
    by_field = {
        "title": printed,
        "series": kicker.own_line if kicker else None,
        "byline": next(iter(authors), None),
        "date": _line_of_date(page, published, keep) if published else None,
    }
    lines = (*by_field.values(), *authors, *(kicker.own_lines if kicker else ()))
    indices = frozenset(line.index for line in lines if line is not None)
    for index in indices:
        keep[index] = False
    for label in filter(None, map(partial(_label_of, page), indices)):
        keep[label.index], page.exclusions[label.index] = False, LABEL_OF_FIELD
    return _FieldLines(kicker, byline, by_field, indices)


class PrintedFields(NamedTuple):
    """The title and the publication date that a page prints; None for one that it does not print."""

    title: str | None
    date: FoundDate | None


def find_printed_fields(parsed: ParsedPage) -> PrintedFields:
    """Return the printed title and publication date of a page; raises SourceError if the page has no text.

    Takes less time than `find_article`, since no body is cut out. Modifies the tree of `parsed`, which must not be used
    afterwards.
    """
    page, metadata = analyse_page(parsed), parsed.metadata
    title = page.title.text if page.title and page.title_line else None
    if not any(may_have_date(line.text) for line in page.lines):
        return PrintedFields(title, None)
    keep = _choose_lines(page, metadata, None).keep
    date = find_publication_date(page, metadata, keep, parsed.url)
    is_printed = date is not None and date.line is not None and not date.is_of_change
    return PrintedFields(title, date.date if date and is_printed else None)


def _choose_text(page: PageAnalysis, parsed: ParsedPage, wanted: Keep | None) -> _ChosenText:
    """Choose the lines of the text; on a page without a date, more doubtful lines are kept.

    Raises SourceError if the page has no text.
    """
    metadata = parsed.metadata
    keep, chosen, listing_page, is_photo_page = _choose_lines(page, metadata, wanted)
    published = find_publication_date(page, metadata, keep, parsed.url)
    if published is None and not page.is_forum_or_shop and not is_photo_page:
        lower_threshold(page)
        keep = choose_lines(page, chosen, is_asked=wanted is not None)
    confidence = estimate(page, keep, is_dated=published is not None) if wanted is None else None
    if published and published.line is None and listing_page:
        published = None  # the day of a listing page is not the date of the listed documents
    return _ChosenText(keep, published, listing_page, confidence)


class _ChosenLines(NamedTuple):
    """The lines that are kept before the date of a page is known, and how they were chosen.

    `chosen` is what `choose_lines` was asked for.
    """

    keep: list[bool]
    chosen: Keep | None
    listing_page: ListingPage | None
    is_photo_page: bool


def _choose_lines(page: PageAnalysis, metadata: PageMetadata, wanted: Keep | None) -> _ChosenLines:
    """Choose the lines of the text; lists and pages with little prose keep more doubtful lines.

    Raises SourceError if the page has no text.
    """
    keep = classify(page, load_weights(), wanted)
    photo_page = lines_of_photo_page(page, keep) if wanted is None else None
    if photo_page is not None:
        keep = photo_page
    elif not _has_text(page, keep):
        raise SourceError(_NO_DOCUMENT, what_next=_advice(page))
    listing_page = find_listing_page(page, metadata)
    chosen = wanted
    if (listing_page or _lacks_prose(page)) and wanted is None and photo_page is None:
        # Lists look like menus. On sites left out of the fit, the F1 of the lists of `bench-train` is 0.653 without
        # this rule, 0.673 with recognised lists only, and 0.686 with pages without prose too.
        chosen = "more"
        keep = choose_lines(page, chosen, is_asked=wanted is not None)
    return _ChosenLines(keep, chosen, listing_page, photo_page is not None)


def _line_of_printed_part(page: PageAnalysis, title: Title | None) -> Line | None:
    """Return the first line near the start of the page that prints only the title; None if no line does."""
    lines = page.lines[:LINES_OF_HEAD] if title else ()
    return next((line for line in lines if title is not None and fold_text(line.text) == fold_text(title.text)), None)


def _language_within_page(element: LxmlElement) -> str | None:
    """Return the language that an element, or one around it within `body`, declares."""
    inside = takewhile(lambda each: each.tag != "body", (element, *element.iterancestors()))
    return next(filter(None, (declared_language(each.get("lang") or each.get("xml:lang")) for each in inside)), None)


def _series_name(title: Title | None, kicker: Kicker | None, language: str | None) -> str | None:
    words = (title.kicker if title else None) or (kicker.words if kicker else "")
    return " ".join(without_day(words, language).split()).strip(" :,;|/»›>–—-") or None


def _label_of(page: PageAnalysis, index: int) -> Line | None:
    """Return the label right above a line with a field, such as "Release date", in a block of two; None without one."""
    block, label = page.lines[index].box.parent, page.lines[index - 1]
    if block is None or (block.first, block.last) != (index - 1, index + 1) or label.is_heading:
        return None
    return label if is_label(label) else None


_MARKED_DATE = "replaced by the date of its time element"
"""The rule that leaves out the words of an `unread_date_line`."""


def _unread_date_line(published: PublicationDate | None, line: Line | None) -> Line | None:
    """Return `line`, the line of the publication date, if the line does not print this date; else None."""
    if published is None or line is None or published.date.text in f"{line.text}\n{spaced_text(line)}":
        return None
    return line


def _line_of_date(page: PageAnalysis, published: PublicationDate, keep: Sequence[bool]) -> Line | None:
    """Return the line that prints only the publication date, and is left out of the text; None without one.

    The day below a heading of the text belongs to the section, such as a programme.
    """
    line = published.own_line
    if line is not None and (names_first_and_last_day(line.text) or heads_day(line, page)):
        return None
    title = page.title_line
    start = max(page.prose_start, title.index + 1) if title is not None else page.prose_start
    above = page.lines[start : line.index] if line is not None else ()
    headings = (each for each in above if keep[each.index] and each.is_heading)
    return line if all(ends_sentence(each.text) for each in headings) else None


def _lacks_prose(page: PageAnalysis) -> bool:
    """Return whether a page has nearly no prose, such as a list, a shop or a table, but is no bare document."""
    return page.declared_type is None and page.total_prose < _MIN_PROSE and not is_bare(page)


def _has_text(page: PageAnalysis, keep: Sequence[bool]) -> bool:
    """Return whether anything is kept besides a request to enable scripts."""
    kept = [line for line in page.lines if keep[line.index]]
    return len(kept) > 2 or any(not _ENABLE_SCRIPTS.search(line.text) for line in kept)


def _advice(page: PageAnalysis) -> str:
    frame = next((src for each in page.boxes[0].element.iter("frame") if (src := each.get("src"))), None)
    if frame:
        return f"it only shows other pages in frames: convert those, such as {shorten_quote(frame)!r}"
    if sum(line.size for line in page.lines) < _MIN_TEXT_OF_PAGE:
        return "save the page again from a browser that runs its scripts: this copy holds almost no text"
    return "write a site profile for it, or pass a page that holds a document"
