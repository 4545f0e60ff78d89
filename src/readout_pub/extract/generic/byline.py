"""Finds the author ("byline") by class names, wording and metadata."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise, takewhile

from readout_pub.extract.captions import describes_photo
from readout_pub.extract.dates import find_date
from readout_pub.extract.generic.excluded_lines import is_in_memorandum
from readout_pub.extract.generic.metadata import Item, PageMetadata, item_types
from readout_pub.extract.generic.page_analysis import PageAnalysis
from readout_pub.extract.generic.page_lines import (
    ABOUT_PAGE,
    BESIDE_FACT,
    BY,
    BY_LABEL,
    WRITTEN,
    WRITTEN_BY,
    is_about_page,
    is_account,
    names_no_author,
    names_staff,
)
from readout_pub.extract.generic.publication_date import (
    CHANGED,
    CLOCK,
    DATE_LABEL,
    is_date_alone,
    is_day_of_change,
    labels_publication,
    printed_day,
    prints_only_days,
    without_label_at_end,
)
from readout_pub.extract.generic.section_names import (
    CATEGORY_NAME,
    names_issuer,
    names_kind,
    names_section,
)
from readout_pub.extract.generic.text_blocks import (
    PAGE_ELEMENTS,
    ElementBox,
    Line,
    TextNode,
    inline_elements_around,
    innermost_common_box,
    is_below_quotation,
    names_around,
    naming_attributes,
    parent_of,
    printed_lines,
    text_of_node,
    texts_of_nodes,
)
from readout_pub.extract.generic.title import fold_text, lines_about_person
from readout_pub.sentences import COLONS, ends_sentence
from readout_pub.sources.lxml_elements import LxmlElement, text_of_element

_MAX_BYLINE = 120
"""In characters, chosen by hand: a longer line is a paragraph."""
_LINES_ABOVE, _LINES_BELOW = 6, 8
"""Lines above and below the headline."""
_BYLINE_NAME = re.compile(
    r"byline|(?<![a-z])minister(?:__?|-)(?:title|name)(?![a-z])|(?<!photo)(?<!photo[-_])(?<!foto[-_])(?<!image[-_])(?:author|autor|auteur)|contributor|writer|firma\b|"
    r"(?<![a-z])tac-?gia(?![a-z])",
    re.IGNORECASE,
)
"""Classes, ids, `itemprop` and `rel` of bylines; "photo-author" is none."""
_SPEAKER_NAME = re.compile(
    r"(?<![a-z])(?:speaker|redner(?:in)?|orateur|orador(?:a)?|oratore)(?:[-_]?name)?(?![a-z])", re.IGNORECASE
)
"""Classes of speakers. In a record of a debate, each speaker has one."""
_BYLINE_START = re.compile(
    rf"(?:(?:(?:(?:text|words|article|story) )?(?:{BY})|{WRITTEN_BY})(?:\s?:\s?|\s+)|(?:{BY_LABEL})\s?:\s*|"
    r"(?:author|autore?|autora|autorin|auteur|auteure|text|texte|автор|szerző)s?\s?:\s*|"
    r"(?:lodged|tabled|moved|submitted|asked|introduced|sponsored|presented) by\s?:\s*|"
    r"(?:作者|记者|記者(?!発表|会見|会|會))[:：]?\s*|文[/／])(?P<name>\S)",
    re.IGNORECASE,
)
"""How a byline begins. If a lower-case letter follows, the line is a sentence: "By the end of May"."""
_BY_ORDER = re.compile(
    r"(?:by|par|por|per|auf) (?:(?:his|her|their|the) )?(?:\w{1,20}['’]s )?"
    r"(?:order|command|authority|direction|ordre|orden|mandato|ordem|ordine|befehl|anordnung)(?!\w)",
    re.IGNORECASE,
)
"""A formula at the end of a proclamation: "By Order of the Council"."""
_MALAY_BYLINE_START = re.compile(r"oleh (?!(?:karena|kerana|sebab|itu|yang)\b)(?P<name>[^\W\d_])", re.IGNORECASE)
"""In Malay and Indonesian, "oleh" is "by"; elsewhere, it is a name. "Oleh Karena Itu" is "therefore"."""
_PREPOSITION = re.compile(rf"(?!by\s)(?:{BY})\s", re.IGNORECASE)
"""Words before an author; below the text, they also begin phrases such as "Von Herzen"."""
_LABEL_OF_NAME = re.compile(rf"(?:(?:{WRITTEN}) )?(?:{BY})|{WRITTEN_BY}|{BY_LABEL}|per|de", re.IGNORECASE)
"""The label of a byline in its own element."""
_IN_AT_END = re.compile(r"\s(?:in|under|unter|en|dans|em)\s?$", re.IGNORECASE)
"""The word between author and category: "By N. Ereus in Tides"."""
_BY_OFFICE = re.compile(r"(?:by|par|por|von|di) (?:the|l[ae]|el|d(?:er|ie|em)|il) ", re.IGNORECASE)
"""The start of a line with the office that enacts a decree."""
_OFFICE_TERM = re.compile(r"작성자|(?:작성|담당|등록|제공|게시)\s?부서|부서명?|발표기관|배포기관")
"""Labels of an office in its own element; they need no colon."""
_WRITER_TERM = re.compile(r"(?:작성자|글쓴이)\s?[:：]?")
"""Labels of the writer in rows that also name the office."""
_AUTHOR_TERM = re.compile(
    r"(?:from|(?:issued|published|released) by|issuing (?:authority|office|department)|von|herausgegeben von|"
    r"herausgeber|émis par|publié par|emitido por|publicado por|emesso da|van|"
    r"utgiven av|utgitt av|udgivet af|av|julkaisija|"
    r"wydane przez|vydal|опубликовано|видав|kiadó|"
    r"(?:发文|发布|制定)(?:机关|机构|单位)|發(?:布|佈|文)(?:機關|單位)|資料來源|"
    rf"יחידה(?: מפרסמת)?|{_OFFICE_TERM.pattern})\s?:?",
    re.IGNORECASE,
)
"""Terms such as "Issued by" in lists of facts; the description names the author."""
_AUTHOR_WORD = re.compile(
    r"(?:author|autore?|autora|autorin|auteur|auteure|verfasser|speaker|rednerin|redner|orateur|oratrice|oradora?|relatore|"
    r"spreker|talare|taler|mówca|řečník|спикер|发言人|發言人|發表者|発言者|연설자|المتحدث)s?\s?:?",
    re.IGNORECASE,
)
"""As `_AUTHOR_TERM`, for persons."""
_WRITER_IN_CREDITS = re.compile(
    r"(?:文(?:[/／、·]?[图圖]片?|字)?|[图圖][/／、·]?文|撰文|撰稿|作者|记者|通讯员|供稿)\s?[:：]\s?(?!详?见)"
    r"(?P<name>[^\W\d_](?:[^\W\d_]|[ 　、·]){1,18}?)"
    r"(?=[\s，,；;|｜/]{1,3}[^\W\d_/]{1,4}(?:[/／][^\W\d_])?\s?[:：]|$)"
)
"""The writer among the credits of a Chinese page."""
_ICON_OF_AUTHOR = re.compile(
    r"(?<![^\s-])(?:user|person|(?<=icon-)author)(?:-(?:o|alt|circle|tie|edit|pen|fill|filled|outline|line|round|\d))*(?!\S)"
)
"""Classes of icons of a person: "fa fa-user", "bi bi-person-circle"."""
_ADDRESS_OF_AUTHOR = re.compile(r"(?<![a-z])(?:author|autor|auteur|autore|verfasser)(?![a-z])", re.IGNORECASE)
"""Words in the address of an author's page."""
_BRACKETS = "()（）[]【】〔〕 \u3000"
_AUTHOR_PHRASE = re.compile(r"(?:written|posted|text) by|text[eo]?|作者|(?:本报|通讯员)?记者|記者|文", re.IGNORECASE)
"""Words that label an author only before a colon."""
_LABEL_ALONE = re.compile(
    rf"(?:{_AUTHOR_WORD.pattern}|authors?\(s\)|{WRITTEN_BY})\s?:?",
    re.IGNORECASE,
)
"""Labels alone in their line or element."""
_LABEL_BEFORE_NAME = re.compile(rf"{_AUTHOR_WORD.pattern}\s?[:：]\s?(?=[^\W\d_])", re.IGNORECASE)
_HAVE_FOOTERS = ("article", "section", "blockquote", "aside", "figure")
"""Elements that may have a `footer`."""
_QUOTATIONS = ("blockquote", "q", "cite", "figure")
"""Elements whose links name who is quoted: quotations, titles of works, and figures, which may be of quotations."""
_MAX_BOXES_TO_ARTICLE = 12
"""Boxes around the headline that may be its `article`."""
_LABELS_OF_AUTHOR = (_AUTHOR_TERM, _AUTHOR_WORD, _AUTHOR_PHRASE)
_NO_NAME = re.compile(
    r"(?:\w{1,10}\s)?[\w.+-]{1,60}@[\w-]{1,60}\.[\w.]{1,20}|[a-z]{1,2}|[Ff]act[- ][Cc]hecked|(?:\w{1,12} )?[Rr]eviewed"
)
"""Not an author: a mail address, "on", "Fact checked", "Reviewed"."""
_POSTS_OF = re.compile(
    rf"(?:view|see|show|zeige|alle|voir|ver|tous|todos|tutti|vedi)\s(?:[^\W\d_]{{1,15}}\s){{0,3}}?(?:{BY}|de|del)\s",
    re.IGNORECASE,
)
"""The words before the name in "View all posts by N. Ereus"."""
_LABEL_OF_DATE_AT_START = re.compile(
    r"(?:posted|published|written|created|veröffentlicht|publiziert|erstellt|geschrieben|eingestellt|verfasst|publiée?|"
    r"rédigée?|pubblicato|scritto|publicad[oa]|escrit[oa]|geplaatst|gepubliceerd|geschreven|publicerad|publisert|udgivet)"
    r" (?:on|am|le|el|em|il|op|den|i)(?=\s\S)\s",
    re.IGNORECASE,
)
"""The words "Posted on" in "Posted on by N. Ereus", once the date is taken out."""
_AND = r"(?:and|und|et|y|e|en|og|och|ja|i|и|και|ve|dan)"
_LISTED_NAMES = re.compile(rf" ?[,;&] ?(?:{_AND} )?| {_AND} ", re.IGNORECASE)
"""Separators of several authors in metadata."""
_BETWEEN_NAMES = re.compile(rf"[,;&|/·•]? ?{_AND}?", re.IGNORECASE)
"""What separates two authors in one line."""
_MAX_AUTHOR_LINKS = 20
"""Links to authors, or list items below a label."""
_COUNT_AT_END = re.compile(r"\s?[|•·–—]\s?\d{1,3}\s\D{1,20}$|\s?\((?P<counter>[^\W\d]{3,16}\s?[:：]\s?\d{1,6})\)$")
"""The reading time after the name, or "(Comments: 0)"."""
_COMMENTS = re.compile(
    r"(?:comments?|kommentare?|commentaires?|comentarios?|comentários?|commenti|reacties|kommentarer|komentarze|"
    r"комментари\w{1,2}|评论|評論|댓글|コメント)\W",
    re.IGNORECASE,
)
_ENDS_OF_SPEECH = ("?", "!", "？", "！", "。", "؟")
"""Ends of a journalist's question: 记者：航道何时开放？ A "." may end a byline: "By J. Reef Jr."
"""
_DATE_LABELS = re.compile(rf"\W*+(?:{DATE_LABEL}\W*+)*", re.IGNORECASE)
_TIME = re.compile(rf"{CLOCK}(?:(?:{BY})(?!\w)\W*)?", re.IGNORECASE)
"""The time after a date; "by" may follow, with the name in another line."""
_TIME_AT_START = re.compile(rf"^{CLOCK}", re.IGNORECASE)
_FACT_SEPARATOR = re.compile(r"(?<=\s)[|•·](?=\s)")
"""Separators of author, date and topics below a title."""
_SEPARATOR_ALONE = re.compile(r"\s*+[|•·]\s*+")
_TITLE_SEPARATOR = re.compile(r"[|｜»·／]|\s[–—-]\s|::")
"""Signs before the site name at the end of a `title`."""
_MAX_SHORT_BYLINE = 60
"""In characters, for a line that only prints a byline. A longer heading is a subtitle that names the speaker."""
_MAX_BEFORE_NAME = 15
"""In characters, for words such as "Posted by" before a declared author."""
_OFFICE_NAME = re.compile(
    r"(?<![a-z])(?:office|agency|department|departement|dept|dpt|issuer|ministry|ministere|ministerio|ministerium|"
    r"minister|authority|organi[sz]ation|dependencia|herausgeber)(?:[-_]?name)?(?!\S)",
    re.IGNORECASE,
)
"""Classes of the office or minister who issued the document."""
_OFFICE_IN_ROW = re.compile(rf"{_OFFICE_NAME.pattern}|(?<![a-z])source(?!\S)", re.IGNORECASE)
"""Classes of the office in a row of facts."""
_LINES_BELOW_PROSE = 3
_MAX_CHANGE = 60
"""In characters, for the note of a later change after the date of a byline."""
_MAX_BUTTON = 20
"""In characters."""
_MIN_LONG_WORD = 4
"""In letters: abbreviations may leave out shorter words, such as "of"."""
_AFTER_NAME = " ,;|•·–—-"
"""Signs between an author and the next fact."""


