"""Callouts amid the text: the text below a callout does not belong to its heading."""

from __future__ import annotations

import pytest

from tests.extract.generic.pages import HEADLINE, LATER, STORY, body_outline, newspaper, read_generic

ADVICE = "<p>Captains of ships with more than forty oars should call the pilots before they pass the reef.</p>"


@pytest.mark.parametrize(
    "callout",
    [
        f'<div class="callout"><h3>Deep ships</h3>{ADVICE}</div>',
        f'<div class="c-callout--blue"><div><h4>Deep ships</h4></div><div>{ADVICE}</div></div>',
        f'<div class="panel panel-default"><div class="panel-heading"><h5>Deep ships</h5></div>{ADVICE}</div>',
        f'<div class="alert alert-info"><h2>Deep ships</h2><ul><li>Call the pilots.</li></ul>{ADVICE}</div>',
        f"<aside><h3>Deep ships</h3>{ADVICE}</aside>",
        f'<div class="border-l"><div class="px-4"><h3>Note:</h3><div>{ADVICE}</div></div></div>',
        f"<section><h4>Hinweis</h4>{ADVICE}</section>",
        f"<div><h3>注意</h3>{ADVICE}</div>",
        f"<div class='border'><h2>Key facts</h2><ul><li>Forty lamps.</li></ul>{ADVICE}</div>",
        f'<div class="c-keyfacts key-facts"><h2>The harbour in numbers</h2>{ADVICE}</div>',
        f"<div><h3>Auf einen Blick</h3>{ADVICE}</div>",
        f'<div class="well align-right"><p><strong>Deep ships</strong></p>{ADVICE}</div>',
        f'<div class="infobox"><div><b>Deep ships</b></div><div>{ADVICE}</div></div>',
        f'<div class="grey-box"><h3>Deep ships</h3>{ADVICE}</div>',
        f'<div class="content bg-gray"><div><h3>Deep ships</h3></div><div>{ADVICE}</div></div>',
        f'<div class="box"><h4>Deep ships</h4>{ADVICE}</div>',
        f'<div style="border: 1px solid #ccc; padding: 8px"><h3>Deep ships</h3>{ADVICE}</div>',
        f'<div style="width:40%;float:right"><h3>Deep ships</h3>{ADVICE}</div>',
        f'<table border="1"><tr><td bgcolor="#eeeeee"><h3>Deep ships</h3>{ADVICE}</td></tr></table>',
    ],
)
def test_the_text_below_a_callout_is_not_in_its_section(callout: str) -> None:
    lines = body_outline(newspaper(f"<div>{HEADLINE}{STORY}{callout}{LATER}</div>")).splitlines()
    assert any(line.startswith('  paragraph "Captains of ships') for line in lines)
    assert any(line.startswith('paragraph "The harbour') and "Friday" in line for line in lines)


@pytest.mark.parametrize(
    "section",
    [
        f"<div><h3>Deep ships</h3>{ADVICE}</div>",
        f'<div class="panel"><h3>Deep ships</h3>{ADVICE}</div><div class="panel">{ADVICE}</div>',
        f'<div class="notes-list"><h3>Deep ships</h3></div>{ADVICE}',
        f'<div class="text-block-container"><h3>Deep ships</h3>{ADVICE}</div>',
        f'<div style="background: none; border: 0"><h3>Deep ships</h3>{ADVICE}</div>',
        f'<div style="border: 0px none; float: none"><h3>Deep ships</h3>{ADVICE}</div>',
        f'<div style="border: medium none; background: rgba(0, 0, 0, 0)"><h3>Deep ships</h3>{ADVICE}</div>',
        f'<div style="color: #333; background-color: rgb(255, 255, 255)"><h3>Deep ships</h3>{ADVICE}</div>',
        "<h3>Note</h3>",
    ],
)
def test_the_text_below_an_ordinary_heading_is_in_its_section(section: str) -> None:
    outline = body_outline(newspaper(f"<div>{HEADLINE}{STORY}{section}{LATER}</div>"))
    assert any(line.startswith('  paragraph "The harbour') for line in outline.splitlines())


def test_a_callout_at_the_end_of_a_section_is_a_separate_section() -> None:
    callout = f'<div class="callout"><h2>Deep ships</h2>{ADVICE}</div>'
    outline = body_outline(
        newspaper(f"<div>{HEADLINE}{STORY}<h2>Lamps</h2>{STORY}{callout}<h2>Ferries</h2>{LATER}</div>")
    )
    assert [line for line in outline.splitlines() if "section" in line] == [
        'section "Lamps"',
        'section "Deep ships"',
        'section "Ferries"',
    ]


def test_a_panel_with_most_of_the_text_is_not_a_callout() -> None:
    text = f'<div class="panel"><h2>Lamps</h2>{STORY}{LATER}{STORY}</div><p>The council meets again in May.</p>'
    readout = read_generic(newspaper(f"<div>{HEADLINE}{text}</div>"))
    assert len(readout.body) == 1
