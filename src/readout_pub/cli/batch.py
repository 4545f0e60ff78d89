"""`readout-pub batch`: an archive → files, an overview, and a ledger, so that the next run costs only what changed."""

from __future__ import annotations

import contextlib
from concurrent.futures import Executor
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Annotated, Literal

import msgspec
import typer

from readout_pub.batch import PAGE_MEMORY, PAGE_TIMEOUT, Batch, BatchConfig, Selection, open_batch
from readout_pub.cli.options import Json, MaxBytes, PageMemory, Site, Sites, day_of, formats_of
from readout_pub.cli.progress import Progress, stop_requests
from readout_pub.cli.summary import Summary, write_log
from readout_pub.emit import RenderOptions
from readout_pub.sources import MAX_BYTES

EXAMPLES = """\b
readout-pub batch saved/ --to pdf,epub,html -o out/
readout-pub batch crawl.wacz --to html -o out/ --dry-run     what would be done, and why
readout-pub batch saved/ --to html -o out/ --only failed     try again what failed
find saved -name '*.html' | readout-pub batch - --to txt -o out/"""

app = typer.Typer(rich_markup_mode=None, add_completion=False)

FAILED, INTERRUPTED = 1, 130


@app.command("batch", epilog=EXAMPLES)
def batch_command(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="ARCHIVE…",
            help='Folders, zip or web archives, lists of paths, patterns, or "-" for paths on standard input.',
        ),
    ],
    to: Annotated[
        str,
        typer.Option("--to", help="Formats, as of `convert`.", metavar="FORMAT,…"),
    ] = "pdf,epub,html",
    output: Annotated[
        Path, typer.Option("-o", "--output", help="The folder for files, overview and ledger.", metavar="OUT")
    ] = Path("out"),
    theme: Annotated[str, typer.Option(help="The look.")] = "plain",
    pdf: Annotated[str, typer.Option(help="The standards that a PDF keeps.", metavar="PROFILE")] = "ua1+a2a",
    photos: Annotated[
        Literal["inline", "beside"] | None, typer.Option(help="Photos inside the file, or in a folder beside it.")
    ] = None,
    site: Site = None,
    sites: Sites = None,
    system_fonts: Annotated[
        bool, typer.Option("--system-fonts", help="Let this machine's fonts into the PDF.")
    ] = False,
    jobs: Annotated[
        int | None, typer.Option("--jobs", "-j", min=1, help="Pages that are converted at once. [default: one a core]")
    ] = None,
    cluster: Annotated[
        str | None, typer.Option(help="Let the workers of a Dask cluster convert.", metavar="tcp://…")
    ] = None,
    page_timeout: Annotated[float, typer.Option(min=0.1, help="Seconds that one page may take.")] = PAGE_TIMEOUT,
    page_memory: PageMemory = PAGE_MEMORY,
    max_bytes: MaxBytes = MAX_BYTES,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be done and why, and do nothing.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Convert every page anew.")] = False,
    only: Annotated[Literal["failed"] | None, typer.Option(help="Convert only pages that failed before.")] = None,
    since: Annotated[
        str | None,
        typer.Option(help="Convert only pages that were changed or fetched from this day on.", metavar="YYYY-MM-DD"),
    ] = None,
    limit: Annotated[int | None, typer.Option(min=0, help="Convert no more pages than this.")] = None,
    prune: Annotated[bool, typer.Option("--prune", help="Remove the files of pages that are gone.")] = False,
    log: Annotated[
        Path | None, typer.Option(help="Write one line of JSON a page, with times, notes and sizes.", metavar="FILE")
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Show no progress.")] = False,
    json: Json = False,
) -> None:
    """Convert every page of an archive that changed since the last run; what fails is reported, and the rest goes on.

    Ctrl-C finishes the pages that have begun, a second one stops at once; the next run goes on from there.
    """
    order = BatchConfig(
        formats=formats_of(to),
        out=output,
        look=RenderOptions(theme=theme, photos=photos, system_fonts=system_fonts, pdf=pdf),
        site=site,
        sites=tuple(sites or ()),
        max_bytes=max_bytes,
        timeout=page_timeout,
        memory=page_memory,
    )
    choice = Selection(force=force, only=only, since=day_of(since, "--since"), limit=limit)
    with open_batch(order, choice, dry=dry_run) as run:
        if dry_run:
            _explain(run, sources, json=json)
            return
        with _workers(cluster, jobs) as (executor, width):
            run.draw_up(sources, executor, width)
            summary = Summary(run)
            code = _work(run, summary, log, quiet=quiet)
        summary.pruned = run.prune() if prune else None
        run.report()
        typer.echo(summary.as_json() if json else summary.as_text())
    raise typer.Exit(code or (FAILED if summary.failed or run.plan.broken else 0))


def _work(run: Batch, summary: Summary, log: Path | None, *, quiet: bool) -> int:
    """Convert what is waiting, and show how it goes; return 130 if somebody pressed Ctrl-C."""
    with (
        stop_requests() as stopping,
        write_log(log) as write,
        Progress(run.plan.waiting, quiet=quiet) as progress,
    ):
        for outcome in run.outcomes(stopping):
            summary.count(outcome)
            write(outcome)
            progress.show(outcome)
        return INTERRUPTED if stopping() else 0


def _workers(cluster: str | None, jobs: int | None) -> AbstractContextManager[tuple[Executor | None, int | None]]:
    """Give the executor of a cluster, or None for that of this machine, and how many pages it converts at once."""
    if cluster is None:
        return contextlib.nullcontext((None, jobs))
    from readout_pub.batch.cluster import cluster_executor

    return cluster_executor(cluster)


def _explain(run: Batch, sources: list[str], *, json: bool) -> None:
    """Print what would be done, a line a page: there may be a hundred thousand."""
    for step in run.explained(sources):
        typer.echo(msgspec.json.encode(step._asdict()) if json else f"{step.reason}: {step.name} → {step.stem}")
    if not json:
        pages = "page" if run.plan.found == 1 else "pages"
        typer.echo(f"{run.plan.found:,} {pages}, {run.plan.waiting:,} to convert")
