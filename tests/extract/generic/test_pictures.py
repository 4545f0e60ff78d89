"""Which pictures of a page belong to its text, and which lines are their captions."""

from __future__ import annotations

import pytest

from readout_pub.model import figures
from tests.extract.generic.pages import DATED, HEADLINE, LATER, STORY, body_outline, newspaper, read_generic
from tests.outline import outline

PHOTO = '<img src="channel.jpg" width="640" height="400" alt="Ships in the channel">'


def test_a_photo_in_a_card_is_left_out_even_with_class_photo() -> None:
    card = """<ul><li><div class="photo"><a href="/1"><div><img src="lamp.jpg" alt="A lamp"></div></a>
        <span>No. 4</span></div><h3><a href="/1">A new lamp</a></h3></li></ul>"""
    assert "lamp.jpg" not in body_outline(newspaper(f"{HEADLINE}{STORY}<div><h2>Related</h2>{card}</div>"))


def test_a_photo_among_paragraphs_is_kept_with_its_caption() -> None:
    figure = f"<figure>{PHOTO}<figcaption>The first ships. Photo: N. Ereus</figcaption></figure>"
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}{figure}{LATER}"))
    assert "channel.jpg" in outline
    assert 'caption "The first ships."\n  credit "Photo: N. Ereus"' in outline


@pytest.mark.parametrize("sign", [".", "–", "***"])
def test_a_caption_without_letters_or_digits_is_left_out(sign: str) -> None:
    frame = f'<div class="thumbnail"><figure>{PHOTO}<div class="thumbnail-caption">{sign}</div></figure></div>'
    for page in (f"{HEADLINE}{frame}{STORY}", f"{HEADLINE}{STORY}{frame}{LATER}"):
        outline = body_outline(newspaper(page))
        assert "channel.jpg" in outline
        assert "caption" not in outline.replace("thumbnail-caption", "")
        assert f'"{sign}"' not in outline


def test_a_photo_between_headline_and_text_is_kept() -> None:
    lead = f'{HEADLINE}<div class="lead-image">{PHOTO}<p class="caption">The first ships.</p></div>'
    outline = body_outline(newspaper(STORY, above=lead))
    assert "channel.jpg" in outline
    assert 'caption "The first ships."' in outline


@pytest.mark.parametrize("tag", ["h2", "p"])
def test_text_in_a_photo_box_is_a_caption_whatever_its_tag(tag: str) -> None:
    words = f"<{tag}>The first ships.</{tag}><p>Photo: N. Ereus</p>"
    frame = f'<div class="main-image"><div>{PHOTO}</div><div class="text">{words}</div></div>'
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}{frame}{LATER}"))
    assert 'caption "The first ships."' in outline
    assert 'credit "Photo: N. Ereus"' in outline
    assert "section" not in outline


def test_a_photo_with_a_button_above_its_caption_is_kept() -> None:
    box = f'<div class="box">{PHOTO}<div><a href="big.jpg">Enlarge</a></div></div>'
    figure = f'<div class="image">{box}<div class="imageCaption">The first ships.</div></div>'
    assert "channel.jpg" in body_outline(newspaper(f"{HEADLINE}{STORY}{figure}{LATER}"))


def test_pictures_of_menus_and_teasers_are_left_out() -> None:
    logo = '<nav><img src="crest.png" width="200" height="200" alt="The Atlantean"></nav>'
    cards = "".join(
        f'<div class="card"><a href="/{n}"><img src="card{n}.jpg" width="300" height="200"><h3>Story {n}</h3></a></div>'
        for n in range(4)
    )
    page = newspaper(f"{HEADLINE}{STORY}", above=logo, below=f'<div class="related">{cards}</div>')
    assert ".jpg" not in body_outline(page)
    assert "crest.png" not in body_outline(page)


def test_a_portrait_beside_a_linked_name_is_left_out() -> None:
    name = '<a href="/ereus">N. Ereus <img src="ereus.jpg" width="140" height="140" alt=""></a>'
    rest = "who has known the reef since she was a child, and who trained all others in the winter before the opening"
    sentence = f"<p>The first pilot on the new channel was {name}, {rest}.</p>"
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}{sentence}"))
    assert "N. Ereus" in outline
    assert "ereus.jpg" not in outline


def test_a_wide_picture_right_above_the_headline_is_the_lead_picture() -> None:
    outline = body_outline(
        newspaper(STORY, above=f"<figure>{PHOTO}<figcaption>The first ships.</figcaption></figure>{HEADLINE}")
    )
    assert "channel.jpg" in outline
    assert 'caption "The first ships."' in outline


def test_a_small_picture_above_the_headline_is_kept_only_if_declared() -> None:
    small = '<div><img src="channel.jpg" alt="Ships in the channel"></div>'
    assert "channel.jpg" not in body_outline(newspaper(STORY, above=f"{small}{HEADLINE}"))
    declared = '<meta property="og:image" content="https://atlantis.example/big/channel-1200x630.jpg">'
    assert "channel.jpg" in body_outline(newspaper(STORY, above=f"{small}{HEADLINE}", head=declared))


def test_a_linked_picture_above_the_headline_is_left_out() -> None:
    story = f'<figure><a href="/oars"><img src="oars.jpg" width="640" height="400"></a></figure>{HEADLINE}'
    assert "oars.jpg" not in body_outline(newspaper(STORY, above=story))


def test_the_headline_is_not_the_caption_of_a_picture_beside_it() -> None:
    outline = body_outline(newspaper(STORY, above=f"<header>{HEADLINE}{PHOTO}</header>"))
    assert "channel.jpg" in outline
    assert "Harbour open" not in outline


def test_a_flag_within_the_headline_is_left_out() -> None:
    flag = '<h1>Harbour open <picture><img src="atlantis-flag.jpg" alt="Atlantis"></picture></h1>'
    assert "atlantis-flag" not in body_outline(newspaper(f"{flag}{STORY}"))


def test_the_portrait_of_the_author_is_left_out() -> None:
    box = '<div class="author-box"><img src="ereus.jpg" alt="N. Ereus"><p>N. Ereus sails.</p></div>'
    avatar = '<p><img class="avatar" src="iris.jpg" width="96" height="96" alt="Iris"></p>'
    outline = body_outline(newspaper(f"{HEADLINE}{box}{STORY}{avatar}{LATER}"))
    assert "ereus.jpg" not in outline
    assert "iris.jpg" not in outline


def test_json_ld_within_a_link_is_not_text_of_the_link() -> None:
    data = '<script type="application/ld+json">{"@type": "ImageObject", "caption": "The first ships."}</script>'
    slide = f'<div><a>{PHOTO}{data}</a><p class="copy">The first ships pass the forty lamps.</p></div>'
    assert "channel.jpg" in body_outline(newspaper(f"{HEADLINE}{STORY}{slide}{LATER}"))


