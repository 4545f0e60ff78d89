"""Builders of archives of invented pages: WARC, WACZ, zip, MHTML, Safari's. They return the bytes of a file."""

from __future__ import annotations

import base64
import gzip
import io
import plistlib
import zipfile
from collections.abc import Iterable, Mapping
from hashlib import sha1
from typing import Any, NamedTuple

ATLANTIS = "https://www.atlantis.example"


def article(words: str = "The Ministers met.", *, head: str = "") -> str:
    """Return the markup of an HTML page with `words` as its only paragraph."""
    return f"<!DOCTYPE html>\n<html><head>{head}</head><body><p>{words}</p></body></html>"


class Record(NamedTuple):
    """What a crawler received from one URL. `kind` is the WARC record type, `status` the HTTP status."""

    url: str
    body: bytes = b""
    media_type: str = "text/html"
    status: str = "200 OK"
    date: str = "2031-08-04T10:20:30Z"
    headers: tuple[tuple[str, str], ...] = ()
    kind: str = "response"
    digest: str | None = None
    """The digest that the record states; by default that of `body`."""


def warc(records: Iterable[Record], *, packed: bool = True) -> bytes:
    """Return a WARC file; if `packed`, each record is one gzip member."""
    return b"".join(_record(each, packed=packed) for each in records)


def revisit(url: str, original: Record) -> bytes:
    """Return a revisit record: a later visit to `url` that received the same bytes as `original`."""
    again = original._replace(url=url, kind="revisit", date="2032-01-01T00:00:00Z")
    return _record(again, f"WARC-Refers-To-Target-URI: {original.url}\r\n", packed=True)


def _record(record: Record, more: str = "", *, packed: bool) -> bytes:
    digest = base64.b32encode(sha1(record.body, usedforsecurity=False).digest()).decode()
    stated = record.digest or f"sha1:{digest}"
    sent = "".join(f"{name}: {value}\r\n" for name, value in (("Content-Type", record.media_type), *record.headers))
    http = b"" if record.kind == "resource" else f"HTTP/1.1 {record.status}\r\n{sent}\r\n".encode()
    block = http + (b"" if record.kind == "revisit" else record.body)
    media_type = record.media_type if record.kind == "resource" else "application/http; msgtype=response"
    head = (
        f"WARC/1.0\r\nWARC-Type: {record.kind}\r\nWARC-Target-URI: {record.url}\r\nWARC-Date: {record.date}\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{digest[:12].lower()}>\r\n{more}"
        f"WARC-Payload-Digest: {stated}\r\nContent-Type: {media_type}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    whole = head.encode() + block + b"\r\n\r\n"
    return gzip.compress(whole, mtime=0) if packed else whole


def zipped(members: Mapping[str, bytes | str], *, packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packing) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def wacz(records: Iterable[Record]) -> bytes:
    """Return a WACZ file: a WARC file stored in a zip archive with its indexes."""
    url = f"{ATLANTIS}/listed.html"
    return zipped(
        {
            "archive/data.warc.gz": warc(records),
            "indexes/index.cdx.gz": gzip.compress(b"listed\n"),
            "pages/pages.jsonl": f'{{"url": "{url}"}}\n',
            "datapackage.json": "{}",
        },
        packing=zipfile.ZIP_STORED,
    )


def webarchive(page: str, files: Mapping[str, bytes], *, charset: str = "UTF-8") -> bytes:
    """Return a page and its files, keyed by URL, as Safari saves them."""

    def resource(url: str, data: bytes, media_type: str) -> dict[str, Any]:
        return {"WebResourceURL": url, "WebResourceData": data, "WebResourceMIMEType": media_type}

    main = resource(f"{ATLANTIS}/talks.html", page.encode(charset), "text/html")
    archive = {
        "WebMainResource": {**main, "WebResourceTextEncodingName": charset, "WebResourceFrameName": ""},
        "WebSubresources": [resource(url, data, "image/jpeg") for url, data in files.items()],
    }
    return plistlib.dumps(archive, fmt=plistlib.FMT_BINARY, sort_keys=False)


def mhtml(page: str, files: Mapping[str, bytes], *, charset: str = "utf-8", declared: str | None = None) -> bytes:
    """Return a page and its files as Chromium saves them.

    A key of `files` is a Content-Location, a cid: URL, or both with a space between them. Files that begin with "<" are
    HTML, others JPEG. `charset` is the encoding of the page; `declared` is the encoding that its header states, if any.
    """
    charset_named = f"; charset={declared}" if declared else ""
    parts = {f"Content-Type: text/html{charset_named}\nContent-Location: {ATLANTIS}/talks.html": page.encode(charset)}
    for addresses, content in files.items():
        names = "\n".join(
            f"Content-ID: <{each[4:]}>" if each.startswith("cid:") else f"Content-Location: {each}"
            for each in addresses.split()
        )
        parts[f"Content-Type: {'text/html' if content.startswith(b'<') else 'image/jpeg'}\n{names}"] = content
    body = "".join(
        f"------Part\n{head}\nContent-Transfer-Encoding: base64\n\n{base64.encodebytes(content).decode()}\n"
        for head, content in parts.items()
    )
    return (
        f"From: <Saved by Blink>\nSnapshot-Content-Location: {ATLANTIS}/talks.html\nSubject: Talks\n"
        f"Date: Mon, 4 Aug 2031 23:30:00 -0200\nMIME-Version: 1.0\n"
        f'Content-Type: multipart/related;\n\ttype="text/html";\n\tboundary="----Part"\n\n{body}------Part--\n'
    ).encode()
