"""The converted tree is the one that Beautiful Soup builds, for every page."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from bs4 import BeautifulSoup, Tag
from bs4.element import PageElement
from hypothesis import given
from hypothesis import strategies as st

from readout_pub.extract.html_parser import convert_tree, parse_with_lxml

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


@given(st.lists(PIECES, max_size=30).map("".join))
def test_the_tree_has_the_nodes_that_beautiful_soup_builds(pieces: str) -> None:
    ours, theirs = trees_of_both_builders(f"<html lang='en'><body><p class='a b' id='c'>The</p>{pieces}</body></html>")
    (body,), (expected,) = ours.select("body"), theirs.select("body")
    assert [kind_and_content(node) for node in body.descendants] == [
        kind_and_content(node) for node in expected.descendants
    ]
    assert body.get_text() == expected.get_text()


def in_order(node: PageElement) -> Iterator[PageElement]:
    """Yield a node and all its descendants by their `contents`, without their links to neighbours."""
    yield node
    for child in node.contents if isinstance(node, Tag) else ():
        yield from in_order(child)


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
