"""Reads a page into a readout, and stores the bytes of its images."""

from __future__ import annotations

from typing import get_args

import msgspec

from readout_pub.arguments import Paths, require_paths, require_type
from readout_pub.errors import UsageError, option
from readout_pub.extract.extraction import Extraction, PageRegions, Reason
from readout_pub.extract.plain_text import read_plain_text, removed_marks
from readout_pub.gc_pause import gc_paused
from readout_pub.image_store import ImageStore
from readout_pub.model import Keep
from readout_pub.sources import HtmlPage, Page, StoredReadout, TextPage

__all__ = ["Extraction", "PageRegions", "Reason", "extract", "require_keep"]


def extract(
    page: Page,
    *,
    site: str | None = None,
    sites: Paths = (),
    keep: Keep | None = None,
    accept_error_pages: bool = False,
) -> Extraction:
    """Return the readout of a page, with the bytes of its images.

    `site` names the profile to use, "none" for no profile; by default, the host of the page and the markers on the page
    decide which profile is used. `sites` are folders of profiles besides the program's own. `keep` is for pages that no
    profile fits: "more" also keeps doubtful lines, "most" keeps everything except navigation and the like.

    Raises SourceError if the page has nothing to convert. Unless `accept_error_pages` is True, it also raises
    SourceError for an error page, a login or the like. A wrong profile raises ProfileError, an impossible argument
    UsageError.
    """
    require_type(page, (HtmlPage, TextPage, StoredReadout), "page")
    require_type(site, (str, type(None)), "site")
    folders = require_paths(sites, "sites")
    require_keep(keep)
    images = ImageStore()
    if isinstance(page, StoredReadout):
        readout = page.readout
        notes = tuple(dict.fromkeys((*readout.notes, *page.notes)))
        return Extraction(msgspec.structs.replace(readout, notes=notes), page.images, refined=True)
    if isinstance(page, TextPage):
        return Extraction(
            read_plain_text(page, images),
            images,
            regions=lambda: PageRegions((page.text,), removed=tuple(removed_marks(page.text))),
        )
    from readout_pub.extract.document import read_html_page

    with gc_paused():
        return read_html_page(page, images, site, folders, keep=keep, accept_error_pages=accept_error_pages)


def require_keep(keep: object) -> None:
    """Raise a UsageError unless `keep` is None or a value of `Keep`."""
    if keep is not None and keep not in get_args(Keep):
        raise UsageError(f"{keep!r} is not a value", where=option("--keep"), what_next="write more or most")
