"""A text page → the readout as found: the form that text browsers and search indexes keep.

series line
a headline may follow, between blank lines
date
lines of photo texts         nobody can tell alt text from caption: they stay undecided

lead, one paragraph a line
1. Heading                 numbers and bullets at the start of a line; refining makes them sections and items
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

_BACK = re.compile(r"^(?:back|return|go back) to\b|(?:へ戻る|に戻る|のページへ|へもどる)$", re.IGNORECASE)
_BULLET = re.compile(r"^(?:[•・‣▪][ \t\u3000]*|[●○◦*-][ \t\u3000]+)")
_DOUBLE_NUMBER = re.compile(
    r"^\d{1,3}\.[ \t]+(?=\d{1,3}[.．]\s|(?:\d{1,3}|[a-zA-Z])[)）]|[(（]\s*(?:\d{1,3}|[a-zA-Z]|[ivx]{2,5})\s*[)）])"
)
"""The number of an automatic list before a typed one: "1. 1. Opening" and "1. (1) Opening", not "1. 2.5 tonnes"."""

_MAX_DATE_LINE = 60
"""Characters: a longer line with a date in it is a sentence."""

_WORDS = r"[^\W\d]+(?: [^\W\d]+){0,2}"
_BEFORE_DATE = re.compile(rf"\W*|[^\W\d]+ ?|\W*{_WORDS} ?[,:、，：.·|–-]\s*")
_AFTER_DATE = re.compile(rf"\W*|[^\S\n]?[^\W\d]+| ?[,、，·|–-]\s*{_WORDS}|\s*[(（\[［][^()（）]*[)）\]］]\W*")
"""What may share a line with the date: a weekday, a place, a remark in brackets, but no sentence."""

_MAX_HEADING = 160
"""Characters: a longer line is a paragraph."""

_MAX_HEAD_LINES = 8
"""Lines among which the date of a dump stands."""


def read_plain_text(page: TextPage, album: ImageStore) -> Readout:
    """Extract the readout of a text page; its own bytes go into `album`."""
    groups = _groups(page.text)
    if not groups:
        raise SourceError("the file holds no text", where=page.name)
    head, undecided, rest = _head(groups)
    back, rest = _back_link(rest)
    body = tuple(_blocks(rest))
    if not body:
        raise SourceError("this text has no body below its head", where=page.name, what_next="save the whole page")
    language = guessed_language(page.text)
    names, date = head.names, head.date
    return Readout(
        language=language,
        body=body,
        origin=Origin(page.name, album.add(page.raw)),
        series=names[0] if names else None,
        title=(" ".join(names[1:]),) if names[1:] else None,
        issued=date.day if date else None,
        issued_text=date.text if date else None,
        back_link=Link("", (back,)) if back else None,
        undecided=tuple(Undecided(line) for line in undecided),
        notes=(*page.notes, note("LANGUAGE_GUESSED", language=language), *_notes(head, undecided)),
    )


class _Head:
    """The lines above the body: those that name it, and the date, None if there is none."""

    def __init__(self, names: list[str], date: FoundDate | None) -> None:
        self.names, self.date = names, date


def _groups(text: str) -> list[list[str]]:
    """Split into groups of lines that blank lines part; indentation stays."""
    groups: list[list[str]] = [[]]
    for line in text.split("\n"):
        if line.strip():
            groups[-1].append(line.rstrip())
        elif groups[-1]:
            groups.append([])
    return [group for group in groups if group]


def _head(groups: list[list[str]]) -> tuple[_Head, list[str], list[list[str]]]:
    """Part head, photo lines and body: the head ends with the date, photo lines are the rest of the date's group."""
    seen = 0
    for index, group in enumerate(groups):
        for position, line in enumerate(group):
            if date := _printed_date(line.strip()):
                above = [text.strip() for lines in groups[:index] for text in lines]
                above += [text.strip() for text in group[:position]]
                photo_lines = [text.strip() for text in group[position + 1 :]]
                return _Head(above, date), photo_lines, groups[index + 1 :]
            seen += 1
            if seen > _MAX_HEAD_LINES:
                return _undated(groups)
    return _undated(groups)


