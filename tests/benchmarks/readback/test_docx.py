"""Reading DOCX: text, and the numbers that a word processor shows."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pypandoc
import pytest

from benchmarks.readback import read_back

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def shown(body: str, *, numbering: str = "", styles: str = "", footnotes: str = "") -> tuple[str, ...]:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        package.writestr("word/numbering.xml", f"<w:numbering {W}>{numbering}</w:numbering>")
        package.writestr("word/styles.xml", f"<w:styles {W}>{styles}</w:styles>")
        package.writestr("word/footnotes.xml", f"<w:footnotes {W}>{footnotes}</w:footnotes>")
    return read_back("docx", out.getvalue())


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def listed(text: str, number: int, level: int = 0) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def level(depth: int, kind: str, text: str) -> str:
    form = f'<w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/>'
    return f'<w:lvl w:ilvl="{depth}">{form}</w:lvl>'


ARTICLES = f"""<w:abstractNum w:abstractNumId="5">{level(0, "decimal", "%1.")}{level(1, "lowerRoman", "(%1-%2)")}
</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="5"/></w:num>"""


def test_the_runs_of_a_paragraph_are_one_line_and_each_cell_is_another() -> None:
    body = """<w:p><w:r><w:t xml:space="preserve">The two </w:t></w:r><w:hyperlink><w:r><w:t>ministers</w:t></w:r>
              </w:hyperlink></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>No.</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r>
              <w:t>1</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"""
    assert shown(body) == ("The two ministers", "No.", "1")


def test_a_nested_list_restarts_under_each_item() -> None:
    body = (
        listed("Trade", 1)
        + listed("Fish", 1, 1)
        + listed("Kelp", 1, 1)
        + paragraph("More of it")
        + listed("Defence", 1)
        + listed("Whales", 1, 1)
    )
    expected = ("1. Trade", "(1-i) Fish", "(1-ii) Kelp", "More of it", "2. Defence", "(2-i) Whales")
    assert shown(body, numbering=ARTICLES) == expected


def test_lists_with_one_definition_share_a_count_unless_a_start_is_set() -> None:
    shared = '<w:num w:numId="{}"><w:abstractNumId w:val="5"/>{}</w:num>'
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="8"/></w:lvlOverride>'
    numbering = ARTICLES + shared.format(2, "") + shared.format(3, restart)
    body = listed("One", 1) + listed("Two", 2) + listed("Eight", 3) + listed("Nine", 3)
    assert shown(body, numbering=numbering) == ("1. One", "2. Two", "8. Eight", "9. Nine")


def test_a_style_can_number_its_paragraphs() -> None:
    styles = """<w:style w:styleId="Article"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
                <w:style w:styleId="Clause"><w:basedOn w:val="Article"/></w:style>"""
    body = paragraph("Trade", '<w:pStyle w:val="Clause"/>')
    assert shown(body, numbering=ARTICLES, styles=styles) == ("1. Trade",)


@pytest.mark.parametrize("kind", ["bullet", "none"])
def test_a_bullet_is_left_out(kind: str) -> None:
    numbering = f"""<w:abstractNum w:abstractNumId="0">{level(0, kind, "•")}</w:abstractNum>
                    <w:num w:numId="4"><w:abstractNumId w:val="0"/></w:num>"""
    assert shown(listed("Trade", 4), numbering=numbering) == ("Trade",)


def test_footnotes_follow_the_text_with_their_numbers() -> None:
    body = '<w:p><w:r><w:t>Tons</w:t></w:r><w:r><w:footnoteReference w:id="9"/></w:r></w:p>'
    footnotes = f"""<w:footnote w:id="-1" w:type="separator">{paragraph("")}</w:footnote>
                    <w:footnote w:id="9">{paragraph("Metric ones.")}</w:footnote>"""
    assert shown(body, footnotes=footnotes) == ("Tons1", "1 Metric ones.")


def test_hidden_deleted_and_alternative_text_is_left_out() -> None:
    body = """<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>
              <w:del><w:r><w:delText>old</w:delText></w:r></w:del>
              <w:r><w:drawing><docPr descr="Two ministers"/></w:drawing></w:r>
              <w:r><w:t>seen</w:t></w:r></w:p>"""
    assert shown(body) == ("seen",)


def test_lists_written_by_pandoc_show_their_numbers(tmp_path: Path) -> None:
    source = "(3) Trade\n\n    More of it\n\n    a. Fish\n    b. Kelp\n\n(4) Defence\n\n- Whales\n"
    pypandoc.convert_text(source, "docx", format="markdown", outputfile=tmp_path / "talks.docx")
    written = (tmp_path / "talks.docx").read_bytes()
    assert read_back("docx", written) == ("(3) Trade", "More of it", "a. Fish", "b. Kelp", "(4) Defence", "Whales")
