"""The rules for alternative texts: the table `RULES`, and for each rule a function that finds faults in a text.

The function returns the values for the rule's message, or None. The words of the messages are in `rules.toml`, the
levels of the rules in the profile.
"""

from __future__ import annotations

import functools
import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping
from functools import cached_property
from importlib.resources import files
from pathlib import PurePosixPath

import msgspec

from readout_pub.alt.context import PhotoInContext, is_from_caption
from readout_pub.alt.lint.house_rules import HouseRules
from readout_pub.alt.lint.person_names import is_named, is_role, names_person_with_role, person_names
from readout_pub.alt.lint.text_language import foreign_language
from readout_pub.alt.meaningless import ADDED_TO_STEM, EXTENSION, PHOTO_AGENCIES, Meaningless, why_meaningless
from readout_pub.alt.photo_names import file_name_of
from readout_pub.language_codes import primary_subtag
from readout_pub.language_names import language_name
from readout_pub.model import Decorative, Described, Missing, is_unreviewed_draft
from readout_pub.months import month_of
from readout_pub.sentences import split_sentences
from readout_pub.unicode_scripts import LETTER_RANGES

Values = Mapping[str, object]


class JudgedText(msgspec.Struct, frozen=True, dict=True):
    """An alternative text as the rules see it, with the photo in its context.

    `text` has single spaces, and is "" if missing. `pictures_with_text` counts the page's different pictures with this
    text, including this one.
    """

    photo: PhotoInContext
    text: str
    pictures_with_text: int
    profile: HouseRules

    @cached_property
    def letters(self) -> str:
        """The text as `comparable` returns it."""
        return comparable(self.text)

    @cached_property
    def meaningless(self) -> Meaningless | None:
        """Why the text says nothing; None if it says something."""
        return why_meaningless(self.text, file_name_of(self.photo.file))

    @cached_property
    def foreign_language(self) -> str | None:
        """The language of the text if it is clearly not that of the page, else None."""
        photo = self.photo
        rest_of_page = photo.page_text.replace(photo.caption, " ") if photo.caption else photo.page_text
        return foreign_language(self.text, photo.language, rest_of_page)

    @property
    def is_from_caption(self) -> bool:
        """Whether the program took the text from the caption, and no person has approved that."""
        return is_from_caption(self.photo.alt)

    @property
    def is_approved_caption(self) -> bool:
        """Whether a person has decided that the caption is enough."""
        alt = self.photo.alt
        return isinstance(alt, Described) and alt.by == "caption" and alt.reviewed


class AltRule(msgspec.Struct, frozen=True):
    """A rule for alternative texts; `find` returns the values for the message if a text breaks the rule, else None.

    A `final` rule finds texts that say nothing: later rules do not apply, unless a reviewer has accepted the text. An
    `of_wording` rule does not apply to a caption that a person has approved as text.
    """

    find: Callable[[JudgedText], Values | None]
    final: bool = False
    of_wording: bool = False


def comparable(text: str) -> str:
    """Return the letters and digits of `text` in NFKC and lower case."""
    return _NO_LETTERS.sub("", (text if text.isascii() else unicodedata.normalize("NFKC", text)).casefold())


_NO_LETTERS = re.compile(r"[\W_]+")


# --- texts that say nothing


def _missing(judged: JudgedText) -> Values | None:
    alt = judged.photo.alt
    if isinstance(alt, Decorative):
        return None
    return {} if isinstance(alt, Missing) or judged.meaningless == "empty" else None


def _file_name(judged: JudgedText) -> Values | None:
    is_name = judged.meaningless == "file-name" or _is_spelt_file_name(judged)
    return {"text": judged.text} if is_name else None


_NUMBER_AT_END = re.compile(r"\S{1,40} (?:\d{1,2}|\(\d{1,2}\)|[^\W\d_]{1,4}\d{1,3})\Z")
_ADDED_BY_EDITORS = re.compile(
    r" (?:scaled|resized|cropped|compressed|edited|copy|final|min|thumb|web)\Z", re.IGNORECASE
)


_OPEN_END = re.compile(r"[(\[{_&+-]\Z")
"""The end of a cut file name: "Harbour quay ("."""
_LANGUAGE_AT_END = re.compile(r"[-_](?:EN|GB|US|DE|FR|ES|IT|PT|NL|JA|JP|ZH|CN|KO|KR|RU|AR)\Z")
"""What designers add to a file name: "Plan of the quay-GB"."""
_DOMAIN_AT_END = re.compile(r" [a-z0-9-]{2,40}\.[a-z]{2,6}\Z")
_SLUG = re.compile(r"[^\W_]+(?:-[^\W_]+)+")


def _is_spelt_file_name(judged: JudgedText) -> bool:
    """Return whether the text spells the file name: "Quay scaled" for "quay-scaled.jpg".

    Forums put the title of the page before it: "Rules of the harbour quay0042".
    """
    name = file_name_of(judged.photo.file)
    if _SLUG.fullmatch(judged.text):
        bare = ADDED_TO_STEM.sub("", PurePosixPath(name).stem)
        return judged.text == bare or (judged.text.count("-") > 1 and judged.text in name)
    stem = comparable(PurePosixPath(name).stem)
    title = comparable(judged.photo.title)
    if title and any(map(str.isdigit, stem)) and judged.letters == title + stem:
        return True
    if _DOMAIN_AT_END.search(judged.text) and judged.letters == stem:
        return True
    if any(end.search(judged.text) for end in (_ADDED_BY_EDITORS, _OPEN_END, _LANGUAGE_AT_END)):
        return stem.startswith(judged.letters)
    numbered = _NUMBER_AT_END.search(judged.text)
    if numbered is None or judged.letters != stem:
        return False
    # The page may speak of "Hall 2".
    return comparable(numbered[0]) not in comparable(judged.photo.page_text)


