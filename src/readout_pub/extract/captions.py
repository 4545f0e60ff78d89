"""Finds the caption and the credit of a photo, by class names and wording."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice, takewhile

import msgspec
from bs4 import Tag
from bs4.element import NavigableString, PageElement

from readout_pub.extract.inlines import InlineContext, read_content
from readout_pub.extract.tree import alt_in_one_line, classes, count_characters, has_words, holds_block_marker
from readout_pub.html_elements import HEADINGS
from readout_pub.model import Emphasis, Inlines, LineBreak, Span, plain_text, trim
from readout_pub.sentences import ends_sentence
from readout_pub.short_text_cache import cached_for_short_texts

MAX_CAPTION = 320
"""How many characters a caption near a photo may have. Chosen by hand: body paragraphs are longer."""

_MAX_NAMED_CAPTION = 3 * MAX_CAPTION
"""A longer element contains an article, even if it is named as a caption."""

MAX_CREDIT = 100
"""How many characters a credit may have. Chosen by hand: a longer text has other words too."""

# --- class names

_CAPTION_NAMES = re.compile(
    r"caption|legend|légende|leyenda|bildunter|onderschrift|didascalia|kuva|k[eé]p-?al[aá][ií]r[aá]s|popisek|"
    r"bildetekst|billedtekst|alt-?yaz[iı]|podpis[-_]?(?:pod[-_]?)?(?:foto|zdjeci)|epigrafe|bijschrift|"
    r"(?<![a-z])pie[-_]?(?:de[-_]?)?(?:la[-_]?)?(?:foto|imagen)|chu[-_]?thich|opis[-_]?slike|"
    r"(?:photo|image|img|picture|(?<![a-z])pic|foto|bild|billed|billede|gallery|galerie|galeria|thumb)-?_?"
    r"(?:te(?:x|ks)t|txt|desc|info|note)",
    re.IGNORECASE,
)
_CREDIT_NAMES = re.compile(
    r"credit(?![_-]?caption)|copyright|photographer|bildnachweis|courtesy|crédit|image-?source|caption[_-]{1,2}(?:source|author)|"
    r"(?<![\w-])source(?![\w-])",
    re.IGNORECASE,
)

_PHOTO_BOX_NAMES = re.compile(
    r"(?<![a-z])(?:article|news|content|post|item|main|lead|entry|detail|story)?[_-]?(?:gallery|galerie|slide|image|img|photo|foto|bild|picture|figure|thumb)(?:s|en|er|box|item|wrap)?(?![a-z])",
    re.IGNORECASE,
)

_LEDE_NAMES = re.compile(
    r"(?<![a-z])(?:summary|intro-?(?:text|duction)?|lead-?(?:text|in)?|lede|standfirst|deck|chap(?:o|eau)|abstract|excerpt|"
    r"vorspann|anrei(?:ss|ß)er|einleitung|inleiding|perex|zajawka|catenaccio|entradilla|bajada|copete|occhiello|"
    r"sottotitolo|ingress|manchet|sapo|"
    r"sub-?(?:title|head(?:ing|line)?|titre|titulo))(?![a-z])",
    re.IGNORECASE,
)
"""A lede often stands below the lead photo."""

# --- wording

_CAPTION_WORDING = re.compile(
    r"^[<＜〈\[【]?\s?(?:[▲△▼]|图为|图片[:：]|图[:：]|"
    r"[【（(〈[]写真|photo caption:|pictured\b|im bild\b|en la (?:foto|imagen)\b|"
    r"sur la photo\b|nella foto\b|на фото\b|"
    r"(?:photo|image|picture|foto|bild|imagen|imagem|immagine|grafik|graphic|figure|figura|fig\.|abbildung|abb\.|рис\.|рисунок|"
    r"obr\.|写真|図|图|圖|사진|그림)\s?[0-9]{0,3}\s?[:：]|(?:写真|図|图|圖|사진|그림)\s?[0-9]{1,2}[.、\s]|"
    r"(?:photo|image|picture)s? (?:from|provided by|via)\b|"
    r"\(?(?:l-r\b|from (?:left|right)\b|left to right\b|von (?:links|rechts)\b|v\.\s?l\.\s?n\.\s?r|de gauche à droite|"
    r"de izquierda a derecha|da sinistra|слева направо|左から|左起|右から))"
    r"|[摄攝][)）]?$|供图[)）]?$|\snuotr\.$",
    re.IGNORECASE,
)
"""How a paragraph that describes a photo begins or ends."""

_DOWNLOAD_WORDS = (
    r"download|herunterladen|télécharger|descargar|baixar|scarica|скачать|下载|ダウンロード|enlarge|zoom|vergrößern|"
    r"agrandir|"
    r"ampliar|ingrandisci|увеличить|拡大|放大|(?:afbeelding )?vergrot(?:en|e)|vergroot|"
    r"(?:view|open|see) (?:full|larger|image|photo)|(?:full|original) size|"
    r"high[- ]res(?:olution)?|hochauflösende?s?|haute (?:résolution|définition)|"
    r"alta (?:resolución|resolução|risoluzione)"
)
_GALLERY_LINK = (
    r"(?:see|view|show) (?:all|more) (?:photos?|pictures|images)"
    r"|alle (?:fotos|bilder|foto's)(?: ansehen| anzeigen| bekijken)?"
    r"|voir toutes les (?:photos|images)|ver (?:todas las|todas as|más|mais) (?:fotos|imágenes|imagens)"
    r"|(?:vedi|guarda) tutte le (?:foto|immagini)|zobacz (?:wszystkie zdjęcia|galerię)|se alla bilder|se alle bilder"
    r"|(?:дивитися|переглянути) (?:всі|усі) фото|(?:смотреть )?все фото(?:графии)?|tüm fotoğraflar(?:ı gör)?"
    r"|查看(?:全部|更多)图片|(?:すべての)?写真を(?:もっと)?見る|사진 (?:더|전체) ?보기|(?:عرض|مشاهدة) جميع الصور"
)
_BUTTON_ON_PHOTO = re.compile(
    rf"\W{{0,3}}(?:(?:graphic|grafik|infographic|image|photo|bild|foto|the|show caption|hide caption)"
    rf"|(?:photo|image|picture|foto|bild)s? (?:details|vergrößern|herunterladen)"
    rf"|{_GALLERY_LINK}|(?:{_DOWNLOAD_WORDS})(?:\s[^\s()]{{1,20}}){{0,3}}?(?:\s?\([^()]{{1,30}}\))?)\W{{0,3}}",
    re.IGNORECASE,
)
"""Words on or under a photo that are no caption: "Download", "Hochauflösendes Bild (jpeg, 5 MB)", "Graphic"."""

_MAX_BUTTON = 1000
"""The words of a button have at most 150 characters; the rest is room for white space of the markup."""

_PHOTO_LABEL = "photo|image|picture|bild|beeld"
_SOURCE_LABEL = (
    "quelle|source|fuente|fonte|bron|källa|kilde|lähde|źródło|zdroj|forrás|sursa|izvor|источник|джерело|източник|πηγή|"
    "kaynak|出典|来源|來源|출처|المصدر|מקור"
)
"""Labels before a credit and a colon."""
_CREDIT_START = (
    r"©|\(c\)|(?:photo(?:graph)?|image|picture)s? (?:by|credit|courtesy)|courtesy of|credit:|crédits?\W|"
    r"pool\s[^\s/.]{2,20}(?:\s[^\s/.]{2,20})?\s?/|bildnachweis|bildquelle|fotocredit|fotos?\s?[:/©]|fotografía:|写真提供|写真は|撮影[:：]|提供[:：]|图片来源|"
    r"摄影[:：]|사진|"
    r"фото[: ]|kuva:|valokuva:|fot\.|zdj\.|צילום|φωτ(?:ο|ογραφία)\s?[:/]|ảnh\s?:|תמונה:|تصوير|ภาพ(?:โดย)?\s?:|nuotr\.|"
    r"beeld\s?:|fotografija:|fotó:|fotografie:|fotografia:|fotoğraf:|сурет:|светлина:|снимка:|攝影[:：]|圖片來源"
    r"|照片來源"
)
_CREDIT_IN_BRACKETS = re.compile(
    r"[(（\[]\s?(?:[^\s()（）\[\]]{1,20}\s){0,5}?(?:photo(?:graph)?s?|images?|pictures?|fotos?|fotografía|bild|фото)"
    r"(?:\s(?:by|courtesy of|credit|von|de|por|di))?\s?[:/©]?\s(?-i:[^\W\d_a-zß-öø-ÿ])[^()（）\[\]]{1,60}[)）\]]\.?",
    re.IGNORECASE,
)
"""A line such as "(Official Photo by N. Ereus)". A lower-case letter after "photo" begins a remark."""
_AGENCY = (
    r"(?:getty images|i?stock(?:photo)?|shutterstock|adobe ?stock|alamy(?: stock photo)?|depositphotos|unsplash|pexels|"
    r"pixabay|reuters|imago|picture alliance)(?:\.com)?"
)
_NAME_OF_PHOTOGRAPHER = (
    r"(?-i:[^\W\d_a-zà-öø-ÿ][\w.'’-]{0,30})(?:\s?[/,]\s?|\s(?:(?:of|the|de|del|di|da|van|von|for|für|and|&)\s){0,2}|$)"
)
"""One word of a name, with what follows it."""
_CREDIT_LINE = re.compile(
    rf"^[(（\[]?\s*(?:{_CREDIT_START})|^(?:{_PHOTO_LABEL})s?\s?[:/]\s?(?:{_NAME_OF_PHOTOGRAPHER}){{2,6}}$|^[^.!?]{{3,60}}\snuotr\.$"
    rf"|^(?:(?:[^.!?]|(?<=\b\w)\.){{2,60}}(?:\s(?:via|[|–·-])\s|\s?/\s?))?{_AGENCY}(?:\s?/\s?[^.!?/]{{2,40}})?$",
    re.IGNORECASE,
)

_SOURCE = re.compile(rf"(?:bild)?(?:{_SOURCE_LABEL})\s?[:：]\s?[^.!?]{{2,80}}", re.IGNORECASE)
"""A whole caption such as "Source: Ministry of Tides"."""

_CREDIT_WITH_PHOTO = re.compile(
    rf"[(（\[]?\s*(?!©|\(c\)|courtesy|credit)(?:{_CREDIT_START})|{_CREDIT_IN_BRACKETS.pattern}$", re.IGNORECASE
)
"""The beginning of a credit that names a photo. "© N. Ereus" may name who wrote the text above."""

_LABELLED_CREDIT = re.compile(
    rf"[(（\[]?\s*(?:{_CREDIT_START}|(?:{_PHOTO_LABEL}|{_SOURCE_LABEL})\s?[:/：])", re.IGNORECASE
)
"""The beginning of a credit below a caption. A caption, too, may begin with "Photo:"."""

_CAPITAL_CREDIT_LABEL = (
    "Photos?|Photo credit|Fotos?|Fotó|Fotografi[ae]|Fotografía|Bild|Beeld|Фото|Ảnh|Φωτ(?:ο|ογραφία)|Kuva|Fotoğraf|"
    "Nuotr|Zdj"
)
"""Labels within a line. In lower case, such a word is part of a sentence."""
_NEWS_AGENCY = (
    "AAP|AFP|AGI|ANP|ANSA|AP|APA|BELGA|Belga|CTK|ČTK|DPA|dpa|EFE|EPA|LUSA|Lusa|MTI|NTB|PA|PAP|PTI|Reuters|STT|TASS|TT"
)
_CREDIT_AT_END = re.compile(
    rf"(?:[(（\[【]\s*(?:[^\s()（）]{{1,20}}\s){{0,4}}?(?:{_CREDIT_START}|(?:{_PHOTO_LABEL}|{_SOURCE_LABEL})\s?[:/：]|写真|撮影)[^()（）\[\]【】]+[)）\]】]"
    rf"|(?:(?<=[.!?。！？…|”\"»]\s)|(?<=\|\s)|(?<=[。！？|]))(?:{_CREDIT_START}|(?:{_PHOTO_LABEL}|avt?or)\s?[:/])(?:[^.!?。]|(?<=\b\w)\.)+\.?"
    r"|(?<=\|\s)(?:avt?or|photo|foto|fotografija|фото)\s[^|!?]{2,60}"
    r"|(?<=\s)©[^©]+"
    r"|(?<=,\s)(?:photo|foto)s?\s?:\s[^\W\d_](?:[^.!?:]|(?<=\b\w)\.){1,59}"
    rf"|(?<=\s)(?-i:{_CAPITAL_CREDIT_LABEL})\s?:\s[^\W\d_](?:[^.!?:]|(?<=\b\w)\.){{1,59}}"
    r"|(?<=[\s。！？…])(?:[^\s，。]{0,8}(?:记者|記者|通讯员|通訊員)[\s:：]{0,2})?[^\W\d_]{2,4}(?:、[^\W\d_]{2,4}){0,2}\s?[摄攝]"
    r"|[（(](?:[^\s()（）]{1,20}[\s:：]{0,2}){1,3}[摄攝][)）]"
    rf"|[(\[](?-i:{_NEWS_AGENCY})(?:\s?/\s?[^()\[\]/]{{2,40}}){{1,2}}[)\]]\.?)$",
    re.IGNORECASE,
)
"""A credit in brackets, after the last sentence, or after a copyright sign or a label.

