"""Readout → PDF, through WeasyPrint: the markup of all formats, the print style, and fonts that we bring along.

profiles        which standards it keeps
layout          the one place that talks to WeasyPrint
heads           heads of tables that are too tall to be repeated
tags            what a listener hears
fonts           what it may draw with
subsetting      fonts cut to what it shows
mended_fonts    what each glyph says
settled_styles  quicker styles
replaced        what of WeasyPrint these replace
glyphs          what it could not draw
attachments     what it carries in itself
metadata        what the file says of itself
libraries       what it needs from the system
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from readout_pub.emit.markup import TargetOptions, document_title, markup
from readout_pub.emit.markup.inlines import attributes, escape
from readout_pub.emit.pdf.attachments import attachments
from readout_pub.emit.pdf.layout import lay_out
from readout_pub.emit.pdf.metadata import document_info
from readout_pub.emit.pdf.missing_glyphs import missing_glyphs
from readout_pub.emit.pdf.profiles import profile_named
from readout_pub.emit.pictures import PictureLoader
from readout_pub.emit.rendition import RenderOptions, Rendition
from readout_pub.notes import note
from readout_pub.styles import resolve_tokens, style_sheet
from readout_pub.text_direction import language_direction

if TYPE_CHECKING:
    from readout_pub.image_store import ImageStore, Picture
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

_TAG = re.compile(r"<[^>]*>")


def emit_pdf(readout: Readout, album: ImageStore, look: RenderOptions) -> Rendition:
    """Write `readout` to the standards of `look.pdf`; its photos are always inside, whatever `look.photos` says.

    A UsageError if there is no such profile; a ToolMissing names the system library that is missing, or the script for
    which no font is installed.
    """
    profile = profile_named(look.pdf)
    pictures = PictureLoader(album)
    shown: dict[str, Picture] = {}

    def address(photo: Photo) -> str | None:
        picture = pictures.load(photo)
        if picture is None:
            return None
        url = f"album:{photo.sha256}"
        shown[url] = picture
        return url

    body = markup(readout, TargetOptions(address, note_backlinks=False)).body
    page = PAGE.format(
        language=attributes(lang=readout.language, dir=language_direction(readout.language)),
        title=escape(document_title(readout)),
        body=body,
    )
    css = resolve_tokens(style_sheet("pdf", look.theme))
    files = attachments(readout, album) if profile.attached else ()
    facts = document_info(readout, page)
    printed = lay_out(page, css, shown, facts, profile=profile, files=files, system_fonts=look.system_fonts)
    notes = (
        *pictures.notes,
        *missing_glyphs(printed.missing, html.unescape(_TAG.sub("", body))),
        *((note("SYSTEM_FONTS_USED"),) if look.system_fonts else ()),
        *(note("PDF_COMPLAINT", complaint=complaint) for complaint in printed.complaints),
    )
    return Rendition("pdf", printed.data, ".pdf", "application/pdf", notes=notes)
