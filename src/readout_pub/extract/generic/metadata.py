"""Reads the metadata of a page: `title`, `meta` elements, JSON-LD, canonical address and declared language."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from html import unescape
from itertools import chain
from typing import Any

from readout_pub.errors import DECODE_ERRORS
from readout_pub.extract.image_urls import image_file_name
from readout_pub.extract.language import declared_language
from readout_pub.extract.prune import without_forbidden
from readout_pub.model import url_host
from readout_pub.sources.lxml_elements import LxmlElement, text_of_element
from readout_pub.sources.urls import is_web_address

Item = dict[str, Any]
"""One object of JSON-LD."""

_MAX_JSON_DEPTH = 6
"""Levels of JSON-LD searched for items. Deeper items are details, or come from a hostile page."""

_IMAGE_METAS = ("og:image", "og:image:url", "twitter:image", "twitter:image:src")
_NON_PAGE_TYPES = frozenset(("Organization", "NewsMediaOrganization", "GovernmentOrganization", "Person", "WebSite"))
"""schema.org types whose image is a logo or a portrait, not the picture of the page."""

_MARKUP = re.compile(r"(?:<|&lt;)/?[a-z]", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_FORUM_SOFTWARE = re.compile(
    r"xenforo|vbulletin|phpbb|discourse|invision|flarum|mybb|simple machines|vanilla", re.IGNORECASE
)
"""Names of forum programs in `<meta name="generator">`."""
_TYPES = {
    "DiscussionForumPosting": "forum",
    "QAPage": "forum",
    "Question": "forum",
    "Product": "product",
    "ProductGroup": "product",
    **dict.fromkeys(("Article", "NewsArticle", "BlogPosting", "ReportageNewsArticle", "OpinionNewsArticle"), "article"),
}
"""schema.org type → declared type of the page."""


_ARTICLE_TYPES = frozenset(name for name, declared in _TYPES.items() if declared == "article")

_MODIFIED = "article:modified_time"
_ARTICLE_TIMES = frozenset({_MODIFIED, "article:published_time"})
"""If a page has only the modified time, its `og:type` "article" is ignored: WordPress, for example, declares each page
an article, but gives only posts a time of publication. On sites left out of the fit, this rule raises the F1 of the
service pages of `bench-train` from 0.849 to 0.854."""


_PUBLISHED_PROPERTIES = frozenset(("datepublished", "dc:created", "dcterms:created", "schema:datepublished"))
"""Lower-case names of a publication date in microdata and RDFa; Drupal writes "dc:date dc:created"."""
_ISO_DAY = 10
"""The length of an ISO date: 2031-05-04."""


_LANGUAGE_ATTRIBUTES = ("lang", "{http://www.w3.org/XML/1998/namespace}lang", "xml:lang")


class PageMetadata:
    """The metadata of a page.

    `metas` maps the lower-case name, property or itemprop of a `meta` to its first content. `items` are the JSON-LD
    objects, `canonical` is the canonical address. The tree of `root` has no scripts: `scripts` holds them with their
    tags, and `data` the contents of data scripts, such as JSON-LD. `language` is what `html` or `body` declares, else
    the `meta` "content-language", else None. `is_default_language` tells whether neither `html` nor `body` declares
    one.
    """

    def __init__(self, root: LxmlElement, data: Sequence[str] = (), scripts: Sequence[str] = ()) -> None:
        self.scripts = scripts
        self.title = ""
        self.metas: dict[str, str] = {}
        self.items = [item for text in data for item in _find_items(_parse_json(text))]
        self.canonical: str | None = None
        self._published_time: str | None = None
        self._marked_days: dict[str, str] = {}
        self._default_language: str | None = None
        for element in root.iter("title", "meta", "link", "time", "span"):
            self._read_element(element)
        named = chain(*(map(element.get, _LANGUAGE_ATTRIBUTES) for element in (root, *root.iterchildren("body"))))
        stated = next(filter(declared_language, named), None)
        self.language = stated or next(filter(declared_language, (self._default_language,)), None)
        self.is_default_language = stated is None

    def _read_element(self, element: LxmlElement) -> None:
        match element.tag:
            case "title":
                self.title = self.title or text_of_element(element)
            case "meta" if (element.get("http-equiv") or "").lower() == "content-language":
                self._default_language = self._default_language or element.get("content")
            case "meta":
                name = element.get("property") or element.get("name") or element.get("itemprop")
                if name and (content := (element.get("content") or "").strip()):
                    self.metas.setdefault(name.lower().replace("dc:", "dc."), content)
            case "link" if "canonical" in (element.get("rel") or "").lower().split():
                self.canonical = self.canonical or element.get("href")
            case "time" if (element.get("itemprop") or "").lower() == "datepublished":
                self._published_time = self._published_time or element.get("datetime")
            case "span" if content := _published_content(element):
                self._marked_days[content[:_ISO_DAY]] = content

    @property
    def published_time(self) -> str | None:
        """The first `time` marked as datePublished; else the date of the marked `span`s, if all name one day."""
        of_spans = next(iter(self._marked_days.values())) if len(self._marked_days) == 1 else None
        return self._published_time or of_spans

    @property
    def url(self) -> str | None:
        """The first absolute web address among the canonical address and `og:url`; None without one."""
        candidates = (self.canonical, self.metas.get("og:url"))
        return next((address for address in candidates if address and _is_absolute_address(address)), None)

    @property
    def publisher(self) -> str | None:
        """The name of the publisher in JSON-LD, else `og:site_name`, else None."""
        publishers = (item.get("publisher") for item in self.items)
        named = (each.get("name") for each in publishers if isinstance(each, dict))
        names = (*named, self.metas.get("og:site_name"))
        return next((" ".join(name.split()) for name in names if isinstance(name, str) and name.strip()), None)

    @property
    def declared_images(self) -> frozenset[str]:
        """The file names of the images that the page declares in `meta` or JSON-LD."""
        addresses = [self.metas.get(name, "") for name in _IMAGE_METAS]
        for item in self.items:
            if not _NON_PAGE_TYPES & set(item_types(item)):
                addresses += _image_addresses(item.get("image"))
        return frozenset(map(image_file_name, addresses)) - {""}

    @property
    def article_body(self) -> str:
        """The longest plain text in an `articleBody` of the JSON-LD; "" without one."""
        bodies = [item.get("articleBody") for item in self.items]
        texts = (unescape(body) for body in bodies if isinstance(body, str))
        return max((text for text in texts if not _MARKUP.search(text)), key=len, default="")

    @property
    def answers(self) -> Iterator[str]:
        """The texts of the answers in the JSON-LD, without markup."""
        for item in self.items:
            text = item.get("text")
            if "Answer" in item_types(item) and isinstance(text, str):
                yield _TAG.sub(" ", unescape(text))

    @property
    def descriptions(self) -> frozenset[str]:
        """The descriptions in `meta` elements and in the JSON-LD of articles."""
        metas = (self.metas.get(name, "") for name in ("description", "og:description"))
        items = (item.get("description") for item in self.items if _ARTICLE_TYPES & set(item_types(item)))
        return frozenset(text for text in (*metas, *items) if isinstance(text, str) and text)

    @property
    def declared_type(self) -> str | None:
        """The type that JSON-LD, generator or `og:type` declare: "forum", "product", "article" or None."""
        names = {name for item in self.items for name in item_types(item)}
        if "FAQPage" in names:
            names -= {"Question"}  # the site itself asks these questions, so the page is not a forum
        types = {_TYPES[name] for name in names if name in _TYPES}
        if "forum" in types or _FORUM_SOFTWARE.search(self.metas.get("generator", "")):
            return "forum"
        og_type = self.metas.get("og:type", "").rpartition(".")[2].rpartition(":")[2].lower()
        if og_type == "article" and self.metas.keys() & _ARTICLE_TIMES == {_MODIFIED}:
            og_type = ""
        return next((each for each in ("article", "product") if each in types or each == og_type), None)


def _is_absolute_address(text: str) -> bool:
    """Return whether a text is a web address with a host; 'http://[reef' and 'https:///harbour' are not."""
    return is_web_address(text) and bool(url_host(text))


def _parse_json(text: str) -> object:
    """Return the value of a JSON text, cleaned by `_clean_value`; None if the text is malformed."""
    try:
        return json.loads(text.strip().removesuffix(";"), strict=False, object_hook=_clean_item)
    except DECODE_ERRORS:
        return None


def _clean_item(item: Item) -> Item:
    return {name: _clean_value(value) for name, value in item.items()}


def _clean_value(value: object) -> object:
    """Apply `without_forbidden` to strings: JSON can escape lone surrogates and the like."""
    if isinstance(value, str):
        return without_forbidden(value)
    # Nested objects are clean already: the parser calls `_clean_item` for inner objects first.
    return [_clean_value(each) for each in value] if isinstance(value, list) else value


def _find_items(value: object, depth: int = 0) -> Iterator[Item]:
    """Yield every object with an "@type", outer ones before inner ones."""
    if depth > _MAX_JSON_DEPTH:
        return
    if isinstance(value, dict):
        if "@type" in value:
            yield value
        for inner in value.values():
            yield from _find_items(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            yield from _find_items(inner, depth + 1)


def _published_content(element: LxmlElement) -> str:
    """Return the content of an element marked as the publication date; "" for others."""
    content: str = element.get("content") or ""
    names = f"{element.get('itemprop') or ''} {element.get('property') or ''}".lower().split() if content else ()
    return "" if _PUBLISHED_PROPERTIES.isdisjoint(names) else content


def _image_addresses(value: object) -> list[str]:
    """Return the addresses in an `image` of JSON-LD: a string, an object with a "url", or a list of these."""
    match value:
        case str():
            return [value]
        case {"url": str(address)}:
            return [address]
        case [*several]:
            return [address for each in several if not isinstance(each, list) for address in _image_addresses(each)]
        case _:
            return []


def item_types(item: Item) -> list[str]:
    """Return the schema.org types of a JSON-LD object, which declares one or a list."""
    types = item.get("@type")
    return [str(name) for name in (types if isinstance(types, list) else [types])]
