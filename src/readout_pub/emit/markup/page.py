"""The page from its header to its colophon, with the blocks in between.

A main holds one article: the header (series, h1, date, byline), the lines that stand where photo texts stand, the
body, the attachments and the link back. The colophon follows it as footer: source, date of retrieval, licence.
"""

from __future__ import annotations

import msgspec

from readout_pub.emit.anchor_ids import AnchorIds
from readout_pub.emit.colophon import colophon
from readout_pub.emit.markup.blocks import ContentsEntry, HtmlBlockWriter, TargetOptions
from readout_pub.emit.markup.inlines import attributes, escape, web_address
from readout_pub.emit.messages import Messages, messages_for
from readout_pub.model import (
    Attachment,
    Readout,
    Undecided,
    display_date,
    display_series,
    display_title,
    plain,
)
from readout_pub.text_direction import first_strong_direction, language_direction


class Markup(msgspec.Struct, frozen=True):
    """What stands inside `body`, and the table of contents of its sections."""

    body: str
    contents: tuple[ContentsEntry, ...]


def markup(readout: Readout, medium: TargetOptions) -> Markup:
    """Write the body of the page of `readout`; text and structure are the same in every medium."""
    words = messages_for(readout.language)
    anchors = AnchorIds(readout.body)
    writer = HtmlBlockWriter(medium, anchors, words)
    parts = [
        '<main id="content">\n<article aria-labelledby="title">',
        _header(readout, writer),
        _undecided(readout.undecided, words),
        writer.write(readout.body),
        _attachments(readout.attachments, anchors, words),
        f'<p class="back">{writer.inline((readout.back_link,))}</p>' if readout.back_link else "",
        "</article>\n</main>",
        _colophon(readout, writer),
    ]
    return Markup("\n".join(part for part in parts if part), writer.contents)


def document_title(readout: Readout) -> str:
    """Return the title for windows, shelves and lists, unescaped: "Title – Series"."""
    title = plain(display_title(readout), line_break=" ")
    series = display_series(readout)
    return f"{title} – {series}" if series else title


def _header(readout: Readout, writer: HtmlBlockWriter) -> str:
    series = display_series(readout)
    lines = [
        f'<p class="series">{escape(series)}</p>' if series else "",
        f'<h1 id="title">{writer.inline(display_title(readout))}</h1>',
        _date(readout),
        f'<p class="byline">{escape(readout.byline)}</p>' if readout.byline else "",
    ]
    return "\n".join(["<header>", *filter(None, lines), "</header>"])


def _date(readout: Readout) -> str:
    shown = display_date(readout)
    if shown is None:
        return ""
    if readout.issued:
        return f'<p class="date"><time datetime="{readout.issued.isoformat()}">{escape(shown)}</time></p>'
    return f'<p class="date">{escape(shown)}</p>'


def _undecided(found: tuple[Undecided, ...], words: Messages) -> str:
    if not found:
        return ""
    lines = "\n".join(f"<p>{escape(line.text)}</p>" for line in found)
    return f'<div class="undecided"{attributes(role="note", aria_label=words.undecided)}>\n{lines}\n</div>'


def _attachments(attachments: tuple[Attachment, ...], anchors: AnchorIds, words: Messages) -> str:
    if not attachments:
        return ""
    items = "\n".join(f"<li>{_link(attachment.href, attachment.title)}</li>" for attachment in attachments)
    heading = anchors.unique_id("attachments")
    return (
        f'<section class="attachments" aria-labelledby="{heading}">\n'
        f'<h2 id="{heading}"{words.lang_attributes}>{words.attachments}</h2>\n<ul>\n{items}\n</ul>\n</section>'
    )


def _colophon(readout: Readout, writer: HtmlBlockWriter) -> str:
    """Write the colophon; its lines are the publisher's and ours, who may not write in the direction of the page."""
    lines = colophon(readout.origin, readout.language)
    page = language_direction(readout.language)
    own = (first_strong_direction(plain(line)) for line in lines)
    written = (
        f"<p{attributes(dir=direction if direction != page else None)}>{writer.inline(line)}</p>"
        for line, direction in zip(lines, own, strict=True)
    )
    return "\n".join(['<footer class="colophon">', *written, "</footer>"])


def _link(href: str, words: str) -> str:
    address = web_address(href)
    return f"<a{attributes(href=address)}>{escape(words)}</a>" if address else escape(words)
