"""`readout-pub theme`: lists themes, drafts or checks a theme, and shows a document in a theme."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec
import typer

from readout_pub.cli.console import highlight, print_json
from readout_pub.cli.options import Formats, Json, PageMemory, PageTimeout, parse_formats
from readout_pub.cli.outputs import require_folder_name
from readout_pub.errors import ReadoutError, escape_controls, shell_word
from readout_pub.limits import PAGE_MEMORY, PAGE_TIMEOUT, PageLimits
from readout_pub.notes import number_with_noun
from readout_pub.themes import load_theme, theme_names

EXAMPLES = """\b
readout-pub theme new avalon/                        a theme to change
readout-pub theme check avalon/                      contrast, fonts, glyphs, length of lines, logo
readout-pub theme preview avalon/                    every kind of block in this theme, as PDF and HTML
readout-pub theme preview avalon/ talks.html -o out/  your own page in this theme
readout-pub convert talks.html --theme avalon/"""

PREVIEW_FORMATS = ("pdf", "html")

app = typer.Typer(
    rich_markup_mode=None,
    add_completion=False,
    no_args_is_help=True,
    help="List, draft, check and preview themes, which decide how documents look.",
    epilog=EXAMPLES,
)

ThemeName = Annotated[str, typer.Argument(help="The folder or the name of a theme.", metavar="DIR")]


class ThemeListing(msgspec.Struct, frozen=True):
    """One theme, as `theme list --json` prints it."""

    theme: str
    description: str


@app.command("list")
def theme_list_command(json: Json = False) -> None:
    """List the themes of this program."""
    listings = [ThemeListing(name, load_theme(name).description) for name in theme_names()]
    if json:
        print_json(listings)
        return
    for each in listings:
        typer.echo(f"{each.theme:<15}{each.description}")


@app.command("new", short_help="Write a theme for you to change.")
def theme_new_command(
    folder: Annotated[Path, typer.Argument(help="The folder to write.", metavar="DIR")],
    name: Annotated[
        str | None, typer.Option(help="The name of the theme. [default: the name of the folder]", metavar="TEXT")
    ] = None,
    extends: Annotated[
        str, typer.Option(help="The theme whose values the new one changes.", metavar=f"[{'|'.join(theme_names())}]")
    ] = "ministry",
) -> None:
    """Write a theme into a folder: theme.toml with colours and other values, theme.css with rules, and a logo."""
    from readout_pub.theme_tools import draft_theme

    paths = draft_theme(folder, name, extends)
    for path in paths:
        typer.echo(escape_controls(str(path)))
    last = escape_controls(str(paths[-1]))
    typer.echo(f"Next: change {last}, then run `readout-pub theme check {shell_word(folder)}`", err=True)


@app.command("check", short_help="Check contrast, fonts, glyphs, length of lines and logo.")
def theme_check_command(
    theme: ThemeName,
    page_timeout: PageTimeout = PAGE_TIMEOUT,
    page_memory: PageMemory = PAGE_MEMORY,
    json: Json = False,
) -> None:
    """Check a theme: values, contrast in each mode, fonts, glyphs, length of lines, logo, and a document in the theme.

    Exit 1 if there is an error, but not if there are only warnings.
    """
    from readout_pub.theme_tools import check_theme

    with PageLimits(page_timeout, page_memory).enforced(escape_controls(theme)):
        faults = check_theme(theme)
    if json:
        print_json(faults)
    else:
        colours = {"error": "red", "warning": "yellow"}
        for each in faults:
            severity = highlight(each.severity, colours[each.severity])
            typer.echo(f"{severity}: {escape_controls(f'{each.where}: {each.message}')}")
        errors = sum(each.severity == "error" for each in faults)
        counts = f"{number_with_noun(errors, 'error')}, {number_with_noun(len(faults) - errors, 'warning')}"
        typer.echo(escape_controls(f"{theme}: {counts}"))
    if any(each.severity == "error" for each in faults):
        raise typer.Exit(ReadoutError.exit_code)


@app.command("preview", short_help="Lay out a document in a theme.")
def theme_preview_command(
    theme: ThemeName,
    source: Annotated[
        str | None,
        typer.Argument(help="A saved page. By default a specimen with every kind of block.", metavar="SOURCE"),
    ] = None,
    to: Formats = None,
    output: Annotated[Path, typer.Option("-o", "--output", help="The folder for the files.", metavar="OUT")] = Path(
        "preview"
    ),
    page_timeout: PageTimeout = PAGE_TIMEOUT,
    page_memory: PageMemory = PAGE_MEMORY,
) -> None:
    """Write a document in a theme, by default as PDF and HTML; the files are named preview."""
    from readout_pub.theme_tools import preview_theme

    require_folder_name(str(output))
    with PageLimits(page_timeout, page_memory).enforced(escape_controls(source or theme)):
        paths = preview_theme(theme, source, parse_formats(to) or PREVIEW_FORMATS, output)
    for path in paths:
        typer.echo(escape_controls(str(path)))
