"""Finds the publication date by votes of dates: near the headline, in `meta`, JSON-LD, the address and scripts.

The weights were set by hand on annotated pages of half of the sites. A date alone near the headline weighs as much as
the best field of metadata. With this rule and the votes of scripts and marked times, right dates rose from 0.892 to
0.919, and wrong ones fell from 0.061 to 0.051.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from itertools import islice, pairwise

import msgspec

from readout_pub.extract.captions import describes_photo, names_caption
from readout_pub.extract.dates import (
    DAY_FIRST_LANGUAGE,
    MONTH_FIRST_LANGUAGE,
    FoundDate,
    dates_of_unknown_order,
    find_date,
    may_have_date,
)
from readout_pub.extract.generic.metadata import PageMetadata, item_types
from readout_pub.extract.generic.page_analysis import PageAnalysis
from readout_pub.extract.generic.section_names import names_number
from readout_pub.extract.generic.text_blocks import (
    ElementBox,
    Line,
    TextNode,
    parent_of,
    printed_lines,
    spaced_text,
    text_of_node,
)
from readout_pub.extract.language import detect_language
from readout_pub.html_elements import STRUCK
from readout_pub.model import url_host
from readout_pub.sentences import ends_sentence
from readout_pub.short_text_cache import cached_for_short_texts
from readout_pub.sources.lxml_elements import LxmlElement

_META_WEIGHTS = {
    "article:published_time": 3.0, "og:published_time": 3.0, "og:article:published_time": 3.0, "datepublished": 3.0,
    "govuk:first-published-at": 3.0,
    "dcterms.issued": 2.6, "dc.date.issued": 2.6, "dcterms.date": 2.2, "dc.date": 2.2, "pubdate": 2.4,
    "publishdate": 2.4, "publish-date": 2.4, "publish_date": 2.4, "published-date": 2.4, "publication_date": 2.4,
    "parsely-pub-date": 2.4, "sailthru.date": 2.2, "date": 2.0, "article.published": 2.4, "published": 2.0,
    "release_date": 2.0,
    "citation_publication_date": 2.4, "citation_date": 2.2, "ms.date": 1.8, "dcterms.created": 1.6,
    "dc.date.created": 1.6, "datecreated": 1.6, "created": 1.4,
}  # fmt: skip
"""Name of a `meta` → weight of its vote."""

_JSON_LD_WEIGHTS = (("datePublished", 3.0), ("dateCreated", 1.6), ("uploadDate", 1.2))
"""Properties of JSON-LD and weights of their votes."""
_PRINTED_WEIGHT, _TIME_WEIGHT, _ADDRESS_WEIGHT, _SCRIPT_WEIGHT = 2.2, 2.2, 1.6, 0.8
"""Weights of a printed date, a marked `time`, a date in the address, and one in a script."""
_PRINTED_RULE, _PRINTED_AS_PUBLISHED_RULE = "printed near the title", "printed near the title as the publication date"
_CHANGED_RULE = "printed near the title as the day of a change"
"""Rules for printed dates: alone, after a word such as "Published", after one such as "Updated"."""
_ADDRESS_RULE = "address"
"""Rule for a date in the address, which is in the time zone of the publisher."""
_KNOWN_RULES = frozenset({
    _ADDRESS_RULE, "meta article:published_time", "meta og:published_time", "meta og:article:published_time",
})  # fmt: skip
"""Rules for days of publication that outweigh a printed day of a change."""
_ISSUED_RULES = frozenset({"meta dcterms.issued", "meta dc.date.issued"})
"""Rules for the day on which an office issued a document. Other metadata may date a record in a database."""
_NON_ARTICLE_TYPES = frozenset(
    "Organization Person Comment Review Product Offer ImageObject VideoObject BreadcrumbList".split()
)
"""schema.org types whose dates are not those of the page."""

_CHANGE_WORDS = (
    r"updat|modif|revis|geändert|aktualis|mis à jour|actualiz|atualiz|aggiorn|bijgewerkt|gewijzigd|uppdater|oppdater|"
    r"opdater|aktualiz|güncelle|обновл|оновл|актуализ|frissít|módosít|päivitet|diperbarui|cập nhật|ενημέρωση|"
    r"diweddar|eguneratu|imesasishw|განახლ|թարմաց|измен|редактир|змінен|تحديث|تعديل|עדכון|ปรับปรุง|更新|수정"
)
"""Words before the day of a change."""
_DEADLINE_WORDS = (
    r"deadline|closing|\bdue\b|apply by|until|expir|valid (?:from|to|until)|frist\b|stichtag|bewerbungsschluss|"
    r"date limite|clôture|échéance|fecha límite|cierre|vencimiento|plazo|prazo|encerramento|scadenza|sluitings|"
    r"sista ansökningsdag|søknadsfrist|ansøgningsfrist|määräaika|"
    r"termin (?:składania|zgłoszeń)|uzávěrka|uzávierka|határid|lejárat|rok za|"
    r"termen|срок|термін|крайн|son başvuru|hạn (?:nộp|chót)|batas (?:waktu|akhir)|hết hạn|מועד אחרון|آخر موعد|مهلت|"
    r"अंतिम तिथि|截止|締切|締め切り|申込期限|마감"
)
_DEADLINE = re.compile(_DEADLINE_WORDS, re.IGNORECASE)
"""Words before the last day for applications and the like."""
_NOT_PUBLISHED = re.compile(
    rf"{_CHANGE_WORDS}|最后|last\b|"
    r"reviewed|zuletzt|letzte|copyright|©|joined|registered|member since|registriert|"
    rf"{_DEADLINE_WORDS}",
    re.IGNORECASE,
)
"""Words before other dates: of a change, a copyright, a registration, a deadline."""
CHANGED = re.compile(_CHANGE_WORDS, re.IGNORECASE)
"""Words before the day of a change, which can replace the publication date."""
_UPDATED_CLASS = re.compile(
    r"(?<![a-z])(?:changed|modified|last-?(?:updated?|modified)|lastmod|revised|updated-?on)(?![a-z])"
)
"""Words in class names of elements with the day of a change. "updated" is missing: WordPress gives this class to
publication dates (microformat hAtom)."""
_MAX_LABEL = 40
"""Maximum characters of a label, such as "Last updated"."""
_SOFT_HYPHEN = "\u00ad"
_MAX_NAMED_LEVELS = 4
"""How many elements around a date are searched for a class or tag; outer ones contain more."""
_LABEL = re.compile(r"[^\d:：]{2,40}[:：]\s*\Z")
"""The label before a date in the same line, such as "Declared: "."""
_WEAK_SHARE = 0.12
"""Multiplies the weight of a date that something marks as another day."""
_PUBLISHED = re.compile(
    r"publi|posted|issued|released|veröffentlicht|erstellt|geschrieben|erschienen|"
    rf"(?:\bdatum|\bdate|fecha|\bdata|дата|ημερομηνία|\btarih|תאריך|التاريخ|วันที่|tanggal)(?!.{{0,12}}(?:{_CHANGE_WORDS}))|"
    r"pubblicat|опубликов|发布|発表|公開|"
    r"掲載|登録|建檔|上架|created|first|发文|发表|등록일|작성일|게시일|배포일|نشر|प्रकाशित|প্রকাশ|yayın|gepubliceerd|publicer|"
    r"julkaist|opublikowan|"
    r"zveřejněn|размещен|ngày đăng|"
    r"\A(?:vytvořen[oa]|vytvoren[éoá]|utworzono|skapad|opprettet|oprettet|gemaakt|aangemaakt|luotu|loodud|létrehozva|"
    r"cread[oa]|créée?|creat[oa]|criad[oa]|creat|создан[оа]?|створено|създадено|ustvarjeno|kreirano|izrađeno|sukurta|"
    r"izveidots)\s?/",
    re.IGNORECASE,
)
"""Words before the publication date; some words for "created" only before a slash: "vytvořeno / změněno"."""
_STILL_VALID = re.compile(
    r"\bstill (?:current|valid)|unverändert gültig|nog steeds geldig|toujours (?:valable|d'actualité)|"
    r"(?:sigue|sigue siendo) (?:vigente|válid[oa])|continua (?:válid[oa]|em vigor)|tuttora valid[oa]|"
    r"\bvalable le\b|\bgültig am\b|\bvalid[oa] il\b|\bválid[oa] el\b|\bgeldig op\b",
    re.IGNORECASE,
)
"""Words before the day on which somebody checked a text, such as travel advice."""
_DRAFTED = re.compile(
    r"drafted|prepared|compiled|entworfen|entwurf|rédigé|redactad|elaborad|redatto|opgesteld|wytworz|sporządz|opracowan|"
    r"составлен|складен|成文|起草|拟稿|擬稿|起案|작성 ?완료",
    re.IGNORECASE,
)
"""Words before the day on which a document was written."""
_DRAFTED_SHARE = 0.4
"""Multiplies the weight of the day of writing, so that the publication date wins."""
_NOTE_OF_CHANGE = re.compile(rf"\((?=[^()]*(?:{_CHANGE_WORDS}))[^()]*\)", re.IGNORECASE)
"""A note in parentheses, such as "(This post was last modified: 2031-05-09)"."""
_TELLS_OF_PERIOD = re.compile(
    r"(?<!\w)(?:before|after|since|until|till|from|between|through|vor dem|bis(?: zum)?|ab(?: dem)?|seit(?: dem)?|"
    r"avant le|après le|depuis le|jusqu['’]au|à (?:partir|compter) du|antes del?|hasta el|desde el|a partir del?|"
    r"até|desde|prima del|fino al|(?:a partire )?dal|vóór|tot|vanaf|sinds|före|efter|sedan|från|til|etter|siden|fra|"
    r"do dnia|od dnia|od|(?-i:do)|до|после|с|від|з|по)\s+\Z",
    re.IGNORECASE,
)
"""Words right before the first or last day of a period, such as "since". German "Do" means Thursday."""
_UP_TO_DAY = re.compile(
    r"\s*(?:to|until|till|through|bis(?: zum)?|jusqu['’]au|au|al|hasta el|até|tot(?: en met)?|til|till|do|по|до)\s+"
    r"|\s*[–—-]\s*(?=\d)",
    re.IGNORECASE,
)
"""What joins the two days of a period: "4 May to 9 May"."""
_FIRST_DAY = re.compile(r"(?<![\w./-])(\d{1,2})\.?\s?[–-]\s?\Z")
"""The first day in "14. - 20. May 2031", right before the last."""
_DATE_CLASS = re.compile(r"date|time|publi|posted|pubdate|datum|fecha|meta|byline|info")
"""Parts of lower-case class names of elements that print a date."""

_OTHER_STORY_TRAITS = frozenset(["small related", "small comments", "small <aside>"])
"""Traits of blocks whose dates belong to other stories or to comments."""

# Distances and lengths, chosen by hand. With larger ones, dates of other stories or events win.
_LINES_AFTER_START = 3
"""Up to this many lines below the start of the text, a block with `_OTHER_STORY_TRAITS` may be its header."""
_LINES_ABOVE, _LINES_BELOW = 6, 14
"""How many lines above and below the headline are searched."""
_LINES_TO_DAY = 3
"""A line with only the date, at most this far from a title with the same date, is preferred."""
_MAX_LINES_TO_TEXT = 20
"""`_LINES_BELOW` counts from the start of the text, at most this many lines below the headline."""
_MAX_DATE_LINE = 140
"""Maximum characters of the line of a date; in longer lines, only a dateline counts."""
_MAX_DATELINE = 60
"""How many characters of a text are searched for a dateline."""
_MAX_PRINTED_LINES = 8
"""Lines of a block with `br` that are searched, except the first: title, speaker and place come before the date."""
_MAX_BLOCKS_AROUND_TITLE = 3
"""How many boxes around the title are searched for the line above, which can print the date."""
_MIN_FIGCAPTION = 10
"""Minimum characters of a `figcaption`, apart from the date."""
_MIN_CAPTION = 25
"""Minimum characters of any other caption, apart from the date."""
_MAX_BEFORE_DATE = 30
"""After more characters of a sentence, a date is that of an event: "decided that on 9 May"."""
_SOURCE_IN_BRACKETS = re.compile(r"\([^()]{1,60}\)")
_AFTER_DATELINE = re.compile(r"\W{0,3}[–—-]")
"""The parts around the date of a dateline: "REEF TOWN (Tides News): 9 May 2031 - The council met"."""
_ON_THE_DAY = re.compile(r"\s*(?:on|am|le|el|em|il|den|op)\s+", re.IGNORECASE)
"""The start of a sentence such as "On 9 May 2031, the council met"."""
_IN_FORCE = re.compile(
    r"\W*(?:(?:effective )?as of|effective|mit wirkung (?:vom|zum)|gültig ab(?: dem)?|avec effet au|"
    r"con efectos? (?:a partir )?del?|com efeitos? a partir de|con effetto dal|met ingang van)\s+",
    re.IGNORECASE,
)
"""The start of a sentence such as "As of 9 May 2031, ships pay"."""
_BEFORE_DATE_AT_END = re.compile(r"[,(（–—-]\s?$")
"""The sign before a date in a headline: "Address, Salt Bay, 9 May 2031"."""
_MIN_VOTES = 0.65
"""Minimum sum of votes for a day: a wrong date is worse than none."""
_MAX_TEASER = 300
"""Maximum letters of a teaser, a block that links to another page."""
_MAX_LEVELS_TO_VALUE = 3
"""How many boxes around a line are searched for a `dd`."""
_MAX_TEASER_LEVELS = 4
"""How many boxes around a date are searched for a teaser."""
_KEPT_UP_TO_DATE = dt.timedelta(days=365)
"""Minimum time between creation and last change of a page that is kept up to date."""
_CHANGE_METAS = ("article:modified_time", "og:updated_time", "dcterms.modified", "dc.date.modified")
"""Metadata with the day of the last change."""
_MAX_FACTS = 20
"""How many lines of a list of facts are searched for a time of day."""
_TIME_ZONES = dt.timedelta(days=1)
"""Maximum difference between a printed date and metadata in another time zone."""
_MAX_PLACEHOLDER_YEAR = 1990
"""Dates up to this year are placeholders in metadata, such as 1970-01-01, and days of events in sentences."""

_ADDRESS_DATE = re.compile(r"/(20[0-9]{2}|19[89][0-9])[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12][0-9]|3[01])(?=[/_.-]|\b)")
_ADDRESS_MONTH = re.compile(r"/(20[0-9]{2})/([a-z]{3,9})/([0-9]{1,2})(?=/)")
"""A day in an address with the month by name: "/2031/may/04/"."""
_UNSURE_LANGUAGES = frozenset(["", "en", "en-us"])
"""Declared languages that do not tell the order of day and month: templates declare en-US by default."""
_MONTH_FIRST_DOMAINS = frozenset(["gov", "mil", "us", "ph"])
"""Top-level domains of the United States and the Philippines, which write the month first."""
_UNSURE_DOMAINS = frozenset("ca cn jp kr tw ai cc co fm gg im io is it la ly me mu nu sc sh st tk to tv vc ws".split())
"""Top-level domains of countries that write both orders or the year first, or that sell names to anybody."""

_SCRIPT_DATE = re.compile(
    r"""["'](?:date_?published|publish(?:ed)?_?(?:date|at|on|time)?|publication_?date|posted_?at)\\?["']\s*:\s*"""
    r"""\\?["']([0-9]{4}-[0-9]{2}-[0-9]{2})(?=[T "'\\])""",
    re.IGNORECASE,
)
"""A publication date in a script, such as "publishedAt": "2031-05-04T08:00"."""


