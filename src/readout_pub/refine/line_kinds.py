"""Tests on a line of text: whether it ends as a sentence, may be a heading, or begins with a label such as "(1)"."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Callable

import msgspec

from readout_pub.model import Inlines, drop_start, plain_text
from readout_pub.months import month_names
from readout_pub.numerals import (
    CHINESE_NUMERAL,
    CIRCLED_NUMERAL,
    MAX_ROMAN_LABEL,
    chinese_number,
    circled_number,
    decimal_number,
    digits_to_ascii,
    katakana_number,
    letter_number,
    roman_number,
)
from readout_pub.sentences import ends_sentence

_CLAUSE_END = re.compile(r"[:：;；,，、،؛፣፤፥፦]['\"“”‘’«»‹›」』）)\]]*$")
"""Commas, colons and semicolons at the end of a line, also those of Arabic and Amharic: a sentence continues."""

_MAX_HEADING = 160
"""How many columns a heading may have (wide characters take two). Chosen by hand: about two printed lines."""


_END_OF_TEXT = re.compile(
    r"[\W_]*(?:ends?(?: of (?:the )?(?:press |media |news )?(?:release|statement|text|transcript))?|concluded|"
    r"ende|fin|fine|fim|einde|"
    r"slutt?|loppu|koniec|konec|конец|кінець|край|τέλος|vége|sfârșit|bitti|انتهى|סוף|จบ|hết|selesai|以上|完|終わり?|끝)[\W_]*",
    re.IGNORECASE,
)
"""A line that says that the text has ended, such as "ENDS"."""

_ISSUER = re.compile(r"[\W_]*(?:issued|released|distributed) by (?:the )?.{3,120}", re.IGNORECASE)
"""A line below a text, such as "Issued by the Ministry of Tides"."""

_NOTE_ON_DELIVERY = re.compile(
    r"[\W_]*(?:(?:please )?check against delivery|embargoed? (?:until|till) .{1,60}|es gilt das gesprochene wort!?|"
    r"sperrfrist.{0,60}|seul le (?:texte )?prononcé fait foi|(?:il )?fa fede il testo pronunciato|"
    r"(?:prevalece|vale) (?:o|lo) (?:dito|dicho)|gesproken tekst geldt|det talade ordet gäller|"
    r"det talte ord gælder)[\W_]*",
    re.IGNORECASE,
)
"""A line above a speech, such as "Check against delivery": no heading, even in bold."""

_NOTE_SIGNS = ("*", "†", "‡")
"""Signs before a note, such as "* Until 4 May 2031"."""


_SUBTITLE = re.compile(r"[-–―]\s.+\s[-–―]")
"""A subtitle between dashes, as Korean press releases print them below their titles."""


def ends_with_punctuation(text: str) -> bool:
    """Return whether a line ends like a sentence or a clause."""
    return ends_sentence(text) or bool(_CLAUSE_END.search(text.rstrip()))


def looks_like_heading(text: str) -> bool:
    """Return whether a line may be a heading: short, without punctuation at its end, and no remark such as "ENDS".

    "* Until 4 May 2031" is a note, "* * Annex * *" a heading.
    """
    bare = text.strip()
    if bare.startswith(_NOTE_SIGNS) and not bare.endswith(_NOTE_SIGNS):
        return False
    is_remark = _END_OF_TEXT.fullmatch(bare) or _ISSUER.fullmatch(bare) or _NOTE_ON_DELIVERY.fullmatch(bare)
    if is_remark or _SUBTITLE.fullmatch(bare):
        return False
    width = sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in bare)
    return any(map(str.isalnum, bare)) and width <= _MAX_HEADING and not ends_with_punctuation(bare)


class LineLabel(msgspec.Struct, frozen=True):
    """A number or letter at the start of a line.

    `text` is the label as printed; `length` counts its characters and the white space after it. Each of the
    `interpretations` is a style (form and kind of numeral) and a number from 1. "(i)" has two: ("()a", 9), the ninth
    letter, and ("()i", 1), the Roman numeral.
    """

    text: str
    length: int
    interpretations: tuple[tuple[str, int], ...]


_DECIMAL = "[0-9０-９]{1,3}"
_CHINESE = f"{CHINESE_NUMERAL}{{1,3}}"
_TOKEN = rf"(?P<value>{_DECIMAL}|[a-zA-Z]|[ivxIVX]{{2,5}}|[ァ-ンー]|{_CHINESE})"
_FORMS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("()", re.compile(rf"(?P<label>[(（]\s?{_TOKEN}\s?[)）])\s*")),
    (")", re.compile(rf"(?P<label>{_TOKEN}[)）])\s*")),
    (".", re.compile(rf"(?P<label>(?P<value>{_DECIMAL}|[a-zA-Z]|[ivxIVX]{{2,5}})[.．])(?:\s+|(?<=．))(?![0-9])")),
    ("、", re.compile(rf"(?P<label>(?P<value>{_DECIMAL}|{_CHINESE})、)\s*")),
    ("第", re.compile(rf"(?P<label>第\s?(?P<value>{_DECIMAL}|{_CHINESE})[章節条項部]?)[\s\u3000]+")),
    ("wide", re.compile(rf"(?P<label>(?P<value>{_DECIMAL}|{CHINESE_NUMERAL}))\u3000+")),
    ("○", re.compile(rf"(?P<label>(?P<value>{CIRCLED_NUMERAL}))\s*")),
)
"""The forms of labels, tried in this order. White space must follow an ASCII full stop, so that 2.5 is not a label."""


_DAY_STOP_LANGUAGES = ("cs", "da", "de", "nb", "sv")
"""Languages whose pages may write a full stop after the day ("4. August"; rare in Swedish), and whose full month names
rarely begin a list item. Their abbreviated month names can: "2. pro" is a day in Czech, but "2. Pro Asyl" is an item.
"""

_MIN_MONTH_LETTERS = 4
"""Shorter names in `months.toml` are abbreviations, except those of May."""

_NUMBER_AND_WORD = re.compile(r"[0-9]{1,2}\.\s+([^\W\d_]+)\b(\.?\s+[12][0-9]{3}\b)?")


@functools.cache
def _full_month_names() -> frozenset[str]:
    names = (name for language in _DAY_STOP_LANGUAGES for month in month_names(language) for name in month)
    return frozenset(name for name in names if len(name) >= _MIN_MONTH_LETTERS) | {"mai", "maj"}


def _begins_with_day(text: str) -> bool:
    """Return whether a text begins with a day: "4. August", or any word and a year, as in "4. elokuuta 2022"."""
    match = _NUMBER_AND_WORD.match(text)
    return bool(match and (match[2] or match[1].lower() in _full_month_names()))


def parse_label(text: str) -> LineLabel | None:
    """Return the label at the start of `text`; None if there is none, no text follows it, or it is part of a day."""
    if _begins_with_day(text):
        return None
    for form, pattern in _FORMS:
        match = pattern.match(text)
        if match and match.end() < len(text) and (interpretations := _interpretations(form, match["value"])):
            return LineLabel(match["label"], match.end(), interpretations)
    return None


def label_of(line: Inlines) -> LineLabel | None:
    """Return the label at the start of `line`; None if it ends within a formula.

    `drop_start` does not divide a formula, so the label would be shown twice.
    """
    text = plain_text(line)
    label = parse_label(text)
    if label is None or plain_text(drop_start(line, label.length)).lstrip() != text[label.length :].lstrip():
        return None
    return label


def _interpretations(form: str, value: str) -> tuple[tuple[str, int], ...]:
    numeral = digits_to_ascii(value)
    return tuple((f"{form}{kind}", number) for kind, parse in _NUMERALS.items() if (number := parse(numeral)))


def _roman_label(numeral: str) -> int | None:
    number = roman_number(numeral)
    return number if number and number <= MAX_ROMAN_LABEL else None


_NUMERALS: dict[str, Callable[[str], int | None]] = {
    "1": decimal_number,
    "a": lambda numeral: letter_number(numeral) if numeral.islower() else None,
    "A": lambda numeral: letter_number(numeral) if numeral.isupper() else None,
    "i": lambda numeral: _roman_label(numeral) if numeral.islower() else None,
    "I": lambda numeral: _roman_label(numeral) if numeral.isupper() else None,
    "一": chinese_number,
    "ア": katakana_number,
    "○": circled_number,
}
"""Kind of numeral → its parser. All are tried: "i" is a letter and a Roman numeral."""
