"""Characters that Markdown or TeX would interpret are escaped."""

from __future__ import annotations

import cmarkgfm
import pytest
from cmarkgfm.cmark import Options

from readout_pub.emit import emit
from readout_pub.image_store import ImageStore
from readout_pub.model import (
    Cell,
    Description,
    DescriptionList,
    Emphasis,
    Inlines,
    LineBreak,
    Origin,
    Paragraph,
    Readout,
    Row,
    Strong,
    Struck,
    Sub,
    Table,
)

UNSAFE = Options.CMARK_OPT_UNSAFE
"""Option of cmark that keeps raw HTML. GitHub sets it too, and removes unsafe elements afterwards."""


def written(target: str, text: str) -> str:
    """Return how format `target` writes a paragraph with `text`."""
    readout = Readout(language="en", body=(Paragraph(children=(text,)),), origin=Origin("talks.html", "00" * 32))
    before_colophon, _, _ = emit(readout, ImageStore(), target).data.decode().partition("Unknown:")
    *_, paragraph, _rule, _ = before_colophon.split("\n\n")
    return paragraph


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("AT&amp;T", "AT&amp;amp;T"),  # the author of the page escaped it twice, and browsers show "AT&amp;T"
        ("&#8217;", "&amp;\\#8217;"),
        ("Cod & Sons; fish", "Cod & Sons; fish"),
        ("5 * 3 < $20 [1]", "5 \\* 3 \\< \\$20 \\[1\\]"),
    ],
)
def test_only_characters_that_markdown_would_interpret_are_escaped(text: str, markdown: str) -> None:
    assert written("md", text) == markdown


@pytest.mark.parametrize(
    ("line", "html"),
    [
        ((Strong(("Minister\u00a0",)), "spoke"), "<strong>Minister\u00a0</strong>spoke"),
        (("Berlin ", Strong(()), "– talks"), "Berlin – talks"),
        (("seen as repressive", Emphasis((".",)), " Look"), "repressive<em>.</em> Look"),
        ((Strong(("Ada (",)), Emphasis(("laughs",)), ")"), "<strong>Ada (</strong><em>laughs</em>)"),
        ((Strong(("Ada:",)), " We met"), "<strong>Ada:</strong> We met"),
        ((Strong(("港",)), "で会談"), "<strong>港</strong>で会談"),
        ((Strong(("「港」",)), "で会談"), "<strong>「港」</strong>で会談"),
        ((Strong((Emphasis(("a",)), "b")), "c"), "<strong><em>a</em>b</strong>c"),
        (("word", Struck((", and",)), " more"), "word<s>, and</s> more"),
        (("H", Struck((Sub(("2",)),)), "O"), "H<s><sub>2</sub></s>O"),
        ((Struck(("a",)), Struck(("b",))), "<s>a</s><s>b</s>"),
        (("Talks", Struck((Strong(("",)),)), " in May"), "Talks in May"),
    ],
)
def test_emphasis_beside_spaces_and_letters_looks_as_on_the_page(line: Inlines, html: str) -> None:
    readout = Readout(language="en", body=(Paragraph(children=line),), origin=Origin("talks.html", "00" * 32))
    page = cmarkgfm.github_flavored_markdown_to_html(emit(readout, ImageStore(), "md").data.decode(), UNSAFE)
    assert html in page


@pytest.mark.parametrize(
    ("line", "html"),
    [
        (("https://e.example/~ada",), "https://e.example/~ada"),
        (("https://e.example/", LineBreak(), "Fish"), "https://e.example/<br />\nFish"),
        (("https://e.example/", Emphasis(("fish",))), "https://e.example/<em>fish</em>"),
        (
            (Strong(("https://e.example/",)), "fish"),
            '<strong><a href="https://e.example/">https://e.example/</a></strong>fish',
        ),
    ],
)
def test_markup_beside_a_bare_url_does_not_become_part_of_it(line: Inlines, html: str) -> None:
    readout = Readout(language="en", body=(Paragraph(children=line),), origin=Origin("talks.html", "00" * 32))
    page = cmarkgfm.github_flavored_markdown_to_html(emit(readout, ImageStore(), "md").data.decode(), UNSAFE)
    assert f"<p>{html}</p>" in page


@pytest.mark.parametrize("rowspan", [1, 2])
def test_the_caption_of_a_markdown_table_is_above_it(rowspan: int) -> None:
    table = Table((Row((Cell((Paragraph(children=("7",)),), rowspan=rowspan),)),), caption=("- Ships",))
    readout = Readout(language="en", body=(table,), origin=Origin("talks.html", "00" * 32))
    assert "\\- Ships\n\n|" in emit(readout, ImageStore(), "md").data.decode()


@pytest.mark.parametrize(
    ("line", "markdown"),
    [("1. Harbour Road", "1\\. Harbour Road"), ("- Fish", "\\- Fish"), ("# 5", "\\# 5"), ("3.5 miles", "3.5 miles")],
)
def test_the_start_of_a_line_inside_a_paragraph_is_escaped_in_markdown(line: str, markdown: str) -> None:
    paragraph = Paragraph(children=("The hall", LineBreak(), line))
    readout = Readout(language="en", body=(paragraph,), origin=Origin("talks.html", "00" * 32))
    assert f"The hall\\\n{markdown}\n" in emit(readout, ImageStore(), "md").data.decode()


@pytest.mark.parametrize(("line", "markdown"), [("---", r"\---"), ("-- -", r"\-- -"), ("--", "--")])
def test_a_paragraph_of_dashes_does_not_become_a_horizontal_rule(line: str, markdown: str) -> None:
    readout = Readout(language="en", body=(Paragraph(children=(line,)),), origin=Origin("talks.html", "00" * 32))
    assert f"\n\n{markdown}\n" in emit(readout, ImageStore(), "md").data.decode()


def test_a_description_of_equals_signs_does_not_make_its_term_a_heading() -> None:
    described = DescriptionList((Description((("Depth",),), (Paragraph(("===",)),)),))
    readout = Readout(language="en", body=(described,), origin=Origin("talks.html", "00" * 32))
    html = cmarkgfm.github_flavored_markdown_to_html(emit(readout, ImageStore(), "md").data.decode(), UNSAFE)
    assert "<p>Depth<br />\n===</p>" in html


def test_text_is_escaped_in_an_html_table_of_markdown_too() -> None:
    wide = Cell((Paragraph(children=("AT&amp;T",)),), colspan=2)
    table = Table(body=(Row((wide,)), Row((Cell(()), Cell(())))))
    readout = Readout(language="en", body=(table,), origin=Origin("talks.html", "00" * 32))
    assert '<td colspan="2">AT&amp;amp;T</td>' in emit(readout, ImageStore(), "md").data.decode()


def test_tex_keeps_straight_and_curly_quotes() -> None:
    assert written("tex", '"It\'s" “it’s” ``') == (
        "\\textquotedbl{}It\\textquotesingle s\\textquotedbl{} “it’s” \\textasciigrave{}\\textasciigrave{}"
    )
