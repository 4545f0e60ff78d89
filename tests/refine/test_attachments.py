"""Lists of documents at the end of a page become attachments."""

from __future__ import annotations

from textwrap import dedent

import pytest

from readout_pub import Readout, refine
from readout_pub.model import Attachment
from tests.outline import outline
from tests.pages import extracted, refined


def page(main: str) -> Readout:
    return refine(extracted(main))


def test_a_list_of_documents_at_the_end_becomes_attachments() -> None:
    readout = page("""
        <p>They met.</p>
        <ul><li><a href="minutes.pdf">Joint <b>Minutes</b> (PDF)</a></li><li><a href="map.XLSX?v=2">Map</a></li></ul>
    """)
    assert readout.attachments == (Attachment("minutes.pdf", "Joint Minutes (PDF)"), Attachment("map.XLSX?v=2", "Map"))
    assert outline(readout.body) == 'paragraph "They met."\n'


def test_documents_before_footnotes_become_attachments() -> None:
    readout = page("""
        <p>They met <a href="#n">1</a>.</p><ul><li><a href="minutes.pdf">Joint Minutes</a></li></ul>
        <p id="n">1 In the harbour.</p>
    """)
    assert readout.attachments == (Attachment("minutes.pdf", "Joint Minutes"),)
    assert outline(readout.body) == dedent("""\
        paragraph "They met [note note-1: 1]."
        footnotes
          note-1 "1" paragraph "In the harbour."
    """)


def test_lists_at_the_end_become_attachments_and_separators_are_removed() -> None:
    readout = page("""
        <p>They met.</p><hr>
        <ul><li><a href="minutes.pdf">Minutes</a></li></ul><hr>
        <ul><li><a href="map.pdf">Map</a></li></ul>
    """)
    assert readout.attachments == (Attachment("minutes.pdf", "Minutes"), Attachment("map.pdf", "Map"))
    assert outline(readout.body) == 'paragraph "They met."\n'


def test_footnotes_without_links_are_linked_even_if_documents_follow() -> None:
    readout = page("""
        <p>They met (Note 1).</p><p>(Note 1) In the harbour.</p>
        <ul><li><a href="minutes.pdf">Minutes</a></li></ul>
    """)
    assert readout.attachments == (Attachment("minutes.pdf", "Minutes"),)
    assert outline(readout.body) == dedent("""\
        paragraph "They met [note note-1: (Note 1)]."
        footnotes
          note-1 "(Note 1)" paragraph "In the harbour."
    """)


@pytest.mark.parametrize(
    "links",
    [
        '<ul><li><a href="talks.html">Talks</a></li></ul>',
        '<ul><li><a href="minutes.pdf">Minutes</a></li><li><a href="talks.html">Talks</a></li></ul>',
        '<ul><li><a href="minutes.pdf">Minutes</a> of the talks</li></ul>',
        '<p><a href="minutes.pdf">Minutes</a></p>',
    ],
)
def test_links_stay_in_the_text_unless_a_list_has_only_documents(links: str) -> None:
    readout = page(f"<p>They met.</p>{links}")
    assert readout.attachments == ()
    assert "[link" in outline(readout.body)


def test_documents_before_the_end_stay_in_the_text() -> None:
    assert "minutes.pdf" in refined('<p>See:</p><ul><li><a href="minutes.pdf">Minutes</a></li></ul><p>They met.</p>')


def test_a_body_that_has_only_documents_keeps_them() -> None:
    assert "minutes.pdf" in refined('<ul><li><a href="minutes.pdf">Minutes</a></li></ul>')


def test_documents_become_attachments_unless_the_last_section_has_nothing_else() -> None:
    documents = '<ul><li><a href="minutes.pdf">Joint Minutes</a></li></ul>'
    readout = page(f"<p>They met.</p><h2>Ports</h2><p>Two.</p>{documents}")
    assert readout.attachments == (Attachment("minutes.pdf", "Joint Minutes"),)
    assert "bullets" not in outline(readout.body)
    readout = page(f"<p>They met.</p><h2>Minutes</h2>{documents}")
    assert not readout.attachments
    assert "bullets" in outline(readout.body)
