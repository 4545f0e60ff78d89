"""Reading a tagged PDF: the text of its structure elements, in their order."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from benchmarks.readback import read_back

Line = tuple[int | None, int, int, str]
"""MCID, or None for an artifact; position in points from the lower left; text."""

Page = tuple[Line, ...]


def font(pdf: pikepdf.Pdf, letters: str) -> pikepdf.Object:
    """Return a font that draws each of `letters` as a box. At a size of 10 points, each letter is ten points wide.

    The font is embedded (Type 3): PDFium replaces other fonts by fonts of the system, and may lose characters.
    """
    named = [f"/{to_unicode(letter)}" for letter in letters]
    pairs = "\n".join(f"<{code:02x}> <{to_unicode(letter)}>" for code, letter in enumerate(letters))
    words = f"""begincmap 1 begincodespacerange <00> <ff> endcodespacerange
    {len(letters)} beginbfchar {pairs} endbfchar endcmap"""
    box = pdf.make_stream(b"1000 0 0 0 900 700 d1 0 0 900 700 re f")
    return Dictionary(
        Type=Name.Font,
        Subtype=Name.Type3,
        FontBBox=[0, 0, 1000, 1000],
        FontMatrix=[0.001, 0, 0, 0.001, 0, 0],
        CharProcs=Dictionary(dict.fromkeys(named, box)),
        Encoding=Dictionary(Type=Name.Encoding, Differences=[0, *map(Name, named)]),
        FirstChar=0,
        LastChar=len(letters) - 1,
        Widths=[1000] * len(letters),
        ToUnicode=pdf.make_stream(words.encode()),
    )


def to_unicode(letter: str) -> str:
    return letter.encode("utf-16-be").hex()


def shown(tree: tuple[Any, ...], *pages: Page, roles: dict[str, str] | None = None) -> tuple[str, ...]:
    """Return what is read from a PDF of `pages` with a structure `tree`.

    A tree is (type, kid, …), where a kid is a tree or (page, MCID).
    """
    with pikepdf.new() as pdf:
        for page in pages:
            added = pdf.add_blank_page(page_size=(400, 300))
            letters = "".join(sorted({letter for *_, text in page for letter in text}))
            added.Resources = Dictionary(Font=Dictionary(F=font(pdf, letters)))
            added.Contents = pdf.make_stream("\n".join(operators(line, letters) for line in page).encode())
        root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, RoleMap=Dictionary()))
        for name, role in (roles or {}).items():
            root.RoleMap[f"/{name}"] = Name(f"/{role}")
        root.K = tagged(pdf, tree, root)
        pdf.Root.StructTreeRoot = root
        out = io.BytesIO()
        pdf.save(out)
    return read_back("pdf", out.getvalue())


def operators(line: Line, letters: str) -> str:
    """Return the operators of a content stream that draw `line` as marked content."""
    mark, x, y, text = line
    begin = "/Artifact BMC" if mark is None else f"/Span <</MCID {mark}>> BDC"
    return f"{begin} BT /F 10 Tf {x} {y} Td <{bytes(map(letters.index, text)).hex()}> Tj ET EMC"


def tagged(pdf: pikepdf.Pdf, tree: tuple[Any, ...], parent: pikepdf.Object) -> pikepdf.Object:
    if isinstance(tree[0], int):
        page, mark = tree
        return Dictionary(Type=Name.MCR, Pg=pdf.pages[page].obj, MCID=mark)
    element = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name(f"/{tree[0]}"), P=parent))
    element.K = Array([tagged(pdf, kid, element) for kid in tree[1:]])
    return element


def test_a_paragraph_across_lines_and_pages_is_one_line() -> None:
    first = ((0, 20, 200, "Talks"), (1, 20, 180, "held in a face-to-"), (2, 20, 165, "face manner "))
    second = ((0, 20, 200, "for an hour."),)
    tree = ("Document", ("H1", (0, 0)), ("P", (0, 1), (0, 2), (1, 0)))
    assert shown(tree, first, second) == ("Talks", "held in a face-to-face manner for an hour.")


def test_japanese_lines_are_joined_without_a_space() -> None:
    page = ((0, 20, 200, "日本の外務"), (1, 20, 185, "大臣は𠮷田氏"))
    assert shown(("P", (0, 0), (0, 1)), page) == ("日本の外務大臣は𠮷田氏",)


def test_pieces_of_a_line_are_separated_only_by_drawn_spaces() -> None:
    page = ((0, 20, 200, "Mr. "), (1, 60, 200, "KAO"), (2, 90, 204, "1"), (3, 100, 200, ", chair"))
    tree = ("P", ("Span", (0, 0)), ("Strong", (0, 1)), ("Reference", ("Lbl", (0, 2))), (0, 3))
    assert shown(tree, page) == ("Mr. KAO1, chair",)


def test_order_is_that_of_the_structure_tree_not_of_the_page() -> None:
    page = ((0, 20, 100, "The end."), (1, 20, 200, "The beginning."))
    assert shown(("Document", ("P", (0, 1)), ("P", (0, 0))), page) == ("The beginning.", "The end.")


def test_a_label_precedes_its_paragraph_and_a_bullet_is_left_out() -> None:
    page = ((0, 20, 200, "(1)"), (1, 60, 200, "Trade"), (2, 60, 180, "More"), (3, 20, 160, "•"), (4, 60, 160, "Fish"))
    numbered = ("LI", ("Lbl", (0, 0)), ("LBody", ("P", (0, 1)), ("P", (0, 2))))
    assert shown(("L", numbered, ("LI", ("Lbl", (0, 3)), ("LBody", (0, 4)))), page) == ("(1) Trade", "More", "Fish")


def test_cells_and_captions_are_lines() -> None:
    page = ((0, 20, 200, "Signed"), (1, 20, 180, "No."), (2, 200, 180, "Document"))
    tree = ("Table", ("Caption", (0, 0)), ("TR", ("TH", (0, 1)), ("TD", (0, 2))))
    assert shown(tree, page) == ("Signed", "No.", "Document")


def test_artifacts_are_left_out() -> None:
    page = ((None, 20, 280, "Running head"), (0, 20, 200, "The talks"), (None, 20, 20, "1 / 2"))
    assert shown(("P", (0, 0)), page) == ("The talks",)


def test_a_custom_structure_type_is_read_as_its_mapped_role() -> None:
    page = ((0, 20, 200, "Trade "), (1, 20, 180, "Fish"))
    tree = ("Document", ("Heading", (0, 0)), ("Heading", (0, 1)))
    assert shown(tree, page, roles={"Heading": "H2"}) == ("Trade", "Fish")
    assert shown(tree, page, roles={"Heading": "Span"}) == ("Trade Fish",)


def test_a_pdf_without_tags_cannot_be_read() -> None:
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(out)
    with pytest.raises(KeyError, match="StructTreeRoot"):
        read_back("pdf", out.getvalue())
