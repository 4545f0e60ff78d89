"""Makes the extraction read text that is only in `noscript`, in JSON-LD, or in elements that usually contain no text.

Pages that a crawler saved before their scripts ran often contain their text only in `noscript` or JSON-LD. Others have
it in an element such as a `video`, or a `button` without an end tag.
"""

from __future__ import annotations

from lxml import etree

from readout_pub.extract.generic.metadata import PageMetadata
from readout_pub.notes import Note, note
from readout_pub.sources.lxml_elements import LxmlElement

_MIN_TEXT = 800
"""In characters; a shorter `noscript` asks to enable scripts. Chosen by hand."""
_MIN_ARTICLE_BODY = 100
"""In characters; the shortest notices have a hundred. Chosen by hand."""
_HIDING = (
    "audio", "button", "canvas", "datalist", "dialog", "meter", "noscript", "optgroup", "option", "progress", "select",
    "video",
)  # fmt: skip
"""Elements whose content is read as text only if it is longer than all that the page shows."""


def show_script_only_text(root: LxmlElement, metadata: PageMetadata) -> tuple[Note, ...]:
    """Show text that is only in elements such as `noscript`, or only in JSON-LD; return a note on text from JSON-LD."""
    _show_hidden(root)
    return (note("TEXT_FROM_DATA"),) if _insert_article_body(root, metadata.article_body) else ()


def _show_hidden(root: LxmlElement) -> None:
    """Turn each element of `_HIDING` with more text than the shown page into a `div`."""
    hidden = [(element, _count_hidden_characters(element)) for element in root.iter(*_HIDING)]
    if hidden and max(size for _, size in hidden) > _MIN_TEXT:
        shown = sum(
            _count_characters(element) for element in root.iter("p", "li", "td", "h1", "h2") if not _is_hidden(element)
        )
        for element, size in hidden:
            if size > max(shown, _MIN_TEXT):
                element.tag = "div"


def _count_hidden_characters(element: LxmlElement) -> int:
    """Count the characters of a `noscript`; of other elements, only paragraphs: the rest is labels."""
    return sum(map(_count_characters, [element] if element.tag == "noscript" else element.iter("p")))


def _insert_article_body(root: LxmlElement, article_body: str) -> bool:
    """Append a long `articleBody` of JSON-LD as paragraphs, and return whether it was appended.

    The page may already show most of a shorter body.
    """
    if len(article_body) < _MIN_ARTICLE_BODY:
        return False
    shown = _count_characters(root) - sum(map(_count_characters, root.iter("noscript")))
    if len(article_body) < 2 * shown:
        return False
    _remove_shown_beginning(root, article_body)
    article = etree.SubElement(next(root.iter("body"), root), "article")
    for paragraph in filter(str.strip, article_body.splitlines()):
        etree.SubElement(article, "p").text = paragraph
    return True


def _remove_shown_beginning(root: LxmlElement, article_body: str) -> None:
    """Empty the paragraphs that show the beginning of the text: many sites load the rest by scripts."""
    text, position = _space_words(article_body), 0
    for paragraph in list(root.iter("p")):
        shown = _space_words("".join(map(str, paragraph.itertext())))
        if shown.strip() and text.startswith(shown, position):
            position += len(shown)
            for each in paragraph.iter():
                each.text = None
                if each is not paragraph:
                    each.tail = None


def _space_words(text: str) -> str:
    """Return the words of a text, each followed by one space."""
    return "".join(f"{word} " for word in text.split())


def _count_characters(element: LxmlElement) -> int:
    return sum(len(text.strip()) for text in element.itertext())


def _is_hidden(element: LxmlElement) -> bool:
    return next(element.iterancestors(*_HIDING), None) is not None
