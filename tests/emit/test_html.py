"""The HTML page: it runs no scripts, and its photos are inside it or in a folder beside it."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
from base64 import b64encode
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from textwrap import dedent
from typing import Literal

import pypdfium2
import pytest
from msgspec.structs import replace
from PIL import Image
from weasyprint import HTML

from readout_pub.emit import RenderOptions, Rendition, emit
from readout_pub.image_store import ImageStore
from readout_pub.model import (
    BulletList,
    Described,
    Figure,
    Footnote,
    Footnotes,
    Item,
    Link,
    NoteRef,
    Origin,
    Paragraph,
    Photo,
    Readout,
    Section,
)
from tests.validators.findings import program

PROGRAM, COMMAND = (f'<span class="program">{words}</span>' for words in ("readout-pub", "readout-pub verify"))
POLICY = (
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data: 'self'; "
    "style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">"
)
"""A content security policy that allows the styles and photos of the page, but neither scripts nor connections."""

ORIGIN = Origin("meeting.html", "00" * 32)


def gif(width: int = 3, height: int = 2) -> bytes:
    """Return a GIF; outputs contain its bytes unchanged."""
    data = BytesIO()
    Image.new("L", (width, height), 128).save(data, "GIF")
    return data.getvalue()


def readout(*photos: Photo, language: str = "en") -> Readout:
    figure = Figure(photos=photos, caption=("The talks",))
    return Readout(language=language, title=("Meeting",), series="Relations", body=(figure,), origin=ORIGIN)


def shown(data: bytes, images: ImageStore) -> Photo:
    return Photo("talks.gif", Described("Two ministers"), images.add(lambda: data))


def text(rendition: Rendition) -> str:
    return rendition.data.decode()


def test_a_readout_with_only_a_title_gives_exactly_this_page() -> None:
    made = emit(Readout(language="ja", title=("会談",), body=(), origin=ORIGIN), ImageStore(), "html")
    record = re.search('<script type="application/ld.json" data-digest="[0-9a-f]{64}">(.*)</script>', text(made))
    assert record
    assert f"'sha256-{b64encode(sha256(record[1].encode()).digest()).decode()}'" in text(made)
    shown = re.sub(r"; script-src '[^']*'", "", text(made).replace(record[0] + "\n", ""))
    assert re.sub("<style>.*</style>", "<style></style>", shown, flags=re.DOTALL) == dedent(f"""\
        <!DOCTYPE html>
        <html lang="ja" dir="ltr">
        <head>
        <meta charset="utf-8">
        {POLICY}
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>会談</title>
        <style></style>
        </head>
        <body>
        <a class="skip" href="#content">本文へ移動</a>
        <main id="content">
        <article aria-labelledby="title">
        <header>
        <h1 id="title">会談</h1>
        </header>
        </article>
        </main>
        <footer class="colophon">
        <p>不明な情報：発行者、アドレス、取得日、利用条件</p>
        <p>{PROGRAM}により変換。文言は変更していません。<br>このファイルの検証：{COMMAND}</p>
        </footer>
        </body>
        </html>
        """)
    assert (made.suffix, made.media_type, made.notes) == (".html", "text/html", ())


def test_a_right_to_left_page_has_its_direction() -> None:
    assert '<html lang="ar" dir="rtl">' in text(emit(readout(language="ar"), ImageStore(), "html"))


def test_photos_are_inside_the_file() -> None:
    images = ImageStore()
    made = emit(readout(shown(gif(), images)), images, "html")
    assert f'<img src="data:image/gif;base64,{b64encode(gif()).decode()}" alt="Two ministers">' in text(made)
    assert made.extra_files == {}


def test_photos_can_be_beside_the_file() -> None:
    images = ImageStore()
    name = f"{sha256(gif()).hexdigest()[:16]}.gif"
    made = emit(readout(shown(gif(), images)), images, "html", RenderOptions(photos="beside", folder="meeting photos"))
    assert f'<img src="meeting%20photos/{name}" alt="Two ministers">' in text(made)
    assert made.extra_files == {f"meeting photos/{name}": gif()}


def test_an_unreadable_photo_is_replaced_by_a_message_and_noted() -> None:
    images = ImageStore()
    made = emit(readout(shown(b"no picture", images)), images, "html")
    assert '<p class="no-photo"><strong>Photo not available</strong> <span>Two ministers</span></p>' in text(made)
    assert [note.code for note in made.notes] == ["PHOTO_UNREADABLE"]


def test_the_page_runs_no_scripts_and_loads_nothing_external() -> None:
    images = ImageStore()
    hostile = Section(
        heading=("<script>alert(1)</script>",),
        body=(Paragraph(children=(Link("javascript:alert(1)", ('"><img src=x onerror=alert(1)>',)),)),),
    )
    page = Readout(language="en", title=("</title><script>",), body=(hostile,), origin=ORIGIN)
    made = text(emit(page, images, "html"))
    assert made.count("<script") == made.count('<script type="application/ld+json"') == 1
    made = made.replace("<script type", "")
    assert re.findall(r"<script|<img|<link|<iframe|javascript:|url\(|@import", made) == []


def test_another_theme_changes_the_style_and_not_the_body() -> None:
    plain, large = (
        text(emit(readout(), ImageStore(), "html", RenderOptions(theme=theme))) for theme in ("plain", "large-print")
    )
    assert plain.split("<body>")[1] == large.split("<body>")[1]
    assert plain.split("<body>")[0] != large.split("<body>")[0]


def test_every_word_appears_once() -> None:
    body = (Section(heading=("Introduction",), label="1.", body=(Paragraph(children=("They met.",)),)),)
    page = Readout(
        language="en", title=("Meeting",), series="Relations", issued=dt.date(2022, 8, 4), body=body, origin=ORIGIN
    )
    made = text(emit(page, ImageStore(), "html")).split("<body>")[1]
    words = re.sub("<[^>]*>", " ", made.replace(PROGRAM, "readout-pub").replace(COMMAND, "readout-pub verify")).split()
    assert words == [
        *("Skip", "to", "content"),
        *("Relations", "Meeting", "2022-08-04", "1.", "Introduction", "They", "met."),
        *(
            "Unknown:",
            "publisher,",
            "web",
            "address,",
            "date",
            "of",
            "retrieval,",
            "licence",
        ),
        *("Converted", "by", "readout-pub;", "wording", "unchanged."),
        *("To", "verify", "this", "file:", "readout-pub", "verify"),
    ]


@pytest.mark.slow
@pytest.mark.validators
@pytest.mark.parametrize("photos", ["inline", "beside"])
def test_a_browser_shows_the_photo_but_runs_no_script(photos: Literal["inline", "beside"], tmp_path: Path) -> None:
    red = BytesIO()
    Image.new("RGB", (200, 100), "#f00").save(red, "PNG")
    images = ImageStore()
    made = emit(readout(shown(red.getvalue(), images)), images, "html", RenderOptions(photos=photos))
    for name, data in {"talks.html": made.data, **made.extra_files}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    script = "<script>document.body.remove()</script></body>"
    (tmp_path / "talks.html").write_bytes(made.data.replace(b"</body>", script.encode()))
    shot = tmp_path / "shot.png"
    options = "--headless", "--no-sandbox", "--disable-gpu", "--window-size=600,800", f"--screenshot={shot}"
    page = (tmp_path / "talks.html").as_uri()
    subprocess.run([program("chromium"), *options, page], check=True, capture_output=True, timeout=60)
    with Image.open(shot) as image:
        colours = {colour: count for count, colour in image.convert("RGB").getcolors(1 << 24) or ()}
    assert colours[255, 0, 0] == 200 * 100


@pytest.mark.slow
@pytest.mark.validators
def test_a_printed_page_has_no_arrows_back_from_footnotes(tmp_path: Path) -> None:
    note = Footnote("n1", (Paragraph(("In the hall.",)),), "(Note 1)")
    body = (Paragraph(("They met", NoteRef("n1", ("(Note 1)",)), ".")), Footnotes(notes=(note,)))
    made = emit(Readout(language="en", title=("Talks",), body=body, origin=ORIGIN), ImageStore(), "html")
    (tmp_path / "talks.html").write_bytes(made.data)
    assert "↑" in text(made)
    printed = tmp_path / "talks.pdf"
    options = "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--print-to-pdf={printed}"
    page = (tmp_path / "talks.html").as_uri()
    subprocess.run([program("chromium"), *options, page], check=True, capture_output=True, timeout=60)
    with pypdfium2.PdfDocument(printed) as pdf:
        words = "".join(sheet.get_textpage().get_text_range() for sheet in pdf)
    assert "In the hall." in words
    assert "↑" not in words


@pytest.mark.slow
@pytest.mark.validators
def test_a_percent_encoded_address_has_no_short_lines(tmp_path: Path) -> None:
    """Every second word is one letter. If lines broke at hyphens first, this letter would make a short line."""
    words = "-".join("%D9%81" * length for length in (30, 1, 30, 1, 30, 1))
    origin = replace(ORIGIN, url=f"https://thule.example/{words}")
    (tmp_path / "talks.html").write_bytes(
        emit(Readout(language="en", title=("Talks",), body=(), origin=origin), ImageStore(), "html").data
    )
    printed = tmp_path / "talks.pdf"
    options = "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--print-to-pdf={printed}"
    page = (tmp_path / "talks.html").as_uri()
    subprocess.run([program("chromium"), *options, page], check=True, capture_output=True, timeout=60)
    with pypdfium2.PdfDocument(printed) as pdf:
        lines = [line for line in pdf[0].get_textpage().get_text_range().splitlines() if "%D9" in line]
    assert len(lines) > 3
    assert min(map(len, lines[1:-1])) > 0.8 * max(map(len, lines))


@pytest.mark.parametrize("label", [None, "(1)"])
def test_lists_below_the_eighth_level_get_no_further_indent(label: str | None) -> None:
    deepest = BulletList(items=(Item((Paragraph(("They met.",)),), label=label),))
    for _ in range(9):
        deepest = BulletList(items=(Item((Paragraph(("They met.",)), deepest), label=label),))
    made = emit(Readout(language="en", title=("Talks",), body=(deepest,), origin=ORIGIN), ImageStore(), "html")
    page = HTML(string=text(made), media_type="screen").render().pages[0]
    lists = [box for box in page._page_box.descendants() if box.element_tag == "ul"]  # noqa: SLF001 - the only way to the boxes
    assert [each.padding_left > 0 for each in lists] == [True] * 8 + [False] * 2
