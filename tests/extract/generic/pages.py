"""A newspaper of Atlantis that no profile knows: its menus, its boxes beside the text, and a story in between."""

from __future__ import annotations

from readout_pub import Readout, extract
from readout_pub.extract.generic import GenericExtraction, find_article, parse_page
from tests.outline import outline
from tests.pages import whole_page

STORY = """
<p>The harbour of Atlantis was opened to ships of every flag on Tuesday, after eleven years of dredging and debate.</p>
<p>Captains who had waited outside the reef since spring said that the new channel, marked by forty lamps, was easy to
find, and that the pilots, who had been trained in Lemuria, knew their work.</p>
<p>The ministry expects some three hundred ships a year, most of them with salt, olives and timber, and a few with
passengers who want to see the sunken temples before the season ends.</p>
"""

_MENU = "".join(
    f'<li><a href="/{word}">{word.title()}</a></li>' for word in "news sport markets weather letters".split()
)


def newspaper(
    main: str, *, head: str = "", above: str = "", below: str = "", title: str = "Harbour open | The Atlantean"
) -> str:
    """Return a whole page with `main` in its article; `above` and `below` stand outside, within the same column."""
    return f"""<!DOCTYPE html><html lang="en"><head><title>{title}</title>{head}</head><body>
    <header class="site-header"><nav><ul class="menu">{_MENU}</ul></nav></header>
    <div class="column">{above}<article class="article-body">{main}</article>{below}</div>
    <footer><p>The Atlantean, Reef Street 1. All rights reserved. <a href="/imprint">Imprint</a></p></footer>
    </body></html>"""


def understood(markup: str) -> Readout:
    """Extract a page by the general rules alone."""
    return extract(whole_page(markup), site="none").readout


def body(markup: str) -> str:
    """Extract a page by the general rules alone, and draw its body."""
    return outline(understood(markup).body)


def found(markup: str) -> GenericExtraction:
    """Return what the general extractor finds, with its reasons."""
    return find_article(parse_page(markup))
