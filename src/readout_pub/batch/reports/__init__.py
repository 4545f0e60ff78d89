"""What is said of the archive as a whole, in one table; each report is written from the ledger, row by row.

The reports hold no time and no path of this machine: the same archive gives the same bytes.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from contextlib import AbstractContextManager

from readout_pub.batch.job import BatchConfig
from readout_pub.batch.reports.feed import feed_report
from readout_pub.batch.reports.listings import failures_report, manifest_report, notes_report
from readout_pub.batch.reports.overview import overview_report
from readout_pub.ledger import Ledger, LedgerRow

Report = Callable[[BatchConfig], AbstractContextManager[Callable[[LedgerRow], None]]]
"""Gives what takes one page after the other; on leaving, what was written takes its place."""

REPORTS: dict[str, Report] = {
    "failures.jsonl": failures_report,
    "feed": feed_report,
    "index.html": overview_report,
    "manifest.json": manifest_report,
    "notes.csv": notes_report,
}
"""What each writes into the output folder: a file, or a folder of files."""


def write_reports(ledger: Ledger, order: BatchConfig) -> None:
    """Write every report, the newest readout first; an OutputError leaves what was there."""
    with contextlib.ExitStack() as stack:
        takers = [stack.enter_context(report(order)) for report in REPORTS.values()]
        for row in ledger.converted():
            for take in takers:
                take(row)


def reports_exist(order: BatchConfig) -> bool:
    """Say whether all reports are there, whatever they say."""
    return all((order.out / name).exists() for name in REPORTS)
