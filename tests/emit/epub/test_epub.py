"""An EPUB as a whole: the files in it, their dates and markup, and the same bytes for the same readout."""

from __future__ import annotations

import datetime as dt
import zipfile
from io import BytesIO
from pathlib import Path
from textwrap import dedent
from xml.parsers import expat

import pytest

from readout_pub.emit import RenderOptions, Rendition, emit
from readout_pub.errors import UsageError
from readout_pub.image_store import ImageStore
from readout_pub.model import (
    Attachment,
    Described,
    Figure,
    Footnote,
    Footnotes,
    Licence,
    Link,
    Missing,
    NoteRef,
    Origin,
    Paragraph,
    Photo,
    Readout,
    Ruby,
    Section,
)
from tests.pages import jpeg
from tests.validators import epubcheck
from tests.validators.findings import report

ORIGIN = Origin("talks.html", "00" * 32)


def talks(images: ImageStore, **facts: object) -> Readout:
    """A readout with one photo, and a footnote with its call."""
    photo = Photo("talks.jpg", Described("Two ministers"), images.add(jpeg))
    body = (
        Paragraph(children=("They met", NoteRef("n1", ("(Note 1)",)), ".")),
        Figure(photos=(photo,), caption=("The talks",)),
        Section(heading=("Fish & trade",), label="1.", body=(Paragraph(children=("They agreed.",)),)),
        Footnotes(notes=(Footnote("n1", (Paragraph(children=("In the hall.",)),), "(Note 1)"),)),
    )
    given = {"language": "en", "title": ("Talks",), "body": body, "origin": ORIGIN, **facts}
    return Readout(**given)  # type: ignore[arg-type]  # attributes of a readout by name


def book(images: ImageStore | None = None, **facts: object) -> Rendition:
    images = images or ImageStore()
    return emit(talks(images, **facts), images, "epub")


def opened(made: Rendition) -> zipfile.ZipFile:
    return zipfile.ZipFile(BytesIO(made.data))


def part(made: Rendition, name: str) -> str:
    return opened(made).read(name).decode()


def test_the_archive_starts_with_mimetype_and_has_all_files() -> None:
    made = book()
    entries = opened(made).infolist()
    digest = ImageStore().add(jpeg)
    assert [(entry.filename, entry.compress_type == zipfile.ZIP_STORED) for entry in entries] == [
        ("mimetype", True),
        ("META-INF/container.xml", False),
        ("EPUB/package.opf", False),
        ("EPUB/contents.xhtml", False),
        ("EPUB/cover.xhtml", False),
        ("EPUB/readout.xhtml", False),
        ("EPUB/style.css", False),
        (f"EPUB/photos/{digest[:16]}.jpg", True),
        ("EPUB/cover.png", True),
        ("EPUB/record.json", True),
    ]
    assert made.data[30:58] == b"mimetypeapplication/epub+zip"
    assert (made.suffix, made.media_type, made.extra_files, made.notes) == (".epub", "application/epub+zip", {}, ())


def test_the_chapter_has_language_and_style_sheet() -> None:
    chapter = part(book(language="ja", title=("会談",), body=()), "EPUB/readout.xhtml")
    program, command = (f'<span class="program">{words}</span>' for words in ("readout-pub", "readout-pub verify"))
    namespaces = 'xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"'
    assert chapter == dedent(f"""\
        <?xml version="1.0" encoding="UTF-8"?>
        <!DOCTYPE html>
        <html {namespaces} lang="ja" dir="ltr" xml:lang="ja">
        <head>
        <meta charset="utf-8"/>
        <title>会談</title>
        <link rel="stylesheet" href="style.css"/>
        </head>
        <body>
        <main id="content">
        <article aria-labelledby="title">
        <header>
        <h1 id="title">会談</h1>
        </header>
        </article>
        </main>
        <footer class="colophon">
        <p>不明な情報：発行者、アドレス、取得日、利用条件</p>
        <p>{program}により変換。文言は変更していません。<br/>このファイルの検証：{command}</p>
        </footer>
        </body>
        </html>
        """)


def test_a_photo_is_a_file_with_its_alternative_text() -> None:
    path = f"photos/{ImageStore().add(jpeg)[:16]}.jpg"
    made = book()
    assert f'<img src="{path}" alt="Two ministers"' in part(made, "EPUB/readout.xhtml")
    assert opened(made).read(f"EPUB/{path}").startswith(b"\xff\xd8")


