"""Photos of pandoc renditions: inside the file, beside it, or as data URLs, by format."""

from __future__ import annotations

import json
import zipfile
from base64 import b64decode, b64encode
from io import BytesIO

import msgspec
import pytest

from readout_pub.emit import RenderOptions, emit
from readout_pub.image_store import ImageStore
from readout_pub.model import Cell, Described, Figure, Origin, Paragraph, Photo, Readout, Row, Table

GIF = bytes.fromhex("47494638396101000100800000ffffff00000021f90401000000002c00000000010001000002024401003b")


def talks(images: ImageStore, data: bytes = GIF, alt: str = "Two ministers") -> Readout:
    photo = Photo("talks.gif", Described(alt), images.add(lambda: data))
    return Readout(language="en", title=("Talks",), body=(Figure(photos=(photo,)),), origin=Origin("t", "00" * 32))


@pytest.mark.parametrize(
    ("target", "shown"),
    [
        ("md", "![Two ministers](in%20town/NAME.gif)"),
        ("rst", ".. figure:: in%20town/NAME.gif"),
        ("tex", "{in town/NAME.gif}"),
        ("org", "[[file:in%20town/NAME.gif]]"),
    ],
)
def test_text_formats_have_their_photos_beside_them(target: str, shown: str) -> None:
    images = ImageStore()
    made = emit(talks(images), images, target, RenderOptions(folder="in town"))
    name = next(iter(made.extra_files)).removeprefix("in town/").removesuffix(".gif")
    assert made.extra_files == {f"in town/{name}.gif": GIF}
    assert shown.replace("NAME", name) in made.data.decode()


def test_markdown_can_have_photos_inside() -> None:
    images = ImageStore()
    made = emit(talks(images), images, "md", RenderOptions(photos="inline"))
    assert f"![Two ministers](data:image/gif;base64,{b64encode(GIF).decode()})" in made.data.decode()
    assert (made.extra_files, made.notes) == ({}, ())


@pytest.mark.slow
def test_a_notebook_contains_its_photos() -> None:
    images = ImageStore()
    made = emit(talks(images), images, "ipynb")
    (cell,) = json.loads(made.data)["cells"]
    ((name, photo),) = cell["attachments"].items()
    assert (b64decode(photo["image/gif"]), made.extra_files) == (GIF, {})
    assert f"attachment:{name}" in "".join(cell["source"])


@pytest.mark.parametrize("target", ["rst", "tex", "org"])
def test_a_note_names_the_folder_of_photos_that_a_format_cannot_contain(target: str) -> None:
    images = ImageStore()
    made = emit(talks(images), images, target, RenderOptions(photos="inline"))
    assert list(made.extra_files.values()) == [GIF]
    assert f"{target} cannot contain photos; they are in the folder 'photos' beside the file" in [
        note.message for note in made.notes
    ]


@pytest.mark.slow
@pytest.mark.parametrize("target", ["docx", "odt", "pptx", "epub3"])
@pytest.mark.parametrize("photos", ["inline", "beside", None])
def test_zip_formats_always_contain_their_photos(target: str, photos: str | None) -> None:
    images = ImageStore()
    made = emit(talks(images), images, target, RenderOptions(photos=photos))  # type: ignore[arg-type]  # all values of `photos`
    with zipfile.ZipFile(BytesIO(made.data)) as package:
        assert GIF in {package.read(name) for name in package.namelist()}
    assert (made.extra_files, made.notes) == ({}, ())


def test_an_unreadable_photo_is_noted_and_replaced_by_its_texts() -> None:
    images = ImageStore()
    made = emit(talks(images, b"no picture"), images, "docx")
    assert [note.code for note in made.notes] == ["PHOTO_UNREADABLE"]
    assert "**Photo not available** Two ministers" in emit(talks(images, b"no picture"), images, "md").data.decode()


@pytest.mark.slow
@pytest.mark.parametrize("target", ["ansi", "bbcode_steam", "man", "ms", "plain", "vimdoc"])
def test_a_format_without_photos_has_their_alternative_texts(target: str) -> None:
    images = ImageStore()
    made = emit(talks(images), images, target)
    assert "[Two ministers]" in made.data.decode()
    assert "image" not in made.data.decode().lower()
    assert made.extra_files == {}


@pytest.mark.parametrize(
    ("target", "markup"),
    [
        ("context", r"{\externalfigure[photos/NAME.gif]} {[}Two "),
        ("icml", '<ObjectExportOption AltTextSourceType="SourceCustom" CustomAltText="Two &quot;ministers&quot;" />'),
        ("opendocument", "<svg:title>Two &quot;ministers&quot;</svg:title>"),
        ("org", '#+attr_html: :alt Two "ministers"\n[[file:photos/NAME.gif]]'),
        ("rtf", r'{\pict{\*\picprop{\sp{\sn wzDescription}{\sv Two "ministers"}}}\pngblip'),
        ("typst", r'#image("photos/NAME.gif", alt: "Two \"ministers\"")'),
    ],
)
def test_formats_for_which_pandoc_drops_alternative_texts_have_them(target: str, markup: str) -> None:
    images = ImageStore()
    made = emit(talks(images, alt='Two "ministers"'), images, target)
    name = next(iter(made.extra_files), "").removeprefix("photos/").removesuffix(".gif")
    assert markup.replace("NAME", name) in made.data.decode()


def test_an_alternative_text_in_a_table_of_org_follows_its_photo() -> None:
    images = ImageStore()
    page = talks(images, alt="Two ministers")
    cells = tuple(Cell(blocks) for blocks in ((Paragraph(("Salt",)),), page.body))
    made = emit(msgspec.structs.replace(page, body=(Table(body=(Row(cells),)),)), images, "org").data.decode()
    (row,) = (line for line in made.splitlines() if "Salt" in line)
    assert ".gif]] [Two ministers]" in row
    assert "attr_html" not in made


def test_an_alternative_text_does_not_become_markup_of_rtf() -> None:
    images = ImageStore()
    made = emit(talks(images, alt="}\\par \u4f1a\U0001f600"), images, "rtf")
    assert rb"{\sv \u125?\u92?par \u20250?\u-10179?\u-8704?}" in made.data
