"""Decides the language of a page and of its paragraphs: the declared one, unless the text is clearly in another.

The script of a text decides, and among languages of one script, function words such as "the" (see `languages.toml`).
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from itertools import chain, repeat, takewhile
from typing import TypeVar

import msgspec

from readout_pub.extract.extraction import Reason
from readout_pub.language_codes import is_known_language, primary_subtag
from readout_pub.model import (
    Block,
    Blocks,
    BulletList,
    Direction,
    Figure,
    Inlines,
    Item,
    LineBreak,
    OrderedList,
    Paragraph,
    Rule,
    Section,
    Span,
    map_blocks,
    plain_text,
    split_lines,
    texts,
    trim,
)
from readout_pub.notes import Note, note
from readout_pub.text_direction import language_direction
from readout_pub.unicode_scripts import LETTERS, script_in_name

_BEYOND_LATIN = re.compile("[^\\W\\d_A-Za-z\u00aa-\u024f\u1e00-\u1eff]")
_LETTERS = "(?:[^\\W\\d_]++|[\u0900-\u0963\u064b-\u0652]++)+"
"""`\\w` leaves out signs of Devanagari and Arabic that combine with letters."""
_WORD = re.compile(rf"{_LETTERS}(?:[-’']{_LETTERS})*")
_ASCII_WORD = re.compile(r"[a-z]++(?:[-'][a-z]++)*")
"""Finds in lower-case ASCII text what `_WORD` does, three times as fast."""
_URL_OR_MAIL = re.compile(r"(?<!\S)\S+?(?:://|@)\S+")
_FILE_REFERENCE = re.compile(r"\b(?:\w++[./])+\w+")
"""URLs, mail addresses and file names, which are in no language."""
_FILE_REFERENCE_HINT = re.compile(r"[./]\w")
"""Every file name has this, and few texts do; the search is faster."""
_MAX_SAMPLE = 6000
"""How many characters are examined, to limit the time."""

_MIN_SCRIPT_SHARE = 0.6
"""Other letters may be in names and quotations."""
_MIN_KANA_SHARE = 0.1
"""Japanese has at least this share of kana."""
_CHINESE_WORDS = re.compile("[這們您她嗎呢吧]|的.*的")
"""Japanese has 的 only in compounds such as 目的, Chinese in nearly any text."""
_UNSIMPLIFIED = frozenset("兩國會學體實關發經與對應變觀點總區廣黨戰當從來個舉繼續將團圖")
"""Frequent characters that Japanese writes in a shorter form, except in a few names such as 國學院大學."""
_MIN_UNSIMPLIFIED = 4
"""How many of these characters show that a text is Chinese. Chosen by hand: names have fewer."""
_JAPANESE_FORMS = frozenset("発経対戦単覧応変帰気権検関験読説録総両図実県駅働広拡圏囲団価効勧歓観従収済渉択")
"""Frequent characters that only Japanese writes so: Chinese has a simpler or a fuller form of each."""
_MIN_LETTERS, _MIN_WORDS, _MIN_FUNCTION_WORDS = 20, 12, 3
"""How many letters, words and different function words a text needs; a shorter one may be a name."""
_MIN_FUNCTION_WORDS_OF_GUESS = 2
"""Three short paragraphs in Turkish or Hungarian, which have endings in place of function words, had two or three."""
_MIN_LETTERS_OF_SCRIPT = 40
"""How many letters tell a language by their script alone; a shorter text may be a name."""
_MIN_FUNCTION_WORD_SHARE = 0.15
"""Real texts have 0.2 to 0.5."""
_MIN_WORDS_WITH_TABLES, _MIN_SHARE_WITH_TABLES, _MIN_LEAD_WITH_TABLES = 200, 0.08, 4.0
"""A text of so many words may have fewer function words, as a list of names or a table has, if no other language comes
near. Chosen by hand: a page with a table of links to two files for each state had 0.14."""
_MAX_FOREIGN_LETTERS = 0.01
"""The largest share of letters that a language does not use, as in foreign names."""
_MIN_TEXT_OF_LETTERS = 400
"""A text of so many characters has every frequent letter of its language."""
_MIN_LEAD = 1.7
"""How many times as many function words the best language has as any unrelated language."""


class _Languages(msgspec.Struct, frozen=True):
    """`languages.toml`: script → language, language → related ones, function word → the languages that have it.

    `letters` are the letters that only some languages of a script use; `foreign` maps a language to those that it does
    not use. `frequent` maps a language to a letter that occurs in all its long texts.
    """

    scripts: dict[str, str]
    near: dict[str, frozenset[str]]
    words: dict[str, tuple[str, ...]]
    letters: frozenset[str]
    foreign: dict[str, frozenset[str]]
    frequent: dict[str, str]


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
    return _Languages(table["scripts"], near, words, written, foreign, table["frequent"])


def detect_language(text: str) -> str | None:
    """Return the language of a text as a two-letter code; None if it is short, mixed, or in an unknown language."""
    text = _without_urls(text[:_MAX_SAMPLE])
    beyond_latin = [] if text.isascii() else _BEYOND_LATIN.findall(text)
    if not beyond_latin:  # letters need not be counted: `_MIN_WORDS` words have more than `_MIN_LETTERS`
        return _detect_by_function_words(text)
    letters = sum(map(str.isalpha, text))
    if letters < _MIN_LETTERS:
        return None
    scripts = Counter(map(script_in_name, beyond_latin))
    if scripts.total() < (1 - _MIN_SCRIPT_SHARE) * letters:
        return _detect_by_function_words(text)
    kana = scripts["HIRAGANA"] + scripts["KATAKANA"]
    ideographs = scripts["CJK"] + kana
    if ideographs >= _MIN_SCRIPT_SHARE * letters:
        return "ja" if kana >= _MIN_KANA_SHARE * ideographs else "zh" if not kana and _is_chinese(text) else None
    script, count = scripts.most_common(1)[0]
    if count < _MIN_SCRIPT_SHARE * letters:
        return None
    return _languages().scripts.get(script) or _detect_by_function_words(text)


def _is_chinese(text: str) -> bool:
    """Return whether a text without kana has characters or words that Japanese lacks.

    Japanese names, offices and addresses may have no kana either.
    """
    ideographs = "".join(LETTERS["Hani"].findall(text))
    is_japanese = ideographs == ideographs.encode("cp932", "ignore").decode("cp932")
    unsimplified = sum(each in _UNSIMPLIFIED for each in ideographs)
    return not is_japanese or unsimplified >= _MIN_UNSIMPLIFIED or bool(_CHINESE_WORDS.search(ideographs))


def _detect_by_script(text: str, page: str) -> str | None:
    """Return the commonest language of the script of a text; None if the text is short or in Latin letters.

    On a page in Latin letters, a screen reader reads such a text better with the voice of any language of its script.
    """
    if text.isascii() or not _has_latin_words(primary_subtag(page)):
        return None
    letters = sum(map(str.isalpha, text))
    if letters < _MIN_LETTERS_OF_SCRIPT:
        return None
    scripts = ((each, len(script.findall(text))) for each, script, _ in _SCRIPT_LANGUAGES)
    language = next((each for each, count in scripts if count >= _MIN_SCRIPT_SHARE * letters), None)
    return language if language and language not in _languages_without_letters(text) else None


@functools.cache
def _has_latin_words(language: str) -> bool:
    """Return whether the function words of a language are in Latin letters; False if none are known."""
    word = next((word for word, languages in _languages().words.items() if language in languages), "")
    return bool(word) and not _BEYOND_LATIN.search(word)


def contradicts(found: str, declared: str) -> bool:
    """Return whether a text detected as `found` cannot be in the declared language.

    Regions are ignored. A related language, such as Norwegian for Danish, does not contradict.
    """
    main = primary_subtag(declared)
    return main not in {found, "mul", "und"} and main not in _languages().near.get(found, frozenset())


def leans_to(text: str, language: str, other: str) -> bool:
    """Return whether a text, however short, has more function words of `language` than of `other`."""
    main = primary_subtag(other)
    known = _languages().words
    of_word = [known.get(word, ()) for word in _words(text[:_MAX_SAMPLE])]
    return sum(language in languages for languages in of_word) > sum(main in languages for languages in of_word)


def _detect_by_function_words(text: str) -> str | None:
    if len(text) < _MIN_WORDS * len("at ") - 1:
        return None
    words = _words(text)
    if len(words) < _MIN_WORDS:
        return None
    counts = _count_function_words(words, text)
    most = max(counts.values(), default=0)
    has_tables = most < _MIN_FUNCTION_WORD_SHARE * len(words)
    if not most or (has_tables and (len(words) < _MIN_WORDS_WITH_TABLES or most < _MIN_SHARE_WITH_TABLES * len(words))):
        return None
    best = next(language for language, count in counts.items() if count == most)
    alike = {best, *_languages().near.get(best, ())}
    second = max((count for language, count in counts.items() if language not in alike), default=0)
    is_clear = most >= (_MIN_LEAD_WITH_TABLES if has_tables else _MIN_LEAD) * second
    return best if is_clear and _count_different(words, best) >= _MIN_FUNCTION_WORDS else None


def _is_plainly_in(text: str, language: str) -> bool:
    """Return whether a Latin text has so many function words of `language` that no other is detected: a fast test."""
    known = _languages()
    if language in known.foreign or not (text.isascii() or _BEYOND_LATIN.search(text) is None):
        return False  # other letters may decide
    words = _words(_without_urls(text[:_MAX_SAMPLE]))
    own = sum(map(_function_words(language).__contains__, words))
    return _MIN_LEAD * own > sum(map(known.words.__contains__, words))


@functools.cache
def _function_words(language: str) -> frozenset[str]:
    return frozenset(word for word, languages in _languages().words.items() if language in languages)


def _language_of_most_function_words(text: str) -> str | None:
    """Return the language with the most function words in a text; None if they are few."""
    words = _words(_without_urls(text[:_MAX_SAMPLE]))
    counts = _count_function_words(words, text)
    best = max(counts, key=lambda language: counts[language], default="")
    return best if _count_different(words, best) >= _MIN_FUNCTION_WORDS_OF_GUESS else None


def _count_function_words(words: Sequence[str], text: str) -> dict[str, int]:
    """Return, for each language that uses the letters of `text`, how many of `words` are its function words."""
    known = _languages().words
    counts: dict[str, int] = {}
    for word, count in Counter(filter(known.__contains__, words)).items():
        for language in known[word]:
            counts[language] = counts.get(language, 0) + count
    for language in _languages_without_letters(text):
        counts.pop(language, None)
    return counts


def _count_different(words: Sequence[str], language: str) -> int:
    """Return how many different function words of a language are among `words`."""
    known = _languages().words
    return sum(language in known[word] for word in known.keys() & words)


def _words(text: str) -> list[str]:
    """Return the words of a text in lower case. "a" and "e" are left out: many languages have them."""
    lowered = text.lower()
    pattern = _ASCII_WORD if lowered.isascii() else _WORD
    return [word for word in pattern.findall(lowered) if len(word) > 1]


def _languages_without_letters(text: str) -> frozenset[str]:
    """Return the languages that the letters of a text exclude."""
    if text.isascii():
        return frozenset()  # no letter distinguishes languages in ASCII
    known = _languages()
    is_long = len(text) >= _MIN_TEXT_OF_LETTERS
    lacking = frozenset(each for each, letter in known.frequent.items() if is_long and letter not in text.lower())
    written = {letter: text.count(letter) for letter in known.letters.intersection(text)}
    if not written:
        return lacking
    limit = _MAX_FOREIGN_LETTERS * len(text)
    return lacking.union(
        language for language, letters in known.foreign.items() if _sum_counts(letters, written) > limit
    )


def _sum_counts(letters: frozenset[str], written: Mapping[str, int]) -> int:
    return sum(written[letter] for letter in letters & written.keys())


def _without_urls(text: str) -> str:
    if "://" in text or "@" in text:  # this test is faster than trying the pattern at every word
        text = _URL_OR_MAIL.sub(" ", text)
    return _FILE_REFERENCE.sub(" ", text) if _FILE_REFERENCE_HINT.search(text) else text


_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")

_SCRIPT_LANGUAGES = (
    ("ja", LETTERS["Hrkt"], 0.1),
    ("ko", LETTERS["Hang"], 0.3),
    ("zh", LETTERS["Hani"], 0.3),
    ("ru", LETTERS["Cyrl"], 0.5),
    ("el", LETTERS["Grek"], 0.5),
    ("ar", LETTERS["Arab"], 0.5),
    ("he", LETTERS["Hebr"], 0.5),
    ("th", LETTERS["Thai"], 0.5),
    ("hi", LETTERS["Deva"], 0.5),
)
"""The commonest language of a script, the letters of the script, and the share of letters that suggests it.

