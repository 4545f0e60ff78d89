"""The publication date is printed near the headline or stated in metadata.

Dates of other stories do not count. The day on which the page was changed counts if the page has no other date. Right
beside the headline, it also outweighs weaker dates, such as one in JSON-LD.
"""

from __future__ import annotations

import datetime as dt

import pytest

from readout_pub import extract
from tests.extract.generic.pages import HEADLINE, LATER, STORY, body_outline, extract_generic, newspaper, read_generic
from tests.outline import outline
from tests.pages import whole_page

DAY = dt.date(2031, 5, 4)


def issued(main: str, *, head: str = "", below: str = "") -> dt.date | None:
    return read_generic(newspaper(f"{HEADLINE}{main}{STORY}", head=head, below=below)).issued


@pytest.mark.parametrize(
    "line",
    [
        "<p>4 May 2031</p>",
        "<p>Published on May 4, 2031</p>",
        '<time datetime="2031-05-04T10:00:00Z">Sunday</time>',
        '<p class="date">04.05.2031</p>',
        "<p>Reef Street, 4 May 2031</p>",
        '<p><time class="entry-date published updated" datetime="2031-05-04">4 May 2031</time></p>',
        "<p>4. Mai 2031</p>",
        "<p>4 mai 2031</p>",
        "<p>4 de mayo de 2031</p>",
        "<p>4 мая 2031 г.</p>",
        "<p>٤ مايو ٢٠٣١</p>",
        "<p>4 أيار 2031</p>",
        "<p>4 พฤษภาคม 2574</p>",
        "<p>2031年5月4日</p>",
        "<p>令和13年5月4日</p>",
        "<p>2031년 5월 4일</p>",
        "<p>2031. május 4.</p>",
        '<div><time itemprop="datePublished" datetime="2031-05-04">today</time></div>',
    ],
)
def test_a_date_printed_below_the_headline_is_the_publication_date(line: str) -> None:
    assert issued(line) == DAY


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="2031-05-04T08:00:00+00:00">',
        '<meta name="DC.date.issued" content="2031-05-04">',
        '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2031-05-04"}</script>',
        '<link rel="canonical" href="https://news.example/2031/05/04/harbour">',
        '<link rel="canonical" href="https://news.example/2031/may/04/harbour">',
        '<script>{"id": 7, "publishedAt": "2031-05-04T08:00:00Z", "updatedAt": "2031-05-09T08:00:00Z"}</script>',
    ],
)
def test_a_date_in_metadata_counts_where_no_date_is_printed(head: str) -> None:
    assert issued("", head=head) == DAY


CANONICAL = '<link rel="canonical" href="https://{}/news/7">'


@pytest.mark.parametrize(
    ("language", "head", "below", "day"),
    [
        ("en", "", "", None),
        ("en", "", "<p>Harbour news of 13/04/2031</p>", DAY),
        ("en", "", "<p>Harbour news of 04/13/2031</p>", dt.date(2031, 4, 5)),
        ("en", '<meta name="date" content="2031-05-04">', "", DAY),
        ("en", '<meta name="date" content="2031-04-05">', "", dt.date(2031, 4, 5)),
        ("en", CANONICAL.format("harbour.go.ke"), "", DAY),
        ("en-US", CANONICAL.format("harbour.go.ke"), "", DAY),
        ("en", CANONICAL.format("harbour.gov"), "", dt.date(2031, 4, 5)),
        ("en", CANONICAL.format("harbour.example"), "", None),
        ("en-US", CANONICAL.format("harbour.example"), "", dt.date(2031, 4, 5)),
        ("en-GB", CANONICAL.format("harbour.gov"), "", DAY),
        ("fr", CANONICAL.format("harbour.gov"), "", DAY),
    ],
)
def test_language_host_or_other_dates_tell_the_order_of_day_and_month(
    language: str, head: str, below: str, day: dt.date | None
) -> None:
    page = newspaper(f'{HEADLINE}<p class="date">04/05/2031</p>{STORY}', head=head, below=below)
    page = page.replace('lang="en"', f'lang="{language}"', 1)
    assert f'lang="{language}"' in page
    assert read_generic(page).issued == day


SPANISH = """<p>El ministro de Atlantis se reunió con la delegación de Lemuria, que llegó al puerto por la mañana, y los
dos hablaron de la pesca, de la sal y de los barcos que esperan fuera del arrecife desde la primavera.</p>
<p>Las partes acordaron que el canal, que tiene cuarenta lámparas, se abrirá a todos los barcos en el verano, y que los
pilotos de la isla, que conocen su trabajo, serán los primeros en usarlo.</p>"""


@pytest.mark.parametrize("tag", ["s", "del", "strike"])
@pytest.mark.parametrize(
    "line", ["<p><{0}>3 March 2031</{0}> 4 May 2031</p>", "<p>Date: <{0}>3 March</{0}> 4 May 2031</p>"]
)
def test_a_date_that_is_struck_out_is_not_the_publication_date(line: str, tag: str) -> None:
    assert issued(line.format(tag)) == DAY


@pytest.mark.parametrize("declared", ["", ' lang="en"', ' lang="en-US"'])
@pytest.mark.parametrize("printed", ["04/05/2031", "04.05.31"])
def test_the_language_of_the_text_decides_the_date_order(declared: str, printed: str) -> None:
    page = newspaper(f'<h1>Puerto abierto</h1><p class="date">{printed}</p>{SPANISH}', title="Puerto abierto")
    assert read_generic(page.replace(' lang="en"', declared, 1)).issued == DAY


MICRODATA = '<p>Reef radio, <span itemprop="datePublished" content="2031-05-04T13:15:00+01:00">yesterday</span></p>'
RDFA = '<span property="dc:date dc:created" content="2031-05-04T08:00:00+01:00" datatype="xsd:dateTime"></span>'


