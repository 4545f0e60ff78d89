"""The full check: which validators ran, what they found, and how those are installed that are missing.

Scripts that write reports as theirs are stand in for their programs; tests/validators asks the real ones.
"""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest

from readout_pub.proof import Fault, Tool, Verdict
from readout_pub.proof.tools import judged_by_tools

BROKEN = {"id": "image-alt", "description": "Photos need texts", "help": "Add one", "nodes": [{"target": ["img"]}]}
AXE = [{"violations": [BROKEN]}]
NO_TEXT = {
    "earl:test": {"dct:title": "image-alt", "dct:description": "Photos need texts"},
    "earl:result": {"earl:outcome": "fail", "dct:description": "Add\n  one"},
}
ACE = {"assertions": [{"earl:testSubject": {"url": "readout.xhtml"}, "assertions": [NO_TEXT]}]}

TITLE = {
    "specification": "ISO 14289-1:2014",
    "clause": "7.1",
    "testNumber": 9,
    "description": "It has a title",
    "failedChecks": 2,
}
VERAPDF = {"report": {"jobs": [{"validationResult": [{"details": {"ruleSummaries": [TITLE]}}]}]}}


@pytest.fixture
def bin_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine that has no programs but those of this folder."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


def install(folder: Path, name: str, script: str) -> None:
    program = folder / name
    program.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    program.chmod(0o755)


def judged(folder: Path, format_: str) -> Verdict:
    path = folder / f"talks.{format_}"
    path.write_bytes(b"")
    return judged_by_tools(Verdict(str(path), format_, ()))


def test_a_missing_validator_is_named_with_how_to_install_it(bin_folder: Path) -> None:
    install_line = "install it with `npm install --global @axe-core/cli`, and Chromium"
    assert judged(bin_folder, "html").tools == (Tool("axe", "missing", install_line),)


def test_axe_is_read_from_its_standard_output(bin_folder: Path) -> None:
    install(bin_folder, "axe", f"echo {shlex.quote(json.dumps(AXE))}")
    verdict = judged(bin_folder, "html")
    assert verdict.tools == (Tool("axe", "ran"),)
    assert [(each.rule, each.faults, each.by) for each in verdict.broken] == [
        ("image-alt", (Fault("img", "Add one"),), "axe")
    ]


def test_verapdf_is_read_from_its_standard_output(bin_folder: Path) -> None:
    install(bin_folder, "verapdf", f"echo {shlex.quote(json.dumps(VERAPDF))}\nexit 1")
    (result,) = judged(bin_folder, "pdf").broken
    assert (result.rule, result.faults) == ("ISO 14289-1:2014 7.1-9", (Fault("the file", "2 places"),))


def test_ace_is_read_from_the_report_that_it_writes(bin_folder: Path) -> None:
    install(bin_folder, "ace", f"printf '%s' {shlex.quote(json.dumps(ACE))} > \"$4\"/report.json")
    verdict = judged(bin_folder, "epub")
    assert Tool("Ace", "ran") in verdict.tools, verdict.tools
    (result,) = verdict.broken
    assert (result.rule, result.faults) == ("image-alt", (Fault("readout.xhtml", "Add one"),))


def test_a_validator_that_finds_nothing_is_a_result_too(bin_folder: Path) -> None:
    install(bin_folder, "axe", "echo '[]'")
    assert [each.sentence for each in judged(bin_folder, "html").results] == ["axe finds nothing."]


def test_a_validator_that_breaks_is_not_one_that_found_nothing(bin_folder: Path) -> None:
    install(bin_folder, "axe", "echo 'no browser' >&2\nexit 1")
    verdict = judged(bin_folder, "html")
    assert (verdict.tools, verdict.results) == ((Tool("axe", "broke", "no browser"),), ())
