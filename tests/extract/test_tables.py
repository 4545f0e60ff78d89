"""Data tables become tables; layout tables become their content."""

from __future__ import annotations

from textwrap import dedent

import pytest

from tests.pages import body, on_both_paths


def test_a_data_table_has_its_head_and_caption() -> None:
    assert body("""
        <table><caption>Documents <b>signed</b></caption>
        <thead><tr><th>No.</th><th>Document</th></tr></thead>
        <tr><td>1</td><td>Fisheries Agreement</td></tr>
        <tr><td>2</td><td></td></tr></table>
    """) == dedent("""\
        table "Documents [strong: signed]"
          head "No." (heads col) | "Document" (heads col)
          row "1" | "Fisheries Agreement"
          row "2" | empty
    """)


def test_the_caption_of_a_table_with_only_empty_cells_is_a_paragraph() -> None:
    assert body("<table><caption>Vessels of <b>Mu</b></caption><tr><td></td></tr></table>") == dedent("""\
        paragraph "Vessels of [strong: Mu]"
    """)


def test_a_first_row_of_headers_is_the_head_even_without_thead() -> None:
    assert body("<table><tr><th>No.<th>Document<tr><td>1<td>Fisheries Agreement</table>") == dedent("""\
        table
          head "No." (heads col) | "Document" (heads col)
          row "1" | "Fisheries Agreement"
    """)


def test_headers_at_the_start_of_rows_are_row_headers() -> None:
    assert body("<table><tr><th>Place<td>Harbour<tr><th scope=row>Time<td>Noon</table>") == dedent("""\
        table
          row "Place" (heads row) | "Harbour"
          row "Time" (heads row) | "Noon"
    """)


def test_an_empty_corner_cell_is_not_a_header() -> None:
    assert body(
        "<table><thead><tr><td></td><th>2031</th></tr></thead><tr><th>Fish</th><td>5 t</td></tr></table>"
    ) == dedent("""\
        table
          head empty | "2031" (heads col)
          row "Fish" (heads row) | "5 t"
    """)


def test_a_table_that_has_only_headers_has_a_body_and_no_head() -> None:
    assert body("<table><tr><th>Fish<th>Boats</table>") == dedent("""\
        table
          row "Fish" (heads col) | "Boats" (heads col)
    """)


@pytest.mark.parametrize(
    ("attributes", "outlined"),
    [
        ('colspan="2"', '"Both" (2 columns)'),
        ('rowspan=" 3 "', '"Both" (3 rows)'),
        ('colspan="2" rowspan="2"', '"Both" (2 columns, 2 rows)'),
        ('colspan="0"', '"Both"'),
        ('colspan="-2"', '"Both"'),
        ('colspan="50%"', '"Both"'),
        ('colspan="999999999"', '"Both" (1000 columns)'),
        (f'colspan="{"9" * 5000}"', '"Both"'),
    ],
)
def test_a_span_is_a_whole_number_from_1_to_1000(attributes: str, outlined: str) -> None:
    markup = f"<table><tr><th>a<th>b<tr><td {attributes}>Both<tr><td>c<td>d</table>"
    assert body(markup) == dedent(f"""\
        table
          head "a" (heads col) | "b" (heads col)
          row {outlined}
          row "c" | "d"
    """)


def test_a_cell_may_contain_blocks() -> None:
    assert body(
        "<table><tr><th>Topics<td><ul><li>Fish<li>Boats</ul><tr><th>Time<td><p>Noon</p><p>to 1</p></table>"
    ) == dedent("""\
        table
          row "Topics" (heads row) | bullets; - paragraph "Fish"; - paragraph "Boats"
          row "Time" (heads row) | paragraph "Noon"; paragraph "to 1"
    """)


def test_a_table_keeps_its_language_and_direction() -> None:
    assert body('<table lang="ar" dir="rtl"><tr><th>أ<td>ب<tr><th>ج<td>د</table>') == dedent("""\
        table lang=ar dir=rtl
          row "أ" (heads row) | "ب"
          row "ج" (heads row) | "د"
    """)


