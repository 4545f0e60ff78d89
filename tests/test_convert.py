"""`convert` and `read`: the renditions of one source, overrides, receipts, and errors that name the source."""

from __future__ import annotations

import contextlib
import datetime as dt
import gc
import sys
from pathlib import Path
from typing import Literal

import pytest
from msgspec.structs import replace

from readout_pub import (
    ImageStore,
    Overrides,
    Readout,
    ReceiptError,
    RenderOptions,
    Rendition,
    SourceError,
    ToolMissing,
    UsageError,
    convert,
    describe,
    extract,
    from_json,
    open_source,
    read,
    refine,
)
from readout_pub.emit.text import emit_text
from readout_pub.model import Alt, Decorative, Described, Missing, photos
from readout_pub.receipts import encode_receipt
from tests.pages import PROFILES, jpeg

TALKS = """\
<!DOCTYPE html><html lang="en"><title>Talks</title><body><main>
<p class="series">Relations of Atlantis</p><h1 class="title">Talks on Fish</h1><p class="date">May 1, 2031</p>
<p>The Ministers met in the harbour.</p>
<figure><img src="a.jpg" alt="photo1"><figcaption>The talks</figcaption></figure>
<ol><li>1. Trade<br>They agreed.</li><li>2. Fish<br>They ate.</li></ol>
</main></body></html>
"""


@pytest.fixture
def talks(tmp_path: Path) -> Path:
    """A saved page with its photo beside it."""
    (tmp_path / "a.jpg").write_bytes(jpeg())
    (tmp_path / "talks.html").write_text(TALKS, "utf-8")
    return tmp_path / "talks.html"


def test_converting_gives_one_rendition_per_format_in_order(talks: Path) -> None:
    conversion = convert(talks, ["json", "html"], sites=[PROFILES])
    assert [(rendition.format, rendition.suffix) for rendition in conversion.renditions] == [
        ("json", ".json"),
        ("html", ".html"),
    ]
    assert from_json(conversion.renditions[0].data) == conversion.readout


def test_a_format_named_twice_gives_one_rendition(talks: Path) -> None:
    assert [each.format for each in convert(talks, ["txt", "TXT", ".txt", "md"]).renditions] == ["txt", "md"]


def test_an_open_page_gives_the_same_readout_as_its_file(talks: Path) -> None:
    assert read(open_source(talks), sites=[PROFILES])[0] == read(talks, sites=[PROFILES])[0]


def test_the_function_read_opens_extracts_refines_and_describes(talks: Path) -> None:
    readout, images = read(talks, sites=[PROFILES])
    extraction = extract(open_source(talks), sites=[PROFILES])
    assert readout == describe(refine(extraction.readout))
    assert [photo.sha256 in images for photo in photos(readout)] == [True]
    assert images.read(readout.origin.sha256) == talks.read_bytes()


def test_the_same_source_gives_the_same_bytes(talks: Path) -> None:
    first, second = (convert(talks, ["html", "json"], sites=[PROFILES]) for _ in range(2))
    assert [rendition.data for rendition in first.renditions] == [rendition.data for rendition in second.renditions]


def test_converting_writes_no_file(talks: Path) -> None:
    convert(talks, ["html", "json"], sites=[PROFILES])
    assert sorted(path.name for path in talks.parent.iterdir()) == ["a.jpg", "talks.html"]


SAVED_WITH_A_PASSWORD = """\
<!-- saved from url=(0040)https://nerea:salt7@atlantis.example/ -->
<html lang="en"><head><title>Talks</title><base href="https://nerea:salt7@atlantis.example/press/"></head><body><main>
<h1>Talks on the tides</h1><p>The Ministers met at the quay, and printed <a href="tables.html">the tables</a>.</p>
<p>Both sides said that <a href="https://nerea:salt7@lemuria.example/">the other page</a> is worth reading.</p>
<figure><img src="https://nerea:salt7@atlantis.example/quay.jpg" alt="The quay"></figure>
<iframe src="https://nerea:salt7@lemuria.example/film"></iframe></main></body></html>
"""


