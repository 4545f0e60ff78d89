"""What a line of text is: labelled, a sentence, a heading. One table of label styles serves every refinement."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

import msgspec

_SENTENCE_END = re.compile(r"[.。．!?！？…‥:：;；,，、]['\"”’」』）)\]]*$")
_MAX_HEADING = 160
"""Characters of the longest heading; Japanese signs count twice."""


def ends_sentence(text: str) -> bool:
    """Say whether a line ends as sentences do, closing quotes and brackets passed over."""
    return bool(_SENTENCE_END.search(text.rstrip()))


def looks_like_heading(text: str) -> bool:
    """Say whether a line could head what follows: short, and no sentence."""
    bare = text.strip()
    width = sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in bare)
    return bool(bare) and width <= _MAX_HEADING and not ends_sentence(bare)


class Label(msgspec.Struct, frozen=True):
    """A number or letter at the start of a line.

    `text` is the label as printed, `length` counts it with the space after it, `readings` are what it may mean: pairs
    of a style ("(1)", "a.") and the place in its row, from 1; "(i)" is both the ninth letter and the first Roman one.
    """

    text: str
    length: int
    readings: tuple[tuple[str, int], ...]


_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_KANA = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワ"
_CHINESE = "一二三四五六七八九十"
_ROMAN = re.compile(r"(?:x{0,3})(?:ix|iv|v?i{0,3})", re.IGNORECASE)

_TOKEN = r"(?P<value>[0-9０-９]{1,3}|[a-zA-Z]|[ivxIVX]{2,5}|[ァ-ンー]|[一二三四五六七八九十]{1,3})"
_FORMS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("()", re.compile(rf"(?P<label>[(（]\s?{_TOKEN}\s?[)）])\s*")),
    (")", re.compile(rf"(?P<label>{_TOKEN}[)）])\s*")),
    (".", re.compile(r"(?P<label>(?P<value>[0-9０-９]{1,3}|[a-zA-Z]|[ivxIVX]{2,5})[.．])(?:\s+|(?<=．))(?![0-9])")),
    ("、", re.compile(r"(?P<label>(?P<value>[0-9０-９]{1,3}|[一二三四五六七八九十]{1,3})、)\s*")),
    (
        "第",
        re.compile(r"(?P<label>第\s?(?P<value>[0-9０-９]{1,3}|[一二三四五六七八九十]{1,3})[章節条項部]?)[\s\u3000]+"),
    ),
    ("wide", re.compile(r"(?P<label>(?P<value>[0-9０-９]{1,3}|[一二三四五六七八九十]))\u3000+")),
    ("○", re.compile(rf"(?P<label>(?P<value>[{_CIRCLED}]))\s*")),
)
"""The forms of labels, the more telling first. A number before a full stop needs white space after it, as in "1. "."""


_MONTHS = (
    "januar jänner januari ledna februar februari února märz mars marts března april dubna mai maj května juni června "
    "juli července august srpna september září oktober října november listopadu dezember desember december prosince"
)
_DAY = re.compile(
    rf"[0-9]{{1,2}}\.\s+(?:(?:{_MONTHS.replace(' ', '|')})\b|[^\W\d_]+\.?\s+[12][0-9]{{3}}\b)", re.IGNORECASE
)
"""A day as languages write it that put a full stop after its number: "4. August", or with any word and a year."""


def label_at(text: str) -> Label | None:
    """Return the label at the start of `text`; None if it begins with a word or with a day, as in "4. August"."""
    if _DAY.match(text):
        return None
    for form, pattern in _FORMS:
        if (match := pattern.match(text)) and match.end() < len(text):
            readings = tuple((f"{form}{kind}", place) for kind, place in _places(match["value"]))
            if readings:
                return Label(match["label"], match.end(), readings)
    return None


def _places(value: str) -> list[tuple[str, int]]:
    folded = unicodedata.normalize("NFKC", value)
    return [(kind, place) for kind, read in _COUNTS.items() if (place := read(value if kind == "○" else folded))]


def _number(value: str) -> int:
    return int(value) if value.isascii() and value.isdigit() else 0


def _letter(value: str) -> int:
    return ord(value.lower()) - ord("a") + 1 if len(value) == 1 and value.isascii() and value.isalpha() else 0


def _roman(value: str) -> int:
    if not value or not _ROMAN.fullmatch(value):
        return 0
    signs = [{"i": 1, "v": 5, "x": 10}[sign] for sign in value.lower()]
    return sum(-sign if sign < after else sign for sign, after in zip(signs, [*signs[1:], 0], strict=True))


def _chinese(value: str) -> int:
    if not value or any(sign not in _CHINESE for sign in value):
        return 0
    tens, ten, ones = value.partition("十")
    if not ten:
        return _CHINESE.index(value) + 1 if len(value) == 1 else 0
    return 10 * (_CHINESE.index(tens) + 1 if tens else 1) + (_CHINESE.index(ones) + 1 if ones else 0)


def _in_row(row: str) -> Callable[[str], int]:
    return lambda value: row.find(value) + 1 if len(value) == 1 else 0


_COUNTS: dict[str, Callable[[str], int]] = {
    "1": _number,
    "a": lambda value: _letter(value) if value.islower() else 0,
    "A": lambda value: _letter(value) if value.isupper() else 0,
    "i": lambda value: _roman(value) if value.islower() else 0,
    "I": lambda value: _roman(value) if value.isupper() else 0,
    "一": _chinese,
    "ア": _in_row(_KANA),
    "○": _in_row(_CIRCLED),
}
"""How a value may count: its place from 1, or 0 if it does not count that way."""
