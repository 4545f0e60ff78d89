"""Reads HTML and XHTML: one line for each block of text, with the numbers of ordered lists.

Style sheets are ignored: not every reader applies them.
"""

from __future__ import annotations

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PreformattedString

from benchmarks.readback.lines import BREAK, Lines
from benchmarks.readback.numerals import NUMERALS

_BLOCKS = """address article aside blockquote body caption dd details div dl dt fieldset figcaption figure footer form
    h1 h2 h3 h4 h5 h6 header hr li main ol p pre section summary table tbody td tfoot th thead tr ul"""

BLOCKS = frozenset(_BLOCKS.split())
"""Elements before and after which a browser breaks the line."""

SKIPPED = frozenset({"head", "nav", "script", "style", "svg", "template"})
"""Elements whose text is not displayed or not part of the document."""

LIST_TYPES = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
"""`type` of an ordered list → the CSS name of its number format."""


def read(data: bytes) -> tuple[str, ...]:
    """Return the paragraphs of a page."""
    lines = Lines()
    write(BeautifulSoup(data.decode("utf-8"), "lxml"), lines)
    return lines.close()


def write(element: Tag, lines: Lines) -> None:
    """Add the displayed text of `element` to `lines`."""
    if element.name in SKIPPED or element.has_attr("hidden") or _is_navigation(element):
        return
    if element.name == "br":
        lines.write(BREAK)
    if element.name in BLOCKS:
        lines.end()
    if element.name == "li":
        lines.label(_list_number(element))
    for child in element.children:
        if isinstance(child, Tag):
            write(child, lines)
        elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
            # A `PreformattedString` is a comment or the like.
            lines.write(child.replace("\n", " "))
    if element.name in BLOCKS:
        lines.end()


def _is_navigation(element: Tag) -> bool:
    """Return whether `element` is a skip link, or a link from a note back to its reference."""
    skips = element.parent is not None and element.parent.name == "body" and str(element.get("href")).startswith("#")
    return element.name == "a" and (skips or element.get("role") == "doc-backlink")


def _list_number(item: Tag) -> str:
    """Return the number that a browser shows before `item`; an empty string if it shows a bullet."""
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
