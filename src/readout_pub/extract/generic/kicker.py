"""Finds the kicker: the words over the headline, such as the kind or the symbol of the document.

The kicker becomes the `series` of the readout. A "row of facts" is a line or table row that prints metadata, such as
the kind, the number and the day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, islice, pairwise, takewhile

import msgspec

from readout_pub.extract.captions import describes_photo
from readout_pub.extract.generic.excluded_lines import SECTION_HEADING, TOOLS
from readout_pub.extract.generic.fact_lines import BAR
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
    inline_elements_around,
    innermost_common_box,
    names_around,
    naming_attributes,
    printed_lines,
    text_of_node,
    texts_of_nodes,
)
from readout_pub.extract.generic.title import fold_text

_MAX_KICKER = 80
"""In characters, for a kicker with a class for kickers; chosen by hand."""
_LINES_ABOVE = 3
"""Lines above the headline, without buttons to share the page."""
_BACK_NAME = re.compile(r"(?<![a-z])(?:back(?:[-_]?(?:link|button))?|go-?back)(?![a-z])", re.IGNORECASE)
"""Classes of links back to the list of documents."""
_MAX_UNNAMED_KICKER = 60
"""In characters, for a kicker without a class for kickers."""
_MIN_HEADLINE_IN_TICKER = 80
"""In letters: a shorter single link may be the name of an office."""
_MAX_LINKED_KICKER = 0.5
"""A line with a higher link density is a breadcrumb trail."""
_LINES_TO_KIND = 6
"""Lines above the headline; dates and buttons come between."""
_LINES_TO_ROW = 10
"""Lines below the headline that may be rows of facts."""
_LINES_BELOW_TO_KIND = 3
"""Lines below the headline."""
_MAX_LINES_ABOVE = 12
"""As `_LINES_ABOVE`, with the buttons."""
_RELEASE = re.compile(
    r"(?:news|press|media) (?:releases?|notes?)|media advisory|backgrounder|fact ?sheet|"
    r"presse(?:mitteilung|information)|"
    r"medienmitteilung|communiqué de presse|comunicado(?: de prensa)?|nota de prensa|comunicato stampa|"
    r"nota à imprensa|persbericht|pressmeddelande|pressemelding|pressemeddelelse|tiedote|tisková zpráva|"
    r"komunikat prasowy|пресс-релиз|δελτίο τύπου|siaran pers|報道(?:資料|発表)|보도자료|新闻稿|新聞稿|بيان صحفي",
    re.IGNORECASE,
)
"""Kinds of whole documents, never of their parts."""
_DOCUMENT_SYMBOL = re.compile(
    r"(?<![\w/])(?:[A-Z]{1,8}(?:/[A-Z0-9.-]{1,12}){1,5}(?:\([0-9]{4}\))?|P[0-9]+_TA(?:-PROV)?\([0-9]{4}\)[0-9]{4}|[A-Z][0-9]-[0-9]{4}/[0-9]{4})"
    r"(?![\w/])"
)
"""Symbols of the United Nations, such as "SG/SM/24711", and of the European Parliament."""

_NUMBERED_WORDS = re.compile(
    rf"(?:[^\W\d]{{3,14}}\.?\s){{1,2}}(?:{NUMBER_SIGN})\.?\s?:?\s?[A-Z]{{0,4}}\d{{1,8}}(?:[/-]\d{{1,4}}){{0,2}}",
    re.IGNORECASE,
)
"""Words and a number: "Circular No. 14", "Hall No. 3"."""

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
"""The number of a document; it may contain the day: "411-13-03-2031"."""
_SYMBOL_TERM = re.compile(
    r"\W*(?:(?:document|notice|release|reference|file|decision|resolution|bid|tender|contract) )?"
    r"(?:symbol|number|no\.?|document|ref(?:erence)?)\W*|"
    r"\W*(?:aktenzeichen|dokumentnummer|drucksache|cote|symbole|référence|numéro|referencia|número|signatura|símbolo|"
    r"expediente|protocollo|numero|kenmerk|nummer|diarienummer|sygnatura|numer|číslo|č\. ?j|iktatószám|szám|номер|"
    r"(?:发文)?(?:字|文)号|"
    r"文書番号|문서번호|رقم)\W*",
    re.IGNORECASE,
)
"""The label of the symbol or number, in its own cell or element."""
_TYPE_TERM = re.compile(
    r"\W*(?:(?:document |content |release )?type|kind|category|art|typ|kategorie|type de document|catégorie|tipo|"
    r"categoría|categoria|soort|typ dokumentu|druh|típus|kategória|тип|вид|категория|категорія|tür|loại|jenis|"
    r"kategori|类型|公文种类|類別|種別|분류|구분|النوع|סוג)\W*",
    re.IGNORECASE,
)
"""The label of the kind, in its own cell or element."""
_MAX_TEXTS_OF_ROW = 4
"""Labels and values of a row of facts."""
_MAX_ROW = 200
"""In characters, for a row of facts."""
_MAX_NUMBERED = 60
"""In characters, for a number with words such as "Notice"."""
_SYMBOL_LABEL = re.compile(
    r"(?:(?:our )?ref(?:erence)?(?: number)?|(?:(?:press|news|media) )?release (?:number|no)|doc(?:ument)?|file|"
    r"aktenzeichen|az|n?/?réf(?:érence)?|referencia|expediente|rif|"
    r"kenmerk|sygn(?:atura)?|č\. ?j|znak|ссылка|исх)\.?(?: (?:no|nr|n°|№))?\.?\s?[:：]\s?",
    re.IGNORECASE,
)
"""The label before the symbol in one text."""
_LABELLED_NUMBER = re.compile(r"[A-Z]{0,4} ?\d{1,6}(?:[/-]\d{1,6}){0,2}[a-z]{0,2}")
"""The number of a document after `_SYMBOL_LABEL`."""
_NO_KICKER = re.compile(
    r"\d|[.!?:;,…]$|^\W|^(?:photo|foto|bild|image|quelle|source|crédit)s?\s*[:/©]|"
    r"^(?:anzeige|werbung|advert|sponsored|publicité|publicidad|pubblicità|реклама|広告|广告|"
    r"for (?:immediate )?release\b|skip|menu|home\b|back\b|zurück|share|search|close|(?:posted|filed) (?:in|under)\b)|"
    r"^(?:title|titel|titre|título|titolo|headline|tytuł|název|заголовок|назва|标题|標題|タイトル|件名|제목|العنوان)$",
    re.IGNORECASE,
)
"""Numbers, sentences, photo credits, adverts, controls, and labels of the headline."""
_LABEL_OF_CHANGE = re.compile(r"(?:latest|last|recent) (?:updates?|changes?)", re.IGNORECASE)
"""The label above the latest changes in advice to travellers."""
_BETWEEN_FACTS = re.compile(r"[|•·]|\s[–—-]\s")
_RELEASE_NUMBER = re.compile(
    r"(?:(?:press|news|media) )?release (?:number|no)\.?\s?[:：]?\s?|"
    r"(?:pressemitteilung|medienmitteilung|pressemelding|pressmeddelande) (?:nr|nummer)\.?\s?:?\s?|"
    r"(?:numéro|n°) (?:de|du) communiqué\s?:?\s?|número (?:de|do) (?:comunicado|boletín|nota)\s?:?\s?",
    re.IGNORECASE,
)
"""The label of the number of a release; the number may stand below the text."""
_ENTRIES = frozenset({"li", "dd", "dt"})
"""In these elements, the number may be that of another release."""
_MAX_WORDS_BESIDE_ICON = 4
"""A section name beside its icon is short; a caption has more words."""
_BESIDE_SYMBOL = " ,;|–—-"
"""Signs between a symbol and a day."""


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
        """Whether the kicker names a speaker, and its line also prints, for example, the occasion."""
        return _speaker_in(self.line) == self.text and self.own_line is None

    @property
    def own_lines(self) -> tuple[Line, ...]:
        """The lines that print only the kicker or the number."""
        lines = (self.own_line, self.number.own_line if self.number else None)
        return tuple(line for line in lines if line is not None)

    @property
    def own_line(self) -> Line | None:
        """The line if it prints only the kicker, its label and a date; else None."""
        if fold_text(self.line.text) == fold_text(self.text):
            return self.line  # a style sheet may add the space before a number
        words = self.line.text.replace(self.text, "", 1)
        rest = "" if _SYMBOL_TERM.fullmatch(words) else without_day(words, self.language)
        return None if any(map(str.isalnum, rest)) else self.line


def find_kicker(page: PageAnalysis, title: Line, language: str | None) -> Kicker | None:
    """Return the kicker, with the number of the document if another line prints it; None without a kicker.

    `language` is declared by the page and tells the order of day and month.
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
    """Return the kicker, without a number that another line prints."""
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
    """Return the words in elements of a line with a class for kickers; else ""."""
    named = [node for node in line.text_nodes if any(map(KICKER_NAME.search, _names_within(node, line)))]
    return " ".join("".join(map(text_of_node, named)).split())


