"""Copies the sources of a batch into a bag as they are, and finds each converted page among them by its digest."""

from __future__ import annotations

import glob
import os
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from readout_pub.alt.decisions import DECISIONS_FILE, find_file_from
from readout_pub.batch.job import PRIVATE_FOLDER
from readout_pub.deposit.payload import Payload, PayloadFile
from readout_pub.errors import SourceError, UsageError, escape_controls
from readout_pub.ledger import Ledger, LedgerRow
from readout_pub.notes import name_first
from readout_pub.sources import is_remote, pages_and_outputs, stored_digest
from readout_pub.sources.blob import MAX_ARCHIVE_BYTES, file_stamp
from readout_pub.sources.path_list import LIST_MARK, is_path_list, listed_paths

ORIGINALS = "data/originals"
"""The folder of the bag with the originals, in one folder for each source."""

DECISIONS = "alt decisions"
"""The kind of a file with the decisions of people on alternative texts."""

DECISIONS_ABOVE = "data/alt-decisions"
"""The folder of the bag for decision files from above a source, in one folder for each source."""

MAX_NAMED = 5
"""How many files, pages or sources an error names, so that it fits a terminal."""

_NAME_ORIGINALS = "add the files or folders with the originals to the command, after the output folder"


class CopiedOriginals:
    """The originals in a bag: `files` in their order, and `remarks` on what was left out.

    `pages` are the pages to find: digest of a converted page → its number in the ledger.
    """

    def __init__(self, pages: Mapping[str, int]) -> None:
        self.files: list[PayloadFile] = []
        self.remarks: list[str] = []
        self._pages = pages
        self._found: dict[str, PayloadFile] = {}
        self._rows: dict[str, int] = {}

    def row_of(self, file: PayloadFile) -> int | None:
        """Return the ledger number of the page in `file`, or of a page that refers to it; None if unknown."""
        return self._rows.get(file.path)

    def original_of(self, row: LedgerRow) -> PayloadFile | None:
        """Return the file of a converted page: the page, or an archive that has it; None if not found."""
        return self._found.get(row.entry.source_sha256 or "") if row.entry else None

    def add(self, file: PayloadFile, owner: int | None) -> None:
        """Add a file; `owner` is the number of a page that refers to it, if known."""
        self.files.append(file)
        page = self._pages.get(file.sha256)
        if page is not None:
            self._found.setdefault(file.sha256, file)
        if (row := page if page is not None else owner) is not None:
            self._rows[file.path] = row

    def find_in_archives(self, folder: Path, files: Mapping[str, PayloadFile]) -> None:
        """Search the archives in a folder of the bag for pages.

        `files` are its files by their paths on the disk.
        """
        try:
            for page in pages_and_outputs(folder, max_bytes=MAX_ARCHIVE_BYTES):
                if not self.missing:
                    return
                holder = next((file for path, file in files.items() if page.where.startswith(path)), None)
                if holder and holder.sha256 not in self._pages and (digest := stored_digest(page)) in self._pages:
                    self._found.setdefault(str(digest), holder)
        except SourceError:
            return  # the folder contains no page, or an archive is damaged; missing pages are reported afterwards

    @property
    def missing(self) -> list[int]:
        """The numbers of the pages that are not among the originals."""
        return [number for digest, number in self._pages.items() if digest not in self._found]


def copy_originals(
    ledger: Ledger, named: Sequence[Path], payload: Payload, *, keep_out: Sequence[Path]
) -> CopiedOriginals:
    """Copy the sources `named`, by default those of the ledger, and return what was copied.

    `keep_out` are folders that are not copied: first the output folder of the batch, then the folder of the bag. Raises
    UsageError if the bag would be inside a source, SourceError if a source or a converted page is missing, or a page
    has changed.
    """
    pages: dict[str, int] = {}
    requests: dict[str, dict[str, _Request]] = defaultdict(dict)
    sources: dict[str, None] = dict.fromkeys(str(path.absolute()) for path in named)
    for row in ledger.converted_pages():
        if not named:
            sources[row.archive] = None
        if row.entry and row.entry.current_renditions and row.entry.source_sha256:
            pages.setdefault(row.entry.source_sha256, row.id)
        if row.entry:
            page = ANY_PAGE if Path(row.archive).is_dir() else row.name
            requests[page].update(
                (name, _Request(row.id, stamp)) for name, stamp in row.entry.requested_stamps if stamp
            )
    copied = CopiedOriginals(pages)
    folders: set[str] = set()
    missing: list[str] = []
    changed: list[str] = []
    for typed in sorted(sources):
        source = _find_source(typed, requests, keep_out, copied.remarks)
        folder = f"{ORIGINALS}/{_free_name(source.name, folders)}"
        files = {}
        for name, request in source.files.items():
            path = source.root / name
            if request and not named and file_stamp(str(path)) != request.stamp:
                changed.append(escape_controls(name))
            file = payload.add(path, f"{folder}/{name}", _kind_of(path))
            files[str(payload.path_of(file.path))] = file
            copied.add(file, request.page if request else None)
        if copied.missing:
            copied.find_in_archives(payload.path_of(folder), files)
        for path, below in _decision_files(source):
            place = f"{folder}/{below}" if below else _place_above(folder)
            copied.add(payload.add(path, place, DECISIONS), None)
    paths = {file.path for file in copied.files}
    for number in copied.missing:
        name = ledger.row(number).name
        (changed if any(path.endswith(f"/{name}") for path in paths) else missing).append(name)
    _require_unchanged(missing, changed, sorted(sources))
    return copied


def _kind_of(path: Path) -> str:
    return DECISIONS if path.name == DECISIONS_FILE else "original"