DATE_LABEL = (
    r"(?:(?:first|last|release|publish(?:ed)?|publication|issue) date|date of (?:issue|publication|release)|"
    r"(?:(?:first|last) )?(?:published|posted|issued|released|updated|date|on|at)|"
    r"veröffentlicht|erstellt|erschienen|stand|datum|am|vom|"
    r"date de (?:publication|mise en ligne)|publiée?|mise? en ligne|parue?|le|fecha(?: de publicación)?|publicad[oa]|"
    r"data(?: (?:de publicação|di pubblicazione|publikacji))?|pubblicato|opublikowano|el|il|em|gepubliceerd(?: op)?|"
    r"julkaisu(?:ajankohta|päivä)|"
    r"дата(?: публикации)?|опубликовано|размещено|опубліковано|发布时间?|发布日期|发表时间|时间|日期|發布日期|"
    r"更新日時?|掲載日|公開日|発表日|登録日|등록일|작성일|게시일|배포일|تاريخ(?: النشر)?|نشر (?:في|بتاريخ)|بتاريخ|"
    r"प्रकाशित(?: तिथि)?|yayın tarihi|publicerad|publiceret|julkaistu|zveřejněno|ngày đăng|tanggal|תאריך(?: פרסום)?|"
    r"created(?: on)?|créée?(?: le)?|cread[oa](?: el)?|criado(?: em)?|creato(?: il)?|ημερομηνία(?: δημοσίευσης)?|"
    r"δημοσιεύ(?:θηκε|τηκε)|posted on|publicat(?: la)?|objavljeno|објављено|публикувано|"
    r"được đăng|đăng (?:ngày|lúc)|ngày(?: đăng)?|dipublikasikan|diterbitkan|วันที่(?:นำเข้าข้อมูล|เผยแพร่|ประกาศ|ลงข่าว)?|"
    r"เผยแพร่เมื่อ|"
    r"dato|publisert|offentliggjort|lagt ut|udgivet|for (?:immediate )?release(?: on)?|δημοσίευση|datë|פורסם(?: ב)?|"
    r"paskelbta|publicēts|avaldatud|közzétéve|megjelent|жарияланған(?: күні)?|"
    r"發布(?:時間)?|上版日期|張貼日|فرستادن|تاریخ(?: انتشار)?|प्रविष्टि तिथि|pubblicato il|publié le|"
    r"prononcée? le|delivered(?: on)?|gehalten am|pronunciad[oa] el|pronunciato il|"
    r"প্রকাশ(?:ন|ের)? তারিখ|প্রকাশিত|"
    # days of the week
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|fri|sat|sun|(?:mon|diens|donners|frei|sams|sonn)tag|"
    r"mittwoch|sonnabend|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|mi[ée]rcoles|jueves|viernes|"
    r"s[áa]bado|domingo|(?:segunda|terça|quarta|quinta|sexta)(?:-feira)?|(?:lune|marte|mercole|giove|vener)dì|sabato|"
    r"domenica|(?:maan|dins|woens|donder|vrij|zater|zon)dag|(?:mån|tis|ons|tors|fre|lör|sön)dag(?:en)?|mandag|tirsdag|"
    r"onsdag|torsdag|fredag|lørdag|søndag|poniedziałek|wtorek|środa|czwartek|piątek|sobota|niedziela|"
    r"понедельник|вторник|среда|четверг|пятница|суббота|воскресенье|понеділок|вівторок|середа|четвер|п.ятниця|субота|"
    r"неділя|δευτέρα|τρίτη|τετάρτη|πέμπτη|παρασκευή|σάββατο|κυριακή|pazartesi|salı|çarşamba|perşembe|cuma|cumartesi|"
    r"pazar|thứ (?:hai|ba|tư|năm|sáu|bảy)|chủ nhật|senin|selasa|rabu|kamis|jumat|sabtu|minggu|"
    r"luni|mar[țţt]i|miercuri|joi|vineri|s[âa]mb[ăa]t[ăa]|duminic[ăa]|hétfő|kedd|szerda|csütörtök|péntek|szombat|vasárnap|"
    r"pondělí|úterý|středa|čtvrtek|pátek|neděle|pondelok|utorok|streda|štvrtok|piatok|nedeľa|"
    r"pone(?:djeljak|deljak|deljek)|utorak|torek|sr(?:ijeda|eda)|četvrtak|četrtek|petak|petek|subota|ned(?:jelja|elja)|"
    r"понеде(?:лник|љак)|уторак|ср(?:яда|еда)|четвъртък|четвртак|петък|петак|събота|субота|недеља|"
    r"(?:maanan|tiis|tors|perjan|lauan|sunnun)tai(?:na)?|keskiviikko(?:na)?|"
    r"(?:esmas|teisi|kolma|nelja)päev|reede|laupäev|pühapäev|(?:pirma|antra|trečia|ketvirta|penkta|šešta|sekma)dienis|"
    r"(?:pirm|otr|treš|ceturt|piekt|sest|svēt)diena|(?:یک|دو|سه|چهار|پنج)?\s?شنبه|جمعه|"
    r"יום (?:ראשון|שני|שלישי|רביעי|חמישי|שישי|שבת)|(?:सोम|मंगल|बुध|गुरु|शुक्र|शनि|रवि)वार|"
    r"วัน(?:จันทร์|อังคาร|พุธ|พฤหัสบดี|ศุกร์|เสาร์|อาทิตย์)(?:ที่)?|"
    r"(?:星期|周|週)[一二三四五六日天]|[月火水木金土日]曜日?|[월화수목금토일]요일|"
    r"(?:ال)?(?:اثنين|إثنين|ثلاثاء|أربعاء|خميس|جمعة|سبت|أحد))"
)
"""Words before a date, such as "Published" or "Monday". For patterns that ignore case."""
CLOCK = (
    r"[\s,|·•–—-]*(?:(?:um|at|à|às|kl\.?)\s+)?(?:\d{1,2}[:.h]\d{2}(?::\d{2})?(?:\s?(?:[ap]\.?\s?m\.?|uhr))?"
    r"(?:\s(?-i:GMT|UTC|[A-Z]{2,4})(?:[+-]\d{1,2})?(?!\w))?)?\W*"
)
"""The time of day after a date, or nothing; to be compiled with `re.IGNORECASE`."""
_CHANGE_LABEL = (
    r"(?:(?:page |content |this page was )?(?:last )?(?:updated|modified|reviewed|changed)"
    r"(?: (?:or|and) (?:updated|modified|reviewed|changed))?(?: on)?|(?:last )?update|"
    r"date modified|(?:letzte )?(?:änderung|aktualisierung)|zuletzt (?:geändert|aktualisiert)(?: am)?|"
    r"aktualisiert(?: am)?|"
    r"stand|mise? à jour(?: le)?|dernière (?:mise à jour|modification)(?: le)?|date de modification|"
    r"(?:darrera|última) (?:modificació|actualització)|ultima modifica|azken aldaketa|"
    r"(?:última |fecha de )?actualizaci[óo]n|actualizado(?: el)?|(?:última )?(?:atualização|modificação)|"
    r"atualizado(?: em)?|"
    r"(?:ultimo )?aggiornamento|aggiornato(?: il)?|(?:дата )?(?:изменения|обновления)|обновлено|оновлено|"
    r"(?:ostatnia )?(?:aktualizacja|modyfikacja)|zaktualizowano|(?:laatst )?(?:bijgewerkt|gewijzigd)(?: op)?|"
    r"senast uppdaterad|sist oppdatert|sidst opdateret|最終更新日?|最[后近]更新(?:时间|日期)?|更新(?:时间|日期|日)|"
    r"최종\s?수정일|수정일|"
    r"aktualizov[aá]no|naposledy (?:upraveno|aktualizováno)|aktualizované|frissítve|"
    r"(?:utolsó )?(?:módosítás|frissítés)|"
    r"uppdaterad|oppdatert|opdateret(?: den)?|paskutin[ėi](?:s|o|jo)? (?:atnaujinim|keitim)(?:as|o)(?: data)?|"
    r"ultimo aggiornamento|วันที่ปรับปรุง(?:ข้อมูล)?|ngày cập nhật|pēdējās izmaiņas|muudetud|"
    r"viimati (?:muudetud|uuendatud)|"
    r"actualizat(?: la)?|ultima actualizare|päivitetty|uuendatud|atnaujinta|atjaunin[āa]ts|ažurirano|posodobljeno|"
    r"ажурирано|актуализирано|жаңартылды|diperbarui|terakhir diubah|แก้ไขล่าสุด|ปรับปรุงล่าสุด|(?:अंतिम )?अद्यतन|"
    r"modifiée?(?: le)?|(?:geändert|zuletzt bearbeitet)(?: am)?|modificad[oa](?: el| em)?|modificat[oa](?: il)?|"
    r"zmodyfikowan[oae]|sist endret|senast ändrad|sidst ændret|muokattu|upraven[oé]|módosítva|изменен[оа]?|змінен[оа]?|"
    r"güncelleme(?: tarihi)?|güncellendi|değiştirildi|τροποποιήθηκε|ενημερώθηκε|τελευταία (?:ενημέρωση|τροποποίηση)|"
    r"последнее (?:обновление|изменение)|останн[єя] (?:оновлення|зміна)|последна (?:актуализация|промяна)|"
    r"poslední (?:změna|aktualizace)|posledná (?:zmena|aktualizácia)|zadnja (?:sprememba|promjena|izmjena)|"
    r"gældende(?: den)?|still (?:current|valid)(?: at)?|"
    r"unverändert gültig seit|(?:nog steeds )?geldig op|toujours valable(?: le)?|"
    r"תאריך עדכון|עודכן(?: ב)?|به.?روز.?رسانی|"
    r"(?:آخر|تاريخ) (?:تحديث|التحديث|تعديل)|son güncelleme|cập nhật)"
)
"""A label of the day on which somebody changed or checked a page."""
_DAY_OF_CHANGE = re.compile(rf"\W*+{_CHANGE_LABEL}(?!\w)", re.IGNORECASE)
_MONTH_OF_CHANGE = re.compile(
    rf"\W*+{_CHANGE_LABEL}\W{{1,3}}(?:[^\W\d]{{3,12}}\.?(?: d[eo])?|0?[1-9]\s?/|1[0-2]\s?/)\s?(?:19|20)\d{{2}}\W*",
    re.IGNORECASE,
)
"""The month in which a page was changed, without a day: "Updated: May 2031"."""
_LUNAR_DAY = (
    r"\d{1,2}[\s/-]{1,3}(?:محرم|صفر|ربيع (?:الأول|الاول|الآخر|الاخر|الثاني)|"
    r"جمادى (?:الأولى|الاولى|الآخرة|الاخرة|الثانية)|رجب|شعبان|رمضان|شوال|ذ[وي] (?:القعدة|الحجة))"
    r"[\s/-]{1,3}\d{4}(?:\s?هـ?)?"
)
"""A day of the lunar calendar, as in Arabic "14 شعبان 1452"."""
_BESIDE_DAYS = re.compile(
    rf"(?<!\w)(?:{_CHANGE_LABEL}|{DATE_LABEL}|{_LUNAR_DAY}|artikel vom|erscheinungsdatum|года?|року|[гров]|r|"
    r"(?:by|von|par) (?:admin\w{0,12}|super user|webmaster|editor)|"
    r"\d{1,2}(?:[.:]|\s?h\s?)\d{2}(?::\d{2})?(?:\s?(?:uhr|uur|[ap]m))?|"
    r"هـ?|الموافق(?: لـ?)?|às|a las|alle(?: ore)?|ore|o godz|à(?= \d)|[ou]m(?= \d)|la(?= \d| ora \d)|ora(?= \d)|"
    r"(?:조회수?|点击(?:数|量)?|浏览(?:次数|量)?|阅读(?:次数|量)?|просмотр(?:ов|ы)?|views?|hits?)\s?[:：]?\s?[\d,.]{1,9}|"
    r"lúc|pukul|saat|godz|klo|о(?= \d)|GMT(?:[+-]\d{1,2})?|UTC|[ap]\.?\s?m|[صم]|[صم]باحا?|مساء|"
    r"오[전후]|[上下]午|午[前後]|[πμ]\.?μ|ö[ös]|น|kl|CES?T|E[SD]T|"
    r"print|drucken|imprimer|imprimir|stampa|drukuj|печать|打印|印刷|인쇄)(?!\w)",
    re.IGNORECASE,
)
"""What may stand beside days in a line without text: labels, times, accounts, buttons."""
_DATE_WORDS = {
    kind: frozenset(" ".join(words).casefold().split())
    for kind, words in tomllib.loads(files(__package__).joinpath("date_words.toml").read_text("utf-8")).items()
}
"""Kind of words in `date_words.toml` → these words."""
_LABEL_WORDS = _DATE_WORDS["date"] | _DATE_WORDS["publication"]
_WORDS_BESIDE_DAYS = frozenset().union(*_DATE_WORDS.values())
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f\u0591-\u05bd\u0900-\u0dff\u0e00-\u109f\u1780-\u17ff'’ʻ])*")
"""A word, with the vowel signs of its script."""
_LABEL_AT_END = re.compile(rf"(?:(?:^|(?<=\W))(?:{DATE_LABEL}|of|du|del?)\W*)+$", re.IGNORECASE)
"""The label before a date in a line."""
_TIME_OF_DAY = re.compile(r"^[\s,|·•–—-]*\d{1,2}[:.h]\d{2}(?::\d{2})?")
"""The time of day right after a date."""
_LABEL_AT_START = re.compile(rf"\W*+{DATE_LABEL}(?!\w)", re.IGNORECASE)
NUMERIC_DAY = re.compile(r"\d(?<!\d\d)(?:\d?[./-]\d{1,2}[./-]\d{2}(?:\d{2})?|\d{3}[./-]\d{1,2}[./-]\d{1,2})(?!\d)")
"""A day in digits, whatever the order of day and month. A pattern that begins with a digit, not with a lookbehind, is
searched for five times as fast."""
_MAX_DAY_OF_DIARY, _MIN_FURTHER_DAYS, _LINES_TO_DAYS = 40, 2, 60
"""For days of a diary: maximum characters, minimum number of further days, and lines searched for these."""
_MIN_ENTRIES = 3
"""How many entries with a linked heading and a day make a list."""
_MAX_LEVELS_TO_ROW = 9
"""How many boxes around a day are searched for the row of its entry."""
_LINES_TO_LINK, _MIN_LINK_OF_ENTRY = 2, 20
"""Lines searched for the day of an entry below its link, and minimum letters of this link."""
_MAX_DAYS = 3
"""How many days in words a line may print: of publication, change, version."""


