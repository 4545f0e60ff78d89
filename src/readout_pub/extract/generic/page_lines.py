"""Recognises lines about a page by their words: counters, feedback, facts, contacts, labels of the parts of the page.

A fact is a metadata field of the page, such as its date, source or number of views. Governments' content management
systems print many such lines within the text, mostly without a class that names them. The phrases are in
`page_lines.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from importlib.resources import files

from readout_pub.extract.generic.publication_date import (
    is_day_of_change,
    is_labelled_day,
    labels_publication,
    printed_day,
    prints_only_days,
)
from readout_pub.extract.generic.section_names import names_kind_of_office, names_section
from readout_pub.sentences import ends_sentence
from readout_pub.short_text_cache import cached_for_short_texts

ABOUT_PAGE = "a line about the page"
"""Why a line about its page is excluded."""

_PHRASES = {
    name: "|".join(phrases)
    for name, phrases in tomllib.loads(files(__package__).joinpath("page_lines.toml").read_text("utf-8")).items()
}
"""Name of a list in `page_lines.toml` → a pattern of any of its phrases."""
BY, WRITTEN, WRITTEN_BY, BY_LABEL = map(_PHRASES.__getitem__, ("by", "written", "written_by", "by_label"))
"""Patterns of the words before an author; `page_lines.toml` tells what each contains."""
BESIDE_FACT = " \n\t\r\u00a0,;|｜•·–—-"
"""White space and signs before and after each fact in a line."""


def _compile(pattern: str) -> re.Pattern[str]:
    """Return a pattern in which a name in angle brackets stands for a list in `page_lines.toml`."""
    return re.compile(re.sub("<([a-z_]+)>", lambda name: f"(?:{_PHRASES[name[1]]})", pattern), re.IGNORECASE)


def _any_of(*patterns: str) -> re.Pattern[str]:
    """Return one compiled pattern for several patterns: faster than trying each in turn."""
    return _compile("|".join(f"(?:{pattern})" for pattern in patterns))


_COUNTER = (
    r"(?:\W{0,3}<counter>\s?[:：]?\s?[\d.,\s]{1,12}(?:(?:<counted>|<readings>)(?!\w))?\W{0,3}){1,3}|"
    r"\W{0,3}[\d.,]{1,9}\s?<readings>\W{0,3}|<browser> .{0,60}"
)
_COUNTER_LABEL = _compile("<counter>|<time_to_read>")
_TIME_TO_READ = (
    r"\W{0,3}<time_to_read>\W{0,3}\d{1,3}\s?\w{0,10}\W{0,3}|"
    r"\W{0,3}\d{1,3}[ -]min(?:s|ut\w{1,3})?\.? (?:d[ei] )?<minutes_to_read>\W{0,3}"
)
_STAFF = _compile(
    r"[（(]?<staff>\s?[:：]\s?.{1,24}|"
    r"(?:written|posted|published|created) by (?:admin\w{0,12}|super user|webmaster|editor)"
)
_TAGS = _compile(r"\W{0,3}<tags>(?=\W|$)")
_TAGS_LABEL = _compile(r"\W{0,3}(?:<tags>|<subjects>)\W{0,3}")
_ACCOUNT = _compile(r"\W{0,3}<account>\d{0,3}\W{0,3}")
_AUTHOR_OF_SYSTEM = _compile(
    r"@|https?:|(?<!\w)www\.|"
    r"^(?:<account>|<account_in_byline>|<account_in_metadata>)[ _.-]?[0-9]*$|^(?-i:[a-z0-9._-]+)$"
    r"|^web ?master\W|^(?-i:[A-Z]{2,8}) web$|^(?-i:(?:<account>) [a-z0-9._ -]+)$"
)
_NO_AUTHOR = _compile(r"<by>\W*|(?:(?:<written>\s+)?<by>\s+)?(?:<account>|<account_in_byline>)\d*")
_COOKIES = _compile(r"(?<![a-zà-žа-я])<cookies>")
_CONSENT = _compile("<consent>")
_EXTERNAL_CONTENT = _compile("<external_content>")
_MAX_CONSENT = 600
"""How many characters of a line are searched for a word such as "cookies"."""
_WEBMASTER = re.compile(r"(?<![^\W_])web-? ?master(?![^\W_])", re.IGNORECASE)
_CLOSED_COMMENTS = r"\W{0,3}<closed_comments>\W{0,3}"
_SCAN = r"\W{0,3}<scan>"
_LICENCE = r"\W{0,3}(?:<licence>|<rights> \d{4})"
_LICENCE_START = _compile(r"\W{0,3}<licence_start>")
_LICENCE_NAME = _compile(r".{0,200}<licence_name>")
_READER = _compile(r"<reader_start>.{0,120}<reader_need>")
_READER_NAME = _compile(r".{0,200}<reader_name>")
_QUESTION = _compile(r"\W{0,3}(?:<question_label>\s?[:：]\s?)?<question>")
_YES, _NO = _compile(r"\W{0,3}<yes>\W{0,3}"), _compile(r"\W{0,3}<no>\W{0,3}")
_RIGHTS = _compile(r"\W{0,3}(?:<rights>(?:\W{0,3}\(c\))?|©(?:\W{0,3}\w{1,12} <rights>)?)\W{0,3}\d{4}")
_NEIGHBOUR_OR_WAY_BACK = _compile(r"\W{0,3}<neighbour>\s?[:：]?\s?.{0,80}|\W{0,3}<way_back>\W{0,3}")
_NEIGHBOURS = _compile(
    r"\W{0,3}(?:<previous>)(?!\w).{0,120}?(?<!\w)<next>(?!\w).{0,120}|\W{0,3}(?:<previous>|<next>)\s?[:：‹›«»←→].{0,120}"
)
_OFFICIAL_SITE = _compile(r"\W{0,3}<official_site>")
_MORE_DOCUMENTS = _compile(r"\W{0,3}<more_documents>\W{0,3}")
_EDGE_OF_TEXT = r"\W{0,3}<edge_of_text>\W{0,3}"
_WAITING = r"\W{0,3}<waiting>(?:(?: \w{1,20}){0,4}\s?(?:…|\.{3})|\W{0,3})"
_EMPTY_SEARCH = (
    r"\W{0,3}<empty_search>"
    r"(?: (?:for|with|based on|matching|für|mit|zu|pour|para|con|por|per|voor|för|dla|по|для) .{1,60}?)?"
    r"(?:[.!。] ?<retry>.{0,100})?\W{0,3}"
)
_NEWSLETTER_OFFER = _compile(r"(?:^|[.?!:,–—]\s)<newsletter_offer>")
_MAX_OFFER = 220
_SUBSCRIPTION = r"\W{0,3}<subscription>.{0,50}"
_AUTHOR_HEADING = _compile(r"\W{0,3}(?:<author_heading>|<author_word>)\W{0,3}")
_ABOUT_AUTHOR = _compile(r"\W{0,3}<author_heading>\s?[:：]\s?\S")
_LISTENING = _compile(r"\W{0,3}<listening>\W{0,3}")
_CALL_TO_ACTION = _compile(r"\W{0,3}<call_to_action>\W{0,3}")
_ADVERTISEMENT = _compile(r"\W{0,3}<advertisement>\W{0,3}")
_PHOTO_COUNT = _compile(r"\W{0,3}<photo_counted> \d{1,3} ?<photo_of> ?\d{1,3}\W{0,3}")
_PAGE_COUNT = r"\W{0,3}<page_counted> \d{1,3} ?<photo_of> ?\d{1,3}\W{0,3}"
_RANGE_OF_LIST = (
    r"\W{0,3}<range_shown> \d{1,5}\s?(?:[-–—]|<range_to>)\s?\d{1,5} ?<photo_of> ?\d{1,7}(?: \w{1,20}){0,2}\W{0,3}"
)
_ABOUT_PAGE = _any_of(
    _TIME_TO_READ,
    _STAFF.pattern,
    _COUNTER,
    _CLOSED_COMMENTS,
    _NEIGHBOUR_OR_WAY_BACK.pattern,
    _EDGE_OF_TEXT,
    _WAITING,
    _EMPTY_SEARCH,
    _SUBSCRIPTION,
    _PAGE_COUNT,
    _RANGE_OF_LIST,
)
"""The whole of a line about the page."""
_STARTS_ABOUT_PAGE = _any_of(_SCAN, _LICENCE, _QUESTION.pattern)
"""The start of a line about the page."""
_CONTACT = _compile(r"\W{0,3}<contact>\W{0,3}")
_PRESS_CONTACT = _compile(r"\W{0,3}<press_contact>\W{0,3}")
_CONTACT_OF_DOCUMENT = _compile(r"\W{0,3}(?:<press_contact>|<contact_of_document>)\W{0,3}")
_ATTACHMENTS = _compile(r"\W{0,3}<attachments>\W{0,3}")
_DOWNLOAD = _compile(
    r"\W{0,3}(?:<download>\s(?:(?:the|this|le|la|el|o|a|il|die|das|den|de|het)\s|l[’'])?(\S.{1,99}?)"
    r"|(\S.{1,99}?)\s<download>)(?:\s?[(\[][^()\[\]]{1,30}[)\]])?\W{0,3}"
)
_FACTS_HEADING = _compile(r"\W{0,3}<facts_heading>\W{0,3}")
_HISTORY_HEADING = _compile(r"\W{0,3}<history_heading>\W{0,3}")
_CONTENTS = _compile(r"\W{0,3}<contents>\W{0,3}")
_SOURCES_HEADING = _compile(r"\W{0,3}<sources_heading>\W{0,3}")
_MEDIA_HEADING = _compile(r"\W{0,3}<media_heading>\W{0,3}")
_STORIES_HEADING = _compile(r"\W*+<see_also>\W*")
_SEE_ALSO = _compile(r"\W*+<see_also>\s*[:：–—»›>-]\s*(\S.*)")
_SIZE_OF_FILE = re.compile(
    r"[^\W\d]{0,20}\W{0,4}(?:(?:pdf|docx?)\W{1,4})?\d[\d.,]{0,8}\s?[kmg]i?b(?:\W{1,4}(?:pdf|docx?))?"
    r"(?:\W{1,4}\d{1,4} (?:pages?|seiten?|páginas?|pagin[ae]|sider?|sidor|stron[ay]?|stran[ay]?|страниц[аы]?))?\W{0,3}",
    re.IGNORECASE,
)
"""As in "English (38.1 kB - PDF)", perhaps with the number of pages."""
_MAX_LABEL_OF_FILE = 60
_MAX_HEADING = 50
"""How many characters a heading beside the text, or a button, may have."""
_MAX_LINE = 240

_FACT_LABEL = _compile("<fact_label>")
_LABELLED_PLACE = _compile(r"\W{0,3}<place_label>\s?[:：]\s?\S")
_CLOCK = re.compile(r"\d{1,2}[:：]\d{2}(?:[:：]\d{2})?")
_LONE_VALUE = re.compile(
    r"\d{1,2}[:.h]\d{2}(?::\d{2})?(?:\s?(?:[ap]\.?m\.?|uhr|hrs?))?|\d{1,3}\s?min(?:ut[a-z]{1,2})?\.?", re.IGNORECASE
)
_TRAIL_SIGN, _TRAIL_SIGN_BESIDE_QUOTES = re.compile(r"(?<![<=-])[>›»＞]"), re.compile(r"(?<![<=-])[>›＞]")
"""A sign between the steps of a breadcrumb trail; in a text with «, a » is a quotation mark."""
_TRAIL_FROM_HOME = _compile(r"\W{0,3}<home>\s{0,3}[/|→>›＞]")
_HOME = _compile("<home>")
_PART_SEPARATOR = re.compile(r"[|｜•·]|(?<=\s)[–—-](?=\s)")
"""Signs between the facts of a line."""
_PLACE = re.compile(r"(?:in )?[^\W\d][^\d.:;]{1,30},\s?", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,3}(?:[.,\s]?\d{3}){0,2}")
"""A number alone, such as the views beside an icon of an eye."""
_BY = _compile(r"(?:<by>|da) \S.{1,40}")
_MAX_UNKNOWN = 40
"""How many characters an unknown part of a line of facts, such as an office, may have."""
_WORD_BEFORE_FACT = _compile(r"^(?:<by>|da|in|dans|en|em|i) (?=\S)")
"""As in "in Press releases | by webmaster"."""
_CONTACT_ADDRESS = re.compile(
    r"(?:\w[\w .-]{0,12}[:：]\s?)?"
    r"(?:\(?\+?\d[\d\s()/.-]{6,20}\d|[\w.+-]{1,40}(?:@|\(at\)|\s\[at\]\s)[\w-]{1,40}(?:\.[\w-]{1,20}){1,4})"
)
"""A telephone number or a mail address, also after a label such as "Tel:"."""
_TELEPHONE = re.compile(
    r"(?<![\d/.-])"
    r"(?:(?:\+\d{1,3}[ /.-](?:\(0\)[ /.-]?)?\d{1,4}|(?:\(0?\d{2,4}\)|0\d{2,4})[ /.-]\d{2,4})[ /.-]\d{2,4}(?![\d/])"
    r"|\d{3}-\d{3}-\d{4}(?![\d/-]))"
)
"""A telephone number in several parts, with a country or area code."""
_LABELLED_TELEPHONE = _compile(r"(?<!\w)<telephone>\.?\s?[:：]?\s?[+(]?\d(?:[ ()/.-]{0,3}\d){4}")
"""A telephone number of at least five digits after its label."""
_MAIL_ADDRESS = re.compile(r"[\w.+-]{1,60}@[\w-]{1,60}\.\w")
_MAX_CONTACT_LINE = 80
_MAX_STEP = 80
_LABEL_SEPARATOR = re.compile(r"[,，、]")
_LABEL_INTRODUCTION = re.compile(r"^.{0,60}?(?:\s[-–—]\s|[:：]\s?)")
"""The start of a list of labels, up to a dash or a colon."""
_MIN_LABELS = 4
"""Fewer labels may be a heading."""
_FACT_SIGN = re.compile(r"[:：]")
_CONTROL = _compile("<control>")
_MAX_FACT = 24
"""In characters; longer labels or values of a fact are text."""


def is_about_page(text: str) -> bool:
    """Return whether a line is about its page, and not part of the text.

    Examples are counters, editors, licences, "Was this page helpful?", links to the next document, and "Loading …".
    """
    return len(text) <= _MAX_LINE and _is_about_page(text)


@cached_for_short_texts
def _is_about_page(text: str) -> bool:
    return (
        _ABOUT_PAGE.fullmatch(text) is not None
        or _STARTS_ABOUT_PAGE.match(text) is not None
        or is_day_of_change(text)
        or names_licence(text)
        or (_READER.match(text) is not None and _READER_NAME.match(text) is not None)
    )


def names_staff(text: str) -> bool:
    """Return whether a line is only the label and name of the page's editor, such as "责任编辑：孔明"."""
    return len(text) <= _MAX_LINE and _STAFF.fullmatch(text) is not None


