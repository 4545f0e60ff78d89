"""Votes, signatures, key points and other short lines of a document are kept by the generic extractor."""

from __future__ import annotations

import pytest

from readout_pub.extract.generic import analyse_page, parse_markup
from readout_pub.extract.generic.short_lines import keep_short_lines
from tests.extract.generic.pages import DATED, HEADLINE, LATER, STORY, body_outline, newspaper

KEPT = {
    "key points in an aside": (
        '<aside class="summary-box"><h3>At a glance</h3><p>Channel dredged by 2033</p><p>Forty lamps</p></aside>',
        ("At a glance", "Channel dredged by 2033", "Forty lamps"),
    ),
    "facts": (
        '<dl class="facts"><dt>Place</dt><dd>Reef Town</dd><dt>Treaty</dt><dd>Seven Islands</dd></dl>',
        ("Place", "Reef Town", "Treaty", "Seven Islands"),
    ),
    "votes": (
        """<div class="vote"><div class="vote-yes"><h4>Yes</h4><ul><li>Brine</li><li>Kelp</li></ul></div>
        <div class="vote-no"><h4>No</h4><ul><li>Barnacle</li></ul></div></div>""",
        ("Yes", "Brine", "Kelp", "No", "Barnacle"),
    ),
    "votes of members with a page of their own": (
        """<h4>Reef Party</h4><ul class="vote-list"><li class="vote-list__item"><a href="/1">Ama Brine</a></li>
        <li class="vote-list__item"><a href="/2">Ib Kelp</a></li></ul>""",
        ("Reef Party", "Ama Brine", "Ib Kelp"),
    ),
    "signatures in a table": (
        '<table width="100%"><tr><td>For Lemuria<br>N. Ereus</td><td>For Atlantis<br>P. Salis</td></tr></table>',
        ("For Lemuria", "N. Ereus", "For Atlantis", "P. Salis"),
    ),
    "table in a figure": (
        """<figure class="wp-block-table"><table><thead><tr><th>Port</th><th>Lamps</th></tr></thead><tbody><tr>
        <td>Reef Town</td><td>22</td></tr></tbody></table><figcaption>Lamps by port</figcaption></figure>""",
        ("Port", "Reef Town", "22", "Lamps by port"),
    ),
    "quotation in a figure": (
        """<figure class="quote-block"><div><blockquote><p>Light is trust.</p></blockquote>
        <figcaption>Ib Kelp, keeper</figcaption></div></figure>""",
        ("Light is trust.", "Ib Kelp, keeper"),
    ),
    "cards without links": (
        """<div class="card"><h3 class="card-title">The school</h3><p class="card-text">It has room for nine.</p></div>
        <div class="flip-card"><div class="flip-card-back"><p>It opens at dusk.</p></div></div>""",
        ("The school", "It has room for nine.", "It opens at dusk."),
    ),
    "panels of tabs": (
        """<div class="tabs"><ul class="tab-list" role="tablist"><li><a href="#t1">Lamps</a></li></ul>
        <div class="tab-body" id="t1"><p>Lamps are lent for a year.</p></div>
        <div class="tab-body" id="t2"><p>Pilots go to school.</p></div></div>""",
        ("Lamps are lent for a year.", "Pilots go to school."),
    ),
    "field below its label": (
        """<div class="field field--name-field-gist field--label-above"><div class="field__label">In short</div>
        <div class="field__item"><p>Lamps and pilots were on the table of both ministers.</p></div></div>""",
        ("Lamps and pilots were on the table of both ministers.",),
    ),
    "box named as information": (
        """<div class="info-box"><p><strong>What it means for you</strong></p>
        <p>Ships of less than nine tons need no pilot from May on.</p></div>""",
        ("What it means for you", "Ships of less than nine tons need no pilot from May on."),
    ),
    "text version of a chart": (
        """<figure><img src="chart.png" width="640" height="400" alt="A chart"><details><summary>As text</summary>
        <table><tr><th>Year</th><th>Lamps</th></tr><tr><td>Ninth</td><td>31</td></tr></table></details></figure>""",
        ("As text", "Year", "Ninth", "31"),
    ),
    "steps with numbers": (
        """<div class="steps"><div class="step"><span>1</span><div>Ask the lamp bureau.</div></div>
        <div class="step"><span>2</span><div>Wait for dusk.</div></div></div>""",
        ("1", "Ask the lamp bureau.", "2", "Wait for dusk."),
    ),
    "signature": ('<div class="signature"><p>ORLA BRINE</p><p>Secretary</p></div>', ("ORLA BRINE", "Secretary")),
    "amendments": (
        """<table><tr><td><b>Present text</b></td><td><b>Amendment</b></td></tr>
        <tr><td>The lamps are lit at dusk.</td><td>The lamps are lit <b>before</b> dusk.</td></tr></table>""",
        ("Present text", "Amendment", "lit at dusk", "before"),
    ),
    "files": (
        '<h3>Documents</h3><ul><li><a href="/a.pdf">Joint statement</a></li><li><a href="/b.pdf">Map</a></li></ul>',
        ("Documents", "Joint statement", "Map"),
    ),
}