def test_a_picture_that_recurs_as_a_bullet_is_left_out() -> None:
    marked = STORY.replace("<p>", '<p><img src="shell-mark.png" alt="*"></p><p>')
    outline = body_outline(newspaper(f"{HEADLINE}{marked}{marked.replace('Tuesday', 'Friday')}"))
    assert "shell-mark" not in outline


def test_the_second_copy_of_a_gallery_is_left_out() -> None:
    slide = f"<figure>{PHOTO}<figcaption>The first ships pass the forty lamps.</figcaption></figure>"
    gallery = f'<div class="gallery">{slide}</div>'
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}{gallery}<div class='lightbox-copy'>{gallery}</div>{LATER}"))
    assert outline.count("channel.jpg") == 1
    assert outline.count("forty lamps.") == 1


def test_a_second_copy_of_a_photo_with_another_alternative_text_is_kept() -> None:
    again = PHOTO.replace("Ships in", "Chart of")
    assert body_outline(newspaper(f"{HEADLINE}{PHOTO}{STORY}{again}{LATER}")).count("channel.jpg") == 2


def test_a_photo_without_alternative_text_gets_that_of_its_copy() -> None:
    outline = body_outline(newspaper(f"{HEADLINE}{PHOTO.replace('Ships in the channel', '')}{STORY}{PHOTO}{LATER}"))
    assert outline.count("channel.jpg") == 1
    assert "Ships in the channel" in outline.partition("paragraph")[0]


@pytest.mark.parametrize("alt", ["", " Ships in  the channel"])
def test_a_second_copy_without_another_alternative_text_is_left_out(alt: str) -> None:
    again = PHOTO.replace("Ships in the channel", alt)
    assert body_outline(newspaper(f"{HEADLINE}{PHOTO}{STORY}{again}{LATER}")).count("channel.jpg") == 1


def test_photos_that_open_in_a_lightbox_are_photos_of_the_text() -> None:
    photo = f'<div class="js-lightbox-gallery"><div>{PHOTO}</div><div class="flyout"><p>Give a lamp!</p></div></div>'
    assert "channel.jpg" in body_outline(newspaper(f"{HEADLINE}{STORY}{photo}{LATER}"))


def test_a_linked_picture_in_an_advert_size_is_left_out() -> None:
    advert = '<div><a href="https://oars.example/"><img src="buy-oars-300x250.gif" alt="Oars"></a></div>'
    assert "buy-oars" not in body_outline(newspaper(f"{HEADLINE}{STORY}{advert}{LATER}"))


def test_a_gallery_counter_is_not_a_caption() -> None:
    count = "<div>Photo 1 of 2</div><div>The first ships pass.</div>"
    figure = f'<div class="slide">{PHOTO}{count}</div>'
    assert 'caption "The first ships pass."' in body_outline(newspaper(f"{HEADLINE}{STORY}{figure}{LATER}"))


def test_photos_that_link_to_their_files_are_a_gallery_without_bullets() -> None:
    photos = "".join(
        f'<li><a href="/{n}.jpg"><img src="/{n}_s.jpg" alt="Lamp {n}"></a><p>The lamp of quay {n}</p></li>'
        for n in "12"
    )
    body = body_outline(newspaper(f"{HEADLINE}<div>{STORY}</div><div class='lightbox'><ul>{photos}</ul></div>"))
    assert body.count("figure") == 2
    assert "The lamp of quay 2" in body
    assert "bullets" not in body


def test_photos_below_the_text_in_a_block_with_a_figure_class_are_kept() -> None:
    photos = "".join(
        f'<li><span class="fig"><a href="/get.ashx?u={n}"><img src="/{n}.jpg" alt=""></a></span>'
        f"<span>The lamp of quay {n}</span></li>"
        for n in "12"
    )
    album = f'<div class="area-figure album"><div class="in"><div class="ct"><ul>{photos}</ul></div></div></div>'
    body = body_outline(newspaper(f"{HEADLINE}<div><div>{STORY}{LATER}</div></div>{album}"))
    assert body.count("figure") == 2
    assert "The lamp of quay 2" in body


def test_a_link_that_downloads_the_photo_is_left_out() -> None:
    photo = '<figure><img src="/1.jpg" alt="Lamps" width="800"><figcaption>The lamps burn</figcaption></figure>'
    link = '<div><a href="/large/1.jpg">Lampenbild laden (2,1 MB)</a></div>'
    body = body_outline(newspaper(f"{HEADLINE}{STORY}{photo}{link}{LATER}"))
    assert body == body_outline(newspaper(f"{HEADLINE}{STORY}{photo}{LATER}"))


def test_text_of_a_link_to_the_enlarged_photo_is_its_caption() -> None:
    link = f'<a href="channel-big.jpg">{PHOTO}<p>The first ships pass the forty lamps.</p></a>'
    outline = body_outline(newspaper(f'{HEADLINE}{STORY}<div class="box"><figure>{link}</figure></div>{LATER}'))
    assert 'caption "[link channel-big.jpg: The first ships pass the forty lamps.]"' in outline


@pytest.mark.parametrize(("size", "is_caption"), [(120, True), (121, False)])
def test_a_linked_caption_has_at_most_120_letters(size: int, *, is_caption: bool) -> None:
    words = ("The ships pass the lamps, " * 5)[: size - 1] + "."
    figure = f'<figure><a href="channel-big.jpg">{PHOTO}<p>{words}</p></a></figure>'
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}{figure}{LATER}"))
    assert (f'caption "[link channel-big.jpg: {words}]"' in outline) == is_caption


@pytest.mark.parametrize(
    "teaser",
    [
        '<a href="/oars"><img src="oars.jpg" width="640" height="400"><span>Oars for all</span></a>',
        '<a href="/oars"><img src="oars.jpg"></a><p><a href="/oars">Oars for all who row in the harbour</a></p>',
    ],
)
def test_a_photo_with_the_headline_of_another_story_is_left_out(teaser: str) -> None:
    assert "oars.jpg" not in body_outline(newspaper(f"{HEADLINE}{STORY}<div>{teaser}</div>{LATER}"))


def test_a_photo_in_nine_wrappers_is_kept() -> None:
    assert "channel.jpg" in body_outline(newspaper(f"{HEADLINE}{STORY}{'<div>' * 9}{PHOTO}{'</div>' * 9}{LATER}"))


def test_a_credit_line_below_a_photo_is_kept() -> None:
    assert 'credit "© N. Ereus"' in body_outline(newspaper(f"{HEADLINE}{STORY}<p>{PHOTO}</p><p>© N. Ereus</p>{LATER}"))


DECLARATION = '<meta property="og:image" content="https://atlantis.example/2029/09/1.jpg">'
"""Metadata that declare 1.jpg, in the folder of September 2029, as the picture of the page."""
DECLARED = '<img src="/files/2029/09/1.jpg" alt="Ships in the channel">'


