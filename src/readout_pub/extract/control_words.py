"""The words that a form control shows: its text, its value, its placeholder, and the labels of its choices."""

from __future__ import annotations

from collections.abc import Callable, Iterable

_HIDDEN_VALUES = frozenset("hidden password checkbox radio file image color range".split())
"""Types of `input` whose value is not shown as words."""

_CHECKED_OR_CHOSEN = _HIDDEN_VALUES - {"password"}
"""Types of `input` that show no placeholder (WHATWG HTML, 4.10.5.3.10)."""


def shown_words(name: str, attribute: Callable[[str], object], text: str, labels: Iterable[object] = ()) -> str:
    """Return the words that an element shows, white space collapsed; those of another element are its `text`.

    `attribute` returns the value of an attribute, None for a missing one. `labels` are the values of the attribute
    `label` of the options of a `select`, and of their groups.
    """
    if name == "input":
        kind = str(attribute("type") or "").lower()
        text = "" if kind in _HIDDEN_VALUES else str(attribute("value") or "")
        placeholder = "" if kind in _CHECKED_OR_CHOSEN else attribute("placeholder")
    else:
        placeholder = attribute("placeholder") if name == "textarea" else ""
    labelled = " ".join(str(label) for label in labels if label)
    return " ".join(f"{labelled} {text.strip() or placeholder or ''}".split())
