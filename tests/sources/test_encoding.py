"""Bytes become text in the encoding that they are really in; what was mended or lost is noted."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from readout_pub import HtmlPage, Note, TextPage, open_source

ENGLISH = "The Ministers’ talks in Atlantis – 5 €"
JAPANESE = "黒瀬大臣は①貿易、②漁業について述べた。"
"""Circled numbers are no part of Shift_JIS or EUC-JP as declared, but of what vendors made of them."""


def opened(folder: Path, content: bytes) -> HtmlPage | TextPage:
    file = folder / "page.html"
    file.write_bytes(content)
    return open_source(file)


def text_and_notes(folder: Path, content: bytes) -> tuple[str, list[str]]:
    """Return the text inside the page's one paragraph, and the codes of its notes."""
    page = opened(folder, content)
    assert isinstance(page, HtmlPage)
    words = page.markup.partition("<p>")[2].partition("</p>")[0]
    return words, [note.code for note in page.notes]


def declaring(charset: str, text: str) -> str:
    return f'<html><head><meta charset="{charset}"></head><body><p>{text}</p></body></html>'


@pytest.mark.parametrize(
    ("declared", "codec", "text"),
    [
        ("utf-8", "utf-8", ENGLISH),
        ("UTF8", "utf-8", JAPANESE),
        ("Shift_JIS", "cp932", JAPANESE),
        ("x-sjis", "cp932", JAPANESE),
        ("EUC-JP", "euc_jisx0213", JAPANESE),
        ("windows-1252", "cp1252", ENGLISH),
        ("iso-8859-1", "cp1252", ENGLISH),
        ("gb2312", "gb18030", "亚特兰蒂斯外长会谈镕"),
        ("big5", "big5", "亞特蘭提斯外長會談"),
        ("euc-kr", "cp949", "아틀란티스 외교장관 회담"),
        ("koi8-r", "koi8_r", "Встреча министров Атлантиды"),
    ],
)
def test_a_declared_encoding_is_believed_with_what_vendors_added_to_it(
    declared: str, codec: str, text: str, tmp_path: Path
) -> None:
    assert text_and_notes(tmp_path, declaring(declared, text).encode(codec)) == (text, [])


@pytest.mark.parametrize(
    ("mark", "codec"),
    [(codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")],
)
def test_a_byte_order_mark_comes_before_any_declaration(mark: bytes, codec: str, tmp_path: Path) -> None:
    page = mark + declaring("shift_jis", JAPANESE).encode(codec)
    assert text_and_notes(tmp_path, page) == (JAPANESE, [])


def test_the_declaration_of_an_xml_page_counts_too(tmp_path: Path) -> None:
    page = f'<?xml version="1.0" encoding="Shift_JIS"?><html><body><p>{JAPANESE}</p></body></html>'
    assert text_and_notes(tmp_path, page.encode("cp932")) == (JAPANESE, [])


def test_a_meta_of_the_old_form_declares_too(tmp_path: Path) -> None:
    page = f'<META http-equiv="Content-Type" content="text/html; charset=EUC-JP"><p>{JAPANESE}</p>'
    assert text_and_notes(tmp_path, page.encode("euc_jisx0213")) == (JAPANESE, [])


def test_utf_8_declared_as_something_else_is_read_as_utf_8_with_a_note(tmp_path: Path) -> None:
    page = opened(tmp_path, declaring("Shift_JIS", JAPANESE).encode())
    assert isinstance(page, HtmlPage)
    assert JAPANESE in page.markup
    assert page.notes == (Note("ENCODING_MENDED", "note", "the page declares shift_jis, but its bytes are utf-8"),)


def test_shift_jis_declared_as_utf_8_is_recognised_by_its_letters(tmp_path: Path) -> None:
    page = declaring("utf-8", JAPANESE * 5).encode("cp932")
    assert text_and_notes(tmp_path, page) == (JAPANESE * 5, ["ENCODING_MENDED"])


@pytest.mark.parametrize("codec", ["cp932", "euc_jisx0213", "utf-8"])
def test_an_undeclared_encoding_is_recognised_by_its_letters(codec: str, tmp_path: Path) -> None:
    page = f"<html><body><p>{JAPANESE * 5}</p></body></html>".encode(codec)
    assert text_and_notes(tmp_path, page) == (JAPANESE * 5, [])


def test_escapes_of_iso_2022_jp_are_recognised_without_a_declaration(tmp_path: Path) -> None:
    page = "<p>黒瀬大臣は貿易について述べた。</p>".encode("iso2022_jp")
    assert text_and_notes(tmp_path, page) == ("黒瀬大臣は貿易について述べた。", [])


def test_a_declared_name_that_is_no_encoding_is_passed_over(tmp_path: Path) -> None:
    assert text_and_notes(tmp_path, declaring("atlantean", ENGLISH).encode()) == (ENGLISH, ["ENCODING_MENDED"])


def test_a_codec_that_is_no_character_encoding_is_not_used(tmp_path: Path) -> None:
    assert text_and_notes(tmp_path, declaring("hex", "6869").encode()) == ("6869", ["ENCODING_MENDED"])


@pytest.mark.parametrize(("charset", "codec"), [("utf-8", "utf-8"), ("Shift_JIS", "cp932"), ("EUC-JP", "euc_jp")])
def test_a_page_cut_off_inside_a_character_is_still_what_it_declares(charset: str, codec: str, tmp_path: Path) -> None:
    whole = f'<meta charset="{charset}"><p>黒瀬大臣は述べた'.encode(codec)
    page = opened(tmp_path, whole[:-1])
    assert isinstance(page, HtmlPage)
    assert page.markup.endswith("<p>黒瀬大臣は述べ\ufffd")
    assert [note.code for note in page.notes] == ["BYTES_UNREADABLE"]


def test_a_broken_byte_in_the_middle_is_shown_and_counted(tmp_path: Path) -> None:
    page = opened(tmp_path, declaring("EUC-JP", "貿易?漁業").encode("euc_jp").replace(b"?", b"\xff"))
    assert isinstance(page, HtmlPage)
    assert "<p>貿易\ufffd漁業</p>" in page.markup
    assert [note.message for note in page.notes] == ["1 bytes could not be read as euc_jp; they show as \ufffd"]


def test_line_ends_of_every_system_become_line_feeds(tmp_path: Path) -> None:
    page = opened(tmp_path, b"Atlantis Relations\r\nAugust 4, 2031\rThe Ministers met.\n")
    assert isinstance(page, TextPage)
    assert page.text == "Atlantis Relations\nAugust 4, 2031\nThe Ministers met.\n"
