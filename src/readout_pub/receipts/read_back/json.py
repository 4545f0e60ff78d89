"""Reads back JSON output: the readout as `to_json` writes it."""

from __future__ import annotations

from readout_pub.emit.rendition import RenderOptions, Rendition
from readout_pub.image_store import ImageStore
from readout_pub.model import from_json
from readout_pub.receipts.expected import expected
from readout_pub.receipts.read_back.content import ReadBack


def read_json(rendition: Rendition) -> ReadBack:
    """Return the texts and alternative texts of the readout in a JSON file, which only refers to its photos."""
    found = expected(from_json(rendition.data), ImageStore(), "json", RenderOptions())
    return ReadBack(text="\n".join(text.text for text in found.texts), alts=found.alts)
