"""Loads `weights.toml`: the vocabulary of names and phrases, the chrome traits, and the fitted feature weights.

With this vocabulary, `TraitReader` reads the traits of a block, such as "<nav>", "menu" or "ad", from its tag and
attributes. Words of classes and ids are grouped by hand instead of having a weight each: 392 features gave as good an
F1 as 1,519 (0.872 and 0.869), and groups also work on sites that use other words.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping
from importlib.resources import files
from itertools import chain, islice, pairwise

import msgspec

from readout_pub.extract.generic.text_blocks import ElementBox
from readout_pub.extract.inline_styles import hides
from readout_pub.html_elements import HEADINGS, SEMANTIC
from readout_pub.sources.lxml_elements import LxmlElement

_MENU_GROUP = frozenset({"menu"})
"""The group that the id of a heading does not give: "siteMap" may be the anchor of a map of sites."""
_SHARE_GROUP = frozenset({"share"})
"""The group that a `blockquote` never gets: its class "twitter-tweet" names an embedded post."""

_CLASS_WORD = re.compile(r"(?<![0-9])(?:[A-Z]?[a-z]{2,}|[A-Z]{2,}(?![a-z]))")
"""A word within a class or id: "share-bar", "shareBar" and "ShareBAR" have two. Letters after a digit belong to a
number or a hash: "element-38ad5ea"."""
_CLASS_HASH = re.compile(r"__(?=[A-Za-z-]*[0-9]|[A-Za-z0-9-]+[A-Z])[A-Za-z0-9-]{5,6}$")
"""The hash that CSS modules add to a class: "item__adF2E"."""
_NO_WORDS = re.compile(
    r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
    r"|(?<![A-Za-z0-9])(?=[a-f]{0,5}[0-9])[0-9a-f]{6,}(?![A-Za-z0-9])"
    r"|[0-9][a-z]+"
    r"|(?i:follow[-_]?ups?)"
)
"""Letters of a class or id that are not words ("w-node-0c0ead46", "2fb"), and "follow-up", which is not for sharing."""
_VALUE = re.compile(r"\[[^\]]*\]?")
"""A value within a class of Tailwind, such as that of "top-[var(--nav-height)]"."""
_STYLE_CLASS = re.compile(
    r"-?(?:(?:bg|border|shadow|ring|divide|outline)-|text-(?:left|right|center)$|(?:top|bottom|left|right)-(?:\d|auto|full|px|$))"
    r"|[_-]*(?:with|has|no|without|not)[-_](?!print|script)|has(?=[A-Z])"
)
"""Classes for the look ("border-bottom", "right-0") or parts ("has-sidebar") of a block, not its kind."""
_PARTLY_HIDDEN = "partly hidden"
"""The group of class words that hide only a part of a block."""
_TRAIT_ATTRIBUTES = frozenset("aria-hidden hidden id itemprop itemtype role style".split())
_NO_TRAITS: frozenset[str] = frozenset()
_SLUG_SEPARATOR = re.compile(r"[\W_]+")
_MIN_SLUG_WORDS = 3
"""How many words the slug of a heading needs; a shorter id, such as "search-results", names a block."""
_MAX_ELEMENTS_BEFORE_HEADING = 10
"""How many elements at the start of a block are searched for its heading."""
_MAX_SIBLINGS = 5
"""How many siblings on each side of an element are compared with it."""
_CACHE_SIZE = 8192
"""How many class attributes and names are cached; they repeat within a page and within a site."""


class TraitReader:
    """Reads the traits of boxes with a vocabulary: word of a class or id → its groups. `groups` has all groups."""

    def __init__(self, vocabulary: Mapping[str, tuple[str, ...]]) -> None:
        self._vocabulary = vocabulary
        self.groups = frozenset(group for groups in vocabulary.values() for group in groups)
        self._groups_of_name = functools.lru_cache(_CACHE_SIZE)(self._look_up_name)
        self._traits_by_class = functools.lru_cache(_CACHE_SIZE)(self._tag_and_class_traits)

    def traits(self, element: LxmlElement) -> frozenset[str]:
        """Return the traits of a box: "<nav>", "menu", "role main", "itemprop articlebody", "hidden by style"."""
        tag = str(element.tag)
        if tag in {"body", "html"}:  # their names apply to all lines, so they distinguish none
            return _NO_TRAITS
        by_class = self._traits_by_class(tag, element.get("class"))
        has_more = not _TRAIT_ATTRIBUTES.isdisjoint(element.keys())
        return by_class | self._attribute_traits(element) if has_more else by_class

    def _tag_and_class_traits(self, tag: str, class_name: str | None) -> frozenset[str]:
        groups = self._groups(class_name or "") - (_SHARE_GROUP if tag == "blockquote" else _NO_TRAITS)
        return groups | {f"<{tag}>"} if tag in SEMANTIC else groups

    def _attribute_traits(self, element: LxmlElement) -> set[str]:
        attributes, out = {str(name): str(value) for name, value in element.items()}, set[str]()
        groups = self._groups(attributes.get("id", ""))
        if groups and not _is_heading_slug(attributes["id"], element) and not self._is_generated(element):
            out |= groups - (_MENU_GROUP if element.tag in HEADINGS else _NO_TRAITS)
        for name in ("role", "itemprop"):
            if value := attributes.get(name):
                out.add(f"{name} {value.lower().strip()}")
        if value := attributes.get("itemtype"):
            out.add(f"itemtype {value.rsplit('/', 1)[-1].lower()}")
        if "hidden" in attributes or attributes.get("aria-hidden") == "true":
            out.add("hidden by attribute")
        if (value := attributes.get("style")) and hides(value):
            out.add("hidden by style")
        return out

    def _is_generated(self, element: LxmlElement) -> bool:
        """Return whether the id of an element repeats its heading, as generated ids do: "discussion" beside "outlook".

        Ids of blocks around a text may repeat headings too, but each of them gives traits: "comments" beside
        "related-links".
        """
        if not _is_own_heading(element):
            return False
        siblings = (islice(element.itersiblings(element.tag, preceding=side), _MAX_SIBLINGS) for side in (True, False))
        return any(_is_own_heading(each) and not self._groups(each.get("id") or "") for each in chain(*siblings))

    def _groups(self, value: str) -> frozenset[str]:
        return _NO_TRAITS.union(*map(self._groups_of_name, value.split()))

    def _look_up_name(self, name: str) -> frozenset[str]:
        """Return the groups of one class or id: for "articleBody", those of "article", "body" and "articlebody"."""
        name = _CLASS_HASH.sub("", _VALUE.sub("", name).rpartition(":")[2])  # "lg:hidden" counts as "hidden"
        if _STYLE_CLASS.match(name):
            return _NO_TRAITS
        words = [word.lower() for word in _CLASS_WORD.findall(_NO_WORDS.sub("-", name))]
        known = self._vocabulary.get
        groups = frozenset([group for word in (*words, *map("".join, pairwise(words))) for group in known(word, ())])
        return groups - {"hidden", _PARTLY_HIDDEN} if _PARTLY_HIDDEN in groups else groups


def _is_heading_slug(identity: str, element: LxmlElement) -> bool:
    """Return whether an id is the slug of the heading below it, such as "sharing-the-costs" above "Sharing the costs".

    Read as a name, this id would make the section a share bar.
    """
    words = _SLUG_SEPARATOR.split(identity.lower())
    return len(words) >= _MIN_SLUG_WORDS and set(words) <= set(_words_of_heading(element))


def _words_of_heading(element: LxmlElement) -> list[str]:
    """Return the words, in lower case, of the heading at the start of an element, if any."""
    first_elements = islice(element.iter(), _MAX_ELEMENTS_BEFORE_HEADING)
    heading = next((each for each in first_elements if each.tag in HEADINGS), None)
    text = "" if heading is None else "".join(map(str, heading.itertext()))
    return list(filter(None, _SLUG_SEPARATOR.split(text.lower())))


def _is_own_heading(element: LxmlElement) -> bool:
    """Return whether the id of an element is the whole heading at its start: "discussion" above "Discussion"."""
    letters = _SLUG_SEPARATOR.sub("", (element.get("id") or "").lower())
    return bool(letters) and letters == "".join(_words_of_heading(element))


def selector_of(box: ElementBox) -> str:
    """Return a short selector that names a box for people: "div.share-bar", "section#facts"."""
    element = box.element
    if identity := element.get("id"):
        return f"{element.tag}#{identity}"
    classes = (element.get("class") or "").split()
    return f"{element.tag}.{classes[0]}" if classes else str(element.tag)


class Weights(msgspec.Struct, frozen=True):
    """The content of `weights.toml`, ready for use.

    `first` and `second` map each line feature to its weight in the first and in the second scoring pass; both have the
    same keys. `context` maps each context feature of the second pass to its weight; features without a weight count 0.
    Phrase patterns are for lower-case text. `any_opening` matches wherever one of `opening_phrases` does, and
    `any_contained` wherever one of `contained_phrases` does: nine in ten lines need no search for the single patterns.
    `controls` are the words of buttons, such as those to share or print, `beside_controls` words beside them,
    `control_starts` the first words of both.

    `languages` are names of languages, `landmarks` names of parts of a page, both in lower case. The last four sets are
    of traits. A block with one of `chrome_traits` is chrome if it has little of the prose; with one of `never_text`,
    even if it has much. Blocks with one of `beside_text` are in the element of the text but not part of the text; those
    with one of `around_documents` are menus, footers and the like.
    """

    trait_reader: TraitReader
    languages: frozenset[str]
    landmarks: frozenset[str]
    controls: frozenset[str]
    beside_controls: frozenset[str]
    control_starts: frozenset[str]
    chrome_traits: frozenset[str]
    never_text: frozenset[str]
    beside_text: frozenset[str]
    around_documents: frozenset[str]
    any_opening: re.Pattern[str]
    any_contained: re.Pattern[str]
    opening_phrases: tuple[tuple[str, re.Pattern[str]], ...]
    contained_phrases: tuple[tuple[str, re.Pattern[str]], ...]
    first: dict[str, float]
    second: dict[str, float]
    context: dict[str, float]


@functools.cache
def load_weights() -> Weights:
    """Return the weights of `weights.toml`, which is read once per process."""
    table = tomllib.loads(files(__package__).joinpath("weights.toml").read_text("utf-8"))
    vocabulary: dict[str, tuple[str, ...]] = {}
    for group, words in table["names"].items():
        for word in words.split():
            vocabulary[word] = (*vocabulary.get(word, ()), group)
    first, second = table.get("first", {}), table.get("second", {})
    controls, beside_controls = _split_rows(table["controls"]), _split_rows(table["beside_controls"])
    zeros = dict.fromkeys((*first, *second), 0.0)
    return Weights(
        TraitReader(vocabulary),
        _split_rows(table["languages"]),
        _split_rows(table["landmarks"]),
        controls,
        beside_controls,
        frozenset(name.split()[0] for name in controls | beside_controls),
        frozenset(table["chrome"]),
        frozenset(table["never_text"]),
        frozenset(table["beside_text"]),
        frozenset(table["around_documents"]),
        _compile_opening("|".join(table["says"].values())),
        _compile_phrases("|".join(table["has"].values())),
        tuple((f"says {key}", _compile_opening(phrases)) for key, phrases in table["says"].items()),
        tuple((f"has {key}", _compile_phrases(phrases)) for key, phrases in table["has"].items()),
        zeros | first,
        zeros | second,
        {name: float(weight) for name, weight in table.get("around", {}).items()},
    )


def _split_rows(rows: list[str]) -> frozenset[str]:
    return frozenset(name.casefold() for row in rows for name in row.split(", "))


def _compile_opening(phrases: str) -> re.Pattern[str]:
    return _compile_phrases(rf"\W*(?:{phrases})")


def _compile_phrases(phrases: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\s*\n\s*", "", phrases))