@pytest.mark.parametrize("marked", [MICRODATA, RDFA])
def test_a_publication_date_marked_in_microdata_or_rdfa_counts(marked: str) -> None:
    assert issued("", below=marked) == DAY


def test_several_publication_dates_marked_in_the_text_do_not_count() -> None:
    assert issued("", below=f"{RDFA}{RDFA.replace('05-04', '05-09')}") is None


def test_several_dates_in_scripts_give_no_date() -> None:
    script = '[{"id": 7, "publishedAt": "2031-05-04T08:00:00Z"}, {"id": 8, "publishedAt": "2031-05-05T08:00:00Z"}]'
    assert issued("", head=f"<script>{script}</script>") is None


@pytest.mark.slow
@pytest.mark.parametrize("aside", ["<!-- {} -->", "<div data-story='{}'></div>"])
def test_dates_in_comments_and_data_attributes_do_not_count(aside: str) -> None:
    assert issued(aside.format('{"datePublished": "2031-05-04"}')) is None
    assert (
        issued("", head='<script>x = {"datePublished": "2031-05-04"}</script><!-- {"datePublished": "2031-05-05"} -->')
        == DAY
    )


def test_a_printed_date_outweighs_the_metadata() -> None:
    head = '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2031-05-07"}</script>'
    assert issued('<p class="date">4 May 2031</p>', head=head) == DAY


@pytest.mark.parametrize(
    "line",
    [
        "<p>Updated: 9 May 2031</p>",
        "<p>Last modified 9 May 2031</p>",
        "<p>Aktualisiert am 9. Mai 2031</p>",
        '<span class="updated-on"><time class="published updated" datetime="2031-05-09">9 May 2031</time></span>',
    ],
)
def test_the_date_of_an_update_is_not_the_publication_date(line: str) -> None:
    assert issued(line, head='<meta property="article:published_time" content="2031-05-04">') == DAY


def test_a_labelled_day_in_a_table_outweighs_the_day_of_a_change() -> None:
    facts = "<table><tr><td>Источник</td><td>Пост</td></tr><tr><td>Дата</td><td>04.05.2031</td></tr></table>"
    change = "<div>Смотрителей: 41<br>Дата изменения: 09.05.2031 10:15</div>"
    page = newspaper(f"{HEADLINE}{facts}<p>The harbour is open to ships of every flag.</p>{change}")
    assert read_generic(page.replace('lang="en"', 'lang="ru"')).issued == DAY


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Week of 2 - 4 May 2031", None),
        ("Reef Town, 2 – 4 May 2031", None),
        ("COP 28 - 4 May 2031", DAY),
        ("Press release 3 – 4 May 2031", DAY),
        ("No. 3 - 4 May 2031", DAY),
    ],
)
def test_the_last_day_of_a_period_is_not_the_publication_date(line: str, day: dt.date | None) -> None:
    assert issued(f"<p>{line}</p>") == day


@pytest.mark.parametrize(
    ("line", "language", "day"),
    [
        ("Mara Quill Do 4 Mai 2031", "de", DAY),
        ("Do 4. Mai 2031", "de", DAY),
        ("Nabór trwa do 4 maja 2031", "pl", None),
        ("Do dnia 4 maja 2031", "pl", None),
    ],
)
def test_do_before_a_date_means_thursday_in_german_and_until_in_polish(
    line: str, language: str, day: dt.date | None
) -> None:
    """A day after "until" ends a period, so it is not the publication date."""
    page = newspaper(f"{HEADLINE}<p>{line}</p>{STORY}").replace('lang="en"', f'lang="{language}"')
    assert read_generic(page).issued == day


def test_the_first_forum_post_gives_the_date_despite_a_note_on_edits() -> None:
    note = "(This post was last modified: 2031-05-08, 10:02 AM by Mara Quill. Edited 3 times in total.)"
    post = '<div class="post"><span class="post_date">2031-05-{}, 09:14 PM {}</span>{}</div>'
    crumbs = "".join(f"<p>{word}</p>" for word in ("Harbour", "Lamps", "Questions", "Pages", "Mara Quill"))
    main = crumbs + post.format("04", note, STORY)
    assert issued(main + post.format("05", "", "<p>Thank you for the lamps.</p>")) == DAY


def test_the_label_of_a_change_date_does_not_label_the_date_below() -> None:
    lines = "<div>Ultima actualizare: 9 mai 2031</div><p><span>04.05.2031</span></p>"
    page = newspaper(f"<div>{HEADLINE}{lines}{STORY}</div>").replace('lang="en"', 'lang="ro"')
    assert read_generic(page).issued == DAY


def test_the_date_of_a_related_story_does_not_count() -> None:
    related = '<aside class="related"><p><a href="/1">Reef lamps lit</a></p><p>1 April 2031</p></aside>'
    assert issued("", below=related) is None


def test_the_day_of_a_quoted_post_is_not_the_publication_date() -> None:
    post = (
        '<blockquote class="twitter-tweet"><p>The reef is open to every boat.</p>— Harbour of Thule '
        '<a href="https://posts.example/1">May 4, 2031</a></blockquote>'
    )
    assert issued(f"<p>The harbour of Thule opens its reef to every boat of the seven islands.</p>{post}") is None


def test_a_page_indented_as_a_quotation_keeps_its_date() -> None:
    page = whole_page(f"<body>{HEADLINE}<blockquote><p>4 May 2031</p>{STORY}</blockquote></body>")
    assert read_generic(page.markup).issued == DAY


def test_a_date_below_the_headline_outweighs_dates_above_it() -> None:
    above = "<p>9 May 2031</p><p>Reef lamps lit</p><p>1 April 2031</p><p>Ferry late again</p>"
    page = newspaper(f"{HEADLINE}<p>By Ama Reef</p><p>4 May 2031</p>{STORY}").replace("<h1>", f"{above}<h1>")
    assert read_generic(page).issued == DAY


