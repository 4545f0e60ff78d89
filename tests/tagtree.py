"""The tag tree of a finished PDF as indented text, and its words: read from the bytes alone, glyph by glyph.

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

Place = tuple[int, int]
"""A page from 0, and the number of a mark on it."""

INLINE = frozenset("Span Em Strong Code Lbl Link Reference Ruby RB RP RT".split())
"""Roles that stand within a line."""

UNREAD = frozenset({"RP", "RT"})
"""The reading of a word is no part of the text."""

ARTIFACT = -1


class Tag(NamedTuple):
    """One structure element: its role, what is said of it as (name, value), and words and tags in reading order."""

    role: str
    facts: tuple[tuple[str, str], ...]
    kids: tuple[Tag | str, ...]


def tag_tree(data: bytes) -> Tag:
    """Return the tag of the whole document."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return _Reader(pdf).tree()


def artifacts(data: bytes) -> list[str]:
    """Return the texts that no listener hears, in the order in which they are drawn."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        drawn = (_drawn(page) for page in pdf.pages)
        return [words for marks in drawn for number, words in marks if number == ARTIFACT and words.strip()]


def drawing(tag: Tag) -> str:
    """Draw `tag` and all below it, one thing a line."""
    return "".join(f"{line}\n" for line in _lines(tag))


def spoken(tag: Tag) -> list[str]:
    """Return the words below `tag` as they are read, one string for each line that begins anew."""
    lines = "".join(_spoken(tag, "")).split("\n")
    return [line for line in (" ".join(line.split()) for line in lines) if line]


def each(tag: Tag, role: str) -> Iterator[Tag]:
    """Yield every tag of this role, from the first to the last."""
    if tag.role == role:
        yield tag
    for kid in tag.kids:
        if isinstance(kid, Tag):
            yield from each(kid, role)


def _lines(tag: Tag) -> Iterator[str]:
    yield " ".join([tag.role, *(f"{name} {value}" for name, value in tag.facts)])
    words = ""
    for kid in (*tag.kids, None):
        if isinstance(kid, str):
            words += kid
            continue
        if words:
            yield f'  "{words}"'
            words = ""
        if kid:
            yield from (f"  {line}" for line in _lines(kid))


def _spoken(tag: Tag, above: str) -> Iterator[str]:
    if tag.role in UNREAD:
        yield " " if "".join(kid for kid in tag.kids if isinstance(kid, str))[-1:].isspace() else ""
        return
    edge = "" if tag.role in INLINE and above != "LI" else "\n"
    yield edge
    for kid in tag.kids:
        if isinstance(kid, str):
            yield kid
        else:
            yield from _spoken(kid, tag.role)
    yield edge


class _Reader:
    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._root = pdf.Root.StructTreeRoot
        self._pages: dict[object, int] = {page.objgen: number for number, page in enumerate(pdf.pages)}
        self._words: dict[Place, str] = {}
        for number, page in enumerate(pdf.pages):
            for mark, words in _drawn(page):
                place = number, mark
                self._words[place] = self._words.get(place, "") + words

    def tree(self) -> Tag:
        (top,) = self._root.K
        return self._tag(top)

    def _tag(self, element: pikepdf.Object) -> Tag:
        if "/ActualText" in element:  # stands for all that is drawn in it
            return Tag(str(element.S)[1:], tuple(_facts(element)), (str(element.ActualText),))
        kids = tuple(kid for each in element.get("/K", []) if (kid := self._kid(each, element)))
        return Tag(str(element.S)[1:], tuple(_facts(element)), kids)

    def _kid(self, kid: pikepdf.Object | int, element: pikepdf.Object) -> Tag | str | None:
        if isinstance(kid, int):
            return self._words[self._pages[element.Pg.objgen], kid]
        if "/MCID" in kid:
            return self._words[self._pages[kid.Pg.objgen], int(kid.MCID)]
        return self._tag(kid) if "/S" in kid else None


def _facts(element: pikepdf.Object) -> Iterator[tuple[str, str]]:
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


def _drawn(page: pikepdf.Page) -> Iterator[tuple[int, str]]:
    """Yield the words of each mark, and of what has none, in the order in which they are drawn."""
    fonts = {name: _characters(font) for name, font in page.Resources.Font.items()}
    font: dict[int, str] = {}
    marks: list[int] = []
    said: set[int] = set()
    for step in pikepdf.parse_content_stream(page, "BDC BMC EMC Tf TJ"):
        operands = step.operands
        match str(step.operator):
            case "BDC" | "BMC":
                facts: pikepdf.Object | dict[str, str] = operands[1] if len(operands) > 1 else {}
                marks.append(int(facts.get("/MCID", ARTIFACT)))
                yield marks[-1], str(facts.get("/ActualText", ""))
                said |= {marks[-1]} if "/ActualText" in facts else set()
            case "EMC":
                marks.pop()
            case "Tf":
                font = fonts[str(operands[0])]
            case _ if marks and marks[-1] not in said:
                glyphs = b"".join(bytes(piece) for piece in operands[0] if isinstance(piece, pikepdf.String))
                numbers = (int.from_bytes(glyphs[start : start + 2]) for start in range(0, len(glyphs), 2))
                yield marks[-1], "".join(font[number] for number in numbers)


def _characters(font: pikepdf.Object) -> dict[int, str]:
    pairs = re.findall(rb"^<([0-9a-f]{4})> <([0-9a-f]*)>$", font.ToUnicode.read_bytes(), re.MULTILINE)
    return {int(glyph, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for glyph, text in pairs}
