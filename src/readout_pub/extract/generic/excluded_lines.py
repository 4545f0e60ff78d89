"""Lines that a rule leaves out, whatever their score: headings of the site, buttons, facts of the page, other stories.

`_LINE_RULES` and `_BOX_RULES` name each rule, and the lines or boxes on which it is tried: many are about headings or
links, and most lines are neither. If several rules of a table are true of a line or a box, the first is named as the
reason.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate, product, takewhile
from typing import TypeVar

import msgspec

from readout_pub.extract.captions import is_button_on_photo
from readout_pub.extract.dates import may_have_date
from readout_pub.extract.generic.chrome import LARGE_SHARE, is_button
from readout_pub.extract.generic.other_stories import (
    OTHER_STORY,
    announced_stories,
    linked_cards,
    linked_stories,
    see_also_lines,
)
from readout_pub.extract.generic.page_analysis import PageAnalysis
from readout_pub.extract.generic.page_lines import (
    ABOUT_PAGE,
    asks_readers,
    begins_as_tags,
    heads_contact,
    heads_facts,
    heads_press_contact,
    is_about_page,
    is_fact,
    is_labelled_fact,
    is_line_of_facts,
    is_lone_time,
    is_part_of_fact,
    is_path,
    labels_attachments,
    labels_fact,
    labels_subjects,
    leads_to_neighbours,
    lists_fact_labels,
    names_cookies,
    names_official_site,
    names_rights,
    names_telephone,
    prints_contact,
    prints_day_of_issue,
    prints_only_facts,
)
from readout_pub.extract.generic.section_names import names_page, names_section
from readout_pub.extract.generic.text_blocks import (
    DOCUMENT_FILE,
    ElementBox,
    Line,
    parent_of,
    printed_lines,
    text_of_node,
)
from readout_pub.extract.generic.title import fold_text
from readout_pub.extract.generic.weights import Weights
from readout_pub.html_elements import HEADINGS
from readout_pub.sentences import ends_sentence
from readout_pub.sources.lxml_elements import LxmlElement, text_of_element
from readout_pub.unicode_scripts import LETTERS

_BUTTONS_TO_SHARE = "words of buttons to share or print the page"
_OTHER_LANGUAGES = "links to the page in other languages"

_MAX_WORDS_BESIDE_LANGUAGES = 4
"""How many words may stand beside links to translations of the page, such as "Read this page in"."""
_MIN_LANGUAGES_BESIDE_OTHER = 2
"""If at least this many links named after languages stand together, one other link may stand beside them, such as that
to a page for blind readers.
"""
_MAX_CONTROLS = 60
"""How many characters a line of buttons to share or print the page may have."""
_MIN_SHARE_LINKS = 0.5
"""A line longer than `_MAX_CONTROLS` in a block of buttons to share the page is a button if its link density is
higher."""
_CONTROL_SEPARATOR = re.compile(r"[|/·•,:：;&+（）()【】\[\]]")
_CONTROL_WORD = re.compile(r"[^\s|/·•,:：;&+（）()【】\[\]]+")
"""A word between separators of buttons, or spaces."""
_MAX_CONTROL_WORDS = 5
"""How many words the longest phrase on a button to share or print the page has."""
_MIN_LINKED_TAGS = 0.2
"""A line that begins with "Tags" or the like consists of links to subjects if its link density is higher."""
_BADGE = re.compile(r"(?<![a-z])(?:badge|chip|pill|tag)s?(?![a-z])", re.IGNORECASE)
"""Classes of elements that print a subject or an audience of the page."""
_NO_ADDRESS = re.compile(r"#?|javascript:.*", re.IGNORECASE | re.DOTALL)
_TOP = re.compile(
    r"#(?:(?:page|site|back|go|return|scroll|the)?[-_]?(?:to)?[-_]?(?:the)?[-_]?top(?:[-_]?of)?[-_]?(?:the)?[-_]?"
    r"(?:page|site)?|page|header|start|oben|haut|inicio|topo)",
    re.IGNORECASE,
)
"""Fragments that lead to the start of a page."""
_MAX_LINES_BELOW_FOOTER = 10
"""How many lines, such as a notice of cookies, may follow the footer of a page."""
_MAX_HEADED_CONTACT = 300
"""How many letters a box below a heading such as "Contact" may have; a longer one has text too. Chosen by hand."""
_LINES_TO_SECTION = 5
"""How many lines above or below the title the name of the section of the page may be."""
_LINES_TO_SUBTITLE = 3
"""How many lines below the title its subtitle, which is a heading, may be."""
_MIN_LINKED_FACTS = 0.2
"""Facts below the text, such as the account, the day and the subjects, have at least this link density; a credit and a
day at the end of a text have no links."""
_MIN_LINKED_NEIGHBOURS = 0.3
"""The link density of links to the documents before and after the page, whose labels may stand outside of the links."""
_MAX_LEVELS_OF_BANNER = 3
"""How many of the blocks around a line above the title are searched for buttons or a name such as "header"."""
_MAX_PATH = 120
"""How many characters the path to a page may have before its title."""
_MAX_SMALL_BOX = 600
"""The rules for small boxes, such as that for a column beside the text, are not tried on boxes with more letters: on a
list of documents, longer columns are its text."""
_MIN_SHARE_OF_FACTS = 0.4
"""At least this share of the lines of a box that lists facts are labels, or facts with labels."""
_LABELLED = re.compile(r"[^\W\d][^:：\d]{1,30}[:：]\s?\S")
"""A label, a colon and a value."""
_QUESTION_MARKS = ("?", "？", "؟")
"""Signs at the end of a question."""
_MAX_HEADINGS_OF_MENUS = 3
"""How many lines of a block of menus may be their headings."""
_NAVIGATION = frozenset({"<nav>", "menu", "role navigation", "role menubar"})
"""Chrome that leads through the site. A path to the page, which may end with its title, scores like text."""
_IMAGE_FILE = re.compile(r"\.(?:jpe?g|png|webp|gif|tiff?|avif)(?:[?#]|$)", re.IGNORECASE)
"""The end of the address of an image."""
_FORM_CONTROLS = ("form", "input", "button", "textarea", "select")
_PLACE = re.compile(r"#[^\s/!]+")
"""The address of a link to a place on the page."""
_MAX_SKIP_LINKS = 4
"""How many lines at the start of a page may be links to places on the page; more are a table of contents."""


_Part = TypeVar("_Part", Line, ElementBox)


class _PageFacts(msgspec.Struct, frozen=True):
    """A page and what the rules need to know of it.

    `title` is the line of its title, `prose_start` the index of its first line of prose, and `headings` are the texts
    of its headings. `element_of_text` is the smallest box with the title and all prose; None if no box has both.
    """

    analysis: PageAnalysis
    weights: Weights
    title: Line | None
    prose_start: int
    headings: frozenset[str]
    element_of_text: ElementBox | None

    def is_above_title(self, line: Line) -> bool:
        return self.title is not None and line.index < self.title.index

    def boxes_of_banner(self, line: Line) -> Iterator[ElementBox]:
        """Yield the innermost boxes of a line that do not contain the title."""
        for box in line.box.self_and_ancestors(_MAX_LEVELS_OF_BANNER):
            if self.title is None or not box.contains_line(self.title):
                yield box

    def is_above_prose(self, line: Line) -> bool:
        return line.index < self.prose_start

    def is_in_prose(self, line: Line) -> bool:
        return self.prose_start <= line.index <= self.analysis.prose_end


def find_exclusions(analysis: PageAnalysis, weights: Weights) -> Iterator[tuple[int, str]]:
    """Yield the index of each line that a rule leaves out, with the name of the rule; of two names, the last counts."""
    title = analysis.title.line if analysis.title else None
    headings = frozenset(line.text for line in analysis.lines if _is_heading(line))
    text = _element_of_text(analysis, title)
    page = _PageFacts(analysis, weights, title, _prose_start(analysis, title), headings, text)
    for line in analysis.lines:
        rules = _RULES_BY_LINE[_is_heading(line), line.link_density > 0, line.box.chrome is not None]
        if name := _first_rule(rules, line, page):
            yield line.index, name
    yield from ((index, "a heading of the site") for index in _headings_of_site(analysis))
    yield from ((index, "a heading of a menu") for index in _headings_of_menus(analysis))
    yield from ((index, ABOUT_PAGE) for index in _subjects_below_label(page))
    skip_links = list(takewhile(_leads_into_page, analysis.lines))
    if len(skip_links) <= _MAX_SKIP_LINKS:
        yield from ((line.index, "links to the parts of the page") for line in skip_links)
    for box in analysis.boxes:
        if box.size and (name := _first_rule(_RULES_BY_BOX[box.size <= _MAX_SMALL_BOX], box, page)):
            block = _block_of_facts(box, analysis) if _lists_facts(box, page) else box
            yield from ((index, name) for index in range(block.first, block.last))
    others = (
        *see_also_lines(analysis),
        *announced_stories(analysis),
        *linked_stories(analysis),
        *linked_cards(analysis),
    )
    yield from ((index, OTHER_STORY) for index in others)


def _first_rule(
    rules: Sequence[tuple[str, Callable[[_Part, _PageFacts], bool]]], part: _Part, page: _PageFacts
) -> str | None:
    """Return the name of the first rule that is true of a line or box; None without one."""
    for name, applies in rules:
        if applies(part, page):
            return name
    return None


def _prose_start(page: PageAnalysis, title: Line | None) -> int:
    """Return the index of the first line of prose; a headline or a subtitle can be as long as prose, but is not prose.

    On a page of short lines, such as a transcript in Chinese, this is the first line below the title that prints no
    facts of the page.
    """
    # If the page does not print its title, its first headline stands in the place of the title.
    headline = title or page.first_headline()
    if headline is not None and not any(map(page.is_prose, page.lines)):
        below = page.lines[headline.index + 1 :]
        return next((line.index for line in below if not _prints_facts(line)), page.prose_start)
    if title is None or page.prose_start > title.index + _LINES_TO_SUBTITLE:
        return page.prose_start
    if page.prose_start < title.index:  # a sentence of the site, such as its telephone numbers
        below = page.lines[title.index + 1 :]
        return next((line.index for line in below if page.is_prose(line)), page.prose_start)
    if page.prose_start != title.index and not _is_heading(page.lines[page.prose_start]):
        return page.prose_start
    below = page.lines[title.index + 1 :]
    return next((line.index for line in below if page.is_prose(line) and not _is_heading(line)), page.prose_start)


def _element_of_text(page: PageAnalysis, title: Line | None) -> ElementBox | None:
    if title is None or page.prose_end < title.index:
        return None
    first, last = min(title.index, page.prose_start), max(title.index, page.prose_end)
    box: ElementBox | None = page.lines[last].box
    while box is not None and not box.first <= first:
        box = box.parent
    return box


# --- rules for lines


def _is_heading(line: Line) -> bool:
    return line.box.element.tag in HEADINGS


def _names_part_of_page(line: Line, page: _PageFacts) -> bool:
    return line.text.casefold() in page.weights.landmarks or (page.is_above_prose(line) and names_page(line.text))


def _is_for_screen_readers(line: Line, page: _PageFacts) -> bool:
    """Return whether a heading outside the prose is hidden; its block has no other line."""
    return not page.is_in_prose(line) and any(
        "hidden" in box.traits and box.last - box.first == 1 for box in line.box.self_and_ancestors(2)
    )


def _is_language_switcher(line: Line, page: _PageFacts) -> bool:
    """Return whether a line outside the prose is little more than two or more links named after languages."""
    if page.is_in_prose(line) or len(line.links) < 2:
        return False
    names = list(map(text_of_element, line.links))
    words_beside = len(line.text.split()) - sum(len(name.split()) for name in names)
    return (
        words_beside <= _MAX_WORDS_BESIDE_LANGUAGES + len(names)  # a separator after each link is a word too
        and _are_mostly_languages({name.casefold() for name in names}, page.weights, is_above=page.is_above_title(line))
        # a file in another language is a document, such as a treaty, and belongs to the text
        and not any(DOCUMENT_FILE.search(link.get("href") or "") for link in line.links)
    )


def _are_mostly_languages(names: set[str], weights: Weights, *, is_above: bool) -> bool:
    """Return whether links are named after languages; above the title, one other link may stand beside several."""
    others = names - weights.languages
    return not others or (is_above and len(others) == 1 and len(names) > _MIN_LANGUAGES_BESIDE_OTHER)


def _offers_to_share(line: Line, page: _PageFacts) -> bool:
    """Return whether a line has only words of buttons to share or print the page, and counts of its readers."""
    if len(line.text) > _MAX_CONTROLS or page.is_in_prose(line) or line.box.data_table:
        return False
    weights = page.weights
    starts = (line.text, _first_words(line)) if len(line.text_nodes) > 1 else (line.text,)
    first_words = map(_CONTROL_WORD.search, starts)
    if not any(first and first[0].casefold() in weights.control_starts for first in first_words):  # fast
        return False
    nodes = list(map(text_of_node, line.text_nodes))
    return any(
        bool(found & weights.controls) and found <= weights.controls | weights.beside_controls
        for found in (_control_phrases([line.text], weights), _control_phrases(nodes, weights))
    )


def _control_phrases(texts: Iterable[str], weights: Weights) -> set[str]:
    """Split `texts` into the longest phrases of buttons and, where there is none, words; skip texts about the page."""
    known, found = weights.controls | weights.beside_controls, set()
    for text in texts:
        for part in [] if is_about_page(text.strip()) else _CONTROL_SEPARATOR.split(text.casefold()):
            words = part.split()
            while words:
                length = next((n for n in range(_MAX_CONTROL_WORDS, 0, -1) if " ".join(words[:n]) in known), 1)
                found.add(" ".join(words[:length]))
                del words[:length]
    return found


def _only_runs_scripts(line: Line, page: _PageFacts) -> bool:
    """Return whether all links of a line have no address, and are not buttons, which open text on the page.

    A link that repeats a heading of the page is an entry of its table of contents.
    """
    return (
        line.is_link
        and line.text not in page.headings
        and not page.is_in_prose(line)
        and bool(line.links)
        and all(map(_runs_script, line.links))
        and not any(map(is_button, line.links))
    )


def _runs_script(link: LxmlElement) -> bool:
    return _NO_ADDRESS.fullmatch(link.get("href") or "") is not None


def _leads_to_top(line: Line, _: _PageFacts) -> bool:
    """Return whether all links of a line lead to the start of the page."""
    return line.is_link and bool(line.links) and all(_TOP.fullmatch(link.get("href") or "") for link in line.links)


def _is_menu_above_title(line: Line, page: _PageFacts) -> bool:
    return line.box.chrome in _NAVIGATION and page.is_above_title(line)


def _asks_for_consent(line: Line, page: _PageFacts) -> bool:
    """Return whether a line above the title names cookies, outside of the text or beside a link or button to answer."""
    if not page.is_above_title(line) or not names_cookies(line.text):
        return False
    if page.element_of_text is None or not page.element_of_text.contains_line(line):
        return True
    return any(box.chrome or box.linked_size or _has_form(box) for box in page.boxes_of_banner(line))


def _is_banner_of_government(line: Line, page: _PageFacts) -> bool:
    return page.is_above_title(line) and names_official_site(line.text)


def _is_telephone_of_site(line: Line, page: _PageFacts) -> bool:
    """Return whether a line above the title has a telephone number, and stands in a block named header."""
    if not page.is_above_title(line) or not names_telephone(line.text):
        return False
    return any("header" in box.traits for box in page.boxes_of_banner(line))


def _leads_to_neighbours(line: Line, page: _PageFacts) -> bool:
    """Return whether a line outside the prose links to the documents before and after the page."""
    is_linked = line.link_density > _MIN_LINKED_NEIGHBOURS
    return is_linked and not page.is_in_prose(line) and leads_to_neighbours(line.text)


def _is_in_share_bar(line: Line, page: _PageFacts) -> bool:
    is_short = len(line.text) <= _MAX_CONTROLS
    return (
        line.box.chrome == "share" and not page.is_in_prose(line) and (line.link_density > _MIN_SHARE_LINKS or is_short)
    )


def _names_section_above_title(line: Line, page: _PageFacts) -> bool:
    return page.is_above_title(line) and names_section(line.text)


def _tells_of_page(line: Line, page: _PageFacts) -> bool:
    """Return whether a line tells facts of the page, its subjects, or the path to it."""
    title = page.title
    return not line.box.data_table and (
        (is_about_page(line.text) and not claims_rights_of_text(line, page.analysis))
        or (bool(line.breaks) and all(map(is_about_page, printed_lines(line))))
        or (line.link_density > _MIN_LINKED_TAGS and _begins_as_tags(line))
        or (
            page.is_above_prose(line)
            and not _is_in_programme(line, page)
            and (_prints_facts(line) or lists_fact_labels(line.text))
        )
        or (
            line.index > page.analysis.prose_end
            and line.link_density > _MIN_LINKED_FACTS
            and may_have_date(line.text)
            and _prints_dated_facts(line)
        )
        or (title is not None and _is_path_to(title, line))
    )


def _first_words(line: Line) -> str:
    """Return the words of the first text node of a line: of a fact, this is the label, which has its own element."""
    return text_of_node(line.text_nodes[0]).strip()


def _begins_as_tags(line: Line) -> bool:
    """Return whether a line begins as links to subjects do; the label may be an element, without a space after it."""
    return begins_as_tags(line.text) or (len(line.text_nodes) > 1 and begins_as_tags(_first_words(line)))


def _is_in_programme(line: Line, page: _PageFacts) -> bool:
    """Return whether a line is a time of day below a heading of the text, rather than that of publication."""
    heading = page.analysis.heading_above.get(line.index) if is_lone_time(line.text) else None
    return heading is not None and page.title is not None and heading.index > page.title.index


def _prints_facts(line: Line) -> bool:
    """Return whether a line above the prose prints facts of the page, or is the path to it through the site."""
    return (
        is_line_of_facts(line.text)
        or is_part_of_fact(line.text)
        or is_labelled_fact(line.text)
        or is_path(line.text, is_linked=bool(line.links))
        or (len(line.text_nodes) > 1 and is_fact(_first_words(line), line.text))
        or (may_have_date(line.text) and _prints_dated_facts(line))
        or _is_badge(line)
    )


def _prints_dated_facts(line: Line) -> bool:
    """Return whether a line prints a day with other facts of the page, or with its label."""
    nodes = list(map(text_of_node, line.text_nodes))
    return (
        prints_only_facts(nodes)
        or prints_only_facts([line.text])
        or prints_only_facts(["".join("|" if node.strip() == "/" else node for node in nodes)])
        or prints_day_of_issue(line.text)
    )


def _is_badge(line: Line) -> bool:
    """Return whether a short line without links prints subjects: all its words are in elements named badge or chip."""
    if line.size > _MAX_CONTROLS or line.links:
        return False
    parents = [parent_of(node) for node in line.text_nodes if any(map(str.isalnum, text_of_node(node)))]
    return bool(parents) and all(each is not None and _BADGE.search(each.get("class") or "") for each in parents)


def _is_path_to(title: Line, line: Line) -> bool:
    """Return whether a line is the path through the site to this page, which ends with its title."""
    is_longer = len(title.text) < len(line.text) <= len(title.text) + _MAX_PATH
    return is_longer and line.text.endswith(title.text) and is_path(line.text, is_linked=bool(line.links))


def _links_to_section(line: Line, page: _PageFacts) -> bool:
    """Return whether a link right below the title is named after a section or an office, such as "Press releases".

    A file, such as a joint statement, belongs to the text.
    """
    if page.title is None or not line.is_link or not page.is_above_prose(line):
        return False
    is_near = page.title.index < line.index <= page.title.index + _LINES_TO_SECTION
    is_file = any(DOCUMENT_FILE.search(link.get("href") or "") for link in line.links)
    return is_near and not is_file and names_section(line.text)


def _repeats_title(line: Line, page: _PageFacts) -> bool:
    """Return whether a heading above the prose prints the title once more, as below a title for screen readers."""
    title = page.analysis.title
    is_below = page.title is not None and page.title.index < line.index and page.is_above_prose(line)
    return is_below and title is not None and fold_text(line.text) == fold_text(title.text)


def _heads_section(line: Line, page: _PageFacts) -> bool:
    """Return whether a heading right above the title is the name of the section, with which the title begins."""
    if page.title is None:
        return False
    is_above = page.title.index - _LINES_TO_SECTION <= line.index < page.title.index
    return is_above and len(line.text) < len(page.title.text) and page.title.text.startswith(line.text)


def _labels_missing_files(line: Line, page: _PageFacts) -> bool:
    """Return whether a line labels files of the document although no file follows: the text ends with the line."""
    if line.links or line.box.data_table or not labels_attachments(line.text):
        return False
    below = page.analysis.lines[line.index + 1 : line.index + 2]
    return all(each.box.chrome or is_about_page(each.text) for each in below)


def _enlarges_photo(line: Line, _: _PageFacts) -> bool:
    """Return whether a line only links to files of images, and its words are those of a button on a photo."""
    return (
        line.is_link
        and bool(line.links)
        and all(_IMAGE_FILE.search(link.get("href") or "") for link in line.links)
        and is_button_on_photo(line.text)
    )


_HEADINGS, _LINKS, _CHROME, _ALL_LINES = "headings", "lines with links", "lines in chrome", "all lines"
_LINE_RULES: tuple[tuple[str, str, Callable[[Line, _PageFacts], bool]], ...] = (
    ("a heading that names a part of the page", _HEADINGS, _names_part_of_page),
    ("a heading for screen readers", _HEADINGS, _is_for_screen_readers),
    (_OTHER_LANGUAGES, _LINKS, _is_language_switcher),
    (_BUTTONS_TO_SHARE, _ALL_LINES, _offers_to_share),
    ("links that only run scripts", _LINKS, _only_runs_scripts),
    ("a link to the top of the page", _LINKS, _leads_to_top),
    ("a menu above the title", _CHROME, _is_menu_above_title),
    ("a request to accept cookies", _ALL_LINES, _asks_for_consent),
    ("the banner of a government", _ALL_LINES, _is_banner_of_government),
    ("a telephone number of the site", _ALL_LINES, _is_telephone_of_site),
    ("links to the documents before and after", _LINKS, _leads_to_neighbours),
    (_BUTTONS_TO_SHARE, _CHROME, _is_in_share_bar),
    (ABOUT_PAGE, _HEADINGS, _names_section_above_title),
    (ABOUT_PAGE, _ALL_LINES, _tells_of_page),
    ("a link to the section", _LINKS, _links_to_section),
    ("the title repeated", _HEADINGS, _repeats_title),
    ("a heading of the section", _HEADINGS, _heads_section),
    ("a button on a photo", _LINKS, _enlarges_photo),
    ("a label for files that do not follow", _ALL_LINES, _labels_missing_files),
)
"""The name of each rule, the lines on which it is tried, and the rule."""
_LINE_KINDS = (_HEADINGS, _LINKS, _CHROME)
_RULES_BY_LINE = {
    facts: tuple(
        (name, applies)
        for name, lines, applies in _LINE_RULES
        if lines == _ALL_LINES or facts[_LINE_KINDS.index(lines)]
    )
    for facts in product((False, True), repeat=len(_LINE_KINDS))
}
"""The rules to try on a line, by whether it is of each of `_LINE_KINDS`."""

# --- lines that no rule leaves out


def claims_rights_of_text(line: Line, page: PageAnalysis) -> bool:
    """Return whether a line is the copyright of the text, as of an agency, rather than that of the site.

    It is a whole sentence without links, and the next paragraph below prose of its tag and class. The gold of three
    pages has such a line.
    """
    if not line.index:
        return False
    above = page.lines[line.index - 1]
    is_next = above.box.parent is line.box.parent and above.box.signature == line.box.signature and page.is_prose(above)
    return is_next and names_rights(line.text) and not line.link_density and ends_sentence(line.text)


# --- rules for groups of lines


def _headings_of_site(page: PageAnalysis) -> Iterator[int]:
    """Yield the headings in each `header` above the title, unless that is the header of the document."""
    title = page.title.line if page.title else None
    for box in page.boxes if title else ():
        if box.element.tag == "header" and title is not None and box.last <= title.index:
            in_document = next(box.element.iterancestors("article", "main"), None) is not None
            lines = page.lines[box.first : box.last] if not in_document else []
            yield from (line.index for line in lines if line.box.element.tag in HEADINGS)


def _headings_of_menus(page: PageAnalysis) -> Iterator[int]:
    """Yield the short lines without links in blocks whose other lines are all menus, such as "Quick links".

    A block of a class that names a menu is a list with descriptions if it has sentences.
    """
    title = page.title.line if page.title else None
    shown_until = list(accumulate((not line.box.chrome for line in page.lines), initial=0))
    for box in page.boxes:
        count = shown_until[box.last] - shown_until[box.first]
        has_menu = 0 < count <= _MAX_HEADINGS_OF_MENUS and box.last - box.first > 2 * count
        if not has_menu or box.chrome or title is None or box.contains_line(title):
            continue
        lines = page.lines[box.first : box.last]
        shown = [line for line in lines if not line.box.chrome]
        menu = [line for line in lines if line.box.chrome]
        is_menu = all(line.box.chrome in _NAVIGATION and not ends_sentence(line.text) for line in menu)
        if is_menu and all(line.size <= _MAX_CONTROLS and not line.link_density for line in shown):
            yield from (line.index for line in shown)


def _subjects_below_label(page: _PageFacts) -> Iterator[int]:
    """Yield the links right below a label such as "Topics" outside the prose, in the block of the label."""
    label: Line | None = None
    for line in page.analysis.lines:
        if line.box.chrome or page.is_in_prose(line) or line.box.data_table:
            label = None
        elif label is not None and line.is_link and not _leads_to_file(line):
            block = label.box if label.box.last > label.index + 1 else label.box.parent
            if block is None or not block.contains_line(line):
                label = None
            else:
                yield from (label.index, line.index)
        else:
            label = line if not line.links and labels_subjects(line.text) else None


def _leads_into_page(line: Line) -> bool:
    """Return whether a line is nothing but links to places on the page, such as "Skip to content"."""
    addresses = [link.get("href") or "" for link in line.links]
    return line.is_link and bool(addresses) and all(map(_PLACE.fullmatch, addresses))


# --- rules for boxes


def _lists_facts(box: ElementBox, page: _PageFacts) -> bool:
    """Return whether all terms of a description list outside the prose name facts of the page."""
    is_in_prose = page.prose_start < box.first and box.last <= page.analysis.prose_end
    if box.element.tag != "dl" or is_in_prose:
        return False
    terms = [line.text for line in page.analysis.lines[box.first : box.last] if line.box.element.tag == "dt"]
    return bool(terms) and all(map(labels_fact, terms))


def _block_of_facts(facts: ElementBox, page: PageAnalysis) -> ElementBox:
    """Return the block around a list of facts if it begins with the heading or button of the list; else the list.

    Below the text, the block may also have other short lines, such as a table with the versions of the page.
    """
    block = facts.parent
    if block is None or block.first != facts.first - 1:
        return facts
    heading = page.lines[block.first]
    is_heading = heading.size <= _MAX_CONTROLS and not heading.link_density
    has_others = block.last > facts.last
    is_below = block.first > page.prose_end and not any(map(page.is_prose, page.lines[block.first : block.last]))
    return block if is_heading and (is_below or not has_others) else facts


def _switches_language(box: ElementBox, page: _PageFacts) -> bool:
    """Return whether a small block has nothing but links named after languages, perhaps with a label above them."""
    if not box.linked_size or box.last - box.first < 2:
        return False
    lines = page.analysis.lines[box.first : box.last]
    if all(line.text.casefold() in page.weights.languages for line in lines):
        return not any(map(_leads_to_file, lines))  # the language of the page itself is no link
    if 2 * box.linked_size <= box.size:
        return False
    links = [line for line in lines if line.is_link]
    names = {line.text.casefold() for line in links}
    has_label = len(lines) - len(links) == 1 and lines[0] not in links and lines[0].size <= _MAX_CONTROLS
    is_list = len(links) > 1 and (len(links) == len(lines) or has_label)
    return is_list and names <= page.weights.languages and not any(map(_leads_to_file, links))


def _is_table_of_facts(box: ElementBox, page: _PageFacts) -> bool:
    """Return whether all cells in the odd columns of a table above the prose name facts of the page."""
    if box.element.tag != "table" or box.last > page.prose_start:
        return False
    rows = [list(row.iterchildren("td", "th")) for row in box.element.iter("tr")]
    labels = [text_of_element(cell) for row in rows for cell in row[::2]]
    return bool(labels) and all(len(row) > 1 for row in rows) and all(map(labels_fact, labels))


def _is_contact_below_text(box: ElementBox, page: _PageFacts) -> bool:
    """Return whether a small box below the prose tells whom to ask about the page.

    Its heading says so; a table in the box of the prose is part of the text. A contact for the press, or an address
    without a heading, is such a box only outside of the box of the prose: in that box, it can be the last part of a
    press release.
    """
    analysis = page.analysis
    # The box may begin before `prose_end`, since a long address counts as prose.
    is_below = analysis.prose_start < box.first and analysis.prose_end < box.last
    lines = analysis.lines[box.first : box.last] if box.size <= _MAX_HEADED_CONTACT and is_below else []
    if len(lines) < 2:
        return False
    if heads_contact(lines[0].text):
        return not _is_in_table_of_text(box, analysis)
    return not _is_in_box_around(analysis.lines[analysis.prose_start], box) and (
        heads_press_contact(lines[0].text) or prints_contact([line.text for line in lines])
    )


def _is_in_box_around(line: Line, box: ElementBox) -> bool:
    """Return whether a box is in the parent of the box of a line."""
    around = line.box.parent
    return around is not None and around.index <= box.index < around.end


def _is_in_table_of_text(box: ElementBox, page: PageAnalysis) -> bool:
    """Return whether a box is a table in the box of the last prose, or a part of one: contacts that end a release."""
    is_table = page.lines[box.first].box.element.tag in {"td", "th"}
    return is_table and _is_in_box_around(page.lines[page.prose_end], box)


def _is_survey_below_text(box: ElementBox, page: _PageFacts) -> bool:
    """Return whether a small box below the prose begins with a question to readers about the page, or is a poll.

    A box with a form may stand above the last prose, which can be the address of the office.
    """
    is_below = box.first > page.analysis.prose_end
    if box.last - box.first < 2 or not (is_below or box.first > page.prose_start):
        return False
    lines = page.analysis.lines[box.first : box.first + 2]
    if any(asks_readers(line.text) for line in lines):
        return is_below or _has_form(box)
    return any(map(_is_question, lines)) and _is_poll(box, page)


def _is_question(line: Line) -> bool:
    """Return whether a line ends with a question mark; in Greek, this is a semicolon."""
    is_greek = line.text.endswith(";") and LETTERS["Grek"].search(line.text) is not None
    return is_greek or line.text.endswith(_QUESTION_MARKS)


def _is_poll(box: ElementBox, page: _PageFacts) -> bool:
    """Return whether a box has one question and options to choose from, which are its only sentences.

    An accordion can have such options too, each of which opens the answer to a question.
    """
    others = [line for line in page.analysis.lines[box.first : box.last] if not _is_question(line)]
    choices = _count_choices(box)
    has_one_question = box.last - box.first - len(others) == 1
    has_answers = len(others) > choices and any(ends_sentence(line.text) for line in others)
    return has_one_question and choices > 1 and not has_answers


def _prints_labelled_facts(box: ElementBox, page: _PageFacts) -> bool:
    """Return whether a box outside the prose has only short lines, and at least two of them are facts with labels.

    A label may have its own line, with the value in the next one. A table of the text is no such box, nor are facts of
    a meeting, which have other labels, as in "Place: Reef Town".
    """
    is_outside = box.last <= page.prose_start or box.first > page.analysis.prose_end
    is_below_title = page.title is not None and box.first > page.title.index
    if box.last - box.first < 2 or not is_outside or not is_below_title:
        return False
    lines = page.analysis.lines[box.first : box.last]
    if any(line.box.data_table for line in lines):
        return False
    if any(map(page.analysis.is_prose, lines)) or any(ends_sentence(line.text) for line in lines):
        return False
    if box.first > page.analysis.prose_end and _is_in_table_of_text(box, page.analysis):
        return False
    facts = [line for line in lines if labels_fact(line.text) or is_labelled_fact(line.text)]
    if any(_LABELLED.match(line.text) for line in lines if line not in facts):
        return False
    return len(facts) > 1 and lines[0] in facts and _MIN_SHARE_OF_FACTS * len(lines) <= len(facts)


def _heads_facts_below_text(box: ElementBox, page: _PageFacts) -> bool:
    """Return whether a small box below the prose begins with a heading such as "Page details", and has no sentence."""
    lines = page.analysis.lines[box.first : box.last]
    is_headed = box.first > page.analysis.prose_end and heads_facts(lines[0].text)
    return is_headed and not any(ends_sentence(line.text) for line in lines)


def _is_column_beside_text(box: ElementBox, page: _PageFacts) -> bool:
    """Return whether a box follows the one that has the title and all prose, and has short lines below headings.

    Such a column has links, contacts and subjects. One with files, a data table or a list of other words belongs to
    the text.
    """
    text, analysis = page.element_of_text, page.analysis
    if text is None or box.parent is None or box.index < text.end or not box.parent.contains_box(text):
        return False
    if box.size > analysis.total_prose:
        return False
    lines = analysis.lines[box.first : box.last]
    items = [line for line in lines if line.box.element.tag == "li"]
    return (
        len(lines) > 1
        and _is_heading(lines[0])
        and not any(line.box.data_table or analysis.is_prose(line) or _leads_to_file(line) for line in lines)
        and any(line.is_link for line in lines)
        and 2 * sum(line.is_link for line in items) >= len(items)
    )


def _leads_to_file(line: Line) -> bool:
    return any(DOCUMENT_FILE.search(link.get("href") or "") for link in line.links)


def _has_form(box: ElementBox) -> bool:
    return next(box.element.iter(*_FORM_CONTROLS), None) is not None


def _count_choices(box: ElementBox) -> int:
    """Return how many options of a box visitors can choose; those of a list of tasks are disabled."""
    return sum(
        (each.get("type") or "").lower() in {"radio", "checkbox"} and each.get("disabled") is None
        for each in box.element.iter("input")
    )


def _is_footer(box: ElementBox, page: _PageFacts) -> bool:
    """Return whether a box named footer is among the last lines, and is mostly links and lines about the page."""
    if "footer" not in box.traits or page.title is None:
        return False
    is_last = box.first > page.title.index and len(page.analysis.lines) - box.last <= _MAX_LINES_BELOW_FOOTER
    lines = page.analysis.lines[box.first : box.last] if is_last else []
    about_page = sum(line.size for line in lines if not line.link_density and is_about_page(line.text))
    return is_last and 2 * (box.linked_size + about_page) > box.size and page.analysis.prose_share(box) < LARGE_SHARE


_SMALL_BOXES, _ALL_BOXES = "small boxes", "all boxes"
_BOX_RULES: tuple[tuple[str, str, Callable[[ElementBox, _PageFacts], bool]], ...] = (
    (ABOUT_PAGE, _ALL_BOXES, _lists_facts),
    (_OTHER_LANGUAGES, _SMALL_BOXES, _switches_language),
    (ABOUT_PAGE, _ALL_BOXES, _is_table_of_facts),
    (ABOUT_PAGE, _SMALL_BOXES, _is_contact_below_text),
    (ABOUT_PAGE, _SMALL_BOXES, _is_survey_below_text),
    ("the footer of the page", _ALL_BOXES, _is_footer),
    (ABOUT_PAGE, _SMALL_BOXES, _prints_labelled_facts),
    (ABOUT_PAGE, _SMALL_BOXES, _heads_facts_below_text),
    ("a column beside the text", _SMALL_BOXES, _is_column_beside_text),
)
"""The name of each rule, the boxes with text on which it is tried, and the rule."""
_RULES_BY_BOX = {
    is_small: tuple((name, applies) for name, boxes, applies in _BOX_RULES if boxes == _ALL_BOXES or is_small)
    for is_small in (False, True)
}
"""The rules to try on a box, by whether it is small."""