def find_byline(page: PageAnalysis, title: Line | None, metadata: PageMetadata) -> tuple[str | None, list[Line]]:
    """Return the author, None if unknown, and the lines of the byline.

    There may be no such lines, for example if only metadata name the author. A declared author is preferred, for
    example to a reviewer in another line.
    """
    start = title.index if title else 0
    lines = [
        line
        for line in page.lines[start + 1 : start + 1 + _LINES_BELOW]
        if not (
            len(line.text) > _MAX_BYLINE
            or line.box.chrome
            or is_date_alone(line.text)
            or describes_photo(line.text)
            or next(line.box.element.iterancestors("blockquote"), None) is not None  # names who is quoted
            or is_below_quotation(line)
            or (_BY_OFFICE.match(line.text) and line.breaks and _is_between_paragraphs(line, page))
        )
    ]
    declared = [name for name in _declared_authors(metadata) if len(name.split()) > 1]
    printed = [line for line in lines if any(fold_text(name) in fold_text(line.text) for name in declared)]
    for line in printed or lines:
        name = _name_in(line, page, metadata)
        is_label = name.endswith(COLONS) or _LABEL_OF_NAME.fullmatch(name)  # the authors are in lines below it
        is_other = is_label or names_no_author(name) or names_kind(name) or _NO_NAME.fullmatch(name)
        if any(map(str.isalpha, name)) and not is_other:
            others = _like_authors(page, line)
            return ", ".join((name, *(other.text for other in others))), [line, *others]
    alone = next((line for line in printed if _ends_with_name(line, declared)), None)
    if alone is not None:
        return alone.text, [alone]
    below = takewhile(lambda line: line.index < page.prose_start or line.index in page.exclusions, lines)
    near = [*below, *_lines_in_block_above(page, title)]
    near = [line for line in near if not line.is_heading and page.exclusions.get(line.index, ABOUT_PAGE) == ABOUT_PAGE]
    for line in near:
        is_fact = _is_beside_facts(line, page, title) and not is_in_memorandum(line, page)
        office = _author_above(line, page, title, metadata) or _named_part(line)
        office = office or (
            _labelled_issuer(line) or _office_in_row(line, page) or _name_after_icon(line) if is_fact else ""
        )
        if office and not names_no_author(office):
            return _office_and_writer(office, line, near)
    for line in _short_lines_below_prose(page):
        if writer := _writer_in_credits(line.text):
            is_alone = sum(map(line.text.count, COLONS)) == 1
            return writer, [line] if is_alone else []
        if line.index in page.exclusions:
            continue
        is_named = any(map(_BYLINE_NAME.search, names_around(line)))
        if is_named and not line.links and _is_full_name(line.text):
            return line.text, [line]  # a signature
        is_byline = (is_named or not _PREPOSITION.match(line.text)) and _begins_as_byline(line.text)
        if is_byline and not ends_sentence(line.text):
            return _name_in(line, page, metadata), [line]
    for line in _lines_of_footer(page, title):
        if _LABEL_BEFORE_NAME.match(line.text) and (name := _name_in(line, page, metadata)):
            return name, [line]
    author = _declared_author(page, title, metadata) or _labelled_author(page, start)
    own = lines_about_person(page)  # the office of the person on a page about this person
    offices = (line for line in near if _is_named_office(line, page) or _names_only_speaker(line, page))
    offices = (line for line in offices if line not in own)
    named = next(offices, None) if author is None else None
    if named is not None:
        return named.text, [named]
    author = author or _linked_author(page, title, metadata)
    is_editor = author is not None and any(names_staff(line.text) and author in line.text for line in page.lines)
    return (None if is_editor else author), []


