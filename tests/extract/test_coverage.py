"""The words of a page that its profile has to keep."""

from __future__ import annotations

from readout_pub.extract.coverage import cover
from tests.pages import PROFILES, saved_page


def kept(main: str) -> str:
    found = cover(saved_page(main), "atlantis", [PROFILES])
    return " ".join(found.words) if found else ""


def test_words_of_fields_and_body_are_returned_once() -> None:
    page = '<h1 class="title">Talks</h1><p class="date">Harbour, May 1, 2031</p><p>They <b>m</b>et.</p>'
    assert kept(page) == "Talks Harbour, May 1, 2031 They met."


def test_blocks_and_line_breaks_separate_words_but_ruby_readings_are_left_out() -> None:
    assert kept("<ul><li>One</li><li>two<br>three</li></ul><ruby>港<rt>みなと</rt></ruby>") == "One two three 港"
