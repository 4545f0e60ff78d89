"""Sources of a batch: a folder, an archive file, a list, a pattern, paths on standard input, a remote store."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from upath import UPath

from readout_pub import SourceError, UsageError, convert, saved_pages
from readout_pub.batch import batch
from tests.archives import ATLANTIS, Record, article, wacz, warc, zipped
from tests.batch.conftest import CountingExecutor, fill, outputs, page, statuses
from tests.pages import jpeg

RECORDS = [Record(f"{ATLANTIS}/talks{number}.html", page(number).encode()) for number in (1, 2)]
FILES: dict[str, bytes | str] = {"img/quay.jpg": jpeg(), "talks1.html": page(1), "talks2.html": page(2)}

ARCHIVES = {
    "crawl.warc": (warc(RECORDS, packed=False), f"{ATLANTIS}/"),
    "crawl.warc.gz": (warc(RECORDS), f"{ATLANTIS}/"),
    "crawl.wacz": (wacz(RECORDS), f"{ATLANTIS}/"),
    "saved.zip": (zipped(FILES), ""),
}


def convert_names(sources: str | Path | list[str | Path], out: Path, executor: CountingExecutor) -> list[str]:
    """Convert the sources; return the names of the pages that this run converts. None of them may fail."""
    found = statuses(list(batch(sources, ["txt"], out, executor=executor)))
    assert set(found.values()) <= {"made"}
    return sorted(found)


@pytest.mark.slow
@pytest.mark.parametrize("file", ARCHIVES)
def test_an_archive_file_is_converted_once(file: str, tmp_path: Path, out: Path, executor: CountingExecutor) -> None:
    content, prefix = ARCHIVES[file]
    (tmp_path / file).write_bytes(content)
    assert convert_names(tmp_path / file, out, executor) == [f"{prefix}talks1.html", f"{prefix}talks2.html"]
    assert convert_names(tmp_path / file, out, executor) == []


@pytest.mark.slow
@pytest.mark.parametrize("part", ["a/", "a, "])
def test_a_page_with_a_very_long_url_is_converted(
    part: str, tmp_path: Path, out: Path, executor: CountingExecutor
) -> None:
    urls = f"https://atlantis.example/{part * 4000}", "https://atlantis.example/talks.html"
    archive = tmp_path / "crawl.warc.gz"
    archive.write_bytes(warc([Record(url, article("The Ministers met in the harbour.").encode()) for url in urls]))
    made = list(batch([archive], ["txt"], out, executor=executor))
    assert [outcome.status for outcome in made] == ["made", "made"]
    first, *_ = saved_pages(archive)
    assert len(first.name) > 8000
    assert convert(first, ["txt"]).renditions


@pytest.mark.slow
def test_only_the_changed_page_of_a_zip_is_converted(tmp_path: Path, out: Path, executor: CountingExecutor) -> None:
    archive = tmp_path / "saved.zip"
    archive.write_bytes(zipped(FILES))
    convert_names(archive, out, executor)
    archive.write_bytes(zipped({**FILES, "talks2.html": page(2, title="Talks on Fish")}))
    assert convert_names(archive, out, executor) == ["talks2.html"]
    assert b"Talks on Fish" in outputs(out)["talks2.txt"]


@pytest.fixture
def archive_parent(saved: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make the parent folder of the archive the working directory, and return it."""
    monkeypatch.chdir(saved.parent)
    return saved.parent


@pytest.mark.slow
def test_a_list_file_names_a_page_in_each_line_but_remarks(
    archive_parent: Path, out: Path, executor: CountingExecutor
) -> None:
    (archive_parent / "wanted.txt").write_bytes(
        b"\xef\xbb\xbf# the spring\nsaved/talks3.html\n\nsaved/talks1.html\r\nsaved/talks1.html\n"
    )
    assert convert_names("@wanted.txt", out, executor) == ["saved/talks1.html", "saved/talks3.html"]
    assert {"saved/talks1.txt", "saved/talks3.txt"} <= set(outputs(out))


@pytest.mark.slow
@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_list_in_utf_16_is_read(codec: str, archive_parent: Path, out: Path, executor: CountingExecutor) -> None:
    (archive_parent / "saved/会談.html").write_text(page(5), "utf-8")
    mark = "" if codec == "utf-16" else "\ufeff"
    (archive_parent / "wanted.txt").write_bytes(f"{mark}# spring\r\nsaved/会談.html\r\nsaved/talks1.html".encode(codec))
    assert convert_names("@wanted.txt", out, executor) == ["saved/talks1.html", "saved/会談.html"]