def _names_within(node: TextNode, line: Line) -> Iterator[str]:
    """Yield the class, id, `itemprop` and `rel` of the elements around a text node within its line."""
    for element in inline_elements_around(node, line):
        yield from naming_attributes(element)


def _words_beside_day(line: Line) -> str:
    """Return a line without parts that are only a day, as in "<b>Speech</b><time>4 May 2031</time>"."""
    parts = texts_of_nodes(line)
    words = [part for part in parts if not prints_only_days(part)]
    return " ".join(words) if 0 < len(words) < len(parts) else line.text


def _words_before_day_and_bar(text: str) -> str:
    """Return "News" of "News, 4 May 2031 | Embassy of Lemuria"; return other texts whole.

    After the bar, other texts may have the number or the occasion.
    """
    day = printed_day(text)
    before, _, after = text.partition(day) if day else ("", "", "")
    is_office = BAR.match(after.lstrip()) is not None and names_issuer(after.strip(BESIDE_FACT))
    return before.strip(BESIDE_FACT) if is_office and any(map(str.isalpha, before)) else text


def _find_kind(page: PageAnalysis, title: Line, language: str | None) -> Kicker | None:
    """Return the kind or series in a line near the headline, preferably above it: "Speech".

    The name of an office is returned only if no line names a kind.
    """
    above = range(title.index - 1, max(-1, title.index - 1 - _LINES_TO_KIND), -1)
    # Below the first paragraph, such a word heads a part: "Statements" in the minutes of a council.
    start = title.index + 1 + _has_lede(page, title)
    until_text = takewhile(
        lambda line: line.is_heading or line.index in page.exclusions or not page.is_prose(line), page.lines[start:]
    )
    worded = (line.index for line in until_text if any(map(str.isalnum, line.text)))
    below = islice(worded, _LINES_BELOW_TO_KIND)
    office: Kicker | None = None
    for index in (*above, *below):
        line: Line = page.lines[index]
        # Only facts, such as the day, stand between a link to a category and the title.
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
    """Return the first of several printed lines if it names the speaker: "Remarks by Governor N. Reef"."""
    first = printed_lines(line)[0] if line.breaks else ""
    return first if names_kind_of_office(first) else None


