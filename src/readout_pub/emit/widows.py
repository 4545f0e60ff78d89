"""Keeps the last two words of titles and headings on one line if both are short, so that none is alone (a widow).

Markup puts the words into a `span`, so that no character of the text changes. DOCX and ODT have no such element,
and get a no-break space. The words that the program reads back from these files are the same.
"""

from __future__ import annotations

import re

import msgspec

from readout_pub.model import Emphasis, Inline, Inlines, Link, NoteRef, Span, Strong, Struck, Sub, Sup

UNBROKEN = "unbroken"
"""The class of words that stay on one line."""

_LAST_WORDS = re.compile(r"(?<=\s)[^\s<>]{1,14} [^\s<>]{1,20}(?=(?:</[a-z]{1,9}>){0,9}$)")
"""The last two words, if they are short enough for a narrow column; in markup, before the end tags."""


def without_widow_in_markup(heading: str) -> str:
    """Return the markup of a heading; two short last words are in a `span` that has the class UNBROKEN."""
    return _LAST_WORDS.sub(lambda words: f'<span class="{UNBROKEN}">{words[0]}</span>', heading)


def without_widow(heading: Inlines) -> Inlines:
    """Return `heading`, with a no-break space between its last two words if both are short."""
    return (*heading[:-1], _joined(heading[-1])) if heading else heading


def _joined(last: Inline) -> Inline:
    match last:
        case str():
            return _LAST_WORDS.sub(lambda words: words[0].replace(" ", "\u00a0"), last)
        case Emphasis() | Strong() | Struck() | Sub() | Sup() | Link() | Span() | NoteRef():
            return msgspec.structs.replace(last, children=without_widow(last.children))
        case _:
            return last
