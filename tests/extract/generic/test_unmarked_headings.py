"""Tests of `unmarked_headings`: which lines without a heading element become headings."""

from __future__ import annotations

import pytest

from tests.extract.generic.pages import HEADLINE, LATER, STORY, body_outline, newspaper

LAMPS = "The lamps burn oil from Lemuria, and the keepers cut each wick at noon."
FERRIES = "The ferries leave the old quay at six in the morning and at six at night."
END = "<p>Captains may write to the harbour master until the end of the year.</p>"


def _headings(text: str) -> list[str]:
    """Return the headings in the outline of a page that has `text` within its story."""
    lines = body_outline(newspaper(f"{HEADLINE}{STORY}{text}{END}")).splitlines()
    return [line.strip().removeprefix("section ").strip('"') for line in lines if "section " in line]


@pytest.mark.parametrize(
    "section",
    [
        '<div class="section-title">{}</div><p>{}</p>',
        '<div><div class="c-block__heading"><p>{}</p></div><div><p>{}</p></div></div>',
        '<p class="zwischentitel subheading">{}</p><p>{}</p>',
        '<section><div class="stepHeading">{}</div><div class="step-text">{}</div></section>',
        '<div class="panel"><div class="panel-heading"><div class="panel-title">{}</div></div><p>{}</p></div>',
        '<p class="h3 mt-4">{}</p><p>{}</p>',
        '<p class="intertitre">{}</p><p>{}</p>',
        '<p class="tussenkop">{}</p><p>{}</p>',
        '<p class="mellomtittel">{}</p><p>{}</p>',
        '<div class="mezititulek">{}</div><p>{}</p>',
        '<div role="heading" aria-level="3">{}</div><p>{}</p>',
        '<div class="item"><button aria-expanded="false">{}</button><div><p>{}</p></div></div>',
        '<div><div class="tab-title" role="button" aria-controls="x"><a>{}</a></div><div><p>{}</p></div></div>',
        '<div><button aria-expanded="true"><p>{}</p></button><div hidden><p>{}</p></div></div>',
        '<p class="heading--h3">{}</p><ul><li>{}</li></ul>',
    ],
)
def test_lines_with_a_heading_class_or_role_or_a_panel_button_are_headings(section: str) -> None:
    text = section.format("Lamps on the reef", LAMPS) + section.format("Ferries", FERRIES)
    assert _headings(text) == ["Lamps on the reef", "Ferries"]


def test_items_of_a_list_with_buttons_and_panels_are_sections() -> None:
    item = '<li><button aria-expanded="false">{}</button><div><p>{}</p></div></li>'
    text = f"<ul>{item.format('Which lamps?', LAMPS)}{item.format('Which ferries?', FERRIES)}</ul>"
    assert _headings(text) == ["Which lamps?", "Which ferries?"]


@pytest.mark.parametrize(
    "item",
    [
        '<li><button class="toggle" aria-expanded="false">{}</button><div>{}</div></li>',
        '<div class="item"><button class="toggle" aria-expanded="false">{}</button><div>{}</div></div>',
        '<div class="item"><a class="toggle" role="button" aria-expanded="false" href="#p">{}</a><div>{}</div></div>',
    ],
)
def test_a_panel_may_begin_with_short_lines(item: str) -> None:
    lamps, ferries = (f"<p>Spring 2031</p><p>Tuesdays</p><p>{text}</p>" for text in (LAMPS, FERRIES))
    items = item.format("Lamps and keepers", lamps) + item.format("Ferries", ferries)
    assert _headings(f"<ul>{items}</ul>" if item.startswith("<li") else items) == ["Lamps and keepers", "Ferries"]


def test_tabs_above_their_panels_are_not_headings_of_each_other() -> None:
    tabs = "".join(
        f'<li><button class="tab" aria-expanded="false">{name}</button></li>' for name in ("Lamps", "Ferries")
    )
    panels = f"<div><p>Spring 2031</p><p>{LAMPS}</p></div><div><p>Spring 2031</p><p>{FERRIES}</p></div>"
    assert "Lamps" not in _headings(f"<div><ul>{tabs}</ul>{panels}</div>")


def test_the_text_below_an_accordion_is_not_in_its_last_section() -> None:
    item = '<div class="item"><button aria-expanded="false">{}</button><div><p>{}</p></div></div>'
    text = f"<div>{item.format('Lamps', LAMPS)}{item.format('Ferries', FERRIES)}</div>"
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}{text}{END}"))
    assert '\nparagraph "Captains may write' in outline


def test_a_level_in_the_class_is_the_level_of_the_heading() -> None:
    item = '<div class="headline h4">{}</div><p>{}</p>'
    text = f"<h3>The reef</h3>{LATER}{item.format('Lamps', LAMPS)}{item.format('Ferries', FERRIES)}"
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}{text}"))
    assert '\n  section "Ferries"' in outline


