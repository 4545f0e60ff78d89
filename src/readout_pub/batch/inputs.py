"""What was named → the pages in it, one after the other: a folder, a file, an archive, a list, a pattern, `-`."""

from __future__ import annotations

import glob
import itertools
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from readout_pub.errors import SourceError, UsageError, escape_controls
from readout_pub.sources import STANDARD_INPUT, SavedPage, failing_page, is_remote, is_web_address, saved_pages

_FEW = 100
"""Lines of a text file that are looked at to tell a list of paths from a page."""

_LIST_ENDS = (".txt", ".lst", ".list")


class InputPage(NamedTuple):
    """A page, the source that holds it, its name there, and what its files are named after."""

    archive: str
    name: str
    label: str
    page: SavedPage


class BrokenInput(NamedTuple):
    """What is left of a source that could not be read to its end: its further pages are not known."""

    archive: str
    error: SourceError


def find_pages(sources: Sequence[str | Path], max_bytes: int, out: Path) -> Iterator[InputPage | BrokenInput]:
    """Yield the pages of all sources, in their order; none below `out`, where our own pages lie.

    Raises a SourceError where a source is missing, or holds no page. A path in a list that is missing is a page that
    fails.
    """
    if not all(map(str, sources)):
        raise UsageError("the name of a source is empty", what_next='check where it came from; "." is this folder')
    inside = f"{out}/"
    for source in sources:
        for found in _pages_of(str(source), max_bytes, several=len(sources) > 1):
            if isinstance(found, BrokenInput) or not found.page.where.startswith(inside):
                yield found


def _pages_of(source: str, max_bytes: int, *, several: bool) -> Iterator[InputPage | BrokenInput]:
    if is_web_address(source):
        raise UsageError(
            "this is an address on the web, and no archive",
            where=source,
            what_next="`readout-pub fetch` makes an archive of it",
        )
    listed = _listed(source)
    if listed is None:
        yield from _pages_in(_placed(source), max_bytes, source if several else "")
        return
    for path in listed:
        for page in _pages_at(path, max_bytes):
            label = _label(path, page)
            yield _found(source, page, label, name=label)


def _listed(source: str) -> Iterator[str] | None:
    """Return the paths that a source stands for, if it is standard input, a pattern or a list."""
    if source == STANDARD_INPUT:
        return _lines(sys.stdin)
    if is_remote(source):
        return None
    if Path(source).exists():
        return _paths_in(Path(source)) if _is_list(Path(source)) else None
    if glob.has_magic(source):
        paths = sorted(glob.glob(source, recursive=True))  # noqa: PTH207 - Path.glob knows no absolute pattern
        if not paths:
            raise SourceError("no file fits this pattern", where=source, what_next="check the pattern and the folder")
        return iter(paths)
    return None


def _lines(lines: Iterator[str]) -> Iterator[str]:
    return (line.rstrip("\r\n") for line in lines if line.strip())


def _paths_in(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8", errors="surrogateescape") as file:
        yield from _lines(file)


def _is_list(path: Path) -> bool:
    """Say whether a text file lists paths. No line of a readout is the path of a file, so one line is enough."""
    if not path.is_file() or not path.name.lower().endswith(_LIST_ENDS):
        return False
    return any(_exists(line) for line in itertools.islice(_paths_in(path), _FEW))


def _exists(line: str) -> bool:
    try:
        return Path(line).exists()
    except (OSError, ValueError):  # too long for a path, or a NUL in it
        return False


def _placed(path: str) -> str:
    """Return a path that holds wherever a worker stands."""
    return path if is_remote(path) else str(Path(path).absolute())


def _pages_at(path: str, max_bytes: int) -> Iterator[SavedPage]:
    try:
        yield from saved_pages(_placed(path), max_bytes=max_bytes)
    except SourceError as error:
        yield failing_page(Path(path).name, error)


def _label(path: str, page: SavedPage) -> str:
    """Name a page after the path that was typed, and what holds many pages adds their own names."""
    return path if page.name == escape_controls(Path(path).name) else f"{path}/{page.name}"


def _pages_in(archive: str, max_bytes: int, typed: str) -> Iterator[InputPage | BrokenInput]:
    pages = saved_pages(archive, max_bytes=max_bytes)
    first = next(pages)
    yield _found(archive, first, _label_in(typed, first))
    try:
        for page in pages:
            yield _found(archive, page, _label_in(typed, page))
    except SourceError as error:
        yield BrokenInput(archive, error)


def _label_in(typed: str, page: SavedPage) -> str:
    """Name a page after itself; where several sources were typed, after its source too."""
    return _label(typed, page) if typed else page.name


def _found(archive: str, page: SavedPage, label: str, name: str | None = None) -> InputPage:
    """Name a page so that the ledger can hold it, whatever bytes stand in the names of files."""
    return InputPage(
        escape_controls(archive), escape_controls(page.name if name is None else name), escape_controls(label), page
    )
