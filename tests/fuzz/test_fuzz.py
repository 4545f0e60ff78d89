"""Hostile input is read or refused, in the time that its length deserves: what was found once, and a little more."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Iterator
from types import FrameType

import pytest
from hypothesis import HealthCheck, given, settings

from readout_pub import ReadoutError
from tests.fuzz.cases import CASES
from tests.fuzz.mutations import spoiled
from tests.fuzz.targets import TARGETS

ENDLESS = 60
"""Seconds of the processor that no input may take by far, on any machine."""


@contextlib.contextmanager
def ending() -> Iterator[None]:
    """Let what has no end fail."""

    def hangs(_number: int, _frame: FrameType | None) -> None:
        pytest.fail(f"it has used the processor for {ENDLESS} seconds")

    before = signal.signal(signal.SIGPROF, hangs)
    signal.setitimer(signal.ITIMER_PROF, ENDLESS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


@pytest.mark.slow
@pytest.mark.parametrize("name", CASES)
def test_what_once_broke_a_parser_is_read_or_refused(name: str) -> None:
    parser, raw = CASES[name]
    with ending(), contextlib.suppress(ReadoutError):
        TARGETS[parser].read(raw)


@pytest.mark.slow
@pytest.mark.parametrize("parser", TARGETS)
def test_sound_input_that_was_spoiled_is_read_or_refused(parser: str) -> None:
    target = TARGETS[parser]

    @settings(max_examples=20, suppress_health_check=list(HealthCheck))
    @given(spoiled(target.seeds, target.words))
    def read(raw: bytes) -> None:
        with contextlib.suppress(ReadoutError):
            target.read(raw)

    with ending():
        read()
