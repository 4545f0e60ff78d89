"""Reads an HTML page into a readout, by a site profile or by the generic extraction, before its text is refined."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path

import msgspec
from bs4 import Tag

from readout_pub.errors import SourceError
from readout_pub.extract.anchors import Anchors
from readout_pub.extract.blocks import BlockContext, LangDir, one_line, read_body
from readout_pub.extract.captions import CaptionSelectors
from readout_pub.extract.decorative_images import remove_decorative_images
from readout_pub.extract.exclusions import (
    EXCLUDED_SELECTORS,
    count_dropped_words,
    css_words,
    dropped_notes,
    remove_excluded,
    remove_template_text,
)
from readout_pub.extract.extraction import Extraction, PageRegions, Reason
from readout_pub.extract.fields import Fields, complete_fields, fields_by_generic_rules, fields_by_profile
from readout_pub.extract.figures import lift_figures
from readout_pub.extract.footnotes import detach_footnotes, read_footnotes
from readout_pub.extract.generic import BACK_LINKS, PLAYERS, WAITING, ParsedPage, parse_markup
from readout_pub.extract.html_parser import to_soup
from readout_pub.extract.inline_styles import hides
from readout_pub.extract.inlines import InlineContext
from readout_pub.extract.language import decide_language, declared_language, mark_foreign_paragraphs
from readout_pub.extract.lazy_images import fill_lazy_images
from readout_pub.extract.media import media_notes
from readout_pub.extract.photos import PhotoReader
from readout_pub.extract.profile import localized
from readout_pub.extract.registry import (
    OWN_OUTPUT,
    ChosenLayout,
    fitting_layouts,
    note_without_profile,
    possible_layouts,
)
from readout_pub.extract.struck_text import (
    mark_struck_text,
    note_on_struck_code,
    notes_on_struck_fields,
    struck_lines,
)
from readout_pub.extract.tree import BLOCK_MARKER, SelectorIndex, short_selector
from readout_pub.image_store import ImageStore
from readout_pub.limits import frees_reserve
from readout_pub.model import (
    Block,
    Blocks,
    Inlines,
    Keep,
    Origin,
    Readout,
    Span,
    photos_in,
    texts,
)
from readout_pub.notes import Note, note, shorten_quote
from readout_pub.sources import HtmlPage
from readout_pub.sources.urls import find_base_url
from readout_pub.text_direction import language_direction
from readout_pub.words import count_words


@frees_reserve
def read_html_page(
    page: HtmlPage,
    images: ImageStore,
    site: str | None,
    sites: Sequence[Path],
    *,
    keep: Keep | None = None,
    accept_error_pages: bool = False,
) -> Extraction:
    """Return the readout of an HTML page, and the reasons for it; its photos and bytes go into `images`.

    The options are those of `extract`. Raises SourceError if the body is empty, or the file ends before it.
    """
    parsed = parse_markup(page.markup, page.url)
    url = page.url or parsed.metadata.url
    # The bs4 tree is built only if some profile may fit: this takes longer than parsing.
    possible = possible_layouts(page.markup, url, site, sites)
    soup, parse_notes = to_soup(parsed.root) if possible else (None, ())
    index = SelectorIndex(soup) if soup else None
    fitting = fitting_layouts(index, possible) if index else ()
    base = find_base_url(page.markup, url or "") or None
    context = InlineContext(base)
    read_image = PhotoReader(page.assets, images, base)
    truncated = _is_truncated(page.markup)
    struck = struck_lines(parsed.root, page.markup)  # before the extractors change the tree
    content = _read_by_profile(index, fitting, parsed, context, read_image) if index else None
    if content is None or not (content.body or truncated):
        why = note_without_profile(fitting, url, site, sites)
        fields = fields_by_generic_rules(parsed, why, keep=keep, accept_error_pages=accept_error_pages)
        content = _read_content(fields, None, parsed, context, read_image)
        parse_notes = ()  # about the tree for profiles, which is not used; `fields` has notes about its own tree
    fields, chosen, body = content.fields, content.chosen, content.body
    if chosen is not None and chosen.profile is not OWN_OUTPUT:
        fields, body = complete_fields(fields, body, parsed, chosen.name)
    if not body:
        raise SourceError(
            "the page is incomplete and ends before its text" if truncated else "the body of this page is empty",
            where=page.name,
            what_next="save it again" if truncated else "write a site profile for it",
        )
    missing = (read_image.missing(photo) for photo in photos_in(body) if photo.sha256 is None)
    truncated_notes = (note("TRUNCATED", where=f"line {page.markup.count(chr(10)) + 1}"),) if truncated else ()
    struck_notes = notes_on_struck_fields(struck, fields.title or (), fields.series, fields.byline)
    notes = (*page.notes, *parsed.notes, *parse_notes, *truncated_notes, *content.notes, *fields.notes, *struck_notes)
    readout = Readout(
        language=content.language,
        body=mark_foreign_paragraphs(body, content.language),
        origin=origin(page, images, url=url, chosen=chosen, language=content.language, keep=None if chosen else keep),
        title=fields.title and _in_language_of_page(fields.title, content.language),
        series=fields.series,
        issued=fields.date.day if fields.date else None,
        issued_text=fields.date.text if fields.date else None,
        byline=fields.byline,
        back_link=fields.back_link,
        confidence=fields.confidence,
        # Equal notes are kept once: a page and its body may both be flattened, and one photo may be missing twice.
        notes=tuple(dict.fromkeys((*notes, *dropped_notes(count_dropped_words(content.removed)), *missing))),
    )
    return Extraction(
        readout,
        images,
        lambda: (*fields.reasons(), content.why_language, *_why_body(fields, readout), *content.removed),
        regions=lambda: _regions(content, parsed),
        tree=fields.body,
    )


def _in_language_of_page(title: Inlines, language: str) -> Inlines:
    """Return `title` without the mark of its language if this is the language of the page."""
    match title:
        case (Span(children, lang, None),) if lang == language:
            return children
        case _:
            return title


def _regions(content: _Content, parsed: ParsedPage) -> PageRegions:
    regions = content.fields.regions()
    replaced = (
        Reason("dropped", rule, text=text)
        for rule, texts in ((BACK_LINKS, parsed.back_links), (PLAYERS, parsed.players), (WAITING, parsed.waiting))
        for text in texts
    )
    return msgspec.structs.replace(
        regions, left_out=(*regions.left_out, *replaced), removed=(*regions.removed, *content.removed)
    )


class _Content(msgspec.Struct, frozen=True):
    """The fields of a page and its body as blocks; `chosen` is the layout that found them, None for generic rules.

    `notes` are about the language of the page, its media, and hidden or struck text. `removed` are the reasons for the
    elements that were removed from the body.
    """

    fields: Fields
    chosen: ChosenLayout | None
    body: Blocks
    language: str
    notes: tuple[Note, ...]
    why_language: Reason
    removed: tuple[Reason, ...]


def _read_by_profile(
    index: SelectorIndex,
    fitting: Sequence[ChosenLayout],
    parsed: ParsedPage,
    context: InlineContext,
    read_image: PhotoReader,
) -> _Content | None:
    """Return the content of the page by the first layout that finds a body; None if no layout does."""
    declared = declared_language(parsed.metadata.language)
    for chosen in fitting:
        if fields := fields_by_profile(index, chosen, context, declared):
            return _read_content(fields, chosen, parsed, context, read_image)
    return None


def _read_content(
    fields: Fields,
    chosen: ChosenLayout | None,
    parsed: ParsedPage,
    context: InlineContext,
    read_image: PhotoReader,
) -> _Content:
    """Return `fields` with their body read as blocks, without elements that are no part of a document."""
    fill_lazy_images(fields.body)
    removed = (
        *remove_excluded(body_index := SelectorIndex(fields.body), EXCLUDED_SELECTORS),
        *css_words(body_index, parsed.style_sheets),
        *remove_template_text(fields.body),
        *remove_decorative_images(fields.body, read_image),
    )
    mark_struck_text(body_index, parsed.style_sheets)
    declared = declared_language(parsed.metadata.language)
    linked_media = tuple(media_notes(fields.body))
    notes_on_body = (*_note_on_hidden_text(body_index), *note_on_struck_code(body_index))
    language, notes, why = decide_language(
        declared, fields.body.get_text(" "), is_default=parsed.metadata.is_default_language
    )
    body = read_blocks(
        fields.body, context, read_image, _caption_selectors(chosen), LangDir(language, language_direction(language))
    )
    return _Content(fields, chosen, body, language, (*notes, *linked_media, *notes_on_body), why, removed)


def _note_on_hidden_text(index: SelectorIndex) -> tuple[Note, ...]:
    """Return a note if attributes hide words of the body; visitors see them only if a script shows them."""
    found = filter(_is_hidden, index.with_attributes("hidden", "style"))
    hidden = [element for element in found if not any(map(_is_hidden, element.parents))]
    texts_of_elements = " ".join(filter(None, map(one_line, hidden)))
    count = count_words(texts_of_elements)
    return (note("TEXT_HIDDEN", count=count, quoted=shorten_quote(texts_of_elements)),) if count else ()


def _is_hidden(tag: Tag) -> bool:
    return tag.has_attr("hidden") or hides(str(tag.get("style") or ""))


def _why_body(fields: Fields, readout: Readout) -> Iterator[Reason]:
    if fields.body_rule:
        text = " ".join(" ".join(texts(readout.body)).split())
        yield Reason("kept", fields.body_rule, short_selector(fields.body), text, len(text.split()))


def _is_truncated(markup: str) -> bool:
    """Return whether a page is cut off: no tag at its end, and no `</html` near it."""
    return not markup.rstrip().endswith(">") and "</html" not in markup[-2000:].lower()


def origin(
    page: HtmlPage,
    images: ImageStore,
    *,
    url: str | None = None,
    chosen: ChosenLayout | None = None,
    language: str = "en",
    keep: Keep | None = None,
) -> Origin:
    """Return where a page came from, with publisher and licence from its profile; its bytes go into `images`."""
    return Origin(
        name=page.name,
        sha256=images.add(page.raw),
        url=url,
        retrieved=page.retrieved,
        retrieval=page.retrieval,
        publisher=localized(chosen.profile.publisher, language) if chosen and chosen.profile.publisher else None,
        licence=chosen.profile.terms(language) if chosen else None,
        profile=chosen.name if chosen else None,
        keep=keep,
    )


def read_blocks(
    root: Tag, context: InlineContext, read_image: PhotoReader, selectors: CaptionSelectors, lang_dir: LangDir
) -> Blocks:
    """Return the body of a page as blocks; `lang_dir` is the language and direction of the readout.

    Footnotes are detached first, then figures are read. Both leave block markers in the tree, which are replaced by
    their blocks when the other blocks are read.
    """
    lifted: dict[str, Block] = {}
    keys = map(str, count())

    def new_marker() -> Tag:
        return Tag(name="div", attrs={BLOCK_MARKER: next(keys)})

    def figure_placeholder(figure: Block) -> Tag:
        placeholder = new_marker()
        lifted[str(placeholder[BLOCK_MARKER])] = figure
        return placeholder

    detached = detach_footnotes(root, new_marker)
    anchors = Anchors(root, detached.container)
    context = msgspec.structs.replace(
        context, notes=detached.targets, fragments=anchors.fragments, language=lang_dir.lang
    )
    block_context = BlockContext(context, lifted, anchors, lang_dir, lang_dir)
    for part in (root, detached.container):
        lift_figures(part, read_image, context, figure_placeholder, selectors)
    for marker, group in detached.groups:
        lifted[str(marker[BLOCK_MARKER])] = read_footnotes(group, lambda tag: read_body(tag, block_context))
    body = read_body(root, block_context)
    # The block of a marker that was not reached is added at the end, so that no word is lost.
    return anchors.connect_links((*body, *lifted.values()))


def _caption_selectors(chosen: ChosenLayout | None) -> CaptionSelectors:
    return CaptionSelectors(chosen.layout.caption, chosen.layout.credit) if chosen else CaptionSelectors()
