"""Removes control characters and the like, which can control a terminal, start a line or break a file's syntax."""

from __future__ import annotations

import re
from typing import TypeVar, cast

import msgspec

from readout_pub.model.readout import Readout

T = TypeVar("T")

_PLANE_END_NONCHARACTERS = "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
_UNPRINTABLE = re.compile(
    f"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef{_PLANE_END_NONCHARACTERS}]"
)
"""Controls except tab and line feed, line separators, surrogates and noncharacters.

XML or HTML forbids most of them even as character references; U+0085, U+2028 and U+2029 start a line in some formats.
"""

_SPACE_INSTEAD = re.compile("[\\s\x80-\x9f]")
"""Those of the unprintable characters that become a space: white space, and C1 controls, which may stand for a lost
character between two words.
"""

_ESCAPED_CONTROL = re.compile(r"\\[bfru]")
"""An escape in JSON that may stand for a control character; a false match costs only time."""


def printable(text: str) -> str:
    """Return `text` without surrogates, noncharacters and controls other than tab and line feed.

    Line separators, white-space controls and C1 controls become spaces; CR LF becomes a line feed.
    """
    # `isprintable` is False for every character that is removed, and fast: data URLs of photos have megabytes.
    if text.isprintable():
        return text
    return _UNPRINTABLE.sub(_replacement, text.replace("\r\n", "\n"))


def _replacement(found: re.Match[str]) -> str:
    return " " if _SPACE_INSTEAD.match(found[0]) else ""


def printable_readout(readout: Readout) -> Readout:
    """Return `readout` with every text `printable`."""
    return readout if _seems_printable(readout) else _with_printable_texts(readout)


def _seems_printable(readout: Readout) -> bool:
    """Return whether a readout needs no change, in a tenth of the time of a walk over the model."""
    try:
        text = msgspec.json.encode(readout).decode()
    except UnicodeEncodeError:  # a lone surrogate
        return False
    if _ESCAPED_CONTROL.search(text):
        return False
    # `isprintable` is far faster than the pattern, but False for these two spaces, so they are replaced first.
    return text.replace("\u00a0", " ").replace("\u3000", " ").isprintable() or not _UNPRINTABLE.search(text)


def _with_printable_texts(value: T) -> T:
    changed: object = value
    if isinstance(value, str):
        changed = printable(value)
    elif isinstance(value, tuple):
        changed = tuple(map(_with_printable_texts, value))
    elif isinstance(value, msgspec.Struct):
        fields = {name: getattr(value, name) for name in value.__struct_fields__}
        changed = msgspec.structs.replace(value, **{name: _with_printable_texts(old) for name, old in fields.items()})
    return cast("T", changed)
