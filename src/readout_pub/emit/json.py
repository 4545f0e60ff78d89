"""The document model as JSON, for programs and archives: all that every other format is made from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readout_pub.emit.rendition import RenderOptions, Rendition
from readout_pub.model import Readout, to_json

if TYPE_CHECKING:
    from readout_pub.image_store import ImageStore


def emit_json(readout: Readout, album: ImageStore, look: RenderOptions) -> Rendition:  # noqa: ARG001  # every emitter takes all three
    """Return `readout` as JSON; `readout-pub schema` prints its schema. It refers to photos but does not hold them."""
    return Rendition("json", to_json(readout), ".json", "application/json")
