"""Recognises names of sections, offices and kinds of documents, which pages print above or instead of their title."""

from __future__ import annotations

import re

from readout_pub.short_text_cache import cached_for_short_texts

_PAGE_HEADING = (
    r"(?:(?:news|article|press release|media|event) )?details?|news item"
    r"|dettagli[oa](?: (?:comunicato|notizia|evento|news))?|detalle(?: de (?:la )?(?:noticia|nota))?"
    r"|detalhes? da (?:notícia|nota)|haber detayı|chi tiết (?:tin|bài viết)|szczegóły (?:aktualności|wiadomości)"
    r"|(?:보도자료|공지사항|뉴스) ?상세(?:보기)?|新闻详情|详细(?:信息|内容)?|تفاصيل(?: الخبر)?|подробн(?:о|ости|ее)"
)
"""Headings that a site prints on all pages of documents."""
_SECTION = re.compile(
    r"(?:(?!(?:our|and|&)$)"
    r"(?:(?:latest|all|our|official|public|media|press|news|statements?|releases?|advisor(?:y|ies)|speeches|remarks"
    r"|events?|announcements?|publications|updates?|briefings?|transcripts|readouts|interviews|articles|features"
    r"|bilateral|multilateral"
    r"|stories"
    r"|notices|bulletins|documents|photos|videos|and|&)(?:,?\s|$)){1,6}"
    r"|(?:the )?(?:latest |all |our )?(?:(?:press|media|news)[ -]?(?:releases?|room|statements?|centre|center)?"
    r"|(?:press |media )?(?:releases|statements|speeches|readouts|remarks|transcripts|articles|publications|documents)"
    r"|speeches (?:and|&) statements|statements (?:and|&) (?:speeches|releases)|news (?:and|&) (?:events|media|press)"
    rf"|{_PAGE_HEADING}|noticia|новость"
    r"|(?:publicador|visor) de contenidos?(?: web)?|asset publisher|web content (?:display|viewer)"
    r"|news ?flash(?:es)?|newsroom|what's new|announcements|press office|blog)"
    r"|presse(?:mitteilung(?:en)?|meldung(?:en)?|information(?:en)?|portal|stelle)?"
    r"|medien(?:mitteilung(?:en)?|information(?:en)?)?|nachrichten|meldung(?:en)?|aktuelle[sn]?|neuigkeiten|reden"
    r"|actualités?|communiqués?(?: de presse)?|espace presse|salle de presse|discours|déclarations"
    r"|declaraciones|intervenciones|entrevistas|declarações|dichiarazioni|interventi|discorsi"
    r"|boletín(?: de prensa)?|boletines(?: de prensa)?"
    r"|noticias|comunicados?(?: de prensa)?|notas? de prensa|sala de prensa|prensa|discursos"
    r"|notícias|notas? à imprensa|comunicati(?: stampa)?|notizie|sala stampa"
    r"|(?:ال)?أخبار|(?:ال)?بيانات(?: (?:ال)?صحفية)?|المركز الإعلامي|aktualności|komunikaty|wiadomości|haberler|nieuws"
    r"|новости|пресс-релизы|пресс-служба|выступления|报道|新闻|要闻|新闻发布|外交部新闻|報道発表|報道資料|お知らせ"
    r"|新着情報|הודעות(?: לעיתונות)?|חדשות|ข่าว(?:ประชาสัมพันธ์)?|tin tức|berita|siaran pers|νέα|ανακοινώσεις"
    r"|ανακοινωθέντα|δελτία τύπου|ομιλίες|συνεντεύξεις|δηλώσεις|duyurular|açıklamalar"
    r"|aktuality|novinky|tin đối ngoại|vesti|vijesti|saopštenja|priopćenja|саопштења|новини|жаңалықтар|хабарламалар"
    r"|yangiliklar|zprávy|tiskové zprávy"
    r"|správy|hírek"
    r"|știri|comunicate(?: de presă)?|uudised|naujienos|pranešimai|ziņas|jaunumi|nyheter|pressmeddelanden"
    r"|pressemeldinger|nyheder"
    r"|pressemeddelelser|uutiset|tiedotteet|fréttir|新聞與公告|新聞稿|最新消息|公告|公示|通知公告|보도자료|보도·참고자료|외교소식|공지사항|알림|소식|뉴스)",
    re.IGNORECASE,
)
"""Sections of a site, such as "Press releases"; on the page of a document, the section is the series."""
_PAGE = re.compile(_PAGE_HEADING, re.IGNORECASE)
_OFFICE = re.compile(
    r"(?:the )?(?:federal |royal |state |cabinet )?"
    r"(?:(?:ministry|department|embassy|permanent mission|government|office|bureau)"
    r" (?:of|for) (?:(?!:)\S+ ){0,8}\S+"
    r"|(?-i:(?:[A-Z]\S* ){1,3}(?:Bureau|Ministry|Secretariat|Directorate))"
    r"|bundesministerium (?:für|der|des) .{3,80}|ministère (?:de|des|du) .{3,80}|ministerio de .{3,80}"
    r"|ministerie van .{3,80}|ministério d[aoe]s? .{3,80}|ministero de.{3,80}|министерство .{3,80}"
    r"|министарство .{3,80}|ministarstvo .{3,80}"
    r"|ministerstwo .{3,80}|міністерство .{3,80}|وزارة .{3,80}|.{3,80} bakanlığı"
    r"|.{3,80} (?:মন্ত্রণালয়|মন্ত্রণালয়|मंत्रालय|সচিবালয়|অধিদপ্তর)|.{2,40}minisztérium|.{2,40}ministeriö|.{2,40}ministeerium"
    r"|.{3,60} (?:министрлігі|vazirligi|სამინისტრო|նախարարություն)|.{2,40}ministri?ja|.{2,40}ministerija"
    r"|\S{0,12}(?:外交部|外務省|政府网)|\S{1,8}[省庁]|.{0,12}외교부|\S{1,5}[부청])",
    re.IGNORECASE,
)
"""Names of offices, which some offices use as the title of each page."""
_ISSUER = re.compile(
    r"(?-i:(?:[A-Z][\w’'-]* ){1,4}(?:Department|Ministry|Secretariat|Commission|Authority|Agency|Bureau|Office))"
    r"|(?:ministère|département|secrétariat|direction|préfecture|chancellerie) (?:de|des|du|d[’']\S{1,30}) .{3,80}"
    r"|(?:departement|direktion|ministerium|bundesamt|landesamt|amt|senatsverwaltung) (?:für|der|des) .{3,80}"
    r"|(?:der|die) (?:senator|minister|landrat|bürgermeister|beauftragte)(?:in|r)? (?:für|der|des) .{3,80}"
    r"|staatskanzlei|(?:conseller[ií]a|consejería|departamento?|ministerio?|secretar[ií]a|delegación) d[e’'].{3,80}"
    r"|(?:assessorato|dipartimento|ministero|ripartizione|prefettura) [ad]\S{1,5}\s?.{3,80}"
    r"|\S{3,40}(?:departementet|ministeriet|direktoratet)|.{2,60}(?:ráðuneytið|ministeriö)"
    r"|(?:міністерство|министерство|департамент|управління|управление|агентство) .{3,80}"
    r"|(?:departamentul|ministerul|direcția|consiliul) .{3,80}"
    r"|\S{1,12}(?:[부청과]|담당관)|[^\W\d]{2,16}(?:局|司|部|委员会|委員會|署|省|庁)",
    re.IGNORECASE,
)
"""More names of offices, for rows of facts such as "Ministry of Tides | 4 May 2031 | Speech". Many titles match too,
but such a row contains no title."""
NUMBER_SIGN = r"nro?|no|n[uú]m|n(?:\.?[º°]|\.|(?=\s))|№|αρ(?:ιθ)?|رقم|бр|br|số"
"""A pattern for the sign before the number of a document, such as "No." or "n°"."""

