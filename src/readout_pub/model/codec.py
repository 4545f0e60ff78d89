"""Converts the model to and from JSON, and returns its JSON Schema."""

from __future__ import annotations

import datetime as dt
import hashlib
import inspect
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from readout_pub.arguments import require_type, shown
from readout_pub.errors import DECODE_ERRORS, SourceError, UsageError
from readout_pub.model.readout import MAX_DEPTH, Readout

_ENCODER = msgspec.json.Encoder(order="deterministic")
_DECODER = msgspec.json.Decoder(Readout)

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that XML, and so EPUB, DOCX and ODT, cannot contain."""

_MAX_OBJECTS = 2 * MAX_DEPTH
"""How many levels deep JSON objects may be nested: twice as deep as a page, since refinements nest further."""


_DATES = (dt.date, dt.datetime, dt.time)

_TYPES = (msgspec.Struct, str, int, float, type(None), list, tuple, *_DATES)
"""The types of values in a readout."""


def _encode_as_invalid(value: object) -> dict[str, str]:
    """Return an invalid dictionary for a value that JSON cannot represent, so that validation names its field."""
    return {f"of type {type(value).__name__}": ""}


def require_valid(readout: object) -> None:
    """Raise a UsageError if a value in a readout does not have the type of its field; a list may replace a tuple.

    The error names the first such field, or shows the value. A readout nested deeper than `from_json` accepts is
    refused too.
    """
    require_type(readout, (Readout,), "readout")
    try:
        # Without `builtin_types`, msgspec would accept the text "2031-01-01" as a date.
        tree = msgspec.to_builtins(readout, builtin_types=_DATES, enc_hook=_encode_as_invalid)
        msgspec.convert(tree, Readout, builtin_types=_DATES)
    except RecursionError as reason:
        raise _too_deep_to_write() from reason
    except msgspec.ValidationError as reason:
        raise _not_valid(str(reason)) from reason
    for value, depth in _values(readout):
        # `to_builtins` makes other values look valid: it turns bytes into text, and structs into dictionaries.
        if not isinstance(value, _TYPES):
            raise _not_valid(f"no field accepts {shown(value)} ({type(value).__name__})")
        if depth > _MAX_OBJECTS and isinstance(value, msgspec.Struct):
            raise _too_deep_to_write()


def _not_valid(reason: str) -> UsageError:
    return UsageError(f"the readout is not valid: {reason}", what_next="give each field a value of its type")


def _too_deep_to_write() -> UsageError:
    return UsageError(
        f"the readout is nested deeper than {_MAX_OBJECTS} levels", what_next="nest its blocks and inlines less deeply"
    )


def unsealed_json(readout: Readout) -> bytes:
    """Return `readout` as indented UTF-8 JSON with a final line feed; equal readouts give equal bytes."""
    try:
        return msgspec.json.format(_ENCODER.encode(readout), indent=1) + b"\n"
    except RecursionError as reason:
        raise _too_deep_to_write() from reason
    except TypeError:
        require_valid(readout)  # names the field with a value that JSON cannot represent
        raise
    except UnicodeEncodeError as reason:
        raise UsageError(
            "the readout has half of a surrogate pair, which is no character", what_next="remove it from the text"
        ) from reason


def to_json(readout: Readout) -> bytes:
    """Return `readout` as JSON with a seal, so that `is_json_unchanged` notices later edits.

    The seal is the SHA-256 of `unsealed_json` of the readout without a seal.
    """
    require_type(readout, (Readout,), "readout")
    return unsealed_json(msgspec.structs.replace(readout, seal=_seal(readout)))


def is_json_unchanged(data: bytes) -> bool | None:
    """Return whether a readout in JSON is unchanged since it was sealed; None if it has no seal or is no readout.

    White space and the order of keys do not count.
    """
    try:
        readout = _DECODER.decode(_as_utf8(data))
    except DECODE_ERRORS:
        return None
    return None if readout.seal is None else readout.seal == _seal(readout)


def _seal(readout: Readout) -> str:
    return hashlib.sha256(unsealed_json(msgspec.structs.replace(readout, seal=None))).hexdigest()


def from_json(data: bytes | str) -> Readout:
    """Return the readout that `to_json` or `unsealed_json` wrote, without its seal.

    Raises SourceError if `data` is not a readout (with the JSON path of the first mismatch), has control characters or
    is nested too deeply; UsageError if `data` is neither text nor bytes.
    """
    require_type(data, (bytes, str, bytearray, memoryview), "data")
    try:
        data = _as_utf8(data)
        readout = _DECODER.decode(data)
        _refuse_hostile(msgspec.json.decode(data))
    except RecursionError as reason:
        raise SourceError(
            "this is not a readout in JSON: it is nested deeper than any document", what_next="convert its page again"
        ) from reason
    except DECODE_ERRORS as reason:
        raise SourceError(
            f"this is not a readout in JSON: {reason}", what_next="compare it with `readout-pub schema`"
        ) from reason
    return msgspec.structs.replace(readout, seal=None) if readout.seal else readout


def _as_utf8(data: bytes | str) -> bytes:
    """Return JSON in UTF-8 without a byte order mark. Windows writes one: editors, and PowerShell in UTF-16 too."""
    if not isinstance(data, str):
        data = bytes(data)
        if not data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
            return data.removeprefix(BOM_UTF8)
        data = data.decode("utf-16")
    return data.removeprefix("\ufeff").encode("utf-8", "surrogatepass")


def _refuse_hostile(tree: object) -> None:
    """Raise SourceError for content that no page can produce and some format cannot represent."""
    for value, depth in _values(tree):
        if isinstance(value, str) and (found := _CONTROLS.search(value)):
            raise SourceError(
                f"this readout has the control character U+{ord(found[0]):04X}",
                what_next="remove it, or convert its page again",
            )
        if isinstance(value, dict) and depth > _MAX_OBJECTS:
            raise SourceError(
                f"this readout is nested deeper than {_MAX_OBJECTS} levels", what_next="convert its page again"
            )


def _values(tree: object) -> Iterator[tuple[object, int]]:
    """Yield each value of decoded JSON or of a readout, and how many objects enclose it."""
    left: list[tuple[object, int]] = [(tree, 0)]
    while left:
        value, depth = left.pop()
        yield value, depth
        if isinstance(value, list | tuple):
            left.extend((each, depth) for each in value)
        elif isinstance(value, dict):
            left.extend((each, depth + 1) for each in value.values())
        elif isinstance(value, msgspec.Struct):
            left.extend((getattr(value, name), depth + 1) for name in value.__struct_fields__)


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a readout."""
    return {"title": "Readout", **schema_of(Readout)}


def schema_of(
    struct: type[msgspec.Struct], schema_hook: Callable[[type], dict[str, Any]] | None = None
) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of `struct`, with docstrings as descriptions.

    `schema_hook` returns the schema of a type that msgspec does not know.
    """
    schema = msgspec.json.schema(struct, schema_hook=schema_hook)
    for definition in schema["$defs"].values():
        if "description" in definition:
            definition["description"] = inspect.cleandoc(definition["description"])
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
