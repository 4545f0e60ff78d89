"""`readout-pub check`: accessibility checks of outputs, rule by rule."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from readout_pub.atomic import write_file
from readout_pub.checks import FileReport, check, files_in, format_of
from readout_pub.checks.reports import REPORTS, render_report
from readout_pub.checks.reports.details import ReportDetails, read_details
from readout_pub.cli import internal_error_message
from readout_pub.cli.console import print_error, print_json
from readout_pub.cli.options import Json, PageMemory, PageTimeout, parse_day, require_not_read, require_suffix
from readout_pub.errors import ReadoutError, ToolMissing, UsageError, escape_controls
from readout_pub.limits import PAGE_MEMORY, PAGE_TIMEOUT, PageLimits
from readout_pub.notes import number_with_noun
from readout_pub.output import STANDARD_OUTPUT

EXAMPLES = """\b
readout-pub check out/                                    every HTML, EPUB and PDF file in it
readout-pub check out/*.html out/*.epub out/*.pdf
readout-pub check out/page.epub --full                   also run EPUBCheck and Ace
readout-pub check out/ --report report.html              a conformance report (EN 301 549) for people
readout-pub check out/ --report openacr:report.yaml --report jis:result.html --report eu:statement.html"""

app = typer.Typer(rich_markup_mode=None, add_completion=False)

UNKNOWN_FORMAT = ""
"""The `format` of a file of an unknown format, or of a folder without files to check."""

DEFAULT_REPORT = "en301549"
"""If the suffix of a report file is unknown, the error names the suffixes of this format."""

FAILED = 1
"""The exit code if a rule is broken or a file could not be read."""


@app.command("check", epilog=EXAMPLES)
def check_command(
    files: Annotated[
        list[Path],
        typer.Argument(help="HTML, EPUB and PDF files, and folders of them.", show_default=False, metavar="FILE"),
    ],
    full: Annotated[
        bool, typer.Option("--full", help="Also run veraPDF, EPUBCheck, Ace and axe, where they are installed.")
    ] = False,
    sarif: Annotated[
        Path | None, typer.Option(help="Write the findings as SARIF, for code hosts.", metavar="FILE")
    ] = None,
    report: Annotated[
        list[str] | None,
        typer.Option(
            help="Write a conformance report: en301549 (HTML, in the form of a VPAT), openacr (YAML), jis (test result "
            "of JIS X 8341-3:2016) or eu (draft of the EU's accessibility statement). Without FILE it is printed; "
            "without FORMAT the suffix decides: .html is en301549, .yaml openacr. May be repeated.",
            metavar="[FORMAT:]FILE",
        ),
    ] = None,
    report_details: Annotated[
        Path | None,
        typer.Option(
            help="A TOML file with facts for the reports: organisation, product, email, website, level, legislation, "
            "enforcement and date.",
            metavar="FILE",
        ),
    ] = None,
    report_date: Annotated[
        str | None, typer.Option(help="The day of the check, for the reports.", metavar="YYYY-MM-DD")
    ] = None,
    page_timeout: PageTimeout = PAGE_TIMEOUT,
    page_memory: PageMemory = PAGE_MEMORY,
    json: Json = False,
) -> None:
    """Check whether outputs are accessible; exit 1 if a rule is broken, 3 if a validator did not run.

    A file that cannot be read, or that is of another format, does not stop the others; the exit code is then 1.
    """
    targets = report_targets(report or ())
    details = _report_details(report_details, report_date, wanted=bool(targets))
    printed = sum(target.file is None for target in targets) + json
    if printed > 1:
        raise UsageError(
            "standard output takes one report" + (" or --json, not both" if json else ""),
            where="--report",
            what_next="name a file, as in openacr:report.yaml",
        )
    require_suffix(sarif, "SARIF", (".sarif", ".json"), "--sarif")
    require_not_read(sarif, files, "--sarif")
    for target in targets:
        require_not_read(target.file, (*files, report_details), "--report")
    limits = PageLimits(page_timeout, page_memory)
    reports = [report for path in files for report in _check_path(path, limits)]
    if full:
        from readout_pub.checks.full_check import run_validators

        reports = run_validators(reports)
    _write_reports(reports, sarif, targets, details)
    if json:
        print_json(reports)
    else:
        for each in reports:
            _print_report(each, only_error=printed > 0)
        if len(reports) > 1 and not printed:
            typer.echo(_summary(reports))
    raise typer.Exit(exit_code(reports))


def _check_path(path: Path, limits: PageLimits) -> Iterator[FileReport]:
    """Check a file, or all HTML, EPUB and PDF files of a folder; a folder without any gives an error."""
    paths = files_in(path) if path.is_dir() else iter((path,))
    first = next(paths, None)
    if first is None:
        error = escape_controls(f"{path}: there is no HTML, EPUB or PDF file in it; name a folder with outputs")
        yield FileReport(str(path), UNKNOWN_FORMAT, (), error=error)
        return
    yield _check_file(first, limits)
    yield from (_check_file(each, limits) for each in paths)


def _check_file(path: Path, limits: PageLimits) -> FileReport:
    """Check one file; an error becomes part of its report."""
    try:
        return limits.call(lambda: check(path), path, where=str(path))
    except ReadoutError as error:
        message = str(error)
    except Exception as error:  # noqa: BLE001 - an unforeseen error in one file must not stop the check of the others
        message = escape_controls(f"{path}: {internal_error_message(error)}")
    return FileReport(str(path), _format_or_unknown(path), (), error=message)


def _format_or_unknown(path: Path) -> str:
    try:
        return format_of(path)
    except UsageError:
        return UNKNOWN_FORMAT


def _print_report(report: FileReport, *, only_error: bool) -> None:
    """Print an error to standard error, else, without `only_error`, the results to standard output."""
    if report.error is not None:
        print_error(report.error)
    elif not only_error:
        typer.echo("\n".join(map(escape_controls, report_lines(report))))


def _summary(reports: Sequence[FileReport]) -> str:
    """Return how many files break a rule, and how many were not checked."""
    counts = {
        "with no broken rule": sum(bool(report.results) and not report.broken for report in reports),
        "with broken rules": sum(bool(report.broken) for report in reports),
        "not checked": sum(not report.results for report in reports),
    }
    shown = (f"{count:,} {words}" for words, count in counts.items() if count)
    return f"{number_with_noun(len(reports), 'file')}: {', '.join(shown)}"


def report_lines(report: FileReport) -> Iterator[str]:
    """Yield the lines that show people the results for one file."""
    yield f"{report.path}: {number_with_noun(len(report.results), 'rule')}, {len(report.broken)} broken"
    for result in report.broken:
        criteria = f" (WCAG {', '.join(result.criteria)})" if result.criteria else ""
        yield f"  {result.rule}: broken: {result.requirement}{criteria}"
        yield from (f"    {fault.where}: {fault.what}" for fault in result.faults)
    for run in report.tools:
        yield f"  {run.name}: {run.state}" + (f"; {run.remark}" if run.remark else "")


def exit_code(reports: Sequence[FileReport]) -> int:
    """Return 1 if a rule is broken or a file could not be read, 3 if a validator did not run, else 0."""
    if any(report.broken or report.error for report in reports):
        return FAILED
    all_ran = all(run.state == "ran" for report in reports for run in report.tools)
    return 0 if all_ran else ToolMissing.exit_code


class ReportTarget(msgspec.Struct, frozen=True):
    """A conformance report to write: its format, and its file, which is None for standard output."""

    format: str
    file: Path | None


def report_targets(values: Sequence[str]) -> tuple[ReportTarget, ...]:
    """Return the reports that values of `--report` name: a format, a file, or "FORMAT:FILE".

    Raises a UsageError for an unknown format, a suffix of another format, or two reports in one file.
    """
    targets = tuple(map(_report_target, values))
    files = [target.file for target in targets if target.file]
    for file in files:
        if files.count(file) > 1:
            raise UsageError("two reports cannot be in one file", where=f"--report {file}", what_next="name two files")
    return targets


_FORMAT_AND_FILE = re.compile(r"([A-Za-z][\w-]+):(.*)", re.DOTALL)
"""A format before a colon. One letter alone is a drive of Windows."""


def _report_target(value: str) -> ReportTarget:
    """Return the report that one value of `--report` names; UsageError if it names none."""
    if value.lower() in REPORTS:
        return ReportTarget(value.lower(), None)
    if (named := _FORMAT_AND_FILE.fullmatch(value)) is None:
        file = Path(value)
        found = (name for name, each in REPORTS.items() if file.suffix.lower() in each.suffixes)
        report_format = next(found, DEFAULT_REPORT)
        if not file.suffix:
            raise UsageError(
                "this is neither a format nor a file with a suffix",
                where=f"--report {value}",
                what_next=f"take one of the formats {', '.join(REPORTS)}, or name the file {value}.html",
            )
    else:
        report_format, name = named[1].lower(), named[2]
        if report_format not in REPORTS:
            raise UsageError(
                f"there is no report {named[1]!r}",
                where=f"--report {value}",
                what_next=f"take one of {', '.join(REPORTS)}",
            )
        if name in {"", STANDARD_OUTPUT}:
            return ReportTarget(report_format, None)
        file = Path(name)
    require_suffix(file, REPORTS[report_format].file_type, REPORTS[report_format].suffixes, "--report")
    return ReportTarget(report_format, file)


def _report_details(path: Path | None, date: str | None, *, wanted: bool) -> ReportDetails:
    """Return what `--report-details` and `--report-date` state; a UsageError if no report is wanted."""
    for name, value in (("--report-details", path), ("--report-date", date)):
        if value is not None and not wanted:
            raise UsageError("there is no report that needs it", where=f"{name} {value}", what_next="add --report")
    details = read_details(path) if path else ReportDetails()
    return msgspec.structs.replace(details, date=parse_day(date, "--report-date")) if date else details


def _write_reports(
    reports: Sequence[FileReport], sarif: Path | None, targets: Sequence[ReportTarget], details: ReportDetails
) -> None:
    if sarif:
        from readout_pub.checks.sarif import to_sarif

        write_file(sarif, to_sarif(reports))
    for target in targets:
        data = render_report(target.format, reports, details)
        if target.file:
            write_file(target.file, data)
        else:
            typer.echo(data, nl=False)
