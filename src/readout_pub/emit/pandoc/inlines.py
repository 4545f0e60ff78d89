"""Inline content as pandoc nodes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import groupby
from typing import TYPE_CHECKING

from readout_pub.emit.markup.inlines import language_tag, percent_encoded, safe_url
from readout_pub.emit.pandoc.nodes import LINE_BREAK, Node, attr, node, text_nodes
from readout_pub.model import (
    Code,
    Emphasis,
    Formula,
    Inline,
    Inlines,
    LineBreak,
    Link,
    NoteRef,
    Ruby,
    Span,
    Strong,
    Struck,
    Sub,
    Sup,
)

if TYPE_CHECKING:
    from readout_pub.emit.anchor_ids import AnchorIds


_LINE_END = re.compile(r"\s*\n\s*")
"""A line end in inline code. Pandoc would write it unchanged, and the next line could start another block."""

_MARKUP_IN_URLS = re.compile(r"[()\[\]]|_$")
"""Characters of URLs that could end a link and start other markup."""

_IPV6_HOST = re.compile(r"[a-z]+://\[[0-9a-f:.]+\]", re.IGNORECASE)
"""The start of a URL whose host is an IPv6 address; its brackets have to stay."""


def url_in_markup(href: str) -> str | None:
    """Return what `safe_url` returns, with those characters percent-encoded that text formats read as markup."""
    url = safe_url(href)
    if url is None:
        return None
    host = _IPV6_HOST.match(url)
    start = host.end() if host else 0
    return url[:start] + _MARKUP_IN_URLS.sub(percent_encoded, url[start:])


def _with_joined_code(inlines: Inlines) -> Iterator[Inline]:
    """Yield `inlines` with adjacent code joined: Markdown would show the backticks between two pieces as text."""
    for is_code, group in groupby(inlines, key=lambda each: isinstance(each, Code)):
        if is_code:
            yield Code("".join(each.text for each in group if isinstance(each, Code)))
        else:
            yield from group


class PandocInlineWriter:
    """Writes the inlines of one document; `anchors` has the ids for footnote calls and for links inside the document.

    `check_url` returns a URL as the format needs it, or None for one that must not be a link. `formulas` is
    MathML → Math node; any other formula is written as its linear text.
    """

    def __init__(
        self, anchors: AnchorIds, check_url: Callable[[str], str | None], formulas: Mapping[str, Node]
    ) -> None:
        self._anchors = anchors
        self._check_url = check_url
        self._formulas = formulas
        self._in_link = False

    def write(self, inlines: Inlines) -> list[Node]:
        """Return `inlines` as nodes."""
        return [made for inline in _with_joined_code(inlines) for made in self._nodes(inline)]

    def _nodes(self, inline: Inline) -> list[Node]:
        match inline:
            case str():
                return text_nodes(inline)
            case Emphasis(children):
                return [node("Emph", self.write(children))]
            case Strong(children):
                return [node("Strong", self.write(children))]
            case Struck(children):
                return [node("Strikeout", self.write(children))]
            case Code(text):
                return [node("Code", attr(), _LINE_END.sub(" ", text))] if text else []
            case Sub(children):
                return [node("Subscript", self.write(children))]
            case Sup((NoteRef() as call,)):
                return self._nodes(call)
            case Sup(children):
                return [node("Superscript", self.write(children))]
            case Link(href, children):
                return self._link(children, self._link_url(href))
            case NoteRef(target, children):
                return [node("Superscript", self._link(children, self._link_url(f"#{target}")))]
            case Ruby(base, reading):
                return [*self.write(base), *text_nodes(f"（{reading}）")]
            case Span(children, lang, direction):
                return [node("Span", attr(lang=language_tag(lang), dir=direction), self.write(children))]
            case Formula(mathml, text):
                return [self._formulas[mathml]] if mathml in self._formulas else text_nodes(text)
            case LineBreak():
                return [LINE_BREAK]

    def _link_url(self, href: str) -> str | None:
        if href.startswith("#"):
            target = self._anchors.resolve(href[1:])
            return f"#{target}" if target else None
        return self._check_url(href)

    def _link(self, children: Inlines, href: str | None) -> list[Node]:
        """Return `children` as a Link, or without a link if `href` is None or `children` are inside a link already."""
        if href is None or self._in_link:
            return self.write(children)
        self._in_link = True
        linked = self.write(children)
        self._in_link = False
        return [node("Link", attr(), linked, [href, ""])]
