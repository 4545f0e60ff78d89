"""Old pages with layout tables: cells with menus, addresses and copyright lines surround the cells of the text."""

from __future__ import annotations

import pytest

from readout_pub.model import plain_text
from tests.extract.generic.pages import LATER, STORY, body_outline, read_generic
from tests.outline import outline

FIRST = "The ambassador of Skane, Mr. Olof Lind, called on the Minister of Mines at her office in Salt Bay on Thursday."
MORE = "They spoke about the copper mines of the north, in which firms from Skane have worked since spring. " * 4
LAST = (
    "The minister thanked the ambassador for the loan on the railway from the northern mines to the coast of the isle."
)
MENU = "".join(f'<a href="/{word}.htm">{word.title()}</a><br>' for word in ("minister", "press", "visas"))
ADDRESS = "Ministry of Mines, Harbour Street 12, 1020 Salt Bay, Tel. (21) 334 55 66, Fax (21) 334 55 67"


def page(tables: str) -> str:
    return f"<html><head><title>Ministry of Mines</title></head><body>{tables}</body></html>"


HEADING, BOLD = "<h2>Lind calls on the minister</h2>", "<b>Lind calls on the minister</b>"
TABLES = {
    "all in one cell": f"""<table><tr><td>{MENU}</td><td><font size=4>{BOLD}</font><br><br><font size=2>4 May 2031
        <br><br>{FIRST}<br><br>{LAST}</font></td></tr><tr><td colspan=2>{ADDRESS}<br>&copy; 2003</td></tr></table>""",
    "a row for each paragraph": f"""<table><tr><td rowspan=5><table><tr><td><a href=/a>Minister</a></td></tr><tr><td>
        <a href=/b>Visas</a></td></tr></table></td><td>4 May 2031</td></tr><tr><td>{HEADING}</td></tr><tr><td>
        {FIRST}</td></tr><tr><td>{LAST}</td></tr></table><table><tr><td>{ADDRESS}</td></tr></table>""",
    "a row for each link": f"""<table><tr><td colspan=2>{ADDRESS}</td></tr><tr><td><a href=/a>Minister</a></td><td
        rowspan=3>{BOLD}<br>{FIRST}<p>{MORE}<p>{LAST}</td></tr><tr><td><a href=/b>Press</a></td></tr><tr><td><a
        href=/c>Visas</a></td></tr><tr><td colspan=2>Copyright 2004 Ministry of Mines</td></tr></table>""",
    "a webmaster below": f"""<table><tr><td><a href=/>Home</a> | <a href=/v>Visas</a></td></tr><tr><td>{HEADING}{FIRST}
        <p>{MORE}<p>{LAST}</td></tr><tr><td>Write to the <a href=mailto:w@x.example>webmaster</a>. This page was visited
        1204 times.</td></tr></table>""",
    "a column with news": f"""<table><tr><td>Ministry of Mines</td></tr><tr><td><a href=/a>Minister</a><br><b>Weather in
        Salt Bay</b><br>18 C</td><td><font class=tit>Lind calls on the minister</font><br><font class=dat>4 May
        2003</font><br><br>{FIRST}<br><br>{MORE}<br><br>{LAST}</td><td><b>News</b><br><a href=/v>Visas</a><br>
        <b>Rates</b><br>200</td></tr></table>""",
    "an address in a sentence": f"""<table><tr><td>{HEADING}{FIRST}<p>{MORE}<p>{LAST}<p>
        <a href=/p>Printable version</a></td></tr>
        <tr><td>Address: Harbour Street 12. Tel.: (21) 334-55-66. Texts may be used.</td></tr></table>""",
    "an address below a rule": f"""<center>{HEADING}</center>{FIRST}<p>{MORE}<p>{LAST}<hr><center><font size=-1>
        {ADDRESS}<br>Phone 334-5566<br>Kept by the <a href="mailto:w@x.example">webmaster</a>.
        Last revised: 12 June 2001</font></center>""",
}


@pytest.mark.parametrize("tables", TABLES)
def test_cells_around_the_cells_of_the_text_are_left_out(tables: str) -> None:
    readout = read_generic(page(TABLES[tables]))
    assert plain_text(readout.title or ()) == "Lind calls on the minister"
    words = outline(readout.body)
    assert [text for text in (FIRST, LAST) if text not in words] == []
    assert [
        text for text in ("Visas", "Harbour Street", "200", "1204", "webmaster", "version", "Weather") if text in words
    ] == []