def test_no_output_has_the_password_with_which_a_page_was_saved() -> None:
    made = convert(SAVED_WITH_A_PASSWORD.encode(), ["html", "json", "txt"], name="talks.html")
    assert made.readout.origin.url == "https://atlantis.example/"
    assert b"https://atlantis.example/press/tables.html" in made.renditions[0].data
    assert b"https://lemuria.example/film" in made.renditions[0].data
    assert not [each.format for each in made.renditions if b"salt7" in each.data]
    assert made.receipt is not None
    assert b"salt7" not in encode_receipt(made.receipt)


def test_an_unknown_format_is_refused_before_the_source_is_opened() -> None:
    with pytest.raises(UsageError):
        convert("gone.html", ["papyrus"])


def test_an_unknown_theme_is_refused_before_the_source_is_opened() -> None:
    with pytest.raises(UsageError, match="papyrus"):
        convert("gone.html", ["pdf"], render_options=RenderOptions(theme="papyrus"))


def test_an_error_names_the_source(tmp_path: Path) -> None:
    empty = tmp_path / "empty.html"
    empty.write_text("<html><body></body></html>")
    with pytest.raises(SourceError) as refused:
        convert(empty, ["json"])
    assert refused.value.where is not None
    assert "empty.html" in refused.value.where


def test_an_error_while_writing_a_format_names_the_source(tmp_path: Path) -> None:
    page = tmp_path / "runes.html"
    page.write_text(
        '<html lang="en"><body><h1>Thule</h1>' + f"<p>{'ᚦᚢᛚᛖ ᛁᚾ ᚦᛖ ᚾᛟᚱᚦ. ' * 20}</p>" * 3 + "</body></html>"
    )
    with pytest.raises(ToolMissing) as refused:
        convert(page, ["pdf"], overrides=Overrides(language="en"))
    assert refused.value.where == str(page)


# --- overrides


def test_overrides_replace_what_was_found(talks: Path) -> None:
    overrides = Overrides(
        title="Talks on Nets",
        series="Relations of Lemuria",
        issued=dt.date(2031, 5, 2),
        language="en-GB",
        alts={"a.jpg": "Two men on a quay"},
    )
    readout, _ = read(talks, sites=[PROFILES], overrides=overrides)
    assert (readout.title, readout.series, readout.language) == (("Talks on Nets",), "Relations of Lemuria", "en-GB")
    assert (readout.issued, readout.issued_text) == (dt.date(2031, 5, 2), None)
    assert [photo.alt for photo in photos(readout)] == [Described("Two men on a quay", by="person")]


def test_a_given_title_of_several_lines_becomes_one_line() -> None:
    given = Overrides(title="Talks\n====\r\n on\u3000fish ", series="A\u2028B")
    assert (given.title, given.series) == ("Talks ==== on\u3000fish", "A B")


def test_overrides_remove_the_notes_on_what_they_supply(tmp_path: Path) -> None:
    text_file = tmp_path / "talks.txt"
    text_file.write_text("Relations of Atlantis\n\nThey met in the harbour.\n\nThey agreed.\n")
    before, _ = read(text_file)
    assert [note.code for note in before.notes] == ["LANGUAGE_GUESSED", "DATE_MISSING", "TITLE_MISSING"]
    overrides = Overrides(title="Talks", issued=dt.date(2031, 5, 1), language="en")
    after, _ = read(text_file, overrides=overrides)
    assert after.notes == ()


def test_a_given_date_removes_the_note_on_an_impossible_one(tmp_path: Path) -> None:
    text_file = tmp_path / "talks.txt"
    text_file.write_text("Relations of Atlantis\n\nFebruary 30, 2031\n\nThey met in the harbour.\n")
    readout, _ = read(text_file, overrides=Overrides(title="Talks", issued=dt.date(2031, 5, 1), language="en"))
    assert readout.notes == ()


