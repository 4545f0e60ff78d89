"""`readout-pub convert`: converts saved pages into files."""

from __future__ import annotations

import hashlib
import itertools
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Literal

import msgspec
import typer

from readout_pub.atomic import write_file
from readout_pub.cli import internal_error_message
from readout_pub.cli.console import print_error, print_json, print_notes, print_remarks, short_name, without_repeats
from readout_pub.cli.options import (
    DEFAULT_ALT_PROFILE,
    DEFAULTS,
    AcceptErrorPages,
    AllowHost,
    AltFile,
    AltPolicyOption,
    AltProfile,
    CertifierFile,
    ContactOfOutputs,
    CssFile,
    Date,
    Delay,
    Draft,
    Embargo,
    ErrorsOnly,
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
    ReceiptForm,
    Release,
    Series,
    Site,
    Sites,
    SystemFonts,
    Theme,
    Title,
    Urls,
    Verbose,
    fetch_policy_from,
    overrides_from,
    parse_formats,
    read_alts,
    render_options_from,
    require_not_read,
    review_command,
    rules_of_release,
    theme_remarks,
    typed_mail_address,
    unused_option_remarks,
    without_files_beside_pages,
)
from readout_pub.cli.outputs import OutputPlan, collect_pages, plan_outputs
from readout_pub.convert import (
    ProvenRendition,
    Reading,
    ReadOptions,
    emit_and_prove,
    read_and_prove,
    require_options,
)
from readout_pub.digests import has_digest
from readout_pub.emit import FailedFormat, RenderOptions, Rendition
from readout_pub.errors import AltRefused, OutputError, ReadoutError, UsageError, escape_controls
from readout_pub.limits import PAGE_MEMORY, PAGE_TIMEOUT, PageLimits
from readout_pub.notes import Note, Severity, reaches, refusal
from readout_pub.output import STANDARD_OUTPUT, WrittenFile, is_stream, write_rendition
from readout_pub.overrides_table import read_overrides_file
from readout_pub.receipts.model import Receipt, RenditionReceipt
from readout_pub.sources import MAX_BYTES, is_web_address
from readout_pub.sources.web.policy import DEFAULT_DELAY

EXAMPLES = """\b
readout-pub convert page.html --to pdf
readout-pub convert page.html -o page.epub
readout-pub convert page.html --to pdf,epub,html -o out/
readout-pub convert crawl.warc.gz -o out/
readout-pub convert https://www.example.org/talks.html
readout-pub convert talks.txt --to docx --title "Foreign Ministers' Meeting" --date 2022-08-04
readout-pub convert page.html --to html --alt-file alts.csv --fail-on warning
cat page.html | readout-pub convert - --to txt -o -"""

app = typer.Typer(rich_markup_mode=None, add_completion=False)


class ConvertSettings(msgspec.Struct, frozen=True):
    """What applies to every page of one run of `convert`."""

    render_options: RenderOptions
    reading: ReadOptions
    fail_on: Literal["note", "warning", "error"] | None
    limits: PageLimits
    no_clobber: bool
    receipt: Literal["json", "html"]


class WrittenReceipt(msgspec.Struct, frozen=True, omit_defaults=True):
    """A receipt: its path (None without a file), the readout's count of words, and a line to print."""

    path: str | None
    words: int
    summary: str


class ConvertResult(msgspec.Struct, frozen=True, omit_defaults=True):
    """The files, notes and errors of one source; an element of what `--json` prints.

    There are both files and errors if some formats could not be rendered. `alts_refused`: the page was refused for its
    alternative texts.
    """

    source: str
    files: tuple[WrittenFile, ...] = ()
    notes: tuple[Note, ...] = ()
    errors: tuple[str, ...] = ()
    exit_code: int = 0
    receipt: WrittenReceipt | None = None
    alts_refused: bool = False


