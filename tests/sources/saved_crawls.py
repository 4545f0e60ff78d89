"""A small crawl for the tests of WARC files, and functions that write a crawl and open its pages."""

from __future__ import annotations

from pathlib import Path

from readout_pub import HtmlPage, open_source, saved_pages
from tests.archives import ATLANTIS, Record, article

TALKS = Record(f"{ATLANTIS}/talks.html", article("They talked.").encode())
TIDES = Record(f"{ATLANTIS}/tides.html", article("They swam.").encode())
PHOTO = Record(f"{ATLANTIS}/img/quay.jpg", b"photo", "image/jpeg")


def saved(folder: Path, content: bytes, name: str = "crawl") -> Path:
    file = folder / name
    file.write_bytes(content)
    return file


def found(folder: Path, content: bytes) -> list[str]:
    return [page.name for page in saved_pages(saved(folder, content))]


def only(folder: Path, content: bytes) -> HtmlPage:
    page = open_source(saved(folder, content))
    assert isinstance(page, HtmlPage)
    return page
