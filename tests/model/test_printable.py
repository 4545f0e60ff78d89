"""Texts have no control characters: neither in the model of a page, nor in outputs of any model."""

from __future__ import annotations

import io
import re
import time
import unicodedata
import zipfile
from pathlib import Path

import pytest

from readout_pub import RenderOptions, emit, read
from readout_pub.convert import Overrides
from readout_pub.image_store import ImageStore
from readout_pub.model import Cell, Code, Link, Origin, Paragraph, Preformatted, Readout, Row, Strong, Table, printable

TERMINAL = "\x1b]0;owned\x07\x1b[31m\x9b2J"
SEPARATORS = "\x0b\x0c\x1c\x85\u2028\u2029"
SIGNS = f"{TERMINAL}{SEPARATORS}\x00\x7f\x80\ufffe"

HOSTILE = Readout(
    language="en",
    title=(f"Ta{TERMINAL}lks",),
    series=f"Rel{SIGNS}ations",
    byline=f"Press{SIGNS}Office",
    body=(
        Paragraph(children=(f"Fish{SIGNS}trade", Code(f"x{SIGNS}y"), Link(f"https://e.example/{SIGNS}", (SIGNS,)))),
        Preformatted(text=f"one\r\ntwo\tthree{SIGNS}"),
    ),
    origin=Origin(f"ta{SIGNS}lks.html", "00" * 32),
)


def unprintable(data: bytes) -> set[str]:
    r"""Return the control characters and line separators that no output may have.

    Escapes of control characters in JSON, such as `\u001b`, count too. Line feeds, tabs and carriage returns are
    allowed; some XML files of pandoc have carriage returns.
    """
    signs = {sign for sign in data.decode() if unicodedata.category(sign) in {"Cc", "Zl", "Zp"}}
    return (signs - {"\n", "\t", "\r"}) | set(re.findall(r"\\u00[01].", data.decode()))


@pytest.mark.parametrize("target", ["html", "txt", "json", "md", "rst", "tex", "docx", "odt", "epub"])
def test_no_control_character_reaches_an_output(target: str) -> None:
    data = emit(HOSTILE, ImageStore(), target, RenderOptions()).data
    if not data.startswith(b"PK"):
        assert unprintable(data) == set()
        return
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        texts = {name: package.read(name) for name in package.namelist() if name.endswith((".xml", ".xhtml", ".opf"))}
    assert {name: unprintable(text) for name, text in texts.items() if unprintable(text)} == {}


@pytest.mark.parametrize(
    ("text", "ended"),
    [
        ("\u202ecod", "\u202ecod\u202c"),
        ("\u2067\u202bcod", "\u2067\u202bcod\u202c\u2069"),
        ("\u2067\u202bcod\u2069", "\u2067\u202bcod\u2069"),
        ("\u202acod\u202c", "\u202acod\u202c"),
        ("\u200fcod\u2069\u202c", "\u200fcod\u2069\u202c"),
    ],
)
@pytest.mark.parametrize("target", ["txt", "md", "rst", "html"])
def test_bidirectional_formatting_ends_with_its_text(text: str, ended: str, target: str) -> None:
    cells = tuple(Cell(body=(Paragraph(children=(Strong((words,)),)),)) for words in (text, "salt"))
    readout = Readout(
        language="en",
        title=("Talks",),
        body=(
            Paragraph(children=("Fish ", Link(f"https://e.example/{text}", (text,)), " salt")),
            Table(body=(Row(cells),)),
        ),
        origin=Origin("talks.html", "00" * 32),
    )
    found = emit(readout, ImageStore(), target, RenderOptions()).data.decode()
    assert found.count(ended) >= 2
    assert found.count(text) == found.count(ended)


@pytest.mark.slow
def test_fifty_thousand_bidirectional_overrides_are_ended_in_seconds() -> None:
    text = "\u2067" + "\u202e" * 50_000 + "\u2069" * 50_000
    readout = Readout(language="en", body=(Paragraph(children=(text,)),), origin=Origin("a", "00" * 32))
    started = time.process_time()
    emit(readout, ImageStore(), "txt", RenderOptions())
    assert time.process_time() - started < 5


def test_a_page_is_read_without_control_characters(tmp_path: Path) -> None:
    page = tmp_path / "talks.html"
    page.write_text(
        '<html lang="en"><meta charset="utf-8"><h1>Talks\u2028on&#8232;fish</h1>'
        "<p>Both\x85sides&#x2029;agreed on cod, and on herring, and on eels, and met again.</p></html>",
        "utf-8",
    )
    readout, _ = read(page)
    assert readout.title == ("Talks on fish",)
    assert readout.body == (
        Paragraph(children=("Both sides agreed on cod, and on herring, and on eels, and met again.",)),
    )
    assert read(page, overrides=Overrides(title="Talks\x1b[31m"))[0].title == ("Talks[31m",)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("one\u2028two\u2029three\x85four\x9bfive", "one two three four five"),
        ("one\r\ntwo\rthree", "one\ntwo three"),
        ("a\x00b\x1bc\ud800d\ufffee", "abcde"),
        ("one\ttwo\u00a0three\u200b\u202e", "one\ttwo\u00a0three\u200b\u202e"),
    ],
)
def test_separators_and_c1_controls_become_spaces_and_other_controls_are_removed(text: str, shown: str) -> None:
    assert printable(text) == shown


@pytest.mark.parametrize(
    "href", ["javascript:x", "file:///etc/passwd", "data:text/html,x", "ms-word:ofe|u|x", "\\\\h\\x"]
)
@pytest.mark.parametrize("target", ["docx", "odt", "html", "md", "rst", "tex"])
def test_links_of_unsafe_schemes_become_text(target: str, href: str) -> None:
    body = (Paragraph(children=(Link(href, ("fish",)),)),)
    readout = Readout(language="en", title=("Talks",), body=body, origin=Origin("t", "00" * 32))
    data = emit(readout, ImageStore(), target).data
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            data = b"".join(package.read(name) for name in package.namelist() if name.startswith(("word/", "content")))
    assert b"fish" in data
    assert href.encode() not in data
