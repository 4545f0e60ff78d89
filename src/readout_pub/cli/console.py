"""What every command prints in the same way: reports as JSON, and errors."""

from __future__ import annotations

import os
from collections.abc import Iterable

import msgspec
import typer

from readout_pub.errors import escape_controls


def print_json(report: object) -> None:
    """Print `report` as indented JSON to standard output."""
    typer.echo(msgspec.json.format(msgspec.json.encode(report), indent=1).decode())


def print_remarks(remarks: Iterable[str]) -> None:
    """Print to standard error what a user should check."""
    for remark in remarks:
        print_error(escape_controls(remark))


def highlight(text: str, color: str) -> str:
    """Return `text` in bold `color`, for `typer.echo`, which leaves colours out if the output is not a terminal.

    Source: no-color.org, for NO_COLOR.
    """
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return text
    return typer.style(text, fg=color, bold=True)


def print_error(message: str) -> None:
    """Print `message` to standard error after the name of the program, as shells do."""
    typer.echo(f"readout-pub: {message}", err=True)
