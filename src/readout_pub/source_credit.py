"""The source record that stands, small, at the end of every output: where from, when, under which licence."""

from __future__ import annotations

import re
import uuid

from readout_pub.model import Origin

_PART = re.compile(r"\[([^\[\]]*)\]")


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


def publication_identifier(origin: Origin) -> str:
    """Return the name of the publication, "urn:uuid:…", which is the same for the same bytes from the same address."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{origin.url or ''}#{origin.sha256}").urn
