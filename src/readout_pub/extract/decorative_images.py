"""Removes images that are not photos: spacers, icons, logos, trackers; turns images of characters into text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from bs4 import Tag
from bs4.element import NavigableString

from readout_pub.extract.extraction import Reason
from readout_pub.extract.inline_styles import hides, makes_tiny
from readout_pub.extract.photos import ImageProperties, ImageReader
from readout_pub.extract.tree import alt_in_one_line
from readout_pub.sentences import ends_sentence
from readout_pub.words import count_words

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
"""File names of decorative images. A small image within a sentence is decorative if it has such a name. So is an image
without alternative text whose size is unknown."""

_DECORATION_NAME_START = re.compile(
    r"(?:^|/)(?:arrow|icon|ico|bullet|btn|button|logo|banner|bg|badge)(?:[_.-]|\d|$)[^/]*$", re.IGNORECASE
)
"""Starts of file names of decorative images. JPEG and WebP files count too, unlike in `_DECORATION_NAME`.

The other words of `_DECORATION_NAME` occur in names of photographs: "back-at-school.jpg", "line-up.jpg".
"""

_ICON_NAME = re.compile(
    r"(?:^|/)(?:(?:icon|ico|arrow|chevron|caret|btn|button|spacer|loupe|lupe|zoom)[_.-][^/]*|icons/[^/]+"
    r"|(?:print|e?mail|pdf)_?button\.(?:png|gif|svg)|[^/]*[_-]icons?(?:[_-]\w{1,12})?\.(?:png|gif|svg))$",
    re.IGNORECASE,
)
"""File names of icons. They decide even if there is an alternative text, but not for large images."""

_SERVICE_LOGO_NAME = re.compile(
    r"(?:^|/)(?:facebook|twitter|whatsapp|linkedin|instagram|youtube|pinterest|telegram|weibo|wechat|weixin|qzone|qq"
    r"|douban|e-?mail|rss)"
    r"(?:[_.-][^/]*)?\.(?:png|gif|svg)$",
    re.IGNORECASE,
)
"""File names of the logos on buttons that share a page."""

_BUTTON_NAME = re.compile(
    r"(?:^|/)(?:print(?:er)?|mail|e-?mail|envelope|send|share|fb|tw|wa|ln|tg|yt|ig)(?:[_-]?(?:icon|ico|btn|\d{1,3}))?"
    r"\.(?:png|gif|svg)$",
    re.IGNORECASE,
)
"""File names of the signs on buttons that print, send or share a page."""
_NETWORK = re.compile(
    r"(?:\W*+[^\W_]{1,20}+){0,4}?\W*+(?:facebook|twitter|x|whatsapp|linkedin|telegram|instagram|pinterest|youtube|reddit|"
    r"weibo|微博|wechat|微信|vk|line|xing|mastodon|bluesky|threads|e-?mail|print|drucken|imprimir|imprimer|stampa)\W*+",
    re.IGNORECASE,
)
"""Alternative texts of such signs, such as "Share on Facebook"."""
_NO_ADDRESS = re.compile(r"#?|(?:javascript|mailto|whatsapp):.*", re.IGNORECASE | re.DOTALL)
"""The address of a link that only runs a script or opens a program.

