"""Styles that know from the start what nobody has set, in place of WeasyPrint's, which work out each value when asked.

Of the some 300 properties of an element hardly ten are set by a style sheet. Most others keep the value that they have
in CSS from the beginning, in every element of every page; WeasyPrint's classes find that out one by one, a fifth of the
time that a page takes. Here an element begins as a copy of these values, without those that a style sheet sets.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from types import ModuleType

from readout_pub.emit.pdf.patching import patched

DEPENDENT = frozenset({"page", "position", "float", "display"})
"""Properties whose value depends on others or on the parent, though they are not inherited."""

PARENTS = "text_decoration_"
"""How those begin that are drawn through an element's children."""


COMPUTED = ("parent_style", "cascaded", "pseudo_type", "root_style", "base_url", "font_config", "initial_page_sizes")


@contextmanager
def initial_styles(weasyprint: ModuleType) -> Iterator[None]:
    """Let pages be laid out in this context with such styles."""
    css = weasyprint.css
    settled, physical = _settled(css), _physical(css)
    begin_computed, begin_anonymous = css.ComputedStyle.__init__, css.AnonymousStyle.__init__

    def computed(style: dict[str, object], parent: object, cascaded: Mapping[str, object], *more: object) -> None:
        style.update(settled)
        for key in cascaded:
            style.pop(key, None)
            for side in physical.get(key, ()):
                style.pop(side, None)
        begin_computed(style, parent, cascaded, *more)

    def anonymous(style: dict[str, object], parent: object) -> None:
        style.update(settled)
        begin_anonymous(style, parent)

    with (
        patched(css.ComputedStyle, "__init__", ("self", *COMPUTED), computed),
        patched(css.AnonymousStyle, "__init__", ("self", "parent_style"), anonymous),
    ):
        yield


@cache
def _settled(css: ModuleType) -> Mapping[str, object]:
    """Return property → its value where nobody sets it, of those whose value depends on nothing else."""
    return {
        key: value
        for key, value in css.INITIAL_VALUES.items()
        if not (key in css.INHERITED or key in css.INITIAL_NOT_COMPUTED or key in DEPENDENT or key.startswith(PARENTS))
    }


@cache
def _physical(css: ModuleType) -> Mapping[str, set[str]]:
    """Return property by direction of text → the properties by side that it may set."""
    found = defaultdict(set)
    for side, direction_of in css.PHYSICAL_FUNCTIONS.items():
        for inline in ("ltr", "rtl"):
            found[direction_of(block="ttb", inline=inline)].add(side)
    return found
