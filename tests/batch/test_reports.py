"""The reports about a whole archive: for editors, programs, readers and reading apps."""

from __future__ import annotations

import base64
import contextlib
import csv
import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import unquote

import pytest
from lxml import etree
from PIL import Image

from readout_pub import RenderOptions
from readout_pub.batch import BatchConfig, Selection, batch, open_batch
from readout_pub.batch.reports import opds
from readout_pub.batch.reports.atom import atom_report
from readout_pub.batch.reports.data_files import manifest_report
from readout_pub.batch.reports.report_files import are_intact
from readout_pub.checks.external_validators import send_requests
from readout_pub.extract import generic
from readout_pub.ledger import LedgerEntry, LedgerRow, OutputFile, RenditionRecord
from readout_pub.model import Confidence
from tests.batch.conftest import CountingExecutor, Run, fill, outputs, page
from tests.pages import PROFILES
from tests.permissions import permissions_obeyed
from tests.validators import axe, nu_html_checker, reflow_and_focus
from tests.validators.findings import TOOLS, program, report

EMPTY = "<html><body></body></html>"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of four readouts, one in Japanese and one with a missing photo, and of a page that failed.

    Tests only read it.
    """
    saved, out = fill(tmp_path_factory.mktemp("archive") / "saved", 3), tmp_path_factory.mktemp("made")
    fish = page(2, title="Talks on &lt;Fish&gt; &amp; Nets").replace("quay.jpg", "gone.jpg")
    (saved / "talks2.html").write_text(fish, "utf-8")
    japanese = page(4, title="潮の会談").replace('lang="en"', 'lang="ja"')
    (saved / "talks4.html").write_text(japanese.replace("They agreed that the tides", "両大臣は潮について"), "utf-8")
    (saved / "talks5.html").write_text(EMPTY, "utf-8")
    with CountingExecutor() as executor:
        list(batch(saved, ["html", "txt", "epub"], out, executor=executor, sites=[PROFILES]))
    return out


def load_json(path: Path) -> Any:  # noqa: ANN401 - JSON
    return json.loads(path.read_text("utf-8"))


@pytest.mark.slow
def test_the_manifest_lists_every_file_with_its_digest_by_page(made: Path) -> None:
    pages = load_json(made / "manifest.json")["pages"]
    assert [each["source"] for each in pages] == ["talks4.html", "talks3.html", "talks2.html", "talks1.html"]
    assert pages[3] | {"files": []} == {
        "source": "talks1.html",
        "sha256": hashlib.sha256(page(1).encode()).hexdigest(),
        "url": "https://www.atlantis.example/talks1.html",
        "publisher": "Ministry of Foreign Affairs of Atlantis",
        "title": "Talks 1",
        "series": "Relations of Atlantis",
        "issued": "2031-08-02",
        "language": "en",
        "receipt": "talks1.receipt.json",
        "files": [],
    }
    listed = {file["path"]: (file["bytes"], file["sha256"]) for each in pages for file in each["files"]}
    there = {name: content for name, content in outputs(made).items() if name.startswith("talks")}
    assert listed == {name: (len(content), hashlib.sha256(content).hexdigest()) for name, content in there.items()}


@pytest.mark.slow
def test_the_manifest_has_the_confidence_of_a_page_without_a_profile(run: Run, out: Path) -> None:
    run(["txt"], sites=())
    assert 0 < manifest_page(out, "talks1.html")["confidence"] <= 1


@pytest.mark.slow
def test_the_manifest_lists_photos_beside_a_page_too(run: Run, out: Path) -> None:
    run(("md",))
    files = [file["path"] for each in load_json(out / "manifest.json")["pages"] for file in each["files"]]
    assert len(files) == 9  # Markdown, photo and receipt of three pages
    assert all((out / file).is_file() for file in files)


@pytest.mark.slow
def test_a_photo_that_formats_share_is_listed_once(run: Run, out: Path) -> None:
    run(("md", "rst"))
    files = [file for each in load_json(out / "manifest.json")["pages"] for file in each["files"]]
    assert [file["formats"] for file in files if file["path"].endswith(".jpg")] == [["md", "rst"]] * 3
    assert len(files) == len({file["path"] for file in files}) == 12  # both formats, photo and receipt of three pages


def listed_in_checksums(out: Path) -> dict[str, str]:
    lines = (out / "SHA256SUMS").read_text("utf-8").splitlines()
    return {path: digest for digest, path in (line.split("  ", 1) for line in lines)}


def listed_in_manifest(out: Path) -> dict[str, tuple[int, str]]:
    manifest = load_json(out / "manifest.json")
    holders = [*manifest["pages"], *(version for each in manifest["pages"] for version in each.get("versions", ()))]
    files = [*(file for each in holders for file in each["files"]), *manifest["reports"]]
    listed = {file["path"]: (file["bytes"], file["sha256"]) for file in files}
    assert len(listed) == len(files)
    return listed


def require_complete_lists(out: Path) -> None:
    """Compare both lists with the files in the output folder."""
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in outputs(out).items()}
    del digests["SHA256SUMS"]  # no list can have its own digest
    assert listed_in_checksums(out) == digests
    sizes = {name: len(content) for name, content in outputs(out).items()}
    del digests["manifest.json"]
    assert listed_in_manifest(out) == {name: (sizes[name], digest) for name, digest in digests.items()}


@pytest.mark.slow
def test_manifest_and_checksums_list_every_file_of_the_folder(
    run: Run, saved: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opds, "PUBLICATIONS_PER_PART", 1)
    run(["html", "md"], keep_versions=True)
    require_complete_lists(out)
    assert {"feed/opds-3.json", "feed/cover.png", "feed/atom.xml", "notes.html"} < listed_in_manifest(out).keys()
    changed = (saved / "talks1.html").read_text("utf-8").replace("twice a day", "never")
    (saved / "talks1.html").write_text(changed, "utf-8")
    (saved / "talks2.html").write_text(EMPTY, "utf-8")
    (saved / "talks3.html").unlink()
    run(["html", "md"], keep_versions=True)
    require_complete_lists(out)
    assert any(path.startswith("versions/") for path in listed_in_manifest(out))
    if shutil.which("sha256sum"):
        subprocess.run(["sha256sum", "-c", "--quiet", "--strict", "SHA256SUMS"], cwd=out, check=True)


@pytest.mark.slow
def test_after_a_prune_the_lists_are_complete(
    run: Run, saved: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opds, "PUBLICATIONS_PER_PART", 1)
    run(["html"])
    (saved / "talks3.html").unlink()
    with open_batch(BatchConfig(formats=("html",), out=out, sites=(PROFILES,))) as later:
        later.build_plan([saved])
        assert later.prune() == 1
        later.write_reports()
    require_complete_lists(out)
    assert "feed/opds-3.json" not in listed_in_checksums(out)


@pytest.mark.slow
def test_a_foreign_file_in_the_feed_folder_is_not_listed(run: Run, saved: Path, out: Path) -> None:
    run(["txt"])
    (out / "feed/.DS_Store").write_bytes(b"x")
    (saved / "talks3.html").write_text(page(3, title="Other talks"), "utf-8")
    run(["txt"])
    assert "feed/.DS_Store" not in {*listed_in_checksums(out), *listed_in_manifest(out)}


@pytest.mark.slow
def test_of_two_formats_written_to_one_file_only_the_latest_is_listed(run: Run, out: Path) -> None:
    run(("html",))
    run(("html5",))
    files = [file for each in load_json(out / "manifest.json")["pages"] for file in each["files"]]
    assert {file["path"]: file["sha256"] for file in files} == {
        name: hashlib.sha256(content).hexdigest() for name, content in outputs(out).items() if name.startswith("talks")
    }


# --- pages that failed, are gone, or have the same source as another


def manifest_page(out: Path, source: str) -> dict[str, Any]:
    return next(each for each in load_json(out / "manifest.json")["pages"] if each["source"] == source)


@pytest.mark.slow
@pytest.mark.parametrize("force", [False, True])
def test_files_of_an_earlier_version_are_marked_stale(force: bool, run: Run, saved: Path, out: Path) -> None:  # noqa: FBT001 - parameter of a test
    run()
    before = manifest_page(out, "talks2.html")
    (saved / "talks2.html").write_text(EMPTY, "utf-8")
    run(selection=Selection(force=force))
    after = manifest_page(out, "talks2.html")
    assert after["failed"].startswith("nothing is left of this page")
    assert after["files"] == [file | {"stale": True} for file in before["files"]]
    assert {key: after[key] for key in ("title", "issued", "sha256")} == {
        key: before[key] for key in ("title", "issued", "sha256")
    }
    failure = json.loads((out / "failures.jsonl").read_text("utf-8"))
    assert failure["stale"] == ["talks2.html", "talks2.txt", "talks2.receipt.json"]
    remark = "; its files are of an earlier version of the page"
    (row,) = (row for row in notes_table(out) if row["severity"] == "failure")
    assert (row["title"], row["output"], row["message"].endswith(remark)) == ("Talks 2", "talks2.html", True)
    overview = (out / "index.html").read_text("utf-8")
    assert remark in overview
    assert 'aria-label="TXT (earlier version): Talks 2">TXT (earlier version)</a>' in overview


@pytest.mark.slow
def test_a_page_that_recovers_is_no_longer_stale(run: Run, saved: Path, out: Path) -> None:
    run()
    before = outputs(out)
    whole = (saved / "talks2.html").read_bytes()
    (saved / "talks2.html").write_text(EMPTY, "utf-8")
    run()
    (saved / "talks2.html").write_bytes(whole)
    run()
    assert outputs(out) == before


@pytest.mark.slow
def test_an_exact_copy_is_reported_and_is_not_in_the_feeds(run: Run, saved: Path, out: Path) -> None:
    shutil.copy(saved / "talks1.html", saved / "zz.html")
    run()
    assert manifest_page(out, "zz.html")["copy_of"] == "talks1.html"
    assert "copy_of" not in manifest_page(out, "talks1.html")
    assert "exact copy of talks1.html" in (out / "index.html").read_text("utf-8")
    assert len(load_json(out / "feed/opds.json")["publications"]) == 3
    assert len(etree.parse(out / "feed/atom.xml").findall(f"{ATOM}entry")) == 3


@pytest.mark.slow
@pytest.mark.parametrize("name", ["SHA256SUMS", "feed/opds.json", "index.html", "manifest.json"])
def test_a_damaged_report_is_written_again(name: str, run: Run, out: Path) -> None:
    run()
    before = outputs(out)
    (out / name).write_bytes(before[name][:100])
    run()
    assert outputs(out) == before


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows has no permissions of this kind")
@pytest.mark.parametrize("name", ["SHA256SUMS", "index.html"])
def test_a_report_that_cannot_be_read_is_written_again(name: str, run: Run, out: Path) -> None:
    run()
    before = outputs(out)
    (out / name).chmod(0)
    with permissions_obeyed():
        run()
    assert outputs(out) == before


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="there are no named pipes")
def test_a_pipe_in_the_place_of_a_report_is_not_an_intact_report(run: Run, out: Path) -> None:
    run()
    (out / "index.html").unlink()
    os.mkfifo(out / "index.html")
    assert not are_intact(out)


@pytest.mark.slow
def test_a_renamed_page_names_its_former_source(run: Run, saved: Path, out: Path) -> None:
    run()
    (saved / "talks1.html").rename(saved / "talks9.html")
    run()
    new, old = manifest_page(out, "talks9.html"), manifest_page(out, "talks1.html")
    assert (new["renamed_from"], old["gone"]) == ("talks1.html", True)
    overview = (out / "index.html").read_text("utf-8")
    assert "renamed from talks1.html" in overview
    assert "its source is gone" in overview


@pytest.mark.slow
def test_a_page_whose_source_returns_is_no_longer_gone(run: Run, saved: Path, out: Path) -> None:
    run()
    before = outputs(out)
    (saved / "talks1.html").rename(saved.parent / "aside.html")
    assert run() == []
    assert manifest_page(out, "talks1.html")["gone"]
    (saved.parent / "aside.html").rename(saved / "talks1.html")
    run()
    assert outputs(out) == before


def test_a_manifest_that_would_list_a_file_twice_is_not_written(out: Path) -> None:
    file = OutputFile("talks.txt", 6, "7", 8)
    entry = LedgerEntry(readout_digest="4", renditions={"txt": RenditionRecord("4", "5", "text/plain", (file,))})
    (out / ".readout-pub/unfinished").mkdir(parents=True)
    report = contextlib.ExitStack()
    write_row = report.enter_context(manifest_report(BatchConfig(formats=("txt",), out=out)))
    write_row(LedgerRow(1, "saved", "talks1.html", "talks", entry))
    with pytest.raises(RuntimeError, match=r"talks\.txt"), report:
        write_row(LedgerRow(2, "saved", "talks2.html", "talks", entry))
    assert not (out / "manifest.json").exists()


# --- notes


def notes_table(out: Path) -> list[dict[str, str]]:
    text = (out / "notes.csv").read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.slow
def test_notes_csv_lists_failures_first_then_notes_by_severity(made: Path) -> None:
    rows = notes_table(made)
    severities = [row["severity"] for row in rows]
    assert severities == sorted(severities, key=["failure", "error", "warning", "note"].index)
    assert (rows[0]["source"], rows[0]["code"]) == ("talks5.html", "SourceError")
    missing = next(row for row in rows if row["code"] == "PHOTO_FILE_MISSING")
    assert (missing["title"], missing["source"], missing["output"]) == (
        "Talks on <Fish> & Nets",
        "talks2.html",
        "talks2.html",
    )


@pytest.mark.slow
def test_notes_csv_contains_no_spreadsheet_formulas(run: Run, saved: Path, out: Path) -> None:
    (saved / "talks2.html").write_text(page(2, title='=HYPERLINK("x")').replace("quay.jpg", "gone.jpg"), "utf-8")
    run()
    assert {row["title"] for row in notes_table(out) if row["source"] == "talks2.html"} == {'\'=HYPERLINK("x")'}


@pytest.mark.slow
def test_warnings_of_the_most_doubtful_pages_come_first(
    run: Run, saved: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = {"Talks 1": 0.6, "Talks 2": 0.95, "Talks 3": 0.31}
    others = 0.99  # the confidence of all other pages, such as the one that each worker reads when it starts
    monkeypatch.setattr(
        generic,
        "estimate",
        lambda page, *_, **__: Confidence(expected.get(str(page.title and page.title.text), others), 0.2),
    )
    (saved / "talks2.html").write_text(page(2).replace("quay.jpg", "gone.jpg"), "utf-8")
    run(site="none")
    warnings = [(row["source"], row["code"]) for row in notes_table(out) if row["severity"] == "warning"]
    assert warnings == [
        ("talks3.html", "EXTRACTION_DOUBTFUL"),
        ("talks1.html", "EXTRACTION_DOUBTFUL"),
        ("talks2.html", "PHOTO_FILE_MISSING"),
    ]
    sections = re.findall(r'<section id="(\w+)">', (out / "notes.html").read_text("utf-8"))
    assert sections == ["talks3", "talks1", "talks2"]
    overview = (out / "index.html").read_text("utf-8")
    assert all(f">{each:.2f}</td>" in overview for each in expected.values())


@pytest.mark.slow
def test_the_notes_page_has_sections_of_pages_with_failures_and_warnings(made: Path) -> None:
    text = (made / "notes.html").read_text("utf-8")
    failed, _, noted = text.partition('<h2 id="warnings">')
    assert '<section id="talks5">\n<h3>talks5.html</h3>' in failed
    assert "<strong>failure</strong>: nothing is left of this page" in failed
    assert '<h3 lang="en" dir="ltr"><a href="talks2.html">Talks on &lt;Fish&gt; &amp; Nets</a></h3>' in noted
    assert "<strong>warning</strong>: the file of photo " in noted
    assert "talks1" not in failed + noted


# --- feeds


ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.mark.slow
def test_the_atom_feed_has_what_rfc_4287_requires(made: Path) -> None:
    feed = etree.parse(made / "feed/atom.xml").getroot()
    entries = feed.findall(f"{ATOM}entry")
    assert [each.findtext(f"{ATOM}title") for each in entries] == [
        "潮の会談",
        "Talks 3",
        "Talks on <Fish> & Nets",
        "Talks 1",
    ]
    for element in (feed, *entries):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1
        assert (element.findtext(f"{ATOM}id") or "").startswith("urn:uuid:")
    assert len({each.findtext(f"{ATOM}id") for each in (feed, *entries)}) == 5
    assert feed.findtext(f"{ATOM}updated") == entries[0].findtext(f"{ATOM}updated") == "2031-08-05T00:00:00Z"
    for entry in entries:
        assert entry.findtext(f"{ATOM}author/{ATOM}name") == "Ministry of Foreign Affairs of Atlantis"
        hrefs = {link.get("rel"): link.get("href") for link in entry.findall(f"{ATOM}link")}
        assert set(hrefs) == {"alternate", "enclosure"}
        assert (hrefs["alternate"] or "").endswith(".html")
        assert all((made / "feed" / unquote(href or "")).is_file() for href in hrefs.values())


def test_characters_that_xml_forbids_are_replaced_in_the_atom_feed(out: Path) -> None:
    file = OutputFile("talks.txt", 6, "7", 8)
    entry = LedgerEntry(title="Talks\x0bon Fish", renditions={"txt": RenditionRecord("", "5", "text/plain", (file,))})
    (out / ".readout-pub/unfinished").mkdir(parents=True)
    with atom_report(BatchConfig(formats=("txt",), out=out)) as write_row:
        write_row(LedgerRow(1, "saved", "talks.html", "talks", entry))
    title = etree.parse(out / "feed/atom.xml").findtext(f"{ATOM}entry/{ATOM}title")
    assert title == "Talks\ufffdon Fish"


def atom_id(folder: Path, *rows: tuple[int, str]) -> str | None:
    """Write the Atom feed of an archive and return the feed's id; each row is the number and the name of a page."""
    file = OutputFile("talks.txt", 6, "7", 8)
    entry = LedgerEntry(title="Talks", renditions={"txt": RenditionRecord("", "5", "text/plain", (file,))})
    (folder / ".readout-pub/unfinished").mkdir(parents=True)
    with atom_report(BatchConfig(formats=("txt",), out=folder)) as write_row:
        for number, name in rows:
            write_row(LedgerRow(number, "saved", name, "talks", entry))
    return etree.parse(folder / "feed/atom.xml").getroot().findtext(f"{ATOM}id")


