"""Pages whose server sends parts of the text after the rest, as React does."""

from __future__ import annotations

import pytest

from readout_pub import extract
from readout_pub.extract.generic import WAITING, parse_markup
from tests.extract.generic.pages import HEADLINE, LATER, STORY, body_outline, newspaper
from tests.line_count import count_lines
from tests.pages import whole_page

PLAIN = body_outline(newspaper(f"{HEADLINE}{STORY}{LATER}"))


def place(identity: str, waiting: str = "<div>Loading …</div>") -> str:
    return f'<!--$?--><template id="{identity}"></template>{waiting}<!--/$-->'


def part(identity: str, content: str) -> str:
    return f'<div hidden id="{identity}">{content}</div><script>$RC("B", "S")</script>'


def words(body: str) -> str:
    root = parse_markup(f"<html><body>{body}</body></html>").root
    return " ".join(" ".join(map(str, root.itertext())).split())


@pytest.mark.parametrize("waiting", ["", "Loading …", "<!--$--><p>Loading …</p><!--/$--><p>Please wait.</p>"])
def test_a_part_is_read_in_its_place_instead_of_the_placeholder(waiting: str) -> None:
    story = f"{HEADLINE}{place('B:0', waiting)}{LATER}"
    assert body_outline(newspaper(story).replace("</body>", f"{part('S:0', STORY)}</body>")) == PLAIN


def test_parts_within_parts_are_read_in_order_and_once() -> None:
    inner = '<p>Two.</p><template id="P:b"></template><p>Four.</p>'
    late = f"{part('S:b', '<p>Three.</p>')}{part('S:a', inner)}"
    assert words(f"<p>One.</p>{place('B:a')}<p>Five.</p>{late}") == "One. Two. Three. Four. Five."


def test_a_place_without_a_part_keeps_its_placeholder() -> None:
    assert words(f"<p>One.</p>{place('B:0', '<p>Two.</p>')}<p>Three.</p>") == "One. Two. Three."


def test_a_part_that_contains_its_own_place_stays_where_it_is() -> None:
    assert words(f"<p>One.</p>{part('S:0', place('B:0', 'Two.'))}") == "One. Two."


def nested_parts(depth: int) -> str:
    """Return the markup of nested parts: each contains the place of the next one, and the last contains "Last."."""
    parts = "".join(part(f"S:{n:x}", f'<template id="P:{n + 1:x}"></template>') for n in reversed(range(depth)))
    return f"{place('B:0')}{parts}{part(f'S:{depth:x}', 'Last.')}"


@pytest.mark.parametrize("depth", [100, pytest.param(10_000, marks=pytest.mark.slow)])
def test_deeply_nested_parts_are_placed(depth: int) -> None:
    assert words(nested_parts(depth)) == "Last."


def test_the_work_for_nested_parts_grows_linearly() -> None:
    def work(depth: int) -> int:
        return count_lines(lambda: words(nested_parts(depth)))

    work(1)  # compiles the patterns
    assert work(400) <= 2.2 * work(200)


def test_an_element_of_the_page_with_the_attribute_data_streamed_keeps_its_words() -> None:
    late = f"{place('B:1')}{part('S:0', 'Two.')}{part('S:1', 'Three.')}"
    assert words(f'<div data-streamed="B:0">One.</div>{late}') == "One. Three. Two."


def test_the_left_out_placeholder_is_reported_with_its_rule() -> None:
    page = newspaper(f"{HEADLINE}{place('B:0')}{LATER}").replace("</body>", f"{part('S:0', STORY)}</body>")
    regions = extract(whole_page(page), site="none").regions
    assert regions is not None
    assert [each.text for each in regions().left_out if each.rule == WAITING] == ["Loading …"]
