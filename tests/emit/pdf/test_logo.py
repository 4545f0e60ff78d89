"""The logo of a theme, drawn as an image in pixels."""

from __future__ import annotations

import io
from base64 import b64encode
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from readout_pub import RenderOptions
from readout_pub.emit.pdf.logo import draw_logo
from readout_pub.theme_tools import draft_theme
from tests.pages import png
from tests.pdfs import make_pdf, paragraph, readout

SVG = '<svg xmlns="http://www.w3.org/2000/svg" {size}>{content}</svg>'


def svg(size: str, content: str = '<circle cx="4" cy="4" r="4" fill="#00ff00"/>') -> bytes:
    return SVG.format(size=size, content=content).encode()


@pytest.mark.parametrize(
    ("size", "rems"),
    [
        ('viewBox="0 0 8 8"', (3, 3)),
        ('viewBox="0,0,80,8"', (12, 1.2)),
        ('viewBox="0 0 4 8"', (1.5, 3)),
        ('width="80px" height="20"', (12, 3)),
        ('viewBox="0 0 8 0"', (6, 3)),
        ('width="5em" height="2em"', (6, 3)),
        ("", (6, 3)),
    ],
)
def test_a_logo_keeps_its_shape_and_is_as_large_as_mastheads_allow(size: str, rems: tuple[float, float]) -> None:
    drawn = draw_logo(svg(size))
    assert (drawn.width, drawn.height) == pytest.approx(rems)
    width, height = Image.open(io.BytesIO(drawn.png)).size
    assert width / height == pytest.approx(rems[0] / rems[1], rel=0.02)


def test_a_logo_has_its_colours_and_a_transparent_background() -> None:
    image = Image.open(io.BytesIO(draw_logo(svg('viewBox="0 0 8 8"')).png)).convert("RGBA")
    assert image.getpixel((image.width // 2, image.height // 2)) == (0, 255, 0, 255)
    assert image.getchannel("A").getpixel((0, 0)) == 0


def test_a_logo_cannot_load_files(tmp_path: Path) -> None:
    (tmp_path / "crest.png").write_bytes(png(8, 8, "#c00000"))
    outside = f'<image href="{(tmp_path / "crest.png").as_uri()}" width="8" height="8"/>'
    image = Image.open(io.BytesIO(draw_logo(svg('viewBox="0 0 8 8"', outside)).png)).convert("RGBA")
    assert image.getbbox() is None


def test_a_logo_may_contain_a_picture_in_pixels() -> None:
    data = b64encode(png(8, 8, "#c00000")).decode()
    crest = f'<image href="data:image/png;base64,{data}" width="8" height="8"/>'
    image = Image.open(io.BytesIO(draw_logo(svg('viewBox="0 0 8 8"', crest)).png)).convert("RGBA")
    assert image.getpixel((image.width // 2, image.height // 2)) == (192, 0, 0, 255)


@pytest.mark.parametrize("name", ["logo.png", "logo.svg"])
def test_a_picture_in_the_logo_of_a_pdf_is_not_interpolated(name: str, tmp_path: Path) -> None:
    """PDF/A forbids interpolation."""
    draft_theme(tmp_path / "avalon")
    (tmp_path / "avalon/logo.svg").unlink()
    data = png(8, 8, "#c00000")
    crest = f'<image href="data:image/png;base64,{b64encode(data).decode()}" width="8" height="8"/>'
    (tmp_path / "avalon" / name).write_bytes(data if name == "logo.png" else svg('viewBox="0 0 8 8"', crest))
    made = make_pdf(readout(paragraph("They met.")), render_options=RenderOptions(theme=str(tmp_path / "avalon")))
    with pikepdf.open(io.BytesIO(made.data)) as pdf:
        (picture,) = pdf.pages[0].get_images().values()
        assert not picture.get("/Interpolate")


def test_a_damaged_picture_in_a_logo_is_left_out() -> None:
    damaged = '<image href="data:image/png;base64,AAAAA" width="8" height="8"/>'
    image = Image.open(io.BytesIO(draw_logo(svg('viewBox="0 0 8 8"', damaged)).png)).convert("RGBA")
    assert image.getbbox() is None


def test_drawing_a_logo_twice_gives_the_same_bytes() -> None:
    first = draw_logo(svg('viewBox="0 0 8 8"')).png
    draw_logo.cache_clear()
    assert draw_logo(svg('viewBox="0 0 8 8"')).png == first
