"""The words of worklists and of the review page, and the language in which a reviewer gets them.

This is the language of the reviewer, not of the page with the photos. The words are in `review_messages.toml`.
"""

from __future__ import annotations

import functools
import locale
import re
import tomllib
from collections.abc import Mapping
from importlib.resources import files
from typing import get_args

from readout_pub.alt.lint import AdviceLanguage

LANGUAGES: tuple[AdviceLanguage, ...] = get_args(AdviceLanguage)
"""The first is the default, for reviewers with other languages."""

MessageTable = Mapping[str, Mapping[str, str]]
"""Section → name → words."""


@functools.cache
def review_messages(language: AdviceLanguage) -> MessageTable:
    """Return all words in one language, as templates for `str.format`."""
    table = tomllib.loads(files(__package__).joinpath("review_messages.toml").read_text("utf-8"))
    return {section: {name: words[language] for name, words in entries.items()} for section, entries in table.items()}


def language_of_environment(environment: Mapping[str, str]) -> AdviceLanguage:
    """Return the reviewer's language, from the environment variables of POSIX or else from the locale of the system."""
    names = map(environment.get, ("LC_ALL", "LC_MESSAGES", "LANG"))
    name = next(filter(None, names), None) or locale.getlocale()[0] or ""
    return next((each for each in LANGUAGES if name.lower().startswith(each)), LANGUAGES[0])


_ACCEPTED = re.compile(r"([A-Za-z]{1,8})(?:-[A-Za-z0-9-]{1,32})?(?:\s?;\s?q=([01](?:\.[0-9]{0,3})?))?")
"""A language of the header Accept-Language and its weight (RFC 9110, 12.5.4)."""


def language_of_browser(accept_language: str) -> AdviceLanguage:
    """Return the language that a browser prefers by its header Accept-Language."""
    weights: dict[str, float] = {}
    for part in accept_language.split(","):
        if found := _ACCEPTED.fullmatch(part.strip()):
            weights.setdefault(found[1].lower(), float(found[2] or 1))
    return max(LANGUAGES, key=lambda each: weights.get(each, 0.0))