@pytest.mark.parametrize("name", KEPT)
@pytest.mark.parametrize("place", ["above", "amid", "below"])
def test_short_lines_of_the_document_are_kept(name: str, place: str) -> None:
    block, texts = KEPT[name]
    parts = {"above": (block, STORY, LATER), "amid": (STORY, block, LATER), "below": (STORY, LATER, block)}[place]
    outline = body_outline(newspaper(f'{HEADLINE}<div class="text">{"".join(parts)}</div>'))
    assert [text for text in texts if text not in outline] == []


@pytest.mark.parametrize(
    "block",
    [
        '<div class="share"><p>Tell your friends</p></div>',
        "<div><h3>Visitor centre</h3><p>Ministry of Atlantis</p><p>Tel. +99 1 234 567</p></div>",
        '<div class="rating"><p>Was this page helpful?</p><form><input type="radio">Yes</form></div>',
        '<ul><li><a href="/lamps">Lamps lit</a></li><li>and more</li><li><a href="/pilots">Pilots</a></li></ul>',
        "<h3>More on lamps</h3>",
        '<div class="card"><h3>The school of Reef Town</h3><a class="card-link" href="/school">Read on</a></div>',
        '<div class="related"><h3>The school of Reef Town</h3><button>Show</button></div>',
        '<div class="tools"><p>Size of letters</p><a href="/print">Print this page</a></div>',
        '<div class="toolbar"><p>Size of letters</p><input type="range"></div>',
        '<div class="field field--label-above"><div class="field__label">Section</div><div>Reef affairs</div></div>',
    ],
)
def test_short_lines_that_are_not_part_of_the_document_are_left_out(block: str) -> None:
    plain = body_outline(newspaper(f'{HEADLINE}<div class="text">{STORY}{LATER}</div>', head=DATED))
    assert body_outline(newspaper(f'{HEADLINE}<div class="text">{STORY}{LATER}{block}</div>', head=DATED)) == plain


SIDEBAR = (
    '<aside class="sidebar"><div><h2>The Atlantean</h2><p>The first source for all news of the bay.</p></div></aside>'
)
LEDE = "<p>The harbour of Atlantis is open to ships of every flag, and the first three of them came from Lemuria.</p>"


def test_the_text_of_a_sidebar_is_kept_only_within_the_article() -> None:
    text = f"{HEADLINE}{LEDE}<div>{STORY}{LATER}</div>"
    assert "first source" not in body_outline(newspaper("", above=f"<main>{text}{SIDEBAR}</main>", head=DATED))
    assert "first source" in body_outline(newspaper(f"{text}{SIDEBAR}", head=DATED))


def test_key_figures_and_their_labels_above_the_prose_are_kept() -> None:
    tile = '<div class="kf"><div class="n">{}</div><div class="l">{}</div></div>'
    tiles = tile.format("1,204", "boats") + tile.format("+3.2%", "on 2030") + tile.format("€ 4 bn", "in fares")
    outline = body_outline(newspaper(f"{HEADLINE}<div><h2>Key figures</h2>{tiles}</div>{STORY}{LATER}"))
    assert [words for words in ("Key figures", "1,204", "boats", "+3.2%", "in fares") if words not in outline] == []


def test_counts_of_views_and_comments_are_not_text() -> None:
    counts = "<div><div>12</div><div>Views</div></div><div><div>4</div><div>Comments</div></div>"
    assert "Comments" not in body_outline(newspaper(f"{HEADLINE}<div>{counts}</div>{STORY}{LATER}"))


