"""`readout-pub alt`: lists the photos whose alternative texts need a person, and lets people decide on them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from readout_pub.atomic import open_atomic
from readout_pub.cli import alt_lint
from readout_pub.cli.alt_decisions import alt_apply_command, alt_merge_command
from readout_pub.cli.console import print_error
from readout_pub.cli.options import MaxBytes, PageMemory, PageTimeout, Site, Sites, Theme
from readout_pub.errors import ReadoutError, UsageError
from readout_pub.limits import PAGE_MEMORY, PAGE_TIMEOUT, PageLimits
from readout_pub.sources import MAX_BYTES

if TYPE_CHECKING:
    from readout_pub.alt_review.photos import PagePhotos
    from readout_pub.alt_review.worklist import ListedPhoto

EXAMPLES = """\b
readout-pub alt lint saved/                    what is wrong with the texts, and what to write instead
readout-pub alt worklist saved/ -o work.xlsx   a table of the photos that need a text, with thumbnails
readout-pub alt worklist saved/ -o work.html   a page to decide on them, which works from one file
readout-pub alt apply work.xlsx                record what people filled in
readout-pub alt merge alt-decisions.jsonl theirs.jsonl"""

app = typer.Typer(
    rich_markup_mode=None,
    add_completion=False,
    no_args_is_help=True,
    epilog=EXAMPLES,
)


@app.callback()
def _alt() -> None:
    """List the photos whose alternative texts need a person, and decide on them."""


app.command("lint", short_help="Judge alternative texts by house rules.", epilog=alt_lint.EXAMPLES)(
    alt_lint.lint_command
)


Archive = Annotated[
    str,
    typer.Argument(
        metavar="ARCHIVE", help="The saved pages: a folder, an archive, one page, or `@FILE` with a list of paths."
    ),
]


@app.command("worklist", short_help="Write a table of the photos that need a text.", epilog=EXAMPLES)
def worklist_command(
    archive: Archive,
    output: Annotated[
        Path,
        typer.Option(
            "--output",
            "-o",
            help="The file to write: .csv, .xlsx with thumbnails, or .html, a page to decide on that works offline.",
            metavar="FILE",
        ),
    ],
    all_photos: Annotated[bool, typer.Option("--all", help="Also list the photos that need no decision.")] = False,
    theme: Theme = "plain",
    site: Site = None,
    sites: Sites = None,
    max_bytes: MaxBytes = MAX_BYTES,
    page_timeout: PageTimeout = PAGE_TIMEOUT,
    page_memory: PageMemory = PAGE_MEMORY,
) -> None:
    """Write one row for each photo on a page whose text needs a person, the worst first.

    A photo is listed if it has no text, if its text is the caption or by a model, or if it breaks a rule.
    """
    from readout_pub.alt_review.worklist import list_photos

    write = _worklist_writer(output, archive, theme)
    failed: list[ReadoutError] = []
    listed = list_photos(_read_pages(archive, failed, site, sites, max_bytes, PageLimits(page_timeout, page_memory)))
    shown = [each for each in listed if all_photos or each.is_open]
    with open_atomic(output) as file:
        write(file, shown)
    pages = len({each.photo.page for each in shown})
    typer.echo(f"{output}: {len(shown):,} of {len(listed):,} photos, on {pages:,} pages", err=True)
    if failed:
        raise typer.Exit(max(error.exit_code for error in failed))


app.command("apply", short_help="Record the decisions in a table that people have filled in.")(alt_apply_command)
app.command("merge", short_help="Merge decision files, also one that git could not merge.")(alt_merge_command)


def _worklist_writer(output: Path, archive: str, theme: str) -> Callable[[BinaryIO, Sequence[ListedPhoto]], None]:
    """Return the function that writes a worklist in the format of `output`; UsageError for a format that is none."""
    from readout_pub.alt_review import review_page, tables
    from readout_pub.themes import load_theme

    load_theme(theme)
    match output.suffix.lower():
        case ".csv":
            return tables.write_csv
        case ".xlsx":
            return tables.write_workbook
        case ".html" | ".htm":
            return lambda file, listed: review_page.write_worklist_page(file, listed, archive, theme=theme)
        case suffix:
            raise UsageError(
                f"a worklist cannot be written as {suffix or 'a file without suffix'}",
                where=str(output),
                what_next="name it .csv, .xlsx or .html",
            )


def _read_pages(
    archive: str,
    failed: list[ReadoutError],
    site: str | None,
    sites: list[Path] | None,
    max_bytes: int,
    limits: PageLimits,
) -> Iterator[PagePhotos]:
    """Yield the photos of each page; the error of a page that cannot be read is printed and added to `failed`."""
    from readout_pub.alt_review.photos import page_reader, photos_by_page

    read = page_reader(site=site, sites=sites or (), limits=limits)
    for page in photos_by_page(archive, read=read, max_bytes=max_bytes):
        if page.error:
            print_error(str(page.error))
            failed.append(page.error)
        yield page
