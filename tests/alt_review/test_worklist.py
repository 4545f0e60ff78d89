"""The worklist as rows, as CSV and as a workbook: which photos it lists, in which order, and what it says of them."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import zipfile
from pathlib import Path

import msgspec
import pytest

from readout_pub import AltRefused, convert
from readout_pub.alt.decisions import DECISIONS_FILE, Decision, DecisionKind, record
from readout_pub.alt.lint import load_house_rules
from readout_pub.alt_review.photos import photos_by_page
from readout_pub.alt_review.tables import write_csv, write_workbook
from readout_pub.alt_review.worklist import COLUMNS, ListedPhoto, WorklistRow, list_photos, row_of
from readout_pub.filled_tables.spreadsheet import read_spreadsheet
from tests.alt_review.pages import CAPTION, write_page

NOON = dt.datetime(2031, 8, 4, 12, tzinfo=dt.UTC)


def listed(folder: Path) -> list[ListedPhoto]:
    return list_photos(photos_by_page(str(folder)), load_house_rules())


def rows(folder: Path) -> dict[str, WorklistRow]:
    return {row.file: row for row in map(row_of, listed(folder))}


def test_photos_without_text_come_first(tmp_path: Path) -> None:
    write_page(tmp_path, "one.html", {"quay.jpg": "Two ministers at a table", "crane.jpg": None})
    write_page(tmp_path, "two.html", {"flag.jpg": None}, caption=CAPTION)
    assert [each.photo.file for each in listed(tmp_path)] == ["crane.jpg", "flag.jpg", "quay.jpg"]


def test_a_row_tells_where_the_photo_is_and_why_it_is_listed(tmp_path: Path) -> None:
    write_page(tmp_path, "one.html", {"flag.jpg": "photo1"}, caption=CAPTION)
    (row,) = rows(tmp_path).values()
    expected = ("one.html", "flag.jpg", "Talks of one.html", CAPTION, CAPTION, "", "")
    assert (row.page, row.file, row.title, row.caption, row.current_alt, row.alt, row.decision) == expected
    assert row.archive == str(tmp_path)
    assert row.context.endswith("[photo] They will meet again.")
    assert "caption" in row.problem


def decide(folder: Path, kind: DecisionKind, alt: str = "", caption: str = "") -> None:
    """Record a decision on the only photo of a folder."""
    (photo,) = (each.photo for each in listed(folder))
    made = Decision(
        page="one.html",
        src="crane.jpg",
        picture=photo.sha256 or "",
        caption=caption,
        decision=kind,
        alt=alt,
        language="en",
        reviewer="Mika",
        when=NOON,
    )
    record(folder / DECISIONS_FILE, [made])


@pytest.mark.parametrize(
    ("text", "is_open"), [("A crane lifts a boat", False), ("Photo of a crane", False), ("photo", True)]
)
def test_a_described_photo_stays_open_if_a_release_refuses_its_text(text: str, is_open: bool, tmp_path: Path) -> None:  # noqa: FBT001
    write_page(tmp_path, "one.html", {"crane.jpg": None})
    decide(tmp_path, "described", text)
    assert [each.is_open for each in listed(tmp_path)] == [is_open]
    with pytest.raises(AltRefused) if is_open else contextlib.nullcontext():
        convert(tmp_path / "one.html", ["html"], release="wai")


def test_the_wording_of_an_approved_caption_is_not_judged(tmp_path: Path) -> None:
    write_page(tmp_path, "one.html", {"crane.jpg": None}, caption="Signing ceremony")
    decide(tmp_path, "caption", caption="Signing ceremony")
    assert [(each.is_open, each.problems) for each in listed(tmp_path)] == [(False, ())]


def test_a_decided_photo_shows_its_decision_and_is_no_longer_open(tmp_path: Path) -> None:
    write_page(tmp_path, "one.html", {"crane.jpg": None})
    assert [each.is_open for each in listed(tmp_path)] == [True]
    (photo,) = (each.photo for each in listed(tmp_path))
    decision = Decision(
        page="one.html",
        src="crane.jpg",
        picture=photo.sha256 or "",
        caption="",
        decision="described",
        alt="A crane lifts a boat",
        language="en",
        reviewer="Mika",
        when=NOON,
        reason="seen there",
    )
    record(tmp_path / DECISIONS_FILE, [decision])
    row = rows(tmp_path)["crane.jpg"]
    assert (row.decision, row.alt, row.reviewer, row.reason) == (
        "described",
        "A crane lifts a boat",
        "Mika",
        "seen there",
    )
    assert [each.is_open for each in listed(tmp_path)] == [False]


def test_a_photo_that_waits_for_an_expert_stays_open(tmp_path: Path) -> None:
    write_page(tmp_path, "one.html", {"crane.jpg": None})
    (photo,) = (each.photo for each in listed(tmp_path))
    waits = Decision(
        page="one.html",
        src="crane.jpg",
        picture=photo.sha256 or "",
        caption="",
        decision="expert",
        alt="",
        language="en",
        reviewer="Mika",
        when=NOON,
    )
    record(tmp_path / DECISIONS_FILE, [waits])
    assert [each.is_open for each in listed(tmp_path)] == [True]


@pytest.mark.parametrize("name", ["work.csv", "work.xlsx"])
def test_a_table_has_the_columns_and_the_texts(name: str, tmp_path: Path) -> None:
    write_page(tmp_path / "saved", "one.html", {"crane.jpg": None}, caption='=HYPERLINK("https://evil.example")')
    photos = listed(tmp_path / "saved")
    write = write_csv if name.endswith("csv") else write_workbook
    with (tmp_path / name).open("wb") as file:
        write(file, photos)
    head, row = read_spreadsheet(tmp_path / name, "the worklist").rows
    assert [cell for cell in head.cells if cell != "thumbnail"] == list(COLUMNS)
    expected = msgspec.structs.asdict(row_of(photos[0]))
    assert {**expected, "thumbnail": ""} == {"thumbnail": "", **dict(zip(head.cells, row.cells, strict=True))}


def test_a_workbook_shows_each_photo_and_offers_the_decisions(tmp_path: Path) -> None:
    write_page(tmp_path, "one.html", {"crane.jpg": None, "quay.jpg": "A quay"})
    file = io.BytesIO()
    write_workbook(file, listed(tmp_path))
    with zipfile.ZipFile(file) as workbook:
        names = workbook.namelist()
        drawing = workbook.read("xl/drawings/drawing1.xml").decode()
        sheet = workbook.read("xl/worksheets/sheet1.xml").decode()
    assert sum(name.startswith("xl/media/") for name in names) == 2
    assert 'descr="Photo of row 2"' in drawing
    assert "described,decorative,caption,accepted,expert" in sheet
    assert "<f>" not in sheet.replace("<formula1>", "")


def test_a_photo_whose_file_is_missing_or_damaged_has_no_thumbnail(tmp_path: Path) -> None:
    write_page(tmp_path, "one.html", {"crane.jpg": None, "quay.jpg": None})
    (tmp_path / "crane.jpg").unlink()
    (tmp_path / "quay.jpg").write_bytes(b"\xff\xd8\xff cut off")
    file = io.BytesIO()
    write_workbook(file, listed(tmp_path))
    with zipfile.ZipFile(file) as workbook:
        assert not any(name.startswith("xl/media/") for name in workbook.namelist())
