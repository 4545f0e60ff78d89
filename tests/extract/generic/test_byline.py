"""The byline: from a line near the headline or below the text, from JSON-LD, or from the only link to an author."""

from __future__ import annotations

import re

import pytest

from readout_pub import convert
from tests.extract.generic.pages import HEADLINE, LATER, STORY, newspaper, read_generic
from tests.outline import outline
from tests.pages import whole_page


def json_ld_author(name: str) -> str:
    """Return the JSON-LD of an article by `name`. It counts even if the page does not print the name."""
    return f'<script type="application/ld+json">{{"@type": "NewsArticle", "author": {{"name": "{name}"}}}}</script>'


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        ("<p>By N. Ereus</p>", "By N. Ereus"),
        ("<p>Written by N. Ereus</p>", "Written by N. Ereus"),
        ("<p>por N. Ereus</p>", "por N. Ereus"),
        ("<p>Autor: N. Ereus</p>", "N. Ereus"),
        ("<p>作者：文海</p>", "文海"),
        ('<p class="byline">N. Ereus, T. Riton</p>', "N. Ereus, T. Riton"),
        ("<p>By the end of the year all lamps will burn.</p>", None),
        ('<p class="byline">4 May 2031</p>', None),
        ('<p class="author">Photo: N. Ereus</p>', None),
        ("<p>記者発表資料</p>", None),
        ('<p class="author">Press release</p>', None),
        ('<p class="author-checked">Fact Checked</p>', None),
        ('<p class="author">Medically reviewed</p>', None),
        ("<div class='author'>By <button data-content='A keeper'>N. Ereus</button></div>", "By N. Ereus"),
    ],
)
def test_a_byline_is_distinguished_from_sentences_and_dates_and_credits(line: str, byline: str | None) -> None:
    assert read_generic(newspaper(f"{HEADLINE}{line}{STORY}")).byline == byline


@pytest.mark.parametrize(("label", "name"), [("by", "Nerea Salt"), ("Von", "Ärztin O. Salz"), ("par", "Île Sel")])
@pytest.mark.parametrize("class_name", ["post-author-link", "url fn n"])
def test_a_space_separates_the_label_of_the_byline_from_the_name(label: str, name: str, class_name: str) -> None:
    link = f'<a class="{class_name}" href="/n">{name}</a>'
    line = f'<div class="post-author"><span class="post-author-by">{label}</span>{link}</div>'
    page = whole_page(newspaper(f"{HEADLINE}{line}<p>12 May 2031</p>{STORY}{LATER}"))
    conversion = convert(page, [], site="none")
    assert conversion.readout.byline == f"{label} {name}"
    assert "WORDS_LOST" not in {each.code for each in conversion.readout.notes}


def test_the_label_before_an_office_is_not_part_of_the_byline() -> None:
    line = '<p class="gc-byline"><strong>From: <a href="/tides">Office of Tides</a></strong></p>'
    assert read_generic(newspaper(f"{HEADLINE}{line}{STORY}{LATER}")).byline == "Office of Tides"


def test_the_authors_that_json_ld_declares_are_the_byline() -> None:
    people = '[{"@type": "Person", "name": "N. Ereus"}, {"@type": "Organization", "name": "Reef"}]'
    head = f'<script type="application/ld+json">{{"@type": "NewsArticle", "author": {people}}}</script>'
    assert read_generic(newspaper(f"{HEADLINE}{STORY}", head=head)).byline == "N. Ereus"


@pytest.mark.parametrize(
    ("author", "byline"),
    [
        ('"N. Ereus"', "N. Ereus"),
        ('{"@id": "#ereus", "name": "N. Ereus"}', "N. Ereus"),
        (r'{"name": "N. Ereus\n\t\t and P. Salis"}', "N. Ereus and P. Salis"),
        ('[{"@type": "Person", "name": "N. Ereus"}, {"@type": "Person", "name": "P. Salis"}]', "N. Ereus, P. Salis"),
        ('{"@type": "GovernmentOrganization", "name": "Reef Authority"}', None),
    ],
)
def test_people_of_any_form_in_json_ld_are_authors_unlike_offices(author: str, byline: str | None) -> None:
    head = f'<script type="application/ld+json">{{"@type": "NewsArticle", "author": {author}}}</script>'
    assert read_generic(newspaper(f"{HEADLINE}{STORY}", head=head)).byline == byline


@pytest.mark.parametrize(
    "name",
    [
        "admin",
        "Webmaster",
        "user 12",
        "Администратор",
        "관리자",
        "press@lemuria.example",
        "Ministry of Lemuria",
        "The Atlantean",
    ],
)
def test_accounts_and_offices_in_metadata_are_not_authors(name: str) -> None:
    assert read_generic(newspaper(f"{HEADLINE}{STORY}", head=json_ld_author(name))).byline is None


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        ("<p>Autor: N. Ereus, 06.05.2031</p>", "N. Ereus"),
        ('<p class="byline">Published 6 May 2031</p>', None),
        ('<p class="author">Veröffentlicht am 6. Mai 2031</p>', None),
        ('<p class="author">6. Mai 2031, 10:12 von</p>', None),
        ('<p class="author">Von</p>', None),
        ("<h4>By Nerea Salt | 6 May 2031</h4>", "By Nerea Salt"),
        ('<p class="byline">publicado 2031-05-06 14h35, atualizado em 2031-05-07 09h10</p>', None),
        ('<p class="byline">Publicat 26/05/2031, desat per darrer cop 27/05/2031 09:12</p>', None),
        ('<p class="byline">Argitaratua 2031/05/06, azken aldaketa 2031/05/07</p>', None),
        ('<p class="byline">6 May 2031, N. Ereus, 7 May 2031</p>', "N. Ereus, 7 May 2031"),
        ('<p class="byline">6 May 2031, by N. Ereus, 7 May 2031</p>', "by N. Ereus, 7 May 2031"),
        ('<p class="byline">6 May 2031, von der Warte, 7 May 2031</p>', "von der Warte, 7 May 2031"),
        ('<p class="byline">Publicat 26/05/2031, oficina del far</p>', "oficina del far"),
        ('<p class="byline">2031年5月6日 海野太郎 2031年5月7日</p>', "海野太郎 2031年5月7日"),
        ('<p class="meta">by N. Ereus | May 6, 2031 | Tides | 0 comments</p>', "by N. Ereus"),
        ("<p>May 6, 2031 · 3 min read · By N. Ereus</p>", "By N. Ereus"),
        ('<address class="author"><b>By N. Ereus</b><time>Published: May 6, 2031</time></address>', "By N. Ereus"),
        ('<p class="author"><time>May 6, 2031</time></p>', None),
        ('<p class="author">by N. Ereus—10 min read</p>', "by N. Ereus"),
        (
            '<p class="author">By desk@reef.example</p><p class="author">on May 6, 2031</p><p>By N. Ereus</p>',
            "By N. Ereus",
        ),
        ('<p><b class="author">By N. Ereus<br>Reef Office</b></p>', "By N. Ereus Reef Office"),
        ('<div class="post-author"><div><div><h5><a href="/n">N. Ereus</a></h5></div></div></div>', "N. Ereus"),
        ('<div class="author"><div><div><p>12</p></div></div></div><p>by N. Ereus</p>', "by N. Ereus"),
        ("<dl><dt>Author:</dt><dd><p>N. Ereus</p></dd></dl>", "N. Ereus"),
    ],
)
def test_a_byline_has_the_name_without_leading_dates_and_other_facts(line: str, byline: str | None) -> None:
    assert read_generic(newspaper(f"{HEADLINE}{line}{STORY}")).byline == byline


