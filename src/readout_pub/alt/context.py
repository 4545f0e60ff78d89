"""Readout → its photos in context: all that a person or a rule needs to judge an alternative text."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from functools import partial

import msgspec

from readout_pub.image_store import ImageStore
from readout_pub.model import (
    Alt,
    Block,
    Blocks,
    Decorative,
    Described,
    DescriptionList,
    Figure,
    Missing,
    Paragraph,
    Preformatted,
    Readout,
    Section,
    Table,
    descendants,
    display_title,
    photos,
    plain_text,
    texts,
)
from readout_pub.sentences import split_sentences

PHOTO_MARK = "[photo]"
"""Stands for the photo in `PhotoInContext.context`. Square brackets are what editors write around their own words."""

MAX_SIDE_OF_CONTEXT = 200
"""`PhotoInContext.context` has at most this many characters before the photo, and as many after it: a few lines."""


class PhotoInContext(msgspec.Struct, frozen=True, kw_only=True):
    """A photo on one page, with the text around it.

    `id` is the same in every run (see `photo_id`). `archive` is the source as the user named it, `page` the name of the
    page in it. `file` is the `src` of the photo; photos of outputs are numbered ("photo 1"). `alt` is what outputs get
    now, `source_alt` what the page says. `before` and `after` are the nearest texts around the photo, without captions;
    `page_text` is the whole text of the page with captions. These three and the `title` of the page are plain text with
    single spaces, "" if there is none. `language` is that of the page (BCP 47), `site_name` the publisher. `read_image`
    returns the bytes of the file; it is None if the file is missing.
    """

    id: str
    archive: str
    page: str
    file: str
    alt: Alt
    source_alt: Alt = Missing()
    sha256: str | None = None
    media_type: str | None = None
    width: int | None = None
    height: int | None = None
    title: str = ""
    caption: str = ""
    credit: str = ""
    before: str = ""
    after: str = ""
    page_text: str = ""
    language: str = "und"
    site_name: str = ""
    url: str | None = None
    read_image: Callable[[], bytes] | None = None

    @property
    def replaced_alt(self) -> Described | None:
        """The alternative text on the page, if outputs leave it out because it describes nothing."""
        return self.source_alt if lacks_own_text(self.alt) and isinstance(self.source_alt, Described) else None

    @property
    def context(self) -> str:
        """The sentence or heading before the photo, `PHOTO_MARK`, and the sentence or heading after it."""
        before, after = split_sentences(self.before), split_sentences(self.after)
        parts = (_end_of(before[-1]) if before else "", PHOTO_MARK, _start_of(after[0]) if after else "")
        return " ".join(filter(None, parts))


def lacks_own_text(alt: Alt) -> bool:
    """Return whether a photo has no alternative text, or one from its caption that no person has confirmed."""
    return isinstance(alt, Missing) or is_from_caption(alt)


def is_from_caption(alt: Alt) -> bool:
    """Return whether the program took a text from the caption, and no person has confirmed it."""
    return isinstance(alt, Described) and alt.by == "caption" and not alt.reviewed


def photos_in_context(
    readout: Readout, as_found: Readout, images: ImageStore, *, archive: str, page: str
) -> Iterator[PhotoInContext]:
    """Yield the photos of `readout` in reading order; `readout` is what `describe` returned for `as_found`.

    A photo that the page shows twice with the same caption is yielded once.
    """
    source_alts = (photo.alt for photo in photos(as_found))
    title = _one_line(plain_text(display_title(readout)))
    page_text = _one_line(" ".join((title, *texts(readout.body))))
    seen: set[str] = set()
    for before, figure, after in _figures_with_neighbours(readout.body, title):
        caption = caption_text(figure)
        for photo in figure.photos:
            source_alt = _of_source(next(source_alts))
            key = photo_id(photo.sha256 or photo.src, page, caption)
            if key in seen:
                continue
            seen.add(key)
            yield PhotoInContext(
                id=key,
                archive=archive,
                page=page,
                file=photo.src,
                alt=photo.alt,
                source_alt=source_alt,
                sha256=photo.sha256,
                media_type=photo.media_type,
                width=photo.width,
                height=photo.height,
                title=title,
                caption=caption,
                credit=_one_line(plain_text(figure.credit, line_break=" ")),
                before=before,
                after=after,
                page_text=page_text,
                language=readout.language,
                site_name=readout.origin.publisher or "",
                url=readout.origin.url,
                read_image=partial(images.read, photo.sha256) if photo.sha256 and photo.sha256 in images else None,
            )


def output_photos(
    alts: Sequence[str],
    digests: Sequence[str],
    places: Sequence[tuple[int, Sequence[str]]],
    *,
    archive: str,
    page: str,
    title: str,
    text: str,
    language: str,
) -> Iterator[PhotoInContext]:
    """Yield the photos of an output that was read back.

    `digests` are those of the photos in the file. They count only if there are as many as `alts`: otherwise nobody
    knows which photo has which text. `places` has for each photo its offset in `text` and the lines of its caption and
    credit; it is empty if the format does not tell them.
    """
    known = digests if len(digests) == len(alts) else ()
    of_captions = {line for _, lines in places for line in lines}
    for number, alt in enumerate(alts):
        file, digest = f"photo {number + 1}", known[number] if known else None
        stated = Described(alt) if alt.strip() else Decorative()
        offset, lines = places[number] if places else (None, ())
        caption, credit = _one_line(" ".join(lines[:1])), _one_line(" ".join(lines[1:]))
        yield PhotoInContext(
            id=photo_id(digest or file, page, caption),
            caption=caption,
            credit=credit,
            before=_nearest_text(reversed(text[:offset].split("\n")), of_captions) if offset is not None else "",
            after=_nearest_text(text[offset:].split("\n"), of_captions) if offset is not None else "",
            archive=archive,
            page=page,
            file=file,
            alt=stated,
            source_alt=stated,
            sha256=digest,
            title=title,
            page_text=_one_line(text),
            language=language,
        )


def _nearest_text(lines: Iterable[str], of_captions: Container[str]) -> str:
    """Return the first of `lines` that has text and is not a caption; "" if there is none."""
    return next((_one_line(line) for line in lines if line.strip() and line.strip() not in of_captions), "")


def caption_text(figure: Figure) -> str:
    """Return the caption of a figure as one line of plain text; "" if there is none."""
    return _one_line(plain_text(figure.caption, line_break=" "))


def photo_id(picture: str, page: str, caption: str) -> str:
    """Return the `id` of a photo in context; `picture` is the digest of its bytes, or its name if they are missing.

    It has 16 hex digits: among a million photos, two have the same id with a probability of 3e-8. They follow a letter,
    since spreadsheet programs would read "12345678901234e5" as a number, and round it.
    """
    parts = (picture, page, caption)
    digest = hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
    return f"p{digest[:16]}"


def _of_source(alt: Alt) -> Alt:
    """Return `alt` if it is the page's own, else Missing: readouts in JSON may have texts by a person or a model."""
    return alt if isinstance(alt, Described | Decorative) and alt.by == "source" else Missing()


