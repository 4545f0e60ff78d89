"""The headline of a page, without the name of its site: what is printed, checked by what the page says to machines."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from urllib.parse import urlsplit

import msgspec

from readout_pub.extract.generic.metadata import PageMetadata, types
from readout_pub.extract.generic.page import Page, Title
from readout_pub.extract.generic.text_blocks import Line
from readout_pub.html_elements import HEADINGS

_SEPARATOR = re.compile(r"\s+[|–—·»«›\-:~•/]+\s+|\s*[｜|»_]\s*|\s*::\s+|[：:]\s+|\s*[–—]\s*")
"""What may part the headline from the name of the site, where that is known."""
_MAY_PART = re.compile(r"[-|–—·»«›:~•/｜_：](?:\s|(?<=[|–—»｜_]))")
"""What each of these has: quicker to find."""
_FIRM = re.compile(r"\s+[|»«·•/]\s+|\s*[｜|]\s*|\s+::\s+")
"""What parts them almost always, so that the first part is the headline even if nobody knows the site's name."""
_SOFT = re.compile(r"\s+[-–—]\s+")

_ARTICLES = frozenset(
    """Article NewsArticle BlogPosting ReportageNewsArticle AnalysisNewsArticle OpinionNewsArticle Report TechArticle
    ScholarlyArticle DiscussionForumPosting Question Product MedicalWebPage Recipe Event LiveBlogPosting
    AdvertiserContentArticle""".split()
)
_METAS = {"og:title": 2.2, "twitter:title": 1.8, "dc.title": 1.6, "headline": 1.6, "title": 1.2}
"""How far the names of titles in `meta` can be trusted; a printed h1 that nothing agrees with is worth 2."""
_ITEM, _HEAD = 2.4, 1.5

