"""The language of a page and of its paragraphs is declared, corrected to that of the text, or guessed."""

from __future__ import annotations

import pytest

from readout_pub import Note, extract
from readout_pub.extract.language import detect_language, mark_foreign_paragraphs
from readout_pub.model import BulletList, Cell, Item, LineBreak, Paragraph, Row, Section, Span, Table, plain_text
from tests.outline import outline
from tests.pages import extraction, saved_page, whole_page


def language(opening: str, words: str = "The Ministers met.") -> tuple[str, list[str]]:
    """Return the language of a page with this start tag and text, and the codes of its notes."""
    page = whole_page(f'{opening}<body><main><p class="date">May 1, 2031</p><p>{words}</p></main></body></html>')
    readout = extraction(page).readout
    return readout.language, [note.code for note in readout.notes]


@pytest.mark.parametrize(
    ("declared", "expected"),
    [
        ('lang="en"', "en"),
        ('lang="EN"', "en"),
        ('lang="en_gb"', "en-GB"),
        ('lang="zh-hant-tw"', "zh-Hant-TW"),
        ('xml:lang="ja" lang="ja"', "ja"),
        ('xml:lang="fr"', "fr"),
        ('lang="es-419"', "es-419"),
    ],
)
def test_a_declared_language_is_normalized_to_bcp_47(declared: str, expected: str) -> None:
    assert language(f"<html {declared}>") == (expected, [])


@pytest.mark.parametrize(
    ("declared", "expected"),
    [
        ("<html><body lang=DA>", "da"),
        ('<html lang="de"><body lang="da">', "de"),
        ('<html lang="none"><body xml:lang="da">', "da"),
        ('<html><meta http-equiv="Content-Language" content="da"><body>', "da"),
        ('<html><meta http-equiv="Content-Language" content="da"><body lang="nl">', "nl"),
    ],
)
def test_the_body_or_a_meta_may_declare_the_language(declared: str, expected: str) -> None:
    assert language(declared) == (expected, [])


def test_a_short_text_overrules_the_language_of_meta_but_not_of_html() -> None:
    meta = '<html><meta http-equiv="Content-Language" content="en"><body>'
    words = "両大臣は漁業について意見交換を行い、来年も会談することで一致しました。"
    assert language(meta, words) == ("ja", ["LANGUAGE_MENDED"])
    assert language('<html lang="en"><body>', words) == ("en", [])


@pytest.mark.parametrize("declared", ["", 'lang=""', 'lang="english please"', 'lang="12"', 'lang="cz"'])
def test_a_missing_or_invalid_language_is_guessed_from_the_text(declared: str) -> None:
    assert language(f"<html {declared}>") == ("en", ["LANGUAGE_GUESSED"])


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("The Ministers met.", "en"),
        ("両大臣は漁業について意見交換を行いました。", "ja"),
        ("亚特兰蒂斯外长举行会谈", "zh"),
        ("外務大臣記者会見記録。関係者一覧。", "ja"),
        ("外交部長會見記錄", "zh"),
        ("두 장관은 회담했다.", "ko"),
        ("Министры провели встречу.", "ru"),
        ("Οι υπουργοί συναντήθηκαν.", "el"),
        ("التقى الوزيران", "ar"),
        ("השרים נפגשו", "he"),
        ("The word 会談 means talks, and the Ministers held some of them.", "en"),
    ],
)
def test_the_script_of_a_short_text_suggests_its_language(words: str, expected: str) -> None:
    assert language("<html>", words) == (expected, ["LANGUAGE_GUESSED"])


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Bakanlar liman hakkında görüştüler ve yeni bir takvim için çalışma başlattılar.", "tr"),
        ("A miniszterek megállapodtak arról, hogy a kikötő és a világítótorony nyitva marad.", "hu"),
        ("Ministři jednali o přístavu a o majáku, který je na ostrově od loňského jara.", "cs"),
        ("El ministro de Mareas viajó a la isla de Pascua para firmar el acuerdo de pesca.", "es"),
    ],
)
def test_function_words_suggest_the_language_of_a_short_text(words: str, expected: str) -> None:
    assert language("<html>", words) == (expected, ["LANGUAGE_GUESSED"])