def _figures_with_neighbours(blocks: Blocks, title: str) -> Iterator[tuple[str, Figure, str]]:
    """Yield (text before, figure, text after) for each figure that has photos.

    Without a text before the figure, `title` takes its place; without a text after it, the text is "".
    """
    before, waiting = title, list[Figure]()
    for part in (*_texts_and_figures(blocks), ""):
        if isinstance(part, str):
            yield from ((before, figure, part) for figure in waiting)
            before = part
            waiting.clear()
        else:
            waiting.append(part)


def _texts_and_figures(blocks: Blocks) -> Iterator[str | Figure]:
    """Yield the headings and texts of `blocks`, each on one line, and the figures with photos, in reading order."""
    for block in descendants(blocks):
        if isinstance(block, Figure) and block.photos:
            yield block
        else:
            yield from filter(None, map(_one_line, _own_texts(block)))


def _own_texts(block: Block) -> Iterator[str]:
    """Yield the texts that are directly in a block."""
    match block:
        case Section():
            yield plain_text(block.heading, line_break=" ")
        case Paragraph():
            yield plain_text(block.children, line_break=" ")
        case Preformatted():
            yield block.text
        case Figure() | Table():
            yield plain_text(block.caption, line_break=" ")
        case DescriptionList():
            yield from (plain_text(term, line_break=" ") for entry in block.entries for term in entry.terms)
        case _:
            pass


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _end_of(text: str) -> str:
    if len(text) <= MAX_SIDE_OF_CONTEXT:
        return text
    end = text[-MAX_SIDE_OF_CONTEXT:]
    return f"…{end.partition(' ')[2] or end}"


def _start_of(text: str) -> str:
    if len(text) <= MAX_SIDE_OF_CONTEXT:
        return text
    start = text[:MAX_SIDE_OF_CONTEXT]
    return f"{start.rpartition(' ')[0] or start}…"
