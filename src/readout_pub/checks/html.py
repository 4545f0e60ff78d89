"""Accessibility rules for HTML pages and the content documents of EPUB, checked without a browser."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from urllib.parse import unquote, urlsplit

import msgspec
from bs4 import BeautifulSoup
from bs4.element import Tag

from readout_pub.checks.alt_words import ALT_WORDS, meaningless_alt
from readout_pub.checks.results import CheckRule, Fault
from readout_pub.content_security_policy import allows_script
from readout_pub.emit.markup.inlines import language_tag
from readout_pub.html_elements import HEADINGS

_NO_ZOOM = re.compile(r"user-scalable\s*=\s*(no|0)|maximum-scale\s*=\s*[01](\.|\b)", re.IGNORECASE)


class HtmlDocument(msgspec.Struct, frozen=True):
    """A parsed page. In a file of several pages, the place of each fault begins with the page's `name`."""

    soup: BeautifulSoup
    name: str = ""

    def place_of(self, tag: Tag) -> str:
        """Return the place of `tag` for people: its line and its name, as in "line 8, <img>"."""
        line = f"line {tag.sourceline}, <{tag.name}>" if tag.sourceline else f"<{tag.name}>"
        return f"{self.name}, {line}" if self.name else line

    def fault(self, tag: Tag, what: str) -> Fault:
        """Return a fault at `tag`."""
        return Fault(self.place_of(tag), what)

    def page_fault(self, what: str) -> Fault:
        """Return a fault of the page as a whole, such as a missing title."""
        return Fault(self.name or "the page", what)


def parse_html(text: str, name: str = "") -> HtmlDocument:
    """Parse HTML or XHTML with Python's own parser, which records the line of each element."""
    return HtmlDocument(BeautifulSoup(text, "html.parser"), name)


ACTIVE_ELEMENTS = (
    *("audio", "video", "object", "embed", "iframe", "canvas", "marquee", "blink"),
    *("form", "input", "select", "textarea", "button", "script"),
)
"""Elements of media, forms and scripts; some criteria of WCAG apply only to files that have these."""

_DATA_SCRIPTS = frozenset({"application/ld+json", "application/json"})
"""Types of `script` elements that do not run."""


def active_content(page: HtmlDocument) -> tuple[str, ...]:
    """Return the names of the elements of media, forms and scripts that a page has, sorted.

    "<img> (GIF)" is a picture that may move, "<meta>" reloads the page; attributes that run scripts, such as "onclick",
    are named too.
    """
    found: set[str] = set()
    for tag in page.soup.find_all(True):
        source = urlsplit(str(tag.get("src", "")))
        if tag.name in ACTIVE_ELEMENTS and not _is_data(tag):
            found.add(f"<{tag.name}>")
        elif tag.name == "img" and (source.path.lower().endswith(".gif") or source.path.startswith("image/gif")):
            found.add("<img> (GIF)")
        elif tag.name == "meta" and str(tag.get("http-equiv", "")).lower() == "refresh":
            found.add("<meta>")
        found.update(name for name in tag.attrs if name.lower().startswith("on"))
    return tuple(sorted(found))


def _is_data(script: Tag) -> bool:
    """Return whether a `script` contains data, which do not run."""
    return str(script.get("type", "")).lower() in _DATA_SCRIPTS and "src" not in script.attrs


def accessible_name(tag: Tag) -> str:
    """Return the accessible name of `tag`: its `aria-label`, else its text and the alternative texts of its photos.

    The W3C's Accessible Name Computation also reads `aria-labelledby` and `title`.
    """
    named = tag.get("aria-label")
    if isinstance(named, str) and named.strip():
        return named.strip()
    photos = (str(photo.get("alt", "")) for photo in tag.find_all("img"))
    return " ".join([tag.get_text(" ", strip=True), *photos]).strip()


