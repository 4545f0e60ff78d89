"""`readout-pub alt worklist` and `alt review`: photos that need a decision, in a table or on a page for deciding."""

from __future__ import annotations

import contextlib
import functools
import os
import webbrowser
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO, Literal

import typer

from readout_pub.atomic import open_atomic
from readout_pub.cli.alt_pages import Archive, read_pages
from readout_pub.cli.options import (
    DEFAULT_ALT_PROFILE,
    LintProfile,
    MaxBytes,
    PageMemory,
    PageTimeout,
    Site,
    Sites,
    Theme,
    require_not_read,
)
from readout_pub.errors import ReadoutError, SourceError, UsageError, shell_word
from readout_pub.html_report import HTML_SUFFIXES
from readout_pub.limits import PAGE_MEMORY, PAGE_TIMEOUT, PageLimits
from readout_pub.notes import number_with_noun
from readout_pub.sources import MAX_BYTES, is_remote, is_web_address

if TYPE_CHECKING:
    from readout_pub.alt.lint import AdviceLanguage
    from readout_pub.alt_review.worklist import ListedPhoto

WORKLIST_EXAMPLES = """\b
readout-pub alt worklist saved/ -o work.xlsx   with thumbnails, for a spreadsheet program
readout-pub alt worklist saved/ -o work.html   a page for a browser, in one file
readout-pub alt worklist saved/ -o work.csv --all --profile govuk-2022"""

REVIEW_EXAMPLES = """\b
readout-pub alt review saved/
readout-pub alt review crawl.warc.gz --no-browser"""


SAVED_BY_PAGE = "worklist-decided.csv"
"""The table that a worklist for browsers saves: see `review.js`."""


def alt_worklist_command(
    archive: Archive,
    output: Annotated[
        Path,
        typer.Option(
            "--output",
            "-o",
            help="The file to write: .csv, .xlsx with thumbnails, or .html, a page for a browser, also offline.",
            metavar="FILE",
        ),
    ],
    all_photos: Annotated[bool, typer.Option("--all", help="Also list the photos that need no decision.")] = False,
    profile: LintProfile = DEFAULT_ALT_PROFILE,
    messages: Annotated[
        Literal["en", "ja"] | None,
        typer.Option(
            help="The language of the worklist: English or Japanese. By default that of your computer's settings.",
            case_sensitive=False,
            metavar="[en|ja]",
        ),
    ] = None,
    theme: Theme = "plain",
    site: Site = None,
    sites: Sites = None,
    max_bytes: MaxBytes = MAX_BYTES,
    page_timeout: PageTimeout = PAGE_TIMEOUT,
    page_memory: PageMemory = PAGE_MEMORY,
) -> None:
    """Write one row for each photo that needs a decision, the worst first.

    A photo on which nobody has decided is listed if it has no text, or a text that breaks a rule. It is also listed if
    nobody has reviewed its text, and the text comes from its caption or from a model. A photo with a decision is listed
    if it waits for an expert, or if a release would refuse it.
    """
    from readout_pub.alt.lint import load_house_rules
    from readout_pub.alt_review.review_messages import language_of_environment
    from readout_pub.alt_review.worklist import list_photos

    rules = load_house_rules(profile)
    language = messages or language_of_environment(os.environ)
    write = _worklist_writer(output, archive, theme, language)
    require_not_read(output, [archive], "--output")
    failed: list[ReadoutError] = []
    limits = PageLimits(page_timeout, page_memory)
    listed = list_photos(read_pages(archive, failed, site, sites, max_bytes, limits), rules, language)
    shown = [each for each in listed if all_photos or each.is_open]
    with open_atomic(output) as file:
        write(file, shown)
    pages = number_with_noun(len({each.photo.page for each in shown}), "page")
    typer.echo(f"{output}: {len(shown):,} of {len(listed):,} photos, on {pages}", err=True)
    if shown:
        table = SAVED_BY_PAGE if output.suffix.lower() in HTML_SUFFIXES else shell_word(output)
        typer.echo(f"to record the decisions of the person who fills it in: readout-pub alt apply {table}", err=True)
    if failed:
        raise typer.Exit(max(error.exit_code for error in failed))


