"""How fast a host is asked: one request at a time, and a pause between two."""

from __future__ import annotations

import time
from collections.abc import Callable


class RateLimit:
    """Lets the next request to a host wait until its pause is over. Times are seconds of `clock`."""

    def __init__(
        self,
        delay: float,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._delay, self._clock, self._sleep = delay, clock, sleep
        self._ended: dict[str, float] = {}

    def wait(self, host: str, wished: float | None) -> None:
        """Wait for the turn of a host; `wished` is the pause that its robots.txt asks for, which may only be longer."""
        if host in self._ended:
            pause = max(self._delay, wished or 0.0) - (self._clock() - self._ended[host])
            if pause > 0:
                self._sleep(pause)

    def ended(self, host: str) -> None:
        """Let the pause of a host begin: its answer is there."""
        self._ended[host] = self._clock()
