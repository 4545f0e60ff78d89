"""The comparison of a page with its readout takes linear time.

The tests measure CPU seconds. Counting executed lines (`tests.line_count`) would miss searches, which run in C.
"""

from __future__ import annotations

import re
import time
import zipfile
from io import BytesIO

import msgspec
import pytest

from readout_pub import RenderOptions, describe, emit, extract, read, refine
from readout_pub.gc_pause import gc_paused
from readout_pub.receipts import prove_rendition
from readout_pub.receipts.page import prove_page, read_page_text
from readout_pub.receipts.read_back.docx import read_docx
from tests.archives import zipped
from tests.pages import saved_page

TEXT = "<h1>Talks</h1><p>The Ministers met in the harbour and talked about fish.</p>"

SHAPES = {
    "typed numbers in a list": ("<ol>", "<li>{}. Fish {}", "</ol>"),
    "superscripts in superscripts": ("<p>", "<sup>{} ", "</p>"),
    "attachments": ("", '<p><a href="{}.pdf">Fish {} (PDF)</a></p>', ""),
}


def seconds(shape: str, size: int) -> float:
    """Return the CPU seconds (best of three) to compare a page of `size` copies of this shape with its readout."""
    before, each, after = SHAPES[shape]
    content = "".join(each.replace("{}", str(number)) for number in range(1, size + 1))
    page = saved_page(f"{TEXT}{before}{content}{after}")
    found = extract(page, site="none")
    assert found.regions is not None
    readout = describe(refine(found.readout), {}, found.images)
    text, regions = read_page_text(page), found.regions()

    def once() -> float:
        start = time.process_time()
        prove_page(page, text, regions, readout, found=found.readout)
        return time.process_time() - start

    with gc_paused():  # as `read_and_prove` does
        return min(once() for _ in range(3))


@pytest.mark.slow
@pytest.mark.parametrize("shape", SHAPES)
def test_the_time_does_not_grow_with_the_square_of_the_page_size(shape: str) -> None:
    # Linear time grows by a factor of 4, quadratic time by 16. The limit is 11, since the time for typed
    # numbers grew by up to 8.2: how many words the first comparison finds depends on the digits of the numbers.
    assert seconds(shape, 12_000) <= 11 * seconds(shape, 3000)


@pytest.mark.slow
def test_a_figure_of_many_photos_takes_linear_time_in_html() -> None:
    """HTML joins figures of missing photos into one, with a long caption. Each photo is compared with this caption."""

    def seconds(size: int) -> float:
        photos = "".join(f'<p class="photo"><img src="{n}.jpg"><br>Fish text {n}</p>' for n in range(size))
        readout, images = read(f"<html lang=en>{TEXT}{photos}".encode(), name="talks.html")
        with gc_paused():
            start = time.process_time()
            prove_rendition(readout, images, emit(readout, images, "html"), RenderOptions())
            return time.process_time() - start

    assert seconds(8000) <= 8 * seconds(2000)


@pytest.mark.slow
def test_a_page_of_many_videos_takes_linear_time_in_docx() -> None:
    """In DOCX, each video is a paragraph with a link."""

    def seconds(size: int) -> float:
        videos = "<video src=talks.mp4></video>" * size
        readout, images = read(f"<html lang=en>{TEXT}{videos}".encode(), name="talks.html")
        rendition = emit(readout, images, "docx")
        with gc_paused():
            start = time.process_time()
            prove_rendition(readout, images, rendition, RenderOptions())
            return time.process_time() - start

    assert seconds(2000) <= 8 * seconds(500)


@pytest.mark.slow
def test_many_captions_in_a_row_take_linear_time_in_docx() -> None:
    """Word processors can give paragraphs the style of captions without a photo above them."""

    def seconds(size: int) -> float:
        readout, images = read(f"<html lang=en>{TEXT}{'<p>The Ministers met.</p>' * size}".encode(), name="talks.html")
        rendition = emit(readout, images, "docx")
        with zipfile.ZipFile(BytesIO(rendition.data)) as package:
            files = {name: package.read(name) for name in package.namelist()}
        document = files["word/document.xml"]
        captions = re.sub(rb'<w:pStyle w:val="\w+" ?/>', b'<w:pStyle w:val="ImageCaption"/>', document)
        assert captions.count(b'"ImageCaption"') > size
        changed = msgspec.structs.replace(rendition, data=zipped(files | {"word/document.xml": captions}))
        with gc_paused():
            start = time.process_time()
            read_docx(changed)
            return time.process_time() - start

    assert seconds(4000) <= 8 * seconds(1000)
