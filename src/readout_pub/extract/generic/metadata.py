"""What a page says of itself to machines: its title, its `meta`, its JSON-LD, its address, its language."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from html import unescape
from typing import Any

from readout_pub.extract.generic.text_blocks import Element
from readout_pub.extract.image_urls import file_name
from readout_pub.extract.prune import without_forbidden
from readout_pub.model import url_host
from readout_pub.sources.lxml_elements import text_of_element
from readout_pub.sources.urls import is_web_address

Item = dict[str, Any]
"""One object of JSON-LD."""

_DEEPEST_ITEM = 6

_PICTURES = ("og:image", "og:image:url", "twitter:image", "twitter:image:src")
_NO_PAGES = frozenset(("Organization", "NewsMediaOrganization", "GovernmentOrganization", "Person", "WebSite"))
"""Objects of JSON-LD whose image is a logo or a portrait."""

_TAG = re.compile(r"(?:<|&lt;)/?[a-z]", re.IGNORECASE)
_FORUM = re.compile(r"xenforo|vbulletin|phpbb|discourse|invision|flarum|mybb|simple machines|vanilla", re.IGNORECASE)
_KINDS = {
    "DiscussionForumPosting": "forum",
    "QAPage": "forum",
    "Question": "forum",
    "Product": "product",
    "ProductGroup": "product",
    **dict.fromkeys(("Article", "NewsArticle", "BlogPosting", "ReportageNewsArticle", "OpinionNewsArticle"), "article"),
}


class PageMetadata:
    """What a page says of itself; `metas` are by their lower-case name, property or itemprop, the first of each.

    `data` are the texts of its scripts of data, and `markup` is that of the whole page, programs and all: the tree has
    neither.
    `stamp` is the first time in the page that is marked as the one of publication.
    """

    def __init__(self, root: Element, data: Sequence[str], markup: str) -> None:
        self.markup = markup
        self.title = ""
        self.metas: dict[str, str] = {}
        self.items = [item for text in data for item in _items(_json(text))]
        self.canonical: str | None = None
        self.stamp: str | None = None
        self.language = (
            root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or root.get("xml:lang")
        )
        for element in root.iter("title", "meta", "link", "time"):
            self._read(element)

    def _read(self, element: Element) -> None:
        match element.tag:
            case "title":
                self.title = self.title or text_of_element(element)
            case "meta":
                name = element.get("property") or element.get("name") or element.get("itemprop")
                if name and (content := (element.get("content") or "").strip()):
                    self.metas.setdefault(name.lower().replace("dc:", "dc."), content)
            case "link" if "canonical" in (element.get("rel") or "").lower().split():
                self.canonical = self.canonical or element.get("href")
            case "time" if (element.get("itemprop") or "").lower() == "datepublished":
                self.stamp = self.stamp or element.get("datetime")

    @property
    def url(self) -> str | None:
        """The address that the page gives as its own."""
        given = (self.canonical, self.metas.get("og:url"))
        return next((address for address in given if address and _is_address(address)), None)

    @property
    def pictures(self) -> frozenset[str]:
        """The names of the files that the page gives as its picture."""
        given = [self.metas.get(name, "") for name in _PICTURES]
        for item in self.items:
            if not _NO_PAGES & set(types(item)):
                given += _addresses(item.get("image"))
        return frozenset(map(file_name, given)) - {""}

    @property
    def text(self) -> str:
        """The longest text that the page gives to machines, if it is plain text."""
        told = [item.get("articleBody") for item in self.items]
        texts = (unescape(text) for text in told if isinstance(text, str))
        return max((text for text in texts if not _TAG.search(text)), key=len, default="")

    @property
    def kind(self) -> str | None:
        """What the page says it is: "forum", "product", "article", or nothing."""
        kinds = {_KINDS[name] for item in self.items for name in types(item) if name in _KINDS}
        if "forum" in kinds or _FORUM.search(self.metas.get("generator", "")):
            return "forum"
        kind = self.metas.get("og:type", "").rpartition(".")[2].rpartition(":")[2].lower()
        return next((each for each in ("article", "product") if each in kinds or each == kind), None)


def _is_address(text: str) -> bool:
    """Say whether a text is an absolute address that can be taken apart."""
    return is_web_address(text) and bool(url_host(text))


def _json(text: str) -> object:
    """Return what JSON says; its strings name signs by number that no markup may hold, and these fall away."""
    try:
        return json.loads(text.strip().removesuffix(";"), strict=False, object_hook=_sound_item)
    except (ValueError, RecursionError):
        return None


def _sound_item(item: Item) -> Item:
    return {name: _sound(value) for name, value in item.items()}


def _sound(value: object) -> object:
    if isinstance(value, str):
        return without_forbidden(value)
    return [_sound(each) for each in value] if isinstance(value, list) else value  # an object in it is sound already


def _items(value: object, depth: int = 0) -> Iterator[Item]:
    """Yield every object with a type, outer ones first."""
    if depth > _DEEPEST_ITEM:
        return
    if isinstance(value, dict):
        if "@type" in value:
            yield value
        for inner in value.values():
            yield from _items(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            yield from _items(inner, depth + 1)


def _addresses(value: object) -> list[str]:
    """Return the addresses in an `image` of JSON-LD: one, an object with one, or several."""
    match value:
        case str():
            return [value]
        case {"url": str(address)}:
            return [address]
        case [*several]:
            return [address for each in several if not isinstance(each, list) for address in _addresses(each)]
        case _:
            return []


def types(item: Item) -> list[str]:
    """Return the types of an object of JSON-LD."""
    given = item.get("@type")
    return [str(name) for name in (given if isinstance(given, list) else [given])]
