"""Tells whether a short text is clearly in another language than its page: by its script, or by its words.

A possible name, such as "Palacio de la Moneda", never counts as foreign. `text_language.toml` lists the words that show
a language.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import NamedTuple

import msgspec

from readout_pub.language_codes import primary_subtag
from readout_pub.unicode_scripts import LETTERS

_NO_LANGUAGE = frozenset({"", "und", "mul", "zxx"})

_SCRIPTS: Mapping[str, tuple[str, frozenset[str]]] = {
    "zh": ("Hani", frozenset("zh ja ko yue".split())),
    "ko": ("Hang", frozenset({"ko"})),
    "ru": ("Cyrl", frozenset("ru uk be bg mk sr bs cnr me sh kk ky tg mn tt".split())),
    "ar": ("Arab", frozenset("ar fa prs ur ps ku ckb ug sd".split())),
    "he": ("Hebr", frozenset("he yi".split())),
    "el": ("Grek", frozenset({"el"})),
    "th": ("Thai", frozenset({"th"})),
    "hi": ("Deva", frozenset("hi mr ne sa bho mai kok".split())),
}
"""The most frequent language of a script → the script, and the languages that are written in it."""

_OTHER_SCRIPTS = frozenset().union(*(languages for _, languages in _SCRIPTS.values())) - {"bs", "cnr", "me", "sh", "sr"}
"""Languages written without Latin letters: Latin words on their pages are names or foreign."""

_LATIN_WORD = re.compile(r"[A-Za-zÀ-ɏ]+")

_MIN_BEFORE_ENDING = 4
"""A compound has at least this many letters before the ending: "Gruppenfoto" has seven."""


def foreign_language(text: str, page_language: str, page_text: str) -> str | None:
    """Return the language (BCP 47) of a text if it is certainly not the language of its page; else None.

    `page_language` is in BCP 47. Labels, such as "photo", count only if `page_text`, the rest of the page, does not
    have them: pages use foreign words as names. If `page_text` is clearly in the language of `text`, the page states a
    wrong language, and the text is not foreign.
    """
    page = primary_subtag(page_language)
    if page in _NO_LANGUAGE:
        return None
    letters = sum(map(str.isalpha, text))
    if page != "ja" and len(LETTERS["Hrkt"].findall(text)) * 5 > letters:
        return "ja"
    if page == "ja" and _is_simplified_chinese(text):
        return "zh"
    for language, (script, languages) in _SCRIPTS.items():
        if page not in languages and len(LETTERS[script].findall(text)) * 2 > letters:
            return language
    words = _LATIN_WORD.findall(text)
    found = _by_words(words, page, page_text) if sum(map(len, words)) * 2 > letters else None
    return None if found and _is_written_in(page_text, found, page) else found


_MIN_SIMPLIFIED = 2
"""At least this many simplified characters show Chinese: one can be a slip, or part of a name."""


def _is_simplified_chinese(text: str) -> bool:
    """Return whether a text has no kana, but characters of simplified Chinese only, such as 长 for 長."""
    if LETTERS["Hrkt"].search(text):
        return False
    characters = LETTERS["Hani"].findall(text)
    return sum(_is_in(char, "gb2312") and not _is_in(char, "cp932") for char in characters) >= _MIN_SIMPLIFIED


def _is_in(char: str, encoding: str) -> bool:
    try:
        char.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


_MIN_WORDS_OF_PAGE = 50
"""The language of a page with fewer words is not judged: a few sentences can be a quotation."""
_MIN_SHARE = 0.08
"""The smallest share of a language's function words on a page in this language; English pages have 0.1 to 0.3."""


_PART_JUDGED = 10_000
"""How many characters at the start of a page are judged: about as many as a readout has."""


@functools.lru_cache(maxsize=16)
def _is_written_in(page_text: str, language: str, stated: str) -> bool:
    """Return whether the text of a page is clearly in `language` instead of the language that the page states."""
    part = page_text[:_PART_JUDGED].casefold()
    words = _LATIN_WORD.findall(part)
    if len(words) < _MIN_WORDS_OF_PAGE or sum(map(len, words)) * 2 < sum(map(str.isalpha, part)):
        return False
    shares = {
        name: sum(map(row.function.__contains__, words)) / len(words)
        for name, row in _table().items()
        if name in {language, stated}
    }
    return shares.get(language, 0.0) >= max(_MIN_SHARE, 2 * shares.get(stated, 0.0))


class _LanguageWords(msgspec.Struct, frozen=True, kw_only=True):
    """The words that show one language, in lower case; `text_language.toml` explains each kind of words."""

    function: frozenset[str]
    unique: frozenset[str] = frozenset()
    labels: frozenset[str]
    endings: tuple[str, ...] = ()
    other_scripts: frozenset[str] = frozenset()

    @property
    def all(self) -> frozenset[str]:
        return self.function | self.labels


