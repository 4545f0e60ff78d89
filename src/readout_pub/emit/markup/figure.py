"""Figures as markup: photos in rows with alternative texts, a placeholder for missing photos, caption and credit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

from readout_pub.emit.markup.inlines import HtmlInlineWriter, attributes, escape
from readout_pub.emit.pictures import alts_beside_caption, missing_photo_texts, repeats_alt, unreviewed_mark
from readout_pub.html_elements import ALT_ORIGIN
from readout_pub.model import Alt, Decorative, Described, Figure, Inlines, Missing, Photo, plain_text

if TYPE_CHECKING:
    from readout_pub.emit.messages import Messages

MAX_PHOTO_SIDE = 720
"""The attributes `width` and `height` of a photo are at most this many CSS pixels.

Programs that ignore style sheets show the photo in this size. In our styles, the text is 560 to 840 pixels wide.
"""

PHOTOS_PER_ROW = 3
"""How many photos a row may have. Chosen by hand: four would get a quarter of the text's width or less."""

ROW_GAP_PERCENT = 2
"""Space between two photos of a row in percent of its width; the same number is in document.css."""

MAX_PRINTED_HEIGHT, MIN_PRINTED_WIDTH = 72, 20
"""Limits of a photo on paper in millimetres: its greatest height, and its least width at a low resolution.

A photo of 3:2 is then at most 108 mm wide, and more than half of an A4 page stays for text.
"""

MIN_PRINTED_DPI = 150
"""Pixels per inch: with fewer, photos look coarse in print."""

PANORAMA = 2
"""The ratio of width to height from which a photo has its caption below it, never beside it."""

MAX_CAPTION_BESIDE = 240
"""The most characters of a caption beside a photo; wide ones count twice. They fill about 9 lines of 27 characters. A
photo of 3:2 is as tall as 13 lines.
"""


class FigureWriter:
    """Writes the content of `figure`; `photo_url`, `alt_origins` and `printed` are as in `TargetOptions`."""

    def __init__(
        self,
        photo_url: Callable[[Photo], str | None],
        inlines: HtmlInlineWriter,
        messages: Messages,
        *,
        alt_origins: bool,
        printed: bool,
    ) -> None:
        self._photo_url, self._alt_origins, self._printed = photo_url, alt_origins, printed
        self._inlines = inlines
        self._messages = messages

    def is_beside(self, figure: Figure) -> bool:
        """Return whether a figure has its caption, if any, beside its photo of two thirds of the text's width."""
        if not self._printed or len(figure.photos) != 1 or _is_panorama(figure.photos[0]):
            return False
        words = " ".join(plain_text(line, line_break=" ") for line in (figure.caption, figure.credit))
        return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in words) <= MAX_CAPTION_BESIDE

    def write(self, figure: Figure, *, paired: bool = False) -> str:
        """Return the photos, several in rows, and after them the caption and the credit, if any.

        A `paired` figure has half of the width of the text.
        """
        alts = alts_beside_caption(figure, self._messages)
        urls = list(map(self._photo_url, figure.photos))
        missing = [photo for photo, url in zip(figure.photos, urls, strict=True) if url is None]
        shown = [(photo, url, alt) for photo, url, alt in zip(figure.photos, urls, alts, strict=True) if url]
        styles = self._styles(tuple(photo for photo, _, _ in shown), paired=paired)
        photos = [self._photo(*each, style) for each, style in zip(shown, styles, strict=True)]
        if len(photos) > 1:
            photos = [
                _photo_row(photos[start : start + PHOTOS_PER_ROW]) for start in range(0, len(photos), PHOTOS_PER_ROW)
            ]
        photos = [*self._placeholder(missing, figure), *photos]
        hide_caption = repeats_alt(figure.caption, {alt for _, _, alt in shown})
        caption = self._caption_span("caption", figure.caption, aria_hidden=hide_caption)
        texts = " ".join(filter(None, [caption, self._caption_span("credit", figure.credit), self._mark(figure)]))
        return "\n".join([*photos, f"<figcaption>{texts}</figcaption>"] if texts else photos)

    def _styles(self, photos: tuple[Photo, ...], *, paired: bool) -> Sequence[str | None]:
        """Return the CSS of each photo.

        In print, photos in rows always have a width. Without one, a photo grows until its greatest height stops it, and
        in a row from right to left, WeasyPrint draws it outside the page.
        """
        if self._printed and len(photos) == 1:
            return [_printed_size(photos[0], paired=paired)]
        styles = _row_styles(photos)
        return _equal_widths(photos) if self._printed and None in styles else styles

    def _mark(self, figure: Figure) -> str:
        """Return the visible mark of texts that nobody has reviewed.

        When the program reads its own HTML, it recognises the mark by the attribute `ALT_ORIGIN`.
        """
        line = unreviewed_mark(figure, self._messages)
        opening = attributes(class_="unreviewed", **({ALT_ORIGIN: "unreviewed"} if self._alt_origins else {}))
        return f"<small{opening}>{self._inlines.write(line)}</small>" if line else ""

    def _caption_span(self, kind: str, line: Inlines, *, aria_hidden: bool = False) -> str:
        if not line:
            return ""
        opening = attributes(class_=kind, aria_hidden="true" if aria_hidden else None)
        return f"<span{opening}>{self._inlines.write(line)}</span>"

    def _photo(self, photo: Photo, url: str, alt: str, style: str | None) -> str:
        origin = {ALT_ORIGIN: _alt_origin(photo.alt)} if self._alt_origins else {}
        return f"<img{attributes(src=url, alt=alt, **origin, **_layout_size(photo), style=style)}/>"

    def _placeholder(self, missing: Sequence[Photo], figure: Figure) -> list[str]:
        """Return the paragraph in place of missing photos, if any: a message and their own alternative texts."""
        if not missing:
            return []
        message, found = missing_photo_texts(missing, figure, self._messages)
        content = f"<strong{self._messages.lang_attributes}>{message}</strong>"
        content += "".join(f" <span>{escape(text)}</span>" for text in found)
        return [f'<p class="no-photo">{content}</p>']


