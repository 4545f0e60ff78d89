"""The commands of `readout-pub`, each imported only when it runs."""

from __future__ import annotations

import shlex
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer
import typer.core

from readout_pub import __version__
from readout_pub.cli.usage_errors import own_usage_errors
from readout_pub.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from typer._click import Command, Context, HelpFormatter

COMMANDS = {
    "convert": "Convert saved readouts to PDF, EPUB, accessible HTML and other formats.",
    "batch": "Convert an archive; later runs convert only what changed.",
    "fetch": "Fetch pages and their photos from the web into an archive.",
    "inspect": "Show how a saved readout was read, and what is in doubt.",
    "alt": "Judge the alternative texts of photos, and decide on them.",
    "check": "Check whether outputs are accessible.",
    "diff": "Show what differs between two copies of a document.",
    "verify": "Check whether outputs are unchanged, and contain every word of their source.",
    "sign": "Sign files, so that others can see who vouches for them.",
    "deposit": "Pack the outputs of a batch and their originals as a bag for an archive.",
    "schema": "Print the JSON Schema of readouts, or of receipts.",
    "doctor": "Show what is installed, what is missing, and how to install it.",
    "profile": "List, draft and check site profiles.",
    "theme": "List, draft, check and preview themes, which decide how documents look.",
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
    """The commands in `COMMANDS`, imported only when they run, so that `--help` and suggestions are fast."""

    def list_commands(self, ctx: Context) -> list[str]:
        """Return the names of all commands, in the order of `COMMANDS`."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: Context, cmd_name: str) -> Command | None:
        """Import and return a command; None if no command has that name."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        command = typer.main.get_command(import_module(f"readout_pub.cli.{cmd_name}").app)
        _hide_types(command)
        return command

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: Context | None = None,
        **extra: Any,  # noqa: ANN401 - as typer declares it
    ) -> Context:
        """Parse what precedes the name of the command; raises a UsageError for an unknown option."""
        with own_usage_errors():
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: Context) -> object:
        """Parse the rest and run the command; raises a UsageError for arguments that it does not take."""
        with own_usage_errors(ctx):
            return super().invoke(ctx)

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str | None, Command | None, list[str]]:
        """Return the command that `args` begin with.

        For a misspelt name, typer suggests the nearest; for what looks like a page, a UsageError suggests `convert`. An
        empty word in `args` is a UsageError too.
        """
        _refuse_empty_words(args)
        if args[0] not in COMMANDS and _looks_like_source(args[0]):
            raise UsageError(
                f"there is no command {args[0]!r}", what_next=f"did you mean `readout-pub convert {shlex.join(args)}`?"
            )
        # typer takes its suggestions from the keys of this mapping.
        self.commands = cast("MutableMapping[str, Command]", dict.fromkeys(COMMANDS))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write the table of commands into the help."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


def _refuse_empty_words(words: list[str]) -> None:
    """Raise a UsageError for an empty word, as in `-o "$OUT"` without OUT: as a path, it would mean "."."""
    for before, word in pairwise(["", *words]):
        if word.startswith("--") and word.endswith("="):
            before, word = word[:-1], ""  # noqa: PLW2901 - `--output=` is split into the option and an empty value
        if not word and before.startswith("-"):
            raise UsageError("it is empty", where=before, what_next="leave the option out, or give a value")
        if not word:
            raise UsageError("an argument is empty", what_next='check the command; "." is the working directory')


def _looks_like_source(word: str) -> bool:
    """Return whether a word instead of a command looks like a file, a folder or an address."""
    return "." in word or "/" in word or Path(word).exists()


def _hide_types(command: Command) -> None:
    """Keep the types of Python, such as `<list[str]>`, out of the help of arguments."""
    for each in command.commands.values() if isinstance(command, typer.core.TyperGroup) else (command,):
        for parameter in each.params:
            if isinstance(parameter, typer.core.TyperArgument):
                parameter.display_type_rich = lambda ctx: None  # type: ignore[method-assign] # noqa: ARG005


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
        bool, typer.Option("--version", "-V", callback=_print_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Turn saved readouts of foreign ministries into faithful, accessible PDF, EPUB, HTML and more."""
