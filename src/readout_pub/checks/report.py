"""The accessibility conformance report: a table of the kind that EN 301 549 and VPAT ask for, as one HTML page.

It states only what the checks found. If all rules of a criterion pass, the report does not call the criterion met, but
says that a person has to judge the rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from readout_pub.checks.criteria import CRITERIA, Criterion
from readout_pub.checks.results import FileReport, RuleResult
from readout_pub.content_security_policy import policy_element
from readout_pub.styles import style_sheet

PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
{policy}
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Accessibility conformance report</title>
<style>
{style}</style>
</head>
<body>
<main>
<h1>Accessibility conformance report</h1>
<p>WCAG 2.2, levels A and AA, by the clauses of EN 301 549. Each finding comes from a check by program. A program can
find that a criterion is not met; that it is met, only a person can say, and this report does not say it.</p>
{files}
</main>
</body>
</html>
"""

FILE = """\
<h2>{path}</h2>
<p>{summary}</p>
{tools}<div class="scroll" role="region" aria-label="Criteria for {path}" tabindex="0">
<table>
<thead>
<tr><th scope="col">Criterion</th><th scope="col">Level</th><th scope="col">EN 301 549</th>\
<th scope="col">Conformance</th><th scope="col">Remarks</th></tr>
</thead>
<tbody>
{rows}
</tbody>
</table>
</div>
"""

UNREADABLE_FILE = """\
<h2>{path}</h2>
<p>It was not checked: {error}.</p>
"""

CLAUSES = {"html": 9, "epub": 10, "pdf": 10}
"""Format → the clause of EN 301 549 with its criteria: 9 for the web, 10 for other documents."""

MAX_FAULTS_SHOWN = 5
"""How many faults of a rule the remarks name, so that a table cell stays readable; the rest are only counted."""


def render_report(reports: Sequence[FileReport]) -> str:
    """Return the conformance report on some files as an HTML page."""
    return PAGE.format(policy=policy_element(), style=style_sheet("html"), files="".join(map(_file_section, reports)))


def conformance(criterion: Criterion, results: Sequence[RuleResult]) -> str:
    """Return the conformance level of a criterion, given the results of its rules.

    Never "Supports": a program cannot establish that.
    """
    if any(result.faults for result in results):
        return "Does not support"
    if criterion.coverage == "absent":
        return "Not applicable"
    return "Partly checked" if results else "Not checked"


def _file_section(report: FileReport) -> str:
    if report.error is not None:
        return UNREADABLE_FILE.format(path=escape(report.path), error=escape(report.error))
    count = len(report.broken)
    summary = f"{len(report.results)} rules were applied; {count} {'is' if count == 1 else 'are'} broken."
    tools = "".join(f"<li>{escape(tool.name)}: {tool.state} {escape(tool.remark)}</li>\n" for tool in report.tools)
    return FILE.format(
        path=escape(report.path),
        summary=summary,
        tools=f"<ul>\n{tools}</ul>\n" if tools else "",
        rows="\n".join(_criteria_rows(report)),
    )


def _criteria_rows(report: FileReport) -> Iterator[str]:
    for criterion in CRITERIA:
        served = [result for result in report.results if criterion.number in result.criteria]
        yield _table_row(
            f"{criterion.number} {criterion.name}",
            criterion.level,
            f"{CLAUSES[report.format]}.{criterion.number}",
            conformance(criterion, served),
            _remarks(criterion, served),
        )
    for result in report.results:
        if result.faults and not result.criteria:
            yield _table_row(result.rule, "–", "–", "Does not support", _describe_faults(result))


def _table_row(name: str, *cells: str) -> str:
    return f'<tr><th scope="row">{escape(name)}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in cells)}</tr>'


def _remarks(criterion: Criterion, results: Sequence[RuleResult]) -> str:
    broken = [_describe_faults(result) for result in results if result.faults]
    if broken:
        return " ".join(broken)
    if criterion.coverage == "absent":
        return "A readout has nothing to which this criterion applies."
    passed = "; ".join(result.requirement.rstrip(".") for result in results)
    return f"Passed: {passed}. A person has to judge the rest." if passed else "A person has to judge this."


def _describe_faults(result: RuleResult) -> str:
    shown = "; ".join(f"{fault.where}: {fault.what}" for fault in result.faults[:MAX_FAULTS_SHOWN])
    more = len(result.faults) - MAX_FAULTS_SHOWN
    return f"Broken: {result.requirement} {shown}{f'; and {more} more' if more > 0 else ''}."
