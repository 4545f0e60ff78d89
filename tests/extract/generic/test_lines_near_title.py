"""Which lines beside the title are kept."""

from __future__ import annotations

import pytest

from readout_pub.extract.generic import analyse_page, parse_markup
from readout_pub.extract.generic.classify import choose_lines, classify
from readout_pub.extract.generic.weights import load_weights
from tests.extract.generic.pages import DATED, HEADLINE, LATER, STORY, body_outline, newspaper


@pytest.mark.parametrize("place", ['class="read__place p-location"', 'itemprop="location"'])
def test_the_place_of_the_meeting_is_kept_whatever_its_score(place: str) -> None:
    facts = f"<div><time>4 May 2031</time><div>13:20</div><div {place}>Lamp Hall, Reef Town</div></div>"
    page = analyse_page(parse_markup(newspaper(f"<div>{HEADLINE}{facts}</div><div>{STORY}{LATER}</div>")))
    classify(page, load_weights())
    short = [line.index for line in page.lines if line.text in {"13:20", "Lamp Hall, Reef Town"}]
    for index in short:
        page.margins[index] = -3.0
    keep = choose_lines(page, None)
    assert [keep[index] for index in short] == [False, True]


@pytest.mark.parametrize("subjects", ["Lamps on the reef; salt; trade.", "the lamps of the reef; the salt"])
def test_subjects_of_an_interview_after_their_label_are_text(subjects: str) -> None:
    facts = (
        '<ul class="media-meta"><li><div class="field__item">Transcript</div></li></ul>'
        f'<div class="field--name-field-topics"><div class="field__item">Topics: {subjects}</div></div>'
        '<div class="field--name-field-date"><time datetime="2031-05-14">14 May 2031</time></div>'
    )
    page = newspaper(f"{facts}<div>{STORY}{LATER}</div>", above=HEADLINE, head=DATED)
    assert f"Topics: {subjects}" in body_outline(page)
