"""Adjusts laid-out pages that break badly: marks elements with classes, and lays the pages out again.

`styles/pdf.css` has a rule for each class. Most documents are laid out once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

import msgspec

from readout_pub.emit.pdf.page_joining import AFTER_TEXT
from readout_pub.emit.pdf.table_parts import split_by_columns
from readout_pub.emit.pdf.weasyprint_adapter import BoxKind, LayoutBox

if TYPE_CHECKING:
    from readout_pub.emit.pdf.weasyprint_adapter import TaggedDocument

Render = Callable[[], "TaggedDocument"]
"""Lays out the pages of the HTML tree in its current state."""

UNREPEATED = "once"
"""Class of a table header that is not repeated on each page."""

TIGHT = "tight"
"""Class of the root if tighter pages make the last page unnecessary.

In most themes, the type then has 95 % of its size; leading and gaps are smaller.
"""

JOINED = "joined"
"""Class of a title with a line that is too long for the page: its line breaks are shown as spaces."""

KEPT = "kept"
"""Class of the last paragraphs, which go to the last page with the link back and the colophon."""

DENSE, WIDE, BREAKABLE = "dense", "wide", "breakable"
"""Classes of a table that is too wide: smaller type and tighter cells; a landscape page; words that break anywhere."""

MIN_LINES = 4
"""A last page with fewer lines of text is avoided if tighter pages have room for it."""

TIGHT_GAIN = 0.13
"""Share of a page's height that tight pages save: 5 % by smaller type, 6 % by less leading, the rest by smaller gaps.

