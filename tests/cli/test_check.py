"""`check`: exit codes, what it prints, and files that cannot be read."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from readout_pub.install_commands import install_extra
from tests.cli.conftest import PAGE, Command
from tests.validators.epub_samples import valid_epub

CORRECT = '<!DOCTYPE html>\n<html lang="en"><title>Talks</title><main><h1>Talks</h1></main></html>\n'


@pytest.fixture
def pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A correct page and one without a title."""
    monkeypatch.chdir(tmp_path)
    Path("correct.html").write_text(CORRECT, "utf-8")
    Path("untitled.html").write_text(CORRECT.replace("Talks</title>", "</title>"), "utf-8")


@pytest.mark.usefixtures("pages")
def test_a_correct_file_exits_0_with_the_number_of_rules(run: Command) -> None:
    result = run("check", "correct.html")
    assert (result.code, result.out) == (0, "correct.html: 16 rules, 0 broken\n")


@pytest.mark.usefixtures("pages")
def test_a_broken_rule_exits_1_and_names_the_place(run: Command) -> None:
    result = run("check", "correct.html", "untitled.html")
    assert result.code == 1
    assert result.out.splitlines()[1:] == [
        "untitled.html: 16 rules, 1 broken",
        "  title: broken: The page has a title. (WCAG 2.4.2)",
        "    the page: it has no title",
        "2 files: 1 with no broken rule, 1 with broken rules",
    ]


@pytest.mark.usefixtures("pages")
def test_control_characters_of_a_file_name_are_not_printed(run: Command) -> None:
    Path("a\u202eb\n.html").write_text("<html></html>", "utf-8")
    assert run("check", "a\u202eb\n.html").out.startswith("a\\u202eb\\n.html: ")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
@pytest.mark.usefixtures("pages")
def test_pipes_in_a_folder_are_ignored(run: Command) -> None:
    os.mkfifo("pipe.html")
    result = run("check", ".")
    assert [line.split(":")[0] for line in result.out.splitlines() if " rules, " in line] == [
        "correct.html",
        "untitled.html",
    ]


