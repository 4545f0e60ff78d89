"""The program as a whole: help, version, exit codes, `doctor`."""

from __future__ import annotations

import errno
import os
import re
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pypandoc
import pytest

from readout_pub import __version__
from readout_pub.cli.app import COMMANDS
from tests.cli.conftest import PAGE, Command


def test_help_shows_examples_and_every_command(run: Command) -> None:
    result = run("--help")
    assert result.code == 0
    assert "readout-pub convert page.html --to pdf" in result.out
    for command in COMMANDS:
        assert f"\n  {command} " in result.out


@pytest.mark.parametrize("command", ["convert", "inspect"])
def test_the_help_of_a_command_shows_examples(run: Command, command: str) -> None:
    assert f"readout-pub {command} page.html" in run(command, "--help").out


@pytest.mark.parametrize("command", list(COMMANDS))
def test_help_of_a_command_is_not_cut_and_has_no_completion_options(run: Command, command: str) -> None:
    shown = run(command, "--help").out
    assert not re.search(r"\w\.\.\.$", shown, re.MULTILINE)
    assert "completion" not in shown


def test_version_is_the_version_of_the_package(run: Command) -> None:
    assert run("--version").out == f"readout-pub {version('readout-pub')}\n"
    assert __version__ == version("readout-pub")


def test_the_command_line_is_imported_without_slow_libraries() -> None:
    script = (
        "import sys, readout_pub.cli.app\n"
        "print([name for name in ('bs4', 'lxml', 'weasyprint', 'PIL', 'pypandoc', 'rich') if name in sys.modules])"
    )
    shown = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert shown.stdout == "[]\n"


def test_the_package_runs_as_a_module() -> None:
    command = [sys.executable, "-m", "readout_pub", "--version"]
    shown = subprocess.run(command, capture_output=True, text=True, check=True)
    assert shown.stdout == f"readout-pub {__version__}\n"


@pytest.mark.slow
@pytest.mark.usefixtures("page")
def test_a_pipe_closed_by_its_reader_gives_no_traceback() -> None:
    program = Path(sys.executable).parent / "readout-pub"
    shown = subprocess.run(["bash", "-c", f"{program} schema | head -n 1"], capture_output=True, text=True, check=True)
    assert (shown.stdout, shown.stderr) == ("{\n", "")


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has F_SETPIPE_SZ")
@pytest.mark.parametrize("environment", [{}, {"PYTHONUNBUFFERED": "1"}])
def test_a_small_pipe_that_does_not_block_gets_the_whole_output(environment: dict[str, str]) -> None:
    fcntl = pytest.importorskip("fcntl")
    command = [sys.executable, "-m", "readout_pub", "schema", "readout"]
    whole = subprocess.run(command, capture_output=True, check=True).stdout
    reader, writer = os.pipe()
    fcntl.fcntl(writer, fcntl.F_SETPIPE_SZ, 4096)
    os.set_blocking(writer, False)
    with subprocess.Popen(command, stdout=writer, env={**os.environ, **environment}) as process:
        os.close(writer)
        assert b"".join(iter(lambda: os.read(reader, 4096), b"")) == whole
    os.close(reader)
    assert process.returncode == 0
    assert len(whole) > 4096


@pytest.mark.slow
def test_a_full_standard_output_is_reported_in_one_sentence() -> None:
    program = Path(sys.executable).parent / "readout-pub"
    shown = subprocess.run(["bash", "-c", f"{program} schema > /dev/full"], capture_output=True, text=True, check=False)
    assert shown.returncode == 1
    assert shown.stderr == "readout-pub: standard output: it cannot be written (No space left on device)\n"


@pytest.mark.slow
def test_a_missing_file_of_certificates_is_reported(tmp_path: Path) -> None:
    program = Path(sys.executable).parent / "readout-pub"
    command = [str(program), "fetch", "https://tides.example/", "-o", str(tmp_path / "archive")]
    environment = {**os.environ, "SSL_CERT_FILE": "/nowhere/ca.pem"}
    shown = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert shown.returncode == 1
    assert shown.stderr.startswith(
        "readout-pub: SSL_CERT_FILE=/nowhere/ca.pem: it is not a readable file of certificates"
    )


