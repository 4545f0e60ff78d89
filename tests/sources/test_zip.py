"""Zip archives are read without unpacking; zip bombs are refused, and no name leads out of the archive."""

from __future__ import annotations

import io
import stat
import struct
import tracemalloc
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from readout_pub import HtmlPage, SourceError, open_source, saved_pages
from readout_pub.sources import source_formats
from readout_pub.sources import zip as zip_module
from tests.archives import ATLANTIS, Record, article, mhtml, warc, zipped

PAGE = article("They talked.")


def saved(folder: Path, content: bytes) -> Path:
    file = folder / "saved"
    file.write_bytes(content)
    return file


def opened(folder: Path, content: bytes) -> HtmlPage:
    page = open_source(saved(folder, content))
    assert isinstance(page, HtmlPage)
    return page


def refusal(folder: Path, content: bytes) -> str:
    with pytest.raises(SourceError) as refused:
        open_source(saved(folder, content))
    return str(refused.value).removeprefix(f"{folder}/saved: ")


@pytest.mark.parametrize("packing", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_zip_archive_of_any_compression_is_read_like_a_folder(packing: int, tmp_path: Path) -> None:
    archive = zipped(
        {"talks/page_files/quay.jpg": b"photo", "talks/page.html": PAGE, "robots.txt": "no"}, packing=packing
    )
    page = opened(tmp_path, archive)
    assert (page.name, page.raw()) == ("talks/page.html", PAGE.encode())
    load = page.assets.find("page_files/quay.jpg")
    assert load is not None
    assert load() == b"photo"


def test_a_zip_archive_may_contain_mhtml_warc_text_and_a_mirror(tmp_path: Path) -> None:
    crawl = warc([Record(f"{ATLANTIS}/tides.html", PAGE.encode())])
    members: dict[str, bytes | str] = {
        "a.mht": mhtml(PAGE, {}),
        "b.warc.gz": crawl,
        "c.txt": "The Ministers met.",
        "www.lemuria.example/i.html": PAGE,
    }
    found = [(page.name, page.open().url) for page in saved_pages(saved(tmp_path, zipped(members)))]
    assert found == [
        ("a.mht", f"{ATLANTIS}/talks.html"),
        ("c.txt", None),
        ("www.lemuria.example/i.html", "https://www.lemuria.example/i.html"),
        (f"{ATLANTIS}/tides.html", f"{ATLANTIS}/tides.html"),
    ]


# --- names


def archive_with_name(raw: bytes) -> bytes:
    """Return an archive whose one member has these bytes as its name, without the UTF-8 flag."""
    placeholder = "x" * len(raw)
    return zipped({placeholder: PAGE}).replace(placeholder.encode(), raw)


@pytest.mark.parametrize(
    ("name", "codec"),
    [
        ("保存ページ/表示.html", "cp932"),
        ("保存ページ/会談.html", "euc_jp"),
        ("新建文件夹/外交部长会谈.html", "gb18030"),
        ("회담 결과/아틀란티스와 레무리아의 외교장관 회담 결과.html", "cp949"),
        ("Новая папка/Встреча министров.html", "cp866"),
        ("保存ページ/会談.html", "utf-8"),
    ],
)
def test_names_are_decoded_in_the_encoding_of_the_system_that_made_them(name: str, codec: str, tmp_path: Path) -> None:
    assert opened(tmp_path, archive_with_name(name.encode(codec))).name == name


@pytest.mark.parametrize("name", ["Icon\r", "two\nlines.html", "escape\x1b[2J.html"])
def test_control_characters_in_a_name_leave_the_other_names_unchanged(name: str, tmp_path: Path) -> None:
    path = tmp_path / "pages.zip"
    path.write_bytes(members(("first.html", article("First.")), (name, PAGE), ("last.html", article("Last."))))
    texts = {page.name: page.open().raw().decode() for page in saved_pages(path)}
    assert texts["first.html"] == article("First.")
    assert texts["last.html"] == article("Last.")
    assert texts.get(name, PAGE) == PAGE


def test_names_with_the_utf_8_flag_are_decoded_as_utf_8(tmp_path: Path) -> None:
    assert opened(tmp_path, zipped({"é/会談.html": PAGE})).name == "é/会談.html"


def test_backslashes_in_member_names_separate_folders(tmp_path: Path) -> None:
    assert opened(tmp_path, archive_with_name(b"talks\\page.html")).name == "talks/page.html"


def test_a_colon_in_a_member_name_is_part_of_the_name(tmp_path: Path) -> None:
    assert opened(tmp_path, zipped({"Talks: at 10:30.html": PAGE})).name == "Talks: at 10:30.html"


@pytest.mark.parametrize("name", ["../out.html", "a/../../out.html", "/etc/out.html", "C:\\out.html", "..\\out.html"])
def test_a_member_whose_name_leads_out_of_the_archive_is_left_out(name: str, tmp_path: Path) -> None:
    page = opened(tmp_path, zipped({name: PAGE, "page.html": PAGE}))
    assert page.name == "page.html"
    assert [note.message for note in page.notes] == [
        f"archive members left out, because they are links, or their paths lead out of the archive: {name!r}"
    ]
    assert page.assets.find(name) is None


def test_an_archive_whose_every_member_leads_out_of_it_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path, zipped({"../out.html": PAGE})) == (
        "there is no saved page in it: archive members left out, because they are links, or their paths lead out of "
        "the archive: '../out.html'; unpack it, and name the folder"
    )


