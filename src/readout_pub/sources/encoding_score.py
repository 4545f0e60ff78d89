"""How much a decoded text looks like writing: the share of its characters beyond ASCII that stand where they may.

Bytes read in a wrong encoding give letters of two scripts in one word, signs inside of words, capitals behind small
letters, long runs of accented letters, or ideographs that nobody uses. Real texts have few of these.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import islice

_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_SAMPLE = 2000
"""Characters that are looked at."""

_EVERYDAY: dict[str, str] = {
    "cp932": "81-83 87-98",
    "shift_jisx0213": "81-83 87-98",
    "euc_jp": "a1-a5 ad-ad b0-cf",
    "euc_jisx0213": "a1-a5 ad-ad b0-cf",
    "gb18030": "a1-a3 b0-d7",
    "big5": "a1-c6",
    "big5hkscs": "a1-c6",
    "cp949": "a1-a3 b0-c8",
}
"""First bytes of the characters in daily use: each of these standards has its rare ideographs in rows of their own."""

_JAPANESE = frozenset({"cp932", "shift_jisx0213", "euc_jp", "euc_jisx0213"})
_KANA = re.compile("[\u3041-\u30ff]")
_A_SENTENCE = 20
"""No Japanese sentence goes without kana; Chinese and Korean read as Japanese does."""

MULTIBYTE = ("cp932", "euc_jp", "gb18030", "big5", "cp949")


def plausibility(text: str, codec: str) -> float:
    """Return the share, 1.0 for a text in ASCII alone. `codec` is the Python name of what `text` was read with."""
    places = [found.start() for found in islice(_BEYOND_ASCII.finditer(text), _SAMPLE)]
    if not places:
        return 1.0
    if codec in _EVERYDAY:
        daily = _bytes_of(_EVERYDAY[codec])
        share = sum(_first_byte(text[at], codec) in daily for at in places) / len(places)
        foreign = codec in _JAPANESE and len(places) > _A_SENTENCE and not _KANA.search(text)
        return share / 2 if foreign else share
    framed = f" {text} "
    return sum(_stands_well(*framed[at : at + 3]) for at in places) / len(places)


def _bytes_of(ranges: str) -> frozenset[int]:
    pairs = (pair.split("-") for pair in ranges.split())
    return frozenset(byte for first, last in pairs for byte in range(int(first, 16), int(last, 16) + 1))


def _first_byte(character: str, codec: str) -> int:
    encoded = character.encode(codec, "ignore")
    return encoded[0] if len(encoded) > 1 else 0


def _stands_well(before: str, character: str, after: str) -> bool:
    """Say whether a character of a one-byte encoding may stand between these two."""
    kind = unicodedata.category(character)
    if kind[0] == "C":
        return character in "\u00ad\u200b\u200c\u200d\u200e\u200f\u2028\ufeff"
    if kind[0] in "LM":
        return _letter_stands_well(before, character, after)
    if character in _BETWEEN:
        return True
    if character in _QUOTES:
        return not (before.isalpha() and after.isalpha())
    return not (before.isalpha() or after.isalpha())


_BETWEEN = "’‘–—…·\u00a0״׳،؛؟"
"""Signs that stand inside of words, or between two words without a space."""

_QUOTES = "“”„‚«»‹›¿¡"
"""Languages differ in which of them opens, but none has one inside of a word."""


def _letter_stands_well(before: str, letter: str, after: str) -> bool:
    """Say whether a letter may stand between these: in a word of its own script, a capital only where one begins.

    A heading in capitals counts as odd, but no page has capitals alone, while KOI8-R read as windows-1251 has.
    """
    script = _script(letter)
    if letter.isupper() and (before.islower() or (before.isalpha() and script != "LATIN")):
        return False
    neighbours = [each for each in (before, after) if each.isalpha()]
    if any(_script(each) != script for each in neighbours):
        return False
    # No language in Latin letters writes three accented ones in a row; Cyrillic read as Latin has nothing else.
    return script != "LATIN" or not (len(neighbours) == 2 and all(each > "\x7f" for each in neighbours))


def _script(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]
