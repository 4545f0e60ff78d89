"""What a check gives: for each file a verdict, in it a result for each rule, in that each fault and where it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Generic, Literal, TypeVar

import msgspec

Subject = TypeVar("Subject")

OURSELVES = "readout-pub"
"""The name under which results of this program stand beside those of others."""


class Fault(msgspec.Struct, frozen=True):
    """One place that breaks a rule: where in the document, and what is wrong there, in plain words."""

    where: str
    what: str


class Rule(Generic[Subject]):
    """A code, the sentence that holds of a sound document, the WCAG criteria it serves, and what finds its faults."""

    def __init__(self, code: str, sentence: str, criteria: str, faults: Callable[[Subject], Iterable[Fault]]) -> None:
        self.code = code
        self.sentence = sentence
        self.criteria = tuple(criteria.split())
        self._faults = faults

    def result(self, subject: Subject) -> Result:
        """Apply the rule to a document."""
        return Result(self.code, self.sentence, self.criteria, tuple(self._faults(subject)))


class Result(msgspec.Struct, frozen=True):
    """What one rule gave, and by whom it was checked: this program or a tool."""

    rule: str
    sentence: str
    criteria: tuple[str, ...]
    faults: tuple[Fault, ...] = ()
    by: str = OURSELVES


class Tool(msgspec.Struct, frozen=True):
    """A validator that was asked for: whether it ran, and if not, how to install it or why it broke."""

    name: str
    state: Literal["ran", "missing", "broke"]
    remark: str = ""


class Verdict(msgspec.Struct, frozen=True):
    """All that was found out about one file; `error` says why it is nothing, where the file could not be read."""

    path: str
    format: str
    results: tuple[Result, ...]
    tools: tuple[Tool, ...] = ()
    error: str | None = None

    @property
    def broken(self) -> tuple[Result, ...]:
        """The rules that the file breaks."""
        return tuple(result for result in self.results if result.faults)
