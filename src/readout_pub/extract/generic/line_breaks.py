"""Puts menus, titles and dates into blocks of their own if only line breaks separate them from the text.

Pages of Lotus Domino, and old pages written by hand, have menu, title, date and text in one cell of a layout table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import groupby, islice, takewhile

from lxml import etree

from readout_pub.extract.generic.page_lines import is_about_page, is_breadcrumb_trail
from readout_pub.extract.generic.publication_date import printed_day
from readout_pub.extract.generic.section_names import names_section
from readout_pub.extract.generic.title import fold_text, is_in_large_letters, is_large, parts_of_title
from readout_pub.html_elements import BLOCKS
from readout_pub.sentences import ends_sentence
from readout_pub.sources.lxml_elements import LxmlElement, unwrap

_WRAPPERS = frozenset({"font", "span", "small"})
"""Inline elements that old pages set around a whole cell."""
_EMPHASIS = frozenset({"b", "strong", "i", "em", "font"})
"""Inline elements around several printed lines: the title, the place and the day."""
_CELLS = frozenset({"td", "body"})
_MIN_PROSE = 80
_MAX_PARTS = 8
"""How many printed lines at each end of a block may be menus, titles and dates."""
_MAX_LINES_ABOVE, _MAX_ABOVE = 2, 60
"""How many printed lines, such as the kicker, may be above the title, and how many characters each may have."""
_MAX_TITLE, _MAX_DATE, _MAX_BELOW = 300, 100, 60
"""How many characters a title, a date, and a line below the menu at the end may have."""


class _Part:
    """One printed line: its elements, each with its tail, and its text.

    Text before the first element is the tail of an empty element.
    """

    def __init__(self, elements: Sequence[LxmlElement]) -> None:
        self.elements = elements

    @cached_property
    def text(self) -> str:
        return _text(self.elements)


def separate_lines(root: LxmlElement) -> None:
    """Put the menus, titles and dates at the start of blocks, and menus at their end, into blocks of their own.

    Pages with headings stay as they are.
    """
    if next(root.iter("h1", "h2", "h3"), None) is not None:
        return
    title = root.find(".//title")
    named = parts_of_title(title.text or "") if title is not None else frozenset()
    for line_break in list(islice(root.iter("br"), _MAX_PARTS)) if named else ():
        around = list(takewhile(lambda each: each.tag in _EMPHASIS, line_break.iterancestors()))
        if around and any(fold_text(str(text)) in named for text in around[-1].itertext()):
            _lift_break(line_break)
    for block in dict.fromkeys(line_break.getparent() for line_break in root.iter("br")):
        holder = _unwrap(block) if block is not None else root
        if holder.tag in BLOCKS:
            parts = _parts(holder)
            begin = _length_of_head(parts, named) or (holder.tag in _CELLS and _begins_with_title(parts))
            begin = begin or _is_title_with_subtitle(parts)
            end = _length_of_foot(parts[begin:])
            for is_menu, run in groupby((*parts[:begin], *parts[len(parts) - end :]), _is_menu):
                for first, last in _ends(list(run), as_one=is_menu):
                    _enclose(first, last)


def _lift_break(line_break: LxmlElement) -> None:
    """Split the inline elements around a line break, so that each printed line has its own."""
    parent = line_break.getparent()
    while parent is not None and parent.tag in _EMPHASIS:
        rest = etree.Element(str(parent.tag), {str(name): str(value) for name, value in parent.items()})
        rest.text, line_break.tail, rest.tail, parent.tail = line_break.tail, None, parent.tail, None
        rest.extend(list(line_break.itersiblings()))
        parent.addnext(line_break)
        if len(rest) or (rest.text or "").strip():
            line_break.addnext(rest)
        else:
            line_break.tail = rest.tail
        parent = line_break.getparent()


def _unwrap(element: LxmlElement) -> LxmlElement:
    """Unwrap `element` and the elements around it that only set a font; return the element that is left."""
    parent = element.getparent()
    while element.tag in _WRAPPERS and parent is not None and not is_large(element):  # large letters: perhaps the title
        unwrap(element)
        element, parent = parent, parent.getparent()
    return element


def _parts(block: LxmlElement) -> list[_Part]:
    """Return the printed lines of a block, without those of blocks inside it; such a block, or `br`, ends a line."""
    if (block.text or "").strip():
        start = etree.Element("span")
        start.tail, block.text = block.text, None
        block.insert(0, start)
    parts: list[list[LxmlElement]] = [[]]
    for child in list(block):
        if child.tag in BLOCKS or child.tag == "br":
            parts.append([])
            if (child.tail or "").strip():
                start = etree.Element("span")
                start.tail, child.tail = child.tail, None
                child.addnext(start)
                parts[-1].append(start)
        else:
            parts[-1].append(child)
    return [_Part(part) for part in parts if any(map(_has_words, part))]


def _has_words(element: LxmlElement) -> bool:
    return any(str(text).strip() for text in element.itertext()) or bool((element.tail or "").strip())


def _text(elements: Iterable[LxmlElement]) -> str:
    return " ".join("".join(f"{''.join(map(str, each.itertext()))}{each.tail or ''}" for each in elements).split())


def _length_of_head(parts: Sequence[_Part], named: frozenset[str]) -> int:
    """Return how many lines at the start are menus, the title and the date, and what is above the title.

    `named` are the title in the head of the page and its parts.
    """
    texts = [part.text for part in parts[: _MAX_LINES_ABOVE + 1]]
    above = list(takewhile(lambda text: fold_text(text) not in named, texts))
    if len(above) < min(len(texts), len(parts) - 1) and all(len(text) <= _MAX_ABOVE for text in above):
        return len(above) + 1
    head = list(takewhile(_may_be_head, parts[:_MAX_PARTS]))
    is_dated_title = any(map(_is_title, head)) and any(map(_is_date, head))
    return len(head) if is_dated_title or any(map(_is_menu, head)) else 0


def _begins_with_title(parts: Sequence[_Part]) -> bool:
    """Return whether a block begins with a line in large or bold letters, right above a sentence.

    A large line above other lines may be the name of a speaker.
    """
    if len(parts) < 2 or not _is_title(parts[0]):
        return False
    return len(parts[1].text) >= _MIN_PROSE and ends_sentence(parts[1].text)


def _is_title_with_subtitle(parts: Sequence[_Part]) -> bool:
    """Return whether a block has two lines: one in large letters, and a short one in small letters."""
    if len(parts) != len(("title", "subtitle")) or not _is_title(parts[0]) or _is_title(parts[1]):
        return False
    title, subtitle = parts
    are_large = (any(map(is_in_large_letters, part.elements)) for part in (title, subtitle))
    return tuple(are_large) == (True, False) and len(subtitle.text) <= _MAX_TITLE and not ends_sentence(subtitle.text)


def _may_be_head(part: _Part) -> bool:
    is_kind = len(part.text) <= _MAX_ABOVE and names_section(part.text)
    is_head = is_kind or _is_menu(part) or _is_title(part) or _is_date(part)
    return is_head or is_breadcrumb_trail(part.text, is_linked=False)


def _length_of_foot(parts: Sequence[_Part]) -> int:
    """Return how many lines at the end are a menu, lines about the page, and the few words below these."""
    length = 0
    for count, part in enumerate(reversed(parts[-_MAX_PARTS:]), 1):
        if _is_menu(part) or is_about_page(part.text):
            length = count
        elif length or len(part.text) > _MAX_BELOW:
            break
    return length if length < len(parts) else 0


def _is_menu(part: _Part) -> bool:
    """Return whether a line is a menu: mostly links, with nothing but signs between its elements."""
    beside = "".join(each.tail or "" for each in part.elements)
    links = [link for each in part.elements for link in each.iter("a")]
    linked = sum(len("".join(map(str, link.itertext()))) for link in links)
    return bool(links) and not any(map(str.isalnum, beside)) and linked * 2 > len(part.text)


def _is_title(part: _Part) -> bool:
    if len(part.text) > _MAX_TITLE or any((each.tail or "").strip() for each in part.elements):
        return False
    return any(map(str.isalpha, part.text)) and all(
        is_large(each) or any(map(is_large, each)) for each in part.elements if _text([each])
    )


def _is_date(part: _Part) -> bool:
    text = part.text
    return len(text) <= _MAX_DATE and printed_day(text) is not None


def _ends(parts: Sequence[_Part], *, as_one: bool) -> Iterator[tuple[LxmlElement, LxmlElement]]:
    """Yield the first and the last element of each part; with `as_one`, of all parts together if they are siblings."""
    ends = [(part.elements[0], part.elements[-1]) for part in parts]
    if as_one and all(first.getparent() is ends[0][0].getparent() for first, _ in ends):
        yield ends[0][0], ends[-1][1]
    else:
        yield from ends


def _enclose(first: LxmlElement, last: LxmlElement) -> None:
    """Put two siblings and what is between them into a block."""
    block = etree.Element("div")
    first.addprevious(block)
    between = [] if first is last else [*takewhile(lambda each: each is not last, first.itersiblings()), last]
    block.extend([first, *between])
