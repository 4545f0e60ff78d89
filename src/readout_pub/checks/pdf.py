"""Checks PDF files without Java: PDF/UA-1 and PDF/A with page-validation, and the alternative texts of photos."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from readout_pub.checks.alt_words import ALT_WORDS, meaningless_alt
from readout_pub.checks.results import CheckRule, Fault, RuleResult
from readout_pub.emit.pdf.pdfium import PDFIUM, pdfium_string
from readout_pub.errors import SourceError, ToolMissing
from readout_pub.install_commands import install_extra

if TYPE_CHECKING:
    import pypdfium2
    from page import ValidationFailure, ValidationReport

VALIDATOR = "page-validation"

CRITERIA = ("1.1.1", "1.3.1", "1.3.2", "2.4.2", "3.1.1", "4.1.2")
"""The WCAG criteria that rules of PDF/UA concern."""

STANDARDS = {"ua1": "PDF/UA-1", "1a": "PDF/A-1a", "1b": "PDF/A-1b"} | {
    f"{part}{level}": f"PDF/A-{part}{level}" for part in "23" for level in "abu"
}
"""The standards that page-validation can check → their usual spelling."""

_CLAIM = re.compile(rb"pdf(ua|a)id:(part|conformance)(?:>|\s*=\s*[\"'])\s*(\w+)")
"""A claim in XMP, as element or attribute, in the bytes of the file: PDF/A-1 forbids to compress the XMP packet, and
this program never does.
"""

DEFAULT_STANDARDS = ("ua1",)
"""The standards that are checked if a file claims none."""

_WELL_TAGGED_PDF = b"http://pdfa.org/declarations/wtpdf#accessibility1.0"

NEEDS_VERAPDF = "only veraPDF can check this standard: add --full"


def claimed_standards(data: bytes) -> tuple[str, ...]:
    """Return the standards that a PDF claims in its XMP metadata, such as ("ua1", "2a")."""
    values = {(match[1], match[2]): match[3].decode().lower() for match in _CLAIM.finditer(data)}
    ua_part, a_part = values.get((b"ua", b"part")), values.get((b"a", b"part"))
    a_level = values.get((b"a", b"conformance"), "")
    return tuple(filter(None, (ua_part and f"ua{ua_part}", a_part and f"{a_part}{a_level}")))


def standards_for_verapdf(data: bytes) -> tuple[str, ...]:
    """Return the standards that veraPDF checks: the claimed ones, else PDF/UA-1; and Well-Tagged PDF if declared."""
    return (*(claimed_standards(data) or DEFAULT_STANDARDS), *(["wt1a"] if _WELL_TAGGED_PDF in data else []))


def active_content(data: bytes) -> tuple[str, ...] | None:
    """Return the names of the forms, scripts and media of a PDF, sorted; None if the PDF cannot be read."""
    import pypdfium2
    from pypdfium2 import raw

    kinds = {
        raw.FPDF_ANNOT_WIDGET: "a form field",
        raw.FPDF_ANNOT_XFAWIDGET: "a form field",
        raw.FPDF_ANNOT_SOUND: "sound",
        raw.FPDF_ANNOT_MOVIE: "video",
        raw.FPDF_ANNOT_SCREEN: "video",
        raw.FPDF_ANNOT_RICHMEDIA: "video",
        raw.FPDF_ANNOT_THREED: "a 3D model",
    }
    try:
        with PDFIUM, pypdfium2.PdfDocument(data) as pdf:
            found = {"a form"} if pdf.get_formtype() != raw.FORMTYPE_NONE else set()
            if raw.FPDFDoc_GetJavaScriptActionCount(pdf) > 0:
                found.add("a script")
            for page in pdf:
                for index in range(raw.FPDFPage_GetAnnotCount(page)):
                    annotation = raw.FPDFPage_GetAnnot(page, index)
                    found.update(filter(None, [kinds.get(raw.FPDFAnnot_GetSubtype(annotation))]))
                    raw.FPDFPage_CloseAnnot(annotation)
    except pypdfium2.PdfiumError:  # also raised for one page that is damaged
        return None
    return tuple(sorted(found))


def needs_verapdf(result: RuleResult) -> bool:
    """Return whether `result` says only that veraPDF has to check the standard."""
    return any(fault.what == NEEDS_VERAPDF for fault in result.faults)


def check_pdf(data: bytes, path: str) -> Iterator[RuleResult]:
    """Yield one result for each standard to which a PDF conforms, and one for each broken rule of the others.

    The standards are those that the PDF claims, else `DEFAULT_STANDARDS`. Those that page-validation cannot check, such
    as PDF/UA-2, get the fault that veraPDF has to check them. The last result is our own rule on alternative texts: the
    standards only require that a text exists, not that it means something.
    """
    for standard in claimed_standards(data) or DEFAULT_STANDARDS:
        if standard not in STANDARDS:
            requirement = f"The file conforms to {standard}, which it claims."
            yield RuleResult(standard, requirement, CRITERIA, (Fault("the file", NEEDS_VERAPDF),))
            continue
        yield from _check_standard(data, path, standard)
    yield CheckRule(*ALT_WORDS, partial(_meaningless_alts, path=path)).result(data)


def _meaningless_alts(data: bytes, path: str) -> list[Fault]:
    """Return a fault for each figure whose alternative text is meaningless, or says that there is no description."""
    import pypdfium2

    faults: list[Fault] = []
    try:
        with PDFIUM, pypdfium2.PdfDocument(data) as pdf:
            for number, page in enumerate(pdf, 1):
                told = (meaningless_alt(alt, "") for alt in _figure_alts(page))
                faults += [Fault(f"page {number}, figure", what) for what in told if what]
    except pypdfium2.PdfiumError as reason:
        raise _unreadable(reason, path) from reason
    return faults


def _figure_alts(page: pypdfium2.PdfPage) -> Iterator[str]:
    """Yield the alternative texts of the figures on a page of a tagged PDF, in the order of their tags."""
    from pypdfium2 import raw

    tree = raw.FPDF_StructTree_GetForPage(page.raw)
    try:
        count = raw.FPDF_StructTree_CountChildren(tree)
        elements = [raw.FPDF_StructTree_GetChildAtIndex(tree, index) for index in reversed(range(count))]
        while elements:  # not recursive: other programs may nest tags too deep for recursion
            if not (element := elements.pop()):  # text, or an element on another page
                continue
            if pdfium_string(raw.FPDF_StructElement_GetType, element) == "Figure":
                yield pdfium_string(raw.FPDF_StructElement_GetAltText, element)
            count = raw.FPDF_StructElement_CountChildren(element)
            elements += [raw.FPDF_StructElement_GetChildAtIndex(element, index) for index in reversed(range(count))]
    finally:
        raw.FPDF_StructTree_Close(tree)


def _check_standard(data: bytes, path: str, standard: str) -> Iterator[RuleResult]:
    report = _validate(data, path, standard)
    criteria = CRITERIA if standard.startswith("ua") else ()
    faults_by_rule: defaultdict[tuple[str, str], list[Fault]] = defaultdict(list)
    for failure in report.failures:
        if is_false_alarm(failure, data):
            continue
        number = failure.object_id.object_number if failure.object_id else None
        where = f"object {number}" if number is not None else "the file"
        faults_by_rule[failure.rule_id, failure.message].append(Fault(where, failure.message))
    if not faults_by_rule:
        requirement = f"The file conforms to {STANDARDS[standard]}, in {report.rules.total} rules."
        yield RuleResult(standard, requirement, criteria, (), VALIDATOR)
    for (rule, message), faults in faults_by_rule.items():
        yield RuleResult(rule, f"{STANDARDS[standard]}: {message}", criteria, tuple(faults), VALIDATOR)


def is_false_alarm(failure: ValidationFailure, data: bytes) -> bool:
    """Return whether a failure is wrong: it is about the length of a stream that ends with a carriage return.

    page-validation 0.11 reads that byte and the line feed before `endstream` as one end of line; for veraPDF and ISO
    32000, the byte is part of the stream.
    """
    if not failure.rule_id.endswith("-STREAM-LENGTH-001") or failure.object_id is None:
        return False
    start = data.find(b"\n%d 0 obj" % failure.object_id.object_number)
    end = data.find(b"endstream", start)
    return start >= 0 and data[:end].endswith(b"\r\n")


def _validate(data: bytes, path: str, standard: str) -> ValidationReport:
    try:
        import page
    except ImportError as reason:
        raise ToolMissing(
            "PDF files are checked by page-validation", where=path, what_next=install_extra("check")
        ) from reason
    try:
        return page.validate_pdf_bytes(data, profile=standard)
    except page.PageError as reason:
        raise _unreadable(reason, path) from reason


def _unreadable(reason: Exception, path: str) -> SourceError:
    return SourceError(f"this PDF cannot be read ({reason})", where=path, what_next="copy it again, or make it again")