def test_a_declared_image_with_a_short_name_is_matched_by_its_folder() -> None:
    opening = f'<div class="top"><p>Sea</p><p>Trade</p><p>Reef</p>{DECLARED}</div>{HEADLINE}'
    assert "1.jpg" in body_outline(newspaper(STORY, above=opening, head=DECLARATION))
    assert "1.jpg" not in body_outline(newspaper(STORY, above=opening, head=DECLARATION.replace("2029/09", "2029/08")))


def test_the_counter_before_a_caption_is_no_part_of_it() -> None:
    captions = (f"<figcaption><span>{n} / 2</span> Ships of bay {n}</figcaption>" for n in (1, 2))
    gallery = "".join(
        f"<figure>{PHOTO.replace('channel', f'ship{n}')}{caption}</figure>" for n, caption in enumerate(captions)
    )
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}{gallery}{LATER}"))
    assert 'caption "Ships of bay 1"' in outline
    assert "/ 2" not in outline


def test_a_fraction_with_which_a_caption_begins_is_a_part_of_it() -> None:
    figure = f"<figure>{PHOTO}<figcaption><b>1/3</b> of the lamps burn</figcaption></figure>"
    assert 'caption "[strong: 1/3] of the lamps burn"' in body_outline(newspaper(f"{HEADLINE}{STORY}{figure}{LATER}"))


def test_a_button_beside_a_caption_is_not_part_of_it() -> None:
    caption = '<figcaption><span>Ships of the bay</span> <a href="/1">Photo details</a></figcaption>'
    assert 'caption "Ships of the bay"' in body_outline(
        newspaper(f"{HEADLINE}{STORY}<figure>{PHOTO}{caption}</figure>{LATER}")
    )


def test_a_link_to_all_photos_is_neither_caption_nor_text() -> None:
    gallery = f'<div class="gallery"><a href="/1">{PHOTO}</a><a href="/photos">Дивитися всі фото</a></div>'
    assert "Дивитися" not in body_outline(newspaper(f"{HEADLINE}{STORY}{LATER}{gallery}"))


@pytest.mark.parametrize("words", ["50%", "9/11", "(3)", "12."])
def test_a_number_in_a_paragraph_below_a_photo_is_text(words: str) -> None:
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}<p>{PHOTO}</p><p>{words}</p>{LATER}"))
    assert f'paragraph "{words}"' in outline


def test_a_declared_image_with_a_linked_caption_is_kept() -> None:
    linked = f'<div>{DECLARED}<p><a href="/channel">Show all photos of the channel in large</a></p></div>'
    assert "1.jpg" in body_outline(newspaper(f"{HEADLINE}{STORY}{linked}{LATER}", head=DECLARATION))
    assert "1.jpg" not in body_outline(newspaper(f"{HEADLINE}{STORY}{LATER}<div class='related'>{linked}</div>"))


def test_an_overlay_with_only_a_photo_is_not_a_popup() -> None:
    framed = f'<div class="image-overlay">{PHOTO}</div>'
    assert "channel.jpg" in body_outline(newspaper(f"{HEADLINE}{STORY}{framed}{LATER}"))
    full = f'<div class="image-overlay">{PHOTO}<p>Close this window.</p></div>'
    assert "channel.jpg" not in body_outline(newspaper(f"{HEADLINE}{STORY}{full}{LATER}"))


@pytest.mark.parametrize("name", ["figure__image-cta", "cta photo-zoom", "popup"])
def test_a_photo_in_a_box_that_enlarges_it_is_kept_with_its_credit(name: str) -> None:
    opener = f'<div class="{name}"><div>{PHOTO}</div><button>Enlarge</button></div>'
    caption = "<figcaption><div><p>The first ships</p><span>Source: Jane Roe</span></div></figcaption>"
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}<figure>{opener}{caption}</figure>{LATER}"))
    assert "channel.jpg" in outline
    assert "Jane Roe" in outline
    letter = f'<div class="newsletter"><figure>{opener}{caption}</figure></div>'
    assert "channel.jpg" not in body_outline(newspaper(f"{HEADLINE}{STORY}{letter}{LATER}"))


@pytest.mark.parametrize("tag", ["li", "div"])
def test_banners_in_a_row_above_the_headline_are_left_out(tag: str) -> None:
    banner = '<img class="slide" src="donate-{n}.jpg" width="500" height="300">'
    linked = f'<{tag} class="photo"><a href="https://example.org/give">{banner.format(n=1)}</a></{tag}>'
    alone = f'<{tag} class="photo">{banner.format(n=2)}</{tag}>'
    row = f"<ul>{linked}{alone}</ul>" if tag == "li" else f"<div>{linked}{alone}</div>"
    assert "donate" not in body_outline(newspaper(f"{HEADLINE}{STORY}{LATER}", above=row))
    share = '<a href="https://example.org/share"><img src="f.png"></a>'
    lead = f'<div class="photo">{banner.format(n=2)}{share}</div>'
    assert "donate-2" in body_outline(newspaper(f"{HEADLINE}{STORY}{LATER}", above=lead))


def test_all_photos_of_a_long_slider_above_the_headline_are_kept() -> None:
    slides = "".join(
        f'<div class="item"><img src="lamp-number-{n}.jpg"><p class="slide-text">Lamp {n} by night</p></div>'
        for n in range(1, 14)
    )
    outline = body_outline(newspaper(f'<div class="carousel">{slides}</div>{HEADLINE}{STORY}{LATER}'))
    assert all(f'caption "Lamp {n} by night"' in outline for n in range(1, 14))


@pytest.mark.parametrize("name", ["essay__image__caption", "photo-caption", "figure_caption"])
def test_only_the_box_with_a_caption_class_is_the_caption_of_a_photo(name: str) -> None:
    inner = f"<div><div class='essay__image__wrapper'>{PHOTO}<span>Scroll before you print this page</span></div></div>"
    figure = f'<div class="essay__image">{inner}<div class="{name}"><p>Ann Reef, The harbour.</p></div></div>'
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}{figure}{LATER}"))
    assert 'caption "Ann Reef, The harbour."' in outline
    assert "Scroll" not in outline
    other = figure.replace(name, "remark")
    assert "Scroll" in body_outline(newspaper(f"{HEADLINE}{STORY}{other}{LATER}"))


@pytest.mark.parametrize("line", ["Photo: N. Ereus", "The ministers walked on the quay for an hour."])
def test_a_credit_or_sentence_above_a_figcaption_is_kept(line: str) -> None:
    figure = f"<figure><div class='image'>{PHOTO}<span>{line}</span></div><figcaption>The quay</figcaption></figure>"
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}{figure}{LATER}"))
    assert [words for words in (line.removeprefix("Photo: "), "The quay") if words not in outline] == []


def test_a_photo_box_right_below_the_text_is_kept() -> None:
    photo = f'<div class="colonna_foto">{PHOTO}<p>The first ships.</p></div>'
    outline = body_outline(newspaper(f"{HEADLINE}<div>{STORY}{LATER}</div>{photo}"))
    assert "channel.jpg" in outline
    assert 'caption "The first ships."' in outline