def meaningless_alts(page: HtmlDocument) -> Iterator[Fault]:
    """Yield a fault for each photo whose alternative text is meaningless, or says that there is no description."""
    for photo in page.soup.find_all("img"):
        name = urlsplit(str(photo.get("src", ""))).path.rpartition("/")[2]
        if what := meaningless_alt(str(photo.get("alt", "")), name):
            yield page.fault(photo, what)


def missing_alts(page: HtmlDocument) -> Iterator[Fault]:
    """Yield a fault for each photo whose `alt` is missing or white space; a decorative role needs no `alt`."""
    for photo in page.soup.find_all("img"):
        decorative = photo.get("role") in {"none", "presentation"}
        if "alt" not in photo.attrs and not decorative:
            yield page.fault(photo, f"the photo {str(photo.get('src', ''))[:60]!r} has no alternative text")
        elif "alt" in photo.attrs and photo["alt"] and not str(photo["alt"]).strip():
            yield page.fault(photo, "its alternative text is white space")


def _title_faults(page: HtmlDocument) -> Iterator[Fault]:
    if page.soup.title is None or not page.soup.title.get_text(strip=True):
        yield page.page_fault("it has no title")


def _language_faults(page: HtmlDocument) -> Iterator[Fault]:
    root = page.soup.find("html")
    if not isinstance(root, Tag) or not root.get("lang"):
        yield page.page_fault("it does not declare its language")


def _language_tag_faults(page: HtmlDocument) -> Iterator[Fault]:
    for tag in page.soup.find_all(lang=True):
        if language_tag(str(tag["lang"])) is None:
            yield page.fault(tag, f"{tag['lang']!r} is not a language tag")


def _h1_faults(page: HtmlDocument) -> Iterator[Fault]:
    found = page.soup.find_all("h1")
    # The cover page has only a picture, so it needs no heading.
    is_cover = page.soup.select_one(r"[epub\:type=cover]") is not None
    if not found and not is_cover:
        yield page.page_fault("it has no heading of level 1")
    yield from (page.fault(extra, "a second heading of level 1") for extra in found[1:])


def _heading_order_faults(page: HtmlDocument) -> Iterator[Fault]:
    for above, below in pairwise(page.soup.find_all(list(HEADINGS))):
        if int(below.name[1]) > int(above.name[1]) + 1:
            yield page.fault(below, f"it follows a heading of level {above.name[1]}; a level is skipped")


def _heading_words_faults(page: HtmlDocument) -> Iterator[Fault]:
    yield from (
        page.fault(tag, "the heading has no words")
        for tag in page.soup.find_all(list(HEADINGS))
        if not accessible_name(tag)
    )


def _link_words_faults(page: HtmlDocument) -> Iterator[Fault]:
    for link in page.soup.find_all("a", href=True):
        if not accessible_name(link):
            yield page.fault(link, f"the link to {link['href']!r} has no words")


def _link_target_faults(page: HtmlDocument) -> Iterator[Fault]:
    ids = {str(tag["id"]) for tag in page.soup.find_all(id=True)}
    for link in page.soup.find_all("a", href=re.compile(r"^#.")):
        if unquote(str(link["href"])[1:]) not in ids:
            yield page.fault(link, f"it leads to {link['href']!r}, and there is no such element")


def _table_header_faults(page: HtmlDocument) -> Iterator[Fault]:
    for table in page.soup.find_all("table"):
        rows = table.find_all("tr")
        is_data_table = len(rows) > 1 and any(len(row.find_all(["td", "th"])) > 1 for row in rows)
        if is_data_table and table.get("role") not in {"none", "presentation"} and not table.find("th"):
            yield page.fault(table, "no cell is marked as a header")
        yield from (
            page.fault(cell, "the header does not say whether it heads a row or a column")
            for cell in table.find_all("th")
            if cell.get("scope") not in {"col", "row", "colgroup", "rowgroup"}
        )


