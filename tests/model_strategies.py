"""Generates valid readouts for property tests: `readouts()` draws them with nested blocks and inlines.

Ids are unique, every `NoteRef` has its footnote, every link within a readout has its target, and no line is blank.
Texts consist of `RECOGNISED_TEXTS` and of `PRINTABLE` characters, which the fonts of the program can show. Many of
these characters have a meaning in some format and have to be escaped. `readouts(ANY_CHARACTER)` takes nearly all of
Unicode.
"""

from __future__ import annotations

import datetime as dt
import itertools
from functools import cache, partial
from typing import TypeVar

import msgspec
from hypothesis import strategies as st

from readout_pub import ImageStore, Note
from readout_pub.model import (
    Alt,
    Attachment,
    Block,
    Blocks,
    BulletList,
    Cell,
    Code,
    Decorative,
    Described,
    Description,
    DescriptionList,
    Emphasis,
    Figure,
    Footnote,
    Footnotes,
    Formula,
    Inline,
    Inlines,
    Item,
    Licence,
    LineBreak,
    Link,
    Meeting,
    Missing,
    NoteRef,
    OrderedList,
    Origin,
    Paragraph,
    Participant,
    Photo,
    Preformatted,
    Quote,
    Readout,
    Row,
    Ruby,
    Rule,
    Section,
    Span,
    Strong,
    Struck,
    Sub,
    Sup,
    Table,
    Undecided,
    map_blocks,
)
from readout_pub.model.mathml import MATHML_NAMESPACE
from readout_pub.notes import SEVERITIES
from tests.pages import jpeg

T = TypeVar("T")
Characters = st.SearchStrategy[str]

PRINTABLE: Characters = st.sampled_from("aZ09.,:;!?'\"“”’–…()[]{}<>&#*_`~^|\\/@$%+=-éßøΩЖ漢字かなカナ、。（）１①")
"""Letters of several scripts, and the characters that have a special meaning in some format."""

ANY_CHARACTER: Characters = st.characters(
    codec="utf-8", exclude_categories=("Cc", "Zs", "Zl", "Zp"), exclude_characters="\ufffe\uffff"
)
"""Every character that XML can contain, except white space and control characters."""

RECOGNISED_TEXTS = (
    *("1. ", "2. ", "(1) ", "(2) ", "a. ", "i. ", "（１）", "①", "第１　", "2031. ", "(Note 1)", "（注１）", "Trade"),
    *("Both sides agreed.", "Mr. Nereus, Minister of Trade of Atlantis", "for 20 minutes", "両大臣は会談した。"),
    *("שני השרים נפגשו", "اتفق الوزيران"),
)
"""Texts that `refine` recognises, and sentences in several scripts.

`refine` recognises labels, footnote references, a person and a duration.
"""

MAX_ENTRIES = 3
"""The largest number of entries of a list and of photos of a figure: some faults show only with three."""

LANGUAGES = ("en", "en-GB", "ja", "fr", "zh-Hant-TW", "he", "ar")
ADDRESSES = ("https://atlantis.example/a?b=1&c=2", "http://atlantis.example/%E6%BC%A2#x", "mailto:a@atlantis.example")
LABELS = (None, "1.", "(1)", "（２）", "a.", "①")
MARKS = ("", "", "lang", "dir", "lang dir")
"""The attributes that a block may have, separated by blanks."""

DAYS = st.dates(min_value=dt.date(1900, 1, 1), max_value=dt.date(2100, 1, 1))


# --- texts


@cache
def words(characters: Characters) -> st.SearchStrategy[str]:
    """Draw a text that is not blank and has no white space at its ends."""
    word = st.text(characters, min_size=1, max_size=6)
    return st.lists(word | st.sampled_from([text.strip() for text in RECOGNISED_TEXTS]), min_size=1, max_size=3).map(
        " ".join
    )


@cache
def pieces(characters: Characters) -> st.SearchStrategy[str]:
    """Draw a part of a line: words, perhaps with a space after them, one of `RECOGNISED_TEXTS`, or only a space."""
    return (
        words(characters)
        | st.sampled_from((*RECOGNISED_TEXTS, " ", "\u00a0", "\u3000"))
        | words(characters).map("{} ".format)
    )


# --- inlines


@cache
def inline(characters: Characters, note_ids: tuple[str, ...], depth: int = 2) -> st.SearchStrategy[Inline]:
    """Draw one inline, which may refer to the footnotes with these ids."""
    if not depth:
        return pieces(characters)
    inside = st.lists(inline(characters, note_ids, depth - 1), min_size=1, max_size=2).map(tuple)
    refs = [st.builds(NoteRef, st.sampled_from(note_ids), st.tuples(words(characters)))] if note_ids else []
    lang = st.none() | st.sampled_from(LANGUAGES)
    return st.one_of(
        pieces(characters),
        st.builds(Emphasis, inside),
        st.builds(Strong, inside),
        st.builds(Sub, inside),
        st.builds(Sup, inside),
        st.builds(Struck, inside),
        st.builds(Code, words(characters)),
        st.builds(Link, st.sampled_from(ADDRESSES), inside),
        st.builds(Ruby, st.tuples(words(characters)), words(characters)),
        st.builds(Span, inside, lang=lang, dir=st.sampled_from((None, "ltr", "rtl"))),
        st.builds(_formula, words(characters), st.booleans()),
        st.just(LineBreak()),
        *refs,
    )