def test_an_office_in_the_author_element_is_the_byline_not_the_series() -> None:
    facts = (
        '<div class="info"><span>2031. augusztus 4.</span> <span class="author">Tengerügyi Minisztérium</span></div>'
    )
    readout = read_generic(newspaper(f"{HEADLINE}{facts}{STORY}"))
    assert (readout.series, readout.byline) == (None, "Tengerügyi Minisztérium")


def test_a_name_in_its_own_element_is_the_byline_without_the_place() -> None:
    facts = '<span class="date">4 May 2031</span><span class="meta__author">Author: <b>N. Ereus</b></span><i>REEF</i>'
    assert read_generic(newspaper(f"{HEADLINE}<div>{facts}</div>{STORY}")).byline == "N. Ereus"


def test_days_in_separate_elements_are_neither_byline_nor_text() -> None:
    line = '<div class="byline"><span>Published 6 May 2031 14:35</span><span>Updated on 7 May 2031 09:10</span></div>'
    readout = read_generic(newspaper(f"{HEADLINE}{line}{STORY}"))
    assert (readout.byline, str(readout.issued)) == (None, "2031-05-06")
    assert "Updated" not in outline(readout.body)


def test_the_day_of_a_later_change_is_not_part_of_the_byline() -> None:
    line = "por Nora Brine — publicado 12/05/2031 13h19, última modificação 04/07/2031 20h17"
    page = newspaper(f"{HEADLINE}<p>{line}</p>{STORY}{LATER}").replace('lang="en"', 'lang="pt"')
    assert read_generic(page).byline == "por Nora Brine"


@pytest.mark.parametrize("account", ["admin", "администратор"])
def test_the_account_that_published_the_page_is_not_the_byline(account: str) -> None:
    line = f'<ul><li class="author"><a href="/author/1">{account}</a></li><li>4 May 2031</li></ul>'
    readout = read_generic(newspaper(f"{HEADLINE}{line}{STORY}{LATER}"))
    assert readout.byline is None
    assert account not in outline(readout.body)


def test_two_dates_in_an_element_for_bylines_are_not_the_byline() -> None:
    line = '<div class="byline">Publicado em 04/05/2031 18h40 Atualizado em 05/05/2031 09h02</div>'
    page = newspaper(f"{HEADLINE}{line}{STORY}").replace('lang="en"', 'lang="pt-br"')
    assert read_generic(page).byline is None


def test_place_and_date_in_brackets_are_not_in_the_byline() -> None:
    line = '<p>By <span class="author">Minister N. Ereus</span> (Reef Town, 4 May 2031)</p>'
    assert read_generic(newspaper(f"{HEADLINE}{line}{STORY}")).byline == "By Minister N. Ereus"


def test_the_abbreviation_of_the_office_in_metadata_is_not_the_author() -> None:
    title = "Harbour open | Office of Harbour Lamps"
    assert read_generic(newspaper(f"{HEADLINE}{STORY}", head=json_ld_author("OHL"), title=title)).byline is None


def test_the_first_question_of_a_journalist_is_not_the_byline() -> None:
    talk = "<p>记者：航道何时开放？</p><p>江岚：航道将于下月开放。</p>"
    readout = read_generic(newspaper(f"<h1>航道记者会</h1>{talk}{talk}", title="航道记者会"))
    assert readout.byline is None
    assert outline(readout.body).startswith('paragraph "记者')


def test_the_author_of_a_photo_is_not_the_byline() -> None:
    photo = '<div><img src="a.jpg" width="600" alt=""><p class="photo-author">N. Ereus nuotr.</p></div>'
    assert read_generic(newspaper(f"{HEADLINE}{photo}{STORY}{LATER}")).byline is None


def test_a_subtitle_that_names_the_speaker_is_not_the_byline() -> None:
    subtitle = "by Secretary General Ida Vik at the start of the meeting of Ministers of Lighthouses"
    readout = read_generic(newspaper(f"{HEADLINE}<h2>{subtitle}</h2>{STORY}{LATER}"))
    assert readout.byline is None
    assert subtitle in outline(readout.body)


def test_date_and_time_after_an_office_are_not_in_the_byline() -> None:
    facts = '<div><span class="author">Office of Tides</span> | <span>2031. május 4.</span> | <span>11:40</span></div>'
    page = newspaper(f"{HEADLINE}{facts}{STORY}").replace('lang="en"', 'lang="hu"')
    assert read_generic(page).byline == "Office of Tides"


def test_a_minister_named_in_a_card_below_the_title_is_the_byline() -> None:
    card = '<div class="minister"><div class="minister__title"><a href="/m/salt">Hon Nerea Salt</a></div></div>'
    readout = read_generic(newspaper(f"{HEADLINE}<div>{card}</div>{STORY}{LATER}"))
    assert readout.byline == "Hon Nerea Salt"
    assert "Nerea" not in outline(readout.body)
    other = card.replace("Nerea Salt", "Ib Kelp")
    readout = read_generic(newspaper(f"{HEADLINE}<div>{card}{other}</div>{STORY}{LATER}"))
    assert readout.byline == "Hon Nerea Salt, Hon Ib Kelp"
    assert "Kelp" not in outline(readout.body)


def test_an_office_after_the_label_from_is_the_author() -> None:
    facts = "<dl><dt>From:</dt><dd>Office of Lamps and Hon Nerea Salt</dd><dt>Published</dt><dd>4 May 2031</dd></dl>"
    readout = read_generic(newspaper(f"{HEADLINE}{facts}{STORY}{LATER}"))
    assert readout.byline == "Office of Lamps and Hon Nerea Salt"
    assert "Nerea" not in outline(readout.body)


def test_the_label_of_a_fact_with_the_class_writer_is_no_author() -> None:
    facts = '<ul><li class="writer">부서명</li><li>2031-05-04</li></ul>'
    assert read_generic(newspaper(f"{HEADLINE}{facts}{STORY}{LATER}")).byline is None


def test_a_dash_after_the_name_is_not_in_the_byline() -> None:
    author = '<span class="author">por <span>Portal of Lamps</span> —</span>'
    line = f'<div class="documentByLine">{author} <span>publicado 04/05/2031 19h55</span></div>'
    assert read_generic(newspaper(f"{HEADLINE}{line}{STORY}{LATER}")).byline == "por Portal of Lamps"


@pytest.mark.parametrize("account", ["webmaster reef", "admin reef", "LAMP Web"])
def test_an_account_such_as_webmaster_reef_is_no_author(account: str) -> None:
    page = newspaper(f"{HEADLINE}{STORY}{LATER}", head=json_ld_author(account))
    assert read_generic(page).byline is None


