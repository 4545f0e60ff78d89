"""Limits the depth of the structure tree: programs that read PDF do not find content in deeply nested tags."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readout_pub.emit.pdf.tags.roles import BLOCK_ROLES, CONTAINER_ROLES, GROUPING_ROLES, INLINE_GROUPING_ROLES
from readout_pub.emit.pdf.tags.tree import Tag

if TYPE_CHECKING:
    from collections.abc import Iterable

    from readout_pub.emit.pdf.tags.tree import ContentItem, TextRun

MAX_TAG_DEPTH = 33
"""Content may be in at most this many nested tags. From the content, PDFium (in Chrome) follows only so many parents.

PDFium finds deeper content only if tags around that content have other content on the same page. A page that begins
with deeper content loses words.
"""

_RAISED_DEPTH = 24
"""From this level on, groups in a container, such as a cell, are removed if content below is nested too deep.

A cell is up to 4 levels below the container around its table. The levels below the cell are left for photos and
inlines.
"""

_RAISED_INLINE_DEPTH = 29
"""From this level on, emphasis is removed if content below is nested too deep. Links and ruby stay."""


def limit_depth(root: Tag) -> bool:
    """Remove groups, such as quotes and lists, and emphasis that are nested too deep; return whether there were any.

    Their content stays, in its order, in the tag around them. Content outside of a paragraph gets a tag P.

    LBody                              LBody
      L                                  P
        LI                                 Lbl  (1)
          Lbl  (1)               →       P   Trade
          LBody
            P  Trade
    """
    return _limit_depth(root, 1)


def _limit_depth(tag: Tag, depth: int) -> bool:
    """Limit the tags below `tag`, which is on level `depth`; return whether any of them changed."""
    if depth >= _RAISED_DEPTH and tag.role in CONTAINER_ROLES:
        if depth + _levels(tag.kids) <= MAX_TAG_DEPTH:
            return False
        tag.kids = _without_groups(tag)
        for kid in tag.kids:
            if isinstance(kid, Tag):
                _limit_depth(kid, depth + 1)
        return True
    if depth >= _RAISED_INLINE_DEPTH and depth + _levels(tag.kids) > MAX_TAG_DEPTH:
        tag.kids = _without_emphasis(tag)
        return True
    changed = False
    for kid in tag.kids:
        if isinstance(kid, Tag) and _limit_depth(kid, depth + 1):
            changed = True
    return changed


def _levels(kids: Iterable[Tag | TextRun | ContentItem]) -> int:
    """Return how many levels of tags `kids` have."""
    return max((1 + _levels(kid.kids) for kid in kids if isinstance(kid, Tag)), default=0)


def _without_groups(tag: Tag) -> list[Tag | TextRun | ContentItem]:
    """Return the blocks in `tag` and in the groups below it; each run of other content becomes a P."""
    blocks: list[Tag | TextRun | ContentItem] = []

    def collect(group: Tag, lang: str | None) -> None:
        paragraph: Tag | None = None
        for kid in group.kids:
            if isinstance(kid, Tag) and kid.role in BLOCK_ROLES:
                paragraph = None
                if kid.role in GROUPING_ROLES and not _has_caption_of_photos(kid):
                    collect(kid, kid.lang or lang)
                else:
                    kid.lang = kid.lang or lang
                    blocks.append(kid)
                continue
            if paragraph is None:
                paragraph = Tag("P", lang=lang)
                blocks.append(paragraph)
            paragraph.kids.append(kid)

    collect(tag, None)
    return blocks


def _has_caption_of_photos(tag: Tag) -> bool:
    """Return whether `tag` is several photos with one caption, which stay together."""
    return tag.role == "Sect" and any(isinstance(kid, Tag) and kid.role == "Caption" for kid in tag.kids)


def _without_emphasis(tag: Tag) -> list[Tag | TextRun | ContentItem]:
    """Return the content of `tag` without emphasis; text in another language gets a Span of its own."""
    kids: list[Tag | TextRun | ContentItem] = []

    def collect(outer: Tag, lang: str | None) -> None:
        for kid in outer.kids:
            if not isinstance(kid, Tag):
                kids.append(Tag("Span", [kid], lang=lang) if lang else kid)
            elif kid.role in INLINE_GROUPING_ROLES and not kid.actual_text:
                collect(kid, kid.lang or lang)
            else:
                kid.lang = kid.lang or lang
                kid.kids = _without_emphasis(kid)
                kids.append(kid)

    collect(tag, None)
    return kids
