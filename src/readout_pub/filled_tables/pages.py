"""Tables for several pages: which rows belong to which page, and which rows belong to none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

from readout_pub.notes import name_first

MAX_PAGES_NAMED = 3
"""How many pages a message names as examples, so that it fits on two lines of a terminal."""


def unshared_names(names: Sequence[Sequence[str]]) -> list[list[str]]:
    """Return the names of each page, without the names that two or more of the pages share.

    A row of a table that has a shared name could belong to any of these pages.
    """
    pages = Counter(name for each in names for name in dict.fromkeys(each))
    return [[name for name in each if pages[name] == 1] for each in names]


def remark_on_unused(path: Path, unused: Collection[str], what: str, existing: Iterable[str]) -> Iterator[str]:
    """Yield a remark on the pages of a table that were not converted, if there are any.

    `what` is what the table has for them. `existing` are the names of the source's pages: the remark gives the first
    few as examples.
    """
    if unused:
        names = name_first([repr(name) for name in sorted(unused)], MAX_PAGES_NAMED)
        examples = ", ".join(repr(name) for name, _ in zip(existing, range(MAX_PAGES_NAMED), strict=False))
        yield f"{path}: {what} for pages that were not converted: {names}; pages here are {examples}"
