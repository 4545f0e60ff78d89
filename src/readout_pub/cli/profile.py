"""`readout-pub profile`: lists site profiles, drafts a new one, and checks them on their cases."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec
import typer

from readout_pub.cli.console import print_json
from readout_pub.cli.options import AllowHost, Contact, Delay, Json, Sites, fetch_policy_from
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
    help="List, draft and check site profiles, which describe the pages of a publisher.",
    epilog=EXAMPLES,
)


class ProfileListing(msgspec.Struct, frozen=True):
    """One profile, as `profile list --json` prints it."""

    site: str
    publisher: str
    hosts: list[str]
    layouts: list[str]
    path: str


@app.command("list")
def profile_list_command(sites: Sites = None, json: Json = False) -> None:
    """List the site profiles with publisher, hosts and layouts."""
    from readout_pub.extract.registry import all_profiles

    listings = [
        ProfileListing(
            each.site,
            next(iter(each.publisher.values())),
            each.hosts,
            [layout.name for layout in each.layout],
            str(each.path),
        )
        for each in all_profiles(sites or ())
    ]
    if json:
        print_json(listings)
        return
    for each in listings:
        typer.echo(f"{each.site:<18}{each.publisher}")
        typer.echo(f"{'':<18}{', '.join(each.hosts)}: {', '.join(each.layouts)}")


@app.command("check", short_help="Check profiles on their cases.")
def profile_check_command(
    site: Annotated[
        str | None,
        typer.Argument(help="The name or folder of a site, or a folder of sites. By default all.", metavar="SITE"),
    ] = None,
    sites: Sites = None,
    accept: Annotated[bool, typer.Option("--accept", help="Write the readouts of now as the expected ones.")] = False,
    json: Json = False,
) -> None:
    """Check profiles on their cases: readout, words, photos and every format. Exit 1 if a check fails."""
    from readout_pub import profile_tools

    chosen = profile_tools.sites_named(site, sites or ())
    if accept:
        for path in (path for profile in chosen for path in profile_tools.accept(profile)):
            typer.echo(f"wrote {path}; read it before you commit it", err=True)
    results = [result for profile in chosen for result in profile_tools.check_site(profile)]
    if json:
        print_json(results)
    else:
        for result in results:
            typer.echo(f"{'FAILED' if result.complaints else 'ok':<8}{result.place}")
            for complaint in (*result.complaints, *(f"warning: {each}" for each in result.warnings)):
                typer.echo("        " + complaint.replace("\n", "\n        "))
    if any(result.complaints for result in results):
        raise typer.Exit(ReadoutError.exit_code)


@app.command("new", short_help="Draft a profile from saved pages.", epilog=EXAMPLES)
def profile_new_command(
    pages: Annotated[
        list[str], typer.Argument(help="Pages of one layout, as files or URLs; two are best.", metavar="PAGE…")
    ],
    into: Annotated[Path, typer.Option("--into", help="The folder to write; the site gets its name.", metavar="DIR")],
    allow_host: AllowHost = None,
    contact: Contact = None,
    delay: Delay = DEFAULT_DELAY,
) -> None:
    """Draft a profile: what pages share is boilerplate, what differs is the document. Cases get invented words."""
    from readout_pub import profile_tools

    draft = profile_tools.draft_site(pages, into, fetch_policy_from(contact, delay, allow_host))
    for path in draft.paths:
        typer.echo(path)
    for remark in draft.remarks:
        typer.echo(f"Warning: {remark}", err=True)
    typer.echo(f"Next: finish {draft.paths[0]}, then run `readout-pub profile check {into} --accept`", err=True)


@app.command("schema", short_help="Print the JSON Schema of profiles.")
def profile_schema_command() -> None:
    """Print the JSON Schema of `profile.toml`, from which editors complete and check its keys."""
    from readout_pub.extract.profile_schema import profile_schema

    print_json(profile_schema())
