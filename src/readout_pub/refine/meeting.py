"""Reads the facts of the meeting, in English and Japanese.

The first paragraphs state date, start, length and participants; a line such as "Venue: Harbour House" names the place.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Iterator

import msgspec

from readout_pub.model import (
    Blocks,
    BulletList,
    DescriptionList,
    Inlines,
    Meeting,
    OrderedList,
    Paragraph,
    Participant,
    Readout,
    Section,
    plain_text,
)
from readout_pub.months import month_names, month_of
from readout_pub.numerals import digits_to_ascii

_MAX_LEAD_PARAGRAPHS = 2
"""How many paragraphs are searched: some pages begin with a line of welcome; later ones state the times of dinners."""

_HALF_A_YEAR = dt.timedelta(days=180)
"""A day without a year is in the year of publication, or in the year before if it would be more than this after the
publication.
"""


def read_meeting(readout: Readout) -> Readout:
    """Set `meeting` from the first or else the second paragraph, if one of them states a start or a length.

    The place comes from a line such as "Venue: Harbour House"; a dateline names where the text was written.

    "On August 4, commencing at 1:30 p.m. for approximately 20 minutes, Mr. HAYASHI Yoshimasa, Minister for Foreign
    Affairs of Japan, held a meeting …" gives 2022-08-04, 13:30, 20 minutes and one participant on a page of 5 August
    2022.
    """
    if readout.meeting is not None:
        return readout
    leads = [block for block in readout.body if isinstance(block, Paragraph)][:_MAX_LEAD_PARAGRAPHS]
    for lead in leads:
        text = plain_text(lead.children, line_break=" ")
        read = _read_japanese if readout.language.startswith("ja") else _read_english
        meeting = read(text, readout.issued)
        if meeting is not None:
            place = _labelled_place(readout)
            return msgspec.structs.replace(readout, meeting=msgspec.structs.replace(meeting, place=place))
    return readout


# --- the place

_PLACES = {
    "en": re.compile(
        r"(?:place|venue|location|where|(?:place|venue|location) of (?:the )?meeting|meeting (?:place|venue)) ?[:：]\s*"
        r"(?P<place>\S.{0,99})",
        re.IGNORECASE,
    ),
    "ja": re.compile(r"(?:開催|会談)?(?:場所|会場|開催地)(?:\s{0,3}[:：]\s*|\s{1,3})(?P<place>\S.{0,49})"),
}
"""Language → pattern of a line that says where the meeting was; a longer line is a sentence."""

_NO_PLACE = re.compile(r"(?:to be |not yet |t\.?b\.?[acd]\b|n/a\b|see |https?:|未定|未公表|調整中|同上)", re.IGNORECASE)
"""How the text after "Venue:" begins if it is not a place: "to be announced", "n/a", a link."""


def _labelled_place(readout: Readout) -> str | None:
    """Return the place that a line of the text names; None if there is none, or several."""
    pattern = _PLACES["ja" if readout.language.startswith("ja") else "en"]
    found = (pattern.fullmatch(line) for line in _lines(readout.body))
    places = {match["place"].strip() for match in found if match and not _NO_PLACE.match(match["place"])}
    return places.pop() if len(places) == 1 else None


def _lines(body: Blocks) -> Iterator[str]:
    """Yield the lines of paragraphs and lists, headings and terms, and "heading: text" if one paragraph follows.

    The text of longer sections is left out: it may say where the next meeting will be.
    """
    for block in body:
        match block:
            case Paragraph(children=children):
                yield from map(str.strip, plain_text(children).splitlines())
            case BulletList(items=items) | OrderedList(items=items):
                for item in items:
                    yield from _lines(item.body)
            case DescriptionList(entries=entries):
                for entry in entries:
                    yield from _labelled(entry.terms[-1] if entry.terms else (), entry.body)
            case Section(heading=heading, body=inside):
                yield from _labelled(heading, inside)
            case _:  # quotes, figures and tables do not state facts of the meeting as "label: value"
                pass


def _labelled(heading: Inlines, body: Blocks) -> Iterator[str]:
    """Yield the heading and, if `body` is one paragraph, "heading: text"."""
    label = plain_text(heading).strip()
    yield label
    if len(body) == 1 and isinstance(body[0], Paragraph):
        yield f"{label.rstrip(':：')}: {plain_text(body[0].children, line_break=' ').strip()}"


# --- English

_EN_START = re.compile(
    r"\b(?:commencing at|starting at|from|beginning at) (\d{1,2})(?::(\d{2}))? ?([ap])\.?m\b", re.IGNORECASE
)
_EN_LENGTH = re.compile(
    r"\bfor (?:approximately|about|around|some)? ?"
    r"(?:(\d{1,2}|an|one|two|three) hours?)?(?: and )?(?:(\d{1,3}) minutes?)?",
    re.IGNORECASE,
)
_NUMBER_WORDS = {"an": 1, "one": 1, "two": 2, "three": 3}
_EN_PERSON = re.compile(
    r"\b(?:Mr\.|Ms\.|Mrs\.|Dr\.|Prof\.|H\.E\.|Hon\.)(?: (?:Mr|Ms|Mrs|Dr|Prof)\.){0,3} "
    r"(?P<name>[A-Z][\w’'-]{0,40}(?: (?:[A-Z][\w’'-]{0,40}\.?|de|da|van|von|al|bin|el)){0,9})"
    r", (?P<role>[A-Z][^,.;]{0,120}?(?:, [A-Z]\w{1,40}){0,3}(?: and [A-Z]\w{1,40}[^,.;]{0,120}?)?)"
    r"(?=[,.;]| who\b| at\b| during\b| on\b| for (?:approx|about)| and (?:the \w+ side|Mr|Ms|H\.E)\b)"
)
"""A person with a title, and the role after a comma: "Mr. HAYASHI Yoshimasa, Minister for Foreign Affairs of Japan".

