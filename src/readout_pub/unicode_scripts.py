"""The letters of writing systems, which narrow down the language of a text. Source: the blocks of Unicode."""

from __future__ import annotations

import functools
import re
import unicodedata

LETTER_RANGES = {
    "Hrkt": "\u3041-\u30ff",
    "Hang": "\uac00-\ud7a3",
    "Hani": "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff",
    "Cyrl": "\u0400-\u04ff",
    "Grek": "\u0370-\u03ff",
    "Arab": "\u0600-\u06ff\u0750-\u077f",
    "Hebr": "\u0590-\u05ff",
    "Thai": "\u0e00-\u0e7f",
    "Deva": "\u0900-\u097f",
}
"""Script (ISO 15924) → its letters as ranges of a character class. "Hrkt" are hiragana and katakana."""

LETTERS = {script: re.compile(f"[{ranges}]") for script, ranges in LETTER_RANGES.items()}
"""Script → the pattern of one of its letters."""


@functools.lru_cache(4096)
def script_in_name(letter: str) -> str:
    """Return the first word of the Unicode name of a letter, which is its script: "CYRILLIC"; "" without a name."""
    return unicodedata.name(letter, "").partition(" ")[0]
