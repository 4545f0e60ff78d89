"""What the address and the attributes of a picture say of it: its file, its name, its size on the page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import unquote

_FILE = re.compile(r"\.(?:jpe?g|png|webp|avif|gif|bmp|tiff?)$", re.IGNORECASE)
_SIZE = re.compile(r"(?:[-_](?:\d{2,4}x\d{2,4}|scaled)|@\dx)+(?=\.\w+$)", re.IGNORECASE)
"""What is added to the name of a file that holds a picture in another size."""
_STYLED = re.compile(r"(?<![-\w])(width|height)\s*:\s*(\d{1,5})(?:\.\d+)?px", re.IGNORECASE)
_SHORTEST_NAME = 6
"""Letters below which the name of a file may be that of another one too."""


def without_size(address: str) -> str:
    """Return what the addresses of one picture in several sizes have in common."""
    path, _, query = address.partition("#")[0].partition("?")
    return _SIZE.sub("", path) if _FILE.search(path) or not query else f"{path}?{query}"


def file_name(address: str) -> str:
    """Return the name of the file at an address, whatever the size of its picture; "" if it is none.

    A short one such as "1.jpg" comes with its folder, since it may be that of another picture too.
    """
    folder, _, name = unquote(without_size(address)).rpartition("/")
    if not _FILE.search(name):
        return ""
    return name if len(name.rpartition(".")[0]) >= _SHORTEST_NAME else f"{folder.rpartition('/')[2]}/{name}"


def is_image_url(address: str) -> bool:
    """Say whether an address is that of a picture, by the name of its file."""
    return bool(_FILE.search(without_size(address)))


def declared_size(attributes: Mapping[str, object]) -> tuple[int | None, int | None]:
    """Return width and height of a picture on its page, in pixels, as its attributes or its style give them."""
    styled = {name.lower(): int(size) for name, size in _STYLED.findall(str(attributes.get("style") or ""))}
    width, height = (_pixels(attributes.get(name)) or styled.get(name) for name in ("width", "height"))
    return width, height


def _pixels(value: object) -> int | None:
    text = str(value or "").strip().removesuffix("px")
    return int(text) if text.isascii() and text.isdigit() else None