def test_a_short_text_of_the_class_entry_content_is_kept_whole() -> None:
    text = "".join(
        f"<p>{each}</p>"
        for each in (
            "The Minister for the Reef of Atlantis, Orla Brine, received the Envoy of Lemuria, Ib Kelp, today.",
            "They spoke about the ceasefire in the strait and about deliveries of salt.",
            "“We thank both sides for their patience,” the Minister said.",
        )
    )
    steps = "<h2>Next steps</h2><ol><li>Second round in June</li><li>Report to the Assembly</li></ol>"
    note = "<details><summary>Note to editors</summary><p>Envoy Kelp was appointed in 2030.</p></details>"
    outline = body_outline(newspaper(f'{HEADLINE}<div class="entry-content">{text}{steps}{note}</div>'))
    texts = ("Next steps", "Second round in June", "Note to editors", "Envoy Kelp was appointed in 2030.")
    assert [each for each in texts if each not in outline] == []


def test_the_time_at_which_a_debate_begins_is_kept_with_its_heading() -> None:
    opening = '<h2>Question for debate</h2><p class="debate-meta">3.41 pm</p>'
    later = '<p class="debate-meta">3.52 pm</p>'
    markup = newspaper(f'{HEADLINE}</article><div class="debate">{opening}{STORY}{later}{LATER}</div>')
    page = analyse_page(parse_markup(markup))
    keep = [page.is_prose(line) for line in page.lines]
    keep_short_lines(page, keep)
    kept = [line.text for line in page.lines if keep[line.index]]
    assert {"Question for debate", "3.41 pm"} <= set(kept)


def test_the_time_of_publication_below_the_title_is_left_out() -> None:
    time = '<p class="story-meta">3.41 pm</p>'
    assert "3.41 pm" not in body_outline(newspaper(f'{HEADLINE}<div class="story">{time}{STORY}{LATER}</div>'))


def test_the_name_of_a_person_below_a_quotation_is_kept() -> None:
    quotation = (
        '<div class="m-quote"><blockquote><p>Lamps are cheap.</p></blockquote>'
        '<div class="m-quote__author">Nerea Salt, pilot</div></div>'
    )
    assert "Nerea Salt, pilot" in body_outline(newspaper(f"{HEADLINE}{STORY}{quotation}{LATER}"))


def test_times_beside_the_items_of_a_programme_are_kept() -> None:
    item = '<div class="slot"><div class="clock">{}</div><div class="what">{}</div></div>'
    items = item.format("9:00", "Arrival of the guests") + item.format("10:30–11:00", "Signing in the hall")
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}<div>{items}</div>{LATER}"))
    assert [each for each in ("9:00", "Arrival of the guests", "10:30–11:00") if each not in outline] == []


FILE_FIELD = (
    '<div class="field field-type-file field-label-above"><div class="field-label">Documents:</div>'
    '<div class="field-items"><div class="field-item"><span class="file"><img class="file-icon" src="/pdf.png" alt="">'
    ' <a href="/files/accord.pdf">The Reef Accord</a></span></div></div></div>'
)
ATTACHMENT = (
    '<section class="attachment"><div class="attachment__details">'
    '<h3 class="attachment__title"><a href="/files/accord.pdf">The Reef Accord</a></h3>'
    '<p class="attachment__metadata"><span><abbr title="Portable Document Format">PDF</abbr></span>,'
    " <span>120 KB</span>, <span>4 pages</span></p></div></section>"
)


@pytest.mark.parametrize(
    ("block", "words"),
    [
        (FILE_FIELD, ("Documents:", "The Reef Accord")),
        (ATTACHMENT, ("The Reef Accord", "120 KB", "4 pages")),
    ],
)
def test_files_amid_the_text_are_kept_with_their_facts(block: str, words: tuple[str, ...]) -> None:
    page = newspaper(f"{HEADLINE}{STORY * 3}{block}{LATER * 3}", head=DATED)
    outline = body_outline(page.replace(' class="article-body"', ""))
    assert [each for each in words if each not in outline] == []


@pytest.mark.parametrize(
    "block",
    [
        f'<div class="related">{ATTACHMENT}</div>',
        f"<nav>{FILE_FIELD}</nav>",
        f'<div class="sidebar share">{FILE_FIELD}</div>',
        f"<footer>{ATTACHMENT}</footer>",
        f'<div class="cookie-banner">{ATTACHMENT}</div>',
    ],
)
def test_files_in_boxes_for_navigation_or_related_links_are_left_out(block: str) -> None:
    assert "The Reef Accord" not in body_outline(newspaper(f"{HEADLINE}{STORY}{block}{LATER}", head=DATED))
