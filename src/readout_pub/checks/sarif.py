"""Reports as SARIF 2.1.0, the OASIS format in which code hosts and editors show findings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import PurePath
from typing import Literal
from urllib.parse import quote

import msgspec

from readout_pub.checks.results import THIS_PROGRAM, FileReport

VERSION = "2.1.0"

SarifLevel = Literal["note", "warning", "error"]


class SarifRule(msgspec.Struct, frozen=True):
    """A rule: what it requires, what to do about a finding, and the URL of the guideline, "" without a guideline."""

    id: str
    requirement: str
    advice: str = ""
    url: str = ""


class SarifResult(msgspec.Struct, frozen=True):
    """A finding: the file, a description of the place in the file, and what is wrong there."""

    rule: str
    level: SarifLevel
    message: str
    path: str
    where: str


class SarifRun(msgspec.Struct, frozen=True):
    """The findings of one checker; `errors` name the files that could not be read."""

    checker: str
    rules: Sequence[SarifRule]
    results: Sequence[SarifResult]
    errors: Sequence[str] = ()


def sarif_log(runs: Iterable[SarifRun]) -> bytes:
    """Return a SARIF log with these runs."""
    log = {"version": VERSION, "runs": [_run(run) for run in runs]}
    return msgspec.json.format(msgspec.json.encode(log), indent=1) + b"\n"


def to_sarif(reports: Sequence[FileReport]) -> bytes:
    """Return a SARIF log with one run for each checker that has results; this program's run is the first.

    This program's run also names the files that could not be read, even if it has no results. Otherwise these files
    would look like files without faults.
    """
    checkers = dict.fromkeys(result.checker for report in reports for result in report.results)
    errors = tuple(report.error for report in reports if report.error is not None)
    if THIS_PROGRAM in checkers or errors:
        checkers = {THIS_PROGRAM: None} | checkers
    return sarif_log(_run_of(checker, reports, errors if checker == THIS_PROGRAM else ()) for checker in checkers)


def _run_of(checker: str, reports: Sequence[FileReport], errors: Sequence[str]) -> SarifRun:
    results = [(report, result) for report in reports for result in report.results if result.checker == checker]
    requirements = {result.rule: result.requirement for _, result in results}
    return SarifRun(
        checker,
        [SarifRule(rule, requirement) for rule, requirement in requirements.items()],
        [
            SarifResult(result.rule, "error", fault.what, report.path, fault.where)
            for report, result in results
            for fault in result.faults
        ],
        errors,
    )


def _run(run: SarifRun) -> dict[str, object]:
    written: dict[str, object] = {
        "tool": {"driver": {"name": run.checker, "rules": [_rule(rule) for rule in run.rules]}},
        "results": [_result(result) for result in run.results],
    }
    if run.errors:
        notifications = [{"level": "error", "message": {"text": error}} for error in run.errors]
        written["invocations"] = [{"executionSuccessful": False, "toolExecutionNotifications": notifications}]
    return written


def _rule(rule: SarifRule) -> dict[str, object]:
    written: dict[str, object] = {"id": rule.id, "shortDescription": {"text": rule.requirement}}
    if rule.advice:
        written["help"] = {"text": rule.advice}
    if rule.url:
        written["helpUri"] = rule.url
    return written


def _result(result: SarifResult) -> dict[str, object]:
    location = {
        "physicalLocation": {"artifactLocation": {"uri": quote(PurePath(result.path).as_posix())}},
        "logicalLocations": [{"fullyQualifiedName": result.where}],
    }
    return {
        "ruleId": result.rule,
        "level": result.level,
        "message": {"text": result.message},
        "locations": [location],
    }
