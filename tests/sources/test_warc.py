"""Web archives: every HTML page that a crawler got, with its photos, its address and its day."""

from __future__ import annotations

import gzip
import re
import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from functools import partial
from pathlib import Path

import brotli
import pytest

from readout_pub import HtmlPage, SavedPage, SourceError, open_source, saved_pages
from tests.archives import ATLANTIS, Record, article, revisit, wacz, warc

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


def photo(page: HtmlPage, src: str) -> bytes | None:
    load = page.assets.find(src)
    return load() if load else None


packed_or_not = pytest.mark.parametrize("write", [warc, partial(warc, packed=False)], ids=["packed", "not packed"])


@packed_or_not
def test_a_web_archive_is_known_by_its_content(write: Callable[[list[Record]], bytes], tmp_path: Path) -> None:
    assert found(tmp_path, write([TALKS, PHOTO, TIDES])) == [TALKS.url, TIDES.url]


def test_a_page_knows_its_address_its_day_and_its_bytes(tmp_path: Path) -> None:
    page = only(tmp_path, warc([TALKS]))
    assert (page.url, str(page.retrieved), page.shape) == (TALKS.url, "2031-08-04", "WARC")
    assert page.raw() == TALKS.body


def test_what_is_no_html_page_or_was_not_there_is_no_page(tmp_path: Path) -> None:
    others = [
        Record(f"{ATLANTIS}/robots.txt", b"User-agent: *", "text/plain"),
        Record(f"{ATLANTIS}/style.css", b"p { margin: 0 }", "text/css"),
        Record(f"{ATLANTIS}/gone.html", article("Not found").encode(), status="404 Not Found"),
        Record("urn:pageinfo:talks", b"{}", "application/json", kind="resource"),
    ]
    assert found(tmp_path, warc([*others, TALKS])) == [TALKS.url]


def test_a_page_without_a_media_type_is_known_by_its_markup(tmp_path: Path) -> None:
    unnamed = [each._replace(media_type="application/octet-stream") for each in (TALKS, PHOTO)]
    assert found(tmp_path, warc(unnamed)) == [TALKS.url]


def test_a_page_may_be_a_resource_record(tmp_path: Path) -> None:
    assert found(tmp_path, warc([TALKS._replace(kind="resource")])) == [TALKS.url]


@pytest.mark.parametrize(
    ("coding", "packed"),
    [("gzip", gzip.compress(TALKS.body, mtime=0)), ("br", brotli.compress(TALKS.body))],
)
def test_what_a_server_sent_packed_is_unpacked(coding: str, packed: bytes, tmp_path: Path) -> None:
    sent = TALKS._replace(body=packed, headers=(("Content-Encoding", coding),))
    assert "<p>They talked.</p>" in only(tmp_path, warc([sent])).markup


def test_what_a_crawler_unpacked_and_left_marked_as_packed_is_read_as_it_is(tmp_path: Path) -> None:
    sent = TALKS._replace(headers=(("Content-Encoding", "br"),))
    assert only(tmp_path, warc([sent])).raw() == TALKS.body


def test_what_a_server_sent_in_chunks_is_joined(tmp_path: Path) -> None:
    sent = TALKS._replace(
        body=b"%x\r\n%s\r\n0\r\n\r\n" % (len(TALKS.body), TALKS.body), headers=(("Transfer-Encoding", "chunked"),)
    )
    assert only(tmp_path, warc([sent])).raw() == TALKS.body


def test_the_encoding_that_a_server_names_comes_before_that_of_the_page(tmp_path: Path) -> None:
    text = article("Встреча министров Атлантиды", head='<meta charset="windows-1252">')
    sent = TALKS._replace(body=text.encode("koi8_r"), media_type="text/html; charset=KOI8-R")
    assert "Встреча министров Атлантиды" in only(tmp_path, warc([sent])).markup


# --- photos


@pytest.mark.parametrize(
    "src", ["img/quay.jpg", "/img/quay.jpg", "http://www.atlantis.example/img/quay.jpg#top", "./a/../img/qu%61y.jpg"]
)
def test_a_photo_is_found_at_the_address_that_it_has_on_the_page(src: str, tmp_path: Path) -> None:
    assert photo(only(tmp_path, warc([TALKS, PHOTO])), src) == b"photo"


