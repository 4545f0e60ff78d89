"""HTML and XHTML: blocks as a browser breaks them, with the numbers that an ordered list shows.

Style sheets are not read: what a page shows without them is what every reader gets.
"""

from __future__ import annotations

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PreformattedString

from benchmarks.readback.lines import BREAK, Lines
from benchmarks.readback.numerals import NUMERALS

_BLOCKS = """address article aside blockquote body caption dd details div dl dt fieldset figcaption figure footer form
    h1 h2 h3 h4 h5 h6 header hr li main ol p pre section summary table tbody td tfoot th thead tr ul"""

BLOCKS = frozenset(_BLOCKS.split())
"""Elements that begin and end a line."""

UNREAD = frozenset({"head", "nav", "script", "style", "svg", "template"})
"""Elements whose text is not shown, or is no part of the document."""

LIST_TYPES = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
"""The `type` of an ordered list and what its numbers look like."""


def read(data: bytes) -> tuple[str, ...]:
    """Return the paragraphs of a page."""
    lines = Lines()
    write(BeautifulSoup(data.decode("utf-8"), "lxml"), lines)
    return lines.close()


def write(element: Tag, lines: Lines) -> None:
    """Add what `element` shows to `lines`."""
    if element.name in UNREAD or element.has_attr("hidden") or _leads_about(element):
        return
    if element.name == "br":
        lines.write(BREAK)
    if element.name in BLOCKS:
        lines.end()
    if element.name == "li":
        lines.label(_number(element))
    for child in element.children:
        if isinstance(child, Tag):
            write(child, lines)
        elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString):  # no comment
            lines.write(child.replace("\n", " "))
    if element.name in BLOCKS:
        lines.end()


def _leads_about(element: Tag) -> bool:
    """Tell a way through the page, as `nav` is one: a skip link, or the arrow from a note back to its call."""
    skips = element.parent is not None and element.parent.name == "body" and str(element.get("href")).startswith("#")
    return element.name == "a" and (skips or element.get("role") == "doc-backlink")


def _number(item: Tag) -> str:
    """Return the number that a browser draws before `item`; an empty string where it draws a bullet."""
    parent = item.parent
    if parent is None or parent.name != "ol":
        return ""
    items = parent.find_all("li", recursive=False)
    step = -1 if parent.has_attr("reversed") else 1
    number = int(str(parent.get("start") or (len(items) if step < 0 else 1)))
    for sibling in items:
        number = int(str(sibling.get("value") or number))
        if sibling is item:
            break
        number += step
    return f"{NUMERALS[LIST_TYPES.get(str(parent.get('type')), 'decimal')](number)}."
