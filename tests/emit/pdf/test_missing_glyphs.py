"""Characters without a glyph are named in a note; a passage in a script without a font is an error."""

from __future__ import annotations

import msgspec
import pytest

from readout_pub.emit import RenderOptions
from readout_pub.emit.pdf.missing_glyphs import missing_glyphs
from readout_pub.errors import ToolMissing, option
from readout_pub.image_store import ImageStore
from readout_pub.install_commands import NOTO_FONTS, install_extra, install_system
from readout_pub.model import Paragraph, Strong
from readout_pub.receipts import prove_rendition
from tests.expected_words import words_of_readout, words_of_tags
from tests.pdfs import fonts, make_pdf, paragraph, readout, run_python
from tests.tagtree import tag_tree

ENGLISH = "The two ministers met at the harbour and spoke about the strait. " * 10


def test_a_character_that_no_font_has_is_reported_in_a_note() -> None:
    (note,) = make_pdf(readout(paragraph(f"{ENGLISH} \U00013000 and \ue000"))).notes
    assert (note.code, note.severity) == ("GLYPH_MISSING", "warning")
    assert note.message == ("no font has a glyph for U+E000 \ue000, U+13000 \U00013000; the PDF shows a box instead")


def test_a_name_in_a_script_without_a_font_gives_a_note() -> None:
    (note,) = make_pdf(readout(paragraph(f"{ENGLISH} མཚོ"))).notes
    assert note.message == "no font has a glyph for U+0F58 མ, U+0F5A ཚ, U+0F7C ོ; the PDF shows a box instead"


@pytest.mark.parametrize(
    ("language", "name", "text"),
    [
        ("bo", "Tibetan", "གྲོས་མཐུན་ རྒྱ་མཚོ་ ཉ་ལས་"),
        ("chr", "Cherokee", "ᎠᏂᏴᏫᏯ ᎠᎹᏱ"),
        ("mn", "Mongolian", "ᠮᠣᠩᠭᠣᠯ ᠤᠯᠤᠰ"),
    ],
)
def test_a_text_in_a_script_without_font_is_an_error_with_remedy(language: str, name: str, text: str) -> None:
    with pytest.raises(ToolMissing) as raised:
        make_pdf(readout(paragraph(text), language=language))
    assert str(raised.value) == (
        f"part of this text is in {name}, which no font here can draw; "
        f"{install_system(NOTO_FONTS)}, or another font for this script, and use {option('--system-fonts')}"
    )


def test_a_passage_in_another_script_is_an_error_too() -> None:
    with pytest.raises(ToolMissing):
        make_pdf(readout(paragraph(ENGLISH), paragraph("གྲོས་མཐུན་ རྒྱ་མཚོ་")))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("extra", "language", "text", "scripts"),
    [
        ("cjk", "ja", "両大臣は、サンゴの海について述べた。", "Han, Hiragana, Katakana"),
        ("arabic", "ar", "اجتماع وزير الخارجية", "Arabic"),
        ("hebrew", "he", "פגישת שרי החוץ", "Hebrew"),
        ("noto", "th", "การประชุมรัฐมนตรี", "Thai"),
    ],
)
def test_a_text_whose_font_extra_is_missing_gives_an_error_naming_it(
    extra: str, language: str, text: str, scripts: str
) -> None:
    program = f"""
import sys
from readout_pub.emit.font_files import EXTRAS
for package in EXTRAS[{extra!r}]:
    sys.modules[package] = None
from readout_pub.errors import ToolMissing
from tests.pdfs import make_pdf, paragraph, readout
try:
    make_pdf(readout(paragraph({text!r}), language={language!r}))
except ToolMissing as error:
    print(error.exit_code, error)
"""
    assert run_python(program).stdout == (
        f"3 part of this text is in {scripts}, which no font here can draw; {install_extra(extra)}\n"
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("he", "שרי החוץ נפגשו, ונתנו ידיים."),
        ("ar", "اجتماع وزير الخارجية، ٣ مايو"),
        ("fa", "گفتگوی وزیران خارجه"),
        ("ur", "وزرائے خارجہ کی ملاقات"),
    ],
)
def test_the_font_extras_have_all_glyphs_for_right_to_left_languages(language: str, text: str) -> None:
    assert make_pdf(readout(paragraph(text), title=text, language=language)).notes == ()


