"""`readout-pub profile`: lists site profiles, drafts a new one, and checks them on their cases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from readout_pub.cli.console import print_json
from readout_pub.cli.options import (
    AllowHost,
    Contact,
    Delay,
    Json,
    PageMemory,
    PageTimeout,
    Sites,
    fetch_policy_from,
    require_not_standard_output,
)
from readout_pub.errors import ReadoutError, UsageError, escape_controls, shell_word
from readout_pub.limits import PAGE_MEMORY, PAGE_TIMEOUT, PageLimits
from readout_pub.notes import number_with_noun
from readout_pub.sources.web.policy import DEFAULT_DELAY

if TYPE_CHECKING:
    from readout_pub.profile_tools import CaseResult, PageFit

EXAMPLES = """\b
readout-pub profile list
readout-pub profile new one.html two.html -o my-sites/avalon
readout-pub profile check my-sites/avalon
readout-pub profile check my-sites/avalon --pages saved/"""

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
        typer.echo(escape_controls(f"{each.site:<18}{each.publisher}"))
        typer.echo(escape_controls(f"{'':<18}{', '.join(each.hosts)}: {', '.join(each.layouts)}"))


@app.command("check", short_help="Check profiles on their cases, on saved pages, or on today's site.")
def profile_check_command(
    site: Annotated[
        str | None,
        typer.Argument(
            help="The name or folder of a site, or a folder of sites. By default all sites.", metavar="SITE"
        ),
    ] = None,
    sites: Sites = None,
    accept: Annotated[bool, typer.Option("--accept", help="Save the current readouts as the expected ones.")] = False,
    pages: Annotated[
        Path | None,
        typer.Option(
            "--pages",
            help="Instead of the cases, read the saved pages of this folder or archive, and show those that no layout "
            "reads, or that have no title or date. Without SITE the host of a page decides which profile reads it.",
            metavar="DIR",
        ),
    ] = None,
    live: Annotated[
        bool,
        typer.Option("--live", help="Instead of the cases, fetch the newest documents of each site and read them."),
    ] = False,
    allow_host: AllowHost = None,
    contact: Contact = None,
    delay: Delay = DEFAULT_DELAY,
    page_timeout: PageTimeout = PAGE_TIMEOUT,
    page_memory: PageMemory = PAGE_MEMORY,
    json: Json = False,
) -> None:
    """Check profiles on their cases: readout, words, photos and every format. Exit 1 if a check fails.

    With --pages or --live a page fails if no layout of its profile reads it, or if a selector matches several elements.
    """
    from readout_pub import profile_tools

    if sum((accept, pages is not None, live)) > 1:
        raise UsageError("--accept, --pages and --live exclude each other", what_next="use one of them")
    chosen = profile_tools.sites_named(site, sites or ())
    limits = PageLimits(page_timeout, page_memory)
    if pages is not None:
        if site is not None and len(chosen) > 1:
            what_next = "name one of them, or omit SITE and give --sites"
            raise UsageError(f"{site} has {len(chosen)} profiles", what_next=what_next)
        own = (chosen[0].path.parent.parent,) if site is not None else ()
        name = chosen[0].site if site else None
        fits = list(profile_tools.check_pages(pages, name, [*own, *(sites or ())], limits=limits))
        _print_fits(fits, json=json)
    elif live:
        policy = fetch_policy_from(contact, delay, allow_host)
        _print_fits(
            [fit for profile in chosen for fit in profile_tools.check_live(profile, policy, limits=limits)], json=json
        )
    else:
        if accept:
            for path in (path for profile in chosen for path in profile_tools.accept(profile, limits)):
                typer.echo(f"wrote {path}; read it before you commit it", err=True)
        _print_results(
            [result for profile in chosen for result in profile_tools.check_site(profile, limits)], json=json
        )


def _print_results(results: Sequence[CaseResult], *, json: bool) -> None:
    """Print the results of cases; exit 1 if one has a complaint."""
    if json:
        print_json(results)
    else:
        for result in results:
            typer.echo(escape_controls(f"{'FAILED' if result.complaints else 'ok':<8}{result.place}"))
            lines = (*result.complaints, *(f"warning: {each}" for each in result.warnings))
            for line in "\n".join(lines).splitlines():
                typer.echo(escape_controls(f"        {line}"))
    if any(result.complaints for result in results):
        raise typer.Exit(ReadoutError.exit_code)


_FIT_COLUMNS = "{:<9}{:<26}{:<7}{:<6}{}"
"""A line of the table of pages: verdict, layout, whether there are a title and a date, and the page."""


def _print_fits(fits: Sequence[PageFit], *, json: bool) -> None:
    """Print a table of the pages that a profile's author should see, and a summary; exit 1 if a page failed.

    With `json` all pages are printed.
    """
    if json:
        print_json(fits)
    else:
        shown = [fit for fit in fits if fit.problems or (fit.layout and not (fit.title and fit.date))]
        if shown:
            typer.echo(_FIT_COLUMNS.format("", "layout", "title", "date", "page"))
        for fit in shown:
            cells = ["FAILED" if fit.problems else "ok", fit.layout or "none", *_yes_or_no(fit.title, fit.date)]
            typer.echo(escape_controls(_FIT_COLUMNS.format(*cells, fit.page)))
            for problem in fit.problems:
                typer.echo(escape_controls(f"{'':<9}{problem}"))
        counts = Counter(fit.layout or "no layout" for fit in fits)
        found = ", ".join(f"{count} {name}" for name, count in counts.most_common())
        typer.echo(escape_controls(f"{number_with_noun(len(fits), 'page')}: {found}"))
        missing = {"title": sum(not fit.title for fit in fits), "date": sum(not fit.date for fit in fits)}
        typer.echo("; ".join(f"{count} without {field}" for field, count in missing.items()))
    if any(fit.problems for fit in fits):
        raise typer.Exit(ReadoutError.exit_code)


def _yes_or_no(*found: object) -> Iterator[str]:
    yield from ("yes" if each else "no" for each in found)


@app.command("new", short_help="Draft a profile from saved pages.", epilog=EXAMPLES)
def profile_new_command(
    pages: Annotated[
        list[str], typer.Argument(help="Pages of one layout, as files or URLs; two are best.", metavar="PAGE")
    ],
    output: Annotated[
        Path,
        typer.Option(
            "-o", "--output", help="The folder to write. Its name becomes the name of the site.", metavar="DIR"
        ),
    ],
    allow_host: AllowHost = None,
    contact: Contact = None,
    delay: Delay = DEFAULT_DELAY,
    page_timeout: PageTimeout = PAGE_TIMEOUT,
    page_memory: PageMemory = PAGE_MEMORY,
) -> None:
    """Draft a profile by comparing pages: text that all of them have is boilerplate, the rest is the document.

    Each page also becomes a test case of the profile, with invented words.
    """
    from readout_pub import profile_tools

    require_not_standard_output(output, "-o", "folder")
    policy, limits = fetch_policy_from(contact, delay, allow_host), PageLimits(page_timeout, page_memory)
    draft = profile_tools.draft_site(pages, output, policy, limits=limits)
    for path in draft.paths:
        typer.echo(escape_controls(str(path)))
    for remark in draft.remarks:
        typer.echo(escape_controls(f"Warning: {remark}"), err=True)
    advice = f"Next: finish {draft.paths[0]}, then run `readout-pub profile check {shell_word(output)} --accept`"
    typer.echo(escape_controls(advice), err=True)


@app.command("schema", short_help="Print the JSON Schema of profiles.")
def profile_schema_command() -> None:
    """Print the JSON Schema of `profile.toml`, from which editors complete and check its keys."""
    from readout_pub.extract.profile_schema import profile_schema

    print_json(profile_schema())