def test_a_date_after_published_counts_even_in_a_block_named_latest() -> None:
    facts = '<div class="latest"><p>Published on 4 May 2031 in Harbours</p></div>'
    assert issued(f"<p>{'The reef is open to every boat. ' * 4}</p>" * 4 + facts) == DAY


def test_a_date_within_a_sentence_is_not_the_publication_date() -> None:
    event = "<p>The council of Thule decided that on 9 May 2031 the harbour opens to every boat of the seven reefs.</p>"
    assert issued(f"{event}<p>Written by Ama Reef of the Atlantean on 4 May 2031 at noon</p>") == DAY


def test_the_line_of_the_date_is_not_in_the_body() -> None:
    readout = read_generic(newspaper(f"{HEADLINE}<p>4 May 2031</p>{STORY}"))
    assert "4 May 2031" not in str(readout.body)


def test_a_dateline_outweighs_metadata_whose_day_differs_because_of_utc() -> None:
    head = '<meta property="article:published_time" content="2031-05-03T21:08:00+00:00">'
    found = extract_generic(
        newspaper(f"{HEADLINE}<p><b>ATLANTIS</b> (May 4, 2031) – The reef is open.</p>{STORY}", head=head)
    )
    assert found.date is not None
    assert str(found.date.day) == "2031-05-04"


def test_a_day_that_a_sentence_mentions_is_not_the_publication_date() -> None:
    deadline = "<p>The end of the season for most captains of Atlantis is May 4, 2031.</p>"
    assert extract_generic(newspaper(f"{HEADLINE}{deadline}{STORY}")).date is None


@pytest.mark.parametrize(
    "line",
    [
        "<p>*Dead\u00adline to apply: 9 May 2031</p>",
        "<p>Antragsfrist: 9. Mai 2031</p>",
        "<div><p>Perido: 9 May 2031</p><p>Deklara: 11 May 2031</p></div>",
    ],
)
def test_deadlines_and_several_dates_with_unknown_labels_do_not_count(line: str) -> None:
    assert issued(line) is None
    assert issued(line, head=PUBLISHED) == DAY


PUBLISHED = '<meta property="article:published_time" content="2031-05-04">'


@pytest.mark.parametrize(
    "line",
    [
        '<div class="field field-changed"><span>Bakira la <time datetime="2031-05-09">9 May 2031</time></span></div>',
        '<p>Bakira la <span itemprop="dateModified">9 May 2031</span></p>',
        "<div><div>Last updated</div><div>9 May 2031</div></div>",
        "<p>Updated: 9 May 2031</p>",
        "<p>Laatst gewijzigd op: 9 mei 2031</p>",
        "<p>Sist oppdatert: 9. mai 2031</p>",
    ],
)
def test_a_change_date_is_used_with_a_note_if_no_other_date_exists(line: str) -> None:
    alone = read_generic(newspaper(f"{HEADLINE}{line}{STORY}"))
    assert alone.issued == dt.date(2031, 5, 9)
    assert "DATE_OF_CHANGE" in {each.code for each in alone.notes}
    published = read_generic(newspaper(f"{HEADLINE}{line}{STORY}", head=PUBLISHED))
    assert published.issued == DAY
    assert "DATE_OF_CHANGE" not in {each.code for each in published.notes}
    assert issued(f"{line}<p>Deadline: 11 May 2031</p>") is None
    assert issued(line, head='<meta property="og:type" content="article">') == dt.date(2031, 5, 9)


JSON_LD = '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2031-05-04"}</script>'


def test_a_change_day_below_the_headline_outweighs_a_day_in_json_ld() -> None:
    line, other = "<p>Updated: 9 May 2033</p>", "<p>Reef Street, 4 May 2031</p>"
    page = read_generic(newspaper(f"{HEADLINE}{line}{STORY}", head=JSON_LD))
    assert page.issued == dt.date(2033, 5, 9)
    assert "DATE_OF_CHANGE" in {each.code for each in page.notes}
    assert issued(line, head=JSON_LD + PUBLISHED) == DAY
    assert issued(line + other, head=JSON_LD) == DAY
    assert issued("", head=JSON_LD, below=line) == DAY


def test_a_day_alone_in_a_line_near_the_headline_outweighs_json_ld() -> None:
    facts = "".join(f"<p>{name} of the reef</p>" for name in ("Lamps", "Ferries", "Pilots", "Salt", "Kelp"))
    assert issued(f"{facts}<p>9 May 2031, 14:17</p>", head=JSON_LD) == dt.date(2031, 5, 9)
    changed = '<meta property="article:modified_time" content="2031-05-09">'
    assert issued(f"{facts}<p>9 May 2031, 14:17</p>", head=JSON_LD + changed) == DAY


def test_a_labelled_publication_date_far_from_the_headline_outweighs_json_ld() -> None:
    text = "".join(f"<p>{name} of the reef</p>{STORY}" for name in ("Lamps", "Ferries", "Pilots", "Salt") * 5)
    line = "<p class='date'>Published 9 May 2031</p>"
    assert issued(text + line, head=JSON_LD) == dt.date(2031, 5, 9)


def test_a_single_date_with_an_unknown_label_counts() -> None:
    assert issued("<p>Perido: 4 May 2031</p>") == DAY


def test_the_date_of_a_teaser_below_the_text_does_not_count() -> None:
    row = (
        '<div class="row"><div class="date">1 April 2031</div><div><a href="/1">Reef lamps lit at last</a></div></div>'
    )
    assert issued("", below=f"<div><h4>News of the day</h4>{row}</div>") is None


def test_metadata_give_no_date_to_a_page_changed_years_later() -> None:
    changed = f'{PUBLISHED}<meta property="article:modified_time" content="2034-06-01">'
    article = '<meta property="og:type" content="article">'
    assert issued("", head=changed) is None
    assert issued("", head=changed + article) == DAY
    assert issued("<p>4 May 2031</p>", head=changed) == DAY


