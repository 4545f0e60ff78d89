"""Photos are joined with their captions and credits, whatever the markup, and none is lost."""

from __future__ import annotations

from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout_pub.model import photos
from tests.pages import body, extracted

# --- one photo with its caption


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
def test_captions_are_found_whatever_the_markup(markup: str) -> None:
    assert body(f"<p>Lead.</p>{markup}<p>One.</p>") == dedent("""\
        paragraph "Lead."
        figure
          photo a.jpg, alt "Two men"
          caption "The Ministers"
        paragraph "One."
    """)


@pytest.mark.parametrize(
    ("below", "kind"), [("The Ministers © N. Ereus", 'caption "The Ministers"'), ("They met.", 'paragraph "They met."')]
)
def test_a_paragraph_below_a_photo_is_a_caption_if_it_has_a_credit(below: str, kind: str) -> None:
    photo = '<div><article><div><img src="a.jpg" alt="Two men"></div></article></div>'
    assert kind in body(f"<p>Lead.</p><div>{photo}<p>{below}</p></div>")


@pytest.mark.parametrize(
    "markup",
    [
        '<div class="item-head"><figure><img src="a.jpg"></figure><p class="intro">The Ministers met.</p></div>',
        '<div><img src="a.jpg"><p itemprop="description">The Ministers met.</p></div>',
        '<div class="article-image"><div><img src="a.jpg"></div><div class="standfirst">The Ministers met.</div></div>',
        '<div><p><img src="a.jpg"></p><div class="article-summary"><p>The Ministers met.</p></div></div>',
        '<div class="article-image"><div><img src="a.jpg"></div><div class="einleitung">The Ministers met.</div></div>',
    ],
)
def test_the_lede_below_a_photo_is_not_its_caption(markup: str) -> None:
    outlined = body(f"<p>Lead.</p>{markup}<p>One.</p>")
    assert 'paragraph "The Ministers met."' in outlined
    assert "caption" not in outlined


_IMAGE_OBJECT = "https://schema.org/ImageObject"


@pytest.mark.parametrize(
    "markup",
    [
        '<div class="lead"><img src="a.jpg"><p>The Ministers</p></div>',
        '<div class="photo-summary"><img src="a.jpg"><p class="summary caption">The Ministers</p></div>',
        f'<div itemtype="{_IMAGE_OBJECT}"><img src="a.jpg"><p itemprop="description">The Ministers</p></div>',
        '<figure class="lead-photo"><img src="a.jpg"><figcaption class="lead">The Ministers</figcaption></figure>',
        '<div><img src="a.jpg"><p class="leading-6 introduced">The Ministers</p></div>',
    ],
)
def test_a_caption_in_a_box_named_like_a_lede_is_kept(markup: str) -> None:
    assert 'caption "The Ministers"' in body(f"<p>Lead.</p>{markup}<p>One.</p>")


def test_a_caption_in_the_next_div_is_not_an_alternative_text() -> None:
    assert body('<img src="a.jpg"><div class="caption">The <b>two</b> Ministers</div>') == dedent("""\
        figure
          photo a.jpg, alt missing
          caption "The [strong: two] Ministers"
    """)


def test_a_photo_alone_in_a_paragraph_has_no_caption() -> None:
    assert body('<p>Lead.</p><p><img src="a.jpg" alt="Two men"></p><p>The Ministers met.</p>') == dedent("""\
        paragraph "Lead."
        figure
          photo a.jpg, alt "Two men"
        paragraph "The Ministers met."
    """)


def test_the_sentence_around_a_photo_is_not_its_caption() -> None:
    long = "The Ministers met in the harbour and talked for a long time about fish, boats, nets and the weather. " * 4
    assert body(f'<p>{long}<img src="a.jpg" alt="Two men"> They agreed.</p>') == dedent(f"""\
        paragraph "{long.strip()}"
        figure
          photo a.jpg, alt "Two men"
        paragraph "They agreed."
    """)


