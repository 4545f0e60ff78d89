"""`readout-pub inspect`: shows how a page was read: fields, outline, photos and notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from readout_pub.alt import DescribedPhotos
from readout_pub.alt.photo_names import readable_name
from readout_pub.alt.status import photo_status
from readout_pub.cli.alt_template import print_photo_rows
from readout_pub.cli.console import print_json, print_remarks
from readout_pub.cli.explain import reason_table
from readout_pub.cli.listing import list_pages
from readout_pub.cli.options import (
    AcceptErrorPages,
    AllowHost,
    AltFile,
    Contact,
    Date,
    Delay,
    Json,
    KeepOption,
    Language,
    MaxBytes,
    PageMemory,
    PageTimeout,
    Series,
    Site,
    Sites,
    Title,
    Urls,
    fetch_policy_from,
    overrides_from,
    read_alts,
    require_not_read,
)
from readout_pub.cli.outputs import refuse_urls_of_list
from readout_pub.convert import ReadOptions, read_and_prove, read_with_reasons
from readout_pub.errors import UsageError, escape_controls
from readout_pub.limits import PAGE_MEMORY, PAGE_TIMEOUT, PageLimits
from readout_pub.model import (
    Alt,
    Confidence,
    Decorative,
    Described,
    Meeting,
    Readout,
    figures,
    outline,
    photos,
    plain_text,
    to_json,
)
from readout_pub.output import STANDARD_OUTPUT
from readout_pub.sources import MAX_BYTES, FetchPolicy, SavedPage, only_page, saved_pages
from readout_pub.sources.path_list import is_path_list, listed_pages
from readout_pub.sources.web.policy import DEFAULT_DELAY

EXAMPLES = """\b
readout-pub inspect page.html
readout-pub inspect page.html --json          the model, as `convert --to json` writes it
readout-pub inspect page.html --why           the rule that decided each field, and what was left out
readout-pub inspect crawl.warc.gz --sources   the pages of an archive or a folder
readout-pub inspect saved/ --alts -o alts.csv a table of all photos, to fill in for --alt-file"""

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command("inspect", epilog=EXAMPLES)
def inspect_command(
    source: Annotated[
        str,
        typer.Argument(
            metavar="SOURCE",
            help='A saved page, or a folder or archive that contains it, or "-" for standard input. With --sources or '
            "--alts also @FILE, a list of paths.",
        ),
    ],
    sources: Annotated[bool, typer.Option("--sources", help="List the pages of the source.")] = False,
    alts: Annotated[
        bool, typer.Option("--alts", help="Print the photos of all pages as a table to fill in, for --alt-file.")
    ] = False,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", help='The file for the table of --alts, or "-" for standard output.', metavar="FILE"
        ),
    ] = None,
    why: Annotated[
        bool, typer.Option("--why", help="Show the rule that decided each field and each region, kept or left out.")
    ] = False,
    url: Urls = None,
    site: Site = None,
    sites: Sites = None,
    title: Title = None,
    series: Series = None,
    date: Date = None,
    lang: Language = None,
    alt_file: AltFile = None,
    page_timeout: PageTimeout = PAGE_TIMEOUT,
    page_memory: PageMemory = PAGE_MEMORY,
    max_bytes: MaxBytes = MAX_BYTES,
    keep: KeepOption = None,
    accept_error_pages: AcceptErrorPages = False,
    contact: Contact = None,
    delay: Delay = DEFAULT_DELAY,
    allow_host: AllowHost = None,
    json: Json = False,
) -> None:
    """Show how a page was read: title, date, outline, photos, and every note with its place."""
    policy = fetch_policy_from(contact, delay, allow_host)
    if output is not None and not alts:
        raise UsageError("only the table of --alts is written to a file", where="--output", what_next="add --alts")
    if output == Path(STANDARD_OUTPUT):
        output = None
    require_not_read(output, (source, alt_file), "--output")
    if sources:
        list_pages(_pages_of(source, url or (), max_bytes, policy), json=json)
        return
    limits = PageLimits(page_timeout, page_memory)
    table = read_alts(alt_file)
    options = ReadOptions(
        overrides=overrides_from(title, series, date, lang),
        site=site,
        sites=sites or (),
        keep=keep,
        accept_error_pages=accept_error_pages,
    )
    if alts:
        pages = list(_pages_of(source, url or (), max_bytes, policy))
        given = table.of_pages([(page.name, *page.urls) for page in pages])
        texts = {page.name: each for page, each in zip(pages, given, strict=True)}

        def read_page(page: SavedPage) -> DescribedPhotos:
            with limits.enforced(page.name):
                return read_and_prove(page, options.with_alts(texts[page.name]), receipt=False).described

        raise typer.Exit(print_photo_rows(pages, read_page, output, json=json))
    if is_path_list(source):
        raise UsageError(
            "only --sources and --alts read a list of paths", where=source, what_next="add one of them, or name a page"
        )
    page = only_page(source, urls=url or (), max_bytes=max_bytes, policy=policy)
    names = (page.name, escape_controls(source), *page.urls)
    options = options.with_alts(table.of_page(names))
    print_remarks(table.remarks(names, names))
    if why:
        with limits.enforced(escape_controls(source)):
            readout, reasons = read_with_reasons(page, options)
        if json:
            print_json(reasons)
        else:
            typer.echo(_printable(reason_table(readout, reasons)))
        return
    with limits.enforced(escape_controls(source)):
        readout = read_and_prove(page, options, receipt=False).readout
    typer.echo(to_json(readout).decode() if json else _printable(readout_report(readout)), nl=not json)


def _pages_of(source: str, urls: Sequence[str], max_bytes: int, policy: FetchPolicy) -> Iterator[SavedPage]:
    """Yield the pages of a source; those of a list of paths have the names that `batch` and `convert` give them."""
    if not is_path_list(source):
        yield from saved_pages(source, urls=urls, max_bytes=max_bytes, policy=policy)
        return
    refuse_urls_of_list(urls)
    for label, page in listed_pages(source, max_bytes):
        yield msgspec.structs.replace(page, name=escape_controls(label))


def _printable(texts: Iterable[str]) -> str:
    return "\n".join(escape_controls(line) for text in texts for line in text.split("\n"))


def readout_report(readout: Readout) -> Iterator[str]:
    """Yield the lines that show people a readout: fields, outline, photos, undecided texts, attachments, notes."""
    yield from (f"{name:<9} {value}" for name, value in _fields(readout) if value)
    yield from _titled_lines("outline", [_outline_line(*entry) for entry in outline(readout.body)])
    yield from _titled_lines("photos", list(_photo_lines(readout)))
    yield from _titled_lines("undecided", [each.text for each in readout.undecided])
    yield from _titled_lines("attached", [f"{each.title} <{each.href}>" for each in readout.attachments])
    yield from _titled_lines(
        "notes",
        [f"{n.severity} {n.code}: {n.message}" + (f" ({n.where})" if n.where else "") for n in readout.notes],
    )


def _outline_line(depth: int, label: str | None, heading: str | None) -> str:
    return "  " * depth + " ".join(part for part in (label, heading or "…") if part)


def _fields(readout: Readout) -> Iterator[tuple[str, str | None]]:
    origin = readout.origin
    yield "title", plain_text(readout.title, ruby=True) if readout.title else "none"
    yield "series", readout.series or "none"
    yield "date", f"{readout.issued or 'none'}" + (f' ("{readout.issued_text}")' if readout.issued_text else "")
    yield "language", readout.language
    yield "byline", readout.byline
    yield "meeting", _meeting_line(readout.meeting) if readout.meeting else None
    yield "source", " ".join(part for part in (origin.name, origin.url) if part)
    yield "profile", origin.profile or "none"
    yield "confidence", _confidence_line(readout.confidence) if readout.confidence else None
    yield "photos", str(photo_status(photo.alt for photo in photos(readout)))
    yield "back link", plain_text(readout.back_link.children) if readout.back_link else None


def _confidence_line(confidence: Confidence) -> str:
    return f"{confidence.expected_f1:.2f} of 1, {confidence.words_in_doubt:.0%} of the words in doubt"


def _meeting_line(meeting: Meeting) -> str:
    when = " ".join(str(part) for part in (meeting.date, meeting.start and f"{meeting.start:%H:%M}") if part)
    long = f"{meeting.duration_minutes} minutes" if meeting.duration_minutes else ""
    people = "; ".join(", ".join(part for part in (each.name, each.role) if part) for each in meeting.people)
    return " · ".join(part for part in (when, long, meeting.place, people) if part)


def _photo_lines(readout: Readout) -> Iterator[str]:
    for figure in figures(readout):
        for photo in figure.photos:
            size = f"{photo.width} × {photo.height}" if photo.width else "file missing"
            yield f"{readable_name(photo.src)} ({size})"
            yield f"  alt      {_alt_line(photo.alt)}"
        if figure.caption:
            yield f"  caption  {plain_text(figure.caption, line_break=' ')}"
        if figure.credit:
            yield f"  credit   {plain_text(figure.credit, line_break=' ')}"


def _alt_line(alt: Alt) -> str:
    match alt:
        case Described() | Decorative():
            text = alt.text if isinstance(alt, Described) else "decorative"
            who = f"{alt.by} {alt.name}" if alt.name else alt.by
            return f"{text} (by {who}{', reviewed' if alt.reviewed else ''})"
        case _:
            return "missing"


def _titled_lines(name: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield ""
        yield name
        yield from (f"  {line}" for line in lines)
