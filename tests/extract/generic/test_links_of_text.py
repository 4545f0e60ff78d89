"""Which lists of links belong to the text."""

from __future__ import annotations

import pytest

from readout_pub.extract.generic import analyse_page, parse_markup
from readout_pub.extract.generic.classify import choose_lines, classify
from readout_pub.extract.generic.weights import load_weights
from tests.extract.generic.pages import HEADLINE, LATER, STORY, body_outline, is_kept_despite_low_score, newspaper


@pytest.mark.parametrize(
    ("heading", "name", "kept"),
    [("<h2>Tables</h2>", "", True), ("<p>Tables</p>", "", False), ("<h2>Tables</h2>", "related", False)],
)
def test_links_are_kept_if_they_alone_fill_a_section_amid_the_text(heading: str, name: str, *, kept: bool) -> None:
    links = f'<div class="{name}"><ul><li><p><a href="/tides">Tides of May 2031 (CSV, 12 KB)</a></p></li></ul></div>'
    page = analyse_page(parse_markup(newspaper(f"{HEADLINE}{STORY}{heading}{links}<h2>Lamps</h2>{LATER}")))
    classify(page, load_weights())
    link = next(line.index for line in page.lines if line.text.startswith("Tides"))
    page.margins[link] = -3.0
    assert choose_lines(page, None)[link] is kept


@pytest.mark.parametrize(
    ("label", "kept"), [("More information:", True), ("<b>Weitere Informationen:</b>", True), ("Tags:", False)]
)
def test_links_below_a_short_label_other_than_tags_are_kept(label: str, *, kept: bool) -> None:
    links = "".join(f'<li><a href="/{n}">{name}</a></li>' for n, name in enumerate(("Lamps of the reef", "Tides")))
    text = f"<div>{STORY}{LATER}<p>{label}</p><ul>{links}</ul><p>Contact:</p><p>N. Reef, Port Nautilus</p></div>"
    assert is_kept_despite_low_score(f"{HEADLINE}{text}", "Lamps of the reef") == kept


def test_a_list_that_the_text_announces_with_a_colonis_kept_despite_low_score() -> None:
    links = "".join(f'<li><a href="/{word}">Lamps of the {word}</a></li>' for word in ("reef", "cape", "bay"))
    announced = f"<p>The keepers speak about subjects such as:</p><div><div><ul>{links}</ul></div></div>"
    assert is_kept_despite_low_score(f"{HEADLINE}{STORY}{announced}{LATER}", "Lamps of the reef")


REEFS = "".join(f'<li>{{}}<a href="/{word}">Lamps of the {word}</a>{{}}</li>' for word in ("reef", "cape", "bay"))


@pytest.mark.parametrize("tags", [("", ""), ("<p>", "</p>")])
@pytest.mark.parametrize("above", ["<h2>Surveys</h2>", "<h2>Surveys</h2><p>Of these lamps:</p>"])
def test_a_list_of_links_below_a_heading_amid_proseis_kept_despite_low_score(above: str, tags: tuple[str, str]) -> None:
    links = REEFS.format(*tags * 3)
    assert is_kept_despite_low_score(f"{HEADLINE}{STORY}{above}<ul>{links}</ul>{LATER}", "Lamps of the")
    assert not is_kept_despite_low_score(
        f"{HEADLINE}{STORY}{above}<ul class='related'>{links}</ul>{LATER}", "Lamps of the"
    )


@pytest.mark.parametrize(
    ("heading", "kept"),
    [
        ('<h4 class="light">Partners</h4>', True),
        ('<h4 class="teaser">Partners</h4>', False),
        ('<p>Next</p><h4 class="light">Partners</h4>', False),
    ],
)
def test_a_list_of_links_is_kept_if_headed_like_the_kept_list_above(heading: str, *, kept: bool) -> None:
    files = '<h4 class="light">Reports</h4><ul><li><a href="/files/lamps.pdf">Report on lamps (PDF)</a></li></ul>'
    links = REEFS.format(*("", "") * 3)
    page = f"{HEADLINE}{STORY}{LATER}{files}{heading}<ul>{links}</ul>"
    assert is_kept_despite_low_score(page, "Lamps of the") is kept