@pytest.mark.parametrize(
    "quote",
    [
        '<blockquote><p>Wet paper waits for nobody.</p><footer><b class="author">Milena Oss</b></footer></blockquote>',
        """<figure><blockquote><p>Wet paper waits for nobody.</p></blockquote><figcaption>
        <p class="quote__author">Milena Oss</p></figcaption></figure>""",
    ],
)
def test_the_author_of_a_quotation_is_text_and_no_byline(quote: str) -> None:
    readout = read_generic(newspaper(f"{HEADLINE}{quote}{STORY}"))
    assert readout.byline is None
    assert "Milena Oss" in outline(readout.body)


@pytest.mark.parametrize(
    ("lines", "byline"),
    [
        ('<p class="author">Apr 12</p><p>Written for you by Nerea Salt</p>', "Nerea Salt"),
        ('<p class="author">Apr 12</p><p>Posted by Nerea Salt</p>', "Posted by Nerea Salt"),
        ('<p class="author">Reviewed by N. Ereus</p><p>Nerea Salt</p>', "Nerea Salt"),
        (
            '<p class="author">Tides</p><div class="author">By Nerea Salt, Reef Office</div>',
            "By Nerea Salt, Reef Office",
        ),
    ],
)
def test_a_line_with_the_declared_author_is_the_byline(lines: str, byline: str) -> None:
    page = newspaper(f"{HEADLINE}{lines}{STORY}", head=json_ld_author("Nerea Salt"))
    assert read_generic(page).byline == byline


def test_a_printed_author_outweighs_a_declared_author_who_is_not_printed() -> None:
    page = newspaper(f"{HEADLINE}<p>By N. Ereus</p>{STORY}", head=json_ld_author("Nerea Salt"))
    assert read_generic(page).byline == "By N. Ereus"


def test_the_declared_author_of_a_photo_is_not_the_byline() -> None:
    author = '<script type="application/ld+json">{"@type": "ImageObject", "author": "Nerea Salt"}</script>'
    assert read_generic(newspaper(f"{HEADLINE}{STORY}", head=author)).byline is None


def test_the_team_of_a_web_site_is_no_author() -> None:
    assert read_generic(newspaper(f"{HEADLINE}{STORY}", head=json_ld_author("OPD Web Team"))).byline is None


@pytest.mark.parametrize(
    ("below", "byline"),
    [
        (
            '<p class="speaker">Governor Nerea Salt</p><p>At the Conference of Pilots, Reef Town</p>',
            "Governor Nerea Salt",
        ),
        ('<p class="speaker">Nerea Salt</p><p>Good day.</p><p class="speaker">Olof Lind</p><p>Good day.</p>', None),
    ],
)
def test_the_only_line_with_the_class_speaker_is_the_byline(below: str, byline: str | None) -> None:
    assert read_generic(newspaper(f"{HEADLINE}{below}{STORY}")).byline == byline


def test_the_editor_whom_the_metadata_name_is_not_the_byline() -> None:
    head = '<meta name="author" content="Nerea Salt">'
    assert read_generic(newspaper(f"{HEADLINE}{STORY}<p>Nerea Salt</p>", head=head)).byline == "Nerea Salt"
    assert read_generic(newspaper(f"{HEADLINE}{STORY}<p>责任编辑：Nerea Salt</p>", head=head)).byline is None


def test_several_authors_in_a_meta_element_count_if_each_is_printed() -> None:
    head = '<meta name="author" content=" Nerea Salt \n and  Milo Reef">'
    both = "<ul><li>Pictures by:</li><li>Milo Reef (Harbour Office)</li><li>Nerea Salt (Reef Institute)</li></ul>"
    assert read_generic(newspaper(f"{HEADLINE}{both}{STORY}", head=head)).byline == "Nerea Salt and Milo Reef"
    one = "<ul><li>Pictures by:</li><li>Milo Reef (Harbour Office)</li></ul>"
    assert read_generic(newspaper(f"{HEADLINE}{one}{STORY}", head=head)).byline is None


def test_an_author_whom_only_a_meta_element_names_is_not_the_byline() -> None:
    head = '<meta name="author" content="Nerea Salt">'
    assert read_generic(newspaper(f"{HEADLINE}{STORY}", head=head)).byline is None
    in_head = newspaper(f"{HEADLINE}{STORY}", head=head, above='<nav><a href="/">Nerea Salt</a></nav>')
    assert read_generic(in_head).byline is None
    noun = newspaper(f"{HEADLINE}{STORY}", head=head.replace("Nerea Salt", "Harbour"))
    assert read_generic(noun).byline is None


def test_the_speaker_in_a_list_of_facts_is_the_byline() -> None:
    facts = "<dl><dt>Speaker</dt><dd>Keeper Nerea Salt</dd><dt>Place</dt><dd>Hall of Lamps</dd></dl>"
    readout = read_generic(newspaper(f"{HEADLINE}{facts}{STORY}{LATER}"))
    assert readout.byline == "Keeper Nerea Salt"
    assert "Speaker" not in outline(readout.body)
    assert "Hall of Lamps" in outline(readout.body)


def test_an_office_with_its_address_in_metadata_is_no_byline() -> None:
    head = json_ld_author("Office of Lamps; www.lamps.example")
    assert read_generic(newspaper(f"{HEADLINE}{STORY}", head=head)).byline is None


def test_an_enacting_formula_that_begins_with_by_stays_in_the_text() -> None:
    enacting = "<p>BY THE KEEPER OF THE LAMPS<br><br>A DECREE</p>"
    readout = read_generic(newspaper(f"{HEADLINE}{STORY}{enacting}{LATER}"))
    assert readout.byline is None
    assert "A DECREE" in outline(readout.body)


@pytest.mark.parametrize("word", ["Lodged", "Tabled", "Moved"])
def test_the_line_that_names_who_lodged_a_motion_is_the_byline(word: str) -> None:
    row = f"<div><span>{word} by: Ms. Nerea Salt (Outer Isles)</span><span>Date lodged: 4 May 2031</span></div>"
    readout = read_generic(newspaper(f"{HEADLINE}{row}<section><h2>Motion text</h2>{STORY}</section>"))
    assert readout.byline == f"{word} by: Ms. Nerea Salt (Outer Isles)"


def test_an_account_of_a_content_system_in_chinese_is_no_byline() -> None:
    assert read_generic(newspaper(f"{HEADLINE}{STORY}", head=json_ld_author("内容管理员"))).byline is None


@pytest.mark.parametrize(
    ("facts", "office"),
    [
        (
            '<p>Published: 14 May 2031</p><p><b>Released by:</b> <a href="/p">The Premier</a>, The Keeper</p>',
            "The Premier, The Keeper",
        ),
        ('<p>From: <a href="/o">Ministry of Tides</a></p><p>14 May 2031</p>', "Ministry of Tides"),
        ("<p>Av: Havdepartementet</p>", "Havdepartementet"),
        ("<p>14 May 2031 | Issued by: Bureau of Tides</p>", "Bureau of Tides"),
        ("<ul><li><span>資料來源：</span>海務司</li><li><span>日期：</span>2031-05-14</li></ul>", "海務司"),
        (
            '<div class="field_office"><a href="/o">Tide Office, District of Reef</a></div>',
            "Tide Office, District of Reef",
        ),
    ],
)
def test_the_office_that_issued_the_document_is_the_byline(facts: str, office: str) -> None:
    readout = read_generic(newspaper(f"{HEADLINE}{facts}{STORY}{LATER}"))
    assert readout.byline == office
    assert office not in outline(readout.body)