def test_a_photo_of_another_address_is_not_there(tmp_path: Path) -> None:
    assert photo(only(tmp_path, warc([TALKS, PHOTO])), "img/harbour.jpg") is None


def test_of_a_photo_that_changed_the_one_nearest_in_time_belongs_to_the_page(tmp_path: Path) -> None:
    early = PHOTO._replace(body=b"early", date="2030-01-01T00:00:00Z")
    late = PHOTO._replace(body=b"late", date="2031-08-05T00:00:00Z")
    assert photo(only(tmp_path, warc([early, TALKS, late])), "img/quay.jpg") == b"late"


def test_a_photo_is_found_behind_redirects_and_not_behind_a_circle_of_them(tmp_path: Path) -> None:
    hops = [
        Record(f"{ATLANTIS}/img/a.jpg", status="302 Found", headers=(("Location", "b.jpg"),)),
        Record(f"{ATLANTIS}/img/b.jpg", status="301 Moved", headers=(("Location", PHOTO.url),)),
        Record(f"{ATLANTIS}/img/c.jpg", status="302 Found", headers=(("Location", "c.jpg"),)),
    ]
    page = only(tmp_path, warc([TALKS, *hops, PHOTO]))
    assert photo(page, "img/a.jpg") == b"photo"
    assert photo(page, "img/c.jpg") is None


def test_a_photo_may_lie_in_another_file_of_the_same_folder(tmp_path: Path) -> None:
    saved(tmp_path, warc([TALKS]), "crawl-1.warc.gz")
    saved(tmp_path, warc([PHOTO]), "crawl-2.warc.gz")
    page = open_source(tmp_path)
    assert isinstance(page, HtmlPage)
    assert photo(page, "img/quay.jpg") == b"photo"


# --- the same page again


def test_a_revisit_of_the_same_page_gives_no_second_one(tmp_path: Path) -> None:
    assert found(tmp_path, warc([TALKS]) + revisit(TALKS.url, TALKS)) == [TALKS.url]


def test_a_revisit_of_another_address_is_a_page_with_the_content_of_the_first(tmp_path: Path) -> None:
    copy = f"{ATLANTIS}/copy.html"
    pages = list(saved_pages(saved(tmp_path, warc([TALKS]) + revisit(copy, TALKS))))
    assert [page.name for page in pages] == [TALKS.url, copy]
    opened = pages[1].open()
    assert (opened.url, str(opened.retrieved), opened.raw()) == (copy, "2032-01-01", TALKS.body)


def test_a_page_that_changed_is_two_pages_told_apart_by_their_time(tmp_path: Path) -> None:
    changed = TALKS._replace(body=article("They talked on.").encode(), date="2031-09-01T00:00:00Z")
    assert found(tmp_path, warc([TALKS, changed])) == [f"{TALKS.url} 20310804102030", f"{TALKS.url} 20310901000000"]


# --- chosen pages


def chosen(folder: Path, content: bytes, *urls: str) -> list[SavedPage]:
    return list(saved_pages(saved(folder, content), urls=urls))


@pytest.mark.parametrize("url", [TIDES.url, "http://WWW.atlantis.example:80/tides.html#swim"])
def test_a_page_is_chosen_by_its_address_however_it_is_spelled(url: str, tmp_path: Path) -> None:
    assert [page.name for page in chosen(tmp_path, warc([TALKS, TIDES]), url)] == [TIDES.url]


def test_a_page_is_chosen_by_an_address_that_leads_to_it(tmp_path: Path) -> None:
    old = Record(f"{ATLANTIS}/old.html", status="301 Moved", headers=(("Location", TIDES.url),))
    assert [page.name for page in chosen(tmp_path, warc([old, TALKS, TIDES]), old.url)] == [TIDES.url]


def test_an_address_that_the_archive_does_not_hold_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as refused:
        chosen(tmp_path, warc([TALKS]), TALKS.url, "https://lemuria.example/")
    assert str(refused.value) == (
        f"{tmp_path}/crawl: no page stands at https://lemuria.example/; "
        "`readout-pub inspect --sources` lists those that do"
    )


# --- WACZ


