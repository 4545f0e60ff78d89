"""Outputs of one readout in all formats are equal, and a word that differs in one of them is found."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from itertools import combinations
from pathlib import Path

import pytest

from readout_pub.convert import convert
from readout_pub.diff import Changes, compare_copies
from readout_pub.diff.files import open_copies
from readout_pub.emit import RenderOptions
from readout_pub.sources.companion_folders import photo_folder
from tests.pages import PROFILES, jpeg, png

FORMATS = ("html", "epub", "pdf", "docx", "odt", "txt", "md", "json")
PAIRS = list(combinations(FORMATS, 2))
FOLDER = photo_folder("output")
HEADINGS = ("Harbours and quays", "Tides", "Others", "Lights of lighthouse-keepers", "Others")
TALK = (
    "The Minister of the Sea met the Keeper of the Tides in the well-known harbour-office of Avalon, and both agreed "
    'on <a href="https://sea.example/tables">tables</a> of extraordinarily uncharacteristic tides. '
)
PARTS = {
    "Harbours and quays": "<p>The depth is <math><msup><mi>d</mi><mn>2</mn></msup><mo>+</mo><mi>h</mi></math>.</p>",
    "Tides": '<figure><img src=quay.jpg alt="A quay in fog"><figcaption>The quay</figcaption></figure>'
    '<figure><img src=chart.png alt="A chart"></figure>'
    '<figure><img src=gone.jpg alt="A pier at dawn"><figcaption>The pier</figcaption></figure>'
    '<figure><img src=lost.jpg alt="A bell"><figcaption>A bell on a buoy</figcaption></figure>'
    "<ul><li>Boats go out.<li>Boats come in.</ul><ol><li>First, the bell.<li>Then, the light.</ol>",
    "Lights of lighthouse-keepers": "<table><caption>Lights by year</caption><tr><th>Year<th>High<th>Low"
    "<tr><th>2030<td>7<td><tr><th>2031<td>9<td>8</table>",
}
CLOSING = (
    "<p>The lamps of Lyonesse stay <s>dark</s> lit.</p>"
    '<p><a href="https://sea.example/map.pdf">Map of the tides (PDF)</a></p>'
)


Outputs = Mapping[str, Path]


def write_outputs(folder: Path, formats: tuple[str, ...], options: RenderOptions, closing: str = CLOSING) -> Outputs:
    """Convert a page that is long enough for a table of contents; return its outputs by format."""
    folder.mkdir()
    (folder / "quay.jpg").write_bytes(jpeg(600, 400))
    (folder / "chart.png").write_bytes(png(600, 400, "navy"))
    (folder / "mole.jpg").write_bytes(jpeg(500, 400, "olive"))
    (folder / "buoy.png").write_bytes(png(500, 400, "maroon"))
    sections = (f"<h2>{each}</h2><p>{TALK * 12}</p>{PARTS.get(each, '')}" for each in HEADINGS)
    source = folder / "talks.html"
    source.write_text(
        "<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>Talks on the tides</title>"
        "<meta property=og:site_name content='Ministry of the Sea'></head><body><main><article>"
        f"<h1>Talks on the tides</h1><p class=date><time>9 May 2031</time></p><p>Others</p>{''.join(sections)}{closing}"
        "</article></main></body></html>"
    )
    renditions = convert(source, list(formats), render_options=options).renditions
    return {each.format: each.write(folder, "output") for each in renditions}


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Outputs:
    return write_outputs(tmp_path_factory.mktemp("diff") / "one", FORMATS, RenderOptions(folder=FOLDER))


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Outputs:
    """Outputs of the same page with one word changed."""
    folder = tmp_path_factory.mktemp("diff") / "changed"
    return write_outputs(folder, FORMATS, RenderOptions(folder=FOLDER), CLOSING.replace("lamps", "bells"))


@pytest.fixture(scope="module")
def drafts(tmp_path_factory: pytest.TempPathFactory) -> Outputs:
    """Outputs of the same page as drafts, in a theme that prints the addresses of links."""
    options = RenderOptions(folder=FOLDER, theme="gazette", draft=True, embargo=dt.date(2031, 6, 1))
    return write_outputs(tmp_path_factory.mktemp("diff") / "drafts", FORMATS, options)


def compare(before: Path, after: Path) -> Changes:
    return compare_copies(*open_copies(before, after))


@pytest.mark.slow
@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_outputs_of_one_readout_are_equal(outputs: Outputs, first: str, second: str) -> None:
    assert not compare(outputs[first], outputs[second])


@pytest.mark.slow
@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_between_two_formats_only_the_changed_word_is_a_difference(
    outputs: Outputs, changed: Outputs, first: str, second: str
) -> None:
    found = compare(outputs[first], changed[second])
    assert [(each.before, each.after) for each in found.words] == [("lamps", "bells")]
    assert (found.facts, found.photos, found.alts) == ((), (), ())


@pytest.mark.slow
@pytest.mark.parametrize("first", FORMATS)
@pytest.mark.parametrize("second", FORMATS)
def test_the_marks_that_drafts_and_themes_add_are_no_differences(
    outputs: Outputs, drafts: Outputs, first: str, second: str
) -> None:
    assert not compare(outputs[first], drafts[second])


def altered(output: Path, old: str, new: str, folder: Path) -> Path:
    """Write a copy of an output in which the first `old` is replaced by `new`."""
    text = output.read_text()
    assert old in text
    copy = folder / f"altered{output.suffix}"
    copy.write_text(text.replace(old, new, 1))
    return copy


@pytest.mark.slow
def test_a_changed_entry_of_the_contents_is_a_difference(outputs: Outputs, tmp_path: Path) -> None:
    html = altered(outputs["html"], ">Harbours and quays</a>", ">Harbours and keys</a>", tmp_path)
    found = compare(outputs["docx"], html)
    assert [(each.before, each.after) for each in found.words] == [("", "Harbours and keys")]


def test_a_changed_alternative_text_in_plain_text_is_a_difference(outputs: Outputs, tmp_path: Path) -> None:
    text = altered(outputs["txt"], "A quay in fog", "A quay in rain", tmp_path)
    found = compare(outputs["pdf"], text)
    assert [(each.before, each.after) for each in found.words] == [("", "Photo A quay in rain")]


def test_a_draft_mark_that_the_source_record_does_not_state_is_a_difference(outputs: Outputs, tmp_path: Path) -> None:
    html = altered(outputs["html"], "<h1", "<p>Draft</p><h1", tmp_path)
    found = compare(outputs["docx"], html)
    assert [(each.before, each.after) for each in found.words] == [("", "Draft")]


@pytest.mark.slow
def test_a_changed_sign_of_a_formula_is_a_difference_between_mathml_outputs(
    outputs: Outputs, drafts: Outputs, tmp_path: Path
) -> None:
    html = altered(outputs["html"], "<mo>+</mo>", "<mo>=</mo>", tmp_path)
    assert [(each.before, each.after) for each in compare(drafts["html"], html).words] == [("d2+h.", "d2=h.")]


def test_a_changed_letter_of_a_formula_is_found_between_text_and_html(outputs: Outputs, tmp_path: Path) -> None:
    html = altered(outputs["html"], "<mi>h</mi>", "<mi>k</mi>", tmp_path)
    assert compare(outputs["txt"], html).words


PHOTOS_IN_CELLS = (
    "<table><tr><th>Side<th>Flag<tr><th scope=row>Avalon<td><img src=mole.jpg alt='A mole in fog'> at noon"
    "<tr><td>Lemuria<td><img src=buoy.png></table>"
)


@pytest.mark.slow
@pytest.mark.parametrize("other", ["html", "docx", "md"])
def test_photo_texts_in_table_cells_of_plain_text_are_no_differences(other: str, tmp_path: Path) -> None:
    outputs = write_outputs(tmp_path / "made", (other, "txt"), RenderOptions(), PHOTOS_IN_CELLS)
    assert not compare(outputs[other], outputs["txt"])


def test_tildes_around_struck_text_without_spaces_are_no_differences(tmp_path: Path) -> None:
    closing = "<p lang=ja>会談は<s>月曜日</s>火曜日です。</p>"
    outputs = write_outputs(tmp_path / "made", ("html", "txt"), RenderOptions(), closing)
    assert not compare(outputs["html"], outputs["txt"])


def test_a_changed_text_of_a_photo_in_a_cell_is_a_difference(tmp_path: Path) -> None:
    outputs = write_outputs(tmp_path / "made", ("html", "txt"), RenderOptions(), PHOTOS_IN_CELLS)
    changed = outputs["txt"].read_text("utf-8").replace("Photo: A mole in fog", "Photo: A mole in rain")
    outputs["txt"].write_text(changed, "utf-8")
    assert compare(outputs["html"], outputs["txt"]).words


SHORT = """<!DOCTYPE html>
<html lang="en"><!-- saved from url=(0037)https://www.atlantis.example/talks1.html -->
<head><title>Talks 1</title></head><body><main>
<p class="series">Relations of Atlantis</p><h1 class="title">Talks 1</h1><p class="date">August 2, 2031</p>
<p>The Minister of the Sea met the Keeper of the Tides in the harbour office for the second time.</p>
<figure><img src="quay.jpg" alt="Two people at a quay"><figcaption>The talks</figcaption></figure>
<p>They agreed that the tides should come in {} a day, as before, and that the tables would be printed.</p>
</main></body></html>"""


def test_the_masthead_of_short_pages_is_no_difference(tmp_path: Path) -> None:
    (tmp_path / "quay.jpg").write_bytes(jpeg())
    paths = []
    for often in ("twice", "three times"):
        page = tmp_path / f"{often.split()[-1]}.html"
        page.write_text(SHORT.format(often), "utf-8")
        (rendition,) = convert(page, ["html"], sites=[PROFILES]).renditions
        paths.append(rendition.write(tmp_path, f"{page.stem}-made"))
    assert [each.before for each in compare(*paths).words] == ["twice"]
