"""The book: EPUB 3.3 with one chapter, the same markup as the HTML page, and photos as files.

It is one chapter because a readout is a few screens long, and because notes must lie in the file that calls them.
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from readout_pub.emit.epub.accessibility import photos_without_human_alt
from readout_pub.emit.epub.navigation import navigation_body
from readout_pub.emit.epub.package_document import CHAPTER, CONTENTS, STYLE, package_document, photo_path
from readout_pub.emit.markup import TargetOptions, document_title, markup
from readout_pub.emit.markup.inlines import attributes, escape, language_tag
from readout_pub.emit.pictures import PictureLoader
from readout_pub.emit.rendition import RenderOptions, Rendition
from readout_pub.emit.timestamps import MIN_ZIP_TIME, timestamp
from readout_pub.notes import Note, note
from readout_pub.styles import resolve_tokens, style_sheet
from readout_pub.text_direction import language_direction

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from readout_pub.image_store import ImageStore, Picture
    from readout_pub.model import Photo, Readout

FOLDER = "EPUB"

LATEST = MIN_ZIP_TIME.replace(year=2107)
"""The last year that a ZIP archive can write down."""

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

SEMANTICS = {
    f'role="doc-{kind}"': f'epub:type="{kind}" role="doc-{kind}"' for kind in ("noteref", "endnotes", "backlink")
}
"""The roles of notes, which e-readers older than ARIA know by another attribute. Text holds no straight quotes."""


def emit_epub(readout: Readout, album: ImageStore, look: RenderOptions) -> Rendition:
    """Write `readout` as a book; its photos are always inside."""
    pictures = PictureLoader(album)
    held: dict[str, Picture] = {}

    def inside(photo: Photo) -> str | None:
        picture = pictures.load(photo)
        if picture is None or photo.sha256 is None:
            return None
        held[photo.sha256] = picture
        return photo_path(photo.sha256, picture)

    written = markup(readout, TargetOptions(inside))
    files = {
        "package.opf": package_document(readout, held, look.certifier),
        CONTENTS: _page(readout, navigation_body(readout, written.contents)),
        CHAPTER: _page(readout, _with_semantics(written.body)),
        STYLE: resolve_tokens(style_sheet("epub", look.theme)),
    }
    data = _packed(files, held, timestamp(readout) or MIN_ZIP_TIME)
    notes = (*pictures.notes, *_withheld(readout, held, look))
    return Rendition("epub", data, ".epub", "application/epub+zip", notes=notes)


def _withheld(readout: Readout, held: dict[str, Picture], look: RenderOptions) -> Iterator[Note]:
    """Say that a certifier is not named, since the book claims nothing that could be certified."""
    doubtful = photos_without_human_alt(readout, held)
    if look.certifier and doubtful:
        yield note("CERTIFIER_WITHHELD", None, certifier=look.certifier.name, count=len(doubtful))


def _page(readout: Readout, body: str) -> str:
    lang = language_tag(readout.language)
    language = attributes(lang=lang, dir=language_direction(readout.language)) + (f' xml:lang="{lang}"' if lang else "")
    return PAGE.format(language=language, title=escape(document_title(readout)), style=STYLE, body=body)


def _with_semantics(body: str) -> str:
    for role, both in SEMANTICS.items():
        body = body.replace(role, both)
    return body


def _packed(files: dict[str, str], pictures: dict[str, Picture], at: dt.datetime) -> bytes:
    """Put the files into the archive; `mimetype` comes first and as it is, so that the first bytes tell what it is."""
    day = min(max(at, MIN_ZIP_TIME), LATEST)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:

        def add(name: str, data: bytes, method: int) -> None:
            entry = zipfile.ZipInfo(name, day.timetuple()[:6])
            entry.create_system = 3  # whatever the system: the same bytes everywhere
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data, method)

        add("mimetype", b"application/epub+zip", zipfile.ZIP_STORED)
        add("META-INF/container.xml", CONTAINER.encode(), zipfile.ZIP_DEFLATED)
        for name, text in files.items():
            add(f"{FOLDER}/{name}", text.encode(), zipfile.ZIP_DEFLATED)
        for digest, picture in pictures.items():
            add(f"{FOLDER}/{photo_path(digest, picture)}", picture.data, zipfile.ZIP_STORED)
    return out.getvalue()