def _office_and_writer(office: str, line: Line, near: Sequence[Line]) -> tuple[str, list[Line]]:
    """Return `office`, with the writer named in `near` if any, and the lines that say little else."""
    own = [line] if len(line.text) <= len(office) + _MAX_BEFORE_NAME else []
    writers = ((_value_of_term(each, _WRITER_TERM), each) for each in near if each is not line)
    writer, line_of_writer = next((found for found in writers if found[0]), ("", line))
    return (f"{office}, {writer}", [*own, line_of_writer]) if writer and writer != office else (office, own)


def _short_lines_below_prose(page: PageAnalysis) -> Iterator[Line]:
    """Yield the lines right below the prose that may be a byline, without captions."""
    last = next((line for line in reversed(page.lines[: page.prose_end + 1]) if page.is_prose(line)), None)
    below = page.lines[last.index + 1 : last.index + 1 + _LINES_BELOW_PROSE] if last is not None else []
    for line in takewhile(lambda each: not each.is_heading and not each.box.chrome, below):
        is_caption = next(line.box.element.iterancestors("figure"), None) is not None
        if len(line.text) <= _MAX_SHORT_BYLINE and not is_caption:
            yield line


def _writer_in_credits(text: str) -> str:
    """Return the writer in credits such as "（文/图：李明 责任编辑：王芳）"; else ""."""
    words = text.strip(_BRACKETS)
    credit = next(
        (each for each in _WRITER_IN_CREDITS.finditer(words) if _is_after_credit(words[: each.start()])), None
    )
    return credit["name"].strip() if credit is not None else ""


