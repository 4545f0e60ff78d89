"""The cover of an EPUB: its texts, its picture, and its place in the book."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import etree
from PIL import Image

from readout_pub.emit import RenderOptions, emit
from readout_pub.emit.epub.cover import HEIGHT, LOGO_BOTTOM, LOGO_TOP, MARGIN, WIDTH, CoverText, draw_cover
from readout_pub.image_store import ImageStore
from readout_pub.model import Origin, Paragraph, Readout

SMALL = 150_000
"""How many bytes a cover may have: three times as many as the largest cover with a title of 30 words."""


def readout(title: str, language: str = "en") -> Readout:
    return Readout(
        language=language,
        series="Atlantis & Lemuria",
        title=(title,),
        issued=dt.date(2031, 5, 1),
        issued_text="May 1, 2031",
        body=(Paragraph(("They met.",)),),
        origin=Origin("talks.html", "00" * 32, publisher="Ministry of Atlantis"),
    )


def book(title: str = "Talks on Fish", language: str = "en", theme: str = "plain") -> zipfile.ZipFile:
    made = emit(readout(title, language), ImageStore(), "epub", RenderOptions(theme=theme))
    return zipfile.ZipFile(io.BytesIO(made.data))


def test_chinese_and_japanese_covers_draw_the_same_text_with_other_glyphs() -> None:
    text = CoverText(None, None, "港口：“数字”是优长", None)
    design = RenderOptions().design("zh")
    assert draw_cover(text, design, "zh") != draw_cover(text, design, "ja")


def picture(package: zipfile.ZipFile) -> Image.Image:
    return Image.open(io.BytesIO(package.read("EPUB/cover.png"))).convert("RGB")


def ink_columns(image: Image.Image, top: int, bottom: int) -> tuple[int, int]:
    """Return the first column with ink in the rows from `top` to `bottom`, and the column after the last with ink."""
    box = Image.eval(image.crop((0, top, WIDTH, bottom)).convert("L"), lambda value: 255 - value).getbbox()
    assert box is not None
    return box[0], box[2]


def test_the_alternative_text_of_the_cover_says_what_it_shows() -> None:
    page = etree.fromstring(book().read("EPUB/cover.xhtml"))
    (image,) = page.iter("{*}img")
    assert image.get("alt") == "Ministry of Atlantis – Atlantis & Lemuria – Talks on Fish – May 1, 2031"
    assert image.get("role") == "doc-cover"


def test_the_cover_is_the_first_page_and_the_cover_image() -> None:
    package = etree.fromstring(book().read("EPUB/package.opf"))
    assert [each.get("idref") for each in package.iter("{*}itemref")] == ["cover", "readout"]
    (item,) = (each for each in package.iter("{*}item") if each.get("properties") == "cover-image")
    assert (item.get("href"), item.get("media-type")) == ("cover.png", "image/png")


def test_the_cover_has_the_expected_size_in_pixels_and_few_bytes() -> None:
    package = book()
    assert picture(package).size == (WIDTH, HEIGHT)
    assert package.getinfo("EPUB/cover.png").file_size < SMALL


@pytest.mark.slow
def test_the_colours_are_those_of_the_theme() -> None:
    assert picture(book()).getpixel((500, 5)) == (0x12, 0x3F, 0x6D)
    assert picture(book(theme="gazette")).getpixel((500, 5)) == (0, 0, 0)


@pytest.mark.parametrize("title", ["Talks", "Committee on Fisheries and Coastal Waters " * 12, "A" * 300, "日" * 300])
def test_titles_of_any_length_stay_between_the_margins(title: str) -> None:
    image = picture(book(title.strip()))
    first, last = ink_columns(image, 380, 1500)  # from the series to the bottom
    assert first >= MARGIN - 2
    assert last <= WIDTH - MARGIN + 2


def test_the_last_line_of_a_title_is_not_one_short_word() -> None:
    cover = picture(book("Some Myths about Nutrition & Physical Activity"))
    ink = Image.eval(cover.convert("L"), lambda value: 255 if value < 45 else 0)  # darker than the date
    box = ink.crop((0, 400, WIDTH, HEIGHT)).getbbox()
    assert box is not None
    bottom = 400 + box[3]
    start, end = ink_columns(cover, bottom - 40, bottom)
    assert end - start > (WIDTH - 2 * MARGIN) / 2


def line_distance(leading: float, folder: Path) -> int:
    """Return the pixels from one line of a title to the next, in a theme whose headings have `leading`."""
    (folder / "theme.toml").write_text(f'name = "House"\n[line]\nheading-leading = {leading}')
    text = CoverText(None, None, "HHHH HHHH HHHH HHHH HHHH", None)
    image = Image.open(io.BytesIO(draw_cover(text, RenderOptions(theme=folder).design("en"), "en"))).convert("L")
    rows = [min(image.crop((0, y, WIDTH, y + 1)).tobytes()) < 45 for y in range(100, HEIGHT)]
    first, second = (y for y, (above, ink) in enumerate(pairwise(rows)) if ink and not above)
    return second - first


def test_the_lines_of_a_title_have_the_spacing_of_the_theme(tmp_path: Path) -> None:
    assert line_distance(1.6, tmp_path) / line_distance(1.3, tmp_path) == pytest.approx(1.6 / 1.3, rel=0.02)


def test_a_line_break_in_a_title_is_drawn_as_a_space() -> None:
    assert book("Talks\non Fish").read("EPUB/cover.png") == book("Talks on Fish").read("EPUB/cover.png")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "align", "left"), [("en", "start", MARGIN), ("en", "center", 430), ("ar", "start", 760)]
)
def test_the_logo_on_a_cover_is_aligned_as_the_theme_says(language: str, align: str, left: int, tmp_path: Path) -> None:
    (tmp_path / "theme.toml").write_text(f'name = "House"\n[masthead]\nalign = "{align}"')
    (tmp_path / "logo.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path fill="red" d="M0 0h9v9H0z"/></svg>'
    )
    cover = picture(book(language=language, theme=str(tmp_path)))
    assert ink_columns(cover, LOGO_TOP, LOGO_BOTTOM) == (left, left + 140)
    assert cover.getpixel((left + 70, LOGO_TOP + 70)) == (255, 0, 0)


@pytest.mark.parametrize(("theme", "colour"), [("plain", (27, 29, 33)), ("ministry", (11, 47, 91))])
def test_the_title_on_the_cover_has_the_colour_of_headings(theme: str, colour: tuple[int, int, int]) -> None:
    title = picture(book(theme=theme)).crop((0, 400, WIDTH, 800))
    assert colour in {each for _, each in title.getcolors(WIDTH * HEIGHT) or []}


def test_two_books_of_one_readout_have_the_same_cover() -> None:
    assert book().read("EPUB/cover.png") == book().read("EPUB/cover.png")


@pytest.mark.slow
def test_a_cover_leaves_out_a_title_that_no_font_can_draw() -> None:
    package = book("𓀀𓀁")
    assert "𓀀𓀁" in package.read("EPUB/cover.xhtml").decode()
    ink_columns(picture(package), 120, 200)  # the publisher is drawn
    assert package.read("EPUB/cover.png") == book("𓀀" * 40).read("EPUB/cover.png")


@pytest.mark.parametrize("title", ["\u200d", "\u202e\u202c", "\ufdfd", "\ufdfd and the Sea"])
def test_a_title_without_ink_or_with_an_intricate_glyph_makes_a_book(title: str) -> None:
    assert picture(book(title)).size == (WIDTH, HEIGHT)


@pytest.mark.slow
def test_a_right_to_left_title_is_at_the_right() -> None:
    first, last = ink_columns(picture(book("שיחות", "he")), 430, 560)  # below the series
    assert last > WIDTH - MARGIN - 20
    assert first > WIDTH / 2


def test_no_rule_of_the_style_sheet_is_empty() -> None:
    assert "{ }" not in book().read("EPUB/style.css").decode()