def _reference_faults(page: HtmlDocument) -> Iterator[Fault]:
    ids = {str(tag["id"]) for tag in page.soup.find_all(id=True)}
    for name in ("aria-labelledby", "aria-describedby", "headers"):
        for tag in page.soup.select(f"[{name}]"):
            value = tag[name]
            wanted = value.split() if isinstance(value, str) else value
            yield from (
                page.fault(tag, f"{name} names {id_!r}, and there is no such element")
                for id_ in wanted
                if id_ not in ids
            )


def _id_faults(page: HtmlDocument) -> Iterator[Fault]:
    counts = Counter(str(tag["id"]) for tag in page.soup.find_all(id=True))
    yield from (page.page_fault(f"the id {name!r} occurs {count} times") for name, count in counts.items() if count > 1)


def _landmark_faults(page: HtmlDocument) -> Iterator[Fault]:
    mains = page.soup.find_all(lambda tag: tag.name == "main" or tag.get("role") == "main")
    if len(mains) != 1:
        yield page.page_fault(f"it has {len(mains)} main landmarks, and should have one")


def _zoom_faults(page: HtmlDocument) -> Iterator[Fault]:
    for meta in page.soup.find_all("meta", attrs={"name": "viewport"}):
        if _NO_ZOOM.search(str(meta.get("content", ""))):
            yield page.fault(meta, "it prevents readers from zooming")


def _external_faults(page: HtmlDocument) -> Iterator[Fault]:
    policies = [
        str(meta.get("content", "")) for meta in page.soup.select('head > meta[http-equiv="Content-Security-Policy" i]')
    ]
    for script in page.soup.find_all(lambda tag: tag.name == "script" and not _is_data(tag)):
        # The policy of a batch's overview names the digest of its own script, which sorts the table.
        named = policies and all(allows_script(policy, script.get_text()) for policy in policies)
        if "src" in script.attrs or not named:
            yield page.fault(script, "it runs a script that the page's Content-Security-Policy does not name by digest")
    for tag in page.soup.find_all(src=re.compile(r"^(https?:)?//")):
        yield page.fault(tag, f"it is loaded from {tag['src']!r}")


PAGE_RULES = (
    CheckRule("title", "The page has a title.", "2.4.2", _title_faults),
    CheckRule("language", "The page declares its language.", "3.1.1", _language_faults),
    CheckRule("languages", "Each `lang` attribute is a well-formed language tag.", "3.1.2", _language_tag_faults),
    CheckRule("one-title", "There is one heading of level 1.", "1.3.1 2.4.6", _h1_faults),
    CheckRule("heading-order", "Heading levels are not skipped.", "1.3.1 2.4.6", _heading_order_faults),
    CheckRule("heading-words", "Each heading has words.", "2.4.6", _heading_words_faults),
    CheckRule("alt", "Each photo has an alternative text, or is marked as decorative.", "1.1.1", missing_alts),
    CheckRule(*ALT_WORDS, meaningless_alts),
    CheckRule("link-words", "Each link has words.", "2.4.4 4.1.2", _link_words_faults),
    CheckRule("link-targets", "Each link within the page has a target.", "2.4.5", _link_target_faults),
    CheckRule("table-headers", "Each table marks its header cells and their scope.", "1.3.1", _table_header_faults),
    CheckRule("references", "Each ARIA or table reference has a target.", "1.3.1 4.1.2", _reference_faults),
    CheckRule("ids", "Each id is unique.", "4.1.1 4.1.2", _id_faults),
)
"""Rules for every page, and for each content document of an EPUB publication."""

STANDALONE_RULES = (
    CheckRule("landmarks", "There is one main landmark, to which readers can skip.", "1.3.1 2.4.1", _landmark_faults),
    CheckRule("zoom", "Readers can zoom.", "1.4.4", _zoom_faults),
    CheckRule(
        "self-contained",
        "The page's policy names each script by its digest, and nothing is loaded from another host.",
        "",
        _external_faults,
    ),
)
"""Rules for standalone pages, but not for the content documents of an EPUB publication."""
