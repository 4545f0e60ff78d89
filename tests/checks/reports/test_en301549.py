"""The report on EN 301 549 has a row for each criterion of WCAG. The row states only what the checks found."""

from __future__ import annotations

import re
from html import unescape

from readout_pub import __version__
from readout_pub.checks import Fault, FileReport, RuleResult, ValidatorRun
from readout_pub.checks.reports import render_report

ALT = RuleResult("alt", "Each photo has an alternative text.", ("1.1.1",), (Fault("line 8, <img>", "it has none"),))
TITLE = RuleResult("title", "The page has a title.", ("2.4.2",))
REPORT = FileReport(
    "talks.html", "html", (ALT, TITLE), (ValidatorRun("axe", "missing", "install it"),), active_content=()
)


def rows(report: FileReport) -> dict[str, list[str]]:
    """Return the table: the number of each criterion → level, clause, conformance, remarks."""
    page = render_report("en301549", [report]).decode()
    found = re.findall(r'<tr><th scope="row">(\S+).*?</th>(.*?)</tr>', page)
    return {number: [unescape(cell) for cell in re.findall(r"<td>(.*?)</td>", cells)] for number, cells in found}


def test_the_report_has_the_digest_of_each_file_and_names_the_program() -> None:
    digest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
    page = render_report("en301549", [FileReport("talks.html", "html", (TITLE,), sha256=digest)]).decode()
    assert f"SHA-256 of the file: <code>{digest}</code>" in page
    assert f"made by the program readout-pub {__version__}." in page


def test_files_are_listed_with_links_to_their_sections_the_worst_first() -> None:
    page = render_report("en301549", [FileReport("tides.html", "html", (TITLE,)), REPORT]).decode()
    listed = re.findall(r'<a href="#(\S+?)">(\S+?)</a></th><td>(.*?)</td>', page)
    assert [(name, state) for _, name, state in listed] == [
        ("talks.html", "2 rules were applied; 1 is broken. axe: missing (install it)."),
        ("tides.html", "1 rule was applied; 0 are broken."),
    ]
    assert all(f'<h2 id="{target}">{name}</h2>' in page for target, name, _ in listed)
    assert "<a href" not in render_report("en301549", [REPORT]).decode()


def test_a_criterion_whose_rule_is_broken_is_not_supported() -> None:
    remark = (
        "talks.html breaks the rule alt (readout-pub): Each photo has an alternative text. "
        "Faults: line 8, <img>: it has none."
    )
    assert rows(REPORT)["1.1.1"] == ["A", "9.1.1.1", "Does not support", remark]


def test_a_criterion_whose_rules_pass_is_only_partly_checked() -> None:
    remark = "Passed: The page has a title (rule title, 1 file). A person has to judge the rest."
    assert rows(REPORT)["2.4.2"] == ["A", "9.2.4.2", "Partly checked", remark]


def test_criteria_that_people_must_judge_or_that_do_not_apply_are_marked() -> None:
    assert rows(REPORT)["1.3.3"] == ["A", "9.1.3.3", "Not checked", "A person has to judge this."]
    remark = "The checked files have no media, forms or scripts, so they have nothing to which this criterion applies."
    assert rows(REPORT)["3.3.1"] == ["A", "9.3.3.1", "Not applicable", remark]


def test_criteria_of_media_and_forms_apply_to_a_page_that_has_them() -> None:
    page = FileReport("form.html", "html", (TITLE,), active_content=("<input>", "<video>"))
    remark = "The files have <video>. A person has to judge this."
    assert rows(page)["1.2.1"] == ["A", "9.1.2.1", "Not checked", remark]
    unknown_content = FileReport("talks.pdf", "pdf", ())
    assert rows(unknown_content)["3.3.1"][2] == "Not checked"


def test_criteria_of_media_do_not_apply_to_a_page_with_forms_alone() -> None:
    found = rows(FileReport("index.html", "html", (TITLE,), active_content=("<button>", "<form>", "<input>")))
    remark = "The checked files have no media or scripts, so they have nothing to which this criterion applies."
    assert found["1.2.1"] == ["A", "9.1.2.1", "Not applicable", remark]
    assert found["1.4.2"][2] == "Not applicable"
    assert found["3.3.1"][2:] == [
        "Not checked",
        "The files have <button>, <form>, <input>. A person has to judge this.",
    ]
    scripted = rows(FileReport("index.html", "html", (TITLE,), active_content=("<form>", "<script>")))
    assert scripted["1.2.1"][2:] == ["Not checked", "The files have <script>. A person has to judge this."]


def test_a_broken_rule_outside_levels_a_and_aa_has_its_own_row() -> None:
    lamps = RuleResult("lamps", "Lamps are lit.", ("1.4.6",), (Fault("page 2", "it is dark"),), "veraPDF")
    sentence = "talks.pdf breaks the rule lamps (veraPDF): Lamps are lit. Faults: page 2: it is dark."
    assert rows(FileReport("talks.pdf", "pdf", (lamps,)))["lamps"] == ["–", "–", "Does not support", sentence]


def test_pdf_is_reported_under_the_clause_of_documents() -> None:
    assert rows(FileReport("talks.pdf", "pdf", ()))["1.1.1"][1] == "10.1.1.1"


def test_criteria_that_wcag_22_added_have_no_clause() -> None:
    assert {number for number, (_, clause, *_) in rows(REPORT).items() if clause == "–"} == set(
        "2.4.11 2.5.7 2.5.8 3.2.6 3.3.7 3.3.8".split()
    )


def test_criteria_on_sets_of_web_pages_have_no_clause_for_documents() -> None:
    """EN 301 549 V3.2.1 marks the clauses 10.2.4.1, 10.2.4.5, 10.3.2.3 and 10.3.2.4 as void."""
    web, documents = rows(REPORT), rows(FileReport("talks.pdf", "pdf", ()))
    assert {number for number in web if web[number][1] != "–" and documents[number][1] == "–"} == {
        "2.4.1",
        "2.4.5",
        "3.2.3",
        "3.2.4",
    }


def test_the_report_has_all_55_criteria_of_levels_a_and_aa() -> None:
    assert len(rows(REPORT)) == 55
