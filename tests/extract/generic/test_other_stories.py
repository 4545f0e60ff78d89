"""Text of other stories on the page is left out by the generic extractor."""

from __future__ import annotations

import pytest

from readout_pub.extract.generic import analyse_page, parse_markup
from readout_pub.extract.generic.announced_stories import announced_stories
from readout_pub.extract.generic.other_stories import drop_other_stories, linked_stories
from tests.extract.generic.pages import DATED, HEADLINE, LATER, STORY, body_outline, newspaper

OTHER = """<p>The council of Thule elected a new warden of the ice on Monday, after three rounds of voting in the great
hall that lasted until midnight, and thanked the late warden, whose portrait hangs in the hall of the elders.</p>"""
ACCORDION = """<div class="accordion"><div class="accordion-item"><h2><button class="accordion-button"
    data-bs-toggle="collapse" data-bs-target="#c1">Thule elects a warden</button></h2>
    <div id="c1" class="collapse"><div class="accordion-body">{text}</div></div></div></div>"""


@pytest.mark.slow
@pytest.mark.parametrize(
    "below",
    [
        ACCORDION.format(text=OTHER),
        f'<div class="obituaries"><h2>Obituaries</h2><div><h4>Orla Brine, 1948 to 2031</h4>{OTHER}</div></div>',
        f'<article class="article-body"><h1>Thule elects a warden</h1>{OTHER}</article>',
        f'<article class="teaser"><h3><a href="/thule">Thule elects a warden</a></h3>{OTHER}</article>',
    ],
)
def test_stories_below_the_article_with_the_headline_are_left_out(below: str) -> None:
    alone = body_outline(newspaper(f"{HEADLINE}{STORY}{LATER}"))
    assert body_outline(newspaper(f"{HEADLINE}{STORY}{LATER}", below=below)) == alone


def test_an_accordion_within_the_article_is_text() -> None:
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}{LATER}{ACCORDION.format(text=OTHER)}"))
    assert "Thule elects a warden" in outline
    assert "new warden of the ice" in outline


NEWS_ITEM = """<p class="news-item"><span>11.05.2031</span> <a href="/n{n}"><b>A new lamp, number {n}</b></a><br>A lamp
was lit on the far cape, and its light is seen for thirty miles by the ships that come from the south.</p>"""


CARD = """<div class="card"><h3><a href="/n{n}">A new lamp, number {n}</a></h3><p>A lamp was lit on the far cape.</p>
<a href="/n{n}">Open</a></div>"""


def test_cards_below_a_short_text_are_left_out() -> None:
    cards = f'<div class="cell"><div>{CARD.format(n=1)}{CARD.format(n=2)}</div></div>'
    alone = body_outline(newspaper(f"{HEADLINE}{STORY}"))
    assert body_outline(newspaper(f"{HEADLINE}{STORY}", below=cards)) == alone


TOPIC = """<div class="col"><h5><a href="/reef/{n}">Lamps, part {n}</a></h5><p>Whoever sails by reef {n} at night sees
its lamps from far away, and finds here which of them burn in which month, and who lights them.</p></div>"""


def test_topics_in_several_rows_of_cards_are_text() -> None:
    rows = "".join(f'<div class="row">{TOPIC.format(n=n)}{TOPIC.format(n=n + 1)}</div>' for n in range(1, 9, 2))
    page = analyse_page(parse_markup(newspaper(f"{HEADLINE}{STORY}<div>{rows}</div>")))
    keep = [not line.link_density for line in page.lines]
    drop_other_stories(page, keep)
    kept = [line.text for line in page.lines if keep[line.index]]
    assert sum(text.startswith("Whoever sails by") for text in kept) == 8


@pytest.mark.parametrize(
    "links",
    [
        '<ul><li><a href="/1">A new lamp on the cape</a></li></ul>',
        '<div><a href="/1"><h3>A new lamp</h3><p>It is seen far away.</p></a></div><p>11 May 2031</p>',
    ],
)
def test_links_and_their_heading_below_the_text_are_left_out(links: str) -> None:
    below = f"<section><h2>אורות נוספים</h2>{links}</section>"
    alone = body_outline(newspaper(f"{HEADLINE}{STORY}"))
    assert body_outline(newspaper(f"{HEADLINE}{STORY}", below=below)) == alone


