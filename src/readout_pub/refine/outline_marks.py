"""Which paragraphs head what follows them, and which are items of a list that no markup shows."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from readout_pub.model import Block, Blocks, LineBreak, Paragraph, Section, Strong, plain
from readout_pub.refine.line_kinds import Label, label_at, looks_like_heading


class OutlineMark(msgspec.Struct):
    """What a paragraph turned out to be: at which depth, with which label, heading or item.

    `closed` says that what follows an item is not part of it.
    """

    depth: int
    label: Label | None
    heading: bool = True
    closed: bool = False


_BOLD = "bold"

_DEEPEST = 30
"""Rows within rows that are told apart. No document has so many; a file of nothing but "1." would have one a line."""


def outline_marks(blocks: Blocks) -> list[OutlineMark | None]:
    """Return the mark of each block, None for those that are neither heading nor item."""
    marks = _labels_in_rows(blocks)
    for _, run in _runs(marks):
        _tell_headings_from_items(blocks, marks, run)
    return marks


def _labels_in_rows(blocks: Blocks) -> list[OutlineMark | None]:
    """Mark paragraphs whose labels count on, each row at the depth where it began, and bold lines over a text."""
    marks: list[OutlineMark | None] = []
    rows: list[dict[str, int]] = []
    for position, block in enumerate(blocks):
        mark = None
        if isinstance(block, Paragraph):
            label = label_at(plain(block.children))
            depth = _depth_of(label.readings, rows) if label else None
            if depth is not None:
                mark = OutlineMark(depth, label)
            elif _is_bold_heading(block) and _heads_something(blocks, position):
                mark = OutlineMark(_bold_depth(rows), None)
        marks.append(mark)
    return _without_single_labels(marks)


def labels_of_sections(blocks: Blocks) -> list[Label | None]:
    """Return the label of each section whose number counts on from one to the next, be it still in its heading."""
    marks: list[OutlineMark | None] = []
    rows: list[dict[str, int]] = []
    for block in blocks:
        shown = f"{block.label or ''} {plain(block.heading)}".lstrip() if isinstance(block, Section) else ""
        label = label_at(shown)
        depth = _depth_of(label.readings, rows) if label else None
        marks.append(OutlineMark(depth, label) if depth is not None else None)
    return [mark.label if mark else None for mark in _without_single_labels(marks)]


def _depth_of(readings: tuple[tuple[str, int], ...], rows: list[dict[str, int]]) -> int | None:
    """Return the depth of a label: that of the row which it continues, or one deeper if it begins a row."""
    for depth in reversed(range(len(rows))):
        if continued := {style: place for style, place in readings if rows[depth].get(style) == place - 1}:
            rows[depth:] = [continued]
            return depth
    if begun := {style: place for style, place in readings if place == 1}:
        rows[_DEEPEST:] = [begun]
        return len(rows) - 1
    return None


def _bold_depth(rows: list[dict[str, int]]) -> int:
    depth = next((depth for depth, row in enumerate(rows) if _BOLD in row), len(rows))
    rows[depth:] = [{_BOLD: 0}]
    return depth


def _is_bold_heading(paragraph: Paragraph) -> bool:
    if not all(isinstance(node, Strong) or (isinstance(node, str) and not node.strip()) for node in paragraph.children):
        return False
    return LineBreak() not in paragraph.children and looks_like_heading(plain(paragraph.children))


def _heads_something(blocks: Blocks, position: int) -> bool:
    """Say whether something that is no bold line itself follows."""
    after = blocks[position + 1] if position + 1 < len(blocks) else None
    return (
        after is not None
        and not isinstance(after, Section)
        and not (isinstance(after, Paragraph) and _is_bold_heading(after))
    )


def _without_single_labels(marks: list[OutlineMark | None]) -> list[OutlineMark | None]:
    """Forget rows of one: "A. Smith" is a name, and a lone "1." reads the same in its line."""
    single = {id(run[0][1]) for _, run in _runs(marks) if len(run) == 1 and run[0][1].label is not None}
    return [None if mark is not None and id(mark) in single else mark for mark in marks]


_Run = list[tuple[int, OutlineMark]]


def _runs(marks: list[OutlineMark | None]) -> Iterator[tuple[int, _Run]]:
    """Yield the rows of marks, (depth, [(position, mark)]): same depth, nothing shallower between them."""
    open_runs: dict[int, _Run] = {}
    for position, mark in enumerate(marks):
        if mark is None:
            continue
        for depth in [depth for depth in open_runs if depth > mark.depth]:
            yield depth, open_runs.pop(depth)
        open_runs.setdefault(mark.depth, []).append((position, mark))
    yield from open_runs.items()


def _tell_headings_from_items(blocks: Blocks, marks: list[OutlineMark | None], run: _Run) -> None:
    """Let a line head what follows it; where only the last of a row is followed by anything, the row is a list."""
    followed = [_is_followed(marks, position) for position, _ in run]
    list_of_lines = len(run) > 1 and not any(followed[:-1])
    for (position, mark), has_followers in zip(run, followed, strict=True):
        if mark.label is not None:
            mark.heading = (
                has_followers and not list_of_lines and looks_like_heading(_words_after(blocks[position], mark))
            )
    if not run[-1][1].heading:
        run[-1][1].closed = not any(
            followers and not mark.heading for (_, mark), followers in zip(run[:-1], followed, strict=False)
        )


def _is_followed(marks: list[OutlineMark | None], position: int) -> bool:
    """Say whether something of its own follows the marked paragraph: plain blocks, or marks that are deeper."""
    mark, after = marks[position], position + 1
    if mark is None or after == len(marks):
        return False
    following = marks[after]
    return following is None or following.depth > mark.depth


def _words_after(block: Block, mark: OutlineMark) -> str:
    words = plain(block.children) if isinstance(block, Paragraph) else ""
    return words[mark.label.length :] if mark.label else words
