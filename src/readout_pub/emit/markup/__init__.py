"""The body of a page as markup, for HTML, EPUB and PDF alike: XHTML that HTML and XML parsers read the same way."""

from readout_pub.emit.markup.blocks import ContentsEntry, TargetOptions
from readout_pub.emit.markup.page import Markup, document_title, markup

__all__ = ["ContentsEntry", "Markup", "TargetOptions", "document_title", "markup"]
