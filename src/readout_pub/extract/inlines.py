"""Reads inline markup into inlines, with white space as a browser would show it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from urllib.parse import urlsplit

import msgspec
from bs4 import Tag
from bs4.element import CData, NavigableString, PageElement, PreformattedString

from readout_pub.extract.anchors import match_fragment
from readout_pub.extract.formulas import read_formula
from readout_pub.extract.language import declared_language
from readout_pub.html_elements import HEADINGS, NOT_INLINE, WORD_BREAKS
from readout_pub.model import (
    SAFE_SCHEMES,
    Code,
    Direction,
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
    plain_text,
    trim,
)
from readout_pub.model.url_parts import strip_userinfo_of_link
from readout_pub.sources.urls import resolve

_WHITE_SPACE = re.compile(r"[ \t\n\r\f](?:[ \t\n\r\f]+|(?<! ))")
"""A run of HTML white space, except a single space, which needs no replacement."""

_CHINESE_OR_JAPANESE = "[\u2e80-\u303f\u3041-\u33ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]"
_CHINESE_OR_JAPANESE_LINE_BREAK = re.compile(rf"(?<={_CHINESE_OR_JAPANESE})[ \t]*\n[ \t\n]*(?={_CHINESE_OR_JAPANESE})")
"""A line break between two Chinese or Japanese characters; it is dropped, as these languages have no word spaces."""

_INVISIBLE = re.compile("[\u00ad\u200b\ufeff]")
"""Characters that are not text: soft hyphens, zero-width spaces, byte order marks."""

NoteTargets = dict[str, str]
"""Fragment of a link → id of its footnote."""


class InlineContext(msgspec.Struct, frozen=True):
    """What the functions of this module know about the page and the text around the content.

    Relative links are resolved against the URL `base`. `fragments` are the targets of links within the page.
    `language` is the language of the text around the content, None if it is not known.
    """

    base: str | None = None
    notes: NoteTargets = {}
    fragments: frozenset[str] = frozenset()
    emphasis: frozenset[type[Emphasis | Strong | Struck]] = frozenset()
    """The kinds of emphasis around the content: an `em` within an `em` changes nothing."""
    language: str | None = None

    def inside(self, tag: Tag) -> InlineContext:
        """Return the context of the content of an element, which may declare another language."""
        language = lang_attribute(tag)
        return self if language in {None, self.language} else msgspec.structs.replace(self, language=language)


def read_inlines(nodes: Iterable[PageElement], context: InlineContext) -> Inlines:
    """Return the inline content of `nodes` with white space collapsed, and none at the ends."""
    return trim(_collapse_white_space(_read_nodes(nodes, context)))


def read_bold(nodes: Iterable[PageElement], context: InlineContext) -> Inlines:
    """Return as `read_inlines` the inline content of an element whose letters are bold."""
    return trim(_collapse_white_space(_in_strong(nodes, context)))


def read_content(tag: Tag, context: InlineContext) -> Inlines:
    """Return the inline content of an element, in a span if the element declares a language or direction."""
    children = _read_nodes(tag.children, context.inside(tag))
    return trim(_collapse_white_space(_in_declared_language(children, tag, context)))


def _read_nodes(nodes: Iterable[PageElement], context: InlineContext) -> list[Inline]:
    out: list[Inline] = []
    for node in nodes:
        if isinstance(node, Tag):
            out += _read_tag(node, context)
        elif is_text(node):
            out.append(_clean_text(str(node)))
    return out


def is_text(node: PageElement) -> bool:
    """Return whether a node is text of the page, and not, for example, a comment."""
    return isinstance(node, NavigableString) and (isinstance(node, CData) or not isinstance(node, PreformattedString))


def _clean_text(text: str) -> str:
    return text if text.isascii() else _INVISIBLE.sub("", _CHINESE_OR_JAPANESE_LINE_BREAK.sub("", text))


def _read_tag(tag: Tag, context: InlineContext) -> list[Inline]:
    inside = context.inside(tag)
    special = _SPECIAL.get(tag.name)
    if special is not None:
        return _in_declared_language(special(tag, inside), tag, context)
    wrap = _WRAPPED.get(tag.name) if tag.name not in _STYLED else Strong if is_bold(tag) else None
    if wrap in context.emphasis:  # old pages forget end tags, and a `b` in each line would nest a hundred deep
        wrap = None
    elif wrap is Strong and any(map(_ends_bold, tag.children)):
        return _in_declared_language(_in_strong(tag.children, inside), tag, context)
    elif wrap is Emphasis or wrap is Strong or wrap is Struck:
        inside = msgspec.structs.replace(inside, emphasis=context.emphasis | {wrap})
    children = _in_declared_language(_read_nodes(tag.children, inside), tag, context)
    if tag.name in WORD_BREAKS:  # a block within one line, as in a caption of two paragraphs
        return [_separator(tag, context), *children, " "]
    return [wrap(tuple(children))] if wrap and children else children


def is_bold(tag: Tag) -> bool:
    """Return whether an element is bold by its own style, or if that states no weight, by its name."""
    found = _WEIGHT.search(str(tag.get("style") or ""))
    return tag.name in {"b", "strong"} if found is None else found["bold"] is not None


def _in_strong(nodes: Iterable[PageElement], context: InlineContext) -> list[Inline]:
    """Return the content of bold nodes, without emphasis for elements that have the normal weight again."""
    strong = msgspec.structs.replace(context, emphasis=context.emphasis | {Strong})
    out: list[Inline] = []
    for is_normal, run in groupby(nodes, _ends_bold):
        content = _read_nodes(run, context if is_normal else strong)
        out += content if is_normal or not plain_text(tuple(content)).strip() else [Strong(tuple(content))]
    return out


def _ends_bold(node: PageElement) -> bool:
    """Return whether a node is an inline element whose own style has the normal weight."""
    found = _WEIGHT.search(str(node.get("style") or "")) if isinstance(node, Tag) and node.name in _STYLED else None
    return found is not None and found["bold"] is None


_STYLED = frozenset({"b", "strong", "span", "font"})
"""Inline elements that are bold by name or style. Word processors write bold text as a `span` with a style, and put
`<b style="font-weight:normal">` around a whole text."""
_WEIGHT = re.compile(
    r"(?<![\w-])font-weight\s*:\s*(?:(?P<bold>bold(?:er)?|[6-9]00)|normal|[1-5]00)(?![\w-])", re.IGNORECASE
)


def _separator(block: Tag, around: InlineContext) -> Inline:
    """Return what separates a block from the text before it in one line: a line break if the language changes."""
    if around.language is None:
        return " "
    before = block.find_previous_sibling(True)
    language = around.inside(before).language if before else around.language
    return " " if language == around.inside(block).language else LineBreak()


def _in_declared_language(content: list[Inline], tag: Tag, around: InlineContext) -> list[Inline]:
    """Return the content of an element, in a span if the element declares a direction or another language.

    Any `dir` counts, even that of the text around: `dir` also isolates the content.
    """
    lang, direction = lang_attribute(tag), dir_attribute(tag)
    lang = None if lang == around.language else lang
    is_marked = (lang or direction) and plain_text(tuple(content)).strip()
    return [Span(tuple(content), lang=lang, dir=direction)] if is_marked else content


def lang_attribute(tag: Tag) -> str | None:
    """Return an element's own `lang` in the spelling of BCP 47; None if it is missing or not a language tag."""
    return declared_language(str(tag.get("lang") or tag.get("xml:lang") or ""))