def ends_site(lines: Sequence[str]) -> bool:
    """Return whether a block is the foot of the site: most of its printed lines are about the page.

    A block with nothing but telephone numbers may be that of the press office.
    """
    of_site = [line for line in lines if is_about_page(line) or names_rights(line) or names_webmaster(line)]
    about = [line for line in lines if line in of_site or names_telephone(line)]
    return len(lines) > 1 and len(of_site) > 0 and 2 * len(about) > len(lines)


def prints_address_of_site(lines: Iterable[str]) -> bool:
    """Return whether a line of a block has a copyright notice, a telephone number or the webmaster."""
    return any(names_rights(line) or names_webmaster(line) or names_telephone(line) for line in lines)


def names_webmaster(text: str) -> bool:
    """Return whether a line names the webmaster."""
    return len(text) <= _MAX_LINE and _WEBMASTER.search(text) is not None


def asks_readers(text: str) -> bool:
    """Return whether a line asks readers about the page, such as "Was this page helpful?"."""
    return len(text) <= _MAX_LINE and _QUESTION.match(text) is not None


def are_yes_and_no(texts: Iterable[str]) -> bool:
    """Return whether one of the texts means "Yes" and another one "No"."""
    short = [text for text in texts if len(text) <= _MAX_FACT]
    return any(map(_YES.fullmatch, short)) and any(map(_NO.fullmatch, short))


