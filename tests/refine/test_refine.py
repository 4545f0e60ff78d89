"""What holds of all refinements together, whatever the readout: once is enough, and no word is lost or doubled."""

from __future__ import annotations

import re

import pytest
from hypothesis import given

from readout_pub import Readout, SourceError, refine
from readout_pub.model import Blocks, Footnotes, photos, texts
from tests.model_strategies import readouts
from tests.page_strategies import mains
from tests.pages import extracted

pytestmark = pytest.mark.slow

AUTOMATIC = re.compile(r"[0-9a-zA-Z]+\.")
"""A number as an automatic list shows it. It may go where the author typed another one; nothing else may."""


def printed(readout: Readout) -> list[str]:
    """Return all texts that a readout prints, without white space: its text, its attachments, its footnotes."""
    text: Blocks = tuple(block for block in readout.body if not isinstance(block, Footnotes))
    notes: Blocks = tuple(block for block in readout.body if isinstance(block, Footnotes))
    lines = (*texts(text), *(attachment.title for attachment in readout.attachments), *texts(notes))
    return ["".join(line.split()) for line in lines]


def keeps_its_words(before: Readout, after: Readout) -> bool:
    """Say whether `after` prints what `before` does, in its order, once, automatic numbers perhaps left out."""
    pattern = "".join(f"(?:{re.escape(line)}){'?' if AUTOMATIC.fullmatch(line) else ''}" for line in printed(before))
    return re.fullmatch(pattern, "".join(printed(after))) is not None


def extracted_or_none(main: str) -> Readout | None:
    """Extract a page; None if there is nothing on it."""
    try:
        return extracted(main)
    except SourceError:
        return None


@given(readouts())
def test_refining_any_readout_twice_is_refining_it_once(readout: Readout) -> None:
    once = refine(readout)
    assert refine(once) == once


@given(mains())
def test_refining_any_page_twice_is_refining_it_once(main: str) -> None:
    readout = extracted_or_none(main)
    if readout is not None:
        once = refine(readout)
        assert refine(once) == once


@given(readouts())
def test_refining_any_readout_keeps_every_word_and_every_photo(readout: Readout) -> None:
    refined = refine(readout)
    assert keeps_its_words(readout, refined)
    assert list(photos(refined)) == list(photos(readout))


@given(mains())
def test_refining_any_page_keeps_every_word_and_every_photo(main: str) -> None:
    readout = extracted_or_none(main)
    if readout is not None:
        refined = refine(readout)
        assert keeps_its_words(readout, refined)
        assert list(photos(refined)) == list(photos(readout))
