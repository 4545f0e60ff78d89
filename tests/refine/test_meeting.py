"""The facts of a meeting: the first paragraphs state date, time and people, and a line with a label names the place."""

from __future__ import annotations

import datetime as dt

import pytest

from readout_pub import refine
from readout_pub.model import Meeting, Participant
from tests.pages import extracted, extracted_text


def meeting(lead: str, date: str = "August 5, 2031") -> Meeting | None:
    return refine(extracted(f'<p class="date">{date}</p><p>{lead}</p><p>They agreed.</p>')).meeting


def japanese(lead: str) -> Meeting | None:
    return refine(extracted_text(f"アトランティス王国\n\n令和13年8月5日\n\n{lead}\n")).meeting


def test_an_english_lead_gives_the_date_start_duration_and_people() -> None:
    lead = (
        "On August 4, commencing at 1:30 p.m. for approximately 20 minutes, Mr. NEREUS Pontos, Minister for Foreign "
        "Affairs of Atlantis, held a meeting with H.E. Ms. Doris Okean, Minister of Trade of the Kingdom of Lemuria, "
        "during her visit to the harbour."
    )
    assert meeting(lead) == Meeting(
        date=dt.date(2031, 8, 4),
        start=dt.time(13, 30),
        duration_minutes=20,
        people=(
            Participant("NEREUS Pontos", "Minister for Foreign Affairs of Atlantis", "Atlantis"),
            Participant("Doris Okean", "Minister of Trade of the Kingdom of Lemuria", "Lemuria"),
        ),
    )


@pytest.mark.parametrize(
    ("words", "start"),
    [
        ("commencing at 9:05 a.m.", dt.time(9, 5)),
        ("starting at 12:00 p.m.", dt.time(12, 0)),
        ("beginning at 12:15 am", dt.time(0, 15)),
        ("from 4:45 pm", dt.time(16, 45)),
        ("from 5 p.m.", dt.time(17, 0)),
    ],
)
def test_the_start_in_an_english_sentence_is_found(words: str, start: dt.time) -> None:
    found = meeting(f"On August 4, {words}, the two Ministers met.")
    assert found is not None
    assert found.start == start


@pytest.mark.parametrize(
    ("words", "minutes"),
    [
        ("for approximately 20 minutes", 20),
        ("for about 90 minutes", 90),
        ("for 1 hour", 60),
        ("for an hour and 15 minutes", 75),
        ("for approximately two hours", 120),
        ("for around one hour and 5 minutes", 65),
    ],
)
def test_the_duration_in_an_english_sentence_is_found_in_minutes(words: str, minutes: int) -> None:
    found = meeting(f"On August 4, the two Ministers met {words}.")
    assert found is not None
    assert found.duration_minutes == minutes


@pytest.mark.parametrize(
    ("lead", "issued", "day"),
    [
        ("On August 4, for 20 minutes, they met.", "August 5, 2031", dt.date(2031, 8, 4)),
        ("On August 4, 2030, for 20 minutes, they met.", "August 5, 2031", dt.date(2030, 8, 4)),
        ("On February 30, for 20 minutes, they met.", "August 5, 2031", None),
        ("Today, for 20 minutes, they met.", "August 5, 2031", None),
        ("On August 4, for 20 minutes, they met.", "some day", None),
        ("On December 28, for 20 minutes, they met.", "January 5, 2031", dt.date(2030, 12, 28)),
        ("On January 7, for 20 minutes, they will meet.", "January 5, 2031", dt.date(2031, 1, 7)),
    ],
)
def test_a_real_day_without_year_gets_one_from_the_publication_date(
    lead: str, issued: str, day: dt.date | None
) -> None:
    found = meeting(lead, issued)
    assert found is not None
    assert found.date == day


@pytest.mark.parametrize(
    "lead",
    [
        "The two Ministers met.",
        "They worked for peace.",
        "Mr. Nereus, Minister of Trade, spoke.",
        "They met at 25:99 p.m.",
    ],
)
def test_a_lead_with_neither_start_nor_duration_gives_no_meeting(lead: str) -> None:
    assert meeting(lead) is None


def test_a_japanese_lead_gives_the_date_start_duration_and_people() -> None:
    lead = (
        "８月４日午後１時30分から約20分間、黒瀬外務大臣は、アトランティス王国のネレウス・ポントス・"
        "アトランティス王国外務大臣と会談を行ったところ、概要は以下のとおりです。"
    )
    assert japanese(lead) == Meeting(
        date=dt.date(2031, 8, 4),
        start=dt.time(13, 30),
        duration_minutes=20,
        people=(
            Participant("黒瀬", "外務大臣", "日本"),
            Participant("ネレウス・ポントス", "外務大臣", "アトランティス王国"),
        ),
    )


