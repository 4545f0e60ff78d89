"""The formats of pandoc: by our names, by pandoc's names, and errors for all others."""

from __future__ import annotations

import pytest

from readout_pub.emit import emit, emitter
from readout_pub.errors import UsageError
from readout_pub.image_store import ImageStore
from readout_pub.model import Origin, Paragraph, Readout

READOUT = Readout(
    language="en",
    title=("Talks",),
    body=(Paragraph(children=("The “two” sides met.",)),),
    origin=Origin("talks.html", "00" * 32),
)


@pytest.mark.parametrize(
    ("target", "suffix", "media_type"),
    [
        ("docx", ".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("odt", ".odt", "application/vnd.oasis.opendocument.text"),
        ("md", ".md", "text/markdown"),
        ("rst", ".rst", "text/x-rst"),
        ("tex", ".tex", "application/x-tex"),
        ("asciidoc", ".adoc", "text/plain"),
        ("mediawiki", ".wiki", "text/plain"),
        ("org", ".org", "text/plain"),
    ],
)
def test_a_rendition_has_its_suffix_and_media_type(target: str, suffix: str, media_type: str) -> None:
    made = emit(READOUT, ImageStore(), target)
    assert (made.format, made.suffix, made.media_type) == (target, suffix, media_type)


@pytest.mark.parametrize(
    ("target", "codes"),
    [("html5", []), ("docbook", []), ("latex", []), ("gfm", []), ("mediawiki", ["MARKUP_UNGUARDED"])],
)
def test_only_a_format_that_could_take_text_as_markup_has_a_note(target: str, codes: list[str]) -> None:
    assert [note.code for note in emit(READOUT, ImageStore(), target).notes] == codes


@pytest.mark.parametrize("target", ["asciidoc", "commonmark_x", "dokuwiki", "html5", "markdown", "textile", "typst"])
def test_curly_quotes_stay_curly(target: str) -> None:
    assert "The “two” sides met." in emit(READOUT, ImageStore(), target).data.decode()


@pytest.mark.parametrize("target", ["commonmark", "gfm", "markdown", "markdown_mmd"])
def test_markdown_of_any_kind_begins_with_the_title(target: str) -> None:
    assert emit(READOUT, ImageStore(), target).data.startswith(b"# Talks")


EVERYTHING = (
    "take one of html, pdf, epub, txt, json, docx, odt, md, rst, tex, or any other writer of pandoc by its name"
)


@pytest.mark.parametrize(
    ("target", "hint"),
    [
        ("docs", "did you mean 'docx'?"),
        ("asciidocs", "did you mean 'asciidoc'?"),
        ("qqq", EVERYTHING),
        ("docx+styles", EVERYTHING),
    ],
)
def test_an_unknown_format_is_refused_with_the_nearest_or_all_names(target: str, hint: str) -> None:
    with pytest.raises(UsageError) as refused:
        emitter(target)
    assert str(refused.value) == f"there is no format {target!r}; {hint}"


@pytest.mark.parametrize("target", ["bibtex", "biblatex", "csljson"])
def test_bibliography_formats_are_refused(target: str) -> None:
    with pytest.raises(UsageError):
        emitter(target)
