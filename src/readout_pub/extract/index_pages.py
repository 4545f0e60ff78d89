"""Reads an index page of a publisher: the URLs of the documents that it lists, and of the next page of the list.

The site's profile has patterns for the paths of documents. If no link matches, the links are grouped by the names and
ids of their ancestors, which all entries of a list share. The group with the most link text is the list.
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

_MENU_NAMES = re.compile(
    r"(?:(?:site|page|global|main|top|sub)[-_]?)?"
    r"(?:nav|navi|navigation|menu|footer|breadcrumbs?|topicpath|sidebar)(?:[-_\d].*)?",
    re.IGNORECASE,
)
"""Ids and classes of menus, sidebars, breadcrumbs and footers: `<div id="main-nav">`."""
_MENU_ROLES = frozenset(("navigation", "banner", "contentinfo", "complementary", "search", "menu"))
_LIST_CONTAINERS = frozenset(("ul", "ol", "dl", "table", "tbody", "main", "body"))
"""Elements that contain entries, and are never entries."""
_DATE_HEADINGS = ("h2", "h3", "h4", "h5", "h6", "dt", "th")
"""Elements whose date applies to the entries below them."""

# Limits, chosen by hand.

_MIN_LINK_TEXT = 5
"""Links with fewer characters are in no group: page numbers, "More"."""
_MAX_COUNTED_LINK_TEXT = 120
"""The most characters of a link that count for its group: one link around an abstract must not outweigh a list."""
_MAX_ENTRY_DEPTH = 5
"""How many ancestors of a link are tried as its entry, the element with the link and its date."""
_MAX_LINKS = 20_000
"""How many links of a page are examined, to limit the time."""
_MAX_DATE_TEXT = 400
"""How many characters at the start of an entry, a heading or a title are searched for a date or a year."""

_NEXT_PAGE_TEXT = re.compile(
    r"[\s\W]*(?:(?:next|older)(?: page| posts| entries| results)?|次へ|次のページ|次ページ|次の\d+件|下一页|下一頁|"
    r"下页|다음|"
    r"weiter|nächste(?: seite)?|page suivante|suivante?|(?:página )?siguiente|próxim[ao](?: página)?|seguinte|"
    r"(?:pagina )?successiv[ao]|volgende(?: pagina)?|nästa(?: sida)?|następna(?: strona)?|следующая(?: страница)?|"
    r"далее|sonraki(?: sayfa)?|التالي|הבא|[›»→>])[\s\W]*",
    re.IGNORECASE,
)
"""Text of the link to the next page of a list."""


class ListedDocument(msgspec.Struct, frozen=True):
    """A document that a page lists; `issued` is the date in its entry or in the heading above."""

    url: str
    issued: dt.date | None = None


class IndexPage(msgspec.Struct, frozen=True):
    """The documents that a page lists, in its order, and the URL of the next page of the list."""

    documents: tuple[ListedDocument, ...]
    next_page: str | None = None


def read_index_page(markup: str, url: str, sites: Sequence[Path] = (), *, today: dt.date | None = None) -> IndexPage:
    """Return the documents that the page at `url` lists, perhaps none, and the URL of its next page.

    `sites` are folders of site profiles besides the built-in ones. A date without a year ("4 August") gets the year in
    the title of the page, or else is the last such day up to `today`; without `today`, it is not read.
    """
    soup, _ = parse(markup)
    base = find_base_url(markup, url)
    links = soup.find_all("a", href=True, limit=_MAX_LINKS)
    links_of_site = [found for tag in links if (found := _read_link_of_site(tag, base, url))]
    index = next(
        (each.index for each in all_profiles(sites) if each.index and each.serves(url_host(url))), IndexPages()
    )
    following = _find_next_page(soup, links_of_site, index.next, base, url)
    others = [link for link in links_of_site if link.url != following and not link.text.isdecimal()]
    chosen = [link for link in others if any(fnmatchcase(url_path(link.url), pattern) for pattern in index.documents)]
    chosen = chosen or _group_with_most_text(others)
    days = _find_days(soup, chosen, _DateReader(soup, today))
    documents = {link.url: ListedDocument(link.url, days.get(link.url)) for link in chosen}
    return IndexPage(tuple(documents.values()), following)


class _SiteLink(NamedTuple):
    """A link to another page of the same site."""

    tag: Tag
    url: str
    text: str


def _read_link_of_site(tag: Tag, base: str, page: str) -> _SiteLink | None:
    """Return the link of an `a`; None if it leads to the same page, to another site, or not to the web."""
    url = _web_url(tag, base)
    if url is None or url == page.partition("#")[0]:
        return None
    hosts = {(url_host(each) or "").removeprefix("www.") for each in (url, page)}
    text = " ".join(tag.get_text(" ").split()) or str(tag.get("aria-label") or tag.get("title") or "")
    return _SiteLink(tag, url, text) if len(hosts) == 1 else None


def _web_url(tag: Tag, base: str) -> str | None:
    """Return the absolute http(s) URL of a link without its fragment; None for any other link."""
    url = (resolve_link(str(tag.get("href") or ""), base) or "").partition("#")[0]
    return url if is_web_address(url) else None


def _group_with_most_text(links: Iterable[_SiteLink]) -> list[_SiteLink]:
    """Return the group with the most text of the links outside of menus, grouped by their ancestors."""
    groups: defaultdict[tuple[str, ...], list[_SiteLink]] = defaultdict(list)
    for link in links:
        ancestors = list(link.tag.parents)
        if len(link.text) >= _MIN_LINK_TEXT and not any(map(_is_menu, ancestors)):
            groups[tuple(map(_form_of, ancestors))].append(link)

    def text_length(group: list[_SiteLink]) -> int:
        return sum(min(len(text), _MAX_COUNTED_LINK_TEXT) for text in {link.text for link in group})

    return max(groups.values(), key=text_length, default=[])


def _is_menu(element: Tag) -> bool:
    names = [str(element.get("id") or ""), *classes(element)]
    is_named = any(name and _MENU_NAMES.fullmatch(str(name)) for name in names)
    return element.name in AROUND_LISTS or str(element.get("role")) in _MENU_ROLES or is_named


def _form_of(element: Tag) -> str:
    """Return an element's name and its id without digits, which are equal in all entries of a list."""
    return f"{element.name}#{_DIGITS.sub('', str(element.get('id') or ''))}"


