"""`readout-pub alt worklist` and `alt review` as a user runs them."""

from __future__ import annotations

import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from readout_pub.alt.decisions import DECISIONS_FILE
from readout_pub.alt.photo_table import decision_of, read_photo_table
from readout_pub.checks import check
from readout_pub.filled_tables.spreadsheet import read_spreadsheet
from tests.alt_review.pages import CAPTION, write_page
from tests.cli.conftest import Command


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "saved"
    write_page(folder, "one.html", {"quay.jpg": "Two ministers at a table", "crane.jpg": None})
    write_page(folder, "two.html", {"flag.jpg": "photo1"}, caption=CAPTION)
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("name", ["work.csv", "work.xlsx"])
def test_the_worklist_has_the_photos_that_need_a_decision(
    name: str, run: Command, archive: Path, tmp_path: Path
) -> None:
    code, _, messages = run("alt", "worklist", archive, "-o", tmp_path / name)
    assert (code, messages.splitlines()[0]) == (0, f"{tmp_path / name}: 2 of 3 photos, on 2 pages")
    assert messages.endswith(f"readout-pub alt apply {tmp_path / name}\n")
    table = read_photo_table(tmp_path / name, "the worklist", "")
    assert [row.cells["file"] for row in table.rows] == ["crane.jpg", "flag.jpg"]
    assert [decision_of(row) for row in table.rows] == [None, None]


def test_all_photos_can_be_listed(run: Command, archive: Path, tmp_path: Path) -> None:
    assert run("alt", "worklist", archive, "-o", tmp_path / "work.csv", "--all").code == 0
    assert len(read_photo_table(tmp_path / "work.csv", "the worklist", "").rows) == 3


@pytest.mark.slow
def test_an_html_worklist_is_self_contained_and_accessible(run: Command, archive: Path, tmp_path: Path) -> None:
    assert run("alt", "worklist", archive, "-o", tmp_path / "work.html").code == 0
    text = (tmp_path / "work.html").read_text("utf-8")
    assert text.count("<article") == 2
    assert text.count("data:image/jpeg;base64,") == 2
    assert "http://" not in text
    assert not check(tmp_path / "work.html").broken


