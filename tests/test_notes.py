"""The table of notes, their messages and their severities."""

from __future__ import annotations

from pathlib import Path

import pytest

import readout_pub
from readout_pub.notes import NOTES, SEVERITIES, name_first, note, reaches

SOURCE = "".join(
    path.read_text("utf-8") for path in Path(readout_pub.__file__).parent.rglob("*.py") if path.name != "notes.py"
)


@pytest.mark.parametrize("code", NOTES)
def test_every_note_in_the_table_is_used(code: str) -> None:
    assert f'"{code}"' in SOURCE


def test_a_note_has_its_place_and_a_message_with_its_facts() -> None:
    given = note("TRUNCATED", "line 12")
    assert (given.code, given.severity, given.where) == ("TRUNCATED", "warning", "line 12")
    assert note("DATE_IMPOSSIBLE", text="May 32, 2022").message == (
        "'May 32, 2022' looks like a date, but there is no such day"
    )


def test_an_unknown_note_code_raises_key_error() -> None:
    with pytest.raises(KeyError):
        note("NOBODY_KNOWS")


def test_a_warning_reaches_the_thresholds_note_and_warning_but_not_error() -> None:
    given = (note("DATE_MISSING"), note("TRUNCATED"))
    assert [threshold for threshold in SEVERITIES if reaches(given, threshold)] == ["note", "warning"]


@pytest.mark.parametrize(
    ("most", "named"), [(1, "reef and 2 more"), (2, "reef, lamp and 1 more"), (3, "reef, lamp, quay")]
)
def test_the_first_names_of_a_list_are_given_and_the_others_counted(most: int, named: str) -> None:
    assert name_first(["reef", "lamp", "quay"], most) == named
