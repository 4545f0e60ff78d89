"""The navigation document of an EPUB: table of contents and landmarks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readout_pub.emit.epub.package_document import CHAPTER, COVER
from readout_pub.emit.markup import document_title
from readout_pub.emit.markup.inlines import escape
from readout_pub.emit.messages import messages_for

if TYPE_CHECKING:
    from readout_pub.emit.markup import ContentsEntry
    from readout_pub.model import Readout

PAGE = """\
<nav epub:type="toc" role="doc-toc" aria-labelledby="contents">
<h1 id="contents"{lang_attributes}>{contents}</h1>
{entries}
</nav>
<nav epub:type="landmarks" hidden="">
<ol>
<li><a epub:type="cover" href="{cover}">{title}</a></li>
<li><a epub:type="bodymatter" href="{chapter}#content">{title}</a></li>
</ol>
</nav>"""


def navigation_body(readout: Readout, contents: tuple[ContentsEntry, ...]) -> str:
    """Return the `body` content of the navigation document: the sections, or the title if there are none."""
    messages = messages_for(readout.language)
    title = escape(document_title(readout))
    return PAGE.format(
        lang_attributes=messages.lang_attributes,
        contents=messages.contents,
        chapter=CHAPTER,
        cover=COVER,
        title=title,
        entries=_contents_list(contents).strip() or f'<ol>\n<li><a href="{CHAPTER}">{title}</a></li>\n</ol>',
    )


def _contents_list(entries: tuple[ContentsEntry, ...]) -> str:
    if not entries:
        return ""
    lines = "\n".join(
        f'<li{entry.lang}><a href="{CHAPTER}#{entry.id}">{entry.text}</a>{_contents_list(entry.inner)}</li>'
        for entry in entries
    )
    return f"\n<ol>\n{lines}\n</ol>\n"
