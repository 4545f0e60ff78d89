"""What can be said of a line by itself, as the named features that `weights.toml` weighs."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from readout_pub.extract.generic.page import Page
from readout_pub.extract.generic.text_blocks import ElementBox, Line
from readout_pub.extract.generic.weights import Weights

SIZES = (8, 20, 40, 80, 160, 320)
"""Letters at which a line is of the next size, 0 to 6."""
_LINKED = (0.01, 0.2, 0.5, 0.9)
"""Shares of letters in links at which a line or box is of the next kind, 0 to 4."""
_SHARES = (0.02, 0.1, 0.25, 0.5, 0.8)
"""Shares of the page's prose at which a box is of the next kind, 0 to 5."""
_CARDS = (40, 120, 400, 1000)
"""Mean letters of repeated boxes at which they are of the next kind, 0 to 4."""

_COUNTS = (1, 2, 4, 10, 30)
_PARTS = (0.001, 0.02, 0.1, 0.25, 0.5, 0.8)
_MEANS = (10, 25, 60, 120, 240)
"""Lines alike, their share of the page's prose, and their mean letters, at which they are of the next kind, from 0."""

_ASPECTS = {
    "prose": ("size", "linked"),
    "linked": ("both",),
    "share of prose": ("size", "tag"),
    "kind": ("both", "tag"),
}
"""What of the form of a line is weighed by a look of its page; of other looks, size and links roughly."""

_LEVELS = 4
"""Boxes around a line that are looked at one by one."""
_FAR = 8
"""Boxes around a line within which the prose of the page may be its own."""

_BY_KIND = frozenset("comments ratings sign author forum meta shop list related".split())
"""Traits that mean another thing on a forum or in a shop."""

_PROSE_NAMES = [[f"box {level} has prose {n}" for n in range(len(_SHARES) + 1)] for level in range(_LEVELS)]
_LINKED_NAMES = [[f"box {level} is linked {n}" for n in range(len(_LINKED) + 1)] for level in range(_LEVELS)]

_END = re.compile(r"[.。．!?！？…‥।؟][\"'”’»」』）)\]]*$")
_ENDING = 8
"""Signs among which a sentence ends, with the quotation marks and brackets after it."""
_COMMAS = re.compile("[,，、;；،]")
_SEPARATORS = re.compile("[|›»•·→]")


def features(line: Line, page: Page, known: Weights) -> Iterator[str]:
    """Yield the features of a line: its form, its words, its place, the boxes it stands in, the page it is on."""
    yield from own_features(line, page, known)
    yield from inherited_features(line.box, page)
    yield from alike_features(line, page)
    yield from form_features(form(line), page)


def own_features(line: Line, page: Page, known: Weights) -> Iterator[str]:
    """Yield the features that a line does not share with its neighbours."""
    size = bisect_right(SIZES, line.size)
    yield from _form(line, size)
    phrases = _said(line, page, known)
    yield from phrases
    yield from (f"{phrase}, {'short' if line.size < 60 else 'long'}" for phrase in phrases)
    yield from _place(line, page, size, known)
    yield from _boxes(line, page)


def inherited_features(box: ElementBox, page: Page) -> Iterator[str]:
    """Yield what the names of a box and of those around it say, which all lines of boxes like it share."""
    near = [f"near {trait}" for trait in box.traits_near]
    yield from near
    yield from box.seen
    if page.kind:
        yield from (f"{page.kind} page: {name}" for name in (*near, *box.seen) if name.rsplit(" ", 1)[-1] in _BY_KIND)


def alike_features(line: Line, page: Page) -> Iterator[str]:
    """Yield what the lines that stand in boxes alike have in common."""
    for boxes, group in (2, page.near_alike[line.index]), (3, page.alike[line.index]):
        linked = bisect_right(_LINKED, group.linked / max(1, group.size))
        yield f"alike in {boxes} boxes: {bisect_right(_COUNTS, group.count)}"
        yield f"alike in {boxes} boxes: prose {bisect_right(_PARTS, group.prose / page.all_prose)}"
        yield f"alike in {boxes} boxes: size {bisect_right(_MEANS, group.size / group.count)}, linked {linked}"


Form = tuple[int, int, str]
"""The size of a line, how much of it is in links, and its tag."""


