"""The timestamp for file metadata. It is never the current time, so that a readout gives the same bytes every day."""

from __future__ import annotations

import datetime as dt
import os
from typing import TYPE_CHECKING

from readout_pub.errors import UsageError

if TYPE_CHECKING:
    from readout_pub.model import Readout

EPOCH_VARIABLE = "SOURCE_DATE_EPOCH"
"""The environment variable that sets the time. Source: reproducible-builds.org/specs/source-date-epoch."""

MIN_ZIP_TIME = dt.datetime(1980, 1, 1, tzinfo=dt.UTC)
MAX_ZIP_TIME = dt.datetime(2107, 12, 31, tzinfo=dt.UTC)
"""The first and last day that ZIP archives can store, and so EPUB, DOCX and ODT (APPNOTE.TXT 4.4.6: MS-DOS dates)."""


def epoch_time() -> dt.datetime | None:
    """Return SOURCE_DATE_EPOCH (seconds since 1970, UTC), at most `MAX_ZIP_TIME`; None if it is not set.

    Raises UsageError if it is not a whole number, or is a time that Python cannot represent.
    """
    epoch = os.environ.get(EPOCH_VARIABLE)
    if not epoch:
        return None
    try:
        return min(dt.datetime.fromtimestamp(int(epoch), dt.UTC), MAX_ZIP_TIME)
    except (ValueError, OverflowError, OSError) as reason:
        raise UsageError(
            f"{epoch!r} is not a valid time",
            where=EPOCH_VARIABLE,
            what_next="set it to whole seconds since 1970, or unset it",
        ) from reason


def timestamp(readout: Readout) -> dt.datetime | None:
    """Return SOURCE_DATE_EPOCH if set, else midnight UTC of the day of publication or retrieval; None without them."""
    if epoch := epoch_time():
        return epoch
    day = readout.issued or readout.origin.retrieved
    return dt.datetime.combine(day, dt.time(tzinfo=dt.UTC)) if day else None


def rfc3339(time: dt.datetime) -> str:
    """Return a time in UTC as feeds and EPUB write it: 2031-08-04T00:00:00Z."""
    return time.isoformat(timespec="seconds").replace("+00:00", "Z")
