"""No cell of a CSV file is a formula, whatever separator the spreadsheet program assumes."""

from __future__ import annotations

import csv
import io
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout_pub.csv_cells import csv_line, unguarded

SIGNS = "=+-@＝＋－＠"
HOSTILE = st.text(st.sampled_from(f"{SIGNS};,\t\r\n\"' \u00a0\u3000\u200b\ufeffax|"), max_size=12)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize(
    "text",
    [
        "=1+2",
        "Talks;=1+2+cmd|' /C calc'!A0",
        "Talks\t=1+2",
        "Talks\n=1+2",
        "Talks\r\n+1",
        "＝1+2",
        "＋1",
        "－1",
        "＠SUM(A1)",
        "\t=1",
        "\r=1",
        "  =1",
        "\u3000=1",
        '"=1',
        "'=1",
        "\u200b=1",
        "\ufeff \u202d=1",
        'x;"=1',
        '";=1;"',
    ],
)
def test_a_text_of_a_page_is_not_a_formula(text: str, separator: str) -> None:
    assert formulas(csv_line(["warning", "Talks", text, text]), separator) == []


@pytest.mark.slow
@given(st.lists(HOSTILE, min_size=1, max_size=3), st.sampled_from(",;\t"))
def test_no_text_is_a_formula_with_any_separator(cells: list[str], separator: str) -> None:
    assert formulas(csv_line(cells), separator) == []


@pytest.mark.slow
@given(HOSTILE)
def test_a_guarded_cell_is_read_back_as_it_was(text: str) -> None:
    (cells,) = csv.reader(io.StringIO(csv_line([text, "x"]), newline=""))
    assert unguarded(cells[0]) == text


def test_ordinary_texts_stay_as_they_are() -> None:
    line = csv_line(["Talks, -5 degrees", "a-b; c", "e@atlantis.example", "", "it's"])
    assert line == '"Talks, -5 degrees",a-b; c,e@atlantis.example,,it\'s\r\n'


def formulas(line: str, separator: str) -> list[str]:
    """Return the cells that are formulas for a program that splits the line at `separator`.

    Programs that split at commas interpret quotation marks. Some of the others do not, so both readings are tried.
    """
    modes: tuple[Literal[0, 3], ...] = (csv.QUOTE_MINIMAL,) if separator == "," else (csv.QUOTE_MINIMAL, csv.QUOTE_NONE)
    read = (csv.reader(io.StringIO(line, newline=""), delimiter=separator, quoting=mode) for mode in modes)
    cells = [cell for rows in read for row in rows for cell in row]
    return [cell for cell in cells if cell.strip(' \u00a0\u3000\u200b\u202d\ufeff"').startswith(tuple(SIGNS))]
