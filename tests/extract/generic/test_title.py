"""The headline is a printed line that agrees with the metadata, without the name of the site."""

from __future__ import annotations

import time

import pytest

from readout_pub.model import plain_text
from tests.extract.generic.pages import HEADLINE, LATER, STORY, body_outline, extract_generic, newspaper, read_generic
from tests.outline import outline


def title_of(markup: str) -> str | None:
    title = read_generic(markup).title
    return str(title[0]) if title else None


@pytest.mark.parametrize(
    "title", ["Harbour open | The Atlantean", "Harbour open - The Atlantean", "The Atlantean: Harbour open"]
)
def test_the_site_name_is_removed_from_a_title_in_metadata(title: str) -> None:
    head = '<meta property="og:site_name" content="The Atlantean">'
    assert title_of(newspaper(STORY, head=head, title=title)) == "Harbour open"


def test_the_section_before_a_declared_title_is_not_part_of_the_headline() -> None:
    line = "Answers of the Speaker on the lamps of the reef"
    page = newspaper(f"<div class='pagetitle'>{line}</div>{STORY}{LATER}", title=f"Press Releases - {line}")
    assert title_of(page) == line
    assert line not in body_outline(page)


@pytest.mark.slow
def test_a_title_of_very_many_parts_is_read_in_seconds() -> None:
    title = " - ".join(f"Tide {number}" for number in range(20_000))
    started = time.process_time()
    read_generic(f"<html><title>{title}</title><h1>{title}</h1>{STORY}")
    assert time.process_time() - started < 20  # a quadratic search takes three minutes


@pytest.mark.slow
def test_comparing_the_parts_of_a_long_title_with_lines_takes_linear_time() -> None:
    def seconds(size: int) -> float:
        title = " - ".join(f"Port{n} tide{n} lamp{n} quay{n} reef{n} ship{n}" for n in range(size))
        lines = "<br>".join(f"Sail{n} port{n} tide{n} lamp{n} quay{n} reef{n}" for n in range(size))
        started = time.process_time()
        read_generic(f"<html><title>{title}</title><p>{lines}</p>{STORY}")
        return time.process_time() - started

    seconds(20)  # loads the data files
    assert min(seconds(1600) for _ in range(2)) <= 2.8 * min(seconds(800) for _ in range(2))


def test_a_title_that_ends_with_separators_is_read() -> None:
    title = "Harbour open again for the ferries"
    assert title_of(newspaper(STORY, title=f"{title} |  | ")) == title


def test_a_part_of_the_headline_that_resembles_the_site_name_is_kept() -> None:
    head = '<meta property="og:site_name" content="National Harbour Safety Centre">'
    headline = "Small boat guide: Harbour Safety"
    page = newspaper(f"<h1>{headline}</h1>{STORY}", head=head, title=f"{headline} | National Harbour Safety Centre")
    assert title_of(page) == headline


def test_the_heading_that_agrees_with_the_metadata_is_the_title() -> None:
    headings = "<h1>The Atlantean</h1><h2>Harbour of Atlantis open again</h2>"
    markup = newspaper(f"{headings}{STORY}", title="Harbour of Atlantis open again | The Atlantean")
    assert title_of(markup) == "Harbour of Atlantis open again"


def test_the_heading_of_a_portal_above_a_document_is_not_the_title() -> None:
    headings = "<h2>Dettaglio comunicato</h2><p>Comunicato stampa n. 27/2031</p><h3>Porto di nuovo aperto</h3>"
    readout = read_generic(newspaper(f"{headings}{STORY}", title="Comunicato stampa | The Atlantean"))
    assert (readout.series, readout.title) == ("Comunicato stampa n. 27/2031", ("Porto di nuovo aperto",))
    assert "Dettaglio" not in outline(readout.body)


def test_a_speaker_before_a_colon_stays_in_the_title() -> None:
    title = "Spokesman of the Harbour Office of Lemuria: the lamps are lit"
    logo = '<a href="/"><img src="/logo.png" alt="Harbour Office of Lemuria"></a>'
    assert title_of(newspaper(f"<h1>{title}</h1>{STORY}", above=logo, title=title)) == title


def test_a_heading_in_capitals_ending_with_the_declared_title_is_the_title() -> None:
    markup = newspaper(f"<p><b>COUNCIL DECISION 2031/114</b></p>{STORY}{LATER}", title="Decision 2031/114")
    assert title_of(markup) == "COUNCIL DECISION 2031/114"


def test_a_sentence_above_the_first_heading_does_not_demote_the_headline() -> None:
    sentence = "to get the news of the harbour as it is written, day by day, and to tell the keepers what you think."
    above = f'<ul><li><a href="/in">Sign in</a> {sentence}</li><li><a href="/x">Sign out</a></li></ul>'
    parts = f"<h1>News Flash</h1><p>Harbour Office</p><h3>Lamps are lit again</h3>{STORY}"
    assert title_of(newspaper(parts, above=above, title="News Flash | The Atlantean")) == "Lamps are lit again"


def test_a_link_to_a_two_letter_section_does_not_name_the_site() -> None:
    link = '<p><a href="/mr">Keepers of lamps</a></p>'
    title = "Keepers of lamps: All are paid"
    assert title_of(newspaper(f"<h1>{title}</h1>{STORY}", above=link, title=title)) == title
    home = link.replace("/mr", "/en")
    assert title_of(newspaper(f"<h1>{title}</h1>{STORY}", above=home, title=title)) == "All are paid"


@pytest.mark.parametrize(
    ("language", "code", "is_home"), [("pt-BR", "br", True), ("en_US", "en", True), ("fil", "fi", False)]
)
def test_a_home_page_may_be_at_its_language_or_country_code(language: str, code: str, *, is_home: bool) -> None:
    title = "Keepers of lamps: All are paid"
    link = f'<p><a href="/{code}">Keepers of lamps</a></p>'
    page = newspaper(f"<h1>{title}</h1>{STORY}", above=link, title=title).replace('lang="en"', f'lang="{language}"')
    assert (title_of(page) == "All are paid") == is_home


def test_words_before_the_headline_in_its_heading_are_the_kicker() -> None:
    head = '<meta property="og:title" content="The harbour is open again">'
    markup = newspaper(f"<h1><span>Trade</span> <span>The harbour is open again</span></h1>{STORY}", head=head)
    readout = read_generic(markup)
    assert (readout.series, readout.title) == ("Trade", ("The harbour is open again",))


def test_pilcrows_and_soft_hyphens_are_removed_from_the_title() -> None:
    assert title_of(newspaper(f"<h1>Har\u00adbour open ¶</h1>{STORY}")) == "Harbour open"


@pytest.mark.parametrize("address", ["http://[reef", "https:///harbour"])
def test_an_invalid_canonical_address_is_ignored(address: str) -> None:
    page = newspaper(f"{HEADLINE}{STORY}", head=f'<link rel="canonical" href="{address}">')
    assert title_of(page) == "Harbour open"


def test_without_headings_a_line_of_its_own_is_the_title() -> None:
    title = "<title>Reef: Speech, Ereus -- Harbours of a drowned -- May 4, 2031</title>"
    lines = "Remarks by N. Ereus<br><i>Harbours of a drowned world<br></i>At the Reef Club, Port Nautilus<br>4 May 2031"
    page = (
        f"<html><head>{title}</head><body><table><tr><td><b>{lines}</b></td></tr></table>{STORY}{LATER}</body></html>"
    )
    found = extract_generic(page)
    assert found.title == "Harbours of a drowned world"
    assert found.date is not None
    assert str(found.date.day) == "2031-05-04"


