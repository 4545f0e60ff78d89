"""The model as JSON, both ways, and its JSON Schema."""

from __future__ import annotations

from typing import Any

import msgspec

from readout_pub.errors import SourceError
from readout_pub.model.readout import Readout

_ENCODER = msgspec.json.Encoder(order="deterministic")
_DECODER = msgspec.json.Decoder(Readout)


def to_json(readout: Readout) -> bytes:
    """Return `readout` as indented UTF-8 JSON that ends with a line feed; equal readouts give equal bytes."""
    return msgspec.json.format(_ENCODER.encode(readout), indent=1) + b"\n"


def from_json(data: bytes | str) -> Readout:
    """Read what `to_json` wrote; a SourceError names the path of the first value that does not fit."""
    try:
        return _DECODER.decode(data)
    except RecursionError as reason:
        raise SourceError(
            "this is no readout in JSON: it is nested deeper than any document", what_next="make it anew from its page"
        ) from reason
    except msgspec.MsgspecError as reason:
        raise SourceError(
            f"this is no readout in JSON: {reason}", what_next="compare it with `readout-pub schema`"
        ) from reason


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a readout."""
    schema = msgspec.json.schema(Readout)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Readout", **schema}
