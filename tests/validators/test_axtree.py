"""What a screen reader is told of each sample: names, roles and levels, drawn for people."""

from __future__ import annotations

from pathlib import Path

import pytest

from readout_pub import convert
from samples.build import SOURCES
from tests.conftest import Golden
from tests.validators.axtree import drawings

pytestmark = [pytest.mark.slow, pytest.mark.validators]

PAGE = """\
<!DOCTYPE html>
<html lang="en"><title>Atlantis</title>
<main><h1>Tides</h1><div><p>They come <a href="#t">twice <em>a day</em></a>.</p></div>
<img src="a.jpg" alt="The harbour"><div tabindex="0" role="region" aria-label="Table 1"></div></main>
"""

DRAWN = """\
RootWebArea "Atlantis" in the order of the Tab key
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
    region "Table 1" in the order of the Tab key
"""


def test_a_tree_has_what_people_are_told_and_each_word_once(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(PAGE, "utf-8")
    assert drawings([page]) == [DRAWN]


@pytest.fixture(scope="module")
def trees(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("pages")
    pages = {source.parent.name: folder / f"{source.parent.name}.html" for source in SOURCES}
    for source in SOURCES:
        (page,) = convert(source, ["html"]).renditions
        pages[source.parent.name].write_bytes(page.data)
    return dict(zip(pages, drawings(list(pages.values())), strict=True))


@pytest.mark.parametrize("sample", [source.parent.name for source in SOURCES])
def test_a_page_is_told_as_drawn(sample: str, trees: dict[str, str], golden: Golden) -> None:
    golden(f"heard/{sample}.txt", trees[sample])
