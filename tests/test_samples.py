"""The samples: what is committed is what the program makes of them today. If it changed rightly: ./dev samples."""

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
from tests.pdfs import alternative_texts, bookmarks, opened

SAMPLES = Path(__file__).parents[1] / "samples"

every_sample = pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.parent.name)
pytestmark = pytest.mark.slow

made = cache(build)


@pytest.fixture(autouse=True)
def no_given_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)


def committed(source: Path) -> dict[str, bytes]:
    out = source.parent / "out"
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}


def comparable(name: str, data: bytes) -> object:
    """Return what has to be equal on every machine: all bytes, or what compressors and Pango have no say in."""
    match Path(name).suffix:
        case ".epub" | ".docx":
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                return [(member, archive.read(member)) for member in archive.namelist()]
        case ".pdf":
            return portrait(Rendition("pdf", data, ".pdf", "application/pdf"))
        case _:
            return data


def portrait(rendition: Rendition) -> object:
    """Return the words of a PDF in the order of its tags, its alternative texts, its bookmarks, tags and metadata."""
    words = [line.replace(" ", "") for line in read_back("pdf", rendition.data)]
    with opened(rendition) as pdf:
        dictionaries = (each for each in pdf.objects if isinstance(each, pikepdf.Dictionary))
        tags = {str(each.S) for each in dictionaries if each.get("/Type") == "/StructElem"}
        metadata = pdf.Root.Metadata.read_bytes()
    return words, alternative_texts(rendition), bookmarks(rendition), tags, metadata


@every_sample
def test_a_sample_shows_what_the_program_makes_today(source: Path) -> None:
    shown = committed(source)
    assert sorted(shown) == sorted([*made(source), PICTURE])
    different = [name for name, data in made(source).items() if comparable(name, data) != comparable(name, shown[name])]
    assert different == [], "if this is right: ./dev samples"


def test_the_samples_are_small_enough_to_be_looked_at_in_passing() -> None:
    sizes = {path: path.stat().st_size for path in SAMPLES.glob("[!._]*/**/*") if path.is_file()}
    assert sum(sizes.values()) < 3_000_000
    assert [path for path, size in sizes.items() if path.name == PICTURE and size > 60_000] == []
