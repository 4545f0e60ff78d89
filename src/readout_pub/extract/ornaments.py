"""Images that are no photos: spacers, icons, trackers, and letters that a character set did not have."""

from __future__ import annotations

import re

from bs4 import Tag
from bs4.element import NavigableString

from readout_pub.extract.photos import Found

_TRACKED = re.compile(
    r"(?<![a-z])(?:spacer|pixel|transparent|beacon|track(?:er|ing)?)(?![a-z])|blank\.gif|1x1|/tr\?|/b/ss/",
    re.IGNORECASE,
)
_ORNAMENT = re.compile(
    r"(?:^|[/_-])(?:arrow|icon|ico|bullet|btn|button|line|dot|logo|back|sns|share|print|rss|banner|bg)"
    r"(?:[_.-]|\d|$)[^/]*$",
    re.IGNORECASE,
)
"""File names of pictures that decorate a page; they count only where nothing else tells."""

_ICON = re.compile(
    r"(?:^|/)(?:(?:icon|ico|arrow|btn|button|spacer|loupe|lupe|zoom)[_.-][^/]*|icons/[^/]+)$", re.IGNORECASE
)
"""File names of pictures that decorate a page whatever else is said of them, unless they are as large as a photo."""

_SMALL = 48
"""Pixels: a picture whose shorter side is below this is an ornament."""

_LARGE = 128
"""Pixels: no icon has a shorter side as long as this."""

_LONGEST_LETTER = 2
"""Characters: a letter may have a mark of its own."""


def is_ornament(image: Tag, found: Found) -> bool:
    """Say whether an image decorates the page or counts its readers, by its size and the name of its file."""
    sides = [side for side in (found.width, found.height) if side is not None]
    if sides and min(sides) < _SMALL:
        return True
    known = min(sides) if len(sides) == 2 else 0
    src = found.photo.src
    if (_TRACKED.search(src) and known < _SMALL) or (_ICON.search(src.split("?")[0]) and known < _LARGE):
        return True
    return not known and not image.get("alt") and bool(_ORNAMENT.search(src))


def letter(image: Tag, found: Found) -> str | None:
    """Return the letter that an image stands for within a line: Japanese pages draw those of rare names."""
    alt = str(image.get("alt") or "").strip()
    if not alt.isalpha() or len(alt) > _LONGEST_LETTER or max(found.width or 0, found.height or 0) >= _SMALL:
        return None
    beside = (image.previous_sibling, image.next_sibling)
    in_line = any(isinstance(node, NavigableString) and node.strip() for node in beside)
    return alt if in_line else None