def test_a_system_error_elsewhere_does_not_name_standard_output(run: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EMFILE, "Too many open files")

    monkeypatch.setattr("readout_pub.cli.app.app", refuse)
    result = run("schema")
    assert (result.code, "Too many open files" in result.err, "standard output" in result.err) == (1, True, False)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("command", "files"),
    [
        ("convert tides.html --to txt --quiet 2>&-", {"tides.txt"}),
        ("convert tides.html --to txt --quiet >&-", {"tides.txt"}),
        ("batch saved --to txt -o out --quiet <&- >&- 2>&-", {"out/tides.txt", "out/manifest.json"}),
        ("batch saved --to txt -o out 2>&-", {"out/tides.txt", "out/manifest.json"}),
        ("inspect tides.html >&-", set()),
    ],
)
def test_commands_work_with_streams_that_the_shell_has_closed(command: str, files: set[str], page: Path) -> None:
    (page.parent / "saved").mkdir()
    shutil.copy(page, page.parent / "saved")
    program = Path(sys.executable).parent / "readout-pub"
    shown = subprocess.run(["bash", "-c", f"{program} {command}"], capture_output=True, text=True, check=False)
    assert (shown.returncode, "bug" in shown.stderr) == (0, False)
    assert {name for name in files if not (page.parent / name).is_file()} == set()


@pytest.mark.slow
def test_characters_that_the_encoding_of_standard_output_lacks_are_escaped(page: Path) -> None:
    page.write_text(PAGE.replace("Atlantis", "会談"), "utf-8")
    command = [str(Path(sys.executable).parent / "readout-pub"), "inspect", str(page)]
    environment = {**os.environ, "PYTHONIOENCODING": "latin-1"}
    shown = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    assert r"\u4f1a\u8ac7" in shown.stdout


@pytest.mark.slow
def test_a_removed_working_directory_is_reported(tmp_path: Path) -> None:
    program = Path(sys.executable).parent / "readout-pub"
    command = f"mkdir gone && cd gone && rmdir ../gone && {program} convert ../tides.html"
    shown = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False, cwd=tmp_path)
    assert shown.stderr == "readout-pub: the working directory has been removed; change to another one\n"


def test_a_file_in_place_of_the_output_folder_is_reported(run: Command, tmp_path: Path) -> None:
    (tmp_path / "archive").touch()
    result = run("fetch", "http://localhost/", "-o", tmp_path / "archive")
    assert result.code == 1
    assert result.err.startswith(f"readout-pub: {tmp_path}/archive")
    assert "standard output" not in result.err


@pytest.mark.slow
def test_doctor_lists_what_is_installed(run: Command) -> None:
    result = run("doctor")
    assert result.code == 0
    assert f"ok       readout-pub {__version__}" in result.out
    assert f"ok       pandoc {pypandoc.get_pandoc_version()}: " in result.out
    assert "ok       pango-1.0: " in result.out
    assert "ok       Dask " in result.out
    assert "ok       universal-pathlib " in result.out
    assert "MISSING" not in result.out


