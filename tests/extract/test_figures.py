"""Photos with their captions and credits, joined whatever the markup; ornaments and trackers are no photos."""

from __future__ import annotations

import base64
import hashlib
from textwrap import dedent

import pytest

from readout_pub.model import Described, Photo, photos
from readout_pub.notes import note
from tests.pages import body, extracted, extraction, jpeg, saved_page

# --- one photo and its caption


@pytest.mark.parametrize(
    "markup",
    [
        '<figure><img src="a.jpg" alt="Two men"><figcaption>The Ministers</figcaption></figure>',
        '<figure><a href="b.jpg"><img src="a.jpg" alt="Two men"></a><figcaption><p>The Ministers</figcaption></figure>',
        '<div class="photo"><img src="a.jpg" alt="Two men"></div><div class="caption">The Ministers</div>',
        '<img src="a.jpg" alt="Two men"><p class="photo-caption">The Ministers</p>',
        '<div><div><img src="a.jpg" alt="Two men"></div><p class="caption">The Ministers</p></div>',
        '<div class="gallery-slide"><img src="a.jpg" alt="Two men"><div>The Ministers</div></div>',
        '<div class="photoright"><img src="a.jpg" alt="Two men"><br>The Ministers</div>',
        '<p><img src="a.jpg" alt="Two men"><br><small>The Ministers</small></p>',
        '<table><tr><td><img src="a.jpg" alt="Two men"></td></tr><tr><td>The Ministers</td></tr></table>',
        '<table><tr><td><img src="a.jpg" alt="Two men"><br><font size="2">The Ministers</font></td></tr></table>',
        '<center><img src="a.jpg" alt="Two men"></center><div id="photo-text">The Ministers</div>',
        '<p class="caption">The Ministers</p><div><img src="a.jpg" alt="Two men"></div>',
    ],
)
def test_a_caption_belongs_to_its_photo_whatever_the_markup(markup: str) -> None:
    assert body(f"<p>Lead.</p>{markup}<p>One.</p>") == dedent("""\
        paragraph "Lead."
        figure
          photo a.jpg, alt "Two men"
          caption "The Ministers"
        paragraph "One."
    """)


def test_a_caption_in_the_next_div_is_no_alt_text() -> None:
    assert body('<img src="a.jpg"><div class="caption">The <b>two</b> Ministers</div>') == dedent("""\
        figure
          photo a.jpg, alt missing
          caption "The [strong: two] Ministers"
    """)


def test_a_photo_without_words_around_it_has_no_caption() -> None:
    assert body('<p>Lead.</p><p><img src="a.jpg" alt="Two men"></p><p>The Ministers met.</p>') == dedent("""\
        paragraph "Lead."
        figure
          photo a.jpg, alt "Two men"
        paragraph "The Ministers met."
    """)


def test_a_photo_inside_a_sentence_takes_no_word_of_it() -> None:
    long = "The Ministers met in the harbour and talked for a long time about fish, boats, nets and the weather. " * 4
    assert body(f'<p>{long}<img src="a.jpg" alt="Two men"> They agreed.</p>') == dedent(f"""\
        paragraph "{long.strip()}"
        figure
          photo a.jpg, alt "Two men"
        paragraph "They agreed."
    """)


@pytest.mark.parametrize(
    ("alt", "drawn"),
    [
        (' alt="Two\n  men"', '"Two men"'),
        (' alt=""', "missing"),
        (' alt=" "', "missing"),
        ("", "missing"),
        (' alt="None"', "missing"),
        (' alt="undefined"', "missing"),
    ],
)
def test_an_empty_alt_means_that_nobody_wrote_one(alt: str, drawn: str) -> None:
    assert body(f'<p>One.</p><img src="a.jpg"{alt} width="300" height="200">') == dedent(f"""\
        paragraph "One."
        figure
          photo a.jpg, alt {drawn}
    """)


@pytest.mark.parametrize("sentence", ["The ministers signed the treaty.", "両大臣は条約に署名した。", "“We agreed.”"])
def test_a_sentence_in_the_paragraph_of_a_photo_is_no_caption(sentence: str) -> None:
    assert body(f'<p><img src="a.jpg" alt="Two men">{sentence}</p>') == dedent(f"""\
        figure
          photo a.jpg, alt "Two men"
        paragraph "{sentence}"
    """)


def test_the_few_words_of_a_page_are_no_caption_of_its_photo() -> None:
    assert body('<div><div class="slide"><img src="a.jpg" alt="Two men"></div><p>The talks were short.</p></div>') == (
        dedent("""\
            figure
              photo a.jpg, alt "Two men"
            paragraph "The talks were short."
        """)
    )


