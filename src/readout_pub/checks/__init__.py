"""Checks the accessibility of HTML, EPUB and PDF files. Only the checks in `full_check` need a browser or Java."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeAlias

from msgspec.structs import replace

from readout_pub.arguments import require_type
from readout_pub.checks.results import Fault, FileReport, RuleResult, ValidatorRun
from readout_pub.errors import SourceError, ToolMissing, UsageError
from readout_pub.named_file import read_large_file

__all__ = ["Fault", "FileReport", "RuleResult", "ValidatorRun", "check", "files_in", "format_of"]


def format_of(path: Path) -> str:
    """Return the format of a file, "html", "epub" or "pdf", by its suffix; raise a UsageError for any other."""
    suffix = _suffix(path)
    if suffix not in CHECKERS:
        raise UsageError(
            "only HTML, EPUB and PDF files can be checked",
            where=str(path),
            what_next="check the HTML, EPUB or PDF of the same page, which `readout-pub convert` makes",
        )
    return _FORMATS.get(suffix, suffix)


def files_in(folder: Path) -> Iterator[Path]:
    """Yield the files below a folder that can be checked, sorted by path; hidden folders are left out."""
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        files = (Path(parent, name) for name in sorted(names) if _suffix(Path(name)) in CHECKERS)
        # Pipes are left out, since reading one may never end. Broken links are yielded, so that `check` reports them.
        yield from (file for file in files if not file.exists() or file.is_file())


def check(path: str | Path) -> FileReport:
    """Return the results of every rule for an HTML, EPUB or PDF file.

    Raises a UsageError for another format, and a SourceError if the file cannot be read. The Python package
    page-validation checks PDF files. If it is needed but not installed, the report has no results, and names it as
    missing.
    """
    require_type(path, (str, Path), "path")
    path = Path(path)
    data = read_large_file(path)
    report = FileReport(str(path), format_of(path), (), sha256=hashlib.sha256(data).hexdigest())
    results, active_content = CHECKERS[_suffix(path)](data, str(path))
    report = replace(report, active_content=active_content)
    try:
        return replace(report, results=tuple(results))
    except ToolMissing as reason:  # part of the report, so that `check` continues with the other files
        from readout_pub.checks.pdf import VALIDATOR

        return replace(report, tools=(ValidatorRun(VALIDATOR, "missing", reason.what_next or ""),))


def _suffix(path: Path) -> str:
    return path.suffix.lower().lstrip(".")


Checked: TypeAlias = tuple[Iterable[RuleResult], tuple[str, ...] | None]
"""The results for a file, and its `FileReport.active_content`."""


def _check_html(data: bytes, path: str) -> Checked:
    from readout_pub.checks.html import PAGE_RULES, STANDALONE_RULES, active_content, parse_html

    try:
        document = parse_html(data.decode("utf-8-sig"))
    except UnicodeDecodeError as reason:
        raise SourceError("this page is not in UTF-8", where=path, what_next="save it as UTF-8") from reason
    results = (rule.result(document) for rule in (*PAGE_RULES, *STANDALONE_RULES))
    return results, active_content(document)


def _check_epub(data: bytes, path: str) -> Checked:
    from readout_pub.checks.epub import check_publication, open_publication
    from readout_pub.checks.html import active_content

    epub = open_publication(data, path)
    return check_publication(epub), tuple(sorted({name for page in epub.documents for name in active_content(page)}))


def _check_pdf(data: bytes, path: str) -> Checked:
    from readout_pub.checks.pdf import active_content, check_pdf

    return check_pdf(data, path), active_content(data)


CHECKERS: dict[str, Callable[[bytes, str], Checked]] = {
    "html": _check_html,
    "htm": _check_html,
    "xhtml": _check_html,
    "epub": _check_epub,
    "pdf": _check_pdf,
}
"""Suffix → the function that checks such a file, given its bytes and its path for messages."""

_FORMATS = {"htm": "html", "xhtml": "html"}