def alt_review_command(
    archive: Archive,
    port: Annotated[
        int | None,
        typer.Option(
            min=1,
            max=65535,
            help="Port of the page. By default, each archive has a port that stays the same.",
            metavar="NUMBER",
        ),
    ] = None,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the page in the browser.")] = True,
    profile: LintProfile = DEFAULT_ALT_PROFILE,
    messages: Annotated[
        Literal["en", "ja"] | None,
        typer.Option(
            help="The language of the page: English or Japanese. By default the language that the browser prefers.",
            case_sensitive=False,
            metavar="[en|ja]",
        ),
    ] = None,
    theme: Theme = "plain",
    site: Site = None,
    sites: Sites = None,
    max_bytes: MaxBytes = MAX_BYTES,
    page_timeout: PageTimeout = PAGE_TIMEOUT,
    page_memory: PageMemory = PAGE_MEMORY,
) -> None:
    """Open a page in the browser to decide on each photo; Ctrl-C ends it.

    Each decision is saved at once in alt-decisions.jsonl, in the folder of the archive or in a folder above it, where
    `convert` and `batch` find it. Only this computer can open the page, and only with its address, which is secret.
    """
    from readout_pub.alt.lint import load_house_rules
    from readout_pub.alt_review.review import Review
    from readout_pub.alt_review.server import ReviewServer
    from readout_pub.themes import load_theme

    load_theme(theme)
    rules = load_house_rules(profile)
    if is_web_address(archive) or is_remote(archive):
        raise UsageError(
            "decisions are kept beside saved pages, but these pages are not on this computer",
            where=archive,
            what_next="copy them to this computer; fetch pages from the web with `readout-pub fetch`",
        )
    failed: list[ReadoutError] = []
    limits = PageLimits(page_timeout, page_memory)
    review = Review(read_pages(archive, failed, site, sites, max_bytes, limits), archive, rules)
    photos = review.photos()
    if not photos:
        raise SourceError("there is no photo on its pages", where=archive, what_next="check the archive")
    with ReviewServer(review, theme=theme, port=port, language=messages) as server:
        typer.echo(server.address)
        typer.echo(f"{_progress(photos)}; decisions are saved in {', '.join(map(str, review.files))}", err=True)
        typer.echo("Leave this running while you decide; Ctrl-C ends it.", err=True)
        if browser:
            webbrowser.open(server.address)
        with contextlib.suppress(KeyboardInterrupt):
            server.serve_forever()
    typer.echo(_progress(review.photos()), err=True)


def _progress(photos: Sequence[ListedPhoto]) -> str:
    waiting = sum(each.is_open for each in photos)
    return f"{waiting:,} of {len(photos):,} photos need a decision"


def _worklist_writer(
    output: Path, archive: str, theme: str, language: AdviceLanguage
) -> Callable[[BinaryIO, Sequence[ListedPhoto]], None]:
    """Return the function that writes a worklist in the format of `output`; UsageError for another suffix."""
    from readout_pub.alt_review import review_page, tables
    from readout_pub.themes import load_theme

    load_theme(theme)
    match output.suffix.lower():
        case ".csv":
            return functools.partial(tables.write_csv, language=language)
        case ".xlsx":
            return functools.partial(tables.write_workbook, language=language)
        case suffix if suffix in HTML_SUFFIXES:
            return functools.partial(review_page.write_worklist_page, source=archive, theme=theme, language=language)
        case suffix:
            raise UsageError(
                f"a worklist cannot be written as {suffix or 'a file without suffix'}",
                where=str(output),
                what_next="name it .csv, .xlsx or .html",
            )
