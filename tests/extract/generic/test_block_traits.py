"""Traits of blocks whose class names and ids alone are misleading."""

from __future__ import annotations

from tests.extract.generic.pages import HEADLINE, LATER, STORY, body_outline, newspaper

PLAIN = body_outline(newspaper(f"{HEADLINE}{STORY}"))


def test_the_class_cmp_of_components_is_not_read_as_consent() -> None:
    wrapper = '<div class="cmp-container"><div class="cmp-text">{}</div></div>'
    assert body_outline(newspaper(wrapper.format(f"{HEADLINE}{STORY}"))) == PLAIN


def test_an_id_that_is_the_slug_of_its_heading_gives_no_traits() -> None:
    section = '<section id="sharing-the-costs-of-ferries"><h2>Sharing the costs of ferries</h2>{}</section>'
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}{section.format(LATER)}"))
    assert "Sharing the costs of ferries" in outline
    assert "Friday" in outline


def test_an_embedded_post_of_a_social_network_is_text() -> None:
    words = "The channel is open. Thank you, pilots!"
    post = f'<blockquote class="twitter-tweet"><p>{words}</p>— The Pilot (@pilot)</blockquote>'
    assert words in body_outline(newspaper(f"{HEADLINE}{STORY}{post}{LATER}"))
