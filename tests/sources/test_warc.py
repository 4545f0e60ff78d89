"""Web archives give every archived HTML page with its photos, its URL and the day of its capture."""

from __future__ import annotations

import base64
import gzip
import hashlib
import re
import tracemalloc
import zlib
from collections.abc import Callable
from functools import partial
from hashlib import md5
from pathlib import Path

import brotli
import pytest

from readout_pub import HtmlPage, SavedPage, SourceError, open_source, saved_pages
from tests.archives import ATLANTIS, Record, article, revisit, wacz, warc
from tests.sources.saved_crawls import PHOTO, TALKS, TIDES, found, only, saved


def photo(page: HtmlPage, src: str) -> bytes | None:
    load = page.assets.find(src)
    return load() if load else None


compressed_or_not = pytest.mark.parametrize(
    "write", [warc, partial(warc, packed=False)], ids=["compressed", "uncompressed"]
)


@compressed_or_not
def test_a_web_archive_is_recognised_by_content(write: Callable[[list[Record]], bytes], tmp_path: Path) -> None:
    assert found(tmp_path, write([TALKS, PHOTO, TIDES])) == [TALKS.url, TIDES.url]


def test_a_page_has_the_url_day_and_bytes_of_its_record(tmp_path: Path) -> None:
    page = only(tmp_path, warc([TALKS]))
    assert (page.url, str(page.retrieved), page.source_format) == (TALKS.url, "2031-08-04", "WARC")
    assert page.raw() == TALKS.body


def test_a_record_whose_address_is_in_capitals_is_a_page(tmp_path: Path) -> None:
    capitals = TALKS._replace(url=TALKS.url.replace(ATLANTIS, ATLANTIS.upper()))
    page = only(tmp_path, warc([capitals, PHOTO]))
    assert (page.raw(), page.notes) == (TALKS.body, ())
    assert photo(page, "img/quay.jpg") == PHOTO.body
    assert len(found(tmp_path, warc([capitals, TALKS]))) == 1


@pytest.mark.parametrize("change", [bytes.lower, bytes.upper])
def test_names_of_headers_and_types_of_records_ignore_case(change: Callable[[bytes], bytes], tmp_path: Path) -> None:
    names = rb"(?m)^(?:WARC-Type: \w+|[\w-]+(?=:))"
    records = re.sub(names, lambda found: change(found[0]), warc([TALKS, PHOTO], packed=False))
    page = only(tmp_path, records)
    assert (page.raw(), page.url, page.notes) == (TALKS.body, TALKS.url, ())
    assert photo(page, "img/quay.jpg") == PHOTO.body


def test_a_password_in_an_archived_address_is_not_in_the_page_name(tmp_path: Path) -> None:
    page = TALKS._replace(url=TALKS.url.replace("://", "://nerea:salt@"))
    assert found(tmp_path, warc([page])) == [TALKS.url]
    assert only(tmp_path, warc([page])).url == TALKS.url


def test_records_of_other_types_and_error_responses_are_not_pages(tmp_path: Path) -> None:
    others = [
        Record(f"{ATLANTIS}/robots.txt", b"User-agent: *", "text/plain"),
        Record(f"{ATLANTIS}/style.css", b"p { margin: 0 }", "text/css"),
        Record(f"{ATLANTIS}/gone.html", article("Not found").encode(), status="404 Not Found"),
        Record("urn:pageinfo:talks", b"{}", "application/json", kind="resource"),
    ]
    assert found(tmp_path, warc([*others, TALKS])) == [TALKS.url]


@pytest.mark.parametrize("before", [b"\xef\xbb\xbf", b"\r\n\r\n", b"\n" * 50])
def test_blank_lines_and_a_byte_order_mark_may_precede_the_first_record(before: bytes, tmp_path: Path) -> None:
    archive = before + warc([TALKS, TIDES], packed=False)
    assert found(tmp_path, archive) == [TALKS.url, TIDES.url]


def test_a_page_sent_as_application_octet_stream_is_recognised_by_its_markup(tmp_path: Path) -> None:
    unnamed = [each._replace(media_type="application/octet-stream") for each in (TALKS, PHOTO)]
    assert found(tmp_path, warc(unnamed)) == [TALKS.url]


def test_a_page_may_be_a_resource_record(tmp_path: Path) -> None:
    assert found(tmp_path, warc([TALKS._replace(kind="resource")])) == [TALKS.url]


