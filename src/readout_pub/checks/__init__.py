"""An output on trial: whether it is accessible, by what can be asked without a browser and without Java."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from msgspec.structs import replace

from readout_pub.checks.verdict import Fault, Result, Tool, Verdict
from readout_pub.errors import SourceError, ToolMissing, UsageError

__all__ = ["Fault", "Result", "Tool", "Verdict", "check", "format_of"]


def format_of(path: Path) -> str:
    """Return the format of a file, "html", "epub" or "pdf", by its suffix; a UsageError for any other."""
    name = _suffix(path)
    if name not in CHECKERS:
        raise UsageError(
            "only HTML, EPUB and PDF can be checked", where=str(path), what_next="convert it, and check what comes out"
        )
    return _FORMATS.get(name, name)


def check(path: Path) -> Verdict:
    """Apply every rule to an HTML, EPUB or PDF file.

    A UsageError for another format, a SourceError if the file cannot be read. Without page-validation, the verdict on a
    PDF has no results and names that tool as missing.
    """
    verdict = Verdict(str(path), format_of(path), ())
    try:
        data = path.read_bytes()
    except OSError as reason:
        raise SourceError(f"it cannot be read ({reason.strerror})", where=str(path)) from reason
    try:
        return replace(verdict, results=tuple(CHECKERS[_suffix(path)](data, str(path))))
    except ToolMissing as reason:  # other files wait for their verdict
        from readout_pub.checks.pdf import JUDGE

        return replace(verdict, tools=(Tool(JUDGE, "missing", reason.what_next or ""),))


def _suffix(path: Path) -> str:
    return path.suffix.lower().lstrip(".")


def _page(data: bytes, path: str) -> Iterable[Result]:
    from readout_pub.checks.html import ALONE_RULES, PAGE_RULES, parsed

    try:
        page = parsed(data.decode("utf-8-sig"))
    except UnicodeDecodeError as reason:
        raise SourceError("this page is not in UTF-8", where=path) from reason
    return (rule.result(page) for rule in (*PAGE_RULES, *ALONE_RULES))


def _book(data: bytes, path: str) -> Iterable[Result]:
    from readout_pub.checks.epub import opened, results

    return results(opened(data, path))


def _paper(data: bytes, path: str) -> Iterable[Result]:
    from readout_pub.checks.pdf import results

    return results(data, path)


CHECKERS: dict[str, Callable[[bytes, str], Iterable[Result]]] = {
    "html": _page,
    "htm": _page,
    "xhtml": _page,
    "epub": _book,
    "pdf": _paper,
}
"""Suffix → what checks such a file."""

_FORMATS = {"htm": "html", "xhtml": "html"}
