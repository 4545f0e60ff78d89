"""The logo of a theme: as SVG for PDF, and drawn as PNG for office formats and for the covers of EPUB files."""

from __future__ import annotations

import math
from functools import lru_cache

import msgspec
from lxml import etree

from readout_pub.emit.pdf.layout import image_page
from readout_pub.emit.pdf.pdfium import page_as_png
from readout_pub.image_store import Picture

MAX_WIDTH, MAX_HEIGHT = 12.0, 3.0
"""The largest size of a logo in rem; the same numbers are in document.css."""

PIXELS_PER_REM = 80
"""A logo that is 3 rem high has 240 rows of pixels: on paper, 550 per inch."""

DEFAULT_SIZE = (300.0, 150.0)
"""The size of an SVG image that states no size (CSS Images 3, 5.2)."""


class DrawnLogo(msgspec.Struct, frozen=True):
    """A logo as PNG, and its size in rem."""

    png: bytes
    width: float
    height: float


@lru_cache(maxsize=8)
def without_interpolation(svg: bytes) -> bytes:
    """Return the logo `svg`, changed so that no picture inside it is interpolated, which PDF/A forbids."""
    root = etree.fromstring(svg, etree.XMLParser(resolve_entities=False, no_network=True))
    pictures = list(root.iter("{*}image"))
    for picture in pictures:
        picture.set("image-rendering", "crisp-edges")
    return etree.tostring(root) if pictures else svg


@lru_cache(maxsize=8)
def draw_logo(svg: bytes) -> DrawnLogo:
    """Return the logo `svg`, as large as MAX_WIDTH and MAX_HEIGHT allow.

    Raises ToolMissing if a library that draws it is missing.
    """
    width, height = _size(etree.fromstring(svg, etree.XMLParser(resolve_entities=False, no_network=True)))
    shrink = min(MAX_WIDTH / width, MAX_HEIGHT / height)
    width, height = width * shrink, height * shrink
    page = image_page(Picture(svg, "image/svg+xml", 0, 0), width * PIXELS_PER_REM, height * PIXELS_PER_REM)
    return DrawnLogo(page_as_png(page), width, height)


def _size(root: etree._Element) -> tuple[float, float]:
    """Return width and height of an SVG image from its view box, else from its attributes, else DEFAULT_SIZE.

    The unit of the result is unknown, but the caller uses only the ratio of width and height.
    """
    numbers = (root.get("viewBox") or "").replace(",", " ").split()[2:]
    stated = [(root.get(name) or "").removesuffix("px") for name in ("width", "height")]
    for width, height in (pair for pair in (numbers, stated) if len(pair) == 2):
        try:
            size = float(width), float(height)
        except ValueError:
            continue
        if all(0 < each < math.inf for each in size):
            return size
    return DEFAULT_SIZE