def test_a_table_without_headers_is_data_if_its_cells_are_short() -> None:
    assert body("<table><tr><td>Fish<td>5 t<tr><td>Boats<td>2</table>") == dedent("""\
        table
          row "Fish" | "5 t"
          row "Boats" | "2"
    """)


def test_an_empty_table_is_left_out() -> None:
    assert body("<p>One.</p><table><tr><th></th></tr><tr><td> </td></tr></table>") == 'paragraph "One."\n'


@pytest.mark.parametrize(
    "table",
    [
        "<table><tr><td>One.</td><td><p>Two.</p></td></tr></table>",
        "<table><tr><td>One.</td></tr><tr><td>Two.</td></tr></table>",
        "<table><tr><td>One.</td><td></td></tr><tr><td></td><td>Two.</td></tr></table>",
        '<table role="presentation"><tr><th>One.</th></tr><tr><td>Two.</td></tr></table>',
        "<table><tr><td><table><tr><td>One.</td></tr></table></td></tr><tr><td>Two.</td></tr></table>",
    ],
)
def test_a_table_that_only_arranges_its_content_is_layout(table: str) -> None:
    assert body(table) == dedent("""\
        paragraph "One."
        paragraph "Two."
    """)


def test_a_table_with_long_cells_is_layout() -> None:
    long = "They met. " * 50
    table = f"<table><tr><td>Menu<td>Home<tr><td>News<td><h2>Trade</h2>One.<tr><td>More<td>{long}</table>"
    assert body(table) == dedent(f"""\
        paragraph "Menu"
        paragraph "Home"
        paragraph "News"
        section "Trade"
          paragraph "One."
          paragraph "More"
          paragraph "{long.strip()}"
    """)


@pytest.mark.parametrize(
    "table",
    [
        "<table>One<tr><td>Two</td></tr></table>",
        "<table><p>One</p><tr><td>Two</td></tr></table>",
        "<table><tr><td>One</td></tr><p>Two</p></table>",
        "<table><tr><p>One</p><td>Two</td></tr></table>",
        "<table><td>One<td>Two</table>",
        "<table><form><tr><td>One</td><td>Two</td></tr></form></table>",
        "<table><tr><form><td>One</td><td>Two</td></form></tr></table>",
        "<table><tr><td>One<div><td>Two</td></div></td></tr></table>",
    ],
)
def test_malformed_tables_keep_every_word_once(table: str) -> None:
    assert body(table) == dedent("""\
        paragraph "One"
        paragraph "Two"
    """)


@pytest.mark.parametrize(
    "group",
    [
        "<colgroup>Tides of August<col><col></colgroup>",
        "<colgroup><col><p>Tides of</p>August<col></colgroup>",
        "<colgroup>Tides</colgroup><colgroup><col>of <b>August</b></colgroup>",
    ],
)
def test_text_in_a_column_group_comes_before_the_table(group: str) -> None:
    lines = body(f"<table>{group}<tr><th>Port<th>Tide<tr><td>Thule<td>3 m</table>").splitlines()
    start = next(index for index, line in enumerate(lines) if "Port" in line)
    words = " ".join(lines[:start])
    assert [word for word in ("Tides", "of", "August") if word in words] == ["Tides", "of", "August"]
    assert "Tides" not in "".join(lines[start:])


@pytest.mark.parametrize(
    "markup",
    [
        "<table><colgroup><col><td>Thule<td>3 m</colgroup><tr><td>Ys<td>4 m</table>",
        "<table><tbody><colgroup>Thule 3 m</colgroup><tr><td>Ys<td>4 m</table>",
        "<div><colgroup>Thule 3 m Ys 4 m</colgroup></div>",
    ],
)
def test_a_column_group_elsewhere_or_with_cells_keeps_every_word(markup: str) -> None:
    assert [word for word in ("Thule", "3 m", "Ys", "4 m") if body(markup).count(word) != 1] == []


