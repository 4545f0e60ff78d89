"""Removes what is not part of a document: navigation, form controls, media fallbacks, templates, data of scripts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice

from bs4 import Tag
from bs4.element import NavigableString

from readout_pub.extract.blocks import one_line
from readout_pub.extract.extraction import Reason
from readout_pub.extract.tree import SelectorIndex, short_selector
from readout_pub.html_elements import ALT_ORIGIN, EXCLUDED_FROM_BODY
from readout_pub.notes import Note, note
from readout_pub.sources.urls import read_data_url
from readout_pub.words import count_words

_HIDDEN_VALUES = frozenset("hidden password checkbox radio file image color range".split())
"""Types of `input` whose value is not shown as words."""

_WITHOUT_PLACEHOLDER = _HIDDEN_VALUES - {"password"}
"""Types of `input` that show no placeholder (WHATWG HTML, 4.10.5.3.10)."""


def shown_words(name: str, attribute: Callable[[str], object], text: str, labels: Iterable[object] = ()) -> str:
    """Return the words that an element with this `name` shows, white space collapsed.

    An `input` shows its value or placeholder, a `textarea` its `text` or placeholder, any other element its `text`.
    `attribute` returns the value of an attribute, None for a missing one. `labels`, those of the options of a `select`
    and of their groups, are shown before the text.
    """
    if name == "input":
        kind = str(attribute("type") or "").lower()
        text = "" if kind in _HIDDEN_VALUES else str(attribute("value") or "")
        placeholder = "" if kind in _WITHOUT_PLACEHOLDER else attribute("placeholder")
    else:
        placeholder = attribute("placeholder") if name == "textarea" else ""
    labelled = " ".join(str(label) for label in labels if label)
    return " ".join(f"{labelled} {text.strip() or placeholder or ''}".split())


_ICON_FONTS = tuple(
    f".material-{family}:not(td *, th *)"
    for family in (
        "icons", "icons-outlined", "icons-round", "icons-sharp", "icons-two-tone",
        "symbols-outlined", "symbols-rounded", "symbols-sharp",
    )
)  # fmt: skip
"""Elements with ligatures of an icon font: visitors see an arrow where the markup has "chevron_right".

In a table, a symbol such as "check" is content."""

EXCLUDED_SELECTORS = ("input ~ button", f"small[{ALT_ORIGIN}]", *_ICON_FONTS, *EXCLUDED_FROM_BODY)
"""CSS selectors of the elements that are removed from every body. Before, a photo that is only in a `noscript` replaces
the `noscript`.

