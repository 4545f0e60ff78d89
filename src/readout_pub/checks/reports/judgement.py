"""The judgement on a criterion, from the results of the checks on some files, for all conformance reports.

No judgement says "met": only a person can say this.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec

from readout_pub.checks.criteria import Criterion
from readout_pub.checks.results import Fault, FileReport, RuleResult
from readout_pub.errors import escape_controls

MAX_FAULTS_SHOWN = 5
"""How many faults a report names for each rule and file, so that a table cell stays readable; the rest is counted."""

MAX_FINDINGS_SHOWN = 20
"""How many broken rules of a criterion a report names, once for each file; the rest is counted. Chosen by hand."""

Outcome = Literal["broken", "absent", "partly", "unchecked"]


class BrokenRule(msgspec.Struct, frozen=True):
    """A broken rule: the path of the file, and the result."""

    path: str
    result: RuleResult

    @property
    def faults(self) -> tuple[Fault, ...]:
        """The faults that a report names."""
        return self.result.faults[:MAX_FAULTS_SHOWN]

    @property
    def faults_in_words(self) -> str:
        """The places and descriptions of these faults, in English."""
        return "; ".join(f"{escaped_line(fault.where)}: {escaped_line(fault.what)}" for fault in self.faults)

    @property
    def more(self) -> int:
        """How many faults a report does not name."""
        return len(self.result.faults) - len(self.faults)


class PassedRule(msgspec.Struct, frozen=True):
    """A rule that some files pass: its code, its requirement, and the number of these files."""

    rule: str
    requirement: str
    files: int


class Judgement(msgspec.Struct, frozen=True):
    """What is known about a criterion, with the rules and files that show it.

    "broken": a file breaks a rule; "absent": no file has content to which the criterion applies; "partly": rules found
    no fault, and a person judges the rest; "unchecked": no rule was applied.
    """

    outcome: Outcome
    findings: tuple[BrokenRule, ...]
    passed: tuple[PassedRule, ...]


def judge(criterion: Criterion, reports: Sequence[FileReport]) -> Judgement:
    """Return what the results for some files say about a criterion."""
    served = [
        (report, result) for report in reports for result in report.results if criterion.number in result.criteria
    ]
    findings = tuple(BrokenRule(escaped_line(report.path), result) for report, result in served if result.faults)
    passed = _passed_rules([result for _, result in served if not result.faults])
    if findings:
        return Judgement("broken", findings, passed)
    contents = [report.active_content for report in reports]
    if (
        criterion.is_conditional
        and contents
        and not any(each is None or criterion.concerned(each) for each in contents)
    ):
        return Judgement("absent", (), passed)
    return Judgement("partly" if passed else "unchecked", (), passed)


def other_findings(criteria: Iterable[Criterion], reports: Sequence[FileReport]) -> tuple[BrokenRule, ...]:
    """Return the broken rules outside `criteria`, such as rules of PDF/UA, in the order of the files."""
    numbers = {criterion.number for criterion in criteria}
    return tuple(
        BrokenRule(escaped_line(report.path), result)
        for report in reports
        for result in report.broken
        if numbers.isdisjoint(result.criteria)
    )


def concerned_content(criterion: Criterion, reports: Sequence[FileReport]) -> tuple[str, ...]:
    """Return the sorted names of the media, forms and scripts in the files that a conditional criterion concerns."""
    names = {name for report in reports for name in report.active_content or ()}
    return criterion.concerned(sorted(names)) if criterion.is_conditional else ()


def escaped_line(text: str) -> str:
    """Return `text` on one line, with its control characters escaped."""
    return escape_controls(" ".join(text.split()))


def _passed_rules(results: Sequence[RuleResult]) -> tuple[PassedRule, ...]:
    requirements = {result.rule: result.requirement for result in results}
    codes = [result.rule for result in results]
    return tuple(PassedRule(rule, requirement, codes.count(rule)) for rule, requirement in requirements.items())
