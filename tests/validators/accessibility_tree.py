"""Writes as indented text the accessibility tree that Chromium builds of a page and gives to screen readers.

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

from readout_pub.checks.external_validators import send_requests
from tests.validators.findings import TOOLS, node_script, program

UNANNOUNCED = frozenset({"generic", "none"})
"""Roles that screen readers do not announce; unless such a node has a name, its children stand in its place."""

TEXT = "StaticText"

BREAK = "LineBreak"

LINK_ROLES = frozenset({"doc-backlink", "doc-noteref", "link"})


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

    def property_value(self, name: str) -> Any:  # noqa: ANN401  # the type depends on the property
        """Return the value of a property; None if the node does not have it."""
        return next((each.value.value for each in self.properties if each.name == name), None)


def draw_trees(pages: Sequence[Path]) -> list[str]:
    """Draw the accessibility tree of each page; one browser opens them all."""
    requests = [str(page.resolve()) for page in pages]
    found = send_requests(node_script("accessibility_tree.mjs"), requests, TOOLS, CHROMIUM=program("chromium"))
    return [_draw(msgspec.json.decode(tree, type=list[Node])) for tree in found]


def _draw(nodes: Sequence[Node]) -> str:
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
    announced = not node.ignored and (name or node.role.value not in UNANNOUNCED)
    if announced:
        yield " ".join([str(node.role.value), *_attributes(node, name)])
    # A heading or link usually has its text as its name, so the text is not written again below it.
    if not announced or _joined_text(below) != [name]:
        for child in below:
            yield from (f"  {line}" if announced else line for line in _lines(child, nodes))


def _attributes(node: Node, name: str) -> Iterator[str]:
    if name:
        yield f'"{name}"'
    if node.description.value:  # the reading of ruby text
        yield f'described "{node.description.value}"'
    if level := node.property_value("level"):
        yield f"level {level}"
    if node.role.value in LINK_ROLES:
        address = str(node.property_value("url"))
        yield "to " + ("#" + address.partition("#")[2] if address.startswith("file:") else address)
    elif node.property_value("focusable"):
        yield "in the tab order"


def _joined_text(nodes: Sequence[Node]) -> list[str]:
    """Return the text of `nodes` as one string in a list; an empty list if any node is not plain text."""
    if not all(node.role.value == TEXT for node in nodes):
        return []
    return ["".join(str(node.name.value) for node in nodes)]
