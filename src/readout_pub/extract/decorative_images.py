"""Images that are no photos: spacers, icons, trackers, and letters that a character set did not have."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import Tag
from bs4.element import NavigableString

from readout_pub.extract.extraction import Reason
from readout_pub.extract.photos import ImageProperties, ImageReader
from readout_pub.extract.words import count_words

_TRACKED = re.compile(
    r"(?<![a-z])(?:spacer|pixel|transparent|beacon|track(?:er|ing)?)(?![a-z])|blank\.gif|1x1|/tr\?|/b/ss/",
    re.IGNORECASE,
)
_DRAWN = re.compile(
    r"(?:^|[/_-])(?:arrow|icon|ico|bullet|btn|button|line|dot|logo|back|sns|share|print|rss|banner|bg|licen[cs]e|badge)"
    r"(?:[_.-]|\d|$)[^/]*(?<!\.jpg)(?<!\.jpeg)(?<!\.webp)$",
    re.IGNORECASE,
)
"""File names of pictures that decorate a page; they count only where nothing else tells."""

_BEGINS = re.compile(
    r"(?:^|/)(?:arrow|icon|ico|bullet|btn|button|logo|banner|bg|badge)(?:[_.-]|\d|$)[^/]*$", re.IGNORECASE
)
"""The same for files that may as well be photographs: of a child that is back at school, or of a line of ships."""

_ICON = re.compile(
    r"(?:^|/)(?:(?:icon|ico|arrow|chevron|caret|btn|button|spacer|loupe|lupe|zoom)[_.-][^/]*|icons/[^/]+"
    r"|[^/]*[_-]icons?(?:[_-]\w{1,12})?\.(?:png|gif|svg))$",
    re.IGNORECASE,
)
"""File names of pictures that decorate a page whatever else is said of them, unless they are as large as a photo."""

_SERVICE = re.compile(
    r"(?:^|/)(?:facebook|twitter|whatsapp|linkedin|instagram|youtube|pinterest|telegram|e-?mail|rss)"
    r"(?:[_.-][^/]*)?\.(?:png|gif|svg)$",
    re.IGNORECASE,
)
"""Marks of services to which a page can be passed on."""

_WAITING = ("data:image/gif", "data:image/svg", "about:")
"""How addresses begin that show nothing until a script has loaded a photo."""

_SMALL = 48
"""Pixels: a picture whose shorter side is below this is an ornament."""

_LARGE = 128
"""Pixels: no icon has a shorter side as long as this."""

_LONGEST_LETTER = 2
"""Characters: a letter may have a mark of its own."""


def remove_decorative_images(root: Tag, look: ImageReader) -> Iterator[Reason]:
    """Take the ornaments out of `root`, and name those that had an alternative text; put letters in their lines."""
    for image in root.find_all("img"):
        found = look(image)
        if written := _letter(image, found):
            image.replace_with(written)
        elif _is_ornament(image, found):
            alt = " ".join(str(image.get("alt") or "").split())
            if words := count_words(alt):
                yield Reason("dropped", "ornament", found.photo.src, alt, words)
            image.decompose()


def _is_ornament(image: Tag, found: ImageProperties) -> bool:
    """Say whether an image decorates the page or counts its readers, by its size and the name of its file."""
    src = found.photo.src.split("?")[0]
    if (not src or src.startswith(_WAITING)) and not image.get("alt"):
        return True
    sides = [side for side in (found.width, found.height) if side is not None]
    if sides and min(sides) < _SMALL:
        return True
    known = min(sides) if len(sides) == 2 else 0
    if (_TRACKED.search(found.photo.src) and known < _SMALL) or (
        (_ICON.search(src) or _SERVICE.search(src)) and known < _LARGE
    ):
        return True
    return not known and not image.get("alt") and bool(_DRAWN.search(src) or _BEGINS.search(src))


def _letter(image: Tag, found: ImageProperties) -> str | None:
    """Return the letter that an image stands for within a line: Japanese pages draw those of rare names."""
    alt = str(image.get("alt") or "").strip()
    if not alt.isalpha() or len(alt) > _LONGEST_LETTER or max(found.width or 0, found.height or 0) >= _SMALL:
        return None
    beside = (image.previous_sibling, image.next_sibling)
    in_line = any(isinstance(node, NavigableString) and node.strip() for node in beside)
    return alt if in_line else None
