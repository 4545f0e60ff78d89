"""Recognises meaningless alternative texts: file names, and words such as "photo 1" that fit any photo."""

from __future__ import annotations

import functools
import re
import tomllib
import unicodedata
from collections.abc import Collection
from importlib.resources import files
from itertools import repeat
from pathlib import PurePosixPath
from typing import Literal, NamedTuple

import msgspec

Meaningless = Literal["empty", "file-name", "generic"]
"""Why a text says nothing: nothing in it can be spoken ("empty"), it is a file name, or it fits any photo ("generic").
"""

_IMAGE_WORDS = re.compile(
    r"[(（\[]?\s*+(?:[0-9]{1,3}\. ?)?(?:the |an? )?(?:photo(?:graph)?|picture|image|img|pic|photographie|illustration|"
    r"vignette|visuel|fotos?|fotografi[ea]|bild(?:er)?|abbildung|symbol(?:bild|foto)|vorschaubild|titelbild|"
    r"beispielbild|grafik|port(?:rät|rait)(?:foto|bild)?|imágen(?:es)?|imagen(?:es)?|figura|ilustración|retrato|imagem|"
    r"imagens|ilustração|immagin[ei]|illustrazione|ritratto|imatge|afbeelding|portret|obr(?:áze|azo)k|obraz|zdjęcie|"
    r"fotka|bilde|billede|kuva|mynd|pilt|attēls|nuotrauka|vaizdas|slika|kép|fénykép|imagine|poză|fotografija|resim|"
    r"görsel|fotoğraf|şəkil|rasm|picha|llun|ffotograff|argazkia|irudia|íomhá|grianghraf|larawan|gambar|"
    r"фото(?:графи[яј]а?)?|изображение|картинка|снимок|снимка|иллюстрация|зображення|світлина|слика|сурет|сүрөт|зураг|"
    r"写真|画像|図|照片|图片|圖片|图像|圖像|图|圖|(?:첨부 ?)?(?:사진|이미지)|그림|(?:ال)?صورة|تصویر|عکس|תמונה|"
    r"(?:รูป)?ภาพ(?:ที่)?|hình(?: ảnh)?|ảnh|εικόνα|φωτογραφία|სურათი|ფოტო|լուսանկար|նկար|चित्र|तस्वीर|फोटो|ছবি|படம்)"
    r"\s*+[)）\]]?\s*+(?:[#:._№-]|n[or°]\.?|br\.)?\s*+[0-9０-９]{0,4}(?: ?\([0-9]{1,3}\))?\.?",
    re.IGNORECASE,
)
"""A word for "image", perhaps with an article, brackets and a number."""

EXTENSION = r"\.(?:jpe?g|png|gif|webp|bmp|tiff?|svg|avif|heic|mp[34]|m4[av]|mov|webm|og[gva]|wav|avi|wmv|swf|m3u8)"
"""Also of videos: players show the file name of a video without a title."""

_FILE_NAME = re.compile(rf"\S+{EXTENSION}(?: \([^()]{{1,40}}\).{{0,40}})?", re.IGNORECASE)
"""Also with what forums add: "quay.jpg (24 KiB) Viewed 31 times"."""

_CAMERA_NAME = re.compile(
    r"(?:DSC[NF]?|_?IMG|PXL|PIC|P|R|MVI|GOPR|DJI|SAM|CIMG|VID|IMGP|HRK|SCAN)[-_ ]?\d{3,}(?:[-_ ]\d{2,})?"
    r"(?:[-_ ]?(?:\(\d{1,3}\)|scaled|edited|edit|copy|final|small|large|web|min|\d{2,4}x\d{2,4})){0,3}",
    re.IGNORECASE,
)
"""DSC_0042, IMG-2031 (2), PXL_20310501."""

_PROGRAM_NAME = re.compile(
    r"(?:screen ?shot|bildschirmfoto|capture d[’']écran|captura de (?:pantalla|tela)|schermata|schermafbeelding|"
    r"снимок экрана|スクリーンショット|whatsapp image|photo|image|写真|画像)[-_ ]?(?:du |le |em )?"
    r"\d{4}[-_.年]\d\d?[-_.月]\d\d?.{0,30}|(?:chatgpt image|gemini generated image|dall[·.-]?e) .{0,60}\d.{0,60}|"
    r"(?:new|neues|nouveau|nuevo) (?:project|canvas|document|design|bitmap image|projekt|dokument|projet)"
    r"(?: ?\(?\d{1,3}\)?)?|doc\d{1,3}|(?:新規|新しい)(?:ドキュメント|プロジェクト|画像|ファイル)\d{0,3}",
    re.IGNORECASE,
)
"""Names from computers, telephones, messengers and editors: "Screenshot 2031-05-01 at 10.31", "Doc1"."""


class PhotoAgency(NamedTuple):
    """Patterns of an agency's name in file names and in credits; None where it does not occur."""

    in_file_names: str | None
    in_credits: str | None


