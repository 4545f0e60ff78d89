"""The general extractor, for pages that no profile knows: evidence for every line, from weights that people can read.

markup ──parse──▶ lines in boxes ──weigh──▶ text or not ──▶ title, date, kicker, byline ──cut──▶ markup of the body
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

import msgspec

from readout_pub.errors import SourceError
from readout_pub.extract.dates import FoundDate
from readout_pub.extract.general.credits import find_byline, find_kicker
from readout_pub.extract.general.cut import cut
from readout_pub.extract.general.decide import strongest, verdicts
from readout_pub.extract.general.evidence import evidence
from readout_pub.extract.general.head import Head, parse_quickly
from readout_pub.extract.general.issued import Issued, find_issued
from readout_pub.extract.general.lines import Element, Line, Lines
from readout_pub.extract.general.page import Page, Title
from readout_pub.extract.general.title import find_title
from readout_pub.extract.general.traits import name_of

__all__ = ["General", "Head", "Reason", "Sketch", "find_article", "read_page", "sketch"]

_WORD = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]|[^\W\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]+")
_NO_SCRIPTS = re.compile("java ?script", re.IGNORECASE)
_HIDDEN_TEXT = 800
"""Letters from which a `noscript` holds a text rather than a request to switch scripts on."""


class Sketch(msgspec.Struct, frozen=True):
    """A page parsed quickly: its tree, and what its head says."""

    root: Element
    head: Head


class Reason(msgspec.Struct, frozen=True):
    """Why something was taken or left out: a field or "dropped", the rule, the place, and the number of words."""

    what: str
    rule: str
    where: str
    words: int


class General(msgspec.Struct, frozen=True):
    """What the general extractor finds; `body` is markup without what was dropped, `kind` what else the page seems."""

    body: str
    title: str | None
    series: str | None
    date: FoundDate | None
    byline: str | None
    reasons: tuple[Reason, ...]
    kind: str | None = None


def sketch(markup: str) -> Sketch:
    """Parse a page quickly; a SourceError says that nothing is there."""
    root = parse_quickly(markup)
    if root is None:
        raise SourceError("nothing is left of this page after parsing", what_next="save it again from the browser")
    _show_what_scripts_hide(root)
    return Sketch(root, Head(root))


def _show_what_scripts_hide(root: Element) -> None:
    """Let `noscript` be read where it holds the text, on pages that scripts would fill."""
    hidden = [(element, _letters(element)) for element in root.iter("noscript")]
    if hidden and max(size for _, size in hidden) > _HIDDEN_TEXT:
        shown = sum(_letters(element) for element in root.iter("p", "li", "td", "h1", "h2") if not _is_hidden(element))
        for element, size in hidden:
            if size > max(shown, _HIDDEN_TEXT):
                element.tag = "div"


def _letters(element: Element) -> int:
    return sum(len(text.strip()) for text in element.itertext())


def _is_hidden(element: Element) -> bool:
    return next(element.iterancestors("noscript"), None) is not None


def read_page(page_sketch: Sketch) -> Page:
    """Read the lines and boxes of a page, and find its headline as far as prose alone can tell where the text is."""
    page = Page(Lines(page_sketch.root), evidence(), page_sketch.head.kind)
    page.title = find_title(page, page_sketch.head)
    return page


def find_article(page_sketch: Sketch) -> General:
    """Find title, date, kicker, byline and body of a page; a SourceError says that there is none. Uses up the tree."""
    known, head = evidence(), page_sketch.head
    page = read_page(page_sketch)
    keep = verdicts(page, known)
    if not _holds_text(page, keep):
        raise SourceError("no document was found on this page", what_next=_next_step(page))
    title = page.title
    heading = title.line if title else None
    issued = find_issued(page, head, keep, heading, head.language)
    kicker = find_kicker(page, heading) if heading else None
    byline, author = find_byline(page, heading, head)
    fields = {"title": heading, "kicker": kicker, "byline": author, "date": _date_line(issued)}
    for line in fields.values():
        if line is not None:
            keep[line.index] = False
    reasons = (*_field_reasons(title, issued, fields), *_dropped(page, keep, fields))
    return General(
        body=cut(page, keep, heading),
        title=title.text if title else None,
        series=(title.kicker if title else None) or (kicker.text if kicker else None),
        date=issued.date if issued else None,
        byline=byline,
        reasons=reasons,
    )


def _holds_text(page: Page, keep: Sequence[bool]) -> bool:
    """Say whether anything is kept, apart from a request to switch scripts on."""
    kept = [line for line in page.lines if keep[line.index]]
    return len(kept) > 2 or any(not _NO_SCRIPTS.search(line.text) for line in kept)


def _next_step(page: Page) -> str:
    letters = sum(line.size for line in page.lines)
    if letters < 400:
        return "save the page again from a browser that runs its scripts: this copy holds almost no text"
    return "write a site profile for it, or pass a page that holds a document"


def _date_line(issued: Issued | None) -> Line | None:
    """Return the line of the date, if it says nothing else; what else it says, such as the place, may be text."""
    if issued is None or issued.line is None:
        return None
    rest = issued.line.text.replace(issued.date.text, "", 1)
    return None if any(map(str.isalnum, rest)) else issued.line


# --- reasons


def _field_reasons(title: Title | None, issued: Issued | None, fields: dict[str, Line | None]) -> Iterator[Reason]:
    if title is not None:
        yield Reason("title", title.rule, _where(title.line), _count(title.text))
    if issued is not None:
        yield Reason("date", issued.rule, _where(issued.line), _count(issued.date.text))
    for what in ("kicker", "byline"):
        if line := fields[what]:
            yield Reason(what, "printed near the title", _where(line), _count(line.text))


def _dropped(page: Page, keep: Sequence[bool], fields: dict[str, Line | None]) -> Iterator[Reason]:
    """Yield a reason for each row of lines that one rule left out: the trait of chrome, or the weightiest feature."""
    taken = {line.index for line in fields.values() if line is not None}
    left = (line for line in page.lines if not keep[line.index] and line.index not in taken)
    for chrome, row in groupby(left, key=lambda line: line.box.chrome):
        lines = list(row)
        rule = f"chrome: {chrome}" if chrome else f"evidence: {strongest(lines[0], page, evidence())}"
        yield Reason("dropped", rule, _where(lines[0]), sum(_count(line.text) for line in lines))


def _where(line: Line | None) -> str:
    return "head" if line is None else f"{name_of(line.box)}, line {line.box.element.sourceline}"


def _count(text: str) -> int:
    """Count words; a sign of a script without spaces is one."""
    return len(_WORD.findall(text))
