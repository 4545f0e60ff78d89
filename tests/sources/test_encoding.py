"""Pages are decoded by their actual encoding; notes report repairs and losses."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from readout_pub import HtmlPage, Note, TextPage, open_source

ENGLISH = "The Ministers’ talks in Atlantis – 5 €"
JAPANESE = "黒瀬大臣は①貿易、②漁業について述べた。"
"""Circled numbers are missing in the standards Shift_JIS and EUC-JP; vendors added them."""


def opened(folder: Path, content: bytes) -> HtmlPage | TextPage:
    file = folder / "page.html"
    file.write_bytes(content)
    page = open_source(file)
    assert isinstance(page, HtmlPage | TextPage)
    return page


def text_and_notes(folder: Path, content: bytes) -> tuple[str, list[str]]:
    """Return the text inside the page's one paragraph, and the codes of its notes."""
    page = opened(folder, content)
    assert isinstance(page, HtmlPage)
    words = page.markup.partition("<p>")[2].partition("</p>")[0]
    return words, [note.code for note in page.notes]


def declaring(charset: str, text: str) -> str:
    return f'<html><head><meta charset="{charset}"></head><body><p>{text}</p></body></html>'


@pytest.mark.parametrize(
    ("declared", "codec", "text"),
    [
        ("utf-8", "utf-8", ENGLISH),
        ("UTF8", "utf-8", JAPANESE),
        ("Shift_JIS", "cp932", JAPANESE),
        ("x-sjis", "cp932", JAPANESE),
        ("EUC-JP", "euc_jisx0213", JAPANESE),
        ("windows-1252", "cp1252", ENGLISH),
        ("iso-8859-1", "cp1252", ENGLISH),
        ("gb2312", "gb18030", "亚特兰蒂斯外长会谈镕"),
        ("big5", "big5", "亞特蘭提斯外長會談"),
        ("euc-kr", "cp949", "아틀란티스 외교장관 회담"),
        ("koi8-r", "koi8_r", "Встреча министров Атлантиды"),
        ("koi8-r", "koi8_u", "Зустріч міністрів Атлантиди, їхні ґанки"),
        ("ISO-2022-JP", "iso2022_jp_ext", "黒瀬大臣は貿易について述べた。"),
        ("csISO2022JP", "iso2022_jp_ext", "黒瀬大臣は貿易について述べた。"),
    ],
)
def test_a_declared_encoding_is_used_with_the_characters_that_vendors_added(
    declared: str, codec: str, text: str, tmp_path: Path
) -> None:
    assert text_and_notes(tmp_path, declaring(declared, text).encode(codec)) == (text, [])


@pytest.mark.parametrize(
    ("mark", "codec"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
    ],
)
def test_a_byte_order_mark_overrides_any_declaration(mark: bytes, codec: str, tmp_path: Path) -> None:
    page = mark + declaring("shift_jis", JAPANESE).encode(codec)
    assert text_and_notes(tmp_path, page) == (JAPANESE, [])


@pytest.mark.parametrize(("text", "cuts"), [(JAPANESE, 4), (ENGLISH, 1)])
def test_utf_8_with_a_few_damaged_characters_is_still_utf_8(text: str, cuts: int, tmp_path: Path) -> None:
    """Some templates cut a text in the middle of a character; browsers show U+FFFD there."""
    damaged = declaring("utf-8", text).encode().replace(b"<p>", b"<p>" + "黒".encode()[:2] * cuts, 1)
    words, codes = text_and_notes(tmp_path, damaged)
    assert (words, codes) == ("\ufffd" * cuts + text, ["BYTES_UNREADABLE"])


@pytest.mark.parametrize("byte", [b"\x80", b"\xa0", b"\xfd", b"\xff"])
def test_an_unassigned_byte_in_shift_jis_is_lost_with_a_note(byte: bytes, tmp_path: Path) -> None:
    page = declaring("Shift_JIS", JAPANESE).encode("cp932").replace(b"<p>", b"<p>" + byte)
    assert text_and_notes(tmp_path, page) == ("\ufffd" + JAPANESE, ["BYTES_UNREADABLE"])


def test_an_xml_declaration_gives_the_encoding(tmp_path: Path) -> None:
    page = f'<?xml version="1.0" encoding="Shift_JIS"?><html><body><p>{JAPANESE}</p></body></html>'
    assert text_and_notes(tmp_path, page.encode("cp932")) == (JAPANESE, [])


def test_a_meta_element_with_http_equiv_gives_the_encoding(tmp_path: Path) -> None:
    page = f'<META http-equiv="Content-Type" content="text/html; charset=EUC-JP"><p>{JAPANESE}</p>'
    assert text_and_notes(tmp_path, page.encode("euc_jisx0213")) == (JAPANESE, [])