@pytest.mark.slow
@pytest.mark.usefixtures("pages")
def test_a_missing_validator_exits_3(run: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    result = run("check", "correct.html", "--full")
    assert result.code == 3
    assert "  axe: missing; run `npm install --global axe-core playwright-core`; it needs Chromium: " in result.out


@pytest.mark.usefixtures("pages")
def test_without_page_validation_other_files_are_still_checked(run: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "page", None)  # the module of page-validation
    Path("talks.pdf").write_bytes(b"%PDF-1.7")
    result = run("check", "talks.pdf", "correct.html")
    assert (result.code, result.out.splitlines()) == (
        3,
        [
            "talks.pdf: 0 rules, 0 broken",
            f"  page-validation: missing; {install_extra('check')}",
            "correct.html: 16 rules, 0 broken",
            "2 files: 1 with no broken rule, 1 not checked",
        ],
    )


@pytest.mark.usefixtures("pages")
def test_an_unreadable_file_is_reported_and_the_others_are_checked(run: Command) -> None:
    Path("folder.html").mkdir()
    Path("latin.html").write_bytes(b"<title>Caf\xe9</title>")
    Path("talks.epub").write_bytes(valid_epub()[:-400])
    Path("talks.pdf").write_bytes(b"%PDF-1.7")
    result = run("check", "gone.html", "folder.html/", "latin.html", "talks.epub", "talks.pdf", "correct.html")
    assert result.code == 1
    assert result.out == "correct.html: 16 rules, 0 broken\n6 files: 1 with no broken rule, 5 not checked\n"
    assert [line.split(" (")[0] for line in result.err.splitlines()] == [
        "readout-pub: gone.html: there is no such file; check the path",
        "readout-pub: folder.html: there is no HTML, EPUB or PDF file in it; name a folder with outputs",
        "readout-pub: latin.html: this page is not in UTF-8; save it as UTF-8",
        "readout-pub: talks.epub: this is not an intact EPUB file",
        "readout-pub: talks.pdf: this PDF cannot be read",
    ]


@pytest.mark.usefixtures("pages")
def test_an_unreadable_file_is_in_every_report(run: Command) -> None:
    result = run("check", "gone.html", "correct.html", "--json", "--sarif", "found.sarif", "--report", "report.html")
    error = "gone.html: there is no such file; check the path"
    assert (result.code, [report["error"] for report in json.loads(result.out)]) == (1, [error, None])
    (own_run,) = json.loads(Path("found.sarif").read_bytes())["runs"]
    assert own_run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"] == error
    assert f"It was not checked: {error}." in Path("report.html").read_text("utf-8")


@pytest.mark.slow
@pytest.mark.usefixtures("pages")
def test_validators_do_not_run_on_unreadable_files(run: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    gone, correct = json.loads(run("check", "gone.html", "correct.html", "--full", "--json").out)
    assert (gone["tools"], [tool["name"] for tool in correct["tools"]]) == ([], ["axe"])


@pytest.mark.usefixtures("pages")
def test_json_has_every_rule_with_its_faults(run: Command) -> None:
    (report,) = json.loads(run("check", "untitled.html", "--json").out)
    assert (report["path"], report["format"], len(report["results"])) == ("untitled.html", "html", 16)
    assert report["results"][0] == {
        "rule": "title",
        "sentence": "The page has a title.",
        "criteria": ["2.4.2"],
        "faults": [{"where": "the page", "what": "it has no title"}],
        "by": "readout-pub",
    }


@pytest.mark.parametrize("name", ["gone", "gone.docx", "gone/talks.html"])
@pytest.mark.usefixtures("pages")
def test_a_path_that_does_not_exist_is_reported_as_missing(run: Command, name: str) -> None:
    result = run("check", name)
    assert (result.code, result.err) == (1, f"readout-pub: {name}: there is no such file; check the path\n")


@pytest.mark.parametrize(
    ("option", "name", "message"),
    [
        ("--report", "rep.pdf", "this file is HTML and cannot have the suffix .pdf; name it rep.html"),
        ("--report", "rep.DOCX", "this file is HTML and cannot have the suffix .DOCX; name it rep.html"),
        ("--sarif", "found.html", "this file is SARIF and cannot have the suffix .html; name it found.sarif"),
    ],
)
@pytest.mark.usefixtures("pages")
def test_a_report_with_the_suffix_of_another_format_is_refused(
    run: Command, option: str, name: str, message: str
) -> None:
    result = run("check", "correct.html", option, name)
    assert (result.code, result.out, result.err) == (2, "", f"readout-pub: {option} {name}: {message}\n")
    assert not Path(name).exists()


@pytest.mark.slow
@pytest.mark.usefixtures("pages")
def test_the_output_folder_of_a_batch_breaks_no_rule(run: Command) -> None:
    Path("saved").mkdir()
    Path("saved/talks.html").write_text(PAGE, "utf-8")
    Path("saved/empty.html").write_text("<!DOCTYPE html><p>", "utf-8")
    assert run("batch", "saved", "--to", "html", "--title", "Talks of Atlantis").code == 1
    result = run("check", "out")
    assert (result.code, result.out.splitlines()) == (
        0,
        [
            *(f"out/{name}.html: 16 rules, 0 broken" for name in ("index", "notes", "talks")),
            "3 files: 3 with no broken rule",
        ],
    )


@pytest.mark.usefixtures("pages")
def test_sarif_and_report_are_written_where_asked(run: Command) -> None:
    run("check", "untitled.html", "--sarif", "found.sarif", "--report", "report.html")
    assert json.loads(Path("found.sarif").read_bytes())["version"] == "2.1.0"
    assert "<h1>Accessibility conformance report</h1>" in Path("report.html").read_text("utf-8")


@pytest.mark.usefixtures("pages")
def test_each_report_has_the_format_that_its_prefix_or_suffix_names(run: Command) -> None:
    Path("about.toml").write_text('product = "Tide tables"', "utf-8")
    wanted = ("openacr:acr.yml", "second.yaml", "jis:jis.html", "EU:eu.html", "table.htm")
    options = [word for each in wanted for word in ("--report", each)]
    command = ("check", "untitled.html", "correct.html", *options, "--report-details", "about.toml")
    assert run(*command, "--report-date", "2026-11-28").code == 1
    assert Path("acr.yml").read_bytes() == Path("second.yaml").read_bytes()
    assert "name: Tide tables\n" in Path("acr.yml").read_text("utf-8")
    assert "report_date: '2026-11-28'" in Path("acr.yml").read_text("utf-8")
    heads = {"jis.html": "JIS X 8341-3:2016 試験結果", "eu.html": "Accessibility statement", "table.htm": "conformance"}
    for name, head in heads.items():
        assert head in Path(name).read_text("utf-8")


@pytest.mark.usefixtures("pages")
def test_a_report_without_a_file_name_is_printed_instead_of_the_results(run: Command) -> None:
    for value in ("openacr", "openacr:", "OpenACR:-"):
        result = run("check", "untitled.html", "gone.html", "--report", value)
        assert (result.code, result.out.splitlines()[0]) == (1, "---")
        assert "16 rules, " not in result.out
        assert result.err == "readout-pub: gone.html: there is no such file; check the path\n"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            ("--report", "vpat:a.html"),
            "--report vpat:a.html: there is no report 'vpat'; take one of en301549, openacr, ",
        ),
        (("--report", "opnacr"), "--report opnacr: this is neither a format nor a file with a suffix; take one of "),
        (
            ("--report", "openacr:a.html"),
            "--report a.html: this file is YAML and cannot have the suffix .html; name it ",
        ),
        (("--report", "jis:a.yaml"), "--report a.yaml: this file is HTML and cannot have the suffix .yaml; name it "),
        (("--report", "jis", "--json"), "--report: standard output takes one report or --json, not both; name a file"),
        (("--report", "jis", "--report", "eu"), "--report: standard output takes one report; name a file"),
        (("--report", "jis:a.html", "--report", "eu:a.html"), "--report a.html: two reports cannot be in one file"),
        (("--report-date", "2026-11-28"), "--report-date 2026-11-28: there is no report that needs it; add --report"),
        (("--report", "a.html", "--report-date", "May"), "--report-date: 'May' is not a valid date"),
    ],
)
@pytest.mark.usefixtures("pages")
def test_wrong_or_contradictory_report_options_are_refused(
    run: Command, options: tuple[str, ...], message: str
) -> None:
    result = run("check", "correct.html", *options)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"readout-pub: {message}")
    assert not Path("a.html").exists()


