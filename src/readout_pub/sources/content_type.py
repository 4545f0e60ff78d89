"""The header Content-Type → media type and charset."""

from __future__ import annotations

import re
from typing import NamedTuple

HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
"""The media types of HTML pages."""

_PARAMETER = re.compile(r";\s*(?P<name>[^\s=;\"]+)\s*=\s*(?:\"(?P<quoted>(?:[^\"\\]|\\.)*)\"?|(?P<token>[^;]*))")
"""One parameter, as in `; charset="utf-8"`. RFC 9110 (5.6.6) allows no space around "=", but servers write it."""


class ContentType(NamedTuple):
    """Media type and charset of a Content-Type header, in lower case; `media_type` is "" if the header is empty."""

    media_type: str
    charset: str | None = None


def parse_content_type(header: str) -> ContentType:
    """Return the media type and the charset of a Content-Type header such as `text/html; charset=utf-8`.

    Of several charsets the first counts, as in the WHATWG MIME Sniffing Standard. Parameters follow RFC 9110, section
    5.6.6; quotation marks of both kinds around a value are removed, since some servers write 'utf-8'.
    """
    header = header.lower()
    media_type, _, parameters = header.partition(";")
    for found in _PARAMETER.finditer(f";{parameters}"):
        value = (found["quoted"] or found["token"] or "").replace("\\", "").strip(" \t'")
        if found["name"] == "charset" and value:
            return ContentType(media_type.strip(), value)
    return ContentType(media_type.strip())
