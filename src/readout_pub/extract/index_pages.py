"""The index page of a publisher → the addresses of the documents that it lists, and the page that it goes on with.

By the profile of its site, which says how addresses of documents are written; else by repetition: what a page lists
stands in a row of like elements, and no other row has so many words in links.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase
from itertools import islice, takewhile
from pathlib import Path
from typing import NamedTuple

import msgspec
from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from readout_pub.extract.dates import era_year, find_date
from readout_pub.extract.html_parser import parse
from readout_pub.extract.inlines import resolve_link
from readout_pub.extract.profile import IndexPages
from readout_pub.extract.registry import all_profiles
from readout_pub.extract.tree import classes
from readout_pub.html_elements import AROUND_LISTS
from readout_pub.model import url_host, url_path
from readout_pub.sources.urls import find_base_url, is_web_address

_CALLED_AROUND = re.compile(
    r"(?:(?:site|page|global|main|top|sub)[-_]?)?"
    r"(?:nav|navi|navigation|menu|footer|breadcrumbs?|topicpath|sidebar)(?:[-_\d].*)?",
    re.IGNORECASE,
)
"""Ids and classes of menus on pages that have no elements for them."""
_AROUND_ROLES = frozenset(("navigation", "banner", "contentinfo", "complementary", "search", "menu"))
_LISTS = frozenset(("ul", "ol", "dl", "table", "tbody", "main", "body"))
"""Elements that hold entries, and are none."""
_HEADS = ("h2", "h3", "h4", "h5", "h6", "dt", "th")
"""Elements whose date is that of what stands below them."""
_SHORTEST, _LONGEST = 5, 120
"""Signs of a link's text below which it names no document, and those above which it counts for no more."""
_LEVELS = 5
"""Elements above a link in which its date is looked for."""
_MOST_LINKS = 20_000
"""Links of a page that are looked at; no list has so many."""
_MOST_TEXT = 400
"""Signs of an entry within which its date stands."""

_NEXT = re.compile(
    r"[\s\W]*(?:(?:next|older)(?: page| posts| entries| results)?|次へ|次のページ|次ページ|次の\d+件|下一页|下一頁|"
    r"下页|다음|"
    r"weiter|nächste(?: seite)?|page suivante|suivante?|(?:página )?siguiente|próxim[ao](?: página)?|seguinte|"
    r"(?:pagina )?successiv[ao]|volgende(?: pagina)?|nästa(?: sida)?|następna(?: strona)?|следующая(?: страница)?|"
    r"далее|sonraki(?: sayfa)?|التالي|הבא|[›»→>])[\s\W]*",
    re.IGNORECASE,
)
"""What the link to the next page of a list says."""


class Link(msgspec.Struct, frozen=True):
    """A document that a page lists, and the day that stands beside it."""

    url: str
    issued: dt.date | None = None


class Links(msgspec.Struct, frozen=True):
    """The documents that a page lists, in its order, and the page that the list goes on with."""

    documents: tuple[Link, ...]
    following: str | None = None


def listed_on(markup: str, url: str, sites: Sequence[Path] = (), *, today: dt.date | None = None) -> Links:
    """Find what the page at `url` lists; nothing where no link leads to a document.

    A heading such as "4 August" is of the year that the title of the page names, or of the last one before `today`.
    """
    soup, _ = parse(markup)
    base = find_base_url(markup, url)
    links = soup.find_all("a", href=True, limit=_MOST_LINKS)
    places = [place for link in links if (place := _place(link, base, url))]
    index = next(
        (each.index for each in all_profiles(sites) if each.index and each.serves(url_host(url))), IndexPages()
    )
    following = _following(soup, places, index.next, base, url)
    others = [place for place in places if place.url != following and not place.words.isdecimal()]
    chosen = [place for place in others if any(fnmatchcase(url_path(place.url), form) for form in index.documents)]
    chosen = chosen or _row_with_most_words(others)
    days = _days(soup, chosen, _Calendar(soup, today))
    documents = {place.url: Link(place.url, days.get(place.url)) for place in chosen}
    return Links(tuple(documents.values()), following)


class _Place(NamedTuple):
    """A link of the page to another one of its site."""

    link: Tag
    url: str
    words: str


def _place(link: Tag, base: str, page: str) -> _Place | None:
    """Read a link; None if it leads to this page, to another site, or to nothing that could be asked."""
    url = _address(link, base)
    if url is None or url == page.partition("#")[0]:
        return None
    hosts = {(url_host(each) or "").removeprefix("www.") for each in (url, page)}
    words = " ".join(link.get_text(" ").split()) or str(link.get("aria-label") or link.get("title") or "")
    return _Place(link, url, words) if len(hosts) == 1 else None


def _address(link: Tag, base: str) -> str | None:
    """Return the address on the web that a link leads to, without its fragment."""
    url = (resolve_link(str(link.get("href") or ""), base) or "").partition("#")[0]
    return url if is_web_address(url) else None


