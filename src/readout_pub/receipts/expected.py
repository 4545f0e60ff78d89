"""What an output must show: the texts of the model and of the program in their order, alternative texts and photos.

`_Walk` walks over the model; `TRAITS` says what differs between formats. The markup that the emitters write is not
used.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from html import unescape
from typing import Literal

import msgspec

from readout_pub.emit.colophon import colophon
from readout_pub.emit.epub.cover import cover_text
from readout_pub.emit.front_matter import fact_text, meeting_facts, needs_contents, publisher_name, release_status
from readout_pub.emit.link_addresses import numbered_addresses
from readout_pub.emit.messages import Messages, messages_for
from readout_pub.emit.pandoc.math import math_nodes
from readout_pub.emit.pictures import (
    PictureLoader,
    alt_text,
    alt_unlike_caption,
    alts_beside_caption,
    gather_missing_photos,
    lacks_description,
    missing_photo_texts,
    unreviewed_mark,
)
from readout_pub.emit.rendition import RenderOptions
from readout_pub.emit.tables import GridCell, table_grid
from readout_pub.image_store import ImageStore
from readout_pub.model import (
    Block,
    Blocks,
    BulletList,
    Code,
    Decorative,
    DescriptionList,
    Figure,
    Footnotes,
    Formula,
    Inlines,
    LineBreak,
    OrderedList,
    Paragraph,
    Photo,
    Preformatted,
    Quote,
    Readout,
    Ruby,
    Rule,
    Section,
    Struck,
    Table,
    descendants,
    display_date,
    display_series,
    display_title,
    figures,
    is_valid_mathml,
    plain_text,
    with_struck_marks,
)
from readout_pub.receipts.model import JPEG, AddedKind, redrawn_size
from readout_pub.receipts.read_back.content import FORMULA
from readout_pub.themes import load_theme

What = Literal["content"] | AddedKind


class Text(msgspec.Struct, frozen=True):
    """A text that an output shows: content of the page, or words that the program adds."""

    what: What
    text: str


class Expected(msgspec.Struct, frozen=True):
    """What an output must contain.

    `photos` has the SHA-256 (hex) of the file of each photo as outputs show it, or its `redrawn_size` if a PDF contains
    only its pixels. `captions` has three lines for each shown photo, which may be empty: its caption, its credit and
    the mark of an unreviewed alternative text. `formulas` are the texts for which `FORMULA` stands in `texts`.
    """

    texts: tuple[Text, ...]
    language: str
    alts: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    photos: tuple[str, ...] = ()
    formulas: tuple[str, ...] = ()
    title: str | None = None


class Traits(msgspec.Struct, frozen=True, kw_only=True):
    """How a format shows the model, and what it shows in addition.

    skip_link         a link to the main content of the page
    contents          a table of contents apart from the text
    contents_inside   a table of contents before the text of a long document
    cover             a cover with an alternative text
    masthead          the publisher's name above the title
    list_numbers      the numbers of lists without labels, as text
    in_words          structure as words and punctuation, as in plain text
    own_words         words that the program adds, such as a colophon
    alts              alternative texts. "plain": as in the model. "beside_caption": as `alts_beside_caption` returns
                      them. "every": also those of photos that are not shown. None: no such texts
    decorative        whether a reader of the file can tell decorative photos from drawings of the layout
    formulas          formulas as linear text, as MathML, or as objects apart from the text
    addresses         the addresses of links, if the theme asks for them
    title             the title outside of the text: "full" with the series, "short" without it
    """

    skip_link: bool = False
    contents: bool = False
    cover: bool = False
    masthead: bool = False
    contents_inside: bool = False
    addresses: bool = False
    list_numbers: bool = False
    in_words: bool = False
    own_words: bool = True
    alts: Literal["plain", "beside_caption", "every"] | None = "plain"
    formulas: Literal["text", "mathml", "object"] = "text"
    decorative: bool = True
    title: Literal["full", "short"] | None = "full"


TRAITS: dict[str, Traits] = {
    "html": Traits(
        skip_link=True, masthead=True, contents_inside=True, list_numbers=True, alts="beside_caption", formulas="mathml"
    ),
    "epub": Traits(
        contents=True, cover=True, masthead=True, list_numbers=True, alts="beside_caption", formulas="mathml"
    ),
    "pdf": Traits(
        masthead=True, contents_inside=True, addresses=True, list_numbers=True, alts="beside_caption", decorative=False
    ),
    "txt": Traits(in_words=True, alts=None, title=None),
    "docx": Traits(masthead=True, formulas="object", title="short"),
    "odt": Traits(masthead=True, formulas="object", title="short"),
    "md": Traits(title=None),
    "json": Traits(own_words=False, alts="every", title=None),
}
"""Format → its traits. A format that is not here is not read back."""

_TAG = re.compile("<[^<>]*+>")

BULLET, EMPTY_CELL = "•", "–"
"""What plain text shows: before an item without a label, and in place of an empty cell."""


def expected(readout: Readout, images: ImageStore, target: str, render_options: RenderOptions) -> Expected:
    """Return what a rendition of `readout` as `target` must contain; KeyError for a format without traits."""
    traits = TRAITS[target]
    repeated = target == "html" and render_options.photos != "beside"
    is_redrawn = target == "pdf"
    shown = (
        _shown_photos(readout, images, repeated=repeated, is_redrawn=is_redrawn)
        if traits.alts in {"plain", "beside_caption"}
        else {}
    )
    cover = (cover_text(readout, render_options.design(readout.language)).alt,) if traits.cover else ()
    walk = _Walk(readout, traits, shown, render_options)
    return Expected(
        texts=tuple(walk.document()),
        language=readout.language,
        alts=(*cover, *walk.alts()),
        # A walk of its own: `walk` would count the formulas in captions a second time.
        captions=tuple(_Walk(readout, traits, shown, render_options).captions()),
        formulas=tuple(walk.formulas),
        photos=tuple(walk.photos()),
        title=walk.title(),
    )


def _shown_photos(readout: Readout, images: ImageStore, *, repeated: bool, is_redrawn: bool) -> dict[int, str]:
    """Return the `id()` of each photo that can be shown → the SHA-256 (hex) of its bytes in outputs.

    With `is_redrawn`, the output contains only the pixels of photos other than JPEG; their size replaces the SHA-256.
    """
    pictures = PictureLoader(images, repeated=repeated)
    loaded = ((photo, pictures.load(photo)) for figure in figures(readout) for photo in figure.photos)
    return {
        id(photo): redrawn_size(picture.width, picture.height)
        if is_redrawn and not picture.data.startswith(JPEG)
        else hashlib.sha256(picture.data).hexdigest()
        for photo, picture in loaded
        if picture
    }


class _Walk:
    """Walks over one readout. `shown` is as `_shown_photos` returns it."""

    def __init__(
        self, readout: Readout, traits: Traits, shown: Mapping[int, str], render_options: RenderOptions
    ) -> None:
        self._readout = readout
        self._traits = traits
        self._shown = shown
        self._messages: Messages = messages_for(readout.language)
        self._theme = load_theme(render_options.theme)
        self._publisher = publisher_name(readout, self._theme) if traits.masthead else None
        self._status = release_status(render_options, self._messages)
        self.formulas: list[str] = []

    def title(self) -> str | None:
        """Return the title of the document in tabs and libraries; None if the format has none."""
        match self._traits.title:
            case "full":
                return self._full_title()
            case "short":
                title = display_title(self._readout)
                # Pandoc writes a formula into the properties of a file as TeX, so such a title is not compared.
                return None if _has_formula(title) else plain_text(title, ruby=True, line_break=" ")
            case None:
                return None

    def _full_title(self) -> str:
        title, series = plain_text(display_title(self._readout), line_break=" "), display_series(self._readout)
        return f"{title} – {series}" if series else title

    def alts(self) -> Iterator[str]:
        """Yield the alternative text of each photo that has one in the format; "" for a decorative one."""
        is_beside_caption = self._traits.alts == "beside_caption"
        for figure in figures(self._readout):
            texts = (
                alts_beside_caption(figure, self._messages)
                if is_beside_caption
                else [alt_text(photo, self._messages) for photo in figure.photos]
            )
            for photo, text in zip(figure.photos, texts, strict=True):
                is_there = id(photo) in self._shown or self._traits.alts == "every"
                if is_there and self._can_be_found(photo):
                    yield text

    def captions(self) -> Iterator[str]:
        """Yield the entry of each shown photo in `Expected.captions`."""
        for figure in figures(self._readout):
            mark = self._messages.photo_unreviewed if unreviewed_mark(figure, self._messages) else ""
            lines = (self._inline(figure.caption).text, self._inline(figure.credit).text, mark)
            for photo in figure.photos:
                if id(photo) in self._shown and self._can_be_found(photo):
                    yield "\n".join(lines)

    def photos(self) -> Iterator[str]:
        """Yield the entry of each shown photo in `Expected.photos`."""
        for figure in figures(self._readout):
            for photo in figure.photos:
                if id(photo) in self._shown and self._can_be_found(photo):
                    yield self._shown[id(photo)]

    def _can_be_found(self, photo: Photo) -> bool:
        """Return whether a reader of the file can tell the photo from drawings of the layout."""
        return self._traits.decorative or not isinstance(photo.alt, Decorative)

    def document(self) -> Iterator[Text]:
        """Yield all texts in their order."""
        readout, messages, traits = self._readout, self._messages, self._traits
        if traits.skip_link:
            yield Text("navigation", messages.skip)
        yield Text("message", self._publisher or "")
        yield Text("content", display_series(readout) or "")
        yield self._inline(display_title(readout))
        yield Text("content", display_date(readout) or "")
        yield Text("content", readout.byline or "")
        if traits.own_words:
            yield Text("message", self._status or "")
        yield from self._meeting()
        if traits.contents_inside and needs_contents(readout):
            yield from self._contents()
        yield from (Text("content", undecided.text) for undecided in readout.undecided)
        yield from self._blocks(readout.body)
        if readout.attachments and traits.own_words:
            yield Text("message", messages.attachments)
        for attachment in readout.attachments:
            if traits.in_words:
                yield Text("label", BULLET)
            yield Text("content", attachment.title)
            if traits.in_words:
                yield Text("label", f"({attachment.href})")
        if readout.back_link:
            yield self._inline((readout.back_link,))
        yield from self._addresses()
        if traits.own_words:
            yield from (Text("colophon", plain_text(line)) for line in colophon(readout.origin, readout.language))
        if traits.contents:
            yield from self._contents()

    def _meeting(self) -> Iterator[Text]:
        for fact in meeting_facts(self._readout, self._messages) if self._traits.own_words else ():
            yield Text("message", fact.label + (self._messages.colon if self._traits.in_words else ""))
            yield Text("message", fact_text(fact))

    def _addresses(self) -> Iterator[Text]:
        if not self._traits.addresses:
            return
        for number, address in enumerate(numbered_addresses(self._readout, self._theme), start=1):
            if number == 1:
                yield Text("message", self._messages.addresses)
            yield Text("label", f"[{number}]")
            yield Text("message", address)

    def _contents(self) -> Iterator[Text]:
        """Yield the table of contents: its heading, then the sections, or the title if there are none."""
        yield Text("contents", self._messages.contents)
        sections = [each for each in descendants(self._readout.body) if isinstance(each, Section)]
        headed = [each for each in sections if each.label or each.heading]
        for section in headed:
            yield Text("contents", f"{section.label or ''} {plain_text(section.heading, line_break=' ')}")
        if not headed:
            yield Text("contents", self._full_title())

    def _blocks(self, blocks: Blocks) -> Iterator[Text]:
        is_gathered = self._traits.own_words and not self._traits.in_words
        for block in gather_missing_photos(blocks) if is_gathered else blocks:
            yield from self._block(block)

    def _block(self, block: Block) -> Iterator[Text]:
        match block:
            case Paragraph():
                yield self._inline(block.children)
            case Section():
                yield Text("content", block.label or "")
                yield self._inline(block.heading)
                yield from self._blocks(block.body)
            case BulletList() | OrderedList():
                yield from self._list(block)
            case DescriptionList():
                for entry in block.entries:
                    yield from map(self._inline, entry.terms)
                    yield from self._blocks(entry.body)
            case Quote():
                yield from self._blocks(block.body)
            case Preformatted():
                yield Text("content", block.text)
            case Figure():
                yield from self._figure(block)
            case Table():
                yield from self._table(block)
            case Footnotes():
                yield from self._footnotes(block)
            case Rule():
                pass

    def _inline(self, inlines: Inlines) -> Text:
        return Text("content", "".join(self._pieces(inlines)))

    def _pieces(self, inlines: Inlines) -> Iterator[str]:
        """Yield the text of `inlines` in pieces: ruby readings in brackets, line breaks as line feeds."""
        for inline in inlines:
            match inline:
                case str():
                    yield inline
                case Code(text):
                    yield text
                case LineBreak():
                    yield "\n"
                case Ruby(base, reading):
                    yield from self._pieces(base)
                    yield f"（{reading}）"
                case Formula():
                    yield self._formula(inline)
                case Struck(children) if self._traits.in_words:
                    yield with_struck_marks("".join(self._pieces(children)))
                case _:
                    yield from self._pieces(inline.children)

    def _formula(self, formula: Formula) -> str:
        """Return what stands for a formula in the text; a formula that the format cannot show is linear text."""
        match self._traits.formulas:
            case "mathml" if is_valid_mathml(formula.mathml):
                return _mathml_text(formula.mathml)
            case "object" if formula.mathml in self._pandoc_formulas:
                self.formulas.append(_mathml_text(formula.mathml))
                return FORMULA
            case _:
                return formula.text

    @cached_property
    def _pandoc_formulas(self) -> frozenset[str]:
        """The MathML that pandoc can convert."""
        return frozenset(math_nodes(self._readout))

    def _list(self, block: BulletList | OrderedList) -> Iterator[Text]:
        is_numbered = isinstance(block, OrderedList) and not any(item.label for item in block.items)
        for number, item in enumerate(block.items, start=1):
            if item.label:
                yield Text("content", item.label)
            elif self._traits.in_words:
                yield Text("label", BULLET)
            elif is_numbered and self._traits.list_numbers:
                yield Text("label", f"{number}.")
            yield from self._blocks(item.body)

    def _footnotes(self, block: Footnotes) -> Iterator[Text]:
        for footnote in block.notes:
            yield Text("content", footnote.label or "")
            yield from self._blocks(footnote.body)

    def _figure(self, block: Figure) -> Iterator[Text]:
        missing = [photo for photo in block.photos if id(photo) not in self._shown]
        if self._traits.in_words:
            yield from (text for photo in block.photos for text in self._photo_in_words(photo))
        elif self._traits.own_words and missing:
            message, found = missing_photo_texts(missing, block, self._messages)
            yield Text("message", message)
            yield from (Text("alt", text) for text in found)
        if block.caption and self._traits.in_words:
            yield Text("label", f"{self._messages.caption}{self._messages.colon}")
        yield self._inline(block.caption)
        yield self._inline(block.credit)
        if self._traits.own_words and unreviewed_mark(block, self._messages):
            yield Text("message", self._messages.photo_unreviewed)

    def _photo_in_words(self, photo: Photo) -> Iterator[Text]:
        text = alt_unlike_caption(photo)
        if text:
            yield Text("label", f"{self._messages.photo}{self._messages.colon}")
            yield Text("alt", text)
        elif lacks_description(photo):
            yield Text("message", self._messages.photo_undescribed)

    def _table(self, block: Table) -> Iterator[Text]:
        if self._traits.in_words:
            yield Text("label", self._messages.table + (self._messages.colon if block.caption else ""))
        yield self._inline(block.caption)
        head, body = table_grid(block)
        for row in (*head, *body):
            if self._traits.in_words:
                yield from self._row_in_words(row)
            else:
                yield from (text for at in row for text in self._blocks(at.cell.body))

    def _row_in_words(self, row: tuple[GridCell, ...]) -> Iterator[Text]:
        """Yield the row headers, then the other cells: "2030: 7; 8"."""
        headers = [at for at in row if at.is_row_header]
        others = [at for at in row if not at.is_row_header]
        ends = [*[";"] * (len(row) - 1), ""][: len(row)]
        if headers and others:
            ends[len(headers) - 1] = ":"
        for at, end in zip((*headers, *others), ends, strict=True):
            yield from self._cell_in_words(at, end)

    def _cell_in_words(self, at: GridCell, end: str) -> Iterator[Text]:
        """Yield the texts of a cell; `end` is written after the last, without a space."""
        texts = [text for text in self._blocks(at.cell.body) if text.text.strip()] or [Text("label", EMPTY_CELL)]
        yield from texts[:-1]
        yield Text(texts[-1].what, texts[-1].text.rstrip() + end)


def _has_formula(inlines: Inlines) -> bool:
    return any(isinstance(inline, Formula) or _has_formula(getattr(inline, "children", ())) for inline in inlines)


def _mathml_text(mathml: str) -> str:
    """Return the characters of a formula in their order."""
    return unescape(_TAG.sub("", mathml))
