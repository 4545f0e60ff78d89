"""Compares the ActualText of a PDF with the glyphs that the page shows, since a reader sees only the glyphs.

In scripts drawn by syllable, PDFium misreads glyphs, so only half of the letters of a word must agree.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Container, Iterator, Sequence
from itertools import chain, combinations, groupby

from readout_pub.emit.pdf.tags.reading_order import COMPLEX_SCRIPTS, RTL
from readout_pub.receipts.read_back.content import LINE_END_HYPHEN
from readout_pub.words import words_of

MIN_SHARE_OF_LETTERS = 0.5
"""In scripts drawn by syllable, such as Devanagari: the share of the letters of each word that must be drawn.

A glyph there stands for a part of a letter or for several, so PDFium reads some letters twice and others never. It
reads at least 88 % of the letters of longer texts, on fourteen test pages, one for each such script.
"""

MAX_ADDED_LETTERS = 6
"""In such scripts, more added letters in a row are a difference; fewer are letters that PDFium reads twice."""

MIN_LETTERS = 3
"""In such scripts, shorter words may be missing: PDFium reads no letter of some."""

_QUOTES = frozenset({"Pi", "Pf"})

_NO_TEXT = "\u200b"
"""What PDFium reads for a glyph whose ToUnicode text is at another glyph: see `complete_to_unicode`."""

_HAMZA = frozenset("\N{ARABIC HAMZA ABOVE}\N{ARABIC HAMZA BELOW}\N{ARABIC MADDAH ABOVE}")
"""The marks of letters with hamza or madda. Some fonts share a mark's glyph, but ToUnicode maps it to one letter."""

_FRACTION_SLASH = "\u2044"
"""In the NFKC form of "½". PDFium reads "1/2" there."""

_LETTERS_OF_THAI = re.compile("[\u0e01-\u0e31\u0e34-\u0e47\u0e4c\u0e4e-\u0eb1\u0eb4-\u0ec7\u0ecc\u0ece-\u0eff]")
"""Thai and Lao characters that PDFium reads exactly: all but the vowels AA and AM, the ring of AM, and tone marks."""

_PHRASES = tuple(
    unicodedata.normalize("NFKC", sign)
    for sign in "\N{ARABIC LIGATURE SALLALLAHOU ALAYHE WASALLAM}\N{ARABIC LIGATURE JALLAJALALOUHOU}"
)
"""Ligatures of several words. Even where PDFium reverses words, these stay in order."""

_LAM_AND_TATWEEL = re.compile("[لـ]")
"""Not compared: fonts draw lam and the next letter with up to three glyphs, of which one may be a tatweel."""


def is_drawn(actual_text: str, drawn: Sequence[str]) -> bool:
    """Return whether the `drawn` texts, one for each text object, together show `actual_text`.

    Brackets, quotation marks, and marks on right-to-left letters are not compared. If the letters still differ, letters
    with hamza are not compared either. Text objects of a right-to-left line may be in any order, but the words within
    one must be in order.
    """
    drawn = [_with_phrases_as_words(text.replace(LINE_END_HYPHEN, "-")) for text in drawn]
    actual_text = unicodedata.normalize("NFKC", actual_text).replace(_FRACTION_SLASH, "/")
    if not COMPLEX_SCRIPTS.search(actual_text):
        return _is_drawn_by_letter(actual_text, drawn)
    # PDFium returns right-to-left text and other text each in an order of its own.
    others, drawn_others = _without_rtl(actual_text), list(map(_without_rtl, drawn))
    return (
        _has_in_order(_is_latin_or_digit, actual_text, "".join(drawn))
        and _has_in_order(_is_letter_of_thai, actual_text, "".join(drawn))
        and (
            _is_drawn_by_syllable(others, drawn_others)
            or (RTL.search(actual_text) is not None and _has_words_in_any_order(others, drawn_others))
        )
        and _is_drawn_by_letter(_only_rtl(actual_text), list(map(_only_rtl, drawn)))
    )


def shows_letters(actual_text: str, drawn: Sequence[str]) -> bool:
    """Return whether the `drawn` texts have the letters and digits of `actual_text`, a part of a line.

    Such a part has ActualText since PDFium reads a hyphen for a non-breaking hyphen, reverses signs beside
    right-to-left text, or finds a space between a letter and its mark. So signs and marks are not compared.
    """
    return is_drawn(_only_letters(actual_text), list(map(_only_letters, drawn)))


def _with_phrases_as_words(text: str) -> str:
    for phrase in _PHRASES:
        text = text.replace(phrase, phrase.replace(" ", ""))
    return text


