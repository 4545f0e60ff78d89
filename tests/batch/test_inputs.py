"""What an archive can be: a folder, an archive file, a list, a pattern, paths on standard input, a store."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from upath import UPath

from readout_pub import SourceError, UsageError
from readout_pub.batch import batch
from tests.archives import ATLANTIS, Record, wacz, warc, zipped
from tests.batch.conftest import Counting, fill, outputs, page, statuses
from tests.pages import jpeg

RECORDS = [Record(f"{ATLANTIS}/talks{number}.html", page(number).encode()) for number in (1, 2)]
FILES: dict[str, bytes | str] = {"img/quay.jpg": jpeg(), "talks1.html": page(1), "talks2.html": page(2)}

ARCHIVES = {
    "crawl.warc": (warc(RECORDS, packed=False), f"{ATLANTIS}/"),
    "crawl.warc.gz": (warc(RECORDS), f"{ATLANTIS}/"),
    "crawl.wacz": (wacz(RECORDS), f"{ATLANTIS}/"),
    "saved.zip": (zipped(FILES), ""),
}


def names(sources: str | Path | list[str | Path], out: Path, executor: Counting) -> list[str]:
    """Convert what the sources hold, and return the names of the pages that were made."""
    found = statuses(list(batch(sources, ["txt"], out, executor=executor)))
    assert set(found.values()) <= {"made"}
    return sorted(found)


@pytest.mark.parametrize("file", ARCHIVES)
def test_an_archive_file_holds_its_pages_and_the_second_run_reads_none(
    file: str, tmp_path: Path, out: Path, executor: Counting
) -> None:
    content, prefix = ARCHIVES[file]
    (tmp_path / file).write_bytes(content)
    assert names(tmp_path / file, out, executor) == [f"{prefix}talks1.html", f"{prefix}talks2.html"]
    assert names(tmp_path / file, out, executor) == []


def test_a_page_that_changed_in_a_zip_archive_is_converted_and_no_other(
    tmp_path: Path, out: Path, executor: Counting
) -> None:
    archive = tmp_path / "saved.zip"
    archive.write_bytes(zipped(FILES))
    names(archive, out, executor)
    archive.write_bytes(zipped({**FILES, "talks2.html": page(2, title="Talks on Fish")}))
    assert names(archive, out, executor) == ["talks2.html"]
    assert b"Talks on Fish" in outputs(out)["talks2.txt"]


@pytest.fixture
def desk(saved: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that holds the archive, as the working directory."""
    monkeypatch.chdir(saved.parent)
    return saved.parent


def test_a_list_names_pages_one_a_line(desk: Path, out: Path, executor: Counting) -> None:
    (desk / "wanted.txt").write_text("saved/talks3.html\n\nsaved/talks1.html\r\nsaved/talks1.html\n", "utf-8")
    assert names("wanted.txt", out, executor) == ["saved/talks1.html", "saved/talks3.html"]
    assert {"saved/talks1.txt", "saved/talks3.txt"} <= set(outputs(out))


def test_a_path_in_a_list_that_is_missing_is_a_page_that_fails(desk: Path, out: Path, executor: Counting) -> None:
    (desk / "wanted.lst").write_text("saved/talks1.html\nsaved/talks7.html\n", "utf-8")
    outcomes = list(batch("wanted.lst", ["txt"], out, executor=executor))
    assert statuses(outcomes) == {"saved/talks1.html": "made", "saved/talks7.html": "failed"}


def test_a_text_dump_is_a_page_and_no_list(desk: Path, out: Path, executor: Counting) -> None:
    (desk / "dump.txt").write_text("Talks on Fish\n\n4 August 2031\n\nThe Ministers met at the quay.\n", "utf-8")
    assert names("dump.txt", out, executor) == ["dump.txt"]