@pytest.mark.parametrize("alt", [' alt=""', ' alt=" "', "", ' alt="None"', ' alt="undefined"'])
def test_an_empty_or_meaningless_alt_counts_as_missing(alt: str) -> None:
    assert body(f'<p>One.</p><img src="a.jpg"{alt} width="300" height="200">') == dedent("""\
        paragraph "One."
        figure
          photo a.jpg, alt missing
    """)


def test_white_space_in_an_alt_is_collapsed() -> None:
    assert 'alt "Two men"' in body('<p>One.</p><img src="a.jpg" alt="Two\n  men">')


@pytest.mark.parametrize("sentence", ["The ministers signed the treaty.", "両大臣は条約に署名した。", "“We agreed.”"])
def test_a_full_sentence_beside_a_photo_is_not_a_caption(sentence: str) -> None:
    assert body(f'<p><img src="a.jpg" alt="Two men">{sentence}</p>') == dedent(f"""\
        figure
          photo a.jpg, alt "Two men"
        paragraph "{sentence}"
    """)


def test_the_whole_text_of_a_short_page_is_not_a_caption() -> None:
    assert body('<div><div class="slide"><img src="a.jpg" alt="Two men"></div><p>The talks were short.</p></div>') == (
        dedent("""\
            figure
              photo a.jpg, alt "Two men"
            paragraph "The talks were short."
        """)
    )


def test_a_sentence_before_a_photo_in_an_item_is_not_a_caption() -> None:
    assert body('<p>Lead.</p><ul><li>They met.<br><img src="a.jpg" alt="Two men"></li></ul>') == dedent("""\
        paragraph "Lead."
        bullets
          - paragraph "They met."
            figure
              photo a.jpg, alt "Two men"
    """)


def test_a_cell_with_the_whole_page_is_not_a_figure() -> None:
    long = "The Ministers met in the harbour and talked for a long time about fish, boats, nets and the weather. " * 4
    page = f'<table><tr><td><p>{long}</p><p><img src="a.jpg" alt="Two men"></p><p>They agreed.</p></td></tr></table>'
    assert body(page) == dedent(f"""\
        paragraph "{long.strip()}"
        figure
          photo a.jpg, alt "Two men"
        paragraph "They agreed."
    """)


# --- several photos


def test_photos_side_by_side_keep_their_own_captions() -> None:
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


def test_a_caption_under_a_row_of_photos_is_shared() -> None:
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


def test_in_a_photo_table_the_cell_below_a_photo_is_its_caption() -> None:
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


def test_in_a_photo_table_one_cell_below_photos_is_their_shared_caption() -> None:
    assert body("""
        <table><tr><td><img src="a.jpg" alt="Two men"></td><td><img src="b.jpg" alt="Two nets"></td></tr>
        <tr><td colspan="2">Talks and gifts</td></tr></table>
    """) == dedent("""\
        figure
          photo a.jpg, alt "Two men"
          photo b.jpg, alt "Two nets"
          caption "Talks and gifts"
    """)


def test_a_table_with_other_text_is_not_a_photo_table() -> None:
    assert body("""
        <table><tr><td>Signing ceremony</td></tr><tr><td><img src="a.jpg" alt="Two men"></td></tr>
        <tr><td>The Ministers</td></tr></table>
    """) == dedent("""\
        paragraph "Signing ceremony"
        figure
          photo a.jpg, alt "Two men"
        paragraph "The Ministers"
    """)


def test_text_beside_a_photo_in_a_table_is_a_paragraph() -> None:
    assert body('<table><tr><td><img src="a.jpg" alt="Two men"></td><td>They met.</td></tr></table>') == dedent("""\
        figure
          photo a.jpg, alt "Two men"
        paragraph "They met."
    """)


# --- photos in unusual elements


def test_a_photo_in_a_data_table_stays_in_its_cell() -> None:
    assert body("""
        <table><tr><th>Name</th><th>Photo</th></tr>
        <tr><td>Ota</td><td><img src="a.jpg" alt="A man" width="800" height="600"></td></tr></table>
    """) == dedent("""\
        table
          head "Name" (heads col) | "Photo" (heads col)
          row "Ota" | figure; photo a.jpg, alt "A man"
    """)


