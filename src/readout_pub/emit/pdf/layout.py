"""HTML → PDF through WeasyPrint: lays out the pages, writes the tags, and completes what WeasyPrint writes.

Fonts, font configurations and parsed style sheets are kept for the life of the process.
"""

from __future__ import annotations

import contextlib
import logging
import re
import sys
import threading
import zlib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, partial
from typing import TYPE_CHECKING

import msgspec
import pydyf

from readout_pub.emit.pdf.attachments import AttachedFile, attach
from readout_pub.emit.pdf.columns import set_in_columns
from readout_pub.emit.pdf.fitting import fitted_pages, overfull_pages
from readout_pub.emit.pdf.font_embedding import add_cmaps, complete_to_unicode
from readout_pub.emit.pdf.fonts import OURS, FontSources, fontconfig_file
from readout_pub.emit.pdf.footnotes import MAX_ROUNDS, are_shown, count_notes, keep_with_calls, put_at_foot
from readout_pub.emit.pdf.initial_hyphens import keep_initial_hyphens
from readout_pub.emit.pdf.last_characters import keep_last_characters
from readout_pub.emit.pdf.metadata import DocumentInfo, info_arguments, xmp
from readout_pub.emit.pdf.page_joining import join_last_page
from readout_pub.emit.pdf.profiles import Profile
from readout_pub.emit.pdf.tags import plan_tags
from readout_pub.emit.pdf.tags.depth import limit_depth
from readout_pub.emit.pdf.tags.structure import StructureBuilder
from readout_pub.emit.pdf.weasyprint_adapter import (
    VERSION,
    FileFontConfiguration,
    SrgbProfile,
    TaggedDocument,
    TaggedHTML,
    parse_style_sheet,
    stream_content,
    write_image_page,
)
from readout_pub.gc_pause import gc_paused
from readout_pub.notes import shorten_quote

if TYPE_CHECKING:
    from readout_pub.image_store import Picture

OUTPUT_INTENT = "screen"
"""Our name for the ICC profile of sRGB; for "srgb", WeasyPrint opens its own file and does not close it."""

RECURSION_LIMIT = 10_000
"""WeasyPrint calls itself about ten times for each level, and a readout may have 200 levels.

Python's own limit of 1,000 is reached at some fifty nested lists, of two levels each.
"""

_LOCK = threading.Lock()
"""Only one thread at a time can use Pango's font map, which all documents of the process share."""


class PageStyle(msgspec.Struct, frozen=True):
    """How pages look.

    css            the style sheet
    fonts          the fonts that it may name
    columns        in how many columns text is set, 1 or 2
    notes_at_foot  whether footnotes are at the foot of the pages that call them, if all of them fit there
    max_line_cut   the share by which the line height may shrink, if the last page would otherwise have only parts
                   that follow the text, such as the colophon
    keep_words     whether lines of Korean, Chinese and Japanese end only between words (`word-break: keep-all`)
    """

    css: str
    fonts: FontSources = OURS
    columns: int = 1
    notes_at_foot: bool = False
    max_line_cut: float = 0
    keep_words: bool = False


class PdfResult(msgspec.Struct, frozen=True):
    """A finished PDF, and what is wrong with it.

    missing     the characters for which no font had a glyph
    overfull    the numbers of the pages on which text or a photo reaches over the edge of the paper
    not_at_foot how many notes are not at the foot of pages although the style asks for it
    complaints  WeasyPrint's other warnings and errors
    flattened   whether tags were nested too deep and have been flattened
    """

    data: bytes
    missing: frozenset[str]
    overfull: tuple[int, ...]
    not_at_foot: int
    complaints: tuple[str, ...]
    flattened: bool


def lay_out(
    page: str,
    style: PageStyle,
    photos: Mapping[str, Picture],
    info: DocumentInfo,
    *,
    profile: Profile,
    files: Sequence[AttachedFile] = (),
) -> PdfResult:
    """Return `page` in `style` as a PDF that conforms to `profile` and has `files` attached.

    `page` is polyglot markup (see `markup`). `photos` is address → picture; an `img` with any other address is not
    loaded. If a character has no glyph, the PDF claims no conformance. Raises EmitError if the pages do not show the
    text of `page`.
    """
    with _LOCK, gc_paused(), _recursion_limit(), _complaints() as complaints:
        # `_write` is a function of its own, so that most layout boxes are freed before garbage collection resumes.
        result = _write(page, style, photos, info, profile=profile, files=files)
    _, about_style = _style_sheet(style.css, style.fonts)
    # A style sheet is parsed only once, so `complaints` has the reports on it only in the first call.
    return msgspec.structs.replace(result, complaints=tuple(dict.fromkeys((*about_style, *complaints))))


def _write(
    page: str,
    style: PageStyle,
    photos: Mapping[str, Picture],
    info: DocumentInfo,
    *,
    profile: Profile,
    files: Sequence[AttachedFile],
) -> PdfResult:
    """Lay out, tag and write `page` as `lay_out` does; return it without complaints."""
    structure, document, not_at_foot = _lay_out_structure(page, style, photos, profile)
    overfull = overfull_pages(document)
    document.set_metadata(**info_arguments(info))
    document.tagger = plan_tags(document, structure)
    flattened = limit_depth(structure.root)
    missing: set[str] = set()

    def finish(document: TaggedDocument, pdf: pydyf.PDF) -> None:
        missing.update(document.missing_characters())
        add_cmaps(pdf, document.renumbered_glyphs())
        complete_to_unicode(pdf)
        attach(pdf, files, info.pdf_date)
        _add_metadata(pdf, info, None if missing else profile)
        _compress_streams(pdf)

    data = document.write_pdf(
        finisher=finish,
        pdf_variant=profile.variant,
        pdf_tags=True,
        output_intent=OUTPUT_INTENT,
        pdf_identifier=info.identifier,
    )
    del document.tagger  # the tagger refers to the document, and would keep all boxes in memory
    return PdfResult(data, frozenset(missing), overfull, not_at_foot, (), flattened)


