"""`convert`: where files go, what is printed, overrides, and errors."""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree
from msgspec.structs import replace

from readout_pub import ImageStore, Readout, RenderOptions, Rendition
from readout_pub.emit import EMITTERS
from readout_pub.emit.text import emit_text
from tests.cli.conftest import PAGE, Command
from tests.pages import jpeg
from tests.validators import reflow_and_focus


def names(folder: Path) -> list[str]:
    """Return the paths of all files in a folder, except receipts."""
    files = (path for path in folder.rglob("*") if path.is_file() and not path.name.endswith(".receipt.json"))
    return sorted(str(path.relative_to(folder)) for path in files)


def test_files_go_to_the_working_directory_by_default(run: Command, page: Path) -> None:
    result = run("convert", page, "--to", "json,txt")
    assert result.code == 0
    assert result.out.splitlines() == ["tides.json", "tides.txt"]
    assert names(page.parent) == ["tides.html", "tides.json", "tides.txt"]


@pytest.mark.parametrize(
    ("output", "expected"),
    [
        ("notes.json", ["notes.json"]),
        ("new/", ["new/tides.json"]),
        ("there", ["there/tides.json"]),
    ],
)
def test_the_option_o_names_a_file_or_a_folder(run: Command, page: Path, output: str, expected: list[str]) -> None:
    (page.parent / "there").mkdir()
    assert run("convert", page, "--to", "json", "-o", output).out.splitlines() == expected
    assert names(page.parent) == sorted([*expected, "tides.html"])


def test_the_option_o_names_a_folder_if_several_files_are_written(run: Command, page: Path) -> None:
    assert run("convert", page, "--to", "json,txt", "-o", "out").out.splitlines() == ["out/tides.json", "out/tides.txt"]


def test_an_existing_file_is_replaced(run: Command, page: Path) -> None:
    (page.parent / "tides.txt").write_text("old")
    assert run("convert", page, "--to", "txt").code == 0
    assert "They agreed that the tides" in (page.parent / "tides.txt").read_text("utf-8")


def test_the_option_no_clobber_keeps_an_existing_file_and_fails(run: Command, page: Path) -> None:
    (page.parent / "tides.txt").write_text("old")
    result = run("convert", page, "--to", "txt", "--no-clobber")
    assert (result.code, result.out) == (1, "")
    assert result.err == "readout-pub: tides.txt: it exists already; leave --no-clobber out to replace it\n"
    assert (page.parent / "tides.txt").read_text() == "old"


def test_standard_input_goes_to_standard_output(run: Command, page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(page.parent)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(PAGE.encode())))
    result = run("convert", "-", "--to", "txt", "-o", "-", "--quiet")
    assert result.code == 0
    assert "Atlantis and Lemuria agree on the tides" in result.out
    assert names(page.parent) == ["tides.html"]


def test_messages_name_standard_input(run: Command, page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(page.parent)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(PAGE.encode())))
    result = run("convert", "-", "--to", "txt")
    assert result.out == "stdin.txt\n"
    assert {line.partition(":")[0] for line in result.err.splitlines()} == {"standard input"}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("redirection", "sentence"),
    [
        ("<&-", "standard input: it is closed; name a file, or pass a page on it"),
        (f"< {os.devnull}", "standard input: the file is empty; save the page again"),
        ("< tides.html >&-", "standard output: it is closed; name a file with -o"),
        (
            "< tides.html > /dev/full",
            "standard output: it cannot be written (No space left on device); name a file with -o",
        ),
    ],
)
@pytest.mark.usefixtures("page")
def test_closed_empty_and_full_standard_streams_are_reported_in_one_sentence(redirection: str, sentence: str) -> None:
    program = Path(sys.executable).parent / "readout-pub"
    command = f"{program} convert - --to txt -o - --quiet {redirection}"
    shown = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert (shown.returncode, shown.stdout, shown.stderr) == (1, "", f"readout-pub: {sentence}\n")


def test_photos_beside_an_output_go_to_a_folder_named_after_it(run: Command, page: Path) -> None:
    photo = jpeg()
    (page.parent / "tides.jpg").write_bytes(photo)
    assert run("convert", page, "--to", "html", "--photos", "beside", "-o", "out/quay.html").code == 0
    (photo_name,) = [name for name in names(page.parent / "out") if name != "quay.html"]
    assert Path(photo_name).parent.name == "quay_files"
    assert photo_name in (page.parent / "out" / "quay.html").read_text("utf-8")


def test_a_source_that_fails_does_not_stop_the_others(run: Command, page: Path) -> None:
    (page.parent / "empty.html").touch()
    result = run("convert", "empty.html", page, "missing.html", "--to", "txt", "-o", "out/", "--quiet")
    assert result.code == 1
    assert names(page.parent / "out") == ["tides.txt"]
    assert result.err.splitlines() == [
        "readout-pub: empty.html: the file is empty; save the page again",
        "readout-pub: missing.html: there is no such file; check the path",
    ]


