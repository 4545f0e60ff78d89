"""What `--keep more` and `--keep most` add to the text of a page, and how `inspect --why` lists these lines."""

from __future__ import annotations

import pytest

from readout_pub import Readout, UsageError, extract
from readout_pub.extract.generic import analyse_page, parse_markup
from readout_pub.extract.generic.classify import choose_lines, classify
from readout_pub.extract.generic.weights import load_weights
from readout_pub.model import Keep, texts
from tests.extract.generic.pages import HEADLINE, STORY, newspaper
from tests.pages import whole_page

BESIDE = """
<aside class="related"><h3>Related stories</h3><ul><li><a href="/1">Lamps lit</a></li></ul></aside>
<div class="tags"><a href="/reef">Reef</a> <a href="/pilots">Pilots</a></div>
<div class="share"><p>The editors took these words from a letter that the harbour master wrote to the assembly in
spring, and nobody has answered it since.</p></div>
<div class="share"><a href="#">Share</a></div>
<nav><p>This is the part of the paper that leads to all the other parts of the paper, from sport to weather.</p></nav>
"""
PAGE = newspaper(f"{HEADLINE}{STORY}", below=BESIDE)


def read_keeping(keep: Keep | None, markup: str = PAGE) -> Readout:
    return extract(whole_page(markup), site="none", keep=keep).readout


def words(readout: Readout) -> list[str]:
    return " ".join(texts(readout.body)).split()


def test_keep_most_adds_everything_except_obvious_boilerplate() -> None:
    kept = " ".join(words(read_keeping("most")))
    for added in ("Related stories", "Lamps lit", "Pilots", "letter that the harbour master wrote"):
        assert added in kept
    for chrome in ("Share", "Markets", "all the other parts", "rights reserved"):
        assert chrome not in kept


def test_keep_more_adds_fewer_words_than_keep_most() -> None:
    plain, more, most = (words(read_keeping(keep)) for keep in (None, "more", "most"))
    assert set(plain) <= set(more) <= set(most)
    assert len(plain) <= len(more) < len(most)


def test_keep_more_adds_lines_that_score_just_below_the_threshold() -> None:
    page = analyse_page(parse_markup(PAGE))
    classify(page, load_weights())
    tags, related = (next(line.index for line in page.lines if word in line.text) for word in ("Pilots", "Lamps"))
    page.margins[tags], page.margins[related] = -1.0, -3.0
    assert [(choose_lines(page, keep)[tags], choose_lines(page, keep)[related]) for keep in (None, "more", "most")] == [
        (False, False),
        (True, False),
        (True, True),
    ]


def test_the_reasons_list_the_text_that_keep_would_add() -> None:
    dropped = [each for each in extract(whole_page(PAGE), site="none").reasons() if each.what == "dropped"]
    added = " ".join(each.text for each in dropped if each.added_by)
    assert "Lamps lit" in added
    assert "letter that the harbour master wrote" in added
    assert "Markets" not in added
    kept = [each.rule for each in extract(whole_page(PAGE), site="none", keep="most").reasons() if each.what == "kept"]
    assert "--keep most" in kept


def test_the_readout_records_the_value_of_the_option_keep() -> None:
    assert read_keeping("most").origin.keep == "most"
    assert read_keeping(None).origin.keep is None


def test_an_unknown_value_of_keep_is_an_error() -> None:
    with pytest.raises(UsageError, match="'all' is not a value; write more or most"):
        extract(whole_page(PAGE), keep="all")  # type: ignore[arg-type]  # what a mistaken caller gives


def test_a_page_within_a_menu_that_is_never_closed_is_kept() -> None:
    page = f"<html lang='en'><body><nav><a href='/'>Home</a>{HEADLINE}{STORY}<p>Tides</p></body></html>"
    for keep in (None, "more", "most"):
        assert "sunken temples" in " ".join(words(read_keeping(keep, page)))


def test_links_to_other_stories_are_kept_if_they_outweigh_the_text() -> None:
    news = '<h2>Other news</h2><ul><li><a href="/1">A consulate opens on the reef</a></li></ul>'
    kept = []
    for text in (STORY, "<p>Piers open.</p>"):
        page = analyse_page(parse_markup(newspaper(f"{HEADLINE}{text}", below=f"<div>{news}</div>")))
        classify(page, load_weights())
        story = next(line.index for line in page.lines if "consulate" in line.text)
        page.margins[story] = -1.0
        kept.append(choose_lines(page, "more", is_asked=False)[story])
    assert kept == [False, True]
