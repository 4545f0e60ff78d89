"""The whole document: series, title, date, body, attachments and colophon, each once and in order."""

from __future__ import annotations

import datetime as dt
import re
from textwrap import dedent

import pytest

from readout_pub.emit import emit
from readout_pub.image_store import ImageStore
from readout_pub.model import (
    Attachment,
    Emphasis,
    Licence,
    Link,
    Origin,
    Paragraph,
    Readout,
    Section,
    Undecided,
)

ORIGIN = Origin(
    "talks.html",
    "00" * 32,
    "https://atlantis.example/talks.html",
    dt.date(2031, 5, 2),
    "Ministry of Atlantis",
    Licence("Open Atlantis", "https://atlantis.example/licence", "Source: Atlantis[, {url}][ (accessed {date})]"),
)

WHOLE = Readout(
    language="en",
    series="Atlantis–Lemuria Relations",
    title=("Talks on ", Emphasis(("Fish",))),
    issued=dt.date(2031, 5, 1),
    issued_text="May 1, 2031",
    byline="Press Office",
    undecided=(Undecided("Minister Ada shaking hands"),),
    body=(Section(heading=("Fish",), label="1.", body=(Paragraph(children=("They met.",)),)),),
    attachments=(Attachment("https://atlantis.example/fish.pdf", "Joint Statement (PDF)"),),
    back_link=Link("https://atlantis.example/", ("Back to Relations",)),
    origin=ORIGIN,
)

BARE = Readout(language="en", series="Relations", body=(), origin=Origin("talks.html", "00" * 32))


def written(readout: Readout, target: str) -> str:
    return emit(readout, ImageStore(), target).data.decode()


def test_a_text_format_has_every_text_once_and_in_order() -> None:
    assert written(WHOLE, "md") == dedent(f"""\
        Atlantis–Lemuria Relations

        # Talks on *Fish*

        May 1, 2031

        Press Office

        Minister Ada shaking hands

        ## 1. Fish

        They met.

        ## Attachments

        - [Joint Statement (PDF)](https://atlantis.example/fish.pdf)

        [Back to Relations](https://atlantis.example/)

        {"-" * 72}

        Source: Atlantis, <https://atlantis.example/talks.html> (accessed 2031-05-02)\\
        Licence: [Open Atlantis](https://atlantis.example/licence)

        Converted by readout-pub; wording unchanged.\\
        To verify this file: readout-pub verify
        """)


def test_without_a_headline_the_series_is_the_title_and_appears_once() -> None:
    assert written(BARE, "md").startswith("# Relations\n\n---")


def test_tex_has_the_series_above_the_title_and_every_text_once() -> None:
    tex = written(WHOLE, "tex")
    assert "\\title{Atlantis–Lemuria Relations\\\\\nTalks on \\emph{Fish}}\n\\author{}\n\\date{May 1, 2031}\n" in tex
    assert "  pdftitle={Talks on Fish – Atlantis–Lemuria Relations},\n  pdflang={en},\n" in tex
    assert "\\floatplacement{figure}{H}\n\\usepackage[labelformat=empty]{caption}\n" in tex
    assert tex.partition("\\begin{document}\n")[2] == dedent(r"""
        \maketitle

        Press Office

        Minister Ada shaking hands

        \section{1. Fish}

        They met.

        \section{Attachments}

        \begin{itemize}
        \tightlist
        \item
          \href{https://atlantis.example/fish.pdf}{Joint Statement (PDF)}
        \end{itemize}

        \href{https://atlantis.example/}{Back to Relations}

        \begin{center}\rule{0.5\linewidth}{0.5pt}\end{center}

        Source: Atlantis, \url{https://atlantis.example/talks.html} (accessed 2031-05-02)\\
        Licence: \href{https://atlantis.example/licence}{Open Atlantis}

        Converted by readout-pub; wording unchanged.\\
        To verify this file: readout-pub verify

        \end{document}
    """).removeprefix("\n")


def test_tex_in_japanese_uses_a_japanese_font() -> None:
    readout = Readout(language="ja", title=("会談",), body=(), origin=Origin("talks.html", "00" * 32))
    assert "\\setmainjfont[BoldFont=HaranoAjiGothic-Medium]{HaranoAjiMincho-Regular}\n" in written(readout, "tex")


def test_html4_has_the_language_and_has_the_title_in_head_and_body() -> None:
    page = written(WHOLE, "html4")
    assert 'lang="en" xml:lang="en"' in page
    assert "<title>Talks on Fish – Atlantis–Lemuria Relations</title>" in page
    assert "<p>Atlantis–Lemuria Relations</p>\n<h1>Talks on <em>Fish</em></h1>\n<p>May 1, 2031</p>\n" in page


def test_messages_in_another_language_than_the_page_are_marked() -> None:
    readout = Readout(language="tlh", title=("Qapla'",), body=(), origin=Origin("talks.html", "00" * 32))
    assert '<span lang="en" dir="ltr">Converted by readout-pub; wording unchanged.</span>' in written(readout, "md")


@pytest.mark.parametrize("readout", [WHOLE, BARE])
def test_the_header_of_tei_has_title_publisher_date_and_source(readout: Readout) -> None:
    header = written(readout, "tei").partition("</teiHeader>")[0]
    (title,) = re.findall("<title>(.*?)</title>", header)
    assert title.startswith("Talks on Fish" if readout is WHOLE else "Relations")
    assert f"SHA-256 {'00' * 32}" in header
    if readout is WHOLE:
        assert "<publisher>Ministry of Atlantis</publisher>" in header
        assert "<date>2031-05-01</date>" in header
        assert ORIGIN.url
        assert ORIGIN.url in header
