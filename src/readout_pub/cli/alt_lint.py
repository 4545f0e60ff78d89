"""`readout-pub alt lint`: judges the alternative texts of photos by house rules."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from readout_pub.atomic import write_file
from readout_pub.cli.console import print_error, print_json
from readout_pub.cli.options import (
    DEFAULT_ALT_PROFILE,
    Json,
    LintMessages,
    LintProfile,
    MaxBytes,
    PageMemory,
    PageTimeout,
    Site,
    Sites,
    require_not_read,
    require_suffix,
    review_command,
    without_files_beside_pages,
)
from readout_pub.errors import ReadoutError, UsageError, escape_controls
from readout_pub.limits import PAGE_MEMORY, PAGE_TIMEOUT, PageLimits
from readout_pub.sources import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from readout_pub.alt.lint import HouseRules
    from readout_pub.alt_review.lint_report import LintedPage

EXAMPLES = """\b
readout-pub alt lint saved/                              every photo of the pages in a folder
readout-pub alt lint out/ --profile govuk-2022           the outputs of a batch, by the rules of GOV.UK
readout-pub alt lint saved/ --profile rules.toml --level warning --messages ja
readout-pub alt lint saved/ --sarif alt.sarif --github   for a code host"""

FAILED = 1
"""The exit code if a finding has the level of --level or a worse one."""


def alt_lint_command(
    sources: Annotated[
        list[str],
        typer.Argument(
            callback=without_files_beside_pages,
            metavar="SOURCE",
            help="Saved pages, folders and archives of them, outputs such as PDFs, or the output folder of a batch.",
            show_default=False,
        ),
    ],
    profile: LintProfile = DEFAULT_ALT_PROFILE,
    level: Annotated[
        Literal["note", "warning", "error"],
        typer.Option(
            help="Exit with 1 if a finding has this level or a worse one.",
            case_sensitive=False,
            metavar="[note|warning|error]",
        ),
    ] = "error",
    messages: LintMessages = "en",
    sarif: Annotated[
        Path | None, typer.Option(help="Write the findings as SARIF, for code hosts.", metavar="FILE")
    ] = None,
    github: Annotated[
        bool, typer.Option("--github", help="Print the findings as annotations for GitHub Actions.")
    ] = False,
    site: Site = None,
    sites: Sites = None,
    max_bytes: MaxBytes = MAX_BYTES,
    page_timeout: PageTimeout = PAGE_TIMEOUT,
    page_memory: PageMemory = PAGE_MEMORY,
    json: Json = False,
) -> None:
    """Judge each photo's alternative text in its context, and say what to write instead.

    Exit 1 if a finding has the level that --level names or a worse one, or if a page cannot be read.
    """
    from readout_pub.alt.lint import load_house_rules
    from readout_pub.alt_review import lint_report

    require_suffix(sarif, "SARIF", (".sarif", ".json"), "--sarif")
    require_not_read(sarif, sources, "--sarif")
    if json and github:
        raise UsageError("--json and --github exclude each other", what_next="use one of them")
    rules = load_house_rules(profile)
    for_people = not (json or github)
    limits = PageLimits(page_timeout, page_memory)
    pages: list[LintedPage] = []
    to_review: dict[str, None] = {}  # sources with findings, except outputs: decisions belong to saved pages
    codes = [0]
    for source in sources:
        for page, code in _lint(source, rules, messages, site, sites or (), max_bytes, limits):
            pages.append(page)
            codes.append(code)
            if page.is_open and not page.is_output:
                to_review[source] = None
            if page.error:
                print_error(page.error)
            elif for_people:
                for line in lint_report.page_lines(page):
                    typer.echo(escape_controls(line))
    report = lint_report.make_report(pages, rules)
    if sarif:
        write_file(sarif, lint_report.to_sarif(report, rules))
    if json:
        print_json(lint_report.json_report(report))
    for line in lint_report.github_annotations(report) if github else ():
        typer.echo(escape_controls(line))
    is_any_judged = any(page.error is None for page in pages)
    for line in lint_report.summary_lines(report) if for_people and is_any_judged else ():
        typer.echo(escape_controls(line))
    if for_people and any(page.is_open for page in pages):
        print_error(f"to decide on these photos: {review_command(list(to_review), profile)}")
    raise typer.Exit(max(*codes, FAILED if report.fails(level) else 0))


def _lint(
    source: str,
    rules: HouseRules,
    messages: Literal["en", "ja"],
    site: str | None,
    sites: list[Path] | tuple[()],
    max_bytes: int,
    limits: PageLimits,
) -> Iterator[tuple[LintedPage, int]]:
    """Yield each page of a source with what was found, and the exit code of its error, 0 if it has none.

    A source that cannot be opened counts as a page with an error, so that the others are still judged.
    """
    from readout_pub.alt.decisions import DecisionFinder
    from readout_pub.alt_review.lint_report import LintedPage, lint_page
    from readout_pub.alt_review.photos import page_reader, photos_by_page

    read = page_reader(site=site, sites=sites, limits=limits)
    finder = DecisionFinder()
    try:
        for page in photos_by_page(source, read=read, max_bytes=max_bytes, limits=limits):
            decisions = finder.decisions_of(page.saved) if page.saved and page.photos else ()
            yield lint_page(page, rules, messages, decisions), page.error.exit_code if page.error else 0
    except ReadoutError as error:
        yield LintedPage(escape_controls(source), "", error=str(error)), error.exit_code