def names_rights(text: str) -> bool:
    """Return whether a line begins with a copyright notice and its year."""
    return len(text) <= _MAX_LINE and _RIGHTS.match(text) is not None


def is_size_of_file(text: str) -> bool:
    """Return whether a line is only the size of a file, perhaps with its format and language."""
    return len(text) <= _MAX_LABEL_OF_FILE and _SIZE_OF_FILE.fullmatch(text) is not None


def names_licence(text: str) -> bool:
    """Return whether a line, of any length, begins like "This page is licensed under …"."""
    start = text[:_MAX_LINE]
    return _LICENCE_START.match(start) is not None and _LICENCE_NAME.match(start) is not None


def names_cookies(text: str) -> bool:
    """Return whether the start of a line names cookies."""
    return _COOKIES.search(text[:_MAX_CONSENT]) is not None


def asks_for_consent(text: str) -> bool:
    """Return whether the start of a line names cookies, and either names the site or asks for consent."""
    return names_cookies(text) and _CONSENT.search(text[:_MAX_CONSENT]) is not None


def names_external_content(text: str) -> bool:
    """Return whether the start of a line names content of another site, such as "Externer Inhalt"."""
    return _EXTERNAL_CONTENT.search(text[:_MAX_CONSENT]) is not None


def accepts(text: str) -> bool:
    """Return whether the start of a line has a word for consent, such as "I agree", or names the site."""
    return _CONSENT.search(text[:_MAX_CONSENT]) is not None


