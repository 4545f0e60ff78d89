"""What can be asked of a page without a browser: HTML, and the chapters of a book."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from urllib.parse import unquote, urlsplit

import msgspec
from bs4 import BeautifulSoup
from bs4.element import Tag

from readout_pub.alt.lint import says_nothing
from readout_pub.checks.verdict import Fault, Rule
from readout_pub.emit.messages import MESSAGES

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")

_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")

_STANDS_IN = frozenset(words.photo_undescribed for words in MESSAGES.values())
"""What this program writes where nobody has described a photo."""

_NO_ZOOM = re.compile(r"user-scalable\s*=\s*(no|0)|maximum-scale\s*=\s*[01](\.|\b)", re.IGNORECASE)


class Page(msgspec.Struct, frozen=True):
    """A parsed page; its name stands before each place where it is one of several."""

    soup: BeautifulSoup
    name: str = ""

    def place(self, tag: Tag) -> str:
        """Return where `tag` is, in words that lead a person there."""
        line = f"line {tag.sourceline}, <{tag.name}>" if tag.sourceline else f"<{tag.name}>"
        return f"{self.name}, {line}" if self.name else line

    def fault(self, tag: Tag, what: str) -> Fault:
        """Return a fault at `tag`."""
        return Fault(self.place(tag), what)

    def missing(self, what: str) -> Fault:
        """Return a fault of the page as a whole."""
        return Fault(self.name or "the page", what)


def parsed(text: str, name: str = "") -> Page:
    """Parse HTML or XHTML; this parser knows the line of each element."""
    return Page(BeautifulSoup(text, "html.parser"), name)


def words(tag: Tag) -> str:
    """Return what a screen reader says of `tag`: its name if it has one, else its text and that of its photos."""
    named = tag.get("aria-label")
    if isinstance(named, str) and named.strip():
        return named.strip()
    photos = (str(photo.get("alt", "")) for photo in tag.find_all("img"))
    return " ".join([tag.get_text(" ", strip=True), *photos]).strip()


def undescribed(page: Page) -> Iterator[Fault]:
    """Find photos whose alternative text says nothing, or says that there is none."""
    for photo in page.soup.find_all("img"):
        alt = str(photo.get("alt", ""))
        name = urlsplit(str(photo.get("src", ""))).path.rpartition("/")[2]
        if alt in _STANDS_IN:
            yield page.fault(photo, "nobody has described this photo")
        elif alt.strip() and says_nothing(alt, name):
            yield page.fault(photo, f"its text {alt!r} describes nothing")


def unnamed_photos(page: Page) -> Iterator[Fault]:
    """Find photos without any alternative text."""
    for photo in page.soup.find_all("img"):
        decorative = photo.get("role") in {"none", "presentation"}
        if "alt" not in photo.attrs and not decorative:
            yield page.fault(photo, f"the photo {str(photo.get('src', ''))[:60]!r} has no alternative text")
        elif "alt" in photo.attrs and photo["alt"] and not str(photo["alt"]).strip():
            yield page.fault(photo, "its alternative text is white space")


def _title(page: Page) -> Iterator[Fault]:
    if page.soup.title is None or not page.soup.title.get_text(strip=True):
        yield page.missing("it has no title")


def _language(page: Page) -> Iterator[Fault]:
    root = page.soup.find("html")
    if not isinstance(root, Tag) or not root.get("lang"):
        yield page.missing("it does not say its language")


def _languages(page: Page) -> Iterator[Fault]:
    for tag in page.soup.find_all(lang=True):
        if not _LANGUAGE.fullmatch(str(tag["lang"])):
            yield page.fault(tag, f"{tag['lang']!r} is no language tag")


def _one_title(page: Page) -> Iterator[Fault]:
    found = page.soup.find_all("h1")
    if not found:
        yield page.missing("it has no heading of level 1")
    yield from (page.fault(extra, "a second heading of level 1") for extra in found[1:])


def _order(page: Page) -> Iterator[Fault]:
    for above, below in pairwise(page.soup.find_all(HEADINGS)):
        if int(below.name[1]) > int(above.name[1]) + 1:
            yield page.fault(below, f"it follows a heading of level {above.name[1]}; a level is left out")


def _empty_headings(page: Page) -> Iterator[Fault]:
    yield from (page.fault(tag, "the heading has no words") for tag in page.soup.find_all(HEADINGS) if not words(tag))


def _links(page: Page) -> Iterator[Fault]:
    for link in page.soup.find_all("a", href=True):
        if not words(link):
            yield page.fault(link, f"the link to {link['href']!r} has no words")


def _targets(page: Page) -> Iterator[Fault]:
    ids = {str(tag["id"]) for tag in page.soup.find_all(id=True)}
    for link in page.soup.find_all("a", href=re.compile(r"^#.")):
        if unquote(str(link["href"])[1:]) not in ids:
            yield page.fault(link, f"it leads to {link['href']!r}, and there is no such place")


def _tables(page: Page) -> Iterator[Fault]:
    for table in page.soup.find_all("table"):
        rows = table.find_all("tr")
        data = len(rows) > 1 and any(len(row.find_all(["td", "th"])) > 1 for row in rows)
        if data and table.get("role") not in {"none", "presentation"} and not table.find("th"):
            yield page.fault(table, "no cell is marked as a header")
        yield from (
            page.fault(cell, "the header does not say whether it heads a row or a column")
            for cell in table.find_all("th")
            if cell.get("scope") not in {"col", "row", "colgroup", "rowgroup"}
        )


def _references(page: Page) -> Iterator[Fault]:
    ids = {str(tag["id"]) for tag in page.soup.find_all(id=True)}
    for name in ("aria-labelledby", "aria-describedby", "headers"):
        for tag in page.soup.select(f"[{name}]"):
            value = tag[name]
            wanted = value.split() if isinstance(value, str) else value
            yield from (
                page.fault(tag, f"{name} names {id_!r}, which is not there") for id_ in wanted if id_ not in ids
            )


def _ids(page: Page) -> Iterator[Fault]:
    counts = Counter(str(tag["id"]) for tag in page.soup.find_all(id=True))
    yield from (page.missing(f"the id {name!r} stands {count} times") for name, count in counts.items() if count > 1)


def _landmarks(page: Page) -> Iterator[Fault]:
    mains = page.soup.find_all(lambda tag: tag.name == "main" or tag.get("role") == "main")
    if len(mains) != 1:
        yield page.missing(f"it has {len(mains)} main parts, and should have one")


def _zoom(page: Page) -> Iterator[Fault]:
    for meta in page.soup.find_all("meta", attrs={"name": "viewport"}):
        if _NO_ZOOM.search(str(meta.get("content", ""))):
            yield page.fault(meta, "it keeps readers from enlarging the page")


def _scripts(page: Page) -> Iterator[Fault]:
    yield from (page.fault(tag, "it runs a program") for tag in page.soup.find_all("script"))
    for tag in page.soup.find_all(src=re.compile(r"^(https?:)?//")):
        yield page.fault(tag, f"it is fetched from {tag['src']!r}")


PAGE_RULES = (
    Rule("title", "The page has a title.", "2.4.2", _title),
    Rule("language", "The page says its language.", "3.1.1", _language),
    Rule("languages", "Each change of language is marked with a real language tag.", "3.1.2", _languages),
    Rule("one-title", "There is one heading of level 1.", "1.3.1 2.4.6", _one_title),
    Rule("heading-order", "No level of headings is left out.", "1.3.1 2.4.6", _order),
    Rule("heading-words", "Each heading has words.", "2.4.6", _empty_headings),
    Rule("alt", "Each photo has an alternative text, or is marked as decorative.", "1.1.1", unnamed_photos),
    Rule("alt-words", "Each alternative text describes its photo.", "1.1.1", undescribed),
    Rule("link-words", "Each link has words.", "2.4.4 4.1.2", _links),
    Rule("link-targets", "Each link within the page leads somewhere.", "2.4.5", _targets),
    Rule("table-headers", "Each table says which cells are headers, and of what.", "1.3.1", _tables),
    Rule("references", "What names another part of the page names one that is there.", "1.3.1 4.1.2", _references),
    Rule("ids", "Each id stands once.", "4.1.2", _ids),
)
"""What holds of any page."""

ALONE_RULES = (
    Rule("landmarks", "There is one main part, to which readers can skip.", "1.3.1 2.4.1", _landmarks),
    Rule("zoom", "Readers can enlarge the page.", "1.4.4", _zoom),
    Rule("self-contained", "Nothing runs, and nothing is fetched from elsewhere.", "", _scripts),
)
"""What holds of a page that stands alone, and not of a chapter in a book."""
