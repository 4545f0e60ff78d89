"""The page from its header to its colophon, with the blocks in between.

A main holds one article: the header (series, h1, date, byline), the lines that stand where photo texts stand, the
body, the attachments and the link back. The colophon follows it as footer: source, date of retrieval, licence.
"""

from __future__ import annotations

import msgspec

from readout_pub.emit.markup.anchors import Anchors
from readout_pub.emit.markup.blocks import BlockWriter, Entry, Medium
from readout_pub.emit.markup.inlines import attributes, escape, web_address
from readout_pub.emit.wording import Wording, wording
from readout_pub.model import Attachment, Origin, Readout, Undecided, display_title, plain
from readout_pub.record import credit_line


class Markup(msgspec.Struct, frozen=True):
    """What stands inside `body`, and the table of contents of its sections."""

    body: str
    contents: tuple[Entry, ...]


def markup(readout: Readout, medium: Medium) -> Markup:
    """Write the body of the page of `readout`; text and structure are the same in every medium."""
    words = wording(readout.language)
    anchors = Anchors(readout.body)
    writer = BlockWriter(medium, anchors, words)
    parts = [
        '<main id="content">\n<article aria-labelledby="title">',
        _header(readout, writer),
        _undecided(readout.undecided, words),
        writer.write(readout.body),
        _attachments(readout.attachments, anchors, words),
        f'<p class="back">{writer.inline((readout.back_link,))}</p>' if readout.back_link else "",
        "</article>\n</main>",
        _colophon(readout.origin, words),
    ]
    return Markup("\n".join(part for part in parts if part), writer.contents)


def document_title(readout: Readout) -> str:
    """Return the title for windows, shelves and lists, unescaped: "Title – Series"."""
    title = plain(display_title(readout), line_break=" ")
    return f"{title} – {readout.series}" if readout.title and readout.series else title


def _header(readout: Readout, writer: BlockWriter) -> str:
    # Without a headline the series stands as the title; shown twice it would be read twice.
    series = readout.series if readout.title else None
    lines = [
        f'<p class="series">{escape(series)}</p>' if series else "",
        f'<h1 id="title">{writer.inline(display_title(readout))}</h1>',
        _date(readout),
        f'<p class="byline">{escape(readout.byline)}</p>' if readout.byline else "",
    ]
    return "\n".join(["<header>", *filter(None, lines), "</header>"])


def _date(readout: Readout) -> str:
    day = readout.issued.isoformat() if readout.issued else None
    shown = readout.issued_text or day
    if shown is None:
        return ""
    if day:
        return f'<p class="date"><time datetime="{day}">{escape(shown)}</time></p>'
    return f'<p class="date">{escape(shown)}</p>'


def _undecided(found: tuple[Undecided, ...], words: Wording) -> str:
    if not found:
        return ""
    lines = "\n".join(f"<p>{escape(line.text)}</p>" for line in found)
    return f'<div class="undecided"{attributes(role="note", aria_label=words.undecided)}>\n{lines}\n</div>'


def _attachments(attachments: tuple[Attachment, ...], anchors: Anchors, words: Wording) -> str:
    if not attachments:
        return ""
    items = "\n".join(f"<li>{_link(attachment.href, attachment.title)}</li>" for attachment in attachments)
    heading = anchors.new("attachments")
    return (
        f'<section class="attachments" aria-labelledby="{heading}">\n'
        f'<h2 id="{heading}"{words.marks}>{words.attachments}</h2>\n<ul>\n{items}\n</ul>\n</section>'
    )


def _colophon(origin: Origin, words: Wording) -> str:
    """Say, small and last, where the text came from and that nobody has changed it.

    The credit line is in the language of its publisher, who may not write as the page does: `dir="auto"` looks at it.
    """
    lines = [_credit(origin, words)]
    licence = origin.licence
    if licence:
        named = _link(licence.url, licence.name) if licence.url else escape(licence.name)
        lines.append(f"{_own(words.licence, words)}: {named}")
    lines.append(_own(words.converted, words))
    return "\n".join(['<footer class="colophon">', *(f'<p dir="auto">{line}</p>' for line in lines), "</footer>"])


def _credit(origin: Origin, words: Wording) -> str:
    """Give the publisher's own credit line if its licence has one, else source and retrieval; the address is a link."""
    line = credit_line(origin)
    parts = [] if line else [f"{_own(words.source, words)}: {escape(origin.publisher or origin.name)}"]
    if line and origin.url:
        parts.append(escape(line).replace(escape(origin.url), _link(origin.url, origin.url)))
    elif line:
        parts.append(escape(line))
    if origin.url and origin.url not in (line or ""):
        parts.append(_link(origin.url, origin.url))
    day = origin.retrieved.isoformat() if origin.retrieved else None
    if day and day not in (line or ""):
        parts.append(f'{_own(words.retrieved, words)}: <time datetime="{day}">{day}</time>')
    return "<br/>\n".join(parts)


def _own(text: str, words: Wording) -> str:
    """Mark words of the program whose language is not that of the page."""
    return f"<span{words.marks}>{text}</span>" if words.marks else text


def _link(href: str, words: str) -> str:
    address = web_address(href)
    return f"<a{attributes(href=address)}>{escape(words)}</a>" if address else escape(words)