def leads_to_neighbours(text: str) -> bool:
    """Return whether a line has links like "‹ Previous: Lamps Next: Tides ›"."""
    return len(text) <= _MAX_LINE and _NEIGHBOURS.fullmatch(text) is not None


def names_official_site(text: str) -> bool:
    """Return whether a line begins like the banner of a site that belongs to a government."""
    return len(text) <= _MAX_LINE and _OFFICIAL_SITE.match(text) is not None


def leads_back(text: str) -> bool:
    """Return whether a link leads to the home page, a list of documents, or the previous or next document."""
    if len(text) > _MAX_STEP:
        return False
    return any(pattern.fullmatch(text) for pattern in (_HOME, _NEIGHBOUR_OR_WAY_BACK, _MORE_DOCUMENTS))


def prints_only_facts(texts: Iterable[str]) -> bool:
    """Return whether the texts of a line are facts of a page and at least one is a day: "4 May 2031 | 2 min read".

    One of three or more parts may be unknown, such as the office.
    """
    parts = [part.strip() for text in texts for part in _PART_SEPARATOR.split(text)]
    parts = [part for part in parts if any(map(str.isalnum, part))]
    if len(parts) < 2 or sum(map(len, parts)) > _MAX_LINE:
        return False
    days = [part for part in parts if _is_day_or_dateline(part)]
    unknown = [part for part in parts if part not in days and not _is_known(part) and not _NUMBER.fullmatch(part)]
    is_known = not unknown or (len(unknown) == 1 and len(parts) > 2 and len(unknown[0]) <= _MAX_UNKNOWN)
    return bool(days) and is_known


