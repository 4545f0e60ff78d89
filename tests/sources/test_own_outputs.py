"""Outputs and receipts of this program among saved pages are not taken for pages."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path
from typing import Any

import pytest

from readout_pub import RenderOptions, convert, saved_pages
from readout_pub.sources import pages_and_outputs
from tests.archives import zipped
from tests.cli.conftest import PAGE, Command, run

__all__ = ["run"]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Command) -> Path:
    """The working directory: it has a page, and the outputs of the page in the folder `o`."""
    monkeypatch.chdir(tmp_path)
    Path("tides.html").write_text(PAGE, "utf-8")
    assert run("convert", ".", "--to", "html,txt,json,md", "--receipt", "html", "-o", "o/").code == 0
    return tmp_path


def names(source: str | Path) -> list[str]:
    return [page.name for page in saved_pages(source)]


def test_a_second_conversion_leaves_out_the_outputs_of_the_first(folder: Path, run: Command) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    result = run("convert", ".", "--to", "html,txt,json,md", "--receipt", "html", "-o", "o/")
    assert result.code == 0
    assert ".: 3 files were left out, as this program wrote them" in result.err
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_the_note_on_a_single_left_out_output_is_in_the_singular(run: Command) -> None:
    for name in ("tides.html", "tides.receipt.html"):
        Path("o", name).unlink()
    result = run("convert", ".", "--to", "txt", "-o", "again/")
    assert ".: 1 file was left out, as this program wrote it; to convert it, give its name to `convert`" in result.err


@pytest.mark.slow
def test_batch_leaves_out_outputs_of_convert(folder: Path, run: Command) -> None:
    result = run("batch", ".", "--to", "txt", "-o", "b", "--jobs", "1", "--quiet")
    assert (result.code, sorted(path.name for path in Path("b").rglob("*.txt"))) == (0, ["tides.txt"])
    assert "3 files were left out, as this program wrote them" in result.err
    assert names(folder) == ["tides.html"]


def test_outputs_are_pages_if_there_is_no_other_page(run: Command) -> None:
    assert names("o") == ["tides.json"]
    Path("o/tides.json").unlink()
    assert names("o") == ["tides.html", "tides.receipt.html", "tides.txt"]
    assert run("convert", "o/tides.html", "--to", "txt", "-o", "again/").code == 0


def test_outputs_in_a_zip_archive_are_left_out(folder: Path) -> None:
    members = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    Path("all.zip").write_bytes(zipped(members))
    assert names("all.zip") == ["tides.html"]


def test_an_output_in_a_mirror_is_a_page_of_its_publisher(folder: Path) -> None:
    shutil.copytree("o", "www.atlantis.example")
    assert "www.atlantis.example/tides.html" in names(folder)


def test_an_output_saved_from_the_web_is_a_page_of_its_publisher(folder: Path) -> None:
    published = Path("o/tides.html").read_text("utf-8")
    mark = "<!-- saved from url=(0034)https://www.atlantis.example/tides -->"
    Path("published.html").write_text(published.replace("<html", f"{mark}\n<html", 1), "utf-8")
    assert names(folder) == ["published.html", "tides.html"]


def test_an_output_copied_without_its_receipt_is_a_page(folder: Path) -> None:
    shutil.copy("o/tides.html", "published.html")
    assert names(folder) == ["published.html", "tides.html"]


@pytest.mark.parametrize("receipt", [b"", b"{}", b"[" * 100_000, b'{"renditions": [{"sha256": 1}]}'])
def test_an_output_is_a_page_unless_its_receipt_has_its_digest(folder: Path, receipt: bytes) -> None:
    with Path("o/tides.txt").open("a") as file:
        file.write("A line by hand.")
    assert names(folder) == ["o/tides.txt", "tides.html"]
    Path("o/tides.receipt.json").write_bytes(receipt)
    assert names(folder) == ["o/tides.html", "o/tides.txt", "tides.html"]


def test_outputs_are_yielded_in_their_place_among_the_pages(folder: Path) -> None:
    """Each output is yielded when it is found: a large archive may have too many outputs to keep in memory."""
    shutil.copy("tides.html", "a.html")
    found = [(page.name, page.is_output) for page in pages_and_outputs(folder)]
    outputs = [(f"o/tides.{kind}", True) for kind in ("html", "receipt.html", "txt")]
    assert found == [("a.html", False), *outputs, ("tides.html", False)]


@pytest.mark.parametrize(
    ("marks", "message"),
    [
        ({"draft": True}, "marked as a draft; new outputs get this mark only with --draft"),
        (
            {"embargo": dt.date(2031, 9, 1)},
            "marked as not for release before 2031-09-01; new outputs",
        ),
        ({"draft": True, "embargo": dt.date(2031, 9, 1)}, "this mark only with --draft and --embargo"),
        ({}, None),
    ],
)
def test_converting_an_output_marked_draft_or_embargoed_gives_a_note(
    folder: Path, marks: dict[str, Any], message: str | None
) -> None:
    made = convert(folder / "tides.html", ["html"], render_options=RenderOptions(**marks))
    readout = convert(made.renditions[0].data, ["txt"]).readout
    messages = [note.message for note in readout.notes if note.code == "OUTPUT_MARKED"]
    assert len(messages) == (message is not None)
    assert all((message or "") in each for each in messages)