def dir_attribute(tag: Tag) -> Direction | None:
    """Return an element's own `dir`; None if it is missing or is not a direction ("auto")."""
    return _DIRECTIONS.get(str(tag.get("dir") or "").lower())


_DIRECTIONS: dict[str, Direction] = {"ltr": "ltr", "rtl": "rtl"}


def _read_br(_tag: Tag, _context: InlineContext) -> list[Inline]:
    return [LineBreak()]


def _read_nothing(_tag: Tag, _context: InlineContext) -> list[Inline]:
    return []


def _read_math(tag: Tag, _context: InlineContext) -> list[Inline]:
    formula = read_formula(tag)
    if formula is None:
        return []
    return [" ", formula, " "] if formula.display else [formula]  # a displayed formula separates words


def _read_code(tag: Tag, _context: InlineContext) -> list[Inline]:
    text = _WHITE_SPACE.sub(" ", literal_text(tag)).strip()
    return [Code(text)] if text else []


def literal_text(tag: Tag) -> str:
    """Return the text of an element with its white space, each `br` as a line break."""
    parts: list[str] = []
    for node in tag.descendants:
        if isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
            parts.append(node)
        elif isinstance(node, Tag) and node.name == "br":
            parts.append("\n")
    return "".join(parts)


_QUOTATION_MARKS = "\"'“”„‟‘’‚«»‹›「」『』《》〈〉"
"""Quotation marks; the language decides which of them open and which close."""


