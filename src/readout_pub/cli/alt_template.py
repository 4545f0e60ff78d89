"""The table of `inspect --alts`: every photo of the pages of a source, for a person to fill in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import typer

from readout_pub.alt.alt_file import PhotoRow, photo_rows
from readout_pub.cli.console import print_error, print_json
from readout_pub.csv_cells import csv_line
from readout_pub.errors import ReadoutError
from readout_pub.model import Readout
from readout_pub.sources import SavedPage


def print_photo_rows(pages: Iterable[SavedPage], read: Callable[[SavedPage], Readout], *, json: bool) -> int:
    """Print the table as CSV or JSON, page by page; return the highest exit code of the pages that fail, else 0."""
    codes = [0]

    def rows() -> Iterator[PhotoRow]:
        for page in pages:
            try:
                yield from photo_rows(read(page), page.name)
            except ReadoutError as error:
                print_error(str(error))
                codes.append(error.exit_code)

    if json:
        print_json(list(rows()))
    else:
        # Excel reads UTF-8 only with a byte order mark.
        typer.echo(b"\xef\xbb\xbf" + csv_line(PhotoRow.__struct_fields__).encode(), nl=False)
        for row in rows():
            cells = (getattr(row, column) for column in PhotoRow.__struct_fields__)
            typer.echo(csv_line(cells).encode("utf-8", "replace"), nl=False)
    return max(codes)
