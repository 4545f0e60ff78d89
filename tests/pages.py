"""Pages of an invented ministry, and what the program understands of them."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from pathlib import Path

from PIL import Image

from readout_pub import Extraction, HtmlPage, Readout, TextPage, extract, refine
from tests.outline import outline

PROFILES = Path(__file__).parent / "profiles"
"""The folder of site profiles for tests; `atlantis` is the ministry whose pages these are."""


class Files:
    """Files that a page refers to, by the name it calls them."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = files

    def find(self, src: str) -> Callable[[], bytes] | None:
        content = self._files.get(src)
        return None if content is None else lambda: content


def saved_page(main: str, *, files: Mapping[str, bytes] | None = None, url: str | None = None) -> HtmlPage:
    """Return a page in English with this content of its `main` and these files beside it."""
    markup = f'<!DOCTYPE html><html lang="en"><title>Atlantis</title><body><main>{main}</main></body></html>'
    return whole_page(markup, files=files, url=url)


def whole_page(markup: str, *, files: Mapping[str, bytes] | None = None, url: str | None = None) -> HtmlPage:
    """Return a page of exactly this markup."""
    return HtmlPage(name="page.html", raw=markup.encode, markup=markup, assets=Files(files or {}), url=url)


def extraction(page: HtmlPage) -> Extraction:
    """Extract a page by the profile of Atlantis."""
    return extract(page, site="atlantis", sites=[PROFILES])


def extracted(main: str, *, files: Mapping[str, bytes] | None = None, url: str | None = None) -> Readout:
    """Extract what stands in the `main` of a page."""
    return extraction(saved_page(main, files=files, url=url)).readout


def body(main: str, *, files: Mapping[str, bytes] | None = None, url: str | None = None) -> str:
    """Extract what stands in the `main` of a page, and draw its body."""
    return outline(extracted(main, files=files, url=url).body)


def refined(main: str) -> str:
    """Extract what stands in the `main` of a page, refine it, and draw its body."""
    return outline(refine(extracted(main)).body)


def dumped(text: str) -> Readout:
    """Extract a text dump."""
    return extract(TextPage(name="page.txt", raw=text.encode, text=text)).readout


def jpeg(width: int = 320, height: int = 200, colour: str = "teal") -> bytes:
    """Draw a photo: one colour, this many pixels."""
    out = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(out, "JPEG")
    return out.getvalue()
