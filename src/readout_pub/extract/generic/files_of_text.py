"""Keeps links to files, such as forms and annexes, in the text and right below it."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice
from urllib.parse import urlsplit

from readout_pub.extract.generic.page_analysis import PageAnalysis
from readout_pub.extract.generic.page_parts import element_of_text
from readout_pub.extract.generic.text_blocks import DOCUMENT_FILE, Line
from readout_pub.extract.generic.title import fold_text
from readout_pub.sentences import ends_sentence
from readout_pub.sources.lxml_elements import LxmlElement

_ARTICLE_TRAITS = frozenset({"<article>", "<main>", "role article", "role main", "itemprop articlebody"})
"""Traits of the box of a whole document."""
_MAX_LEVELS_TO_ARTICLE = 20
"""How many boxes around a line are searched for such a box."""
_MIN_HEADINGS_OF_CLASS = 2
"""From this many headings in the text on, a class is usual there (see `keep_lists_of_files`)."""
_FILE_WORD = re.compile(r"\b(?:PDF|DOCX?|XLSX?|ODT|RTF)\b")
"""Formats of files in the texts of links."""


def keep_lists_of_files(page: PageAnalysis, keep: list[bool]) -> None:
    """Keep lists of links to files, such as forms, below a heading that looks like others of the text.

    The entries have no class, so only the heading tells such a list from a menu.
    """
    kept = Counter(line.box.signature for line in page.lines if keep[line.index] and line.is_heading)
    usual = {signature for signature, count in kept.items() if signature[1] and count >= _MIN_HEADINGS_OF_CLASS}
    folders = frozenset(filter(None, map(_folder_of_file, page.lines))) if usual else frozenset()
    heading: Line | None = None
    for line in page.lines if folders else ():
        may_stay = page.may_be_text(line)
        if line.is_heading:
            heading = line if may_stay and line.box.signature in usual and not line.link_density else None
        elif heading is not None:
            block = heading.box.parent
            is_file = line.box.signature == ("li", None) and any(_folder(link) in folders for link in line.links)
            if is_file and may_stay and block is not None and block.contains_line(line):
                keep[heading.index] = keep[line.index] = True
            else:
                heading = None


def _folder_of_file(line: Line) -> str:
    """Return the folder of the file that a line names and links to, as in "Form (PDF)"; else ""."""
    link = next(iter(line.links), None) if line.is_link else None
    names_file = link is not None and (_FILE_WORD.search(line.text) or DOCUMENT_FILE.search(link.get("href") or ""))
    return _folder(link) if link is not None and names_file else ""


def _folder(link: LxmlElement) -> str:
    """Return the path of a link without its last part; "" if the address is not valid."""
    try:
        return urlsplit(link.get("href") or "").path.rpartition("/")[0]
    except ValueError:
        return ""


def keep_files_below_text(page: PageAnalysis, keep: list[bool]) -> None:
    """Keep links to files right below the text in its article, with their headings, sentences and whole lists."""
    last = next((line for line in reversed(page.lines) if keep[line.index]), None)
    if last is None:
        return
    around = last.box.self_and_ancestors(_MAX_LEVELS_TO_ARTICLE)
    article = next((box for box in around if not _ARTICLE_TRAITS.isdisjoint(box.traits)), None)
    title = page.title_line
    article = article or element_of_text(page, title, page.prose_start, last.index)
    headings: list[Line] = []
    below = page.lines[last.index + 1 : article.last] if article is not None else []
    own = fold_text(page.title.text) if page.title else ""
    lists = {_list_around(line) for line in below if _is_link_to_file(line)} - {None}
    for line in below:
        is_file = _is_link_to_file(line) or (line.is_link and _list_around(line) in lists)
        is_label = (line.is_heading or _is_sentence_above_file(line, page)) and not line.link_density
        is_page_itself = bool(own) and is_file and fold_text(line.text.partition("(")[0]) == own
        if not page.may_be_text(line) or is_page_itself or not (is_file or is_label):
            break
        headings.append(line)
        if is_file:
            for each in headings:
                keep[each.index] = True
            headings = []


def _list_around(line: Line) -> LxmlElement | None:
    """Return the innermost list that contains a line."""
    return next(line.box.element.iterancestors("ul", "ol"), None)


def _is_sentence_above_file(line: Line, page: PageAnalysis) -> bool:
    """Return whether a line is a sentence right above a link to a file in its block."""
    below = page.lines[line.index + 1 : line.index + 2]
    block = line.box.parent
    return ends_sentence(line.text) and any(
        block in {each.box, each.box.parent} and _is_link_to_file(each) for each in below
    )


def _is_link_to_file(line: Line) -> bool:
    """Return whether a line is nothing but links to files, or is in a link to a file."""
    links = line.links or list(islice(line.box.element.iterancestors("a"), 1))
    addresses = [link.get("href") or "" for link in links] if line.is_link or not line.links else []
    return bool(addresses) and all(map(DOCUMENT_FILE.search, addresses))
