"""Our extensions of WeasyPrint change only our own documents, and refuse versions that they were not written for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from threading import Event, Thread

import pytest
import weasyprint
from weasyprint.css import INITIAL_VALUES

from readout_pub.emit import Rendition
from readout_pub.emit.pdf.weasyprint_adapter import (
    KNOWN_VERSIONS,
    PrefilledComputedStyle,
    TaggedHTML,
    require_known_version,
    with_globals,
)
from readout_pub.errors import ToolMissing
from readout_pub.install_commands import install_python
from tests.pdfs import make_pdf, paragraph, readout, run_python

FOREIGN_PAGE = """
<html lang="en"><title>Minutes</title><body><h1>Minutes</h1>
<p style="opacity: .5; font-weight: bold">Bold, of another program</p>
<ul><li><p>One</p><li><p>Two <a href="#x">link</a></p></ul><table><tr><th>Head<td id="x">Cell</table>
"""
"""Uses every part of WeasyPrint that we extend: styles, fonts, tags, content streams (opacity makes an inner one)."""

KOREAN_PAGE = f'{FOREIGN_PAGE}<p lang="ko" style="width: 8em">해양환경보호협력과 어업자원의 지속가능한 이용</p>'
"""Has lines of Korean, too. Tests with threads do not use it: without a Korean font, Pango draws boxes in place of the
characters, and these have no width while Pango is busy in another thread."""


@pytest.mark.slow
def test_our_documents_and_a_foreign_one_in_another_thread_stay_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    # WeasyPrint may subset fonts with fontTools, which writes the current time into them.
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    foreign = weasyprint.HTML(string=FOREIGN_PAGE)
    alone = foreign.write_pdf(pdf_tags=True)
    ours = [
        readout(paragraph("They met."), title=f"Talks {n}", language=language)
        for n, language in enumerate(("ja", "ko") * 2)
    ]
    ours_alone = [make_pdf(page).data for page in ours]
    meanwhile: list[bytes] = []
    done = Event()

    def write_foreign() -> None:
        while not done.is_set():
            meanwhile.append(foreign.write_pdf(pdf_tags=True))

    thread = Thread(target=write_foreign)
    thread.start()
    try:
        together = [make_pdf(page).data for page in ours]
    finally:
        done.set()
        thread.join()
    assert set(meanwhile) == {alone}
    assert together == ours_alone


STYLED_PAGE = """
<html lang="en"><head><title>Minutes</title></head><body><h1>Minutes</h1><div><p>One <b>two</b> <u>three</u></p></div>
<ul><li>Four</li></ul><p class="a">Five</p><p class="b">Six <span>seven</span></p><p class="c" dir="rtl">Eight</p>
<section><table><tbody><tr><td>Nine</td></tr></tbody></table><p class="d">Ten</p></section></body></html>
"""

STYLES = """
h1 { border-bottom: thin solid; string-set: title content() } h1::after { content: " (copy)"; float: right }
div { text-decoration: underline red; font-size: 1.5em; letter-spacing: .1em; text-indent: calc(5% + 1em) }
b { text-decoration: line-through; border-style: dotted; border-width: 2px; outline: solid } u { display: inline-block }
.a { float: left; border-inline-start: 3px double; margin-inline-end: 1em; display: table-cell }
.b { position: absolute; color: green } .b span { position: relative; float: left; border-top-width: 4px }
.c { border-block-end-style: dashed; padding-inline: 1em 2em; columns: 2; column-rule: solid } section { page: wide }
.d { direction: rtl; outline-style: dotted; border: inherit; --ink: blue; border-left: solid var(--ink) }
table { border-collapse: collapse } td { border: 1px solid } @page wide { margin: 1cm; @top-left { content: "Wide" } }
"""
"""Sets every property whose computed value depends on other properties or on the parent, and every property whose value
WeasyPrint moves to another box."""


PROPERTIES = [name for name in INITIAL_VALUES if not re.search(r"_(block|inline)_(start|end)", name)]
"""The properties of boxes, without logical ones such as margin-inline-start, which only set other properties."""


@pytest.mark.slow
def test_styles_have_the_values_that_weasyprint_computes() -> None:
    sheet = [weasyprint.CSS(string=STYLES)]
    ours, theirs = (
        [
            (box.element_tag, {name: box.style[name] for name in PROPERTIES})
            for page in html.render(stylesheets=sheet).pages
            for box in page._page_box.descendants()  # noqa: SLF001  # WeasyPrint has no public way to the boxes
        ]
        for html in (TaggedHTML(STYLED_PAGE, {}), weasyprint.HTML(string=STYLED_PAGE))
    )
    assert len(ours) > 40
    assert ours == theirs


def test_no_footnote_styles_are_computed_for_a_page_without_footnotes(monkeypatch: pytest.MonkeyPatch) -> None:
    styled: set[str] = set()
    compute = PrefilledComputedStyle.__init__

    def record(self: PrefilledComputedStyle, parent: object, cascaded: Mapping[str, object], *more: object) -> None:
        styled.add(str(more[0]))
        compute(self, parent, cascaded, *more)

    monkeypatch.setattr(PrefilledComputedStyle, "__init__", record)
    TaggedHTML(STYLED_PAGE, {}).render(stylesheets=[weasyprint.CSS(string=STYLES)])
    assert {"None", "after", "marker", "@top-left"} < styled
    assert [name for name in styled if "call" in name or name.endswith("note-marker")] == []


@pytest.mark.slow
def test_a_foreign_document_is_the_same_while_this_package_is_loaded() -> None:
    program = f"""
