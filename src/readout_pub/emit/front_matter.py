"""What outputs say in addition to the text: the publisher's name, the facts of the meeting, the foot of each page."""

from __future__ import annotations

import re
from base64 import b64encode
from typing import TYPE_CHECKING

import msgspec

from readout_pub.model import (
    Description,
    DescriptionList,
    LineBreak,
    Paragraph,
    Readout,
    Section,
    Span,
    Strong,
    descendants,
    texts,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from readout_pub.emit.messages import Messages
    from readout_pub.emit.rendition import RenderOptions
    from readout_pub.model import Meeting, Participant
    from readout_pub.themes import Theme


class FactValue(msgspec.Struct, frozen=True):
    """A value: its text, and `machine`, its form for the attribute `datetime` of HTML.

    `is_ours` is true if the words come from the program, not from the page.
    """

    text: str
    machine: str | None = None
    is_ours: bool = False


class Fact(msgspec.Struct, frozen=True):
    """A fact of the meeting: a property of the schema.org type Event, such as "startDate", with its values.

    `label` is the name of the fact for readers, such as "Place". `separator` stands between two values; None is a line
    break.
    """

    property: str
    label: str
    values: tuple[FactValue, ...]
    separator: str | None = None


MIN_HEADINGS, MIN_LETTERS = 4, 10_000
"""The fewest headings and characters of a document with a table of contents: 10,000 characters are four pages of A4.

Characters of Chinese, Japanese and Korean count twice, since they are twice as wide.
"""


def needs_contents(readout: Readout) -> bool:
    """Return whether a table of contents helps to find a place in `readout`."""
    blocks = list(descendants(readout.body))
    headings = sum(isinstance(block, Section) and bool(block.label or block.heading) for block in blocks)
    if headings < MIN_HEADINGS:
        return False
    letters = "".join(texts(readout.body))
    return len(letters) + len(_WIDE.findall(letters)) >= MIN_LETTERS


_WIDE = re.compile("[\u1100-\u11ff\u2e80-\ud7ff\uf900-\ufaff\uff00-\uff60]")
"""A character that is as wide as high: Hangul, kana, ideographs and their punctuation."""


def publisher_name(readout: Readout, theme: Theme) -> str | None:
    """Return the name in the masthead of `readout`: see `masthead_name`."""
    return masthead_name(readout.origin.publisher, readout.language, theme)


def masthead_name(publisher: str | None, language: str, theme: Theme) -> str | None:
    """Return the name of the theme's publisher in `language` (BCP 47), else `publisher`, the name on the page."""
    return _in_language(theme.masthead.publisher, language) or publisher


def foot_text(readout: Readout, render_options: RenderOptions, messages: Messages) -> str | None:
    """Return the text at the foot of each page: the status of a draft, and the text of the theme; None if neither.

    The text of the theme is in the language of the readout, the status in that of `messages`.
    """
    theme_text = _in_language(render_options.design(readout.language).theme.footer.text, readout.language)
    return " · ".join(filter(None, (release_status(render_options, messages), theme_text))) or None


def _in_language(texts: Mapping[str, str], language: str) -> str | None:
    """Return the text for `language` (BCP 47) or its longest prefix that has one, else the first text, else None."""
    by_tag = {tag.lower(): text for tag, text in texts.items()}
    subtags = language.lower().split("-")
    starts = ("-".join(subtags[:count]) for count in range(len(subtags), 0, -1))
    return next((by_tag[tag] for tag in starts if tag in by_tag), next(iter(texts.values()), None))


def release_status(render_options: RenderOptions, messages: Messages) -> str | None:
    """Return the words that mark a draft or an embargo, in the language of `messages`; None if there is neither."""
    embargo = messages.embargo.format(render_options.embargo.isoformat()) if render_options.embargo else None
    return " · ".join(filter(None, (messages.draft if render_options.draft else None, embargo))) or None


def status_paragraph(render_options: RenderOptions, messages: Messages) -> tuple[Paragraph, ...]:
    """Return `release_status` as a block, for formats without special markup for it."""
    status = release_status(render_options, messages)
    return (Paragraph(children=(Strong(_program_words(status, messages)),)),) if status else ()


def logo_url(theme: Theme) -> str | None:
    """Return the logo of the theme as a data URL, which needs no file beside the output; None without a logo."""
    return f"data:image/svg+xml;base64,{b64encode(theme.logo).decode()}" if theme.logo else None


def meeting_facts(readout: Readout, messages: Messages) -> tuple[Fact, ...]:
    """Return what is known of the meeting: when and how long, where, who; empty if nothing is known."""
    meeting = readout.meeting
    if meeting is None:
        return ()
    place = (FactValue(meeting.place),) if meeting.place else ()
    people = tuple(FactValue(_person(person, messages)) for person in meeting.people)
    facts = (
        _times_fact(meeting, tuple(_times(readout, messages)), messages),
        Fact("location", messages.where, place),
        Fact("attendee", messages.who, people),
    )
    return tuple(fact for fact in facts if fact.values)


def meeting_block(readout: Readout, messages: Messages) -> tuple[DescriptionList, ...]:
    """Return the facts of the meeting as a block, for formats without special markup for them."""
    facts = meeting_facts(readout, messages)
    entries = tuple(
        Description((_program_words(fact.label, messages),), _as_paragraph(fact, messages)) for fact in facts
    )
    return (DescriptionList(entries=entries),) if entries else ()


def fact_text(fact: Fact) -> str:
    """Return the values of a fact as one text, joined by its separator or by line feeds."""
    return (fact.separator or "\n").join(value.text for value in fact.values)


def _as_paragraph(fact: Fact, messages: Messages) -> tuple[Paragraph, ...]:
    first, *others = (_program_words(value.text, messages) if value.is_ours else (value.text,) for value in fact.values)
    between = (LineBreak(),) if fact.separator is None else (fact.separator,)
    return (Paragraph(children=(*first, *(part for value in others for part in (*between, *value)))),)


def _program_words(text: str, messages: Messages) -> tuple[str | Span, ...]:
    return (Span((text,), messages.language, "ltr") if messages.lang_attributes else text,)


def _times_fact(meeting: Meeting, values: tuple[FactValue, ...], messages: Messages) -> Fact:
    if meeting.date or meeting.start:
        return Fact("startDate", messages.when, values, messages.separator)
    return Fact("duration", messages.duration, values)


def _times(readout: Readout, messages: Messages) -> list[FactValue]:
    """Return day and time as one value, then the duration.

    The publication date has the form in which the page prints it.
    """
    meeting = readout.meeting
    if meeting is None:
        return []
    values = []
    day = meeting.date.isoformat() if meeting.date else None
    start = meeting.start.isoformat("minutes") if meeting.start else None
    shown = readout.issued_text if day and meeting.date == readout.issued and readout.issued_text else day
    if text := messages.separator.join(filter(None, (shown, start))):
        values.append(FactValue(text, "T".join(filter(None, (day, start)))))
    if minutes := meeting.duration_minutes:
        values.append(FactValue(messages.minutes.format(minutes), f"PT{minutes}M", is_ours=True))
    return values


def _person(person: Participant, messages: Messages) -> str:
    return messages.separator.join(filter(None, (person.name, person.role)))
