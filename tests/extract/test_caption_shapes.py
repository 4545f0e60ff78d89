"""Captions in the markup of content management systems are joined with their photo, also without a site profile."""

from __future__ import annotations

from pathlib import Path

import pytest

from readout_pub import extract, refine
from readout_pub.model import Figure, figures, plain_text
from tests.extract.lemuria import LEMURIA, sites
from tests.pages import whole_page

CAPTION = "Minister Ereus (left) greets Minister Salis at the customs house of Reef Town."
CREDIT = "Photo: N. Ereus / Ministry of Lemuria"
PHOTO = '<img src="/img/channel.jpg" width="800" height="533" alt="">'
OTHER = '<img src="/img/lamp.jpg" width="800" height="533" alt="">'
ABOVE = """
<p>The ministers of Lemuria and Atlantis met on Tuesday in the old customs house of Reef Town to discuss the dredging of
the northern channel and the lamps that will mark it.</p>
<p>Both sides agreed that the pilots of the two countries will be trained together from next spring, and that the cost
of their lodging will be shared in equal parts between the two treasuries.</p>
"""
BELOW = ABOVE.replace("Tuesday", "Friday").replace("pilots", "lamplighters")

SHAPES = {
    "Drupal, entity": f"""<article class="media media--image align-right"><div class="field field--name-image">
        <div class="field__label visually-hidden">Image</div><div class="field__item">{PHOTO}</div></div>
        <div class="field field--name-field-photo-credit"><div class="field__item">{CREDIT}</div></div>
        <div class="field field--name-field-photo-caption"><div class="field__item">{CAPTION}</div></div></article>""",
    "Drupal, attribute": f'<p>{PHOTO.replace("alt", f"""data-caption="{CAPTION}" alt""")}</p>',
    "Joomla, title": f'<p>{PHOTO.replace("alt", f"""class="caption" title="{CAPTION}" alt""")}</p>',
    "WordPress, list": f"""<dl class="gallery-item"><dt class="gallery-icon"><a href="/img/big.jpg">{PHOTO}</a></dt>
        <dd class="wp-caption-text gallery-caption">{CAPTION}</dd></dl>""",
    "Government Site Builder": f"""<div class="picture links"><span class="wrapper">{PHOTO}
        <span class="source">Quelle: N. Ereus</span></span><p class="caption">{CAPTION}</p></div>""",
    "classes for image and text": f'<div class="news-img">{PHOTO}</div><div class="news-img-caption">{CAPTION}</div>',
    "box for one photo": f'<div class="image_box"><p class="img">{PHOTO}</p><p class="txt">{CAPTION}</p></div>',
    "small heading": f'<div class="image">{PHOTO}<h6>{CAPTION}</h6></div>',
    "named paragraph": f'<p>{PHOTO}</p><p class="photo-caption">{CAPTION}</p>',
    "line below": f"<p>{PHOTO}<br>{CAPTION}</p>",
    "italic in center elements": f"<center>{PHOTO}</center><center><font size=2><i>{CAPTION}</i></font></center>",
    "small by its class": f'<p>{PHOTO}</p><p class="text-center small">{CAPTION}</p>',
    "named in Spanish": f'<div class="imagen">{PHOTO}</div><div class="pie-foto">{CAPTION}</div>',
    "named in Dutch": f'<div class="beeld">{PHOTO}</div><div class="bijschrift">{CAPTION}</div>',
    "named in Vietnamese": f'<div class="anh">{PHOTO}</div><div class="chu-thich">{CAPTION}</div>',
    "bold and centred": f'<p align="center">{PHOTO}</p><p align="center"><strong>{CAPTION}</strong></p>',
    "caption of a table": f'<table><caption align="bottom">{CAPTION}</caption><tr><td>{PHOTO}</td></tr></table>',
    "beside, in a table": f"<table><tr><td>{PHOTO}</td><td><p>{CAPTION}</p></td></tr></table>",
    "beside, left of the photo": f"<table><tr><td>{CAPTION}</td><td>{PHOTO}</td></tr></table>",
    "above, in a table": f"<table><tr><td><b>{CAPTION}</b></td></tr><tr><td>{PHOTO}</td></tr></table>",
    "photo in a header cell": f"<table><tr><th>{PHOTO}</th></tr><tr><td>{CAPTION}</td></tr></table>",
    "two photos with captions in their cells": f"""<table><tr><td>{PHOTO}<br>{CAPTION}</td>
        <td>{OTHER}<br>The lamp at dusk.</td></tr></table>""",
    "caption and credit in rows": f"""<table><tr><td>{PHOTO}</td></tr><tr><td>{CAPTION}</td></tr>
        <tr><td>{CREDIT}</td></tr></table>""",
    "descriptions": f"<dl><dt>{PHOTO}</dt><dd>{CAPTION}</dd><dt>{OTHER}</dt><dd>The lamp at dusk.</dd></dl>",
    "described photos": f"<dl><dt>{CAPTION}</dt><dd>{PHOTO}</dd></dl>",
    "floating box": f"""<div style="float:right;width:300px">{PHOTO}<div style="font-size:80%">{CAPTION}</div></div>""",
    "credit in small print": f"<figure>{PHOTO}<figcaption>{CAPTION} <small>{CREDIT}</small></figcaption></figure>",
    "gallery": f"""<div class="gallery row"><div class="col"><a href="/img/big.jpg" data-fancybox="g">{PHOTO}</a>
        <div class="gallery-text">{CAPTION}</div></div><div class="col"><a href="/img/lamp-big.jpg"
        data-fancybox="g">{OTHER}</a><div class="gallery-text">The lamp at dusk.</div></div></div>""",
}


