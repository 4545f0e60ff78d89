"""The accessibility conformance report: a table of the kind that EN 301 549 and VPAT ask for, as one HTML page.

It says what the checks found and no more. No criterion is said to be met because a program found nothing: where rules
passed, the rest is left to a person, and says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from readout_pub.checks.criteria import CRITERIA, Criterion
from readout_pub.checks.verdict import Result, Verdict
from readout_pub.styles import style_sheet

PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
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

UNREAD = """\
<h2>{path}</h2>
<p>It was not checked, and nothing is said of it: {error}.</p>
"""

CLAUSES = {"html": 9, "epub": 10, "pdf": 10}
"""Format → the clause of EN 301 549 under which its criteria stand: web, or documents that are not."""

MOST_FAULTS = 5
"""So many faults of a rule are told; the rest are counted."""


def report(verdicts: Sequence[Verdict]) -> str:
    """Return the report on some files as HTML."""
    return PAGE.format(style=style_sheet("html"), files="".join(map(_file, verdicts)))


def conformance(criterion: Criterion, results: Sequence[Result]) -> str:
    """Return what may be said of a criterion after these results, which are those of its rules."""
    if any(result.faults for result in results):
        return "Does not support"
    if criterion.judge == "absent":
        return "Not applicable"
    return "Partly checked" if results else "Not checked"


def _file(verdict: Verdict) -> str:
    if verdict.error is not None:
        return UNREAD.format(path=escape(verdict.path), error=escape(verdict.error))
    count = len(verdict.broken)
    summary = f"{len(verdict.results)} rules were applied; {count} {'is' if count == 1 else 'are'} broken."
    tools = "".join(f"<li>{escape(tool.name)}: {tool.state} {escape(tool.remark)}</li>\n" for tool in verdict.tools)
    return FILE.format(
        path=escape(verdict.path),
        summary=summary,
        tools=f"<ul>\n{tools}</ul>\n" if tools else "",
        rows="\n".join(_rows(verdict)),
    )


def _rows(verdict: Verdict) -> Iterator[str]:
    for criterion in CRITERIA:
        served = [result for result in verdict.results if criterion.number in result.criteria]
        yield _row(
            f"{criterion.number} {criterion.name}",
            criterion.level,
            f"{CLAUSES[verdict.format]}.{criterion.number}",
            conformance(criterion, served),
            _remarks(criterion, served),
        )
    for result in verdict.results:
        if result.faults and not result.criteria:
            yield _row(result.rule, "–", "–", "Does not support", _broken(result))


def _row(name: str, *cells: str) -> str:
    return f'<tr><th scope="row">{escape(name)}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in cells)}</tr>'


def _remarks(criterion: Criterion, results: Sequence[Result]) -> str:
    broken = [_broken(result) for result in results if result.faults]
    if broken:
        return " ".join(broken)
    if criterion.judge == "absent":
        return "The document has nothing of the kind."
    passed = "; ".join(result.sentence.rstrip(".") for result in results)
    return f"Passed: {passed}. A person has to judge the rest." if passed else "A person has to judge this."


def _broken(result: Result) -> str:
    told = "; ".join(f"{fault.where}: {fault.what}" for fault in result.faults[:MOST_FAULTS])
    more = len(result.faults) - MOST_FAULTS
    return f"Not so: {result.sentence} {told}{f'; and {more} more' if more > 0 else ''}."
