"""Data tables are distinguished from layout tables, and kept or left out as a whole."""

from __future__ import annotations

import pytest

from tests.extract.generic.pages import DATED, HEADLINE, LATER, STORY, body_outline, newspaper

PLAIN = body_outline(newspaper(f"{HEADLINE}{STORY}"))


def test_a_data_table_is_kept_whole_with_its_empty_cells() -> None:
    rows = "".join(f"<tr><td>{n}</td><td></td><td><p>{'ABC'[n % 3]}</p><p>{n * 7}</p></td></tr>" for n in range(1, 31))
    table = f"<table><thead><tr><th>Pier</th><th></th><th>Flag</th></tr></thead><tbody>{rows}</tbody></table>"
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}{table}{LATER}"))
    assert 'head "Pier" (heads col) | empty (heads col) | "Flag" (heads col)' in outline
    assert [n for n in range(1, 31) if f'row "{n}" | empty | paragraph "{"ABC"[n % 3]}"' not in outline] == []


_HEAD = "<tr><th>Pier</th><th>Flag</th><th>Depth</th></tr>"
_FLAG = '<img src="flag.jpg" width="300" height="200" alt="A wave">'


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            "<tr><td rowspan=2>North</td><td>Blue</td><td>9</td></tr><tr><td></td><td></td></tr><tr><td>East</td></tr>",
            'row "North" (2 rows) | "Blue" | "9"\n  row empty | empty\n  row "East"',
        ),
        (
            f"<tr><td>North</td><td>Blue</td><td>9</td></tr><tr><td></td><td>{_FLAG}</td><td></td></tr>",
            'row "North" | "Blue" | "9"\n  row empty | figure; photo flag.jpg, alt "A wave" | empty',
        ),
        (
            f"<tr><td>{_FLAG}</td><td>Blue</td><td>9</td></tr>" * 2,
            'row figure; photo flag.jpg, alt "A wave" | "Blue" | "9"\n  row empty | "Blue" | "9"',
        ),
        (
            "<tr><td>North</td><td>Blue</td><td>9</td></tr><tr><td>&nbsp;</td></tr><tr><td>East</td><td>Red</td></tr>",
            'row "North" | "Blue" | "9"\n  row "East" | "Red"',
        ),
    ],
    ids=["rowspan", "row with a photo only", "one photo twice", "row with white space only"],
)
def test_cells_keep_their_rows_and_columns(rows: str, expected: str) -> None:
    table = f"<table>{_HEAD}{rows}</table>"
    assert expected in body_outline(newspaper(f"{HEADLINE}{STORY}{table}{LATER}"))


def test_a_row_of_a_left_out_table_stays_out_despite_a_photo() -> None:
    rows = f"<tr><td>North {_FLAG}</td><td>Blue</td></tr><tr><td>East</td><td>Red</td></tr>"
    below = f'<div class="related"><table><tr><th>Pier</th><th>Flag</th></tr>{rows}</table><a href="/p">More</a></div>'
    assert body_outline(newspaper(f"{HEADLINE}{STORY}{below}", head=DATED)) == PLAIN


@pytest.mark.parametrize("story", [STORY, ""])
def test_a_row_of_any_class_is_kept_with_its_table(story: str) -> None:
    rows = "".join(
        f'<tr class="{name}"><td>Pier {name}</td><td>9</td></tr>' for name in ("ad", "comment", "row", "menu")
    )
    outline = body_outline(newspaper(f"{HEADLINE}{story}<table>{_HEAD}{rows}</table>{story}"))
    assert [name for name in ("ad", "comment", "row", "menu") if f'row "Pier {name}" | "9"' not in outline] == []


def test_two_rows_of_cells_without_headers_are_a_layout_table() -> None:
    cells = "<tr><td>May 4, 2031</td><td>Press release</td></tr><tr><td>Harbour open</td><td>No. 17</td></tr>"
    table = f"<table>{cells}</table>"
    assert "table" not in body_outline(newspaper(f"{table}{STORY}"))


@pytest.mark.parametrize("heading", ["", "<h2>Ships by pier</h2>"])
def test_a_data_table_at_the_end_of_a_story_is_kept(heading: str) -> None:
    rows = "".join(f"<tr><td>Pier {n}</td><td>{n * 7}</td></tr>" for n in range(1, 5))
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}{heading}<table>{rows}</table>"))
    assert 'row "Pier 4" | "28"' in outline


@pytest.mark.parametrize("table", ["<table>", '<table class="related">'])
def test_a_table_of_links_below_a_story_is_left_out(table: str) -> None:
    rows = "".join(f'<tr><td><a href="/{n}">Ship {n}</a></td><td><a href="/{n}/c">{n}</a></td></tr>' for n in range(9))
    below = f'<div class="more-news"><h3>Also read</h3>{table}{rows}</table></div>'
    assert body_outline(newspaper(f"{HEADLINE}{STORY}", below=below)) == PLAIN


def test_a_table_on_a_page_that_is_one_form_is_kept() -> None:
    rows = "".join(
        f"<tr><td>{isle}</td><td>Keeper {isle[0]}. Salt</td></tr>" for isle in ("Skane", "Atlantis", "Lemuria")
    )
    table = (
        f"<div><div><table><thead><tr><th>Isle</th><th>Signed by</th></tr></thead><tbody>{rows}</tbody></table></div>"
    )
    pages = '<div class="paginator"><span>(1 of 1)</span> <a href="#">«</a></div></div>'
    text = (
        "<p>We, the keepers, declare:</p><p>1. A lamp is no toy.</p><p>Done at Reef Town.</p><p><b>Signatories</b></p>"
    )
    page = newspaper(f"<form>{HEADLINE}{text}{table}{pages}<p>* With a reservation.</p></form>")
    assert "Keeper L. Salt" in body_outline(page)


@pytest.mark.parametrize("cell", ["<a href='/{n}'>V{n}</a>", "<a href='/{n}'>Ship {n}</a> | <a href='/{n}/b'>{n}</a>"])
def test_rows_of_links_are_kept_with_the_head_of_their_table(cell: str) -> None:
    rows = "".join(f"<tr><td>{cell.format(n=n)}</td><td>N/A</td></tr>" for n in range(1, 4))
    table = f"<table><thead><tr><th>Set of ships</th><th>File</th></tr></thead><tbody>{rows}</tbody></table>"
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}{LATER}<h2>Other</h2><figure>{table}</figure>"))
    assert "Set of ships" in outline
    assert "/3" in outline