def _is_after_credit(words: str) -> bool:
    """Return whether a label begins the credits, or is separated from an earlier credit."""
    return not words or (words[-1] in " \u3000，,；;|｜" and any(colon in words for colon in COLONS))


def _lines_of_footer(page: PageAnalysis, title: Line | None) -> Iterator[Line]:
    """Yield the short lines without links in the `footer` of the headline's `article`."""
    around = title.box.self_and_ancestors(_MAX_BOXES_TO_ARTICLE) if title else ()
    article = next((box for box in around if box.element.tag == "article"), None)
    if title is None or article is None:
        return
    end = title.index + 1
    for box in page.boxes[article.index : article.end]:
        if box.element.tag == "footer" and box.first >= end and _is_footer_of(article, box):
            end, lines = box.last, page.lines[box.first : box.last]
            yield from (line for line in lines if not line.links and len(line.text) <= _MAX_SHORT_BYLINE)


def _is_footer_of(article: ElementBox, footer: ElementBox) -> bool:
    """Return whether `footer` belongs to the article itself, not to a comment or quotation in it."""
    return next(footer.element.iterancestors(*_HAVE_FOOTERS), None) is article.element


def _labelled_author(page: PageAnalysis, start: int) -> str | None:
    """Return the names beside or below the only label such as "Author(s)" or "Written by"; else None.

    Labels in several places head several texts. A label within the prose may name the author of a book.
    """
    short = (line for line in page.lines[start + 1 :] if len(line.text) <= _MAX_SHORT_BYLINE)
    outside = (line for line in short if not line.box.chrome and not line.box.data_table)
    outside = (line for line in outside if not page.prose_start < line.index < page.prose_end)
    labelled = [line for line in outside if _LABEL_ALONE.match(line.text)]
    beside = [(line, name) for line in labelled if (name := _name_beside_label(line))]
    if beside:
        is_one_list = beside[-1][0].index - beside[0][0].index == len(beside) - 1
        return ", ".join(name for _, name in beside) if is_one_list else None
    labels = [line for line in labelled if _LABEL_ALONE.fullmatch(line.text)]
    if len(labels) != 1 or labels[0] is page.lines[-1]:
        return None
    first = page.lines[labels[0].index + 1]
    below = page.lines[first.index : first.index + (_MAX_AUTHOR_LINKS if first.box.element.tag == "li" else 1)]
    names = [line.text.strip(_AFTER_NAME) for line in below if line.box.parent is first.box.parent]
    return ", ".join(names) if all(map(_is_full_name, names)) else None


