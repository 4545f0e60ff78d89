"""Opens the two files that are to be compared: pages and readouts in JSON, or outputs, which are read back.

A page and its output are compared in the form of the output: the page gets the labels and colophon that its output must
have. Two HTML outputs are compared as pages, so that their colophons do not count.
"""

from __future__ import annotations

import contextlib
from collections.abc import Collection
from itertools import islice
from pathlib import Path

import msgspec

from readout_pub.arguments import require_path, require_type
from readout_pub.convert import read
from readout_pub.diff.copy import Copy, CopyPhoto, copy_of
from readout_pub.emit import RenderOptions, formats_of_suffix
from readout_pub.emit.record import recorded_render_options
from readout_pub.errors import UsageError
from readout_pub.image_store import ImageStore
from readout_pub.model import Readout, printable_readout
from readout_pub.receipts.expected import TRAITS, Expected, expected
from readout_pub.receipts.read_back import READERS, ReadBack
from readout_pub.receipts.read_back.files import READ_AS_PAGES, read_output_file, readable_format
from readout_pub.seal import sealed_file
from readout_pub.sources import FetchPolicy, SavedPage, only_page, saved_pages
from readout_pub.themes import theme_names
from readout_pub.words import words_of

_HTML_SUFFIXES = frozenset({".html", ".htm"})


class _OpenedPage(msgspec.Struct, frozen=True):
    name: str
    readout: Readout
    images: ImageStore


class _OpenedOutput(msgspec.Struct, frozen=True):
    name: str
    format: str
    content: ReadBack
    options: RenderOptions


def open_copies(
    before: str | Path, after: str | Path, *, url: str | None = None, policy: FetchPolicy = FetchPolicy()
) -> tuple[Copy, Copy]:
    """Return the two copies, each a path or the URL of a page; `url` chooses the page of each source with several.

    Raises a SourceError for a file that cannot be read, a UsageError for an output of a format that is not read back.
    """
    require_path(before, "before")
    require_path(after, "after")
    require_type(url, (str, type(None)), "url")
    require_type(policy, (FetchPolicy,), "policy")
    sources = str(before), str(after)
    ours = [_is_our_html(source) for source in sources]
    first, second = (
        _open(source, "html" if is_ours and not all(ours) else _output_format(source), url, policy)
        for source, is_ours in zip(sources, ours, strict=True)
    )
    copies = _copy(first, second), _copy(second, first)
    if isinstance(first, _OpenedPage) and isinstance(second, _OpenedPage):
        return copies
    stated = copies[0].facts.keys() & copies[1].facts.keys()  # formats differ in what they can state
    if isinstance(first, _OpenedOutput) and isinstance(second, _OpenedOutput):
        titles = {TRAITS[each.format].title for each in (first, second)}
        stated = stated - {"title"} if len(titles) > 1 else stated  # some titles have the series, others do not
    return _with_facts(copies[0], stated), _with_facts(copies[1], stated)


def _is_our_html(source: str) -> bool:
    """Return whether `source` is an HTML file that this program wrote."""
    path = Path(source)
    return path.suffix.lower() in _HTML_SUFFIXES and path.is_file() and sealed_file(path.read_bytes()) is not None


def _open(source: str, target: str | None, url: str | None, policy: FetchPolicy) -> _OpenedPage | _OpenedOutput:
    """Return the copy: an output of format `target`, or a page if that is None."""
    if target is None:
        readout, images = read(_page_of(source, url, policy), policy=policy)
        return _OpenedPage(source, readout, images)
    path = Path(source)
    return _OpenedOutput(source, target, read_output_file(path, target), _options_of(path))


def _options_of(path: Path) -> RenderOptions:
    """Return the options of an output, which decide what the program adds; the defaults if its record does not tell."""
    sealed = sealed_file(path.read_bytes())
    with contextlib.suppress(msgspec.ValidationError, UsageError):
        if sealed and (options := recorded_render_options(sealed.record)).theme in theme_names():
            return options
    return RenderOptions()


def _page_of(source: str, url: str | None, policy: FetchPolicy) -> SavedPage:
    pages = list(islice(saved_pages(source, policy=policy), 2))
    return pages[0] if len(pages) == 1 else only_page(source, urls=(url,) if url else (), policy=policy)


def _output_format(source: str) -> str | None:
    """Return the format of a file to read back, or None for a page; UsageError if its format cannot be read back."""
    suffix = Path(source).suffix
    formats = formats_of_suffix(suffix) if suffix else ()
    if not formats or formats[0] in READ_AS_PAGES or "://" in source:
        return None
    readable = readable_format(Path(source))
    if readable is None:
        raise UsageError(
            f"a file of the format {formats[0]} is not read back",
            where=source,
            what_next=f"compare files of the formats {', '.join(sorted({*READERS, *READ_AS_PAGES}))}",
        )
    return readable


def _copy(one: _OpenedPage | _OpenedOutput, other: _OpenedPage | _OpenedOutput) -> Copy:
    """Return `one` as a copy. If it is a page and `other` an output, it gets the labels and colophon of an output."""
    if isinstance(one, _OpenedOutput):
        found = one.content
        return Copy(
            name=one.name,
            paragraphs=_paragraphs(found.text.split("\n")),
            photos=_numbered_photos(found.photos, found.alts[found.covers :]),
            facts=_output_facts(found.title, found.language),
            has_spaces=found.has_spaces,
        )
    if isinstance(other, _OpenedPage):
        return copy_of(one.readout, one.name)
    return _copy_of_expected(
        one.name, expected(printable_readout(one.readout), one.images, other.format, other.options), other
    )


def _copy_of_expected(name: str, wanted: Expected, output: _OpenedOutput) -> Copy:
    return Copy(
        name=name,
        paragraphs=_paragraphs([text.text for text in wanted.texts]),
        photos=_numbered_photos(wanted.photos, wanted.alts[output.content.covers :]),
        facts=_output_facts(wanted.title, wanted.language),
    )


def _with_facts(copy: Copy, stated: Collection[str]) -> Copy:
    return msgspec.structs.replace(copy, facts={fact: copy.facts[fact] for fact in copy.facts if fact in stated})


def _paragraphs(texts: list[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(words for text in texts if (words := tuple(words_of(text))))


def _output_facts(title: str | None, language: str | None) -> dict[str, tuple[str, ...]]:
    facts = {"title": title, "language": language}
    return {name: (value,) for name, value in facts.items() if value}


def _numbered_photos(digests: tuple[str, ...], alts: tuple[str, ...]) -> tuple[CopyPhoto, ...]:
    """Return the photos of an output, which have no names there; a format without digests has the texts only."""
    count = max(len(digests), len(alts))
    return tuple(
        CopyPhoto(
            f"photo {number + 1}",
            digests[number] if number < len(digests) else None,
            alts[number] if number < len(alts) else None,
        )
        for number in range(count)
    )
