"""Characters without a glyph are named in a note; a passage in a script without a font is an error."""

from __future__ import annotations

import pytest

from readout_pub.emit.pdf.missing_glyphs import missing_glyphs
from readout_pub.errors import ToolMissing, option
from readout_pub.install_commands import NOTO_FONTS, install_extra, install_system
from tests.pdfs import make_pdf, paragraph, readout, run_python

ENGLISH = "The two ministers met at the harbour and spoke about the strait. " * 10


def test_a_character_that_no_font_has_is_named_in_a_note() -> None:
    (note,) = make_pdf(readout(paragraph(f"{ENGLISH} \U00013000 and \ue000"))).notes
    assert (note.code, note.severity) == ("GLYPH_MISSING", "warning")
    assert note.message == ("no font has a glyph for U+E000 \ue000, U+13000 \U00013000; the PDF shows a box instead")


def test_a_name_in_a_script_without_a_font_is_a_note() -> None:
    (note,) = make_pdf(readout(paragraph(f"{ENGLISH} ศรี"))).notes
    assert note.message == "no font has a glyph for U+0E23 ร, U+0E28 ศ, U+0E35 ี; the PDF shows a box instead"


@pytest.mark.parametrize(
    ("language", "name", "text"),
    [
        ("ka", "Georgian", "საგარეო საქმეთა მინისტრების შეხვედრა"),
        ("th", "Thai", "การประชุมรัฐมนตรีว่าการกระทรวงการต่างประเทศ"),
        ("hi", "Devanagari", "विदेश मंत्रियों की बैठक"),
    ],
)
def test_a_text_in_a_script_without_a_font_is_an_error_with_a_remedy(language: str, name: str, text: str) -> None:
    with pytest.raises(ToolMissing) as raised:
        make_pdf(readout(paragraph(text), language=language))
    assert str(raised.value) == (
        f"no font here can draw {name}, in which part of this text is written; "
        f"{install_system(NOTO_FONTS)}, or install another font for it, and use {option('--system-fonts')}"
    )


def test_a_passage_in_another_script_is_an_error_too() -> None:
    with pytest.raises(ToolMissing):
        make_pdf(readout(paragraph(ENGLISH), paragraph("การประชุมรัฐมนตรี")))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("extra", "language", "text", "scripts"),
    [
        ("cjk", "ja", "両大臣は、サンゴの海について述べた。", "Han, Hiragana, Katakana"),
        ("arabic", "ar", "اجتماع وزير الخارجية", "Arabic"),
        ("hebrew", "he", "פגישת שרי החוץ", "Hebrew"),
    ],
)
def test_without_the_extra_of_its_script_a_text_is_an_error_that_names_it(
    extra: str, language: str, text: str, scripts: str
) -> None:
    program = f"""
import sys
from readout_pub.emit.pdf.fonts import EXTRAS
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
        f"3 no font here can draw {scripts}, in which part of this text is written; {install_extra(extra)}\n"
    )


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("he", "שרי החוץ נפגשו, ונתנו ידיים."),
        ("ar", "اجتماع وزير الخارجية، ٣ مايو"),
        ("fa", "گفتگوی وزیران خارجه"),
        ("ur", "وزرائے خارجہ کی ملاقات"),
    ],
)
def test_with_the_extras_right_to_left_languages_lack_no_glyph(language: str, text: str) -> None:
    assert make_pdf(readout(paragraph(text), title=text, language=language)).notes == ()


def test_a_rare_character_of_a_script_with_a_font_is_a_note() -> None:
    (note,) = make_pdf(readout(paragraph("𠀀と両大臣は述べた。"), language="ja")).notes
    assert note.message == "no font has a glyph for U+20000 𠀀; the PDF shows a box instead"


def test_a_script_is_missing_even_if_parts_of_a_letter_are_drawn() -> None:
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
