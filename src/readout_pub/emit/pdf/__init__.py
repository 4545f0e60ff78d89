"""Readout → PDF, through WeasyPrint, from the same markup as HTML and EPUB, a print style sheet, and our fonts.

profiles            the standards that a PDF conforms to
layout              HTML → PDF
columns             text in two columns, if the theme asks for it
fitting             lays out again pages that break badly
page_joining        moves the content of a last page without text, such as the colophon, to the page before
table_parts         splits wide tables by columns
weasyprint_adapter  the only module that imports WeasyPrint, and that uses its private names
tags                the structure tree of tagged PDF
fonts               the fonts that a PDF may use
font_embedding      font subsets, CMaps, ToUnicode
footnotes           footnotes at the foot of pages
last_characters     keeps most Chinese and Japanese paragraphs from ending with a line of one character
missing_glyphs      notes and errors for characters without a glyph
attachments         the source page and the model, as files in the PDF
metadata            Info and XMP
logo, pdfium        the logo of a theme in pixels; the lock that callers of PDFium share
system_libraries    the shared libraries that WeasyPrint needs
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from readout_pub.emit.front_matter import foot_text, publisher_name, release_status
from readout_pub.emit.link_addresses import numbered_addresses
from readout_pub.emit.markup import TargetOptions, document_title, markup
from readout_pub.emit.markup.inlines import attributes, escape
from readout_pub.emit.messages import messages_for
from readout_pub.emit.pdf.attachments import attachments
from readout_pub.emit.pdf.fonts import FontSources, require_family
from readout_pub.emit.pdf.metadata import document_info
from readout_pub.emit.pdf.missing_glyphs import missing_glyphs
from readout_pub.emit.pdf.profiles import PROFILES
from readout_pub.emit.pictures import PictureLoader
from readout_pub.emit.record import source_record
from readout_pub.emit.rendition import RenderOptions, Rendition
from readout_pub.image_store import Picture
from readout_pub.notes import Note, note
from readout_pub.seal import seal
from readout_pub.text_direction import language_direction

if TYPE_CHECKING:
    from readout_pub.emit.pdf.layout import PdfResult
    from readout_pub.image_store import ImageStore
    from readout_pub.model import Photo, Readout

PAGE = """\
<!DOCTYPE html>
<html{language}>
<head>
<title>{title}</title>
</head>
<body>
{body}
</body>
</html>
"""

LOGO_URL = "theme:logo"

_TAG = re.compile(r"<[^<>]*>")


def emit_pdf(readout: Readout, images: ImageStore, render_options: RenderOptions) -> Rendition:
    """Return `readout` as a PDF of the profile `render_options.pdf`; photos are embedded whatever the options say.

    Raises EmitError if the pages do not show the text of the readout. Raises ToolMissing if one of these is not
    installed: a system library of WeasyPrint, the right version of WeasyPrint, a font of the theme, or a font for a
    script of the text.
    """
    from readout_pub.emit.pdf.layout import PageStyle, lay_out  # loads WeasyPrint
    from readout_pub.emit.pdf.logo import without_interpolation  # loads WeasyPrint

    profile = PROFILES[render_options.pdf]
    pictures = PictureLoader(images)
    shown: dict[str, Picture] = {}

    def address(photo: Photo) -> str | None:
        picture = pictures.load(photo)
        if picture is None:
            return None
        url = f"images:{photo.sha256}"
        shown[url] = picture
        return url

    design = render_options.design(readout.language)
    messages = messages_for(readout.language)
    options = TargetOptions(
        address,
        note_backlinks=False,
        mathml=False,
        printed=True,
        publisher=publisher_name(readout, design.theme),
        logo=LOGO_URL if design.theme.logo else None,
        status=release_status(render_options, messages),
        addresses=numbered_addresses(readout, design.theme),
        contents=True,
    )
    if design.theme.logo:
        shown[LOGO_URL] = Picture(without_interpolation(design.theme.logo), "image/svg+xml", 0, 0)
    body = markup(readout, options).body
    page = PAGE.format(
        language=attributes(lang=readout.language, dir=language_direction(readout.language)),
        title=escape(document_title(readout)),
        body=body,
    )
    fonts = FontSources(render_options.system_fonts, design.theme.font_folder)
    for family in design.own_families:
        require_family(family, fonts)
    files = attachments(readout, images) if profile.attached else ()
    info = document_info(readout, page, source_record(readout, render_options, "pdf"))
    style = PageStyle(
        design.style_sheet("pdf") + _footer(foot_text(readout, render_options, messages)),
        fonts,
        design.theme.page.columns,
        notes_at_foot=design.theme.page.footnotes == "foot",
        max_line_cut=max(0.0, 1 - float(design.tokens["--tight-leading"]) / float(design.tokens["--leading"])),
        keep_words=design.tokens["--word-break"] == "keep-all",
    )
    result = lay_out(page, style, shown, info, profile=profile, files=files)
    notes = (
        *pictures.notes,
        *missing_glyphs(result.missing, html.unescape(_TAG.sub("", body))),
        *((note("SYSTEM_FONTS_USED"),) if render_options.system_fonts else ()),
        *_notes_on_layout(result),
    )
    return Rendition("pdf", seal(result.data), ".pdf", "application/pdf", notes=notes)


def _notes_on_layout(result: PdfResult) -> Iterator[Note]:
    """Yield the notes on what the layout could not do as asked."""
    from readout_pub.emit.pdf.tags.depth import MAX_TAG_DEPTH  # loads WeasyPrint

    yield from (note("PAGE_OVERFULL", page=page) for page in result.overfull)
    if result.not_at_foot:
        yield note("FOOTNOTES_NOT_AT_FOOT", count=result.not_at_foot)
    if result.flattened:
        yield note("TAGS_FLATTENED", limit=MAX_TAG_DEPTH)
    yield from (note("PDF_COMPLAINT", complaint=complaint) for complaint in result.complaints)


def _footer(text: str | None) -> str:
    """Return the CSS rules for a text at the left of the foot of each page.

    The page number and the date, which are at the centre, stay on one line.
    """
    if not text:
        return ""
    escaped = "".join(f"\\{ord(letter):x} " if letter in _NOT_IN_CSS_STRINGS else letter for letter in text)
    place = "padding: 7mm 1.5em 0 0; vertical-align: top; text-align: left; line-clamp: 2"
    return (
        f'@page {{ @bottom-left {{ content: "{escaped}"; {place} }} @bottom-center {{ white-space: nowrap }}'
        ' @bottom-right { content: "\\a0 " } }'
    )


_NOT_IN_CSS_STRINGS = frozenset('"\\\n\r\f<')