@pytest.mark.parametrize(
    "line",
    [
        '<div class="department-list"><a href="/a">Sport</a> <a href="/b">Music</a></div>',
        '<p class="office">The office is open from 9 to 5.</p>',
        "<p>Source: Reef News</p>",
        "<p>From: 14 May 2031</p>",
        '<div class="office-hours">Monday to Friday</div>',
        '<div class="office">Room 12</div>',
    ],
)
def test_lists_of_offices_sentences_and_sources_are_no_byline(line: str) -> None:
    assert read_generic(newspaper(f"{HEADLINE}{line}{STORY}{LATER}")).byline is None


def test_a_declared_author_outweighs_an_element_with_the_class_department() -> None:
    author = '<meta name="author" content="Nerea Salt">'
    page = newspaper(f'{HEADLINE}<div class="department">Sport</div>{STORY}<p>Nerea Salt</p>', head=author)
    assert read_generic(page).byline == "Nerea Salt"


def test_a_contact_below_for_immediate_release_stays_in_the_text() -> None:
    line = "<p>FOR IMMEDIATE RELEASE<br>Contact: Nerea Salt</p>"
    assert "Contact: Nerea Salt" in outline(read_generic(newspaper(f"{HEADLINE}{line}{STORY}{LATER}")).body)


def test_label_and_dash_around_a_linked_author_are_not_in_the_byline() -> None:
    author = '<div class="post-author-name"><div class="by">Por</div> <a href="/a">Nerea Salt</a><div> - </div></div>'
    facts = f'<div class="info">{author}<span><time datetime="2031-05-14">14 May 2031</time></span></div>'
    assert read_generic(newspaper(f"{HEADLINE}{facts}{STORY}")).byline == "Nerea Salt"


@pytest.mark.parametrize(
    "facts", ["<p>Author: Nerea Salt</p>", "<p>Written by: Nerea Salt</p>", "<p>作者：Nerea Salt</p>"]
)
def test_a_label_with_a_colon_is_no_part_of_the_byline(facts: str) -> None:
    assert read_generic(newspaper(f"{HEADLINE}{facts}{STORY}")).byline == "Nerea Salt"


@pytest.mark.parametrize(
    ("over", "office"),
    [
        (
            '<ul><li class="date">18. 1. 2031</li><li class="organisation"><a href="/o">Lamp Office</a></li></ul>',
            "Lamp Office",
        ),
        (
            '<p><span class="type">Press releases</span> <span class="hero__author">Lamp Keepers</span></p>',
            "Lamp Keepers",
        ),
        ("<p>Issued by: Bureau of Lamps</p>", "Bureau of Lamps"),
    ],
)
def test_an_office_above_the_title_in_its_block_is_the_byline(over: str, office: str) -> None:
    assert read_generic(newspaper(f'<div class="head">{over}{HEADLINE}</div>{STORY}')).byline == office


def test_an_office_in_the_head_of_the_site_is_not_the_byline() -> None:
    head = '<div class="top"><div class="department">Ministry of Lamps</div></div>'
    page = newspaper(f"{HEADLINE}{STORY}").replace("<body>", f"<body>{head}")
    assert read_generic(page).byline is None


@pytest.mark.parametrize(
    "head",
    [
        "<p>MEMORANDUM FOR THE KEEPERS</p><p>FROM: Joshua Salt, Director</p><p>SUBJECT: Lamps on the reef</p>",
        "<p>FROM: Joshua Salt, Director</p><p>To: Ib Kelp</p>",
    ],
)
def test_the_sender_in_the_head_of_a_memorandum_stays_in_the_text(head: str) -> None:
    assert "FROM: Joshua Salt, Director" in outline(read_generic(newspaper(f"{HEADLINE}{head}{STORY}{LATER}")).body)


def test_an_account_with_a_class_for_authors_above_the_title_is_no_byline() -> None:
    over = '<p><span class="type">News</span> <span class="author">admin</span></p>'
    assert read_generic(newspaper(f"<div>{over}{HEADLINE}</div>{STORY}")).byline is None


@pytest.mark.parametrize(
    "link",
    [
        '<aside class="sidebar"><div>Γράφει</div><h3><a rel="author" href="/n">Nerea Salt</a></h3></aside>',
        '<footer><a rel="author" href="/n"><img src="n.jpg"></a><a rel="author" href="/n">Nerea Salt</a></footer>',
        '<div class="related"><p><a rel="author nofollow" href="/n">View all posts by Nerea Salt</a></p></div>',
        '<div class="menu"><a rel="author" href="/n">Alle Artikel von Nerea Salt</a></div>',
    ],
)
def test_the_only_link_to_an_author_names_the_author(link: str) -> None:
    assert read_generic(newspaper(f"{HEADLINE}{STORY}{LATER * 4}{link}")).byline == "Nerea Salt"


@pytest.mark.parametrize(
    "links",
    [
        '<ul><li><a rel="author" href="/n">Nerea Salt</a></li><li><a rel="author" href="/t">Triton Reef</a></li></ul>',
        '<article><h3><a href="/s">Lamps lit</a></h3><a rel="author" href="/n">Nerea Salt</a></article>',
        '<div class="menu"><a rel="author" href="/n">The Atlantean</a></div>',
        '<div class="menu"><a rel="author" href="/n">Admin</a></div>',
        '<div class="menu"><a rel="author" href="/n">314</a></div>',
        '<blockquote><p>Lamps guide us.</p><footer><a rel="author" href="/n">Nerea Salt</a></footer></blockquote>',
        '<p>As <q>they are lit, said <a rel="author" href="/n">Nerea Salt</a></q> and others, night came.</p>',
        '<p>Compare <cite><a rel="author" href="/n">Nerea Salt</a>: Lamps</cite>, volume two.</p>',
        '<figure><blockquote>Lamps.</blockquote><figcaption><a rel="author" href="/n">Nerea</a></figcaption></figure>',
    ],
)
def test_links_to_other_authors_or_accounts_name_no_author(links: str) -> None:
    assert read_generic(newspaper(f"{HEADLINE}{STORY}{LATER * 4}", below=links)).byline is None


@pytest.mark.parametrize("between", [" and ", ", ", " &amp; ", " · ", ""])
def test_the_words_between_two_linked_authors_are_in_the_byline(between: str) -> None:
    line = f'<p><a rel="author" href="/n">Nerea</a>{between}<a rel="author" href="/t">Triton</a></p>'
    byline = read_generic(newspaper(f"{HEADLINE}{line}{STORY}{LATER}")).byline
    assert byline == f"Nerea{between}Triton".replace("&amp;", "&")


