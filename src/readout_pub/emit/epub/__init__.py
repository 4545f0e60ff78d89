"""EPUB 3.3: one chapter with the same markup as the HTML page, a cover, a table of contents, and photos as files.

One chapter is enough, since a readout is a few screens long. With a single chapter, each footnote is in the same
document as its call.
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from readout_pub.emit.epub.certifier import certifier_notes
from readout_pub.emit.epub.cover import HEIGHT, WIDTH, CoverText, cover_text, draw_cover
from readout_pub.emit.epub.navigation import navigation_body
from readout_pub.emit.epub.package_document import (
    CHAPTER,
    CONTENTS,
    COVER,
    COVER_IMAGE,
    STYLE,
    package_document,
    photo_path,
)
from readout_pub.emit.front_matter import logo_url, publisher_name, release_status
from readout_pub.emit.markup import TargetOptions, document_title, markup
from readout_pub.emit.markup.inlines import attributes, escape, language_tag
from readout_pub.emit.messages import messages_for
from readout_pub.emit.pictures import PictureLoader
from readout_pub.emit.record import source_record
from readout_pub.emit.rendition import RenderOptions, Rendition
from readout_pub.emit.timestamps import MAX_ZIP_TIME, MIN_ZIP_TIME, timestamp
from readout_pub.seal import seal_package
from readout_pub.text_direction import language_direction

if TYPE_CHECKING:
    import datetime as dt

    from readout_pub.image_store import ImageStore, Picture
    from readout_pub.model import Photo, Readout

FOLDER = "EPUB"


CONTAINER = f"""\
<?xml version="1.0" encoding="UTF-8"?>
<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">
<rootfiles>
<rootfile full-path="{FOLDER}/package.opf" media-type="application/oebps-package+xml"/>
</rootfiles>
</container>
"""

PAGE = """\
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"{language}>
<head>
<meta charset="utf-8"/>
<title>{title}</title>
<link rel="stylesheet" href="{style}"/>
</head>
<body>
{body}
</body>
</html>
"""
"""A document of the book. It has no Content Security Policy: e-readers turn pages with scripts that they add, and Ace
cannot check a book with a policy. Scripts of a book itself may run only if its package document says so.
"""

EPUB_TYPES = {
    f'role="doc-{kind}"': f'epub:type="{kind}" role="doc-{kind}"' for kind in ("noteref", "endnotes", "backlink")
}
"""ARIA role → the same with `epub:type`, for e-readers that do not know ARIA roles.

A plain string replacement is safe: quotation marks in text are escaped.
"""


def emit_epub(readout: Readout, images: ImageStore, render_options: RenderOptions) -> Rendition:
    """Return `readout` as an EPUB; its photos are always inside."""
    pictures = PictureLoader(images)
    packed: dict[str, Picture] = {}

    def photo_url(photo: Photo) -> str | None:
        picture = pictures.load(photo)
        if picture is None or photo.sha256 is None:
            return None
        packed[photo.sha256] = picture
        return photo_path(photo.sha256, picture)

    design = render_options.design(readout.language)
    theme, cover = design.theme, cover_text(readout, design)
    options = TargetOptions(
        photo_url,
        publisher=publisher_name(readout, theme),
        logo=logo_url(theme),
        status=release_status(render_options, messages_for(readout.language)),
    )
    written = markup(readout, options)
    files = {
        "package.opf": package_document(readout, packed, render_options),
        CONTENTS: _xhtml_document(readout, navigation_body(readout, written.contents)),
        COVER: _xhtml_document(readout, _cover_body(cover)),
        CHAPTER: _xhtml_document(readout, _with_epub_types(written.body)),
        STYLE: design.style_sheet("epub"),
    }
    picture_files = {photo_path(digest, picture): picture.data for digest, picture in packed.items()}
    picture_files[COVER_IMAGE] = draw_cover(cover, design, readout.language)
    packed_files = _zip(files, picture_files, timestamp(readout) or MIN_ZIP_TIME)
    data = seal_package(packed_files, source_record(readout, render_options, "epub"))
    notes = (*pictures.notes, *certifier_notes(readout, packed, render_options))
    return Rendition("epub", data, ".epub", "application/epub+zip", notes=notes)


def _xhtml_document(readout: Readout, body: str) -> str:
    lang = language_tag(readout.language)
    language = attributes(lang=lang, dir=language_direction(readout.language)) + (f' xml:lang="{lang}"' if lang else "")
    return PAGE.format(language=language, title=escape(document_title(readout)), style=STYLE, body=body)


def _cover_body(cover: CoverText) -> str:
    image = f"<img{attributes(src=COVER_IMAGE, alt=cover.alt, role='doc-cover', width=WIDTH, height=HEIGHT)}/>"
    return f'<section epub:type="cover" class="cover">{image}</section>'


def _with_epub_types(body: str) -> str:
    for role, both in EPUB_TYPES.items():
        body = body.replace(role, both)
    return body


def _zip(files: dict[str, str], pictures: dict[str, bytes], at: dt.datetime) -> bytes:
    """Return the ZIP container; `mimetype` is its first file and uncompressed, as the EPUB OCF requires."""
    day = min(max(at, MIN_ZIP_TIME), MAX_ZIP_TIME)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:

        def add(name: str, data: bytes, method: int) -> None:
            entry = zipfile.ZipInfo(name, day.timetuple()[:6])
            entry.create_system = 3  # Unix, on Windows too: the same bytes everywhere
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data, method)

        add("mimetype", b"application/epub+zip", zipfile.ZIP_STORED)
        add("META-INF/container.xml", CONTAINER.encode(), zipfile.ZIP_DEFLATED)
        for name, text in files.items():
            add(f"{FOLDER}/{name}", text.encode(), zipfile.ZIP_DEFLATED)
        for name, data in pictures.items():
            add(f"{FOLDER}/{name}", data, zipfile.ZIP_STORED)
    return out.getvalue()
