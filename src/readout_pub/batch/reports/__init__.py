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

Report = Callable[[BatchConfig], AbstractContextManager[Callable[[LedgerRow], None]]]
"""Returns a context manager. Its value is a function that takes the ledger row of each page; its exit completes the
report."""

REPORTS: tuple[Report, ...] = (
    checksums_report,
    manifest_report,
    failures_report,
    opds_report,
    atom_report,
    overview_report,
    notes_report,
    notes_page_report,
)
"""The reports; they write the files of `report_files.REPORT_FILES`. Each is completed before those above it, since the
manifest has the digests of the reports, and SHA256SUMS has the digest of the manifest."""


def write_reports(ledger: Ledger, config: BatchConfig) -> None:
    """Write every report: the newest readout first; in the lists of notes, the worst fault first.

    If OutputError is raised while rows are written, all old reports are unchanged, except that parts of the feed for
    reading apps may be new. If it is raised while reports are completed, any of the reports may be new.
    """
    with contextlib.ExitStack() as stack:
        writers = [stack.enter_context(report(config)) for report in REPORTS]
        for row in ledger.converted_pages():
            for write_row in writers:
                write_row(row)
