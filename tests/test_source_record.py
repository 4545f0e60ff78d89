"""The credit line of a licence, and the identifier of a publication."""

from __future__ import annotations

import datetime as dt

import pytest

from readout_pub.model import Licence, Origin
from readout_pub.source_record import credit_line, publication_identifier

PAGE = "https://ministry.example/talks.html"
CREDIT = "Source: Ministry of Atlantis[, {url}][ (accessed {date})]"
"""A template of a licence: a part in `[…]` is left out if the URL or date in it is unknown."""


def origin(url: str | None = None, retrieved: dt.date | None = None, credit: str | None = CREDIT) -> Origin:
    return Origin("talks.html", "00" * 32, url, retrieved, licence=Licence("Open Atlantis 1.0", credit=credit))


@pytest.mark.parametrize(
    ("source", "line"),
    [
        (origin(PAGE, dt.date(2031, 5, 2)), f"Source: Ministry of Atlantis, {PAGE} (accessed 2031-05-02)"),
        (origin(PAGE), f"Source: Ministry of Atlantis, {PAGE}"),
        (origin(), "Source: Ministry of Atlantis"),
    ],
)
def test_a_credit_line_has_the_parts_whose_values_are_known(source: Origin, line: str) -> None:
    assert credit_line(source) == line


@pytest.mark.parametrize("source", [origin(credit=None), Origin("talks.html", "00" * 32)])
def test_without_a_template_or_a_licence_there_is_no_credit_line(source: Origin) -> None:
    assert credit_line(source) is None


@pytest.mark.parametrize(
    ("credit", "line"),
    [
        ("{url.__class__} {date:>99999999999} {0} {", "{url.__class__} {date:>99999999999} {0} {"),
        ("Source[, {publisher}][ {}]", "Source, {publisher} {}"),
    ],
)
def test_braces_that_are_no_known_field_stay_as_text(credit: str, line: str) -> None:
    assert credit_line(origin(credit=credit)) == line


def test_the_identifier_depends_on_url_and_bytes_only() -> None:
    assert publication_identifier(origin(PAGE)) == "urn:uuid:75810335-6c5c-58df-accf-fa1e6b95f8cf"
    assert publication_identifier(origin(PAGE)) == publication_identifier(origin(PAGE, dt.date(2031, 5, 2)))
    named = [origin(PAGE), origin(), Origin("talks.html", "01" * 32, PAGE)]
    assert len(set(map(publication_identifier, named))) == 3