def test_white_space_does_not_make_a_cell_long() -> None:
    lines = ("Captains" + "\n" + " " * 80) * 9
    assert body(f"<table><tr><td>Crew<td>{lines}<tr><td>Ship<td>Coral</table>") == dedent(f"""\
        table
          row "Crew" | "{" ".join(["Captains"] * 9)}"
          row "Ship" | "Coral"
    """)


def test_a_row_without_cells_is_left_out_and_shortens_row_spans() -> None:
    rows = "<tr><td rowspan=2>Coral<td rowspan=3>Reef<tr></tr><tr><td>Kelp<tr><td>Pearl<td rowspan=2>Bay<tr></tr>"
    assert body(f"<table><tr><th>Ship<th>Port{rows}</table>") == dedent("""\
        table
          head "Ship" (heads col) | "Port" (heads col)
          row "Coral" | "Reef" (2 rows)
          row "Kelp"
          row "Pearl" | "Bay"
    """)


# --- parallel texts

LONG = " ".join(["The parties keep the lights of the harbour lit from dusk to dawn in every season of the year."] * 6)


@pytest.mark.parametrize(
    "table",
    [
        f"<table><tr><td>Present text</td><td>Amendment</td></tr><tr><td>{LONG}</td><td>{LONG}</td></tr>"
        "<tr><td>Article 2 stays.</td><td>deleted</td></tr></table>",
        f"<table><tr><td><b>Present text</b></td><td><p><b>Amendment</b></p></td></tr><tr><td><p>{LONG}</p></td>"
        f"<td><p>{LONG}</p></td></tr></table>",
        f'<table border="1"><tr><td>Present text</td><td>Amendment</td></tr><tr><td>{LONG}</td><td>{LONG}</td></tr></table>',
    ],
)
def test_long_texts_in_columns_below_short_heads_are_a_table(table: str) -> None:
    for outlined in on_both_paths(table).values():
        head, first, *_ = outlined.removeprefix("table\n").replace("[strong: ", "").replace("]", "").splitlines()
        assert head == '  head "Present text" (heads col) | "Amendment" (heads col)'
        assert first.count(LONG) == 2


@pytest.mark.parametrize(
    "table",
    [
        f"<table><tr><td><h2>News</h2><p>{LONG}</p></td><td><p>{LONG}</p></td></tr></table>",
        f"<table><tr><td>Harbour office</td><td>May 1, 2031</td></tr><tr><td>{LONG}</td><td>Contact us</td></tr></table>",
        f"<table><tr><td>A</td><td>B</td></tr><tr><td>{LONG}</td><td><a href='/a'>Ports</a></td></tr>"
        f"<tr><td>{LONG}</td><td><a href='/b'>Tides</a></td></tr></table>",
    ],
)
def test_columns_of_a_layout_are_not_a_table(table: str) -> None:
    assert "table" not in on_both_paths(table)["profile"]


def test_a_first_row_is_the_head_if_it_alone_is_wholly_bold() -> None:
    def table(*rows: str) -> str:
        return body(f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>")

    names, more = "<td><b>Bay</b></td><td><p><strong>Depth</strong></p></td>", "<td>North</td><td>12 m</td>"
    assert 'head "[strong: Bay]" (heads col)' in table(names, more, more)
    assert "heads" not in table(names, more, names)  # the last row is bold, too: it has the totals
    assert "heads" not in table("<td><b>Bay</b></td><td>Depth</td>", more, more)


def test_first_cells_name_the_rows_if_each_ends_with_a_colon() -> None:
    def table(*names: str) -> str:
        return body(f"<table>{''.join(f'<tr><td>{name}</td><td>9:00</td></tr>' for name in names)}</table>")

    assert table("Monday:", "<b>Tuesday</b>:", "水曜：").count("(heads row)") == 3
    assert "heads" not in table("Monday:", "Tuesday:", "Closed")
    assert "heads" not in table("Monday:", "Tuesday:")