_KIND = re.compile(
    r"(?:speech|statement|remarks|readout|transcript|testimony"
    r"|(?:ministerial )?(?:press|news|media) (?:release|statement|note|briefing)|briefing notes?"
    r"|fact sheet|joint (?:press )?(?:statement|communiqué)|communiqué|guidance|media advisory"
    r"|rede|erklärung|aussendung|presseaussendung|interview|discours|déclaration|entretien|point de presse|intervention"
    r"|discurso|declaración|comunicado conjunto|entrevista|intervención|nota informativa|discorso|intervento|intervista"
    r"|comunicato(?: stampa)?|nota stampa|nota à imprensa|pronunciamento|пресс-релиз|заявление|выступление|интервью"
    r"|сообщение для (?:сми|прессы)|komunikat(?: prasowy)?|oświadczenie|tisková zpráva|persbericht|pressmeddelande"
    r"|pressemelding|nieuwsbericht|toespraak|tiedote|nyhet|közlemény|comunicat(?: de presă)?|thông cáo báo chí"
    r"|siaran pers|ανακοίνωση|δελτίο τύπου|הודעה(?: לעיתונות)?"
    r"|pressemeddelelse|basın açıklaması|報道資料|報道発表資料|記者発表(?:資料)?|会見記録|記者会見|보도참고자료"
    r"|nyhed|uutinen|uudis|novica|vijest|naujiena|știre|haber|новость|новина|вест|notícia|nieuws|debat|kronik"
    r"|tale(?:/innlegg)?|innlegg|tal|debattartikel|puhe|kõne|runa|kalba|řeč|projev|vystoupení|prejav|beszéd|interjú"
    r"|rozhovor"
    r"|govor|izjava|saopštenje(?: za javnost)?|intervju|саопштење(?: за јавност)?"
    r"|изјава|говор|(?:прес)?съобщени[ея]|изявление|реч"
    r"|conferință de presă|declarație|alocuțiune|ομιλία|συνέντευξη|δήλωση|ανακοινωθέν|konuşma|açıklama|duyuru"
    r"|pidato|pernyataan(?: pers)?|sambutan|kenyataan media|bài phát biểu|phát biểu|tuyên bố|แถลงการณ์|ข่าวสารนิเทศ"
    r"|คำกล่าว"
    r"|הודעת דוברות|הצהרה|נאום|讲话|声明|公报|谈话|談話|聲明|新聞稿|發言|演讲|记者会|例行记者会|記者會|挨拶|演説"
    r"|연설|성명|논평|대변인 논평|브리핑|기자회견|تصريح|كلمة|خطاب|مقابلة|بيان مشترك|بیانیه|سخنرانی|баспасөз хабарламасы"
    r"|мәлімдеме|пресс-брифинг|комментарий|брифинг|речь|заява|промова|виступ|коментар|pronouncement|joint statement"
    r"|(?:opening |closing )?remarks(?: to the press)?|keynote(?: speech| address)?|press availability|media alert"
    r"|tlačová správa|sajtóközlemény|(?:izjava|sporočilo|priopćenje) za javnost|priopćenje|прес-?рел[иі]з"
    r"|basın duyurusu|新闻公报|pressitea(?:de|ted)|pranešima(?:s|i) spaudai"
    r"|preses relīzes?|paziņojums presei|fréttatilkynning"
    r"|przemówienie|wystąpienie|declaração|dichiarazione|prohlášení|vyhlásenie|nyilatkozat|backgrounder|wywiad|circular|circulaire"
    r"|decree|décret|arrêté|verordnung|bekanntmachung"
    r"|questions (?:and|&) answers|q&a|fragen und antworten|questions et réponses|preguntas y respuestas"
    r"|notas? de prensa|comunicado de prensa|communiqué de presse"
    r"|(?:(?-i:[A-Z]{2,6}) )?statistical (?:release|bulletin)"
    r"|motion|health (?:advisory|alert)|hotuba|taarifa kwa (?:vyombo vya habari|umma)|prentsa-oharra|kamerbrief"
    r"|sentencing remarks|judgment|(?:press|news|daily|noon) briefing"
    r"|op-ed|notice|news story|policy paper|(?:oral|written)(?: ministerial)? statement|announcement|proclamation"
    r"|بيان(?: صحفي)?|خبر صحفي|प्रेस विज्ञप्ति|প্রেস (?:রিলিজ|বিজ্ঞপ্তি))"
    rf"(?:\s?(?:\(\d{{4}}\)\s)?(?:(?:{NUMBER_SIGN})\.?\s?)?(?:[A-Z]{{1,4}}[/-])?\d{{1,5}}(?:\s?/\s?\d{{2,4}})?)?",
    re.IGNORECASE,
)
"""Kinds of documents in the singular, perhaps with a number, as printed above the title."""
_NUMBER = re.compile(
    rf"(?:{NUMBER_SIGN}|release|第)?[.:]?\s?\d{{1,5}}(?:\s?[/-]\s?\d{{2,4}})?\s?[号號]?|"
    r"(?:19|20)\d{2}-(?:19|20)\d{2}/\d{1,5}|for immediate release|sperrfrist.{0,30}|\W*",
    re.IGNORECASE,
)
"""The number of a document, or its release time."""
_RELEASE_TIME = re.compile(
    r"(?:for (?:immediate )?release[:.]?|zur sofortigen (?:veröffentlichung|freigabe)"
    r"|pour (?:diffusion|publication) immédiate"
    r"|para (?:su )?(?:publicación|difusión) inmediata|para (?:divulgação|publicação) imediata"
    r"|per (?:la )?(?:pubblicazione|diffusione) immediata)(?:\s(?:no\.?\s)?\d{2,4}-\d{1,4})?",
    re.IGNORECASE,
)
_NUMBER_AT_END = re.compile(rf"(?<=\w) (?:(?:{NUMBER_SIGN})\.? ?)?\d{{1,5}}(?: ?/ ?\d{{2,4}})?$", re.IGNORECASE)
_AT_EDGES = " |•·,;–—-"
"""Signs that remain at the ends of a line without its date."""
_PART = re.compile(r"[|•·,;>：]|(?<=\s)/|/(?=\s)|(?<=\s)[–—-](?=\s)|:\s")
_SEPARATOR = re.compile(r"[|–—/&,<>]|:\s|(?<=\s)(?:-|and|und|et|y|e)(?=\s)")
_MAX_OFFICE = 60


