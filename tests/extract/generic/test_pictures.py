"""Which pictures of a page are photos of its text, and which words are their captions."""

from __future__ import annotations

import pytest

from tests.extract.generic.pages import STORY, body, newspaper

PHOTO = '<img src="channel.jpg" width="640" height="400" alt="Ships in the channel">'


def test_a_photo_among_the_paragraphs_stays_with_its_caption() -> None:
    figure = f"<figure>{PHOTO}<figcaption>The first ships. Photo: N. Ereus</figcaption></figure>"
    drawn = body(newspaper(f"<h1>Harbour open</h1>{STORY}{figure}{STORY.replace('Tuesday', 'Friday')}"))
    assert "channel.jpg" in drawn
    assert 'caption "The first ships. Photo: N. Ereus"' in drawn


def test_a_photo_between_the_headline_and_the_text_is_one_of_the_text() -> None:
    lead = f'<h1>Harbour open</h1><div class="lead-image">{PHOTO}<p class="caption">The first ships.</p></div>'
    drawn = body(newspaper(STORY, above=lead))
    assert "channel.jpg" in drawn
    assert 'caption "The first ships."' in drawn


@pytest.mark.parametrize("tag", ["h2", "p"])
def test_what_stands_in_the_frame_of_a_photo_is_its_caption_whatever_it_looks_like(tag: str) -> None:
    words = f"<{tag}>The first ships.</{tag}><p>Photo: N. Ereus</p>"
    frame = f'<div class="main-image"><div>{PHOTO}</div><div class="text">{words}</div></div>'
    drawn = body(newspaper(f"<h1>Harbour open</h1>{STORY}{frame}{STORY.replace('Tuesday', 'Friday')}"))
    assert 'caption "The first ships. Photo: N. Ereus"' in drawn
    assert "section" not in drawn


def test_a_word_on_a_button_does_not_part_a_photo_from_its_caption() -> None:
    box = f'<div class="box">{PHOTO}<div><a href="big.jpg">Enlarge</a></div></div>'
    figure = f'<div class="image">{box}<div class="imageCaption">The first ships.</div></div>'
    assert "channel.jpg" in body(newspaper(f"<h1>Harbour open</h1>{STORY}{figure}{STORY.replace('Tuesday', 'Friday')}"))


def test_pictures_of_menus_and_related_stories_are_none() -> None:
    logo = '<nav><img src="crest.png" width="200" height="200" alt="The Atlantean"></nav>'
    cards = "".join(
        f'<div class="card"><a href="/{n}"><img src="card{n}.jpg" width="300" height="200"><h3>Story {n}</h3></a></div>'
        for n in range(4)
    )
    page = newspaper(f"<h1>Harbour open</h1>{STORY}", above=logo, below=f'<div class="related">{cards}</div>')
    assert ".jpg" not in body(page)
    assert "crest.png" not in body(page)


def test_a_portrait_on_a_name_within_a_sentence_is_none_of_the_text() -> None:
    name = '<a href="/ereus">N. Ereus <img src="ereus.jpg" width="140" height="140" alt=""></a>'
    rest = "who has known the reef since she was a child, and who trained all others in the winter before the opening"
    sentence = f"<p>The first pilot on the new channel was {name}, {rest}.</p>"
    drawn = body(newspaper(f"<h1>Harbour open</h1>{STORY}{sentence}"))
    assert "N. Ereus" in drawn
    assert "ereus.jpg" not in drawn


LATER = STORY.replace("Tuesday", "Friday")


def test_a_picture_right_over_the_headline_opens_the_page() -> None:
    drawn = body(
        newspaper(STORY, above=f"<figure>{PHOTO}<figcaption>The first ships.</figcaption></figure>{_HEADLINE}")
    )
    assert "channel.jpg" in drawn
    assert 'caption "The first ships."' in drawn


_HEADLINE = "<h1>Harbour open</h1>"


def test_a_picture_over_the_headline_needs_more_than_its_place() -> None:
    small = '<div><img src="channel.jpg" alt="Ships in the channel"></div>'
    assert "channel.jpg" not in body(newspaper(STORY, above=f"{small}{_HEADLINE}"))
    named = '<meta property="og:image" content="https://atlantis.example/big/channel-1200x630.jpg">'
    assert "channel.jpg" in body(newspaper(STORY, above=f"{small}{_HEADLINE}", head=named))


def test_a_picture_over_the_headline_that_leads_elsewhere_opens_another_page() -> None:
    story = f'<figure><a href="/oars"><img src="oars.jpg" width="640" height="400"></a></figure>{_HEADLINE}'
    assert "oars.jpg" not in body(newspaper(STORY, above=story))


