"""The kinds of scripts that have their own language and font in office programs: Western, Asian and complex."""

from __future__ import annotations

from readout_pub.language_codes import primary_subtag
from readout_pub.text_direction import language_direction

ASIAN_LANGUAGES = frozenset({"ja", "ko", "zh"})
"""Languages that office programs treat as Asian."""

_COMPLEX_LANGUAGES = frozenset(
    {
        *("as", "bn", "bo", "dz", "gu", "hi", "km", "kn", "lo", "ml", "mr", "my", "ne", "or", "pa", "sa", "si"),
        *("ta", "te", "th"),
    }
)
"""Left-to-right languages whose letters office programs treat as complex, as they treat right-to-left languages.

Source: LibreOffice, `MsLangId::getScriptType`.
"""


def script_kinds(tag: str) -> tuple[bool, bool]:
    """Return two answers: whether office programs count a language as Asian, and whether they count it as complex."""
    primary = primary_subtag(tag)
    return primary in ASIAN_LANGUAGES, primary in _COMPLEX_LANGUAGES or language_direction(tag) == "rtl"