def test_a_declared_title_is_cut_to_its_first_words_if_these_are_printed() -> None:
    lines = "<p><b>Remarks by Vice Chair N. Ereus<br>Address to pilots<br>At the Reef Club<br>May 4, 2031</b></p>"
    title = "Reef: Speech, Ereus -- Address to pilots at RC -- May 4, 2031"
    found = extract_generic(f"<html><title>{title}</title><body><div>{lines}{STORY}{LATER}</div></body></html>")
    assert found.title == "Address to pilots"


@pytest.mark.parametrize(
    ("declared", "title"),
    [
        ("Reef: Speech, Ereus -- Tides and lamps -- May 4, 2031", "Tides and lamps"),
        ("Speech, Ereus--Tides--May 4, 2031", "Tides"),
        ("Ministry of Tides: Press release -- Lamps are lit -- 4 May 2031", "Lamps are lit"),
        ("Reef: Speech, Ereus -- Tides and lamps -- The reef", "Reef: Speech, Ereus -- Tides and lamps -- The reef"),
        (
            "Reef: Boats, Ereus -- Tides and lamps -- May 4, 2031",
            "Reef: Boats, Ereus -- Tides and lamps -- May 4, 2031",
        ),
    ],
)
def test_kind_and_day_around_an_unprinted_declared_title_are_removed(declared: str, title: str) -> None:
    lines = "<p><b>Remarks by Governor N. Ereus<br>At the Reef Club, Port Nautilus</b></p>"
    page = f"<html><title>{declared}</title><body><div>{lines}{STORY}{LATER}</div></body></html>"
    assert title_of(page) == title


def test_a_headline_outweighs_metadata_of_an_earlier_edition() -> None:
    head = '<meta property="og:title" content="Guide to the harbour dues in 2031">'
    page = newspaper(
        f"<h1>Guide to the harbour dues in 2032</h1>{STORY}", head=head, title="Guide to the harbour dues in 2031"
    )
    assert extract_generic(page).title == "Guide to the harbour dues in 2032"


def test_the_title_in_metadata_outweighs_a_headline_with_a_changed_word() -> None:
    head = '<meta property="og:title" content="Atlantis has failed its divers: what the harbour needs now">'
    headline = "<h1>Atlantean city has failed its divers: what the harbour needs now</h1>"
    assert (
        title_of(newspaper(f"{headline}{STORY}", head=head))
        == "Atlantis has failed its divers: what the harbour needs now"
    )


def test_a_headline_that_shares_words_with_the_title_element_is_the_title() -> None:
    headline = "<h1>Designs for the new workshop of the harbour</h1>"
    markup = newspaper(f"{headline}{STORY}", title="Contest designs for the new workshop of the harbour")
    assert title_of(markup) == "Designs for the new workshop of the harbour"


@pytest.mark.parametrize("home", ["/", "https://atlantean.example/", "/index.html"])
def test_a_heading_that_links_to_the_home_page_is_not_the_title(home: str) -> None:
    heading = f'<div class="logo"><h1><a href="{home}">The Atlantean</a></h1></div>'
    markup = newspaper(
        f"{heading}<h2>Harbour of Atlantis open</h2>{STORY}",
        title="Harbour of Atlantis open (page 1) / Pilots / The Atlantean",
    )
    assert title_of(markup) == "Harbour of Atlantis open"


PRINTED = "<h2>Ministers discuss the channel</h2>"


@pytest.mark.parametrize(
    ("heading", "kicker"),
    [
        ('<h1><span class="kicker">Press release</span> Ministers discuss the channel</h1>', "Press release"),
        ("<h1><small>Press release</small><br>Ministers discuss the channel</h1>", "Press release"),
        ('<h1><div class="overline">Press release</div><div>Ministers discuss the channel</div></h1>', "Press release"),
        (
            '<h1><span class="dachzeile">Press release</span><span>: </span>Ministers discuss the channel</h1>',
            "Press release",
        ),
        (
            """<h1><span class="doc-date">Datum: 06.05.2031</span><span class="doc-type">Release 6/2031</span>
            Ministers discuss the channel</h1>""",
            "Release 6/2031",
        ),
        ("<h1>Datum: 06.05.2031 Release 6/2031 Ministers discuss the channel</h1>", "Release 6/2031"),
    ],
)
def test_a_kicker_within_the_heading_is_not_part_of_the_title(heading: str, kicker: str) -> None:
    found = extract_generic(newspaper(f"{heading}{STORY}", title="Ministers discuss the channel - Ministry"))
    assert (found.title, found.series) == ("Ministers discuss the channel", kicker)


@pytest.mark.parametrize(
    ("title", "headings"),
    [
        ("Ministry of Lemuria", PRINTED),
        ("News - Ministry of Lemuria", PRINTED),
        ("Press releases - Ministers discuss the channel - Lemuria", f"<h1>Press releases</h1>{PRINTED}"),
        ("Press releases | Lemuria", f"<h1>Press releases</h1>{PRINTED}"),
        ("Pressemitteilungen", f"<h1>Pressemitteilungen</h1>{PRINTED}"),
        ("Communiqués", f"<h1>Communiqués de presse</h1>{PRINTED}"),
        ("新闻", f"<h1>新闻</h1>{PRINTED}"),
        ("News - Ministry of Lemuria", '<div class="news_title">Ministers discuss the channel</div>'),
        ("Ministry of Lemuria", '<center><font size="5">Ministers discuss the channel</font></center>'),
        ("Ministry of Lemuria", "<p><strong>Ministers discuss the channel</strong></p>"),
    ],
)
def test_a_printed_headline_outweighs_names_of_sections_and_offices_as_title(title: str, headings: str) -> None:
    assert title_of(newspaper(f"{headings}{STORY}", title=title)) == "Ministers discuss the channel"


def test_without_other_titles_the_name_of_an_office_is_the_title() -> None:
    assert title_of(newspaper(STORY, title="Ministry of Lemuria")) == "Ministry of Lemuria"


def test_the_text_of_the_logo_names_the_site() -> None:
    logo = '<a href="/"><img src="/logo.svg" alt="Reef and Harbour Authority"></a>'
    assert title_of(newspaper(f"{PRINTED}{STORY}", above=logo, title="Reef and Harbour Authority")) == (
        "Ministers discuss the channel"
    )


def test_links_to_the_home_pages_of_others_do_not_name_the_site() -> None:
    link = '<p><a href="https://channel.example/">Ministers discuss</a></p>'
    title = "Ministers discuss: the channel"
    assert title_of(newspaper(f"<h1>{title}</h1>{STORY}{link}", title=title)) == title


def test_a_lone_long_heading_right_below_the_headline_is_its_subtitle() -> None:
    subtitle = "<h2>After eleven years of dredging, ships of every flag may enter</h2>"
    assert 'paragraph "After eleven years' in body_outline(newspaper(f"{HEADLINE}{subtitle}{STORY}{LATER}"))
    with_others = body_outline(newspaper(f"{HEADLINE}{subtitle}{STORY}<h2>Background</h2>{LATER}"))
    assert 'section "After eleven years' in with_others
    assert 'section "Background"' in body_outline(newspaper(f"{HEADLINE}<h2>Background</h2>{STORY}{LATER}"))


@pytest.mark.parametrize("title", ["New Page 1", "Untitled Document", "index", "Sans titre"])
def test_the_default_title_of_a_web_editor_is_not_the_title(title: str) -> None:
    assert title_of(newspaper(f"<h3>Harbour open</h3>{STORY}", title=title)) == "Harbour open"


