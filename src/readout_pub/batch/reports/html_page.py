"""HTML that several reports of a batch contain: the title of a page, and its anchor in notes.html."""

from __future__ import annotations

from html import escape
from urllib.parse import quote

from readout_pub.ledger import LedgerEntry, LedgerRow


def title_markup(row: LedgerRow, entry: LedgerEntry) -> str:
    """Return the title of a page, else its name, as HTML: a link to the HTML rendition if there is one."""
    title = escape(entry.title) or escape(row.name)
    html = entry.renditions.get("html")
    return f'<a href="{quote(html.files[0].path)}">{title}</a>' if html else title


def notes_anchor(row: LedgerRow) -> str:
    """Return the id of a page in notes.html; links to the page have this id as their fragment."""
    return quote(row.stem)
