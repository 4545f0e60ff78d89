"""Whether a page stands in the place of a document: an error page, a check for robots, a consent wall, a login.

Servers send such pages with every sign of success, and crawlers save them. What they say is in `soft_404.toml`.
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

Element = etree._Element  # noqa: SLF001 - the only name that lxml gives to the type of its nodes

_HEADINGS = ("h1", "h2", "h3")
_FIRST = 4
"""Headings that are looked at; an error page may show many, of what one may read instead."""
_PARTS = re.compile(r"\s[-–—|·•»:]+\s|[|｜:：.。!！?？…()（）]+(?:\s|$)|\s*\|\s*")
"""What parts the phrases of a heading, and the title of a page from the name of its site."""
_MOST = 0.6
"""Share of a phrase's letters from which a pattern is what it says."""
_LONGEST = 160
"""Letters of a heading that are looked at."""
_OTHER_TEXT = 400
"""Letters about something else from which a page that asks for consent has a document under the question."""
_ENOUGH = 8000
"""Letters after which a page is read no further: it has more than any row allows."""
_SHELL = frozenset("root app __next __nuxt ___gatsby main-app".split())
"""Ids of the empty element that scripts fill."""


class NonDocument(msgspec.Struct, frozen=True):
    """What a page is in place of a document: `kind` is its row in `soft_404.toml`.

    For people, `what` names the kind ("an error page"), `evidence` says what shows it ("it says 'Page not found'"), and
    `what_next` is what they can do.
    """

    kind: str
    what: str
    evidence: str
    what_next: str


_NEVER = re.compile("(?!)")


class _Row(msgspec.Struct, frozen=True):
    """A table of `soft_404.toml`."""

    what: str
    what_next: str
    letters: int
    says: re.Pattern[str] = _NEVER
    alone: re.Pattern[str] = _NEVER
    accept: re.Pattern[str] = _NEVER
    about: re.Pattern[str] = _NEVER
    asks: re.Pattern[str] = _NEVER


class _Shown(msgspec.Struct, frozen=True):
    """What a page shows outside of menus: its texts without links, and the words on its links and buttons."""

    texts: tuple[str, ...]
    controls: tuple[str, ...]

    @property
    def letters(self) -> int:
        return sum(map(len, self.texts))


def find_non_document(page: str | Element) -> NonDocument | None:
    """Say what `page`, markup or its root, is in place of a document; None for every page that may hold one.

    A phrase counts only in the title or a heading, and only where little other text stands: a page that writes about
    error pages is none.
    """
    root = _parse(page) if isinstance(page, str) else page
    if root is None:
        return None
    headings = list(islice(_headings(root), _FIRST))
    said = {kind: words for kind, row in _rows().items() if (words := _saying(row, [_title(root), *headings]))}
    if headings and not said:
        return None  # as nearly every page, whose text need not be read for this
    shown = _read(root)
    for kind, row in _rows().items():
        asked = shown.letters <= row.letters and (kind in said or not headings)
        if asked and (evidence := _evidence(kind, row, said.get(kind, ""), shown, root)):
            return NonDocument(kind, row.what, evidence, row.what_next)
    return None


def _evidence(kind: str, row: _Row, said: str, shown: _Shown, root: Element) -> str | None:
    """Return what shows a page to be of a kind; `said` is empty on a page without headings."""
    match kind:
        case "consent":
            about = [text for text in shown.texts if row.about.search(text)]
            others = shown.letters - sum(map(len, about))
            accepts = any(map(row.accept.search, shown.controls))
            return _quoted(said or about[0]) if about and accepts and others <= _OTHER_TEXT else None
        case "login":
            has_password = any(field.get("type") == "password" for field in root.iter("input"))
            return _quoted(said) if said and has_password else None
        case "script":
            asking = next((text for text in (*shown.texts, *_unscripted(root)) if row.asks.search(text)), None)
            shell = next((each for each in root.iter("div") if each.get("id") in _SHELL and not len(each)), None)
            return _quoted(asking) if asking else None if shell is None else f"its <div id={shell.get('id')}> is empty"
        case _:
            return _quoted(said) if said else None


def _quoted(words: str) -> str:
    return f"it says {words[:_LONGEST]!r}"


def _parse(markup: str) -> Element | None:
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    return etree.fromstring(markup.encode("utf-8", "replace"), parser) if markup.strip() else None


@functools.cache
def _rows() -> dict[str, _Row]:
    table = tomllib.loads(files(__package__).joinpath("soft_404.toml").read_text("utf-8"))
    sorry = table.pop("sorry")
    return {kind: _row(sorry, **row) for kind, row in table.items()}


def _row(sorry: str, *, what: str, what_next: str, letters: int, says: Sequence[str] = (), **sought: str) -> _Row:
    if says:
        sought["says"] = rf"(?:(?:{sorry})\W+)?(?:{'|'.join(says)})"
    patterns = {name: re.compile(text, re.IGNORECASE) for name, text in sought.items()}
    return _Row(what, what_next, letters, **patterns)


def _title(root: Element) -> str:
    return next((_words(element) for element in root.iter("title")), "")


def _headings(root: Element) -> Iterator[str]:
    """Yield the headings of a page as far as they have words."""
    return filter(None, map(_words, root.iter(*_HEADINGS)))


def _words(element: Element) -> str:
    return " ".join("".join(map(str, element.itertext())).split())


def _saying(row: _Row, headings: Iterable[str]) -> str:
    """Return the first heading that says, in most of one of its phrases, what the pages of a row say."""
    for heading in headings:
        phrases = [part for part in _PARTS.split(heading[:_LONGEST]) if part]
        if row.alone.fullmatch(heading) or any(_fills(row.says, phrase) for phrase in (*phrases, heading[:_LONGEST])):
            return heading
    return ""


def _fills(pattern: re.Pattern[str], phrase: str) -> bool:
    found = pattern.match(phrase)
    return found is not None and found.end() >= _MOST * len(phrase)


def _read(root: Element) -> _Shown:
    """Read the texts of a page outside of menus and links, up to what no page of these kinds has."""
    texts: list[str] = []
    controls: list[str] = []
    letters = 0
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if event == "start" and (element.tag in SOFT_404_SKIPPED or not isinstance(element.tag, str)):
            if element.tag in SOFT_404_CONTROLS:
                controls.append(_words(element) or element.get("value") or element.get("aria-label") or "")
            walk.skip_subtree()
            continue
        text = " ".join(((element.text if event == "start" else element.tail) or "").split())
        if text:
            texts.append(text)
            letters += len(text)
        if letters > _ENOUGH:
            break
    return _Shown(tuple(texts), tuple(controls))


def _unscripted(root: Element) -> Iterator[str]:
    return map(_words, root.iter("noscript"))
