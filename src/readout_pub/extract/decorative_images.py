"""Removes images that are not photos: spacers, icons, trackers; turns images of single characters into text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import Tag
from bs4.element import NavigableString

from readout_pub.extract.extraction import Reason, count_words
from readout_pub.extract.photos import ImageProperties, ImageReader

_TRACKER_URL = re.compile(
    r"(?<![a-z])(?:spacer|pixel|transparent|beacon|track(?:er|ing)?)(?![a-z])|blank\.gif|1x1|/tr\?|/b/ss/"
    r"|/(?:piwik|matomo|(?:hit_?)?count(?:er)?|analytics|collect|stats?)\.(?:php|aspx?|cgi|gif)",
    re.IGNORECASE,
)
_DECORATION_NAME = re.compile(
    r"(?:^|[/_-])(?:arrow|icon|ico|bullet|btn|button|line|dot|logo|back|sns|share|print|rss|banner|bg|licen[cs]e|badge)"
    r"(?:[_.-]|\d|$)[^/]*(?<!\.jpg)(?<!\.jpeg)(?<!\.webp)$",
    re.IGNORECASE,
)
"""File names of decorative images. They decide only for images without a known size and an alternative text."""

_DECORATION_NAME_START = re.compile(
    r"(?:^|/)(?:arrow|icon|ico|bullet|btn|button|logo|banner|bg|badge)(?:[_.-]|\d|$)[^/]*$", re.IGNORECASE
)
"""The same for JPEG and WebP files: fewer words, and only at the start of the name.

The other words occur in the names of photographs, such as "back-at-school.jpg" or "line-of-ships.jpg".
"""

_ICON_NAME = re.compile(
    r"(?:^|/)(?:(?:icon|ico|arrow|chevron|caret|btn|button|spacer|loupe|lupe|zoom)[_.-][^/]*|icons/[^/]+"
    r"|[^/]*[_-]icons?(?:[_-]\w{1,12})?\.(?:png|gif|svg))$",
    re.IGNORECASE,
)
"""File names of icons, with or without an alternative text, unless they are as large as a photo."""

_SERVICE_LOGO_NAME = re.compile(
    r"(?:^|/)(?:facebook|twitter|whatsapp|linkedin|instagram|youtube|pinterest|telegram|e-?mail|rss)"
    r"(?:[_.-][^/]*)?\.(?:png|gif|svg)$",
    re.IGNORECASE,
)
"""File names of the logos on buttons that share a page."""

_LOGO_NAME = re.compile(r"logo\.(?:gif|png|svg)$", re.IGNORECASE)
"""Ends of file names such as "portlogo.gif": a small image with such a name and no alternative text is a logo."""

_EMPTY_URLS = ("data:image/gif", "data:image/svg", "about:")
"""Starts of URLs that show nothing until a script has loaded an image."""

_MIN_PHOTO_SIDE = 48
"""Pixels: an image whose shorter side is below this is decorative. Chosen by hand: icons are mostly 16 to 32 wide."""

_MAX_ICON_SIDE = 128
"""Pixels: an image whose shorter side is at least this is not an icon, whatever its file name."""

_MAX_CHARACTERS = 2
"""Characters of the alternative text of an image that shows one character, which may have a combining mark."""


def remove_decorative_images(root: Tag, read_image: ImageReader) -> Iterator[Reason]:
    """Remove decorative images below `root`, and yield a reason for each that had an alternative text.

    Images of single characters are replaced by their alternative text.
    """
    for image in root.find_all("img"):
        properties = read_image(image)
        if character := _character_shown(image, properties):
            image.replace_with(character)
        elif _is_decorative(image, properties):
            alt = " ".join(str(image.get("alt") or "").split())
            if words := count_words(alt):
                yield Reason("dropped", "ornament", properties.photo.src, alt, words)
            image.decompose()


def _is_decorative(image: Tag, properties: ImageProperties) -> bool:
    """Return whether an image decorates the page or counts its readers, by its size, alternative text and URL."""
    src = properties.photo.src.split("?")[0]
    if (not src or src.startswith(_EMPTY_URLS)) and not image.get("alt"):
        return True
    sides = [side for side in (properties.width, properties.height) if side is not None]
    if sides and min(sides) < _MIN_PHOTO_SIDE:
        return True
    shorter_side = min(sides) if len(sides) == 2 else 0
    if (_TRACKER_URL.search(properties.photo.src) and shorter_side < _MIN_PHOTO_SIDE) or (
        (_ICON_NAME.search(src) or _SERVICE_LOGO_NAME.search(src)) and shorter_side < _MAX_ICON_SIDE
    ):
        return True
    if not image.get("alt") and _LOGO_NAME.search(src) and shorter_side < _MAX_ICON_SIDE:
        return True
    has_decoration_name = bool(_DECORATION_NAME.search(src) or _DECORATION_NAME_START.search(src))
    return not shorter_side and not image.get("alt") and has_decoration_name


def _character_shown(image: Tag, properties: ImageProperties) -> str | None:
    """Return the character that an image within a line shows, or None.

    Japanese pages show rare characters of names as images, since their character sets lack them.
    """
    alt = str(image.get("alt") or "").strip()
    if not alt.isalpha() or len(alt) > _MAX_CHARACTERS:
        return None
    if max(properties.width or 0, properties.height or 0) >= _MIN_PHOTO_SIDE:
        return None
    beside = (image.previous_sibling, image.next_sibling)
    in_line = any(isinstance(node, NavigableString) and node.strip() for node in beside)
    return alt if in_line else None
