"""What is kept between kept lines."""

from __future__ import annotations

import pytest

from readout_pub.extract.generic import analyse_page, parse_markup
from readout_pub.extract.generic.classify import choose_lines, classify
from readout_pub.extract.generic.weights import load_weights
from tests.extract.generic.pages import HEADLINE, LATER, STORY, newspaper


def test_prose_between_kept_paragraphs_of_its_block_is_text_whatever_its_score() -> None:
    page = analyse_page(parse_markup(newspaper(f"{HEADLINE}{STORY}{LATER}")))
    classify(page, load_weights())
    doubtful = [line.index for line in page.lines if line.text.startswith("Captains")]
    for index in doubtful:
        page.margins[index] = -3.0
    keep = choose_lines(page, None)
    assert [keep[index] for index in doubtful] == [True, True]


@pytest.mark.parametrize(
    ("block", "words"),
    [
        ("<div><p>Words that were struck out stand in brackets there.</p></div>", "Words that were"),
        (
            '<table border="1"><tr><th>Paper</th><th>Signed by</th></tr><tr><td>Plan</td><td>Reef</td></tr></table>',
            "Plan",
        ),
    ],
)
def test_a_sentence_or_table_between_kept_lines_is_kept_whatever_its_score(block: str, words: str) -> None:
    product = '<meta property="og:type" content="product">'  # another rule keeps short lines, but not on product pages
    page = analyse_page(parse_markup(newspaper(f"{HEADLINE}{STORY}{block}{LATER}", head=product)))
    classify(page, load_weights())
    inner = [line.index for line in page.lines if words in line.text]
    for index in inner:
        page.margins[index] = -3.0
    keep = choose_lines(page, None)
    assert [keep[index] for index in inner] == [True]
