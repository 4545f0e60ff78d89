"""Lists of paths: the source `@FILE` stands for the pages at the paths in a file, `@-` for the paths on standard input.

`FILE` alone is a page, even if it contains paths: otherwise its author could choose which files of this computer are
published. A list of paths contains no web addresses; `readout-pub fetch --from` reads lists of those.
"""

from __future__ import annotations

import codecs
import contextlib
import io
import os
import re
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple, cast

from readout_pub.errors import SourceError, escape_controls
from readout_pub.sources import STANDARD_INPUT, saved_pages
from readout_pub.sources.blob import unreadable
from readout_pub.sources.page import SavedPage, failing_page

LIST_MARK = "@"
"""The first character of a source that is a list of paths."""

MAX_LINE = 100_000
"""The most characters of a line in a list. The longest paths are those of Windows, with up to 32,767."""

_ADDRESS = re.compile(r"[a-z][a-z0-9+.:-]*://|file:", re.IGNORECASE)
"""The start of a URL: a web address, a cloud store (`s3://`), a file (`file:`), a chain of fsspec (`zip::s3://`)."""


class ListedPage(NamedTuple):
    """A page of a list; `label` is the path in the list, and in an archive or folder also the name of the page."""

    label: str
    page: SavedPage


def is_path_list(source: str | Path) -> bool:
    """Return whether a source is a list of paths."""
    return isinstance(source, str) and source.startswith(LIST_MARK)


def listed_pages(source: str, max_bytes: int) -> Iterator[ListedPage]:
    """Yield the pages at the paths in a list, relative to the folder of the list; `max_bytes` as in `saved_pages`.

    For an address, or a path that cannot be read, a failing page is yielded. Raises SourceError if the list cannot be
    read or is empty.
    """
    name = source.removeprefix(LIST_MARK)
    where = "standard input" if name == STANDARD_INPUT else name
    folder = _folder_of(name)
    number = 0
    for number, line in _paths_in(name, folder):
        yield from pages_at(line, folder, max_bytes, f"{where}, line {number}")
    if not number:
        raise SourceError("there is no path in this list", where=where, what_next="write one path on each line")


def listed_paths(source: str) -> Iterator[tuple[Path, str]]:
    """Yield the absolute path of each line in a list, and the line; SourceError if the list cannot be read."""
    name = source.removeprefix(LIST_MARK)
    folder = _folder_of(name)
    return ((folder / line, line) for _, line in _paths_in(name, folder))


def _folder_of(name: str) -> Path:
    """Return the folder to which the paths of a list are relative."""
    return Path().absolute() if name == STANDARD_INPUT else Path(name).absolute().parent


def pages_at(path: str, folder: Path, max_bytes: int, where: str) -> Iterator[ListedPage]:
    """Yield the pages at a path relative to `folder`, or a failing page with the error.

    `where` is the place of the path ("list.txt, line 3"), for errors about a text that is not a path.
    """
    try:
        _require_path(path, where)
        for page in saved_pages(folder / path, max_bytes=max_bytes):
            yield ListedPage(label_below(path, page), page)
    except SourceError as error:
        yield ListedPage(path, failing_page(escape_controls(Path(path).name), error))


def label_below(path: str, page: SavedPage) -> str:
    """Return the path as typed; if it leads to an archive or a folder, the name of the page is added."""
    return path if page.name == escape_controls(Path(path).name) else f"{path}/{page.name}"


def _paths_in(name: str, folder: Path) -> Iterator[tuple[int, str]]:
    """Yield the number and the path of each line, without blank lines and lines that begin with #."""
    try:
        with _open_list(name) as lines:
            for number, line in enumerate(iter(partial(lines.readline, MAX_LINE + 1), ""), 1):
                if len(line) > MAX_LINE:
                    raise SourceError(
                        f"line {number} has more than {MAX_LINE:,} characters, so it is not a path",
                        where=name,
                        what_next="check that this file is a list, with one path on each line",
                    )
                path = line.rstrip("\r\n")
                if path.strip() and not path.startswith("#"):
                    yield number, _unquoted(path, folder)
    except OSError as reason:
        raise unreadable(name, reason) from reason
    except UnicodeDecodeError as reason:
        raise SourceError("it is not valid UTF-16", where=name, what_next="save the list as UTF-8") from reason


def _unquoted(path: str, folder: Path) -> str:
    """Return a path without the quotation marks of "Copy as path" of Windows, unless a file has them in its name."""
    quoted = _QUOTED.fullmatch(path)
    return quoted[1] if quoted and not os.path.lexists(folder / path) else path


_QUOTED = re.compile(r'\s*"([^"]+)"\s*')


def _open_list(name: str) -> contextlib.AbstractContextManager[io.TextIOBase]:
    """Open a list as UTF-16 if it begins with the byte order mark of UTF-16, else as UTF-8."""
    if name != STANDARD_INPUT:
        return _as_text(Path(name).open("rb"))
    if sys.stdin is None:  # the shell closed it: `<&-`
        raise SourceError("it is closed", where="standard input", what_next="name a list with @FILE")
    return contextlib.nullcontext(_as_text(io.BufferedReader(cast("io.RawIOBase", sys.stdin.buffer))))


def _as_text(file: io.BufferedReader) -> io.TextIOWrapper:
    if file.peek(2)[:2] in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}:
        return io.TextIOWrapper(file, "utf-16", "surrogatepass")
    # `surrogateescape` keeps the bytes of file names in other encodings.
    return io.TextIOWrapper(file, "utf-8-sig", "surrogateescape")


def _require_path(line: str, where: str) -> None:
    if _ADDRESS.match(line):
        raise SourceError(
            "this is an address, and a list contains only paths of files and folders",
            where=where,
            what_next="name a cloud store such as s3://… on the command line; "
            "`readout-pub fetch --from` takes lists of web addresses",
        )
    if "\x00" in line:
        raise SourceError("this is not a path", where=where, what_next="give a text file with one path on each line")