def test_utf_8_that_declares_another_encoding_is_read_with_a_note(tmp_path: Path) -> None:
    page = opened(tmp_path, declaring("Shift_JIS", JAPANESE).encode())
    assert isinstance(page, HtmlPage)
    assert JAPANESE in page.markup
    assert page.notes == (
        Note(
            "ENCODING_MENDED",
            "note",
            "the page declares the encoding shift_jis, but its bytes are utf-8, which was used",
        ),
    )


def test_shift_jis_declared_as_utf_8_is_detected(tmp_path: Path) -> None:
    page = declaring("utf-8", JAPANESE * 5).encode("cp932")
    assert text_and_notes(tmp_path, page) == (JAPANESE * 5, ["ENCODING_MENDED"])


@pytest.mark.parametrize("codec", ["cp932", "euc_jisx0213", "utf-8"])
def test_an_undeclared_encoding_is_detected(codec: str, tmp_path: Path) -> None:
    page = f"<html><body><p>{JAPANESE * 5}</p></body></html>".encode(codec)
    assert text_and_notes(tmp_path, page) == (JAPANESE * 5, [])


@pytest.mark.parametrize("codec", ["mac-roman", "cp1252"])
@pytest.mark.parametrize(
    "text",
    [
        "Gespräch mit dem Gesandten",
        "L’envoyé a été reçu à Noël",
        "Gespräche „über“ Fährlinien",
        "La reunión de los ministros",
        "Los ministros visitaron España",
        "L’accordo è stato firmato",
    ],
)
def test_western_text_of_windows_and_of_old_macs_is_detected(text: str, codec: str, tmp_path: Path) -> None:
    page = f"<html><body><p>{text}</p></body></html>".encode(codec)
    assert text_and_notes(tmp_path, page) == (text, [])


@pytest.mark.parametrize(
    "text",
    [
        "They didn’t agree on the ship’s route, and they won’t meet again.",
        "The ministers of both sides—and the envoys of Ys—met on the quay.",
    ],
)
def test_english_with_only_apostrophes_or_dashes_is_read_as_windows_1252(text: str, tmp_path: Path) -> None:
    page = f"<html><body><p>{text}</p></body></html>".encode("cp1252")
    assert text_and_notes(tmp_path, page) == (text, [])


def test_an_ideograph_after_a_latin_letter_is_not_read_as_an_apostrophe(tmp_path: Path) -> None:
    page = declaring("iso-8859-1", "看 e版 與 e報").encode("big5")
    assert text_and_notes(tmp_path, page) == ("看 e版 與 e報", ["ENCODING_MENDED"])


def test_escapes_of_iso_2022_jp_are_recognised_without_a_declaration(tmp_path: Path) -> None:
    page = "<p>黒瀬大臣は貿易について述べた。</p>".encode("iso2022_jp")
    assert text_and_notes(tmp_path, page) == ("黒瀬大臣は貿易について述べた。", [])


def test_an_unknown_encoding_label_is_ignored_with_a_note(tmp_path: Path) -> None:
    assert text_and_notes(tmp_path, declaring("atlantean", ENGLISH).encode()) == (ENGLISH, ["ENCODING_MENDED"])


def test_a_python_codec_that_is_not_an_encoding_is_ignored(tmp_path: Path) -> None:
    assert text_and_notes(tmp_path, declaring("hex", "6869").encode()) == ("6869", ["ENCODING_MENDED"])


@pytest.mark.parametrize(("charset", "codec"), [("utf-8", "utf-8"), ("Shift_JIS", "cp932"), ("EUC-JP", "euc_jp")])
def test_a_page_cut_inside_a_character_keeps_its_declared_encoding(charset: str, codec: str, tmp_path: Path) -> None:
    whole = f'<meta charset="{charset}"><p>黒瀬大臣は述べた'.encode(codec)
    page = opened(tmp_path, whole[:-1])
    assert isinstance(page, HtmlPage)
    assert page.markup.endswith("<p>黒瀬大臣は述べ\ufffd")
    assert [note.code for note in page.notes] == ["BYTES_UNREADABLE"]


def test_an_undecodable_byte_becomes_u_fffd_and_is_counted(tmp_path: Path) -> None:
    page = opened(tmp_path, declaring("EUC-JP", "貿易?漁業").encode("euc_jp").replace(b"?", b"\xff"))
    assert isinstance(page, HtmlPage)
    assert "<p>貿易\ufffd漁業</p>" in page.markup
    assert [note.message for note in page.notes] == [
        "1 byte could not be decoded as euc_jp; outputs show \ufffd instead"
    ]