@app.command("convert", epilog=EXAMPLES)
def convert_command(
    context: typer.Context,
    sources: Annotated[
        list[str],
        typer.Argument(
            callback=without_files_beside_pages,
            metavar="SOURCE",
            help="Saved pages: files, folders, zip, MHTML or web archives, web addresses, @FILE for a list of paths, "
            'or "-" for standard input.',
        ),
    ],
    to: Formats = None,
    output: Annotated[
        str | None,
        typer.Option(
            "-o",
            "--output",
            help='A file, a folder, or "-" for standard output. The path is a folder if it ends in "/", exists as a '
            "folder, or gets several files.",
            metavar="PATH",
        ),
    ] = None,
    theme: Theme = str(DEFAULTS.theme),
    paper: PaperSize = None,
    css: CssFile = None,
    draft: Draft = False,
    embargo: Embargo = None,
    pdf: PdfProfile = DEFAULTS.pdf,
    photos: Photos = None,
    url: Urls = None,
    site: Site = None,
    sites: Sites = None,
    title: Title = None,
    series: Series = None,
    date: Date = None,
    lang: Language = None,
    overrides_file: OverridesFile = None,
    alt_file: AltFile = None,
    alt_policy: AltPolicyOption = "caption",
    release: Release = False,
    alt_profile: AltProfile = DEFAULT_ALT_PROFILE,
    certifier: CertifierFile = None,
    system_fonts: SystemFonts = False,
    fail_on: FailOn = None,
    page_timeout: PageTimeout = PAGE_TIMEOUT,
    page_memory: PageMemory = PAGE_MEMORY,
    max_bytes: MaxBytes = MAX_BYTES,
    keep: KeepOption = None,
    accept_error_pages: AcceptErrorPages = False,
    contact: ContactOfOutputs = None,
    delay: Delay = DEFAULT_DELAY,
    allow_host: AllowHost = None,
    receipt: ReceiptForm = "json",
    no_receipt: NoReceipt = False,
    no_clobber: Annotated[bool, typer.Option("--no-clobber", help="Fail rather than replace a file.")] = False,
    verbose: Verbose = False,
    quiet: ErrorsOnly = False,
    json: Json = False,
) -> None:
    """Convert saved pages. Without -o, files go to the working directory and are named after their source.

    Without --to, the suffix of the file that -o names decides the format; without a suffix, it is PDF.

    Every page of a folder or an archive is converted, into files named after the path or address of the page. A page or
    a format that fails does not stop the others; the exit code is then 3 if something has to be installed, 2 if an
    option cannot be used, else 1.
    """
    if json and output == STANDARD_OUTPUT:
        raise UsageError(
            "standard output takes either the file or the report", where="--json", what_next="name a file with -o"
        )
    if quiet and verbose:
        raise UsageError("it contradicts --verbose", where="--quiet", what_next="leave one of them out")
    if no_receipt and receipt == "html":
        raise UsageError("it contradicts --no-receipt", where="--receipt html", what_next="leave one of them out")
    formats = parse_formats(to)
    table = read_alts(alt_file)
    overrides_table = read_overrides_file(overrides_file)
    settings = ConvertSettings(
        render_options=render_options_from(
            theme,
            pdf,
            photos,
            system_fonts=system_fonts,
            certifier=certifier,
            contact=typed_mail_address(context, contact),
            paper=paper,
            css=css,
            draft=draft,
            embargo=embargo,
            receipt=not no_receipt,
        ),
        reading=ReadOptions(
            overrides=overrides_from(title, series, date, lang),
            site=site,
            sites=tuple(sites or ()),
            keep=keep,
            accept_error_pages=accept_error_pages,
            alt_policy=alt_policy,
            release=rules_of_release(alt_profile, release=release),
        ),
        fail_on=fail_on,
        limits=PageLimits(page_timeout, page_memory),
        no_clobber=no_clobber,
        receipt=receipt,
    )
    if settings.reading.release is not None:
        from readout_pub.alt.lint import load_house_rules

        load_house_rules(settings.reading.release)  # raises UsageError or SourceError once, not for each page
    pages = collect_pages(sources, url or (), max_bytes, fetch_policy_from(contact, delay, allow_host))
    if len(pages) > 1 and (title or series or date):
        raise UsageError(
            "--title, --series and --date apply to one page, but there are several pages",
            what_next="name one page, choose one with --url, or give a table with --overrides-file",
        )
    results = []
    printed: set[Note] = set()
    plans = plan_outputs(pages, formats, output)
    for path in (Path(path) for plan in plans for path in plan.paths.values() if path != STANDARD_OUTPUT):
        require_not_read(path, (alt_file, overrides_file, css, certifier), "--output")
    names = [plan.names for plan in plans]
    for plan, alts, own in zip(plans, table.of_pages(names), overrides_table.of_pages(names), strict=True):
        overrides = msgspec.structs.replace(own.over(settings.reading.overrides), alts=alts)
        reading = msgspec.structs.replace(settings.reading, overrides=overrides)
        results.append(_convert_page(plan, settings, reading))
        if not json:
            threshold: Severity = "note" if verbose or fail_on == "note" else "warning"
            _print_result(results[-1], None if quiet else threshold, printed, verbose=verbose)
    if json:
        print_json(results)
    elif any(result.alts_refused for result in results):
        print_error(f"to decide on these photos: {review_command(sources, alt_profile)}")
    if not quiet:
        for each in (table, overrides_table):
            print_remarks(each.remarks(list(itertools.chain(*names)), (name for name, *_ in names)))
        if any(result.files for result in results):
            print_remarks(theme_remarks(theme))
            formats_written = itertools.chain(*(plan.paths for plan in plans))
            fetches = any(map(is_web_address, sources))
            print_remarks(unused_option_remarks(settings.render_options, formats_written, fetches=fetches))
    raise typer.Exit(max(result.exit_code for result in results))


