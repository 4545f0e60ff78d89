"""Reads tagged PDF: the text on its pages in the order of the structure tree, as a screen reader reads it.

Artifacts (such as page numbers), invisible text, and text outside the page are left out. Text without a tag is put at
the end, where a comparison with the readout finds it. ActualText is read in place of the glyphs; in a file of this
program, only if both agree.

PDFium has a structure tree for each page. These trees are joined before any text is read: if a table is split by
columns, for example, each of its rows begins on one page and ends on the next.
"""

from __future__ import annotations

import codecs
import ctypes
import hashlib
import html
import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import accumulate
from operator import itemgetter
from typing import Any, NamedTuple

import msgspec
import pypdfium2
from pypdfium2 import raw

from readout_pub.emit.pdf.pdfium import PDFIUM, pdfium_string
from readout_pub.emit.rendition import Rendition
from readout_pub.receipts.model import JPEG, redrawn_size
from readout_pub.receipts.read_back.content import PhotoPlace, ReadBack
from readout_pub.receipts.read_back.drawn_text import is_drawn, shows_letters
from readout_pub.seal import has_record

_INLINE = frozenset("Annot Code Em Formula Lbl Link RB RP RT Reference Ruby Span Strong Sub".split())
"""Structure types inside a line; all others begin and end a line."""

_BULLETS = frozenset("•◦▪")
"""Markers of lists, which are left out: most other formats do not have them in their text."""

_MAX_OUTSIDE = 1.0
"""How many points the box of a text may extend beyond the page: boxes are a little larger than glyphs."""

_INVISIBLE = (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)
"""Modes in which a text is not painted (ISO 32000-1, 9.3.6)."""

_XMP_TITLE = re.compile(rb"<dc:title>\s*<rdf:Alt>\s*<rdf:li[^<>]*>([^<]*)</rdf:li>")
"""The title in XMP as this program writes it."""

_Handle = Any
"""A pointer of PDFium."""


def read_pdf(rendition: Rendition) -> ReadBack:
    """Return what is in a tagged PDF.

    A PDF contains JPEG files unchanged, so `photos` has their digests; for other images, it has their `redrawn_size`.
    Artifacts are left out, such as decorative photos and photos in repeated table headers.
    """
    with PDFIUM, pypdfium2.PdfDocument(rendition.data) as document:
        reader = _PdfReader(is_own=has_record(rendition.data))
        for page in document:
            reader.read(page)
        reader.finish()
        return ReadBack(
            text="".join(map(str, reader.pieces)),
            has_spaces=False,
            alts=tuple(photo.alt for photo in reader.photo_pieces),
            places=reader.places(),
            photos=tuple(reader.photos),
            title=document.get_metadata_value("Title") or _xmp_title(rendition.data),
            language=pdfium_string(raw.FPDFCatalog_GetLanguage, document.raw),
        )


def _xmp_title(data: bytes) -> str:
    """Return the title in XMP, the only title in PDF/A-4; "" if there is none. XMP is not compressed."""
    found = _XMP_TITLE.search(data)
    return html.unescape(found[1].decode("utf-8", "replace")) if found else ""


class _Sequence(msgspec.Struct):
    """A marked-content sequence: the text of each of its text objects, and the `_image_digest` of each image."""

    texts: list[str | _ActualText] = []
    photos: list[str] = []


class _Element(msgspec.Struct):
    """An element of the structure tree. `kids` are its elements and sequences on the pages read so far, by position."""

    role: str
    alt: str = ""
    actual_text: str = ""
    kids: dict[int, _Element | _Sequence] = {}


class _PhotoPiece:
    """A piece without characters at the place of a photo, with the alternative text and the lines of the caption."""

    def __init__(self, alt: str, caption: tuple[str, ...]) -> None:
        self.alt = alt
        self.caption = caption

    def __str__(self) -> str:
        return ""


