"""Finds headings without a heading element: by a class, the role heading, or the button of a panel.

Turns heading elements that hold the paragraphs of a text into paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice, pairwise, takewhile

import msgspec

from readout_pub.extract.blocks import OWN_SECTION
from readout_pub.extract.generic.chrome import is_button
from readout_pub.extract.generic.page_analysis import PageAnalysis
from readout_pub.extract.generic.text_blocks import PAGE_ELEMENTS, ElementBox, Line, parent_of, text_of_node
from readout_pub.extract.generic.title import fold_text
from readout_pub.sentences import COLONS, QUESTION_MARKS, ends_sentence
from readout_pub.sources.lxml_elements import LxmlElement, text_of_element

_NAME = re.compile(
    r"(?:(?<![a-zA-Z])|(?<=[a-z])(?=[A-Z]))(?:title|titel|titre|heading|sub-?head(?:ing)?|headline|header)"
    r"(?:-{2}[\w-]{1,40}|[-_]{1,2}(?:text|wrap(?:per)?|h?[1-6]))?(?!\S)"
    r"|^h[2-6]$"
    r"|(?<![a-z])(?:zwischen-?(?:titel|(?:ue|ü)berschrift)|mell[ao][mn]-?(?:tittel|rubrik)|mellem-?rubrik|tussen-?kop(?:je)?"
    r"|titoletto|inter-?titre|(?:inter|entre)-?titulo|ladillo|me(?:z|dz)i-?titul(?:ek|ok)|(?:sr|śr)[oó]d-?tytu[lł]"
    r"|me[dđ](?:j?u)?-?naslov|podzagolovok|al-?cim|vali-?otsikko|vahe-?pealkiri|ara-?ba[sş]l[iı]k|midashi)(?![a-z])",
    re.IGNORECASE,
)
"""Classes of headings, such as "section-title", "heading--h3", "itemTitle" and "h3", and words in other languages."""
_OTHER_NAME = re.compile(
    r"(?<![a-z])(?:sub-?titles?|sub-?headlines?|captions?|figures?|figs?|images?|img|photos?|pictures?|media|video|slides?|"
    r"pages?|site|posts?|articles?|entry|node|news|jobs?|persons?|people|profiles?|staff|team|members?|authors?|"
    r"bylines?|speakers?|contacts?|quotes?|tables?|products?|files?|downloads?|links?|forms?|popups?|modals?)(?![a-z])",
    re.IGNORECASE,
)
"""Words in the classes of other lines, as in "article-title"."""
_SUBHEADING = re.compile(r"(?<![a-z])(?:sub-?head(?:ing)?|section|block|paragraph)(?![a-z])", re.IGNORECASE)
"""Words in the classes of headings of the text, despite other words: "article-subheading"."""
_LEVEL_IN_NAME = re.compile(r"(?<![a-z])h([2-6])(?![a-z0-9])", re.IGNORECASE)
"""The level of a heading in its class, as in "heading--h3"."""
_ELEMENTS = frozenset({"div", "p", "section", "header", "span", "a"})
"""Elements that may become headings, unlike list items, cells and captions."""
_READ_ELSEWHERE = frozenset({"summary", "dt", "figcaption", "caption", "label", "legend"})
"""Labels, which are no headings even if they contain a button."""
_MAX_BOXES, _MAX_LEVELS_TO_TEXT = 3, 3
"""How many boxes around a line are searched for a class or role, and how many more for the text below."""
_MAX_HEADING, _MAX_NAME, _MAX_LEVEL = 160, 60, 6
"""How many letters a heading, and the name above a job title, may have; the lowest level of headings."""
_MIN_OF_NAME = 2
"""How many lines of one class need text below them: a single one may be a label."""
_MIN_PANELS = 3
"""If more buttons than this open panels, a panel may have only a few words."""
_MIN_OF_SENTENCES = 3
"""How many lines of a class need text below them if some are links or sentences."""
_MIN_SHARE_OF_NAME = 0.7
"""The share of the lines of a class that need text below them."""
_MIN_TEXT = 80
"""In letters; a shorter line below a heading is text only with a full stop."""
_MIN_LINES = 2
"""A panel with little text needs more lines than this, its button included."""
_NUMBERED = re.compile(r"(?:figure|fig\.|table|abbildung|tabelle|tableau|tabla|tabela|図|表)\s?\d", re.IGNORECASE)
"""The start of the caption of a numbered figure or table."""
_TEXT_ELEMENTS = frozenset({"li", "dt", "blockquote", "pre"})
"""A line in one of these elements is text below a heading, however short."""


class _Name(msgspec.Struct, frozen=True):
    """What marks lines as headings: a role, a class, or the class of buttons."""

    kind: str
    value: str
    level: int | None = None


class _Candidate(msgspec.Struct, frozen=True):
    """A line that may be a heading, and the kept line below it.

    `element`, the block of the line or a button in the block, becomes the heading. `opens_panel` tells whether the line
    is the button of a panel.
    """

    line: Line
    below: Line
    element: LxmlElement
    is_above_text: bool
    opens_panel: bool


_ROLE, _BUTTON = "role", "button"


def mark_unmarked_headings(page: PageAnalysis, keep: Sequence[bool]) -> None:
    """Turn lines that are headings by class or role, and the buttons above panels, into heading elements.

    Panels become sections.
    """
    kept = [line for line in page.lines if keep[line.index]]
    title = fold_text(page.title.text) if page.title else ""
    groups: dict[_Name, list[_Candidate]] = {}
    for above, line, below in zip((None, *kept), kept, kept[1:], strict=False):
        found = _name_of_heading(line) if not line.is_heading and line.size <= _MAX_HEADING else None
        if found is not None:
            panel = _panel(line, below) if found[0].kind == _BUTTON else None
            opens_text = panel is not None and _has_text_below(panel, line)
            is_above_text = opens_text or (_is_above_text(line, below) and not (above and _is_name_above(above, line)))
            is_title = fold_text(line.text) == title
            candidate = _Candidate(line, below, found[1], is_above_text and not is_title, panel is not None)
            groups.setdefault(found[0], []).append(candidate)
    headings = {
        each.line.index: (name, each)
        for name, candidates in groups.items()
        if _are_headings(name, candidates)
        for each in candidates
        if each.is_above_text or (each.opens_panel and len(candidates) > _MIN_PANELS)
    }
    levels: dict[_Name, int] = {}
    level_above = 1
    for line in kept if headings else ():
        if line.index in headings:
            name, candidate = headings[line.index]
            _mark(candidate, name, levels.setdefault(name, name.level or min(_MAX_LEVEL, level_above + 1)))
        elif line.is_heading:
            level_above = int(line.box.element.tag[1])


def unmark_paragraphs(page: PageAnalysis, keep: Sequence[bool]) -> None:
    """Turn heading elements into paragraphs if at least two in a row are sentences as long as prose.

    Some editors choose the look of a heading for the whole text. Questions may be the headings of answers.
    """
    kept = [line for line in page.lines if keep[line.index]]
    prose = (line for line in kept if line.is_heading and page.is_prose(line))
    texts = {line.index for line in prose if ends_sentence(line.text) and not line.text.endswith(QUESTION_MARKS)}
    for line, below in pairwise(kept if len(texts) > 1 else ()):
        if line.index in texts and below.index in texts and line.box.signature == below.box.signature:
            line.box.unmark_heading()
            below.box.unmark_heading()


def _mark(heading: _Candidate, name: _Name, level: int) -> None:
    """Turn a line into a heading, and the smallest box around a button and its panel into a section."""
    box: ElementBox | None = heading.line.box
    while name.kind == _BUTTON and box is not None and not box.contains_line(heading.below):
        box = box.parent
    if name.kind == _BUTTON and box is not None and box.first == heading.line.index:
        box.element.set(OWN_SECTION, "")
    if heading.element is heading.line.box.element:
        heading.line.box.mark_heading(level)
    else:
        heading.element.tag = f"h{level}"


def _are_headings(name: _Name, candidates: Sequence[_Candidate]) -> bool:
    """Return whether lines of one name are headings.

    A line that recurs is a label, such as "Address" or the name of a speaker.
    """
    count = sum(each.is_above_text for each in candidates)
    if name.kind == _ROLE:
        return count > 0
    if len({fold_text(each.line.text) for each in candidates}) < len(candidates):
        return False
    if name.kind != _BUTTON and not all(_is_plain(each.line) for each in candidates):
        own = {each.line.index for each in candidates}
        # Links or sentences may be entries, as in a list of rumours.
        is_all = all(each.is_above_text and each.below.index not in own for each in candidates)
        return is_all and count >= _MIN_OF_SENTENCES
    return count >= max(_MIN_OF_NAME, _MIN_SHARE_OF_NAME * len(candidates))


def _is_plain(line: Line) -> bool:
    """Return whether a line has neither links nor a full stop."""
    return not line.link_density and (not ends_sentence(line.text) or line.text.endswith(QUESTION_MARKS))


def _name_of_heading(line: Line) -> tuple[_Name, LxmlElement] | None:
    """Return what names a line as a heading, and the element that becomes the heading; else None."""
    if line.box.data_table or line.box.element.tag in _READ_ELSEWHERE or not _has_word(line.text):
        return None
    boxes = list(takewhile(lambda box: box.last - box.first == 1, line.box.self_and_ancestors(_MAX_BOXES)))
    is_block = bool(boxes) and line.box.element.tag in _ELEMENTS
    if (opener := _opener(line)) is not None:
        return _Name(_BUTTON, opener.get("class") or ""), line.box.element if is_block else opener
    is_question = line.text.endswith(QUESTION_MARKS)
    if not is_block:
        return None
    for box in boxes if _is_plain(line) else ():
        if (box.element.get("role") or "").lower() == "heading":
            level = box.element.get("aria-level") or ""
            return _Name(_ROLE, level, int(level) if re.fullmatch("[2-6]", level) else None), line.box.element
    for box in boxes if not (is_question or line.text.endswith(COLONS)) else ():
        classes = box.signature[1] or ""
        if any(map(_names_heading, classes.split())):
            named = _LEVEL_IN_NAME.search(classes)
            return _Name(box.signature[0], classes, int(named[1]) if named else None), line.box.element
    return None


def _opener(line: Line) -> LxmlElement | None:
    """Return the button that has all words of a line, and so may open a panel; else None."""
    inline = parent_of(next(node for node in line.text_nodes if text_of_node(node).strip()))
    around = [] if inline is None else [inline, *islice(inline.iterancestors(), _MAX_BOXES)]
    opener = next(filter(is_button, around), None)
    return opener if opener is not None and fold_text(text_of_element(opener)) == fold_text(line.text) else None


def _names_heading(name: str) -> bool:
    """Return whether a class is that of a heading within the text."""
    return _NAME.search(name) is not None and (_SUBHEADING.search(name) is not None or not _OTHER_NAME.search(name))


def _is_above_text(line: Line, below: Line) -> bool:
    """Return whether `below` is text near `line`; False for a caption such as "Table 1"."""
    is_text = (
        below.size >= _MIN_TEXT
        or ends_sentence(below.text)
        or below.box.element.tag in _TEXT_ELEMENTS
        or below.box.data_table is not None
    )
    if not is_text or below.is_heading or _NUMBERED.match(line.text):
        return False
    boxes = line.box.self_and_ancestors(_MAX_BOXES + _MAX_LEVELS_TO_TEXT)
    return any(box.contains_line(below) for box in boxes if box.element.tag not in PAGE_ELEMENTS)


def _panel(button: Line, below: Line) -> ElementBox | None:
    """Return the smallest box with a button and the line below it, if the button begins the box; else None."""
    boxes = button.box.self_and_ancestors(_MAX_BOXES + _MAX_LEVELS_TO_TEXT)
    item = next((box for box in boxes if box.contains_line(below) and box.element.tag not in PAGE_ELEMENTS), None)
    is_panel = item is not None and item.first == button.index and not below.is_heading and _opener(below) is None
    return item if is_panel else None


def _has_text_below(panel: ElementBox, button: Line) -> bool:
    """Return whether a panel has text or several short lines below its button."""
    return panel.size - button.size >= _MIN_TEXT or panel.last - panel.first > _MIN_LINES


def _is_name_above(above: Line, line: Line) -> bool:
    """Return whether `above` may be a name above a job title, or a number such as "598" above "seats"."""
    if above.index != line.index - 1 or above.is_heading:
        return False
    is_name = above.size <= _MAX_NAME and not ends_sentence(above.text)
    is_beside = above.box.parent is line.box.parent and above.box.element.tag == line.box.element.tag
    return (is_name and is_beside) or not _has_word(above.text)


def _has_word(text: str) -> bool:
    return sum(map(str.isalpha, text)) > 1