def test_a_note_says_that_the_date_is_only_in_metadata() -> None:
    unprinted = read_generic(newspaper(f"{HEADLINE}{STORY}", head=PUBLISHED))
    printed = read_generic(newspaper(f"{HEADLINE}<p>4 May 2031</p>{STORY}", head=PUBLISHED))
    assert [each.message for each in unprinted.notes if each.code == "DATE_UNPRINTED"] == [
        "the page prints no publication date; 2031-05-04 is from its metadata (meta article:published_time)"
    ]
    assert "DATE_UNPRINTED" not in {each.code for each in printed.notes}


@pytest.mark.parametrize(
    ("main", "head"),
    [
        ('<time datetime="2031-05-03T22:00:00Z">4 May 2031</time>', ""),
        ("<p>4 May 2031</p>", '<meta property="article:published_time" content="2031-05-03T22:00:00+00:00">'),
        (
            "<p>4 May 2031</p>",
            """<meta property="article:published_time" content="2031-05-03T22:00Z"><script type="application/ld+json">
            {"@type": "NewsArticle", "datePublished": "2031-05-03T22:00:00Z"}</script>""",
        ),
        ("", '<meta name="date" content="Sun, 04 May 2031 10:00:00 GMT">'),
        (
            "",
            """<script type="application/ld+json">{"@type": "NewsArticle",
            "datePublished": "Sun, 04 May 2031 10:00:00 +0200"}</script>""",
        ),
    ],
)
def test_the_publication_date_is_the_day_in_the_pages_time_zone(main: str, head: str) -> None:
    assert issued(main, head=head) == DAY


def test_the_day_of_founding_in_a_table_is_not_the_publication_date() -> None:
    facts = "<table><tr><th>Founded</th><td>1 June 1804</td></tr></table>"
    assert issued("", below=f"{facts}<p>Published: 4 May 2031</p>") == DAY
    assert issued(facts) is None


@pytest.mark.parametrize(("label", "day"), [("Founded", None), ("Closing date", None), ("Published", DAY)])
def test_the_term_above_a_day_decides_whether_it_is_the_publication_date(label: str, day: dt.date | None) -> None:
    facts = f"<dl><dt>{label}</dt><dd><p>4 May 2031</p></dd><dt>Grade</dt><dd><p>Keeper</p></dd></dl>"
    assert issued(facts) == day
    assert issued("", below=f"{STORY * 6}<h2>Facts</h2>{facts}") == day


@pytest.mark.parametrize(
    ("label", "fact", "day"),
    [("Date", "Keeper", DAY), ("Published", "Keeper", DAY), ("Founded", "Keeper", None), ("Date", "10:30", None)],
)
def test_labels_and_times_decide_whether_a_day_beside_the_text_counts(
    label: str, fact: str, day: dt.date | None
) -> None:
    items = f"<li><div>{label}</div><div>4 May 2031</div></li><li><div>Grade</div><div>{fact}</div></li>"
    assert issued("", below=f"{STORY * 6}<aside><h6>Facts</h6><ul>{items}</ul></aside>") == day


def test_a_date_in_the_address_of_a_page_is_its_publication_date() -> None:
    page = whole_page(newspaper(f"{HEADLINE}{STORY}"), url="https://atlantis.example/news/2031/05/04/harbour.html")
    assert extract(page, site="none").readout.issued == DAY


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("Publié le 12 mai 2031", "fr"),
        ("Fecha de publicación: 12/05/2031", "es"),
        ("Дата публикации: 12.05.2031 18:30", "ru"),
        ("发布时间：2031-05-12 18:30", "zh"),
        ("掲載日：2031年5月12日", "ja"),
        ("등록일 2031-05-12", "ko"),
        ("12 maja 2031 r.", "pl"),
        ("12 мая 2031 года", "ru"),
        ("Artikel vom 12. Mai 2031", "de"),
        ("Posted on 12 May 2031 by admin", "en"),
        ("Publicado em 12 de maio de 2031 18h30 Atualizado em 13/05/2031 09h12", "pt"),
        ("Thứ Hai, 12/05/2031, 18:30 GMT+7", "vi"),
        ("Δευτέρα, 12 Μαΐου 2031", "el"),
        ("תאריך פרסום: 12.05.2031", "he"),
        ("Published on 12 May 2031 at 6:30 p.m.", "en"),
        ("প্রকাশন তারিখ : 2031-05-12", "bn"),
        ("<span>Saaristotoimisto</span> <span>Julkaisuajankohta 12.5.2031 13.20</span> <span>Tiedote</span>", "fi"),
        ("<span>٢٠ محرم ١٤٥٣ هـ</span> <span>١٢ مايو ٢٠٣١ م</span>", "ar"),
    ],
)
def test_a_line_of_the_date_and_its_label_is_not_text(line: str, language: str) -> None:
    page = newspaper(f"{HEADLINE}<p>{line}</p>{STORY}{LATER}").replace('lang="en"', f'lang="{language}"')
    readout = read_generic(page)
    assert readout.issued == dt.date(2031, 5, 12)
    assert body_outline(page).startswith('paragraph "The harbour')


def test_the_place_before_a_date_is_text() -> None:
    assert "Reef Town, 12 May 2031" in body_outline(newspaper(f"{HEADLINE}<p>Reef Town, 12 May 2031</p>{STORY}{LATER}"))


def test_a_menu_in_the_previous_cell_does_not_label_a_date() -> None:
    page = f"""<table><tr><td><a href="/">Home</a> <a href="/press">Press</a></td><td>Reef Town<br>May 12, 2031<br>
        <h1>Harbour open</h1>{STORY}{LATER}</td></tr></table>"""
    assert read_generic(f"<title>Harbour open</title>{page}").issued == dt.date(2031, 5, 12)


def test_metadata_decide_the_order_of_day_and_month_in_digits() -> None:
    assert issued("<p>05.04.2031</p>") == dt.date(2031, 4, 5)
    assert issued("<p>05.04.2031</p>", head='<meta name="DC.date.issued" content="2031-05-04">') == DAY


