"""Photos with their texts as markup: alternative text, caption and credit apart; a missing photo leaves a sign."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING

from readout_pub.emit.markup.inlines import HtmlInlineWriter, attributes, escape
from readout_pub.emit.pictures import alt_text, own_alt
from readout_pub.model import (
    Code,
    Emphasis,
    Figure,
    Inlines,
    LineBreak,
    Photo,
    Strong,
    Sub,
    Sup,
    plain,
)

if TYPE_CHECKING:
    from readout_pub.emit.messages import Messages

MAX_PHOTO_SIDE = 720
"""Longest side of a photo in CSS pixels: the width of the text, also where no style sheet is read."""

PHOTOS_PER_ROW = 3
"""Most photos in a row."""

ROW_GAP_PERCENT = 2
"""Space between two photos of a row in percent of its width, as in the style sheet."""


class FigureWriter:
    """Writes what stands inside `figure`; `address` gives the address of a photo, or None if it cannot be shown."""

    def __init__(self, address: Callable[[Photo], str | None], inlines: HtmlInlineWriter, wording: Messages) -> None:
        self._address = address
        self._inlines = inlines
        self._wording = wording

    def write(self, figure: Figure) -> str:
        """Return the photos, several in rows, and below them caption and credit, each if there is one."""
        alts = [self._alternative(photo, figure) for photo in figure.photos]
        addresses = list(map(self._address, figure.photos))
        photos = list(map(self._photo, figure.photos, addresses, alts, _shares(figure.photos)))
        if len(photos) > 1:
            photos = [_row(photos[start : start + PHOTOS_PER_ROW]) for start in range(0, len(photos), PHOTOS_PER_ROW)]
        told_already = {alt for address, alt in zip(addresses, alts, strict=True) if address}
        caption = self._line("caption", figure.caption, unheard=_repeats(figure.caption, told_already))
        texts = " ".join(filter(None, [caption, self._line("credit", figure.credit)]))
        return "\n".join([*photos, f"<figcaption>{texts}</figcaption>"] if texts else photos)

    def _alternative(self, photo: Photo, figure: Figure) -> str:
        """Return the text of `photo`; one that is the caption, which is heard as well, says that it is a photo's."""
        alt = alt_text(photo, figure, self._wording)
        derived = own_alt(photo) is None and alt == plain(figure.caption, line_break=" ")
        if derived and alt and not _only_words(figure.caption) and not self._wording.lang_attributes:
            return f"{self._wording.photo}: {alt}"
        return alt

    def _line(self, kind: str, line: Inlines, *, unheard: bool = False) -> str:
        hidden = "true" if unheard else None
        return f"<span{attributes(class_=kind, aria_hidden=hidden)}>{self._inlines.write(line)}</span>" if line else ""

    def _photo(self, photo: Photo, address: str | None, alt: str, share: str | None) -> str:
        if address is None:
            return self._placeholder(photo)
        return f"<img{attributes(src=address, alt=alt, **_size(photo), style=share)}/>"

    def _placeholder(self, photo: Photo) -> str:
        """Say that a photo is not there, and what it showed; a caption that stood in for that stands below anyway."""
        sign = f"<strong{self._wording.lang_attributes}>{self._wording.photo_missing}</strong>"
        text = own_alt(photo)
        if text:
            sign += f" <span>{escape(text)}</span>"
        return f'<p class="no-photo">{sign}</p>'


def _repeats(caption: Inlines, alts: Collection[str]) -> bool:
    """Say whether a caption is the text of a photo word for word: who hears the one should not hear the other too.

    A caption with links, readings or languages stays to be heard, since the text of a photo has none of them.
    """
    return _only_words(caption) and plain(caption, line_break=" ") in alts


def _only_words(inlines: Inlines) -> bool:
    return all(
        isinstance(inline, str | Code | LineBreak)
        or (isinstance(inline, Emphasis | Strong | Sub | Sup) and _only_words(inline.children))
        for inline in inlines
    )


def _row(photos: Sequence[str]) -> str:
    """Put photos into a row of their own, since paper can part two elements, but not the rows of one."""
    return "\n".join(['<div class="photos">', *photos, "</div>"])


def _shares(photos: tuple[Photo, ...]) -> Sequence[str | None]:
    """Give each photo of a row the width at which all are of one height; None to one that is alone or unmeasured."""
    shapes = [photo.width / photo.height for photo in photos if photo.width and photo.height]
    if len(photos) < 2 or len(shapes) < len(photos):
        return [None] * len(photos)
    widest = max(sum(shapes[start : start + PHOTOS_PER_ROW]) for start in range(0, len(shapes), PHOTOS_PER_ROW))
    # A tenth less than all, since a row that is too wide by a rounding would break.
    room = 99.9 - ROW_GAP_PERCENT * (min(PHOTOS_PER_ROW, len(photos)) - 1)
    return [f"width:{room * shape / widest:.1f}%;height:auto" for shape in shapes]


def _size(photo: Photo) -> dict[str, int]:
    """Give the size at which a photo is laid out before its bytes arrive."""
    if not photo.width or not photo.height:
        return {}
    shrink = min(1.0, MAX_PHOTO_SIDE / max(photo.width, photo.height))
    return {"width": max(1, round(photo.width * shrink)), "height": max(1, round(photo.height * shrink))}
