"""List numbering of DOCX: which number a word processor shows before a paragraph (ISO/IEC 29500-1, 17.9)."""

from __future__ import annotations

import re

from bs4 import Tag

from benchmarks.readback.numerals import NUMERALS

FORMATS = {
    "decimal": "decimal",
    "lowerLetter": "lower-alpha",
    "upperLetter": "upper-alpha",
    "lowerRoman": "lower-roman",
    "upperRoman": "upper-roman",
}
"""WordprocessingML name of a number format → its CSS name."""

_PLACEHOLDER = re.compile(r"%([1-9])")
""" "%2" is replaced by the number of the second level."""


class Numbering:
    """The list numbers of one document; call `label` for each paragraph in order."""

    def __init__(self, numbering: Tag, styles: Tag) -> None:
        self._abstract = {str(one["w:abstractNumId"]): one for one in numbering.find_all("w:abstractNum")}
        self._lists = {str(one["w:numId"]): one for one in numbering.find_all("w:num")}
        self._styles = {str(style["w:styleId"]): style for style in styles.find_all("w:style")}
        self._counts: dict[str, dict[int, int]] = {}
        self._started: set[tuple[str, int]] = set()

    def label(self, paragraph: Tag) -> str:
        """Count `paragraph` and return the number shown before it; an empty string for a bullet or no list."""
        list_id, level = self._list_and_level(paragraph)
        if list_id not in self._lists:
            return ""
        count = self._count(list_id, level)
        template = _value(self._level(list_id, level), "w:lvlText") or ""
        if _value(self._level(list_id, level), "w:numFmt") not in FORMATS:
            return ""
        return _PLACEHOLDER.sub(lambda match: self._numeral(list_id, int(match[1]) - 1, count), template).strip()

    def _list_and_level(self, element: Tag) -> tuple[str, int]:
        """Return the list ID and level of a paragraph or of its style; list "0" means no list."""
        list_id = level = None
        seen: Tag | None = element
        while seen is not None and list_id is None:
            properties = seen.find("w:numPr")
            if isinstance(properties, Tag):
                list_id = _value(properties, "w:numId")
                level = level or _value(properties, "w:ilvl")
            style = _value(seen, "w:basedOn" if seen.name == "style" else "w:pStyle")
            seen = self._styles.get(style or "")
        return list_id or "0", int(level or 0)

    def _count(self, list_id: str, level: int) -> dict[int, int]:
        """Count one paragraph on `level`, and return the counts of all levels.

        Lists of one `w:abstractNum` share their counts. A list with a `w:startOverride` for `level` restarts the count
        in its first paragraph on `level`. The counts of deeper levels start again.
        """
        counts = self._counts.setdefault(_value(self._lists[list_id], "w:abstractNumId") or "", {})
        restart = self._restart(list_id, level)
        first = (list_id, level) not in self._started
        self._started.add((list_id, level))
        if level not in counts or (first and restart is not None):
            counts[level] = restart if restart is not None else self._start(list_id, level)
        else:
            counts[level] += 1
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        return counts

    def _restart(self, list_id: str, level: int) -> int | None:
        for override in self._lists[list_id].find_all("w:lvlOverride"):
            if override["w:ilvl"] == str(level):
                start = _value(override, "w:startOverride")
                return int(start) if start else None
        return None

    def _start(self, list_id: str, level: int) -> int:
        return int(_value(self._level(list_id, level), "w:start") or 0)

    def _level(self, list_id: str, level: int) -> Tag:
        """Return the definition of a level: that of the list (`w:num`), or else that of its `w:abstractNum`."""
        own = self._lists[list_id]
        abstract = self._abstract[_value(own, "w:abstractNumId") or ""]
        return next(
            one for source in (own, abstract) for one in source.find_all("w:lvl") if one["w:ilvl"] == str(level)
        )

    def _numeral(self, list_id: str, level: int, counts: dict[int, int]) -> str:
        kind = _value(self._level(list_id, level), "w:numFmt") or "decimal"
        return NUMERALS[FORMATS[kind]](counts.get(level, self._start(list_id, level)))


def _value(element: Tag, name: str) -> str | None:
    """Return the `w:val` of the first `name` in `element`."""
    found = element.find(name)
    return str(found["w:val"]) if isinstance(found, Tag) else None
