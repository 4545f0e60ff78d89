"""Blocks nested deeper than PDF readers can follow get fewer levels of tags, and every word stays in order."""

from __future__ import annotations

import functools
import io
import time
from collections.abc import Callable, Iterator
from typing import NamedTuple

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name
from pypdfium2 import raw

from readout_pub import ImageStore, RenderOptions
from readout_pub.emit.pdf.tags.depth import MAX_TAG_DEPTH, limit_depth
from readout_pub.emit.pdf.tags.tree import Tag as PlannedTag
from readout_pub.emit.pdf.tags.tree import TextRun
from readout_pub.emit.rendition import Rendition
from readout_pub.model import (
    Block,
    Blocks,
    BulletList,
    Cell,
    Description,
    DescriptionList,
    Figure,
    Inline,
    Item,
    Link,
    OrderedList,
    Paragraph,
    Quote,
    Readout,
    Row,
    Span,
    Table,
)
from readout_pub.receipts import prove_rendition
from tests.pdfs import links, make_pdf, paragraph, photo, readout
from tests.tagtree import Tag, tag_tree, tags_of_role, text_lines


def quote(body: Blocks) -> Block:
    return Quote(body)


def descriptions(body: Blocks) -> Block:
    return DescriptionList((Description((("Salt",),), body),))


def table(body: Blocks) -> Block:
    return Table(caption=("Prices",), body=(Row((Cell((paragraph("ice"),), header=True, scope="row"), Cell(body))),))


def labelled(body: Blocks) -> Block:
    return OrderedList((Item(body, "(1)"), Item((paragraph("Wool."),), "(2)")))


def bullets(body: Blocks) -> Block:
    return BulletList((Item(body),))


SHAPES: dict[str, tuple[tuple[Callable[[Blocks], Block], ...], int]] = {
    "quotes": ((quote,), 60),
    "descriptions": ((descriptions,), 12),
    "tables": ((table,), 10),
    "indents": ((quote, descriptions, bullets), 60),
    "mixed": ((quote, labelled, descriptions, table, bullets), 20),
}
"""Shape → the functions that make the block of a level, used in turn, and the number of levels."""


def nested(shape: str, *innermost: Block) -> Block:
    """Return the nested blocks of `shape`; each level has a paragraph so long that pages begin at deep levels."""
    writers, depth = SHAPES[shape]
    blocks: Blocks = innermost
    for level in range(depth, 0, -1):
        text = paragraph(f"Level {level}. " + "They spoke of the tide. " * 20)
        blocks = (writers[level % len(writers)]((text, *blocks)),)
    return blocks[0]


def depth_of(tag: Tag) -> int:
    return 1 + max((depth_of(kid) for kid in tag.kids if isinstance(kid, Tag)), default=0)


def pairs_of_roles(tag: Tag) -> Iterator[tuple[str, str]]:
    for kid in tag.kids:
        if isinstance(kid, Tag):
            yield tag.role, kid.role
            yield from pairs_of_roles(kid)


class DeepPdf(NamedTuple):
    """A PDF of a nested readout, its tag tree, and the arguments that the PDF was made with."""

    page: Readout
    images: ImageStore
    render_options: RenderOptions
    rendition: Rendition
    tree: Tag


@functools.cache
def deep_pdf(shape: str, pdf: str) -> DeepPdf:
    """Return a PDF with photos and a link at the innermost level of `shape`."""
    images, render_options = ImageStore(), RenderOptions(pdf=pdf)
    photos = photo(images, "Two ministers"), photo(images, "A ship")
    link = Link("https://harbour.example/", ("the harbour",))
    page = readout(nested(shape, Figure(photos, caption=("The talks",)), Paragraph(("See ", link, "."))))
    rendition = make_pdf(page, images, render_options)
    return DeepPdf(page, images, render_options, rendition, tag_tree(rendition.data))