@pytest.mark.parametrize("photo", ['<img src="quay.jpg" alt="A quay">', '<p><img src="quay.jpg" alt="A quay"></p>'])
def test_a_photo_below_a_text_of_one_paragraph_is_kept(photo: str) -> None:
    story = "<p>The ministers met in the harbour of Avalon, and spoke for three hours about tides, ships and salt.</p>"
    assert "quay.jpg" in body_outline(f"<main><h1>Talks on tides</h1>{story}{photo}</main>")


def test_the_single_line_below_each_photo_of_a_row_is_its_caption() -> None:
    row = "".join(
        f'<div class="module"><div class="image"><img src="lamp-number-{n}.jpg"></div><p>Lamp {n} by night.</p></div>'
        for n in range(1, 4)
    )
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}{row}{LATER}"))
    assert all(f'caption "Lamp {n} by night."' in outline for n in range(1, 4))


@pytest.mark.parametrize(
    "picture",
    [
        '<div><a href="https://oars.example/"><img src="oars-of-oak.jpg" alt="Advertisement"></a></div>',
        '<div><a href="https://oars.example/"><img src="oars-of-oak.png" width="120" alt="Partner"></a></div>',
        '<p><img src="/site/themes/reef/oars-of-oak.png" alt="Illustration"></p>',
        '<p><img src="/picture?url=%2Favatars%2Foars-of-oak.jpg" alt="O. Oak"></p>',
        '<p><a href="#"><img src="/img/oars-of-oak.png" alt="Compartir en Facebook"></a></p>',
        '<p><a href="javascript:share()"><img src="/img/oars-of-oak.gif" alt="Share on X"></a></p>',
        '<p><a href="mailto:?subject=reef"><img src="/img/oars-of-oak.gif" alt="E-Mail"></a></p>',
        '<p><img src="/img/chevron-oars-of-oak.svg" alt="More"></p>',
    ],
    ids=[
        "advert by alternative text",
        "small and linked",
        "design folder",
        "portrait by address",
        "button to share, link without address",
        "button to share, script",
        "button to share, mail",
        "icon of a control",
    ],
)
def test_boilerplate_images_are_left_out(picture: str) -> None:
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}{picture}{LATER}"))
    assert "oars-of-oak" not in outline


def test_a_linked_photo_whose_text_names_a_social_network_is_kept() -> None:
    photo = '<p><a href="large.jpg"><img src="small.jpg" alt="The head of Facebook"></a></p>'
    assert "small.jpg" in body_outline(newspaper(f"{HEADLINE}{STORY}{photo}{LATER}"))


@pytest.mark.parametrize("box", ["{}", "<div>{}</div>", '<div class="uk-text-center"><span>{}</span></div>'])
def test_a_photo_with_which_an_article_begins_is_kept(box: str) -> None:
    photo = box.format('<img src="/quay.jpg" alt="The quay at night">')
    assert "quay.jpg" in body_outline(newspaper(f"{photo}{HEADLINE}<p>4 May 2031</p>{STORY}{LATER}"))


def test_an_image_in_a_box_above_the_article_is_left_out() -> None:
    emblem = '<div><img src="/emblem.png" alt="Ministry of Tides"></div>'
    assert "emblem" not in body_outline(newspaper(f"{HEADLINE}{STORY}{LATER}", above=emblem))


def test_photos_of_other_articles_are_left_out_though_their_text_stays() -> None:
    others = "".join(
        f'<article><img src="oars-{n}.jpg" width="350"><div><a href="/{n}">The oars of harbour {n} are of oak</a></div>'
        f"<p>How the oars of harbour {n} came to be made of oak is told by men and women who row, "
        f"every day of the year but one, from the lamps of harbour {n} to the reef and back.</p></article>"
        for n in range(9)
    )
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}<div>{others}</div>{LATER}"))
    assert "How the oars of harbour 3" in outline
    assert "oars-3.jpg" not in outline


def test_an_image_without_address_and_alt_is_left_out() -> None:
    assert "photo" not in body_outline(newspaper(f"{HEADLINE}{STORY}<p><img src='' width='300'></p>{LATER}"))


@pytest.mark.parametrize("address", ["/", "https://atlantis.example/", "#top"])
def test_images_that_link_to_the_home_page_or_top_are_left_out(address: str) -> None:
    logo = f'<a href="{address}"><img src="crest.gif" width="275" height="73"></a>'
    outline = body_outline(newspaper(f"{logo}{HEADLINE}{STORY}{logo}{LATER}"))
    assert "crest.gif" not in outline


def test_an_amp_image_is_a_picture() -> None:
    image = '<amp-img src="channel.jpg" width="800" height="500" alt="Ships"><img placeholder src="s.gif"></amp-img>'
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}<figure>{image}<figcaption>Ships</figcaption></figure>{LATER}"))
    assert 'photo channel.jpg, alt "Ships"' in outline


@pytest.mark.parametrize(
    ("photo", "expected"),
    [
        ('<div role="img" aria-label="The pier" style="background-image:url(/a.jpg)"></div>', 'a.jpg, alt "The pier"'),
        (
            "<span style=\"color: red; background: #fff url( '/a.webp' ) no-repeat\" role=img aria-label=Pier></span>",
            'a.webp, alt "Pier"',
        ),
        (
            '<a href="/a.jpg"><div class="e-gallery-image" data-thumbnail="/a-3.jpg" role="img"></div></a>',
            "a-3.jpg, alt missing",
        ),
        ('<a href="/a.jpg"><div style="background-image: url(/a-3.jpg)"></div></a>', "a-3.jpg, alt missing"),
        ('<a href="/pier"><div style="background-image: url(/a-3.jpg)"></div></a>', None),
        ('<a href="/a.jpg"><div style="background-image: url(/a-3.jpg)"></div>The pier</a>', None),
        ("<div role=img aria-label=Pier style='background: url(\"/a(1).jpg\")'></div>", 'a(1).jpg, alt "Pier"'),
        ('<div>Call <span role="img" aria-label="us" style="background:url(/a.png)"></span> now.</div>', None),
        ('<div><span role="img" aria-label="Flag" style="background:url(/a.png)"></span> Atlantis</div>', None),
        ('<div role="img" aria-label="" style="background-image:url(/a.jpg)"></div>', None),
        ('<div role="img" aria-label="Wave" style="background: linear-gradient(red, blue)"></div>', None),
        ('<div role="img" aria-label="The pier" style="background-image:url(/a.jpg)"><p>Forty boats.</p></div>', None),
    ],
)
def test_a_described_or_enlarged_background_is_a_picture(photo: str, expected: str | None) -> None:
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}<div class='photos'>{photo}</div>{LATER}"))
    assert [outline.count("photo "), (expected or "") in outline] == [int(expected is not None), True]
    assert ("Forty boats." in photo) == ("Forty boats." in outline)