def test_a_wacz_file_gives_the_pages_of_its_web_archive(tmp_path: Path) -> None:
    page = only(tmp_path, wacz([TALKS, PHOTO]))
    assert (page.name, page.shape, photo(page, "img/quay.jpg")) == (TALKS.url, "WACZ", b"photo")


# --- what is broken


@packed_or_not
def test_a_web_archive_that_breaks_off_gives_what_is_there_with_a_note(
    write: Callable[[list[Record]], bytes], tmp_path: Path
) -> None:
    crawl = saved(tmp_path, write([TALKS]) + write([TIDES])[:-40])
    pages = [page.open() for page in saved_pages(crawl)]
    assert [page.url for page in pages] == [TALKS.url, TIDES.url]
    (told,) = {note.message for page in pages for note in page.notes}
    assert told == (
        f"the archive is damaged: its last record, the record at byte {len(write([TALKS]))} ({TIDES.url}), breaks off; "
        "its readable parts were used"
    )


def stating(record: bytes, length: str) -> bytes:
    """Return an unpacked record that states another length, or none."""
    return re.sub(rb"Content-Length: \d+\r\n", f"Content-Length: {length}\r\n".encode() if length else b"", record)


OTHER, SHORTER, UNSAID = "is not as long as it says", "is shorter than it says", "does not say how long it is"
LENGTHS = {"0": OTHER, "9": OTHER, "60": OTHER, "none": OTHER, "-1": OTHER, "900": SHORTER, "": UNSAID}


@pytest.mark.parametrize(("length", "fault"), LENGTHS.items())
@pytest.mark.parametrize("pack", [bytes, partial(gzip.compress, mtime=0)], ids=["not packed", "packed"])
def test_a_record_that_states_a_wrong_length_is_read_to_the_next_one_and_named(
    pack: Callable[[bytes], bytes], length: str, fault: str, tmp_path: Path
) -> None:
    first, second, third = (warc([each], packed=False) for each in (PHOTO, TALKS, TIDES))
    wrong = stating(second, length)
    assert wrong != second
    crawl = saved(tmp_path, pack(first) + pack(wrong) + pack(third))
    pages = [page.open() for page in saved_pages(crawl)]
    assert [(page.url, page.raw()) for page in pages] == [(TALKS.url, TALKS.body), (TIDES.url, TIDES.body)]
    ((told, where),) = {(note.message, note.where) for page in pages for note in page.notes}
    assert where == str(crawl)
    assert told == (
        f"the archive is damaged: the record at byte {len(pack(first))} ({TALKS.url}) {fault}; "
        "its readable parts were used"
    )


@pytest.mark.parametrize("length", range(200, 500, 7))
def test_a_length_that_ends_within_the_next_record_costs_neither(length: int, tmp_path: Path) -> None:
    wrong = stating(warc([TALKS], packed=False), str(length))
    pages = [page.open() for page in saved_pages(saved(tmp_path, wrong + warc([TIDES], packed=False)))]
    assert [page.raw() for page in pages] == [TALKS.body, TIDES.body]


QUOTING = TALKS._replace(
    body=b"Records begin so:\r\nWARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://other.example/\r\n"
    b"Content-Length: 4\r\n\r\nText\r\n\r\nand so they end. <p>No more.</p>"
)


@pytest.mark.parametrize("behind", [b"junk", bytes(9), b"\r\nlost"], ids=["text", "zeros", "lines"])
def test_a_page_that_quotes_a_record_is_not_cut_where_the_next_record_is_broken(behind: bytes, tmp_path: Path) -> None:
    crawl = warc([QUOTING], packed=False) + behind + warc([TIDES], packed=False)
    pages = [page.open() for page in saved_pages(saved(tmp_path, crawl))]
    assert [(page.url, page.raw()) for page in pages] == [(TALKS.url, QUOTING.body), (TIDES.url, TIDES.body)]


@pytest.mark.parametrize("missing", [4, 9, 30])
def test_a_record_that_breaks_off_costs_none_of_the_next_one(missing: int, tmp_path: Path) -> None:
    first, second = warc([TALKS], packed=False), warc([TIDES], packed=False)
    pages = [page.open() for page in saved_pages(saved(tmp_path, first[:-missing] + second + second))]
    assert pages[0].raw() == TALKS.body[: len(TALKS.body) + 4 - missing]
    assert pages[1].raw() == TIDES.body