def _alt_origin(alt: Alt) -> str | None:
    """Return the value of `ALT_ORIGIN`; None for a text of the page or a person, and a reviewed caption."""
    match alt:
        case Described(by="model", reviewed=reviewed):
            return "reviewed" if reviewed else "model"
        case Missing() | Described(by="caption", reviewed=False):
            return "missing"
        case Decorative():
            return "decorative"
        case _:
            return None


def _printed_size(photo: Photo, *, paired: bool) -> str | None:
    """Return the `max-width` of a photo as CSS; None if its size is not known.

    The resolution does not limit a `paired` photo, which has at most half of the width of the text.
    """
    if not photo.width or not photo.height:
        return None
    millimetres = MAX_PRINTED_HEIGHT * photo.width / photo.height
    if not paired:
        millimetres = max(min(millimetres, photo.width / MIN_PRINTED_DPI * 25.4), MIN_PRINTED_WIDTH)
    return f"max-width:{millimetres:.1f}mm"


def _is_panorama(photo: Photo) -> bool:
    return bool(photo.width and photo.height and photo.width >= PANORAMA * photo.height)


def _photo_row(photos: Sequence[str]) -> str:
    """Return `photos` in a flex container: a page of a PDF may end between containers, not inside one."""
    return "\n".join(['<div class="photos">', *photos, "</div>"])


def _row_styles(photos: tuple[Photo, ...]) -> Sequence[str | None]:
    """Return the CSS widths at which photos have the same height; None for a single photo or unknown sizes."""
    ratios = [photo.width / photo.height for photo in photos if photo.width and photo.height]
    if len(photos) < 2 or len(ratios) < len(photos):
        return [None] * len(photos)
    widest = max(sum(ratios[start : start + PHOTOS_PER_ROW]) for start in range(0, len(ratios), PHOTOS_PER_ROW))
    return [f"width:{_width_of_row(photos) * ratio / widest:.1f}%;height:auto" for ratio in ratios]


def _equal_widths(photos: tuple[Photo, ...]) -> Sequence[str]:
    width = _width_of_row(photos) / min(PHOTOS_PER_ROW, len(photos))
    return [f"width:{width:.1f}%;height:auto"] * len(photos)


def _width_of_row(photos: tuple[Photo, ...]) -> float:
    """Return the width of the photos of a row without gaps, in per cent of the width of the text."""
    # 99.9 and not 100: widths are rounded, and a row wider than its container would wrap.
    return 99.9 - ROW_GAP_PERCENT * (min(PHOTOS_PER_ROW, len(photos)) - 1)


def _layout_size(photo: Photo) -> dict[str, int]:
    """Return `width` and `height`, which reserve space before the photo is loaded; empty if unknown."""
    if not photo.width or not photo.height:
        return {}
    shrink = min(1.0, MAX_PHOTO_SIDE / max(photo.width, photo.height))
    return {"width": max(1, round(photo.width * shrink)), "height": max(1, round(photo.height * shrink))}
