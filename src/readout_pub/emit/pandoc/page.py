"""The whole document as pandoc's tree: its front, the body, and what stands after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readout_pub.emit.anchor_ids import LinkedAnchorIds
from readout_pub.emit.colophon import colophon, program_text
from readout_pub.emit.markup import document_title
from readout_pub.emit.markup.inlines import language_tag
from readout_pub.emit.messages import messages_for
from readout_pub.emit.pandoc.blocks import PandocBlockWriter, PlaceImage
from readout_pub.emit.pandoc.nodes import API_VERSION, LINE_BREAK, Node, attr, node, paragraph, text_nodes
from readout_pub.model import BulletList, Item, Link, Paragraph, Section, display_date, display_series, display_title
from readout_pub.source_credit import publication_identifier
from readout_pub.text_direction import language_direction

if TYPE_CHECKING:
    from readout_pub.emit.pandoc.formats import PandocWriter
    from readout_pub.model import Readout

_TEX_FACES = {"ja": {"CJKmainfont": "HaranoAjiMincho-Regular", "CJKoptions": "BoldFont=HaranoAjiGothic-Medium"}}
"""The faces of TeX Live for a script that its default face lacks: LaTeX leaves characters without a glyph out."""


def pandoc_document(readout: Readout, writer: PandocWriter, place: PlaceImage) -> dict[str, object]:
    """Return the tree of `readout`; each text stands in it once, in the order of the readout."""
    first_level = 2 if writer.front == "text" else 1
    blocks = PandocBlockWriter(
        writer, LinkedAnchorIds(readout.body), messages_for(readout.language), place, first_level
    )
    return {
        "pandoc-api-version": API_VERSION,
        "meta": {name: writer.mend(value) for name, value in _meta(readout, writer, blocks).items() if value},
        "blocks": writer.mend(
            [
                *_front(readout, writer, blocks),
                *_body(readout, blocks),
                *_colophon(readout, writer, blocks),
            ]
        ),
    }


def _meta(readout: Readout, writer: PandocWriter, blocks: PandocBlockWriter) -> dict[str, Node | None]:
    """Give what the file says about itself, and the title block where the format has one."""
    language = {
        "lang": _string(language_tag(readout.language)),
        "dir": _string("rtl" if language_direction(readout.language) == "rtl" else None),
    }
    primary = readout.language.lower().split("-")[0]
    series, title, date = (
        display_series(readout),
        blocks.inline(display_title(readout)),
        text_nodes(display_date(readout) or ""),
    )
    match writer.front:
        case "template":
            publisher = _string(readout.origin.publisher)
            shown = {"title": _inlines(title), "series": _inlines(text_nodes(series or "")), "date": _inlines(date)}
            return language | shown | {"author": publisher}
        case "metadata":
            above = [*text_nodes(series), LINE_BREAK] if series else []
            return language | {
                "title": _inlines([*above, *title]),
                "date": _inlines(date),
                "title-meta": _string(document_title(readout)),
                "header-includes": _raw(writer.preamble),
                **{name: _string(face) for name, face in _TEX_FACES.get(primary, {}).items()},
            }
        case "text":
            about = {
                "pagetitle": _string(document_title(readout)),
                "identifier": _string(publication_identifier(readout.origin)),
            }
            return language | about


def _front(readout: Readout, writer: PandocWriter, blocks: PandocBlockWriter) -> list[Node]:
    """Give the series, the title and the date, as far as they do not stand in the title block; then the byline."""
    byline = blocks.styled("Author", _lines(readout.byline))
    if writer.front != "text":
        return byline
    title = node("Header", 1, attr(), blocks.inline(display_title(readout)))
    return [*_lines(display_series(readout)), title, *_lines(display_date(readout)), *byline]


def _body(readout: Readout, blocks: PandocBlockWriter) -> list[Node]:
    undecided = [paragraph(text_nodes(line.text)) for line in readout.undecided]
    back = [paragraph(blocks.inline((readout.back_link,)))] if readout.back_link else []
    return [
        *blocks.styled("Image Caption", undecided),
        *blocks.write(readout.body),
        *blocks.write(_attachments(readout)),
        *blocks.styled("Back Link", back),
    ]


def _attachments(readout: Readout) -> tuple[Section, ...]:
    if not readout.attachments:
        return ()
    links = [Link(attachment.href, (attachment.title,)) for attachment in readout.attachments]
    items = tuple(Item((Paragraph(children=(link,)),)) for link in links)
    text_nodes = messages_for(readout.language)
    return (Section(heading=(program_text(text_nodes.attachments, text_nodes),), body=(BulletList(items=items),)),)


def _colophon(readout: Readout, writer: PandocWriter, blocks: PandocBlockWriter) -> list[Node]:
    lines = [paragraph(blocks.inline(line)) for line in colophon(readout.origin, readout.language)]
    return blocks.styled("Colophon", lines) if writer.styled else [{"t": "HorizontalRule"}, *lines]


def _lines(text: str | None) -> list[Node]:
    return [paragraph(text_nodes(text))] if text else []


def _string(text: str | None) -> Node | None:
    return node("MetaString", text) if text else None


def _inlines(inlines: list[Node]) -> Node | None:
    return node("MetaInlines", inlines) if inlines else None


def _raw(tex: str) -> Node | None:
    return node("MetaBlocks", [node("RawBlock", "latex", tex)]) if tex else None
