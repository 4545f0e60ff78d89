"""A table of a notice board, with rows for the title, the author, the date and the text, becomes a document."""

from __future__ import annotations

import pytest

from readout_pub.model import plain_text
from tests.extract.generic.pages import STORY, newspaper, read_generic
from tests.outline import outline

BOARD = """<h3>{section}</h3><table class="view"><caption>Board</caption>
<tr><th>{title}</th><td colspan="3">Harbour of Atlantis open</td></tr>
<tr><th>{author}</th><td>Office of Tides</td><th>{date}</th><td>2031-05-04</td></tr>
<tr><td colspan="4">{text}</td></tr></table>"""


@pytest.mark.parametrize(
    ("section", "title", "author", "date"),
    [("보도자료", "제목", "작성자", "작성일"), ("新闻", "标题", "来源", "发布时间"), ("News", "Title", "From", "Date")],
)
def test_the_rows_of_a_board_become_title_date_and_text(section: str, title: str, author: str, date: str) -> None:
    board = BOARD.format(section=section, title=title, author=author, date=date, text=STORY)
    readout = read_generic(newspaper(board, title=f"{section} < Harbour"))
    assert plain_text(readout.title or ()) == "Harbour of Atlantis open"
    assert str(readout.issued) == "2031-05-04"
    body = outline(readout.body)
    assert body.startswith('paragraph "The harbour of Atlantis was opened')
    assert "Office of Tides" not in body


def test_a_board_below_its_title_that_begins_with_facts_becomes_text() -> None:
    facts = "<tr><th>작성자</th><td>항만과</td><th>등록일</th><td>2031.05.04.</td><th>조회수</th><td>1,204</td></tr>"
    text = f"<tr><th>첨부파일 다운로드</th><td>서식.hwp</td></tr><tr><td colspan='6'>{STORY}</td></tr>"
    readout = read_generic(newspaper(f"<h1>Harbour open</h1><table>{facts}{text}</table>"))
    assert str(readout.issued) == "2031-05-04"
    assert outline(readout.body).startswith('paragraph "The harbour of Atlantis was opened')


def test_cells_that_have_only_a_colon_are_no_values() -> None:
    rows = [("Title", "Harbour of Atlantis open"), ("Speaker", "Mara Coral"), ("Venue", "Hall of Tides")]
    cells = "".join(f"<tr><td>{label}</td><td>:</td><td>{value}</td></tr>" for label, value in rows)
    text = f"<tr><td colspan='3'>{STORY}</td></tr>"
    readout = read_generic(newspaper(f"<table>{cells}{text}</table>", title="Office of Atlantis"))
    assert plain_text(readout.title or ()) == "Harbour of Atlantis open"
    assert readout.byline == "Mara Coral"
    assert "Hall of Tides" in outline(readout.body)


def test_a_data_table_with_a_column_for_titles_stays_a_table() -> None:
    table = "<table><tr><th>Title</th><th>Year</th></tr><tr><td>On tides</td><td>1998</td></tr></table>"
    assert "table" in outline(read_generic(newspaper(f"<h1>Harbour open</h1>{STORY}{table}{STORY}")).body)


def test_a_boards_caption_and_words_outside_its_cells_are_kept() -> None:
    board = BOARD.format(section="News", title="Title", author="From", date="Date", text=STORY)
    notice = "The board of the harbour prints this notice for sailors who come from other seas, and for their guests."
    with_notice = board.replace("<caption>Board</caption>", f"<caption>{notice}</caption>")
    assert notice in outline(read_generic(newspaper(with_notice)).body)
    broken = board.replace("</td><th>Date", "</td>The tide was high.<th>Date")
    assert "The tide was high." in outline(read_generic(newspaper(broken)).body)


def test_a_board_may_print_the_title_in_a_row_of_its_own() -> None:
    facts = "<tr><th>담당부서</th><td>Office of Tides</td><th>작성일</th><td>2031-05-04</td></tr>"
    rows = f'<thead><tr><th colspan="4">Harbour of Atlantis open</th></tr></thead><tbody>{facts}'
    board = f'<h3>보도자료</h3><table>{rows}<tr><td colspan="4">{STORY}</td></tr></tbody></table>'
    readout = read_generic(newspaper(board, title="보도자료 | Harbour"))
    assert plain_text(readout.title or ()) == "Harbour of Atlantis open"
    assert str(readout.issued) == "2031-05-04"
    assert outline(readout.body).startswith('paragraph "The harbour of Atlantis was opened')
