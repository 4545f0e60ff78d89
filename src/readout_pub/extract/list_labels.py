"""The labels that a browser shows before the items of an ordered list, such as "3." or "iv."."""

from __future__ import annotations

import re

from bs4 import Tag

from readout_pub.numerals import NUMERALS

_LIST_STYLES = frozenset({"list-style", "list-style-type"})
_UNNUMBERED_STYLE = re.compile(r"\b(?:none|disc|circle|square)\b", re.IGNORECASE)


def automatic_labels(tag: Tag, entries: list[Tag]) -> list[str | None]:
    """Return the label that a browser shows before each of the `entries` of an `ol`; None where a style hides it.

    A list whose items all begin with a time is a chronicle, such as the updates of a page: a style sheet, which the
    program does not read, shows the times in place of numbers.

    Follows the attributes `type`, `start`, `reversed` and `value` as WHATWG HTML defines them.
    """
    if _is_unnumbered(tag) or _is_chronicle(entries):
        return [None] * len(entries)
    numeral = NUMERALS.get(str(tag.get("type") or "1"), str)
    step = -1 if tag.has_attr("reversed") else 1
    number = _parse_integer(tag.get("start"), len(entries) if step < 0 else 1)
    labels: list[str | None] = []
    for entry in entries:
        number = _parse_integer(entry.get("value"), number)
        hidden = entry.name != "li" or _is_unnumbered(entry)
        labels.append(None if hidden else f"{numeral(number)}.")
        number += 0 if entry.name != "li" else step
    return labels


def _is_unnumbered(tag: Tag) -> bool:
    """Return whether the inline style of an element replaces its number by a symbol or by nothing."""
    declarations = (each.partition(":") for each in str(tag.get("style") or "").split(";"))
    return any(
        name.strip().lower() in _LIST_STYLES and _UNNUMBERED_STYLE.search(value) for name, _, value in declarations
    )


def _is_chronicle(entries: list[Tag]) -> bool:
    """Return whether there are several items, and each begins with a `time`."""
    firsts = (next((node for node in entry.children if not str(node).isspace()), None) for entry in entries)
    return len(entries) > 1 and all(isinstance(first, Tag) and first.name == "time" for first in firsts)


def _parse_integer(value: object, default: int) -> int:
    text = str(value or "").strip()
    return int(text) if re.fullmatch(r"-?\d{1,6}", text) else default
