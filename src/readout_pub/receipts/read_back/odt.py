"""Reads ODT: its paragraphs with the numbers that an office program shows before them, and its photos."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from itertools import accumulate

from lxml import etree

from readout_pub.emit.rendition import Rendition
from readout_pub.numerals import NUMERALS
from readout_pub.opendocument import DRAW, OFFICE, STYLE, TEXT
from readout_pub.receipts.read_back.content import FORMULA, PhotoPlace, ReadBack
from readout_pub.receipts.read_back.package import ZipPackage, first_text

_HREF = "{http://www.w3.org/1999/xlink}href"

_FORMULA = f"{DRAW}object"
_IMAGE = f"{DRAW}image"
_CAPTION_STYLE = "Image Caption"
"""The style of the paragraphs below a photo: its caption, and its credit."""

_CHARACTERS = {f"{TEXT}line-break": "\n", f"{TEXT}tab": "\t", f"{TEXT}s": " "}
"""Element → the character that it stands for."""

_PARAGRAPHS = frozenset({f"{TEXT}p", f"{TEXT}h"})
_MASTHEAD_STYLE = "Publisher"
"""The style of the publisher's name; a picture in its paragraph is the theme's logo, no photo of the page."""

_UNSEEN = frozenset({f"{DRAW}frame", f"{TEXT}tracked-changes", f"{OFFICE}annotation"})
"""Elements with texts that are not displayed: alternative texts of photos, comments, removed text."""


def read_odt(rendition: Rendition) -> ReadBack:
    """Return what is in an ODT file; its title is the title in its properties."""
    package = ZipPackage(rendition.data)
    content = package.xml("content.xml")
    body = next(content.iter("{*}text"))
    styles = _Styles(content)
    frames = (frame for frame in body.iter(f"{DRAW}frame") if not styles.is_logo(frame))
    images = [(frame, image) for frame in frames for image in frame.findall(_IMAGE)]
    text, places = _Reader(content, styles).read(body)
    return ReadBack(
        text=text,
        alts=tuple(first_text(frame, "title") or "" for frame, _ in images),
        places=places,
        photos=tuple(package.digest(image.get(_HREF) or "") for _, image in images),
        formulas=tuple(
            "".join(map(str, package.xml(_formula_part(formula)).itertext())) for formula in body.iter(_FORMULA)
        ),
        title=first_text(package.xml("meta.xml"), "title") or "",
    )


class _Styles:
    """The paragraph styles of one document.

    Styles in `content` are automatic; users see the name of the parent.
    """

    def __init__(self, content: etree._Element) -> None:
        styles = content.iter(f"{STYLE}style")
        self._parents = {style.get(f"{STYLE}name"): style.get(f"{STYLE}parent-style-name") for style in styles}

    def name(self, paragraph: etree._Element) -> str:
        """Return the name of the style of a paragraph as users see it; office programs write "_20_" for a space."""
        own = paragraph.get(f"{TEXT}style-name") or ""
        return (self._parents.get(own) or own).replace("_20_", " ")

    def is_logo(self, frame: etree._Element) -> bool:
        paragraph = next(frame.iterancestors(f"{TEXT}p"), None)
        return paragraph is not None and self.name(paragraph) == _MASTHEAD_STYLE


def _formula_part(formula: etree._Element) -> str:
    return posixpath.join(posixpath.normpath(formula.get(_HREF) or ""), "content.xml")


class _Level:
    """One list that is open: its style, and the number of its next item.

    `definition` says how to write the number; for a bullet, it has no number format.
    """

    def __init__(self, style: str | None, definition: etree._Element | None) -> None:
        self.style = style
        self._form = None if definition is None else NUMERALS.get(definition.get(f"{STYLE}num-format") or "")
        self._prefix = self._suffix = ""
        self._number = 1
        if definition is not None:
            self._prefix = definition.get(f"{STYLE}num-prefix") or ""
            self._suffix = definition.get(f"{STYLE}num-suffix") or ""
            self._number = int(definition.get(f"{TEXT}start-value") or 1)

    def next_label(self, item: etree._Element) -> str:
        """Count `item` and return its number; "" for a bullet."""
        self._number = int(item.get(f"{TEXT}start-value") or self._number)
        label = f"{self._prefix}{self._form(self._number)}{self._suffix} " if self._form else ""
        self._number += 1
        return label


class _Captions:
    """Collects the photos with their captions: the paragraphs in `_CAPTION_STYLE` right below a photo."""

    def __init__(self) -> None:
        self._pieces_before: list[int] = []  # for each photo, how many pieces of the text are before it
        self._lines: list[list[str]] = []  # for each photo, the lines of its caption
        self._first, self._end = 0, 0  # the next caption belongs to the photos in this range of indices

    def add_photo(self, pieces_before: int) -> None:
        """Add a photo to the paragraph that is open, after `pieces_before` pieces of the text."""
        self._pieces_before.append(pieces_before)
        self._lines.append([])

    def end_paragraph(self, style: str, text: str) -> None:
        """Give a caption to the photos right above it; other paragraphs end the search for captions."""
        if style == _CAPTION_STYLE:
            for lines in self._lines[self._first : self._end]:
                lines.append(text)
        else:
            self._first, self._end = self._end, len(self._lines)

    def places(self, pieces: list[str]) -> Iterator[PhotoPlace]:
        """Yield the place of each photo in the text of `pieces`."""
        ends = [0, *accumulate(map(len, pieces))]
        for before, lines in zip(self._pieces_before, self._lines, strict=True):
            yield PhotoPlace(ends[before], tuple(filter(None, lines)))


class _Reader:
    """Reads the text of one document; `content` has the list styles."""

    def __init__(self, content: etree._Element, styles: _Styles) -> None:
        self._styles = styles
        self._definitions = {
            (style.get(f"{STYLE}name"), level.get(f"{TEXT}level")): level
            for style in content.iter(f"{TEXT}list-style")
            for level in style
        }
        self._open: list[_Level] = []

    def read(self, body: etree._Element) -> tuple[str, tuple[PhotoPlace, ...]]:
        """Return the text of `body`, with a line feed after each paragraph, and the places of its photos."""
        pieces: list[str] = []
        start = 0  # the first piece of the paragraph that is open
        captions = _Captions()
        walker = etree.iterwalk(body, events=("start", "end"))
        for event, element in walker:
            is_paragraph = element.tag in _PARAGRAPHS
            if event == "start":
                if element.tag in _UNSEEN:
                    pieces.append(FORMULA if element.find(_FORMULA) is not None else "")
                    if element.find(_IMAGE) is not None and not self._styles.is_logo(element):
                        captions.add_photo(len(pieces))
                    walker.skip_subtree()
                    continue
                start = len(pieces) if is_paragraph else start
                pieces.append(self._text_before(element))
                pieces.append(element.text or "")
                continue
            if element.tag == f"{TEXT}list":
                self._open.pop()
            if is_paragraph:
                captions.end_paragraph(self._styles.name(element), "".join(pieces[start:]).strip())
            pieces.append("\n" if is_paragraph else "")
            pieces.append((element.tail or "") if element is not body else "")
        return "".join(pieces), tuple(captions.places(pieces))

    def _text_before(self, element: etree._Element) -> str:
        """Return what is shown before the text of `element`: the number of an item, a tab, a line break or a space."""
        if element.tag == f"{TEXT}list":
            style = element.get(f"{TEXT}style-name") or (self._open[-1].style if self._open else None)
            self._open.append(_Level(style, self._definitions.get((style, str(len(self._open) + 1)))))
        elif element.tag == f"{TEXT}list-item":
            return self._open[-1].next_label(element)
        return _CHARACTERS.get(element.tag, "")
