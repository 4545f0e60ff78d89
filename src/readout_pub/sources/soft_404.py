"""Detects soft 404 pages and the like: error pages, bot checks, consent walls and logins in place of a document.

Servers send such pages with status 200, and crawlers save them. The phrases that reveal them are in `soft_404.toml`.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from itertools import islice

import msgspec
from lxml import etree

from readout_pub.html_elements import SOFT_404_CONTROLS, SOFT_404_SKIPPED
from readout_pub.sources.lxml_elements import LxmlElement, text_of_element

_TOP_HEADINGS = ("h1", "h2", "h3")
_MAX_HEADINGS = 4
"""How many headings are examined; later headings of an error page belong to suggested pages."""
_PHRASE_END = re.compile(
    r"\s[-–—|·•»:]+\s|(?<![|｜:：.。!！?？…()（）])[|｜:：.。!！?？…()（）]+(?:\s|$)|(?:(?<!\s)\s+)?\|\s*"
)
"""Separators between the phrases of a heading, and between the title of a page and the name of its site."""
_MIN_MATCHED_SHARE = 0.6
"""The share of a heading's phrase that a pattern has to match. Chosen by hand: a lower share matches documents."""
_MAX_HEADING = 160
"""How many characters of a heading are searched for phrases, or quoted in a message."""
_MAX_TEXT_BESIDE_CONSENT = 400
"""A page with a consent banner is a document if its other text has more characters than this."""
_MAX_TEXT = 8000
"""How many characters of visible text are read; each `letters` in `soft_404.toml` is smaller."""
_TEXT_ELEMENTS = ("article", "main", "p")
"""A page with enough text in one of these elements does not need scripts. Text of links counts only in them: some pages
put a whole article into one link.
"""
_APP_IDS = frozenset("root app __next __nuxt ___gatsby main-app".split())
"""Ids of the empty element that the scripts of React, Vue, Next, Nuxt and Gatsby fill."""


class NonDocument(msgspec.Struct, frozen=True):
    """The kind of a page that is not a document; `kind` is the name of its table in `soft_404.toml`.

    Messages use `what` ("an error page"), `evidence` ("it says 'Page not found'"), and the advice `what_next`.
    """

    kind: str
    what: str
    evidence: str
    what_next: str


_MATCHES_NOTHING = re.compile("(?!)")


class _Kind(msgspec.Struct, frozen=True):
    """One table of `soft_404.toml`, whose comments explain the keys."""

    what: str
    what_next: str
    letters: int
    says: re.Pattern[str] = _MATCHES_NOTHING
    alone: re.Pattern[str] = _MATCHES_NOTHING
    accept: re.Pattern[str] = _MATCHES_NOTHING
    about: re.Pattern[str] = _MATCHES_NOTHING
    asks: re.Pattern[str] = _MATCHES_NOTHING


class _VisibleText(msgspec.Struct, frozen=True):
    """The text of a page outside navigation, without links, and the labels of its links and buttons."""

    texts: tuple[str, ...]
    controls: tuple[str, ...]

    @property
    def length(self) -> int:
        return sum(map(len, self.texts))


def find_non_document(page: str | LxmlElement) -> NonDocument | None:
    """Return what a page is if it is certainly not a document, else None. `page` is markup or its root element.

    A page with much text is always a document: it may be about error pages. The title or a heading must have a phrase
    of the kind. A page without headings may also show by its text that it is a consent wall or needs scripts. A page
    with little text that redirects browsers is no document.
    """
    root = _parse(page) if isinstance(page, str) else page
    if root is None:
        return None
    address = refresh_target(root)
    redirect = _kinds()["redirect"]
    if address and _read_visible_text(root).length <= redirect.letters:
        said = f"it sends browsers to {address[:_MAX_HEADING]!r}"
        return NonDocument("redirect", redirect.what, said, redirect.what_next)
    headings = list(islice(_headings(root), _MAX_HEADINGS))
    titles = [_title_text(root), *headings]
    heading_by_kind = {name: title for name, kind in _kinds().items() if (title := _find_heading_of_kind(kind, titles))}
    if headings and not heading_by_kind:
        return None  # as for nearly every document, whose text need not be read
    text = _read_visible_text(root)
    for name, kind in _kinds().items():
        is_possible = text.length <= kind.letters and (name in heading_by_kind or not headings)
        if is_possible and (evidence := _find_evidence(name, kind, heading_by_kind.get(name, ""), text, root)):
            return NonDocument(name, kind.what, evidence, kind.what_next)
    return None


_REFRESH_URL = re.compile(r"""\burl\s*=\s*['"]?(?P<url>[^'"\s<>]+)""", re.IGNORECASE)
_MAX_REFRESH_LENGTH = 2000
"""How many characters of a `content` attribute are searched, against hostile pages."""


