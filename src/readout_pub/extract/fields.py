"""Finds the fields of a page (title, series, date, byline, link back) and its body, by a profile or generic rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import takewhile

import msgspec
from bs4 import Comment, Tag

from readout_pub.errors import SourceError, option
from readout_pub.extract.blocks import one_line
from readout_pub.extract.dates import FoundDate
from readout_pub.extract.exclusions import count_dropped_words, dropped_notes, remove_excluded
from readout_pub.extract.extraction import PageRegions, Reason, ReasonSource
from readout_pub.extract.generic import (
    GenericExtraction,
    ParsedPage,
    find_article,
    find_printed_fields,
    show_script_only_text,
)
from readout_pub.extract.html_parser import parse
from readout_pub.extract.inlines import InlineContext, read_inlines, resolve_link
from readout_pub.extract.profile_match import PARTS, Match, ambiguity_notes, match_part, read_date
from readout_pub.extract.registry import ChosenLayout
from readout_pub.extract.tree import SelectorIndex, outermost, short_selector, text_by_block
from readout_pub.html_elements import BLOCKS, NO_TEXT, TEXT_BLOCKS, UNREADABLE
from readout_pub.model import Blocks, Confidence, Inlines, Keep, Link, Paragraph, Section, Span, plain_text, texts
from readout_pub.notes import Note, note, shorten_quote
from readout_pub.sources.soft_404 import NonDocument, find_non_document
from readout_pub.words import count_words

MIN_EXPECTED_F1 = 0.65
"""Expected F1 below which a page gets the note EXTRACTION_DOUBTFUL.

