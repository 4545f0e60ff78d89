"""Receipts prove every word of generated readouts in EPUB, HTML, JSON, plain text, DOCX, ODT and PDF.

The readouts have nested blocks and inlines of all kinds. In EPUB, HTML, JSON and plain text, they may contain any
Unicode character.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from readout_pub.emit import RenderOptions, emit
from readout_pub.model import Readout
from readout_pub.receipts import prove_rendition
from tests.model_strategies import ANY_CHARACTER, IMAGES, readouts


def assert_proven(readout: Readout, target: str) -> None:
    receipt = prove_rendition(readout, IMAGES, emit(readout, IMAGES, target), RenderOptions())
    assert receipt.differences == ()
    assert receipt.is_proven


@pytest.mark.slow
@pytest.mark.parametrize("target", ["epub", "html", "json", "txt"])
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(readout=readouts(ANY_CHARACTER))
def test_every_word_of_any_unicode_text_is_proven(target: str, readout: Readout) -> None:
    assert_proven(readout, target)


@pytest.mark.slow
@pytest.mark.parametrize("target", ["docx", "odt", "pdf"])
@settings(
    max_examples=40, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate]
)
@given(readout=readouts())
def test_every_word_is_proven_in_docx_odt_and_pdf(target: str, readout: Readout) -> None:
    assert_proven(readout, target)
