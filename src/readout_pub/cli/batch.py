"""`readout-pub batch`: converts an archive into files, an index and a ledger; later runs convert only changed pages."""

from __future__ import annotations

import contextlib
from concurrent.futures import Executor
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Annotated, Literal

import msgspec
import typer

from readout_pub.arguments import MAX_JOBS
from readout_pub.batch import ARCHIVE_TITLE, Batch, BatchConfig, Selection, open_batch
from readout_pub.cli.console import print_remarks
from readout_pub.cli.options import (
    DEFAULT_ALT_PROFILE,
    DEFAULTS,
    AcceptErrorPages,
    AccessibilityContact,
    AltFile,
    AltPolicyOption,
    AltProfile,
    CertifierFile,
    CssFile,
    Draft,
    Embargo,
    FailOn,
    Formats,
    Json,
    KeepOption,
    Language,
    MaxBytes,
    NoReceipt,
    OverridesFile,
    PageMemory,
    PageTimeout,
    PaperSize,
    PdfProfile,
    Photos,
    Release,
    Site,
    Sites,
    SystemFonts,
    Theme,
    parse_day,
    parse_formats,
    parse_language,
    render_options_from,
    require_not_read,
    require_suffix,
    review_command,
    rules_of_release,
    theme_remarks,
    unused_option_remarks,
    without_files_beside_pages,
)
from readout_pub.cli.outputs import require_folder_name
from readout_pub.cli.progress import Progress, stop_requests
from readout_pub.cli.summary import BatchSummary, write_log
from readout_pub.limits import PAGE_MEMORY, PAGE_TIMEOUT
from readout_pub.sources import MAX_BYTES

EXAMPLES = """\b
readout-pub batch saved/ --to pdf,epub,html -o out/
readout-pub batch crawl.wacz --to html -o out/ --dry-run     what would be done, and why
readout-pub batch saved/ --to html -o out/ --only failed     retry what failed
readout-pub batch saved/ --to html -o out/ --alt-file alts.csv --title "Readouts of Atlantis"
find saved -name '*.html' | readout-pub batch @- --to txt -o out/"""

app = typer.Typer(rich_markup_mode=None, add_completion=False)

DEFAULT_FORMATS = ("pdf", "epub", "html")