PHOTO_AGENCIES = (
    PhotoAgency(r"getty ?images?", r"getty(?: images)?"),
    PhotoAgency(r"i?stock(?:photo)?", r"i?stock(?:photo)?"),
    PhotoAgency(r"adobe ?stock", r"(?:adobe ?stock|stock\.adobe(?:\.com)?)"),
    PhotoAgency("shutterstock", "shutterstock"),
    PhotoAgency("unsplash", "unsplash"),
    PhotoAgency("pexels", "pexels"),
    PhotoAgency("pixabay", "pixabay"),
    PhotoAgency("alamy", "alamy"),
    PhotoAgency(r"deposit ?photos", None),
    PhotoAgency("dreamstime", None),
    PhotoAgency("freepik", None),
    PhotoAgency("fotolia", "fotolia"),
    PhotoAgency(None, "flickr"),
    PhotoAgency(None, "reuters"),
    PhotoAgency(None, "afp"),
    PhotoAgency(None, r"ap(?: photo)?"),
    PhotoAgency(None, "epa(?:-efe)?"),
    PhotoAgency(None, "efe"),
    PhotoAgency(None, r"(?:dpa|picture[- ]alliance)"),
    PhotoAgency(None, "imago(?: images)?"),
    PhotoAgency(None, "ansa"),
    PhotoAgency(None, "kyodo(?: news)?"),
    PhotoAgency(None, r"jiji(?: press)?"),
    PhotoAgency(None, "tass"),
    PhotoAgency(None, "xinhua"),
    PhotoAgency(None, "yonhap"),
    PhotoAgency(None, "共同通信社?"),
    PhotoAgency(None, "時事通信社?"),
    PhotoAgency(None, "(?:AFP[＝=])?時事"),
    PhotoAgency(None, "ロイター(?:通信)?"),
    PhotoAgency(None, "AP通信"),
    PhotoAgency(None, "アフロ"),
    PhotoAgency(None, "内閣広報室"),
    PhotoAgency(None, "(?:株式会社)?ピクスタ|pixta"),
    PhotoAgency(None, "いらすとや"),
    PhotoAgency(None, "ぱくたそ"),
    PhotoAgency(None, "(?:写真|イラスト)AC"),
    PhotoAgency(None, "アマナ(?:イメージズ)?"),
    PhotoAgency(None, "ゲッティ(?:・?イメージズ)?"),
    PhotoAgency(None, "共同"),
)
"""Only stock agencies put their name into file names."""

_STOCK_AGENCY = "|".join(agency.in_file_names for agency in PHOTO_AGENCIES if agency.in_file_names)
_STOCK_NAME = re.compile(
    rf"(?:{_STOCK_AGENCY})(?:[-_ ](?:photo|stock|image))?[-_ ]?\d{{4,}}\S*(?: - .{{1,80}})?", re.IGNORECASE
)
"""Perhaps with a title: "GettyImages-1203312", "Fotolia 755112 - harbour"."""

_DESIGN_NAME = re.compile(
    r"(?:frame|rectangle|ellipse|asset|component|bitmap|download|slide|card|item|block|section|layer|path|vector|shape)"
    r"[-_ ]*\(?\d{1,5}\)?(?:@\dx)?|(?:asset|media|node|attachment)[-_:/]\d[\d_-]{0,20}(?:-image)?|"
    r"group[-_ ]\d{3,5}|"
    r"(?:artboard|microsoftteams-image|untitled(?:[-_ ]design)?|unnamed|maxresdefault|hqdefault|mask group)"
    r"[-_ ]*\(?\d{0,5}\)?(?:@\dx)?",
    re.IGNORECASE,
)
"""Names from design programs and browsers: "Artboard 1@2x", "Untitled design (3)"."""

_PIXELS = re.compile(r"(?:\S+ ){0,5}\d{3,4} ?[x×] ?\d{3,4}(?: ?px)?", re.IGNORECASE)
"""A size in pixels after a label: "Harbour header 1200x628"."""

_DEFAULT_SENTENCE = re.compile(
    r"this image has an empty alt attribute.*|no (?:photo |image )?description available\.?|"
    r"(?-i:OLYMPUS DIGITAL CAMERA|KONICA MINOLTA DIGITAL CAMERA|SAMSUNG CAMERA PICTURES|SONY DSC)|"
    r"processed with \S.{0,60}|(?:created|made|edited) (?:with|by|in|using) (?:gimp|canva|adobe|vsco)\b.{0,40}|"
    r"imgur|photobucket|imgbb|gyazo|click (?:me|here)|(?:read |learn |see |show |find out )?more|"
    r"(?:youtube|vimeo|embedded|html5|media|video|audio)(?: video| audio)? player|\[?object object\]?|undefined|"
    r"(?:\{\{?|\$\{|%%?|<%)[^{}%<>]{1,60}(?:\}\}?|%>|%%?)|\d{1,3} ?(?:/|of|von|sur|de) ?\d{1,3}",
    re.IGNORECASE,
)
"""What programs write without a text: "No description available", the field "{{ alt }}", the count "2 of 5"."""