@pytest.mark.slow
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("pdf", ["ua1+a2a", "ua2"])
def test_words_nested_deep_arrive_in_order_with_a_note(shape: str, pdf: str) -> None:
    page, images, render_options, rendition, tree = deep_pdf(shape, pdf)
    assert prove_rendition(page, images, rendition, render_options).differences == ()
    assert [note.message for note in rendition.notes] == [
        "the tags of the PDF are nested deeper than 33 levels and were moved up"
    ]
    assert depth_of(tree) <= MAX_TAG_DEPTH
    levels = [line.partition(".")[0] for line in text_lines(tree) if "Level" in line]
    assert [level[level.index("Level") :] for level in levels] == [f"Level {n + 1}" for n in range(SHAPES[shape][1])]
    (tag,) = tags_of_role(tree, "Link")
    assert len(tag.properties) == len(links(rendition)) > 0  # one annotation for each line of the link


@pytest.mark.slow
@pytest.mark.parametrize("shape", SHAPES)
def test_lists_and_tables_have_only_the_tags_that_belong_there(shape: str) -> None:
    allowed = {"L": {"LI"}, "LI": {"Lbl", "LBody"}, "Table": {"Caption", "THead", "TBody"}, "TR": {"TH", "TD"}}
    pairs = set(pairs_of_roles(deep_pdf(shape, "ua1+a2a").tree))
    assert {(outer, inner) for outer, inner in pairs if inner not in allowed.get(outer, {inner})} == set()
    assert ("P", "P") not in pairs


def test_structure_within_the_limit_stays_as_it_is() -> None:
    block: Block = paragraph("They met.")
    for _ in range(MAX_TAG_DEPTH - 2):  # Document and P are the other two levels
        block = Quote((block,))
    rendition = make_pdf(readout(block))
    assert rendition.notes == ()
    assert len(list(tags_of_role(tag_tree(rendition.data), "BlockQuote"))) == MAX_TAG_DEPTH - 2


@pytest.mark.slow
def test_text_nested_in_many_languages_keeps_the_innermost_language() -> None:
    words: tuple[Inline | str, ...] = ("Hafen",)
    for level in range(40):
        words = (Span(words, lang="de" if level % 2 == 0 else "fr"),)
    page = readout(Paragraph(("They met. " * 400, *words)))
    rendition = make_pdf(page)
    assert prove_rendition(page, ImageStore(), rendition, RenderOptions()).differences == ()
    tree = tag_tree(rendition.data)
    assert depth_of(tree) <= MAX_TAG_DEPTH
    *_, innermost = tags_of_role(tree, "Span")
    assert (dict(innermost.properties)["lang"], innermost.kids) == ('"de"', ("Hafen",))


def test_the_limit_is_that_of_pdfium() -> None:
    assert is_found_by_pdfium(MAX_TAG_DEPTH)
    assert not is_found_by_pdfium(MAX_TAG_DEPTH + 1)


def is_found_by_pdfium(depth: int) -> bool:
    """Return whether PDFium finds content nested in `depth` tags, on a page without other content."""
    pdf, out = pikepdf.new(), io.BytesIO()
    page = pdf.add_blank_page().obj
    page.Contents, page.StructParents = pdf.make_stream(b"/Div <</MCID 0>> BDC EMC"), 0
    root = innermost = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    for _ in range(depth):
        tag = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Div, P=innermost))
        innermost.K, innermost = Array([tag]), tag
    innermost.Pg, innermost.K = page, Array([0])
    root.ParentTree = Dictionary(Nums=Array([0, Array([innermost])]))
    pdf.Root.StructTreeRoot, pdf.Root.MarkInfo = root, Dictionary(Marked=True)
    pdf.save(out)
    with pypdfium2.PdfDocument(out.getvalue()) as document:
        first = document[0]
        tree = raw.FPDF_StructTree_GetForPage(first.raw)
        levels, tag = 0, raw.FPDF_StructTree_GetChildAtIndex(tree, 0)
        while tag:
            levels, tag = levels + 1, raw.FPDF_StructElement_GetChildAtIndex(tag, 0)
        raw.FPDF_StructTree_Close(tree)
    return levels == depth


@pytest.mark.parametrize("role", ["BlockQuote", "Em"])
def test_four_times_the_depth_takes_at_most_eight_times_as_long(role: str) -> None:
    def seconds(depth: int) -> float:
        root = innermost = PlannedTag("Document")
        for _ in range(depth):
            innermost = innermost.add(role)
            innermost.kids.append(TextRun(0))
        start = time.process_time()
        for _ in range(20):
            limit_depth(root)
        return time.process_time() - start

    assert min(seconds(200) for _ in range(5)) <= 8 * min(seconds(50) for _ in range(5))
