"""The conformance report: it states what the checks found, never more, and is itself accessible."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from readout_pub.checks import Fault, FileReport, RuleResult, ValidatorRun, check
from readout_pub.checks.report import render_report
from tests.validators import axe, nu_html_checker
from tests.validators import findings as found_by

ALT = RuleResult("alt", "Each photo has an alternative text.", ("1.1.1",), (Fault("line 8, <img>", "it has none"),))
TITLE = RuleResult("title", "The page has a title.", ("2.4.2",))
REPORT = FileReport("talks.html", "html", (ALT, TITLE), (ValidatorRun("axe", "missing", "install it"),))


def rows(report: FileReport) -> dict[str, list[str]]:
    """Return the table: the number of each criterion → level, clause, conformance, remarks."""
    found = re.findall(r'<tr><th scope="row">(\S+).*?</th>(.*?)</tr>', render_report([report]))
    return {number: [unescape(cell) for cell in re.findall(r"<td>(.*?)</td>", cells)] for number, cells in found}


def test_a_criterion_whose_rule_is_broken_is_not_supported() -> None:
    remark = "Broken: Each photo has an alternative text. line 8, <img>: it has none."
    assert rows(REPORT)["1.1.1"] == ["A", "9.1.1.1", "Does not support", remark]


def test_a_criterion_whose_rules_pass_is_only_partly_checked() -> None:
    remark = "Passed: The page has a title. A person has to judge the rest."
    assert rows(REPORT)["2.4.2"] == ["A", "9.2.4.2", "Partly checked", remark]


def test_criteria_for_people_and_inapplicable_ones_are_marked() -> None:
    assert rows(REPORT)["1.3.3"] == ["A", "9.1.3.3", "Not checked", "A person has to judge this."]
    remark = "A readout has nothing to which this criterion applies."
    assert rows(REPORT)["1.2.1"] == ["A", "9.1.2.1", "Not applicable", remark]


def test_pdf_is_reported_under_the_clause_of_documents() -> None:
    assert rows(FileReport("talks.pdf", "pdf", ()))["1.1.1"][1] == "10.1.1.1"


def test_the_report_has_all_55_criteria_of_levels_a_and_aa() -> None:
    assert len(rows(REPORT)) == 55


def test_the_report_breaks_no_rule_of_its_own_checks(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_text(render_report([REPORT]), "utf-8")
    assert check(path).broken == ()


@pytest.mark.slow
@pytest.mark.validators
def test_validators_find_nothing_in_the_report(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_text(render_report([REPORT]), "utf-8")
    assert found_by.report(axe.validate([path])) == ""
    assert found_by.report(nu_html_checker.validate([path])) == ""
