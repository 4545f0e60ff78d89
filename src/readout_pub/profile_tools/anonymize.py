"""Turns a saved page into a test case for a profile: the same structure, with invented words and grey photos.

A profile selects by structure, so a case needs neither the words of the page nor all of its paragraphs. Ids and classes
stay. Numbers, dates and short words stay too, for finding dates and detecting languages.
"""

from __future__ import annotations

import io
import posixpath
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, cast
from urllib.parse import urlsplit

import lxml.html

from readout_pub.months import month_of
from readout_pub.sources.urls import is_data_url
from readout_pub.unicode_scripts import script_in_name

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_PAGE = 6_000
"""How many bytes the page of a test case should have at most: the wheel contains all cases."""


class Cut(NamedTuple):
    """How much of a page is kept.

    siblings   number of similar siblings in a row
    text       number of characters of a text
    depth      number of levels of elements inside an element of boilerplate

    Boilerplate: elements outside the profile's body in which no selector of the profile matches an element.
    """

    siblings: int
    text: int
    depth: int


CUTS = (Cut(3, 160, 3), Cut(3, 100, 2), Cut(3, 60, 1), Cut(2, 40, 0))
"""Tried in this order until the page has at most `MAX_PAGE` bytes; the last is taken even if the page is larger."""

MAX_PHOTO = 400
"""How many pixels the longer side of a grey photo has at most; a much smaller photo could be taken for an icon."""

_REMOVED = "//comment() | //processing-instruction() | //script | //style | //svg | //iframe | //noscript | //template"
_HEAD = "//head/*[not(self::title or self::meta[@name or @property] or self::link[@rel='canonical'])]"
_KEPT_ATTRIBUTES = frozenset(
    "id class lang dir role rel itemprop name property datetime colspan rowspan start hidden aria-hidden".split()
)
_WORDED_ATTRIBUTES = frozenset({"alt", "title", "content", "aria-label"})

_SUFFIXES = frozenset(
    ".asp .aspx .avif .cfm .cgi .do .doc .docx .gif .htm .html .jpeg .jpg .jsp .jspx .mp3 .mp4 .pdf .php .png .ppt "
    ".pptx .rtf .shtml .svg .txt .webp .xhtml .xls .xlsx .xml .zip".split()
)
"""The suffixes of URLs that stay: profiles and the extractor recognise attachments and pages by them."""

_SHORT_WORD = 3
"""Words of at most this many ASCII letters stay: articles and prepositions, by which languages are detected."""

_VARIANTS = 16
"""How many invented words may have the same length: too few to tell which words they replace."""

_LETTERS = {
    "LATIN": ("bdfgklmnprstv", "aeiou"),
    "GREEK": ("βγδκλμνπρστ", "αεηιο"),
    "CYRILLIC": ("бвгдклмнпрст", "аеиоу"),
    "ARABIC": ("بحرسفنملكتد",),
    "HEBREW": ("אבגדלמנרשת",),
    "HANGUL": ("바다항구배물고기섬소금",),
    "CJK": ("漁業海港船潮波島塩網岸灯",),
    "KATAKANA": ("アカサタナハマラワ",),
    "THAI": ("กขคงจชดตนบ",),
    "DEVANAGARI": ("कगचजतदनपबम",),
}
"""First word of a letter's Unicode name → sets of letters, from which an invented word takes its letters in turn."""

_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*>")

_WORD = re.compile(r"[^\W\d_]+")


def anonymize_page(
    markup: str, url: str | None, photos: Mapping[str, str], body: str, fields: Sequence[str] = ()
) -> bytes:
    """Return a page of the same structure with invented words, in UTF-8.

    `photos` maps addresses of photos, as the page writes them, to new addresses. `body` and `fields` are selectors as
    `induce_profile` makes them; the elements that they select stay.
    """
    pages = (_anonymize(markup, url, photos, (body, *fields), cut) for cut in CUTS)
    shortest = b""
    for shortest in pages:
        if len(shortest) <= MAX_PAGE:
            break
    return shortest


def _anonymize(markup: str, url: str | None, photos: Mapping[str, str], selectors: Sequence[str], cut: Cut) -> bytes:
    """Return the page with invented words, cut as `cut` says.

    The elements that `selectors` match stay; the first selects the body.
    """
    root = lxml.html.document_fromstring(_XML_DECLARATION.sub("", markup))
    canonical = root.find(".//link[@rel='canonical']")
    address = str(canonical.get("href")) if canonical is not None else url
    for each in cast("list[_Element]", root.xpath(f"{_REMOVED} | {_HEAD}")):
        _remove(each)
    for image in list(root.iter("img")):
        src = str(image.get("src") or "")
        if src not in photos and is_data_url(src):  # such as a drawing, for which there is no grey photo
            _remove(image)
    selected = [each for selector in selectors for each in _select(root, selector)]
    protected = {root, *selected, *(above for each in selected for above in each.iterancestors())}
    within = {each for found in _select(root, selectors[0]) for each in found.iter()}
    _cut_boilerplate(root, protected | within | set(root.findall("head")), cut.depth)
    for parent in list(root.iter()):
        _cut_runs(parent, protected, cut.siblings)
    for each in root.iter():
        each.text, each.tail = _replace_text(each.text, cut.text), _replace_text(each.tail, cut.text)
        _replace_attributes(each, photos, cut.text)
    head = root.find("head")
    if head is None:
        head = lxml.html.Element("head")
        root.insert(0, head)
    head[:] = [each for each in head if each.tag != "link"]
    if address and urlsplit(address).netloc:
        head.insert(0, lxml.html.Element("link", rel="canonical", href=_replace_url(address)))
    head.insert(0, lxml.html.Element("meta", charset="utf-8"))
    page: bytes = lxml.html.tostring(root, encoding="utf-8", doctype="<!DOCTYPE html>")
    return re.sub(rb"\s*\n\s*", b"\n", page) + b"\n"