def test_an_office_named_in_the_site_header_is_not_a_heading() -> None:
    header = "<header><h1>The Harbour Council</h1></header>"
    page = newspaper(f"{STORY}{LATER}", above=f"{header}<h1>Harbour open</h1>")
    assert "Council" not in body_outline(page)


def test_a_low_heading_right_below_a_section_name_is_the_title() -> None:
    section = f'<div><h3>Press releases</h3><div class="view"><h4>Harbour open</h4>{STORY}{LATER}</div></div>'
    readout = read_generic(newspaper(section, title="Press releases | Ministry of Tides"))
    assert (plain_text(readout.title or ()), readout.series) == ("Harbour open", "Press releases")


@pytest.mark.parametrize("subtitle", ['<h2 class="subtitle">{}</h2>', '<h2 class="untertitel">{}</h2>'])
def test_a_heading_with_the_class_of_a_subtitle_becomes_a_paragraph(subtitle: str) -> None:
    words = "Pilots of two countries are trained together"
    body = body_outline(newspaper(f"{HEADLINE}{subtitle.format(words)}{STORY}<h2>Lamps</h2>{LATER}"))
    assert body.startswith(f'paragraph "{words}"')
    assert 'section "Lamps"' in body


def test_a_heading_with_the_words_of_the_description_is_a_paragraph() -> None:
    words = "OPINION | Pilots of two countries are trained together"
    between = "<p>By N. Ereus</p><p>Lamps</p><p>12 May 2031</p><ul><li>Ships</li><li>Ports</li></ul>"
    page = newspaper(
        f"{HEADLINE}{between}<h2>{words}</h2>{STORY}<h2>Lamps</h2>{LATER}",
        head=f'<meta name="description" content="{words}">',
    )
    body = body_outline(page)
    assert f'paragraph "{words}"' in body
    assert f'section "{words}"' not in body


def test_an_office_before_a_colon_is_left_out_of_the_declared_title() -> None:
    declared = "Town of Salt Bay Harbour Office Department: Repairs of boats"
    head = f'<meta property="og:title" content="{declared}"><meta name="twitter:title" content="{declared}">'
    assert title_of(newspaper(f"<h1>Repairs of boats</h1>{STORY}", head=head, title=declared)) == "Repairs of boats"


@pytest.mark.parametrize("name", ["News Details", "Press Release 114", "Press Release: Press Information Bureau"])
def test_a_heading_outweighs_a_kind_of_page_in_the_title_element(name: str) -> None:
    page = newspaper(f"<div><h3>Harbour open</h3>{STORY}{LATER}</div>", title=name)
    assert title_of(page) == "Harbour open"


def test_a_bold_line_above_the_text_outweighs_the_copyright_line_as_title() -> None:
    page = f"""<html lang="en"><title>Ministry of Atlantis</title><body><div id="a1"><a href="/"><img src="l.gif"
        alt="Ministry of Atlantis"></a></div><div id="nav"><ul><li><a href="/news">News</a></li></ul></div><div id="c">
        <div><span style="font-weight: bold">Harbour open to ships of every flag</span></div>
        <div>12 May 2031</div>{STORY}
        </div><div id="a2">© Ministry of Atlantis</div></body></html>"""
    assert title_of(page) == "Harbour open to ships of every flag"


def test_a_footer_line_that_names_the_office_is_not_the_title() -> None:
    main = f'<p class="news_title">Harbour open to ships</p><p>12 May 2031</p>{STORY}{LATER}'
    page = newspaper(main, title="Ministry of Tides", below="<p>© 2031 Ministry of Tides</p>")
    assert title_of(page) == "Harbour open to ships"


def test_a_date_right_after_the_title_is_not_part_of_it() -> None:
    line = "<span>Harbour open to ships of every flag</span><span>12 May 2031</span>"
    readout = read_generic(newspaper(f"<div>{line}{STORY}{LATER}</div>", title="Harbour open to ships of every flag"))
    assert plain_text(readout.title or ()) == "Harbour open to ships of every flag"
    assert str(readout.issued) == "2031-05-12"


def test_the_kind_of_a_document_can_be_its_title() -> None:
    assert title_of(newspaper(f"<h1>Joint Statement</h1>{STORY}{LATER}", title="News of the reef")) == "Joint Statement"


@pytest.mark.parametrize(
    ("office", "title"),
    [
        ("潮汐省", "北水路に関する会談の開催"),
        ("조석부", "북쪽 수로에 관한 회담 개최"),
        ("وزارة المد والجزر", "محادثات حول القناة الشمالية"),
        ("Ministerstwo Pływów", "Rozmowy o kanale północnym"),
    ],
)
@pytest.mark.parametrize(
    "heading", ["<h2>{}</h2>", "<h4>{}</h4>", '<p class="title">{}</p>', "<p><strong>{}</strong></p>"]
)
def test_the_printed_title_counts_if_the_title_element_names_the_office(office: str, title: str, heading: str) -> None:
    page = newspaper(f"{heading.format(title)}<p>2031-05-12</p>{STORY}{LATER}", title=office)
    assert title_of(page) == title


@pytest.mark.parametrize("title", ["Harbour: Piers open to all ferries", "Harbour – Piers open to all ferries"])
def test_the_metadata_give_the_punctuation_between_two_elements_of_a_heading(title: str) -> None:
    heading = "<h1><span>Harbour</span> <span>Piers open to all ferries</span></h1>"
    head = '<meta property="og:site_name" content="The Atlantean">'
    assert title_of(newspaper(f"{heading}{STORY}", head=head, title=f"{title} | The Atlantean")) == title


def test_a_heading_in_one_element_keeps_its_own_punctuation() -> None:
    page = newspaper(f"<h1>Harbour Piers open again</h1>{STORY}", title="Harbour: Piers open again")
    assert title_of(page) == "Harbour Piers open again"


def test_a_quotation_dash_that_begins_a_title_is_kept() -> None:
    assert title_of(newspaper(f"<h1>– The tide will turn</h1>{STORY}")) == "– The tide will turn"


def test_a_closing_quotation_mark_does_not_separate_the_title_from_the_site() -> None:
    head = '<meta property="og:site_name" content="Ministry of Lamps">'
    headline = "Interview of the minister with «Reef Radio»"
    assert title_of(newspaper(STORY, head=head, title=f"{headline} - Ministry of Lamps")) == headline


def test_a_heading_that_continues_a_declared_title_is_the_title() -> None:
    declared = "Interview of the minister with «Reef Radio»"
    headline = f"{declared} and the journalist Nerea Salt"
    page = newspaper(f'<div class="item"><h2>{headline}</h2></div>{STORY}', title=f"{declared} - Ministry of Lamps")
    assert title_of(page) == headline


def test_a_headline_that_continues_the_declared_title_outweighs_a_later_heading() -> None:
    headline = "How to light a lamp: a guide for 2032"
    page = newspaper(
        f"<h1>{headline}</h1>{STORY}{LATER}<h2>How to light a lamp</h2>{STORY}", title="How to light a lamp"
    )
    assert title_of(page) == headline


@pytest.mark.slow
def test_a_heading_above_the_headline_heads_no_section_of_the_text() -> None:
    minister = '<div class="views-element"><h2>The Hon N. Ereus</h2><p>Minister for Lamps</p></div>'
    page = f"<html><body><main>{minister}<h1>Harbour open</h1><article>{STORY}{LATER}</article></main></body></html>"
    outline = body_outline(page)
    assert "The Hon N. Ereus" in outline
    assert "section" not in outline


