"""The first part of language tags, and the codes of two letters: authors may have written the code of a country."""

from __future__ import annotations

_TWO_LETTER_CODES = frozenset(
    (
        "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee "
        "el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik in io "
        "is it iu iw ja ji jv jw ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk "
        "ml mn mo mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc "
        "sd se sg sh si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve "
        "vi vo wa wo xh yi yo za zh zu"
    ).split()
)
"""The codes of two letters in the registry of BCP 47: those of ISO 639-1, and seven that are deprecated."""


def primary_subtag(tag: str) -> str:
    """Return the first part of a language tag (BCP 47) in lower case: "en" for "en-GB"."""
    return tag.partition("-")[0].lower()


def is_known_language(tag: str) -> bool:
    """Return whether the language of a well-formed tag (BCP 47) exists; every code of three letters counts as known.

    Authors often write the code of a country instead, such as "jp", "cn", "cz" or "dk".
    """
    code = primary_subtag(tag)
    return len(code) != 2 or code in _TWO_LETTER_CODES
