"""Reads HTML pages."""

from __future__ import annotations

import hashlib
from base64 import b64decode
from urllib.parse import unquote

from lxml import etree

from readout_pub.emit.rendition import Rendition
from readout_pub.receipts.read_back.content import ReadBack
from readout_pub.receipts.read_back.markup import MarkupReader
from readout_pub.receipts.read_back.package import first_text


def read_html(rendition: Rendition) -> ReadBack:
    """Return what is in an HTML page; its photos are in it as data URLs, or in files beside it."""
    # `huge_tree`: otherwise lxml refuses attributes over 10 MB, such as the data URL of a large photo.
    root = etree.fromstring(rendition.data, etree.HTMLParser(encoding="utf-8", huge_tree=True))
    reader = MarkupReader()
    # For libxml2, what follows `</html>` is a second root; browsers show it, except comments.
    for each in (root, *root.itersiblings("*")):
        reader.read(each)
    return ReadBack(
        text=reader.text,
        alts=reader.alts,
        inline_formulas=tuple(reader.formulas),
        places=reader.places,
        photos=tuple(photo_digest(src, rendition) for src, _ in reader.images),
        title=first_text(root, "title"),
        language=root.get("lang"),
    )


def photo_digest(src: str, rendition: Rendition) -> str:
    """Return the SHA-256 (hex) of the photo at `src`; the digest of no bytes if it is missing."""
    if src.startswith("data:"):
        return hashlib.sha256(b64decode(src.partition(",")[2])).hexdigest()
    return hashlib.sha256(rendition.extra_files.get(unquote(src), b"")).hexdigest()