class _PdfReader:
    """Reads pages, then the elements of all pages.

    `pieces` are the pieces of the text; `photo_pieces` are those at the places of photos. `photos` has the
    `_image_digest` of each image in the order of the structure tree: on the pages, photos of a table row that breaks
    can be in another order. `is_own` tells whether this program wrote the file.
    """

    def __init__(self, *, is_own: bool) -> None:
        self._is_own = is_own
        self.pieces: list[str | _PhotoPiece] = []
        self.photo_pieces: list[_PhotoPiece] = []
        self._caption: tuple[str, ...] = ()
        self.photos: list[str] = []
        self._root = _Element("")
        self._sequences: dict[int, _Sequence] = {}  # those of this page that are in no element so far, by MCID
        self._untagged = _Sequence()

    def read(self, page: pypdfium2.PdfPage) -> None:
        """Add the content of one more page to the elements."""
        self._sequences = {}
        self._read_objects(page)
        tree = raw.FPDF_StructTree_GetForPage(page.raw)
        try:
            for index in range(raw.FPDF_StructTree_CountChildren(tree)):
                if child := raw.FPDF_StructTree_GetChildAtIndex(tree, index):
                    self._add_element(self._root, index, child)
        finally:
            raw.FPDF_StructTree_Close(tree)
        for sequence in self._sequences.values():
            self._untagged.texts += sequence.texts
            self._untagged.photos += sequence.photos

    def finish(self) -> None:
        """Read the elements of all pages."""
        self._read_kids(self._root)
        self.pieces += ["\n", *map(str, self._untagged.texts)]
        self.photos += self._untagged.photos

    def _add_element(self, parent: _Element, position: int, handle: _Handle) -> None:
        """Add the content that an element has on this page to the kid of `parent` at `position`."""
        element = parent.kids.get(position)
        if not isinstance(element, _Element):
            role = pdfium_string(raw.FPDF_StructElement_GetType, handle)
            alt = pdfium_string(raw.FPDF_StructElement_GetAltText, handle) if role == "Figure" else ""
            element = _Element(role, alt, pdfium_string(raw.FPDF_StructElement_GetActualText, handle))
            parent.kids[position] = element
        for index in range(raw.FPDF_StructElement_CountChildren(handle)):
            if child := raw.FPDF_StructElement_GetChildAtIndex(handle, index):
                self._add_element(element, index, child)
                continue
            mcid = raw.FPDF_StructElement_GetChildMarkedContentID(handle, index)
            if mcid >= 0:  # else the kid is on another page, or is an annotation
                element.kids[index] = self._sequences.pop(mcid, _Sequence())

    def places(self) -> tuple[PhotoPlace, ...] | None:
        """Return the places of the photos; None if ActualText replaced an element with a photo."""
        if [piece for piece in self.pieces if isinstance(piece, _PhotoPiece)] != self.photo_pieces:
            return None
        ends = accumulate(len(str(piece)) for piece in self.pieces)
        pieces = zip(self.pieces, ends, strict=True)
        return tuple(PhotoPlace(end, piece.caption) for piece, end in pieces if isinstance(piece, _PhotoPiece))

    def _read_objects(self, page: pypdfium2.PdfPage) -> None:
        """Collect the texts and photos of each marked-content sequence of a page."""
        paper = page.get_cropbox()
        objects = [raw.FPDFPage_GetObject(page.raw, index) for index in range(raw.FPDFPage_CountObjects(page.raw))]
        replaced = _take_actual_texts(objects, must_be_drawn=self._is_own)
        characters = page.get_textpage()
        for page_object, actual_text in zip(objects, replaced, strict=True):
            match raw.FPDFPageObj_GetType(page_object):
                case raw.FPDF_PAGEOBJ_IMAGE if not _is_artifact(page_object) and _is_partly_inside(page_object, paper):
                    self._sequence_of(page_object).photos.append(_image_digest(page_object))
                case raw.FPDF_PAGEOBJ_TEXT if _is_inside(page_object, paper) or _is_combining(page_object, characters):
                    self._add_text(page_object, actual_text, characters)
                case raw.FPDF_PAGEOBJ_FORM if not _is_artifact(page_object):
                    self._untagged.texts += _texts_of_form(page_object, characters)
                case _:
                    pass

    def _add_text(
        self, page_object: _Handle, actual_text: _ActualText | None, characters: pypdfium2.PdfTextPage
    ) -> None:
        """Add the text of an object to its marked-content sequence, unless the object is an artifact or invisible.

        `actual_text` stands for all objects of its sequence, so it is added once.
        """
        is_untagged = raw.FPDFPageObj_GetMarkedContentID(page_object) < 0
        if (is_untagged and _is_artifact(page_object)) or raw.FPDFTextObj_GetTextRenderMode(page_object) in _INVISIBLE:
            return
        texts, drawn = self._sequence_of(page_object).texts, _text_of(page_object, characters)
        if actual_text is None:
            texts.append(drawn)
            return
        if not actual_text.drawn:
            texts.append(actual_text)
        actual_text.drawn.append(drawn)

    def _sequence_of(self, page_object: _Handle) -> _Sequence:
        """Return the marked-content sequence of an object; untagged objects of a page share one."""
        return self._sequences.setdefault(raw.FPDFPageObj_GetMarkedContentID(page_object), _Sequence())

    def _read_element(self, element: _Element) -> None:
        role = element.role
        edge = "" if role in _INLINE else "\n"
        start, first_photo = len(self.pieces), len(self.photo_pieces)
        self.pieces.append(edge)
        outer, self._caption = self._caption, tuple[str, ...]()
        self._read_kids(element)
        own, self._caption = self._caption, outer
        self.pieces.append(edge)
        if role == "Caption":
            self._caption = tuple(filter(None, map(str.strip, self._text_since(start).split("\n"))))
        elif role == "Figure" and any(isinstance(kid, _Sequence) for kid in element.kids.values()):
            photo = _PhotoPiece(element.alt, own)
            self.photo_pieces.append(photo)
            self.pieces.insert(start, photo)  # before the text of its caption
        elif role == "Sect" and own:  # several photos with one caption
            for photo in self.photo_pieces[first_photo:]:
                photo.caption = photo.caption or own
        if role == "Lbl" and self._text_since(start).strip() in _BULLETS:
            del self.pieces[start:]
        elif element.actual_text and is_drawn(element.actual_text, list(map(str, self.pieces[start:]))):
            self.pieces[start:] = [element.actual_text]  # otherwise the drawn text stays, and differs from the readout

    def _read_kids(self, element: _Element) -> None:
        for _, kid in sorted(element.kids.items(), key=itemgetter(0)):
            if isinstance(kid, _Sequence):
                self.pieces += map(str, kid.texts)
                self.photos += kid.photos
            else:
                self._read_element(kid)

    def _text_since(self, start: int) -> str:
        return "".join(map(str, self.pieces[start:]))


