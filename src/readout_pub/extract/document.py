"""An HTML page → the readout as found, by a site profile or by the general extractor."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

import msgspec
from bs4 import BeautifulSoup, Tag

from readout_pub.album import Album
from readout_pub.errors import SourceError
from readout_pub.extract.blocks import Context, Voice, read_body, text_of
from readout_pub.extract.dates import FoundDate, find_date
from readout_pub.extract.figures import lift_figures
from readout_pub.extract.footnotes import lift_footnotes
from readout_pub.extract.general import Head, Reason, Sketch, find_article, sketch
from readout_pub.extract.inlines import Reading, absolute, read_inlines
from readout_pub.extract.language import declared_language, guessed_language
from readout_pub.extract.lazy import fill_lazy_images
from readout_pub.extract.left_out import leave_out
from readout_pub.extract.photo_texts import Selectors
from readout_pub.extract.photos import PhotoReader
from readout_pub.extract.profile import FIELDS, localized, select_one
from readout_pub.extract.registry import Chosen, choose, may_know
from readout_pub.extract.tree import MARKER, line_of, parse
from readout_pub.model import Block, Blocks, Inlines, Link, Origin, Readout, photos_in
from readout_pub.notes import Note, note
from readout_pub.sources import HtmlPage


class Fields(msgspec.Struct, frozen=True):
    """What stands on a page apart from its body. `body` is still markup."""

    body: Tag
    title: Inlines | None = None
    series: str | None = None
    date: FoundDate | None = None
    byline: str | None = None
    back_link: Link | None = None
    notes: tuple[Note, ...] = ()


def read_page(page: HtmlPage, album: Album, site: str | None, sites: Sequence[Path]) -> Readout:
    """Extract the readout of an HTML page; its photos and its own bytes go into `album`."""
    quick = sketch(page.markup)
    url = page.url or quick.head.url
    soup, notes = parse(page.markup) if may_know(page.markup, url, site, sites) else (None, ())
    chosen = choose(soup, page.markup, url, site, sites) if soup else None
    base = _base(quick.head, url)
    reading = Reading(base)
    declared = declared_language(quick.head.language)
    fields = _by_profile(soup, chosen, reading, declared, page.name) if soup and chosen else _by_general_rules(quick)
    look = PhotoReader(page.assets, album, base)
    fill_lazy_images(fields.body)
    left_out = tuple(leave_out(fields.body))
    body = read_blocks(fields.body, reading, look, _selectors(chosen), Voice(declared))
    if not body:
        raise SourceError("the body of this page is empty", where=page.name, what_next="write a site profile for it")
    language, language_notes = _language(quick.head, fields.body)
    missing = (look.missing(photo) for photo in photos_in(body) if photo.sha256 is None)
    truncated = (note("TRUNCATED", where=f"line {page.markup.count(chr(10)) + 1}"),) if _breaks_off(page.markup) else ()
    return Readout(
        language=language,
        body=body,
        origin=origin(page, album, url=url, chosen=chosen, language=language),
        title=fields.title,
        series=fields.series,
        issued=fields.date.day if fields.date else None,
        issued_text=fields.date.text if fields.date else None,
        byline=fields.byline,
        back_link=fields.back_link,
        notes=(*page.notes, *notes, *truncated, *language_notes, *fields.notes, *left_out, *dict.fromkeys(missing)),
    )


def _breaks_off(markup: str) -> bool:
    """Say whether a page ends in the middle of a sentence or of an element."""
    return not markup.rstrip().endswith(">") and "</html" not in markup[-2000:].lower()


def origin(
    page: HtmlPage, album: Album, *, url: str | None = None, chosen: Chosen | None = None, language: str = "en"
) -> Origin:
    """Record where a page came from; its bytes go into `album`."""
    return Origin(
        name=page.name,
        sha256=album.add(page.raw),
        url=url,
        retrieved=page.retrieved,
        publisher=localized(chosen.profile.publisher, language) if chosen else None,
        licence=chosen.profile.terms(language) if chosen else None,
        profile=chosen.name if chosen else None,
    )


def read_blocks(root: Tag, reading: Reading, look: PhotoReader, selectors: Selectors, voice: Voice) -> Blocks:
    """Read the body of a page: photos first, then footnotes, then everything else around their markers."""
    ready: dict[str, Block] = {}
    keys = map(str, count())

    def mark(block: Block) -> Tag:
        key = next(keys)
        ready[key] = block
        return Tag(name="div", attrs={MARKER: key})

    lift_figures(root, look, reading, mark, selectors)
    targets = lift_footnotes(root, lambda tag: read_body(tag, Context(reading, ready, voice, voice)), mark)
    body = read_body(root, Context(msgspec.structs.replace(reading, notes=targets), ready, voice, voice))
    if ready:
        lost = ", ".join(sorted({type(block).__name__.lower() for block in ready.values()}))
        raise SourceError(f"blocks of this page were read and then lost: {lost}", what_next="report this page")
    return body


def _selectors(chosen: Chosen | None) -> Selectors:
    return Selectors(chosen.layout.caption, chosen.layout.credit) if chosen else Selectors()


# --- where the page stands


def _base(head: Head, url: str | None) -> str | None:
    address = absolute(head.base, url) if head.base else None
    return address if address and urlsplit(address).scheme else url


def _language(head: Head, body: Tag) -> tuple[str, tuple[Note, ...]]:
    if declared := declared_language(head.language):
        return declared, ()
    guess = guessed_language(body.get_text())
    return guess, (note("LANGUAGE_GUESSED", language=guess),)


# --- fields by profile


def _by_profile(soup: BeautifulSoup, chosen: Chosen, reading: Reading, language: str | None, page: str) -> Fields:
    layout = chosen.layout
    found = {key: select_one(soup, layout, key, page) for key in FIELDS}
    body = select_one(soup, layout, "body", page)
    if body is None:
        raise SourceError(
            f"profile {chosen.name!r} finds no body on this page", what_next="try --site none, or mend the profile"
        )
    title = read_inlines(found["title"].children, reading) if found["title"] else ()
    date = find_date(text_of(found["date"]), language) if found["date"] else None
    fields = Fields(
        body,
        title=title or None,
        series=text_of(found["series"]) or None if found["series"] else None,
        date=date,
        byline=text_of(found["byline"]) or None if found["byline"] else None,
        back_link=_link(found["back_link"], reading),
        notes=_date_notes(date, line_of(found["date"]) if found["date"] else None),
    )
    for key, tag in found.items():
        if tag is not None and not tag.decomposed:
            _take_out(key, tag, fields)
    dropped = tuple(_drop(soup, layout.drop))
    for selector in layout.unwrap:
        for tag in soup.select(selector):
            tag.unwrap()
    return msgspec.structs.replace(fields, notes=(*fields.notes, *dropped))


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


def _drop(soup: BeautifulSoup, selectors: Sequence[str]) -> Iterator[Note]:
    """Take out what a profile drops, and name the words that go with it."""
    for selector in selectors:
        words = 0
        for tag in soup.select(selector):
            if not tag.decomposed:
                words += len(text_of(tag).split())
                tag.decompose()
        if words:
            yield note("DROPPED", count=words, rule=selector)


def _link(tag: Tag | None, reading: Reading) -> Link | None:
    """Read the link that `tag` is or holds."""
    anchor = _anchor(tag) if tag else None
    if anchor is None:
        return None
    href = absolute(str(anchor.get("href") or ""), reading.base)
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


def _by_general_rules(quick: Sketch) -> Fields:
    found = find_article(quick)
    soup, notes = parse(found.body)
    return Fields(
        soup.body or soup,
        title=(found.title,) if found.title else None,
        series=found.series,
        date=found.date,
        byline=found.byline,
        notes=(note("FALLBACK_USED"), *notes, *_date_notes(found.date), *_dropped_notes(found.reasons)),
    )


def _dropped_notes(reasons: Sequence[Reason]) -> Iterator[Note]:
    """Name what was left out, with its words, by rule; what no hard rule calls chrome was weighed."""
    words: dict[str, int] = {}
    for reason in reasons:
        if reason.what == "dropped":
            rule = reason.rule if reason.rule.startswith("chrome") else "evidence"
            words[rule] = words.get(rule, 0) + reason.words
    yield from (note("DROPPED", count=count, rule=rule) for rule, count in words.items())