def test_several_headings_between_the_headline_and_the_text_are_subtitles() -> None:
    page = newspaper(f"{HEADLINE}<h3>Eleven piers to benefit</h3><h3>Schools for dockers</h3>{STORY}")
    assert 'section "' not in body_outline(page)


def test_a_section_named_by_several_words_is_not_the_title() -> None:
    headings = '<h1>Statements and Advisories</h1><h2><a href="/2211">On the drifting of a barge</a></h2>'
    assert title_of(newspaper(f"{headings}{STORY}", title="On the drifting of a barge")) == "On the drifting of a barge"


def test_a_heading_that_the_breadcrumb_trail_above_it_repeats_is_the_title() -> None:
    trail = '<ul><li><a href="/">Home</a></li><li>Pilots return to the reef</li></ul>'
    page = newspaper(f"<h2>Pilots return to the reef</h2>{STORY}", above=trail, title="Pilots return to the reef")
    assert title_of(page) == "Pilots return to the reef"
    assert "Pilots return" not in body_outline(page)


def test_a_section_name_of_two_parts_is_not_the_title() -> None:
    headings = "<h2>Bilateral/Multilateral Documents</h2><h3>List of lamps</h3>"
    assert title_of(newspaper(f"{headings}{STORY}", title="List of lamps (9 May 2031)")) == "List of lamps"


def test_the_site_in_a_hidden_headline_is_not_in_the_title() -> None:
    hidden = '<h1 class="hide-accessible">Harbour open - Lamp Office</h1>'
    page = newspaper(f"{hidden}<h2>Harbour open</h2>{STORY}", title="Harbour open - Lamp Office")
    assert title_of(page) == "Harbour open"
    assert "Harbour open" not in body_outline(page)


def test_a_heading_that_names_the_office_is_not_the_title() -> None:
    headings = "<h2>জোয়ার মন্ত্রণালয়</h2><h3>নতুন বাতিঘর উদ্বোধন</h3>"
    page = newspaper(f"{headings}{STORY}", title="প্রেস রিলিজ | জোয়ার মন্ত্রণালয়")
    assert title_of(page) == "নতুন বাতিঘর উদ্বোধন"
    assert "জোয়ার" not in body_outline(page)


def test_the_name_of_a_list_of_short_news_is_not_the_title() -> None:
    head = "<h2>News Flash</h2><div><p>Posted on: May 4, 2031</p><h3>Keeper lifts the ban on swimming</h3></div>"
    page = newspaper(f"{head}{STORY}", title="News Flash • Keeper lifts the ban on swimming")
    assert read_generic(page).title == ("Keeper lifts the ban on swimming",)


def _speech(heading: str, above: str = "") -> str | None:
    head = '<meta property="og:title" content="Speech by Governor Reef on tides and lamps">'
    markup = (
        f'{above}<h2>Speech</h2><p>4 May 2031</p><h3 class="title">{heading}</h3><p>Governor Reef</p>{STORY}{LATER}'
    )
    return title_of(newspaper(markup, head=head, title="Speech by Governor Reef on tides and lamps"))


def test_a_heading_with_the_class_title_replaces_an_unprinted_declared_title() -> None:
    assert _speech("Responding to high tides") == "Responding to high tides"


def test_a_heading_as_long_as_prose_replaces_an_unprinted_declared_title() -> None:
    heading = "Lamps for all the reefs: a conversation with the keepers of the northern and of the southern channel"
    assert _speech(heading) == heading


def test_a_line_that_resembles_part_of_the_declared_title_is_the_title() -> None:
    title = "Harbours and Lamps of the United Reefs and of All Other Islands"
    lines = f"<p><b><font size='+2'>Remarks by Governor Reef</font></b></p><p><b>{title}</b></p>"
    declared = "LO: Speech, Reef--Harbours and lamps of the UR and of all other islands--May 4, 2031"
    readout = read_generic(newspaper(f"{lines}{STORY}{LATER}", title=declared))
    assert readout.title == (title,)
    assert title not in outline(readout.body)


_SPEAKER = "Remarks by Governor N. Reef"
_OCCASION = "At the Conference on Lamps and Tides of the Reef Club, Port Nautilus, Lemuria, D.C."


@pytest.mark.parametrize(
    "head",
    [
        "<b><font size='+2'>{speaker}</font></b><br><b>{occasion}<br>May 4, 2031</b><p><b>{title}</b></p>",
        "<p><b>{speaker}<br>{occasion}</b></p><p><b>May 4, 2031</b></p><p><font size='+1'>{title}</font></p>",
        "<div><b>{speaker}</b></div><div><b>{occasion}</b></div><div>May 4, 2031</div><div><b>{title}</b></div>",
    ],
)
def test_the_title_below_a_line_with_the_speaker_is_found(head: str) -> None:
    lines = head.format(speaker=_SPEAKER, occasion=_OCCASION, title="Tides and Lamps of the Reef")
    page = (
        f"<html><title>LO: Speech, Reef--Tides and lamps--May 4, 2031</title><body>{lines}{STORY}{LATER}</body></html>"
    )
    readout = read_generic(page)
    assert readout.title == ("Tides and Lamps of the Reef",)
    kept = f"{readout.series} {outline(readout.body)}"
    assert _SPEAKER in kept
    assert _OCCASION in kept


@pytest.mark.parametrize(
    "head",
    [
        "<table><tr><td><b>{speaker}<br>{occasion}<br>May 4, 2031</b></td></tr><tr><td><big>{title}</big></table>",
        "<p><b>{speaker}</b><br><b>{occasion}<br>May 4, 2031</b></p><p><font size='+1'>{title}</font></p>",
        "<div>{speaker}</div><div>{occasion}</div><div>May 4, 2031</div><div style='font-size: x-large'>{title}</div>",
    ],
)
def test_a_large_line_between_speaker_and_text_replaces_the_declared_title(head: str) -> None:
    lines = head.format(speaker=_SPEAKER, occasion=_OCCASION, title="Should We Light All Lamps of the Reef?")
    page = f"<html><title>LO: Speech, Reef -- Tides -- May 4, 2031</title><body>{lines}{STORY}{LATER}</body></html>"
    assert title_of(page) == "Should We Light All Lamps of the Reef?"


@pytest.mark.parametrize(
    "line",
    ["<b>Ladies and Gentlemen</b>", "<big>Dear friends of the sea,</big>", "<strong>Check against delivery</strong>"],
)
def test_a_greeting_between_speaker_and_text_is_not_the_title(line: str) -> None:
    head = f"<p>{_SPEAKER}</p><p>May 4, 2031</p><p>{line}</p>"
    page = f"<html><title>Lamps of the reef</title><body>{head}{STORY}{LATER}</body></html>"
    assert title_of(page) == "Lamps of the reef"


def test_an_occasion_with_a_footnote_reference_is_kept() -> None:
    lines = f"<p><b>{_SPEAKER}<br>{_OCCASION}<a href='#n1'><sup>1</sup></a><br>May 4, 2031</b></p>"
    title, note = "<p><font size='+1'>Tides and Lamps of the Reef</font></p>", "<p><a name='n1'>1</a> By telephone.</p>"
    page = f"<html><title>Tides and lamps</title><body>{lines}{title}{STORY}{LATER}{note}</body></html>"
    kept = outline(read_generic(page).body)
    assert _OCCASION in kept
    assert "By telephone." in kept


