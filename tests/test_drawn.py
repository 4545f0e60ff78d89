"""Samples drawn for people: the readout as it was understood, the PDF as it is read aloud."""

from __future__ import annotations

from pathlib import Path

import pytest

from readout_pub import convert, read
from samples.build import SOURCES
from tests.conftest import Golden
from tests.outline import portrait
from tests.tagtree import drawing, tag_tree

UNDERSTOOD = [source for source in SOURCES if source.parent.name in {"atlantis", "cambodia"}]
"""One saved page and one dump; the sites' own cases draw the others."""


def name(source: Path) -> str:
    return source.parent.name


@pytest.mark.parametrize("source", UNDERSTOOD, ids=name)
def test_a_page_is_understood_as_drawn(source: Path, golden: Golden) -> None:
    readout, _ = read(source)
    golden(f"readouts/{name(source)}.txt", portrait(readout))


@pytest.mark.parametrize("source", SOURCES, ids=name)
def test_a_pdf_is_read_aloud_as_drawn(source: Path, golden: Golden) -> None:
    (pdf,) = convert(source, ["pdf"]).renditions
    golden(f"tags/{name(source)}.txt", drawing(tag_tree(pdf.data)))