def _name_beside_label(line: Line) -> str:
    """Return the name after a label that is the first text node of a line; else ""."""
    label, *others = texts_of_nodes(line) or [""]
    name = " ".join(others).strip(_AFTER_NAME)
    return name if _LABEL_ALONE.fullmatch(label) and _is_full_name(name) else ""


def _is_full_name(text: str) -> bool:
    is_short = len(text) <= _MAX_SHORT_BYLINE and len(text.split()) > 1
    return is_short and not any(map(str.isdecimal, text)) and not ends_sentence(text) and not names_no_author(text)


def _lines_in_block_above(page: PageAnalysis, title: Line | None) -> Iterator[Line]:
    """Yield the short lines above the headline in its block, the nearest first."""
    above = page.lines[max(0, title.index - _LINES_ABOVE) : title.index] if title else []
    for line in reversed(above):
        block = innermost_common_box(line.box, title.box) if title else line.box
        if block.parent is None or block.element.tag in PAGE_ELEMENTS or line.box.chrome:
            return
        if len(line.text) <= _MAX_BYLINE and not is_date_alone(line.text):
            yield line


def _author_above(line: Line, page: PageAnalysis, title: Line | None, metadata: PageMetadata) -> str:
    """Return the byline in a line above the headline with a class for authors; else "".

    If the block around both has another heading, the line may belong to another story.
    """
    if title is None or line.index > title.index or len(line.links) > 1:
        return ""
    block = innermost_common_box(line.box, title.box)
    is_headed = any(each.is_heading for each in page.lines[block.first : title.index])
    is_named = not is_headed and any(map(_BYLINE_NAME.search, naming_attributes(line.box.element)))
    name = _name_in(line, page, metadata) if is_named else ""
    return "" if names_kind(name) or _NO_NAME.fullmatch(name) else name


def _labelled_issuer(line: Line) -> str:
    """Return the office after a label such as "Released by:"; else ""."""
    texts = texts_of_nodes(line)
    pairs = (
        f"{label}: {value}" if _OFFICE_TERM.fullmatch(label) else f"{label}{value}" for label, value in pairwise(texts)
    )
    facts = (line.text, *map(str.strip, _FACT_SEPARATOR.split(line.text)), *pairs)
    for fact in facts:
        label, _, office = fact.replace("：", ":").partition(":")
        is_office = any(map(str.isalpha, office)) and ":" not in office and printed_day(office) is None
        if is_office and _AUTHOR_TERM.fullmatch(label.strip()):
            return office.strip(_AFTER_NAME)
    return ""


def _value_of_term(line: Line, term: re.Pattern[str]) -> str:
    """Return the value after a label that `term` matches; else ""."""
    texts = texts_of_nodes(line)
    is_labelled = len(texts) == len(("label", "value")) and term.fullmatch(texts[0]) is not None
    return texts[1].strip(BESIDE_FACT) if is_labelled else ""


def _office_in_row(line: Line, page: PageAnalysis) -> str:
    """Return the office in a row such as "Ministry of Tides | 4 May 2031 | Speech"; else "".

    The row is left out of the text, so the office would be lost.
    """
    if line.index not in page.exclusions or printed_day(line.text) is None:
        return ""
    for node in line.text_nodes:
        element = parent_of(node)
        name = element.get("class") if element is not None and element is not line.box.element else None
        is_named = _OFFICE_IN_ROW.search(name or "") is not None
        for text in (fact.strip(BESIDE_FACT) for fact in _FACT_SEPARATOR.split(text_of_node(node))):
            may_be_name = any(map(str.isalpha, text)) and ":" not in text and printed_day(text) is None
            if may_be_name and not names_kind(text) and (is_named or names_issuer(text)):
                return text
    return ""


def _name_after_icon(line: Line) -> str:
    """Return the words right after the icon of a person; else "".

    Another link may be "Log in", so a linked name must lead to a page of an author.
    """
    others = [link for link in line.links if not _ADDRESS_OF_AUTHOR.search(link.get("href") or "")]
    is_after_icon = False
    for element, is_tail in line.text_nodes if len(line.text) <= _MAX_BYLINE else ():
        text = " ".join(text_of_node((element, is_tail)).split()).strip(_AFTER_NAME)
        icon = element if is_tail else element.getprevious()
        is_icon = icon is not None and icon.tag in {"i", "span"} and not text_of_element(icon)
        is_after_icon |= is_icon and icon is not None and bool(_ICON_OF_AUTHOR.search(icon.get("class") or ""))
        if is_after_icon and text and not _LABEL_OF_NAME.fullmatch(text):
            is_name = not any(map(str.isdecimal, text)) and ":" not in text and _may_name_author(text)
            is_of_other = parent_of((element, is_tail)) in others
            return text if is_name and not is_of_other and not _NO_NAME.fullmatch(text) else ""
    return ""


def _may_name_author(text: str) -> bool:
    """Return whether a text may be a name: an office, or words of which the last has a capital, unlike in "Log in"."""
    last = text.rsplit(maxsplit=1)[-1]
    is_word = " " not in text and not text.isupper() and text.upper() != text.lower()  # such as "Account"
    return last[0].isalpha() and (names_issuer(text) or not (last[0].islower() or is_word))


