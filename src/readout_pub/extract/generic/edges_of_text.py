"""Corrects where the text begins and ends: first sentences, signatures, copyright, notices far above the headline."""

from __future__ import annotations

import re
from itertools import takewhile

from readout_pub.extract.generic.excluded_lines import claims_rights_of_text
from readout_pub.extract.generic.page_analysis import PageAnalysis
from readout_pub.extract.generic.page_lines import leads_back, names_rights
from readout_pub.extract.generic.section_names import kind_of_document
from readout_pub.extract.generic.text_blocks import Line, texts_of_nodes
from readout_pub.extract.generic.weights import load_weights
from readout_pub.sentences import ends_sentence
from readout_pub.sources.lxml_elements import LxmlElement, text_of_element

_MIN_LINES_BETWEEN, _MAX_LEVELS_TO_H1 = 5, 3
"""At least this many lines that are not text separate a headline from text far above. The second number says how many
boxes around the headline are searched for an `h1`."""
_MIN_WAY_BACK_LINKS = 0.5
"""A line that leads back to a list or to the home page has a higher link density."""
_MAX_LAST_LINE = 160
"""How many letters the last line of a text may have."""
_MARKS_OF_END = ("(", "（", "[", "【", "*", "#", "-", "–", "—")
"""Signs at the start of a last line such as "(End)" or "# # #"."""
_RIGHT_EDGE = re.compile(
    r"text-align\s*:\s*(?:right|end)|(?<![a-z])(?:(?:has-)?text(?:-align)?-(?:right|end)|align-?right|rteright)(?![a-z])",
    re.IGNORECASE,
)
"""Styles and classes of paragraphs at the right edge."""
_NAMES_ABOVE_TEXT = frozenset({"header", "hero"})
"""Traits of the head of a page, which the last line of the text may have too."""
_MIN_FIRST_SENTENCE = 20
"""How many letters a sentence above the first prose needs."""


def keep_edges(page: PageAnalysis, keep: list[bool]) -> None:
    """Keep further lines of the text right above and below the kept lines, such as a subtitle or a time of day."""
    kept = [line for line in page.lines if keep[line.index]]
    title = page.title_line
    if not kept:
        return
    for edge, step in ((kept[0], -1), (kept[-1], 1)):
        index = edge.index + step
        while 0 <= index < len(page.lines) and _continues(page.lines[index], edge, page):
            if page.lines[index] is title:
                break
            keep[index] = True
            index += step
    for line in page.lines[kept[-1].index + 1 :]:
        if keep[line.index]:
            continue
        if not _ends_text(line, page.lines[line.index - 1], page):
            break
        keep[line.index] = True
    first = next((line.index for line in kept if title and line.index > title.index), 0)
    for line in page.lines[title.index + 1 : first] if title else []:
        beside = line.box.parent is not None and title is not None and line.box.parent.contains_line(title)
        keep[line.index] = keep[line.index] or (beside and page.may_be_unlinked_text(line) and _is_unnamed(line))


def keep_first_sentences(page: PageAnalysis, keep: list[bool]) -> None:
    """Keep sentences above the first kept prose in its block, such as a piece of advice."""
    title = page.title_line
    kept = (line for line in page.lines[title.index + 1 :] if keep[line.index] and page.is_prose(line)) if title else ()
    first = next(iter(kept), None)
    block = first.box.parent if first is not None else None
    if first is None or title is None or block is None or block.contains_line(title):
        return
    for line in page.lines[block.first : first.index]:
        if page.may_be_text(line) and line.size >= _MIN_FIRST_SENTENCE and ends_sentence(line.text):
            keep[line.index] = True


def _continues(line: Line, edge: Line, page: PageAnalysis) -> bool:
    """Return whether a line is a sibling of `edge` that looks alike, and neither chrome nor a line of links."""
    alike = line.box.parent is edge.box.parent and line.box.element.tag == edge.box.element.tag
    is_of_class = line.box.signature == edge.box.signature or (_is_unnamed(line) and _is_unnamed(edge))
    return alike and is_of_class and page.may_be_text(line) and (page.is_prose(line) or not line.link_density)


