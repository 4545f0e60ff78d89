"""Faults of reflow, focus and tab order are found, in each mode of display in which a page has them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.validators import reflow_and_focus

pytestmark = [pytest.mark.slow, pytest.mark.validators]

PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Atlantis</title><style>
:root {{ color-scheme: light dark }} body {{ background: Canvas }} :focus {{ outline: 3px solid }}
{style}</style></head>
<body><main><h1>Atlantis</h1><p>The tides come in <a href="#t">twice a day</a>.</p><p id="t">They go.</p></main></body>
</html>
"""

EXPECTED_RULES: dict[str, set[str]] = {
    "": set(),
    "p { width: 30em }": {"at 320 px: reflow", "with wider spacing at 320 px: text-spacing"},
    "p { width: 40rem }": {
        *("at 320 px: reflow", "at 200 %: resize-text", "with text of 200 %: resize-text"),
        "with wider spacing at 320 px: text-spacing",
    },
    "h1 { width: 5em; overflow: hidden; font: 20px monospace }": {
        "with wider spacing: text-spacing",
        "with wider spacing at 320 px: text-spacing",
    },
    "p { height: 1.2em; margin: 0; font: 24px/1.2 monospace }": {"at 320 px: reflow"},
    "h1 { width: 1em; overflow-wrap: anywhere }": {
        *("at 320 px: reflow", "at 200 %: resize-text", "with text of 200 %: resize-text"),
        *("with wider spacing: text-spacing", "with wider spacing at 320 px: text-spacing"),
    },
    ":focus { outline: none }": {f"{mode}: focus-visible" for mode in ("light", "dark", "forced colours")},
    "@media (prefers-color-scheme: dark) { :focus { outline-color: #222 } }": {
        "dark: focus-visible",
    },
    "a { position: fixed; top: -9em }": {f"{mode}: focus-visible" for mode in ("light", "dark", "forced colours")},
}
"""Style → the rules that it breaks, each as "mode of display: rule"."""


def test_each_style_fails_in_its_modes_and_a_plain_page_passes(tmp_path: Path) -> None:
    pages = {style: tmp_path / f"{number}.html" for number, style in enumerate(EXPECTED_RULES)}
    for style, page in pages.items():
        page.write_text(PAGE.format(style=style), "utf-8")
    findings = reflow_and_focus.validate(list(pages.values()))
    found = {
        style: {f"{each.message.partition(':')[0]}: {each.rule}" for each in findings[pages[style]]} for style in pages
    }
    assert found == EXPECTED_RULES


def test_a_caption_that_has_to_be_scrolled_fails(tmp_path: Path) -> None:
    table = (
        "<table><caption>Catches of the northern ports in the years of the survey</caption><tr><td>9</td></tr></table>"
    )
    page = tmp_path / "page.html"
    style = "div { overflow-x: auto } table { width: 30em }"
    page.write_text(PAGE.format(style=style).replace("</main>", f"<div tabindex=0>{table}</div></main>"), "utf-8")
    (findings,) = reflow_and_focus.validate([page]).values()
    assert {each.message for each in findings} == {
        f"{mode}: its text is beyond the edge of the screen" for mode in ("at 320 px", "with wider spacing at 320 px")
    }


def test_a_tab_order_other_than_document_order_fails(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(PAGE.format(style="").replace("</main>", '<a href="#t" tabindex="2">above</a></main>'), "utf-8")
    assert "focus-order" in {each.rule for each in reflow_and_focus.validate([page])[page]}
