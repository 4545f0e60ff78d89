"""Pages as plain text, before any refinement."""

from __future__ import annotations

import datetime as dt
from textwrap import dedent

import pytest

from readout_pub import Note, SourceError
from tests.outline import outline, readout_outline
from tests.pages import extracted_text


def outlined(text: str) -> str:
    """Return the outline of the readout of a plain-text page."""
    return readout_outline(extracted_text(dedent(text)))


def body_of(text: str) -> str:
    """Return the outline of the body of a plain-text page that begins with a headline and a date."""
    return outline(extracted_text(f"Relations of Atlantis\n\nMay 1, 2031\n\n{dedent(text)}").body)


def test_a_plain_text_page_with_all_its_parts_is_read() -> None:
    assert outlined("""\
        Relations of Atlantis

        Talks on Fish

        May 1, 2031
        The two Ministers shaking hands
        The talks

        The Ministers met in the harbour.

          1. Trade
            They agreed.
          2. Fish
          • (1) Nets
            They talked.
            They ate.

        Back to Relations of Atlantis
    """) == dedent("""\
        series "Relations of Atlantis"
        title "Talks on Fish"
        issued 2031-05-01, printed "May 1, 2031"
        language en
        alt or caption "The two Ministers shaking hands"
        alt or caption "The talks"
        back "[link : Back to Relations of Atlantis]"
        note LANGUAGE_GUESSED
        note PHOTO_LINES_AMBIGUOUS
        paragraph "The Ministers met in the harbour."
        paragraph "1. Trade"
        paragraph "They agreed."
        paragraph "2. Fish"
        paragraph "(1) Nets"
        paragraph "They talked."
        paragraph "They ate."
    """)


def test_a_note_counts_the_undecided_lines() -> None:
    readout = extracted_text("Relations of Atlantis\n\nMay 1, 2031\nThe two Ministers\nThe talks\n\nThey met.\n")
    assert readout.notes[1:] == (
        Note(
            "PHOTO_LINES_AMBIGUOUS",
            "note",
            "2 lines may be alternative texts or captions of photos; a text file does not say which",
        ),
    )


def test_a_text_page_without_a_headline_has_no_title() -> None:
    assert outlined("Relations of Atlantis\n\nMay 1, 2031\n\nThey met.\n") == dedent("""\
        series "Relations of Atlantis"
        issued 2031-05-01, printed "May 1, 2031"
        language en
        note LANGUAGE_GUESSED
        paragraph "They met."
    """)


def test_a_japanese_text_page_with_a_date_of_an_era_is_read() -> None:
    assert outlined("""\
        アトランティス王国

        日・アトランティス外相会談

        令和１３年５月１日

        　両大臣は会談した。

        アトランティス王国へ戻る
    """) == dedent("""\
        series "アトランティス王国"
        title "日・アトランティス外相会談"
        issued 2031-05-01, printed "令和１３年５月１日"
        language ja
        back "[link : アトランティス王国へ戻る]"
        note LANGUAGE_GUESSED
        paragraph "両大臣は会談した。"
    """)


def test_without_a_date_a_first_single_line_is_the_series() -> None:
    assert outlined("Relations of Atlantis\n\nThe Ministers met.\n\nThey agreed.\n") == dedent("""\
        series "Relations of Atlantis"
        language en
        note LANGUAGE_GUESSED
        note DATE_MISSING
        paragraph "The Ministers met."
        paragraph "They agreed."
    """)


def test_a_date_inside_a_sentence_is_not_the_date_of_the_page() -> None:
    assert outlined("The Ministers of Atlantis met on August 4, 2022 in the harbour.\nThey agreed.\n") == dedent("""\
        language en
        note LANGUAGE_GUESSED
        note DATE_MISSING
        paragraph "The Ministers of Atlantis met on August 4, 2022 in the harbour."
        paragraph "They agreed."
    """)


@pytest.mark.parametrize(
    "line",
    [
        "Port Nautilus, 4 August 2031",
        "Monday, August 4, 2031",
        "Monday 4 August 2031",
        "August 4, 2031 (Provisional Translation)",
        "August 4, 2031, Port Nautilus",
        "Date: August 4, 2031",
        "令和13年8月4日（月曜日）",
    ],
)
def test_a_weekday_or_place_beside_the_date_is_kept(line: str) -> None:
    readout = extracted_text(f"Relations of Atlantis\n\n{line}\n\nThey met.\n")
    assert (readout.issued, readout.issued_text) == (dt.date(2031, 8, 4), line)