def is_day_of_change(text: str) -> bool:
    """Return whether a line prints only the day or month of a change, perhaps with other days."""
    if len(text) > _MAX_DATE_LINE or not _DAY_OF_CHANGE.match(text):
        return False
    return _MONTH_OF_CHANGE.fullmatch(text) is not None or is_day(text)


def printed_day(text: str) -> str | None:
    """Return the first day that a text prints, as printed, or None; days in digits come before days in words."""
    if not may_have_date(text):
        return None
    if digits := NUMERIC_DAY.search(text):
        return digits[0]
    date = find_date(text, None)
    return date.text if date else None


def is_day(text: str) -> bool:
    """Return whether a text is a day, perhaps with its label, a time or further days."""
    return printed_day(text) is not None and prints_only_days(text)


def is_labelled_day(text: str) -> bool:
    """Return whether a line prints only a day after its label, such as "Created: 17 July 2031"."""
    day = printed_day(text) if len(text) <= _MAX_DATE_LINE else None
    is_labelled = day is not None and (_LABEL_AT_START.match(text) or labels_publication(text.partition(day)[0]))
    return bool(is_labelled) and prints_only_days(text)


def labels_publication(text: str) -> bool:
    """Return whether a text only labels the day of publication: "Data da publicação", "Tarehe:"."""
    words = _words(text) if len(text) <= _MAX_LABEL else frozenset()
    return words <= _WORDS_BESIDE_DAYS and not words.isdisjoint(_LABEL_WORDS)


