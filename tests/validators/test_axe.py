"""axe-core reports the rules that a page breaks in each mode (light, dark, …), also rules that are off by default."""

from __future__ import annotations

from typing import NamedTuple

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


class Example(NamedTuple):
    """A page, and the rules that it breaks, with the mode before each rule: "dark: color-contrast"."""

    main: str
    style: str
    rules: frozenset[str]


MODES = ("light", "dark", "320 px", "print", "forced colours")
TEXT = "<p>The tides</p>"
SMALL_BUTTONS = '<button aria-label="north"></button><button aria-label="south"></button>'

EXAMPLES = {
    "a valid page": Example("<p>The tides come in <a href='#t'>twice a day</a>.</p>", "", frozenset()),
    "a photo without alternative text": Example(
        '<img src="a.jpg">', "", frozenset(f"{mode}: image-alt" for mode in MODES)
    ),
    # A contrast of 4.6 : 1 is enough for AA but not for AAA.
    "low contrast in light mode": Example(
        TEXT,
        "@media screen and (prefers-color-scheme: light) { p { color: #757575 } }",
        frozenset({"light: color-contrast-enhanced", "320 px: color-contrast-enhanced"}),
    ),
    "low contrast in dark mode": Example(
        TEXT,
        "@media (prefers-color-scheme: dark) { p { color: #222; background: #333 } }",
        frozenset({"dark: color-contrast", "forced colours: color-contrast"}),
    ),
    "low contrast in print": Example(
        TEXT, "@media print { p { color: #757575 } }", frozenset({"print: color-contrast-enhanced"})
    ),
    "small targets": Example(
        SMALL_BUTTONS,
        "button { width: 12px; height: 12px; padding: 0; border: 0; display: block }",
        frozenset({f"{mode}: target-size" for mode in MODES}),
    ),
}


@pytest.fixture(scope="module")
def broken_rules(tmp_path_factory: pytest.TempPathFactory) -> dict[str, frozenset[str]]:
    """Name of an example → the rules that it breaks. One browser checks the pages of all examples."""
    folder = tmp_path_factory.mktemp("pages")
    pages = {name: folder / f"{number}.html" for number, name in enumerate(EXAMPLES)}
    for name, page in pages.items():
        page.write_text(PAGE.format(main=EXAMPLES[name].main, style=EXAMPLES[name].style), "utf-8")
    findings = axe.validate(list(pages.values()))
    return {
        name: frozenset(f"{each.message.partition(':')[0]}: {each.rule}" for each in findings[page])
        for name, page in pages.items()
    }


@pytest.mark.parametrize("name", EXAMPLES)
def test_axe_reports_the_rules_that_each_mode_of_a_page_breaks(
    name: str, broken_rules: dict[str, frozenset[str]]
) -> None:
    assert broken_rules[name] == EXAMPLES[name].rules
