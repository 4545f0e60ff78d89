"""Reports as SARIF 2.1.0, the OASIS format in which code hosts and editors show findings."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from urllib.parse import quote

import msgspec

from readout_pub.checks.results import THIS_PROGRAM, Fault, FileReport, RuleResult

VERSION = "2.1.0"


def to_sarif(reports: Sequence[FileReport]) -> bytes:
    """Return a SARIF log with one run for each checker that has results; this program's run is the first.

    This program's run also names the files that could not be read, even if it has no results. Otherwise these files
    would look like files without faults.
    """
    checkers = dict.fromkeys(result.checker for report in reports for result in report.results)
    if THIS_PROGRAM in checkers or any(report.error for report in reports):
        checkers = {THIS_PROGRAM: None} | checkers
    log = {"version": VERSION, "runs": [_run(checker, reports) for checker in checkers]}
    return msgspec.json.format(msgspec.json.encode(log), indent=1) + b"\n"


def _run(checker: str, reports: Sequence[FileReport]) -> dict[str, object]:
    results = [(report, result) for report in reports for result in report.results if result.checker == checker]
    requirements = {result.rule: result.requirement for _, result in results}
    rules = [{"id": rule, "shortDescription": {"text": requirement}} for rule, requirement in requirements.items()]
    return {
        "tool": {"driver": {"name": checker, "rules": rules}},
        "results": [_result(report, result, fault) for report, result in results for fault in result.faults],
    } | (_invocations(reports) if checker == THIS_PROGRAM else {})


def _invocations(reports: Sequence[FileReport]) -> dict[str, object]:
    """Return the property that names the files that could not be read; an empty dict if all files were read."""
    notifications = [
        {"level": "error", "message": {"text": report.error}} for report in reports if report.error is not None
    ]
    if not notifications:
        return {}
    return {"invocations": [{"executionSuccessful": False, "toolExecutionNotifications": notifications}]}


def _result(report: FileReport, result: RuleResult, fault: Fault) -> dict[str, object]:
    location = {
        "physicalLocation": {"artifactLocation": {"uri": quote(PurePath(report.path).as_posix())}},
        "logicalLocations": [{"fullyQualifiedName": fault.where}],
    }
    return {"ruleId": result.rule, "level": "error", "message": {"text": fault.what}, "locations": [location]}
