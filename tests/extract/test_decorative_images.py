"""Decorative images and trackers are removed; images of characters become text."""

from __future__ import annotations

from textwrap import dedent

import pytest

from readout_pub.notes import note
from tests.pages import body, extracted, jpeg


@pytest.mark.parametrize(
    "markup",
    [
        '<img src="a.gif" width="1" height="1">',
        '<img src="line.jpg" alt="" width="640" height="3">',
        '<img src="a.png" alt="PDF" width="16" height="16">',
        '<img src="/images/spacer.gif">',
        '<img src="https://stats.example/tr?id=1">',
        '<img src="https://stats.example/pixel.png">',
        '<img src="/common/icon_pdf.gif">',
        '<img src="arrow.gif" alt="">',
        '<a href="?print=1"><img src="/media/system/images/printButton.png" alt="Yazdır"></a>',
        '<a href="#"><img src="btn-print.png"></a>',
        '<a href="#"><img src="/images/print.gif" alt="Tipărește"></a>',
        '<a href="#"><img src="/media/img/fb.png" alt="Compartir en Facebook"></a>',
        '<a href="javascript:void(0)"><img src="mail-icon.svg" alt="Trimite"></a>',
        '<img src="/images/icons/loupe-w.svg?v=1" alt="Enlarge">',
        '<img src="open-licence-min-1f2e.png">',
        '<img src="/socials/twitter-white.svg" alt="Pass it on">',
        '<img src="data:image/svg+xml,%3Csvg%3E" width="640" height="400">',
        '<img src="leaf-icon-white.png" alt="Leaf">',
        '<img src="portlogo.gif" width="132" height="100">',
        '<img src="mail.png" alt="Mail this" style="border:0; width: 24px">',
        '<a href="https://www.facebook.com/sharer/sharer.php?u=x"><img src="fb.png" alt="Facebook"></a>',
        '<a href="https://twitter.com/intent/tweet?u=x"><img src="bird.png" width="64" height="64" alt="Share"></a>',
        '<a href="javascript:window.print()"><img src="printer.png" alt="Print this page"></a>',
        '<a href="javascript:sharefacebook()"><img src="fb.gif" alt="Share on Facebook"></a>',
        '<a href="javascript:void(fbShare(4))"><img src="f.png" alt="Facebook"></a>',
        '<a href="javascript: window.share_to(\'x\')"><img src="x.png" alt="X"></a>',
        '<a href="mailto:?subject=Lamps"><img src="envelope.png" width="50" height="50" alt="Send"></a>',
        '<img src="https://count.example/p/9" style="display:none" alt="">',
        '<img src="https://count.example/p/9" style="width:1px;height:1px" alt="">',
        '<img src="/themes/reef/placeholder.png" width="800" height="500" alt="">',
        '<img src="/img/no-image.jpg" width="800" height="500" alt="No image">',
        '<img src="/sites/default/files/default_images/news.jpg" width="800" height="400" alt="">',
        '<img src="/qr/4711.png" width="120" height="120" alt="QR code">',
        '<img src="/img/pdf.gif" alt="PDF">',
        '<img src="/img/opentype01.png" width="160" height="60" alt="공공누리 제1유형">',
        '<img src="/img/by-nc.png" width="88" height="60" alt="Creative Commons licence">',
        '<img src="/img/ministry-logo.png" width="180" height="90" alt="Ministry of Lemuria">',
        '<img src="/img/skyline.svg?v=2" alt="">',
        '<img src="/static/loading.gif" width="128" height="128">',
        '<img src="/img/ajax-loader-big.gif" width="220" height="190" alt="Loading">',
        '<img src="/img/spinner.svg" width="500" height="500">',
    ],
)
def test_decorative_images_and_trackers_are_removed(markup: str) -> None:
    assert body(f"<p>One.</p><p>{markup}</p><p>Two.</p>") == dedent("""\
        paragraph "One."
        paragraph "Two."
    """)


def test_a_removed_image_with_an_alt_is_noted() -> None:
    notes = extracted('<p>One.</p><img src="a.png" alt="Two fine nets" width="16" height="16">').notes
    assert note("DROPPED", count=3, rule="decorative image") in notes


@pytest.mark.parametrize("src", ["back-at-school.jpg", "ships-in-line-2.jpg", "they-share-bread.webp"])
def test_a_decorative_word_inside_a_jpeg_or_webp_name_does_not_count(src: str) -> None:
    assert f"photo {src}" in body(f'<p>One.</p><img src="{src}">')


def test_a_small_image_file_is_decorative_whatever_its_name() -> None:
    assert body('<p>One.</p><img src="a.jpg" alt="Flag">', files={"a.jpg": jpeg(20, 14)}) == 'paragraph "One."\n'


def test_a_large_image_file_named_logo_is_a_photo() -> None:
    assert body('<p>One.</p><img src="logo.jpg">', files={"logo.jpg": jpeg()}) == dedent("""\
        paragraph "One."
        figure
          photo logo.jpg 320×200, alt missing
    """)


