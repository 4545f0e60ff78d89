"""The language of a text by its own evidence, or nothing: its script, and where several share one, its small words."""

from __future__ import annotations

import functools
import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Mapping
from importlib.resources import files

import msgspec

_BEYOND_LATIN = re.compile("[^\\W\\d_A-Za-z\u00aa-\u024f\u1e00-\u1eff]")
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_ADDRESS = re.compile(r"\S+(?:://|@)\S+")
_FILE = re.compile(r"\b(?:\w++[./])+\w+")
"""Addresses and names of files, which are in no language."""
_WITHIN = re.compile(r"[./]\w")
"""What each name of a file has, and few texts: quicker to find."""
_SAMPLE = 6000
"""Characters that are looked at."""

_SCRIPT_SHARE = 0.6
"""Share of the letters in one script from which a text is in it; the rest may be names and quotations."""
_KANA_SHARE = 0.1
"""Share of kana from which a text of Chinese signs is Japanese."""
_FEW_LETTERS, _FEW_WORDS, _FEW_SMALL_WORDS = 20, 12, 3
"""Letters, words and different small words below which a text may be a name or a title, and tells nothing."""
_SMALL_WORDS = 0.15
"""Share of words in the list of a language from which a text is in it: texts have 0.2 to 0.5 of their own."""
_NAMED = 0.01
"""Share of foreign letters that names in a text may have."""
_CLEARLY = 1.7
"""How many times more small words the language has than any that is not near to it."""


class _Languages(msgspec.Struct, frozen=True):
    """`languages.toml`: script → language, language → its near ones, small word → the languages that have it.

    `letters` are those that not all languages of their script write; `foreign` gives for a language those of them that
    only others write.
    """

    scripts: dict[str, str]
    near: dict[str, frozenset[str]]
    words: dict[str, tuple[str, ...]]
    letters: frozenset[str]
    foreign: dict[str, frozenset[str]]


@functools.cache
def _languages() -> _Languages:
    table = tomllib.loads(files(__package__).joinpath("languages.toml").read_text("utf-8"))
    near = {each: frozenset(row.split()) for row in table["near"].values() for each in row.split()}
    words: dict[str, tuple[str, ...]] = {}
    for language, listed in table["words"].items():
        for word in dict.fromkeys(listed.split()):
            words[word] = (*words.get(word, ()), language)
    written = frozenset("".join(table["letters"].values()))
    foreign = {language: written - set(letters) for language, letters in table["letters"].items()}
    return _Languages(table["scripts"], near, words, written, foreign)


def detect_language(text: str) -> str | None:
    """Return the language that a text is in beyond doubt; None if it is short, mixed, or in an unknown one."""
    text = _without_addresses(text[:_SAMPLE])
    letters = sum(map(str.isalpha, text))
    if letters < _FEW_LETTERS:
        return None
    scripts = Counter() if text.isascii() else Counter(map(_script_of, _BEYOND_LATIN.findall(text)))
    if scripts.total() < (1 - _SCRIPT_SHARE) * letters:
        return _by_words(text)
    kana = scripts["HIRAGANA"] + scripts["KATAKANA"]
    ideographs = scripts["CJK"] + kana
    if ideographs >= _SCRIPT_SHARE * letters:
        return "ja" if kana >= _KANA_SHARE * ideographs else "zh" if not kana else None
    script, count = scripts.most_common(1)[0]
    if count < _SCRIPT_SHARE * letters:
        return None
    return _languages().scripts.get(script) or _by_words(text)


def contradicts(found: str, declared: str) -> bool:
    """Say whether a text in the language `found` cannot be in the declared one, whatever the region."""
    main = declared.split("-", maxsplit=1)[0].lower()
    return main not in {found, "mul", "und"} and main not in _languages().near.get(found, frozenset())


def _by_words(text: str) -> str | None:
    # One letter says nothing: "a" and "e" are small words of half of all languages.
    words = [word for word in _WORD.findall(text.lower()) if len(word) > 1]
    if len(words) < _FEW_WORDS:
        return None
    known = _languages()
    small = {word: count for word, count in Counter(words).items() if word in known.words}
    if len(small) < _FEW_SMALL_WORDS:
        return None
    foreign = _ruled_out(text)
    counts: dict[str, int] = {}
    for word, count in small.items():
        for language in known.words[word]:
            if language not in foreign:
                counts[language] = counts.get(language, 0) + count
    if not counts:
        return None
    best, most = max(counts.items(), key=lambda counted: counted[1])
    near = known.near.get(best, frozenset())
    second = max((count for language, count in counts.items() if language not in {best, *near}), default=0)
    different = sum(best in known.words[word] for word in small)
    clear = most >= _SMALL_WORDS * len(words) and most >= _CLEARLY * second and different >= _FEW_SMALL_WORDS
    return best if clear else None


def _ruled_out(text: str) -> frozenset[str]:
    """Return the languages that do not write the letters of a text, but for a few in names."""
    known = _languages()
    written = {letter: text.count(letter) for letter in known.letters.intersection(text)}
    if not written:
        return frozenset()
    few = _NAMED * len(text)
    return frozenset(language for language, letters in known.foreign.items() if _count(letters, written) > few)


def _count(letters: frozenset[str], written: Mapping[str, int]) -> int:
    return sum(written[letter] for letter in letters & written.keys())


def _without_addresses(text: str) -> str:
    if "://" in text or "@" in text:  # quicker than to look for them at every word
        text = _ADDRESS.sub(" ", text)
    return _FILE.sub(" ", text) if _WITHIN.search(text) else text


@functools.lru_cache(4096)
def _script_of(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]
