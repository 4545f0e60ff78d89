"""Names of sections of a site and of offices, which pages print where others have their title."""

from __future__ import annotations

import re

_SECTION = re.compile(
    r"(?:(?:the )?(?:latest |all |our )?(?:(?:press|media|news)[ -]?(?:releases?|room|statements?|centre|center)?"
    r"|(?:press |media )?(?:releases|statements|speeches|readouts|remarks|transcripts|articles|publications|documents)"
    r"|speeches (?:and|&) statements|statements (?:and|&) (?:speeches|releases)|news (?:and|&) (?:events|media|press)"
    r"|newsroom|what's new|announcements|press office|blog)"
    r"|presse(?:mitteilungen?|meldungen?|informationen|portal|stelle)?|medien(?:mitteilungen?|informationen)?"
    r"|nachrichten|meldungen?|aktuelle[sn]?|neuigkeiten|reden"
    r"|actualités?|communiqués?(?: de presse)?|espace presse|salle de presse|discours|déclarations"
    r"|noticias|comunicados?(?: de prensa)?|notas? de prensa|sala de prensa|prensa|discursos"
    r"|notícias|notas? à imprensa|comunicati(?: stampa)?|notizie|sala stampa"
    r"|новости|пресс-релизы|пресс-служба|выступления|报道|新闻|要闻|新闻发布|外交部新闻|報道発表|報道資料|お知らせ|新着情報|보도자료)",
    re.IGNORECASE,
)
"""Names of the section of a site that lists documents of a kind; on the page of a document they are its series."""
_OFFICE = re.compile(
    r"(?:the )?(?:federal |royal |state |cabinet )?"
    r"(?:(?:ministry|department|embassy|permanent mission|government|office|bureau)"
    r" (?:of|for) (?:(?!:)\S+ ){0,8}\S+"
    r"|bundesministerium (?:für|der|des) .{3,80}|ministère (?:de|des|du) .{3,80}|ministerio de .{3,80}"
    r"|ministério d[aoe]s? .{3,80}|ministero de.{3,80}|министерство .{3,80}"
    r"|.{1,12}(?:外交部|外務省|政府网)|.{1,12}외교부)",
    re.IGNORECASE,
)
"""Names of offices, which title their pages with their own name."""
_SEPARATOR = re.compile(r"[|–—/&,]|(?<=\s)(?:-|and|und|et|y|e)(?=\s)")
_MAX_OFFICE = 60
"""Characters of a title up to which it is nothing but the name of an office."""


KICKER_NAME = re.compile(
    r"kicker|overline|over-?title|eyebrow|dachzeile|roofline|spitzmarke|topline|top-?title|sur-?title|supertitle|superheading|"
    r"antetitulo|pre-?title|section-?name|series|rubri[ck]|pre-?heading|document-?type|news-?type",
    re.IGNORECASE,
)
"""Classes, ids, `itemprop` and `rel` of elements that print a kicker."""


def names_section(text: str) -> bool:
    """Return whether a title is only the name of a section of the site, or of the office that runs it."""
    if _names_office(text):
        return True
    return all(_SECTION.fullmatch(part) or _names_office(part) for part in map(str.strip, _SEPARATOR.split(text)))


def _names_office(text: str) -> bool:
    return len(text) <= _MAX_OFFICE and _OFFICE.fullmatch(text) is not None