def test_the_guessed_language_is_noted() -> None:
    page = whole_page('<html><body><main><p class="date">2031-05-01</p><p>両大臣は会談した。</p></main></body></html>')
    assert extraction(page).readout.notes == (
        Note("LANGUAGE_GUESSED", "note", "the source declares no language; 'ja' was guessed from its text"),
    )


TEXTS = {
    "en": (
        "The ministers met in the harbour office and agreed that the tides should come in twice a day, as "
        "before, and that the tables of the coming year would be printed together before the end of the "
        "winter."
    ),
    "de": (
        "Die Minister trafen sich im Hafenamt und waren sich einig, dass die Flut wie bisher zweimal am Tag "
        "kommen soll, und dass die Tafeln des nächsten Jahres noch vor dem Ende des Winters zusammen "
        "gedruckt werden."
    ),
    "fr": (
        "Les ministres se sont rencontrés au bureau du port et ont décidé que la marée doit venir deux fois "
        "par jour, comme avant, et que les tables de l'année prochaine seront imprimées ensemble avant la "
        "fin de l'hiver."
    ),
    "es": (
        "Los ministros se reunieron en la oficina del puerto y acordaron que la marea debe subir dos veces "
        "al día, como antes, y que las tablas del año que viene se imprimirán juntas antes del final del "
        "invierno."
    ),
    "pl": (
        "Ministrowie spotkali się w biurze portu i uznali, że przypływ ma przychodzić dwa razy na dobę, tak "
        "jak dotąd, oraz że tablice na przyszły rok zostaną wydrukowane razem jeszcze przed końcem zimy, co "
        "nie jest łatwe."
    ),
    "ru": (
        "Министры встретились в конторе порта и договорились, что прилив будет приходить дважды в день, как "
        "и раньше, а таблицы на следующий год будут напечатаны вместе ещё до конца зимы, что для них не так "
        "просто."
    ),
    "uk": (
        "Міністри зустрілися в конторі порту і домовилися, що приплив буде приходити двічі на день, як і "
        "раніше, а також що таблиці на наступний рік буде надруковано разом ще до кінця зими, що для них не "
        "так просто."
    ),
    "el": (
        "Οι υπουργοί συναντήθηκαν στο γραφείο του λιμανιού και συμφώνησαν ότι η παλίρροια θα έρχεται δύο "
        "φορές την ημέρα."
    ),
    "ar": (
        "التقى الوزيران في مكتب الميناء واتفقا على أن المد يجب أن يأتي مرتين في اليوم كما كان من قبل، وعلى "
        "أن الجداول التي تصدر في العام المقبل ستطبع معا قبل نهاية الشتاء، وهو ما لم يحدث من قبل في هذا "
        "الميناء."
    ),
    "ja": (
        "両大臣は港の事務所で会談し、潮はこれまでどおり一日に二度満ちるべきであること、また来年の表を冬の終わ"
        "りまでに共同で印刷することで一致しました。港長たちは春に再び会います。"
    ),
    "zh": (
        "两位部长在港务局会面，一致认为潮水应当照旧每天涨两次，明年的潮汐表将在冬季结束之前共同印制，港务长将"
        "于春季再次会面，届时将讨论新的航道和灯塔。"
    ),
    "ko": (
        "두 장관은 항만 사무소에서 만나 조수가 전과 같이 하루에 두 번 들어와야 한다는 데 합의했다. 내년의 "
        "표는 겨울이 끝나기 전에 함께 인쇄될 것이다."
    ),
}


def repeated(language: str) -> str:
    """Return the text in `language` three times, with tags between that make three paragraphs."""
    return f"{TEXTS[language]}</p><p>{TEXTS[language]}</p><p>{TEXTS[language]}"


