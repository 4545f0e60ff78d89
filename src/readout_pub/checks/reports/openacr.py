"""The report as OpenACR: the YAML format for conformance reports of the US General Services Administration (GSA).

Schema 0.1.0 and the catalog of WCAG 2.2: https://github.com/GSA/openacr. Only "does-not-support", "not-applicable" and
"not-evaluated" occur: only people can give the other levels of the format, "supports" and "partially-supports".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from readout_pub.checks.criteria import CRITERIA, Criterion
from readout_pub.checks.reports.details import ReportDetails
from readout_pub.checks.reports.english import finding_sentences, line_of_file, remarks
from readout_pub.checks.reports.judgement import Outcome, judge, other_findings
from readout_pub.checks.results import FileReport
from readout_pub.emit.record import program
from readout_pub.notes import number_with_noun

CATALOG = "2.5-edition-wcag-2.2-en"

LEVELS: dict[Outcome, str] = {
    "broken": "does-not-support",
    "absent": "not-applicable",
    "partly": "not-evaluated",
    "unchecked": "not-evaluated",
}

COMPONENTS = {"web": ("html",), "electronic-docs": ("epub", "pdf")}
"""Component of the catalog → formats of files."""

NOTES = """\
A draft, made from automated checks. A program can find that a criterion is not met; only a person can say that \
it is met. Every other criterion that may apply has the level "not-evaluated" until a person gives it another; its \
notes say which rules passed."""

TO_FILL_IN = "to be filled in"


def render(reports: Sequence[FileReport], details: ReportDetails) -> bytes:
    """Return the report on some files as YAML."""
    import yaml

    return yaml.safe_dump(
        _report(reports, details), sort_keys=False, allow_unicode=True, explicit_start=True, width=75
    ).encode()


def _report(reports: Sequence[FileReport], details: ReportDetails) -> dict[str, object]:
    """Return the report in the structure of OpenACR's schema."""
    author = {
        "name": details.organisation or TO_FILL_IN,
        "email": details.email or TO_FILL_IN,
        **({"website": details.website} if details.website else {}),
    }
    others = finding_sentences(other_findings(CRITERIA, reports))
    return {
        "title": f"{details.organisation or f'[{TO_FILL_IN}]'} Accessibility Conformance Report",
        "product": {"name": details.product or TO_FILL_IN, "description": f"{number_with_noun(len(reports), 'file')}"},
        "author": author,
        **({"report_date": details.date.isoformat()} if details.date else {}),
        "notes": " ".join((NOTES, *(["Findings that concern no criterion of WCAG 2.2:", *others] if others else []))),
        "evaluation_methods_used": " ".join(
            (
                f"Rules applied by {program()} and the validators named here. No person has evaluated the files.",
                *map(line_of_file, reports),
            )
        ),
        "catalog": CATALOG,
        "chapters": {
            "success_criteria_level_a": {"criteria": _criteria("A", reports)},
            "success_criteria_level_aa": {"criteria": _criteria("AA", reports)},
            "success_criteria_level_aaa": {"disabled": True, "notes": "Level AAA was not evaluated."},
        },
    }


def _criteria(level: str, reports: Sequence[FileReport]) -> list[dict[str, object]]:
    return [
        {"num": criterion.number, "components": list(_components(criterion, reports))}
        for criterion in CRITERIA
        if criterion.level == level
    ]


def _components(criterion: Criterion, reports: Sequence[FileReport]) -> Iterator[dict[str, object]]:
    for name, formats in COMPONENTS.items():
        files = [report for report in reports if report.format in formats]
        if files:
            judgement = judge(criterion, files)
            adherence = {"level": LEVELS[judgement.outcome], "notes": remarks(criterion, judgement, files)}
            yield {"name": name, "adherence": adherence}
