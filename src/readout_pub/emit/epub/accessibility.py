"""The accessibility metadata of an EPUB: only claims that are true for this readout.

Sources: EPUB Accessibility 1.1 (w3.org/TR/epub-a11y-11) and the Schema.org Accessibility Properties for
Discoverability Vocabulary (w3.org/community/reports/a11y-discov-vocab).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from readout_pub.emit.epub.accessibility_summaries import SUMMARIES
from readout_pub.emit.markup.inlines import attributes, escape, safe_url
from readout_pub.emit.messages import messages_for
from readout_pub.emit.pictures import has_human_alt
from readout_pub.emit.rendition import Certifier, RenderOptions
from readout_pub.model import (
    Missing,
    Row,
    Ruby,
    Section,
    Table,
    descendants,
    formulas,
    inline_nodes,
    is_valid_mathml,
    photos,
)

if TYPE_CHECKING:
    from readout_pub.image_store import Picture
    from readout_pub.model import Photo, Readout

STANDARD = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"
"""The value of `dcterms:conformsTo`, as the standard spells it."""

DEFAULT_CERTIFIER = Certifier("readout-pub")


def accessibility_metadata(
    readout: Readout, pictures: Mapping[str, Picture], render_options: RenderOptions
) -> Iterator[str]:
    """Yield the metadata elements for the package document; `pictures` are those in the EPUB: SHA-256 (hex) → picture.

    If a photo has an alternative text that no person wrote or reviewed, the EPUB claims neither conformance nor that
    its text is sufficient without the photos. The summary then says why, and no certifier is named. A theme whose text
    has too little contrast prevents the claim of conformance, too. CSS rules of the user may also make colours pale,
    and a table without header cells may lack headers that readers need. In both cases, conformance is claimed only if
    `render_options` names a certifier. `render_options.contact` is the mail address at the end of the summary.
    """
    has_photos = bool(pictures)
    without_human_alt = photos_without_human_alt(readout, pictures)
    yield _schema_meta("accessMode", "textual")
    if has_photos:
        yield _schema_meta("accessMode", "visual")
    yield _schema_meta("accessModeSufficient", "textual,visual" if without_human_alt else "textual")
    if has_photos and not without_human_alt:
        yield _schema_meta("accessibilityFeature", "alternativeText")
    yield from (_schema_meta("accessibilityFeature", feature) for feature in _features(readout))
    # A GIF may be animated, and nobody has checked whether it flashes.
    may_move = any(picture.media_type == "image/gif" for picture in pictures.values())
    yield _schema_meta("accessibilityHazard", "unknown" if may_move else "none")
    yield _summary(readout.language, render_options.contact, has_photos=has_photos, without_human_alt=without_human_alt)
    if without_human_alt or render_options.pale_colours():
        return
    if render_options.certifier or not (render_options.own_rules(readout.language) or tables_without_headers(readout)):
        yield from _conformance(render_options.certifier or DEFAULT_CERTIFIER)


def photos_without_human_alt(readout: Readout, pictures: Mapping[str, Picture]) -> tuple[Photo, ...]:
    """Return the photos in the EPUB whose alternative text no person wrote or reviewed."""
    return tuple(photo for photo in photos(readout) if photo.sha256 in pictures and not has_human_alt(photo))


def tables_without_headers(readout: Readout) -> tuple[Table, ...]:
    """Return the tables of several rows and columns in which no cell is a header."""
    tables = (block for block in descendants(readout.body) if isinstance(block, Table))
    return tuple(table for table in tables if _lacks_headers(table.head + table.body))


def _lacks_headers(rows: tuple[Row, ...]) -> bool:
    has_columns = any(len(row.cells) > 1 for row in rows)
    return has_columns and len(rows) > 1 and not any(cell.header for row in rows for cell in row.cells)


def _conformance(certifier: Certifier) -> Iterator[str]:
    yield f'<meta property="dcterms:conformsTo" id="conformance">{STANDARD}</meta>'
    name = escape(certifier.name)
    yield f'<meta property="a11y:certifiedBy" refines="#conformance" id="certifier">{name}</meta>'
    if certifier.credential:
        credential = escape(certifier.credential)
        yield f'<meta property="a11y:certifierCredential" refines="#certifier">{credential}</meta>'
    if certifier.report and (url := safe_url(certifier.report)):
        yield f'<link rel="a11y:certifierReport" refines="#certifier"{attributes(href=url)}/>'


def _features(readout: Readout) -> Iterator[str]:
    """Yield the values of accessibilityFeature; the first three apply to every EPUB of this program."""
    yield from ("displayTransformability", "readingOrder", "tableOfContents")
    if any(isinstance(block, Section) for block in descendants(readout.body)):
        yield "structuralNavigation"
    if any(isinstance(node, Ruby) for node in inline_nodes(readout.body)):
        yield "rubyAnnotations"
    if any(is_valid_mathml(formula.mathml) for formula in formulas(readout)):
        yield "MathML"


def _summary(language: str, contact: str | None, *, has_photos: bool, without_human_alt: tuple[Photo, ...]) -> str:
    messages = messages_for(language)
    sentences = SUMMARIES[messages.language]
    chosen = [sentences.text]
    if not has_photos:
        chosen.append(sentences.no_photos)
    elif not without_human_alt:
        chosen.append(sentences.described)
    else:
        by_program = [not isinstance(photo.alt, Missing) and photo.alt.by == "model" for photo in without_human_alt]
        chosen += [sentences.undescribed] if not all(by_program) else []
        chosen += [sentences.unreviewed] if any(by_program) else []
        chosen.append(sentences.withheld)
    if contact:
        # EPUB Accessibility 1.2 has a11y:contactEmail for this, but EPUBCheck 5.3 rejects it (w3c/epubcheck#1669).
        chosen += [sentences.questions, escape(contact)]
    english = ' xml:lang="en" dir="ltr"' if messages.lang_attributes else ""
    return f'<meta property="schema:accessibilitySummary"{english}>{" ".join(chosen)}</meta>'


def _schema_meta(name: str, value: str) -> str:
    return f'<meta property="schema:{name}">{value}</meta>'
