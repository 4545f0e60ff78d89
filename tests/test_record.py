"""The credit line of a licence, and the time that outputs bear."""

from __future__ import annotations

import datetime as dt

import pytest

from readout_pub.errors import UsageError
from readout_pub.model import Licence, Origin, Readout
from readout_pub.record import EARLIEST, credit_line, moment

PAGE = "https://ministry.example/talks.html"
CREDIT = "Source: Ministry of Atlantis[, {url}][ (accessed {date})]"


def origin(url: str | None = None, retrieved: dt.date | None = None, credit: str | None = CREDIT) -> Origin:
    return Origin("talks.html", "00" * 32, url, retrieved, licence=Licence("Open Atlantis 1.0", credit=credit))


def readout(issued: dt.date | None, retrieved: dt.date | None) -> Readout:
    return Readout(language="en", body=(), issued=issued, origin=origin(retrieved=retrieved))


@pytest.mark.parametrize(
    ("of", "line"),
    [
        (origin(PAGE, dt.date(2031, 5, 2)), f"Source: Ministry of Atlantis, {PAGE} (accessed 2031-05-02)"),
        (origin(PAGE), f"Source: Ministry of Atlantis, {PAGE}"),
        (origin(), "Source: Ministry of Atlantis"),
        (origin(credit=None), None),
        (Origin("talks.html", "00" * 32), None),
    ],
)
def test_a_credit_line_leaves_out_what_is_not_known(of: Origin, line: str | None) -> None:
    assert credit_line(of) == line


@pytest.mark.parametrize(
    ("issued", "retrieved", "expected"),
    [
        (dt.date(2022, 8, 4), dt.date(2031, 5, 2), dt.datetime(2022, 8, 4, tzinfo=dt.UTC)),
        (None, dt.date(2031, 5, 2), dt.datetime(2031, 5, 2, tzinfo=dt.UTC)),
        (None, None, EARLIEST),
    ],
)
def test_outputs_bear_the_day_of_issue_else_of_retrieval_else_a_fixed_one(
    issued: dt.date | None, retrieved: dt.date | None, expected: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert moment(readout(issued, retrieved)) == expected


def test_source_date_epoch_comes_before_every_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert moment(readout(dt.date(2022, 8, 4), None)) == dt.datetime(1970, 1, 2, tzinfo=dt.UTC)


def test_a_source_date_epoch_that_is_no_number_is_a_usage_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    with pytest.raises(UsageError, match=r"'yesterday', which is no number of seconds since 1970; unset it"):
        moment(readout(None, None))
