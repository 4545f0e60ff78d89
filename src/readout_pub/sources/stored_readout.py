"""Reads a readout that `--to json` wrote, with the photos in the folder beside it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import PurePosixPath

import msgspec

from readout_pub.errors import SourceError
from readout_pub.image_store import PICTURE_SUFFIXES, ImageStore, picture_file_name
from readout_pub.model import Figure, Photo, Readout, from_json, is_json_unchanged, map_photos, photos
from readout_pub.notes import note
from readout_pub.sources.companion_folders import photo_folder
from readout_pub.sources.page import Assets, StoredReadout


def read_stored_readout(load: Callable[[], bytes], name: str, assets: Assets, *, where: str) -> StoredReadout:
    """Return the readout in the JSON that `load` returns, and its photos; raises SourceError for other JSON.

    `name` is the path of the JSON file in its source, and `where` names it in errors. If the file of a photo is not
    found, the photo loses its digest and a note names it, as on an HTML page. JSON without a seal counts as edited,
    since nothing shows that it is unchanged.
    """
    try:
        data = load()
        readout = from_json(data)
    except SourceError as error:
        error.where = error.where or where
        raise
    if not is_json_unchanged(data):
        readout = _marked_edited(readout)
    images = ImageStore()
    folder = photo_folder(PurePosixPath(name).stem)
    for digest in {photo.sha256: None for photo in photos(readout) if photo.sha256}:
        names = (picture_file_name(digest, suffix) for suffix in PICTURE_SUFFIXES.values())
        found = filter(None, (assets.find(f"{folder}/{file}") for file in names))
        if file := next(found, None):
            images.add_copy(digest, file)

    def without_lost_file(photo: Photo, _: Figure) -> Photo:
        is_lost = photo.sha256 is not None and photo.sha256 not in images
        return msgspec.structs.replace(photo, sha256=None) if is_lost else photo

    lost = (photo for photo in photos(readout) if photo.sha256 and photo.sha256 not in images)
    return StoredReadout(
        name=name,
        raw=partial(bytes, data),
        url=readout.origin.url,
        retrieved=readout.origin.retrieved,
        source_format="readout",
        encoding="utf-8",
        notes=tuple(dict.fromkeys(note("PHOTO_FILE_MISSING", src=photo.src) for photo in lost)),
        readout=map_photos(readout, without_lost_file),
        images=images,
    )


def _marked_edited(readout: Readout) -> Readout:
    """Return `readout` with an origin that says that somebody edited its JSON; outputs state this."""
    edited = tuple(dict.fromkeys((*readout.origin.edited, "json")))
    return msgspec.structs.replace(readout, origin=msgspec.structs.replace(readout.origin, edited=edited))