The first that fits wins; Japanese uses Chinese characters too. Where a character stands for a word or syllable, the
share is lower: Latin names have more letters."""

_MIN_TEXT = 200
"""How many characters a text needs to overrule the language of `html` or `body`. Chosen by hand: a shorter text may be
a quotation."""


def declared_language(tag: str | None) -> str | None:
    """Return a declared language in the spelling of BCP 47 ("en-GB"); None if it is not a language, such as "jp"."""
    text = (tag or "").strip().replace("_", "-")
    if not _LANGUAGE_TAG.fullmatch(text):
        return None
    first, *rest = text.split("-")
    if not is_known_language(text):
        return None
    return "-".join([first.lower(), *(part.upper() if len(part) == 2 else part.title() for part in rest)])


def guessed_language(text: str) -> str:
    """Return the detected language of a text, else the likeliest: by its script or its function words, else "en"."""
    letters = sum(map(str.isalpha, text)) or 1
    suggestions = (lang for lang, script, share in _SCRIPT_LANGUAGES if len(script.findall(text)) >= share * letters)
    suggested = detect_language(text) or next(suggestions, None)
    if suggested == "zh" and not _JAPANESE_FORMS.isdisjoint(text) and not _is_chinese(text):
        return "ja"
    return suggested or _language_of_most_function_words(text) or "en"


def decide_language(
    declared: str | None, text: str, *, is_default: bool = False
) -> tuple[str, tuple[Note, ...], Reason]:
    """Return the language of a page with `text`, the notes on how it was found, and the reason for it.

    `is_default` tells whether only a `meta` declares the language. On some sites, all pages have the same `meta`, so
    even a short text overrules this `meta`.
    """
    if declared is None:
        guess = guessed_language(text)
        return (
            guess,
            (note("LANGUAGE_GUESSED", language=guess),),
            Reason("language", "guessed from its text", text=guess),
        )
    is_plain = _is_plainly_in(text, primary_subtag(declared))
    found = detect_language(text) if not is_plain and (is_default or len(text) >= _MIN_TEXT) else None
    if found and contradicts(found, declared):
        mended = note("LANGUAGE_MENDED", declared=declared, actual=found)
        return found, (mended,), Reason("language", f"recognised by its text; the page declares {declared}", text=found)
    return declared, (), Reason("language", "declared by the page", text=declared)


def mark_foreign_paragraphs(blocks: Blocks, language: str) -> Blocks:
    """Set the language and direction of each paragraph that is clearly in another language than the page.

    Screen readers then use the right pronunciation. Names and titles stay as they are. A short paragraph or a list
    beside a marked one needs less evidence.
    """

    def marked(siblings: Blocks) -> Iterator[Block]:
        above: str | None = None
        main = primary_subtag(language)
        for block in siblings:
            if isinstance(block, Section) and block.lang is None:
                yield _with_heading(block, language)
                continue
            if not isinstance(block, Paragraph) or block.lang is not None:
                yield block
                continue
            for part in _split_by_language(block, language):
                text = plain_text(part.children)
                if above is None and _is_plainly_in(text, main):
                    yield part
                    continue
                found = detect_language(text) or _detect_by_script(text, language)
                if found is None and above is not None and _may_be_in(text, above, language):
                    found = above
                above = found if found and contradicts(found, language) else None
                yield _in_language(part, above, language) if above else part

    return map_blocks(blocks, lambda siblings: tuple(_with_lists(tuple(marked(siblings)), language)))


def _split_by_language(paragraph: Paragraph, page: str) -> tuple[Paragraph, ...]:
    """Split a paragraph where the language of its lines changes, as on bilingual pages.

    A line of unknown language stays with the line above.
    """
    lines = split_lines(paragraph.children)
    texts_of_lines = list(map(plain_text, lines)) if len(lines) > 1 else []
    found = [detect_language(text) or _detect_by_script(text, page) for text in texts_of_lines]
    if not any(each and contradicts(each, page) for each in found):
        return (paragraph,)
    parts: list[list[Inlines]] = []
    current: str | None = None
    for line, language in zip(lines, found, strict=True):
        if not parts or (language and current and language != current):
            parts.append([])
        parts[-1].append(line)
        current = language or current
    if len(parts) == 1:
        return (paragraph,)
    joined = (trim(tuple(chain.from_iterable((LineBreak(), *line) for line in part))[1:]) for part in parts)
    ids = chain([paragraph.id], repeat(None))  # links to the paragraph lead to its first part
    return tuple(
        msgspec.structs.replace(paragraph, children=children, id=own)
        for children, own in zip(joined, ids, strict=False)
        if children
    )


def _may_be_in(text: str, language: str, page: str) -> bool:
    """Return whether a short text below one in `language` fits `language` better than `page`, the page's language."""
    if leans_to(text, language, page):
        return True
    has_letters = any(map(str.isalpha, text))
    return has_letters and _fits_script(text, language) and not _fits_script(text, page)