def _formula(text: str, display: bool) -> Formula:  # noqa: FBT001  # Hypothesis passes it by position
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    kind = ' display="block"' if display else ""
    mathml = f'<math xmlns="{MATHML_NAMESPACE}"{kind}><mtext>{escaped}</mtext></math>'
    return Formula(mathml, text, display)


@cache
def line(characters: Characters, note_ids: tuple[str, ...] = ()) -> st.SearchStrategy[Inlines]:
    """Draw a line that is not blank, such as a heading."""
    around = st.lists(inline(characters, note_ids), max_size=2).map(tuple)
    return st.builds(_line, around, words(characters), around)


def _line(before: Inlines, text: str, after: Inlines) -> Inlines:
    return (*before, text, *after)


# --- photos


IMAGES = ImageStore()
"""The image store of all generated readouts: two photos, and the page that showed them."""

_SOURCE = IMAGES.add(lambda: b"<html></html>")
_FILES = [(IMAGES.add(partial(jpeg, *size)), size) for size in ((320, 200), (60, 90))]


@cache
def alts(characters: Characters) -> st.SearchStrategy[Alt]:
    """Draw an alternative text in any of its states."""
    by = st.sampled_from(("source", "caption", "person", "model"))
    author = {"by": by, "name": st.none() | words(characters), "reviewed": st.booleans()}
    described = st.builds(Described, words(characters), **author)
    return described | st.builds(Decorative, **author) | st.just(Missing())


@cache
def photos(characters: Characters) -> st.SearchStrategy[Photo]:
    """Draw a photo whose file is in `IMAGES`, or one whose file is missing."""
    names = st.sampled_from(("a.jpg", "img/b%20c.jpg", "https://atlantis.example/d.jpg"))
    missing = st.builds(Photo, names, alts(characters))
    files = [
        st.builds(
            Photo, names, alts(characters), st.just(digest), st.just("image/jpeg"), st.just(width), st.just(height)
        )
        for digest, (width, height) in _FILES
    ]
    return st.one_of(missing, *files)


# --- blocks


def some(entries: st.SearchStrategy[T]) -> st.SearchStrategy[tuple[T, ...]]:
    """Draw one to `MAX_ENTRIES` of `entries`."""
    return st.lists(entries, min_size=1, max_size=MAX_ENTRIES).map(tuple)


@cache
def block(characters: Characters, note_ids: tuple[str, ...] = (), depth: int = 2) -> st.SearchStrategy[Block]:
    """Draw one block without an id; it may refer to the footnotes with these ids, and nest blocks up to `depth`."""
    return st.builds(
        _marked, _unmarked(characters, note_ids, depth), st.sampled_from(LANGUAGES), st.sampled_from(MARKS)
    )


def _marked(unmarked: Block, lang: str, marks: str) -> Block:
    found = {name: value for name, value in (("lang", lang), ("dir", "rtl")) if name in marks}
    return msgspec.structs.replace(unmarked, **found)


def _unmarked(characters: Characters, note_ids: tuple[str, ...], depth: int) -> st.SearchStrategy[Block]:
    text, maybe = line(characters, note_ids), st.just(()) | line(characters, note_ids)
    leaves = (
        st.builds(Paragraph, children=text),
        st.builds(Preformatted, text=st.lists(words(characters), min_size=1, max_size=3).map("\n  ".join)),
        st.builds(Figure, photos=some(photos(characters)), caption=maybe, credit=maybe),
        st.builds(Rule),
    )
    if not depth:
        return st.one_of(leaves)
    deeper = block(characters, note_ids, depth - 1)
    body, filled = (st.lists(deeper, min_size=least, max_size=2).map(tuple) for least in (0, 1))
    labels = st.sampled_from(LABELS)
    return st.one_of(
        *leaves,
        st.builds(Section, heading=text, body=body, label=labels),
        st.builds(BulletList, items=some(st.builds(Item, filled))),
        st.builds(OrderedList, items=some(st.builds(Item, filled, labels))),
        st.builds(DescriptionList, entries=some(st.builds(Description, some(text), body))),
        st.builds(Quote, body=filled),
        tables(characters, note_ids, depth - 1),
    )


@st.composite
def deep_lists(draw: st.DrawFn, characters: Characters = PRINTABLE) -> Block:
    """Draw lists nested six to twelve levels deep: the first item of each list holds the next list."""
    text = st.builds(Paragraph, line(characters))
    inner: tuple[Block, ...] = ()
    for _ in range(draw(st.integers(6, 12))):
        item = Item((draw(text), *inner), draw(st.sampled_from(LABELS)))
        after = draw(st.lists(st.builds(Item, st.tuples(text)), max_size=1))
        inner = (BulletList((item, *after)) if draw(st.booleans()) else OrderedList((item, *after)),)
    return inner[0]


