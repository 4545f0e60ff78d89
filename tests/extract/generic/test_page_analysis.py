"""Lines whose innermost boxes (block elements) have the same tags and classes form a group.

For each group the analysis counts the letters of its lines, and how many of them are in links. A notice about cookies
at the end of a page does not change the text.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout_pub.extract.generic import parse_markup
from readout_pub.extract.generic.page_analysis import BlockGroup, group_blocks
from readout_pub.extract.generic.text_blocks import BlockTree, Line
from tests.extract.generic.pages import DATED, HEADLINE, STORY, body_outline, newspaper
from tests.page_strategies import mains


def lines(body: str) -> list[Line]:
    return BlockTree(parse_markup(f"<html><body>{body}</body></html>").root).lines


def groups_of(body: str, depth: int = 2, *, prose: str = "") -> list[tuple[list[str], BlockGroup]]:
    """Return the groups of a page, each with its lines. Lines that contain the text in `prose` count as prose."""
    found = lines(body)
    groups = group_blocks(found, [bool(prose) and prose in line.text for line in found], depth)
    return [
        ([line.text for line, own in zip(found, groups, strict=True) if own is group], group)
        for group in dict.fromkeys(groups)
    ]


def group_texts(body: str, depth: int = 2) -> list[list[str]]:
    return [words for words, _ in groups_of(body, depth)]


def test_lines_in_boxes_of_one_class_are_one_group() -> None:
    teasers = '<div><p class="teaser">One</p></div><section><p class="teaser">Two</p></section>'
    assert group_texts(f"{teasers}<p>Text</p>", depth=1) == [["One", "Two"], ["Text"]]


def test_lines_in_boxes_of_different_tags_or_classes_are_in_different_groups() -> None:
    assert group_texts('<p class="a">One</p><p class="b">Two</p><div class="a">Three</div>', depth=1) == [
        ["One"],
        ["Two"],
        ["Three"],
    ]


@pytest.mark.parametrize(("depth", "expected"), [(1, [["One", "Two"]]), (2, [["One"], ["Two"]])])
def test_depth_is_the_number_of_innermost_boxes_that_must_match(depth: int, expected: list[list[str]]) -> None:
    body = '<div class="story"><p class="line">One</p></div><div class="aside"><p class="line">Two</p></div>'
    assert group_texts(body, depth) == expected


def test_boxes_without_a_class_match_only_as_siblings() -> None:
    assert group_texts("<div><p>One</p><p>Two</p></div><div><p>Three</p><p>Four</p></div>", depth=1) == [
        ["One", "Two"],
        ["Three", "Four"],
    ]


def test_a_wrapper_around_a_single_line_is_ignored() -> None:
    cells = "<div><div><p>One</p></div><div><p>Two</p></div></div>"
    assert group_texts(f"{cells}<div><p>Three</p></div>") == [["One", "Two"], ["Three"]]


def test_lines_in_one_box_are_a_group() -> None:
    assert group_texts("<div>One<p>Two</p>Three</div>", depth=1) == [["One", "Three"], ["Two"]]


def test_a_group_sums_lines_letters_linked_letters_and_prose() -> None:
    ((_, group),) = groups_of(
        '<ul><li class="a">Ships</li><li class="a"><a href="/n">Nets</a> 漁</li></ul>', prose="Ships"
    )
    assert (group.count, group.size, round(group.linked_size), group.prose_size) == (2, 5 + 7, 5, 5)


@pytest.mark.slow
@given(mains(), st.integers(1, 4))
def test_every_line_counts_once_in_one_group(main: str, depth: int) -> None:
    found = lines(main)
    groups = group_blocks(found, [line.size > 5 for line in found], depth)
    distinct = list(dict.fromkeys(groups))
    assert [sum(own is group for own in groups) for group in distinct] == [group.count for group in distinct]
    assert sum(group.size for group in distinct) == sum(line.size for line in found)
    assert sum(group.prose_size for group in distinct) == sum(line.size for line in found if line.size > 5)
    assert all(0 <= group.linked_size <= group.size + 0.5 for group in distinct)


@pytest.mark.slow
@given(mains(), st.integers(1, 3))
def test_a_greater_depth_only_splits_groups(main: str, depth: int) -> None:
    body = f'<div class="page">{main}</div>'.replace("<p>", '<p class="text">').replace("<div>", '<div class="box">')
    found = [line for line in lines(body) if line.box.element.get("class")]
    fewer, more = (group_blocks(found, [False] * len(found), levels) for levels in (depth, depth + 1))
    pairs = zip(fewer, more, strict=True)
    assert len(set(pairs)) == len(set(more))


def test_each_link_within_the_box_of_a_line_counts_once() -> None:
    (line,) = lines("<p>Fees rise <a href='/one'>for <b>all</b> ferries</a>, <a href='/two'>next year</a></p>")
    assert [link.get("href") for link in line.links] == ["/one", "/two"]
    (inside,) = lines('<a href="/outer"><div>Fees rise</div></a>')
    assert inside.links == []
    assert inside.link_density == 1


NOTICE = """<div class="pick"><a href="#">Close</a><p>This website uses cookies to enhance its service. If
you use this website, you agree to these cookies and to our policy, which was changed this year.</p></div>"""
BELOW_TEXT = {
    "contact": """<div><h3>Contact</h3><p>Ministry of Tides</p><p>Telephone: 0123 456 789</p>
    <p><a href="mailto:a@reef.example">a@reef.example</a></p></div>""",
    "offer": '<div class="promo"><p>Read the letters of the harbour</p><p>Every week in your house</p></div>',
    "menu": '<div><h3>Ministers</h3><ul><li><a href="/1">N. Reef</a></li><li><a href="/2">O. Salt</a></li></ul></div>',
}


@pytest.mark.parametrize("below", BELOW_TEXT)
def test_a_notice_of_cookies_at_the_end_does_not_change_the_text(below: str) -> None:
    page = newspaper(f"{HEADLINE}<p>4 May 2031</p>{STORY}", head=DATED, below=BELOW_TEXT[below])
    page = page.replace("<article", "<div").replace("</article>", "</div>")
    assert body_outline(page.replace("</body>", f"{NOTICE}</body>")) == body_outline(page)


def test_a_page_about_cookies_keeps_its_last_paragraph() -> None:
    last = (
        "<p>The harbour accepts all cookies that this site offers, and consents to those that its pilots bring too.</p>"
    )
    page = newspaper(f"<h1>Cookies of the harbour</h1>{STORY}{last}", title="Cookies of the harbour")
    assert "consents to those" in body_outline(page)
