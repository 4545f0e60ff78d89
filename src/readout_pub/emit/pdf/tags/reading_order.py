"""What is to be read: every character of the page in its order, apart from white space, and whose it is.

Layout takes away the white space at which it breaks lines, and draws none that stands alone between two elements. The
script remembers where it stood, so that it can be given back, and notices when what is drawn is not what is written.
"""

from __future__ import annotations

import re
from bisect import bisect_right

import msgspec

from readout_pub.emit.pdf.tags.tree import Run, Tag

RTL = re.compile(
    "[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
"""Characters that are written from right to left, and are drawn in the order of the paper, from left to right."""

COMPLEX_SCRIPTS = re.compile(
    "[\u0900-\u0dff\u0e33\u0eb3\u0f00-\u109f\u1780-\u17ff\u1a20-\u1cff\ua880-\ua8ff\uaa00-\uabff]"
)
"""Characters of scripts whose syllables are drawn as a whole: glyphs and letters differ in number and in order."""

_SPACE = re.compile(r"\s+")


def is_said_by_tag(text: str) -> bool:
    """Say whether glyphs cannot say `text`, so that its tag does."""
    return RTL.search(text) is not None or COMPLEX_SCRIPTS.search(text) is not None


class Flow(msgspec.Struct):
    """A stretch of the script that is followed on its own, as a cell of a table; `start` moves on from page to page."""

    start: int
    end: int


class TextStream:
    """The text of one page, written from the elements in their order, then followed by a cursor."""

    text = ""
    """All characters, once the writing is over."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self.length = 0
        self._gaps: set[int] = set()
        self._runs: list[Run] = []
        self._starts: list[int] = []
        self._cursor = 0
        self._turned: Tag | None = None

    def write(self, text: str | None, tag: Tag) -> None:
        """Add `text`, which stands in `tag` after all that stands in it so far."""
        if not text:
            return
        words = text.split()
        if not words or text[0].isspace():
            self.part()
        if not words:
            return
        run = Run(self.length)
        self._turned = Tag("Span", [run], actual=_SPACE.sub(" ", text)) if is_said_by_tag(text) else None
        tag.kids.append(self._turned or run)
        self._runs.append(run)
        for word in words:
            self._parts.append(word)
            self.length += len(word)
            self._gaps.add(self.length)
        if not text[-1].isspace():
            self._gaps.discard(self.length)

    def part(self) -> None:
        """Note that white space may stand here, as a line break does."""
        self._gaps.add(self.length)
        if self._turned and self._turned.actual:
            self._turned.actual = self._turned.actual.rstrip() + " "

    def break_(self) -> None:
        """Note that a block begins or ends here: white space around it is no part of the text."""
        self._gaps.discard(self.length)
        self._turned = None

    def begin(self) -> None:
        """Put the cursor before the first character; nothing is written any more."""
        self.text = "".join(self._parts)
        self._starts = [run.start for run in self._runs]

    def follow(self, text: str) -> Run | None:
        """Move the cursor behind `text` and return the run that holds it; None if something else is written here."""
        solid = "".join(text.split())
        if not self.text.startswith(solid, self._cursor):
            return None
        run = self._runs[bisect_right(self._starts, self._cursor) - 1]
        self._cursor += len(solid)
        return run

    @property
    def space_follows(self) -> bool:
        """Say whether white space stands at the cursor, within a block."""
        return self._cursor in self._gaps

    def enter(self, flow: Flow) -> int:
        """Put the cursor to where `flow` was left; return where it was."""
        before, self._cursor = self._cursor, flow.start
        return before

    def leave(self, flow: Flow, before: int) -> None:
        """Leave `flow` until its next page, and put the cursor behind it, if it was not further."""
        flow.start, self._cursor = self._cursor, max(before, flow.end)

    @property
    def rest(self) -> str:
        """Give what stands behind the cursor."""
        return self.text[self._cursor :]
