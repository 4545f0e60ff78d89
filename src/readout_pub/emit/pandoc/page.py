"""The whole document as pandoc's syntax tree: metadata, title block, body, attachments, link back and colophon."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readout_pub.emit.anchor_ids import LinkedAnchorIds
from readout_pub.emit.colophon import colophon, program_text
from readout_pub.emit.front_matter import meeting_block, publisher_name, status_paragraph
from readout_pub.emit.markup import document_title
from readout_pub.emit.markup.inlines import language_tag
from readout_pub.emit.messages import messages_for
from readout_pub.emit.pandoc.blocks import PandocBlockWriter
from readout_pub.emit.pandoc.figures import PlaceImage
from readout_pub.emit.pandoc.math import math_nodes
from readout_pub.emit.pandoc.nodes import API_VERSION, LINE_BREAK, Node, attr, node, node_text, paragraph, text_nodes
from readout_pub.emit.widows import without_widow
from readout_pub.language_codes import primary_subtag
from readout_pub.model import BulletList, Item, Link, Paragraph, Section, display_date, display_series, display_title
from readout_pub.source_record import publication_identifier
from readout_pub.text_direction import language_direction

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from readout_pub.emit.pandoc.formats import PandocWriter
    from readout_pub.emit.pandoc.office_tokens import OfficeTokens
    from readout_pub.emit.rendition import RenderOptions
    from readout_pub.model import Readout
    from readout_pub.notes import Note

MAX_KEPT_TEXT = 400
"""The last paragraph is kept on the page of the colophon if it has at most this many characters: about five lines.

