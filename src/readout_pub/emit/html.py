"""One accessible page: style sheet and photos inside, no script, nothing fetched from anywhere."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING
from urllib.parse import quote

from readout_pub.emit.markup import TargetOptions, document_title, markup
from readout_pub.emit.markup.inlines import attributes, escape
from readout_pub.emit.messages import messages_for
from readout_pub.emit.pictures import PictureLoader
from readout_pub.emit.rendition import RenderOptions, Rendition
from readout_pub.styles import style_sheet
from readout_pub.text_direction import language_direction

if TYPE_CHECKING:
    from readout_pub.image_store import ImageStore
    from readout_pub.model import Photo, Readout

PAGE = """\
<!DOCTYPE html>
<html{language}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>
{style}</style>
</head>
<body>
<a class="skip" href="#content"{lang_attributes}>{skip}</a>
{body}
</body>
</html>
"""


def emit_html(readout: Readout, album: ImageStore, look: RenderOptions) -> Rendition:
    """Write `readout` as one HTML file; `look.photos` "beside" puts its photos into a folder of their own.

    There is no table of contents: screen readers and browsers move by headings, and each word stands once.
    """
    pictures = PictureLoader(album)
    beside: dict[str, bytes] = {}

    def inside(photo: Photo) -> str | None:
        picture = pictures.load(photo)
        return f"data:{picture.media_type};base64,{b64encode(picture.data).decode()}" if picture else None

    def outside(photo: Photo) -> str | None:
        picture = pictures.load(photo)
        if picture is None or photo.sha256 is None:
            return None
        path = f"{look.folder}/{photo.sha256[:16]}{picture.suffix}"
        beside[path] = picture.data
        return quote(path)

    medium = TargetOptions(outside if look.photos == "beside" else inside, scrollable_tables=True)
    page = _page(readout, markup(readout, medium).body, look.theme)
    return Rendition("html", page.encode(), ".html", "text/html", beside, pictures.notes)


def _page(readout: Readout, body: str, theme: str) -> str:
    words = messages_for(readout.language)
    return PAGE.format(
        language=attributes(lang=readout.language, dir=language_direction(readout.language)),
        title=escape(document_title(readout)),
        style=style_sheet("html", theme),
        lang_attributes=words.lang_attributes,
        skip=words.skip,
        # HTML closes void elements by their name alone; in text and attributes ">" is escaped, so this finds only tags.
        body=body.replace("/>", ">"),
    )
