"""Fields and body that a profile selects."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from readout_pub import SourceError, extract
from readout_pub.model import Licence, Link, photos
from tests.extract.lemuria import LEMURIA, lemurian, sites
from tests.outline import outline, readout_outline
from tests.pages import extracted


def test_fields_are_read_and_removed_from_the_body() -> None:
    readout = extracted(
        """
        <p class="series">Relations of <b>Atlantis</b></p><h1 class="title">Talks<br>on <i>Fish</i></h1>
        <p class="date">May 1, 2031</p><p class="byline">By N. Ereus</p>
        <p>They met.</p><p class="back"><img src="back.gif"><a href="../">Back to Relations</a></p>
        """,
        url="https://atlantis.example/talks/page.html",
    )
    assert readout_outline(readout) == dedent("""\
        series "Relations of Atlantis"
        title "Talks⏎on [emphasis: Fish]"
        issued 2031-05-01, printed "May 1, 2031"
        byline "By N. Ereus"
        language en
        back "[link https://atlantis.example/: Back to Relations]"
        paragraph "They met."
    """)


def test_a_date_line_with_more_text_stays_in_the_body() -> None:
    assert readout_outline(extracted('<p class="date">Harbour, May 1, 2031</p><p>They met.</p>')) == dedent("""\
        issued 2031-05-01, printed "May 1, 2031"
        language en
        paragraph "Harbour, May 1, 2031"
        paragraph "They met."
    """)


def test_text_beside_the_link_back_stays_in_the_body() -> None:
    readout = extracted('<p>They met.</p><p class="back">(END) <a href="b.html">Back to Relations</a></p>')
    assert readout.back_link == Link("b.html", ("Back to Relations",))
    assert outline(readout.body) == 'paragraph "They met."\nparagraph "(END)"\n'


def test_a_field_without_its_value_stays_in_the_body() -> None:
    readout = extracted('<p>They met.</p><p class="date">In spring</p><p class="back">(END)</p>')
    assert (readout.back_link, readout.issued_text) == (None, None)
    assert outline(readout.body) == dedent("""\
        paragraph "They met."
        paragraph "In spring"
        paragraph "(END)"
    """)


def test_a_photo_in_the_headline_moves_to_the_body() -> None:
    readout = extracted('<h1 class="title">Talks <img src="a.jpg" alt="A boat"></h1><p>They met.</p>')
    assert readout.title == ("Talks",)
    assert [photo.src for photo in photos(readout)] == ["a.jpg"]


@pytest.mark.parametrize(("lang", "day"), [("fr", "2031-09-06"), ("en-US", "2031-06-09"), ("en", "None")])
def test_the_language_of_the_page_decides_between_day_and_month(lang: str, day: str, tmp_path: Path) -> None:
    dated = LEMURIA.replace('title = "h1"', 'title = "h1"\ndate = ".day"')
    page = lemurian('<p class="day">06/09/2031</p><p>They met.</p>', lang=lang)
    assert str(extract(page, sites=[sites(tmp_path, lemuria=dated)]).readout.issued) == day


def test_fields_without_text_are_not_set() -> None:
    assert readout_outline(extracted('<h1 class="title"><span> </span></h1><p>They met.</p>')) == dedent("""\
        language en
        note DATE_MISSING
        paragraph "They met."
    """)


def test_the_origin_names_the_publisher_the_licence_and_the_layout(tmp_path: Path) -> None:
    readout = extract(lemurian("<p>They met.</p>"), sites=[sites(tmp_path, lemuria=LEMURIA)]).readout
    assert readout.origin.profile == "lemuria/present"
    assert readout.origin.publisher == "Ministry of Lemuria"
    assert readout.origin.licence == Licence(
        "Open Lemuria", "https://lemuria.example/licence", "Source: Ministry of Lemuria[, {url}]"
    )


@pytest.mark.parametrize(
    ("lang", "publisher"),
    [("fr", "Ministère de la Lémurie"), ("fr-CA", "Ministère de la Lémurie"), ("ja", "Ministry of Lemuria")],
)
def test_the_publisher_is_named_in_the_pages_language_or_the_first(lang: str, publisher: str, tmp_path: Path) -> None:
    page = lemurian("<p>They met.</p>", lang=lang)
    assert extract(page, sites=[sites(tmp_path, lemuria=LEMURIA)]).readout.origin.publisher == publisher


def test_the_keys_drop_and_unwrap_and_caption_and_credit_select_elements(tmp_path: Path) -> None:
    page = lemurian("""
        <p class="share">Share this</p><ul class="box"><p>One.</p></ul>
        <img src="a.jpg" alt="Two men"><p class="under">The Ministers</p><p class="by">N. Ereus</p>
    """)
    assert outline(extract(page, sites=[sites(tmp_path, lemuria=LEMURIA)]).readout.body) == dedent("""\
        paragraph "One."
        figure
          photo a.jpg, alt "Two men"
          caption "The Ministers"
          credit "N. Ereus"
    """)


def test_an_empty_page_is_an_error_even_with_a_profile() -> None:
    with pytest.raises(SourceError, match="no document was found on this page"):
        extracted("<p> </p>")


def test_a_field_within_a_dropped_element_is_not_counted_as_dropped(tmp_path: Path) -> None:
    profile = LEMURIA.replace('title = "h1"', 'title = "h1"\ndate = ".share b"\nbyline = ".share i"')
    page = lemurian('<p class="share"><b>May 5, 2031</b> <i>N. Ereus</i> Share this</p><p>They met.</p>')
    readout = extract(page, sites=[sites(tmp_path, lemuria=profile)]).readout
    assert (readout.issued_text, readout.byline) == ("May 5, 2031", "N. Ereus")
    assert "2 words left out (rule '.share')" in [each.message for each in readout.notes]
