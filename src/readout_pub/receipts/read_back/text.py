"""Reads plain text."""

from __future__ import annotations

from readout_pub.emit.rendition import Rendition
from readout_pub.receipts.read_back.content import ReadBack


def read_text(rendition: Rendition) -> ReadBack:
    """Return the text of a UTF-8 file."""
    return ReadBack(text=rendition.data.decode("utf-8-sig"))