def test_a_malformed_address_does_not_decide_the_order_of_day_and_month() -> None:
    page = whole_page(newspaper(f"{HEADLINE}<p>05/04/2031</p>{STORY}"), url="https://[reef/talks")
    assert extract(page, site="none").readout.issued is None


def test_replies_do_not_outvote_the_first_post_and_its_metadata() -> None:
    replies = "".join(f"<p>Reply {number}, 5 May 2031</p>{LATER}" for number in range(3))
    head = f'{PUBLISHED}<meta itemprop="datePublished" content="2031-05-04">'
    assert issued(f"<p>4 May 2031 18:48</p><p>Reply 1, 5 May 2031</p>{replies}", head=head) == DAY


def test_the_date_of_a_related_story_does_not_replace_the_metadata_date() -> None:
    other = '<aside class="related"><h3>More news</h3><p>5 May 2031</p><p>Ferries sail again</p></aside>'
    assert issued("", head=PUBLISHED, below=other) == DAY


def test_the_day_in_the_meta_element_published_date_counts() -> None:
    assert issued("", head='<meta name="published-date" content="2031-05-04">') == DAY


@pytest.mark.parametrize("start", ["On 3 May 2031", "Am 3. Mai 2031", "El 3 de mayo de 2031"])
def test_the_date_in_the_address_outweighs_a_date_that_begins_a_text(start: str) -> None:
    event = f"<p>{start}, the council of Thule met the captains of all boats of the seven reefs at the harbour.</p>"
    address = '<link rel="canonical" href="https://news.example/2031/05/04/harbour">'
    assert issued(event) == dt.date(2031, 5, 3)
    assert issued(event, head=address) == DAY


@pytest.mark.parametrize(
    ("end", "day"), [(", 4 May 2031", DAY), (" (4 May 2031)", DAY), (" begins on 4 May 2031", None)]
)
def test_a_date_that_ends_the_headline_counts_unless_it_continues_a_phrase(end: str, day: dt.date | None) -> None:
    headline = f"Keynote address by the deputy keeper of the lamps at the dialogue of all reefs, Salt Bay{end}"
    assert read_generic(newspaper(f"<h1>{headline}</h1>{STORY}", title=headline)).issued == day


def test_the_first_day_of_a_programme_stays_in_its_section() -> None:
    programme = "<h2>Programme</h2><p>Monday, 4 May 2031</p><p>10:00 | Landing of the pilots</p>"
    readout = read_generic(newspaper(f"{HEADLINE}{STORY}{programme}"))
    assert "Monday, 4 May 2031" in outline(readout.body)


def test_a_phrase_such_as_before_4_may_gives_no_publication_date() -> None:
    steps = "<ul><li>you told the keeper of your lamp of the flood before 4 May 2031</li></ul>"
    assert issued(f"<p>You can ask for a lamp if:</p>{steps}") is None


def test_a_labelled_publication_date_outweighs_a_laws_date_in_the_headline() -> None:
    headline = "<h1>Resolution of 4 April 2031 of the Office of Tides on the closure of the harbour for all ships</h1>"
    facts = "<dl><dt>Published in:</dt><dd>Gazette no. 59 of 4 May 2031, pages 34112 to 34113</dd></dl>"
    signed = "<p>Salt Bay, 4 April 2031. The Keeper of Tides.</p>"
    page = newspaper(f"{headline}{facts}{STORY}{signed}", title="Resolution of 4 April 2031")
    assert read_generic(page).issued == DAY


def test_the_date_of_the_headline_repeated_below_it_is_not_text() -> None:
    page = newspaper(f"<h1>2031年5月4日发言人主持记者会</h1><p>2031-05-04 18:12</p>{STORY}", title="记者会")
    readout = read_generic(page)
    assert readout.issued == DAY
    assert "18:12" not in outline(readout.body)


def test_the_publication_date_outweighs_the_date_of_the_draft() -> None:
    drafted = "<p>Drafted: 2 May 2031</p>"
    assert issued(f"{STORY}{drafted}<p>Published: 4 May 2031</p>") == DAY


@pytest.mark.parametrize(
    "caption", ['<div class="imageCaption">{}</div>', "<figure><figcaption>{}</figcaption></figure>"]
)
def test_a_date_in_a_caption_is_not_the_publication_date(caption: str) -> None:
    words = caption.format("Boats on the reef in the last days of the season (Foto: N. Ereus, 15.01.2031).")
    assert extract_generic(newspaper(f"{HEADLINE}{words}{STORY}")).date is None


def test_a_day_of_validity_beside_the_publication_date_does_not_count() -> None:
    days = "<p><span>Valable le 12.05.2031</span><span>Publié le 04.05.2031</span></p>"
    assert issued(f"{HEADLINE}{days}{STORY}") == DAY


@pytest.mark.parametrize(
    "period",
    [
        "De termijn loopt van 1 november 2031 tot en met 28 februari 2032.",
        "Die Anmeldung läuft vom 1. November 2031 bis zum 28. Februar 2032.",
    ],
)
def test_the_first_day_of_a_period_is_not_the_publication_date(period: str) -> None:
    assert extract_generic(newspaper(f"{HEADLINE}<p>{period}</p>{STORY}")).date is None


def test_an_update_date_is_preferred_to_a_still_current_date() -> None:
    facts = "<p><b>Still current at:</b> 04 September 2031</p><p><b>Updated:</b> 09 August 2031</p>"
    found = extract_generic(newspaper(f"<h1>Seven Islands</h1>{facts}{STORY}"))
    assert found.date is not None
    assert str(found.date.day) == "2031-08-09"


