"""Reads a page of plain text, as text browsers and search indexes save it, into a readout.

series line
headline                   optional, between blank lines
date
lines about photos         undecided: they may be alternative texts or captions

lead                       one paragraph per line
1. Heading                 a number or bullet starts the line; refining turns numbered lines into sections and items
• (1) Heading
paragraph
Back to …
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from readout_pub.errors import SourceError
from readout_pub.extract.dates import FoundDate, find_date
from readout_pub.extract.extraction import Reason
from readout_pub.extract.language import guessed_language
from readout_pub.image_store import ImageStore
from readout_pub.model import (
    Block,
    Blocks,
    BulletList,
    Cell,
    Item,
    Link,
    Origin,
    Paragraph,
    Readout,
    Row,
    Strong,
    Table,
    Undecided,
)
from readout_pub.notes import Note, note
from readout_pub.sources import TextPage

_BACK_LINK = re.compile(r"^(?:back|return|go back) to\b|(?:へ戻る|に戻る|のページへ|へもどる)$", re.IGNORECASE)
_BULLET = re.compile(r"^(?:[•・‣▪][ \t\u3000]*|[●○◦*-][ \t\u3000]+)")
_NUMBER_BEFORE_LABEL = re.compile(
    r"^\d{1,3}\.[ \t]+(?=\d{1,3}[.．]\s|(?:\d{1,3}|[a-zA-Z])[)）]|[(（]\s*(?:\d{1,3}|[a-zA-Z]|[ivx]{2,5})\s*[)）])"
)
"""The number of an automatic list before a typed label: "1. 1. Opening", "1. (1) Opening"; not "1. 2.5 tonnes"."""

_MAX_DATE_LINE = 60
"""How many characters the line of the date may have. Chosen by hand: a longer line with a date is a sentence."""

_PLACE_NAME = r"[^\W\d]+(?: [^\W\d]+){0,2}"
_BEFORE_DATE = re.compile(rf"\W*|[^\W\d]+ ?|\W*{_PLACE_NAME} ?[,:、，：.·|–-]\s*")
_AFTER_DATE = re.compile(rf"\W*|[^\S\n]?[^\W\d]+| ?[,、，·|–-]\s*{_PLACE_NAME}|\s*[(（\[［][^()（）]*[)）\]］]\W*")
"""What may precede and follow the date in its line: a weekday, a place, a remark in brackets, but no sentence."""

_MAX_HEADING = 160
"""How many characters a heading may have. Chosen by hand: a longer line is a paragraph."""

_MAX_HEAD_LINES = 8
"""How many lines may stand before the date; a date further down belongs to the text."""


def read_plain_text(page: TextPage, images: ImageStore) -> Readout:
    """Return the readout of a text page; the bytes of the page go into `images`.

    Raises SourceError if there is no text, or none below the head.
    """
    groups = _split_at_blank_lines(page.text)
    if not groups:
        raise SourceError("the file contains no text", where=page.name, what_next="save the page again")
    head, photo_lines, rest = _split_head(groups)
    back, rest = _split_back_link(rest)
    body = tuple(_read_groups(rest))
    if not body:
        raise SourceError("this text has no body below its head", where=page.name, what_next="save the whole page")
    language = guessed_language(page.text)
    lines, date = head.lines, head.date
    return Readout(
        language=language,
        body=body,
        origin=Origin(page.name, images.add(page.raw)),
        series=lines[0] if lines else None,
        title=(" ".join(lines[1:]),) if lines[1:] else None,
        issued=date.day if date else None,
        issued_text=date.text if date else None,
        back_link=Link("", (back,)) if back else None,
        undecided=tuple(Undecided(line) for line in photo_lines),
        notes=(*page.notes, note("LANGUAGE_GUESSED", language=language), *_head_notes(head, photo_lines)),
    )


class _Head:
    """The lines above the body: `lines` are those before the date, `date` is None if there is no date."""

    def __init__(self, lines: list[str], date: FoundDate | None) -> None:
        self.lines, self.date = lines, date


def _split_at_blank_lines(text: str) -> list[list[str]]:
    """Return the groups of lines between blank lines; indentation stays."""
    groups: list[list[str]] = [[]]
    for line in text.split("\n"):
        if line.strip():
            groups[-1].append(line.rstrip())
        elif groups[-1]:
            groups.append([])
    return [group for group in groups if group]


def _split_head(groups: list[list[str]]) -> tuple[_Head, list[str], list[list[str]]]:
    """Return head, photo lines and body: the head ends with the date, photo lines are the rest of the date's group."""
    seen = 0
    for index, group in enumerate(groups):
        for position, line in enumerate(group):
            if date := _read_date_line(line.strip()):
                above = [text.strip() for lines in groups[:index] for text in lines]
                above += [text.strip() for text in group[:position]]
                photo_lines = [text.strip() for text in group[position + 1 :]]
                return _Head(above, date), photo_lines, groups[index + 1 :]
            seen += 1
            if seen > _MAX_HEAD_LINES:
                return _split_undated(groups)
    return _split_undated(groups)