_CALL_TO_CLICK = re.compile(
    r"\b(?:click|tap) here\b|\bhier (?:an)?klicken\b|\bklick(?:en sie|e)? hier\b|\bcliquez ici\b|"
    r"\b(?:haga|haz) clic (?:aquí|en)\b|\bpulse aquí\b|"
    r"\A(?:(?-i:CTA|Call[- ]to[- ]action) |(?:try|start|get|join) [^,.;:]{1,40} for free\b(?: button)?[!.]?\Z)|"
    r"(?:はこちら|[をで](?:クリック|タップ)(?:してください|すると.{1,20})?)[。！]?\Z",
    re.IGNORECASE,
)
"""Words such as "Now live, click here", 詳細はこちら."""
_MAX_CALL = 100
"""A longer text also says something else."""

_APPEAL = re.compile(
    r"(?:click|tap) to (?:play|watch|view|see|open|enlarge|zoom|expand|read|listen)\b.{0,300}|"
    r"(?:explore|discover|browse|meet|try|book|hire|order|visit|read|contact) our\b[^:]{0,200}|"
    r"(?:schedule|book|request|get) an? (?:free )?(?:demo|call|quote|consultation|appointment|trial)\b.{0,200}|"
    r"(?:hey|hi|want|need|looking|ready|are you|do you|did you|have you|grab|take|learn|check out|find out)\b"
    r"(?=.{0,400}#[a-z]).{30,400}|"
    r"(?!.{0,200}\b(?:shown|seen|pictured|described)\b).{0,120}\b(?:in this (?:article|post|blog|guide|story)|"
    r"in diesem (?:artikel|beitrag)|dans cet article|en este artículo)\W{0,2}|.{0,40}この記事(?:では|で).{0,40}",
    re.IGNORECASE,
)
"""A text about the site or its article: "Click to play", "Five harbours in this post"."""

_SITE_IN_JAPANESE = re.compile("[^をがはにで、。]{1,20}(?:ホームページ|公式サイト|ウェブサイト|トップページ)")
"""The label of a link: 外務省ホームページ."""

_NUMBER_WITH_MARK = re.compile(
    r"(?:no|nr|nº|n°|№|#|その|第)[.:]? ?\d{1,4}(?:番|枚目|番目|点目|号|回|部|図|表)?|\d{1,4}(?:枚目|番目|点目)",
    re.IGNORECASE,
)
"""Such as "No. 3", その2."""

_LABEL_WITH_NUMBER = re.compile(
    r"(?:attachment|exhibit|appendix|annex|enclosure|anlage|anhang|annexe|anexo|fig(?:ure|\.)?|abb(?:ildung|\.)?|"
    r"tab(?:le|elle|leau|\.)?|tabla|chart|diagram|plate|panel|step|option|number|chapter|section|schritt|étape|paso) ?"
    r"(?:\d{1,3}(?:[a-z]|\.\d{1,2})?|(?-i:[A-Z]|[IVX]{1,4}))|"
    r"(?:図表?|表|グラフ|別紙|別添|別表|資料|参考(?:資料)?|添付(?:資料)?|付録|様式)[第 ]?"
    r"(?:\d{1,3}(?:-\d{1,2})?|[A-Z])号?|"
    r"(?:写真|画像)(?:[A-Z①-⑳]|[上下左右中](?:段|央|側)?)|[(（]?[上下左右中](?:段|央|側)?[)）]|図表|別紙|別添|添付資料",
    re.IGNORECASE,
)
"""How a text refers to its pictures: "Exhibit B", "Fig 2a", 別紙1, 写真左."""

_TOPIC_OF_SITE = re.compile(
    r"(?:category|topic|tag|section|filed under|posted in|rubrik|kategorie|thema|catégorie|rubrique|categoría|"
    r"カテゴリー?|タグ|分類)(?: ?[:：] ?| [-–] )\S.{0,40}",
    re.IGNORECASE,
)
"""Where a site files the page: "Category: News"."""

_PHOTO_TO_FOLLOW = re.compile(
    r"(?:\S{1,20} ){0,3}(?:photo|image|picture|graphic|headshot|portrait|logo)s? (?:is |are )?(?:currently )?(?:"
    r"missing|unavailable|not (?:yet )?(?:available|found|loaded|provided|uploaded)|coming soon|to follow|to come|"
    r"pending|to be (?:added|confirmed|replaced|supplied)|forthcoming)\W{0,3}",
    re.IGNORECASE,
)
"""Such as "Staff photo to follow"."""

