"""The JSON that the score.py of a benchmark set compares with the annotations by people (the "gold")."""

from __future__ import annotations

import datetime as dt

from benchmarks import candidate
from readout_pub.model import (
    Attachment,
    BulletList,
    Described,
    Figure,
    Item,
    Meeting,
    Origin,
    Paragraph,
    Participant,
    Photo,
    Readout,
    Section,
    Undecided,
)

TALKS = Readout(
    language="en",
    origin=Origin(name="talks.html", sha256="0" * 64),
    title=("Talks on Fish",),
    series="Atlantis Relations",
    issued=dt.date(2031, 5, 1),
    meeting=Meeting(dt.date(2031, 4, 30), dt.time(21, 5), 20, people=(Participant("Nereus", "Minister", "Atlantis"),)),
    undecided=(Undecided("The two ministers"),),
    attachments=(Attachment("https://atlantis.example/1.pdf", "Joint Minutes"),),
    body=(
        Paragraph(children=("They met.",)),
        Figure(photos=(Photo("a.jpg", Described("A dolphin")), Photo("b.jpg")), caption=("Two dolphins",)),
        Section(
            label="1.",
            heading=("Trade",),
            body=(
                BulletList(
                    items=(
                        Item((Paragraph(children=("Herring.",)), Paragraph(children=("Much of it.",))), "(1)"),
                        Item((BulletList(items=(Item((Paragraph(children=("Kelp.",)),), "a."),)),), "(2)"),
                        Item((Paragraph(children=("Whales.",)),)),
                    )
                ),
            ),
        ),
        Section(heading=("Defence",)),
    ),
)


def test_text_lines_begin_with_the_label_of_a_section_or_item() -> None:
    assert list(candidate.text_lines(TALKS)) == [
        "The two ministers",
        "They met.",
        "Two dolphins",
        "1. Trade",
        "(1) Herring.",
        "Much of it.",
        "(2)",
        "a. Kelp.",
        "Whales.",
        "Defence",
        "Joint Minutes",
    ]


def test_outline_tree_has_sections_and_labelled_items() -> None:
    def node(label: str | None, heading: str | None, *children: object) -> dict[str, object]:
        return {"label": label, "heading": heading, "children": list(children)}

    assert candidate.outline_tree(TALKS.body) == [
        node("1.", "Trade", node("(1)", None), node("(2)", None, node("a.", None))),
        node(None, "Defence"),
    ]


def test_photos_of_one_figure_share_its_caption() -> None:
    assert list(candidate.photos(TALKS)) == [
        {"src": "a.jpg", "alt": "A dolphin", "caption": "Two dolphins"},
        {"src": "b.jpg", "alt": "", "caption": "Two dolphins"},
    ]


def test_meeting_times_use_24_hours() -> None:
    assert candidate.meeting_fields(TALKS.meeting) == {
        "date": "2031-04-30",
        "start": "21:05",
        "duration_minutes": 20,
        "people": [{"name": "Nereus", "role": "Minister", "side": "Atlantis"}],
    }
