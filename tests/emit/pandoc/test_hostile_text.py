"""Text of a hostile page stays text: it does not become markup in any format that pandoc writes.

Each position of a readout gets a hostile text and, after it, a word of its own. Programs that people use render the
outputs: docutils with its defaults, under which it includes files and passes raw markup on, and GitHub's Markdown with
raw HTML allowed. No program renders the TeX output; its commands are compared with those of a harmless page.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path

import cmarkgfm
import docutils.core
import pytest
from bs4 import BeautifulSoup
from cmarkgfm.cmark import Options
from docutils import nodes
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readout_pub.emit import emit
from readout_pub.image_store import ImageStore
from readout_pub.model import (
    Attachment,
    Block,
    BulletList,
    Cell,
    Code,
    Described,
    Description,
    DescriptionList,
    Emphasis,
    Figure,
    Footnote,
    Footnotes,
    Inlines,
    Item,
    Licence,
    LineBreak,
    Link,
    NoteRef,
    OrderedList,
    Origin,
    Paragraph,
    Photo,
    Preformatted,
    Quote,
    Readout,
    Row,
    Section,
    Span,
    Strong,
    Sup,
    Table,
    Undecided,
)
from tests.pages import jpeg

SECRET = "salamander"
"""The word in `SECRET_FILE`. An output shows it only if a program has included that file."""

SECRET_FILE = Path(__file__).with_name("secret.txt")

IMAGES = ImageStore()
HALL, LOGO = (IMAGES.add(partial(jpeg, width, 90)) for width in (120, 60))
PHOTO_NAMES = {f"photos/{digest[:16]}.jpg" for digest in (HALL, LOGO)}

ATTACKS = (
    f".. include:: {SECRET_FILE}",
    f".. csv-table:: x\n   :file: {SECRET_FILE}",
    ".. raw:: html\n\n   <script>alert(1)</script>",
    f"x\u2028.. include:: {SECRET_FILE}\u2028",
    "x\x85\x85.. image:: http://beacon.example/i.png",
    "|x| image:: http://beacon.example/i.png",
    ".. |x| image:: http://beacon.example/i.png",
    ".. _x: javascript:alert(1)",
    "__ javascript:alert(1)",
    "javascript:alert(1)",
    "x** javascript:alert(1) x* `` javascript:alert(1)",
    "data:text/html,x",
    "x_ y__ `z`_ `a <javascript:alert(1)>`__ [1]_ [#]_",
    ":raw:`x` `x`:math: :pep:`8`",
    "![x](http://beacon.example/i.png)",
    "[x](javascript:alert(1))",
    "](javascript:alert(1))",
    "`](javascript:alert(1))",
    "<javascript:alert(1)>",
    "<script>alert(1)</script>",
    "<img src=//beacon.example/i.png>",
    "&lt;script&gt; &#60;img&#62;",
    "[x]: javascript:alert(1)",
    "</pre></code></td></table><script>alert(1)</script>",
    "x\n\n![x](http://beacon.example/i.png)\n\n<script>alert(1)</script>",
    "```\n<script>alert(1)</script>\n```",
    "~~~~",
    "    <script>",
    "> # x",
    "\\input{/etc/passwd}",
    "}\\end{verbatim}\\input{/etc/passwd}",
    "\n\\end{verbatim}\n\\input{/etc/passwd}",
    "^^5cinput $x$ % x",
    "a|.. include:: x",
    "a | b || c |---|",
    "=====",
    "== ==",
    "+---+---+",
    "1. x",
    "- x",
    "::",
    "\\",
    "*",
    "**a** *b* a*b*c “*d*” _e_ f_g_",
    "--",
)
"""Each of these texts is markup in some format unless it is escaped."""

HARMFUL = (
    "x\n\n![x](http://b.example/i.png) | `a`",
    f":: x`.. include:: {SECRET_FILE}",
    "1. ~a~ x* javascript:alert(1)",
)
"""Each of these texts combines several attacks."""

SIGNS = (*"`_|*:\\<>[]()!&;#{}$~^=+-\"'@%.\u2028\x85\x9b\n ", "::", "..", "\n\n", "“")
WORDS = ("raw", "image", "http", "javascript", "x", "https://e.example/", "www.e.example")

hostile_texts = (
    st.lists(st.sampled_from((*SIGNS, *WORDS, *ATTACKS)), min_size=1, max_size=8).map("".join).filter(str.strip)
)


def printed(text: str) -> str:
    """Return what readers see of a text, without white space."""
    return "".join(re.sub("[\x80-\x9f\u2028\u2029]", " ", text).split())


class Page:
    """A readout with `text` in every position; `expected` has these texts in reading order, each with its word."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.expected: list[str] = []
        self.targets = [f"https://e.example/{n}/{'x'.join(text.split())}" for n in range(3)]

    def words(self, text: str | None = None) -> str:
        """Return the hostile text, or `text` if that is given, with a word of its own after it."""
        number = len(self.expected)
        text = self.text if text is None else text
        self.expected.append(f"{printed(text)}kelp{number}")
        return f"{text} kelp{number}"

    def line(self) -> Inlines:
        """Return the text in inlines of several kinds."""
        half = len(self.text) // 2
        texts = self.words(), self.words(), self.words(), self.words()
        self.expected.append(f"{printed(self.text[:half])}{printed(self.text[half:])}cod")
        return (
            texts[0],
            *(" ", Strong((texts[1],)), Emphasis((texts[2],)), Span((texts[3],), lang=self.text)),
            *(" ", self.text[:half], Span((self.text[half:],)), " cod"),
        )

    def link(self, number: int) -> Inlines:
        """Return a link to a URL with the hostile text, and a link to a script, which no output may keep."""
        return (Link(self.targets[number], (self.words(),)), " ", Link("javascript:alert(1)", (self.words(),)))

    def paragraph(self) -> Paragraph:
        return Paragraph(children=(self.words(),))

    def readout(self) -> Readout:
        series, title = self.words(), (*self.line(), *self.link(0))
        issued, byline, undecided = self.words(), self.words(), Undecided(self.words())
        body = tuple(self.blocks())
        attachments = (Attachment(self.targets[1], self.words()),)
        back = Link(self.targets[2], (self.words(),))
        licence = Licence(self.text, self.targets[0])
        return Readout(
            language="en",
            title=title,
            series=series,
            issued_text=issued,
            byline=byline,
            undecided=(undecided,),
            body=body,
            attachments=attachments,
            back_link=back,
            origin=Origin(self.text, "00" * 32, self.targets[1], publisher=self.text, licence=licence),
        )

    def blocks(self) -> Iterator[Block]:
        yield Section(heading=self.line(), body=(self.paragraph(),), id=self.text)
        yield Paragraph(children=(*self.line(), LineBreak(), *self.line(), Sup((self.words(),))))
        yield Paragraph(children=(Link(f"#{self.text}", (self.words(),)), " ", *self.link(1)))
        yield Paragraph(children=(Code(self.words()), self.words(), Code(self.words())))
        yield Paragraph(children=(Emphasis((Code(self.words()),)), " ", Strong((self.words(), Code(self.words())))))
        yield Paragraph(children=(Sup((Code(self.words()),)), " ", Link(self.targets[2], (Code(self.words()),))))
        yield Paragraph(children=(NoteRef("n1", (self.words(),)),))
        yield BulletList((Item((self.paragraph(),)), Item((self.paragraph(), self.pre(), self.paragraph()))))
        yield OrderedList((Item((self.paragraph(),), "1."), Item((self.paragraph(),), "2.")))
        yield DescriptionList((Description((self.line(),), (self.paragraph(),)),))
        yield Quote(body=(self.paragraph(),))
        yield Quote(body=(self.pre(), self.paragraph()))
        yield self.pre()
        yield self.table(wide=False)
        yield self.table(wide=True)
        yield Figure(photos=(self.photo(HALL),), caption=self.line(), credit=self.link(2))
        yield Figure(photos=(self.photo(HALL), self.photo(LOGO)))
        yield Footnotes((Footnote("n1", (self.paragraph(),), None),))

    def pre(self) -> Preformatted:
        return Preformatted(text=self.words())

    def photo(self, digest: str) -> Photo:
        return Photo("hall.jpg", Described(self.text), digest, "image/jpeg", 120, 90)

    def table(self, *, wide: bool) -> Table:
        caption = self.line()
        head = (Row((Cell((self.paragraph(),), header=True), Cell((self.paragraph(),), header=True))),)
        first = Row((Cell((self.paragraph(),)), Cell((Paragraph(children=(Code(self.words()),)),))))
        if not wide:
            return Table((first,), head, caption)
        code = Paragraph(children=(Code(self.words()),))
        return Table((first, Row((Cell((self.paragraph(), self.pre(), code), colspan=2),))), head, caption)