def _convert_page(plan: OutputPlan, settings: ConvertSettings, options: ReadOptions) -> ConvertResult:
    """Convert one page and write its files; an error becomes part of the result."""
    try:
        if settings.no_clobber:
            plan.refuse_existing()
        require_options(settings.render_options, list(plan.paths))
        with settings.limits.enforced(plan.source):
            reading = read_and_prove(plan.page, options, receipt=settings.render_options.receipt)
            readout = reading.readout
            render_options = msgspec.structs.replace(settings.render_options, folder=plan.folder)
            if any(map(is_stream, plan.paths.values())) and render_options.photos is None:
                # A stream has no folder beside it for photos.
                render_options = msgspec.structs.replace(render_options, photos="inline")
            results = list(emit_and_prove(readout, reading.images, list(plan.paths), render_options))
        proven = [each for each in results if isinstance(each, ProvenRendition)]
        renditions = [each.rendition for each in proven]
        failed = [each for each in results if isinstance(each, FailedFormat)]
        render_notes = (note for rendition in renditions for note in rendition.notes)
        notes = tuple(dict.fromkeys((*readout.notes, *render_notes)))
        if reason := refusal(notes, settings.fail_on):
            return ConvertResult(plan.source, notes=notes, errors=(f"{plan.source}: {reason}",), exit_code=1)
        errors = [escape_controls(f"{plan.source}: {each}") for each in failed]
        exit_code = max((each.error.exit_code for each in failed), default=0)
        files, receipt = [], None
        written: list[ProvenRendition] = []
        for each in proven:
            try:
                files.append(write_rendition(each.rendition, plan.path(each.rendition)))
                written.append(each)
            except OutputError as error:  # of this format; the others may be writable
                errors.append(str(error))
                exit_code = max(exit_code, error.exit_code)
        if written and render_options.receipt:
            receipt = _write_receipt(plan, reading, written, settings)
        elif written:
            _remove_outdated_receipt(plan, [each.rendition for each in written])
        return ConvertResult(plan.source, tuple(files), notes, tuple(errors), exit_code, receipt)
    except ReadoutError as error:
        if error.where == escape_controls(str(Path(plan.source).absolute())):
            error.where = plan.source  # not absolute, but as the user named the folder
        refused = isinstance(error, AltRefused)
        return ConvertResult(plan.source, errors=(str(error),), exit_code=error.exit_code, alts_refused=refused)
    except OSError:
        raise  # If standard output is closed or full, the whole run ends.
    except Exception as error:  # noqa: BLE001 - an unforeseen error in one page must not end the run of the others
        message = escape_controls(f"{plan.source}: {internal_error_message(error)}")
        return ConvertResult(plan.source, errors=(message,), exit_code=1)