def _only_letters(text: str) -> str:
    """Return `text` without marks, and with a space for each character except letters, digits and `_NO_TEXT`.

    Numbers in circles get spaces around them: they may be drawn right beside other digits.
    """
    apart = "".join(f" {each} " if unicodedata.decomposition(each).startswith("<circle>") else each for each in text)
    bare = (each for each in unicodedata.normalize("NFKD", apart) if not unicodedata.combining(each))
    return "".join(each if each.isalnum() or each == _NO_TEXT else " " for each in bare)


def _is_latin_or_digit(character: str) -> bool:
    """Return whether a character is an ASCII letter or a digit: PDFium reads these exactly, even amid other scripts."""
    return character.isdecimal() or (character.isascii() and character.isalpha())


def _is_letter_of_thai(character: str) -> bool:
    """Return whether PDFium reads a character of Thai or Lao exactly.

    These scripts have no spaces: `_is_drawn_by_syllable` takes a phrase for a word and overlooks a wrong half.
    """
    return _LETTERS_OF_THAI.match(character) is not None


def _has_in_order(is_compared: Callable[[str], bool], actual_text: str, drawn: str) -> bool:
    """Return whether both texts have the same compared characters, in order unless there is right-to-left text."""
    wanted, found = ("".join(filter(is_compared, unicodedata.normalize("NFKC", text))) for text in (actual_text, drawn))
    return wanted == found or (RTL.search(actual_text) is not None and Counter(wanted) == Counter(found))


def _without_rtl(text: str) -> str:
    return RTL.sub(" ", text)


def _only_rtl(text: str) -> str:
    """Return the right-to-left characters and the white space of `text`, with "(" for each run of others."""
    return "".join(
        "".join(characters) if is_rtl else "("
        for is_rtl, characters in groupby(text, lambda each: each.isspace() or RTL.match(each) is not None)
    )


def _is_drawn_by_letter(actual_text: str, drawn: Sequence[str]) -> bool:
    """Return whether `drawn` has the letters of `actual_text`, and each text object has its words in order."""
    if _has_letters_in_order(*map(_without_marks, (actual_text, *drawn))):
        return True
    # A font may draw a letter with hamza with two glyphs. PDFium reads the letter below or nothing for the first, and
    # any letter with hamza for the second.
    below = sorted({each[0] for text in (actual_text, *drawn) for each in _decomposed(text) if _has_hamza(each)})
    without_hamza = [_without_marks(text, below) for text in drawn]
    unread = chain.from_iterable(combinations(below, count) for count in range(len(below) + 1))
    return any(_has_letters_in_order(_without_marks(actual_text, letters), *without_hamza) for letters in unread)


def _has_letters_in_order(actual_text: str, *drawn: str) -> bool:
    """Return whether `drawn` has the letters of `actual_text` in order; a glyph without text may be any letter."""
    wanted, found = Counter(_letters(actual_text)), Counter(_letters("".join(drawn)))
    if not found <= wanted or (wanted - found).total() > sum(text.count(_NO_TEXT) for text in drawn):
        return False
    order, others = "".join(_rtl_runs(actual_text)), "".join(_other_runs(actual_text))
    return all(
        _has_order(_rtl_runs(text), order)
        and all(run in others or run[::-1] in others or _LETTERS_OF_THAI.search(run) for run in _other_runs(text))
        for text in drawn
    )


def _other_runs(text: str) -> list[str]:
    """Return the runs of digits, and of letters that are not right-to-left, without marks."""
    bare = (each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))
    runs = groupby(bare, lambda each: each.isalnum() and not _is_rtl_letter(each) and (each.isalpha() or "digit"))
    return ["".join(characters) for kind, characters in runs if kind]


def _without_marks(text: str, below_hamza: Container[str] = ()) -> str:
    """Return `text` with spaces for marks on right-to-left letters, and for letters with hamza above `below_hamza`.

    ToUnicode has one text for each glyph, but fonts order marks freely: PDFium reads some marks twice, others never.
    """
    return "".join(
        " " if _is_mark(each) or (_has_hamza(each) and each[0] in below_hamza) else each[0]
        for each in _decomposed(text)
    )


def _decomposed(text: str) -> Iterator[str]:
    """Yield each character of `text` in NFKC, but right-to-left ones in NFD: a letter followed by its marks."""
    for each in unicodedata.normalize("NFKC", text):
        yield unicodedata.normalize("NFD", each) if RTL.match(each) else each


def _is_mark(decomposed: str) -> bool:
    return unicodedata.combining(decomposed[0]) > 0 and RTL.match(decomposed) is not None