@pytest.mark.parametrize(
    "lines",
    [
        (
            '<div class="card"><p>Ada Reef</p><p class="job-title">Harbour master</p><p>{}</p></div>'
            '<div class="card"><p>Tom Quay</p><p class="job-title">Pilot of the channel</p><p>{}</p></div>'
        ),
        (
            '<div><p>Ada Reef</p><p class="title">Harbour master</p><p>{}</p></div>'
            '<div><p>Tom Quay</p><p class="title">Pilot of the channel</p><p>{}</p></div>'
        ),
        (
            '<div><div>42</div><div class="fact-title">ships</div><p>{}</p></div>'
            '<div><div>17</div><div class="fact-title">ferries</div><p>{}</p></div>'
        ),
        '<p class="speaker-title">Ada Reef</p><p>{}</p><p class="speaker-title">Tom Quay</p><p>{}</p>',
        '<p class="title">QUESTION</p><p>{}</p><p class="title">QUESTION</p><p>{}</p>',
        '<p class="title">Lamps.</p><p>{}</p><p class="title">The ferries are late.</p><p>{}</p>',
        '<p class="subtitle">Lamps on the reef</p><p>{}</p><p>{}</p>',
        '<p class="section-title">Lamps on the reef</p><p>{}</p><p>{}</p>',
        '<p class="untitled">Lamps on the reef</p><p>{}</p><p class="untitled">Ferries</p><p>{}</p>',
        '<div role="heading">Lamps light the channel from Friday on.</div><p>{}</p><p>{}</p>',
        '<div class="title">Lamps</div><div class="title">Ferries</div><p>{}</p><p>{}</p>',
        '<dl><dt class="title">Lamps</dt><dd>{}</dd><dt class="title">Ferries</dt><dd>{}</dd></dl>',
        '<p class="table-heading">Table 1</p><p>{}</p><p class="table-heading">Table 2</p><p>{}</p>',
    ],
)
def test_labels_names_sentences_and_captions_with_a_heading_class_are_no_headings(lines: str) -> None:
    assert _headings(lines.format(LAMPS, FERRIES)) == []


@pytest.mark.parametrize(
    "title", ['<div class="list-view-title">{}</div>', '<div class="faq-title">Rumour: <a href="/{}">{}</a></div>']
)
def test_three_sentences_or_links_with_a_heading_class_are_headings_but_not_two(title: str) -> None:
    long = "The pilots are asleep while the ships wait for them in front of the harbour, and none of the ferries "
    words = ("The lamps are dark.", "The ferries are late.", f"{long}can leave for the islands in the west.")
    rumours = "".join(f"<div>{title.format(each, each)}<p>{LAMPS}</p></div>" for each in words)
    assert len(_headings(rumours)) == len(words)
    two = "".join(f"<div>{title.format(each, each)}<p>{LAMPS}</p></div>" for each in words[:2])
    assert _headings(two) == []
    bare = title.format("Alone.", "Alone.")
    assert _headings(f"{rumours}<div>{bare}</div><div>{bare.replace('Alone', 'Twice')}</div>") == []


def test_one_of_several_panels_may_have_only_a_few_words() -> None:
    def panels(*texts: str) -> str:
        rows = (f"<h4><button aria-expanded='true'>{text[:9]}?</button></h4><div><p>{text}</p></div>" for text in texts)
        return "".join(f"<li>{row.replace('h4', 'div')}</li>" for row in rows)

    texts = (LAMPS, FERRIES, f"Pilots: {LAMPS}", "Questions: write to us")
    assert len(_headings(f"<ul>{panels(*texts)}</ul>")) == len(texts)
    assert len(_headings(f"<ul>{panels(*texts[2:])}</ul>")) <= 1


@pytest.mark.parametrize("tag", ["h3", "h4", "h6"])
def test_paragraphs_in_heading_elements_are_paragraphs(tag: str) -> None:
    text = "".join(
        f"<{tag}>{sentence} The harbour master has told all captains so.</{tag}>" for sentence in (LAMPS, FERRIES)
    )
    assert _headings(f"<h2>Lamps and ferries</h2>{text}") == ["Lamps and ferries"]


@pytest.mark.parametrize(
    "text",
    [
        f"<h3>{LAMPS} The harbour master has told all captains so.</h3><p>{FERRIES}</p>",
        f"<h3>{LAMPS[:-1]} as they have told us?</h3><h3>{FERRIES[:-1]} as they have told us?</h3>",
        f"<h2>{LAMPS[:-1]} as the harbour master has told all</h2><h3>{FERRIES} The harbour master has told us.</h3>",
    ],
)
def test_long_subtitles_and_questions_stay_headings(text: str) -> None:
    assert len(_headings(text)) == text.count("</h")
