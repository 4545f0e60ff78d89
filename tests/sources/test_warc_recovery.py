"""A damaged web archive is read to its end; each damaged record is reported, and read as far as possible."""

from __future__ import annotations

import gzip
import pickle
import re
import subprocess
import sys
import time
import tracemalloc
import zlib
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from readout_pub import SourceError, read, saved_pages
from tests.archives import ATLANTIS, Record, article, warc
from tests.line_count import count_lines
from tests.sources.saved_crawls import PHOTO, TALKS, TIDES, found, only, saved

compressed_or_not = pytest.mark.parametrize(
    "write", [warc, partial(warc, packed=False)], ids=["compressed", "uncompressed"]
)


def bomb(megabytes: int) -> bytes:
    """Return a compressed record of about `megabytes` KB, whose content has `megabytes` MB after decompression."""
    packer = zlib.compressobj(wbits=zlib.MAX_WBITS | 16)
    head, _, _ = warc([Record(f"{ATLANTIS}/bomb.html", b"?" * 99)], packed=False).partition(b"?")
    head = re.sub(rb"(?<=Content-Length: )(\d+)", lambda found: b"%d" % (int(found[1]) - 99 + megabytes * 10**6), head)
    parts = [head, *[bytes(10**6)] * megabytes, b"\r\n\r\n"]
    return b"".join(map(packer.compress, parts)) + packer.flush()


@pytest.mark.slow
@pytest.mark.parametrize("sizes", [[300], [60] * 3])
def test_pages_after_decompression_bombs_are_found_soon(sizes: list[int], tmp_path: Path) -> None:
    crawl = warc([TALKS]) + b"".join(map(bomb, sizes)) + warc([TIDES])
    start = time.process_time()
    pages = list(saved_pages(saved(tmp_path, crawl)))
    assert time.process_time() - start < 3
    assert [pages[0].name, pages[-1].name] == [TALKS.url, TIDES.url]
    (damaged,) = pages[-1].open().notes
    assert "bomb.html) grows far more than text does, like a decompression bomb" in damaged.message
    with pytest.raises(SourceError, match="which is the limit"):
        pages[1].open()


@pytest.mark.slow
def test_time_grows_linearly_with_revisits_of_missing_content(tmp_path: Path) -> None:
    def work(count: int) -> int:
        gone = Record(f"{ATLANTIS}/gone.html", kind="revisit")
        crawl = saved(tmp_path, warc([TALKS, *[gone] * count], packed=False))
        return count_lines(lambda: list(saved_pages(crawl)))

    work(5)
    assert work(400) <= 2.5 * work(200)


@compressed_or_not
def test_an_incomplete_web_archive_is_read_with_a_note(write: Callable[[list[Record]], bytes], tmp_path: Path) -> None:
    crawl = saved(tmp_path, write([TALKS]) + write([TIDES])[:-40])
    pages = [page.open() for page in saved_pages(crawl)]
    assert [page.url for page in pages] == [TALKS.url, TIDES.url]
    (told,) = {note.message for page in pages for note in page.notes}
    assert told == (
        f"the archive is damaged: its last record, the record at byte {len(write([TALKS]))} ({TIDES.url}), "
        "is incomplete; "
        "its readable parts were used"
    )


def with_length(record: bytes, length: str) -> bytes:
    """Return an uncompressed record with another Content-Length, or with none if `length` is empty."""
    return re.sub(rb"Content-Length: \d+\r\n", f"Content-Length: {length}\r\n".encode() if length else b"", record)


WRONG, TOO_SHORT, MISSING = "states a wrong length", "is shorter than its stated length", "states no length"
LENGTHS = {"0": WRONG, "9": WRONG, "60": WRONG, "none": WRONG, "-1": WRONG, "900": TOO_SHORT, "": MISSING}


@pytest.mark.parametrize(("length", "fault"), LENGTHS.items())
@pytest.mark.parametrize("compress", [bytes, partial(gzip.compress, mtime=0)], ids=["uncompressed", "compressed"])
def test_a_record_of_wrong_length_is_read_up_to_the_next_one(
    compress: Callable[[bytes], bytes], length: str, fault: str, tmp_path: Path
) -> None:
    first, second, third = (warc([each], packed=False) for each in (PHOTO, TALKS, TIDES))
    wrong = with_length(second, length)
    assert wrong != second
    crawl = saved(tmp_path, compress(first) + compress(wrong) + compress(third))
    pages = [page.open() for page in saved_pages(crawl)]
    assert [(page.url, page.raw()) for page in pages] == [(TALKS.url, TALKS.body), (TIDES.url, TIDES.body)]
    ((told, where),) = {(note.message, note.where) for page in pages for note in page.notes}
    assert where == str(crawl)
    assert told == (
        f"the archive is damaged: the record at byte {len(compress(first))} ({TALKS.url}) {fault}; "
        "its readable parts were used"
    )


