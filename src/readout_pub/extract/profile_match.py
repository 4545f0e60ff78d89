"""Finds the element of each field on a page by the selectors of a layout; of several matches, the best.

In `profile check` a field that matches several elements is a mistake of the profile. On a user's page, the best element
is taken, with a warning: a page must be readable even if its profile is imprecise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import msgspec
from bs4 import Tag

from readout_pub.extract.blocks import one_line
from readout_pub.extract.dates import DAY_FIRST_LANGUAGE, MONTH_FIRST_LANGUAGE, FoundDate, find_date
from readout_pub.extract.profile import FIELDS, Layout
from readout_pub.extract.tree import SelectorIndex, short_selector
from readout_pub.notes import Note, note

PARTS = ("body", *FIELDS)
"""The keys of a layout that select one element of a page."""


_ISO_DAY = len("2031-05-06")
"""How many characters at the start of a `datetime` are the day; the hour may follow."""


class Match(msgspec.Struct, frozen=True):
    """The element `tag` found for `part`, one of `PARTS`, by the `selector` with this `key`, such as `title[1]`.

    `count` says how many elements match the selector. If no element was found, only `part` is set.
    """

    part: str
    tag: Tag | None = None
    key: str = ""
    selector: str = ""
    count: int = 0


def match_part(index: SelectorIndex, layout: Layout, part: str) -> Match:
    """Return the match of the first selector of `part` that finds a suitable element; of several elements, the best.

    If no selector finds a suitable element, the match has the first element that any of them finds.
    """
    choice = _CHOICES.get(part, _FIRST_WITH_TEXT)
    unsuitable = Match(part)
    for key, selector in layout.selectors(part).items():
        found = index.select(selector)
        best = choice.best(found) if found else None
        if best is not None:
            return Match(part, best, key, selector, len(found))
        if found and unsuitable.tag is None:
            unsuitable = Match(part, found[0], key, selector, len(found))
    return unsuitable


def _longest(found: Sequence[Tag]) -> Tag:
    return max(found, key=lambda tag: len(tag.get_text(strip=True))) if len(found) > 1 else found[0]


def _first_with_text(found: Sequence[Tag]) -> Tag | None:
    return next((tag for tag in found if one_line(tag)), None)


def _first_with_date(found: Sequence[Tag]) -> Tag | None:
    return next((tag for tag in found if read_date(tag)), None)


def read_date(tag: Tag, language: str | None = None) -> FoundDate | None:
    """Return the date that an element prints; None if it prints none.

    In 06-05-2031, the order of day and month depends on the country. If `language` does not tell the order, the
    `datetime` of a `time` element does.
    """
    text = one_line(tag)
    found = find_date(text, language)
    time = tag if tag.name == "time" else tag.find("time")
    if found is not None or time is None:
        return found
    marked = find_date(str(time.get("datetime") or "")[:_ISO_DAY])
    dates = (find_date(text, country) for country in (DAY_FIRST_LANGUAGE, MONTH_FIRST_LANGUAGE)) if marked else ()
    return next((each for each in dates if each and marked and each.day == marked.day), None)


class _Choice(msgspec.Struct, frozen=True):
    """Which of several elements is taken, in words and as a function that returns None if none is suitable."""

    words: str
    best: Callable[[Sequence[Tag]], Tag | None]


_FIRST_WITH_TEXT = _Choice("the first with text", _first_with_text)

_CHOICES = {
    "body": _Choice("the longest", _longest),
    "date": _Choice("the first with a date", _first_with_date),
}
"""Part → which of several elements is taken; for other parts `_FIRST_WITH_TEXT`."""


def ambiguity_notes(matches: Sequence[Match], profile: str) -> Iterator[Note]:
    """Yield a warning, which names `profile`, for each selector that matches several elements."""
    for match in matches:
        if match.count > 1 and match.tag is not None:
            yield note(
                "PROFILE_AMBIGUOUS",
                short_selector(match.tag),
                count=match.count,
                key=match.part,
                selector=match.selector,
                profile=profile,
                taken=_CHOICES.get(match.part, _FIRST_WITH_TEXT).words,
            )
