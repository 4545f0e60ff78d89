"""One module defines all sets of boilerplate elements, and every set of elements in it is used."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from readout_pub import html_elements
from tests.test_architecture import modules

BOILERPLATE = frozenset("script style template noscript iframe nav footer aside menu textarea".split())
"""A collection that contains at least two of these elements counts as a set of boilerplate elements."""

WRITERS = tuple(f"src/readout_pub/{each}/" for each in ("emit", "checks", "batch", "receipts/read_back"))
"""Packages that write HTML or check written HTML, and do not read saved pages."""


@pytest.mark.slow
def test_only_html_elements_has_a_set_of_boilerplate_elements() -> None:
    owners = {path for path, tree in modules().items() if not path.startswith(WRITERS) and any(_sets_of_elements(tree))}
    assert owners == {"src/readout_pub/html_elements.py"}


@pytest.mark.slow
def test_every_set_of_elements_is_imported_somewhere() -> None:
    names = {name for name in vars(html_elements) if name.isupper() and not name.startswith("_")}
    imported = {
        alias.name
        for tree in modules().values()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == html_elements.__name__
        for alias in node.names
    }
    assert names == imported


def _sets_of_elements(tree: ast.Module) -> Iterator[set[str]]:
    """Yield the words of each tuple, list, set or split string that has two or more elements of `BOILERPLATE`."""
    for node in ast.walk(tree):
        match node:
            case ast.Tuple(elts) | ast.List(elts) | ast.Set(elts):
                words = {each.value for each in elts if isinstance(each, ast.Constant) and isinstance(each.value, str)}
            case ast.Call(ast.Attribute(ast.Constant(str(listed)), "split")):
                words = set(listed.split())
            case _:
                words = set()
        if len(words & BOILERPLATE) > 1:
            yield words