@pytest.mark.parametrize("length", range(200, 500, 7))
def test_a_length_that_ends_inside_the_next_record_damages_neither_record(length: int, tmp_path: Path) -> None:
    wrong = with_length(warc([TALKS], packed=False), str(length))
    pages = [page.open() for page in saved_pages(saved(tmp_path, wrong + warc([TIDES], packed=False)))]
    assert [page.raw() for page in pages] == [TALKS.body, TIDES.body]


QUOTING = TALKS._replace(
    body=b"Records begin so:\r\nWARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://other.example/\r\n"
    b"Content-Length: 4\r\n\r\nText\r\n\r\nand so they end. <p>No more.</p>"
)


@pytest.mark.parametrize("behind", [b"junk", bytes(9), b"\r\nlost"], ids=["text", "zeros", "lines"])
def test_a_page_that_quotes_a_record_is_read_to_its_end(behind: bytes, tmp_path: Path) -> None:
    crawl = warc([QUOTING], packed=False) + behind + warc([TIDES], packed=False)
    pages = [page.open() for page in saved_pages(saved(tmp_path, crawl))]
    assert [(page.url, page.raw()) for page in pages] == [(TALKS.url, QUOTING.body), (TIDES.url, TIDES.body)]


@pytest.mark.parametrize("missing", [4, 9, 30])
def test_an_incomplete_record_does_not_damage_the_next_one(missing: int, tmp_path: Path) -> None:
    first, second = warc([TALKS], packed=False), warc([TIDES], packed=False)
    pages = [page.open() for page in saved_pages(saved(tmp_path, first[:-missing] + second + second))]
    assert pages[0].raw() == TALKS.body[: len(TALKS.body) + 4 - missing]
    assert pages[1].raw() == TIDES.body


@pytest.mark.parametrize("length", range(0, 320, 13))
def test_incomplete_headers_are_not_mixed_with_those_of_the_next_record(length: int, tmp_path: Path) -> None:
    broken, sound = warc([TALKS], packed=False)[:length], warc([TIDES], packed=False)
    pages = list(saved_pages(saved(tmp_path, warc([PHOTO], packed=False) + broken + sound)))
    (page,) = [page.open() for page in pages if page.name == TIDES.url]
    assert page.raw() == TIDES.body


@compressed_or_not
def test_a_record_without_its_start_is_reported_and_the_others_are_read(
    write: Callable[[list[Record]], bytes], tmp_path: Path
) -> None:
    broken = write([PHOTO])[100:]
    pages = [page.open() for page in saved_pages(saved(tmp_path, write([TALKS]) + broken + write([TIDES])))]
    assert [page.raw() for page in pages] == [TALKS.body, TIDES.body]
    (told,) = {note.message for page in pages for note in page.notes}
    assert told == (
        f"the archive is damaged: the record at byte {len(write([TALKS]))} does not begin like a record; "
        "its readable parts were used"
    )