@pytest.mark.parametrize("src", ["racetrack.jpg", "photos/pixel.jpg", "beacon-of-atlantis.jpg", "icon_of_a_saint.jpg"])
def test_a_large_declared_size_outweighs_a_name_such_as_icon(src: str) -> None:
    assert body(f'<p>One.</p><img src="{src}" alt="Two men" width="800" height="600">') == dedent(f"""\
        paragraph "One."
        figure
          photo {src}, alt "Two men"
    """)


@pytest.mark.parametrize("size", ['width="16" height="16"', ""])
def test_an_image_of_a_character_becomes_that_character(size: str) -> None:
    assert body(f'<p>山<img src="g1.gif" alt="﨑" {size}>氏</p>') == 'paragraph "山﨑氏"\n'


def test_the_icon_that_enlarges_a_photo_is_removed() -> None:
    assert body("""
        <figure><img src="a.jpg" alt="Two men"><img src="icon_lupe.png" alt="Enlarge">
        <figcaption>The Ministers</figcaption></figure>
    """) == dedent("""\
        figure
          photo a.jpg, alt "Two men"
          caption "The Ministers"
    """)


@pytest.mark.parametrize(
    "image", ['<img src="newlogo.png" alt="The new mark">', '<img src="logo.png" width=900 height=600>']
)
def test_a_logo_with_an_alt_or_of_photo_size_is_kept(image: str) -> None:
    assert "photo" in body(f"<p>One.</p><p>{image}</p>")


@pytest.mark.parametrize(
    "markup",
    [
        '<a href="javascript:void(0)"><img src="channel.jpg" width="800" height="500" alt=""></a>',
        '<img src="slide-2.jpg" style="display: none" width="800" height="500" alt="The second slide">',
    ],
)
def test_a_photo_that_a_script_shows_is_kept(markup: str) -> None:
    assert "photo" in body(f"<p>One.</p><p>{markup}</p><p>Two.</p>")


def test_a_name_that_only_begins_like_placeholder_does_not_count() -> None:
    assert "photo" in body('<p>One.</p><img src="placeholders-of-the-reef.jpg" width="800" height="500" alt="Stones">')


def test_the_icon_of_a_file_does_not_make_its_link_a_caption() -> None:
    line = '<p><img src="/img/pdf.gif" alt="PDF"> <a href="/a.pdf">Joint statement</a></p>'
    assert body(f"{line}<p>Two.</p>") == dedent("""\
        paragraph "[link /a.pdf: Joint statement]"
        paragraph "Two."
    """)


@pytest.mark.parametrize(
    "markup",
    [
        '<img src="ships.svg">',
        '<img src="ships.svg" alt="" width="800" height="600">',
        '<figure><img src="ships.svg" alt=""><figcaption>Ships a year</figcaption></figure>',
    ],
)
def test_drawings_that_may_be_charts_are_kept(markup: str) -> None:
    assert "photo ships" in body(f"<p>One.</p>{markup}<p>Two.</p>")


def test_a_photo_with_an_empty_alt_is_kept() -> None:
    assert "photo ships" in body('<p>One.</p><img src="ships.jpg" alt=""><p>Two.</p>')


@pytest.mark.parametrize(
    "address",
    [
        "javascript:show('share.jpg')",
        "javascript:shareholders()",
        "javascript:openSharedLamp(2)",
        "/share/lamps.html",
        "javascript:enlarge()",
    ],
)
def test_a_photo_whose_script_does_not_share_the_page_is_kept(address: str) -> None:
    assert "photo lamps.jpg" in body(f'<p>One.</p><a href="{address}"><img src="lamps.jpg" alt="Lamps"></a>')


FORMULA = '<div><img src="4b3b16.jpg" width="600" height="29" alt=""></div>'


@pytest.mark.parametrize("above", ["The light of all lamps is:", "is a function of its oil, so that", "Daraus folgt"])
def test_a_low_image_after_the_start_of_a_sentence_is_a_formula(above: str) -> None:
    assert "4b3b16.jpg" in body(f"<p>One.</p><p>{above}</p>{FORMULA}<p>where c is the oil.</p>")


@pytest.mark.parametrize(
    "markup",
    [
        f"<p>The lamps burn.</p>{FORMULA}<p>They rest.</p>",
        '<p>The lamps:</p><div><img src="4b3b16.jpg" width="600" height="9"></div><p>They rest.</p>',
        '<p>The lamps:</p><div><img src="4b3b16.jpg" width="29" height="29"></div><p>They rest.</p>',
        '<p>Tell others:</p><div><img src="share_4b3b16.jpg.png" width="300" height="29"></div><p>They rest.</p>',
        f'<p>The lamps:</p><a href="https://lamps.example/">{FORMULA}</a><p>They rest.</p>',
    ],
)
def test_other_low_images_such_as_rules_icons_and_buttons_are_decorative(markup: str) -> None:
    assert "4b3b16.jpg" not in body(markup)


@pytest.mark.parametrize("name", ["weibo", "qzone", "wechat", "qq"])
def test_the_logo_of_a_social_network_is_decorative(name: str) -> None:
    assert ".png" not in body(f'<p>One.</p><p><img src="/share/{name}.png"></p><p>Two.</p>')
