"""What became of the characters that no font could draw: a few are a note, a script without any font is an error."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from readout_pub.emit.pdf.fonts import remedy
from readout_pub.errors import ToolMissing
from readout_pub.notes import Note, note

REAL_PART = 0.02
"""Share of all letters from which on a script without a font is an error: less is a name, more is a passage."""

SHARED = frozenset({"Zyyy", "Zinh", "Zzzz"})
"""ISO 15924 codes of characters that belong to all scripts or to none."""


def missing_glyphs(missing: AbstractSet[str], text: str) -> tuple[Note, ...]:
    """Note the characters of `text` that are `missing`; a ToolMissing if they are a script that no font here knows."""
    if not missing:
        return ()
    count = Counter(text)
    letters = sum(number for character, number in count.items() if character.isalpha())
    for script, number in _scripts_without_font(missing, count).items():
        if number >= REAL_PART * letters:
            from fontTools.unicodedata import script_name

            raise ToolMissing(
                f"no font here can draw {script_name(script)}, in which part of this text is written",
                what_next=remedy(script),
            )
    named = ", ".join(f"U+{ord(character):04X} {character}" for character in sorted(missing))
    return (note("GLYPH_MISSING", characters=named),)


def _scripts_without_font(missing: AbstractSet[str], count: Mapping[str, int]) -> dict[str, int]:
    """Count the letters of each script of which nothing could be drawn, the most frequent first."""
    from fontTools.unicodedata import script

    lost: Counter[str] = Counter()
    for character in missing:
        lost[script(character)] += count[character]
    drawn = {script(character) for character in count if character not in missing}
    return {name: number for name, number in lost.most_common() if name not in SHARED and name not in drawn}
