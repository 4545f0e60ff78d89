"""Opens the two files that are to be compared: pages and readouts in JSON, or outputs, which are read back.

A page is compared with its output in the form of the output, with labels and colophon, and with a file of another
program without them. Two HTML outputs with the same options are compared as pages, so that their colophons do not
count. Any other two outputs are compared without what their formats add.
"""

from __future__ import annotations

import contextlib
from collections.abc import Collection
from itertools import islice
from pathlib import Path

import msgspec

from readout_pub.arguments import require_path, require_type
from readout_pub.convert import read
from readout_pub.diff.additions import (
    Output,
    document_paragraphs,
    document_photos,
    has_colophon,
    stated_options,
)
from readout_pub.diff.copy import Copy, CopyPhoto, copy_of
from readout_pub.emit import RenderOptions, formats_of_suffix
from readout_pub.emit.record import recorded_render_options
from readout_pub.errors import SourceError, UsageError
from readout_pub.html_report import HTML_SUFFIXES
from readout_pub.image_store import ImageStore
from readout_pub.model import Readout, printable_readout
from readout_pub.named_file import read_large_file
from readout_pub.receipts.expected import TRAITS, expected
from readout_pub.receipts.read_back import READERS
from readout_pub.receipts.read_back.content import NO_TEXT, NO_TEXT_NEXT
from readout_pub.receipts.read_back.files import READ_AS_PAGES, read_output_file, readable_format
from readout_pub.seal import sealed_file
from readout_pub.source_record import SourceRecord
from readout_pub.sources import FetchPolicy, SavedPage, only_page, saved_pages, urls_of
from readout_pub.sources.urls import url_key
from readout_pub.themes import theme_names
from readout_pub.words import words_of


class _OpenedPage(msgspec.Struct, frozen=True):
    name: str
    readout: Readout
    images: ImageStore


def open_copies(
    before: str | Path, after: str | Path, *, url: str | None = None, policy: FetchPolicy = FetchPolicy()
) -> tuple[Copy, Copy]:
    """Return two copies to compare. `before` and `after` are paths, or URLs of pages.

    `url` chooses a page of a source with several pages.

    Raises a SourceError for a file that cannot be read or has no page at `url`. Raises a UsageError for an output of a
    format that is not read back, and for a `url` if both copies are outputs.
    """
    require_path(before, "before")
    require_path(after, "after")
    require_type(url, (str, type(None)), "url")
    require_type(policy, (FetchPolicy,), "policy")
    sources = str(before), str(after)
    records = [_html_record(source) for source in sources]
    options = [_options_of(record) for record in records if record]
    are_pages = len(options) == len(sources) and options[0] == options[1]
    first, second = (
        _open(source, "html" if record and not are_pages else _output_format(source), record, url, policy)
        for source, record in zip(sources, records, strict=True)
    )
    if isinstance(first, Output):
        if isinstance(second, Output):
            if url is not None:
                raise UsageError(
                    "both files are outputs, which have only one page each", where="--url", what_next="leave it out"
                )
            return _with_stated_facts(_copy_of_output(first, second), _copy_of_output(second, first))
        return _with_stated_facts(_whole_copy(first), _copy_in_form_of(first, second))
    if isinstance(second, Output):
        return _with_stated_facts(_copy_in_form_of(second, first), _whole_copy(second))
    return copy_of(first.readout, first.name), copy_of(second.readout, second.name)


def _html_record(source: str) -> SourceRecord | None:
    """Return the record of an HTML file that this program wrote; None for any other source."""
    path = Path(source)
    return _record(path) if path.suffix.lower() in HTML_SUFFIXES and path.is_file() else None


def _record(path: Path) -> SourceRecord | None:
    sealed = sealed_file(read_large_file(path))
    return sealed.record if sealed else None


def _open(
    source: str, target: str | None, record: SourceRecord | None, url: str | None, policy: FetchPolicy
) -> _OpenedPage | Output:
    """Return the copy: an output of format `target`, or a page if `target` is None.

    `record` is the record of an HTML file; other records are read here.
    """
    if target is None:
        readout, images = read(_page_of(source, url, policy), policy=policy)
        return _OpenedPage(source, readout, images)
    path = Path(source)
    content, record = read_output_file(path, target), record or _record(path)
    if target == "pdf" and not content.has_text:
        raise SourceError(NO_TEXT, where=source, what_next=NO_TEXT_NEXT)
    return Output(source, target, content, _options_of(record) if record else stated_options(content), record)


