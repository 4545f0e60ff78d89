"""The model to and from JSON, and its JSON Schema."""

from __future__ import annotations

from typing import Any

import msgspec

from readout_pub.errors import SourceError
from readout_pub.model.readout import Readout

_ENCODER = msgspec.json.Encoder(order="deterministic")
_DECODER = msgspec.json.Decoder(Readout)


def to_json(readout: Readout) -> bytes:
    """Return `readout` as indented UTF-8 JSON with a final line feed; equal readouts give equal bytes."""
    return msgspec.json.format(_ENCODER.encode(readout), indent=1) + b"\n"


def from_json(data: bytes | str) -> Readout:
    """Return the readout in JSON that `to_json` wrote; raises SourceError with the JSON path of the first mismatch."""
    try:
        return _DECODER.decode(data)
    except RecursionError as reason:
        raise SourceError(
            "this is not a readout in JSON: it is nested deeper than any document", what_next="convert its page again"
        ) from reason
    except msgspec.MsgspecError as reason:
        raise SourceError(
            f"this is not a readout in JSON: {reason}", what_next="compare it with `readout-pub schema`"
        ) from reason


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a readout."""
    schema = msgspec.json.schema(Readout)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Readout", **schema}
