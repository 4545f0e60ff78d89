"""Checks of the arguments of public functions: a mistake gives one clear message instead of an unrelated traceback."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

import msgspec

from readout_pub.errors import UsageError

Names = list[str] | tuple[str, ...]
"""Several names. Not `Sequence[str]`, since a string is a sequence too: "pdf" would mean the formats "p", "d" and
"f"."""

if TYPE_CHECKING:
    PathField = str | Path
else:
    PathField = str
"""The type of a field that accepts a path as text or as a Path; its struct converts a Path to text. At run time, the
type is `str`, since msgspec cannot decode the union."""

Paths = list[str | Path] | list[str] | list[Path] | tuple[str | Path, ...]
"""Several paths; see `Names`."""


MAX_SECONDS = 10_000_000
"""The longest time in seconds that can be given, about 115 days. Timers of the system overflow only far above it."""

MAX_SIZE = 10**15
"""The largest number of bytes that can be given, a petabyte. The integers of the system overflow only far above it."""

MAX_NAME_BYTES, MAX_PATH_BYTES = 255, 4095
"""The longest name of a file and the longest path that Linux allows, in bytes (limits.h)."""

MAX_JOBS = 1000
"""The most pages that can be converted at once, each in a process. Chosen by hand: few machines have as many cores."""


def require_names(names: object, argument: str, example: str = '["pdf", "epub"]') -> tuple[str, ...]:
    """Return `names` as a tuple; raise a UsageError if it is a single string, or an item is not a string."""
    if isinstance(names, str | bytes) or not isinstance(names, Iterable):
        raise UsageError(f"{argument} is {shown(names)}", what_next=f"write a list, such as {argument}={example}")
    found = tuple(names)
    for each in found:
        require_type(each, (str,), argument)
    return tuple(map(plain_string, found))


def require_paths(paths: object, argument: str) -> tuple[Path, ...]:
    """Return `paths` as a tuple of paths; raise a UsageError if it is a single path, or an item is not a path."""
    if isinstance(paths, str | bytes | Path) or not isinstance(paths, Iterable):
        raise UsageError(f"{argument} is {shown(paths)}", what_next=f'write a list, such as {argument}=["my-sites"]')
    found = tuple(paths)
    for each in found:
        require_path(each, argument)
    return tuple(map(Path, found))


def require_type(value: object, types: tuple[type, ...], argument: str) -> None:
    """Raise a UsageError that names `argument` unless `value` has one of `types`; a datetime is not taken as a date."""
    if dt.date in types and isinstance(value, dt.datetime):  # it is a date to Python, but cannot be compared with one
        raise UsageError(f"{argument} is {shown(value)}", what_next="give a date, such as its .date()")
    if not isinstance(value, types):
        wanted = " or ".join("None" if each is type(None) else each.__name__ for each in types)
        raise UsageError(f"{argument} is {shown(value)} ({type(value).__name__})", what_next=f"give {wanted}")


_Value = TypeVar("_Value")


def plain_string(value: _Value) -> _Value:
    """Return an instance of a subclass of `str` as a plain `str`, and any other value unchanged.

    Libraries such as Beautiful Soup and NumPy have such subclasses. msgspec cannot write them as JSON, and a string of
    Beautiful Soup, when pickled for a worker, takes its whole page along.
    """
    return cast("_Value", str.__str__(value)) if isinstance(value, str) else value


def set_plain_strings(struct: msgspec.Struct) -> None:
    """Replace each string in a field of `struct` by its `plain_string`."""
    for field in struct.__struct_fields__:
        value = getattr(struct, field)
        if isinstance(value, str) and type(value) is not str:
            msgspec.structs.force_setattr(struct, field, plain_string(value))


def require_unicode(text: str, argument: str) -> None:
    """Raise a UsageError if `text` has lone surrogates, by which Python keeps bytes that are not UTF-8 (PEP 383).

    File names can have such bytes, but outputs and keys cannot contain them.
    """
    try:
        text.encode()
    except UnicodeEncodeError as reason:
        raise UsageError(
            f"{argument} is {shown(text)}, which has bytes that are not UTF-8",
            what_next="write it in UTF-8: check the locale of the terminal or script",
        ) from reason


def require_count(value: object, argument: str, *, maximum: int) -> None:
    """Raise a UsageError if `value`, such as a limit in bytes, is not a whole number from 1 to `maximum`."""
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= maximum:
        raise UsageError(f"{argument} is {shown(value)}", what_next=f"give a whole number from 1 to {maximum:,}")


def require_seconds(value: object, argument: str, *, minimum: float = 0) -> None:
    """Raise a UsageError if `value` is not a number of seconds, from `minimum` to `MAX_SECONDS`."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not minimum <= value <= MAX_SECONDS:  # or NaN
        raise UsageError(f"{argument} is {shown(value)}", what_next=f"give {minimum:g} to {MAX_SECONDS:,} seconds")


def require_path(path: object, argument: str) -> None:
    """Raise a UsageError unless `path` is a path that a system can have, as text or as a Path."""
    require_type(path, (str, Path), argument)
    if "\0" in str(path):
        raise UsageError(f"{argument} is {shown(path)}", what_next="give a path without NUL characters")
    lengths = list(map(_bytes_of_name, Path(str(path)).parts))
    if max(lengths, default=0) > MAX_NAME_BYTES or sum(lengths) + len(lengths) > MAX_PATH_BYTES:
        raise UsageError(
            f"{argument} is {shown(str(path))}",
            what_next=f"give names of at most {MAX_NAME_BYTES} bytes, and {MAX_PATH_BYTES} bytes in total",
        )


def _bytes_of_name(name: str) -> int:
    """Return the length of a file name; Python keeps each byte that is not UTF-8 as one lone surrogate (PEP 383)."""
    escaped = sum("\udc80" <= character <= "\udcff" for character in name)
    return len(name.encode("utf-8", "surrogatepass")) - 2 * escaped


def require_inside(folder: object, argument: str) -> None:
    """Raise a UsageError unless `folder` is a relative path without "..": such a path cannot lead out of a folder."""
    require_type(folder, (str,), argument)
    path = Path(str(folder))
    if not path.parts or path.anchor or ".." in path.parts or "\0" in str(folder):
        raise UsageError(
            f"{argument} is {shown(folder)}", what_next='give a relative path without "..", such as "photos"'
        )


def require_file_name(name: object, argument: str) -> None:
    """Raise a UsageError unless `name` is the plain name of a file, without a folder."""
    require_type(name, (str,), argument)
    require_path(name, argument)
    if name in {"", ".", ".."} or Path(str(name)).name != name:
        raise UsageError(
            f"{argument} is {shown(name)}", what_next='give a plain name without a folder, such as "readout"'
        )


def shown(value: object) -> str:
    """Return `value` as Python writes it, for a message: shortened if it is long, such as a whole page."""
    text = repr(value[:_SHOWN] if isinstance(value, str | bytes | bytearray) else value)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


_SHOWN = 80
"""At most this many characters of a value are in a message: enough to recognise it, on two lines of a terminal."""
