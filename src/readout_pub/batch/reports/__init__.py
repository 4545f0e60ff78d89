"""The table of all reports about the archive. Each report is written from the ledger, row by row.

Reports contain no time and no path of this machine, so that the same archive gives the same bytes.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from contextlib import AbstractContextManager

from readout_pub.batch.job import BatchConfig
from readout_pub.batch.reports.atom import atom_report
from readout_pub.batch.reports.data_files import (
    checksums_report,
    failures_report,
    manifest_report,
    notes_report,
)
from readout_pub.batch.reports.notes_page import notes_page_report
from readout_pub.batch.reports.opds import opds_report
from readout_pub.batch.reports.overview import overview_report
from readout_pub.ledger import Ledger, LedgerRow
from readout_pub.manifest import MANIFEST_NAME

Report = Callable[[BatchConfig], AbstractContextManager[Callable[[LedgerRow], None]]]
"""A context manager whose value is a function that takes the ledger row of each page; its exit completes the report."""

REPORTS: dict[str, Report] = {
    "SHA256SUMS": checksums_report,
    "failures.jsonl": failures_report,
    "feed": opds_report,
    "feed/atom.xml": atom_report,
    "index.html": overview_report,
    MANIFEST_NAME: manifest_report,
    "notes.csv": notes_report,
    "notes.html": notes_page_report,
}
"""File or folder in the output folder → the report that writes it; no page gets such a name (`plan.RESERVED_NAMES`)."""


def write_reports(ledger: Ledger, config: BatchConfig) -> None:
    """Write every report, the newest readout first. If it raises OutputError, the old reports are unchanged."""
    with contextlib.ExitStack() as stack:
        writers = [stack.enter_context(report(config)) for report in REPORTS.values()]
        for row in ledger.converted_pages():
            for write_row in writers:
                write_row(row)


def reports_exist(config: BatchConfig) -> bool:
    """Return whether all reports exist, whatever they contain."""
    return all((config.out / name).exists() for name in REPORTS)