@pytest.mark.parametrize(
    ("words", "start", "minutes"),
    [
        ("午前10時から約1時間", dt.time(10, 0), 60),
        ("午後３時半から約１時間半", dt.time(15, 30), 90),
        ("午後0時15分から約2時間15分", dt.time(12, 15), 135),
        ("午前０時から", dt.time(0, 0), None),
        ("約40分間", None, 40),
    ],
)
def test_start_and_duration_in_a_japanese_sentence_are_found(
    words: str, start: dt.time | None, minutes: int | None
) -> None:
    found = japanese(f"8月4日{words}、両大臣は会談した。")
    assert found is not None
    assert (found.start, found.duration_minutes) == (start, minutes)


def test_the_second_paragraph_may_state_the_facts() -> None:
    found = refine(extracted("<p>Welcome.</p><p>They met for 20 minutes.</p><p>They ate for 90 minutes.</p>")).meeting
    assert found == Meeting(duration_minutes=20)


def test_a_japanese_day_without_year_may_be_of_the_year_before() -> None:
    found = refine(
        extracted_text("アトランティス王国\n\n令和13年1月5日\n\n12月28日午後3時から、両大臣は会談した。\n")
    ).meeting
    assert found is not None
    assert found.date == dt.date(2030, 12, 28)


@pytest.mark.parametrize(
    ("role", "side"),
    [
        ("President of Atlantis", "Atlantis"),
        ("Foreign Minister of Atlantis", "Atlantis"),
        ("Minister of Defence of Atlantis", "Atlantis"),
        ("Minister for Trade of the Republic of Lemuria", "Lemuria"),
        ("Minister of Defence", None),
        ("Deputy Minister of Foreign Affairs", None),
        ("Secretary of State", None),
        ("Speaker of the House", None),
    ],
)
def test_the_side_of_a_person_is_the_country_in_the_role_if_any(role: str, side: str | None) -> None:
    found = meeting(f"On August 4, for 20 minutes, Mr. Nereus, {role}, met Ms. Okean.")
    assert found is not None
    assert found.people == (Participant("Nereus", role, side),)


LEAD = "On August 4, from 1:30 p.m., the two Ministers met."


@pytest.mark.parametrize(
    "lines",
    [
        "<p>Place: Harbour House, Thule</p>",
        "<p><b>Venue :</b> Harbour House, Thule</p>",
        "<p>Date: August 4<br>Place of the meeting: Harbour House, Thule</p>",
        "<ul><li>WHERE: Harbour House, Thule</li><li>Who: the Ministers</li></ul>",
        "<dl><dt>Location<dd>Harbour House, Thule<dt>Press<dd>none</dl>",
        "<h2>Venue</h2><p>Harbour House, Thule</p><h2>Outcome</h2><p>None.</p>",
        "<p>Place: Harbour House, Thule</p><p>Trade grew.</p><p>Venue: Harbour House, Thule</p>",
    ],
)
def test_a_line_names_the_place_of_the_meeting(lines: str) -> None:
    found = refine(extracted(f"<p>{LEAD}</p>{lines}")).meeting
    assert found is not None
    assert found.place == "Harbour House, Thule"


@pytest.mark.parametrize(
    "lines",
    [
        "<p>THULE, August 4 — The Ministers met.</p>",
        "<p>The place: Harbour House, Thule</p>",
        "<p>They met at Harbour House.</p>",
        "<p>Place: Harbour House</p><p>Place: Town Hall</p>",
        "<p>Venue: to be announced</p>",
        "<p>Location: see the map</p>",
        "<h2>The next meeting</h2><p>It is planned.</p><p>Place: Harbour House, Thule</p>",
        f"<p>Place: {'In the house by the sea, people gather often. ' * 5}</p>",
        "<blockquote><p>Place: Harbour House</p></blockquote>",
    ],
)
def test_other_lines_name_no_place_of_the_meeting(lines: str) -> None:
    found = refine(extracted(f"<p>{LEAD}</p>{lines}")).meeting
    assert found is not None
    assert found.place is None


def test_a_place_alone_is_not_a_meeting() -> None:
    assert refine(extracted("<p>Trade grew.</p><p>Location: Harbour House</p>")).meeting is None


@pytest.mark.parametrize("line", ["場所：外務省飯倉公館", "開催場所: 外務省飯倉公館", "会場　外務省飯倉公館"])
def test_a_japanese_line_names_the_place(line: str) -> None:
    found = japanese(f"8月4日午後3時から、両大臣は会談した。\n\n{line}")
    assert found is not None
    assert found.place == "外務省飯倉公館"


@pytest.mark.parametrize("line", ["場所は外務省でした。", "会場：未定", "会場周辺：混雑しました"])
def test_other_japanese_lines_name_no_place(line: str) -> None:
    found = japanese(f"8月4日午後3時から、両大臣は会談した。\n\n{line}")
    assert found is not None
    assert found.place is None
