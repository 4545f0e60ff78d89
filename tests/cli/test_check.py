from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Command
from tests.validators.epub_samples import valid_epub

SOUND = '<!DOCTYPE html>\n<html lang="en"><title>Talks</title><main><h1>Talks</h1></main></html>\n'


@pytest.fixture
def pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sound page and one without a title."""
    monkeypatch.chdir(tmp_path)
    Path("sound.html").write_text(SOUND, "utf-8")
    Path("untitled.html").write_text(SOUND.replace("Talks</title>", "</title>"), "utf-8")


@pytest.mark.usefixtures("pages")
def test_a_sound_file_is_exit_0_and_says_how_much_was_asked(run: Command) -> None:
    result = run("check", "sound.html")
    assert (result.code, result.out) == (0, "sound.html: 16 rules, 0 broken\n")


@pytest.mark.usefixtures("pages")
def test_a_broken_rule_is_exit_1_in_plain_words_with_where(run: Command) -> None:
    result = run("check", "sound.html", "untitled.html")
    assert result.code == 1
    assert result.out.splitlines()[1:] == [
        "untitled.html: 16 rules, 1 broken",
        "  title: not so: The page has a title. (WCAG 2.4.2)",
        "    the page: it has no title",
    ]


@pytest.mark.usefixtures("pages")
def test_a_validator_that_is_asked_for_and_missing_is_exit_3(run: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    result = run("check", "sound.html", "--full")
    assert result.code == 3
    assert "  axe: missing; install it with `npm install --global axe-core playwright-core`, and Chromium" in result.out


@pytest.mark.usefixtures("pages")
def test_a_pdf_that_nobody_can_judge_hides_nothing_of_other_files(
    run: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "page", None)
    Path("talks.pdf").write_bytes(b"%PDF-1.7")
    result = run("check", "talks.pdf", "sound.html")
    assert (result.code, result.out.splitlines()) == (
        3,
        [
            "talks.pdf: 0 rules, 0 broken",
            "  page-validation: missing; install it with `pip install 'readout-pub[check]'`",
            "sound.html: 16 rules, 0 broken",
        ],
    )


@pytest.mark.usefixtures("pages")
def test_a_file_that_cannot_be_read_is_named_and_the_others_are_checked(run: Command) -> None:
    Path("folder.html").mkdir()
    Path("folder.pdf").mkdir()
    Path("latin.html").write_bytes(b"<title>Caf\xe9</title>")
    Path("talks.epub").write_bytes(valid_epub()[:-400])
    Path("talks.pdf").write_bytes(b"%PDF-1.7")
    result = run("check", "gone.html", "folder.html", "latin.html", "talks.epub", "talks.pdf", "sound.html")
    assert (result.code, result.out) == (1, "sound.html: 16 rules, 0 broken\n")
    assert [line.split(" (")[0] for line in result.err.splitlines()] == [
        "readout-pub: gone.html: it cannot be read",
        "readout-pub: folder.html: it cannot be read",
        "readout-pub: latin.html: this page is not in UTF-8",
        "readout-pub: talks.epub: this is no EPUB file that is whole",
        "readout-pub: talks.pdf: this PDF cannot be read",
    ]


@pytest.mark.usefixtures("pages")
def test_a_file_that_cannot_be_read_is_in_every_report(run: Command) -> None:
    result = run("check", "gone.html", "sound.html", "--json", "--sarif", "found.sarif", "--report", "report.html")
    error = "gone.html: it cannot be read (No such file or directory)"
    assert (result.code, [verdict["error"] for verdict in json.loads(result.out)]) == (1, [error, None])
    (ours,) = json.loads(Path("found.sarif").read_bytes())["runs"]
    assert ours["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"] == error
    assert f"nothing is said of it: {error}" in Path("report.html").read_text("utf-8")


@pytest.mark.usefixtures("pages")
def test_validators_are_not_asked_about_a_file_that_cannot_be_read(
    run: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    gone, sound = json.loads(run("check", "gone.html", "sound.html", "--full", "--json").out)
    assert (gone["tools"], [tool["name"] for tool in sound["tools"]]) == ([], ["axe"])


@pytest.mark.usefixtures("pages")
def test_json_has_every_rule_with_its_faults(run: Command) -> None:
    (verdict,) = json.loads(run("check", "untitled.html", "--json").out)
    assert (verdict["path"], verdict["format"], len(verdict["results"])) == ("untitled.html", "html", 16)
    assert verdict["results"][0] == {
        "rule": "title",
        "sentence": "The page has a title.",
        "criteria": ["2.4.2"],
        "faults": [{"where": "the page", "what": "it has no title"}],
        "by": "readout-pub",
    }


@pytest.mark.usefixtures("pages")
def test_sarif_and_report_are_written_where_asked(run: Command) -> None:
    run("check", "untitled.html", "--sarif", "found.sarif", "--report", "report.html")
    assert json.loads(Path("found.sarif").read_bytes())["version"] == "2.1.0"
    assert "<h1>Accessibility conformance report</h1>" in Path("report.html").read_text("utf-8")


@pytest.mark.usefixtures("pages")
def test_another_format_is_a_usage_error_before_anything_is_checked(run: Command) -> None:
    result = run("check", "sound.html", "sound.docx")
    assert (result.code, result.out, result.err) == (
        2,
        "",
        "readout-pub: sound.docx: only HTML, EPUB and PDF can be checked; convert it, and check what comes out\n",
    )
