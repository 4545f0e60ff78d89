"""Finds boxes that a rule leaves out, whatever their lines score: facts of the page, contacts, polls, footers.

The first rule of `_BOX_RULES` that applies to a box is the reason. The "facts of the page" are the metadata that it
prints about itself, such as its date.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import accumulate, compress, islice, takewhile

from readout_pub.extract.dates import may_have_date
from readout_pub.extract.generic.chrome import CHROME_WITHOUT_TEXT, LARGE_SHARE, NAVIGATION
from readout_pub.extract.generic.fact_lines import prints_rows_of_facts, rows_with_days
from readout_pub.extract.generic.page_analysis import PageAnalysis
from readout_pub.extract.generic.page_lines import (
    ABOUT_PAGE,
    accepts,
    are_yes_and_no,
    asks_for_consent,
    asks_readers,
    calls_to_action,
    heads_contact,
    heads_contact_of_document,
    heads_facts,
    heads_history,
    heads_press_contact,
    is_about_page,
    is_labelled_fact,
    is_size_of_file,
    labels_fact,
    names_contact,
    names_cookies,
    names_external_content,
    names_licence,
    names_rights,
    offers_newsletter,
    offers_to_listen,
    prints_address_of_site,
    prints_contact,
)
from readout_pub.extract.generic.page_parts import PageParts
from readout_pub.extract.generic.publication_date import prints_only_days
from readout_pub.extract.generic.section_names import names_section
from readout_pub.extract.generic.text_blocks import ElementBox, Line, leads_to_file, printed_lines
from readout_pub.extract.generic.title import fold_text
from readout_pub.html_elements import FORM_CONTROLS
from readout_pub.sentences import QUESTION_MARKS, ends_sentence
from readout_pub.sources.lxml_elements import LxmlElement, text_of_element
from readout_pub.unicode_scripts import LETTERS

_MAX_LINES_BELOW_FOOTER = 10
"""Maximum lines, such as a notice of cookies, below the footer of a page."""
_MAX_LINES_OF_FOOTER = 3
"""Maximum lines of a footer in the last cell of a page; a longer cell may have text."""
_COPYRIGHT = re.compile(r"(?:copyright\s|\(c\)\s|©)", re.IGNORECASE)
"""The start of a line with the copyright of a site."""
_FOOTER = re.compile(
    r"(?:(?:site|page|main|global|layout|region)[-_]{1,2})?footer"
    r"(?:[-_]{1,2}(?:wrapper|wrap|container|main|region|area|section|inner|content))?",
    re.IGNORECASE,
)
"""Whole classes and ids of the footer of a site."""
_MAX_HEADED_CONTACT = 300
"""Maximum letters of a box of contacts, chosen by hand; a longer one has text too."""
_LINES_TO_CONTACT = 12
"""Maximum lines from the title to contacts above the text."""
CONSENT = "a request to accept cookies"
"""The rule for notices of cookies."""
_CONSENT_NAME = re.compile(r"(?<![a-z])(?:cookies?|consent|gdpr|rgpd)(?![a-z])", re.IGNORECASE)
"""Classes and ids of notices of cookies."""
_EMBED_NAME = re.compile(r"(?<![a-z])(?:o?embed(?:ded)?|consent|opt-?in|external|two-?click)(?![a-z])", re.IGNORECASE)
"""Classes and ids of boxes that ask before they load content of other sites, such as a video."""
_LINES_AROUND_CONSENT = 60
"""Lines around a notice that are searched for cookies: a page about cookies keeps the notice."""
_LINES_AROUND_CONTENT = 3
"""Lines around an offer to load content of another site that are searched for more such content."""
_CONTACT_NAME = re.compile(
    r"(?<![a-z])(?:contacts?|kontakte?|contactos?|contatos?|contatti|press(?:e)?kontakt|(?:media-?|press-?)?[ei]nquiries)"
    r"(?![a-z])",
    re.IGNORECASE,
)
"""Classes and ids of boxes of contacts."""
_NAMES_OF_CARDS, _MAX_LEVELS_OF_CARD = frozenset({"<aside>", "related"}), 4
"""Traits of boxes beside the text, such as cards, and how many boxes are searched for them."""
_NAMES_OF_FOOTER_COLUMN = frozenset({"footer", "side"})
"""Traits of a column in the footer of the site, which has both."""
_SIDEBAR = re.compile(
    r"(?:(?:primary|secondary|main|page|site|blog|right|left)[-_]{1,2})?side-?bar"
    r"(?:[-_]{1,2}(?:wrapper|wrap|container|area|content|inner|primary|secondary|main|right|left|\d{1,2}))?",
    re.IGNORECASE,
)
"""Whole classes and ids of a column of widgets."""
_WIDGET, _MIN_WIDGETS = re.compile(r"(?<![a-z])widget(?![a-z])", re.IGNORECASE), 2
"""Classes of boxes in such a column, as WordPress names them, and their minimum number."""
_PHOTO_FILE = re.compile(r"\.(?:jpe?g|webp)(?:[?#]|$)", re.IGNORECASE)
"""The end of the address of a photo; icons have other formats."""
_MIN_LANGUAGES_BESIDE_UNKNOWN = 6
"""Minimum links to other languages of which the program may not know one."""
_GRID_COLUMN = re.compile(r"(?<![\w-])col(?:umn)?s?-(?:(?:xs|sm|md|lg|xl|xxl)-)?\d{1,2}(?!\w)")
"""Classes of columns in Bootstrap and grids like it."""
_MIN_LINKED_ITEM = 0.5
"""Minimum linked share of an item that is a link; a day may stand beside the link."""
_MAX_LEVELS_OF_PROSE = 12
"""How many boxes around prose are searched for the box with all prose, a cell or a table."""
_MAX_SMALL_BOX = 600
"""Maximum letters for the rules for small boxes. On a page that lists documents, longer columns are the text."""
_MIN_SHARE_OF_FACTS = 0.4
"""Minimum share of labels and facts among the lines of a box of facts."""
_LABELLED = re.compile(r"[^\W\d][^:：\d]{1,30}[:：]\s?\S")
"""A label, a colon and a value."""
_MAX_HEADINGS_OF_MENUS = 3
"""Maximum headings of menus in a block."""
_MAX_LINES_OF_LICENCE = 6
"""Maximum lines of a box with the copyright and the licence of a page."""
_MAX_LINES_OF_FILE, _MIN_LINKED_MENU = 4, 0.6
"""Maximum lines of a box that offers a file, and minimum linked share of a menu not beside the text."""
_PROMOTION_NAME = re.compile(r"(?<![a-z])(?:promo(?:tion)?|cta|call-?to-?action|teaser)(?![a-z])", re.IGNORECASE)
"""Classes of boxes that lead to another service of the site."""
_MAX_SUBSCRIPTION, _MAX_LINES_OF_CALL = 300, 4
"""Maximum letters of an offer of a newsletter or the like, and maximum lines of a call to action."""
_MAX_LINES_OF_FORM = 2
"""Maximum lines of words in a form."""
_MAX_LABEL = 60
"""Maximum letters of the heading or label of a box, such as a list of facts."""
_LINES_FROM_SUBJECTS, _MAX_SUBJECT = 4, 40
"""Maximum lines between links to subjects and the prose, and maximum characters of each link."""
_MIN_SENTENCE = 40
"""Minimum letters of a sentence of the document; a shorter one may be a fact of the page."""
_TOOLS_NAME = re.compile(r"(?<![a-z])tool(?:s|bar|box)?(?![a-z])|[a-z]Tools?(?![a-z])")
"""Classes of boxes with tools, such as "item-tools" and "pageTools"."""
_MAX_TOOLS = 80
"""Maximum characters of a line of tools."""
_NAMES_OF_FIELD = ("type", "name", "id", "placeholder")
OTHER_LANGUAGES = "links to the page in other languages"
"""The rule for links to translations of the page."""


def lines_of_excluded_boxes(page: PageParts) -> Iterator[tuple[int, str]]:
    """Yield the index of each line in a box that a rule leaves out, with the name of the rule.

    The rules for lines, in `excluded_lines.py`, decide on chrome that is above the title or never has text.
    """
    title = page.title_line.index if page.title_line else 0
    for box in page.analysis.boxes:
        if not box.size or box.chrome in CHROME_WITHOUT_TEXT or (box.chrome and box.last <= title):
            continue
        for name, applies in _rules_for(_kinds_of(box, page)):
            if applies(box, page):
                yield from ((index, name) for index in _lines_left_out(box, page, applies))
                break


def _lines_left_out(box: ElementBox, page: PageParts, rule: Callable[[ElementBox, PageParts], bool]) -> Iterable[int]:
    """Return the indices of the lines that a rule leaves out: for most rules, all lines of the box."""
    if rule is _prints_rows_of_facts:
        return rows_with_days(page.analysis.lines[box.first : box.last])
    block = _block_of_facts(box, page) if rule is _lists_facts else box
    return range(block.first, block.last)


def excluded_headings(page: PageAnalysis) -> Iterator[tuple[int, str]]:
    """Yield the index of each heading of the site or of a menu, with the name of its rule."""
    yield from ((index, "a heading of the site") for index in _headings_of_site(page))
    yield from ((index, "a heading of a menu") for index in _headings_of_menus(page))


def _headings_of_site(page: PageAnalysis) -> Iterator[int]:
    """Yield the indices of the headings in each `header` above the title and outside the document."""
    title = page.title_line
    for box in page.boxes if title else ():
        if box.element.tag == "header" and title is not None and box.last <= title.index:
            in_document = next(box.element.iterancestors("article", "main"), None) is not None
            lines = page.lines[box.first : box.last] if not in_document else []
            yield from (line.index for line in lines if line.is_heading)


def _headings_of_menus(page: PageAnalysis) -> Iterator[int]:
    """Yield the indices of headings of menus, such as "Quick links".

    A menu with sentences is a list with descriptions. "Speech" right above the title names a kind of document.
    """
    title = page.title_line
    shown_until = list(accumulate((not line.box.chrome for line in page.lines), initial=0))
    for box in page.boxes:
        count = shown_until[box.last] - shown_until[box.first]
        has_menu = 0 < count <= _MAX_HEADINGS_OF_MENUS and box.last - box.first > 2 * count
        if not has_menu or box.chrome or title is None or box.contains_line(title):
            continue
        lines = page.lines[box.first : box.last]
        shown = [line for line in lines if not line.box.chrome]
        menu = [line for line in lines if line.box.chrome]
        is_menu = all(line.box.chrome in NAVIGATION and not ends_sentence(line.text) for line in menu)
        if is_menu and all(line.size <= _MAX_LABEL and not line.link_density for line in shown):
            below = [line for line in shown if menu[-1].index < line.index < title.index]
            kinds = {line.index for line in below if names_section(line.text)}
            yield from (line.index for line in shown if line.index not in kinds and not _LABELLED.search(line.text))


def _lists_facts(box: ElementBox, page: PageParts) -> bool:
    """Return whether all terms of a description list outside the prose name facts of the page.

    A list with "Topic" can be about a meeting.
    """
    is_in_prose = page.prose_start < box.first and box.last <= page.prose_end
    if box.element.tag != "dl" or is_in_prose:
        return False
    lines = page.analysis.lines[box.first : box.last]
    terms = [line.text for line in lines if line.box.element.tag == "dt"]
    if not terms or not all(map(labels_fact, terms)):
        return False
    return not any(map(is_long_sentence, lines))


def is_long_sentence(line: Line) -> bool:
    """Return whether a line is a sentence that is too long for a fact of the page."""
    return line.size >= _MIN_SENTENCE and ends_sentence(line.text)


def _block_of_facts(facts: ElementBox, page: PageParts) -> ElementBox:
    """Return the block around a list of facts if a heading or button for the list begins the block; else the list."""
    block = facts.parent
    if block is None or block.first != facts.first - 1:
        return facts
    analysis = page.analysis
    heading = analysis.lines[block.first]
    is_heading = heading.size <= _MAX_LABEL and not heading.link_density
    has_others = block.last > facts.last
    is_below = block.first > page.prose_end and not any(
        map(analysis.is_prose, analysis.lines[block.first : block.last])
    )
    return block if is_heading and (is_below or not has_others) else facts


def _switches_language(box: ElementBox, page: PageParts) -> bool:
    """Return whether a small block has only links named after languages, and perhaps one other line."""
    if not box.linked_size:
        return False
    lines = page.analysis.lines[box.first : box.last]
    if all(line.text.casefold() in page.weights.languages for line in lines):
        return not any(map(leads_to_file, lines))  # the language of the page itself is not linked
    if 2 * box.linked_size <= box.size:
        return False
    links = [line for line in lines if line.is_link]
    names = {line.text.casefold() for line in links}
    others = [line for line in lines if line not in links]
    # The other line is a label at the start, or the language of the page itself in a long list.
    has_label = len(others) == 1 and others[0].size <= _MAX_LABEL
    is_label_known = has_label and (others[0] is lines[0] or len(names) >= _MIN_LANGUAGES_BESIDE_UNKNOWN)
    is_list = len(links) > 1 and (not others or is_label_known)
    unknown = names - page.weights.languages
    are_languages = not unknown or (len(unknown) == 1 and len(names) >= _MIN_LANGUAGES_BESIDE_UNKNOWN)
    return is_list and are_languages and not any(map(leads_to_file, links))


def _is_table_of_facts(box: ElementBox, page: PageParts) -> bool:
    """Return whether the odd columns of a table above the prose only name facts of the page."""
    if box.last > page.prose_start:
        return False
    rows = [list(row.iterchildren("td", "th")) for row in box.element.iter("tr")]
    labels = [text_of_element(cell) for row in rows for cell in row[::2]]
    return bool(labels) and all(len(row) > 1 for row in rows) and all(map(labels_fact, labels))


def _is_contact_below_text(box: ElementBox, page: PageParts) -> bool:
    """Return whether a box below the prose tells whom to ask about the page, as under "お問い合わせ先".

    Contacts at the end of a press release, in the article but in no card, belong to the text.
    """
    analysis = page.analysis
    # A long address counts as prose, so that `prose_end` may be in the box.
    is_below = analysis.prose_start < box.first and page.prose_end < box.last
    if box.size > _MAX_HEADED_CONTACT or not is_below:
        return False
    lines = analysis.lines[box.first : box.last]
    if heads_contact(lines[0].text):
        return not _is_in_table_of_text(box, page)
    around = box.self_and_ancestors(_MAX_LEVELS_OF_CARD)
    if any(heads_press_contact(analysis.lines[each.first].text) for each in around):
        return is_contact_card(box, analysis)
    is_in_article = _is_in_article(box, page) and not is_contact_card(box, analysis)
    is_apart = not _is_in_box_around(analysis.lines[analysis.prose_start], box) and not is_in_article
    return is_apart and prints_contact([line.text for line in lines])


def _is_named_contact(box: ElementBox, page: PageParts) -> bool:
    """Return whether a box named contact, or an `aside`, begins with a heading of contacts.

    Contacts at the end of a press release have no such box.
    """
    if page.title_line is None or not page.begins_below_title(box) or box.size > _MAX_HEADED_CONTACT:
        return False
    if box.element.tag != "aside" and _CONTACT_NAME.search(box.class_and_id) is None:
        return False
    is_near = box.first <= page.title_line.index + _LINES_TO_CONTACT
    above = page.analysis.lines[page.title_line.index + 1 : box.first] if is_near else []
    is_above = is_near and sum(map(page.analysis.is_prose, above)) <= 1 and not any(line.is_heading for line in above)
    # A long address counts as prose, so that `prose_end` may be in the box.
    if not (is_above or (page.prose_start < box.first and page.prose_end < box.last)):
        return False
    heading, *others = page.analysis.lines[box.first : box.last]
    is_headed = heads_contact_of_document(heading.text) or heads_press_contact(heading.text)
    return is_headed and any(names_contact(line.text) or any(map(_writes_mail, line.links)) for line in others)


def _writes_mail(link: LxmlElement) -> bool:
    return (link.get("href") or "").startswith("mailto:")


def is_contact_card(box: ElementBox, page: PageAnalysis) -> bool:
    """Return whether a box of contacts has a portrait, or is in a card, an `aside` or a column of the footer."""
    around = takewhile(lambda each: page.prose_share(each) < LARGE_SHARE, box.self_and_ancestors(_MAX_LEVELS_OF_CARD))
    has_portrait = any(_PHOTO_FILE.search(image.get("src") or "") for image in box.element.iter("img"))
    return has_portrait or any(
        not _NAMES_OF_CARDS.isdisjoint(each.traits) or each.traits >= _NAMES_OF_FOOTER_COLUMN for each in around
    )


def _is_in_article(box: ElementBox, page: PageParts) -> bool:
    """Return whether the smallest box with the title and all prose is an `article` that contains `box`."""
    text = page.element_of_text
    return text is not None and text.element.tag == "article" and text.contains_box(box)


def _is_in_box_around(line: Line, box: ElementBox) -> bool:
    """Return whether `box` is within the parent of the box of a line."""
    around = line.box.parent
    return around is not None and around.index <= box.index < around.end


def _is_in_table_of_text(box: ElementBox, page: PageParts) -> bool:
    """Return whether a box begins in a table cell of the block of the last prose, as contacts of press releases do."""
    lines = page.analysis.lines
    return lines[box.first].box.element.tag in {"td", "th"} and _is_in_box_around(lines[page.prose_end], box)


def _prints_licence(box: ElementBox, page: PageParts) -> bool:
    """Return whether a box below the title begins with "© Crown copyright 2031" or the like, and names a licence."""
    if not page.begins_below_title(box) or box.last - box.first > _MAX_LINES_OF_LICENCE:
        return False
    lines = page.analysis.lines[box.first : box.last]
    has_text = any(line.is_heading for line in lines)
    return not has_text and names_rights(lines[0].text) and any(names_licence(line.text) for line in lines[1:])


def _is_survey_below_text(box: ElementBox, page: PageParts) -> bool:
    """Return whether a box begins with a question to readers about the page, or is a poll.

    A form may stand above the last prose, which can be the address of the office.
    """
    lines = page.analysis.lines[box.first : box.first + 2]
    if any(asks_readers(line.text) for line in lines):
        return box.first > page.prose_end or has_form(box)
    return any(map(_is_question, lines)) and _is_poll(box, page)


def _asks_yes_or_no(box: ElementBox, page: PageParts) -> bool:
    """Return whether a box has a question, buttons such as "Yes" and "No", and at most one more line."""
    lines = [line for line in page.analysis.lines[box.first : box.last] if not line.is_link]
    if len(lines) > _MAX_LINES_OF_FORM or not any(map(_is_question, lines)):
        return False
    return are_yes_and_no(map(text_of_element, box.element.iter("button", "a")))


def _is_question(line: Line) -> bool:
    """Return whether a line ends with a question mark, which is a semicolon in Greek."""
    is_greek = line.text.endswith(";") and LETTERS["Grek"].search(line.text) is not None
    return is_greek or line.text.endswith(QUESTION_MARKS)


def _is_poll(box: ElementBox, page: PageParts) -> bool:
    """Return whether a box has one question and several options, unlike an accordion, which has answers too."""
    others = [line for line in page.analysis.lines[box.first : box.last] if not _is_question(line)]
    choices = _count_choices(box)
    has_one_question = box.last - box.first - len(others) == 1
    has_answers = len(others) > choices and any(ends_sentence(line.text) for line in others)
    return has_one_question and choices > 1 and not has_answers


def _prints_labelled_facts(box: ElementBox, page: PageParts) -> bool:
    """Return whether a box outside the prose has only short lines, at least two of them facts with labels.

    A box with a label such as "Place" tells of a meeting.
    """
    if not page.begins_below_title(box) or not page.is_outside_prose(box):
        return False
    lines = page.analysis.lines[box.first : box.last]
    if any(line.box.data_table for line in lines):
        return False
    if any(map(page.analysis.is_prose, lines)) or any(ends_sentence(line.text) for line in lines):
        return False
    if box.first > page.prose_end and _is_in_table_of_text(box, page):
        return False
    labelled = [line for line in lines if labels_fact(line.text) or is_labelled_fact(line.text)]
    about_page = [line for line in lines if is_about_page(line.text)] if box.last <= page.prose_start else []
    days = [line for line in lines if about_page and prints_only_days(line.text)]
    facts = [line for line in lines if line in labelled or line in about_page or line in days]
    others = [line for line in lines if line not in facts]
    if any(_LABELLED.match(line.text) for line in others) or any(
        _is_below_photo(line, page.analysis) for line in others
    ):
        return False
    return len(facts) > 1 and lines[0] in facts and _MIN_SHARE_OF_FACTS * len(lines) <= len(facts)


def _is_below_photo(line: Line, page: PageAnalysis) -> bool:
    """Return whether a line is right below a photo in the same block: it may be the caption."""
    first = bisect_left(page.images, line.index, key=lambda image: image.index)
    above = takewhile(lambda image: image.index == line.index, islice(page.images, first, None))
    files = (image for image in above if image.box.parent is line.box.parent or image.box is line.box.parent)
    return any(_PHOTO_FILE.search(image.element.get("src") or "") for image in files)


def _prints_rows_of_facts(box: ElementBox, page: PageParts) -> bool:
    """Return whether a box between the title and the prose has only labels with values, one of them a day."""
    lines = page.analysis.lines[box.first : box.last]
    return page.is_between_title_and_prose(box) and prints_rows_of_facts(lines, page.analysis.language)


def _lists_subjects(box: ElementBox, page: PageParts) -> bool:
    """Return whether a list between the title and the prose has only short links, such as to subjects and offices.

    Links below a heading of the text, as to the members who voted, belong to the text.
    """
    if not page.is_between_title_and_prose(box) or page.prose_start - box.last > _LINES_FROM_SUBJECTS:
        return False
    lines = page.analysis.lines[box.first : box.last]
    heading = page.analysis.heading_above.get(box.first)
    is_in_section = heading is not None and page.is_below_title(heading)
    if is_in_section or not page.analysis.is_prose(page.analysis.lines[page.prose_start]):
        return False
    return all(
        line.is_link and len(line.text) <= _MAX_SUBJECT and not leads_to_file(line) and not _has_link_into_page(line)
        for line in lines
    )


def _has_link_into_page(line: Line) -> bool:
    return any((link.get("href") or "#").startswith("#") for link in line.links)


def _heads_facts_below_text(box: ElementBox, page: PageParts) -> bool:
    """Return whether a box below the prose begins with a heading such as "Page details", and has no sentences.

    "Adopted by all seven ports" has no link, date or label: it belongs to the document.
    """
    lines = page.analysis.lines[box.first : box.last]
    is_labelled = len(lines) > 1 and labels_fact(lines[1].text)
    is_below = box.first > page.prose_end or (box.first > page.prose_start and is_labelled)
    is_headed = is_below and heads_facts(lines[0].text)
    if not is_headed or any(ends_sentence(line.text) for line in lines):
        return False
    return len(lines) == 1 or any(
        line.link_density or may_have_date(line.text) or labels_fact(line.text) or is_labelled_fact(line.text)
        for line in lines[1:]
    )


def _lists_changes(box: ElementBox, page: PageParts) -> bool:
    """Return whether a box lists changes of the page, with a heading for them, a day and no prose."""
    if box.first <= page.prose_start or not heads_history(page.analysis.lines[box.first].text):
        return False
    lines = page.analysis.lines[box.first : box.last]
    return not any(map(page.analysis.is_prose, lines)) and any(may_have_date(line.text) for line in lines)


def _offers_page_as_file(box: ElementBox, page: PageParts) -> bool:
    """Return whether a box offers the page as a file, with the title and the size of the file."""
    lines = page.analysis.lines[box.first : box.last]
    if page.analysis.title is None or len(lines) > _MAX_LINES_OF_FILE:
        return False
    title = fold_text(page.analysis.title.text)
    is_named = any(fold_text(line.text) == title for line in lines)
    return is_named and any(is_size_of_file(line.text) for line in lines)


def _is_menu_cell(box: ElementBox, page: PageParts) -> bool:
    """Return whether a cell of a layout table outside the prose is a menu, or a column with links beside the text."""
    is_beside = box.linked_size > 0 and _is_beside_text(box, page)
    has_links = box.linked_size > _MIN_LINKED_MENU * box.size
    # One link with words beside it may be a reference.
    has_links = has_links and (box.linked_size == box.size or len(box.element.findall(".//a")) > 1)
    if not (is_beside or has_links) or not _is_cell_apart_from_prose(box, page):
        return False
    return not any(map(leads_to_file, page.analysis.lines[box.first : box.last]))


def _is_address_in_cell(box: ElementBox, page: PageParts) -> bool:
    """Return whether a cell of a layout table outside the text has the address or the copyright of the site.

    Above the prose, other text may name the speaker.
    """
    if not _is_cell_apart_from_prose(box, page):
        return False
    printed = [text for line in page.analysis.lines[box.first : box.last] for text in printed_lines(line)]
    is_above = box.last <= page.prose_start
    return (all if is_above else any)(prints_address_of_site([text]) for text in printed)


def _is_cell_apart_from_prose(cell: ElementBox, page: PageParts) -> bool:
    """Return whether a cell of a layout table, without the title, is above the prose, or apart from it below.

    It is apart if the prose has a cell or table of its own. Elsewhere, each paragraph may have its own row.
    """
    has_title = page.title_line is not None and cell.contains_line(page.title_line)
    if cell.data_table or not page.is_outside_prose(cell) or has_title or page.analysis.total_prose <= 1:
        return False
    if cell.last <= page.prose_start or _cell_of_prose(page) is not None:
        return True
    around = page.analysis.lines[page.prose_end].box.self_and_ancestors(_MAX_LEVELS_OF_PROSE)
    table = next((box for box in around if box.element.tag == "table"), None)
    return table is not None and not table.contains_box(cell)


def _is_beside_text(cell: ElementBox, page: PageParts) -> bool:
    """Return whether a cell without prose is in the row of the cell with the title and all prose."""
    text = page.element_of_text
    around = text.self_and_ancestors(_MAX_LEVELS_OF_PROSE) if text is not None else ()
    own = next((box for box in around if box.element.tag == "td"), None)
    return own is not None and own is not cell and own.parent is cell.parent


def _cell_of_prose(page: PageParts) -> ElementBox | None:
    """Return the innermost table cell that contains all prose, or None."""
    text = _element_of_prose(page)
    around = text.self_and_ancestors(_MAX_LEVELS_OF_PROSE) if text is not None else ()
    return next((box for box in around if box.element.tag == "td"), None)


def _is_column_beside_text(box: ElementBox, page: PageParts) -> bool:
    """Return whether a box beside the text is a column of short lines below headings, such as links and contacts.

    A column with files, a data table or a list of mostly unlinked entries belongs to the text.
    """
    analysis, is_aside = page.analysis, box.element.tag == "aside"
    if box.size > analysis.total_prose:
        return False
    lines = analysis.lines[box.first : box.last]
    if not (lines[0].is_heading or (is_aside and any(line.is_heading for line in lines))):
        return False
    prose = _element_of_prose(page)
    text = prose if is_aside else page.element_of_text
    while is_aside and box.parent is not None and (box.parent.first, box.parent.last) == (box.first, box.last):
        box = box.parent
    if prose is not None and _is_grid_column(box):
        text = next(filter(_is_grid_column, prose.self_and_ancestors(_MAX_LEVELS_OF_PROSE)), text)
    if text is None or box.parent is None or box.index < text.end or not box.parent.contains_box(text):
        return False
    items = [line for line in lines if line.box.element.tag == "li"]
    return (
        not any(line.box.data_table or analysis.is_prose(line) or leads_to_file(line) for line in lines)
        and (is_aside or any(line.link_density >= _MIN_LINKED_ITEM for line in lines))
        and 2 * sum(line.link_density >= _MIN_LINKED_ITEM for line in items) >= len(items)
    )


def _is_column_of_widgets(box: ElementBox, page: PageParts) -> bool:
    """Return whether a box below some prose is named as a column of widgets, and has some.

    A widget may have a long text, such as a party's programme.
    """
    if page.title_line is None or not page.begins_below_title(box) or not any(map(_SIDEBAR.fullmatch, _names(box))):
        return False
    boxes = page.analysis.boxes[box.index + 1 : box.end]
    blocks = {box, *boxes[:1]}  # the widgets may be in one further box, such as a list
    widgets = (each for each in boxes if each.parent in blocks and _WIDGET.search(each.signature[1] or ""))
    if len(list(islice(widgets, _MIN_WIDGETS))) < _MIN_WIDGETS:
        return False
    lines, end = page.analysis.lines, box.parent.last if box.parent is not None else box.last
    is_amid_text = any(map(page.analysis.is_prose, lines[box.last : end]))
    return not is_amid_text and any(map(page.analysis.is_prose, lines[page.title_line.index + 1 : box.first]))


def _names(box: ElementBox) -> tuple[str, ...]:
    """Return the classes and the id of a box."""
    return (*(box.signature[1] or "").split(), box.element.get("id") or "")


def _is_grid_column(box: ElementBox) -> bool:
    """Return whether a box has the class of a column of a grid, such as "col-lg-4"."""
    return _GRID_COLUMN.search(box.element.get("class") or "") is not None


def _element_of_prose(page: PageParts) -> ElementBox | None:
    """Return the smallest box with all lines from the first to the last prose."""
    boxes = page.analysis.lines[page.prose_end].box.self_and_ancestors(_MAX_LEVELS_OF_PROSE)
    return next((box for box in boxes if box.first <= page.prose_start), None)


def _is_row_of_tools(box: ElementBox, page: PageParts) -> bool:
    """Return whether a box named after tools has only short links, such as "Print", between the title and the prose."""
    is_named = "tools" in box.traits and _TOOLS_NAME.search(box.signature[1] or "") is not None
    if not is_named or not page.is_between_title_and_prose(box):
        return False
    lines = page.analysis.lines[box.first : box.last]
    return all(line.is_link and len(line.text) <= _MAX_TOOLS and not leads_to_file(line) for line in lines)


def _asks_for_mail_address(box: ElementBox, page: PageParts) -> bool:
    """Return whether a small box below the title has a field for a mail address, as for a newsletter.

    Below a short announcement, a box named after subscriptions can have much of the prose.
    """
    if page.title_line is None or not page.begins_below_title(box) or box.size > _MAX_SUBSCRIPTION:
        return False
    is_named = "subscribe" in box.traits and page.title_line.index < page.prose_start < box.first
    if page.analysis.prose_share(box) >= LARGE_SHARE and not is_named:
        return False
    first, *others = page.analysis.lines[box.first : box.last]
    if not first.is_heading and any(line.is_heading for line in others):
        return False
    shown = [each for each in box.element.iter("input", "label", "button") if each.get("type") != "hidden"]
    return any(each.tag == "input" for each in shown) and any(
        "mail" in " ".join(filter(None, (*map(each.get, _NAMES_OF_FIELD), text_of_element(each)))).lower()
        for each in shown
    )


def _asks_to_load(box: ElementBox, lines: Sequence[Line]) -> bool:
    """Return whether a box asks to load content of another site, without other sentences at its start or end.

    A link to "#" does not suffice: it may lead to anything.
    """
    has_field = next(box.element.iter("button", "input"), None) is not None
    is_named = _EMBED_NAME.search(box.class_and_id) is not None
    if not (has_field or is_named) or not any(names_external_content(line.text) for line in lines):
        return False
    is_asked = any(accepts(line.text) for line in lines)
    return is_asked and not any(
        ends_sentence(line.text) and not (line.links or names_external_content(line.text) or accepts(line.text))
        for line in (lines[0], lines[-1])
    )


def _asks_for_consent(box: ElementBox, page: PageParts) -> bool:
    """Return whether a small box within the text asks to accept cookies or to load content of another site.

    Boxes on pages about cookies or such content belong to the text.
    """
    if page.title_line is None or not page.begins_below_title(box):
        return False
    analysis = page.analysis
    lines = analysis.lines[box.first : box.last]
    is_named = _CONSENT_NAME.search(box.class_and_id) is not None
    has_button = next(box.element.iter("button", "input"), None) is not None or any(
        (link.get("href") or "#") == "#" for line in lines for link in line.links
    )
    # Words are read last, since few boxes have such a name or button.
    if not (is_named or has_button):
        return False
    loads_content = _asks_to_load(box, lines)
    if not loads_content and not any(asks_for_consent(line.text) for line in lines):
        return False
    if any(line.is_heading for line in lines[1:]) or analysis.prose_share(box) >= LARGE_SHARE:
        return False  # a section of the document
    around = _LINES_AROUND_CONTENT if loads_content else _LINES_AROUND_CONSENT
    start, end = max(page.title_line.index, box.first - around), box.last + around
    others = [page.title_line, *analysis.lines[start : box.first], *analysis.lines[box.last : end]]
    names = names_external_content if loads_content else names_cookies
    return not any(names(line.text) for line in others if not line.box.chrome)


def _heads_form(box: ElementBox, page: PageParts) -> bool:
    """Return whether a box below the prose has only a few words and fields, as to log in."""
    lines = page.analysis.lines[box.first : box.last]
    if len(lines) > _MAX_LINES_OF_FORM or sum(line.size for line in lines) > _MAX_LABEL:
        return False
    return any((each.get("type") or "text").lower() in {"text", "password"} for each in box.element.iter("input"))


def _offers_to_listen(box: ElementBox, page: PageParts) -> bool:
    """Return whether a box above the prose begins with words such as "Listen to this article"."""
    lines = page.analysis.lines[box.first : box.last]
    if box.last > page.prose_start or not offers_to_listen(lines[0].text):
        return False
    return all(line.is_link or is_about_page(line.text) for line in lines[1:])


def _is_call_to_action(box: ElementBox, page: PageParts) -> bool:
    """Return whether a small box below the first prose has a few words, then a link such as "Sign up".

    A box named "promo" may have any link, unless it is one of several, as in a list.
    """
    lines = page.analysis.lines[box.first : box.last]
    if not 1 < len(lines) <= _MAX_LINES_OF_CALL or box.first <= page.prose_start or box.size > _MAX_SUBSCRIPTION:
        return False
    *words, call = lines
    if _PROMOTION_NAME.search(box.signature[1] or "") and box.first > page.prose_end and not _has_like_sibling(box):
        has_button = next(box.element.iter("button"), None) is not None
        is_promoted = has_button if not call.links else call.is_link and not leads_to_file(call)
        return is_promoted and not any(line.link_density for line in words)
    if any(_is_statement(line.text) or line.box.element.tag == "li" for line in words):
        return False
    is_call = call.is_link and (calls_to_action(call.text) or offers_newsletter(call.text) or is_about_page(call.text))
    return is_call and not any(line.link_density or page.analysis.is_prose(line) for line in words)


def _has_like_sibling(box: ElementBox) -> bool:
    beside = (each for each in (box.element.getprevious(), box.element.getnext()) if each is not None)
    return any((each.tag, each.get("class")) == box.signature for each in beside)


def _is_statement(text: str) -> bool:
    return ends_sentence(text) and not text.rstrip().endswith((*QUESTION_MARKS, "!"))


def has_form(box: ElementBox) -> bool:
    """Return whether a box contains a form or one of its controls."""
    return next(box.element.iter(*FORM_CONTROLS), None) is not None


def _count_choices(box: ElementBox) -> int:
    """Return how many options of a box visitors can choose; those of a list of tasks are disabled."""
    return sum(
        (each.get("type") or "").lower() in {"radio", "checkbox"} and each.get("disabled") is None
        for each in box.element.iter("input")
    )


def _is_footer(box: ElementBox, page: PageParts) -> bool:
    """Return whether a box named footer near the end has the copyright, or mostly links and lines about the page.

    Menus for small screens may follow a footer with an address.
    """
    if not page.begins_below_title(box) or page.analysis.prose_share(box) >= LARGE_SHARE:
        return False
    is_last = _is_near_end(box, page)
    is_last_shown = page.shown_until[-1] - page.shown_until[box.last] <= _MAX_LINES_BELOW_FOOTER
    lines = page.analysis.lines[box.first : box.last] if is_last_shown else []
    about_page = sum(line.size for line in lines if not line.link_density and is_about_page(line.text))
    is_of_links = 2 * (box.linked_size + about_page) > box.size
    has_address = any(names_contact(line.text) for line in lines)
    return (is_last or has_address) and (is_of_links or (is_last and any(names_rights(line.text) for line in lines)))


def _is_footer_of_site(box: ElementBox, page: PageParts) -> bool:
    """Return whether a box below the prose and outside the document is named as the footer of the site.

    The end of a letter can have this name, but no copyright and no links to pages.
    """
    if (
        not _is_near_end(box, page)
        or page.title_line is None
        or not page.title_line.index < page.prose_start < box.first
    ):
        return False
    is_named = box.element.tag == "footer" or any(map(_FOOTER.fullmatch, _names(box)))
    if not is_named or next(box.element.iterancestors("main", "article", "section", "blockquote"), None) is not None:
        return False
    lines = page.analysis.lines[box.first : box.last]
    return any(names_rights(line.text) for line in lines) or _leads_to_pages(lines)


def _is_near_end(box: ElementBox, page: PageParts) -> bool:
    return len(page.analysis.lines) - box.last <= _MAX_LINES_BELOW_FOOTER


def _leads_to_pages(lines: Sequence[Line]) -> bool:
    """Return whether lines have at least two links to pages; those in sentences refer to other documents."""
    own = (line for line in lines if line.link_density >= _MIN_LINKED_ITEM)
    links = (link.get("href") or "" for line in own for link in line.links or line.box.element.iterancestors("a"))
    pages = (address for address in links if not address.startswith(("mailto:", "tel:", "#")))
    return len(list(islice(pages, 2))) > 1


def _is_footer_in_cell(box: ElementBox, page: PageParts) -> bool:
    """Return whether a box is the last cell of a layout table, with only links to pages and the copyright."""
    lines = page.analysis.lines[box.first : box.last]
    unlinked = [line for line in lines if not line.link_density]
    return (
        box.last == len(page.analysis.lines)
        and _is_cell_apart_from_prose(box, page)
        and 0 < len(unlinked) < len(lines) <= _MAX_LINES_OF_FOOTER
        and all(_COPYRIGHT.match(line.text) and not ends_sentence(line.text) for line in unlinked)
        and not any(map(leads_to_file, lines))
        and _leads_to_pages(lines)
    )


def _is_banner_of_government(box: ElementBox, page: PageParts) -> bool:
    """Return whether a box above the title is named as the banner of a government for its official sites."""
    return "official" in box.traits and (page.title_line is None or box.last <= page.title_line.index)


_SMALL, _SEVERAL_LINES = "small boxes", "boxes with several lines"
_FOOTERS, _COLUMNS = "boxes named footer", "boxes named as columns beside the text"
_BELOW_SOME_PROSE, _BELOW_PROSE = "boxes below the first line of prose", "boxes below the prose"


_BOX_RULES: tuple[tuple[str, tuple[str, ...], Callable[[ElementBox, PageParts], bool]], ...] = (
    (ABOUT_PAGE, ("dl",), _lists_facts),
    (OTHER_LANGUAGES, (_SMALL, _SEVERAL_LINES), _switches_language),
    (ABOUT_PAGE, ("table",), _is_table_of_facts),
    (ABOUT_PAGE, (_SMALL, _SEVERAL_LINES), _is_contact_below_text),
    ("a box of contacts", (_SMALL, _SEVERAL_LINES), _is_named_contact),
    (CONSENT, (_SMALL,), _asks_for_consent),
    (ABOUT_PAGE, (_SEVERAL_LINES,), _prints_licence),
    (ABOUT_PAGE, (_SMALL, _SEVERAL_LINES, _BELOW_SOME_PROSE), _is_survey_below_text),
    (ABOUT_PAGE, (_SMALL, _BELOW_PROSE), _asks_yes_or_no),
    ("an offer of a newsletter", (_SMALL,), _asks_for_mail_address),
    ("the heading of a form", (_SMALL, _BELOW_PROSE), _heads_form),
    (ABOUT_PAGE, (_SMALL,), _offers_to_listen),
    ("tools of the page", (_SMALL,), _is_row_of_tools),
    ("a call to action", (_SMALL, _SEVERAL_LINES, _BELOW_SOME_PROSE), _is_call_to_action),
    ("the footer of the page", (_FOOTERS,), _is_footer),
    ("the footer of the page", (_FOOTERS,), _is_footer_of_site),
    ("the footer of the page", ("footer",), _is_footer_of_site),
    ("the footer of the page", (_SMALL, _SEVERAL_LINES, _BELOW_PROSE, "td"), _is_footer_in_cell),
    ("the banner of a government", (_SMALL, _SEVERAL_LINES), _is_banner_of_government),
    (ABOUT_PAGE, (_SMALL, _SEVERAL_LINES), _prints_labelled_facts),
    (ABOUT_PAGE, (_SMALL,), _prints_rows_of_facts),
    (ABOUT_PAGE, (_SMALL, "ul"), _lists_subjects),
    (ABOUT_PAGE, (_SMALL, "ol"), _lists_subjects),
    (ABOUT_PAGE, (_SMALL, _BELOW_SOME_PROSE), _heads_facts_below_text),
    (ABOUT_PAGE, (_SEVERAL_LINES, _BELOW_SOME_PROSE), _lists_changes),
    ("the page as a file", (_SMALL, _BELOW_PROSE), _offers_page_as_file),
    ("a menu beside the text", ("td",), _is_menu_cell),
    ("the address of the site", (_SMALL, "td"), _is_address_in_cell),
    ("a column beside the text", (_SMALL, _SEVERAL_LINES, _BELOW_PROSE), _is_column_beside_text),
    ("a column beside the text", (_SEVERAL_LINES, _COLUMNS), _is_column_of_widgets),
)
"""For each rule: its name, the kinds that a box must all have, and its function. The tag of a box is a kind too."""
_BOX_KINDS = (_SMALL, _SEVERAL_LINES, _FOOTERS, _COLUMNS, _BELOW_SOME_PROSE, _BELOW_PROSE)


def _kinds_of(box: ElementBox, page: PageParts) -> tuple[str, tuple[bool, ...]]:
    """Return the tag of a box, and for each of `_BOX_KINDS` whether it is of this kind."""
    return box.signature[0], (
        box.size <= _MAX_SMALL_BOX,
        box.last - box.first > 1,
        "footer" in box.traits,
        "side" in box.traits,
        box.first > min(page.prose_start, page.prose_end),
        box.first > page.prose_end,
    )


@cache
def _rules_for(
    kinds_of_box: tuple[str, tuple[bool, ...]],
) -> tuple[tuple[str, Callable[[ElementBox, PageParts], bool]], ...]:
    """Return the rules to try on a box, with their names; `kinds_of_box` comes from `_kinds_of`."""
    tag, are_kinds = kinds_of_box
    kinds = {tag, *compress(_BOX_KINDS, are_kinds)}
    return tuple((name, applies) for name, needed, applies in _BOX_RULES if kinds.issuperset(needed))