def test_each_archive_has_its_own_feed_id_and_new_pages_keep_it(tmp_path: Path) -> None:
    one = atom_id(tmp_path / "one", (1, "fish.html"))
    assert atom_id(tmp_path / "another", (1, "salt.html")) != one
    assert atom_id(tmp_path / "older", (1, "fish.html"), (2, "older.html")) == one
    assert atom_id(tmp_path / "newer", (2, "newer.html"), (1, "fish.html")) == one


@pytest.mark.slow
def test_a_page_without_date_has_a_fixed_time_in_the_atom_feed(run: Run, saved: Path, out: Path) -> None:
    undated = page(2).replace('<p class="date">August 3, 2031</p>', "")
    (saved / "talks2.html").write_text(undated, "utf-8")
    run()
    last = etree.parse(out / "feed/atom.xml").findall(f"{ATOM}entry")[-1]
    assert last.findtext(f"{ATOM}updated") == "1980-01-01T00:00:00Z"
    assert last.find(f"{ATOM}published") is None


def links(feed: dict[str, Any], relation: str) -> list[str]:
    return [link["href"] for link in feed["links"] if link["rel"] == relation]


def test_the_feed_is_opds_2_and_its_links_lead_to_the_files(made: Path) -> None:
    found = load_json(made / "feed/opds.json")
    assert found["metadata"]["title"]
    assert links(found, "self") == ["opds.json"]
    publications = found["publications"]
    assert [each["metadata"]["title"] for each in publications] == [
        "潮の会談",
        "Talks 3",
        "Talks on <Fish> & Nets",
        "Talks 1",
    ]
    assert publications[3]["metadata"] == {
        "@type": "http://schema.org/Article",
        "title": "Talks 1",
        "identifier": publications[3]["metadata"]["identifier"],
        "language": "en",
        "published": "2031-08-02",
        "modified": "2031-08-02T00:00:00Z",
        "publisher": "Ministry of Foreign Affairs of Atlantis",
        "belongsTo": {"collection": "Relations of Atlantis"},
    }
    for each in publications:
        assert {link["type"] for link in each["links"]} == {"application/epub+zip", "text/html"}
        for link in each["links"]:
            assert link["rel"] == "http://opds-spec.org/acquisition/open-access"
            assert (made / "feed" / unquote(link["href"])).stat().st_size == link["size"]
        (image,) = each["images"]
        with Image.open(made / "feed" / image["href"]) as cover:
            assert (cover.get_format_mimetype(), cover.size) == (image["type"], (image["width"], image["height"]))