def test_a_publication_date_in_facts_far_from_the_headline_counts() -> None:
    facts = "<dl><dt>Author</dt><dd>Office of Tides</dd><dt>Publication date</dt><dd>9 May 2031</dd></dl>"
    page = newspaper(f"<div>{HEADLINE}{STORY * 5}<p>Done in Reef Town on the 4 May 2031.</p></div><div>{facts}</div>")
    assert str(read_generic(page).issued) == "2031-05-09"


def test_the_month_of_a_change_below_the_text_is_left_out() -> None:
    line = "<p>Mise à jour : février 2031</p>"
    assert body_outline(newspaper(f"{HEADLINE}{STORY}{LATER}{line}")) == body_outline(
        newspaper(f"{HEADLINE}{STORY}{LATER}")
    )


@pytest.mark.parametrize(
    ("language", "label", "day"),
    [
        ("cy", "Dyddiad cyhoeddi", "Dydd Sul, 4 Mai 2031"),
        ("eu", "Argitaratze-data", "2031ko maiatzaren 4a"),
        ("sw", "Tarehe ya kuchapishwa", "Jumapili, 4 Mei 2031"),
        ("ka", "გამოქვეყნების თარიღი", "4 მაისი 2031 წ."),
        ("hy", "Հրապարակման ամսաթիվ", "4 մայիսի 2031"),
        ("mt", "Data", "4 ta' Mejju 2031"),
        ("cs", "Datum zveřejnění", "4. května 2031"),
        ("pt", "Data da publicação", "4 de maio de 2031"),
        ("hi", "प्रकाशन तिथि", "4 मई 2031"),
        ("bg", "Дата на публикуване", "4 май 2031"),
    ],
)
@pytest.mark.parametrize("facts", ["<p>{}: {}</p>", "<dl><dt>{}</dt><dd>{}</dd></dl>", "<p><b>{}</b> {}</p>"])
def test_a_labelled_day_is_found_and_left_out(language: str, label: str, day: str, facts: str) -> None:
    page = newspaper(f"{HEADLINE}{facts.format(label, day)}{STORY}{LATER}").replace('lang="en"', f'lang="{language}"')
    readout = read_generic(page)
    assert str(readout.issued) == "2031-05-04"
    assert "2031" not in outline(readout.body)


def test_a_day_with_an_unknown_label_stays_in_the_text() -> None:
    page = newspaper(f"{HEADLINE}<p>Deadline for captains: 4 May 2031</p>{STORY}{LATER}")
    assert "Deadline for captains: 4 May 2031" in outline(read_generic(page).body)


@pytest.mark.parametrize("printed", ["04/05/2031", "05/04/2031"])
def test_the_time_element_decides_the_order_of_a_printed_day_and_month(printed: str) -> None:
    line = f'<p>Published on <time datetime="2031-05-04T09:00:00Z">Sun, {printed} - 10:00</time></p>'
    page = read_generic(newspaper(f"{HEADLINE}{line}{STORY}"))
    assert (page.issued, page.issued_text) == (DAY, printed)


@pytest.mark.parametrize(
    "label", ["Closing date", "Date limite", "Fecha límite", "Határidő dátuma", "Termin składania"]
)
def test_the_last_day_for_applications_stays_and_is_not_the_publication_date(label: str) -> None:
    facts = f"<dl><dt>Grade</dt><dd>Keeper</dd><dt>{label}</dt><dd>4 May 2031</dd></dl>"
    readout = read_generic(newspaper(f"{HEADLINE}{facts}{STORY}{LATER}"))
    assert readout.issued is None
    assert "4 May 2031" in outline(readout.body)


def test_a_date_with_a_month_name_decides_the_order_of_day_and_month() -> None:
    head = '<p class="date">Published: 4/5/2031</p>'
    text = "<p>Bids are opened in the hall of the keepers on Tuesday, May 6, 2031, at noon, and read aloud.</p>"
    closing = "<p>Closing: 5/6/2031</p>"
    assert read_generic(newspaper(f"{HEADLINE}{head}{closing}{STORY}{text}")).issued == dt.date(2031, 4, 5)


@pytest.mark.parametrize(
    "teaser",
    [
        '<aside><p>Read this too</p><div>3 May 2030</div><h2><a href="/t">Lamps on the cliff</a></h2></aside>',
        '<article><div>3 May 2030</div><h3><a href="/t">Lamps on the cliff</a></h3><p>A day on the rock.</p></article>',
    ],
)
def test_the_day_of_a_linked_story_below_the_title_does_not_count(teaser: str) -> None:
    head = '<meta property="article:published_time" content="2031-05-04">'
    assert issued(f"<div>{teaser}", head=head) == DAY


_ENTRIES = [("Lamps lit on the reef", "4 May 2031"), ("Pilots at work", "2 May 2031"), ("Salt shipped", "1 May 2031")]
_LISTS = [
    "<div class='entry'><h3><a href='/{n}'>{heading}</a></h3><div class='facts'>{day} | The Tide</div>{story}</div>",
    "<li><h2><a href='/{n}'>{heading}</a></h2><p class='date'><time>{day}</time> | The Tide</p>{story}</li>",
    "<h4><a href='/{n}'>{heading}</a></h4><span class='meta'>{day} | The Tide</span>{story}",
]


def _list_of_entries(entry: str, headings: list[str]) -> str:
    days = [day for _, day in _ENTRIES]
    entries = (entry.format(n=n, heading=each, day=days[n], story=STORY) for n, each in enumerate(headings))
    return newspaper(f"<h1>News</h1><ul>{''.join(entries)}</ul>", title="News")


@pytest.mark.parametrize("entry", _LISTS)
def test_the_first_day_in_a_list_is_not_the_publication_date(entry: str) -> None:
    readout = read_generic(_list_of_entries(entry, [heading for heading, _ in _ENTRIES]))
    assert readout.issued is None
    assert outline(readout.body).count("The Tide") == 3


