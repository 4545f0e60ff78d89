"""The rule on the words of alternative texts: the checks of HTML, EPUB and PDF files share it."""

from __future__ import annotations

from readout_pub.alt.meaningless import is_meaningless
from readout_pub.emit.messages import MESSAGES

ALT_WORDS = ("alt-words", "Each alternative text describes its photo.", "1.1.1")
"""The code of the rule, its requirement, and its criterion of WCAG."""

_PLACEHOLDERS = frozenset(messages.photo_undescribed for messages in MESSAGES.values())
"""The alternative text that this program writes for a photo without one, in each language of its messages."""


def meaningless_alt(alt: str, file_name: str) -> str | None:
    """Return what is wrong with an alternative text that does not describe its photo; None for any other, and for "".

    `file_name` is that of the photo, "" if it is unknown.
    """
    if alt in _PLACEHOLDERS:
        return "this photo has no description"
    return f"its text {alt!r} describes nothing" if alt.strip() and is_meaningless(alt, file_name) else None
