"""Photos for emitters: their bytes from the image store, with notes on problems, and their alternative texts."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from readout_pub.emit.colophon import program_text
from readout_pub.errors import SourceError
from readout_pub.model import (
    Code,
    Decorative,
    Described,
    Emphasis,
    Figure,
    LineBreak,
    Missing,
    Strong,
    Sub,
    Sup,
    is_unreviewed_draft,
    photos,
    plain_text,
)
from readout_pub.notes import Note, note
from readout_pub.source_record import AltAuthor

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from readout_pub.emit.messages import Messages
    from readout_pub.image_store import ImageStore, Picture
    from readout_pub.model import Block, Blocks, Inlines, Photo, Readout


MAX_PHOTO_BYTES = 100_000_000
"""How many bytes the photos of one rendition may have together. `fetch` saves at most 100 photos of a page, of about
half a megabyte each (1600 pixels): half of this limit.
"""


class PictureLoader:
    """Loads the photos of one rendition. Adds one note for each photo that is scaled or cannot be shown.

    With `repeated`, the format contains a photo again at each place that shows it, and its bytes count each time.
    Photos after the first `MAX_PHOTO_BYTES` bytes are left out.
    """

    def __init__(self, images: ImageStore, *, repeated: bool = False) -> None:
        self._images, self._repeated = images, repeated
        self._bytes_left = MAX_PHOTO_BYTES
        self._counted: set[str] = set()
        self._notes: dict[Note, None] = {}

    @property
    def notes(self) -> tuple[Note, ...]:
        """The notes so far, in reading order."""
        return tuple(self._notes)

    def load(self, photo: Photo) -> Picture | None:
        """Return the image of `photo` as outputs show it, scaled down if it is large; None if it cannot be shown."""
        if photo.sha256 is None:
            return None
        if photo.sha256 not in self._images:
            self._add_note("PHOTO_FILE_MISSING", src=photo.src)
            return None
        adds_bytes = self._repeated or photo.sha256 not in self._counted
        if adds_bytes and self._bytes_left <= 0:
            self._add_note("PHOTO_LEFT_OUT", src=photo.src, limit=MAX_PHOTO_BYTES // 10**6)
            return None
        try:
            picture = self._images.picture(photo.sha256)
        except SourceError as reason:
            self._add_note("PHOTO_UNREADABLE", src=photo.src, reason=reason)
            return None
        if adds_bytes:
            self._counted.add(photo.sha256)
            self._bytes_left -= len(picture.data)
        if picture.scaled_from:
            after = max(picture.width, picture.height)
            self._add_note("PHOTO_SCALED", src=photo.src, before=picture.scaled_from, after=after)
        return picture

    def _add_note(self, code: str, **facts: object) -> None:
        self._notes[note(code, None, **facts)] = None


def alt_text(photo: Photo, messages: Messages) -> str:
    """Return the alternative text of `photo`: "" if it is decorative, a message if the text is missing."""
    match photo.alt:
        case Described(text=text):
            return text
        case Decorative():
            return ""
        case Missing():
            return messages.photo_undescribed


def alts_beside_caption(figure: Figure, messages: Messages) -> list[str]:
    """Return `alt_text` of each photo for formats in which screen readers also read the caption.

    "Photo: " before a text taken from the caption makes the two differ. It is not added where formats hide the caption
    (see `repeats_alt`), or where it would be in another language than the page.
    """
    caption = plain_text(figure.caption, line_break=" ")
    is_marked = bool(caption) and not _loses_only_emphasis(figure.caption) and not messages.lang_attributes

    def beside_caption(photo: Photo) -> str:
        alt = alt_text(photo, messages)
        is_caption = is_marked and alt_unlike_caption(photo) is None and alt == caption
        return f"{messages.photo}{messages.colon}{alt}" if is_caption else alt

    return list(map(beside_caption, figure.photos))


def repeats_alt(caption: Inlines, alts: Collection[str]) -> bool:
    """Return whether a caption is word for word an alternative text, so that a screen reader would read it twice.

    Formats hide such a caption from screen readers. A caption with links, ruby or marked languages does not count:
    hiding it would lose them.
    """
    words = plain_text(caption, line_break=" ").split()
    return _loses_only_emphasis(caption) and any(words == alt.split() for alt in alts)


def _loses_only_emphasis(inlines: Inlines) -> bool:
    """Return whether `inlines` lose only emphasis if they become plain text."""
    return all(
        isinstance(inline, str | Code | LineBreak)
        or (isinstance(inline, Emphasis | Strong | Sub | Sup) and _loses_only_emphasis(inline.children))
        for inline in inlines
    )


def alt_unlike_caption(photo: Photo) -> str | None:
    """Return the alternative text of `photo`; None if it is missing, decorative, or taken from the caption.

    Formats that print alternative texts and captions use this, so as not to print a text twice.
    """
    return photo.alt.text if isinstance(photo.alt, Described) and photo.alt.by != "caption" else None


def gather_missing_photos(blocks: Blocks) -> Blocks:
    """Return `blocks` with consecutive figures joined if all their photos are missing; captions stay in order.

    Otherwise a page that was saved without its photos would be a column of empty frames.
    """
    gathered: list[Block] = []
    missing: list[Figure] = []
    for block in blocks:
        if isinstance(block, Figure) and _is_missing(block):
            missing.append(block)
            continue
        gathered += _as_one_figure(missing)
        gathered.append(block)
        missing = []
    return (*gathered, *_as_one_figure(missing))


def _is_missing(figure: Figure) -> bool:
    is_plain = figure.id is None and figure.lang is None and figure.dir is None
    return is_plain and bool(figure.photos) and all(photo.sha256 is None for photo in figure.photos)


def _as_one_figure(figures: Sequence[Figure]) -> Sequence[Figure]:
    if len(figures) < 2:
        return figures
    lines = [line for figure in figures for line in (figure.caption, figure.credit) if line]
    caption = tuple(part for line in lines for part in (LineBreak(), *line))[1:]
    return [Figure(photos=tuple(photo for figure in figures for photo in figure.photos), caption=caption)]


def missing_photo_texts(missing: Sequence[Photo], figure: Figure, messages: Messages) -> tuple[str, tuple[str, ...]]:
    """Return what stands in place of the `missing` photos of a figure: a message, and their texts, each once.

    A text is left out if a line of the caption begins with it; the line often goes on with a credit.
    """
    count = len(missing)
    message = messages.photo_missing if count == 1 else messages.photos_missing.format(count)
    lines = sorted(" ".join(line.split()) for line in plain_text(figure.caption).splitlines())
    words = {text: " ".join(text.split()) for text in filter(None, map(alt_unlike_caption, missing))}
    begun = {each for each in set(words.values()) if _begins_a_line(lines, each)}
    return message, tuple(text for text in words if words[text] not in begun)


def _begins_a_line(lines: Sequence[str], text: str) -> bool:
    """Return whether one of `lines`, which are sorted, begins with the words of `text`."""
    for number in range(bisect_left(lines, text), len(lines)):  # the lines that begin with `text` are here
        line = lines[number]
        if not line.startswith(text):
            return False
        if not line[len(text) : len(text) + 1].isalnum():
            return True
    return False


def lacks_description(photo: Photo) -> bool:
    """Return whether the alternative text of `photo` is missing, or is its caption and no person has reviewed it."""
    return not isinstance(photo.alt, Decorative) and not has_human_alt(photo) and alt_unlike_caption(photo) is None


def has_human_alt(photo: Photo) -> bool:
    """Return whether a person wrote or reviewed the alternative text of `photo`, or decided that it needs none."""
    match photo.alt:
        case Described(by=by, reviewed=reviewed) | Decorative(by=by, reviewed=reviewed):
            return reviewed or by in {"source", "person"}
        case Missing():
            return False


def unreviewed_mark(figure: Figure, messages: Messages) -> Inlines:
    """Return the visible line below photos with a model's text that nobody has reviewed; () if there is none."""
    is_unreviewed = any(is_unreviewed_draft(photo.alt) for photo in figure.photos)
    return (program_text(messages.photo_unreviewed, messages),) if is_unreviewed else ()


def alt_authors(readout: Readout) -> tuple[AltAuthor, ...]:
    """Return the people and models with known names that wrote alternative texts in place of the page's authors."""
    alts = (photo.alt for photo in photos(readout) if not isinstance(photo.alt, Missing))
    named = ((alt.name, alt.by) for alt in alts if alt.name and alt.by in {"person", "model"})
    return tuple(AltAuthor(name, is_model=by == "model") for name, by in dict.fromkeys(named))
