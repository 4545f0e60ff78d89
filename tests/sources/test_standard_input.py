"""Standard input is a source like a file, with the same limit and the same formats except zip."""

from __future__ import annotations

import io
from types import SimpleNamespace

import pytest

from readout_pub import HtmlPage, SourceError, open_source
from tests.archives import Record, mhtml, warc, zipped

PAGE = "<html><body><p>The Ministers met.</p></body></html>"


def piped(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(content)))


def test_a_dash_opens_standard_input_without_photos(monkeypatch: pytest.MonkeyPatch) -> None:
    piped(monkeypatch, PAGE.encode())
    page = open_source("-")
    assert isinstance(page, HtmlPage)
    assert (page.name, page.markup, page.raw()) == ("stdin", PAGE, PAGE.encode())
    assert page.assets.find("a.jpg") is None


def test_empty_standard_input_is_refused_like_an_empty_file(monkeypatch: pytest.MonkeyPatch) -> None:
    piped(monkeypatch, b"")
    with pytest.raises(SourceError, match=r"^standard input: the file is empty"):
        open_source("-")


def test_standard_input_is_read_no_further_than_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    piped(monkeypatch, b"x" * 1000)
    with pytest.raises(SourceError, match=r"^standard input: it has more than 100 bytes, which is the limit"):
        open_source("-", max_bytes=100)


def test_standard_input_may_be_mhtml_or_warc_but_not_a_zip_archive(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    piped(monkeypatch, mhtml(PAGE, {}))
    assert open_source("-").source_format == "MHTML"
    piped(monkeypatch, warc([Record("https://atlantis.example/", PAGE.encode())]))
    assert open_source("-").source_format == "WARC"
    piped(monkeypatch, zipped({"page.html": PAGE}))
    with pytest.raises(SourceError, match=r"^standard input: this is a zip archive, .* save it to a file"):
        open_source("-")
