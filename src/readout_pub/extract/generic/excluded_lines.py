"""Finds lines that a rule leaves out, whatever they score: headings of the site, buttons, facts, other stories.

The first rule of `_LINE_RULES` that applies to a line is the reason. The "facts of the page" are the metadata that it
prints about itself, such as its date.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import compress, groupby, islice, takewhile
from string import digits

from readout_pub.extract.captions import is_button_on_photo, leads_to_gallery
from readout_pub.extract.dates import may_have_date
from readout_pub.extract.generic.about_authors import ABOUT_AUTHOR, lines_about_authors
from readout_pub.extract.generic.announced_stories import announced_stories, see_also_lines
from readout_pub.extract.generic.chrome import (
    CHROME_WITHOUT_TEXT,
    COMMENTS,
    NAVIGATION,
    PARTS_OF_SECTIONS,
    hides_itself,
    is_button,
    is_drawn_as_button,
    is_for_screen_readers,
    is_unseen,
    runs_script,
)
from readout_pub.extract.generic.excluded_boxes import (
    CONSENT,
    OTHER_LANGUAGES,
    excluded_headings,
    has_form,
    is_long_sentence,
    lines_of_excluded_boxes,
)
from readout_pub.extract.generic.fact_lines import (
    begins_with_tags,
    is_breadcrumb_trail_to,
    prints_dated_facts,
    prints_facts,
    words_of_first_node,
)
from readout_pub.extract.generic.other_stories import OTHER_STORY, linked_cards, linked_stories
from readout_pub.extract.generic.page_analysis import PageAnalysis
from readout_pub.extract.generic.page_lines import (
    ABOUT_PAGE,
    calls_to_action,
    counts_photos,
    downloaded,
    ends_site,
    heads_contents,
    is_about_page,
    is_lone_time,
    is_size_of_file,
    labels_advertisement,
    labels_attachments,
    labels_subjects,
    leads_to_neighbours,
    lists_fact_labels,
    names_cookies,
    names_official_site,
    names_rights,
    names_telephone,
    offers_newsletter,
)
from readout_pub.extract.generic.page_parts import PageParts, find_parts
from readout_pub.extract.generic.publication_date import heads_day, is_day
from readout_pub.extract.generic.section_names import names_kind, names_page, names_section
from readout_pub.extract.generic.text_blocks import (
    DOCUMENT_FILE,
    Line,
    block_of_label,
    leads_to_file,
    parent_of,
    printed_lines,
    text_of_node,
    texts_of_nodes,
)
from readout_pub.extract.generic.title import fold_text
from readout_pub.extract.generic.weights import Weights
from readout_pub.html_elements import HEADINGS
from readout_pub.sentences import COLONS, ends_sentence
from readout_pub.sources.lxml_elements import LxmlElement, text_of_element

_BUTTONS_TO_SHARE = "words of buttons to share or print the page"
_SCRIPT_LINKS = "links that only run scripts"
TOOLS = frozenset({_BUTTONS_TO_SHARE, _SCRIPT_LINKS})
"""The rules for buttons, which may stand anywhere around the title."""

SECTION_HEADING = "a heading of the section"
"""The rule for a heading whose words begin the title below."""

_MAX_WORDS_BESIDE_LANGUAGES, _MAX_WORDS_OF_LABEL = 4, 10
"""Maximum words beside links to translations of the page: in general, and in a label that ends with a colon."""
_MIN_LANGUAGES_BESIDE_OTHER = 2
"""Minimum links named after languages above the title, if there is another link, as for blind readers."""
_MAX_CONTROLS = 60
"""Maximum characters of a line of buttons to share or print the page."""
_MIN_SHARE_LINKS = 0.5
"""Minimum link density of a longer line in a block of buttons to share the page."""
_CONTROL_SEPARATOR = re.compile(r"[|/·•,:：;&+（）()【】\[\]]")
_CONTROL_WORD = re.compile(r"[^\s|/·•,:：;&+（）()【】\[\]]+")
"""A word between spaces or separators of buttons."""
_MAX_FILE_BAR = 120
"""Maximum characters of a line that offers the page as a file."""
_MIN_PROSE_OF_DOCUMENT = 1500
"""Minimum letters of prose on a page that is itself the document of a file."""
_MAX_WORDS_OF_KIND = 3
"""Maximum words of a kind of document, as in "Joint press statement"."""
_MAX_FACT_OF_FILE = 24
"""Maximum characters of a fact of a file, such as its number of pages."""
_MAX_BESIDE_BUTTONS = 16
"""Maximum letters beside links that only run scripts, such as "Text size"."""
_IDS_OF_WIKI = frozenset({"siteSub", "contentSub", "contentSub2", "jump-to-nav", "catlinks", "mw-normal-catlinks"})
"""Ids of MediaWiki for the parts around the text of a page."""
_LEVELS_OF_WIKI = 3
"""How many boxes around a line are searched for these ids."""
_MAX_BUTTON = 60
"""Maximum characters of a line of links drawn as buttons."""
_MAX_CONTROL_WORDS = 5
"""Maximum words of a phrase on a button."""
_MIN_LINKED_TAGS = 0.2
"""Minimum link density of a line that begins with "Tags" or the like."""
_ENTRIES = frozenset({"li", "dt", "dd"})
"""Entries of lists belong to the document even if they read like the label of an advertisement."""
_PANEL_NAME = re.compile(
    r"(?<![a-z])(?:answer|antwort|accordion|collapse|panel|r[ée]ponse|respuesta)(?![a-z])", re.IGNORECASE
)
"""Classes of a text that the link or button above it opens."""
_TOP = re.compile(
    r"#(?:(?:page|site|back|go|return|scroll|the)?[-_]?(?:to)?[-_]?(?:the)?[-_]?top(?:[-_]?of)?[-_]?(?:the)?[-_]?"
    r"(?:page|site)?|page|header|start|oben|haut|inicio|topo)",
    re.IGNORECASE,
)
"""Fragments that lead to the start of a page."""
_LINES_TO_SECTION = 5
"""Maximum lines between the title and the name of the section of the page."""
_LINES_OF_MEMORANDUM = 3
"""Lines above and below a line that are searched for the receiver of a memorandum."""
_MEMORANDUM = re.compile(r"\W{0,3}(?:memorandum (?:for|to) |(?:to|an|à|para|a)\s?:\s)", re.IGNORECASE)
"""The start of the line with the receiver of a memorandum."""
_MIN_LINKED_FACTS = 0.1
"""Minimum link density of facts below the text. A credit and a day at its end have no links."""
_MIN_LINKED_NEIGHBOURS = 0.3
"""Minimum link density of a line that leads to the documents before and after. "Previous" and "Next" may be
unlinked."""
_NEIGHBOURS = frozenset({"next", "prev"})
"""Values of `rel` in links to the documents before and after a page (WHATWG HTML, 4.6.7)."""
_LOGO = re.compile(r"(?<![a-z])(?:site|page|header)?[-_]?(?:logo|wordmark)(?![a-z])", re.IGNORECASE)
"""Classes and ids of the element that names the site at the head of a page."""
_IMAGE_FILE = re.compile(r"\.(?:jpe?g|png|webp|gif|tiff?|avif)(?:[?#]|$)", re.IGNORECASE)
"""The end of the address of an image."""
_BETWEEN_LINKS_SIGNS = "|｜/•·"
_BETWEEN_LINKS = re.compile(rf"[\s{_BETWEEN_LINKS_SIGNS}\[\]]*")
"""What stands between the links of a menu in one line, with at least one of `_BETWEEN_LINKS_SIGNS`."""
_MAX_MENU_ENTRY, _MAX_MENU_LINKS = 40, 60
"""Maximum characters of a link in a menu of one line, and maximum number of its links."""
_CHANGE_NAME = re.compile(
    r"(?<![a-z])(?:last[-_]?(?:updated?|modified|changed)|lastmod|(?:page|date|content)[-_]?(?:updated?|modified)|"
    r"field[-_](?:name[-_])?changed)(?![a-z])",
    re.IGNORECASE,
)
"""Classes of lines that print when the page was changed."""
_MAX_CHANGE, _MAX_LINES_OF_CHANGE, _MAX_PLACES_OF_CHANGE = 80, 3, 2
"""Limits for boxes named after changes: characters of a line, lines of the box, boxes of the page."""
_MAX_UNSEEN_LABEL = 30
"""Maximum characters of a label for screen readers, such as "Content" above the text."""
_MAX_PHOTO_LABEL, _MAX_PHOTOS_BELOW_LABEL, _MAX_CAPTIONS_BELOW_LABEL = 30, 10, 2
"""Maximum characters of a label for screen readers, and how many photos and captions below it are examined."""
_YEAR = re.compile(r"(?:19|20)\d{2}")
_PLACE = re.compile(r"#[^\s/!]+")
"""The address of a link to a place on the page."""
LABEL_OF_PHOTO = "a label of a photo for screen readers"
"""The rule for hidden words above a photo, such as the name of its file."""
LINKS_TO_PARTS = "links to the parts of the page"
"""The rule for a list of the parts of the page."""
_MAX_LABEL_OF_ICONS, _LEVELS_TO_ICONS = 30, 2
"""Maximum characters of the label of linked icons, and how many boxes around it are searched for the icons."""
_MIN_LINKS_TO_PARTS, _MAX_LABEL_OF_PARTS, _MAX_LEVELS_OF_PART = 2, 40, 8
"""For a table of contents: minimum links, maximum characters of its label, levels around a heading searched for its
id."""
_MAX_SKIP_LINKS = 4
"""Maximum lines of links to places at the start of a page; more are a table of contents."""


def find_exclusions(analysis: PageAnalysis, weights: Weights) -> Iterator[tuple[int, str]]:
    """Yield the index of each line that a rule leaves out, with the rule's name.

    A line may be yielded several times; then the last rule counts.
    """
    others = frozenset(
        (
            *see_also_lines(analysis),
            *announced_stories(analysis),
            *linked_stories(analysis),
            *linked_cards(analysis),
        )
    )
    about_authors = frozenset(lines_about_authors(analysis))
    page = find_parts(analysis, weights, others | about_authors)
    for line in analysis.lines:
        for name, applies in _rules_for(_kinds_of(line, page)):
            if applies(line, page):
                yield line.index, name
                break
    yield from excluded_headings(analysis)
    yield from ((index, ABOUT_PAGE) for index in _subjects_below_label(page))
    skip_links = list(takewhile(_leads_into_page, analysis.lines))
    if len(skip_links) <= _MAX_SKIP_LINKS:
        yield from ((line.index, LINKS_TO_PARTS) for line in skip_links)
    yield from ((index, LINKS_TO_PARTS) for index in (*_contents_of_page(page), *_contents_above_prose(page)))
    yield from lines_of_excluded_boxes(page)
    yield from ((index, ABOUT_AUTHOR) for index in sorted(about_authors))
    yield from ((index, OTHER_STORY) for index in sorted(others))


def _contents_of_page(page: PageParts) -> Iterator[int]:
    """Yield the indices of headings such as "Contents", and of the links right below if all lead to parts of the page.

    Above the prose, the links may lead to chapters of a report instead.
    """
    lines = page.analysis.lines
    start = page.title_line.index + 1 if page.title_line else 0
    headings = {fold_text(line.text) for line in lines[start:] if line.is_heading}
    headings |= {each.lstrip(digits) for each in headings}  # an entry may lack the number of its part
    headed: frozenset[str] | None = None
    for line in lines[start:]:
        if heads_contents(line.text) and not line.link_density:
            below = (lines[index] for index in range(line.index + 1, len(lines)))
            entries = list(takewhile(_leads_into_page, below))
            headed = _parts_with_headings(page) if headed is None else headed
            parts = [entry for entry in entries if fold_text(entry.text) in headings or _leads_to(headed, entry)]
            if len(entries) > 1 and len(parts) == len(entries):
                yield from (line.index, *(entry.index for entry in entries))
            elif page.is_above_prose(line) and line.box.parent is not None:
                chapters = lines[line.index + 1 : line.box.parent.last]
                if len(chapters) > 1 and all(map(_is_link_to_page, chapters)):
                    yield from (line.index, *(each.index for each in chapters))


def _leads_to(parts: frozenset[str], entry: Line) -> bool:
    """Return whether all links of an entry lead to parts with these ids."""
    fragments = [fragment for _, fragment in _parts_linked(entry)]
    return bool(fragments) and parts.issuperset(fragments)


def _contents_above_prose(page: PageParts) -> Iterator[int]:
    """Yield the indices of the lines of a table of contents above the prose, and of its label.

    Up to a third of its lines may lead to anything on the page but words, such as the number of a note.
    """
    above = page.analysis.lines[page.title_line.index + 1 : page.prose_start] if page.title_line is not None else []
    parts = {line.index: _parts_linked(line) for line in above}
    if sum(map(len, parts.values())) < _MIN_LINKS_TO_PARTS:
        return
    headed = _parts_with_headings(page)
    headings = {fold_text(line.text) for line in page.analysis.lines if line.is_heading and not line.links}

    def is_of_contents(line: Line) -> bool:
        fragments = [fragment for _, fragment in parts[line.index]]
        return bool(fragments) and (headed.issuperset(fragments) or fold_text(line.text) in headings)

    @cache
    def words() -> frozenset[str]:
        """Return the ids of words within lines, such as the numbers of notes."""
        elements = page.analysis.boxes[0].element.iter("a", "b", "em", "i", "span", "strong", "sup")
        return frozenset(
            name for each in elements if (name := each.get("id") or each.get("name")) and _first_words(each)
        )

    def runs() -> Iterator[list[Line]]:
        for leads_to_part, run in groupby(above, key=lambda line: bool(parts[line.index])):
            lines = list(run) if leads_to_part else []
            others = {fragment for line in lines if not is_of_contents(line) for _, fragment in parts[line.index]}
            others_are_few = 3 * sum(map(is_of_contents, lines)) >= 2 * len(lines)
            if others_are_few and (not others or others.isdisjoint(words())):
                yield lines
            else:
                yield from (list(each) for is_contents, each in groupby(lines, key=is_of_contents) if is_contents)

    for lines in runs():
        linked = [part for line in lines for part in parts[line.index]]
        if len(linked) >= _MIN_LINKS_TO_PARTS and len({file for file, _ in linked}) == 1:
            label = page.analysis.lines[lines[0].index - 1]
            is_short = not label.link_density and len(label.text) <= _MAX_LABEL_OF_PARTS
            is_label = label is not page.title_line and is_short and not ends_sentence(label.text)
            yield from ((label.index,) if is_label else ())
            yield from (line.index for line in lines)


def _parts_linked(line: Line) -> list[tuple[str, str]]:
    """Return the file and the fragment of each link, if a line has only links to parts of the page.

    The file is empty or a path, perhaps of the saved page itself.
    """
    around = [line.box.element, *islice(line.box.element.iterancestors(), 1)] if not line.links else []
    links = line.links or [each for each in around if each.tag == "a"]
    if line.links and not line.is_link:
        return []
    addresses = [(link.get("href") or "").partition("#") for link in links]
    are_parts = all(fragment and "://" not in file for file, _, fragment in addresses)
    return [(file, fragment) for file, _, fragment in addresses] if are_parts else []


def _parts_with_headings(page: PageParts) -> frozenset[str]:
    """Return the ids of elements that begin with a heading, and of empty elements right above them."""
    ids = set[str]()
    for heading in page.analysis.boxes[0].element.iter(*HEADINGS):
        words = _first_words(heading)
        around = (heading, *islice(heading.iterancestors(), _MAX_LEVELS_OF_PART))
        for element in around:
            if _first_words(element) != words:
                break
            above = element.getprevious()
            anchors = (above,) if above is not None and not _first_words(above) else ()
            ids.update(name for each in (element, *anchors) if (name := each.get("id") or each.get("name")))
    return frozenset(ids)


def _first_words(element: LxmlElement) -> str:
    return next((words for text in element.itertext() if (words := str(text).strip())), "")


def _names_part_of_page(line: Line, page: PageParts) -> bool:
    return line.text.casefold() in page.weights.landmarks or (page.is_above_prose(line) and names_page(line.text))


def _is_hidden_heading(line: Line, _: PageParts) -> bool:
    """Return whether a heading is hidden and alone in its block."""
    return any("hidden" in box.traits and box.last - box.first == 1 for box in line.box.self_and_ancestors(2))


def _is_language_switcher(line: Line, page: PageParts) -> bool:
    """Return whether a line has links named after languages, and hardly any other words."""
    names = list(map(text_of_element, line.links))
    words_beside = len(line.text.split()) - sum(len(name.split()) for name in names)
    is_one = len(names) == 1 and 0 < words_beside <= _MAX_WORDS_BESIDE_LANGUAGES
    if len(names) < 2 and not is_one:
        return False  # one link, such as "English", may lead to a translation of the document
    is_label = bool(names[0]) and line.text.partition(names[0])[0].rstrip().endswith(COLONS)
    most = _MAX_WORDS_OF_LABEL if is_label else _MAX_WORDS_BESIDE_LANGUAGES
    return (
        words_beside <= most + len(names)  # a separator after each link is a word too
        and _are_mostly_languages({name.casefold() for name in names}, page.weights, is_above=page.is_above_title(line))
        # a file in another language may be a document, such as a treaty
        and not leads_to_file(line)
    )


def _are_mostly_languages(names: set[str], weights: Weights, *, is_above: bool) -> bool:
    """Return whether links are named after languages; above the title, one of several may have another name."""
    others = names - weights.languages
    return not others or (is_above and len(others) == 1 and len(names) > _MIN_LANGUAGES_BESIDE_OTHER)


def _offers_to_share(line: Line, page: PageParts) -> bool:
    """Return whether a line has only words of buttons to share or print the page, and counts of readers."""
    if len(line.text) > _MAX_CONTROLS or line.box.data_table:
        return False
    weights = page.weights
    starts = (line.text, words_of_first_node(line)) if len(line.text_nodes) > 1 else (line.text,)
    first_words = map(_CONTROL_WORD.search, starts)
    if not any(first and first[0].casefold() in weights.control_starts for first in first_words):  # fast first test
        return False
    nodes = list(map(text_of_node, line.text_nodes))
    return any(
        bool(found & weights.controls) and found <= weights.controls | weights.beside_controls
        for found in (_control_phrases([line.text], weights), _control_phrases(nodes, weights))
    )


def _offers_page_as_file(line: Line, page: PageParts) -> bool:
    """Return whether a line offers the page to print or as a file, with its size."""
    if len(line.text_nodes) < 2 or len(line.text) > _MAX_FILE_BAR:
        return False
    texts = texts_of_nodes(line)
    controls = [text for text in texts if text.casefold() in page.weights.controls or is_button_on_photo(text)]
    others = [text for text in texts if text not in controls]
    return (
        bool(controls)
        and all(is_size_of_file(text) or names_kind(text) for text in others)
        and any(map(is_size_of_file, others))
    )


def _control_phrases(texts: Iterable[str], weights: Weights) -> set[str]:
    """Return the longest known phrases of buttons in `texts`, and all other words, without texts about the page."""
    known, found = weights.controls | weights.beside_controls, set()
    for text in texts:
        for part in [] if is_about_page(text.strip()) else _CONTROL_SEPARATOR.split(text.casefold()):
            words = part.split()
            while words:
                length = next((n for n in range(_MAX_CONTROL_WORDS, 0, -1) if " ".join(words[:n]) in known), 1)
                found.add(" ".join(words[:length]))
                del words[:length]
    return found


def _only_runs_scripts(line: Line, page: PageParts) -> bool:
    """Return whether all links of a line only run scripts, as "javascript:print()" does.

    A button may open text; a link that repeats a heading is an entry of the table of contents.
    """
    return (
        not _opens_text_below(line.box.element)
        and line.text not in page.headings
        and bool(line.links)
        and all(map(runs_script, line.links))
        and not any(map(is_button, line.links))
        and "aria-controls" not in line.box.element.attrib
    )


def _opens_all(line: Line, page: PageParts) -> bool:
    """Return whether a line has only buttons such as "Expand all", perhaps above parts of the text."""
    return bool(line.links) and all(map(runs_script, line.links)) and _offers_to_share(line, page)


def _is_title_as_file(line: Line, page: PageParts) -> bool:
    """Return whether a link offers the document as a file: the title, then the format, pages and size of the file."""
    title = page.title_line
    if title is None or line.index <= title.index or not leads_to_file(line) or not line.text.startswith(title.text):
        return False
    facts = [part.strip() for part in _CONTROL_SEPARATOR.split(line.text[len(title.text) :])]
    return any(map(is_size_of_file, facts)) and all(len(fact) <= _MAX_FACT_OF_FILE for fact in facts)


def _downloads_page(line: Line, page: PageParts) -> bool:
    """Return whether a link below a long text offers it as a file: "Download the statement (PDF)".

    It names the file by the title, or by its first words if these begin with a kind of document that pages print as a
    whole. A page with little text, or on an annual report or a map, may be about the document in the file.
    """
    title, name = page.analysis.title, fold_text(downloaded(line.text))
    if title is None or not name or not fold_text(title.text).startswith(name) or not leads_to_file(line):
        return False
    words = downloaded(line.text).split()
    begins_with_kind = any(names_kind(" ".join(words[:count])) for count in range(1, _MAX_WORDS_OF_KIND + 1))
    is_whole = len(words) > 1 and fold_text(title.text) == name
    return (begins_with_kind or is_whole) and page.analysis.total_prose >= _MIN_PROSE_OF_DOCUMENT


def _is_of_wiki(line: Line, page: PageParts) -> bool:
    """Return whether MediaWiki prints a line on all of its pages, such as the name of the wiki.

    Other sites may give these ids to boxes with text.
    """
    boxes = line.box.self_and_ancestors(_LEVELS_OF_WIKI)
    return any(box.element.get("id") in _IDS_OF_WIKI and not box.first <= page.prose_start < box.last for box in boxes)


def _is_last_button(line: Line, page: PageParts) -> bool:
    """Return whether a link to a file ends the block with the title: "Print version".

    The link may stand above the last prose, which can be the address of the office.
    """
    block, title = line.box.parent, page.title_line
    if block is None or title is None or not block.first <= title.index < line.index == block.last - 1:
        return False
    is_announced = page.analysis.lines[line.index - 1].text.endswith(COLONS)
    return not is_announced and leads_to_file(line) and line.text.casefold() in page.weights.controls


def _is_size_beside_icon(line: Line, _: PageParts) -> bool:
    """Return whether a line is only the size of a file, beside a linked icon for it."""
    links = line.box.element.iter("a") if not line.links and is_size_of_file(line.text) else ()
    return any(DOCUMENT_FILE.search(link.get("href") or "") for link in links)


def _is_row_of_buttons(line: Line, page: PageParts) -> bool:
    """Return whether a line has links that only run scripts, and few other letters: "Text: A B C"."""
    beside = line.size * (1 - line.link_density)
    return beside <= _MAX_BESIDE_BUTTONS and _only_runs_scripts(line, page)


def _opens_text_below(element: LxmlElement) -> bool:
    """Return whether the element after `element` is hidden, or has a class such as "answer"."""
    below = element.getnext()
    if below is None:
        return False
    return "hidden" in below.attrib or hides_itself(below) or _PANEL_NAME.search(below.get("class") or "") is not None


def _leads_to_top(line: Line, _: PageParts) -> bool:
    """Return whether all links of a line lead to the start of the page."""
    return bool(line.links) and all(_TOP.fullmatch(link.get("href") or "") for link in line.links)


def _is_certain_chrome(line: Line, page: PageParts) -> bool:
    """Return whether a line is in chrome that is never text on the annotated pages.

    Without this rule, a breadcrumb trail above the title scores like text. Footers amid the prose can be parts of
    sections.
    """
    chrome = line.box.chrome
    if page.is_above_title(line) and chrome != COMMENTS:
        return chrome in NAVIGATION or not page.analysis.reads_like_prose(line)
    if chrome in NAVIGATION:
        return line.is_link and not leads_to_file(line)
    is_amid_prose = page.prose_start < line.index < page.prose_end and not line.links and ends_sentence(line.text)
    return chrome in CHROME_WITHOUT_TEXT and (chrome not in PARTS_OF_SECTIONS or not is_amid_prose)


def _is_masthead(line: Line, page: PageParts) -> bool:
    """Return whether a line above the title has the class of a masthead, which names the publisher."""
    classes = (line.box.signature[1] or "").lower().split()
    return _MASTHEAD in classes and not page.analysis.reads_like_prose(line)


def _asks_for_consent(line: Line, page: PageParts) -> bool:
    """Return whether a line names cookies, and is outside the text or beside a link or button."""
    if not names_cookies(line.text):
        return False
    if page.title_line is not None and names_cookies(page.title_line.text):
        return False  # the page is about cookies
    if page.element_of_text is None or not page.element_of_text.contains_line(line):
        return True
    return any(box.chrome or box.linked_size or has_form(box) for box in page.boxes_of_banner(line))


def _is_telephone_of_site(line: Line, page: PageParts) -> bool:
    """Return whether a line has a telephone number, and is a letterhead or in a block named header."""
    if not names_telephone(line.text):
        return False
    return _is_letterhead(line) or any("header" in box.traits for box in page.boxes_of_banner(line))


def _is_letterhead(line: Line) -> bool:
    """Return whether a block prints an office, its address and its telephone number.

    A contact for the press has no address.
    """
    office, *others = printed_lines(line)
    addresses = (each for each in others if "," in each and not names_telephone(each))
    is_office = not any(map(str.isdecimal, office)) and not office.endswith(COLONS)
    return is_office and any(any(map(str.isdecimal, address)) for address in addresses)


def _is_logo_of_site(line: Line, page: PageParts) -> bool:
    """Return whether a line is alone in an element whose class or id names a logo."""
    return any(
        _LOGO.search(box.class_and_id) is not None for box in page.boxes_of_banner(line) if box.last - box.first == 1
    )


def _leads_to_neighbours(line: Line, _: PageParts) -> bool:
    """Return whether a line links to the documents before and after the page."""
    are_declared = line.is_link and bool(line.links) and all(_NEIGHBOURS & {*_rel(link)} for link in line.links)
    return are_declared or (line.link_density > _MIN_LINKED_NEIGHBOURS and leads_to_neighbours(line.text))


def _rel(link: LxmlElement) -> list[str]:
    return (link.get("rel") or "").lower().split()


def _is_in_share_bar(line: Line, _: PageParts) -> bool:
    is_short = len(line.text) <= _MAX_CONTROLS
    return line.box.chrome == "share" and (line.link_density > _MIN_SHARE_LINKS or is_short)


def _is_menu_in_one_line(line: Line, page: PageParts) -> bool:
    """Return whether a line is a menu such as "Home | Contact | Search".

    Below the title, two links may be parts of the document: "Joint Declaration | Annex".
    """
    fewest = 2 if page.is_above_title(line) else 3
    is_list = fewest <= len(line.links) <= _MAX_MENU_LINKS
    if not is_list or line.box.data_table or leads_to_file(line):
        return False
    names = list(map(text_of_element, line.links))
    between = line.text
    for name in names:
        between = between.replace(name, "", 1)
    is_separated = _BETWEEN_LINKS.fullmatch(between) is not None and any(
        map(_BETWEEN_LINKS_SIGNS.__contains__, between)
    )
    return is_separated and max(map(len, names)) <= _MAX_MENU_ENTRY


def _tells_of_page(line: Line, page: PageParts) -> bool:
    """Return whether a line prints facts of the page: its date, user name of the author, tags or breadcrumb trail."""
    title = page.title_line
    return not line.box.data_table and (
        _is_named_change(line, page.analysis)
        or (is_about_page(line.text) and not claims_rights_of_text(line, page.analysis))
        or (bool(line.breaks) and all(map(is_about_page, printed_lines(line))))
        or (bool(line.breaks) and _is_copyright_without_sign(line, page))
        or (bool(line.breaks) and line.index >= page.prose_end and ends_site(printed_lines(line)))
        or (line.link_density > _MIN_LINKED_TAGS and begins_with_tags(line))
        or _labels_icons(line)
        or (
            page.is_above_prose(line)
            and line.index not in page.days_of_entries
            and not _is_in_programme(line, page)
            and not _is_term_of_sentence(line, page)
            and not is_in_memorandum(line, page.analysis)
            and (prints_facts(line) or lists_fact_labels(line.text))
            and not heads_day(line, page.analysis)
            and not _is_day_in_head(line, page)
        )
        or (
            line.index > page.prose_end
            and line.link_density > _MIN_LINKED_FACTS
            and may_have_date(line.text)
            and prints_dated_facts(line)
        )
        or (title is not None and is_breadcrumb_trail_to(title, line))
    )


def _labels_icons(line: Line) -> bool:
    """Return whether a short line labels icons that link to other pages, as "Follow us on" does."""
    is_label = not (line.is_heading or line.links) and len(line.text) <= _MAX_LABEL_OF_ICONS and begins_with_tags(line)
    boxes = line.box.self_and_ancestors(_LEVELS_TO_ICONS) if is_label else ()
    alone = takewhile(lambda box: box.last - box.first == 1, boxes)
    addresses = (link.get("href") or "#" for box in alone for link in box.element.iter("a"))
    return any(not address.startswith("#") for address in addresses)


def _is_named_change(line: Line, page: PageAnalysis) -> bool:
    """Return whether a short line has a number, and a class such as "last-updated".

    In several entries of a list, such lines are text.
    """
    is_short = len(line.text) <= _MAX_CHANGE and not line.links and not ends_sentence(line.text)
    is_dated = is_short and any(map(str.isdecimal, line.text))
    named = (box for box in line.box.self_and_ancestors(2) if _CHANGE_NAME.search(box.signature[1] or ""))
    box = next(named, None) if is_dated else None
    is_of_entry = page.groups[line.index].count > _MAX_PLACES_OF_CHANGE
    if box is None or box.last - box.first > _MAX_LINES_OF_CHANGE or is_of_entry:
        return False
    return not any(each.is_heading or page.is_prose(each) for each in page.lines[box.first : box.last])


def _is_copyright_without_sign(line: Line, page: PageParts) -> bool:
    """Return whether a line outside the text prints a name, and below it only a year."""
    if page.element_of_text is None or page.element_of_text.contains_line(line):
        return False
    name, *others = printed_lines(line)
    return bool(name) and len(others) == 1 and _YEAR.fullmatch(others[0]) is not None


def _is_in_programme(line: Line, page: PageParts) -> bool:
    """Return whether a line is a time of day below a heading of the text, not that of publication."""
    heading = page.analysis.heading_above.get(line.index) if is_lone_time(line.text) else None
    return heading is not None and page.is_below_title(heading)


def _is_term_of_sentence(line: Line, page: PageParts) -> bool:
    """Return whether a line is a term whose description is a long sentence, not a fact of the page."""
    below = page.analysis.lines[line.index + 1 : line.index + 2] if line.box.list_part == "dt" else []
    return any(is_long_sentence(each) for each in below if each.box.list_part == "dd")


def _is_day_in_head(line: Line, page: PageParts) -> bool:
    """Return whether a line is a day beside the prose, right below a line of the same look, as the place of a speech.

    If the page prints the date in another place too, such a line is text: it may also give the day of the week.
    """
    lines = page.analysis.lines
    if page.title_line is None or not page.title_line.index < line.index - 1 < page.prose_start < len(lines):
        return False
    above = lines[line.index - 1]
    is_alike = line.box.signature == above.box.signature and not (line.links or above.links)
    is_beside = is_alike and above.box.parent is line.box.parent is lines[page.prose_start].box.parent
    return is_beside and is_day(line.text)


def is_in_memorandum(line: Line, page: PageAnalysis) -> bool:
    """Return whether a line is in the head of a memorandum or letter, beside its receiver."""
    beside = page.lines[max(0, line.index - _LINES_OF_MEMORANDUM) : line.index + 1 + _LINES_OF_MEMORANDUM]
    return any(_MEMORANDUM.match(each.text) for each in beside)


def _links_to_section(line: Line, page: PageParts) -> bool:
    """Return whether a link right below the title is named after a section or office, such as "Press releases"."""
    is_near = (
        page.title_line is not None and page.title_line.index < line.index <= page.title_line.index + _LINES_TO_SECTION
    )
    return is_near and not leads_to_file(line) and names_section(line.text)


def _links_to_subjects(line: Line, page: PageParts) -> bool:
    """Return whether a line below the title has only short links to one folder of the site, as to its subjects."""
    if not page.is_below_title(line) or line.box.data_table:
        return False
    names = list(map(text_of_element, line.links))
    addresses = {link.get("href") or "" for link in line.links}
    folders = set(map(_folder, addresses))
    is_short = len(names) == len(addresses) > 1 and max(map(len, names)) <= _MAX_MENU_ENTRY
    return is_short and len(folders) == 1 and "" not in folders and not leads_to_file(line)


def _folder(address: str) -> str:
    """Return an address without its last part; "" if it has no other part."""
    return address.rstrip("/").rpartition("/")[0]


def _repeats_title(line: Line, page: PageParts) -> bool:
    """Return whether a heading below the title repeats it."""
    title = page.analysis.title
    return page.is_below_title(line) and title is not None and fold_text(line.text) == fold_text(title.text)


def _repeats_title_unseen(line: Line, page: PageParts) -> bool:
    """Return whether an invisible line below the title repeats it, such as a name in a database."""
    title = page.title_line
    if title is None or title.index >= line.index or fold_text(line.text) != fold_text(title.text):
        return False
    parents = (parent_of(node) for node in line.text_nodes if text_of_node(node).strip())
    return is_unseen(line.box.element) or all(each is not None and is_unseen(each) for each in parents)


def _labels_part_for_screen_readers(line: Line, page: PageParts) -> bool:
    """Return whether a line between the title and the prose is a label for screen readers, such as "Content"."""
    is_label = len(line.text) <= _MAX_UNSEEN_LABEL and not line.links and not ends_sentence(line.text)
    return is_label and page.is_below_title(line) and is_for_screen_readers(line.box.element)


def _heads_section(line: Line, page: PageParts) -> bool:
    """Return whether the title begins with the words of a shorter heading just above, the name of the section."""
    if page.title_line is None or line.index < page.title_line.index - _LINES_TO_SECTION:
        return False
    return len(line.text) < len(page.title_line.text) and page.title_line.text.startswith(line.text)


def _calls_to_action(line: Line, page: PageParts) -> bool:
    """Return whether a line has only links such as "Register now", or links drawn as buttons.

    A button that opens or leads to a part of the page is the heading of this part.
    """
    if not line.links:
        return False
    are_buttons = len(line.text) <= _MAX_BUTTON and all(map(is_drawn_as_button, line.links))
    are_buttons = are_buttons and not _leads_into_page(line) and not any(map(is_button, line.links))
    if leads_to_file(line):
        return are_buttons and len(line.links) > 1 and page.is_above_prose(line)
    return are_buttons or all(calls_to_action(text_of_element(link)) for link in line.links)


def _labels_advertisement(line: Line, _: PageParts) -> bool:
    """Return whether a line is the label of an advertisement, not an entry of a list or a heading of the text."""
    is_entry = line.box.data_table is not None or line.box.element.tag in _ENTRIES
    is_heading = line.is_heading and line.box.chrome != "ad"
    return not is_entry and not is_heading and labels_advertisement(line.text)


def _labels_missing_files(line: Line, page: PageParts) -> bool:
    """Return whether a line labels files, but the text ends with the line."""
    if line.links or line.box.data_table or not labels_attachments(line.text):
        return False
    below = page.analysis.lines[line.index + 1 : line.index + 2]
    return all(each.box.chrome or is_about_page(each.text) for each in below)


def _enlarges_photo(line: Line, _: PageParts) -> bool:
    """Return whether a line is only a link to a gallery, or only links that enlarge or download images."""
    return leads_to_gallery(line.text) or (
        bool(line.links)
        and all(_IMAGE_FILE.search(link.get("href") or "") for link in line.links)
        and (is_button_on_photo(line.text) or is_size_of_file(line.text.rpartition("(")[2]))
    )


def _labels_photo_for_screen_readers(line: Line, page: PageParts) -> bool:
    """Return whether a line is a hidden label right above a photo or its caption, such as "Graphic"."""
    block = line.box.parent
    if "hidden" not in line.box.traits or len(line.text) > _MAX_PHOTO_LABEL or block is None:
        return False
    images, lines = page.analysis.images, page.analysis.lines[line.index + 1 : block.last]
    captions = takewhile(lambda each: each.box.element.tag == "figcaption", lines)
    last = line.index + 1 + sum(1 for _ in islice(captions, _MAX_CAPTIONS_BELOW_LABEL))
    first = bisect_left(images, line.index + 1, key=lambda image: image.index)
    below = takewhile(lambda image: image.index <= last, images[first : first + _MAX_PHOTOS_BELOW_LABEL])
    return any(block.contains_box(image.box) for image in below)


_MASTHEAD = "masthead"
"""The class of the name of the publisher, also in the HTML of this program."""
_HEADINGS, _LINKED, _CHROME = "headings", "lines with links", "lines in chrome"
_LINKS, _SEVERAL_LINKS = "lines that are nothing but links", "lines with several links"
_ABOVE_TITLE, _ABOVE_PROSE, _OUTSIDE_PROSE = "lines above the title", "lines above the prose", "lines outside the prose"
_LINE_RULES: tuple[tuple[str, tuple[str, ...], Callable[[Line, PageParts], bool]], ...] = (
    ("chrome without text", (_CHROME,), _is_certain_chrome),
    ("a masthead", (_ABOVE_TITLE,), _is_masthead),
    ("a heading that names a part of the page", (_HEADINGS,), _names_part_of_page),
    ("a heading for screen readers", (_HEADINGS, _OUTSIDE_PROSE), _is_hidden_heading),
    (OTHER_LANGUAGES, (_LINKED, _OUTSIDE_PROSE), _is_language_switcher),
    (_BUTTONS_TO_SHARE, (_OUTSIDE_PROSE,), _offers_to_share),
    (_BUTTONS_TO_SHARE, (_ABOVE_PROSE,), _offers_page_as_file),
    (_SCRIPT_LINKS, (_LINKS, _OUTSIDE_PROSE), _only_runs_scripts),
    (_SCRIPT_LINKS, (_SEVERAL_LINKS, _ABOVE_PROSE), _is_row_of_buttons),
    (_SCRIPT_LINKS, (_LINKS,), _opens_all),
    ("the page as a file", (_LINKED,), _is_title_as_file),
    ("the page as a file", (_LINKS, _OUTSIDE_PROSE), _downloads_page),
    ("a line of the wiki", (_OUTSIDE_PROSE,), _is_of_wiki),
    ("the page as a file", (_LINKS,), _is_last_button),
    (ABOUT_PAGE, (_ABOVE_PROSE,), _is_size_beside_icon),
    ("a link to the top of the page", (_LINKS,), _leads_to_top),
    (CONSENT, (_ABOVE_TITLE,), _asks_for_consent),
    ("the banner of a government", (_ABOVE_TITLE,), lambda line, _: names_official_site(line.text)),
    ("a telephone number of the site", (_ABOVE_TITLE,), _is_telephone_of_site),
    ("the logo of the site", (_ABOVE_TITLE,), _is_logo_of_site),
    ("links to the documents before and after", (_LINKED, _OUTSIDE_PROSE), _leads_to_neighbours),
    (_BUTTONS_TO_SHARE, (_CHROME, _OUTSIDE_PROSE), _is_in_share_bar),
    ("a menu in one line", (_SEVERAL_LINKS, _OUTSIDE_PROSE), _is_menu_in_one_line),
    (ABOUT_PAGE, (_HEADINGS, _ABOVE_TITLE), lambda line, _: names_section(line.text)),
    (ABOUT_PAGE, (), _tells_of_page),
    ("a link to the section", (_LINKS, _ABOVE_PROSE), _links_to_section),
    ("links to the subjects of the page", (_LINKS, _ABOVE_PROSE), _links_to_subjects),
    ("the title repeated", (_HEADINGS, _ABOVE_PROSE), _repeats_title),
    ("the title repeated", (_ABOVE_PROSE,), _repeats_title_unseen),
    ("a label for screen readers", (_ABOVE_PROSE,), _labels_part_for_screen_readers),
    (SECTION_HEADING, (_HEADINGS, _ABOVE_TITLE), _heads_section),
    ("an offer of a newsletter", (_LINKED,), lambda line, _: offers_newsletter(line.text)),
    ("a call to action", (_LINKS,), _calls_to_action),
    ("a label of an advertisement", (), _labels_advertisement),
    ("a button on a photo", (_LINKS,), _enlarges_photo),
    ("a count of photos", (), lambda line, _: counts_photos(line.text)),
    ("a label for files that do not follow", (), _labels_missing_files),
    (LABEL_OF_PHOTO, (), _labels_photo_for_screen_readers),
)
"""For each rule: its name, the kinds that a line must all have, and its function. The rule for chrome is first, since
it is fast and applies to most lines that are left out."""


_LINE_KINDS = (
    _HEADINGS, _LINKED, _LINKS, _SEVERAL_LINKS, _CHROME, _ABOVE_TITLE, _ABOVE_PROSE, _OUTSIDE_PROSE,
)  # fmt: skip


def _kinds_of(line: Line, page: PageParts) -> tuple[bool, ...]:
    """Return for each of `_LINE_KINDS` whether a line is of this kind."""
    return (
        line.is_heading,
        line.link_density > 0,
        line.is_link,
        len(line.links) > 1,
        line.box.chrome is not None,
        page.is_above_title(line),
        page.is_above_prose(line),
        not page.is_in_prose(line),
    )


@cache
def _rules_for(are_kinds: tuple[bool, ...]) -> tuple[tuple[str, Callable[[Line, PageParts], bool]], ...]:
    """Return the rules to try on a line, with their names; `are_kinds` comes from `_kinds_of`."""
    kinds = frozenset(compress(_LINE_KINDS, are_kinds))
    return tuple((name, applies) for name, needed, applies in _LINE_RULES if kinds.issuperset(needed))


# --- lines that no rule leaves out


def claims_rights_of_text(line: Line, page: PageAnalysis) -> bool:
    """Return whether a line prints the copyright of the text, such as a news agency's, not of the site.

    Three annotated pages have such a sentence right below a line of prose.
    """
    if not line.index:
        return False
    above = page.lines[line.index - 1]
    is_next = above.box.parent is line.box.parent and above.box.signature == line.box.signature and page.is_prose(above)
    return is_next and names_rights(line.text) and not line.link_density and ends_sentence(line.text)


# --- rules for groups of lines


def _subjects_below_label(page: PageParts) -> Iterator[int]:
    """Yield the indices of labels such as "Topics" outside the prose, and of the links right below."""
    label: Line | None = None
    for line in page.analysis.lines:
        if line.box.chrome or page.is_in_prose(line) or line.box.data_table:
            label = None
        elif label is not None and line.is_link and not leads_to_file(line):
            block = block_of_label(label)
            if block is None or not block.contains_line(line):
                label = None
            else:
                yield from (label.index, line.index)
        else:
            label = line if not line.links and labels_subjects(line.text) else None


def _is_link_to_page(line: Line) -> bool:
    """Return whether a line has only links to other pages."""
    return line.is_link and not leads_to_file(line) and not _leads_into_page(line)


def _leads_into_page(line: Line) -> bool:
    """Return whether a line has only links to places on the page, such as "Skip to content"."""
    addresses = [link.get("href") or "" for link in line.links]
    return line.is_link and bool(addresses) and all(map(_PLACE.fullmatch, addresses))
