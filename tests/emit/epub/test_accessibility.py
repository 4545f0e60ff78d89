"""The accessibility metadata of an EPUB: claims and summary."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from readout_pub.emit import Certifier, RenderOptions, Rendition, emit
from readout_pub.emit.epub.accessibility_summaries import SUMMARIES
from readout_pub.emit.messages import MESSAGES
from readout_pub.image_store import ImageStore
from readout_pub.model import (
    Alt,
    Block,
    Cell,
    Decorative,
    Described,
    Figure,
    Formula,
    Missing,
    Origin,
    Paragraph,
    Photo,
    Readout,
    Row,
    Ruby,
    Section,
    Table,
)
from readout_pub.theme_tools import draft_theme

CONFORMANCE = ("dcterms:conformsTo", "EPUB Accessibility 1.1 - WCAG 2.2 Level AA")


def picture(file_format: str) -> bytes:
    data = BytesIO()
    Image.new("L", (4, 3), 128).save(data, file_format)
    return data.getvalue()


def book(
    *body: Block, images: ImageStore | None = None, language: str = "en", render_options: RenderOptions | None = None
) -> Rendition:
    readout = Readout(language=language, title=("Talks",), body=body, origin=Origin("t", "00" * 32))
    return emit(readout, images or ImageStore(), "epub", render_options)


def package_of(made: Rendition) -> str:
    with zipfile.ZipFile(BytesIO(made.data)) as archive:
        return archive.read("EPUB/package.opf").decode()


def claims(*body: Block, images: ImageStore | None = None, language: str = "en") -> list[tuple[str, str]]:
    """Return the accessibility metadata of the package document."""
    package = package_of(book(*body, images=images, language=language))
    found = re.findall(r'<meta property="(schema:\w+|dcterms:conformsTo|a11y:\w+)"[^>]*>([^<]*)<', package)
    return [(name.removeprefix("schema:"), value) for name, value in found]


def photos(*alts: Alt, file_format: str = "JPEG") -> tuple[Figure, ImageStore]:
    images = ImageStore()
    digest = images.add(lambda: picture(file_format))
    shown = tuple(Photo("talks.jpg", alt, digest) for alt in alts)
    return Figure(photos=shown, caption=("The talks",)), images


def test_textual_access_is_sufficient_without_photos() -> None:
    assert claims(Paragraph(children=("They met.",))) == [
        ("accessMode", "textual"),
        ("accessModeSufficient", "textual"),
        ("accessibilityFeature", "displayTransformability"),
        ("accessibilityFeature", "readingOrder"),
        ("accessibilityFeature", "tableOfContents"),
        ("accessibilityHazard", "none"),
        (
            "accessibilitySummary",
            "The text has a table of contents and headings, and is in reading order. There are no photos.",
        ),
        CONFORMANCE,
        ("a11y:certifiedBy", "readout-pub"),
    ]


def test_sections_and_ruby_are_accessibility_features() -> None:
    features = [
        value for name, value in claims(Section(heading=(Ruby(("黒瀬",), "くろせ"),))) if name.endswith("Feature")
    ]
    assert features[3:] == ["structuralNavigation", "rubyAnnotations"]


def test_mathml_is_an_accessibility_feature() -> None:
    formula = Formula('<math xmlns="http://www.w3.org/1998/Math/MathML"><mi>x</mi></math>', "x")
    features = [value for name, value in claims(Paragraph((formula,))) if name.endswith("Feature")]
    assert features[3:] == ["MathML"]


@pytest.mark.parametrize(
    "alt",
    [
        Described("Two ministers"),
        Described("Two ministers", by="person", name="Ada"),
        Described("Two ministers", by="model", reviewed=True),
        Decorative(),
    ],
)
def test_textual_access_is_sufficient_if_a_person_vouches_for_every_photo(alt: Alt) -> None:
    figure, images = photos(alt)
    said = claims(figure, images=images)
    assert [value for name, value in said if name.startswith("accessMode")] == ["textual", "visual", "textual"]
    assert ("accessibilityFeature", "alternativeText") in said
    assert said[-3][1].endswith("All photos have text alternatives.")
    assert said[-2] == CONFORMANCE


WITHOUT_HUMAN_ALT: dict[str, Alt] = {
    "missing": Missing(),
    "from the caption": Described("The talks", by="caption"),
    "from a model": Described("Two people", by="model", name="some model"),
    "decorative by a model": Decorative(by="model"),
}

NONE_OF_ITS_OWN = "Some photos have no text alternative of their own."
BY_A_PROGRAM = "Some text alternatives were written by a program, and nobody has reviewed them."
THEREFORE = "This is why the book does not claim to conform to EPUB Accessibility."


@pytest.mark.parametrize("alt", WITHOUT_HUMAN_ALT.values(), ids=WITHOUT_HUMAN_ALT)
def test_one_photo_without_a_human_alt_removes_the_claims(alt: Alt) -> None:
    figure, images = photos(Described("Two ministers"), alt)
    said = claims(figure, images=images)
    assert [value for name, value in said if name.startswith("accessMode")] == ["textual", "visual", "textual,visual"]
    assert ("accessibilityFeature", "alternativeText") not in said
    assert said[-1][0] == "accessibilitySummary"  # the last entry: no claim follows


WHY: dict[tuple[str, ...], str] = {
    ("missing",): f"{NONE_OF_ITS_OWN} {THEREFORE}",
    ("from the caption",): f"{NONE_OF_ITS_OWN} {THEREFORE}",
    ("from a model",): f"{BY_A_PROGRAM} {THEREFORE}",
    ("from a model", "missing"): f"{NONE_OF_ITS_OWN} {BY_A_PROGRAM} {THEREFORE}",
}


@pytest.mark.parametrize("alts", WHY, ids=" and ".join)
def test_the_summary_says_why_no_claim_is_made(alts: tuple[str, ...]) -> None:
    figure, images = photos(Described("Two ministers"), *(WITHOUT_HUMAN_ALT[alt] for alt in alts))
    assert claims(figure, images=images)[-1][1].endswith(f"in reading order. {WHY[alts]}")


ARCHIVE = Certifier("Atlantis & Lemuria", "Level 2 <tested>", "https://atlantis.example/a report")


def test_a_certifier_is_named_with_credential_and_report() -> None:
    made = book(render_options=RenderOptions(certifier=ARCHIVE))
    assert package_of(made).partition('id="conformance"')[2].partition("</metadata>")[0].split("\n")[1:-1] == [
        '<meta property="a11y:certifiedBy" refines="#conformance" id="certifier">Atlantis &amp; Lemuria</meta>',
        '<meta property="a11y:certifierCredential" refines="#certifier">Level 2 &lt;tested&gt;</meta>',
        '<link rel="a11y:certifierReport" refines="#certifier" href="https://atlantis.example/a%20report"/>',
    ]


def test_without_a_claim_no_certifier_is_named_and_a_note_says_so() -> None:
    figure, images = photos(Missing(), Decorative(), Missing())
    made = book(figure, images=images, render_options=RenderOptions(certifier=ARCHIVE))
    assert "certifier" not in package_of(made)
    (said,) = made.notes
    assert said.code == "CERTIFIER_WITHHELD"
    assert said.message.endswith(
        "does not name Atlantis & Lemuria: no person vouches for the alternative text of 2 photos"
    )


def test_a_book_with_own_styles_claims_conformance_only_if_certified(tmp_path: Path) -> None:
    css = tmp_path / "pale.css"
    css.write_text("p { color: #ddd }", "utf-8")
    made = book(render_options=RenderOptions(css=str(css)))
    assert "conformsTo" not in package_of(made)
    assert [note.code for note in made.notes] == ["CONFORMANCE_WITHHELD"]
    assert "conformsTo" in package_of(book(render_options=RenderOptions(css=str(css), certifier=ARCHIVE)))


SCHEDULE = Table(
    tuple(Row(tuple(Cell((Paragraph((word,)),)) for word in line.split())) for line in ("9h Talks", "11h Lunch"))
)


def test_a_book_with_headerless_tables_claims_conformance_only_if_certified() -> None:
    made = book(SCHEDULE)
    assert "conformsTo" not in package_of(made)
    assert [note.code for note in made.notes] == ["TABLE_HEADERS_MISSING"]
    certified = book(SCHEDULE, render_options=RenderOptions(certifier=ARCHIVE))
    assert "conformsTo" in package_of(certified)
    assert certified.notes == ()


@pytest.mark.parametrize("rows", [SCHEDULE.body[:1], tuple(Row(row.cells[:1]) for row in SCHEDULE.body)])
def test_a_table_of_one_row_or_column_needs_no_headers(rows: tuple[Row, ...]) -> None:
    assert "conformsTo" in package_of(book(Table(rows)))


def test_a_book_in_a_drafted_theme_claims_conformance(tmp_path: Path) -> None:
    draft_theme(tmp_path / "own")
    made = book(render_options=RenderOptions(theme=str(tmp_path / "own")))
    assert "conformsTo" in package_of(made)
    assert made.notes == ()


@pytest.mark.parametrize("mode", ["light", "dark", "print"])
def test_a_book_with_pale_text_claims_no_conformance_even_with_a_certifier(mode: str, tmp_path: Path) -> None:
    (tmp_path / "theme.toml").write_text(
        f'name = "Pale"\n[colours.{mode}]\nink = "#8a8a8a"\npaper = "#a0a0a0"\n', "utf-8"
    )
    made = book(render_options=RenderOptions(theme=str(tmp_path), certifier=ARCHIVE))
    assert not {"conformsTo", "certifier"} & set(package_of(made).replace('"', ":").split(":"))
    (said,) = [note for note in made.notes if note.code == "CONTRAST_LOW"]
    assert f"colours.{mode}.ink" in said.message


def test_a_missing_photo_needs_no_alternative_text() -> None:
    assert claims(Figure(photos=(Photo("lost.jpg"),)))[-2] == CONFORMANCE


def test_a_gif_which_may_be_animated_makes_the_hazard_unknown() -> None:
    figure, images = photos(Described("Two ministers"), file_format="GIF")
    assert ("accessibilityHazard", "unknown") in claims(figure, images=images)


def test_the_summary_is_in_the_language_of_the_page() -> None:
    assert ("accessibilitySummary", "目次と見出しがあり、本文は読む順に並んでいます。 写真はありません。") in claims(
        language="ja"
    )


def test_every_language_of_messages_has_a_summary() -> None:
    assert SUMMARIES.keys() == MESSAGES.keys()