def show(text: str, target: str) -> tuple[Page, str]:
    page = Page(text)
    return page, emit(page.readout(), IMAGES, target).data.decode()


def missing(page: Page, shown: str) -> list[str]:
    """Return the expected texts that `shown` lacks. Their order may differ: some captions are below their tables."""
    shown = printed(shown)
    return [text for text in page.expected if text not in shown]


def test_the_secret_file_has_the_secret() -> None:
    assert SECRET_FILE.read_text("utf-8").strip() == SECRET


SAFE_LINK = re.compile(r"(https?|ftp)://|mailto:|tel:|#")


def rst_faults(text: str) -> Iterator[object]:
    """Yield the harmful markup that docutils finds with its defaults, and the texts that it loses."""
    page, source = show(text, "rst")
    quiet = {"report_level": 5, "halt_level": 5, "warning_stream": io.StringIO()}
    tree = docutils.core.publish_doctree(source, settings_overrides=quiet)
    unexpected = nodes.raw, nodes.math, nodes.substitution_definition, nodes.substitution_reference, nodes.problematic
    yield from (node for node in tree.findall() if isinstance(node, unexpected))
    yield from (node for node in tree.findall(nodes.comment) if node.astext())
    yield from (node for node in tree.findall(nodes.system_message) if node["level"] > 1)
    yield from {node["uri"] for node in tree.findall(nodes.image)} ^ PHOTO_NAMES
    links = (node.get("refuri", "#") for node in tree.findall(nodes.reference))
    yield from (link for link in links if not SAFE_LINK.match(link))
    yield from [SECRET] if SECRET in tree.astext() else []
    yield from missing(page, tree.astext())


