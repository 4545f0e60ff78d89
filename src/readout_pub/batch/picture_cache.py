"""A cache on disk for prepared photos, so that no run scales a photo that an earlier one has scaled."""

from __future__ import annotations

import shutil
from pathlib import Path

import msgspec

from readout_pub.atomic import write_file
from readout_pub.batch.job import JobContext
from readout_pub.image_store import Picture

_encode_picture = msgspec.msgpack.Encoder().encode
_decode_picture = msgspec.msgpack.Decoder(Picture).decode


class DiskPictureCache:
    """Pictures by the SHA-256 of their photo, in a folder of their own for each version of the preparation."""

    def __init__(self, context: JobContext) -> None:
        self._config = context.config
        self._folder = context.config.private_folder / "photos" / context.pictures_key

    def get(self, digest: str) -> Picture | None:
        """Return a picture; None if it is missing or damaged, and has to be prepared."""
        try:
            return _decode_picture(self._path(digest).read_bytes())
        except (OSError, msgspec.DecodeError):
            return None

    def put(self, digest: str, picture: Picture) -> None:
        """Store a picture. Two workers may store the same one at once, since both write the same bytes."""
        path = self._config.path_of(str(self._path(digest).relative_to(self._config.out)))
        write_file(path, _encode_picture(picture), scratch=self._config.scratch_folder)

    def remove_outdated(self) -> None:
        """Remove what other versions of the preparation have stored."""
        for other in self._folder.parent.glob("*"):
            if other.name != self._folder.name:
                shutil.rmtree(other, ignore_errors=True)

    def _path(self, digest: str) -> Path:
        return self._folder / digest[:2] / digest
