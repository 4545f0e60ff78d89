"""The text that a page holds and scripts were to show, set into its tree where they have not."""

from __future__ import annotations

from lxml import etree

from readout_pub.extract.generic.metadata import PageMetadata
from readout_pub.extract.generic.text_blocks import Element
from readout_pub.notes import Note, note

_TEXT = 800
"""Letters from which a `noscript` holds a text rather than a request to switch scripts on, and data hold one too."""


def show_script_only_text(root: Element, head: PageMetadata) -> tuple[Note, ...]:
    """Set into the tree what only `noscript` or the data of a page hold of its text; a note says if it was the data."""
    _show_what_scripts_hide(root)
    return (note("TEXT_FROM_DATA"),) if _show_what_only_data_say(root, head.text) else ()


def _show_what_scripts_hide(root: Element) -> None:
    """Let `noscript` be read where it holds the text, on pages that scripts would fill."""
    hidden = [(element, _letters(element)) for element in root.iter("noscript")]
    if hidden and max(size for _, size in hidden) > _TEXT:
        shown = sum(_letters(element) for element in root.iter("p", "li", "td", "h1", "h2") if not _is_hidden(element))
        for element, size in hidden:
            if size > max(shown, _TEXT):
                element.tag = "div"


def _show_what_only_data_say(root: Element, told: str) -> bool:
    """Set the text that a page gives to search engines into it, if scripts were to show it and none has.

    Where half of it may stand in the page, the page is left alone; returns whether it was not.
    """
    if len(told) < _TEXT:
        return False
    shown = _letters(root) - sum(map(_letters, root.iter("noscript")))
    if len(told) < 2 * shown:
        return False
    _take_out_beginning(root, told)
    article = etree.SubElement(next(root.iter("body"), root), "article")
    for paragraph in filter(str.strip, told.splitlines()):
        etree.SubElement(article, "p").text = paragraph
    return True


def _take_out_beginning(root: Element, told: str) -> None:
    """Take out the paragraphs that a page shows of the beginning of a text, which is read as a whole."""
    text, at = _spaced(told), 0
    for paragraph in list(root.iter("p")):
        shown = _spaced("".join(map(str, paragraph.itertext())))
        if shown.strip() and text.startswith(shown, at):
            at += len(shown)
            for each in paragraph.iter():
                each.text = None
                if each is not paragraph:
                    each.tail = None


def _spaced(text: str) -> str:
    """Return the words of a text, each with one space behind it."""
    return "".join(f"{word} " for word in text.split())


def _letters(element: Element) -> int:
    return sum(len(text.strip()) for text in element.itertext())


def _is_hidden(element: Element) -> bool:
    return next(element.iterancestors("noscript"), None) is not None
