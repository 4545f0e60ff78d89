"""`readout-pub schema`: the JSON Schema of a readout or of a receipt."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
import typer

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command("schema")
def schema_command(
    of: Annotated[
        Literal["readout", "receipt"],
        typer.Argument(
            help="The kind of JSON that the schema describes.", case_sensitive=False, metavar="readout|receipt"
        ),
    ] = "readout",
) -> None:
    """Print the JSON Schema of the readouts that `convert --to json` writes, or of the receipts beside all outputs."""
    from readout_pub.model import json_schema
    from readout_pub.model.codec import schema_of
    from readout_pub.receipts import Receipt

    schema = json_schema() if of == "readout" else schema_of(Receipt)
    typer.echo(msgspec.json.format(msgspec.json.encode(schema), indent=2).decode())
