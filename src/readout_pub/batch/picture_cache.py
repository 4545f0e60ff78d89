"""A cache on disk for prepared photos, so that no run scales a photo that an earlier run has scaled."""

from __future__ import annotations

import shutil

import msgspec

from readout_pub.atomic import write_file
from readout_pub.batch.job import JobContext
from readout_pub.errors import DECODE_ERRORS, OutputError
from readout_pub.image_store import Picture, is_portable

_encode_picture = msgspec.msgpack.Encoder().encode
_decode_picture = msgspec.msgpack.Decoder(Picture).decode


class DiskPictureCache:
    """Pictures by the SHA-256 of their photo. Each version of the code that prepares photos has its own folder."""

    def __init__(self, context: JobContext) -> None:
        self._config = context.config
        self._folder = context.config.private_folder / "photos" / context.pictures_key

    def get(self, digest: str) -> Picture | None:
        """Return a picture; None if its file is missing or damaged, or if this program cannot have written the file."""
        path = self._path(digest)
        try:
            # Another user may have filled the folder, so `path_of` refuses pipes, from which reading would never end,
            # and links that lead out of the folder.
            picture = _decode_picture(self._config.path_of(path).read_bytes())
        except (OSError, *DECODE_ERRORS, OutputError):
            return None
        return picture if is_portable(picture) else None

    def put(self, digest: str, picture: Picture) -> None:
        """Store a picture. Two workers may store the same picture at once, since both write the same bytes."""
        write_file(
            self._config.path_of(self._path(digest)), _encode_picture(picture), scratch=self._config.scratch_folder
        )

    def remove_outdated(self) -> None:
        """Remove the folders of other versions of the code that prepares photos."""
        for other in self._folder.parent.glob("*"):
            if other.name != self._folder.name:
                shutil.rmtree(other, ignore_errors=True)

    def _path(self, digest: str) -> str:
        return str((self._folder / digest[:2] / digest).relative_to(self._config.out))
