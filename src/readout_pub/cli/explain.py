"""The table of `inspect --why`: the rule that decided each field and each region of a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from readout_pub.extract import Reason
from readout_pub.model import Readout, plain_text

_FIELDS = ("profile", "title", "series", "date", "language", "byline", "back link")
_REGIONS = {"kept": "kept as text", "dropped": "left out"}
_MAX_CELL = 50
"""How many characters of a value or of a region's text a cell shows: enough to find the text on the page."""


def reason_table(readout: Readout, reasons: Sequence[Reason]) -> Iterator[str]:
    """Yield one line for each field, then one for each region of the page: its value or text, the rule, the element.

    A field without a value has a line only if it is the title, the series or the date. A region's line has the number
    of its words and the beginning of its text.
    """
    by_field = {reason.what.replace("_", " "): reason for reason in reasons}
    values = dict(_field_values(readout))
    rows = [(name, values[name], by_field.get(name)) for name in _FIELDS]
    yield from _align_columns(
        [name, _shorten(value or "none"), why.rule if why else "", (why.where or "") if why else ""]
        for name, value, why in rows
        if value or name in {"title", "series", "date"}
    )
    for what, heading in _REGIONS.items():
        regions = [reason for reason in reasons if reason.what == what]
        if regions:
            yield ""
            yield heading
            yield from _align_columns(
                [
                    f"{each.words:>6} words",
                    each.rule,
                    *_remedy(each, what),
                    each.where or "",
                    f'"{_shorten(each.text)}"',
                ]
                for each in regions
            )


def _remedy(reason: Reason, what: str) -> Sequence[str]:
    """Return one cell for a region that was left out: the option that adds it, or ""; no cell for other regions."""
    return [f"--keep {reason.added_by}" if reason.added_by else ""] if what == "dropped" else []


def _field_values(readout: Readout) -> Iterator[tuple[str, str | None]]:
    yield "profile", readout.origin.profile or "none"
    yield "title", plain_text(readout.title) if readout.title else None
    yield "series", readout.series
    yield "date", str(readout.issued or readout.issued_text or "") or None
    yield "language", readout.language
    yield "byline", readout.byline
    yield "back link", plain_text(readout.back_link.children) if readout.back_link else None


def _align_columns(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield the rows as lines, each column as wide as its widest cell."""
    table = list(rows)
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for row in table:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _shorten(text: str) -> str:
    return text if len(text) <= _MAX_CELL else f"{text[: _MAX_CELL - 1].rstrip()}…"