def _is_day_or_dateline(part: str) -> bool:
    """Return whether a part of a line is a day, perhaps after a place."""
    day = printed_day(part)
    return day is not None and (prints_only_days(part) or _PLACE.fullmatch(part.partition(day)[0]) is not None)


def _is_known(part: str) -> bool:
    part = _WORD_BEFORE_FACT.sub("", part)
    facts = (
        is_about_page,
        is_part_of_fact,
        names_no_author,
        is_labelled_fact,
        _begins_as_fact,
        names_section,
        names_kind_of_office,
    )
    return any(is_fact_of(part) for is_fact_of in facts) or all(map(_CONTROL.fullmatch, part.split()))


def _begins_as_fact(part: str) -> bool:
    """Return whether a part of a line is a known label, a colon and a value."""
    label, sign, value = part.partition(":")
    return bool(sign) and labels_fact(label) and len(value) <= _MAX_STEP


def prints_publication_date(text: str) -> bool:
    """Return whether a line is a label and a day, perhaps with the publisher: "Posted on 4 May 2031 by Tides"."""
    if is_labelled_day(text):
        return True
    day = printed_day(text) if len(text) <= _MAX_LINE else None
    after = text.partition(day)[2] if day else ""
    by = _BY.search(after)
    return by is not None and by.end() == len(after) and prints_only_days(text[: -len(by[0])])


