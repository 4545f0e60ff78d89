"""The subset of MathML that a formula may have, and `is_valid_mathml`, which checks that a text belongs to it.

No element of the subset loads, links or runs anything. JSON of a readout may come from anywhere, so outputs write the
MathML of a formula only after this check.
"""

from __future__ import annotations

import re

MATHML_NAMESPACE = "http://www.w3.org/1998/Math/MathML"

TOKENS = frozenset("mi mn mo ms mtext".split())
"""Elements whose content is text."""

ARITY = {"mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "munder": 2, "mover": 2, "msubsup": 3, "munderover": 3}
"""Elements that must have exactly this number of children."""

_ROWS = {"mtable": frozenset({"mtr"}), "mtr": frozenset({"mtd"})}
"""Element → the names that its children must have."""

_PARENTS = {"mtr": "mtable", "mtd": "mtr"}

EMPTY = frozenset({"mspace", "mprescripts", "none"})
"""Elements without content; the last two stand in `mmultiscripts` only."""

_ONLY_IN_MULTISCRIPTS = frozenset({"mprescripts", "none"})

ELEMENTS = (
    TOKENS
    | EMPTY
    | frozenset(ARITY)
    | frozenset(_ROWS)
    | frozenset("mrow mtd msqrt mstyle mpadded mphantom mmultiscripts".split())
)
"""All elements below `math`."""

ATTRIBUTES = frozenset(
    """mathvariant stretchy fence separator form accent accentunder largeop movablelimits symmetric lspace rspace
    linethickness columnspan rowspan columnalign rowalign displaystyle scriptlevel width height depth minsize
    maxsize""".split()
)
"""Attributes that elements keep: they change what a formula says or how it is set, and contain no URL or style."""

ATTRIBUTE_VALUE = re.compile(r"[\w.%+ -]{1,40}", re.ASCII)
"""What the value of an attribute may be: words and lengths, but no URL and no code."""

_TAG = re.compile(r'<(?P<end>/?)(?P<name>[a-z]{2,13})(?P<attributes>(?: [a-z]{2,13}="[^"<>&]*")*)(?P<empty>/?)>')
_ATTRIBUTE = re.compile(r' (?P<name>[a-z]+)="(?P<value>[^"]*)"')
_TEXT = re.compile(r"(?:[^<>&\"]|&(?:amp|lt|gt|quot);)*")
_START = re.compile(rf'<math xmlns="{re.escape(MATHML_NAMESPACE)}"(?: display="block")?>')
_END = "</math>"


def is_valid_mathml(mathml: str) -> bool:
    """Return whether `mathml` is one `math` element of the subset, as `extract.formulas` writes it."""
    start = _START.match(mathml)
    if start is None or not mathml.endswith(_END):
        return False
    end = len(mathml) - len(_END)
    open_names, counts, position = ["math"], [0], start.end()
    while position < end:
        tag = _TAG.match(mathml, position, end)
        if tag is None:
            text = _TEXT.match(mathml, position, end)
            if not text or text.end() == position or open_names[-1] not in TOKENS:
                return False
            position = text.end()
            continue
        position = tag.end()
        name = tag["name"]
        if tag["end"]:
            if tag["attributes"] or tag["empty"] or open_names[-1] != name or not _has_arity(name, counts[-1]):
                return False
            open_names.pop()
            counts.pop()
            if not open_names:
                return False
            continue
        if not _may_open(name, open_names[-1], tag["attributes"]) or bool(tag["empty"]) != (name in EMPTY):
            return False
        counts[-1] += 1
        if name not in EMPTY:
            open_names.append(name)
            counts.append(0)
    return open_names == ["math"]


def _has_arity(name: str, count: int) -> bool:
    return count == ARITY.get(name, count)


def _may_open(name: str, parent: str, attributes: str) -> bool:
    return (
        name in ELEMENTS
        and parent not in TOKENS
        and _PARENTS.get(name, parent) == parent
        and (parent not in _ROWS or name in _ROWS[parent])
        and (name not in _ONLY_IN_MULTISCRIPTS or parent == "mmultiscripts")
        and all(
            found["name"] in ATTRIBUTES and ATTRIBUTE_VALUE.fullmatch(found["value"])
            for found in _ATTRIBUTE.finditer(attributes)
        )
    )
