"""The alt file: a table with alternative texts, in the forms in which spreadsheet programs save it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from readout_pub import SourceError
from readout_pub.alt.alt_file import AltTable, read_alt_file
from readout_pub.model import Alt, Decorative, Described
from tests.workbooks import Cells, ods, xlsx


def table(folder: Path, content: bytes | str, name: str = "alts.csv") -> Path:
    file = folder / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return file


def read(folder: Path, content: bytes | str) -> AltTable:
    return read_alt_file(table(folder, content))


def texts(alts: AltTable) -> dict[str, str]:
    return {file: alt.text for file, alt in alts.of_page(()).items() if isinstance(alt, Described)}


def refusal(folder: Path, content: bytes | str) -> str:
    file = table(folder, content)
    with pytest.raises(SourceError) as refused:
        read_alt_file(file)
    return str(refused.value).removeprefix(str(file)).lstrip(":, ")


# --- files of spreadsheet programs


def test_unknown_columns_of_a_table_are_ignored(tmp_path: Path) -> None:
    content = 'note,file,alt\nx, a.jpg ," Two men, one ""smiling"" "\n,b.jpg,両大臣\n'
    assert texts(read(tmp_path, content)) == {"a.jpg": 'Two men, one "smiling"', "b.jpg": "両大臣"}


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbffile,alt\r\na.jpg,Two men\r\n",
        b"alt,file\nTwo men,a.jpg",
        b"file;alt;note\r\na.jpg;Two men;(1,5 MB)\r\n",
        b"file\talt\na.jpg\tTwo men\n",
        b"file,alt\na.jpg,Two men\na.jpg,Two men\na.jpg,\n",
        b"sep=;\r\nfile;alt\r\na.jpg;Two men\r\n",
        b",,\r\n\r\nfile,alt,,\r\na.jpg,Two men,,\r\n",
        "file\talt\r\na.jpg\tTwo men\r\n".encode("utf-16"),
        "\ufefffile,alt\r\na.jpg,Two men\r\n".encode("utf-16-be"),
        "file,alt\r\na.jpg,Two men\r\n".encode("utf-16-le"),
    ],
)
def test_the_table_may_come_from_a_spreadsheet_program(content: bytes, tmp_path: Path) -> None:
    alts = read(tmp_path, content)
    assert texts(alts) == {"a.jpg": "Two men"}
    assert list(alts.remarks((), ())) == []


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Füße am Kai", "cp1252"),
        ("El año", "cp1252"),
        ("“Talks” – on a quay", "cp1252"),
        ("両大臣が握手", "cp932"),
        ("Две делегации за столом", "cp1251"),
    ],
)
def test_a_file_in_a_regional_encoding_is_read_with_a_remark(text: str, encoding: str, tmp_path: Path) -> None:
    alts = read(tmp_path, f"file;alt\na.jpg;{text}\n".encode(encoding))
    assert texts(alts) == {"a.jpg": text}
    (remark,) = alts.remarks((), ())
    assert remark.endswith(f"alts.csv: read as {encoding}; if letters are wrong, save it as CSV UTF-8")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_byte_order_mark_loses_no_character(encoding: str, tmp_path: Path) -> None:
    alts = read(tmp_path, "file,alt\na.jpg,“Talks” – 両大臣\n".encode(encoding))
    assert texts(alts) == {"a.jpg": "“Talks” – 両大臣"}


def test_control_characters_in_a_table_are_left_out(tmp_path: Path) -> None:
    assert texts(read(tmp_path, b"file,alt\nqu\x08ay.jpg,A qu\x7fay\n")) == {"quay.jpg": "A quay"}


@pytest.mark.slow
def test_a_workbook_is_read_with_its_numbers_and_booleans(tmp_path: Path) -> None:
    head, first = ("File", "Alt text", "Reviewed"), ("a.jpg", "Two men, on a quay", True)
    rows: list[Cells] = [("", ""), head, first, (2031.0, "The year")]
    assert read(tmp_path, xlsx(rows)).of_page(()) == {
        "a.jpg": Described("Two men, on a quay", by="person", reviewed=True),
        "2031": Described("The year", by="person"),
    }


@pytest.mark.slow
def test_a_workbook_of_libreoffice_is_read(tmp_path: Path) -> None:
    rows = [["file", "alt"], ["quay.jpg", "Zwei Boote <text:span>am</text:span><text:s/>Kai"]]
    assert texts(read(tmp_path, ods(rows))) == {"quay.jpg": "Zwei Boote am Kai"}


def test_cells_that_were_protected_from_running_as_formulas_are_restored(tmp_path: Path) -> None:
    assert texts(read(tmp_path, "file,alt\n'-a.jpg,'=1 and one\nb.jpg,'tis the quay\n")) == {
        "-a.jpg": "=1 and one",
        "b.jpg": "'tis the quay",
    }


# --- columns


@pytest.mark.parametrize(
    "head", ["File,Alt text", " file name , ALT-TEXT ", "File_Name,Alternative  Text", "Photo,alt"]
)
def test_headers_are_recognised_in_common_spellings(head: str, tmp_path: Path) -> None:
    assert texts(read(tmp_path, f"{head}\na.jpg,Two men\n")) == {"a.jpg": "Two men"}


@pytest.mark.parametrize(
    ("row", "alt"),
    [
        ({"alt": "Two men"}, Described("Two men", by="person")),
        ({"alt": "Two men", "by": "Person", "author": "Nerea"}, Described("Two men", by="person", name="Nerea")),
        ({"alt": "Two men", "by": "model"}, Described("Two men", by="model")),
        ({"alt": "Two men", "by": "model", "reviewer": "Orm"}, Described("Two men", by="model", reviewed=True)),
        ({"alt": "Two men", "reviewed": "yes"}, Described("Two men", by="person", reviewed=True)),
        ({"alt": "Two men", "reviewed": "", "reviewer": "Orm"}, Described("Two men", by="person")),
        ({"alt": "Decorative"}, Decorative(by="person")),
        ({"alt": "(decorative)", "reviewed": "x"}, Decorative(by="person", reviewed=True)),
        ({"alt": "", "decision": "decorative", "by": "model"}, Decorative(by="model")),
        ({"alt": "Decorative lanterns", "decision": "described"}, Described("Decorative lanterns", by="person")),
        ({"alt": "", "decision": "caption", "caption": "The talks"}, Described("The talks", "caption", reviewed=True)),
    ],
)
def test_a_row_sets_the_text_its_author_and_its_review(row: Mapping[str, str], alt: Alt, tmp_path: Path) -> None:
    content = f"file,{','.join(row)}\na.jpg,{','.join(row.values())}\n"
    assert read(tmp_path, content).of_page(()) == {"a.jpg": alt}


def test_rows_that_are_not_filled_in_are_skipped(tmp_path: Path) -> None:
    assert not read(tmp_path, "file,alt,reviewed\na.jpg,,\nb.jpg, ,yes\nc.jpg\n,,\n\n").alts


def test_a_photo_left_to_an_expert_gets_no_text(tmp_path: Path) -> None:
    assert not read(tmp_path, "file,alt,decision\na.jpg,,expert\n").alts


def test_a_table_in_json_is_read(tmp_path: Path) -> None:
    content = '[{"file": "a.jpg", "alt": "Two men", "decision": ""}, {"file": "b.jpg", "alt": null, "row": 3}]'
    assert texts(read(tmp_path, content)) == {"a.jpg": "Two men"}
    assert refusal(tmp_path, '[{"file": "a.jpg", "alt": {}}]').startswith(
        "the alt file is not a list of objects in JSON"
    )


def test_rows_are_counted_as_a_spreadsheet_shows_them(tmp_path: Path) -> None:
    content = 'sep=;\nfile;alt\na.jpg;"Two\nmen"\n\nb.jpg;One;man\n'
    assert refusal(tmp_path, content).startswith("row 4: this row has more cells")


BEGIN = "begin it with the line `file,alt`; `inspect --alts` writes a table to fill in"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("file,text\na.jpg,x\n", f"the alt file has no column 'alt'; {BEGIN}"),
        ("", f"the alt file has no column 'file' and no column 'alt'; {BEGIN}"),
        ("file,alt,photo\n", "row 1: two headers stand for the column 'file'; rename one of them"),
        ("file,alt\na.jpg,One man\na.jpg,Two men\n", "row 3: the alt file has two texts for 'a.jpg'; keep one"),
        (
            "file,alt\na.jpg,Two men, one smiling\n",
            (
                "row 2: this row has more cells than the first one; put quotation marks around each text that contains "
                "the character between cells"
            ),
        ),
        ("file,alt\n,A man\n", "row 2: this row has a text but no file; name the photo, as `inspect` prints it"),
        (
            "file,alt,by\na.jpg,A man,Nerea\n",
            "row 2: 'nerea' in the column 'by'; write person or model, and a name in `author`",
        ),
        (
            "file,alt,reviewed\na.jpg,A man,Orm\n",
            "row 2: 'orm' in the column 'reviewed'; write yes or no, and a name in `reviewer`",
        ),
        (
            "file,alt,decision\na.jpg,A man,decorative\n",
            "row 2: the photo is decorative, but has a text; remove one of the two",
        ),
        (
            "file,alt,decision\na.jpg,,described\n",
            "row 2: the decision is 'described', but there is no text; write the text",
        ),
        (
            "file,alt,decision\na.jpg,A man,later\n",
            (
                "row 2: 'later' is not a decision; write one of described, decorative, caption, accepted, expert, "
                "withheld, or leave it empty"
            ),
        ),
        (
            "file,alt\na.jpg,Err:509\n",
            (
                "row 2: the cell of the text shows the error of a formula: 'Err:509'; "
                "write the text again, with an apostrophe (') before its first character"
            ),
        ),
        (
            "file;alt\na.jpg;#NAME?\n",
            (
                "row 2: the cell of the text shows the error of a formula: '#NAME?'; "
                "write the text again, with an apostrophe (') before its first character"
            ),
        ),
        (
            '<?xml version="1.0"?><office:document/>',
            "the alt file is XML, which is not read as a table; save it as .xlsx, .ods or CSV UTF-8",
        ),
        (
            b"file,alt\na.jpg,\xff\xfe\x81\x00\x90\n",
            "the alt file is neither text nor a workbook; save it as CSV UTF-8 or as .xlsx",
        ),
    ],
)
def test_an_invalid_alt_file_is_refused(content: bytes | str, sentence: str, tmp_path: Path) -> None:
    assert refusal(tmp_path, content) == sentence


@pytest.mark.slow
def test_an_error_of_a_formula_in_a_workbook_is_not_an_empty_cell(tmp_path: Path) -> None:
    file = '<c r="A2" t="inlineStr"><is><t>a.jpg</t></is></c>'
    text = '<c r="B2" s="1" t="e"><f>A quay</f><v>#NAME?</v></c>'
    message = refusal(tmp_path, xlsx([["file", "alt"]], more=f'<row r="2">{file}{text}</row>'))
    assert message.startswith(
        "row 2: the cell of the text shows the error of a formula: '#NAME?'; write the text again"
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ('office:value-type="string" office:string-value="" calcext:value-type="error"', "#NAME?"),
        ('office:value-type="float" office:value="0"', "#DIV/0!"),
        ('office:value-type="string" office:string-value=""', "Err:509"),
    ],
)
def test_an_error_of_a_formula_in_an_opendocument_table_is_not_an_empty_cell(
    value: str, shown: str, tmp_path: Path
) -> None:
    table = ods([["file", "alt"], ["a.jpg", "A pier"], ["b.jpg", "A quay"]])
    cell = '<table:table-cell office:value-type="string"><text:p>A quay'
    formula = f'<table:table-cell table:formula="of:=A quay" {value}><text:p>{shown}'
    message = refusal(tmp_path, with_content(table, cell, formula))
    assert message.startswith(f"row 3: the cell of the text shows the error of a formula: '{shown}'")


def with_content(package: bytes, old: str, new: str) -> bytes:
    """Return an OpenDocument workbook with `new` in place of `old` in its content."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            text = before.read(name).decode()
            declared = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" '
            after.writestr(name, text.replace("xmlns:text=", f"{declared}xmlns:text=").replace(old, new))
    return out.getvalue()