def test_links_within_the_element_of_the_text_are_kept() -> None:
    links = '<h2>Treaties on lamps</h2><ul><li><a href="/1">Treaty on lamps, 1911</a></li></ul>'
    assert "Treaty on lamps, 1911" in body_outline(newspaper(f"{HEADLINE}{STORY}<div>{links}</div>{LATER}"))


def test_cards_of_a_page_that_is_a_list_are_kept() -> None:
    page = newspaper(f"<h1>Lamps of the coast</h1><p>All lamps.</p>{''.join(CARD.format(n=n) for n in range(8))}")
    assert "A new lamp, number 5" in body_outline(page)


@pytest.mark.parametrize(
    "heading",
    [
        "Other news",
        "Weitere Meldungen",
        "Другие новости",
        "相关文章",
        "You may also like",
        "Останні документи",
        "Son Açıklamalar",
    ],
)
@pytest.mark.parametrize("tag", ["div", "section"])
def test_summaries_below_a_heading_that_announces_other_news_are_left_out(heading: str, tag: str) -> None:
    news = f"<{tag}><h2>{heading}</h2>{NEWS_ITEM.format(n=1)}{NEWS_ITEM.format(n=2)}</{tag}>"
    alone = body_outline(newspaper(f"{HEADLINE}{STORY}{LATER}"))
    assert body_outline(newspaper(f"{HEADLINE}{STORY}{LATER}{news}")) == alone


SUMMARY = "Its light is seen for thirty miles by ships from the south."
STORY_ROW = f"""<table><tr><td><a href="/s{{n}}"><img src="/s{{n}}.jpg" width="75"></a></td>
    <td><a href="/s{{n}}"><b>A lamp is lit on the far cape, number {{n}}</b></a><br>May 3, 2031<br>{SUMMARY}</td></tr>
    </table>"""
STORY_BOXES = f"""<div class="it"><div><a href="/z{{n}}"><img src="/z{{n}}.jpg" width="90"></a></div>
    <div><a href="/z{{n}}">A lamp is lit on the far cape, number {{n}}</a></div><div>{SUMMARY}</div></div>"""


@pytest.mark.parametrize("story", [STORY_ROW, STORY_BOXES])
@pytest.mark.parametrize("place", ["below", "beside"])
def test_stories_in_tables_and_boxes_below_a_bold_line_are_left_out(story: str, place: str) -> None:
    stories = f"<div><b>Other news</b>{story.format(n=1)}{story.format(n=2)}</div>"
    below, beside = (stories, "") if place == "below" else ("", f'<td width="300">{stories}</td>')
    page = f"""<table><tr><td>{HEADLINE}<p><i>May 12, 2031</i></p>{STORY}{LATER}{below}</td>{beside}</tr></table>"""
    body = body_outline(f"<title>Harbour open</title><body>{page}</body>")
    assert "Friday" in body
    assert not any(words in body for words in ("Other news", "far cape", "thirty miles"))


def test_a_date_and_a_summary_below_a_link_do_not_end_the_list_of_stories() -> None:
    lamps = "".join(
        f'<p><a href="/{place}">A lamp is lit on the {place}</a></p><p>3 May 2031</p><p>Its light is seen far away.</p>'
        for place in ("cape", "reef", "quay")
    )
    body = body_outline(newspaper(f"{HEADLINE}{STORY}<div><h3>Other news</h3>{lamps}</div>{LATER}"))
    assert [place for place in ("cape", "reef", "quay") if f"lit on the {place}" in body] == []
    assert "Friday" in body


def test_the_summary_beside_the_last_link_to_other_news_is_left_out() -> None:
    news = '<h3>Latest news</h3><div><a href="/x">A lamp is lit</a><p>Its light is seen for thirty miles.</p></div>'
    assert "thirty miles" not in body_outline(newspaper(f"{HEADLINE}{STORY}{LATER}{news}"))


def test_subtitles_above_the_link_to_another_story_are_text() -> None:
    subtitles = "<h2>The pilots wait, and the minister is on the way</h2><h2>Forty lamps burn, three are broken</h2>"
    more = '<h2><a href="/live">All news of the harbour</a></h2>'
    page = analyse_page(parse_markup(newspaper(f"{HEADLINE}<div class='subtitles'>{subtitles}{more}</div>{STORY}")))
    keep = ["news of" not in line.text for line in page.lines]
    drop_other_stories(page, keep)
    kept = [line.text for line in page.lines if keep[line.index]]
    assert "Forty lamps burn, three are broken" in kept