A button after an `input` submits a form; another button may be the heading of a part that it expands. In our own HTML,
a `small` with `ALT_ORIGIN` marks an alternative text that nobody has reviewed."""


def remove_excluded(index: SelectorIndex, selectors: Sequence[str]) -> Iterator[Reason]:
    """Remove the elements that the selectors match, and yield a reason for each that had words."""
    for selector in selectors:
        for tag in index.select(selector):
            if not tag.decomposed:
                labels = (each.get("label") for each in tag.find_all(["optgroup", "option"]))
                text = shown_words(tag.name, tag.get, one_line(tag), labels)
                if text:
                    yield Reason("dropped", selector, short_selector(tag), text, count_words(text))
                tag.decompose()


CSS_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_CSS_STRING = "|".join(rf"""{mark}[^{mark}\\\n]*+(?:\\.[^{mark}\\\n]*+)*+(?:{mark}|(?=\n)|\\?\Z)""" for mark in "\"'")
"""A string ends with its quotation mark, or at the end of its line or of the style sheet (CSS Syntax, 4.3.5)."""
_CSS_STRINGS = re.compile(_CSS_STRING, re.DOTALL)
_ESCAPED_LETTER = re.compile(
    rf"(?P<string>{_CSS_STRING})|\\0{{0,4}}(?P<code>[46][1-9a-f]|[57][0-9a])(?![0-9a-f])\s?", re.DOTALL | re.IGNORECASE
)
r"""An escaped letter in a name, such as the "o" in "c\6fntent". Strings match too, and stay as they are."""
_CSS_TOKEN = re.compile(rf"{_CSS_STRING}|[{{}};]", re.DOTALL)
_CSS_DECLARATION = re.compile(
    r"(?P<property>content|list-style(?:-type)?|quotes|text-decoration(?:-line)?|--[\w-]++)\s*+:(?P<value>.*+)",
    re.IGNORECASE | re.DOTALL,
)
_STRING_BESIDE = re.compile(r"(?:list-style(?:-type)?|quotes)\s*+:[^\"';}]{0,100}[\"']")
_LIST_STYLE = re.compile(r"list-style|quotes")
_SHOWN_BESIDE = {"list-style": "li", "list-style-type": "li", "quotes": "q"}
"""Property → the elements beside which its words appear. They inherit the property from elements around them."""
_VALUE_WITH_WORDS = re.compile(
    rf"(?:content|list-style(?:-type)?|quotes)\s*+:((?:{_CSS_STRING}|[^;}}\"'])*+)", re.IGNORECASE | re.DOTALL
)
_CSS_IMPORT = re.compile(
    r"""@import\s++(?:url\(\s*+)?(?:"(data:[^"]*+)"|'(data:[^']*+)'|(data:[^\s)"']++))""", re.IGNORECASE
)
_CSS_VARIABLE = re.compile(r"\bvar\(\s*+--", re.IGNORECASE)
_CSS_NAME = re.compile(rf"{_CSS_STRING}|(?P<name>[\w-]++)", re.DOTALL)
_COUNTER_STYLE = re.compile(
    rf"@counter-style\s++(?P<name>[\w-]++)\s*+\{{(?P<symbols>(?:{_CSS_STRING}|[^}}\"'])*+)", re.IGNORECASE | re.DOTALL
)
"""A style of list labels. Its strings are the labels, and what stands before and behind each of them."""
_CSS_ESCAPE = re.compile(r"\\(?:[0-9a-fA-F]{1,6}\s?|(.))", re.DOTALL)
_FIRST_ALTERNATIVE = re.compile(r":(?:is|where)\(([^(),]*+)[^()]*+\)", re.IGNORECASE)
_PSEUDO_ELEMENT = re.compile(r"::?(?:before|after|marker)\s*\Z", re.IGNORECASE)
_LAST_COMPOUND = re.compile(
    r"(?<![^\s>+~])(?=(?P<compound>(?:\*|[\w-]*+)(?:[.#][\w-]++|\[[\w-]++\])*))(?P=compound)(?=[^\s>+~]*+\Z)"
)
_MAX_SELECTORS = 100
"""How many selectors and `style` attributes of one page are tried. On 3,000 real pages, at most a dozen selectors of
each show words."""

_MAX_NAMED = 1000
"""How many characters of a variable or a style of labels are read. Labels are short, but each rule may read the value
again."""

_MAX_SELECTOR = 1000
"""At how many characters a selector is cut off. A nested rule repeats the selector around it, in quadratic time."""


def css_words(index: SelectorIndex, style_sheets: Iterable[str]) -> Iterator[Reason]:
    """Yield a reason for the words that style sheets show beside elements of the body.

    Such words are in `content`, in the strings before list items and around quotations, and in `@counter-style`.
    `attr()` does not count: it prints the addresses of links, for example.
    """
    matches: dict[tuple[str, str | None], int] = {}
    readable = map(_without_escapes, _with_imports(style_sheets))
    sheets = [CSS_COMMENT.sub("", sheet) for sheet in readable if _may_show_words(sheet)]
    named = {
        style["name"].lower(): style["symbols"][:_MAX_NAMED]
        for each in sheets
        for style in _COUNTER_STYLE.finditer(each)
    }
    yield from _words_of_style_attributes(index, named)
    if not named and not any(map(_shows_words, sheets)):
        return
    found = [each for sheet in sheets for each in declarations(sheet)]
    named |= {name: value[:_MAX_NAMED] for _, name, value in found if name.startswith("--")}
    for selector, name, value in found:
        words = "" if name.startswith("--") else _words_of_value(value, named)
        beside = _SHOWN_BESIDE.get(name)
        elements = (_styled_element(each, is_pseudo=beside is None) for each in selector.split(",") if words)
        shown = 0
        for element in filter(None, elements):
            if (element, beside) not in matches and len(matches) < _MAX_SELECTORS:
                matches[element, beside] = _count_elements(index, element, beside)
            shown += matches.get((element, beside), 0)
        if shown:
            yield Reason("dropped", "CSS content", selector, words, shown * count_words(words))


