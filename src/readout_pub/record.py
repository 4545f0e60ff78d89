"""The source record that stands, small, at the end of every output: where from, when, under which licence."""

from __future__ import annotations

import datetime as dt
import os
import re

from readout_pub.errors import UsageError
from readout_pub.model import Origin, Readout

_PART = re.compile(r"\[([^\[\]]*)\]")

EARLIEST = dt.datetime(1980, 1, 1, tzinfo=dt.UTC)
"""The first day that a ZIP archive, and so EPUB, DOCX and ODT, can write down."""


def credit_line(origin: Origin) -> str | None:
    """Word the licence's credit template; parts in brackets whose fact is unknown fall away. None without a licence.

    "Source: Example[, {url}][ (accessed {date})]" with a url and no date gives "Source: Example, https://…".
    """
    if origin.licence is None or origin.licence.credit is None:
        return None
    facts = {"url": origin.url, "date": origin.retrieved.isoformat() if origin.retrieved else None}

    def known(part: re.Match[str]) -> str:
        names = re.findall(r"\{(\w+)\}", part[1])
        return part[1] if all(facts[name] for name in names) else ""

    return _PART.sub(known, origin.licence.credit).format(**facts)


def moment(readout: Readout) -> dt.datetime:
    """Return the time that outputs bear: never that of the clock, since equal input gives equal bytes.

    It is SOURCE_DATE_EPOCH (seconds since 1970) where that is set, else the start (UTC) of the day of issue, else of
    the day of retrieval, else `EARLIEST`. Source: reproducible-builds.org/specs/source-date-epoch.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch:
        try:
            return dt.datetime.fromtimestamp(int(epoch), dt.UTC)
        except (ValueError, OverflowError, OSError) as reason:
            raise UsageError(
                f"SOURCE_DATE_EPOCH is {epoch!r}, which is no number of seconds since 1970",
                what_next="unset it, or set it, for instance to 1659571200",
            ) from reason
    day = readout.issued or readout.origin.retrieved
    return dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC) if day else EARLIEST
