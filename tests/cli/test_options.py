"""Options that commands share: declared once, with their choices in the help of each command."""

from __future__ import annotations

import inspect
from importlib import import_module
from pathlib import Path
from typing import get_type_hints

import pytest

from readout_pub.cli import options
from readout_pub.emit import EMITTERS
from readout_pub.emit.pdf.profiles import PROFILES
from readout_pub.emit.rendition import PDF_PROFILES
from readout_pub.themes import theme_names
from tests.cli.conftest import Command


def declarations(command: str) -> dict[str, object]:
    """Return the declaration of each parameter of a command."""
    module = import_module(f"readout_pub.cli.{command}")
    return get_type_hints(getattr(module, f"{command}_command"), include_extras=True)


@pytest.mark.parametrize(
    "name", ["to", "theme", "paper", "css", "pdf", "photos", "system_fonts", "site", "sites", "max_bytes", "json"]
)
def test_convert_and_batch_share_the_declaration_of_an_option(name: str) -> None:
    shared = [value for _, value in inspect.getmembers(options)]
    convert, batch = declarations("convert")[name], declarations("batch")[name]
    assert convert is batch or convert == batch
    assert convert in shared


@pytest.mark.parametrize("command", ["convert", "batch"])
def test_help_names_every_theme_every_pdf_profile_and_every_format(command: str, run: Command) -> None:
    shown = " ".join(run(command, "--help").out.split())
    assert f"--theme [{'|'.join(theme_names())}|DIR] " in shown
    assert f"--pdf [{'|'.join(PROFILES)}] " in shown
    assert all(f"{name} (" in shown for name in PROFILES)
    assert f"Formats: {', '.join(EMITTERS)}, docx, odt, md, rst, tex, or any pandoc writer; may be repeated." in shown


@pytest.mark.parametrize(
    "command",
    [
        *("convert", "batch", "fetch", "inspect", "check", "diff", "verify", "theme check", "theme preview"),
        *("profile check", "profile new", "alt lint", "alt review", "alt worklist", "alt draft", "alt apply"),
    ],
)
def test_every_command_that_reads_pages_offers_limits_of_time_and_memory(command: str, run: Command) -> None:
    shown = run(*command.split(), "--help").out
    assert "--page-timeout SECONDS" in shown
    assert "--page-memory SIZE" in shown


@pytest.mark.parametrize(
    ("words", "remark"),
    [
        (("--to", "html", "--paper", "a5"), "--paper has no effect on html"),
        (("--to", "txt,md", "--theme", "gazette"), "--theme has no effect on txt, md"),
        (("--to", "epub", "--photos", "beside"), "--photos has no effect on epub"),
        (("--to", "txt", "--pdf", "ua2"), "--pdf has no effect on txt"),
        (("--to", "html", "--system-fonts"), "--system-fonts has no effect on html"),
        (("--to", "txt,rst,man", "--photos", "inline"), "--photos has no effect on txt, rst, man"),
        (("--to", "docx,rtf", "--photos", "beside"), "--photos has no effect on docx, rtf"),
        (("--to", "rst,md", "--photos", "inline"), None),
        (("--to", "json", "--draft"), "--draft has no effect on json"),
        (("--to", "json", "--embargo", "2031-05-05"), "--embargo has no effect on json"),
        (("--to", "html", "--contact", "press@atlantis.example"), "--contact has no effect on html"),
        (("--to", "html,docx", "--paper", "a5", "--theme", "plain"), None),
    ],
)
def test_an_option_that_no_format_uses_is_named(
    words: tuple[str, ...], remark: str | None, page: Path, run: Command
) -> None:
    converted = run("convert", page, *words, "-o", "converted/")
    batch = run("batch", page, *words, "-o", "out", "--dry-run")
    assert (converted.code, batch.code) == (0, 0)
    expected = f"readout-pub: {remark}\n" if remark else ""
    assert [each.err.count("has no effect") for each in (converted, batch)] == 2 * [bool(remark)]
    assert expected in converted.err
    assert expected in batch.err


def test_filters_of_lists_without_a_list_are_named(run: Command) -> None:
    result = run("fetch", "ftp://example.org/", "--include", "*/press/*", "--contact", "a@b.example", "-o", "archive")
    assert "readout-pub: --include has no effect without --from\n" in result.err


@pytest.mark.parametrize(
    "words",
    [
        "convert nothing.html",
        "convert @nothing.txt",
        "convert PAGE --css nothing.css",
        "convert PAGE --alt-file nothing.csv",
        "convert PAGE --certifier nothing.toml",
        "convert PAGE --sites nothing",
        "batch nothing",
        "batch PAGE --css nothing.css",
        "batch PAGE --sites nothing",
        "fetch --from nothing.txt -o archive --contact a@b.example",
        "inspect nothing.html",
        "check nothing.html",
        "diff PAGE nothing.html",
        "verify nothing.html",
        "verify PAGE --against nothing.html",
        "verify PAGE --css nothing.css",
        "deposit nothing -o bag",
        "profile new nothing.html -o sites/new",
        "alt lint nothing.html",
        "alt apply nothing.csv",
        "sign nothing.html --key nothing.pem",
    ],
)
def test_a_missing_file_or_folder_gives_exit_code_1(words: str, page: Path, run: Command) -> None:
    result = run(*words.replace("PAGE", page.name).split())
    assert result.code == 1
    assert "nothing" in result.err


