"""The overrides file: titles, series, dates and languages for pages, from a table that people fill in."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from readout_pub import Overrides, SourceError
from readout_pub.overrides_table import OverridesTable, read_overrides_file


def read(folder: Path, content: str) -> OverridesTable:
    path = folder / "overrides.csv"
    path.write_text(content, "utf-8")
    return read_overrides_file(path)


def test_a_row_gives_the_overrides_of_its_page(tmp_path: Path) -> None:
    table = read(
        tmp_path,
        "Source;Title;Series;Date;Language\n"
        "talks1.html;Talks, third round;Tides;4 août 2031;fr\n"
        "talks2.html;;;2031-08-05;\n"
        "talks3.html;;;;\n",
    )
    first = Overrides("Talks, third round", "Tides", dt.date(2031, 8, 4), "4 août 2031", "fr")
    assert table.overrides == {"talks1.html": first, "talks2.html": Overrides(issued=dt.date(2031, 8, 5))}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("title\nTalks\n", "overrides.csv: the overrides file has no column 'page'"),
        ("page,title\n,Talks\n", "row 2: this row names no page"),
        ("page,title\na.html,Talks\na.html,Visit\n", "row 3: the overrides file has two rows for 'a.html'"),
        ("page,title\na.html,Talks, third round\n", "row 2: this row has more cells than the first one"),
        ("page,title\na.html,????? ??\n", "row 2: the text has lost its letters"),
        ("page,date\na.html,soon\n", "row 2: 'soon' is not a valid date; write YYYY-MM-DD, or the date as"),
        ("page,date\na.html,2031-02-30\n", "row 2: '2031-02-30' is not a valid date"),
        ("page,lang\na.html,english\n", "row 2: language is 'english'; write a tag such as en"),
    ],
)
def test_a_table_with_an_error_names_the_row(tmp_path: Path, content: str, message: str) -> None:
    with pytest.raises(SourceError) as raised:
        read(tmp_path, content)
    assert message in str(raised.value)


def test_pages_of_the_table_that_do_not_exist_are_named(tmp_path: Path) -> None:
    table = read(tmp_path, "page,title\ntalks1.html,Talks\ntalks9.html,Visit\n")
    (remark,) = table.remarks(["talks1.html", "talks2.html"], ["talks1.html", "talks2.html"])
    assert remark.endswith("were not converted: 'talks9.html'; pages here are 'talks1.html', 'talks2.html'")


def test_columns_that_are_not_read_are_named(tmp_path: Path) -> None:
    table = read(tmp_path, "page,titel,series\ntalks.html,Talks,Tides\n")
    (remark,) = table.remarks(["talks.html"], ["talks.html"])
    assert remark.endswith("columns that are not read: 'titel'; those that are: page, title, series, date, lang")


def test_a_name_that_two_pages_share_is_ignored(tmp_path: Path) -> None:
    table = read(tmp_path, "page,title\ntalks.html,Talks\nb/talks.html,Visit\n")
    titles = [each.title for each in table.of_pages([("a/talks.html", "talks.html"), ("b/talks.html", "talks.html")])]
    assert titles == [None, "Visit"]


def test_a_page_is_found_in_whatever_form_of_unicode_its_name_is(tmp_path: Path) -> None:
    table = read(tmp_path, "page,title\nHa\u0308fen.html,Talks\n")
    (composed,) = table.of_pages([("H\u00e4fen.html",)])
    assert composed.title == "Talks"
    assert list(table.remarks(["H\u00e4fen.html"], [])) == []