def _write_receipt(
    plan: OutputPlan, reading: Reading, proven: Sequence[ProvenRendition], settings: ConvertSettings
) -> WrittenReceipt:
    """Write the receipt of one page beside its files, as JSON and, on request, as HTML."""
    from readout_pub.receipts import encode_receipt, make_receipt
    from readout_pub.receipts.side_by_side import side_by_side

    named = (
        msgspec.structs.replace(each.receipt, file=escape_controls(Path(plan.path(each.rendition)).name))
        for each in proven
        if each.receipt is not None
    )
    receipt = make_receipt(reading.readout, reading.words, named)
    path = plan.receipt_path()
    if path is not None:
        renditions = (*receipt.renditions, *_still_proven(path, receipt))
        receipt = msgspec.structs.replace(receipt, renditions=renditions)
        write_file(path, encode_receipt(receipt))
        if settings.receipt == "html":
            page = side_by_side(receipt, reading.page_text, reading.readout, settings.render_options.theme)
            write_file(path.with_suffix(".html"), page)
    return WrittenReceipt(escape_controls(str(path)) if path else None, receipt.words, receipt.summary)


def _still_proven(path: Path, receipt: Receipt) -> Iterator[RenditionReceipt]:
    """Yield the entries of the earlier receipt at `path` for unchanged files that this run did not write.

    Program, source and readout must be those of the earlier run.
    """
    from readout_pub.receipts import read_receipt

    earlier = read_receipt(path) if path.is_file() else None
    if earlier is None or any(
        getattr(earlier, each) != getattr(receipt, each) for each in ("program", "source", "sha256", "page")
    ):
        return
    written = {each.file for each in receipt.renditions}
    for each in earlier.renditions:
        if each.file is None or each.file in written or Path(each.file).name != each.file:
            continue
        if has_digest(path.with_name(each.file), each.sha256):
            yield each


def _remove_outdated_receipt(plan: OutputPlan, renditions: Sequence[Rendition]) -> None:
    """Remove the receipt of an earlier conversion if it describes other bytes."""
    from readout_pub.receipts import read_receipt

    path = plan.receipt_path()
    receipt = read_receipt(path) if path and path.is_file() else None
    if path is None or receipt is None:
        return
    digests = {Path(plan.path(each)).name: hashlib.sha256(each.data).hexdigest() for each in renditions}
    if any(digests.get(each.file or "", each.sha256) != each.sha256 for each in receipt.renditions):
        path.unlink()
        path.with_suffix(".html").unlink(missing_ok=True)


def _print_result(result: ConvertResult, threshold: Severity | None, printed: set[Note], *, verbose: bool) -> None:
    """Print the paths of files to standard output; print errors, and notes at or above `threshold`, to standard error.

    On a terminal, the files of a page share one line; elsewhere, each path has its own line, for other programs.
    Without `threshold`, only errors are printed.
    """
    if threshold:
        notes = [each for each in result.notes if reaches((each,), threshold)]
        print_notes(result.source, without_repeats(notes, printed), each=verbose)
        paths = [file.path for file in result.files if file.path != STANDARD_OUTPUT]
        if paths and sys.stdout is not None and sys.stdout.isatty():
            words = f" ({result.receipt.summary})" if result.receipt else ""
            typer.echo(f"{short_name(result.source)} → {', '.join(paths)}{words}")
        else:
            for path in paths:
                typer.echo(path)
    for error in result.errors:
        print_error(error)
