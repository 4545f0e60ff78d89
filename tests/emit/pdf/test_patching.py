"""What is replaced in WeasyPrint comes back afterwards, and a WeasyPrint that has changed there is refused."""

from __future__ import annotations

import pytest

from readout_pub.emit.pdf.layout import load_weasyprint
from readout_pub.errors import ToolMissing
from tests.pdfs import made, readout

PLACES = (
    "weasyprint.pdf.add_tags",
    "weasyprint.pdf.fonts.get_hb_object_data",
    "Font.subset",
    "ComputedStyle.__init__",
    "AnonymousStyle.__init__",
)


def owners() -> dict[str, object]:
    weasyprint = load_weasyprint()
    modules = (weasyprint.pdf, weasyprint.pdf.fonts, weasyprint.pdf.fonts.Font, weasyprint.css)
    return {owner.__name__: owner for owner in (*modules, modules[3].ComputedStyle, modules[3].AnonymousStyle)}


@pytest.mark.parametrize("place", PLACES)
def test_a_weasyprint_that_has_changed_there_is_refused(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    owner, _, name = place.rpartition(".")
    monkeypatch.setattr(owners()[owner], name, lambda nothing: nothing)
    with pytest.raises(ToolMissing) as refused:
        made(readout())
    assert str(refused.value) == (
        f"in WeasyPrint 70.0 {place} is not what this program knows; run `pip install weasyprint==70.0`"
    )


def test_weasyprint_has_its_own_parts_back_afterwards() -> None:
    before = parts()
    made(readout())
    assert parts() == before


def parts() -> list[object]:
    return [getattr(owners()[owner], name) for owner, _, name in (place.rpartition(".") for place in PLACES)]