def test_a_damaged_list_in_utf_16_is_an_error(archive_parent: Path, out: Path, executor: CountingExecutor) -> None:
    (archive_parent / "wanted.txt").write_bytes("saved/talks1.html\n".encode("utf-16")[:-1])
    with pytest.raises(SourceError, match=r"wanted.txt: it is not valid UTF-16; save the list as UTF-8"):
        list(batch("@wanted.txt", ["txt"], out, executor=executor))


@pytest.mark.slow
def test_quoted_paths_of_a_list_are_read(archive_parent: Path, out: Path, executor: CountingExecutor) -> None:
    (archive_parent / '"talks9.html"').write_text(page(9), "utf-8")
    (archive_parent / "wanted.txt").write_text(
        f'"{archive_parent}/saved/talks1.html"\r\n "saved/talks2.html" \n"talks9.html"\n', "utf-8"
    )
    assert convert_names("@wanted.txt", out, executor) == [
        '"talks9.html"',
        f"{archive_parent}/saved/talks1.html",
        "saved/talks2.html",
    ]


@pytest.mark.slow
def test_pages_above_the_folder_of_a_list_are_named_without_dots(
    archive_parent: Path, out: Path, executor: CountingExecutor
) -> None:
    (archive_parent / "lists").mkdir()
    (archive_parent / "lists/wanted.txt").write_text("../saved/talks1.html\n./../saved/img/../talks2.html\n", "utf-8")
    convert_names("@lists/wanted.txt", out, executor)
    assert {"saved/talks1.txt", "saved/talks2.txt"} <= set(outputs(out))


@pytest.mark.slow
def test_pages_of_a_pattern_above_the_working_folder_are_named_without_dots(
    archive_parent: Path, out: Path, executor: CountingExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    (archive_parent / "lists").mkdir()
    monkeypatch.chdir(archive_parent / "lists")
    convert_names("../saved/*3.html", out, executor)
    assert "saved/talks3.txt" in outputs(out)


def test_paths_in_a_list_are_relative_to_it(
    archive_parent: Path, out: Path, executor: CountingExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    (archive_parent / "wanted.txt").write_text("saved/talks3.html\n", "utf-8")
    monkeypatch.chdir(out.parent.parent)
    assert convert_names(f"@{archive_parent}/wanted.txt", out, executor) == ["saved/talks3.html"]


def test_a_file_of_paths_without_an_at_sign_is_a_page(
    archive_parent: Path, out: Path, executor: CountingExecutor
) -> None:
    (archive_parent / "talks.txt").write_text(f"{archive_parent}/saved/talks1.html\nsaved/talks2.html\n", "utf-8")
    assert convert_names("talks.txt", out, executor) == ["talks.txt"]


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "FILE:/etc/passwd", "s3://x/y", "zip::file:///x", "https://www.atlantis.example/"]
)
@pytest.mark.slow
def test_an_address_in_a_list_is_a_failed_page(address: str, archive_parent: Path, out: Path) -> None:
    (archive_parent / "wanted.lst").write_text(f"saved/talks1.html\n{address}\n", "utf-8")
    made, failed = batch("@wanted.lst", ["txt"], out, executor=None, jobs=1)
    assert (made.status, failed.status) == ("made", "failed")
    assert failed.entry.failure
    assert "a list contains only paths" in str(failed.entry.failure)


def test_a_file_url_is_read_as_the_path_that_it_names(
    archive_parent: Path, out: Path, executor: CountingExecutor
) -> None:
    url = f"file://{archive_parent}/saved/talks1.html"
    assert convert_names(url, out, executor) == ["talks1.html"]


def test_a_missing_path_in_a_list_is_a_failed_page(archive_parent: Path, out: Path, executor: CountingExecutor) -> None:
    (archive_parent / "wanted.lst").write_text("saved/talks1.html\nsaved/talks7.html\n", "utf-8")
    outcomes = list(batch("@wanted.lst", ["txt"], out, executor=executor))
    assert statuses(outcomes) == {"saved/talks1.html": "made", "saved/talks7.html": "failed"}


def test_a_saved_text_page_is_not_taken_for_a_list(archive_parent: Path, out: Path, executor: CountingExecutor) -> None:
    (archive_parent / "talks.txt").write_text(
        "Talks on Fish\n\n4 August 2031\n\nThe Ministers met at the quay.\n", "utf-8"
    )
    assert convert_names("talks.txt", out, executor) == ["talks.txt"]


