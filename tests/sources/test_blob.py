"""What is read has a limit: files, and what comes through standard input."""

from __future__ import annotations

import io
from pathlib import Path
from types import SimpleNamespace

import pytest

from readout_pub import HtmlPage, SourceError, open_source
from tests.archives import Record, mhtml, warc, zipped

PAGE = "<html><body><p>The Ministers met.</p></body></html>"


def saved(folder: Path, content: bytes, name: str = "page.html") -> Path:
    file = folder / name
    file.write_bytes(content)
    return file


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as refused:
        open_source(tmp_path / "gone.html")
    assert str(refused.value) == f"{tmp_path}/gone.html: there is no such file; check the path"


def sparse(folder: Path, size: int) -> Path:
    """Make a file of `size` bytes that takes no room on the disk."""
    file = folder / "page.html"
    with file.open("wb") as opened:
        opened.truncate(size)
    return file


def test_a_page_of_50_megabytes_is_refused_with_the_option_that_allows_it(tmp_path: Path) -> None:
    file = sparse(tmp_path, 50_000_000)
    with pytest.raises(SourceError) as refused:
        open_source(file)
    assert refused.value.where == str(file)
    assert refused.value.what == "it has 50.0 MB, and the limit is 20.0 MB"
    assert refused.value.what_next == "if it is a page after all, allow it with --max-bytes 50000000"


def test_a_page_larger_than_any_memory_is_refused_without_being_read(tmp_path: Path) -> None:
    file = sparse(tmp_path, 1_000_000_000_000)
    with pytest.raises(SourceError, match=r"it has 1000000\.0 MB"):
        open_source(file)


def test_the_limit_is_the_callers(tmp_path: Path) -> None:
    file = saved(tmp_path, PAGE.encode())
    assert open_source(file, max_bytes=len(PAGE)).name == "page.html"
    with pytest.raises(SourceError, match=f"allow it with --max-bytes {len(PAGE)}"):
        open_source(file, max_bytes=len(PAGE) - 2)


# --- standard input


def piped(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(content)))


def test_a_dash_opens_standard_input_which_has_no_photos(monkeypatch: pytest.MonkeyPatch) -> None:
    piped(monkeypatch, PAGE.encode())
    page = open_source("-")
    assert isinstance(page, HtmlPage)
    assert (page.name, page.markup, page.raw()) == ("stdin", PAGE, PAGE.encode())
    assert page.assets.find("a.jpg") is None


def test_standard_input_is_refused_in_the_same_words_as_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    piped(monkeypatch, b"")
    with pytest.raises(SourceError, match=r"^standard input: the file is empty"):
        open_source("-")


def test_standard_input_is_read_no_further_than_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    piped(monkeypatch, b"x" * 1000)
    with pytest.raises(SourceError, match=r"^standard input: it has more than 100 bytes, which is the limit"):
        open_source("-", max_bytes=100)


def test_standard_input_may_be_mhtml_or_a_web_archive_and_is_asked_to_be_a_file_otherwise(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    piped(monkeypatch, mhtml(PAGE, {}))
    assert open_source("-").shape == "MHTML"
    piped(monkeypatch, warc([Record("https://atlantis.example/", PAGE.encode())]))
    assert open_source("-").shape == "WARC"
    piped(monkeypatch, zipped({"page.html": PAGE}))
    with pytest.raises(SourceError, match=r"^standard input: this is a zip archive, .* save it to a file"):
        open_source("-")
