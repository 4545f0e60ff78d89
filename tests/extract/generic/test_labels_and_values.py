"""Which labels are kept with their values, and terms with their descriptions."""

from __future__ import annotations

from readout_pub.extract.generic import analyse_page, parse_markup
from readout_pub.extract.generic.classify import choose_lines, classify
from readout_pub.extract.generic.weights import load_weights
from tests.extract.generic.pages import HEADLINE, LATER, STORY, body_outline, newspaper


def test_the_label_of_share_buttons_is_left_out_whatever_its_score() -> None:
    share = '<div class="share"><p>Tell the whole reef</p><ul><li><a href="/f">Shellbook</a></li></ul></div>'
    page = analyse_page(parse_markup(newspaper(f"{HEADLINE}{STORY}{share}{LATER}")))
    classify(page, load_weights())
    label = next(line.index for line in page.lines if line.text == "Tell the whole reef")
    page.margins[label] = 2.0
    assert not choose_lines(page, None)[label]


def test_a_description_is_left_out_with_its_term() -> None:
    facts = """<dl><div><dt>Status</dt><dd>Closed</dd></div><div><dt>Published</dt><dd>9 May 2031</dd></div>
        <div><dt>Last updated</dt><dd>14 May 2031</dd></div>
        <div><dt>Case opened</dt><dd>2 October 2030</dd></div></dl>"""
    outline = body_outline(newspaper(f"{HEADLINE}{facts}{STORY}{LATER}"))
    assert "Last updated" not in outline
    assert "14 May 2031" not in outline
    assert "2 October 2030" in outline


def test_a_description_in_a_paragraph_is_left_out_with_its_term() -> None:
    facts = "<dl><dt>Lamp</dt><dd><p>The lamps of Salt Bay</p></dd><dt>Views</dt><dd><p>4 kept and 3 lost</p></dd></dl>"
    outline = body_outline(newspaper(f"{HEADLINE}{facts}{STORY}{LATER}"))
    assert "The lamps of Salt Bay" in outline
    assert "Views" not in outline
    assert "4 kept and 3 lost" not in outline


def test_a_term_is_kept_with_a_description_that_is_a_sentence() -> None:
    sentence = "The wick of each lamp was cut on Monday, and the oil was changed by the keeper."
    facts = f"<dl><dt>Lamp</dt><dd><p>The lamps of Salt Bay</p></dd><dt>Details</dt><dd><p>{sentence}</p></dd></dl>"
    outline = body_outline(newspaper(f"{HEADLINE}{facts}{STORY}{LATER}"))
    assert "Details" in outline
    assert sentence in outline
