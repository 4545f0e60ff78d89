"""The structure tree of a PDF file as indented text: words from ActualText if there is any, else from ToUnicode.

H2
  "1. Trade"
Figure alt "Two ministers at a table"
  Caption
    P
      "The talks"
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import NamedTuple

import pikepdf

ContentId = tuple[int, int]
"""A page, from 0, and an MCID on it."""

INLINE_ROLES = frozenset("Span Em Strong Code Formula Lbl Link Reference Ruby RB RP RT".split())
"""Roles that begin a new line only as children of `LI`."""

RUBY_TEXT = frozenset({"RP", "RT"})
"""Roles of ruby readings and their parentheses, which `plain_text` of the model leaves out."""

ARTIFACT = -1
"""Stands for the MCID that an artifact lacks."""


class Tag(NamedTuple):
    """A structure element: role, properties as (name, value), and text and tags in reading order."""

    role: str
    properties: tuple[tuple[str, str], ...]
    kids: tuple[Tag | str, ...]


def tag_tree(data: bytes) -> Tag:
    """Return the structure tree of a PDF, from the tag Document down."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return _TreeReader(pdf).tree()


def artifacts(data: bytes) -> list[str]:
    """Return the texts of artifacts, in the order in which they are drawn."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pages = (_marked_content(page) for page in pdf.pages)
        return [text for page in pages for mcid, text in page if mcid == ARTIFACT and text.strip()]


def tree_text(tag: Tag) -> str:
    """Return `tag` and all below it as indented text, one tag or text on each line."""
    return "".join(f"{line}\n" for line in _indented_lines(tag))


def text_lines(tag: Tag) -> list[str]:
    """Return the text below `tag` in reading order, one string for each block."""
    lines = "".join(_pieces_of_text(tag, "")).split("\n")
    return [line for line in (" ".join(line.split()) for line in lines) if line]


def tags_of_role(tag: Tag, role: str) -> Iterator[Tag]:
    """Yield every tag of this role from `tag` down, in reading order."""
    if tag.role == role:
        yield tag
    for kid in tag.kids:
        if isinstance(kid, Tag):
            yield from tags_of_role(kid, role)


def _indented_lines(tag: Tag) -> Iterator[str]:
    yield " ".join([tag.role, *(f"{name} {value}" for name, value in tag.properties)])
    words = ""
    for kid in (*tag.kids, None):
        if isinstance(kid, str):
            words += kid
            continue
        if words:
            yield f'  "{words}"'
            words = ""
        if kid:
            yield from (f"  {line}" for line in _indented_lines(kid))


def _pieces_of_text(tag: Tag, parent: str) -> Iterator[str]:
    if tag.role in RUBY_TEXT:
        yield " " if "".join(kid for kid in tag.kids if isinstance(kid, str))[-1:].isspace() else ""
        return
    edge = "" if tag.role in INLINE_ROLES and parent != "LI" else "\n"
    yield edge
    for kid in tag.kids:
        if isinstance(kid, str):
            yield kid
        else:
            yield from _pieces_of_text(kid, tag.role)
    yield edge


class _TreeReader:
    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._root = pdf.Root.StructTreeRoot
        self._pages: dict[object, int] = {page.objgen: number for number, page in enumerate(pdf.pages)}
        self._texts: dict[ContentId, str] = {}
        for number, page in enumerate(pdf.pages):
            for mcid, text in _marked_content(page):
                self._texts[number, mcid] = self._texts.get((number, mcid), "") + text

    def tree(self) -> Tag:
        (top,) = self._root.K
        return self._tag(top)

    def _tag(self, element: pikepdf.Object) -> Tag:
        if "/ActualText" in element:  # replaces all content of the element
            return Tag(str(element.S)[1:], tuple(_properties(element)), (str(element.ActualText),))
        kids = tuple(kid for each in element.get("/K", []) if (kid := self._kid(each, element)))
        return Tag(str(element.S)[1:], tuple(_properties(element)), kids)

    def _kid(self, kid: pikepdf.Object | int, element: pikepdf.Object) -> Tag | str | None:
        if isinstance(kid, int):
            return self._texts[self._pages[element.Pg.objgen], kid]
        if "/MCID" in kid:
            return self._texts[self._pages[kid.Pg.objgen], int(kid.MCID)]
        return self._tag(kid) if "/S" in kid else None


def _properties(element: pikepdf.Object) -> Iterator[tuple[str, str]]:
    for name in ("ID", "Lang", "Alt", "E"):
        if f"/{name}" in element:
            yield name.lower(), f'"{element[f"/{name}"]}"'
    for owner in element.get("/A", []):
        for name, value in owner.items():
            if name not in {"/O", "/BBox"}:
                shown = " ".join(map(str, value)) if isinstance(value, pikepdf.Array) else str(value)
                yield name[1:], shown.removeprefix("/")
    for other in element.get("/Ref", []):
        yield "refers to", str(other.S)[1:]
    for kid in element.get("/K", []):
        if isinstance(kid, pikepdf.Dictionary) and "/Obj" in kid:
            yield "named", f'"{kid.Obj.Contents}"'


def _marked_content(page: pikepdf.Page) -> Iterator[tuple[int, str]]:
    """Yield (MCID or ARTIFACT, text) for each piece of the content of a page, in the order in which it is drawn."""
    fonts = {name: _to_unicode(font) for name, font in page.Resources.Font.items()}
    font: dict[int, str] = {}
    open_mcids: list[int] = []
    with_actual_text: set[int] = set()
    for instruction in pikepdf.parse_content_stream(page, "BDC BMC EMC Tf TJ"):
        operands = instruction.operands
        match str(instruction.operator):
            case "BDC" | "BMC":
                properties: pikepdf.Object | dict[str, str] = operands[1] if len(operands) > 1 else {}
                open_mcids.append(int(properties.get("/MCID", ARTIFACT)))
                yield open_mcids[-1], str(properties.get("/ActualText", ""))
                with_actual_text |= {open_mcids[-1]} if "/ActualText" in properties else set()
            case "EMC":
                open_mcids.pop()
            case "Tf":
                font = fonts[str(operands[0])]
            case _ if open_mcids and open_mcids[-1] not in with_actual_text:
                glyphs = b"".join(bytes(piece) for piece in operands[0] if isinstance(piece, pikepdf.String))
                gids = (int.from_bytes(glyphs[start : start + 2]) for start in range(0, len(glyphs), 2))
                yield open_mcids[-1], "".join(font[gid] for gid in gids)


def _to_unicode(font: pikepdf.Object) -> dict[int, str]:
    pairs = re.findall(rb"^<([0-9a-f]{4})> <([0-9a-f]*)>$", font.ToUnicode.read_bytes(), re.MULTILINE)
    return {int(glyph, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for glyph, text in pairs}