@pytest.mark.parametrize(
    ("label", "by", "byline"),
    [
        ("Posted on", "by Nerea", "by Nerea"),
        ("Veröffentlicht am", "von Nerea Salt", "von Nerea Salt"),
        ("Publiziert am", "Nerea", "Nerea"),
        ("Publié le", "par Nerea le Salt", "par Nerea le Salt"),
        ("Jean le", "Salt", "Jean le Salt"),
    ],
)
def test_the_label_of_the_date_is_not_in_the_byline(label: str, by: str, byline: str) -> None:
    date = '<a href="/d"><span class="entry-date">4 May 2031</span></a>'
    line = f'<span class="meta-prep-author">{label}</span> {date} <span class="author">{by}</span>'
    assert read_generic(newspaper(f"{HEADLINE}<div>{line}</div>{STORY}{LATER}")).byline == byline


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        ('<div class="meta">Erstellt von Nerea Salt</div>', "Erstellt von Nerea Salt"),
        ('<p>Written by <a href="/s">Nerea Salt</a></p>', "Written by Nerea Salt"),
        ("<p>Author: Nerea Salt</p><p>Photo: Ib Kelp</p>", "Nerea Salt"),
        ('<p class="author">Von Nerea Salt</p>', "Von Nerea Salt"),
    ],
)
def test_a_byline_right_below_the_text_is_the_byline(line: str, byline: str) -> None:
    readout = read_generic(newspaper(f"{HEADLINE}{3 * (STORY + LATER)}{line}"))
    assert readout.byline == byline
    assert "Nerea" not in outline(readout.body)


@pytest.mark.parametrize(
    "line",
    [
        "<p>Von Herzen</p>",
        "<p>By the Minister:</p>",
        "<p>By noon, all lamps were lit.</p>",
        "<p>By Order of the Council of Tides</p>",
        "<p>By Her Majesty’s Command</p>",
        "<p>Par ordre du Conseil</p>",
    ],
)
def test_other_words_right_below_the_text_are_no_byline(line: str) -> None:
    readout = read_generic(newspaper(f"{HEADLINE}{3 * (STORY + LATER)}{line}<p>Nerea Salt</p>"))
    assert readout.byline is None
    assert line[3:-4] in outline(readout.body)


@pytest.mark.parametrize(
    "line",
    [
        '<ul><li class="organization">Union of Harbours</li><li class="organization">Chamber of Reefs</li></ul>',
        '<p class="office-hours">Open daily from nine to five</p>',
        '<p class="ministry-motto">A sea for all</p>',
    ],
)
def test_lines_of_other_classes_and_lists_of_offices_stay_in_the_text(line: str) -> None:
    readout = read_generic(newspaper(f"{HEADLINE}{line}{STORY}{LATER}"))
    assert readout.byline is None
    assert all(words in outline(readout.body) for words in re.findall(r">([^<]+)<", line))


def test_a_link_to_the_builders_of_the_site_names_no_author() -> None:
    link = '<footer><a rel="author" href="//weavers.example">Weavers</a></footer>'
    assert read_generic(newspaper(f"{HEADLINE}{STORY}{LATER}", below=link)).byline is None


@pytest.mark.parametrize(
    ("row", "office", "series"),
    [
        (
            '<p><span class="dpt">Lamp Keepers of the Reef</span> <span>|</span> <i>04.05.2031</i> | Press release</p>',
            "Lamp Keepers of the Reef",
            "Press release",
        ),
        (
            "<div><span>4 May 2031</span> <span>Departement für Gezeiten</span> <span>Statement</span></div>",
            "Departement für Gezeiten",
            "Statement",
        ),
        (
            '<p class="meta"><span>Assessorato alle Maree</span> · <span>4 May 2031</span></p>',
            "Assessorato alle Maree",
            None,
        ),
        (
            '<p class="meta"><span class="source">Lamps and Tides</span> <span>4 May 2031</span></p>',
            "Lamps and Tides",
            None,
        ),
        ('<div><a href="/o">Ministry of Lamps</a><span>4 May 2031 17:35</span></div>', "Ministry of Lamps", None),
        ("<div>Speech | 4 May 2031 | Fyrdepartementet</div>", "Fyrdepartementet", "Speech"),
    ],
)
@pytest.mark.parametrize("place", ["{row}<h1>Harbour open</h1>", "<h1>Harbour open</h1>{row}"])
def test_the_office_in_a_row_of_facts_with_the_day_is_the_byline(
    row: str, office: str, series: str | None, place: str
) -> None:
    readout = read_generic(newspaper(f"<div>{place.format(row=row)}</div>{STORY}{LATER}"))
    assert (readout.byline, readout.series) == (office, series)
    assert office not in outline(readout.body)


@pytest.mark.parametrize(
    "row",
    [
        '<p class="meta"><span class="topic">Fisheries</span> <span>4 May 2031</span></p>',
        '<p class="meta"><span class="source">Source: Reef News</span> <span>4 May 2031</span></p>',
        '<p class="meta"><span>Press release</span> <span>4 May 2031</span> <span>Trade</span></p>',
        '<p class="meta"><span class="place">Reef Town</span> <span>4 May 2031</span></p>',
        "<p>The Harbour Ministry opened the lock on 4 May 2031.</p>",
    ],
)
def test_topics_places_and_sources_in_a_row_of_facts_are_no_byline(row: str) -> None:
    assert read_generic(newspaper(f"{HEADLINE}{row}{STORY}{LATER}")).byline is None


@pytest.mark.parametrize(
    "row",
    [
        "<ul><li><strong>작성자</strong> 등대과</li><li><strong>작성일</strong> 2031-05-04</li></ul>",
        "<table><tr><th>담당부서</th><td>등대과</td><th>등록일</th><td>2031-05-04</td></tr></table>",
        "<dl><dt>등록부서</dt><dd>등대과</dd><dt>등록일</dt><dd>2031-05-04</dd></dl>",
    ],
)
def test_an_office_beside_a_korean_label_is_the_byline_unlike_an_account(row: str) -> None:
    assert read_generic(newspaper(f"{HEADLINE}{row}{STORY}{LATER}")).byline == "등대과"
    account = row.replace("등대과", "관리자")
    assert read_generic(newspaper(f"{HEADLINE}{account}{STORY}{LATER}")).byline is None


def test_the_author_column_of_a_table_in_the_text_is_no_byline() -> None:
    table = "<table><tr><th>Author</th><td>Ib Kelp</td></tr><tr><th>Lamp</th><td>Red</td></tr></table>"
    readout = read_generic(newspaper(f"{HEADLINE}<p>4 May 2031</p>{STORY}{table}{LATER}"))
    assert readout.byline is None
    assert "Ib Kelp" in outline(readout.body)


@pytest.mark.parametrize(
    "line",
    [
        '<p class="release-minister"><strong>Hon Nerea Salt, Minister for Tides</strong></p>',
        '<div class="minister">Hon Nerea Salt, Minister for Tides</div>',
        '<p class="speaker">Hon Nerea Salt, Minister for Tides</p>',
    ],
)
def test_a_minister_named_above_the_title_in_its_block_is_the_byline(line: str) -> None:
    page = newspaper(f"<div><p>4 May 2031</p>{line}{HEADLINE}</div>{STORY}{LATER}")
    assert read_generic(page).byline == "Hon Nerea Salt, Minister for Tides"