def _fits_script(text: str, language: str) -> bool:
    """Return whether a text may be in `language`, judged by its letters."""
    own = primary_subtag(language)
    if _has_latin_words(own):
        return not _BEYOND_LATIN.search(text)
    script = next((pattern for code, pattern, _ in _SCRIPT_LANGUAGES if code == own), None)
    return script is None or script.search(text) is not None


def _with_lists(siblings: Blocks, page: str) -> Iterator[Block]:
    """Yield the blocks, with lists in the language of all their items or of a block beside them.

    The items themselves may be too short for detection.
    """
    for position, block in enumerate(siblings):
        if not isinstance(block, BulletList | OrderedList) or block.lang is not None:
            yield block
            continue
        of_items = {each.lang for item in block.items for each in item.body}
        if len(of_items) == 1 and (only := next(iter(of_items))):
            yield _in_language(_unmarked(block, only), only, page)  # its bullets are at the start of its lines
            continue
        beside = [each.lang for each in siblings[max(0, position - 1) : position + 2] if each.lang is not None]
        text = " ".join(texts((block,))) if beside else ""
        found = next((each for each in beside if leans_to(text, each, page)), None)
        yield _in_language(_unmarked(block, found), found, page) if found and contradicts(found, page) else block


def _with_heading(section: Section, page: str) -> Section:
    """Mark a section and its heading with the one language of its blocks if the page has another.

    If other blocks of the section are in the language of the page, only the heading is marked.
    """
    body = [block for block in section.body if not isinstance(block, Figure | Rule)]
    languages = {block.lang for block in body}
    found = next(iter(languages - {None}), None) if len(languages - {None}) == 1 else None
    if not found or not contradicts(found, page):
        return section
    own = primary_subtag(page)
    undecided = [
        " ".join(texts((block,)))
        for block in takewhile(lambda block: block.lang is None, body)
        if isinstance(block, Paragraph)
    ]
    is_whole = sum(block.lang is None for block in body) == len(undecided)
    heading = plain_text(section.heading)
    others = [heading, *undecided]
    if not is_whole or not all(_fits_script(text, found) for text in others):
        return _with_heading_alone(section, found, page) if _may_be_in(heading, found, page) else section
    if any(detect_language(text) not in {None, found} or leans_to(text, own, found) for text in others):
        return section
    unmarked = tuple(_unmarked(block, found) if block.lang == found else block for block in section.body)
    return _in_language(msgspec.structs.replace(section, body=unmarked), found, page)


def _with_heading_alone(section: Section, found: str, page: str) -> Section:
    return msgspec.structs.replace(
        section, heading=(Span(section.heading, lang=found, dir=_needed_direction(found, page)),)
    )


_Marked = TypeVar("_Marked", bound=Block)


def _unmarked(block: _Marked, language: str | None) -> _Marked:
    """Return a block, or a list with its items, without the language `language` and its direction."""
    if isinstance(block, BulletList | OrderedList) and block.lang is None:
        items = (Item(tuple(_unmarked(each, language) for each in item.body), item.label) for item in block.items)
        return msgspec.structs.replace(block, items=tuple(items))
    return msgspec.structs.replace(block, lang=None, dir=None) if block.lang == language else block


def _in_language(block: _Marked, found: str, page: str) -> _Marked:
    return msgspec.structs.replace(block, lang=found, dir=block.dir or _needed_direction(found, page))


def _needed_direction(found: str, page: str) -> Direction | None:
    """Return the direction of `found` if it or that of the page is "rtl": "ltr" is the default of every format."""
    direction = language_direction(found)
    return direction if "rtl" in {direction, language_direction(page)} else None
