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
    name in `meta`, a feature of `weights.toml`, or the name of a rule, such as "decorative image". `where` names the
    element ("p.meta"). `text` is its text, which for a region may be long, and `words` counts the words of that text.
    For a region that was left out, `added_by` is the value of `--keep` that would add it.
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
    these texts, `left_out` are beside them. `outside` names the rule that leaves out all other text; None if there must
    be no other text.
    """

    kept: tuple[str, ...]
    left_out: tuple[Reason, ...] = ()
    removed: tuple[Reason, ...] = ()
    outside: str | None = None


class Extraction(msgspec.Struct, frozen=True):
    """A readout, the bytes of its images, and the reasons for its content.

    `refined` is True for a readout that was stored as JSON, since it was refined before it was stored. `regions`
    returns the text of the page, grouped by what became of it; it is None if there is no page. `tree` is an element of
    the parsed page; it is None if no tree was read. `reasons` needs the parsed page. When the reasons are no longer
    needed, `take_apart(tree)` frees the memory of the page.
    """

    readout: Readout
    images: ImageStore
    reasons: ReasonSource = tuple
    refined: bool = False
    regions: Callable[[], PageRegions] | None = None
    tree: Tag | None = None
