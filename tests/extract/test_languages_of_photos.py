"""A figure gets the language of its alternative texts, since the model has no language for a single photo."""

from __future__ import annotations

import pytest

from readout_pub.model import Figure, Inlines, Span
from tests.pages import extracted

PORT = '<img src="a.jpg" alt="Le port">'


@pytest.mark.parametrize(
    ("markup", "caption"),
    [
        (f'<figure lang="fr">{PORT}<figcaption>Le quai</figcaption></figure>', ("Le quai",)),
        (f'<div lang="fr"><figure>{PORT}<figcaption>Le quai</figcaption></figure></div>', ("Le quai",)),
        (f'<p lang="fr">{PORT}</p>', ()),
        (
            f'<figure><span lang="fr">{PORT}</span><figcaption>The quay</figcaption></figure>',
            (Span(("The quay",), lang="en"),),
        ),
    ],
)
def test_a_figure_has_the_language_of_its_alternative_text(markup: str, caption: Inlines) -> None:
    (figure,) = (block for block in extracted(f"<p>Lead.</p>{markup}<p>One.</p>").body if isinstance(block, Figure))
    assert (figure.lang, figure.caption) == ("fr", caption)


def test_a_figure_with_texts_in_several_languages_has_no_language() -> None:
    photos_in_two = f'<figure lang="fr">{PORT}<img lang="de" src="b.jpg" alt="Der Hafen"></figure>'
    (figure,) = (block for block in extracted(f"<p>Lead.</p>{photos_in_two}").body if isinstance(block, Figure))
    assert figure.lang is None