def test_a_missing_file_does_not_stop_the_signing_of_others(page: Path, run: Command) -> None:
    pytest.importorskip("cryptography")
    assert run("sign", "--new-key", "key.pem").code == 0
    result = run("sign", "nothing.html", page.name, "--key", "key.pem")
    assert (result.code, result.out) == (1, f"{page.name}.sig\n")
    assert result.err == "readout-pub: nothing.html: there is no such file; check the path\n"
    assert run("sign", page.name, page.name, "--key", "key.pub.pem").err.count("public key") == 1


@pytest.mark.parametrize(
    "words",
    [
        "convert PAGE --theme x",
        "convert PAGE --site x",
        "convert PAGE --to x",
        "verify PAGE --theme x",
        "theme check x",
    ],
)
def test_an_unknown_name_gives_exit_code_2(words: str, page: Path, run: Command) -> None:
    result = run(*words.replace("PAGE", page.name).split())
    assert (result.code, result.out) == (2, "")


@pytest.mark.parametrize(
    "words",
    [
        "diff page.html page.html --html -",
        "check page.html --sarif -",
        "alt lint page.html --sarif -",
        "batch page.html --to txt --log -",
        "sign --new-key -",
        "fetch https://www.atlantis.example/ -o -",
        "deposit out -o -",
        "profile new page.html -o -",
    ],
)
@pytest.mark.usefixtures("page")
def test_only_pages_and_tables_can_go_to_standard_output(words: str, run: Command) -> None:
    result = run(*words.split())
    assert result.code == 2
    assert "cannot go to standard output; name a f" in result.err
    assert not Path("-").exists()


def test_options_and_emitter_have_the_same_pdf_profiles() -> None:
    assert list(PDF_PROFILES) == list(PROFILES)


@pytest.mark.parametrize(
    "arguments",
    [
        ("--to", "TXT", "--to", "Json"),
        ("--to", "txt,json"),
        ("--to", ".txt, JSON"),
        ("--to", "txt,,json", "--to", "TXT"),
    ],
)
@pytest.mark.slow
def test_formats_may_be_a_list_or_repeated_options_in_any_case(
    arguments: tuple[str, ...], run: Command, page: Path
) -> None:
    assert run("convert", page, *arguments, "-q").code == 0
    assert sorted(path.name for path in page.parent.iterdir()) == [
        f"tides.{suffix}" for suffix in ("html", "json", "receipt.json", "txt")
    ]
    assert run("batch", page, *arguments, "-q").code == 0
    assert {path.name for path in (page.parent / "out").glob("tides*")} == {
        f"tides.{suffix}" for suffix in ("json", "receipt.json", "txt")
    }


@pytest.mark.slow
@pytest.mark.parametrize(
    "arguments",
    [
        ("--to", "HTML", "--theme", "Gazette", "--photos", "Beside", "--fail-on", "Error"),
        ("--to", "Html", "--site", "NONE", "--pdf", "UA2"),
        ("--to", "DOCX", "--theme", "Large-Print"),
    ],
)
def test_values_of_options_are_accepted_in_upper_or_lower_case(
    arguments: tuple[str, ...], run: Command, page: Path
) -> None:
    lower = [each if each.startswith("--") else each.lower() for each in arguments]
    files = []
    for each in (arguments, lower):
        (line, *_) = run("convert", page, *each, "-o", "out/").out.splitlines()
        files.append(Path(line).read_bytes())
    assert files[0] == files[1]


def test_site_profiles_are_chosen_in_upper_or_lower_case(run: Command, page: Path) -> None:
    upper, lower = (run("convert", page, "--to", "txt", "--site", site) for site in ("MOFA", "mofa"))
    assert "no layout of site" in lower.err
    assert upper.err == lower.err


@pytest.mark.parametrize(
    "command",
    [
        "batch . --to txt -o out --site \udcff",
        "batch . --to txt -o out --title \udcff",
        "batch . --to txt -o out --publisher \udcff",
        "batch . --to epub -o out --contact a\udcff@b.example",
        "convert tides.html --to txt -o out/ --title \udcff",
        "convert tides.html --to txt -o out/ --series \udcff",
    ],
)
@pytest.mark.usefixtures("page")
def test_text_that_is_not_utf_8_is_refused(run: Command, command: str) -> None:
    result = run(*command.split())
    assert result.code == 2
    assert "which has bytes that are not UTF-8; write it in UTF-8" in result.err
    assert not Path("out").exists()


@pytest.mark.usefixtures("page")
def test_files_may_have_names_that_are_not_utf_8(run: Command) -> None:
    Path("tides.html").rename("tides-\udcff.html")
    assert run("convert", "tides-\udcff.html", "--to", "txt", "-o", "out-\udcff.txt").code == 0
    assert Path("out-\udcff.txt").exists()
