"""`readout-pub alt apply` and `alt merge`: record decisions on photos, and merge the decisions of several people."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from readout_pub.alt.decisions import DECISIONS_FILE, Decision, merge
from readout_pub.alt.lint import AltFinding, load_house_rules
from readout_pub.alt.photo_names import readable_name
from readout_pub.alt_review.apply import Applied, RowProblem, apply_table
from readout_pub.alt_review.photos import page_reader
from readout_pub.cli.console import print_error, print_json, print_remarks
from readout_pub.cli.options import (
    DEFAULT_ALT_PROFILE,
    Json,
    LintMessages,
    LintProfile,
    PageMemory,
    PageTimeout,
    Site,
    Sites,
)
from readout_pub.errors import ReadoutError, escape_controls
from readout_pub.limits import PAGE_MEMORY, PAGE_TIMEOUT, PageLimits
from readout_pub.notes import number_with_noun

APPLY_EXAMPLES = """\b
readout-pub alt apply work.xlsx                            record what people filled in
readout-pub alt apply work.csv --dry-run                   only look for errors
readout-pub alt apply work.csv --reviewer "Nerea Salt"     for rows that name no reviewer"""

MERGE_EXAMPLES = """\b
readout-pub alt merge saved/ theirs/                       the decisions of both archives, in saved/
readout-pub alt merge saved/alt-decisions.jsonl            a file that git could not merge"""


class ApplyReport(msgspec.Struct, frozen=True):
    """What `alt apply --json` prints."""

    decisions: tuple[Decision, ...]
    unchanged: int
    empty: int
    problems: tuple[RowProblem, ...]
    findings: tuple[AltFinding, ...]
    files: tuple[str, ...]


def alt_apply_command(
    table: Annotated[
        Path,
        typer.Argument(
            metavar="TABLE",
            help="The worklist, filled in: CSV, .xlsx, .xls, .ods or JSON. Rows that nobody filled in change nothing.",
        ),
    ],
    archive: Annotated[
        str | None,
        typer.Argument(
            metavar="ARCHIVE",
            help="The saved pages with these photos. By default the ones that the table names in its column `archive`.",
        ),
    ] = None,
    reviewer: Annotated[
        str | None,
        typer.Option(help="Who decided, for rows that name nobody in the column `reviewer`.", metavar="NAME"),
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Replace decisions that were made after the table was written.")
    ] = False,
    skip_errors: Annotated[
        bool, typer.Option("--skip-errors", help="Leave out rows with an error and record the others.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only print what would be recorded.")] = False,
    profile: LintProfile = DEFAULT_ALT_PROFILE,
    messages: LintMessages = "en",
    site: Site = None,
    sites: Sites = None,
    page_timeout: PageTimeout = PAGE_TIMEOUT,
    page_memory: PageMemory = PAGE_MEMORY,
    json: Json = False,
) -> None:
    """Record the decisions of a table in `alt-decisions.jsonl`, where `convert` and `batch` find them.

    If a row has an error, nothing is recorded and the exit code is 1, unless --skip-errors is given. All errors are
    listed by their rows. Findings of the house rules on the texts are printed; no text is refused for them.
    """
    limits = PageLimits(page_timeout, page_memory)
    applied = apply_table(
        table,
        archive,
        now=dt.datetime.now(dt.UTC).replace(microsecond=0),
        reviewer=" ".join((reviewer or "").split()) or None,
        read=page_reader(site=site, sites=tuple(sites or ()), limits=limits),
        limits=limits,
        rules=load_house_rules(profile),
        language=messages,
        replace=replace,
        skip_errors=skip_errors,
        dry_run=dry_run,
    )
    if json:
        files = tuple(escape_controls(str(file)) for file in applied.files)
        report = ApplyReport(
            applied.decisions, applied.unchanged, applied.empty, applied.problems, applied.findings, files
        )
        print_json(report)
    else:
        _print_applied(applied, table, skip_errors=skip_errors, dry_run=dry_run)
    if applied.problems and not skip_errors:
        raise typer.Exit(ReadoutError.exit_code)


def _print_applied(applied: Applied, table: Path, *, skip_errors: bool, dry_run: bool) -> None:
    print_remarks(applied.remarks)
    for problem in applied.problems:
        print_error(escape_controls(f"{table}, row {problem.row}: {problem.what}; {problem.what_next}"))
    if applied.problems and not skip_errors:
        rows = "1 row has an error" if len(applied.problems) == 1 else f"{len(applied.problems)} rows have errors"
        print_error(f"nothing was recorded, since {rows}; --skip-errors records the others")
        return
    for finding in applied.findings:
        place = f"{finding.page}, {readable_name(finding.file)}"
        print_error(
            escape_controls(f"{place}: {finding.level} {finding.rule}: {finding.message}. {finding.what_to_write}")
        )
    refused = sum(finding.level == "error" for finding in applied.findings)
    if refused:
        print_error(
            f"the house rules find {number_with_noun(refused, 'error')} in these texts, so --release refuses their "
            "pages: write other texts; if a text is right, record the decision `accepted` with a reason"
        )
    counts = Counter(decision.decision for decision in applied.decisions)
    kinds = ", ".join(f"{count} {kind}" for kind, count in counts.items())
    typer.echo(
        f"{number_with_noun(len(applied.decisions), 'decision')}"
        f"{f' ({kinds})' if kinds else ''}, {applied.unchanged} as before, {applied.empty} not filled in"
        f"{f', {len(applied.problems)} left out for errors' if applied.problems else ''}"
        f"{', none recorded (--dry-run)' if dry_run else ''}"
    )
    for file in applied.files:
        typer.echo(escape_controls(str(file)))


def alt_merge_command(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE", help="Decision files, or their folders; the first gets all decisions."),
    ],
    newest: Annotated[
        bool, typer.Option("--newest", help="Of different decisions on one photo, keep the latest.")
    ] = False,
) -> None:
    """Merge the decisions of several people into the first file. Merge markers of git are removed.

    If there are different decisions on one photo, they are printed. Without --newest, nothing is then written, and the
    exit code is 1.
    """
    merged, conflicts = merge([file / DECISIONS_FILE if file.is_dir() else file for file in files])
    for conflict in conflicts:
        typer.echo(escape_controls_of_lines(str(conflict)), err=True)
    if conflicts and not newest:
        count = len(conflicts)
        differing = "1 decision differs from another" if count == 1 else f"{count} decisions differ from others"
        print_error(
            f"nothing was written, since {differing} on the same photo; "
            "remove one of the lines, or keep the latest with --newest"
        )
        raise typer.Exit(ReadoutError.exit_code)
    merged.save()
    typer.echo(escape_controls(f"{merged.path}: {number_with_noun(len(merged.decisions), 'decision')}"))


def escape_controls_of_lines(text: str) -> str:
    """Return `text` with its control characters escaped, except for line ends."""
    return "\n".join(map(escape_controls, text.split("\n")))
