"""What pages of one site have in common: what repeats is chrome, what differs in the same place is the document.

menu      Home  News      Home  News       the same words: chrome
h1        Talks on fish   Talks on nets    differs, and begins the page's <title>: title
p.date    1 May 2031      9 June 2031      a date on each page: date
article   They met …      They spoke …     the most words that differ: body

What the general extractor takes for the text is no chrome, though every page ends with the same sentence.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Sequence

import msgspec
from bs4 import BeautifulSoup, Tag

from readout_pub.errors import SourceError
from readout_pub.extract.dates import find_date
from readout_pub.extract.generic import ParsedPage, find_article, parse_page
from readout_pub.extract.html_parser import parse, to_soup
from readout_pub.extract.tree import classes
from readout_pub.html_elements import AROUND_DOCUMENTS
from readout_pub.sources import HtmlPage

_LONGEST_DATE_LINE = 60
"""Characters of a line that may be the date of issue; a sentence that holds a date is longer."""

_AVERSION = 2
"""How many letters that differ a place must gain to make up for one letter of chrome."""

_PHOTO = 80
"""Letters that a photo counts for: about a line."""

_COUNTED = re.compile(r"\d{3,}|\d$")
"""Ids and classes that count pages, as in `node-339751`: they name one page, not the layout."""


class SharedLayout(msgspec.Struct, frozen=True):
    """What pages have in common, as CSS selectors; None where nothing is the same on all.

    `photos` are the addresses of the pictures in each page's body, as the page writes them.
    """

    hosts: tuple[str, ...]
    body: str
    title: str | None
    date: str | None
    series: str | None
    drop: tuple[str, ...]
    photos: tuple[tuple[str, ...], ...]


class _Pages:
    """The same places on several pages, and which of their words repeat."""

    def __init__(self, soups: Sequence[BeautifulSoup], texts: Sequence[tuple[str, ...]]) -> None:
        self.soups = soups
        self.repeated = set.intersection(*({text.strip() for text in soup.stripped_strings} for soup in soups))
        self.repeated = self.repeated.difference(set(texts[0]).intersection(*texts))
        self.icons = set.intersection(*({image["src"] for image in _images(soup)} for soup in soups))
        self.places = [tags for tags in _aligned(soups) if all(tag.get_text(strip=True) for tag in tags)]

    def own(self, tag: Tag) -> int:
        """Count the letters below `tag` that are no other page's, those of links left out."""
        return sum(
            len(t) for t in tag.find_all(string=True) if t.strip() not in self.repeated and not _linked(t.parent)
        )

    def chrome(self, tag: Tag) -> int:
        """Count the letters below `tag` that stand on every page."""
        return sum(len(text) for text in tag.stripped_strings if text in self.repeated)

    def cost(self, tags: Sequence[Tag]) -> int:
        """Tell how badly a place would do as the body: letters that differ speak for it, chrome against it."""
        return _AVERSION * sum(map(self.chrome, tags)) - sum(map(self.own, tags))

    def differs(self, tags: Sequence[Tag]) -> bool:
        """Say whether no two pages say the same in this place."""
        return len({tag.get_text(" ", strip=True) for tag in tags}) == len(tags)

    def selector(self, tags: Sequence[Tag]) -> str | None:
        """Return the shortest selector that finds just these elements, one on each page."""
        fitting = (each for each in _selectors(tags[0]) if all(self._is(each, *pair) for pair in self._pairs(tags)))
        return next(fitting, None)

    def _pairs(self, tags: Sequence[Tag]) -> Iterator[tuple[BeautifulSoup, Tag]]:
        return zip(self.soups, tags, strict=True)

    def _is(self, selector: str, soup: BeautifulSoup, tag: Tag) -> bool:
        found = soup.select(selector, limit=2)
        return len(found) == 1 and found[0] is tag


def induce_profile(pages: Sequence[HtmlPage]) -> SharedLayout:
    """Find body, title, date and chrome by comparing pages; a SourceError says if they have no place in common."""
    sketches = [parse_page(page.markup) for page in pages]
    heads = [each.metadata for each in sketches]
    soups = [to_soup(each.root)[0] for each in sketches]
    articles = [_article(each) for each in sketches]  # which uses up the sketches
    titles = [" ".join(soup.title.get_text().split()) if soup.title else "" for soup in soups]
    found = _Pages(soups, [article.texts for article in articles])
    ranked = sorted(found.places, key=found.cost)
    body, tags = next(((name, tags) for tags in ranked if (name := found.selector(tags))), (None, ()))
    if body is None or not found.differs(tags):
        raise SourceError(
            "these pages have no place in common where they differ",
            where=", ".join(page.name for page in pages),
            what_next="give two or three pages of the same layout, such as two readouts of one year",
        )
    title = (
        _first(found, lambda place: _is_heading(place) and found.differs(place) and _is_title(place, titles))
        or _first(found, lambda place: _is_named(place) and found.differs(place) and _is_title(place, titles))
        or _first(found, lambda place: found.differs(place) and _is_title(place, titles))
        or _first(found, lambda place: _is_heading(place) and found.differs(place))
    )
    date = _first(found, _is_date)
    series = _first(found, lambda place: _says(place, [article.series for article in articles]))
    fields = [soup.select_one(key) for soup in soups for key in (title, date, series) if key]
    hosts = {
        host for page, head in zip(pages, heads, strict=True) for url in (page.url, head.url) if (host := _host(url))
    }
    photos = tuple(tuple(str(image["src"]) for image in _images(tag)) for tag in tags)
    drops = tuple(_drops(found, tags, [field for field in fields if field]))
    return SharedLayout(tuple(sorted(hosts)), body, title, date, series, drops, photos)


