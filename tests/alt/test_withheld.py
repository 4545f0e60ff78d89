"""A photo that a person withholds is in no output; its caption stays, and notes, receipt and record name the photo."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument

from readout_pub import Overrides, RenderOptions, SourceError, Withheld, convert, from_json, photos, read, verify
from readout_pub.alt import describe
from readout_pub.alt.alt_file import read_alt_file
from readout_pub.alt.decisions import DECISIONS_FILE, Decision, Decisions
from readout_pub.alt_review.photos import photos_by_page
from readout_pub.receipts import encode_receipt
from tests.pages import jpeg

PAGE = """<!DOCTYPE html><html lang="en"><title>Talks</title><body><main><h1>Talks on the tides</h1>
<p>The Minister of the Sea met the Keeper of the Tides in the harbour office for the fourth time this year.</p>
<figure><img src="img/quay.jpg" alt="Two people on a quay"><img src="img/boat.jpg" alt="A boat at a quay">
<figcaption>The talks</figcaption></figure>
<p>They agreed that the tides should come in twice a day, as before, and that the tables would be printed.</p>
<figure><img src="img/flag.jpg" alt="The flag of the sea">
<figcaption>The flag (Photo: Tide Agency)</figcaption></figure>
<p>They agreed to meet again in the following year, in the house of the Keeper of the Tides on the island.</p>
</main></body></html>"""

FLAG = jpeg(300, 200)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    folder = tmp_path / "saved"
    (folder / "img").mkdir(parents=True)
    for name, photo in (("quay", jpeg(400, 300)), ("boat", jpeg(380, 300)), ("flag", FLAG)):
        (folder / f"img/{name}.jpg").write_bytes(photo)
    (folder / "talks.html").write_text(PAGE, "utf-8")
    return folder / "talks.html"


def decide(page: Path, src: str, photo: bytes, caption: str) -> None:
    made = Decision(
        page="talks.html",
        src=src,
        picture=hashlib.sha256(photo).hexdigest(),
        caption=caption,
        decision="withheld",
        alt="",
        language="en",
        reviewer="Nerea Salt",
        when=dt.datetime(2031, 8, 4, 9, tzinfo=dt.UTC),
    )
    Decisions(page.parent / DECISIONS_FILE, (made,)).save()


def withholding(*names: str) -> Overrides:
    return Overrides(alts=dict.fromkeys(names, Withheld()))


@pytest.mark.parametrize("target", ["html", "epub", "docx", "odt", "md", "txt", "json"])
def test_a_withheld_photo_is_in_no_output_but_its_caption_is(target: str, page: Path) -> None:
    conversion = convert(page, [target], overrides=withholding("flag.jpg"), site="none")
    (rendition,) = conversion.renditions
    assert conversion.receipt is not None
    assert conversion.receipt.renditions[0].is_proven
    assert [photo.src for photo in photos(conversion.readout)] == ["img/quay.jpg", "img/boat.jpg"]
    assert conversion.receipt.renditions[0].photos.found == (0 if target in {"txt", "json"} else 2)
    content = _content(rendition.data)
    assert b"The flag of the sea" not in content
    assert b"Tide Agency" in content


def _content(data: bytes) -> bytes:
    if not data.startswith(b"PK"):
        return data
    with zipfile.ZipFile(BytesIO(data)) as package:
        return b"".join(package.read(name) for name in package.namelist())


def test_one_photo_of_a_figure_can_be_withheld(page: Path) -> None:
    readout, _ = read(page, overrides=withholding("quay.jpg"), site="none")
    assert [photo.src for photo in photos(readout)] == ["img/boat.jpg", "img/flag.jpg"]


def test_a_withheld_photo_is_listed_in_note_receipt_and_model(page: Path) -> None:
    conversion = convert(page, ["txt"], overrides=withholding("flag.jpg"), site="none")
    (message,) = (note.message for note in conversion.readout.notes if note.code == "PHOTO_WITHHELD")
    assert "'flag.jpg'" in message
    assert conversion.receipt is not None
    for named in (conversion.receipt.withheld, conversion.readout.origin.withheld):
        assert [(each.src, each.sha256) for each in named] == [("img/flag.jpg", hashlib.sha256(FLAG).hexdigest())]


def test_a_decision_withholds_a_photo_even_if_a_text_is_given(page: Path) -> None:
    decide(page, "img/flag.jpg", FLAG, "The flag")
    given = Overrides(alts={"flag.jpg": "A flag at half mast"})
    readout, _ = read(page, overrides=given, site="none")
    assert "img/flag.jpg" not in [photo.src for photo in photos(readout)]
    assert "ALT_DECISION_UNUSED" not in {note.code for note in readout.notes}


def test_reviewers_still_see_a_photo_that_was_withheld(page: Path) -> None:
    decide(page, "img/flag.jpg", FLAG, "The flag")
    (found,) = photos_by_page(str(page))
    assert [photo.file for photo in found.photos] == ["img/quay.jpg", "img/boat.jpg", "img/flag.jpg"]


def test_a_release_asks_for_no_text_of_a_withheld_photo(page: Path) -> None:
    page.write_text(PAGE.replace('alt="The flag of the sea"', ""), "utf-8")
    decide(page, "img/flag.jpg", FLAG, "The flag")
    readout, _ = read(page, site="none", release="wai")
    assert len(list(photos(readout))) == 2


def test_a_function_can_withhold_photos(page: Path) -> None:
    overrides = Overrides(alts=lambda context: Withheld() if "flag" in context.photo.src else None)
    readout, _ = read(page, overrides=overrides, site="none")
    assert len(list(photos(readout))) == 2


def test_a_stored_readout_stays_without_its_withheld_photos(page: Path) -> None:
    decide(page, "img/flag.jpg", FLAG, "The flag")
    (rendition,) = convert(page, ["json"], site="none").renditions
    again = describe(from_json(rendition.data), decisions=Decisions.load(page.parent / DECISIONS_FILE).decisions)
    assert [photo.src for photo in photos(again)] == ["img/quay.jpg", "img/boat.jpg"]
    assert [note.code for note in again.notes].count("PHOTO_WITHHELD") == 1
    assert "ALT_DECISION_UNUSED" not in {note.code for note in again.notes}


@pytest.mark.slow
def test_a_pdf_does_not_attach_a_page_that_may_contain_a_withheld_photo(page: Path) -> None:
    options = RenderOptions(pdf="ua1+a3a")
    (whole,) = convert(page, ["pdf"], site="none", render_options=options).renditions
    (without,) = convert(
        page, ["pdf"], site="none", render_options=options, overrides=withholding("flag.jpg")
    ).renditions
    assert PdfDocument(whole.data).count_attachments() == 2  # the source page, and the readout in JSON
    assert PdfDocument(without.data).count_attachments() == 1


@pytest.mark.parametrize("target", ["html", "txt", "md", "json"])
def test_an_output_without_a_withheld_photo_is_verified_against_its_page(
    target: str, page: Path, tmp_path: Path
) -> None:
    conversion = convert(page, [target], overrides=withholding("flag.jpg"), site="none")
    path = conversion.renditions[0].write(tmp_path, "talks")
    assert conversion.receipt is not None
    (tmp_path / "talks.receipt.json").write_bytes(encode_receipt(conversion.receipt))
    assert verify(path, against=page, rebuild=True).verdict == "verified"


def test_an_alt_file_whose_text_contradicts_its_decision_is_refused(page: Path) -> None:
    alts = page.parent / "alts.json"
    for alt, decision, sentence in (
        ("A flag", "withheld", "the photo is withheld, but has a text"),
        ("withheld", "described", "the decision is 'described', but the text says 'withheld'"),
        ("decorative", "withheld", "the photo is withheld, but has a text"),
    ):
        alts.write_text(json.dumps([{"file": "flag.jpg", "alt": alt, "decision": decision}]), "utf-8")
        with pytest.raises(SourceError, match=sentence):
            read_alt_file(alts)
