"""Reads the TOML files of users: site profiles, themes, house rules, certifiers, details of conformance reports."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from readout_pub.errors import ReadoutError, SourceError
from readout_pub.named_file import MAX_BYTES, read_named_file

_Settings = TypeVar("_Settings", bound=msgspec.Struct)


def read_settings(path: Path, kind: type[_Settings], what: str, example: str) -> _Settings:
    """Return a struct of type `kind` with the values of a TOML file, whose keys are its fields; errors call it `what`.

    Raises SourceError, with `example` as advice, if the file cannot be read, is not valid TOML, has other keys, or a
    value of another type.
    """
    _, table = read_toml(path, what, what_next=example)
    try:
        return msgspec.convert(table, kind)
    except msgspec.ValidationError as reason:
        raise SourceError(_plain_reason(str(reason)), where=str(path), what_next=example) from reason


def _plain_reason(reason: str) -> str:
    """Return an error of msgspec in words for the author of the file, with the key that it concerns."""
    message, _, place = reason.partition(" - at `$.")
    place = place.removesuffix("`")
    if words := type_mismatch(message):
        return f"{place!r} {words}"
    if key := _MISSING_OR_UNKNOWN.fullmatch(message):
        name = f"{place}.{key['name']}" if place else key["name"]
        return f"there is no key {name!r}" if key["missing"] else f"{name!r} is not a key of such a file"
    return reason


_TOML_TYPES = {
    "array": 'a list, such as ["a", "b"]',
    "bool": "true or false",
    "float": "a number",
    "int": "a number",
    "object": "a table",
    "str": "a text in quotes",
}
"""Name of a type in msgspec → its name in TOML; other types, such as dates, have the same name in both."""

_MISSING_OR_UNKNOWN = re.compile(r"Object (?:(?P<missing>missing required)|contains unknown) field `(?P<name>[^`]+)`")
_TYPE_MISMATCH = re.compile(r"Expected `([^`]+)`, got `([^`]+)`")


def type_mismatch(reason: str) -> str | None:
    """Return "must be a number, but is a table" and the like for msgspec's error on a type; None for another error."""
    types = _TYPE_MISMATCH.match(reason)
    if types is None:
        return None
    expected, actual = (
        " or ".join(dict.fromkeys(_TOML_TYPES.get(kind, kind) for kind in kinds.split(" | ") if kind != "null"))
        for kinds in types.groups()
    )
    return f"must be {expected}, but is {actual}"


def read_toml(
    path: Path,
    what: str,
    *,
    what_next: str | None = None,
    max_bytes: int = MAX_BYTES,
    error: type[ReadoutError] = SourceError,
) -> tuple[str, dict[str, Any]]:
    """Return the text of a TOML file, without its byte order mark, and its table; `what` names the file in errors.

    Raises `error`, with `what_next` as advice, if the file cannot be read, or is not UTF-8 text or valid TOML.
    """
    content = read_named_file(path, what, max_bytes=max_bytes, error=error)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as reason:
        raise error("this is not UTF-8 text", where=str(path), what_next="save it in UTF-8") from reason
    try:
        return text, tomllib.loads(text)
    # A ValueError is a mistake of syntax, or an integer of more digits than Python converts.
    except (ValueError, RecursionError) as reason:
        raise error(f"this is not valid TOML: {reason}", where=str(path), what_next=what_next) from reason
