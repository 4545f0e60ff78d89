"""Readouts in JSON are read back with the photos beside them, and hostile JSON is refused."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from readout_pub import RenderOptions, SourceError, convert, emit, from_json, open_source, read, saved_pages
from readout_pub.model import photos
from readout_pub.sources import StoredReadout
from tests.archives import zipped
from tests.pages import jpeg

PAGE = """\
<!DOCTYPE html><html lang="en"><head><title>Tides</title></head><body><article><h1>Atlantis and Lemuria</h1>
<p>4 August 2022</p><figure><img src="quay.jpg" alt="Two ministers"><figcaption>At the quay</figcaption></figure>
<figure><img src="sea.jpg" alt="The sea"><figcaption>The sea</figcaption></figure>
<p>The ministers met in the harbour office, and both had brought their charts of the tides with them.</p>
<p>1. They agreed that the tides should come in twice a day, as before, and that tables would be printed.</p>
</article></body></html>
"""


@pytest.fixture
def stored(tmp_path: Path) -> Path:
    """A readout in JSON with two photos in the folder beside it; its page is in another folder, `page`."""
    source = tmp_path / "page"
    source.mkdir()
    (source / "tides.html").write_text(PAGE, "utf-8")
    (source / "quay.jpg").write_bytes(jpeg())
    (source / "sea.jpg").write_bytes(jpeg(2400, 1200))
    (made,) = convert(source / "tides.html", ["json"], render_options=RenderOptions(folder="tides_files")).renditions
    assert len(made.extra_files) == 2
    for name, content in {"tides.json": made.data, **made.extra_files}.items():
        path = tmp_path / "stored" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return tmp_path / "stored/tides.json"


@pytest.mark.slow
def test_outputs_of_edited_json_say_that_it_was_edited(stored: Path) -> None:
    assert "wording unchanged" in convert(stored, ["txt"]).renditions[0].data.decode()
    stored.write_text(stored.read_text("utf-8").replace("their charts", "our charts"), "utf-8")
    conversion = convert(stored, ["txt", "html"])
    assert conversion.readout.origin.edited == ("json",)
    text, page = (rendition.data.decode() for rendition in conversion.renditions)
    assert "edited." in text
    assert "wording unchanged" not in text
    assert "edited as JSON" in page


@pytest.mark.slow
def test_json_without_its_seal_counts_as_edited(stored: Path) -> None:
    tree = json.loads(stored.read_bytes())
    del tree["seal"]
    stored.write_text(json.dumps(tree), "utf-8")
    assert convert(stored, ["txt"]).readout.origin.edited == ("json",)


@pytest.mark.slow
def test_json_with_other_spacing_and_key_order_does_not_count_as_edited(stored: Path) -> None:
    tree = json.loads(stored.read_bytes())
    stored.write_text(json.dumps(dict(reversed(tree.items()))), "utf-8")
    assert convert(stored, ["txt"]).readout.origin.edited == ()


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16"])
def test_json_that_windows_has_encoded_anew_is_read(codec: str, stored: Path) -> None:
    readout, _ = read(stored)
    stored.write_bytes(stored.read_text("utf-8").encode(codec))
    assert read(stored)[0] == readout
    assert from_json(stored.read_bytes()) == from_json(stored.read_bytes().decode(codec))
    assert len(list(saved_pages(stored.parent))) == 1


@pytest.mark.slow
def test_a_stored_readout_gives_the_same_outputs_as_its_page(stored: Path) -> None:
    formats = ["html", "epub", "pdf", "docx", "md", "txt", "json"]
    direct = convert(stored.parents[1] / "page/tides.html", formats)
    again = convert(stored, formats)
    assert again.readout == direct.readout
    for one, other in zip(direct.renditions, again.renditions, strict=True):
        assert one.data == other.data, one.format
        assert one.extra_files == other.extra_files, one.format


@pytest.mark.slow
def test_a_stored_readout_is_read_and_emitted_with_its_photos(stored: Path) -> None:
    readout, images = read(stored)
    page = emit(readout, images, "html")
    assert page.data.count(b"data:image/jpeg;base64,") == 2
    assert not page.notes


@pytest.mark.slow
def test_a_stored_readout_is_not_refined_again(stored: Path) -> None:
    model = json.loads(stored.read_bytes())
    model["body"].append({"type": "paragraph", "children": ["1.  A line   that was edited by hand"]})
    stored.write_text(json.dumps(model), "utf-8")
    assert json.loads(convert(stored, ["json"]).renditions[0].data)["body"][-1] == model["body"][-1]


@pytest.mark.slow
def test_photos_that_are_gone_are_noted(stored: Path) -> None:
    shutil.rmtree(stored.parent / "tides_files")
    readout, _ = read(stored)
    assert [note.message for note in readout.notes if note.code == "PHOTO_FILE_MISSING"] == [
        f"the file of photo '{name}.jpg' is missing; its texts are shown instead" for name in ("quay", "sea")
    ]
    assert [photo.sha256 for photo in photos(readout)] == [None, None]


@pytest.mark.slow
def test_stored_readouts_are_sources_only_where_there_are_no_pages(stored: Path) -> None:
    (stored.parent / "manifest.json").write_text('{"pages": []}', "utf-8")
    assert [page.name for page in saved_pages(stored.parent)] == ["tides.json"]
    archive = stored.parents[1] / "stored.zip"
    files = {f"a/{path.relative_to(stored.parent)}": path.read_bytes() for path in stored.parent.rglob("*.jpg")}
    archive.write_bytes(zipped({"a/tides.json": stored.read_bytes(), **files}))
    for source in (stored.parent, archive):
        (page,) = saved_pages(source)
        opened = page.open()
        assert isinstance(opened, StoredReadout)
        assert opened.asset_stamps
        assert all(page.stamp_of(name) == stamp for name, stamp in opened.asset_stamps.items())
        assert not emit(opened.readout, opened.images, "html").notes
    (stored.parent / "other.html").write_text(PAGE, "utf-8")
    assert [page.name for page in saved_pages(stored.parent)] == ["other.html"]


def nested(depth: int) -> list[Any]:
    blocks: list[Any] = [{"type": "paragraph", "children": ["x"]}]
    for _ in range(depth):
        blocks = [{"type": "quote", "body": blocks}]
    return blocks


@pytest.mark.slow
@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"body": [{"type": "paragraph", "children": ["a\x00b"]}]}, "this readout has the control character U+0000"),
        ({"series": "a\ufffeb"}, "this readout has the control character U+FFFE"),
        ({"body": nested(200)}, "this readout is nested deeper than 200 levels"),
        (
            {"body": [{"type": "figure", "photos": [{"src": "a", "sha256": "../" * 21 + "x"}]}]},
            "this is not a readout in JSON: Expected `str` matching regex",
        ),
        ({"body": 3}, "this is not a readout in JSON: Expected `array`"),
        ({"version": "9"}, "this is not a readout in JSON: Invalid value '9'"),
    ],
)
def test_hostile_json_is_refused(stored: Path, change: dict[str, object], reason: str) -> None:
    stored.write_text(json.dumps(json.loads(stored.read_bytes()) | change), "utf-8")
    with pytest.raises(SourceError) as refused:
        open_source(stored)
    assert str(refused.value).startswith(f"{stored}: {reason}")


@pytest.mark.slow
def test_the_deepest_readout_that_is_read_can_be_rendered(stored: Path) -> None:
    stored.write_text(json.dumps(json.loads(stored.read_bytes()) | {"body": nested(199)}), "utf-8")
    assert len(convert(stored, ["html", "epub", "txt", "json", "docx", "odt", "md"]).renditions) == 7


def test_json_that_is_not_a_readout_is_refused_with_advice(tmp_path: Path) -> None:
    (tmp_path / "other.json").write_text('{"name": "tides"}', "utf-8")
    with pytest.raises(SourceError, match=r"other\.json: this is not a readout in JSON: .*compare it with"):
        open_source(tmp_path / "other.json")
