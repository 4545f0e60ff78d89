"""Prepared photos on the disk, between runs: what was scaled once is not scaled again."""

from __future__ import annotations

import shutil
from pathlib import Path

import msgspec

from readout_pub.atomic import write_file
from readout_pub.batch.job import JobContext
from readout_pub.image_store import Picture

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Picture).decode


class DiskPictureCache:
    """Pictures in the output folder, in a folder of their own for each version of what prepares them."""

    def __init__(self, terms: JobContext) -> None:
        self._folder, self._scratch = terms.order.private / "photos" / terms.pictures, terms.order.scratch

    def get(self, digest: str) -> Picture | None:
        """Read a picture; one that cannot be read is none, and is made anew."""
        try:
            return _decode(self._path(digest).read_bytes())
        except (OSError, msgspec.DecodeError):
            return None

    def put(self, digest: str, picture: Picture) -> None:
        """Write a picture; two workers that do so at once write the same."""
        write_file(self._path(digest), _encode(picture), scratch=self._scratch)

    def sweep(self) -> None:
        """Remove what other versions prepared."""
        for other in self._folder.parent.glob("*"):
            if other.name != self._folder.name:
                shutil.rmtree(other, ignore_errors=True)

    def _path(self, digest: str) -> Path:
        return self._folder / digest[:2] / digest
