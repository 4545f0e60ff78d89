"""Inline content as polyglot markup: void elements closed, attributes quoted, only safe URLs and valid characters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from readout_pub.language_codes import is_known_language
from readout_pub.model import (
    SAFE_SCHEMES,
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
    is_valid_mathml,
    plain_text,
    printable,
)

if TYPE_CHECKING:
    from readout_pub.emit.anchor_ids import AnchorIds

_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
"""The form of a language tag: a simplification of the grammar in RFC 5646, section 2.1."""

_NOT_IN_URLS = re.compile(r"""[\s"<>\\^`{|}]|%(?![0-9A-Fa-f]{2})""")

_NOT_IN_FRAGMENTS = re.compile(rf"{_NOT_IN_URLS.pattern}|#")

MAX_RUBY_BASE, MAX_RUBY_READING = 8, 16
"""The most characters of the base and the reading of a ruby. In a longer ruby, the reading stands in brackets after the
base.

Browsers do not break lines within a base or a reading, and both have to fit on a screen 320 pixels wide (WCAG 1.4.10).
"""

MAX_NARROW_LINK = 4
"""A link of at most this many characters can be narrower than the 24 pixels that WCAG 2.5.8 requires."""


def escape(text: str) -> str:
    """Return `text` escaped for text content and quoted attributes, and as `printable` returns it."""
    return printable(text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;"))


def attributes(**values: str | int | None) -> str:
    """Return ` name="value"` for each value that is not None; `aria_label` gives aria-label, `class_` gives class."""
    return "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(str(value))}"'
        for name, value in values.items()
        if value is not None
    )


def language_tag(lang: str | None) -> str | None:
    """Return `lang` if it is a language tag, else None: screen readers misread text with a wrong tag."""
    return lang if lang and _LANGUAGE.fullmatch(lang) and is_known_language(lang) else None


def safe_url(href: str) -> str | None:
    """Return `href` with illegal characters percent-encoded; None if it is malformed or its scheme is not allowed."""
    before, hash_, fragment = href.strip().partition("#")
    try:
        parts = urlsplit(before)
        _ = parts.port  # raises ValueError if the port is not a number
    except ValueError:
        return None
    if parts.scheme in {"mailto", "tel"}:
        is_safe = bool(parts.path)
    else:
        is_safe = parts.scheme in SAFE_SCHEMES and bool(parts.hostname) and not _NOT_IN_URLS.search(parts.netloc)
    if not is_safe:
        return None
    return _NOT_IN_URLS.sub(percent_encoded, before) + hash_ + _NOT_IN_FRAGMENTS.sub(percent_encoded, fragment)


def percent_encoded(found: re.Match[str]) -> str:
    """Return the match with each byte of its UTF-8 percent-encoded."""
    return "".join(f"%{byte:02X}" for byte in found[0].encode())


