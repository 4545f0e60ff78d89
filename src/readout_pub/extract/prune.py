"""Removes scripts, style sheets, comments, templates and drawings (SVG) from markup before it is parsed.

The scanner reads markup as browsers do (WHATWG HTML, 13.2.5, Tokenization): "<svg>" in an attribute hides no text. Many
HTML start tags end an SVG image or a formula (13.2.6.5).

Text that a browser shows is kept: of `foreignObject`, of embedded documents, and of templates that are shadow trees.
`noscript` stays, since it contains copies of lazy images.
"""

from __future__ import annotations

import re
from collections import Counter
from html import escape, unescape
from itertools import islice
from typing import NamedTuple

import msgspec

from readout_pub.html_elements import BLOCKS, FOREIGN_ENDING_TAGS, RAW_TEXT, UNDRAWN_IN_SVG
from readout_pub.sources.encoding import REMOVED, decode_markup
from readout_pub.sources.page import MAX_FRAMES
from readout_pub.sources.urls import read_data_url


class PrunedMarkup(msgspec.Struct, frozen=True):
    """The remaining markup, and the removed scripts and style sheets that other modules search for metadata.

    Line breaks of removed markup move into the next tag, so that line numbers in notes are right. `data` are the
    contents of JSON-LD scripts, `scripts` all scripts with their tags, `style_sheets` the contents of `style` elements;
    those in frames and hidden templates are left out. `skipped_frames` counts embedded documents nested deeper than
    `MAX_FRAMES`.
    """

    markup: str
    data: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()
    style_sheets: tuple[str, ...] = ()
    skipped_frames: int = 0


def prune(markup: str) -> PrunedMarkup:
    """Return the markup without scripts, style sheets and comments, and without embedded text that no visitor sees.

    The words that an SVG image draws stay, as the only text of an `svg` element.
    """
    scanner = _Scanner(markup)
    pruned = _mask_forbidden(scanner.run())
    data = tuple(map(without_forbidden, scanner.data))
    return PrunedMarkup(pruned, data, tuple(scanner.scripts), tuple(scanner.style_sheets), scanner.skipped_frames)


# --- patterns of the tokenizer; each match either consumes what it has read or ends the scan, so the time is linear

_FLAGS = re.IGNORECASE | re.ASCII
_SPACE = r"[\t\n\f\r ]"
_NAME_END = r"(?=[\t\n\f\r />])"
_VALUE = r"""(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^\t\n\f\r >"'][^\t\n\f\r >]*+|(?=>)|\Z)"""
_ATTRIBUTE = rf"[^\t\n\f\r />][^\t\n\f\r />=]*+(?:{_SPACE}*+={_SPACE}*+{_VALUE})?"
_ATTRIBUTE_LIST = rf"(?=(?P<attributes>(?:{_SPACE}++|/(?!>)|{_ATTRIBUTE})*))(?P=attributes)"
"""All attributes of a tag, in linear time: a lookahead never gives back what it has matched.

`(?:...)*+` would be shorter, but in Python 3.11.2 (Debian 12), it does not go back to the end of the last whole
repetition (CPython issue 106052, fixed in 3.11.5)."""
_TAG = rf"([a-z][^\t\n\f\r />]*+){_ATTRIBUTE_LIST}(?P<self_closing>/?)>"
"""The rest of a tag after "<" or "</". In `<a href=x/>`, the "/" belongs to the value, and the tag is not self-closing.
"""

_SVG_INTEGRATION_POINTS = frozenset({"foreignobject", "desc", "title"})
_MATH_INTEGRATION_POINTS = frozenset("mi mo mn ms mtext".split())
_ANNOTATION = "annotation-xml"
_HTML_ENCODINGS = frozenset({"text/html", "application/xhtml+xml"})
"""The content of integration points is HTML; that of `annotation-xml` only with such an attribute `encoding`."""

_HTML_CONTENT = ("template", "object")
"""HTML elements on the stack of the scanner: `template`, and each `object` whose content is not shown."""

_MARKUP_TYPES = _HTML_ENCODINGS | {"application/xml", "image/svg+xml", "text/xml"}
"""Media types of embedded documents that are read as HTML. Browsers show other types of text as they are."""

