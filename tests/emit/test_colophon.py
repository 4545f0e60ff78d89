"""The colophon: what is known of the source, what is not, whether words were edited, and how to verify the file."""

from __future__ import annotations

import datetime as dt

import pytest

from readout_pub.convert import Overrides, convert
from readout_pub.emit.colophon import colophon
from readout_pub.emit.messages import MESSAGES
from readout_pub.model import Licence, Link, Origin, Span, plain_text

PAGE = "https://ministry.example/talks.html"
DAY = dt.date(2031, 5, 2)
LICENCE = Licence("Open Atlantis")


def lines(origin: Origin, language: str = "en") -> list[str]:
    return "\n".join(map(plain_text, colophon(origin, language))).split("\n")


def test_a_source_with_all_facts_is_named_completely() -> None:
    origin = Origin("talks.html", "00" * 32, PAGE, DAY, "Ministry of Atlantis", LICENCE)
    assert lines(origin) == [
        "Source: Ministry of Atlantis",
        PAGE,
        "Retrieved: 2031-05-02",
        "Licence: Open Atlantis",
        "Converted by readout-pub; wording unchanged.",
        "To verify this file: readout-pub verify",
    ]


def test_a_french_colon_has_a_no_break_space_before_it() -> None:
    origin = Origin("talks.html", "00" * 32, PAGE, DAY, "Ministère")
    assert lines(origin, "fr") == [
        "Source\u00a0: Ministère",
        PAGE,
        "Consulté le\u00a0: 2031-05-02",
        "Informations inconnues\u00a0: licence",
        "Converti par readout-pub\u00a0; texte inchangé.",
        "Vérifier ce fichier\u00a0: readout-pub verify",
    ]


def test_a_url_keeps_its_order_in_right_to_left_text() -> None:
    origin = Origin("talks.html", "00" * 32, PAGE, DAY, "وزارة الخارجية", LICENCE)
    source, _ = colophon(origin, "ar")
    assert Link(PAGE, (Span((PAGE,), dir="ltr"),)) in source
    assert Link(PAGE, (PAGE,)) in colophon(origin, "en")[0]


@pytest.mark.parametrize(
    ("origin", "unknown"),
    [
        (Origin("talks.html", "00" * 32), "publisher, web address, date of retrieval, licence"),
        (Origin("talks.html", "00" * 32, PAGE, DAY, "Ministry"), "licence"),
        (Origin("talks.html", "00" * 32, PAGE, publisher="Ministry", licence=LICENCE), "date of retrieval"),
        (Origin("talks.html", "00" * 32, PAGE, DAY, licence=LICENCE), "publisher"),
        (Origin("talks.html", "00" * 32, None, DAY, "Ministry", LICENCE), "web address"),
        (Origin("talks.html", "00" * 32, PAGE, DAY, licence=Licence("Open", credit="Source: Ministry")), None),
    ],
)
def test_unknown_facts_of_the_source_are_called_unknown(origin: Origin, unknown: str | None) -> None:
    assert [line for line in lines(origin) if "Unknown" in line] == ([f"Unknown: {unknown}"] if unknown else [])


@pytest.mark.parametrize(
    ("given", "edited"),
    [
        (Overrides(), False),
        (Overrides(language="de"), False),
        (Overrides(title="Talks on fish"), True),
        (Overrides(series="Relations"), True),
        (Overrides(issued=DAY), True),
    ],
)
def test_the_colophon_says_whether_words_of_the_page_were_replaced(given: Overrides, *, edited: bool) -> None:
    page = b"They met in the hall.\n\nThe Ministers spoke of fish and of the law of the sea.\n"
    made = convert(page, ["json"], name="talks.txt", overrides=given)
    shown = lines(made.readout.origin)
    assert ("Converted by readout-pub; edited." in shown) == edited
    assert ("Converted by readout-pub; wording unchanged." in shown) != edited
    again = convert(made.renditions[0].data, ["json"], name="talks.json")
    assert again.readout.origin.edited == made.readout.origin.edited


@pytest.mark.parametrize("language", MESSAGES)
def test_every_language_says_what_is_unknown_and_how_to_verify(language: str) -> None:
    shown = "\n".join(lines(Origin("talks.html", "00" * 32), language))
    assert MESSAGES[language].unknown in shown
    assert all(fact in shown for fact in MESSAGES[language].facts)
    assert shown.endswith("readout-pub verify")
