"""The full check: the validators of others, where they are installed, each with the line that installs it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec

from readout_pub.checks import pdf, programs
from readout_pub.checks.programs import Findings, ToolFailed
from readout_pub.checks.verdict import Fault, Result, Tool, Verdict
from readout_pub.errors import ToolMissing


class Validator(msgspec.Struct, frozen=True):
    """A validator: its name, the format that it judges, and what asks it about files of that format.

    `criteria` of WCAG are those for which it has rules.
    """

    name: str
    format: str
    ask: Callable[[Sequence[Path]], Sequence[Findings]]
    criteria: tuple[str, ...] = ()


def judged_by_tools(verdicts: Sequence[Verdict]) -> list[Verdict]:
    """Ask every validator about all files of its format in one start; add what each found and whether it ran.

    Files that could not be read are not asked about: most validators would stop there and say nothing of the others.
    """
    for validator in VALIDATORS:
        mine = [verdict for verdict in verdicts if _is_for(validator, verdict)]
        judged = iter(_judged(validator, mine))
        verdicts = [next(judged) if _is_for(validator, verdict) else verdict for verdict in verdicts]
    return list(verdicts)


def _is_for(validator: Validator, verdict: Verdict) -> bool:
    return verdict.format == validator.format and verdict.error is None


def _judged(validator: Validator, verdicts: Sequence[Verdict]) -> Iterator[Verdict]:
    if not verdicts:
        return
    try:
        found = validator.ask([Path(verdict.path) for verdict in verdicts])
    except ToolMissing as reason:
        tool = Tool(validator.name, "missing", reason.what_next or "")
        yield from (msgspec.structs.replace(verdict, tools=(*verdict.tools, tool)) for verdict in verdicts)
        return
    except ToolFailed as reason:
        tool = Tool(validator.name, "broke", str(reason))
        yield from (msgspec.structs.replace(verdict, tools=(*verdict.tools, tool)) for verdict in verdicts)
        return
    for verdict, findings in zip(verdicts, found, strict=True):
        results = (*filter(pdf.is_judged, verdict.results), *_results(validator, findings))
        yield msgspec.structs.replace(verdict, results=results, tools=(*verdict.tools, Tool(validator.name, "ran")))


def _results(validator: Validator, findings: Findings) -> Iterator[Result]:
    name = validator.name
    yield from () if findings else (Result(name, f"{name} finds nothing.", validator.criteria, (), name),)
    faults: defaultdict[tuple[str, str], list[Fault]] = defaultdict(list)
    for each in findings:
        faults[each.rule, each.criteria].append(Fault(each.where, each.message))
    for (rule, criteria), places in faults.items():
        yield Result(rule, f"{name} finds nothing by its rule {rule}.", tuple(criteria.split()), tuple(places), name)


def _verapdf(files: Sequence[Path]) -> list[Findings]:
    """Ask veraPDF about every claim of each file; the rule of a finding begins with the claim that it breaks."""
    claims = [(claim, file) for file in files for claim in pdf.every_claim(file.read_bytes())]
    found: dict[Path, Findings] = dict.fromkeys(files, ())
    for (claim, file), findings in zip(claims, programs.verapdf(claims), strict=True):
        criteria = " ".join(pdf.CRITERIA) if claim.startswith(("ua", "wt")) else ""
        found[file] += tuple(
            each._replace(rule=f"{claim} {each.rule}", where=place(each.where), criteria=criteria) for each in findings
        )
    return list(found.values())


def place(context: str) -> str:
    """Say where a context of veraPDF leads: the page, the tags from the outermost on, the object of the file."""
    page = re.search(r"/pages\[(\d+)\]", context)
    tags = re.findall(r"\(\d+ \d+ obj SE\w* (\w+)\)", context)
    objects = re.findall(r"\((\d+) \d+ obj", context)
    parts = [f"page {int(page[1]) + 1}"] if page else []
    parts += [" > ".join(tags)] if tags else []
    parts += [f"object {objects[-1]}"] if objects else []
    return ", ".join(parts) or "the file"


_AXE = tuple("1.1.1 1.3.1 1.4.1 1.4.3 1.4.4 1.4.12 2.1.1 2.4.1 2.4.2 2.4.4 2.5.3 2.5.8 3.1.1 3.1.2 4.1.2".split())
"""The criteria, A and AA, for which axe 4.14 has rules that a readout can break; Ace asks it."""

VALIDATORS = (
    Validator("veraPDF", "pdf", _verapdf, pdf.CRITERIA),
    Validator("EPUBCheck", "epub", programs.epubcheck),
    Validator("Ace", "epub", programs.ace, _AXE),
    Validator("axe", "html", programs.axe, _AXE),
)
"""What the full check asks, and about which format."""
