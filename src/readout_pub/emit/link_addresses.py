"""Chooses the addresses of links that a PDF numbers and lists, if its theme wants them for readers of printed pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readout_pub.emit.markup.inlines import safe_url
from readout_pub.model import Link, Paragraph, Readout, plain_text, texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from readout_pub.model import Inlines
    from readout_pub.themes import Theme

_SHOWN = ("http:", "https:", "ftp:")
"""Only addresses of these schemes are numbered: a reader of paper can type them."""


def numbered_addresses(readout: Readout, theme: Theme) -> tuple[str, ...]:
    """Return the addresses of the links of `readout` in their order, each once; none if `theme` does not number links.

    A link is left out if it has no text, if its text is its address, or if its scheme is not one of `_SHOWN`.
    """
    if not theme.links.numbered:
        return ()
    found: list[str] = []

    def collect(inlines: Inlines) -> str:
        found.extend(_addresses(inlines))
        return ""

    attached = tuple(Link(each.href, (each.title,)) for each in readout.attachments)
    back = (readout.back_link,) if readout.back_link else ()
    around = (Paragraph(readout.title or ()), *readout.body, Paragraph((*attached, *back)))
    for _ in texts(around, collect):
        pass
    return tuple(dict.fromkeys(found))


def _addresses(inlines: Inlines) -> Iterator[str]:
    for node in inlines:
        if isinstance(node, Link):
            address = safe_url(node.href)
            if address and address.startswith(_SHOWN) and not _is_address(plain_text(node.children), address):
                yield address
        elif not isinstance(node, str):
            yield from _addresses(getattr(node, "children", ()))


def _is_address(text: str, address: str) -> bool:
    """Return whether `text` is empty, or is `address`, perhaps without its scheme and the slash at its end."""
    bare = "".join(text.split()).rstrip("/")
    return bare in {address.rstrip("/"), address.partition("://")[2].rstrip("/")} or not bare