_TEXT_TO_FOLLOW = re.compile(
    r"lorem ipsum.{0,200}|test ?\d{1,4}|(?-i:NaN)|(?:テキスト){1,5}|[ー〜~]{1,10}|"
    r"[〇○◯△□×●▲■]{2,5}(?:の?(?:写真|画像|図))?|"
    r".{0,10}(?:テキスト|文字|説明文?|キャプション|画像)[をが]?(?:ここに|こちらに)?(?:入力|入り|記入|挿入)"
    r"(?:ます|る|して(?:ください)?|します)?",
    re.IGNORECASE,
)
"""What stands in for a text: "Lorem ipsum", 〇〇の写真."""

_REPRESENTATIVE = re.compile(
    r"(?:(?:the|this) )?(?:image|photo|picture)s? (?:is |are |shown is |used is )?(?:only |purely )?(?:representative|"
    r"representational|illustrative|for (?:representation|illustration|illustrative|representational))\b.{0,100}",
    re.IGNORECASE,
)
"""The photo does not show the event: "The image is for illustration only"."""

_CONTROL = re.compile(
    r"(?:play|pause|stop|close|open|menu|search|next|prev(?:ious)?|back|submit|scroll|mute) (?:button|btn|arrow|icon)"
    r"(?: [a-z]{3,10})?|(?-i:[a-z]{2,10})(?:画像|写真)|1 ?[x×] ?1(?: ?px)?|.{0,40}\bno ?script(?: image| pixel)?|"
    r"(?:carousel|slider|gallery|grid|list)[ -](?:item|slide|card)[ -]?\d{1,3}|"
    r"(?:最初|最後|目次|先頭|前|次|トップ|本文|一覧)(?:のページ|の記事|の画像)?へ(?:移動|戻る|進む)?",
    re.IGNORECASE,
)
"""A part of the site's layout: "play button purple", 次のページへ, "carousel item 4"."""

_REPEATED_LETTER = re.compile(r"([a-zぁ-ん])\1{2,20}")
"""What people type to fill a field: "xxx"."""

_HOME_IN_TRAIL = re.compile(
    r"(?:home|start|startseite|accueil|inicio|top|ホーム|トップ|トップページ) ?"
    r"(?:[>»›]|[/|](?=.{1,200}[/|])) ?.{1,200}",
    re.IGNORECASE,
)
"""A breadcrumb trail: "Home > Visits > Port Linden". "Start / finish line" is a description."""

_BETWEEN_LABELS = re.compile(r" ?[>»›/|] ?")

_LICENCE = re.compile(
    r"(?:©|\(c\)|licen[cs]ed under|licen[cs]e:?|lizenz:?|licence :)? ?(?:"
    r"by(?:-(?:nc|nd|sa)){1,3}|cc[ -]?(?:by|0|zero)(?:[ -](?:nc|nd|sa)){0,3}(?: ?\d\.\d)?(?: [a-z]{2,13})?|"
    r"creative commons(?: (?:attribution|non-?commercial|no-?deriv\w{1,6}|share-?alike|by|sa|nc|nd|cc0?|international|"
    r"unported|licen[cs]e|lizenz|[\d.]{1,4})){0,8}|open government licen[cs]e(?: v?[\d.]{1,4})?)",
    re.IGNORECASE,
)
"""Such as "CC BY-SA 4.0"."""

_FOR_A_TOPIC = re.compile(
    r"(?:symbol|beispiel|vorschau)?bild(?:er)? (?:zu|zum|zur) (?:thema|themen|artikel|beitrag|meldung)\b.{0,200}|"
    r"(?:image|photo) pour l[’']article\b.{0,200}|imagen (?:de|para) (?:la noticia|el artículo)\b.{0,200}",
    re.IGNORECASE,
)
"""Such as "Symbolbild zum Thema Hafen"."""

_TOPIC_WITH_NUMBER = re.compile(
    r"(?:\S{1,30} ){1,4}(?:(?:image|photo|picture|bild|foto|imagen|immagine)s? ?(?:n[or°º.]{1,2} ?)?[#(]?\d{1,3}\)?)|"
    r"\S{1,40}[ 　]?(?:写真|画像)(?:その)?[ 　(]?\d{1,3}\)?",
    re.IGNORECASE,
)
"""Such as "Harbour visit image 3"."""

_GENERIC_TEXTS = (
    _APPEAL,
    _TOPIC_WITH_NUMBER,
    _LABEL_WITH_NUMBER,
    _TOPIC_OF_SITE,
    _PHOTO_TO_FOLLOW,
    _TEXT_TO_FOLLOW,
    _REPRESENTATIVE,
    _CONTROL,
    _DEFAULT_SENTENCE,
    _SITE_IN_JAPANESE,
    _NUMBER_WITH_MARK,
    _REPEATED_LETTER,
    _HOME_IN_TRAIL,
    _LICENCE,
    _FOR_A_TOPIC,
)