def _decision_files(source: _Source) -> Iterator[tuple[Path, str | None]]:
    """Yield the decision files that apply to a source but are not among its files, with their names below it.

    The name is None for a file above the source.
    """
    folders = {(source.root / name).parent for name in source.files}
    found = {path for folder in folders if (path := find_file_from(folder))}
    for path in sorted(found):
        name = path.relative_to(source.root).as_posix() if path.is_relative_to(source.root) else None
        if name not in source.files:
            yield path, name


def _place_above(folder: str) -> str:
    """Return the path in the bag for the decision file above a source; `folder` is that of the source."""
    return f"{DECISIONS_ABOVE}/{folder.removeprefix(ORIGINALS).strip('/')}/{DECISIONS_FILE}"


ANY_PAGE = ""
"""The key in `_Requests` for the pages of a folder. The names of their files are relative to the folder."""


class _Request(NamedTuple):
    """A file to which a page refers: the page's number in the ledger, and the file's stamp during the batch."""

    page: int
    stamp: str


def _require_unchanged(missing: Sequence[str], changed: Sequence[str], sources: Sequence[str]) -> None:
    """Raise SourceError if an original is missing or has changed since it was converted."""
    faults = [*(f"{name} is missing" for name in missing), *(f"{name} has changed" for name in changed)]
    if faults:
        raise SourceError(
            f"these originals are not those that the batch converted: {name_first(faults, MAX_NAMED)}",
            where=", ".join(sources[:MAX_NAMED]),
            what_next=f"run the batch again, with --prune if pages are gone for good, or {_NAME_ORIGINALS}",
        )


class _Source(NamedTuple):
    """A source: its name in the bag, its folder, and its files by their names below that folder.

    Each file has the request of a page that refers to it, if one is known.
    """

    name: str
    root: Path
    files: Mapping[str, _Request | None]


_Requests = Mapping[str, Mapping[str, _Request]]
"""Page → the files to which it refers."""


def _find_source(typed: str, requests: _Requests, keep_out: Sequence[Path], remarks: list[str]) -> _Source:
    """Find the files of a source as typed: a file, a folder, a list of paths or a pattern."""
    if typed == f"{LIST_MARK}-":
        raise SourceError(
            "the batch read its list from standard input, which is gone", where=typed, what_next=_NAME_ORIGINALS
        )
    if is_remote(typed):
        raise SourceError(
            "the originals are in a remote store",
            where=typed,
            what_next=f"copy them to this machine, and {_NAME_ORIGINALS}",
        )
    files: dict[Path, _Request | None] = {}
    paths = list(_paths(typed))
    if not paths:  # a pattern that matches nothing any more
        raise SourceError("the originals are not there any more", where=typed, what_next=_NAME_ORIGINALS)
    for path, page_name in paths:
        if path.is_dir():
            requested = requests.get(ANY_PAGE, {})
            files |= {path / name: requested.get(name) for name in _names_below(path, path, keep_out, remarks)}
        elif path.exists():
            files |= {path: None} | dict(_requested_files(path, requests.get(escape_controls(page_name), {})))
        else:
            raise SourceError("the originals are not there any more", where=str(path), what_next=_NAME_ORIGINALS)
    folders = [path if path.is_dir() else path.parent for path, _ in paths]
    root = Path(os.path.commonpath(folders))
    named = {file.relative_to(root).as_posix(): request for file, request in files.items()}
    name = Path(typed.removeprefix(LIST_MARK)).stem if len(named) == 1 or is_path_list(typed) else root.name
    return _Source(name or "originals", root, dict(sorted(named.items())))


def _paths(typed: str) -> Iterator[tuple[Path, str]]:
    """Yield the paths of a source, each with the name that its page has in the ledger."""
    if is_path_list(typed):
        yield from listed_paths(typed)
    elif not Path(typed).exists() and glob.has_magic(typed):
        yield from ((Path(path).absolute(), path) for path in sorted(glob.glob(typed, recursive=True)))  # noqa: PTH207 - as in batch.inputs
    else:
        yield Path(typed).absolute(), Path(typed).name


def _requested_files(page: Path, requests: Mapping[str, _Request]) -> Iterator[tuple[Path, _Request]]:
    """Yield the files beside `page` to which it refers."""
    for name, request in requests.items():
        file = page.parent / name
        if file.is_file() and Path(os.path.realpath(file)).is_relative_to(os.path.realpath(page.parent)):
            yield file, request


def _names_below(folder: Path, root: Path, keep_out: Sequence[Path], remarks: list[str]) -> Iterator[str]:
    """Yield the names of all files below `folder`, relative to `root`, sorted within each folder.

    Hidden files, output folders of batches, and links to folders or out of `root` are left out. Each such link gives a
    remark. `keep_out` is as in `copy_originals`.
    """
    for each in keep_out[1:]:
        if each.is_relative_to(root):
            raise UsageError(
                "the bag would be inside a folder that it packs",
                where=str(each),
                what_next="name another place with -o",
            )
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        if path.name.startswith(".") or path in keep_out:
            continue
        leads_out = not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root))
        if path.is_symlink() and (path.is_dir() or leads_out):
            remarks.append(f"{escape_controls(str(path))}: left out, since it is a link")
        elif path.is_dir():
            if not (path / PRIVATE_FOLDER).is_dir():
                yield from _names_below(path, root, keep_out, remarks)
        elif path.is_file():
            yield path.relative_to(root).as_posix()


def _free_name(name: str, taken: set[str]) -> str:
    """Return `name`, with a number added if it is in `taken`; add the result to `taken`."""
    free = next(
        each for each in (name, *(f"{name}-{number}" for number in range(2, len(taken) + 3))) if each not in taken
    )
    taken.add(free)
    return free
