"""What can be asked of a PDF without Java: whether it keeps PDF/UA-1 and PDF/A, by the package page-validation."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from readout_pub.checks.verdict import Fault, Result
from readout_pub.errors import SourceError, ToolMissing

if TYPE_CHECKING:
    from page import ValidationFailure, ValidationReport

JUDGE = "page-validation"
INSTALL = "pip install 'readout-pub[check]'"

CRITERIA = ("1.1.1", "1.3.1", "1.3.2", "2.4.2", "3.1.1", "4.1.2")
"""The criteria of WCAG that PDF/UA serves: texts for photos, tags, their order, title, language, names."""

PROFILES = {"ua1": "PDF/UA-1", "1a": "PDF/A-1a", "1b": "PDF/A-1b"} | {
    f"{part}{level}": f"PDF/A-{part}{level}" for part in "23" for level in "abu"
}
"""What page-validation can judge, and how people write it."""

_CLAIM = re.compile(rb"pdf(ua|a)id:(part|conformance)(?:>|\s*=\s*[\"'])\s*(\w+)")
"""A claim in XMP, as element or attribute. PDF/A-1 does not compress that packet, and this program never does."""

UNIVERSAL = ("ua1",)
"""What is asked of a file that claims nothing."""

_WTPDF = b"http://pdfa.org/declarations/wtpdf#accessibility1.0"

UNJUDGED = "only veraPDF can judge that: add --full"


def claims(data: bytes) -> tuple[str, ...]:
    """Return the standards that a PDF claims, such as ("ua1", "2a")."""
    said = {(found[1], found[2]): found[3].decode().lower() for found in _CLAIM.finditer(data)}
    universal, archival = said.get((b"ua", b"part")), said.get((b"a", b"part"))
    level = said.get((b"a", b"conformance"), "")
    return tuple(filter(None, (universal and f"ua{universal}", archival and f"{archival}{level}")))


def every_claim(data: bytes) -> tuple[str, ...]:
    """Return what veraPDF can judge of a PDF: its claims, or PDF/UA-1, and Well-Tagged PDF where that is declared."""
    return (*(claims(data) or UNIVERSAL), *(["wt1a"] if _WTPDF in data else []))


def is_judged(result: Result) -> bool:
    """Say whether somebody has judged what `result` is about."""
    return not any(fault.what == UNJUDGED for fault in result.faults)


def results(data: bytes, path: str) -> Iterator[Result]:
    """Judge each claim of a PDF: a result for the standard as a whole, or one for each rule of it that is broken.

    What cannot be judged without Java, which is all of PDF 2.0, is a fault that says so.
    """
    for claim in claims(data) or UNIVERSAL:
        if claim not in PROFILES:
            sentence = f"The file keeps {claim}, which it claims."
            yield Result(claim, sentence, CRITERIA, (Fault("the file", UNJUDGED),))
            continue
        yield from _judged(data, path, claim)


def _judged(data: bytes, path: str, claim: str) -> Iterator[Result]:
    report = _report(data, path, claim)
    criteria = CRITERIA if claim.startswith("ua") else ()
    broken: defaultdict[tuple[str, str], list[Fault]] = defaultdict(list)
    for failure in report.failures:
        if false_alarm(failure, data):
            continue
        number = failure.object_id.object_number if failure.object_id else None
        where = f"object {number}" if number is not None else "the file"
        broken[failure.rule_id, failure.message].append(Fault(where, failure.message))
    if not broken:
        sentence = f"The file keeps {PROFILES[claim]}, in {report.rules.total} rules."
        yield Result(claim, sentence, criteria, (), JUDGE)
    for (rule, message), faults in broken.items():
        yield Result(rule, f"{PROFILES[claim]}: {message}", criteria, tuple(faults), JUDGE)


def false_alarm(failure: ValidationFailure, data: bytes) -> bool:
    """Say whether page-validation 0.11 misjudges the length of a stream whose last byte is a carriage return.

    It takes that byte and the line feed before `endstream` for one line end; veraPDF counts as ISO 32000 does.
    """
    if not failure.rule_id.endswith("-STREAM-LENGTH-001") or failure.object_id is None:
        return False
    start = data.find(b"\n%d 0 obj" % failure.object_id.object_number)
    end = data.find(b"endstream", start)
    return start >= 0 and data[:end].endswith(b"\r\n")


def _report(data: bytes, path: str, claim: str) -> ValidationReport:
    try:
        import page
    except ImportError as reason:
        raise ToolMissing(
            "PDF files are judged by page-validation", where=path, what_next=f"install it with `{INSTALL}`"
        ) from reason
    try:
        return page.validate_pdf_bytes(data, profile=claim)
    except page.PageError as reason:
        raise SourceError(f"this PDF cannot be read ({reason})", where=path) from reason
