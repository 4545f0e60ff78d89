"""The commands, in one table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer

from readout_pub import __version__
from readout_pub.cli import check, convert, inspect, site
from readout_pub.cli.check import check_command
from readout_pub.cli.convert import convert_command
from readout_pub.cli.doctor import doctor_command
from readout_pub.cli.inspect import inspect_command
from readout_pub.cli.schema import schema_command

COMMANDS: dict[str, tuple[Callable[..., None], str | None]] = {
    "convert": (convert_command, convert.EXAMPLES),
    "inspect": (inspect_command, inspect.EXAMPLES),
    "check": (check_command, check.EXAMPLES),
    "schema": (schema_command, None),
    "doctor": (doctor_command, None),
}
"""Name → the command and its examples, which stand at the end of its help."""

EXAMPLES = """\b
readout-pub convert page.html --to pdf              one page, one format
readout-pub convert *.html --to epub,html -o out/   many pages into a folder
readout-pub inspect page.html                       what was understood, and what is in doubt
readout-pub check out/*.pdf                         whether outputs are accessible
readout-pub doctor                                  what is installed, what is missing"""

# Plain help rather than rich: it starts in half the time.
app = typer.Typer(
    name="readout-pub",
    rich_markup_mode=None,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"readout-pub {__version__}")
        raise typer.Exit


@app.callback(epilog=EXAMPLES)
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Turn saved readouts of foreign ministries into faithful, accessible PDF, EPUB, HTML and more."""


app.add_typer(site.site_app, name="site", epilog=site.EXAMPLES)

for _name, (_command, _examples) in COMMANDS.items():
    app.command(_name, epilog=_examples)(_command)
