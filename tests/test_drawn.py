"""Samples drawn for people: the readout as it was understood, the PDF as it is read aloud."""

from __future__ import annotations

from pathlib import Path

import pytest

from readout_pub import convert, understand
from tests.conftest import Golden
from tests.outline import portrait
from tests.tagtree import drawing, tag_tree

SAMPLES = Path(__file__).parents[1] / "samples"
SOURCES = {"atlantis": SAMPLES / "atlantis/readout.html", "cambodia": SAMPLES / "cambodia/readout.txt"}


@pytest.mark.parametrize("sample", SOURCES)
def test_a_page_is_understood_as_drawn(sample: str, golden: Golden) -> None:
    readout, _ = understand(SOURCES[sample])
    golden(f"readouts/{sample}.txt", portrait(readout))


@pytest.mark.parametrize("sample", SOURCES)
def test_a_pdf_is_read_aloud_as_drawn(sample: str, golden: Golden) -> None:
    (pdf,) = convert(SOURCES[sample], ["pdf"]).renditions
    golden(f"tags/{sample}.txt", drawing(tag_tree(pdf.data)))
