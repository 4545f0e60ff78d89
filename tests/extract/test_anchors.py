"""Links within a page lead to the ids of blocks."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from readout_pub import convert
from readout_pub.model import Paragraph, descendants
from tests.outline import outline
from tests.pages import body, extracted

SEE = '<p>See <a href="#x">below</a>.</p>'


@pytest.mark.parametrize(
    ("markup", "outlined"),
    [
        ('<p id="x">Ports.</p>', 'paragraph id=place-1 "Ports."'),
        ('<h2 id="x">Ports</h2>', 'section id=place-1 "Ports"'),
        ('<h2><span id="x">Ports</span></h2>', 'section id=place-1 "Ports"'),
        ('<p><a name="x">Ports</a>.</p>', 'paragraph id=place-1 "Ports."'),
        ('<p>Of <b id="x">ports</b>.</p>', 'paragraph id=place-1 "Of [strong: ports]."'),
        ('<div id="x"><p>Ports.</p></div>', 'paragraph id=place-1 "Ports."'),
        ('<ul><li id="x">Ports</li></ul>', 'bullets\n  - paragraph id=place-1 "Ports"'),
        ('<ul id="x"><li>Ports</li></ul>', 'bullets\n  - paragraph id=place-1 "Ports"'),
        ('<blockquote id="x">Ports.</blockquote>', 'quote\n  paragraph id=place-1 "Ports."'),
        ('<pre id="x">Ports</pre>', 'preformatted id=place-1 "Ports"'),
        ('<a name="x"></a><p>Ports.</p>', 'paragraph id=place-1 "Ports."'),
        ('<p><a id="x"></a></p><h2>Ports</h2>', 'section id=place-1 "Ports"'),
        (
            '<dl><dt id="x">Ports</dt><dd>Deep.</dd></dl>',
            'descriptions\n  term "Ports"\n    paragraph id=place-1 "Deep."',
        ),
    ],
)
def test_a_link_leads_to_the_block_with_its_target_or_the_next(markup: str, outlined: str) -> None:
    assert body(SEE + markup) == f'paragraph "See [link #place-1: below]."\n{outlined}\n'


def test_links_may_lead_backwards_and_to_figures() -> None:
    assert body('<figure id="x"><img src="a.jpg" alt="A port"></figure><p><a href="#x">Above</a></p>') == dedent("""\
        figure id=place-1
          photo a.jpg, alt "A port"
        paragraph "[link #place-1: Above]"
    """)


@pytest.mark.parametrize(
    "figure",
    [
        '<figure><img src="a.jpg" alt="A port" id="x"></figure>',
        '<figure><a name="x"></a><img src="a.jpg" alt="A port"></figure>',
        '<p><a name="x"><img src="a.jpg" alt="A port"></a></p>',
        '<figure><img src="a.jpg" alt="A port"><figcaption id="x"> </figcaption></figure>',
    ],
)
def test_a_link_to_any_part_of_a_figure_leads_to_the_figure(figure: str) -> None:
    assert body(SEE + figure) == dedent("""\
        paragraph "See [link #place-1: below]."
        figure id=place-1
          photo a.jpg, alt "A port"
    """)


@pytest.mark.parametrize(
    ("table", "cell"),
    [
        ("<table><caption id=x>Depths</caption><tr><th>Port<th>Depth<tr><td>North<td>12</table>", "Port"),
        ("<table><caption>Depths</caption><tr id=x><th>Port<th>Depth<tr><td>North<td>12</table>", "Port"),
        ("<table><caption>Depths</caption><tr><th>Port<th>Depth<tr id=x><td>North<td>12</table>", "North"),
    ],
)
def test_a_link_to_a_caption_or_row_leads_to_the_next_cell(table: str, cell: str) -> None:
    readout = extracted(SEE + table)
    assert "[link #place-1: below]" in outline(readout.body)
    (found,) = [block for block in descendants(readout.body) if block.id == "place-1"]
    assert found == Paragraph(id="place-1", children=(cell,))


def test_a_percent_encoded_fragment_matches_the_decoded_id() -> None:
    assert body('<p><a href="#%E6%B8%AF">港</a></p><p id="港">深い港。</p>') == dedent("""\
        paragraph "[link #place-1: 港]"
        paragraph id=place-1 "深い港。"
    """)


def test_a_name_that_looks_percent_encoded_matches_as_written() -> None:
    assert body('<p><a href="#a%41">See</a></p><p id="aA">No port.</p><p id="a%41">Ports.</p>') == dedent("""\
        paragraph "[link #place-1: See]"
        paragraph "No port."
        paragraph id=place-1 "Ports."
    """)


def test_several_targets_of_one_block_share_an_id() -> None:
    assert body('<p><a href="#a">One</a> <a href="#b">two</a></p><div id="a"><p id="b">Ports.</p></div>') == dedent("""\
        paragraph "[link #place-1: One] [link #place-1: two]"
        paragraph id=place-1 "Ports."
    """)


@pytest.mark.parametrize("href", ["#", "#top", "#gone"])
def test_a_link_without_a_target_becomes_text(href: str) -> None:
    assert body(f'<p>Back <a href="{href}">to the top</a> of it.</p>') == 'paragraph "Back to the top of it."\n'


def test_a_target_with_no_block_after_it_is_left_out() -> None:
    assert body('<p>Go <a href="#x">to the end</a> of it.</p><p id="x"></p>') == 'paragraph "Go to the end of it."\n'


def test_a_target_used_only_by_a_back_link_is_left_out() -> None:
    assert "id=" not in body('<p id="r">Route<a href="#n">1</a></p><p id="n">1 Coast. <a href="#r">↩</a></p>')


def test_a_link_and_its_target_are_in_the_html_output(tmp_path: Path) -> None:
    page = tmp_path / "ports.html"
    page.write_text(f"<html lang=en><title>Ports</title><h1>Ports</h1>{SEE}<h2 id=x>Quay</h2><p>It is long.</p></html>")
    (html,) = convert(page, ["html"]).renditions
    assert b'<a href="#place-1">below</a>' in html.data
    assert b'id="place-1"' in html.data


@pytest.mark.parametrize("sign", ["#", "¶", "\u200b"])
def test_a_sign_that_links_a_heading_to_itself_is_left_out(sign: str) -> None:
    page = f'<h2 id="tides">Tides <a href="#tides">{sign}</a></h2><p>See <a href="#tides">#</a>.</p>'
    assert body(page) == dedent("""\
        section id=place-1 "Tides"
          paragraph "See [link #place-1: #]."
    """)


@pytest.mark.parametrize("place", ['<span id="tides"></span><h2>{0}</h2>', '<h2><a name="tides"></a>{0}</h2>'])
def test_a_sign_that_links_to_the_anchor_of_its_heading_is_left_out(place: str) -> None:
    heading = place.format('Tides <a class="anchor" href="#tides">#</a>')
    assert 'section id=place-1 "Tides"' in body(f'{heading}<p>See <a href="#tides">below</a>.</p>')


def test_the_call_of_a_footnote_in_a_heading_is_kept() -> None:
    page = '<h2>Tides <a href="#n1">*</a></h2><p>They rose.</p><p id="n1">* By the moon.</p>'
    assert "*" in body(page).partition("paragraph")[0]