def _has_hamza(decomposed: str) -> bool:
    return not _is_mark(decomposed) and not _HAMZA.isdisjoint(decomposed)


def _has_order(runs: Sequence[str], order: str) -> bool:
    """Return whether each part of `runs` is in `order`, forwards or backwards; "" separates the parts.

    PDFium may take a line, or the words between two numbers, for left-to-right text, and return them as drawn.
    """
    parts = (list(part) for has_letters, part in groupby(runs, bool) if has_letters)
    return all(_is_part(part, order) or _is_part(part[::-1], order) for part in parts)


def _is_part(runs: Sequence[str], order: str) -> bool:
    """Return whether `runs`, joined, are in `order`; PDFium reverses the letters of some words with marks."""
    if "".join(runs) in order:  # the usual case, with one search
        return True
    part = ""
    for run in runs:
        forms = (part + run, part + run[::-1])
        part = next((form for form in forms if form in order), "")
        if not part:
            return False
    return True


def _rtl_runs(text: str) -> list[str]:
    """Return the runs of right-to-left letters in `text`, and "" for other characters except white space.

    A run ends at a mark (a space in `text`): the letters after it may be drawn in another order.
    """
    return [run for word in text.split() for run in _runs_of_word(_LAM_AND_TATWEEL.sub("", word))]


def _runs_of_word(word: str) -> list[str]:
    """Return the runs of right-to-left letters in a word, and "" for other characters.

    PDFium reverses words, but not the runs of one word: "" at both ends keeps them apart from other words.
    """
    runs = ["".join(letters) if is_rtl else "" for is_rtl, letters in groupby(word, _is_rtl_letter)]
    return ["", *runs, ""] if sum(map(bool, runs)) > 1 else runs


def _is_rtl_letter(character: str) -> bool:
    return character.isalpha() and RTL.match(character) is not None


def _is_drawn_by_syllable(actual_text: str, drawn: Sequence[str]) -> bool:
    """Return whether `drawn` has enough letters of each longer word of `actual_text`, in order and close together."""
    from rapidfuzz.distance import LCSseq

    words = [_letters(word) for word in actual_text.split()]
    word_of_letter = [number for number, word in enumerate(words) for _ in word]
    found: Counter[int] = Counter()
    for step in LCSseq.opcodes("".join(words), _letters("".join(drawn))):
        if step.tag == "equal":
            found.update(word_of_letter[step.src_start : step.src_end])
        elif step.dest_end - step.dest_start > MAX_ADDED_LETTERS:
            return False
    return all(
        found[number] >= MIN_SHARE_OF_LETTERS * len(word)
        for number, word in enumerate(words)
        if len(word) >= MIN_LETTERS
    )


MAX_COMPARISONS = 250_000
"""At most this many pairs of words are compared (one second). Beyond that, the text counts as not drawn."""


def _has_words_in_any_order(actual_text: str, drawn: Sequence[str]) -> bool:
    """Return whether `drawn` has enough letters of each longer word of `actual_text`, and no other longer words.

    On right-to-left lines, PDFium returns other words from the left, some of them reversed.
    """
    wanted = Counter(_letters(word) for word in actual_text.split())
    found = Counter(_letters(word) for text in drawn for word in text.split())
    for word in list(found):  # most words are equal, or reversed
        for form in (word, word[::-1]):
            count = min(wanted[form], found[word])
            wanted[form] -= count
            found[word] -= count
    words = sorted((word for word in wanted.elements() if len(word) >= MIN_LETTERS), key=len, reverse=True)
    others = list(found.elements())
    if len(words) * len(others) > MAX_COMPARISONS:
        return False
    for word in words:
        shares = [_share_of_letters(word, other) for other in others]
        best = max(range(len(others)), key=shares.__getitem__, default=None)
        if best is None or shares[best] < MIN_SHARE_OF_LETTERS:
            return False
        del others[best]
    return all(len(word) < MIN_LETTERS for word in others)


def _share_of_letters(word: str, drawn: str) -> float:
    """Return the share of the letters of `word` that `drawn` has in order, forwards or backwards."""
    from rapidfuzz.distance import LCSseq

    return max(LCSseq.similarity(word, form) for form in (drawn, drawn[::-1])) / len(word)


def _letters(text: str) -> str:
    """Return the compared characters of `text`."""
    return "".join(
        character
        for character in _LAM_AND_TATWEEL.sub("", "".join(words_of(text)))
        if not unicodedata.mirrored(character) and unicodedata.category(character) not in _QUOTES
    )
