"""Inline content as markup that HTML and XML parsers read alike: void elements closed, attributes quoted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from readout_pub.model import (
    Code,
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
)

if TYPE_CHECKING:
    from readout_pub.emit.anchor_ids import AnchorIds

_LAST_OF_PLANES = "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
_FORBIDDEN = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef{_LAST_OF_PLANES}]")
"""Characters that XML or HTML does not allow, escaped or not."""

_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")

_NOT_IN_URLS = re.compile(r"""[\s"<>\\^`{|}]|%(?![0-9A-Fa-f]{2})""")

_NOT_IN_FRAGMENTS = re.compile(rf"{_NOT_IN_URLS.pattern}|#")

MAX_RUBY_BASE, MAX_RUBY_READING = 8, 16
"""Signs of a word that has its reading above it, and of that reading: browsers break neither over two lines, and both
have to fit on a screen 320 pixels wide. What is longer has its reading in brackets behind it."""

MAX_NARROW_LINK = 4
"""So many signs of a link can be less than 24 pixels wide."""

_SCHEMES = frozenset({"http", "https", "ftp", "mailto", "tel"})
"""Where a link may lead: never to a script, never to the reader's own disk."""


def escape(text: str) -> str:
    """Return `text` for use between tags or in a quoted attribute; forbidden characters fall away."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    # No forbidden character is printable, and asking that first is fast: a photo may be text of a megabyte here.
    if text.isprintable():
        return text
    # Separators such as the form feed part two words: a space does the same.
    return _FORBIDDEN.sub(lambda found: " " if found[0].isspace() else "", text)


def attributes(**values: str | int | None) -> str:
    """Return ` name="value"` for each value that is not None: `aria_label` is written aria-label, `class_` class."""
    return "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(str(value))}"'
        for name, value in values.items()
        if value is not None
    )


def language_tag(lang: str | None) -> str | None:
    """Return `lang` if it has the form of a language tag, else None: a wrong one misleads a screen reader."""
    return lang if lang and _LANGUAGE.fullmatch(lang) else None


def web_address(href: str) -> str | None:
    """Return `href` with its illegal characters percent-encoded; None if it leads nowhere that is safe."""
    address, hash_, fragment = href.strip().partition("#")
    try:
        parts = urlsplit(address)
        _ = parts.port  # a ValueError if it is none
    except ValueError:
        return None
    if parts.scheme in {"mailto", "tel"}:
        leads = bool(parts.path)
    else:
        leads = parts.scheme in _SCHEMES and bool(parts.hostname) and not _NOT_IN_URLS.search(parts.netloc)
    if not leads:
        return None
    return _NOT_IN_URLS.sub(_percent_encoded, address) + hash_ + _NOT_IN_FRAGMENTS.sub(_percent_encoded, fragment)


def _percent_encoded(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode())


class HtmlInlineWriter:
    """Writes the inlines of one page; it needs the page's anchors for links and footnote calls."""

    def __init__(self, anchors: AnchorIds) -> None:
        self._anchors = anchors
        self._in_link = False

    def write(self, inlines: Inlines) -> str:
        """Return a line as markup; where nothing but short links stand in it, each has to be a target by itself."""
        words = self._words(inlines)
        return f'<span class="targets">{words}</span>' if words.count("</a>") > 1 and _crowded(inlines) else words

    def _words(self, inlines: Inlines) -> str:
        return "".join([escape(node) if isinstance(node, str) else self._element(node) for node in inlines])

    def _element(self, node: Inline) -> str:
        match node:
            case Emphasis(children):
                return f"<em>{self._words(children)}</em>"
            case Strong(children):
                return f"<strong>{self._words(children)}</strong>"
            case Code(text):
                return f"<code>{escape(text)}</code>"
            case Sub(children):
                return f"<sub>{self._words(children)}</sub>"
            case Sup(children):
                return f"<sup>{self._words(children)}</sup>"
            case Link(href, children):
                return self._anchor(children, self._address(href))
            case NoteRef(target, children):
                return self._call(target, children)
            case Ruby():
                return self._ruby(node)
            case Span(children, lang, direction):
                return f"<span{attributes(lang=language_tag(lang), dir=direction)}>{self._words(children)}</span>"
            case LineBreak():
                return "<br/>"
            case str():
                return escape(node)

    def _ruby(self, ruby: Ruby) -> str:
        long = len(plain(ruby.base)) > MAX_RUBY_BASE or len(ruby.reading) > MAX_RUBY_READING
        reading = f"<rp>（</rp><rt>{escape(ruby.reading)}</rt><rp>）</rp>"
        return f"<ruby{attributes(class_='long' if long else None)}>{self._words(ruby.base)}{reading}</ruby>"

    def _address(self, href: str) -> str | None:
        if href.startswith("#"):
            target = self._anchors.resolve(href[1:])
            return f"#{target}" if target else None
        return web_address(href)

    def _call(self, footnote: str, children: Inlines) -> str:
        target = self._anchors.resolve(footnote)
        if target is None or self._in_link:
            return f'<span class="call">{self._words(children)}</span>'
        place = self._anchors.new_call(footnote)
        return self._anchor(children, f"#{target}", id=place, class_="call", role="doc-noteref")

    def _anchor(self, children: Inlines, href: str | None, **more: str) -> str:
        """Link `children`, unless the address leads nowhere or they stand in a link already: then the words remain.

        A link without words, such as one around a space, would be announced by its address alone.
        """
        if href is None or self._in_link or not plain(children).strip():
            return self._words(children)
        self._in_link = True
        words = self._words(children)
        self._in_link = False
        return f"<a{attributes(href=href, **more)}>{words}</a>"


def _crowded(inlines: Inlines) -> bool:
    """Say whether nothing but links and calls of notes stand in a line, and some are too narrow to be touched."""
    parts = [node for node in _unwrapped(inlines) if not isinstance(node, str) or node.strip()]
    targets = [plain(node.children) for node in parts if isinstance(node, Link | NoteRef)]
    return len(parts) == len(targets) > 1 and min(map(len, targets)) <= MAX_NARROW_LINK


def _unwrapped(inlines: Inlines) -> Iterator[Inline]:
    for node in inlines:
        if isinstance(node, Emphasis | Strong | Sub | Sup | Span):
            yield from _unwrapped(node.children)
        elif not isinstance(node, LineBreak):
            yield node