def _text_of(page_object: _Handle, characters: pypdfium2.PdfTextPage) -> str:
    return pdfium_string(raw.FPDFTextObj_GetText, page_object, characters.raw)


def _texts_of_form(form: _Handle, characters: pypdfium2.PdfTextPage) -> Iterator[str]:
    """Yield the texts in a form XObject, which this program does not write."""
    for index in range(raw.FPDFFormObj_CountObjects(form)):
        page_object = raw.FPDFFormObj_GetObject(form, index)
        match raw.FPDFPageObj_GetType(page_object):
            case raw.FPDF_PAGEOBJ_TEXT:
                yield _text_of(page_object, characters)
            case raw.FPDF_PAGEOBJ_FORM:
                yield from _texts_of_form(page_object, characters)
            case _:
                pass


def _is_artifact(page_object: _Handle) -> bool:
    return "Artifact" in _mark_names(page_object)


def _mark_names(page_object: _Handle) -> list[str]:
    return [pdfium_string(_mark_name, mark) for mark in _marks(page_object)]


def _marks(page_object: _Handle) -> list[_Handle]:
    return [raw.FPDFPageObj_GetMark(page_object, index) for index in range(raw.FPDFPageObj_CountMarks(page_object))]


def _mark_name(mark: _Handle, buffer: _Handle, size: int) -> int:
    length = ctypes.c_ulong()
    raw.FPDFPageObjMark_GetName(mark, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size, length)
    return length.value


class _ActualText(msgspec.Struct):
    """The ActualText of a marked-content sequence, and what its text objects draw.

    With `must_be_drawn`, the ActualText has to agree with the glyphs. Only files of this program are read so: others
    have ActualText for ligatures whose glyphs PDFium cannot read.
    """

    text: str
    must_be_drawn: bool
    drawn: list[str] = []

    def __str__(self) -> str:
        """Return the ActualText, or what the glyphs show if both have to agree and do not."""
        return "".join(self.drawn) if self.must_be_drawn and not shows_letters(self.text, self.drawn) else self.text


