"""The photos of one rendition: each fetched from the album, with a note where it was scaled or cannot be shown.

And what stands for a photo where it cannot be seen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from readout_pub.errors import SourceError
from readout_pub.model import Decorative, Described, Missing, plain
from readout_pub.notes import Note, note

if TYPE_CHECKING:
    from readout_pub.emit.messages import Messages
    from readout_pub.image_store import ImageStore, Picture
    from readout_pub.model import Figure, Photo


class PictureLoader:
    """Fetches photos for one rendition and gathers what is to be said of them; each photo is noted once."""

    def __init__(self, album: ImageStore) -> None:
        self._album = album
        self._notes: dict[Note, None] = {}

    @property
    def notes(self) -> tuple[Note, ...]:
        """Give what was noticed so far, in reading order."""
        return tuple(self._notes)

    def load(self, photo: Photo) -> Picture | None:
        """Return the copy of `photo` that outputs show, or None if its texts must stand in its place."""
        if photo.sha256 is None:
            return None
        if photo.sha256 not in self._album:
            self._say("PHOTO_FILE_MISSING", src=photo.src)
            return None
        try:
            picture = self._album.picture(photo.sha256)
        except SourceError as reason:
            self._say("PHOTO_UNREADABLE", src=photo.src, reason=reason)
            return None
        if picture.scaled_from:
            after = max(picture.width, picture.height)
            self._say("PHOTO_SCALED", src=photo.src, before=picture.scaled_from, after=after)
        return picture

    def _say(self, code: str, **facts: object) -> None:
        self._notes[note(code, None, **facts)] = None


def alt_text(photo: Photo, figure: Figure, words: Messages) -> str:
    """Return the text that stands for `photo`: nobody's is the caption's, or says that there is none."""
    match photo.alt:
        case Described(text=text):
            return text
        case Decorative():
            return ""
        case Missing():
            return plain(figure.caption, line_break=" ") or words.photo_undescribed


def own_alt(photo: Photo) -> str | None:
    """Return what somebody has said of `photo`; a caption that stands in for that is read beside it anyway."""
    return photo.alt.text if isinstance(photo.alt, Described) and photo.alt.by != "caption" else None


def has_human_alt(photo: Photo) -> bool:
    """Say whether a person stands behind what is said of `photo`: its publisher, an author or a reviewer."""
    match photo.alt:
        case Decorative():
            return True
        case Described(by=by, reviewed=reviewed):
            return reviewed or by in {"source", "person"}
        case Missing():
            return False
