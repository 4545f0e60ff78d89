"""Pages are parsed whatever their nesting, and empty ones are refused."""

from __future__ import annotations

import pytest

from readout_pub import Note, SourceError, extract
from readout_pub.model import from_json, texts, to_json
from tests.pages import PROFILES, body, extracted, extraction, saved_page, whole_page

FLATTENED = Note("NESTING_FLATTENED", "warning", "elements nested deeper than 100 levels were moved up to that level")


def nested(tag: str, depth: int) -> str:
    return "<p>Before.</p>" + f"<{tag}>" * depth + "Inside." + f"</{tag}>" * depth + "<p>After.</p>"


@pytest.mark.parametrize("tag", ["div", "b", "blockquote", "span", "font", "center"])
def test_deeply_nested_elements_are_flattened_with_a_note(tag: str) -> None:
    readout = extracted(nested(tag, 500))
    assert FLATTENED in readout.notes
    assert "".join(texts(readout.body)) == "Before.Inside.After."


@pytest.mark.parametrize("part", ["<ul><li>", "<ul>", "<ol><li>", "<dl><dd>", "<table><tr><td>", "<table><tbody><tr>"])
def test_deeply_nested_lists_and_tables_keep_their_words(part: str) -> None:
    readout = extracted("<p>Before.</p>" + "".join(f"{part}w{depth} " for depth in range(150)))
    words = [word for word in " ".join(texts(readout.body)).split() if word.startswith("w")]
    assert sorted(words) == sorted(f"w{depth}" for depth in range(150))


@pytest.mark.slow
@pytest.mark.parametrize("tag", ["div", "b"])
def test_a_hundred_thousand_nested_elements_are_parsed(tag: str) -> None:
    readout = extracted(nested(tag, 100_000))
    assert FLATTENED in readout.notes
    assert "".join(texts(readout.body)) == "Before.Inside.After."
    assert from_json(to_json(readout)) == readout


def test_text_at_every_depth_is_kept_in_order() -> None:
    words = [f"w{depth} " for depth in range(500)]
    readout = extracted("".join(f"<div>{word}" for word in words))
    assert " ".join(texts(readout.body)).split() == [word.strip() for word in words]


def test_a_page_of_ordinary_depth_is_not_flattened() -> None:
    assert FLATTENED not in extracted("<div>" * 50 + "Inside." + "</div>" * 50).notes


@pytest.mark.parametrize(
    "markup", ["<html></html>", "<html><body> <script>x()</script><!-- a --></body></html>", "<p></p>"]
)
def test_an_empty_page_is_an_error(markup: str) -> None:
    with pytest.raises(SourceError) as refused:
        extraction(whole_page(markup))
    assert str(refused.value).endswith("nothing is left of this page after parsing; save it again from the browser")


def test_a_page_of_one_photo_is_not_empty() -> None:
    assert extraction(whole_page('<main><img src="a.jpg" alt="Two men"></main>')).readout.body


def test_a_comment_within_a_word_leaves_no_space() -> None:
    assert body("<p>At<!-- advertisement -->lantis</p>") == 'paragraph "Atlantis"\n'


@pytest.mark.parametrize("site", ["atlantis", None])
@pytest.mark.parametrize("depth", [300, 3000])
def test_flattening_is_noted_once(depth: int, site: str | None) -> None:
    page = saved_page(f"{'<div>' * depth}They met in the harbour and spoke about the tides.{'</div>' * depth}")
    readout = extract(page, site=site, sites=[PROFILES]).readout
    assert readout.notes.count(FLATTENED) == 1


def test_flattening_outside_of_the_text_is_not_noted() -> None:
    """A profile that may fit does not change this: its tree is not read if it does not fit."""
    menu = f"{'<div>' * 300}Menu{'</div>' * 300}"
    text = "<p>They met in the harbour and spoke about the tides of the coming year, as they had agreed.</p>" * 3
    page = whole_page(f"<html lang='en'><nav>{menu}</nav><h1>Talks on tides</h1>{text}</html>")
    notes = [extract(page, site=site, sites=[PROFILES]).readout.notes for site in ("atlantis", None)]
    assert [FLATTENED in each for each in notes] == [False, False]
