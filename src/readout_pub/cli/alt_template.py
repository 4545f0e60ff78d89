"""The table of `inspect --alts`: every photo of the pages of a source, for a person to fill in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import typer

from readout_pub.alt import DescribedPhotos
from readout_pub.alt.alt_file import PhotoRow, photo_rows
from readout_pub.atomic import open_atomic
from readout_pub.cli.console import json_text, print_error
from readout_pub.csv_cells import csv_head, csv_line
from readout_pub.errors import ReadoutError
from readout_pub.sources import SavedPage


def print_photo_rows(
    pages: Iterable[SavedPage], read: Callable[[SavedPage], DescribedPhotos], output: Path | None = None, *, json: bool
) -> int:
    """Print the table as CSV or JSON, or write it to the file `output`.

    CSV rows are written page by page, JSON in one piece after the last page. Return the highest exit code of the pages
    that fail, else 0. Raises OutputError if the file cannot be written.
    """
    codes = [0]

    def rows() -> Iterator[PhotoRow]:
        for page in pages:
            try:
                yield from photo_rows(read(page), page.name)
            except ReadoutError as error:
                print_error(str(error))
                codes.append(error.exit_code)

    lines = iter([f"{json_text(list(rows()))}\n".encode()]) if json else _csv_lines(rows())
    if output is None:
        for line in lines:
            typer.echo(line, nl=False)
    else:
        with open_atomic(output) as file:
            file.writelines(lines)
    return max(codes)


def _csv_lines(rows: Iterable[PhotoRow]) -> Iterator[bytes]:
    yield csv_head(PhotoRow.__struct_fields__).encode()
    for row in rows:
        yield csv_line(getattr(row, column) for column in PhotoRow.__struct_fields__).encode("utf-8", "replace")
