"""The structure tree as plain values, before PDF objects are written."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import pydyf

from readout_pub.emit.pdf.weasyprint_adapter import LayoutBox

Attributes = dict[str, str | int | list[str] | list[float]]
"""Name → value: a `str` is written as a name, a list of `str` as byte strings, numbers as they are."""


class ContentItem(msgspec.Struct, eq=False):
    """A marked-content sequence: an image, a text box, or the part of a text box on one line; pages count from 0.

    `actual_text` is its ActualText, where the ToUnicode of its glyphs gives another text.
    """

    page: int
    box: LayoutBox
    actual_text: str | None = None


class TextRun(msgspec.Struct, eq=False):
    """A text node of the page, from character `start` of the text stream; each line has an item of its own."""

    start: int
    items: list[ContentItem] = []


class Tag(msgspec.Struct, eq=False):
    """A structure element. `attributes` has the attributes of each owner, such as Layout; `id` is unique in the file.

    `actual_text` is set if the glyphs are drawn in another order than the characters of the text. A link has
    `annotations`, each as (page from 0, link annotation); `contents` is the text of each. `refs` are the tags that this
    one refers to: a note refers to its call. `object_number` is 0 until the tag is written.
    """

    role: str
    kids: list[Tag | TextRun | ContentItem] = []
    lang: str | None = None
    alt: str | None = None
    actual_text: str | None = None
    id: str | None = None
    attributes: dict[str, Attributes] = {}
    contents: str | None = None
    annotations: list[tuple[int, pydyf.Dictionary]] = []
    refs: list[Tag] = []
    object_number: int = 0

    def add(self, role: str, lang: str | None = None) -> Tag:
        """Append a tag to the kids of this one and return it."""
        tag = Tag(role, lang=lang)
        self.kids.append(tag)
        return tag

    def content_items(self) -> Iterator[ContentItem]:
        """Yield the content directly in this tag, in reading order."""
        for kid in self.kids:
            if isinstance(kid, ContentItem):
                yield kid
            elif isinstance(kid, TextRun):
                yield from kid.items