_IDENTIFIER = re.compile(
    r"(?:https?://|www\.|data:)\S+(?: ?[-–|])?|"
    r"(?=\S*_)\S+|(?:[^\W_]+-){4,}[^\W_]+|(?=[^-\s]*-[^-\s]*-)(?=\S*\d)[\w.-]+|[0-9a-f-]{12,}",
    re.IGNORECASE,
)
"""A URL, or no word: "quay_boat", "12-quay-boat", hex digits."""

_HYPHENATED = re.compile(
    r"(?:(?:[^\W\d_A-Z]+-){3,}[^\W\d_A-Z]+|(?:[^\W\d_A-Z]{4,}-){2,}[^\W\d_A-Z]{4,}|"
    r"(?=.*-(?!(?:under|upon|over|unter|ober|super|sous|elect|general|designate)(?![^\W_]))[a-zß-öø-ÿ]{4,})"
    r"[^\W\d_]{4,}(?:-[^\W\d_]{4,}){2,})(?: (?:logo|icon|image|photo|picture|banner|graphic))?"
)
"""Words joined as in URLs: "harbour-visit-ships logo".

Other words and names do not match: "Forget-me-not", "Linden-upon-Salt", "Korvin-Velde-Stiftung".
"""

_ASSET_LABEL = re.compile(
    r"(?=.*\b(?:graphic|icon|banner|image|photo|img|pic|header|thumb(?:nail)?|logo|visual)\b).*\b(?:final|draft|v\d{1,2}|copy)\W*"
    r"|.{0,120}\b(?:landing ?page|hero|header|footer|side ?bar|home ?page|carousel|slider|masthead|teaser|promo|"
    r"featured?)[ -]+(?:(?:middle|top|bottom|left|right|main|desktop|mobile|background|bg)[ -]+)?"
    r"(?:graphic|image|img|pic|photo|tile|thumb(?:nail)?|banner|bg|background|visual)"
    r"(?! (?:of|with|showing|for|from|in)\b)[^,:;]{0,20}|"
    r"(?-i:[a-z\d]+(?:-[a-z\d]+)*-(?:video|image|img|photo|pic|banner|thumb(?:nail)?|cover|hero|header|bg|icon))|"
    r".{0,120}\b(?:header|hero|titel|teaser|beitrags|vorschau|start)(?:banner|bild|grafik|image)\W{0,3}\d{0,3}|"
    r"(?-i:(?:[A-Z\d][\w'’.&-]{0,30} ){2}(?:(?:[A-Z\d][\w'’.&-]{0,30}|and|of|for|the|to|&) ){0,12}(?:Banner|Graphic))"
    r"(?: ?v?\.?\d{1,2})?|"
    r"(?:thumbnail|template|header|hero|tile) [-–|] \S.{0,80}|"
    r".{0,60}\bplaceholder\W{0,3}|.{0,60}\bcall[- ]to[- ]action\b.{0,20}",
    re.IGNORECASE,
)
"""Names from designers: "Quay graphic final v2", "landing page image 2", "Harbour Grants Graphic"."""

_SCRIPT_NAME = re.compile(
    r"(?:[\w-]{1,60}+\.(?:php|aspx?|ashx|jsp|cgi)(?:\?\S{0,200})?|cid:\S{1,200})|"
    r"(?:[A-Za-z]:\\|\.{0,2}/|file:/)[^\s*]{1,200}|"
    r"(?:fa[brs]?|mdi|ico|icon|btn|bnr|img|pic|bg|glyphicon|dashicons|sprite)-[a-z\d][\w-]{0,60}",
    re.IGNORECASE,
)
"""Names from servers, mail programs and style sheets: "thumb.php?id=3", "cid:image001", "fa-envelope"."""

_PLACE_WITH_NUMBER = re.compile(
    r"(?:banner|header|hero|logo|icon|thumb|pic|img|scan|carousel|item)[-_ ]*\(?\d{1,5}\)?|"
    r"new[-_ ]?(?:image|photo|pic)[-_ ]*\(?\d{0,5}\)?|(?:draft|version|rev|final)[-_ ]?v?\d{1,2}|page[-_]?0\d{1,3}|"
    r"\d{6,8}[-_]?[a-z]{2,20}\d{0,3}|[a-z]{3,20}[-_]?\d{8}",
    re.IGNORECASE,
)
"""Such as "banner2", "final_v2", "20310503kaidan"."""

_NUMBERED_NAME = re.compile(
    r"(?:[a-z]{2,20}|[ぁ-んァ-ヶー一-龯々]{2,20})0\d{1,3}|(?:gazou?|s[hy]ashin)[-_]?\w{0,6}|コピー ?[-~～].{1,80}"
)
"""Such as "kaidan01", "gazou3" (Japanese for "picture"), コピー ~ 港 ("copy of")."""

_CAMEL_CASE = re.compile(r"(?:[a-z]{3,20}(?:[A-Z][a-z]{1,20}){2,8}|(?:[A-Z][a-z]{1,20}){4,12})\d{0,4}")
"""Such as "quayServerlessIcon", "ShipsInTheHarbour". Product names have fewer words: "OpenStreetMap"."""