@pytest.mark.parametrize("actual", TEXTS)
@pytest.mark.parametrize("declared", ["en-US", "fr", "ja"])
def test_only_a_declared_language_that_the_text_contradicts_is_corrected(declared: str, actual: str) -> None:
    expected = (declared, []) if declared.startswith(actual) else (actual, ["LANGUAGE_MENDED"])
    assert language(f'<html lang="{declared}">', repeated(actual)) == expected


@pytest.mark.parametrize("actual", TEXTS)
def test_the_language_of_a_page_that_declares_none_is_detected(actual: str) -> None:
    assert language("<html>", TEXTS[actual]) == (actual, ["LANGUAGE_GUESSED"])


@pytest.mark.parametrize(
    ("declared", "words"),
    [
        ("en", "Ministerium für Gezeiten"),
        ("ja", "The Ministers met."),
        ("nb", "Ministrene ble enige om at tidevannet skal komme to ganger om dagen, som før, og ikke bare om natten."),
        ("mul", TEXTS["de"]),
        ("en-GB", TEXTS["en"]),
        ("en", f"{TEXTS['en']}</p><p>{TEXTS['de']}"),
    ],
)
def test_short_mixed_and_related_texts_keep_the_declared_language(declared: str, words: str) -> None:
    assert language(f'<html lang="{declared}">', words) == (declared, [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("潮汐政策局 群島課長 高峰一郎 担当者:水島、藤代 電話番号一覧 内線及直通 国際機関別担当官庁名称", None),
        ("國學院大學長 高峰一郎 担当者水島、藤代 電話番号一覧 内線及直通 所在地及担当官庁名称", None),
        ("亚特兰蒂斯外长举行会谈，双方就渔业和灯塔交换了意见。", "zh"),
        ("兩國外長舉行會談，就漁業問題交換意見，並同意今後繼續加強合作關係。", "zh"),
    ],
)
def test_ideographs_are_chinese_only_with_characters_or_words_unknown_in_japanese(
    text: str, expected: str | None
) -> None:
    assert detect_language(text) == expected


@pytest.mark.parametrize(
    "words", ["Salt and Kelp, Αθήνα", "Москва and Salt of the sea", "Kelp of Lemuria, العربية", "Reef, ไทย, and Kelp"]
)
def test_a_foreign_name_does_not_change_the_detected_language(words: str) -> None:
    assert language("<html>", words) == ("en", ["LANGUAGE_GUESSED"])


def passages(words: str, declared: str = "en") -> list[tuple[str | None, str | None]]:
    """Return language and direction of each paragraph on a page in the language `declared`."""
    page = whole_page(f'<html lang="{declared}"><main><p class="date">2031-05-01</p>{words}</main></html>')
    return [(block.lang, block.dir) for block in extraction(page).readout.body]


@pytest.mark.parametrize("other", [code for code in TEXTS if code != "en"])
def test_a_paragraph_in_another_language_is_marked(other: str) -> None:
    words = f"<p>{TEXTS['en']}</p><p>{TEXTS[other]}</p><p>{TEXTS['en']}</p><p>{TEXTS['en']}</p>"
    assert passages(words) == [(None, None), (other, "rtl" if other == "ar" else None), (None, None), (None, None)]


@pytest.mark.parametrize(
    "words",
    [
        "<p>Bundesministerium für die Gezeiten und das Meer</p>",
        "<p>The paper is called „Die Gezeiten und das Meer“ and was written in the harbour.</p>",
        "<p>会談</p>",
        "<p>https://die.example/das/und/der/von/mit/ist/nicht/auch/werden/aus</p>",
        "<p>Москва</p>",
        "<p>a = b if c else d; print(e, f, g, i, o, u); y = [k, s, v, z]</p>",
    ],
)
def test_names_titles_addresses_and_code_are_not_marked(words: str) -> None:
    assert passages(f"<p>{TEXTS['en']}</p>{words}<p>{TEXTS['en']}</p>") == [(None, None)] * 3


def test_english_on_an_arabic_page_runs_from_left_to_right() -> None:
    words = f"<p>{TEXTS['ar']}</p><p>{TEXTS['en']}</p><p>{TEXTS['ar']}</p><p>{TEXTS['ar']}</p>"
    assert passages(words, "ar")[1] == ("en", "ltr")


