"""Loads `weights.toml`: the vocabulary of names and phrases, the chrome traits, and the fitted feature weights."""

from __future__ import annotations

import functools
import re
import tomllib
from importlib.resources import files

import msgspec

from readout_pub.extract.generic.block_traits import TraitReader


class Weights(msgspec.Struct, frozen=True):
    """The content of `weights.toml`, ready for use.

    `first` and `second` map each line feature to its weight in the first and in the second scoring pass; both have the
    same keys. `context` maps each context feature of the second pass to its weight; features without a weight count 0.
    Phrase patterns are for lower-case text. `any_opening` matches wherever one of `opening_phrases` does, so that nine
    in ten lines need no search for the single patterns.
    """

    trait_reader: TraitReader
    languages: frozenset[str]
    landmarks: frozenset[str]
    controls: frozenset[str]
    beside_controls: frozenset[str]
    chrome_traits: frozenset[str]
    never_text: frozenset[str]
    any_opening: re.Pattern[str]
    opening_phrases: tuple[tuple[str, re.Pattern[str]], ...]
    contained_phrases: tuple[tuple[str, re.Pattern[str]], ...]
    first: dict[str, float]
    second: dict[str, float]
    context: dict[str, float]


@functools.cache
def load_weights() -> Weights:
    """Return the weights of `weights.toml`, which is read once per process."""
    table = tomllib.loads(files(__package__).joinpath("weights.toml").read_text("utf-8"))
    vocabulary: dict[str, tuple[str, ...]] = {}
    for group, words in table["names"].items():
        for word in words.split():
            vocabulary[word] = (*vocabulary.get(word, ()), group)
    first, second = table.get("first", {}), table.get("second", {})
    zeros = dict.fromkeys((*first, *second), 0.0)
    return Weights(
        TraitReader(vocabulary),
        _split_rows(table["languages"]),
        _split_rows(table["landmarks"]),
        _split_rows(table["controls"]),
        _split_rows(table["beside_controls"]),
        frozenset(table["chrome"]),
        frozenset(table["never"]),
        _compile_opening("|".join(table["says"].values())),
        tuple((f"says {key}", _compile_opening(phrases)) for key, phrases in table["says"].items()),
        tuple((f"has {key}", _compile_phrases(phrases)) for key, phrases in table["has"].items()),
        zeros | first,
        zeros | second,
        {name: float(weight) for name, weight in table.get("around", {}).items()},
    )


def _split_rows(rows: list[str]) -> frozenset[str]:
    return frozenset(name for row in rows for name in row.split(", "))


def _compile_opening(phrases: str) -> re.Pattern[str]:
    return _compile_phrases(rf"\W*(?:{phrases})")


def _compile_phrases(phrases: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\s*\n\s*", "", phrases))
