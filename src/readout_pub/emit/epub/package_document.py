"""The package document of an EPUB: metadata, accessibility claims, manifest and spine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readout_pub.emit.epub.accessibility import accessibility_metadata
from readout_pub.emit.markup.inlines import attributes, escape, language_tag
from readout_pub.emit.pictures import alt_authors
from readout_pub.emit.timestamps import MIN_ZIP_TIME, timestamp
from readout_pub.model import display_series, display_title, formulas, is_valid_mathml, plain_text
from readout_pub.source_record import credit_line, publication_identifier
from readout_pub.text_direction import language_direction

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from readout_pub.emit.rendition import RenderOptions
    from readout_pub.image_store import Picture
    from readout_pub.model import Origin, Readout

CHAPTER, CONTENTS, STYLE = "readout.xhtml", "contents.xhtml", "style.css"

COVER, COVER_IMAGE = "cover.xhtml", "cover.png"

RECORD = "record.json"
"""The path of the source record. It is not in the manifest, since it is metadata of the book and not a resource."""

PACKAGE = """\
<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="identifier"{language}>
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
{metadata}
</metadata>
<manifest>
<item id="contents" href="{contents}" media-type="application/xhtml+xml" properties="nav"/>
<item id="cover" href="{cover}" media-type="application/xhtml+xml"/>
<item id="cover-image" href="{cover_image}" media-type="image/png" properties="cover-image"/>
<item id="readout" href="{chapter}" media-type="application/xhtml+xml"{mathml}/>
<item id="style" href="{style}" media-type="text/css"/>
{photos}</manifest>
<spine{progression}>
<itemref idref="cover"/>
<itemref idref="readout"/>
</spine>
</package>
"""


def photo_path(digest: str, picture: Picture) -> str:
    """Return the path of a photo, given its SHA-256 (hex), relative to the content document."""
    return f"photos/{digest[:16]}{picture.suffix}"


def package_document(readout: Readout, pictures: Mapping[str, Picture], render_options: RenderOptions) -> str:
    """Return the package document of an EPUB with `pictures`: SHA-256 (hex) → picture."""
    is_rtl = language_direction(readout.language) == "rtl"
    lang = language_tag(readout.language)
    return PACKAGE.format(
        language=(f' xml:lang="{lang}"' if lang else "") + attributes(dir="rtl" if is_rtl else None),
        metadata="\n".join([*_metadata_elements(readout), *accessibility_metadata(readout, pictures, render_options)]),
        contents=CONTENTS,
        cover=COVER,
        cover_image=COVER_IMAGE,
        chapter=CHAPTER,
        style=STYLE,
        mathml=attributes(properties="mathml" if _has_mathml(readout) else None),
        photos="".join(
            f'<item id="photo-{number}" href="{photo_path(digest, picture)}" media-type="{picture.media_type}"/>\n'
            for number, (digest, picture) in enumerate(pictures.items(), start=1)
        ),
        progression=attributes(page_progression_direction="rtl" if is_rtl else None),
    )


def _has_mathml(readout: Readout) -> bool:
    return any(is_valid_mathml(formula.mathml) for formula in formulas(readout))


def _metadata_elements(readout: Readout) -> list[str]:
    origin = readout.origin
    modified = timestamp(readout) or MIN_ZIP_TIME
    elements = [
        f'<dc:identifier id="identifier">{publication_identifier(origin)}</dc:identifier>',
        _element("dc:title", plain_text(display_title(readout), line_break=" ")),
        _element("dc:language", language_tag(readout.language) or "und"),
        _element("dc:creator", readout.byline or origin.publisher),
        *_alt_author_elements(readout),
        _element("dc:publisher", origin.publisher),
        _element("dc:date", readout.issued.isoformat() if readout.issued else None),
        _element("dc:source", origin.url),
        _element("dc:rights", _rights(origin)),
        _series_elements(series) if (series := display_series(readout)) else "",
        f'<meta property="dcterms:modified">{modified:%Y-%m-%dT%H:%M:%SZ}</meta>',
        f'<link rel="record" href="{RECORD}" media-type="application/ld+json"/>',
    ]
    return [element for element in elements if element]


def _series_elements(series: str) -> str:
    return (
        f'<meta property="belongs-to-collection" id="series">{escape(series)}</meta>\n'
        '<meta refines="#series" property="collection-type">series</meta>'
    )


def _alt_author_elements(readout: Readout) -> Iterator[str]:
    """Yield the authors of alternative texts as contributors, with the MARC relator "writer of added text"."""
    for number, author in enumerate(alt_authors(readout), 1):
        yield f'<dc:contributor id="alt-author-{number}">{escape(str(author))}</dc:contributor>'
        yield f'<meta refines="#alt-author-{number}" property="role" scheme="marc:relators">wat</meta>'


def _rights(origin: Origin) -> str | None:
    """Return the licence, its URL and the required credit line, in one line; None if no licence is known."""
    if origin.licence is None:
        return None
    parts = (origin.licence.name, origin.licence.url, credit_line(origin))
    return " – ".join(part for part in parts if part)


def _element(name: str, text: str | None) -> str:
    return f"<{name}>{escape(text)}</{name}>" if text and text.strip() else ""
