"""`batch`: what it prints and writes, and its exit codes."""

from __future__ import annotations

import json
import os
import zipfile
from pathlib import Path
from typing import Any

import pytest

from readout_pub.batch import executors
from tests.archives import Record, warc
from tests.batch.conftest import fill, outputs, page
from tests.cli.conftest import Command

pytestmark = pytest.mark.slow

EMPTY = "<html><body></body></html>"


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder `saved` in the working directory: four pages, one of which cannot be converted."""
    monkeypatch.chdir(tmp_path)
    saved = fill(tmp_path / "saved", 4)
    (saved / "talks3.html").write_text(EMPTY, "utf-8")
    return saved


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_the_summary_counts_pages_and_a_failure_exits_1(run: Command, archive: Path) -> None:
    first = run("batch", "saved", "--to", "txt", "--jobs", "1")
    assert first.code == 1
    assert first.out == (
        "4 pages: 3 converted, 1 failed\n"
        "see out/notes.html for why pages failed; --only failed retries them\n"
        "out/index.html\n"
    )
    assert "readout-pub: talks3.html: no document was found on this page" in first.err
    assert "4 of 4 pages, 1 failed" in first.err
    (failure,) = lines((archive.parent / "out/failures.jsonl").read_text("utf-8"))
    assert (failure["source"], failure["kind"]) == ("talks3.html", "SourceError")
    second = run("batch", "saved", "--to", "txt", "--quiet")
    assert (second.code, second.err) == (1, "")
    assert second.out.startswith("4 pages: 3 unchanged, 1 failed\n")


@pytest.mark.usefixtures("archive")
def test_the_name_of_a_file_is_refused_for_the_output_folder(run: Command) -> None:
    result = run("batch", "saved", "-o", "talks.pdf")
    assert (result.code, result.out) == (2, "")
    assert 'talks.pdf: several files cannot go into one; name a folder, such as "out/"' in result.err
    assert not Path("talks.pdf").exists()


def test_the_summary_lists_files_without_html_that_are_named_like_pages(run: Command, archive: Path) -> None:
    (archive / "menu.html").write_text("Home, News", "utf-8")
    (archive / "more").mkdir()
    for number in range(3):
        (archive / f"more/part{number}.htm").write_bytes(b"\xff\xd8\xff")
    result = run("batch", "saved", "--to", "txt", "--quiet", "--jobs", "1")
    line = "named like pages, but without HTML, so left out: menu.html, more/part0.htm, more/part1.htm and 1 more\n"
    assert line in result.out
    assert result.out.startswith("4 pages: 3 converted, 1 failed\n")
    assert json.loads(run("batch", "saved", "--to", "txt", "--quiet", "--json").out)["without_html"] == 4
    assert f"note: saved: {line}" in run("convert", "saved", "--to", "txt", "-o", "converted/").err


def test_backups_beside_their_pages_are_left_out_and_named(run: Command, archive: Path) -> None:
    for name in ("talks1.html~", "talks1.html.bak", "talks2.html.ORIG", "alone.html.bak"):
        (archive / name).write_text(page(1).replace("The Ministers", "The old Ministers"), "utf-8")
    before = sum(file.suffix == ".html" for file in archive.iterdir())
    result = run("batch", "saved", "--to", "txt", "--quiet", "--jobs", "1")
    line = "backups of pages beside them, so left out: talks1.html.bak, talks1.html~, talks2.html.ORIG\n"
    assert line in result.out
    assert result.out.startswith(f"{before + 1} pages: ")
    assert json.loads(run("batch", "saved", "--to", "txt", "--quiet", "--json").out)["backups"] == 3
    assert f"note: saved: {line}" in run("convert", "saved", "--to", "txt", "-o", "converted/").err


def test_the_json_summary_counts_the_files_left_out_for_each_reason(run: Command, archive: Path) -> None:
    run("batch", "saved", "--to", "html", "-o", "saved/first", "--quiet")
    run("convert", "saved/talks1.html", "--to", "html", "-o", "saved/own.html")
    (archive / "talks1.html~").write_text(page(1), "utf-8")
    (archive / "menu.html").write_text("Home, News", "utf-8")
    summary = json.loads(run("batch", "saved", "--to", "txt", "--json", "--quiet").out)
    left_out = ("without_html", "backups", "own_outputs", "outputs_of_other_batches", "unknown_in_output_folder")
    assert [summary[each] for each in left_out] == [1, 1, 1, 5, 0]


def test_the_summary_counts_warnings_and_says_where_they_are(run: Command, archive: Path) -> None:
    (archive / "talks3.html").write_text(page(3).replace("quay.jpg", "gone.jpg"), "utf-8")
    line = "1 warning on 1 page: see out/notes.html\n"
    for _ in range(2):  # the second run converts nothing, and the warning is still there
        assert line in run("batch", "saved", "--to", "txt", "--quiet", "--jobs", "1").out
    assert (archive.parent / "out/notes.html").is_file()


def test_the_damage_of_an_archive_counts_as_one_warning(run: Command, archive: Path) -> None:
    hosts = ("atlantis.example", "lemuria.example", "thule.example")
    photo = '<img src="img/quay.jpg" alt="Two people at a quay">'
    pages = {f"https://www.{host}/talks1.html": page(1, host=host).replace(photo, "") for host in hosts}
    whole = warc([Record(url, text.encode()) for url, text in pages.items()])
    (archive.parent / "crawl.warc.gz").write_bytes(whole[:-200])
    command = ("batch", "crawl.warc.gz", "saved", "--to", "txt", "--quiet", "--jobs", "1")
    first = run(*command)
    damaged = (archive.parent / "out/notes.csv").read_text("utf-8").count("ARCHIVE_DAMAGED")
    assert damaged > 1
    assert f"1 warning on {damaged} pages: see out/notes.html\n" in first.out
    (archive / "talks1.html").write_text(page(1).replace("quay.jpg", "gone.jpg"), "utf-8")
    (archive / "talks3.html").unlink()
    assert f"2 warnings on {damaged + 1} pages: see out/notes.html\n" in run(*command, "--prune").out


def test_the_summary_names_copies_and_renamed_pages(run: Command, archive: Path) -> None:
    run("batch", "saved", "--to", "txt", "--quiet", "--jobs", "1")
    (archive / "talks1.html").rename(archive / "talks9.html")
    (archive / "talks8.html").write_bytes((archive / "talks2.html").read_bytes())
    shown = run("batch", "saved", "--to", "txt", "--quiet", "--jobs", "1").out
    assert "renamed: talks1.html → talks9.html\n" in shown
    assert "exact copies of other pages: 1, marked in the overview\n" in shown


def test_the_summary_names_renamed_pages_whose_photos_had_a_decision(run: Command, archive: Path) -> None:
    lines = [
        {"page": f"talks{number}.html", "src": "img/quay.jpg", "picture": "", "caption": "", "decision": "decorative"}
        | {"alt": "", "language": "en", "reviewer": "Nerea Salt", "when": "2031-05-04T00:00:00Z"}
        for number in (1, 9)
    ]
    decisions = archive / "alt-decisions.jsonl"
    decisions.write_text(json.dumps(lines[0]), "utf-8")
    command = ("batch", "saved", "--to", "txt", "--quiet", "--jobs", "1")
    run(*command)
    (archive / "talks1.html").rename(archive / "talks9.html")
    (archive / "talks2.html").rename(archive / "talks8.html")
    line = "under the former names of these pages: talks9.html; to decide again: readout-pub alt review saved\n"
    assert line in run(*command).out
    decisions.write_text("\n".join(map(json.dumps, lines)), "utf-8")
    assert "former names" not in run(*command).out


def test_an_older_copy_of_a_removed_page_is_not_reported_as_renamed(run: Command, archive: Path) -> None:
    (archive / "talks9.html").write_bytes((archive / "talks1.html").read_bytes())
    run("batch", "saved", "--to", "txt", "--quiet", "--jobs", "1")
    (archive / "talks1.html").unlink()
    assert "renamed" not in run("batch", "saved", "--to", "txt", "--quiet", "--jobs", "1").out
    (archive / "talks9.html").rename(archive / "talks10.html")
    assert "renamed: talks9.html → talks10.html\n" in run("batch", "saved", "--to", "txt", "--quiet", "--jobs", "1").out


def test_a_run_of_the_failed_pages_alone_retries_them_and_exits_0(run: Command, archive: Path) -> None:
    run("batch", "saved", "--to", "txt", "--quiet")
    (archive / "talks3.html").write_text(page(3), "utf-8")
    again = run("batch", "saved", "--to", "txt", "--only", "failed", "--quiet")
    assert again.code == 0
    assert again.out.startswith("4 pages: 1 converted, 3 left out\n")


def test_the_options_limit_and_since_leave_pages_out(run: Command, archive: Path) -> None:
    os.utime(archive / "talks1.html", (1, 1))
    limited = run("batch", "saved", "--to", "txt", "--limit", "1", "--since", "2020-01-01", "--quiet")
    assert limited.out.startswith("4 pages: 1 converted, 3 left out\n")
    assert "talks2.txt" in outputs(archive.parent / "out")


def test_the_json_summary_has_the_same_counts(run: Command, archive: Path) -> None:
    summary = json.loads(run("batch", "saved", "--to", "txt", "--json", "--quiet").out)
    assert summary == {
        "pages": 4,
        "converted": 3,
        "confirmed": 0,
        "unchanged": 0,
        "left_out": 0,
        "failed": 1,
        "broken_off": 0,
        "not_begun": 0,
        "vanished": 0,
        "errors": 0,
        "warnings": 0,
        "without_html": 0,
        "backups": 0,
        "own_outputs": 0,
        "outputs_of_other_batches": 0,
        "unknown_in_output_folder": 0,
        "new_versions": 0,
        "outdated_files": 0,
        "copies": 0,
        "renamed": {},
        "reasons": {"new": 4},
        "out": f"{archive.parent}/out",
    }


def test_the_summary_names_the_pages_with_new_versions(run: Command, archive: Path) -> None:
    options = ("saved", "--to", "txt", "--keep-versions", "--quiet")
    assert "new version" not in run("batch", *options).out
    changed = archive / "talks1.html"
    changed.write_text(changed.read_text("utf-8").replace("harbour", "harbor"), "utf-8")
    shown = run("batch", *options).out
    assert "new versions of 1 page: talks1.html; the overview says what changed\n" in shown


def test_the_summary_names_files_that_are_of_an_earlier_version(run: Command, archive: Path) -> None:
    run("batch", "saved", "--to", "txt,html", "--quiet")
    changed = archive / "talks1.html"
    changed.write_text(changed.read_text("utf-8").replace("harbour", "harbor"), "utf-8")
    shown = run("batch", "saved", "--to", "html", "--quiet").out
    line = "still of an earlier version of their pages, as --to does not name their formats: talks1.txt\n"
    assert line in shown
    assert line not in run("batch", "saved", "--to", "html,txt", "--quiet").out
    changed.write_text(changed.read_text("utf-8").replace("harbor", "port"), "utf-8")
    assert json.loads(run("batch", "saved", "--to", "txt", "--quiet", "--json").out)["outdated_files"] == 1


def test_the_log_has_a_line_for_each_page(run: Command, archive: Path) -> None:
    run("batch", "saved", "--to", "txt,html", "--log", "run.jsonl", "--quiet")
    logged = {each["source"]: each for each in lines((archive.parent / "run.jsonl").read_text("utf-8"))}
    assert set(logged) == {f"talks{number}.html" for number in range(1, 5)}
    good, bad = logged["talks1.html"], logged["talks3.html"]
    assert (good["status"], good["formats"], good["notes"]) == ("made", ["txt", "html"], ["FALLBACK_USED"])
    assert set(good["seconds"]) == {"open", "read", "txt", "html", "write"}
    assert good["bytes"] == {
        name: (archive.parent / "out" / name).stat().st_size for name in ("talks1.txt", "talks1.html")
    }
    assert bad["status"] == "failed"
    assert bad["error"].startswith("no document was found on this page")


def test_a_dry_run_lists_each_page_with_the_reason(run: Command, archive: Path) -> None:
    dry = run("batch", "saved", "--to", "txt", "--dry-run")
    assert dry.code == 0
    assert dry.out.splitlines()[0] == "new: talks1.html → talks1"
    assert dry.out.splitlines()[-1] == "4 pages, 4 to convert"
    assert not (archive.parent / "out").exists()
    run("batch", "saved", "--to", "txt", "--quiet")
    (archive / "talks2.html").write_text(page(2, title="Talks on Fish"), "utf-8")
    (archive / "talks1.html").unlink()
    assert lines(run("batch", "saved", "--to", "txt", "--dry-run", "--json").out) == [
        {"name": "talks2.html", "stem": "talks2", "reason": "the page changed"},
        {"name": "talks1.html", "stem": "talks1", "reason": "its source is gone; --prune would remove its files"},
    ]


def test_vanished_pages_are_reported_until_pruned(run: Command, archive: Path) -> None:
    run("batch", "saved", "--to", "txt", "--quiet")
    (archive / "talks1.html").unlink()
    printed = run("batch", "saved", "--to", "txt", "--quiet").out
    assert "gone, but their outputs still exist: talks1.html; --prune deletes these\n" in printed
    pruned = run("batch", "saved", "--to", "txt", "--quiet", "--prune").out
    assert pruned.startswith("3 pages: 2 unchanged, 1 failed, 1 pruned\n")
    assert "talks1.txt" not in outputs(archive.parent / "out")
    assert b"talks1" not in outputs(archive.parent / "out")["manifest.json"]


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("--since", "yesterday"), "--since: 'yesterday' is not a valid date; write YYYY-MM-DD"),
        (("--page-memory", "1"), "--page-memory: '1' is too small; give 1MB or more"),
        (("--page-memory", "much"), "--page-memory: 'much' is not a size; write it as 512MB or 2GB"),
        (("--page-timeout", "inf"), "readout-pub: --page-timeout"),
        (("--page-timeout", "1e10"), "readout-pub: --page-timeout"),
        (("--jobs", "9" * 20), "readout-pub: --jobs"),
        (("--theme", "golden"), "golden"),
        (("--lang", "?"), "--lang: '?' is not a language tag; write en, ja or pt-BR, for example"),
        (("--title", " "), "--title (in Python: title): it is empty; leave it out, or give a text"),
    ],
)
def test_wrong_usage_is_refused_before_any_work(words: tuple[str, ...], what: str, run: Command, archive: Path) -> None:
    refused = run("batch", "saved", "--to", "txt", *words)
    assert refused.code == 2
    assert what in refused.err
    assert not (archive.parent / "out").exists()


def test_exceeding_time_or_memory_is_a_failure_that_names_the_option(run_in_a_process: Command, archive: Path) -> None:
    (archive / "talks1.html").write_text(page(1).replace("<figure>", "<p>On.</p>" * 60_000 + "<figure>"), "utf-8")
    slow = run_in_a_process("batch", "saved", "--to", "txt", "--page-timeout", "0.5", "--quiet")
    assert "talks1.html: it took longer than 0.5 seconds, the limit of --page-timeout (in Python: timeout)" in slow.err
    large = run_in_a_process("batch", "saved", "--to", "txt", "--page-memory", "2MB", "--quiet")  # parsing needs more
    assert "talks1.html: it took more than 2,000,000 bytes, the limit of --page-memory (in Python: memory)" in large.err


def test_an_unreachable_dask_scheduler_is_reported(
    run: Command, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del archive
    monkeypatch.setattr(executors, "SCHEDULER_TIMEOUT", 0.2)
    failed = run("batch", "saved", "--to", "txt", "--cluster", "tcp://127.0.0.1:9", "--quiet")
    assert failed.code == 1
    assert failed.err.startswith("readout-pub: tcp://127.0.0.1:9: no scheduler answers")
    assert "check the address that `dask scheduler` printed" in failed.err


def test_html_is_written_although_the_pdf_lacks_a_font(run: Command, archive: Path) -> None:
    tibetan = archive.parent / "tibetan.html"
    tibetan.write_text(page(1).replace("They agreed", "གྲོས་མཐུན་ རྒྱ་མཚོ་ ཉ་ལས་. They agreed"), "utf-8")
    command = ("batch", tibetan, "--to", "html,pdf,txt", "-o", "out")
    first = run(*command)
    assert first.code == 3
    assert "1 page: 1 failed" in first.out
    assert "tibetan.html: pdf: part of this text is in Tibetan, " in first.err
    out = archive.parent / "out"
    assert {path.name for path in out.glob("tibetan.*")} == {"tibetan.html", "tibetan.receipt.json", "tibetan.txt"}
    (failure,) = map(json.loads, (out / "failures.jsonl").read_text("utf-8").splitlines())
    assert (failure["source"], failure["kind"], failure["formats"]) == ("tibetan.html", "ToolMissing", ["pdf"])
    overview = (out / "index.html").read_text("utf-8")
    assert 'href="tibetan.html"' in overview
    assert ">failed</a>: pdf: part of this text is in Tibetan" in overview
    stamp = (out / "tibetan.html").stat().st_mtime_ns
    assert run(*command).code == 3
    assert (out / "tibetan.html").stat().st_mtime_ns == stamp
    tibetan.write_text(page(1), "utf-8")
    assert run(*command).code == 0
    assert (out / "tibetan.pdf").exists()


def test_the_alt_file_that_inspect_writes_describes_photos_of_an_archive(run: Command, archive: Path) -> None:
    Path("alts.csv").write_text(run("inspect", "saved", "--alts").out.replace("Two people", "Two ministers"), "utf-8")
    (archive / "talks4.html").unlink()
    first = run("batch", "saved", "--to", "txt", "--alt-file", "alts.csv", "--quiet")
    assert "Photo: Two ministers at a quay" in Path("out/talks1.txt").read_text("utf-8")
    assert first.err.startswith("readout-pub: alts.csv: texts for pages that were not converted: 'talks4.html'; ")
    Path("alts.csv").write_text(Path("alts.csv").read_text("utf-8").replace("ministers", "keepers", 1), "utf-8")
    dry = run("batch", "saved", "--to", "txt", "--alt-file", "alts.csv", "--dry-run").out
    assert dry.splitlines() == ["its alternative texts changed: talks1.html → talks1", "3 pages, 1 to convert"]


def test_language_certifier_title_and_publisher_are_in_the_outputs(run: Command, archive: Path) -> None:
    (archive / "talks3.html").unlink()
    Path("certifier.toml").write_text('name = "Archive of Atlantis"\n', "utf-8")
    options = ("--to", "epub", "--lang", "en-GB", "--certifier", "certifier.toml", "--fail-on", "error", "--quiet")
    assert run("batch", "saved", *options, "--title", "Talks", "--publisher", "A").code == 0
    with zipfile.ZipFile("out/talks1.epub") as book:
        package = next(book.read(name).decode() for name in book.namelist() if name.endswith(".opf"))
    assert "Archive of Atlantis" in package
    assert "<dc:language>en-GB</dc:language>" in package
    assert "<h1>Talks</h1><p>A</p>" in Path("out/index.html").read_text("utf-8")


@pytest.mark.parametrize("options", [("--css",), ("--release", "--alt-profile")])
@pytest.mark.usefixtures("page")
def test_a_pipe_that_workers_cannot_read_is_refused(run: Command, options: tuple[str, ...]) -> None:
    reader, writer = os.pipe()
    os.close(writer)
    try:
        result = run("batch", "tides.html", "--to", "html", "-o", "out", *options, f"/dev/fd/{reader}")
    finally:
        os.close(reader)
    assert result.code == 2
    assert f"{options[-1]} /dev/fd/{reader}: workers cannot read a pipe; save it to a file" in result.err
    assert not Path("out").exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no device that is always full")
@pytest.mark.usefixtures("page")
def test_a_log_that_cannot_be_written_is_named(run: Command) -> None:
    result = run("batch", "tides.html", "--to", "txt", "-o", "out", "--quiet", "--log", "/dev/full")
    assert result.code == 1
    assert "/dev/full: it cannot be written (No space left on device)" in result.err


@pytest.mark.usefixtures("page")
def test_an_unknown_site_is_refused_before_any_page_is_converted(run: Command) -> None:
    result = run("batch", "tides.html", "--to", "txt", "-o", "out", "--site", "atlantic")
    assert result.code == 2
    assert result.err.startswith("readout-pub: there is no site profile 'atlantic'; ")
    assert not Path("out").exists()


@pytest.mark.parametrize("command", ["batch", "convert"])
@pytest.mark.usefixtures("page")
def test_house_rules_without_a_release_are_refused(run: Command, command: str) -> None:
    result = run(command, "tides.html", "--to", "txt", "-o", "out/", "--alt-profile", "quarto")
    assert result.code == 2
    assert "--alt-profile: it has no effect without --release; add --release" in result.err
    assert not Path("out").exists()