@pytest.mark.parametrize("line", ["<p><font size='+1'>Introduction</font></p>", "<p>The lamps of the north</p>"])
def test_a_label_or_a_plain_line_below_the_speaker_is_no_title(line: str) -> None:
    head = f"<p><b>{_SPEAKER}<br>{_OCCASION}<br>May 4, 2031</b></p>{line}"
    page = f"<html><title>Tides of the reef: a speech</title><body>{head}{STORY}{LATER}</body></html>"
    assert title_of(page) == "Tides of the reef: a speech"


def test_without_another_title_the_line_with_the_speaker_is_the_title() -> None:
    lines = f"<p><b>{_SPEAKER}</b></p><p>May 4, 2031</p><p>{_OCCASION}</p>"
    page = f"<html><title>Port Nautilus--May 4, 2031</title><body>{lines}{STORY}{LATER}</body></html>"
    assert title_of(page) == _SPEAKER


def test_an_h1_that_begins_the_declared_title_is_the_title() -> None:
    head = '<meta property="og:title" content="Lemuria travel advice">'
    page = newspaper(
        f"<h1>Lemuria</h1><h2>Warnings and insurance</h2>{STORY}{LATER}",
        head=head,
        title="Warnings and insurance - Lemuria travel advice",
    )
    assert title_of(page) == "Lemuria"


def test_a_declared_title_stays_if_printed_or_the_heading_is_a_label() -> None:
    declared = "Speech by Governor Reef on tides and lamps"
    assert _speech("Title") == declared
    assert _speech("Responding to high tides", above=f"<p>{declared}, 4 May</p>") == declared


def test_names_of_ministry_and_portal_are_not_in_the_title() -> None:
    title = "Lamps of the reef are lit"
    trail = f"<ul><li><a href='/n'>News</a></li><li>{title}</li></ul>"
    names = f"{title} - Ministry of Tides - Portal of Lemuria"
    head = f'<meta property="og:title" content="{names}">'
    assert (
        title_of(newspaper(f"<h2>{title}</h2><p>4 May 2031</p>{STORY}", above=trail, title=names, head=head)) == title
    )


def test_a_headline_may_lack_what_the_declared_title_has_before_its_colon() -> None:
    declared = "Vote no. 412: Bill 77 on the protection of kelp"
    headline = "Bill 77 on the protection of kelp in inner waters"
    head = f'<meta property="og:title" content="{declared}">'
    assert title_of(newspaper(f"<h1>{headline}</h1>{STORY}", title=declared, head=head)) == headline


def test_the_shown_headline_above_the_declared_title_is_the_title() -> None:
    declared = "Speech of the minister on the day of the lamps"
    head = f'<meta property="og:title" content="{declared}">'
    trail = f"<nav><ul><li>News</li><li>{declared}</li></ul></nav>"
    name = f'<h1 class="aural">Ministry of Tides of the Seven Islands</h1>{trail}'
    speech = f"<h1>Harbours, coasts, people</h1><p>{declared}</p>{STORY}{LATER}"
    assert title_of(newspaper(speech, above=f"{name}<div>{STORY}</div>", title=declared, head=head)) == (
        "Harbours, coasts, people"
    )


def test_a_heading_within_an_answer_does_not_change_the_title() -> None:
    question = "How do we save the lamps of the reef?"
    answer = f"<div>{LATER}<h1>Lamps</h1>{LATER}</div>"
    page = newspaper(f"<h1>{question}</h1>{STORY}{answer}", title=f"lamps - {question} - Ask the Atlantean")
    assert title_of(page) == question


def test_a_lower_heading_with_the_declared_title_is_the_title() -> None:
    title = "Salt as far as one can see from the tower"
    head = f'<meta property="og:title" content="{title}">'
    assert (
        title_of(newspaper(f"<nav><h2>{title}</h2></nav><h1>Story in full</h1><h2>{title}</h2>{STORY}", head=head))
        == title
    )


def test_a_heading_that_repeats_the_title_below_the_text_is_left_out() -> None:
    title = "Salt as far as one can see"
    head = f'<meta property="og:title" content="{title}">'
    text = f"<p>The lamps were lit</p><div>{STORY}{LATER}{STORY}{LATER}</div>"
    readout = read_generic(newspaper(f"{text}<div><h2>More on: Lamps - {title}</h2></div>", head=head))
    assert (readout.title, readout.series) == ((title,), None)
    assert outline(readout.body).startswith(body_outline(newspaper(text, head=head)))


@pytest.mark.parametrize("declared", ["Harbours Tides Lamps Ships…", "Harbours Tides Lamps Ships..."])
def test_the_only_h1_replaces_a_declared_title_that_is_cut_off(declared: str) -> None:
    page = newspaper(f"<h1>What the captains say</h1>{STORY}", title=declared)
    assert read_generic(page).title == ("What the captains say",)


def test_a_heading_named_title_replaces_a_declared_title_that_is_cut_off() -> None:
    text = f'<h2 class="title">What the captains say</h2><p>4 May 2031</p>{STORY}'
    assert read_generic(newspaper(text, title="Harbours Tides Lamps Ships…")).title == ("What the captains say",)


def test_the_only_heading_that_links_to_the_page_itself_is_the_title() -> None:
    heading = '<h2><a href="/harbour" rel="bookmark">Harbour open</a></h2>'
    page = newspaper(
        f"<h1><a href='/'>The Atlantean</a></h1>{heading}{STORY}", title="The Atlantean » Old » Harbour open"
    )
    assert read_generic(page).title == ("Harbour open",)


@pytest.mark.parametrize("heading", ['<h2><a href="/4">Harbour open</a></h2>', '<h3><a href="">Harbour open</a></h3>'])
def test_a_linked_heading_that_is_the_declared_title_is_the_title(heading: str) -> None:
    banner = "<div><a href='/'><img src='logo.png' alt=''></a><h1>Portal of the Ministry of Tides</h1></div>"
    page = newspaper(f"<div class='item'>{heading}{STORY}{LATER}</div>", above=banner, title="Harbour open")
    assert title_of(page) == "Harbour open"


def test_a_linked_teaser_is_not_the_title() -> None:
    teaser = '<h2><a href="/4">Harbour open</a></h2><p>Ships sail again.</p>'
    page = newspaper(f"<h1>Lamps of the bay</h1>{STORY}{LATER}", below=teaser, title="Tides")
    assert title_of(page) == "Lamps of the bay"


def test_a_line_whose_class_says_title_is_the_headline() -> None:
    site = "<div><h2>Works of the reef</h2></div><p>Isle of Salt</p>"
    document = f'<div class="doc-titre">Resolution on the lamps of the bay</div><div>4 May 2031</div>{STORY}{LATER}'
    page = newspaper(document, above=site, title="Resolution 2031-14")
    assert title_of(page) == "Resolution on the lamps of the bay"


def test_a_heading_replaces_a_declared_title_that_is_only_a_number() -> None:
    page = newspaper(f"<h2>Harbour open</h2>{STORY}{LATER}", title="PR 14/99")
    assert title_of(page) == "Harbour open"


def test_bold_letters_that_name_the_kind_of_document_are_not_the_headline() -> None:
    head = "<p><b>Press Release 31/98</b></p><p>4 May 2031</p><font size=4><b>Statement on the lamps</b></font>"
    page = f"<html><head><title>Embassy of Skane - Press Release</title></head><body>{head}{STORY}{LATER}</body></html>"
    assert title_of(page) == "Statement on the lamps"