def test_a_sentence_of_an_item_is_no_caption_of_the_photo_after_it() -> None:
    assert body('<p>Lead.</p><ul><li>They met.<br><img src="a.jpg" alt="Two men"></li></ul>') == dedent("""\
        paragraph "Lead."
        bullets
          - paragraph "They met."
            figure
              photo a.jpg, alt "Two men"
    """)


def test_a_cell_that_holds_the_page_is_no_photo_over_its_caption() -> None:
    long = "The Ministers met in the harbour and talked for a long time about fish, boats, nets and the weather. " * 4
    page = f'<table><tr><td><p>{long}</p><p><img src="a.jpg" alt="Two men"></p><p>They agreed.</p></td></tr></table>'
    assert body(page) == dedent(f"""\
        paragraph "{long.strip()}"
        figure
          photo a.jpg, alt "Two men"
        paragraph "They agreed."
    """)


# --- credits


@pytest.mark.parametrize(
    "markup",
    [
        '<figure>{photo}<figcaption>The Ministers <i class="credit">Photo: N. Ereus</i></figcaption></figure>',
        '{photo}<div class="caption">The Ministers</div><div class="photo-credit">Photo: N. Ereus</div>',
        '<div>{photo}<p class="copyright">Photo: N. Ereus</p><p class="caption">The Ministers</p></div>',
        '<figure>{photo}<figcaption>The Ministers</figcaption></figure><p class="credit">Photo: N. Ereus</p>',
    ],
)
def test_a_credit_line_is_no_part_of_the_caption(markup: str) -> None:
    assert body(markup.format(photo='<img src="a.jpg" alt="Two men">')) == dedent("""\
        figure
          photo a.jpg, alt "Two men"
          caption "The Ministers"
          credit "Photo: N. Ereus"
    """)


@pytest.mark.parametrize(
    "line",
    [
        "© N. Ereus",
        "(c) N. Ereus",
        "Photo by N. Ereus",
        "Image credit: N. Ereus",
        "Crédit photo : N. Ereus",
        "Bildnachweis: N. Ereus",
        "Foto: N. Ereus",
        "写真提供：外務省",
        "图片来源：新华",
        "Фото: Н. Эреус",
        "Fot. N. Ereus",
    ],
)
def test_a_line_under_a_photo_that_says_who_took_it_is_its_credit(line: str) -> None:
    photo = '<p><img src="a.jpg" alt="Two men"></p><p class="caption">The Ministers</p>'
    assert body(f"<p>Lead.</p>{photo}<p>{line}</p><p>One.</p>") == dedent(f"""\
        paragraph "Lead."
        figure
          photo a.jpg, alt "Two men"
          caption "The Ministers"
          credit "{line}"
        paragraph "One."
    """)


@pytest.mark.parametrize(
    ("caption", "credit"),
    [
        ("The Ministers", "(Photo: N. Ereus)"),
        ("The Ministers in the harbour.", "Photo by N. Ereus"),
        ("Die Minister im Hafen", "[Foto: N. Ereus/Riff]"),
        ("Die Minister im Hafen", "© N. Ereus / Riff"),
        ("Les ministres |", "Crédit : N. Ereus"),
        ("握手する両大臣", "（写真提供：外務省）"),
        ("両大臣が握手した。", "写真提供：外務省"),
    ],
)
def test_the_end_of_a_caption_that_says_who_took_the_photo_is_its_credit(caption: str, credit: str) -> None:
    figure = f'<figure><img src="a.jpg" alt="Two men"><figcaption>{caption} {credit}</figcaption></figure>'
    assert body(figure) == dedent(f"""\
        figure
          photo a.jpg, alt "Two men"
          caption "{caption}"
          credit "{credit}"
    """)


@pytest.mark.parametrize(
    "caption",
    [
        "The Ministers (photo: N. Ereus, on the left).",
        "Photos by candlelight, which the Ministers took in the hall of the temple, are shown as they were found.",
        "The Ministers (left: N. Ereus)",
        "A photo by N. Ereus shows the Ministers",
    ],
)
def test_words_about_photos_that_belong_to_a_sentence_stay_in_the_caption(caption: str) -> None:
    drawn = body(f'<figure><img src="a.jpg" alt="Two men"><figcaption>{caption}</figcaption></figure>')
    assert f'caption "{caption}"' in drawn


