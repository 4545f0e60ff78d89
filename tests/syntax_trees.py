"""The syntax trees of Python files, for tests that look at the code."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path


@cache  # parsing the package takes seconds, and several tests need the trees
def syntax_tree(path: Path) -> ast.Module:
    """Return the syntax tree of a file; callers must not change it."""
    return ast.parse(path.read_text("utf-8"))