def test_line_ends_of_every_system_become_line_feeds(tmp_path: Path) -> None:
    page = opened(tmp_path, b"Atlantis Relations\r\nAugust 4, 2031\rThe Ministers met.\n")
    assert isinstance(page, TextPage)
    assert page.text == "Atlantis Relations\nAugust 4, 2031\nThe Ministers met.\n"


# --- wrong declarations


TEXTS = {
    "cp932": "黒瀬大臣は貿易、漁業について述べた。両外相は一致した。",
    "euc_jp": "黒瀬大臣は貿易、漁業について述べた。両外相は一致した。",
    "gb18030": "外交部长表示两国之间的合作将继续发展，会谈在首都举行。",
    "big5": "外交部長表示兩國之間的合作將繼續發展，會談在首都舉行。",
    "cp949": "외교장관은 양국 간의 협력이 앞으로도 계속 발전할 것이라고 밝혔다.",
    "cp1250": "Minister spraw zagranicznych oświadczył, że współpraca będzie się rozwijać również w przyszłości.",
    "cp1251": "Министр иностранных дел заявил, что сотрудничество будет развиваться.",
    "koi8_r": "Министр иностранных дел заявил, что сотрудничество будет развиваться.",
    "cp1253": "Ο υπουργός Εξωτερικών δήλωσε ότι η συνεργασία θα συνεχιστεί και στο μέλλον.",
    "cp1255": "שר החוץ הודיע כי שיתוף הפעולה בין שתי המדינות יימשך גם בעתיד.",
    "cp1256": "أعلن وزير الخارجية أن التعاون بين البلدين سيستمر في المستقبل.",
    "cp874": "รัฐมนตรีกล่าวว่าความร่วมมือระหว่างสองประเทศจะดำเนินต่อไป",
}
"""Python codec → a text that the tests encode with it, often below a declaration of another encoding."""


@pytest.mark.parametrize("declared", ["iso-8859-1", "utf-8", "windows-1252"])
@pytest.mark.parametrize(("codec", "text"), TEXTS.items(), ids=list(TEXTS))
def test_text_wrongly_declared_as_western_or_utf_8_is_repaired(
    codec: str, text: str, declared: str, tmp_path: Path
) -> None:
    assert text_and_notes(tmp_path, declaring(declared, text).encode(codec)) == (text, ["ENCODING_MENDED"])


@pytest.mark.parametrize(
    ("codec", "declared"),
    [
        ("koi8_r", "windows-1251"),
        ("cp1251", "koi8-r"),
        ("cp932", "euc-jp"),
        ("euc_jp", "shift_jis"),
        ("euc_jp", "big5"),
        ("gb18030", "big5"),
        ("gb18030", "euc-jp"),
        ("big5", "gb2312"),
        ("cp949", "shift_jis"),
        ("cp949", "euc-jp"),
    ],
)
def test_wrongly_declared_encodings_of_one_region_are_distinguished(codec: str, declared: str, tmp_path: Path) -> None:
    text = TEXTS[codec]
    assert text_and_notes(tmp_path, declaring(declared, text).encode(codec)) == (text, ["ENCODING_MENDED"])


@pytest.mark.parametrize(
    ("declared", "text"),
    [
        ("iso-8859-1", "Le ministre a été reçu à l’hôtel ; la coopération « nécessaire » a été créée – 5 €."),
        ("iso-8859-1", "Der Außenminister erklärte, daß „Maßnahmen“ für beide Länder nützlich seien."),
        ("iso-8859-1", "¿Qué dijo el señor ministro? ¡Cooperación! Artículo 1.º, según el comunicado."),
        ("iso-8859-1", "Utanríkisráðherra sagði að samvinna þjóðanna yrði áfram góð."),
        ("windows-1251", "ВСТРЕЧА МИНИСТРОВ. Министр «Атлантиды» – о № 5: сотрудничество будет."),
        ("iso-8859-9", "Dışişleri Bakanı, iki ülke arasındaki işbirliğinin süreceğini açıkladı."),
    ],
)
def test_a_correct_declaration_is_used_without_a_note(declared: str, text: str, tmp_path: Path) -> None:
    codec = {"iso-8859-1": "cp1252", "iso-8859-9": "cp1254"}.get(declared, declared)
    assert text_and_notes(tmp_path, declaring(declared, text).encode(codec)) == (text, [])