@pytest.mark.parametrize("wrap", ["{}", "<div>{}</div>"])
def test_a_list_of_links_between_a_heading_and_other_text_of_its_sectionis_kept_despite_low_score(wrap: str) -> None:
    heading = wrap.format("<h2>Tools</h2>")
    note = wrap.format("<p>These tools are lent by the keepers of the lamps.</p>")
    links = f"<div><ul>{REEFS.format(*('', '') * 3)}</ul></div>"
    text = f"<div>{STORY}{heading}{links}{note}</div>"
    assert is_kept_despite_low_score(f"{HEADLINE}{text}<p>End.</p>", "Lamps of the")
    assert not is_kept_despite_low_score(f"{HEADLINE}<div>{heading}{links}{note}</div>{STORY}{LATER}", "Lamps of the")
    named = text.replace("<div><ul>", "<div class='related'><ul>")
    assert not is_kept_despite_low_score(f"{HEADLINE}{named}", "Lamps of the")


@pytest.mark.parametrize("below", [LATER, ""])
def test_an_announcement_with_a_link_is_kept_above_its_list(below: str) -> None:
    parts = "<ul><li>A survey of the lamps in the reef.</li><li>The fees of the pilots in winter.</li></ul>"
    announced = '<p>Read the <a href="/guide">guide to the harbour and its lamps in winter</a>, with:</p>'
    assert is_kept_despite_low_score(f"{HEADLINE}{STORY}<div>{announced}{parts}</div>{below}", "Read the guide")


@pytest.mark.parametrize(
    ("entries", "kept"),
    [
        (("In Reef Town, Nerea Salt, salt@reef.example", "In Salt Bay, Ola Ebb, +255 55 501 122"), True),
        (("Lamps of the reef", "Lamps of the cape"), False),
        (("In Reef Town, Nerea Salt, salt@reef.example", "Lamps of the cape"), False),
    ],
)
def test_a_list_of_only_contacts_is_kept_below_its_announcement(entries: tuple[str, str], *, kept: bool) -> None:
    items = "".join(f'<li><a href="/{entry[-3:]}">{entry}</a></li>' for entry in entries)
    text = f"<div>{STORY}<p><b>For more information, please contact:</b></p><ul>{items}</ul></div>"
    assert is_kept_despite_low_score(f"{HEADLINE}{text}", entries[0]) == kept


_SOURCES = (
    '<a href="https://lamps.example/r">Office of Lamps, report</a>',
    '<a href="https://pilots.example/">Pilots</a>',
)


@pytest.mark.parametrize(
    "sources",
    [
        "<h3>Sources</h3><ul><li>{0}</li><li>{1}</li></ul>",
        '<div class="sources"><h6>References</h6><p>{0}</p><p>{1}</p></div>',
        "<p><strong>Quellen:</strong></p><p>{0}</p><p>{1}</p>",
        '<div class="notes"><div>Fuentes</div><ul><li>{0}</li><li>{1}</li></ul></div>',
    ],
)
def test_sources_below_the_text_are_kept_with_their_heading(sources: str) -> None:
    outline = body_outline(newspaper(f"{HEADLINE}<div>{STORY}{LATER}{sources.format(*_SOURCES)}</div>"))
    heading = next(word for word in ("Sources", "References", "Quellen", "Fuentes") if word in sources)
    assert [words for words in (heading, "Office of Lamps", "Pilots") if words not in outline] == []


@pytest.mark.parametrize(
    "links",
    [
        '<nav><h3>Sources</h3><ul><li><a href="/a">Lamps</a></li><li><a href="/b">Pilots</a></li></ul></nav>',
        '<h3>More news</h3><ul><li><a href="/a">Lamps</a></li><li><a href="/b">Pilots</a></li></ul>',
    ],
)
def test_links_in_menus_and_to_other_stories_are_no_sources(links: str) -> None:
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}{LATER}{links}"))
    assert [words for words in ("Lamps", "Pilots") if words in outline] == []