def test_outputs_show_the_text_that_is_given_for_a_date(talks: Path) -> None:
    given = Overrides(issued=dt.date(2031, 3, 4), issued_text="4 mars 2031")
    (text,) = convert(talks, ["txt"], sites=[PROFILES], overrides=given).renditions
    assert "4 mars 2031" in text.data.decode().splitlines()


def test_fields_without_override_are_unchanged(talks: Path) -> None:
    readout, _ = read(talks, sites=[PROFILES], overrides=Overrides(series="Relations of Lemuria"))
    assert readout.series == "Relations of Lemuria"
    assert readout.title == ("Talks on Fish",)
    assert (readout.issued, readout.issued_text) == (dt.date(2031, 5, 1), "May 1, 2031")


@pytest.mark.parametrize("markup", ["<main><h1>Tides</h1><p>The tides are high.</p></main>", "<html></html>"])
def test_garbage_collection_is_enabled_again_after_a_page(markup: str, tmp_path: Path) -> None:
    page = tmp_path / "tides.html"
    page.write_text(markup, "utf-8")
    with contextlib.suppress(SourceError):
        convert(page, [])
    assert gc.isenabled()


# --- our own HTML as a source


@pytest.mark.parametrize("where", ["inline", "beside"])
@pytest.mark.parametrize(
    ("given", "again"),
    [
        (Decorative(by="person"), Decorative()),
        (Described("Two nets", by="model", reviewed=True), Described("Two nets", by="model", reviewed=True)),
        (Described("Two nets", by="person"), Described("Two nets")),
        (Missing(), Described("The talks", by="caption")),
    ],
)
def test_alternative_texts_keep_their_meaning_when_html_is_converted_again(
    given: Alt, again: Alt, where: Literal["inline", "beside"], talks: Path, tmp_path: Path
) -> None:
    first = convert(
        talks, ["html"], overrides=Overrides(alts={"a.jpg": given}), render_options=RenderOptions(photos=where)
    )
    second = convert(first.renditions[0].write(tmp_path / "first"), ["html"])
    assert [photo.alt for photo in photos(second.readout)] == [again]
    third = convert(second.renditions[0].write(tmp_path / "second"), ["html"])
    assert [photo.alt for photo in photos(third.readout)] == [again]


def test_a_missing_alternative_text_stays_missing_when_html_is_converted_again(talks: Path, tmp_path: Path) -> None:
    talks.write_text(TALKS.replace("<figcaption>The talks</figcaption>", ""), "utf-8")
    (html,) = convert(talks, ["html"]).renditions
    again = convert(html.write(tmp_path / "again"), ["html"]).readout
    assert [photo.alt for photo in photos(again)] == [Missing()]
    assert "ALT_MISSING" in [note.code for note in again.notes]


# --- receipts


def test_a_receipt_counts_the_words_of_page_readout_and_renditions(talks: Path) -> None:
    receipt = convert(talks, ["html", "txt"], sites=[PROFILES]).receipt
    assert receipt is not None
    assert receipt.page is not None
    assert [(each.format, each.found) for each in receipt.renditions] == [
        ("html", receipt.words),
        ("txt", receipt.words),
    ]
    assert (
        receipt.summary == f"{receipt.words} of {receipt.words} words, in order; 1 word of the page left out by rules"
    )


def test_a_receipt_counts_the_brackets_of_ruby_alike_in_every_output(tmp_path: Path) -> None:
    page = tmp_path / "talks.html"
    page.write_text("<main><h1>会談</h1><p><ruby>黒瀬<rt>くろせ</rt></ruby>大臣が会談した。</p></main>", "utf-8")
    receipt = convert(page, ["html", "txt"]).receipt
    assert receipt
    # Each of the 17 characters that outputs show counts as a word, also the brackets around くろせ.
    assert {receipt.words, *(each.words for each in receipt.renditions)} == {17}


def test_the_option_receipt_false_makes_no_receipt(talks: Path) -> None:
    assert convert(talks, ["txt"], sites=[PROFILES], receipt=False).receipt is None