@pytest.mark.parametrize("line", ["On 4 August 2031 they met.", "On August 4, 2031, they met.", "2031年8月4日に会談。"])
def test_a_short_sentence_with_a_date_is_text(line: str) -> None:
    readout = extracted_text(f"Relations of Atlantis\n\n{line}\n\nThey agreed.\n")
    assert readout.issued is None
    assert outline(readout.body) == f'paragraph "{line}"\nparagraph "They agreed."\n'


def test_an_impossible_date_is_noted_and_still_ends_the_head() -> None:
    assert outlined("Relations of Atlantis\n\nFebruary 30, 2031\n\nThey met.\n") == dedent("""\
        series "Relations of Atlantis"
        issued None, printed "February 30, 2031"
        language en
        note LANGUAGE_GUESSED
        note DATE_IMPOSSIBLE
        paragraph "They met."
    """)


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("1. 1. Opening", "1. Opening"),
        ("1. (1) Opening", "(1) Opening"),
        ("2. （２）成果", "（２）成果"),
        ("12. a) Opening", "a) Opening"),
        ("1. 2031 was a good year.", "1. 2031 was a good year."),
        ("1. Opening", "1. Opening"),
        ("1. 2.5 million people", "1. 2.5 million people"),
        ("2. (Provisional) opening", "2. (Provisional) opening"),
        ("3. A. Nereus spoke.", "3. A. Nereus spoke."),
    ],
)
def test_a_list_number_is_dropped_only_if_a_typed_number_follows_it(line: str, kept: str) -> None:
    assert body_of(f"  {line}\n") == f'paragraph "{kept}"\n'


def test_bullets_become_a_list_but_labelled_lines_stay_paragraphs() -> None:
    assert body_of("""\
        They agreed on:
        • Fish
        • Nets
        They did not agree on:
        - (1) Boats
        * Harbours
    """) == dedent("""\
        paragraph "They agreed on:"
        bullets
          - paragraph "Fish"
          - paragraph "Nets"
        paragraph "They did not agree on:"
        paragraph "(1) Boats"
        bullets
          - paragraph "Harbours"
    """)


def test_lines_with_tabs_become_a_table_with_the_line_above_as_caption() -> None:
    assert body_of("""\
        They signed two documents.

        Documents signed
        No.\tDocument\tSide
        1\tFisheries Agreement\tBoth
        2\tMinutes\t
        Both are in force.
    """) == dedent("""\
        paragraph "They signed two documents."
        table "Documents signed"
          head "No." (heads col) | "Document" (heads col) | "Side" (heads col)
          row "1" | "Fisheries Agreement" | "Both"
          row "2" | "Minutes"
        paragraph "Both are in force."
    """)


def test_a_line_between_two_tables_is_the_caption_of_the_second() -> None:
    assert body_of("""\
        No.\tDocument
        1\tMinutes
        They also signed:
        No.\tTreaty
        1\tFisheries
    """) == dedent("""\
        table
          head "No." (heads col) | "Document" (heads col)
          row "1" | "Minutes"
        table "They also signed:"
          head "No." (heads col) | "Treaty" (heads col)
          row "1" | "Fisheries"
    """)


def test_one_line_with_a_tab_is_not_a_table() -> None:
    assert body_of("Place:\tthe harbour\n") == 'paragraph "Place:\tthe harbour"\n'


@pytest.mark.parametrize(
    "line",
    ["Back to Relations of Atlantis", "Return to top page", "外務省のページへ", "一覧へ戻る", "前のページに戻る"],
)
def test_the_link_back_is_not_in_the_body(line: str) -> None:
    readout = extracted_text(f"Relations of Atlantis\n\nMay 1, 2031\n\nThey met.\n\n{line}\n")
    assert outline(readout.body) == 'paragraph "They met."\n'
    assert readout.back_link is not None
    assert readout.back_link.children == (line,)


def test_every_line_is_a_paragraph_without_its_indentation() -> None:
    assert body_of("    One.\n  Two.\n\n\n\u3000Three.\n") == dedent("""\
        paragraph "One."
        paragraph "Two."
        paragraph "Three."
    """)


def test_a_text_page_with_nothing_below_its_head_is_an_error() -> None:
    with pytest.raises(SourceError) as refused:
        extracted_text("Relations of Atlantis\n\nMay 1, 2031\n")
    assert str(refused.value) == "page.txt: this text has no body below its head; save the whole page"
