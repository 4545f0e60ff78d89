"""Verdicts as SARIF 2.1.0, the form in which code hosts and editors show findings (an OASIS standard)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from urllib.parse import quote

import msgspec

from readout_pub.checks.verdict import OURSELVES, Fault, Result, Verdict

VERSION = "2.1.0"


def sarif(verdicts: Sequence[Verdict]) -> bytes:
    """Return one run for each program that found something or found nothing, this one first.

    That of this program names the files that could not be read, so that nobody takes silence for praise.
    """
    failed = [OURSELVES] if any(verdict.error for verdict in verdicts) else []
    programs = dict.fromkeys([*failed, *(result.by for verdict in verdicts for result in verdict.results)])
    log = {"version": VERSION, "runs": [_run(program, verdicts) for program in programs]}
    return msgspec.json.format(msgspec.json.encode(log), indent=1) + b"\n"


def _run(program: str, verdicts: Sequence[Verdict]) -> dict[str, object]:
    mine = [(verdict, result) for verdict in verdicts for result in verdict.results if result.by == program]
    rules = {result.rule: result.sentence for _, result in mine}
    described = [{"id": rule, "shortDescription": {"text": sentence}} for rule, sentence in rules.items()]
    return {
        "tool": {"driver": {"name": program, "rules": described}},
        "results": [_result(verdict, result, fault) for verdict, result in mine for fault in result.faults],
    } | (_failures(verdicts) if program == OURSELVES else {})


def _failures(verdicts: Sequence[Verdict]) -> dict[str, object]:
    """Say which files could not be read; nothing if all could."""
    told = [{"level": "error", "message": {"text": verdict.error}} for verdict in verdicts if verdict.error]
    return {"invocations": [{"executionSuccessful": False, "toolExecutionNotifications": told}]} if told else {}


def _result(verdict: Verdict, result: Result, fault: Fault) -> dict[str, object]:
    place = {
        "physicalLocation": {"artifactLocation": {"uri": quote(PurePath(verdict.path).as_posix())}},
        "logicalLocations": [{"fullyQualifiedName": fault.where}],
    }
    return {"ruleId": result.rule, "level": "error", "message": {"text": fault.what}, "locations": [place]}
