"""What kind of answer came in place of a page: none, an error, a login, a question, a program."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterator
from urllib.parse import urljoin

import msgspec
from bs4 import BeautifulSoup, Tag, XMLParsedAsHTMLWarning

from readout_pub.errors import SourceError
from readout_pub.sources.web.answer import Visit
from readout_pub.sources.web.guard import shown

_BARE = 200
"""Letters on a page, its menus included, up to which a script has still to write it."""

_SOME_PROSE, _MUCH_PROSE = 150, 800
"""Letters in sentences that tell a readout from a question put before it, and from the excuses of an error page."""

_SAVE_IT = "open it in a browser, save the page there, and convert the file"


class Reason(msgspec.Struct, frozen=True):
    """Why an answer is no page to convert, and what to do next."""

    what: str
    what_next: str


_STATUSES = {
    401: Reason("the server wants a login", "what only some people may read is not fetched; " + _SAVE_IT),
    403: Reason("the server refuses to show it", _SAVE_IT),
    404: Reason("there is no such page", "check the address; a web archive may still have it"),
    410: Reason("the page has been taken down", "a web archive may still have it"),
    429: Reason("the server is asked too often", "try again later, with a longer --delay"),
    451: Reason("the page may not be shown for legal reasons", "a web archive may still have it"),
}
_CLIENT = Reason("the server does not answer this address", "check the address")
_SERVER = Reason("the server is out of order", "try again later")


def require_page(visit: Visit) -> None:
    """Raise a SourceError for an answer whose status says that no page is there."""
    last = visit.last
    if last.status == 200:
        return
    reason = _STATUSES.get(last.status) or (_SERVER if last.status >= 500 else _CLIENT)
    if last.status in {429, 503} and last.header("retry-after"):
        reason = Reason(reason.what, f"try again later; it says Retry-After: {last.header('retry-after')[:40]}")
    raise _refusal(visit, Reason(f"{reason.what} ({last.phrase})", reason.what_next))


def require_readout(visit: Visit, markup: str) -> None:
    """Raise a SourceError for a page that answers 200 OK and is no page: not found, login, consent, scripts."""
    page = _Page(markup)
    reason = next((reason for judge, reason in _JUDGES if judge(page)), None)
    if reason:
        raise _refusal(visit, Reason(f"{reason.what} (200 OK)", reason.what_next))
    if page.letters < _BARE and page.refresh:
        target = shown(urljoin(visit.last.url, page.refresh))
        raise _refusal(visit, Reason(f"the page only sends browsers on to {target}", "convert that address"))


def _refusal(visit: Visit, reason: Reason) -> SourceError:
    asked, final = shown(visit.url), shown(visit.last.url)
    where = asked if asked == final else f"{asked}, redirected to {final}"
    return SourceError(reason.what, where=where, what_next=reason.what_next)


class _Page:
    """What a page shows, as far as telling its kind needs it."""

    def __init__(self, markup: str) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
            soup = BeautifulSoup(markup, "lxml")
        self.title = _words(soup.title)
        self.headline = _words(soup.h1)
        self.password = soup.find("input", type=re.compile("^password$", re.IGNORECASE)) is not None
        self.asks = soup.find(["button", "form"]) is not None
        self.noscript = " ".join(map(_words, soup.find_all("noscript")))
        self.scripts = soup.find("script") is not None
        refresh = soup.find("meta", attrs={"http-equiv": re.compile("^refresh$", re.IGNORECASE)})
        found = _REFRESH.search(str(refresh.get("content"))) if isinstance(refresh, Tag) else None
        self.refresh = found["url"] if found else None
        for unseen in soup.find_all(["head", "script", "style", "template", "noscript", "svg"]):
            unseen.extract()
        self.letters = _letters(_words(soup))
        blocks = list(_blocks(soup))
        self.consent = sum(len(_CONSENT.findall(block)) for block in blocks)
        prose = [block for block in blocks if _letters(block) > _LINE and not _CONSENT.search(block)]
        self.prose = sum(map(_letters, prose))


_LINE = 25
"""Letters up to which a line is a label or part of a menu."""

_FRAMES = ("form", "nav", "header", "footer", "aside", "dialog", "button")
_BLOCKS = ("p", "li", "td", "dd", "div", "h1", "h2", "h3", "section", "article", "main", "blockquote", "body")


def _blocks(soup: BeautifulSoup) -> Iterator[str]:
    """Yield the text that stands in each block of a page itself, outside of menus and forms."""
    # Read off the parent in one pass: a page may be nested as deep as it is long.
    place = {id(soup): (id(soup), False)}
    texts: dict[int, list[str]] = {}
    for node in soup.descendants:
        block, framed = place[id(node.parent)]
        if isinstance(node, Tag):
            place[id(node)] = (id(node) if node.name in _BLOCKS else block, framed or node.name in _FRAMES)
        elif not framed:
            texts.setdefault(block, []).append(str(node))
    return (" ".join(" ".join(strings).split()) for strings in texts.values())


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))


def _words(tag: Tag | None) -> str:
    return " ".join(tag.get_text(" ").split()) if tag else ""


_REFRESH = re.compile(r"url\s*=\s*['\"]?(?P<url>[^'\"\s]+)", re.IGNORECASE)

_NOT_FOUND = re.compile(
    r"^(?:error\W+|http\W+)?404(?:\W|$)|\W404(?: error)?$|(?:page|document|file|article|content)s?(?: you\W\S+.{0,40})?"
    r" (?:was |is |has been |could |can )*"
    r"(?:not be found|not found|no longer (?:available|exists?)|does(?:n['’]t| not) exist)"
    r"|page introuvable|seite (?:wurde )?nicht gefunden|página (?:no|não) encontrad|pagina non trovata|"
    r"страница не найдена|页面不存在|找不到(?:页面|網頁)|ページ(?:が|は)?見つかり|お探しのページ|페이지를 찾을 수 없|"
    r"الصفحة غير موجودة|sidan hittades inte|pagina niet gevonden|nie znaleziono strony",
    re.IGNORECASE,
)
"""What sites call a page that is not there, in the languages of ministries."""

_CONSENT = re.compile(
    r"cookie|consent|privacy (?:choices|settings)|datenschutz|zustimm|einwillig|consentement|confidentialité|"
    r"consentimiento|privacidad|согласие|クッキー|同意|隐私|쿠키|동의",
    re.IGNORECASE,
)

_NEEDS_SCRIPT = re.compile(r"java\s?script", re.IGNORECASE)


def _is_not_found(page: _Page) -> bool:
    heads = (page.title, page.headline)
    return page.prose < _MUCH_PROSE and any(_NOT_FOUND.search(head) for head in heads if len(head) < 150)


def _is_login(page: _Page) -> bool:
    return page.password and page.prose < _SOME_PROSE


def _is_consent(page: _Page) -> bool:
    return page.asks and page.prose < _SOME_PROSE and page.consent >= 3


def _is_program(page: _Page) -> bool:
    return page.letters < _BARE and page.scripts and (not page.headline or bool(_NEEDS_SCRIPT.search(page.noscript)))


_JUDGES: tuple[tuple[Callable[[_Page], bool], Reason], ...] = (
    (
        _is_not_found,
        Reason("the server says OK, but the page says that it was not found", "check the address"),
    ),
    (_is_login, Reason("this is a login page", "what only some people may read is not fetched; " + _SAVE_IT)),
    (_is_consent, Reason("this is a page that asks for consent, in place of the page itself", _SAVE_IT)),
    (
        _is_program,
        Reason("nothing to convert: the page builds itself with scripts", "save it from the browser"),
    ),
)
"""Kinds of answers in the order in which they are asked for."""
