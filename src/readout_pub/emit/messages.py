"""The few words that the program itself adds to outputs, such as "Contents", in all languages of the program."""

from __future__ import annotations

import msgspec


class Messages(msgspec.Struct, frozen=True, kw_only=True):
    """All messages in one `language` (BCP 47).

    `lang_attributes` are HTML attributes for elements with these messages, empty where the page is in `language` too.
    """

    language: str
    skip: str
    contents: str
    undecided: str
    table: str
    notes: str
    back_to_text: str
    attachments: str
    photo: str
    caption: str
    photo_missing: str
    photo_undescribed: str
    source: str
    retrieved: str
    licence: str
    converted: str
    lang_attributes: str = ""


_ALL = (
    Messages(
        language="en",
        skip="Skip to content",
        contents="Contents",
        undecided="Lines found where photo texts stand",
        table="Table",
        notes="Notes",
        back_to_text="Back to text",
        attachments="Attachments",
        photo="Photo",
        caption="Caption",
        photo_missing="Photo not available",
        photo_undescribed="Photo, no description available",
        source="Source",
        retrieved="Retrieved",
        licence="Licence",
        converted="Converted by readout-pub; wording unchanged.",
    ),
    Messages(
        language="ja",
        skip="本文へ移動",
        contents="目次",
        undecided="写真の説明の位置にある文",
        table="表",
        notes="注",
        back_to_text="本文に戻る",
        attachments="添付資料",
        photo="写真",
        caption="写真説明",
        photo_missing="写真は利用できません",
        photo_undescribed="写真（説明なし）",
        source="出典",
        retrieved="取得日",
        licence="利用条件",
        converted="readout-pubにより変換。文言は変更していません。",
    ),
    Messages(
        language="de",
        skip="Zum Inhalt",
        contents="Inhalt",
        undecided="Zeilen an der Stelle von Bildtexten",
        table="Tabelle",
        notes="Anmerkungen",
        back_to_text="Zurück zum Text",
        attachments="Anlagen",
        photo="Foto",
        caption="Bildunterschrift",
        photo_missing="Foto nicht verfügbar",
        photo_undescribed="Foto, keine Beschreibung verfügbar",
        source="Quelle",
        retrieved="Abgerufen",
        licence="Lizenz",
        converted="Umgewandelt mit readout-pub; Wortlaut unverändert.",
    ),
    Messages(
        language="fr",
        skip="Aller au contenu",
        contents="Sommaire",
        undecided="Lignes à l’emplacement des textes de photos",
        table="Tableau",
        notes="Notes",
        back_to_text="Retour au texte",
        attachments="Pièces jointes",
        photo="Photo",
        caption="Légende",
        photo_missing="Photo non disponible",
        photo_undescribed="Photo, aucune description disponible",
        source="Source",
        retrieved="Consulté le",
        licence="Licence",
        converted="Converti par readout-pub ; texte inchangé.",
    ),
    Messages(
        language="es",
        skip="Ir al contenido",
        contents="Índice",
        undecided="Líneas en el lugar de los textos de las fotos",
        table="Tabla",
        notes="Notas",
        back_to_text="Volver al texto",
        attachments="Archivos adjuntos",
        photo="Foto",
        caption="Pie de foto",
        photo_missing="Foto no disponible",
        photo_undescribed="Foto, sin descripción disponible",
        source="Fuente",
        retrieved="Consultado",
        licence="Licencia",
        converted="Convertido por readout-pub; texto sin cambios.",
    ),
    Messages(
        language="pt",
        skip="Ir para o conteúdo",
        contents="Índice",
        undecided="Linhas no lugar dos textos das fotos",
        table="Tabela",
        notes="Notas",
        back_to_text="Voltar ao texto",
        attachments="Anexos",
        photo="Foto",
        caption="Legenda",
        photo_missing="Foto não disponível",
        photo_undescribed="Foto, sem descrição disponível",
        source="Fonte",
        retrieved="Consultado em",
        licence="Licença",
        converted="Convertido por readout-pub; texto inalterado.",
    ),
    Messages(
        language="it",
        skip="Vai al contenuto",
        contents="Indice",
        undecided="Righe al posto dei testi delle foto",
        table="Tabella",
        notes="Note",
        back_to_text="Torna al testo",
        attachments="Allegati",
        photo="Foto",
        caption="Didascalia",
        photo_missing="Foto non disponibile",
        photo_undescribed="Foto, nessuna descrizione disponibile",
        source="Fonte",
        retrieved="Consultato il",
        licence="Licenza",
        converted="Convertito da readout-pub; testo invariato.",
    ),
    Messages(
        language="ru",
        skip="Перейти к содержанию",
        contents="Содержание",
        undecided="Строки на месте подписей к фотографиям",
        table="Таблица",
        notes="Примечания",
        back_to_text="Вернуться к тексту",
        attachments="Приложения",
        photo="Фотография",
        caption="Подпись",
        photo_missing="Фотография недоступна",
        photo_undescribed="Фотография, описание отсутствует",
        source="Источник",
        retrieved="Дата обращения",
        licence="Лицензия",
        converted="Преобразовано readout-pub; текст не изменён.",
    ),
    Messages(
        language="zh",
        skip="跳到正文",
        contents="目录",
        undecided="位于照片说明处的文字",
        table="表",
        notes="注释",
        back_to_text="返回正文",
        attachments="附件",
        photo="照片",
        caption="图片说明",
        photo_missing="照片不可用",
        photo_undescribed="照片，无说明",
        source="来源",
        retrieved="获取日期",
        licence="许可",
        converted="由 readout-pub 转换，文字未改动。",
    ),
    Messages(
        language="zh-hant",
        skip="跳到正文",
        contents="目錄",
        undecided="位於照片說明處的文字",
        table="表",
        notes="註釋",
        back_to_text="返回正文",
        attachments="附件",
        photo="照片",
        caption="圖片說明",
        photo_missing="照片無法顯示",
        photo_undescribed="照片，無說明",
        source="來源",
        retrieved="取得日期",
        licence="授權",
        converted="由 readout-pub 轉換，文字未更動。",
    ),
    Messages(
        language="ko",
        skip="본문으로 건너뛰기",
        contents="목차",
        undecided="사진 설명 자리에 있는 문장",
        table="표",
        notes="주",
        back_to_text="본문으로 돌아가기",
        attachments="첨부 자료",
        photo="사진",
        caption="사진 설명",
        photo_missing="사진을 볼 수 없음",
        photo_undescribed="사진, 설명 없음",
        source="출처",
        retrieved="열람일",
        licence="이용 조건",
        converted="readout-pub으로 변환, 문구는 바꾸지 않음.",
    ),
    Messages(
        language="ar",
        skip="انتقل إلى المحتوى",
        contents="المحتويات",
        undecided="أسطر في موضع نصوص الصور",
        table="جدول",
        notes="ملاحظات",
        back_to_text="العودة إلى النص",
        attachments="المرفقات",
        photo="صورة",
        caption="تعليق",
        photo_missing="الصورة غير متاحة",
        photo_undescribed="صورة، لا يتوفر وصف لها",
        source="المصدر",
        retrieved="تاريخ الاطلاع",
        licence="الترخيص",
        converted="حُوِّل بواسطة readout-pub دون تغيير في النص.",
    ),
    Messages(
        language="he",
        skip="דלג לתוכן",
        contents="תוכן העניינים",
        undecided="שורות שנמצאו במקום כיתובי התמונות",
        table="טבלה",
        notes="הערות",
        back_to_text="חזרה לטקסט",
        attachments="נספחים",
        photo="תמונה",
        caption="כיתוב",
        photo_missing="התמונה אינה זמינה",
        photo_undescribed="תמונה, אין תיאור זמין",
        source="מקור",
        retrieved="תאריך האחזור",
        licence="רישיון",
        converted="הומר באמצעות readout-pub; הנוסח לא שונה.",
    ),
    Messages(
        language="th",
        skip="ข้ามไปยังเนื้อหา",
        contents="สารบัญ",
        undecided="ข้อความในตำแหน่งของคำบรรยายภาพ",
        table="ตาราง",
        notes="หมายเหตุ",
        back_to_text="กลับไปที่ข้อความ",
        attachments="เอกสารแนบ",
        photo="ภาพ",
        caption="คำบรรยายภาพ",
        photo_missing="ไม่มีภาพให้แสดง",
        photo_undescribed="ภาพ ไม่มีคำอธิบาย",
        source="แหล่งที่มา",
        retrieved="วันที่เข้าถึง",
        licence="สัญญาอนุญาต",
        converted="แปลงโดย readout-pub โดยไม่เปลี่ยนถ้อยคำ",
    ),
)

MESSAGES: dict[str, Messages] = {messages.language: messages for messages in _ALL}
"""Lower-case language tag → messages."""

_TRADITIONAL_CHINESE = frozenset({"hant", "hk", "mo", "tw"})
"""Script and region subtags of Chinese in traditional characters (CLDR likelySubtags)."""


def messages_for(language: str) -> Messages:
    """Return the messages for a page in `language` (BCP 47); without a translation, English with `lang_attributes`."""
    primary, *rest = language.lower().split("-")
    if primary == "zh" and _TRADITIONAL_CHINESE.intersection(rest):
        return MESSAGES["zh-hant"]
    if primary in MESSAGES:
        return MESSAGES[primary]
    return msgspec.structs.replace(MESSAGES["en"], lang_attributes=' lang="en" dir="ltr"')