KICKER_NAME = re.compile(
    r"kicker|overline|over-?title|eyebrow|dachzeile|roofline|spitzmarke|topline|top-?title|sur-?title|supertitle|"
    r"superheading|up-?title|r[ou]{1,3}-?titr|occhiello|volanta|cintillo|nadtytul|nadtitulek|nadnaslov|oberzeile|"
    r"^section$|govuk-caption|antetitulo|pre-?title|section-?name|series|rubri[ck]|pre-?heading|document-?type|news-?type",
    re.IGNORECASE,
)
"""Classes, ids, `itemprop` and `rel` of elements that print a kicker."""
CATEGORY_NAME = re.compile(
    r"(?:doc|content)-?type|post-?terms|(?:type|info)[-_]+terms|(?<![a-z])(?:cate|categor(?:y|ia|ía|ie)|chip)(?![a-z])",
    re.IGNORECASE,
)
"""Classes, ids and the like of elements with the category of a document, perhaps its kicker."""
TYPE_NAME = re.compile(r"[-_]type(?:\s|$)", re.IGNORECASE)
"""Classes such as "release-type", for the kind of a document or of its author."""


@cached_for_short_texts
def names_section(text: str) -> bool:
    """Return whether a title is only the name of a section, of an office, or of a kind of document."""
    if names_office(text) or names_kind(text):
        return True
    return all(_SECTION.fullmatch(part) or names_office(part) for part in map(str.strip, _SEPARATOR.split(text)))


