"""Writes one accessible HTML page without scripts.

The page contains its style sheet. Its photos are in the page, or in a folder beside it. Its source record is in a
`script` element of the type application/ld+json, which browsers do not run. The Content-Security-Policy has the digest
of this element's content. No browser needs this digest, but the Nu HTML checker demands it.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING
from urllib.parse import quote

from readout_pub.content_security_policy import policy_element
from readout_pub.emit.front_matter import logo_url, publisher_name, release_status
from readout_pub.emit.markup import TargetOptions, document_title, markup
from readout_pub.emit.markup.inlines import attributes, escape
from readout_pub.emit.messages import messages_for
from readout_pub.emit.pictures import PictureLoader
from readout_pub.emit.record import source_record
from readout_pub.emit.rendition import RenderOptions, Rendition
from readout_pub.image_store import picture_file_name
from readout_pub.seal import html_record, seal
from readout_pub.text_direction import language_direction

if TYPE_CHECKING:
    from readout_pub.image_store import ImageStore
    from readout_pub.model import Photo, Readout
    from readout_pub.source_record import SourceRecord

PAGE = """\
<!DOCTYPE html>
<html{language}>
<head>
<meta charset="utf-8">
{policy}
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
{record}
<style>
{style}</style>
</head>
<body>
<a class="skip" href="#content"{lang_attributes}>{skip}</a>
{body}
</body>
</html>
"""


def emit_html(readout: Readout, images: ImageStore, render_options: RenderOptions) -> Rendition:
    """Return `readout` as one HTML file; with `render_options.photos` "beside", its photos are extra files.

    A long document has a table of contents. It is collapsed so that a screen reader does not read all of it aloud:
    users of screen readers move by headings instead.
    """
    pictures = PictureLoader(images, repeated=render_options.photos != "beside")
    extra_files: dict[str, bytes] = {}

    def data_url(photo: Photo) -> str | None:
        picture = pictures.load(photo)
        return picture.data_url if picture else None

    def file_url(photo: Photo) -> str | None:
        picture = pictures.load(photo)
        if picture is None or photo.sha256 is None:
            return None
        path = f"{render_options.folder}/{picture_file_name(photo.sha256, picture.suffix)}"
        extra_files[path] = picture.data
        return quote(path)

    photo_url = file_url if render_options.photos == "beside" else data_url
    theme = render_options.design(readout.language).theme
    options = TargetOptions(
        photo_url,
        scrollable_tables=True,
        alt_origins=True,
        publisher=publisher_name(readout, theme),
        logo=logo_url(theme),
        status=release_status(render_options, messages_for(readout.language)),
        contents=True,
    )
    body = markup(readout, options).body
    files = {path: hashlib.sha256(data).hexdigest() for path, data in extra_files.items()}
    page = _html_page(readout, body, render_options, source_record(readout, render_options, "html", files))
    return Rendition("html", seal(page.encode()), ".html", "text/html", extra_files, pictures.notes)


def _html_page(readout: Readout, body: str, render_options: RenderOptions, record: SourceRecord) -> str:
    messages = messages_for(readout.language)
    element, content = html_record(record)
    return PAGE.format(
        language=attributes(lang=readout.language, dir=language_direction(readout.language)),
        policy=policy_element(content),
        title=escape(document_title(readout)),
        record=element,
        style=render_options.design(readout.language).style_sheet("html"),
        lang_attributes=messages.lang_attributes,
        skip=messages.skip,
        # HTML needs no slash in void elements. Text and attribute values escape ">", so this changes tags only.
        body=body.replace("/>", ">"),
    )
