"""The number of function calls of an extraction grows linearly with the size of the page, whatever its shape."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

import pytest

from readout_pub.extract.generic import find_article, parse_markup

TEXT = "The harbour of Atlantis was opened to ships of every flag on Tuesday, after eleven years of dredging."


def calls(work: Callable[[], object]) -> int:
    """Count the calls of Python and C functions."""
    count = 0

    def tick(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(tick)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


SHAPES: dict[str, Callable[[int], str]] = {
    "many paragraphs": lambda size: f"<p>{TEXT}</p>" * size,
    "nested": lambda size: f"<div><p>{TEXT}</p>" * size,
    "nested without text": lambda size: f"{'<div>' * size}<p>{TEXT}</p>",
    "buttons in a heading": lambda size: f"<h2>{'<button>1</button>' * size}</h2><p>{TEXT}</p>",
    "explained words": lambda size: f"<p>{'A <button class=tooltip>salt</button> ' * size}{TEXT}</p>",
    "wide list": lambda size: f"<ul>{'<li><a href=/>Reef</a></li>' * size}</ul><p>{TEXT}</p>",
    "table": lambda size: f"<table>{'<tr><td>Salt</td><td>12</td></tr>' * size}</table><p>{TEXT}</p>",
    "pictures": lambda size: f'<div class="image"><img src="a.jpg"><p>{TEXT}</p></div>' * size,
    "labels of other stories": lambda size: f"<p>{TEXT}</p>{'<p>Read also</p><p><a href=/n>Reef</a></p>' * size}",
    "headings of sources": lambda size: f"<p>{TEXT}</p>{'<p>Sources</p><p><a href=/n>Reef</a></p>' * size}",
    "cards of files": lambda size: (
        f"<p>{TEXT}</p><h2>Files</h2><ul>{'<li>Map <a href=/a.pdf>PDF</a></li>' * size}</ul>"
    ),
    "key figures": lambda size: f"<p>{TEXT}</p><ul>{'<li><b>40</b> <i>lamps of the reef</i></li>' * size}</ul>",
    "persons": lambda size: f"<p>{TEXT}</p>{'<div><p><a href=/n>Ama Reef</a></p><p>Chair</p></div>' * size}",
    "listings of code": lambda size: f"<p>{TEXT}</p>{'<pre>salt</pre>' * size}",
    "captions of one figure": lambda size: (
        f"<p>{TEXT}</p><figure>"
        + "".join(f"<img src={number}.jpg width=800><figcaption>Salt</figcaption>" for number in range(size))
    ),
    "one line": lambda size: f"<p>{f'{TEXT} <b>salt</b> ' * size}",
}


@pytest.mark.slow
@pytest.mark.parametrize("shape", SHAPES)
def test_the_number_of_function_calls_grows_linearly_with_the_page(shape: str) -> None:
    def work(size: int) -> int:
        markup = f"<html><body><h1>Harbour open</h1>{SHAPES[shape](size)}</body></html>"
        return calls(lambda: find_article(parse_markup(markup)))

    work(50)  # loads the weights
    assert work(1600) <= 2.3 * work(800)


@pytest.mark.slow
def test_a_paragraph_of_thousands_of_spans_is_read_in_seconds() -> None:
    markup = f"<html><body><h1>Harbour open</h1><p>{TEXT} {'<span lang=fr>salt</span>' * 40_000}</body></html>"
    started = time.process_time()
    find_article(parse_markup(markup))
    assert time.process_time() - started < 10  # if each span counts the children of its parent, it takes half a minute