On such a link, `_BUTTON_NAME` and `_NETWORK` tell buttons from photos that a script enlarges.
"""

_LOGO_NAME = re.compile(
    r"logo\.(?:gif|png|svg)$|(?:^|[/_-])logo(?:[_-][a-z0-9]{1,20}){0,2}\.(?:gif|png|svg)$", re.IGNORECASE
)
"""File names of logos: "portlogo.gif", "logo-en.svg". They decide for small images, and for images without
alternative text whose size is unknown."""

_FILE_TYPE_NAME = re.compile(
    r"(?:^|/)(?:icon?[_-])?(?:pdf|docx?|word|xlsx?|excel|pptx?|zip|acrobat)(?:[_-]?(?:icon|logo|small|sm|\d{1,3}))?"
    r"\.(?:gif|png|svg)$",
    re.IGNORECASE,
)
"""File names of icons that show the type of a linked file."""

_PLACEHOLDER_NAME = re.compile(
    r"(?:^|[/_-])(?:place-?holder|no[_-]?(?:image|img|photo|picture)(?:[_-]available)?|image[_-]not[_-]available)"
    r"(?:[_-][^/.]{0,80}+)?\.\w{3,4}$|/default_images/",
    re.IGNORECASE,
)
"""Addresses of images that stand for a missing photo. Drupal has them in `default_images`."""

_WAITING_NAME = re.compile(
    r"(?:^|[/_-])(?:ajax[_-]?)?(?:pre)?(?:loading|loader|spinner)(?:[_-][^/.]{0,40})?\.(?:gif|svg|apng)$", re.IGNORECASE
)
"""File names of the animations that a page shows while a script loads a part of it."""

_SIGN_ALT = re.compile(r"\W{0,3}(?:qr[ -]?code|creative commons|(?:cc|gov) by\b|공공누리)", re.IGNORECASE)
"""Starts of alternative texts of QR codes and signs of licences."""

_SHARE_LINK = re.compile(
    r"javascript:\s?(?:void\s?\(\s?)?(?:window\.)?(?:print|(?:\w{0,12}[_.])?(?:(?:sns|fb|do|go|open|on)_?)?share(?!d|holder))"
    r"|mailto:\?|whatsapp:"
    r"|(?:https?:)?//(?:[\w-]{1,30}\.){0,3}(?:facebook\.com/(?:sharer|share|dialog)|(?:twitter|x)\.com/(?:intent|share)"
    r"|linkedin\.com/share|wa\.me/|whatsapp\.com/send|t\.me/share|telegram\.me/share|pinterest\.com/pin/create"
    r"|reddit\.com/submit|xing\.com/(?:spi|app)|vk\.com/share|addtoany\.com|addthis\.com)",
    re.IGNORECASE,
)
"""Addresses of links that share, send or print a page, perhaps by a function (`shareFacebook`)."""

_IMAGE_FILE = re.compile(r"\.(?:jpe?g|png|webp|avif)$", re.IGNORECASE)
"""The suffix of a photo. Invisible photos may be slides that a script will show; other invisible images are
trackers."""

_EMPTY_URLS = ("data:image/gif", "data:image/svg", "about:")
"""Starts of URLs that show nothing until a script has loaded an image."""

MIN_PHOTO_SIDE = 48
"""Pixels: an image with a shorter side below this is decorative. Chosen by hand: icons are mostly 16 to 32 wide."""

_MIN_LINE_HEIGHT, _MIN_LINE_WIDTH = 20, 200
"""Pixels: the least height and width of an image with a formula on a line of its own."""
_MAX_NODES_ABOVE_FORMULA = 40
"""How many nodes above such an image are searched for text."""

_MAX_ICON_SIDE = 128
"""Pixels: an image with a shorter side of at least this is no icon, whatever its file name."""

_MAX_ORNAMENT_SIDE = 400
"""Pixels: an SVG drawing with an empty alternative text is an ornament if its shorter side is below this or unknown.