With all weights fitted to other sites, 3 % of 1,805 annotated pages get the note. Their mean measured F1 is 0.57, that
of the others is 0.93. Of the pages with a measured F1 below 0.5, a third get the note.
"""

_MAX_BESIDE_TITLE = 60
"""How many characters may stand beside the title in a line of the body that prints it."""


class Fields(msgspec.Struct, frozen=True):
    """The fields of a page as values, and its body, still as markup; `reasons` returns why each was taken.

    `body_rule` is the selector that found the body. It is None for the generic rules, which decide line by line.
    `regions` returns what became of the text of the page. `confidence` is the confidence of the generic rules.
    """

    body: Tag
    regions: Callable[[], PageRegions]
    title: Inlines | None = None
    series: str | None = None
    date: FoundDate | None = None
    byline: str | None = None
    back_link: Link | None = None
    notes: tuple[Note, ...] = ()
    reasons: ReasonSource = tuple
    body_rule: str | None = None
    confidence: Confidence | None = None


# --- fields by profile


def fields_by_profile(
    index: SelectorIndex, chosen: ChosenLayout, context: InlineContext, language: str | None
) -> Fields | None:
    """Return the fields that a profile selects, and the body without these fields and without dropped elements.

    Returns None if no body is found, or if another field or `drop` also selects its element. If a selector matches
    several elements, the best one is taken, with a warning. `language` is the language that the page declares.
    """
    layout = chosen.layout
    matches = tuple(match_part(index, layout, part) for part in PARTS)
    found = {match.part: match.tag for match in matches}
    body = found.pop("body")
    if body is None:
        return None
    reasons = [Reason("profile", f"marker {layout.marker}", text=chosen.name), *_field_reasons(matches)]
    title = read_inlines(found["title"].children, context) if found["title"] else ()
    series, byline = (one_line(tag) if (tag := found[key]) else None for key in ("series", "byline"))
    date = read_date(found["date"], language) if found["date"] else None
    field_notes = (
        *ambiguity_notes(matches, chosen.name),
        *_date_notes(date, short_selector(found["date"]) if found["date"] else None),
    )
    back_link = _read_back_link(found["back_link"], context)
    texts_of_fields = tuple(_remove_fields(found, date))  # before `drop`, which may select fields
    dropped = tuple(remove_excluded(index, layout.drop))
    regions = PageRegions(
        (*texts_of_fields, *map(text_by_block, outermost([*found.values(), body]))),
        dropped,
        outside=f"outside the document ({chosen.name})",
    )
    for selector in layout.unwrap:
        for tag in index.select(selector):
            tag.unwrap()
    if body.decomposed:  # another field or `drop` selects it too
        return None
    below = _text_below(body)
    return Fields(
        body,
        regions=lambda: regions,
        body_rule=layout.body,
        title=title or None,
        series=series or None,
        date=date,
        byline=byline or None,
        back_link=back_link,
        notes=(*field_notes, *_notes_on_text_below(below, chosen.name), *dropped_notes(count_dropped_words(dropped))),
        reasons=lambda: (*reasons, *dropped),
    )


_MIN_WORDS_BELOW = 10
"""Text of at least this many words below the body gets a note. Chosen by hand: a link to the top has fewer."""
_ENDS_TEXT = (BLOCKS - TEXT_BLOCKS) | UNREADABLE | NO_TEXT
"""Elements that end the text below the body: they have no text, or may be another part of the page."""


def _text_below(body: Tag) -> str:
    """Return the text right below the body, up to an element in `_ENDS_TEXT`.

    A stray end tag within the text closes the body; browsers show the rest of the text below.
    """
    found = takewhile(lambda each: not isinstance(each, Tag) or each.name not in _ENDS_TEXT, body.next_siblings)
    texts = (one_line(each) if isinstance(each, Tag) else str(each) for each in found if not isinstance(each, Comment))
    return " ".join(" ".join(texts).split())


def _notes_on_text_below(text: str, profile: str) -> tuple[Note, ...]:
    count = count_words(text)
    if count < _MIN_WORDS_BELOW:
        return ()
    return (note("TEXT_BELOW_BODY", count=count, profile=profile, quoted=shorten_quote(text)),)


def _field_reasons(matches: Sequence[Match]) -> Iterator[Reason]:
    for match in matches:
        if match.tag is not None and match.part != "body":
            text = one_line(match.tag)
            yield Reason(match.part, match.selector, short_selector(match.tag), text, count_words(text))


def _remove_fields(found: Mapping[str, Tag | None], date: FoundDate | None) -> Iterator[str]:
    """Remove the elements of fields, and yield the text of each removed one.

    An element stays if it says more than its field ("Suva, 9 May 2031"). Photos within the title stay too.
    """
    for key, tag in found.items():
        if tag is None or tag.decomposed:
            continue
        text = text_by_block(tag)
        if key == "back_link" and (anchor := _find_link(tag)):
            anchor.clear()
        if key == "title":
            for photo in tag.find_all(["picture", "img"]):
                if photo.find_parent("picture") is None:
                    tag.insert_before(photo)
        known = {"date": date.text if date else "", "back_link": ""}.get(key, one_line(tag))
        if not any(map(str.isalnum, one_line(tag).replace(known, "", 1))):
            tag.decompose()
            yield text


def _read_back_link(tag: Tag | None, context: InlineContext) -> Link | None:
    """Return the link with text that `tag` is or contains, or None."""
    anchor = _find_link(tag) if tag else None
    if anchor is None:
        return None
    href = resolve_link(str(anchor.get("href") or ""), context.base)
    return Link(href or "", (one_line(anchor),))


def _find_link(tag: Tag) -> Tag | None:
    """Return the `a` with text that `tag` is or contains, or None."""
    anchor = tag if tag.name == "a" else tag.find("a")
    return anchor if anchor and one_line(anchor) else None


def _date_notes(
    date: FoundDate | None,
    where: str | None = None,
    *,
    source: str | None = None,
    unread: str | None = None,
    is_of_change: bool = False,
) -> tuple[Note, ...]:
    """Return the notes on a date.

    `source` names the metadata with a date that the page does not print. `unread` is the printed line of a date that
    was read from its `time` element only. `is_of_change` says that the page was changed on this day.
    """
    if date is None:
        return (note("DATE_MISSING", where),)
    if date.day is None:
        return (note("DATE_IMPOSSIBLE", where, text=date.text),)
    if is_of_change:
        return (note("DATE_OF_CHANGE", where, date=date.day.isoformat()),)
    if unread:
        return (note("DATE_MARKED", where, quoted=shorten_quote(unread), date=date.day.isoformat()),)
    return (note("DATE_UNPRINTED", where, date=date.day.isoformat(), source=source),) if source else ()


# --- fields by generic rules


def complete_fields(fields: Fields, body: Blocks, page: ParsedPage, profile: str) -> tuple[Fields, Blocks]:
    """Return the fields of a profile, with the title and the date of generic rules where the profile found none.

    Generic rules give only a title and a date that the page prints, and no date if the profile found its element.
    `body` is returned without the lines that print only this title or this date. A title that would still be printed in
    the body is not taken. `profile` is the name of the profile. The tree of `page` must not be used afterwards.
    """
    lacks_date = any(each.code == "DATE_MISSING" and each.where is None for each in fields.notes)
    if fields.title and not lacks_date:
        return fields, body
    try:
        found = find_printed_fields(page)
    except SourceError:
        return fields, body
    title = found.title if not fields.title and found.title != fields.series else None
    date = found.date if lacks_date and found.date and found.date.day else None
    if title:
        rest = _without_line(body, title)
        title, body = (None, body) if _prints(rest, title) else (title, rest)
    if date:
        body = _without_line(body, date.text)
    named = {"title": title, "date": date.text if date else None}
    completed = msgspec.structs.replace(
        fields,
        title=(title,) if title else fields.title,
        date=date or fields.date,
        notes=(
            *(each for each in fields.notes if date is None or each.code != "DATE_MISSING"),
            *(
                note("FIELD_BY_GENERIC_RULES", field=name, profile=profile, value=shorten_quote(value))
                for name, value in named.items()
                if value
            ),
        ),
    )
    return completed, body


def _without_line(blocks: Blocks, line: str) -> Blocks:
    """Return `blocks` without the first heading or paragraph that prints only `line`.

    The search ends with the first section. A block stays if links lead to it, or if nothing else is left.
    """
    for position, block in enumerate(blocks):
        before, after = blocks[:position], blocks[position + 1 :]
        match block:
            case Paragraph(id=None) if _in_one_line(block.children) == line:
                return (*before, *after) or blocks
            case Section(id=None, label=None) if _in_one_line(block.heading) == line:
                return (*before, *block.body, *after)
            case Section():
                return (*before, msgspec.structs.replace(block, body=_without_line(block.body, line)), *after)
            case _:
                pass
    return blocks


def _prints(blocks: Blocks, title: str) -> bool:
    """Return whether a line of `blocks` prints `title`, perhaps with a few other words, such as a kicker."""
    lines = texts(blocks, _in_one_line)
    return any(title in line and len(line) <= len(title) + _MAX_BESIDE_TITLE for line in lines)


def _in_one_line(inlines: Inlines) -> str:
    return " ".join(plain_text(inlines).split())


def fields_by_generic_rules(
    page: ParsedPage, why: Note, *, keep: Keep | None = None, accept_error_pages: bool = False
) -> Fields:
    """Return the fields of a page that is read without a profile; raises SourceError if the page holds no document.

    `why` is the note that says why no profile is used, `keep` is as in `extract`. If the page is recognised as
    something else, such as an error page, the error says so. With `accept_error_pages`, such a page is read if it has
    any text, and gets a note.
    """
    data_notes = show_script_only_text(page.root, page.metadata)
    non_document = find_non_document(page.root)
    if non_document and non_document.kind == "script" and data_notes:
        non_document = None  # the text that its scripts would show was found in its JSON-LD
    try:
        found = find_article(page, keep)
    except SourceError as error:
        if non_document is None or accept_error_pages:
            raise
        raise _non_document_error(non_document) from error
    if non_document and not accept_error_pages:
        raise _non_document_error(non_document, f"{option('--accept-error-pages')} converts it anyway")
    soup, parse_notes = parse(found.body)
    code, doubt = ("NOT_A_DOCUMENT", non_document) if non_document else ("OVERVIEW", found.listing_page)
    warnings = (note(code, what=doubt.what, evidence=doubt.evidence),) if doubt else ()
    return Fields(
        soup.body or soup,
        regions=found.regions,
        title=_title_of(found),
        series=found.series,
        date=found.date,
        byline=found.byline,
        notes=(
            *data_notes,
            why,
            *warnings,
            *_confidence_notes(found.confidence),
            *parse_notes,
            *_date_notes(
                found.date,
                source=found.date_source,
                unread=found.unread_date_line,
                is_of_change=found.is_date_of_change,
            ),
            *dropped_notes(found.dropped),
        ),
        reasons=lambda: (Reason("profile", why.message), *found.reasons()),
        confidence=found.confidence,
    )


def _title_of(found: GenericExtraction) -> Inlines | None:
    if not found.title:
        return None
    return (Span((found.title,), lang=found.title_language),) if found.title_language else (found.title,)


def _confidence_notes(confidence: Confidence | None) -> tuple[Note, ...]:
    if confidence is None or confidence.expected_f1 >= MIN_EXPECTED_F1:
        return ()
    return (note("EXTRACTION_DOUBTFUL", expected=confidence.expected_f1, doubt=confidence.words_in_doubt),)


def _non_document_error(instead: NonDocument, *advice: str) -> SourceError:
    what_next = "; ".join((instead.what_next, *advice))
    return SourceError(f"this is {instead.what}, not a document: {instead.evidence}", what_next=what_next)
