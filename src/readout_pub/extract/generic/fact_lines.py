"""Recognises lines that print facts of the page, its metadata: date, author, tags, breadcrumb trail.

`page_lines` recognises facts by words alone. This module also looks at links and elements.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from readout_pub.extract.dates import may_have_date
from readout_pub.extract.generic.page_lines import (
    begins_as_tags,
    is_breadcrumb_trail,
    is_fact,
    is_labelled_fact,
    is_line_of_facts,
    is_part_of_fact,
    prints_only_facts,
    prints_publication_date,
)
from readout_pub.extract.generic.places import is_one_of_rows, prints_place
from readout_pub.extract.generic.publication_date import is_day, printed_day
from readout_pub.extract.generic.section_names import names_release_time
from readout_pub.extract.generic.text_blocks import (
    Line,
    TextNode,
    inline_elements_around,
    parent_of,
    printed_lines,
    text_of_node,
)
from readout_pub.sentences import COLONS, ends_sentence
from readout_pub.sources.lxml_elements import LxmlElement

_BADGE = re.compile(r"(?<![a-z])(?:(?:badge|chip|pill|tag)s?|cats)(?![a-z])", re.IGNORECASE)
"""Classes of elements that print a tag or an audience."""
_CATEGORIES = re.compile(r"(?<![a-z])(?:categor(?:y|ies)|kategorien?|cats)(?![a-z])", re.IGNORECASE)
"""Classes of elements that print categories."""
_MAX_BADGE = 60
"""In letters."""
_ELEMENTS_OF_FACTS = frozenset({"span", "a", "time"})
"""Elements that hold one fact of a row; `b` and the like belong to running text."""
_FACTS_NAME = re.compile(
    r"(?<![a-z])(?:meta(?:data)?|posted|submitted|post-?info|article-?info|date)(?![a-z])", re.IGNORECASE
)
"""Classes of elements that print facts."""
_LABEL_NAME = re.compile(r"(?<![a-z])(?:label|lbl|key|term)(?![a-z])", re.IGNORECASE)
"""Classes of labels in rows of facts."""
_MAX_LABEL_OF_FIELD = 40
"""In characters."""
_META_NAME = re.compile(r"(?<![a-z])meta(?:data)?(?![a-z])", re.IGNORECASE)
"""Classes of metadata; "date" is left out, since it may mark the days of a programme."""
_MAX_FACTS_IN_ROW, _MAX_FACT_IN_ROW = 6, 70
"""Facts of a row, and characters of a fact without a day."""
_MIN_ROWS, _MAX_ROWS, _MAX_LABEL, _MAX_VALUE = 2, 10, 30, 90
"""Limits for rows with unknown labels: their number, and the characters of a label and of a value."""
_CELLS = frozenset({"dt", "dd", "th", "td"})
BAR = re.compile(r"[|｜•·]")
"""A sign between the facts of a line."""
_PERIOD_SIGN = re.compile(r"\s?[–—-]\s?|\s(?:to|until|through|bis|au|al?|hasta|até|tot|till?|do|до)\s", re.IGNORECASE)
"""What joins the first and the last day of an event."""
_COLON = re.compile(r"(?<=[^\d\s])\s?[:：]\s")
"""A colon between a label and a value."""
_KNOWN_LANGUAGES = frozenset(
    "en de fr es pt it nl sv no nb nn da fi pl ru uk bg zh ja ko ar he fa tr el cs sk hu hr sr bs sl vi id th".split()
)
"""Languages whose labels `page_lines.toml` lists; another label, such as "Delegation", belongs to the document."""
_MAX_TRAIL = 120
"""In characters, without the title."""


def prints_facts(line: Line) -> bool:
    """Return whether a line above the prose prints facts of the page.

    A place, or the first and last day of an event, belongs to the document.
    """
    return not (prints_place(line) or any(map(names_first_and_last_day, printed_lines(line)))) and (
        is_line_of_facts(line.text)
        or is_part_of_fact(line.text)
        or names_release_time(line.text)
        or is_labelled_fact(line.text)
        or is_breadcrumb_trail(line.text, is_linked=bool(line.links))
        or (len(line.text_nodes) > 1 and is_fact(words_of_first_node(line), line.text))
        or (may_have_date(line.text) and prints_dated_facts(line))
        or _is_badge(line)
        or (may_have_date(line.text) and (_prints_day_in_row(line) or _prints_day_between_bars(line)))
        or (len(line.breaks) > 0 and _prints_labelled_days(line))
    )


def _prints_day_in_row(line: Line) -> bool:
    """Return whether a line is a row of short facts with a day: "<a>Speech</a><time>4 May 2031</time>".

    A time without a day belongs to a programme.
    """
    texts = {node: text for node in line.text_nodes if any(map(str.isalnum, text := text_of_node(node).strip()))}
    parents = [_element_of_fact(node, line) for node in texts]
    apart = [parent for parent, _ in groupby(parents, key=id)]
    is_row = 1 < len(texts) <= _MAX_FACTS_IN_ROW and len(set(apart)) == len(apart) > 1
    are_apart = all(
        each is not None and each is not line.box.element and each.tag in _ELEMENTS_OF_FACTS for each in parents
    )
    others = [text for text in texts.values() if not is_day(text)]
    are_short = all(len(text) <= _MAX_FACT_IN_ROW and not ends_sentence(text) for text in others)
    return is_row and are_apart and are_short and len(others) < len(texts) and not is_one_of_rows(line.box.element)


def _element_of_fact(node: TextNode, line: Line) -> LxmlElement | None:
    """Return the parent of a text node, or the element within the line that holds all categories."""
    around = inline_elements_around(node, line)
    return next((each for each in around if _CATEGORIES.search(each.get("class") or "")), parent_of(node))


def _prints_day_between_bars(line: Line) -> bool:
    """Return whether an element for facts has a day between bars: "Posted by: Tides | 4 May 2031".

    The labels may be in any language.
    """
    parts = [part.strip() for part in BAR.split(line.text)]
    others = [part for part in parts if not is_day(part)]
    is_row = 1 < len(parts) <= _MAX_FACTS_IN_ROW and len(others) < len(parts)
    is_named = any(_FACTS_NAME.search(box.signature[1] or "") for box in line.box.self_and_ancestors(2))
    return is_row and is_named and all(len(part) <= _MAX_FACT_IN_ROW and not ends_sentence(part) for part in others)


def _prints_labelled_days(line: Line) -> bool:
    """Return whether each printed line of an element for metadata has a day and few other words.

    These words may be labels in any language: "(unchanged since 3 May 2031)".
    """
    parents = [parent_of(node) for node in line.text_nodes if text_of_node(node).strip()]
    is_named = bool(parents) and all(
        each is not None and _META_NAME.search(f"{each.get('class') or ''} {line.box.signature[1] or ''}")
        for each in parents
    )
    beside = [text.replace(printed_day(text) or text, "", 1) for text in printed_lines(line)] if is_named else []
    return (
        is_named
        and all(printed_day(text) is not None for text in printed_lines(line))
        and all(len(words) <= _MAX_LABEL for words in beside)
    )


def is_label(line: Line) -> bool:
    """Return whether a short line is a label by its class or its colon: "Release date:"."""
    is_short = len(line.text) <= _MAX_LABEL_OF_FIELD and not ends_sentence(line.text)
    return is_short and (is_named_label(line) or line.text.endswith(COLONS))


def is_named_label(line: Line) -> bool:
    """Return whether the class of a line names a label: "field__label"."""
    return _LABEL_NAME.search(line.box.signature[1] or "") is not None


def prints_dated_facts(line: Line) -> bool:
    """Return whether a line prints a date with its label or with other facts."""
    nodes = list(map(text_of_node, line.text_nodes))
    return (
        prints_only_facts([line.text])
        or (len(nodes) > 1 and prints_only_facts(nodes))
        or ("/" in line.text and prints_only_facts(["".join("|" if node.strip() == "/" else node for node in nodes)]))
        or prints_publication_date(line.text)
    )


def begins_with_tags(line: Line) -> bool:
    """Return whether a line or its first text node begins with a label such as "Tags"."""
    return begins_as_tags(line.text) or (len(line.text_nodes) > 1 and begins_as_tags(words_of_first_node(line)))


def words_of_first_node(line: Line) -> str:
    """Return the words of the first text node of a line, which may be its label."""
    return text_of_node(line.text_nodes[0]).strip()


def is_breadcrumb_trail_to(title: Line, line: Line) -> bool:
    """Return whether a line is a breadcrumb trail that ends with the title."""
    is_longer = len(title.text) < len(line.text) <= len(title.text) + _MAX_TRAIL
    return is_longer and line.text.endswith(title.text) and is_breadcrumb_trail(line.text, is_linked=bool(line.links))


def prints_rows_of_facts(lines: Sequence[Line], language: str | None) -> bool:
    """Return whether lines are rows of a label and a short value, and at least one value is only a day.

    `language` is that of the page; its usual labels must be unknown. A period, as of a storm, belongs to the document.
    """
    if not language or re.split("[-_]", language.lower())[0] in _KNOWN_LANGUAGES:
        return False
    parts = [part for line in lines for part in _parts_of_row(line)]
    labels, values = parts[::2], parts[1::2]
    is_rows = len(labels) == len(values) == len(set(labels)) and _MIN_ROWS <= len(labels) <= _MAX_ROWS
    return (
        is_rows
        and all(len(label) <= _MAX_LABEL and not any(map(str.isdecimal, label)) for label in labels)
        and all(len(value) <= _MAX_VALUE for value in values)
        and not any(map(ends_sentence, labels))
        and not any(map(_prints_period, values))
        and any(map(is_day, values))
    )


def rows_with_days(lines: Sequence[Line]) -> Iterator[int]:
    """Yield the indices of rows whose values are only days, and of labels in the line above.

    Other rows, such as the place, stay in the text: the readout has no field for them.
    """
    for line, below in zip(lines, (*lines[1:], None), strict=True):
        parts = list(_parts_of_row(line))
        values = parts[1::2] if len(parts) > 1 else parts
        is_label = below is not None and len(parts) == 1 and printed_day(line.text) is None
        if is_label and below is not None:
            parts = list(_parts_of_row(below))
            values = parts if len(parts) == 1 else []
        if values and all(map(is_day, values)):
            yield line.index


def names_first_and_last_day(text: str) -> bool:
    """Return whether a text has two days with only a dash or a word such as "to" between them."""
    day = printed_day(text) if _PERIOD_SIGN.search(text) else None
    sign = _PERIOD_SIGN.match(text.partition(day)[2]) if day is not None else None
    rest = text.partition(day)[2][sign.end() :] if day is not None and sign is not None else ""
    last = printed_day(rest)
    return last is not None and rest.startswith(last)


def _prints_period(value: str) -> bool:
    day = printed_day(value)
    return day is not None and printed_day(value.partition(day)[2]) is not None


def _parts_of_row(line: Line) -> Iterator[str]:
    """Yield the labels and values of a line: texts of cells or elements, split at bars and colons."""
    cells = groupby(line.text_nodes, key=lambda node: _cell_around(node, line))
    for cell, nodes in cells:
        texts = [text_of_node(node) for node in nodes]
        for text in ["".join(texts)] if cell is not None else texts:
            for fact in BAR.split(" ".join(text.split())):
                yield from filter(None, (part.strip(" :：") for part in _COLON.split(f"{fact} ", maxsplit=1)))


def _cell_around(node: TextNode, line: Line) -> LxmlElement | None:
    """Return the cell around a text node within its line, if any."""
    around = (*inline_elements_around(node, line), line.box.element)
    return next((each for each in around if each.tag in _CELLS), None)


def _is_badge(line: Line) -> bool:
    """Return whether a short line prints only tags, in elements with a class such as "badge"."""
    if line.size > _MAX_BADGE or line.links:
        return False
    parents = [parent_of(node) for node in line.text_nodes if any(map(str.isalnum, text_of_node(node)))]
    return bool(parents) and all(each is not None and _BADGE.search(each.get("class") or "") for each in parents)
