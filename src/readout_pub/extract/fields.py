"""What stands on a page apart from its body, and where the body is: as a site profile or the general rules say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec
from bs4 import Tag

from readout_pub.errors import SourceError
from readout_pub.extract.blocks import text_of
from readout_pub.extract.dates import FoundDate, find_date
from readout_pub.extract.exclusions import dropped_notes, dropped_words, remove_excluded
from readout_pub.extract.extraction import Reason, ReasonSource
from readout_pub.extract.generic import ParsedPage, find_article, show_script_only_text
from readout_pub.extract.inlines import InlineContext, read_inlines, resolve_link
from readout_pub.extract.profile import FIELDS, Layout, select_one
from readout_pub.extract.registry import Chosen
from readout_pub.extract.selector_index import SelectorIndex
from readout_pub.extract.tree import parse, place_of
from readout_pub.extract.words import count_words
from readout_pub.model import Inlines, Link
from readout_pub.notes import Note, note
from readout_pub.sources.soft_404 import NonDocument, find_non_document


class Fields(msgspec.Struct, frozen=True):
    """What stands on a page apart from its body. `body` is still markup; `reasons` work out why all this was taken.

    `body_rule` is the selector that found the body, where one did; the general rules have one for each part of it.
    """

    body: Tag
    title: Inlines | None = None
    series: str | None = None
    date: FoundDate | None = None
    byline: str | None = None
    back_link: Link | None = None
    notes: tuple[Note, ...] = ()
    reasons: ReasonSource = tuple
    body_rule: str | None = None


# --- fields by profile


def fields_by_profile(
    finder: SelectorIndex, chosen: Chosen, reading: InlineContext, language: str | None, page: str
) -> Fields:
    """Read the fields that a profile selects, and leave in the body what is no field and not dropped.

    `language` is the declared one, `page` names the page in a ProfileError: a selector that finds two of one kind.
    """
    layout = chosen.layout
    found = {key: select_one(finder, layout, key, page) for key in FIELDS}
    body = select_one(finder, layout, "body", page)
    if body is None:
        raise SourceError(
            f"profile {chosen.name!r} finds no body on this page", what_next="try --site none, or mend the profile"
        )
    reasons = [Reason("profile", f"marker {layout.marker}", text=chosen.name), *_why_fields(layout, found)]
    title = read_inlines(found["title"].children, reading) if found["title"] else ()
    date = find_date(text_of(found["date"]), language) if found["date"] else None
    fields = Fields(
        body,
        body_rule=layout.body,
        title=title or None,
        series=text_of(found["series"]) or None if found["series"] else None,
        date=date,
        byline=text_of(found["byline"]) or None if found["byline"] else None,
        back_link=_link(found["back_link"], reading),
        notes=_date_notes(date, place_of(found["date"]) if found["date"] else None),
    )
    for key, tag in found.items():
        if tag is not None and not tag.decomposed:
            _take_out(key, tag, fields)
    dropped = tuple(remove_excluded(finder, layout.drop))
    for selector in layout.unwrap:
        for tag in finder.select(selector):
            tag.unwrap()
    return msgspec.structs.replace(
        fields, notes=(*fields.notes, *dropped_notes(dropped_words(dropped))), reasons=lambda: (*reasons, *dropped)
    )


def _why_fields(layout: Layout, found: Mapping[str, Tag | None]) -> Iterator[Reason]:
    for key, tag in found.items():
        if tag is not None:
            text = text_of(tag)
            yield Reason(key, str(getattr(layout, key)), place_of(tag), text, count_words(text))


def _take_out(key: str, tag: Tag, fields: Fields) -> None:
    """Take a field off the page as far as it was understood; the place beside the date, "(END)", photos are body."""
    if key == "back_link" and (anchor := _anchor(tag)):
        anchor.clear()
    if key == "title":
        for photo in tag.find_all(["picture", "img"]):
            if photo.find_parent("picture") is None:
                tag.insert_before(photo)
    known = {"date": fields.date.text if fields.date else "", "back_link": ""}.get(key, text_of(tag))
    if not any(map(str.isalnum, text_of(tag).replace(known, "", 1))):
        tag.decompose()


def _link(tag: Tag | None, reading: InlineContext) -> Link | None:
    """Read the link that `tag` is or holds."""
    anchor = _anchor(tag) if tag else None
    if anchor is None:
        return None
    href = resolve_link(str(anchor.get("href") or ""), reading.base)
    return Link(href or "", (text_of(anchor),))


def _anchor(tag: Tag) -> Tag | None:
    """Return the link that `tag` is or holds, if it has words."""
    anchor = tag if tag.name == "a" else tag.find("a")
    return anchor if anchor and text_of(anchor) else None


def _date_notes(date: FoundDate | None, where: str | None = None) -> tuple[Note, ...]:
    if date is None:
        return (note("DATE_MISSING", where),)
    return () if date.day else (note("DATE_IMPOSSIBLE", where, text=date.text),)


# --- fields by general rules


def fields_by_general_rules(quick: ParsedPage) -> Fields:
    """Find the fields of a page that no profile knows; a SourceError says what is there instead of a document."""
    told = show_script_only_text(quick.root, quick.head)
    instead = find_non_document(quick.root)
    try:
        found = find_article(quick)
    except SourceError as error:
        raise error if instead is None else _nothing_but(instead) from error
    soup, notes = parse(found.body)
    code, other = ("STAND_IN", instead) if instead else ("OVERVIEW", found.overview)
    warnings = (note(code, what=other.what, evidence=other.evidence),) if other else ()
    return Fields(
        soup.body or soup,
        title=(found.title,) if found.title else None,
        series=found.series,
        date=found.date,
        byline=found.byline,
        notes=(
            *told,
            note("FALLBACK_USED"),
            *warnings,
            *notes,
            *_date_notes(found.date),
            *dropped_notes(found.dropped),
        ),
        reasons=lambda: (Reason("profile", "no profile knows this page"), *found.reasons()),
    )


def _nothing_but(instead: NonDocument) -> SourceError:
    return SourceError(f"this is {instead.what}, not a document: {instead.evidence}", what_next=instead.what_next)
