"""Reports as SARIF 2.1.0, the OASIS format in which code hosts and editors show findings."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from urllib.parse import quote

import msgspec

from readout_pub.checks.results import THIS_PROGRAM, Fault, FileReport, RuleResult

VERSION = "2.1.0"


def to_sarif(reports: Sequence[FileReport]) -> bytes:
    """Return a SARIF log with one run for each program that has results, this program first.

    The run of this program also names the files that could not be read, so that an unread file does not look like one
    without faults.
    """
    failed = [THIS_PROGRAM] if any(report.error for report in reports) else []
    programs = dict.fromkeys([*failed, *(result.by for report in reports for result in report.results)])
    log = {"version": VERSION, "runs": [_run(program, reports) for program in programs]}
    return msgspec.json.format(msgspec.json.encode(log), indent=1) + b"\n"


def _run(program: str, reports: Sequence[FileReport]) -> dict[str, object]:
    results = [(report, result) for report in reports for result in report.results if result.by == program]
    rules = {result.rule: result.sentence for _, result in results}
    described = [{"id": rule, "shortDescription": {"text": sentence}} for rule, sentence in rules.items()]
    return {
        "tool": {"driver": {"name": program, "rules": described}},
        "results": [_result(report, result, fault) for report, result in results for fault in result.faults],
    } | (_invocations(reports) if program == THIS_PROGRAM else {})


def _invocations(reports: Sequence[FileReport]) -> dict[str, object]:
    """Return the property that names the files that could not be read; nothing if all could."""
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
