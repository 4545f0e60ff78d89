"""Checks of the arguments of public functions: a mistake gives one plain message instead of an unrelated traceback."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from readout_pub.errors import UsageError

Names = list[str] | tuple[str, ...]
"""Several names. Not `Sequence[str]`, since a string is one: "pdf" would mean the formats "p", "d" and "f"."""

Paths = list[str | Path] | list[str] | list[Path] | tuple[str | Path, ...]
"""Several paths; see `Names`."""


def require_names(names: object, argument: str) -> tuple[str, ...]:
    """Return `names` as a tuple; raise a UsageError if it is a single string, or an item is not a string."""
    if isinstance(names, str | bytes) or not isinstance(names, Iterable):
        raise UsageError(f"{argument} is {names!r}", what_next=f'write a list, such as {argument}=["pdf", "epub"]')
    found = tuple(names)
    for each in found:
        require_type(each, (str,), argument)
    return found


def require_paths(paths: object, argument: str) -> tuple[Path, ...]:
    """Return `paths` as a tuple of paths; raise a UsageError if it is a single path, or an item is not a path."""
    if isinstance(paths, str | bytes | Path) or not isinstance(paths, Iterable):
        raise UsageError(f"{argument} is {paths!r}", what_next=f'write a list, such as {argument}=["my-sites"]')
    found = tuple(paths)
    for each in found:
        require_type(each, (str, Path), argument)
    return tuple(map(Path, found))


def require_type(value: object, types: tuple[type, ...], argument: str) -> None:
    """Raise a UsageError that names `argument` unless `value` has one of `types`."""
    if not isinstance(value, types):
        wanted = " or ".join("None" if each is type(None) else each.__name__ for each in types)
        raise UsageError(f"{argument} is {value!r} ({type(value).__name__})", what_next=f"give {wanted}")


def require_count(value: object, argument: str) -> None:
    """Raise a UsageError if `value` is not a positive whole number, such as a limit in bytes."""
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise UsageError(f"{argument} is {value!r}", what_next="give a positive whole number")
