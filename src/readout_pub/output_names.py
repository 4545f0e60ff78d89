"""What the files of a page are called: its path or address, without what some system cannot have in a name.

A stem is a path below the output folder with "/" between its parts and no suffix. It is made of the page's name alone,
so that a page keeps its files whatever comes after it.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

_SUFFIX = re.compile(r"\.(?:s?html?|xhtml|mht|mhtml|txt|text|php|aspx?|jsp)$", re.IGNORECASE)
_SCHEME = re.compile(r"https?://", re.IGNORECASE)
_STRANGE = re.compile(r"[^\w.,@=~+()' -]+")
"""What is no part of a file name on some system, or has a meaning in a shell's pattern."""

_LONGEST = 120
"""Bytes of a file's or folder's name, so that a suffix still fits into the 255 that file systems allow."""


def output_stems(names: Sequence[str]) -> list[str]:
    """Turn the names of pages, which are paths or addresses, into stems: all different, in the same order.

    A name gives the same stem whatever stands beside it, unless another gives that too: then both keep their
    suffixes, and if that is not enough, both get a digest of their names.
    """
    found = [""] * len(names)
    for spell in SPELLINGS:
        taken = Counter(fold_case(stem) for stem in found)
        found = [
            stem if stem and taken[fold_case(stem)] == 1 else spell(name)
            for stem, name in zip(found, names, strict=True)
        ]
    return found


def fold_case(stem: str) -> str:
    """Return what two stems have in common that are one file on a system which does not tell capitals apart."""
    return stem.casefold()


def stem_without_suffix(name: str) -> str:
    """Spell a name without its suffix: "2031/talks.html" is "2031/talks"."""
    return "/".join(_parts(name, lambda last: _SUFFIX.sub("", last)))


def stem_with_suffix(name: str) -> str:
    """Spell a name with its suffix."""
    return "/".join(_parts(name, lambda last: last))


def stem_with_digest(name: str) -> str:
    """Spell a name so that no other is spelled alike."""
    return f"{stem_without_suffix(name)}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"


SPELLINGS = (stem_without_suffix, stem_with_suffix, stem_with_digest)
"""From the shortest to the one that is always free."""


def _parts(name: str, shorten: Callable[[str], str]) -> Iterator[str]:
    path, _, query = unicodedata.normalize("NFC", _SCHEME.sub("", name)).partition("?")
    *folders, last = path.strip("/").split("/")
    query = query.replace("/", "-")
    for part in (*folders, f"{shorten(last)}-{query}" if query else shorten(last)):
        safe = _STRANGE.sub("-", part).strip(" .-")
        yield safe.encode()[:_LONGEST].decode("utf-8", "ignore") or "page"
