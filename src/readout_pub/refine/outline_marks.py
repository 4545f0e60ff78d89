"""Finds headings and list items that have no markup: numbered lines and bold lines.

A count is a sequence of labels of one style, each one more than the last: "(1)", "(2)", "(3)". Counts nest: "1.", "a)",
"b)", "2.".
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec

from readout_pub.model import (
    Block,
    Blocks,
    Emphasis,
    Figure,
    Inlines,
    LineBreak,
    Link,
    Paragraph,
    Rule,
    Section,
    Span,
    Strong,
    Table,
    plain_text,
)
from readout_pub.refine.line_kinds import (
    LineLabel,
    ends_with_punctuation,
    label_of,
    looks_like_heading,
    parse_label,
)
from readout_pub.sentences import QUESTION_MARKS


class OutlineMark(msgspec.Struct):
    """A heading or a list item, its depth in the outline, and its label if it has one.

    A `closed` item ends before the next block without a mark.
    """

    depth: int
    label: LineLabel | None
    heading: bool = True
    closed: bool = False


_BOLD, _ITALIC, _PART = "bold", "italic", "part"
"""The styles of lines without labels. A "part", such as an annex, has bold headings below."""
_MIN_DAYS = 3
"""At least so many bold days, as in a list of events, are headings."""
_MIN_BELOW_ITALIC = 150
"""The source of a quotation is in italics too, but has fewer characters below."""

_OPENING_QUOTES, _SIGNS_OF_CALL = "\"“„«‘'", "0123456789*†‡[]() "
"""Signs of a footnote call such as "[1]" may follow the end of a sentence."""

_NUMBERED_PART = re.compile(r"(?P<name>[^\W\d_]{3,20})\s+(?:\d{1,3}|[A-Z]|[IVXLC]{1,7})(?!\w)")
"""The start of a line such as "Subpart B - Reports", "Teil 2" or "CHAPITRE IV"."""
_SIGNS_WITHIN = (": ", "：", ". ", "。", "! ", "！", *QUESTION_MARKS)
"""Signs after a label or sentence before a question: "Q: Why?", "They met. Why?"."""
_MIN_BRIEF_QUESTION, _MAX_BRIEF_QUESTION = 10, 60
"""Numbers of characters. If all questions are brief, the text is no interview."""
_MIN_LONG_PART = 1500
"""How many characters a long part of a speech has at least."""
_MIN_PARTS = 3
"""How many bold lines that count from 2 are headings."""
_MAX_HEAD = 10
"""How many lines above a memorandum or speech may give its number, subject or day."""
_MAX_DEPTH = 30
"""Real documents nest less deeply. Without this limit, lines that all begin with "1." would take quadratic time."""


def find_outline_marks(blocks: Blocks, *, is_whole: bool = False, is_faq: bool = False) -> list[OutlineMark | None]:
    """Return the mark of each block, None for a block that is neither heading nor item.

    `is_whole` tells whether `blocks` are the whole text, `is_faq` whether all short bold questions are headings, as in
    a list of frequent questions.
    """
    marks = _mark_labels_and_bold_lines(blocks, is_faq=is_faq)
    if is_whole:
        marks = _drop_heading_of_whole_text(blocks, marks)
    _raise_headings_of_items(marks)
    for _, run in _runs(marks):
        _classify_run(blocks, marks, run)
    for depth, run in list(_runs(marks)):
        _raise_bold_lines(blocks, marks, depth, run)
    return marks


def _mark_labels_and_bold_lines(blocks: Blocks, *, is_faq: bool) -> list[OutlineMark | None]:
    """Mark labels that form a count, bold lines above text, and headings in italics."""
    marks: list[OutlineMark | None] = []
    counts: list[dict[str, int]] = []
    others, questions = _lines_without_sections(blocks), _questions_as_headings(blocks, is_faq=is_faq)
    italic, numbered_parts = _italic_headings(blocks), _numbered_parts(blocks)
    for position, block in enumerate(blocks):
        mark = None
        if isinstance(block, Paragraph) and not _leads_to_section(block):
            label = label_of(block.children)
            depth = _depth_of(label.interpretations, counts) if label else None
            if depth is not None:
                mark = OutlineMark(depth, label)
            elif (
                (_is_bold_heading(block) or id(block) in questions)
                and id(block) not in others
                and not (position == 0 and _is_line_above_text(block, blocks))
                and not any(is_other(blocks, position) for is_other in _OTHER_LINES)
            ):
                if id(block) in numbered_parts:
                    mark = OutlineMark(_depth_of_style(_PART, counts), None)
                elif _has_text_below(blocks, position):
                    mark = OutlineMark(_depth_of_style(_BOLD, counts), None)
                elif _heads_part(blocks, position, others):
                    mark = OutlineMark(_depth_of_style(_PART, counts), None)
            elif id(block) in italic and any(_BOLD in count for count in counts):
                mark = OutlineMark(_depth_of_style(_ITALIC, counts), None)
        marks.append(mark)
    return _drop_single_labels(blocks, marks)


def section_labels(blocks: Blocks) -> list[LineLabel | None]:
    """Return the label of each section that begins or continues a count; None for other blocks.

    The label is in the field `label`, or at the start of the heading.
    """
    marks: list[OutlineMark | None] = []
    counts: list[dict[str, int]] = []
    for block in blocks:
        shown: Inlines = ()
        if isinstance(block, Section):
            shown = (f"{block.label} ", *block.heading) if block.label else block.heading
        label = label_of(shown)
        depth = _depth_of(label.interpretations, counts) if label else None
        marks.append(OutlineMark(depth, label) if depth is not None else None)
    return [mark.label if mark else None for mark in _drop_single_labels(blocks, marks)]


def _depth_of(interpretations: tuple[tuple[str, int], ...], counts: list[dict[str, int]]) -> int | None:
    """Return the depth of the count that a label continues or begins, else None; update `counts`.

    `counts` maps, for each depth, a style to its last number.
    """
    for depth in reversed(range(len(counts))):
        if continued := {style: number for style, number in interpretations if counts[depth].get(style) == number - 1}:
            counts[depth:] = [continued]
            return depth
    if started := {style: number for style, number in interpretations if number == 1}:
        counts[_MAX_DEPTH:] = [started]
        return len(counts) - 1
    return None


def _depth_of_style(style: str, counts: list[dict[str, int]]) -> int:
    """Return the depth of a line without a label, by its style; update `counts`.

    The title of a part is as deep as the bold lines before the first part.
    """
    styles = {_PART, _BOLD} if style == _PART else {style}
    depth = next((depth for depth, count in enumerate(counts) if not styles.isdisjoint(count)), len(counts))
    counts[depth:] = [{style: 0}]
    return depth


def _is_bold(paragraph: Paragraph) -> bool:
    for node in _within_whole(paragraph.children):  # not `all`: this is asked three times of each paragraph
        if not isinstance(node, Strong) and not (isinstance(node, str) and not node.strip()):
            return False
    return True


def _within_whole(line: Inlines) -> Inlines:
    """Return the nodes of a line, or of the one `Emphasis` or `Span` that is the whole line."""
    match line:
        case (Emphasis(children),) | (Span(children),):
            return _within_whole(children)
        case _:
            return line


def _is_bold_paragraph(block: Block) -> bool:
    return isinstance(block, Paragraph) and _is_bold(block)


def _is_bold_heading(paragraph: Paragraph) -> bool:
    if not _is_bold(paragraph) or _has_several_links(paragraph):
        return False
    text = plain_text(paragraph.children).strip()
    return LineBreak() not in paragraph.children and (
        looks_like_heading(text) or _SECTION_OF_ACT.fullmatch(text) is not None
    )


_SECTION_OF_ACT = re.compile(
    r"(?:section|sec\.|article|art\.|artículo|artigo|articolo|artikel|§)\s?[0-9]{1,4}[^\s.]{0,3}\.?\s?[.:–—-]?\s[^.]{2,140}\.",
    re.IGNORECASE,
)
"""The heading of a section of an act: "SEC. 2. SHORT TITLE."."""


def _numbered_parts(blocks: Blocks) -> frozenset[int]:
    """Return the ids of bold lines such as "Part A" if some but not all are right above bold headings.

    In a text of articles, all are: "Article 1" stands above the name of the article.
    """
    parts: dict[str, list[tuple[int, bool]]] = {}
    for block, below in itertools.pairwise(blocks):
        if isinstance(block, Paragraph) and _is_bold_heading(block):
            numbered = _NUMBERED_PART.match(plain_text(block.children).strip())
            is_above_heading = isinstance(below, Paragraph) and _is_bold_heading(below)
            if numbered:
                parts.setdefault(numbered["name"].casefold(), []).append((id(block), is_above_heading))
    are_mixed = (found for found in parts.values() if len({is_above_heading for _, is_above_heading in found}) > 1)
    return frozenset(own for found in are_mixed for own, _ in found)


def _has_several_links(paragraph: Paragraph) -> bool:
    """Return whether a bold line is a list of links, such as "Download: MP3 OGG"."""
    nodes = _within_whole(paragraph.children)
    parts = (part for node in nodes if isinstance(node, Strong) for part in node.children)
    return sum(isinstance(part, Link) for part in (*parts, *nodes)) > 1


def _italic_headings(blocks: Blocks) -> frozenset[int]:
    """Return the ids of headings in italics, below bold headings."""
    found = [
        line
        for above, line, below in zip(blocks, blocks[1:], blocks[2:], strict=False)
        if isinstance(line, Paragraph)
        and not _is_bold(line)
        and all(isinstance(node, Emphasis) or (isinstance(node, str) and not node.strip()) for node in line.children)
        and (looks_like_heading(text := plain_text(line.children)) or _is_short_question(text.rstrip()))
        and text.lstrip(_OPENING_QUOTES)[:1].isupper()
        and "," not in text  # as in a name and an office
        and isinstance(above, Paragraph)
        and (_is_bold(above) or ends_with_punctuation(plain_text(above.children).rstrip(_SIGNS_OF_CALL)))
        and isinstance(below, Paragraph)
        and len(plain_text(below.children)) >= _MIN_BELOW_ITALIC
    ]
    words = Counter(plain_text(line.children) for line in found)
    questions = sum(text.rstrip().endswith(QUESTION_MARKS) for text in words)
    # In an interview, half of these lines or more are questions.
    are_headings = len(words) > 1 and len(words) == len(found) and 2 * questions < len(found)
    return frozenset(map(id, found)) if are_headings else frozenset()


_FAQ = re.compile(
    r"\bFAQs?\b|frequent(?:ly asked)? questions|häufig(?:e|ste| gestellte) fragen|foire aux questions|"
    r"questions (?:les plus )?fréquent|preguntas (?:más )?frecuentes|perguntas (?:mais )?frequentes|"
    r"domande (?:più )?frequenti|veelgestelde vragen|vanliga frågor|ofte stillede spørgsmål|"
    r"ofte stilte spørsmål|usein kysytyt|najczęściej zadawane pytania|často kladené|gyakori kérdések|"
    r"часто задаваемые вопросы|часті (?:за)?питання|sıkça sorulan|よくある(?:ご)?質問|常见问题|常見問題|"
    r"자주 (?:묻는|하는) 질문|الأسئلة الشائعة",
    re.IGNORECASE,
)


def names_faq(text: str) -> bool:
    """Return whether a title or heading names a list of frequent questions, as in "FAQ" or "Häufige Fragen"."""
    return _FAQ.search(text) is not None


def _questions_as_headings(blocks: Blocks, *, is_faq: bool) -> frozenset[int]:
    """Return the ids of bold questions that are headings, such as "What did we learn?".

    In interviews, some questions are long or begin with a label.
    """
    bold = [block for block in blocks if isinstance(block, Paragraph) and _is_bold(block)]
    headings = sum(map(_is_bold_heading, bold))
    texts = {id(block): plain_text(block.children).strip() for block in bold}
    questions = [own for own, text in texts.items() if text.endswith(QUESTION_MARKS)]
    short = [own for own in questions if _is_short_question(texts[own])]
    are_brief = len(questions) > 1 and all(_is_brief_question(texts[own]) for own in questions)
    is_outline = (
        is_faq
        or are_brief
        or 2 * len(short) < headings  # most headings are no questions
        or _are_parts_from_second(list(texts.values()))
        or _have_long_parts(blocks, frozenset(questions))
    )
    return frozenset(short if is_outline else ())


def _have_long_parts(blocks: Blocks, questions: frozenset[int]) -> bool:
    """Return whether each bold question is above a long part, as in a speech."""
    parts: list[list[int]] = []
    is_open = False
    for block in blocks:
        if id(block) in questions:
            text = plain_text(block.children).strip() if isinstance(block, Paragraph) else ""
            if not _is_one_sentence(text):
                return False
            parts.append([])
            is_open = True
        elif isinstance(block, Section) or _is_bold_paragraph(block):
            is_open = False
        elif is_open and isinstance(block, Paragraph):
            parts[-1].append(len(plain_text(block.children)))
    return len(parts) > 1 and all(len(part) > 1 and sum(part) >= _MIN_LONG_PART for part in parts)


def _are_parts_from_second(texts: Sequence[str]) -> bool:
    """Return whether bold lines count from 2: "II. Why?", "III. How?". Part 1 often has no heading."""
    labels = [label for label in map(parse_label, texts) if label is not None]
    counted = [dict(label.interpretations) for label in labels]
    styles = set(counted[0]) if len(counted) >= _MIN_PARTS else set()
    return any(all(each.get(style) == number for number, each in enumerate(counted, 2)) for style in styles)


def _is_brief_question(text: str) -> bool:
    """Return whether a question is one short sentence, but longer than "Why not?"."""
    return _MIN_BRIEF_QUESTION <= len(text) <= _MAX_BRIEF_QUESTION and _is_one_sentence(text)


_INITIALS = re.compile(r"(?:[A-Z]\.){2,8}")
"""An abbreviation such as "U.S.": its full stops end no sentence."""


def _is_one_sentence(question: str) -> bool:
    words = _INITIALS.sub("", question[:-1])
    return not any(sign in words for sign in _SIGNS_WITHIN)


def _is_short_question(text: str) -> bool:
    return text.endswith(QUESTION_MARKS) and looks_like_heading(text.rstrip("".join(QUESTION_MARKS)))


def is_bold_question(paragraph: Paragraph) -> bool:
    """Return whether a paragraph is one short question in bold."""
    return _is_bold(paragraph) and _is_short_question(plain_text(paragraph.children).strip())


def _lines_without_sections(blocks: Blocks) -> frozenset[int]:
    """Return the ids of bold lines such as names of speakers and datelines."""
    bold = [block for block in blocks if isinstance(block, Paragraph) and _is_bold_heading(block)]
    days = [block for block in bold if is_dateline(block.children) or _prints_day(block)]
    if len(days) >= _MIN_DAYS:
        return _speakers(bold)
    datelines = (block for block in days if is_dateline(block.children))
    return _speakers(bold) | _head_of_speech(blocks, frozenset(map(id, days))) | frozenset(map(id, datelines))


def _head_of_speech(blocks: Blocks, days: frozenset[int]) -> frozenset[int]:
    """Return the ids of the lines above a speech, such as its speaker, down to its day."""
    head = list(itertools.takewhile(_may_be_in_head, blocks[:_MAX_HEAD]))
    last = max((position for position, block in enumerate(head) if id(block) in days), default=-1)
    return frozenset(map(id, head[: last + 1]))


def _may_be_in_head(block: Block) -> bool:
    return isinstance(block, Paragraph) and looks_like_heading(plain_text(block.children))


def _prints_day(paragraph: Paragraph) -> bool:
    return _DAY_ALONE.fullmatch(plain_text(paragraph.children).strip()) is not None


def _speakers(bold: Sequence[Paragraph]) -> frozenset[int]:
    """Return the ids of bold lines that name speakers of a transcript, such as "QUESTION" or "【大臣】".

    A line that recurs is rarely a heading. If "QUESTION" recurs, all bold lines in capitals name speakers.
    """
    words = {id(block): plain_text(block.children).strip() for block in bold}
    counts = Counter(words.values())
    forms = {_speaker_form(text) for text, count in counts.items() if count > 1} - {None}
    return frozenset(own for own, text in words.items() if counts[text] > 1 or _speaker_form(text) in forms)


def _speaker_form(text: str) -> str | None:
    """Return the first sign of a line, such as "【", or "capitals"; None for other lines."""
    return text[0] if not text[0].isalnum() else "capitals" if text.isupper() else None


_DATELINE = re.compile(
    r"[^\d,]{3,60},(?:[^\d,]{2,40},)?[^,]{0,20}\b[0-9]{1,2}(?!\d).{0,20}\b[12][0-9]{3}\W?(?:г\.|года|року)?$"
    r"|[^\d,]{3,60},(?:[^\d,]{2,40},)?[^,]{1,15}\b[0-9]{1,2}, [12][0-9]{3}"
)


def is_dateline(line: Inlines) -> bool:
    """Return whether a line is the place and the day of a speech: "Reef Town, 12 May 2031"."""
    return _DATELINE.fullmatch(plain_text(line).strip()) is not None


_BYLINE = re.compile(
    r"[^\s，。]{0,12}(?:记者|記者)[\s\u3000:：]{1,3}[^\W\d_]{2,4}(?:[\s\u3000、]{1,2}[^\W\d_]{2,4}){0,5}"
)


def _is_byline(paragraph: Paragraph) -> bool:
    """Return whether a bold line names the reporters of a text: "本报记者 海明"."""
    return _BYLINE.fullmatch(plain_text(paragraph.children).strip()) is not None


_DAY = r"(?:[^\W\d]{3,12}\.? [0-9]{1,2}|[0-9]{1,2}\.? (?:de )?[^\W\d]{3,12}\.?),?(?: de)? [12][0-9]{3}"
_DAY_ALONE = re.compile(rf"{_DAY}\.?")
_DAY_AND_PLACE = re.compile(rf"{_DAY},?\s?[–—-]\s?[^\d]{{2,100}}")
_LABELLED_DAY = re.compile(
    rf"(?:[^\W\d]{{2,14}} )?(?:date|datum|fecha|data|dato|published|issued|posted|publié le|publicado|pubblicato)"
    rf"\s?[:：]\s?{_DAY}\.?",
    re.IGNORECASE,
)


def _begins_release(paragraph: Paragraph) -> bool:
    """Return whether a bold line is the day and place of a release, or a labelled day: "Date: 4 May 2031"."""
    text = plain_text(paragraph.children).strip()
    return any(pattern.fullmatch(text) for pattern in (_DAY_AND_PLACE, _LABELLED_DAY))


_OCCASION = re.compile(
    r"(?:(?:delivered|given|held|made|presented) )?(?:at|before|to|on the occasion of) [^,]{5,100}"
    r"(?:,[^,]{2,60}){0,2}(?:, (?-i:[A-Z])[^\d,]{2,30}){1,2}",
    re.IGNORECASE,
)


def _names_occasion(paragraph: Paragraph) -> bool:
    """Return whether a bold line is an occasion and a place: "Before the Pilots' Club, Port Nautilus"."""
    return _OCCASION.fullmatch(plain_text(paragraph.children).strip()) is not None


def _is_subtitle(first: Paragraph, blocks: Blocks) -> bool:
    """Return whether the first line is in capitals, unlike the headings below it."""
    below = (block for block in blocks if block is not first)
    texts = (
        plain_text(block.heading if isinstance(block, Section) else block.children)
        for block in below
        if isinstance(block, Section) or (isinstance(block, Paragraph) and _is_bold_heading(block))
    )
    return plain_text(first.children).isupper() and not any(map(str.isupper, texts))


def _drop_heading_of_whole_text(blocks: Blocks, marks: list[OutlineMark | None]) -> list[OutlineMark | None]:
    """Drop the only mark if it is a bold line with only photos and short lines above it.

    Such a line is a subtitle, or names the kind of document or its recipients.
    """
    positions = [position for position, mark in enumerate(marks) if mark is not None]
    if len(positions) != 1 or any(isinstance(block, Section) for block in blocks):
        return marks
    mark, above = marks[positions[0]], blocks[: positions[0]]
    is_above_text = all(
        isinstance(block, Figure) or (isinstance(block, Paragraph) and looks_like_heading(plain_text(block.children)))
        for block in above
    )
    return [None] * len(marks) if mark is not None and mark.label is None and is_above_text else marks


def _is_line_above_text(first: Paragraph, blocks: Blocks) -> bool:
    return _is_byline(first) or _begins_release(first) or _names_occasion(first) or _is_subtitle(first, blocks)


def _leads_to_section(paragraph: Paragraph) -> bool:
    """Return whether a line is only a link to another place of the page, as in a table of contents."""
    links, rest = _links_within(paragraph.children)
    return bool(links) and not rest and all(href != f"#{paragraph.id}" for href in links)  # headings link to themselves


def _links_within(inlines: Inlines) -> tuple[list[str], bool]:
    """Return the addresses of links within the page, and whether there are letters outside these links."""
    links: list[str] = []
    rest = False
    for node in inlines:
        match node:
            case Link(href=href) if href.startswith("#"):
                links.append(href)
            case Strong(children) | Emphasis(children):
                inner, outside = _links_within(children)
                links += inner
                rest = rest or outside
            case _:
                rest = rest or any(map(str.isalnum, plain_text((node,))))
    return links, rest


_TABLE_NUMBER = re.compile(
    r"(?:table|tableau|tabelle|tabla|tabela|tabella|tabell?|tabulka|tabuľka|táblázat|taulukko|tablo|таблица|таблиця|"
    r"πίνακας|جدول|טבלה|לוח|ตาราง(?:ที่)?|bảng|表|표)\.?\s{0,2}[A-Z]?[-.]?\d",
    re.IGNORECASE,
)


def _is_caption_above_table(blocks: Blocks, position: int) -> bool:
    """Return whether a line such as "Table 1: Ships by harbour" is right above a table."""
    block, below = blocks[position], blocks[position + 1] if position + 1 < len(blocks) else None
    is_numbered = isinstance(block, Paragraph) and _TABLE_NUMBER.match(plain_text(block.children).strip()) is not None
    return is_numbered and isinstance(below, Table)


def _ends_head_of_memorandum(blocks: Blocks, position: int) -> bool:
    """Return whether only bold lines, two or more, are above a bold line, as in a memorandum."""
    above = blocks[:position] if 1 < position < _MAX_HEAD else ()
    return bool(above) and all(map(_is_bold_paragraph, above))


def _ends_signature(blocks: Blocks, position: int) -> bool:
    """Return whether a line is a day below another bold line, such as the office that signs."""
    block, above = blocks[position], blocks[position - 1] if position else None
    is_below_bold = above is not None and _is_bold_paragraph(above)
    return is_below_bold and isinstance(block, Paragraph) and _prints_day(block)


_ADDRESSEE = re.compile(r"(?:memorandum (?:for|to)|to (?:the |all )?heads of) ", re.IGNORECASE)
_LABEL_AND_DAY = re.compile(rf"[^\d:：]{{2,30}}[:：]\s?{_DAY}\.?")
_TELEPHONE = re.compile(r"[+(]?\d[\d\s()./–-]{5,20}\d")


def _prints_fact(blocks: Blocks, position: int) -> bool:
    """Return whether a line names recipients, or is only a telephone number or labelled day."""
    block = blocks[position]
    text = plain_text(block.children).strip() if isinstance(block, Paragraph) else ""
    return bool(_ADDRESSEE.match(text) or _TELEPHONE.fullmatch(text) or _LABEL_AND_DAY.fullmatch(text))


def _is_continued(blocks: Blocks, position: int) -> bool:
    """Return whether the next paragraph continues a bold line."""
    below = blocks[position + 1] if position + 1 < len(blocks) else None
    if not isinstance(below, Paragraph):
        return False
    start = plain_text(below.children).lstrip()[:1]
    return start in _CONTINUING or (start.islower() and label_of(below.children) is None)


_CONTINUING = tuple(",;、，；،")
_POINT = re.compile(r"\s*([•·∙▪*–—-]|[\u25a0-\u27bf])")
"""The sign of a key point; the range includes "□" and "❏"."""


def _is_one_of_points(blocks: Blocks, position: int) -> bool:
    """Return whether a bold line has the sign of a bold line beside it: both are key points.

    Korean press releases have two or three such lines above the text.
    """
    sign = _sign_of_point(blocks, position)
    return sign is not None and sign in (_sign_of_point(blocks, position - 1), _sign_of_point(blocks, position + 1))


def _sign_of_point(blocks: Blocks, position: int) -> str | None:
    block = blocks[position] if 0 <= position < len(blocks) else None
    match = _POINT.match(plain_text(block.children)) if isinstance(block, Paragraph) and _is_bold(block) else None
    return match[1] if match else None


_OTHER_LINES: tuple[Callable[[Blocks, int], bool], ...] = (
    _is_caption_above_table,
    _ends_head_of_memorandum,
    _ends_signature,
    _prints_fact,
    _is_continued,
    _is_one_of_points,
)
"""Tests of a bold line, by its position: if one is true, the line is no heading."""


_PART_BY_NAME = re.compile(
    r"(?:backgrounder|fact ?sheet|annex(?:es|e)?|append(?:ix|ices)|schedule|anhang|anlage|hintergrundpapier|anexo|"
    r"apéndice|apêndice|allegato|appendice|bijlage|bilaga|bilag|vedlegg|liite|załącznik|příloha|príloha|melléklet|anexă|prilog|"
    r"приложение|додаток|прилог|παράρτημα|ek|lampiran|phụ lục|附件|附录|附錄|別添|別紙|붙임|별첨|ملحق|נספח)"
    r"(?: ?(?:\d{1,2}|[A-Z]|[IVX]{1,5}))?",
    re.IGNORECASE,
)
"""A line that names a part below the text: "BACKGROUNDER", "Annex", "附件1"."""


def _heads_part(blocks: Blocks, position: int, others: frozenset[int]) -> bool:
    """Return whether a bold line above a heading is the title of a part, such as an annex, by a rule or by its name."""
    around = blocks[position - 1 : position + 2] if position > 1 else ()
    if len(around) < 3 or not isinstance(around[1], Paragraph) or not isinstance(around[2], Paragraph):
        return False
    if not (isinstance(around[0], Rule) or _PART_BY_NAME.fullmatch(plain_text(around[1].children).strip())):
        return False
    is_below_text = not all(map(_may_be_in_head, blocks[: position - 1][-_MAX_HEAD:]))
    return is_below_text and id(blocks[position + 1]) not in others and _has_text_below(blocks, position + 1)


def _has_text_below(blocks: Blocks, position: int) -> bool:
    """Return whether a bold line heads the text below it. A bold line above photos alone is a signature."""
    after = blocks[position + 1] if position + 1 < len(blocks) else None
    return (
        after is not None
        and any(not isinstance(blocks[below], Figure) for below in range(position + 1, len(blocks)))
        and not isinstance(after, Section)
        and not (isinstance(after, Paragraph) and _is_bold_heading(after))
    )


def _drop_single_labels(blocks: Blocks, marks: list[OutlineMark | None]) -> list[OutlineMark | None]:
    """Drop labels that are alone in their count: "A. Smith" is a name.

    A single bold "1." stays if other bold lines form such a count: the line may begin a second one.
    """
    runs = [run for _, run in _runs(marks)]
    bold = [run for run in runs if _is_bold_paragraph(blocks[run[0][0]]) and run[0][1].label is not None]
    depths = _depths_of_styles(run[0][1] for run in bold if len(run) > 1)
    single = {id(run[0][1]) for run in runs if len(run) == 1 and run[0][1].label is not None}
    for position, mark in (run[0] for run in bold if len(run) == 1):
        styles = [style for style, number in mark.label.interpretations if number == 1] if mark.label else []
        first = min((depths[style] for style in styles if style in depths), default=None)
        if first is not None and _has_text_below(blocks, position):
            _, mark.depth = first
            single.discard(id(mark))
    return [None if mark is not None and id(mark) in single else mark for mark in marks]


def _depths_of_styles(counted: Iterable[OutlineMark]) -> dict[str, tuple[int, int]]:
    """Return for each style of labels the index and depth of its first mark."""
    depths: dict[str, tuple[int, int]] = {}
    for number, mark in enumerate(counted):
        for style, _ in mark.label.interpretations if mark.label else ():
            depths.setdefault(style, (number, mark.depth))
    return depths


_Run = list[tuple[int, OutlineMark]]


def _runs(marks: list[OutlineMark | None]) -> Iterator[tuple[int, _Run]]:
    """Yield (depth, [(position, mark)]) for each run of marks of one depth without a shallower mark between them."""
    open_runs: dict[int, _Run] = {}
    for position, mark in enumerate(marks):
        if mark is None:
            continue
        for depth in [depth for depth in open_runs if depth > mark.depth]:
            yield depth, open_runs.pop(depth)
        open_runs.setdefault(mark.depth, []).append((position, mark))
    yield from open_runs.items()


def _classify_run(blocks: Blocks, marks: list[OutlineMark | None], run: _Run) -> None:
    """Set `heading` of the marks of a run, and `closed` of its last mark.

    If at most the last of several labels has content, all are items. The block below the last item belongs to this item
    if earlier items have blocks of its kind.
    """
    with_content = [_has_content(marks, position) for position, _ in run]
    list_of_lines = len(run) > 1 and not any(with_content[:-1])
    for (position, mark), has_content in zip(run, with_content, strict=True):
        if mark.label is not None:
            mark.heading = has_content and not list_of_lines and _may_be_heading(blocks[position], mark)
    last, last_mark = run[-1]
    if not last_mark.heading:
        items = [position for position, mark in run[:-1] if not mark.heading]
        kinds = {type(block) for position in items for block in _content_without_marks(blocks, marks, position)}
        following = next(_content_without_marks(blocks, marks, last), None)
        last_mark.closed = following is not None and type(following) not in kinds


def _raise_bold_lines(blocks: Blocks, marks: list[OutlineMark | None], depth: int, run: _Run) -> None:
    """Raise bold lines below the last item to the depth of the items: they end the list.

    The list may have bold headings: "Conclusion" gets the depth of "3. Tides".
    """
    positions = [position for position, _ in run]
    is_list = len(run) > 1 and all(
        mark.label is not None and (not mark.heading or _is_bold_paragraph(blocks[position])) for position, mark in run
    )
    within = (mark for mark in marks[positions[0] : positions[-1]] if mark is not None and mark.depth > depth)
    if not is_list or any(mark.label is None for mark in within):
        return
    below = itertools.takewhile(lambda mark: mark is None or mark.depth > depth, marks[positions[-1] + 1 :])
    for mark in below:
        if mark is not None and mark.label is None:
            mark.depth = depth


def _raise_headings_of_items(marks: list[OutlineMark | None]) -> None:
    """If one count of items goes on through all parts, make the items deeper than the bold lines."""
    heads = [
        (mark, below)
        for mark, below in itertools.pairwise(marks)
        if mark is not None and below is not None and mark.label is None and below.label is not None
    ]
    depth = min((below.depth for mark, below in heads if below.depth < mark.depth), default=None)
    if depth is None:
        return
    bold = [mark for mark in marks if mark is not None and mark.label is None and mark.depth > depth]
    for mark in marks:
        if mark is not None and mark.label is not None and mark.depth >= depth:
            mark.depth += 1
    for mark in bold:
        mark.depth = depth


def _content_without_marks(blocks: Blocks, marks: list[OutlineMark | None], position: int) -> Iterator[Block]:
    """Yield the blocks without marks in the content of a marked paragraph."""
    own = marks[position]
    for index in range(position + 1, len(blocks)):
        mark = marks[index]
        if mark is None:
            yield blocks[index]
        elif own is None or mark.depth <= own.depth:
            return


def _has_content(marks: list[OutlineMark | None], position: int) -> bool:
    mark, after = marks[position], position + 1
    if mark is None or after == len(marks):
        return False
    following = marks[after]
    return following is None or following.depth > mark.depth


def _may_be_heading(block: Block, mark: OutlineMark) -> bool:
    """Return whether a labelled line looks like a heading or a short bold question: "2. Why so few votes?"."""
    words = _text_after_label(block, mark).strip()
    return looks_like_heading(words) or (_is_bold_paragraph(block) and _is_short_question(words))


def _text_after_label(block: Block, mark: OutlineMark) -> str:
    words = plain_text(block.children) if isinstance(block, Paragraph) else ""
    return words[mark.label.length :] if mark.label else words
