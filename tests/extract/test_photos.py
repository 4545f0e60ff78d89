"""Photos are read with their files, and a note says why a photo has no file."""

from __future__ import annotations

import base64
import hashlib
import struct
import zlib
from pathlib import Path

import pytest

from readout_pub import Readout, read, saved_pages
from readout_pub.model import Described, Photo, photos, photos_in
from tests.archives import ATLANTIS, Record, warc
from tests.pages import PROFILES, extracted, extraction, jpeg, saved_page


def read_archived(folder: Path, main: str, *photos: Record, head: str = "") -> Readout:
    """Return the readout of a page with the markup `main` in its main element, from a web archive with `photos`."""
    page = (
        f'<!DOCTYPE html><html lang="en"><head>{head}</head><body><main>{main}<p>They talked.</p></main></body></html>'
    )
    crawl = folder / "crawl.warc.gz"
    crawl.write_bytes(warc([Record(f"{ATLANTIS}/talks.html", page.encode()), *photos]))
    (saved,) = saved_pages(crawl, max_bytes=20_000)
    readout, _ = read(saved, site="atlantis", sites=[PROFILES])
    return readout


def photo(path: str, content: bytes) -> Record:
    return Record(f"{ATLANTIS}/{path}", content, "image/jpeg")


def test_relative_photo_urls_are_resolved_against_the_base_element(tmp_path: Path) -> None:
    base = f'<base href="{ATLANTIS}/files/">'
    readout = read_archived(tmp_path, '<img src="quay.jpg" alt="A quay">', photo("files/quay.jpg", jpeg()), head=base)
    (found,) = photos_in(readout.body)
    assert (found.src, found.width) == (f"{ATLANTIS}/files/quay.jpg", 320)


@pytest.mark.parametrize("folder", ["talks_files", "talks-Dateien", "talks_bestanden", "talks_pliki", "talks_soubory"])
def test_a_photo_in_a_companion_folder_keeps_the_browsers_url(folder: str, tmp_path: Path) -> None:
    """The URL stays relative: resolved against the URL of the page, it would be a URL that was never published."""
    (tmp_path / folder).mkdir()
    (tmp_path / folder / "quay.jpg").write_bytes(jpeg())
    (tmp_path / "talks.html").write_text(
        f'<!DOCTYPE html>\n<!-- saved from url=(0039){ATLANTIS}/talks.html -->\n<html lang="en"><body><main>'
        f'<img src="./{folder}/quay.jpg" alt="A quay"><p>They talked.</p></main></body></html>',
        "utf-8",
    )
    (saved,) = saved_pages(tmp_path)
    readout, _ = read(saved, site="atlantis", sites=[PROFILES])
    (found,) = photos_in(readout.body)
    assert (found.src, found.width) == (f"./{folder}/quay.jpg", 320)