def _words_of_style_attributes(index: SelectorIndex, counter_styles: Mapping[str, str]) -> Iterator[Reason]:
    """Yield a reason for the words that `style` attributes show before list items and around quotations."""
    may_show_words = _LIST_STYLE if counter_styles else _STRING_BESIDE
    styled = (tag for tag in index.with_attributes("style") if may_show_words.search(str(tag["style"]).lower()))
    for tag in islice(styled, _MAX_SELECTORS):
        for _, name, value in declarations(f"*{{{tag['style']}}}"):
            words = _words_of_value(value, counter_styles) if name in _SHOWN_BESIDE else ""
            beside = _SHOWN_BESIDE.get(name, "")
            shown = (tag.name == beside) + len(tag.find_all(beside)) if words else 0
            if shown:
                yield Reason("dropped", "CSS content", short_selector(tag), words, shown * count_words(words))


def _without_escapes(sheet: str) -> str:
    r"""Return a style sheet without escapes for letters in its names, such as "c\6fntent"."""
    if "\\" not in sheet:
        return sheet
    return _ESCAPED_LETTER.sub(lambda found: found["string"] or chr(int(found["code"], 16)), sheet)


def _may_show_words(sheet: str) -> bool:
    """Return whether a style sheet may show words: a quick test that rules out most sheets."""
    lowered = sheet.lower()
    return "content" in lowered or "@counter-style" in lowered or _STRING_BESIDE.search(lowered) is not None


def _shows_words(sheet: str) -> bool:
    """Return whether a value in a style sheet has words or a variable; faster than reading its declarations."""
    return any(_CSS_VARIABLE.search(value) or _words_of_value(value, {}) for value in _VALUE_WITH_WORDS.findall(sheet))


def _with_imports(style_sheets: Iterable[str]) -> Iterator[str]:
    """Yield the style sheets, each after those that it imports from `data:` URLs."""
    for sheet in style_sheets:
        addresses = ("".join(found) for found in _CSS_IMPORT.findall(sheet)) if "@import" in sheet else ()
        imports = map(read_data_url, addresses)
        yield from (url.data.decode("utf-8", "replace") for url in imports if url)
        yield sheet


def _count_elements(index: SelectorIndex, element: str, beside: str | None) -> int:
    """Return how many elements a selector matches.

    With `beside`, count the elements of that name that match or are within a match.
    """
    if beside is None:
        return len(index.select(element))
    named = index.select(beside)
    if element in {"html", "body"}:
        return len(named)
    matched = set(map(id, index.select(element)))
    return sum(any(id(tag) in matched for tag in (each, *each.parents)) for each in named)


_OUTERMOST = 2
"""How many selectors are on the stack in a rule outside of other rules: "" for the style sheet, and its own."""


def declarations(sheet: str, *, nested: bool = True) -> Iterator[tuple[str, str, str]]:
    """Yield the selector, the name and the value of each declaration that `_CSS_DECLARATION` names.

    In the selector of a nested rule, the first "&" stands for the selector around it. Without `nested`, rules within
    others or within `@media` and the like are left out.
    """
    selectors, start = [""], 0
    for token in _CSS_TOKEN.finditer(f"{sheet}}}"):
        if token[0] not in "{};":
            continue
        text, start = sheet[start : token.start()].strip(), token.end()
        if token[0] == "{":
            own = _FIRST_ALTERNATIVE.sub(r"\1", text).replace("&", selectors[-1], 1)[:_MAX_SELECTOR]
            selectors.append(selectors[-1] if text.startswith("@") else own)
            continue
        if (nested or len(selectors) <= _OUTERMOST) and (found := _CSS_DECLARATION.match(text)):
            yield selectors[-1], found["property"].lower(), found["value"]
        if token[0] == "}" and len(selectors) > 1:
            selectors.pop()