def test_a_readout_in_json_has_a_receipt_without_a_page(talks: Path, tmp_path: Path) -> None:
    stored = convert(talks, ["json"], sites=[PROFILES]).renditions[0].write(tmp_path, "stored")
    receipt = convert(stored, ["txt"]).receipt
    assert receipt is not None
    assert receipt.page is None


def test_an_output_that_lost_a_word_is_an_error(talks: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lose_the_word_harbour(monkeypatch)
    with pytest.raises(ReceiptError, match=r'"harbour." of the readout is not in the txt output') as raised:
        convert(talks, ["txt"], sites=[PROFILES])
    assert raised.value.exit_code == 1
    assert "--no-receipt" in str(raised.value)
    assert convert(talks, ["txt"], sites=[PROFILES], receipt=False).renditions


def test_a_word_that_a_refinement_lost_is_a_note(talks: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shorten = lambda readout: replace(readout, body=readout.body[1:])  # noqa: E731
    monkeypatch.setattr(sys.modules["readout_pub.convert"], "refine", shorten)
    conversion = convert(talks, ["txt"], sites=[PROFILES])
    (lost,) = [note.message for note in conversion.readout.notes if note.code == "WORDS_LOST"]
    assert "met in the harbour. The" in lost
    assert conversion.renditions
    assert conversion.receipt is not None
    assert "neither kept nor left out by a rule" in conversion.receipt.summary


@pytest.mark.parametrize("what", ["prove_page", "prove_rendition"])
def test_an_error_in_the_comparison_loses_no_output(talks: Path, what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise KeyError("harbour")

    monkeypatch.setattr(f"readout_pub.receipts.{what}", fail)
    conversion = convert(talks, ["txt"], sites=[PROFILES])
    (rendition,) = conversion.renditions
    (failed,) = [note for note in (*conversion.readout.notes, *rendition.notes) if note.code == "RECEIPT_FAILED"]
    assert "KeyError: 'harbour'" in failed.message
    receipt = conversion.receipt
    assert receipt is not None
    assert receipt.page is not None
    reason = receipt.page.not_read or receipt.renditions[0].not_read
    assert reason
    assert failed.message.endswith(reason)


def lose_the_word_harbour(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the emitter of text lose a word."""

    def emit_less(readout: Readout, images: ImageStore, render_options: RenderOptions) -> Rendition:
        rendition = emit_text(readout, images, render_options)
        return replace(rendition, data=rendition.data.replace(b" harbour.", b""))

    monkeypatch.setattr(sys.modules["readout_pub.emit.text"], "emit_text", emit_less)


def test_deeply_nested_quotes_stay_within_the_pages_of_a_pdf() -> None:
    quote = f"{'<blockquote>' * 20}<p>Salted herring.</p>{'</blockquote>' * 20}"
    markup = f"<h1>Talks</h1><p>They met in the harbour.</p>{quote}<p>They left.</p>"
    (pdf,) = convert(markup.encode(), ["pdf"]).renditions  # a receipt refuses a PDF that lacks a word
    assert pdf.data.startswith(b"%PDF")


@pytest.mark.slow
def test_exponents_of_exponents_do_not_vanish_in_a_pdf() -> None:
    markup = f"<h1>Talks</h1><p>They met in the harbour, and counted 2{'<sup>' * 30}10{'</sup>' * 30} fishes.</p>"
    (pdf,) = convert(markup.encode(), ["pdf"]).renditions
    assert pdf.data.startswith(b"%PDF")


@pytest.mark.slow
def test_words_in_unclosed_emphasis_stay_in_order_in_a_pdf() -> None:
    """If each unclosed tag opened a new level, words at a page break would follow the next paragraph in the PDF.

    Then `convert` would raise a `ReceiptError`, because the words would not be in order.
    """
    lines = "".join(f"<b><i>Fish {number} of the harbour of Atlantis. " for number in range(300))
    markup = f"<h1>Talks</h1><p>The Ministers met in the harbour and talked about fish.</p><p>{lines}</p>"
    (pdf,) = convert(markup.encode(), ["pdf"]).renditions
    assert pdf.data.startswith(b"%PDF")