@pytest.mark.parametrize(
    ("coding", "compressed"),
    [
        ("gzip", gzip.compress(TALKS.body, mtime=0)),
        ("gzip, GZIP", gzip.compress(gzip.compress(TALKS.body, mtime=0), mtime=0)),
        ("gzip", gzip.compress(TALKS.body[:30], mtime=0) + gzip.compress(TALKS.body[30:], mtime=0)),
        ("br", brotli.compress(TALKS.body)),
        ("deflate", zlib.compress(TALKS.body)),
        ("deflate", zlib.compress(TALKS.body, wbits=-zlib.MAX_WBITS)),
        ("deflate, gzip, identity", gzip.compress(zlib.compress(TALKS.body), mtime=0)),
    ],
)
def test_compressed_content_is_decompressed(coding: str, compressed: bytes, tmp_path: Path) -> None:
    sent = TALKS._replace(body=compressed, headers=(("Content-Encoding", coding),))
    assert "<p>They talked.</p>" in only(tmp_path, warc([sent])).markup


def test_content_wrongly_marked_as_compressed_is_read_unchanged(tmp_path: Path) -> None:
    sent = TALKS._replace(headers=(("Content-Encoding", "br"),))
    assert only(tmp_path, warc([sent])).raw() == TALKS.body


def test_chunked_content_is_joined(tmp_path: Path) -> None:
    sent = TALKS._replace(
        body=b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (TALKS.body[:30], TALKS.body[30:], b"")),
        headers=(("Transfer-Encoding", "chunked"),),
    )
    assert only(tmp_path, warc([sent])).raw() == TALKS.body


def test_the_encoding_of_the_server_overrides_that_of_the_page(tmp_path: Path) -> None:
    text = article("Встреча министров Атлантиды", head='<meta charset="windows-1252">')
    sent = TALKS._replace(body=text.encode("koi8_r"), media_type="text/html; charset=KOI8-R")
    assert "Встреча министров Атлантиды" in only(tmp_path, warc([sent])).markup


# --- photos


@pytest.mark.parametrize(
    "src", ["img/quay.jpg", "/img/quay.jpg", "http://www.atlantis.example/img/quay.jpg#top", "./a/../img/qu%61y.jpg"]
)
def test_a_photo_is_found_by_its_address_on_the_page(src: str, tmp_path: Path) -> None:
    assert photo(only(tmp_path, warc([TALKS, PHOTO])), src) == b"photo"


def test_a_photo_that_was_not_archived_is_not_found(tmp_path: Path) -> None:
    assert photo(only(tmp_path, warc([TALKS, PHOTO])), "img/harbour.jpg") is None


def test_of_several_captures_of_a_photo_the_nearest_in_time_is_taken(tmp_path: Path) -> None:
    early = PHOTO._replace(body=b"early", date="2030-01-01T00:00:00Z")
    late = PHOTO._replace(body=b"late", date="2031-08-05T00:00:00Z")
    assert photo(only(tmp_path, warc([early, TALKS, late])), "img/quay.jpg") == b"late"


def test_redirects_to_a_photo_are_followed_but_not_in_a_circle(tmp_path: Path) -> None:
    hops = [
        Record(f"{ATLANTIS}/img/a.jpg", status="302 Found", headers=(("Location", "b.jpg"),)),
        Record(f"{ATLANTIS}/img/b.jpg", status="301 Moved", headers=(("Location", PHOTO.url),)),
        Record(f"{ATLANTIS}/img/c.jpg", status="302 Found", headers=(("Location", "c.jpg"),)),
    ]
    page = only(tmp_path, warc([TALKS, *hops, PHOTO]))
    assert photo(page, "img/a.jpg") == b"photo"
    assert photo(page, "img/c.jpg") is None


def test_a_photo_may_be_in_another_warc_file_of_the_folder(tmp_path: Path) -> None:
    saved(tmp_path, warc([TALKS]), "crawl-1.warc.gz")
    saved(tmp_path, warc([PHOTO]), "crawl-2.warc.gz")
    page = open_source(tmp_path)
    assert isinstance(page, HtmlPage)
    assert photo(page, "img/quay.jpg") == b"photo"


# --- revisits and changed pages