def offers_to_listen(text: str) -> bool:
    """Return whether a line offers a recording of the page, such as "Listen to this article"."""
    return len(text) <= _MAX_HEADING and _LISTENING.fullmatch(text) is not None


def heads_author(text: str) -> bool:
    """Return whether a line is a heading such as "About the author"."""
    return len(text) <= _MAX_HEADING and _AUTHOR_HEADING.fullmatch(text) is not None


def begins_about_author(text: str) -> bool:
    """Return whether a line begins a biography: "About the author: Nerea Salt is a keeper"."""
    return _ABOUT_AUTHOR.match(text) is not None


def calls_to_action(text: str) -> bool:
    """Return whether a line is only the call of a button, such as "Register now"."""
    return len(text) <= _MAX_HEADING and _CALL_TO_ACTION.fullmatch(text) is not None


def heads_contact(text: str) -> bool:
    """Return whether a line is the heading of contacts, such as "お問い合わせ先"."""
    return len(text) <= _MAX_HEADING and _CONTACT.fullmatch(text) is not None


def heads_press_contact(text: str) -> bool:
    """Return whether a line is the heading of contacts for the press, such as "Media enquiries"."""
    return len(text) <= _MAX_HEADING and _PRESS_CONTACT.fullmatch(text) is not None


def heads_contact_of_document(text: str) -> bool:
    """Return whether a line is the heading of contacts, for the press or for others, such as "Contact"."""
    return len(text) <= _MAX_HEADING and _CONTACT_OF_DOCUMENT.fullmatch(text) is not None


def heads_contents(text: str) -> bool:
    """Return whether a line is the heading of a table of contents, such as "On this page"."""
    return len(text) <= _MAX_FACT and _CONTENTS.fullmatch(text) is not None


def heads_sources(text: str) -> bool:
    """Return whether a line is the heading of the sources of a document, such as "References"."""
    return len(text) <= _MAX_FACT and _SOURCES_HEADING.fullmatch(text) is not None


def heads_media(text: str) -> bool:
    """Return whether a line is the heading of a video, of photos or of a recording."""
    return len(text) <= _MAX_FACT and _MEDIA_HEADING.fullmatch(text) is not None


def downloaded(text: str) -> str:
    """Return what a link offers as a file: "report" for "Download the report (PDF)"; "" for other texts."""
    found = _DOWNLOAD.fullmatch(text) if len(text) <= _MAX_LINE else None
    return (found[1] or found[2]) if found is not None else ""