def _read_q(tag: Tag, context: InlineContext) -> list[Inline]:
    """Return the content of a `q` between “ and ”, as a browser shows it.

    A page may hide the browser's marks by CSS and write its own, inside or around the `q`; then no marks are added.
    """
    children = _read_nodes(tag.children, context)
    around = (_character_at(tag.previous_sibling, -1), _character_at(tag.next_sibling, 0))
    text = tag.get_text().strip()
    inside = (text[:1], text[-1:])
    return children if _are_quotation_marks(around) or _are_quotation_marks(inside) else ["“", *children, "”"]


def _character_at(node: PageElement | None, index: int) -> str:
    return node[index] if isinstance(node, NavigableString) and node else ""


def _are_quotation_marks(pair: tuple[str, str]) -> bool:
    return all(mark and mark in _QUOTATION_MARKS for mark in pair)


def _read_ruby(tag: Tag, context: InlineContext) -> list[Inline]:
    """Return the content of a `ruby`: base texts, each with the reading that follows in an `rt`."""
    out: list[Inline] = []
    base: list[PageElement] = []
    for child in tag.children:
        if isinstance(child, Tag) and child.name == "rt":
            out.append(Ruby(trim(_collapse_white_space(_read_nodes(base, context))), child.get_text(strip=True)))
            base = []
        elif not (isinstance(child, Tag) and child.name == "rp"):
            base.append(child)
    return out + _read_nodes(base, context)


def _read_link(tag: Tag, context: InlineContext) -> list[Inline]:
    children = tuple(_read_nodes(tag.children, context))
    href = str(tag.get("href") or "").strip()
    if not plain_text(children).strip():
        return list(children)
    if href.startswith("#"):
        if _leads_to_itself(tag, href, children):
            return []
        if note_id := context.notes.get(href[1:]):
            return [NoteRef(note_id, children)]
        target = match_fragment(href, context.fragments)
        return [Link(f"#{target}", children)] if target else list(children)
    url = resolve_link(href, context.base)
    return [Link(url, children)] if url else list(children)


def _leads_to_itself(link: Tag, href: str, children: Inlines) -> bool:
    """Return whether a link without words leads to the heading or section around it.

    Within a heading, a sign is enough (`<h2>Talks <a href="#top">¶</a></h2>`): its target may stand above the heading.
    """
    sign = plain_text(children).strip()
    if any(map(str.isalnum, sign)):
        return False
    is_permalink = sign in _PERMALINK_SIGNS and any(parent.name in HEADINGS for parent in link.parents)
    return is_permalink or any(parent.get("id") == href[1:] for parent in link.parents)


_PERMALINK_SIGNS = frozenset("#¶🔗⚓")


_TABS_AND_LINE_ENDS = re.compile(r"[\t\r\n]")


