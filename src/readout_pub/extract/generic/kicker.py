"""Finds the kicker: the words over the headline, such as the kind or the symbol of the document.

The kicker becomes the `series` of the readout. A "row of facts" is a line, or a row of a table, that prints metadata of
the document, such as its kind, its number, the day and the place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, islice, pairwise, takewhile

import msgspec

from readout_pub.extract.captions import describes_photo
from readout_pub.extract.generic.excluded_lines import SECTION_HEADING, TOOLS
from readout_pub.extract.generic.page_analysis import PageAnalysis
from readout_pub.extract.generic.page_lines import (
    ABOUT_PAGE,
    BESIDE_FACT,
    announces_stories,
    begins_as_tags,
    heads_contents,
)
from readout_pub.extract.generic.publication_date import (
    is_date_alone,
    printed_day,
    prints_only_days,
    without_day,
)
from readout_pub.extract.generic.section_names import (
    CATEGORY_NAME,
    KICKER_NAME,
    NUMBER_SIGN,
    TYPE_NAME,
    kind_of_document,
    names_issuer,
    names_kind,
    names_kind_of_office,
    names_office,
    names_page,
    names_release_time,
    names_section,
)
from readout_pub.extract.generic.text_blocks import (
    PAGE_ELEMENTS,
    Line,
    TextNode,
    innermost_common_box,
    names_around,
    naming_attributes,
    parent_of,
    printed_lines,
    text_of_node,
    texts_of_nodes,
)
from readout_pub.extract.generic.title import fold_text

_MAX_KICKER = 80
"""The maximum length, in characters, of a kicker that is named by a class, chosen by hand."""
_LINES_ABOVE = 3
"""How many lines above the headline are searched for the kicker. Buttons to share the page do not count."""
_BACK_NAME = re.compile(r"(?<![a-z])(?:back(?:[-_]?(?:link|button))?|go-?back)(?![a-z])", re.IGNORECASE)
"""Classes of links back to the list of documents."""
_MAX_UNNAMED_KICKER = 60
"""The maximum length, in characters, of a kicker that is not named by a class."""
_MIN_HEADLINE_IN_TICKER = 80
"""A single link below a label leads to another story if it has at least this many letters; names of offices have fewer.
"""
_MAX_LINKED_KICKER = 0.5
"""A line above the headline with a higher link density than this is a breadcrumb rather than a kicker."""
_LINES_TO_KIND = 6
"""How many lines above the headline are searched for the kind of the document; dates and buttons come between."""
_LINES_TO_ROW = 10
"""How many lines below the headline are searched for a row of facts with the number or the kind of the document."""
_LINES_BELOW_TO_KIND = 3
"""How many lines below the headline are searched for the kind of the document."""
_MAX_LINES_ABOVE = 12
"""`_lines_above` reads at most this many lines above the headline, buttons to share the page included, to find
`_LINES_ABOVE` others."""
_RELEASE = re.compile(
    r"(?:news|press|media) (?:releases?|notes?)|media advisory|backgrounder|fact ?sheet|"
    r"presse(?:mitteilung|information)|"
    r"medienmitteilung|communiqué de presse|comunicado(?: de prensa)?|nota de prensa|comunicato stampa|"
    r"nota à imprensa|persbericht|pressmeddelande|pressemelding|pressemeddelelse|tiedote|tisková zpráva|"
    r"komunikat prasowy|пресс-релиз|δελτίο τύπου|siaran pers|報道(?:資料|発表)|보도자료|新闻稿|新聞稿|بيان صحفي",
    re.IGNORECASE,
)
"""Names of kinds of documents. Such a name always stands for a whole document, never for one of its parts."""
_DOCUMENT_SYMBOL = re.compile(
    r"(?<![\w/])(?:[A-Z]{1,8}(?:/[A-Z0-9.-]{1,12}){1,5}(?:\([0-9]{4}\))?|P[0-9]+_TA(?:-PROV)?\([0-9]{4}\)[0-9]{4}|[A-Z][0-9]-[0-9]{4}/[0-9]{4})"
    r"(?![\w/])"
)
"""Symbols of documents of the United Nations, such as "SG/SM/24711", and of the European Parliament."""

_NUMBERED_WORDS = re.compile(
    rf"(?:[^\W\d]{{3,14}}\.?\s){{1,2}}(?:{NUMBER_SIGN})\.?\s?:?\s?[A-Z]{{0,4}}\d{{1,8}}(?:[/-]\d{{1,4}}){{0,2}}",
    re.IGNORECASE,
)
"""One or two words and a number, such as "Circular No. 14" and "Hall No. 3"."""

_DOCUMENT_NUMBER = re.compile(
    rf"(?:(?:pr|(?:press |news )?release|notice|statement)\.?\s)?(?:{NUMBER_SIGN}|ref)\.?\s?:?\s?"
    r"[A-Z]{0,4}\d(?:\s?\d){0,5}(?:[/-]\d{2,4})?"
    r"|(?:1[3-9]|[2-9]\d|\d{3,5})/(?:19|20)\d{2}"
    rf"|{_NUMBERED_WORDS.pattern}(?:,?\s(?:vol(?:ume)?|issue|series)\.?\s\w{{1,6}})?"
    r"|(?:vol(?:ume|\.)?|series)\s\w{1,6},?\s(?:no|nr|issue)\.?\s\d{1,5}"
    r"|(?:nummer|number|numéro|numero|número|номер|numer|číslo|sayı|nomor|broj|број|αριθμός):?\s\d{1,6}[/-]\d{2,4}"
    r"|\[(?:19|20)\d{2}\] [A-Z]{2,8}(?: [A-Z]\w{1,6})? \d{1,5}(?: \(\w{1,8}\))?"
    r"|第\s?\d{1,5}\s?[号號]|제\s?\d{1,5}(?:-\d{1,4})?\s?호"
    r"|\d{1,5}-(?:0[1-9]|[12]\d|3[01])-(?:0[1-9]|1[0-2])-(?:19|20)\d{2}",
    re.IGNORECASE,
)
"""The number of a document, alone in its line; it may contain the day: "411-13-03-2031"."""
_SYMBOL_TERM = re.compile(
    r"\W*(?:(?:document|notice|release|reference|file|decision|resolution|bid|tender|contract) )?"
    r"(?:symbol|number|no\.?|document|ref(?:erence)?)\W*|"
    r"\W*(?:aktenzeichen|dokumentnummer|drucksache|cote|symbole|référence|numéro|referencia|número|signatura|símbolo|"
    r"expediente|protocollo|numero|kenmerk|nummer|diarienummer|sygnatura|numer|číslo|č\. ?j|iktatószám|szám|номер|"
    r"(?:发文)?(?:字|文)号|"
    r"文書番号|문서번호|رقم)\W*",
    re.IGNORECASE,
)
"""The label of the symbol or number of a document, in a cell or term of its own."""
_TYPE_TERM = re.compile(
    r"\W*(?:(?:document |content |release )?type|kind|category|art|typ|kategorie|type de document|catégorie|tipo|"
    r"categoría|categoria|soort|typ dokumentu|druh|típus|kategória|тип|вид|категория|категорія|tür|loại|jenis|"
    r"kategori|类型|公文种类|類別|種別|분류|구분|النوع|סוג)\W*",
    re.IGNORECASE,
)
"""The label of the kind of a document, in a cell or term of its own."""
_MAX_TEXTS_OF_ROW = 4
"""How many labels and values a row of facts may have."""
_MAX_ROW = 200
"""How many characters a row of facts with the kind of the document may have."""
_MAX_NUMBERED = 60
"""How many characters the number of a document in a row of facts may have, with words such as "Notice"."""
_SYMBOL_LABEL = re.compile(
    r"(?:(?:our )?ref(?:erence)?(?: number)?|(?:(?:press|news|media) )?release (?:number|no)|doc(?:ument)?|file|"
    r"aktenzeichen|az|n?/?réf(?:érence)?|referencia|expediente|rif|"
    r"kenmerk|sygn(?:atura)?|č\. ?j|znak|ссылка|исх)\.?(?: (?:no|nr|n°|№))?\.?\s?[:：]\s?",
    re.IGNORECASE,
)
"""The label before the symbol of a document."""
_LABELLED_NUMBER = re.compile(r"[A-Z]{0,4} ?\d{1,6}(?:[/-]\d{1,6}){0,2}[a-z]{0,2}")
"""The number of a document after `_SYMBOL_LABEL`."""
_NO_KICKER = re.compile(
    r"\d|[.!?:;,…]$|^\W|^(?:photo|foto|bild|image|quelle|source|crédit)s?\s*[:/©]|"
    r"^(?:anzeige|werbung|advert|sponsored|publicité|publicidad|pubblicità|реклама|広告|广告|"
    r"for (?:immediate )?release\b|skip|menu|home\b|back\b|zurück|share|search|close|(?:posted|filed) (?:in|under)\b)|"
    r"^(?:title|titel|titre|título|titolo|headline|tytuł|název|заголовок|назва|标题|標題|タイトル|件名|제목|العنوان)$",
    re.IGNORECASE,
)
"""Matches words above a headline that are not a kicker: numbers, sentences, photo credits, adverts, controls, and the
name of the field with the headline."""
_LABEL_OF_CHANGE = re.compile(r"(?:latest|last|recent) (?:updates?|changes?)", re.IGNORECASE)
"""The label above what was changed last, as on pages of advice to travellers."""
_BAR = re.compile(r"[|｜•·]")
_BETWEEN_FACTS = re.compile(r"[|•·]|\s[–—-]\s")
"""Signs between the facts of a row."""
_RELEASE_NUMBER = re.compile(
    r"(?:(?:press|news|media) )?release (?:number|no)\.?\s?[:：]?\s?|"
    r"(?:pressemitteilung|medienmitteilung|pressemelding|pressmeddelande) (?:nr|nummer)\.?\s?:?\s?|"
    r"(?:numéro|n°) (?:de|du) communiqué\s?:?\s?|número (?:de|do) (?:comunicado|boletín|nota)\s?:?\s?",
    re.IGNORECASE,
)
"""The label of the number of a release. It may stand below the text of the release."""
_ENTRIES = frozenset({"li", "dd", "dt"})
"""Elements of lists, in which the number of a release may be that of another release."""
_MAX_WORDS_BESIDE_ICON = 4
"""How many words the name of a section beside its icon may have; more are the caption of a photo."""
_BESIDE_SYMBOL = " ,;|–—-"
"""Signs between the symbol of a document and a day."""


class Kicker(msgspec.Struct, frozen=True):
    """The words above a headline, and the line that prints them.

    `number` is the number of the document, if another line prints it.
    """

    text: str
    line: Line
    language: str | None
    number: Kicker | None = None

    @property
    def words(self) -> str:
        """The text, with the number if the text lacks it: "Press Release No. 14"."""
        return f"{self.text} {self.number.text}" if self.number else self.text

    @property
    def heads_occasion(self) -> bool:
        """Whether the kicker names a speaker, and its line prints more, such as the occasion, which is text."""
        return _speaker_in(self.line) == self.text and self.own_line is None

    @property
    def own_lines(self) -> tuple[Line, ...]:
        """The lines that print nothing but the kicker or the number, as `own_line` tells."""
        lines = (self.own_line, self.number.own_line if self.number else None)
        return tuple(line for line in lines if line is not None)

    @property
    def own_line(self) -> Line | None:
        """The line, if it prints nothing but the kicker, its label and a date; otherwise None."""
        if fold_text(self.line.text) == fold_text(self.text):
            return self.line  # the line may lack the space before the number, if a style sheet adds the gap
        words = self.line.text.replace(self.text, "", 1)
        rest = "" if _SYMBOL_TERM.fullmatch(words) else without_day(words, self.language)
        return None if any(map(str.isalnum, rest)) else self.line


def find_kicker(page: PageAnalysis, title: Line, language: str | None) -> Kicker | None:
    """Return the kicker: a line with the class of a kicker, the document's kind or symbol, or words above the headline.

    These words begin the block of the headline, or are the name of an office in the line above the headline. If there
    are none, words such as "For immediate release" near the headline are the kicker. If the kicker is a kind without a
    number, the number of the document is searched for in other lines. `language` is the language that the page
    declares, if any; it tells the order of day and month.
    """
    kicker = _find_words(page, title, language)
    if kicker is None or not _is_kind(kicker.text) or any(map(str.isdigit, kicker.text)):
        return kicker
    number = _find_symbol(page, title, language) or _find_number_below(page, title, language)
    number = number or _number_after_release_time(page, title, language)
    if number is None or not any(map(str.isdigit, number.text)) or _numbers_other_thing(number.text):
        return kicker
    if number.own_line is None and number.line.index not in page.exclusions:
        return kicker
    if fold_text(kicker.text) in fold_text(number.text):
        return number
    return kicker if number.line is kicker.line else msgspec.structs.replace(kicker, number=number)


def _find_words(page: PageAnalysis, title: Line, language: str | None) -> Kicker | None:
    """Return the kicker, without the number of the document if another line prints that number."""
    if named := _find_named_kicker(page, title):
        words = _named_words(named) or _kind_in_parts(named) or _words_beside_day(named)
        return Kicker(_words_before_day_and_bar(words), named, language)
    kind, symbol = _find_kind(page, title, language), None
    if kind is None or not _is_kind(kind.text):
        symbol = _find_symbol(page, title, language)
    # The symbol tells more than a link to the section, such as "Press releases".
    if found := kind if kind and symbol and symbol.text in kind.text else symbol or kind:
        return found
    if unnamed := _find_unnamed_kicker(page, title):
        return Kicker(_words_beside_day(unnamed), unnamed, language)
    for line in page.lines[max(0, title.index - 1) : title.index]:
        if names_issuer(line.text) and not line.links and page.may_be_text(line):
            return Kicker(line.text, line, language)
    for line in page.lines[max(0, title.index - _LINES_TO_KIND) : title.index + 1 + _LINES_BELOW_TO_KIND]:
        words = line.text.replace(printed_day(line.text) or "\n", "", 1).strip(BESIDE_FACT)
        if names_release_time(words):
            return Kicker(words, line, language)
    return None


def _named_words(line: Line) -> str:
    """Return the words in those elements within a line that have a class for kickers; "" if no element has one."""
    named = [node for node in line.text_nodes if any(map(KICKER_NAME.search, _names_within(node, line)))]
    return " ".join("".join(map(text_of_node, named)).split())


def _names_within(node: TextNode, line: Line) -> Iterator[str]:
    """Yield the classes, ids, `itemprop` and `rel` of the elements around a text node within its line."""
    element = parent_of(node)
    while element is not None and element is not line.box.element:
        yield from naming_attributes(element)
        element = element.getparent()


def _words_beside_day(line: Line) -> str:
    """Return the text of a line without parts that are only a day: a day may follow the kicker without a space."""
    parts = texts_of_nodes(line)
    words = [part for part in parts if not prints_only_days(part)]
    return " ".join(words) if 0 < len(words) < len(parts) else line.text


def _words_before_day_and_bar(text: str) -> str:
    """Return "News" of "News, 4 May 2031 | Embassy of Lemuria": the office after the bar is not part of the kicker.

    Other texts are returned whole: after the bar may be the number of the document, or the occasion of a speech.
    """
    day = printed_day(text)
    before, _, after = text.partition(day) if day else ("", "", "")
    is_office = _BAR.match(after.lstrip()) is not None and names_issuer(after.strip(BESIDE_FACT))
    return before.strip(BESIDE_FACT) if is_office and any(map(str.isalpha, before)) else text


def _find_kind(page: PageAnalysis, title: Line, language: str | None) -> Kicker | None:
    """Return the nearest words above the headline, else below it, that name the document's kind or series: "Speech".

    The name of an office is returned only if no line names a kind.
    """
    above = range(title.index - 1, max(-1, title.index - 1 - _LINES_TO_KIND), -1)
    # Below the first paragraph, such a word is the heading of a part: "Statements" in the minutes of a council.
    start = title.index + 1 + _has_lede(page, title)
    until_text = takewhile(
        lambda line: line.is_heading or line.index in page.exclusions or not page.is_prose(line), page.lines[start:]
    )
    worded = (line.index for line in until_text if any(map(str.isalnum, line.text)))
    below = islice(worded, _LINES_BELOW_TO_KIND)
    office: Kicker | None = None
    for index in (*above, *below):
        line: Line = page.lines[index]
        # A link may be a category if only facts, such as the day, stand between it and the title.
        between = page.lines[index + 1 : title.index]
        is_next = index < title.index and all(
            each.index in page.exclusions or prints_only_days(each.text) for each in between
        )
        is_category = is_next and len(line.links) == 1 and not _is_one_of_items(line) and not _leads_back(line)
        is_filed = len(line.links) == 1 and begins_as_tags(line.text)  # "Posted in News release"
        may_be_link = is_category or is_filed or names_kind_of_office(line.text)
        is_link = line.link_density > _MAX_LINKED_KICKER and not may_be_link
        part = _kind_in_parts(line)
        speaker = _speaker_in(line) if index < title.index else None
        max_length = _MAX_ROW if part is not None and line.index in page.exclusions else _MAX_KICKER
        if line.box.chrome or len(speaker or line.text) > max_length or is_link:
            continue
        # Labels in lists of facts, cells of tables below the headline, and names of parts of the page are not kickers.
        if (
            line.box.element.tag == "dt"
            or (line.box.data_table and index > title.index)
            or page.exclusions.get(line.index, ABOUT_PAGE) not in {ABOUT_PAGE, SECTION_HEADING}
        ):
            continue
        if announces_stories(line.text) or _LABEL_OF_CHANGE.fullmatch(line.text) or _heads_ticker(line, page, title):
            continue
        kind = part or speaker or kind_of_document(without_day(_words_beside_day(line), language))
        if kind is None or names_page(kind):
            continue
        if index > title.index and names_kind_of_office(line.text) and line.index not in page.exclusions:
            continue  # the first line of the text, such as "Remarks by the Minister of Tides"
        kicker = Kicker(kind, line, language)
        begins_title = fold_text(title.text).startswith(fold_text(kind))
        is_alone = (kicker.own_line is not None or part is not None) and not (begins_title and line.link_density)
        if fold_text(kind) in fold_text(title.text) and not (is_alone and index < title.index):
            continue
        # Below the headline, a word such as "Speech" may be the first heading of the text.
        is_numbered = kicker.own_line is not None and any(map(str.isdigit, kind))
        is_fact = _is_kind(kind) and (
            line.index in page.exclusions or (part is not None and printed_day(line.text) is not None)
        )
        is_heading = line.is_heading and not _heads_release(line, page, title)
        is_fact = is_fact or (part is not None and not is_heading and _with_number_beside(kicker).own_line is not None)
        if index < title.index or is_numbered or is_fact or (kicker.own_line and not is_heading):
            if not names_office(kind):
                return _with_number_beside(kicker)
            office = office or kicker
    return office


def _speaker_in(line: Line) -> str | None:
    """Return the first of several printed lines of `line` if it names the kind and the speaker; else None.

    Below "Remarks by Governor N. Reef" may stand the occasion, the place and the day, which are text.
    """
    first = printed_lines(line)[0] if line.breaks else ""
    return first if names_kind_of_office(first) else None


def _heads_ticker(line: Line, page: PageAnalysis, title: Line) -> bool:
    """Return whether a line above the headline is the label of links to other stories, such as "News flash".

    The links are in the line below the label. A block contains both lines, but not the headline. There are several
    links, or one that is as long as a headline.
    """
    below = page.lines[line.index + 1] if line.index < title.index - 1 else None
    if below is None or not below.is_link or not page.may_be_text(below):
        return False
    block = innermost_common_box(line.box, below.box)
    return not block.contains_line(title) and (len(below.links) > 1 or below.size >= _MIN_HEADLINE_IN_TICKER)


def _has_lede(page: PageAnalysis, title: Line) -> bool:
    """Return whether the headline is followed by the lede, one line of prose, and then by a line with only a day."""
    lines = page.lines[title.index + 1 : title.index + 3]
    return len(lines) > 1 and page.is_prose(lines[0]) and prints_only_days(lines[1].text)


def _is_one_of_items(line: Line) -> bool:
    """Return whether a line is one of several items of a list, such as an entry of a menu."""
    item = line.box.element
    return item.tag == "li" and any(
        each.tag == "li" for each in (*item.itersiblings(), *item.itersiblings(preceding=True))
    )


def _leads_back(line: Line) -> bool:
    """Return whether the class of a link, or of the small boxes around it, says that it leads back to the list."""
    names = chain(names_around(line), *(naming_attributes(link) for link in line.links))
    return any(map(_BACK_NAME.search, names))


def _is_one_of_categories(line: Line) -> bool:
    """Return whether a line is a list item beside an item with a class for categories: such a list names subjects."""
    item = line.box.element
    others = (*item.itersiblings("li"), *item.itersiblings("li", preceding=True)) if item.tag == "li" else ()
    return any(CATEGORY_NAME.search(each.get("class") or "") for each in others)


def _heads_release(line: Line, page: PageAnalysis, title: Line) -> bool:
    """Return whether a heading below the headline names the kind of the whole document.

    "News release" does; a heading such as "Speech" may begin the first of several parts. Only facts and short lines may
    stand between the headline and the heading.
    """
    between = page.lines[title.index + 1 : line.index]
    return _RELEASE.fullmatch(line.text) is not None and all(
        each.index in page.exclusions or len(each.text) <= _MAX_UNNAMED_KICKER for each in between
    )


def _is_kind(text: str) -> bool:
    """Return whether a text is the kind of one document; "Press releases" is the name of a section."""
    is_release = _RELEASE.fullmatch(text) is not None and not text.casefold().endswith(("releases", "notes"))
    return names_kind(text) or is_release


def _kind_in_parts(line: Line) -> str | None:
    """Return the kind of the document if one of several text nodes of a line prints it alone; otherwise None."""
    texts = [text_of_node(node).strip(BESIDE_FACT) for node in line.text_nodes]
    kinds = (text for text in texts if names_kind(text) or _RELEASE.fullmatch(text))
    return next(kinds, None) if len(texts) > 1 else None


def _with_number_beside(kicker: Kicker) -> Kicker:
    """Return the kind of the document with its number, if another text node of the line prints the number alone."""
    texts = (text_of_node(node).strip(BESIDE_FACT) for node in kicker.line.text_nodes)
    number = next((text for text in texts if _DOCUMENT_NUMBER.fullmatch(text) and text not in kicker.text), None)
    return msgspec.structs.replace(kicker, text=f"{kicker.text} {number}") if number else kicker


def _find_symbol(page: PageAnalysis, title: Line, language: str | None) -> Kicker | None:
    """Return the symbol or number of the document, or its kind, from a line near the headline.

    A row such as "Document | Notice 2031-14" or "Type | Speech" is preferred. Without such a row, the lines above the
    headline are searched, the nearest first, then those below it. The first line is taken that prints only the symbol,
    perhaps with a day or a label such as "Ref:", or that prints the number in a row of facts.
    """
    above = page.lines[max(0, title.index - _LINES_TO_KIND) : title.index]
    until_text = takewhile(lambda line: line.is_heading or not page.is_prose(line), page.lines[title.index + 1 :])
    rows = (_value_in_row(line, page, language) for line in (*reversed(above), *islice(until_text, _LINES_TO_ROW)))
    if row := next(filter(None, rows), None):
        return row
    for line in (*reversed(above), *page.lines[title.index + 1 : title.index + 1 + _LINES_BELOW_TO_KIND]):
        words = line.text if _is_symbol(line.text) else without_day(line.text, language).strip(_BESIDE_SYMBOL)
        label = _SYMBOL_LABEL.match(words)
        number = words[label.end() :] if label is not None else words
        is_symbol = _is_symbol(number) or (label is not None and _LABELLED_NUMBER.fullmatch(number) is not None)
        if is_symbol and not line.box.data_table:
            return Kicker(words, line, language)
        if (beside := _number_in_row(line)) is not None:
            return Kicker(beside, line, language)
    return None


def _number_after_release_time(page: PageAnalysis, title: Line, language: str | None) -> Kicker | None:
    """Return the number of the document at the end of "For immediate release 2031-41": "No." need not precede it."""
    near = page.lines[max(0, title.index - _LINES_TO_KIND) : title.index + 1 + _LINES_TO_ROW]
    found = (line for line in near if line.text[-1:].isdecimal() and names_release_time(line.text))
    line = next(found, None)
    return Kicker(line.text.split()[-1], line, language) if line is not None else None


def _number_in_row(line: Line) -> str | None:
    """Return the number of the document in a row of facts with a day: "4 May 2031 | No. 14/31 | Reef Town".

    Numbers of other things, such as "Hall No. 3", are not returned.
    """
    texts = list(map(text_of_node, line.text_nodes)) if len(line.text) <= _MAX_ROW and not line.links else []
    if all(printed_day(text) is None for text in texts):
        return None
    parts = (part.strip(BESIDE_FACT) for text in texts for part in _BETWEEN_FACTS.split(text))
    numbers = (part for part in parts if printed_day(part) is None and _is_symbol(part))
    return next((each for each in numbers if not _numbers_other_thing(each)), None)


def _numbers_other_thing(text: str) -> bool:
    """Return whether the words before a number name something else than a document, as in "Hall No. 3"."""
    return _NUMBERED_WORDS.fullmatch(text) is not None and kind_of_document(text) is None


def _find_number_below(page: PageAnalysis, title: Line, language: str | None) -> Kicker | None:
    """Return the number of a release in a line of its own below the headline, after a label such as "Release number".

    The label may be in the line above. Lines of other stories, headings, list items and table cells are not searched,
    since their numbers may be those of other releases, as in a list of sources.
    """
    for above, line in pairwise(page.lines[title.index :]):
        is_short = len(line.text) <= _MAX_NUMBERED and line.text[-1:].isalnum() and not line.links
        is_entry = line.is_heading or line.box.element.tag in _ENTRIES or line.box.data_table is not None
        if not is_short or is_entry or line.box.chrome or page.exclusions.get(line.index, ABOUT_PAGE) != ABOUT_PAGE:
            continue
        label = _RELEASE_NUMBER.match(line.text)
        number = line.text[label.end() :] if label else line.text
        is_labelled = bool(label) or _RELEASE_NUMBER.fullmatch(above.text) is not None
        if is_labelled and (_is_symbol(number) or _LABELLED_NUMBER.fullmatch(number)):
            return Kicker(line.text, line, language)
    return None


def _value_in_row(line: Line, page: PageAnalysis, language: str | None) -> Kicker | None:
    """Return the value in a row such as "Document | Notice 2031-14" or "Type | Speech".

    Label and value are in text nodes of their own, or the line above is the label.
    """
    texts = texts_of_nodes(line)
    if len(texts) == 1 and line.index and not line.is_heading:
        texts = [page.lines[line.index - 1].text, *texts]
    if len(texts) % 2 or len(texts) > _MAX_TEXTS_OF_ROW:
        return None
    rows = zip(texts[::2], texts[1::2], strict=True)
    return next((Kicker(value, line, language) for label, value in rows if _is_number_or_kind(label, value)), None)


def _is_number_or_kind(label: str, value: str) -> bool:
    """Return whether a label and its value in a row of facts give the number or the kind of the document."""
    has_number = any(map(str.isdigit, value)) and printed_day(value) is None
    is_symbol = has_number and _SYMBOL_TERM.fullmatch(label) is not None
    is_kind = names_section(value) and not names_office(value) and _TYPE_TERM.fullmatch(label) is not None
    return len(value) <= _MAX_NUMBERED and (is_symbol or is_kind)


def _is_symbol(text: str) -> bool:
    """Return whether a text is the symbol or the number of a document, such as "AW/10482" or "PR No. 311/2031"."""
    is_symbol = _DOCUMENT_SYMBOL.fullmatch(text) is not None and any(map(str.isdigit, text))
    is_in_brackets = text.startswith(("[", "(")) and text.endswith(("]", ")"))
    return is_symbol or _DOCUMENT_NUMBER.fullmatch(text[1:-1] if is_in_brackets else text) is not None


def _find_named_kicker(page: PageAnalysis, title: Line) -> Line | None:
    """Return the line near the headline that has a class for kickers, for categories or for types of documents.

    The line below the headline does not count if the page repeats its words and class: each card of a list has them.
    """
    below = page.lines[title.index + 1 : title.index + 2]
    if (
        below
        and sum(line.text == below[0].text and line.box.signature == below[0].box.signature for line in page.lines) > 1
    ):
        below = []
    for line in (*_lines_above(page, title), *below):
        fits = len(line.text) <= _MAX_KICKER and not line.box.chrome and not is_date_alone(line.text)
        if fits and any(map(KICKER_NAME.search, names_around(line))):
            return line
        is_alone = len(line.links) <= 1 and not _is_one_of_categories(line)
        is_category = fits and not line.is_heading and is_alone and not _NO_KICKER.search(line.text)
        if is_category and any(map(CATEGORY_NAME.search, names_around(line))):
            return line
        names_type = fits and (kind_of_document(line.text) or _kind_in_parts(line))
        if names_type and any(map(TYPE_NAME.search, names_around(line))):
            return line
    return None


def _lines_above(page: PageAnalysis, title: Line) -> Iterator[Line]:
    """Yield the lines right above the headline, the nearest first, without the buttons to share the page."""
    above = islice(reversed(page.lines[: title.index]), _MAX_LINES_ABOVE)
    return islice(
        (line for line in above if line.box.chrome != "share" and page.exclusions.get(line.index) not in TOOLS),
        _LINES_ABOVE,
    )


def _find_unnamed_kicker(page: PageAnalysis, title: Line) -> Line | None:
    """Return the few words that begin the headline's block, if only a date stands between them and the headline.

    On 33 of 485 inspected pages there are such words, and on 30 of these pages they are the series or section. On pages
    kept back from inspection, they are the series or section in 21 of 23 cases.
    """
    for line in _lines_above(page, title):
        is_caption = (
            line.box.element.tag == "figcaption" or describes_photo(line.text) or _is_below_photo(line, page, title)
        )
        if not page.may_be_text(line) or is_caption:
            return None
        if len(line.text) <= _MAX_UNNAMED_KICKER and printed_day(line.text):
            continue
        box = innermost_common_box(line.box, title.box)
        is_first = box.first == line.index and box.parent is not None and box.element.tag not in PAGE_ELEMENTS
        return line if is_first and _may_be_kicker(line, title) else None
    return None


def _is_below_photo(line: Line, page: PageAnalysis, title: Line) -> bool:
    """Return whether an image is right above a line, in a block that does not contain the headline.

    For a line of a few words, the result is False: it may be the name of a section, and the image the icon.
    """
    is_long = len(line.text.split()) > _MAX_WORDS_BESIDE_ICON
    above = (image.box for image in (page.images if is_long else ()) if image.index == line.index)
    return any(not innermost_common_box(box, line.box).contains_line(title) for box in above)


def _may_be_kicker(line: Line, title: Line) -> bool:
    if _DOCUMENT_SYMBOL.search(line.text) and len(line.text) <= _MAX_UNNAMED_KICKER:
        return True
    is_short = 2 < len(line.text) <= _MAX_UNNAMED_KICKER and line.link_density <= _MAX_LINKED_KICKER
    is_short = is_short and not heads_contents(line.text)
    words, headline = fold_text(line.text), fold_text(title.text)
    # A breadcrumb trail ends with the headline.
    return is_short and not _NO_KICKER.search(line.text) and words not in headline and not words.endswith(headline)
