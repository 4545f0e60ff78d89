"""A saved page can be pickled and read by another process; its stamps tell whether to read it again."""

from __future__ import annotations

import hashlib
import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from readout_pub import HtmlPage, SavedPage, SourceError, open_source, read, saved_pages
from tests.archives import ATLANTIS, Record, article, mhtml, wacz, warc, zipped
from tests.pages import jpeg

PHOTO = jpeg()
WITH_PHOTO = article('<img src="img/quay.jpg">')

READ = """\
import pickle, sys
for page in pickle.load(sys.stdin.buffer):
    opened = page.open()
    photo = opened.assets.find("img/quay.jpg")
    print(page.name, len(opened.markup), len(photo()) if photo else None, sep="|")
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """The same page and photo in every source format that stores the photo apart from the page."""
    folder = tmp_path / "folder"
    (folder / "img").mkdir(parents=True)
    (folder / "talks.html").write_text(WITH_PHOTO, "utf-8")
    (folder / "img/quay.jpg").write_bytes(PHOTO)
    crawled = [
        Record(f"{ATLANTIS}/talks.html", WITH_PHOTO.encode()),
        Record(f"{ATLANTIS}/img/quay.jpg", PHOTO, "image/jpeg"),
    ]
    packed = zipped({"talks.html": WITH_PHOTO, "img/quay.jpg": PHOTO})
    (tmp_path / "saved.zip").write_bytes(packed)
    (tmp_path / "crawl.warc.gz").write_bytes(warc(crawled))
    (tmp_path / "crawl.wacz").write_bytes(wacz(crawled))
    (tmp_path / "packed.zip").write_bytes(zipped({"crawl.warc.gz": warc(crawled)}))
    (tmp_path / "talks.mhtml").write_bytes(mhtml(WITH_PHOTO, {f"{ATLANTIS}/img/quay.jpg": PHOTO}))
    return tmp_path


FORMATS = ("folder", "folder/talks.html", "saved.zip", "crawl.warc.gz", "crawl.wacz", "packed.zip", "talks.mhtml")


def only(source: Path) -> SavedPage:
    (page,) = saved_pages(source)
    return page


@pytest.mark.slow
def test_another_process_reads_an_unpickled_page_with_its_photo(workspace: Path) -> None:
    pages = [only(workspace / source_format) for source_format in FORMATS]
    read = subprocess.run([sys.executable, "-c", READ], input=pickle.dumps(pages), capture_output=True, check=True)
    expected = [f"{page.name}|{len(WITH_PHOTO)}|{len(PHOTO)}" for page in pages]
    assert read.stdout.decode().splitlines() == expected


@pytest.mark.parametrize("source_format", FORMATS)
def test_every_page_has_a_stamp_and_a_modification_time(source_format: str, workspace: Path) -> None:
    page = only(workspace / source_format)
    assert page.stamp
    assert page.modified


def test_an_unpickled_failing_page_raises_its_error(tmp_path: Path) -> None:
    (tmp_path / "saved").mkdir()
    (tmp_path / "saved/broken.zip").write_bytes(b"PK\x03\x04 and no more")
    page = pickle.loads(pickle.dumps(only(tmp_path / "saved")))  # noqa: S301 - it was pickled one call before
    with pytest.raises(SourceError, match="damaged") as caught:
        page.open()
    assert caught.value.what_next == "fetch or pack it again"


def test_a_stamp_changes_only_with_the_file(workspace: Path) -> None:
    before = only(workspace / "folder")
    assert only(workspace / "folder").stamp == before.stamp
    (workspace / "folder/talks.html").write_text(article("The Ministers met again."), "utf-8")
    assert only(workspace / "folder").stamp != before.stamp


@pytest.mark.parametrize("source_format", ["folder", "saved.zip"])
def test_a_page_records_the_stamp_of_every_asset_looked_up(source_format: str, workspace: Path) -> None:
    page = only(workspace / source_format)
    opened = page.open()
    assert isinstance(opened, HtmlPage)
    assert opened.assets.find("img/quay.jpg")
    assert not opened.assets.find("img/gone.jpg")
    assert opened.asset_stamps == {"img/quay.jpg": page.stamp_of("img/quay.jpg"), "img/gone.jpg": None}
    assert page.stamp_of("img/gone.jpg") is None


def test_the_stamp_of_a_photo_changes_when_the_file_is_replaced(workspace: Path) -> None:
    page = only(workspace / "folder")
    before = page.stamp_of("img/quay.jpg")
    os.utime(workspace / "folder/img/quay.jpg", (1, 1))
    assert page.stamp_of("img/quay.jpg") != before


def test_a_photo_that_is_added_later_gets_a_stamp(workspace: Path) -> None:
    page = only(workspace / "folder")
    assert page.stamp_of("img/later.jpg") is None
    (workspace / "folder/img/later.jpg").write_bytes(PHOTO)
    assert page.stamp_of("img/later.jpg")


def test_the_digest_of_a_page_is_that_of_the_bytes_that_were_read(tmp_path: Path) -> None:
    file = tmp_path / "talks.html"
    file.write_text("<p>The Ministers met on Monday.</p>")
    page = open_source(file)
    file.write_text("<p>The Ministers met on Tuesday.</p>")  # as when an editor saves while a batch runs
    readout, _ = read(page)
    assert readout.origin.sha256 == hashlib.sha256(b"<p>The Ministers met on Monday.</p>").hexdigest()
