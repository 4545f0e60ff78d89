"""Removes control characters and the like: they can control a terminal, start a line or break a file's syntax.

Bidirectional embeddings, overrides and isolates stay, but end with their texts: in plain text and Markdown, an open one
would reorder what follows on the line, such as the next table cell.
"""

from __future__ import annotations

import re
from typing import TypeVar, cast
from urllib.parse import quote

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

_EMBEDDING_END, _ISOLATE_END = "\u202c", "\u2069"
_BIDI_STARTS = dict.fromkeys("\u202a\u202b\u202d\u202e", _EMBEDDING_END) | dict.fromkeys(
    "\u2066\u2067\u2068", _ISOLATE_END
)
"""Character that starts an embedding, override or isolate → the character that ends it (UAX #9, 2.1 to 2.5)."""
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_URLS = frozenset({"href", "url", "final_url"})
_NAMES = frozenset({"src", "id", "target"})
"""In fields with a URL, bidirectional controls are percent-encoded; in fields with a name, they stay."""

_SPACE_INSTEAD = re.compile("[\\s\x80-\x9f]")
"""Unprintable characters that become a space: white space, and C1 controls, since these may separate two words."""

_ESCAPED_CONTROL = re.compile(r"\\[bfru]")
"""An escape in JSON that may stand for a control character; a false match costs only time."""


def printable(text: str) -> str:
    """Return `text` without surrogates, noncharacters and controls other than tab and line feed.

    Line separators, white-space controls and C1 controls become spaces; CR LF becomes a line feed.
    """
    # `isprintable` is False for all removed characters, and fast: data URLs have megabytes.
    if text.isprintable():
        return text
    return _UNPRINTABLE.sub(_replacement, text.replace("\r\n", "\n"))


def _replacement(found: re.Match[str]) -> str:
    return " " if _SPACE_INSTEAD.match(found[0]) else ""


def printable_readout(readout: Readout) -> Readout:
    """Return `readout` with every text `printable`, and every bidirectional embedding ended with its text."""
    return readout if _seems_printable(readout) else _with_printable_texts(readout)


def _seems_printable(readout: Readout) -> bool:
    """Return whether a readout needs no change; a walk over the model takes ten times longer."""
    try:
        text = msgspec.json.encode(readout).decode()
    except UnicodeEncodeError:  # a lone surrogate
        return False
    if _ESCAPED_CONTROL.search(text):
        return False
    # `isprintable` is far faster than the pattern, but False for these two spaces.
    is_printable = text.replace("\u00a0", " ").replace("\u3000", " ").isprintable()
    return is_printable or not (_UNPRINTABLE.search(text) or _BIDI.search(text))


def _with_printable_texts(value: T) -> T:
    changed: object = value
    if isinstance(value, str):
        changed = printable(value)
    elif isinstance(value, tuple):
        changed = _with_bidi_ended(tuple(map(_with_printable_texts, value)))
    elif isinstance(value, msgspec.Struct):
        fields = {name: getattr(value, name) for name in value.__struct_fields__}
        changed = msgspec.structs.replace(value, **{name: _printable_field(name, old) for name, old in fields.items()})
    return cast("T", changed)


def _printable_field(name: str, value: object) -> object:
    changed = _with_printable_texts(value)
    if not isinstance(changed, str) or name in _NAMES:
        return changed
    if name in _URLS:
        return changed if changed.startswith("#") else _BIDI.sub(lambda found: quote(found[0]), changed)
    return changed + _missing_bidi_ends(changed)


def _with_bidi_ended(parts: tuple[object, ...]) -> tuple[object, ...]:
    """Return inlines with the ends of embeddings and isolates that their texts leave open.

    Nested inlines have their ends already.
    """
    ends = _missing_bidi_ends("".join(part for part in parts if isinstance(part, str)))
    if not ends:
        return parts
    *others, last = parts
    return (*others, last + ends) if isinstance(last, str) else (*parts, ends)


def _missing_bidi_ends(text: str) -> str:
    """Return the characters that end the embeddings, overrides and isolates open at the end of `text`."""
    awaited: list[str] = []
    isolates = 0
    for sign in _BIDI.findall(text):
        if end := _BIDI_STARTS.get(sign):
            awaited.append(end)
            isolates += end == _ISOLATE_END
        elif sign == _ISOLATE_END and isolates:
            while awaited.pop() != _ISOLATE_END:  # embeddings within the isolate end with it
                pass
            isolates -= 1
        elif awaited and awaited[-1] == sign:
            awaited.pop()
    return "".join(reversed(awaited))
