"""The colophon, small and last: where the text came from, under which licence, and that its words are unchanged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readout_pub.emit.messages import messages_for
from readout_pub.model import Inline, Inlines, LineBreak, Link, Span
from readout_pub.source_credit import credit_line

if TYPE_CHECKING:
    from readout_pub.emit.messages import Messages
    from readout_pub.model import Origin


def colophon(origin: Origin, language: str) -> tuple[Inlines, ...]:
    """Return its paragraphs for a readout in `language`; addresses are links."""
    words = messages_for(language)
    paragraphs = [_source(origin, words)]
    if origin.licence:
        name = origin.licence.name
        named = Link(origin.licence.url, (name,)) if origin.licence.url else name
        paragraphs.append((program_text(words.licence, words), ": ", named))
    return (*paragraphs, (program_text(words.converted, words),))


def program_text(text: str, words: Messages) -> Inline:
    """Mark `text` of the program where its language is not that of the page."""
    return Span((text,), words.language, "ltr") if words.lang_attributes else text


def _source(origin: Origin, words: Messages) -> Inlines:
    """Give the publisher's own credit line if its licence has one, else the source; then what that leaves unsaid."""
    credit = credit_line(origin)
    lines: list[Inlines] = [_linked(credit, origin.url)] if credit else []
    if not credit:
        lines.append((program_text(words.source, words), f": {origin.publisher or origin.name}"))
    if origin.url and origin.url not in (credit or ""):
        lines.append((Link(origin.url, (origin.url,)),))
    day = origin.retrieved.isoformat() if origin.retrieved else None
    if day and day not in (credit or ""):
        lines.append((program_text(words.retrieved, words), f": {day}"))
    first, *others = lines
    return (*first, *(part for line in others for part in (LineBreak(), *line)))


def _linked(text: str, url: str | None) -> Inlines:
    """Make the first `url` in `text` a link."""
    if url is None or url not in text:
        return (text,)
    before, after = text.split(url, 1)
    return tuple(part for part in (before, Link(url, (url,)), after) if part)
