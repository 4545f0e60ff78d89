"""A whole page: its origin, its notes, and what is read from a truncated page."""

from __future__ import annotations

import json
from html import escape

import pytest

from readout_pub import Note, SourceError, extract
from readout_pub.model import Origin, photos, texts
from readout_pub.sources import HtmlPage, open_source
from tests.pages import body, extracted, extraction, jpeg, saved_page, whole_page

DATE = '<p class="date">May 1, 2031</p>'


# --- origin


def test_the_origin_has_the_name_digest_and_url_of_the_page() -> None:
    page = saved_page("<p>They met.</p>", url="https://atlantis.example/page.html")
    found = extraction(page)
    origin = found.readout.origin
    assert origin == Origin(
        name="page.html",
        sha256=origin.sha256,
        url="https://atlantis.example/page.html",
        publisher="Ministry of Foreign Affairs of Atlantis",
        profile="atlantis/plain",
    )
    assert found.images.read(origin.sha256) == page.markup.encode()


@pytest.mark.parametrize(
    "head",
    [
        '<link rel="canonical" href="https://atlantis.example/a.html">',
        '<link rel="home canonical" href="https://atlantis.example/a.html">',
        '<meta property="og:url" content="https://atlantis.example/a.html">',
    ],
)
def test_the_head_of_a_page_gives_its_url(head: str) -> None:
    page = whole_page(f"<html><head>{head}</head><body><main><a href='b.html'>Statement</a></main></body></html>")
    readout = extraction(page).readout
    assert readout.origin.url == "https://atlantis.example/a.html"
    assert "https://atlantis.example/b.html" in repr(readout.body)


def test_the_url_of_the_source_overrides_that_of_the_page() -> None:
    markup = '<link rel="canonical" href="https://atlantis.example/a.html"><main><p>They met.</p></main>'
    readout = extraction(whole_page(markup, url="https://mirror.example/b.html")).readout
    assert readout.origin.url == "https://mirror.example/b.html"


@pytest.mark.parametrize(
    ("base", "address"),
    [
        ("https://cdn.example/x/", "https://cdn.example/x/a.jpg"),
        ("/x/", "https://atlantis.example/x/a.jpg"),
        ("", "https://atlantis.example/talks/a.jpg"),
        ("mailto:sea@atlantis.example", "https://atlantis.example/talks/a.jpg"),
    ],
)
def test_relative_urls_are_resolved_against_the_base_element(base: str, address: str) -> None:
    markup = f'<head><base href="{base}"></head><main><img src="a.jpg"></main>'
    page = whole_page(markup, url="https://atlantis.example/talks/page.html")
    assert [photo.src for photo in photos(extraction(page).readout)] == [address]


# --- notes


def test_notes_of_the_source_are_kept() -> None:
    mended = Note(
        "ENCODING_MENDED", "note", "the page declares the encoding latin-1, but its bytes are utf-8, which was used"
    )
    page = saved_page(f"{DATE}<p>They met.</p>")
    opened = type(page)(name=page.name, raw=page.raw, markup=page.markup, notes=(mended,))
    assert extraction(opened).readout.notes == (mended,)


def test_a_photo_whose_file_is_missing_is_noted_once() -> None:
    main = f'{DATE}<p>They met.</p><img src="a.jpg" alt="A"><p>They ate.</p><img src="a.jpg" alt="B"><img src="b.jpg">'
    readout = extracted(main, files={"b.jpg": jpeg()})
    assert readout.notes == (
        Note("PHOTO_FILE_MISSING", "warning", "the file of photo 'a.jpg' is missing; its texts are shown instead"),
    )


def test_a_truncated_page_is_noted_with_its_last_line() -> None:
    readout = extraction(whole_page(f'<html lang="en"><main>\n{DATE}\n<p>They met.</p>\n<p>They agr')).readout
    assert readout.notes == (
        Note("TRUNCATED", "warning", "the page is cut off; the part that was saved was converted", "line 4"),
    )
    assert list(texts(readout.body)) == ["They met.", "They agr"]


def test_a_page_truncated_before_its_text_is_an_error() -> None:
    with pytest.raises(SourceError) as refused:
        extraction(whole_page(f'<html lang="en"><main>\n{DATE}\n<p class="me'))
    assert str(refused.value) == "page.html: the page is incomplete and ends before its text; save it again"


def test_missing_optional_end_tags_are_not_a_truncation() -> None:
    assert extraction(whole_page(f'<html lang="en"><main>{DATE}<p>They met.<p>They agreed.</main>')).readout.notes == ()


def test_text_after_the_html_end_tag_is_not_a_truncation() -> None:
    page = whole_page(f'<html lang="en"><body><main>{DATE}<p>They met.</p></main></body></html><!-- made in 3 s --> ok')
    assert extraction(page).readout.notes == ()


@pytest.mark.parametrize("cut", range(0, 90, 7))
def test_a_page_truncated_anywhere_keeps_its_first_paragraph(cut: int) -> None:
    whole = '<main><p>One.</p><table><tr><th>Two<td>A <b>b</b></table><img src="a.jpg" alt="Three"><a href="b">Four</a>'
    readout = extraction(whole_page(whole[: len(whole) - cut])).readout
    assert next(texts(readout.body)) == "One."


