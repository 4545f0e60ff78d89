"""Which language a page is in: what it declares, unless its text is beyond doubt in another; else what that shows."""

from __future__ import annotations

import re

from readout_pub.extract.detect_language import contradicts, detect_language
from readout_pub.extract.extraction import Reason
from readout_pub.notes import Note, note

_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")

_SIGNS = (
    ("ja", re.compile("[\u3041-\u30ff]"), 0.1),
    ("ko", re.compile("[\uac00-\ud7af]"), 0.3),
    ("zh", re.compile("[\u4e00-\u9fff]"), 0.3),
    ("ru", re.compile("[\u0400-\u04ff]"), 0.5),
    ("el", re.compile("[\u0370-\u03ff]"), 0.5),
    ("ar", re.compile("[\u0600-\u06ff]"), 0.5),
    ("he", re.compile("[\u0590-\u05ff]"), 0.5),
    ("th", re.compile("[\u0e00-\u0e7f]"), 0.5),
    ("hi", re.compile("[\u0900-\u097f]"), 0.5),
)
"""The commonest language of a script, and the share of a short text's letters from which it is taken for that one.

The first that fits wins: Japanese uses Chinese signs, and a sign of either says as much as a word of other letters.
"""

_ENOUGH = 200
"""Letters of a text that may overrule what its page declares."""


def declared_language(tag: str | None) -> str | None:
    """Return a declared language as BCP 47 writes it ("en-GB"); None if it is no language tag."""
    text = (tag or "").strip().replace("_", "-")
    if not _TAG.fullmatch(text):
        return None
    first, *rest = text.split("-")
    return "-".join([first.lower(), *(part.upper() if len(part) == 2 else part.title() for part in rest)])


def guessed_language(text: str) -> str:
    """Return the language that a text shows, or that its letters suggest; "en" where they are Latin."""
    letters = sum(map(str.isalpha, text)) or 1
    suggested = (lang for lang, sign, share in _SIGNS if len(sign.findall(text)) >= share * letters)
    return detect_language(text) or next(suggested, "en")


def language_of(declared: str | None, text: str) -> tuple[str, tuple[Note, ...], Reason]:
    """Return the language of a page, the notes that it earns, and why it is that one."""
    if declared is None:
        guess = guessed_language(text)
        return (
            guess,
            (note("LANGUAGE_GUESSED", language=guess),),
            Reason("language", "guessed from its text", text=guess),
        )
    found = detect_language(text) if len(text) >= _ENOUGH else None
    if found and contradicts(found, declared):
        mended = note("LANGUAGE_MENDED", declared=declared, actual=found)
        return found, (mended,), Reason("language", f"shown by its text; declared is {declared}", text=found)
    return declared, (), Reason("language", "declared by the page", text=declared)
