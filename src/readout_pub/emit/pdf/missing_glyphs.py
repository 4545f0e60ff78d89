"""What became of the characters that no font could draw: a few are a note, a script without any font is an error."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet

from readout_pub.emit.pdf.fonts import remedy
from readout_pub.errors import ToolMissing
from readout_pub.notes import Note, note

REAL_PART = 0.02
"""Share of all letters from which on a script without a font is an error: less is a name, more is a passage."""

MOST_NAMED = 24
"""How many characters a note names."""

SHARED = frozenset({"Zyyy", "Zinh", "Zzzz"})
"""ISO 15924 codes of characters that belong to all scripts or to none."""


def missing_glyphs(missing: AbstractSet[str], text: str) -> tuple[Note, ...]:
    """Note the characters of `text` that are `missing`; a ToolMissing if they are a script that no font here knows."""
    if not missing:
        return ()
    count = Counter(text)
    letters = sum(number for character, number in count.items() if character.isalpha())
    lost = [script for script, number in _scripts_without_font(missing, count) if number >= REAL_PART * letters]
    if lost:
        from fontTools.unicodedata import script_name

        raise ToolMissing(
            f"no font here can draw {', '.join(map(script_name, lost))}, in which part of this text is written",
            what_next=remedy(lost[0]),
        )
    named = ", ".join(f"U+{ord(character):04X} {character}" for character in sorted(missing)[:MOST_NAMED])
    more = f" and {len(missing) - MOST_NAMED} more" if len(missing) > MOST_NAMED else ""
    return (note("GLYPH_MISSING", characters=named + more),)


def _scripts_without_font(missing: AbstractSet[str], count: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    """Yield each script of which a half or more could not be drawn, with the number of its letters in the text.

    Not all of it, since a font for another script may lend a sign or two, and signs are composed of others.
    """
    from fontTools.unicodedata import script

    lost: Counter[str] = Counter()
    whole: Counter[str] = Counter()
    for character, number in count.items():
        name = script(character)
        whole[name] += number
        lost[name] += number if character in missing else 0
    return ((name, number) for name, number in whole.items() if name not in SHARED and lost[name] * 2 >= number)
