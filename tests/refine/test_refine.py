"""All refinements together are idempotent and neither lose nor repeat a word. A missing title gives a note."""

from __future__ import annotations

import re

import pytest
from hypothesis import given

from readout_pub import Note, Readout, SourceError, refine
from readout_pub.model import Blocks, Footnotes, photos, texts
from tests.model_strategies import readouts
from tests.page_strategies import mains
from tests.pages import extracted

AUTOMATIC = re.compile(r"[0-9a-zA-Z]+\.")
"""An automatic number of a list item. It may disappear if the author typed another number; no other text may."""


def printed(readout: Readout) -> list[str]:
    """Return the texts of body, attachments and footnotes, in this order and without white space."""
    text: Blocks = tuple(block for block in readout.body if not isinstance(block, Footnotes))
    notes: Blocks = tuple(block for block in readout.body if isinstance(block, Footnotes))
    lines = (*texts(text), *(attachment.title for attachment in readout.attachments), *texts(notes))
    return ["".join(line.split()) for line in lines]


def has_same_words(before: Readout, after: Readout) -> bool:
    """Return whether `after` has the texts of `before` in order, each once, perhaps without automatic numbers."""
    pattern = "".join(f"(?:{re.escape(line)}){'?' if AUTOMATIC.fullmatch(line) else ''}" for line in printed(before))
    return re.fullmatch(pattern, "".join(printed(after))) is not None


def extracted_or_none(main: str) -> Readout | None:
    """Extract a page; return None if it has no content."""
    try:
        return extracted(main)
    except SourceError:
        return None


@pytest.mark.slow
@given(readouts())
def test_refining_any_readout_is_idempotent(readout: Readout) -> None:
    once = refine(readout)
    assert refine(once) == once


@pytest.mark.slow
@given(mains())
def test_refining_any_page_is_idempotent(main: str) -> None:
    readout = extracted_or_none(main)
    if readout is not None:
        once = refine(readout)
        assert refine(once) == once


@pytest.mark.slow
@given(readouts())
def test_refining_any_readout_keeps_every_word_and_every_photo(readout: Readout) -> None:
    refined = refine(readout)
    assert has_same_words(readout, refined)
    assert list(photos(refined)) == list(photos(readout))


@pytest.mark.slow
@given(mains())
def test_refining_any_page_keeps_every_word_and_every_photo(main: str) -> None:
    readout = extracted_or_none(main)
    if readout is not None:
        refined = refine(readout)
        assert has_same_words(readout, refined)
        assert list(photos(refined)) == list(photos(readout))


DATE = '<p class="date">May 1, 2031</p>'


@pytest.mark.parametrize(
    ("series", "shown"), [('<p class="series">Relations of Atlantis</p>', "Relations of Atlantis"), ("", "page.html")]
)
def test_the_note_on_a_missing_title_says_what_is_shown_instead(series: str, shown: str) -> None:
    readout = refine(extracted(f"{series}{DATE}<p>They met.</p>"))
    assert readout.title is None
    assert readout.notes == (
        Note("TITLE_MISSING", "note", f"the source has no headline; outputs show {shown!r} as the title"),
    )


def test_a_title_needs_no_note() -> None:
    assert refine(extracted(f'<h1 class="title">Talks</h1>{DATE}<p>They met.</p>')).notes == ()