_HANDLED_START_TAGS = (
    *RAW_TEXT,
    "template",
    "svg",
    "math",
    "plaintext",
    "embed",
    "object",
    "wbr",
    "bgsound",
    "image",
    "frame",
    "frameset",
)
_HANDLED_END_TAGS = (*_HTML_CONTENT, "svg", "math", *_SVG_INTEGRATION_POINTS, *_MATH_INTEGRATION_POINTS, _ANNOTATION)
_END_OF_PAGE = rf"(?:html|body){_NAME_END}"
"""libxml2 would put the text after these end tags outside of the body. Such text is a second page, or an addition of
the server."""

_NEXT = re.compile(
    rf"<(?![^/!?{''.join(name[0] for name in _HANDLED_START_TAGS)}]|/(?!{_END_OF_PAGE})[a-z])"
    rf"(?:(?:{'|'.join(_HANDLED_START_TAGS)}){_NAME_END}|!--|[!?]|/)",
    _FLAGS,
)
_NEXT_IN_OPEN = re.compile(rf"{_NEXT.pattern}|</(?:{'|'.join(_HANDLED_END_TAGS)}){_NAME_END}", _FLAGS)
"""The tags that the scanner handles, `_NEXT_IN_OPEN` within a template, SVG or MathML. Testing the first letter rules
out most tags quickly."""

_BRACKET_IN_QUOTES = re.compile(rf"""={_SPACE}*+(?:"[^"<>]*+[<>]|'[^'<>]*+[<>])""")
_TAG_OPEN = re.compile("</?[a-z]", _FLAGS)
_TAG_NAME = re.compile(r"</?[a-z][^\t\n\f\r />]*+", _FLAGS)
_ANY_TAG = re.compile(rf"<(/?){_TAG}", _FLAGS)
_CDATA = "<![CDATA["
_COMMENT_END = re.compile(r"--!?>")
_HTML_END_TAG = re.compile(r"</[a-z][a-z0-9]*+>", _FLAGS)

_RAW_END = {name: re.compile(rf"</{name}{_NAME_END}", _FLAGS) for name in RAW_TEXT}
_OBJECT_END = re.compile(rf"</object{_NAME_END}", _FLAGS)
_SCRIPT_STATES = re.compile(rf"<!(?=--)|-->|</?script{_NAME_END}", _FLAGS)
_DRAWING = re.compile(
    rf"(?:{_SPACE}*+<(?=(?:path|rect|circle|ellipse|line|polyline|polygon|use|stop){_NAME_END})"
    rf"[a-z]++{_ATTRIBUTE_LIST}/>)+",
    _FLAGS,
)

_MAX_ATTRIBUTES = 500
"""How many attributes of one tag are kept: real tags have dozens. The time of libxml2 and lxml is quadratic, 20 s for
60,000."""
_LONG = 2 * _MAX_ATTRIBUTES
_LONG_TAG = re.compile(rf"<[a-z][^>]{{{_LONG - 1}}}", _FLAGS)
"""The start of a tag that may have more than `_MAX_ATTRIBUTES` attributes."""

_ATTRIBUTES = re.compile(
    rf"""(?P<name>[^\t\n\f\r />][^\t\n\f\r />=]*+)(?:{_SPACE}*+={_SPACE}*+"""
    r"""(?:"(?P<double>[^"]*+)"|'(?P<single>[^']*+)'|(?P<bare>[^\t\n\f\r >"'][^\t\n\f\r >]*+)))?"""
)

_HEAD_TAG = re.compile(rf"</?(?=(?:html|head|body|meta|link|base){_NAME_END}){_TAG}|<!doctype[^>]*+>?", _FLAGS)
"""Tags in the document of a frame that a parser would apply to the page around it."""

DATA = "ld+json"
"""A part of the type of scripts with structured data (JSON-LD)."""

TEX = "math/tex"
"""Start of the type of a script with a formula in TeX, which MathJax 2 draws."""
TEX_ATTRIBUTE = "data-tex-script"
"""Attribute of the element in the place of a script with TeX; its value is the type of the script."""

STREAMED_ATTRIBUTE = "data-streamed"
"""Attribute of `span` elements that mark the places of parts that the server sends later (see `streamed_parts`).

React writes an empty template at such a place; the value is the id of this template. A placeholder follows until the
part arrives; `STREAMED_END` ends it. In the placeholder, `STREAMED_START` and `STREAMED_END` enclose the places of
other parts."""
STREAMED_START, STREAMED_END = "start", "end"
_STREAMED_MARKS = {
    "<!--$-->": STREAMED_START, "<!--$?-->": STREAMED_START, "<!--$!-->": STREAMED_START, "<!--/$-->": STREAMED_END
}  # fmt: skip
"""Comment of React 18 and later → the value of `STREAMED_ATTRIBUTE` for it."""
_STREAMED_PLACE = re.compile(r"[\w:-]*[BP]:[0-9a-f]+")
"""The id of a template that marks such a place in React 18 and later."""

