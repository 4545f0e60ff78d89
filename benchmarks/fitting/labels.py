"""Labels the lines of an annotated page: 1 for text, 0 for anything else, None where the annotation does not tell."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from benchmarks.fitting.gold import GoldPage
from readout_pub.extract.generic.page_analysis import PageAnalysis
from readout_pub.extract.generic.text_blocks import ElementBox, Line
from readout_pub.html_elements import HEADINGS

_WITHOUT_SPACES = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_TOKEN = re.compile(rf"[{_WITHOUT_SPACES}]|[^\W{_WITHOUT_SPACES}]+")
"""A word; in scripts without spaces between words (Thai, Khmer, Japanese, Chinese), a character."""
SHINGLE_SIZE = 4
"""How many words in a row are compared at once. The score.py of the data set `bench` uses the same number."""
_MIN_PIECE = 25
"""A line of this many characters or more gets the label of the gold piece that contains it. A shorter line does not,
since it may occur elsewhere on the page, too."""
_MAX_EDGE = 25
"""How many characters at the start and at the end of a text are searched for: a longer piece may span several lines."""
_MAX_DATE_LINE = 60
"""A line with digits and fewer letters than this may be the date. It gets no label: it is neither text nor chrome."""


def label_lines(page: PageAnalysis, gold: GoldPage) -> list[int | None]:
    """Return the label of each line of a page."""
    labels = _label_by_text(page, gold.text) if gold.text else _label_by_pieces(page, gold.must, gold.must_not)
    return _label_by_description(page, gold.description, labels) if gold.description else labels


def _label_by_text(page: PageAnalysis, gold: str) -> list[int | None]:
    """Label a line 1 if at least half of its 4-word shingles are in the gold text.

    A line too short for a shingle is 1 if it is a whole line of the gold. It is also 1 if the gold contains it and it
    stands between lines labelled 1. All rows of a data table get the same label.
    """
    gold_words = words_of(gold)
    gold_shingles = {size: set(shingles_of(gold_words, size)) for size in range(1, SHINGLE_SIZE + 1)}
    gold_lines = {normalize(line) for line in gold.split("\n")}
    labels: list[int | None] = [None] * len(page.lines)
    short = []
    for words, rows in _data_tables(page):
        shingles = shingles_of(words, SHINGLE_SIZE)
        found = sum(shingle in gold_shingles[SHINGLE_SIZE] for shingle in shingles)
        for line in rows:
            labels[line.index] = int(found * 2 >= max(1, len(shingles)))
    for line in page.lines:
        words = words_of(line.text)
        if line.box.data_table:
            continue
        if len(words) >= SHINGLE_SIZE:
            shingles = shingles_of(words, SHINGLE_SIZE)
            found = sum(shingle in gold_shingles[SHINGLE_SIZE] for shingle in shingles)
            labels[line.index] = int(found * 2 >= len(shingles))
        elif words:
            short.append((line.index, words))
    for index, words in short:
        above = next((label for label in reversed(labels[max(0, index - 3) : index]) if label is not None), 0)
        below = next((label for label in labels[index + 1 : index + 4] if label is not None), 0)
        is_between = bool(above and below and tuple(words) in gold_shingles[len(words)])
        labels[index] = int(is_between or normalize(page.lines[index].text) in gold_lines)
    return labels


def _data_tables(page: PageAnalysis) -> list[tuple[list[str], list[Line]]]:
    """Return the words and the lines of each data table."""
    tables: dict[ElementBox, list[Line]] = defaultdict(list)
    for line in page.lines:
        if line.box.data_table:
            tables[line.box.data_table].append(line)
    return [([word for row in rows for word in words_of(row.text)], rows) for rows in tables.values()]


def _label_by_pieces(page: PageAnalysis, must: Sequence[str], must_not: Sequence[str]) -> list[int | None]:
    """Label the lines that contain a piece of the gold, and long lines that are part of one; others get no label."""

    def matches(text: str, pieces: Sequence[str]) -> bool:
        return any(piece in text or (len(text) >= _MIN_PIECE and text in piece) for piece in map(normalize, pieces))

    texts = [normalize(line.text) for line in page.lines]
    return [1 if matches(text, must) else 0 if matches(text, must_not) else None for text in texts]


def _label_by_description(page: PageAnalysis, gold: dict[str, Any], labels: list[int | None]) -> list[int | None]:
    """Fill in the missing labels from the description of the page in a gold file of the corpus.

    Headings and prose of the text get 1. Other headings, and lines before or after the text, get 0. Lines of title,
    kicker, captions, credits and possible dates get no label, since they are neither text nor chrome.
    """
    texts = [normalize(line.text) for line in page.lines]
    first = _find_only(texts, normalize(gold["body_first"])[:_MAX_EDGE])
    last = _find_only(texts, normalize(gold["body_last"])[-_MAX_EDGE:])
    headings = {normalize(words) for _, words in gold["headings"]}
    fields = [gold["title"], *gold["title_alternatives"], gold["series_or_kicker"], *gold["headings_optional"]]
    unlabelled = [normalize(words) for words in fields if words]
    unlabelled += [
        normalize(photo[kind]) for photo in gold["photos"] for kind in ("caption", "credit") if photo.get(kind)
    ]

    def label(line: Line) -> int | None:
        text = texts[line.index]
        if text in headings:
            return 1
        if any(text in words or words in text for words in unlabelled):
            return None
        if line.box.element.tag in HEADINGS:
            return 0
        if (first is not None and line.index < first) or (last is not None and line.index > last):
            return None if any(map(str.isdigit, text)) and line.size < _MAX_DATE_LINE else 0
        return 1 if first is not None and last is not None and page.is_prose(line) else None

    return [label(line) if known is None else known for line, known in zip(page.lines, labels, strict=True)]


def _find_only(texts: Sequence[str], piece: str) -> int | None:
    """Return the index of the only text that contains `piece`; None if no text or several texts contain it."""
    found = [index for index, text in enumerate(texts) if piece in text]
    return found[0] if len(found) == 1 else None


def normalize(text: str) -> str:
    """Return `text` in NFC, with single spaces as its only white space."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def words_of(text: str) -> list[str]:
    """Return the words of `text`; in scripts without spaces, its characters."""
    return _TOKEN.findall(unicodedata.normalize("NFC", text))


def shingles_of(words: Sequence[str], size: int) -> list[tuple[str, ...]]:
    """Return every run of `size` words, in order; none if there are fewer words."""
    return [tuple(words[start : start + size]) for start in range(len(words) - size + 1)]
