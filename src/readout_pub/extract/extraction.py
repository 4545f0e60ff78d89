"""What comes of a page, and why: every field and every region of it with the rule that decided."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec

from readout_pub.image_store import ImageStore
from readout_pub.model import Readout


class Reason(msgspec.Struct, frozen=True, omit_defaults=True):
    """Why something was taken, kept or left out.

    `what` is a field of the readout ("title"), "profile", "kept" or "dropped"; `rule` is a selector, a name in `meta`,
    a feature of `weights.toml`; `where` names the place ("p.meta, line 12"); `text` is what stands there, which for a
    region may be long; `words` counts its words.
    """

    what: str
    rule: str
    where: str | None = None
    text: str = ""
    words: int = 0


ReasonSource = Callable[[], Iterable[Reason]]
"""Reasons that are worked out when somebody asks, since most conversions do not."""


class Extraction(msgspec.Struct, frozen=True):
    """A readout, the bytes that it refers to, and why it was understood so."""

    readout: Readout
    album: ImageStore
    reasons: ReasonSource = tuple