def test_captures_without_digests_are_one_page_per_url_and_content(tmp_path: Path) -> None:
    records = [TALKS, TALKS._replace(date="2032-01-01T00:00:00Z"), TALKS._replace(body=TIDES.body), TIDES]
    without_digests = warc(records, packed=False).replace(b"WARC-Payload-Digest", b"X-Payload-Digest")
    assert found(tmp_path, without_digests) == found(tmp_path, warc(records))
    assert len(found(tmp_path, without_digests)) == 3


def test_a_revisit_of_the_same_url_is_not_a_second_page(tmp_path: Path) -> None:
    assert found(tmp_path, warc([TALKS]) + revisit(TALKS.url, TALKS)) == [TALKS.url]


def test_a_revisit_of_another_url_is_a_page_with_the_original_content(tmp_path: Path) -> None:
    copy = f"{ATLANTIS}/copy.html"
    pages = list(saved_pages(saved(tmp_path, warc([TALKS]) + revisit(copy, TALKS))))
    assert [page.name for page in pages] == [TALKS.url, copy]
    opened = pages[1].open()
    assert (opened.url, str(opened.retrieved), opened.raw()) == (copy, "2032-01-01", TALKS.body)


def test_captures_with_the_same_false_digest_but_other_content_are_separate_pages(tmp_path: Path) -> None:
    other = TALKS._replace(body=TIDES.body, date="2032-01-01T00:00:00Z")
    records = [each._replace(digest="sha1:GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ") for each in (TALKS, other)]
    bodies = [page.open().raw() for page in saved_pages(saved(tmp_path, warc(records)))]
    assert bodies == [TALKS.body, TIDES.body]


def test_equal_captures_with_digests_of_two_kinds_are_one_page(tmp_path: Path) -> None:
    again = TALKS._replace(digest=f"md5:{md5(TALKS.body, usedforsecurity=False).hexdigest()}")
    assert found(tmp_path, warc([TALKS, again])) == [TALKS.url]


CHANGED = TALKS._replace(body=article("They talked on.").encode(), date="2031-09-01T00:00:00Z")


@pytest.mark.parametrize("records", [[TALKS, CHANGED], [CHANGED, TALKS]])
def test_the_newest_page_of_a_url_has_the_url_as_its_name(records: list[Record], tmp_path: Path) -> None:
    assert sorted(found(tmp_path, warc(records))) == [TALKS.url, f"{TALKS.url} 20310804102030"]


def test_a_page_that_was_changed_back_is_the_newest(tmp_path: Path) -> None:
    again = TALKS._replace(date="2031-10-01T00:00:00Z")
    pages = list(saved_pages(saved(tmp_path, warc([TALKS, CHANGED, again]))))
    assert [page.name for page in pages] == [TALKS.url, f"{TALKS.url} 20310901000000"]


# --- pages selected by URL


def select(folder: Path, content: bytes, *urls: str) -> list[SavedPage]:
    return list(saved_pages(saved(folder, content), urls=urls))


@pytest.mark.parametrize("url", [TIDES.url, "http://WWW.atlantis.example:80/tides.html#swim"])
def test_a_page_is_selected_by_any_spelling_of_its_url(url: str, tmp_path: Path) -> None:
    assert [page.name for page in select(tmp_path, warc([TALKS, TIDES]), url)] == [TIDES.url]


def test_a_page_is_selected_by_a_url_that_redirects_to_it(tmp_path: Path) -> None:
    old = Record(f"{ATLANTIS}/old.html", status="301 Moved", headers=(("Location", TIDES.url),))
    assert [page.name for page in select(tmp_path, warc([old, TALKS, TIDES]), old.url)] == [TIDES.url]


def test_a_page_name_selects_one_version_but_another_url_spelling_selects_all(tmp_path: Path) -> None:
    older = f"{TALKS.url} 20310804102030"
    assert [page.name for page in select(tmp_path, warc([TALKS, CHANGED]), TALKS.url)] == [TALKS.url]
    assert [page.name for page in select(tmp_path, warc([TALKS, CHANGED]), older)] == [older]
    both = select(tmp_path, warc([TALKS, CHANGED]), TALKS.url.replace("https:", "http:"))
    assert len(both) == 2