def test_the_text_below_links_to_other_news_is_kept() -> None:
    body = body_outline(newspaper(f'{HEADLINE}{STORY}<h3>Other news</h3><p><a href="/lamp">A lamp</a></p>{LATER}'))
    assert "Friday" in body
    assert "A lamp" not in body


@pytest.mark.parametrize(
    "links",
    [
        '<p><strong>See also:</strong> <a href="/lamps">A new lamp for the reef</a></p>',
        '<p><em>Read also: <a href="/lamps">A new lamp for the reef</a></em></p>',
        '<p>Lire aussi : <a href="/lampes">Une nouvelle lampe</a></p>',
        '<p>À lire aussi » <a href="/lampes">Une nouvelle lampe</a></p>',
        '<p>Dowiedz się więcej: <a href="/lampa">Nowa lampa na rafie</a></p>',
        '<p>Das Thema könnte dich auch interessieren:</p><ul><li><a href="/lampen">Eine neue Lampe</a></li></ul>',
        '<p>Lesen Sie auch die folgenden Beiträge:</p><ul><li><a href="/lampen">Eine neue Lampe</a></li></ul>',
        '<p>Lue seuraavaksi:</p><ul><li><a href="/lamppu">Uusi lamppu</a></li></ul>',
        '<h3>See also</h3><ul><li><a href="/lamps">A new lamp</a></li><li><a href="/trees">Olive trees</a></li></ul>',
        '<p><b>Siehe auch</b></p><ul><li><a href="/lampen">Eine neue Lampe</a></li></ul>',
    ],
)
def test_links_to_other_stories_within_the_text_are_left_out(links: str) -> None:
    alone = body_outline(newspaper(f"{HEADLINE}{STORY}{LATER}"))
    assert body_outline(newspaper(f"{HEADLINE}{STORY}{links}{LATER}")) == alone


@pytest.mark.parametrize(
    "reference",
    [
        '<p>See also: <a href="/annex.pdf">Annex to the treaty</a></p>',
        '<p>See also: <a href="#part-2">Part two of the treaty</a></p>',
        '<p>See also <a href="/treaty">the treaty</a>, which the assembly of the harbours discussed for years.</p>',
    ],
)
def test_references_after_see_also_are_kept(reference: str) -> None:
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}{reference}{LATER}"))
    assert "See also" in outline
    assert "the treaty" in outline


@pytest.mark.parametrize(("story", "count"), [("", 4), (STORY * 9, 0)])
def test_teasers_and_their_headlines_are_kept_only_without_another_text(story: str, count: int) -> None:
    teasers = "".join(
        f'<article><h3><a href="/{n}">Lamp {n}</a></h3><p>All that the pilots say of lamp {n}.</p></article>'
        for n in range(4)
    )
    page = analyse_page(parse_markup(f"<html><body><h1>Lamps</h1><div>{story}</div><div>{teasers}</div></body></html>"))
    keep = [line.box.element.tag == "p" for line in page.lines]
    drop_other_stories(page, keep)
    kept = [line.text for line in page.lines if keep[line.index] and "amp" in line.text and "Captains" not in line.text]
    words = [text for n in range(count) for text in (f"Lamp {n}", f"All that the pilots say of lamp {n}.")]
    assert kept == words


def test_links_that_begin_with_a_date_are_left_out_below_the_text() -> None:
    days = "".join(f'<li><a href="/{day}">{day} August 2031 – Lamp {day} lit</a></li>' for day in (27, 28))
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}{LATER}<div><b>Xyzzy</b><ul>{days}</ul></div>"))
    assert "Lamp 27" not in outline


def test_links_beside_a_date_are_left_out_below_the_text() -> None:
    days = "".join(f'<li><a href="/{day}">Lamp {day} lit again</a> <i>{day} August 2031</i></li>' for day in (27, 28))
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}{LATER}<div><b>Xyzzy</b><ul>{days}</ul></div>"))
    assert "Lamp 27" not in outline


def test_a_card_of_another_document_is_left_out_with_its_heading() -> None:
    card = '<a href="/p"><h3>Letter on lamps</h3><p>Lamps, and who lights them.</p></a>'
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}{LATER}<div><h2>Papers</h2><ul><li>{card}</li></ul></div>"))
    assert "Letter on lamps" not in outline
    assert "Papers" not in outline


