"""Names output files after the path or URL of their page, without characters that some file system or shell forbids.

A stem is a path below the output folder with "/" between its parts and without a suffix. It depends on the name of the
page only, so that a page keeps its files whatever pages are added later.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

_PAGE_SUFFIX = re.compile(r"\.(?:s?html?|xhtml|mht|mhtml|txt|text|php|aspx?|jsp)$", re.IGNORECASE)
_SCHEME = re.compile(r"https?://", re.IGNORECASE)
_UNSAFE_CHARACTERS = re.compile(r"[^\w.,@=~+()' -]+")
"""Replaced by "-": not allowed in a file name on some system (: * ? on Windows), or special in a shell's pattern."""

_MAX_NAME_BYTES = 120
"""Bytes of one file or folder name. File systems allow 255; suffixes, digests and "_files" need room."""


def output_stems(names: Sequence[str]) -> list[str]:
    """Return a stem for each name (path or URL) of a page, all different, in the same order.

    A name has the same stem whatever other names there are, unless another one would have it too: then both keep their
    suffixes, and if that is not enough, both get a digest of their names.
    """
    stems = [""] * len(names)
    for spell in SPELLINGS:
        counts = Counter(fold_case(stem) for stem in stems)
        stems = [
            stem if stem and counts[fold_case(stem)] == 1 else spell(name)
            for stem, name in zip(stems, names, strict=True)
        ]
    return stems


def fold_case(stem: str) -> str:
    """Return `stem` case-folded: Windows and macOS take two stems for one file if they differ in case only."""
    return stem.casefold()


def stem_without_suffix(name: str) -> str:
    """Return the stem without the suffix of the page: "2031/talks.html" gives "2031/talks"."""
    return "/".join(_safe_parts(name, lambda last: _PAGE_SUFFIX.sub("", last)))


def stem_with_suffix(name: str) -> str:
    """Return the stem with the suffix of the page: "2031/talks.html" stays as it is."""
    return "/".join(_safe_parts(name, lambda last: last))


def stem_with_digest(name: str) -> str:
    """Return a stem that no other name has: "2031/talks.html" gives "2031/talks-" and eight hex digits."""
    return f"{stem_without_suffix(name)}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"


SPELLINGS = (stem_without_suffix, stem_with_suffix, stem_with_digest)
"""From the shortest to the one that is always free."""


def _safe_parts(name: str, shorten: Callable[[str], str]) -> Iterator[str]:
    """Yield the folders and the file name of a stem; a query becomes part of the file name."""
    path, _, query = unicodedata.normalize("NFC", _SCHEME.sub("", name)).partition("?")
    *folders, last = path.strip("/").split("/")
    query = query.replace("/", "-")
    for part in (*folders, f"{shorten(last)}-{query}" if query else shorten(last)):
        # A leading dot hides a file, and Windows drops dots and blanks at the end; ".." would leave the folder.
        safe = _UNSAFE_CHARACTERS.sub("-", part).strip(" .-")
        yield safe.encode()[:_MAX_NAME_BYTES].decode("utf-8", "ignore") or "page"
