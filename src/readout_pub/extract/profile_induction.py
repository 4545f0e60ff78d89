"""Induces a site profile from pages of one layout, by comparing the same element on each page.

menu      Home  News      Home  News       the same text: boilerplate
h1        Talks on fish   Talks on nets    differs, and is in the page's <title>: title
p.date    1 May 2031      9 June 2031      a date on each page: date
article   They met …      They spoke …     the most text that differs: body

A text that all pages share is not boilerplate if the generic extraction keeps it on every page, such as the last
sentence of all press releases. On a single page, all that the generic extraction leaves out is boilerplate.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

import msgspec
from bs4 import BeautifulSoup, Tag

from readout_pub.errors import SourceError
from readout_pub.extract.dates import DAY_FIRST_LANGUAGE, find_date
from readout_pub.extract.generic import ParsedPage, find_article, parse_markup
from readout_pub.extract.html_parser import parse, to_soup
from readout_pub.extract.image_urls import image_file_name
from readout_pub.extract.tree import classes
from readout_pub.html_elements import AROUND_DOCUMENTS, HEADINGS
from readout_pub.sources import HtmlPage

_MAX_DATE_LINE = 60
"""The most characters of an element with the publication date. Chosen by hand: a sentence is longer."""

_BOILERPLATE_COST = 2
"""In `cost_as_body`, one character of boilerplate weighs as much as this many others. Chosen by hand."""

_MIN_BODY_SHARE = 0.9
"""The body of a single page has at least this share of the words that the generic extraction keeps.