@pytest.mark.parametrize(
    "line",
    [
        '<p class="minister">The minister has spoken.</p>',
        '<p class="ministerial-motto">A sea for all</p>',
        '<p class="minister">Room 12</p>',
        '<ul><li class="minister">Nerea Salt</li><li class="minister">Ib Kelp</li></ul>',
        '<figure class="minister"><img src="a.jpg" alt=""><figcaption>Nerea Salt</figcaption></figure>',
    ],
)
def test_an_element_of_class_minister_without_one_name_is_no_byline(line: str) -> None:
    readout = read_generic(newspaper(f"{HEADLINE}<p>4 May 2031</p>{line}{STORY}{LATER}"))
    assert readout.byline is None


def test_the_credit_of_a_photo_right_below_the_text_is_no_byline() -> None:
    photo = '<figure><img src="a.jpg" width="800" height="500"><figcaption>By Nerea Salt</figcaption></figure>'
    readout = read_generic(newspaper(f"{HEADLINE}{3 * (STORY + LATER)}{photo}"))
    assert readout.byline is None
    assert "By Nerea Salt" in outline(readout.body)


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        ('<span class="byline__category"><a href="/tides">Tides &amp; Lamps</a></span>', None),
        ('| <a class="article-category" href="/tides">Tides &amp; Lamps</a>', None),
        ('| N. Ereus | <span class="category"><a href="/tides">Tides</a></span>', "N. Ereus"),
        ('| <span class="author"><a href="/people/ereus">N. Ereus</a></span>', "N. Ereus"),
    ],
)
def test_the_category_beside_the_day_is_no_byline(line: str, byline: str | None) -> None:
    row = f'<section class="byline"><span><time datetime="2031-05-04">May 4, 2031</time></span> {line}</section>'
    assert read_generic(newspaper(f"{HEADLINE}{row}{STORY}{LATER}")).byline == byline


_PERSON = "<p>Nerea Salt lights all lamps of the north, and has led the keepers of the reef since the spring tide.</p>"


@pytest.mark.parametrize(
    "role",
    [
        "<div class='field field--name-office'>Office of Tides</div><p><div>Keeper of Lamps (Acting)</div></p>",
        "<div><strong>Office of Tides</strong></div><div class='role'>Keeper of Lamps (Acting)</div>",
        "<p class='agency'>Office of Tides</p><p class='position'>Keeper of Lamps (Acting)</p>",
    ],
)
def test_role_and_office_of_the_person_whom_a_page_describes_are_text(role: str) -> None:
    page = newspaper(f"<h1>Nerea Salt</h1><div>{role}</div><div>{_PERSON}{STORY}{LATER}</div>", title="Nerea Salt")
    readout = read_generic(page)
    assert readout.byline is None
    assert "Office of Tides" in f"{readout.series} {outline(readout.body)}"
    assert "Keeper of Lamps (Acting)" in outline(readout.body)


@pytest.mark.parametrize(
    ("line", "byline"), [("<p>By T. Riton</p>", "By T. Riton"), ("<p class='byline'>T. Riton</p>", "T. Riton")]
)
def test_an_author_on_a_page_about_a_person_is_the_byline(line: str, byline: str) -> None:
    readout = read_generic(newspaper(f"<h1>Nerea Salt</h1>{line}{_PERSON}{STORY}{LATER}", title="Nerea Salt"))
    assert readout.byline == byline
    assert "T. Riton" not in outline(readout.body)


@pytest.mark.parametrize("line", ["<p>4 May 2031</p>", "<p>Share</p>"])
def test_dates_and_buttons_between_a_name_and_its_text_stay_left_out(line: str) -> None:
    page = newspaper(f"<h1>Nerea Salt</h1>{line}{_PERSON}{STORY}{LATER}", title="Nerea Salt")
    assert outline(read_generic(page).body).startswith('paragraph "Nerea Salt lights')


def test_the_button_below_a_byline_with_a_day_is_not_in_the_byline() -> None:
    button = '<br><br><a href="#">Mots-clés</a>'
    line = f'<div class="signature">par <a href="/ereus">Nerea Ereus</a>, le 4 mai 2031{button}</div>'
    assert read_generic(newspaper(f"{HEADLINE}{line}{STORY}{LATER}")).byline == "par Nerea Ereus"


@pytest.mark.parametrize("label", ["Authors of this article:", "Autoren:"])
def test_the_label_above_a_list_of_authors_is_no_byline(label: str) -> None:
    lines = f'<p class="authors-for-screen-readers">{label}</p><div><a href="/n">N. Ereus</a></div>'
    byline = read_generic(newspaper(f"{HEADLINE}{lines}{STORY}{LATER}")).byline
    assert label not in (byline or "")


@pytest.mark.parametrize(
    ("row", "byline"),
    [
        ('By <a class="category" href="/people/ereus">N. Ereus</a>', "By N. Ereus"),
        ('By Coral Ereus, <a class="category" href="/coral">Coral</a>', "By Coral Ereus"),
        ('By N. Ereus in <a class="category" href="/tides">Tides</a>', "By N. Ereus"),
    ],
)
def test_a_category_beside_the_author_is_in_neither_byline_nor_series(row: str, byline: str) -> None:
    readout = read_generic(newspaper(f'{HEADLINE}<p class="byline">{row}</p>{STORY}{LATER}'))
    assert readout.byline == byline
    assert readout.series is None


JOOMLA = (
    '<dd class="createdby" itemprop="author"><span itemprop="name">{}</span></dd>'
    '<dd class="category-name"><a href="/news">Harbour life</a></dd>'
    '<dd class="published"><time datetime="2031-05-04">4 May 2031</time></dd><dd class="hits">Hits: 2231</dd>'
)


@pytest.mark.parametrize(
    ("row", "byline"),
    [
        (f"<dl>{JOOMLA.format('Nerea Salt')}</dl>", "Nerea Salt"),
        (f"<dl>{JOOMLA.format('Super User')}</dl>", None),
        ('<p class="author">Written by&nbsp;<a rel="author" href="/user/4">Super User</a></p><p>4 May 2031</p>', None),
        ('<p class="author">Publicado por admin</p><p>4 May 2031</p>', None),
        ('<p class="author">Written by <a rel="author" href="/user/4">Nerea User</a></p>', "Written by Nerea User"),
        ('<p class="author">by Nerea Salt</p><p>4 May 2031</p>', "by Nerea Salt"),
        ('<p class="author">Press release</p><p>4 May 2031</p>', None),
    ],
)
def test_the_author_in_the_row_of_facts_above_the_title_is_the_byline(row: str, byline: str | None) -> None:
    page = newspaper(f'<div class="entry-header">{row}<h2>Harbour open</h2></div><div>{STORY}</div>')
    assert read_generic(page).byline == byline


def test_the_author_of_another_story_above_the_title_is_no_byline() -> None:
    other = '<div class="teaser"><h3><a href="/tides">Tides</a></h3><p class="author">Nerea Salt</p></div>'
    page = newspaper(f"<h1>Harbour open</h1>{STORY}", above=other)
    assert read_generic(page).byline is None


