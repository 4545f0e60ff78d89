"""`readout-pub check`: whether outputs are accessible, rule by rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from readout_pub.atomic import write_file
from readout_pub.checks import Verdict, check, format_of
from readout_pub.cli import internal_error_message
from readout_pub.cli.options import Json
from readout_pub.errors import SourceError, ToolMissing, escape_controls

EXAMPLES = """\b
readout-pub check out/*.html out/*.epub out/*.pdf
readout-pub check out/page.epub --full                   ask EPUBCheck and Ace too
readout-pub check out/page.html --report report.html     a conformance report, for people"""

app = typer.Typer(rich_markup_mode=None, add_completion=False)

FOUND = 1
"""The exit code where a rule is broken, or a file could not be read."""


@app.command("check", epilog=EXAMPLES)
def check_command(
    files: Annotated[list[Path], typer.Argument(help="HTML, EPUB and PDF files.", show_default=False)],
    full: Annotated[
        bool, typer.Option("--full", help="Ask veraPDF, EPUBCheck, Ace and axe too, where they are installed.")
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
    """Check whether outputs are accessible; exit 1 if something is found, 3 if a validator is missing.

    A file that cannot be read does not stop the others.
    """
    for path in files:
        format_of(path)  # before time is spent on any of them
    verdicts = [_judged(path) for path in files]
    if full:
        from readout_pub.checks.tools import judged_by_tools

        verdicts = judged_by_tools(verdicts)
    _write(verdicts, sarif, report)
    if json:
        typer.echo(msgspec.json.format(msgspec.json.encode(verdicts), indent=1).decode())
    else:
        for verdict in verdicts:
            _tell(verdict)
    raise typer.Exit(exit_code(verdicts))


def _judged(path: Path) -> Verdict:
    """Check one file; what goes wrong becomes its verdict, and the next goes on."""
    try:
        return check(path)
    except SourceError as error:
        return Verdict(str(path), format_of(path), (), error=str(error))
    except Exception as error:  # noqa: BLE001 - one file that nobody foresaw must not end the check of all others
        return Verdict(
            str(path), format_of(path), (), error=escape_controls(f"{path}: {internal_error_message(error)}")
        )


def _tell(verdict: Verdict) -> None:
    """Say what was found on standard output, and on standard error why nothing was."""
    if verdict.error is None:
        typer.echo("\n".join(portrait(verdict)))
    else:
        typer.echo(f"readout-pub: {verdict.error}", err=True)


def portrait(verdict: Verdict) -> Iterator[str]:
    """Yield the lines that tell a person what was found in one file."""
    yield f"{verdict.path}: {len(verdict.results)} rules, {len(verdict.broken)} broken"
    for result in verdict.broken:
        criteria = f" (WCAG {', '.join(result.criteria)})" if result.criteria else ""
        yield f"  {result.rule}: not so: {result.sentence}{criteria}"
        yield from (f"    {fault.where}: {fault.what}" for fault in result.faults)
    for tool in verdict.tools:
        yield f"  {tool.name}: {tool.state}" + (f"; {tool.remark}" if tool.remark else "")


def exit_code(verdicts: Sequence[Verdict]) -> int:
    """Return 1 if something was found or a file not read, 3 if a validator did not run, else 0."""
    if any(verdict.broken or verdict.error for verdict in verdicts):
        return FOUND
    whole = all(tool.state == "ran" for verdict in verdicts for tool in verdict.tools)
    return 0 if whole else ToolMissing.exit_code


def _write(verdicts: Sequence[Verdict], sarif: Path | None, report: Path | None) -> None:
    if sarif:
        from readout_pub.checks import sarif as form

        write_file(sarif, form.sarif(verdicts))
    if report:
        from readout_pub.checks.report import report as written

        write_file(report, written(verdicts).encode())
