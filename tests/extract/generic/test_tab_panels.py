"""Tests of `tab_panels`: which labels of tabs become the headings of their panels."""

from __future__ import annotations

import pytest

from readout_pub import convert
from tests.extract.generic.pages import HEADLINE, LATER, STORY, newspaper
from tests.outline import outline
from tests.pages import whole_page

LAMPS = (
    "<p>The lamps burn oil from Lemuria, and the keepers of the reef cut each wick at noon, whatever the weather.</p>"
)
FERRIES = (
    "<p>The ferries leave the old quay at six in the morning and at six at night, and more often in the summer.</p>"
)


def _outline(main: str) -> str:
    readout = convert(whole_page(newspaper(f"{HEADLINE}{STORY}{main}{LATER}")), [], site="none").readout
    assert {"WORDS_LOST", "WORDS_ADDED"}.isdisjoint(note.code for note in readout.notes)
    return outline(readout.body)


@pytest.mark.parametrize(
    "tabs",
    [
        (
            '<div role="tablist"><button role="tab" aria-controls="a">Lamps</button>'
            '<button role="tab" aria-controls="b">Ferries</button></div>'
        ),
        (
            '<ul class="nav nav-tabs"><li><a data-toggle="tab" href="#a">Lamps</a></li>'
            '<li><a data-toggle="tab" href="#b">Ferries</a></li></ul>'
        ),
        (
            "<ul role='tablist'><li role='tab'><a href='#a'><b>Lamps</b></a></li>"
            "<li role='tab'><a href='#b'><b>Ferries</b></a></li></ul>"
        ),
        (
            '<ul class="pills"><li><button data-bs-toggle="pill" data-bs-target="#a">Lamps</button></li>'
            '<li><button data-bs-toggle="pill" data-bs-target="#b">Ferries</button></li></ul>'
        ),
    ],
)
def test_the_labels_of_tabs_head_their_panels(tabs: str) -> None:
    panels = f'<div><div id="a" role="tabpanel">{LAMPS}</div><div id="b" role="tabpanel" hidden>{FERRIES}</div></div>'
    shown = _outline(f"{tabs}{panels}")
    assert shown.index('section "Lamps"') < shown.index("burn oil") < shown.index('section "Ferries"')
    assert shown.index("The ferries leave") < shown.index(
        '\nparagraph "The harbour of Atlantis was opened to ships of every'
    )


@pytest.mark.parametrize(
    "panels",
    [
        f'<div id="a"><h3>Lamps of the reef</h3>{LAMPS}</div><div id="b"><h3>Ferries of the bay</h3>{FERRIES}</div>',
        f'<div id="a"><div>Lamps</div>{LAMPS}</div><div id="b"><div>Ferries</div>{FERRIES}</div>',
        f'<div id="a"><ul><li><a href="/n">News of the lamps</a></li></ul></div><div id="b">{FERRIES}</div>',
    ],
)
def test_panels_with_labels_of_their_own_and_menus_get_no_heading(panels: str) -> None:
    tabs = '<div><a role="tab" href="#a">Lamps</a> <a role="tab" href="#b">Ferries</a></div>'
    shown = _outline(f"{tabs}<div>{panels}</div>")
    assert ['section "Lamps"' in shown, 'section "Ferries"' in shown] == [False, False]