def resolve_link(href: str, base: str | None) -> str | None:
    """Return the absolute URL of a link on a page at `base`; if `base` is None, a relative URL stays relative.

    The URL has no user name and no password: if a page was opened with a password in its URL, programs that make links
    absolute save the password in every link. Returns None if the output must not have the link: it leads within the
    page, cannot be parsed, or has an unsafe scheme.
    """
    if not href or href.startswith("#"):
        return None
    # As in the URL standard (WHATWG): the line end in `java\nscript:` would hide the scheme from the check below.
    url = resolve(base or "", _TABS_AND_LINE_ENDS.sub("", href))
    try:
        urlsplit(url)
    except ValueError:
        return None
    scheme = re.match(r"([a-z][a-z0-9+.-]*):", url, re.IGNORECASE)
    return strip_userinfo_of_link(url) if scheme is None or scheme[1].lower() in SAFE_SCHEMES else None


_SPECIAL: dict[str, Callable[[Tag, InlineContext], list[Inline]]] = {
    "a": _read_link,
    "br": _read_br,
    "code": _read_code,
    "kbd": _read_code,
    "samp": _read_code,
    "tt": _read_code,
    "math": _read_math,
    "q": _read_q,
    "ruby": _read_ruby,
    **dict.fromkeys(NOT_INLINE, _read_nothing),
}
"""Element → the function that reads it."""

_WRAPPED: dict[str, Callable[[Inlines], Inline]] = {
    "b": Strong,
    "strong": Strong,
    "em": Emphasis,
    "i": Emphasis,
    "cite": Emphasis,
    "dfn": Emphasis,
    "var": Emphasis,
    "s": Struck,
    "del": Struck,
    "strike": Struck,
    "sub": Sub,
    "sup": Sup,
}
"""Element → the inline that wraps its content. An element in neither table is read as its content."""


def _collapse_white_space(nodes: list[Inline]) -> Inlines:
    """Collapse white space across the borders of elements, as CSS `white-space: normal` does."""
    return _collapse_from(tuple(nodes), [True])


def _collapse_from(nodes: Inlines, after_space: list[bool]) -> Inlines:
    """Collapse white space. The one item of `after_space` says whether the last text ended with a space.

    The function updates the item: white space at the end of an element may continue after the element.
    """
    out: list[Inline] = []
    for node in nodes:
        if isinstance(node, str):
            text = _WHITE_SPACE.sub(" ", node)
            if after_space[0]:
                text = text.removeprefix(" ")
            if text:
                after_space[0] = text.endswith(" ")
                _append_text(out, text)
        elif isinstance(node, LineBreak):
            _strip_trailing_space(out)
            after_space[0] = True
            out.append(node)
        elif isinstance(node, Code | Ruby | Formula):
            after_space[0] = False
            out.append(node)
        else:
            children = _collapse_from(node.children, after_space)
            if isinstance(node, Struck) and not plain_text(children).strip():
                _extend(out, children)
            elif children:
                out.append(msgspec.structs.replace(node, children=children))
    return tuple(_join_struck(out))


def _join_struck(nodes: Iterable[Inline]) -> Iterator[Inline]:
    """Yield `nodes` with each run of struck texts joined: a screen reader announces each of them.

    Word processors split a struck sentence into several elements.
    """
    for is_struck, run in groupby(nodes, lambda node: isinstance(node, Struck)):
        if is_struck:
            joined: list[Inline] = []
            _extend(joined, (child for node in run if isinstance(node, Struck) for child in node.children))
            yield Struck(tuple(joined))
        else:
            yield from run


def _extend(out: list[Inline], nodes: Iterable[Inline]) -> None:
    for node in nodes:
        if isinstance(node, str):
            _append_text(out, node)
        else:
            out.append(node)


def _append_text(out: list[Inline], text: str) -> None:
    if out and isinstance(out[-1], str):
        out[-1] += text
    else:
        out.append(text)


def _strip_trailing_space(out: list[Inline]) -> None:
    """Remove the space at the end of `out`, inside nested inlines too."""
    last = out.pop() if out else ""
    if isinstance(last, str):
        last = last.rstrip(" ")
    elif not isinstance(last, LineBreak | Code | Ruby | Formula):
        children = list(last.children)
        _strip_trailing_space(children)
        last = msgspec.structs.replace(last, children=tuple(children)) if children else ""
    if last:
        out.append(last)