def refresh_target(root: LxmlElement) -> str | None:
    """Return the URL of the first `<meta http-equiv="refresh">` that has one.

    An element in `noscript` does not count: browsers that run scripts stay on the page.
    """
    refreshes = (
        meta
        for meta in root.iter("meta")
        if (meta.get("http-equiv") or "").strip().lower() == "refresh"
        and next(meta.iterancestors("noscript"), None) is None
    )
    found = (_REFRESH_URL.search((meta.get("content") or "")[:_MAX_REFRESH_LENGTH]) for meta in refreshes)
    return next((match["url"] for match in found if match), None)


def _find_evidence(name: str, kind: _Kind, heading: str, text: _VisibleText, root: LxmlElement) -> str | None:
    """Return the evidence that a page is of a kind, or None; `heading` is its title or heading of this kind, or ""."""
    match name:
        case "consent":
            about = [each for each in text.texts if kind.about.search(each)]
            other_text = text.length - sum(map(len, about))
            accepts = any(map(kind.accept.search, text.controls))
            is_wall = about and accepts and other_text <= _MAX_TEXT_BESIDE_CONSENT
            return _quote(heading or about[0]) if is_wall else None
        case "login":
            has_password = any(field.get("type") == "password" for field in root.iter("input"))
            return _quote(heading) if heading and has_password else None
        case "script":
            if any(len(text_of_element(element)) > kind.letters for element in root.iter(*_TEXT_ELEMENTS)):
                return None
            asking = next((each for each in (*text.texts, *_noscript_texts(root)) if kind.asks.search(each)), None)
            if asking:
                return _quote(asking)
            app = next((each for each in root.iter("div") if each.get("id") in _APP_IDS and not len(each)), None)
            return None if app is None else f"its <div id={app.get('id')}> is empty"
        case _:
            return _quote(heading) if heading else None


def _quote(words: str) -> str:
    return f"it says {words[:_MAX_HEADING]!r}"


def _parse(markup: str) -> LxmlElement | None:
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    return etree.fromstring(markup.encode("utf-8", "replace"), parser) if markup.strip() else None


@functools.cache
def _kinds() -> dict[str, _Kind]:
    table = tomllib.loads(files(__package__).joinpath("soft_404.toml").read_text("utf-8"))
    apology = table.pop("apology")
    return {name: _compile_kind(apology, **kind) for name, kind in table.items()}


def _compile_kind(
    apology: str, *, what: str, what_next: str, letters: int, says: Sequence[str] = (), **regexes: str
) -> _Kind:
    if says:
        regexes["says"] = rf"(?:(?:{apology})\W+)?(?:{'|'.join(says)})"
    patterns = {name: re.compile(text, re.IGNORECASE) for name, text in regexes.items()}
    return _Kind(what, what_next, letters, **patterns)


def _title_text(root: LxmlElement) -> str:
    return next((text_of_element(element) for element in root.iter("title")), "")


def _headings(root: LxmlElement) -> Iterator[str]:
    """Yield the headings that have text."""
    return filter(None, map(text_of_element, root.iter(*_TOP_HEADINGS)))


def _find_heading_of_kind(kind: _Kind, headings: Iterable[str]) -> str:
    """Return the first heading that consists mostly of a phrase of this kind; "" if there is none."""
    for heading in headings:
        start = heading[:_MAX_HEADING]
        phrases = [phrase for phrase in (*_PHRASE_END.split(start), start) if phrase]
        if kind.alone.fullmatch(heading) or any(_matches_mostly(kind.says, phrase) for phrase in phrases):
            return heading
    return ""


def _matches_mostly(pattern: re.Pattern[str], phrase: str) -> bool:
    found = pattern.match(phrase)
    return found is not None and found.end() >= _MIN_MATCHED_SHARE * len(phrase)


def _read_visible_text(root: LxmlElement) -> _VisibleText:
    """Read the text of a page outside navigation, up to `_MAX_TEXT` characters."""
    texts: list[str] = []
    controls: list[str] = []
    length = 0
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if event == "start" and (element.tag in SOFT_404_SKIPPED or not isinstance(element.tag, str)):
            if element.tag in SOFT_404_CONTROLS:
                controls.append(text_of_element(element) or element.get("value") or element.get("aria-label") or "")
            walk.skip_subtree()
            continue
        text = " ".join(((element.text if event == "start" else element.tail) or "").split())
        if text:
            texts.append(text)
            length += len(text)
        if length > _MAX_TEXT:
            break
    return _VisibleText(tuple(texts), tuple(controls))


def _noscript_texts(root: LxmlElement) -> Iterator[str]:
    return map(text_of_element, root.iter("noscript"))
