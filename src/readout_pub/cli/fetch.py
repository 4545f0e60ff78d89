"""`readout-pub fetch`: pages on the web → a folder that holds them for good."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from readout_pub.cli.options import AllowHost, Contact, Delay, Json, MaxBytes, Site, Sites, day_of, manners_of
from readout_pub.errors import UsageError
from readout_pub.fetch import FetchOutcome, FetchRequest, UrlFilter, fetch, plan_fetch
from readout_pub.sources import MAX_BYTES
from readout_pub.sources.web.policy import DEFAULT_DELAY

EXAMPLES = """\b
readout-pub fetch https://www.example.org/talks.html -o archive
readout-pub fetch --from https://www.example.org/press/ --since 2022-08-01 -o archive
readout-pub convert archive --to pdf -o out/           no network is needed any more"""

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command("fetch", epilog=EXAMPLES)
def fetch_command(
    output: Annotated[
        Path, typer.Option("-o", "--output", help="The folder to fetch into, new or fetched before.", metavar="ARCHIVE")
    ],
    urls: Annotated[list[str] | None, typer.Argument(help="Addresses of pages.", metavar="URL…")] = None,
    lists: Annotated[
        list[str] | None,
        typer.Option(
            "--from",
            help="Fetch the pages that this lists: a sitemap, a feed, an index page, or a text with an address a line; "
            "an address, a file, or - for standard input. May be repeated.",
            metavar="LIST",
        ),
    ] = None,
    include: Annotated[
        list[str] | None,
        typer.Option(
            help="Of a list, only addresses of this form, such as '*/press/*'; may be repeated.", metavar="FORM"
        ),
    ] = None,
    exclude: Annotated[
        list[str] | None, typer.Option(help="Of a list, no addresses of this form; may be repeated.", metavar="FORM")
    ] = None,
    issued_since: Annotated[
        str | None,
        typer.Option("--since", help="Of a list, nothing that it says to be older than this.", metavar="YYYY-MM-DD"),
    ] = None,
    issued_until: Annotated[
        str | None,
        typer.Option("--until", help="Of a list, nothing that it says to be newer than this.", metavar="YYYY-MM-DD"),
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="Ask for so many pages at most.")] = 1000,
    max_age: Annotated[
        float,
        typer.Option(min=0.0, help="Do not ask again for what was checked within so many hours.", metavar="HOURS"),
    ] = 24.0,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be asked for; only lists are read.")
    ] = False,
    contact: Contact = None,
    delay: Delay = DEFAULT_DELAY,
    allow_host: AllowHost = None,
    site: Site = None,
    sites: Sites = None,
    max_bytes: MaxBytes = MAX_BYTES,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.")] = False,
    json: Json = False,
) -> None:
    """Fetch pages with their photos, politely, into files and a web archive. Run it again: it asks only for changes.

    What comes of it is converted like any other folder, and so is its archive.warc.gz.
    """
    if not urls and not lists:
        raise UsageError("there is no page to fetch", what_next="name addresses of pages, or a list with --from")
    policy = msgspec.structs.replace(manners_of(contact, delay, allow_host), cache=None)
    wanted = FetchRequest(
        tuple(urls or ()),
        since=dt.datetime.now(dt.UTC) - dt.timedelta(hours=max_age),
        lists=tuple(lists or ()),
        url_filter=UrlFilter(
            tuple(include or ()),
            tuple(exclude or ()),
            day_of(issued_since, "--since") or dt.date.min,
            day_of(issued_until, "--until") or dt.date.max,
        ),
        limit=limit,
        sites=tuple(sites or ()),
    )
    outcomes: list[FetchOutcome] = []
    found = (
        plan_fetch(wanted, output, policy=policy, max_bytes=max_bytes)
        if dry_run
        else fetch(wanted, output, policy=policy, max_bytes=max_bytes, site=site)
    )
    for outcome in found:
        outcomes.append(outcome)
        if not json:
            _tell(outcome, quiet=quiet)
    if json:
        typer.echo(msgspec.json.format(msgspec.json.encode(outcomes), indent=1).decode())
    elif not quiet:
        counted = Counter(outcome.state for outcome in outcomes)
        typer.echo(", ".join(f"{count} {state}" for state, count in counted.items()), err=True)
    raise typer.Exit(any(outcome.error for outcome in outcomes))


def _tell(outcome: FetchOutcome, *, quiet: bool) -> None:
    """Say what became of an address: a line on standard output, and what is wrong on standard error."""
    if outcome.error:
        typer.echo(f"readout-pub: {outcome.error}", err=True)
    elif not quiet:
        typer.echo(f"{outcome.state:<10}{outcome.url}")
        if outcome.note:
            typer.echo(f"{outcome.url}: {outcome.note}", err=True)