def test_the_option_fail_on_prevents_writing_if_a_note_has_that_severity(run: Command, page: Path) -> None:
    result = run("convert", page, "--to", "txt", "-o", "out/", "--fail-on", "warning")
    assert result.code == 1
    assert "warning PHOTO_FILE_MISSING" in result.err
    assert result.err.endswith("nothing was written because of PHOTO_FILE_MISSING (--fail-on warning)\n")
    assert not (page.parent / "out").exists()


@pytest.mark.parametrize(("size", "limit"), [("0.6 kB", "600 bytes"), ("500", "500 bytes"), ("0.5 k", "500 bytes")])
def test_the_option_max_bytes_accepts_units_and_decimals(run: Command, page: Path, size: str, limit: str) -> None:
    result = run("convert", page, "--to", "txt", "--max-bytes", size)
    assert result.code == 1
    assert f"and the limit is {limit}; if it is a page after all, allow it with --max-bytes" in result.err


def test_overrides_replace_the_fields_of_the_page(run: Command, page: Path) -> None:
    overrides = ["--title", "On tides", "--series", "Harbours", "--date", "2021-02-03", "--lang", "en-GB"]
    assert run("convert", page, "--to", "json", *overrides).code == 0
    model = json.loads((page.parent / "tides.json").read_bytes())
    assert [model[key] for key in ("title", "series", "issued", "language")] == [
        ["On tides"],
        "Harbours",
        "2021-02-03",
        "en-GB",
    ]


@pytest.mark.parametrize("date", ["4 mars 2031", "March 4, 2031", "٤ مارس ٢٠٣١", "令和13年3月4日"])
def test_a_given_date_is_shown_as_it_is_written(date: str, run: Command, page: Path) -> None:
    assert run("convert", page, "--to", "json,txt", "--date", date).code == 0
    model = json.loads((page.parent / "tides.json").read_bytes())
    assert (model["issued"], model["issued_text"]) == ("2031-03-04", date)
    assert date in (page.parent / "tides.txt").read_text("utf-8").splitlines()


def test_an_alt_file_describes_photos_by_their_names(run: Command, page: Path) -> None:
    (page.parent / "alts.csv").write_text("file,alt\ntides.jpg,Two ministers bend over a chart\n", "utf-8")
    run("convert", page, "--to", "json", "--alt-file", "alts.csv")
    model = json.loads((page.parent / "tides.json").read_bytes())
    (figure,) = [block for block in model["body"] if block["type"] == "figure"]
    assert figure["photos"][0]["alt"] == {
        "type": "described",
        "text": "Two ministers bend over a chart",
        "by": "person",
    }


def test_an_alt_file_without_its_columns_is_refused(run: Command, page: Path) -> None:
    (page.parent / "alts.csv").write_text("photo;text\n", "utf-8")
    result = run("convert", page, "--alt-file", "alts.csv")
    assert result.code == 1
    assert result.err == (
        "readout-pub: alts.csv: the alt file has no column 'alt'; "
        "begin it with the line `file,alt`; `inspect --alts` writes a table to fill in\n"
    )


@pytest.mark.parametrize("option", ["--alt-file", "--certifier", "--sites"])
def test_an_option_that_names_an_unreadable_file_exits_1(option: str, run: Command, page: Path) -> None:
    source = run("convert", "lost", "--to", "epub")
    result = run("convert", page, "--to", "epub", option, "lost")
    assert (source.code, result.code) == (1, 1)
    assert "lost: " in result.err
    assert not (page.parent / "tides.epub").exists()


