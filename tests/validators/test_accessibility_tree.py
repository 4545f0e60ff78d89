"""The accessibility tree of each sample, as text: roles, names and heading levels."""

from __future__ import annotations

from pathlib import Path

import pytest

from readout_pub import convert
from samples.build import SOURCES
from tests.conftest import Golden
from tests.validators.accessibility_tree import draw_trees

pytestmark = [pytest.mark.slow, pytest.mark.validators]

PAGE = """\
<!DOCTYPE html>
<html lang="en"><title>Atlantis</title>
<main><h1>Tides</h1><div><p>They come <a href="#t">twice <em>a day</em></a>.</p></div>
<img src="a.jpg" alt="The harbour"><div tabindex="0" role="region" aria-label="Table 1"></div></main>
"""

EXPECTED_TREE = """\
RootWebArea "Atlantis" in the tab order
  main
    heading "Tides" level 1
    paragraph
      "They come "
      link "twice a day" to #t
        "twice "
        emphasis
          "a day"
      "."
    image "The harbour"
    region "Table 1" in the tab order
"""


def test_a_tree_has_only_nodes_that_screen_readers_announce(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(PAGE, "utf-8")
    assert draw_trees([page]) == [EXPECTED_TREE]


@pytest.fixture(scope="module")
def trees(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("pages")
    pages = {source.parent.name: folder / f"{source.parent.name}.html" for source in SOURCES}
    for source in SOURCES:
        (page,) = convert(source, ["html"]).renditions
        pages[source.parent.name].write_bytes(page.data)
    return dict(zip(pages, draw_trees(list(pages.values())), strict=True))


@pytest.mark.parametrize("sample", [source.parent.name for source in SOURCES])
def test_the_accessibility_tree_of_a_sample_equals_its_golden(
    sample: str, trees: dict[str, str], golden: Golden
) -> None:
    golden(f"accessibility_trees/{sample}.txt", trees[sample])