@pytest.mark.parametrize(
    ("box", "byline"),
    [
        (
            "<aside><h6>Author(s)</h6><ul><li><a href='/s'>Nerea Salt</a></li><li>Tove Reef</li></ul></aside>",
            "Nerea Salt, Tove Reef",
        ),
        ("<div><h4>Autor</h4><p>Nerea Salt</p><p>Tide Street 4</p></div>", "Nerea Salt"),
        ("<div><span>Written by</span><div>Nerea Salt</div></div>", "Nerea Salt"),
        ("<h6>Lamp</h6><p><small>Geschrieben von</small> <a href='/s'>Nerea Salt</a></p>", "Nerea Salt"),
        ("<h6>Lamp</h6><p><b>Author:</b> Nerea Salt</p><p><b>Author:</b> Tove Reef</p>", "Nerea Salt, Tove Reef"),
    ],
)
def test_names_below_or_beside_a_label_for_authors_are_the_byline(box: str, byline: str) -> None:
    page = newspaper(
        f"{HEADLINE}<div>{STORY}{LATER}</div><p>Printed in the lamp house.</p><p>Sold at the quay.</p>{box}"
    )
    assert read_generic(page).byline == byline


@pytest.mark.parametrize(
    "box",
    [
        "<div><h6>Author</h6><p>Nerea Salt</p></div><div><h6>Author</h6><p>Tove Reef</p></div>",
        "<div><h6>Author</h6><p>4 May 2031</p></div>",
        "<div><h6>Author</h6><p>Search</p></div>",
        "<div><h6>Author</h6><p>She has written about lamps for years.</p></div>",
        "<h6>Lamp</h6><p><b>Author:</b> Nerea Salt</p><p>A lamp is out.</p><p><b>Author:</b> Tove Reef</p>",
    ],
)
def test_other_lines_below_labels_for_authors_are_no_byline(box: str) -> None:
    page = newspaper(
        f"{HEADLINE}<div>{STORY}{LATER}</div><p>Printed in the lamp house.</p><p>Sold at the quay.</p>{box}"
    )
    assert read_generic(page).byline is None


@pytest.mark.parametrize("label", ["Author", "Speaker", "Written by"])
def test_a_name_below_a_label_amid_the_prose_is_no_byline(label: str) -> None:
    assert read_generic(newspaper(f"{HEADLINE}{STORY}<p>{label}</p><p>Nerea Salt</p>{LATER}")).byline is None


@pytest.mark.parametrize(
    ("rows", "byline"),
    [
        ({"부서명": "국제협력과", "작성자": "김서연", "작성일": "2031-05-24"}, "국제협력과, 김서연"),
        ({"작성자": "문화홍보과", "작성일": "2031-05-24"}, "문화홍보과"),
        ({"부서명": "국제협력과", "작성자": "국제협력과", "작성일": "2031-05-24"}, "국제협력과"),
    ],
)
def test_office_and_writer_in_a_row_of_facts_are_both_in_the_byline(rows: dict[str, str], byline: str) -> None:
    facts = "".join(f"<li><strong>{label}</strong> {value}</li>" for label, value in rows.items())
    assert read_generic(newspaper(f"<h4>Harbour open</h4><ul>{facts}</ul>{STORY}")).byline == byline


@pytest.mark.parametrize("words", ["Text by", "Words by", "By", "Story by"])
def test_a_byline_below_the_text_keeps_words_such_as_text_by(words: str) -> None:
    line = f'<div class="attribution">{words} <a href="/n">Nerea Salt</a></div>'
    assert read_generic(newspaper(f"{HEADLINE}<div>{STORY}{LATER}</div>{line}")).byline == f"{words} Nerea Salt"


@pytest.mark.parametrize(
    "byline",
    [
        "Geschrieben von Nerea Salt",
        "Redactado por Nerea Salt",
        "A cura di: Nerea Salt",
        "Ditulis oleh Nerea Salt",
        "Oleh: Nerea Salt",
        "Írta: Salt Nerea",
        "Text von Nerea Salt",
    ],
)
def test_a_line_begins_as_a_byline_in_many_languages(byline: str) -> None:
    assert read_generic(newspaper(f"{HEADLINE}<p>{byline}</p>{STORY}")).byline == byline


@pytest.mark.parametrize(
    ("language", "line", "byline"),
    [
        ("id", "Oleh Nerea Salt", "Oleh Nerea Salt"),
        ("ms", "Oleh Nerea Salt", "Oleh Nerea Salt"),
        ("id", "Oleh karena itu, pelabuhan dibuka", None),
        ("id", "Oleh Karena Itu", None),
        ("en", "Oleh Salt, keeper of the lamps", None),
        ("uk", "Oleh Salt", None),
    ],
)
def test_oleh_means_by_only_in_indonesian_and_malay(language: str, line: str, byline: str | None) -> None:
    page = newspaper(f"{HEADLINE}<p>{line}</p>{STORY}").replace('lang="en"', f'lang="{language}"')
    assert read_generic(page).byline == byline


@pytest.mark.parametrize("label", ["By", "Oleh", "Escrito por", "Írta", "Bởi", "Veröffentlicht von", "A cura di"])
def test_a_label_in_a_block_of_its_own_is_not_the_author(label: str) -> None:
    row = f'<div class="author-row"><div class="author-by">{label}</div> <a href="/author/salt">Nerea Salt</a></div>'
    assert read_generic(newspaper(f"{HEADLINE}{row}{STORY}")).byline == "Nerea Salt"


@pytest.mark.parametrize("name", ["author-news", "tac-gia"])
def test_a_name_of_the_class_author_below_a_long_text_is_the_byline(name: str) -> None:
    signature = f'<div class="{name}"><strong>Nerea Salt</strong></div><div class="rating">Rating: <em>(0)</em></div>'
    count = (
        "the pilots counted the ships that waited outside the reef, and told their captains where the new lamps stand"
    )
    more = "".join(f"<p>In bay {number}, {count}, {number} in a row along the channel.</p>" for number in range(12))
    assert read_generic(newspaper(f"<div>{HEADLINE}{STORY}{more}{signature}</div>")).byline == "Nerea Salt"


@pytest.mark.parametrize("count", ["(Kommentare: 0)", "(Comments: 12)"])
def test_the_number_of_comments_after_the_name_is_not_in_the_byline(count: str) -> None:
    line = f'<p class="info"><time datetime="2031-05-04T10:00">04.05.2031 10:00</time> von Nerea Salt {count}</p>'
    assert read_generic(newspaper(f"{HEADLINE}{line}{STORY}")).byline == "von Nerea Salt"


@pytest.mark.parametrize(
    "author", ['<span class="author">Tide Office</span>', '<a rel="author" href="/u/3">Tide Office</a>']
)
def test_facts_behind_the_time_are_not_in_the_byline(author: str) -> None:
    line = f'<div>By {author} On <time>Wednesday, May 14, 2031</time> In <a href="/c">Media</a> Views 1861 0</div>'
    assert read_generic(newspaper(f"{HEADLINE}{line}{STORY}")).byline == "By Tide Office"


