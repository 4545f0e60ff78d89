"""Custom elements: menus, links, buttons, and those around the text or within a sentence."""

from __future__ import annotations

import pytest

from tests.extract.generic.pages import HEADLINE, LATER, STORY, body_outline, newspaper

PLAIN = body_outline(newspaper(f"{HEADLINE}{STORY}"))

MENUS = (
    "<hb-navigation><hb-panel><div><hb-link href='/{0}'><p>{0} of it</p></hb-link></div></hb-panel></hb-navigation>",
    "<x-mega-menu><div><p class='label'>{0} and lamps</p></div></x-mega-menu>",
    "<port-menu><ul><li><span>{0} of the reef</span></li></ul></port-menu>",
)


@pytest.mark.parametrize("entry", MENUS)
def test_a_custom_element_named_as_a_menu_is_left_out(entry: str) -> None:
    menu = "".join(map(entry.format, "pilots ferries dredgers temples olives".split() * 4))
    assert body_outline(newspaper(f"{HEADLINE}{STORY}", above=f"<hb-shell>{menu}</hb-shell>")) == PLAIN


@pytest.mark.parametrize("around", ["<hb-text>{}</hb-text>", "<hb-menu-page><hb-grid>{}</hb-grid></hb-menu-page>"])
def test_the_text_in_a_custom_element_is_kept(around: str) -> None:
    assert body_outline(newspaper(around.format(f"{HEADLINE}{STORY}"))) == PLAIN


def test_a_custom_element_within_a_sentence_stays_in_it() -> None:
    sentence = "<p>The <hb-term>dredging</hb-term> of the reef ended on the first of May, as the pilots had asked.</p>"
    assert "The dredging of the reef" in body_outline(newspaper(f"{HEADLINE}{STORY}{sentence}"))


def test_a_custom_element_with_an_address_becomes_a_link() -> None:
    sentence = "<p>The pilots, who know the <hb-link href='/reef'>northern reef</hb-link> best, steer on Fridays.</p>"
    assert "/reef" in body_outline(newspaper(f"{HEADLINE}{STORY}{sentence}{LATER}"))


def test_the_words_of_a_custom_button_are_left_out() -> None:
    button = "<p>The lamps burn until dawn, and the pilots watch them.</p><hb-button>To the lamps</hb-button>"
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}<hb-box>{button}</hb-box>{LATER}"))
    assert "The lamps burn" in outline
    assert "To the lamps" not in outline
