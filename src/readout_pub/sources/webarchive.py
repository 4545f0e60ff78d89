"""Web archives of Safari (.webarchive): a page and its files as one binary property list."""

from __future__ import annotations

import plistlib
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from readout_pub.errors import SourceError
from readout_pub.sources.blob import MAX_ARCHIVE_BYTES, Blob, too_large
from readout_pub.sources.markup import Provenance, read_page
from readout_pub.sources.page import Page
from readout_pub.sources.urls import is_web_address, resolve, url_key

MAIN_RESOURCE = "WebMainResource"
"""The key of the page; WebKit's keys are in LegacyWebArchive.cpp."""


def read_webarchive(blob: Blob, name: str, limit: int) -> Page:
    """Return the page. The page and each of its files may have up to `limit` bytes.

    Raises SourceError if the archive is damaged or has no page, or if the page is too large.
    """
    archive = _read_property_list(blob)
    page = _dictionary(archive.get(MAIN_RESOURCE))
    raw = _data(page)
    if raw is None:
        raise SourceError("there is no page in this web archive", where=blob.where, what_next="save the page again")
    if len(raw) > limit:
        raise too_large(blob.where, len(raw), limit)
    url = _text(page, "WebResourceURL")
    provenance = Provenance(
        source_format="Safari",
        url=url if is_web_address(url) else None,
        charset=_text(page, "WebResourceTextEncodingName") or None,
    )
    assets = _Subresources(archive, url, limit)
    return read_page(raw, name, assets, where=blob.where, provenance=provenance)


class _Subresources:
    """The files of the page by their URLs."""

    def __init__(self, archive: Mapping[str, Any], url: str, limit: int) -> None:
        self._url, self._limit = url, limit
        self._files: dict[str, bytes] = {}
        found = archive.get("WebSubresources")
        for resource in map(_dictionary, found if isinstance(found, list) else ()):
            if (data := _data(resource)) is not None:
                self._files.setdefault(url_key(_text(resource, "WebResourceURL")), data)

    def find(self, src: str) -> Callable[[], bytes] | None:
        """Return a function that reads the file at `src`, resolved against the page's URL."""
        data = self._files.get(url_key(resolve(self._url, src)))
        return None if data is None else partial(self._read, data, src)

    def _read(self, data: bytes, src: str) -> bytes:
        if len(data) > self._limit:
            raise too_large(src, len(data), self._limit)
        return data


def _read_property_list(blob: Blob) -> Mapping[str, Any]:
    try:
        return _dictionary(plistlib.loads(blob.read(MAX_ARCHIVE_BYTES), fmt=plistlib.FMT_BINARY))
    except (plistlib.InvalidFileException, ValueError, OverflowError, RecursionError) as reason:
        raise SourceError("this web archive is damaged", where=blob.where, what_next="save the page again") from reason


def _dictionary(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _data(resource: Mapping[str, Any]) -> bytes | None:
    data = resource.get("WebResourceData")
    return data if isinstance(data, bytes) else None


def _text(resource: Mapping[str, Any], key: str) -> str:
    text = resource.get(key)
    return text if isinstance(text, str) else ""
