"""The colophon at the end of every output but JSON: source, date of retrieval, licence, and how to verify the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readout_pub.emit.messages import messages_for
from readout_pub.model import Inline, Inlines, LineBreak, Link, Span
from readout_pub.source_record import credit_line
from readout_pub.text_direction import language_direction

if TYPE_CHECKING:
    from collections.abc import Sequence

    from readout_pub.emit.messages import Messages
    from readout_pub.model import Origin


_WORDS = frozenset({"title", "series", "issued", "issued_text", "json"})
"""The values of `Origin.edited` for which the colophon says "edited". An edited "language" changes no words."""


def colophon(origin: Origin, language: str) -> tuple[Inlines, ...]:
    """Return the two paragraphs of the colophon for a readout in `language` (BCP 47), with URLs as links.

    They state publisher, address, date of retrieval and licence, and which of these are unknown; whether a person
    edited words of the page; and the command that verifies the file.
    """
    messages = messages_for(language)
    lines = _source_lines(origin, language)
    if origin.licence:
        name = origin.licence.name
        licence = Link(origin.licence.url, (name,)) if origin.licence.url else name
        lines.append((program_text(messages.licence, messages), messages.colon, licence))
    made = messages.edited if _WORDS.intersection(origin.edited) else messages.converted
    return _join_lines(lines), _join_lines([(program_text(line, messages),) for line in (made, messages.verify)])


def program_text(text: str, messages: Messages) -> Inline:
    """Return `text`, which the program adds, marked with its language if the page is in another one."""
    return Span((text,), messages.language, "ltr") if messages.lang_attributes else text


def _source_lines(origin: Origin, language: str) -> list[Inlines]:
    """Return the credit line, else the publisher, then URL and date of retrieval, and which facts are unknown.

    URL and date are left out if the credit line has them.
    """
    messages = messages_for(language)
    credit = credit_line(origin)
    link = _url_link(origin.url, language) if origin.url else None
    lines: list[Inlines] = [_link_url(credit, link)] if credit else []
    source = program_text(messages.source, messages)
    if not credit and origin.publisher:
        lines.append((source, f"{messages.colon}{origin.publisher}"))
    if link and link.href not in (credit or ""):
        lines.append((link,) if lines else (source, messages.colon, link))
    day = origin.retrieved.isoformat() if origin.retrieved else None
    if day and day not in (credit or ""):
        lines.append((program_text(messages.retrieved, messages), f"{messages.colon}{day}"))
    known = (origin.publisher or credit, origin.url, day, origin.licence)
    if unknown := [name for name, value in zip(messages.facts, known, strict=True) if not value]:
        lines.append((program_text(f"{messages.unknown}{messages.colon}{messages.separator.join(unknown)}", messages),))
    return lines


def _join_lines(lines: Sequence[Inlines]) -> Inlines:
    """Return `lines` as one paragraph, with line breaks between them."""
    first, *others = lines
    return (*first, *(part for line in others for part in (LineBreak(), *line)))


def _url_link(url: str, language: str) -> Link:
    """Return `url` as a link. If `language` is right-to-left, the URL is marked so that it is not reordered."""
    shown: Inline = url if language_direction(language) == "ltr" else Span((url,), dir="ltr")
    return Link(url, (shown,))


def _link_url(text: str, link: Link | None) -> Inlines:
    """Return `text` with `link` in place of the first occurrence of its URL."""
    if link is None or link.href not in text:
        return (text,)
    before, after = text.split(link.href, 1)
    return tuple(part for part in (before, link, after) if part)