Photos with an empty text are kept: many systems write an empty text for all photos.
"""

_MAX_CHARACTERS = 2
"""The most letters in the alternative text of an image that shows a character. Chosen by hand: a word has more."""


def remove_decorative_images(root: Tag, read_image: ImageReader) -> Iterator[Reason]:
    """Remove decorative images below `root`, and yield a reason for each that had an alternative text.

    The alternative text replaces an image of a character.
    """
    for image in root.find_all("img"):
        properties = read_image(image)
        if character := _character_shown(image, properties):
            image.replace_with(character)
        elif _is_decorative(image, properties):
            alt = alt_in_one_line(image)
            if any(map(str.isalnum, alt)):  # not "*", which many old pages have for a bullet
                yield Reason("dropped", "decorative image", properties.photo.src, alt, count_words(alt))
            image.decompose()


def is_share_button(address: str, src: str, alt: str) -> bool:
    """Return whether an image on a link is a button to share, send or print the page.

    The address of the link decides; if it leads nowhere, the file name or the alternative text of the image does.
    """
    if _SHARE_LINK.match(address):
        return True
    is_named = _BUTTON_NAME.search(src) is not None or _NETWORK.fullmatch(alt) is not None
    return is_named and _NO_ADDRESS.fullmatch(address) is not None


def is_icon(src: str, sides: Sequence[int]) -> bool:
    """Return whether an image is an icon or a network's logo by its file name and size.

    `sides` are its width and height, as far as they are known.
    """
    is_named = _ICON_NAME.search(src) is not None or _SERVICE_LOGO_NAME.search(src) is not None
    return is_named and (len(sides) < 2 or min(sides) < _MAX_ICON_SIDE)


def _is_decorative(image: Tag, properties: ImageProperties) -> bool:
    """Return whether an image is decoration, a button, a placeholder or a tracker."""
    src = properties.photo.src.split("?")[0]
    style = str(image.get("style") or "")
    is_tracker = (hides(style) or makes_tiny(style)) and not _IMAGE_FILE.search(src)
    if is_tracker or _PLACEHOLDER_NAME.search(src) or _WAITING_NAME.search(src):
        return True
    link = image.find_parent("a")
    alt = str(image.get("alt") or "")
    is_button = link is not None and is_share_button(str(link.get("href") or ""), src, alt)
    if is_button or _SIGN_ALT.match(alt):
        return True
    if (not src or src.startswith(_EMPTY_URLS)) and not image.get("alt"):
        return True
    sides = [side for side in (properties.width, properties.height) if side is not None]
    has_decoration_name = bool(_DECORATION_NAME.search(src) or _DECORATION_NAME_START.search(src))
    if sides and min(sides) < MIN_PHOTO_SIDE and (has_decoration_name or not _continues_sentence(image, sides)):
        return True
    shorter_side = min(sides) if len(sides) == 2 else 0
    if _TRACKER_URL.search(properties.photo.src) and shorter_side < MIN_PHOTO_SIDE:
        return True
    if is_icon(src, sides) or (_FILE_TYPE_NAME.search(src) and shorter_side < _MAX_ICON_SIDE):
        return True
    if src.lower().endswith(".svg") and shorter_side < _MAX_ORNAMENT_SIDE and _is_declared_decorative(image):
        return True
    may_be_logo = shorter_side < _MAX_ICON_SIDE and (bool(shorter_side) or not image.get("alt"))
    if may_be_logo and _LOGO_NAME.search(src):
        return True
    return not shorter_side and not image.get("alt") and has_decoration_name


def _continues_sentence(image: Tag, sides: Sequence[int]) -> bool:
    """Return whether an image has the shape of a line, and continues a sentence.

    Such an image shows a formula, as after "The output of all lamps is:". Rules and ornaments stand between sentences.
    """
    if len(sides) < 2 or min(sides) < _MIN_LINE_HEIGHT or max(sides) < _MIN_LINE_WIDTH or image.find_parent("a"):
        return False
    above = islice(image.previous_elements, _MAX_NODES_ABOVE_FORMULA)
    texts = (str(node).strip() for node in above if isinstance(node, NavigableString))
    text = next(filter(None, texts), "")
    return bool(text) and not ends_sentence(text)


def _is_declared_decorative(image: Tag) -> bool:
    """Return whether an image has an empty alternative text (`alt=""`) and no caption."""
    figure = image.find_parent("figure")
    is_empty = image.get("alt") is not None and not str(image.get("alt") or image.get("title") or "").strip()
    return is_empty and (figure is None or not figure.get_text(strip=True))


def _character_shown(image: Tag, properties: ImageProperties) -> str | None:
    """Return the character that an image within a line shows, or None.

    Japanese pages show rare characters of names as images, as their character sets lack them.
    """
    alt = str(image.get("alt") or "").strip()
    if not alt.isalpha() or len(alt) > _MAX_CHARACTERS:
        return None
    if max(properties.width or 0, properties.height or 0) >= MIN_PHOTO_SIDE:
        return None
    beside = (image.previous_sibling, image.next_sibling)
    in_line = any(isinstance(node, NavigableString) and node.strip() for node in beside)
    return alt if in_line else None