@functools.cache
def _table() -> Mapping[str, _LanguageWords]:
    table = tomllib.loads(files(__package__).joinpath("text_language.toml").read_text("utf-8"))
    rows = (
        (language, {key: words.casefold().split() for key, words in row.items()}) for language, row in table.items()
    )
    return {language: msgspec.convert(row, _LanguageWords) for language, row in rows}


class _JudgedPage(NamedTuple):
    """The page on which a text stands.

    `own` has the words that show the page's language; None if `text_language.toml` does not list it.
    `is_in_other_script`: the language is written without Latin letters.
    """

    own: _LanguageWords | None
    is_in_other_script: bool
    text: str


class _Evidence(NamedTuple):
    """How strongly the words of a text show one language.

    `total` is the weight of all words that show it, `function` that of its function words, such as "the" and "of".
    """

    total: int
    function: int
    language: str


_NAME_PARTICLES = frozenset("von vom der zu zum zur".split())
"""German function words that also stand within names: "von der Tann".

All German nouns have capitals, so any German text of nouns and function words resembles a name.
"""


def _by_words(words: Sequence[str], language: str, page_text: str) -> str | None:
    page = _JudgedPage(_table().get(language), language in _OTHER_SCRIPTS, page_text)
    folded = frozenset(word.casefold() for word in words)
    if language == "de" and _has_english_participle(words) and page.own and not folded & page.own.all:
        return "en"
    found = (_evidence(folded, each, row, page) for each, row in _table().items() if each != language)
    best, second, *_ = sorted(found, reverse=True)
    # A single function word of weight 1, such as "to", counts only if the table lacks the language of the page.
    if best.total < (2 if page.own else 1):
        return "en" if page.is_in_other_script and _has_common_nouns(words, page_text) else None
    if best.function == 0 and best.total * _MAX_WORDS_PER_WEIGHT < len(words):
        return None
    if best.total > best.function:
        return best.language
    # On a page in another script, "Signing of the Accord" is a caption, not a name.
    may_be_name = not (page.is_in_other_script and best.language == "en")
    if may_be_name and _may_be_name(words, _table()[best.language], nouns_have_capitals=best.language == "de"):
        return None
    return best.language if best.function > second.function or page.is_in_other_script else None


def _has_english_participle(words: Sequence[str]) -> bool:
    return len(words) >= _MIN_WITH_PARTICIPLE and any(map(_PARTICIPLE.fullmatch, words))


_PARTICIPLE = re.compile("(?!.*(?:[fgh]ing|gering)$)[a-z]{3,20}ing")
"""An English participle. German words in "-ing" are nouns with capitals, or forms such as "ging"."""
_MIN_WITH_PARTICIPLE = 3
"""A participle shows English in a text of at least this many words: "marketing plan" can be German."""

_MAX_WORDS_PER_WEIGHT = 5
"""The language of a text without function words is not judged if it has more words than this for each unit of
`_Evidence.total`.

The few words that show a language are then parts of names: "Bambino Plus winch, still working without faults four years
later, …" is not Italian.
"""


def _has_common_nouns(words: Sequence[str], page_text: str) -> bool:
    """Return whether a text, such as "Content blocker" on a page in Hindi, has a lower-case word that is no name.

    Words of ASCII letters count as English; words that the page has count as names.
    """
    common = {word for word in words if word.islower() and word.isascii() and len(word) >= _MIN_COMMON_NOUN}
    return len(words) > 1 and bool(common - _words_of(page_text))


_MIN_COMMON_NOUN = 5
"""Shorter words are particles of names, as in "Leonardo da Vinci", "Musée des Arts"."""


def _evidence(words: frozenset[str], language: str, row: _LanguageWords, page: _JudgedPage) -> _Evidence:
    shared = page.own.all if page.own else frozenset[str]()
    if words & (shared - row.all):
        return _Evidence(0, 0, language)
    if page.own is None and not page.is_in_other_script:  # "to" on a Polish page is a Polish word
        words -= (words & (row.function - row.unique)) & _words_of(page.text)
    function = sum(1 if word.isascii() and word not in row.unique else 2 for word in words & (row.function - shared))
    labels = row.labels | row.other_scripts if page.is_in_other_script else row.labels
    shown = {word for word in words - shared if word in labels or _ends_as_compound(word, row.endings)}
    if shown:
        shown -= _words_of(page.text)
    return _Evidence(function + 2 * len(shown), function, language)


def _ends_as_compound(word: str, endings: Sequence[str]) -> bool:
    return any(word.endswith(each) and len(word) >= len(each) + _MIN_BEFORE_ENDING for each in endings)


def _may_be_name(words: Sequence[str], row: _LanguageWords, *, nouns_have_capitals: bool) -> bool:
    """Return whether all words but function words have capitals, as in "Palacio de la Moneda".

    If all nouns of the language have capitals, the function words must be `_NAME_PARTICLES`, as in "von der Tann".
    """
    if any(word[0].islower() and word not in row.function for word in words):
        return False
    return not nouns_have_capitals or _NAME_PARTICLES.issuperset(row.function.intersection(map(str.casefold, words)))


@functools.lru_cache(maxsize=16)
def _words_of(text: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in _LATIN_WORD.findall(text))