Measured on the text pages of the samples: 0.11 to 0.14.
"""

DENSE_GAIN = 1.2
"""A dense table has room for 1.2 times as many columns of numbers as other tables."""

MAX_RELAYOUTS = 4
"""At most this many further layouts before those of the last page, one for each step of a table: smaller type, a
landscape page, a split, broken words.
"""

TOLERANCE = 0.5
"""CSS pixels by which a box may exceed its container: widths are rounded."""


def fitted_pages(html: Element, render: Render) -> TaggedDocument:
    """Return the pages of `html` after all adjustments, which change its classes, spaces and tables."""
    document = render()
    adjustments = (_fill_short_lines, _join_title_lines, _show_tall_headers, _narrow_tables)
    for _ in range(MAX_RELAYOUTS):
        changes = [adjust(html, document) for adjust in adjustments]
        if not any(changes):
            break
        document = render()
    return _without_tail_page(html, document, render)


def overfull_pages(document: TaggedDocument) -> tuple[int, ...]:
    """Return the numbers of the pages on which text or a photo reaches over the edge of the paper."""
    return tuple(
        number
        for number, (page, box) in enumerate(zip(document.pages, document.page_boxes(), strict=True), start=1)
        if any(_is_cut(each, page.width, page.height) for each in box.content())
    )


def _is_cut(box: LayoutBox, page_width: float, page_height: float) -> bool:
    if box.kind not in {BoxKind.TEXT, BoxKind.IMAGE}:
        return False
    left, top, width, height = box.content_area
    return min(left, top, page_width - left - width, page_height - top - height) < -TOLERANCE


# --- Lines


def _fill_short_lines(html: Element, document: TaggedDocument) -> bool:
    """Put spaces into `span` elements where a line ends too early; return whether there were such spaces.

    If the space after the words before an inline element does not fit on a line, Pango puts only the first of these
    words there, even if the space is no-break. With the space as an element, Pango fills the line.
    """
    broken = {each for page in document.page_boxes() for each in _elements_with_short_lines(page)}
    separated = [_separate_spaces(element) for element in html.iter() if element in broken]
    return any(separated)


def _elements_with_short_lines(box: LayoutBox) -> Iterator[Element]:
    """Yield each element in `box` with a line that ends after one word, although the next words fit."""
    *_, room, _ = box.content_area
    children = [child for child in box.children if child.kind not in {BoxKind.TEXT, BoxKind.MARGIN}]
    lines = [(child.content_area[2], _texts_of(child)) for child in children if child.is_line]
    for (width, texts), (_, following) in pairwise(lines):
        if texts and following and _continues(texts[-1], following[0]):
            *_, more, _ = following[0].content_area
            if width + more <= room:
                yield texts[-1].element
    for child in children:
        yield from _elements_with_short_lines(child)


def _continues(word: LayoutBox, text: LayoutBox) -> bool:
    """Return whether `word` is a single word, and `text` follows in the same element, without a tag between."""
    if word.element is not text.element or " " in word.text.strip():
        return False
    element = word.element
    whole = f"{word.text.strip()} {text.text.strip()}"
    return any(whole in (each or "") for each in (element.text, *(child.tail for child in element)))


def _texts_of(line: LayoutBox) -> list[LayoutBox]:
    return [each for each in line.content() if each.kind is BoxKind.TEXT]


def _separate_spaces(element: Element) -> bool:
    """Put each space before an inline element of `element` into an element of its own; return whether there are any."""
    count = len(element)
    for index in reversed(range(count)):
        before = element[index - 1] if index else None
        text = (element.text if before is None else before.tail) or ""
        if not text[-1:].isspace() or text.isspace() or element[index].tag == "br":
            continue
        if before is None:
            element.text = text[:-1]
        else:
            before.tail = text[:-1]
        space = Element("span")
        space.text = text[-1]
        element.insert(index, space)
    return len(element) > count


# --- The title


def _join_title_lines(html: Element, document: TaggedDocument) -> bool:
    """Mark a title with line breaks if one of its lines is too long and breaks again; return whether it is marked.

    Its `br` elements are for wider lines: here they would leave a few words alone on a line.
    """
    title = html.find(".//h1")
    breaks = 0 if title is None else sum(1 for _ in title.iter("br"))
    if title is None or not breaks or title.get("class"):
        return False
    first, *_ = document.page_boxes()
    if sum(box.is_line and box.element is title for box in first.descendants()) <= breaks + 1:
        return False
    title.set("class", JOINED)
    return True


# --- Table headers


def _show_tall_headers(html: Element, document: TaggedDocument) -> bool:
    """Mark the table headers that no page shows; return whether there are any.

    WeasyPrint drops a header that leaves no space for a row.
    """
    headers = list(html.iter("thead"))
    if not headers:
        return False
    shown = {box.element for page in document.page_boxes() for box in page.descendants() if box.is_thead}
    dropped = [header for header in headers if header not in shown]
    for header in dropped:
        header.set("class", UNREPEATED)
    return bool(dropped)


# --- Tables


def _narrow_tables(html: Element, document: TaggedDocument) -> bool:
    """Change each table that is wider than its container; return whether one was changed."""
    if html.find(".//table") is None:
        return False
    wide: dict[Element, list[LayoutBox]] = {}
    rooms: dict[Element, float] = {}
    for box, room in (each for page in document.page_boxes() for each in _wide_tables(page)):
        wide.setdefault(box.element, []).append(box)
        rooms[box.element] = room
    if not wide:
        return False
    parents = {child: parent for parent in html.iter() for child in parent}
    changed = [_narrow(boxes, rooms[table], parents) for table, boxes in wide.items()]
    return any(changed)


def _wide_tables(box: LayoutBox) -> Iterator[tuple[LayoutBox, float]]:
    """Yield each table in `box` that is wider than its container, and the container's width."""
    for child in box.children:
        if child.is_table:
            _, _, room, _ = box.content_area
            _, _, width, _ = child.border_area
            if width > room + TOLERANCE:
                yield child, room
        yield from _wide_tables(child)


