"""The headline is a printed line that agrees with the metadata, without the name of the site."""

from __future__ import annotations

import pytest

from tests.extract.generic.pages import HEADLINE, STORY, newspaper, read_generic


def title_of(markup: str) -> str | None:
    title = read_generic(markup).title
    return str(title[0]) if title else None


@pytest.mark.parametrize(
    "title", ["Harbour open | The Atlantean", "Harbour open - The Atlantean", "The Atlantean: Harbour open"]
)
def test_the_site_name_is_removed_from_a_title_in_metadata(title: str) -> None:
    head = '<meta property="og:site_name" content="The Atlantean">'
    assert title_of(newspaper(STORY, head=head, title=title)) == "Harbour open"


def test_the_heading_that_agrees_with_the_metadata_is_the_title() -> None:
    headings = "<h1>The Atlantean</h1><h2>Harbour of Atlantis open again</h2>"
    markup = newspaper(f"{headings}{STORY}", title="Harbour of Atlantis open again | The Atlantean")
    assert title_of(markup) == "Harbour of Atlantis open again"


def test_words_before_the_headline_in_its_heading_are_the_kicker() -> None:
    head = '<meta property="og:title" content="The harbour is open again">'
    markup = newspaper(f"<h1><span>Trade</span> <span>The harbour is open again</span></h1>{STORY}", head=head)
    readout = read_generic(markup)
    assert (readout.series, readout.title) == ("Trade", ("The harbour is open again",))


def test_pilcrows_and_soft_hyphens_are_removed_from_the_title() -> None:
    assert title_of(newspaper(f"<h1>Har\u00adbour open ¶</h1>{STORY}")) == "Harbour open"


@pytest.mark.parametrize("address", ["http://[reef", "https:///harbour"])
def test_an_invalid_canonical_address_is_ignored(address: str) -> None:
    page = newspaper(f"{HEADLINE}{STORY}", head=f'<link rel="canonical" href="{address}">')
    assert title_of(page) == "Harbour open"