def test_a_photo_beside_text_in_a_layout_table_is_kept() -> None:
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
def test_photos_in_unusual_elements_are_kept(markup: str, words: str) -> None:
    outlined = body(markup.format(photo='<img src="a.jpg" alt="A man">'))
    assert outlined.count('photo a.jpg, alt "A man"') == 1
    assert words in outlined


# --- no photo is lost


PHOTO_SLOT = "{}"


CONTAINERS = (
    *("<p>{}</p>", "<p>They met. {} They agreed.</p>", "<div>{}</div>", "<h2>Trade {}</h2>", "<pre>One\n{}</pre>"),
    *(
        "<ul><li>{}</li><li>Fish</li></ul>",
        "<ol>{}<li>Boats</ol>",
        "<dl><dt>{}<dd>Fish</dl>",
        "<dl><dt>Fish<dd>{}</dl>",
    ),
    *("<figure>{}<figcaption>The Ministers</figcaption></figure>", "<figure><figcaption>{}</figcaption></figure>"),
    *("<table><tr><th>Name<th>{}<tr><td>Ota<td>Fish</table>", "<table><caption>{}</caption><tr><th>a<td>b</table>"),
    *("<table><tr><td>{}<td>They met.</table>", "<table><tr><td>{}</table>", "<table>{}<tr><td>a<td>b</table>"),
    *("<table><tr><td>a</td>{}<td>b</td></tr></table>", "<table><tr><td>{}<tr><td>The Ministers</table>"),
    *("<blockquote>{}</blockquote>", '<a href="b.html">{}</a>', "<b>{}</b>", "<button>{}</button>", "<code>{}</code>"),
    *("<details><summary>More {}</summary>Fish</details>", "<ruby>海{}<rt>うみ</rt></ruby>", "<object>{}</object>"),
    *("<center>{}</center>", '<div class="caption">{}</div>', '<p class="credit">{}</p>'),
)
"""Markup in which a photo replaces `{}`; some of the markup is malformed."""


@st.composite
def _pages(draw: st.DrawFn) -> tuple[str, list[str]]:
    """Draw the content of a page, and the URLs of the photos in it."""
    names: list[str] = []

    def photo() -> str:
        names.append(f"{len(names)}.jpg")
        return f'<img src="{names[-1]}" alt="Photo {len(names)}" width="300" height="200">'

    parts = []
    for _ in range(draw(st.integers(1, 4))):
        part = "".join(photo() for _ in range(draw(st.integers(1, 2))))
        for container in draw(st.lists(st.sampled_from(CONTAINERS), max_size=4)):
            part = container.replace(PHOTO_SLOT, part)
        parts.append(part)
    return "<p>They met.</p>" + "".join(parts), names


@pytest.mark.slow
@given(page=_pages())
def test_every_photo_is_kept_exactly_once_whatever_the_markup(page: tuple[str, list[str]]) -> None:
    markup, names = page
    assert sorted(photo.src for photo in photos(extracted(markup))) == sorted(names)


TWO_MEN = '<img src="a.jpg" alt="Two men">'


@pytest.mark.parametrize(
    ("photo", "caption"),
    [
        ('<p align="center">{}</p><p align="center">The two delegations</p>', "The two delegations"),
        (
            '<p style="text-align: center">{}</p><p style="text-align: center"><span>The two delegations</span></p>',
            "The two delegations",
        ),
        ("<p>{}</p><p><em>The two delegations</em></p>", "[emphasis: The two delegations]"),
        ("<div><figure>{}</figure><span>The two delegations</span></div>", "The two delegations"),
        ("<p>{}</p><p>Two men</p>", "Two men"),
        ("<p>{}</p><p>From left: N. Ereus and T. Riton</p>", "From left: N. Ereus and T. Riton"),
        ("<p>{}</p><p>Abb. 3: Das neue Tor</p>", "Abb. 3: Das neue Tor"),
        ("<p>{}</p><p>两国代表团 文海 摄</p>", "两国代表团"),
        ('<div>{}</div><div class="bildtext">The two delegations</div>', "The two delegations"),
    ],
)
def test_a_paragraph_like_a_caption_below_a_photo_is_its_caption(photo: str, caption: str) -> None:
    markup = f"<p>Lead.</p><div>{photo.format(TWO_MEN)}<p>One.</p></div>"
    assert f'caption "{caption}"' in body(markup)
    assert 'paragraph "One."' in body(markup)


