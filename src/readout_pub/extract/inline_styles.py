"""Tells which inline styles make an element invisible, and which strike out its text."""

from __future__ import annotations

import re

_HIDING = re.compile(r"(?<![\w-])(?:display\s*+:\s*+none|visibility\s*+:\s*+hidden)(?![\w-])", re.IGNORECASE)

_TINY = re.compile(r"(?<![\w-])(?:width|height)\s*+:\s*+[01](?:px)?(?![\w.%])", re.IGNORECASE)

_GROWING = re.compile(r"(?<![\w-])(?:min-(?:width|height)|padding(?:-top|-bottom)?)\s*:", re.IGNORECASE)
"""Properties that make an element larger than its width and height. Boxes around videos have "height: 0" and a padding;
frames that scripts resize have "width: 1px; min-width: 100%".
"""

STRIKING_WORD = "line-through"
"""The value of a style that strikes out text."""
_STRIKING = re.compile(rf"(?<![\w-])text-decoration(?:-line)?\s*+:[^;]{{0,60}}?\b{STRIKING_WORD}\b", re.IGNORECASE)


def hides(style: str) -> bool:
    """Return whether an inline style hides its element: "display: none", but not "--footer-display: none"."""
    return _HIDING.search(style) is not None


def makes_tiny(style: str) -> bool:
    """Return whether an inline style makes its element at most one pixel wide or high, as trackers are."""
    return _TINY.search(style) is not None and _GROWING.search(style) is None


def strikes_out(style: str) -> bool:
    """Return whether an inline style strikes out the text of its element."""
    return _STRIKING.search(style) is not None
