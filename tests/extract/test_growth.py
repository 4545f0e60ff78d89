"""The cost of reading grows linearly with the size of a page.

Most tests count executed lines of code, since times vary.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from readout_pub import extract, refine
from tests.line_count import count_lines
from tests.pages import saved_page

TEXT = "The Ministers met in the harbour and talked about fish."


def repeated(shape: str) -> Callable[[int], str]:
    """Return a function that repeats markup, with the number of each copy in place of {}."""
    return lambda size: "".join(shape.replace("{}", str(number)) for number in range(1, size + 1))


def footnotes(size: int) -> str:
    """Return paragraphs with footnote calls, and a list with the footnote of each call."""
    return (
        repeated('<p>Fish <a href="#n{}">[{}]</a></p>')(size) + f"<ol>{repeated('<li id=n{}>Note {}</li>')(size)}</ol>"
    )


SHAPES: dict[str, Callable[[int], str]] = {
    "linked footnotes": footnotes,
    "calls of one footnote": lambda size: f'<p>{repeated("<a href=#a>1</a> ")(size)}</p><p id="a">1 Fish</p>',
    "links that lead nowhere": repeated('<p><a href="#a{}">1</a> Fish</p>'),
    "links to places": repeated('<p><a href="#a{}">see below</a></p><p><a id="a{}"></a></p>Fish'),
    "photos before paragraphs": repeated('<img src="{}.jpg" width="300"><p>Fish {}</p>'),
    "photos with captions": repeated('<div><img src="{}.jpg" width="300"><p class="caption">Fish {}</p></div>'),
    "cells down to the last row": lambda size: f"<table>{repeated('<tr><td rowspan=65534>{}<td>Fish')(size)}</table>",
    "photos in a row of cells": lambda size: (
        f"<table><tr>{repeated('<td><img src={}.jpg width=300>')(size)}<tr>{repeated('<td>Fish {}')(size)}</table>"
    ),
    "photos that scripts load": repeated('<img data-src="{}.jpg"><noscript><img src="{}.jpg"></noscript>Fish'),
    "tracking pixels": repeated('Fish <img src="dot.gif" width="1"><p>{}</p>'),
    "menus and templates": repeated("<p>Fish</p><nav>Menu</nav>{{fish}}<br>"),
    "text between list items": lambda size: (
        f"<ul>{repeated('<li>The sides spoke of fish.</li>They spoke of salt.')(size)}</ul>"
    ),
    "lists that start at a number": repeated('<ol start="{}"><li>Fish</li></ol>'),
    "descriptions of one term": lambda size: f"<dl><dt>Fish{repeated('<dd>{}')(size)}</dl>",
    "numbered headings": repeated("<h2>{}. Fish</h2>"),
    "the same number again": repeated("<p>1. Fish</p>"),
    "lines": lambda size: f"<p>{repeated('Fish {}<br>')(size)}</p>",
    "inline elements": lambda size: f"<p>{repeated('<b>Fish</b> {} ')(size)}</p>",
    "a wide table": lambda size: f"<table>{('<tr>' + repeated('<td>{}')(size)) * 2}</table>",
    "footnotes of a word processor": lambda size: (
        repeated('<p>Fish<a href="#_ftn{}" name="_ftnref{}">[{}]</a></p>')(size)
        + repeated('<p><a href="#_ftnref{}" name="_ftn{}">[{}]</a> Note {}</p>')(size)
    ),
    "typed footnotes": lambda size: (
        repeated("<p>Fish<sup>{}</sup></p>")(size) + repeated("<p><sup>{}</sup> Note {}</p>")(size)
    ),
    "listings of code": repeated("<table><tr><td>{}</td><td><pre>fish({})</pre></td></tr></table>"),
    "one long listing": lambda size: f"<pre>{repeated('<span class=ln>{}</span> fish({})')(size)}</pre>",
    "labels of fields": lambda size: f"<form>{repeated('<label>Fish {}</label><input>')(size)}</form>",
    "videos and frames": repeated(
        '<figure><video src="{}.mp4" poster="{}.jpg"></video></figure><iframe src="/{}"></iframe>'
    ),
    "accordions": repeated(
        '<h3><button aria-expanded="false" aria-controls="p{}">Fish</button></h3><div id="p{}" hidden><p>{}</p></div>'
    ),
    "menus in panels": repeated(
        '<button aria-controls="p{}"><h3>Fish</h3></button><div id="p{}"><nav>Salt</nav></div>'
    ),
    "photos in buttons": repeated('<button><img src="{}.jpg" width="300"></button><p>Fish {}</p>'),
    "formulas of scripts": lambda size: f"<p>{repeated('Fish <script type=math/tex>x_{}</script> ')(size)}</p>",
    "teasers": repeated('<div><h3><a href="/{}">A story of fish</a></h3><p>Fish {}</p></div>'),
    "dates": lambda size: f"<div>{repeated('<p>Fish: {} May 2031</p>')(size)}</div>",
    "titles without names": lambda size: f"<p>On August 4, commencing at 1:30 p.m., {'Mr. ' * size}</p>",
}


def work(content: str) -> int:
    """Return how many lines of code are executed to read a page with `content`."""
    page = saved_page(f"<h1>Talks</h1><p>{TEXT}</p>{content}")
    return count_lines(lambda: refine(extract(page, site="none").readout))


@pytest.mark.slow
@pytest.mark.parametrize("shape", SHAPES)
def test_twice_the_content_costs_about_twice_the_work(shape: str) -> None:
    content = SHAPES[shape]
    work(content(20))  # loads the data files
    assert work(content(480)) <= 2.4 * work(content(240))


@pytest.mark.slow
def test_twice_the_figures_cost_twice_the_work() -> None:
    """A thousand figures are needed to notice code that loops over all other figures for each figure.

    Reading one figure executes many lines, so the few lines of such a loop do not show with fewer figures.
    """
    figures = repeated('<figure><img src="{}.jpg" width="300"><figcaption>Fish {}</figcaption></figure>')
    work(figures(20))  # loads the data files
    assert work(figures(960)) <= 2.1 * work(figures(480))


@pytest.mark.slow
def test_a_lone_label_is_not_compared_with_each_count() -> None:
    """Only `refine` is measured, since reading the page executes so many lines that such comparisons do not show."""
    part = "".join(f"<p><b>{line}</b></p><p>Good.</p>" for line in ("({}) Fish", "A. Salt", "B. Nets", "a) Lamps"))

    def lines(size: int) -> int:
        readout = extract(saved_page(f"<h1>Talks</h1>{repeated(part)(size)}"), site="none").readout
        return count_lines(lambda: refine(readout))

    assert lines(480) <= 2.1 * lines(240)


@pytest.mark.slow
def test_the_text_beside_many_photos_is_not_read_again_for_each() -> None:
    """The cost is measured in CPU seconds (best of two), since one line of code may read a long text."""
    photos = repeated('<img src="{}.jpg"><br>Fish in the harbour of Atlantis and Lemuria, number {}<br>')

    def seconds(size: int) -> float:
        page = saved_page(f"<h1>Talks</h1><p>{TEXT}</p><p>{photos(size)}</p>")
        start = time.process_time()
        extract(page, site="none")
        return time.process_time() - start

    seconds(20)  # loads the data files
    assert min(seconds(4000) for _ in range(2)) <= 3 * min(seconds(2000) for _ in range(2))


@pytest.mark.parametrize("element", ["mrow", "mstyle", "msqrt", "mmultiscripts", "mfenced", "mtable", "semantics"])
def test_each_level_of_a_formula_costs_the_same(element: str) -> None:
    def nested(levels: int) -> str:
        return f"<p>Fish <math>{f'<{element}>' * levels}<mi>x</mi>{f'</{element}>' * levels}</math></p>"

    work(nested(1))  # loads the data files
    assert work(nested(12)) - work(nested(8)) <= 1.5 * (work(nested(8)) - work(nested(4)))
