"""Images that are no photos: spacers, icons, trackers."""

from __future__ import annotations

import re

from bs4 import Tag

from readout_pub.extract.photos import Found

_TRACKED = re.compile(r"spacer|pixel|blank\.gif|transparent|1x1|/tr\?|/b/ss/|beacon|track", re.IGNORECASE)
_ORNAMENT = re.compile(
    r"(?:^|[/_-])(?:arrow|icon|ico|bullet|btn|button|line|dot|logo|back|sns|share|print|rss|banner|bg)"
    r"(?:[_.-]|\d|$)[^/]*$",
    re.IGNORECASE,
)
"""File names of pictures that decorate a page; they count only where nothing else tells."""

_ICON = re.compile(r"(?:^|/)(?:icon|ico|arrow|btn|button|spacer)[_.-][^/]*$", re.IGNORECASE)
"""File names of pictures that decorate a page whatever else is said of them."""

_SMALL = 48
"""Pixels: a picture whose shorter side is below this is an ornament."""


def is_ornament(image: Tag, found: Found) -> bool:
    """Say whether an image decorates the page or counts its readers, by its size and the name of its file."""
    sides = [side for side in (found.width, found.height) if side is not None]
    if sides and min(sides) < _SMALL:
        return True
    if _TRACKED.search(found.photo.src) or _ICON.search(found.photo.src.split("?")[0]):
        return True
    known = len(sides) == 2
    return not known and not image.get("alt") and bool(_ORNAMENT.search(found.photo.src))