@pytest.mark.parametrize("length", range(0, 320, 13))
def test_a_record_that_breaks_off_in_its_headers_lends_none_of_them_to_the_next_one(
    length: int, tmp_path: Path
) -> None:
    broken, sound = warc([TALKS], packed=False)[:length], warc([TIDES], packed=False)
    pages = list(saved_pages(saved(tmp_path, warc([PHOTO], packed=False) + broken + sound)))
    (page,) = [page.open() for page in pages if page.name == TIDES.url]
    assert page.raw() == TIDES.body


@packed_or_not
def test_a_record_whose_beginning_is_lost_is_named_and_the_others_are_read(
    write: Callable[[list[Record]], bytes], tmp_path: Path
) -> None:
    broken = write([PHOTO])[100:]
    pages = [page.open() for page in saved_pages(saved(tmp_path, write([TALKS]) + broken + write([TIDES])))]
    assert [page.raw() for page in pages] == [TALKS.body, TIDES.body]
    (told,) = {note.message for page in pages for note in page.notes}
    assert told == (
        f"the archive is damaged: the record at byte {len(write([TALKS]))} does not begin as records do; "
        "its readable parts were used"
    )


def test_a_packed_record_that_is_damaged_costs_no_other(tmp_path: Path) -> None:
    long = TALKS._replace(body=article("".join(map(str, range(20_000)))).encode())
    packed = bytearray(warc([long]))
    packed[len(packed) // 2] ^= 0xFF
    pages = [page.open() for page in saved_pages(saved(tmp_path, bytes(packed) + warc([TIDES])))]
    assert [page.url for page in pages] == [TALKS.url, TIDES.url]
    assert pages[0].raw()[:1000] == long.body[:1000]
    assert f"the record at byte 0 ({TALKS.url}) is shorter than it says" in pages[1].notes[0].message


def test_of_a_packed_record_all_that_stands_before_the_damage_is_read(tmp_path: Path) -> None:
    wrong = warc([TALKS])[:-8] + b"checksum"
    pages = [page.open() for page in saved_pages(saved(tmp_path, warc([PHOTO]) + wrong + warc([TIDES])))]
    assert [page.raw() for page in pages] == [TALKS.body, TIDES.body]
    assert f"({TALKS.url}) cannot be unpacked" in pages[0].notes[0].message


def test_content_in_very_many_chunks_is_no_endless_header(tmp_path: Path) -> None:
    body = article("They talked. " * 20_000).encode()
    chunks = b"".join(b"4\r\n%b\r\n" % body[at : at + 4] for at in range(0, len(body) // 4 * 4, 4))
    page = only(
        tmp_path, warc([TALKS._replace(body=chunks + b"0\r\n\r\n", headers=(("Transfer-Encoding", "chunked"),))])
    )
    assert page.raw() == body[: len(body) // 4 * 4]


ENDLESS = {
    "line": warc([PHOTO], packed=False)[:-4] + bytes(100_000_000) + b"\n",
    "headers": b"WARC/1.0\r\n" + b"a: b\r\n" * 400_000,
    "sent headers": stating(warc([PHOTO], packed=False), "2000000")[:-9] + b"a: b\r\n" * 400_000,
}


@pytest.mark.parametrize("endless", ENDLESS.values(), ids=ENDLESS)
@pytest.mark.parametrize("pack", [bytes, partial(gzip.compress, mtime=0)], ids=["not packed", "packed"])
def test_what_has_no_end_takes_no_memory(endless: bytes, pack: Callable[[bytes], bytes], tmp_path: Path) -> None:
    talks, tides = (warc([each], packed=False) for each in (TALKS, TIDES))
    crawl = saved(tmp_path, b"".join(map(pack, (talks, endless, tides))))
    tracemalloc.start()
    try:
        assert [page.name for page in saved_pages(crawl)] == [TALKS.url, TIDES.url]
        assert tracemalloc.get_traced_memory()[1] < 60_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("border", range(-60, 4))
def test_the_next_record_is_found_wherever_it_stands_in_a_large_file(border: int, tmp_path: Path) -> None:
    wrong = stating(warc([PHOTO], packed=False), "9")
    filled = PHOTO._replace(body=b"photo" + bytes(1_000_000 + border - len(wrong)))
    crawl = stating(warc([filled], packed=False), "9") + warc([TALKS], packed=False)
    assert found(tmp_path, crawl) == [TALKS.url]


def test_behind_any_number_of_broken_records_reading_goes_on(tmp_path: Path) -> None:
    wrong = stating(warc([PHOTO], packed=False), "9")
    assert found(tmp_path, wrong * 1000 + warc([TALKS], packed=False)) == [TALKS.url]


def test_where_broken_records_lead_far_beyond_their_end_again_and_again_reading_ends_and_says_where(
    tmp_path: Path,
) -> None:
    wrong = stating(warc([TALKS], packed=False), "900000000")
    (page,) = saved_pages(saved(tmp_path, wrong * 10_000))
    message = page.open().notes[0].message
    assert re.search(
        r"its broken records state lengths that are far too large, and it was not read from byte \d+ on", message
    )


def test_of_many_broken_records_the_first_are_told_and_the_others_counted(tmp_path: Path) -> None:
    wrong = stating(warc([TALKS], packed=False), "9")
    (page,) = saved_pages(saved(tmp_path, wrong * 5))
    (note,) = page.open().notes
    assert note.message.count("the record at byte") == 4
    assert "; 1 more; the record at byte" in note.message


def test_a_web_archive_of_which_nothing_can_be_read_is_refused(tmp_path: Path) -> None:
    broken = warc([TALKS])[:150] + b"broken" * 20
    with pytest.raises(SourceError, match="this web archive is damaged"):
        only(tmp_path, broken)


def test_a_web_archive_that_was_packed_as_a_whole_says_how_to_make_it_readable(tmp_path: Path) -> None:
    page = only(tmp_path, gzip.compress(warc([TALKS, TIDES], packed=False), mtime=0))
    (note,) = page.notes
    assert (
        "it was packed as a whole, not record by record; `warcio recompress` makes one that can be read" in note.message
    )


def test_of_records_that_were_packed_together_among_others_none_is_found_where_it_does_not_stand(
    tmp_path: Path,
) -> None:
    together = gzip.compress(warc([PHOTO, TIDES], packed=False), mtime=0)
    (page,) = [page.open() for page in saved_pages(saved(tmp_path, warc([TALKS]) + together + warc([TALKS])))]
    assert page.raw() == TALKS.body
    assert "it was packed as a whole" in page.notes[0].message


@packed_or_not
def test_what_an_archive_holds_is_not_written_to_the_terminal(
    write: Callable[[list[Record]], bytes], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    program = "import sys, readout_pub; [page.open() for page in readout_pub.saved_pages(sys.argv[1])]"
    crawl = saved(tmp_path, write([TALKS._replace(url=f"{ATLANTIS}/sea side\x1b[31m.html")]) + b"junk")
    subprocess.run([sys.executable, "-c", program, crawl], check=True)
    assert capfd.readouterr().err == ""


def test_a_web_archive_without_pages_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="none of its records is an HTML page that a server sent with success"):
        only(tmp_path, warc([PHOTO]))


def test_a_page_that_unpacks_to_more_than_the_limit_is_refused_and_the_others_are_not(tmp_path: Path) -> None:
    bomb = TIDES._replace(body=gzip.compress(b"<p>" + b" " * 5_000_000), headers=(("Content-Encoding", "gzip"),))
    pages = list(saved_pages(saved(tmp_path, warc([bomb, TALKS])), max_bytes=1_000_000))
    with pytest.raises(SourceError, match=r"it has more than 1\.0 MB"):
        pages[0].open()
    assert pages[1].open().url == TALKS.url


def test_the_memory_of_finding_and_reading_does_not_grow_with_the_archive(tmp_path: Path) -> None:
    photos = [PHOTO._replace(url=f"{ATLANTIS}/{number}.jpg", body=bytes(1_000_000)) for number in range(40)]
    crawl = saved(tmp_path, warc([*photos, TALKS], packed=False))
    tracemalloc.start()
    try:
        open_source(crawl).raw()
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert crawl.stat().st_size > 40_000_000
    assert peak < 2_000_000