def _narrow(boxes: list[LayoutBox], room: float, parents: dict[Element, Element]) -> bool:
    """Take the next measure for a table that is wider than `room`; return False if all have been taken.

    `boxes` are those of the table, one on each page.
    """
    table, (_, _, width, _) = boxes[0].element, boxes[0].border_area
    classes = table.get("class", "").split()
    if DENSE not in classes:
        new = [DENSE] if width <= DENSE_GAIN * room else [DENSE, WIDE]
    elif WIDE not in classes:
        new = [WIDE]
    elif _split(boxes, room, parents):
        return True
    elif BREAKABLE not in classes:
        new = [BREAKABLE]
    else:
        return False
    table.set("class", " ".join([*classes, *new]))
    if WIDE in new:
        _turn_page(table, parents)
    return True


def _split(boxes: list[LayoutBox], room: float, parents: dict[Element, Element]) -> bool:
    """Replace a table by parts, each with some of its columns; return False if the table cannot be split."""
    table = boxes[0].element
    # A column may have a single cell, which spans many rows and begins on any page.
    widths = {cell.element: cell.border_area[2] for box in boxes for cell in box.descendants() if cell.is_cell}
    parts = split_by_columns(table, widths, room)
    if len(parts) < 2:
        return False
    parent = parents[table]
    index = list(parent).index(table)
    parent.remove(table)
    for offset, part in enumerate(parts):
        parent.insert(index + offset, part)
    return True


def _turn_page(table: Element, parents: dict[Element, Element]) -> None:
    """Put a table on a landscape page, with its heading if nothing else precedes the table."""
    parent = parents[table]
    index = list(parent).index(table)
    parent.remove(table)
    container = Element("div", {"class": WIDE})
    container.append(table)
    container.tail, table.tail = table.tail, None
    parent.insert(index, container)
    if index == 1 and _is_heading(parent[0]):
        parent[0].set("class", WIDE)


def _is_heading(element: Element) -> bool:
    return element.tag in {"h2", "h3", "h4", "h5", "h6"}


# --- The last page


class LastPage(msgspec.Struct, frozen=True):
    """The last page: how many lines of text it has, and the share of a page's height that its content takes."""

    lines: int
    share: float


def last_page(document: TaggedDocument) -> LastPage:
    """Return what is on the last page. An image in a line counts as a line; lines of `AFTER_TEXT` do not count."""
    *_, page = document.page_boxes()
    _, top, _, height = page.content_area
    bottoms = [top]
    lines = sum(1 for _ in _text_lines(page, bottoms))
    return LastPage(lines, (max(bottoms) - top) / height)


def _text_lines(box: LayoutBox, bottoms: list[float], *, counts: bool = True) -> Iterator[LayoutBox]:
    """Yield the lines of text in `box`; add the lower edge of every line, even in `AFTER_TEXT`, to `bottoms`."""
    for child in box.children:
        if child.kind is BoxKind.MARGIN:
            continue
        is_text = counts and child.classes.isdisjoint(AFTER_TEXT)
        if child.is_line:
            _, top, _, height = child.content_area
            bottoms.append(top + height)
            if is_text:
                yield child
        else:
            yield from _text_lines(child, bottoms, counts=is_text)


def _without_tail_page(html: Element, document: TaggedDocument, render: Render) -> TaggedDocument:
    """Return the pages, if possible without a nearly empty last page.

    Tight pages may have room for its lines. Otherwise the last paragraphs move to it if it has at most one line.
    """
    earlier = len(document.pages) - 1
    last = last_page(document)
    if not earlier or last.lines >= MIN_LINES:
        return document
    if last.share <= earlier * TIGHT_GAIN:
        html.set("class", TIGHT)
        tight = render()
        if len(tight.pages) <= earlier:
            return tight
    if last.lines > 1:
        return document
    html.set("class", "")
    _keep_last_lines(document)
    return render()


def _keep_last_lines(document: TaggedDocument) -> None:
    """Mark as many of the last paragraphs as are needed for `MIN_LINES` lines."""
    lines = Counter(line.element for page in document.page_boxes() for line in _text_lines(page, []))
    kept = 0
    for element, count in reversed(lines.items()):
        if kept >= MIN_LINES:
            break
        element.set("class", f"{element.get('class', '')} {KEPT}".strip())
        kept += count