@pytest.mark.parametrize("path", [".", "./", "../saved"])
def test_an_html_worklist_names_the_folder(
    path: str, run: Command, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(archive)
    assert run("alt", "worklist", path, "-o", "work.html").code == 0
    assert f"<h1>Photos to describe: {path if path[2:] else 'saved'}</h1>" in Path("work.html").read_text("utf-8")


@pytest.mark.slow
@pytest.mark.parametrize(("options", "language"), [((), "ja"), (("--messages", "en"), "en")])
def test_a_worklist_is_in_the_chosen_language_or_that_of_the_user(
    options: tuple[str, ...], language: str, run: Command, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "ja_JP.UTF-8")
    for name in ("work.html", "work.csv", "work.xlsx"):
        assert run("alt", "worklist", archive, "-o", archive.parent / name, *options).code == 0
    assert f'<html lang="{language}">' in (archive.parent / "work.html").read_text("utf-8")
    for name in ("work.csv", "work.xlsx"):
        header, *rows = (row.cells for row in read_spreadsheet(archive.parent / name, "the worklist").rows)
        problem = header.index("problem")
        assert ["代替テキスト" in row[problem] for row in rows] == [language == "ja"] * 2


@pytest.mark.parametrize("name", ["work.docx", "work"])
def test_an_unknown_format_is_refused(name: str, run: Command, archive: Path, tmp_path: Path) -> None:
    code, _, messages = run("alt", "worklist", archive, "-o", tmp_path / name)
    assert code == 2
    assert "name it .csv, .xlsx or .html" in messages
    assert not (tmp_path / name).exists()


def test_an_unreadable_page_is_reported_and_the_others_are_listed(run: Command, archive: Path, tmp_path: Path) -> None:
    (archive / "empty.html").write_text("")
    code, _, messages = run("alt", "worklist", archive, "-o", tmp_path / "work.csv")
    assert code == 1
    assert "empty.html" in messages
    assert len(read_photo_table(tmp_path / "work.csv", "the worklist", "").rows) == 2


@pytest.mark.parametrize(
    "command",
    [
        ("lint", "saved"),
        ("worklist", "saved", "-o", "work.csv"),
        ("review", "saved", "--no-browser"),
        ("apply", "work.csv"),
    ],
)
def test_unreadable_decisions_give_one_error_and_nothing_is_written(
    command: tuple[str, ...], run: Command, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(archive.parent)
    assert run("alt", "worklist", "saved", "-o", "work.csv").code == 0
    text = Path("work.csv").read_text("utf-8-sig")
    Path("work.csv").write_text(text.replace(",,,,", ",A crane,,Mika,"), "utf-8")
    before = Path("work.csv").read_bytes()
    (archive / DECISIONS_FILE).write_text("<<<<<<< HEAD\n", "utf-8")
    code, out, messages = run("alt", *command)
    assert (code, out) == (1, "")
    assert messages.count("\n") == 1
    assert f"{DECISIONS_FILE}, line 1: this is a merge marker of git" in messages
    assert Path("work.csv").read_bytes() == before


def test_an_archive_without_photos_gives_an_empty_worklist(run: Command, tmp_path: Path) -> None:
    write_page(tmp_path / "saved", "one.html", {})
    code, _, messages = run("alt", "worklist", tmp_path / "saved", "-o", tmp_path / "work.html")
    assert (code, messages) == (0, f"{tmp_path / 'work.html'}: 0 of 0 photos, on 0 pages\n")


def test_texts_of_pages_never_become_markup(run: Command, tmp_path: Path) -> None:
    caption = "&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;"
    write_page(tmp_path / "saved", "one.html", {"quay.jpg": "</script><b onload=x>"}, caption=caption)
    assert run("alt", "worklist", tmp_path / "saved", "-o", tmp_path / "w.html", "--all").code == 0
    text = (tmp_path / "w.html").read_text("utf-8")
    assert "<b onload" not in text
    assert "<script>alert" not in text
    assert text.count("</script>") == 1


@pytest.mark.slow
def test_review_serves_the_page_until_it_is_interrupted(archive: Path) -> None:
    command = [sys.executable, "-m", "readout_pub", "alt", "review", str(archive), "--no-browser"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        with urllib.request.urlopen(address) as answer:  # noqa: S310 - the server is on this computer
            assert b"<article" in answer.read()
        process.send_signal(signal.SIGINT)
        _, messages = process.communicate(timeout=30)
    assert process.returncode == 0
    assert messages.splitlines() == [
        f"2 of 3 photos need a decision; decisions are saved in {archive / DECISIONS_FILE}",
        "Leave this running while you decide; Ctrl-C ends it.",
        "2 of 3 photos need a decision",
    ]


def test_an_archive_on_the_web_cannot_be_reviewed(run: Command) -> None:
    code, _, messages = run("alt", "review", "https://www.atlantis.example/talks.html")
    assert code == 2
    assert "readout-pub fetch" in messages


def test_an_archive_without_photos_cannot_be_reviewed(run: Command, tmp_path: Path) -> None:
    write_page(tmp_path / "saved", "one.html", {})
    code, _, messages = run("alt", "review", tmp_path / "saved", "--no-browser")
    assert code == 1
    assert "there is no photo on its pages" in messages


def test_the_message_says_page_in_the_singular_for_one_page(run: Command, archive: Path, tmp_path: Path) -> None:
    _, _, messages = run("alt", "worklist", archive / "two.html", "-o", tmp_path / "work.csv")
    assert messages.splitlines()[0] == f"{tmp_path / 'work.csv'}: 1 of 1 photos, on 1 page"