def test_a_headline_is_no_caption_of_the_picture_beside_it() -> None:
    drawn = body(newspaper(STORY, above=f"<header>{_HEADLINE}{PHOTO}</header>"))
    assert "channel.jpg" in drawn
    assert "Harbour open" not in drawn


def test_a_flag_in_the_headline_is_an_ornament() -> None:
    flag = '<h1>Harbour open <picture><img src="atlantis-flag.jpg" alt="Atlantis"></picture></h1>'
    assert "atlantis-flag" not in body(newspaper(f"{flag}{STORY}"))


def test_the_portrait_of_who_wrote_a_page_is_none_of_the_text() -> None:
    box = '<div class="author-box"><img src="ereus.jpg" alt="N. Ereus"><p>N. Ereus sails.</p></div>'
    avatar = '<p><img class="avatar" src="iris.jpg" width="96" height="96" alt="Iris"></p>'
    drawn = body(newspaper(f"{_HEADLINE}{box}{STORY}{avatar}{LATER}"))
    assert "ereus.jpg" not in drawn
    assert "iris.jpg" not in drawn


def test_what_a_page_says_to_machines_is_no_text_of_the_link_around_a_photo() -> None:
    data = '<script type="application/ld+json">{"@type": "ImageObject", "caption": "The first ships."}</script>'
    slide = f'<div><a>{PHOTO}{data}</a><p class="copy">The first ships pass the forty lamps.</p></div>'
    assert "channel.jpg" in body(newspaper(f"{_HEADLINE}{STORY}{slide}{LATER}"))


def test_a_mark_that_repeats_is_no_photo() -> None:
    marked = STORY.replace("<p>", '<p><img src="shell-mark.png" alt="*"></p><p>')
    drawn = body(newspaper(f"{_HEADLINE}{marked}{marked.replace('Tuesday', 'Friday')}"))
    assert "shell-mark" not in drawn


def test_a_gallery_that_is_there_twice_is_shown_once() -> None:
    slide = f"<figure>{PHOTO}<figcaption>The first ships pass the forty lamps.</figcaption></figure>"
    gallery = f'<div class="gallery">{slide}</div>'
    drawn = body(newspaper(f"{_HEADLINE}{STORY}{gallery}<div class='lightbox-copy'>{gallery}</div>{LATER}"))
    assert drawn.count("channel.jpg") == 1
    assert drawn.count("forty lamps.") == 1


def test_a_picture_in_the_size_of_an_advert_on_a_link_is_one() -> None:
    advert = '<div><a href="https://oars.example/"><img src="buy-oars-300x250.gif" alt="Oars"></a></div>'
    assert "buy-oars" not in body(newspaper(f"{_HEADLINE}{STORY}{advert}{LATER}"))


def test_the_place_of_a_photo_in_its_gallery_is_no_caption() -> None:
    count = "<div>Photo 1 of 2</div><div>The first ships pass.</div>"
    figure = f'<div class="slide">{PHOTO}{count}</div>'
    assert 'caption "The first ships pass."' in body(newspaper(f"{_HEADLINE}{STORY}{figure}{LATER}"))


def test_the_words_of_a_link_to_a_photo_in_large_are_its_caption() -> None:
    link = f'<a href="channel-big.jpg">{PHOTO}<p>The first ships pass the forty lamps.</p></a>'
    drawn = body(newspaper(f'{_HEADLINE}{STORY}<div class="box"><figure>{link}</figure></div>{LATER}'))
    assert 'caption "[link channel-big.jpg: The first ships pass the forty lamps.]"' in drawn


@pytest.mark.parametrize(
    "teaser",
    [
        '<a href="/oars"><img src="oars.jpg" width="640" height="400"><span>Oars for all</span></a>',
        '<a href="/oars"><img src="oars.jpg"></a><p><a href="/oars">Oars for all who row in the harbour</a></p>',
    ],
)
def test_a_photo_with_the_headline_of_another_story_is_a_teaser(teaser: str) -> None:
    assert "oars.jpg" not in body(newspaper(f"{_HEADLINE}{STORY}<div>{teaser}</div>{LATER}"))


def test_a_photo_deep_in_frames_is_found() -> None:
    assert "channel.jpg" in body(newspaper(f"{_HEADLINE}{STORY}{'<div>' * 9}{PHOTO}{'</div>' * 9}{LATER}"))


def test_the_line_under_a_photo_that_says_who_took_it_stays() -> None:
    assert 'credit "© N. Ereus"' in body(newspaper(f"{_HEADLINE}{STORY}<p>{PHOTO}</p><p>© N. Ereus</p>{LATER}"))


