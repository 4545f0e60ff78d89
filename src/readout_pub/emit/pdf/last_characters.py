"""Keeps the last two characters of most Chinese and Japanese paragraphs together, so that neither stands alone.

Lines in these languages may break between almost any two characters. Japanese titles and headings break between
phrases: see `emit.markup.phrases`.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from readout_pub.emit.pdf.tags.roles import CAPTION_LINES
from readout_pub.emit.widows import UNBROKEN
from readout_pub.unicode_scripts import LETTER_RANGES

_LETTERS = f"[{LETTER_RANGES['Hani']}{LETTER_RANGES['Hrkt']}]"

_PUNCTUATION = "[。\uff0e、\uff0c\uff01\uff1f」』\uff09】》]"

_LAST_CHARACTERS = re.compile(rf"(?<={_LETTERS}{{6}}){_LETTERS}{{2}}{_PUNCTUATION}{{0,3}}\Z")
"""The last two letters of a text, and the punctuation after them. Six more letters have to stand right before the two:
a text of fewer letters fits on one line, even in a cell.
"""

_LONGEST = 11
"""`_LAST_CHARACTERS` looks at this many characters at the end of a text: six letters, two letters, three punctuation
marks.
"""

_PARAGRAPHS = frozenset("p li dd dt td th caption figcaption".split())

_INLINE = frozenset("a em s strong span".split())
"""If a paragraph ends with one of these elements, the last characters of the element are kept together."""


def keep_last_characters(html: Element) -> None:
    """Put the last characters of each paragraph, and those before each `br`, into a `span` with the class UNBROKEN."""
    for element in list(html.iter()):
        if element.tag in _PARAGRAPHS or element.get("class") in CAPTION_LINES:
            _keep_before(element, len(element))
        for index in reversed([index for index, child in enumerate(element) if child.tag == "br"]):
            _keep_before(element, index)


def _keep_before(element: Element, index: int) -> None:
    """Keep together the last characters of the text that stands before child number `index` of `element`."""
    before = element[index - 1] if index else None
    text = element.text if before is None else before.tail
    if before is not None and not text:
        if before.tag in _INLINE:
            _keep_before(before, len(before))
        return
    found = _LAST_CHARACTERS.search((text or "")[-_LONGEST:])
    if found is None or text is None:
        return
    kept = Element("span", {"class": UNBROKEN})
    kept.text = found[0]
    rest = text.removesuffix(found[0])
    if before is None:
        element.text = rest
    else:
        before.tail = rest
    element.insert(index, kept)
