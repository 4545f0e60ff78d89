"""Escapes characters that Markdown or LaTeX interprets as markup, but that pandoc's writers do not escape."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

from readout_pub.emit.pandoc.nodes import LINE_BREAK, SPACE, Node, Tree, code_as_lines, node, node_text

_UNESCAPED = re.compile(r"(&(?=#?\w+;)|~)")
_UNESCAPED_OR_LINK = re.compile(r"(&(?=#?\w+;)|~|:(?=//)|(?<=www)\.)")
_ESCAPED_IN_LINK = re.compile(r"[$*<>[\]\\`|~]|_(?!\w)|(?<!\w)_|&#?\w+;")
"""Characters that pandoc escapes with a backslash. GitHub makes a bare URL a link, with the backslash in its address.
So such a URL is written in a form that GitHub does not make a link.
"""

_QUOTE = re.compile('(["`])')

_SPLIT = re.compile(r"(?<=!)(?=\[)|(?<=\\)")
"""Where texts are split, so that pandoc escapes each part. In "![", it would escape only "!", and "[" could start a
link. After a backslash, it would drop a character.
"""

_PUNCTUATION = re.compile(r"[!-/:-@[-`{-~]")

_BLOCK_MARKER = re.compile(r"(\d{1,9}(?=[.)]))?([.)]|[-+]+|=+)")
"""First words of a line that start a list, heading or rule in Markdown; pandoc escapes them only on the first line of a
paragraph.
"""


def escape_markdown(tree: Tree) -> Tree:
    r"""Return `tree`, a part of a syntax tree, with all text escaped that Markdown would misread.

    "&amp;" in the text becomes "&amp;amp;". After a line break, "1." becomes "1\.". Emphasis and struck text become
    HTML where asterisks or tildes would be text. Code blocks get fences, since inside lists indentation has another
    meaning. In tables, code with "|" becomes HTML, since the bar would end the cell.
    """
    return _map_siblings(tree, _escape_markdown_siblings)


def escape_latex(tree: Tree) -> Tree:
    r"""Return `tree` with straight double quotes and backticks as commands: TeX would make curly quotes of them.

    A "*" after a line break gets "{}" before it: TeX would read "\\*" as one command. Code blocks in tables become
    lines of inline code.
    """
    return _map_siblings(tree, _escape_latex_siblings)


def _map_siblings(tree: Tree, change: Callable[[list[object]], list[object]]) -> Tree:
    """Return `tree` with `change` applied to every list outside of images and MetaString nodes.

    These nodes cannot have raw markup.
    """
    match tree:
        case {"t": "Image"} | {"t": "MetaString"}:
            return tree
        case {"t": str(kind), "c": content}:
            return node(kind, _map_siblings(content, change))
        case list():
            return [_map_siblings(item, change) for item in change(tree)]
        case _:
            return tree


def _escape_markdown_siblings(siblings: list[object]) -> list[object]:
    escaped: list[object] = [node("RawInline", "markdown", "\\")] if _is_line_of_dashes(siblings) else []
    for before, item, after in zip((None, *siblings), siblings, (*siblings[1:], None), strict=False):
        match item:
            case {"t": "Str", "c": str(word)} if _may_start_line(before, word) and (
                marker := _BLOCK_MARKER.fullmatch(word)
            ):
                escaped += [node("Str", marker[1] or ""), node("RawInline", "markdown", "\\"), node("Str", marker[2])]
            case {"t": "Str", "c": str(word)}:
                # Most escapes are raw HTML: pandoc writes some tables and figures as HTML and drops raw Markdown there.
                for part in _SPLIT.split(word):
                    # A bare URL ends only at a space, so it would include the markup of the next sibling.
                    is_joined = after not in (None, SPACE)
                    pattern = _UNESCAPED_OR_LINK if is_joined or _ESCAPED_IN_LINK.search(word) else _UNESCAPED
                    escaped += _replace_matches(part, pattern, _MARKDOWN_ESCAPES)
            case {"t": "Emph" | "Strong" | "Strikeout", "c": list(content)} if not _has_words(content):
                escaped += content
            case {"t": "Emph" | "Strong" | "Strikeout" as kind, "c": list(content)} if not _signs_mean_emphasis(
                before, content, after
            ):
                tag = _EMPHASIS_TAGS[kind]
                escaped += [_raw_html(f"<{tag}>"), *_escape_markdown_siblings(content), _raw_html(f"</{tag}>")]
            case {"t": "Link" | "Image" as kind, "c": [about, list(label), target]}:
                escaped.append(node(kind, about, _escape_label(label), target))
            case {"t": "Table", "c": [about, caption, *content]}:
                escaped.append(node("Table", about, caption, *_map_siblings(content, _escape_code)))
            case {"t": "CodeBlock", "c": [_, str(text)]}:
                escaped.append(node("CodeBlock", ["", ["text"], []], text))
            case _:
                escaped.append(item)
    return escaped


def _may_start_line(before: object, word: str) -> bool:
    """Return whether pandoc writes `word` at the start of a line that continues a paragraph.

    In Markdown, it writes a description below its term, so that "===" would make the term a heading.
    """
    return before == LINE_BREAK or (before is None and word.startswith("="))


def _is_line_of_dashes(siblings: list[object]) -> bool:
    """Return whether siblings are only spaces and three or more dashes: Markdown would draw a line."""
    dashes = ""
    for item in siblings:
        match item:
            case {"t": "Str", "c": str(word)}:
                dashes += word
            case {"t": "Space"}:
                pass
            case _:
                return False
        if dashes.strip("-"):
            return False
    return len(dashes) > 2


_EMPHASIS_TAGS = {"Emph": "em", "Strong": "strong", "Strikeout": "s"}

_EDGES = (None, SPACE, LINE_BREAK)
"""Siblings at which a word ends."""


def _signs_mean_emphasis(before: object, content: list[object], after: object) -> bool:
    """Return whether asterisks or tildes around `content` are markup (CommonMark, "left-flanking delimiter run").

    They are text beside white space inside ("** b**"), beside other such signs, and between punctuation inside and a
    word outside ("a**(b)**"). Signs between a bare URL and a word belong to the URL.
    """
    if after not in _EDGES and _ends_with_url(content):
        return False
    return _signs_mean_emphasis_at(content[0], 0, before) and _signs_mean_emphasis_at(content[-1], -1, after)


def _ends_with_url(content: list[object]) -> bool:
    *_, last = node_text(content).split() or [""]
    return bool(_URL_START.search(last))


_URL_START = re.compile(r"://|www\.")
"""What GitHub takes for the start of a URL."""


def _signs_mean_emphasis_at(inner: object, position: int, outer: object) -> bool:
    """Return whether asterisks or tildes between `outer` and `inner` are markup.

    `position` is the index of the character of `inner` beside them: 0 or -1.
    """
    match inner, outer:
        case (_, {"t": "Emph" | "Strong" | "Strikeout"}) | ({"t": "Emph" | "Strong" | "Space" | "LineBreak"}, _):
            return False
        case {"t": "Str", "c": str(word)}, _ if word[position:][:1].isspace():
            return False
        case {"t": "Str", "c": str(word)}, _ if word[position:][:1].isalnum():
            return True
        case _:
            return outer in _EDGES


def _has_words(content: Tree) -> bool:
    """Return whether a part of the tree contains anything but spaces."""
    match content:
        case {"t": "Str", "c": str(word)}:
            return bool(word.strip())
        case {"t": "Space" | "LineBreak"}:
            return False
        case {"t": "Emph" | "Strong" | "Strikeout" | "Superscript" | "Subscript", "c": list(inner)}:
            return _has_words(inner)
        case list():
            return any(map(_has_words, content))
        case _:
            return True


def _raw_html(markup: str) -> Node:
    return node("RawInline", "html", markup)


_MARKDOWN_ESCAPES = {
    "&": [_raw_html("&amp;")],
    ":": [_raw_html("&#58;")],
    ".": [_raw_html("&#46;")],
    "~": [node("RawInline", "markdown", "\\"), node("Str", "~")],
}
"""Character → the nodes that show it."""


def _entities(text: str) -> str:
    return _PUNCTUATION.sub(lambda sign: f"&#{ord(sign[0])};", text)


def _escape_label(label: list[object]) -> list[object]:
    """Return the text of a link or image, escaped so that Markdown finds no footnote or other link in it."""
    match label:
        case [{"t": "Str", "c": str(word)}, *_] if word.startswith("^"):
            return [node("RawInline", "markdown", "\\"), *_split_texts(label)]
        case _:
            return _split_texts(label)


def _split_texts(siblings: list[object]) -> list[object]:
    parts: list[object] = []
    for item in siblings:
        match item:
            case {"t": "Str", "c": str(word)}:
                parts += [node("Str", part) for part in _SPLIT.split(word) if part]
            case _:
                parts.append(item)
    return parts


def _escape_code(siblings: list[object]) -> list[object]:
    escaped: list[object] = []
    for item in siblings:
        match item:
            case {"t": "Code", "c": [_, str(code)]} if "|" in code:
                escaped.append(_raw_html(f"<code>{_entities(code)}</code>"))
            case _:
                escaped.append(item)
    return escaped


def _escape_latex_siblings(siblings: list[object]) -> list[object]:
    commands = {
        '"': [node("RawInline", "latex", r"\textquotedbl{}")],
        "`": [node("RawInline", "latex", r"\textasciigrave{}")],
    }
    escaped: list[object] = []
    for before, item in pairwise((None, *siblings)):
        match item:
            case {"t": "Str", "c": str(word)}:
                if before == LINE_BREAK and word.startswith("*"):
                    escaped.append(node("RawInline", "latex", "{}"))
                escaped += _replace_matches(word, _QUOTE, commands)
            case {"t": "Table"}:
                escaped.append(code_as_lines(item))
            case _:
                escaped.append(item)
    return escaped


def _replace_matches(word: str, pattern: re.Pattern[str], replacements: dict[str, list[Node]]) -> list[Node]:
    """Return `word` as nodes, with each match of the group in `pattern` replaced by its `replacements`."""
    pieces = enumerate(pattern.split(word))
    return [
        made
        for position, piece in pieces
        for made in (replacements[piece] if position % 2 else [node("Str", piece)] if piece else [])
    ]