def form(line: Line) -> Form:
    """Return the form of a line, as far as it means another thing on another page."""
    size, linked = min(bisect_right(SIZES, line.size), 4), min(bisect_right(_LINKED, line.linked), 3)
    return size, linked, str(line.box.element.tag)


def form_features(of: Form, page: Page) -> Iterator[str]:
    """Yield what the form of a line says on a page that looks like this one."""
    size, linked, tag = of
    said = {
        "size": f"size {size}",
        "linked": f"linked {linked}",
        "both": f"size {size}, linked {linked}",
        "shape": f"size {size}, {'mostly linked' if linked > 1 else 'open'}",
        "tag": f"<{tag}>",
    }
    for look in page.looks:
        for aspect in _ASPECTS.get(look.rpartition(" ")[0], ("shape",)):
            yield f"page of {look}: {said[aspect]}"


def _said(line: Line, page: Page, known: Weights) -> list[str]:
    """Return which known phrases a line opens with or has in it: "says related", "has rights"."""
    found = page.phrases.get(line.index)
    if found is None:
        text = line.text.lower()  # a search that ignores case takes four times as long
        found = [name for name, pattern in known.opening if pattern.match(text)] if known.opens.match(text) else []
        found += [name for name, pattern in known.anywhere if pattern.search(text)]
        page.phrases[line.index] = found
    return found


def _form(line: Line, size: int) -> Iterator[str]:
    text, linked = line.text, bisect_right(_LINKED, line.linked)
    yield f"size {size}"
    yield f"size {size}, linked {min(linked, 3)}"
    if _END.search(text, max(0, len(text) - _ENDING)):
        yield f"sentence of size {size}"
    elif text[-1] in ":：":
        yield "ends with a colon"
    if commas := len(_COMMAS.findall(text)):
        yield f"commas {min(commas, 4)}"
    if _SEPARATORS.search(text):
        yield "has separators"
    digits = sum(map(str.isdigit, text)) if size < 4 else 0
    if digits * 3 > len(text):
        yield "is digits"
    elif digits >= 4:
        yield "has digits"
    if text[0].islower():
        yield "begins small"
    if text.isupper():
        yield "all capitals"
    yield from (f"has <{mark}>" for mark in line.marks)
    tag = line.box.element.tag
    yield f"in its own <{tag}>"
    yield f"in its own <{tag}>, linked {linked}"


def _place(line: Line, page: Page, size: int, known: Weights) -> Iterator[str]:
    where = "before" if line.index < page.first else "after" if line.index > page.last else "within"
    yield f"{where} the prose, size {min(size, 4)}"
    yield f"in tenth {line.index * 10 // max(1, len(page.lines))} of the page"
    if line.index in page.twice:
        yield "said before"
    title = page.title.line if page.title else None
    if title is not None:
        below = line.index - title.index
        yield "below the title" if below > 0 else "is the title" if below == 0 else "above the title"
        if 0 < below <= 3:
            yield "right below the title"
        yield from _from_title(line, title)
    if heading := page.heading.get(line.index):
        yield "under a heading"
        yield from (f"under a heading that {phrase}" for phrase in _said(heading, page, known))


def _from_title(line: Line, title: Line) -> Iterator[str]:
    """Yield how far the line and the headline stand apart in the tree, and whether one article holds both."""
    apart = next((level for level, box in enumerate(line.box.upwards(_FAR)) if box.holds(title)), None)
    yield f"title is {'far' if apart is None else apart} up"
    article = next((box for box in line.box.upwards(2 * _FAR) if box.element.tag == "article"), None)
    if article is not None:
        yield "in the article of the title" if article.holds(title) else "in another article"


def _boxes(line: Line, page: Page) -> Iterator[str]:
    box = line.box
    if box.chrome:
        yield "in chrome"
    cards, home = False, None
    for level, around in enumerate(box.upwards(_FAR)):
        share = page.share(around)
        if level < _LEVELS:
            yield _PROSE_NAMES[level][bisect_right(_SHARES, share)]
            if around.size:
                yield _LINKED_NAMES[level][bisect_right(_LINKED, around.linked / around.size)]
        if home is None and share >= 0.5:
            home = level
        if home is None and not cards and (row := page.repeated.get(around)):
            cards = True
            linked, size = bisect_right(_LINKED, row.linked), bisect_right(_CARDS, row.size)
            yield f"in repeated boxes, linked {linked}, size {size}"
    yield f"prose is {'far' if home is None else home} up"
