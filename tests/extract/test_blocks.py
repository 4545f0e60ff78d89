"""Blocks of a page: paragraphs, nested sections, lists, description lists, quotes."""

from __future__ import annotations

from textwrap import dedent

import pytest

from readout_pub.model import Preformatted
from tests.pages import body, extracted

# --- paragraphs


def test_the_direction_of_the_language_is_not_repeated() -> None:
    assert body('<div dir="ltr"><p>One.</p><h2>Two</h2></div>') == dedent("""\
        paragraph "One."
        section "Two"
    """)


def test_empty_paragraphs_are_left_out() -> None:
    assert body("<p>One.</p><p> </p><p>&nbsp;</p><p>Two.</p>") == dedent("""\
        paragraph "One."
        paragraph "Two."
    """)


def test_text_between_blocks_becomes_paragraphs() -> None:
    assert body("One <b>and</b> a half.<p>Two.</p>Three.<div>Four.</div>") == dedent("""\
        paragraph "One [strong: and] a half."
        paragraph "Two."
        paragraph "Three."
        paragraph "Four."
    """)


def test_a_block_inside_an_inline_element_ends_the_paragraph() -> None:
    assert body("<span>One.<div>Two.</div></span>") == dedent("""\
        paragraph "One."
        paragraph "Two."
    """)


def test_a_paragraph_keeps_its_language_and_direction() -> None:
    assert body('<p lang="fr">Un.</p><p lang="ar" dir="rtl">واحد</p>') == dedent("""\
        paragraph lang=fr "Un."
        paragraph lang=ar dir=rtl "واحد"
    """)


def test_the_heading_of_an_accordion_is_a_heading() -> None:
    assert body("<h3><button>What was discussed?</button></h3><div><p>Fish.</p></div>") == dedent("""\
        section "What was discussed?"
          paragraph "Fish."
    """)


# --- headings


def test_headings_make_sections_nested_by_level() -> None:
    assert body("<p>Lead.</p><h2>Trade</h2>One.<h3>Fish</h3>Two.<h2>Culture</h2><p>Three.</p>") == dedent("""\
        paragraph "Lead."
        section "Trade"
          paragraph "One."
          section "Fish"
            paragraph "Two."
        section "Culture"
          paragraph "Three."
    """)


@pytest.mark.slow
def test_skipped_heading_levels_nest_one_level_each() -> None:
    assert body("<h2>News</h2><h4>Fish</h4><p>One.</p><h3>Trade</h3><p>Two.</p><h6>Boats</h6>") == dedent("""\
        section "News"
          section "Fish"
            paragraph "One."
          section "Trade"
            paragraph "Two."
            section "Boats"
    """)


def test_a_heading_in_a_div_of_its_own_starts_a_section() -> None:
    assert body("<div><h2>Trade</h2></div><div><p>One.</p></div><div><h2>Culture</h2></div><p>Two.</p>") == dedent("""\
        section "Trade"
          paragraph "One."
        section "Culture"
          paragraph "Two."
    """)


def test_an_empty_heading_starts_no_section() -> None:
    assert body("<h2><span></span></h2><p>One.</p>") == 'paragraph "One."\n'


def test_a_heading_keeps_its_markup_and_language() -> None:
    assert body('<h2 lang="fr">Le <em>commerce</em></h2>') == 'section lang=fr "Le [emphasis: commerce]"\n'


# --- lists


def test_lists_nest_and_the_text_of_an_item_is_a_paragraph() -> None:
    assert body(
        "<ul><li>Trade<ol><li>Fish</li><li>Boats</li></ol></li><li><p>Culture</p><p>Film</p></li></ul>"
    ) == dedent("""\
        bullets
          - paragraph "Trade"
            ordered
              "1." paragraph "Fish"
              "2." paragraph "Boats"
          - paragraph "Culture"
            paragraph "Film"
    """)


