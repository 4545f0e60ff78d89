"""`verify` and `sign`: exit codes, and what they print."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path

import pytest

from readout_pub import __version__
from tests.cli.conftest import PAGE, Command

SEALED = f"unchanged since readout-pub {__version__} wrote it"


@pytest.fixture
def outputs(run: Command, page: Path) -> None:
    assert run("convert", page, "--to", "html,txt", "--no-receipt", "-o", "out/").code == 0


@pytest.mark.usefixtures("outputs")
def test_verifying_an_unchanged_file_exits_0_and_names_its_source(run: Command) -> None:
    result = run("verify", "out/tides.html")
    assert result.code == 0
    verdict, source, seal = result.out.splitlines()
    assert verdict == "out/tides.html: verified"
    assert source.startswith("  from: tides.html, SHA-256 ")
    assert seal == f"  seal: {SEALED}"
    assert "whoever changes a file can seal it again" in result.err


@pytest.mark.usefixtures("outputs")
def test_verifying_a_changed_file_or_one_without_a_seal_exits_1(run: Command) -> None:
    path = Path("out/tides.html")
    path.write_bytes(path.read_bytes().replace(b"twice a day", b"thrice a day"))
    result = run("verify", path, "out/tides.txt")
    assert result.code == 1
    assert "out/tides.html: NOT verified" in result.out
    assert "  seal: changed since" in result.out
    assert "out/tides.txt: nothing to verify it by" in result.out
    assert run("verify", "out/tides.txt").code == 1
    against = run("verify", path, "--against", "tides.html")
    assert "    words: “thrice” instead of “twice” after " in against.out


def test_a_folder_stands_for_all_its_outputs(run: Command, page: Path) -> None:
    assert run("convert", page, "--to", "html,txt,epub", "-o", "out/deep/").code == 0
    result = run("verify", "out")
    assert result.code == 0
    verdicts = [line for line in result.out.splitlines() if not line.startswith(" ")]
    names = ("epub", "html", "receipt.json")
    assert verdicts == [*(f"out/deep/tides.{name}: verified" for name in names), "3 files: 3 verified"]
    Path("out/deep/tides.txt").write_text("other words", encoding="utf-8")
    changed = run("verify", "out")
    assert (changed.code, "    tides.txt: changed" in changed.out) == (1, True)
    assert changed.out.endswith("\n3 files: 2 verified, 1 NOT verified\n")


@pytest.mark.usefixtures("page")
def test_a_folder_without_outputs_is_an_error_that_names_it(run: Command) -> None:
    Path("empty").mkdir()
    result = run("verify", "empty")
    assert result.code == 1
    assert result.err.startswith("readout-pub: empty: the folder has no output with a source record")


def test_a_photo_folder_is_skipped_with_a_note_but_empty_folders_fail(run: Command, page: Path) -> None:
    assert run("convert", page, "--to", "md,html", "-o", "out/").code == 0
    for name in ("tides_files", "empty"):
        Path("out", name).mkdir(exist_ok=True)
    files = ("out/tides.html", "out/tides.md", "out/tides.receipt.json", "out/tides_files")
    photos = run("verify", *files)
    assert (photos.code, photos.out.count(": verified")) == (0, 3)
    assert "note: out/tides_files is not verified: it belongs to out/tides.*" in photos.err
    empty = run("verify", "out/empty", *files)
    assert (empty.code, empty.out.count(": verified")) == (1, 3)
    assert "readout-pub: out/empty: the folder has no output with a source record" in empty.err


@pytest.mark.usefixtures("outputs")
def test_against_verifies_the_words_and_rebuild_verifies_the_appearance(run: Command) -> None:
    result = run("verify", "out/tides.txt", "out/tides.html", "--against", "tides.html", "--rebuild")
    assert result.code == 0
    assert result.out.count("  words: every word of the source is here: ") == 2
    assert result.out.count("  rebuild: rebuilt from the source, byte for byte") == 2
    assert "not as they look" not in result.err
    assert "not as they look" in run("verify", "out/tides.html", "--against", "tides.html").err


@pytest.mark.usefixtures("outputs")
def test_json_has_every_check_and_the_record(run: Command) -> None:
    result = run("verify", "out/tides.html", "no-such.pdf", "--json")
    verified, missing = json.loads(result.out)
    assert result.code == 1
    assert verified["verdict"] == "verified"
    assert verified["checks"] == [{"name": "seal", "state": "passed", "message": SEALED}]
    assert verified["record"]["source"]["name"] == "tides.html"
    assert missing["verdict"] == "failed"
    assert missing["error"] == "no-such.pdf: there is no such file; check the path"


@pytest.mark.usefixtures("outputs")
def test_a_signed_file_is_verified_with_the_public_key(run: Command) -> None:
    assert run("sign", "--new-key", "key.pem").out == "key.pem: keep it secret; give key.pub.pem to those who verify\n"
    unsigned = run("verify", "out/tides.html", "--key", "key.pub.pem")
    assert (unsigned.code, "tides.html.sig is missing" in unsigned.out) == (1, True)
    assert run("sign", "out/tides.html", "--key", "key.pem").out == "out/tides.html.sig\n"
    signed = run("verify", "out/tides.html", "--key", "key.pub.pem")
    assert (signed.code, signed.err) == (0, "")
    assert "  signature: signed by the owner of key.pub.pem" in signed.out


@pytest.mark.usefixtures("outputs")
def test_signatures_among_the_files_are_reported_and_not_verified(run: Command) -> None:
    run("sign", "--new-key", "key.pem")
    run("sign", "out/tides.html", "--key", "key.pem")
    result = run("verify", "out/tides.html", "out/tides.html.sig")
    assert result.code == 0
    assert "note: out/tides.html.sig is not verified: it belongs to out/tides.html\n" in result.err
    alone = run("verify", "out/tides.html.sig")
    assert (alone.code, "verify out/tides.html" in alone.err) == (2, True)


@pytest.mark.usefixtures("outputs")
def test_the_limits_of_a_seal_are_printed_if_a_check_passes(run: Command) -> None:
    assert "whoever changes a file" in run("verify", "out/tides.html").err
    assert "whoever changes a file" not in run("verify", "no-such.pdf").err
    path = Path("out/tides.html")
    path.write_bytes(path.read_bytes().replace(b"twice a day", b"thrice a day"))
    changed = run("verify", path)
    assert "whoever changes a file" not in changed.err
    assert "--against SOURCE shows" in changed.err


def test_sign_needs_files_and_a_key(run: Command, page: Path) -> None:
    for arguments in ((), (page,), ("--key", "key.pem"), (page, "--new-key", "key.pem")):
        result = run("sign", *arguments)
        assert (result.code, "files and a key are needed" in result.err) == (2, True)
    assert not Path("key.pem").exists()


@pytest.mark.usefixtures("outputs")
def test_a_rebuild_without_a_source_is_wrong_usage(run: Command) -> None:
    result = run("verify", "out/tides.html", "--rebuild")
    assert (result.code, "--against SOURCE" in result.err) == (2, True)


@pytest.mark.slow
@pytest.mark.parametrize("command", ["verify", "check", "diff"])
@pytest.mark.usefixtures("outputs")
def test_a_file_that_takes_too_much_memory_is_named_with_the_limit(command: str, run_in_a_process: Command) -> None:
    with Path("out/large.html").open("ab") as large:
        large.truncate(20_000_000)
    result = run_in_a_process(command, "out/tides.html", "out/large.html", "--page-memory", "8MB")
    assert result.code == 1
    assert "out/large.html: it took more than 8,000,000 bytes, the limit of --page-memory" in result.err


@pytest.mark.usefixtures("outputs")
def test_a_source_on_standard_input_is_compared_with_each_file(run: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(Path("tides.html").read_bytes())))
    result = run("verify", "out/tides.html", "out/tides.txt", "--against", "-", "--rebuild")
    assert result.out.count("words: every word of the source is here") == 2


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows has no /dev/fd")
@pytest.mark.usefixtures("page")
def test_a_piped_source_is_compared_with_each_file_that_begins_like_a_pdf(run: Command) -> None:
    """The program reads each text file in a child process, since it begins like a PDF."""
    source = PAGE.replace("Atlantis and Lemuria agree", "%PDF agree")
    Path("tides.html").write_text(source, "utf-8")
    for name in ("a.txt", "b.txt"):
        run("convert", "tides.html", "--to", "txt", "-o", name)
    reader, writer = os.pipe()
    os.write(writer, source.encode())
    os.close(writer)
    try:
        result = run("verify", "a.txt", "b.txt", "--against", f"/dev/fd/{reader}")
    finally:
        os.close(reader)
    assert result.out.count("words: every word of the source is here") == 2
