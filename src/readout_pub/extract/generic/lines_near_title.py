"""Keeps lines beside the title that tell where, when and by whom something was said, although they look like facts."""

from __future__ import annotations

import re
from itertools import pairwise

from readout_pub.extract.footnote_links import CALL_ROLE
from readout_pub.extract.generic.page_analysis import PageAnalysis
from readout_pub.extract.generic.page_lines import labels_subjects
from readout_pub.extract.generic.page_parts import element_of_title_and_prose
from readout_pub.extract.generic.places import prints_place
from readout_pub.extract.generic.section_names import names_kind_of_office
from readout_pub.extract.generic.text_blocks import printed_lines
from readout_pub.extract.generic.title import LINES_OF_HEAD, fold_text, lines_about_person
from readout_pub.sentences import ends_sentence

_TIME_OR_DAY = re.compile(r"\d{1,2}[:.]\d{2}|\b[12]\d{3}\b")
_LINES_TO_PLACE, _LINES_UP_TO_PLACE, _MAX_BESIDE_PLACE = 8, 6, 80
"""How many lines below and above the headline may print the place, and how many characters the line beside it may
have."""


def keep_place(page: PageAnalysis, keep: list[bool]) -> None:
    """Keep lines near the headline that print the place and a day or time, such as "Linden, 3 May"."""
    title = page.title_line
    if title is None:
        return
    text = element_of_title_and_prose(page)
    # Above the element of the text, the site may print its own place and today's date.
    start = title.index + 1 if text is None else max(text.first, title.index - _LINES_UP_TO_PLACE)
    near = page.lines[start : title.index + 1 + _LINES_TO_PLACE]
    for line in near:
        beside = page.lines[max(0, line.index - 1) : line.index + 2]
        is_dated = any(len(each.text) <= _MAX_BESIDE_PLACE and _TIME_OR_DAY.search(each.text) for each in beside)
        if is_dated and line is not title and prints_place(line) and page.may_be_unlinked_text(line):
            keep[line.index] = True


def keep_occasion(page: PageAnalysis, keep: list[bool]) -> None:
    """Keep the lines from "Remarks by N. Reef" down to the title: they tell where and when somebody spoke.

    Other rules take some of these lines for facts of the page.
    """
    title = page.title
    if title is None or (title.line is not None and title.line.is_heading):
        return  # above such a title are menus and facts of the page
    words = fold_text(title.text)
    head = page.lines[:LINES_OF_HEAD]
    end = next((line.index for line in head if fold_text(line.text) == words), 0)
    speakers = (line.index for line in head[:end] if names_kind_of_office(next(iter(printed_lines(line)), "")))
    occasion = page.lines[next(speakers, end) : end]
    links = (link for line in occasion for link in line.links)
    leads_away = any(link.get("role") != CALL_ROLE for link in links)
    if not leads_away and not any(line.box.chrome or line.is_heading for line in occasion):
        for line in occasion:
            keep[line.index] = True


def keep_lines_about_person(page: PageAnalysis, keep: list[bool]) -> None:
    """Keep the role and the office between the name of a person and the text about this person."""
    for line in lines_about_person(page):
        keep[line.index] = True


def keep_subjects(page: PageAnalysis, keep: list[bool]) -> None:
    """Keep what a meeting was about: "Subjects" with the line below, or "Subjects: reefs; dykes"."""
    title = page.title_line
    for line in page.lines[title.index + 1 : page.prose_start] if title else ():
        name, colon, subjects = line.text.partition(":")
        is_text = bool(colon) and (ends_sentence(subjects) or ";" in subjects)
        if is_text and labels_subjects(name) and page.may_be_unlinked_text(line):
            keep[line.index] = True
    for label, line in pairwise(page.lines[title.index + 1 : page.prose_start] if title else ()):
        is_beside = label.box.parent is not None and label.box.parent.contains_line(line)
        if is_beside and labels_subjects(label.text) and page.may_be_unlinked_text(line) and not label.link_density:
            keep[label.index] = keep[line.index] = True
