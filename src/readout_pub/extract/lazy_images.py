"""Finds the URL that a script would load into a lazy image: in data attributes, `srcset` or a copy in `noscript`."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bs4 import Tag

from readout_pub.extract.image_urls import best_sizes_first, srcset_of_picture

_LAZY_ATTRIBUTES = ("data-src", "data-original", "data-lazy-src", "data-lazy", "data-image", "data-hi-res-src")
"""Attributes in which the usual scripts keep the URL, in the order in which they are tried."""

_LOADED = "loaded"
"""The value of `lazy` or `data-ll-status` by which scripts mark an image that they have loaded: its `src` is right."""

_PLACEHOLDER = re.compile(r"placeholder|lazy|loading|blank\.|^data:image/(?:gif|svg)|^$", re.IGNORECASE)
"""The `src` of a placeholder, which a page shows until a script has loaded the image."""

_IMAGE_FILE = re.compile(
    r"(?:[^\s?]+\.(?:jpe?g|png|webp|avif|gif)\?\S*+|\S+\.(?:jpe?g|png|webp|avif|gif))$", re.IGNORECASE
)


def fill_lazy_images(root: Tag) -> None:
    """Set the `src` of each lazy image below `root`; replace a `noscript` by its image if the image is only there."""
    for image in root.find_all("img"):
        if lazy := _lazy_url(image.attrs, srcset_of_picture(image)):
            image["src"] = lazy
    first_images: dict[int, Tag | None] = {}
    copies: set[int] = set()
    for noscript in root.find_all("noscript"):
        copy, parent = noscript.find("img"), noscript.parent
        if copy is None or not copy.get("src") or parent is None:
            continue
        if id(parent) not in first_images:
            first_images[id(parent)] = parent.find("img", recursive=False)
        beside = _image_beside(noscript)
        lazy_image = first_images[id(parent)] if beside is None or id(beside) in copies else beside
        if lazy_image is None:
            noscript.replace_with(copy)
            copies.add(id(copy))
        elif str(lazy_image.get("src") or "data:").startswith("data:"):
            lazy_image["src"] = copy["src"]


def _image_beside(noscript: Tag) -> Tag | None:
    """Return the `img`, or the `img` in a `picture`, right before or after a `noscript`; None if there is none.

    Only white space may be between the `noscript` and this element.
    """
    for siblings in (noscript.previous_siblings, noscript.next_siblings):
        node = next((each for each in siblings if isinstance(each, Tag) or str(each).strip()), None)
        image = node.find("img") if isinstance(node, Tag) and node.name == "picture" else node
        if isinstance(image, Tag) and image.name == "img":
            return image
    return None


def loaded_url(attributes: Mapping[str, object]) -> str:
    """Return the URL that an `img` with these attributes shows once scripts have run; "" if they have no such URL."""
    src = str(attributes.get("src") or "").strip()
    return _lazy_url(attributes) or ("" if _PLACEHOLDER.search(src) else src)


def _lazy_url(attributes: Mapping[str, object], srcset_around: str = "") -> str | None:
    """Return the URL that a script would give an `img`, or None; `srcset_around` is the `srcset` of its `picture`."""
    src = str(attributes.get("src") or "")
    if src and not _PLACEHOLDER.search(src) and _LOADED in (attributes.get("lazy"), attributes.get("data-ll-status")):
        return None
    if lazy := next((str(given) for name in _LAZY_ATTRIBUTES if (given := attributes.get(name))), None):
        return lazy
    if url := _url_in_other_attribute(attributes, src):
        return url
    # A script will copy `data-srcset` to `srcset`.
    waits = bool(attributes.get("data-srcset")) and not attributes.get("srcset")
    if waits or not src or src.startswith(("data:image/gif", "data:image/svg")):
        sizes = best_sizes_first(str(attributes.get("srcset") or attributes.get("data-srcset") or srcset_around))
        return next(iter(sizes), None)
    return None


def _url_in_other_attribute(attributes: Mapping[str, object], src: str) -> str | None:
    """Return the image URL in any `data-` attribute, or in `content`, of an `img` that shows a placeholder.

    Scripts differ in the name of this attribute. Returns None for an `img` that shows no placeholder.
    """
    if not _PLACEHOLDER.search(src):
        return None
    given = (str(value) for name, value in attributes.items() if name.startswith("data-") or name == "content")
    return next(filter(_IMAGE_FILE.match, given), None)
