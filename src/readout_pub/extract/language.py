"""Which language a page is in: what it declares, else what its letters say."""

from __future__ import annotations

import re

_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")

_LETTERS = (
    ("ja", re.compile("[\u3041-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("ru", re.compile("[\u0400-\u04ff]")),
    ("el", re.compile("[\u0370-\u03ff]")),
    ("ar", re.compile("[\u0600-\u06ff]")),
    ("he", re.compile("[\u0590-\u05ff]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
    ("hi", re.compile("[\u0900-\u097f]")),
)
"""Scripts that tell a language, or its commonest. The first with a real share wins: Japanese uses Chinese signs."""

_SHARE = 0.1


def declared_language(tag: str | None) -> str | None:
    """Return a declared language as BCP 47 writes it ("en-GB"); None if it is no language tag."""
    text = (tag or "").strip().replace("_", "-")
    if not _TAG.fullmatch(text):
        return None
    first, *rest = text.split("-")
    return "-".join([first.lower(), *(part.upper() if len(part) == 2 else part.title() for part in rest)])


def guessed_language(text: str) -> str:
    """Return the language that the letters of `text` suggest; "en" where they are Latin."""
    letters = sum(map(str.isalpha, text)) or 1
    return next((lang for lang, sign in _LETTERS if len(sign.findall(text)) >= _SHARE * letters), "en")
