"""Collects paragraphs piece by piece, and joins the lines into which a page breaks a paragraph."""

from __future__ import annotations

import re
import unicodedata

BREAK = "\n"
"""The character that marks, in collected text, where a line ends inside a paragraph."""

_SPACES = re.compile(r"[ \t\r\f]+")
"""White space that collapses into one space. Ideographic and no-break spaces do not collapse."""

_BREAKS_WITHOUT_SPACE = re.compile(r"[^\s][-‐–—/]$")
"""End of a line that may have been broken where there was no space: "face-", but not "talks –"."""

_AFTER_SUSPENDED_HYPHEN = re.compile(r"(?:and|or)\b")
"""Words before which a hyphen keeps its space, as in "pre- and post-war"."""


class Lines:
    """Paragraphs in reading order. `write` adds a piece to the current paragraph, and `end` closes it."""

    def __init__(self) -> None:
        self._closed: list[str] = []
        self._pieces: list[str] = []
        self._label = ""

    def write(self, text: str) -> None:
        """Add `text` to the current paragraph; `BREAK` marks where a line ends."""
        self._pieces.append(text)

    def end(self) -> None:
        """Close the current paragraph; a paragraph without text leaves no line."""
        line = join_lines("".join(self._pieces))
        self._pieces = []
        if line:
            self._closed.append(f"{self._label} {line}" if self._label else line)
            self._label = ""

    def label(self, text: str) -> None:
        """Close the current paragraph, and prefix the next with `text`. A label without a paragraph becomes a line."""
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


def join_lines(text: str) -> str:
    """Return `text` as one line: white space collapsed, and lines joined as they were before they were broken."""
    joined = ""
    for line in _SPACES.sub(" ", text).split(BREAK):
        joined = _join(joined, line.strip(" "))
    return joined


def _join(before: str, after: str) -> str:
    """Join two lines of one paragraph.

    A space joins them. There is no space where a line can be broken without one: beside a wide East Asian character
    other than Hangul, and after a hyphen, dash or slash without a space before it. Before "and" and "or", such a hyphen
    keeps its space: "pre- and post-war".
    """
    if not before or not after:
        return before + after
    if _is_written_without_spaces(before[-1]) or _is_written_without_spaces(after[0]):
        return before + after
    if _BREAKS_WITHOUT_SPACE.search(before) and not _AFTER_SUSPENDED_HYPHEN.match(after):
        return before + after
    return f"{before} {after}"


def _is_written_without_spaces(character: str) -> bool:
    wide = unicodedata.east_asian_width(character) in {"W", "F"}
    return wide and not unicodedata.name(character, "").startswith("HANGUL")
