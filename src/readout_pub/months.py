"""The names of the months in the languages of `months.toml`, the only table of month names in the program."""

from __future__ import annotations

import functools
from pathlib import Path


def month_of(name: str, language: str | None = None) -> int | None:
    """Return the month that `name` means, 1 to 12, whatever its case; None if no language has such a month.

    "Sept" is 9; write abbreviations without their full stop. Listopad is November in Polish and October in Croatian:
    where languages disagree, the first subtag of `language` (BCP 47) decides, else the language that comes first in
    the table.
    """
    months = _months_by_name().get(name.lower())
    if months is None:
        return None
    primary = (language or "").partition("-")[0].lower()
    return months.get(primary) or next(iter(months.values()))


def month_names(language: str) -> tuple[tuple[str, ...], ...]:
    """Return the names of the twelve months in a language of the table ("en"), in lower case.

    The first month of "en" is ("jan", "january"). Raises KeyError for a language that the table does not have.
    """
    return _month_table()[language]


@functools.cache
def _month_table() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Return language → the names of its twelve months."""
    import tomllib

    table = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    return {language: tuple(map(_names_in, row.split("|"))) for language, row in table.items()}


def _names_in(group: str) -> tuple[str, ...]:
    return tuple(filter(None, map(str.strip, group.replace("\n", " ").split(","))))


@functools.cache
def _months_by_name() -> dict[str, dict[str, int]]:
    """Return name → language → month."""
    months: dict[str, dict[str, int]] = {}
    for language, months_of_language in _month_table().items():
        for month, names in enumerate(months_of_language, 1):
            for name in names:
                months.setdefault(name, {})[language] = month
    return months