@st.composite
def tables(draw: st.DrawFn, characters: Characters, note_ids: tuple[str, ...], depth: int) -> Table:
    """Draw a table whose rows all have the same width, spans included."""
    width, height = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    body = st.lists(block(characters, note_ids, depth), max_size=1).map(tuple)

    def row(columns: int, *, head: bool) -> list[Cell]:
        joined = columns > 1 and draw(st.booleans())
        cells = [Cell(draw(body), header=head, scope="col" if head else None) for _ in range(columns - joined)]
        last = msgspec.structs.replace(cells[-1], colspan=2 if joined else 1)
        return [*cells[:-1], last]

    head = [row(width, head=True)] if draw(st.booleans()) else []
    tall = height > 1 and width > 1 and draw(st.booleans())
    first = Cell(
        (Paragraph(draw(line(characters, note_ids))),), header=True, scope="row", rowspan=height if tall else 1
    )
    rows = [row(width - tall, head=False) for _ in range(height)]
    rows[0] = [first, *rows[0]] if tall else rows[0]
    caption = draw(st.just(()) | line(characters, note_ids))
    return Table(tuple(Row(tuple(cells)) for cells in rows), tuple(Row(tuple(cells)) for cells in head), caption)


# --- readouts


@cache
def meetings(characters: Characters) -> st.SearchStrategy[Meeting]:
    """Draw the facts of a meeting."""
    maybe = st.none() | words(characters)
    people = st.lists(st.builds(Participant, words(characters), maybe, maybe), max_size=2).map(tuple)
    minutes = st.integers(0, 600).map(lambda count: dt.time(count // 60, count % 60))
    return st.builds(Meeting, st.none() | DAYS, st.none() | minutes, st.none() | st.integers(1, 600), maybe, people)


@cache
def origins(characters: Characters) -> st.SearchStrategy[Origin]:
    """Draw the origin of a readout; its bytes are in `IMAGES`."""
    credit = st.none() | st.just("Source: Atlantis[, {url}][ (accessed {date})]")
    licences = st.builds(Licence, words(characters), st.none() | st.sampled_from(ADDRESSES[:2]), credit)
    return st.builds(
        Origin,
        name=st.sampled_from(("page.html", "頁.txt")),
        sha256=st.just(_SOURCE),
        url=st.none() | st.sampled_from(ADDRESSES[:2]),
        retrieved=st.none() | DAYS,
        publisher=st.none() | words(characters),
        licence=st.none() | licences,
        profile=st.none() | st.just("atlantis/plain"),
    )


@st.composite
def bodies(draw: st.DrawFn, characters: Characters = PRINTABLE) -> Blocks:
    """Draw the body of a readout: blocks, perhaps with footnotes, perhaps with ids and a link to one of the blocks."""
    note_ids = tuple(f"note-{number}" for number in range(1, draw(st.integers(0, 2)) + 1))
    blocks = draw(st.lists(block(characters, note_ids), max_size=4))
    if note_ids:
        text = block(characters, (), 0).map(lambda body: (body,))
        notes = tuple(Footnote(note_id, draw(text), draw(st.none() | words(characters))) for note_id in note_ids)
        blocks.insert(draw(st.integers(0, len(blocks))), Footnotes(notes))
    return _with_ids(tuple(blocks)) if draw(st.booleans()) else tuple(blocks)


def _with_ids(blocks: Blocks) -> Blocks:
    """Give every block an id of its own, and add a paragraph that links to one of the blocks."""
    numbers = itertools.count(1)

    def named(siblings: Blocks) -> Blocks:
        return tuple(msgspec.structs.replace(block, id=f"block-{next(numbers)}") for block in siblings)

    return (*map_blocks(blocks, named), Paragraph((Link("#block-1", ("above",)),))) if blocks else ()


@st.composite
def readouts(draw: st.DrawFn, characters: Characters = PRINTABLE) -> Readout:
    """Draw a readout in which each optional field may be missing."""
    text = words(characters)
    issued_text = draw(st.none() | st.sampled_from(("May 1, 2031", "令和13年５月１日")))
    attachments = st.builds(Attachment, st.sampled_from(("minutes.pdf", ADDRESSES[0])), text)
    return Readout(
        language=draw(st.sampled_from(LANGUAGES)),
        body=draw(bodies(characters)),
        origin=draw(origins(characters)),
        title=draw(st.none() | line(characters)),
        series=draw(st.none() | text),
        issued=draw(st.none() | DAYS),
        issued_text=issued_text,
        byline=draw(st.none() | text),
        back_link=draw(st.none() | st.builds(Link, st.sampled_from(("", *ADDRESSES)), st.tuples(text))),
        meeting=draw(st.none() | meetings(characters)),
        attachments=draw(st.lists(attachments, max_size=2).map(tuple)),
        undecided=draw(st.lists(st.builds(Undecided, text), max_size=2).map(tuple)),
        notes=draw(
            st.lists(st.builds(Note, text, st.sampled_from(SEVERITIES), text, st.none() | text), max_size=2).map(tuple)
        ),
    )
