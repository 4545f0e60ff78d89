"""`readout-pub fetch`: fetches pages from the web into a folder, from which they are converted without network."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from readout_pub.cli.console import print_error, print_json, print_remarks
from readout_pub.cli.options import (
    AllowHost,
    Contact,
    Delay,
    ErrorsOnly,
    Json,
    MaxBytes,
    PageMemory,
    PageTimeout,
    Site,
    Sites,
    fetch_policy_from,
    parse_day,
    require_not_standard_output,
)
from readout_pub.errors import UsageError, shell_word
from readout_pub.fetch import FetchOutcome, FetchRequest, UrlFilter, fetch, plan_fetch
from readout_pub.limits import PAGE_MEMORY, PAGE_TIMEOUT, PageLimits
from readout_pub.sources import MAX_BYTES
from readout_pub.sources.web.policy import DEFAULT_DELAY

EXAMPLES = """\b
readout-pub fetch https://www.example.org/talks.html -o archive
readout-pub fetch --from https://www.example.org/press/ --since 2022-08-01 -o archive
readout-pub convert archive --to pdf -o out/           needs no network"""

_MAX_AGE = 1_000_000.0
"""The largest value of --max-age in hours: over a century. A much larger one would lead to a day before the year 1,
which Python cannot represent."""

_FILE_SUFFIXES = frozenset(".docx .epub .htm .html .json .odt .pdf .txt .zip".split())
"""If the value of -o ends with one of these, the user expects a file. Other suffixes, such as .md or .org, may end the
name of a host, and so the name of a folder."""

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command("fetch", epilog=EXAMPLES)
def fetch_command(
    output: Annotated[
        Path,
        typer.Option("-o", "--output", help="The folder to fetch into, new or used before.", metavar="ARCHIVE"),
    ],
    urls: Annotated[list[str] | None, typer.Argument(help="URLs of pages.", metavar="URL")] = None,
    lists: Annotated[
        list[str] | None,
        typer.Option(
            "--from",
            help="Fetch the pages that a list names: a sitemap, a feed, an index page, or a text with one URL per "
            "line. LIST is the URL of the list, a file, or - for standard input. May be repeated.",
            metavar="LIST",
        ),
    ] = None,
    include: Annotated[
        list[str] | None,
        typer.Option(
            help="From lists, fetch only URLs that match this pattern, such as '*/press/*'; may be repeated.",
            metavar="PATTERN",
        ),
    ] = None,
    exclude: Annotated[
        list[str] | None,
        typer.Option(help="From lists, fetch no URLs that match this pattern; may be repeated.", metavar="PATTERN"),
    ] = None,
    issued_since: Annotated[
        str | None,
        typer.Option(
            "--since", help="From lists, fetch no page whose date in the list is before this day.", metavar="YYYY-MM-DD"
        ),
    ] = None,
    issued_until: Annotated[
        str | None,
        typer.Option(
            "--until", help="From lists, fetch no page whose date in the list is after this day.", metavar="YYYY-MM-DD"
        ),
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="Request at most this many pages.", metavar="N")] = 1000,
    max_age: Annotated[
        float,
        typer.Option(
            min=0.0, max=_MAX_AGE, help="Do not request a page again within this many hours.", metavar="HOURS"
        ),
    ] = 24.0,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print what would be requested; only lists are fetched.")
    ] = False,
    keep_versions: Annotated[
        bool,
        typer.Option("--keep-versions", help="Keep the earlier content of pages that change, and print what changed."),
    ] = False,
    contact: Contact = None,
    delay: Delay = DEFAULT_DELAY,
    allow_host: AllowHost = None,
    site: Site = None,
    sites: Sites = None,
    page_timeout: PageTimeout = PAGE_TIMEOUT,
    page_memory: PageMemory = PAGE_MEMORY,
    max_bytes: MaxBytes = MAX_BYTES,
    quiet: ErrorsOnly = False,
    json: Json = False,
) -> None:
    """Fetch pages with their photos into files and a web archive, obeying robots.txt; later runs fetch only changes.

    Later, convert and batch read the folder, or the file archive.warc.gz in it, without network.
    """
    require_not_standard_output(output, "-o", "folder")
    if output.suffix.lower() in _FILE_SUFFIXES and not output.is_dir():
        raise UsageError(
            f"fetch makes a folder, and {output.suffix} is the suffix of a file",
            where=f"-o {output}",
            what_next=f"name a folder, or convert one page: readout-pub convert URL -o {shell_word(output)}",
        )
    if not urls and not lists:
        raise UsageError("there is no page to fetch", what_next="name URLs of pages, or a list with --from")
    of_lists = {"--include": include, "--exclude": exclude, "--since": issued_since, "--until": issued_until}
    if not lists:
        print_remarks(f"{option} has no effect without --from" for option, value in of_lists.items() if value)
    # No cache: the folder keeps what was fetched, and conditional requests use these files.
    policy = msgspec.structs.replace(fetch_policy_from(contact, delay, allow_host), cache=None)
    request = FetchRequest(
        tuple(urls or ()),
        fresh_since=dt.datetime.now(dt.UTC) - dt.timedelta(hours=max_age),
        lists=tuple(lists or ()),
        url_filter=UrlFilter(
            tuple(include or ()),
            tuple(exclude or ()),
            parse_day(issued_since, "--since") or dt.date.min,
            parse_day(issued_until, "--until") or dt.date.max,
        ),
        limit=limit,
        sites=tuple(sites or ()),
        limits=PageLimits(page_timeout, page_memory),
        keep_versions=keep_versions,
    )
    outcomes: list[FetchOutcome] = []
    for outcome in (plan_fetch if dry_run else fetch)(request, output, policy=policy, max_bytes=max_bytes, site=site):
        outcomes.append(outcome)
        if not json:
            _print_outcome(outcome, quiet=quiet)
    if json:
        print_json(outcomes)
    elif not quiet:
        counts = Counter(outcome.state for outcome in outcomes)
        typer.echo(", ".join(f"{count} {state}" for state, count in counts.items()), err=True)
    raise typer.Exit(any(outcome.error for outcome in outcomes))


def _print_outcome(outcome: FetchOutcome, *, quiet: bool) -> None:
    """Print the state of a URL to standard output, and errors and notes to standard error."""
    if outcome.error:
        print_error(outcome.error)
    elif not quiet:
        typer.echo(f"{outcome.state:<10}{outcome.url}")
        if outcome.note:
            typer.echo(f"{outcome.url}: {outcome.note}", err=True)