@pytest.mark.parametrize("head", ["<h2>Xyzzy</h2>", ""])
def test_links_with_document_kind_and_date_below_the_text_are_left_out(head: str) -> None:
    story = (
        '<div class="row"><span>Media release</span> <a href="/{n}">Lamp {n} lit</a> <time>{n} May 2031</time></div>'
    )
    latest = f'<div class="view">{head}{story.format(n=3)}{story.format(n=4)}</div>'
    page = newspaper(f'<div class="title">{HEADLINE}</div><article>{STORY}{LATER}</article>{latest}')
    outline = body_outline(page)
    assert "Lamp 3" not in outline
    assert "Xyzzy" not in outline


def test_links_with_dates_within_the_text_are_kept() -> None:
    treaty = '<li><a href="/{n}">Treaty of reef {n}</a> ({n} May 2031)</li>'
    dated = f"<ul>{treaty.format(n=3)}{treaty.format(n=4)}</ul>"
    assert "Treaty of reef 4" in body_outline(newspaper(f"{HEADLINE}{STORY}{dated}{LATER}"))


@pytest.mark.parametrize("head", ["推荐阅读", "Latest media releases", "Meistgelesen", "추천 뉴스", "Xem thêm"])
def test_links_below_the_name_of_a_list_of_stories_are_left_out(head: str) -> None:
    links = '<ul><li><a href="/1">A lamp is lit</a></li><li><a href="/2">A reef is found</a></li></ul>'
    assert "A lamp is lit" not in body_outline(newspaper(f"{HEADLINE}{STORY}{LATER}<p>{head}</p>{links}"))


def test_news_with_dates_in_digits_above_a_footer_sentence_are_left_out() -> None:
    days = "".join(f'<li><a href="/{day}">Lamp {day} lit again</a> (0{day}/11/2031)</li>' for day in (3, 6))
    footer = '<div class="footer">The lamp office stands at the end of the pier.</div>'
    below = f"<div><b>Xyzzy</b><ul>{days}</ul></div>{footer}"
    page = newspaper(f"{HEADLINE}{STORY}{LATER}", below=below).replace('lang="en"', 'lang="vi"')
    outline = body_outline(page)
    assert "Lamp 3" not in outline
    assert "Xyzzy" not in outline


def test_links_below_several_headings_beside_the_text_are_other_stories() -> None:
    links = '<h2>Papers</h2><ul><li><a href="/1">Report on the lamps</a></li></ul><h2>Dates</h2><p>April 02, 2031</p>'
    side = f'<aside>{links}<p><a href="/2">Workshop on early warning</a></p></aside>'
    page = analyse_page(parse_markup(newspaper(f"{HEADLINE}{STORY}{LATER}", below=side)))
    found = [page.lines[index].text for index in linked_stories(page)]
    assert found == ["Papers", "Report on the lamps", "Dates", "April 02, 2031", "Workshop on early warning"]


@pytest.mark.parametrize(
    "references",
    [
        '<ul><li><a href="/log">Ship logs</a>, in which a hundred captains tell how they found the channel</li></ul>',
        '<dl><dt><a href="/log">Ship logs</a></dt><dd>How the captains found the channel.</dd></dl>',
        '<p>The <a href="/log">Ship logs</a> tell how the captains of a hundred ships found the channel at night.</p>',
    ],
)
@pytest.mark.parametrize("heading", ["<h2>See also</h2>", "<h3>Related</h3>"])
def test_references_that_describe_their_targets_are_not_other_stories(references: str, heading: str) -> None:
    page = analyse_page(parse_markup(newspaper(f"{HEADLINE}{STORY}{LATER}{heading}{references}")))
    assert [page.lines[index].text for index in announced_stories(page)] == []


def test_a_section_with_its_own_h1_below_the_headline_is_text() -> None:
    head = f'<title>Harbour open</title>{DATED}<meta property="og:type" content="article">'
    text = f"<h1>Who may enter</h1>{STORY}<h2>From Friday</h2>{LATER}"
    body = f'<main><section class="block">{HEADLINE}</section><section class="block">{text}</section></main>'
    assert "From Friday" in body_outline(f'<html lang="en"><head>{head}</head><body>{body}</body></html>')


def test_links_amid_the_text_are_kept_below_a_heading_such_as_recommended() -> None:
    advice = (
        '<h2>Recommended</h2><ul><li><a href="/rope">Ropes of forty feet</a></li><li><a href="/oil">Oil</a></li></ul>'
    )
    assert "Ropes of forty feet" in body_outline(newspaper(f"{HEADLINE}{STORY}{advice}{LATER}"))


