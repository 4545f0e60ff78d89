"""Finds text that the page strikes out by an element around blocks, or by a style.

Inlines are read from `s`, `del` and `strike` within a line (see `inlines.py`). In any other struck element, each run of
inline content is put into an `s` element of its own. Images stay outside, since they become blocks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice

from bs4 import Tag
from bs4.element import PageElement

from readout_pub.extract.blocks import one_line
from readout_pub.extract.exclusions import CSS_COMMENT, declarations
from readout_pub.extract.inline_styles import STRIKING_WORD, strikes_out
from readout_pub.extract.tree import SelectorIndex
from readout_pub.html_elements import BLOCKS, STRUCK
from readout_pub.model import Inlines, Paragraph, Struck, inline_nodes, plain_text
from readout_pub.notes import Note, note, shorten_quote
from readout_pub.sources.lxml_elements import LxmlElement

_STRUCK = ", ".join(sorted(STRUCK))
_STRUCK_CODE = ", ".join(f"{code} {struck}" for code in ("code", "pre") for struck in sorted(STRUCK))
_BLOCKS = sorted(BLOCKS | {"img"})  # bs4 takes a list
_WHOLE = frozenset("code kbd samp tt math ruby".split())
"""Inline elements that are read as a whole: an `s` inside would be lost, or would part a base text from its reading."""

_UNCONDITIONAL = re.compile(r"@(?:media\s++(?:screen|all)|layer(?:\s++[\w.-]++)?)\s*+\{", re.IGNORECASE)
"""The start of a group of rules that apply wherever the page is shown."""

_CLASS = re.compile(r"[a-z0-9]*+\.[\w-]++", re.IGNORECASE)
"""The only selectors of style sheets that are read: word processors and editors write ".c3" and "span.c3"."""

_MAX_SELECTORS = 100
"""How many selectors of one page are tried; further ones are ignored."""

_MAX_LINES, _MAX_TEXTS = 100, 100
"""How many struck lines of a page are compared with its fields, and how many text nodes of each. Fields are short."""


def mark_struck_text(index: SelectorIndex, style_sheets: Iterable[str]) -> None:
    """Put each struck line of the index that is not yet in an `s`, `del` or `strike` into an `s` element."""
    by_style = {id(tag): tag for selector in _struck_selectors(style_sheets) for tag in index.select(selector)}

    def is_struck(tag: Tag) -> bool:
        style = str(tag.get("style") or "")
        by_class = id(tag) in by_style and "text-decoration" not in style.lower()
        return tag.name in STRUCK or by_class or strikes_out(style)

    candidates = (*index.select(_STRUCK), *index.with_attributes("style"), *by_style.values())
    for element in filter(is_struck, {id(tag): tag for tag in candidates}.values()):
        is_within_line = element.name in STRUCK and not _holds_block(element)
        if is_within_line or any(map(is_struck, element.parents)):
            continue
        if element.name in _WHOLE:
            element.wrap(Tag(name="s"))
        else:
            _mark_lines(element)


def struck_lines(root: LxmlElement, markup: str) -> tuple[tuple[str, str], ...]:
    """Return the text of each short line in which an element strikes out text, and the struck text.

    Styles are read only if the markup of the page has the word for struck text: this halves the time.
    """
    styled = root.iterfind(".//*[@style]") if STRIKING_WORD in markup else ()
    struck = (*root.iter(*STRUCK), *styled)
    return tuple(islice(filter(all, map(_line_and_struck_text, struck)), _MAX_LINES))


def _line_and_struck_text(element: LxmlElement) -> tuple[str, str]:
    """Return the line of an element and the text of the element, if it is struck and the line is short; else ""."""
    if element.tag not in STRUCK and not strikes_out(element.get("style", "")):
        return "", ""
    block = next((each for each in (element, *element.iterancestors()) if each.tag in BLOCKS), element)
    return _start_of_text(block), _start_of_text(element)


def _start_of_text(element: LxmlElement) -> str:
    return " ".join("".join(map(str, islice(element.itertext(), _MAX_TEXTS))).split())


def notes_on_struck_fields(
    lines: Sequence[tuple[str, str]], title: Inlines, series: str | None, byline: str | None
) -> Iterator[Note]:
    """Yield a note for each of these fields that has struck words as plain text; `lines` are those of `struck_lines`.

    A title may mark its struck words.
    """
    is_marked = any(isinstance(each, Struck) for each in inline_nodes((Paragraph(title),)))
    fields = {"title": None if is_marked else plain_text(title), "series line": series, "byline": byline}
    for name, text in fields.items():
        struck = [struck for line, struck in lines if text and (text in struck or (struck in text and text in line))]
        if struck:
            yield note("STRUCK_UNMARKED", place=name, quoted=shorten_quote(", ".join(dict.fromkeys(struck))))


def note_on_struck_code(index: SelectorIndex) -> Iterator[Note]:
    """Yield a note if code has struck words: it is plain text."""
    struck = filter(None, map(one_line, index.select(_STRUCK_CODE)))
    if words := list(dict.fromkeys(struck)):
        yield note("STRUCK_UNMARKED", place="code", quoted=shorten_quote(", ".join(words)))


def _struck_selectors(style_sheets: Iterable[str]) -> Iterator[str]:
    """Yield the selectors of `_CLASS` that strike out text; the last declaration for a selector decides.

    Rules within other rules and under conditions are ignored: they concern print or narrow screens, or elements below a
    pointer.
    """
    decorations: dict[str, str] = {}
    for sheet in style_sheets:
        if "line-through" in sheet.lower():
            rules = _UNCONDITIONAL.sub("", CSS_COMMENT.sub(" ", sheet))  # a `}` that closes nothing is skipped
            for selectors, name, value in declarations(rules, nested=False):
                if name.startswith("text-decoration"):
                    decorations |= dict.fromkeys(map(str.strip, selectors.split(",")), f"{name}:{value}")
    struck = [each for each, decoration in decorations.items() if _CLASS.fullmatch(each) and strikes_out(decoration)]
    yield from struck[:_MAX_SELECTORS]


def _mark_lines(element: Tag) -> None:
    """Put each run of inline content in `element` into an `s` element."""
    waiting = [element]
    while waiting:
        for is_block, nodes in groupby(list(waiting.pop().children), _holds_block):
            run = list(nodes)
            if is_block:
                waiting += [node for node in run if isinstance(node, Tag)]
            elif any(node.get_text(strip=True) for node in run):
                run[0].insert_before(line := Tag(name="s"))
                line.extend(run)


def _holds_block(node: PageElement) -> bool:
    """Return whether `node` is a block element or an image, or has one inside."""
    return isinstance(node, Tag) and (node.name in _BLOCKS or node.find(_BLOCKS) is not None)
