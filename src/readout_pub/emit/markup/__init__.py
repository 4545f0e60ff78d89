"""The page body as polyglot markup for HTML, EPUB and PDF: HTML and XML parsers build the same tree from it."""

from readout_pub.emit.markup.blocks import ContentsEntry, TargetOptions
from readout_pub.emit.markup.page import Markup, document_title, markup

__all__ = ["ContentsEntry", "Markup", "TargetOptions", "document_title", "markup"]
