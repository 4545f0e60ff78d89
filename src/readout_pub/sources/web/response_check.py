"""Checks whether a response is a document; if not, says what it is and what the user can do.

For saved pages `sources.soft_404` has a milder check, which the user can override. This check is stricter, since the
user can still save a refused page from a browser.
"""

from __future__ import annotations

import msgspec
from lxml import etree

from readout_pub.errors import SourceError, option
from readout_pub.html_elements import RESPONSE_SKIPPED
from readout_pub.sources.soft_404 import find_non_document, refresh_target
from readout_pub.sources.urls import resolve
from readout_pub.sources.web.response import Exchange
from readout_pub.sources.web.ssrf_guard import printable_url

_SAVE_IT = "open it in a browser, save the page there, and convert the file"


class Problem(msgspec.Struct, frozen=True):
    """The reason why a response is not a document, and what the user can do."""

    what: str
    what_next: str


_STATUS_PROBLEMS = {
    203: Problem("a proxy has changed the page on its way from the server", "do without the proxy, or " + _SAVE_IT),
    401: Problem("the server requires a login", "pages behind a login are not fetched; " + _SAVE_IT),
    403: Problem("the server refuses to show it", _SAVE_IT),
    404: Problem("there is no such page", "check the address; a web archive may still have it"),
    410: Problem("the page has been taken down", "a web archive may still have it"),
    429: Problem("the server has received too many requests", f"try again later, with a longer {option('--delay')}"),
    451: Problem("the page may not be shown for legal reasons", "a web archive may still have it"),
}
_NO_PAGE = Problem("the server has not sent a whole page", _SAVE_IT)
_CLIENT_ERROR = Problem("the server rejects this request", "check the address")
_SERVER_ERROR = Problem("the server has failed", "try again later")


def require_ok(exchange: Exchange) -> None:
    """Raise SourceError unless the final response has the status 200 OK."""
    final = exchange.final
    if final.status == 200:
        return
    problem = _STATUS_PROBLEMS.get(final.status) or _problem_of_class(final.status)
    if final.status in {429, 503} and final.header("retry-after"):
        problem = Problem(problem.what, f"try again later; it says Retry-After: {final.header('retry-after')[:40]}")
    raise _problem_error(exchange, problem)


def _problem_of_class(status: int) -> Problem:
    """Return the problem of a status that `_STATUS_PROBLEMS` does not list, by its class (RFC 9110, 15).

    Of the statuses below 400, only 200 OK is accepted: with most of the others, no whole page comes.
    """
    if status >= 500:
        return _SERVER_ERROR
    return _CLIENT_ERROR if status >= 400 else _NO_PAGE


def require_document(exchange: Exchange, markup: str) -> None:
    """Raise SourceError for a 200 OK page that is not a document: a soft 404, a login, a redirect by HTML, an app."""
    problem = _find_problem(exchange, markup)
    if problem:
        raise _problem_error(exchange, problem)


def _find_problem(exchange: Exchange, markup: str) -> Problem | None:
    found = find_non_document(markup)
    if found and found.kind not in {"script", "redirect"}:
        return Problem(f"this is {found.what}, not a document: {found.evidence}", found.what_next)
    content = _VisibleContent(markup)
    if found is None and content.letters >= _MIN_LETTERS:
        return None
    if content.refresh_target:
        target = printable_url(resolve(exchange.final.url, content.refresh_target))
        return Problem(f"the page only redirects browsers to {target}", "convert that address")
    if content.has_password_field:
        return _LOGIN
    return _SCRIPT_APP if found or content.has_scripts else None


_SCRIPT_APP = Problem("nothing to convert: the page builds itself with scripts", "save it from the browser")
_LOGIN = Problem("this is a page to sign in, not a document: it asks for a password", _SAVE_IT)

_MIN_LETTERS = 60
"""A page in which `find_non_document` finds nothing is a document if it has at least this many letters and digits
outside of menus and forms.

Chosen by hand: a readout has more, since it names who met whom. A shorter page passes if it has no scripts, no password
field and no refresh.
"""


class _VisibleContent:
    """What shows whether a page is a document: its letters, its scripts, its password fields and its refresh.

    `letters` counts letters and digits outside of menus and forms, and stops at `_MIN_LETTERS`. `refresh_target` is the
    URL of a `<meta http-equiv="refresh">`.
    """

    def __init__(self, markup: str) -> None:
        parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
        root = etree.fromstring(markup.encode("utf-8", "replace"), parser)
        self.has_scripts = root is not None and next(root.iter("script"), None) is not None
        self.has_password_field = root is not None and any(
            field.get("type") == "password" for field in root.iter("input")
        )
        self.refresh_target = refresh_target(root) if root is not None else None
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
            if self.letters >= _MIN_LETTERS:
                break


def _problem_error(exchange: Exchange, problem: Problem) -> SourceError:
    requested, final = printable_url(exchange.url), printable_url(exchange.final.url)
    where = requested if requested == final else f"{requested}, redirected to {final}"
    what = f"{problem.what} ({exchange.final.status_text})"
    return SourceError(what, where=where, what_next=problem.what_next)
