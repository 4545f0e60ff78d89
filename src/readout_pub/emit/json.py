"""The document model as JSON, for programs and archives. All other formats can be made from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readout_pub.emit.pictures import PictureLoader
from readout_pub.emit.rendition import RenderOptions, Rendition
from readout_pub.image_store import picture_file_name
from readout_pub.model import Readout, photos, to_json
from readout_pub.notes import note

if TYPE_CHECKING:
    from readout_pub.image_store import ImageStore


def emit_json(readout: Readout, images: ImageStore, render_options: RenderOptions) -> Rendition:
    """Return `readout` as JSON, with its photos as extra files in `render_options.folder`.

    `readout-pub schema` prints the schema of the JSON. A seal in the JSON shows whether somebody has edited it. When
    the JSON is opened as a source, its photos are found only in the folder that
    `sources.companion_folders.photo_folder` names, so `render_options.folder` should be that folder. If
    `render_options.photos` is "inline", the photos are left out, and a note says so.
    """
    pictures = PictureLoader(images)
    extra_files: dict[str, bytes] = {}
    if render_options.photos == "inline":
        left_out = sum(1 for photo in photos(readout) if photo.sha256)
        notes = (note("PHOTOS_OMITTED", format="json", count=left_out),) if left_out else ()
        return Rendition("json", to_json(readout), ".json", "application/json", notes=notes)
    for photo in photos(readout):
        picture = pictures.load(photo)
        if picture and photo.sha256:
            extra_files[f"{render_options.folder}/{picture_file_name(photo.sha256, picture.suffix)}"] = picture.data
    return Rendition("json", to_json(readout), ".json", "application/json", extra_files, pictures.notes)
