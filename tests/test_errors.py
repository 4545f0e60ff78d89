"""Errors show untrusted names with control characters escaped, and say what to do next."""

from __future__ import annotations

import ast
import errno
import inspect
import re
import tomllib
from pathlib import Path

import pytest

from readout_pub import FetchPolicy, RenderOptions, SourceError, convert, errors
from readout_pub.batch import batch
from readout_pub.cli import batch as batch_command
from readout_pub.cli import convert as convert_command
from readout_pub.cli import fetch as fetch_command
from readout_pub.errors import (
    ARGUMENTS,
    ReadoutError,
    UsageError,
    documentation,
    escape_controls,
    internal_error_message,
)
from readout_pub.sources import saved_pages
from tests.syntax_trees import syntax_tree

PACKAGE = Path(errors.__file__).parent


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Übersicht 令和.html", "Übersicht 令和.html"),
        ("talks\x1b]0;owned\x07.html", r"talks\x1b]0;owned\x07.html"),
        ("two\nlines.html", r"two\nlines.html"),
        ("c1\x9b31m.html", r"c1\x9b31m.html"),
        (b"caf\xe9.html".decode("utf-8", "surrogateescape"), r"caf\xe9.html"),
        ("\ud800.html", r"\ud800.html"),
        ("page\u202elmth.exe", r"page\u202elmth.exe"),
        ("one\u2028two.html", r"one\u2028two.html"),
    ],
)
def test_control_characters_in_names_are_escaped(name: str, shown: str) -> None:
    assert escape_controls(name) == shown
    assert str(SourceError("it is gone", where=name)) == f"{shown}: it is gone"


def test_every_option_in_errors_exists_on_the_command_line_and_in_python() -> None:
    functions = (convert, batch, saved_pages, FetchPolicy)
    in_python = {name for each in functions for name in inspect.signature(each).parameters} | set(
        RenderOptions.__struct_fields__
    )
    assert set(ARGUMENTS.values()) <= in_python
    commands = (convert_command.convert_command, batch_command.batch_command, fetch_command.fetch_command)
    on_command_line = {name.replace("_", "-") for each in commands for name in inspect.signature(each).parameters}
    assert {name.removeprefix("--") for name in ARGUMENTS} <= on_command_line


class XmlOutOfMemory(SyntaxError):
    """What lxml raises if libxml2 gets no memory."""

    code = 2


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (RecursionError("maximum recursion depth exceeded"), "something in the input is nested too deeply to be read"),
        (MemoryError(), "memory ran out"),
        (XmlOutOfMemory("unknown error"), "memory ran out"),
        (OSError(errno.EFBIG, "File too large"), "a limit of the system is reached (File too large); end"),
        (OSError(errno.EMFILE, "Too many open files"), "a limit of the system is reached (Too many open files); end"),
    ],
)
def test_an_error_of_the_input_or_machine_is_not_called_a_bug(error: Exception, message: str) -> None:
    assert internal_error_message(error).startswith(message)


REASONS_ONLY = {"image_store.py", "extract/photos.py", "sources/web/pages.py"}
"""Modules whose errors say nothing about what to do: they become reasons in notes, which docs/notes.md explains."""

ERRORS = {name for name, kind in vars(errors).items() if inspect.isclass(kind) and issubclass(kind, ReadoutError)}


@pytest.mark.slow
def test_each_error_says_what_to_do_next() -> None:
    silent = [
        f"{path.relative_to(PACKAGE)}:{call.lineno}"
        for path in sorted(PACKAGE.rglob("*.py"))
        if str(path.relative_to(PACKAGE)) not in REASONS_ONLY
        for call in ast.walk(syntax_tree(path))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in ERRORS
        if not any(keyword.arg == "what_next" for keyword in call.keywords)
        and ast.unparse(call.args[0]) != "internal_error_message(error)"  # this message itself asks for a report
    ]
    assert silent == []


def test_a_message_shows_beginning_and_end_of_a_long_url_or_selector() -> None:
    error = UsageError(f"selector {'a' * 100_000}b is not CSS", where=f"https://{'c' * 100_000}d", what_next="mend it")
    shown = str(error)
    assert len(shown) < 5000
    assert shown.startswith("https://ccc")
    assert "d: selector aaa" in shown
    assert shown.endswith("b is not CSS; mend it")


def test_messages_name_pages_of_the_documentation_by_addresses_that_exist() -> None:
    root = Path(__file__).parents[1]
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    assert documentation("themes").startswith(project["urls"]["Documentation"].replace("/tree/", "/blob/"))
    sources = "".join(path.read_text("utf-8") for path in (root / "src").rglob("*.py"))
    named = set(re.findall(r"""documentation\(["']([\w-]+)["']\)""", sources))
    assert named == {"alt-lint", "profiles", "themes"}
    assert all((root / f"docs/{page}.md").is_file() for page in named)
