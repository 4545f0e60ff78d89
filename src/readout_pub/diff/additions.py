"""Leaves out of an output what its format adds to the document, so that two outputs of one readout are equal.

`TRAITS` says which format adds what; `emit.messages` has the wording. The facts of the meeting and the colophon are
compared, since all outputs show them.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise, takewhile

import msgspec

from readout_pub.emit import RenderOptions
from readout_pub.emit.front_matter import MIN_HEADINGS, masthead_name, release_status
from readout_pub.emit.messages import MESSAGES, Messages, messages_for
from readout_pub.model import STRUCK_MARK
from readout_pub.receipts.expected import BULLET, EMPTY_CELL, TRAITS
from readout_pub.receipts.model import is_redrawn
from readout_pub.receipts.read_back import ReadBack
from readout_pub.receipts.read_back.content import FORMULA, LINE_END_HYPHEN
from readout_pub.source_record import SourceRecord
from readout_pub.themes import load_theme
from readout_pub.words import words_of

FRONT_LINES = 10
"""How many lines at the start are searched for the status of a draft, which stands below masthead, title and byline."""

MAX_HEADING_LINES = 4
"""The most lines of the text that are joined to find the heading of an entry of the contents."""

_SIGNS = frozenset({BULLET, EMPTY_CELL, ":", ";"})
"""Words that plain text adds, for items without a label and for tables."""


class Output(msgspec.Struct, frozen=True):
    """An output that was read back.

    If the file has no `record`, `options` are those that `stated_options` finds.
    """

    name: str
    format: str
    content: ReadBack
    options: RenderOptions
    record: SourceRecord | None = None


def document_paragraphs(output: Output, other: Output) -> Iterator[tuple[str, ...]]:
    """Yield the words of each paragraph of `output`, in the form in which it is compared with `other`."""
    messages = _messages(output.content)
    lines = [line for line in _with_formulas(output.content).split("\n") if words_of(line)]
    _remove_front_lines(lines, output, messages)
    _remove_contents(lines, output, messages)
    _remove_addresses(lines, output, messages)
    one_is_plain_text = _has_signs(output) != _has_signs(other)
    if one_is_plain_text:
        lines = list(_without_names_of_parts(lines, messages, other))
    for line in lines:
        words = words_of(line)
        if one_is_plain_text:
            bare = (word.replace(STRUCK_MARK, "") for word in words if word not in _SIGNS)
            words = [word.rstrip(":;") or word for word in bare if word]
        if words:
            yield tuple(words)


def document_photos(output: Output, other: Output) -> tuple[tuple[str | None, ...], tuple[str, ...]]:
    """Return the digests and the alternative texts of those photos of `output` that `other` can show too.

    Plain text has no photos, and in a PDF, decorative photos look like drawings of the layout. If only `output` is a
    PDF, the digest of a photo that is not a JPEG is None: a PDF contains only its pixels.
    """
    if not (_shows_photos(output) and _shows_photos(other)):
        return (), ()
    digests: Sequence[str | None] = output.content.photos
    alts = _document_alts(output, other)
    if not TRAITS[other.format].decorative and len(digests) == len(alts):
        digests = [digest for digest, alt in zip(digests, alts, strict=True) if alt]
        alts = [alt for alt in alts if alt]
    if output.format != other.format:
        digests = [None if digest and is_redrawn(digest) else digest for digest in digests]
    return tuple(digests), tuple(alts)


def _document_alts(output: Output, other: Output) -> Sequence[str]:
    """Return the alternative texts of photos, without the words "Photo: " that only one of the two formats writes."""
    alts = output.content.alts[output.content.covers :]
    if TRAITS[output.format].alts == TRAITS[other.format].alts:
        return alts
    messages = _messages(output.content)
    return [alt.removeprefix(f"{messages.photo}{messages.colon}") for alt in alts]


def _shows_photos(output: Output) -> bool:
    return TRAITS[output.format].alts is not None


def _has_signs(output: Output) -> bool:
    return TRAITS[output.format].in_words


def _letters(text: str) -> str:
    """Return `text` without spaces and hyphens, which differ where a PDF breaks a line."""
    return "".join(words_of(text)).replace(LINE_END_HYPHEN, "").replace("-", "")


def _messages(content: ReadBack) -> Messages:
    """Return the messages in the language in which the program wrote an output.

    The last line of the colophon shows this language. Without a colophon, it is the language that the output states, or
    English if it states none, as in plain text.
    """
    stated = messages_for(content.language or "en")
    return next(_messages_of_colophon(content, (stated, *MESSAGES.values())), stated)


def has_colophon(content: ReadBack) -> bool:
    """Return whether an output ends with the last line of the colophon: files of other programs do not."""
    return any(_messages_of_colophon(content, MESSAGES.values()))


def _messages_of_colophon(content: ReadBack, candidates: Iterable[Messages]) -> Iterator[Messages]:
    letters = _letters(content.text)
    return (each for each in candidates if _letters(each.verify) in letters)


def _with_formulas(content: ReadBack) -> str:
    """Return the text with the characters of its formulas in their places."""
    first, *others = content.text.split(FORMULA)
    if len(others) != len(content.formulas):
        return content.text
    return first + "".join(f" {formula} {text}" for formula, text in zip(content.formulas, others, strict=True))


# --- The lines before the text


def _remove_front_lines(lines: list[str], output: Output, messages: Messages) -> None:
    """Remove the link to the content, the name in the masthead, and the status of a draft."""
    traits = TRAITS[output.format]
    publisher = _publisher(output, messages) if traits.masthead else None
    for text in (messages.skip if traits.skip_link else None, publisher):
        if text and lines and _letters(lines[0]) == _letters(text):
            del lines[0]
    status = release_status(output.options, messages)
    for number, line in enumerate(lines[:FRONT_LINES]):
        if status and _letters(line) == _letters(status):
            del lines[number]
            break


def _publisher(output: Output, messages: Messages) -> str | None:
    published = output.record.source.publisher if output.record else None
    language = output.content.language or (output.record.language if output.record else messages.language)
    return masthead_name(published, language, load_theme(output.options.theme))


def stated_options(content: ReadBack) -> RenderOptions:
    """Return the options that the first lines of an output state: its draft mark and embargo."""
    messages = _messages(content)
    before, _, after = messages.embargo.partition("{}")
    lines = [line.strip() for line in content.text.split("\n") if line.strip()]
    for line in lines[:FRONT_LINES]:
        *draft, last = line.split(" · ")
        embargo = _day(last.removeprefix(before).removesuffix(after))
        options = RenderOptions(draft=messages.draft in {*draft, last}, embargo=embargo)
        if line == release_status(options, messages):
            return options
    return RenderOptions()


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


# --- Contents and addresses


def _remove_contents(lines: list[str], output: Output, messages: Messages) -> None:
    """Remove the table of contents: its heading, and the entries that are headings of the text."""
    traits = TRAITS[output.format]
    if not (traits.contents or traits.contents_inside):
        return
    heading = _letters(messages.contents)
    letters = [_letters(line) for line in lines]
    places = [number for number, each in enumerate(letters) if each == heading]
    if not places:
        return
    if traits.contents:
        start = places[-1]
        headings = _Headings([*letters[:start], _letters(output.content.title or "")])
        copied = headings.copied(letters, range(start + 1, len(lines)))
    else:
        start = places[0]
        copied = _inner_contents(letters, start + 1)
        if len(copied) < MIN_HEADINGS:
            return
    for number in sorted((start, *copied), reverse=True):
        del lines[number]


def _inner_contents(letters: Sequence[str], start: int) -> list[int]:
    """Return the line numbers of those entries of the contents that are headings in the text below.

    The contents begin at line `start`, and end above the line that repeats their first entry as a heading. Their last
    entry is a heading too; of the others, at most one may lack a heading.
    """
    headings = _Headings(letters)
    again = (number for number in range(start + 1, len(letters)) if letters[number] == letters[start])
    for end in range(next(again, len(letters)), start, -1):
        if headings.find(letters[end - 1], end) is None:
            continue
        copied = headings.copied(letters, range(start, end), end)
        if copied and copied[-1] == end - 1 and len(copied) >= end - start - 1:
            return copied
    return []


class _Headings:
    """Finds headings among lines, given by their letters; a heading may have several lines."""

    def __init__(self, letters: Sequence[str]) -> None:
        self._starts: defaultdict[str, list[int]] = defaultdict(list)
        self._lines: defaultdict[str, list[int]] = defaultdict(list)
        for start in range(len(letters)):
            for count in range(1, min(MAX_HEADING_LINES, len(letters) - start) + 1):
                text = "".join(letters[start : start + count])
                self._starts[text].append(start)
                self._lines[text].append(count)

    def find(self, text: str, at: int) -> int | None:
        """Return the number of the line below the first heading `text` at or below line `at`; None if there is none."""
        starts = self._starts.get(text, [])
        number = bisect_left(starts, at)
        return starts[number] + self._lines[text][number] if number < len(starts) else None

    def copied(self, letters: Sequence[str], entries: range, at: int = 0) -> list[int]:
        """Return the line numbers among `entries` whose texts are headings from line `at` on, in the same order."""
        copied: list[int] = []
        for number in entries:
            found = self.find(letters[number], at)
            if found is not None:
                copied.append(number)
                at = found
        return copied


def _remove_addresses(lines: list[str], output: Output, messages: Messages) -> None:
    """Remove the numbered addresses of links after the text, and their heading."""
    if not (TRAITS[output.format].addresses and load_theme(output.options.theme).links.numbered):
        return
    heading = _letters(messages.addresses)
    start = next((number for number in reversed(range(len(lines))) if _letters(lines[number]) == heading), None)
    if start is None:
        return
    end = start + 1
    number = 1
    while end < len(lines) and lines[end].strip().startswith(f"[{number}]"):
        is_alone = lines[end].strip() == f"[{number}]"  # the address is the next line
        end += 1 + is_alone
        number += 1
    del lines[start:end]


# --- Plain text


def _without_names_of_parts(lines: Sequence[str], messages: Messages, other: Output) -> Iterator[str]:
    """Yield the lines without what plain text says of photos, tables and attachments.

    The line "Photo: …" is left out if `other` has this alternative text, or if the caption below begins with it. If
    `other` prints the text in place of a missing photo, only "Photo: " is left out. The message that a photo is missing
    is left out too.
    """
    photo, caption, table = (f"{name}{messages.colon}" for name in (messages.photo, messages.caption, messages.table))
    alts = {_letters(alt.removeprefix(photo)) for alt in other.content.alts}
    printed = _letters(other.content.text)
    is_attachment = False
    for line, below in pairwise((*map(str.strip, lines), "")):
        is_attachment = line.startswith(BULLET) if is_attachment else line == messages.attachments
        text = line.removeprefix(photo)
        is_known = _letters(text) in alts or below.removeprefix(caption).startswith(text)
        if line in {messages.photo_undescribed, messages.table} or (text != line and is_known):
            continue
        if is_attachment and line.startswith(BULLET):
            yield line.rpartition(" (")[0] or line  # without the address
        elif text == line and (photo in line or messages.photo_undescribed in line):
            yield _row_without_photos(line, messages, alts)
        elif _letters(text) in printed:
            yield _without_missing(text.removeprefix(caption).removeprefix(table), messages)
        else:
            yield _without_missing(line.removeprefix(caption).removeprefix(table), messages)


def _row_without_photos(line: str, messages: Messages, alts: Collection[str]) -> str:
    """Return the line of a table row without what plain text says of the photos in its cells: "7; Photo: A quay; 8".

    An alternative text is kept if its letters are not among `alts`, those of the other output.
    """
    photo, caption = f"{messages.photo}{messages.colon}", f" {messages.caption}{messages.colon}"
    before, *others = line.replace(messages.photo_undescribed, "").split(photo)
    kept = [before]
    for text in others:
        ends = sorted({*(found.start() for found in re.finditer(rf";|{re.escape(caption)}", text)), len(text)})
        end = next((end for end in ends if _letters(text[:end]) in alts), None)
        kept.append(photo + text if end is None else text[end:])
    return "".join(kept).replace(caption, " ")


def _without_missing(line: str, messages: Messages) -> str:
    """Return a line without the message that stands in place of missing photos."""
    before, _, _ = messages.photos_missing.partition("{}")
    number = "".join(takewhile(str.isdecimal, line.removeprefix(before)))
    return line.removeprefix(messages.photo_missing).removeprefix(messages.photos_missing.format(number or "{}"))
