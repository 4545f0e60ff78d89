"""`readout-pub schema`: the JSON Schema of a readout."""

from __future__ import annotations

import msgspec
import typer

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command("schema")
def schema_command() -> None:
    """Print the JSON Schema of the readouts that `convert --to json` writes and `inspect --json` prints."""
    from readout_pub.model import json_schema

    typer.echo(msgspec.json.format(msgspec.json.encode(json_schema()), indent=2).decode())
