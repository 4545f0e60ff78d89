"""Photos that a script would load: their address from where the page keeps it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bs4 import Tag

from readout_pub.image_store import MAX_SIDE

_LAZY = ("data-src", "data-original", "data-lazy-src", "data-lazy", "data-image", "data-hi-res-src")


def fill_lazy_images(root: Tag) -> None:
    """Give images that scripts would load their address: from data attributes, `srcset` or a `noscript` copy."""
    for image in root.find_all("img"):
        if lazy := _waiting(image.attrs, _picture_sources(image)):
            image["src"] = lazy
    shown: dict[int, Tag | None] = {}
    copies: set[int] = set()
    for noscript in root.find_all("noscript"):
        copy, parent = noscript.find("img"), noscript.parent
        if copy is None or not copy.get("src") or parent is None:
            continue
        if id(parent) not in shown:
            shown[id(parent)] = parent.find("img", recursive=False)
        beside = _beside(noscript)
        waiting = shown[id(parent)] if beside is None or id(beside) in copies else beside
        if waiting is None:
            noscript.replace_with(copy)
            copies.add(id(copy))
        elif str(waiting.get("src") or "data:").startswith("data:"):
            waiting["src"] = copy["src"]


def _beside(noscript: Tag) -> Tag | None:
    """Return the `img` right beside a `noscript`, nothing but white space between them."""
    for siblings in (noscript.previous_siblings, noscript.next_siblings):
        node = next((each for each in siblings if isinstance(each, Tag) or str(each).strip()), None)
        if isinstance(node, Tag) and node.name == "img":
            return node
    return None


def address_of(attributes: Mapping[str, object]) -> str:
    """Return the address of the file that an `img` shows in the end, by its attributes; "" if they do not tell."""
    src = str(attributes.get("src") or "").strip()
    return _waiting(attributes) or ("" if _PLACEHOLDER.search(src) else src)


_PLACEHOLDER = re.compile(r"placeholder|lazy|loading|blank\.|^data:image/(?:gif|svg)|^$", re.IGNORECASE)
_IMAGE_FILE = re.compile(r"^\S+\.(?:jpe?g|png|webp|avif|gif)(?:\?\S*)?$", re.IGNORECASE)


def _waiting(attributes: Mapping[str, object], sources: str = "") -> str | None:
    """Return the address that a script would give an `img`, or None; `sources` are those of its `picture`."""
    src = str(attributes.get("src") or "")
    if lazy := next((str(given) for name in _LAZY if (given := attributes.get(name))), None):
        return lazy
    if behind := _behind_placeholder(attributes, src):
        return behind
    if not src or src.startswith(("data:image/gif", "data:image/svg")):
        sizes = _best_first(str(attributes.get("srcset") or attributes.get("data-srcset") or sources))
        return next(iter(sizes), None)
    return None


def _behind_placeholder(attributes: Mapping[str, object], src: str) -> str | None:
    """Return the address that some attribute has for a photo that shows a placeholder, as each script names it."""
    if not _PLACEHOLDER.search(src):
        return None
    given = (str(value) for name, value in attributes.items() if name.startswith("data-") or name == "content")
    return next(filter(_IMAGE_FILE.match, given), None)


def offered_sizes(image: Tag) -> list[str]:
    """Return the addresses of the sizes in which a photo is offered besides its `src`, the best for print first.

    A `source` for some screens only may show another picture, and is left alone.
    """
    own = str(image.get("srcset") or image.get("data-srcset") or "")
    return _best_first(own or _picture_sources(image, for_all_screens=True))


def _picture_sources(image: Tag, *, for_all_screens: bool = False) -> str:
    picture = image.find_parent("picture")
    sources = picture.find_all("source") if picture else []
    taken = [source for source in sources if not (for_all_screens and source.get("media"))]
    return ", ".join(str(source.get("srcset") or source.get("data-srcset") or "") for source in taken).strip(", ")


_CANDIDATE = re.compile(r"(?P<address>\S*[^,\s])(?:\s+(?P<size>\d+(?:\.\d+)?)[wx])?[^,]*(?:,|$)")
"""One candidate of a `srcset`: its address may hold commas, but not end with one."""


def _best_first(srcset: str) -> list[str]:
    """Return the candidates of a `srcset`: those that paper can print in full, the smallest first, then the others."""
    sizes = [(float(found["size"] or 1), found["address"]) for found in _CANDIDATE.finditer(srcset)]
    ample = sorted((size for size in sizes if size[0] >= MAX_SIDE), key=lambda size: size[0])
    smaller = sorted((size for size in sizes if size[0] < MAX_SIDE), key=lambda size: -size[0])
    return [address for _, address in (*ample, *smaller)]