_SVG_DEFINITIONS = frozenset({"defs", "symbol"})
"""Elements of SVG that are drawn only where `use` refers to them."""

_USE = re.compile(rf"<use{_NAME_END}", _FLAGS)


_HTML_END_TAGS = BLOCKS | FOREIGN_ENDING_TAGS | frozenset("a button font html label".split())
"""End tags that close an HTML element around an unclosed SVG image, and the image too."""


class _OpenElement(NamedTuple):
    """An open template, an `object` whose content is not shown, or an open element of SVG or MathML.

    `is_html` tells whether its content is HTML, `is_shown` whether HTML text in it is shown, `is_drawn` whether SVG
    draws its text.
    """

    name: str
    is_html: bool = True
    is_shown: bool = True
    is_svg: bool = False
    is_drawn: bool = False


_PAGE = _OpenElement("")


class _Scanner:
    """Reads markup once, from one element that it handles to the next, and collects the remaining markup."""

    def __init__(self, markup: str, frames: int = 0) -> None:
        self._markup, self._end = markup, len(markup)
        self._frames = frames
        self._handlers = {
            "script": self._read_script,
            "style": self._read_style,
            "iframe": self._read_frame,
            "noscript": self._read_noscript,
            "template": self._read_template,
            "svg": self._open_foreign,
            "math": self._open_foreign,
            "plaintext": self._read_plaintext,
            "embed": self._read_embed,
            "object": self._read_object,
            "wbr": self._skip_empty,
            "bgsound": self._skip_empty,
            "image": self._read_image,
            "frame": self._read_frame_of_set,
            "frameset": self._skip_empty,
            "noframes": self._skip_hidden_text,
            "noembed": self._skip_hidden_text,
        }
        self._in_noscript = self._noscript_is_unclosed = self._has_streamed_places = False
        self._last_object_end: int | None = None  # position of the last `</object>`, -1 for none, None if not searched
        self._no_style_end_before = 0  # a search for `</style>` up to this position has found none
        self._hidden_in_svg = UNDRAWN_IN_SVG if _USE.search(markup) else UNDRAWN_IN_SVG | _SVG_DEFINITIONS
        self._kept: list[str] = []
        self._line_breaks = 0  # of skipped markup; the next tag gets them
        self._open = [_PAGE]
        # For each open element with HTML content, how many elements of SVG or MathML are open in it, by name.
        self._open_names: list[Counter[str]] = [Counter()]
        self._templates = 0
        self._drawn: list[str] = []  # the texts of the SVG image that is open
        self.data: list[str] = []
        self.scripts: list[str] = []
        self.style_sheets: list[str] = []
        self.skipped_frames = 0

    def run(self) -> str:
        """Return the remaining markup."""
        self._scan(0)
        return "".join(self._kept) + "\n" * self._line_breaks

    def _scan(self, position: int) -> None:
        while position < self._end:
            position = self._read_html(position) if self._open[-1].is_html else self._read_foreign(position)
        while len(self._open) > 1:
            self._pop()

    # --- markup that is kept

    def _keep(self, start: int, end: int) -> int:
        if self._open[-1].is_shown:
            self._add(self._markup[start:end])
        else:
            self._skip(start, end)
        return end

    def _skip(self, start: int, end: int) -> int:
        self._line_breaks += self._markup.count("\n", start, end)
        return end

    def _add(self, markup: str) -> None:
        """Add `markup`; its first tag gets the line breaks of what was skipped before it.

        Line breaks in the text would split a word around a comment.
        """
        if self._line_breaks and (tag := _TAG_NAME.search(markup)):
            self._kept += [markup[: tag.end()], "\n" * self._line_breaks, markup[tag.end() :]]
            self._line_breaks = 0
        else:
            self._kept.append(markup)

    def _keep_unfinished(self, start: int) -> int:
        """Keep a tag that is cut off, for the parser; skip it in `noscript`, where it would hide what follows."""
        return self._skip(start, self._end) if self._in_noscript else self._keep(start, self._end)

    def _insert(self, markup: str) -> None:
        if self._open[-1].is_shown:
            self._add(markup)

    # --- HTML

    def _read_html(self, position: int) -> int:
        """Keep everything up to the next tag or comment that is handled; handle it, and return where it ends."""
        markup, end = self._markup, self._end
        following = _NEXT if len(self._open) == 1 else _NEXT_IN_OPEN
        found = following.search(markup, position, end)
        at = found.start() if found else end
        if self._has_simple_tags(position, at):
            self._keep(position, at)
        else:
            at = self._keep_tag_by_tag(position, following)
            found = following.match(markup, at, end)
        if found is None:
            return self._keep_unfinished(at)
        opening = found[0][1:].lower()
        if opening == "!--":
            return self._skip_comment(at)
        if opening == "/" and (ended := _ANY_TAG.match(markup, at, end)):
            return self._skip(*ended.span())
        if opening in {"!", "?", "/"}:
            is_foreign = self._open[-1].name not in {"", *_HTML_CONTENT}
            return self._read_cdata(at) if is_foreign and markup.startswith(_CDATA, at) else self._skip_declaration(at)
        tag = _ANY_TAG.match(markup, at, end)
        if tag is None:
            return self._keep_unfinished(at)
        return self._read_end_tag(tag) if tag[1] else self._handlers.get(opening, self._read_text)(tag)

    def _has_simple_tags(self, start: int, end: int) -> bool:
        """Return whether all tags are short and end at their first ">", as on nearly all pages.

        Reading tags one by one takes four times as long.
        """
        last = self._markup.rfind("<", start, end)
        is_closed = last < 0 or self._markup.find(">", last, end) >= 0
        is_long = end - start > _LONG and _LONG_TAG.search(self._markup, start, end)
        return is_closed and not is_long and not _BRACKET_IN_QUOTES.search(self._markup, start, end)

    def _keep_tag_by_tag(self, position: int, following: re.Pattern[str]) -> int:
        """Keep text and tags up to a tag that matches `following` or is unfinished; return the position of that tag."""
        markup, end, start = self._markup, self._end, position
        while (at := markup.find("<", position, end)) >= 0 and not following.match(markup, at, end):
            tag = _ANY_TAG.match(markup, at, end)
            if tag is None and _TAG_OPEN.match(markup, at, end):
                break
            position = tag.end() if tag else at + 1
            if tag and position - at > _LONG:
                self._keep(start, at)
                start = self._keep_tag(tag)
        return self._keep(start, at if at >= 0 else end)

    def _keep_tag(self, tag: re.Match[str]) -> int:
        """Keep a tag with its first `_MAX_ATTRIBUTES` attributes."""
        start, end = tag.span()
        if end - start > _LONG:
            last = tag.end(2)
            for attribute in islice(_ATTRIBUTES.finditer(self._markup, last, end), _MAX_ATTRIBUTES):
                last = attribute.end()
            self._keep(start, last)
            self._insert(f"{tag['self_closing']}>")
            return self._skip(last, end)
        return self._keep(start, end)

    def _skip_comment(self, at: int) -> int:
        for short in ("<!-->", "<!--->"):
            if self._markup.startswith(short, at, self._end):
                return self._skip(at, at + len(short))
        found = _COMMENT_END.search(self._markup, at + len("<!--"), self._end)
        end = found.end() if found else self._end
        if self._has_streamed_places and (mark := _STREAMED_MARKS.get(self._markup[at:end])) and self._open[-1].is_html:
            self._insert(f'<span {STREAMED_ATTRIBUTE}="{mark}"></span>')
        return self._skip(at, end)

    def _skip_declaration(self, at: int) -> int:
        """Skip what browsers read as a comment up to the next ">", such as "<?xml …>"; keep a document type."""
        end = self._markup.find(">", at, self._end) + 1 or self._end
        is_type = self._markup[at + 2 : at + 9].lower() == "doctype"
        return self._keep(at, end) if is_type else self._skip(at, end)

    def _read_end_tag(self, tag: re.Match[str]) -> int:
        """Close the element with HTML content that ends here."""
        name, top = tag[2].lower(), self._open[-1]
        if name == "template":
            self._close_template()
        elif top.name == name:
            self._pop()
        elif top.name not in _HTML_CONTENT and len(self._open_names) > 1 and self._open_names[-2][name]:
            self._pop()  # an end tag of SVG closes elements such as `title`, too
            self._close_foreign(name)
        return self._skip(tag.start(), tag.end())

    def _is_frame_kept(self) -> bool:
        return self._open[-1].is_shown and not self._in_noscript

    def _read_embed(self, tag: re.Match[str]) -> int:
        """Keep an `embed`, or put its embedded document in its place.

        libxml2 would put the text after an `embed` without an end tag inside the `embed`.
        """
        if document := _document_at(_attribute(tag[0], "src")):
            return self._embed(document, *tag.span())
        if not self._is_frame_kept():
            return self._skip(*tag.span())
        self._keep_tag(tag)
        self._insert("</embed>")
        return tag.end()

    def _read_object(self, tag: re.Match[str]) -> int:
        """Keep the start tag of an `object`, or put its embedded document in the place of its content.

        Browsers show the content only if they cannot show the document.
        """
        if self._open[-1].name == "object":
            self._skip(*tag.span())
        else:
            document = _document_at(_attribute(tag[0], "data"))
            if document is None:
                return self._keep_tag(tag)
            self._embed(document, *tag.span())
            if not self._has_object_end(tag.end()):
                return tag.end()
        self._push(_OpenElement("object", is_shown=False))
        return tag.end()

    def _has_object_end(self, position: int) -> bool:
        """Return whether an end tag follows; without one, the rest of the page would be content."""
        if self._last_object_end is None:
            self._last_object_end = max((found.start() for found in _OBJECT_END.finditer(self._markup)), default=-1)
        return position <= self._last_object_end < self._end

    def _read_image(self, tag: re.Match[str]) -> int:
        """Turn an `image` into an `img`, as browsers do."""
        self._insert("<img")
        return self._keep(tag.end(2), tag.end())

    def _read_frame_of_set(self, tag: re.Match[str]) -> int:
        document = _document_at(_attribute(tag[0], "src"))
        return self._embed(document, *tag.span()) if document else self._keep_tag(tag)

    def _skip_empty(self, tag: re.Match[str]) -> int:
        """Skip a tag that libxml2 misreads: `wbr` or `bgsound` would have content, `frameset` would end the body."""
        return self._skip(*tag.span())

    def _skip_hidden_text(self, tag: re.Match[str]) -> int:
        content_end = _RAW_END[tag[2].lower()].search(self._markup, tag.end(), self._end)
        if content_end is None:
            return self._keep_unfinished(tag.start())
        return self._skip(tag.start(), self._end_of_raw(content_end))

    def _read_script(self, tag: re.Match[str]) -> int:
        content_end = _end_of_script(self._markup, tag.end(), self._end)
        end = self._end_of_raw(content_end)
        if self._frames == 0 and self._open[-1].is_shown and content_end:
            self.scripts.append(self._markup[tag.start() : end])
            content = self._markup[tag.end() : content_end.start()]
            if DATA in unescape(tag[0]).lower():
                self.data.append(content)
            elif (kind := _attribute(tag[0], "type") or "").lower().startswith(TEX):
                self._insert(f'<span {TEX_ATTRIBUTE}="{escape(kind)}">{escape(content.strip())}</span>')
        return self._skip(tag.start(), end)

    def _read_style(self, tag: re.Match[str]) -> int:
        """Skip a `style`; without an end tag, it ends at the next end tag of another element.

        Programs that save sites cut style sheets off where they rewrite links.
        """
        content_end = None
        if self._no_style_end_before < self._end:
            content_end = _RAW_END["style"].search(self._markup, tag.end(), self._end)
        if content_end is None:
            self._no_style_end_before = self._end
            end_tag = _HTML_END_TAG.search(self._markup, tag.end(), self._end)
            return self._skip(tag.start(), end_tag.start() if end_tag else self._end)
        if self._frames == 0 and self._open[-1].is_shown:
            self.style_sheets.append(self._markup[tag.end() : content_end.start()])
        return self._skip(tag.start(), self._end_of_raw(content_end))

    def _read_frame(self, tag: re.Match[str]) -> int:
        """Keep an `iframe` but not its content, or put its embedded document in its place."""
        end = self._end_of_raw(_RAW_END["iframe"].search(self._markup, tag.end(), self._end))
        document = _framed_document(tag[0])
        if not document and self._is_frame_kept():
            self._keep_tag(tag)
            self._insert("</iframe>")
            return self._skip(tag.end(), end)
        return self._embed(document, tag.start(), end) if document else self._skip(tag.start(), end)

    def _embed(self, document: str, start: int, end: int) -> int:
        """Put a document in the place of markup, unless the document is not shown or too deep."""
        is_shown = self._open[-1].is_shown
        if is_shown and self._frames == MAX_FRAMES:
            self.skipped_frames += 1
        if not is_shown or self._frames == MAX_FRAMES:
            return self._skip(start, end)
        scanner = _Scanner(document, self._frames + 1)
        inner = _HEAD_TAG.sub(_line_breaks, scanner.run())
        self.skipped_frames += scanner.skipped_frames
        self._kept += ["<div>", inner, "</div>"]
        self._line_breaks += max(0, self._markup.count("\n", start, end) - inner.count("\n"))
        return end

    def _read_text(self, tag: re.Match[str]) -> int:
        """Keep an element whose content is text, even where it looks like markup."""
        name = tag[2].lower()
        content_end = _RAW_END[name].search(self._markup, tag.end(), self._end)
        if content_end is None:
            return self._keep_unfinished(tag.start())
        end = self._end_of_raw(content_end)
        is_title_of_frame = name == "title" and self._frames > 0
        return self._skip(tag.start(), end) if is_title_of_frame else self._keep(self._keep_tag(tag), end)

    def _read_noscript(self, tag: re.Match[str]) -> int:
        """Keep a `noscript`: no element in it reaches beyond its end tag, since browsers read its content as text."""
        self._keep_tag(tag)
        if self._in_noscript or self._noscript_is_unclosed:
            return tag.end()
        content_end = _RAW_END["noscript"].search(self._markup, tag.end(), self._end)
        if content_end is None:
            self._noscript_is_unclosed = True
            return tag.end()
        state = self._end, self._open, self._open_names, self._templates
        self._end, self._open = content_end.start(), [_PAGE._replace(is_shown=self._open[-1].is_shown)]
        self._open_names, self._templates, self._in_noscript = [Counter()], 0, True
        self._scan(tag.end())
        self._end, self._open, self._open_names, self._templates = state
        self._in_noscript = False
        return self._keep(content_end.start(), self._end_of_raw(content_end))

    def _read_plaintext(self, tag: re.Match[str]) -> int:
        return self._keep_unfinished(tag.start())

    def _end_of_raw(self, content_end: re.Match[str] | None) -> int:
        """Return the position after an end tag; without an end tag, the end of the markup."""
        tag = _ANY_TAG.match(self._markup, content_end.start(), self._end) if content_end else None
        return tag.end() if tag else self._end

    # --- templates

    def _read_template(self, tag: re.Match[str]) -> int:
        """Open a template; browsers show the content of one with a shadow tree."""
        top = self._open[-1]
        identity = _attribute(tag[0], "id") or ""
        if top.is_shown and _STREAMED_PLACE.fullmatch(identity):
            self._has_streamed_places = True
            self._insert(f'<span {STREAMED_ATTRIBUTE}="{identity}"></span>')
        is_shadow = (_attribute(tag[0], "shadowrootmode") or "").lower() in {"open", "closed"}
        if is_shadow:
            self._insert("<div>")
        self._push(_OpenElement("template", is_shown=top.is_shown and is_shadow))
        self._templates += 1
        return self._skip(tag.start(), tag.end())

    def _close_template(self) -> None:
        while self._templates and self._pop().name != "template":
            pass

    # --- SVG and MathML

    def _read_foreign(self, position: int) -> int:
        """Read up to and including the next tag in SVG or MathML; return the position after it."""
        markup, end, is_svg = self._markup, self._end, self._open[-1].is_svg
        if is_svg and (drawing := _DRAWING.match(markup, position, end)):
            return self._skip(position, drawing.end())
        at = markup.find("<", position, end)
        self._read_foreign_text(position, at if at >= 0 else end)
        if at < 0:
            return end
        if tag := _ANY_TAG.match(markup, at, end):
            return self._read_foreign_end(tag) if tag[1] else self._read_foreign_start(tag)
        if markup.startswith(_CDATA, at):
            return self._read_cdata(at)
        if markup.startswith("<!--", at):
            return self._skip_comment(at)
        follower = markup[at + 1 : at + 2]
        if follower in {"!", "?", "/"}:
            return self._skip_declaration(at)
        if follower.isascii() and follower.isalpha():  # the markup ends within the tag
            return self._skip(at, end)
        self._read_foreign_text(at, at + 1)
        return at + 1

    def _read_cdata(self, at: int) -> int:
        close = self._markup.find("]]>", at, self._end)
        self._read_foreign_text(at + len(_CDATA), close if close >= 0 else self._end, is_cdata=True)
        return close + len("]]>") if close >= 0 else self._end

    def _read_foreign_text(self, start: int, end: int, *, is_cdata: bool = False) -> None:
        top, text = self._open[-1], self._markup[start:end]
        if top.is_svg and top.name == "style":
            self.style_sheets.append(text if is_cdata else unescape(text))  # they apply to the whole page
        if top.is_drawn:
            self._drawn.append(text if is_cdata else unescape(text))
        if top.is_shown and (top.is_html or not top.is_svg):
            self._add(escape(text) if is_cdata else text)
        else:
            self._skip(start, end)

    def _read_foreign_start(self, tag: re.Match[str]) -> int:
        name = tag[2].lower()
        is_html_font = name == "font" and any(_attribute(tag[0], key) for key in ("color", "face", "size"))
        if name in FOREIGN_ENDING_TAGS or is_html_font:
            self._leave_foreign()
            return tag.start()
        return self._open_foreign(tag)

    def _read_foreign_end(self, tag: re.Match[str]) -> int:
        name = tag[2].lower()
        boundary = self._open[-1 - self._open_names[-1].total()]
        if self._open_names[-1][name]:
            self._close_foreign(name)
        elif name == boundary.name or name in _HTML_END_TAGS:
            self._leave_foreign()
            return tag.start()
        return self._skip(tag.start(), tag.end())

    def _open_foreign(self, tag: re.Match[str]) -> int:
        """Open an element of SVG or MathML. Tags of MathML stay, those of SVG go, `foreignObject` becomes a `div`."""
        name, top = tag[2].lower(), self._open[-1]
        is_svg = name == "svg" if top.is_html or top.name == _ANNOTATION else top.is_svg
        is_shown = top.is_shown and not (is_svg and name in self._hidden_in_svg)
        if not is_svg:
            self._keep_tag(tag)
        else:
            if name == "foreignobject":
                self._insert("<div>")
            self._skip(tag.start(), tag.end())
        if tag["self_closing"]:
            if is_svg and name == "foreignobject":
                self._insert("</div>")
            return tag.end()
        is_point = name in (_SVG_INTEGRATION_POINTS if is_svg else _MATH_INTEGRATION_POINTS) or (
            name == _ANNOTATION and (_attribute(tag[0], "encoding") or "").lower() in _HTML_ENCODINGS
        )
        is_drawn = is_svg and is_shown and not is_point and (name == "text" or (top.is_drawn and not top.is_html))
        self._push(_OpenElement(name, is_point, is_shown, is_svg, is_drawn))
        return tag.end()

    def _close_foreign(self, name: str) -> None:
        while self._pop().name != name:
            pass

    def _leave_foreign(self) -> None:
        while not self._open[-1].is_html:
            self._pop()

    # --- the stack

    def _push(self, element: _OpenElement) -> None:
        self._open.append(element)
        if element.is_html:
            self._open_names.append(Counter())
        else:
            self._open_names[-1][element.name] += 1

    def _pop(self) -> _OpenElement:
        """Remove the innermost open element, insert the end tag that its kept markup needs, and return it."""
        element = self._open.pop()
        if element.is_html:
            self._open_names.pop()
        else:
            self._open_names[-1][element.name] -= 1
        if element.name == "template":
            self._templates -= 1
            if element.is_shown:
                self._insert("</div>")
        elif not element.is_svg and element.name != "object":
            self._insert(f"</{element.name}>")
        elif element.name == "foreignobject":
            self._insert("</div>")
        elif element.name == "svg" and not self._open[-1].is_svg:
            self._insert_drawn_words()
        return element

    def _insert_drawn_words(self) -> None:
        words = " ".join(" ".join(self._drawn).split())
        self._drawn.clear()
        if any(map(str.isalnum, words)):
            self._insert(f"<svg><text>{escape(words)}</text></svg>")


