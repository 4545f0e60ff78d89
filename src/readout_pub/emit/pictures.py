"""Photos for emitters: their bytes from the image store, with notes on problems, and their alternative texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readout_pub.errors import SourceError
from readout_pub.model import Decorative, Described, Missing, plain_text
from readout_pub.notes import Note, note

if TYPE_CHECKING:
    from readout_pub.emit.messages import Messages
    from readout_pub.image_store import ImageStore, Picture
    from readout_pub.model import Figure, Photo


class PictureLoader:
    """Loads the photos of one rendition. Notes each photo that is scaled or cannot be shown, once."""

    def __init__(self, images: ImageStore) -> None:
        self._images = images
        self._notes: dict[Note, None] = {}

    @property
    def notes(self) -> tuple[Note, ...]:
        """The notes so far, in reading order."""
        return tuple(self._notes)

    def load(self, photo: Photo) -> Picture | None:
        """Return the image of `photo` as outputs show it, scaled down if it is large; None if missing or unreadable."""
        if photo.sha256 is None:
            return None
        if photo.sha256 not in self._images:
            self._add_note("PHOTO_FILE_MISSING", src=photo.src)
            return None
        try:
            picture = self._images.picture(photo.sha256)
        except SourceError as reason:
            self._add_note("PHOTO_UNREADABLE", src=photo.src, reason=reason)
            return None
        if picture.scaled_from:
            after = max(picture.width, picture.height)
            self._add_note("PHOTO_SCALED", src=photo.src, before=picture.scaled_from, after=after)
        return picture

    def _add_note(self, code: str, **facts: object) -> None:
        self._notes[note(code, None, **facts)] = None


def alt_text(photo: Photo, figure: Figure, messages: Messages) -> str:
    """Return the alternative text of `photo`: "" if decorative; the caption or "no description" if it is missing."""
    match photo.alt:
        case Described(text=text):
            return text
        case Decorative():
            return ""
        case Missing():
            return plain_text(figure.caption, line_break=" ") or messages.photo_undescribed


def alt_unlike_caption(photo: Photo) -> str | None:
    """Return the alternative text of `photo`; None if it is missing, decorative, or taken from the caption.

    Formats that print alternative texts as ordinary text use this: they print the caption too, and would otherwise
    print it twice.
    """
    return photo.alt.text if isinstance(photo.alt, Described) and photo.alt.by != "caption" else None


def has_human_alt(photo: Photo) -> bool:
    """Return whether a person wrote or reviewed the alternative text of `photo`, or decided that it needs none."""
    match photo.alt:
        case Described(by=by, reviewed=reviewed) | Decorative(by=by, reviewed=reviewed):
            return reviewed or by in {"source", "person"}
        case Missing():
            return False
