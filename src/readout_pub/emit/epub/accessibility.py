"""What a book says about its accessibility: as much as holds of this readout, and no more.

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
from readout_pub.emit.rendition import Certifier
from readout_pub.model import Described, Ruby, Section, descendants, map_inlines, photos

if TYPE_CHECKING:
    from readout_pub.image_store import Picture
    from readout_pub.model import Inlines, Photo, Readout

STANDARD = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"

OURSELVES = Certifier("readout-pub")
"""Who says that a book conforms where nobody else does."""


def accessibility_metadata(
    readout: Readout, pictures: Mapping[str, Picture], certifier: Certifier | None = None
) -> Iterator[str]:
    """Yield the elements of the package document; `pictures` are those in the book, by their digest.

    While nobody vouches for the text of a photo, the book claims no conformance, nor that its text suffices; its
    summary says so, and names no certifier.
    """
    pictured = bool(pictures)
    doubtful = photos_without_human_alt(readout, pictures)
    yield _fact("accessMode", "textual")
    if pictured:
        yield _fact("accessMode", "visual")
    yield _fact("accessModeSufficient", "textual,visual" if doubtful else "textual")
    if pictured and not doubtful:
        yield _fact("accessibilityFeature", "alternativeText")
    yield from (_fact("accessibilityFeature", feature) for feature in _features(readout))
    # A GIF may move, and nobody has looked whether it flashes.
    moving = any(picture.media_type == "image/gif" for picture in pictures.values())
    yield _fact("accessibilityHazard", "unknown" if moving else "none")
    yield _summary(readout.language, pictured=pictured, doubtful=doubtful)
    if not doubtful:
        yield from _conformance(certifier or OURSELVES)


def photos_without_human_alt(readout: Readout, pictures: Mapping[str, Picture]) -> tuple[Photo, ...]:
    """Return the photos in the book whose text no person stands behind."""
    return tuple(photo for photo in photos(readout) if photo.sha256 in pictures and not has_human_alt(photo))


def _conformance(certifier: Certifier) -> Iterator[str]:
    yield f'<meta property="dcterms:conformsTo" id="conformance">{STANDARD}</meta>'
    name = escape(certifier.name)
    yield f'<meta property="a11y:certifiedBy" refines="#conformance" id="certifier">{name}</meta>'
    if certifier.credential:
        credential = escape(certifier.credential)
        yield f'<meta property="a11y:certifierCredential" refines="#certifier">{credential}</meta>'
    if certifier.report and (address := safe_url(certifier.report)):
        yield f'<link rel="a11y:certifierReport" refines="#certifier"{attributes(href=address)}/>'


def _features(readout: Readout) -> Iterator[str]:
    """Yield what helps readers: the first three hold of every book that this program writes."""
    yield from ("displayTransformability", "readingOrder", "tableOfContents")
    if any(isinstance(block, Section) for block in descendants(readout.body)):
        yield "structuralNavigation"
    if _has_ruby(readout):
        yield "rubyAnnotations"


def _has_ruby(readout: Readout) -> bool:
    found: list[Ruby] = []

    def look(inlines: Inlines) -> Inlines:
        found.extend(inline for inline in inlines if isinstance(inline, Ruby))
        return inlines

    map_inlines(readout.body, look)
    return bool(found)


def _summary(language: str, *, pictured: bool, doubtful: tuple[Photo, ...]) -> str:
    words = messages_for(language)
    sentences = SUMMARIES[words.language]
    said = [sentences.text]
    if not pictured:
        said.append(sentences.no_photos)
    elif not doubtful:
        said.append(sentences.described)
    else:
        by_program = [isinstance(photo.alt, Described) and photo.alt.by == "model" for photo in doubtful]
        said += [sentences.undescribed] if not all(by_program) else []
        said += [sentences.unreviewed] if any(by_program) else []
        said.append(sentences.withheld)
    english = ' xml:lang="en" dir="ltr"' if words.lang_attributes else ""
    return f'<meta property="schema:accessibilitySummary"{english}>{" ".join(said)}</meta>'


def _fact(name: str, value: str) -> str:
    return f'<meta property="schema:{name}">{value}</meta>'
