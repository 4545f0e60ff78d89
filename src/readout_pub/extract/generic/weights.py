"""The weights of all features, from `weights.toml`: what they are, and what they are worth on one line."""

from __future__ import annotations

import functools
import re
import tomllib
from importlib.resources import files

import msgspec

from readout_pub.extract.generic.block_traits import TraitReader


class Weights(msgspec.Struct, frozen=True):
    """The tables of `weights.toml`: groups of names and phrases, traits of chrome, and weights.

    `first` gives for each feature of a line what it counts in the first look, `second` what it does in the second;
    `around` what the first thoughts of the lines around count in the second. Patterns are for texts in small letters;
    `opens` fits wherever one of `opening` does.
    """

    namer: TraitReader
    languages: frozenset[str]
    landmarks: frozenset[str]
    chrome: frozenset[str]
    never: frozenset[str]
    opens: re.Pattern[str]
    opening: tuple[tuple[str, re.Pattern[str]], ...]
    anywhere: tuple[tuple[str, re.Pattern[str]], ...]
    first: dict[str, float]
    second: dict[str, float]
    around: dict[str, float]


@functools.cache
def evidence() -> Weights:
    """Read `weights.toml`, once."""
    table = tomllib.loads(files(__package__).joinpath("weights.toml").read_text("utf-8"))
    vocabulary: dict[str, tuple[str, ...]] = {}
    for group, words in table["names"].items():
        for word in words.split():
            vocabulary[word] = (*vocabulary.get(word, ()), group)
    first, second = table.get("first", {}), table.get("second", {})
    none = dict.fromkeys((*first, *second), 0.0)
    return Weights(
        TraitReader(vocabulary),
        _listed(table["languages"]),
        _listed(table["landmarks"]),
        frozenset(table["chrome"]),
        frozenset(table["never"]),
        _opening("|".join(table["says"].values())),
        tuple((f"says {key}", _opening(phrases)) for key, phrases in table["says"].items()),
        tuple((f"has {key}", _pattern(phrases)) for key, phrases in table["has"].items()),
        none | first,
        none | second,
        {name: float(weight) for name, weight in table.get("around", {}).items()},
    )


def _listed(rows: list[str]) -> frozenset[str]:
    return frozenset(name for row in rows for name in row.split(", "))


def _opening(phrases: str) -> re.Pattern[str]:
    return _pattern(rf"\W*(?:{phrases})")


def _pattern(phrases: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\s*\n\s*", "", phrases))
