"""Writes an HTML report with a table for each file: the criteria of WCAG 2.2 and their clauses of EN 301 549.

Its form is that of the Voluntary Product Accessibility Template (VPAT) of the Information Technology Industry Council.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import starmap

from readout_pub.checks.criteria import CRITERIA, Criterion, clause
from readout_pub.checks.reports.details import ReportDetails
from readout_pub.checks.reports.english import finding_sentence, remarks, state_of_file
from readout_pub.checks.reports.html_page import html_page, table
from readout_pub.checks.reports.judgement import Judgement, Outcome, escaped_line, judge, other_findings
from readout_pub.checks.results import FileReport
from readout_pub.emit.record import program

TITLE = "Accessibility conformance report"

INTRODUCTION = """\
<p>Each table has the criteria of WCAG 2.2, levels A and AA, and the clauses of EN 301 549 V3.2.1 that contain them; “–”
stands for no clause. Each finding comes from an automated check. A program can find that a criterion is not met. Only a
person can say that a criterion is met; this report does not say so.</p>"""

CONFORMANCE: dict[Outcome, str] = {
    "broken": "Does not support",
    "absent": "Not applicable",
    "partly": "Partly checked",
    "unchecked": "Not checked",
}

HEADS = ("Criterion", "Level", "EN 301 549", "Conformance", "Remarks")


def render(reports: Sequence[FileReport], details: ReportDetails) -> bytes:
    """Return the report on some files as an HTML page."""
    facts = [details.organisation, details.product, details.date and details.date.isoformat()]
    known = ", ".join(fact for fact in facts if fact)
    parts = [
        INTRODUCTION,
        f"<p>The checks were made by the program {escape(program())}.</p>",
        *([f"<p>{escape(known)}</p>"] if known else []),
    ]
    numbered = list(enumerate(reports, 1))
    if len(reports) > 1:
        worst_first = sorted(numbered, key=lambda each: (each[1].error is None, -len(each[1].broken)))
        parts.append(table("Files", ("File", "State"), starmap(_file_row, worst_first)))
    sections = (part for number, report in numbered for part in _file_section(number, report))
    return html_page("en", TITLE, (*parts, *sections))


def _file_row(number: int, report: FileReport) -> tuple[str, str]:
    """Return a row of the list of files: a link to the section of the file, and the state of the file."""
    return f'<a href="#file-{number}">{escape(escaped_line(report.path))}</a>', escape(state_of_file(report))


def _file_section(number: int, report: FileReport) -> Iterator[str]:
    path = escaped_line(report.path)
    yield f'<h2 id="file-{number}">{escape(path)}</h2>'
    digest = f" SHA-256 of the file: <code>{report.sha256}</code>" if report.sha256 else ""
    yield f"<p>{escape(state_of_file(report))}{digest}</p>"
    if report.error is None:
        rows = ([escape(cell) for cell in row] for row in _rows(report))
        yield table(f"Criteria for {path}", HEADS, rows)


def _rows(report: FileReport) -> Iterator[tuple[str, ...]]:
    for criterion in CRITERIA:
        yield _row(criterion, judge(criterion, [report]), report)
    for finding in other_findings(CRITERIA, [report]):
        yield (finding.result.rule, "–", "–", CONFORMANCE["broken"], finding_sentence(finding))


def _row(criterion: Criterion, judgement: Judgement, report: FileReport) -> tuple[str, ...]:
    return (
        f"{criterion.number} {criterion.name}",
        criterion.level,
        clause(criterion.number, report.format) or "–",
        CONFORMANCE[judgement.outcome],
        remarks(criterion, judgement, [report]),
    )
