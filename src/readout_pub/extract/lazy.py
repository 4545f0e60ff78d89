"""Photos that a script would load: their address from where the page keeps it."""

from __future__ import annotations

import re

from bs4 import Tag

_LAZY = ("data-src", "data-original", "data-lazy-src", "data-lazy", "data-image", "data-hi-res-src")


def fill_lazy_images(root: Tag) -> None:
    """Give images that scripts would load their address: from data attributes, `srcset` or a `noscript` copy."""
    for image in root.find_all("img"):
        src = str(image.get("src") or "")
        lazy = next((str(image[name]) for name in _LAZY if image.get(name)), None) or _behind_placeholder(image, src)
        if lazy is None and (not src or src.startswith("data:image/gif")):
            lazy = _largest(str(image.get("srcset") or image.get("data-srcset") or _picture_sources(image)))
        if lazy:
            image["src"] = lazy
    for noscript in root.find_all("noscript"):
        copy = noscript.find("img")
        if copy is None or not copy.get("src") or noscript.parent is None:
            continue
        waiting = noscript.parent.find("img", recursive=False)
        if waiting is None:
            noscript.replace_with(copy)
        elif str(waiting.get("src") or "data:").startswith("data:"):
            waiting["src"] = copy["src"]


_PLACEHOLDER = re.compile(r"placeholder|lazy|loading|blank\.|^data:image/(?:gif|svg)|^$", re.IGNORECASE)
_IMAGE_FILE = re.compile(r"^\S+\.(?:jpe?g|png|webp|avif|gif)(?:\?\S*)?$", re.IGNORECASE)


def _behind_placeholder(image: Tag, src: str) -> str | None:
    """Return the address that some data attribute has for a photo that shows a placeholder, as each script names it."""
    if not _PLACEHOLDER.search(src):
        return None
    given = (str(value) for name, value in image.attrs.items() if name.startswith("data-"))
    return next(filter(_IMAGE_FILE.match, given), None)


def _picture_sources(image: Tag) -> str:
    picture = image.find_parent("picture")
    sources = picture.find_all("source") if picture else []
    return ", ".join(str(source.get("srcset") or source.get("data-srcset") or "") for source in sources).strip(", ")


def _largest(srcset: str) -> str | None:
    """Return the address of the largest candidate of a `srcset`."""
    best: tuple[float, str] | None = None
    for candidate in re.split(r",\s+", srcset.strip()):
        address, _, size = candidate.strip().partition(" ")
        number = re.match(r"[\d.]+", size.strip())
        weight = float(number[0]) if number else 1.0
        if address and (best is None or weight > best[0]):
            best = (weight, address.rstrip(","))
    return best[1] if best else None