def test_the_json_report_on_standard_output_has_every_file_and_note(run: Command, page: Path) -> None:
    result = run("convert", page, "--to", "txt", "--json")
    (outcome,) = json.loads(result.out)
    content = (page.parent / "tides.txt").read_bytes()
    assert outcome["source"] == str(page)
    assert outcome["files"] == [
        {"format": "txt", "path": "tides.txt", "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    ]
    assert "PHOTO_FILE_MISSING" in {note["code"] for note in outcome["notes"]}


@pytest.mark.usefixtures("page")
def test_the_json_report_names_the_errors(run: Command) -> None:
    result = run("convert", "missing.html", "--to", "txt", "--json")
    assert result.code == 1
    assert json.loads(result.out) == [
        {"source": "missing.html", "errors": ["missing.html: there is no such file; check the path"], "exit_code": 1}
    ]


def test_quiet_prints_nothing_if_there_is_no_error(run: Command, page: Path) -> None:
    result = run("convert", page, "--to", "txt", "--quiet")
    assert (result.code, result.out, result.err) == (0, "", "")


@pytest.mark.usefixtures("page")
def test_an_address_without_its_scheme_is_recognised(run: Command) -> None:
    message = "there is no such file; check the path; if it is a web address, begin it with https://"
    assert run("convert", "www.sea.example/talks").err == f"readout-pub: www.sea.example/talks: {message}\n"
    assert "web address" not in run("convert", "talks.html").err


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["--to", "pdff"], 2, "there is no format 'pdff'; did you mean 'pdf'?"),
        (["--pdf", "ua3"], 2, "there is no PDF profile 'ua3'; take one of ua1+a2a, ua1+a3a, ua2"),
        (
            ["--to", "epub", "--theme", "plane"],
            2,
            "there is no theme 'plane'; take one of gazette, high-contrast, large-print,",
        ),
        (["--to", "epub", "--site", "mofaa"], 2, "there is no site profile 'mofaa'; did you mean 'mofa'?"),
        (
            ["--to", "epub", "--lang", "x y"],
            2,
            "--lang: 'x y' is not a language tag; write en, ja or pt-BR, for example",
        ),
        (["--to", "epub", "--title", " "], 2, "--title: it is empty; leave the option out, or give a text"),
        (["--to", "epub", "--date", "soon"], 2, "--date: 'soon' is not a valid date; write YYYY-MM-DD, or the date as"),
        (["--to", "epub", "--date", "4/3/2031"], 2, "--date: '4/3/2031' is not a valid date"),
        (["--to", "epub", "--date", "31 June 2031"], 2, "--date: '31 June 2031' is not a valid date"),
        (["--to", "epub", "--date", "on 4 March 2031"], 2, "--date: 'on 4 March 2031' is not a valid date"),
        (["tides.html", "--to", "txt"], 2, "tides.html: it is named twice; name it once"),
        (["--to", "latex,tex"], 2, "two of the formats would both become tides.tex; name only one of them"),
        (
            ["--to", "json", "--theme", "plane"],
            2,
            "there is no theme 'plane'; take one of gazette, high-contrast, large-print,",
        ),
        (["again.html", "--to", "txt", "--title", "Tides"], 2, "apply to one page, but there are several pages"),
        (["--to", "txt", "--max-bytes", "0"], 2, "--max-bytes: '0' is not a size; write it as 512MB or 2GB"),
        (["--to", "txt", "--max-bytes", "9" * 400], 2, "9… is not a size; write it as 512MB or 2GB"),
        (["--to", "txt", "--page-memory", "99999999GB"], 2, "--page-memory: '99999999GB' is not a size"),
        (["--to", "txt", "--max-bytes", "many"], 2, "--max-bytes: 'many' is not a size; write it as 512MB or 2GB"),
        (["--to", ","], 2, "--to: there is no format; name one, such as pdf"),
        (["--to", "html,txt", "-o", "-"], 2, "-o -: only one file can go to standard output; name a folder"),
    ],
)
def test_a_wrong_option_is_reported_in_one_sentence(
    run: Command, page: Path, arguments: list[str], code: int, message: str
) -> None:
    result = run("convert", page, *arguments)
    assert result.code == code
    assert message in result.err
    assert len(result.err.splitlines()) == 1
    assert names(page.parent) == ["tides.html"]


@pytest.mark.usefixtures("page")
def test_two_sources_with_the_same_output_path_are_refused(run: Command) -> None:
    result = run("convert", "2021/page.html", "2022/page.html", "--to", "txt", "-o", "out/")
    assert result.code == 2
    assert "2021/page.html and 2022/page.html would both become out/page.txt" in result.err
    assert "convert the folder that contains them" in result.err


def test_an_unwritable_path_is_reported_and_leaves_no_partial_file(run: Command, page: Path) -> None:
    (page.parent / "file").touch()
    result = run("convert", page, "--to", "txt", "-o", "file/out.txt", "--quiet")
    assert result.code == 1
    assert result.err == (
        "readout-pub: file/out.txt: it cannot be written, since file is a file, not a folder; choose another place\n"
    )
    assert names(page.parent) == ["file", "tides.html"]


def test_formats_that_can_be_written_are_written_with_their_receipt(run: Command, page: Path) -> None:
    (page.parent / "out/tides.md").mkdir(parents=True)
    result = run("convert", page, "--to", "md,txt", "-o", "out/")
    assert (result.code, result.out) == (1, "out/tides.txt\n")
    assert "out/tides.md: it cannot be written" in result.err
    receipt = json.loads(Path("out/tides.receipt.json").read_text("utf-8"))
    assert [each["file"] for each in receipt["renditions"]] == ["tides.txt"]


@pytest.mark.parametrize("arguments", [["tides.html"], ["."], ["tides.html", "-o", "tides.html"], [".", "-o", "./"]])
def test_an_output_never_replaces_its_own_page(run: Command, page: Path, arguments: list[str]) -> None:
    result = run("convert", *arguments, "--to", "html")
    assert result.code == 2
    assert "tides.html is a page to convert, and the output would replace it" in result.err
    assert page.read_text("utf-8") == PAGE


