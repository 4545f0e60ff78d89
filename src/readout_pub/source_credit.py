"""The credit line that a licence requires, and the identifier of a publication, both from the readout's origin."""

from __future__ import annotations

import re
import uuid

from readout_pub.model import Origin

_OPTIONAL_PART = re.compile(r"\[([^\[\]]*)\]")

PLACEHOLDER = re.compile(r"\{(url|date)\}")
"""What a template can contain. It may come with a readout in JSON, so that nothing else of it is interpreted."""


def credit_line(origin: Origin) -> str | None:
    """Return the credit line of the licence's template, without the bracketed parts whose values are unknown.

    "Source: Example[, {url}][ (accessed {date})]" with a URL and no date gives "Source: Example, https://…". None if
    there is no licence or it requires no credit line.
    """
    if origin.licence is None or origin.licence.credit is None:
        return None
    values = {"url": origin.url or "", "date": origin.retrieved.isoformat() if origin.retrieved else ""}

    def part_if_known(part: re.Match[str]) -> str:
        return part[1] if all(values[name] for name in PLACEHOLDER.findall(part[1])) else ""

    known = _OPTIONAL_PART.sub(part_if_known, origin.licence.credit)
    return PLACEHOLDER.sub(lambda name: values[name[1]], known)


def publication_identifier(origin: Origin) -> str:
    """Return the identifier "urn:uuid:…" of a publication; the same bytes from the same URL give the same one."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{origin.url or ''}#{origin.sha256}").urn
