"""Biographies of authors below a text are left out."""

from __future__ import annotations

import pytest

from tests.extract.generic.pages import HEADLINE, LATER, STORY, body_outline, newspaper

LIFE = (
    "Nerea Salt has written for the harbour office since 2019. Before that she sailed the northern reefs for a living."
)


@pytest.mark.parametrize(
    "box",
    [
        f'<div class="x"><h3>About the author</h3><p><b>Nerea Salt</b></p><p>{LIFE}</p></div>',
        f'<section class="bio"><img src="/n.jpg" alt=""><h2>Nerea Salt</h2><p>Keeper</p><p>{LIFE}</p></section>',
        f"<p><b>About the author:</b> {LIFE}</p>",
        f"<h2>Über die Autorin</h2><p>{LIFE}</p>",
        f'<div><img src="/n.jpg" alt=""><p><a rel="author" href="/n">Nerea Salt</a></p><p>{LIFE}</p></div>',
        f"<div><h4>A szerzőről</h4><p>{LIFE}</p></div>",
    ],
)
def test_the_biography_of_the_author_below_the_text_is_left_out(box: str) -> None:
    assert body_outline(newspaper(f"{HEADLINE}{STORY}{LATER}{box}")) == body_outline(
        newspaper(f"{HEADLINE}{STORY}{LATER}")
    )


def test_the_text_of_a_page_about_a_person_stays() -> None:
    page = f'{HEADLINE}<div class="bio"><img src="/n.jpg" alt=""><p>{LIFE}</p>{STORY}</div>'
    assert LIFE in body_outline(newspaper(page))


def test_a_long_section_about_an_author_is_kept() -> None:
    part = "".join(f"<p>{LIFE}</p>" for _ in range(12))
    assert LIFE in body_outline(newspaper(f"{HEADLINE}{STORY}{LATER}<h2>About the author</h2>{part}"))


@pytest.mark.parametrize(
    "lines",
    [
        f"<h2>Zur Person</h2><p>{LIFE}</p>",
        f"<p>Zur Person: {LIFE}</p>",
        f"<p>L’auteur : {LIFE}</p><p>Le juge : Et après ?</p>",
        f"<p>筆者：{LIFE}</p>",
    ],
)
def test_profiles_of_persons_and_names_of_speakers_are_kept(lines: str) -> None:
    assert LIFE in body_outline(newspaper(f"{HEADLINE}{STORY}{LATER}{lines}"))
