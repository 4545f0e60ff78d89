"""JSON contains the whole model."""

from __future__ import annotations

from readout_pub.emit import emit
from readout_pub.image_store import ImageStore
from readout_pub.model import Origin, Paragraph, Readout, from_json


def test_the_json_decodes_to_the_same_readout() -> None:
    readout = Readout(
        language="en", body=(Paragraph(children=("They met.",)),), origin=Origin("meeting.html", "00" * 32)
    )
    made = emit(readout, ImageStore(), "json")
    assert from_json(made.data) == readout
    assert (made.suffix, made.media_type, made.notes) == (".json", "application/json", ())