class HtmlInlineWriter:
    """Writes the inlines of one page; `anchors` has the ids for links within the page and footnote calls.

    `mathml` tells whether formulas are MathML or linear text. A link to one of `addresses` has its position, from 1, as
    `data-number`.
    """

    def __init__(self, anchors: AnchorIds, *, mathml: bool = True, addresses: Sequence[str] = ()) -> None:
        self._anchors = anchors
        self._numbers = {address: number for number, address in enumerate(addresses, start=1)}
        self._mathml = mathml
        self._in_link = False

    def write(self, inlines: Inlines) -> str:
        """Return `inlines` as markup.

        A row of links with a very short one gets the class "targets", whose rule makes each link wide enough to touch
        (WCAG 2.5.8). For links in a sentence, WCAG does not require this.
        """
        markup = self._markup(inlines)
        is_row = markup.count("</a>") > 1 and _is_link_row(inlines)
        return f'<span class="targets">{markup}</span>' if is_row else markup

    def _markup(self, inlines: Inlines) -> str:
        return "".join([escape(node) if isinstance(node, str) else self._element(node) for node in inlines])

    def _element(self, node: Inline) -> str:
        match node:
            case Emphasis(children):
                return f"<em>{self._markup(children)}</em>"
            case Strong(children):
                return f"<strong>{self._markup(children)}</strong>"
            case Struck(children):
                return f"<s>{self._markup(children)}</s>"
            case Code(text):
                return f"<code>{escape(text)}</code>"
            case Sub(children):
                return f"<sub>{self._markup(children)}</sub>"
            case Sup(children):
                return f"<sup>{self._markup(children)}</sup>"
            case Link(href, children):
                return self._anchor(children, self._link_url(href))
            case NoteRef(target, children):
                return self._note_call(target, children)
            case Ruby():
                return self._ruby(node)
            case Span(children, lang, direction):
                return f"<span{attributes(lang=language_tag(lang), dir=direction)}>{self._markup(children)}</span>"
            case Formula():
                return self._formula(node)
            case LineBreak():
                return "<br/>"
            case str():
                return escape(node)

    def _formula(self, formula: Formula) -> str:
        if self._mathml and is_valid_mathml(formula.mathml):
            return printable(formula.mathml)
        return f'<span class="formula">{escape(formula.text)}</span>'

    def _ruby(self, ruby: Ruby) -> str:
        long = len(plain_text(ruby.base)) > MAX_RUBY_BASE or len(ruby.reading) > MAX_RUBY_READING
        reading = f"<rp>（</rp><rt>{escape(ruby.reading)}</rt><rp>）</rp>"
        return f"<ruby{attributes(class_='long' if long else None)}>{self._markup(ruby.base)}{reading}</ruby>"

    def _link_url(self, href: str) -> str | None:
        if href.startswith("#"):
            target = self._anchors.resolve(href[1:])
            return f"#{target}" if target else None
        return safe_url(href)

    def _note_call(self, footnote: str, children: Inlines) -> str:
        target = self._anchors.resolve(footnote)
        if target is None or self._in_link:
            return f'<span class="call">{self._markup(children)}</span>'
        call_id = self._anchors.new_call(footnote)
        return self._anchor(children, f"#{target}", id=call_id, class_="call", role="doc-noteref")

    def _anchor(self, children: Inlines, href: str | None, **more: str) -> str:
        """Return `children` as a link, unless `href` is None or they are inside a link already.

        A link without text gets no `a`: screen readers would announce its URL. Many skip punctuation, so a link on
        punctuation alone has its URL as its accessible name; a link on a formula has the text of the formula.
        """
        text = plain_text(children)
        if href is None or self._in_link or not text.strip():
            return self._markup(children)
        words = plain_text(tuple(child for child in children if not isinstance(child, Formula)))
        if not more and not any(map(str.isalnum, words)):
            more = {"aria_label": text.strip() if any(map(str.isalnum, text)) else href}
        self._in_link = True
        linked = self._markup(children)
        self._in_link = False
        return f"<a{attributes(href=href, data_number=self._numbers.get(href), **more)}>{linked}</a>"


def _is_link_row(inlines: Inlines) -> bool:
    """Return whether a line is two or more links or footnote calls, one of them at most `MAX_NARROW_LINK` long."""
    parts = [node for node in _unwrapped(inlines) if not isinstance(node, str) or node.strip()]
    targets = [plain_text(node.children) for node in parts if isinstance(node, Link | NoteRef)]
    return len(parts) == len(targets) > 1 and min(map(len, targets)) <= MAX_NARROW_LINK


def _unwrapped(inlines: Inlines) -> Iterator[Inline]:
    """Yield the inlines inside emphasis and the like, without line breaks."""
    for node in inlines:
        if isinstance(node, Emphasis | Strong | Struck | Sub | Sup | Span):
            yield from _unwrapped(node.children)
        elif not isinstance(node, LineBreak):
            yield node
