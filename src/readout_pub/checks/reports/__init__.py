"""Conformance reports, made from the results of checks: the table of report formats, and `render_report`.

The formats are EN 301 549, OpenACR, JIS X 8341-3, and the accessibility statement of the EU.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence

import msgspec

from readout_pub.checks.reports.details import ReportDetails
from readout_pub.checks.results import FileReport
from readout_pub.html_report import HTML_SUFFIXES


class ReportFormat(msgspec.Struct, frozen=True):
    """A report format: its file type, the suffixes of such files, and the module that renders it."""

    file_type: str
    suffixes: tuple[str, ...]
    module: str


REPORTS = {
    "en301549": ReportFormat("HTML", HTML_SUFFIXES, "readout_pub.checks.reports.en301549"),
    "openacr": ReportFormat("YAML", (".yaml", ".yml"), "readout_pub.checks.reports.openacr"),
    "jis": ReportFormat("HTML", HTML_SUFFIXES, "readout_pub.checks.reports.jis"),
    "eu": ReportFormat("HTML", HTML_SUFFIXES, "readout_pub.checks.reports.eu"),
}
"""Name → format. If the user names a file without a format, the first format with the file's suffix is taken."""


def render_report(name: str, reports: Sequence[FileReport], details: ReportDetails | None = None) -> bytes:
    """Return the conformance report on some files in the format `name`, in UTF-8; KeyError for an unknown name."""
    render: Callable[[Sequence[FileReport], ReportDetails], bytes]
    render = importlib.import_module(REPORTS[name].module).render
    return render(reports, details or ReportDetails())
