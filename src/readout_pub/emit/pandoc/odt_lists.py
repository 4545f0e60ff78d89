"""Gives each list of an ODT document its own numbering.

Pandoc writes one list style for a list and all lists within it. The style has one form for each level, taken from
the first list on the level. So an office program would number a later list on the same level like the first one:
"(a)" where "1." or "(c)" is right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from readout_pub.emit.markup.inlines import attributes
from readout_pub.emit.pandoc.nodes import starts_with_label
from readout_pub.emit.pandoc.numbering import BULLETS, DELIMITERS, ODT_NUMERALS, Numbering

_LEVELS = 10
"""How many levels a list style has, as in those that pandoc writes."""

_STYLE_OF_PARAGRAPH = re.compile(r' style:list-style-name="[^"]*+"')
_LIST = re.compile(r'<text:list(?: text:style-name="[^"]*+")?(?=[ >])')


def number_lists(content: str, tree: object, indent: float) -> str:
    """Return `content`, the content.xml that pandoc made of `tree`, with a list style for each form of numbering.

    `indent` is the indent of each level, in points.
    """
    forms = list(_forms(tree))
    names = {form: f"L{number}" for number, form in enumerate(dict.fromkeys(forms), start=1)}
    styles, body, text = content.partition("<office:body")
    head, *pandoc_styles = styles.split("<text:list-style ")
    after = (each.partition("</text:list-style>")[2].lstrip() for each in pandoc_styles)
    styles = _STYLE_OF_PARAGRAPH.sub("", "".join((head, *after)))
    own = "\n".join(_list_style(name, form, indent) for form, name in names.items())
    styles = styles.replace("<office:automatic-styles>", f"<office:automatic-styles>\n{own}", 1)
    in_order = iter(forms)
    named = _LIST.sub(lambda _: f'<text:list text:style-name="{names[next(in_order)]}"', text)
    return styles + body + named


_Form = Numbering | Literal["bullets", "labels"]
"""What the items of a list have as marker: a number, a bullet, or none, since their text begins with a label."""


def _forms(node: object) -> Iterator[_Form]:
    """Yield the form of each list of a syntax tree in the order of the document."""
    match node:
        case {"t": "OrderedList", "c": [[start, {"t": style}, {"t": delimiter}], items]}:
            yield Numbering(start, style, delimiter)
            yield from _forms(items)
        case {"t": "BulletList", "c": items}:
            yield "labels" if any(map(starts_with_label, items)) else "bullets"
            yield from _forms(items)
        case dict():
            for value in node.values():
                yield from _forms(value)
        case list() | tuple():
            for each in node:
                yield from _forms(each)
        case _:
            return


def _list_style(name: str, form: _Form, indent: float) -> str:
    levels = "".join(_level(level, form, indent) for level in range(1, _LEVELS + 1))
    return f'<text:list-style style:name="{name}">{levels}</text:list-style>'


def _level(level: int, form: _Form, indent: float) -> str:
    """Return a level of a list style. A bullet hangs left of the text by half of the indent, a number by all of it."""
    margin = f"{level * indent:.2f}pt"
    hanging = indent / 2 if form == "bullets" else indent
    place = {"text:list-tab-stop-position": margin, "fo:text-indent": f"{-hanging:.2f}pt", "fo:margin-left": margin}
    follower = "nothing" if form == "labels" else "listtab"
    properties = (
        '<style:list-level-properties text:list-level-position-and-space-mode="label-alignment" fo:text-align="left">'
        f'<style:list-level-label-alignment text:label-followed-by="{follower}"{attributes(**place)}/>'
        "</style:list-level-properties>"
    )
    match form:
        case "bullets":
            bullet = BULLETS[(level - 1) % len(BULLETS)]
            head = f'bullet text:level="{level}" text:style-name="Bullet_20_Symbols" text:bullet-char="{bullet}"'
        case "labels":
            head = f'number text:level="{level}" style:num-format=""'
        case _:
            before, after = DELIMITERS[form.delimiter]
            numerals = ODT_NUMERALS[form.style]
            head = (
                f'number text:level="{level}" text:style-name="Numbering_20_Symbols" style:num-format="{numerals}" '
                f'text:start-value="{form.start}" style:num-prefix="{before}" style:num-suffix="{after}"'
            )
    return f"<text:list-level-style-{head}>{properties}</text:list-level-style-{head.partition(' ')[0]}>"
