"""`check --full`: runs veraPDF, EPUBCheck, Ace and axe, if installed, and adds their findings to the reports."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec

from readout_pub.checks import external_validators, pdf
from readout_pub.checks.external_validators import Findings, ToolFailed
from readout_pub.checks.results import Fault, FileReport, RuleResult, ValidatorRun
from readout_pub.errors import ToolMissing


class Validator(msgspec.Struct, frozen=True):
    """An external validator: its name, the format it checks, and the function that runs it on files of that format.

    `criteria` are the WCAG criteria for which it has rules.
    """

    name: str
    format: str
    validate: Callable[[Sequence[Path]], Sequence[Findings]]
    criteria: tuple[str, ...] = ()


def run_validators(reports: Sequence[FileReport]) -> list[FileReport]:
    """Return the reports with the findings of every validator for their format, and whether the validator ran.

    Each validator starts once for all files. Files that could not be read are left out: most validators would stop at
    them and report nothing on the others.
    """
    for validator in VALIDATORS:
        applicable = [report for report in reports if _applies(validator, report)]
        extended = iter(_with_findings(validator, applicable))
        reports = [next(extended) if _applies(validator, report) else report for report in reports]
    return list(reports)


def _applies(validator: Validator, report: FileReport) -> bool:
    return report.format == validator.format and report.error is None


def _with_findings(validator: Validator, reports: Sequence[FileReport]) -> Iterator[FileReport]:
    if not reports:
        return
    findings_by_file: Sequence[Findings] = ()
    try:
        findings_by_file = validator.validate([Path(report.path) for report in reports])
        run = ValidatorRun(validator.name, "ran")
    except ToolMissing as reason:
        run = ValidatorRun(validator.name, "missing", reason.what_next or "")
    except ToolFailed as reason:
        run = ValidatorRun(validator.name, "failed", str(reason))
    if run.state != "ran":
        yield from (msgspec.structs.replace(report, tools=(*report.tools, run)) for report in reports)
        return
    for report, findings in zip(reports, findings_by_file, strict=True):
        # A result that says only "veraPDF has to check this" is left out: veraPDF, the validator of PDF, has done so.
        kept = (result for result in report.results if not pdf.needs_verapdf(result))
        results = (*kept, *_results(validator, findings))
        yield msgspec.structs.replace(report, results=results, tools=(*report.tools, run))


def _results(validator: Validator, findings: Findings) -> Iterator[RuleResult]:
    name = validator.name
    yield from () if findings else (RuleResult(name, f"{name} finds nothing.", validator.criteria, (), name),)
    faults: defaultdict[tuple[str, str], list[Fault]] = defaultdict(list)
    for each in findings:
        faults[each.rule, each.criteria].append(Fault(each.where, each.message))
    for (rule, criteria), faults_of_rule in faults.items():
        requirement = f"The file passes {name}'s rule {rule}."
        yield RuleResult(rule, requirement, tuple(criteria.split()), tuple(faults_of_rule), name)


def _verapdf(files: Sequence[Path]) -> list[Findings]:
    """Return veraPDF's findings for each file, by the standards of `pdf.standards_for_verapdf`.

    The name of each rule begins with that of its standard: "ua1 7.1-8".
    """
    requests = [(standard, file) for file in files for standard in pdf.standards_for_verapdf(file.read_bytes())]
    findings_by_file: dict[Path, Findings] = dict.fromkeys(files, ())
    for (standard, file), findings in zip(requests, external_validators.verapdf(requests), strict=True):
        criteria = " ".join(pdf.CRITERIA) if standard.startswith(("ua", "wt")) else ""
        findings_by_file[file] += tuple(
            each._replace(rule=f"{standard} {each.rule}", where=describe_verapdf_context(each.where), criteria=criteria)
            for each in findings
        )
    return list(findings_by_file.values())


def describe_verapdf_context(context: str) -> str:
    """Return the place that a veraPDF context names: page number, tags from the outermost to the innermost, object."""
    page = re.search(r"/pages\[(\d+)\]", context)
    tags = re.findall(r"\(\d+ \d+ obj SE\w* (\w+)\)", context)
    objects = re.findall(r"\((\d+) \d+ obj", context)
    parts = [f"page {int(page[1]) + 1}"] if page else []
    parts += [" > ".join(tags)] if tags else []
    parts += [f"object {objects[-1]}"] if objects else []
    return ", ".join(parts) or "the file"


_AXE_CRITERIA = tuple(
    "1.1.1 1.3.1 1.4.1 1.4.3 1.4.4 1.4.12 2.1.1 2.4.1 2.4.2 2.4.4 2.5.3 2.5.8 3.1.1 3.1.2 4.1.2".split()
)
"""The criteria of levels A and AA for which axe 4.14 has rules that a readout can break. Ace runs axe too."""

VALIDATORS = (
    Validator("veraPDF", "pdf", _verapdf, pdf.CRITERIA),
    Validator("EPUBCheck", "epub", external_validators.epubcheck),
    Validator("Ace", "epub", external_validators.ace, _AXE_CRITERIA),
    Validator("axe", "html", external_validators.axe, _AXE_CRITERIA),
)
"""The validators of the full check, in the order in which they run."""
