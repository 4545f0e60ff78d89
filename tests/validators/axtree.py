"""What a screen reader is told of a page: the accessibility tree that Chromium builds of it, as indented text.

heading "1. Trade" level 2
paragraph
  "They agreed on "
  link "two treaties" to https://atlantis.example/
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from readout_pub.checks.programs import answers
from tests.validators.findings import TOOLS, node_script, program

SILENT = frozenset({"generic", "none"})
"""Roles that nobody is told: what they hold stands in their place, unless they have a name."""

TEXT = "StaticText"

BREAK = "LineBreak"

ADDRESSED = frozenset({"doc-backlink", "doc-noteref", "link"})


class Value(msgspec.Struct):
    value: Any = None


class Property(msgspec.Struct):
    name: str
    value: Value


class Node(msgspec.Struct, rename="camel"):
    node_id: str
    ignored: bool
    role: Value = msgspec.field(default_factory=Value)
    name: Value = msgspec.field(default_factory=Value)
    description: Value = msgspec.field(default_factory=Value)
    properties: list[Property] = []
    child_ids: list[str] = []

    def fact(self, name: str) -> Any:  # noqa: ANN401  # a property is whatever its name says
        """Return the value of a property; None if the node has none of that name."""
        return next((each.value.value for each in self.properties if each.name == name), None)


def drawings(pages: Sequence[Path]) -> list[str]:
    """Draw the tree of each page; one browser shows them all."""
    asked = [str(page.resolve()) for page in pages]
    found = answers(node_script("axtree.mjs"), asked, TOOLS, CHROMIUM=program("chromium"))
    return [_drawing(msgspec.json.decode(tree, type=list[Node])) for tree in found]


def _drawing(nodes: Sequence[Node]) -> str:
    return "".join(f"{line}\n" for line in _lines(nodes[0], {node.node_id: node for node in nodes}))


def _lines(node: Node, nodes: Mapping[str, Node]) -> Iterator[str]:
    name = str(node.name.value or "")
    below = [nodes[child] for child in node.child_ids if child in nodes]
    if node.role.value == TEXT:
        yield f'"{name}"'
        return
    if node.role.value == BREAK:
        yield "line break"
        return
    told = not node.ignored and (name or node.role.value not in SILENT)
    if told:
        yield " ".join([str(node.role.value), *_facts(node, name)])
    # A heading or link is called what it says, and would say it twice here.
    if not told or _words(below) != [name]:
        for child in below:
            yield from (f"  {line}" if told else line for line in _lines(child, nodes))


def _facts(node: Node, name: str) -> Iterator[str]:
    if name:
        yield f'"{name}"'
    if node.description.value:  # of ruby, how it is read
        yield f'described "{node.description.value}"'
    if level := node.fact("level"):
        yield f"level {level}"
    if node.role.value in ADDRESSED:
        address = str(node.fact("url"))
        yield "to " + ("#" + address.partition("#")[2] if address.startswith("file:") else address)
    elif node.fact("focusable"):
        yield "in the order of the Tab key"


def _words(nodes: Sequence[Node]) -> list[str]:
    """Return the text of `nodes` as one string; nothing if any of them is more than text."""
    if not all(node.role.value == TEXT for node in nodes):
        return []
    return ["".join(str(node.name.value) for node in nodes)]
