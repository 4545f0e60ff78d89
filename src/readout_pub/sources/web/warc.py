"""Visits → records of a web archive, each whole when it is written."""

from __future__ import annotations

import io
import os
from importlib.metadata import version
from pathlib import Path

from readout_pub.errors import OutputError
from readout_pub.sources.web.response import Exchange, Response
from readout_pub.sources.web.robots import PRODUCT_TOKEN


class WarcFile:
    """A web archive that grows, packed record by record. `length` is in bytes; `agent` is who has asked.

    What stands behind `length` when it is opened was being written when a run was ended, and is cut off.
    """

    def __init__(self, path: Path, length: int, agent: str) -> None:
        self._path, self.length, self._agent = path, length, agent
        try:
            size = path.stat().st_size if path.exists() else 0
            if size > length:
                os.truncate(path, length)
        except OSError as reason:
            raise self._failed(reason) from reason
        if size < length:
            raise OutputError(
                f"it has {size:,} bytes, and the list beside it speaks of {length:,}",
                where=str(path),
                what_next="put back what was there, or fetch into a new folder",
            )

    def append(self, visit: Exchange) -> None:
        """Write what a visit found, redirects included."""
        records = b"".join(_record(answer) for answer in visit.answers)
        self._write(records if self.length else _about(self._agent) + records)

    def _write(self, packed: bytes) -> None:
        try:
            with self._path.open("ab") as file:
                file.write(packed)
                file.flush()
                os.fsync(file.fileno())
        except OSError as reason:
            raise self._failed(reason) from reason
        self.length += len(packed)

    def _failed(self, reason: OSError) -> OutputError:
        return OutputError(f"it cannot be written ({reason.strerror or reason})", where=str(self._path))


def _about(agent: str) -> bytes:
    """Say in a record of its own what wrote the archive, and how it introduced itself to servers."""
    from warcio.warcwriter import WARCWriter

    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    about = {
        "software": f"{PRODUCT_TOKEN}/{version('readout-pub')}",
        "format": "WARC File Format 1.0",
        "robots": "obey",
        "http-header-user-agent": agent,
    }
    writer.write_record(writer.create_warcinfo_record("archive.warc.gz", about))
    return out.getvalue()


def _record(answer: Response) -> bytes:
    """Write an answer as it was sent, but for its chunks, which are joined."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    writer.write_record(
        writer.create_warc_record(
            answer.url,
            "response",
            payload=io.BytesIO(answer.body),
            length=len(answer.body),
            http_headers=StatusAndHeaders(answer.phrase, list(answer.headers), protocol="HTTP/1.1"),
            warc_headers_dict={"WARC-Date": answer.moment.strftime("%Y-%m-%dT%H:%M:%SZ")},
        )
    )
    return out.getvalue()