@pytest.mark.slow
@pytest.mark.parametrize("cell", ["XFD1048576", "AAA400000"])
def test_a_workbook_with_a_cell_far_from_the_others_is_refused(cell: str, tmp_path: Path) -> None:
    row = cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    far = f'<row r="{row}"><c r="{cell}" t="inlineStr"><is><t>x</t></is></c></row>'
    assert "its last cell is too far from the first" in refusal(tmp_path, xlsx([["file", "alt"]], more=far))


@pytest.mark.slow
@pytest.mark.parametrize("end", [30, 300, 900])
def test_a_damaged_workbook_is_refused(end: int, tmp_path: Path) -> None:
    assert refusal(tmp_path, xlsx([["file", "alt"]])[:end]).startswith("the alt file is not a readable workbook")


def test_a_missing_alt_file_is_reported(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as refused:
        read_alt_file(tmp_path / "gone.csv")
    assert str(refused.value) == f"{tmp_path}/gone.csv: there is no such file; check the path"


def test_a_worklist_page_given_instead_of_its_table_is_refused(tmp_path: Path) -> None:
    (tmp_path / "work.html").write_text('<!DOCTYPE html>\n<html lang="en"><p>"quay.jpg": a photo</html>', "utf-8")
    with pytest.raises(SourceError, match=r'is a web page, not a table; open .* with its button "Save as a table"'):
        read_alt_file(tmp_path / "work.html")


def test_an_unclosed_quotation_mark_is_refused_with_its_line(tmp_path: Path) -> None:
    assert refusal(tmp_path, 'file,alt\na.jpg,"Two men\n') == (
        "line 2: the alt file is not valid CSV (unexpected end of data); save it from a spreadsheet as CSV UTF-8"
    )


# --- pages

PAGES = "page,file,alt\na.html,q.jpg,One\nb/c.html,q.jpg,Two\n"


def test_each_page_has_its_own_texts(tmp_path: Path) -> None:
    alts = read(tmp_path, PAGES)
    one, two = alts.of_pages([("a.html", "saved/a.html"), ("c.html", "b/c.html")])
    assert (one, two) == ({"q.jpg": Described("One", by="person")}, {"q.jpg": Described("Two", by="person")})
    assert list(alts.remarks(["a.html", "b/c.html"], ["a.html"])) == []


def test_a_page_name_that_two_pages_share_is_ignored(tmp_path: Path) -> None:
    alts = read(tmp_path, "page,file,alt\na.html,q.jpg,One\n")
    assert alts.of_pages([("a.html", "x/a.html"), ("a.html", "y/a.html")]) == [{}, {}]


def test_pages_of_the_table_that_do_not_exist_are_reported(tmp_path: Path) -> None:
    (remark,) = read(tmp_path, PAGES).remarks(["a.html"], ["a.html", "c.html"])
    assert remark == (
        f"{tmp_path}/alts.csv: texts for pages that were not converted: 'b/c.html'; pages here are 'a.html', 'c.html'"
    )


def test_each_row_must_name_a_page_if_there_are_several_pages(tmp_path: Path) -> None:
    alts = read(tmp_path, "page,file,alt\na.html,q.jpg,One\n,r.jpg,Two\n")
    assert set(alts.of_page(["a.html"])) == {"q.jpg", "r.jpg"}
    with pytest.raises(SourceError, match=r"row 3: this row names no page, but there are several pages; add a column"):
        alts.of_pages([("a.html",), ("b.html",)])


def test_a_page_is_found_in_whatever_form_of_unicode_its_name_is(tmp_path: Path) -> None:
    alts = read(tmp_path, "page,file,alt\nH\u00e4fen.html,q.jpg,One\n")
    assert set(alts.of_page(["Ha\u0308fen.html"])) == {"q.jpg"}
    assert [set(each) for each in alts.of_pages([("Ha\u0308fen.html",), ("b.html",)])] == [{"q.jpg"}, set()]
    assert list(alts.remarks(["Ha\u0308fen.html"], [])) == []