def _words_of_value(value: str, named: Mapping[str, str]) -> str:
    """Return the words in the strings of a value, and of the variables and styles of labels that it names.

    Most hexadecimal escapes are symbols of icon fonts.
    """
    names = dict.fromkeys(map(str.lower, filter(None, _CSS_NAME.findall(value)))) if named else ()
    parts = (value, *(named.get(name, "") for name in names))
    strings = (text[1:].removesuffix(text[0]) for part in parts for text in _CSS_STRINGS.findall(part))
    words = " ".join(_CSS_ESCAPE.sub(r"\1", text) for text in strings)
    return " ".join(words.split()) if any(map(str.isalpha, words)) else ""


def _styled_element(selector: str, *, is_pseudo: bool) -> str | None:
    """Return the name, classes, id and attributes in the last part of a selector, else None.

    With `is_pseudo`, only a part with a pseudo-element counts, else only one without. The other parts may name elements
    around the body.
    """
    element = _PSEUDO_ELEMENT.sub("", selector.strip())
    last = _LAST_COMPOUND.search(element) if is_pseudo is (element != selector.strip()) else None
    return last[0] if last else None


_TEMPLATE_PLACEHOLDER = re.compile(r"--\w++--|\{\{?\s*+[\w.]++\s*+\}?\}|\$\{[\w.]++\}")
_BEFORE_PLACEHOLDERS = re.compile(r"\s*+(?:\w++\s++)?")
_BETWEEN_PLACEHOLDERS = re.compile(r"\W*+(?:\w{1,3}\s*+)?")
_AFTER_PLACEHOLDERS = re.compile(r"\W*+")


def _is_template(text: str) -> bool:
    """Return whether a text is a template that a script would fill: "--page-- of --total--" or "{{ count }}"."""
    first, *others = _TEMPLATE_PLACEHOLDER.split(text)
    return (
        bool(others)
        and _BEFORE_PLACEHOLDERS.fullmatch(first) is not None
        and all(_BETWEEN_PLACEHOLDERS.fullmatch(each) for each in others[:-1])
        and _AFTER_PLACEHOLDERS.fullmatch(others[-1]) is not None
    )


_DATA = re.compile(
    r"\s*+(?:(?:(?:var|let|const)\s++)?[\w$.]++\s*+=\s*+)?(?:\{\s*+\"|\[\s*+\{\s*+\")[^\"]++\"\s*+:.*[\]}]\s*+;?\s*",
    re.DOTALL,
)
"""A JSON object or a list of them, alone or assigned to a variable, which ended up in the text."""


def remove_template_text(root: Tag) -> Iterator[Reason]:
    """Remove texts with placeholders that no script has filled, and data of scripts; yield a reason for each."""
    found = [
        (rule, node)
        for node in root.descendants
        if isinstance(node, NavigableString) and ("{" in node or "--" in node)  # true of few texts
        for rule, test in (("unfilled template", _is_template), ("data of a script", _DATA.fullmatch))
        if test(node)
    ]
    for rule, text in found:
        if text.find_parent(["code", "pre", "kbd", "samp"]) is not None:  # the page is about templates or data
            continue
        words = " ".join(text.split())
        yield Reason("dropped", rule, short_selector(text.parent or root), words, count_words(words))
        text.extract()


def count_dropped_words(reasons: Iterable[Reason]) -> dict[str, int]:
    """Return how many words each rule removed, in the order of the first removal.

    Texts without letters and digits, such as the "×" of a button, are not worth a note.
    """
    words: dict[str, int] = {}
    for reason in reasons:
        if any(map(str.isalnum, reason.text)):
            words[reason.rule] = words.get(reason.rule, 0) + reason.words
    return words


def dropped_notes(words: Mapping[str, int]) -> Iterator[Note]:
    """Yield a note for each rule that removed words, with their number."""
    yield from (note("DROPPED", count=count, rule=rule) for rule, count in words.items() if count)