def test_a_photo_beside_the_linked_headline_of_another_story_is_left_out() -> None:
    cards = "".join(
        f'<div class="col"><div class="item"><div><a href="/{name}"><img src="{name}.jpg" alt=""></a></div>'
        f'<h2><a href="/{name}">The {name} of Atlantis</a></h2><p>The {name} is closed to all boats until spring.</p>'
        "</div></div>"
        for name in ("reef", "quay")
    )
    more = f'<div class="related-content"><div class="head"><h3>READ TOO</h3></div><div class="row">{cards}</div></div>'
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}{more}"))
    assert "reef.jpg" not in outline
    assert "closed to all boats" not in outline


def test_the_caption_of_a_gallery_is_kept_with_its_photos() -> None:
    photos = "".join(f'<figure><img src="/{n}.jpg"><figcaption>Lamp {n}.</figcaption></figure>' for n in (1, 2))
    gallery = f'<figure class="wp-block-gallery">{photos}<figcaption>Pictures of the visit</figcaption></figure>'
    body = body_outline(newspaper(f"{HEADLINE}{STORY}{gallery}{LATER}"))
    assert all(words in body for words in ("Lamp 1.", "Lamp 2.", "Pictures of the visit"))


def test_a_small_emblem_above_the_headline_is_not_a_photo() -> None:
    emblem = '<center><img src="/emblem.gif" width="90" height="90"><br>MINISTRY OF TIDES</center>'
    assert "emblem" not in body_outline(f"<title>Harbour open</title>{emblem}{HEADLINE}{STORY}{LATER}")


@pytest.mark.parametrize(
    "between", ["", "<p>12 May 2031</p>"], ids=["headline and photos only", "with the date below the headline"]
)
def test_a_page_of_only_a_headline_and_photos_keeps_its_photos(between: str) -> None:
    photos = """<img src="lamp.jpg" alt="Minister Ereus at the lamp house" width="800" height="600">
        <img src="night.jpg" alt="The lamp house at night" width="800" height="600">"""
    readout = read_generic(f"""<html lang="en"><title>Lamp house opened | Atlantis</title><body>
        <header><a href="/">Ministry of Atlantis</a></header><nav><a href="/news">News</a></nav>
        <main><h1>Lamp house opened</h1>{between}{photos}</main><footer><p>Reef Street 1</p></footer></body></html>""")
    assert readout.title == ("Lamp house opened",)
    outlined = outline(readout.body)
    assert "lamp.jpg" in outlined
    assert "night.jpg" in outlined
    assert "Ministry" not in outlined
    assert "News" not in outlined


def test_a_short_text_beside_the_box_of_headline_and_photo_stays() -> None:
    outlined = body_outline("""<html lang="en"><title>Lamp house</title><body><nav><a href="/news">News</a></nav>
        <div class="hero"><h1>Lamp house opened</h1><img src="lamp.jpg" width="800" height="600" alt="Lamp"></div>
        <div class="text"><p>It is open from dusk to dawn.</p></div></body></html>""")
    assert "It is open from dusk to dawn." in outlined


def test_the_heading_above_photos_is_not_a_caption() -> None:
    thumb = '<a href="w1.jpg"><img src="thumb_w1.jpg" alt=""></a>'
    gallery = f'<div class="gallery-row"><h3>The lamps at dusk</h3>{thumb}</div>'
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}{LATER}{gallery}"))
    assert 'section "The lamps at dusk"\n  figure\n    photo thumb_w1.jpg' in outline


@pytest.mark.parametrize(
    ("block", "credit"),
    [
        ("<h2>Photos</h2>{}", ""),
        ('<div class="gallery"><h3>Photo gallery</h3><div class="items">{}</div></div>', ""),
        (
            '<section class="gal"><h2 class="vh">Fotogalerie</h2><ul><li>{}</li></ul><p>Foto: N. Reef</p></section>',
            "Foto: N. Reef",
        ),
        ('<div class="album"><h4>گزارش تصویری</h4>{}</div>', ""),
        ("<p><strong>Galeria zdjęć</strong></p>{}", ""),
    ],
)
def test_the_label_of_a_gallery_at_the_end_is_no_heading(block: str, credit: str) -> None:
    photos = "".join(f'<a href="{n}.jpg"><img src="{n}_s.jpg" alt=""></a>' for n in range(3))
    page = newspaper(f"{HEADLINE}<div>{STORY}{LATER}{block.format(photos)}</div>")
    outline = body_outline(page)
    assert [outline.count("_s.jpg"), "section" in outline, credit in outline] == [3, False, True]


def test_a_heading_of_photos_above_text_is_kept() -> None:
    photo = '<img src="lamp.jpg" width="600" height="400" alt="The lamp">'
    for text in ("<p>The lamps were photographed at dusk.</p>", f"<h2>Later</h2>{LATER}"):
        outline = body_outline(newspaper(f"{HEADLINE}<div>{STORY}<h2>Photos</h2>{photo}{text}</div>"))
        assert 'section "Photos"' in outline


def test_photos_below_the_text_that_link_to_larger_ones_are_kept() -> None:
    photos = "".join(
        f'<div><a href="img{n}.jpg"><img src="small/img{n}.jpg" width="220" alt=""></a></div>' for n in (1, 2)
    )
    outline = body_outline(newspaper(f"{HEADLINE}<div>{STORY}{LATER}</div><div>{photos}</div>"))
    assert "img1.jpg" in outline
    assert "img2.jpg" in outline


def test_a_counter_in_a_figure_of_a_list_is_left_out() -> None:
    figures = "".join(
        f'<li><figure><img src="z{n}.jpg" alt=""><figcaption>Lamp {n}</figcaption><span>{n} / 2</span></figure></li>'
        for n in (1, 2)
    )
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}<ul>{figures}</ul>{LATER}"))
    assert 'caption "Lamp 1"' in outline
    assert "1 / 2" not in outline


def test_a_photo_stays_in_a_short_story_with_a_share_button() -> None:
    share = '<div class="social"><a href="#">Share this with all the birds</a></div>'
    outline = body_outline(newspaper(f"{HEADLINE}{PHOTO}{share}<p>The harbour of Atlantis is open to ships again.</p>"))
    assert "channel.jpg" in outline


def test_a_logo_that_links_to_a_languages_home_page_is_left_out() -> None:
    logo = '<div><a href="/hi"><img src="logo.png" width="600" alt="Ministry of Lamps"></a></div>'
    assert "logo.png" not in body_outline(newspaper(f"{HEADLINE}{logo}{STORY}{LATER}"))


@pytest.mark.parametrize(("tag", "photos"), [("div", 1), ("header", 0)])
def test_an_unsized_photo_above_the_title_is_kept_except_in_a_header(tag: str, photos: int) -> None:
    photo = f'<{tag}><img src="channel.jpg" alt=""><p>4 May 2031</p><p>Views: 2318</p>'
    page = newspaper("", above=f"{photo}<h3>Harbour open</h3><div>{STORY}</div></{tag}>")
    assert body_outline(page).count("channel.jpg") == photos