def _is_beside_facts(line: Line, page: PageAnalysis, title: Line | None) -> bool:
    """Return whether a line prints a day, or is beside the headline or a fact of the page.

    Elsewhere an office may belong to the text, as after "From:" in a memorandum.
    """
    beside = page.lines[max(0, line.index - 1) : line.index + 2]
    return printed_day(line.text) is not None or any(
        each is title or page.exclusions.get(each.index) == ABOUT_PAGE or prints_only_days(each.text)
        for each in beside
        if each is not line
    )


def _is_named_office(line: Line, page: PageAnalysis) -> bool:
    """Return whether a line has a class for offices, and names just one office."""
    signature = line.box.signature
    return (
        _OFFICE_NAME.search(signature[1] or "") is not None
        and len(line.links) <= 1
        and not any(map(str.isdecimal, line.text))
        and not ends_sentence(line.text)
        and all(each is line or each.box.signature != signature for each in page.lines)
    )


def _is_between_paragraphs(line: Line, page: PageAnalysis) -> bool:
    """Return whether prose of the same block is above and below a line, as in a decree."""
    beside = page.lines[max(0, line.index - 1) : line.index + 2]
    block = line.box.parent
    return len(beside) > 2 and all(
        each is line or (each.box.parent is block and page.is_prose(each)) for each in beside
    )


def _ends_with_name(line: Line, declared: Sequence[str]) -> bool:
    """Return whether a line is a declared author, perhaps after words such as "Posted by"."""
    text = line.text.casefold()
    ends = (name.casefold() for name in declared if len(text) <= len(name) + _MAX_BEFORE_NAME)
    return any(text == end or text.endswith(f" {end}") for end in ends)


def _name_in(line: Line, page: PageAnalysis, metadata: PageMetadata) -> str:
    """Return the byline in a line, known by its words or its markup; else ""."""
    is_subtitle = line.is_heading and len(line.text) > _MAX_SHORT_BYLINE
    fact = "" if is_subtitle else _byline_among_facts(line)
    is_byline = (
        bool(fact)
        or (not is_subtitle and _begins_as_byline(line.text, page.language))
        or any(map(_BYLINE_NAME.search, names_around(line)))
        or _names_only_speaker(line, page)
        or _is_described_as_author(line, page)
    )
    printed = _byline_above_button(line) or _text_beside_times(line)
    words = _with_space_after_label(line, fact or _named_part(line) or printed)
    if find_date(words, metadata.language) is None:
        words = _LABEL_OF_DATE_AT_START.sub("", words)  # the date has an element of its own
    words = _without_categories(words, line) if is_byline else ""
    name = _without_date(_without_count(words), metadata.language).strip(_AFTER_NAME)
    label, _, author = name.replace("：", ":", 1).partition(":")
    is_labelled = any(map(str.isalpha, author)) and any(term.fullmatch(label.strip()) for term in _LABELS_OF_AUTHOR)
    return author.strip() if is_labelled else name


def _without_count(text: str) -> str:
    """Return a byline without the reading time or "(Comments: 0)"; "(Captain: 12)" stays."""
    found = _COUNT_AT_END.search(text)
    counter = found["counter"] if found is not None else None
    is_of_name = counter is not None and not (_COMMENTS.match(counter) or is_about_page(counter))
    return text if found is None or is_of_name else text[: found.start()]


def _byline_above_button(line: Line) -> str:
    """Return the first printed line if it is a byline with a day above buttons; else ""."""
    first, *others = printed_lines(line) if line.breaks else [""]
    is_byline = _begins_as_byline(first) and printed_day(first) is not None
    return first if is_byline and all(len(each) <= _MAX_BUTTON for each in others) else ""


def _names_only_speaker(line: Line, page: PageAnalysis) -> bool:
    """Return whether the class of a line is one for speakers, and no other line has this class."""
    signature = line.box.signature
    return (
        not page.is_prose(line)
        and _SPEAKER_NAME.search(signature[1] or "") is not None
        and all(each is line or each.box.signature != signature for each in page.lines)
    )


def _byline_among_facts(line: Line) -> str:
    """Return the byline in a line such as "4 May 2031 · 3 min read · By Ms. Nerea Salt"; else ""."""
    first, *facts = map(str.strip, _FACT_SEPARATOR.split(_with_spaces_at_separators(line)))
    has_day = any(map(prints_only_days, (first, *facts)))
    if facts:
        return next(filter(_begins_as_byline, facts), "") if has_day and not _begins_as_byline(first) else ""
    # Elements may separate the facts: "Lodged by: Ms. Nerea Salt", "Date lodged: 4 May 2031".
    facts = [text_of_node(node).strip() for node in line.text_nodes]
    bylines = list(filter(_begins_as_byline, facts))
    has_day = any(printed_day(fact) is not None for fact in facts if fact not in bylines)
    return bylines[0] if len(bylines) == 1 and has_day else ""


def _text_beside_times(line: Line) -> str:
    """Return the words of a line outside its `time` elements, if any; else the whole line.

    Name and time may touch: "By Ms. Nerea SaltPublished: 4 May 2031". What follows the time of a named author is about
    the page: "By Nerea Salt On 4 May 2031 In Tides Views 12".
    """
    words = _with_spaces_at_separators(line)
    times = [text for time in line.box.element.iter("time") if (text := text_of_element(time))]
    before = words.partition(times[0])[0] if times else ""
    if _begins_as_byline(before) and any(
        _is_named_author(node, line) and text_of_node(node).strip() in before for node in line.text_nodes
    ):
        return without_label_at_end(before).strip()
    for time in times:
        words = words.replace(time, " ", 1)
    return " ".join(words.split()) or line.text


