"""DOCX: the paragraphs of the text, each with the number that a word processor draws before it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping

from bs4 import BeautifulSoup, Tag

from benchmarks.readback.lines import BREAK, Lines
from benchmarks.readback.numbering import Numbering

CHARACTERS = {"tab": " ", "br": BREAK, "cr": BREAK, "noBreakHyphen": "\u2011"}
"""Elements that stand for a character."""

UNREAD = frozenset({"p", "pPr", "rPr", "delText", "instrText"})
"""Elements inside a paragraph that are none of its words; a paragraph inside it, as in a text box, comes by itself."""


def read(data: bytes) -> tuple[str, ...]:
    """Return the paragraphs of the text, cells included, and then the footnotes with their numbers."""
    lines = Lines()
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        text, footnotes = _parse(package, "word/document.xml"), _parse(package, "word/footnotes.xml")
        numbering = Numbering(_parse(package, "word/numbering.xml"), _parse(package, "word/styles.xml"))
    calls = {str(call["w:id"]): str(place) for place, call in enumerate(text.find_all("w:footnoteReference"), start=1)}
    _write(text, numbering, calls, lines)
    for footnote in footnotes.find_all("w:footnote"):
        if footnote["w:id"] in calls:  # the others draw the line above the notes
            lines.label(calls[str(footnote["w:id"])])
            _write(footnote, numbering, calls, lines)
    return lines.close()


def _parse(package: zipfile.ZipFile, part: str) -> BeautifulSoup:
    """Parse one part; a package without it gives an empty tree."""
    return BeautifulSoup(package.read(part) if part in package.namelist() else b"", "lxml-xml")


def _write(story: Tag, numbering: Numbering, calls: Mapping[str, str], lines: Lines) -> None:
    for paragraph in story.find_all("w:p"):
        label = numbering.label(paragraph)
        if label:
            lines.label(label)
        for piece in _pieces(paragraph, calls):
            lines.write(piece)
        lines.end()


def _pieces(element: Tag, calls: Mapping[str, str]) -> Iterator[str]:
    """Yield the words of a paragraph; a call of a footnote shows the footnote's number."""
    for child in element.find_all(recursive=False):
        if child.name == "t":
            yield child.get_text().replace("\n", " ")
        elif child.name == "footnoteReference":
            yield calls[str(child["w:id"])]
        elif child.name in CHARACTERS:
            yield CHARACTERS[child.name]
        elif child.name not in UNREAD and not _hidden(child):
            yield from _pieces(child, calls)


def _hidden(run: Tag) -> bool:
    properties = run.find("w:rPr", recursive=False)
    return properties is not None and properties.find("w:vanish") is not None
