"""Reads the TOML files of users: site profiles, themes, house rules, certifiers, details of conformance reports."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import msgspec.inspect

from readout_pub.errors import ReadoutError, SourceError
from readout_pub.named_file import MAX_BYTES, read_named_file

_Settings = TypeVar("_Settings", bound=msgspec.Struct)


def read_settings(path: Path, kind: type[_Settings], what: str, example: str) -> _Settings:
    """Return the values of a TOML file as a struct of type `kind`, whose fields are the keys of the file.

    Raises SourceError if the file cannot be read, is not valid TOML, has other keys, or has a value that `kind` does
    not allow. `what` names the file in errors, and `example` is the advice in errors about its content.
    """
    text, table = read_toml(path, what, what_next=example)
    try:
        return msgspec.convert(table, kind)
    except msgspec.ValidationError as reason:
        place, message = _plain_reason(str(reason), kind)
        raise SourceError(message, where=location_of_key(path, place, text), what_next=example) from reason


def _plain_reason(reason: str, kind: type[msgspec.Struct]) -> tuple[tuple[str, ...], str]:
    """Return the key that an error of msgspec concerns, and the error in words for the file's author.

    The key is returned as the path to it: the names of its tables, and its own name. For a missing key, the path ends
    with its table. If a table may have any keys, msgspec writes "[...]" for its key; the path then has NAME instead.
    """
    message, _, path = reason.partition(" - at `")
    path = path.removeprefix("key` in `").removeprefix("$").removeprefix(".").removesuffix("`")
    place = tuple(path.replace("[...]", ".NAME").split(".")) if path else ()
    if wrong_key := _WRONG_KEY.match(reason):
        place = (*place, wrong_key[1])
        return place, f"{'.'.join(place)!r} is not a key of such a file"
    if key := _MISSING_OR_UNKNOWN.fullmatch(message):
        name = ".".join((*place, key["name"]))
        if key["missing"]:
            return place, f"there is no key {name!r}"
        return (*place, key["name"]), f"{name!r} is not a key of such a file"
    if words := value_error(message, kind, place):
        return place, f"{'.'.join(place)!r} {words}"
    return place, reason


_TOML_TYPES = {
    "array": "a list",
    "bool": "true or false",
    "date": "a date",
    "float": "a number",
    "int": "a number",
    "object": "a table",
    "str": "a text in quotes",
}
"""Name of a type in msgspec → its name in our errors. Other types, such as datetime, have the name of msgspec."""

_EXPECTED_TYPES = {
    **_TOML_TYPES,
    "array": 'a list, such as ["a", "b"]',
    "date": "a date, such as 2031-05-01",
    "int": "a whole number",
}
"""The same, in more detail, for the type that a value must have."""

_MISSING_OR_UNKNOWN = re.compile(r"Object (?:(?P<missing>missing required)|contains unknown) field `(?P<name>[^`]+)`")
_WRONG_KEY = re.compile(r"Invalid enum value '(.*?)' - at `key` in ")
_TYPE_MISMATCH = re.compile(r"Expected `([^`]+)`, got `([^`]+)`")


_LIMITS = {
    r"Expected `(?:int|float)` >= (\S+)": "must be at least {}",
    r"Expected `(?:int|float)` <= (\S+)": "must be at most {}",
    r"Expected `array` of length >= 1": "must not be empty",
    r"Invalid RFC3339 encoded date": 'must be a date, such as "2031-05-01"',
}
"""Pattern of an error of msgspec on a value → the same in words."""


def value_error(reason: str, kind: type[msgspec.Struct], place: Sequence[str]) -> str | None:
    """Return msgspec's error on a value in words, such as "must be a number, but is a table"; None for another error.

    `place` has the names of the tables and of the key that lead from the struct `kind` to the value.
    """
    if words := type_mismatch(reason):
        return words
    for pattern, words in _LIMITS.items():
        if found := re.fullmatch(pattern, reason):
            return words.format(*found.groups())
    if found := re.fullmatch("Invalid enum value '?(.*?)'?", reason):
        choices = _choices(msgspec.inspect.type_info(kind), place)
        named = [f'"{value}"' if isinstance(value, str) else str(value) for value in choices]
        actual = f'"{found[1]}"' if any(isinstance(value, str) for value in choices) else found[1]
        return f"must be {' or '.join(named)}, but is {actual}"
    return None


def _choices(kind: msgspec.inspect.Type, place: Sequence[str]) -> Sequence[object]:
    """Return the values that a type allows at `place`; empty if it allows all."""
    match kind:
        case msgspec.inspect.UnionType(types=kinds):
            return [choice for each in kinds for choice in _choices(each, place)]
        case msgspec.inspect.LiteralType(values=values):
            return values
        case msgspec.inspect.DictType(value_type=of_entry) if place:
            return _choices(of_entry, place[1:])
        case msgspec.inspect.StructType(fields=fields) if place:
            return next((_choices(each.type, place[1:]) for each in fields if each.encode_name == place[0]), ())
    return ()


def type_mismatch(reason: str) -> str | None:
    """Return "must be a number, but is a table" and the like for msgspec's error on a type; None for another error."""
    types = _TYPE_MISMATCH.match(reason)
    if types is None:
        return None
    expected, actual = (
        " or ".join(dict.fromkeys(names.get(kind, kind) for kind in kinds.split(" | ") if kind != "null"))
        for kinds, names in zip(types.groups(), (_EXPECTED_TYPES, _TOML_TYPES), strict=True)
    )
    return f"must be {expected}, but is {actual}"


def hint_on_key(key: str, known: Collection[str]) -> str:
    """Return what an author can write in place of an unknown key: the known key that is most like it, or any."""
    near = difflib.get_close_matches(key, known, 1)
    return f"did you mean {near[0]!r}?" if near else f"the keys are {', '.join(sorted(known))}"


def location_of_key(path: Path, place: tuple[str, ...], text: str) -> str:
    """Return the file and the line of the key at `place`, or the file alone if the key is not found."""
    line = _line_of_key(place, text)
    return f"{path}:{line}" if line else str(path)


def _line_of_key(place: tuple[str, ...], text: str) -> int | None:
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        if header := re.match(r"\s*\[{1,2}([^\[\]]+)\]", line):
            table = tuple(part.strip(" \"'") for part in header[1].split("."))
            if table == place:
                return number
        elif key := re.match(r"\s*([\w.\"'-]+)\s*=", line):
            here = (*table, *(part.strip("\"'") for part in key[1].split(".")))
            if here == place[: len(here)] and len(here) > len(table):
                return number
    return None


def read_toml(
    path: Path,
    what: str,
    *,
    what_next: str | None = None,
    max_bytes: int = MAX_BYTES,
    error: type[ReadoutError] = SourceError,
) -> tuple[str, dict[str, Any]]:
    """Return the text of a TOML file, without its byte order mark, and its table; `what` names the file in errors.

    Raises `error` if the file cannot be read, is not UTF-8 text, or is not valid TOML; in the last case, `what_next` is
    the advice.
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
