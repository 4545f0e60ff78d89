"""Turns listings of program code into `pre` elements with one line of text per line of code, and no line numbers.

Programs that highlight syntax make a table with a column of line numbers, write a number before each line, or put each
line into a block. This module changes the lxml tree, which profiles and the generic extraction both read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from readout_pub.html_elements import BLOCKS
from readout_pub.sources.lxml_elements import LxmlElement, has_more_children, text_of_element

_NUMBERS = re.compile(
    r"(?<![\w-])(?:line-?nos?|linenos?div|line-?numbers?(?:-rows)?|lnt?|lnos?|gutter|gl|blob-num|js-line-number"
    r"|hljs-ln-(?:numbers|n)|rouge-gutter|react-syntax-highlighter-line-number|CodeMirror-linenumber)(?![\w-])"
)
"""Classes of line numbers: Pygments, Rouge, Hugo, Prism, highlight.js, SyntaxHighlighter, GitHub, CodeMirror,
react-syntax-highlighter.
"""

_LISTING = re.compile(
    r"(?<![\w-])(?:highlight(?:table)?|rouge-table|hljs-ln|syntaxhighlighter|js-file-line-container|blob-wrapper"
    r"|lntable|code-?table|crayon-table)(?![\w-])"
)
"""Classes of a table that contains a listing, or of an element around such a table."""

_LINE = re.compile(r"(?<![\w-])(?:line|cl|code-line|view-line|crayon-line|blob-code(?:-inner)?|hljs-ln-code)(?![\w-])")
"""Classes of a `span` that is one line of a listing."""

_NOT_IN_CODE = ("img", "figure", "picture", "math", "ul", "ol", "dl", "h1", "h2", "h3", "p", "blockquote")
"""Elements that no listing contains: those of running text, images and formulas."""

_DIGITS = re.compile(r"[\d\s.:|]*")


def unify_listings(root: LxmlElement) -> None:
    """Turn the listings below `root` into `pre` elements with their lines, and remove the line numbers."""
    for table in list(root.iter("table")):
        if _is_listing(table):
            _replace(table, "\n".join(_lines_of_table(table)))
    for holder in list(root.iter("pre", "code")):
        if holder.tag == "pre" and holder.getparent() is not None and _has_numbers_or_blocks(holder):
            _replace(holder, _text_of_lines(holder))
        elif holder.tag == "code" and _is_block_of_code(holder):
            holder.tag = "pre"


def _classes(element: LxmlElement) -> str:
    return element.get("class") or ""


def _is_number(element: LxmlElement) -> bool:
    return bool(_NUMBERS.search(_classes(element))) and bool(_DIGITS.fullmatch("".join(map(str, element.itertext()))))


def _is_listing(table: LxmlElement) -> bool:
    """Return whether a table contains a listing.

    Such a table has cells with line numbers. In addition, one of its cells contains `pre` or `code`, or a class of
    `_LISTING` is on the table or on a `div` or `figure` around it.
    """
    if table.getparent() is None or next(table.iter(*_NOT_IN_CODE), None) is not None:
        return False
    cells = list(table.iter("td"))
    named = any(_LISTING.search(_classes(each)) for each in (table, *table.iterancestors("div", "figure")))
    has_numbers = any(_is_number(cell) for cell in cells)
    return has_numbers and (named or any(next(cell.iter("pre", "code"), None) is not None for cell in cells))


def _lines_of_table(table: LxmlElement) -> Iterator[str]:
    """Yield the lines of each row, without line numbers."""
    for row in table.iter("tr"):
        cells = [cell for cell in row.iterchildren("td") if not _is_number(cell)]
        if cells:
            yield "".join(map(_text_of_lines, cells)).strip("\n")


def _has_numbers_or_blocks(pre: LxmlElement) -> bool:
    """Return whether a `pre` has line numbers or blocks inside, and no elements of running text."""
    return next(pre.iter(*_NOT_IN_CODE), None) is None and any(
        _is_number(each) or each.tag in BLOCKS for each in pre.iterdescendants()
    )


def _text_of_lines(holder: LxmlElement) -> str:
    """Return the text of a listing, with a line break at the end of each block and for each `br`."""
    parts: list[str] = []
    in_pre = holder.tag == "pre" or next(holder.iter("pre"), None) is not None
    _collect(holder, parts, keeps_breaks=in_pre or next(holder.iter(*BLOCKS - {"td", "pre"}), None) is None)
    return "".join(parts).replace("\xa0", " ")


def _collect(element: LxmlElement, parts: list[str], *, keeps_breaks: bool) -> None:
    """Append the text of an element to `parts`, without line numbers, and with a line break after each line.

    Unless `keeps_breaks`, text that consists of spaces and line breaks is left out.
    """

    def add(text: str | None) -> None:
        if text and (keeps_breaks or text.strip(" \t\r\n\f")):
            parts.append(text)

    add(element.text)
    for child in element:
        if child.tag == "br":
            parts.append("\n")
        elif not _is_number(child):
            _collect(child, parts, keeps_breaks=keeps_breaks)
            is_line = (
                child.tag in BLOCKS
                or child.tag == "tr"
                or (child.tag == "span" and _LINE.search(_classes(child)) and _displays_block(child))
            )
            if is_line and not "".join(parts[-1:]).endswith("\n"):
                parts.append("\n")
        add(child.tail)


def _displays_block(element: LxmlElement) -> bool:
    return "block" in (element.get("style") or "")


def _is_block_of_code(code: LxmlElement) -> bool:
    """Return whether a `code` outside of `pre` is the only content of its block and has several lines."""
    parent = code.getparent()
    if parent is None or parent.tag not in {"p", "div", "td", "li", "dd", "figure"} or code.find(".//br") is None:
        return False
    return not has_more_children(parent, 1) and text_of_element(parent) == text_of_element(code)


def _replace(element: LxmlElement, text: str) -> None:
    """Replace an element, or the outermost `pre` or `code` around it, by a `pre` with `text`."""
    target = element
    for around in element.iterancestors("pre", "code"):
        target = around
    made = etree.Element("pre")
    if identifier := target.get("id"):
        made.set("id", identifier)
    made.text, made.tail = f"\n{text.strip(chr(10))}", target.tail
    parent = target.getparent()
    if parent is not None:
        parent.replace(target, made)