SCRIPTS = {
    "am": "ሚኒስትሮቹ በወደቡ ተገናኝተው ስለ ባሕረ ሰላጤው ተነጋገሩ።",
    "bn": "দুই মন্ত্রী বন্দরে সাক্ষাৎ করেন এবং প্রণালী সম্পর্কে আলোচনা করেন।",
    "gu": "બંને મંત્રીઓ બંદર પર મળ્યા અને સામુદ્રધુની વિશે ચર્ચા કરી।",
    "hi": "दोनों मंत्रियों ने बन्दरगाह पर भेंट की और जलडमरूमध्य के विषय में चर्चा की।",
    "hy": "Նախարարները հանդիպեցին նավահանգստում և խոսեցին նեղուցի մասին։",
    "ka": "მინისტრები შეხვდნენ ნავსადგურში და ისაუბრეს სრუტის შესახებ.",
    "km": "រដ្ឋមន្ត្រីទាំងពីរបានជួបគ្នានៅកំពង់ផែ និងបានពិភាក្សាអំពីច្រកសមុទ្រ។",
    "kn": "ಇಬ್ಬರು ಸಚಿವರು ಬಂದರಿನಲ್ಲಿ ಭೇಟಿಯಾಗಿ ಜಲಸಂಧಿಯ ಕುರಿತು ಮಾತನಾಡಿದರು.",
    "lo": "ລັດຖະມົນຕີທັງສອງພົບກັນຢູ່ທ່າເຮືອ ແລະ ສົນທະນາກ່ຽວກັບຊ່ອງແຄບ. ຄຳຖາມ",
    "ml": "രണ്ട് മന്ത്രിമാരും തുറമുഖത്ത് കണ്ടുമുട്ടി കടലിടുക്കിനെക്കുറിച്ച് സംസാരിച്ചു.",
    "my": "ဝန်ကြီးနှစ်ဦးသည် ဆိပ်ကမ်းတွင် တွေ့ဆုံ၍ ရေလက်ကြားအကြောင်း ဆွေးနွေးကြသည်။",
    "or": "ଦୁଇ ମନ୍ତ୍ରୀ ବନ୍ଦରରେ ଭେଟିଲେ ଏବଂ ପ୍ରଣାଳୀ ବିଷୟରେ ଆଲୋଚନା କଲେ।",
    "pa": "ਦੋਵੇਂ ਮੰਤਰੀ ਬੰਦਰਗਾਹ ਉੱਤੇ ਮਿਲੇ ਅਤੇ ਗੱਲਬਾਤ ਕੀਤੀ।",
    "si": "අමාත්‍යවරුන් දෙදෙනා වරායේදී හමු වී සමුද්‍ර සන්ධිය ගැන කතා කළහ.",
    "ta": "இரண்டு அமைச்சர்களும் துறைமுகத்தில் சந்தித்து நீரிணை பற்றிப் பேசினர்.",
    "te": "ఇద్దరు మంత్రులు ఓడరేవులో కలుసుకొని జలసంధి గురించి మాట్లాడారు.",
    "th": "รัฐมนตรีทั้งสองพบกันที่ท่าเรือและหารือเรื่องช่องแคบน้ำลึก",
}
"""Language → a sentence in its script.

There is a sentence for each script that PDFs draw with a font of the extra `noto`. For Arabic and Hebrew, PDFs use the
fonts of other extras.
"""


@pytest.mark.slow
def test_the_extra_noto_draws_its_scripts_and_tags_have_all_words() -> None:
    spans = (paragraph(f"{language}: {text}") for language, text in SCRIPTS.items())
    bold = (Paragraph((Strong((text,)),), lang=language) for language, text in SCRIPTS.items())
    meeting = readout(*spans, *bold)
    rendition = make_pdf(meeting)
    assert rendition.notes == ()
    assert words_of_tags(tag_tree(rendition.data)) == words_of_readout(meeting)
    # One font for each script, and Noto-Sans-Bold for the title.
    assert (
        sum(name.startswith("Noto-Sans-") and name.endswith("-Bold") for name in fonts(rendition)) == len(SCRIPTS) + 1
    )


def test_a_rare_character_of_a_script_with_a_font_gives_a_note() -> None:
    (note,) = make_pdf(readout(paragraph("𠀀と両大臣は述べた。"), language="ja")).notes
    assert note.message == "no font has a glyph for U+20000 𠀀; the PDF shows a box instead"


def test_a_script_has_no_font_if_most_of_its_characters_have_no_glyph() -> None:
    """Thai U+0E33 is drawn as U+0E4D and U+0E32: these are missing, and U+0E33 itself is never listed as missing."""
    with pytest.raises(ToolMissing):
        missing_glyphs({"\u0e19", "\u0e32", "\u0e4d"}, "\u0e19\u0e33\u0e19\u0e33\u0e19")


def test_a_note_names_the_first_characters_and_counts_the_rest() -> None:
    signs = frozenset(map(chr, range(0x1F700, 0x1F700 + 40)))
    (note,) = missing_glyphs(signs, "".join(sorted(signs)))
    assert "U+1F717" in note.message
    assert "U+1F718" not in note.message
    assert " and 16 more; " in note.message


def test_without_missing_glyphs_there_is_no_note() -> None:
    assert missing_glyphs(frozenset(), ENGLISH) == ()


@pytest.mark.slow
@pytest.mark.parametrize("language", SCRIPTS)
def test_a_pdf_in_a_script_of_the_extra_noto_has_every_word(language: str) -> None:
    text = SCRIPTS[language]
    meeting = readout(paragraph(text), Paragraph((Strong((text,)), f" 2026 {text}")), language=language)
    rendition = make_pdf(meeting)
    assert prove_rendition(meeting, ImageStore(), rendition, RenderOptions()).is_proven
    longer = msgspec.structs.replace(meeting, body=(*meeting.body, paragraph(text)))
    assert not prove_rendition(longer, ImageStore(), rendition, RenderOptions()).is_proven