Brackets before a full stop belong to the sentence, except those such as "(AFP/N. Ereus)."."""

_BEFORE_CREDIT = " |–—"

_CENTRED = re.compile(
    r"text-align\s*:\s*center|(?<![a-z])(?:center|centre|centered|aligncenter|rtecenter)(?![a-z])", re.IGNORECASE
)
"""Matches the style, a class or the `align` of an element."""

_FLOATING = re.compile(r"(?<![\w-])float\s*:\s*(?:left|right)", re.IGNORECASE)
"""Matches the style of an element around which the text flows."""

_HEADINGS = sorted(HEADINGS)
_CAPTIONS_ONLY_BY_NAME = frozenset("ul ol dl table h1 h2 h3".split())
_LINES = ["p", "li", "br", "tr", "dd", "h1", "h2", "h3", "h4"]
"""An unnamed caption that is alone below a photo has at most one of these."""

_MAX_CAPTION_ABOVE_CREDIT = 2 * MAX_CAPTION

_DATELINE = re.compile(
    r"[^\W\d_][^\s\d,.]{0,24}+(?:\s[^\W\d_][^\s\d,.]{0,24}+){0,3}\s?,\s"
    r"(?:[^\W\d]{3,12}\.? [0-9]{1,2},?|[0-9]{1,2}\.? (?:de )?[^\W\d]{3,12}\.?,?)(?: de)? [12][0-9]{3}\.?"
)
"""A place of at most four words, and a day."""
_TELLS_OF_ARTICLE = re.compile(
    r"(?:this|the following) (?:post|article|story|piece|column|text|report|interview|speech)"
    r" (?:was|is|has|appeared|originally|first)\s"
    r"|die(?:ser|se[rs]?) (?:beitrag|artikel|text|bericht) (?:wurde|ist|erschien|stammt)\s"
    r"|cet (?:article|entretien) (?:a|est)\s|ce (?:texte|billet|discours) (?:a|est)\s"
    r"|este (?:artículo|texto|artigo) (?:fue|foi|es|é|se|apareció)\s|questo (?:articolo|testo) (?:è|e')\s"
    r"|dit artikel (?:is|werd|verscheen)\s",
    re.IGNORECASE,
)
"""How a paragraph on the origin of an article begins."""
_SMALL_PRINT = ("em", "i", "small")
_SMALL_CLASSES = frozenset({"small", "text-small"})
"""Classes of small print, as in Bootstrap. In WordPress and Tailwind, such classes are mostly on other texts."""


class CaptionSelectors(msgspec.Struct, frozen=True):
    """The CSS selectors of captions and credits in a site profile; None where the profile has none."""

    caption: str | None = None
    credit: str | None = None


_QUOTATION = re.compile(r"\s*+[\"“„«][^\"“”»]{60,2000}[\"“”»]\s*+(?:[—–-]|$)")


class CaptionFinder:
    """Finds the captions and credits of the photos on one page."""

    def __init__(self, root: Tag, selectors: CaptionSelectors) -> None:
        self._captions = set(map(id, root.select(selectors.caption))) if selectors.caption else set()
        self._credits = set(map(id, root.select(selectors.credit))) if selectors.credit else set()

    def is_credit(self, tag: Tag) -> bool:
        """Return whether the profile, an id or a class makes an element a credit."""
        return id(tag) in self._credits or bool(_CREDIT_NAMES.search(_id_and_classes(tag)))

    def is_named(self, tag: Tag) -> bool:
        """Return whether an element is named as a caption or credit, and is short enough to be one."""
        named = self.is_caption(tag) or self.is_credit(tag)
        return named and count_characters(tag, _MAX_NAMED_CAPTION) <= _MAX_NAMED_CAPTION

    def captions_beside(self, frame: Tag) -> Iterator[Tag]:
        """Yield the captions and credits among the siblings of `frame`, the element that contains a photo.

        A caption before the frame is not that of an earlier photo, which was removed with its caption.
        """
        has_caption = has_caption_words(frame)
        follower = next(_visible(frame.next_siblings), None)
        alts = _alternative_texts(frame)
        if not has_caption and (above := next(_visible(frame.previous_siblings), None)) is not None:
            follows = isinstance(follower, Tag) and self._is_caption_of(follower, frame, alts)
            if (
                not follows
                and isinstance(above, Tag)
                and self.is_named(above)
                and above.find("img") is None
                and not holds_block_marker(above)
            ):
                yield above
        for sibling in _visible(frame.next_siblings):
            if not isinstance(sibling, Tag) or sibling.find("img") is not None or holds_block_marker(sibling):
                return
            if not (self._is_short_credit(sibling) if has_caption else self._is_caption_of(sibling, frame, alts)):
                return
            yield sibling

    def _is_short_credit(self, tag: Tag) -> bool:
        return _is_short(tag) and (self.is_credit(tag) or is_credit_line(tag.get_text()))

    def is_caption(self, tag: Tag) -> bool:
        """Return whether the profile, the tag, an id or a class makes an element a caption."""
        return (
            tag.name == "figcaption" or id(tag) in self._captions or bool(_CAPTION_NAMES.search(_id_and_classes(tag)))
        )

    def is_lede(self, tag: Tag) -> bool:
        """Return whether an element is named as a lede, or as the description of anything but an image.

        "lead-caption" is the caption of the lead photo.
        """
        if self.is_named(tag):
            return False
        if tag.get("itemprop") == "description":
            scope = tag.find_parent(attrs={"itemtype": True})
            return scope is None or "ImageObject" not in str(scope["itemtype"])
        return bool(_LEDE_NAMES.search(_id_and_classes(tag)))

    def _is_caption_of(self, tag: Tag, frame: Tag, alts: frozenset[str]) -> bool:
        """Return whether an element beside `frame` is a caption or credit."""
        if self.is_named(tag) or _is_between_photo_and_credit(tag, frame):
            return True
        if not _is_short(tag) or self.is_lede(tag) or is_quotation(tag.get_text()) or _opens_text(tag):
            return False
        if _is_alone_below(tag, frame):
            return True
        if tag.name in HEADINGS or _has_text_below_heading(tag):
            return False
        text = " ".join(tag.get_text().split())
        return text in alts or describes_photo(text) or _is_set_apart(tag, frame)


def describes_photo(text: str) -> bool:
    """Return whether a text under a photo begins or ends as captions and credits do."""
    text = text.strip()
    return (
        bool(_CAPTION_WORDING.search(text))
        or is_credit_line(text)
        or (len(text) <= MAX_CAPTION and _CREDIT_AT_END.search(text, max(0, len(text) - MAX_CREDIT)) is not None)
    )


def is_quotation(text: str) -> bool:
    """Return whether a text is a long quotation, perhaps with its source: "“We light …” – N. Reef"."""
    return _QUOTATION.match(text) is not None


def is_button_on_photo(text: str) -> bool:
    """Return whether a text in the box of a photo only offers the file, or names the kind of picture."""
    return len(text) <= _MAX_BUTTON and _BUTTON_ON_PHOTO.fullmatch(" ".join(text.split())) is not None


def leads_to_gallery(text: str) -> bool:
    """Return whether a link only offers the other photos of a gallery, such as "See all photos"."""
    return len(text) <= _MAX_BUTTON and re.fullmatch(_GALLERY_LINK, " ".join(text.split()), re.IGNORECASE) is not None


def has_only_button(tag: Tag) -> bool:
    """Return whether the text of an element is that of a button on a photo."""
    return count_characters(tag, _MAX_BUTTON) <= _MAX_BUTTON and is_button_on_photo(tag.get_text())


def has_caption_words(tag: Tag) -> bool:
    """Return whether the words in the frame of a photo are more than a credit or a button."""
    if count_characters(tag, MAX_CREDIT) > MAX_CREDIT:
        return True
    words = tag.get_text().strip()
    return bool(words) and not is_labelled_credit(words) and not is_button_on_photo(words)


def is_credit_line(text: str) -> bool:
    """Return whether a text begins with "Photo by", "©" or the like, or is a credit in brackets."""
    words = text.strip()
    return bool(_CREDIT_LINE.match(words)) or (
        len(words) <= MAX_CREDIT and _CREDIT_IN_BRACKETS.fullmatch(words) is not None
    )


def names_agency(text: str) -> bool:
    """Return whether a text is only the name of an agency for photos, such as "Reuters"."""
    return re.fullmatch(_AGENCY, text.strip(), re.IGNORECASE) is not None


def is_labelled_credit(text: str) -> bool:
    """Return whether a text after a caption begins as credits do, such as "Photo: N. Ereus"."""
    return _LABELLED_CREDIT.match(text.strip()) is not None


def is_photo_box(tag: Tag) -> bool:
    """Return whether an element is named as the box of a photo, or the text flows around it."""
    return names_photo_box(_id_and_classes(tag)) or _FLOATING.search(str(tag.get("style") or "")) is not None


@cached_for_short_texts
def names_caption(names: str) -> bool:
    """Return whether ids and classes have a name for captions or credits, such as "photo-caption"."""
    return bool(_CAPTION_NAMES.search(names) or _CREDIT_NAMES.search(names))


def names_photo_box(names: str) -> bool:
    """Return whether ids and classes have a name for the box of a photo, such as "photo-wrap"."""
    return bool(_PHOTO_BOX_NAMES.search(names))


def split_credit(caption: Inlines) -> tuple[Inlines, Inlines]:
    """Return a caption without the credit at its end, and this credit, () if there is none.

    "The ministers. (Photo: N. Ereus)" is the caption "The ministers." and the credit "(Photo: N. Ereus)".
    """
    text = plain_text(caption)
    if len(text) <= MAX_CREDIT and (is_credit_line(text) or _SOURCE.fullmatch(text)):
        return (), caption
    lines = [index for index, node in enumerate(caption) if node == LineBreak()]
    last_line = trim(caption[lines[-1] + 1 :]) if lines else ()
    if last_line and len(plain_text(last_line)) <= MAX_CREDIT and is_labelled_credit(plain_text(last_line)):
        return trim(caption[: lines[-1]]), last_line
    if len(caption) == 1 and isinstance(caption[0], Emphasis | Span):
        around = caption[0]
        parts = map(trim, split_credit(around.children))
        before, credit = (msgspec.structs.replace(around, children=each) if each else None for each in parts)
        return ((before,) if before else ()), ((credit,) if credit else ())
    last = caption[-1] if caption else None
    found = _CREDIT_AT_END.search(last, max(0, len(last) - MAX_CREDIT)) if isinstance(last, str) else None
    if not isinstance(last, str) or found is None:
        return caption, ()
    return without_separator((*caption[:-1], last[: found.start()])), (found[0],)


def without_separator(caption: Inlines) -> Inlines:
    """Return a caption without the sign before a credit, as in "Talks - "."""
    *others, last = caption or ("",)
    if isinstance(last, Span):
        return (*others, msgspec.structs.replace(last, children=without_separator(last.children)))
    if not isinstance(last, str):
        return caption
    before = f" {last.rstrip()}".removesuffix(" -").rstrip(_BEFORE_CREDIT)
    return trim((*others, before.removeprefix(" ")))


def _alternative_texts(frame: Tag) -> frozenset[str]:
    images = [frame] if frame.name == "img" else frame.find_all("img")
    return frozenset(filter(None, map(alt_in_one_line, images)))


def _is_alone_below(tag: Tag, frame: Tag) -> bool:
    """Return whether a box for photos shows only the frame of a photo and the line `tag`."""
    box = tag.parent
    if box is None or box.name not in {"div", "li", "section"} or not is_photo_box(box):
        return False
    if tag.name in _CAPTIONS_ONLY_BY_NAME or len(tag.find_all(_LINES, limit=2)) > 1:
        return False
    others = [each for each in _visible(box.children) if each is not frame and each is not tag]
    return all(
        isinstance(each, Tag) and not has_words(each) and each.name != "img" and not _is_photo(each) for each in others
    )


def _has_text_below_heading(tag: Tag) -> bool:
    """Return whether an element has a heading and other words, unlike a caption."""
    heading = tag.find(_HEADINGS)
    return heading is not None and heading.get_text().strip() != tag.get_text().strip()


def _opens_text(tag: Tag) -> bool:
    """Return whether a paragraph is only a place and a day, or tells who wrote the article."""
    words = " ".join(tag.get_text().split()) if tag.name == "p" else ""
    return _DATELINE.fullmatch(words) is not None or _TELLS_OF_ARTICLE.match(words) is not None


def _is_between_photo_and_credit(tag: Tag, frame: Tag) -> bool:
    """Return whether a paragraph is right between a photo and its credit.

    If nothing else is around them, the paragraph may be the whole text.
    """
    if tag.name != "p" or count_characters(tag, _MAX_CAPTION_ABOVE_CREDIT) > _MAX_CAPTION_ABOVE_CREDIT:
        return False
    if next(_visible(frame.next_siblings), None) is not tag:
        return False
    credit, other = islice(chain(_visible(tag.next_siblings), (None, None)), 2)
    is_credit = isinstance(credit, Tag) and credit.name == "p" and count_characters(credit, MAX_CREDIT) <= MAX_CREDIT
    is_credit = is_credit and credit is not None and _CREDIT_WITH_PHOTO.match(credit.get_text().strip()) is not None
    return is_credit and (other is not None or any(_visible(frame.previous_siblings)))


def _is_set_apart(tag: Tag, frame: Tag) -> bool:
    """Return whether a paragraph below a photo is in small print, or centred like the photo.

    If the next paragraph looks the same, the whole text may be in italics or centred.
    """
    is_bold = _has_all_words_in(tag, ("b", "strong"))
    if tag.name not in {"p", "div", "span", "center"} or (is_bold and not ends_sentence(tag.get_text())):
        return False
    tags = (each for each in tag.next_siblings if isinstance(each, Tag))
    following = next((each for each in tags if has_words(each) or _is_photo(each)), None)
    is_before_other = following is None or _is_photo(following) or is_credit_line(following.get_text())
    if _is_small(tag):
        return is_before_other or not (following and _is_small(following))
    if _is_centred(frame) and _is_centred(tag):
        return is_before_other or not (following and _is_centred(following))
    return False


def _is_small(tag: Tag) -> bool:
    """Return whether a block without links has a class for small print, or all words of an element are small print."""
    # Below the photo on a card, a `span` of this class is a fact: "After two hours".
    is_block = tag.name != "span" and tag.find("a") is None
    is_named = is_block and not _SMALL_CLASSES.isdisjoint(classes(tag))
    return is_named or _has_all_words_in(tag, _SMALL_PRINT)


def _is_photo(tag: Tag) -> bool:
    return tag.find("img") is not None


def _is_centred(tag: Tag) -> bool:
    marks = (tag.get("align"), tag.get("style"), " ".join(classes(tag)))
    return tag.name == "center" or any(_CENTRED.search(str(mark)) for mark in marks if mark)


def _has_all_words_in(tag: Tag, names: tuple[str, ...]) -> bool:
    words = [node for node in tag.find_all(string=True) if node.strip()]
    between = (takewhile(lambda parent: parent is not tag, node.parents) for node in words)
    return bool(words) and all(any(parent.name in names for parent in parents) for parents in between)


def take_lines(tags: list[Tag], context: InlineContext) -> Inlines:
    """Read elements as one line and empty them, so that their text is not read again."""
    known = set(map(id, tags))
    outer = [tag for tag in tags if not any(id(parent) in known for parent in tag.parents)]
    lines = tuple(read_content(tag, context) for tag in outer)
    for tag in outer:
        tag.clear()
    return join_lines(lines)


def join_lines(lines: tuple[Inlines, ...]) -> Inlines:
    """Join the lines of a caption with spaces."""
    return tuple(chain.from_iterable((" ", *line) for line in lines if line))[1:]


def _is_short(tag: Tag) -> bool:
    return count_characters(tag, MAX_CAPTION) <= MAX_CAPTION


def _visible(nodes: Iterable[PageElement]) -> Iterator[PageElement]:
    return (node for node in nodes if not isinstance(node, NavigableString) or node.strip())


def _id_and_classes(tag: Tag) -> str:
    return " ".join([*classes(tag), str(tag.get("id") or "")])
