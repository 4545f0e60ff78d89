"""What replaces a missing alternative text of a photo: its caption or a placeholder; or the page is refused."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

from readout_pub.errors import AltRefused, UsageError, option
from readout_pub.model import AltPolicy
from readout_pub.notes import name_first

ALT_POLICIES: dict[AltPolicy, str] = {
    "caption": "its caption",
    "placeholder": "a text which says that no description is available",
    "refuse": "no output",
}
"""Policy → what a photo without a text of its own gets. The user decides, since house rules contradict each other here:
GOV.UK takes the caption of a photo of a minister as its text, and Quarto's guidelines advise against that.
"""

MAX_REFUSED_NAMED = 10
"""How many photos without a text the error names at most; the others are counted. Most pages have fewer photos."""


def require_policy(policy: object) -> None:
    """Raise a UsageError if there is no such policy."""
    if policy not in get_args(AltPolicy):
        raise UsageError(
            f"{policy!r} is not a policy", where=option("--alt-policy"), what_next=f"write {', '.join(ALT_POLICIES)}"
        )


def refuse_photos(names: Sequence[str]) -> None:
    """Raise AltRefused if a photo has no text of its own; `names` are the names of all such photos."""
    if not names:
        return
    what = (
        "1 photo has no alternative text of its own"
        if len(names) == 1
        else (f"{len(names)} photos have no alternative text of their own")
    )
    raise AltRefused(
        f"{what}: {name_first([repr(name) for name in names], MAX_REFUSED_NAMED)}",
        what_next="decide with `readout-pub alt review`, or choose another --alt-policy",
    )
