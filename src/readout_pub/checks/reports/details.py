"""What no program can find for a conformance report: the publisher, its address for users, and the product."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Literal

import msgspec

from readout_pub.errors import SourceError
from readout_pub.settings_file import read_settings

EXAMPLE = 'write it as organisation = "Ministry of Atlantis", and below it product, email, website and others'


class ReportDetails(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who publishes the files, and what the publisher says about them; reports mark or omit fields that are None.

    `product` is the name of what was checked, such as a website. `level` is the level of JIS X 8341-3 that the
    publisher aims at. For the statement of the EU, `legislation` is the national law on the accessibility of public
    bodies, and `enforcement` says how users can complain. `date` is the day of the check.
    """

    organisation: str | None = None
    product: str | None = None
    email: str | None = None
    website: str | None = None
    level: Literal["A", "AA"] = "AA"
    legislation: str | None = None
    enforcement: str | None = None
    date: dt.date | None = None


def read_details(path: Path) -> ReportDetails:
    """Return the details in a TOML file whose keys are the fields of `ReportDetails`.

    Raises SourceError if the file cannot be read, has other keys, or has a value that is empty or of another type.
    """
    details = read_settings(path, ReportDetails, "the details", EXAMPLE)
    for field, value in msgspec.structs.asdict(details).items():
        if isinstance(value, str) and not value.strip():
            raise SourceError(f"{field} is empty", where=str(path), what_next="leave it out, or give a text")
    return details