_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff\ue000-\uf8ff]|\\s*[¶#]$")
"""Soft hyphens, joiners, signs of icon fonts, and the marks of links to a heading."""

_NO_LETTERS = re.compile(r"[\W_]+")

_LONGEST = 300
_SLACK = 60
"""Letters by which a printed headline may be longer than what machines are told, its kicker and the site with it."""
_EARLY = 3
"""Lines of text that may stand above the headline."""
_SITE_WORDS = 5


class _Said(msgspec.Struct, frozen=True):
    """A title that the page gives to machines, without the name of the site."""

    where: str
    text: str
    trust: float


def find_title(page: Page, head: PageMetadata) -> Title | None:
    """Return the headline, None if nothing on the page looks like one."""
    names = _site_names(head)
    said = list(_said(head, names))
    candidates = [*_printed(page, said, names), *_unprinted(said, names)]
    best = max(candidates, key=lambda pair: pair[0], default=None)
    return best[1] if best and best[0] > 0 else None


# --- what the page says to machines


def _said(head: PageMetadata, names: frozenset[str]) -> Iterator[_Said]:
    given: list[tuple[str, object, float]] = [
        ("JSON-LD headline", item.get("headline"), _ITEM) for item in head.items if _ARTICLES & set(types(item))
    ]
    given += [(name, head.metas.get(name), trust) for name, trust in _METAS.items()]
    given.append(("<title>", head.title, _HEAD))
    for where, text, trust in given:
        if isinstance(text, str) and (bare := _without_site(_clean(text), names)):
            yield _Said(where, bare, trust)


def _site_names(head: PageMetadata) -> frozenset[str]:
    """Return the names of the site, folded: as it says them, and as its address spells them."""
    names = {head.metas.get(name, "") for name in ("og:site_name", "application-name", "apple-mobile-web-app-title")}
    for item in head.items:
        publisher = item.get("publisher")
        if isinstance(publisher, dict):
            names.add(str(publisher.get("name") or ""))
        if {"WebSite", "Organization", "NewsMediaOrganization"} & set(types(item)):
            names.add(str(item.get("name") or ""))
    host = urlsplit(head.url).hostname if head.url else None
    if host:
        labels = host.removeprefix("www.").split(".")
        names |= {host, host.removeprefix("www."), *(label for label in labels[:-1] if len(label) > 2)}
    return frozenset(filter(None, map(fold, names)))


def _without_site(title: str, names: frozenset[str]) -> str:
    """Take off the parts of a title that name the site, at either end."""
    parts = _parts(title, _SEPARATOR)
    while len(parts) > 1 and _is_site(parts[-1][1], names):
        title = title[: parts[-1][0]].rstrip()
        parts = _parts(title, _SEPARATOR)
    while len(parts) > 1 and _is_site(parts[0][1], names):
        title = title[parts[1][2] :].lstrip()
        parts = _parts(title, _SEPARATOR)
    return title


def _parts(title: str, separator: re.Pattern[str]) -> list[tuple[int, str, int]]:
    """Return (start of the separator before, words, start of the words) of each part of a title."""
    out, start, before = [], 0, 0
    for match in separator.finditer(title):
        if match.start() > start:
            out.append((before, title[start : match.start()], start))
        before, start = match.start(), match.end()
    return [*out, (before, title[start:], start)]


def _is_site(part: str, names: frozenset[str]) -> bool:
    """Say whether a part of a title is a name of the site, or shortens one, or lengthens it a little."""
    folded = fold(part)
    return folded in names or any(
        (len(folded) > 3 and folded in name) or (len(name) > 3 and name in folded and len(name) * 2 > len(folded))
        for name in names
    )


def _unprinted(said: Sequence[_Said], names: frozenset[str]) -> Iterator[tuple[float, Title]]:
    for each in said:
        text = _FIRM.split(each.text)[0].strip() or each.text
        parts = _SOFT.split(text)
        if (
            len(parts) > 1
            and len(parts[-1].split()) <= _SITE_WORDS
            and len(parts[0]) > len(parts[-1])
            and each.where == "<title>"
        ):
            text = text[: text.rindex(parts[-1])].rstrip(" -–—")
        if fold(text) not in names:
            yield each.trust, Title(text, None, None, each.where)


# --- what is printed


def _printed(page: Page, said: Sequence[_Said], names: frozenset[str]) -> Iterator[tuple[float, Title]]:
    first = next((line.index for line in page.lines if page.is_prose(line)), len(page.lines))
    longest = max((len(each.text) for each in said), default=0) + _SLACK
    may_agree = _prefilter(said)
    tags = list(map(_tag, page.lines))
    h1s = {fold(line.text) for line, tag in zip(page.lines, tags, strict=True) if tag == "h1" and not line.box.chrome}
    for line, tag in zip(page.lines, tags, strict=True):
        if tag not in HEADINGS and (len(line.text) > longest or not may_agree(line)):
            continue
        if len(line.text) > _LONGEST or (line.index in page.twice and tag != "h1"):
            continue
        text = _without_site(_clean(line.text), names)
        folded = fold(text)
        if not folded:
            continue
        agreed, kicker = _agreement(text, folded, said)
        traits = line.box.traits_near
        if tag not in {"h1", "h2", "h3"} and not agreed > 1 and "itemprop headline" not in traits:
            continue
        score = {"h1": 1.0, "h2": 0.6, "h3": 0.2}.get(tag, 0.0) + 1.6 * agreed
        score += 1.5 * ("itemprop headline" in traits) + 0.5 * ("title" in traits)
        score += 1.0 if tag == "h1" and len(h1s) == 1 else 0.0
        score -= 2.5 * bool(line.box.chrome) + 4.0 * (folded in names)
        score -= 1.5 if line.index > first + _EARLY else 0.0
        score -= 1.0 if line.linked > 0.5 else 0.0
        shown = text[len(kicker) :].strip() if kicker else text
        yield score - line.index * 1e-4, Title(shown, kicker, line, f"{tag}, agreed {agreed:g}")


def _prefilter(said: Sequence[_Said]) -> Callable[[Line], bool]:
    """Return what says quickly of most lines that they are no headline: they neither begin nor end as one that is said.

    A line with a separator may begin or end with the name of the site.
    """
    wholes = list(filter(None, (fold(each.text) for each in said)))
    begins, ends = {whole[0] for whole in wholes}, {whole[-1] for whole in wholes}

    def may_agree(line: Line) -> bool:
        if _MAY_PART.search(line.text) or "itemprop headline" in line.box.traits_near:
            return True
        folded = fold(line.text)
        return bool(folded) and (folded[0] in begins or folded[-1] in ends)

    return may_agree


def _tag(line: Line) -> str:
    """Return the heading that a line is all of, or the name of its box."""
    for box in line.box.upwards(3):
        if box.element.tag in HEADINGS and box.last - box.first == 1:
            return str(box.element.tag)
    return str(line.box.element.tag)


def _agreement(text: str, folded: str, said: Sequence[_Said]) -> tuple[float, str | None]:
    """Return how well a printed line agrees with what is said, and the words before the headline in it, if any."""
    best, kicker = 0.0, None
    for each in said:
        whole = fold(each.text)
        if folded == whole:
            best, kicker = max(best, each.trust), None if each.trust >= best else kicker
        elif whole.startswith(folded) and len(folded) > 8:
            best = max(best, 1.4)
        elif whole.endswith(folded) and len(folded) > 8:
            best = max(best, 0.9 if len(folded) * 2 > len(whole) else -0.5)
        elif len(folded) > 8 and folded in whole:
            best = max(best, 1.0)
        elif len(whole) > 12 and folded.endswith(whole) and text.endswith(each.text) and each.trust > best:
            best, kicker = each.trust, text[: -len(each.text)].strip()
    return best, kicker


@functools.lru_cache(1024)  # one page asks for a few texts again and again
def fold(text: str) -> str:
    """Return letters and digits only, in small letters."""
    return _NO_LETTERS.sub("", (text if text.isascii() else unicodedata.normalize("NFKC", text)).casefold())


def _clean(text: str) -> str:
    return _INVISIBLE.sub("", " ".join(text.split())).strip()