@pytest.mark.slow
def test_a_file_name_in_latin_1_is_escaped(run: Command, page: Path) -> None:
    latin = os.fsencode(page.parent / "saved") + b"/caf\xe9.html"
    (page.parent / "saved").mkdir()
    Path(os.fsdecode(latin)).write_text(PAGE, "utf-8")
    alone = run("convert", os.fsdecode(latin), "--to", "json", "-o", "alone/")
    assert (alone.code, alone.out) == (0, "alone/caf-xe9.json\n")
    assert json.loads((page.parent / "alone/caf-xe9.json").read_bytes())["origin"]["name"] == r"caf\xe9.html"
    folder = run("convert", "saved", "--to", "txt", "-o", "out/", "--json")
    assert folder.code == 0
    assert [each["source"] for each in json.loads(folder.out)] == [r"saved/caf\xe9.html"]
    assert (page.parent / "out/caf-xe9.txt").is_file()
    assert r"caf\xe9.html" in run("inspect", os.fsdecode(latin)).out
    assert run("batch", "saved", "--to", "txt", "-o", "archive").code == 0


def test_a_line_break_in_a_file_name_is_escaped(run: Command, page: Path) -> None:
    page.rename(page.parent / "two\nlines.html")
    result = run("convert", "two\nlines.html", "--to", "txt", "-o", "out/")
    assert result.out == "out/two-nlines.txt\n"
    assert {line.partition(":")[0] for line in result.err.splitlines()} == {r"two\nlines.html"}


def test_photos_beside_standard_output_are_refused(run: Command, page: Path) -> None:
    (page.parent / "tides.jpg").write_bytes(jpeg())
    for beside in (("--to", "rst"), ("--to", "md", "--photos", "beside")):
        result = run("convert", page, *beside, "-o", "-", "--quiet")
        assert (result.code, result.out) == (1, "")
        assert (
            "standard output has no folder; use --photos inline (in Python: photos) if the format allows it, or name"
            in result.err
        )


def test_a_named_pipe_is_written_and_not_replaced(run: Command, page: Path) -> None:
    pipe = page.parent / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    assert run("convert", page, "--to", "txt", "-o", pipe, "--quiet").code == 0
    assert b"They agreed that the tides" in os.read(reader, 100_000)
    assert pipe.is_fifo()


def test_a_full_device_is_reported_in_one_sentence(run: Command, page: Path) -> None:
    result = run("convert", page, "--to", "txt", "-o", "/dev/full", "--quiet")
    assert result.code == 1
    assert result.err.startswith("readout-pub: /dev/full: it cannot be written (No space left on device)")
    assert len(result.err.splitlines()) == 1


@pytest.mark.slow
def test_two_runs_write_the_same_bytes(run: Command, page: Path) -> None:
    formats = ["html", "txt", "json", "md", "epub", "docx", "odt", "pdf"]
    for folder in ("one", "two"):
        assert run("convert", page, "--to", ",".join(formats), "-o", f"{folder}/", "--quiet").code == 0
    for name in names(page.parent / "one"):
        assert (page.parent / "one" / name).read_bytes() == (page.parent / "two" / name).read_bytes(), name


def test_a_page_with_invalid_urls_is_converted(run: Command, page: Path) -> None:
    odd = '<p><img src="http://[x/a.jpg" alt="The quay"></p><ul><li><a href="http://[x/a.pdf">The chart</a></li></ul>'
    page.write_text(PAGE.replace("</article>", f"{odd}</article>"), "utf-8")
    result = run("convert", page, "--to", "html,docx,epub,txt", "-o", "out/", "--quiet")
    assert (result.code, result.err) == (0, "")


def test_control_characters_do_not_reach_the_files(run: Command, page: Path) -> None:
    page.write_text(PAGE.replace("agree on", "ag&#x1;ree\x1b on&#27;"), "utf-8")
    assert run("convert", page, "--to", "docx,json", "--quiet").code == 0
    assert json.loads((page.parent / "tides.json").read_bytes())["title"] == ["Atlantis and Lemuria agree on the tides"]
    with ZipFile(page.parent / "tides.docx") as docx:
        for name in docx.namelist():
            if name.endswith(".xml"):
                etree.fromstring(docx.read(name))