@pytest.mark.parametrize(
    ("page", "expected"),
    [("ar-EG", "ltr"), ("ps", "ltr"), ("ug", "ltr"), ("az-Arab", "ltr"), ("uz-Latn", None), ("ur-Latn-PK", None)],
)
def test_english_gets_a_direction_only_on_pages_in_right_to_left_scripts(page: str, expected: str | None) -> None:
    (marked,) = mark_foreign_paragraphs((Paragraph(children=(TEXTS["en"],)),), page)
    assert (marked.lang, marked.dir) == ("en", expected)


def test_a_language_that_the_page_marks_is_kept() -> None:
    assert passages(f'<p>{TEXTS["en"]}</p><p lang="gsw">{TEXTS["de"]}</p>')[1] == ("gsw", None)


def test_short_paragraphs_below_one_in_another_language_are_marked_too() -> None:
    lines = (TEXTS["en"], TEXTS["fr"], "Le port est ouvert à tous les navires.", "N. Ereus", "The port is open to all.")
    marked = mark_foreign_paragraphs(tuple(Paragraph(children=(line,)) for line in lines), "en")
    assert [block.lang for block in marked] == [None, "fr", "fr", None, None]


def test_a_section_in_another_language_is_marked_with_its_heading() -> None:
    french = f"<h2>Rencontre des ministres</h2><p>{TEXTS['fr']}</p><p>Le port est ouvert à tous les navires.</p>"
    page = saved_page(f"<p>{TEXTS['en']}</p><p>{TEXTS['en']}</p>{french}")
    assert outline(extract(page).readout.body[-1:]).splitlines()[0] == 'section lang=fr "Rencontre des ministres"'


def test_a_heading_in_the_language_of_the_page_is_not_marked() -> None:
    section = Section(("The speech of the minister",), (Paragraph(children=(TEXTS["fr"],)),))
    (marked,) = mark_foreign_paragraphs((section,), "en")
    assert isinstance(marked, Section)
    assert (marked.lang, marked.body[0].lang) == (None, "fr")


def test_a_list_of_short_items_in_another_language_is_marked() -> None:
    lines = ("Le chenal sera dragué avant la fin de l'année", "Les lampes baliseront le chenal du nord pour tous")
    items = BulletList(tuple(Item((Paragraph(children=(line,)),)) for line in lines))
    marked = mark_foreign_paragraphs((items, Paragraph(children=(TEXTS["fr"],))), "en")
    assert [block.lang for block in marked] == ["fr", "fr"]


def test_names_in_a_table_do_not_hide_the_language_of_a_page() -> None:
    names = "".join(f"<tr><td>Lemuria {number}</td><td>Orlan Ereus</td></tr>" for number in range(90))
    words = f"<p>{TEXTS['en']}</p><p>{TEXTS['en']}</p><table>{names}</table>"
    page = whole_page(f'<html lang="fr"><main><p class="date">2031-05-01</p>{words}</main></html>')
    assert extraction(page).readout.language == "en"


HEBREW = "השר קיבל את פני עמיתו מאטלנטיס בנמל והשניים סיכמו על סקר משותף של נתיבי השיט"


def test_a_list_has_the_language_of_all_its_items() -> None:
    items = BulletList(tuple(Item((Paragraph(children=(f"{HEBREW} {number}",)),)) for number in (1, 2)))
    (marked,) = mark_foreign_paragraphs((items,), "en")
    assert isinstance(marked, BulletList)
    assert (marked.lang, marked.dir) == ("he", "rtl")
    assert [item.body[0].lang for item in marked.items] == [None, None]


def test_a_long_heading_is_marked_with_its_section() -> None:
    (marked,) = mark_foreign_paragraphs((Section((HEBREW,), (Paragraph(children=(HEBREW,)),)),), "en")
    assert (marked.lang, marked.dir) == ("he", "rtl")


