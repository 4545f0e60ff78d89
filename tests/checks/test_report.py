"""The conformance report: it says what was found, never more, and is itself accessible."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from readout_pub.checks import Fault, Result, Tool, Verdict, check
from readout_pub.checks.report import report
from tests.validators import axe, nu_html_checker
from tests.validators import findings as found_by

ALT = Result("alt", "Each photo has an alternative text.", ("1.1.1",), (Fault("line 8, <img>", "it has none"),))
TITLE = Result("title", "The page has a title.", ("2.4.2",))
VERDICT = Verdict("talks.html", "html", (ALT, TITLE), (Tool("axe", "missing", "install it"),))


def rows(verdict: Verdict) -> dict[str, list[str]]:
    """Return the table: the number of each criterion → level, clause, conformance, remarks."""
    found = re.findall(r'<tr><th scope="row">(\S+).*?</th>(.*?)</tr>', report([verdict]))
    return {number: [unescape(cell) for cell in re.findall(r"<td>(.*?)</td>", cells)] for number, cells in found}


def test_a_criterion_whose_rule_is_broken_is_not_supported() -> None:
    remark = "Not so: Each photo has an alternative text. line 8, <img>: it has none."
    assert rows(VERDICT)["1.1.1"] == ["A", "9.1.1.1", "Does not support", remark]


def test_a_criterion_whose_rules_pass_is_left_to_a_person_for_the_rest() -> None:
    remark = "Passed: The page has a title. A person has to judge the rest."
    assert rows(VERDICT)["2.4.2"] == ["A", "9.2.4.2", "Partly checked", remark]


def test_what_only_people_can_judge_and_what_readouts_never_have_is_marked() -> None:
    assert rows(VERDICT)["1.3.3"] == ["A", "9.1.3.3", "Not checked", "A person has to judge this."]
    assert rows(VERDICT)["1.2.1"] == ["A", "9.1.2.1", "Not applicable", "The document has nothing of the kind."]


def test_books_and_papers_stand_under_the_clause_of_documents() -> None:
    assert rows(Verdict("talks.pdf", "pdf", ()))["1.1.1"][1] == "10.1.1.1"


def test_it_names_every_criterion_of_the_levels_a_and_aa() -> None:
    assert len(rows(VERDICT)) == 55


def test_it_breaks_no_rule_of_ours(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_text(report([VERDICT]), "utf-8")
    assert check(path).broken == ()


@pytest.mark.slow
@pytest.mark.validators
def test_validators_find_nothing_in_it(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_text(report([VERDICT]), "utf-8")
    assert found_by.report(axe.validate([path])) == ""
    assert found_by.report(nu_html_checker.validate([path])) == ""