class _Article(msgspec.Struct, frozen=True):
    """What the general extractor makes of a page: its texts and its series, nothing where it finds no document."""

    texts: tuple[str, ...] = ()
    series: str | None = None


def _article(page: ParsedPage) -> _Article:
    try:
        found = find_article(page)
    except SourceError:
        return _Article()
    return _Article(tuple(parse(found.body)[0].stripped_strings), found.series)


def _host(url: str | None) -> str | None:
    match = re.match(r"https?://(?:www\.)?([^/:]+)", url or "")
    return match[1] if match else None


def _first(pages: _Pages, fits: Callable[[Sequence[Tag]], bool]) -> str | None:
    """Return the selector of the innermost place that fits, of those on the first branch where any does."""
    found = next((tags for tags in pages.places if fits(tags)), None)
    if found is None:
        return None
    inner = [tags for tags in pages.places if tags is found or found[0] in tags[0].parents]
    named = (pages.selector(tags) for tags in reversed(inner) if fits(tags))
    return next((name for name in named if name), None)


def _is_heading(tags: Sequence[Tag]) -> bool:
    return re.fullmatch("h[1-4]", tags[0].name) is not None or tags[0].get("role") == "heading"


def _is_named(tags: Sequence[Tag]) -> bool:
    """Say whether the marks of a place call it a title, as those of a breadcrumb do not."""
    return any(re.search("title|headline|heading", mark, re.IGNORECASE) for mark in _marks(tags[0]))


def _says(tags: Sequence[Tag], texts: Sequence[str | None]) -> bool:
    return all(" ".join(tag.get_text(" ").split()) == text for tag, text in zip(tags, texts, strict=True))


def _is_title(tags: Sequence[Tag], titles: Sequence[str]) -> bool:
    """Say whether each page's own title begins with, or is, what stands here."""
    texts = [" ".join(tag.get_text(" ").split()) for tag in tags]
    return all(len(text) > 3 and text in title for text, title in zip(texts, titles, strict=True))


def _is_date(tags: Sequence[Tag]) -> bool:
    texts = [tag.get_text(" ", strip=True) for tag in tags]
    return all(len(text) <= _LONGEST_DATE_LINE and find_date(text, "en-GB") for text in texts)


def _drops(pages: _Pages, bodies: Sequence[Tag], fields: Sequence[Tag]) -> Iterator[str]:
    """Yield selectors of what repeats inside the body, the outermost first, and holds nothing that differs."""
    taken: list[Tag] = []
    for tags in pages.places:
        tag = tags[0]
        if not any(parent is bodies[0] for parent in tag.parents) or any(parent in taken for parent in tag.parents):
            continue
        if any(field is tag or tag in field.parents for field in fields):
            continue
        name = pages.selector(tags) if pages.chrome(tag) and not any(map(pages.own, tags)) else None
        if name and (tag.name in AROUND_DOCUMENTS or not name.split()[-1].isalnum()):
            taken.append(tag)
            yield name


def _images(tag: Tag) -> list[Tag]:
    return tag.find_all("img", src=True)


def _linked(tag: Tag | None) -> bool:
    return tag is not None and (tag.name == "a" or tag.find_parent("a") is not None)


# --- the same place on several pages


def _aligned(soups: Sequence[BeautifulSoup]) -> Iterator[tuple[Tag, ...]]:
    """Yield the elements that have one path on every page, in the order of the first page."""
    paths = [_by_path(soup) for soup in soups]
    for path, tags in paths[0].items():
        others = [found.get(path, []) for found in paths]
        if all(len(each) == 1 for each in others) and len(tags) == 1:
            yield tuple(each[0] for each in others)


def _by_path(soup: BeautifulSoup) -> dict[str, list[Tag]]:
    """Map the path of every element below `body`, by names, ids and classes, to the elements that have it.

    A path begins anew at an id, since what is around it may differ.
    """
    found: dict[str, list[Tag]] = {}
    paths: dict[int, str] = {}
    for tag in soup.select("body *"):
        marks = _marks(tag)
        begins = next((mark for mark in marks if mark.startswith("#")), None)
        path = begins or f"{paths.get(id(tag.parent), '')}/{tag.name}{''.join(marks)}"
        paths[id(tag)] = path
        found.setdefault(path, []).append(tag)
    return found


def _marks(tag: Tag) -> list[str]:
    """Return the id and the classes of an element as selectors, without those that count pages."""
    identity = str(tag.get("id") or "")
    names = [*([f"#{identity}"] if identity else []), *(f".{name}" for name in classes(tag))]
    return [name for name in names if re.fullmatch(r"[#.]-?[A-Za-z_][\w-]*", name) and not _COUNTED.search(name)]


def _selectors(tag: Tag) -> Iterator[str]:
    """Yield selectors that may find `tag`, the plainest first: its own marks, its name, then those below a parent's."""
    own = [f"{tag.name}{mark}" if mark.startswith(".") else mark for mark in _marks(tag)] + [tag.name]
    yield from own
    for parent in itertools.islice(tag.parents, 4):
        for above in _marks(parent) or [parent.name]:
            yield from (f"{above} > {name}" if parent is tag.parent else f"{above} {name}" for name in own)