def _printed_date(line: str) -> FoundDate | None:
    """Read a line that is a date, its weekday or place perhaps beside it; what else it says is printed with it."""
    date = find_date(line) if len(line) <= _MAX_DATE_LINE else None
    if date is None:
        return None
    before, _, after = line.partition(date.text)
    if not _BEFORE_DATE.fullmatch(before) or not _AFTER_DATE.fullmatch(after):
        return None
    says_more = any(map(str.isalnum, before + after))
    return FoundDate(line, date.day) if says_more else date


def _undated(groups: list[list[str]]) -> tuple[_Head, list[str], list[list[str]]]:
    """Without a date, only a first group of one short line is a head."""
    first = groups[0]
    if len(groups) > 1 and len(first) == 1:
        return _Head([first[0].strip()], None), [], groups[1:]
    return _Head([], None), [], groups


def _back_link(groups: list[list[str]]) -> tuple[str | None, list[list[str]]]:
    if groups and _BACK.search(last := groups[-1][-1].strip()):
        shorter = [*groups[:-1], groups[-1][:-1]]
        return last, [group for group in shorter if group]
    return None, groups


def _notes(head: _Head, undecided: Sequence[str]) -> Iterator[Note]:
    if head.date is None:
        yield note("DATE_MISSING")
    elif head.date.day is None:
        yield note("DATE_IMPOSSIBLE", text=head.date.text)
    if undecided:
        yield note("PHOTO_LINES_AMBIGUOUS", count=len(undecided))


def _blocks(groups: list[list[str]]) -> Iterator[Block]:
    """Read the groups of the body; a lone line over bullets that have no numbers is the heading of their list."""
    for position, group in enumerate(groups):
        blocks = tuple(_group_blocks(group))
        below = groups[position + 1 : position + 2]
        match blocks:
            case (Paragraph(heading),) if below and _heads_bullets(group[0], below[0][0]):
                yield Paragraph((Strong(heading),))
            case _:
                yield from blocks


def _heads_bullets(line: str, bullet: str) -> bool:
    short = len(line) <= _MAX_HEADING and line.strip()[-1] not in ".。:：;,、"
    return short and not _NUMBERED.match(line.strip()) and bool(_BULLET.match(bullet.strip()))


def _group_blocks(group: list[str]) -> Iterator[Block]:
    """Read one group of lines: rows with tabs that follow one another are a table, a line above them its caption."""
    lines: list[str] = []
    for with_tabs, run in itertools.groupby(group, key=lambda line: "\t" in line.strip()):
        rows = list(run)
        if with_tabs and len(rows) > 1:
            yield from _lines(lines[:-1])
            yield _table(rows, lines[-1:])
            lines = []
        else:
            lines += rows
    yield from _lines(lines)


def _table(rows: list[str], caption: list[str]) -> Table:
    cells = [tuple(row.strip().split("\t")) for row in rows]
    head, *body = cells
    return Table(
        tuple(Row(tuple(Cell(_cell(text)) for text in row)) for row in body),
        head=(Row(tuple(Cell(_cell(text), header=True, scope="col") for text in head)),),
        caption=(caption[0].strip(),) if caption else (),
    )


def _cell(text: str) -> Blocks:
    return (Paragraph((text.strip(),)),) if text.strip() else ()


def _lines(lines: list[str]) -> Iterator[Block]:
    """Yield a paragraph a line; bullets without a number become the items of one list."""
    bullets: list[Item] = []
    for line in lines:
        text = line.strip()
        bare = _DOUBLE_NUMBER.sub("", _BULLET.sub("", text))
        if bare == text or not _BULLET.match(text) or _NUMBERED.match(bare):
            yield from _list_of(bullets)
            bullets = []
            yield Paragraph((bare,))
        else:
            bullets.append(Item((Paragraph((bare,)),)))
    yield from _list_of(bullets)


_NUMBERED = re.compile(r"^(?:[(（]\s*[0-9０-９a-zA-Z]{1,4}\s*[)）]|[0-9０-９]{1,3}[.．)）、　])")


def _list_of(items: list[Item]) -> Iterator[Block]:
    if items:
        yield BulletList(tuple(items))
