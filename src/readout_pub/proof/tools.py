"""The full check: the validators of others, where they are installed, each with the line that installs it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec

from readout_pub.errors import ToolMissing
from readout_pub.proof import paper, programs
from readout_pub.proof.programs import Broken, Findings
from readout_pub.proof.verdict import Fault, Result, Tool, Verdict


class Validator(msgspec.Struct, frozen=True):
    """A validator: its name, the format that it judges, and what asks it about files of that format."""

    name: str
    format: str
    ask: Callable[[Sequence[Path]], Sequence[Findings]]


def judged_by_tools(verdicts: Sequence[Verdict]) -> list[Verdict]:
    """Ask every validator about all files of its format in one start; add what each found and whether it ran."""
    for validator in VALIDATORS:
        mine = [verdict for verdict in verdicts if verdict.format == validator.format]
        judged = iter(_judged(validator, mine))
        verdicts = [next(judged) if verdict.format == validator.format else verdict for verdict in verdicts]
    return list(verdicts)


def _judged(validator: Validator, verdicts: Sequence[Verdict]) -> Iterator[Verdict]:
    if not verdicts:
        return
    try:
        found = validator.ask([Path(verdict.path) for verdict in verdicts])
    except ToolMissing as reason:
        tool = Tool(validator.name, "missing", reason.what_next or "")
        yield from (msgspec.structs.replace(verdict, tools=(*verdict.tools, tool)) for verdict in verdicts)
        return
    except Broken as reason:
        tool = Tool(validator.name, "broke", str(reason))
        yield from (msgspec.structs.replace(verdict, tools=(*verdict.tools, tool)) for verdict in verdicts)
        return
    for verdict, findings in zip(verdicts, found, strict=True):
        results = (*filter(paper.is_judged, verdict.results), *_results(validator.name, findings))
        yield msgspec.structs.replace(verdict, results=results, tools=(*verdict.tools, Tool(validator.name, "ran")))


def _results(name: str, findings: Findings) -> Iterator[Result]:
    if not findings:
        yield Result(name, f"{name} finds nothing.", (), (), name)
    faults: defaultdict[str, list[Fault]] = defaultdict(list)
    for each in findings:
        faults[each.rule].append(Fault(each.where, each.message))
    for rule, places in faults.items():
        yield Result(rule, f"{name} finds nothing by its rule {rule}.", (), tuple(places), name)


def _verapdf(files: Sequence[Path]) -> list[Findings]:
    """Ask veraPDF about every claim of each file; the rule of a finding begins with the claim that it breaks."""
    claims = [(claim, file) for file in files for claim in paper.every_claim(file.read_bytes())]
    found: dict[Path, Findings] = dict.fromkeys(files, ())
    for (claim, file), findings in zip(claims, programs.verapdf(claims), strict=True):
        found[file] += tuple(each._replace(rule=f"{claim} {each.rule}") for each in findings)
    return list(found.values())


VALIDATORS = (
    Validator("veraPDF", "pdf", _verapdf),
    Validator("EPUBCheck", "epub", programs.epubcheck),
    Validator("Ace", "epub", programs.ace),
    Validator("axe", "html", programs.axe),
)
"""What the full check asks, and about which format."""