@pytest.mark.slow
def test_doctor_says_what_to_do_about_what_is_missing(run: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYPANDOC_PANDOC", "/nowhere/pandoc")
    pypandoc.clean_pandocpath_cache()
    result = run("doctor")
    pypandoc.clean_pandocpath_cache()
    assert result.code == 3
    line = "MISSING  pandoc: writes DOCX, ODT, Markdown and more; set the variable PYPANDOC_PANDOC, which "
    assert line in result.out


@pytest.mark.parametrize("command", [*COMMANDS, "profile new", "profile check"])
def test_help_shows_no_python_types(run: Command, command: str) -> None:
    assert not re.search(r"<[\w\[\] |]+>", run(*command.split(), "--help").out)


def test_the_option_capital_v_prints_the_version(run: Command) -> None:
    assert run("-V").out == run("--version").out


@pytest.mark.parametrize("word", ["tides.html", "https://www.atlantis.example/talks", "saved"])
def test_convert_is_suggested_for_a_source_in_place_of_a_command(run: Command, page: Path, word: str) -> None:
    (page.parent / "saved").mkdir()
    result = run(word, "--to", "pdf")
    assert (result.code, result.out) == (2, "")
    assert result.err == (
        f"readout-pub: there is no command '{word}'; did you mean `readout-pub convert {word} --to pdf`?\n"
    )


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["convert", ""], 'an argument is empty; check the command; "." is the working directory'),
        (["theme", "new", ""], 'an argument is empty; check the command; "." is the working directory'),
        (["convert", "tides.html", "-o", ""], "-o: it is empty; leave the option out, or give a value"),
        (["batch", ".", "--output="], "--output: it is empty; leave the option out, or give a value"),
        (["sign", "--new-key", ""], "--new-key: it is empty; leave the option out, or give a value"),
    ],
)
def test_an_empty_argument_does_not_mean_the_working_directory(
    run: Command, page: Path, arguments: list[str], sentence: str
) -> None:
    result = run(*arguments)
    assert (result.code, result.out, result.err) == (2, "", f"readout-pub: {sentence}\n")
    assert list(page.parent.iterdir()) == [page]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ("convert tides.html -v -q", "--quiet: it contradicts --verbose; leave one of them out"),
        (
            "convert tides.html --no-receipt --receipt html",
            "--receipt html: it contradicts --no-receipt; leave one of them out",
        ),
        ("convert tides.html --to html --pdf ua1", "there is no PDF profile 'ua1'; take one of ua1+a2a, ua1+a3a, ua2"),
    ],
)
def test_contradictory_options_and_unknown_values_are_refused(
    run: Command, page: Path, arguments: str, sentence: str
) -> None:
    result = run(*arguments.split())
    assert (result.code, result.out, result.err) == (2, "", f"readout-pub: {sentence}\n")
    assert list(page.parent.iterdir()) == [page]


@pytest.mark.parametrize("command", ["theme new", "alt worklist . -o"])
def test_a_printed_command_can_be_pasted_into_a_shell(run: Command, page: Path, command: str) -> None:
    name = "for the press" + (".csv" if command.startswith("alt") else "")
    result = run(*command.split(), name)
    assert result.code == 0
    assert f" '{name}'" in result.err.splitlines()[-1]
    assert page.exists()


def test_for_a_misspelt_command_the_nearest_is_suggested(run: Command) -> None:
    result = run("conver", "page.html")
    assert (result.code, result.err) == (2, "readout-pub: there is no command 'conver'; did you mean 'convert'?\n")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("doctor now", "unexpected arguments: now; `readout-pub doctor -h` explains the command"),
        ("convert", "SOURCE is missing; `readout-pub convert -h` explains the command"),
        ("convert --too pdf", "there is no option --too; did you mean --to?"),
        ("convert --format pdf", "there is no option --format; `readout-pub convert -h` explains the command"),
        ("convert a.html --to", "--to: its value is missing; `readout-pub convert -h` explains the command"),
        ("convert a.html --keep all", "--keep: 'all' is not one of 'more', 'most'; `readout-pub convert -h` explains"),
        ("batch a -o b -j 0", "--jobs / -j: it is less than 1; `readout-pub batch -h` explains the command"),
        ("fetch a -o b --limit x", "--limit: it is not a valid integer; `readout-pub fetch -h` explains the command"),
        ("alt", "Usage: readout-pub alt"),
        ("alt judge", "there is no command 'judge'; `readout-pub alt -h` explains the command"),
    ],
)
def test_a_wrong_command_line_gets_one_sentence_or_the_usage(words: str, sentence: str, run: Command) -> None:
    result = run(*words.split())
    assert (result.code, result.err.count("\n") == 1) == (2, words != "alt")
    assert sentence in result.err
