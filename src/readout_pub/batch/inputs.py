"""Finds the pages of sources that the user names: folders, files, archives, lists of paths (`@FILE`), and patterns."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from readout_pub.batch.job import PRIVATE_FOLDER
from readout_pub.errors import SourceError, UsageError, escape_controls
from readout_pub.filled_tables.pages import MAX_PAGES_NAMED
from readout_pub.notes import name_first
from readout_pub.sources import (
    STANDARD_INPUT,
    SavedPage,
    all_files,
    failing_page,
    is_remote,
    is_web_address,
    local_path,
)
from readout_pub.sources.path_list import is_path_list, label_below, listed_pages, pages_at


class InputPage(NamedTuple):
    """A page, the source that contains it, its name there, and the label that names its outputs."""

    archive: str
    name: str
    label: str
    page: SavedPage


class BrokenInput(NamedTuple):
    """A source that could not be read to its end, so that its other pages are unknown."""

    archive: str
    error: SourceError


class BatchOutput(NamedTuple):
    """A page in the output folder of this batch or of another, and its name there."""

    folder: str
    name: str


class OwnOutput(NamedTuple):
    """An output of this program among the saved pages of `archive`; it is not converted."""

    archive: str


class OtherFile(NamedTuple):
    """A file of a folder or zip archive that is not recognised as a page.

    `as_page` stands for it if an earlier run recognised it as a page; opening `as_page` raises an error.
    """

    as_page: InputPage


def find_pages(
    sources: Sequence[str | Path], max_bytes: int, out: Path, *, out_is_new: bool
) -> Iterator[InputPage | BrokenInput | BatchOutput | OwnOutput | OtherFile]:
    """Yield the pages of all sources in their order, and the other files among them.

    Raises SourceError if a source is missing or has no page, UsageError if it is a web address or lies in the output
    folder of a batch. With `out_is_new`, `out` has no outputs yet, so a page in it raises a UsageError. A missing path
    of a list becomes a page that fails when it is opened.
    """
    if not sources:
        raise UsageError("there is no source", what_next="name the folder of the saved pages")
    if not all(map(str, sources)):
        raise UsageError("the name of a source is empty", what_next='check where it came from; "." is this folder')
    _enclosing_output_folder.cache_clear()  # an earlier run in this process may have made an output folder
    for source in sources:
        _refuse_outputs(source, out)
    for source in sources:
        for found in _pages_of(
            local_path(source) if isinstance(source, str) else source, max_bytes, is_one_of_several=len(sources) > 1
        ):
            if isinstance(found, BrokenInput):
                yield found
                continue
            output = _as_output(found.page.where, out)
            if found.page.is_other_file:
                if output is None:
                    yield OtherFile(found._replace(page=_unrecognised(found.page)))
                continue
            if found.page.is_output:
                yield output or OwnOutput(found.archive)
                continue
            if output and output.folder == str(out) and out_is_new:
                raise UsageError(
                    "it is a page to convert, and an output could replace it",
                    where=f"{out}/{output.name}",
                    what_next=_OTHER_FOLDER,
                )
            yield output or found


def _unrecognised(page: SavedPage) -> SavedPage:
    """Return a page for a file that is no page any more; opening it raises an error."""
    error = SourceError(
        "it was a page before, and has no HTML or text now",
        where=page.where,
        what_next="save the page again, or remove the file: --prune then deletes its outputs",
    )
    return failing_page(page.name, error, page.stamp)


def own_outputs_left_out(source: str, count: int) -> str:
    """Return the message that `count` outputs of this program were left out of `source`."""
    left_out = (
        "1 file was left out, as this program wrote it; to convert it"
        if count == 1
        else f"{count:,} files were left out, as this program wrote them; to convert one"
    )
    return escape_controls(f"{source}: {left_out}, give its name to `convert`")


WITHOUT_HTML = "named like pages, but without HTML"
BACKUPS = "backups of pages beside them"
"""Reasons to leave files out, for `LeftOutFiles`."""


class LeftOutFiles:
    """Counts files that are left out for one reason, and keeps the names of the first of them."""

    def __init__(self, reason: str, names: Iterable[str] = ()) -> None:
        self.count = 0
        self._reason = reason
        self._first: list[str] = []
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        """Count a file."""
        self.count += 1
        if len(self._first) < MAX_PAGES_NAMED:
            self._first.append(name)

    def remarks(self) -> Iterator[str]:
        """Yield a message that names the files, if there are any."""
        if self.count:
            yield f"{self._reason}, so left out: {name_first(self._first, MAX_PAGES_NAMED, count=self.count)}"


def _refuse_outputs(source: str | Path, out: Path) -> None:
    """Raise a UsageError if a source is or lies in the output folder of this batch or another."""
    path = local_path(source) if isinstance(source, str) else source
    if is_path_list(path) or is_web_address(str(path)) or is_remote(str(path)) or str(path) == STANDARD_INPUT:
        return
    if Path(os.path.realpath(path)).is_relative_to(os.path.realpath(out)):
        raise UsageError(
            "it is in the output folder, and an output could replace it", where=str(source), what_next=_OTHER_FOLDER
        )
    if folder := _enclosing_output_folder(os.path.abspath(path)):  # noqa: PTH100 - pages have such paths; Path.resolve follows links
        raise UsageError(
            f"it is in {folder}, the output folder of another batch",
            where=str(source),
            what_next="name the folder of the saved pages; `readout-pub convert` converts single outputs",
        )


def output_folder_of(where: str) -> str | None:
    """Return the output folder of a batch that contains the page at the absolute path `where`; else None."""
    return None if is_remote(where) else _enclosing_output_folder(os.path.dirname(where))  # noqa: PTH120 - a Path is slow


def _as_output(where: str, out: Path) -> BatchOutput | None:
    """Return the page at `where` as an output of a batch; None if it is not in the output folder of one."""
    if where.startswith(f"{out}/"):
        return BatchOutput(str(out), where.removeprefix(f"{out}/"))
    folder = output_folder_of(where)
    return BatchOutput(folder, where.removeprefix(f"{folder}/")) if folder else None


@lru_cache(maxsize=10_000)  # `find_pages` asks about each page of a folder
def _enclosing_output_folder(path: str) -> str | None:
    """Return the output folder of a batch that is or contains this absolute path; else None."""
    # Strings, since making a Path takes longer than the system call. No recursion, since the place of a page in an
    # archive ends with its URL, which may have thousands of parts.
    while not os.path.isdir(f"{path}/{PRIVATE_FOLDER}"):  # noqa: PTH112
        parent = os.path.dirname(path)  # noqa: PTH120
        if parent in {path, ""}:
            return None
        path = parent
    return path


_OTHER_FOLDER = "name another folder with -o"


def _pages_of(source: str | Path, max_bytes: int, *, is_one_of_several: bool) -> Iterator[InputPage | BrokenInput]:
    """Yield the pages of one source: a list of paths, a pattern, a folder or an archive."""
    if is_path_list(source):
        for label, page in listed_pages(str(source), max_bytes):
            yield _input_page(str(source), page, label, name=label)
        return
    source = str(source)
    if is_web_address(source):
        raise UsageError(
            "this is a web address, not an archive",
            where=source,
            what_next="`readout-pub fetch` makes an archive of it",
        )
    if source == STANDARD_INPUT:
        raise UsageError(
            "standard input holds one page",
            where=source,
            what_next='"@-" reads a list of paths from it; `readout-pub convert -` converts the page',
        )
    paths = _matching_paths(source)
    for path in paths:
        for label, page in pages_at(path, Path().absolute(), max_bytes, source):
            yield _input_page(source, page, label, name=label)
    if not paths:
        yield from _pages_in_archive(_absolute(source), max_bytes, source if is_one_of_several else "")


def _matching_paths(pattern: str) -> list[str]:
    """Return the paths that match a pattern; none if the source is not a pattern."""
    if is_remote(pattern) or not glob.has_magic(pattern) or Path(pattern).exists():
        return []
    paths = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207 - Path.glob knows no absolute pattern
    if not paths:
        raise SourceError("no file matches this pattern", where=pattern, what_next="check the pattern and the folder")
    return paths


def _absolute(path: str) -> str:
    """Return an absolute path, since a worker may have another working directory."""
    return path if is_remote(path) else str(Path(path).absolute())


def _pages_in_archive(archive: str, max_bytes: int, prefix: str) -> Iterator[InputPage | BrokenInput]:
    """Yield the pages of one source; labels begin with `prefix`, the source as typed, if there are several sources."""

    def label(page: SavedPage) -> str:
        return label_below(prefix, page) if prefix else page.name

    pages = all_files(archive, max_bytes=max_bytes)
    first = next(pages)  # raises SourceError: a source without any page is an error of the user
    yield _input_page(archive, first, label(first))
    try:
        for page in pages:
            yield _input_page(archive, page, label(page))
    except SourceError as error:
        yield BrokenInput(archive, error)


def _input_page(archive: str, page: SavedPage, label: str, name: str | None = None) -> InputPage:
    """Return an InputPage whose texts are valid Unicode, as the ledger needs; file names may have any bytes."""
    return InputPage(
        escape_controls(archive), escape_controls(page.name if name is None else name), escape_controls(label), page
    )
