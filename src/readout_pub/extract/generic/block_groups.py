"""Groups lines whose innermost blocks have the same tags and classes, such as the paragraphs of one text.

The lines of a group share features and, in part, their score: the teasers of one list are usually all text or all
chrome.
"""

from __future__ import annotations

from collections.abc import Sequence

from readout_pub.extract.generic.text_blocks import ElementBox, Line

_GroupKey = tuple[object, ...]
"""The signatures (tag and class) of boxes, innermost first. If no box has a class, an enclosing box is added."""


class BlockGroup:
    """The sums over a group of lines: how many there are, their letters, those within links, those of prose lines."""

    __slots__ = ("count", "linked_size", "prose_size", "size")

    def __init__(self) -> None:
        self.count = self.size = self.prose_size = 0
        self.linked_size = 0.0

    def add(self, line: Line, *, is_prose: bool) -> None:
        """Add a line to the sums."""
        self.count += 1
        self.size += line.size
        self.linked_size += line.size * line.link_density
        self.prose_size += line.size if is_prose else 0


def group_blocks(lines: Sequence[Line], is_prose: Sequence[bool], depth: int) -> list[BlockGroup]:
    """Return the group of each line: the lines whose `depth` innermost boxes have the same tags and classes.

    Boxes without a class match only as siblings, since all cells of a layout table look the same. `is_prose` tells for
    each line whether it is prose.
    """
    keys: dict[ElementBox, _GroupKey] = {}
    groups: dict[_GroupKey, BlockGroup] = {}
    out = []
    for line, prose in zip(lines, is_prose, strict=True):
        key = keys.get(line.box)
        if key is None:
            key = keys[line.box] = _group_key(line.box, depth)
        group = groups.get(key)
        if group is None:
            group = groups[key] = BlockGroup()
        group.add(line, is_prose=prose)
        out.append(group)
    return out


def _group_key(box: ElementBox, depth: int) -> _GroupKey:
    signatures = tuple([each.signature for each in box.self_and_ancestors(depth)])
    if any(class_name for _, class_name in signatures):
        return signatures
    ancestor = box.parent
    # A wrapper around this line alone is skipped: some editors wrap each paragraph of a dialogue in two divs.
    while ancestor is not None and ancestor.last - ancestor.first == 1:
        ancestor = ancestor.parent
    return (*signatures, ancestor)
