"""Files attached to a PDF: the source page, and the readout as JSON."""

from __future__ import annotations

import hashlib
import mimetypes
from collections.abc import Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING, Literal

import msgspec

from readout_pub.model import to_json

if TYPE_CHECKING:
    import pydyf

    from readout_pub.image_store import ImageStore
    from readout_pub.model import Readout

MODEL_NAME = "readout.json"


class AttachedFile(msgspec.Struct, frozen=True):
    """An embedded file; `relationship` is its relation to the document, a value of AFRelationship in PDF/A-3."""

    name: str
    media_type: str
    data: bytes
    description: str
    relationship: Literal["Source", "Data"]


def attachments(readout: Readout, images: ImageStore) -> tuple[AttachedFile, ...]:
    """Return the source page of `readout`, if the image store has the bytes of the page, and `readout` as JSON.

    The page is left out if a person withholds a photo, since the page may contain that photo.
    """
    origin = readout.origin
    model = AttachedFile(MODEL_NAME, "application/json", to_json(readout), "The model of this document", "Data")
    if origin.sha256 not in images or origin.withheld:
        return (model,)
    name = PurePath(origin.name).name or "source"
    media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    source = AttachedFile(name, media_type, images.read(origin.sha256), "The page as it was saved", "Source")
    return (source, model)


def attach(pdf: pydyf.PDF, files: Sequence[AttachedFile], modified: str | None) -> None:
    """Embed `files` in `pdf`, sorted by name; `modified` is their ModDate in the syntax of PDF, None if unknown."""
    import pydyf

    names = pydyf.Array()
    for file in sorted(files, key=lambda file: file.name):
        digest = hashlib.md5(file.data, usedforsecurity=False).hexdigest()
        parameters = pydyf.Dictionary({"Size": len(file.data), "CheckSum": f"<{digest}>"})
        if modified:
            parameters["ModDate"] = pydyf.String(modified)
        subtype = "/" + file.media_type.replace("/", "#2f")
        entries = {"Type": "/EmbeddedFile", "Subtype": subtype, "Params": parameters}
        embedded = pydyf.Stream([file.data], entries, compress=True)
        pdf.add_object(embedded)
        specification = pydyf.Dictionary(
            {
                "Type": "/Filespec",
                "F": pydyf.String(file.name.encode("ascii", "replace").decode()),
                "UF": pydyf.String(file.name),
                "EF": pydyf.Dictionary({"F": embedded.reference, "UF": embedded.reference}),
                "Desc": pydyf.String(file.description),
                "AFRelationship": f"/{file.relationship}",
            }
        )
        pdf.add_object(specification)
        names += [pydyf.String(file.name), specification.reference]
    pdf.catalog.setdefault("Names", pydyf.Dictionary())["EmbeddedFiles"] = pydyf.Dictionary({"Names": names})
    pdf.catalog["AF"] = pydyf.Array(names[1::2])
