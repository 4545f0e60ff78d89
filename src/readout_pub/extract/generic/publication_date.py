"""The date of issue: every place that may say it has a vote, what is printed near the headline before what is not."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from itertools import islice

import msgspec

from readout_pub.extract.dates import FoundDate, find_date
from readout_pub.extract.generic.metadata import PageMetadata, types
from readout_pub.extract.generic.page import Page
from readout_pub.extract.generic.text_blocks import Line, parent_of
from readout_pub.extract.prune import programs

_METAS = {
    "article:published_time": 3.0, "og:published_time": 3.0, "og:article:published_time": 3.0, "datepublished": 3.0,
    "dcterms.issued": 2.6, "dc.date.issued": 2.6, "dcterms.date": 2.2, "dc.date": 2.2, "pubdate": 2.4,
    "publishdate": 2.4, "publish-date": 2.4, "publish_date": 2.4, "publication_date": 2.4, "parsely-pub-date": 2.4,
    "sailthru.date": 2.2, "date": 2.0, "article.published": 2.4, "published": 2.0, "release_date": 2.0,
    "citation_publication_date": 2.4, "citation_date": 2.2, "ms.date": 1.8, "dcterms.created": 1.6,
    "dc.date.created": 1.6, "datecreated": 1.6, "created": 1.4,
}  # fmt: skip
"""Names in `meta` that carry the date of issue, and how far each can be trusted."""

_ITEMS = (("datePublished", 3.0), ("dateCreated", 1.6), ("uploadDate", 1.2))
_PRINTED, _STAMP, _PROGRAM = 2.2, 2.2, 0.8
"""What a printed date counts, a time that is marked as that of publication, and what a program in the page says."""
_BARE, _SAID = "printed near the title", "printed near the title as that of issue"
"""The rules of printed dates: without a word, and with one that says that the date is the one of issue."""
_NO_ARTICLES = frozenset(
    "Organization Person Comment Review Product Offer ImageObject VideoObject BreadcrumbList".split()
)

_UPDATED = re.compile(
    r"updat|modif|revis|geändert|aktualis|mis à jour|actualiz|atualiz|aggiorn|bijgewerkt|обновл|更新|最后|last\b|"
    r"reviewed|expires|zuletzt|letzte|copyright|©|joined|registered|member since|registriert",
    re.IGNORECASE,
)
"""Words that say that a date is not the one of issue."""
_ISSUED = re.compile(
    r"publi|posted|issued|released|veröffentlicht|erstellt|geschrieben|erschienen|\bdatum|\bdate|fecha|\bdata|pubblicat|опубликов|发布|発表|公開|"
    r"掲載|created|first",
    re.IGNORECASE,
)
_DATED = re.compile(r"date|time|publi|posted|pubdate|datum|fecha|meta|byline|info")
"""Names in classes, in small letters, of elements that print a date."""

_ELSEWHERE = frozenset(["small related", "small comments", "small <aside>"])
"""Traits of boxes whose dates are those of other stories and of readers."""

_EARLY = 3
_ABOVE, _BELOW = 6, 14
"""Lines around the headline among which the date of issue is printed."""
_SHORT = 140
"""Letters of a line that may print the date; a longer one is text."""
_OPENING = 60
"""Letters of a text in which its dateline stands."""
_DATELINE = 30
"""Letters before a date in a sentence from which it is what the sentence speaks of, and no dateline."""
_ENOUGH = 0.65
"""What must speak for a day: a wrong date is worse than none."""
_IN_URL = re.compile(r"/(20[0-9]{2}|19[89][0-9])[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12][0-9]|3[01])(?=[/_.-]|\b)")
_IN_PROGRAMS = re.compile(
    r"""["'](?:date_?published|publish(?:ed)?_?(?:date|at|on|time)?|publication_?date|posted_?at)\\?["']\s*:\s*"""
    r"""\\?["']([0-9]{4}-[0-9]{2}-[0-9]{2})(?=[T "'\\])""",
    re.IGNORECASE,
)
"""How the programs of a page carry the day on which it was published."""


class PublicationDate(msgspec.Struct, frozen=True):
    """The date of issue, the line that prints it if one does, and the rule that found it."""

    date: FoundDate
    line: Line | None
    rule: str


class _Vote(msgspec.Struct, frozen=True):
    date: FoundDate
    weight: float
    line: Line | None
    rule: str


def find_publication_date(
    page: Page, head: PageMetadata, keep: Sequence[bool], title: Line | None, language: str | None
) -> PublicationDate | None:
    """Return the day that most speaks for, with its printed form where one is printed; None if too little does."""
    said, printed = list(_said(head)), list(_printed(page, keep, title, language))
    days = _weights(said, printed)
    if max(days.values(), default=0.0) < _ENOUGH:
        said += _in_programs(head)
        days = _weights(said, printed)
    best = max(days, key=lambda day: (days[day], -day.toordinal()), default=None)
    if best is None or days[best] < _ENOUGH:
        return None
    own = [vote for vote in (*said, *printed) if vote.date.day == best]
    chosen = max(own, key=lambda vote: (vote.line is not None, vote.weight))
    return PublicationDate(chosen.date, chosen.line, chosen.rule)


