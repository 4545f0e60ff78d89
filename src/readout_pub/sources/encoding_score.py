"""Scores how plausible decoded text is: the share of non-ASCII characters that are in a plausible place.

A wrong encoding gives letters of two scripts in one word, punctuation inside words, capitals after lower-case letters,
long runs of accented letters, or rare ideographs. Correct text has few of these.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import islice

from readout_pub.unicode_scripts import LETTERS, script_in_name

_NON_ASCII = re.compile(r"[^\x00-\x7f]")
_MAX_SCORED = 2000
"""How many non-ASCII characters are scored; more take time and hardly change the share."""

_COMMON_LEAD_BYTES: dict[str, str] = {
    "cp932": "81-83 87-98",
    "shift_jisx0213": "81-83 87-98",
    "euc_jp": "a1-a5 ad-ad b0-cf",
    "euc_jisx0213": "a1-a5 ad-ad b0-cf",
    "gb18030": "a1-a3 b0-d7",
    "big5": "a1-c6",
    "big5hkscs": "a1-c6",
    "cp949": "a1-a3 b0-c8",
}
"""Lead bytes of the characters in daily use, by codec: each of these standards keeps rare ideographs in other rows."""

_JAPANESE = frozenset({"cp932", "shift_jisx0213", "euc_jp", "euc_jisx0213"})
_MAX_WITHOUT_KANA = 20
"""Japanese text with more non-ASCII characters contains kana; Chinese and Korean bytes decode as Japanese without kana.
"""

IDEOGRAPHIC_CODECS = ("cp932", "euc_jp", "gb18030", "big5", "cp949")
"""Python's codecs for Japanese, Chinese and Korean; the detection of an encoding tries all of them."""


_ENGLISH = re.compile(r"\b(?:the|of|and)\b", re.IGNORECASE)
_DASH_IN_WORD = re.compile("(?<=[a-z])[–—](?=[a-z])")
"""In English, a dash joins words ("talks—held"). In other languages, a dash in a word is an "ó" or "ñ" of Mac OS Roman,
decoded as windows-1252: "reuni—n", "Espa–a".
"""


def score_plausibility(text: str, codec: str) -> float:
    """Return the share of plausible characters, from 0.0 to 1.0; 1.0 for pure ASCII.

    `codec` is Python's name of the codec that decoded the text. For Japanese, Chinese and Korean codecs, plausible
    characters are those in daily use and not inside a Latin word. A longer Japanese text without kana gets half of its
    share.
    """
    positions = [found.start() for found in islice(_NON_ASCII.finditer(text), _MAX_SCORED)]
    if not positions:
        return 1.0
    if codec in _COMMON_LEAD_BYTES:
        common = _parse_ranges(_COMMON_LEAD_BYTES[codec])
        share = sum(
            _lead_byte(text[at], codec) in common and not _is_in_ascii_word(text, at) for at in positions
        ) / len(positions)
        lacks_kana = codec in _JAPANESE and len(positions) > _MAX_WITHOUT_KANA and not LETTERS["Hrkt"].search(text)
        return share / 2 if lacks_kana else share
    padded = f" {text} "
    joins = 0 if _ENGLISH.search(text) else sum(_DASH_IN_WORD.match(text, at) is not None for at in positions)
    return (sum(_fits_between(*padded[at : at + 3]) for at in positions) - joins) / len(positions)


def _parse_ranges(ranges: str) -> frozenset[int]:
    """Return the bytes of hexadecimal ranges such as "a1-a3 b0-d7"."""
    pairs = (pair.split("-") for pair in ranges.split())
    return frozenset(byte for first, last in pairs for byte in range(int(first, 16), int(last, 16) + 1))


def _lead_byte(character: str, codec: str) -> int:
    """Return the first byte of a character of two bytes or more; 0 for any other."""
    encoded = character.encode(codec, "ignore")
    return encoded[0] if len(encoded) > 1 else 0


def _is_in_ascii_word(text: str, at: int) -> bool:
    """Return whether a character stands alone in or at the end of a word of lower-case ASCII letters.

    Decoded as Shift_JIS, "Gespräch" of Mac OS Roman becomes "Gespr劃h", and "didn’t agree" of windows-1252 becomes
    "didn稚 agree". "e版 與" does not count: another ideograph follows "版".
    """
    before, after = text[at - 1 : at], text[at + 1 : at + 3]
    return (before + after).isascii() and before.islower()


def _fits_between(before: str, character: str, after: str) -> bool:
    """Return whether a character may stand between these two neighbours."""
    category = unicodedata.category(character)
    if character == "\ufffd":
        return False
    if category[0] == "C":
        return character in "\u00ad\u200b\u200c\u200d\u200e\u200f\u2028\ufeff"
    if category[0] in "LM":
        return _letter_fits_between(before, character, after)
    if character in _WORD_PUNCTUATION:
        return True
    if character in _QUOTATION_MARKS:
        return not (before.isalpha() and after.isalpha())
    return not (before.isalpha() or after.isalpha())


_WORD_PUNCTUATION = "’‘–—…·\u00a0״׳،؛؟"
"""Punctuation inside words, or between two words without a space."""

_QUOTATION_MARKS = "“”„‚«»‹›¿¡"
"""Marks that open in one language and close in another, but are never inside a word."""


def _letter_fits_between(before: str, letter: str, after: str) -> bool:
    """Return whether a letter fits its neighbours: it has their script, and is not a capital within a word.

    Only Latin words may be in capitals: KOI8-R decoded as windows-1251 consists mostly of Cyrillic capitals, while
    correct pages have few words in capitals.
    """
    script = script_in_name(letter)
    if letter.isupper() and (before.islower() or (before.isalpha() and script != "LATIN")):
        return False
    neighbours = [each for each in (before, after) if each.isalpha()]
    if any(script_in_name(each) != script for each in neighbours):
        return False
    # Few Latin words have three accented letters in a row, as the Vietnamese "được" has. Cyrillic text decoded as Latin
    # often has.
    return script != "LATIN" or not (len(neighbours) == 2 and all(each > "\x7f" for each in neighbours))
