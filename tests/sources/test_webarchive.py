"""Web archives of Safari: the page, its photos, its URL and its encoding; damaged archives are refused."""

from __future__ import annotations

import plistlib
from pathlib import Path
from typing import Any

import pytest

from readout_pub import convert, plain_text, read, saved_pages
from readout_pub.errors import SourceError
from readout_pub.sources import open_source
from readout_pub.sources.page import HtmlPage
from tests.archives import ATLANTIS, article, webarchive

TALKS = article('The Ministers met.<img src="img/quay.jpg" alt="Two people at a quay">')


def saved(folder: Path, content: bytes, name: str = "talks.webarchive") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def opened(path: Path, max_bytes: int = 100_000) -> HtmlPage:
    page = open_source(path, max_bytes=max_bytes)
    assert isinstance(page, HtmlPage)
    return page


def test_a_page_has_its_url_and_its_photos(tmp_path: Path) -> None:
    page = opened(saved(tmp_path, webarchive(TALKS, {f"{ATLANTIS}/img/quay.jpg": b"photo"})))
    assert (page.url, page.source_format, page.name) == (f"{ATLANTIS}/talks.html", "Safari", "talks.webarchive")
    load = page.assets.find("img/quay.jpg")
    assert load is not None
    assert load() == b"photo"
    assert page.assets.find("img/other.jpg") is None


def test_the_encoding_is_the_one_that_safari_names(tmp_path: Path) -> None:
    page = opened(saved(tmp_path, webarchive(article("長官は会談した。"), {}, charset="Shift_JIS")))
    assert "長官は会談した。" in page.markup


def test_a_folder_yields_its_web_archives_and_html_files_as_pages(tmp_path: Path) -> None:
    saved(tmp_path, webarchive(TALKS, {}))
    saved(tmp_path, article("They met again.").encode(), "again.html")
    saved(tmp_path, plistlib.dumps({"CFBundleName": "Quay"}, fmt=plistlib.FMT_BINARY), "Info.plist")
    assert [page.name for page in saved_pages(tmp_path)] == ["again.html", "talks.webarchive"]


def test_a_web_archive_is_read_from_bytes_and_from_a_file(tmp_path: Path) -> None:
    (text,) = convert(webarchive(TALKS, {}), ["txt"], name="talks.webarchive").renditions
    assert b"The Ministers met." in text.data
    readout, _ = read(saved(tmp_path, webarchive(article("They met.", head="<title>Talks</title>"), {})))
    assert plain_text(readout.title or ()) == "Talks"


@pytest.mark.parametrize(
    ("archive", "what"),
    [
        (webarchive(TALKS, {})[:-8], "this web archive is damaged; save the page again"),
        (b"bplist00WebMainResource", "this web archive is damaged; save the page again"),
        (
            {"WebMainResource": {"WebResourceURL": ATLANTIS}},
            "there is no page in this web archive; save the page again",
        ),
        ({"WebMainResource": ["page"]}, "there is no page in this web archive; save the page again"),
    ],
)
def test_an_archive_that_cannot_be_read_is_refused(archive: bytes | dict[str, Any], what: str, tmp_path: Path) -> None:
    content = archive if isinstance(archive, bytes) else plistlib.dumps(archive, fmt=plistlib.FMT_BINARY)
    path = saved(tmp_path, content)
    with pytest.raises(SourceError) as refused:
        open_source(path)
    assert str(refused.value) == f"{path}: {what}"


def test_a_page_or_photo_beyond_the_limit_is_refused(tmp_path: Path) -> None:
    path = saved(tmp_path, webarchive(TALKS, {f"{ATLANTIS}/img/quay.jpg": bytes(5000)}))
    load = opened(path, max_bytes=4000).assets.find("img/quay.jpg")
    assert load is not None
    with pytest.raises(SourceError, match=r"img/quay\.jpg"):
        load()
    with pytest.raises(SourceError, match=r"talks\.webarchive"):
        open_source(path, max_bytes=20)
