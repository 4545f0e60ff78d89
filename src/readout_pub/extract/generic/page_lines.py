"""Tells lines about a page from its text: counters, font sizes, QR codes, programs to open files, questions to readers.

Content systems of governments print them within the element of the text, mostly without a class that names them.
"""

from __future__ import annotations

import re

from readout_pub.extract.dates import find_date
from readout_pub.extract.generic.publication_date import is_day_of_change

ABOUT_PAGE = "a line about the page"
"""Why such a line is excluded."""

_COUNTER = re.compile(
    r"\W{0,3}(?:(?:количество )?(?:показов|просмотров)|просмотры|浏览(?:次数|量)?|阅读(?:次数|量)?|点击(?:数|"
    r"量|次数)?|閲覧数|"
    r"조회(?:수)?|dibaca|visits?|views?|hits|page views|"
    r"visitor counter|total visitors|aufrufe|visitas|visualizações|lectures|(?:liczba )?wyświetleń|number of visits|"
    r"عدد (?:الزيارات|المشاهدات))"
    r"\s?[:：]?\s?[\d.,\s]{1,12}(?:次|회|kali)?\W{0,3}",
    re.IGNORECASE,
)
"""How often a page was opened."""
_TIME_TO_READ = re.compile(
    r"\W{0,3}(?:reading time|temps de lecture|lesezeit|lesedauer|tiempo de lectura|tempo d[ei] (?:lettura|leitura)|"
    r"время чтения|czas czytania|leestijd|lästid)\W{0,3}\d{1,3}\s?\w{0,10}\W{0,3}|"
    r"\W{0,3}\d{1,3}[ -]min(?:ute)?s?\.? (?:read|lecture|lesezeit)\W{0,3}",
    re.IGNORECASE,
)
"""How long it takes to read a page."""
_STAFF = re.compile(
    r"[（(]?(?:责任编辑|责编|编辑|审核|校对|담당\s?부서|담당자|ページ番号)\s?[:：]\s?.{1,24}|"
    r"(?:written|posted|published|created) by (?:admin\w{0,12}|super user|webmaster|editor)",
    re.IGNORECASE,
)
"""Who edited a page in the office that publishes it."""
_TAGS = re.compile(
    r"\W{0,3}(?:tags?|keywords?|filed under|posted in|categor(?:y|ies|ía|ia|ie)s?|schlag(?:wörter|worte)|themen|"
    r"mots-clés|"
    r"étiquettes|etiquetas|palabras clave|registrado em|assuntos?|parole chiave|теги|метки|tagi|słowa kluczowe|标签|"
    r"关键词|"
    r"キーワード|タグ|태그|الكلمات (?:المفتاحية|الدلالية)|"
    r"follow us|folgen sie uns|seite empfehlen|suivez-nous|síguenos|siga-nos|seguici|подписывайтесь|volg ons|följ oss)"
    r"(?=\W|\s)",
    re.IGNORECASE,
)
"""How a line of links to subjects or to networks begins."""
_SCAN = re.compile(
    r"\W{0,3}(?:扫一扫|扫描二维码|扫码|微信扫|用微信|QRコードを読み取|scan (?:the|this) qr)", re.IGNORECASE
)
"""How to open a page on a phone."""
_READER = re.compile(
    r"(?:pdf|get adobe|adobe|to (?:open|view|read)|"
    r"you (?:may )?need|um .{0,30}pdf|"
    r"pour (?:lire|ouvrir|consulter)|para (?:ver|abrir|visualizar|ler)|per (?:aprire|leggere|visualizzare)|"
    r"для просмотра)"
    r".{0,120}(?:必要|ください|入手|download|need|require|benötig|nécess|télécharg|necesit|precis|necessári|"
    r"serve|необходим|"
    r"설치|다운로드)",
    re.IGNORECASE,
)
"""How to open the files of a page, if the line names a program for that."""
_READER_NAME = re.compile(r".{0,200}(?:reader|viewer|リーダー|뷰어)", re.IGNORECASE)
_QUESTION = re.compile(
    r"\W{0,3}(?:(?:was|is|did you find) (?:this|the) (?:page|information|content|article) (?:helpful|useful)|"
    r"did you find what you (?:were looking for|needed)|is there anything wrong with this page|"
    r"(?:war|ist) (?:diese seite|dieser (?:artikel|inhalt)) (?:für sie )?hilfreich|"
    r"(?:cette page|cet article|ce contenu) vous a-t-(?:elle|il) été utile|avez-vous trouvé cette page utile|"
    r"[¿]?(?:te|le) ha (?:resultado|sido|parecido) (?:útil|de utilidad)|[¿]?fue útil (?:esta|este)|"
    r"esta (?:página|informação) (?:foi|é) útil|este conteúdo (?:foi|é) útil|questa pagina è stata utile|"
    r"この(?:ページ|情報)(?:の(?:情報|内容))?は(?:お?役に立ち|見つけやすかった|わかりやすかった)|"
    r"より良い(?:ウェブサイト|ホームページ)|"
    r"(?:이|현재) 페이지에서 제공하는 정보|이 페이지의 (?:내용|정보)에 만족|была ли (?:эта страница|"
    r"информация) полезн|"
    r"czy (?:ta strona|ten artykuł) był[ao]? pomocn|هل (?:كانت|أعجبتك|استفدت).{0,30}(?:الصفحة|مفيد))",
    re.IGNORECASE,
)
"""A question to readers about the page."""
_AROUND = re.compile(
    r"\W{0,3}(?:(?:上一|下一)[篇条页]|(?:前|次)の(?:記事|ページ)|(?:이전|다음)\s?글|(?:предыдущая|"
    r"следующая) (?:новость|запись))"
    r"\s?[:：]?\s?.{0,80}|"
    r"\W{0,3}(?:返回(?:列表|首页|顶部|上页|上一页)|关闭(?:窗口|本页)|목록(?:\s?보기)?|一覧(?:へ|に|"
    r"を)?(?:戻る|もどる)?|"
    r"(?:この)?ページの(?:先頭|トップ)へ(?:戻る|もどる)?|(?:возврат )?к списку|вернуться к списку|"
    r"zurück zur (?:übersicht|liste)|back to (?:the )?(?:list|news|top)|volver al? (?:listado|inicio)|"
    r"retour à la liste|voltar (?:para a lista|ao topo))\W{0,3}",
    re.IGNORECASE,
)
"""The documents before and after a page, and the way back to the list."""
_CONTACT = re.compile(
    r"\W{0,3}(?:(?:この(?:ページ|記事|情報)に関する|本件に関する)?(?:お)?(?:問い?合わ?せ|問合せ)(?:先|窓口)?|ご意見・お問い合わせ|担当課室?|"
    r"문의(?:처|사항)?|담당\s?부서|담당자|联系方式|联系我们)\W{0,3}"
)
"""The heading of a box that tells whom to ask about a page."""
_MAX_LINE = 240
"""Characters of the longest line about a page."""

