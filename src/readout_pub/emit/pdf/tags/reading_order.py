"""The text of a document in reading order: every character except white space, with its tag.

Layout removes white space at line breaks and between two elements. The stream remembers where it was, so that it can be
restored. Matching fails if the drawn text differs from the text of the document.
"""

from __future__ import annotations

import re
from bisect import bisect_right

import msgspec

from readout_pub.emit.pdf.tags.tree import Tag, TextRun

RTL = re.compile(
    "[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
"""Right-to-left characters: Hebrew, Arabic and related blocks of Unicode, and the controls that set the direction.

Pango draws their glyphs from left to right, so the content stream has them in reverse order (decision 15).
"""

COMPLEX_SCRIPTS = re.compile(
    "[\u0900-\u0dff\u0e32\u0e33\u0e48-\u0e4b\u0eb2\u0eb3\u0ec8-\u0ecb\u0f00-\u109f\u1780-\u17ff\u1a20-\u1cff\ua880-\ua8ff\uaa00-\uabff]"
)
"""Characters of scripts whose glyphs are drawn by syllable, such as Devanagari: glyphs do not correspond to letters.

Of Thai and Lao, only the vowels AA and AM and the tone marks are here. AM is drawn as a ring and the glyph of AA, which
ToUnicode can map to only one of the two vowels. Before AM, a tone mark has no text of its own in ToUnicode.
"""

_SPACE = re.compile(r"\s+")


def needs_actual_text(text: str) -> bool:
    """Return whether the tag of `text` needs ActualText: viewers cannot get its characters in order from its glyphs."""
    return RTL.search(text) is not None or COMPLEX_SCRIPTS.search(text) is not None


class TextRange(msgspec.Struct):
    """A range of text that is matched on its own, such as a table cell; `start` moves past what is matched."""

    start: int
    end: int


class TextStream:
    """The text of a document: first built from the elements in their order, then matched by a cursor.

    `length` counts the characters added so far, without white space. `text` has them from `start_matching` on.
    """

    def __init__(self) -> None:
        self.text = ""
        self.length = 0
        self._words: list[str] = []
        self._spaces: set[int] = set()
        self._runs: list[TextRun] = []
        self._starts: list[int] = []
        self._cursor = 0
        self._span: Tag | None = None  # the Span with ActualText that was added last, in this block

    # --- building

    def add_text(self, text: str | None, tag: Tag) -> None:
        """Append `text`, the next content of `tag`."""
        if not text:
            return
        words = text.split()
        if not words or text[0].isspace():
            self.add_space()
        if not words:
            return
        run = TextRun(self.length)
        self._span = Tag("Span", [run], actual_text=_SPACE.sub(" ", text)) if needs_actual_text(text) else None
        tag.kids.append(self._span or run)
        self._runs.append(run)
        for word in words:
            self._words.append(word)
            self.length += len(word)
            self._spaces.add(self.length)
        if not text[-1].isspace():
            self._spaces.discard(self.length)

    def add_space(self) -> None:
        """Append white space, such as a line break."""
        self._spaces.add(self.length)
        if self._span and self._span.actual_text:
            self._span.actual_text = self._span.actual_text.rstrip() + " "

    def add_block_boundary(self) -> None:
        """Begin or end a block: white space at its edges is not part of the text."""
        self._spaces.discard(self.length)
        self._span = None

    # --- matching

    def start_matching(self) -> None:
        """Put the cursor before the first character; no text may be added any more."""
        self.text = "".join(self._words)
        self._starts = [run.start for run in self._runs]

    def match(self, text: str) -> TextRun | None:
        """Move the cursor past `text` and return the run in which it begins; None if other text is at the cursor."""
        characters = "".join(text.split())
        if not self.text.startswith(characters, self._cursor):
            return None
        run = self._runs[bisect_right(self._starts, self._cursor) - 1]
        self._cursor += len(characters)
        return run

    @property
    def is_at_space(self) -> bool:
        """Return whether white space within a block is at the cursor."""
        return self._cursor in self._spaces

    def enter(self, text_range: TextRange) -> int:
        """Put the cursor where matching of `text_range` stopped; return the cursor's former position."""
        before, self._cursor = self._cursor, text_range.start
        return before

    def leave(self, text_range: TextRange, before: int) -> None:
        """Remember how far `text_range` is matched; put the cursor to the later of its end and `before`."""
        text_range.start, self._cursor = self._cursor, max(before, text_range.end)

    @property
    def remaining(self) -> str:
        """Return the text after the cursor."""
        return self.text[self._cursor :]
