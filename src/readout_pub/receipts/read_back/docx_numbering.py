"""List numbering of DOCX: which number a word processor shows before a paragraph (ISO/IEC 29500-1, 17.9)."""

from __future__ import annotations

import re

from lxml import etree

from readout_pub.numerals import NUMERALS

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_FORMS = {"decimal": "1", "lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i", "upperRoman": "I"}
"""Number format of WordprocessingML → its key in `NUMERALS`. Others, such as "bullet", show no number."""

_PLACEHOLDER = re.compile(r"%([1-9])")
""" "%2" stands for the number of the second level."""


class ListNumbering:
    """The list numbers of one document; call `label` for each paragraph, in the order of the document."""

    def __init__(self, numbering: etree._Element, styles: etree._Element) -> None:
        self._abstract = {each.get(f"{W}abstractNumId"): each for each in numbering.iter(f"{W}abstractNum")}
        self._lists = {each.get(f"{W}numId"): each for each in numbering.iter(f"{W}num")}
        self._styles = {style.get(f"{W}styleId"): style for style in styles.iter(f"{W}style")}
        self._levels: dict[tuple[str, int], etree._Element | None] = {}
        self._counts: dict[str | None, dict[int, int]] = {}
        self._started: set[tuple[str, int]] = set()

    def label(self, paragraph: etree._Element) -> str:
        """Count `paragraph` and return the number shown before it; "" for a bullet or no list."""
        number, level = self._list_and_level(paragraph)
        definition = self._level(number, level) if number in self._lists else None
        if definition is None:
            return ""
        counts = self._count(number, level)
        if _value(definition, "numFmt") not in _FORMS:
            return ""
        template = _value(definition, "lvlText") or ""
        return _PLACEHOLDER.sub(lambda found: self._numeral(number, int(found[1]) - 1, counts), template).strip()

    def _list_and_level(self, paragraph: etree._Element) -> tuple[str, int]:
        """Return the list ID and level of a paragraph or of its style; list "0" means no list."""
        level = None
        element: etree._Element | None = paragraph
        for _ in range(len(self._styles) + 1):  # styles may be based on each other in a circle
            if element is None:
                break
            properties = element.find(f"{W}pPr/{W}numPr")
            if properties is not None:
                level = level or _value(properties, "ilvl")
                number = _value(properties, "numId")
                if number is not None:
                    return number, int(level or 0)
            based_on = f"{W}pPr/{W}pStyle" if element.tag == f"{W}p" else f"{W}basedOn"
            style = element.find(based_on)
            element = None if style is None else self._styles.get(style.get(f"{W}val"))
        return "0", 0

    def _count(self, number: str, level: int) -> dict[int, int]:
        """Count one paragraph on `level`. Lists of one `w:abstractNum` share a count unless they override its start."""
        counts = self._counts.setdefault(_value(self._lists[number], "abstractNumId"), {})
        restart = None if (number, level) in self._started else self._restart(number, level)
        self._started.add((number, level))
        if restart is not None:
            counts[level] = restart
        else:
            counts[level] = counts[level] + 1 if level in counts else self._start(number, level)
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        return counts

    def _restart(self, number: str, level: int) -> int | None:
        for override in self._lists[number].iter(f"{W}lvlOverride"):
            if override.get(f"{W}ilvl") == str(level) and (start := _value(override, "startOverride")):
                return int(start)
        return None

    def _start(self, number: str, level: int) -> int:
        definition = self._level(number, level)
        return int((None if definition is None else _value(definition, "start")) or 0)

    def _level(self, number: str, level: int) -> etree._Element | None:
        """Return the definition of a level: that of the list (`w:num`), or else that of its `w:abstractNum`."""
        if (number, level) not in self._levels:
            own = self._lists[number]
            abstract = self._abstract.get(_value(own, "abstractNumId"))
            sources = [own] if abstract is None else [own, abstract]
            found = (each for source in sources for each in source.iter(f"{W}lvl"))
            self._levels[number, level] = next((each for each in found if each.get(f"{W}ilvl") == str(level)), None)
        return self._levels[number, level]

    def _numeral(self, number: str, level: int, counts: dict[int, int]) -> str:
        definition = self._level(number, level)
        form = (None if definition is None else _value(definition, "numFmt")) or "decimal"
        return NUMERALS[_FORMS.get(form, "1")](counts.get(level, self._start(number, level)))


def _value(element: etree._Element, name: str) -> str | None:
    """Return the `w:val` of the first `name` in `element`."""
    found = next(element.iter(f"{W}{name}"), None)
    return None if found is None else found.get(f"{W}val")
