"""Line breaks that separate paragraphs, and those that belong to the text."""

from __future__ import annotations

from textwrap import dedent

from tests.pages import refined


def test_two_breaks_in_a_row_separate_paragraphs() -> None:
    assert refined("<p>The harbour<br><br>Atlantis <b>Road<br> &nbsp; <br>Port</b></p>") == dedent("""\
        paragraph "The harbour"
        paragraph "Atlantis [strong: Road]"
        paragraph "[strong: Port]"
    """)


def test_the_first_part_of_a_split_paragraph_keeps_the_id() -> None:
    assert refined('<p>See <a href="#port">below</a>.</p><p id="port">Harbour<br><br>Road</p>') == dedent("""\
        paragraph "See [link #place-1: below]."
        paragraph id=place-1 "Harbour"
        paragraph "Road"
    """)


def test_one_break_separates_sentences() -> None:
    assert refined("<p>Both sides agreed.<br>They met (again).<br>They said: “Good!”</p>") == dedent("""\
        paragraph "Both sides agreed."
        paragraph "They met (again)."
        paragraph "They said: “Good!”"
    """)


def test_a_sentence_may_end_with_a_german_or_danish_quotation_mark() -> None:
    for sentence in ("Sie sagten: „Gut!“", "Sie sagten: ‚Gut!‘", "De sagde: »Godt!«", "Sie sagten: „gut“;"):
        assert refined(f"<p>Stand.</p><p><b>Kurs</b><br>{sentence}</p>").count("section") == 1


def test_one_break_separates_a_heading_from_sentences() -> None:
    assert refined("<p>1. Fish<br>Both sides agreed.<br>They met.</p><p>2. Nets<br>They ate.</p>") == dedent("""\
        section "1." "Fish"
          paragraph "Both sides agreed."
          paragraph "They met."
        section "2." "Nets"
          paragraph "They ate."
    """)


def test_two_lines_in_bold_and_italics_above_a_sentence_are_paragraphs() -> None:
    text = refined("<p>Lead.</p><p><b>Will the tides rise?</b><br><i>The tides of old</i><br>They rose. They fell.</p>")
    assert text.count("paragraph") == 4


def test_breaks_stay_where_all_lines_are_in_italics() -> None:
    assert refined("<p>Lead.</p><p><i>The lamps</i><br><i>of the reef</i></p>").count("paragraph") == 2


def test_a_heading_is_not_joined_to_a_sentence_with_a_footnote_call() -> None:
    text = refined("<p>The tide.</p><p><b>Reasons of the tide</b><br>The moon pulls at the sea.<sup>3</sup></p>")
    assert 'section "Reasons of the tide"' in text


def test_a_break_in_an_address_stays() -> None:
    assert refined("<p>Ministry of Atlantis<br>1 Harbour Road<br>Port</p>") == (
        'paragraph "Ministry of Atlantis⏎1 Harbour Road⏎Port"\n'
    )


def test_indented_lines_are_paragraphs() -> None:
    assert refined("<p>\u3000両大臣は会談した<br>\n\u3000両大臣は食事をした</p>") == dedent("""\
        paragraph "両大臣は会談した"
        paragraph "両大臣は食事をした"
    """)


def test_numbered_lines_become_the_items_of_a_list() -> None:
    assert refined("<p>They agreed on<br>(1) fish<br>(2) nets</p>") == dedent("""\
        paragraph "They agreed on"
        ordered
          "(1)" paragraph "fish"
          "(2)" paragraph "nets"
    """)


def test_breaks_in_list_items_are_treated_as_in_paragraphs() -> None:
    assert refined("<ul><li>They met.<br>They ate.</li><li>Port<br>Harbour</li></ul>") == dedent("""\
        bullets
          - paragraph "They met."
            paragraph "They ate."
          - paragraph "Port⏎Harbour"
    """)


def test_breaks_at_the_ends_of_a_paragraph_are_left_out() -> None:
    assert refined("<p><br>They met.<br><br></p>") == 'paragraph "They met."\n'