def _options_of(record: SourceRecord) -> RenderOptions:
    """Return the options of an output; the defaults if its record does not tell."""
    with contextlib.suppress(msgspec.ValidationError, UsageError):
        if (options := recorded_render_options(record)).theme in theme_names():
            return options
    return RenderOptions()


def _page_of(source: str, url: str | None, policy: FetchPolicy) -> SavedPage:
    """Return the page of `source` at `url`, or its only page if the URL of this page is unknown or no `url` is given.

    A source with one page is opened once: standard input cannot be read again, and a server would get each request
    twice.
    """
    pages = list(islice(saved_pages(source, policy=policy), 2))
    if len(pages) == 1:
        known = urls_of(pages[0])
        if url is None or not known or url_key(url) in map(url_key, known):
            return pages[0]
    return only_page(source, urls=(url,) if url else (), policy=policy)


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


def _copy_in_form_of(output: Output, page: _OpenedPage) -> Copy:
    """Return a page as a copy in the form of its `output`, with what the format adds.

    A file of another program, such as a page that a browser printed or the text from OCR, adds nothing.
    """
    wanted = expected(printable_readout(page.readout), page.images, output.format, output.options)
    has_additions = output.record is not None or has_colophon(output.content)
    return Copy(
        name=page.name,
        paragraphs=_paragraphs([text.text for text in wanted.texts if has_additions or text.what == "content"]),
        photos=_numbered_photos(wanted.photos, wanted.alts[output.content.covers :]),
        facts=_output_facts(wanted.title, wanted.language),
    )


def _whole_copy(output: Output) -> Copy:
    """Return an output as a copy, with what its format adds."""
    found = output.content
    return Copy(
        name=output.name,
        paragraphs=_paragraphs(found.text.split("\n")),
        photos=_numbered_photos(found.photos, found.alts[found.covers :]),
        facts=_output_facts(found.title, found.language),
        has_spaces=found.has_spaces,
    )


def _copy_of_output(one: Output, other: Output) -> Copy:
    """Return an output as a copy in the form in which it is compared with another output."""
    have_same_titles = TRAITS[one.format].title == TRAITS[other.format].title  # some formats add the series
    have_same_formulas = TRAITS[one.format].formulas == TRAITS[other.format].formulas
    return Copy(
        name=one.name,
        paragraphs=tuple(document_paragraphs(one, other)),
        photos=_numbered_photos(*document_photos(one, other)),
        facts=_output_facts(one.content.title if have_same_titles else None, one.content.language),
        has_spaces=one.content.has_spaces,
        formulas=() if have_same_formulas else (*one.content.formulas, *one.content.inline_formulas),
    )


def _with_stated_facts(one: Copy, other: Copy) -> tuple[Copy, Copy]:
    """Return both copies with only the facts that both state: some formats state fewer facts."""
    stated = one.facts.keys() & other.facts.keys()
    return _with_facts(one, stated), _with_facts(other, stated)


def _with_facts(copy: Copy, stated: Collection[str]) -> Copy:
    return msgspec.structs.replace(copy, facts={fact: copy.facts[fact] for fact in copy.facts if fact in stated})


def _paragraphs(texts: list[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(words for text in texts if (words := tuple(words_of(text))))


def _output_facts(title: str | None, language: str | None) -> dict[str, tuple[str, ...]]:
    facts = {"title": title, "language": language}
    return {name: (value,) for name, value in facts.items() if value}


def _numbered_photos(digests: tuple[str | None, ...], alts: tuple[str, ...]) -> tuple[CopyPhoto, ...]:
    """Return the photos of an output, named by their numbers: an output has no file names of photos."""
    count = max(len(digests), len(alts))
    return tuple(
        CopyPhoto(
            f"photo {number + 1}",
            digests[number] if number < len(digests) else None,
            alts[number] if number < len(alts) else None,
        )
        for number in range(count)
    )