@pytest.mark.parametrize(
    ("label", "codec"),
    [
        ("ms932", "cp932"),
        ("sjis", "cp932"),
        ("iso-8859-8-i", "iso8859-8"),
        ("x-mac-cyrillic", "mac-cyrillic"),
        ("x-cp1251", "cp1251"),
        ("koi", "koi8-r"),
        ("ansi_x3.4-1968", "cp1252"),
        ("latin1", "cp1252"),
        ("gbk", "gb18030"),
        ("tis-620", "cp874"),
        ("ks_c_5601-1987", "cp949"),
    ],
)
def test_labels_of_the_whatwg_standard_name_their_encodings(label: str, codec: str, tmp_path: Path) -> None:
    text = {"cp932": JAPANESE, "cp1252": ENGLISH, "iso8859-8": TEXTS["cp1255"], "gb18030": TEXTS["gb18030"]}
    words = text.get(codec) or TEXTS.get(codec, TEXTS["cp1251"])
    page = opened(tmp_path, declaring(label, words).encode(codec))
    assert isinstance(page, HtmlPage)
    assert f"<p>{words}</p>" in page.markup
    assert (page.encoding, page.notes) == (codec, ())


@pytest.mark.parametrize("label", ["cp932", "latin-1", "cp850", "win-1251"])
def test_a_label_that_the_whatwg_standard_does_not_have_is_ignored(label: str, tmp_path: Path) -> None:
    page = declaring(label, TEXTS["cp1251"]).encode("cp1251")
    assert text_and_notes(tmp_path, page) == (TEXTS["cp1251"], ["ENCODING_MENDED"])


@pytest.mark.parametrize("label", ["hz-gb-2312", "iso-2022-kr", "iso-2022-cn", "replacement"])
def test_an_encoding_that_the_whatwg_standard_replaces_is_not_decoded(label: str, tmp_path: Path) -> None:
    """The escapes of these encodings can turn bytes that look like harmless ASCII into markup."""
    page = declaring(label, "~{VPND~}").encode()
    assert text_and_notes(tmp_path, page) == ("~{VPND~}", ["ENCODING_MENDED"])


def test_no_label_of_the_correct_encoding_causes_a_note(tmp_path: Path) -> None:
    text = "Le ministre a été reçu à l’hôtel – 5 €."
    for label in ("iso-8859-1", "windows-1252", "x-cp1252"):
        assert opened(tmp_path, declaring(label, text).encode("cp1252")).notes == ()


@pytest.mark.parametrize("declared", ["utf-16", "utf-7", "unicode_escape", "punycode"])
def test_a_declared_encoding_that_can_hide_markup_is_ignored(declared: str, tmp_path: Path) -> None:
    words, notes = text_and_notes(tmp_path, declaring(declared, "a +ADw-b \\x3cb c").encode())
    assert words == "a +ADw-b \\x3cb c"
    assert set(notes) <= {"ENCODING_MENDED"}


# --- doubly encoded text


@pytest.mark.parametrize("text", ["Le ministre a été reçu à l’hôtel", "両外相は、協力を強化する", "Größe – Maß"])
def test_doubly_encoded_utf_8_is_repaired_with_a_note(text: str, tmp_path: Path) -> None:
    twice = "".join(chr(byte) if byte in UNDEFINED else bytes([byte]).decode("cp1252") for byte in text.encode())
    assert text_and_notes(tmp_path, declaring("utf-8", twice).encode()) == (text, ["DOUBLY_ENCODED"])


@pytest.mark.parametrize("twice", ["SofÃ­a", "the councilâ€™s lamps"])
def test_doubly_encoded_text_in_utf_16_is_repaired(twice: str, tmp_path: Path) -> None:
    raw = codecs.BOM_UTF16_LE + declaring("utf-16", twice).encode("utf-16-le")
    once = twice.encode("cp1252").decode()
    assert text_and_notes(tmp_path, raw) == (once, ["DOUBLY_ENCODED"])


UNDEFINED = {0x81, 0x8D, 0x8F, 0x90, 0x9D}
"""Bytes to which windows-1252 assigns no character; programs that decode windows-1252 pass them through."""


def test_only_the_doubly_encoded_line_is_repaired(tmp_path: Path) -> None:
    page = opened(tmp_path, declaring("utf-8", "Le café\nLe cafÃ©\n日本").encode())
    assert isinstance(page, HtmlPage)
    assert "<p>Le café\nLe café\n日本</p>" in page.markup
    assert [note.message for note in page.notes] == ["double encoding was repaired in 1 line, such as 'Ã©'"]


@pytest.mark.parametrize("text", ["SÃO PAULO", "L’été… “à Paris”", "Ångström ® ©", "voilà »"])
def test_correct_text_that_resembles_mojibake_is_not_changed(text: str, tmp_path: Path) -> None:
    assert text_and_notes(tmp_path, declaring("utf-8", text).encode()) == (text, [])