def _weights(said: Sequence[_Vote], printed: Sequence[_Vote]) -> dict[dt.date, float]:
    """Add up the votes for each day; what machines are told is mostly one thing told often, so it counts once."""
    days: dict[dt.date, float] = {}
    for votes, further in ((said, 0.2), (printed, 0.5)):
        best: dict[dt.date, list[float]] = {}
        for vote in votes:
            if vote.date.day is not None:
                best.setdefault(vote.date.day, []).append(vote.weight)
        for day, weights in best.items():
            days[day] = days.get(day, 0.0) + max(weights) + further * (sum(weights) - max(weights))
    return days


# --- what the page says to machines


def _said(head: PageMetadata) -> Iterator[_Vote]:
    seen: set[str] = set()
    for item in head.items:
        if _NO_ARTICLES & set(types(item)):
            continue
        for name, weight in _ITEMS:
            if name not in seen and (vote := _machine_vote(item.get(name), weight, f"JSON-LD {name}")):
                seen.add(name)
                yield vote
    metas = [
        vote for name, weight in _METAS.items() if (vote := _machine_vote(head.metas.get(name), weight, f"meta {name}"))
    ]
    yield from metas[:2]
    if vote := _machine_vote(head.stamp, _STAMP, "itemprop datePublished"):
        yield vote
    if head.url and (match := _IN_URL.search(head.url)):
        day = find_date("-".join(match.groups()))
        if day:
            yield _Vote(day, 1.6, None, "address")


def _machine_vote(value: object, weight: float, rule: str) -> _Vote | None:
    if not isinstance(value, str) or not value.strip():
        return None
    text = re.sub(r"^([0-9]{4})([0-9]{2})([0-9]{2})", r"\1-\2-\3", value.strip())
    date = find_date(text[:60], "en-US" if re.match(r"[0-9]{1,2}/[0-9]{1,2}/", text) else None)
    if date is None or date.day is None or date.day.year <= 1990:
        return None
    return _Vote(date, weight, None, rule)


def _in_programs(head: PageMetadata) -> Iterator[_Vote]:
    """Yield the day of publication in the programs of a page that says it nowhere else, if they name only one."""
    days = {day for program in programs(head.markup) for day in _IN_PROGRAMS.findall(program)}
    if len(days) == 1 and (vote := _machine_vote(days.pop(), _PROGRAM, "program data")):
        yield vote


# --- what is printed


def _printed(page: Page, keep: Sequence[bool], title: Line | None, language: str | None) -> Iterator[_Vote]:
    first = next((line.index for line in page.lines if keep[line.index]), 0)
    start = title.index if title is not None else first
    above, below = max(0, min(start, first) - _ABOVE), max(start, min(first, start + 20)) + _BELOW
    found = 0
    # Nearest the headline first, and below it before above it: what stands above is often of other stories.
    for line in sorted(page.lines[above:below], key=lambda line: (abs(line.index - start), line.index < start)):
        vote = _vote(line, language)
        if vote is not None:
            distance = 1.0 if abs(line.index - start) <= 4 or abs(line.index - first) <= 1 else 0.8
            elsewhere = line.index > first + _EARLY and line.box.seen & _ELSEWHERE
            chrome = (0.3 if vote.rule == _SAID else 0.15) if elsewhere else 0.6 if line.box.chrome else 1.0
            yield msgspec.structs.replace(vote, weight=vote.weight * 0.75**found * distance * chrome)
            found += 1
    if not found:
        yield from islice(_far_away(page, language), 1)


def _far_away(page: Page, language: str | None) -> Iterator[_Vote]:
    """Yield the dates that are marked as such anywhere on the page, for pages that print none near the headline."""
    for line in page.lines:
        if (
            len(line.text) <= _SHORT
            and not line.box.chrome
            and any(_stamps(line)[:2])
            and (vote := _vote(line, language))
        ):
            yield msgspec.structs.replace(vote, weight=vote.weight * 0.5, rule="printed on the page")


def _vote(line: Line, language: str | None) -> _Vote | None:
    """Return the vote of a line that prints a date, or of a text that begins with one."""
    stamped, named, given = _stamps(line)
    text = line.text if len(line.text) <= _SHORT else line.text[:_OPENING]
    date = find_date(text, language)
    unprinted = given is not None and (date is None or date.day != given.day)
    if unprinted and given is not None and len(line.text) <= _SHORT:
        date = given
    if date is None or date.day is None:
        return None
    rest = text.replace(date.text, "", 1)
    weight = _PRINTED + 0.9 * stamped + 0.5 * named
    weight += 0.8 if len(rest) < 25 and len(line.text) <= _SHORT else 0.0
    before = text[: text.find(date.text)] if rest != text else text
    said = bool(_ISSUED.search(before))
    if said:
        weight += 0.6
    elif _UPDATED.search(before):
        weight *= 0.12
    prose = len(rest) > 70
    weight -= 0.5 * (line.linked > 0.5) + 0.4 * prose + 1.6 * unprinted + 0.8 * (prose and len(before) > _DATELINE)
    return _Vote(date, weight, line, _SAID if said else _BARE) if weight > 0 else None


def _stamps(line: Line) -> tuple[bool, bool, FoundDate | None]:
    """Say whether a line is marked as a time, whether it is named so, and the day that the mark gives."""
    stamped, named, day = False, False, None
    for slot in line.slots:
        held = parent_of(slot)
        for each in (held, held.getparent() if held is not None else None):
            if each is None:
                continue
            if each.tag == "time" or each.get("itemprop", "").lower() == "datepublished":
                stamped, day = True, day or each.get("datetime") or each.get("content")
            named = named or bool(_DATED.search(each.get("class", "").lower()))
    date = find_date(day[:40]) if day else None
    return stamped, named, date if date is not None and date.day is not None else None
