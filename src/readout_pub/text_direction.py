"""Text direction, left to right or right to left: of a language, and of a line of text."""

from __future__ import annotations

from unicodedata import bidirectional

from readout_pub.model import Direction

_RTL_LANGUAGES = frozenset(
    {
        *("ar", "arc", "ckb", "dv", "fa", "he", "iw", "ji", "ks", "lrc", "mzn", "nqo", "pnb", "prs", "ps", "sd", "skr"),
        *("syr", "ug", "ur", "yi"),
    }
)
"""Languages written from right to left unless their tag names another script.

Source: Unicode CLDR, likelySubtags. `iw` and `ji` are the old codes of Hebrew and Yiddish, `prs` is Dari.
"""

_RTL_SCRIPTS = frozenset({"adlm", "arab", "aran", "hebr", "mand", "nkoo", "rohg", "samr", "syrc", "thaa"})
"""ISO 15924 codes, in lower case, of scripts in use today that are written from right to left."""

_SCRIPT_LENGTH = 4
"""How many letters a script subtag has; a variant of this length starts with a digit (BCP 47, section 2.2)."""


def language_direction(language: str) -> Direction:
    """Return the direction in which `language` (BCP 47) is written, by its script subtag if it has one."""
    primary, *subtags = language.lower().split("-")
    scripts = {subtag for subtag in subtags if len(subtag) == _SCRIPT_LENGTH and subtag.isalpha()}
    if scripts:
        return "rtl" if scripts & _RTL_SCRIPTS else "ltr"
    return "rtl" if primary in _RTL_LANGUAGES else "ltr"


def first_strong_direction(text: str) -> Direction:
    """Return the direction of the first strong character in `text`, "ltr" if it has none.

    Source: rules P2 and P3 of the Unicode bidirectional algorithm (UAX #9). Unlike P2, the search includes text
    in isolates, as the search for HTML's `dir="auto"` does.
    """
    strong = next((kind for kind in map(bidirectional, text) if kind in {"L", "R", "AL"}), "L")
    return "ltr" if strong == "L" else "rtl"
