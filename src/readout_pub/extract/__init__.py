"""Page → readout as found, with the album of its photos."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from readout_pub.extract.extraction import Extraction, Reason
from readout_pub.extract.plain_text import read_plain_text
from readout_pub.image_store import ImageStore
from readout_pub.sources import Page, TextPage

__all__ = ["Extraction", "Reason", "extract", "gc_paused"]


def extract(page: Page, *, site: str | None = None, sites: Sequence[Path] = ()) -> Extraction:
    """Understand a page: its fields, its body, its photos.

    `site` names the profile to use, "none" for no profile; by default the page is asked. `sites` are folders of
    profiles besides the program's own. Raises SourceError where there is nothing to convert and ProfileError where a
    profile is wrong.
    """
    album = ImageStore()
    if isinstance(page, TextPage):
        return Extraction(read_plain_text(page, album), album)
    from readout_pub.extract.document import read_page

    with gc_paused():
        return read_page(page, album, site, sites)


@contextmanager
def gc_paused() -> Iterator[None]:
    """Let no garbage be looked for meanwhile: a tree that grows has none, and looking takes a third of the time."""
    enabled = gc.isenabled()
    try:
        gc.disable()
        yield
    finally:
        if enabled:
            gc.enable()
