"""Who took a photo: how lines begin that say so, and captions that end with it."""

from __future__ import annotations

import re

from readout_pub.model import Inlines, plain, trim

_SAYS_WHO = (
    r"©|\(c\)|(?:photo(?:graph)?|image|picture)s? (?:by|credit|courtesy)|courtesy of|credit:|crédits?\W|"
    r"bildnachweis|bildquelle|fotocredit|fotos?\s?[:/©]|fotografía:|写真提供|写真は|撮影[:：]|提供[:：]|图片来源|摄影[:：]|사진|"
    r"фото[: ]|kuva:|fot\.|zdj\."
)
_CREDITED = re.compile(rf"^[(（\[]?\s*(?:{_SAYS_WHO})", re.IGNORECASE)
"""How a line under a photo begins that says who took it."""

_LONGEST = 100
"""Characters of a credit; what goes on longer tells more than who took a photo."""

_AT_END = re.compile(
    rf"(?:[(（\[【]\s*(?:{_SAYS_WHO}|(?:photo|image|picture|bild|quelle|source)\s?[:/：]|写真|撮影)[^()（）\[\]【】]+[)）\]】]"
    rf"|(?:(?<=[.!?。！？…|”\"»]\s)|(?<=[。！？|]))(?:{_SAYS_WHO})(?:[^.!?。]|(?<=\b\w)\.)+\.?"
    r"|(?<=\s)©[^©]+)$",
    re.IGNORECASE,
)
"""The end of a caption that says who took the photo: in brackets, after a sentence, or behind the sign for rights.

Brackets before a full stop belong to the sentence that it ends.
"""


def is_credit_line(words: str) -> bool:
    """Say whether a text under a photo says who took it."""
    return bool(_CREDITED.match(words.strip()))


def split_credit(caption: Inlines) -> tuple[Inlines, Inlines]:
    """Return a caption without the credit at its end, and that credit; () for one that is not there.

    "The ministers. (Photo: N. Ereus)" is the caption "The ministers." and the credit "(Photo: N. Ereus)".
    """
    words = plain(caption)
    if len(words) <= _LONGEST and is_credit_line(words):
        return (), caption
    last = caption[-1] if caption else None
    found = _AT_END.search(last, max(0, len(last) - _LONGEST)) if isinstance(last, str) else None
    if not isinstance(last, str) or found is None:
        return caption, ()
    return trim((*caption[:-1], last[: found.start()])), (found[0],)
