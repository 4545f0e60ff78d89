"""The type of lxml's elements, and functions that read, count, empty, remove or unwrap them."""

from __future__ import annotations

from itertools import islice

from lxml import etree

LxmlElement = etree._Element  # noqa: SLF001 - lxml has no public name for the type of its nodes


def text_of_element(element: LxmlElement) -> str:
    """Return the text of an element and its descendants in one line, with single spaces between words."""
    # Five times as fast as joining the texts of `itertext`.
    text: str = etree.tostring(element, method="text", encoding="unicode", with_tail=False)
    return " ".join(text.split())


def has_more_children(element: LxmlElement, count: int) -> bool:
    """Return whether an element has more than `count` children.

    `len` counts all children, so it takes quadratic time if each child asks for the length of its parent.
    """
    return next(islice(element, count, None), None) is not None


def clear_content(element: LxmlElement) -> None:
    """Remove the text and the children of an element; its attributes stay."""
    for child in list(element):
        element.remove(child)
    element.text = None


def remove_element(element: LxmlElement) -> None:
    """Remove an element from its parent, if it has one; the text after it stays."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    if element.tail:
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def unwrap(element: LxmlElement) -> None:
    """Replace an element by its content; an element without a parent stays."""
    parent = element.getparent()
    if parent is None:
        return
    before = element.getprevious()
    if before is None:
        parent.text = f"{parent.text or ''}{element.text or ''}" or None
    else:
        before.tail = f"{before.tail or ''}{element.text or ''}" or None
    last = element[-1] if len(element) else None
    if last is not None:
        last.tail = f"{last.tail or ''}{element.tail or ''}" or None
    elif before is not None:
        before.tail = f"{before.tail or ''}{element.tail or ''}" or None
    else:
        parent.text = f"{parent.text or ''}{element.tail or ''}" or None
    element.tail = None
    for child in element:
        element.addprevious(child)
    parent.remove(element)
