"""MHTML: a page that a browser saved as one mail, with its files."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from readout_pub import HtmlPage, SourceError, emit, open_source, read, saved_pages
from tests.archives import ATLANTIS, article, mhtml

PAGE = article('<img src="quay.jpg">They talked.')


def saved(folder: Path, content: bytes, name: str = "talks.mhtml") -> Path:
    file = folder / name
    file.write_bytes(content)
    return file


def opened(folder: Path, content: bytes) -> HtmlPage:
    page = open_source(saved(folder, content))
    assert isinstance(page, HtmlPage)
    return page


def photo(page: HtmlPage, src: str) -> bytes | None:
    load = page.assets.find(src)
    return load() if load else None


@pytest.mark.parametrize("name", ["talks.mht", "talks.html", "talks"])
def test_mhtml_is_recognised_by_content_and_not_by_name(name: str, tmp_path: Path) -> None:
    page = open_source(saved(tmp_path, mhtml(PAGE, {}), name))
    assert isinstance(page, HtmlPage)
    assert (page.name, page.markup, page.raw()) == (name, PAGE, PAGE.encode())


def test_lines_may_end_with_carriage_return_and_line_feed(tmp_path: Path) -> None:
    assert opened(tmp_path, mhtml(PAGE, {}).replace(b"\n", b"\r\n")).markup == PAGE


@pytest.mark.parametrize("before", ["\ufeff", "\n\n", "\ufeff\r\n"])
def test_a_byte_order_mark_and_blank_lines_may_precede_the_headers(before: str, tmp_path: Path) -> None:
    assert opened(tmp_path, before.encode() + mhtml(PAGE, {})).markup == PAGE


def test_the_mail_headers_give_the_url_and_the_utc_day(tmp_path: Path) -> None:
    page = opened(tmp_path, mhtml(PAGE, {}))
    assert (page.source_format, page.url, str(page.retrieved)) == ("MHTML", f"{ATLANTIS}/talks.html", "2031-08-05")


def test_the_encoding_is_read_from_the_mail_header(tmp_path: Path) -> None:
    text = article("黒瀬大臣は述べた。")
    assert "黒瀬大臣は述べた。" in opened(tmp_path, mhtml(text, {}, charset="euc_jp", declared="euc-jp")).markup


@pytest.mark.parametrize(
    "src", ["quay.jpg", "/quay.jpg", f"{ATLANTIS}/quay.jpg", "http://www.atlantis.example/quay.jpg"]
)
def test_a_photo_is_found_by_its_address(src: str, tmp_path: Path) -> None:
    assert photo(opened(tmp_path, mhtml(PAGE, {f"{ATLANTIS}/quay.jpg": b"photo"})), src) == b"photo"


def test_a_photo_is_found_by_its_content_id(tmp_path: Path) -> None:
    page = opened(tmp_path, mhtml(PAGE, {"cid:quay@atlantis": b"photo"}))
    assert photo(page, "cid:quay@atlantis") == b"photo"
    assert photo(page, "cid:sea@atlantis") is None


def test_a_content_location_may_be_relative(tmp_path: Path) -> None:
    assert photo(opened(tmp_path, mhtml(PAGE, {"quay.jpg": b"photo"})), f"{ATLANTIS}/quay.jpg") == b"photo"


def test_a_mail_without_parts_is_read_as_the_page(tmp_path: Path) -> None:
    mail = f"MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\nContent-Location: {ATLANTIS}/\n\n{PAGE}"
    page = opened(tmp_path, mail.encode())
    assert (page.markup, page.url, page.retrieved) == (PAGE, f"{ATLANTIS}/", None)


def test_a_folder_of_mhtml_files_gives_their_pages(tmp_path: Path) -> None:
    for name in ("b.mht", "a.mhtml"):
        saved(tmp_path, mhtml(PAGE, {}), name)
    assert [(page.name, page.open().source_format) for page in saved_pages(tmp_path)] == [
        ("a.mhtml", "MHTML"),
        ("b.mht", "MHTML"),
    ]


def test_a_text_that_begins_like_a_mail_is_a_text_page(tmp_path: Path) -> None:
    for name, header in (("talks", "Received: August 4, 2031"), ("talks.txt", "Message-ID: <1@atlantis.example>")):
        (tmp_path / name).write_text(f"Subject: Talks\n{header}\n\nThe Ministers met.\n")
        assert open_source(tmp_path / name).source_format == "text"


# --- damaged mails


def test_a_mail_that_breaks_off_gives_its_page_with_a_note(tmp_path: Path) -> None:
    page = opened(tmp_path, mhtml(PAGE, {f"{ATLANTIS}/quay.jpg": b"photo" * 100})[:-200])
    assert page.markup == PAGE
    assert [note.message for note in page.notes] == [
        "the archive is damaged: it is incomplete; its readable parts were used"
    ]


def test_a_missing_base64_letter_loses_only_its_line(tmp_path: Path) -> None:
    long = article("They talked of the tides, of herring and of the harbour. " * 60)
    mail = mhtml(long, {})
    at = mail.index(base64.encodebytes(long.encode())[:40]) + 100
    page = opened(tmp_path, mail[:at] + mail[at + 1 :])
    assert page.markup.startswith(long[:60])
    assert page.markup.endswith(long[-60:])
    assert [note.message for note in page.notes if note.code == "ARCHIVE_DAMAGED"] == [
        "the archive is damaged: characters of its base64 are missing; its readable parts were used"
    ]


def test_an_unknown_transfer_encoding_is_refused(tmp_path: Path) -> None:
    mail = mhtml(PAGE, {}).replace(b"Transfer-Encoding: base64", b"Transfer-Encoding: x-tide")
    with pytest.raises(SourceError, match="its transfer encoding 'x-tide' is unknown; save the page again"):
        opened(tmp_path, mail)


@pytest.mark.parametrize(
    ("name", "headers"),
    [
        ("mail", "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8"),
        ("mail", "Subject: Talks\nMessage-ID: <1@atlantis.example>"),
        ("mail", "Received: from mail.atlantis.example\n by mail.lemuria.example\nSubject: Talks"),
        ("talks.eml", "From: press@atlantis.example\nSubject: Talks"),
    ],
)
def test_a_mail_of_plain_text_is_refused_with_advice(name: str, headers: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(f"{headers}\n\nThe ministers met.\n")
    for source in (tmp_path / name, tmp_path):
        with pytest.raises(SourceError, match="this mail has only plain text, and no page"):
            open_source(source)


@pytest.mark.parametrize("kind", ["", "Content-Type: text/html\n"])
def test_a_mail_that_lacks_headers_of_mime_is_read(kind: str, tmp_path: Path) -> None:
    mail = tmp_path / "talks.eml"
    mail.write_text(f"From: press@atlantis.example\nSubject: Talks\n{kind}\n<h1>Talks</h1><p>The ministers met.</p>")
    page = open_source(mail)
    assert isinstance(page, HtmlPage)
    assert (page.source_format, page.markup.strip()) == ("MHTML", "<h1>Talks</h1><p>The ministers met.</p>")


def test_a_mail_without_a_page_is_refused(tmp_path: Path) -> None:
    mail = mhtml(PAGE, {}).replace(b"Content-Type: text/html\n", b"Content-Type: text/css\n")
    with pytest.raises(SourceError, match="there is no page in this MHTML archive; save the page again"):
        opened(tmp_path, mail)


@pytest.mark.slow
def test_a_mail_nested_too_deeply_is_refused(tmp_path: Path) -> None:
    nested = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(3000))
    with pytest.raises(SourceError, match="its parts are nested too deeply for a saved page"):
        opened(tmp_path, f"MIME-Version: 1.0\n{nested}".encode())


def test_contradictory_header_parameters_do_not_end_the_program(tmp_path: Path) -> None:
    page = mhtml(PAGE, {}).replace(b"Content-Type: text/html", b"Content-Type: text/html; charset*=a; charset*0=b")
    assert opened(tmp_path, page).markup == PAGE
    mail = mhtml(PAGE, {}).replace(b"boundary=", b"boundary*=a; boundary*0=b; boundary=")
    with pytest.raises(SourceError, match="its headers cannot be read; save the page again"):
        opened(tmp_path, mail)


def test_page_and_photo_are_limited_by_max_bytes(tmp_path: Path) -> None:
    file = saved(tmp_path, mhtml(PAGE, {f"{ATLANTIS}/quay.jpg": bytes(5000)}))
    page = open_source(file, max_bytes=1000)
    assert isinstance(page, HtmlPage)
    with pytest.raises(SourceError, match="--max-bytes 5000"):
        photo(page, "quay.jpg")
    with pytest.raises(SourceError, match="--max-bytes"):
        open_source(file, max_bytes=50)


def test_frames_get_the_address_or_the_text_of_their_documents(tmp_path: Path) -> None:
    frames = (
        '<iframe width=9 src="cid:map@x"></iframe><iframe src=\'cid:note@x\'></iframe><iframe src="cid:no@x"></iframe>'
    )
    files = {
        "cid:map@x https://maps.example/?a=1&b": b"<p>Zoom in</p>",
        "cid:note@x": "<meta charset=euc-jp><p>大臣".encode("euc_jp"),
        "cid:no@x": b"photo",
    }
    page = opened(tmp_path, mhtml(article(f"They talked. {frames}"), files))
    assert '<iframe width=9 src="https://maps.example/?a=1&amp;b"></iframe>' in page.markup
    assert '<iframe src="cid:no@x"></iframe>' in page.markup
    assert b"cid:map@x" in page.raw()
    readout, images = read(page, site="none")
    text = emit(readout, images, "txt").data.decode()
    assert "大臣" in text
    assert "Zoom in" not in text


def test_the_documents_of_nested_frames_are_read_down_to_three_levels(tmp_path: Path) -> None:
    def framed(number: int) -> str:
        return f'<p>Note {number} of the Ministers.</p><iframe src="cid:{number}@x"></iframe>'

    files = {f"cid:{number}@x": framed(number + 1).encode() for number in range(1, 6)}
    page = opened(tmp_path, mhtml(article(f"They talked. {framed(1)}"), files))
    readout, images = read(page, site="none")
    text = emit(readout, images, "txt").data.decode()
    assert [number for number in range(1, 7) if f"Note {number} of" in text] == [1, 2, 3, 4]
    left_out = [note.message for note in readout.notes if note.code == "FRAMES_LEFT_OUT"]
    reason = "the HTML is missing, or is read in another frame, or is below 3 levels of frames"
    assert left_out == [f"1 frame left out with all text inside: {reason}"]


@pytest.mark.parametrize("address", ["cid:none@x", "cid:page@x"])
def test_a_frame_whose_document_is_missing_or_already_used_is_noted(address: str, tmp_path: Path) -> None:
    frames = f'<iframe src="cid:page@x"></iframe><iframe src="{address}"></iframe>'
    page = opened(tmp_path, mhtml(article(f"They talked. {frames}"), {"cid:page@x": b"<p>A note"}))
    assert [note.code for note in page.notes] == ["FRAMES_LEFT_OUT"]


_ENCODED_NAME = '"=?UTF-8?B?5aOw5piOLnBkZg==?="'


@pytest.mark.parametrize(
    ("headers", "named"),
    [
        ("Content-Type: text/html\nContent-Disposition: attachment; filename=annex.html", "'annex.html'"),
        ("Content-Type: application/pdf\nContent-Disposition: attachment; filename=annex.pdf", "'annex.pdf'"),
        ("Content-Type: text/html", "a part of the type text/html"),
        ("Content-Type: text/html\nContent-Location: https://www.atlantis.example/advertisement", None),
        ("Content-Type: image/jpeg\nContent-ID: <quay>\nContent-Disposition: attachment; filename=quay.jpg", None),
        ("Content-Type: image/jpeg\nContent-ID: <ship@sea>\nContent-Disposition: attachment; filename=ship.jpg", None),
        ("Content-Type: application/pgp-signature\nContent-Disposition: attachment; filename=signature.asc", None),
        ("Content-Type: text/plain", "a part of the type text/plain"),
        ("Content-Type: application/pdf\nContent-Disposition: inline; filename=annex.pdf", "'annex.pdf'"),
        (f"Content-Type: application/pdf; name={_ENCODED_NAME}\nContent-Disposition: attachment", "'声明.pdf'"),
        ("Content-Type: message/rfc822\nContent-Disposition: attachment; filename=old.eml", "'old.eml'"),
        ("Content-Type: multipart/mixed; boundary=C\n\n--C\nContent-Type: text/plain", "a part of the type text/plain"),
    ],
)
def test_a_note_names_each_part_of_a_mail_outside_the_page(headers: str, named: str | None, tmp_path: Path) -> None:
    page = article('<img src="cid:quay"><img src="CID:ship%40sea">They talked.')
    mail = (
        "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=B\n\n"
        f"--B\nContent-Type: text/html\n\n{page}\n--B\n{headers}\n\nThe annex.\n--B--\n"
    )
    notes = [note.message for note in opened(tmp_path, mail.encode()).notes if note.code == "ATTACHMENTS_LEFT_OUT"]
    assert notes == ([f"parts of the mail that are not in this page: {named}"] if named else [])


@pytest.mark.parametrize("others", ["Content-Type: text/plain\n\nThey talked.", "Content-Type: text/calendar\n\nBEGIN"])
def test_other_forms_of_the_page_of_a_mail_are_not_noted(others: str, tmp_path: Path) -> None:
    forms = f"--A\n{others}\n--A\nContent-Type: text/html\n\n{article('They talked.')}\n--A--\n"
    empty = "--B\nContent-Type: text/html\n\n<html><body><br>&nbsp;</body></html>\n"
    mail = (
        "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=B\n\n"
        f"--B\nContent-Type: multipart/alternative; boundary=A\n\n{forms}{empty}--B--\n"
    )
    assert "ATTACHMENTS_LEFT_OUT" not in {note.code for note in opened(tmp_path, mail.encode()).notes}


def test_a_photo_is_found_by_any_spelling_of_its_content_id(tmp_path: Path) -> None:
    page = opened(tmp_path, mhtml(article("They talked."), {"cid:ship@sea": b"a ship"}))
    assert isinstance(page, HtmlPage)
    loads = [page.assets.find(address) for address in ("cid:ship@sea", "CID:ship@sea", "cid:ship%40sea")]
    assert [load() for load in loads if load] == [b"a ship"] * 3
