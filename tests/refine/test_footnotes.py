"""Footnotes typed as plain text become linked notes; notes that are linked on the page move to the end of the body."""

from __future__ import annotations

from textwrap import dedent

import pytest

from tests.pages import refined


def test_labelled_lines_at_the_end_are_linked_to_their_calls() -> None:
    assert refined(
        "<p>The sea route (Note 1) is <b>long (Note 2)</b>.</p><p>(Note 1) Along the coast.</p><p>(Note 2) Very.</p>"
    ) == dedent("""\
        paragraph "The sea route [note note-1: (Note 1)] is [strong: long [note note-2: (Note 2)]]."
        footnotes
          note-1 "(Note 1)" paragraph "Along the coast."
          note-2 "(Note 2)" paragraph "Very."
    """)


@pytest.mark.parametrize("label", ["（注１）", "（注）", "(注2)", "[Note 3]", "（※１）", "(note)"])
def test_labels_of_every_style_are_recognised(label: str) -> None:
    assert refined(f"<p>航路{label}を利用した。</p><p>{label}沿岸の航路。</p>") == dedent(f"""\
        paragraph "航路[note note-1: {label}]を利用した。"
        footnotes
          note-1 "{label}" paragraph "沿岸の航路。"
    """)


def test_a_call_inside_a_link_to_the_notes_links_to_its_note() -> None:
    assert refined("""
        <p>The sea route <a href="#notes">(Note 1)</a> is long.</p>
        <h2 id="notes">Notes</h2><p>They were added by the editor.</p><p>(Note 1) Along the coast.</p>
    """) == dedent("""\
        paragraph "The sea route [note note-1: (Note 1)] is long."
        section id=place-1 "Notes"
          paragraph "They were added by the editor."
        footnotes
          note-1 "(Note 1)" paragraph "Along the coast."
    """)


def test_calls_may_be_in_captions_and_cells() -> None:
    assert refined("""
        <figure><img src="a.jpg" alt="A boat"><figcaption>The boat (Note 1)</figcaption></figure>
        <table><caption>Boats (Note 2)</caption><tr><th>Name (Note 1)<td>Nautilus</table>
        <p>(Note 1) By day.</p><p>(Note 2) Large ones.</p>
    """) == dedent("""\
        figure
          photo a.jpg, alt "A boat"
          caption "The boat [note note-1: (Note 1)]"
        table "Boats [note note-2: (Note 2)]"
          row "Name [note note-1: (Note 1)]" (heads row) | "Nautilus"
        footnotes
          note-1 "(Note 1)" paragraph "By day."
          note-2 "(Note 2)" paragraph "Large ones."
    """)


def test_a_call_may_be_in_a_typed_heading() -> None:
    outlined = refined(
        "<p>1. Route (Note 1)</p><p>It is long.</p><p>2. Port</p><p>It is deep.</p><p>(Note 1) By day.</p>"
    )
    assert outlined.startswith('section "1." "Route [note note-1: (Note 1)]"')


def test_a_labelled_line_without_call_stays_a_paragraph() -> None:
    assert refined("<p>The sea route is long.</p><p>(Note) This is a summary.</p>") == dedent("""\
        paragraph "The sea route is long."
        paragraph "(Note) This is a summary."
    """)


def test_labelled_lines_before_the_end_stay_paragraphs() -> None:
    assert refined("<p>The sea route (Note 1)</p><p>(Note 1) Along the coast.</p><p>They ate.</p>") == dedent("""\
        paragraph "The sea route (Note 1)"
        paragraph "(Note 1) Along the coast."
        paragraph "They ate."
    """)


def test_two_notes_with_the_same_label_are_not_linked() -> None:
    assert refined("<p>The route (Note) and the port (Note).</p><p>(Note) Long.</p><p>(Note) Deep.</p>") == dedent("""\
        paragraph "The route (Note) and the port (Note)."
        paragraph "(Note) Long."
        paragraph "(Note) Deep."
    """)


def test_a_label_without_text_is_not_a_note() -> None:
    assert refined("<p>The sea route (Note 1)</p><p>(Note 1)</p>") == dedent("""\
        paragraph "The sea route (Note 1)"
        paragraph "(Note 1)"
    """)


def test_labelled_lines_at_the_end_of_the_last_section_are_notes() -> None:
    assert refined("""
        <p>The sea route (Note 1).</p><h2>Ports</h2><p>Two.</p><h3>Docks</h3><p>None (Note 2).</p>
        <p>(Note 1) Along the coast.</p><p>(Note 2) So far.</p>
    """) == dedent("""\
        paragraph "The sea route [note note-1: (Note 1)]."
        section "Ports"
          paragraph "Two."
          section "Docks"
            paragraph "None [note note-2: (Note 2)]."
        footnotes
          note-1 "(Note 1)" paragraph "Along the coast."
          note-2 "(Note 2)" paragraph "So far."
    """)


def test_a_last_section_that_has_only_labelled_lines_keeps_them() -> None:
    assert refined("<p>The sea route (Note 1).</p><h2>Notes</h2><p>(Note 1) Along the coast.</p>") == dedent("""\
        paragraph "The sea route (Note 1)."
        section "Notes"
          paragraph "(Note 1) Along the coast."
    """)


@pytest.mark.parametrize(
    ("ports", "outlined"),
    [
        ("<h2>Data</h2><p>One.</p><h2>Ports</h2><p>Two.</p>", '"Data"'),
        ("<p>1. Data</p><p>One.</p><p>2. Ports</p><p>Two.</p>", '"1." "Data"'),
    ],
)
def test_linked_notes_move_from_the_last_section_to_the_end(ports: str, outlined: str) -> None:
    text = refined(f'<p>The route <a href="#n1">[1]</a></p>{ports}<hr><p id="n1">[1] Along the coast.</p>')
    assert f"section {outlined}" in text
    assert text.endswith('  paragraph "Two."\nfootnotes\n  note-1 "[1]" paragraph "Along the coast."\n')
