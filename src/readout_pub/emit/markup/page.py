"""The page body: `main` with one `article`, then the colophon as `footer`.

The article contains the header (masthead, series, h1, date, byline), the status of a draft, the facts of the meeting,
the table of contents, lines that may be alternative texts or captions, the body, the attachments, the link back to the
publisher's index, and the numbered addresses of links.
"""

from __future__ import annotations

import re
from unicodedata import east_asian_width

import msgspec

from readout_pub.emit.anchor_ids import AnchorIds
from readout_pub.emit.colophon import colophon
from readout_pub.emit.front_matter import Fact, FactValue, meeting_facts, needs_contents
from readout_pub.emit.markup.blocks import ContentsEntry, HtmlBlockWriter, TargetOptions
from readout_pub.emit.markup.inlines import attributes, escape
from readout_pub.emit.markup.phrases import with_phrases
from readout_pub.emit.messages import Messages, messages_for
from readout_pub.emit.widows import without_widow_in_markup
from readout_pub.html_elements import LOGO
from readout_pub.model import (
    Attachment,
    Link,
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
    """Return the page body of `readout`; apart from what `options` adds, it is the same in every format."""
    messages = messages_for(readout.language)
    anchors = AnchorIds(readout.body)
    writer = HtmlBlockWriter(options, anchors, messages)
    front = [
        '<main id="content">\n<article aria-labelledby="title">',
        _header(readout, writer, options),
        _status(messages, options),
        _meeting(readout, messages, options),
    ]
    body = writer.write(readout.body)
    parts = [
        *front,
        _contents(writer.contents, messages, options) if options.contents and needs_contents(readout) else "",
        _undecided_lines(readout.undecided, messages),
        body,
        _attachments_markup(readout.attachments, anchors, messages, writer),
        f'<p class="back">{writer.inline((readout.back_link,))}</p>' if readout.back_link else "",
        _addresses(options.addresses, messages),
        "</article>\n</main>",
        _footer(readout, writer),
    ]
    return Markup("\n".join(part for part in parts if part), writer.contents)


def document_title(readout: Readout) -> str:
    """Return the title for browser tabs and e-book libraries as plain text: "Title – Series"."""
    title = plain_text(display_title(readout), line_break=" ")
    series = display_series(readout)
    return f"{title} – {series}" if series else title


def _header(readout: Readout, writer: HtmlBlockWriter, options: TargetOptions) -> str:
    series = display_series(readout)
    title = plain_text(display_title(readout), line_break=" ")
    running = attributes(data_running=_running_title(title)) if options.printed else ""
    heading = without_widow_in_markup(writer.inline(display_title(readout)))
    if options.printed:
        # `emit.pdf.fitting` may hide the line breaks of a title; the space then separates its lines.
        heading = with_phrases(heading.replace("<br/>", " <br/>"), readout.language)
    lines = [
        _masthead(options),
        f'<p class="series">{escape(series)}</p>' if series else "",
        f'<h1 id="title"{running}>{heading}</h1>',
        _date_line(readout),
        f'<p class="byline">{escape(readout.byline)}</p>' if readout.byline else "",
    ]
    return "\n".join(["<header>", *filter(None, lines), "</header>"])


def _masthead(options: TargetOptions) -> str:
    """Return logo and publisher. The logo has an empty `alt`, since it is decorative beside the publisher's name."""
    logo = f'<img class="{LOGO}"{attributes(src=options.logo, alt="")}/>' if options.logo else ""
    name = f'<span class="publisher">{escape(options.publisher)}</span>' if options.publisher else ""
    return f'<p class="masthead">{logo}{name}</p>' if logo or name else ""


def _running_title(title: str) -> str:
    """Return what the head of each page shows: `title`, or as many of its words as fit, and "…"."""
    width = 0
    for index, letter in enumerate(title):
        width += 2 if east_asian_width(letter) in "WF" else 1
        if width > MAX_RUNNING:
            words = title[:index].rpartition(" ")[0]
            return (words or title[:index]).rstrip(" ,;:-–—") + "…"
    return title


MAX_RUNNING = 56
"""How many characters of a title a page header shows; wide characters count twice. In type of 8 points, they fill three
fifths of the line.
"""


def _status(messages: Messages, options: TargetOptions) -> str:
    if not options.status:
        return ""
    return f'<p class="status"{messages.lang_attributes}><strong>{escape(options.status)}</strong></p>'


def _contents(entries: tuple[ContentsEntry, ...], messages: Messages, options: TargetOptions) -> str:
    """Return the table of contents, collapsed except on paper: users of screen readers move by headings instead."""
    name = messages.contents
    if options.printed:
        title = f"<p{messages.lang_attributes}><strong>{name}</strong></p>"
        return f'<section class="contents">\n{title}\n{_contents_list(entries)}\n</section>'
    navigation = f"<nav{attributes(aria_label=name)}>\n{_contents_list(entries)}\n</nav>"
    return f'<details class="contents">\n<summary{messages.lang_attributes}>{name}</summary>\n{navigation}\n</details>'


def _contents_list(entries: tuple[ContentsEntry, ...]) -> str:
    items = (f"<li{entry.lang}>{_contents_link(entry)}{_contents_list(entry.inner)}</li>" for entry in entries)
    return "\n".join(["<ul>", *items, "</ul>"]) if entries else ""


def _contents_link(entry: ContentsEntry) -> str:
    return f"<a{attributes(href=f'#{entry.id}')}>{entry.text}</a>"


def _meeting(readout: Readout, messages: Messages, options: TargetOptions) -> str:
    """Return the facts of the meeting as a list; except on paper, it is an Event of schema.org."""
    facts = meeting_facts(readout, messages)
    if not facts:
        return ""
    entries = (
        f"<dt{messages.lang_attributes}>{fact.label}</dt><dd>{_fact_values(fact, messages, options)}</dd>"
        for fact in facts
    )
    event = {} if options.printed else {"itemscope": "", "itemtype": "https://schema.org/Event"}
    opening = attributes(role="group", aria_label=messages.meeting, **event)
    return "\n".join([f'<div class="meeting"{opening}>', "<dl>", *entries, "</dl>", "</div>"])


def _fact_values(fact: Fact, messages: Messages, options: TargetOptions) -> str:
    between = "<br/>" if fact.separator is None else escape(fact.separator)
    return between.join(_fact_value(fact, value, messages, options) for value in fact.values)


def _fact_value(fact: Fact, value: FactValue, messages: Messages, options: TargetOptions) -> str:
    name, lang = fact.property, messages.lang_attributes if value.is_ours else ""
    if options.printed:
        return f"<span{lang}>{escape(value.text)}</span>" if lang else escape(value.text)
    if value.machine is None:
        return f'<span itemprop="{name}">{escape(value.text)}</span>'
    name = "duration" if value.machine.startswith("P") else name
    return f'<time itemprop="{name}" datetime="{value.machine}"{lang}>{escape(value.text)}</time>'


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


def _attachments_markup(
    attachments: tuple[Attachment, ...], anchors: AnchorIds, messages: Messages, writer: HtmlBlockWriter
) -> str:
    if not attachments:
        return ""
    links = (Link(attachment.href, (attachment.title,)) for attachment in attachments)
    items = "\n".join(f"<li>{writer.inline((link,))}</li>" for link in links)
    heading = anchors.unique_id("attachments")
    return (
        f'<section class="attachments" aria-labelledby="{heading}">\n'
        f'<h2 id="{heading}"{messages.lang_attributes}>{messages.attachments}</h2>\n<ul>\n{items}\n</ul>\n</section>'
    )


def _addresses(addresses: tuple[str, ...], messages: Messages) -> str:
    """Return the numbered list of the addresses of links; on paper, each link is followed by its number."""
    if not addresses:
        return ""
    links = (f"<a{attributes(href=address, dir='ltr')}>{escape(address)}</a>" for address in addresses)
    items = (f'<li><p><span class="label">[{at}]</span> {link}</p></li>' for at, link in enumerate(links, start=1))
    title = f"<p{messages.lang_attributes}><strong>{messages.addresses}</strong></p>"
    return "\n".join(['<section class="addresses">', title, '<ul class="labelled">', *items, "</ul>", "</section>"])


def _footer(readout: Readout, writer: HtmlBlockWriter) -> str:
    """Return the colophon. A line in another direction than the page, such as an English licence, gets a `dir`.

    The direction of a line is that of its first letter. In some right-to-left languages, the line about this program
    begins with a Latin name, so that line has the direction of its language.
    """
    source, program = colophon(readout.origin, readout.language)
    page = language_direction(readout.language)
    lines = (
        (writer.inline(source), first_strong_direction(plain_text(source))),
        (_with_whole_command(writer.inline(program)), language_direction(messages_for(readout.language).language)),
    )
    written = (
        f"<p{attributes(dir=direction if direction != page else None)}>{markup}</p>" for markup, direction in lines
    )
    return "\n".join(['<footer class="colophon">', *written, "</footer>"])


_COMMAND = re.compile("readout-pub(?: verify)?")


def _with_whole_command(markup: str) -> str:
    """Return `markup` with the name of the program, or the command, in a `span`: no line may end at its hyphen.

    A no-break hyphen would change the command that readers copy. A command in two elements would be read as "verify
    readout-pub" in a right-to-left line of a PDF.
    """
    return _COMMAND.sub(r'<span class="program">\g<0></span>', markup)