def test_markup_within_a_word_of_a_field_adds_no_space() -> None:
    assert extracted('<p class="series">Japan-<em>ASEAN</em> H<sub>2</sub>O<br>Talks</p><p>They met.</p>').series == (
        "Japan-ASEAN H2O Talks"
    )


def test_structured_data_is_not_text_of_a_page_with_a_profile() -> None:
    told = json.dumps({"@type": "Article", "articleBody": "The harbour was opened after years of dredging. " * 40})
    data = f'<script type="application/ld+json">{told}</script>'
    readout = extracted(f"{data}<noscript><p>{'The harbour is lit. ' * 60}</p></noscript><p>It is open.</p>")
    assert [note.code for note in readout.notes] == ["DATE_MISSING", "DROPPED"]
    assert list(texts(readout.body)) == ["It is open."]


@pytest.mark.parametrize("name", ["readout-block", "readout block", "readout&#32;block", "'readout block'"])
def test_a_page_cannot_forge_the_marker_of_a_block(name: str) -> None:
    assert "Fish" in body(f"<p>Salt.</p><div {name}='0' {name}=0><p>Fish.</p></div><img src=a.jpg alt=A>")


def test_form_feeds_are_white_space() -> None:
    markup = "\f<!DOCTYPE html><html lang=en>\f<main><h1>\fTalks</h1>\f<p>\fThe Ministers\fmet&#12;in the harbour.</p>"
    assert "The Ministers met in the harbour." in " ".join(texts(extraction(whole_page(markup)).readout.body))


FISH = "<p>They also agreed that nobody fishes for herring in the strait before the first of May.</p>"


def opened(main: str) -> list[str]:
    """Return the texts of a page with this content, which is read from bytes as a file is."""
    page = open_source(saved_page(f"<h1>Talks</h1>{main}").raw())
    assert isinstance(page, HtmlPage)
    return list(texts(extract(page).readout.body))


# In each `part`, "{}" stands for the control character, and "~" for the text.
@pytest.mark.parametrize("control", ["\x00", "\x08", "\x7f", "\ufffe", "&#8;", "&#x0b"])
@pytest.mark.parametrize(
    "part",
    ["<scr{}ipt>~</scr{}ipt>", "<st{}yle>~</style>", "<{}!-- ~ -->", "<!{}-- >~<!-- -->", "<p a={}'b>~</p>'>",
     "<temp{}late>~</template>", "<ifr{}ame>~</iframe>", "<noscr{}ipt>~</noscript>"],
)  # fmt: skip
def test_a_control_character_within_a_tag_hides_no_text(part: str, control: str) -> None:
    found = opened(f"{part.replace('{}', control).replace('~', FISH)}<p>They left.</p>")
    assert "They also agreed that nobody fishes for herring in the strait before the first of May." in found


@pytest.mark.parametrize(
    ("markup", "text"),
    [("&#&#8;11;", "&#11;"), ("&#\x0011;", "&#11;"), ("&am\x08p;lt;", "&amp;lt;"), ("her&#8ring", "herring"),
     ("her&#8a", "hera"), ("her\x08ring", "herring"), ("her&#x8g", "herg"), ("her&#012;ring", "her ring"),
     ("her\x08&#65534;ring", "herring"), ("her\x08&#065535ring", "herring"), ("her\x08&#xFFFE;ring", "herring")],
)  # fmt: skip
def test_a_removed_control_character_makes_no_character_reference(markup: str, text: str) -> None:
    found = opened(f"{FISH}<p>It says {markup} <a href=' \f#{markup}'>there</a>.</p>")
    assert f"It says {text} there." in found


@pytest.mark.parametrize("site", ["none", None])
@pytest.mark.parametrize(("levels", "left_out"), [(3, 0), (4, 1), (6, 1)])
def test_only_frames_that_are_nested_too_deep_are_left_out_and_noted(
    levels: int, left_out: int, site: str | None
) -> None:
    inner = "They also agreed that the tides of both harbours come in twice a day, as they always have."
    frame = f"<p>{inner}</p>"
    for _ in range(levels):
        frame = f'<iframe srcdoc="{escape(frame)}"></iframe>'
    words = "The Ministers met in the harbour of Avalon and talked about fish and salt for an hour."
    readout = extract(saved_page(f"<h1>Talks</h1><p>{words}</p>{frame}"), site=site).readout
    assert [each.code for each in readout.notes].count("FRAMES_LEFT_OUT") == left_out
    assert (inner in " ".join(texts(readout.body))) is (left_out == 0)


def test_a_note_counts_the_kept_words_that_the_page_hides() -> None:
    hidden = '<div hidden><p>Ask the press office.</p><p style="display: none">Twice.</p></div>'
    found = extracted(f'<p>They met.</p>{hidden}<p style="visibility:hidden">Draft</p><p hidden> </p>')
    (told,) = (each.message for each in found.notes if each.code == "TEXT_HIDDEN")
    assert told.startswith("the page hides 6 words of the text")
    assert told.endswith("'Ask the press office. Twice. Draft'")
    assert "TEXT_HIDDEN" not in {each.code for each in extracted("<p>They met.</p>").notes}
