"""The walls of the house: who may import whom, how long a piece may be, and what a start may cost."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "readout_pub"

HEAVY = (
    "PIL",
    "bs4",
    "brotli",
    "cchardet",
    "fontTools",
    "ftfy",
    "lxml",
    "pypandoc",
    "rich",
    "warcio",
    "httpx2",
    "weasyprint",
)

LONGEST_MODULE = 300
LONGEST_FUNCTION = 45

NAMES_OF_NOTHING = {"common", "data", "helpers", "info", "manager", "misc", "util", "utility", "utils"}
VERBS_OF_NOTHING = ("do_", "handle_", "manage_", "process_")


def sources() -> Iterator[tuple[str, str]]:
    """Yield the path from the root and the text of every Python file that ships."""
    return ((path.relative_to(ROOT).as_posix(), path.read_text("utf-8")) for path in sorted(PACKAGE.rglob("*.py")))


def functions() -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    """Yield the path and the syntax of every function."""
    for path, text in sources():
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield path, node


def test_rooms_import_only_what_the_contracts_allow() -> None:
    # In a process of its own: import-linter configures logging, which silences every logger that is there already, so
    # that no test after it would hear WeasyPrint complain.
    program = Path(sys.executable).with_name("lint-imports")
    linted = subprocess.run([program, "--no-cache", "--no-logo"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert linted.returncode == 0, linted.stdout


def test_the_hook_of_a_site_imports_bs4_and_nothing_of_ours() -> None:
    imports = [
        f"{hook.relative_to(ROOT)}: {line}"
        for hook in sorted(PACKAGE.glob("sites/*/hooks.py"))
        for line in hook.read_text("utf-8").splitlines()
        if line.startswith(("import readout_pub", "from readout_pub", "from ."))
    ]
    assert imports == []


def test_no_module_is_longer_than_three_hundred_lines() -> None:
    lengths = {path: len(text.splitlines()) for path, text in sources()}
    assert {path: length for path, length in lengths.items() if length > LONGEST_MODULE} == {}


def test_no_function_does_more_than_forty_five_lines() -> None:
    # Signature and docstring are not counted: the options of a command and the tree before and after are no work.
    lengths = {}
    for path, function in functions():
        work = function.body[1:] if ast.get_docstring(function) else function.body
        if work:
            lengths[f"{path}:{function.name}"] = (work[-1].end_lineno or 0) - work[0].lineno + 1
    assert {place: length for place, length in lengths.items() if length > LONGEST_FUNCTION} == {}


def test_names_say_what_a_thing_is() -> None:
    modules = [path for path, _ in sources() if NAMES_OF_NOTHING & set(Path(path).with_suffix("").parts)]
    verbs = [f"{path}:{node.name}" for path, node in functions() if node.name.startswith(VERBS_OF_NOTHING)]
    assert modules + verbs == []


@pytest.mark.parametrize("module", ["readout_pub", "readout_pub.cli.app", "readout_pub.emit"])
def test_importing_loads_no_heavy_library(module: str) -> None:
    program = f"import sys, {module}; print(*(name for name in {HEAVY} if name in sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert loaded == "\n"
