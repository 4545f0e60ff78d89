"""Where sentences end, in any script.

`readout_pub.refine.line_kinds.ends_with_punctuation` also counts commas, colons and semicolons.
"""

from __future__ import annotations

import re

_SPACED_MARKS = ".!?．…‥؟۔।॥։።។။"
"""Marks with white space after them: also those of Arabic, Urdu, Hindi, Armenian, Amharic, Khmer and Burmese."""
_UNSPACED_MARKS = "。！？"
QUESTION_MARKS = ("?", "？", "؟")
"""Signs at the end of a question. The semicolon, which ends questions in Greek, is not among them."""
COLONS = (":", "：")
"""Signs at the end of a label."""
_CLOSING = "\"'”’»」』）)\\]"
"""Quotation marks and brackets that may follow the mark, written for a character class of a pattern."""
_CLOSING_AT_END = f"{_CLOSING}“‘«‹›"
"""Quotation marks and brackets at the end of a text. Some open quotations in one language and close them in another,
as “ does in English and in German.
"""

_END = re.compile(rf"[{_SPACED_MARKS}{_UNSPACED_MARKS}][{_CLOSING_AT_END}]*$")
_LAST_CHARACTERS = frozenset(f"{_SPACED_MARKS}{_UNSPACED_MARKS}{_CLOSING_AT_END}".replace("\\", ""))
"""The characters with which a sentence may end."""
_END_LENGTH = 8
"""How many characters at the end of a text are searched, closing quotation marks included. A search of a whole
paragraph would try every mark in it.
"""
_ABBREVIATIONS = r"(?<!\b[^\W\d_a-z]\.)(?<!\b[A-Z][a-z]\.)(?<!\b[A-Z][a-z]{2}\.)"
"""Matches unless an initial, "Mr.", "Mrs." or the like comes before: after these, the same sentence continues."""
_BREAK = re.compile(
    rf"(?<=[{_SPACED_MARKS}{_UNSPACED_MARKS}]){_ABBREVIATIONS}\s+(?=[^\w\s]*(?P<next>[^\W\d_]))"
    rf"|(?<=[{_UNSPACED_MARKS}])(?![{_CLOSING}\s])"
)
"""Where a sentence may end; `next` is the first letter after white space."""


def ends_sentence(text: str) -> bool:
    """Return whether a text ends as sentences do; closing quotation marks and brackets may follow the mark."""
    text = text.rstrip()
    # Most texts end with a letter: this test is faster than the search.
    return text[-1:] in _LAST_CHARACTERS and _END.search(text, max(0, len(text) - _END_LENGTH)) is not None


def split_sentences(text: str) -> list[str]:
    """Return the sentences of a text, each with its mark.

    A sentence ends at white space after a mark, unless the mark ends an abbreviation, or the next word begins with a
    digit or a small letter. In Chinese and Japanese, a sentence also ends right after the mark.
    """
    sentences, start = [], 0
    for found in _BREAK.finditer(text):
        if not (found["next"] or "").islower():
            sentences.append(text[start : found.start()])
            start = found.end()
    return [sentence for sentence in (*sentences, text[start:]) if sentence]