def _ends_text(line: Line, above: Line, page: PageAnalysis) -> bool:
    """Return whether `line`, right below `above`, ends the text: "(End)", a signature, the number of the document."""
    block = line.box.parent
    is_at_edge = block is above.box.parent and _is_at_right_edge(line.box.element)
    is_beside = (line.box.element.tag == "p" or is_at_edge) and block is not None and block.contains_line(above)
    is_named = not (load_weights().beside_text - _NAMES_ABOVE_TEXT).isdisjoint(line.box.traits)
    is_last = is_at_edge or ends_sentence(line.text) or line.text.startswith(_MARKS_OF_END)
    is_last = is_last or (any(map(str.isdecimal, line.text)) and kind_of_document(line.text) == line.text)
    is_last = is_last and not names_rights(line.text) and "©" not in line.text
    return is_beside and not is_named and is_last and line.size <= _MAX_LAST_LINE and page.may_be_unlinked_text(line)


def _is_at_right_edge(element: LxmlElement) -> bool:
    """Return whether an element is at the right edge, as signatures are."""
    names = f"{element.get('class') or ''};{element.get('style') or ''}"
    return (element.get("align") or "").strip().lower() == "right" or _RIGHT_EDGE.search(names) is not None


def _is_unnamed(line: Line) -> bool:
    """Return whether no trait of a line's box has a known meaning."""
    return all(trait.startswith("<") for trait in line.box.traits)


def drop_signs_above_text(page: PageAnalysis, keep: list[bool]) -> None:
    """Leave out lines without words above the text: asterisks, a count of readers, badges of one letter.

    A number without prose below stays: it may belong to a label, as in "42 ships", or to a chapter.
    """
    title = page.title_line

    def is_sign(line: Line) -> bool:
        is_above = title is not None and title.index < line.index < page.prose_start and not line.box.data_table
        return not any(map(str.isalnum, line.text)) or (is_above and _lacks_words(line))

    kept = [line for line in page.lines if keep[line.index] and line is not title]
    signs = list(takewhile(is_sign, kept))
    is_above_prose = len(signs) < len(kept) and page.is_prose(kept[len(signs)])
    for line in signs:
        keep[line.index] = not is_above_prose and any(map(str.isdecimal, line.text))


def _lacks_words(line: Line) -> bool:
    """Return whether a line prints only digits, or single letters, each in an element of its own."""
    texts = texts_of_nodes(line)
    # A number in a paragraph may be that of a chapter.
    is_of_text = line.box.element.tag in {"p", "li", "dt", "dd"} or line.is_heading
    are_badges = len(texts) > 1 and all(len(text) == 1 for text in texts)
    return not is_of_text and (are_badges or all(text.isdecimal() for text in texts))


def drop_copyright_at_end(page: PageAnalysis, keep: list[bool]) -> None:
    """Leave out copyright and links back at the end of the text."""
    pictures = {image.index for image in page.images}
    for line in reversed(page.lines):
        if not keep[line.index]:
            continue
        links = list(map(text_of_element, line.links)) if line.link_density else []
        is_way_back = line.link_density > _MIN_WAY_BACK_LINKS and any(map(leads_back, links))
        is_of_site = names_rights(line.text) and not claims_rights_of_text(line, page)
        if line.index in pictures or not (is_way_back or is_of_site):
            return  # copyright beside a picture is a credit
        keep[line.index] = False


def drop_text_far_above_headline(page: PageAnalysis, keep: list[bool]) -> None:
    """Leave out text far above a headline that is an `h1`, such as notices in the header of the site."""
    title = page.title_line
    if title is None or not any(box.element.tag == "h1" for box in title.box.self_and_ancestors(_MAX_LEVELS_TO_H1)):
        return
    above, below = page.lines[: title.index], page.lines[title.index + 1 :]
    if sum(line.size for line in above if keep[line.index]) > sum(line.size for line in below if keep[line.index]):
        return
    gap = 0
    for line in reversed(above):
        gap = 0 if keep[line.index] and gap < _MIN_LINES_BETWEEN else gap + 1
        if gap > _MIN_LINES_BETWEEN:
            keep[line.index] = False