@pytest.mark.usefixtures("pages")
def test_a_file_of_another_format_does_not_stop_the_others(run: Command) -> None:
    Path("sound.docx").write_bytes(b"PK")
    result = run("check", "sound.docx", "correct.html", "--json", "--sarif", "found.sarif", "--report", "report.html")
    sentence = (
        "sound.docx: only HTML, EPUB and PDF files can be checked; "
        "check the HTML, EPUB or PDF of the same page, which `readout-pub convert` makes"
    )
    assert (result.code, [report["error"] for report in json.loads(result.out)]) == (1, [sentence, None])
    plain = run("check", "sound.docx", "correct.html")
    assert plain.code == 1
    assert plain.out == "correct.html: 16 rules, 0 broken\n2 files: 1 with no broken rule, 1 not checked\n"
    assert plain.err == f"readout-pub: {sentence}\n"


@pytest.mark.usefixtures("pages")
def test_every_output_in_a_folder_is_checked(run: Command) -> None:
    for name in ("out/a/tides.HTML", "out/tides.html", "out/.readout-pub/old.html", "out/tides.txt"):
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(CORRECT, "utf-8")
    result = run("check", "out", "untitled.html")
    assert result.code == 1
    assert [line.partition(":")[0] for line in result.out.splitlines() if not line.startswith(" ")] == [
        "out/tides.html",
        "out/a/tides.HTML",
        "untitled.html",
        "3 files",
    ]
    assert result.out.endswith("\n3 files: 2 with no broken rule, 1 with broken rules\n")