def test_a_link_to_the_file_of_a_photo_is_left_out() -> None:
    file = '<p class="dl"><a href="/lamp_large.jpg">Download in print quality (JPG, 4.2 MB)</a></p>'
    photo = '<div class="picture"><img src="/lamp.jpg" width="770" height="433" alt="A lamp"><p>The lamp.</p></div>'
    assert "print quality" not in body_outline(newspaper(f"{HEADLINE}{STORY}<div>{photo}{file}</div>{LATER}"))


def test_a_caption_may_begin_with_a_number_without_a_colon() -> None:
    image = '<img src="/1.jpg" alt="渠" width="600" height="400">'
    photo = f'<ul><li><a href="/1.jpg">{image}<span>圖1 完工後的渠道</span></a></li></ul>'
    assert 'caption "圖1 完工後的渠道"' in body_outline(newspaper(f"{HEADLINE}{STORY}<div>{photo}</div>"))


def test_a_map_that_links_to_its_own_file_is_a_photo() -> None:
    image = '<img src="/reef.jpg" width="800" alt="Map of the reef with the lamps in orange">'
    block = '<div><a href="{0}">' + image + '</a><a href="{0}">View or download the map</a></div>'
    found = [read_generic(newspaper(f"{HEADLINE}{STORY}{block.format(to)}{LATER}")) for to in ("/reef.pdf", "/reef")]
    assert [len(list(figures(readout))) for readout in found] == [1, 0]


def test_a_gallery_caption_outside_a_figure_is_kept() -> None:
    photos = "".join(
        f'<figure><img src="/{n}.jpg" width="800" alt="Lamp"><figcaption>Lamp {n}</figcaption></figure>' for n in (1, 2)
    )
    caption = '<figcaption class="blocks-gallery-caption">All lamps of the reef</figcaption>'
    gallery = f'<div class="wp-block-gallery">{photos}{caption}</div>'
    assert "All lamps of the reef" in body_outline(newspaper(f"{HEADLINE}{STORY}{gallery}{LATER}"))


def test_the_text_below_a_headline_in_a_figure_is_no_caption() -> None:
    photo = '<img src="/1.jpg" width="800" alt="Lamp"><figcaption>Photo: Tove Reef</figcaption>'
    lede = "<p>The first ships are expected at the pier of the seven lamps</p>"
    page = newspaper(f"<figure class='teaser'>{photo}{HEADLINE}{lede}</figure><div>{STORY}{LATER}</div>")
    outline = body_outline(page)
    assert 'paragraph "The first ships are expected' in outline
    assert 'credit "Photo: Tove Reef"' in outline


def test_a_custom_element_for_an_image_is_a_picture() -> None:
    image = '<reef-image-v2 data-src="channel.jpg" width="800" height="500" alt="Ships"></reef-image-v2>'
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}<figure>{image}<figcaption>Ships</figcaption></figure>{LATER}"))
    assert 'photo channel.jpg, alt "Ships"' in outline
    assert "channel.jpg" not in body_outline(
        newspaper(f"{HEADLINE}{STORY}<reef-teaser>{image}<p>The lamps</p></reef-teaser>{LATER}")
    )


def test_the_words_of_a_custom_element_for_an_image_are_text() -> None:
    words = "The pilots of the reef, who had been trained in Lemuria, met in the harbour on the first day of spring."
    card = f'<reef-image src="channel.jpg"><p>{words}</p></reef-image>'
    assert words in body_outline(newspaper(f"{HEADLINE}{STORY}{card}{LATER}"))


def test_an_overlay_on_a_photo_is_not_its_caption() -> None:
    overlay = '<div class="overlay"><p>1 Harbours</p></div>'
    photo = f'<div class="frame"><img src="channel.jpg" width="800" alt="Ships">{overlay}</div>'
    caption = '<p class="imagedescription">Ships in the channel</p>'
    outline = body_outline(
        newspaper(
            f"{photo}<div>{caption}{HEADLINE}{STORY}</div>", head='<meta property="og:image" content="channel.jpg">'
        )
    )
    assert "Ships in the channel" in outline
    assert "1 Harbours" not in outline


def test_a_caption_may_be_drawn_over_its_photo() -> None:
    overlay = '<div class="photo-overlay"><div class="photo-caption">Ships in the channel</div></div>'
    photo = f'<div class="frame"><img src="channel.jpg" width="800" alt="">{overlay}</div>'
    assert 'caption "Ships in the channel"' in body_outline(newspaper(f"{HEADLINE}{photo}{STORY}"))


def test_a_text_with_a_credit_beside_a_photo_is_kept() -> None:
    words = "The lamps of the channel after their repair in spring. (credit: Reef Images)"
    photo = f'<div><img src="channel.jpg" width="800" alt="Lamps"><div class="info">{words}</div></div>'
    assert "The lamps of the channel" in body_outline(newspaper(f"{photo}{HEADLINE}{STORY}"))


FACTS = "<p><span>Period of the tide:</span> 4 May – 9 May</p><p><b>Declared</b>: 12 May</p>"


@pytest.mark.parametrize(
    "facts",
    [
        f"<div>{FACTS}</div>",
        FACTS,
        "<ul><li><strong>Reef:</strong> Port Nautilus</li><li><strong>Ships:</strong> forty</li></ul>",
        "<div><p><span>Place</span><span>: Port Nautilus</span></p><p><span>Ships</span><span>: forty</span></p></div>",
    ],
)
def test_labelled_facts_beside_a_picture_are_text_not_its_caption(facts: str) -> None:
    photo = '<div class="summary-image"><div class="image"><img src="channel.jpg" alt="Map of the channel"></div>'
    text = body_outline(newspaper(f"{HEADLINE}{photo}{facts}</div>{STORY}"))
    assert "caption" not in text
    assert "channel.jpg" in text
    assert text.count(": ") > 1


@pytest.mark.parametrize(
    "contents",
    [
        '<h2>Quick links</h2><h2><a href="#a">When do the lamps burn?</a></h2><h2><a href="#b">Who?</a></h2>',
        '<p><b>Contents</b></p><ul><li><a href="#a">When do they burn?</a></li><li><a href="#b">Who?</a></li></ul>',
    ],
)
def test_a_photo_beside_a_table_of_contents_is_kept(contents: str) -> None:
    photo = '<div><div><img src="channel.jpg" width="800" alt="Channel"></div></div>'
    parts = f'<h2 id="a">When do the lamps burn?</h2>{STORY}<h2 id="b">Who lights them?</h2>{LATER}'
    text = body_outline(newspaper(f"{HEADLINE}<div>{photo}<div>{contents}</div></div><div>{parts}</div>"))
    assert "channel.jpg" in text