def md_faults(text: str) -> Iterator[object]:
    """Yield the harmful markup that GitHub's program finds with raw HTML allowed, and the texts that it loses."""
    page, source = show(text, "md")
    tree = BeautifulSoup(cmarkgfm.github_flavored_markdown_to_html(source, options=Options.CMARK_OPT_UNSAFE), "lxml")
    yield from tree.find_all(["script", "iframe", "style", "title"])
    yield from {str(image["src"]) for image in tree.find_all("img")} ^ PHOTO_NAMES
    links = (str(link["href"]) for link in tree.find_all("a", href=True))
    yield from (link for link in links if not SAFE_LINK.match(link))
    yield from missing(page, tree.get_text())


TEX_SIGNS = {
    "textbackslash": "\\",
    "textbar": "|",
    "textless": "<",
    "textgreater": ">",
    "textquotedbl": '"',
    "textquotesingle": "'",
    "textasciigrave": "`",
    "textasciitilde": "~",
    "textasciicircum": "^",
    "ldots": "…",
    **{sign: sign for sign in "{}$%&#_^~-"},
    **dict.fromkeys("/, \n", ""),
    "NormalTok": "",
}
"""Commands for special characters → what they show."""

_TEX_COMMAND = re.compile(r"\\([A-Za-z]+|.|\n)(?:\{\}|(?<=[a-z]) )?")


def tex_parts(source: str) -> tuple[str, str]:
    """Return two parts of the document from its title on: the text that is not verbatim, and the verbatim text."""
    document = source[source.index("\\title{") :]
    verbatim = r"\\begin\{verbatim\}(.*?)\\end\{verbatim\}"
    return re.sub(verbatim, "", document, flags=re.DOTALL), "".join(re.findall(verbatim, document, re.DOTALL))


def tex_commands(source: str) -> set[str]:
    """Return the commands of the document, and also comments that contain text, and lines from `^^` on."""
    document, _ = tex_parts(source)
    return set(_TEX_COMMAND.findall(document)) | set(re.findall(r"(?<!\\)(?:\\\\)*(%.+|\^\^.*)", document))


@cache
def tex_commands_of_a_harmless_page() -> set[str]:
    return tex_commands(show("x\ny", "tex")[1])


def tex_text(source: str) -> str:
    """Return the text that TeX shows; only braces that TeX shows are kept."""
    document, verbatim = tex_parts(source)
    shown = _TEX_COMMAND.sub(
        lambda found: {"{": "\1", "}": "\2"}.get(found[1], TEX_SIGNS.get(found[1], "")), document.replace("~", " ")
    )
    return re.sub("[{}]", "", shown).replace("\1", "{").replace("\2", "}") + verbatim


def tex_faults(text: str) -> Iterator[object]:
    """Yield the commands that the output of a harmless page lacks, and the texts that TeX would not show."""
    page, source = show(text, "tex")
    yield from tex_commands(source) - tex_commands_of_a_harmless_page() - TEX_SIGNS.keys()
    yield from missing(page, tex_text(source))


FAULTS: dict[str, Callable[[str], Iterator[object]]] = {"rst": rst_faults, "md": md_faults, "tex": tex_faults}


@pytest.mark.slow
@pytest.mark.parametrize("text", HARMFUL)
@pytest.mark.parametrize("target", FAULTS)
def test_text_stays_text_in_every_position(target: str, text: str) -> None:
    assert list(FAULTS[target](text)) == []


@pytest.mark.slow
@pytest.mark.parametrize("text", ATTACKS)
@pytest.mark.parametrize("target", FAULTS)
def test_no_known_attack_is_taken_as_markup(target: str, text: str) -> None:
    assert list(FAULTS[target](text)) == []


@pytest.mark.slow
@pytest.mark.parametrize("target", FAULTS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=hostile_texts)
def test_no_generated_text_is_taken_as_markup(target: str, text: str) -> None:
    assert list(FAULTS[target](text)) == []
