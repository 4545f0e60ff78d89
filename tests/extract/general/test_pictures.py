"""Which pictures of a page are photos of its text, and which words are their captions."""

from __future__ import annotations

from tests.extract.general.pages import STORY, body, newspaper

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
