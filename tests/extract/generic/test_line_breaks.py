"""Menus, titles and dates are recognised even if only line breaks separate them from the text in the same element."""

from __future__ import annotations

import pytest

from readout_pub.model import plain_text
from tests.extract.generic.pages import STORY, body_outline, read_generic
from tests.outline import outline

TEXT = """The ambassador of Skane, Mr. Olof Lind, called on the Minister of Mines at her office on Thursday.<br><br>They
spoke about the copper mines of the north, in which firms from Skane have worked since 1962.<br><br>The minister thanked
the ambassador for the loan on the railway to the coast."""
MENU = '<a href="/a">Home</a><br><a href="/b">Laws</a><br><a href="/c">News</a>'
FOOT = '<a href="/c">Back to list</a><br>Webmaster: web@mines.example'
TITLE = '<b><font size="4">Lind calls on the minister</font></b>'


def page(cells: str, title: str = "Ministry of Mines") -> str:
    return f"<html><head><title>{title}</title></head><body><table><tr>{cells}</tr></table></body></html>"


@pytest.mark.parametrize(
    "cells",
    [
        f"<td>{MENU}</td><td>{TITLE}<br><font>04/16/2009</font><br><br>{TEXT}<br><br>{FOOT}</td>",
        f'<td>{MENU}<br><br>{TITLE}<br>16 April 2009<br><br><font size="2">{TEXT}</font></td>',
        f"<td><font>{TITLE}<br>16 April 2009<br><br>{TEXT}<br><br><small>You are visitor 1204</small></font></td>",
        f"<td>{MENU}</td><td><p>{TITLE}<br>April 16, 2009</p><p>{TEXT}</p></td>",
    ],
)
def test_menu_and_title_and_date_in_the_text_cell_are_not_text(cells: str) -> None:
    readout = read_generic(page(cells))
    assert plain_text(readout.title or ()) == "Lind calls on the minister"
    assert str(readout.issued) == "2009-04-16"
    body = outline(readout.body)
    assert body.startswith('paragraph "The ambassador')
    assert body.rstrip().endswith('railway to the coast."')


def test_a_bold_line_without_a_date_stays_in_its_paragraph() -> None:
    assert "North⏎" in body_outline(page(f"<td><p>{TEXT}</p><p><b>North</b><br>{TEXT}</p></td>")).replace("]", "")


def test_a_bold_title_above_the_date_outweighs_the_title_element() -> None:
    cell = f"<td>{MENU}</td><td><p><b>Lind calls on the minister</b><br>16 April 2009</p><p>{TEXT}</p></td>"
    assert plain_text(read_generic(page(cell, "Embassy News")).title or ()) == "Lind calls on the minister"


def test_bold_line_and_date_between_heading_and_text_are_kept() -> None:
    body = body_outline(page(f"<td><h1>Lind calls</h1><p><b>By night</b><br>4 May 2031, Reef Town<br>{TEXT}</p></td>"))
    assert "By night" in body
    assert "Reef Town" in body


def test_a_first_line_that_repeats_the_title_is_not_text() -> None:
    body = body_outline(page(f"<td><span>Lind calls</span><br>{TEXT}</td>", "Lind calls"))
    assert body.startswith('paragraph "The ambassador')


def test_breadcrumb_day_and_title_between_line_breaks_are_not_in_the_body() -> None:
    cell = (
        "<font>Start &gt; News &gt; Releases</font><br><br><font>12 May 2031</font><br>"
        f"<font size=4><b>The keepers of the reef meet in Salt Bay</b></font><br><br><div>{STORY}</div>"
    )
    page = f"<html><title>MoT - News</title><body><table><tr><td>{cell}</td></tr></table></body></html>"
    readout = read_generic(page)
    assert readout.title == ("The keepers of the reef meet in Salt Bay",)
    assert str(readout.issued) == "2031-05-12"
    assert body_outline(page).startswith('paragraph "The harbour of Atlantis')


SPEECH = """<b><font size="+2">Remarks by Governor Olof Lind</font></b><br><em>Copper and the coast</em><br>
<b>At the Conference of the Mines, Reef Town<br>April 16, 2009</b>"""
SPEECH_IN_BOLD = """<b><font size="+2">Remarks by Governor Olof Lind</font><br><i>Copper and the coast<br></i>
At the Conference of the Mines, Reef Town<br>April 16, 2009</b>"""


@pytest.mark.parametrize(
    "cells",
    [
        f"<td>{SPEECH}</td></tr><tr><td><p>{TEXT}</p></td>",
        f"<td>{SPEECH}<p>{TEXT}</p></td>",
        f"<td>{SPEECH_IN_BOLD}<p>{TEXT}</p></td>",
    ],
)
def test_a_line_that_repeats_a_part_of_the_title_is_not_text(cells: str) -> None:
    readout = read_generic(page(cells, "NBS: Speech, Lind--Copper and the coast--April 16, 2009"))
    assert plain_text(readout.title or ()) == "Copper and the coast"
    assert readout.series == "Remarks by Governor Olof Lind"
    assert str(readout.issued) == "2009-04-16"
    assert outline(readout.body).startswith('paragraph "[strong: At the Conference')


def test_a_speaker_above_the_place_of_the_speech_is_not_the_title() -> None:
    speaker = '<b><font size="+2">Remarks by Governor Olof Lind</font></b><br>'
    place = (
        "<b>At the Conference of the Mines of the North in the Tower of the Keepers, Reef Town<br>April 16, 2009</b>"
    )
    cell = f"<td>{speaker}{place}<p><b><font size='+1'>Copper and the Coast</font></b></p><p>{TEXT}</p></td>"
    readout = read_generic(page(cell, "NBS: Speech, Lind--Copper and the coast--April 16, 2009"))
    assert plain_text(readout.title or ()) == "Copper and the Coast"
    assert "At the Conference" in outline(readout.body)


def test_a_later_line_that_repeats_a_part_of_the_title_is_text() -> None:
    lines = f"The mines closed.<br>The railway closed.<br>The harbour closed.<br>Copper and the coast<br>{TEXT}"
    assert "Copper and the coast" in body_outline(page(f"<td><p>{lines}</p></td>", "NBS: Copper and the coast"))


def test_a_part_of_the_title_may_have_a_colon() -> None:
    speech = f"<td>{SPEECH.replace('Copper and the coast', 'Mines II: Copper')}<p>{TEXT}</p></td>"
    readout = read_generic(page(speech, "NBS: Speech, Lind--Mines II: Copper--April 16, 2009"))
    assert plain_text(readout.title or ()) == "Mines II: Copper"
    assert outline(readout.body).startswith('paragraph "[strong: At the Conference')


@pytest.mark.parametrize("kind", ["Press Release", "Pressemitteilung", "News"])
def test_kind_title_and_day_above_the_text_become_series_title_and_date(kind: str) -> None:
    lines = (
        f'<span id="ctl00_lblType">{kind}</span><br><span id="ctl00_lblTitle" style="font-size:18px;font-weight:bold">'
        'Lind calls on the minister</span><br><span id="ctl00_lblDate">16 April 2009</span>'
    )
    markup = f"<html><head><title>Press Release Details</title></head><body><div>{lines}<div>{STORY}</div></div></body>"
    readout = read_generic(markup)
    assert plain_text(readout.title or ()) == "Lind calls on the minister"
    assert (readout.series, str(readout.issued)) == (kind, "2009-04-16")
    assert outline(readout.body).startswith('paragraph "The harbour')
