"""The model itself: what every other format is made from, for programs and for keeping."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readout_pub.emit.rendition import RenderOptions, Rendition
from readout_pub.model import Readout, to_json

if TYPE_CHECKING:
    from readout_pub.image_store import ImageStore


def emit_json(readout: Readout, album: ImageStore, look: RenderOptions) -> Rendition:  # noqa: ARG001  # every emitter takes all three
    """Write `readout` as JSON, as `readout-pub schema` describes it; photos stay where they are."""
    return Rendition("json", to_json(readout), ".json", "application/json")
