"""`readout-pub inspect --sources` lists the pages of an archive or a folder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.archives import ATLANTIS, Record, mhtml, warc, zipped
from tests.cli.conftest import PAGE, Command


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_each_line_has_the_facts_of_one_page_such_as_its_format(run: Command, workspace: Path) -> None:
    saved = "<!-- saved from url=(0039)https://www.atlantis.example/tides.html -->"
    members: dict[str, bytes | str] = {
        "a.mht": mhtml(PAGE, {}),
        "b.html": PAGE.replace("<html", f"{saved}\n<html"),
        "c.txt": "両外相は会談した。\n".encode("euc_jp"),
        "d.zip": zipped({}),
    }
    (workspace / "saved.zip").write_bytes(zipped(members))
    result = run("inspect", "--sources", "saved.zip")
    assert result.out.splitlines() == [
        "MHTML        2031-08-05       1.5 kB  utf-8      a.mht  <https://www.atlantis.example/talks.html>",
        "browser      -                0.9 kB  utf-8      b.html  <https://www.atlantis.example/tides.html>",
        "text         -                0.0 kB  euc_jp     c.txt",
        (
            "unreadable   d.zip  saved.zip, d.zip: this is a zip archive, and it can be read only as a file of its own;"
            " save it to a file, or unpack the archive that contains it"
        ),
    ]


def test_json_lists_the_same_facts(run: Command, workspace: Path) -> None:
    page = PAGE.encode()
    (workspace / "crawl.warc").write_bytes(warc([Record(f"{ATLANTIS}/tides.html", page)], packed=False))
    listed = json.loads(run("inspect", "--sources", "crawl.warc", "--json").out)
    (size,) = (each.pop("size") for each in listed)
    assert size > len(page)
    assert listed == [
        {
            "name": f"{ATLANTIS}/tides.html",
            "source_format": "WARC",
            "url": f"{ATLANTIS}/tides.html",
            "retrieved": "2031-08-04",
            "encoding": "utf-8",
        }
    ]


def test_an_archive_of_several_pages_is_inspected_only_with_the_option_url(run: Command, workspace: Path) -> None:
    pages = [Record(f"{ATLANTIS}/{name}.html", PAGE.encode() + name.encode()) for name in ("tides", "talks")]
    (workspace / "crawl.warc.gz").write_bytes(warc(pages))
    result = run("inspect", "crawl.warc.gz", "--url", f"{ATLANTIS}/talks.html")
    assert result.code == 0
    assert f"source    {ATLANTIS}/talks.html" in result.out
    refused = run("inspect", "crawl.warc.gz")
    assert refused.code == 1
    assert refused.err == (
        f"readout-pub: crawl.warc.gz: it contains several pages; name one, such as {ATLANTIS}/tides.html; "
        "`inspect --sources` lists all, and --url (in Python: `saved_pages` with `urls`) chooses one by its URL\n"
    )


def test_the_damage_of_an_archive_is_reported_once_for_all_pages(run: Command, workspace: Path) -> None:
    whole = warc([Record(f"{ATLANTIS}/{name}.html", PAGE.encode()) for name in ("tides", "talks", "fish")])
    (workspace / "crawl.warc.gz").write_bytes(whole[:-200])
    for words in (["inspect", "--sources", "crawl.warc.gz"], ["convert", "crawl.warc.gz", "--to", "txt", "-o", "out/"]):
        result = run(*words)
        assert result.out.count("talks") == 1
        assert result.err.count("ARCHIVE_DAMAGED") == 1


def test_the_list_says_that_an_archive_is_damaged(run: Command, workspace: Path) -> None:
    whole = warc([Record(f"{ATLANTIS}/{name}.html", PAGE.encode()) for name in ("tides", "talks")])
    (workspace / "crawl.warc.gz").write_bytes(whole[:-200])
    result = run("inspect", "--sources", "crawl.warc.gz")
    assert result.err.count("warning ARCHIVE_DAMAGED: the archive is damaged: ") == 1
    (listed, *_) = json.loads(run("inspect", "--sources", "crawl.warc.gz", "--json").out)
    assert [note["code"] for note in listed["notes"]] == ["ARCHIVE_DAMAGED"]


def test_json_lists_the_pages_that_stand_before_a_damage(run: Command, workspace: Path) -> None:
    (workspace / "saved").mkdir()
    (workspace / "saved/a.html").write_text(PAGE, "utf-8")
    (workspace / "saved/crawl.warc").write_bytes(b"WARC/1.0\r\n")
    result = run("inspect", "--sources", "saved", "--json")
    assert result.code == 1
    assert [listed["name"] for listed in json.loads(result.out)] == ["a.html"]
    assert "this web archive is damaged" in result.err
