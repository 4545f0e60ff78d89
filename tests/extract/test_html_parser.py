"""Pages of any nesting are parsed into the tree that Beautiful Soup builds; empty pages are refused.

Comments and processing instructions are not in the tree.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from bs4 import BeautifulSoup, Tag
from bs4.element import PageElement
from hypothesis import given
from hypothesis import strategies as st

from readout_pub import Note, SourceError, extract, read
from readout_pub.extract.html_parser import convert_tree, parse_with_lxml
from readout_pub.model import Section, from_json, plain_text, texts, to_json
from tests.pages import PROFILES, body, extracted, extraction, saved_page, whole_page

FLATTENED = Note("NESTING_FLATTENED", "warning", "elements nested deeper than 100 levels were moved up to that level")


def nested(tag: str, depth: int) -> str:
    return "<p>Before.</p>" + f"<{tag}>" * depth + "Inside." + f"</{tag}>" * depth + "<p>After.</p>"


@pytest.mark.parametrize("tag", ["div", "b", "blockquote", "span", "font", "center"])
def test_deeply_nested_elements_are_flattened_with_a_note(tag: str) -> None:
    readout = extracted(nested(tag, 500))
    assert FLATTENED in readout.notes
    assert "".join(texts(readout.body)) == "Before.Inside.After."


@pytest.mark.slow
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


@pytest.mark.slow
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


@pytest.mark.parametrize("tag", ["main", "article", "section", "header", "custom-page"])
@pytest.mark.parametrize("rest", ["", "Later.", "<p>Later.</p>", "</head><body>Later."])
def test_text_before_or_without_a_body_tag_is_in_the_body(tag: str, rest: str) -> None:
    root, _ = parse_with_lxml(f"<!DOCTYPE html><title>Talks</title><{tag}><p>They met.</p></{tag}>{rest}")
    assert root is not None
    assert ["".join(map(str, part.itertext())) for part in root] == ["Talks", f"They met.{'Later.' if rest else ''}"]


def test_a_page_without_a_body_tag_is_read() -> None:
    sentences = " ".join(["They met for two hours and agreed that the harbour would open again in spring."] * 3)
    page = whole_page(f"<!DOCTYPE html><title>Talks</title><main><h1>Talks</h1><p>{sentences}</p></main>")
    assert "".join(texts(extract(page, site="none").readout.body)) == sentences


@pytest.mark.parametrize("element", ["xmp", "plaintext"])
def test_markup_in_xmp_or_plaintext_is_kept_as_text(element: str) -> None:
    words = "<p>Both sides agreed on this, and printed it in the harbour office before the winter.</p>" * 3
    page = f"<html><body><h1>Talks</h1>{words}<{element}>a <b>c</b> &amp; d <h2><p>e</p></h2>"
    readout, _ = read(page.encode(), name="talks.html", site="none")
    assert "a <b>c</b> &amp; d <h2><p>e</p></h2>" in "".join(texts(readout.body))


@pytest.mark.parametrize("site", ["atlantis", "none"])
def test_a_heading_with_a_paragraph_in_it_is_a_heading(site: str) -> None:
    part = "<p>The minister lit the lamps of the harbour on Monday evening, in front of many guests.</p>"
    page = saved_page(
        f"{part}<H2 id='a'>\n<p class='x'>The <b>tide</b></p>\n</H2>{part}<h2>The <i>reef</i></h2>{part}"
        f"<h2></h2><p>No heading</p>{part}"
    )
    body = extract(page, site=site, sites=[PROFILES]).readout.body
    headings = [plain_text(block.heading) for block in body if isinstance(block, Section)]
    assert headings == ["The tide", "The reef"]


def test_a_comment_within_a_word_leaves_no_space() -> None:
    assert body("<p>At<!-- advertisement -->lantis</p>") == 'paragraph "Atlantis"\n'


@pytest.mark.parametrize("site", ["atlantis", None])
@pytest.mark.parametrize("depth", [300, 3000])
def test_flattening_is_noted_once(depth: int, site: str | None) -> None:
    page = saved_page(f"{'<div>' * depth}They met in the harbour and spoke about the tides.{'</div>' * depth}")
    readout = extract(page, site=site, sites=[PROFILES]).readout
    assert readout.notes.count(FLATTENED) == 1


def test_flattening_outside_of_the_text_is_not_noted() -> None:
    """The profile "atlantis" does not fit this page, so the generic extractor reads it, as it does without `site`."""
    menu = f"{'<div>' * 300}Menu{'</div>' * 300}"
    text = "<p>They met in the harbour and spoke about the tides of the coming year, as they had agreed.</p>" * 3
    page = whole_page(f"<html lang='en'><nav>{menu}</nav><h1>Talks on tides</h1>{text}</html>")
    notes = [extract(page, site=site, sites=[PROFILES]).readout.notes for site in ("atlantis", None)]
    assert [FLATTENED in each for each in notes] == [False, False]


TAGS = "p div b i ul li table tr td pre script style template ruby rt rp a span h1 br img svg textarea".split()
PIECES = st.sampled_from(
    [*(f"<{tag}>" for tag in TAGS), *(f"</{tag}>" for tag in TAGS), " ", "\n  ", "tides", "&amp; "]
)


def trees_of_both_builders(markup: str) -> tuple[BeautifulSoup, BeautifulSoup]:
    root, whole = parse_with_lxml(markup)
    assert root is not None
    assert whole
    return convert_tree(root, Tag)[0], BeautifulSoup(markup, "lxml", multi_valued_attributes=None)


def kind_and_content(node: PageElement) -> tuple[object, ...]:
    what = (node.name, node.attrs) if isinstance(node, Tag) else (str(node),)
    return type(node), vars(node).keys(), *what


@pytest.mark.slow
@given(st.lists(PIECES, max_size=30).map("".join))
def test_the_tree_has_the_nodes_that_beautiful_soup_builds(pieces: str) -> None:
    ours, theirs = trees_of_both_builders(f"<html lang='en'><body><p class='a b' id='c'>The</p>{pieces}</body></html>")
    (body,), (expected,) = ours.select("body"), theirs.select("body")
    assert [kind_and_content(node) for node in body.descendants] == [
        kind_and_content(node) for node in expected.descendants
    ]
    assert body.get_text() == expected.get_text()


def in_order(node: PageElement) -> Iterator[PageElement]:
    """Yield a node and all its descendants, found through `contents` and not through the links between neighbours."""
    yield node
    for child in node.contents if isinstance(node, Tag) else ():
        yield from in_order(child)


@pytest.mark.slow
@given(st.lists(PIECES, max_size=30).map("".join))
def test_every_node_is_linked_to_its_neighbours(pieces: str) -> None:
    soup, _ = trees_of_both_builders(f"<html><body>The{pieces}</body></html>")
    nodes = list(in_order(soup))
    for before, after in pairwise(nodes):
        assert before.next_element is after
        assert after.previous_element is before
    for node in nodes:
        if isinstance(node, Tag):
            for before, after in pairwise(node.contents):
                assert before.next_sibling is after
                assert after.previous_sibling is before
            assert all(child.parent is node for child in node.contents)


@pytest.mark.parametrize(
    ("markup", "text"), [("<p>The <!-- high --> tides", "The tides"), ("<p>The<?php 1 ?>m", "Them")]
)
def test_comments_and_processing_instructions_are_not_in_the_tree(markup: str, text: str) -> None:
    ours, _ = trees_of_both_builders(markup)
    assert " ".join(ours.get_text().split()) == text


@pytest.mark.parametrize(
    ("markup", "levels"), [("<p>Tides</p>", 3), ("<p>Tides</p><div><p>The <b>high</b> ones</p></div>", 5)]
)
def test_the_levels_of_elements_are_counted(markup: str, levels: int) -> None:
    root, _ = parse_with_lxml(f"<html><body>{markup}</body></html>")
    assert root is not None
    assert convert_tree(root, Tag)[1] == levels