def test_links_to_files_in_a_row_below_the_text_are_text() -> None:
    rows = f"<tr><td><h2>Lind calls on the minister</h2></td></tr><tr><td>{FIRST}</td></tr><tr><td>{LAST}</td></tr>"
    annexes = '<tr><td><a href="/a1.pdf">Annex 1</a><br><a href="/a2.pdf">Annex 2</a></td></tr>'
    assert "Annex 2" in outline(read_generic(page(f"<table>{rows}{annexes}</table>")).body)


def test_the_press_contact_in_a_row_below_the_text_is_kept() -> None:
    rows = f"<tr><td><h2>Lind calls on the minister</h2></td></tr><tr><td>{FIRST}</td></tr><tr><td>{LAST}</td></tr>"
    contact = "<tr><td>For more information: Press office, tel. 21 334 5566</td></tr>"
    assert "Press office" in outline(read_generic(page(f"<table>{rows}{contact}</table>")).body)


def test_several_contacts_of_the_press_below_a_text_are_text() -> None:
    contacts = "<p>Press contacts:<br>Port: press@port.example, Tel. 030 / 2325 786<br>Bay: Tel. 05723 / 955-440</p>"
    assert "Bay: Tel." in outline(
        read_generic(f"<article>{HEADING}<p>{FIRST}</p><p>{LAST}</p>{contacts}</article>").body
    )


def test_signatures_in_cells_below_the_text_are_text() -> None:
    text = f"<table><tr><td><h2>Treaty on the mines</h2>{FIRST}<p>{MORE}<p>{LAST}</td></tr></table>"
    signed = "<table><tr><td>For Skane:<br>O. Lind</td><td>For the isles:<br>N. Ereus</td></tr></table>"
    assert "O. Lind" in outline(read_generic(page(f"{text}{signed}")).body)


@pytest.mark.parametrize(
    ("above", "below", "words"),
    [
        ("", '<p>See the accord: <a href="/a">Accord of the Lamps of 2030</a></p>', "Accord of the Lamps"),
        ("Press office Tel: 020 7946 0123<br>Remarks by Nerea Salt, envoy of the ports", "", "Remarks by Nerea Salt"),
    ],
)
def test_a_reference_below_or_a_speaker_above_the_text_is_kept(above: str, below: str, words: str) -> None:
    row = "<tr><td>{}</td></tr>"
    rows = "".join(map(row.format, filter(None, (above, f"{HEADING}<p>{FIRST}</p><p>{MORE}</p><p>{LAST}</p>", below))))
    assert words in outline(read_generic(page(f"<table>{rows}</table>")).body)


IMPRINT = '<a href="/imprint">Imprint</a> | <a href="/privacy">Privacy policy</a>'


def page_in_table(last_cell: str) -> str:
    return f"""<html><head><title>Harbour open</title></head><body><table width="780"><tr><td width="150">
    <a href="/a">Ministry</a><br><a href="/b">Policy</a></td><td><p><b>Harbour open</b></p><p>4 May 2031</p>
    {STORY}{LATER}
    </td></tr><tr><td colspan="2">{last_cell}</td></tr></table></body></html>"""


@pytest.mark.parametrize(
    "cell",
    [
        f'<font size="1">{IMPRINT}<br>Copyright Ministry of Tides</font>',
        f"<p>{IMPRINT}</p><p>© Ministry of Tides</p>",
        f"(c) Ministry of Tides<br>{IMPRINT}",
    ],
)
def test_links_and_copyright_in_the_last_cell_are_left_out(cell: str) -> None:
    outline = body_outline(page_in_table(cell))
    assert [words for words in ("Imprint", "Privacy", "Ministry of Tides") if words in outline] == []


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ('<p><a href="/a.pdf">Lamps</a> | <a href="/b.pdf">Pilots</a></p><p>Copyright act</p>', "Copyright act"),
        (f"<p>{IMPRINT}</p><p>Done in two copies</p>", "Done in two copies"),
        ('<p><a href="/law">Law</a> | <a href="/act">Act</a></p><p>Copyright stays with us.</p>', "Copyright stays"),
        ('<p><a href="/photo">Photo</a></p><p>Copyright N. Ereus</p>', "Copyright N. Ereus"),
        (f"<p>{IMPRINT}</p><p>Signed</p><p>Copyright</p>", "Signed"),
    ],
)
def test_other_words_in_the_last_cell_are_kept(cell: str, words: str) -> None:
    assert words in body_outline(page_in_table(cell))
