"""The sentences of an EPUB's accessibility summary, in the languages of `emit.messages`."""

from __future__ import annotations

import msgspec


class AccessibilitySummary(msgspec.Struct, frozen=True):
    """Sentences in one language; an EPUB has those that apply to it, in this order.

    `withheld` follows `undescribed` and `unreviewed`, which are the reasons why the EPUB claims no conformance. A mail
    address follows `questions`.
    """

    text: str
    no_photos: str
    described: str
    undescribed: str
    unreviewed: str
    withheld: str
    questions: str


SUMMARIES: dict[str, AccessibilitySummary] = {
    "en": AccessibilitySummary(
        "The text has a table of contents and headings, and is in reading order.",
        "There are no photos.",
        "All photos have text alternatives.",
        "Some photos have no text alternative of their own.",
        "Some text alternatives were written by a program, and nobody has reviewed them.",
        "This is why the book does not claim to conform to EPUB Accessibility.",
        "Questions about accessibility:",
    ),
    "ja": AccessibilitySummary(
        "目次と見出しがあり、本文は読む順に並んでいます。",
        "写真はありません。",
        "すべての写真に代替テキストがあります。",
        "独自の代替テキストがない写真があります。",
        "一部の代替テキストはプログラムが作成したもので、人による確認を受けていません。",
        "このため、EPUB Accessibilityへの適合は表明していません。",
        "アクセシビリティに関するお問い合わせ：",
    ),
    "de": AccessibilitySummary(
        "Der Text hat ein Inhaltsverzeichnis und Überschriften und steht in Lesereihenfolge.",
        "Es gibt keine Fotos.",
        "Alle Fotos haben Textalternativen.",
        "Einige Fotos haben keine eigene Textalternative.",
        "Einige Textalternativen hat ein Programm geschrieben, und niemand hat sie geprüft.",
        "Deshalb erklärt das Buch keine Konformität mit EPUB Accessibility.",
        "Fragen zur Barrierefreiheit:",
    ),
    "fr": AccessibilitySummary(
        "Le texte comporte une table des matières et des titres et suit l’ordre de lecture.",
        "Il n’y a pas de photos.",
        "Toutes les photos ont une description textuelle.",
        "Certaines photos n’ont pas de description textuelle propre.",
        "Certaines descriptions ont été rédigées par un programme et n’ont pas été relues.",
        "C’est pourquoi ce livre ne se déclare pas conforme à EPUB Accessibility.",
        "Questions sur l’accessibilité :",
    ),
    "es": AccessibilitySummary(
        "El texto tiene índice y títulos y sigue el orden de lectura.",
        "No hay fotos.",
        "Todas las fotos tienen texto alternativo.",
        "Algunas fotos no tienen un texto alternativo propio.",
        "Algunos textos alternativos los escribió un programa y nadie los ha revisado.",
        "Por eso el libro no se declara conforme con EPUB Accessibility.",
        "Preguntas sobre accesibilidad:",
    ),
    "pt": AccessibilitySummary(
        "O texto tem índice e títulos e segue a ordem de leitura.",
        "Não há fotos.",
        "Todas as fotos têm texto alternativo.",
        "Algumas fotos não têm um texto alternativo próprio.",
        "Alguns textos alternativos foram escritos por um programa e não foram revistos por ninguém.",
        "Por isso o livro não se declara conforme ao EPUB Accessibility.",
        "Perguntas sobre acessibilidade:",
    ),
    "it": AccessibilitySummary(
        "Il testo ha un indice e titoli e segue l’ordine di lettura.",
        "Non ci sono foto.",
        "Tutte le foto hanno un testo alternativo.",
        "Alcune foto non hanno un testo alternativo proprio.",
        "Alcuni testi alternativi sono stati scritti da un programma e nessuno li ha controllati.",
        "Per questo il libro non si dichiara conforme a EPUB Accessibility.",
        "Domande sull’accessibilità:",
    ),
    "ru": AccessibilitySummary(
        "В тексте есть оглавление и заголовки, порядок чтения сохранён.",
        "Фотографий нет.",
        "У всех фотографий есть текстовое описание.",
        "У некоторых фотографий нет собственного текстового описания.",
        "Некоторые текстовые описания составлены программой и никем не проверены.",
        "Поэтому книга не заявляет о соответствии EPUB Accessibility.",
        "Вопросы о доступности:",
    ),
    "zh": AccessibilitySummary(
        "正文有目录和标题，并按阅读顺序排列。",
        "没有照片。",
        "所有照片都有替代文字。",
        "部分照片没有自己的替代文字。",
        "部分替代文字由程序撰写，未经人工审核。",
        "因此，本书不声明符合 EPUB Accessibility。",
        "无障碍问题请联系：",
    ),
    "zh-hant": AccessibilitySummary(
        "正文有目錄和標題，並按閱讀順序排列。",
        "沒有照片。",
        "所有照片都有替代文字。",
        "部分照片沒有自己的替代文字。",
        "部分替代文字由程式撰寫，未經人工審核。",
        "因此，本書不聲明符合 EPUB Accessibility。",
        "無障礙問題請聯絡：",
    ),
    "ko": AccessibilitySummary(
        "본문에는 목차와 제목이 있으며 읽는 순서대로 되어 있습니다.",
        "사진이 없습니다.",
        "모든 사진에 대체 텍스트가 있습니다.",
        "일부 사진에는 자체 대체 텍스트가 없습니다.",
        "일부 대체 텍스트는 프로그램이 작성했으며 사람의 검토를 거치지 않았습니다.",
        "따라서 이 책은 EPUB Accessibility 준수를 표명하지 않습니다.",
        "접근성 문의:",
    ),
    "ar": AccessibilitySummary(
        "للنص فهرس محتويات وعناوين، وهو مرتب وفق تسلسل القراءة.",
        "لا توجد صور.",
        "لجميع الصور نصوص بديلة.",
        "ليس لبعض الصور نص بديل خاص بها.",
        "كتب برنامج بعض النصوص البديلة ولم يراجعها أحد.",
        "لذلك لا يعلن هذا الكتاب مطابقته لمعيار EPUB Accessibility.",
        "للأسئلة عن إمكانية الوصول:",
    ),
    "fa": AccessibilitySummary(
        "متن فهرست مطالب و عنوان دارد و به ترتیب خواندن است.",
        "عکسی ندارد.",
        "همهٔ عکس‌ها متن جایگزین دارند.",
        "برخی از عکس‌ها متن جایگزین ویژهٔ خود ندارند.",
        "برخی از متن‌های جایگزین را یک برنامه نوشته و هیچ‌کس آن‌ها را بررسی نکرده است.",
        "از این رو این کتاب مطابقت با EPUB Accessibility را اعلام نمی‌کند.",
        "پرسش دربارهٔ دسترس‌پذیری:",
    ),
    "he": AccessibilitySummary(
        "לטקסט יש תוכן עניינים וכותרות, והוא ערוך לפי סדר הקריאה.",
        "אין תמונות.",
        "לכל התמונות יש טקסט חלופי.",
        "לחלק מהתמונות אין טקסט חלופי משלהן.",
        "חלק מהטקסטים החלופיים נכתבו בידי תוכנה ואיש לא בדק אותם.",
        "לכן הספר אינו מצהיר על התאמה לתקן EPUB Accessibility.",
        "שאלות על נגישות:",
    ),
    "th": AccessibilitySummary(
        "เนื้อหามีสารบัญและหัวข้อ และเรียงตามลำดับการอ่าน",
        "ไม่มีภาพถ่าย",
        "ภาพถ่ายทุกภาพมีข้อความแทนภาพ",
        "ภาพถ่ายบางภาพไม่มีข้อความแทนภาพของตนเอง",
        "ข้อความแทนภาพบางส่วนเขียนโดยโปรแกรมและยังไม่มีผู้ตรวจทาน",
        "ดังนั้นหนังสือนี้จึงไม่ประกาศว่าเป็นไปตาม EPUB Accessibility",
        "คำถามเกี่ยวกับการเข้าถึง:",
    ),
    "ur": AccessibilitySummary(
        "متن میں فہرست اور عنوانات ہیں، اور یہ پڑھنے کی ترتیب میں ہے۔",
        "کوئی تصویر نہیں ہے۔",
        "تمام تصویروں کے متبادل متن موجود ہیں۔",
        "کچھ تصویروں کا اپنا متبادل متن نہیں ہے۔",
        "کچھ متبادل متن ایک پروگرام نے لکھے ہیں اور کسی نے ان کا جائزہ نہیں لیا۔",
        "اسی لیے یہ کتاب EPUB Accessibility سے مطابقت کا دعویٰ نہیں کرتی۔",
        "رسائی سے متعلق سوالات:",
    ),
    "hi": AccessibilitySummary(
        "पाठ में विषय-सूची और शीर्षक हैं, और वह पढ़ने के क्रम में है।",
        "इसमें कोई चित्र नहीं है।",
        "सभी चित्रों के वैकल्पिक पाठ हैं।",
        "कुछ चित्रों का अपना वैकल्पिक पाठ नहीं है।",
        "कुछ वैकल्पिक पाठ एक प्रोग्राम ने लिखे हैं, और किसी ने उनकी समीक्षा नहीं की है।",
        "इसलिए यह पुस्तक EPUB Accessibility के अनुरूप होने का दावा नहीं करती।",
        "सुलभता से जुड़े प्रश्न:",
    ),
}
