"""Ordinary pages with an odd value in one place or in several are read, or refused with a ReadoutError."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import HealthCheck, given, settings

from readout_pub import ReadoutError, emit, read
from tests.page_strategies import JOINED, ODD, ORDINARY, filled, odd_pages


def convert_or_refuse(markup: str) -> None:
    """Convert a page; nothing but a ReadoutError may be raised."""
    with contextlib.suppress(ReadoutError):
        readout, photos = read(markup.encode(), name="page.html", site="none", accept_error_pages=True)
        for form in ("html", "txt", "json"):
            emit(readout, photos, form)


@pytest.mark.slow
@pytest.mark.parametrize("place", ORDINARY)
def test_a_page_with_one_odd_value_is_read_or_refused(place: str) -> None:
    for number, odd in enumerate(ODD):
        convert_or_refuse(filled(odd, JOINED[number % len(JOINED)], {place}))
        convert_or_refuse(filled(odd, "{odd}", {place}))


@pytest.mark.slow
@pytest.mark.parametrize("joined", JOINED)
def test_a_page_with_only_odd_values_is_read_or_refused(joined: str) -> None:
    for odd in ODD:
        convert_or_refuse(filled(odd, joined, ORDINARY))


@pytest.mark.slow
@settings(max_examples=min(60, settings().max_examples), suppress_health_check=list(HealthCheck), deadline=None)
@given(odd_pages())
def test_a_page_with_several_odd_values_is_read_or_refused(markup: str) -> None:
    convert_or_refuse(markup)