@pytest.mark.parametrize(
    "below",
    [
        "<p>The talks went on until dusk.</p>",
        "<p><strong>The second day</strong></p>",
        "<p><em>All of this text</em></p><p><em>is in italics</em></p>",
        '<p align="center">All of this text</p><p align="center">is centred</p>',
    ],
)
def test_a_sentence_heading_or_repeated_style_below_a_photo_is_no_caption(below: str) -> None:
    assert "caption" not in body(f'<p>Lead.</p><p align="center"><img src="a.jpg" alt="Two men"></p>{below}<p>One.</p>')


def test_italics_below_each_of_several_photos_are_its_caption() -> None:
    rows = "".join(f'<div><img src="{n}.jpg" alt="Men"></div><p><em>Delegation {n}</em></p>' for n in (1, 2))
    outline = body(f"<p>Lead.</p>{rows}<p>One.</p>")
    assert 'caption "[emphasis: Delegation 1]"' in outline
    assert 'caption "[emphasis: Delegation 2]"' in outline


def test_a_credit_in_brackets_ends_a_caption_below_a_photo() -> None:
    below = "<p><b>The ministers</b> | 5 May 2031 (Official Palace Photo by N. Ereus)</p>"
    outline = body(f'<p>Lead.</p><p><img src="a.jpg" alt="Two men"></p>{below}<p>One.</p>')
    assert 'caption "' in outline
    assert "(Official Palace Photo by N. Ereus)" in outline.partition("credit")[2]


@pytest.mark.parametrize("words", ["Hochauflösendes Bild (jpeg, 5 MB)", "Download", "Graphic", "Enlarge image"])
def test_a_button_on_a_photo_is_not_a_caption_and_stays_text(words: str) -> None:
    button = f'<a href="big.pdf">{words}</a>'
    outline = body(
        f"<p>Lead.</p><figure>{TWO_MEN}<figcaption>The two delegations</figcaption>{button}</figure><p>One.</p>"
    )
    assert 'caption "The two delegations"' in outline
    assert words in outline.partition("caption")[2]
    assert "caption" not in body(f"<p>Lead.</p><figure>{TWO_MEN}<div>{words}</div></figure><p>One.</p>")


@pytest.mark.parametrize("words", ["The Minister", "Graphic novels on show", "Download speeds in the new harbour"])
def test_a_caption_that_begins_like_a_button_is_a_caption(words: str) -> None:
    assert f'caption "{words}' in body(f"<p>Lead.</p><figure>{TWO_MEN}<figcaption>{words} in May</figcaption></figure>")


def test_a_column_with_a_heading_beside_a_photo_is_not_its_caption() -> None:
    columns = "<div><h3>Lamps</h3><p>They are free of charge.</p></div><div><img src='a.jpg' alt='Lamps'></div>"
    assert body(f'<p>Lead.</p><div class="row img-right">{columns}</div>') == dedent("""\
        paragraph "Lead."
        section "Lamps"
          paragraph "They are free of charge."
          figure
            photo a.jpg, alt "Lamps"
    """)


def test_a_caption_separates_sentences_in_adjacent_spans_but_joins_letters() -> None:
    parts = "<span>The harbour in 2031.</span><span>Reef Images</span>"
    outline = body(f"<figure>{TWO_MEN}<figcaption>{parts}</figcaption></figure><p>One.</p>")
    assert 'caption "The harbour in 2031. Reef Images"' in outline
    assert 'caption "The harbour"' in body(
        f"<figure>{TWO_MEN}<figcaption><span>T</span><span>he harbour</span></figcaption></figure><p>One.</p>"
    )


