"""Reads tagged PDF: the text of each structure element, in the order of the structure tree.

Characters come from PDFium, as when a reader copies text; order and paragraphs come from the structure tree, as for a
screen reader. Untagged content, such as running headers and page numbers, is left out. Fonts must be embedded:
otherwise PDFium substitutes a system font and may lose the characters that it lacks.
"""

from __future__ import annotations

import io
from collections.abc import Iterator

import pikepdf
import pypdfium2
from pypdfium2 import raw

from benchmarks.readback.lines import BREAK, Lines

_INLINE = """Annot BibEntry Code Em Form Formula Lbl Link NonStruct Quote RB RP RT Reference Ruby Span Strong Sub WP WT
    Warichu"""

INLINE = frozenset(_INLINE.split())
"""Structure types inside a line; all others begin and end a line."""

LABELLED = frozenset({"LI", "Note", "FENote"})
"""Structure types whose label is shown before their first line."""

BULLETS = frozenset("•◦▪‣○■–-")

UNMARKED = -1
"""PDFium's marked-content ID of characters outside marked content."""

MarkedContent = tuple[int, int]
"""Page index, and marked-content ID (MCID) on that page."""


def read(data: bytes) -> tuple[str, ...]:
    """Return the paragraphs of a tagged PDF; raise KeyError if it has no tags."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return _StructureReader(pdf, _marked_text(data)).lines()


class _StructureReader:
    """Walks the structure tree once and collects its lines."""

    def __init__(self, pdf: pikepdf.Pdf, texts: dict[MarkedContent, str]) -> None:
        self._root = pdf.Root["/StructTreeRoot"]
        self._roles = {name: str(role) for name, role in self._root.get("/RoleMap", pikepdf.Dictionary()).items()}
        self._pages: dict[object, int] = {page.objgen: number for number, page in enumerate(pdf.pages)}
        self._texts = texts

    def lines(self) -> tuple[str, ...]:
        lines = Lines()
        self._walk(self._root, "", lines)
        return lines.close()

    def _walk(self, element: pikepdf.Object, above: str, lines: Lines) -> None:
        role = self._role(element)
        if role == "Lbl" and above in LABELLED:
            label = Lines()
            self._read(element, role, label)
            lines.label(" ".join(text for text in label.close() if text not in BULLETS))
        elif role in INLINE:
            self._read(element, role, lines)
        else:
            lines.end()
            self._read(element, role, lines)
            lines.end()

    def _read(self, element: pikepdf.Object, role: str, lines: Lines) -> None:
        for kid in _kids(element):
            if isinstance(kid, int):
                self._write(element["/Pg"], kid, lines)
            elif "/S" in kid:
                self._walk(kid, role, lines)
            elif "/MCID" in kid:
                self._write((kid if "/Pg" in kid else element)["/Pg"], int(kid["/MCID"]), lines)

    def _write(self, page: pikepdf.Object, mark: int, lines: Lines) -> None:
        lines.write(self._texts.get((self._pages[page.objgen], mark), ""))

    def _role(self, element: pikepdf.Object) -> str:
        name = str(element.get("/S", "/StructTreeRoot"))
        return self._roles.get(name, name).removeprefix("/")


def _kids(element: pikepdf.Object) -> Iterator[pikepdf.Object | int]:
    kids = element.get("/K", pikepdf.Array())
    yield from kids if isinstance(kids, pikepdf.Array) else [kids]


def _marked_text(data: bytes) -> dict[MarkedContent, str]:
    """Return the text of each marked-content sequence in drawing order, without white space that PDFium infers."""
    pieces: dict[MarkedContent, list[str]] = {}
    with pypdfium2.PdfDocument(data) as document:
        for number, page in enumerate(document):
            for mark, character in _marked_characters(page.get_textpage()):
                pieces.setdefault((number, mark), []).append(character)
    return {place: _join_surrogates("".join(text)) for place, text in pieces.items()}


def _marked_characters(page: pypdfium2.PdfTextpage) -> Iterator[tuple[int, str]]:
    for index in range(page.count_chars()):
        owner = raw.FPDFText_GetTextObject(page, index)
        mark = raw.FPDFPageObj_GetMarkedContentID(owner) if owner else UNMARKED
        if mark != UNMARKED:
            # PDFium treats a hyphen at the end of a line as hyphenation: it drops the hyphen and the space after it.
            is_dropped = raw.FPDFText_IsHyphen(page, index) == 1
            yield mark, f"-{BREAK}" if is_dropped else chr(raw.FPDFText_GetUnicode(page, index))


def _join_surrogates(text: str) -> str:
    """Join the surrogate pairs that PDFium returns for characters beyond U+FFFF."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16")