_NAMES_OF_PROGRAMS = (
    _PROGRAM_NAME,
    _STOCK_NAME,
    _DESIGN_NAME,
    _PIXELS,
    _IDENTIFIER,
    _HYPHENATED,
    _ASSET_LABEL,
    _NUMBERED_NAME,
    _CAMEL_CASE,
    _SCRIPT_NAME,
    _PLACE_WITH_NUMBER,
)
_MAX_NAME = 500
"""In characters: file systems allow 255, and URLs may have more."""


class _EmptyWords(msgspec.Struct, frozen=True):
    """The words of one language that say nothing, from `meaningless_words.toml`; `empty` has core words and fillers.

    `actions` and `objects` make labels of buttons, `qualifiers` and `sections` names of lists. `link_labels` has each
    label with each platform, spelt as `_spaced` returns it: "listen on spotify".
    """

    core: frozenset[str]
    empty: frozenset[str]
    actions: frozenset[str]
    objects: frozenset[str]
    qualifiers: frozenset[str]
    sections: frozenset[str]
    labels: frozenset[str]
    link_labels: frozenset[str]


@functools.cache
def _empty_words() -> tuple[_EmptyWords, ...]:
    table = tomllib.loads(files(__package__).joinpath("meaningless_words.toml").read_text("utf-8"))
    return tuple(
        _EmptyWords(
            core=frozenset(words["core"].casefold().split()),
            empty=frozenset((*words["core"].casefold().split(), *words["fillers"].casefold().split())),
            actions=frozenset(words["actions"].split()),
            objects=frozenset(words["objects"].split()),
            qualifiers=frozenset(words["qualifiers"].split()),
            sections=frozenset(words["sections"].split()),
            labels=frozenset(label.casefold() for label in words["labels"]),
            link_labels=frozenset(
                _spaced(label.format(platform=platform)) for label in words["link_labels"] for platform in PLATFORMS
            ),
        )
        for words in table.values()
    )


PLATFORMS = (
    "amazon music",
    "apple music",
    "apple podcasts",
    "audible",
    "bluesky",
    "castbox",
    "deezer",
    "e-mail",
    "email",
    "facebook",
    "flickr",
    "google maps",
    "google play",
    "google podcasts",
    "instagram",
    "line",
    "linkedin",
    "mastodon",
    "overcast",
    "pandora",
    "pinterest",
    "pocket casts",
    "reddit",
    "soundcloud",
    "spotify",
    "stitcher",
    "telegram",
    "the app store",
    "threads",
    "tiktok",
    "tunein",
    "twitter",
    "vimeo",
    "whatsapp",
    "x",
    "xing",
    "youtube",
)
"""Sites, shops and services to which buttons of other sites lead."""


def _spaced(text: str) -> str:
    """Return a label in lower case, with single spaces, also for hyphens."""
    return " ".join(text.casefold().replace("’", "'").replace("-", " ").split())


_WORD = re.compile(r"[^\W_]+(?:/[^\W_]+)*")
_JAPANESE_CORE_WORDS = r"""
    写真 画像 図 イメージ サムネイル アイキャッチ バナー ロゴ アイコン スライド スクリーンショット 代替テキスト
    無題 名称未設定 プレースホルダー ダミー ボタン キャプション 動画 同上 参照 イラスト 挿絵 スクショ
    キャプチャ ダウンロード お知らせ 新着情報 トピックス プレスリリース 報道発表 スペーサー 区切り線 罫線 飾り線 装飾
    ノーイメージ ノーフォト 読み込み中? 読み込む ロード中 再生 音声 拡大 タブ 準備中 顔写真 検索(?:窓|欄|バー)
    外部(?:リンク|サイト) 記事 全文 メニュー ナビ(?:ゲーション)? 検索 ログイン 会員登録 登録 送信 購入
    コメント シェア ツイート フォロー いいね お気に入り 印刷 スライドショー ランキング カテゴリー?
    サイト ページ プライバシーポリシー 利用規約 免責事項 著作権 転載 無断 素材 alt スキップ テキスト ファイル リンク
    テスト ニュース お問い合わせ グラフ ギャラリー 広告 別ウィンドウ 新規ウィンドウ
    新しいウィンドウ 高解像度 詳細 詳しく 続きを読む 一覧 PDF KB MB
"""
_JAPANESE_FILLERS = r"""
    フォーム メイン トップ ヘッダー クリック タップ します する こちら ください なし あり 表示 縮小
    説明文? サンプル 見出し カバー 背景 枚目 番目 点目 その 見る 読む 開く 開きます 版 フォト 集 サイズ データ Word
    Excel 第 左 右 上 下 中央 本文 別 上記 下記 以下 資料 参考 形式 アドビ リーダー Adobe Reader 入手 関連 YouTube
    ここ 矢印 閉じる 停止 次 前 です から が を の は で に へ と 入る 入ります この 先 グローバル ワード エクセル
    禁じます 禁止 不可 複製 掲載 予定 後日 近日 公開 追加 入力 済み 最初 最後 先頭 全画面 一時 聞く 聴く 送る
    教える 応募 申込 申し込み フリー 新規 新しい 移動 戻る さらに おすすめ 人気 注目 最新 特集 全て すべて ご覧
    見つかりません ありません タイトル デザイン ドキュメント 印刷用 仮 見本 デモ 透明 いたします Facebook
    フェイスブック Twitter ツイッター Instagram インスタグラム LINE TikTok X ハンバーガー して
"""
_JAPANESE_CORE = re.compile("|".join(_JAPANESE_CORE_WORDS.split()))
_JAPANESE_EMPTY = re.compile(
    rf"(?:{'|'.join((*_JAPANESE_CORE_WORDS.split(), *_JAPANESE_FILLERS.split()))}|[一二三四五六七八九十]|[\W\d_])+"
)
"""A Japanese text of these words says nothing if one of them is a core word.

No word may consist of others: matching would take exponential time. Words that can describe a photo, such as 窓, are
only parts of longer words.
"""


