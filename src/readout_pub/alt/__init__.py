"""Readout → readout: decides the alternative text of each photo, once for all formats."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath
from urllib.parse import unquote

import msgspec

from readout_pub.alt.meaningless import is_meaningless
from readout_pub.model import Alt, Described, Figure, Missing, Photo, Readout, map_photos, photos, plain_text, url_path
from readout_pub.notes import Note, note

__all__ = ["describe", "photo_file_name"]


def describe(readout: Readout, given: Mapping[str, str] | None = None) -> Readout:
    """Return `readout` with the alternative text of every photo: a person's, else the source's, else its caption.

    `given` maps file names of photos to the texts that a person wrote for this page. A meaningless text of the source,
    such as "photo1" or the file name, is replaced by the caption, or counts as missing, with a note. Can be repeated:
    a second call adds no further notes.
    """
    given = given or {}
    notes: list[Note] = []

    def with_alt(photo: Photo, figure: Figure) -> Photo:
        name = photo_file_name(photo)
        alt, new = _choose_alt(photo, figure, given.get(name))
        if new and not _is_noted(new.code, name, readout.notes):
            notes.append(new)
        return msgspec.structs.replace(photo, alt=alt)

    described = map_photos(readout, with_alt)
    names = {photo_file_name(photo) for photo in photos(readout)}
    unused = (note("ALT_UNUSED", name=name) for name in given if name not in names)
    notes += [new for new in unused if new not in readout.notes]
    return msgspec.structs.replace(described, notes=(*readout.notes, *dict.fromkeys(notes)))


def _is_noted(code: str, name: str, notes: tuple[Note, ...]) -> bool:
    """Return whether `notes` have this code for this photo; a second call no longer knows the text it replaced."""
    return any(each.code == code and repr(name) in each.message for each in notes)


def photo_file_name(photo: Photo) -> str:
    """Return the last segment of the path in a photo's URL, percent-decoded."""
    return PurePosixPath(unquote(url_path(photo.src))).name


def _choose_alt(photo: Photo, figure: Figure, given: str | None) -> tuple[Alt, Note | None]:
    if given:
        return Described(given, by="person", reviewed=True), None
    name = photo_file_name(photo)
    match photo.alt:
        case Described(text, by="source") if is_meaningless(text, name):
            replaced = text
        case Missing():
            replaced = ""
        case _:
            return photo.alt, None
    if caption := " ".join(plain_text(figure.caption).split()):
        return Described(caption, by="caption"), note("ALT_FROM_CAPTION", src=name, alt=replaced)
    return Missing(), note("ALT_MISSING", src=name, alt=replaced)
