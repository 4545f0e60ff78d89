"""The differences of two copies as an HTML page for people: facts, photos, and both texts side by side."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from html import escape
from itertools import islice, zip_longest

from readout_pub.diff import Changes, Copy
from readout_pub.diff.description import NOT_STATED, PHOTO_STATES, alt_state, summary
from readout_pub.html_report import archive_style, html_head
from readout_pub.words import differences, spaced

_PAGE = """\
{head}<main>
<header><h1>Differences</h1></header>
<dl>
<dt>First copy</dt><dd>{before}</dd>
<dt>Second copy</dt><dd>{after}</dd>
</dl>
<p>{summary}</p>
{tables}<h2>Text</h2>
<p>Words that only the first copy has are <del>struck out</del>, words that only the second copy has are
<ins>underlined</ins>, and paragraphs at another place are <mark>marked</mark>.</p>
<table class="differences copies">
<thead><tr><th scope="col">First copy</th><th scope="col">Second copy</th></tr></thead>
<tbody>
{rows}</tbody>
</table>
</main>
</body>
</html>
"""


_TABLE_HEAD = """\
<h2>{heading}</h2>
<table class="differences">
<thead><tr><td></td><th scope="col">First copy</th><th scope="col">Second copy</th></tr></thead>
<tbody>
"""


def render_changes(before: Copy, after: Copy, changes: Changes) -> str:
    """Return the page: a summary, tables of facts and photos if any differ, and both texts, paragraph by paragraph."""
    first, second = escape(changes.before), escape(changes.after)
    return _PAGE.format(
        head=html_head(f"Differences of {first} and {second}", archive_style("plain")),
        before=first,
        after=second,
        summary=escape(summary(changes)),
        tables="".join(_tables(changes)),
        rows="".join(_rows(before, after, changes)),
    )


def _tables(changes: Changes) -> Iterator[str]:
    facts = [(change.fact, change.before or NOT_STATED, change.after or NOT_STATED) for change in changes.facts]
    photos = [(change.photo, *PHOTO_STATES[change.kind]) for change in changes.photos]
    alts = [(change.photo, alt_state(change.before), alt_state(change.after)) for change in changes.alts]
    for heading, rows in (("Facts", facts), ("Photos", photos), ("Alternative texts", alts)):
        if rows:
            yield _TABLE_HEAD.format(heading=heading)
            for name, first, second in rows:
                yield f'<tr><th scope="row">{escape(name)}</th><td>{escape(first)}</td><td>{escape(second)}</td></tr>\n'
            yield "</tbody>\n</table>\n"


def _rows(before: Copy, after: Copy, changes: Changes) -> Iterator[str]:
    """Yield a row for each pair of paragraphs, and for each paragraph without a partner in the other copy."""
    marks = _marks(before, [(each.at, each.count, each.kind == "moved") for each in changes.words], "del")
    marks_after = _marks(
        after, [(each.at_after, each.count_after, each.kind == "moved") for each in changes.words], "ins"
    )
    for number, number_after in _paired_paragraphs(before, after, changes):
        cells = (
            _paragraph(before, number, marks) if number is not None else "",
            _paragraph(after, number_after, marks_after) if number_after is not None else "",
        )
        yield f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>\n"


def _paired_paragraphs(before: Copy, after: Copy, changes: Changes) -> Iterator[tuple[int | None, int | None]]:
    """Yield the numbers of paragraphs that stand side by side; a moved paragraph stands alone, at its place.

    Equal paragraphs stand side by side. The other paragraphs between two such pairs are paired in their order.
    """
    moved = [each for each in changes.words if each.kind == "moved"]
    rest = _without(before, {each.at for each in moved})
    rest_after = _without(after, {each.at_after for each in moved})
    done = done_after = 0
    for number, number_after in _pairs(before, rest, after, rest_after):
        yield from ((moved_number, None) for moved_number in range(done, number if number is not None else done))
        yield from ((None, at) for at in range(done_after, number_after if number_after is not None else done_after))
        yield number, number_after
        done = done if number is None else number + 1
        done_after = done_after if number_after is None else number_after + 1
    yield from ((number, None) for number in range(done, len(before.paragraphs)))
    yield from ((None, number) for number in range(done_after, len(after.paragraphs)))


def _without(copy: Copy, starts: Collection[int]) -> list[int]:
    """Return the numbers of the paragraphs that do not begin at one of the words `starts`."""
    return [number for number, start in enumerate(copy.starts[:-1]) if start not in starts]


def _pairs(
    before: Copy, rest: Sequence[int], after: Copy, rest_after: Sequence[int]
) -> Iterator[tuple[int | None, int | None]]:
    texts = [spaced(before.paragraphs[number]) for number in rest]
    texts_after = [spaced(after.paragraphs[number]) for number in rest_after]
    at = at_after = 0
    for change in differences(texts, texts_after):
        yield from zip(rest[at : change.at], rest_after[at_after : change.at_after], strict=True)
        at, at_after = change.at + len(change.before), change.at_after + len(change.after)
        yield from zip_longest(rest[change.at : at], rest_after[change.at_after : at_after])
    yield from zip(rest[at:], rest_after[at_after:], strict=True)


def _marks(copy: Copy, ranges: Sequence[tuple[int, int, bool]], element: str) -> list[str]:
    """Return for each word the element that marks it: `mark` in moved ranges, `element` in others, "" outside.

    `ranges` are (start, count, is moved). If a moved paragraph lies in another range, that range continues after the
    paragraph.
    """
    marks = [""] * len(copy.words)
    for start, count, _ in (each for each in ranges if each[2]):
        marks[start : start + count] = ["mark"] * count
    for start, count, _ in (each for each in ranges if not each[2]):
        free = (at for at in range(start, len(marks)) if not marks[at])
        for at in islice(free, count):
            marks[at] = element
    return marks


def _paragraph(copy: Copy, number: int, marks: Sequence[str]) -> str:
    """Return a paragraph with its marked runs of words."""
    start, words = copy.starts[number], copy.paragraphs[number]
    runs: list[tuple[str, list[str]]] = []
    for word, mark in zip(words, marks[start:], strict=False):
        if not runs or runs[-1][0] != mark:
            runs.append((mark, []))
        runs[-1][1].append(word)
    texts = ((mark, escape(spaced(run))) for mark, run in runs)
    return " ".join(f"<{mark}>{text}</{mark}>" if mark else text for mark, text in texts)
