"""The text taken from a page: URLs without white space around them, the title, link targets, formulas and photos."""

from __future__ import annotations

import pytest

from tests.extract.generic.pages import HEADLINE, LATER, STORY, body_outline, newspaper, read_generic

PLAIN = body_outline(newspaper(f"{HEADLINE}{STORY}"))


def test_white_space_around_addresses_is_stripped() -> None:
    link = (
        '<p>The pilots read <a href=" https://lemuria.example/salt ">the treaty of the two ports on salt</a> today.</p>'
    )
    photo = '<figure><img src="flag.jpg " width="300" height="200" alt="A wave"></figure>'
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}{link}{photo}{LATER}"))
    assert "[link https://lemuria.example/salt: the treaty" in outline
    assert "photo flag.jpg, alt" in outline


def test_the_headline_is_the_title_and_not_in_the_body() -> None:
    readout = read_generic(newspaper(f"{HEADLINE}{STORY}"))
    assert readout.title == ("Harbour open",)
    assert "Harbour open" not in PLAIN


LINK = '<p>All <a href="#p">prices</a>.</p>'


@pytest.mark.parametrize("target", ['<div id="p"></div>', '<p><a name="p"></a></p>', '<div><p id="p"></p></div>'])
def test_an_empty_link_target_stays_at_its_position(target: str) -> None:
    outline = body_outline(newspaper(f"{HEADLINE}{LINK}{STORY}{target}<h2>Fees</h2>{STORY}"))
    assert "[link #place-1: prices]" in outline
    assert 'section id=place-1 "Fees"' in outline


def test_an_empty_link_target_in_boilerplate_is_left_out() -> None:
    menu = '<div class="share-bar"><p>Share this</p><div id="p"></div></div>'
    assert "id=" not in body_outline(newspaper(f"{HEADLINE}{LINK}{STORY}{menu}"))


def test_the_text_of_a_formula_is_kept_and_its_tex_source_left_out() -> None:
    formula = (
        "<math><semantics><mrow><mn>40</mn><mtext> million fish</mtext></mrow>"
        '<annotation encoding="application/x-tex">\\text{TeX}</annotation></semantics></math>'
    )
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}<p>The ministers agreed on quotas of {formula} a year.</p>"))
    assert "The ministers agreed on quotas of [formula 40 million fish: " in outline
    assert "TeX" not in outline


@pytest.mark.parametrize(
    "card",
    [
        '<div class="item"><a href="/{0}"><img src="{0}.jpg" width="640"></a><h4>{0}</h4><p>{0} sang.</p></div>',
        '<div class="item"><figure><img src="{0}.jpg" width="640"></figure><h4>{0}</h4><p>{0} sang.</p></div>',
        '<div class="item"><div><img src="{0}.jpg" width="640"></div><div><h3>{0}</h3><p>{0} sang.</p></div></div>',
    ],
)
def test_a_photo_above_the_heading_of_a_card_is_in_the_section_of_the_card(card: str) -> None:
    cards = "".join(card.format(name) for name in ("Nerea", "Triton"))
    shown = body_outline(newspaper(f"{HEADLINE}{STORY}{LATER}<h2>Gallery of singers</h2>{cards}"))
    for name in ("Nerea", "Triton"):
        assert shown.index(f'section "{name}"') < shown.index(f"{name}.jpg") < shown.index(f"{name} sang.")


def test_a_photo_above_the_kicker_of_a_card_is_in_the_section_of_the_card() -> None:
    card = '<div class="item"><div>{photo}</div><div>{part}</div></div>'
    photo = '<a href="/{0}"><img src="{0}.jpg" width="640"></a>'
    part = "<p>A singer of the north, {0}</p><h3>{0}</h3><p>{0} sang.</p>"
    cards = "".join(card.format(photo=photo, part=part).format(name) for name in ("Nerea", "Triton"))
    shown = body_outline(newspaper(f"{HEADLINE}{STORY}{LATER}<h2>Gallery of singers</h2>{cards}"))
    for name in ("Nerea", "Triton"):
        assert f"A singer of the north, {name}" in shown
        assert shown.index(f'section "{name}"') < shown.index(f"{name}.jpg") < shown.index(f"{name} sang.")


@pytest.mark.parametrize("caption", ["<p>Photo: {0}</p>", '<div class="image__caption">Photo: {0}</div>'])
def test_a_photo_above_a_caption_and_a_heading_stays_above_its_caption(caption: str) -> None:
    text = "<div><h3>{0}</h3><p>{0} sang.</p></div>"
    card = f'<div class="item"><img src="{{0}}.jpg" width="640">{caption}{text}</div>'
    cards = "".join(map(card.format, ("Nerea", "Triton")))
    shown = body_outline(newspaper(f"{HEADLINE}{STORY}{LATER}<h2>Gallery of singers</h2>{cards}"))
    for name in ("Nerea", "Triton"):
        assert shown.index(f"{name}.jpg") < shown.index(f"Photo: {name}") < shown.index(f'section "{name}"')


def test_a_photo_above_a_heading_outside_of_cards_stays_above_it() -> None:
    photo = '<div class="part"><img src="nerea.jpg" width="640" height="400"><h3>Nerea</h3><p>She sang.</p></div>'
    shown = body_outline(newspaper(f"{HEADLINE}{STORY}{photo}{LATER}"))
    assert shown.index("nerea.jpg") < shown.index('section "Nerea"')