@pytest.mark.slow
def test_a_large_feed_is_split_into_linked_parts(run: Run, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opds, "PUBLICATIONS_PER_PART", 2)
    run()
    first, second = load_json(out / "feed/opds.json"), load_json(out / "feed/opds-2.json")
    assert (links(first, "next"), links(second, "previous"), links(second, "next")) == (
        ["opds-2.json"],
        ["opds.json"],
        [],
    )
    assert len(first["publications"] + second["publications"]) == 3


def test_the_overview_links_every_format_and_names_failures(made: Path) -> None:
    text = (made / "index.html").read_text("utf-8")
    assert 'aria-label="EPUB: Talks on &lt;Fish&gt; &amp; Nets"' in text
    assert '<th scope="row" lang="en" dir="ltr"><a href="talks1.html">Talks 1</a></th>' in text
    assert 'href="notes.html#talks2" aria-label="1 warning: Talks on &lt;Fish&gt; &amp; Nets">1 warning</a>' in text
    assert text.count(">EPUB</a>") == text.count(">HTML</a>") == text.count(">TXT</a>") == 4
    assert '<th scope="row">talks5.html</th>' in text
    assert 'href="notes.html#talks5" aria-label="failed: talks5.html">failed</a>: ' in text.partition("talks5.html")[2]
    assert '<th scope="row" lang="ja" dir="ltr"><a href="talks4.html">潮の会談</a></th>' in text


