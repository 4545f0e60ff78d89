"""The comparison of a page with its readout takes linear time. It is measured in CPU seconds, since C code searches."""

from __future__ import annotations

import time

import pytest

from readout_pub import describe, extract, refine
from readout_pub.extract import gc_paused
from readout_pub.receipts.page import prove_page, read_page_text
from tests.pages import saved_page

TEXT = "<h1>Talks</h1><p>The Ministers met in the harbour and talked about fish.</p>"

SHAPES = {
    "typed numbers in a list": ("<ol>", "<li>{}. Fish {}", "</ol>"),
    "superscripts in superscripts": ("<p>", "<sup>{} ", "</p>"),
    "attachments": ("", '<p><a href="{}.pdf">Fish {} (PDF)</a></p>', ""),
}


def seconds(shape: str, size: int) -> float:
    """Return the fewest CPU seconds of the comparison of a page with this shape, `size` times."""
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
def test_four_times_the_page_takes_about_four_times_as_long(shape: str) -> None:
    assert seconds(shape, 12_000) <= 8 * seconds(shape, 3000)