def _read_date_line(line: str) -> FoundDate | None:
    """Return the date if a line is a date, else None. The text of the date includes a weekday or a place beside it."""
    date = find_date(line) if len(line) <= _MAX_DATE_LINE else None
    if date is None:
        return None
    before, _, after = line.partition(date.text)
    if not _BEFORE_DATE.fullmatch(before) or not _AFTER_DATE.fullmatch(after):
        return None
    says_more = any(map(str.isalnum, before + after))
    return FoundDate(line, date.day) if says_more else date


def _split_undated(groups: list[list[str]]) -> tuple[_Head, list[str], list[list[str]]]:
    """Return head, photo lines and body of a text without a date: a first group of one line is the head."""
    first = groups[0]
    if len(groups) > 1 and len(first) == 1:
        return _Head([first[0].strip()], None), [], groups[1:]
    return _Head([], None), [], groups


def _split_back_link(groups: list[list[str]]) -> tuple[str | None, list[list[str]]]:
    """Return the last line if it is a link back to an index page, and the groups without it."""
    if groups and _BACK_LINK.search(last := groups[-1][-1].strip()):
        shorter = [*groups[:-1], groups[-1][:-1]]
        return last, [group for group in shorter if group]
    return None, groups


def _head_notes(head: _Head, photo_lines: Sequence[str]) -> Iterator[Note]:
    if head.date is None:
        yield note("DATE_MISSING")
    elif head.date.day is None:
        yield note("DATE_IMPOSSIBLE", text=head.date.text)
    if photo_lines:
        yield note("PHOTO_LINES_AMBIGUOUS", count=len(photo_lines))


def _read_groups(groups: list[list[str]]) -> Iterator[Block]:
    """Yield the blocks of the body; a single line above bullets is the heading of their list, and becomes bold."""
    for position, group in enumerate(groups):
        blocks = tuple(_read_group(group))
        below = groups[position + 1 : position + 2]
        match blocks:
            case (Paragraph(heading),) if below and _is_heading_of_bullets(group[0], below[0][0]):
                yield Paragraph((Strong(heading),))
            case _:
                yield from blocks


def _is_heading_of_bullets(line: str, bullet: str) -> bool:
    short = len(line) <= _MAX_HEADING and line.strip()[-1] not in ".。:：;,、"
    return short and not _TYPED_LABEL.match(line.strip()) and bool(_BULLET.match(bullet.strip()))


def _read_group(group: list[str]) -> Iterator[Block]:
    """Yield the blocks of one group: adjacent lines with tabs are a table, the line above them is its caption."""
    lines: list[str] = []
    for with_tabs, run in itertools.groupby(group, key=lambda line: "\t" in line.strip()):
        rows = list(run)
        if with_tabs and len(rows) > 1:
            yield from _read_lines(lines[:-1])
            yield _build_table(rows, lines[-1:])
            lines = []
        else:
            lines += rows
    yield from _read_lines(lines)


def _build_table(rows: list[str], caption: list[str]) -> Table:
    cells = [tuple(row.strip().split("\t")) for row in rows]
    head, *body = cells
    return Table(
        tuple(Row(tuple(Cell(_cell_paragraphs(text)) for text in row)) for row in body),
        head=(Row(tuple(Cell(_cell_paragraphs(text), header=True, scope="col") for text in head)),),
        caption=(caption[0].strip(),) if caption else (),
    )


def _cell_paragraphs(text: str) -> Blocks:
    return (Paragraph((text.strip(),)),) if text.strip() else ()


def _read_lines(lines: list[str]) -> Iterator[Block]:
    """Yield a paragraph for each line; adjacent lines with a bullet and no label become the items of one list."""
    bullets: list[Item] = []
    for line in lines:
        text = line.strip()
        bare = _without_marks(text)
        if bare == text or not _BULLET.match(text) or _TYPED_LABEL.match(bare):
            yield from _bullet_list(bullets)
            bullets = []
            yield Paragraph((bare,))
        else:
            bullets.append(Item((Paragraph((bare,)),)))
    yield from _bullet_list(bullets)


def _without_marks(line: str) -> str:
    """Return a line without its bullet, and without the number of an automatic list before a typed label."""
    return _NUMBER_BEFORE_LABEL.sub("", _BULLET.sub("", line))


def removed_marks(text: str) -> Iterator[Reason]:
    """Yield a reason for each bullet or number that is left out, since outputs write list markers themselves."""
    for number, line in enumerate(text.split("\n"), 1):
        stripped = line.strip()
        mark = stripped.removesuffix(_without_marks(stripped)).strip()
        if mark:
            yield Reason("dropped", "list marker", f"line {number}", mark, len(mark.split()))


_TYPED_LABEL = re.compile(r"^(?:[(（]\s*[0-9０-９a-zA-Z]{1,4}\s*[)）]|[0-9０-９]{1,3}[.．)）、　])")


def _bullet_list(items: list[Item]) -> Iterator[Block]:
    if items:
        yield BulletList(tuple(items))
