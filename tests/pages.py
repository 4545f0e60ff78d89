"""Pages of an invented ministry, and shortcuts to extract, refine and outline them."""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from textwrap import dedent

from PIL import Image, ImageDraw

from readout_pub import Extraction, HtmlPage, Readout, TextPage, extract, refine
from tests.outline import outline

PROFILES = Path(__file__).parent / "profiles"
"""The folder of site profiles for tests. The profile of the invented ministry is `atlantis`."""


class Files:
    """The files that a page refers to, by the name that the page uses."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = files

    def find(self, src: str) -> Callable[[], bytes] | None:
        content = self._files.get(src)
        return None if content is None else lambda: content


def saved_page(main: str, *, files: Mapping[str, bytes] | None = None, url: str | None = None) -> HtmlPage:
    """Return an English page with this content in its `main` element, and with these files beside it."""
    markup = f'<!DOCTYPE html><html lang="en"><title>Atlantis</title><body><main>{main}</main></body></html>'
    return whole_page(markup, files=files, url=url)


def whole_page(markup: str, *, files: Mapping[str, bytes] | None = None, url: str | None = None) -> HtmlPage:
    """Return a page with exactly this markup."""
    return HtmlPage(name="page.html", raw=markup.encode, markup=markup, assets=Files(files or {}), url=url)


def extraction(page: HtmlPage) -> Extraction:
    """Extract a page with the profile of Atlantis."""
    return extract(page, site="atlantis", sites=[PROFILES])


def extracted(main: str, *, files: Mapping[str, bytes] | None = None, url: str | None = None) -> Readout:
    """Extract a page with this content in its `main` element."""
    return extraction(saved_page(main, files=files, url=url)).readout


def body(main: str, *, files: Mapping[str, bytes] | None = None, url: str | None = None) -> str:
    """Extract a page with this content in its `main` element; return the outline of its body."""
    return outline(extracted(main, files=files, url=url).body)


def refined(main: str) -> str:
    """Extract and refine a page with this content in its `main` element; return the outline of its body."""
    return outline(refine(extracted(main)).body)


def extracted_text(text: str) -> Readout:
    """Extract a plain-text page."""
    return extract(TextPage(name="page.txt", raw=text.encode, text=text)).readout


@cache
def jpeg(width: int = 320, height: int = 200, colour: str = "teal") -> bytes:
    """Return a JPEG photo of one colour."""
    out = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(out, "JPEG")
    return out.getvalue()


@cache
def png(width: int, height: int, colour: str) -> bytes:
    """Return a PNG image of one colour."""
    out = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(out, "PNG")
    return out.getvalue()


@cache
def scene(number: int, width: int = 320, height: int = 200) -> bytes:
    """Return a JPEG of coloured shapes; each `number` gives another picture."""
    places = random.Random(number)  # noqa: S311 - the same shapes in each run
    image = Image.new("RGB", (width, height), "white")
    draw = ImageDraw.Draw(image)
    for _ in range(12):
        x, y = places.randrange(width), places.randrange(height)
        colour = tuple(places.randrange(256) for _ in range(3))
        draw.ellipse((x, y, x + places.randrange(30, 160), y + places.randrange(30, 120)), fill=colour)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=90)
    return out.getvalue()


PROSE = tuple(
    f"<p>On day {day} the committee of the harbours met at the quay and agreed on a measure of the tide.</p>"
    for day in range(1, 7)
)


def readouts_on_both_paths(markup: str, *, at_end: bool = False) -> dict[str, Readout]:
    """Extract an article that contains `markup`, with and without a profile; return both readouts.

    Their keys are "profile" and "generic". `markup` is between paragraphs of prose or, if `at_end`, below all of
    them. The URL of the page is https://atlantis.example/talks/tides.html.
    """
    before, after = (PROSE, ()) if at_end else (PROSE[:4], PROSE[4:])
    main = "<h1>Tides of the coast</h1>" + "".join(before) + markup + "".join(after)
    menu = '<nav><a href="/">Home</a> <a href="/news">News</a></nav>'
    page = whole_page(
        f'<!DOCTYPE html><html lang="en"><title>Tides of the coast</title><body>{menu}<main><article>{main}'
        "</article></main><footer>Contact the harbour</footer></body></html>",
        url="https://atlantis.example/talks/tides.html",
    )
    return {"profile": extraction(page).readout, "generic": extract(page, site="none").readout}


def on_both_paths(markup: str) -> dict[str, str]:
    """Extract `markup` as `readouts_on_both_paths` does; return both outlines, without the prose around `markup`."""
    return {path: _without_prose(outline(readout.body)) for path, readout in readouts_on_both_paths(markup).items()}


def _without_prose(outlined: str) -> str:
    prose = {f'paragraph "{each[3:-4]}"' for each in PROSE}
    lines = (line for line in outlined.splitlines() if line.strip() not in prose and "Tides of the" not in line)
    return dedent("".join(f"{line}\n" for line in lines))
