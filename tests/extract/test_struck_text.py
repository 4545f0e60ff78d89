"""Text that a page strikes out around blocks, or by a style, is marked as struck, line by line."""

from __future__ import annotations

from textwrap import dedent

import pytest

from readout_pub import extract
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


def test_rules_for_print_or_for_hovered_elements_strike_out_nothing() -> None:
    page = whole_page(
        "<html lang=en><style>@media print{.c1{text-decoration:line-through}}"
        ".menu:hover{.c2{text-decoration:line-through}}"
        "@media screen{.c3{text-decoration:line-through}}</style><body><main>"
        "<p><span class=c1>This</span> <span class=c2>new</span> <span class=c3>old</span> plan holds.</p>"
        "</main></body></html>"
    )
    assert outline(extraction(page).readout.body) == 'paragraph "This new [struck: old] plan holds."\n'


def test_the_style_of_an_element_counts_more_than_its_class() -> None:
    page = whole_page(
        "<html lang=en><style>.c3{text-decoration:line-through}</style><body><main>"
        '<p>The <span class=c3 style="text-decoration:none">new</span> plan.</p></main></body></html>'
    )
    assert outline(extraction(page).readout.body) == 'paragraph "The new plan."\n'


def test_code_and_base_texts_with_readings_are_struck_whole() -> None:
    line = 'style="text-decoration:line-through"'
    page = f"<p>See <code {line}>plan.py</code> by <ruby {line}>黒瀬<rt>くろせ</rt></ruby>.</p>"
    assert blocks(page) == 'paragraph "See [struck: [code: plan.py]] by [struck: [ruby くろせ: 黒瀬]]."\n'


@pytest.mark.parametrize("photo", ["", '<img src="flag.jpg" alt="A flag">'])
def test_words_beside_a_photo_in_a_struck_paragraph_are_struck(photo: str) -> None:
    words = "The ministers agreed on the old plan, which is void since the talks of the spring."
    for page in (f"<p><del>{photo}{words}</del></p>", f'<p style="text-decoration:line-through">{photo}{words}</p>'):
        assert f'paragraph "[struck: {words}]"' in blocks(page)


def test_adjacent_struck_words_are_one_and_white_space_is_not_struck() -> None:
    assert blocks("<p>The <s>o</s><s>ld</s><s> </s>plan.</p>") == 'paragraph "The [struck: old] plan."\n'


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("<h1>Talks on the <s>old</s> ferries</h1>", "title"),
        ("<h1 style='text-decoration: line-through'>Talks on the ferries</h1>", "title"),
        ("<del><h1>Talks on the ferries</h1></del>", "title"),
        ("<h1>Talks on the ferries</h1><p class=byline>By <s>Ann Salt</s> Bea Kelp</p>", "byline"),
        ("<h1>Talks on the ferries</h1><p>Run <code>rm <s>old</s> new</code> first.</p>", "code"),
        ("<h1>Talks on the ferries</h1><pre>one <del>two</del></pre>", "code"),
        ("<h1>Talks on the ferries</h1><p>The <s>ferries</s> boats are <s>on</s> late.</p>", None),
    ],
)
def test_struck_words_in_plain_fields_and_code_get_a_warning(line: str, place: str | None) -> None:
    text = "<p>The ministers of the two islands met for an hour, and discussed the ferries and the harbour.</p>"
    readout = extract(whole_page(f"<article>{line}{text}{text.replace('an hour', 'a day')}</article>")).readout
    notes = [each.message for each in readout.notes if each.code == "STRUCK_UNMARKED"]
    assert len(notes) == (place is not None)
    assert all(f"strikes out words in the {place}," in each for each in notes)