_DIGITS = re.compile(r"\d+")


def _find_next_page(
    soup: BeautifulSoup, links: Iterable[_SiteLink], selector: str | None, base: str, page: str
) -> str | None:
    """Return the URL of the next page, or None.

    A selector of the profile decides alone; without one, `rel="next"`, then the text or label of a link.
    """
    declared = soup.select(selector) if selector else soup.select("link[rel~=next][href], a[rel~=next][href]")
    for tag in declared:
        url = _web_url(tag, base)
        if url and url != page:
            return url
    if selector:
        return None
    by_text = (
        link.url
        for link in links
        if _NEXT_PAGE_TEXT.fullmatch(link.text[:40]) or _NEXT_PAGE_TEXT.fullmatch(_label(link.tag))
    )
    return next(by_text, None)


def _label(tag: Tag) -> str:
    return str(tag.get("aria-label") or tag.get("title") or "-")[:40]


def _find_days(soup: BeautifulSoup, links: Sequence[_SiteLink], dates: _DateReader) -> dict[str, dt.date]:
    """Return the day of each URL: the date in its entry, else in the nearest heading above."""
    entries = _find_entries(links)
    url_of_link = {id(link.tag): link.url for link in links}
    days: dict[str, dt.date] = {}
    day_of_heading: dt.date | None = None
    for node in soup.descendants:
        if isinstance(node, Tag):
            url = url_of_link.get(id(node))
            if url and url not in days:
                day = dates.day_in(entries[id(node)]) or day_of_heading
                days |= {url: day} if day else {}
        elif isinstance(node, NavigableString) and node.find_parent(_DATE_HEADINGS) and not node.find_parent("a"):
            day_of_heading = dates.day_of_heading(str(node)) or day_of_heading
    return days


def _find_entries(links: Sequence[_SiteLink]) -> dict[int, Tag]:
    """Return `id()` of each link's tag → its entry: the outermost element around the link that has no other URL.

    The search stops at elements in `_LIST_CONTAINERS`, and after `_MAX_ENTRY_DEPTH` ancestors.
    """
    urls_below: defaultdict[int, set[str]] = defaultdict(set)
    for link in links:
        for ancestor in islice(link.tag.parents, _MAX_ENTRY_DEPTH):
            urls_below[id(ancestor)].add(link.url)

    def is_entry(element: Tag) -> bool:
        return element.name not in _LIST_CONTAINERS and len(urls_below[id(element)]) == 1

    entries = {}
    for link in links:
        alone = takewhile(is_entry, islice(link.tag.parents, _MAX_ENTRY_DEPTH))
        entries[id(link.tag)] = [link.tag, *alone][-1]
    return entries


_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)|(令和)\s*(\d+|元)\s*年")
_MAX_YEARLESS_DATE = 40
"""The most characters of a heading that is read as a date without a year."""
_YEARS_TO_LEAP_DAY = 5
"""How many years are tried for a date without a year: this year and the four before have a past 29 February."""


class _DateReader:
    """Reads the dates of one page in its language; `read_index_page` says which year a date without a year gets."""

    def __init__(self, soup: BeautifulSoup, today: dt.date | None) -> None:
        self._language = str(soup.html.get("lang") or "") or None if soup.html else None
        titles = (title.get_text(" ")[:_MAX_DATE_TEXT] for title in soup.find_all(("h1", "h2", "title"), limit=6))
        found = next(filter(None, map(_YEAR.search, titles)), None)
        self._year = _gregorian_year(found) if found else None
        self._today = today

    def day_in(self, entry: Tag) -> dt.date | None:
        """Return the date of an entry, from its `time` element or else its text."""
        time = entry.find("time", datetime=True)
        text = str(time["datetime"])[:10] if isinstance(time, Tag) else entry.get_text(" ")[:_MAX_DATE_TEXT]
        return self._find_day(text)

    def day_of_heading(self, text: str) -> dt.date | None:
        """Return the date of a heading, perhaps without a year; None if it has no date."""
        day = self._find_day(text[:_MAX_DATE_TEXT])
        if day or len(text.strip()) > _MAX_YEARLESS_DATE:
            return day
        if self._year:
            return self._find_day_in_year(self._year, text)
        today = self._today
        years = range(today.year, today.year - _YEARS_TO_LEAP_DAY, -1) if today else ()
        days = (self._find_day_in_year(year, text) for year in years)
        return next((day for day in days if day and today and day <= today), None)

    def _find_day_in_year(self, year: int, text: str) -> dt.date | None:
        return self._find_day(f"{year}年{text.strip()}") or self._find_day(f"{text.strip()}, {year}")

    def _find_day(self, text: str) -> dt.date | None:
        found = find_date(text, self._language) if any(map(str.isdecimal, text)) else None
        return found.day if found else None


def _gregorian_year(year: re.Match[str]) -> int:
    return era_year(year[1], year[2]) if year[1] else int(year[0])
