"""The commands of `readout-pub`, each imported only when it runs."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Annotated, cast

import typer
import typer.core

from readout_pub import __version__

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from typer._click import Command, Context, HelpFormatter

COMMANDS = {
    "convert": "Convert saved readouts to PDF, EPUB, accessible HTML and other formats.",
    "batch": "Convert an archive; later runs convert only what changed.",
    "fetch": "Fetch pages and their photos from the web into an archive.",
    "inspect": "Show how a saved readout was read, and what is in doubt.",
    "check": "Check whether outputs are accessible.",
    "schema": "Print the JSON Schema of the model.",
    "doctor": "Show what is installed, what is missing, and how to install it.",
    "profile": "List, draft and check site profiles.",
}
"""Name → the line of the command in `--help`. Its module is `cli.<name>`."""

EXAMPLES = """\b
readout-pub convert page.html --to pdf              one page, one format
readout-pub convert *.html --to epub,html -o out/   many pages into a folder
readout-pub batch saved/ --to pdf,epub,html -o out/  an archive; later runs convert only what changed
readout-pub inspect page.html                       how it was read, and what is in doubt
readout-pub check out/*.pdf                         whether outputs are accessible
readout-pub doctor                                  what is installed, what is missing"""


class LazyCommands(typer.core.TyperGroup):
    """The commands of the table. They are imported only when they run, so that `--help` and suggestions are fast."""

    def list_commands(self, ctx: Context) -> list[str]:
        """Return the names of all commands, in the order of the table."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: Context, cmd_name: str) -> Command | None:
        """Import the module of a command and return the command; None if there is none of that name."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        return typer.main.get_command(import_module(f"readout_pub.cli.{cmd_name}").app)

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str | None, Command | None, list[str]]:
        """Return the command that `args` begin with; for a misspelt name, typer suggests the nearest."""
        # typer takes its suggestions from the keys of this mapping and does not use the values.
        self.commands = cast("MutableMapping[str, Command]", dict.fromkeys(COMMANDS))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write the table of commands into the help."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


# Plain help: with rich, starting takes twice as long.
app = typer.Typer(
    name="readout-pub",
    cls=LazyCommands,
    rich_markup_mode=None,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"readout-pub {__version__}")
        raise typer.Exit


@app.callback(epilog=EXAMPLES)
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Turn saved readouts of foreign ministries into faithful, accessible PDF, EPUB, HTML and more."""
