"""Reads DOCX: the paragraphs, each with the number that a word processor shows before it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping

from bs4 import BeautifulSoup, Tag

from benchmarks.readback.docx_numbering import Numbering
from benchmarks.readback.lines import BREAK, Lines

CHARACTERS = {"tab": " ", "br": BREAK, "cr": BREAK, "noBreakHyphen": "\u2011"}
"""Element → the character that it represents."""

SKIPPED = frozenset({"p", "pPr", "rPr", "delText", "instrText"})
"""Elements of a paragraph that hold none of its text. A nested paragraph, as in a text box, is read on its own."""


def read(data: bytes) -> tuple[str, ...]:
    """Return the paragraphs of the text, including those of table cells, then the footnotes with their numbers."""
    lines = Lines()
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        text, footnotes = _parse_part(package, "word/document.xml"), _parse_part(package, "word/footnotes.xml")
        numbering = Numbering(_parse_part(package, "word/numbering.xml"), _parse_part(package, "word/styles.xml"))
    numbers = {
        str(call["w:id"]): str(number) for number, call in enumerate(text.find_all("w:footnoteReference"), start=1)
    }
    _write_paragraphs(text, numbering, numbers, lines)
    for footnote in footnotes.find_all("w:footnote"):
        if footnote["w:id"] in numbers:  # the others are separator lines
            lines.label(numbers[str(footnote["w:id"])])
            _write_paragraphs(footnote, numbering, numbers, lines)
    return lines.close()


def _parse_part(package: zipfile.ZipFile, part: str) -> BeautifulSoup:
    """Parse one part of the package; return an empty tree if it is missing."""
    return BeautifulSoup(package.read(part) if part in package.namelist() else b"", "lxml-xml")


def _write_paragraphs(story: Tag, numbering: Numbering, numbers: Mapping[str, str], lines: Lines) -> None:
    for paragraph in story.find_all("w:p"):
        label = numbering.label(paragraph)
        if label:
            lines.label(label)
        for piece in _text_pieces(paragraph, numbers):
            lines.write(piece)
        lines.end()


def _text_pieces(element: Tag, numbers: Mapping[str, str]) -> Iterator[str]:
    """Yield the text of a paragraph; a reference to a footnote shows the footnote's number."""
    for child in element.find_all(recursive=False):
        if child.name == "t":
            yield child.get_text().replace("\n", " ")
        elif child.name == "footnoteReference":
            yield numbers[str(child["w:id"])]
        elif child.name in CHARACTERS:
            yield CHARACTERS[child.name]
        elif child.name not in SKIPPED and not _is_hidden(child):
            yield from _text_pieces(child, numbers)


def _is_hidden(run: Tag) -> bool:
    properties = run.find("w:rPr", recursive=False)
    return properties is not None and properties.find("w:vanish") is not None