def _words(text: str) -> frozenset[str]:
    return frozenset(map(str.casefold, _WORD.findall(text)))


def is_date_alone(text: str) -> bool:
    """Return whether a text is a date without other words."""
    found = find_date(text, None)
    return found is not None and not any(map(str.isalpha, text.replace(found.text, "", 1)))


def without_label_at_end(text: str) -> str:
    """Return a text before a date without the label of the date: "By N. Ereus. Published on" → "By N. Ereus. "."""
    return _LABEL_AT_END.sub("", text)


def without_day(text: str, language: str | None) -> str:
    """Return a text without its first date, its label, and the point or time of day after it."""
    date = find_date(text, language)
    if date is None:
        return text
    before, _, after = text.partition(date.text)
    # A Hungarian date ends with a point: "2019. november 14."
    return f"{without_label_at_end(before)} {_TIME_OF_DAY.sub('', after.removeprefix('.'))}"


@cached_for_short_texts  # several rules ask this of the same line
def prints_only_days(text: str) -> bool:
    """Return whether a text has only days, times, their labels and buttons; at most `_MAX_DAYS` days in words."""
    rest = NUMERIC_DAY.sub(" ", text)
    for _ in range(_MAX_DAYS):
        if (date := find_date(rest, None)) is None:
            break
        rest = rest.replace(date.text, " ", 1)
    beside = _BESIDE_DAYS.sub(" ", rest)
    if not any(map(str.isalnum, beside)):
        return True
    return not any(map(str.isdecimal, beside)) and (
        _words(beside) <= _WORDS_BESIDE_DAYS or _words(rest) <= _WORDS_BESIDE_DAYS
    )


