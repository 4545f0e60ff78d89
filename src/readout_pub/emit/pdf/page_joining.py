"""If the last page has no text of the document, moves its content, such as the colophon, to the page before.

That page gets smaller gaps and less space between its lines. Line breaks and earlier pages do not change, so this takes
hardly any time (decision 25).
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import msgspec

from readout_pub.emit.pdf.weasyprint_adapter import BoxKind

if TYPE_CHECKING:
    from readout_pub.emit.pdf.weasyprint_adapter import LayoutBox

AFTER_TEXT = frozenset({"back", "addresses", "colophon"})
"""HTML classes of the elements that follow the text of the document."""

MAX_GAP_CUT = 0.4
"""Share of a gap between paragraphs that can be cut. Chosen by eye."""

TOLERANCE = 0.5
"""CSS pixels by which blocks below each other may overlap: positions are rounded."""


class Shrinkage(msgspec.Struct, frozen=True):
    """The shares by which the gaps of a page and the heights of its lines are cut."""

    gaps: float
    lines: float


def join_last_page(page: LayoutBox, last: LayoutBox, max_line_cut: float) -> bool:
    """Move the content of the page `last` to `page`, the page before it, and cut its gaps and lines to fit.

    `max_line_cut` is the share of the height of a line that can be cut. The pages have no margin boxes yet. Returns
    False, and changes nothing, if `last` has text of the document, if one of the pages has footnotes, if the pages
    differ in width, or if `page` cannot make enough room.
    """
    (root, *notes), (last_root, *last_notes) = page.children, last.children
    _, top, width, height = page.content_area
    if any(any(area.children) for area in (*notes, *last_notes)) or last.content_area[2] != width:
        return False
    moves = _moves(last_root, root)
    if moves is None:
        return False
    gaps_above = [part.margin_above for part, _ in moves]
    end = _end(root, last_root)
    missing = _bottom_edge(end) + sum(gaps_above) + sum(part.border_area[3] for part, _ in moves) - (top + height)
    gaps, lines = _spaces(root)
    possible = MAX_GAP_CUT * (gaps + sum(gaps_above)) + max_line_cut * lines
    if missing > possible:
        return False
    share = missing / possible if missing > 0 else 0.0
    cut = Shrinkage(MAX_GAP_CUT * share, max_line_cut * share)
    _close_up(root, cut)
    for (part, parent), gap in zip(moves, gaps_above, strict=True):
        part.move_down(_bottom_edge(end) + gap * (1 - cut.gaps) - _top_edge(part))
        parent.append(part)
        end = part
    return True


def _moves(last: LayoutBox, page: LayoutBox) -> list[tuple[LayoutBox, LayoutBox]] | None:
    """Return each box of `last` with a class of `AFTER_TEXT`, and the part of its parent on `page`, to which it moves.

    Returns None if `last` has anything else.
    """
    moves: list[tuple[LayoutBox, LayoutBox]] = []
    for child in last.children:
        before = _continued(page, child)
        within = _moves(child, before) if before else None
        if _is_after_text(child):
            moves.append((child, page))
        elif within is None:
            return None
        else:
            moves += within
    return moves


def _end(page: LayoutBox, last: LayoutBox) -> LayoutBox:
    """Return the last box of `page` that does not continue in `last`; the boxes of `last` go below it."""
    for child in last.children:
        if before := _continued(page, child):
            return _end(before, child)
    flow = _flow(page)
    return flow[-1] if flow else page


def _continued(page: LayoutBox, box: LayoutBox) -> LayoutBox | None:
    """Return the last block of `page` if `box` continues it on the next page; else None."""
    end = _flow(page)[-1:]
    continues = end and box.is_block and not _is_after_text(box) and box.element is end[0].element
    return end[0] if continues else None


def _is_after_text(box: LayoutBox) -> bool:
    return not box.classes.isdisjoint(AFTER_TEXT)


def _flow(box: LayoutBox) -> list[LayoutBox]:
    """Return the blocks or lines of `box` if they stand below each other; none for tables, columns and floats."""
    if not box.is_block:
        return []
    flow = [child for child in box.children if child.is_in_flow]
    below = all(_bottom_edge(one) <= _top_edge(other) + TOLERANCE for one, other in pairwise(flow))
    return flow if below else []


def _top_edge(box: LayoutBox) -> float:
    return box.border_area[1]


def _bottom_edge(box: LayoutBox) -> float:
    _, top, _, height = box.border_area
    return top + height


def _gaps(flow: list[LayoutBox]) -> list[float]:
    """Return the height of the gap below each of the boxes; zero below the last."""
    gaps = [max(0.0, _top_edge(below) - _bottom_edge(above)) for above, below in pairwise(flow)]
    return [*gaps, 0.0] if flow else []


def _spaces(box: LayoutBox) -> tuple[float, float]:
    """Return the height of all gaps in `box`, and that of all its lines of text."""
    if _is_text_line(box):
        return 0.0, box.border_area[3]
    flow = _flow(box)
    within = [_spaces(child) for child in flow]
    return sum(_gaps(flow)) + sum(gaps for gaps, _ in within), sum(lines for _, lines in within)


def _is_text_line(box: LayoutBox) -> bool:
    """Return whether `box` is a line without images and boxes of several lines."""
    return box.is_line and not any(each.kind is BoxKind.IMAGE or each.is_block for each in box.descendants())


def _close_up(box: LayoutBox, cut: Shrinkage) -> float:
    """Move what is in `box` closer together; return by how many CSS pixels it shrinks."""
    if _is_text_line(box):
        return box.border_area[3] * cut.lines
    flow = _flow(box)
    below = dict(zip(flow, _gaps(flow), strict=True))
    saved = 0.0
    for child in box.children if flow else ():
        child.move_down(-saved)
        if child in below:
            saved += _close_up(child, cut) + below[child] * cut.gaps
    box.shorten(saved)
    return saved
