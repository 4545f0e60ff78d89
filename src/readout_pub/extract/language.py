"""The language of a page and of its paragraphs: as declared, unless the text is clearly in another language."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from readout_pub.extract.detect_language import contradicts, detect_language, leans_to
from readout_pub.extract.extraction import Reason
from readout_pub.model import Block, Blocks, Paragraph, map_blocks, plain_text
from readout_pub.notes import Note, note
from readout_pub.text_direction import language_direction

_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")

_SCRIPT_LANGUAGES = (
    ("ja", re.compile("[\u3041-\u30ff]"), 0.1),
    ("ko", re.compile("[\uac00-\ud7af]"), 0.3),
    ("zh", re.compile("[\u4e00-\u9fff]"), 0.3),
    ("ru", re.compile("[\u0400-\u04ff]"), 0.5),
    ("el", re.compile("[\u0370-\u03ff]"), 0.5),
    ("ar", re.compile("[\u0600-\u06ff]"), 0.5),
    ("he", re.compile("[\u0590-\u05ff]"), 0.5),
    ("th", re.compile("[\u0e00-\u0e7f]"), 0.5),
    ("hi", re.compile("[\u0900-\u097f]"), 0.5),
)
"""The commonest language of a script, the script, and the share of a short text's letters that suggests it.

The first that fits wins, and Japanese comes first: it uses Chinese characters too. Shares are lower for scripts whose
characters stand for whole words or syllables, since Latin names beside them take more letters.
"""

_MIN_TEXT = 200
"""Characters of a text that may overrule the declared language. Chosen by hand: shorter ones may be one quotation."""


def declared_language(tag: str | None) -> str | None:
    """Return a declared language in the spelling of BCP 47 ("en-GB"); None if it is not a language tag."""
    text = (tag or "").strip().replace("_", "-")
    if not _LANGUAGE_TAG.fullmatch(text):
        return None
    first, *rest = text.split("-")
    return "-".join([first.lower(), *(part.upper() if len(part) == 2 else part.title() for part in rest)])


def guessed_language(text: str) -> str:
    """Return the detected language of a text, else the commonest language of its script; "en" for Latin letters."""
    letters = sum(map(str.isalpha, text)) or 1
    suggested = (lang for lang, script, share in _SCRIPT_LANGUAGES if len(script.findall(text)) >= share * letters)
    return detect_language(text) or next(suggested, "en")


def decide_language(declared: str | None, text: str) -> tuple[str, tuple[Note, ...], Reason]:
    """Return the language of a page with `text`, the notes on how it was found, and the reason for it."""
    if declared is None:
        guess = guessed_language(text)
        return (
            guess,
            (note("LANGUAGE_GUESSED", language=guess),),
            Reason("language", "guessed from its text", text=guess),
        )
    found = detect_language(text) if len(text) >= _MIN_TEXT else None
    if found and contradicts(found, declared):
        mended = note("LANGUAGE_MENDED", declared=declared, actual=found)
        return found, (mended,), Reason("language", f"shown by its text; declared is {declared}", text=found)
    return declared, (), Reason("language", "declared by the page", text=declared)


def mark_foreign_paragraphs(blocks: Blocks, language: str) -> Blocks:
    """Set the language and direction of each paragraph that is clearly in another language than the page.

    Screen readers then use the right pronunciation. Paragraphs whose language the page declares stay as they are, and
    so do names, titles and sentences with a few foreign words, whose language cannot be detected. A paragraph right
    below one in another language, as in the second half of a bilingual page, is marked if it has more function words of
    that language than of the page's.
    """

    def marked(siblings: Blocks) -> Iterator[Block]:
        above: str | None = None
        for block in siblings:
            if not isinstance(block, Paragraph) or block.lang is not None:
                yield block
                continue
            text = plain_text(block.children)
            found = detect_language(text)
            if found is None and above is not None and leans_to(text, above, language):
                found = above
            above = found if found and contradicts(found, language) else None
            yield _in_language(block, above, language) if above else block

    return map_blocks(blocks, lambda siblings: tuple(marked(siblings)))


def _in_language(block: Paragraph, found: str, page: str) -> Paragraph:
    direction = language_direction(found)
    needed = "rtl" in {direction, language_direction(page)}  # "ltr" is the default of every format
    return msgspec.structs.replace(block, lang=found, dir=block.dir or (direction if needed else None))
