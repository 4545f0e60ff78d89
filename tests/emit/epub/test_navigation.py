"""The navigation document: the sections of a readout, nested."""

from __future__ import annotations

import zipfile
from io import BytesIO
from textwrap import dedent

from readout_pub.emit import emit
from readout_pub.image_store import ImageStore
from readout_pub.model import Emphasis, Link, Origin, Readout, Section, Span


def contents(readout: Readout) -> str:
    """Return the body of the navigation document."""
    with zipfile.ZipFile(BytesIO(emit(readout, ImageStore(), "epub").data)) as archive:
        return archive.read("EPUB/contents.xhtml").decode().partition("<body>\n")[2].partition("</body>")[0]


def test_the_table_of_contents_has_nested_sections_with_their_labels() -> None:
    fish = Section(heading=("Fish",), label="(1)", id="fish")
    body = (
        Section(heading=("Introduction",), label="1."),
        Section(heading=("Trade & ", Emphasis(("more",))), body=(fish,)),
    )
    readout = Readout(language="en", title=("Talks",), series="Relations", body=body, origin=Origin("t", "00" * 32))
    assert contents(readout) == dedent("""\
        <nav epub:type="toc" role="doc-toc" aria-labelledby="contents">
        <h1 id="contents">Contents</h1>
        <ol>
        <li><a href="readout.xhtml#section-1">1. Introduction</a></li>
        <li><a href="readout.xhtml#section-2">Trade &amp; more</a>
        <ol>
        <li><a href="readout.xhtml#fish">(1) Fish</a></li>
        </ol>
        </li>
        </ol>
        </nav>
        <nav epub:type="landmarks" hidden="">
        <ol>
        <li><a epub:type="cover" href="cover.xhtml">Talks – Relations</a></li>
        <li><a epub:type="bodymatter" href="readout.xhtml#content">Talks – Relations</a></li>
        </ol>
        </nav>
        """)


def test_headings_in_other_languages_are_marked_in_the_table_of_contents() -> None:
    tides = Section(heading=("Tables of ", Link("/x", (Span(("marées",), lang="fr"),))))
    talks = Section(heading=("会談",), lang="ja", body=(Section(heading=("成果",)),))
    found = contents(Readout(language="en", title=("Talks",), body=(tides, talks), origin=Origin("t", "00" * 32)))
    assert '<a href="readout.xhtml#section-1">Tables of <span lang="fr">marées</span></a>' in found
    assert '<li lang="ja"><a href="readout.xhtml#section-2">会談</a>\n<ol>\n<li><a' in found


def test_the_heading_has_the_pages_language_or_is_marked_english() -> None:
    for language, heading in (
        ("ja", '<h1 id="contents">目次</h1>'),
        ("fi", '<h1 id="contents" lang="en" dir="ltr">Contents</h1>'),
    ):
        assert heading in contents(Readout(language=language, body=(), origin=Origin("t", "00" * 32)))