class PublicationDate(msgspec.Struct, frozen=True):
    """The publication date, the line that prints it or None, and the rule that found it.

    `is_of_change` tells that this is the day of the last change.
    """

    date: FoundDate
    line: Line | None
    rule: str
    is_of_change: bool = False

    @property
    def own_line(self) -> Line | None:
        """The line, unless it has other words than the date, its label and the time."""
        if self.line is None:
            return None
        texts = (self.line.text, spaced_text(self.line))
        is_alone = any(prints_only_days(text.replace(self.date.text, " ", 1)) for text in texts)
        return self.line if is_alone else None


class _Vote(msgspec.Struct, frozen=True):
    """A date that `rule` found, its weight, and whether it is within a sentence of the text."""

    date: FoundDate
    weight: float
    line: Line | None
    rule: str
    in_sentence: bool = False


def find_publication_date(
    page: PageAnalysis,
    metadata: PageMetadata,
    keep: Sequence[bool],
    address: str | None = None,
) -> PublicationDate | None:
    """Return the day with the most votes, as printed if possible; None if no day has `_MIN_VOTES`.

    `keep` tells which lines are text; `address` is used if the metadata name no URL. The printed day of a change needs
    no `_MIN_VOTES`. It counts only if the page has no other date, or in the place of the publication date.
    """
    title = page.title_line
    found = [vote for vote in _metadata_votes(metadata, address) if not _is_default_day(vote, page, metadata)]
    language = _language_of_days(page, keep, found, metadata.language, metadata.url or address or "")
    printed = [_in_declared_order(vote, found) for vote in _printed_votes(page, keep, title, language)]
    declared = [_in_printed_time_zone(vote, printed) for vote in found]
    days = _sum_votes(declared, printed)
    if max(days.values(), default=0.0) < _MIN_VOTES:
        declared += _script_votes(metadata)
        days = _sum_votes(declared, printed)
    shown = {vote.date.day for vote in printed} - _declared_changes(metadata)
    best = max(days, key=lambda day: (days[day], day in shown, -day.toordinal()), default=None)
    if best is None or days[best] < _MIN_VOTES:
        at_title = _lines_at_title(page, title)
        lines = ((vote, vote.line) for vote in printed if vote.line is not None and vote.line.index in at_title)
        own = [vote for vote, line in lines if line.box.element.tag != "figcaption"]
        return _day_of_change(declared, printed) or _change_in_place_of_date(page, declared, own, title)
    if change := _change_in_place_of_date(page, declared, _facts(page, printed, title, language), title):
        return change
    votes = [vote for vote in (*declared, *printed) if vote.date.day == best]
    chosen = max(votes, key=lambda vote: (vote.line is not None, vote.weight))
    is_of_record = chosen.line is None and chosen.rule not in _ISSUED_RULES
    if is_of_record and page.declared_type != "article" and _is_kept_up_to_date(metadata, best):
        return None
    if chosen.line is title and title is not None:
        chosen = next((vote for vote in votes if _is_alone_beside(vote, title)), chosen)
    is_of_change = chosen.rule == _CHANGED_RULE and not any(vote.date.day == best for vote in declared)
    return PublicationDate(chosen.date, chosen.line, chosen.rule, is_of_change=is_of_change)


def _facts(page: PageAnalysis, printed: Sequence[_Vote], title: Line | None, language: str | None) -> Sequence[_Vote]:
    """Return the votes of `printed`; on a Japanese page, only those above the text.

    Japanese texts often begin with the day of an event, which would hide the day of a change.
    """
    if title is None or re.split("[-_]", (language or "").lower())[0] != "ja":
        return printed
    below = page.lines[title.index + 1 :]
    start = next((line.index for line in below if page.is_prose(line)), len(page.lines))
    return [vote for vote in printed if vote.line is None or vote.line.index < start]


def _is_alone_beside(vote: _Vote, title: Line) -> bool:
    """Return whether a day stands alone in a line close to the title."""
    is_near = vote.line is not None and 0 < abs(vote.line.index - title.index) <= _LINES_TO_DAY
    return is_near and vote.line is not None and prints_only_days(vote.line.text)


def _day_of_change(declared: Sequence[_Vote], printed: Sequence[_Vote]) -> PublicationDate | None:
    """Return the printed day of a change, if the page has no other day.

    Of 20 such days, 13 are the annotated date: 7 of 10 on declared articles, 6 of 10 on others.
    """
    changes = [vote for vote in printed if vote.rule == _CHANGED_RULE]
    if not changes or len({vote.date.day for vote in (*declared, *printed)}) > 1:
        return None
    return PublicationDate(changes[0].date, changes[0].line, _CHANGED_RULE, is_of_change=True)


def _change_in_place_of_date(
    page: PageAnalysis, declared: Sequence[_Vote], printed: Sequence[_Vote], title: Line | None
) -> PublicationDate | None:
    """Return the day of a change that is printed above the text, in the place of the day of publication.

    All 12 such days of annotated pages are right; on pages with a day by `_KNOWN_RULES`, only 2 of 20 are.
    """
    is_known = any(vote.rule in _KNOWN_RULES for vote in declared)
    changes = [vote for vote in printed if vote.rule == _CHANGED_RULE]
    if is_known or title is None or len({vote.date.day for vote in printed}) != 1 or len(changes) != len(printed):
        return None
    change = changes[0]
    is_in_place = change.line is not None and change.line.index in _lines_at_title(page, title)
    return PublicationDate(change.date, change.line, _CHANGED_RULE, is_of_change=True) if is_in_place else None


def _lines_at_title(page: PageAnalysis, title: Line | None) -> range:
    """Return the indices of the headline, the lines down to the prose, and perhaps the line above."""
    prose = next((line for line in page.lines[title.index + 1 :] if page.is_prose(line)), None) if title else None
    if title is None or prose is None:
        return range(0)
    around = title.box.self_and_ancestors(_MAX_BLOCKS_AROUND_TITLE)
    is_above = any(box.first < title.index and box.element.tag != "body" for box in around)
    return range(title.index - is_above, prose.index)


def _language_of_days(
    page: PageAnalysis, keep: Sequence[bool], declared: Sequence[_Vote], language: str | None, address: str
) -> str | None:
    """Return the language whose order of day and month the page uses, as in 4/5/2031.

    Sources, in order: the declared `language`; the language of the text, unless English; a number above 12; a day that
    is also in words or metadata; the country in `address`.
    """
    is_sure = (language or "").lower() not in _UNSURE_LANGUAGES
    if is_sure or not any(may_have_date(line.text) and NUMERIC_DAY.search(line.text) for line in page.lines):
        return language
    written = detect_language(" ".join(line.text for line in page.lines if keep[line.index]))
    if written not in {None, "en"}:
        return written
    numbers = {each for line in page.lines for each in dates_of_unknown_order(line.text)}
    written_out = (find_date(line.text) for line in page.lines if may_have_date(line.text))
    known = [*(vote.date for vote in declared), *(each for each in written_out if each is not None)]
    days = {(each.day.year, each.day.month, each.day.day) for each in known if each.day}
    day_first = {each for each in numbers if each[0] > 12 >= each[1]}
    month_first = {each for each in numbers if each[1] > 12 >= each[0]}
    if not day_first and not month_first:
        day_first = {each for each in numbers if (each[2], each[1], each[0]) in days}
        month_first = {each for each in numbers if (each[2], each[0], each[1]) in days}
    if bool(day_first) != bool(month_first):
        return DAY_FIRST_LANGUAGE if day_first else MONTH_FIRST_LANGUAGE
    domain = (url_host(address) or "").rpartition(".")[2]
    if domain in _MONTH_FIRST_DOMAINS:
        return MONTH_FIRST_LANGUAGE
    is_country = len(domain) == 2 and domain not in _UNSURE_DOMAINS
    return DAY_FIRST_LANGUAGE if is_country else language