def _generic(judged: JudgedText) -> Values | None:
    says_nothing = (
        judged.meaningless == "generic"
        or _is_number_or_date(judged.text)
        or _is_shared_label(judged)
        or _is_numbered_title(judged)
        or _is_title_of_asset(judged)
        or _is_keyword_list(judged.text, judged.photo.title)
        or _is_loose_keywords(judged)
        or _is_only_credit(judged.text)
        or _credits_unnamed_person(judged)
        or _leads_to_text_beside(judged)
    )
    return {"text": judged.text} if says_nothing else None


_AGENCY = f"(?:{'|'.join(agency.in_credits for agency in PHOTO_AGENCIES if agency.in_credits)})"
_PHOTO_SERVICE = (
    r"(?:official )?(?:(?:u\.?s\.?|uk|british|royal) )?(?:white house|state department|"
    r"department of (?:state|defen[cs]e)|dod|embassy|ministry(?: of (?:foreign affairs|defen[cs]e))?|mfa|mod|army|navy|"
    r"air force|marine corps|coast guard|national guard|space force|nato|nasa|un|fema|government|parliament)"
)
"""An office with photographers: "U.S. Navy photo by Jan Riedel"."""
_ONLY_CREDIT = re.compile(
    rf"(?:via |source: ?)?{_AGENCY}(?: ?/ ?{_AGENCY})?|"
    rf"(?:(?:photo|image|picture|foto|bild|quelle|source)s? ?[:：] ?|© ?)?(?:{_AGENCY} ?/ ?[\w.-]{{2,30}}|"
    rf"[\w.-]{{2,30}}/{_AGENCY})|"
    rf"(?:(?:{_PHOTO_SERVICE} )?(?:photo|image|picture|foto|bild)s? (?:by|courtesy(?: of)?|credit:?|via)|courtesy of) "
    rf"(?!the |an? )(?:[^,.;:]|(?<=\b[a-z])\.|(?<=sgt|spc|cpl|maj|col|gen)\.|(?<=lt|dr)\.){{2,40}}"
    rf"(?: (?:on|via|from|/|for) {_AGENCY})?|"
    r"(?:photo|image|picture|foto|bild)s? (?:from|aus|vom?|de(?:l|sde)?|depuis) [^,.;:]{0,40}"
    r"\b(?:instagram|facebook|twitter|telegram|youtube|tiktok)[^,.;:]{0,40}",
    re.IGNORECASE,
)
"""Such as "Photo by Jan Riedel on Unsplash"."""

_CREDIT_MARK = re.compile(
    r"(?:©|\(c\)|copyright:?|(?:photo(?:graph)?|image|picture|foto|bild|imagen|bildquelle|quelle|source|fuente|credits?|crédits?)"
    r"(?: ?(?:credits?|copyright|courtesy of|: ©))? ?[:：©/]|courtesy of|(?:crédit|photographer|photographe|fotograf)"
    r"(?: photo)? ?[:：]) ?",
    re.IGNORECASE,
)
_OF_NAMES = re.compile(
    r"[A-ZÀ-ÖØ-ÞŠŽ].*|\d{4}|/|&|(?:of|for|the|and|via|de|du|des|la|le|del|der|die|das|für|und|et|y|von|copyright|photo|dpa)",
    re.DOTALL,
)
"""A word in the name of a person or organization, or a year."""
_PROVIDER = re.compile(
    r"agency|agencia|agentur|agence|press\b|presse|prensa|news\b|media\b|minist(?:ry|erium|ère|erio|ério|ero)|office\b|"
    r"department|government|bundes(?:regierung|presse|archiv)|archives?\b|archivo|studio|authority|amt\b|"
    rf"crown copyright|commission\b|parliament\b|\b(?:{_AGENCY}|pool|nasa|un|usaid)\b",
    re.IGNORECASE,
)
"""Words in names of organizations. Without one, the name after "Photo:" may be that of the person shown."""
_MAX_CREDIT_WORDS = 7
"""At most this many words follow "Photo:" in a credit. Chosen by hand."""
_MAX_SOURCE_WORDS = 4
"""Up to this many words after "Source:" are a credit; more can be a description. Chosen by hand."""
_IN_BRACKETS = re.compile(r"[(\[]([^()\[\]]{2,80})[)\]]\.?")
_JAPANESE_PROVIDER = r"(?:室|省|庁|局|通信社?|新聞社?|放送|協会|大使館|広報課?|官邸|事務所|ホームページ|HP|サイト)"
_JAPANESE_CREDIT = re.compile(
    rf"[（(]?(?:(?:写真|画像)?(?:提供|出典|撮影者?)[：:／/= 　].{{1,30}}|©[^をがはにで、。]{{1,20}}|"
    rf"(?:写真|画像)[：:／/=](?:[^をがはにで、。]{{1,20}}{_JAPANESE_PROVIDER}|{_AGENCY}(?:[／/=]{_AGENCY})?)|"
    rf"[^をがはにで、。]{{1,20}}{_JAPANESE_PROVIDER}(?:提供|撮影|より(?:引用|転載)?|から(?:引用|転載)))[)）]?"
)


