"""Reads facts from the URL and the attributes of an image: file name, size variants in `srcset`, size on the page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import unquote

from bs4 import Tag

from readout_pub.image_store import MAX_SIDE
from readout_pub.numerals import decimal_number

_IMAGE_SUFFIX = re.compile(r"\.(?:jpe?g|png|webp|avif|gif|bmp|tiff?)$", re.IGNORECASE)
_SIZE_SUFFIX = re.compile(r"(?:[-_](?:\d{2,4}x\d{2,4}|scaled)|@\dx)\Z", re.IGNORECASE)
"""Suffixes that content management systems add to the name of a resized file: "-300x200", "-scaled", "@2x"."""

_MAX_SIZE_SUFFIX = len("-1000x1000")

_STYLED_SIZE = re.compile(r"(?<![-\w])(width|height)\s*:\s*(\d{1,5})(?:\.\d+)?px", re.IGNORECASE)

_MIN_STEM = 6
"""A file name alone identifies an image if it has at least this many characters before the suffix. Chosen by hand:
several folders can have a "1.jpg".
"""


def without_size(url: str) -> str:
    """Return the part of an image URL that its size variants share: without fragment, query and size suffix.

    The query stays if the path has no image suffix: then the query selects the image.
    """
    path, _, query = url.partition("#")[0].partition("?")
    return _without_size_suffix(path) if _IMAGE_SUFFIX.search(path) or not query else f"{path}?{query}"


def _without_size_suffix(path: str) -> str:
    stem, dot, suffix = path.rpartition(".")
    end = len(stem)
    while dot and (found := _SIZE_SUFFIX.search(stem, max(0, end - _MAX_SIZE_SUFFIX), end)):
        end = found.start()
    return f"{stem[:end]}{dot}{suffix}"


def image_file_name(url: str) -> str:
    """Return the file name of an image URL without its size suffix; "" if the URL does not name an image file.

    A short name such as "1.jpg" comes with its folder, "2022-08/1.jpg", since other images may have it too.
    """
    folder, _, name = unquote(without_size(url)).rpartition("/")
    if not _IMAGE_SUFFIX.search(name):
        return ""
    return name if len(name.rpartition(".")[0]) >= _MIN_STEM else f"{folder.rpartition('/')[2]}/{name}"


def is_image_url(url: str) -> bool:
    """Return whether the path of a URL, or else its query, ends like an image file: "/a.jpg", "/load?name=a.jpg"."""
    return bool(_IMAGE_SUFFIX.search(without_size(url)))


def declared_size(attributes: Mapping[str, object]) -> tuple[int | None, int | None]:
    """Return width and height of an image on its page in CSS pixels, by its attributes or else its inline style."""
    styled = {name.lower(): int(size) for name, size in _STYLED_SIZE.findall(str(attributes.get("style") or ""))}
    width, height = (_parse_pixels(attributes.get(name)) or styled.get(name) for name in ("width", "height"))
    return width, height


def _parse_pixels(value: object) -> int | None:
    text = str(value or "").strip().removesuffix("px")
    return decimal_number(text) if text.isascii() else None


# --- size variants in `srcset`


def offered_sizes(image: Tag) -> list[str]:
    """Return the URLs in the `srcset` of an `img`, or of its `picture`, the best for print first.

    A `source` with a `media` condition is left out: for some screens it may show another picture.
    """
    own = str(image.get("srcset") or image.get("data-srcset") or "")
    return best_sizes_first(own or srcset_of_picture(image, with_media=False))


def srcset_of_picture(image: Tag, *, with_media: bool = True) -> str:
    """Return the `srcset` of all `source` elements in the `picture` around an `img`; "" if there are none.

    `with_media` includes those with a `media` condition.
    """
    picture = image.find_parent("picture")
    sources = picture.find_all("source") if picture else []
    taken = [source for source in sources if with_media or not source.get("media")]
    return ", ".join(str(source.get("srcset") or source.get("data-srcset") or "") for source in taken).strip(", ")


_SRCSET_CANDIDATE = re.compile(r"[\s,]*+(?P<url>\S++)(?:(?<!,)(?:\s++(?P<size>\d++(?:\.\d++)?)[wx])?[^,]*+)?")
"""One image candidate of a `srcset` (WHATWG HTML): the URL may contain commas, but not end with one."""


def best_sizes_first(srcset: str) -> list[str]:
    """Return the URLs of a `srcset`: those at least `MAX_SIDE` wide, smallest first, then the rest, largest first.

    A density such as `2x` counts as a width of 2, and no descriptor as `1x`. A width beyond `MAX_SIDE` makes
    the file larger, but print does not show the difference.
    """
    candidates = _SRCSET_CANDIDATE.finditer(srcset.rstrip(", \t\n\f\r"))
    sizes = [(float(found["size"] or 1), found["url"].rstrip(",")) for found in candidates]
    ample = sorted((size for size in sizes if size[0] >= MAX_SIDE), key=lambda size: size[0])
    smaller = sorted((size for size in sizes if size[0] < MAX_SIDE), key=lambda size: -size[0])
    return [url for _, url in (*ample, *smaller)]
