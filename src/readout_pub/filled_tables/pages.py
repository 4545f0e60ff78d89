"""Tables for several pages: which rows belong to which page, and which rows belong to none."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

from readout_pub.notes import name_first

MAX_PAGES_NAMED = 3
"""How many pages a message names as examples, so that it fits on two lines of a terminal."""


def page_key(name: str) -> str:
    """Return the name of a page as rows are looked up by it.

    Names of files that come from a Mac can have "ä" as two characters, where people type one.
    """
    return unicodedata.normalize("NFC", name)


def unshared_names(names: Sequence[Sequence[str]]) -> list[list[str]]:
    """Return the keys of each page, without the keys that two or more of the pages share.

    A row of a table that has a shared key could belong to any of these pages.
    """
    keys = [list(dict.fromkeys(map(page_key, each))) for each in names]
    pages = Counter(key for each in keys for key in each)
    return [[key for key in each if pages[key] == 1] for each in keys]


def remark_on_unused(path: Path, unused: Collection[str], what: str, existing: Iterable[str]) -> Iterator[str]:
    """Yield a remark on the pages of a table that were not converted, if there are any.

    `what` is what the table has for them. `existing` are the names of the source's pages: the remark gives the first
    few as examples.
    """
    if unused:
        names = name_first([repr(name) for name in sorted(unused)], MAX_PAGES_NAMED)
        examples = ", ".join(repr(name) for name, _ in zip(existing, range(MAX_PAGES_NAMED), strict=False))
        yield f"{path}: {what} for pages that were not converted: {names}; pages here are {examples}"
