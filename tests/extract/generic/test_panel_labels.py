"""Tests of `panel_labels`: which links that open a panel of text are kept."""

from __future__ import annotations

import pytest

from readout_pub.extract.generic import analyse_page, parse_markup
from readout_pub.extract.generic.panel_labels import keep_labels_of_panels
from tests.extract.generic.pages import HEADLINE, STORY, newspaper

OIL = """<div id="oil"><p>The oil lamp burns for nine hours, and its wick is cut by the keeper at noon.</p></div>"""


def _keeps_label(panel: str, *, keeps_text: bool = True) -> bool:
    """Return whether the label "Oil" is kept if all other lines are kept or, with `keeps_text=False`, if none is."""
    page = analyse_page(parse_markup(newspaper(f"{HEADLINE}{STORY}{panel}")))
    keep = [keeps_text and line.text != "Oil" for line in page.lines]
    keep_labels_of_panels(page, keep)
    return next(keep[line.index] for line in page.lines if line.text == "Oil")


@pytest.mark.parametrize(
    "label",
    [
        '<div><a href="#oil" data-toggle="collapse"><div>Oil</div></a></div>',
        '<p><a href="#oil" aria-expanded="false">Oil</a></p>',
        '<p><a href="#oil" role="button">Oil</a></p><p>+</p>',
    ],
)
def test_the_label_of_a_panel_of_text_is_kept(label: str) -> None:
    assert _keeps_label(f"{label}{OIL}")


@pytest.mark.parametrize(
    "label",
    [
        '<p><a href="#oil">Oil</a></p>',  # may be a table of contents
        '<p><a href="#gas" role="button">Oil</a></p>',
        '<p><a href="#oil" role="tab">Oil</a></p><p><a href="#gas" role="tab">Gas</a></p>',
    ],
)
def test_plain_links_tabs_and_links_to_other_panels_are_not_labels(label: str) -> None:
    assert not _keeps_label(f"{label}{OIL}")


def test_the_label_of_a_panel_whose_text_is_left_out_is_not_kept() -> None:
    label = '<p><a href="#oil" data-toggle="collapse">Oil</a></p>'
    assert not _keeps_label(f"{label}{OIL}", keeps_text=False)