@pytest.mark.parametrize("fact", ["(Captain: 12)", "(Platz: 3)", "(Tides)"])
def test_other_words_in_brackets_after_the_name_stay_in_the_byline(fact: str) -> None:
    readout = read_generic(newspaper(f'{HEADLINE}<p class="byline">By Ama Coral {fact}</p>{STORY}'))
    assert readout.byline == f"By Ama Coral {fact}"


def test_labelled_authors_of_several_short_texts_are_not_the_authors_of_the_page() -> None:
    texts = "".join(f"<h3>Text {n}</h3><p>It is about lamps.</p><p><b>Author(s)</b> Ama Coral</p>" for n in "AB")
    page = newspaper(f"{HEADLINE}{STORY}{LATER}{texts}<p>Written by:</p><p>Ib Kelp</p>")
    assert read_generic(page).byline is None


@pytest.mark.parametrize("label", ["Autor", "Author", "Auteur"])
def test_an_author_in_the_footer_of_the_article_is_the_byline(label: str) -> None:
    footer = (
        f'<footer class="news-footer"><p class="news-author">{label}: Urszula Miklasz</p><p>Desk: Press</p></footer>'
    )
    readout = read_generic(newspaper(f"<article>{HEADLINE}{STORY}{LATER}{footer}</article>"))
    assert readout.byline == "Urszula Miklasz"


@pytest.mark.parametrize("part", ["article", "section", "aside"])
def test_an_author_in_the_footer_of_a_part_is_not_the_byline(part: str) -> None:
    footer = "<footer><p>Author: Urszula Miklasz</p></footer>"
    inner = f"<{part}><p>All forty lamps of the reef were lit.</p>{footer}</{part}>"
    assert read_generic(newspaper(f"<article>{HEADLINE}{STORY}{LATER}{inner}</article>")).byline is None


def test_an_author_in_the_footer_of_another_article_is_not_the_byline() -> None:
    footer = "<footer><p>Author: Urszula Miklasz</p></footer>"
    other = f"<article><h2>Lamps lit</h2><p>All forty lamps of the reef were lit.</p>{footer}</article>"
    assert read_generic(newspaper(f"<article>{HEADLINE}{STORY}{LATER}</article>{other}")).byline is None


@pytest.mark.parametrize(
    ("line", "byline", "kept"),
    [
        ("（文/图：孔明　责任编辑：段晓东）", "孔明", ""),
        ("责任编辑：段晓东 作者：孔明", "孔明", ""),
        ("文字：孔明、王芳｜摄影：段晓东", "孔明、王芳", ""),
        ("（撰稿：孔明）", "孔明", ""),
        ("（责任编辑：段晓东）", None, ""),
        ("图文：详见附件", None, "详见附件"),
        ("会后，记者：航道何时开放？", None, "航道何时开放？"),
    ],
)
def test_the_writer_among_the_credits_of_a_chinese_page_is_the_byline(line: str, byline: str | None, kept: str) -> None:
    text = "".join(
        f"<p>{'海港今日正式开放，来自各地的船只陆续驶入航道，港务局表示水道两侧的灯塔已全部点亮。' * 3}</p>"
        for _ in "123"
    )
    readout = read_generic(
        f'<html lang="zh"><title>海港今日开放</title><h1>海港今日开放</h1>{text}<p>{line}</p></html>'
    )
    assert readout.byline == byline
    assert kept in outline(readout.body)


@pytest.mark.parametrize(
    ("rows", "byline"),
    [
        ('<li><i class="fa fa-user"></i> Tide Service</li>', "Tide Service"),
        ('<li><i class="bi bi-person-circle"></i><span>Nerea Salt</span></li>', "Nerea Salt"),
        (
            '<li><span class="glyphicon glyphicon-user"></span> By <a href="/author/ns">Nerea Salt</a></li>',
            "Nerea Salt",
        ),
        (
            '<li><i class="fa fa-user"></i> Nerea Salt <i class="fa fa-folder"></i> <a href="/n">News</a></li>',
            "Nerea Salt",
        ),
        ('<li><i class="fa fa-user"></i> <a href="/login">Log in</a></li>', None),
        ('<li><i class="fa fa-user"></i> Log in</li>', None),
        ('<li><i class="fa fa-user"></i> Citizens and visitors</li>', None),
        ('<li><i class="fa fa-user"></i> Account</li>', None),
        ('<li><span class="author"></span> <span>Lamp Oil</span></li>', None),
        ('<li><i class="fa fa-user"></i> 孔明</li>', "孔明"),
        ('<li><i class="fa fa-user"></i> 655 readers</li>', None),
        ('<li><i class="fa fa-user"></i> admin</li>', None),
        ('<li><i class="fa fa-users"></i> Fishermen and pilots</li>', None),
        ('<li><i class="fa fa-user"></i> Chair: Nerea Salt</li>', None),
    ],
)
@pytest.mark.parametrize("head", ["{facts}{HEADLINE}", "{HEADLINE}{facts}"])
def test_the_name_beside_the_icon_of_a_person_is_the_byline(rows: str, byline: str | None, head: str) -> None:
    facts = f'<div class="blog-facts"><ul><li><i class="fa fa-calendar"></i> 4 May 2031</li>{rows}</ul></div>'
    head = head.format(facts=facts, HEADLINE=HEADLINE)
    found = read_generic(newspaper(f"<div>{head}</div>{STORY}{LATER}")).byline
    assert (found and found.removeprefix("By ")) == byline


def test_the_icon_of_a_person_away_from_the_facts_of_the_page_names_no_author() -> None:
    contact = '<ul><li><i class="fa fa-user"></i> Nerea Salt</li><li><i class="fa fa-phone"></i> 555 0123</li></ul>'
    text = f"<p>All forty lamps of the reef were lit on Friday, and the pilots were glad of it.</p>{contact}"
    assert read_generic(newspaper(f"{HEADLINE}{text}{STORY}{LATER}")).byline is None


def test_a_separator_without_spaces_in_its_own_element_ends_the_name() -> None:
    author = '<span>By <span class="vcard"><a href="/author/ns" rel="author">Nerea Salt</a></span></span>'
    facts = f'{author}<span>|</span><span>May 4th, 2031</span><span>|</span><a href="/news" rel="category tag">News</a>'
    assert read_generic(newspaper(f"{HEADLINE}<div>{facts}</div>{STORY}{LATER}")).byline == "By Nerea Salt"


@pytest.mark.parametrize(
    ("articles", "byline"),
    [
        ("<article>{STORY}{LATER}{link}</article>", "GCU"),
        ("<article>{STORY}{link}</article><article>{LATER}</article>", None),
        ("<article>{STORY}{LATER}</article><article><h2>Lamps lit</h2>{link}</article>", None),
    ],
)
def test_a_link_to_the_author_counts_in_the_article_of_all_prose(articles: str, byline: str | None) -> None:
    link = '<div class="info"><a rel="author" href="/a">GCU</a></div>'
    text = articles.format(STORY=STORY * 3, LATER=LATER, link=link)
    page = newspaper("", above=f'<div class="title-bar">{HEADLINE}</div>', below=text)
    assert read_generic(page.replace('<article class="article-body"></article>', "")).byline == byline