def _end_of_script(markup: str, start: int, end: int) -> re.Match[str] | None:
    """Return the end tag of a script whose content begins at `start`.

    Between "<!--" and "-->", each "<script" hides the next end tag (13.2.5.20, script data escaped state).
    """
    found = _RAW_END["script"].search(markup, start, end)
    if found is None or markup.find("<!--", start, found.start()) < 0:
        return found
    escaped = doubly_escaped = False
    for state in _SCRIPT_STATES.finditer(markup, start, end):
        match state[0].lower():
            case "<!":
                escaped = True
            case "-->":
                escaped = doubly_escaped = False
            case "<script":
                doubly_escaped = escaped
            case _ if not doubly_escaped:
                return _RAW_END["script"].match(markup, state.start(), end)
            case _:
                doubly_escaped = False
    return None


def _attribute(tag: str, name: str) -> str | None:
    """Return the value of an attribute of a start tag, "" for an empty one; None if the tag lacks the attribute.

    References such as "&amp;" stay.
    """
    if name not in tag.lower():
        return None
    for found in _ATTRIBUTES.finditer(tag, 1):
        if found["name"].lower() == name:
            return found["double"] or found["single"] or found["bare"] or ""
    return None


def _framed_document(tag: str) -> str | None:
    """Return the `srcdoc` or `data:` document of an `iframe` tag, as HTML; None for other frames.

    Encoded line breaks become spaces, so that the lines after the document keep their numbers.
    """
    if srcdoc := _attribute(tag, "srcdoc"):
        return "\n".join(unescape(line).replace("\n", " ") for line in srcdoc.split("\n"))
    return _document_at(_attribute(tag, "src"))


