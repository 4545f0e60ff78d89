"""Lines that stand in boxes alike, such as the paragraphs of one text or the teasers of one list, taken together."""

from __future__ import annotations

from collections.abc import Sequence

from readout_pub.extract.generic.text_blocks import ElementBox, Line

_Kind = tuple[object, ...]
"""The tags and classes of boxes, inside out, and the box around them where no class tells them from others."""


class BlockGroup:
    """A group of lines: how many, their letters, how many of these are in links and in lines of prose."""

    __slots__ = ("count", "linked", "prose", "size")

    def __init__(self) -> None:
        self.count = self.size = self.prose = 0
        self.linked = 0.0

    def add(self, line: Line, *, is_prose: bool) -> None:
        """Count a line in."""
        self.count += 1
        self.size += line.size
        self.linked += line.size * line.linked
        self.prose += line.size if is_prose else 0


def group_blocks(lines: Sequence[Line], prose: Sequence[bool], boxes: int) -> list[BlockGroup]:
    """Return for each line the group of those whose `boxes` innermost boxes have the same tags and classes.

    Boxes without a class are alike only side by side: the cells of a table that lays out a page all look the same.
    `prose` says which lines are prose.
    """
    kinds: dict[ElementBox, _Kind] = {}
    groups: dict[_Kind, BlockGroup] = {}
    out = []
    for line, is_prose in zip(lines, prose, strict=True):
        kind = kinds.get(line.box)
        if kind is None:
            kind = kinds[line.box] = _kind(line.box, boxes)
        group = groups.get(kind)
        if group is None:
            group = groups[kind] = BlockGroup()
        group.add(line, is_prose=is_prose)
        out.append(group)
    return out


def _kind(box: ElementBox, boxes: int) -> _Kind:
    kind = tuple([each.kind for each in box.upwards(boxes)])
    if any(name for _, name in kind):
        return kind
    around = box.parent
    while around is not None and around.last - around.first == 1:  # a frame of this line alone
        around = around.parent
    return (*kind, around)