def _page(body: str) -> str:
    menu = "".join(f'<li><a href="/{word}">{word.title()}</a></li>' for word in "ministry press travel contact".split())
    return f"""<html lang="en"><title>Ministers meet | Lemuria</title><body><nav><ul>{menu}</ul></nav>
        <main class="lemuria"><h1>Ministers meet</h1>{body}</main><footer><p>Imprint</p></footer></body></html>"""


def _first_figure(markup: str, site: str, folder: Path) -> Figure:
    readout = refine(extract(whole_page(markup), site=site, sites=[folder]).readout)
    return next(each for each in figures(readout) if "channel" in each.photos[0].src)


@pytest.mark.parametrize("site", ["lemuria", "none"])
@pytest.mark.parametrize("name", SHAPES)
def test_the_caption_is_joined_with_its_photo(name: str, site: str, tmp_path: Path) -> None:
    figure = _first_figure(_page(f"{ABOVE}{SHAPES[name]}{BELOW}"), site, sites(tmp_path, lemuria=LEMURIA))
    assert plain_text(figure.caption) == CAPTION


@pytest.mark.parametrize("site", ["lemuria", "none"])
@pytest.mark.parametrize("name", ["Drupal, entity", "credit in small print", "caption and credit in rows"])
def test_the_credit_is_joined_with_its_photo(name: str, site: str, tmp_path: Path) -> None:
    figure = _first_figure(_page(f"{ABOVE}{SHAPES[name]}{BELOW}"), site, sites(tmp_path, lemuria=LEMURIA))
    assert plain_text(figure.credit) == CREDIT


@pytest.mark.parametrize("name", ["named paragraph", "classes for image and text"])
def test_a_caption_at_the_end_of_the_text_is_kept(name: str, tmp_path: Path) -> None:
    figure = _first_figure(_page(f"{ABOVE}{BELOW}{SHAPES[name]}"), "none", tmp_path)
    assert plain_text(figure.caption) == CAPTION


def test_captions_in_attributes_of_photos_side_by_side_stay_apart() -> None:
    links = "".join(
        f'<a href="{name}.jpg" data-caption="The {name}"><img src="{name}_s.jpg"></a>' for name in ("pier", "bay")
    )
    found = figures(
        extract(whole_page(_page(f'{ABOVE}<div class="fotorama">{links}</div>{BELOW}')), site="none").readout
    )
    assert [plain_text(each.caption) for each in found] == ["The pier", "The bay"]


def test_a_span_of_small_print_on_a_card_is_no_caption(tmp_path: Path) -> None:
    fee = '<span class="small">After two hours</span>'
    cards = "".join(
        f'<div class="card"><div class="row"><div class="col"><h3>{name}</h3><div>{PHOTO}</div>{fee}'
        f"<p>The pilots of {name} lead ships through the northern channel.</p></div></div></div>"
        for name in ("Reef Town", "Port Salis")
    )
    assert _first_figure(_page(f"{ABOVE}{cards}{BELOW}"), "none", tmp_path).caption == ()


def test_an_attribute_that_repeats_the_alternative_text_is_not_a_caption(tmp_path: Path) -> None:
    photo = f'<img src="/img/channel.jpg" alt="{CAPTION}" data-caption="{CAPTION}">'
    assert _first_figure(_page(f"{ABOVE}<p>{photo}</p>{BELOW}"), "none", tmp_path).caption == ()


def test_a_heading_below_a_photo_is_not_its_caption(tmp_path: Path) -> None:
    section = f'<div class="image">{PHOTO}<h2>The second day</h2></div>'
    markup = _page(f"{ABOVE}{section}{BELOW}")
    assert _first_figure(markup, "lemuria", sites(tmp_path, lemuria=LEMURIA)).caption == ()


def test_several_paragraphs_below_a_photo_are_not_its_caption(tmp_path: Path) -> None:
    facts = f'<div class="image">{PHOTO}<div><p>Opened in 2031.</p><p>Forty lamps.</p></div></div>'
    markup = _page(f"{ABOVE}{facts}{BELOW}")
    assert _first_figure(markup, "lemuria", sites(tmp_path, lemuria=LEMURIA)).caption == ()


@pytest.mark.parametrize("text", [ABOVE, "<p>A lamp.</p><p>A bell.</p>", '<a href="/port">The port of Reef Town</a>'])
def test_a_text_or_a_menu_beside_a_photo_is_not_its_caption(text: str) -> None:
    markup = _page(f"{ABOVE}<table><tr><td>{PHOTO}</td><td>{text}</td></tr></table>{BELOW}")
    found = figures(extract(whole_page(markup), site="none").readout)
    assert [plain_text(each.caption) for each in found if "channel" in each.photos[0].src] in ([], [""])


def test_a_banner_above_the_headline_is_not_a_photo(tmp_path: Path) -> None:
    banner = '<img src="/img/channel.jpg" width="760" height="80" alt="Ministry of Lemuria">'
    page = f"<table><tr><td>{banner}</td></tr><tr><td><h2>Ministers meet</h2>{ABOVE}{BELOW}</td></tr></table>"
    assert not list(figures(extract(whole_page(page), site="none", sites=[tmp_path]).readout))
