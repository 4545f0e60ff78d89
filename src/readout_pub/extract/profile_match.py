"""What the selectors of a layout find on a page: the element of each field, also where a selector finds several.

In `profile check` a field that matches several elements is a mistake of the profile. On a user's page the best one is
taken, with a warning, since a page is worth more than the profile that did not foresee it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import msgspec
from bs4 import Tag

from readout_pub.extract.blocks import one_line
from readout_pub.extract.dates import find_date
from readout_pub.extract.profile import FIELDS, Layout
from readout_pub.extract.selector_index import SelectorIndex
from readout_pub.extract.tree import short_selector
from readout_pub.notes import Note, note

PARTS = ("body", *FIELDS)
"""The keys of a layout that select one element of a page."""


class Match(msgspec.Struct, frozen=True):
    """The element that the selector of `key` found; `count` says how many elements match it."""

    key: str
    tag: Tag | None = None
    count: int = 0


def match_part(index: SelectorIndex, layout: Layout, key: str) -> Match:
    """Return the element that `key`, one of `PARTS`, selects; of several, the best one."""
    selector = getattr(layout, key)
    found = index.select(selector) if selector is not None else []
    if len(found) < 2:
        return Match(key, found[0] if found else None, len(found))
    _, best = _CHOICES.get(key, _FIRST_WITH_TEXT)
    return Match(key, best(found), len(found))


def _longest(found: Sequence[Tag]) -> Tag:
    return max(found, key=lambda tag: len(tag.get_text(strip=True)))


def _first_with_text(found: Sequence[Tag]) -> Tag:
    return next((tag for tag in found if one_line(tag)), found[0])


def _first_with_date(found: Sequence[Tag]) -> Tag:
    return next((tag for tag in found if find_date(one_line(tag))), found[0])


_Choice = tuple[str, Callable[[Sequence[Tag]], Tag]]

_FIRST_WITH_TEXT: _Choice = ("the first with text", _first_with_text)

_CHOICES: dict[str, _Choice] = {
    "body": ("the longest", _longest),
    "date": ("the first with a date", _first_with_date),
}
"""Key → which of several elements is taken, in words and as a function; for other keys, `_FIRST_WITH_TEXT`."""


def ambiguity_notes(matches: Sequence[Match], layout: Layout, profile: str) -> Iterator[Note]:
    """Yield a warning for each selector that matches several elements; `profile` names the profile in it."""
    for match in matches:
        if match.count > 1 and match.tag is not None:
            yield note(
                "PROFILE_AMBIGUOUS",
                short_selector(match.tag),
                count=match.count,
                key=match.key,
                selector=getattr(layout, match.key),
                profile=profile,
                taken=_CHOICES.get(match.key, _FIRST_WITH_TEXT)[0],
            )