_MAX_MEANINGLESS = 1000
"""A longer text says something, unless it is empty. The limit bounds the time: many photos may share a caption of 100
kB.
"""


def why_meaningless(text: str, file_name: str) -> Meaningless | None:
    """Return why an alternative text says nothing about its photo; None if it says something.

    "---" is empty, "DSC_0042" and `file_name`, the name of the photo's file, are file names; "photo 1", 写真 and "main
    image" are generic.
    """
    bare = unicodedata.normalize("NFKC", text.strip()) if not text.isascii() else text.strip()
    if not any(map(_is_spoken, bare)) and not _EMOTICON.fullmatch(bare):
        return "empty"
    if len(bare) > _MAX_MEANINGLESS:
        return None
    if _IMAGE_WORDS.fullmatch(bare):
        return "generic"
    if (
        (_FILE_NAME.fullmatch(bare) or _CAMERA_NAME.fullmatch(bare))
        or (len(bare) <= _MAX_NAME and any(name.fullmatch(bare) for name in _NAMES_OF_PROGRAMS))
        or bare.casefold() == file_name.casefold()
        or (_is_stem(bare, file_name) and not _may_be_description(bare))
        or _spells_file_name(bare, file_name)
        or _has_identifier(bare)
    ):
        return "file-name"
    if any(pattern.fullmatch(bare) for pattern in _GENERIC_TEXTS):
        return "generic"
    if len(bare) <= _MAX_CALL and _CALL_TO_CLICK.search(bare):
        return "generic"
    if _is_generic(bare) or _is_generic(_PARENTHESIS_WITH_IMAGE.sub("", bare)):
        return "generic"
    if all(map(_is_generic, _BETWEEN_LABELS.split(bare))):
        return "generic"
    if _is_link_label(bare) or _is_button_or_list(bare):
        return "generic"
    if _JAPANESE_CORE.search(bare) and _JAPANESE_EMPTY.fullmatch(bare):
        return "generic"
    return None


_PARENTHESIS_WITH_IMAGE = re.compile(r"[(\[][^()\[\]]{0,60}\b(?:photo|image|picture)s?[)\]]", re.IGNORECASE)
"""Such as "(agency file photo)"."""


def _is_generic(text: str) -> bool:
    words = [word.casefold() for word in _WORD.findall(text)]
    bare = " ".join(text.casefold().replace("’", "'").strip(_AROUND_LABELS).split())
    return any(
        bare in language.labels
        or (bool(language.core.intersection(words)) and all(map(_is_empty_word, words, repeat(language.empty))))
        for language in _empty_words()
    )


def _is_link_label(text: str) -> bool:
    """Return whether a text is the label of a link to another site, perhaps with a name: "Watch on YouTube"."""
    words = _spaced(text.strip(_AROUND_LABELS)).split()
    shortest = max(len(words) - _MAX_NAME_WORDS, 0)
    starts = {" ".join(words[:count]) for count in range(shortest, len(words) + 1)}
    return any(not language.link_labels.isdisjoint(starts) for language in _empty_words())


def _is_button_or_list(text: str) -> bool:
    """Return whether a text is the label of a button or of a list of pages: "share this story", "latest news"."""
    words = _WORD_WITH_APOSTROPHE.findall(text.casefold().replace("’", "'"))
    if not 1 < len(words) <= _MAX_WORDS_OF_BUTTON or text.strip(_AROUND_LABELS).count(",") > 0:
        return False
    return any(
        _has_both(words, language.actions, language.objects, language.empty)
        or _has_both(words, language.qualifiers, language.sections, frozenset())
        for language in _empty_words()
    )