def test_a_list_right_under_a_list_belongs_to_the_item_before_it() -> None:
    assert body("<ol><li>Trade</li><ol><li>Fish</li></ol><li>Culture</li></ol>") == dedent("""\
        ordered
          "1." paragraph "Trade"
            ordered
              "1." paragraph "Fish"
          "2." paragraph "Culture"
    """)


def test_text_between_list_items_is_kept() -> None:
    assert body("<ul>Topics:<li>Trade</li><p>and</p><li>Culture</li></ul>") == dedent("""\
        bullets
          - paragraph "Topics:"
          - paragraph "Trade"
            paragraph "and"
          - paragraph "Culture"
    """)


def test_items_without_a_list_around_them_are_a_bullet_list() -> None:
    assert body(
        "<p>Four harbours took part:</p><li>Reef Town</li><li>Salt <b>Bay</b></li><p>All agreed.</p>"
    ) == dedent("""\
        paragraph "Four harbours took part:"
        bullets
          - paragraph "Reef Town"
          - paragraph "Salt [strong: Bay]"
        paragraph "All agreed."
    """)


def test_an_item_without_end_tag_does_not_take_the_paragraphs_below() -> None:
    assert body("<li>Reef Town<p>All agreed.</p><p>They sailed.</p>") == dedent("""\
        paragraph "Reef Town"
        paragraph "All agreed."
        paragraph "They sailed."
    """)


def test_a_list_whose_items_all_begin_with_headings_is_sections() -> None:
    accordion = "<li><h3>Visas</h3><p>None.</p></li><li><div><h3><button>Tides</button></h3></div><p>High.</p></li>"
    assert body(f"<h2>Travel</h2><ul>{accordion}</ul>") == dedent("""\
        section "Travel"
          section "Visas"
            paragraph "None."
          section "Tides"
            paragraph "High."
    """)


def test_a_list_of_which_one_item_has_no_heading_stays_a_list() -> None:
    assert "bullets" in body("<ul><li><h3>Visas</h3><p>None.</p></li><li>Tides are high.</li></ul>")


def test_a_list_of_headings_without_text_stays_a_list() -> None:
    assert "bullets" in body("<ul><li><h3>Visas</h3></li><li><h3>Tides</h3></li></ul>")


def test_empty_lists_and_items_are_left_out() -> None:
    assert body("<p>One.</p><ul> </ul><ul><li> </li><li>Two.</li></ul>") == dedent("""\
        paragraph "One."
        bullets
          - paragraph "Two."
    """)


# --- description lists


def test_terms_are_grouped_with_their_descriptions() -> None:
    assert body("<dl><dt>Place<dd>The harbour<dt>Date</dt><dt>Time</dt><dd>May 1</dd><dd>Noon</dl>") == dedent("""\
        descriptions
          term "Place"
            paragraph "The harbour"
          term "Date"
          term "Time"
            paragraph "May 1"
            paragraph "Noon"
    """)


def test_terms_grouped_in_divs_are_the_same_list() -> None:
    assert body(
        "<dl><div><dt>Place</dt><dd>The harbour</dd></div><div><dt>Time</dt><dd>Noon</dd></div></dl>"
    ) == dedent("""\
        descriptions
          term "Place"
            paragraph "The harbour"
          term "Time"
            paragraph "Noon"
    """)


def test_terms_and_descriptions_may_stand_alone() -> None:
    assert body("<dl><dd>The harbour<dt>Time</dl>") == dedent("""\
        descriptions
            paragraph "The harbour"
          term "Time"
    """)


# --- other blocks


def test_quotes_contain_blocks_and_rules_are_blocks() -> None:
    assert body("<blockquote><p>We agree.</p><p>Fully.</p></blockquote><hr><p>One.</p>") == dedent("""\
        quote
          paragraph "We agree."
          paragraph "Fully."
        rule
        paragraph "One."
    """)


def test_preformatted_text_keeps_its_lines_and_spaces() -> None:
    assert body("<pre>\nNoon   arrival\n  1 pm lunch\n</pre>") == 'preformatted "Noon   arrival⏎  1 pm lunch"\n'