_SOURCE_MARK = re.compile(r"(?:bild)?quelle|source|fuente", re.IGNORECASE)
_PHOTO_MARK = re.compile(r"(?:photo(?:graph)?|image|picture|foto|bild|imagen) ?[:：/]", re.IGNORECASE)
"""Marks that can also precede a description."""


def _is_only_credit(text: str) -> bool:
    """Return whether a text only says who made, owns or provided the photo."""
    text = text if text.isascii() else unicodedata.normalize("NFKC", text)
    if _ONLY_CREDIT.fullmatch(text) or _JAPANESE_CREDIT.fullmatch(text):
        return True
    in_brackets = _IN_BRACKETS.fullmatch(text)
    bare = in_brackets[1] if in_brackets else text
    mark = _CREDIT_MARK.match(bare)
    owner = bare[mark.end() :] if mark else bare
    words = owner.rstrip(".").replace("/", " / ").split()
    if not words or len(words) > _MAX_CREDIT_WORDS:
        return False
    if mark and _SOURCE_MARK.match(mark[0]) and len(words) <= _MAX_SOURCE_WORDS:
        return True
    if not all(map(_OF_NAMES.fullmatch, words)):
        return False
    if mark and not _PHOTO_MARK.match(mark[0]):
        return True
    return (mark is not None or "/" in words) and _PROVIDER.search(owner) is not None


def _credits_unnamed_person(judged: JudgedText) -> bool:
    """Return whether a text is "Photo:" and a name that the rest of the page does not have."""
    mark = _PHOTO_MARK.match(judged.text)
    name = judged.text[mark.end() :].strip(" .") if mark else ""
    words = name.split()
    if not 1 < len(words) <= _MAX_WORDS_OF_NAME or not all(map(_CAPITALIZED.fullmatch, words)):
        return False
    photo = judged.photo
    of_page = f"{photo.page_text} {photo.title} {photo.before} {photo.after}"
    rest = of_page.replace(photo.caption, " ") if photo.caption and name in photo.caption else of_page
    return not any(is_named(word, f"{rest} {photo.file}") for word in words)


_MAX_WORDS_OF_NAME = 3
"""Of a photographer's name. Chosen by hand."""
_CAPITALIZED = re.compile(r"[A-ZÀ-ÖØ-ÞŠŽ][\w’'.-]{0,30}")


_LEADS_TO = re.compile(
    r"(?:(?:read|see|view|shop|buy|order|browse|explore|discover|open|download|watch|play|listen to|get|go to|visit|"
    r"learn) (?:more (?:about|on|of) |about |all |our |the )?|(?:link|read more|more|zum (?:artikel|beitrag|thema)|"
    r"mehr zu|lire(?: la suite)?|voir|leer(?: más)?|ver)\W{1,3})(?P<after>\S.{1,200})|"
    r"(?P<before>\S.{0,200}?)(?:を(?:見る|読む|開く|詳しく見る|ダウンロード)|について(?:詳しく|もっと見る)|"
    r"の?(?:詳細|続き)(?:を(?:見る|読む)|はこちら|へ)| (?:lesen|ansehen|entdecken|kaufen|herunterladen|weiterlesen))",
    re.IGNORECASE,
)
"""Words such as "Read more about" or を見る, and a topic."""


def _leads_to_text_beside(judged: JudgedText) -> bool:
    """Return whether a text is the label of a link to the title or a text beside the photo: "Shop old lamps".

    With another topic it may be a description: "Visit the harbour".
    """
    found = _LEADS_TO.fullmatch(judged.text)
    named = comparable(found["after"] or found["before"]) if found else ""
    photo = judged.photo
    return bool(named) and named in {comparable(text) for text in (photo.title, photo.before, photo.after)}


