"""The results of a check: a file has a report, a report has a result for each rule, and a result has its faults."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Generic, Literal, TypeVar

import msgspec

Document = TypeVar("Document")

THIS_PROGRAM = "readout-pub"
"""The value of `RuleResult.checker` for the rules of this package."""


class Fault(msgspec.Struct, frozen=True):
    """One place that breaks a rule: where it is in the document, and what is wrong there, in plain words."""

    where: str
    what: str


class CheckRule(Generic[Document]):
    """A rule: its code, its requirement as a sentence about a correct document, its WCAG criteria, and its check.

    `criteria` are numbers separated by spaces ("1.3.1 2.4.6"); `faults` yields the faults of a document.
    """

    def __init__(
        self, code: str, requirement: str, criteria: str, faults: Callable[[Document], Iterable[Fault]]
    ) -> None:
        self.code = code
        self.requirement = requirement
        self.criteria = tuple(criteria.split())
        self._faults = faults

    def result(self, document: Document) -> RuleResult:
        """Apply the rule to a document."""
        return RuleResult(self.code, self.requirement, self.criteria, tuple(self._faults(document)))


class RuleResult(msgspec.Struct, frozen=True, rename={"requirement": "sentence", "checker": "by"}):
    """The result of one rule for one file; `faults` is empty if the file passes.

    `requirement` is a sentence that is true of a file without faults. `checker` is the program that applied the rule:
    `THIS_PROGRAM` or an external validator. In JSON the two fields are `sentence` and `by`.
    """

    rule: str
    requirement: str
    criteria: tuple[str, ...]
    faults: tuple[Fault, ...] = ()
    checker: str = THIS_PROGRAM


class ValidatorRun(msgspec.Struct, frozen=True):
    """Whether an external validator ran, is missing, or failed.

    `remark` says how to install a missing validator, or why a validator failed.
    """

    name: str
    state: Literal["ran", "missing", "failed"]
    remark: str = ""


class FileReport(msgspec.Struct, frozen=True):
    """All results for one file. If the file could not be read, there are none, and `error` says why.

    `active_content` names the media, forms and scripts in the file; None if they are unknown. `sha256` is the digest of
    the file's bytes, in hex.
    """

    path: str
    format: str
    results: tuple[RuleResult, ...]
    tools: tuple[ValidatorRun, ...] = ()
    error: str | None = None
    active_content: tuple[str, ...] | None = None
    sha256: str | None = None

    @property
    def broken(self) -> tuple[RuleResult, ...]:
        """The results of the rules that the file breaks."""
        return tuple(result for result in self.results if result.faults)
