"""The series of a readout is the kicker: a line beside the headline, such as the kind and number of the document."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from tests.extract.generic.pages import HEADLINE, LATER, STORY, newspaper, read_generic
from tests.outline import outline

SHARE = '<div class="social"><ul><li><a href="#">Post</a></li><li><a href="#">Send</a></li><li>Print</li></ul></div>'


def test_a_line_above_the_headline_with_the_class_kicker_is_the_kicker() -> None:
    readout = read_generic(newspaper(f'<p class="kicker">Trade</p>{HEADLINE}{STORY}'))
    assert (readout.series, readout.title) == ("Trade", ("Harbour open",))


@pytest.mark.parametrize(
    ("over", "series"),
    [
        ("<p>Fisheries</p>", "Fisheries"),
        ("<p>Fisheries</p><p>4 August 2031</p>", "Fisheries"),
        ("<p>Fisheries :</p>", None),  # the next line continues a line that ends in a colon
        ("<p>Photo: N. Anemone</p>", None),
        ("<p>Advertisement</p>", None),
        ("<p>21 answers</p>", None),
        ("<h2>Title</h2>", None),
        ("<p>标题</p>", None),
        ("<p>Title deeds</p>", "Title deeds"),
        ("<p>Harbour open</p>", None),
        ("<p>They met.</p>", None),
        ("<p>Fisheries</p><p>By Ms. Nerea Salt of the harbour office</p>", None),
    ],
)
def test_only_a_topic_that_begins_the_headline_block_is_the_kicker(over: str, series: str | None) -> None:
    markup = newspaper(f"<div><div>{over}<h1>Harbour open</h1></div>{STORY}</div>")
    assert read_generic(markup).series == series


def test_a_date_with_the_class_kicker_is_not_the_kicker() -> None:
    assert read_generic(newspaper(f'<p class="kicker">4 August 2031</p>{HEADLINE}{STORY}')).series is None


@pytest.mark.parametrize("separator", [":", "»", "›"])
def test_a_separator_after_the_kicker_is_removed(separator: str) -> None:
    readout = read_generic(newspaper(f'<p class="kicker">Trade {separator}</p>{HEADLINE}{STORY}'))
    assert readout.series == "Trade"


@pytest.mark.parametrize("symbol", ["SG/SM/24711", "SC/15678", "A/RES/85/12", "P9_TA(2031)0123"])
def test_a_document_symbol_above_the_headline_is_the_series(symbol: str) -> None:
    page = newspaper(f"<div>{symbol}</div>{HEADLINE}{STORY}")
    assert read_generic(page).series == symbol


@pytest.mark.parametrize(
    ("line", "series"),
    [
        ("Press release | No. 114 | 12.05.2031", "Press release | No. 114"),
        ("Pressemitteilung", "Pressemitteilung"),
        ("Office of the Press Secretary", "Office of the Press Secretary"),
        ("보도자료", "보도자료"),
        ("Заявление", "Заявление"),
    ],
)
def test_the_kind_of_document_above_the_headline_is_the_series(line: str, series: str) -> None:
    page = newspaper(f"{STORY}{LATER}", above=f"<div><p>{line}</p><p>12 May 2031</p></div><h1>Harbour open</h1>")
    readout = read_generic(page)
    assert readout.series == series
    assert line not in outline(readout.body)


@pytest.mark.parametrize(("kind", "series"), [("Speech", "Speech"), ("Discurso", "Discurso"), ("Quick links", None)])
def test_only_a_kind_of_document_below_the_breadcrumb_is_the_series(kind: str, series: str | None) -> None:
    trail = '<ol class="breadcrumb"><li><a href="/">Home</a></li><li><a href="/news">News</a></li></ol>'
    above = f'<div>{trail}<div id="page-title"><h2>{kind}</h2></div></div>'
    readout = read_generic(newspaper(f"<p>12 May 2031</p><h3>Harbour open</h3>{STORY}{LATER}", above=above))
    assert readout.series == series
    assert kind not in outline(readout.body)


@pytest.mark.parametrize(
    "line", ["Nieuwsbericht | 12-05-2031 | 18:30", "Persbericht", "12-05-2031 — Toespraak", "Comunicat de presă"]
)
def test_the_kind_of_document_below_the_headline_is_the_series(line: str) -> None:
    page = newspaper(f"{HEADLINE}<p>{line}</p>{STORY}{LATER}").replace('lang="en"', 'lang="nl"')
    readout = read_generic(page)
    assert readout.series
    assert readout.series in line
    assert outline(readout.body).startswith('paragraph "The harbour')


@pytest.mark.parametrize(
    ("line", "series"),
    [
        ('<p class="taxonomy">Posted in <a href="/releases">News Release</a></p>', "News Release"),
        ('<div><span>Filed under: </span><a href="/c/statement">Statement</a></div>', "Statement"),
        ('<p>Category: <a href="/speeches">Speech</a></p>', "Speech"),
        ('<p>Posted in <a href="/lamps">Lamps</a></p>', None),
        ('<p>Tags: <a href="/speeches">Speech</a>, <a href="/lamps">Lamps</a></p>', None),
    ],
)
def test_only_a_kind_linked_after_a_label_is_the_series(line: str, series: str | None) -> None:
    readout = read_generic(newspaper(f"{HEADLINE}{line}{STORY}{LATER}"))
    assert readout.series == series
    assert outline(readout.body).startswith('paragraph "The harbour')


def test_a_date_label_beside_the_kind_is_not_in_the_series() -> None:
    line = "<p><span>Press release</span> <span>Published 4 May 2031</span></p>"
    assert read_generic(newspaper(f"{line}{HEADLINE}{STORY}{LATER}")).series == "Press release"


@pytest.mark.parametrize(
    ("words", "series"),
    [
        ("Press release No. 12 of 4 May 2031", "Press release No. 12"),
        ("4 May 2031, 10:30 | Speech", "Speech"),
        ("Speech, 4 May 2031", "Speech"),
    ],
)
@pytest.mark.parametrize(
    "markup", ['<p class="kicker">{}</p><h1>Harbour open</h1>', "<h1><small>{}</small> Harbour open</h1>"]
)
def test_a_day_beside_the_series_is_not_in_the_series(words: str, series: str, markup: str) -> None:
    assert read_generic(newspaper(f"{markup.format(words)}{STORY}{LATER}")).series == series


def test_a_kind_of_document_that_the_title_also_names_is_the_series() -> None:
    page = newspaper(f"<p>Statement</p><h1>Joint statement on the harbour</h1>{STORY}{LATER}", title="Joint statement")
    assert read_generic(page).series == "Statement"


def test_a_heading_with_the_number_of_the_document_is_the_series() -> None:
    readout = read_generic(newspaper(f"{HEADLINE}<h2>Comunicado No. 245</h2><p>4 May 2031</p>{STORY}{LATER}"))
    assert readout.series == "Comunicado No. 245"


@pytest.mark.parametrize(
    "line",
    [
        '<dl class="info"><dt>Details</dt><dd>Written by <span>N. Ereus</span></dd></dl>',
        "<div>Text size <a>A-</a> <a>A+</a></div>",
        "<h2>Publicador de contenidos</h2>",
        "<h2>News details</h2>",
        '<figure><img src="a.jpg" width="800" height="500"><figcaption>The ferry at dawn</figcaption></figure>',
    ],
)
def test_neither_controls_nor_captions_nor_names_of_page_parts_are_the_series(line: str) -> None:
    readout = read_generic(newspaper(f"<div>{line}{HEADLINE}<p>4 May 2031</p>{STORY}{LATER}</div>"))
    assert readout.series is None


def test_a_heading_such_as_statement_below_the_headline_is_not_the_series() -> None:
    readout = read_generic(newspaper(f"{HEADLINE}<h2>Statement</h2>{STORY}{LATER}"))
    assert readout.series is None
    assert "Statement" in outline(readout.body)


def test_a_kind_of_document_below_the_first_paragraph_stays_in_the_text() -> None:
    first = "<p>The council extended the mandate of its harbour mission on Tuesday by one year, in a vote of all.</p>"
    readout = read_generic(newspaper(f"{HEADLINE}{first}<p><strong>Statements</strong></p>{STORY}"))
    assert readout.series is None
    assert "Statements" in outline(readout.body)


def test_a_heading_such_as_news_release_below_the_headline_is_the_series() -> None:
    readout = read_generic(newspaper(f"{HEADLINE}<p>From: Reef Office</p><h2>News release</h2>{STORY}{LATER}"))
    assert readout.series == "News release"
    assert "News release" not in outline(readout.body)


def test_the_kind_of_document_is_found_after_place_and_date() -> None:
    above = "<div><p>Reef Town, 12 May 2031 — Statement</p><h2>Harbour open</h2></div>"
    assert read_generic(newspaper(f"{STORY}{LATER}", above=above)).series == "Statement"


@pytest.mark.parametrize("line", ["The statement was late", "Lamps", "Home > Press releases > 2031"])
def test_other_lines_above_the_headline_are_not_the_series(line: str) -> None:
    above = f"<div><p>Reef Town</p><p>{line}</p><p>Two lamps</p><h1>Harbour open</h1></div>"
    assert read_generic(newspaper(f"{STORY}{LATER}", above=above)).series != line


def test_kind_and_number_between_bars_below_the_headline_are_the_series() -> None:
    facts = "<ul><li>17 May. 2031 -</li><li>|</li><li>Communiqué (2031) 041</li><li>|</li><li>Issued in Reef</li></ul>"
    subtitle = "<h3>issued by the ministers who met on the reef to talk about the lamps, the salt and the ferries</h3>"
    page = newspaper(f"{HEADLINE}{subtitle}<dl>{facts}</dl>{STORY}")
    assert read_generic(page).series == "Communiqué (2031) 041"


def test_a_kind_beside_date_and_place_above_the_title_is_the_series() -> None:
    facts = "<div><span>Questions and answers</span><span>4 May 2031</span><span>Reef Town</span></div>"
    page = newspaper(f"{facts}<h1>Questions and answers on the harbour</h1>{STORY}", title="")
    assert read_generic(page).series == "Questions and answers"


def test_the_document_symbol_below_other_lines_is_the_series() -> None:
    over = (
        "<div>Assembly</div><div>Fifty-first Session, 18th Meeting (AM)</div><div>AW/10482</div><div>4 May 2031</div>"
    )
    assert read_generic(newspaper(f"<div>{over}{HEADLINE}</div>{STORY}")).series == "AW/10482"


def test_the_kind_among_facts_below_the_headline_is_the_series() -> None:
    facts = "<div>Tale/innlegg | Dato: 04.05.2031 | Fyrdepartementet</div>"
    assert read_generic(newspaper(f"{HEADLINE}{facts}{STORY}")).series == "Tale/innlegg"


def test_the_document_number_beside_the_date_is_the_series() -> None:
    heading = '<div>No: 87, 4 May 2031, <h2 style="display:inline">Harbour open</h2></div>'
    readout = read_generic(newspaper(f"{heading}{STORY}", title="No: 87, 4 May 2031, Harbour open"))
    assert (readout.series, readout.title) == ("No: 87", ("Harbour open",))


def test_a_spanish_section_link_above_the_headline_is_the_series() -> None:
    over = '<header><span><a href="/d">Declaraciones</a></span><h1>Puerto abierto</h1></header>'
    page = newspaper(f"{over}{STORY}", title="Puerto abierto")
    assert read_generic(page).series == "Declaraciones"


@pytest.mark.parametrize("number", ["PR No. 311/2031", "第077號", "Ref: 114"])
def test_the_number_of_the_document_above_the_headline_is_the_series(number: str) -> None:
    page = newspaper(f"<div><p>Weekly</p><p>Tides</p><b>{number}</b></div><h1>Harbour open</h1>{STORY}")
    assert read_generic(page).series == number


def test_the_kind_beside_office_and_date_below_the_headline_is_the_series() -> None:
    facts = (
        '<p><span>Communiqué par : <a href="/me">ministère des Écluses</a></span> / <span>Communiqué</span> / '
        '<time datetime="2031-11-19">19.11.2031</time></p>'
    )
    assert read_generic(newspaper(f"{HEADLINE}{facts}{STORY}")).series == "Communiqué"


def test_the_kind_in_an_element_among_facts_is_the_series() -> None:
    facts = "<div><span>Ministry of Lamps</span><span>4.5.2031 9.15</span><span>Press release</span></div>"
    assert read_generic(newspaper(f"{HEADLINE}{facts}{STORY}")).series == "Press release"


def test_the_kind_and_the_linked_office_that_issued_it_are_the_series() -> None:
    label = '<p class="label">Pressmeddelande från <a href="/skd">Skärgårdsdepartementet</a></p>'
    readout = read_generic(newspaper(f"{label}{HEADLINE}{STORY}{LATER}"))
    assert readout.series == "Pressmeddelande från Skärgårdsdepartementet"
    assert "Pressmeddelande" not in outline(readout.body)


def test_an_office_in_facts_below_the_headline_is_not_the_series() -> None:
    facts = "<p><span>Міністерство плавнів України</span>, <time>опубліковано 21 квітня 2031 року о 16:20</time></p>"
    assert read_generic(newspaper(f"{HEADLINE}{facts}{STORY}").replace('lang="en"', 'lang="uk"')).series is None


def test_a_link_right_above_the_headline_is_the_kicker() -> None:
    link = '<div><a href="/talks">Συνεντεύξεις</a></div>'
    readout = read_generic(newspaper(f"{link}{HEADLINE}{STORY}"))
    assert readout.series == "Συνεντεύξεις"


def test_a_section_name_with_a_slash_above_the_headline_is_the_kicker() -> None:
    readout = read_generic(newspaper(f"<h2>Bilateral/Multilateral Documents</h2><h3>Harbour open</h3>{STORY}"))
    assert (readout.series, readout.title) == ("Bilateral/Multilateral Documents", ("Harbour open",))


def test_the_heading_of_other_stories_above_the_headline_is_not_the_series() -> None:
    links = '<div><time>May 3, 2031</time><a href="/1">A lamp was lit at the cape of the southern reef</a></div>'
    side = f'<div class="sidebar-left"><div class="latest"><h2>Latest News</h2>{links}</div></div>'
    page = newspaper(f"{side}<div><h2>Harbour open</h2><p>4 May 2031</p>{STORY}{LATER}</div>")
    assert read_generic(page).series is None


def test_kind_and_office_after_the_date_are_the_series_not_text() -> None:
    office = '<span>Tal från <a href="/r">Revet</a></span>'
    line = f"<p><span>Publicerad <time>4 maj 2031</time></span> <span>·</span> {office}</p>"
    readout = read_generic(newspaper(f"{HEADLINE}{line}{STORY}{LATER}"))
    assert readout.series == "Tal från Revet"
    assert "Publicerad" not in outline(readout.body)


def test_a_first_line_that_names_the_speaker_is_not_the_series() -> None:
    readout = read_generic(newspaper(f"{HEADLINE}<div><p>Remarks by Ambassador Nerea Salt</p>{STORY}{LATER}</div>"))
    assert readout.series is None
    assert "Remarks by Ambassador Nerea Salt" in outline(readout.body)


@pytest.mark.parametrize("number", ["411-13-03-2031", "Nota de prensa 014"])
def test_the_number_of_a_document_beside_the_title_is_the_series(number: str) -> None:
    line = f"<div><span>30 de enero de 2031</span><span>{number}</span></div>" if " " in number else f"<p>{number}</p>"
    readout = read_generic(newspaper(f"{line}{HEADLINE}<div>{STORY}{LATER}</div>"))
    assert readout.series == number
    assert number not in outline(readout.body)


def test_the_kind_below_the_title_outweighs_the_office_above_as_series() -> None:
    office = '<p class="org"><a href="/o">Ministry of Tides</a></p>'
    readout = read_generic(newspaper(f"<div>{office}{HEADLINE}<p>Comunicado</p></div><div>{STORY}{LATER}</div>"))
    assert readout.series == "Comunicado"
    assert "Comunicado" not in outline(readout.body)


def test_the_label_of_the_last_change_is_not_the_series() -> None:
    change = "<div><span>Latest update</span><p>This advice was changed with words on the floods in July.</p></div>"
    assert read_generic(newspaper(f"{HEADLINE}{change}{STORY}{LATER}")).series is None


def test_a_kind_that_also_begins_the_title_is_the_series_unless_linked() -> None:
    title = "Statement on the harbour"
    assert read_generic(newspaper(f"<p>Statement</p><h1>{title}</h1>{STORY}{LATER}", title=title)).series == "Statement"
    link = '<p><a href="/statements">Statement</a></p>'
    assert read_generic(newspaper(f"{link}<h1>{title}</h1>{STORY}{LATER}", title=title)).series is None


@pytest.mark.parametrize("day", ["4 August 2031", "August 4, 2031, 17:35", "4 August 2031 17:35"])
@pytest.mark.parametrize(("tag", "series"), [("span class='kicker'", "Trade"), ("b", "Speech")])
def test_a_day_right_after_the_kicker_is_not_part_of_it(tag: str, series: str, day: str) -> None:
    kicker = f"<{tag}>{series}</{tag.split(maxsplit=1)[0]}>"
    readout = read_generic(newspaper(f'<div class="meta">{kicker}<span>{day}</span></div>{HEADLINE}{STORY}'))
    assert (readout.series, readout.issued) == (series, dt.date(2031, 8, 4))


@pytest.mark.parametrize(
    ("kicker", "series"),
    [
        ('<p class="section">KELP</p>', "KELP"),
        ('<div><span class="govuk-caption-xl">Kelp</span></div>', "Kelp"),
        ("<p>Notice</p>", "Notice"),
        (
            '<div class="rutitr">The President and the pilots of Lemuria:</div>',
            "The President and the pilots of Lemuria",
        ),
        ('<p class="occhiello">The pilots of Lemuria</p>', "The pilots of Lemuria"),
    ],
)
def test_a_kicker_recognised_by_its_class_or_meaning_is_the_series(kicker: str, series: str) -> None:
    assert read_generic(newspaper(f"<p>Reef Town</p>{kicker}{HEADLINE}{STORY}{LATER}")).series == series


def test_a_table_cell_below_the_headline_is_not_the_series() -> None:
    table = """<table><tr><td><b>ANNOUNCEMENTS</b></td><td></td></tr><tr><td>1</td><td>Lamps</td></tr>
        <tr><td>2</td><td>Bells</td></tr></table>"""
    readout = read_generic(newspaper(f"{HEADLINE}{table}{STORY}{LATER}"))
    assert readout.series is None
    assert "ANNOUNCEMENTS" in str(readout.body)


@pytest.mark.parametrize("line", ["Ref: HO/2031/44", "HO/2031/44", "Our ref. no: HO/2031/44"])
def test_the_symbol_of_the_document_below_the_headline_is_the_series(line: str) -> None:
    readout = read_generic(newspaper(f"{HEADLINE}<p>4 May 2031</p><p>{line}</p>{STORY}{LATER}"))
    assert readout.series == line
    assert line not in str(readout.body)


def test_a_comma_before_the_date_is_not_in_the_series() -> None:
    assert read_generic(newspaper(f"{HEADLINE}<p>Press release, 4 May 2031</p>{STORY}")).series == "Press release"


@pytest.mark.parametrize(
    "kind",
    [
        "Tlačová správa", "Sajtóközlemény", "Sporočilo za javnost", "Прес-реліз", "Basın Duyurusu", "新闻公报",
        "Pressiteade", "Pranešimas spaudai", "Paziņojums presei", "Fréttatilkynning", "Wywiad", "Declaração",
        "Arrêté", "Backgrounder",
    ],
)  # fmt: skip
def test_the_kind_of_the_document_is_the_series_in_many_languages(kind: str) -> None:
    above = f"<div><p>{kind}</p></div><div><p>Reef Town</p></div>"
    assert read_generic(newspaper(f"{above}{HEADLINE}<p>4 May 2031</p>{STORY}")).series == kind


def test_the_kind_among_facts_above_the_headline_is_the_series() -> None:
    facts = "<div><span>Medienmitteilung</span><span>Veröffentlicht am 4. Mai 2031</span></div>"
    assert read_generic(newspaper(f"{facts}{HEADLINE}{STORY}{LATER}")).series == "Medienmitteilung"


def test_buttons_to_share_may_stand_between_the_kicker_and_the_headline() -> None:
    page = newspaper(f'<div><p class="seccion">Diary of the keeper</p>{SHARE}{HEADLINE}{STORY}{LATER}</div>')
    assert read_generic(page).series == "Diary of the keeper"


@pytest.mark.parametrize("number", ["54/2031", "PR No. 2 7 8/2031"])
def test_a_document_number_below_headline_and_date_is_the_series(number: str) -> None:
    page = newspaper(f"{HEADLINE}<div>21 May 2031</div><div>{number}</div>{STORY}{LATER}")
    assert read_generic(page).series == number


@pytest.mark.parametrize(
    "above",
    [
        '<div><h2>Topics</h2><ul><li><a href="/n">News</a></li><li><a href="/v">Videos</a></li></ul></div>',
        '<div class="visible-print">Federation of Reefs</div>',
    ],
)
def test_neither_the_heading_of_a_menu_nor_a_letterhead_is_the_series(above: str) -> None:
    assert read_generic(newspaper(f"<div>{above}<section>{HEADLINE}{STORY}{LATER}</section></div>")).series is None


def test_the_number_beside_the_kind_of_document_is_in_the_series() -> None:
    facts = "<p><span>Pressemelding</span> | <span>Dato: 22.10.2031</span> | <span>Nr: 118/31</span></p>"
    page = newspaper(f"{HEADLINE}{facts}{STORY}{LATER}").replace('lang="en"', 'lang="no"')
    assert read_generic(page).series == "Pressemelding Nr: 118/31"


def test_the_kicker_of_each_card_is_not_the_series_of_the_page() -> None:
    cards = "".join(f'<div><div class="kicker">Webcam</div><h2>Reef {n}</h2>{STORY}</div>' for n in "12")
    assert read_generic(newspaper(f"{HEADLINE}{cards}")).series is None


@pytest.mark.parametrize(
    "line",
    [
        '<ul><li itemprop="about"><a href="/c/notices" class="post-info__terms">Notice to captains</a></li></ul>',
        '<div class="taxonomy-category wp-block-post-terms"><a rel="tag" href="/n">Notice to captains</a></div>',
        '<div class="chip chip-simple"><span class="chip-label">Notice to captains</span></div>',
        '<p class="cate">Notice to captains</p>',
    ],
)
def test_a_category_right_above_the_headline_is_the_series(line: str) -> None:
    readout = read_generic(newspaper(f"<div>{line}{HEADLINE}</div>{STORY}{LATER}"))
    assert readout.series == "Notice to captains"
    assert "Notice" not in outline(readout.body)


def test_a_document_type_right_below_the_headline_is_the_series() -> None:
    line = '<p class="article-meta doctype-meta">Harbour talk</p>'
    assert read_generic(newspaper(f"<div>{HEADLINE}{line}</div>{STORY}{LATER}")).series == "Harbour talk"


@pytest.mark.parametrize(
    ("row", "series"),
    [
        ("<table><tr><th>Document</th><td>Sanctions Notice 2031-06</td></tr></table>", "Sanctions Notice 2031-06"),
        ("<table><tr><td>Symbol</td><td>PS/2031/19</td></tr></table>", "PS/2031/19"),
        ("<dl><dt>Aktenzeichen</dt><dd>AW 12/31</dd></dl>", "AW 12/31"),
        ("<p>[2031] RSC 61</p>", "[2031] RSC 61"),
        ("<div><div>Date</div><div>4 May 2031</div><div>Type</div><div>Press release</div></div>", "Press release"),
        ("<dl><dt>Topic</dt><dd>Lamps</dd><dt>Art</dt><dd>Pressemitteilung</dd></dl>", "Pressemitteilung"),
        ("<div>Résolution n° 2031-114</div>", "Résolution n° 2031-114"),
        (
            "<div><b>Reference Number: </b><i>PR311604en</i>, <b>Issue Date: </b><i>Sep 3, 2031</i></div>",
            "PR311604en",
        ),
    ],
)
def test_the_number_or_kind_in_a_row_of_its_own_is_the_series(row: str, series: str) -> None:
    readout = read_generic(newspaper(f"{HEADLINE}{row}{STORY}{LATER}"))
    assert readout.series == series
    assert series not in outline(readout.body)


def test_the_number_of_a_chapter_stays_in_the_headline() -> None:
    page = newspaper(
        "<h1>Chapter 3. Harbours of the reef</h1>" + STORY + LATER, title="Harbours of the reef | The Isle"
    )
    readout = read_generic(page)
    assert (readout.title, readout.series) == (("Chapter 3. Harbours of the reef",), None)


def test_the_kind_on_a_link_above_the_day_is_the_series() -> None:
    head = '<div class="labels"><a href="/k">Közlemény</a></div><div class="day">4 May 2031</div>'
    assert read_generic(newspaper(f"{head}{HEADLINE}{STORY}")).series == "Közlemény"


def test_a_heading_with_only_the_titles_first_word_is_the_series() -> None:
    head = "<h3>Hotuba</h3><h2>Hotuba ya Keeper of the Lamps</h2>"
    markup = newspaper(f"{head}{STORY}", title="Hotuba ya Keeper of the Lamps | The Atlantean")
    assert read_generic(markup).series == "Hotuba"


@pytest.mark.parametrize(
    ("line", "series"),
    [
        ('<p class="han-type">Health Advisory HA-00474</p>', "Health Advisory HA-00474"),
        (
            '<ul><li><div class="field field-media-type">Transcript, E&amp;OE</div></li></ul>',
            "Transcript, E&OE",
        ),
        ('<div class="hero__type"><span>Press releases</span> <span>Lamp Procedures</span></div>', "Press releases"),
        (
            '<div><span class="news-type">News release</span> <span>Reef Town</span> <span>3 min</span></div>',
            "News release",
        ),
    ],
)
def test_a_line_whose_class_ends_in_type_is_the_series(line: str, series: str) -> None:
    assert read_generic(newspaper(f"{HEADLINE}{line}<p>4 May 2031</p>{STORY}")).series == series


def test_a_class_that_only_contains_the_word_type_names_no_series() -> None:
    line = '<p class="field--type-string">Lamps of the northern reef</p>'
    assert read_generic(newspaper(f"{HEADLINE}{line}<p>4 May 2031</p>{STORY}")).series is None


def test_a_kind_below_a_lede_and_the_day_is_the_series() -> None:
    lede = "<p>Grants will pay for forty-one lamp keepers and twelve pilots in the northern harbours until 2034.</p>"
    facts = '<div><time datetime="2031-05-04">4 May 2031</time></div><div>Press Release</div>'
    assert read_generic(newspaper(f"{HEADLINE}{lede}<div>{facts}</div><div>{STORY}</div>")).series == "Press Release"


def test_the_symbol_of_a_document_is_preferred_to_the_name_of_the_section() -> None:
    above = '<div><a href="/press">Press Releases</a></div><div>LM/13241-REEF/3807</div><div>4 May 2031</div>'
    assert read_generic(newspaper(f"{above}{HEADLINE}{STORY}")).series == "LM/13241-REEF/3807"


@pytest.mark.parametrize(
    ("row", "series"),
    [
        (
            "<tr><td>发文机关：</td><td>利莫里亚港务局</td><td>发文字号：</td><td>利港发〔2031〕12号</td></tr>",
            "利港发〔2031〕12号",
        ),
        ("<tr><td>公文种类：</td><td>通知公告</td></tr>", "通知公告"),
    ],
)
def test_the_number_or_kind_in_a_row_of_facts_is_the_series(row: str, series: str) -> None:
    readout = read_generic(newspaper(f"<h1>航道开放的通知</h1><table>{row}</table>{STORY}", title="航道开放的通知"))
    assert readout.series == series


def test_separators_around_the_release_number_are_no_part_of_the_series() -> None:
    facts = "<p><span>Press release</span> <span>| 14.05.2031</span> <span>| No: 112/2031</span></p>"
    assert read_generic(newspaper(f"{HEADLINE}{facts}{STORY}{LATER}")).series == "Press release No: 112/2031"


@pytest.mark.parametrize(
    ("line", "series"),
    [
        ("<p>For Immediate Release</p>", "For Immediate Release"),
        ('<div class="release-type">FOR IMMEDIATE RELEASE<br>2031-41</div>', "FOR IMMEDIATE RELEASE 2031-41"),
        ("<p>Press Release</p><p><b>For Immediate Release</b></p>", "Press Release"),
        ("<p>Zur sofortigen Veröffentlichung</p>", "Zur sofortigen Veröffentlichung"),
    ],
)
def test_a_line_such_as_for_immediate_release_is_not_text(line: str, series: str) -> None:
    readout = read_generic(newspaper(f"{HEADLINE}{line}{STORY}{LATER}"))
    assert readout.series == series
    assert [words for words in re.findall(">([^<>]+)<", line) if words in outline(readout.body)] == []


def test_one_of_several_categories_in_a_list_is_not_the_series() -> None:
    topics = '<ul><li class="category"><a href="/a">Lamps</a></li><li class="category"><a href="/b">Tides</a></li></ul>'
    assert read_generic(newspaper(f"<div>{topics}<header>{HEADLINE}</header></div>{STORY}")).series is None


def test_the_number_of_a_release_above_the_title_is_the_series() -> None:
    over = "<div><p>Date: August 26, 2031</p><p>Press Release Number: 98-2031</p></div>"
    readout = read_generic(newspaper(f"<div>{over}{HEADLINE}</div>{STORY}"))
    assert readout.series == "Press Release Number: 98-2031"


def test_a_category_among_other_facts_in_a_list_is_the_series() -> None:
    facts = '<ul><li><a class="info-terms" href="/c">Lamps</a></li><li>14 May 2031</li></ul>'
    assert read_generic(newspaper(f"<div>{facts}{HEADLINE}</div>{STORY}")).series == "Lamps"


@pytest.mark.parametrize(
    ("line", "series"),
    [
        ("<div><p><strong>FOR IMMEDIATE RELEASE<br>May 4, 2031</strong></p></div>", "FOR IMMEDIATE RELEASE"),
        ("<p><b>For immediate release</b> – 4 May 2031</p>", "For immediate release"),
        ("<p>Pour diffusion immédiate<br>4 mai 2031</p>", "Pour diffusion immédiate"),
    ],
)
def test_a_day_beside_for_immediate_release_is_not_in_the_series(line: str, series: str) -> None:
    readout = read_generic(newspaper(f"{HEADLINE}<p>4 May 2031</p>{line}{STORY}{LATER}"))
    assert readout.series == series


@pytest.mark.parametrize(
    "line",
    [
        "<p>Embargoed until 4 May 2031</p>",
        "<p>The eels are for immediate release, said the keeper on 4 May 2031.</p>",
        "<p>FOR IMMEDIATE RELEASE<br>May 4, 2031<br>Contact: Nerea Salt</p>",
    ],
)
def test_a_line_with_more_than_for_immediate_release_stays_in_the_text(line: str) -> None:
    readout = read_generic(newspaper(f"{HEADLINE}<p>4 May 2031</p>{line}{STORY}{LATER}"))
    assert readout.series is None
    assert "4" in outline(readout.body).splitlines()[0]


@pytest.mark.parametrize(
    "link",
    [
        '<div class="item__back"><a href="/news"><span class="icon"></span>News</a></div>',
        '<p><a class="back-link" href="/news">Press releases</a></p>',
        '<div><a href="/news" class="btn btn-back">News</a></div>',
    ],
)
def test_a_link_back_to_the_list_above_the_title_is_not_the_series(link: str) -> None:
    assert read_generic(newspaper(f"<div>{link}{HEADLINE}</div>{STORY}{LATER}")).series is None


@pytest.mark.parametrize(
    "line",
    [
        '<div class="feedback"><a href="/talks">Speeches</a></div>',
        '<div class="has-background"><a href="/talks">Speeches</a></div>',
        '<div class="backdrop"><a href="/talks">Speeches</a></div>',
        '<p><a class="category" href="/talks">Speeches</a></p>',
        "<p>Speeches</p>",
    ],
)
def test_a_section_above_the_title_that_does_not_lead_back_is_the_series(line: str) -> None:
    assert read_generic(newspaper(f"<div>{line}{HEADLINE}</div>{STORY}{LATER}")).series == "Speeches"


TICKER = '<a href="/a1">Lamps to be lit on Friday</a> <a href="/a2">Pilots trained in Reef</a>'


@pytest.mark.parametrize(
    ("line", "series"),
    [
        (f'<div class="bar"><p>News Flash</p><ul><li><marquee>{TICKER}</marquee></li></ul></div>', None),
        (f'<div class="bar"><p>News Flash</p><div>{TICKER}</div></div>', None),
        ('<div class="bar"><p>News Flash</p><p><a href="/tides">Ministry of Tides</a></p></div>', "News Flash"),
        ('<div class="bar"><p>News Flash</p><p>Reef Town</p></div>', "News Flash"),
    ],
)
def test_a_label_is_the_series_unless_a_news_ticker_follows_it(line: str, series: str | None) -> None:
    markup = newspaper(f"<div>{line}<div>{HEADLINE}</div>{STORY}</div>")
    assert read_generic(markup).series == series


@pytest.mark.parametrize("label", ["Table of Contents", "On this page", "Inhaltsverzeichnis"])
def test_the_label_of_contents_above_the_headline_is_not_the_series(label: str) -> None:
    assert read_generic(newspaper(f"<div><p>{label}</p>{HEADLINE}</div>{STORY}")).series is None


# --- the number of the document beside its kind


@pytest.mark.parametrize(
    ("above", "below", "series"),
    [
        ("<p>PRESS RELEASE</p>", "<p>No. 31-118</p>", "PRESS RELEASE No. 31-118"),
        ("<p>COMUNICATO STAMPA</p>", "<p>[doc. web n. 9712044]</p>", "COMUNICATO STAMPA [doc. web n. 9712044]"),
        ("<p>Press release</p>", "<p>For immediate release 2031-41</p>", "Press release 2031-41"),
        ("<p>Press release No. 12/2031</p>", "<p>No. 31-118</p>", "Press release No. 12/2031"),
        ("<p>Press release</p>", "<p>Press release No. 14</p>", "Press release No. 14"),
        ("<p>Press release</p>", "<p>Press releases</p>", "Press release"),
        ("<p>Press release</p>", "<p>Number 1</p>", "Press release"),
        ("<p>Press Releases</p>", "<p>Press Release No. 22/2031</p>", "Press Release No. 22/2031"),
        ("<p>Pressemitteilung</p>", "<p>Nummer 024/31</p>", "Pressemitteilung Nummer 024/31"),
        ("<p>Duyuru</p>", "<p>Sayı: 2031-37</p>", "Duyuru Sayı: 2031-37"),
        ("<p>Press release</p>", "<p><span>4 May 2031</span> - <span>No. 14/31</span></p>", "Press release No. 14/31"),
    ],
)
def test_a_document_number_in_another_line_is_added_to_the_kind(above: str, below: str, series: str) -> None:
    assert read_generic(newspaper(f"<div>{above}{HEADLINE}{below}</div>{STORY}")).series == series


@pytest.mark.parametrize(
    ("number", "series"),
    [
        ('<h2 class="field__label">Release number</h2><div class="field__item">86/31</div>', "Media release 86/31"),
        ("<div>Media release number: <span>29-217</span></div>", "Media release number: 29-217"),
        ("<div>Media release number: see above</div>", "Media release"),
        ("<div>Reef number 86/31</div>", "Media release"),
        ('<div>Media release number: <a href="/29">29-217</a></div>', "Media release"),
    ],
)
def test_only_a_labelled_number_below_the_text_is_added_to_the_kind(number: str, series: str) -> None:
    text = f'<p class="type">Media release</p>{HEADLINE}{STORY}<div class="field">{number}</div>'
    assert read_generic(newspaper(text)).series == series


@pytest.mark.parametrize(
    ("above", "row", "series"),
    [("", "4 May 2031 | Hall No. 3 | Reef Town", None), ("<p>Statement</p>", "4 May 2031 | Hall No. 3", "Statement")],
)
def test_the_number_of_a_hall_is_no_series(above: str, row: str, series: str | None) -> None:
    assert read_generic(newspaper(f"<div>{above}{HEADLINE}<p>{row}</p></div>{STORY}")).series == series


@pytest.mark.parametrize(
    "sources",
    [
        "<h2>Sources</h2><ul><li>Press Release No. 41/2030</li><li>Harbour Act 1911</li></ul>",
        "<h2>Press Release No. 41/2030</h2>",
    ],
)
def test_the_number_of_another_release_in_a_list_or_heading_stays_text(sources: str) -> None:
    page = newspaper(f"<div><p>Press release</p>{HEADLINE}</div>{STORY}{sources}{LATER}")
    assert read_generic(page).series == "Press release"
    assert "41/2030" in outline(read_generic(page).body)


def test_the_occasion_after_a_bar_stays_in_the_series() -> None:
    line = '<p class="kicker">Speech, 4 May 2031 | Coral Dialogue, Reef Town</p>'
    assert "Coral Dialogue" in (read_generic(newspaper(f"<div>{line}{HEADLINE}</div>{STORY}")).series or "")


def test_a_number_that_is_added_to_the_kind_is_not_text() -> None:
    page = newspaper(f"<div><p>Press release</p>{HEADLINE}<p>No. 31-118</p></div>{STORY}")
    assert "31-118" not in outline(read_generic(page).body)


def test_the_day_and_the_office_after_a_bar_are_not_in_the_series() -> None:
    line = '<div class="newstype">News, 5/14/2031 | Embassy of Lemuria, Reef Town</div>'
    assert read_generic(newspaper(f"<div>{line}{HEADLINE}</div>{STORY}")).series == "News"


@pytest.mark.parametrize("kind", ["Ministerial media release", "Briefing notes", "Briefing note"])
def test_media_releases_of_ministers_and_briefing_notes_are_kinds_of_documents(kind: str) -> None:
    line = f'<div class="meta"><span class="type">{kind}</span><time>4 May 2031</time></div>'
    assert read_generic(newspaper(f"<div>{HEADLINE}{line}</div>{STORY}")).series == kind


def test_the_category_of_a_document_is_found_below_a_long_subtitle() -> None:
    subtitle = "<h2>The new channel will bring salt and olives to four hundred thousand families in eleven islands</h2>"
    rows = {"Autor": "Puerto", "Fecha": "4 de mayo de 2031", "Categoría": "Comunicado"}
    facts = "".join(f"<dt>{label}</dt><dd>{value}</dd>" for label, value in rows.items())
    assert read_generic(newspaper(f"{HEADLINE}{subtitle}<dl>{facts}</dl>{STORY}")).series == "Comunicado"


@pytest.mark.parametrize("speaker", ["Remarks by Governor N. Reef", "Speech by the Minister of Tides"])
def test_kind_and_speaker_above_the_occasion_are_the_series(speaker: str) -> None:
    head = f"<p><b>{speaker}<br>At the Reef Club, Port Nautilus<br>May 4, 2031</b></p>"
    readout = read_generic(newspaper(f"{head}{HEADLINE}{STORY}{LATER}"))
    assert readout.series == speaker
    assert "At the Reef Club" in outline(readout.body)


def test_another_first_line_above_the_occasion_is_not_the_series() -> None:
    head = "<p><b>The lamps of the reef<br>At the Reef Club, Port Nautilus<br>May 4, 2031</b></p>"
    assert read_generic(newspaper(f"{head}{HEADLINE}{STORY}{LATER}")).series is None


@pytest.mark.parametrize(
    ("line", "series"),
    [
        ('<div class="meta"><span>PR No. 142/2031</span><span>11 May 2031</span></div>', "PR No. 142/2031"),
        ("<p>Die Senatorin für Bildung und Gezeiten</p>", "Die Senatorin für Bildung und Gezeiten"),
        ("<p>Die Senatorin kommt heute</p>", None),
    ],
)
def test_only_a_number_or_office_right_above_the_title_is_the_series(line: str, series: str | None) -> None:
    banner = '<section class="inner-banner"><h2>Press Releases</h2></section>' if "PR No" in line else ""
    above = "<p>Port Nautilus, at noon.</p>"
    page = newspaper(f"<div>{above}<div>{line}</div><h3>Harbour open</h3></div>{STORY}", above=banner)
    assert read_generic(page).series == series


@pytest.mark.parametrize("number", ["Boletín Nro. 718", "Boletín núm. 718"])
def test_a_bold_number_above_the_first_sentence_is_the_series(number: str) -> None:
    head = f"<p><strong>Arrecife, 14 de noviembre de 2031</strong></p><p><strong>{number}</strong></p>"
    readout = read_generic(newspaper(f"{HEADLINE}{head}{STORY}"))
    assert readout.series == number
    assert number not in outline(readout.body)


@pytest.mark.parametrize(
    ("line", "series"),
    [
        ("<p>Government Gazette No. 12, Vol. 3</p>", "Government Gazette No. 12, Vol. 3"),
        ("<p><span>Volume 667, No. 12</span>: <span>debated on Wednesday 4 May 2031</span></p>", "Volume 667, No. 12"),
    ],
)
def test_the_volume_of_a_gazette_or_record_is_the_series(line: str, series: str) -> None:
    assert read_generic(newspaper(f"<div>{HEADLINE}<div>{line}</div></div>{STORY}")).series == series


@pytest.mark.parametrize(
    ("language", "kind", "number", "day"),
    [
        ("de", "Pressemitteilung", "Nr. 44/2031", "Riffstadt, 4. Mai 2031"),
        ("fr", "Communiqué de presse", "n° 44", "Récif, le 4 mai 2031"),
        ("es", "Nota de prensa", "N.º 44", "Arrecife, 4 de mayo de 2031"),
        ("it", "Comunicato stampa", "n. 44", "Scogliera, 4 maggio 2031"),
        ("ru", "Пресс-релиз", "№ 44", "Риф, 4 мая 2031"),
        ("el", "Δελτίο Τύπου", "Αρ. 44", "Ύφαλος, 4 Μαΐου 2031"),
        ("ar", "بيان صحفي", "رقم 44", "4 مايو 2031"),
        ("ko", "보도자료", "제44호", "2031.05.04"),
        ("zh", "新闻稿", "第44号", "2031年5月4日"),
        ("ja", "報道発表", "第44号", "2031年5月4日"),
    ],
)
def test_kind_and_number_and_dateline_in_one_row_are_read(language: str, kind: str, number: str, day: str) -> None:
    row = f'<p class="meta"><span>{kind}</span><span>{number}</span><span>{day}</span></p>'
    page = newspaper(f"<h1>Atlantis 2031</h1>{row}{STORY}", title="Atlantis 2031")
    readout = read_generic(page.replace('lang="en"', f'lang="{language}"'))
    assert readout.series == f"{kind} {number}"
    assert str(readout.issued) == "2031-05-04"
    shown = outline(readout.body)
    assert (day in shown) == ("," in day)  # a day with a place is a dateline, which stays in the text
    assert number not in shown


@pytest.mark.parametrize(
    "photo",
    [
        '<div class="newsImage"><a href="/l"><img src="pact.jpg" alt=""></a><p>Two ministers sign the pact</p></div>',
        '<div class="lead"><div><img src="pact.jpg" alt=""></div><div>The two ministers sign the pact</div></div>',
    ],
)
def test_a_sentence_below_a_photo_above_the_headline_is_no_kicker(photo: str) -> None:
    markup = newspaper(f"<div>{photo}<h1>Harbour open</h1>{STORY}</div>")
    assert read_generic(markup).series is None


@pytest.mark.parametrize(
    ("row", "series"),
    [
        (
            '<div class="release-type">CSO statistical release, <span>28 April 2031, 11am</span></div>',
            "CSO statistical release",
        ),
        ("<p><span>Statistical bulletin</span> | <time>28 April 2031</time></p>", "Statistical bulletin"),
        ("<p>Press release, <span>28 April 2031, 11am</span></p>", "Press release"),
    ],
)
def test_a_kind_before_the_day_and_the_time_of_its_row_is_the_kicker(row: str, series: str) -> None:
    assert read_generic(newspaper(f"<header>{row}{HEADLINE}</header>{STORY}")).series == series
