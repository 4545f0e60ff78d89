"""What a rule finds in one alternative text: the fault, what to write instead, and the guideline that says so."""

from __future__ import annotations

from typing import Literal

import msgspec

Level = Literal["note", "warning", "error"]

LEVELS: tuple[Level, ...] = ("note", "warning", "error")
"""From the mildest to the worst."""

AdviceLanguage = Literal["en", "ja"]
"""A language of messages and advice: the language of the editor, not of the page."""


class Citation(msgspec.Struct, frozen=True):
    """The guideline that a rule comes from; `says` is its advice in our words, `date` the date of its version."""

    title: str
    publisher: str = ""
    date: str = ""
    url: str = ""
    says: str = ""

    def __str__(self) -> str:
        """Return title, publisher and date as one line: `Title (Publisher, 2022-08-23)`."""
        details = ", ".join(filter(None, (self.publisher, self.date)))
        return f"{self.title} ({details})" if details else self.title


class AltFinding(msgspec.Struct, frozen=True):
    """One fault of the alternative text of a photo; `archive`, `page`, `file` and `id` are as in `PhotoInContext`.

    `message` says what is wrong, `what_to_write` says what to do; both are in the language of the editor. `accepted`
    is "NAME: REASON" if a reviewer found the text right; the finding is then a note.
    """

    rule: str
    level: Level
    message: str
    what_to_write: str
    citation: Citation
    id: str
    archive: str
    page: str
    file: str
    accepted: str = ""


def at_least(level: Level, least: Level) -> bool:
    """Return whether `level` is as bad as `least`, or worse."""
    return LEVELS.index(level) >= LEVELS.index(least)
