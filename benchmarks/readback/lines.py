"""Paragraphs gathered piece by piece, and the one rule for joining what a page breaks into lines."""

from __future__ import annotations

import re
import unicodedata

BREAK = "\n"
"""Stands in gathered text where a line ends inside a paragraph."""

_SPACES = re.compile(r"[ \t\r\f]+")
"""What collapses into one space. Ideographic and no-break spaces are characters like any other."""

_BROKEN_AFTER = re.compile(r"[^\s][-‐–—/]$")
"""The end of a line that may break without a space: "face-", but not "talks –"."""

_SUSPENDED = re.compile(r"(?:and|or)\b")
""" "pre- and post-war" keeps its space."""


class Lines:
    """Paragraphs in reading order; text comes in pieces, and `end` closes the paragraph that is open."""

    def __init__(self) -> None:
        self._closed: list[str] = []
        self._pieces: list[str] = []
        self._label = ""

    def write(self, text: str) -> None:
        """Add `text` to the open paragraph; `BREAK` marks where a line ends."""
        self._pieces.append(text)

    def end(self) -> None:
        """Close the open paragraph; one without words leaves no line."""
        line = unbroken("".join(self._pieces))
        self._pieces = []
        if line:
            self._closed.append(f"{self._label} {line}" if self._label else line)
            self._label = ""

    def label(self, text: str) -> None:
        """Close the open paragraph and let `text` stand before the next; a label that meets another keeps a line."""
        self.end()
        self._close_label()
        self._label = text.strip()

    def close(self) -> tuple[str, ...]:
        """Return all lines."""
        self.end()
        self._close_label()
        return tuple(self._closed)

    def _close_label(self) -> None:
        if self._label:
            self._closed.append(self._label)
            self._label = ""


def unbroken(text: str) -> str:
    """Return one line: white space collapsed, and broken lines joined as they were before they were broken."""
    joined = ""
    for line in _SPACES.sub(" ", text).split(BREAK):
        joined = join(joined, line.strip(" "))
    return joined


def join(before: str, after: str) -> str:
    """Join two lines of one paragraph.

    A space stood at the break, unless a line may end there without one: beside a character of a script that is
    written without spaces, or after a hyphen, dash or slash inside a word.
    """
    if not before or not after:
        return before + after
    if _spaceless(before[-1]) or _spaceless(after[0]):
        return before + after
    if _BROKEN_AFTER.search(before) and not _SUSPENDED.match(after):
        return before + after
    return f"{before} {after}"


def _spaceless(character: str) -> bool:
    wide = unicodedata.east_asian_width(character) in {"W", "F"}
    return wide and not unicodedata.name(character, "").startswith("HANGUL")
