"""The success criteria of WCAG 2.2, levels A and AA, and whether rules or people can check each of them.

EN 301 549 V3.2.1 has the criteria of WCAG 2.1 in its clauses 9 (web) and 10 (documents): 9.1.1.1 and 10.1.1.1 are
WCAG's 1.1.1.
Source of numbers, levels and names: https://www.w3.org/TR/WCAG22/.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import msgspec

Coverage = Literal["partly", "human", "media", "absent"]

_FORMS = frozenset({"<form>", "<input>", "<select>", "<textarea>", "<button>", "a form", "a form field"})
"""The names of forms and their parts in `FileReport.active_content`."""


class Criterion(msgspec.Struct, frozen=True):
    """A criterion: its number, level and name, and how far rules cover it.

    "partly": rules find some failures, and a person has to look for others; "human": only a person can check it;
    "media": it concerns media or scripts that may play media, but no forms; "absent": it concerns active content of any
    kind (media, forms or scripts). A readout has no active content.
    """

    number: str
    level: str
    name: str
    coverage: Coverage

    @property
    def is_conditional(self) -> bool:
        """Whether the criterion concerns only files with active content."""
        return self.coverage in {"media", "absent"}

    def concerned(self, active_content: Iterable[str]) -> tuple[str, ...]:
        """Return the names of the active content that a conditional criterion concerns.

        A criterion on media concerns everything except forms: a script, too, may play media.
        """
        return tuple(name for name in active_content if self.coverage != "media" or name not in _FORMS)


_WEB, _DOCUMENTS = 9, 10
"""The clauses of EN 301 549 on web pages and on other documents."""

_CLAUSES = {"html": _WEB, "epub": _DOCUMENTS, "pdf": _DOCUMENTS}

_ADDED_IN_WCAG_22 = frozenset("2.4.11 2.5.7 2.5.8 3.2.6 3.3.7 3.3.8".split())

_VOID_FOR_DOCUMENTS = frozenset("2.4.1 2.4.5 3.2.3 3.2.4".split())
"""The criteria on sets of web pages, such as 3.2.3 on the order of navigation links on all pages of a site. For
documents, the clauses of EN 301 549 on these criteria are empty ("Void")."""


def clause(criterion: str, file_format: str) -> str | None:
    """Return the clause of EN 301 549 V3.2.1 that applies a criterion to files of a format; None if no clause does."""
    part = _CLAUSES[file_format]
    is_left_out = criterion in _ADDED_IN_WCAG_22 or (part == _DOCUMENTS and criterion in _VOID_FOR_DOCUMENTS)
    return None if is_left_out else f"{part}.{criterion}"


_TABLE = """\
1.1.1  A  partly Non-text Content
1.2.1  A  media  Audio-only and Video-only (Prerecorded)
1.2.2  A  media  Captions (Prerecorded)
1.2.3  A  media  Audio Description or Media Alternative (Prerecorded)
1.2.4  AA media  Captions (Live)
1.2.5  AA media  Audio Description (Prerecorded)
1.3.1  A  partly Info and Relationships
1.3.2  A  human  Meaningful Sequence
1.3.3  A  human  Sensory Characteristics
1.3.4  AA human  Orientation
1.3.5  AA absent Identify Input Purpose
1.4.1  A  human  Use of Color
1.4.2  A  media  Audio Control
1.4.3  AA human  Contrast (Minimum)
1.4.4  AA partly Resize Text
1.4.5  AA human  Images of Text
1.4.10 AA human  Reflow
1.4.11 AA human  Non-text Contrast
1.4.12 AA human  Text Spacing
1.4.13 AA absent Content on Hover or Focus
2.1.1  A  human  Keyboard
2.1.2  A  human  No Keyboard Trap
2.1.4  A  absent Character Key Shortcuts
2.2.1  A  absent Timing Adjustable
2.2.2  A  absent Pause, Stop, Hide
2.3.1  A  human  Three Flashes or Below Threshold
2.4.1  A  partly Bypass Blocks
2.4.2  A  partly Page Titled
2.4.3  A  human  Focus Order
2.4.4  A  partly Link Purpose (In Context)
2.4.5  AA partly Multiple Ways
2.4.6  AA partly Headings and Labels
2.4.7  AA human  Focus Visible
2.4.11 AA human  Focus Not Obscured (Minimum)
2.5.1  A  absent Pointer Gestures
2.5.2  A  absent Pointer Cancellation
2.5.3  A  human  Label in Name
2.5.4  A  absent Motion Actuation
2.5.7  AA absent Dragging Movements
2.5.8  AA human  Target Size (Minimum)
3.1.1  A  partly Language of Page
3.1.2  AA partly Language of Parts
3.2.1  A  absent On Focus
3.2.2  A  absent On Input
3.2.3  AA human  Consistent Navigation
3.2.4  AA human  Consistent Identification
3.2.6  A  absent Consistent Help
3.3.1  A  absent Error Identification
3.3.2  A  absent Labels or Instructions
3.3.3  AA absent Error Suggestion
3.3.4  AA absent Error Prevention (Legal, Financial, Data)
3.3.7  A  absent Redundant Entry
3.3.8  AA absent Accessible Authentication (Minimum)
4.1.2  A  partly Name, Role, Value
4.1.3  AA absent Status Messages
"""

_COVERAGES: dict[str, Coverage] = {"partly": "partly", "human": "human", "media": "media", "absent": "absent"}


def _parse_row(line: str) -> Criterion:
    number, level, coverage, name = line.split(maxsplit=3)
    return Criterion(number, level, name, _COVERAGES[coverage])


CRITERIA = tuple(map(_parse_row, _TABLE.splitlines()))