def test_a_pattern_names_files(desk: Path, out: Path, executor: Counting) -> None:  # noqa: ARG001 - it stands there
    assert names("sa*/**/talks[12].html", out, executor) == ["saved/talks1.html", "saved/talks2.html"]


def test_standard_input_names_pages_one_a_line(
    desk: Path, out: Path, executor: Counting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{desk}/saved/talks1.html\nsaved/talks2.html\n"))
    assert len(names("-", out, executor)) == 2


def test_several_archives_keep_their_pages_apart(tmp_path: Path, out: Path, executor: Counting) -> None:
    both: list[str | Path] = [fill(tmp_path / name, 1) for name in ("spring", "autumn")]
    names(both, out, executor)
    made = sorted(name for name in outputs(out) if name.endswith(".txt"))
    assert [name.rpartition("/")[0].rpartition("/")[2] for name in made] == ["autumn", "spring"]


@pytest.fixture
def store() -> Iterator[UPath]:
    """A store in memory with two pages and their photo."""
    folder = UPath("memory://atlantis/saved")
    for name, content in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    yield folder
    folder.fs.rm(folder.path, recursive=True)


def test_a_folder_in_a_store_is_converted_and_then_only_what_changed(
    store: UPath, out: Path, executor: Counting
) -> None:
    assert statuses(list(batch(str(store), ["html"], out, executor=executor))) == {
        "talks1.html": "made",
        "talks2.html": "made",
    }
    assert b"data:image/jpeg" in outputs(out)["talks1.html"]
    assert list(batch(str(store), ["html"], out, executor=executor)) == []
    (store / "talks2.html").write_text(page(2, title="Talks on Fish"), "utf-8")
    assert statuses(list(batch(str(store), ["html"], out, executor=executor))) == {"talks2.html": "made"}
    (store / "img/quay.jpg").write_bytes(jpeg(400, 300, "navy"))
    assert set(statuses(list(batch(str(store), ["html"], out, executor=executor))).values()) == {"made"}


@pytest.mark.slow
def test_the_processes_of_this_machine_read_from_a_store(saved: Path, out: Path) -> None:
    outcomes = list(batch(f"file://{saved}", ["html"], out, jobs=2))
    assert set(statuses(outcomes).values()) == {"made"}
    assert len(outcomes) == 3


def test_names_that_are_no_utf_8_are_kept_apart_and_written_as_bytes(
    tmp_path: Path, out: Path, executor: Counting
) -> None:
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xe9t\xe9"))
    folder.mkdir()
    for name in (b"talks\xe8.html", b"talks\xe9.html"):
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_text(page(1), "utf-8")
    (tmp_path / "wanted.lst").write_bytes(os.fsencode(folder) + b"/talks\xe9.html\n")
    assert names(folder, out, executor) == ["talks\\xe8.html", "talks\\xe9.html"]
    assert names(folder, out, executor) == []
    (listed,) = names(tmp_path / "wanted.lst", out, executor)
    assert listed.endswith("/\\xe9t\\xe9/talks\\xe9.html")


@pytest.mark.parametrize(
    ("source", "error", "what"),
    [
        ("", UsageError, "the name of a source is empty"),
        ("no-such-folder", SourceError, "there is no such file"),
        ("none*.html", SourceError, "no file matches this pattern"),
        ("https://www.atlantis.example/", UsageError, "a web address, not an archive"),
    ],
)
def test_what_is_no_archive_is_refused(
    source: str, error: type[SourceError | UsageError], what: str, desk: Path, out: Path
) -> None:
    del desk
    with pytest.raises(error, match=what):
        list(batch(source, ["txt"], out))


def test_what_is_whole_of_an_archive_that_breaks_off_is_converted(tmp_path: Path, out: Path) -> None:
    archive = tmp_path / "crawl.warc.gz"
    archive.write_bytes(warc(RECORDS)[:-40])
    found = statuses(list(batch(archive, ["txt"], out)))
    assert found[f"{ATLANTIS}/talks1.html"] == "made"
