"""The pause between two requests to one host."""

from __future__ import annotations

import time
from collections.abc import Callable


class RateLimit:
    """Delays requests so that each host gets its pause. Times are seconds of `clock`; tests pass a clock of their own.

    `paused` is the sum of all pauses.
    """

    def __init__(
        self,
        delay: float,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._delay, self._clock, self._sleep = delay, clock, sleep
        self._last_response: dict[str, float] = {}
        self.paused = 0.0

    def wait(self, host: str, crawl_delay: float | None) -> None:
        """Sleep until `host` may be requested again; `crawl_delay` of its robots.txt can only lengthen the pause."""
        if host in self._last_response:
            pause = max(self._delay, crawl_delay or 0.0) - (self._clock() - self._last_response[host])
            if pause > 0:
                self._sleep(pause)
                self.paused += pause

    def start_pause(self, host: str) -> None:
        """Start the pause of `host`. It counts from the end of a response, so that a slow server gets a full pause."""
        self._last_response[host] = self._clock()