import os
os.environ["SOURCE_DATE_EPOCH"] = "0"
from threading import Event, Thread
import weasyprint
foreign = weasyprint.HTML(string={FOREIGN_PAGE!r})
alone = foreign.write_pdf(pdf_tags=True)
done, meanwhile = Event(), []
def write_foreign():
    while not done.is_set():
        meanwhile.append(foreign.write_pdf(pdf_tags=True))
thread = Thread(target=write_foreign)
thread.start()
from tests.pdfs import make_pdf, paragraph, readout
for text in ("They met.", "両大臣は会談した。") * 4:
    make_pdf(readout(paragraph(text), language="ja"))
    make_pdf(readout(paragraph(text), language="ko"))
done.set()
thread.join()
print(len(meanwhile) > 1, set(meanwhile) == {{alone}})
"""
    shown = run_python(program)
    assert (shown.stdout, shown.stderr) == ("True True\n", "")


@pytest.mark.slow
def test_a_foreign_document_is_the_same_after_our_pdf() -> None:
    program = f"""
import weasyprint
from hashlib import sha256
print(sha256(weasyprint.HTML(string={KOREAN_PAGE!r}).write_pdf(pdf_tags=True)).hexdigest())
"""
    alone = run_python(program).stdout
    ours = 'from tests.pdfs import make_pdf, readout\nmake_pdf(readout())\nmake_pdf(readout(language="ko"))'
    assert run_python(f"{ours}\n{program}").stdout == alone


@pytest.mark.slow
def test_our_document_is_the_same_after_a_foreign_one() -> None:
    """Pango keeps the fontconfig configuration that a process uses first.

    Only our configuration has a rule for bold Japanese.
    """
    program = """
from hashlib import sha256
from tests.pdfs import make_pdf, paragraph, readout
print(sha256(make_pdf(readout(paragraph("両大臣は会談した。"), title="会談", language="ja")).data).hexdigest())
"""
    alone = run_python(program).stdout
    assert run_python(f"import weasyprint\nweasyprint.HTML(string='Words').write_pdf()\n{program}").stdout == alone


@pytest.mark.slow
def test_warnings_about_another_threads_document_are_not_our_notes() -> None:
    done = Event()

    def lay_out_foreign() -> None:
        while not done.is_set():
            weasyprint.HTML(string='<p style="colour: red">Words').render()

    thread = Thread(target=lay_out_foreign)
    thread.start()
    try:
        assert [make_pdf(readout(paragraph("They met."))).notes for _ in range(3)] == [(), (), ()]
    finally:
        done.set()
        thread.join()


@pytest.mark.parametrize(
    ("package", "installed", "message"),
    [
        ("weasyprint", "71.0", f"weasyprint 70.0 is needed, 71.0 is installed; {install_python('weasyprint==70.0')}"),
        ("pydyf", "0.14.0", f"pydyf 0.13.* is needed, 0.14.0 is installed; {install_python('pydyf==0.13.*')}"),
    ],
)
def test_an_unknown_version_is_refused_with_the_command_for_the_right_one(
    package: str, installed: str, message: str
) -> None:
    with pytest.raises(ToolMissing) as refused:
        require_known_version(package, installed)
    assert str(refused.value) == message
    require_known_version(package, KNOWN_VERSIONS[package].replace("*", "1"))


@pytest.mark.slow
@pytest.mark.parametrize(("package", "version"), [("weasyprint", "71.0"), ("pydyf", "0.14.0")])
def test_each_conversion_with_an_unknown_version_raises_an_error_with_code_3(package: str, version: str) -> None:
    program = f"""
import {package}
{package}.__version__ = {version!r}
from readout_pub.errors import ToolMissing
from tests.pdfs import make_pdf, readout
for attempt in range(2):
    try:
        make_pdf(readout())
    except ToolMissing as error:
        print(error.exit_code, error.what)
"""
    sentence = f"3 {package} {KNOWN_VERSIONS[package]} is needed, {version} is installed\n"
    shown = run_python(program)
    assert (shown.stdout, shown.stderr) == (sentence * 2, "")


def test_a_function_that_does_not_use_a_replaced_name_is_refused() -> None:
    with pytest.raises(ToolMissing) as refused:
        with_globals(weasyprint.HTML.render, Sheet=object)
    assert str(refused.value) == (
        "in WeasyPrint 70.0, weasyprint.HTML.render does not use Sheet; "
        f"uninstall it, then {install_python('weasyprint==70.0')}"
    )


def test_a_copied_function_finds_the_replacement_and_the_original_does_not() -> None:
    copy = with_globals(make_pdf, emit=lambda *_: "replaced")
    assert copy(readout()) == "replaced"
    assert isinstance(make_pdf(readout()), Rendition)
