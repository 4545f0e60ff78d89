"""Which photos a page shows, whatever its markup: lazy, in a `picture`, in several sizes."""

from __future__ import annotations

import re

from readout_pub.sources.web.guard import joined

_BASE = re.compile(r"""<base\b[^<>]*\bhref\s*=\s*(?:"([^"<>]*)"|'([^'<>]*)'|([^\s"'<>]+))""", re.IGNORECASE)
_NEAR = 200_000
"""Characters from the start within which a page has its head."""


def base_of(markup: str, url: str) -> str:
    """Return the address that relative ones on a page at `url` are relative to."""
    found = _BASE.search(markup, 0, _NEAR)
    return joined(url, (found[1] or found[2] or found[3] or "").strip()) if found else url