def heads_facts(text: str) -> bool:
    """Return whether a line is the heading of facts of the page, such as "Page details"."""
    return len(text) <= _MAX_HEADING and _FACTS_HEADING.fullmatch(text) is not None


def heads_history(text: str) -> bool:
    """Return whether a line is the heading of the changes of a page, such as "Updates to this page"."""
    return len(text) <= _MAX_HEADING and _HISTORY_HEADING.fullmatch(text) is not None


def labels_attachments(text: str) -> bool:
    """Return whether a line is only the label of the files of a document, such as "Attachments:"."""
    return len(text) <= _MAX_FACT and _ATTACHMENTS.fullmatch(text) is not None


def lists_fact_labels(text: str) -> bool:
    """Return whether a line lists field labels, such as "View - subject, author, publication date, hits, text".

    Tables have such captions for screen readers.
    """
    if len(text) > _MAX_LINE or not _LABEL_SEPARATOR.search(text):
        return False
    parts = [part.strip() for part in _LABEL_SEPARATOR.split(_LABEL_INTRODUCTION.sub("", text))]
    return len(parts) >= _MIN_LABELS and 2 * sum(map(labels_fact, parts)) > len(parts)


def begins_as_tags(text: str) -> bool:
    """Return whether a line begins with a label of subjects or accounts: "Tags", "Follow us"."""
    return len(text) <= _MAX_LINE and _TAGS.match(text) is not None


def labels_subjects(text: str) -> bool:
    """Return whether a line is only the label of the subjects of a page, such as "Topics"."""
    return len(text) <= _MAX_FACT and (_TAGS_LABEL.fullmatch(text) is not None)


def is_line_of_facts(text: str) -> bool:
    """Return whether a line prints two or more facts of a page, such as "发布时间：2031-05-12 来源：新华社"."""
    if len(text) > _MAX_LINE or not _FACT_SIGN.search(text):
        return False
    day = printed_day(text)
    rest = _CLOCK.sub(" ", text.replace(day, " ", 1) if day else text)
    *parts, last = _FACT_SIGN.split(rest)
    labels = [_label_at_end(part) for part in parts]
    values = [part[: len(part) - len(label)] for part, label in zip(parts, labels, strict=True)] + [last]
    count = len(labels) + (day is not None)
    # A date without a label is a fact, too.
    return count > 1 and all(labels) and not values[0].strip() and all(map(_is_value, values))


def announces_stories(text: str) -> bool:
    """Return whether a line is the heading of links to other stories, such as "Latest news"."""
    return len(text) <= _MAX_HEADING and _STORIES_HEADING.fullmatch(text) is not None


def offers_newsletter(text: str) -> bool:
    """Return whether a short line asks readers to subscribe to a newsletter or the like."""
    return len(text) <= _MAX_OFFER and _NEWSLETTER_OFFER.search(text) is not None


def labels_advertisement(text: str) -> bool:
    """Return whether a line is only the label of an advertisement."""
    return _ADVERTISEMENT.fullmatch(text) is not None


def counts_photos(text: str) -> bool:
    """Return whether a line counts the photos of a gallery, such as "Image 2 of 5"."""
    return len(text) <= _MAX_FACT and _PHOTO_COUNT.fullmatch(text) is not None


def title_after_see_also(text: str) -> str | None:
    """Return the title after words such as "See also:"; None if a line has none."""
    found = _SEE_ALSO.fullmatch(text)
    return found[1] if found else None


def labels_fact(text: str) -> bool:
    """Return whether a text is the label of a fact of a page, such as "등록일"."""
    return len(text) <= _MAX_LINE and _is_fact_label(text.strip(" :：,"))


@cached_for_short_texts
def _is_fact_label(text: str) -> bool:
    return (
        _FACT_LABEL.fullmatch(text) is not None
        or _FACT_LABEL.fullmatch("".join(text.split())) is not None
        or _COUNTER_LABEL.fullmatch(text) is not None
        or labels_publication(text)
    )