def test_a_hidden_copy_of_a_photo_for_print_is_left_out() -> None:
    shown = '<picture><source srcset="channel_330.jpg 330w"><img src="channel_800.jpg" width="800" alt="C"></picture>'
    copy = '<img src="channel_print_412.jpg" style="display:none" width="800" alt="Channel">'
    figure = f'<figure><a href="channel_full.jpg">{shown}{copy}</a><figcaption>The channel</figcaption></figure>'
    text = body_outline(newspaper(f"{HEADLINE}{STORY}{figure}{LATER}"))
    assert "channel_800.jpg" in text
    assert "channel_print" not in text
    assert 'caption "The channel"' in text


def test_labelled_facts_that_name_a_photographer_are_a_caption() -> None:
    notes = "<p><span>Photo:</span> N. Reef</p><p><span>Place:</span> Port Nautilus</p>"
    photo = f'<div class="photo"><img src="channel.jpg" width="800" alt="Channel"><div class="info">{notes}</div></div>'
    assert "Port Nautilus" in body_outline(newspaper(f"{HEADLINE}{photo}{STORY}")).partition("paragraph")[0]


def test_a_photo_is_kept_below_a_title_that_is_a_link() -> None:
    head = '<div><h1><a href="/4">Harbour of the reefs open again</a></h1></div>'
    tools = '<div class="item-tools"><a href="/print">Print</a></div>'
    page = newspaper(
        f"{head}<figure>{PHOTO}</figure>{tools}<div>{STORY}</div>", title="Harbour of the reefs open again"
    )
    assert "channel.jpg" in body_outline(page)


def test_a_photo_of_a_logo_below_the_text_stays_with_its_caption() -> None:
    photo = '<figure><img src="/new-logo.jpg" width="800" height="600"><figcaption>The new sign</figcaption></figure>'
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}{photo}"))
    assert "photo" in outline
    assert "The new sign" in outline


@pytest.mark.parametrize(
    "logo",
    [
        '<div class="reef-logo"><img src="/reef.png" alt="Guard of the reef"></div>',
        '<div><img src="/footer_logo.png" alt="Guard of the reef"></div>',
    ],
)
def test_a_logo_is_kept_only_within_the_text(logo: str) -> None:
    assert "Guard of the reef" not in body_outline(newspaper(f"{HEADLINE}{STORY}{logo}"))
    assert "Guard of the reef" in body_outline(newspaper(f"{HEADLINE}{STORY}{logo}{LATER}"))


def test_a_photo_above_the_text_with_a_link_to_enlarge_it_is_kept() -> None:
    label = '<span class="screen-reader-text">View Larger Image</span>'
    photo = f'<div class="slider"><ul><li><a href="/quay.jpg">{label}<img src="/quay.jpg" alt="The quay"></a></li></ul>'
    page = newspaper(f"{HEADLINE}<article>{photo}</div><div class='post-content'>{STORY}</div></article>")
    assert "photo /quay.jpg" in body_outline(page)


def test_a_photo_in_a_link_that_enlarges_it_is_kept() -> None:
    photo, caption = '<a href="#1"><div><img src="/pier.jpg"></div></a>', "<figcaption>The pier at dawn</figcaption>"
    text = body_outline(newspaper(f"{HEADLINE}<figure>{photo}{caption}</figure>{STORY}"))
    assert "photo /pier.jpg" in text
    assert 'caption "The pier at dawn"' in text


def test_an_arrow_in_a_figure_of_several_images_is_left_out() -> None:
    arrow = '<a href="#next"><img src="/next.jpg"></a>'
    figure = f'<figure><img src="/pier.jpg">{arrow}<figcaption>The pier at dawn</figcaption></figure>'
    text = body_outline(newspaper(f"{HEADLINE}{figure}{STORY}"))
    assert "/pier.jpg" in text
    assert "/next.jpg" not in text


def test_a_declared_photo_beside_the_reading_time_is_kept() -> None:
    declared = '<meta property="og:image" content="https://atlantean.example/pier-1200.jpg">'
    photo = '<div><img src="/pier-1200.jpg"><div>3 min read</div></div>'
    text = body_outline(newspaper(f"<div><div>{HEADLINE}</div><div>{photo}</div></div>{STORY}", head=declared))
    assert "photo /pier-1200.jpg" in text
    assert "3 min read" not in text


@pytest.mark.parametrize(
    "facts",
    [
        "<p>Author: Ports</p><p>Date: 14 May 2031</p><p>Category: Statement</p>",
        "<ul><li>Source: Ports</li><li>Published: 14 May 2031</li></ul>",
    ],
)
def test_a_photo_with_its_caption_beside_facts_of_the_page_is_kept(facts: str) -> None:
    photo = '<img src="/pier.jpg"><p>The pier at dawn</p>'
    row = f'<div class="row"><div class="col-4">{facts}</div><div class="col-8">{photo}</div></div>'
    readout = read_generic(newspaper(f"{HEADLINE}{row}<div>{STORY}</div>"))
    assert 'caption "The pier at dawn"' in outline(readout.body)
    assert "14 May 2031" not in outline(readout.body)


def test_a_caption_in_a_field_of_a_content_system_is_kept() -> None:
    caption = '<div class="field field--name-field-caption field__item">The ministers in the hall.</div>'
    media = f'<div class="media media--type-image"><div class="field">{PHOTO}</div>{caption}</div>'
    assert 'caption "The ministers in the hall."' in body_outline(newspaper(f"{HEADLINE}{STORY}{media}{LATER}"))
    views = caption.replace("field--name-field-caption", "meta").replace("The ministers in the hall.", "Nine views")
    assert "Nine views" not in body_outline(newspaper(f"{HEADLINE}{STORY}{media.replace(caption, views)}{LATER}"))


def caption_of(caption: str) -> str:
    photo = f'<div class="photo"><img src="a.jpg" width="800" height="500" alt="Lamps">{caption}</div>'
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}{photo}{LATER}"))
    return next(line.strip() for line in outline.splitlines() if "caption" in line)


@pytest.mark.parametrize(
    "caption",
    [
        '<div class="image-caption"><span class="label">Caption: </span>Keepers of the reef.</div>',
        '<p class="caption"><b>Photo caption:</b> Keepers of the reef.</p>',
        '<p class="photo-caption"><em>Bildunterschrift: </em>Keepers of the reef.</p>',
    ],
)
def test_the_label_of_a_caption_is_not_in_the_caption(caption: str) -> None:
    assert caption_of(caption) == 'caption "Keepers of the reef."'


@pytest.mark.parametrize(
    "words",
    [
        "<b>Caption contest:</b> keepers",
        "<b>Map 2:</b> keepers",
        "<b>Key:</b> keepers in red",
        "Caption: keepers",
        "Above, <b>caption:</b> as printed",
        "<b>Caption:</b>",
    ],
)
def test_other_words_at_the_start_of_a_caption_are_kept(words: str) -> None:
    plain = words.replace("<b>", "[strong: ").replace("</b>", "]")
    assert caption_of(f'<p class="caption">{words}</p>') == f'caption "{plain}"'


