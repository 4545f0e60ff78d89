"""Finds names of persons in English and Japanese texts, by the titles beside them and by capital letters.

A name without a title is found only in English, and only if it has two or more words. Places, bodies and events that
consist of capitalized words are recognised by the words in `person_names.toml`, and are not names.
"""

from __future__ import annotations

import functools
import re
import tomllib
import unicodedata
from collections.abc import Iterator
from importlib.resources import files

import msgspec


class _Words(msgspec.Struct, frozen=True):
    titles: frozenset[str]
    not_names: frozenset[str]
    japanese_titles: re.Pattern[str]
    japanese_offices: re.Pattern[str]
    japanese_role: re.Pattern[str]
    japanese_begins: tuple[str, ...]
    japanese_ends: tuple[str, ...]
    japanese_alone: frozenset[str]


@functools.cache
def _words() -> _Words:
    table = tomllib.loads(files(__package__).joinpath("person_names.toml").read_text("utf-8"))
    japanese = table["ja"]
    longest_first = sorted(japanese["titles"].split(), key=len, reverse=True)
    offices = sorted(japanese["offices"].split(), key=len, reverse=True)
    return _Words(
        frozenset(table["en"]["titles"].split()),
        frozenset(table["en"]["not_names"].split()),
        re.compile(
            f"([一-龯々]+|[ァ-ヴー・＝]+)(?:{'|'.join(offices)})?(?:{'|'.join(longest_first)})(?!会談|会合|会議|協議|電話|級)"
        ),
        re.compile(f"(?:{'|'.join(offices)})+$"),
        re.compile(f"(?:{'|'.join(offices)}){{0,2}}(?:{'|'.join(longest_first)})"),
        tuple(japanese["begins"].split()),
        tuple(japanese["ends"].split()),
        frozenset(japanese["alone"].split()),
    )


_CAPITALIZED = r"(?:[A-ZÀ-ÖØ-ÞŠŽ][\w’'‘-]*|[A-Z]\.)"
_RUN = re.compile(
    rf"{_CAPITALIZED}(?:\.? +(?:(?:al|bin|da|de|del|der|di|dos|du|el|la|le|van|von|ibn) +)?{_CAPITALIZED})*"
)
"""Capitalized words in a row; particles of names, such as "van" or "de", may join them."""


_ROLE_AFTER = re.compile(r", (?:the |an? )?(?:[a-z]+ (?!(?:of|to|for|from|in|at|and)\b))?([\w-]+)")
"""Matches the comma after a name, and captures a word that may be a role: "envoy" in ", the special envoy", and in
", the envoy of Atlantis".
"""


def person_names(text: str) -> tuple[str, ...]:
    """Return the names of persons in `text`, without titles: those in Latin letters first, then the Japanese ones."""
    return tuple(dict.fromkeys((*(name for name, _ in _english_names(text)), *_japanese_names(text))))


def names_person_with_role(text: str) -> bool:
    """Return whether `text` names a person with a role or title: "Minister Korvin", "Alena Korvin, the envoy"."""
    return any(has_role for _, has_role in _english_names(text)) or any(_japanese_names(text))


def is_role(text: str) -> bool:
    """Return whether a Japanese text is only a title, with or without the office before it: 大臣, 外務大臣."""
    words = _words()
    found = words.japanese_role.fullmatch(text)
    return found is not None and text not in words.japanese_alone


def _english_names(text: str) -> Iterator[tuple[str, bool]]:
    """Yield each name, and whether a role stands before or after it."""
    words = _words()
    previous_end, after_title = 0, False
    for run in _RUN.finditer(text):
        linked = after_title and text[previous_end : run.start()] in {" of ", " for ", " of the ", " for the "}
        parts = [part.rstrip(".") if len(part) > 2 else part for part in _without_possessive(run[0]).split()]
        keys = [part.casefold().rstrip(".") for part in parts]
        titles = [index for index, key in enumerate(keys) if key in words.titles]
        name = parts[titles[-1] + 1 :] if titles else parts
        if linked and not titles:
            office = [index for index, key in enumerate(keys) if key in words.not_names]
            name = parts[office[-1] + 1 :] if office else []
        needed = 1 if titles or linked else 2
        if not titles and text[: run.start()].casefold().endswith("the "):
            name = []  # a place or a body: "the Lost Ships"; an article precedes persons only if they have a title
        if len(name) >= needed and not any(
            part.casefold() in words.not_names or _is_abbreviation(part) for part in name
        ):
            after = _ROLE_AFTER.match(text, run.end())
            has_role = bool(titles) or linked or bool(after and after[1].casefold() in words.titles)
            yield " ".join(name), has_role
        previous_end, after_title = run.end(), bool(titles) and not name
        after_title = after_title or (linked and not name)


def _is_abbreviation(word: str) -> bool:
    return len(word) > 2 and word.isupper()


def _without_possessive(run: str) -> str:
    return re.sub(r"[’']s?(?= |$)", "", run)


def _japanese_names(text: str) -> Iterator[str]:
    words = _words()
    for found in words.japanese_titles.finditer(text):
        name = words.japanese_offices.sub("", found[1])
        if (
            name
            and name not in words.japanese_alone
            and not (name.startswith(words.japanese_begins) or name.endswith(words.japanese_ends))
        ):
            yield name


def is_named(name: str, text: str) -> bool:
    """Return whether `text` has any word of a name: a surname is enough."""
    words = _words_of(text)
    parts = [part for part in _fold_accents(name).split() if len(part.rstrip(".")) > 1 or not part.isascii()]
    return any(part in words or (not part.isascii() and part in _fold_accents(text)) for part in parts)


@functools.lru_cache(maxsize=16)
def _words_of(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[\w-]+", _fold_accents(text).replace("’", " ").replace("'", " ")))


@functools.lru_cache(maxsize=64)
def _fold_accents(text: str) -> str:
    """Return `text` in lower case and without accents, so that two spellings of a name are equal."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return unicodedata.normalize("NFC", re.sub("[\u0300-\u036f]", "", decomposed))
