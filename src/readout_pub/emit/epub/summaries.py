"""The sentences that sum up the accessibility of a book, in the languages of `wording`."""

from __future__ import annotations

import msgspec


class Summary(msgspec.Struct, frozen=True):
    """A sentence on the text, and one for each thing that can be said of its photos."""

    text: str
    no_photos: str
    described: str
    undescribed: str


SUMMARIES: dict[str, Summary] = {
    "en": Summary(
        "The text has a table of contents and headings, and is in reading order.",
        "There are no photos.",
        "All photos have text alternatives.",
        "Some photos have no text alternative of their own.",
    ),
    "ja": Summary(
        "目次と見出しがあり、本文は読む順に並んでいます。",
        "写真はありません。",
        "すべての写真に代替テキストがあります。",
        "独自の代替テキストがない写真があります。",
    ),
    "de": Summary(
        "Der Text hat ein Inhaltsverzeichnis und Überschriften und steht in Lesereihenfolge.",
        "Es gibt keine Fotos.",
        "Alle Fotos haben Textalternativen.",
        "Einige Fotos haben keine eigene Textalternative.",
    ),
    "fr": Summary(
        "Le texte comporte une table des matières et des titres et suit l’ordre de lecture.",
        "Il n’y a pas de photos.",
        "Toutes les photos ont une description textuelle.",
        "Certaines photos n’ont pas de description textuelle propre.",
    ),
    "es": Summary(
        "El texto tiene índice y títulos y sigue el orden de lectura.",
        "No hay fotos.",
        "Todas las fotos tienen texto alternativo.",
        "Algunas fotos no tienen un texto alternativo propio.",
    ),
    "pt": Summary(
        "O texto tem índice e títulos e segue a ordem de leitura.",
        "Não há fotos.",
        "Todas as fotos têm texto alternativo.",
        "Algumas fotos não têm um texto alternativo próprio.",
    ),
    "it": Summary(
        "Il testo ha un indice e titoli e segue l’ordine di lettura.",
        "Non ci sono foto.",
        "Tutte le foto hanno un testo alternativo.",
        "Alcune foto non hanno un testo alternativo proprio.",
    ),
    "ru": Summary(
        "В тексте есть оглавление и заголовки, порядок чтения сохранён.",
        "Фотографий нет.",
        "У всех фотографий есть текстовое описание.",
        "У некоторых фотографий нет собственного текстового описания.",
    ),
    "zh": Summary(
        "正文有目录和标题，并按阅读顺序排列。",
        "没有照片。",
        "所有照片都有替代文字。",
        "部分照片没有自己的替代文字。",
    ),
    "zh-hant": Summary(
        "正文有目錄和標題，並按閱讀順序排列。",
        "沒有照片。",
        "所有照片都有替代文字。",
        "部分照片沒有自己的替代文字。",
    ),
    "ko": Summary(
        "본문에는 목차와 제목이 있으며 읽는 순서대로 되어 있습니다.",
        "사진이 없습니다.",
        "모든 사진에 대체 텍스트가 있습니다.",
        "일부 사진에는 자체 대체 텍스트가 없습니다.",
    ),
    "ar": Summary(
        "للنص فهرس محتويات وعناوين، وهو مرتب وفق تسلسل القراءة.",
        "لا توجد صور.",
        "لجميع الصور نصوص بديلة.",
        "ليس لبعض الصور نص بديل خاص بها.",
    ),
    "th": Summary(
        "เนื้อหามีสารบัญและหัวข้อ และเรียงตามลำดับการอ่าน",
        "ไม่มีภาพถ่าย",
        "ภาพถ่ายทุกภาพมีข้อความแทนภาพ",
        "ภาพถ่ายบางภาพไม่มีข้อความแทนภาพของตนเอง",
    ),
}
