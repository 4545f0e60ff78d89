"""Finds the headline: scores how well printed lines agree with metadata, and removes the name of the site."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import accumulate, chain, dropwhile, islice, takewhile
from unicodedata import east_asian_width
from urllib.parse import urlsplit

import msgspec

from readout_pub.extract.dates import find_date
from readout_pub.extract.generic.chrome import HIDDEN_TRAITS, LARGE_SHARE, is_unseen
from readout_pub.extract.generic.metadata import PageMetadata, item_types
from readout_pub.extract.generic.page_analysis import PageAnalysis, Title
from readout_pub.extract.generic.page_lines import is_size_of_file, prints_address_of_site
from readout_pub.extract.generic.section_names import (
    KICKER_NAME,
    kind_of_document,
    names_kind,
    names_kind_of_office,
    names_number,
    names_release_time,
    names_section,
)
from readout_pub.extract.generic.text_blocks import (
    ElementBox,
    Line,
    inline_elements_around,
    printed_lines,
    text_of_node,
)
from readout_pub.html_elements import HEADINGS
from readout_pub.sentences import ends_sentence
from readout_pub.short_text_cache import cached_for_short_texts
from readout_pub.sources.lxml_elements import LxmlElement, text_of_element

_SPACES = r"(?<!\s)\s+"
"""Matches only from the start of white space: other attempts would take quadratic time."""

_SEPARATOR = re.compile(
    rf"{_SPACES}[|–—·»«›\-:~•/]+\s+|(?:{_SPACES})?(?:(?:[｜|_]|»(?!\s+[|–—-]))\s*|::\s+|[–—]\s*)|[：:]\s+"
)
"""Signs between a headline and a known site name; headlines have such signs too. Before another sign, "»" ends a
quotation."""
_SEPARATOR_HINT = re.compile(r"[-|–—·»«›:~•/｜_：](?:\s|(?<=[|–—»｜_]))")
"""Matches wherever `_SEPARATOR` does, and faster."""
_STRONG_SEPARATOR = re.compile(rf"{_SPACES}(?:[|»«·•/]|::)\s+|(?:{_SPACES})?[｜|]\s*")
"""Signs that separate headline and site name even if this name is unknown."""
_DASH_SEPARATOR = re.compile(rf"{_SPACES}[-–—]\s+")

_ARTICLE_TYPES = frozenset(
    """Article NewsArticle BlogPosting ReportageNewsArticle AnalysisNewsArticle OpinionNewsArticle Report TechArticle
    ScholarlyArticle DiscussionForumPosting Question Product MedicalWebPage Recipe Event LiveBlogPosting
    AdvertiserContentArticle""".split()
)
"""schema.org types whose `headline` is that of the page."""
_META_TRUST = {"og:title": 2.2, "twitter:title": 1.8, "dc.title": 1.6, "headline": 1.6, "title": 1.2}
"""Name of a `meta` → trust in its title; chosen by hand, as are all scores here. A single `h1` that no metadata agree
with scores 2."""
_JSON_LD_TRUST, _TITLE_ELEMENT_TRUST = 2.4, 1.5

_TRUST_IN_BEGINNING = 1.4
"""Trust in the only `h1` if a declared title begins with it."""

_NO_TITLE = re.compile(
    r"(?:new page|untitled|document|index|page|unbenanntes dokument|documento sin título|documento sem título|"
    r"(?:document )?sans titre|senza titolo|без названия|無題ドキュメント|无标题文档|제목 ?없음)"
    r"(?: ?(?:document|page))?[ -]?\d*",
    re.IGNORECASE,
)
"""Titles that authoring programs give to pages without one."""
_TRAIL_SIGN = re.compile(r"(?<=\s)[<>](?=\s)")
"""A sign in a declared title that is a breadcrumb trail."""
_METAS_OF_ISSUER = ("author", "publisher", "copyright", "dc.publisher", "dc.creator")
"""Names of `meta` elements that may name the office."""
_MIN_WORDS_OF_ISSUER = 3
"""Shorter names may be those of persons."""
_HOME = re.compile(r"(?:(?:https?:)?//[^/?#]++)?/?+(?:(?P<code>[a-z]{2})/?|index\.[a-z]+)?")
"""Addresses of the home page, perhaps in one language."""
_COUNTRY_OF_LANGUAGE = {
    "be": "by", "cs": "cz", "da": "dk", "el": "gr", "et": "ee", "he": "il", "hy": "am", "ja": "jp", "ka": "ge",
    "kk": "kz", "ko": "kr", "nb": "no", "sl": "si", "sq": "al", "sr": "rs", "sv": "se", "uk": "ua", "vi": "vn",
    "zh": "cn",
}  # fmt: skip
"""Language → country code that some sites use for it in addresses."""
_HOST = re.compile(r"(?:https?:)?//([^/]+)")
_SECTION_SCORE = 0.1
"""For a declared title that only names a section or an office: nearly every other candidate scores higher."""
_SECTION_PENALTY, _SECTION_OVER_HEADLINE = 1.8, 4.0
"""Subtracted for the name of a section: the second number if a heading of a lower level follows, else the first."""
_ABOVE_DECLARED_SCORE = 0.5
"""Added for an `h1` above a declared title, which then is a subtitle."""
_BELOW_SECTION_SCORE = 0.5
"""Added for a heading right below the name of a section, or on a page without `h1`, `h2` and `h3`."""
_META_NAME = re.compile(
    r"(?:doc|meta|news|pub)[-_]?(?:date|type|number|no)\b|(?<![a-z])(?:datum|date|label|prefix)(?![a-z])", re.IGNORECASE
)
"""Names of elements in a heading that print the date or the kind."""
_HEADLINE_TAGS = frozenset({"h1", "h2", "h3"})
_MAX_WORDS_OF_NUMBER = 2
"""In words, for a heading such as "Document 2031-14"."""
_MIN_WORDS_OF_PART, _TRUST_IN_PART = 4, 1.3
"""Words that a part of a declared title needs to be the headline, and the trust in this part."""
_NAMED_SCORE, _LARGE_SCORE, _KIND_SCORE = 0.9, 0.5, 0.2
"""Scores of a class for titles, of large or bold letters, and of the name of a kind."""
_BETWEEN_SECTION_AND_DAY_SCORE = 1.0
"""Added for large or bold letters between the heading of a section and the day."""
_ABOVE_DATE_SCORE, _MAX_DATE_LINE = 1.2, 80
"""The first is added in a place for titles, such as above a date. The second limits the characters of a line with a
date."""
_RELEASE_BY = re.compile(
    r"(?:(?:press|news|media) (?:release|note) (?:issued )?(?:by|from)|communiqué (?:de presse )?(?:du|de la)"
    r"|comunicado (?:de prensa )?(?:del|de la)|comunicado de imprensa d[oa]|comunicato stampa (?:del|della)"
    r"|(?:presse|medien)mitteilung (?:des|der)|komunikat prasowy)\s(?=\S)",
    re.IGNORECASE,
)
"""The start of a line with the office that issues a release."""
_LINES_TO_SPEAKER = 3
"""Lines above a line in large letters that may print the day and the speaker."""
_MAX_LABEL_FOR_MENU = 20
"""In letters, for a declared title such as "Ratings"."""
_MAX_LINES_ABOUT_PERSON, _MIN_WORDS_OF_NAME = 3, 2
"""Lines between the name of a person and the text, and words of this name."""
_SIGNS_OF_GREETING = (",", ":", ";", "!", "–", "—", "，", "：", "！", "،")
"""Signs at the end of a greeting."""
_MAX_LEVELS_TO_CELL = 3
"""Blocks around a line that may be a table cell."""
_LINES_TO_TEXT = 5
"""Lines above the text that may print a declared title."""
_LINES_TO_DAY = 3
"""Lines above and below a headline."""
_LARGE = re.compile(
    r"font-size\s*:\s*(?:x+-large|larger|1[.][3-9]|[2-9](?:[.]\d)?r?em|1[89]|2\d|1[5-9]\d%|2\d\d%)", re.IGNORECASE
)
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)

_TITLE_NAME = re.compile(
    r"^(?:(?:page|content|main|news|article|doc(?:ument)?)[-_]?)?(?:tit|titre|titulo|title|titel|headline|zag)$",
    re.IGNORECASE,
)
"""Classes of inline elements around a title."""
_HEADING_CLASS = re.compile(
    r"(?:(?:page|main|article|news|doc(?:ument)?)[-_]?)?(?:heading|headline|head|hd|title)\d?", re.IGNORECASE
)
"""The whole class of a title on a page without heading elements."""
_MIN_WORDS_OF_TITLE = 3
"""In words, for a declared title that `_HEADING_CLASS` finds, and for an `h1` that replaces a declared title of one
word."""
SUBTITLE_NAME = re.compile(
    r"(?<![a-z])(?:sub-?_?(?:title|titulo|titel|head(?:ing|line)?|titre)|untertitel|under-?title|sous-?titre|sottotitolo|"
    r"podtytul|deck|standfirst|lead|teaser-?text)(?![a-z])",
    re.IGNORECASE,
)
_MIN_SUBTITLE = 30
"""In letters: on a page without other headings, a shorter heading may be "Background"."""
_LINES_TO_SUBTITLE = 3
"""Lines below the headline that may be its subtitle; date and place come between."""
_INVISIBLE = re.compile(rf"[\u00ad\u200b\u2060\ufeff\ue000-\uf8ff]|(?:{_SPACES})?[¶#]$")
"""Soft hyphens, zero-width spaces, word joiners, icons, and the sign for a link to the heading."""

_WORD = re.compile(r"[a-z]{3}", re.IGNORECASE)
_NON_WORD = re.compile(r"[\W_]+")

_MAX_HEADLINE = 300
"""In characters: longer headings are paragraphs."""
_MAX_EXTRA_TEXT = 60
"""In characters, for a kicker or a site name."""
_MAX_LINES_BEFORE_HEADLINE = 3
"""A heading further below the start of the prose heads a section."""
_MIN_PIECES_OF_TRAIL = 3
"""The page, the section, and the site."""
_MAX_ABBREVIATION = 8
"""In letters."""
_MAX_SITE_WORDS = 5
"""In words: a longer part after a dash belongs to the headline."""


_PART_SEPARATOR = re.compile(r"(?<!\s)\s*+(?:-{2,}+|[|–—:·»])\s*+|(?<!\s)\s++-\s++")
"""Signs between section, title and date in a declared title."""
_OUTER_SEPARATOR = re.compile(r"(?<!\s)\s*+(?:-{2,}+|[|—·»])\s*+")
"""The signs in `_PART_SEPARATOR` that rarely stand within a title."""
_AROUND_TITLE = re.compile(rf"{_OUTER_SEPARATOR.pattern}|(?<!\s)\s++–\s++")
"""Signs between kind, title and day in a declared title."""
_BETWEEN_PARTS = re.compile(r"[\s:|–—-]+")
"""Signs and spaces between kicker and headline."""
_ELEMENTS_OF_KICKER = frozenset({"span", "small", "div", "p"})
"""Elements that may hold the kicker of a heading."""
_KICKER_SIGN = re.compile(r"[:|–—-]\s*$")
LINES_OF_HEAD = 12
"""How many lines at the start of a page are searched for its title."""
_MIN_PART = 8
"""In characters: a part that is not longer names a section."""
_PRINTED_PART_SCORE = 0.5
"""Added for a printed part of a declared title."""
_MIN_WORDS_OF_LIKE_PART = 6
"""From this number of words on, a part matches a printed title with most of its words."""
_NUMBER_OF_PART = re.compile(r"(?:[^\W\d]{1,12}\s)?(?:\d{1,3}|[IVXLC]{1,6})(?:\.\d{1,2}){0,3}[.:)]?")
"""The number of a chapter, which belongs to the headline: "Chapter 3. Wells"."""
_WORDS_BEFORE_NOUNS = frozenset(
    "a an the our your my its their this these of on in for to and with about from at by "
    "der die das den dem des ein eine einen einem einer unser unsere unserer unserem unseren von zu zum zur für mit "
    "und über im "
    "le la les un une du au aux notre nos votre vos et sur pour "
    "el los las una del nuestro nuestra nuestros nuestras y sobre para "
    "o os as um uma do da dos das nosso nossa nossos nossas "
    "il lo i gli uno nostro nostra nostri nostre della dei delle e di "
    "het een onze ons van "
    "наш наша наше наши о об в на и".split()
)
"""Articles, possessive pronouns, prepositions and conjunctions."""
_ELLIPSES = ("…", "...")
_MIN_WHOLE = 15
"""In letters: a printed title may begin with a declared title of at least this length."""
_MIN_WORDS_SHARED = 0.75
"""Two titles with at least this share of words in common count as one title."""

_CERTAIN_TRUST = 2.0
"""If any declared title has this trust, the headline may differ only in words with digits. A `title` element, with less
trust, often has other words."""


class _DeclaredTitle(msgspec.Struct, frozen=True):
    """A title in the metadata, without the name of the site; `trust` is its weight.

    The other fields are computed once, since many lines are compared with them. `folded` comes from `fold_text`;
    `words` are in lower case. A headline may begin with one of the `beginnings` and continue. The `parts` of a `title`
    element can be the headline. `names_issuer` tells whether a `title` element only names the office.
    """

    source: str
    text: str
    trust: float
    folded: str
    words: frozenset[str]
    beginnings: tuple[str, ...]
    parts: tuple[str, ...]
    names_issuer: bool


def find_title(page: PageAnalysis, metadata: PageMetadata) -> Title | None:
    """Return the headline with the highest score, printed or declared; None if none scores above 0."""
    names = (
        _site_names(metadata) | frozenset(_names_on_home_links(page, metadata)) | _name_after_heading(page, metadata)
    )
    names -= frozenset(_headlines_before_name(page, metadata))
    unseen = dict(_unseen_copies_of_headline(page))
    names |= frozenset(filter(None, unseen.values()))
    declared = list(_declared_titles(metadata, names))
    if _names_office_and_section(page, metadata):
        declared = [each for each in declared if each.source != "<title>"]
    scored = _score_printed(page, declared, names, metadata.language, unseen.keys())
    printed = [each for each in scored if each[0] > 0]
    has_headline = any(
        score > _NAMED_SCORE or (title.line is not None and _heading_tag(title.line) in HEADINGS)
        for score, title in printed
    )
    speaker = _line_of_speaker(page, printed)
    parts: list[tuple[float, Title]] = []
    if speaker is not None or not has_headline:
        start = speaker.index + 1 if speaker is not None and has_headline else 0
        parts = list(_score_printed_parts(page.lines[start:LINES_OF_HEAD], declared))
    start = _prose_below_first_headline(page, unseen)
    is_headed = any(title.line is not None and title.line.index <= start for _, title in printed)
    candidates = [*printed, *parts, *_score_declared(declared, names, page, is_headed=is_headed)]
    best = max(candidates, key=lambda pair: pair[0], default=None)
    if best is None or best[0] <= 0:
        return None
    title = best[1]
    if title.line is not None and _is_below_text(title.line, page):
        title = Title(title.text, None, None, title.rule)  # a heading such as "More on: …", below the text
    if title.line is not None:
        return title
    found = _headline_in_other_words(page, printed, title) or _headline_of_class(page, title)
    return found or _headline_above_text(page, printed, title) or _with_line_of_head(page, title)


def _with_line_of_head(page: PageAnalysis, title: Title) -> Title:
    """Return a declared title, with the line if exactly one line above the text prints only this title.

    Other searches skip a short word, which may be the name of a menu.
    """
    head = page.lines[max(0, page.prose_start - _LINES_TO_TEXT) : page.prose_start]
    folded = fold_text(title.text)
    printed = [line for line in head if fold_text(line.text) == folded and not line.links and not line.box.chrome]
    return Title(title.text, title.kicker, printed[0], title.rule) if len(printed) == 1 else title


def _headline_in_other_words(
    page: PageAnalysis, printed: Sequence[tuple[float, Title]], declared: Title
) -> Title | None:
    """Return the only heading above the prose with a class for titles and a day beside it; else None.

    Some sites declare a description instead of the title: "Speech by Governor Reef on the tides".
    """
    words = fold_text(declared.text)
    if any(fold_text(line.text).startswith(words) for line in page.lines if len(line.text) >= len(declared.text)):
        return None
    prose_start = _prose_below_first_headline(page)
    is_cut_off = declared.text.endswith(_ELLIPSES)
    named = [
        title
        for _, title in printed
        if title.line is not None
        and title.line.index <= prose_start  # a long heading is the first prose itself
        and title.line.is_heading
        and (
            (is_cut_off and _heading_tag(title.line) == "h1")
            or ("title" in title.line.box.traits and _has_day_beside(title.line, page))
        )
        and not title.line.link_density
        and _is_phrase(title.text)
        and not names_section(title.text)
    ]
    return named[0] if len(named) == 1 else None


def _headline_above_text(page: PageAnalysis, printed: Sequence[tuple[float, Title]], declared: Title) -> Title | None:
    """Return the only `h1` if it is right above prose and the declared title is a word for menus: "Ratings"."""
    word = declared.text
    is_label = len(word.split()) == 1 and len(word) <= _MAX_LABEL_FOR_MENU and word.lower() != word.upper()
    h1s = [title for _, title in printed if title.line is not None and _heading_tag(title.line) == "h1"]
    line = h1s[0].line if is_label and len(h1s) == 1 else None
    if line is None or line.box.chrome or line.links or names_section(line.text):
        return None
    is_phrase = len(line.text.split()) >= _MIN_WORDS_OF_TITLE
    return h1s[0] if is_phrase and any(map(page.is_prose, page.lines[line.index + 1 : line.index + 2])) else None


def _headline_of_class(page: PageAnalysis, declared: Title) -> Title | None:
    """Return the only line with a class such as "heading" that has all declared words and more.

    Some old pages have no heading elements.
    """
    words = _folded_words(declared.text)
    named = [
        line
        for line in page.lines
        if _HEADING_CLASS.fullmatch(line.box.signature[1] or "")
        and len(line.text) <= _MAX_HEADLINE
        and not line.link_density
        and not ends_sentence(line.text)
        and words < _folded_words(line.text.replace(",", " "))
    ]
    is_found = len(named) == 1 and len(words) >= _MIN_WORDS_OF_TITLE
    return Title(_clean(named[0].text), None, named[0], "a class for headings") if is_found else None


# --- metadata


def _declared_titles(metadata: PageMetadata, names: frozenset[str]) -> Iterator[_DeclaredTitle]:
    values: list[tuple[str, object, float]] = [
        ("JSON-LD headline", item.get("headline"), _JSON_LD_TRUST)
        for item in metadata.items
        if _ARTICLE_TYPES & set(item_types(item))
    ]
    values += [(name, metadata.metas.get(name), trust) for name, trust in _META_TRUST.items()]
    values.append(("<title>", metadata.title, _TITLE_ELEMENT_TRUST))
    issuers = {fold_text(name) for name in map(metadata.metas.get, _METAS_OF_ISSUER) if name}
    for source, text, trust in values:
        if (
            isinstance(text, str)
            and not _NO_TITLE.fullmatch(_clean(text))
            and (headline := _strip_site_name(_clean(text), names))
        ):
            yield _declared_title(source, headline, trust, issuers)


def _declared_title(source: str, text: str, trust: float, issuers: Collection[str]) -> _DeclaredTitle:
    split = [part for strong in _STRONG_SEPARATOR.split(text) for part in _DASH_SEPARATOR.split(strong)]
    can_be_headline = (part for part in split if _is_phrase(part) and len(part.split()) >= _MIN_WORDS_OF_PART)
    parts = tuple(can_be_headline) if source == "<title>" else ()
    # Pages print "Reefs of the north in 2031" for "Vote no. 12: Reefs of the north", and "Salt Bay harbour rules:
    # Reefs" for "Salt Bay harbour rules - Reefs".
    after_colon = text.partition(": ")[2]
    beginnings = tuple(each for each in map(fold_text, (text, *parts[:1], after_colon)) if len(each) >= _MIN_WHOLE)
    folded = fold_text(text)
    names_issuer = source == "<title>" and folded in issuers and len(text.split()) >= _MIN_WORDS_OF_ISSUER
    return _DeclaredTitle(source, text, trust, folded, _folded_words(text), beginnings, parts, names_issuer)


def _site_names(metadata: PageMetadata) -> frozenset[str]:
    """Return the folded names of the site in its metadata and its host name."""
    names = {
        metadata.metas.get(name, "") for name in ("og:site_name", "application-name", "apple-mobile-web-app-title")
    }
    for item in metadata.items:
        publisher = item.get("publisher")
        if isinstance(publisher, dict):
            names.add(str(publisher.get("name") or ""))
        if {"WebSite", "Organization", "NewsMediaOrganization"} & set(item_types(item)):
            names.add(str(item.get("name") or ""))
    host = urlsplit(metadata.url).hostname if metadata.url else None
    if host:
        labels = host.removeprefix("www.").split(".")
        names |= {host, host.removeprefix("www."), *(label for label in labels[:-1] if len(label) > 2)}
    return frozenset(filter(None, map(fold_text, names)))


def _names_on_home_links(page: PageAnalysis, metadata: PageMetadata) -> Iterator[str]:
    """Yield the folded words and logo texts of links to the home page."""
    for link in page.boxes[0].element.iter("a") if page.boxes else ():
        address = (link.get("href") or "").strip()
        if not address or not _is_home(address, metadata.language):
            continue
        host = _HOST.match(address)
        if host is None or (metadata.url is not None and host[1] == urlsplit(metadata.url).netloc):
            images = (each.get("alt") or "" for each in link.iter("img"))
            for name in (text_of_element(link), *images):
                if len(name.split()) > 1 and not (page.title and page.title.text == name):
                    yield fold_text(name)


def _is_home(address: str, language: str | None) -> bool:
    """Return whether an address is that of a home page, perhaps in `language`: "/en" for "en"."""
    match = _HOME.fullmatch(address)
    if match is None or match["code"] is None or not language:
        return match is not None
    own, *subtags = re.split("[-_]", language.strip().lower())  # of "pt-BR", whose pages can be at "/br"
    return match["code"] in {own, *subtags, _COUNTRY_OF_LANGUAGE.get(own)}


def _name_after_heading(page: PageAnalysis, metadata: PageMetadata) -> frozenset[str]:
    """Return the folded names after a dash in the `title` element, if a heading prints the words before the dash.

    Only headings above the text count: others may have these words by chance.
    """
    title = _clean(metadata.title or "")
    headings = {
        fold_text(line.text)
        for line in page.lines[: _prose_below_first_headline(page) + 1]
        if line.is_heading and not line.box.chrome and not names_section(_clean(line.text))
    }
    parts = _split_title(title, _DASH_SEPARATOR)[1:_MAX_PARTS]
    after = dropwhile(lambda part: fold_text(title[: part[0]]) not in headings, parts)
    return frozenset(fold_text(name) for _, name, _ in after)


_AROUND_PHOTOS = ("main", "article", "figure")
"""Elements of the text: a picture in them is no logo."""


def _names_office_and_section(page: PageAnalysis, metadata: PageMetadata) -> bool:
    """Return whether the `title` element only names an office and a section: "Harbour Office - News".

    The name must be in a logo or beside "©": words beside a section are often the title.
    """
    parts = [part for _, part, _ in _split_title(_clean(metadata.title or ""), _SEPARATOR)]
    others = [part for part in parts[:_MAX_PARTS] if not names_section(part)]
    if len(parts) != len(("office", "section")) or len(others) != 1 or not _is_phrase(others[0]):
        return False
    name = fold_text(others[0])
    if any(fold_text(line.text) == name for line in page.lines if not line.box.chrome):
        return False
    above = takewhile(lambda image: image.index <= page.prose_start, page.images)
    logos = (each.element for each in above if next(each.element.iterancestors(*_AROUND_PHOTOS), None) is None)
    return any(fold_text(logo.get("alt") or "") == name for logo in logos) or any(
        name in fold_text(line.text) for line in page.lines if "©" in line.text
    )


def _unseen_copies_of_headline(page: PageAnalysis) -> Iterator[tuple[Line, str]]:
    """Yield each unseen `h1` that repeats a visible heading, with the folded site name in it, or ""."""
    headings = [(line, _heading_box(line)) for line in page.lines if line.is_heading]
    seen = {fold_text(line.text) for line, box in headings if not line.box.chrome and not is_unseen(box.element)}
    for line, box in headings:
        if box.element.tag != "h1" or not is_unseen(box.element):
            continue
        text = _clean(line.text)
        parts = [("", text)]
        for sign in islice(_SEPARATOR.finditer(text), _MAX_PARTS):
            before, after = text[: sign.start()], text[sign.end() :]
            parts += [(after, before), (before, after)]
        names = (fold_text(name) for name, words in parts if _is_phrase(words) and fold_text(words) in seen)
        if (name := next(names, None)) is not None:
            yield line, name


def _headlines_before_name(page: PageAnalysis, metadata: PageMetadata) -> Iterator[str]:
    """Yield each folded `h1` that the `title` element has before the name of the site.

    Some sites declare the title as their "application-name".
    """
    title = _clean(metadata.title or "")
    headings = [line for line in page.lines if line.is_heading and not line.box.chrome]
    printed = {fold_text(line.text) for line in headings}
    separators = islice(_SEPARATOR.finditer(title), _MAX_PARTS)
    before = {fold_text(title[: each.start()]): title[each.end() :] for each in separators}
    for line in headings:
        name = before.get(fold_text(line.text))
        is_headline = _heading_tag(line) == "h1" and _is_phrase(line.text) and not _leads_home(line, metadata.language)
        if is_headline and name and fold_text(name) not in printed:
            yield fold_text(line.text)


def _has_day_beside(line: Line, page: PageAnalysis) -> bool:
    beside = page.lines[max(0, line.index - _LINES_TO_DAY) : line.index + 1 + _LINES_TO_DAY]
    return any(_prints_day(each.text) for each in beside)


def _strip_site_name(title: str, names: frozenset[str], *, printed: bool = False) -> str:
    """Return a title without the parts at either end that name the site.

    A part of a `printed` title must be a whole name: "Cyber Security" in "Guide: Cyber Security" is not the "National
    Cyber Security Centre".
    """
    if not _SEPARATOR_HINT.search(title):
        return title
    names_site = names.__contains__ if printed else functools.partial(_resembles, names=names)
    parts = _split_title(title, _SEPARATOR)
    first, end = 0, len(title)
    while len(parts) > 1 and names_site(fold_text(parts[-1][1])):
        end = parts.pop()[0]
    while len(parts) > first + 1 and names_site(fold_text(parts[first][1])):
        separator = title[parts[first + 1][0] : parts[first + 1][2]].strip()
        if separator in {":", "："} and fold_text(parts[first][1]) not in names:
            break  # who speaks, as in "Spokesman of the Harbour Office: the lamps are lit"
        first += 1
    return title[parts[first][2] if first else 0 : end].strip()


_MAX_PARTS = 20
"""Longer declared titles are lists of words."""


def _split_title(title: str, separator: re.Pattern[str]) -> list[tuple[int, str, int]]:
    """Return each part of a title as (start of the separator before it, text, start of the text)."""
    out, start, before = [], 0, 0
    for match in separator.finditer(title):
        if match.start() > start:
            out.append((before, title[start : match.start()], start))
        before, start = match.start(), match.end()
    return [*out, (before, title[start:], start)]


def _resembles(folded: str, names: frozenset[str]) -> bool:
    """Return whether a part of a title is a site name, a piece of one, or one with shorter additions."""
    return folded in names or any(
        (len(folded) > 3 and folded in name) or (len(name) > 3 and name in folded and len(name) * 2 > len(folded))
        for name in names
    )


def _score_declared(
    declared: Sequence[_DeclaredTitle], names: frozenset[str], page: PageAnalysis, *, is_headed: bool
) -> Iterator[tuple[float, Title]]:
    """Yield the titles in the metadata with their scores, each cut before the name of the site.

    `is_headed` tells whether a heading above the text may be the title. If none may, a breadcrumb trail keeps its
    score, so that it wins over the heading of a section.
    """
    for each in declared:
        trail = _pieces_of_trail(each.text)
        is_menu = bool(trail) and _names_menu(trail[0 if "<" in each.text else -1], page)
        is_cut = bool(trail) and "<" in each.text and (is_headed or not is_menu)
        text = trail[0] if is_cut else _STRONG_SEPARATOR.split(each.text)[0].strip() or each.text
        text = _between_kind_and_day(text)
        parts = _DASH_SEPARATOR.split(text)
        if (
            len(parts) > 1
            and len(parts[-1].split()) <= _MAX_SITE_WORDS
            and len(parts[0]) > len(parts[-1])
            and each.source == "<title>"
        ):
            text = text[: text.rindex(parts[-1])].rstrip(" -–—")
        if fold_text(text) not in names:
            is_section = names_section(text) or _names_section_of_office(text) or _is_number(text)
            is_section = is_section or (is_menu and is_headed) or each.names_issuer
            score = _SECTION_SCORE if is_section else each.trust
            yield score, Title(text, None, None, each.source)


def _between_kind_and_day(title: str) -> str:
    """Return "The lamps" of "Ministry: Speech, Reef -- The lamps -- 4 May 2031"; return other titles whole."""
    parts = [part.strip() for part in _AROUND_TITLE.split(title, _MAX_PARTS)]
    is_between = len(parts) == len(("kind", "title", "day")) and kind_of_document(parts[0]) is not None
    return parts[1] if is_between and _prints_number_and_day(parts[-1]) else title


def _is_number(title: str) -> bool:
    """Return whether a declared title is only a number: "PR 14/31"."""
    return title.isascii() and any(map(str.isdigit, title)) and _WORD.search(title) is None


def _pieces_of_trail(title: str) -> list[str]:
    """Return the pieces of a breadcrumb trail: "Press releases < News < Harbour Office"; [] for another title.

    With "<", the first piece names the page; with ">", the last one.
    """
    pieces = [piece.strip() for piece in _TRAIL_SIGN.split(title, _MAX_PARTS)]
    return pieces if len(pieces) >= _MIN_PIECES_OF_TRAIL else []


def _names_menu(piece: str, page: PageAnalysis) -> bool:
    """Return whether a piece of a trail names a section, or is a link beside the text."""
    links = (line.text for line in page.lines if line.box.chrome and line.links)
    return names_section(piece) or piece in links


def _names_section_of_office(title: str) -> bool:
    """Return whether a declared title is an abbreviated office and a section: "MoT - News"."""
    parts = [part.strip() for part in _DASH_SEPARATOR.split(title)]
    sections = [part for part in parts if names_section(part)]
    others = [part for part in parts if part not in sections]
    return bool(sections) and all(
        len(part) <= _MAX_ABBREVIATION and sum(map(str.isupper, part)) > 1 and " " not in part for part in others
    )


def _line_of_speaker(page: PageAnalysis, printed: Sequence[tuple[float, Title]]) -> Line | None:
    """Return a line such as "Remarks by N. Reef" if it, or the line right below it, scores highest; else None.

    The line below may be the occasion.
    """
    best = max(printed, key=lambda pair: pair[0])[1].line if printed else None
    if best is None or _heading_tag(best) in HEADINGS:
        return None
    lines = page.lines[max(0, best.index - 1) : best.index + 1]
    return next((line for line in lines if names_kind_of_office(next(iter(printed_lines(line)), ""))), None)


def _score_printed_parts(lines: Sequence[Line], declared: Sequence[_DeclaredTitle]) -> Iterator[tuple[float, Title]]:
    """Yield the titles in `lines` that match a part of a declared title, with their scores.

    Such a part is "Harbour open" in "News: Harbour open -- 4 May 2031". Editors shorten long parts, so most words
    suffice.
    """
    texts = {part: each for each in declared for part in _parts_of(each.text) if not names_section(part)}
    parts = {fold_text(part): each for part, each in texts.items()}
    long_parts = {words: texts[part] for part in texts if len(words := _folded_words(part)) >= _MIN_WORDS_OF_LIKE_PART}
    for line in lines:
        for printed in printed_lines(line):
            folded = fold_text(printed)
            each = next((each for part, each in parts.items() if folded.startswith(part)), None)
            if each is None and _is_phrase(printed):
                is_long = len(folded) >= _MIN_WHOLE
                begun = (part for part in parts if is_long and part.startswith(folded) and len(part) < 2 * len(folded))
                each = next(map(parts.__getitem__, begun), None)
            if each is None and _is_phrase(printed):
                words = _folded_words(printed)
                like = (long for long in long_parts if _shares_words(words, long, only_numbers_differ=False))
                each = next(map(long_parts.__getitem__, like), None)
            if each and len(printed) <= _MAX_HEADLINE and not prints_address_of_site([printed]):
                yield each.trust + _PRINTED_PART_SCORE, Title(printed, None, None, f"{each.source}, printed")


def parts_of_title(text: str) -> frozenset[str]:
    """Return a declared title and each of its parts that can be the headline, folded."""
    return frozenset(map(fold_text, (text, *_parts_of(text)))) - {""}


def _parts_of(text: str) -> Iterator[str]:
    """Yield the parts of a declared title that can be the headline; one may have a colon: "Reefs II: The lamps"."""
    yield from filter(_is_phrase, _PART_SEPARATOR.split(text, _MAX_PARTS))
    yield from filter(_is_phrase, _OUTER_SEPARATOR.split(text, _MAX_PARTS))


def _is_phrase(text: str) -> bool:
    if len(text) <= _MIN_PART:
        return False
    has_words = len(text.split()) > 1 or east_asian_width(text[0]) == "W"  # without spaces between words
    return has_words and find_date(text) is None


# --- printed lines


def _score_printed(
    page: PageAnalysis,
    declared: Sequence[_DeclaredTitle],
    names: frozenset[str],
    language: str | None,
    unseen: Collection[Line],
) -> Iterator[tuple[float, Title]]:
    """Yield every line that may be the headline, with its score; of equal lines, the first scores higher.

    `unseen` are lines that only repeat the headline.
    """
    prose_start = _prose_below_first_headline(page, unseen)
    longest = max((len(each.text) for each in declared), default=0) + _MAX_EXTRA_TEXT
    may_agree = _agreement_prefilter(declared)
    of_documents = [each for each in declared if not (names_section(each.text) or each.names_issuer)]
    tags = list(map(_heading_tag, page.lines))
    h1s = {
        fold_text(line.text)
        for line, tag in zip(page.lines, tags, strict=True)
        if tag == "h1" and not line.box.chrome and HIDDEN_TRAITS.isdisjoint(line.box.traits)
    }
    tagged = list(zip(page.lines, tags, strict=True))
    headings = [line for line, tag in tagged if tag in _HEADLINE_TAGS and not line.box.chrome]
    has_headline = not all(names_section(_clean(line.text)) or _leads_home(line, language) for line in headings)
    own_heading = _heading_with_bookmark(headings)
    below_section = False
    repeated = _repeated_lines([each for each in tagged if each[0] not in unseen], page.duplicate_lines, declared)
    for line, tag in tagged:
        is_below_section, below_section = below_section, below_section and tag not in HEADINGS
        below_section = below_section or (tag in HEADINGS and not line.box.chrome and names_section(_clean(line.text)))
        is_repeated = line.index in repeated and tag != "h1"
        if len(line.text) > _MAX_HEADLINE or is_repeated or line in unseen or line.text.startswith("©"):
            continue
        prominence = _prominence(line, page, prose_start, has_headline=has_headline)
        may_be_title = prominence or (len(line.text) <= longest and may_agree(line))
        if tag not in HEADINGS and (not may_be_title or _prints_number_and_day(line.text) or _is_trail(line)):
            continue
        marked = _kicker_by_markup(line) if tag in HEADINGS else ""
        text = _with_declared_separator(_text_after(marked, line, names), line, declared)
        folded = fold_text(text)
        if not folded:
            continue
        # Many lines that are not headings name the office, such as those in the footer.
        agree = _agreement if tag in HEADINGS else _agreement_of_unmarked
        agreement, kicker = agree(text, folded, declared if tag in HEADINGS else of_documents)
        if not agreement and tag == "h1" and len(h1s) == 1 and _begins_declared(text, of_documents):
            agreement = _TRUST_IN_BEGINNING
        if tag not in HEADINGS and (whole := _without_date_at_end(text, folded, of_documents)):
            text, agreement, kicker = whole.text, whole.trust, None
        traits = line.box.near_traits
        is_headline = tag in _HEADLINE_TAGS or (tag in HEADINGS and (is_below_section or not headings))
        is_marked = is_headline or "itemprop headline" in traits
        if not is_marked and not agreement > 1 and not prominence:
            continue
        score = {"h1": 1.0, "h2": 0.6, "h3": 0.2}.get(tag, 0.0) + 1.6 * agreement
        score += 1.5 * ("itemprop headline" in traits) + 0.5 * ("title" in traits)
        score += 1.0 if tag == "h1" and len(h1s) == 1 else 0.0
        score += _ABOVE_DECLARED_SCORE if tag == "h1" and _is_above_declared(line, page, declared) else 0.0
        score -= 2.5 * bool(line.box.chrome) + 4.0 * (folded in names or _leads_home(line, language))
        score -= 1.5 if line.index > prose_start + _MAX_LINES_BEFORE_HEADLINE else 0.0
        score -= 1.0 if line is not own_heading and _may_lead_elsewhere(line, folded, of_documents) else 0.0
        score += prominence + _BELOW_SECTION_SCORE * (is_below_section or (is_headline and not headings))
        score -= _penalty_of_section(text, tags[line.index : line.index + 1 + _MAX_LINES_BEFORE_HEADLINE])
        score -= _SECTION_PENALTY if _heads_declared(line, page, declared) else 0.0
        parts = _headline_and_kicker(text, marked, kicker, line)
        yield score - line.index * 1e-4, Title(*parts, line, f"{tag}, metadata match {agreement:g}")


def _heading_with_bookmark(headings: Sequence[Line]) -> Line | None:
    """Return the only heading with a bookmark, a link to its own page (WHATWG HTML, 4.6.7.2)."""
    found = [line for line in headings if any("bookmark" in (link.get("rel") or "") for link in line.links)]
    return found[0] if len(found) == 1 else None


def _may_lead_elsewhere(line: Line, folded: str, declared: Sequence[_DeclaredTitle]) -> bool:
    """Return whether a line is mostly links, as a teaser is, and no declared title."""
    return line.link_density > 0.5 and all(folded != each.folded for each in declared)


def _penalty_of_section(name: str, tags: Sequence[str]) -> float:
    """Return how much less the name of a section scores; `tags` are those of its line and the lines below."""
    if not names_section(name):
        return 0.0
    tag, *below = tags
    if any(each in HEADINGS and each > tag for each in below):
        return _SECTION_OVER_HEADLINE
    return 0.0 if names_kind(name) else _SECTION_PENALTY


def _heads_declared(line: Line, page: PageAnalysis, declared: Sequence[_DeclaredTitle]) -> bool:
    """Return whether a heading is only a number, such as "Document 14", above a heading with a declared title."""
    words = line.text.split()
    if not line.is_heading or len(words) > _MAX_WORDS_OF_NUMBER or not any(map(str.isdecimal, words[-1])):
        return False
    below = (fold_text(each.text) for each in page.lines[line.index + 1 : line.index + 2] if each.is_heading)
    return any(len(heading) > _MIN_WHOLE and heading in each.folded for heading in below for each in declared)


def _is_above_declared(line: Line, page: PageAnalysis, declared: Sequence[_DeclaredTitle]) -> bool:
    """Return whether one of the next lines, not a heading, prints a declared title."""
    below = page.lines[line.index + 1 : line.index + 1 + _LINES_TO_SUBTITLE]
    subtitles = {fold_text(each.text) for each in below if not each.is_heading}
    return not subtitles.isdisjoint(each.folded for each in declared)


def _prose_below_first_headline(page: PageAnalysis, unseen: Collection[Line] = ()) -> int:
    """Return the index of the first prose, below the first `h1` if there is one; without prose, the number of lines.

    Prose above the `h1`, or with a telephone number, is text of the site.
    """
    headline = page.first_headline()
    below = (
        line for line in page.lines[headline.index if headline else 0 :] if page.is_prose(line) and line not in unseen
    )
    own = (line.index for line in below if not prints_address_of_site(printed_lines(line)))
    return next(own, len(page.lines))


def _is_below_text(line: Line, page: PageAnalysis) -> bool:
    """Return whether a line, other than an `h1`, is below most letters of the page."""
    if _heading_tag(line) == "h1" or line.index <= _prose_below_first_headline(page) + _MAX_LINES_BEFORE_HEADLINE:
        return False
    shown = [each for each in page.lines if not each.box.chrome]
    return 2 * sum(each.size for each in shown if each.index < line.index) > sum(each.size for each in shown)


def _is_trail(line: Line) -> bool:
    """Return whether a line is a breadcrumb trail: several links, then words such as the title."""
    return len(line.links) > 1 and not line.text.endswith(text_of_element(line.links[-1]))


def _prints_number_and_day(text: str) -> bool:
    """Return whether a line prints only a number and a day: "No: 87, 4 May 2031,"."""
    date = find_date(text)
    return date is not None and names_number(text.replace(date.text, "", 1).strip(" ,;|–—-"))


def _words_before(text: str, title: str) -> str:
    """Return the words before `text` in a declared title that ends with `text`, ignoring case; else ""."""
    before = title[: -len(text)]
    return before if f"{before}{text}".casefold() == title.casefold() else ""


def _is_beside_title(words: str) -> bool:
    """Return whether words before the headline are number and day, or a section."""
    section = words.rstrip(" |–—-:»›")
    return _prints_number_and_day(words) or (section != words.rstrip() and names_section(section))


def _repeated_lines(
    tagged: Sequence[tuple[Line, str]], duplicates: Iterable[int], declared: Sequence[_DeclaredTitle]
) -> set[int]:
    """Return the indices of lines that repeat an earlier line; `tagged` has each line's tag of heading, such as "h1".

    The first heading that equals a declared title does not count: a breadcrumb trail above may end with these words.
    """
    titles = {each.folded for each in declared}
    headings: set[str] = set()
    repeated = set(duplicates)
    for line, tag in tagged:
        if tag in HEADINGS:
            is_first = line.text not in headings and fold_text(line.text) in titles
            repeated -= {line.index} if is_first else set()
            headings.add(line.text)
    return repeated


def _prominence(line: Line, page: PageAnalysis, prose_start: int, *, has_headline: bool) -> float:
    """Return the score of a line above the prose for its class, its large letters or its words; else 0.

    `has_headline` tells whether the page has a heading that may be the title.
    """
    if line.index > prose_start and not _is_below_speaker(line, page):
        return 0.0
    if has_headline and not ("title" in line.box.traits and _is_above_date(line, page)):
        return 0.0
    if line.box.chrome or line.link_density or not _is_phrase(_without_day_in_brackets(line, page)):
        return 0.0
    if "title" in line.box.traits:
        return _NAMED_SCORE + _ABOVE_DATE_SCORE * _is_above_date(line, page)
    if names_kind(line.text):
        return _KIND_SCORE
    if not _is_wholly(is_large, line):
        return 0.0
    is_in_place = _is_above_date(line, page) or _begins_cell_of_text(line, page) or _is_below_speaker(line, page)
    is_in_place = is_in_place or _is_below_kind_and_day(line, page) or _is_below_release(line, page)
    above = page.lines[line.index - 1 : line.index]
    is_below_section = _is_above_date(line, page) and any(
        each.is_heading and names_section(each.text) for each in above
    )
    return _LARGE_SCORE + _ABOVE_DATE_SCORE * is_in_place + _BETWEEN_SECTION_AND_DAY_SCORE * is_below_section


def _without_day_in_brackets(line: Line, page: PageAnalysis) -> str:
    """Return "Visit" of "Visit (14-16 June 2031)" above a date; return other lines whole."""
    before, bracket, after = line.text.rpartition("(")
    is_day = after.endswith(")") and find_date(after) is not None
    return before.strip() if bracket and is_day and _is_above_date(line, page) else line.text


def _is_wholly(has_look: Callable[[LxmlElement], bool], line: Line) -> bool:
    """Return whether all words of a line have a look, such as large letters."""
    return all(
        any(map(has_look, chain(inline_elements_around(node, line), (line.box.element,))))
        for node in line.text_nodes
        if text_of_node(node).strip()
    )


def _is_above_date(line: Line, page: PageAnalysis) -> bool:
    """Return whether the next line has a date; the size of the page as a file is skipped."""
    below = dropwhile(lambda each: is_size_of_file(each.text), page.lines[line.index + 1 : line.index + 3])
    return any(_prints_day(each.text) for each in islice(below, 1))


def _begins_cell_of_text(line: Line, page: PageAnalysis) -> bool:
    """Return whether a line above prose begins a table cell with much of the prose of the page."""
    cells = (box for box in line.box.self_and_ancestors(_MAX_LEVELS_TO_CELL) if box.element.tag == "td")
    cell = next(cells, None)
    if cell is None or cell.first != line.index or page.prose_share(cell) < LARGE_SHARE or names_section(line.text):
        return False
    below = page.lines[line.index + 1 : line.index + 2]
    return any(page.is_prose(each) and ends_sentence(each.text) for each in below)


def _is_below_speaker(line: Line, page: PageAnalysis) -> bool:
    """Return whether a line in large letters is between the day of a speech and the text.

    Such a title may be below the start of the prose: the line with the occasion may be as long as prose.
    """
    if not _may_be_large_title(line):
        return False
    if not 0 < line.index < LINES_OF_HEAD or not any(map(page.is_prose, page.lines[line.index + 1 : line.index + 2])):
        return False
    above = _texts_above(line, page)
    return any(map(names_kind_of_office, above)) and _prints_day(above[-1])


def _is_below_kind_and_day(line: Line, page: PageAnalysis) -> bool:
    """Return whether a line in large letters is above the prose, and below the kind and the day."""
    if not line.index or not _may_be_large_title(line):
        return False
    above = _texts_above(line, page)
    below = page.lines[line.index + 1 : line.index + 1 + len(("subtitle", "prose"))]
    return any(map(names_kind, above)) and any(map(_prints_day, above)) and any(map(page.is_prose, below))


def _is_below_release(line: Line, page: PageAnalysis) -> bool:
    """Return whether a line is between the kind of the document and the prose: "Press release no. 14".

    Another kind without a number, such as "Statement", may stand above its speaker.
    """
    above, below = page.lines[max(0, line.index - 1) : line.index], page.lines[line.index + 1 : line.index + 2]
    is_below = any(
        each.box.parent is line.box.parent
        and (_RELEASE_BY.match(each.text) or (names_kind(each.text) and any(map(str.isdigit, each.text))))
        for each in above
    )
    is_long = len(line.text.split()) >= _MIN_WORDS_OF_PART and not ends_sentence(line.text)
    return is_below and is_long and not names_release_time(line.text) and any(map(page.is_prose, below))


def _may_be_large_title(line: Line) -> bool:
    """Return whether a line is wholly in large letters, and no greeting such as "Dear friends!"."""
    return _is_wholly(is_in_large_letters, line) and not line.text.endswith(_SIGNS_OF_GREETING)


def _texts_above(line: Line, page: PageAnalysis) -> list[str]:
    above = page.lines[max(0, line.index - _LINES_TO_SPEAKER) : line.index]
    return [text for each in above for text in printed_lines(each)]


def _prints_day(text: str) -> bool:
    return len(text) <= _MAX_DATE_LINE and find_date(text) is not None


def is_large(element: LxmlElement) -> bool:
    """Return whether an element prints its text in large or bold letters, or has a class for titles."""
    is_bold = element.tag in {"b", "strong"} or _BOLD.search(element.get("style") or "") is not None
    return is_bold or _TITLE_NAME.search(element.get("class") or "") is not None or is_in_large_letters(element)


def is_in_large_letters(element: LxmlElement) -> bool:
    """Return whether an element prints larger letters than the text around it."""
    size = element.get("size") or "" if element.tag == "font" else ""
    is_size = size in {"4", "5", "6", "7", "+1", "+2", "+3"} or _LARGE.search(element.get("style") or "") is not None
    return element.tag == "big" or is_size


def lines_about_person(page: PageAnalysis) -> Sequence[Line]:
    """Return the lines between a headline such as "Anna Reef" and the text "Anna Reef lights all lamps".

    Such a line is "Keeper of lamps". Returns no lines if one of them is a link, a heading or a date.
    """
    title = page.title_line
    below = page.lines[title.index + 1 : title.index + 2 + _MAX_LINES_ABOUT_PERSON] if title is not None else []
    prose = next((line for line in below if page.is_prose(line)), None)
    if title is None or prose is None or len(title.text.split()) < _MIN_WORDS_OF_NAME:
        return []
    lines = page.lines[title.index + 1 : prose.index]
    is_plain = not any(
        line.box.chrome
        or line.links
        or line.is_heading
        or line.index in page.exclusions
        or find_date(line.text) is not None
        for line in lines
    )
    return lines if is_plain and fold_text(prose.text).startswith(fold_text(title.text)) else []


def unmark_subtitle(page: PageAnalysis, title: Line, keep: Sequence[bool]) -> None:
    """Turn headings that are subtitles of the headline into paragraphs: they head no section.

    `keep` tells which lines are text.
    """
    kept = [line for line in page.lines[title.index + 1 :] if keep[line.index]]
    headings = [line for line in kept if line.is_heading]
    above = list(takewhile(lambda line: line.is_heading, kept))
    is_subtitle = len(above) > 1 or any(line.size >= _MIN_SUBTITLE for line in above)
    if len(kept) > len(above) and headings == above and is_subtitle:
        for line in above:
            line.box.unmark_heading()
    for line in page.lines[title.index + 1 :]:
        if line.is_heading and fold_text(line.text) in page.descriptions:
            line.box.unmark_heading()
            break
    for line in page.lines[title.index + 1 : title.index + 1 + _LINES_TO_SUBTITLE]:
        element = line.box.element
        in_group = next(element.iterancestors("hgroup"), None) is not None
        if line.is_heading and (in_group or SUBTITLE_NAME.search(element.get("class") or "")):
            line.box.unmark_heading()


def unmark_headings_above(page: PageAnalysis, title: Line, keep: Sequence[bool]) -> None:
    """Turn headings right above a headline in `h1`, such as the name of the minister, into paragraphs.

    They head no text of their own. `keep` tells which lines are text.
    """
    above = takewhile(lambda line: not page.is_prose(line), reversed(page.lines[: title.index]))
    for line in above if title.box.element.tag == "h1" else ():
        if keep[line.index] and line.is_heading:
            line.box.unmark_heading()


def _kicker_by_markup(line: Line) -> str:
    """Return the first words of a heading in elements for kickers, dates or types; else ""."""
    end, start = 0, ""
    for position, node in enumerate(line.text_nodes):
        inner = list(inline_elements_around(node, line))
        if not inner or not any(map(_is_above_title, inner)):
            break
        end = position + 1
    start = _clean("".join(map(text_of_node, line.text_nodes[:end])))
    rest = _clean(line.text)
    return start if rest.startswith(start) and len(rest) > len(start) + 1 else ""


def _headline_and_kicker(text: str, marked: str, kicker: str | None, line: Line) -> tuple[str, str | None]:
    """Return the headline and the kicker, if any, of the printed title `text`.

    `marked` are words of elements for kickers, which `text` lacks; `kicker` are the words of `text` before the declared
    title. If only "lamps" is declared, the kicker of "<span>Topic: Tides</span> Better lamps" is "Topic: Tides", and
    "Our lamps" has none.
    """
    if kicker and _KICKER_SIGN.search(kicker) is None:
        kicker = None if marked else _first_element(kicker, line) or kicker
        if kicker and kicker.isalpha() and kind_of_document(kicker) is None and not _ends_with_node(kicker, line):
            kicker = None
    headline = text[len(kicker) :].strip() if kicker else text
    return headline, " ".join(filter(None, (marked, kicker))) or None


def _ends_with_node(words: str, line: Line) -> bool:
    """Return whether a text node of a line ends right after `words`, with which the line begins."""
    starts = accumulate(map(text_of_node, line.text_nodes))
    return any(_clean(start) == words for start in starts)


def _first_element(kicker: str, line: Line) -> str:
    """Return the words of the first element of a heading if the kicker continues after it; else ""."""
    heading = _heading_box(line).element
    first = next(iter(heading), None)
    if first is None or first.tag not in _ELEMENTS_OF_KICKER or (heading.text or "").strip():
        return ""
    words = _clean(text_of_element(first))
    return words if words and kicker.startswith(f"{words} ") else ""


def _is_above_title(element: LxmlElement) -> bool:
    names = " ".join(filter(None, (element.get("class"), element.get("itemprop"))))
    return element.tag == "small" or KICKER_NAME.search(names) is not None or _META_NAME.search(names) is not None


def _leads_home(line: Line, language: str | None) -> bool:
    """Return whether a line is a link to a home page, and so names a site."""
    if not line.is_link:
        return False
    links = line.links or list(line.box.element.iterancestors("a"))
    return len(links) == 1 and _is_home(links[0].get("href") or "-", language)


def _agreement_prefilter(declared: Sequence[_DeclaredTitle]) -> Callable[[Line], bool]:
    """Return a cheap test of whether a line may agree with a declared title, by first and last letters."""
    titles = [each.folded for each in declared if each.folded]
    first_letters, last_letters = {title[0] for title in titles}, {title[-1] for title in titles}

    def may_agree(line: Line) -> bool:
        if _SEPARATOR_HINT.search(line.text) or "itemprop headline" in line.box.near_traits:
            return True
        folded = fold_text(line.text)
        return bool(folded) and (folded[0] in first_letters or folded[-1] in last_letters)

    return may_agree


def _heading_tag(line: Line) -> str:
    """Return the tag of `_heading_box`."""
    return str(_heading_box(line).element.tag)


def _heading_box(line: Line) -> ElementBox:
    """Return the box of the heading that is this line, or else the box of the line."""
    for box in line.box.self_and_ancestors(3):
        if box.last - box.first > 1:
            break
        if box.is_heading:
            return box
    return line.box


def _agreement(text: str, folded: str, declared: Sequence[_DeclaredTitle]) -> tuple[float, str | None]:
    """Return how well a printed line agrees with the metadata, and the kicker in it, if any.

    The end of a declared title counts less than its start, since it may be a site name.
    """
    best, kicker = 0.0, None
    words = _folded_words(text)
    is_certain = any(each.trust >= _CERTAIN_TRUST for each in declared)
    for each in declared:
        whole = each.folded
        if folded == whole:
            best, kicker = max(best, each.trust), None if each.trust >= best else kicker
        elif len(folded) > 8 and (whole.startswith(folded) or _follows_office(text, each.text)):
            best = max(best, 1.4)
        elif whole.endswith(folded) and _is_beside_title(_words_before(text, each.text)):
            best = max(best, each.trust)
        elif whole.endswith(folded) and len(folded) > 8:
            best = max(best, 0.9 if len(folded) * 2 > len(whole) else -0.5)
        elif (len(folded) > 8 and folded in whole) or _continues(text, folded, each):
            best = max(best, 1.0)
        elif len(whole) > 12 and folded.endswith(whole) and text.endswith(each.text) and each.trust > best:
            above = text[: -len(each.text)].strip()
            is_number = _NUMBER_OF_PART.fullmatch(above) is not None and kind_of_document(above) is None
            best, kicker = each.trust, None if is_number or _joins_title(above) else above
        elif len(whole) > 12 and folded.endswith(whole) and text.isupper():
            best = max(best, 1.4)  # "HARBOUR ACT 1911" for "Act 1911": capitals hide where the declared title begins
        elif whole not in folded and _shares_words(words, each.words, only_numbers_differ=is_certain):
            best = max(best, 1.2)
    if not kicker:
        for part in (part for each in declared for part in each.parts):
            before = text.removesuffix(part)
            if before != text and find_date(before) is not None:
                return max(best, _TRUST_IN_PART), before.strip()
    return best, kicker


def _agreement_of_unmarked(text: str, folded: str, declared: Sequence[_DeclaredTitle]) -> tuple[float, str | None]:
    """Return `_agreement` of a line that is no heading.

    "Press release" does not agree with "Reef Office - Press release archive".
    """
    is_part = names_section(text) and all(folded != each.folded for each in declared)
    return (0.0, None) if is_part else _agreement(text, folded, declared)


def _joins_title(above: str) -> bool:
    """Return whether the words before a declared title belong to it, as "Our" before "Ways to rate"."""
    *before, last = above.split() or [""]
    return (last if before else last.casefold()) in _WORDS_BEFORE_NOUNS


def _begins_declared(text: str, declared: Sequence[_DeclaredTitle]) -> bool:
    """Return whether a declared title begins with a heading, such as the name of a country."""
    return any(each.text.startswith(f"{text} ") for each in declared)


def _continues(text: str, folded: str, declared: _DeclaredTitle) -> bool:
    """Return whether a printed title continues a declared one, but not with the name of the site."""
    return folded.startswith(declared.beginnings) and not _STRONG_SEPARATOR.search(text)


def _follows_office(text: str, title: str) -> bool:
    """Return whether `text` follows a colon at the end of a title: "Harbour Office: Repairs of boats"."""
    return title.endswith(text) and title.removesuffix(text).rstrip().endswith(":")


def _without_date_at_end(text: str, folded: str, declared: Sequence[_DeclaredTitle]) -> _DeclaredTitle | None:
    """Return the declared title that a line prints with only a date after it, if any."""
    for each in declared:
        if text.startswith(each.text) and text != each.text and folded.startswith(each.folded):
            rest = text[len(each.text) :].strip(" ,|·–—-")
            if (date := find_date(rest)) is not None and not any(map(str.isalnum, rest.replace(date.text, "", 1))):
                return each
    return None


def _text_after(kicker: str, line: Line, names: frozenset[str]) -> str:
    """Return the text of a line after its kicker, if any, and without the name of the site.

    A dash is removed only after a kicker: otherwise it may begin a quotation.
    """
    text = _clean(line.text)
    return _strip_site_name(text[len(kicker) :].lstrip(" :|–—-") if kicker else text, names, printed=True)


def _with_declared_separator(text: str, line: Line, declared: Sequence[_DeclaredTitle]) -> str:
    """Return "Harbour: Piers open", if so declared, for "<b>Harbour</b><b>Piers open</b>"; else `text`."""
    if len(list(filter(str.strip, map(text_of_node, line.text_nodes)))) > 1:
        bare = _BETWEEN_PARTS.sub("", text)
        for each in declared:
            if len(each.text) > len(text) and _BETWEEN_PARTS.sub("", each.text) == bare:
                return each.text
    return text


def _shares_words(ours: frozenset[str], theirs: frozenset[str], *, only_numbers_differ: bool) -> bool:
    """Return whether two titles have most words in common: "Guide to taxes in 2031", "Guide to taxes in 2032".

    With `only_numbers_differ`, all words that differ must have digits.
    """
    if len(ours & theirs) < _MIN_WORDS_SHARED * max(len(ours), len(theirs), 4):
        return False
    return not only_numbers_differ or all(any(map(str.isdigit, word)) for word in ours ^ theirs)


def _folded_words(text: str) -> frozenset[str]:
    return frozenset(text.casefold().split())


@cached_for_short_texts  # the same few texts are compared many times per page
def fold_text(text: str) -> str:
    """Return the letters and digits of a text, compatibility-normalized and case-folded, for comparison."""
    return _NON_WORD.sub("", (text if text.isascii() else unicodedata.normalize("NFKC", text)).casefold())


def _clean(text: str) -> str:
    spaced = " ".join(text.split())
    return spaced if spaced.isascii() and "#" not in spaced else _INVISIBLE.sub("", spaced).strip()
