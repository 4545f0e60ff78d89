"""Readout → readout: what is said of each photo is decided here, once for all formats."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath
from urllib.parse import unquote

import msgspec

from readout_pub.alt.meaningless import is_meaningless
from readout_pub.model import Alt, Described, Figure, Missing, Photo, Readout, map_photos, photos, plain, url_path
from readout_pub.notes import Note, note

__all__ = ["describe", "file_name"]


def describe(readout: Readout, given: Mapping[str, str] | None = None) -> Readout:
    """Decide the alternative text of every photo: a person's, else the source's, else its caption's.

    `given` maps file names to the texts that a person wrote for this page. A text of the source that says nothing,
    such as "photo1" or the file's name, is replaced by the caption or taken as missing, with a note.
    """
    given = given or {}
    notes: list[Note] = []

    def decided(photo: Photo, figure: Figure) -> Photo:
        alt, remark = _decide(photo, figure, given.get(file_name(photo)))
        notes.extend([remark] if remark and not _said(remark, file_name(photo), readout.notes) else [])
        return msgspec.structs.replace(photo, alt=alt)

    described = map_photos(readout, decided)
    names = {file_name(photo) for photo in photos(readout)}
    unused = (note("ALT_UNUSED", name=name) for name in given if name not in names)
    notes += [remark for remark in unused if remark not in readout.notes]
    return msgspec.structs.replace(described, notes=(*readout.notes, *dict.fromkeys(notes)))


def _said(remark: Note, name: str, notes: tuple[Note, ...]) -> bool:
    """Say whether a note of this kind is there for this photo: what its alt text was is known only the first time."""
    return any(given.code == remark.code and repr(name) in given.message for given in notes)


def file_name(photo: Photo) -> str:
    """Return the last part of a photo's address, as people call its file."""
    return PurePosixPath(unquote(url_path(photo.src))).name


def _decide(photo: Photo, figure: Figure, given: str | None) -> tuple[Alt, Note | None]:
    if given:
        return Described(given, by="person", reviewed=True), None
    name = file_name(photo)
    match photo.alt:
        case Described(text, by="source") if is_meaningless(text, name):
            replaced = text
        case Missing():
            replaced = ""
        case _:
            return photo.alt, None
    if caption := " ".join(plain(figure.caption).split()):
        return Described(caption, by="caption"), note("ALT_FROM_CAPTION", src=name, alt=replaced)
    return Missing(), note("ALT_MISSING", src=name, alt=replaced)