def _in_declared_order(vote: _Vote, declared: Sequence[_Vote]) -> _Vote:
    """Return a printed vote, with day and month swapped if the metadata have that day."""
    printed = vote.date.day
    if printed is None or not NUMERIC_DAY.fullmatch(vote.date.text):
        return vote
    swapped = (printed.year, printed.day, printed.month)
    days = (other.date.day for other in declared if other.date.day is not None)
    same = next((day for day in days if (day.year, day.month, day.day) == swapped), None)
    return vote if same is None else msgspec.structs.replace(vote, date=FoundDate(vote.date.text, same))


def _in_printed_time_zone(vote: _Vote, printed: Sequence[_Vote]) -> _Vote:
    """Return a vote of metadata, with the printed day if the two are one day apart: metadata can be in UTC."""
    sure = [other for other in printed if not other.in_sentence and other.weight >= _MIN_VOTES]
    near = [other for other in sure if _is_printed(other.date, vote.date)]
    if vote.rule == _ADDRESS_RULE or not near or any(other.date.day == vote.date.day for other in sure):
        return vote
    return msgspec.structs.replace(vote, date=max(near, key=lambda each: each.weight).date)


def _sum_votes(declared: Sequence[_Vote], printed: Sequence[_Vote]) -> dict[dt.date, float]:
    """Return the sum of votes for each day.

    Further votes of metadata count 0.2, since sites fill all fields from one value; further printed ones count 0.5.
    """
    days: dict[dt.date, float] = {}
    for votes, further in ((declared, 0.2), (printed, 0.5)):
        by_day: dict[dt.date, list[float]] = {}
        for vote in votes:
            if vote.date.day is not None:
                by_day.setdefault(vote.date.day, []).append(vote.weight)
        for day, weights in by_day.items():
            days[day] = days.get(day, 0.0) + max(weights) + further * (sum(weights) - max(weights))
    return days


# --- votes of metadata


def _metadata_votes(metadata: PageMetadata, address: str | None) -> Iterator[_Vote]:
    """Yield the votes of JSON-LD, at most two `meta` elements, a marked `time` and the address."""
    seen: set[str] = set()
    for item in metadata.items:
        if _NON_ARTICLE_TYPES & set(item_types(item)):
            continue
        for name, weight in _JSON_LD_WEIGHTS:
            if name not in seen and (vote := _machine_vote(item.get(name), weight, f"JSON-LD {name}")):
                seen.add(name)
                yield vote
    metas = [
        vote
        for name, weight in _META_WEIGHTS.items()
        if (vote := _machine_vote(metadata.metas.get(name), weight, f"meta {name}"))
    ]
    yield from metas[:2]
    if vote := _machine_vote(metadata.published_time, _TIME_WEIGHT, "itemprop datePublished"):
        yield vote
    url = metadata.url or address or ""
    if match := _ADDRESS_DATE.search(url) or _ADDRESS_MONTH.search(url):
        day = find_date("-".join(match.groups()))
        if day:
            yield _Vote(day, _ADDRESS_WEIGHT, None, _ADDRESS_RULE)


def _is_kept_up_to_date(metadata: PageMetadata, created: dt.date) -> bool:
    """Return whether the metadata say that the page was changed long after its creation."""
    return any(day - created >= _KEPT_UP_TO_DATE for day in _declared_changes(metadata))


def _is_default_day(vote: _Vote, page: PageAnalysis, metadata: PageMetadata) -> bool:
    """Return whether a declared 1 January is a default of a template: long before the change, not printed."""
    day = vote.date.day
    if day is None or (day.month, day.day) != (1, 1):
        return False
    is_old = _is_kept_up_to_date(metadata, day)
    year = str(day.year)
    return is_old and not any(year in line.text and _prints(line.text, day) for line in page.lines)


def _prints(text: str, day: dt.date) -> bool:
    found = find_date(text)
    return found is not None and found.day == day


def _declared_changes(metadata: PageMetadata) -> frozenset[dt.date]:
    """Return the days of the last change in the metadata."""
    changes = (find_date((metadata.metas.get(name) or "")[:40]) for name in _CHANGE_METAS)
    return frozenset(change.day for change in changes if change is not None and change.day is not None)


def _machine_vote(value: object, weight: float, rule: str) -> _Vote | None:
    """Return the vote of a metadata field; 5/4/2031 is read with the month first."""
    if not isinstance(value, str) or not value.strip():
        return None
    text = re.sub(r"^([0-9]{4})([0-9]{2})([0-9]{2})", r"\1-\2-\3", value.strip())
    date = find_date(text[:60], MONTH_FIRST_LANGUAGE if re.match(r"[0-9]{1,2}/[0-9]{1,2}/", text) else None)
    if date is None or date.day is None or date.day.year <= _MAX_PLACEHOLDER_YEAR:
        return None
    return _Vote(date, weight, None, rule)


def _script_votes(metadata: PageMetadata) -> Iterator[_Vote]:
    """Yield a vote for the only day in the scripts; several days belong to several stories."""
    days = {day for script in metadata.scripts for day in _SCRIPT_DATE.findall(script)}
    if len(days) == 1 and (vote := _machine_vote(days.pop(), _SCRIPT_WEIGHT, "program data")):
        yield vote


# --- votes of printed dates


def _printed_votes(
    page: PageAnalysis, keep: Sequence[bool], title: Line | None, language: str | None
) -> Iterator[_Vote]:
    """Yield the votes of dates near the headline, or failing these, of dates marked or labelled elsewhere."""
    first = next((line.index for line in page.lines if keep[line.index]), 0)
    text_start = next((line.index for line in page.lines if keep[line.index] and not line.is_heading), first)
    start = title.index if title is not None else first
    above = max(0, min(start, first) - _LINES_ABOVE)
    below = max(start, min(first, start + _MAX_LINES_TO_TEXT)) + _LINES_BELOW
    found, is_sure = 0, False
    # The nearest lines come first. Of two, the one below comes first: dates above often belong to other stories.
    near = sorted(page.lines[above:below], key=lambda line: (abs(line.index - start), line.index < start))
    by_line = {
        line.index: _line_vote(line, language, _label_above(page, line), is_title=line is title) for line in near
    }
    facts = _lines_of_facts(by_line.values())
    diary = frozenset(day.index for line in near if heads_day(line, page) for day in (line, *_days_alike(line, page)))
    entries = days_of_entries(page) | frozenset(index for index in _days_below_links(page) if index > text_start)
    for line in near:
        vote = by_line[line.index]
        if vote is not None and vote.line not in facts and line.index not in entries:
            is_near = abs(line.index - start) <= 4 or abs(line.index - first) <= 1
            distance = 1.0 if is_near or (not found and prints_only_days(line.text)) else 0.8
            is_other = line.box.ancestor_traits & _OTHER_STORY_TRAITS or _is_in_teaser(line, page)
            is_foreign = _is_in_linked_story(line, page) or _is_in_quotation(line, text_start)
            other_story = (line.index > first + _LINES_AFTER_START and is_other) or is_foreign
            if line.index in diary:
                place = 0.3
            elif other_story:
                place = 0.3 if vote.rule == _PRINTED_AS_PUBLISHED_RULE else 0.15
            else:
                place = 0.6 if line.box.chrome else 1.0
            weight = vote.weight * 0.75**found * distance * place
            yield msgspec.structs.replace(vote, weight=weight)
            found += 1
            is_sure = is_sure or weight >= _MIN_VOTES
    if not found:
        yield from islice(_remote_votes(page, language, entries), 1)
    if not is_sure:
        yield from islice(_labelled_votes(page, language), 1)


def _remote_votes(page: PageAnalysis, language: str | None, entries: frozenset[int]) -> Iterator[_Vote]:
    """Yield votes of lines marked as dates anywhere, except days of lists, such as events."""
    votes: list[tuple[Line, _Vote]] = []
    days: dict[tuple[str, str | None], set[dt.date | None]] = {}
    for line in page.lines:
        if (
            len(line.text) <= _MAX_DATE_LINE
            and not line.box.chrome
            and line.index not in entries
            and any(_read_date_marks(line)[:2])
            and not _is_in_teaser(line, page)
            and (vote := _line_vote(line, language, _label_above(page, line)))
        ):
            votes.append((line, vote))
            if _is_in_row(line, page):
                days.setdefault(line.box.signature, set()).add(vote.date.day)
    for line, vote in votes:
        is_published = vote.rule == _PRINTED_AS_PUBLISHED_RULE
        is_of_list = _is_in_row(line, page) and len(days[line.box.signature]) >= _MIN_ENTRIES
        if is_published or not is_of_list:
            weight = vote.weight * (1.0 if is_published else 0.5)
            yield msgspec.structs.replace(vote, weight=weight, rule="printed on the page")


