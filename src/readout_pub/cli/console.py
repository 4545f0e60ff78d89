"""What every command prints in the same way: reports as JSON, and errors."""

from __future__ import annotations

import msgspec
import typer


def print_json(report: object) -> None:
    """Print `report` as indented JSON to standard output."""
    typer.echo(msgspec.json.format(msgspec.json.encode(report), indent=1).decode())


def print_error(message: str) -> None:
    """Print `message` to standard error after the name of the program, as shells do."""
    typer.echo(f"readout-pub: {message}", err=True)
