"""Whether an answer is a page to convert; if not, what it is, and what to do next."""

from __future__ import annotations

import re

import msgspec
from lxml import etree

from readout_pub.errors import SourceError
from readout_pub.html_elements import RESPONSE_SKIPPED
from readout_pub.sources.soft_404 import Element, find_non_document
from readout_pub.sources.urls import resolve
from readout_pub.sources.web.response import Exchange
from readout_pub.sources.web.ssrf_guard import printable_url

_SAVE_IT = "open it in a browser, save the page there, and convert the file"


class Problem(msgspec.Struct, frozen=True):
    """Why an answer is no page to convert, and what to do next."""

    what: str
    what_next: str


_STATUSES = {
    401: Problem("the server wants a login", "what only some people may read is not fetched; " + _SAVE_IT),
    403: Problem("the server refuses to show it", _SAVE_IT),
    404: Problem("there is no such page", "check the address; a web archive may still have it"),
    410: Problem("the page has been taken down", "a web archive may still have it"),
    429: Problem("the server is asked too often", "try again later, with a longer --delay"),
    451: Problem("the page may not be shown for legal reasons", "a web archive may still have it"),
}
_CLIENT = Problem("the server does not answer this address", "check the address")
_SERVER = Problem("the server is out of order", "try again later")


def require_ok(visit: Exchange) -> None:
    """Raise a SourceError for an answer whose status says that no page is there."""
    last = visit.last
    if last.status == 200:
        return
    reason = _STATUSES.get(last.status) or (_SERVER if last.status >= 500 else _CLIENT)
    if last.status in {429, 503} and last.header("retry-after"):
        reason = Problem(reason.what, f"try again later; it says Retry-After: {last.header('retry-after')[:40]}")
    raise _refusal(visit, Problem(f"{reason.what} ({last.phrase})", reason.what_next))


def require_document(visit: Exchange, markup: str) -> None:
    """Raise a SourceError for a page that answers 200 OK and stands in the place of a document.

    A page that is saved gives a note in such a case; of one on the web nothing is lost by saying no.
    """
    instead = _instead(visit, markup)
    if instead:
        raise _refusal(visit, Problem(f"{instead.what} ({visit.last.phrase})", instead.what_next))


def _instead(visit: Exchange, markup: str) -> Problem | None:
    found = find_non_document(markup)
    if found and found.kind != "script":
        return Problem(f"this is {found.what}, not a document: {found.evidence}", found.what_next)
    shown_page = _Shown(markup)
    if found is None and shown_page.letters >= _BARE:
        return None
    if shown_page.ahead:
        target = printable_url(resolve(visit.last.url, shown_page.ahead))
        return Problem(f"the page only sends browsers on to {target}", "convert that address")
    if shown_page.password:
        return _LOGIN
    return _PROGRAM if found or shown_page.scripts else None


_PROGRAM = Problem("nothing to convert: the page builds itself with scripts", "save it from the browser")
_LOGIN = Problem("this is a page to sign in, not a document: it asks for a password", _SAVE_IT)

_BARE = 60
"""Letters outside of menus and forms below which nobody has written anything: a readout says who met whom."""


class _Shown:
    """What a page shows outside of menus and forms, as far as telling its kind needs it."""

    def __init__(self, markup: str) -> None:
        parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
        root = etree.fromstring(markup.encode("utf-8", "replace"), parser)
        self.scripts = root is not None and next(root.iter("script"), None) is not None
        self.password = root is not None and any(field.get("type") == "password" for field in root.iter("input"))
        self.ahead = _sent_ahead(root) if root is not None else None
        self.letters = 0
        if root is None:
            return
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            if event == "start" and element.tag in RESPONSE_SKIPPED:
                walk.skip_subtree()
                continue
            text = (element.text if event == "start" else element.tail) or ""
            self.letters += sum(map(str.isalnum, text))
            if self.letters >= _BARE:
                break


def _refusal(visit: Exchange, reason: Problem) -> SourceError:
    asked, final = printable_url(visit.url), printable_url(visit.last.url)
    where = asked if asked == final else f"{asked}, redirected to {final}"
    return SourceError(reason.what, where=where, what_next=reason.what_next)


_URL = re.compile(r"""\burl\s*=\s*['"]?(?P<url>[^'"\s<>]+)""", re.IGNORECASE)


def _sent_ahead(root: Element) -> str | None:
    """Return the address to which a page sends browsers on."""
    refreshing = (meta for meta in root.iter("meta") if (meta.get("http-equiv") or "").strip().lower() == "refresh")
    found = (_URL.search((meta.get("content") or "")[:2000]) for meta in refreshing)
    return next((each["url"] for each in found if each), None)