def test_a_caption_of_nothing_but_who_took_the_photo_is_its_credit() -> None:
    drawn = body('<figure><img src="a.jpg" alt="Two men"><figcaption>© <b>N. Ereus</b></figcaption></figure>')
    assert 'credit "© [strong: N. Ereus]"' in drawn
    assert "caption" not in drawn


# --- several photos


def test_photos_side_by_side_keep_each_its_own_caption() -> None:
    assert body("""
        <div class="row">
          <div class="cell"><div><img src="a.jpg" alt="Two men"></div><div class="caption">Before</div></div>
          <div class="cell"><div><img src="b.jpg" alt="Two nets"></div><p class="caption">After</p></div>
        </div><p>One.</p>
    """) == dedent("""\
        figure
          photo a.jpg, alt "Two men"
          caption "Before"
        figure
          photo b.jpg, alt "Two nets"
          caption "After"
        paragraph "One."
    """)


def test_a_caption_under_a_row_of_photos_is_shared_by_them() -> None:
    assert body("""
        <div class="row"><div><img src="a.jpg" alt="Two men"></div><div><img src="b.jpg" alt="Two nets"></div></div>
        <p class="caption">The talks (left) and the gifts (right)</p><p>One.</p>
    """) == dedent("""\
        figure
          photo a.jpg, alt "Two men"
          photo b.jpg, alt "Two nets"
          caption "The talks (left) and the gifts (right)"
        paragraph "One."
    """)


def test_a_figure_may_hold_several_photos() -> None:
    assert body("""
        <figure><img src="a.jpg" alt="Two men"><img src="b.jpg" alt="Two nets">
        <figcaption>Talks and gifts</figcaption></figure>
    """) == dedent("""\
        figure
          photo a.jpg, alt "Two men"
          photo b.jpg, alt "Two nets"
          caption "Talks and gifts"
    """)


def test_in_a_table_of_photos_the_cell_below_is_the_caption() -> None:
    assert body("""
        <table><tr><td><img src="a.jpg" alt="Two men"></td><td><img src="b.jpg" alt="Two nets"></td></tr>
        <tr><td><small>Before</small></td><td><small>After</small></td></tr></table>
    """) == dedent("""\
        figure
          photo a.jpg, alt "Two men"
          caption "Before"
        figure
          photo b.jpg, alt "Two nets"
          caption "After"
    """)


def test_in_a_table_of_photos_one_cell_below_all_is_shared() -> None:
    assert body("""
        <table><tr><td><img src="a.jpg" alt="Two men"></td><td><img src="b.jpg" alt="Two nets"></td></tr>
        <tr><td colspan="2">Talks and gifts</td></tr></table>
    """) == dedent("""\
        figure
          photo a.jpg, alt "Two men"
          photo b.jpg, alt "Two nets"
          caption "Talks and gifts"
    """)


def test_a_table_with_a_text_that_is_no_caption_keeps_it() -> None:
    assert body("""
        <table><tr><td>Signing ceremony</td></tr><tr><td><img src="a.jpg" alt="Two men"></td></tr>
        <tr><td>The Ministers</td></tr></table>
    """) == dedent("""\
        paragraph "Signing ceremony"
        figure
          photo a.jpg, alt "Two men"
        paragraph "The Ministers"
    """)


def test_a_text_beside_a_photo_in_a_table_stays_a_text() -> None:
    assert body('<table><tr><td><img src="a.jpg" alt="Two men"></td><td>They met.</td></tr></table>') == dedent("""\
        figure
          photo a.jpg, alt "Two men"
        paragraph "They met."
    """)


# --- lazy images

NOTHING = "data:image/gif;base64,R0lGODlhAQABAAAAACw="
"""What pages show until a script has loaded the photo."""


@pytest.mark.parametrize(
    "markup",
    [
        '<img data-src="a.jpg" alt="Two men">',
        '<img src="spacer.gif" data-original="a.jpg" alt="Two men">',
        f'<img src="{NOTHING}" data-lazy-src="a.jpg" alt="Two men">',
        '<img src="data:image/svg+xml,%3Csvg%3E" data-srcset="s.jpg 320w, a.jpg 640w" alt="Two men">',
        f'<img src="{NOTHING}" content="a.jpg" alt="Two men">',
        '<img srcset="s.jpg 320w, a.jpg 1280w, m.jpg 640w" alt="Two men">',
        '<img srcset="s.jpg, a.jpg 2x" alt="Two men">',
        '<img data-srcset="a.jpg 1280w, m.jpg 640w" alt="Two men">',
        '<picture><source srcset="a.jpg 1280w"><img alt="Two men"></picture>',
        '<noscript><img src="a.jpg" alt="Two men"></noscript>',
        f'<div><img src="{NOTHING}" alt="Two men"><noscript><img src="a.jpg" alt="Two men"></noscript></div>',
    ],
)
def test_a_photo_that_a_script_would_load_is_found(markup: str) -> None:
    assert body(f"<p>One.</p>{markup}") == dedent("""\
        paragraph "One."
        figure
          photo a.jpg, alt "Two men"
    """)


