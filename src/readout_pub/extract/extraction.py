"""The result of reading a page: the readout, its images, and for each field and region the rule that decided."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec
from bs4 import Tag

from readout_pub.image_store import ImageStore
from readout_pub.model import Keep, Readout


class Reason(msgspec.Struct, frozen=True, omit_defaults=True):
    """Why something was taken, kept or left out.

    `what` is a field of the readout ("title"), "profile", "kept" or "dropped". `rule` is what decided: a selector, a
    name in `meta`, a feature of `weights.toml`, or the name of a rule, such as "decorative image". `where` is the place
    on the page: an element ("p.meta"), a line, or the URL of an image. `text` is the whole text at this place; without
    a place, it is the text or the value that was decided on, such as a language. `words` is the number of its words, or
    0 if it was not counted; words that CSS shows several times count each time. For a region that was left out,
    `added_by` is the value of `--keep` that would add it.
    """

    what: str
    rule: str
    where: str | None = None
    text: str = ""
    words: int = 0
    added_by: Keep | None = None


ReasonSource = Callable[[], Iterable[Reason]]
"""Returns the reasons when called: computing them takes time, and most conversions do not need them."""


class PageRegions(msgspec.Struct, frozen=True):
    """The text of a page as parsed, before the readers of blocks change it, grouped by what became of it.

    `kept` are the texts that became the fields and the body. Rules left out two kinds of regions: `removed` are within
    these texts, `left_out` are beside them. If the rest of the page is left out too, as by a site profile, `outside`
    names the rule. If `outside` is None, each word of the page must be in one of these regions.
    """

    kept: tuple[str, ...]
    left_out: tuple[Reason, ...] = ()
    removed: tuple[Reason, ...] = ()
    outside: str | None = None


class Extraction(msgspec.Struct, frozen=True):
    """A readout, the bytes of its images, and the reasons for its content.

    `refined` is True for a readout that was stored as JSON, since it was refined before it was stored. `regions`
    returns the text of the page, grouped by what became of it; it is None if there is no page. `tree` is the element
    with the body in the parsed page; it is None if the source was not HTML. `reasons` needs the parsed page. When the
    reasons are no longer needed, `take_apart(tree)` frees the memory of the page.
    """

    readout: Readout
    images: ImageStore
    reasons: ReasonSource = tuple
    refined: bool = False
    regions: Callable[[], PageRegions] | None = None
    tree: Tag | None = None
