"""What `inspect --why` prints: the rule that decided each field and each region of a page, in columns for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from readout_pub.extract import Reason
from readout_pub.model import Readout, plain

_FIELDS = ("profile", "title", "series", "date", "language", "byline", "back link")
_REGIONS = {"kept": "kept as text", "dropped": "left out"}
_LONGEST = 50
"""Characters of a field's value, of a place, and of the words of a region, that a line shows."""


def as_json(reasons: Sequence[Reason]) -> str:
    """Return the reasons for programs: a list of objects, in the order of the table and then of the page."""
    return msgspec.json.format(msgspec.json.encode(reasons), indent=1).decode()


def as_table(readout: Readout, reasons: Sequence[Reason]) -> Iterator[str]:
    """Yield a line for each field with its value, the rule and the place; then one for each region of the page."""
    by_field = {reason.what.replace("_", " "): reason for reason in reasons}
    values = dict(_values(readout))
    rows = [(name, values[name], by_field.get(name)) for name in _FIELDS]
    yield from _columns(
        [name, _short(value or "none"), why.rule if why else "", (why.where or "") if why else ""]
        for name, value, why in rows
        if value or name in {"title", "series", "date"}
    )
    for what, heading in _REGIONS.items():
        regions = [reason for reason in reasons if reason.what == what]
        if regions:
            yield ""
            yield heading
            yield from _columns(
                [f"{each.words:>6} words", each.rule, each.where or "", f'"{_short(each.text)}"'] for each in regions
            )


def _values(readout: Readout) -> Iterator[tuple[str, str | None]]:
    yield "profile", readout.origin.profile or "none"
    yield "title", plain(readout.title) if readout.title else None
    yield "series", readout.series
    yield "date", str(readout.issued or readout.issued_text or "") or None
    yield "language", readout.language
    yield "byline", readout.byline
    yield "back link", plain(readout.back_link.children) if readout.back_link else None


def _columns(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Align the rows: each column is as wide as its widest cell."""
    table = list(rows)
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for row in table:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"