def test_a_br_in_preformatted_text_is_a_line_break() -> None:
    assert extracted("<pre>one<br>two</pre>").body == (Preformatted("one\ntwo"),)


# --- languages


def test_the_language_of_a_div_is_set_on_each_block_in_it() -> None:
    assert body("""
        <div lang="ar" dir="rtl"><p>واحد</p><ul><li>اثنان</ul></div>
        <section lang="ja"><h2>外交</h2><p>会談</p></section>
    """) == dedent("""\
        paragraph lang=ar dir=rtl "واحد"
        bullets lang=ar dir=rtl
          - paragraph "اثنان"
        section lang=ja "外交"
          paragraph lang=ja "会談"
    """)


def test_the_language_of_the_page_is_not_repeated_on_blocks() -> None:
    assert body('<div lang="en"><p>One.</p></div>') == 'paragraph "One."\n'


def test_page_language_inside_a_foreign_quote_is_marked() -> None:
    assert body('<blockquote lang="fr"><p>Un.</p><p lang="en">One.</p></blockquote>') == dedent("""\
        quote lang=fr
          paragraph "Un."
          paragraph lang=en "One."
    """)


def test_a_heading_in_another_language_than_its_section_is_marked_alone() -> None:
    assert body('<h2 lang="fr">Le commerce</h2><p>They met.</p>') == dedent("""\
        section "[fr: Le commerce]"
          paragraph "They met."
    """)


def test_the_summary_of_details_heads_a_section_that_ends_with_them() -> None:
    details = "<details><summary>How <b>deep</b>?</summary><p>Twelve metres.</p><h3>Tides</h3><p>More.</p></details>"
    assert body(f"<h2>Bay</h2>{details}<p>Two.</p>") == dedent("""\
        section "Bay"
          section "How [strong: deep]?"
            paragraph "Twelve metres."
            section "Tides"
              paragraph "More."
          paragraph "Two."
    """)


@pytest.mark.parametrize(
    ("details", "outlined"),
    [
        ("<summary>Bay</summary>", 'paragraph "Bay"\n'),
        ("<p>One.</p>", 'paragraph "One."\n'),
        ("<summary></summary><p>One.</p>", 'paragraph "One."\n'),
        ("<summary><h3>Bay</h3></summary><p>One.</p>", 'section "Bay"\n  paragraph "One."\n'),
    ],
)
def test_details_without_content_or_plain_summary_are_read_as_text(details: str, outlined: str) -> None:
    assert body(f"<details>{details}</details>") == outlined


def test_a_section_heading_keeps_the_language_of_its_summary() -> None:
    details = '<details lang="en"><summary lang="fr">La baie</summary><p>One.</p></details>'
    assert body(details) == 'section "[fr: La baie]"\n  paragraph "One."\n'


def test_a_long_summary_is_text() -> None:
    words = "tide " * 50
    assert "section" not in body(f"<details><summary>{words}</summary><p>One.</p></details>")


def test_a_list_of_photos_stays_a_list_if_it_declares_a_language() -> None:
    photos = '<li><img src="a.jpg" alt="Lamp"></li>'
    assert "bullets" not in body(f"<p>One.</p><ul>{photos}</ul>")
    assert "bullets lang=fr" in body(f'<p>One.</p><ul lang="fr">{photos}</ul>')


@pytest.mark.parametrize("tag", ["p", "div"])
def test_a_block_that_is_bold_by_its_style_is_a_bold_paragraph(tag: str) -> None:
    style = 'style="margin: 0; font-weight: bold"'
    assert body(f"<{tag} {style}>The <b>Ministers</b> met.</{tag}><p>In Atlantis.</p>") == dedent("""\
        paragraph "[strong: The Ministers met.]"
        paragraph "In Atlantis."
        """)
    text = 'Place: <span style="font-weight: normal">Atlantis</span>'
    assert body(f"<{tag} {style}>{text}</{tag}><p>One.</p>").startswith('paragraph "[strong: Place: ]Atlantis"\n')
