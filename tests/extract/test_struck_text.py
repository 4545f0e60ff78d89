"""Text that a page strikes out around blocks, or by a style, is marked as struck, line by line."""

from __future__ import annotations

from textwrap import dedent

from tests.outline import outline
from tests.pages import extracted, extraction, whole_page


def blocks(markup: str) -> str:
    return outline(extracted(markup).body)


def test_an_element_around_blocks_strikes_out_each_of_their_lines() -> None:
    page = "<del>Void: <p>The <b>old</b> plan.</p><ul><li>First<li>Second</ul></del><p>The new plan.</p>"
    assert blocks(page) == dedent("""\
        paragraph "[struck: Void:]"
        paragraph "[struck: The [strong: old] plan.]"
        bullets
          - paragraph "[struck: First]"
          - paragraph "[struck: Second]"
        paragraph "The new plan."
        """)


def test_an_inline_style_strikes_out_a_paragraph_or_words() -> None:
    page = (
        '<p style="color: red; text-decoration: line-through">The old plan.</p>'
        '<p>The <span style="text-decoration-line:underline line-through">old</span> new plan.</p>'
    )
    assert blocks(page) == dedent("""\
        paragraph "[struck: The old plan.]"
        paragraph "The [struck: old] new plan."
        """)


def test_a_class_of_a_style_sheet_strikes_out_words() -> None:
    page = whole_page(
        "<html lang=en><style>.c1{color:red} .c3, .c4 {color:blue;text-decoration: line-through}"
        ".c4{text-decoration:none}"
        "li.done em{text-decoration:line-through} .c5:hover{text-decoration:line-through}</style><body><main>"
        "<p>The <span class=c3>old</span> <span class=c4>new</span> <span class=c5>plan</span> <em>holds</em>.</p>"
        "</main></body></html>"
    )
    assert outline(extraction(page).readout.body) == dedent("""\
        paragraph "The [struck: old] new plan [emphasis: holds]."
        """)


def test_text_with_another_decoration_is_not_struck() -> None:
    page = '<p style="text-decoration: underline; --note: line-through">The plan.</p>'
    assert blocks(page) == 'paragraph "The plan."\n'


def test_a_line_that_is_struck_twice_is_marked_once() -> None:
    page = '<div style="text-decoration:line-through"><s><p>The <del>old</del> plan.</p></s></div>'
    assert blocks(page) == 'paragraph "[struck: The old plan.]"\n'
