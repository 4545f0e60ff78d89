"""The commands, in one table."""

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
    "batch": "Convert an archive, and next time only what changed.",
    "fetch": "Fetch pages from the web, with their photos, into an archive to convert from.",
    "inspect": "Show what was understood of a saved readout, and what is in doubt.",
    "check": "Check whether outputs are accessible.",
    "schema": "Print the JSON Schema of the model.",
    "doctor": "Say what is installed, what is missing, and the command that mends it.",
    "profile": "Describe the pages of a publisher: list, draft, check.",
}
"""Name → what `--help` says of the command. Its module, `cli.<name>`, is read when it is called, and not before."""

EXAMPLES = """\b
readout-pub convert page.html --to pdf              one page, one format
readout-pub convert *.html --to epub,html -o out/   many pages into a folder
readout-pub batch saved/ --to pdf,epub,html -o out/  an archive, and next time only what changed
readout-pub inspect page.html                       what was understood, and what is in doubt
readout-pub check out/*.pdf                         whether outputs are accessible
readout-pub doctor                                  what is installed, what is missing"""


class Commands(typer.core.TyperGroup):
    """The commands of the table. `--help` and a misspelt name are answered from it, so that they take no time."""

    def list_commands(self, ctx: Context) -> list[str]:
        """Name all commands, in the order of the table."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: Context, cmd_name: str) -> Command | None:
        """Read the module of a command; None if there is no such command."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        return typer.main.get_command(import_module(f"readout_pub.cli.{cmd_name}").app)

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str | None, Command | None, list[str]]:
        """Find the command that `args` begin with; a name that comes near to what was mistyped is offered."""
        # Only the names are looked at.
        self.commands = cast("MutableMapping[str, Command]", dict.fromkeys(COMMANDS))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write the table into the help."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


# Plain help rather than rich: it starts in half the time.
app = typer.Typer(
    name="readout-pub",
    cls=Commands,
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