def pixelless_png(width: int, height: int) -> bytes:
    """Return a PNG whose header declares this size, without pixels."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


# Pillow refuses an image with too many pixels, and warns of one with more than half as many.
@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (pixelless_png(10_001, 10_000), ("PHOTO_UNREADABLE", "it has 10001 × 10000 pixels, more than 100,000,000")),
        (bytes(30_000), ("PHOTO_UNREADABLE", "it has more than 20,000 bytes, which is the limit")),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", ("PHOTO_UNREADABLE", "or not an image in pixels, such as JPEG")),
        (b"\x89PNG\r\n\x1a\n", ("PHOTO_UNREADABLE", "it is damaged, or not an image in pixels")),
        (b"", ("PHOTO_UNREADABLE", "it is damaged, or not an image in pixels")),
        (None, ("PHOTO_FILE_MISSING", "is missing")),
    ],
    ids=["too many pixels", "too large", "drawing", "damaged", "empty", "missing"],
)
def test_a_note_says_why_a_photo_has_no_file(content: bytes | None, expected: tuple[str, str], tmp_path: Path) -> None:
    photos = [] if content is None else [photo("quay.jpg", content)]
    readout = read_archived(tmp_path, '<img src="quay.jpg" alt="A quay" width="320" height="200">', *photos)
    code, words = expected
    (note,) = (note for note in readout.notes if note.code.startswith("PHOTO"))
    assert note.code == code
    assert words in note.message


OFFERED = "l.jpg 4000w, p.jpg 1600w, m.jpg 800w, s.jpg 320w"
"""A `srcset`; 1600 pixels are `MAX_SIDE`, the most that print can show."""


@pytest.mark.parametrize(
    ("markup", "there", "taken"),
    [
        (f'<img src="s.jpg" srcset="{OFFERED}" alt="A quay">', "s m p l", "p"),
        (f'<img src="s.jpg" srcset="{OFFERED}" alt="A quay">', "s m l", "l"),
        (f'<img src="s.jpg" srcset="{OFFERED}" alt="A quay">', "s m", "m"),
        (f'<img src="x.jpg" srcset="{OFFERED}" alt="A quay">', "x l", "l"),
        (f'<img src="x.jpg" srcset="{OFFERED}" alt="A quay">', "x", "x"),
        ('<img src="s.jpg" srcset="l.jpg 4000w,p.jpg 2000w" alt="A quay">', "s p l", "p"),
        ('<img src="s.jpg" srcset="m.jpg 1x, p.jpg 2x" alt="A quay">', "s m p", "p"),
        ('<img src="s.jpg" srcset="c,1.jpg 2x" alt="A quay">', "s c,1", "c,1"),
        ('<picture><source srcset="p.jpg 1600w"><img src="s.jpg" alt="A quay"></picture>', "s p", "p"),
        (
            '<picture><source media="(min-width: 900px)" srcset="p.jpg"><img src="s.jpg" alt="A quay"></picture>',
            "s p",
            "s",
        ),
    ],
)
def test_the_saved_size_that_is_best_for_print_is_used(markup: str, there: str, taken: str, tmp_path: Path) -> None:
    photos = [photo(f"{name}.jpg", jpeg(320 + number)) for number, name in enumerate(there.split())]
    (found,) = photos_in(read_archived(tmp_path, markup, *photos).body)
    assert found.src == f"{ATLANTIS}/{taken}.jpg"
    assert found.width == 320 + there.split().index(taken)


# --- image files


def only_photo(markup: str, files: dict[str, bytes], url: str | None = None) -> Photo:
    (photo,) = photos(extracted(f"<p>One.</p>{markup}", files=files, url=url))
    return photo


def test_a_photo_with_a_file_has_its_digest_type_and_size() -> None:
    file = jpeg(300, 100)
    digest = hashlib.sha256(file).hexdigest()
    found = extraction(saved_page('<p>One.</p><img src="a.jpg" width="30" height="10">', files={"a.jpg": file}))
    assert list(photos(found.readout)) == [
        Photo("a.jpg", sha256=digest, media_type="image/jpeg", width=300, height=100)
    ]
    assert found.images.read(digest) == file


def test_a_photo_without_a_file_keeps_its_url() -> None:
    photo = only_photo('<img src="a.jpg" width="300" height="100">', {})
    assert photo == Photo("a.jpg")


def test_a_photo_whose_file_is_not_an_image_keeps_only_its_url() -> None:
    assert only_photo('<img src="a.jpg">', {"a.jpg": b"<html>404 not found</html>"}) == Photo("a.jpg")


@pytest.mark.parametrize("src", ["quay@2x.jpg", "@quay.jpg", "a:b@quay.jpg"])
def test_the_file_name_of_a_photo_may_have_an_at_sign(src: str) -> None:
    assert only_photo(f'<img src="{src}" alt="Two at a quay">', {src: jpeg()}).src == src


def test_a_photo_has_an_absolute_url_if_the_page_has_one() -> None:
    file = jpeg()
    photo = only_photo('<img src="img/a.jpg">', {"img/a.jpg": file}, "https://atlantis.example/talks/page.html")
    assert photo.src == "https://atlantis.example/talks/img/a.jpg"
    assert photo.sha256 == hashlib.sha256(file).hexdigest()


@pytest.mark.parametrize("scheme", ["data:", "Data:"])
def test_a_photo_in_a_data_url_is_named_by_its_digest(scheme: str) -> None:
    file = jpeg()
    digest = hashlib.sha256(file).hexdigest()
    photo = only_photo(f'<img src="{scheme}image/jpeg;base64,{base64.b64encode(file).decode()}">', {})
    assert photo == Photo(f"data:sha256:{digest}", sha256=digest, media_type="image/jpeg", width=320, height=200)


@pytest.mark.parametrize("src", ["data:image/jpeg;base64,%%%", "data:image/jpeg", "data:image/jpeg;base64,aGVsbG8="])
def test_a_photo_with_a_malformed_data_url_has_no_file(src: str) -> None:
    assert only_photo(f'<img src="{src}" alt="Two men">', {}).sha256 is None


def test_a_photo_saved_as_its_placeholder_keeps_its_alt() -> None:
    pixel = base64.b64encode(jpeg(1, 1)).decode()
    markup = f'<p>One.</p><img src="data:image/jpeg;base64,{pixel}" alt="Two men" width="640" height="400">'
    (photo,) = photos(extracted(markup))
    assert (photo.alt, photo.sha256) == (Described("Two men"), None)
