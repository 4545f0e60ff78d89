"""Reads the pages of an archive for the commands of `alt`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from readout_pub.cli.console import print_error
from readout_pub.errors import ReadoutError
from readout_pub.limits import PageLimits

if TYPE_CHECKING:
    from readout_pub.alt_review.photos import PagePhotos


Archive = Annotated[
    str,
    typer.Argument(
        metavar="ARCHIVE", help="The saved pages: a folder, an archive, one page, or `@FILE` with a list of paths."
    ),
]


def read_pages(
    archive: str,
    failed: list[ReadoutError],
    site: str | None,
    sites: list[Path] | None,
    max_bytes: int,
    limits: PageLimits,
) -> Iterator[PagePhotos]:
    """Yield the photos of each page; the error of a page that cannot be read is printed and added to `failed`."""
    from readout_pub.alt_review.photos import page_reader, photos_by_page

    read = page_reader(site=site, sites=sites or (), limits=limits)
    for page in photos_by_page(archive, read=read, max_bytes=max_bytes, limits=limits):
        if page.error:
            print_error(str(page.error))
            failed.append(page.error)
        yield page
