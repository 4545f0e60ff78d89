"""Writes in English, for all reports except that of JIS, what the checks found about criteria and about files."""

from __future__ import annotations

from collections.abc import Sequence

from readout_pub.checks.criteria import Criterion
from readout_pub.checks.reports.judgement import (
    MAX_FINDINGS_SHOWN,
    BrokenRule,
    Judgement,
    concerned_content,
    escaped_line,
)
from readout_pub.checks.results import FileReport, ValidatorRun
from readout_pub.notes import number_with_noun


def remarks(criterion: Criterion, judgement: Judgement, reports: Sequence[FileReport]) -> str:
    """Return the remarks on a criterion: each broken rule with its files and faults, or what remains to be judged."""
    if judgement.findings:
        return " ".join(finding_sentences(judgement.findings))
    if judgement.outcome == "absent":
        kinds = "media or scripts" if criterion.coverage == "media" else "media, forms or scripts"
        return f"The checked files have no {kinds}, so they have nothing to which this criterion applies."
    sentences = [
        f"Passed: {escaped_line(rule.requirement).rstrip('.')} "
        f"(rule {rule.rule}, {number_with_noun(rule.files, 'file')})."
        for rule in judgement.passed
    ]
    if sentences:
        return " ".join((*sentences, "A person has to judge the rest."))
    names = concerned_content(criterion, reports)
    found = f"The files have {', '.join(names)}. " if names else ""
    return f"{found}A person has to judge this."


def finding_sentences(findings: Sequence[BrokenRule]) -> list[str]:
    """Return a sentence for each of the first findings, and a sentence that counts the others."""
    sentences = [finding_sentence(finding) for finding in findings[:MAX_FINDINGS_SHOWN]]
    if more := len(findings) - len(sentences):
        others = number_with_noun(more, "more finding")
        sentences.append(f"{others} {_is_or_are(more)} in the output of `readout-pub check`.")
    return sentences


def finding_sentence(finding: BrokenRule) -> str:
    """Return a sentence that names the file, the rule that it breaks, and the places of the faults."""
    more = f"; and {finding.more} more" if finding.more else ""
    rule = f"{finding.result.rule} ({finding.result.checker})"
    requirement = escaped_line(finding.result.requirement)
    return f"{finding.path} breaks the rule {rule}: {requirement} Faults: {finding.faults_in_words}{more}."


def state_of_file(report: FileReport) -> str:
    """Return how many rules were applied to a file, or why it was not checked, and what its validators did."""
    if report.error is not None:
        return f"It was not checked: {escaped_line(report.error)}."
    rules, broken = number_with_noun(len(report.results), "rule"), len(report.broken)
    sentence = f"{rules} {'was' if rules.startswith('1 ') else 'were'} applied; {broken} {_is_or_are(broken)} broken."
    return " ".join((sentence, *map(_state_of_validator, report.tools)))


def _state_of_validator(run: ValidatorRun) -> str:
    return f"{run.name}: {run.state}{f' ({escaped_line(run.remark)})' if run.remark else ''}."


def line_of_file(report: FileReport) -> str:
    """Return the line for one file in a list of files: its path and its state; an error already names the path."""
    return state_of_file(report) if report.error else f"{escaped_line(report.path)}: {state_of_file(report)}"


def _is_or_are(number: int) -> str:
    return "is" if number == 1 else "are"
