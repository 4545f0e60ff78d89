"""The user's style sheet or theme: errors name it as the likely cause, and notes say which formats do not use it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from readout_pub.batch import batch
from readout_pub.convert import emit_and_prove, require_options
from readout_pub.emit import FailedFormat, RenderOptions, emit, emit_each
from readout_pub.errors import EmitError, UsageError
from readout_pub.image_store import ImageStore
from readout_pub.theme_tools import draft_theme
from tests.pages import extracted

READOUT = extracted("<h1>Talks on tides</h1><p>The envoys measured the tides.</p>")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("rules", "reason"),
    [
        ("p::before { content: 'Added words' }", "the PDF draws 'Added words'"),
        ("p { display: none }", "is written"),
        ("p { font-size: 1e999px }", "Error: "),
        (f"p {{ width: {'(' * 5000}1px{')' * 5000} }}", "RecursionError: "),
    ],
    ids=["words added", "words hidden", "huge font", "deep nesting"],
)
def test_the_error_of_a_failed_pdf_names_the_style_sheet(rules: str, reason: str, tmp_path: Path) -> None:
    css = tmp_path / "own.css"
    css.write_text(rules, "utf-8")
    html, pdf = emit_each(READOUT, ImageStore(), ["html", "pdf"], RenderOptions(css=str(css)))
    assert not isinstance(html, FailedFormat)
    assert isinstance(pdf, FailedFormat)
    message = str(pdf)
    assert message.startswith(f"pdf: the style sheet {css} is the likely cause: ")
    assert reason in message
    assert "if the format fails without these rules too, report the error with the page" in message
    assert "bug" not in message
    assert "defect" not in message


@pytest.mark.slow
def test_the_error_of_a_failed_pdf_names_the_theme(tmp_path: Path) -> None:
    draft_theme(tmp_path / "own")
    (tmp_path / "own" / "theme.css").write_text("p::before { content: 'Added words' }", "utf-8")
    with pytest.raises(EmitError, match=r"the theme .*own is the likely cause: the PDF draws 'Added words'"):
        emit(READOUT, ImageStore(), "pdf", RenderOptions(theme=str(tmp_path / "own")))


@pytest.mark.slow
@pytest.mark.parametrize("target", ["docx", "odt"])
def test_css_rules_of_a_theme_are_noted_as_unused_by_office_formats(target: str, tmp_path: Path) -> None:
    draft_theme(tmp_path / "own")
    options = RenderOptions(theme=str(tmp_path / "own"))
    assert emit(READOUT, ImageStore(), target, options).notes == ()
    (tmp_path / "own" / "theme.css").write_text("p { margin: 0 }", "utf-8")
    (said,) = emit(READOUT, ImageStore(), target, options).notes
    assert said.code == "RULES_UNUSED"


@pytest.mark.parametrize("formats", [["docx"], ["odt", "TXT"], ["json", "md"]])
def test_a_style_sheet_that_no_format_takes_is_refused(formats: list[str], tmp_path: Path) -> None:
    css = tmp_path / "own.css"
    css.write_text("p { margin: 0 }", "utf-8")
    options = RenderOptions(css=str(css))
    sentence = f"no style sheet is used for {', '.join(formats).lower()}; add html, epub or pdf"
    with pytest.raises(UsageError, match=sentence):
        require_options(options, formats)
    with pytest.raises(UsageError, match=sentence):
        list(batch(tmp_path, formats, tmp_path / "out", render_options=options))
    assert require_options(options, [*formats, "html"])


@pytest.mark.slow
def test_text_over_the_edge_of_a_tiny_page_is_noted(tmp_path: Path) -> None:
    css = tmp_path / "own.css"
    css.write_text("@page { size: 1mm; margin: 0 }", "utf-8")
    pdf = emit(READOUT, ImageStore(), "pdf", RenderOptions(css=str(css), embargo=dt.date(2031, 8, 4)))
    assert "PAGE_OVERFULL" in {each.code for each in pdf.notes}


@pytest.mark.slow
def test_the_error_of_an_output_without_all_words_names_the_style_sheet(tmp_path: Path) -> None:
    css = tmp_path / "own.css"
    css.write_text("@page { size: 1mm; margin: 0 }", "utf-8")
    render_options = RenderOptions(css=str(css), receipt=True)
    (failed,) = emit_and_prove(READOUT, ImageStore(), ["pdf"], render_options)
    assert isinstance(failed, FailedFormat)
    assert f"is not in the pdf output; the style sheet {css} is the likely cause: if this happens" in str(failed)
