"""`readout-pub diff` as a user runs it."""

from __future__ import annotations

import io
import json
import sys
import zipfile
from pathlib import Path

import pytest

from readout_pub.checks import check
from readout_pub.sources.blob import MAX_ARCHIVE_BYTES
from tests.archives import ATLANTIS, Record, warc
from tests.cli.conftest import Command
from tests.diff.test_diff import FIRST, SECOND, THIRD, page

SAMPLE = Path(__file__).parents[2] / "samples" / "thule" / "readout.html"


@pytest.fixture
def copies(tmp_path: Path) -> tuple[Path, Path]:
    old, new = tmp_path / "old.html", tmp_path / "new.html"
    old.write_bytes(page(FIRST, SECOND, THIRD))
    new.write_bytes(page(FIRST.replace("Avalon", "Lyonesse"), THIRD, day="10 May 2031"))
    return old, new


@pytest.mark.parametrize("options", [(), ("--url", "https://sea.example/talks.html")])
def test_a_copy_is_read_from_standard_input(
    run: Command, copies: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(copies[0].read_bytes())))
    assert run("diff", "-", copies[0], *options).code == 0


@pytest.mark.slow
def test_a_url_selects_the_page_to_compare_in_two_crawls(run: Command, tmp_path: Path) -> None:
    tides = Record(f"{ATLANTIS}/tides.html", page(SECOND))
    talks = Record(f"{ATLANTIS}/talks.html", page(FIRST, SECOND))
    changed = talks._replace(body=page(FIRST, SECOND, THIRD))
    (tmp_path / "old.warc.gz").write_bytes(warc([tides, talks]))
    (tmp_path / "new.warc.gz").write_bytes(warc([tides, changed]))
    crawls = tmp_path / "old.warc.gz", tmp_path / "new.warc.gz"
    assert "--url" in run("diff", *crawls).err
    code, output, _ = run("diff", *crawls, "--url", talks.url)
    assert (code, "words only in the second copy" in output) == (1, True)
    assert run("diff", *crawls, "--url", tides.url).code == 0
    (tmp_path / "talks.html").write_bytes(changed.body)
    assert run("diff", crawls[1], tmp_path / "talks.html", "--url", talks.url).code == 0


def test_equal_copies_give_exit_code_0(run: Command, copies: tuple[Path, Path]) -> None:
    code, output, _ = run("diff", copies[0], copies[0])
    assert code == 0
    assert output.endswith("no differences in words, facts, photos and alternative texts\n")


def test_differences_are_printed_and_give_exit_code_1(run: Command, copies: tuple[Path, Path]) -> None:
    code, output, _ = run("diff", *copies)
    assert code == 1
    first, *others = output.splitlines()
    assert first.endswith("20 words absent from the second copy, 1 word only in the second copy, 1 fact changed")
    assert others == [
        "  date: 2031-05-09 -> 2031-05-10",
        "  word 17: … Tides in the harbour office of [-Avalon-] {+Lyonesse+} on Friday. They agreed that the …",
        f"  word 20: … harbour office of Avalon on Friday. [-{SECOND}-] The next meeting will be held …",
    ]


def test_differences_are_printed_as_json(run: Command, copies: tuple[Path, Path]) -> None:
    code, output, _ = run("diff", *copies, "--json")
    assert code == 1
    changes = json.loads(output)
    assert changes["facts"] == [{"fact": "date", "before": "2031-05-09", "after": "2031-05-10"}]
    assert [change["kind"] for change in changes["words"]] == ["replaced", "removed"]


def test_the_page_of_differences_is_accessible(run: Command, copies: tuple[Path, Path], tmp_path: Path) -> None:
    run("diff", *copies, "--html", tmp_path / "d.html")
    text = (tmp_path / "d.html").read_text()
    assert "<del>Avalon</del>" in text
    assert "<ins>Lyonesse</ins>" in text
    assert not check(tmp_path / "d.html").broken


@pytest.mark.slow
@pytest.mark.parametrize("target", ["pdf", "epub", "docx", "html", "md", "txt"])
def test_a_page_and_its_output_are_equal(run: Command, target: str, tmp_path: Path) -> None:
    out = tmp_path / f"talks.{target}"
    assert run("convert", SAMPLE, "-o", out, "-q").code == 0
    code, output, _ = run("diff", SAMPLE, out)
    assert code == 0, output


def test_a_word_missing_from_an_output_is_found(run: Command, tmp_path: Path) -> None:
    out = tmp_path / "talks.txt"
    run("convert", SAMPLE, "-o", out, "-q")
    text = out.read_text()
    word = next(word for word in text.split() if len(word) > 6 and text.count(word) == 1 and word.isalpha())
    out.write_text(text.replace(word, "", 1))
    code, output, _ = run("diff", SAMPLE, out)
    assert code == 1
    assert f"[-{word}-]" in output


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("broken.pdf", b"%PDF-1.7 nothing", "it cannot be read as pdf: it is damaged, or of another format"),
        ("talks.tex", b"text", "a file of the format tex is not read back"),
        ("missing.epub", None, "there is no such file; check the path"),
    ],
)
def test_files_that_cannot_be_compared_are_reported(
    run: Command, name: str, content: bytes | None, message: str, tmp_path: Path
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    code, _, error = run("diff", SAMPLE, tmp_path / name)
    assert code in {1, 2}
    assert message in error


@pytest.mark.slow
def test_a_package_that_unpacks_to_too_much_is_refused(run: Command, tmp_path: Path) -> None:
    run("convert", SAMPLE, "-o", tmp_path / "small.epub", "--no-receipt")
    hostile = tmp_path / "hostile.epub"
    hostile.write_bytes((tmp_path / "small.epub").read_bytes())
    with zipfile.ZipFile(hostile, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("EPUB/huge.bin", bytes(MAX_ARCHIVE_BYTES))
    result = run("diff", tmp_path / "small.epub", hostile)
    assert result.code == 1
    assert result.err.startswith(f"readout-pub: {hostile}: it is not read: it unpacks to 200")
    assert "and the limit is 200.0 MB; check that it is the right file" in result.err
