"""Photos of sources: pages, archives, outputs of each format, and output folders of batches."""

from __future__ import annotations

from pathlib import Path

import pytest

from readout_pub import SourceError, batch, convert
from readout_pub.alt_review.photos import PagePhotos, photos_by_page
from readout_pub.model import Described
from tests.archives import ATLANTIS, Record, warc
from tests.pages import PROSE, jpeg

ALT = "Two ministers at a table"
CAPTION = "The talks at the quay"


def write_page(folder: Path, name: str = "talks.html", alt: str = ALT) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "quay.jpg").write_bytes(jpeg(640, 400))
    page = folder / name
    page.write_text(
        f'<!DOCTYPE html><html lang="en"><title>Talks</title><body><main><h1>Talks with Atlantis</h1>{"".join(PROSE)}'
        f'<figure><img src="quay.jpg" alt="{alt}" width="640" height="400"><figcaption>{CAPTION}</figcaption></figure>'
        "<p>Both sides agreed.</p></main></body></html>",
        "utf-8",
    )
    return page


def found(source: Path | str) -> list[PagePhotos]:
    return list(photos_by_page(str(source)))


def alts(source: Path | str) -> dict[str, list[str]]:
    return {
        each.page: [photo.alt.text for photo in each.photos if isinstance(photo.alt, Described)]
        for each in found(source)
    }


def test_photos_of_all_pages_of_a_folder_are_found(tmp_path: Path) -> None:
    write_page(tmp_path, "one.html")
    write_page(tmp_path, "two.html", alt="A crane")
    assert alts(tmp_path) == {"one.html": [ALT], "two.html": ["A crane"]}


def test_a_photo_has_its_bytes_size_title_and_caption(tmp_path: Path) -> None:
    ((photo,),) = (each.photos for each in found(write_page(tmp_path)))
    assert photo.read_image is not None
    assert photo.read_image() == (tmp_path / "quay.jpg").read_bytes()
    assert (photo.width, photo.height, photo.media_type) == (640, 400, "image/jpeg")
    assert (photo.file, photo.title, photo.caption) == ("quay.jpg", "Talks with Atlantis", CAPTION)


def test_photos_of_a_web_archive_are_found(tmp_path: Path) -> None:
    page = write_page(tmp_path)
    archive = tmp_path / "crawl.warc.gz"
    urls = {f"{ATLANTIS}/talks.html": page.read_bytes(), f"{ATLANTIS}/quay.jpg": jpeg()}
    types = {"html": "text/html", "jpg": "image/jpeg"}
    archive.write_bytes(warc(Record(url, body, types[url.rpartition(".")[2]]) for url, body in urls.items()))
    assert alts(archive) == {f"{ATLANTIS}/talks.html": [ALT]}


def test_a_list_of_paths_yields_photos_and_reports_missing_pages(tmp_path: Path) -> None:
    write_page(tmp_path)
    listing = tmp_path / "list.txt"
    listing.write_text("talks.html\ngone.html\n")
    read, missing = found(f"@{listing}")
    assert (read.page, len(read.photos)) == ("talks.html", 1)
    assert (missing.page, missing.photos) == ("gone.html", ())
    assert "gone.html" in str(missing.error)


def test_a_page_that_cannot_be_read_does_not_stop_the_others(tmp_path: Path) -> None:
    write_page(tmp_path, "one.html")
    (tmp_path / "empty.html").write_text("")
    damaged, read = found(tmp_path)
    assert isinstance(damaged.error, SourceError)
    assert len(read.photos) == 1


@pytest.mark.slow
@pytest.mark.parametrize("target", ["html", "json", "epub", "docx", "odt", "md", "pdf"])
def test_photos_of_an_output_are_found(target: str, tmp_path: Path) -> None:
    (rendition,) = convert(write_page(tmp_path / "saved"), [target]).renditions
    rendition.write(tmp_path / "out", "talks")
    (page,) = found(tmp_path / "out" / f"talks{rendition.suffix}")
    (photo,) = page.photos
    assert photo.alt == Described(ALT)
    assert "Both sides agreed." in photo.page_text


@pytest.mark.slow
@pytest.mark.parametrize("formats", [["html", "epub"], ["pdf"]])
def test_each_page_of_a_batch_is_read_once(formats: list[str], tmp_path: Path) -> None:
    write_page(tmp_path / "saved", "one.html")
    write_page(tmp_path / "saved", "two.html", alt="A crane")
    list(batch([tmp_path / "saved"], formats, tmp_path / "out"))
    assert alts(tmp_path / "out") == {"one.html": [ALT], "two.html": ["A crane"]}


@pytest.mark.slow
def test_a_manifest_that_names_a_file_elsewhere_is_refused(tmp_path: Path) -> None:
    out = tmp_path / "out"
    list(batch([write_page(tmp_path / "saved", "talks.html")], ["html"], out))
    (out / "talks.html").rename(tmp_path / "talks.html")
    manifest = out / "manifest.json"
    manifest.write_text(manifest.read_text("utf-8").replace('"talks.html"', '"../talks.html"'), "utf-8")
    with pytest.raises(SourceError, match="it is not a list of outputs that `batch` wrote"):
        found(out)


def test_a_damaged_output_is_reported(tmp_path: Path) -> None:
    (tmp_path / "talks.epub").write_bytes(b"PK\x03\x04 cut off")
    (page,) = found(tmp_path / "talks.epub")
    assert "damaged" in str(page.error)


@pytest.mark.slow
@pytest.mark.parametrize("target", ["pdf", "docx", "epub", "odt", "md"])
def test_a_photo_of_an_output_has_caption_and_surrounding_texts(target: str, tmp_path: Path) -> None:
    page = write_page(tmp_path)
    text = page.read_text("utf-8").replace(
        "<p>Both sides agreed.</p>",
        '<p>Both sides agreed.</p><figure><img src="crane.jpg" alt="A crane"><img src="buoy.jpg" alt="A buoy">'
        "<figcaption>The harbour</figcaption></figure><p>They will meet again.</p>",
    )
    page.write_text(text, "utf-8")
    (tmp_path / "crane.jpg").write_bytes(jpeg(600, 400))
    (tmp_path / "buoy.jpg").write_bytes(jpeg(620, 400))
    (rendition,) = convert(page, [target]).renditions
    output = tmp_path / f"talks.{target}"
    output.write_bytes(rendition.data)
    ((first, second, third),) = (each.photos for each in found(output))
    assert (first.caption, first.after) == (CAPTION, "Both sides agreed.")
    assert first.before.endswith("the tide.")
    assert [(photo.alt, photo.caption) for photo in (second, third)] == [
        (Described("A crane"), "The harbour"),
        (Described("A buoy"), "The harbour"),
    ]
    assert (second.before, third.after) == ("Both sides agreed.", "They will meet again.")