LibreOffice moves it as a whole: a longer paragraph would leave too much of the previous page empty.
"""

TEMPLATE_FIELDS = frozenset({"masthead", "heading", "series", "date", "byline"})
"""The fields of the metadata of DOCX and ODT that are meant for their templates, not for the properties of the file."""

_TEX_FONTS = {"ja": {"CJKmainfont": "HaranoAjiMincho-Regular", "CJKoptions": "BoldFont=HaranoAjiGothic-Medium"}}
"""Language → pandoc variables that name fonts of TeX Live. Without them LaTeX drops characters that its default font
lacks.
"""


def pandoc_document(
    readout: Readout,
    writer: PandocWriter,
    place: PlaceImage,
    properties: Mapping[str, str],
    *,
    tokens: OfficeTokens,
    render_options: RenderOptions,
    logo: Sequence[Node] = (),
) -> tuple[dict[str, object], tuple[Note, ...]]:
    """Return pandoc's syntax tree of `readout`, and notes on tables that are too wide for the format.

    The tree has each text once and in order.
    `place` places photos. `properties` (name → text) are written as document properties, if the format has these;
    `tokens` are the design tokens of the theme, and `logo` is its logo as inlines.
    """
    publisher = publisher_name(readout, render_options.design(readout.language).theme)
    masthead = [*logo, *text_nodes(publisher or "")]
    first_level = 2 if writer.front == "text" else 1
    formulas = math_nodes(readout) if writer.styled else {}
    blocks = PandocBlockWriter(
        writer,
        LinkedAnchorIds(readout.body),
        messages_for(readout.language),
        place,
        first_level,
        tokens=tokens,
        formulas=formulas,
    )
    tree: dict[str, object] = {
        "pandoc-api-version": API_VERSION,
        "meta": {
            name: writer.transform(value)
            for name, value in _meta(readout, writer, blocks, properties, masthead).items()
            if value
        },
        "blocks": writer.transform(
            [
                *_front_nodes(readout, writer, blocks),
                *_with_end_kept(_body_nodes(readout, writer, blocks, render_options), blocks),
                *_end_nodes(readout, blocks),
                *_colophon_nodes(readout, writer, blocks),
            ]
        ),
    }
    return tree, tuple(blocks.notes)


def _meta(
    readout: Readout,
    writer: PandocWriter,
    blocks: PandocBlockWriter,
    properties: Mapping[str, str],
    masthead: list[Node],
) -> dict[str, Node | None]:
    """Return pandoc's metadata: language, title and the like, for the format's template and file properties."""
    language = {
        "lang": _meta_string(language_tag(readout.language)),
        "dir": _meta_string("rtl" if language_direction(readout.language) == "rtl" else None),
    }
    primary = primary_subtag(readout.language)
    series, title, date = (
        display_series(readout),
        blocks.inline(display_title(readout)),
        text_nodes(display_date(readout) or ""),
    )
    match writer.front:
        case "template":
            publisher = _meta_string(readout.origin.publisher)
            # "title" is a property of the file, "heading" is the title as the template shows it.
            shown = {
                "masthead": _meta_inlines(masthead),
                "title": _meta_inlines(title),
                "heading": _meta_inlines(blocks.inline(without_widow(display_title(readout)))),
                "series": _meta_inlines(text_nodes(series or "")),
                "date": _meta_inlines(date),
                "byline": _meta_inlines(text_nodes(readout.byline or "")),
            }
            others = {name: _meta_string(text) for name, text in properties.items()}
            return language | shown | {"author": publisher} | others
        case "metadata":
            above = [*text_nodes(series), LINE_BREAK] if series else []
            return language | {
                "title": _meta_inlines([*above, *title]),
                "date": _meta_inlines(date),
                "title-meta": _meta_string(document_title(readout)),
                "header-includes": _meta_latex(writer.preamble),
                **{name: _meta_string(font) for name, font in _TEX_FONTS.get(primary, {}).items()},
            }
        case "text":
            about = {
                "pagetitle": _meta_string(document_title(readout)),
                "identifier": _meta_string(publication_identifier(readout.origin)),
            }
            return language | about | (_header_of_file(readout) if writer.to in WITH_HEADER_OF_FILE else {})


WITH_HEADER_OF_FILE = frozenset({"tei"})
"""Writers whose template puts title, publisher, date and source into a header about the file, which is not part of the
text."""


_TITLE_FIRST = frozenset({"opml-smart"})
"""Writers that drop what stands before the first heading."""


def _header_of_file(readout: Readout) -> dict[str, Node | None]:
    """Return the facts of the header of TEI: it requires a title, and allows a date only if there is a publisher."""
    origin = readout.origin
    facts = {"title": document_title(readout), "publisher": origin.publisher}
    if origin.publisher and readout.issued:
        facts["date"] = readout.issued.isoformat()
    return {
        **{name: _meta_string(text) for name, text in facts.items()},
        "sourceDesc": node(
            "MetaBlocks", [paragraph(text_nodes(f"{origin.url or origin.name}, SHA-256 {origin.sha256}"))]
        ),
    }


def _front_nodes(readout: Readout, writer: PandocWriter, blocks: PandocBlockWriter) -> list[Node]:
    """Return series, title, date and byline, each only if no template writes it from the metadata."""
    byline = _text_paragraph(readout.byline)
    match writer.front:
        case "template":
            return []
        case "metadata":
            return byline
        case "text":
            pass
    title = [node("Header", 1, attr(), blocks.inline(display_title(readout)))]
    series = _text_paragraph(display_series(readout))
    head = [*title, *series] if writer.to in _TITLE_FIRST else [*series, *title]
    return [*head, *_text_paragraph(display_date(readout)), *byline]


def _body_nodes(
    readout: Readout, writer: PandocWriter, blocks: PandocBlockWriter, render_options: RenderOptions
) -> list[Node]:
    messages = messages_for(readout.language)
    undecided = [paragraph(text_nodes(line.text)) for line in readout.undecided]
    return [
        *blocks.write(status_paragraph(render_options, messages)),
        *_meeting_nodes(readout, writer, blocks),
        *blocks.styled("Undecided Photos", undecided),
        *blocks.write_page(readout.body),
        *blocks.write(_attachment_section(readout)),
    ]


def _meeting_nodes(readout: Readout, writer: PandocWriter, blocks: PandocBlockWriter) -> list[Node]:
    """Return the facts of the meeting; if the format has styles, each as a paragraph of name, tab and value."""
    facts = meeting_block(readout, messages_for(readout.language))
    if not writer.styled:
        return blocks.write(facts)
    tab = node("RawInline", writer.raw, writer.tab)
    lines = [
        [node("Strong", blocks.inline(term)), tab, *blocks.inline(value.children)]
        for entry in (entry for block in facts for entry in block.entries)
        for term, value in zip(entry.terms, entry.body, strict=True)
        if isinstance(value, Paragraph)
    ]
    return blocks.styled("Meeting Fact", list(map(paragraph, lines)))


def _with_end_kept(body: list[Node], blocks: PandocBlockWriter) -> list[Node]:
    """Return `body`; a short last paragraph or item gets a style that keeps it on the page of the colophon."""
    match body:
        case [*others, {"t": "Para"} as last] if len(node_text(last)) <= MAX_KEPT_TEXT:
            return [*others, *blocks.styled("Last Paragraph", [last])]
        case [*others, {"t": "Div", "c": [[_, _, [["custom-style", "Last List Item"]]] as about, list(inner)]}]:
            return [*others, node("Div", about, _with_end_kept(inner, blocks))]
        case [*others, {"t": "BulletList", "c": [*items, list(last)]}]:
            return [*others, node("BulletList", [*items, _with_end_kept(last, blocks)])]
        case [*others, {"t": "OrderedList", "c": [about, [*items, list(last)]]}]:
            return [*others, node("OrderedList", about, [*items, _with_end_kept(last, blocks)])]
        case _:
            return body


def _end_nodes(readout: Readout, blocks: PandocBlockWriter) -> list[Node]:
    return blocks.styled("Back Link", [paragraph(blocks.inline((readout.back_link,)))]) if readout.back_link else []


def _attachment_section(readout: Readout) -> tuple[Section, ...]:
    if not readout.attachments:
        return ()
    links = [Link(attachment.href, (attachment.title,)) for attachment in readout.attachments]
    items = tuple(Item((Paragraph(children=(link,)),)) for link in links)
    messages = messages_for(readout.language)
    return (Section(heading=(program_text(messages.attachments, messages),), body=(BulletList(items=items),)),)


def _colophon_nodes(readout: Readout, writer: PandocWriter, blocks: PandocBlockWriter) -> list[Node]:
    lines = [paragraph(blocks.inline(line)) for line in colophon(readout.origin, readout.language)]
    return blocks.styled("Colophon", lines) if writer.styled else [{"t": "HorizontalRule"}, *lines]


def _text_paragraph(text: str | None) -> list[Node]:
    return [paragraph(text_nodes(text))] if text else []


def _meta_string(text: str | None) -> Node | None:
    return node("MetaString", text) if text else None


def _meta_inlines(inlines: list[Node]) -> Node | None:
    return node("MetaInlines", inlines) if inlines else None


def _meta_latex(tex: str) -> Node | None:
    return node("MetaBlocks", [node("RawBlock", "latex", tex)]) if tex else None
