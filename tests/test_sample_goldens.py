"""Goldens of the samples: the readout as an outline, the PDF as its tag tree."""

from __future__ import annotations

from pathlib import Path

import pytest

from readout_pub import convert, read
from samples.build import SOURCES
from tests.conftest import Golden
from tests.outline import readout_outline
from tests.tagtree import tag_tree, tree_text

OUTLINED = [source for source in SOURCES if source.parent.name in {"atlantis", "cambodia"}]
"""One saved page and one plain text; the cases of the site profiles cover other pages."""


def name(source: Path) -> str:
    return source.parent.name


@pytest.mark.parametrize("source", OUTLINED, ids=name)
def test_a_sample_is_read_as_in_its_golden(source: Path, golden: Golden) -> None:
    readout, _ = read(source)
    golden(f"readouts/{name(source)}.txt", readout_outline(readout))


@pytest.mark.parametrize(
    "source", [SOURCES[0], *(pytest.param(source, marks=pytest.mark.slow) for source in SOURCES[1:])], ids=name
)
def test_a_sample_pdf_has_the_tag_tree_of_its_golden(source: Path, golden: Golden) -> None:
    (pdf,) = convert(source, ["pdf"]).renditions
    golden(f"tags/{name(source)}.txt", tree_text(tag_tree(pdf.data)))
