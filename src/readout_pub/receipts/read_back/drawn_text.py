"""Compares the ActualText of a PDF with the glyphs that the page shows, since a reader sees only the glyphs.

In some scripts, PDFium reads other characters from the glyphs than ActualText has. There, half of the letters must
agree.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence

from readout_pub.emit.pdf.tags.reading_order import COMPLEX_SCRIPTS, RTL
from readout_pub.receipts.read_back.content import LINE_END_HYPHEN
from readout_pub.words import words_of

MIN_SHARE_OF_LETTERS = 0.5
"""In scripts that are drawn by syllable, such as Devanagari: the share of the letters of each word that must be drawn.

A glyph there stands for a part of a letter or for several letters, so PDFium reads some letters twice and others never.
On a test page in each of fourteen such scripts, it reads at least 88 % of the letters of every longer text.
"""

MAX_ADDED_LETTERS = 6
"""In such scripts, PDFium may read letters twice. A run of more letters that ActualText lacks is a difference."""

MIN_LETTERS = 3
"""In such scripts, PDFium may read no letter of a word with fewer letters than this, so such words may be missing."""

_QUOTES = frozenset({"Pi", "Pf"})
"""Unicode categories of quotation marks."""

_NO_TEXT = "\u200b"
"""What PDFium reads for a glyph that ToUnicode gives no text, since another glyph has it: see `complete_to_unicode`."""

_LAM = "ل"
"""The first letter of the lam-alef ligatures. It is not compared: fonts draw it with two glyphs, one, or none."""


def is_drawn(actual_text: str, drawn: Sequence[str]) -> bool:
    """Return whether the `drawn` texts, one for each text object, together show `actual_text`.

    Brackets and quotation marks are not compared, since right-to-left text mirrors them. Neither are the vowel signs of
    such text. The text objects of a line of right-to-left text may be in any order, but the words of each have the
    order of `actual_text`.
    """
    drawn = [text.replace(LINE_END_HYPHEN, "-") for text in drawn]
    if COMPLEX_SCRIPTS.search(actual_text):
        return _is_drawn_by_syllable(actual_text, drawn)
    actual_text = _without_vowel_signs(actual_text)
    drawn = list(map(_without_vowel_signs, drawn))
    if Counter(_letters(actual_text)) != Counter(_letters("".join(drawn))):
        return False
    order = "".join(_rtl_words(actual_text))
    return all(_has_order(_rtl_words(text), order) for text in drawn)


def _without_vowel_signs(text: str) -> str:
    """Return `text` without vowel signs and other marks of right-to-left letters.

    Fonts draw several marks on one letter in an order of their own, and ToUnicode has only one text for each glyph. So
    PDFium reads some marks twice, others not at all, and hamza on the letter beside it.
    """
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(each for each in decomposed if not (unicodedata.category(each) == "Mn" and RTL.match(each)))


def _has_order(words: Sequence[str], order: str) -> bool:
    """Return whether `words` are in `order` one after the other, from first to last or from last to first.

    If PDFium takes a line for left-to-right text, it returns the words of the line as they are drawn, from the left.
    """
    return "".join(words) in order or "".join(reversed(words)) in order


def _rtl_words(text: str) -> list[str]:
    """Return the right-to-left letters of each word, or of its parts before and after a glyph without text.

    Numbers and other letters are left out, since their order depends on the line.
    """
    words = text.replace(_NO_TEXT, " ").split()
    return ["".join(each for each in _letters(word) if each.isalpha() and RTL.match(each)) for word in words]


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


def _letters(text: str) -> str:
    """Return the characters of `text` that are compared: all but white space, brackets, quotes and `_LAM`."""
    return "".join(
        character
        for character in "".join(words_of(text))
        if character != _LAM and not unicodedata.mirrored(character) and unicodedata.category(character) not in _QUOTES
    )