def grey_photo(data: bytes) -> bytes | None:
    """Return a grey photo in the format and proportions of the photo `data`; None if `data` cannot be read."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data)) as photo:
            form = photo.format
            scale = min(1, MAX_PHOTO / max(photo.size))
            plain = Image.new("L", (max(1, round(photo.width * scale)), max(1, round(photo.height * scale))), 160)
            out = io.BytesIO()
            plain.save(out, form)
    except (OSError, ValueError, KeyError, Image.DecompressionBombError):
        return None
    return out.getvalue()


def replace_words(text: str) -> str:
    """Return `text` with invented words: each has the script, length and case of the word that it replaces.

    Short words, names of months and letters of scripts that are not in `_LETTERS` stay.
    """
    return _WORD.sub(lambda match: "".join(_invent(match[0])), text)


def _invent(word: str) -> Iterator[str]:
    is_short = len(word) <= _SHORT_WORD and word.isascii()
    if is_short or month_of(word):
        yield word
        return
    variant = zlib.crc32(word.lower().encode()) % _VARIANTS
    for place, letter in enumerate(word):
        alphabets = _LETTERS.get(script_in_name(letter))
        if alphabets is None:
            yield letter
            continue
        alphabet = alphabets[place % len(alphabets)]
        invented = alphabet[(variant * 7 + place * 3) % len(alphabet)]
        yield invented.upper() if letter.isupper() else invented


def _replace_text(text: str | None, length: int) -> str | None:
    if not text or not text.strip():
        return text
    return replace_words(text if len(text) <= length else text[:length].rpartition(" ")[0] or text[:length])


def _replace_url(url: str) -> str:
    """Return `url` with invented words in its path, without query and fragment.

    Links within the page stay. URLs without a host, such as `mailto:` links, keep only their path. Only the
    suffixes of files stay: in /people/minister.salt, the suffix is a name.
    """
    if url.startswith("#"):
        return url
    if is_data_url(url):
        return "data:,"
    parts = urlsplit(url)
    path, suffix = posixpath.splitext(parts.path)
    if suffix.lower() not in _SUFFIXES:
        path, suffix = parts.path, ""
    scheme = f"{parts.scheme}:" if parts.scheme else ""
    host = parts.netloc.rpartition("@")[2]
    return (f"{scheme}//{host}" if host else "") + replace_words(path) + suffix


def _replace_attributes(element: _Element, photos: Mapping[str, str], length: int) -> None:
    """Replace the words in attributes, and remove attributes that a profile does not need.

    The `value` of a list item is its number. The values of form fields can be tokens, or what a person typed.
    """
    for name, value in [(str(name), str(value)) for name, value in element.attrib.items()]:
        if name == "src" and value in photos:
            element.set(name, photos[value])
        elif name in {"href", "src"}:
            element.set(name, _replace_url(value))
        elif name in _WORDED_ATTRIBUTES:
            element.set(name, _replace_text(value, length) or "")
        elif name not in _KEPT_ATTRIBUTES and (name, element.tag) != ("value", "li"):
            del element.attrib[name]


def _remove(element: _Element) -> None:
    """Remove an element; the text after it stays."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    if before is None:
        parent.text = (parent.text or "") + (element.tail or "")
    else:
        before.tail = (before.tail or "") + (element.tail or "")
    parent.remove(element)


def _cut_boilerplate(parent: _Element, kept: set[_Element], depth: int) -> None:
    """Keep `depth` levels of descendants of each topmost element that is not in `kept`."""
    for child in list(parent):
        if child in kept:
            _cut_boilerplate(child, kept, depth)
        else:
            _cut_depth(child, depth)


def _cut_depth(element: _Element, depth: int) -> None:
    for child in list(element):
        if depth > 0:
            _cut_depth(child, depth - 1)
        else:
            _remove(child)


def _select(root: _Element, selector: str) -> list[_Element]:
    """Return the elements that a selector of `induce_profile` matches.

    It consists of names, ids and classes, with ">" or a space between elements.
    """
    path = ""
    for part in re.split(r"\s*(>)\s*|\s+", selector):
        if part in {None, ">"}:
            path += "/" if part else ""
            continue
        name, mark, value = re.split(r"([.#]|$)", part, maxsplit=1)
        test = {"": "", "#": f"[@id='{value}']", ".": f"[contains(concat(' ', @class, ' '), ' {value} ')]"}[mark]
        path += f"{'' if path.endswith('/') else '//'}{name or '*'}{test}"
    return cast("list[_Element]", root.xpath(path))


def _cut_runs(parent: _Element, protected: set[_Element], most: int) -> None:
    """Shorten each run of siblings with the same name and class to `most` elements.

    Elements in `protected` stay, and so does the text after a removed element.
    """
    kind, length = None, 0
    for child in list(parent):
        same = (child.tag, child.get("class")) == kind
        kind, length = (child.tag, child.get("class")), length + 1 if same else 1
        if length > most and child not in protected:
            _remove(child)
