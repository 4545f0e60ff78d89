"""`python -m benchmarks.rules` measures, one at a time, the rules that correct the scorer."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("scipy", reason="only the whole test environment has SciPy")

from benchmarks.fitting.__main__ import INVENTED_PAGES
from benchmarks.fitting.gold import GoldPage
from benchmarks.rules import cases, effects, main, table
from tests.extract.generic.pages import HEADLINE, LATER, STORY, newspaper

NEWS = '<h3>Other news</h3><ul><li><a href="/lamp">A lamp is lit</a></li><li><a href="/reef">A reef</a></li></ul>'
LINKS = "".join(f'<li><a href="/{n}">Lamp {n}</a></li>' for n in range(9))


def gold_page(text: str, links: str = NEWS) -> GoldPage:
    page = newspaper(f"{HEADLINE}{STORY}{links}{LATER}")
    return GoldPage("harbour", Path("invented"), "atlantis.example", "invented", page, text, [], [])


@pytest.mark.parametrize(
    ("text", "right"), [("Captains had waited.", "1.00"), ("Other news\nA lamp is lit\nA reef", "0.00")]
)
def test_the_annotated_text_tells_whether_a_rule_leaves_lines_out_rightly(text: str, right: str) -> None:
    found = effects(gold_page(text))
    row = next(line for line in table(found).splitlines() if line.startswith("a link to another story"))
    assert "leaves out" in row
    assert row.endswith(right)
    assert any("Other news" in line for line in cases(found, "a link to another story"))


def test_a_page_to_which_no_rule_applies_has_no_effects() -> None:
    assert effects(gold_page("Captains had waited.", f'<div class="widget"><ul>{LINKS}</ul></div>')) == []


@pytest.mark.slow
def test_the_rules_are_measured_on_the_invented_pages(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(INVENTED_PAGES)]) == 0
    assert capsys.readouterr().out.startswith("rule")


def test_a_folder_without_annotated_pages_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main([str(tmp_path)])
    assert stopped.value.code == 2
    assert "gold.jsonl" in capsys.readouterr().err
