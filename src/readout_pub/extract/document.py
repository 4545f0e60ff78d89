"""An HTML page → the readout as found, by a site profile or by the general extractor."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path

import msgspec
from bs4 import Tag

from readout_pub.errors import SourceError
from readout_pub.extract.anchors import Anchors
from readout_pub.extract.blocks import Context, LangDir, read_body
from readout_pub.extract.captions import Selectors
from readout_pub.extract.decorative_images import remove_decorative_images
from readout_pub.extract.exclusions import (
    EXCLUDED_SELECTORS,
    dropped_notes,
    dropped_words,
    remove_excluded,
    remove_template_text,
)
from readout_pub.extract.extraction import Extraction, Reason
from readout_pub.extract.fields import Fields, fields_by_general_rules, fields_by_profile
from readout_pub.extract.figures import lift_figures
from readout_pub.extract.footnotes import read_footnotes, set_footnotes_apart
from readout_pub.extract.generic import parse_page
from readout_pub.extract.inlines import InlineContext
from readout_pub.extract.language import declared_language, language_of
from readout_pub.extract.language_spans import mark_language_spans
from readout_pub.extract.lazy_images import fill_lazy_images
from readout_pub.extract.photos import PhotoReader
from readout_pub.extract.profile import localized
from readout_pub.extract.registry import Chosen, choose, may_match
from readout_pub.extract.selector_index import SelectorIndex
from readout_pub.extract.tree import MARKER, place_of, to_soup
from readout_pub.image_store import ImageStore
from readout_pub.model import Block, Blocks, Origin, Readout, photos_in, texts
from readout_pub.notes import note
from readout_pub.sources import HtmlPage
from readout_pub.sources.urls import base_of


def read_page(page: HtmlPage, album: ImageStore, site: str | None, sites: Sequence[Path]) -> Extraction:
    """Extract the readout of an HTML page; its photos and its own bytes go into `album`."""
    quick = parse_page(page.markup)
    url = page.url or quick.head.url
    soup, notes = to_soup(quick.root) if may_match(page.markup, url, site, sites) else (None, ())
    finder = SelectorIndex(soup) if soup else None
    chosen = choose(finder, page.markup, url, site, sites) if finder else None
    base = base_of(page.markup, url or "") or None
    reading = InlineContext(base)
    declared = declared_language(quick.head.language)
    if finder and chosen:
        fields = fields_by_profile(finder, chosen, reading, declared, page.name)
    else:
        fields = fields_by_general_rules(quick)
    look = PhotoReader(page.assets, album, base)
    fill_lazy_images(fields.body)
    left_out = (
        *remove_excluded(SelectorIndex(fields.body), EXCLUDED_SELECTORS),
        *remove_template_text(fields.body),
        *remove_decorative_images(fields.body, look),
    )
    language, language_notes, why_language = language_of(declared, fields.body.get_text(" "))
    body = read_blocks(fields.body, reading, look, _selectors(chosen), LangDir(language))
    broken = _breaks_off(page.markup)
    if not body:
        raise SourceError(
            "the page breaks off before its text" if broken else "the body of this page is empty",
            where=page.name,
            what_next="save it again" if broken else "write a site profile for it",
        )
    missing = (look.missing(photo) for photo in photos_in(body) if photo.sha256 is None)
    truncated = (note("TRUNCATED", where=f"line {page.markup.count(chr(10)) + 1}"),) if broken else ()
    parsed = dict.fromkeys((*quick.notes, *notes))
    notes = (*page.notes, *parsed, *truncated, *language_notes, *fields.notes)
    readout = Readout(
        language=language,
        body=mark_language_spans(body, language),
        origin=origin(page, album, url=url, chosen=chosen, language=language),
        title=fields.title,
        series=fields.series,
        issued=fields.date.day if fields.date else None,
        issued_text=fields.date.text if fields.date else None,
        byline=fields.byline,
        back_link=fields.back_link,
        notes=(*notes, *dropped_notes(dropped_words(left_out)), *dict.fromkeys(missing)),
    )
    return Extraction(readout, album, lambda: (*fields.reasons(), why_language, *_why_body(fields, readout), *left_out))


def _why_body(fields: Fields, readout: Readout) -> Iterator[Reason]:
    if fields.body_rule:
        text = " ".join(" ".join(texts(readout.body)).split())
        yield Reason("kept", fields.body_rule, place_of(fields.body), text, len(text.split()))


def _breaks_off(markup: str) -> bool:
    """Say whether a page ends in the middle of a sentence or of an element."""
    return not markup.rstrip().endswith(">") and "</html" not in markup[-2000:].lower()


def origin(
    page: HtmlPage, album: ImageStore, *, url: str | None = None, chosen: Chosen | None = None, language: str = "en"
) -> Origin:
    """Record where a page came from; its bytes go into `album`."""
    return Origin(
        name=page.name,
        sha256=album.add(page.raw),
        url=url,
        retrieved=page.retrieved,
        retrieval=page.retrieval,
        publisher=localized(chosen.profile.publisher, language) if chosen else None,
        licence=chosen.profile.terms(language) if chosen else None,
        profile=chosen.name if chosen else None,
    )


def read_blocks(root: Tag, reading: InlineContext, look: PhotoReader, selectors: Selectors, voice: LangDir) -> Blocks:
    """Read the body of a page: its notes are set apart, then photos are read, then all else around their markers."""
    ready: dict[str, Block] = {}
    keys = map(str, count())

    def marker() -> Tag:
        return Tag(name="div", attrs={MARKER: next(keys)})

    def mark(block: Block) -> Tag:
        stand_in = marker()
        ready[str(stand_in[MARKER])] = block
        return stand_in

    apart = set_footnotes_apart(root, marker)
    places = Anchors(root, apart.held)
    reading = msgspec.structs.replace(reading, notes=apart.targets, places=places.fragments)
    context = Context(reading, ready, places, voice, voice)
    for part in (root, apart.held):
        lift_figures(part, look, context.reading, mark, selectors)
    for stand_in, group in apart.groups:
        ready[str(stand_in[MARKER])] = read_footnotes(group, lambda tag: read_body(tag, context))
    body = read_body(root, context)
    if ready:
        lost = ", ".join(sorted({type(block).__name__.lower() for block in ready.values()}))
        raise SourceError(f"blocks of this page were read and then lost: {lost}", what_next="report this page")
    return places.joined(body)


def _selectors(chosen: Chosen | None) -> Selectors:
    return Selectors(chosen.layout.caption, chosen.layout.credit) if chosen else Selectors()
