"""Reports characters without a glyph: a few give a note, a passage in a script without a font is an error."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet

from readout_pub.emit.pdf.fonts import font_remedy
from readout_pub.errors import ToolMissing
from readout_pub.notes import Note, name_first, note

MIN_PASSAGE = 0.02
"""If a script without a font has this share of all letters or more, the PDF is not made.

Chosen by hand: less is a name or a quoted word, more is a passage.
"""

MAX_NAMED = 24
"""How many characters a note names; the note counts the others."""

COMMON_SCRIPTS = frozenset({"Zyyy", "Zinh", "Zzzz"})
"""ISO 15924 codes of characters that many scripts use (common, inherited) or whose script is unknown."""


def missing_glyphs(missing: AbstractSet[str], text: str) -> tuple[Note, ...]:
    """Return a note that names the `missing` characters of `text`; () if there are none.

    Raises ToolMissing if a passage is in a script for which no font is installed.
    """
    if not missing:
        return ()
    counts = Counter(text)
    letters = sum(count for character, count in counts.items() if character.isalpha())
    lost = [script for script, count in _scripts_without_font(missing, counts) if count >= MIN_PASSAGE * letters]
    if lost:
        from fontTools.unicodedata import script_name

        raise ToolMissing(
            f"part of this text is in {', '.join(map(script_name, lost))}, which no font here can draw",
            what_next=font_remedy(lost),
        )
    characters = [f"U+{ord(character):04X} {character}" for character in sorted(missing)]
    return (note("GLYPH_MISSING", characters=name_first(characters, MAX_NAMED)),)


def _scripts_without_font(missing: AbstractSet[str], counts: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    """Yield each script, with the number of its characters, if at least half of these characters lack a glyph.

    Half is enough, since a font for another script may have some characters of this script, and Thai U+0E33 is drawn as
    two glyphs, one of which may exist.
    """
    from fontTools.unicodedata import script

    lost: Counter[str] = Counter()
    whole: Counter[str] = Counter()
    for character, count in counts.items():
        name = script(character)
        whole[name] += count
        lost[name] += count if character in missing else 0
    return ((name, count) for name, count in whole.items() if name not in COMMON_SCRIPTS and lost[name] * 2 >= count)
