"""Reads DOCX: its paragraphs with the numbers that a word processor shows before them, and its photos."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from lxml import etree

from readout_pub.emit.rendition import Rendition
from readout_pub.receipts.read_back.content import FORMULA, ReadBack
from readout_pub.receipts.read_back.docx_numbering import ListNumbering, W
from readout_pub.receipts.read_back.package import ZipPackage, first_text

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_EMBED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"

_TEXT = f"{W}t"
_FORMULA = f"{_MATH}oMath"
_CHARACTERS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "\u2011"}
"""Element → the character that it stands for."""

_MAIN = "word/document.xml"


def read_docx(rendition: Rendition) -> ReadBack:
    """Return what is in a DOCX file; its title is that of its properties."""
    package = ZipPackage(rendition.data)
    document = package.xml(_MAIN)
    _remove_hidden_runs(document)
    numbering = ListNumbering(package.xml("word/numbering.xml"), package.xml("word/styles.xml"))
    names = {each.get("Id"): each.get("Target") or "" for each in package.xml("word/_rels/document.xml.rels")}
    photos = [names.get(blip.get(_EMBED), "") for blip in document.iter("{*}blip")]
    return ReadBack(
        text="".join(
            piece
            for paragraph in document.iter(f"{W}p")
            for piece in (numbering.label(paragraph), " ", *_text_pieces(paragraph), "\n")
        ),
        alts=tuple(properties.get("descr") or "" for properties in document.iter(f"{_DRAWING}docPr")),
        photos=tuple(package.digest(posixpath.join(posixpath.dirname(_MAIN), name)) for name in photos),
        formulas=tuple(
            "".join(text.text or "" for text in formula.iter(f"{_MATH}t")) for formula in document.iter(_FORMULA)
        ),
        title=first_text(package.xml("docProps/core.xml"), "title") or "",
    )


def _remove_hidden_runs(document: etree._Element) -> None:
    for run in [*document.iter(f"{W}r")]:
        parent = run.getparent()
        if parent is not None and run.find(f"{W}rPr/{W}vanish") is not None:
            parent.remove(run)


def _text_pieces(paragraph: etree._Element) -> Iterator[str]:
    for element in paragraph.iter(_TEXT, _FORMULA, *_CHARACTERS):
        if element.tag == _TEXT:
            yield element.text or ""
        elif element.tag == _FORMULA:
            yield FORMULA
        # Outside of a run, the element is the definition of a tab stop.
        elif (run := element.getparent()) is not None and run.tag == f"{W}r":
            yield _CHARACTERS[element.tag]
