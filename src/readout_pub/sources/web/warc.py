"""Writes responses as WARC 1.0 records, each complete before the next begins."""

from __future__ import annotations

import io
import os
from importlib.metadata import version
from pathlib import Path

from readout_pub.atomic import write_error
from readout_pub.errors import OutputError
from readout_pub.sources.web.response import Exchange, Response
from readout_pub.sources.web.robots import PRODUCT_TOKEN


class WarcFile:
    """A .warc.gz file that grows record by record.

    `length` is the size in bytes up to its last complete record, `user_agent` the User-Agent header of the requests.
    The constructor removes the bytes after `length`: they belong to a record that an interrupted run was writing.
    Raises OutputError if the file is shorter than `length` or cannot be written.
    """

    def __init__(self, path: Path, length: int, user_agent: str) -> None:
        self._path, self.length, self._user_agent = path, length, user_agent
        try:
            size = path.stat().st_size if path.exists() else 0
            if size > length:
                os.truncate(path, length)
        except OSError as reason:
            raise write_error(self._path, reason) from reason
        if size < length:
            raise OutputError(
                f"it has {size:,} bytes, but the list of retrievals states {length:,}",
                where=str(path),
                what_next="restore the file, or fetch into a new folder",
            )

    def append(self, exchange: Exchange) -> None:
        """Append a record for each response of `exchange`, redirects included."""
        records = b"".join(_response_record(response) for response in exchange.responses)
        self._write(records if self.length else _warcinfo_record(self._user_agent) + records)

    def _write(self, compressed: bytes) -> None:
        try:
            with self._path.open("ab") as file:
                file.write(compressed)
                file.flush()
                os.fsync(file.fileno())
        except OSError as reason:
            raise write_error(self._path, reason) from reason
        self.length += len(compressed)


def _warcinfo_record(user_agent: str) -> bytes:
    """Return the first record of the file, which names the software and the User-Agent of its requests."""
    from warcio.warcwriter import WARCWriter

    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)  # each record is a gzip member, so that readers can seek to it
    fields = {
        "software": f"{PRODUCT_TOKEN}/{version('readout-pub')}",
        "format": "WARC File Format 1.0",
        "robots": "obey",
        "http-header-user-agent": user_agent,
    }
    writer.write_record(writer.create_warcinfo_record("archive.warc.gz", fields))
    return out.getvalue()


def _response_record(response: Response) -> bytes:
    """Return a record of the response as sent, with its Content-Encoding; only its chunks have been joined."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    writer.write_record(
        writer.create_warc_record(
            response.url,
            "response",
            payload=io.BytesIO(response.encoded_content),
            length=len(response.encoded_content),
            http_headers=StatusAndHeaders(response.status_text, list(response.headers), protocol="HTTP/1.1"),
            warc_headers_dict={"WARC-Date": response.received_at.strftime("%Y-%m-%dT%H:%M:%SZ")},
        )
    )
    return out.getvalue()
