"""The page body: `main` with one `article`, then the colophon as `footer`.

The article contains the header (series, h1, date, byline), lines that may be alt texts or captions, the body, the
attachments and the link back to the publisher's index.
"""

from __future__ import annotations

import re

import msgspec

from readout_pub.emit.anchor_ids import AnchorIds
from readout_pub.emit.colophon import colophon
from readout_pub.emit.markup.blocks import ContentsEntry, HtmlBlockWriter, TargetOptions
from readout_pub.emit.markup.inlines import attributes, escape, safe_url
from readout_pub.emit.messages import Messages, messages_for
from readout_pub.model import (
    Attachment,
    Readout,
    Undecided,
    display_date,
    display_series,
    display_title,
    plain_text,
)
from readout_pub.text_direction import first_strong_direction, language_direction


class Markup(msgspec.Struct, frozen=True):
    """The content of the `body` element, and the table of contents of its sections."""

    body: str
    contents: tuple[ContentsEntry, ...]


def markup(readout: Readout, options: TargetOptions) -> Markup:
    """Return the page body of `readout`; its text and structure are the same in every format."""
    messages = messages_for(readout.language)
    anchors = AnchorIds(readout.body)
    writer = HtmlBlockWriter(options, anchors, messages)
    parts = [
        '<main id="content">\n<article aria-labelledby="title">',
        _header(readout, writer),
        _undecided_lines(readout.undecided, messages),
        writer.write(readout.body),
        _attachments_markup(readout.attachments, anchors, messages),
        f'<p class="back">{writer.inline((readout.back_link,))}</p>' if readout.back_link else "",
        "</article>\n</main>",
        _footer(readout, writer),
    ]
    return Markup("\n".join(part for part in parts if part), writer.contents)


def document_title(readout: Readout) -> str:
    """Return the title for browser tabs and e-book libraries as plain text: "Title – Series"."""
    title = plain_text(display_title(readout), line_break=" ")
    series = display_series(readout)
    return f"{title} – {series}" if series else title


def _header(readout: Readout, writer: HtmlBlockWriter) -> str:
    series = display_series(readout)
    lines = [
        f'<p class="series">{escape(series)}</p>' if series else "",
        f'<h1 id="title">{_without_widow(writer.inline(display_title(readout)))}</h1>',
        _date_line(readout),
        f'<p class="byline">{escape(readout.byline)}</p>' if readout.byline else "",
    ]
    return "\n".join(["<header>", *filter(None, lines), "</header>"])


_LAST_WORDS = re.compile(r"(?<=\s)[^\s<>]{1,14} [^\s<>]{1,20}$")
"""The last two words of a title, if they are short enough for a narrow column."""


def _without_widow(title: str) -> str:
    """Return the markup of a title whose last word never stands alone on a line."""
    return _LAST_WORDS.sub(lambda words: f'<span class="unbroken">{words[0]}</span>', title)


def _date_line(readout: Readout) -> str:
    shown = display_date(readout)
    if shown is None:
        return ""
    if readout.issued:
        return f'<p class="date"><time datetime="{readout.issued.isoformat()}">{escape(shown)}</time></p>'
    return f'<p class="date">{escape(shown)}</p>'


def _undecided_lines(undecided: tuple[Undecided, ...], messages: Messages) -> str:
    if not undecided:
        return ""
    lines = "\n".join(f"<p>{escape(line.text)}</p>" for line in undecided)
    return f'<div class="undecided"{attributes(role="note", aria_label=messages.undecided)}>\n{lines}\n</div>'


def _attachments_markup(attachments: tuple[Attachment, ...], anchors: AnchorIds, messages: Messages) -> str:
    if not attachments:
        return ""
    items = "\n".join(f"<li>{_attachment_link(attachment)}</li>" for attachment in attachments)
    heading = anchors.unique_id("attachments")
    return (
        f'<section class="attachments" aria-labelledby="{heading}">\n'
        f'<h2 id="{heading}"{messages.lang_attributes}>{messages.attachments}</h2>\n<ul>\n{items}\n</ul>\n</section>'
    )


def _footer(readout: Readout, writer: HtmlBlockWriter) -> str:
    """Return the colophon. A line in another direction than the page, such as an English licence, is marked so."""
    lines = colophon(readout.origin, readout.language)
    page = language_direction(readout.language)
    own = (first_strong_direction(plain_text(line)) for line in lines)
    written = (
        f"<p{attributes(dir=direction if direction != page else None)}>{writer.inline(line)}</p>"
        for line, direction in zip(lines, own, strict=True)
    )
    return "\n".join(['<footer class="colophon">', *written, "</footer>"])


def _attachment_link(attachment: Attachment) -> str:
    url, title = safe_url(attachment.href), escape(attachment.title)
    return f"<a{attributes(href=url)}>{title}</a>" if url else title
