"""Caches what a function returns for short texts: the pages of an archive share menus, labels and class names.

The result for a long text is computed anew each time, so that no page can fill the memory with its texts.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, update_wrapper
from typing import TypeVar, TypeVarTuple

_MAX_TEXT = 240
"""Only texts of at most this many characters are cached; the lines of menus, facts and labels are shorter."""
_MAX_CACHED = 4096
"""How many results are cached for each function; a page has about 200 lines."""

_Options = TypeVarTuple("_Options")
_Result = TypeVar("_Result")


def cached_for_short_texts(function: Callable[[str, *_Options], _Result]) -> Callable[[str, *_Options], _Result]:
    """Return `function` with a cache for the results of short texts; its first argument is the text."""
    cached = lru_cache(maxsize=_MAX_CACHED)(function)

    def call(text: str, /, *options: *_Options) -> _Result:
        return (cached if len(text) <= _MAX_TEXT else function)(text, *options)

    return update_wrapper(call, function)
