"""The committed outputs of the samples are up to date. After an intended change: ./dev samples."""

from __future__ import annotations

import io
import zipfile
from functools import cache
from pathlib import Path

import pikepdf
import pytest

from benchmarks.readback import read_back
from readout_pub import Rendition
from samples.build import PICTURE, SOURCES, build
from tests.pdfs import alternative_texts, bookmarks, open_pdf

SAMPLES = Path(__file__).parents[1] / "samples"

every_sample = pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.parent.name)
pytestmark = pytest.mark.slow

made = cache(build)


@pytest.fixture(autouse=True)
def no_source_date_epoch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)


def committed(source: Path) -> dict[str, bytes]:
    out = source.parent / "out"
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}


def comparable(name: str, data: bytes) -> object:
    """Return what must be equal on every machine: all bytes, or the parts that zlib and Pango do not affect."""
    match Path(name).suffix:
        case ".epub" | ".docx":
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                return [(member, archive.read(member)) for member in archive.namelist()]
        case ".pdf":
            return pdf_content(Rendition("pdf", data, ".pdf", "application/pdf"))
        case _:
            return data


def pdf_content(rendition: Rendition) -> object:
    """Return words in tag order, alternative texts, bookmarks, structure types and metadata of a PDF."""
    words = [line.replace(" ", "") for line in read_back("pdf", rendition.data)]
    with open_pdf(rendition) as pdf:
        dictionaries = (each for each in pdf.objects if isinstance(each, pikepdf.Dictionary))
        tags = {str(each.S) for each in dictionaries if each.get("/Type") == "/StructElem"}
        metadata = pdf.Root.Metadata.read_bytes()
    return words, alternative_texts(rendition), bookmarks(rendition), tags, metadata


@every_sample
def test_the_outputs_of_a_sample_are_up_to_date(source: Path) -> None:
    shown = committed(source)
    assert sorted(shown) == sorted([*made(source), PICTURE])
    different = [name for name, data in made(source).items() if comparable(name, data) != comparable(name, shown[name])]
    assert different == [], "if this is intended: ./dev samples"


def test_the_samples_are_small() -> None:
    sizes = {path: path.stat().st_size for path in SAMPLES.glob("[!._]*/**/*") if path.is_file()}
    assert sum(sizes.values()) < 3_000_000
    assert [path for path, size in sizes.items() if path.name == PICTURE and size > 60_000] == []