A profile can remove text from a body (`drop`), but not add text to it. Below 1, since the generic extraction keeps a
line of boilerplate on some pages. Chosen by hand.
"""

_NUMBERED_NAME = re.compile(r"\d{3,}|\d$")
"""Ids and classes that mostly belong to one page, not to the layout: `node-339751`."""


class SharedLayout(msgspec.Struct, frozen=True):
    """CSS selectors that fit all the pages; None for a field that was not found.

    `publisher` is the name that the metadata of all pages give. `photos` are, for each page, the URLs of the images in
    its body, as the page writes them. `outside` and `photos_outside` are what the generic extraction keeps and the
    selectors miss: texts in no selected element, and file names of images not in `body`.
    """

    hosts: tuple[str, ...]
    body: str
    title: str | None
    date: str | None
    series: str | None
    drop: tuple[str, ...]
    photos: tuple[tuple[str, ...], ...]
    outside: tuple[str, ...] = ()
    photos_outside: tuple[str, ...] = ()
    publisher: str | None = None


class _AlignedPages:
    """Pages of one layout, their boilerplate, and the elements that have text and the same path on each page.

    `aligned` are tuples of these elements, one for each page. `document_texts` are the texts of each page that the
    generic extraction keeps.
    """

    def __init__(self, soups: Sequence[BeautifulSoup], document_texts: Sequence[tuple[str, ...]]) -> None:
        self.soups = soups
        repeated = set.intersection(*({text.strip() for text in soup.stripped_strings} for soup in soups))
        self._boilerplate = repeated.difference(set(document_texts[0]).intersection(*document_texts))
        self.aligned = [tags for tags in _align_elements(soups) if all(tag.get_text(strip=True) for tag in tags)]

    def own_characters(self, tag: Tag) -> int:
        """Return the number of characters of text below `tag`, without those of boilerplate and links."""
        texts = (text.strip() for text in tag.find_all(string=True) if not _is_in_link(text.parent))
        return sum(len(text) for text in texts if text not in self._boilerplate)

    def boilerplate_characters(self, tag: Tag) -> int:
        """Return the number of characters below `tag` in texts that are boilerplate."""
        return sum(len(text) for text in tag.stripped_strings if text in self._boilerplate)

    def cost_as_body(self, tags: Sequence[Tag]) -> int:
        """Return the cost of aligned elements as the body: boilerplate raises it, other text lowers it."""
        return _BOILERPLATE_COST * sum(map(self.boilerplate_characters, tags)) - sum(map(self.own_characters, tags))

    def differs(self, tags: Sequence[Tag]) -> bool:
        """Return whether aligned elements have a different text on each page."""
        return len({tag.get_text(" ", strip=True) for tag in tags}) == len(tags)

    def selector(self, tags: Sequence[Tag]) -> str | None:
        """Return the simplest selector that matches exactly these elements, one on each page; None if there is none."""
        pairs = list(zip(self.soups, tags, strict=True))
        fitting = (each for each in _selectors(tags[0]) if all(_matches_only(each, *pair) for pair in pairs))
        return next(fitting, None)


def _matches_only(selector: str, soup: BeautifulSoup, tag: Tag) -> bool:
    found = soup.select(selector, limit=2)
    return len(found) == 1 and found[0] is tag


def induce_profile(pages: Sequence[HtmlPage]) -> SharedLayout:
    """Return the selectors of body, title, date, series and boilerplate of pages of one layout.

    Raises SourceError if several pages are identical or share no element whose text differs. A single page must have a
    document that the generic extraction finds, and an element with nearly all of its words.
    """
    parsed = [parse_markup(page.markup) for page in pages]
    metadata = [each.metadata for each in parsed]
    soups = [to_soup(each.root)[0] for each in parsed]
    articles = [_find_article(each) for each in parsed]  # changes the lxml trees, so it comes after `to_soup`
    page_titles = [" ".join(soup.title.get_text().split()) if soup.title else "" for soup in soups]
    aligned = _AlignedPages(soups, [article.texts for article in articles])
    ranked = sorted(aligned.aligned, key=aligned.cost_as_body)
    if len(pages) == 1:
        ranked = [tags for tags in ranked if _share_of(articles[0].texts, tags[0]) >= _MIN_BODY_SHARE]
    body, bodies = next(((name, tags) for tags in ranked if (name := aligned.selector(tags))), (None, ()))
    if len(pages) == 1 and (body is None or not articles[0].texts):
        raise SourceError(
            "no document was found on this page alone", where=pages[0].name, what_next="add another page of its layout"
        )
    if body is None or not aligned.differs(bodies):
        raise SourceError(
            "these pages are identical or share no layout",
            where=", ".join(page.name for page in pages),
            what_next="give two or three pages of the same layout, such as two readouts of one year",
        )

    def is_title(tags: Sequence[Tag]) -> bool:
        return aligned.differs(tags) and _is_in_page_title(tags, page_titles)

    title = (
        _innermost(aligned, lambda tags: _is_heading(tags) and is_title(tags))
        or _innermost(aligned, lambda tags: _is_named_title(tags) and is_title(tags))
        or _innermost(aligned, is_title)
        or _innermost(aligned, lambda tags: _is_heading(tags) and aligned.differs(tags))
    )
    date = _innermost(aligned, _is_date)
    series = _innermost(aligned, lambda tags: _has_texts(tags, [article.series for article in articles]))
    fields = [soup.select_one(key) for soup in soups for key in (title, date, series) if key]
    hosts = {
        host
        for page, data in zip(pages, metadata, strict=True)
        for url in (page.url, data.url)
        if (host := _host_without_www(url))
    }
    photos = tuple(tuple(str(image["src"]) for image in tag.find_all("img", src=True)) for tag in bodies)
    drops = tuple(_drop_selectors(aligned, bodies, [field for field in fields if field]))
    selected = {word for tag in (*bodies, *(field for field in fields if field)) for word in tag.get_text(" ").split()}
    found = dict.fromkeys(" ".join(text.split()) for article in articles for text in article.texts)
    outside = tuple(text for text in found if not selected.issuperset(text.split()))
    inside = {name for tag in bodies for image in tag.find_all(["img", "source"]) for name in _image_files(image)}
    publishers = {data.publisher for data in metadata}
    return SharedLayout(
        tuple(sorted(hosts)),
        body,
        title,
        date,
        series,
        drops,
        photos,
        outside,
        photos_outside=tuple(dict.fromkeys(name for each in articles for name in each.images if name not in inside)),
        publisher=publishers.pop() if len(publishers) == 1 else None,
    )


def _image_files(image: Tag) -> set[str]:
    """Return the file names of images in all attributes of an element (`src`, `srcset`, `data-src`)."""
    urls = (url for value in image.attrs.values() for url in re.split(r"[\s,]+", str(value)))
    return set(map(image_file_name, urls)) - {""}


def _share_of(texts: Sequence[str], tag: Tag) -> float:
    """Return the share of the words of `texts` that are below `tag`, 0 to 1."""
    words = Counter(" ".join(texts).split())
    return (words & Counter(tag.get_text(" ").split())).total() / (words.total() or 1)


class _Article(msgspec.Struct, frozen=True):
    """What the generic extraction finds on a page: texts, series, file names of images; empty without a document."""

    texts: tuple[str, ...] = ()
    series: str | None = None
    images: tuple[str, ...] = ()


def _find_article(page: ParsedPage) -> _Article:
    try:
        found = find_article(page)
    except SourceError:
        return _Article()
    body = parse(found.body)[0]
    images = (image_file_name(str(image["src"])) for image in body.find_all("img", src=True))
    return _Article(tuple(body.stripped_strings), found.series, tuple(filter(None, images)))


def _host_without_www(url: str | None) -> str | None:
    match = re.match(r"https?://(?:www\.)?([^/:]+)", url or "")
    return match[1] if match else None


def _innermost(pages: _AlignedPages, fits: Callable[[Sequence[Tag]], bool]) -> str | None:
    """Return a selector of the first elements that fit, or of the innermost inside them that fit; None if none fit."""
    found = next((tags for tags in pages.aligned if fits(tags)), None)
    if found is None:
        return None
    inner = [tags for tags in pages.aligned if tags is found or found[0] in tags[0].parents]
    selectors = (pages.selector(tags) for tags in reversed(inner) if fits(tags))
    return next((selector for selector in selectors if selector), None)


def _is_heading(tags: Sequence[Tag]) -> bool:
    return re.fullmatch("h[1-4]", tags[0].name) is not None or tags[0].get("role") == "heading"


def _is_named_title(tags: Sequence[Tag]) -> bool:
    """Return whether the id or a class calls an element a title; a breadcrumb may have the same text."""
    return any(re.search("title|headline|heading", name, re.IGNORECASE) for name in _id_and_class_selectors(tags[0]))


def _has_texts(tags: Sequence[Tag], texts: Sequence[str | None]) -> bool:
    return all(" ".join(tag.get_text(" ").split()) == text for tag, text in zip(tags, texts, strict=True))


def _is_in_page_title(tags: Sequence[Tag], page_titles: Sequence[str]) -> bool:
    """Return whether the `title` of each page contains the text of its element."""
    texts = [" ".join(tag.get_text(" ").split()) for tag in tags]
    return all(len(text) > 3 and text in title for text, title in zip(texts, page_titles, strict=True))


def _is_date(tags: Sequence[Tag]) -> bool:
    texts = [tag.get_text(" ", strip=True) for tag in tags]
    return all(len(text) <= _MAX_DATE_LINE and find_date(text, DAY_FIRST_LANGUAGE) for text in texts)


def _drop_selectors(pages: _AlignedPages, bodies: Sequence[Tag], fields: Sequence[Tag]) -> Iterator[str]:
    """Yield selectors of the outermost elements inside the body with boilerplate and no other text outside links."""
    dropped: list[Tag] = []
    for tags in pages.aligned:
        tag = tags[0]
        if not any(parent is bodies[0] for parent in tag.parents) or any(parent in dropped for parent in tag.parents):
            continue
        if any(field is tag or tag in field.parents for field in fields):
            continue
        is_boilerplate = pages.boilerplate_characters(tag) and not any(map(pages.own_characters, tags))
        selector = pages.selector(tags) if is_boilerplate else None
        if selector and _spares_text(tag, selector):
            dropped.append(tag)
            yield selector


def _spares_text(tag: Tag, selector: str) -> bool:
    """Return whether a selector of boilerplate hardly matches text of other pages.

    The name of an element (`strong`) matches too much, as does the class of a heading, which other headings share.
    """
    name = selector.rsplit(maxsplit=1)[-1]
    if tag.name in HEADINGS:
        return name.startswith("#")
    return tag.name in AROUND_DOCUMENTS or not name.isalnum()


def _is_in_link(tag: Tag | None) -> bool:
    return tag is not None and (tag.name == "a" or tag.find_parent("a") is not None)


# --- the same element on several pages


def _align_elements(soups: Sequence[BeautifulSoup]) -> Iterator[tuple[Tag, ...]]:
    """Yield tuples of elements, one from each page, whose path occurs once on each page; in the first page's order."""
    paths = [_elements_by_path(soup) for soup in soups]
    for path, tags in paths[0].items():
        others = [found.get(path, []) for found in paths]
        if all(len(each) == 1 for each in others) and len(tags) == 1:
            yield tuple(each[0] for each in others)


