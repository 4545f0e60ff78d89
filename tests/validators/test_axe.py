"""axe-core fails broken pages in every mode, also by the rules that are off by default."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.validators import axe

pytestmark = [pytest.mark.slow, pytest.mark.validators]

PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Atlantis</title><style>a {{ padding: 1em }} {style}</style></head>
<body><main><h1>Atlantis</h1>{main}</main></body>
</html>
"""


def failed_rules(folder: Path, main: str, style: str = "") -> set[str]:
    """Return the rules that a page breaks, each with the mode in which it breaks it."""
    page = folder / "page.html"
    page.write_text(PAGE.format(main=main, style=style), "utf-8")
    findings = axe.validate([page])[page]
    return {f"{each.message.partition(':')[0]}: {each.rule}" for each in findings}


def test_a_valid_page_passes(tmp_path: Path) -> None:
    assert failed_rules(tmp_path, "<p>The tides come in <a href='#t'>twice a day</a>.</p>") == set()


def test_a_photo_without_alternative_text_fails_in_every_mode(tmp_path: Path) -> None:
    modes = ("light", "dark", "320 px", "print", "forced colours")
    assert failed_rules(tmp_path, '<img src="a.jpg">') == {f"{mode}: image-alt" for mode in modes}


STYLES = {
    # A contrast of 4.6 : 1 is enough for AA but not for AAA.
    "@media screen and (prefers-color-scheme: light) { p { color: #757575 } }": {
        "light: color-contrast-enhanced",
        "320 px: color-contrast-enhanced",
    },
    "@media (prefers-color-scheme: dark) { p { color: #222; background: #333 } }": {
        "dark: color-contrast",
        "forced colours: color-contrast",
    },
    "@media print { p { color: #757575 } }": {"print: color-contrast-enhanced"},
}


@pytest.mark.parametrize("style", STYLES)
def test_a_style_fails_in_the_modes_that_it_applies_to(style: str, tmp_path: Path) -> None:
    assert failed_rules(tmp_path, "<p>The tides</p>", style) == STYLES[style]


def test_a_target_that_is_too_small_fails(tmp_path: Path) -> None:
    style = "button { width: 12px; height: 12px; padding: 0; border: 0; display: block }"
    buttons = '<button aria-label="north"></button><button aria-label="south"></button>'
    assert "light: target-size" in failed_rules(tmp_path, buttons, style)