def _heads_ticker(line: Line, page: PageAnalysis, title: Line) -> bool:
    """Return whether a line above the headline labels links to other stories: "News flash"."""
    below = page.lines[line.index + 1] if line.index < title.index - 1 else None
    if below is None or not below.is_link or not page.may_be_text(below):
        return False
    block = innermost_common_box(line.box, below.box)
    return not block.contains_line(title) and (len(below.links) > 1 or below.size >= _MIN_HEADLINE_IN_TICKER)


def _has_lede(page: PageAnalysis, title: Line) -> bool:
    """Return whether a line of prose (the lede) and a day follow the headline."""
    lines = page.lines[title.index + 1 : title.index + 3]
    return len(lines) > 1 and page.is_prose(lines[0]) and prints_only_days(lines[1].text)


def _is_one_of_items(line: Line) -> bool:
    """Return whether a line is one of several list items."""
    item = line.box.element
    return item.tag == "li" and any(
        each.tag == "li" for each in (*item.itersiblings(), *item.itersiblings(preceding=True))
    )


def _leads_back(line: Line) -> bool:
    """Return whether the class of a line, or of its link, is one for links back."""
    names = chain(names_around(line), *(naming_attributes(link) for link in line.links))
    return any(map(_BACK_NAME.search, names))


def _is_one_of_categories(line: Line) -> bool:
    """Return whether another item of the same list has a class for categories."""
    item = line.box.element
    others = (*item.itersiblings("li"), *item.itersiblings("li", preceding=True)) if item.tag == "li" else ()
    return any(CATEGORY_NAME.search(each.get("class") or "") for each in others)


def _heads_release(line: Line, page: PageAnalysis, title: Line) -> bool:
    """Return whether a heading below the headline names the kind of the whole document: "News release".

    "Speech" may head the first of several parts.
    """
    between = page.lines[title.index + 1 : line.index]
    return _RELEASE.fullmatch(line.text) is not None and all(
        each.index in page.exclusions or len(each.text) <= _MAX_UNNAMED_KICKER for each in between
    )


def _is_kind(text: str) -> bool:
    """Return whether a text is the kind of one document; "Press releases" names a section."""
    is_release = _RELEASE.fullmatch(text) is not None and not text.casefold().endswith(("releases", "notes"))
    return names_kind(text) or is_release


def _kind_in_parts(line: Line) -> str | None:
    """Return the kind that one of several text nodes of a line prints alone, if any."""
    texts = [text_of_node(node).strip(BESIDE_FACT) for node in line.text_nodes]
    kinds = (text for text in texts if names_kind(text) or _RELEASE.fullmatch(text))
    return next(kinds, None) if len(texts) > 1 else None


