"""Matches the names of photos in a table of alternative texts with the photos of a page."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import NamedTuple
from urllib.parse import unquote

from readout_pub.model import Photo, url_path
from readout_pub.notes import name_first

MAX_CANDIDATES_NAMED = 5
"""How many photos a message lists at most. Pages of ministries rarely have more, and five names fit on one line."""


class PhotoMatches(NamedTuple):
    """`names`: URL of a photo → the name that stands for it. `unused`: every other name → why it was not used."""

    names: dict[str, str]
    unused: dict[str, str]


def photo_file_name(photo: Photo) -> str:
    """Return the last segment of the path in a photo's URL, percent-decoded."""
    return file_name_of(photo.src)


def file_name_of(src: str) -> str:
    """Return the last segment of the path in a URL, percent-decoded."""
    return PurePosixPath(unquote(url_path(src))).name


_ENCODED = re.compile(r"(?:%[0-9A-Fa-f]{2})+")


def readable_name(src: str) -> str:
    """Return the URL of a photo as people read it, such as "Réunion_fichiers/quai 1.jpg". `match_photos` accepts it.

    Characters that would change the meaning of the URL, and invisible characters, stay percent-encoded.
    """
    return _ENCODED.sub(lambda found: _decoded(found[0]), src)


def _decoded(encoded: str) -> str:
    text = unquote(encoded)
    return text if text.isprintable() and not set(text) & set("%/\\?#\ufffd") else encoded


def match_photos(names: Iterable[str], photos: Iterable[Photo]) -> PhotoMatches:
    """Find the photo for each name. A name is the photo's URL as on the page, or the end of the URL's path.

    A name that fits several photos is not used; copies of one file count as one photo. If two names fit one photo,
    its URL is used, else the name with more path segments.
    """
    by_url = {photo.src: photo for photo in photos}
    paths = {url: _path_segments(url_path(url)) for url in by_url}
    found: dict[str, str] = {}
    unused: dict[str, str] = {}
    for name in sorted(names, key=lambda name: (name not in by_url, -len(_path_segments(name)))):
        urls = [name] if name in by_url else [url for url, path in paths.items() if _is_end_of(path, name)]
        free = [url for url in urls if url not in found]
        if not urls:
            near = _spelt_in_another_case(name, paths.values())
            hint = f"did you mean {near!r}?" if near else _list_photos(by_url)
            unused[name] = f"no photo on this page has this name; {hint}"
        elif len({by_url[url].sha256 or url for url in urls}) > 1:
            unused[name] = f"it fits several photos: {', '.join(_quote_first(urls))}"
        elif not free:
            unused[name] = f"{found[urls[0]]!r} means the same photo"
        found |= dict.fromkeys(free, name) if name not in unused else {}
    return PhotoMatches(found, unused)


def _path_segments(path: str) -> tuple[str, ...]:
    """Return the percent-decoded segments of a path in NFC, also of a Windows path, which has backslashes.

    macOS may spell "é" as two characters; NFC has one.
    """
    segments = re.split(r"[/\\]", unicodedata.normalize("NFC", unquote(path)))
    return tuple(segment for segment in segments if segment not in {"", ".", ".."})


def _is_end_of(path: tuple[str, ...], name: str) -> bool:
    """Return whether `path` ends with the segments of `name`, a URL or a file name that may contain ? or #."""
    return any(end and path[-len(end) :] == end for end in (_path_segments(name), _path_segments(url_path(name))))


def _spelt_in_another_case(name: str, paths: Iterable[tuple[str, ...]]) -> str | None:
    """Return the end of one of `paths` that differs from `name` only in upper and lower case; None if there is none."""
    segments = _path_segments(name)
    for path in paths:
        end = path[-len(segments) :]
        if segments and [each.casefold() for each in end] == [each.casefold() for each in segments]:
            return "/".join(end)
    return None


def _list_photos(photos: Mapping[str, Photo]) -> str:
    if not photos:
        return "it has no photos"
    return f"its photos are {name_first([repr(readable_name(url)) for url in photos], MAX_CANDIDATES_NAMED)}"


def _quote_first(urls: Iterable[str]) -> Iterator[str]:
    return (repr(readable_name(url)) for url, _ in zip(urls, range(MAX_CANDIDATES_NAMED), strict=False))
