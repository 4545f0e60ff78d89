"""A headline that is not there stays away; a note says what stands in its place."""

from __future__ import annotations

import pytest

from readout_pub import Note, refine
from tests.pages import extracted

DATE = '<p class="date">May 1, 2031</p>'


@pytest.mark.parametrize(
    ("series", "shown"), [('<p class="series">Relations of Atlantis</p>', "Relations of Atlantis"), ("", "page.html")]
)
def test_a_missing_title_is_noted_with_what_is_shown_instead(series: str, shown: str) -> None:
    readout = refine(extracted(f"{series}{DATE}<p>They met.</p>"))
    assert readout.title is None
    assert readout.notes == (
        Note("TITLE_MISSING", "note", f"the source has no headline; outputs show {shown!r} as the title"),
    )


def test_a_title_needs_no_note() -> None:
    assert refine(extracted(f'<h1 class="title">Talks</h1>{DATE}<p>They met.</p>')).notes == ()
