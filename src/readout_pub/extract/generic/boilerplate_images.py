"""Pictures that belong to the page around a text: portraits, adverts, marks of services, the design of the site."""

from __future__ import annotations

import re
from urllib.parse import unquote

from readout_pub.extract.generic.text_blocks import Element
from readout_pub.extract.image_urls import declared_size
from readout_pub.extract.lazy_images import loaded_url

_PORTRAIT = re.compile(r"gravatar\.com/|/(?:avatars?|authors?|profile_images)/", re.IGNORECASE)
_AVATAR = re.compile(r"\bavatar", re.IGNORECASE)
"""Addresses and names of portraits that stand beside the name of who wrote something."""

_ADVERT = re.compile(
    r"(?<!\d)(?:728x90|468x60|300x250|336x280|160x600|120x600|300x600|320x50|970x90|970x250)(?!\d)", re.IGNORECASE
)
"""Sizes in which advertising is sold."""

_CALLED_ADVERT = re.compile(
    r"\W*(?:ad|advert|advertisement|advertising|sponsored|anzeige|werbung|publicité|publicidad|pubblicità|advertentie|"
    r"annonse?|reklam[ae]?|реклама|広告|廣告|广告|광고|إعلان)\W*",
    re.IGNORECASE,
)
"""What is written at an advert instead of what it shows."""

_DESIGN = re.compile(
    r"/(?:themes?|skins?|templates?|plugins|buttons?|smilies|emojis?|social|symbols?|sprites?)/", re.IGNORECASE
)
"""Folders with the pictures that a site draws all its pages with."""


def is_boilerplate_image(element: Element, file: str, *, framed: bool) -> bool:
    """Say whether a picture is none of the text, by its file and its attributes.

    `file` is its address; `framed` says that it stands where photos do, or is as large as one.
    """
    file = unquote(file)
    return _is_portrait(element, file) or _is_advert(element) or (not framed and bool(_DESIGN.search(file)))


def attributes_of(element: Element) -> dict[str, object]:
    """Return the attributes of an element as a mapping of plain strings."""
    return {str(name): value for name, value in element.items()}


def _is_portrait(element: Element, file: str) -> bool:
    names = " ".join(str(element.get(name) or "") for name in ("class", "id", "data-testid"))
    return bool(_PORTRAIT.search(file) or _AVATAR.search(names))


def _is_advert(element: Element) -> bool:
    if next(element.iterancestors("a"), None) is None:
        return False
    attributes = attributes_of(element)
    width, height = declared_size(attributes)
    size = f"{loaded_url(attributes)} {width}x{height}"
    return bool(_ADVERT.search(size) or _CALLED_ADVERT.fullmatch(element.get("alt") or ""))
