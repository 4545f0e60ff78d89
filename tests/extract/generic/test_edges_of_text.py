"""Where the text begins and ends."""

from __future__ import annotations

import pytest

from readout_pub.extract.generic import analyse_page, parse_markup
from readout_pub.extract.generic.classify import choose_lines, classify
from readout_pub.extract.generic.weights import load_weights
from tests.extract.generic.pages import HEADLINE, LATER, STORY, body_outline, is_kept_despite_low_score, newspaper


def test_the_last_short_lines_of_a_transcript_are_kept() -> None:
    end = '<p class="rtecenter">END</p><p class="rteright">11:57 A.M. PDT</p>'
    assert "11:57 A.M." in body_outline(newspaper(f"{HEADLINE}{STORY}{end}"))


def test_a_sentence_at_the_start_of_the_text_blockis_kept_despite_low_score() -> None:
    advice = '<p class="footer-note">Ask <a href="/office">the harbour office</a> first, please.</p>'
    assert "harbour office" in body_outline(newspaper(f"{HEADLINE}<div>{advice}<h2>Ships</h2>{STORY}{LATER}</div>"))


def test_a_line_of_asterisks_is_left_out_above_but_not_within_the_text() -> None:
    outline = body_outline(newspaper(f"{HEADLINE}<div>******************</div>{STORY}<p>* * *</p>{LATER}"))
    assert "*****" not in outline
    assert "* * *" in outline


def test_a_notice_in_the_header_of_the_site_is_left_out() -> None:
    notice = "<p>Captains can now book a berth on the telephone, by letter, or in the tower of the old harbour.</p>"
    header = f"<div>{notice}</div>" + "".join(f"<p>Tower {number}</p>" for number in range(8))
    assert "book a berth" not in body_outline(newspaper(f"{HEADLINE}{STORY}{LATER}", above=header))
    assert "book a berth" in body_outline(newspaper(f"{notice}{HEADLINE}{STORY}{LATER}"))


@pytest.mark.parametrize(
    ("end", "kept"),
    [
        ('<p align="right" class="head">(Nerea Salt)<br>Keeper of the reef</p>', True),
        ('<p style="text-align: right">Nerea Salt</p>', True),
        ('<p class="has-text-align-right">Nerea Salt, Keeper</p>', True),
        ('<div class="text-right">Nerea Salt, Keeper</div>', True),
        ('<p class="head">Press Release: 2031-2032/1641 Nerea Salt</p>', False),
        ('<p class="head">Nerea Salt</p>', False),
        ('<p align="right" class="related">Nerea Salt</p>', False),
    ],
)
def test_a_signature_at_the_right_edge_below_the_textis_kept_despite_low_score(end: str, *, kept: bool) -> None:
    page = f"{HEADLINE}<table><tr><td>{STORY}{LATER}{LATER}{end}</td></tr></table>"
    assert is_kept_despite_low_score(page, "Nerea Salt") == kept


@pytest.mark.parametrize(("number", "kept"), [("Press Release: 2031-2032/1641", True), ("Lamps: 2031-2032", False)])
def test_kind_and_number_of_the_document_below_its_text_are_kept(number: str, *, kept: bool) -> None:
    assert is_kept_despite_low_score(f'{HEADLINE}<div>{STORY}{LATER}<p class="head">{number}</p></div>', number) == kept


@pytest.mark.parametrize("tag", ["p", "div"])
def test_a_last_paragraph_with_a_link_is_kept_below_another_paragraph(tag: str) -> None:
    link = '<a href="/guide">the guide of the harbour</a>'
    last = f"After these three lessons, a pilot who has a ship of his own can sail at night with {link} and its maps"
    page = analyse_page(
        parse_markup(newspaper(f"{HEADLINE}{STORY}<div><p>They met at noon.</p><{tag}>{last}</{tag}></div>"))
    )
    classify(page, load_weights())
    own = next(line.index for line in page.lines if line.text.startswith("After these"))
    page.margins = [3.0 if line.index < own else -2.0 for line in page.lines]
    assert choose_lines(page, None)[own] is (tag == "p")
