"""Finds callouts: boxes amid the text whose heading, such as "Note", heads only the box and not the text below it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate, pairwise

from readout_pub.extract.blocks import OWN_SECTION
from readout_pub.extract.generic.page_analysis import PageAnalysis
from readout_pub.extract.generic.text_blocks import ElementBox, Line, parent_of, text_of_node

_NAME = re.compile(
    r"(?:^|\s)(?:(?:[\w-]{0,40}[-_])?"
    r"(?:call-?out|(?:info|facts?|alert|notice|hint|tip|note|hinweis|side|gr[ae]y|colou?r(?:ed)?|highlight)-?(?:box|block)"
    r"|key-?facts|fast-?facts|at-a-glance|admonition|encadre|infokasten|recuadro|riquadro|faktaruta|faktaboks)"
    r"(?:[-_][\w-]{0,40})?|panel|well|alert|note|notice|tip|hint|warning|important|box|bg-(?:gr[ae]y|light)(?:-\d{2,3})?)"
    r"(?=\s|$)",
    re.IGNORECASE,
)
_STYLE = re.compile(
    r"(?:^|;)\s{0,9}(?:border(?:-(?:left|right|top|width))?|background(?:-color)?|float|box-shadow)\s{0,9}:"
    r"(?!\s{0,9}(?:(?:(?:medium )?none|0(?:px|pt|r?em)?|transparent|white|inherit|initial|unset|#fff(?:fff)?)\b"
    r"|rgba?\(255, ?255, ?255\b|rgba\(0, ?0, ?0, ?0\)))",
    re.IGNORECASE,
)
"""Styles of a box that is set apart from the text around it."""
_HEADING = re.compile(
    r"(?:(?:please )?note|important(?: note| information)?|warning|caution|attention|tips?|hint|did you know\W?"
    r"|hinweise?|achtung|wichtig(?:er hinweis)?|tipp|remarque|à noter|nota|importante|atención|aviso|atenção"
    r"|(?:key|fast|quick) facts|at a glance|the facts|auf einen blick|en bref|in breve|in het kort|faktaruta|faktaboks"
    r"|attenzione|avvertenza|let op|obs|merk|uwaga|внимание|примечание|注意|提示|ご注意|참고|주의|ملاحظة|تنبيه)"
    r"\s?[:：!]?",
    re.IGNORECASE,
)
_MAX_LEVELS = 5
_MAX_BOLD_HEADING, _LEVEL_OF_BOLD_HEADING = 60, 6
"""How many letters a bold heading of a callout may have, and its level, that of `h6`."""
_MAX_SHARE = 0.5
"""A callout has at most this share of the text of the page."""


def mark_callouts(page: PageAnalysis, keep: Sequence[bool]) -> None:
    """Mark the callouts of a page, so that the section of each ends with its box.

    `keep` tells which lines are text. A bold first line of a callout becomes its heading.
    """
    kept = [line for line in page.lines if keep[line.index]]
    for line, next_line in pairwise(kept):
        if not line.is_heading and line.size <= _MAX_BOLD_HEADING and _heads_callout(line, next_line):
            line.box.mark_heading(_LEVEL_OF_BOLD_HEADING)
    # For each line, the kept lines, headings and letters above it.
    lines_above = list(accumulate(keep, initial=0))
    headings_above = list(accumulate((keep[line.index] and line.is_heading for line in page.lines), initial=0))
    size_above = list(accumulate((keep[line.index] * line.size for line in page.lines), initial=0))
    for heading in (line for line in kept if line.is_heading):
        for box in heading.box.self_and_ancestors(_MAX_LEVELS):
            first, last = box.first, box.last
            if lines_above[first] != lines_above[heading.index] or headings_above[last] - headings_above[first] > 1:
                break
            if lines_above[last] - lines_above[first] > 1 and _is_named_callout(box, heading):
                below = kept[lines_above[last] : lines_above[last] + 1]
                is_small = size_above[last] - size_above[first] <= _MAX_SHARE * size_above[-1]
                # A heading below a callout ends the section anyway.
                if is_small and below and not below[0].is_heading and not _is_in_box_like(box, below[0]):
                    box.element.set(OWN_SECTION, "")
                break


def _heads_callout(line: Line, below: Line) -> bool:
    """Return whether a line is all bold and begins a box with the class of a callout, which contains `below`."""
    parents = (parent_of(node) for node in line.text_nodes if text_of_node(node).strip())
    if not all(parent is not None and parent.tag in {"b", "strong"} for parent in parents):
        return False
    around = (box for box in line.box.self_and_ancestors(_MAX_LEVELS) if box.contains_line(below))
    callout = next(around, None)
    return callout is not None and callout.first == line.index and _NAME.search(callout.signature[1] or "") is not None


def _is_named_callout(box: ElementBox, heading: Line) -> bool:
    """Return whether a box is an `aside`, or has a class, a style or a heading of callouts, or is a whole table."""
    element = box.element
    is_set_apart = element.tag in {"aside", "table"} or _STYLE.search(element.get("style") or "") is not None
    is_named = _NAME.search(element.get("class") or "") is not None
    return is_set_apart or is_named or _HEADING.fullmatch(heading.text) is not None


def _is_in_box_like(box: ElementBox, line: Line) -> bool:
    """Return whether a line is in a sibling of `box` with the same tag and class: both may be parts of one section."""
    around = line.box.self_and_ancestors(_MAX_LEVELS)
    return any(each.parent is box.parent and each.signature == box.signature for each in around)