def test_a_foreign_heading_above_texts_in_two_languages_is_marked_alone() -> None:
    body = (Paragraph(children=(HEBREW,)), Paragraph(children=(TEXTS["en"],)))
    (marked,) = mark_foreign_paragraphs((Section(("נמל FEMA",), body),), "en")
    assert isinstance(marked, Section)
    assert (marked.lang, marked.heading) == (None, (Span(("נמל FEMA",), lang="he", dir="rtl"),))


def test_a_paragraph_is_split_at_the_line_where_its_language_changes() -> None:
    words = f"<p id='both'>{TEXTS['en']}<br>Two lamps.<br><br>{TEXTS['fr']}<br>Deux lampes.</p><p>{TEXTS['en']}</p>"
    body = extraction(whole_page(f"<main><p class='date'>2031-05-01</p>{words}</main>")).readout.body
    assert [(block.lang, plain_text(block.children)[-10:]) for block in body if isinstance(block, Paragraph)] == [
        (None, "Two lamps."),
        ("fr", "ux lampes."),
        (None, "he winter."),
    ]


def test_the_second_language_of_a_cell_is_marked() -> None:
    cell = Cell((Paragraph(children=(TEXTS["en"], LineBreak(), TEXTS["de"])),))
    (marked,) = mark_foreign_paragraphs((Table((Row((cell,)),)),), "en")
    assert isinstance(marked, Table)
    assert [block.lang for block in marked.body[0].cells[0].body] == [None, "de"]


def test_a_short_line_below_a_foreign_paragraph_in_the_same_script_is_marked() -> None:
    lines = (TEXTS["ru"], "Press Service", TEXTS["en"], "Press Service", "Пресс-служба")
    marked = mark_foreign_paragraphs(tuple(Paragraph(children=(line,)) for line in lines), "ru")
    assert [block.lang for block in marked] == [None, None, "en", "en", None]


def test_a_section_in_another_language_may_begin_with_a_date() -> None:
    body = tuple(Paragraph(children=(line,)) for line in ("Le 12 mai 2031", TEXTS["fr"]))
    (marked,) = mark_foreign_paragraphs((Section(("Rencontre",), body),), "en")
    assert marked.lang == "fr"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("मंत्री ने कहा कि दो देशों के पायलटों को साथ में प्रशिक्षित किया जाएगा और यह भी कि उनके आवास का ख़र्च बराबर होगा।", "hi"),
        ("नेपाल सरकारले दुई देशका पाइलटलाई सँगै तालिम दिने निर्णय गरेको छ र यो निर्णय भएको दिन सबैको लागि राम्रो छ भने।", "ne"),
    ],
)
def test_languages_in_devanagari_are_recognised_by_their_words(words: str, expected: str) -> None:
    assert detect_language(words) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("استقبل وزير المد والجزر في ليموريا السيد أورلان إريوس نظيرته من أطلانتس", "ar"),
        ("Орлан Эреус — министр приливов Лемурии, Мара Салис — министр фонарей", "ru"),
        ("Москва", None),
    ],
)
def test_only_a_sentence_gets_the_commonest_language_of_its_script(words: str, expected: str | None) -> None:
    (marked,) = mark_foreign_paragraphs((Paragraph(children=(words,)),), "en")
    assert marked.lang == expected


def test_a_heading_in_the_script_of_the_page_has_the_language_of_the_page() -> None:
    section = Section(("По-французски",), (Paragraph(children=(TEXTS["fr"],)),))
    (marked,) = mark_foreign_paragraphs((section,), "ru")
    assert isinstance(marked, Section)
    assert (marked.lang, marked.body[0].lang) == (None, "fr")


def test_a_long_cyrillic_text_without_a_frequent_russian_letter_is_not_russian() -> None:
    text = (
        "Министърът на външните работи проведе днес разговор с министъра на външните работи на Лемврия, който е на "
        "официално посещение в България. Двамата обсъдиха подготовката за членство и опита на Лемврия в преговорите. "
        "По време на посещението бяха подписани спогодба за избягване на двойното данъчно облагане и програма за обмен "
        "за периода до края на годината. Министърът беше приет от председателя на народното събрание."
    )
    assert detect_language(text) == "bg"
