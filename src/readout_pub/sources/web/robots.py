"""What robots.txt allows, by RFC 9309. There is no way around it."""

from __future__ import annotations

from protego import Protego

from readout_pub.errors import FetchRefused, SourceError
from readout_pub.sources.web.response import Response

PRODUCT_TOKEN = "readout-pub"
"""What this program is called in robots.txt."""

_MAX_BYTES = 512_000
"""The rules behind this are not read; RFC 9309 asks for 500 kibibytes at least."""

_MAX_PAUSE = 60.0
"""Seconds between two requests; who asks for more is asked nothing."""


class RobotsRules:
    """The rules of one host."""

    def __init__(self, text: str) -> None:
        self._rules = Protego.parse(text)

    def require(self, url: str) -> None:
        """Raise FetchRefused if an address is not to be asked."""
        if not self._rules.can_fetch(url, PRODUCT_TOKEN):
            raise FetchRefused(
                "robots.txt of this host asks programs to leave it alone",
                where=url,
                what_next="save the page from a browser and convert the file, or ask the publisher",
            )
        pause = self.pause
        if pause is not None and pause > _MAX_PAUSE:
            raise FetchRefused(
                f"robots.txt of this host asks for {pause:g} seconds between two requests, more than anybody waits",
                where=url,
                what_next="save the page from a browser and convert the file",
            )

    @property
    def pause(self) -> float | None:
        """Seconds between two requests, by Crawl-delay or Request-rate, whichever is slower."""
        rate = self._rules.request_rate(PRODUCT_TOKEN)
        pauses = [
            self._rules.crawl_delay(PRODUCT_TOKEN),
            rate.seconds / rate.requests if rate and rate.requests else None,
        ]
        return max((pause for pause in pauses if pause is not None), default=None)

    @property
    def sitemaps(self) -> tuple[str, ...]:
        """The sitemaps that it names."""
        return tuple(self._rules.sitemaps)


def parse_robots(answer: Response) -> RobotsRules:
    """Read the rules from what stands at /robots.txt: all is allowed where there is none, nothing where it fails."""
    if answer.status == 200:
        return RobotsRules(answer.content[:_MAX_BYTES].decode("utf-8-sig", "replace"))
    if answer.status == 429 or answer.status >= 500:
        raise SourceError(
            f"the server cannot say what robots.txt allows ({answer.phrase})",
            where=answer.url,
            what_next="try again later",
        )
    return RobotsRules("")