def test_a_damaged_compressed_record_does_not_stop_the_others(tmp_path: Path) -> None:
    long = TALKS._replace(body=article("".join(map(str, range(20_000)))).encode())
    packed = bytearray(warc([long]))
    packed[len(packed) // 2] ^= 0xFF
    pages = [page.open() for page in saved_pages(saved(tmp_path, bytes(packed) + warc([TIDES])))]
    assert [page.url for page in pages] == [TALKS.url, TIDES.url]
    assert pages[0].raw()[:1000] == long.body[:1000]
    assert f"the record at byte 0 ({TALKS.url}) is shorter than its stated length" in pages[1].notes[0].message


def test_a_compressed_record_is_read_up_to_its_damage(tmp_path: Path) -> None:
    wrong = warc([TALKS])[:-8] + b"checksum"
    pages = [page.open() for page in saved_pages(saved(tmp_path, warc([PHOTO]) + wrong + warc([TIDES])))]
    assert [page.raw() for page in pages] == [TALKS.body, TIDES.body]
    assert f"({TALKS.url}) cannot be decompressed" in pages[0].notes[0].message


@pytest.mark.slow
def test_content_in_very_many_chunks_is_not_taken_for_an_endless_header(tmp_path: Path) -> None:
    body = article("They talked. " * 20_000).encode()
    chunks = b"".join(b"4\r\n%b\r\n" % body[at : at + 4] for at in range(0, len(body) // 4 * 4, 4))
    page = only(
        tmp_path, warc([TALKS._replace(body=chunks + b"0\r\n\r\n", headers=(("Transfer-Encoding", "chunked"),))])
    )
    assert page.raw() == body[: len(body) // 4 * 4]


ENDLESS = {
    "line": warc([PHOTO], packed=False)[:-4] + bytes(100_000_000) + b"\n",
    "headers": b"WARC/1.0\r\n" + b"a: b\r\n" * 400_000,
    "sent headers": with_length(warc([PHOTO], packed=False), "2000000")[:-9] + b"a: b\r\n" * 400_000,
}


@pytest.mark.slow
@pytest.mark.parametrize("endless", ENDLESS.values(), ids=ENDLESS)
@pytest.mark.parametrize("compress", [bytes, partial(gzip.compress, mtime=0)], ids=["uncompressed", "compressed"])
def test_endless_headers_do_not_fill_memory(endless: bytes, compress: Callable[[bytes], bytes], tmp_path: Path) -> None:
    talks, tides = (warc([each], packed=False) for each in (TALKS, TIDES))
    crawl = saved(tmp_path, b"".join(map(compress, (talks, endless, tides))))
    tracemalloc.start()
    try:
        assert [page.name for page in saved_pages(crawl)] == [TALKS.url, TIDES.url]
        assert tracemalloc.get_traced_memory()[1] < 60_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("border", range(-60, 4))
def test_the_next_record_is_found_at_every_offset_around_a_block_border(border: int, tmp_path: Path) -> None:
    wrong = with_length(warc([PHOTO], packed=False), "9")
    filled = PHOTO._replace(body=b"photo" + bytes(1_000_000 + border - len(wrong)))
    crawl = with_length(warc([filled], packed=False), "9") + warc([TALKS], packed=False)
    assert found(tmp_path, crawl) == [TALKS.url]


@pytest.mark.slow
def test_reading_continues_after_a_thousand_damaged_records(tmp_path: Path) -> None:
    wrong = with_length(warc([PHOTO], packed=False), "9")
    assert found(tmp_path, wrong * 1000 + warc([TALKS], packed=False)) == [TALKS.url]


@pytest.mark.slow
def test_reading_stops_after_many_far_too_large_lengths(
    tmp_path: Path,
) -> None:
    wrong = with_length(warc([TALKS], packed=False), "900000000")
    (page,) = saved_pages(saved(tmp_path, wrong * 10_000))
    message = page.open().notes[0].message
    assert re.search(
        r"its broken records state lengths that are far too large, and it was not read from byte \d+ on", message
    )


def test_many_damaged_records_are_counted_and_only_some_are_listed(tmp_path: Path) -> None:
    wrong = with_length(warc([TALKS], packed=False), "9")
    (page,) = saved_pages(saved(tmp_path, wrong * 5))
    (note,) = page.open().notes
    assert note.message.count("the record at byte") == 4
    assert "; 1 more; the record at byte" in note.message


@pytest.mark.parametrize(
    ("line", "damaged", "fault"),
    [
        ("WARC-Type:", "WARC-Tipe:", "states no type (WARC-Type) and was left out"),
        ("WARC-Type: response", "WARC-Type: responce", "has the unknown type 'responce' and was left out"),
        ("WARC-Target-URI:", "WARC-Target-URL:", "states no URL (WARC-Target-URI) and was left out"),
    ],
)
def test_a_record_with_unreadable_headers_is_left_out_and_reported(
    line: str, damaged: str, fault: str, tmp_path: Path
) -> None:
    record = TIDES._replace(kind="resource") if "URI" in line else TIDES
    archive = warc([record], packed=False).replace(line.encode(), damaged.encode()) + warc([TALKS], packed=False)
    page = only(tmp_path, archive)
    assert page.url == TALKS.url
    assert fault in page.notes[0].message


def test_a_response_without_content_is_left_out_and_reported(tmp_path: Path) -> None:
    head = warc([TIDES], packed=False).partition(b"\r\n\r\n")[0]
    empty = re.sub(rb"Content-Length: \d+", b"Content-Length: 0", head) + b"\r\n\r\n\r\n\r\n"
    page = only(tmp_path, empty + warc([TALKS], packed=False))
    assert page.url == TALKS.url
    assert "tides.html) has no HTTP headers that can be read and was left out" in page.notes[0].message


def test_a_web_archive_without_a_readable_record_is_refused(tmp_path: Path) -> None:
    broken = warc([TALKS])[:150] + b"broken" * 20
    with pytest.raises(SourceError, match="this web archive is damaged"):
        only(tmp_path, broken)


AS_A_WHOLE = gzip.compress(warc([TALKS, TIDES, PHOTO], packed=False), mtime=0)


@pytest.mark.parametrize(
    "archive",
    [AS_A_WHOLE, warc([TALKS]) + gzip.compress(warc([PHOTO, TIDES], packed=False), mtime=0) + warc([PHOTO])],
)
def test_records_that_are_compressed_together_are_read(archive: bytes, tmp_path: Path) -> None:
    pages = [page.open() for page in saved_pages(saved(tmp_path, archive))]
    assert [page.raw() for page in pages] == [TALKS.body, TIDES.body]
    assert [page.notes for page in pages] == [(), ()]
    again = pickle.loads(pickle.dumps(list(saved_pages(tmp_path / "crawl"))))  # noqa: S301 - pickled just now
    assert again[1].open().raw() == TIDES.body


def test_an_incomplete_archive_compressed_as_a_whole_is_read_up_to_its_end(tmp_path: Path) -> None:
    pages = [page.open() for page in saved_pages(saved(tmp_path, AS_A_WHOLE[:-20]))]
    assert [page.raw()[:20] for page in pages] == [TALKS.body[:20], TIDES.body[:20]]
    assert "Compressed file ended before" in pages[0].notes[0].message


@pytest.mark.parametrize("damaged_byte", [-6, -2], ids=["checksum", "length"])
def test_a_wrong_gzip_checksum_or_length_of_a_whole_archive_loses_no_page(damaged_byte: int, tmp_path: Path) -> None:
    broken = bytearray(AS_A_WHOLE)
    broken[damaged_byte] ^= 1
    pages = [page.open() for page in saved_pages(saved(tmp_path, bytes(broken)))]
    assert [page.raw() for page in pages] == [TALKS.body, TIDES.body]
    assert ["cannot be read" in page.notes[0].message for page in pages] == [True, True]


def test_the_error_on_a_soft_404_in_a_damaged_archive_names_damage_and_option(tmp_path: Path) -> None:
    missing = (
        "<html><head><title>404 Not Found</title></head><body><h1>Not Found</h1><p>Page not found.</p></body></html>"
    )
    broken = warc([TALKS._replace(body=missing.encode())]) + warc([TIDES])[:-20]
    page, *_ = saved_pages(saved(tmp_path, broken))
    with pytest.raises(SourceError, match=r"is damaged: its last record.*accept-error-pages"):
        read(page)


def test_the_error_on_a_page_without_text_names_the_damage_of_its_archive(tmp_path: Path) -> None:
    broken = warc([TALKS._replace(body=b"<html><body>")]) + warc([TIDES])[:-20]
    page, *_ = saved_pages(saved(tmp_path, broken))
    with pytest.raises(SourceError, match="is damaged: its last record, the record at byte"):
        read(page)


def test_a_too_large_archive_compressed_as_a_whole_is_reported_with_advice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("readout_pub.sources.warc.MAX_ARCHIVE_BYTES", 500)
    (note,) = only(tmp_path, AS_A_WHOLE).notes
    assert "it is compressed as a whole, not record by record; `warcio recompress` converts it" in note.message


@pytest.mark.slow
@compressed_or_not
def test_warnings_of_warcio_are_not_printed(
    write: Callable[[list[Record]], bytes], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    program = "import sys, readout_pub; [page.open() for page in readout_pub.saved_pages(sys.argv[1])]"
    crawl = saved(tmp_path, write([TALKS._replace(url=f"{ATLANTIS}/sea side\x1b[31m.html")]) + b"junk")
    subprocess.run([sys.executable, "-c", program, crawl], check=True)
    assert capfd.readouterr().err == ""