Repetitions of words have an upper bound: otherwise each attempt could scan a long text to its end.
"""
_COUNTRY = re.compile(
    r"\bof (?:the )?(?P<state>(?:\w+ ){0,6}(?:Republic|Kingdom|State|Federation) of (?:the )?)?"
    r"(?P<name>[A-Z]\w+(?: [A-Z]\w+)*)$"
)
_OFFICE_BEFORE_OF = re.compile(
    r"(?:(?:State|Deputy|Vice|Senior|First|Assistant|Parliamentary|Permanent|Federal|Under)[- ])*"
    r"(?:Minister|Secretary|Director|Director-General|Head|Chair|Chairman|Chairwoman|Speaker|Member)"
    r"|.*\b(?:Ministry|Department|Agency|Bureau|Office|Committee|Council|House)"
)
"""Offices and bodies after which "of" names a subject, no country: "Minister of Defence"."""


def _read_english(text: str, issued: dt.date | None) -> Meeting | None:
    start = _EN_START.search(text)
    minutes = _english_minutes(text)
    people = tuple(
        Participant(match["name"], match["role"], _country_in(match["role"])) for match in _EN_PERSON.finditer(text)
    )
    if start is None and minutes is None:
        return None
    return Meeting(
        date=_english_day(text, issued),
        start=_time_of_day(int(start[1]) % 12 + (12 if start[3].lower() == "p" else 0), int(start[2] or 0))
        if start
        else None,
        duration_minutes=minutes,
        people=people,
    )


def _english_minutes(text: str) -> int | None:
    for match in _EN_LENGTH.finditer(text):
        if match[1] or match[2]:
            hours = _NUMBER_WORDS.get((match[1] or "0").lower()) or int(match[1] or 0)
            return 60 * hours + int(match[2] or 0)
    return None


@functools.cache
def _english_day_pattern() -> re.Pattern[str]:
    """Return the pattern of "August 4" and "August 4, 2022". Full names of months only: "Jan" may be a person."""
    months = "|".join(max(names, key=len).capitalize() for names in month_names("en"))
    return re.compile(rf"\b({months}) (\d{{1,2}})\b(?:, (\d{{4}}))?")


def _english_day(text: str, issued: dt.date | None) -> dt.date | None:
    found = _english_day_pattern().search(text)
    month = month_of(found[1], "en") if found else None
    if found is None or month is None:
        return None
    day = int(found[2])
    return _valid_date(int(found[3]), month, day) if found[3] else _day_near_issue(issued, month, day)


def _country_in(role: str) -> str | None:
    found = _COUNTRY.search(role)
    if found is None or (not found["state"] and _OFFICE_BEFORE_OF.fullmatch(role[: found.start()].rstrip())):
        return None
    return found["name"]


# --- Japanese

_JA_DAY = re.compile(r"(\d{1,2})月(\d{1,2})日")
_JA_START = re.compile(r"(午前|午後)(\d{1,2})時(?:(\d{1,2})分|(半))?")
_JA_LENGTH = re.compile(r"約(?:(\d{1,2})時間(半)?)?(?:(\d{1,3})分)?間?")
_OFFICE_START = "外務|内閣|総理|財務|防衛|経済|農林|厚生|文部|国土|環境|法務|総務|科学|政務|運輸|国家|首|副|担当|駐|大"
_JA_PERSON = (
    rf"(?<![一-龥])(?P<kanji>[一-龥]{{2,6}}?)"
    rf"(?P<role>(?:{_OFFICE_START})[一-龥・]{{0,30}}?(?:大臣(?:政務官)?|大使|総裁|首相|統領|長官|次官|局長))"
    rf"|(?<![ァ-ヶー])(?P<kana>[ァ-ヶー]{{1,20}}(?:・[ァ-ヶー]{{1,20}}){{0,6}}?)(?:・(?P<side>[ァ-ヶー]{{0,20}}[一-龥]{{1,9}}国))?"
    rf"(?P<title>(?:{_OFFICE_START})[一-龥・]{{0,30}}?(?:大臣|大使|総裁|首相|統領|長官|次官|局長))"
)
"""A person with an office, compiled at first use: it takes longer than all other patterns of this module together, and
`readout-pub --help` needs none.
"""


def _read_japanese(text: str, issued: dt.date | None) -> Meeting | None:
    ascii_text = digits_to_ascii(text)
    start = _JA_START.search(ascii_text)
    minutes = _japanese_minutes(ascii_text)
    if start is None and minutes is None:
        return None
    day = _JA_DAY.search(ascii_text)
    return Meeting(
        date=_day_near_issue(issued, int(day[1]), int(day[2])) if day else None,
        start=_japanese_start(start) if start else None,
        duration_minutes=minutes,
        people=tuple(_japanese_person(match) for match in re.finditer(_JA_PERSON, ascii_text)),
    )


def _japanese_start(match: re.Match[str]) -> dt.time | None:
    hour = int(match[2]) % 12 + (12 if match[1] == "午後" else 0)
    return _time_of_day(hour, 30 if match[4] else int(match[3] or 0))


def _japanese_minutes(text: str) -> int | None:
    for match in _JA_LENGTH.finditer(text):
        if match[1] or match[3]:
            return 60 * int(match[1] or 0) + (30 if match[2] else 0) + int(match[3] or 0)
    return None


def _japanese_person(match: re.Match[str]) -> Participant:
    if match["kana"]:
        name, side = match["kana"], match["side"]
        if side is None and name.count("・") > 1:  # Three parts: given name, family name, and a country without 国.
            name, _, side = name.rpartition("・")
        return Participant(name, match["title"], side)
    return Participant(match["kanji"], match["role"], "日本")


def _time_of_day(hour: int, minute: int) -> dt.time | None:
    try:
        return dt.time(hour, minute)
    except ValueError:
        return None


def _day_near_issue(issued: dt.date | None, month: int, day: int) -> dt.date | None:
    """Return the day in the year of issue, or the year before: December 28 on a page issued on 5 January."""
    if issued is None:
        return None
    found = _valid_date(issued.year, month, day)
    return _valid_date(issued.year - 1, month, day) if found and found - issued > _HALF_A_YEAR else found


def _valid_date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
