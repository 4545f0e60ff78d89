"""`--keep-versions`: the earlier outputs of a changed page stay, and the reports say how the page changed."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest

from readout_pub import convert
from readout_pub.batch import batch
from tests.archives import Record, warc
from tests.batch.conftest import CountingExecutor, Run, outputs, page
from tests.pages import PROFILES

KEPT = "versions/talks1/1"


def change(saved: Path, before: str, after: str, name: str = "talks1.html") -> None:
    path = saved / name
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after), "utf-8")


def manifest(out: Path) -> dict[str, dict[str, Any]]:
    pages = json.loads((out / "manifest.json").read_bytes())["pages"]
    return {each["source"]: each for each in pages}


@pytest.mark.slow
def test_the_earlier_outputs_of_a_changed_page_are_kept(run: Run, saved: Path, out: Path) -> None:
    run(keep_versions=True)
    before = outputs(out)
    change(saved, "twice a day", "three times a day")
    run(keep_versions=True)
    assert (out / KEPT / "talks1.html").read_bytes() == before["talks1.html"] != (out / "talks1.html").read_bytes()
    assert (out / KEPT / "talks1.txt").read_bytes() == before["talks1.txt"]
    assert [path.name for path in (out / "versions").iterdir()] == ["talks1"]


@pytest.mark.slow
def test_the_overview_shows_how_a_page_changed(run: Run, saved: Path, out: Path) -> None:
    run(keep_versions=True)
    change(saved, "twice a day, as before, and", "and")
    change(saved, "August 2, 2031", "August 9, 2031")
    run(keep_versions=True)
    overview = (out / "index.html").read_text("utf-8")
    assert f'changed since <a href="{KEPT}/talks1.html" aria-label="version 1: Talks 1">version 1</a>: ' in overview
    (link,) = re.findall(rf'<a href="{KEPT}/changes\.html" aria-label="(.*?)">(.*?)</a>', overview)
    assert re.fullmatch(r"\d+ words absent from the new version, .*1 fact changed", link[1])
    assert link[0] == f"{link[1]}: Talks 1"
    assert "deleted" not in overview
    side_by_side = (out / KEPT / "changes.html").read_text("utf-8")
    assert "twice a day" in side_by_side
    assert str(out) not in side_by_side


@pytest.mark.slow
def test_manifest_and_checksums_list_versions(run: Run, saved: Path, out: Path) -> None:
    original = hashlib.sha256((saved / "talks1.html").read_bytes()).hexdigest()
    run(keep_versions=True)
    for words in ("three times a day", "never"):
        change(saved, "twice a day" if words != "never" else "three times a day", words)
        run(keep_versions=True)
    first, second = manifest(out)["talks1.html"]["versions"]
    assert first["sha256"] == original != second["sha256"]
    assert first["changes"].startswith("1 word absent from the new version, 2 words only in the new version")
    lines = (line.split("  ") for line in (out / "SHA256SUMS").read_text("utf-8").splitlines())
    listed = {path: digest for digest, path in lines}
    for file in (*first["files"], *second["files"]):
        content = (out / file["path"]).read_bytes()
        assert file["sha256"] == listed[file["path"]] == hashlib.sha256(content).hexdigest()
    assert {path for path in outputs(out) if path.startswith("versions/")} == {
        file["path"] for file in (*first["files"], *second["files"])
    }


@pytest.mark.slow
def test_no_version_is_kept_if_only_the_menu_changes(run: Run, saved: Path, out: Path) -> None:
    run(keep_versions=True)
    change(saved, "<body>", "<body><nav><a href='/'>Home</a></nav>")
    run(keep_versions=True)
    assert not (out / "versions").exists()
    assert "versions" not in manifest(out)["talks1.html"]


@pytest.mark.slow
def test_no_version_is_kept_if_only_options_change(run: Run, out: Path) -> None:
    run(keep_versions=True)
    run(keep_versions=True, language="fr")
    run(("html", "md"), keep_versions=True)
    assert not (out / "versions").exists()


@pytest.mark.slow
def test_a_run_without_the_option_adds_and_removes_no_version(run: Run, saved: Path, out: Path) -> None:
    run(keep_versions=True)
    change(saved, "twice a day", "three times a day")
    run(keep_versions=True)
    change(saved, "three times a day", "four times a day")
    run()
    assert len(manifest(out)["talks1.html"]["versions"]) == 1
    assert not (out / "versions/talks1/2").exists()


@pytest.mark.slow
def test_a_page_that_fails_keeps_its_versions(run: Run, saved: Path, out: Path) -> None:
    run(keep_versions=True)
    change(saved, "twice a day", "three times a day")
    run(keep_versions=True)
    (saved / "talks1.html").write_bytes(b"\x00")
    run(keep_versions=True)
    assert "failed" in manifest(out)["talks1.html"]
    assert len(manifest(out)["talks1.html"]["versions"]) == 1
    (saved / "talks1.html").write_text(page(1).replace("twice a day", "at noon"), "utf-8")
    run(keep_versions=True)
    assert len(manifest(out)["talks1.html"]["versions"]) == 2
    assert b"three times a day" in (out / "versions/talks1/2/talks1.txt").read_bytes()


@pytest.mark.slow
def test_a_version_kept_by_an_interrupted_run_is_found_by_the_next(
    run: Run, saved: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(keep_versions=True)
    before = outputs(out)
    change(saved, "twice a day", "three times a day")

    def kill(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("readout_pub.ledger.Ledger.record", kill)
        with pytest.raises(KeyboardInterrupt):
            run(keep_versions=True)
    assert (out / "talks1.txt").read_bytes() != before["talks1.txt"]
    run(keep_versions=True)
    assert (out / KEPT / "talks1.txt").read_bytes() == before["talks1.txt"]
    assert manifest(out)["talks1.html"]["versions"][0]["changes"].startswith("1 word absent")


@pytest.mark.slow
def test_versions_without_a_common_format_are_not_compared(saved: Path, out: Path, executor: CountingExecutor) -> None:
    list(batch(saved, ["txt"], out, executor=executor, sites=[PROFILES], keep_versions=True))
    change(saved, "twice a day", "three times a day")
    list(batch(saved, ["html"], out, executor=executor, sites=[PROFILES], keep_versions=True))
    assert manifest(out)["talks1.html"]["versions"][0]["changes"] == (
        "the versions have no format in common by which they can be compared"
    )


@pytest.mark.slow
def test_a_page_of_a_later_crawl_takes_over_the_earlier_output_name(run: Run, saved: Path, out: Path) -> None:
    first = Record("https://atlantis.example/talks9.html", page(9).encode())
    (saved / "week-1.warc.gz").write_bytes(warc([first]))
    run(keep_versions=True)
    before = (out / "atlantis.example/talks9.txt").read_bytes()
    changed = page(9).replace("twice a day", "three times a day").encode()
    (saved / "week-2.warc.gz").write_bytes(warc([first._replace(body=changed, date="2031-08-11T10:20:30Z")]))
    run(keep_versions=True)
    assert b"three times a day" in (out / "atlantis.example/talks9.txt").read_bytes()
    assert (out / "versions/atlantis.example/talks9/1/talks9.txt").read_bytes() == before
    assert (out / "atlantis.example/talks9 20310804102030.txt").read_bytes() == before


@pytest.mark.slow
def test_pages_in_a_folder_named_versions_get_another_name(run: Run, saved: Path, out: Path) -> None:
    (saved / "versions").mkdir()
    (saved / "versions/talks9.html").write_text(page(9), "utf-8")
    run(keep_versions=True)
    assert (out / "versions_/talks9.html").is_file()


@pytest.mark.slow
def test_an_edited_readout_in_json_is_a_page_with_versions_of_its_own(
    saved: Path, out: Path, executor: CountingExecutor
) -> None:
    (stored,) = convert(saved / "talks1.html", ["json"], sites=[PROFILES]).renditions
    edited = saved.parent / "edited"
    edited.mkdir()
    options: Any = {"executor": executor, "sites": [PROFILES], "keep_versions": True}
    list(batch(saved, ["txt"], out, **options))
    for title in ("Tides", "Low tides"):
        (edited / "talks1.json").write_bytes(stored.data.replace(b'"Talks 1"', f'"{title}"'.encode()))
        list(batch(edited, ["txt"], out, **options))
    page = manifest(out)["talks1.json"]
    assert page["title"] == "Low tides"
    assert "copy_of" not in page
    assert len(page["versions"]) == 1
