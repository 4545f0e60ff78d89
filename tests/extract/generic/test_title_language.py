"""A headline in another language than the text keeps its language."""

from __future__ import annotations

import pytest

from readout_pub import read
from readout_pub.model import Inlines, Span

TEXT = (
    "<p>The Ministers met in the harbour on Monday, and they spoke about the tides and the boats of the city.</p>" * 3
)


def title_of(page: str) -> Inlines | None:
    return read(page.encode(), name="talks.html")[0].title


@pytest.mark.parametrize(
    "headline", ['<h1 lang="fr">Les marées</h1>', '<header lang="fr"><h1>Les marées</h1></header>']
)
def test_a_headline_that_is_declared_in_another_language_is_marked(headline: str) -> None:
    page = f'<html lang="en"><title>Les marées</title><body><main>{headline}{TEXT}</main></body></html>'
    assert title_of(page) == (Span(("Les marées",), lang="fr"),)


@pytest.mark.parametrize("page_language", ["en", "fr"])
def test_a_headline_in_the_language_of_the_text_is_not_marked(page_language: str) -> None:
    page = f'<html lang="{page_language}"><title>Tides</title><body><main lang="en"><h1>Tides</h1>{TEXT}</main></body>'
    assert title_of(page) == ("Tides",)