def _is_in_row(line: Line, page: PageAnalysis) -> bool:
    """Return whether a line without links is in one of several boxes that are alike.

    In a forum, the day of a post stands beside a link to its author.
    """
    boxes = line.box.self_and_ancestors(_MAX_LEVELS_TO_ROW)
    return not line.links and any(box in page.repeated_boxes for box in boxes)


def _labelled_votes(page: PageAnalysis, language: str | None) -> Iterator[_Vote]:
    """Yield votes of days beside a term such as "Publication date", anywhere on the page."""
    for line in page.lines:
        if (
            (_box_of_value(line).element.tag == "dd" or _is_paired(line, page))
            and not line.box.chrome
            and printed_day(line.text)
            and prints_only_days(line.text)
        ):
            vote = _line_vote(line, language, _label_above(page, line))
            if vote is not None and vote.rule == _PRINTED_AS_PUBLISHED_RULE and not _is_in_teaser(line, page):
                yield msgspec.structs.replace(vote, rule="printed on the page")


def _is_paired(line: Line, page: PageAnalysis) -> bool:
    """Return whether a line is the value in an `li` of only a label and a value.

    A list with times of day, such as "10:30", tells of an event.
    """
    item = line.box.parent
    if item is None or item.element.tag != "li" or (item.first, item.last) != (line.index - 1, line.index + 1):
        return False
    facts = page.lines[item.parent.first : item.parent.last][:_MAX_FACTS] if item.parent is not None else ()
    return not any(_TIME_OF_DAY.match(each.text) for each in facts)


def _label_above(page: PageAnalysis, line: Line) -> str:
    """Return the short line right above `line` in its block, such as "Last updated", or ""."""
    above = page.lines[line.index - 1] if line.index else None
    block = _box_of_value(line).parent
    is_beside = above is not None and not above.link_density and block is not None and block.contains_line(above)
    is_label = is_beside and above is not None and len(above.text) <= _MAX_LABEL and printed_day(above.text) is None
    return above.text if is_label and above is not None else ""


def _lines_of_facts(votes: Iterable[_Vote | None]) -> list[Line]:
    """Return the lines of lists of facts that have a label and a date: "Founded: 4 May 2031"."""
    by_block: dict[ElementBox | None, list[_Vote]] = {}
    for vote in votes:
        if vote is not None and vote.line is not None and vote.rule != _PRINTED_AS_PUBLISHED_RULE:
            before = vote.line.text.partition(vote.date.text)[0]
            if _LABEL.fullmatch(before):
                by_block.setdefault(vote.line.box.parent, []).append(vote)
    lists = (each for each in by_block.values() if len({vote.date.day for vote in each}) > 1)
    return [vote.line for each in lists for vote in each if vote.line is not None]


def _is_in_teaser(line: Line, page: PageAnalysis) -> bool:
    """Return whether a line is in a small block that mostly links to another page."""
    title = page.title_line
    boxes = line.box.self_and_ancestors(_MAX_TEASER_LEVELS)
    return any(
        box.size <= _MAX_TEASER and box.linked_size * 2 > box.size and not (title and box.contains_line(title))
        for box in boxes
    )


def _is_in_linked_story(line: Line, page: PageAnalysis) -> bool:
    """Return whether a line is in a small `article` or `aside` with a linked heading."""
    title = page.title_line
    for box in line.box.self_and_ancestors(_MAX_TEASER_LEVELS):
        if box.element.tag in {"article", "aside"} and box.size <= _MAX_TEASER:
            lines = page.lines[box.first : box.last]
            return title not in lines and any(each.is_heading and each.is_link for each in lines)
    return False


def days_of_entries(page: PageAnalysis) -> frozenset[int]:
    """Return the indices of lines that print the days of entries of a list, each right below a linked heading.

    The headings differ, unlike those of answers in a forum.
    """
    title = page.title_line
    entries: dict[tuple[str, str | None], dict[str, int]] = {}
    for heading, line in pairwise(page.lines):
        if heading.is_heading and heading.is_link and heading is not title and not line.is_heading:
            day = printed_day(line.text) if len(line.text) <= _MAX_DATE_LINE else None
            if day is not None:
                entries.setdefault(line.box.signature, {}).setdefault(heading.text, line.index)
    return frozenset(index for each in entries.values() if len(each) >= _MIN_ENTRIES for index in each.values())


def heads_day(line: Line, page: PageAnalysis) -> bool:
    """Return whether a line heads a day in a diary, a text that tells what happened on each day."""
    days = list(islice(_days_alike(line, page), _MIN_FURTHER_DAYS)) if _is_short_day(line) else []
    return len(days) == _MIN_FURTHER_DAYS and any(map(page.is_prose, page.lines[line.index + 1 : days[0].index]))


def _days_alike(line: Line, page: PageAnalysis) -> Iterator[Line]:
    """Yield the lines below `line` in its block, of its tag and class, with only a day."""
    block = line.box.parent
    if block is not None:
        below = page.lines[line.index + 1 : min(block.last, line.index + _LINES_TO_DAYS)]
        alike = (each for each in below if each.box.parent is block and each.box.signature == line.box.signature)
        yield from filter(_is_short_day, alike)


def _is_short_day(line: Line) -> bool:
    return len(line.text) <= _MAX_DAY_OF_DIARY and is_day(line.text)


def _days_below_links(page: PageAnalysis) -> frozenset[int]:
    """Return the indices of days of entries, each just below a long link; a short one may name an author."""
    days: dict[tuple[str, str | None], dict[str, int]] = {}
    for link in page.lines:
        if link.size >= _MIN_LINK_OF_ENTRY and link.is_link:
            for line in page.lines[link.index + 1 : link.index + 1 + _LINES_TO_LINK]:
                if len(line.text) <= _MAX_DATE_LINE and printed_day(line.text) is not None:
                    days.setdefault(line.box.signature, {}).setdefault(link.text, line.index)
    return frozenset(index for each in days.values() if len(each) >= _MIN_ENTRIES for index in each.values())


def _is_in_quotation(line: Line, text_start: int) -> bool:
    """Return whether a line is in a `blockquote` within the text, such as a post of a social network.

    Some old pages indent the whole document as a `blockquote`.
    """
    boxes = line.box.self_and_ancestors(_MAX_TEASER_LEVELS)
    return any(box.element.tag == "blockquote" and box.first > text_start for box in boxes)