def _with_spaces_at_separators(line: Line) -> str:
    """Return a line with spaces around each "|" in its own element, which has a margin instead."""
    texts = map(text_of_node, line.text_nodes)
    spaced = "".join(f" {text} " if _SEPARATOR_ALONE.fullmatch(text) else text for text in texts)
    return " ".join(spaced.split()) if len(line.text) <= _MAX_BYLINE and not line.breaks else line.text


def _without_categories(words: str, line: Line) -> str:
    """Return a byline without its links to categories.

    A link right after "by" names the author, whatever its class.
    """
    rest = words
    for link in line.links:
        around = link.getparent()
        elements = (link,) if around is None or around is line.box.element else (link, around)
        if any(CATEGORY_NAME.search(each.get("class") or "") for each in elements):
            before, _, after = rest.rpartition(text_of_element(link))
            rest = rest if _LABEL_OF_NAME.fullmatch(before.strip()) else f"{_IN_AT_END.sub('', before)} {after}"
    return " ".join(rest.split())


def _with_space_after_label(line: Line, words: str) -> str:
    """Return a byline with the space that "<b>By</b><i>Nerea Salt</i>" lacks."""
    label = next(iter(texts_of_nodes(line)), "")
    name = words.removeprefix(label)
    is_joined = _LABEL_OF_NAME.fullmatch(label) is not None and name != words and name[:1].isalpha()
    return f"{label} {name}" if is_joined else words


def _is_described_as_author(line: Line, page: PageAnalysis) -> bool:
    """Return whether a line is the description of a term such as "From" or "Author"."""
    above = page.lines[line.index - 1]
    tags = {box.element.tag for box in line.box.self_and_ancestors(2)}
    is_cell = "td" in tags and above.box.element.tag == "th" and line.index in page.exclusions
    is_description = is_cell or ("dd" in tags and above.box.element.tag == "dt")
    terms = (_AUTHOR_TERM, _AUTHOR_WORD)
    return is_description and any(term.fullmatch(above.text) for term in terms)


def _like_authors(page: PageAnalysis, first: Line) -> list[Line]:
    """Return the lines right below the first author that look alike, if their class names authors."""
    class_name = first.box.signature[1] or ""
    below = page.lines[first.index + 1 : first.index + 1 + _LINES_BELOW] if _BYLINE_NAME.search(class_name) else []
    alike = takewhile(lambda line: line.box.signature == first.box.signature, below)
    return [line for line in alike if len(line.text) <= _MAX_BYLINE and not is_date_alone(line.text)]


def _named_part(line: Line) -> str:
    """Return the words of a line in elements whose class or id names an author; else "".

    If "by" is outside these elements, or alone in them, the whole line is the byline, and "" is returned.
    """
    parts: list[str] = []
    between = ""
    for node in line.text_nodes:
        text = text_of_node(node)
        if _is_named_author(node, line):
            if parts:
                parts.append(between if _BETWEEN_NAMES.fullmatch(" ".join(between.split())) else " ")
            parts.append(text)
            between = " " if line.breaks else ""
        else:
            between += text
    named = " ".join("".join(parts).split())
    if _LABEL_OF_NAME.fullmatch(named):
        return ""  # only the label is named
    return named if _begins_as_byline(named) or not _begins_as_byline(line.text) else ""


def _is_named_author(node: TextNode, line: Line) -> bool:
    """Return whether an element around a text node, within its line, names an author."""
    for element in inline_elements_around(node, line):
        if CATEGORY_NAME.search(element.get("class") or ""):
            return False
        if any(map(_BYLINE_NAME.search, naming_attributes(element))):
            return True
    return False


def _without_date(text: str, language: str | None) -> str:
    """Return a byline without the publication date at its start or end; "" if no name is left."""
    found = find_date(text, language)
    if found is None:
        return text
    name, *others = _FACT_SEPARATOR.split(text)
    is_alone = all(map(prints_only_days, others)) and not prints_only_days(name)
    if others and found.text not in name and (is_alone or _BYLINE_START.match(name)):
        return name.strip()
    before, _, after = text.partition(found.text)
    before = before.rstrip(" ,;|•·–—-")
    if before.count("(") > before.count(")"):
        return before[: before.rindex("(")].rstrip() or text  # the parentheses have the place and day of a speech
    is_changed = is_day_of_change(_TIME_AT_START.sub("", after).lstrip(" ,;|•·–—-"))
    if is_changed or _TIME.fullmatch(after) or (_begins_as_byline(before) and _changed_later(after)):
        return without_label_at_end(before).rstrip(" ,;|•·–—-")
    after = _TIME_AT_START.sub("", after).lstrip(" ,;|•·–—-")
    is_label = _DATE_LABELS.fullmatch(before) is not None or labels_publication(before)
    if not is_label or _DATE_LABELS.fullmatch(after):
        return text
    return "" if _ends_in_other_day(after, language) else after