def _row_with_most_words(places: Iterable[_Place]) -> list[_Place]:
    """Return the links that stand in like places, in as many words as no others do, outside of menus."""
    rows: defaultdict[tuple[str, ...], list[_Place]] = defaultdict(list)
    for place in places:
        above = list(place.link.parents)
        if len(place.words) >= _SHORTEST and not any(map(_is_around, above)):
            rows[tuple(map(_form, above))].append(place)

    def words(row: list[_Place]) -> int:
        return sum(min(len(words), _LONGEST) for words in {place.words for place in row})

    return max(rows.values(), key=words, default=[])


def _is_around(element: Tag) -> bool:
    named = [str(element.get("id") or ""), *classes(element)]
    called = any(name and _CALLED_AROUND.fullmatch(str(name)) for name in named)
    return element.name in AROUND_LISTS or str(element.get("role")) in _AROUND_ROLES or called


def _form(element: Tag) -> str:
    """Name what entries of one list have in common, whatever their numbers: an element, and its id without digits."""
    return f"{element.name}#{_DIGITS.sub('', str(element.get('id') or ''))}"


_DIGITS = re.compile(r"\d+")


def _following(soup: BeautifulSoup, places: Iterable[_Place], selector: str | None, base: str, page: str) -> str | None:
    """Return the page that a list goes on with: by the profile, by what the page declares, by what a link says."""
    declared = soup.select(selector) if selector else soup.select("link[rel~=next][href], a[rel~=next][href]")
    for link in declared:
        url = _address(link, base)
        if url and url != page:
            return url
    if selector:
        return None
    says = (place.url for place in places if _NEXT.fullmatch(place.words[:40]) or _NEXT.fullmatch(_label(place.link)))
    return next(says, None)


def _label(link: Tag) -> str:
    return str(link.get("aria-label") or link.get("title") or "-")[:40]


def _days(soup: BeautifulSoup, places: Sequence[_Place], calendar: _Calendar) -> dict[str, dt.date]:
    """Return the day of each address: that in the entry of its link, or of the heading above."""
    entries = _entries(places)
    of_link = {id(place.link): place.url for place in places}
    days: dict[str, dt.date] = {}
    heading: dt.date | None = None
    for node in soup.descendants:
        if isinstance(node, Tag):
            url = of_link.get(id(node))
            if url and url not in days:
                day = calendar.day_in(entries[id(node)]) or heading
                days |= {url: day} if day else {}
        elif isinstance(node, NavigableString) and node.find_parent(_HEADS) and not node.find_parent("a"):
            heading = calendar.day_of_heading(str(node)) or heading
    return days


def _entries(places: Sequence[_Place]) -> dict[int, Tag]:
    """Return the entry of each link: the largest element near it that holds no other document."""
    held: defaultdict[int, set[str]] = defaultdict(set)
    for place in places:
        for above in islice(place.link.parents, _LEVELS):
            held[id(above)].add(place.url)
    entries = {}
    for place in places:
        near = islice(place.link.parents, _LEVELS)
        alone = takewhile(lambda above: above.name not in _LISTS and len(held[id(above)]) == 1, near)
        entries[id(place.link)] = [place.link, *alone][-1]
    return entries


_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)|(令和)\s*(\d+|元)\s*年")
_SHORT = 40
"""Signs of a heading that is a date without its year."""


class _Calendar:
    """Reads the days of one page, in its language; `year` is that of its title, if that has one."""

    def __init__(self, soup: BeautifulSoup, today: dt.date | None) -> None:
        self._language = str(soup.html.get("lang") or "") or None if soup.html else None
        titles = (title.get_text(" ")[:_MOST_TEXT] for title in soup.find_all(("h1", "h2", "title"), limit=6))
        found = next(filter(None, map(_YEAR.search, titles)), None)
        self._year = _western(found) if found else None
        self._today = today

    def day_in(self, entry: Tag) -> dt.date | None:
        """Return the day that stands in an entry."""
        named = entry.find("time", datetime=True)
        words = str(named["datetime"])[:10] if isinstance(named, Tag) else entry.get_text(" ")[:_MOST_TEXT]
        return self._read(words)

    def day_of_heading(self, words: str) -> dt.date | None:
        """Return the day that a heading names, with its year or without."""
        day = self._read(words[:_MOST_TEXT])
        if day or len(words.strip()) > _SHORT:
            return day
        if self._year:
            return self._in(self._year, words)
        last = self._in(self._today.year, words) if self._today else None
        return self._in(last.year - 1, words) if last and self._today and last > self._today else last

    def _in(self, year: int, words: str) -> dt.date | None:
        return self._read(f"{year}年{words.strip()}") or self._read(f"{words.strip()}, {year}")

    def _read(self, words: str) -> dt.date | None:
        found = find_date(words, self._language) if any(map(str.isdecimal, words)) else None
        return found.day if found else None


def _western(year: re.Match[str]) -> int:
    return era_year(year[1], year[2]) if year[1] else int(year[0])
