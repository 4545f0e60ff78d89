"""The confidence that the generic extractor states for a text, and the note on a doubtful text."""

from __future__ import annotations

import pytest

from readout_pub import Readout, extract
from readout_pub.extract import generic
from readout_pub.extract.fields import MIN_EXPECTED_F1
from readout_pub.extract.generic import analyse_page, parse_markup
from readout_pub.extract.generic.classify import classify
from readout_pub.extract.generic.confidence import confidence_features, load_confidence_weights
from readout_pub.extract.generic.weights import load_weights
from readout_pub.model import Confidence, from_json, to_json
from tests.extract.generic.pages import DATED, HEADLINE, LATER, STORY, newspaper, read_generic
from tests.pages import whole_page

CARDS = "".join(
    f'<div class="product"><h3><a href="/{number}">Offer {number}</a></h3><span>{number} crowns</span>'
    "<div>In stock</div></div>"
    f'<ul><li><a href="/c{number}">Shelf {number}</a></li></ul>'
    for number in range(60)
)
SCRAPS = newspaper(f"<h1>Lamps</h1>{CARDS}", head='<meta property="og:type" content="product">')
"""A page of a shop; the extractor is wrong most often on such pages."""


def is_doubtful(readout: Readout) -> bool:
    return "EXTRACTION_DOUBTFUL" in {note.code for note in readout.notes}


def test_the_text_of_a_plain_story_is_certain() -> None:
    readout = read_generic(newspaper(f"{HEADLINE}{STORY}{LATER}"))
    assert readout.confidence is not None
    assert readout.confidence.expected_f1 > 0.9
    assert not is_doubtful(readout)


def expected_f1(page: str) -> float:
    confidence = read_generic(page).confidence
    assert confidence is not None
    return confidence.expected_f1


def test_a_text_outside_of_paragraphs_is_less_certain() -> None:
    story = f"{STORY}{LATER}"
    blocks = story.replace("<p>", "<div>").replace("</p>", "</div>")
    assert expected_f1(newspaper(f"{HEADLINE}{blocks}")) < expected_f1(newspaper(f"{HEADLINE}{story}"))


def test_a_text_whose_lines_do_not_end_as_sentences_is_less_certain() -> None:
    story = f"{STORY}{LATER}"
    fragments = story.replace(".</p>", "</p>")
    assert expected_f1(newspaper(f"{HEADLINE}{fragments}")) < expected_f1(newspaper(f"{HEADLINE}{story}"))


def test_a_page_with_many_form_controls_is_less_certain() -> None:
    form = '<form><select><option>salt<option>olives</select><input name="ships"></form>' * 40
    story = f"{HEADLINE}{STORY}{LATER}"
    assert expected_f1(newspaper(story, below=form)) < expected_f1(newspaper(story))


def test_a_page_without_a_publication_date_is_less_certain() -> None:
    story = f"{HEADLINE}{STORY}{LATER}"
    assert expected_f1(newspaper(story)) < expected_f1(newspaper(story, head=DATED))


@pytest.mark.slow
def test_a_page_of_short_fragments_is_doubtful_and_gets_a_warning() -> None:
    readout = read_generic(SCRAPS)
    assert readout.confidence is not None
    assert readout.confidence.expected_f1 < MIN_EXPECTED_F1
    assert [note.severity for note in readout.notes if note.code == "EXTRACTION_DOUBTFUL"] == ["warning"]


def test_the_note_appears_below_the_threshold(monkeypatch: pytest.MonkeyPatch) -> None:
    for expected in (MIN_EXPECTED_F1 - 0.01, MIN_EXPECTED_F1):
        monkeypatch.setattr(generic, "estimate", lambda *_, expected=expected, **__: Confidence(expected, 0.1))
        assert is_doubtful(read_generic(newspaper(f"{HEADLINE}{STORY}"))) is (expected < MIN_EXPECTED_F1)


def test_a_text_kept_on_request_has_no_confidence() -> None:
    readout = extract(whole_page(SCRAPS), site="none", keep="most").readout
    assert readout.confidence is None
    assert not is_doubtful(readout)


def test_more_doubtful_lines_give_a_larger_share_of_doubtful_words() -> None:
    menu = "".join(f'<li><a href="/{number}">Story {number}</a></li>' for number in range(60))
    panel = '<div class="panel"><h3>Lamps</h3><div class="panel-body"><p>The lamps are lit at dusk.</p></div></div>'
    pages = (newspaper(f"{HEADLINE}{STORY}"), newspaper(f"{HEADLINE}{STORY}<ul>{menu}</ul>{panel * 3}"))
    certain, doubtful = (read_generic(page).confidence for page in pages)
    assert certain is not None
    assert doubtful is not None
    assert 0 <= certain.words_in_doubt < doubtful.words_in_doubt <= 1


def test_every_feature_has_a_weight_and_every_weight_a_feature() -> None:
    page = analyse_page(parse_markup(SCRAPS))
    features = confidence_features(page, classify(page, load_weights()), is_dated=True)
    assert features.keys() | {"any page"} == load_confidence_weights().keys()


def test_the_confidence_is_part_of_the_model() -> None:
    readout = read_generic(SCRAPS)
    assert from_json(to_json(readout)) == readout
    assert b'"confidence"' in to_json(readout)