DRUPAL_FILE = """<div class="media media-element-container"><div class="file file-image file-image-jpeg">
    <h2 class="element-invisible"><a href="/files/lamp">lamp.jpg</a></h2><div class="content">
    <img src="/files/lamp.jpg" width="960" height="640" alt="A lamp">{}</div></div></div>"""


@pytest.mark.parametrize("caption", ["", '<div class="field-items image-caption">(Photo: N. Ereus)</div>'])
@pytest.mark.parametrize("around", ["{}", "<div>{}</div>"])
def test_a_photo_is_kept_without_the_hidden_link_to_its_file(around: str, caption: str) -> None:
    photo = around.format(DRUPAL_FILE.format(caption))
    outlined = body_outline(newspaper(f"{HEADLINE}{STORY}{photo}{LATER}"))
    assert "photo /files/lamp.jpg" in outlined
    assert outlined.count("lamp.jpg") == 1
    assert ("N. Ereus" in outlined) == bool(caption)


def test_a_photo_in_a_teaser_below_the_article_is_left_out() -> None:
    story = """<div class="teaser"><h2><a href="/pilots">Pilots trained in Lemuria learn where the lamps are</a></h2>
    <a href="/pilots"><img src="/files/pilots.jpg" width="320" height="200" alt="Pilots"></a></div>"""
    assert "pilots.jpg" not in body_outline(newspaper(f"{HEADLINE}{STORY}{LATER}", below=story))


@pytest.mark.parametrize("name", ["qrcode", "s-ewm", "page-qr-code"])
def test_a_qr_code_is_kept_only_within_the_text(name: str) -> None:
    code = f'<div class="{name}"><img src="code.png" width="200" height="200"><div>The pilots on your phone</div></div>'
    for page in (f"{HEADLINE}{code}{STORY}{LATER}", f"{HEADLINE}{STORY}{LATER}{code}"):
        assert "code.png" not in body_outline(newspaper(page))
    assert "code.png" in body_outline(newspaper(f"{HEADLINE}{STORY}{code}{LATER}"))


@pytest.mark.parametrize(
    "signs",
    [
        '<div>分享到 <img src="close.jpg" width="20px" height="20px"></div>',
        '<div class="row">分享到 <img src="/img/share/qzone.png"> <img src="/img/share/weibo.png"></div>',
        '<figure class="forward">分享到 <a href="/w"><img src="/img/icon_weibo.70c92c.gif" alt="Weibo"></a></figure>',
    ],
)
def test_the_label_of_share_buttons_is_not_a_caption(signs: str) -> None:
    assert "分享到" not in body_outline(newspaper(f"{HEADLINE}{signs}<div>{STORY}</div>"))


@pytest.mark.parametrize(
    "card",
    [
        '<div class="card"><div class="card-image">{photo}</div><div class="card-text">{words}</div></div>',
        '<div class="media-block image-block">{photo}<div>{words}</div></div>',
        '<div class="row center"><div class="center">{photo}</div><div class="center">{words}</div></div>',
    ],
)
def test_a_heading_and_a_sentence_beside_a_photo_are_no_caption(card: str) -> None:
    words = "<h3>The lamp fund</h3><p>The fund pays for the lamps of the harbour.</p>"
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}{card.format(photo=PHOTO, words=words)}{LATER}"))
    assert "channel.jpg" in outline
    assert 'section "The lamp fund"\n' in outline
    assert 'caption "' not in outline


@pytest.mark.parametrize(("name", "count"), [("news-photos", 2), ("related", 0)])
def test_a_column_with_nothing_but_photos_beside_the_text_is_kept(name: str, count: int) -> None:
    photos = "".join(
        f'<li><a href="/image/{n}" rel="group"><img src="/{n}.jpg" alt="Lamp {n}"></a><p>The lamp of quay {n}.</p></li>'
        for n in "12"
    )
    column = f'<div class="col-4"><div class="{name}"><ul>{photos}</ul></div></div>'
    row = f'<div class="row"><div class="col-8"><div>{STORY}{LATER}</div></div>{column}</div>'
    assert body_outline(newspaper(f"{HEADLINE}{row}")).count("figure") == count


@pytest.mark.parametrize("label", ["Фото", "Photos", "Bildergalerie"])
def test_the_label_of_a_slider_is_no_caption_of_its_photos(label: str) -> None:
    slides = "".join(f'<div class="slide"><a href="{n}.jpg"><img src="{n}_s.jpg" alt=""></a></div>' for n in range(4))
    slider = f'<div class="photo_slider"><div class="slider_title">{label}</div>{slides}</div>'
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}{LATER}{slider}"))
    assert [outline.count(word) for word in ("_s.jpg", label)] == [4, 0]


@pytest.mark.parametrize(
    "page",
    [
        "{headline}<article>{link}{text}</article>",
        "<article>{headline}{link}<div class='share'>4</div><div class='the-content'>{text}</div></article>",
    ],
)
def test_the_photo_in_the_link_to_another_story_is_left_out(page: str) -> None:
    link = """<a class="fixed-nav" href="/prev/"><div class="photo"><img src="dam.jpg" width="150" height="150" alt="">
        </div><div><h6>The President opens the dam</h6><span class="date">March 10, 2031</span></div></a>"""
    markup = page.format(headline=HEADLINE, link=link, text=f"{STORY}{LATER}")
    assert "dam.jpg" not in body_outline(newspaper(markup, head=DATED))


@pytest.mark.parametrize(
    "photo",
    [
        '<a href="/quay_hi.jpg"><figure><img src="/quay.jpg"><figcaption>{}</figcaption></figure></a>',
        '<a href="/quay_hi.jpg"><img src="/quay.jpg"><div class="caption">{}</div></a>',
        '<a href="/quay_hi.jpg"><img src="/quay.jpg"><span class="wp-caption-text">{}</span></a>',
        '<div><a class="zoom" href="/quay_hi.jpg"><img src="/quay.jpg"><p class="photo-caption">{}</p></a></div>',
    ],
)
def test_a_caption_on_the_link_to_the_larger_photo_is_kept(photo: str) -> None:
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}{photo.format('The quay on Friday')}{LATER}"))
    assert "photo /quay.jpg" in outline
    assert "The quay on Friday" in outline.partition('caption "')[2]
    assert "caption" not in body_outline(newspaper(f"{HEADLINE}{STORY}{photo.format('Enlarge')}{LATER}"))


def test_the_name_of_another_page_on_a_linked_photo_is_no_caption() -> None:
    link = '<a href="/story"><figure><img src="/quay.jpg"><figcaption>Pilots sing</figcaption></figure></a>'
    assert "Pilots sing" not in body_outline(newspaper(f"{HEADLINE}{STORY}{link}{LATER}"))
