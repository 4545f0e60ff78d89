"""The architecture: allowed imports, declared dependencies, clear names, and what importing the package may load."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.metadata import packages_distributions, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.syntax_trees import syntax_tree

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "readout_pub"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))

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
"""Libraries that take long to import. Only the functions that need one may import it."""

VAGUE_MODULES = {"common", "data", "helpers", "info", "manager", "misc", "util", "utility", "utils"}
VAGUE_VERBS = ("do_", "handle_", "manage_", "process_")
NAMES_OF_HTTP_SERVER = {"do_GET", "do_POST", "handle_error"}
"""Methods that the standard library calls by these names."""


def modules(folder: Path = PACKAGE) -> dict[str, ast.Module]:
    """Return path from the root → syntax tree, for every Python file in `folder`."""
    return {path.relative_to(ROOT).as_posix(): syntax_tree(path) for path in sorted(folder.rglob("*.py"))}


def test_packages_import_only_what_the_contracts_allow() -> None:
    # import-linter runs in a separate process: it configures logging and so disables all existing loggers. Later tests
    # would then not see WeasyPrint's warnings.
    program = Path(sys.executable).with_name("lint-imports")
    linted = subprocess.run([program, "--no-cache", "--no-logo"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert linted.returncode == 0, linted.stdout


TRANSITIVE = {"packaging": "pytest"}
"""Package that we import without declaring it → the declared package that requires it and so decides its version."""

SEPARATE = {"newspaper", "numpy", "readability", "scipy", "trafilatura"}
"""Packages that only benchmarks import: those of the peers, and those that fit the weights."""

RUNTIME = [
    *PROJECT["project"]["dependencies"],
    *(needed for extra in PROJECT["project"]["optional-dependencies"].values() for needed in extra),
]
DEVELOPMENT = [
    *RUNTIME,
    *(needed for group in PROJECT["dependency-groups"].values() for needed in group if isinstance(needed, str)),
]


def imported_packages(folder: Path) -> set[str]:
    """Return the top-level names of all third-party packages that files in `folder` import."""
    names: set[str] = set()
    for tree in modules(folder).values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                names |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names.add(node.module)
    ours = {"_typeshed", "benchmarks", "readout_pub", "samples", "tests"}
    return {name.partition(".")[0] for name in names} - sys.stdlib_module_names - ours


@cache
def distributions_by_package() -> Mapping[str, list[str]]:
    return packages_distributions()


def undeclared(packages: Iterable[str], requirements: Iterable[str]) -> set[str]:
    """Return those of `packages` that no distribution in `requirements` provides.

    If a package is not installed, for instance since it has no wheel for this Python, its distribution is assumed to
    have the same name.
    """
    declared = {canonicalize_name(Requirement(each).name) for each in requirements}
    providers = distributions_by_package()
    return {
        name for name in packages if not declared & {canonicalize_name(each) for each in providers.get(name, (name,))}
    }


@pytest.mark.slow
@pytest.mark.parametrize(
    ("folder", "requirements"), [("src", RUNTIME), ("tests", DEVELOPMENT), ("benchmarks", DEVELOPMENT)]
)
def test_every_imported_package_is_declared_in_pyproject(folder: str, requirements: list[str]) -> None:
    packages = imported_packages(ROOT / folder) - TRANSITIVE.keys()
    assert undeclared(packages - (SEPARATE if folder == "benchmarks" else set()), requirements) == set()


@pytest.mark.parametrize(("package", "dependent"), TRANSITIVE.items())
def test_a_transitive_dependency_is_required_by_a_declared_package(package: str, dependent: str) -> None:
    assert undeclared([package], requires(dependent) or []) == set()


def test_modules_and_functions_have_no_vague_names() -> None:
    vague = [path for path in modules() if VAGUE_MODULES & set(Path(path).with_suffix("").parts)]
    for path, tree in modules().items():
        functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
        names = {function.name for function in functions} - NAMES_OF_HTTP_SERVER
        vague += [f"{path}:{name}" for name in names if name.startswith(VAGUE_VERBS)]
    assert vague == []


def test_no_module_catches_only_the_decode_errors_of_msgspec() -> None:
    """Modules catch `DECODE_ERRORS` instead: for some damaged bytes, msgspec raises a RecursionError."""
    caught = [
        f"{path}:{node.lineno}"
        for path, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in {"MsgspecError", "DecodeError"}
    ]
    assert caught == []


def test_no_class_name_is_defined_twice() -> None:
    owners: dict[str, list[str]] = {}
    for path, tree in modules().items():
        for node in tree.body:
            if isinstance(node, ast.ClassDef):
                owners.setdefault(node.name, []).append(path)
    assert {name: paths for name, paths in owners.items() if len(paths) > 1} == {}


def test_every_path_in_the_contributing_guide_exists() -> None:
    guide = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    paths = re.findall(r"`((?:\w+/)+|(?:[\w.]+/)*\w+\.(?:py|toml|css|md|lock))`", guide)
    folders = (ROOT, PACKAGE, *(PACKAGE / each for each in paths if each.endswith("/")))
    assert len(paths) > 80
    assert [path for path in paths if not any((folder / path).exists() for folder in folders)] == []


def test_modules_are_in_the_folders_that_the_contributing_guide_gives() -> None:
    guide = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    lists = re.findall(r"((?:`\w+\.py`(?:, |; | and )?)+) in `([\w/]+/)`", guide)
    paths = [f"{folder}{name}" for names, folder in lists for name in re.findall(r"\w+\.py", names)]
    assert len(paths) > 30
    assert [path for path in paths if not (PACKAGE / path).exists()] == []


def test_names_are_in_the_modules_that_the_contributing_guide_gives() -> None:
    guide = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    placed = re.findall(r"`([A-Za-z_.]+)` in `([\w/]+\.py)`", guide)
    assert len(placed) > 4
    for name, path in placed:
        definition = rf"^ *(?:def|class) {name.split('.')[-1]}\b|^{name}\b"
        assert re.search(definition, (PACKAGE / path).read_text("utf-8"), re.MULTILINE), (name, path)


@pytest.mark.slow
def test_tables_and_notes_in_the_contributing_guide_exist() -> None:
    guide = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    program = "\n".join(
        path.read_text("utf-8") for folder in (PACKAGE, ROOT / "tests") for path in folder.rglob("*.py")
    )
    tables_and_notes = set(re.findall(r"`([A-Z]+(?:_[A-Z]+)*)`", guide))
    assert len(tables_and_notes) > 5
    assert [name for name in tables_and_notes if name not in program] == []


def test_the_contributing_guide_describes_every_package() -> None:
    guide = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    packages = (path.parent.relative_to(PACKAGE).as_posix() for path in PACKAGE.glob("*/**/__init__.py"))
    assert [name for name in packages if f"`{name}/" not in guide] == []


@pytest.mark.parametrize("module", ["readout_pub", "readout_pub.cli.app", "readout_pub.emit"])
def test_importing_loads_no_heavy_library(module: str) -> None:
    program = f"import sys, {module}; print(*(name for name in {HEAVY} if name in sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert loaded == "\n"