NAMED = '<meta property="og:image" content="https://atlantis.example/2029/09/1.jpg">'
"""What the head of a page says whose picture is 1.jpg in the folder of that month."""
OWN = '<img src="/files/2029/09/1.jpg" alt="Ships in the channel">'


def test_the_picture_that_the_page_calls_its_own_is_known_by_its_folder_where_its_name_is_short() -> None:
    opening = f'<div class="top"><p>Sea</p><p>Trade</p><p>Reef</p>{OWN}</div>{_HEADLINE}'
    assert "1.jpg" in body(newspaper(STORY, above=opening, head=NAMED))
    assert "1.jpg" not in body(newspaper(STORY, above=opening, head=NAMED.replace("2029/09", "2029/08")))


@pytest.mark.parametrize("words", ["50%", "9/11", "(3)", "12."])
def test_a_number_of_the_text_below_a_photo_is_no_place_in_a_gallery(words: str) -> None:
    drawn = body(newspaper(f"{_HEADLINE}{STORY}<p>{PHOTO}</p><p>{words}</p>{LATER}"))
    assert f'"{words}"' in drawn


def test_the_caption_of_the_picture_that_the_page_calls_its_own_may_be_a_link() -> None:
    linked = f'<div>{OWN}<p><a href="/channel">Show all photos of the channel in large</a></p></div>'
    assert "1.jpg" in body(newspaper(f"{_HEADLINE}{STORY}{linked}{LATER}", head=NAMED))
    assert "1.jpg" not in body(newspaper(f"{_HEADLINE}{STORY}{LATER}<div class='related'>{linked}</div>"))


def test_a_frame_without_words_that_lays_over_a_photo_is_no_pop_up() -> None:
    framed = f'<div class="image-overlay">{PHOTO}</div>'
    assert "channel.jpg" in body(newspaper(f"{_HEADLINE}{STORY}{framed}{LATER}"))
    full = f'<div class="image-overlay">{PHOTO}<p>Close this window.</p></div>'
    assert "channel.jpg" not in body(newspaper(f"{_HEADLINE}{STORY}{full}{LATER}"))


def test_a_photo_right_below_the_text_in_a_box_for_photos_is_one_of_the_text() -> None:
    photo = f'<div class="colonna_foto">{PHOTO}<p>The first ships.</p></div>'
    drawn = body(newspaper(f"{_HEADLINE}<div>{STORY}{LATER}</div>{photo}"))
    assert "channel.jpg" in drawn
    assert 'caption "The first ships."' in drawn


def test_the_one_line_under_each_photo_of_a_row_is_its_caption() -> None:
    row = "".join(
        f'<div class="module"><div class="image"><img src="lamp-number-{n}.jpg"></div><p>Lamp {n} by night.</p></div>'
        for n in range(1, 4)
    )
    drawn = body(newspaper(f"{_HEADLINE}{STORY}{row}{LATER}"))
    assert all(f"lamp-number-{n}.jpg" in drawn and f"Lamp {n} by night." in drawn for n in range(1, 4))


@pytest.mark.parametrize(
    "picture",
    [
        '<div><a href="https://oars.example/"><img src="oars-of-oak.jpg" alt="Advertisement"></a></div>',
        '<div><a href="https://oars.example/"><img src="oars-of-oak.png" width="120" alt="Partner"></a></div>',
        '<p><img src="/site/themes/reef/oars-of-oak.png" alt="Illustration"></p>',
        '<p><img src="/picture?url=%2Favatars%2Foars-of-oak.jpg" alt="O. Oak"></p>',
        '<p><img src="/img/chevron-oars-of-oak.svg" alt="More"></p>',
    ],
    ids=["called an advert", "small on a link", "of the design", "portrait", "sign of a control"],
)
def test_a_picture_that_serves_the_page_around_the_text_is_no_photo(picture: str) -> None:
    drawn = body(newspaper(f"{_HEADLINE}{STORY}{picture}{LATER}"))
    assert "oars-of-oak" not in drawn


def test_the_photos_of_other_articles_are_teasers_though_their_words_are_taken_for_text() -> None:
    others = "".join(
        f'<article><img src="oars-{n}.jpg" width="350"><div><a href="/{n}">The oars of harbour {n} are of oak</a></div>'
        f"<p>How the oars of harbour {n} came to be made of oak is told by men and women who row, "
        f"every day of the year but one, from the lamps of harbour {n} to the reef and back.</p></article>"
        for n in range(9)
    )
    assert "oars-3.jpg" not in body(newspaper(f"{_HEADLINE}{STORY}<div>{others}</div>{LATER}"))


def test_an_image_without_address_and_words_is_none() -> None:
    assert "photo" not in body(newspaper(f"{_HEADLINE}{STORY}<p><img src='' width='300'></p>{LATER}"))