def test_a_url_that_is_not_in_the_archive_is_reported(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as refused:
        select(tmp_path, warc([TALKS]), TALKS.url, "https://lemuria.example/")
    assert str(refused.value) == (
        f"{tmp_path}/crawl: there is no page with the URL https://lemuria.example/; "
        "`readout-pub inspect --sources` lists the pages"
    )


# --- content that is only partly in the archive


@pytest.mark.parametrize(
    ("status", "headers", "header"),
    [
        ("206 Partial Content", (("Content-Range", "bytes 0-99/5000"),), ""),
        ("206 Partial Content", (("Content-Range", "bytes 100-199/200"),), ""),
        ("206 Partial Content", (), ""),
        ("200 OK", (), "WARC-Truncated: length"),
        ("200 OK", (), "WARC-Segment-Number: 1"),
    ],
)
def test_a_page_that_is_only_partly_in_the_archive_is_noted(
    status: str, headers: tuple[tuple[str, str], ...], header: str, tmp_path: Path
) -> None:
    archive = warc([TALKS._replace(status=status, headers=headers)], packed=False)
    page = only(tmp_path, archive.replace(b"WARC-Date:", f"{header or 'X: y'}\r\nWARC-Date:".encode()))
    assert [note.code for note in page.notes] == ["TRUNCATED"]


def test_a_page_in_a_range_of_all_bytes_has_no_note(tmp_path: Path) -> None:
    headers = (("Content-Range", f"bytes 0-{len(TALKS.body) - 1}/{len(TALKS.body)}"),)
    assert only(tmp_path, warc([TALKS._replace(status="206 Partial Content", headers=headers)])).notes == ()


def test_a_whole_photo_is_taken_rather_than_a_part_of_it(tmp_path: Path) -> None:
    part = PHOTO._replace(body=b"pho", status="206 Partial Content", headers=(("Content-Range", "bytes 0-2/5"),))
    later = PHOTO._replace(date="2033-08-04T10:20:30Z")
    assert photo(only(tmp_path, warc([TALKS, part, later])), "img/quay.jpg") == b"photo"


# --- WACZ


def test_a_wacz_file_gives_the_pages_of_its_web_archive(tmp_path: Path) -> None:
    page = only(tmp_path, wacz([TALKS, PHOTO]))
    assert (page.name, page.source_format, photo(page, "img/quay.jpg")) == (TALKS.url, "WACZ", b"photo")


def test_wacz_and_warc_files_of_one_folder_are_one_archive(tmp_path: Path) -> None:
    saved(tmp_path, warc([TALKS, PHOTO]), "2031.warc.gz")
    saved(tmp_path, wacz([CHANGED, TIDES]), "2032.wacz")
    pages = {page.name: page.open() for page in saved_pages(tmp_path)}
    assert sorted(pages) == [TALKS.url, f"{TALKS.url} 20310804102030", TIDES.url]
    assert [photo(page, "img/quay.jpg") for page in pages.values() if isinstance(page, HtmlPage)] == [b"photo"] * 3


# --- limits and refusals


def test_a_web_archive_without_pages_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="none of its records is an HTML page with status 2xx"):
        only(tmp_path, warc([PHOTO]))


def test_only_the_page_that_decompresses_beyond_the_limit_is_refused(tmp_path: Path) -> None:
    bomb = TIDES._replace(body=gzip.compress(b"<p>" + b" " * 5_000_000), headers=(("Content-Encoding", "gzip"),))
    pages = list(saved_pages(saved(tmp_path, warc([bomb, TALKS])), max_bytes=1_000_000))
    with pytest.raises(SourceError, match=r"it has more than 1\.0 MB"):
        pages[0].open()
    assert pages[1].open().url == TALKS.url


@pytest.mark.slow
def test_memory_does_not_grow_with_the_size_of_the_archive(tmp_path: Path) -> None:
    photos = [PHOTO._replace(url=f"{ATLANTIS}/{number}.jpg", body=bytes(1_000_000)) for number in range(40)]
    crawl = saved(tmp_path, warc([*photos, TALKS], packed=False))
    open_source(saved(tmp_path, warc([TALKS]), "small")).raw()  # imports modules, so that their memory is not measured
    tracemalloc.start()
    try:
        open_source(crawl).raw()
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert crawl.stat().st_size > 40_000_000
    assert peak < 2_000_000


