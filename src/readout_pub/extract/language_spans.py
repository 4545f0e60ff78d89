"""Paragraphs in another language than their page, told by their own words, so that they are read aloud in it."""

from __future__ import annotations

import msgspec

from readout_pub.extract.detect_language import contradicts, detect_language
from readout_pub.model import Block, Blocks, Paragraph, map_blocks, plain
from readout_pub.text_direction import language_direction


def mark_language_spans(blocks: Blocks, language: str) -> Blocks:
    """Give each paragraph that is in another language beyond doubt that language.

    Names, titles and sentences with a few foreign words tell nothing and stay; so does what the page itself has marked.
    """

    def named(block: Block) -> Block:
        if not isinstance(block, Paragraph) or block.lang is not None:
            return block
        found = detect_language(plain(block.children))
        if found is None or not contradicts(found, language):
            return block
        direction = language_direction(found)
        needed = "rtl" in {direction, language_direction(language)}  # "ltr" is the default of every format
        return msgspec.structs.replace(block, lang=found, dir=block.dir or (direction if needed else None))

    return map_blocks(blocks, lambda siblings: tuple(map(named, siblings)))