@app.command("batch", epilog=EXAMPLES)
def batch_command(
    sources: Annotated[
        list[str],
        typer.Argument(
            callback=without_files_beside_pages,
            metavar="ARCHIVE",
            help="Folders, zip or web archives, patterns, or @FILE for a list of paths (@- for one on standard input).",
        ),
    ],
    to: Formats = None,
    output: Annotated[
        Path,
        typer.Option("-o", "--output", help="The folder for files, index and ledger.", metavar="OUT"),
    ] = Path("out"),
    theme: Theme = str(DEFAULTS.theme),
    paper: PaperSize = None,
    css: CssFile = None,
    draft: Draft = False,
    embargo: Embargo = None,
    pdf: PdfProfile = DEFAULTS.pdf,
    photos: Photos = None,
    site: Site = None,
    sites: Sites = None,
    lang: Language = None,
    overrides_file: OverridesFile = None,
    alt_file: AltFile = None,
    alt_policy: AltPolicyOption = "caption",
    release: Release = False,
    alt_profile: AltProfile = DEFAULT_ALT_PROFILE,
    certifier: CertifierFile = None,
    contact: AccessibilityContact = None,
    system_fonts: SystemFonts = False,
    fail_on: FailOn = None,
    no_receipt: NoReceipt = False,
    title: Annotated[
        str, typer.Option(help="The title of the archive, in its overview and feeds.", metavar="TEXT")
    ] = ARCHIVE_TITLE,
    publisher: Annotated[
        str | None, typer.Option(help="Who publishes the archive, for its overview and feeds.", metavar="TEXT")
    ] = None,
    jobs: Annotated[
        int | None,
        typer.Option(
            "--jobs", "-j", min=1, max=MAX_JOBS, help="Pages converted at once. [default: one per core]", metavar="N"
        ),
    ] = None,
    cluster: Annotated[
        str | None, typer.Option(help="Convert on the workers of a Dask cluster.", metavar="tcp://…")
    ] = None,
    page_timeout: PageTimeout = PAGE_TIMEOUT,
    page_memory: PageMemory = PAGE_MEMORY,
    max_bytes: MaxBytes = MAX_BYTES,
    keep: KeepOption = None,
    accept_error_pages: AcceptErrorPages = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print what would be done, and why.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Convert every page again, changed or not.")] = False,
    only: Annotated[
        Literal["failed"] | None,
        typer.Option(help="Convert only pages that failed before.", case_sensitive=False, metavar="[failed]"),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(help="Convert only pages changed or fetched on or after this day.", metavar="YYYY-MM-DD"),
    ] = None,
    limit: Annotated[int | None, typer.Option(min=0, help="Convert at most this many pages.", metavar="N")] = None,
    prune: Annotated[bool, typer.Option("--prune", help="Delete the outputs of pages that no longer exist.")] = False,
    keep_versions: Annotated[
        bool,
        typer.Option("--keep-versions", help="Keep the earlier outputs of pages that change, and show what changed."),
    ] = False,
    log: Annotated[
        Path | None,
        typer.Option(help="Write a line of JSON per page: times, notes, sizes.", metavar="FILE"),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Show no progress.")] = False,
    json: Json = False,
) -> None:
    """Convert the pages of an archive that are new or have changed. A page that fails does not stop the others.

    Without --to, the formats are pdf, epub and html.

    Ctrl-C finishes the pages in progress; a second Ctrl-C stops at once. The next run resumes.
    """
    require_folder_name(str(output))
    require_suffix(log, "JSON", (".jsonl", ".ndjson", ".json", ".log", ".txt"), "--log")
    require_not_read(log, (*sources, alt_file, overrides_file, css, certifier), "--log")
    config = BatchConfig(
        formats=parse_formats(to) or DEFAULT_FORMATS,
        out=output,
        render_options=render_options_from(
            theme,
            pdf,
            photos,
            system_fonts=system_fonts,
            certifier=certifier,
            contact=contact,
            paper=paper,
            css=css,
            draft=draft,
            embargo=embargo,
            receipt=not no_receipt,
        ),
        site=site,
        sites=tuple(sites or ()),
        max_bytes=max_bytes,
        keep=keep,
        accept_error_pages=accept_error_pages,
        alt_policy=alt_policy,
        release=rules_of_release(alt_profile, release=release),
        timeout=page_timeout,
        memory=page_memory,
        alt_file=alt_file,
        overrides_file=overrides_file,
        language=parse_language(lang),
        fail_on=fail_on,
        title=title,
        publisher=publisher,
        keep_versions=keep_versions,
    )
    selection = Selection(force=force, only=only, since=parse_day(since, "--since"), limit=limit)
    with open_batch(config, selection, dry_run=dry_run) as run:
        print_remarks(unused_option_remarks(config.render_options, config.formats))
        if dry_run:
            _print_plan(run, sources, json=json)
            print_remarks(run.plan.remarks())
            return
        with _executor(cluster, jobs) as (executor, width):
            run.build_plan(sources, executor, width)
            print_remarks(run.plan.remarks())
            print_remarks(theme_remarks(theme))
            summary = BatchSummary(run, output, review_command(sources, alt_profile))
            code = _convert_pages(run, summary, log, quiet=quiet)
        summary.pruned = run.prune() if prune else None
        run.write_reports()
        typer.echo(summary.as_json() if json else summary.as_text())
    raise typer.Exit(code or summary.exit_code)


def _convert_pages(run: Batch, summary: BatchSummary, log: Path | None, *, quiet: bool) -> int:
    """Convert the pages of the plan and show progress; return the exit code of Ctrl-C or SIGTERM, else 0."""
    with (
        stop_requests() as stop_code,
        write_log(log) as write,
        Progress(run.plan.queued, quiet=quiet) as progress,
    ):
        for outcome in run.outcomes(lambda: stop_code() != 0):
            summary.count(outcome)
            write(outcome)
            progress.show(outcome)
        return stop_code()


def _executor(cluster: str | None, jobs: int | None) -> AbstractContextManager[tuple[Executor | None, int | None]]:
    """Yield the executor of a cluster, or None for local processes, and the number of pages converted at once."""
    if cluster is None:
        return contextlib.nullcontext((None, jobs))
    from readout_pub.batch.executors import cluster_executor

    return cluster_executor(cluster)


def _print_plan(run: Batch, sources: list[str], *, json: bool) -> None:
    """Print what would be done, page by page: a hundred thousand pages must not fill the memory."""
    for step in run.preview(sources):
        typer.echo(msgspec.json.encode(step._asdict()) if json else f"{step.reason}: {step.name} → {step.stem}")
    if not json:
        pages = "page" if run.plan.found == 1 else "pages"
        typer.echo(f"{run.plan.found:,} {pages}, {run.plan.queued:,} to convert")
