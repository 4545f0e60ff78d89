"""Lazy images get the URL that a script would load."""

from __future__ import annotations

from textwrap import dedent

import pytest

from tests.pages import body

PLACEHOLDER = "data:image/gif;base64,R0lGODlhAQABAAAAACw="
"""A transparent pixel that pages show until a script has loaded the image."""


@pytest.mark.parametrize(
    "markup",
    [
        '<img data-src="a.jpg" alt="Two men">',
        '<img src="spacer.gif" data-original="a.jpg" alt="Two men">',
        f'<img src="{PLACEHOLDER}" data-lazy-src="a.jpg" alt="Two men">',
        '<img src="data:image/svg+xml,%3Csvg%3E" data-srcset="s.jpg 320w, a.jpg 640w" alt="Two men">',
        f'<img src="{PLACEHOLDER}" content="a.jpg" alt="Two men">',
        '<img srcset="s.jpg 320w, a.jpg 1280w, m.jpg 640w" alt="Two men">',
        '<img srcset="s.jpg, a.jpg 2x" alt="Two men">',
        '<img data-srcset="a.jpg 1280w, m.jpg 640w" alt="Two men">',
        '<img src="missing.svg" data-srcset="a.jpg 1280w, m.jpg 640w" alt="Two men">',
        '<picture><source srcset="a.jpg 1280w"><img alt="Two men"></picture>',
        '<img src="a.jpg" data-src="b.jpg" lazy="loaded" alt="Two men">',
        '<noscript><img src="a.jpg" alt="Two men"></noscript>',
        f'<div><img src="{PLACEHOLDER}" alt="Two men"><noscript><img src="a.jpg" alt="Two men"></noscript></div>',
        '<p><picture><img src="a.jpg" alt="Two men"></picture><noscript><img src="b.jpg" alt="Two men"></noscript></p>',
    ],
)
def test_the_url_of_a_lazy_image_is_found(markup: str) -> None:
    assert body(f"<p>One.</p>{markup}") == dedent("""\
        paragraph "One."
        figure
          photo a.jpg, alt "Two men"
    """)


def test_every_noscript_image_of_a_paragraph_is_found() -> None:
    both = (
        '<p><noscript><img src="a.jpg" alt="Two men"></noscript><noscript><img src="b.jpg" alt="A ship"></noscript></p>'
    )
    assert body(f"<p>One.</p>{both}") == dedent("""\
        paragraph "One."
        figure
          photo a.jpg, alt "Two men"
          photo b.jpg, alt "A ship"
    """)


def test_an_image_with_a_src_keeps_it_beside_a_srcset() -> None:
    assert body('<p>One.</p><img src="a.jpg" srcset="b.jpg 2x" alt="Two men">') == dedent("""\
        paragraph "One."
        figure
          photo a.jpg, alt "Two men"
    """)
