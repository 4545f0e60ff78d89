"""The data of a check: a report for each file, in it a result for each rule, and in that each fault with its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Generic, Literal, TypeVar

import msgspec

Document = TypeVar("Document")

THIS_PROGRAM = "readout-pub"
"""The value of `RuleResult.by` for the rules of this package."""


class Fault(msgspec.Struct, frozen=True):
    """One place that breaks a rule: where in the document, and what is wrong there, in plain words."""

    where: str
    what: str


class CheckRule(Generic[Document]):
    """A rule: its code, the sentence that is true of a correct document, its WCAG criteria, and its check.

    `criteria` are numbers separated by spaces ("1.3.1 2.4.6"); `faults` yields the faults of a document.
    """

    def __init__(self, code: str, sentence: str, criteria: str, faults: Callable[[Document], Iterable[Fault]]) -> None:
        self.code = code
        self.sentence = sentence
        self.criteria = tuple(criteria.split())
        self._faults = faults

    def result(self, document: Document) -> RuleResult:
        """Apply the rule to a document."""
        return RuleResult(self.code, self.sentence, self.criteria, tuple(self._faults(document)))


class RuleResult(msgspec.Struct, frozen=True):
    """The faults that one rule found, none if the file keeps it; `by` names this program or the validator."""

    rule: str
    sentence: str
    criteria: tuple[str, ...]
    faults: tuple[Fault, ...] = ()
    by: str = THIS_PROGRAM


class ValidatorRun(msgspec.Struct, frozen=True):
    """Whether an external validator ran; if not, `remark` says how to install it or why it failed."""

    name: str
    state: Literal["ran", "missing", "broke"]
    remark: str = ""


class FileReport(msgspec.Struct, frozen=True):
    """All results for one file; `error` says why there are none if the file could not be read."""

    path: str
    format: str
    results: tuple[RuleResult, ...]
    tools: tuple[ValidatorRun, ...] = ()
    error: str | None = None

    @property
    def broken(self) -> tuple[RuleResult, ...]:
        """The results of the rules that the file breaks."""
        return tuple(result for result in self.results if result.faults)