def _take_actual_texts(objects: Sequence[_Handle], *, must_be_drawn: bool) -> list[_ActualText | None]:
    """Return the ActualText of each object, and remove it from the page: PDFium then reads what the glyphs show.

    Objects of one sequence share one `_ActualText`.
    """
    by_sequence: dict[int, _ActualText] = {}
    found = []
    for page_object in objects:
        sequence = _sequence_with_actual_text(page_object)
        made = _ActualText(sequence.text, must_be_drawn) if sequence else None
        found.append(by_sequence.setdefault(sequence.address, made) if sequence and made else None)
    for page_object in objects:
        for mark in _marks(page_object):
            raw.FPDFPageObjMark_RemoveParam(page_object, mark, b"ActualText")
    return found


class _MarkedSequence(NamedTuple):
    """A marked-content sequence with ActualText; the address of its mark tells it from others."""

    address: int
    text: str


def _sequence_with_actual_text(page_object: _Handle) -> _MarkedSequence | None:
    """Return the outermost marked-content sequence with ActualText around an object; None if there is none.

    Other programs write a sequence for each ligature inside a tagged sequence. PDFium's own function would repeat the
    text for each object, and reverse text that it considers right-to-left.
    """
    for mark in _marks(page_object):
        size = ctypes.c_ulong()
        raw.FPDFPageObjMark_GetParamBlobValue(mark, b"ActualText", None, 0, size)
        if size.value:
            data = (ctypes.c_ubyte * size.value)()
            raw.FPDFPageObjMark_GetParamBlobValue(mark, b"ActualText", data, size.value, size)
            return _MarkedSequence(ctypes.cast(mark, ctypes.c_void_p).value or 0, _text_string(bytes(data)))
    return None


def _text_string(data: bytes) -> str:
    """Return the text of a PDF text string (ISO 32000-1, 7.9.2.2), which this program writes as UTF-16 or as ASCII."""
    if data.startswith(codecs.BOM_UTF16_BE):
        return data[2:].decode("utf-16-be", "surrogatepass")
    return data.decode("latin-1")


def _is_inside(page_object: _Handle, paper: tuple[float, float, float, float]) -> bool:
    box = [ctypes.c_float() for _ in range(4)]
    if not raw.FPDFPageObj_GetBounds(page_object, *box):
        return True  # an object without bounds draws nothing, such as a space
    left, bottom, right, top = (edge.value for edge in box)
    return (
        left >= paper[0] - _MAX_OUTSIDE
        and bottom >= paper[1] - _MAX_OUTSIDE
        and right <= paper[2] + _MAX_OUTSIDE
        and top <= paper[3] + _MAX_OUTSIDE
    )


def _is_partly_inside(image: _Handle, paper: tuple[float, float, float, float]) -> bool:
    box = [ctypes.c_float() for _ in range(4)]
    if not raw.FPDFPageObj_GetBounds(image, *box):
        return False
    left, bottom, right, top = (edge.value for edge in box)
    return max(left, paper[0]) < min(right, paper[2]) and max(bottom, paper[1]) < min(top, paper[3])


def _is_combining(page_object: _Handle, characters: pypdfium2.PdfTextPage) -> bool:
    """Return whether an object has only combining marks; these can be off the page although their letter is on it."""
    text = _text_of(page_object, characters)
    return bool(text) and all(unicodedata.category(character) == "Mn" for character in text)


def _image_digest(page_object: _Handle) -> str:
    """Return the SHA-256 (hex) of an image that is a JPEG file; for any other image, its `redrawn_size`."""
    size = raw.FPDFImageObj_GetImageDataRaw(page_object, None, 0)
    data = ctypes.create_string_buffer(size)
    raw.FPDFImageObj_GetImageDataRaw(page_object, data, size)
    if data.raw.startswith(JPEG):
        return hashlib.sha256(data).hexdigest()
    width, height = ctypes.c_uint(), ctypes.c_uint()
    raw.FPDFImageObj_GetImagePixelSize(page_object, width, height)
    return redrawn_size(width.value, height.value)
