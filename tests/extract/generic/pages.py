"""A page for which there is no site profile: a newspaper of Atlantis, with a story between a menu and a footer."""

from __future__ import annotations

from readout_pub import Readout, extract
from readout_pub.extract.generic import GenericExtraction, analyse_page, find_article, parse_markup
from readout_pub.extract.generic.classify import choose_lines, classify
from readout_pub.extract.generic.weights import load_weights
from tests.outline import outline
from tests.pages import whole_page

HEADLINE = "<h1>Harbour open</h1>"

STORY = """
<p>The harbour of Atlantis was opened to ships of every flag on Tuesday, after eleven years of dredging and debate.</p>
<p>Captains who had waited outside the reef since spring said that the new channel, marked by forty lamps, was easy to
find, and that the pilots, who had been trained in Lemuria, knew their work.</p>
<p>The ministry expects some three hundred ships a year, most of them with salt, olives and timber, and a few with
passengers who want to see the sunken temples before the season ends.</p>
"""

DATED = '<meta property="article:published_time" content="2031-05-04">'
"""The publication date for the `head` of a page. Without a date, the extractor keeps more doubtful lines."""

LATER = STORY.replace("Tuesday", "Friday")
"""A second text. Tests put it at the end of a page, so that what they test stands between two texts."""

_MENU = "".join(
    f'<li><a href="/{word}">{word.title()}</a></li>' for word in "news sport markets weather letters".split()
)


def newspaper(
    main: str, *, head: str = "", above: str = "", below: str = "", title: str = "Harbour open | The Atlantean"
) -> str:
    """Return a whole page with `main` in its article; `above` and `below` are siblings of the article."""
    return f"""<!DOCTYPE html><html lang="en"><head><title>{title}</title>{head}</head><body>
    <header class="site-header"><nav><ul class="menu">{_MENU}</ul></nav></header>
    <div class="column">{above}<article class="article-body">{main}</article>{below}</div>
    <footer><p>The Atlantean, Reef Street 1. All rights reserved. <a href="/imprint">Imprint</a></p></footer>
    </body></html>"""


def read_generic(markup: str) -> Readout:
    """Return the readout that the generic extractor makes of a page."""
    return extract(whole_page(markup), site="none").readout


def body_outline(markup: str) -> str:
    """Return the outline of the body that the generic extractor makes of a page."""
    return outline(read_generic(markup).body)


def extract_generic(markup: str) -> GenericExtraction:
    """Return the result of the generic extractor before it becomes a readout, with its reasons."""
    return find_article(parse_markup(markup))


def is_kept_despite_low_score(markup: str, words: str) -> bool:
    """Return whether the line that contains `words` is kept although its score is far below the threshold."""
    page = analyse_page(parse_markup(newspaper(markup)))
    classify(page, load_weights())
    line = next(line.index for line in page.lines if words in line.text)
    for each in page.lines:
        page.margins[each.index] = -3.0 if words in each.text else page.margins[each.index]
    return choose_lines(page, None)[line]