def test_the_overview_links_to_receipts_and_counts_their_words(made: Path) -> None:
    overview = (made / "index.html").read_text("utf-8")
    assert re.search(
        r'<a href="talks1\.receipt\.json" aria-label="Receipt: [^"]+">Receipt</a> \(\d+\xa0words\)', overview
    )


def test_the_overview_names_languages(made: Path) -> None:
    overview = (made / "index.html").read_text("utf-8")
    assert (overview.count("<td>English</td>"), overview.count("<td>Japanese</td>")) == (3, 1)


@pytest.mark.slow
@pytest.mark.validators
def test_validators_find_no_fault_in_the_notes_page_and_the_overviews(
    made: Path, run: Run, out: Path, tmp_path: Path
) -> None:
    pages = [made / "notes.html", made / "index.html"]
    for theme in ("gazette", "large-print"):
        run(render_options=RenderOptions(theme=theme))
        pages.append(Path(shutil.copy(out / "index.html", tmp_path / f"{theme}.html")))
    # Each validator checks all pages in one start, since a start takes longer than the check of a page.
    validators = (axe.validate, nu_html_checker.validate, reflow_and_focus.validate)
    assert [report(validate(pages)) for validate in validators] == ["", "", ""]


def test_browsers_run_only_the_script_of_the_report_itself(made: Path) -> None:
    overview, notes = ((made / name).read_text("utf-8") for name in ("index.html", "notes.html"))
    (script,) = re.findall("<script>(.*?)</script>", overview, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"form-action 'none'; script-src 'sha256-{digest}'\">" in overview
    assert "default-src 'none'" in notes
    assert "script-src" not in notes


@pytest.mark.slow
@pytest.mark.validators
def test_the_overview_sorts_and_filters_without_a_server(made: Path) -> None:
    node = [str(Path(sys.executable).with_name("node")), str(Path(__file__).with_name("overview.mjs"))]
    (answer,) = send_requests(node, [str((made / "index.html").resolve())], TOOLS, CHROMIUM=program("chromium"))
    at_first, by_title, the_other_way, filtered, _ = json.loads(answer)
    fish = "Talks on <Fish> & Nets"
    assert at_first == {
        "titles": ["潮の会談", "Talks 3", fish, "Talks 1", "talks5.html"],
        "status": "5 readouts",
        "sorted": [["Date", "descending"]],
        "caption": "All readouts, the newest first",
    }
    assert by_title["sorted"] == [["Title", "ascending"]]
    assert (by_title["caption"], the_other_way["caption"]) == (
        "All readouts, by title, ascending",
        "All readouts, by title, descending",
    )
    assert by_title["titles"] == ["Talks 1", "Talks 3", fish, "talks5.html", "潮の会談"]
    assert the_other_way["titles"] == by_title["titles"][::-1]
    assert (filtered["titles"], filtered["status"]) == ([fish], "1 of 5 readouts")


@pytest.mark.slow
@pytest.mark.validators
def test_the_overview_shows_cards_on_a_phone_and_rows_on_a_desktop(made: Path) -> None:
    node = [str(Path(sys.executable).with_name("node")), str(Path(__file__).with_name("overview.mjs"))]
    (answer,) = send_requests(node, [str((made / "index.html").resolve())], TOOLS, CHROMIUM=program("chromium"))
    layouts = json.loads(answer)[-1]
    assert [layout["width"] for layout in layouts] == [320, 360, 800, 1280]
    assert not [layout for layout in layouts if layout["overflow"] > 0]
    assert not [layout for layout in layouts if not layout["titleSeen"]]
    assert median(layouts[-1]["rows"]) < 90  # pixels: two lines of title have room, or three lines about photos
    assert min(layouts[0]["targets"]) >= 44  # pixels: the size of touch targets in WCAG 2.5.5