@pytest.mark.parametrize("epoch", ["soon", "99999999999999999999"])
def test_an_invalid_source_date_epoch_is_a_usage_error(
    run: Command, page: Path, monkeypatch: pytest.MonkeyPatch, epoch: str
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    result = run("convert", page, "--to", "docx", "--quiet")
    assert result.code == 2
    reason = f"{epoch!r} is not a valid time; set it to whole seconds since 1970, or unset it"
    assert result.err == f"readout-pub: SOURCE_DATE_EPOCH: {reason}\n"


@pytest.mark.slow
@pytest.mark.parametrize("formats", ["html,pdf", "pdf,html"])
def test_html_is_written_although_the_pdf_lacks_a_font(run: Command, page: Path, formats: str) -> None:
    page.write_text(PAGE.replace("They agreed", "གྲོས་མཐུན་ རྒྱ་མཚོ་ ཉ་ལས་. They agreed"), "utf-8")
    result = run("convert", page, "--to", formats, "-o", "new/")
    assert (result.code, result.out) == (3, "new/tides.html\n")
    assert f"readout-pub: {page}: pdf: part of this text is in Tibetan, which no font here can draw; " in result.err
    assert names(page.parent) == ["new/tides.html", "tides.html"]
    (report,) = json.loads(run("convert", page, "--to", formats, "-o", "out/", "--json").out)
    assert [[file["path"] for file in report["files"]], len(report["errors"]), report["exit_code"]] == [
        ["out/tides.html"],
        1,
        3,
    ]


def test_a_bug_in_one_format_does_not_stop_the_others(
    run: Command, page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(EMITTERS, "epub", "math:sqrt")
    result = run("convert", page, "--to", "epub,txt")
    assert (result.code, result.out) == (1, "tides.txt\n")
    assert f"readout-pub: {page}: epub: this is a bug of readout-pub (TypeError: " in result.err


@pytest.mark.slow
@pytest.mark.parametrize(
    ("suffix", "what"),
    [("pdf", "a PDF"), ("epub", "an EPUB"), ("docx", "a Word document"), ("odt", "an OpenDocument file")],
)
def test_an_output_is_refused_as_a_source(
    run: Command, page: Path, suffix: str, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("convert", page, "-o", f"tides.{suffix}", "--quiet")
    result = run("convert", f"tides.{suffix}", "--to", "txt")
    sentence = f"readout-pub: tides.{suffix}: this is {what}; readout-pub reads saved web pages\n"
    assert (result.code, result.out, result.err) == (1, "", sentence)
    with (page.parent / f"tides.{suffix}").open() as output:
        monkeypatch.setattr(sys, "stdin", output)
        piped = run("convert", "-", "--to", "txt")
    assert (piped.code, piped.out) == (1, "")
    assert piped.err.endswith("readout-pub reads saved web pages\n")


@pytest.mark.slow
def test_earlier_outputs_in_the_folder_are_replaced_and_not_converted(run: Command, page: Path) -> None:
    for _ in range(2):
        result = run("convert", ".", "--to", "epub,docx", "--quiet")
        assert (result.code, result.out, result.err) == (0, "", "")
        assert names(page.parent) == ["tides.docx", "tides.epub", "tides.html"]
        for output in (page.with_suffix(".docx"), page.with_suffix(".epub")):
            assert output.stat().st_mtime > 0
            os.utime(output, (0, 0))


def test_a_file_url_is_read_as_the_path_that_it_names(run: Command, page: Path) -> None:
    page.rename(page.parent / "low tides.html")
    for url in (f"file://{page.parent}/low%20tides.html", f"FILE://localhost{page.parent}/low%20tides.html"):
        result = run("convert", url, "--to", "json", "-o", "out/", "--quiet")
        assert (result.code, result.err) == (0, "")
        assert names(page.parent / "out") == ["low tides.json"]
    assert run("inspect", url).code == 0
    other = run("convert", "file://elsewhere/page.html", "--to", "json")
    assert (other.code, other.err) == (
        1,
        "readout-pub: file://elsewhere/page.html: this names a file of another computer; copy it, and name its path\n",
    )


ERROR_PAGE = """<!DOCTYPE html><html lang="en"><head><title>Page not found | Ministry of the Sea</title></head><body>
<h1>Page not found</h1><p>The page that you are looking for may have been moved to the archive in the harbour.</p>
</body></html>"""


@pytest.mark.slow
def test_a_saved_error_page_is_converted_only_on_request(run: Command, page: Path) -> None:
    page.write_text(ERROR_PAGE, "utf-8")
    for command in (("convert", page, "--to", "txt"), ("inspect", page)):
        refused = run(*command)
        assert (refused.code, refused.out) == (1, "")
        assert "this is an error page, not a document: it says 'Page not found" in refused.err
        assert refused.err.endswith("; --accept-error-pages (in Python: accept_error_pages) converts it anyway\n")
        accepted = run(*command, "--accept-error-pages")
        assert accepted.code == 0
        assert "warning NOT_A_DOCUMENT: this seems to be an error page, not a document" in accepted.out + accepted.err
    assert run("batch", page, "--to", "txt", "-q").code == 1
    assert run("batch", page, "--to", "txt", "-q", "--accept-error-pages").code == 0


def test_an_accepted_error_page_without_text_is_refused_for_lacking_text(run: Command, page: Path) -> None:
    page.write_text("<title>Sign in</title><form><input type=password></form>", "utf-8")
    assert "this is a page to sign in, not a document" in run("convert", page, "--to", "txt").err
    refused = run("convert", page, "--to", "txt", "--accept-error-pages")
    assert refused.code == 1
    assert "no document was found on this page" in refused.err


def test_each_page_gets_the_alternative_texts_of_its_rows(run: Command, page: Path) -> None:
    (page.parent / "second.html").write_bytes(page.read_bytes())
    (page.parent / "alts.csv").write_text(
        "page,file,alt\ntides.html,tides.jpg,The quay\nsecond.html,tides.jpg,decorative\nthird.html,a.jpg,A boat\n",
        "utf-8",
    )
    result = run("convert", page, "second.html", "--to", "json", "--alt-file", "alts.csv")
    assert result.code == 0
    assert result.err.splitlines()[-1] == (
        "readout-pub: alts.csv: texts for pages that were not converted: 'third.html'; "
        "pages here are 'tides.html', 'second.html'"
    )
    first, second = (json.loads((page.parent / f"{name}.json").read_bytes()) for name in ("tides", "second"))
    assert [
        [photo["alt"] for block in model["body"] for photo in block.get("photos", ())] for model in (first, second)
    ] == [
        [{"type": "described", "text": "The quay", "by": "person"}],
        [{"type": "decorative", "by": "person"}],
    ]


def test_a_row_without_a_page_is_refused_for_several_pages(run: Command, page: Path) -> None:
    (page.parent / "second.html").write_bytes(page.read_bytes())
    (page.parent / "alts.csv").write_text("file,alt\ntides.jpg,The quay\n", "utf-8")
    result = run("convert", page, "second.html", "--to", "txt", "--alt-file", "alts.csv")
    assert (result.code, result.out) == (1, "")
    assert result.err.startswith("readout-pub: alts.csv, row 2: this row names no page, but there are several pages")


def test_each_page_gets_the_title_of_its_row_of_overrides(run: Command, page: Path) -> None:
    (page.parent / "second.html").write_bytes(page.read_bytes())
    (page.parent / "corrected.csv").write_text("page,title,date\nsecond.html,Low tide,4 May 2031\n", "utf-8")
    result = run("convert", page, "second.html", "--to", "json", "--overrides-file", "corrected.csv")
    assert result.code == 0
    first, second = (json.loads((page.parent / name).read_text("utf-8")) for name in ("tides.json", "second.json"))
    assert (second["title"], second["issued_text"], second["origin"]["edited"]) == (
        ["Low tide"],
        "4 May 2031",
        ["title", "issued", "issued_text"],
    )
    assert first["title"] != second["title"]
    assert "edited" not in first["origin"]


def slow_page() -> str:
    """Return a page whose reading takes many seconds."""
    return PAGE.replace("<figure>", "<p>On.</p>" * 120_000 + "<figure>")


@pytest.mark.slow
def test_a_page_that_takes_too_long_does_not_stop_the_others(run: Command, page: Path) -> None:
    page.with_name("long.html").write_text(slow_page())
    result = run("convert", "long.html", page, "--to", "txt", "-o", "out/", "--page-timeout", "3")
    assert result.code == 1
    assert "long.html: it took longer than 3 seconds, the limit of --page-timeout (in Python: timeout); " in result.err
    assert names(page.parent / "out") == ["tides.txt"]


@pytest.mark.slow
def test_a_page_that_takes_too_much_memory_does_not_stop_the_others(run_in_a_process: Command, page: Path) -> None:
    page.with_name("large.html").write_text(slow_page())
    result = run_in_a_process("convert", "large.html", page, "--to", "txt", "-o", "out/", "--page-memory", "60MB")
    assert (
        "large.html: it took more than 60,000,000 bytes, the limit of --page-memory (in Python: memory); " in result.err
    )
    assert names(page.parent / "out") == ["tides.txt"]


def test_on_standard_output_photos_are_inside_or_left_out(run: Command, page: Path) -> None:
    (page.parent / "tides.jpg").write_bytes(jpeg())
    assert 'src="data:image/jpeg;base64,' in run("convert", page, "--to", "md", "-o", "-").out
    result = run("convert", page, "--to", "json", "-o", "-", "-v")
    assert json.loads(result.out)["title"] == ["Atlantis and Lemuria agree on the tides"]
    assert "PHOTOS_OMITTED: json cannot contain photos; 1 photo left out" in result.err


@pytest.mark.slow
def test_json_is_converted_with_its_photos_when_the_page_is_gone(run: Command, page: Path) -> None:
    (page.parent / "tides.jpg").write_bytes(jpeg())
    run("convert", page, "--to", "json,html", "-o", "one/")
    page.unlink()
    assert run("convert", "one/tides.json", "--to", "html", "-o", "two/").code == 0
    assert (page.parent / "two/tides.html").read_bytes() == (page.parent / "one/tides.html").read_bytes()
    assert "tides.jpg (320 × 200)" in run("inspect", "one/tides.json").out
    (page.parent / "one/tides.html").unlink()
    assert run("batch", "one", "--to", "html", "-o", "three").code == 0
    assert (page.parent / "three/tides.html").read_bytes() == (page.parent / "two/tides.html").read_bytes()
    assert run("batch", "one", "--to", "html", "-o", "three").out.startswith("1 page: 1 unchanged")
    (photo,) = (page.parent / "one/tides_files").iterdir()
    photo.unlink()
    assert run("batch", "one", "--to", "html", "-o", "three").out.startswith("1 page: 1 converted")


def test_a_source_in_json_is_not_replaced_and_takes_overrides(run: Command, page: Path) -> None:
    run("convert", page, "--to", "json", "-o", "tides.json")
    refused = run("convert", "tides.json", "--to", "json")
    assert (refused.code, "tides.json is a page to convert" in refused.err) == (2, True)
    assert run("convert", "tides.json", "-o", "out/new.json", "--title", "On tides").code == 0
    assert json.loads((page.parent / "out/new.json").read_bytes())["title"] == ["On tides"]


def test_warnings_are_always_printed_and_other_notes_only_on_request(run: Command, page: Path) -> None:
    usual = run("convert", page, "--to", "txt", "-o", "out/")
    assert usual.out == "out/tides.txt\n"
    assert [line.split(": ")[1] for line in usual.err.splitlines()] == ["warning PHOTO_FILE_MISSING"]
    verbose = run("convert", page, "--to", "txt", "-o", "out/", "-v")
    assert "note FALLBACK_USED: " in verbose.err
    assert usual.err in verbose.err
    assert "note FALLBACK_USED: " in run("convert", page, "--to", "txt", "-o", "out/", "--fail-on", "note").err


def test_warnings_of_one_kind_are_one_line(run: Command, page: Path) -> None:
    more = "".join(f'<figure><img src="{name}.jpg" alt="A quay"></figure>' for name in ("a", "b"))
    page.write_text(PAGE.replace("</article>", f"{more}</article>"), "utf-8")
    (line,) = run("convert", page, "--to", "txt").err.splitlines()
    assert "warning PHOTO_FILE_MISSING: the file of photo 'tides.jpg' is missing; " in line
    assert line.endswith("; and 2 more of these, which -v shows")
    assert len(run("convert", page, "--to", "txt", "-v").err.split("PHOTO_FILE_MISSING")) == 4


def test_a_warning_shortens_a_long_name(run: Command, page: Path) -> None:
    long = page.parent / ("a" * 60) / "tides.html"
    long.parent.mkdir()
    page.rename(long)
    name = run("convert", long, "--to", "txt").err.partition(": ")[0]
    assert name.startswith("…a")
    assert name.endswith("/tides.html")
    assert len(name) == 48


TERMINAL = """
import io, sys
class Terminal(io.TextIOWrapper):
    def isatty(self): return True
sys.stdout, sys.stderr = (Terminal(each.buffer, "utf-8", write_through=True) for each in (sys.stdout, sys.stderr))
from readout_pub.cli import main
main()
"""


def on_a_terminal(command: str, environment: dict[str, str]) -> str:
    """Run the program as if standard output and standard error were a terminal; return what it prints on both."""
    return subprocess.run(
        [sys.executable, "-c", TERMINAL, *command.split()],
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        check=True,
    ).stdout


@pytest.mark.slow
@pytest.mark.usefixtures("page")
def test_a_terminal_shows_a_line_for_each_page_and_colours_warnings() -> None:
    plain, coloured = (
        on_a_terminal("convert tides.html --to txt,json", {"NO_COLOR": value, "TERM": "xterm"}) for value in ("1", "")
    )
    assert "\x1b" not in plain
    assert "tides.html: warning PHOTO_FILE_MISSING: " in plain
    assert "tides.html → tides.txt, tides.json (101 of 101 words, in order; " in plain
    assert "\x1b[33m\x1b[1mwarning\x1b[0m PHOTO_FILE_MISSING: " in coloured


# --- receipts


def test_the_receipt_is_beside_the_files(run: Command, page: Path) -> None:
    run("convert", page, "--to", "txt,json", "-o", "out/")
    receipt = json.loads((page.parent / "out/tides.receipt.json").read_text("utf-8"))
    assert [each["file"] for each in receipt["renditions"]] == ["tides.txt", "tides.json"]
    assert receipt["page"]["in_order"] is True


def test_an_html_receipt_shows_the_words_of_source_and_readout(run: Command, page: Path) -> None:
    assert run("convert", page, "--to", "txt", "-o", "out/", "--receipt", "html").code == 0
    html = (page.parent / "out/tides.receipt.html").read_text("utf-8")
    assert "Words of the source" in html
    assert html.count("Atlantis and Lemuria agree on the tides</td>") == 2
    assert "<p>Source: tides.html, SHA-256 " in html
    assert '<th scope="row">tides.txt</th>' in html
    assert run("check", page.parent / "out/tides.receipt.html").code == 0


@pytest.mark.slow
@pytest.mark.validators
def test_receipts_and_differences_reflow_on_a_phone(run: Command, page: Path) -> None:
    """In a receipt, the column of digests was once so narrow that each line had one character."""
    run("convert", page, "--to", "txt,html", "-o", "out/", "--receipt", "html")
    run("diff", page, page.parent / "out/tides.txt", "--html", "out/changes.html")
    pages = [page.parent / "out" / name for name in ("tides.receipt.html", "changes.html")]
    assert reflow_and_focus.validate(pages) == dict.fromkeys(pages, ())


def test_the_option_no_receipt_writes_no_receipt(run: Command, page: Path) -> None:
    run("convert", page, "--to", "txt", "-o", "out/", "--no-receipt")
    assert [path.name for path in (page.parent / "out").iterdir()] == ["tides.txt"]


def test_the_option_no_receipt_removes_the_receipt_of_a_replaced_file(run: Command, page: Path) -> None:
    run("convert", page, "--to", "html", "-o", "out/", "--receipt", "html")
    run("convert", page, "--to", "html", "-o", "out/", "--no-receipt")
    assert [path.name for path in (page.parent / "out").iterdir()] == ["tides.html"]


@pytest.mark.slow
def test_a_receipt_still_lists_unchanged_files_of_the_same_readout(run: Command, page: Path) -> None:
    def listed() -> list[str]:
        receipt = json.loads((page.parent / "out/tides.receipt.json").read_text("utf-8"))
        return [each["file"] for each in receipt["renditions"]]

    run("convert", page, "--to", "txt", "-o", "out/")
    run("convert", page, "--to", "html", "-o", "out/")
    assert listed() == ["tides.html", "tides.txt"]
    assert run("verify", page.parent / "out/tides.receipt.json").code == 0
    (page.parent / "out/tides.txt").write_text("Something else.", "utf-8")
    run("convert", page, "--to", "html", "-o", "out/")
    assert listed() == ["tides.html"]
    run("convert", page, "--to", "txt", "-o", "out/")
    run("convert", page, "--to", "html", "-o", "out/", "--title", "Another title")
    assert listed() == ["tides.html"]


@pytest.mark.skipif(os.name == "nt", reason="there are no named pipes")
def test_a_pipe_in_the_place_of_an_earlier_output_does_not_block(run: Command, page: Path) -> None:
    run("convert", page, "--to", "txt", "-o", "out/")
    text = page.parent / "out/tides.txt"
    text.unlink()
    os.mkfifo(text)
    run("convert", page, "--to", "html", "-o", "out/")
    receipt = json.loads((page.parent / "out/tides.receipt.json").read_text("utf-8"))
    assert [each["file"] for each in receipt["renditions"]] == ["tides.html"]


def test_the_option_no_receipt_keeps_the_receipt_of_an_unchanged_file(run: Command, page: Path) -> None:
    run("convert", page, "--to", "txt", "-o", "out/")
    run("convert", page, "--to", "txt", "-o", "out/", "--no-receipt")
    assert sorted(path.name for path in (page.parent / "out").iterdir()) == ["tides.receipt.json", "tides.txt"]


def test_lost_words_of_the_page_give_a_warning(run: Command, page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules["readout_pub.convert"], "refine", lambda each: replace(each, body=each.body[1:]))
    result = run("convert", page, "--to", "txt", "-o", "out/")
    assert result.code == 0
    assert "WORDS_LOST" in result.err
    refused = run("convert", page, "--to", "txt", "-o", "other/", "--fail-on", "warning")
    assert refused.code == 1
    assert not (page.parent / "other").exists()


def test_an_output_that_lost_a_word_is_not_written(run: Command, page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def emit_less(readout: Readout, images: ImageStore, render_options: RenderOptions) -> Rendition:
        rendition = emit_text(readout, images, render_options)
        return replace(rendition, data=rendition.data.replace(b" tides", b"", 1))

    monkeypatch.setattr(sys.modules["readout_pub.emit.text"], "emit_text", emit_less)
    result = run("convert", page, "--to", "txt,json", "-o", "out/")
    assert result.code == 1
    assert '"tides" of the readout is not in the txt output; report this page; --no-receipt' in result.err
    assert names(page.parent / "out") == ["tides.json"]


@pytest.mark.slow
def test_pages_in_the_output_folder_of_a_batch_are_left_out(run: Command, page: Path) -> None:
    assert run("batch", page, "--to", "html,txt", "-o", "made", "--jobs", "1", "--quiet").code == 0
    result = run("convert", ".", "--to", "txt", "-o", "out/")
    assert (result.code, sorted(path.name for path in Path("out").rglob("*.txt"))) == (0, ["tides.txt"])
    assert "made: 4 pages were left out, since this is the output folder of a batch" in result.err
    assert run("convert", "made/tides.html", "--to", "txt", "-o", "again/").code == 0
