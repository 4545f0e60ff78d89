"""The timestamp in file metadata."""

from __future__ import annotations

import datetime as dt

import pytest

from readout_pub.emit.timestamps import timestamp
from readout_pub.errors import UsageError
from readout_pub.model import Origin, Readout


def meeting(issued: dt.date | None = None, retrieved: dt.date | None = None) -> Readout:
    origin = Origin("meeting.html", "00" * 32, retrieved=retrieved)
    return Readout(language="en", issued=issued, body=(), origin=origin)


@pytest.fixture(autouse=True)
def _without_source_date_epoch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)


def test_the_timestamp_is_the_start_of_the_publication_date() -> None:
    assert timestamp(meeting(dt.date(2024, 6, 3), dt.date(2024, 7, 1))) == dt.datetime(2024, 6, 3, tzinfo=dt.UTC)


def test_without_a_publication_date_the_timestamp_is_the_day_of_retrieval() -> None:
    assert timestamp(meeting(None, dt.date(2024, 7, 1))) == dt.datetime(2024, 7, 1, tzinfo=dt.UTC)


def test_without_any_day_there_is_no_timestamp() -> None:
    assert timestamp(meeting()) is None


def test_source_date_epoch_overrides_all_days(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert timestamp(meeting(dt.date(2024, 6, 3))) == dt.datetime(2023, 11, 14, 22, 13, 20, tzinfo=dt.UTC)


@pytest.mark.parametrize("value", ["today", "1e9", "9" * 30])
def test_an_invalid_source_date_epoch_is_refused(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", value)
    with pytest.raises(UsageError, match="set it to whole seconds since 1970"):
        timestamp(meeting())
