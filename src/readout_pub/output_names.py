"""Names output files after the path or URL of their page, without characters that some file system or shell forbids.

A stem is a path below the output folder with "/" between its parts and without a suffix. It depends only on the name of
the page, unless another page has the same stem. So a page keeps its file names when pages are added later.
"""

from __future__ import annotations

import hashlib
import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

_PAGE_SUFFIX = re.compile(
    r"\.(?:s?html?|xhtml|mht|mhtml|webarchive|eml|txt|text|json|php|aspx?|jsp)(?=(?: [0-9]{14})?$)", re.IGNORECASE
)
"""The suffix of a page: at the end, or before the timestamp of an older page of a web archive."""

RECEIPT_SUFFIX, RECEIPT_PAGE_SUFFIX = ".receipt.json", ".receipt.html"
"""What the names of receipts have in place of the suffix of an output."""

_SCHEME = re.compile(r"https?://", re.IGNORECASE)
_UNSAFE_CHARACTERS = re.compile(r"[^\w.,@=~+()'·・ -]+")
"""Characters that some system forbids in file names (: * ? on Windows) or a shell interprets. "-" replaces them, except
combining marks (vowel signs of Hindi), which `\\w` does not match.
"""

_WINDOWS_DEVICE = re.compile(r"(con|prn|aux|nul|(?:com|lpt)[0-9¹²³]) *(?=\.|$)", re.IGNORECASE)
"""Names that Windows reserves, with any suffix (learn.microsoft.com, "Naming Files, Paths, and Namespaces")."""

_MAX_NAME_BYTES = 120
"""The most bytes of a file or folder name. File systems allow 255; suffixes, digests and "_files" need room."""

_MAX_STEM_BYTES = 600
"""The most bytes of a stem. macOS allows 1,024 in a path, which also has the output folder and a photo's name."""


def output_stems(names: Sequence[str]) -> list[str]:
    """Return a stem for each name (path or URL) of a page, all different, in the same order.

    If two names would have the same stem, both keep their suffixes. If that is not enough, both get a digest of their
    names.
    """
    shared = [_names_sharing_stems(names, spell) for spell in (stem_without_suffix, stem_with_suffix)]
    taken = _TakenStems()
    return [taken.choose(name, next((skip for skip in (0, 1) if name not in shared[skip]), 2)) for name in names]


def _names_sharing_stems(names: Sequence[str], spell: Callable[[str], str]) -> set[str]:
    """Return the names for which `spell` returns the same stem as for another name."""
    counts = Counter(fold_case(spell(name)) for name in names)
    return {name for name in names if counts[fold_case(spell(name))] > 1}


class _TakenStems:
    """The case-folded stems that pages have so far, and what `blocking_stems` returns for each of them."""

    def __init__(self) -> None:
        self._stems: set[str] = set()
        self._blocked: set[str] = set()

    def choose(self, name: str, skipped: int) -> str:
        """Return the first free spelling of `name` after the first `skipped` ones, and mark it as taken."""
        stem = next(stem for stem in spellings(name, skipped) if self._is_free(fold_case(stem)))
        self._stems.add(fold_case(stem))
        self._blocked.update(blocking_stems(fold_case(stem)))
        return stem

    def _is_free(self, folded: str) -> bool:
        return not ({folded} & (self._stems | self._blocked)) and self._stems.isdisjoint(blocking_stems(folded))


def spellings(name: str, skipped: int = 0) -> Iterator[str]:
    """Yield an endless series of stems for `name`, the plainest first; a page gets the first that is free.

    `output_stems` skips the first `skipped` stems, which two pages share, so that the two are not confused.
    """
    with_folders = (stem_without_suffix, stem_with_suffix, _stem_with_digest)[skipped:]
    yield from (stem for spell in with_folders if len((stem := spell(name)).encode()) <= _MAX_STEM_BYTES)
    flat = _flat_stem(name)
    yield flat
    yield from (f"{flat}-{number}" for number in itertools.count(2))


def blocking_stems(stem: str) -> Iterator[str]:
    """Yield each stem whose file may have the name of a folder of `stem`: "talks" for "talks.html/2031"."""
    parts = stem.split("/")
    for depth, part in enumerate(parts[:-1]):
        for dot in re.finditer(r"\.", part):
            yield "/".join((*parts[:depth], part[: dot.start()]))


def fold_case(stem: str) -> str:
    """Return `stem` as file systems compare it: Windows and macOS ignore case, macOS also how accents are encoded."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", stem).casefold())


def stem_without_suffix(name: str) -> str:
    """Return the stem without the suffix of the page: "2031/talks.html" gives "2031/talks"."""
    return "/".join(_safe_parts(name, lambda last: _PAGE_SUFFIX.sub("", last)))


def stem_with_suffix(name: str) -> str:
    """Return the stem with the suffix of the page: "2031/talks.html" stays as it is."""
    return "/".join(_safe_parts(name, lambda last: last))


def _stem_with_digest(name: str) -> str:
    """Return a stem that hardly any other name has: "2031/talks.html" gives "2031/talks-" and eight hex digits."""
    return f"{stem_without_suffix(name)}-{_digest(name)}"


def _flat_stem(name: str) -> str:
    """Return a stem without folders, for pages whose folder has the name of another page's file: "2031-talks-…"."""
    return f"{_cut('-'.join(stem_without_suffix(name).split('/')))}-{_digest(name)}"


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:8]


def _safe_parts(name: str, shorten: Callable[[str], str]) -> Iterator[str]:
    """Yield the folders and the file name of a stem; a query becomes part of the file name."""
    scheme = _SCHEME.match(name)
    path, _, query = unicodedata.normalize("NFC", _SCHEME.sub("", name)).partition("?")
    *folders, last = path.strip("/").split("/")
    query = query.replace("/", "-")
    # The host of a URL is the root of its path, above which ".." does not lead.
    for part in (*_without_dots(folders, 1 if scheme else 0), f"{shorten(last)}-{query}" if query else shorten(last)):
        safe = _cut(_UNSAFE_CHARACTERS.sub(_replaced, part)) or "page"
        yield _WINDOWS_DEVICE.sub(r"\1_", safe, count=1) if _WINDOWS_DEVICE.match(safe) else safe


def _replaced(unsafe: re.Match[str]) -> str:
    runs = itertools.groupby(unsafe[0], lambda character: unicodedata.category(character).startswith("M"))
    return "".join("".join(run) if are_marks else "-" for are_marks, run in runs)


def _without_dots(folders: Sequence[str], root: int) -> list[str]:
    """Return `folders` with "." and ".." resolved; ".." does not lead out of the first `root` folders."""
    kept: list[str] = []
    for part in folders:
        if part == "..":
            del kept[max(root, len(kept) - 1) :]
        elif part != ".":
            kept.append(part)
    return kept


def _cut(part: str) -> str:
    """Return `part` cut to the limit, without dots, blanks and hyphens at its ends.

    A leading dot would hide a file, and Windows drops dots and blanks at the end of a name.
    """
    return part.strip(" .-").encode()[:_MAX_NAME_BYTES].decode("utf-8", "ignore").strip(" .-")