def test_a_link_in_an_archive_is_left_out_with_a_note(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        link = zipfile.ZipInfo("secret.jpg")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("page.html", PAGE)
    page = opened(tmp_path, out.getvalue())
    assert page.assets.find("secret.jpg") is None
    assert [note.code for note in page.notes] == ["MEMBERS_REFUSED"]


def members(*members: tuple[str, bytes | str]) -> bytes:
    """Return a zip archive whose members may have the same name."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, content in members:
            archive.writestr(name, content)
    return out.getvalue()


def test_the_last_of_members_with_the_same_name_is_read_with_a_note(tmp_path: Path) -> None:
    page = opened(tmp_path, members(("page.html", article("They talk.")), ("./page.html", PAGE)))
    assert page.raw() == PAGE.encode()
    assert [note.message for note in page.notes] == [
        "archive members left out, because later members have the same names: 'page.html'"
    ]


def test_a_member_repeated_with_the_same_bytes_needs_no_note(tmp_path: Path) -> None:
    assert opened(tmp_path, members(("page.html", PAGE), ("page.html", PAGE))).notes == ()


def test_a_note_lists_only_the_first_of_many_repeated_names(tmp_path: Path) -> None:
    photos = [(f"{name}.jpg", content) for content in (b"early", b"late") for name in "abcde"]
    (note,) = opened(tmp_path, members(("page.html", PAGE), *photos)).notes
    assert note.message.endswith(": 'a.jpg', 'b.jpg', 'c.jpg' and 2 more")


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.mht", mhtml(PAGE, {})), ("a.warc", warc([Record(f"{ATLANTIS}/tides.html", PAGE.encode())]))],
)
def test_pages_in_mhtml_and_warc_members_have_the_notes_of_the_archive(
    name: str, content: bytes, tmp_path: Path
) -> None:
    page = opened(tmp_path, members(("../out.html", PAGE), ("b.jpg", b"early"), ("b.jpg", b"late"), (name, content)))
    assert [note.code for note in page.notes] == ["MEMBERS_REFUSED", "MEMBERS_REPLACED"]


# --- zip bombs


def test_a_zip_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zip_module, "MIN_BOMB_BYTES", 5_000_000)
    bomb = zipped({"quay.jpg": bytes(9_000_000), "page.html": PAGE})
    assert refusal(tmp_path, bomb) == (
        "its 0.0 MB would grow to 9 MB, like a zip bomb; if it is not a zip bomb, unpack it and name the folder"
    )


def test_an_archive_with_too_many_members_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zip_module, "MAX_MEMBERS", 3)
    assert refusal(tmp_path, zipped(dict.fromkeys("abcd", PAGE))).startswith(
        "it has 4 members, and the limit is 3; unpack it"
    )


def listed(entries: int, *, counted: int | None = None, name: bytes = b"a.html") -> bytes:
    """Return a zip archive with one empty member, which the table of contents lists `entries` times.

    The end of the archive states that it has `counted` entries, by default the real number. It cannot state more than
    65,535: the number has two bytes.
    """
    local = struct.pack("<4sHHHHHIIIHH", b"PK\x03\x04", 20, 0, 0, 0, 33, 0, 0, 0, len(name), 0) + name
    sizes = (0, 0, 0, len(name), 0, 0, 0, 0, 0, 0)
    entry = struct.pack("<4sHHHHHHIIIHHHHHII", b"PK\x01\x02", 20, 20, 0, 0, 0, 33, *sizes) + name
    table = entry * entries
    count = min(entries if counted is None else counted, 65_535)
    return local + table + struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, count, count, len(table), len(local), 0)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (listed(150_000, counted=1), "it has 150,000 members, and the limit is 100,000"),
        (listed(80_000, name=b"a" * 600), "its table of contents has 51.7 MB, and the limit is 50 MB"),
    ],
)
def test_an_archive_with_a_huge_table_of_contents_is_refused_unread(
    content: bytes, reason: str, tmp_path: Path
) -> None:
    tracemalloc.start()
    assert refusal(tmp_path, content).startswith(reason)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20_000_000


def test_an_archive_whose_members_overlap_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path, listed(2)).startswith(
        "its members overlap, as in a zip bomb; if it is not a zip bomb, unpack"
    )


def test_a_zip_archive_after_other_bytes_is_read(tmp_path: Path) -> None:
    (tmp_path / "page.exe").write_bytes(b"PK\x03\x04" + b"a program" * 9 + zipped({"a.html": PAGE}))
    assert [page.name for page in saved_pages(tmp_path / "page.exe")] == ["a.html"]


def test_a_member_larger_than_its_stated_size_cannot_be_read(tmp_path: Path) -> None:
    whole = zipped({"page.html": PAGE + " " * 300_000})
    size = (len(PAGE) + 300_000).to_bytes(4, "little")
    lying = saved(tmp_path, whole.replace(size, len(PAGE).to_bytes(4, "little")))
    (page,) = saved_pages(lying, max_bytes=1000)
    with pytest.raises(SourceError, match="cannot be read"):
        page.open()


def test_only_the_page_above_the_limit_is_refused(tmp_path: Path) -> None:
    large, small = saved_pages(saved(tmp_path, zipped({"a.html": PAGE + " " * 9000, "b.html": PAGE})), max_bytes=1000)
    with pytest.raises(SourceError, match=r"saved, a\.html: it has 9,074 bytes, and the limit is 1,000 bytes"):
        large.open()
    assert small.open().name == "b.html"


# --- damaged archives


def truncated(archive: bytes) -> bytes:
    return archive[:-30]


def encrypted(archive: bytes) -> bytes:
    """Set the encryption flag in both headers of the only member."""
    return archive.replace(b"PK\x03\x04\x14\x00\x00", b"PK\x03\x04\x14\x00\x01").replace(
        b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01"
    )


@pytest.mark.parametrize(
    ("spoil", "refused"),
    [
        (truncated, "this zip archive is damaged (File is not a zip file); fetch or pack it again"),
        (encrypted, "it is encrypted; unpack it with its password and name the folder"),
        (lambda _: zipped({}), "there is no saved page in it; name a page, a folder or an archive"),
        (lambda _: zipped({"a.jpg": "x"}), "there is no saved page in it; name a page, a folder or an archive"),
    ],
    ids=["truncated", "encrypted", "empty", "without a page"],
)
def test_an_archive_without_a_readable_page_is_refused_with_one_message(
    spoil: Callable[[bytes], bytes], refused: str, tmp_path: Path
) -> None:
    assert refusal(tmp_path, spoil(zipped({"page.html": PAGE}))) == refused


def test_a_member_packed_by_an_unknown_method_is_to_be_unpacked(tmp_path: Path) -> None:
    deflated, deflate64 = b"\x14\x00\x00\x00\x08\x00", b"\x14\x00\x00\x00\x09\x00"
    message = refusal(tmp_path, zipped({"page.html": PAGE}).replace(deflated, deflate64))
    assert message.endswith("(that compression method is not supported); unpack the archive, and name the folder")


def test_a_damaged_member_does_not_stop_the_others(tmp_path: Path) -> None:
    archive = zipped({"a.html": PAGE, "b.html": PAGE}, packing=zipfile.ZIP_STORED).replace(b"talked", b"walked", 1)
    broken, whole = saved_pages(saved(tmp_path, archive))
    with pytest.raises(SourceError, match=r"saved, a\.html: it cannot be read \(Bad CRC-32 for file 'a\.html'\)"):
        broken.open()
    assert whole.open().name == "b.html"


def test_all_bytes_before_the_damage_are_read(tmp_path: Path) -> None:
    texts = (PAGE + " ".join(str(number**9) for number in range(start, start + 50)) for start in (100, 200, 300))
    records = [Record(f"{ATLANTIS}/{number}.html", text.encode()) for number, text in enumerate(texts)]
    archive = bytearray(zipped({"crawl.warc": warc(records, packed=False)}))
    end = archive.index(b"PK\x01\x02")
    archive[end - 9 : end] = b"\xff" * 9
    last = list(saved_pages(saved(tmp_path, bytes(archive))))[-1].open()
    assert isinstance(last, HtmlPage)
    assert str(345**9) in last.markup


@pytest.mark.parametrize("packed", [True, False])
def test_a_damaged_web_archive_gets_notes_and_does_not_stop_the_others(tmp_path: Path, *, packed: bool) -> None:
    records = [Record(f"{ATLANTIS}/{name}.html", PAGE.encode()) for name in "abc"]
    whole = warc([Record(f"{ATLANTIS}/d.html", PAGE.encode())])
    archive = bytearray(zipped({"crawl.warc": warc(records, packed=packed), "whole.warc.gz": whole}))
    checksum = archive.index(b"PK\x01\x02") + 16
    archive[checksum] ^= 1
    pages = list(saved_pages(saved(tmp_path, bytes(archive))))
    assert [page.name for page in pages] == [f"{ATLANTIS}/{name}.html" for name in "abcd"]
    *damaged, last = [[n.message for n in page.open().notes if n.code == "ARCHIVE_DAMAGED"] for page in pages]
    assert all("it cannot be read (Bad CRC-32 for file 'crawl.warc')" in messages[0] for messages in damaged)
    assert last == []
    middle = archive.index(b"PK\x03\x04", 4) // 2
    archive[middle : middle + 9] = b"\xff" * 9
    assert next(reversed(list(saved_pages(saved(tmp_path, bytes(archive)))))).name == f"{ATLANTIS}/d.html"


def test_a_web_archive_that_is_too_large_does_not_stop_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    crawls = {name: warc([Record(f"{ATLANTIS}/{name}", PAGE.encode())], packed=False) for name in ("a.warc", "b.warc")}
    archive = zipped({"a.warc": crawls["a.warc"] * 3, "b.warc": crawls["b.warc"]})
    at = archive.index(b"PK\x01\x02") + 24  # where the archive states the size of its first member
    lying = archive[:at] + struct.pack("<I", 10) + archive[at + 4 :]
    monkeypatch.setattr(source_formats, "MAX_ARCHIVE_BYTES", len(crawls["b.warc"]) + 20)
    (page,) = saved_pages(saved(tmp_path, lying))
    assert page.name == f"{ATLANTIS}/b.warc"
    assert any(note.code == "ARCHIVE_DAMAGED" for note in page.open().notes)


def test_compressed_web_archives_share_one_limit_of_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    crawls = {
        f"{number}.warc": warc([Record(f"{ATLANTIS}/{number}.html", PAGE.encode())], packed=False)
        for number in range(3)
    }
    monkeypatch.setattr(source_formats, "MAX_ARCHIVE_BYTES", 2 * len(crawls["0.warc"]))
    refused, *pages = saved_pages(saved(tmp_path, zipped(crawls)))
    assert [page.name for page in pages] == [f"{ATLANTIS}/0.html", f"{ATLANTIS}/1.html"]
    with pytest.raises(SourceError, match=r"2\.warc: web archives compressed inside zip archives have more than"):
        refused.open()


def test_a_zip_archive_inside_another_is_reported_and_not_opened(tmp_path: Path) -> None:
    nested, page = saved_pages(saved(tmp_path, zipped({"a.zip": zipped({"c.html": PAGE}), "b.html": PAGE})))
    with pytest.raises(
        SourceError, match=r"a\.zip: this is a zip archive, and it can be read only as a file of its own"
    ):
        nested.open()
    assert page.open().name == "b.html"