# --- the title in a field for the name of the site; numbers as headings; titles outside of headings


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="apple-mobile-web-app-title" content="Cliff road open again">',
        '<meta property="og:site_name" content="Cliff road open again">',
        '<script type="application/ld+json">{"@type": "WebSite", "name": "Cliff road open again"}</script>',
    ],
)
def test_a_headline_declared_as_the_name_of_the_site_is_the_title(head: str) -> None:
    sidebar = '<div class="block-title">Reef radio</div><div class="time">4 April 2030</div>'
    main = f'{sidebar}<article><h1>Cliff road open again</h1><p class="date">4 May 2031</p>{STORY}</article>'
    page = newspaper(main, head=head, title="Cliff road open again | Lemuria Service")
    readout = read_generic(page)
    assert plain_text(readout.title or ()) == "Cliff road open again"
    assert readout.issued_text == "4 May 2031"


def test_an_h1_with_the_name_of_the_site_is_not_the_title() -> None:
    head = '<meta property="og:site_name" content="Lemuria Harbour Service">'
    main = f"<h1>Lemuria Harbour Service</h1><h2>Cliff road open again</h2>{STORY}"
    page = newspaper(main, head=head, title="Lemuria Harbour Service | Cliff road open again")
    assert plain_text(read_generic(page).title or ()) == "Cliff road open again"


@pytest.mark.parametrize("number", ["Document LEM-A-2031-14", "LEM/2031/14", "Décret 2031-14"])
def test_an_h1_with_only_a_number_yields_to_the_declared_heading_below(number: str) -> None:
    law = "Order on the lamps of the northern reef and their keepers"
    page = newspaper(f"<h1>{number}</h1><h3>{law}</h3>{STORY}", title=f"LEM-A-2031-14 {law}")
    assert plain_text(read_generic(page).title or ()) == law


def test_an_h1_with_only_a_number_stays_the_title_above_another_heading() -> None:
    page = newspaper(f"<h1>Resolution 2031-14</h1><h2>Preamble</h2>{STORY}", title="Resolution 2031-14 | Reefs")
    assert plain_text(read_generic(page).title or ()) == "Resolution 2031-14"


@pytest.mark.parametrize(
    "title",
    [
        '<td class="contentheading">Minister Reef meets the envoy of Salt</td></tr><tr><td>4 May 2031</td>',
        '<td><span class="pagetitle">Minister Reef meets the envoy of Salt</span><br><span>4 May 2031</span></td>',
    ],
)
def test_a_title_in_a_table_is_found_by_its_class(title: str) -> None:
    page = f"""<html lang="en"><head><title>Ministry of Tides: Press Room: Speeches</title></head><body>
        <table><tr>{title}</tr><tr><td>{STORY}</td></tr></table></body></html>"""
    readout = read_generic(page)
    assert plain_text(readout.title or ()) == "Minister Reef meets the envoy of Salt"
    assert readout.issued_text == "4 May 2031"


def test_a_heading_line_with_every_declared_word_is_the_title() -> None:
    printed = "Address by Keeper Salt at the Opening of the Lighthouse in Reef Town, 4 March 2031"
    page = f'<td><p class="heading">{printed}</p>{STORY}</td>'
    markup = f"<title>Opening of Lighthouse in Reef Town</title><table><tr>{page}</tr></table>"
    assert read_generic(f"<html lang=en>{markup}").title == (printed,)
    other = markup.replace("Lighthouse in Reef Town, 4", "Harbour, 4")
    assert read_generic(f"<html lang=en>{other}").title == ("Opening of Lighthouse in Reef Town",)
    twice = markup.replace(STORY, f'{STORY}<p class="heading">{printed} (annex)</p>{STORY}')
    assert read_generic(f"<html lang=en>{twice}").title == ("Opening of Lighthouse in Reef Town",)


_LONG = "The lamps of the reef, which had been dark for eleven long years, were lit again on the eve of the feast"
_OFFICE = "Harbour Board of Atlantis"


@pytest.mark.parametrize(
    ("declared", "unseen"),
    [
        (f"{_LONG} - {_OFFICE}", f'<h1 class="hide-accessible">{_LONG} - {_OFFICE}</h1>'),
        (f"{_LONG} - {_OFFICE}", f'<h1 class="sr-only">{_LONG}</h1>'),
        (f"{_OFFICE} | {_LONG}", f'<h1 class="visually-hidden">{_OFFICE} | {_LONG}</h1>'),
    ],
)
def test_a_visible_heading_is_the_title_rather_than_a_hidden_h1(declared: str, unseen: str) -> None:
    trail = f'<nav><ol><li><a href="/">Home</a></li><li class="breadcrumb-item">{_LONG}</li></ol></nav>'
    body = f"<div>{unseen}{trail}<div><span>Lamps</span><h2>{_LONG}</h2><p>14/11/2022</p><h3>Ships return</h3>{STORY}"
    readout = read_generic(newspaper(f"{body}{LATER}</div></div>", title=declared))
    assert readout.title == (_LONG,)
    assert "lamps of the reef" not in outline(readout.body)


@pytest.mark.parametrize(
    "main",
    [
        f'<h1 class="sr-only">{_LONG}</h1><p>4 May 2031</p>{STORY}<h2>Who pays</h2>{LATER}',
        f'<h1 class="sr-only">Navigation</h1><h2>{_LONG}</h2><p>4 May 2031</p>{STORY}<h3>Who pays</h3>{LATER}',
        f'<h2 class="sr-only">{_LONG}</h2><h1>{_LONG}</h1><p>4 May 2031</p>{STORY}<h2>Who pays</h2>{LATER}',
        f'<h1>{_LONG}</h1><p>4 May 2031</p>{STORY}<h2>Who pays</h2>{LATER}<h2 class="sr-only">{_LONG}</h2>',
        f'<h1 class="sr-only">{_LONG}</h1><aside><h2>Tides</h2></aside>{STORY}<h2>Who pays</h2>{LATER}',
    ],
)
def test_headings_for_screen_readers_change_neither_the_title_nor_the_sections(main: str) -> None:
    readout = read_generic(newspaper(main, title=f"{_LONG} | {_OFFICE}"))
    assert readout.title == (_LONG,)
    assert 'section "Who pays"' in outline(readout.body)


@pytest.mark.parametrize(
    ("declared", "section", "headline"),
    [
        (
            "보도자료 상세보기 &lt; 보도자료 &lt; 소식 &lt; 산호구청",
            "보도자료",
            "<h4>산호구, 등대 열두 곳을 다시 밝힌다</h4>",
        ),
        ("News &lt; Media &lt; Reef District", "News", "<h3>Lamps of the reef lit again</h3>"),
        ("Reef District &gt; Media &gt; Sport", "News", "<h3>Lamps of the reef lit again</h3>"),
    ],
)
def test_the_heading_above_author_and_date_outweighs_a_breadcrumb_trail_as_title(
    declared: str, section: str, headline: str
) -> None:
    facts = "<ul><li><b>작성자</b> 등대과</li><li><b>작성일</b> 2031-05-04</li></ul>"
    readout = read_generic(newspaper(f"<h2>{section}</h2><div>{headline}{facts}{STORY}{LATER}</div>", title=declared))
    assert readout.title == (headline[4:-5],)
    assert "section" not in outline(readout.body)