def names_page(text: str) -> bool:
    """Return whether a text is a heading that a site prints on every document, such as "News details"."""
    return _PAGE.fullmatch(text) is not None


def names_kind(text: str) -> bool:
    """Return whether a text is only a kind of document, such as "Joint statement", perhaps its title."""
    return _KIND.fullmatch(text) is not None


_FROM_OFFICE = re.compile(r"\s(?:from|von|vom|från|fra|fra det|van|du|de|del|da|do|by|of)\s.{3,60}", re.IGNORECASE)
"""The office after a kind of document, as in "Press release from the Ministry of Tides"."""


def names_kind_of_office(text: str) -> bool:
    """Return whether a text is only a kind of document and an office: "Press release from the Ministry of Tides"."""
    office = _FROM_OFFICE.search(text)
    is_both = office is not None and office.end() == len(text) and names_kind(text[: office.start()])
    return is_both and not names_kind(text)


def names_number(text: str) -> bool:
    """Return whether a text is only a document number, such as "No: 87", or a release time, or has no words."""
    return _NUMBER.fullmatch(text) is not None


def names_release_time(text: str) -> bool:
    """Return whether a text only tells when a release may be published: "For Immediate Release"."""
    return _RELEASE_TIME.fullmatch(text) is not None


def kind_of_document(text: str) -> str | None:
    """Return the part of a line that names the kind or series of the document; None without one.

    Numbers and release times stay with the kind, as in "Press release | No. 114".
    """
    if names_kind_of_office(words := text.strip(_AT_EDGES)):
        return words
    parts = list(filter(None, map(str.strip, _PART.split(text))))
    named = [part for part in parts if _names_kind_or_section(part)]
    if not named:
        return None
    is_whole = all(part in named or _NUMBER.fullmatch(part) for part in parts)
    kinds = [part for part in named if not names_office(part)]
    return text.strip() if is_whole else (kinds or named)[-1]


def _names_kind_or_section(text: str) -> bool:
    return names_section(_NUMBER_AT_END.sub("", text)) or names_kind_of_office(text)


def names_office(text: str) -> bool:
    """Return whether a text is only the name of an office."""
    return len(text) <= _MAX_OFFICE and _OFFICE.fullmatch(text) is not None


def names_issuer(text: str) -> bool:
    """Return whether a part of a row of facts names an office: "Département des Marées"."""
    return names_office(text) or _ISSUER.fullmatch(text) is not None