def test_an_element_of_a_caption_with_a_source_class_is_the_credit() -> None:
    parts = '<span class="caption__text">The harbour.</span><span class="caption__source">N. Ereus</span>'
    outline = body(f"<figure>{TWO_MEN}<figcaption>{parts}</figcaption></figure><p>One.</p>")
    assert 'caption "The harbour."' in outline
    assert 'credit "N. Ereus"' in outline


def test_a_line_that_begins_with_a_linked_photo_stays_one_line() -> None:
    outline = body(
        f'<p>Lead.</p><p><a href="/tides">{TWO_MEN} The tides</a> are our choice of the year. We read it.</p>'
    )
    assert "The tides] are our choice" in outline


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ("<details><summary>As text</summary><p>Lamps: 31</p></details>", 'section "As text"\n  paragraph "Lamps: 31"'),
        ("<table><tr><th>Year</th></tr><tr><td>1803</td></tr></table>", 'head "Year" (heads col)'),
    ],
)
def test_the_text_version_in_a_figure_becomes_blocks_below_the_photo(part: str, expected: str) -> None:
    figure = f'<figure><img src="a.jpg" alt="A chart"><figcaption>Lamps by year</figcaption>{part}</figure>'
    outline = body(f"<p>Lead.</p>{figure}<p>One.</p>")
    assert 'photo a.jpg, alt "A chart"\n  caption "Lamps by year"\n' in outline
    assert expected in outline


def test_a_layout_table_in_a_figure_is_not_a_table_of_the_readout() -> None:
    table = '<table><tr><td><img src="a.jpg" alt="A chart"></td></tr><tr><td>Lamps by year</td></tr></table>'
    assert "table" not in body(f"<p>Lead.</p><figure>{table}</figure><p>One.</p>")


REPORT = "The Minister met pilots of Lemuria and Thule in the customs house, and told them where the lamps will be."
SLIDE = '<div class="slide"><img src="{}.jpg" alt="Two men"></div>'
SLIDER = f'<div class="slider">{SLIDE.format("a")}{SLIDE.format("b")}</div>'


@pytest.mark.parametrize("photos", [SLIDER, '<div><img src="a.jpg" alt="Two men"></div>'])
@pytest.mark.parametrize("place", ["", "<p>Reef Town</p>"])
def test_the_only_sentence_of_a_page_is_no_caption(photos: str, place: str) -> None:
    outlined = body(f'{place}<div class="entry">{photos}<p>{REPORT}</p></div>')
    assert f'paragraph "{REPORT}"' in outlined


def test_a_short_line_in_the_box_of_a_photo_is_its_caption() -> None:
    outlined = body(f'<p>{REPORT}</p><div><img src="a.jpg" alt="Two men"><p>Two pilots of Mu</p></div>')
    assert 'caption "Two pilots of Mu"' in outlined


@pytest.mark.parametrize(
    "item",
    [
        '<li><img src="a.jpg" alt="A lamp" width="275" height="183">Lighting the lamps at dusk.</li>',
        '<li><p><img src="a.jpg" alt="A lamp" width="275" height="183"><br>Lighting the lamps at dusk.</p></li>',
    ],
)
def test_the_words_beside_a_photo_among_sentences_of_a_list_are_no_caption(item: str) -> None:
    shown = body(f"<p>Keepers do this:</p><ul>{item}<li>Trimming the wicks at noon.</li><li>Resting.</li></ul>")
    assert 'paragraph "Lighting the lamps at dusk."' in shown
    assert "caption" not in shown


def test_the_words_beside_photos_in_a_list_of_photos_are_captions() -> None:
    items = "".join(f'<li><img src="{n}.jpg" alt="A lamp"><br>The lamp of pier {n}.</li>' for n in range(3))
    assert body(f"<p>They burn.</p><ul>{items}<li>More photos</li></ul>").count("caption") == 3


def test_a_heading_that_repeats_the_alternative_text_is_the_caption() -> None:
    box = '<div><div><img src="a.jpg" alt="The first ships."></div><div><h4>The first ships.</h4></div></div>'
    outline = body(f"<p>Lead.</p>{box}<p>One.</p>")
    assert 'caption "The first ships."' in outline
    assert "section" not in outline
