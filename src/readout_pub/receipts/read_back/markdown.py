"""Reads back Markdown: converts CommonMark, with GitHub's tables and strikethrough, to HTML, and reads the HTML."""

from __future__ import annotations

from lxml import etree
from markdown_it import MarkdownIt

from readout_pub.emit.rendition import Rendition
from readout_pub.receipts.read_back.content import ReadBack
from readout_pub.receipts.read_back.html import photo_digest
from readout_pub.receipts.read_back.markup import DELIMITER, MarkupReader


class _Parser(MarkdownIt):
    """A parser that shows the URLs of autolinks as they are written, and accepts every URL.

    MarkdownIt itself refuses data URLs of some types of photos.
    """

    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802  # overrides
        return True

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802  # overrides
        return link


def read_markdown(rendition: Rendition) -> ReadBack:
    """Return what is in a Markdown file; its photos are in it as data URLs, or in files beside it."""
    parser = _Parser("commonmark", {"html": True, "maxNesting": 1000}).enable(["table", "strikethrough"])
    tokens = parser.parse(rendition.data.decode())
    for token in tokens:
        if token.type == "ordered_list_open":
            token.attrSet(DELIMITER, token.markup)
    page = parser.renderer.render(tokens, parser.options, {})
    reader = MarkupReader()
    reader.read(etree.fromstring(f"<body>{page}</body>", etree.HTMLParser(huge_tree=True)))
    return ReadBack(
        text=reader.text,
        alts=reader.alts,
        places=reader.places,
        photos=tuple(photo_digest(src, rendition) for src, _ in reader.images),
    )