def image_page(picture: Picture, width: float, height: float) -> bytes:
    """Return a PDF of one page of `width` × `height` points, which `picture` fills."""
    with _LOCK, _complaints():
        return write_image_page(picture, width, height, font_configuration())


def _lay_out_structure(
    page: str, style: PageStyle, photos: Mapping[str, Picture], profile: Profile
) -> tuple[StructureBuilder, TaggedDocument, int]:
    """Return the structure tree of `page`, its pages, and how many notes are not where `style` wants them.

    If a page has no room for one of its notes, all notes stay where the source prints them.
    """
    html = TaggedHTML(
        page, photos, join_pages=partial(join_last_page, max_line_cut=style.max_line_cut), keep_words=style.keep_words
    )
    # Built before notes, columns and fitting move and split elements: the tree has each element as a whole, in source
    # order.
    structure = StructureBuilder(html.root, profile.version)
    keep_last_characters(html.root)
    keep_initial_hyphens(html.root)
    count = count_notes(html.root) if style.notes_at_foot else 0
    notes = put_at_foot(html.root, structure) if style.notes_at_foot else set()
    if style.columns > 1 and (article := html.root.find(".//article")) is not None:
        set_in_columns(article)
    document = _lay_out_pages(html, style, profile)
    for _ in range(MAX_ROUNDS):
        if not keep_with_calls(document, notes):
            break
        document = _lay_out_pages(html, style, profile)
    if not are_shown(document, notes):
        at_end = msgspec.structs.replace(style, notes_at_foot=False)
        return *_lay_out_structure(page, at_end, photos, profile)[:2], count
    return structure, document, count - len(notes)


def _lay_out_pages(html: TaggedHTML, style: PageStyle, profile: Profile) -> TaggedDocument:
    """Return the pages of `html`, fitted to their content: see `fitting`."""
    sheet, _ = _style_sheet(style.css, style.fonts)

    def render() -> TaggedDocument:
        html.reread()
        document: TaggedDocument = html.render(
            font_config=font_configuration(style.fonts),
            stylesheets=[sheet],
            color_profiles={OUTPUT_INTENT: SrgbProfile()},
            pdf_variant=profile.variant,
            output_intent=OUTPUT_INTENT,
        )
        return document

    return fitted_pages(html.root, render)


@cache
def font_configuration(fonts: FontSources = OURS) -> FileFontConfiguration:
    """Return the fonts that a PDF may use: ours and those of `fonts`."""
    return FileFontConfiguration(fontconfig_file(fonts))


@cache
def _style_sheet(css: str, fonts: FontSources) -> tuple[object, tuple[str, ...]]:
    """Return `css` as `TaggedHTML.render` takes it, and what WeasyPrint reports about it."""
    with _complaints() as complaints:
        sheet = parse_style_sheet(css, font_configuration(fonts))
    return sheet, tuple(complaints)


@contextlib.contextmanager
def _recursion_limit() -> Iterator[None]:
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(max(limit, RECURSION_LIMIT))
    try:
        yield
    finally:
        sys.setrecursionlimit(limit)


_LONG_WORD = re.compile(r"\S{201,}")
"""A word that fills several lines of a terminal, such as a URL that contains a picture."""


@contextlib.contextmanager
def _complaints() -> Iterator[list[str]]:
    """Collect WeasyPrint's warnings and errors of this thread, each once, with long URLs shortened.

    Missing glyphs are left out: `missing_glyphs` reports them.
    """
    sentences: list[str] = []
    thread = threading.get_ident()

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            sentence = _LONG_WORD.sub(lambda word: shorten_quote(word[0]), record.getMessage())
            if record.thread == thread and not sentence.startswith(".notdef glyph") and sentence not in sentences:
                sentences.append(sentence)

    logger, collector = logging.getLogger("weasyprint"), Collector(logging.WARNING)
    logger.addHandler(collector)
    try:
        yield sentences
    finally:
        logger.removeHandler(collector)


def _add_metadata(pdf: pydyf.PDF, info: DocumentInfo, profile: Profile | None) -> None:
    """Replace WeasyPrint's XMP with ours, and number the pages for programs that show page labels."""
    stream = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    # The stream is not compressed, so that programs that cannot parse PDF find the metadata.
    stream.stream, stream.compress = [xmp(info, f"WeasyPrint {VERSION}", profile)], False
    pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": pydyf.Array([0, pydyf.Dictionary({"S": "/D"})])})


def _compress_streams(pdf: pydyf.PDF) -> None:
    """Compress each stream once, at zlib's default level.

    pydyf compresses each stream twice, at the highest level: a fifth of the time of a page, for little space.
    """
    for item in pdf.objects:
        if isinstance(item, pydyf.Stream) and item.compress:
            data = zlib.compress(stream_content(item))
            filters = ["/FlateDecode"]
            # A validator counts "\r" at the end of the data as part of the line end that follows, and reports a wrong
            # Length. So the data are compressed again, until they end in another byte.
            while data.endswith(b"\r"):
                data = zlib.compress(data)
                filters.append("/FlateDecode")
            item.stream, item.compress = [data], False
            item.extra["Filter"] = pydyf.Array(filters)
