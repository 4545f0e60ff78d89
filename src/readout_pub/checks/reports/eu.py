"""A draft of the accessibility statement that public bodies in the EU publish, as HTML.

Its sections are those of the model in the annex of Implementing Decision (EU) 2018/1523.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from readout_pub.checks.criteria import CRITERIA, Criterion, clause
from readout_pub.checks.reports.details import ReportDetails
from readout_pub.checks.reports.english import finding_sentences, line_of_file, remarks
from readout_pub.checks.reports.html_page import bullets, given, html_page
from readout_pub.checks.reports.judgement import Judgement, judge, other_findings
from readout_pub.checks.results import FileReport
from readout_pub.emit.record import program
from readout_pub.notes import number_with_noun

TITLE = "Accessibility statement (draft)"

Judged = Sequence[tuple[Criterion, Judgement]]


def render(reports: Sequence[FileReport], details: ReportDetails) -> bytes:
    """Return the draft on some files as an HTML page."""
    judged = [(criterion, judge(criterion, reports)) for criterion in CRITERIA]
    sections = (
        _introduction(details),
        _compliance_status(judged, reports, details),
        _non_accessible_content(judged, reports),
        _preparation(reports, details),
        _feedback(details),
        _enforcement(details),
        _files(reports),
    )
    return html_page("en", TITLE, (part for section in sections for part in section))


def _introduction(details: ReportDetails) -> Iterator[str]:
    yield (
        "<p><strong>This is a draft, made from automated checks.</strong> A person has to check it, to fill in the "
        "marked places, and to sign for it before it is published.</p>"
    )
    yield (
        f"<p>{_organisation(details)} is committed to making {_product(details)} accessible, in accordance with "
        f"{given(details.legislation, 'the national law that transposes Directive (EU) 2016/2102')}.</p>"
    )
    yield f"<p>This accessibility statement applies to {_product(details)}.</p>"


def _compliance_status(judged: Judged, reports: Sequence[FileReport], details: ReportDetails) -> Iterator[str]:
    yield "<h2>Compliance status</h2>"
    broken = [f"{criterion.number} {criterion.name}" for criterion, _ in judged if _violates_clause(criterion, reports)]
    if broken:
        yield (
            f"<p>{_product(details)} is not fully compliant with EN 301 549: automated checks found that these "
            f"success criteria of WCAG are not met: {escape(', '.join(broken))}. "
            f"{given(None, 'a person has to decide: partially compliant, or not compliant')}</p>"
        )
    else:
        yield (
            "<p>The automated checks found no violation of a success criterion of EN 301 549. They do not show that "
            f"{_product(details)} is compliant with EN 301 549. "
            f"{given(None, 'a person has to decide: fully, partially, or not compliant')}</p>"
        )


def _violates_clause(criterion: Criterion, reports: Sequence[FileReport]) -> bool:
    """Return whether a file violates a criterion, and EN 301 549 applies this criterion to the format of the file."""
    return any(judge(criterion, [each]).findings and clause(criterion.number, each.format) for each in reports)


def _non_accessible_content(judged: Judged, reports: Sequence[FileReport]) -> Iterator[str]:
    """Yield the section on content that is not accessible: criteria, grouped by what is known about them."""
    yield "<h2>Non-accessible content</h2>"
    yield "<h3>Non-compliance with the accessibility requirements</h3>"
    items = [
        f"<strong>{criterion.number} {escape(criterion.name)}</strong>: "
        f"{escape(remarks(criterion, judgement, reports))}"
        for criterion, judgement in judged
        if judgement.findings
    ]
    items += map(escape, finding_sentences(other_findings(CRITERIA, reports)))
    yield bullets(items) if items else "<p>The automated checks found none.</p>"
    yield (
        "<p>The automated checks found no fault under these criteria, but check each only in part. A person has to "
        "judge the rest:</p>"
    )
    yield _list_criteria(judged, "partly")
    yield "<p>No program has checked these criteria; a person has to judge them:</p>"
    yield _list_criteria(judged, "unchecked")
    if any(judgement.outcome == "absent" for _, judgement in judged):
        yield "<p>These criteria concern media, forms or scripts that the files do not have, so they do not apply:</p>"
        yield _list_criteria(judged, "absent")
    yield "<h3>Disproportionate burden</h3>"
    yield f"<p>{given(None, 'what is not accessible because of a disproportionate burden, or: none')}</p>"
    yield "<h3>Content that is not within the scope of the applicable legislation</h3>"
    yield f"<p>{given(None, 'what is not within its scope, or: none')}</p>"


def _list_criteria(judged: Judged, outcome: str) -> str:
    names = [f"{each.number} {each.name}" for each, judgement in judged if judgement.outcome == outcome]
    return bullets(map(escape, names)) if names else "<p>None.</p>"


def _preparation(reports: Sequence[FileReport], details: ReportDetails) -> Iterator[str]:
    date = details.date.isoformat() if details.date else None
    yield "<h2>Preparation of this accessibility statement</h2>"
    yield f"<p>This statement was prepared on {given(date, 'date')}.</p>"
    yield (
        f"<p>It is based on a self-assessment of {number_with_noun(len(reports), 'file')} by the program {program()}. "
        f"{given(None, 'how persons have tested, or who else has tested')}</p>"
    )
    yield f"<p>The statement was last reviewed on {given(None, 'date')}.</p>"


def _feedback(details: ReportDetails) -> Iterator[str]:
    yield "<h2>Feedback and contact information</h2>"
    yield (
        f"<p>To report what is not accessible, or to ask for information in another form, write to "
        f"{_organisation(details)}: {given(details.email, 'e-mail address')}, "
        f"{given(details.website, 'address of the website or of a contact form')}.</p>"
    )


def _enforcement(details: ReportDetails) -> Iterator[str]:
    yield "<h2>Enforcement procedure</h2>"
    yield f"<p>{given(details.enforcement, 'how to complain about an answer, and the body in charge')}</p>"


def _files(reports: Sequence[FileReport]) -> Iterator[str]:
    yield "<h2>Files that were checked</h2>"
    yield bullets(escape(line_of_file(report)) for report in reports)


def _organisation(details: ReportDetails) -> str:
    return given(details.organisation, "name of the public sector body")


def _product(details: ReportDetails) -> str:
    return given(details.product, "name of the website or documents")