def test_all_photos_of_one_paragraph_that_a_script_would_load_are_found() -> None:
    both = (
        '<p><noscript><img src="a.jpg" alt="Two men"></noscript><noscript><img src="b.jpg" alt="A ship"></noscript></p>'
    )
    assert body(f"<p>One.</p>{both}") == dedent("""\
        paragraph "One."
        figure
          photo a.jpg, alt "Two men"
          photo b.jpg, alt "A ship"
    """)


def test_an_image_with_an_address_keeps_it_beside_a_srcset() -> None:
    assert body('<p>One.</p><img src="a.jpg" srcset="b.jpg 2x" alt="Two men">') == dedent("""\
        paragraph "One."
        figure
          photo a.jpg, alt "Two men"
    """)


# --- what is no photo


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
        '<a href="#"><img src="btn-print.png"></a>',
        '<img src="/images/icons/loupe-w.svg?v=1" alt="Enlarge">',
        '<img src="open-licence-min-1f2e.png">',
        '<img src="/socials/twitter-white.svg" alt="Pass it on">',
        '<img src="data:image/svg+xml,%3Csvg%3E" width="640" height="400">',
        '<img src="leaf-icon-white.png" alt="Leaf">',
        '<img src="mail.png" alt="Mail this" style="border:0; width: 24px">',
    ],
)
def test_ornaments_and_trackers_are_left_out(markup: str) -> None:
    assert body(f"<p>One.</p><p>{markup}</p><p>Two.</p>") == dedent("""\
        paragraph "One."
        paragraph "Two."
    """)


def test_an_ornament_with_words_is_named_in_the_notes() -> None:
    notes = extracted('<p>One.</p><img src="a.png" alt="Two fine nets" width="16" height="16">').notes
    assert note("DROPPED", count=3, rule="ornament") in notes


@pytest.mark.parametrize("src", ["back-at-school.jpg", "ships-in-line-2.jpg", "they-share-bread.webp"])
def test_a_photo_whose_name_has_a_word_of_ornaments_in_it_is_one(src: str) -> None:
    assert f"photo {src}" in body(f'<p>One.</p><img src="{src}">')


def test_a_photo_of_which_only_the_placeholder_was_saved_keeps_its_text() -> None:
    pixel = base64.b64encode(jpeg(1, 1)).decode()
    markup = f'<p>One.</p><img src="data:image/jpeg;base64,{pixel}" alt="Two men" width="640" height="400">'
    (photo,) = photos(extracted(markup))
    assert (photo.alt, photo.sha256) == (Described("Two men"), None)


def test_a_small_file_is_an_ornament_whatever_its_name() -> None:
    assert body('<p>One.</p><img src="a.jpg" alt="Flag">', files={"a.jpg": jpeg(20, 14)}) == 'paragraph "One."\n'


def test_a_large_file_is_a_photo_whatever_its_name() -> None:
    assert body('<p>One.</p><img src="logo.jpg">', files={"logo.jpg": jpeg()}) == dedent("""\
        paragraph "One."
        figure
          photo logo.jpg 320×200, alt missing
    """)


@pytest.mark.parametrize("src", ["racetrack.jpg", "photos/pixel.jpg", "beacon-of-atlantis.jpg", "icon_of_a_saint.jpg"])
def test_a_picture_as_large_as_a_photo_is_one_whatever_its_name(src: str) -> None:
    assert body(f'<p>One.</p><img src="{src}" alt="Two men" width="800" height="600">') == dedent(f"""\
        paragraph "One."
        figure
          photo {src}, alt "Two men"
    """)


@pytest.mark.parametrize("size", ['width="16" height="16"', ""])
def test_a_letter_drawn_within_a_line_is_that_letter(size: str) -> None:
    assert body(f'<p>山<img src="g1.gif" alt="﨑" {size}>氏</p>') == 'paragraph "山﨑氏"\n'