def test_footnotes_have_aria_roles_and_epub_types() -> None:
    chapter = part(book(), "EPUB/readout.xhtml")
    assert 'epub:type="noteref" role="doc-noteref">(Note 1)</a>' in chapter
    assert '<section class="footnotes" epub:type="endnotes" role="doc-endnotes"' in chapter
    assert 'epub:type="backlink" role="doc-backlink"' in chapter


def test_the_style_sheet_is_that_of_the_theme_without_css_variables() -> None:
    images = ImageStore()
    large = emit(talks(images), images, "epub", RenderOptions(theme="large-print"))
    assert part(large, "EPUB/style.css") != part(book(), "EPUB/style.css")
    assert "var(" not in part(large, "EPUB/style.css")


def test_an_unknown_theme_is_refused() -> None:
    with pytest.raises(UsageError, match="there is no theme 'loud'"):
        emit(talks(ImageStore()), ImageStore(), "epub", RenderOptions(theme="loud"))


def test_a_missing_photo_is_replaced_by_a_message_and_noted() -> None:
    made = emit(talks(ImageStore()), ImageStore(), "epub")
    assert [note.code for note in made.notes] == ["PHOTO_FILE_MISSING"]
    assert "Photo not available" in part(made, "EPUB/readout.xhtml")
    assert part(made, "EPUB/package.opf").count('media-type="image/') == 1  # only the cover


@pytest.mark.parametrize(
    ("issued", "stamp"),
    [
        (dt.date(2031, 5, 1), (2031, 5, 1, 0, 0, 0)),
        (None, (1980, 1, 1, 0, 0, 0)),
        (dt.date(1899, 5, 18), (1980, 1, 1, 0, 0, 0)),  # the first day that a ZIP archive can store
        (dt.date(2199, 5, 18), (2107, 12, 31, 0, 0, 0)),
    ],
)
def test_every_file_has_the_publication_date_or_the_nearest_zip_date(
    issued: dt.date | None, stamp: tuple[int, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert {entry.date_time for entry in opened(book(issued=issued)).infolist()} == {stamp}


def test_the_same_readout_gives_the_same_bytes() -> None:
    assert book().data == book().data


def test_package_contents_and_text_are_well_formed_for_hostile_text() -> None:
    hostile = "<&\"'>]]>\x0c\x00"
    made = book(
        title=(hostile,), series=hostile, byline=hostile, language="xx bad",
        body=(Section(heading=(hostile,), label=hostile),),
        origin=Origin(hostile, "00" * 32, "https://a.example/?<&>", publisher=hostile, licence=Licence(hostile)),
    )  # fmt: skip
    for name in ("package.opf", "contents.xhtml", "readout.xhtml"):
        expat.ParserCreate().Parse(opened(made).read(f"EPUB/{name}"), True)  # noqa: FBT003  # expat takes no keyword


FULL = {
    "series": "Atlantis–Lemuria Relations",
    "issued": dt.date(2031, 5, 1),
    "issued_text": "May 1, 2031",
    "attachments": (Attachment("https://atlantis.example/a b.pdf", "Statement"),),
    "back_link": Link("https://atlantis.example/", ("Back",)),
    "origin": Origin(
        "talks.html",
        "00" * 32,
        "https://atlantis.example/talks.html",
        dt.date(2031, 5, 2),
        "Ministry of Atlantis",
        Licence("Open Atlantis", "https://atlantis.example/licence", "Source: Atlantis[, {url}]"),
    ),
}

UNDESCRIBED = (
    Figure(photos=(Photo("talks.jpg", Missing(), ImageStore().add(jpeg)),)),
    Paragraph(children=(Ruby(("黒瀬",), "くろせ"),)),
)


@pytest.mark.slow
@pytest.mark.validators
def test_epubcheck_finds_no_fault_in_full_bare_and_right_to_left_epubs(tmp_path: Path) -> None:
    images = ImageStore()
    images.add(jpeg)
    readouts: dict[str, dict[str, object]] = {
        "full": FULL,
        "right-to-left": {"language": "ar", "body": UNDESCRIBED},
        "bare": {"language": "xx bad", "title": None, "body": ()},
    }
    for name, facts in readouts.items():
        (tmp_path / f"{name}.epub").write_bytes(book(images, **facts).data)
    assert report(epubcheck.validate(sorted(tmp_path.iterdir()))) == ""
