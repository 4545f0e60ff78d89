"""`readout-pub deposit`: packs the outputs of a batch and their originals as a bag for an archive."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from readout_pub.cli.console import print_json, print_remarks
from readout_pub.cli.options import Json, parse_day, require_not_standard_output
from readout_pub.errors import UsageError, escape_controls
from readout_pub.notes import number_with_noun

EXAMPLES = """\b
readout-pub deposit out/ -o bag
readout-pub deposit out/ saved.zip -o bag              the originals have moved
readout-pub deposit out/ -o bag --date 2031-08-04 --info "Source-Organization=Ministry of the Sea\""""

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command("deposit", epilog=EXAMPLES)
def deposit_command(
    out: Annotated[Path, typer.Argument(help="The output folder of a batch.", metavar="OUT")],
    originals: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Files and folders of the originals. By default those that the batch converted.", metavar="ARCHIVE"
        ),
    ] = None,
    output: Annotated[
        Path, typer.Option("-o", "--output", help="The folder of the bag, which must be new.", metavar="BAG")
    ] = Path("bag"),
    date: Annotated[
        str | None,
        typer.Option(
            help="The day of the deposit. By default that of SOURCE_DATE_EPOCH; without either, the bag states no day.",
            metavar="YYYY-MM-DD",
        ),
    ] = None,
    info: Annotated[
        list[str] | None,
        typer.Option(
            help='An element of bag-info.txt, such as "Contact-Name=A. Keeper"; may be repeated.', metavar="LABEL=TEXT"
        ),
    ] = None,
    json: Json = False,
) -> None:
    """Pack the outputs of a batch and their untouched originals as a BagIt bag, which archives can ingest.

    The bag has descriptions in Dublin Core, events in PREMIS, and a list of all files. It is validated before it is
    moved to its final name.
    """
    from readout_pub.deposit import deposit

    require_not_standard_output(output, "-o", "folder")
    day = parse_day(date, "--date")
    time = dt.datetime.combine(day, dt.time(tzinfo=dt.UTC)) if day else None
    made = deposit(out, output, originals=originals or (), time=time, info=_elements(info or ()))
    if json:
        print_json(made)
        return
    print_remarks(made.remarks)
    readouts = number_with_noun(made.readouts, "readout")
    typer.echo(f"{escape_controls(made.bag)}: {readouts}, {made.files:,} files, {made.bytes:,} bytes; valid")


def _elements(texts: Sequence[str]) -> dict[str, list[str]]:
    """Return the elements of bag-info.txt, each with its texts. Raises UsageError if one of `texts` has no "="."""
    elements: dict[str, list[str]] = {}
    for text in texts:
        label, equals, value = text.partition("=")
        if not equals:
            raise UsageError(f"{text!r} has no =", where="--info", what_next='write "Contact-Name=A. Keeper"')
        elements.setdefault(label.strip(), []).append(value.strip())
    return elements