_DATE_PART = re.compile(r"\d+(?:st|nd|rd|th|er|º)?|[ap]\.m(?!\w)|[^\W\d_]+")
_DATE_WORDS = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday montag dienstag mittwoch donnerstag freitag samstag
    sonntag lundi mardi mercredi jeudi vendredi samedi dimanche de am pm a.m p.m h uhr utc
    年 月 日 令和 平成 昭和 月曜日 火曜日 水曜日 木曜日 金曜日 土曜日 日曜日 火 水 木 金 土 午前
    午後 時 分 頃 撮影 年撮影 月撮影 日撮影 日更新 日現在
    """.split()
)
_JAPANESE_ERA_DATE = re.compile(r"[RHS]\d{1,2}[./年-]\d{1,2}[./月-]\d{1,2}日? ?(?:撮影)?")
"""A date with a letter for its Japanese era, such as R for Reiwa: "R13.5.3"."""
_MAX_DATE = 40
""""Wednesday, 30 September 2031, 10:30 a.m." has this length."""


def _is_number_or_date(text: str) -> bool:
    if len(text) > _MAX_DATE or not any(map(str.isdigit, text)):
        return False
    if _JAPANESE_ERA_DATE.fullmatch(text):
        return True
    parts = _DATE_PART.findall(text.casefold())
    return all(part[0].isdigit() or part in _DATE_WORDS or month_of(part) for part in parts)


_LABEL_OF_KIND = re.compile(
    r"\b(?:image|photo|picture|graphic|thumbnail|banner|video|foto|bild)s?\b|写真|画像|動画", re.IGNORECASE
)
_MAX_LABEL_WORDS = 3
"""A longer shared text is a description. Chosen by hand."""
_MANY_PICTURES = 5
"""A word that this many pictures share describes none of them. Chosen by hand."""
_FRAGMENT = re.compile("[a-z]{1,3}")


def _is_shared_label(judged: JudgedText) -> bool:
    """Return whether several pictures share a label that describes none of them: "Harbour image", "ree"."""
    words = judged.text.split()
    if judged.pictures_with_text < 2 or len(words) > _MAX_LABEL_WORDS:
        return False
    is_title = judged.letters == comparable(judged.photo.title)  # `same-as-context` reports the title
    if len(words) == 1 and judged.text.isascii() and judged.pictures_with_text >= _MANY_PICTURES and not is_title:
        return True
    return _LABEL_OF_KIND.search(judged.text) is not None or bool(_FRAGMENT.fullmatch(judged.text))


_COUNTER_AT_END = re.compile(
    r"(?:\W{0,3}(?:photo|image|picture|foto|bild|写真|画像|その)\W?(?:n[or]\. ?)?|\W{1,3}|)"
    r"\d{1,3}(?:枚目|番目|点目)?\W{0,2}\Z",
    re.IGNORECASE,
)
_COUNTER_OF_PICTURES = re.compile("枚目|点目")
_MIN_OF_TITLE = 3
"""Fewer words before a number may be a name: "Port Linden 2". Chosen by hand."""
_MAX_COUNTER = 20
"""In characters: " (photo no. 12)" has 15."""


def _is_numbered_title(judged: JudgedText) -> bool:
    """Return whether a text is the title, or most of it, with an added counter: "Visit to the quay (3)"."""
    text = judged.text
    found = _COUNTER_AT_END.search(text, max(len(text) - _MAX_COUNTER, 0))
    title = comparable(judged.photo.title)
    if found is None or not title:
        return False
    part = text[: found.start()]
    words = comparable(part)
    is_most = len(words) * 2 > len(title) and (len(part.split()) >= _MIN_OF_TITLE or not part.isascii())
    is_part = words in title and (
        words == title or is_most or (_COUNTER_OF_PICTURES.search(found[0]) is not None and len(words) > 1)
    )
    # The page itself may have the number after these words.
    return is_part and judged.letters not in comparable(judged.photo.page_text)


_AGENCY_AS_KEYWORD = re.compile(rf"stock(?: photo)?|{_AGENCY}", re.IGNORECASE)
_ASSET_AT_END = re.compile(
    r"\W{1,3}(?:(?:website |blog |page )?(?:banner|header|hero|thumbnail|thumb|teaser|featured)"
    r"(?: (?:image|graphic|photo|picture|banner))?|(?:header|titel|beitrags|vorschau|teaser)bild)\W?\Z",
    re.IGNORECASE,
)
"""What designers add to a title: " banner", " - Hero image"."""


def _is_title_of_asset(judged: JudgedText) -> bool:
    """Return whether a text is the title, or most of it, and a place on the page: "Visit to the quay banner"."""
    found = _ASSET_AT_END.search(judged.text[-_MAX_END:])
    title = judged.text.removesuffix(found[0]) if found else ""
    return comparable(title) == comparable(judged.photo.title) != "" or _is_most_of(title, judged.photo.title)


_BETWEEN_KEYWORDS = re.compile(r" ?[,;、，|] ?")
_MIN_KEYWORDS = 4
_MAX_KEYWORDS = 60
_MAX_KEYWORD = 30
_MIN_COMMON = 3
"""A list of keywords has 4 to 60 entries of at most 30 characters. 3 share a word or are words of the title, or one is
a photo agency. Chosen by hand.
"""


_MIN_LOOSE_WORDS = 8
_FUNCTION_WORDS = frozenset(
    """
    a an the of and or in into at with without to toward towards from for on onto off by is are was were has have
    his her its their during before after who while between that this which these through under over above below
    near behind beside next around across along against inside outside as der die das den dem des ein eine einer
    eines und oder mit ohne von vom in im an am auf aus bei beim zu zum zur vor nach über unter für während neben
    zwischen hinter ist sind wird werden
    """.split()
)
"""An English or German description of eight words has at least one of these."""


def _is_loose_keywords(judged: JudgedText) -> bool:
    """Return whether a text has many words without a function word: "boat quay sail wind sea sun rope net"."""
    text = _URL.sub("", judged.text)
    return (
        len(text.split()) >= _MIN_LOOSE_WORDS
        and text.islower()
        and _page_language(judged) in {"en", "de"}
        and not _has_function_word(text)
    )


_URL = re.compile(r"https?://\S+|www\.\S+")


def _has_function_word(text: str) -> bool:
    """Return whether a text has a function word, or a word such as "sailing"."""
    return any(word.endswith("ing") or word in _FUNCTION_WORDS for word in re.findall(r"\w+", text.casefold()))


def _is_keyword_list(text: str, title: str) -> bool:
    """Return whether a text is a list of keywords: "harbour, old harbour, harbour tours, harbour Linden"."""
    entries = _BETWEEN_KEYWORDS.split(text)
    if _has_function_word(text):
        return False
    if not _MIN_KEYWORDS <= len(entries) <= _MAX_KEYWORDS or max(map(len, entries)) > _MAX_KEYWORD:
        return False
    if any(map(_AGENCY_AS_KEYWORD.fullmatch, entries)):
        return True
    words = Counter(word for entry in entries for word in set(re.findall(r"[^\W\d_]{3,}", entry.casefold())))
    words_of_title = set(re.findall(r"\w+", title.casefold()))
    of_title = {entry for entry in entries if entry.islower() and entry in words_of_title}
    return len(of_title) >= _MIN_COMMON or any(count >= _MIN_COMMON for count in words.values())


def _site_name(judged: JudgedText) -> Values | None:
    site = comparable(judged.photo.site_name)
    return {"text": judged.text} if site and comparable(_KIND_BESIDE_NAME.sub("", judged.text)) == site else None


_KIND_BESIDE_NAME = re.compile(
    r"\A(?:photo|image|picture|foto|bild)s?\b|\b(?:photo|image|picture|foto|bild)s?\W?\Z|(?:の|の公式)?(?:写真|画像|バナー|ホームページ|公式サイト)\Z",
    re.IGNORECASE,
)


def _automatic(judged: JudgedText) -> Values | None:
    found = _AUTOMATIC.search(judged.text)
    return {"mark": found[0]} if found else None


_AUTOMATIC = re.compile(
    r"description automatically generated|ai-generated content may be incorrect|automatisch generierte beschreibung|"
    r"beschreibung automatisch generiert|ki-generierte inhalte können fehlerhaft sein|"
    r"description générée automatiquement|le contenu généré par l[’']ia peut être incorrect|"
    r"descripción generada automáticamente|el contenido generado por ia puede ser incorrecto|"
    r"自動的に生成された説明|AI によって生成されたコンテンツは間違っている可能性があります|"
    r"AI 生成コンテンツは誤りを含む可能性があります|"
    r"(?:png|vector|icon|image|photo)s? (?:\w{1,20} ){0,2}free download|download (?:image|photo) now|"
    r"royalty[- ]free (?:stock )?(?:image|photo|picture|vector|illustration)|"
    r"[-–|] stock[- ](?:photo|image|illustration|vector|foto)s?\b|"
    r"\A(?:a )?picture containing [a-z ]{2,30}(?:, [a-z ]{2,30}){0,8}\Z|"
    r"\Agraphical user interface(?:, [a-z ]{2,30}){0,8}\Z|\Aa screenshot of a (?:computer|cell phone)(?: screen)?\Z|"
    r"peut être une image de |könnte ein bild von .{1,200} sein|möglicherweise ein bild von |puede ser una imagen de |"
    r"画像に含まれている可能性があるもの|(?:写真|画像)の説明はありません|の画像のようです|"
    r"(?:\A|\. )(?:"
    r"may be an? (?:[\w-]{1,20} ){0,3}(?:image|graphic|illustration|cartoon|selfie|art|doodle|map|screenshot)|"
    r"image may contain:?|no alt(?:ernative)? text (?:provided|description) for this image)",
    re.IGNORECASE,
)
"""Words that office programs, social networks and photo agencies generate."""


# --- texts that end like a file name, or repeat another text


_ENDS_IN_EXTENSION = re.compile(rf"{EXTENSION}\W{{0,3}}\Z", re.IGNORECASE)


def _file_extension(judged: JudgedText) -> Values | None:
    if judged.meaningless == "file-name":  # the rule `file-name` reports it
        return None
    found = _ENDS_IN_EXTENSION.search(judged.text[-12:])
    return {"extension": found[0].strip()} if found else None


def _shared_caption(judged: JudgedText) -> Values | None:
    return {"count": judged.pictures_with_text} if judged.pictures_with_text > 1 and judged.is_from_caption else None


def _repeated_text(judged: JudgedText) -> Values | None:
    return (
        {"count": judged.pictures_with_text} if judged.pictures_with_text > 1 and not judged.is_from_caption else None
    )


def _same_as_caption(judged: JudgedText) -> Values | None:
    return {} if _repeats_caption(judged) and not names_person_with_role(judged.photo.caption) else None


def _same_as_person_caption(judged: JudgedText) -> Values | None:
    return {} if _repeats_caption(judged) and names_person_with_role(judged.photo.caption) else None


def _repeats_caption(judged: JudgedText) -> bool:
    """Return whether the text repeats the caption or most of it, in any order, and nobody has approved that."""
    alt = judged.photo.alt
    if not isinstance(alt, Described) or judged.is_approved_caption:
        return False
    if not judged.photo.caption:
        return False
    text, caption, credit = judged.letters, comparable(judged.photo.caption), comparable(judged.photo.credit)
    bare_caption = comparable(_LAST_PARENTHESIS.sub("", judged.photo.caption))
    return bool(text) and (
        text in {caption, caption + credit, caption.removesuffix(credit), bare_caption}
        or _is_most_of(judged.text, judged.photo.caption)
        or _adds_only_credit(judged.photo.caption, judged.text)
        or _has_same_words(judged.text, judged.photo.caption)
    )


def _is_most_of(text: str, whole: str) -> bool:
    """Return whether a text is more than half of `whole`, and too long to agree by chance."""
    part, all_of_it = comparable(text), comparable(whole)
    is_long_enough = len(text.split()) >= _MIN_SAME_WORDS or len(_CJK.findall(text)) >= _MIN_SAME_CJK
    return is_long_enough and len(part) * 2 > len(all_of_it) and part in all_of_it


def _adds_only_credit(caption: str, text: str) -> bool:
    """Return whether a caption is the text and then a credit, such as "Jan Brandt (Reuters)"."""
    start = text.rstrip(".")
    if not caption.startswith(start):
        return False
    more = caption.removeprefix(start).strip(_BEFORE_CREDITS)
    by_person = _PERSON_AND_PROVIDER.fullmatch(more)
    return _is_only_credit(more) or (by_person is not None and _PROVIDER.search(by_person[1]) is not None)


_BEFORE_CREDITS = " .,;|–—-"
_PERSON_AND_PROVIDER = re.compile(r"(?:[A-ZÀ-ÖØ-ÞŠŽ][^\s()]{1,30} ){1,3}[(\[]([^()\[\]]{2,60})[)\]]")
_MIN_SAME_WORDS = 5
"""Fewer words can agree by chance."""
_MIN_SAME_CJK = 10
"""In Japanese, Chinese or Korean characters."""


def _has_same_words(text: str, caption: str) -> bool:
    words = sorted(re.findall(r"\w+", text.casefold()))
    return len(words) >= _MIN_SAME_WORDS and words == sorted(re.findall(r"\w+", caption.casefold()))


_LAST_PARENTHESIS = re.compile(r"[(（\[][^()（）\[\]]*[)）\]]\W*\Z")
"""As in "before the meeting (1)"."""


def _same_as_context(judged: JudgedText) -> Values | None:
    photo, text = judged.photo, judged.letters
    if not text or person_names(judged.text) == (judged.text,):  # the text of a portrait may be only the name
        return None
    is_title = comparable(photo.title) in {text, *map(comparable, _title_and_site(judged))}
    repeats_title = _is_most_of(judged.text, photo.title) or _has_same_words(judged.text, photo.title)
    # a text that names a person says who is in the photo, so it may repeat the title
    if is_title or (repeats_title and not person_names(judged.text)):
        return {"where": "title", "repeated": photo.title}
    for around in (photo.before, photo.after):
        if text not in comparable(around):
            continue
        for sentence in (around, *_SENTENCE.findall(around)):
            if comparable(sentence) == text:
                return {"where": "text", "repeated": sentence.strip()}
    return None


def _title_and_site(judged: JudgedText) -> tuple[str, ...]:
    """Return ("Talks",) for "Talks | Ministry", if the site has this name; else ()."""
    first, *others = _SEPARATOR_OF_TITLES.split(judged.text)
    is_title = others and comparable(others[-1]) == comparable(judged.photo.site_name)
    return (first,) if is_title else ()


_SEPARATOR_OF_TITLES = re.compile(r" ?[|｜] ?| [-–—:] ")


_SENTENCE = re.compile(r"(?:[^.!?。！？]|[.!?](?!\s+\W?[^\W\d_a-z]))+[.!?。！？]*")


# --- words that a text does not need


_KIND = r"(?:photo(?:graph)?|picture|image|pic|snapshot|graphic)s?"
_OF_IMAGES = (
    r"(?:black[- ]and[- ]white|colou?r|official|commemorative|close-?up|wide|still|stock|digital|old|recent|beautiful|"
    r"first|second|third|main|press|profile|posed|full|large|small|cropped|blurr(?:ed|y)|another|horizontal|vertical|"
    r"panoramic|square) "
)
_BEGINS_AS_IMAGE = re.compile(
    rf"\W{{0,3}}(?:this is |this )?(?:an? |the |these )?(?:{_OF_IMAGES}){{0,2}}{_KIND} "
    r"(?:of|showing|shows?|depicting|depicts|displaying|that shows|with|from|taken|in which)\b"
    rf"|\W{{0,2}}{_KIND}\W{{0,2}}[:：)）\]\-–—]"
    rf"|(?:an? )?(?:decorative )?(?:featured|cover|header|hero|preview|lead|teaser|article) {_KIND} "
    r"(?:for|of|with|showing)\b"
    r"|(?:artikel|beitrags|titel|vorschau|teaser)bild\W? (?:zu|zum|zur|für)?|"
    rf"thumb(?:nail)?(?: {_KIND})? (?:for|of)\b|(?:image|photo|picture|graphic) for [A-Z]"
    rf"|(?:alt(?:ernat(?:iv)?e)? view )?{_KIND} \d{{1,3}} ?(?:of|/) ?\d{{1,3}}\b"
    r"|(?:das |dieses |ein |eine )?(?:foto(?:grafie)?|bild|aufnahme)s?(?: (?:der|des|von|vom|zeigt)\b| ?:)"
    r"|(?:une |la |cette )?(?:photo(?:graphie)?|image)s? (?:de |du |des |d[’']|montrant )"
    r"(?!famille|groupe|presse|classe)"
    r"|(?:una |la |esta )?(?:foto(?:grafía)?|imagen)(?:es)? (?:del? (?!familia|grupo|satélite|archivo)|que muestra )",
    re.IGNORECASE,
)
_ENDS_AS_IMAGE = re.compile(
    rf"[(（\[]{_KIND}[)）\]]\W?\Z"
    rf"|(?<=\w)(?<!\ba)(?<!\ban)(?<!the)(?<!for)(?<!his)(?<!her)(?<!their)(?<!group)(?<!family) "
    rf"(?:{_KIND}|icon|banner)\W?\Z",
    re.IGNORECASE,
)
_MAX_END = 24
"""This many characters at the end of a text are searched: "(photographs)." has 14."""
_KIND_THAT_MATTERS = re.compile(
    r"\W{0,3}(?:the |an? )?(?:[\w-]{1,20} )?(?:group|family|souvenir|class|aerial|satellite|historic(?:al)?|archive) ",
    re.IGNORECASE,
)
"""Texts whose word for "image" says something: "Group photo", "Satellite image"."""
_BEGINS_AS_JAPANESE_IMAGE = re.compile(r"[（(\[【「]?(?:写真|画像)(?:[0-9０-９]{0,2}[)）\]】」：:]|[ 　])")
_JAPANESE_IMAGE = re.compile(
    r"(?<=[のたるい])(?:写真|画像|イメージ)(?:です)?(?:。|\s?\Z)|[（(\[【](?:写真|画像)[)）\]】]\s?\Z"
)
_PHOTO_AS_SUBJECT = re.compile(
    r"(?:飾られた|掛けられた|掛かった|掲げられた|展示された|歴代\S{1,6}|並ぶ|並んだ|当時)の?(?:写真|画像)"
)
"""Texts about photos in the photo, such as portraits on a wall."""


def _image_phrase(judged: JudgedText) -> Values | None:
    text = judged.text
    found = _BEGINS_AS_IMAGE.match(text) or _ENDS_AS_IMAGE.search(text[-_MAX_END:])
    if found and not _KIND_THAT_MATTERS.match(text):
        return {"phrase": found[0].strip()}
    japanese = _BEGINS_AS_JAPANESE_IMAGE.match(text) or _JAPANESE_IMAGE.search(text)
    if japanese and not _PHOTO_AS_SUBJECT.search(text):
        return {"phrase": japanese[0].strip()}
    return None


_JAPANESE_OCCASION = re.compile(
    r"(?:会談|会合|会議|協議|式典|署名式?|調印式?|開会式?|閉会式?|歓迎式典|表敬訪問|表敬|訪問|視察|集合|記念|撮影|写真|握手|昼食会|夕食会|"
    r"会見|朝食会|ワーキング・?ランチ|レセプション|セッション|全体|冒頭|会場|様子|模様|風景|場面|開催|前後?|後|中|の|に|で|を|が|と|[\W\d_])+"
)


def _vague(judged: JudgedText) -> Values | None:
    words = re.findall(r"[^\W\d_]+", judged.text.casefold())
    if not words:
        return None
    is_vague = (
        any(all(word in language for word in words) for language in _occasions())
        or (len(words) <= _MAX_WORDS_OF_ROLE and any(all(word in roles for word in words) for roles in _roles()))
        or (not judged.text.isascii() and _JAPANESE_OCCASION.fullmatch(judged.text) is not None)
        or is_role(judged.text)
        or _is_place_and_date(judged.text)
    )
    return {"text": judged.text} if is_vague else None


_MAX_WORDS_OF_ROLE = 3
"""More words say more than a role: "The Minister with the Ambassador"."""


@functools.cache
def _vague_words() -> Mapping[str, Mapping[str, str]]:
    """Return language → kind → words, from `vague.toml`."""
    return tomllib.loads(files(__package__).joinpath("vague.toml").read_text("utf-8"))


@functools.cache
def _occasions() -> tuple[frozenset[str], ...]:
    return tuple(
        frozenset((*words["occasions"].split(), *words["particles"].split())) for words in _vague_words().values()
    )


@functools.cache
def _roles() -> tuple[frozenset[str], ...]:
    return tuple(frozenset((*words["roles"].split(), *words["particles"].split())) for words in _vague_words().values())


_PLACE = re.compile(r"[A-ZÀ-ÖØ-ÞŠŽ][\w'’-]{1,20}(?: [A-ZÀ-ÖØ-ÞŠŽ][\w'’-]{1,20}){0,2}|[一-龯々ァ-ヶー]{2,12}")


def _is_place_and_date(text: str) -> bool:
    """Return whether a text has only a place and a date: "Linden, 3 May 2031"."""
    for place, date in ((*text.partition(mark)[::2],) for mark in (", ", "、", " - ", " – ")):
        ends = ((place, date), (date, place))
        if any(_PLACE.fullmatch(a) and _is_number_or_date(b) and not person_names(a) for a, b in ends):
            return True
    return False


def _cut_off(judged: JudgedText) -> Values | None:
    text = judged.text
    if len(text) <= _MIN_CUT_OFF:
        return None
    found = _ENDS_CUT_OFF.search(text[-_MAX_END:])
    if found:
        return {"end": found[0].strip()}
    is_within_word = judged.photo.caption.startswith(text) and _GOES_ON.match(judged.photo.caption, len(text) - 1)
    return {"end": text.split()[-1]} if is_within_word else None


_GOES_ON = re.compile(r"[a-zß-öø-ÿ]{2}")
"""The letters before and after a cut within a word."""


_MIN_CUT_OFF = 15
"""Texts up to this length count as complete: programs cut long texts, and people end short ones in "..."."""


_ENDS_CUT_OFF = re.compile(
    r"\S{0,12} ?(?:\.{3}|…|\[…\])\Z|[,，、]\Z|"
    r"(?: \S{1,12})? (?:the|an|and|of|with|from|für|und|mit|des|et|du|y|del|los)\Z"
)


def _markup(judged: JudgedText) -> Values | None:
    found = _MARKUP.search(judged.text)
    return {"code": found[0]} if found else None


_MARKUP = re.compile(
    r"</?(?:p|br|b|i|u|em|strong|span|a|div|h[1-6]|img|font|sup|sub|li|ul)(?:\s[^<>]{0,200})?/?>|"
    r"&(?:amp|nbsp|quot|lt|gt|apos|[lr][sd]quo|[mn]dash|hellip|#\d{2,5}|#x[0-9a-f]{2,5});",
    re.IGNORECASE,
)


_CJK = re.compile("[" + "".join(LETTER_RANGES[script] for script in ("Hrkt", "Hani", "Hang")) + "]")


def _too_long(judged: JudgedText) -> Values | None:
    text, profile = judged.text, judged.profile
    cjk = len(_CJK.findall(text)) * 2 > len(text)
    most = profile.max_characters_cjk if cjk else profile.max_characters
    sentences = len(split_sentences(text))
    if len(text) <= most and sentences <= profile.max_sentences:
        return None
    return {
        "length": len(text),
        "sentences": sentences,
        "max_characters": most,
        "max_sentences": profile.max_sentences,
    }


_SEPARATOR = re.compile(r" ?[|｜:：–—\-・/／] | [|｜:：–—\-・/／] ?|[|｜：]| ?[（(]|[)）] ?\Z")


def _site_name_added(judged: JudgedText) -> Values | None:
    site = comparable(judged.photo.site_name)
    if not site or site not in judged.letters:
        return None
    parts = [part for part in _SEPARATOR.split(judged.text) if part.strip()]
    if len(parts) > 1 and site in {comparable(parts[0]), comparable(parts[-1])}:
        return {"site": judged.photo.site_name}
    return None


_CREDIT = re.compile(
    r"(?:photo(?:graph)?|image|picture)s?(?: ?credit)?(?: by |: ?|／| ?/ ?| courtesy of )\s?[^\W\d_]|\bcredit: |"
    r"\bcourtesy of |©|\(c\) |(?:写真|画像)?(?:提供|出典|撮影者?)[：:／/=]|(?:写真|画像)提供|"
    r"[（(](?:写真|画像)[：:／/＝=]|\b(?:Foto|Quelle|Fuente|Source): ?[^\W\d_]|"
    rf"\bvia {_AGENCY}\W{{0,2}}\Z",
    re.IGNORECASE,
)


def _credit(judged: JudgedText) -> Values | None:
    found = _CREDIT.search(judged.text)
    if found is None or (found.start() == 0 and "©" not in found[0]):  # "Photo: a handshake" is a description
        return None
    return {"credit": judged.text[found.start() : found.start() + 40]}


# --- the text and its page


def _language(judged: JudgedText) -> Values | None:
    if judged.foreign_language is None:
        return None
    page, text = _page_language(judged), judged.foreign_language
    return {
        "page_language": page,
        "text_language": text,
        "page_language_name": language_name(page),
        "text_language_name": language_name(text),
    }


def _page_language(judged: JudgedText) -> str:
    """Return "en" for a page in "en-GB"."""
    return primary_subtag(judged.photo.language)


def _decorative_with_caption(judged: JudgedText) -> Values | None:
    caption = judged.photo.caption
    if isinstance(judged.photo.alt, Decorative) and comparable(caption):
        return {"caption": caption}
    return None


def _invented_name(judged: JudgedText) -> Values | None:
    return _name_beyond_page(judged) if is_unreviewed_draft(judged.photo.alt) else None


def _unconfirmed_name(judged: JudgedText) -> Values | None:
    return None if is_unreviewed_draft(judged.photo.alt) else _name_beyond_page(judged)


def _name_beyond_page(judged: JudgedText) -> Values | None:
    """Return the first person whom the text names, but neither the page nor a text beside the photo.

    A credit at the end does not count: photographers are not in their photos.
    """
    photo = judged.photo
    if _page_language(judged) not in {"en", "ja"} or judged.foreign_language:
        return None
    credit = _CREDIT.search(judged.text)
    described = judged.text[: credit.start()] if credit and credit.start() else judged.text
    known = (photo.page_text, photo.caption, photo.credit, photo.title, photo.before, photo.after)
    for name in person_names(described):
        if not any(is_named(name, text) for text in known):
            return {"name": name}
    return None


RULES: dict[str, AltRule] = {
    "missing": AltRule(_missing, final=True),
    "file-name": AltRule(_file_name, final=True),
    "generic": AltRule(_generic, final=True),
    "site-name": AltRule(_site_name, final=True),
    "automatic": AltRule(_automatic),
    "file-extension": AltRule(_file_extension),
    "language": AltRule(_language),
    "shared-caption": AltRule(_shared_caption),
    "invented-name": AltRule(_invented_name),
    "decorative-with-caption": AltRule(_decorative_with_caption),
    "same-as-caption": AltRule(_same_as_caption),
    "same-as-person-caption": AltRule(_same_as_person_caption),
    "same-as-context": AltRule(_same_as_context, of_wording=True),
    "repeated-text": AltRule(_repeated_text, of_wording=True),
    "image-phrase": AltRule(_image_phrase, of_wording=True),
    "unconfirmed-name": AltRule(_unconfirmed_name),
    "credit": AltRule(_credit, of_wording=True),
    "site-name-added": AltRule(_site_name_added, of_wording=True),
    "vague": AltRule(_vague, of_wording=True),
    "cut-off": AltRule(_cut_off, of_wording=True),
    "markup": AltRule(_markup),
    "too-long": AltRule(_too_long, of_wording=True),
}
"""Name → rule, in the order of application. Findings of one level keep this order, so the first is mended first."""