def _ends_in_other_day(text: str, language: str | None) -> bool:
    """Return whether a text is a lower-case label and a day: "darrera modificació 28/04/2031 09:12".

    The label may be in any language; a name has capitals.
    """
    found = find_date(text, language)
    label, _, after = text.partition(found.text) if found else ("", "", "")
    return label.islower() and not _begins_as_byline(label) and _TIME.fullmatch(after) is not None


def _changed_later(text: str) -> bool:
    """Return whether the text after a date tells of a later change: "updated 5 May 2031"."""
    return len(text) <= _MAX_CHANGE and CHANGED.search(text) is not None and not ends_sentence(text)


def _declared_author(page: PageAnalysis, title: Line | None, metadata: PageMetadata) -> str | None:
    """Return the author in the metadata who is not an account or the office itself; None without one.

    Content systems write the editor into the `meta` element, so the page must print this name too. One word must be a
    line of its own, since it may be a noun.
    """
    own = " ".join((metadata.metas.get("author") or "").split())
    names = _LISTED_NAMES.split(own)
    start = max(0, title.index - _LINES_ABOVE) if title else 0
    near = (*page.lines[start : start + _LINES_ABOVE + 1 + _LINES_BELOW], *page.lines[page.prose_end :][:_LINES_BELOW])
    texts = [fold_text(line.text) for line in near if not line.box.chrome]
    is_printed = all(
        any(fold_text(name) in text if " " in name else fold_text(name) == text for text in texts) for name in names
    )
    for name in (own if is_printed else "", *_declared_authors(metadata)):
        if name and _may_be_author(name, metadata):
            return name
    return None


def _may_be_author(name: str, metadata: PageMetadata) -> bool:
    """Return whether a name is no account, no section, and not the office itself."""
    sites = (
        metadata.metas.get("og:site_name") or "",
        metadata.metas.get("publisher") or "",
        metadata.metas.get("copyright") or "",
        _TITLE_SEPARATOR.split(metadata.title)[-1],
    )
    is_office = fold_text(name) in map(fold_text, sites) or any(_abbreviates(name, site) for site in sites)
    return not is_office and not is_account(name) and not names_section(name)


def _linked_author(page: PageAnalysis, title: Line | None, metadata: PageMetadata) -> str | None:
    """Return the only name on links of type "author", beside or below the text; else None.

    Links in another `article` belong to other stories (WHATWG HTML, 4.6.7.2). Links in the footer of the site lead to
    those who built the site, and links in quotations, figures and titles of works to those who are quoted.
    """
    if title is None:
        return None
    around = frozenset(title.box.element.iterancestors("article")) or _articles_around_prose(page)
    links = (link for link in page.boxes[0].element.iter("a") if "author" in (link.get("rel") or "").split())
    names: set[str] = set()
    for link in islice(links, _MAX_AUTHOR_LINKS):
        article = next(link.iterancestors("article"), None)
        is_of_site = article is None and next(link.iterancestors("footer"), None) is not None
        is_quoted = next(link.iterancestors(*_QUOTATIONS), None) is not None
        if (article is None or article in around) and not is_of_site and not is_quoted:
            names.add(_POSTS_OF.sub("", text_of_element(link)))
    names.discard("")  # links on portraits
    name = next(iter(names)) if len(names) == 1 else ""
    is_name = any(map(str.isalpha, name)) and len(name) <= _MAX_BYLINE and not _NO_NAME.fullmatch(name)
    return name if is_name and not names_no_author(name) and _may_be_author(name, metadata) else None


def _articles_around_prose(page: PageAnalysis) -> frozenset[LxmlElement]:
    """Return the `article` elements around all prose; the headline may be outside."""
    ends = page.lines[page.prose_start : page.prose_start + 1] + page.lines[page.prose_end : page.prose_end + 1]
    around = [frozenset(line.box.element.iterancestors("article")) for line in ends]
    return frozenset.intersection(*around) if around else frozenset()


def _abbreviates(name: str, office: str) -> bool:
    """Return whether a name is the initials of an office, perhaps without words such as "of"."""
    words = re.findall(r"\w+", office)
    initials = ("".join(word[0] for word in words if len(word) >= length) for length in (1, _MIN_LONG_WORD))
    return name.isupper() and len(name) > 1 and name.casefold() in map(str.casefold, initials)


def _begins_as_byline(text: str, language: str | None = None) -> bool:
    """Return whether a text begins as a byline; `language` is that of the page, if known."""
    found = _BYLINE_START.match(text)
    if found is None and (language or "").lower()[:2] in {"id", "ms"}:
        found = _MALAY_BYLINE_START.match(text)
    is_name = found is not None and not found["name"].islower()
    return is_name and not text.endswith(_ENDS_OF_SPEECH) and not _BY_ORDER.match(text)


def _declared_authors(metadata: PageMetadata) -> Iterator[str]:
    """Yield, for each JSON-LD item that is not a photo, the names of its authors as one text."""
    for item in metadata.items:
        if "ImageObject" in item_types(item):
            continue
        authors = item.get("author")
        listed = authors if isinstance(authors, list) else [authors]
        given = ({"name": each} if isinstance(each, str) else each for each in listed)
        people = (each for each in given if isinstance(each, dict) and not _is_organization(each))
        if names := [name for each in people if isinstance(name := each.get("name"), str) and name.strip()]:
            yield ", ".join(dict.fromkeys(" ".join(name.split()) for name in names))


def _is_organization(item: Item) -> bool:
    return any("Organization" in name or name == "Corporation" for name in item_types(item))
