"""Writes readout-pub.1, the manual page, from the commands themselves: `./dev docs`."""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import typer
from typer._click import Command, Context
from typer.core import TyperGroup

import readout_pub
from readout_pub.cli import app as command_line

PAGE = Path(__file__).with_name("readout-pub.1")

EXIT_CODES = {
    0: "Fine.",
    1: "Something failed (for example, a file cannot be read), or a check found faults.",
    2: "The command itself is wrong.",
    3: "Something has to be installed; the message says with which command.",
}


ENVIRONMENT = {
    "READOUT_PUB_CONTACT": "The mail or web address that is sent when pages are fetched, like --contact.",
    "SOURCE_DATE_EPOCH": "The time of outputs, in seconds since 1970; by default the day of publication or retrieval.",
    "NO_COLOR": "If it is set, messages have no colour.",
    "LC_ALL, LC_MESSAGES, LANG": "The first that is set chooses the language of worklists: English or Japanese.",
}


def manual() -> str:
    """Return the manual page in man(7) macros; it is the same for the same version and commands."""
    root = typer.main.get_command(command_line.app)
    assert isinstance(root, TyperGroup)
    context = Context(root, info_name="readout-pub")
    lines = [
        f'.TH READOUT\\-PUB 1 "" "readout\\-pub {readout_pub.__version__}" "User Commands"',
        ".SH NAME",
        r"readout\-pub \- convert saved readouts to PDF, EPUB, accessible HTML and other formats",
        ".SH SYNOPSIS",
        r".B readout\-pub",
        r".I command",
        "[options] arguments",
        ".SH DESCRIPTION",
        *_prose(root.help or ""),
        ".SH COMMANDS",
    ]
    for name in root.list_commands(context):
        command = root.get_command(context, name)
        assert command is not None
        lines += _command_section(
            command, Context(command, info_name=f"readout-pub {name}"), command_line.COMMANDS[name]
        )
    lines += [".SH EXIT STATUS"]
    for code, meaning in EXIT_CODES.items():
        lines += [".TP", f".B {code}", escape(meaning)]
    lines += [".SH ENVIRONMENT"]
    for variable, meaning in ENVIRONMENT.items():
        lines += [".TP", f".B {escape(variable)}", escape(meaning)]
    return "\n".join(lines) + "\n"


def _command_section(command: Command, context: Context, summary: str) -> Iterator[str]:
    """Yield the subsection of one command; a group such as `profile` has one for each of its commands."""
    if isinstance(command, TyperGroup):
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner is not None
            inner_context = Context(inner, info_name=f"{context.info_name} {name}")
            yield from _command_section(inner, inner_context, inner.get_short_help_str(limit=200))
        return
    usage = " ".join(command.collect_usage_pieces(context)).replace("{", "").replace("}", "")
    yield from (f'.SS "{escape(context.info_name or "")} {escape(usage)}"', *_prose(command.help or summary))
    for parameter in command.get_params(context):
        record = parameter.get_help_record(context)
        if record is not None:
            names, meaning = record
            yield from (".TP", f".B {escape(names.strip())}", escape(" ".join(meaning.split())))
    examples = [line for line in (command.epilog or "").removeprefix("\b\n").splitlines() if line]
    if examples:
        yield from (".PP", "Examples:", ".PP", ".nf", ".RS", *map(escape, examples), ".RE", ".fi")


def _prose(text: str) -> Iterator[str]:
    for number, paragraph in enumerate(re.split(r"\n\s*\n", inspect.cleandoc(text))):
        yield from (*([".PP"] if number else []), escape(" ".join(paragraph.split())))


def escape(text: str) -> str:
    """Return `text` escaped so that roff shows each of its characters as it is, and reads no line as a request."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-").replace('"', "\\(dq")
    return "\\&" + escaped if escaped.startswith((".", "'")) else escaped


if __name__ == "__main__":
    PAGE.write_text(manual(), encoding="utf-8")
    print(PAGE.relative_to(Path.cwd()) if PAGE.is_relative_to(Path.cwd()) else PAGE, file=sys.stderr)