_FACT_LABEL = re.compile(
    r"(?:发布|发文|发表|更新|成文)(?:时间|日期|机构|单位)?|来源|信息来源|文章来源|稿件来源|作者|编辑|责任编辑|"
    r"审核|字体|字号|字体大小|"
    r"浏览(?:次数|量)?|阅读(?:次数|量)?|点击(?:数|量|率)?|日期|时间|分享到?|"
    r"作成日|更新日|掲載日|公開日|ページ番号|ページid|担当|"
    r"등록일자?|작성일자?|작성자|조회수?|담당부서|게시일|data publikacji|opublikował[ay]?|wytworzył[ay]?|"
    r"liczba wyświetleń|"
    r"from|published(?: on)?|release date|herausgeber|publié le|publicado(?: em| el)?|fuente|fonte|opublikowano|"
    r"(?:date )?modified|date de modification|last (?:updated|modified)|"
    r"источник|автор|дата|просмотров|печать|шрифт|views?|posted|hits",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\d{1,2}[:：]\d{2}(?:[:：]\d{2})?")
_FACT_SIGN = re.compile(r"[:：]")
_CONTROL = re.compile(
    r"[大中小]|打印(?:本页)?|关闭(?:窗口)?|收藏|分享|列印|印刷|인쇄|목록|печать|print|a[+-]?", re.IGNORECASE
)
_MAX_FACT = 24
"""Characters of the value of a fact; a longer one is text."""


def is_about_page(text: str) -> bool:
    """Return whether a line says how often a page was opened, how to open its files, or asks whether it helped."""
    if len(text) > _MAX_LINE:
        return False
    return (
        is_day_of_change(text)
        or _TIME_TO_READ.fullmatch(text) is not None
        or _STAFF.fullmatch(text) is not None
        or _COUNTER.fullmatch(text) is not None
        or _SCAN.match(text) is not None
        or (_READER.match(text) is not None and _READER_NAME.match(text) is not None)
        or _QUESTION.match(text) is not None
        or _AROUND.fullmatch(text) is not None
    )


def heads_contact(text: str) -> bool:
    """Return whether a line is the heading of a box that tells whom to ask about a page, such as "お問い合わせ先"."""
    return len(text) <= _MAX_FACT and _CONTACT.fullmatch(text) is not None


def begins_as_tags(text: str) -> bool:
    """Return whether a line with links begins as those with the subjects of a page, or with accounts of the office."""
    return len(text) <= _MAX_LINE and _TAGS.match(text) is not None


def is_line_of_facts(text: str) -> bool:
    """Return whether a line prints two facts of a page or more, such as "发布时间：2031-05-12　来源：新华社".

    All words before a colon have to be known labels, and all words after one short, a date or buttons. A date without
    a label is a fact too.
    """
    if len(text) > _MAX_LINE or not _FACT_SIGN.search(text):
        return False
    date = find_date(text, None)
    rest = _CLOCK.sub(" ", text.replace(date.text, " ", 1) if date else text)
    *parts, last = _FACT_SIGN.split(rest)
    labels = [_label_at_end(part) for part in parts]
    values = [part[: len(part) - len(label)] for part, label in zip(parts, labels, strict=True)] + [last]
    count = len(labels) + (date is not None)
    return count > 1 and all(labels) and not values[0].strip() and all(map(_is_value, values))


def labels_fact(text: str) -> bool:
    """Return whether a term of a description list names a fact of a page, such as "등록일"."""
    return _FACT_LABEL.fullmatch(text.strip(" :：")) is not None


def _label_at_end(part: str) -> str:
    """Return the longest known label at the end of a part of a line; "" if there is none."""
    words = part.rstrip()
    ends = (words[start:] for start in range(max(0, len(words) - 14), len(words)))
    label = next((end for end in ends if _FACT_LABEL.fullmatch(end)), "")
    return label and part[len(words) - len(label) :]


def _is_value(text: str) -> bool:
    words = text.split()
    return len("".join(words)) <= _MAX_FACT or all(map(_CONTROL.fullmatch, words))