def _has_both(words: Collection[str], first: frozenset[str], second: frozenset[str], others: frozenset[str]) -> bool:
    """Return whether all `words` are in these sets, one in `first`, and a different one in `second`."""
    if not (first | second | others).issuperset(words):
        return False
    of_first, of_second = first.intersection(words), second.intersection(words)
    return bool(of_first and of_second) and len(of_first | of_second) > 1


_WORD_WITH_APOSTROPHE = re.compile(r"[^\W_]+(?:'[^\W_]*)?")
_MAX_WORDS_OF_BUTTON = 6
"""In a label of a button. Chosen by hand."""

_MAX_NAME_WORDS = 3
"""As in "Zum YouTube-Kanal der Hafenverwaltung"."""


def _is_empty_word(word: str, empty: frozenset[str]) -> bool:
    return word in empty or (len(word) == 1 and word.isascii()) or _NUMBER_WITH_UNIT.fullmatch(word) is not None


_AROUND_LABELS = " .:;!?()[]<>«»‹›→…-–—|"
_NUMBER_WITH_UNIT = re.compile(r"\d+(?:[kmg]b|px|dpi|x\d+)?")
"""Such as "12", "300dpi"."""


def is_meaningless(text: str, file_name: str) -> bool:
    """Return whether an alternative text describes nothing, such as "photo 1", 写真, "---" or the photo's file name."""
    return why_meaningless(text, file_name) is not None


_JOINED = re.compile(r"[^\W_]_[^\W_]")
_JOINED_TWICE = re.compile(r"[^\W_]_[^\W_]{1,40}_[^\W_]")


def _has_identifier(text: str) -> bool:
    """Return whether underscores join words: two words in a short text ("mini_img"), else three."""
    is_short = len(text.split()) <= _MAX_WORDS_OF_LABEL
    return len(text) <= _MAX_NAME and ((_JOINED if is_short else _JOINED_TWICE).search(text) is not None)


_MAX_WORDS_OF_LABEL = 6
"""A longer text may mention a name with one underscore. Chosen by hand."""


_EMOTICON = re.compile(r"[:;=]['^o-]?[()\[\]/\\|*]")
"""Such as ":)" in forums; the text says what the small picture shows."""


def _is_spoken(char: str) -> bool:
    """Return whether screen readers speak a character: a letter, a digit or an emoji."""
    return char.isalnum() or char >= _FIRST_EMOJI or char == _AS_EMOJI


_AS_EMOJI = "\N{VARIATION SELECTOR-16}"
"""Shows the character before it as an emoji."""
_FIRST_EMOJI = "\U0001f300"
"""Most emoji have this code point or a later one."""


ADDED_TO_STEM = re.compile(r"(?:-scaled|-\d{2,4}x\d{2,4}|@\dx|-e\d{10,16}|_){1,4}\Z")
"""What content management systems add to file names: "quay-scaled", "quay-1024x768"."""


def _is_stem(text: str, file_name: str) -> bool:
    """Return whether a text is the stem of the file name, with or without `ADDED_TO_STEM`."""
    stem = PurePosixPath(file_name).stem.casefold()
    return text.casefold() in {stem, ADDED_TO_STEM.sub("", stem)}


def _may_be_description(name: str) -> bool:
    """Return whether a file name may be a description: a word ("harbour"), a site ("example.org"), or a phrase."""
    words = name.split()
    if len(words) == 1:
        is_word = name.isalpha() and (name[0].isupper() or _LOWER_CASE_WORD.fullmatch(name) is not None)
        return is_word or _SITE_ADDRESS.fullmatch(name) is not None
    return len(words) > _MAX_WORDS_OF_NAME and not any(map(str.isdigit, name))


_MAX_WORDS_OF_NAME = 3
_LOWER_CASE_WORD = re.compile(r"(?=.*[aeiouyà-öø-ÿœ]|[^a-z])[^\W\d_]{4,}")
"""With a vowel, or in another script than Latin: not "hbrq"."""
_SITE_ADDRESS = re.compile(r"(?:[a-z\d-]{2,40}\.){1,3}(?:com|org|net|gov|edu|int|info|app|dev|[a-z]{2})", re.IGNORECASE)

_MIN_SPELT = 12
"""Fewer letters and digits can be an ordinary word."""


def _spells_file_name(text: str, file_name: str) -> bool:
    """Return whether `text` spells the start of the file name: "harbour vsl2031" for "harbour-vsl2031.jpg".

    Without a word with a digit, the file may be named after what it shows.
    """
    letters = "".join(filter(str.isalnum, text)).casefold()
    if len(letters) < _MIN_SPELT or not "".join(filter(str.isalnum, file_name)).casefold().startswith(letters):
        return False
    return any(
        len(word) >= 6 and any(map(str.isdigit, word)) and not re.fullmatch(r"(?:19|20)\d{6}", word)
        for word in _WORD.findall(text)
    )
