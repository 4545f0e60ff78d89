"""`readout-pub check`: accessibility checks of outputs, rule by rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from readout_pub.atomic import write_file
from readout_pub.checks import FileReport, check, files_in, format_of
from readout_pub.cli import internal_error_message
from readout_pub.cli.console import print_error, print_json
from readout_pub.cli.options import Json, require_suffix
from readout_pub.errors import ReadoutError, ToolMissing, UsageError, escape_controls

EXAMPLES = """\b
readout-pub check out/                                    every HTML, EPUB and PDF file in it
readout-pub check out/*.html out/*.epub out/*.pdf
readout-pub check out/page.epub --full                   also run EPUBCheck and Ace
readout-pub check out/page.html --report report.html     a conformance report for people"""

app = typer.Typer(rich_markup_mode=None, add_completion=False)

UNKNOWN_FORMAT = ""
"""The format, in a report, of what cannot be checked."""

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
        Path | None,
        typer.Option(help="Write an accessibility conformance report (EN 301 549) as HTML.", metavar="FILE"),
    ] = None,
    json: Json = False,
) -> None:
    """Check whether outputs are accessible; exit 1 if a rule is broken, 3 if a validator is missing.

    A file that cannot be read, or that is of another format, does not stop the others; the exit code is then 1.
    """
    require_suffix(report, "HTML", (".html", ".htm"), "--report")
    require_suffix(sarif, "SARIF", (".sarif", ".json"), "--sarif")
    reports = [report for path in files for report in _check_path(path)]
    if full:
        from readout_pub.checks.full_check import run_validators

        reports = run_validators(reports)
    _write_reports(reports, sarif, report)
    if json:
        print_json(reports)
    else:
        for each in reports:
            _print_report(each)
    raise typer.Exit(exit_code(reports))


def _check_path(path: Path) -> Iterator[FileReport]:
    """Check a file, or every file of a folder that can be checked; a folder without any gives an error."""
    paths = files_in(path) if path.is_dir() else iter((path,))
    first = next(paths, None)
    if first is None:
        error = escape_controls(f"{path}: there is no HTML, EPUB or PDF file in it; name a folder with outputs")
        yield FileReport(str(path), UNKNOWN_FORMAT, (), error=error)
        return
    yield _check_file(first)
    yield from map(_check_file, paths)


def _check_file(path: Path) -> FileReport:
    """Check one file; an error becomes part of its report, so that the other files are still checked."""
    try:
        return check(path)
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


def _print_report(report: FileReport) -> None:
    """Print the results to standard output, or the error to standard error."""
    if report.error is None:
        typer.echo("\n".join(report_lines(report)))
    else:
        print_error(report.error)


def report_lines(report: FileReport) -> Iterator[str]:
    """Yield the lines that show people the results for one file."""
    yield f"{report.path}: {len(report.results)} rules, {len(report.broken)} broken"
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


def _write_reports(reports: Sequence[FileReport], sarif: Path | None, conformance: Path | None) -> None:
    if sarif:
        from readout_pub.checks.sarif import to_sarif

        write_file(sarif, to_sarif(reports))
    if conformance:
        from readout_pub.checks.report import render_report

        write_file(conformance, render_report(reports).encode())
