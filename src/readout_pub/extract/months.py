"""The names of months in the languages of `months.toml`."""

from __future__ import annotations

import functools
from pathlib import Path


def month_of(name: str, language: str | None = None) -> int | None:
    """Return the month that `name` is, 1 to 12, in any case and without a full stop; None if it is none.

    Listopad is November in Polish and October in Croatian: where languages disagree, `language` decides, else the
    language that comes first in the table.
    """
    places = _names().get(name.lower())
    if places is None:
        return None
    return places.get((language or "")[:2]) or next(iter(places.values()))


@functools.cache
def _names() -> dict[str, dict[str, int]]:
    """Return name → language → month."""
    import tomllib

    table = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    names: dict[str, dict[str, int]] = {}
    for language, row in table.items():
        for month, group in enumerate(row.split("|"), 1):
            for name in filter(None, map(str.strip, group.replace("\n", " ").split(","))):
                names.setdefault(name, {})[language] = month
    return names
