"""What a batch did: in a sentence for people, as JSON for programs, and page by page in a log."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import msgspec

from readout_pub.batch import Batch, Outcome
from readout_pub.errors import OutputError, escape_controls

SHOWN = 5
"""Pages that vanished which are named in the sentences for people."""


class Summary:
    """Counts the outcomes of one run."""

    def __init__(self, run: Batch) -> None:
        self._run = run
        self._statuses: Counter[str] = Counter()
        self.pruned: int | None = None

    def count(self, outcome: Outcome) -> None:
        """Take one page into account."""
        self._statuses[outcome.status] += 1

    @property
    def failed(self) -> int:
        """The pages that failed, now or before, and were not tried again since nothing changed."""
        return self._statuses["failed"] + self._run.plan.failed_before

    def _facts(self) -> dict[str, int]:
        plan = self._run.plan
        done = self._statuses.total()
        facts = {
            "pages": plan.found,
            "converted": self._statuses["made"],
            "confirmed": self._statuses["confirmed"],
            "unchanged": plan.found - plan.waiting - plan.failed_before - plan.passed_over,
            "left out": plan.passed_over,
            "failed": self.failed,
            "broken off": len(plan.broken),
            "not begun": plan.waiting - done,
            "vanished": self._run.count_vanished(),
        }
        return facts | ({"pruned": self.pruned} if self.pruned is not None else {})

    def as_json(self) -> str:
        """Return the counts, and why pages were converted."""
        facts = {name.replace(" ", "_"): count for name, count in self._facts().items()}
        report = {**facts, "reasons": dict(self._run.plan.reasons), "out": escape_controls(str(self._run.out))}
        return msgspec.json.format(msgspec.json.encode(report), indent=1).decode()

    def as_text(self) -> str:
        """Return the counts that are not zero, and where to look next."""
        pages, *others = self._facts().items()
        counts = ", ".join(f"{count:,} {name}" for name, count in others if count)
        lines = [f"{pages[1]:,} {'page' if pages[1] == 1 else 'pages'}: {counts}"]
        if self.failed:
            lines.append(
                f"why pages failed stands in {self._run.out / 'failures.jsonl'}; --only failed tries them again"
            )
        lines += [f"not read to its end: {error}" for error in self._run.plan.broken]
        gone = self._run.count_vanished()
        if gone and self.pruned is None:
            names = [row.name for row in islice(self._run.vanished(), SHOWN)]
            more = f" and {gone - SHOWN:,} more, which --dry-run lists" if gone > SHOWN else ""
            lines.append(f"gone, but their files are still there: {', '.join(names)}{more}; --prune removes them")
        lines.append(str(self._run.out / "index.html"))
        return "\n".join(lines)


class Logged(msgspec.Struct, omit_defaults=True):
    """A line of the log: what became of a page, seconds by stage, the codes of its notes, and bytes by file."""

    source: str
    status: str
    formats: tuple[str, ...] = ()
    seconds: dict[str, float] = {}
    notes: list[str] = []
    bytes: dict[str, int] = {}
    error: str | None = None


@contextlib.contextmanager
def write_log(path: Path | None) -> Iterator[Callable[[Outcome], None]]:
    """Give what writes an outcome to the log, if there is to be one."""
    if path is None:
        yield lambda _: None
        return
    try:
        file = path.open("wb", buffering=0)  # who follows it sees each page at once
    except OSError as reason:
        raise OutputError(f"it cannot be written ({reason.strerror})", where=str(path)) from reason
    with file:
        yield lambda outcome: _write(file.write, outcome)


def _write(write: Callable[[bytes], int | None], outcome: Outcome) -> None:
    entry = outcome.entry
    current = entry.current if outcome.status != "failed" else {}
    line = Logged(
        source=outcome.name,
        status=outcome.status,
        formats=outcome.formats,
        seconds=dict(outcome.seconds),
        notes=[note.code for note in entry.all_notes],
        bytes={file.path: file.bytes for made in current.values() for file in made.files},
        error=str(entry.failure) if entry.failure else None,
    )
    write(msgspec.json.encode(line) + b"\n")
