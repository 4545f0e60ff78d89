"""The kinds of scripts that have their own language and face in office programs: Western, Asian and complex."""

from __future__ import annotations

from readout_pub.text_direction import language_direction

ASIAN_LANGUAGES = frozenset({"ja", "ko", "zh"})
"""Languages that office programs treat as Asian; they treat right-to-left languages as complex."""


def script_kinds(tag: str) -> tuple[bool, bool]:
    """Return whether office programs treat a language as Asian, and whether as complex."""
    return tag.lower().split("-")[0] in ASIAN_LANGUAGES, language_direction(tag) == "rtl"
