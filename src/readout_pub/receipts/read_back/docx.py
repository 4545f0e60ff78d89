"""Reads DOCX: its paragraphs with the numbers that a word processor shows before them, and its photos."""

from __future__ import annotations

import itertools
import posixpath
from collections.abc import Iterator, Sequence

from lxml import etree

from readout_pub.emit.rendition import Rendition
from readout_pub.receipts.read_back.content import FORMULA, PhotoPlace, ReadBack
from readout_pub.receipts.read_back.docx_numbering import ListNumbering, W
from readout_pub.receipts.read_back.package import ZipPackage, first_text

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_EMBED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"

_TEXT = f"{W}t"
_FORMULA = f"{_MATH}oMath"
_CHARACTERS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "\u2011"}
"""Element → the character that it stands for."""

_CAPTION_STYLE = "ImageCaption"
"""The style of the paragraphs below a photo: its caption, and its credit."""

_MASTHEAD_STYLE = "Publisher"
"""The style of the paragraph with the publisher's name. A picture in it is the theme's logo, no photo of the page."""

_MAIN, _NUMBERING = "word/document.xml", "word/numbering.xml"


def read_docx(rendition: Rendition) -> ReadBack:
    """Return what is in a DOCX file; its title is the title in its properties."""
    package = ZipPackage(rendition.data)
    document = package.xml(_MAIN)
    _remove_hidden_runs(document)
    _remove_logo(document)
    # If a document has no lists, word processors write no part with the definitions of lists.
    definitions = package.xml(_NUMBERING) if _NUMBERING in package else etree.Element(f"{W}numbering")
    numbering = ListNumbering(definitions, package.xml("word/styles.xml"))
    names = {each.get("Id"): each.get("Target") or "" for each in package.xml("word/_rels/document.xml.rels")}
    photos = [names.get(blip.get(_EMBED), "") for blip in document.iter("{*}blip")]
    paragraphs = [*document.iter(f"{W}p")]
    texts = ["".join((numbering.label(each), " ", *_text_pieces(each), "\n")) for each in paragraphs]
    return ReadBack(
        text="".join(texts),
        alts=tuple(properties.get("descr") or "" for properties in document.iter(f"{_DRAWING}docPr")),
        places=tuple(_places(paragraphs, texts)),
        photos=tuple(package.digest(posixpath.join(posixpath.dirname(_MAIN), name)) for name in photos),
        formulas=tuple(
            "".join(text.text or "" for text in formula.iter(f"{_MATH}t")) for formula in document.iter(_FORMULA)
        ),
        title=first_text(package.xml("docProps/core.xml"), "title") or "",
    )


def _places(paragraphs: Sequence[etree._Element], texts: Sequence[str]) -> Iterator[PhotoPlace]:
    """Yield the place of each photo; the paragraphs right below it in the style of captions are its caption."""
    offset = 0
    for position, (paragraph, text) in enumerate(zip(paragraphs, texts, strict=True), 1):
        offset += len(text)
        count = sum(1 for _ in paragraph.iter(f"{_DRAWING}docPr"))
        if not count:
            continue  # else thousands of captions in a row would take quadratic time
        below = itertools.takewhile(lambda each: _is_caption(paragraphs[each]), range(position, len(paragraphs)))
        caption = tuple(texts[each].strip() for each in below)
        yield from itertools.repeat(PhotoPlace(offset, caption), count)


def _is_caption(paragraph: etree._Element) -> bool:
    return _style(paragraph) == _CAPTION_STYLE


def _style(paragraph: etree._Element) -> str | None:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return None if style is None else style.get(f"{W}val")


def _remove_logo(document: etree._Element) -> None:
    mastheads = (paragraph for paragraph in document.iter(f"{W}p") if _style(paragraph) == _MASTHEAD_STYLE)
    for drawing in [each for masthead in mastheads for each in masthead.iter(f"{W}drawing")]:
        parent = drawing.getparent()
        if parent is not None:
            parent.remove(drawing)


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