@pytest.mark.parametrize(
    ("declared", "headline", "title"),
    [
        ("Lamps lit again &lt; News &lt; Reef District", "<h2>Lamps lit again</h2>", "Lamps lit again"),
        ("Lamps lit again &lt; News &lt; Reef District", "", "Lamps lit again"),
        ("Lamps lit again &lt; News", "<h2>Lamps lit again</h2>", "Lamps lit again"),
        ("Why 3 &lt; 4 in tidal tables", "", "Why 3 < 4 in tidal tables"),
        ("Why 3 &lt; 4 in tidal tables", "<h1>Why 3 &lt; 4 in tidal tables</h1>", "Why 3 < 4 in tidal tables"),
    ],
)
def test_only_a_declared_breadcrumb_trail_is_cut_to_its_first_piece(declared: str, headline: str, title: str) -> None:
    readout = read_generic(newspaper(f"{headline}<p>4 May 2031</p>{STORY}{LATER}", title=declared))
    assert readout.title == (title,)


def test_a_declared_breadcrumb_trail_outweighs_a_section_heading_as_title() -> None:
    main = f"<p>4 May 2031</p>{STORY}<h2>Who pays</h2>{LATER}"
    readout = read_generic(newspaper(main, title="News &lt; Media &lt; Reef District"))
    assert readout.title == ("News < Media < Reef District",)
    assert 'section "Who pays"' in outline(readout.body)


@pytest.mark.parametrize(
    ("heading", "title", "series"),
    [
        ('<span class="category">Topic Tides </span>New lamps for harbours', "New lamps for harbours", "Topic Tides"),
        ("<small>Tides</small> New lamps for harbours", "New lamps for harbours", "Tides"),
        ("<span>Speech</span> Minister Salt: Lamps for harbours", "Lamps for harbours", "Speech Minister Salt"),
        ("Speech of <em>Minister</em> Salt Lamps for harbours", "Lamps for harbours", "Speech of Minister Salt"),
    ],
)
def test_a_kicker_ends_with_its_element_or_before_the_declared_title(heading: str, title: str, series: str) -> None:
    declared = "Lamps for harbours" if "Lamps" in heading else "lamps for harbours"
    head = f'<meta property="og:title" content="{declared}">'
    readout = read_generic(newspaper(f"<h1>{heading}</h1>{STORY}", head=head, title=f"MTL | {declared}"))
    assert (readout.title, readout.series) == ((title,), series)


@pytest.mark.parametrize("heading", ["<h1>How We Light Lamps</h1>", "<div><h1><b>How We Light Lamps</b></h1></div>"])
def test_the_only_h1_above_the_text_replaces_a_one_word_declared_title(heading: str) -> None:
    head = '<meta property="og:title" content="Lamps">'
    page = newspaper(f"{heading}{STORY}{LATER}", title="Lamps | Reef Office", head=head)
    assert title_of(page) == "How We Light Lamps"


@pytest.mark.parametrize(
    ("declared", "headings"),
    [
        ("Lamps", "<h1>Press releases</h1>"),
        ("Lamps", "<h1>How We Light Lamps</h1><h1>Who pays for them</h1>"),
        ("Lamps", "<h1>How We Light Lamps</h1><p>4 May 2031</p><p>Share</p><ul><li>North</li></ul>"),
        ("All lamps of the reef", "<h1>How We Light Lamps</h1>"),
    ],
)
def test_a_declared_title_stays_if_it_is_long_or_the_h1_is_doubtful(declared: str, headings: str) -> None:
    head = f'<meta property="og:title" content="{declared}">'
    assert title_of(newspaper(f"{headings}{STORY}{LATER}", title=declared, head=head)) == declared


# --- the kind of the document above its title


@pytest.mark.parametrize(
    "kind",
    [
        '<p><span class="sub">Press Release<br>May 4, 2031</span></p>',
        "<div>Press Release</div><div>May 4, 2031</div>",
    ],
)
def test_the_line_in_capitals_with_the_declared_title_is_the_title(kind: str) -> None:
    title = '<p><span class="bold">REEF: LAMPS, NOT PAPERWORK, SHOULD COME FIRST</span></p>'
    page = newspaper(f"{kind}{title}{STORY}", title="Press Release - Reef: Lamps, not Paperwork, should come First")
    readout = read_generic(page)
    assert title_of(page) == "REEF: LAMPS, NOT PAPERWORK, SHOULD COME FIRST"
    assert readout.series == "Press Release"
    assert "LAMPS, NOT" not in body_outline(page)


@pytest.mark.parametrize(
    "file", ["", '<tr><td align="right"><a href="/pr1641.pdf"><img src="pdf.gif" alt="PDF"></a> (214 kb)</td></tr>']
)
def test_a_bold_cell_between_section_name_and_day_is_the_title(file: str) -> None:
    rows = f'<tr><td class="tableheader"><b>Directions to the keepers of the lamps</b></td></tr>{file}'
    text = f"<table>{rows}<tr><td><b>Date: May 4, 2031</b></td></tr><tr><td>{STORY}</td></tr></table>"
    page = newspaper(f"<h1>Press Releases</h1>{text}", title="Bank of the Reefs - Press Releases")
    assert title_of(page) == "Directions to the keepers of the lamps"
    assert "214" not in body_outline(page)


def test_large_letters_below_kind_and_day_are_the_title_above_a_subtitle() -> None:
    kind = '<p><font size="5"><b>PRESS RELEASE</b></font></p>'
    facts = "<table><tr><td>FOR IMMEDIATE RELEASE: June 22, 2031</td><td>No. 31-118</td></tr></table>"
    title = (
        '<p><font size="4"><b>Governor moves the ferry to the bay</b></font><br><font size="3">An hour less</font></p>'
    )
    cell = f"<td>{kind}{facts}<p>{title}</p>{STORY}</td>"
    page = f"""<html lang="en"><head><title>Governor N. Reef - Press Release Archives - 31-118</title></head>
        <body><table><tr><td><a href="/">Home</a></td>{cell}</tr></table></body></html>"""
    assert title_of(page) == "Governor moves the ferry to the bay"
    assert "An hour less" in body_outline(page)


@pytest.mark.parametrize("kind", ["PRESS RELEASE NO. 14/2031", "Communiqué de presse n° 14", "Statement No. 7"])
@pytest.mark.parametrize(
    "look",
    [
        '<p align="center"><b><font size="3">{}</font></b></p>',
        '<div style="text-align: center"><strong>{}</strong></div>',
        '<p><span style="font-weight: bold">{}</span></p>',
    ],
)
def test_a_bold_line_between_numbered_kind_and_text_is_the_title(kind: str, look: str) -> None:
    head = look.format(kind) + look.format("REEFS SEND THIRD REPORT TO THE COUNCIL OF LAMPS")
    page = newspaper(f"{head}<hr>{STORY}", title="Reefs at the League of Harbours")
    readout = read_generic(page)
    assert title_of(page) == "REEFS SEND THIRD REPORT TO THE COUNCIL OF LAMPS"
    assert readout.series == kind


@pytest.mark.parametrize(
    "above", ["PRESS RELEASE BY THE MINISTRY FOR TIDES", "Communiqué de presse du ministère des marées"]
)
def test_a_bold_line_below_the_issuer_of_a_release_is_the_title(above: str) -> None:
    head = f"<p><b>{above}</b></p><p><b>Reefs on the agenda of the ministers in Salt Bay</b></p>"
    assert (
        title_of(newspaper(f"{head}{STORY}", title="pr311604en")) == "Reefs on the agenda of the ministers in Salt Bay"
    )


def test_the_speaker_below_a_kind_is_not_the_title() -> None:
    head = "<p><b>STATEMENT</b></p><p><b>by Nerea Salt, Minister of Tides and Reefs</b></p>"
    assert title_of(newspaper(f"{head}{STORY}", title="Lamps for the bay")) == "Lamps for the bay"