def test_the_icon_that_enlarges_a_photo_is_no_photo() -> None:
    assert body("""
        <figure><img src="a.jpg" alt="Two men"><img src="icon_lupe.png" alt="Enlarge">
        <figcaption>The Ministers</figcaption></figure>
    """) == dedent("""\
        figure
          photo a.jpg, alt "Two men"
          caption "The Ministers"
    """)


# --- the file of a photo


def only_photo(markup: str, files: dict[str, bytes], url: str | None = None) -> Photo:
    (photo,) = photos(extracted(f"<p>One.</p>{markup}", files=files, url=url))
    return photo


def test_a_photo_whose_file_is_there_knows_its_digest_type_and_size() -> None:
    file = jpeg(300, 100)
    digest = hashlib.sha256(file).hexdigest()
    found = extraction(saved_page('<p>One.</p><img src="a.jpg" width="30" height="10">', files={"a.jpg": file}))
    assert list(photos(found.readout)) == [
        Photo("a.jpg", sha256=digest, media_type="image/jpeg", width=300, height=100)
    ]
    assert found.album.read(digest) == file


def test_a_photo_whose_file_is_missing_keeps_its_address_and_texts() -> None:
    photo = only_photo('<img src="a.jpg" width="300" height="100">', {})
    assert photo == Photo("a.jpg")


def test_a_file_that_is_no_picture_counts_as_missing() -> None:
    assert only_photo('<img src="a.jpg">', {"a.jpg": b"<html>404 not found</html>"}) == Photo("a.jpg")


def test_the_address_of_a_photo_is_absolute_where_the_page_says_its_own() -> None:
    file = jpeg()
    photo = only_photo('<img src="img/a.jpg">', {"img/a.jpg": file}, "https://atlantis.example/talks/page.html")
    assert photo.src == "https://atlantis.example/talks/img/a.jpg"
    assert photo.sha256 == hashlib.sha256(file).hexdigest()


def test_an_embedded_photo_is_named_by_its_digest() -> None:
    file = jpeg()
    digest = hashlib.sha256(file).hexdigest()
    photo = only_photo(f'<img src="data:image/jpeg;base64,{base64.b64encode(file).decode()}">', {})
    assert photo == Photo(f"data:sha256:{digest}", sha256=digest, media_type="image/jpeg", width=320, height=200)


@pytest.mark.parametrize("src", ["data:image/jpeg;base64,%%%", "data:image/jpeg", "data:image/jpeg;base64,aGVsbG8="])
def test_an_embedded_photo_that_cannot_be_read_is_a_missing_one(src: str) -> None:
    assert only_photo(f'<img src="{src}" alt="Two men">', {}).sha256 is None


# --- photos in unusual places


def test_a_photo_in_a_table_of_facts_stays_in_its_cell() -> None:
    assert body("""
        <table><tr><th>Name</th><th>Photo</th></tr>
        <tr><td>Ota</td><td><img src="a.jpg" alt="A man" width="800" height="600"></td></tr></table>
    """) == dedent("""\
        table
          head "Name" (heads col) | "Photo" (heads col)
          row "Ota" | figure; photo a.jpg, alt "A man"
    """)


def test_a_photo_beside_a_page_of_text_in_a_table_is_kept_with_the_text() -> None:
    long = "They met. " * 50
    assert body(f'<table><tr><td><img src="a.jpg" alt="A man"></td><td>{long}</td></tr></table>') == dedent(f"""\
        figure
          photo a.jpg, alt "A man"
        paragraph "{long.strip()}"
    """)


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("<pre>One{photo}</pre>", 'preformatted "One"'),
        ("<table><caption>One{photo}</caption><tr><th>a<td>b</table>", 'table "One"'),
        ("<dl><dt>One{photo}</dt></dl>", 'term "One"'),
        ("<dl><dt>One{photo}</dt><dd>Two</dd></dl>", 'term "One"'),
        ("<table>{photo}<tr><td>One</table>", '"One"'),
        ("<table><tr><td>One</td>{photo}</tr><tr><th>a<td>b</table>", '"One"'),
        ("<ul><li>One</li>{photo}</ul>", '"One"'),
        ("<ul><li>{photo}</li><li>One</li></ul>", '"One"'),
    ],
)
def test_a_photo_arrives_wherever_it_stands(markup: str, words: str) -> None:
    drawn = body(markup.format(photo='<img src="a.jpg" alt="A man">'))
    assert drawn.count('photo a.jpg, alt "A man"') == 1
    assert words in drawn