def _document_at(address: str | None) -> str | None:
    """Return the document in a `data:` URL, as HTML; None for any other value of an attribute."""
    url = read_data_url(unescape(address)) if address else None
    if url is None:
        return None
    media_type = url.content_type.media_type or "text/plain"
    is_markup = media_type in _MARKUP_TYPES
    if not is_markup and not media_type.startswith("text/"):
        return None
    text = decode_markup(url.data, url.content_type.charset).text.replace("\n", " ")
    return text if is_markup else escape(text, quote=False)


def _line_breaks(found: re.Match[str]) -> str:
    return "\n" * found[0].count("\n")


_FORBIDDEN_CONTROLS = bytes({*range(0x20), 0x7F} - {*b"\t\n\f\r"})
_FORBIDDEN_CHARACTERS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_FORBIDDEN_REFERENCES = re.compile(
    r"&#(?:0*(?:[0-8]|1[14-9]|2\d|3[01]|127|6553[45])(?:;|(?!\d))|x0*(?:[0-8bef]|1[0-9a-f]|7f|fff[ef])(?:;|(?![0-9a-f])))",
    re.IGNORECASE,
)
"""References to characters that XML 1.0 and so EPUB, DOCX and XMP forbid, and to U+007F, which carries no text."""
_FORM_FEED_REFERENCES = re.compile(r"&#(?:0*12(?:;|(?!\d))|x0*c(?:;|(?![0-9a-f])))", re.IGNORECASE)
"""A form feed is white space in HTML, but XML forbids it: a space replaces it."""


def _mask_forbidden(markup: str) -> str:
    """Return the markup with `REMOVED` for each forbidden character, and a space for a form feed."""
    markup = _FORM_FEED_REFERENCES.sub(" ", markup) if "&#" in markup else markup
    return _replace_forbidden(markup.replace("\f", " "), REMOVED)


def without_forbidden(text: str) -> str:
    """Return text from a script or an attribute without `_FORBIDDEN_CHARACTERS`; form feeds stay."""
    return _replace_forbidden(text.replace(REMOVED, ""), "")


def _replace_forbidden(text: str, replacement: str) -> str:
    text = _FORBIDDEN_REFERENCES.sub(replacement, text) if "&#" in text else text
    return _FORBIDDEN_CHARACTERS.sub(replacement, text) if _has_forbidden_characters(text) else text


def _has_forbidden_characters(markup: str) -> bool:
    """Return whether `_FORBIDDEN_CHARACTERS` would match, in a quarter of its time."""
    try:
        raw = markup.encode()
    except UnicodeEncodeError:  # a lone surrogate
        return True
    return len(raw.translate(None, _FORBIDDEN_CONTROLS)) < len(raw) or "\ufffe" in markup or "\uffff" in markup