@pytest.mark.slow
def test_a_pattern_selects_the_files_that_match(archive_parent: Path, out: Path, executor: CountingExecutor) -> None:  # noqa: ARG001 - sets the working directory
    assert convert_names("sa*/**/talks[12].html", out, executor) == ["saved/talks1.html", "saved/talks2.html"]


def test_each_line_of_standard_input_names_a_page(
    archive_parent: Path, out: Path, executor: CountingExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = f"{archive_parent}/saved/talks1.html\nsaved/talks2.html\n".encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(paths)))
    assert len(convert_names("@-", out, executor)) == 2


@pytest.mark.slow
def test_several_archives_get_separate_folders(tmp_path: Path, out: Path, executor: CountingExecutor) -> None:
    both: list[str | Path] = [fill(tmp_path / name, 1) for name in ("spring", "autumn")]
    convert_names(both, out, executor)
    made = sorted(name for name in outputs(out) if name.endswith(".txt"))
    assert [name.rpartition("/")[0].rpartition("/")[2] for name in made] == ["autumn", "spring"]


@pytest.fixture
def store() -> Iterator[UPath]:
    """A store in memory, which a batch reads like a remote one, with two pages and their photo."""
    folder = UPath("memory://atlantis/saved")
    for name, content in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    yield folder
    folder.fs.rm(folder.path, recursive=True)


@pytest.mark.slow
def test_only_changed_pages_of_a_remote_folder_are_converted(
    store: UPath, out: Path, executor: CountingExecutor
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
    assert statuses(list(batch(str(store), ["html"], out, executor=executor))) == {
        "talks1.html": "made",
        "talks2.html": "made",
    }


@pytest.mark.slow
def test_worker_processes_read_the_pages_of_a_file_url(saved: Path, out: Path) -> None:
    outcomes = list(batch(f"file://{saved}", ["html"], out, jobs=2))
    assert set(statuses(outcomes).values()) == {"made"}
    assert len(outcomes) == 3


@pytest.mark.slow
def test_file_names_that_are_not_utf_8_stay_distinct(tmp_path: Path, out: Path, executor: CountingExecutor) -> None:
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xe9t\xe9"))
    folder.mkdir()
    for name in (b"talks\xe8.html", b"talks\xe9.html"):
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_text(page(1), "utf-8")
    (tmp_path / "wanted.lst").write_bytes(os.fsencode(folder) + b"/talks\xe9.html\n")
    assert convert_names(folder, out, executor) == ["talks\\xe8.html", "talks\\xe9.html"]
    assert convert_names(folder, out, executor) == []
    (listed,) = convert_names(f"@{tmp_path}/wanted.lst", out, executor)
    assert listed.endswith("/\\xe9t\\xe9/talks\\xe9.html")


def test_a_batch_without_a_source_is_a_usage_error(out: Path) -> None:
    with pytest.raises(UsageError, match="there is no source; name the folder of the saved pages"):
        list(batch([], ["txt"], out))


@pytest.mark.parametrize(
    ("source", "error", "what"),
    [
        ("", UsageError, "the name of a source is empty"),
        ("no-such-folder", SourceError, "there is no such file"),
        ("none*.html", SourceError, "no file matches this pattern"),
        ("https://www.atlantis.example/", UsageError, "a web address, not an archive"),
        ("-", UsageError, "standard input holds one page"),
        ("@no-such-list", SourceError, "there is no such file; check the path"),
        ("@saved", SourceError, r"it cannot be read \(Is a directory\); name a file"),
        ("@empty.txt", SourceError, "there is no path in this list"),
    ],
)
def test_an_invalid_source_is_refused_with_the_reason(
    source: str, error: type[SourceError | UsageError], what: str, archive_parent: Path, out: Path
) -> None:
    (archive_parent / "empty.txt").write_text("# nothing\n", "utf-8")
    with pytest.raises(error, match=what):
        list(batch(source, ["txt"], out))


@pytest.mark.slow
def test_complete_pages_of_a_truncated_archive_are_converted(tmp_path: Path, out: Path) -> None:
    archive = tmp_path / "crawl.warc.gz"
    archive.write_bytes(warc(RECORDS)[:-40])
    found = statuses(list(batch(archive, ["txt"], out)))
    assert found[f"{ATLANTIS}/talks1.html"] == "made"