def _with_number_beside(kicker: Kicker) -> Kicker:
    """Return the kicker with the number that another text node of its line prints alone."""
    texts = (text_of_node(node).strip(BESIDE_FACT) for node in kicker.line.text_nodes)
    number = next((text for text in texts if _DOCUMENT_NUMBER.fullmatch(text) and text not in kicker.text), None)
    return msgspec.structs.replace(kicker, text=f"{kicker.text} {number}") if number else kicker


def _find_symbol(page: PageAnalysis, title: Line, language: str | None) -> Kicker | None:
    """Return the symbol, number or kind near the headline, preferably from a row of facts."""
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
    """Return the number at the end of a line such as "For immediate release 2031-41"."""
    near = page.lines[max(0, title.index - _LINES_TO_KIND) : title.index + 1 + _LINES_TO_ROW]
    found = (line for line in near if line.text[-1:].isdecimal() and names_release_time(line.text))
    line = next(found, None)
    return Kicker(line.text.split()[-1], line, language) if line is not None else None


def _number_in_row(line: Line) -> str | None:
    """Return the number in a row of facts with a day: "4 May 2031 | No. 14/31 | Reef Town"."""
    texts = list(map(text_of_node, line.text_nodes)) if len(line.text) <= _MAX_ROW and not line.links else []
    if all(printed_day(text) is None for text in texts):
        return None
    parts = (part.strip(BESIDE_FACT) for text in texts for part in _BETWEEN_FACTS.split(text))
    numbers = (part for part in parts if printed_day(part) is None and _is_symbol(part))
    return next((each for each in numbers if not _numbers_other_thing(each)), None)


def _numbers_other_thing(text: str) -> bool:
    """Return whether a number is not that of a document: "Hall No. 3"."""
    return _NUMBERED_WORDS.fullmatch(text) is not None and kind_of_document(text) is None


def _find_number_below(page: PageAnalysis, title: Line, language: str | None) -> Kicker | None:
    """Return the number in a line below the headline, after a label such as "Release number".

    Numbers in headings, list items and table cells may be those of other releases.
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
    """Return the value in a row such as "Document | Notice 2031-14"; the label may be the line above."""
    texts = [text for text in texts_of_nodes(line) if any(map(str.isalnum, text))]
    if len(texts) == 1 and line.index and not line.is_heading:
        texts = [page.lines[line.index - 1].text, *texts]
    if len(texts) % 2 or len(texts) > _MAX_TEXTS_OF_ROW:
        return None
    rows = zip(texts[::2], texts[1::2], strict=True)
    return next((Kicker(value, line, language) for label, value in rows if _is_number_or_kind(label, value)), None)


def _is_number_or_kind(label: str, value: str) -> bool:
    """Return whether a row of facts gives the number or the kind."""
    has_number = any(map(str.isdigit, value)) and printed_day(value) is None
    is_symbol = has_number and _SYMBOL_TERM.fullmatch(label) is not None
    is_kind = names_section(value) and not names_office(value) and _TYPE_TERM.fullmatch(label) is not None
    return len(value) <= _MAX_NUMBERED and (is_symbol or is_kind)


def _is_symbol(text: str) -> bool:
    """Return whether a text is a symbol or number: "AW/10482", "PR No. 311/2031"."""
    is_symbol = _DOCUMENT_SYMBOL.fullmatch(text) is not None and any(map(str.isdigit, text))
    is_in_brackets = text.startswith(("[", "(")) and text.endswith(("]", ")"))
    return is_symbol or _DOCUMENT_NUMBER.fullmatch(text[1:-1] if is_in_brackets else text) is not None


def _find_named_kicker(page: PageAnalysis, title: Line) -> Line | None:
    """Return the line near the headline with a class for kickers, categories or types.

    If the line below repeats, it belongs to one of several cards.
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
    """Yield the lines right above the headline, the nearest first, without buttons to share the page."""
    above = islice(reversed(page.lines[: title.index]), _MAX_LINES_ABOVE)
    return islice(
        (line for line in above if line.box.chrome != "share" and page.exclusions.get(line.index) not in TOOLS),
        _LINES_ABOVE,
    )


def _find_unnamed_kicker(page: PageAnalysis, title: Line) -> Line | None:
    """Return the few words that begin the headline's block, if at most a date follows them.

    They are the series or section on 30 of 33 inspected pages, and on 21 of 23 pages kept back from inspection.
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
    """Return whether a line is right below a photo, in a block without the headline.

    Few words may be a section name below its icon.
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