@pytest.mark.parametrize(
    ("in_damaged_file", "damaged_pages"),
    [("tides.html", ["tides"]), ("img/quay.jpg", ["talks"])],
    ids=["a file with pages", "a file with photos only"],
)
def test_damage_of_a_warc_file_is_noted_on_pages_that_may_need_that_file(
    in_damaged_file: str, damaged_pages: list[str], tmp_path: Path
) -> None:
    media_type = "text/html" if in_damaged_file.endswith("html") else "image/jpeg"
    damaged = warc([Record(f"{ATLANTIS}/{in_damaged_file}", article("Tides.").encode(), media_type=media_type)])
    saved(tmp_path, warc([Record(f"{ATLANTIS}/talks.html", article("Talks.").encode())]), "a")
    saved(tmp_path, damaged + b"not a record", "b")
    noted = [page.name for page in saved_pages(tmp_path) if any(n.code == "ARCHIVE_DAMAGED" for n in page.open().notes)]
    assert noted == [f"{ATLANTIS}/{name}.html" for name in damaged_pages]


# --- digests


def notes_of(folder: Path, content: bytes) -> list[tuple[str, str]]:
    page = only(folder, content)
    return [(each.code, each.message) for each in page.notes]


ALTERED = TALKS.body.replace(b"talked", b"walked")


@pytest.mark.parametrize(
    "digest",
    [
        "sha1:" + base64.b32encode(hashlib.sha1(ALTERED, usedforsecurity=False).digest()).decode(),
        "sha256:" + hashlib.sha256(ALTERED).hexdigest(),
        "SHA-256:" + hashlib.sha256(ALTERED).hexdigest().upper(),
        "md5:" + hashlib.md5(ALTERED, usedforsecurity=False).hexdigest(),
    ],
)
def test_a_page_that_differs_from_its_records_digest_has_a_warning(digest: str, tmp_path: Path) -> None:
    assert notes_of(tmp_path, warc([TALKS._replace(body=ALTERED, digest=digest)])) == []
    ((code, message),) = notes_of(tmp_path, warc([TALKS._replace(digest=digest)]))
    assert code == "DIGEST_DIFFERS"
    assert digest in message


CHUNKED = b"%x\r\n%s\r\n0\r\n\r\n" % (len(TALKS.body), TALKS.body)
PACKED = gzip.compress(TALKS.body, mtime=0)
CHUNKS, GZIP = ("Transfer-Encoding", "chunked"), ("Content-Encoding", "gzip")


@pytest.mark.parametrize(
    ("stored", "headers", "summed"),
    [
        (CHUNKED, (CHUNKS,), CHUNKED),
        (CHUNKED, (CHUNKS,), TALKS.body),
        (PACKED, (GZIP,), PACKED),
        (PACKED, (GZIP,), TALKS.body),
        (b"%x\r\n%s\r\n0\r\n\r\n" % (len(PACKED), PACKED), (GZIP, CHUNKS), PACKED),
    ],
)
def test_a_digest_may_be_of_the_sent_or_the_decoded_content(
    stored: bytes, headers: tuple[tuple[str, str], ...], summed: bytes, tmp_path: Path
) -> None:
    digest = "sha1:" + hashlib.sha1(summed, usedforsecurity=False).hexdigest()
    assert notes_of(tmp_path, warc([TALKS._replace(body=stored, headers=headers, digest=digest)])) == []


@pytest.mark.parametrize("digest", ["blake3:00", "sha1:?", "nothing", "sha1:é"])
def test_a_digest_of_another_form_is_not_compared(digest: str, tmp_path: Path) -> None:
    assert notes_of(tmp_path, warc([TALKS._replace(digest=digest)])) == []


def test_revisits_whose_content_is_in_another_archive_are_named(tmp_path: Path) -> None:
    again = b"".join(revisit(f"{ATLANTIS}/{name}.html", TIDES) for name in ("one", "two", "three", "four"))
    ((code, message),) = notes_of(tmp_path, warc([TALKS]) + again)
    assert code == "ARCHIVE_INCOMPLETE"
    assert "4 pages left out" in message
    assert f"{ATLANTIS}/one.html" in message
    (tmp_path / "earlier").write_bytes(warc([TIDES]))
    for page in saved_pages(tmp_path):
        assert "ARCHIVE_INCOMPLETE" not in {note.code for note in page.open().notes}


def test_a_revisit_never_takes_the_content_of_another_version_of_its_url(tmp_path: Path) -> None:
    newer = TALKS._replace(body=ALTERED)
    ((code, message),) = notes_of(tmp_path, warc([TALKS]) + revisit(TALKS.url, newer))
    assert code == "ARCHIVE_INCOMPLETE"
    assert TALKS.url in message
