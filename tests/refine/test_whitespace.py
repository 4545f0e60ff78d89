"""White space is trimmed; empty blocks, and horizontal rules that separate nothing, are removed."""

from __future__ import annotations

from textwrap import dedent

import pytest

from readout_pub import Readout, refine
from readout_pub.model import (
    Blocks,
    BulletList,
    Emphasis,
    Figure,
    Inlines,
    Item,
    LineBreak,
    Link,
    OrderedList,
    Origin,
    Paragraph,
    Rule,
    Strong,
)
from tests.outline import outline


def normalized(*blocks: object) -> str:
    """Refine a body of these blocks and return its outline; a string is a paragraph."""
    body: Blocks = tuple(Paragraph((block,)) if isinstance(block, str) else block for block in blocks)  # type: ignore[misc]
    readout = Readout(language="en", body=body, origin=Origin("page.html", "0" * 64), title=("Talks",))
    return outline(refine(readout).body)


def test_rules_at_the_edges_of_list_items_are_left_out() -> None:
    item = Item((Rule(), Paragraph(("One",)), Rule(), Paragraph(("Two",)), Rule()), label="1.")
    assert normalized(OrderedList((item,))) == normalized(
        OrderedList((Item((Paragraph(("One",)), Rule(), Paragraph(("Two",))), label="1."),))
    )


def test_paragraphs_are_trimmed_and_redundant_rules_left_out() -> None:
    assert normalized(Rule(), "\u3000One ", Rule(), Rule(), "Two", Rule()) == dedent("""\
        paragraph "One"
        rule
        paragraph "Two"
    """)


def test_trimming_reaches_into_inline_elements() -> None:
    paragraph = Paragraph((Emphasis((" ", LineBreak())), Emphasis(("\u00a0One ",)), LineBreak(), " "))
    assert normalized(paragraph) == 'paragraph "[emphasis: One]"\n'


@pytest.mark.parametrize(
    ("inlines", "expected"),
    [
        (("See ", Link("#a", (" the form ",)), "."), "See [link #a: the form] ."),
        (("See", Link("#a", (" the form ",)), "today."), "See [link #a: the form] today."),
        (("See ", Link("#a", (" the form ",)), " today."), "See [link #a: the form] today."),
        ((Strong((Link("#a", ("the form ",)), "today")),), "[strong: [link #a: the form] today]"),
        ((Link("#a", ("one ",)), Link("#b", (" two",))), "[link #a: one] [link #b: two]"),
        ((Link("#a", ("one", LineBreak(), " ")), "two"), "[link #a: one]⏎ two"),
    ],
)
def test_spaces_at_the_edges_of_links_move_outside(inlines: Inlines, expected: str) -> None:
    assert normalized(Paragraph(inlines)) == f'paragraph "{expected}"\n'


def test_a_link_that_contains_only_a_space_keeps_it() -> None:
    inlines = ("See ", Link("#a", (" ",)), "the form")
    assert normalized(Paragraph(inlines)) == 'paragraph "See [link #a:  ]the form"\n'


def test_empty_blocks_are_left_out() -> None:
    empty = (Paragraph(()), Paragraph((" \u3000",)), BulletList(()), OrderedList(()), Figure(()))
    assert normalized("One", *empty) == 'paragraph "One"\n'


def test_a_figure_without_photo_keeps_its_caption() -> None:
    assert normalized("One", Figure((), caption=("The talks",))) == dedent("""\
        paragraph "One"
        figure
          caption "The talks"
    """)
