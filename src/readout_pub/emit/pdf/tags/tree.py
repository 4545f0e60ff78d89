"""The tag tree as plain values, before anything is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator

Attributes = dict[str, str | int | list[str] | list[float]]
"""Name → value: a `str` is written as a name, a list of `str` as byte strings, numbers as they are."""


class Mark(msgspec.Struct, eq=False):
    """One drawn piece of content: a text box or a picture of WeasyPrint on one page, from 0.

    `words` is what is to be read where the glyphs say something else.
    """

    page: int
    box: Any
    words: str | None = None


class Run(msgspec.Struct, eq=False):
    """A text of the page within one tag; lines and pages break it into marks."""

    start: int
    marks: list[Mark] = []


class Tag(msgspec.Struct, eq=False):
    """One structure element. `attributes` by their owner, such as Layout; `id` is unique in the file.

    `actual` is what is to be read of it where its glyphs are drawn in another order.
    `annotations` are the clickable areas of a link, as (page from 0, pydyf dictionary), and `contents` its words;
    `refs` the tags that belong to this one, as a note to its call. `number` is its object, once it is written.
    """

    role: str
    kids: list[Tag | Run | Mark] = []
    lang: str | None = None
    alt: str | None = None
    actual: str | None = None
    id: str | None = None
    attributes: dict[str, Attributes] = {}
    contents: str | None = None
    annotations: list[tuple[int, Any]] = []
    refs: list[Tag] = []
    number: int = 0

    def add(self, role: str, lang: str | None = None) -> Tag:
        """Add a tag below this one and return it."""
        tag = Tag(role, lang=lang)
        self.kids.append(tag)
        return tag

    def marks(self) -> Iterator[Mark]:
        """Yield the content right inside this tag, in reading order."""
        for kid in self.kids:
            if isinstance(kid, Mark):
                yield kid
            elif isinstance(kid, Run):
                yield from kid.marks
