"""`readout-pub profile`: the profiles there are, a draft of a new one, and the proof that one is right."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec
import typer

from readout_pub.cli.options import AllowHost, Contact, Delay, Json, Sites, manners_of
from readout_pub.errors import ReadoutError
from readout_pub.sources.web.policy import DEFAULT_DELAY

EXAMPLES = """\b
readout-pub profile list
readout-pub profile new one.html two.html --into my-sites/avalon
readout-pub profile check my-sites/avalon"""

app = typer.Typer(
    rich_markup_mode=None,
    add_completion=False,
    no_args_is_help=True,
    help="Describe the pages of a publisher: list, draft, check.",
    epilog=EXAMPLES,
)


class Listed(msgspec.Struct, frozen=True):
    """One profile, as `profile list` shows it."""

    site: str
    publisher: str
    hosts: list[str]
    layouts: list[str]
    path: str


@app.command("list")
def list_command(sites: Sites = None, json: Json = False) -> None:
    """List the site profiles: hosts, layouts, publisher."""
    from readout_pub.extract.registry import all_profiles

    listed = [
        Listed(
            each.site,
            next(iter(each.publisher.values())),
            each.hosts,
            [layout.name for layout in each.layout],
            str(each.path),
        )
        for each in all_profiles(sites or ())
    ]
    if json:
        typer.echo(msgspec.json.format(msgspec.json.encode(listed), indent=1).decode())
        return
    for each in listed:
        typer.echo(f"{each.site:<18}{each.publisher}")
        typer.echo(f"{'':<18}{', '.join(each.hosts)}: {', '.join(each.layouts)}")


@app.command("check", short_help="Prove profiles on their cases.")
def check_command(
    site: Annotated[
        str | None,
        typer.Argument(help="A site's name or folder, or a folder of sites. By default all.", metavar="SITE"),
    ] = None,
    sites: Sites = None,
    accept: Annotated[bool, typer.Option("--accept", help="Take what is understood now as what is expected.")] = False,
    json: Json = False,
) -> None:
    """Prove profiles on their cases: the readout, the words, the photos, every format. Exit 1 if anything is wrong."""
    from readout_pub import profile_tools

    chosen = profile_tools.sites_named(site, sites or ())
    if accept:
        for path in (path for profile in chosen for path in profile_tools.accept(profile)):
            typer.echo(f"wrote {path}; read it before you believe it", err=True)
    verdicts = [verdict for profile in chosen for verdict in profile_tools.check_site(profile)]
    if json:
        typer.echo(msgspec.json.format(msgspec.json.encode(verdicts), indent=1).decode())
    else:
        for verdict in verdicts:
            typer.echo(f"{'FAILED' if verdict.complaints else 'ok':<8}{verdict.place}")
            for complaint in verdict.complaints:
                typer.echo("        " + complaint.replace("\n", "\n        "))
    if any(verdict.complaints for verdict in verdicts):
        raise typer.Exit(ReadoutError.exit_code)


@app.command("new", short_help="Draft a profile from saved pages.", epilog=EXAMPLES)
def new_command(
    pages: Annotated[
        list[str], typer.Argument(help="Two or three pages of one site, saved or on the web.", metavar="PAGE…")
    ],
    into: Annotated[Path, typer.Option("--into", help="The folder to write: its name is the site's.", metavar="DIR")],
    allow_host: AllowHost = None,
    contact: Contact = None,
    delay: Delay = DEFAULT_DELAY,
) -> None:
    """Draft a profile from two or three pages: what they share is chrome, what differs is the document."""
    from readout_pub import profile_tools

    for path in profile_tools.draft_site(pages, into, manners_of(contact, delay, allow_host)):
        typer.echo(path)
