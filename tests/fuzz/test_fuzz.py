"""Malformed input is parsed or refused with a ReadoutError, in reasonable time."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Iterator
from types import FrameType

import pytest
from hypothesis import HealthCheck, given, settings

from readout_pub import ReadoutError
from tests.fuzz.mutations import malformed
from tests.fuzz.regressions import REGRESSIONS
from tests.fuzz.targets import TARGETS

MAX_SECONDS = 60
"""How many seconds of CPU time all inputs of a test may take together. They take far less, unless a parser hangs."""


@contextlib.contextmanager
def time_limit() -> Iterator[None]:
    """Fail the test if the block takes more than `MAX_SECONDS`."""

    def fail(_number: int, _frame: FrameType | None) -> None:
        pytest.fail(f"it has used {MAX_SECONDS} seconds of CPU time")

    before = signal.signal(signal.SIGPROF, fail)
    signal.setitimer(signal.ITIMER_PROF, MAX_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


@pytest.mark.slow
@pytest.mark.parametrize("name", REGRESSIONS)
def test_input_that_once_broke_a_parser_is_parsed_or_refused(name: str) -> None:
    parser, raw = REGRESSIONS[name]
    with time_limit(), contextlib.suppress(ReadoutError):
        TARGETS[parser].read(raw)


@pytest.mark.slow
@pytest.mark.parametrize("parser", TARGETS)
def test_malformed_input_is_parsed_or_refused(parser: str) -> None:
    target = TARGETS[parser]

    @settings(max_examples=20, suppress_health_check=list(HealthCheck))
    @given(malformed(target.seeds, target.words))
    def read(raw: bytes) -> None:
        with contextlib.suppress(ReadoutError):
            target.read(raw)

    with time_limit():
        read()
