"""Gives each list of an ODT document its own numbering.

Pandoc writes one list style for a list and all lists within it. It keeps the form of the first one at each level, so
that an office program shows "(a)" in place of "1." or "(c)" in a later list at the same level.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from readout_pub.emit.markup.inlines import attributes
from readout_pub.emit.pandoc.numbering import DELIMITERS, ODT_NUMERALS, Numbering

_LEVELS = 10
"""Levels of a list style; those of pandoc have as many."""

_BULLETS = "•◦▪"
"""The bullets of the levels, which repeat, as pandoc has them."""

_PANDOC_STYLE = re.compile(r"<text:list-style .*?</text:list-style>\s*+", re.DOTALL)
_STYLE_OF_PARAGRAPH = re.compile(r' style:list-style-name="[^"]*+"')
_LIST = re.compile(r'<text:list(?: text:style-name="[^"]*+")?(?=[ >])')


def number_lists(content: str, tree: object) -> str:
    """Return `content`, the content.xml that pandoc made of `tree`, with a list style for each form of numbering."""
    forms = list(_forms(tree))
    names = {form: f"L{number}" for number, form in enumerate(dict.fromkeys(forms), start=1)}
    styles, body, text = content.partition("<office:body")
    styles = _STYLE_OF_PARAGRAPH.sub("", _PANDOC_STYLE.sub("", styles))
    own = "\n".join(_list_style(name, form) for form, name in names.items())
    styles = styles.replace("<office:automatic-styles>", f"<office:automatic-styles>\n{own}", 1)
    in_order = iter(forms)
    named = _LIST.sub(lambda _: f'<text:list text:style-name="{names[next(in_order)]}"', text)
    return styles + body + named


def _forms(node: object) -> Iterator[Numbering | None]:
    """Yield the numbering of each list of a syntax tree in the order of the document; None for bullets."""
    match node:
        case {"t": "OrderedList", "c": [[start, {"t": style}, {"t": delimiter}], items]}:
            yield Numbering(start, style, delimiter)
            yield from _forms(items)
        case {"t": "BulletList", "c": items}:
            yield None
            yield from _forms(items)
        case dict():
            for value in node.values():
                yield from _forms(value)
        case list() | tuple():
            for each in node:
                yield from _forms(each)
        case _:
            return


def _list_style(name: str, form: Numbering | None) -> str:
    levels = "".join(_level(level, form) for level in range(1, _LEVELS + 1))
    return f'<text:list-style style:name="{name}">{levels}</text:list-style>'


def _level(level: int, form: Numbering | None) -> str:
    """Return one level of a list style; each is a quarter inch further in, as pandoc indents it."""
    margin = f"{(level + 1) / 4:g}in"
    place = {"text:list-tab-stop-position": margin, "fo:text-indent": "-0.25in", "fo:margin-left": margin}
    properties = (
        '<style:list-level-properties text:list-level-position-and-space-mode="label-alignment" fo:text-align="right">'
        f'<style:list-level-label-alignment text:label-followed-by="listtab"{attributes(**place)}/>'
        "</style:list-level-properties>"
    )
    if form is None:
        bullet = _BULLETS[(level - 1) % len(_BULLETS)]
        head = f'bullet text:level="{level}" text:style-name="Bullet_20_Symbols" text:bullet-char="{bullet}"'
    else:
        before, after = DELIMITERS[form.delimiter]
        numerals = ODT_NUMERALS[form.style]
        head = (
            f'number text:level="{level}" text:style-name="Numbering_20_Symbols" style:num-format="{numerals}" '
            f'text:start-value="{form.start}" style:num-prefix="{before}" style:num-suffix="{after}"'
        )
    return f"<text:list-level-style-{head}>{properties}</text:list-level-style-{head.partition(' ')[0]}>"
