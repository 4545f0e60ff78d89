"""Finds the pages of what the user names: a folder, a file, an archive, a list of paths, a pattern, or `-`."""

from __future__ import annotations

import glob
import itertools
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from readout_pub.errors import SourceError, UsageError, escape_controls
from readout_pub.sources import STANDARD_INPUT, SavedPage, failing_page, is_remote, is_web_address, saved_pages

_MAX_PROBED_LINES = 100
"""Lines of a text file that are checked to tell a list of paths from a saved page."""

_LIST_SUFFIXES = (".txt", ".lst", ".list")


class InputPage(NamedTuple):
    """A page, the source that holds it, its name there, and the label that its output files are named after."""

    archive: str
    name: str
    label: str
    page: SavedPage


class BrokenInput(NamedTuple):
    """A source that could not be read to its end, so that its other pages are unknown."""

    archive: str
    error: SourceError


def find_pages(sources: Sequence[str | Path], max_bytes: int, out: Path) -> Iterator[InputPage | BrokenInput]:
    """Yield the pages of all sources in their order, except pages below `out`, which are our own output.

    Raises SourceError if a source is missing or holds no page, UsageError if it is a web address. A path in a list that
    is missing is yielded as a page that fails when it is opened.
    """
    if not all(map(str, sources)):
        raise UsageError("the name of a source is empty", what_next='check where it came from; "." is this folder')
    inside = f"{out}/"
    for source in sources:
        for found in _pages_of(str(source), max_bytes, is_one_of_several=len(sources) > 1):
            if isinstance(found, BrokenInput) or not found.page.where.startswith(inside):
                yield found


def _pages_of(source: str, max_bytes: int, *, is_one_of_several: bool) -> Iterator[InputPage | BrokenInput]:
    if is_web_address(source):
        raise UsageError(
            "this is a web address, not an archive",
            where=source,
            what_next="`readout-pub fetch` makes an archive of it",
        )
    paths = _listed_paths(source)
    if paths is None:
        yield from _pages_in_archive(_absolute(source), max_bytes, source if is_one_of_several else "")
        return
    for path in paths:
        for page in _pages_at(path, max_bytes):
            label = _label_below(path, page)
            yield _input_page(source, page, label, name=label)


def _listed_paths(source: str) -> Iterator[str] | None:
    """Return the paths that standard input, a pattern or a list stands for; None for any other source."""
    if source == STANDARD_INPUT:
        return _nonempty_lines(sys.stdin)
    if is_remote(source):
        return None
    if Path(source).exists():
        return _paths_in_list(Path(source)) if _is_list_of_paths(Path(source)) else None
    if glob.has_magic(source):
        paths = sorted(glob.glob(source, recursive=True))  # noqa: PTH207 - Path.glob knows no absolute pattern
        if not paths:
            raise SourceError(
                "no file matches this pattern", where=source, what_next="check the pattern and the folder"
            )
        return iter(paths)
    return None


def _nonempty_lines(lines: Iterator[str]) -> Iterator[str]:
    return (line.rstrip("\r\n") for line in lines if line.strip())


def _paths_in_list(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8", errors="surrogateescape") as file:
        yield from _nonempty_lines(file)


def _is_list_of_paths(path: Path) -> bool:
    """Return whether one of the first lines of a text file is an existing path: no line of a readout is one."""
    if not path.is_file() or not path.name.lower().endswith(_LIST_SUFFIXES):
        return False
    return any(_is_existing_path(line) for line in itertools.islice(_paths_in_list(path), _MAX_PROBED_LINES))


def _is_existing_path(line: str) -> bool:
    try:
        return Path(line).exists()
    except (OSError, ValueError):  # too long for a path, or a NUL in it
        return False


def _absolute(path: str) -> str:
    """Return an absolute path, since a worker may have another working directory."""
    return path if is_remote(path) else str(Path(path).absolute())


def _pages_at(path: str, max_bytes: int) -> Iterator[SavedPage]:
    try:
        yield from saved_pages(_absolute(path), max_bytes=max_bytes)
    except SourceError as error:
        yield failing_page(Path(path).name, error)


def _label_below(path: str, page: SavedPage) -> str:
    """Return the path as typed; for an archive or a folder, with the name of the page in it."""
    return path if page.name == escape_controls(Path(path).name) else f"{path}/{page.name}"


def _pages_in_archive(archive: str, max_bytes: int, prefix: str) -> Iterator[InputPage | BrokenInput]:
    """Yield the pages of one source. With several sources, `prefix` (the source as typed) keeps their files apart."""

    def label(page: SavedPage) -> str:
        return _label_below(prefix, page) if prefix else page.name

    pages = saved_pages(archive, max_bytes=max_bytes)
    first = next(pages)  # raises SourceError: a source without any page is an error of the user
    yield _input_page(archive, first, label(first))
    try:
        for page in pages:
            yield _input_page(archive, page, label(page))
    except SourceError as error:
        yield BrokenInput(archive, error)


def _input_page(archive: str, page: SavedPage, label: str, name: str | None = None) -> InputPage:
    """Return an InputPage whose texts are valid Unicode, whatever bytes file names have: the ledger holds no others."""
    return InputPage(
        escape_controls(archive), escape_controls(page.name if name is None else name), escape_controls(label), page
    )
