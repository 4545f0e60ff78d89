"""What a book says about its accessibility: as much as holds of this readout, and no more.

Sources: EPUB Accessibility 1.1 (w3.org/TR/epub-a11y-11) and the Schema.org Accessibility Properties for
Discoverability Vocabulary (w3.org/community/reports/a11y-discov-vocab).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from readout_pub.emit.epub.summaries import SUMMARIES
from readout_pub.emit.pictures import vouched_for
from readout_pub.emit.wording import wording
from readout_pub.model import Ruby, Section, descendants, map_inlines, photos

if TYPE_CHECKING:
    from readout_pub.album import Picture
    from readout_pub.model import Inlines, Readout

CONFORMANCE = (
    '<meta property="dcterms:conformsTo" id="conformance">EPUB Accessibility 1.1 - WCAG 2.2 Level AA</meta>',
    '<meta property="a11y:certifiedBy" refines="#conformance">readout-pub</meta>',
)


def accessibility(readout: Readout, pictures: Mapping[str, Picture]) -> Iterator[str]:
    """Yield the elements of the package document; `pictures` are those in the book, by their digest.

    While nobody vouches for the text of a photo, the book claims no conformance, nor that its text suffices.
    """
    pictured = bool(pictures)
    vouched = all(vouched_for(photo) for photo in photos(readout) if photo.sha256 in pictures)
    yield _fact("accessMode", "textual")
    if pictured:
        yield _fact("accessMode", "visual")
    yield _fact("accessModeSufficient", "textual" if vouched else "textual,visual")
    if pictured and vouched:
        yield _fact("accessibilityFeature", "alternativeText")
    yield from (_fact("accessibilityFeature", feature) for feature in _features(readout))
    # A GIF may move, and nobody has looked whether it flashes.
    moving = any(picture.media_type == "image/gif" for picture in pictures.values())
    yield _fact("accessibilityHazard", "unknown" if moving else "none")
    yield _summary(readout.language, pictured=pictured, vouched=vouched)
    if vouched:
        yield from CONFORMANCE


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


def _summary(language: str, *, pictured: bool, vouched: bool) -> str:
    words = wording(language)
    sentences = SUMMARIES[words.language]
    photos_say = (sentences.described if vouched else sentences.undescribed) if pictured else sentences.no_photos
    english = ' xml:lang="en" dir="ltr"' if words.marks else ""
    return f'<meta property="schema:accessibilitySummary"{english}>{sentences.text} {photos_say}</meta>'


def _fact(name: str, value: str) -> str:
    return f'<meta property="schema:{name}">{value}</meta>'