def _elements_by_path(soup: BeautifulSoup) -> dict[str, list[Tag]]:
    """Return path → the elements below `body` with that path of names, ids and classes.

    A path starts at the nearest id, as the elements around that may differ between pages.
    """
    found: dict[str, list[Tag]] = {}
    paths: dict[int, str] = {}
    for tag in soup.select("body *"):
        names = _id_and_class_selectors(tag)
        start = next((name for name in names if name.startswith("#")), None)
        path = start or f"{paths.get(id(tag.parent), '')}/{tag.name}{''.join(names)}"
        paths[id(tag)] = path
        found.setdefault(path, []).append(tag)
    return found


def _id_and_class_selectors(tag: Tag) -> list[str]:
    """Return the id and the classes of an element as selectors, without those that `_NUMBERED_NAME` matches."""
    identifier = str(tag.get("id") or "")
    names = [*([f"#{identifier}"] if identifier else []), *(f".{name}" for name in classes(tag))]
    return [name for name in names if re.fullmatch(r"[#.]-?[^\W\d][\w-]*", name) and not _NUMBERED_NAME.search(name)]


def _selectors(tag: Tag) -> Iterator[str]:
    """Yield selectors that match `tag`, the simplest first: its id, class or name alone, then with an ancestor's."""
    names = _id_and_class_selectors(tag)
    own = [f"{tag.name}{name}" if name.startswith(".") else name for name in names] + [tag.name]
    yield from own
    for parent in itertools.islice(tag.parents, 4):
        for above in _id_and_class_selectors(parent) or [parent.name]:
            yield from (f"{above} > {name}" if parent is tag.parent else f"{above} {name}" for name in own)
