"""English names of languages, for the reports that readers see."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

_REGION_LENGTH = 2
"""How many letters a region subtag has; other regions are three digits (BCP 47, section 2.2)."""


def language_name(tag: str) -> str:
    """Return the English name of a language (BCP 47), with its region if the tag has one; else the tag itself."""
    names = _names()
    primary, *subtags = tag.lower().split("-")
    for length in range(len(subtags), 0, -1):
        if name := names.get("-".join([primary, *subtags[:length]])):
            return name
    if primary not in names:
        return tag
    region = next((subtag.upper() for subtag in subtags if len(subtag) == _REGION_LENGTH and subtag.isalpha()), None)
    return f"{names[primary]} ({region})" if region else names[primary]


@cache
def _names() -> dict[str, str]:
    return tomllib.loads((files(__package__) / "language_names.toml").read_text("utf-8"))