def test_a_single_article_card_below_the_text_is_left_out() -> None:
    card = f'<div class="posts">{CARD.format(n=1).replace("div", "article")}</div>'
    page = "<html><head><title>Harbour open</title></head><body><div>{}</div></body></html>"
    text = f"{HEADLINE}<p>4 May 2031</p>{STORY}"
    assert "lit on the far cape" not in body_outline(page.format(f"<div>{text}</div>{card}"))


def test_text_below_links_to_other_stories_is_kept() -> None:
    links = '<p>Read also</p><h2><a href="/1">Reef lamps lit at last</a></h2><h2><a href="/3">A new pilot</a></h2>'
    resumed = (
        "<p>As for the lamps, the keeper of the reef counts all forty of them every evening, and writes it down.</p>"
    )
    aside = '<p>(<a href="/2">Read also: the keeper of the reef</a>)</p>'
    outline = body_outline(newspaper(f"{HEADLINE}<div>{STORY}{links}{resumed}{aside}</div>", head=DATED))
    assert "counts all forty" in outline
    assert "lit at last" not in outline


def test_the_programmes_of_which_a_document_is_part_are_left_out() -> None:
    box = '<div><h2>Part of</h2><ul><li><a href="/strategy">Strategy for islands 2030</a></li></ul></div>'
    assert "Strategy for islands" not in body_outline(newspaper(f"{HEADLINE}{STORY}{LATER}{box}"))


def test_teasers_without_links_below_a_heading_outside_the_article_are_left_out() -> None:
    teaser = f"<div><h3>Thule elects a warden</h3><p>3 May 2031</p>{OTHER}</div>"
    below = f"<section><h2>Weitere Abstimmungen</h2>{teaser}</section>"
    page = analyse_page(parse_markup(newspaper(f"{HEADLINE}{STORY}{LATER}", below=below)))
    texts = [page.lines[index].text for index in announced_stories(page)]
    assert texts[:3] == ["Weitere Abstimmungen", "Thule elects a warden", "3 May 2031"]
    assert len(texts) == 4


PICTURED_LINK = (
    '<a href="/{0}"><img src="/{0}.jpg" width="706" height="386" alt=""><span>{0} learn of the lamps</span></a> '
)
PICTURED_LINKS = "".join(map(PICTURED_LINK.format, ("Pilots", "Captains", "Harbours")))


@pytest.mark.parametrize("heading", ["<h2>More from The Atlantean</h2>", "<h2>Mehr von Atlantis</h2>"])
def test_the_heading_of_links_amid_the_text_is_left_out_with_them(heading: str) -> None:
    box = f'<div class="a"><div class="b"><div class="related-posts">{heading}{PICTURED_LINKS}</div></div></div>'
    page = newspaper(f"{HEADLINE}{STORY}{box}{LATER}{STORY}", head=DATED)
    assert body_outline(page) == body_outline(newspaper(f"{HEADLINE}{STORY}{LATER}{STORY}", head=DATED))


def test_the_heading_of_links_that_are_kept_is_kept() -> None:
    links = '<div><h2>Annexes</h2><ul><li><a href="/a.pdf">Map of the lamps (PDF, 2 MB)</a></li></ul></div>'
    assert 'section "Annexes"' in body_outline(newspaper(f"{HEADLINE}{STORY}{links}{LATER}"))


def test_stories_without_linked_headings_below_latest_news_are_left_out() -> None:
    stories = "".join(
        f"<article><h3>{name}</h3><p>{text}</p><a href='/{n}'>Read more</a></article>"
        for n, (name, text) in enumerate(
            [
                ("Grain ships arrive", "The first grain ships of the year arrived in the harbour on Sunday."),
                ("Queen postpones her visit", "The Queen of Mu will come in the autumn."),
            ]
        )
    )
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}<section><h2>Latest news</h2>{stories}</section>{LATER}"))
    assert [words for words in ("Latest news", "Grain ships", "Queen") if words in outline] == []


def test_sections_below_latest_updates_are_kept_if_most_have_no_link() -> None:
    days = "".join(
        f"<h3>{day} May 2031</h3><p>The harbour of Mu is open, and {day} lamps burn on the quay.</p>"
        for day in (4, 3, 2)
    )
    section = f"<div><h2>Latest updates</h2>{days}<p><a href='/report'>All numbers of May</a></p></div>"
    outline = body_outline(newspaper(f"{HEADLINE}<div>{STORY}{LATER}</div>{section}"))
    assert [day for day in (4, 3, 2) if f"and {day} lamps burn" in outline] == [4, 3, 2]