_EVENTS = [
    "<div class='event'><div class='event-date'><time datetime='{iso}'>{short}</time></div><p>{story}</p></div>",
    "<tr><td class='date'>{day}</td><td>{story}</td></tr>",
    "<h3><span class='event-date'>{day}</span></h3><p>{story}</p>",
    "<div class='row'><div><div><div><div class='event-date'>{day}</div></div></div></div><p>{story}</p></div>",
]
_POST = "<div class='post'><p class='date'>Post by <a href='/k'>keeper</a> » {day}</p><p>{story}</p></div>"


def _page_of_events(event: str, days: list[int]) -> str:
    story = "The keepers show all visitors how they light the lamps of the reef."
    rows = "".join(
        event.format(iso=f"2031-05-{day:02}", short=f"May {day}", day=f"{day} May 2031", story=story) for day in days
    )
    return newspaper(f"{HEADLINE}{20 * STORY}<div><h2>Events</h2><div>{rows}</div></div>")


@pytest.mark.parametrize("event", _EVENTS)
def test_the_days_of_three_events_below_a_text_are_not_publication_dates(event: str) -> None:
    assert read_generic(_page_of_events(event, [4, 9, 13])).issued is None


def test_the_day_of_the_first_post_far_below_the_headline_counts() -> None:
    assert read_generic(_page_of_events(_POST, [4, 9, 13])).issued == DAY


@pytest.mark.parametrize("event", _EVENTS[:1])
def test_a_single_marked_day_below_a_text_is_the_publication_date(event: str) -> None:
    assert read_generic(_page_of_events(event, [4])).issued == DAY


@pytest.mark.parametrize(
    "entry",
    [
        "<div><div class='t'><a href='/{n}'>{heading}</a></div><p>{teaser}</p><div class='m'>{day}</div></div>",
        "<li><a href='/{n}'>{heading}</a><p><span>Press release | Published: <time>{day}</time></span></p></li>",
        "<tr><td><a href='/{n}'>{heading}</a></td><td><time>{day}</time></td></tr>",
    ],
)
def test_days_of_news_below_a_text_are_not_the_publication_date(entry: str) -> None:
    teaser = "The keepers of the reef light all lamps."
    news = [(f"{heading} at the harbour of the north", day) for heading, day in _ENTRIES]
    rows = "".join(entry.format(n=n, heading=each, day=day, teaser=teaser) for n, (each, day) in enumerate(news))
    rows = f"<table>{rows}</table>" if rows.startswith("<tr") else rows
    page = newspaper(f"<h1>Office of the north</h1>{STORY}{LATER}{STORY}<div>{rows}</div>", title="Office of the north")
    assert read_generic(page).issued is None


def test_a_day_below_the_text_counts_beside_a_single_linked_line() -> None:
    below = "<p><a href='/all'>All news of the office of the north</a></p><p><time>4 May 2031</time></p>"
    assert read_generic(newspaper(f"{HEADLINE}{STORY}{LATER}{STORY}{below}")).issued == DAY


def test_the_day_of_the_first_answer_in_a_thread_counts() -> None:
    page = _list_of_entries(_LISTS[0], ["Re: Lamps"] * 3)
    assert read_generic(page).issued == dt.date(2031, 5, 4)


_REST = (
    "the lamps of the northern reef are lit by the keepers of Atlantis alone, whatever the harbours of the south say"
)


@pytest.mark.parametrize(
    "sentence",
    [
        f"As of May 4, 2031, {_REST}.",
        "Effective May 4, 2031, ships pay less.",
        f"On April 1, 1979, {_REST}.",
        f"Order 13 (May 4, 2031) says that {_REST}.",
        "Mit Wirkung vom 4. Mai 2031 zahlen Schiffe weniger.",
    ],
)
def test_effective_dates_and_dates_of_earlier_events_are_not_publication_dates(sentence: str) -> None:
    assert issued(f"<p>{sentence}</p>") is None


@pytest.mark.parametrize(
    "line",
    [
        f"On May 4, 2031, {_REST}.",
        f"PORT NAUTILUS (May 4, 2031) – From now on {_REST}.",
        f"Port Nautilus (May 4, 2031) The council says that {_REST}.",
        "As of May 4, 2031",
    ],
)
def test_the_day_that_begins_a_text_is_the_publication_date(line: str) -> None:
    assert issued(f"<p>{line}</p>") == DAY


def test_the_day_of_an_update_beside_the_title_is_the_publication_date() -> None:
    figure = '<figure><img src="/storm.jpg"><figcaption>The storm of 3 January 2018</figcaption></figure>'
    files = '<ul><li><a href="/r.pdf">Release - format: PDF - 0.32 Mb - 01/11/2031</a></li></ul>'
    day = '<p class="date">Updated on 13/11/2031</p>'
    page = newspaper(f"{HEADLINE}{day}{figure}{STORY}{LATER}{files}")
    assert read_generic(page).issued == dt.date(2031, 11, 13)
    above = newspaper(f"<div>{day}{HEADLINE}{figure}{STORY}{LATER}{files}</div>")
    assert read_generic(above).issued == dt.date(2031, 11, 13)


@pytest.mark.parametrize("label", ["Vytvořeno / změněno:", "Vytvorené/zmenené", "Creado / modificado:"])
def test_of_two_dates_labelled_created_and_changed_the_first_counts(label: str) -> None:
    facts = f"<dl><dt>Keeper</dt><dd>N. Ereus</dd><dt>{label}</dt><dd>4. 5. 2031 / 9. 5. 2031</dd></dl>"
    assert issued("", below=f"{STORY * 6}{facts}") == DAY


@pytest.mark.parametrize(
    "label", ["Změněno / vytvořeno:", "Skapad ordning / plan", "Změněno:", "Far creado / reformado", "Platí:"]
)
def test_two_dates_with_other_labels_than_created_and_changed_do_not_count(label: str) -> None:
    facts = f"<dl><dt>Keeper</dt><dd>N. Ereus</dd><dt>{label}</dt><dd>4. 5. 2031 / 9. 5. 2031</dd></dl>"
    assert issued("", below=f"{STORY * 6}{facts}") is None


