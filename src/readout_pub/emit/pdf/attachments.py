"""What a PDF carries in itself: the page it was made from and the model of it, for those who want to make it anew."""

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

MODEL = "readout.json"


class Attachment(msgspec.Struct, frozen=True):
    """One file in the file; `relation` is what it is to the document, in the words of PDF/A-3."""

    name: str
    media_type: str
    data: bytes
    description: str
    relation: Literal["Source", "Data"]


def attachments(readout: Readout, album: ImageStore) -> tuple[Attachment, ...]:
    """Return the source of `readout`, if the album has its bytes, and its model as JSON."""
    origin = readout.origin
    model = Attachment(MODEL, "application/json", to_json(readout), "The model of this document", "Data")
    if origin.sha256 not in album:
        return (model,)
    name = PurePath(origin.name).name or "source"
    media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    source = Attachment(name, media_type, album.read(origin.sha256), "The page as it was saved", "Source")
    return (source, model)


def attach(pdf: pydyf.PDF, files: Sequence[Attachment], moment: str | None) -> None:
    """Put `files` into `pdf`; `moment` is when they were last changed, as PDF writes dates."""
    import pydyf

    names = pydyf.Array()
    for file in sorted(files, key=lambda file: file.name):
        digest = hashlib.md5(file.data, usedforsecurity=False).hexdigest()
        facts = pydyf.Dictionary({"Size": len(file.data), "CheckSum": f"<{digest}>"})
        if moment:
            facts["ModDate"] = pydyf.String(moment)
        kind = "/" + file.media_type.replace("/", "#2f")
        content = pydyf.Stream([file.data], {"Type": "/EmbeddedFile", "Subtype": kind, "Params": facts}, compress=True)
        pdf.add_object(content)
        record = pydyf.Dictionary(
            {
                "Type": "/Filespec",
                "F": pydyf.String(file.name.encode("ascii", "replace").decode()),
                "UF": pydyf.String(file.name),
                "EF": pydyf.Dictionary({"F": content.reference, "UF": content.reference}),
                "Desc": pydyf.String(file.description),
                "AFRelationship": f"/{file.relation}",
            }
        )
        pdf.add_object(record)
        names += [pydyf.String(file.name), record.reference]
    pdf.catalog.setdefault("Names", pydyf.Dictionary())["EmbeddedFiles"] = pydyf.Dictionary({"Names": names})
    pdf.catalog["AF"] = pydyf.Array(names[1::2])
