"""Inline markup → inlines, with white space as a browser would show it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from urllib.parse import urljoin, urlsplit

import msgspec
from bs4 import Tag
from bs4.element import CData, NavigableString, PageElement, PreformattedString

from readout_pub.extract.anchors import place_of_link
from readout_pub.extract.language import declared_language
from readout_pub.html_elements import BLOCKS, NOT_INLINE
from readout_pub.model import (
    Code,
    Direction,
    Emphasis,
    Inline,
    Inlines,
    LineBreak,
    Link,
    NoteRef,
    Ruby,
    Span,
    Strong,
    Sub,
    Sup,
    plain,
    trim,
)

_WHITE = re.compile(r"[ \t\n\r\f](?:[ \t\n\r\f]+|(?<! ))")
"""White space that is more than one space."""

_WIDE = "[\u2e80-\u303f\u3041-\u33ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]"
_BROKEN_LINE = re.compile(rf"(?<={_WIDE})[ \t]*\n[ \t\n]*(?={_WIDE})")
"""A line break of the source between two East Asian characters, which parts nothing."""

_INVISIBLE = re.compile("[\u00ad\u200b\ufeff]")
"""Soft hyphens, zero width spaces and stray byte order marks: marks for breaking lines, not words."""

_SAFE_SCHEMES = ("http:", "https:", "mailto:", "tel:", "ftp:")

NoteTargets = dict[str, str]
"""Fragment of a link → id of the footnote it calls."""


class InlineContext(msgspec.Struct, frozen=True):
    """What reading inlines needs to know of the page: the address that links start from, its footnotes, its places."""

    base: str | None = None
    notes: NoteTargets = {}
    places: frozenset[str] = frozenset()


def read_inlines(nodes: Iterable[PageElement], reading: InlineContext) -> Inlines:
    """Read the inline content of `nodes`; runs of white space become one space, none at the ends."""
    return trim(_collapse(_read(nodes, reading)))


def _read(nodes: Iterable[PageElement], reading: InlineContext) -> list[Inline]:
    out: list[Inline] = []
    for node in nodes:
        if isinstance(node, Tag):
            out += _read_tag(node, reading)
        elif isinstance(node, NavigableString) and (
            isinstance(node, CData) or not isinstance(node, PreformattedString)
        ):
            out.append(_sound(str(node)))
    return out


def _sound(text: str) -> str:
    return text if text.isascii() else _INVISIBLE.sub("", _BROKEN_LINE.sub("", text))


def _read_tag(tag: Tag, reading: InlineContext) -> list[Inline]:
    special = _SPECIAL.get(tag.name)
    if special is not None:
        return special(tag, reading)
    children = _read(tag.children, reading)
    if tag.name in BLOCKS:  # read as one line, as in a caption of two paragraphs
        return [" ", *children, " "]
    lang, direction = language_of(tag), direction_of(tag)
    if lang or direction:
        children = [Span(tuple(children), lang=lang, dir=direction)] if children else []
    wrap = _WRAPPED.get(tag.name)
    return [wrap(tuple(children))] if wrap and children else children


def language_of(tag: Tag) -> str | None:
    """Return the `lang` of an element, which is not that of the whole page; None if it is no language tag."""
    return declared_language(str(tag.get("lang") or tag.get("xml:lang") or ""))


def direction_of(tag: Tag) -> Direction | None:
    """Return the `dir` of an element."""
    return _DIRECTIONS.get(str(tag.get("dir") or "").lower())


_DIRECTIONS: dict[str, Direction] = {"ltr": "ltr", "rtl": "rtl"}


def _line_break(_tag: Tag, _reading: InlineContext) -> list[Inline]:
    return [LineBreak()]


def _nothing(_tag: Tag, _reading: InlineContext) -> list[Inline]:
    return []


def _code(tag: Tag, _reading: InlineContext) -> list[Inline]:
    text = _WHITE.sub(" ", literal_text(tag)).strip()
    return [Code(text)] if text else []


def literal_text(tag: Tag) -> str:
    """Return the text of an element as it is typed, each `br` a line break."""
    parts: list[str] = []
    for node in tag.descendants:
        if isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
            parts.append(node)
        elif isinstance(node, Tag) and node.name == "br":
            parts.append("\n")
    return "".join(parts)


_MARKS = "\"'“”„‟‘’‚«»‹›「」『』《》〈〉"
"""Quotation marks, some of which open in one language and close in another."""


def _quoted(tag: Tag, reading: InlineContext) -> list[Inline]:
    """Read `q` between the marks that a browser shows, unless the page has typed its own and hides those by a style."""
    children = _read(tag.children, reading)
    around = (_letter_of(tag.previous_sibling, -1), _letter_of(tag.next_sibling, 0))
    said = tag.get_text().strip()
    inside = (said[:1], said[-1:])
    return children if _are_marks(around) or _are_marks(inside) else ["“", *children, "”"]


def _letter_of(node: PageElement | None, place: int) -> str:
    return node[place] if isinstance(node, NavigableString) and node else ""


def _are_marks(pair: tuple[str, str]) -> bool:
    return all(mark and mark in _MARKS for mark in pair)


def _ruby(tag: Tag, reading: InlineContext) -> list[Inline]:
    """Read `ruby`, which may hold several bases each followed by its reading."""
    out: list[Inline] = []
    base: list[PageElement] = []
    for child in tag.children:
        if isinstance(child, Tag) and child.name == "rt":
            out.append(Ruby(trim(_collapse(_read(base, reading))), child.get_text(strip=True)))
            base = []
        elif not (isinstance(child, Tag) and child.name in {"rp", "rtc"}):
            base.append(child)
    return out + _read(base, reading)


def _anchor(tag: Tag, reading: InlineContext) -> list[Inline]:
    children = tuple(_read(tag.children, reading))
    href = str(tag.get("href") or "").strip()
    if not plain(children).strip():
        return list(children)
    if href.startswith("#"):
        if target := reading.notes.get(href[1:]):
            return [NoteRef(target, children)]
        place = place_of_link(href, reading.places)
        return [Link(f"#{place}", children)] if place else list(children)
    address = resolve_link(href, reading.base)
    return [Link(address, children)] if address else list(children)


_LINE_ENDS = re.compile(r"[\t\r\n]")


def resolve_link(href: str, base: str | None) -> str | None:
    """Return the address that `href` means on a page at `base`; None for scripts and other things that are none.

    A relative address on a page whose own address is unknown stays as it is.
    """
    if not href or href.startswith("#"):
        return None
    try:
        href = _LINE_ENDS.sub("", href)  # browsers do so too: a line end hides `javascript:` from the check below
        address = urljoin(base, href) if base else href
        urlsplit(address)
    except ValueError:
        return None
    scheme = re.match(r"[a-z][a-z0-9+.-]*:", address, re.IGNORECASE)
    return address if scheme is None or scheme[0].lower() in _SAFE_SCHEMES else None


_SPECIAL: dict[str, Callable[[Tag, InlineContext], list[Inline]]] = {
    "a": _anchor,
    "br": _line_break,
    "code": _code,
    "kbd": _code,
    "samp": _code,
    "tt": _code,
    "q": _quoted,
    "ruby": _ruby,
    **dict.fromkeys(NOT_INLINE, _nothing),
}

_WRAPPED: dict[str, Callable[[Inlines], Inline]] = {
    "b": Strong,
    "strong": Strong,
    "em": Emphasis,
    "i": Emphasis,
    "cite": Emphasis,
    "dfn": Emphasis,
    "var": Emphasis,
    "sub": Sub,
    "sup": Sup,
}


def _collapse(nodes: list[Inline]) -> Inlines:
    """Collapse white space over the borders of elements, as browsers do."""
    return _collapsed(tuple(nodes), [True])


def _collapsed(nodes: Inlines, after_space: list[bool]) -> Inlines:
    out: list[Inline] = []
    for node in nodes:
        if isinstance(node, str):
            text = _WHITE.sub(" ", node)
            if after_space[0]:
                text = text.removeprefix(" ")
            if text:
                after_space[0] = text.endswith(" ")
                _append_text(out, text)
        elif isinstance(node, LineBreak):
            _strip_end(out)
            after_space[0] = True
            out.append(node)
        elif isinstance(node, Code | Ruby):
            after_space[0] = False
            out.append(node)
        else:
            children = _collapsed(node.children, after_space)
            if children:
                out.append(msgspec.structs.replace(node, children=children))
    return tuple(out)


def _append_text(out: list[Inline], text: str) -> None:
    if out and isinstance(out[-1], str):
        out[-1] += text
    else:
        out.append(text)


def _strip_end(out: list[Inline]) -> None:
    if out and isinstance(out[-1], str):
        out[-1] = out[-1].rstrip(" ")
        if not out[-1]:
            out.pop()
