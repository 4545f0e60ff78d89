"""Where the formats of pandoc have their photos."""

from __future__ import annotations

from typing import Literal

PlaceOfPhotos = Literal["inside", "beside", "either", "none"]
"""Always inside the file, always beside it, either by option, or nowhere."""

_EMBEDDING = ("docx", "odt", "chunkedhtml", "epub2", "epub3", "fb2", "ipynb", "pptx", "rtf")
"""Formats that embed photos."""

_OPTIONALLY_EMBEDDING = ("md", "dzslides", "html4", "html5", "revealjs", "s5", "slideous", "slidy")
"""Formats whose files may have photos as data URLs."""

_WITHOUT_PHOTOS = ("ansi", "bbcode_steam", "man", "ms", "plain", "vimdoc")
"""Formats for text alone. Pandoc would drop photos, or write "image" instead of their alternative texts."""

_PLACES: dict[str, PlaceOfPhotos] = {
    **dict.fromkeys(_EMBEDDING, "inside"),
    **dict.fromkeys(_OPTIONALLY_EMBEDDING, "either"),
    **dict.fromkeys(_WITHOUT_PHOTOS, "none"),
}


def place_of_photos(target: str) -> PlaceOfPhotos:
    """Return where a format of pandoc has its photos."""
    return _PLACES.get(target, "beside")