def _line_vote(line: Line, language: str | None, label: str, *, is_title: bool = False) -> _Vote | None:
    """Return the vote of a line that prints a date or begins with a dateline.

    `label` is the short line above. A title counts less: it may name the day of a law or meeting.
    """
    has_time, has_class, marked_date = _read_date_marks(line)
    text = _without_day_of_validity(_date_text(line, language), language)
    date = find_date(text, language)
    if date is None and len(line.text) <= _MAX_DATE_LINE:
        date = find_date(text := spaced_text(line), language)
    date = _in_marked_order(text, date, marked_date)
    unprinted = marked_date is not None and not _is_printed(date, marked_date)
    if unprinted and marked_date is not None and len(line.text) <= _MAX_DATE_LINE:
        date = marked_date
    if date is None or date.day is None:
        return None
    rest = _NOTE_OF_CHANGE.sub("", text.replace(date.text, "", 1))
    weight = _PRINTED_WEIGHT + 0.9 * has_time + 0.5 * has_class
    weight += 0.8 if len(rest) < 25 and len(line.text) <= _MAX_DATE_LINE else 0.0
    before = (text[: text.find(date.text)] if date.text in text else text).replace(_SOFT_HYPHEN, "")
    rule = _PRINTED_RULE
    words = before if any(map(str.isalpha, before)) else label
    if _STILL_VALID.search(words):
        return None
    after = text.partition(date.text)[2]
    prose = len(rest) > 70
    is_at_end = _BEFORE_DATE_AT_END.search(before) is not None and not any(
        map(str.isalnum, text[len(before) + len(date.text) :])
    )
    dateline = _SOURCE_IN_BRACKETS.sub("", before) if _AFTER_DATELINE.match(after) else before
    in_sentence = len(dateline) > _MAX_BEFORE_DATE and (prose or ends_sentence(text)) and not is_at_end
    tells_of_day = prose and _ON_THE_DAY.fullmatch(before) is not None
    begins_prose = prose or len(line.text) > _MAX_DATE_LINE
    if begins_prose and date.day.year <= _MAX_PLACEHOLDER_YEAR and (in_sentence or _ON_THE_DAY.fullmatch(before)):
        return None
    tells_of_period = (
        _TELLS_OF_PERIOD.search(before) or _ends_period(before, date.day) or _begins_period(after, language)
    )
    is_sentence = begins_prose or (ends_sentence(line.text) and any(map(str.isalpha, after)))
    if tells_of_period or (is_sentence and (_IN_FORCE.fullmatch(before) or _is_in_brackets(before, after))):
        weight *= _WEAK_SHARE
    elif _DRAFTED.search(words):
        weight *= _DRAFTED_SHARE
    elif (_names_publication(words) and not in_sentence) or (_is_value(line) and _names_publication(label)):
        weight += 0.6
        rule = _PRINTED_AS_PUBLISHED_RULE
    elif _is_caption(line, rest):
        weight *= _WEAK_SHARE
    elif _NOT_PUBLISHED.search(before or label) or _has_class_of_change(line) or _is_fact(line, before, label):
        weight *= _WEAK_SHARE
        if not line.box.chrome and (CHANGED.search(before or label) or _has_class_of_change(line)):
            rule = _CHANGED_RULE
    is_in_title = is_title and any(map(str.isalpha, before)) and not _BEFORE_DATE_AT_END.search(before)
    weight -= 0.5 * (line.link_density > 0.5) + 0.4 * (prose + tells_of_day) + 1.6 * unprinted + 1.6 * in_sentence
    weight -= 1.0 * is_in_title
    return _Vote(date, weight, line, rule, in_sentence) if weight > 0 else None


def _is_in_brackets(before: str, after: str) -> bool:
    """Return whether a day is in brackets within a sentence: "Order 13 (9 May 2031) says"."""
    return before.endswith("(") and after.startswith(") ") and after[2:3].islower()


def _in_marked_order(text: str, date: FoundDate | None, marked: FoundDate | None) -> FoundDate | None:
    """Return the date of `text` in the order of day and month that gives the marked day, else `date`."""
    if marked is None or _is_printed(date, marked):
        return date
    orders = (find_date(text, language) for language in (DAY_FIRST_LANGUAGE, MONTH_FIRST_LANGUAGE))
    return next((each for each in orders if _is_printed(each, marked)), date)


def _without_day_of_validity(text: str, language: str | None) -> str:
    """Return `text` without a day of validity before another day: "Still valid on 9 May. Published on 4 May"."""
    validity = _STILL_VALID.search(text)
    day = find_date(text[validity.end() :], language) if validity else None
    rest = text[validity.end() :].partition(day.text)[2] if validity and day else ""
    return rest if find_date(rest, language) else text


def _begins_period(after: str, language: str | None) -> bool:
    """Return whether a text after a day begins with the end of a period: "to 9 May"."""
    words = _UP_TO_DAY.match(after)
    last = find_date(after[words.end() :], language) if words else None
    return words is not None and last is not None and after.startswith(last.text, words.end())


def _ends_period(before: str, day: dt.date) -> bool:
    """Return whether a day ends a period, as in "2 - 4 May", unlike "COP 28 - 4 May" or "Release 12 – 14 May"."""
    first = _FIRST_DAY.search(before)
    if first is None or int(first[1]) >= day.day:
        return False
    words = before[: first.start()].split()[-1:]
    return not (words and names_number(f"{words[0]} {first[1]}"))


def _is_printed(date: FoundDate | None, marked: FoundDate) -> bool:
    """Return whether a printed date is at most one day from the marked one, which may be in UTC."""
    if date is None or date.day is None or marked.day is None:
        return False
    return abs(date.day - marked.day) <= _TIME_ZONES


def _is_caption(line: Line, rest: str) -> bool:
    """Return whether a line describes a photo, and so names its day; `rest` lacks the day."""
    element = line.box.element
    is_named = element.tag == "figcaption" or names_caption(f"{element.get('class') or ''} {element.get('id') or ''}")
    characters = _MIN_FIGCAPTION if element.tag == "figcaption" else _MIN_CAPTION
    return len(rest) >= characters and (is_named or describes_photo(line.text))


def _is_fact(line: Line, before: str, label: str) -> bool:
    """Return whether the label of a date in a table or list names another day, such as "Founded"."""
    words = before if line.box.data_table is not None else label if _is_value(line) and not before else ""
    return any(map(str.isalpha, words)) and not _names_publication(words)


def _names_publication(label: str) -> bool:
    """Return whether words before a date name it as the day of publication, unlike "Closing date"."""
    if _DEADLINE.search(label):
        return False
    return _PUBLISHED.search(label) is not None or labels_publication(label)


def _is_value(line: Line) -> bool:
    """Return whether a line is the value of a fact, with its label in the cell or term before."""
    element = _box_of_value(line).element
    return element.tag in {"td", "dd"} and element.getprevious() is not None


def _box_of_value(line: Line) -> ElementBox:
    """Return the `dd` that begins with a line, or else the box of the line."""
    boxes = line.box.self_and_ancestors(_MAX_LEVELS_TO_VALUE)
    return next((box for box in boxes if box.element.tag == "dd" and box.first == line.index), line.box)


def _has_class_of_change(line: Line) -> bool:
    """Return whether an element around a line is named after changes, as in "views-field-changed"."""
    return any(
        _UPDATED_CLASS.search((element.get("class") or "").lower()) or element.get("itemprop") == "dateModified"
        for text_node in line.text_nodes
        for element in islice(_enclosing_elements(text_node), _MAX_NAMED_LEVELS)
    )


def _enclosing_elements(text_node: TextNode) -> Iterator[LxmlElement]:
    parent = parent_of(text_node)
    if parent is not None:
        yield parent
        yield from parent.iterancestors()


def _is_struck(text_node: TextNode) -> bool:
    """Return whether an element strikes out a text: a struck date is no longer valid."""
    return any(element.tag in STRUCK for element in islice(_enclosing_elements(text_node), _MAX_NAMED_LEVELS))


def _date_text(line: Line, language: str | None) -> str:
    """Return the part of a block to search for its date: a date alone between two `br`, else the text or its start."""
    if any(map(_is_struck, line.text_nodes)):
        valid = " ".join("".join(text_of_node(node) for node in line.text_nodes if not _is_struck(node)).split())
        return valid if len(valid) <= _MAX_DATE_LINE else valid[:_MAX_DATELINE]
    printed = printed_lines(line)[1:_MAX_PRINTED_LINES] if line.breaks else []
    alone = (each for each in printed if (date := find_date(each, language)) and len(each) <= len(date.text) + 2)
    source = _SOURCE_IN_BRACKETS.search(line.text[: 2 * _MAX_DATELINE])
    end = _MAX_DATELINE + (source.end() - source.start() if source and source.start() < _MAX_DATELINE else 0)
    return next(alone, line.text if len(line.text) <= _MAX_DATE_LINE else line.text[:end])


def _read_date_marks(line: Line) -> tuple[bool, bool, FoundDate | None]:
    """Return whether markup calls a line a time, whether a class names a date, and the marked date."""
    has_time, has_class, value = False, False, None
    for text_node in line.text_nodes:
        parent = parent_of(text_node)
        for element in (parent, parent.getparent() if parent is not None else None):
            if element is None:
                continue
            if element.tag == "time" or element.get("itemprop", "").lower() == "datepublished":
                has_time, value = True, value or element.get("datetime") or element.get("content")
            has_class = has_class or bool(_DATE_CLASS.search(element.get("class", "").lower()))
    date = find_date(value[:40]) if value else None
    return has_time, has_class, date if date is not None and date.day is not None else None
