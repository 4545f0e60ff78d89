"""Recognises pages with only a headline and photos."""

from __future__ import annotations

from collections.abc import Sequence

from readout_pub.extract.generic.page_analysis import PageAnalysis
from readout_pub.extract.generic.text_blocks import ElementBox

_MAX_BOXES_AROUND_PHOTOS = 6
"""How many boxes around a headline are searched for photos."""


def lines_of_photo_page(page: PageAnalysis, keep: Sequence[bool]) -> list[bool] | None:
    """Return which lines are text on a page with only a headline and photos below it; None for other pages.

    Outside the box of headline and photos, kept lines with links are the menu.
    """
    box = box_of_photos(page)
    if box is None or any(keep[line.index] and not box.contains_line(line) and not line.links for line in page.lines):
        return None  # a kept line without links outside the box is text, so the page has more than photos
    return [kept and box.contains_line(line) for line, kept in zip(page.lines, keep, strict=True)]


def box_of_photos(page: PageAnalysis) -> ElementBox | None:
    """Return the smallest box with the headline and photos below it; None if it has links, or the page has prose."""
    headline = page.title_line
    if headline is None or headline.box.chrome or page.total_prose > 1 or page.declared_type is not None:
        return None
    below = [image.box for image in page.images if image.index > headline.index and not image.box.chrome]
    for box in headline.box.self_and_ancestors(_MAX_BOXES_AROUND_PHOTOS):
        if box.element.tag in {"body", "html"} or box.linked_size:
            return None
        if any(map(box.contains_box, below)):
            return box
    return None
