"""The Robots Exclusion Protocol (RFC 9309). No option switches it off."""

from __future__ import annotations

import math
import re

from protego import Protego

from readout_pub.errors import FetchRefused, SourceError
from readout_pub.sources.web.response import MAX_ROBOTS_BYTES, Response

PRODUCT_TOKEN = "readout-pub"
"""The name by which robots.txt addresses this program; the User-Agent header begins with it."""

_MAX_CRAWL_DELAY = 60.0
"""A host with a longer Crawl-delay (seconds) is not requested at all: a page with ten photos would take over ten
minutes.
"""


_AFTER_PRODUCT_TOKEN = re.compile(
    r"^([ \t]*user-?agent[ \t]*:[ \t]*[a-z_-]{1,100})(?![\w-])[^\r\n]*", re.IGNORECASE | re.MULTILINE
)
"""What follows the product token in "User-agent: readout-pub/1.0": RFC 9309, 2.2.1, compares only the token."""


class RobotsRules:
    """The rules of one host's robots.txt for this program."""

    def __init__(self, text: str) -> None:
        self._rules = Protego.parse(_AFTER_PRODUCT_TOKEN.sub(r"\1", text))

    def require_allowed(self, url: str) -> None:
        """Raise FetchRefused if robots.txt disallows `url`, or asks for a pause longer than `_MAX_CRAWL_DELAY`."""
        if not self._rules.can_fetch(url, PRODUCT_TOKEN):
            raise FetchRefused(
                "robots.txt of this host disallows it for programs",
                where=url,
                what_next="save the page from a browser and convert the file, or ask the publisher",
            )
        delay = self.crawl_delay
        if delay is not None and delay > _MAX_CRAWL_DELAY:
            raise FetchRefused(
                f"robots.txt of this host asks for {delay:g} seconds between two requests; "
                f"the limit is {_MAX_CRAWL_DELAY:g}",
                where=url,
                what_next="save the page from a browser and convert the file",
            )

    @property
    def crawl_delay(self) -> float | None:
        """Seconds between two requests: the longer one of Crawl-delay and Request-rate, which are not in RFC 9309.

        None if robots.txt states neither.
        """
        rate = self._rules.request_rate(PRODUCT_TOKEN)
        per_request = _quotient(rate.seconds, rate.requests) if rate and rate.requests else None
        delays = [self._rules.crawl_delay(PRODUCT_TOKEN), per_request]
        return max((delay for delay in delays if delay is not None), default=None)


def _quotient(seconds: int, requests: int) -> float:
    try:
        return seconds / requests
    except OverflowError:  # the numbers in robots.txt may have hundreds of digits
        return math.inf


def parse_robots(response: Response) -> RobotsRules:
    """Return the rules in a response to /robots.txt.

    RFC 9309, 2.3.1: every successful response (2xx) has rules, even 203 from a proxy. If the file does not exist (4xx),
    or is behind more redirects than are followed (3xx), everything is allowed. After a server error (5xx, and by our
    choice 429), nothing is allowed: a SourceError is raised.
    """
    if 200 <= response.status < 300:
        return RobotsRules(response.content[:MAX_ROBOTS_BYTES].decode("utf-8-sig", "replace"))
    if response.status == 429 or response.status >= 500:
        raise SourceError(
            f"robots.txt cannot be read ({response.status_text}), so nothing on this host may be requested",
            where=response.url,
            what_next="try again later",
        )
    return RobotsRules("")