@pytest.mark.parametrize("line", ["FOR IMMEDIATE RELEASE", "Port Nautilus", "They met, and they sang until dawn came."])
def test_other_bold_lines_below_a_numbered_kind_are_not_the_title(line: str) -> None:
    head = f"<p><b>PRESS RELEASE NO. 14/2031</b></p><p><b>{line}</b></p>"
    page = newspaper(f"{head}{STORY}", title="Reefs at the League of Harbours")
    assert title_of(page) == "Reefs at the League of Harbours"


def test_a_paragraph_with_the_kind_of_document_is_not_the_title() -> None:
    page = newspaper(f"<p>Statement</p><p>4 May 2031</p>{STORY}", title="Statements on lamps - Reef Office")
    assert title_of(page) == "Statements on lamps"


@pytest.mark.parametrize("before", ["Our", "The", "About our", "Wie wir unsere", "Notre"])
def test_words_that_need_a_noun_behind_them_are_no_kicker(before: str) -> None:
    head = '<meta property="og:title" content="Lamps for harbours">'
    readout = read_generic(
        newspaper(f"<h1>{before} Lamps for harbours</h1>{STORY}", head=head, title="Lamps for harbours")
    )
    assert (readout.title, readout.series) == ((f"{before} Lamps for harbours",), None)


@pytest.mark.parametrize("word", ["Our", "Das", "Neue"])
def test_a_single_word_before_the_declared_title_is_part_of_the_headline(word: str) -> None:
    found = extract_generic(newspaper(f"<h1>{word} Lampenfeuer im Hafen</h1>{STORY}", title="Lampenfeuer im Hafen"))
    assert (found.title, found.series) == (f"{word} Lampenfeuer im Hafen", None)


@pytest.mark.parametrize(
    ("start", "series"),
    [("<span>Hafen</span> ", "Hafen"), ("Rede ", "Rede"), ("Hafen: ", "Hafen"), ("Hafen<br>", "Hafen")],
)
def test_a_word_set_off_before_the_declared_title_is_the_series(start: str, series: str) -> None:
    found = extract_generic(newspaper(f"<h1>{start}Lampenfeuer im Hafen</h1>{STORY}", title="Lampenfeuer im Hafen"))
    assert (found.title, found.series) == ("Lampenfeuer im Hafen", series)


@pytest.mark.parametrize("day", ["", " (June 14-16, 2031)"])
def test_a_bold_line_between_section_name_and_day_is_the_title(day: str) -> None:
    title = f'<div class="presstitle" align="center"><span><strong>The envoy visits Lemuria{day}</strong></span></div>'
    text = f"<h1><span>Press Releases</span></h1>{title}<div><span>June 16, 2031</span></div>{STORY}"
    page = newspaper(text, title="Embassy of Atlantis, Reef Town, Lemuria : Press Releases")
    assert title_of(page) == f"The envoy visits Lemuria{day}"


def test_a_bold_line_between_headline_and_day_is_not_the_title() -> None:
    text = f"<h1>Harbour open</h1><div><b>A good day for captains</b></div><div>June 16, 2031</div>{STORY}"
    assert title_of(newspaper(text, title="Atlantis : News")) == "Harbour open"


@pytest.mark.parametrize("name", ["author", "copyright", "DC.Publisher"])
def test_a_title_element_that_names_the_office_of_the_site_is_not_the_title(name: str) -> None:
    office = "Harbour Office of the Reef"
    head = f'<meta name="{name}" content="{office}">'
    text = f"<h4>The lamps are lit</h4>{STORY}<div>{office}</div>"
    assert title_of(newspaper(text, head=head, title=office)) == "The lamps are lit"
    assert title_of(newspaper(STORY, head=head, title=office)) == office
    person = newspaper(f"<div>Ann Reef</div><h2>Books</h2>{STORY}", head=f'<meta name="{name}" content="Ann Reef">')
    assert title_of(person.replace("Harbour open | The Atlantean", "Ann Reef")) == "Ann Reef"


@pytest.mark.parametrize("sign", ["--", " – ", "—"])
def test_a_declared_title_between_kind_and_day_is_the_title(sign: str) -> None:
    lines = (
        "<div>Remarks by Chairman Ann Reef</div><div>Lamps</div><div>Before the club of the port<br>May 4, 2031</div>"
    )
    page = newspaper(f"{lines}{STORY}{LATER}", title=f"FRB: Speech, Reef{sign}Lamps{sign}May 4, 2031")
    readout = read_generic(page)
    assert (readout.title, readout.series) == (("Lamps",), "Remarks by Chairman Ann Reef")
    assert "Before the club of the port" in outline(readout.body)


def test_a_breadcrumb_trail_that_ends_with_the_title_is_not_the_title() -> None:
    links = (
        '<a href="/">Home</a> <img src="/arrow.png" alt=""> <a href="/media">Media</a> <img src="/arrow.png" alt="">'
    )
    trail = f"<div><strong>You are here: </strong><span>{links} Statement on the lamps of the bay</span></div>"
    title = '<table><tr><td class="contentheading">Statement on the lamps of the bay</td></tr></table>'
    page = newspaper(f"{trail}{title}{STORY}", title="Statement on the lamps of the bay")
    assert title_of(page) == "Statement on the lamps of the bay"
    assert read_generic(page).series is None


@pytest.mark.parametrize("declared", ["Press Office of Tides - News", "News | Press Office of Tides"])
@pytest.mark.parametrize(
    ("picture", "notice"),
    [("Press Office of Tides", "© 2012"), ("The harbour", "© 2004 - 2012 Atlantis, Press Office of Tides")],
)
def test_the_office_beside_a_section_in_the_title_element_is_not_the_title(
    declared: str, picture: str, notice: str
) -> None:
    title = "The Keeper received the Minister of Lamps"
    text = "".join(
        f"<font size=2>{sentence}</font><br><br>"
        for sentence in (
            "The Keeper of the lamps received the Minister yesterday in the hall of the reef, and they spoke of lamps.",
            "The Minister thanked the Keeper for forty years of light, and gave him a bell that was found in the bay.",
        )
    )
    page = f"""<html><title>{declared}</title><body><table><tr><td><img src="head.jpg" alt="{picture}"></td></tr>
        <tr><td><table><tr><td><font size=1>Home &gt; Announcements</font></td></tr></table>
        <font size=3><b>Announcements</b></font><hr><br><font size=2><b>15/02/2012</b></font><br><br>
        <div align=center><font size=3><b>{title}</b></font></div><br>{text}</td></tr>
        <tr><td><font size=1>{notice}</font></td></tr></table></body></html>"""
    readout = read_generic(page)
    assert [readout.title, readout.series] == [(title,), "Announcements"]
    assert [word in outline(readout.body) for word in ("section", "Home")] == [False, False]


@pytest.mark.parametrize(
    ("head", "notice"),
    [
        ('<img src="lamp.jpg" alt="Fees of the harbour"><p>Fees of the harbour</p>', "© 2012"),
        ('<figure><img src="lamp.jpg" alt="Fees of the harbour" width="600" height="400"></figure>', "© 2012"),
        ("<p><b>All about our lamps and bells</b></p>", "© Press Office of Tides"),
    ],
)
def test_the_title_beside_a_section_in_the_title_element_stays(head: str, notice: str) -> None:
    page = f"<html><title>Fees of the harbour - News</title><body>{head}{STORY}{LATER}<p>{notice}</p></body></html>"
    assert title_of(page) == "Fees of the harbour"