def begins_as_place(text: str) -> bool:
    """Return whether a line begins with a label and a place: "Ort: Riffstadt"."""
    return len(text) <= _MAX_LINE and _LABELLED_PLACE.match(text) is not None


def is_part_of_fact(text: str) -> bool:
    """Return whether a line is a label, a time of day, the minutes to read or an account."""
    return len(text) <= _MAX_FACT and (labels_fact(text) or is_lone_time(text) or _ACCOUNT.fullmatch(text) is not None)


def is_account(author: str) -> bool:
    """Return whether an author in metadata is an address or an account instead of a name."""
    return _AUTHOR_OF_SYSTEM.search(author) is not None


def names_no_author(text: str) -> bool:
    """Return whether a byline has no name, but an account, a label, or a word such as "by"."""
    return _NO_AUTHOR.fullmatch(text) is not None or labels_fact(text)


def is_lone_time(text: str) -> bool:
    """Return whether a line is only a time of day or a number of minutes."""
    return len(text) <= _MAX_FACT and _LONE_VALUE.fullmatch(text) is not None


def is_fact(label: str, text: str) -> bool:
    """Return whether `text` is `label` and a short value, and `label` is the label of a fact."""
    if not 0 < len(label) < len(text) <= 2 * _MAX_FACT or not labels_fact(label):
        return False
    return _is_value(text[len(label) :].lstrip(" :："))


def is_labelled_fact(text: str) -> bool:
    """Return whether a line is a known label, a colon and a short value, such as "Source: Office of Tides"."""
    label, sign, value = text.partition(":") if ":" in text else text.partition("：")
    return bool(sign) and len(text) <= 2 * _MAX_FACT and labels_fact(label) and 0 < len(value.strip()) <= _MAX_FACT


def names_telephone(text: str) -> bool:
    """Return whether a line has a telephone number, and is short enough to be about the page."""
    if len(text) > _MAX_LINE or not any(map(str.isdecimal, text)):
        return False
    return _TELEPHONE.search(text) is not None or _LABELLED_TELEPHONE.search(text) is not None


def names_contact(text: str) -> bool:
    """Return whether a line has a telephone number or a mail address."""
    return names_telephone(text) or _MAIL_ADDRESS.search(text) is not None


def prints_contact(texts: Sequence[str]) -> bool:
    """Return whether a line of a short block is only a telephone number or a mail address."""
    is_short = all(len(text) <= _MAX_CONTACT_LINE and not ends_sentence(text) for text in texts)
    return len(texts) > 1 and is_short and any(map(_CONTACT_ADDRESS.fullmatch, texts))


def is_breadcrumb_trail(text: str, *, is_linked: bool) -> bool:
    """Return whether a line is a breadcrumb trail such as "Home > News > Speech".

    A line that `is_linked` needs two steps, others three. A line from the home page needs no second sign: "Home |
    Speech".
    """
    if len(text) <= _MAX_LINE and _TRAIL_FROM_HOME.match(text):
        return True
    sign = _TRAIL_SIGN_BESIDE_QUOTES if "«" in text else _TRAIL_SIGN
    parts = [part.strip() for part in sign.split(text)] if len(text) <= _MAX_LINE else []
    return len(parts) > (1 if is_linked else 2) and all(len(part) <= _MAX_STEP for part in parts)


def _label_at_end(part: str) -> str:
    """Return the longest known label, of at most 14 characters, at the end of a part; "" if there is none."""
    words = part.rstrip()
    ends = (words[start:] for start in range(max(0, len(words) - 14), len(words)))
    label = next((end for end in ends if _FACT_LABEL.fullmatch(end)), "")
    return label and part[len(words) - len(label) :]


def _is_value(text: str) -> bool:
    words = text.split()
    return len("".join(words)) <= _MAX_FACT or all(map(_CONTROL.fullmatch, words))
