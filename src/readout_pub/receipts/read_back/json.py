"""Reads JSON of the model."""

from __future__ import annotations

from readout_pub.emit.rendition import RenderOptions, Rendition
from readout_pub.image_store import ImageStore
from readout_pub.model import from_json
from readout_pub.receipts.expected import expected
from readout_pub.receipts.read_back.content import ReadBack


def read_json(rendition: Rendition) -> ReadBack:
    """Return the texts and the alternative texts of the readout in a JSON file; its photos are other files."""
    found = expected(from_json(rendition.data), ImageStore(), "json", RenderOptions())
    return ReadBack(text="\n".join(text.text for text in found.texts), alts=found.alts)