DIARY = ("Sunday, 4 May 2031", "Monday, 5 May 2031", "Tuesday, 6 May 2031")


@pytest.mark.parametrize("markup", ["<p><strong>{}</strong></p>", "<h3>{}</h3>", '<div class="day">{}</div>'])
def test_the_first_day_of_a_diary_stays_in_the_text(markup: str) -> None:
    days = "".join(f"{markup.format(day)}{STORY.partition('</p>')[0]}</p>" for day in DIARY)
    outlined = body_outline(newspaper(f"<p>9 May 2031</p>{HEADLINE}{days}"))
    assert all(day in outlined for day in DIARY)


def test_the_publication_date_above_two_other_days_is_not_in_the_body() -> None:
    day = '<p class="day">{}</p>'.format
    text = f"{HEADLINE}{day('4 May 2031')}{day('5 May 2031')}{day('6 May 2031')}{STORY}"
    assert "4 May 2031" not in body_outline(newspaper(text))


SPEECH_HEAD = "<p><b>ADDRESS TO THE PILOTS</b></p><p><b>Harbour Hall, Reef Town</b></p><p><b>Sunday, 4 May 2031</b></p>"


@pytest.mark.parametrize(
    "head", [SPEECH_HEAD, SPEECH_HEAD.replace("p>", "div>"), SPEECH_HEAD.replace("<p>", '<p align="center">')]
)
def test_a_second_day_in_the_head_of_a_speech_is_text(head: str) -> None:
    dated = f'{HEADLINE}<div class="date">04/05/2031</div>'
    readout = read_generic(newspaper(f"{dated}{head}{STORY}"))
    assert "Sunday, 4 May 2031" in outline(readout.body)
    assert readout.issued == dt.date(2031, 5, 4)


@pytest.mark.parametrize(
    "facts",
    [
        '<p class="meta">Press room</p><p class="meta">Sunday, 4 May 2031</p>',
        "<ul><li>Speech</li><li>Sunday, 4 May 2031</li></ul>",
        "<p><span>Speech</span> | <span>Sunday, 4 May 2031</span></p>",
        '<p><a href="/press">Press</a></p><p>Sunday, 4 May 2031</p>',
    ],
)
def test_a_second_day_among_facts_of_the_page_is_left_out(facts: str) -> None:
    page = newspaper(f'{HEADLINE}<div class="date">04/05/2031</div>{facts}<div>{STORY}</div>')
    assert "Sunday, 4 May 2031" not in body_outline(page)


@pytest.mark.parametrize("period", ["1/27/2031 - 3/24/2031", "27.1.2031–24.3.2031", "27 January 2031 – 24 March 2031"])
def test_the_first_day_of_a_course_is_not_the_publication_date(period: str) -> None:
    course = f"<h2>Schedule</h2><p>Tuesday evenings</p><p>{period}</p><p>6:15 PM - 8:15 PM</p>"
    assert read_generic(newspaper(f"{HEADLINE}{STORY}{course}{LATER}")).issued is None


def test_no_later_day_of_a_diary_outweighs_the_first() -> None:
    days = "".join(f"<p><b>{day}</b></p>{STORY.partition('</p>')[0]}</p>" for day in DIARY)
    assert read_generic(newspaper(f"{HEADLINE}{days}")).issued == dt.date(2031, 5, 4)


@pytest.mark.parametrize(
    ("declared", "changed", "below", "day"),
    [
        ("2001-01-01", "2031-05-04", "", "2031-05-04"),
        ("2001-01-01", "2031-05-04", "<p>The office was founded on 1 January 2001.</p>", "2001-01-01"),
        ("2031-01-01", "2031-05-04", "", "2031-01-01"),
        ("2001-02-01", "2031-05-04", "", "2001-02-01"),
    ],
)
def test_first_of_january_in_metadata_long_before_the_change_is_a_default(
    declared: str, changed: str, below: str, day: str
) -> None:
    head = f'<meta name="dcterms.issued" content="{declared}"><meta name="dcterms.modified" content="{changed}">'
    text = f"{HEADLINE}<p><strong>Judgment of</strong> May 4, 2031 | <b>On appeal from</b> Salt Court</p>{STORY}{below}"
    assert str(read_generic(newspaper(text, head=head)).issued) == day


@pytest.mark.parametrize(
    ("above", "day"), [("<p>更新日：2031年7月6日</p>", "2031-07-06"), ("<p>港湾課</p>", "2031-07-05")]
)
def test_a_japanese_day_of_change_above_the_title_outweighs_the_first_sentence(above: str, day: str) -> None:
    text = "令和13年7月5日（土曜日）、レムリアの大使が知事を表敬訪問し、新しい水路と四十の灯台について話し合いました。"
    trail = "<p>現在の位置：ホーム &gt; 県政情報 &gt; 国際交流 &gt; 大使が知事を表敬訪問しました</p>"
    main = f"{trail}{above}<h1>大使が知事を表敬訪問しました</h1><p>{text}{text}</p><p>初めてです。{text}</p>"
    page = newspaper(main, title="大使が知事を表敬訪問しました").replace('lang="en"', 'lang="ja"')
    assert str(read_generic(page).issued) == day


@pytest.mark.parametrize(
    "dateline",
    [
        "<b>REEF TOWN, Isles of Lemuria (Tides Information Services): May 4, 2031</b> - The council received",
        "ATLANTIS CITY (News Service of the Ministry of Tides), 4 May 2031 – The council received",
    ],
)
def test_the_day_after_the_source_in_a_dateline_is_the_publication_date(dateline: str) -> None:
    text = (
        "the envoys of nine islands, who had come by ship to speak of lamps, of salt and of the new pilots of the reef."
    )
    assert issued(f"<p>{dateline} {text}</p>") == DAY
