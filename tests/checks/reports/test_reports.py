"""Conformance reports: every finding names its rule and its file, and no report says that a criterion is met."""

from __future__ import annotations

import datetime as dt
import re
from html import unescape
from pathlib import Path

import jsonschema
import msgspec
import pytest
import yaml
from yamllint import linter
from yamllint.config import YamlLintConfig

from readout_pub.checks import Fault, FileReport, RuleResult, ValidatorRun, check
from readout_pub.checks.epub import PUBLICATION_RULES
from readout_pub.checks.html import PAGE_RULES, STANDALONE_RULES
from readout_pub.checks.reports import REPORTS, render_report
from readout_pub.checks.reports.details import ReportDetails, read_details
from readout_pub.checks.reports.jis import JIS_CRITERIA, REQUIREMENTS
from readout_pub.errors import SourceError
from tests.validators import axe, nu_html_checker, reflow_and_focus
from tests.validators import findings as found_by

ALT = RuleResult("alt", "Each photo has an alternative text.", ("1.1.1",), (Fault("line 8, <img>", "it has none"),))
ALT_PASSED = RuleResult("alt", "Each photo has an alternative text.", ("1.1.1",))
TITLE = RuleResult("title", "The page has a title.", ("2.4.2",))
IDS = RuleResult("ids", "Each id is unique.", ("4.1.1", "4.1.2"), tuple(Fault("the page", f"id {n}") for n in range(8)))
UA = RuleResult("UA1-7.1", "PDF/UA-1: it is tagged", ("1.3.1",), (Fault("object 4", "it is not"),), "page-validation")
SIZE = RuleResult("target-size", "Targets are large.", ("2.5.8",), (Fault("line 2, <a>", "small"),), "axe")
GLYPH = RuleResult("UA1-7.21", "PDF/UA-1: fonts are embedded", (), (Fault("object 9", "it is not"),), "veraPDF")

FILES = (
    FileReport("out/talks.html", "html", (ALT, TITLE, IDS, SIZE), (ValidatorRun("axe", "ran"),), active_content=()),
    FileReport("out/tides.html", "html", (ALT_PASSED, TITLE), active_content=()),
    FileReport("out/talks.pdf", "pdf", (UA, GLYPH), active_content=()),
    FileReport("out/gone.html", "html", (), error="out/gone.html: there is no such file"),
)
DETAILS = ReportDetails(
    organisation="Ministry of <Fish>",
    product="Readouts of Atlantis",
    email="access@atlantis.example",
    website="https://atlantis.example/access",
    legislation="the Law of Ramps",
    enforcement="Complain to the Ombudsman of Atlantis.",
    date=dt.date(2026, 11, 28),
)
HTML_REPORTS = [name for name, each in REPORTS.items() if each.file_type == "HTML"]


def text_of(page: bytes) -> str:
    """Return the text of an HTML page on one line, without its style sheet."""
    return " ".join(unescape(re.sub(r"<style>.*?</style>|<[^<>]*>", " ", page.decode(), flags=re.DOTALL)).split())


@pytest.mark.parametrize("name", REPORTS)
def test_each_finding_is_traced_to_its_rule_its_checker_and_its_file(name: str) -> None:
    data = render_report(name, FILES, DETAILS)
    text = " ".join(str(yaml.safe_load(data)).split()) if name == "openacr" else text_of(data)
    for path, result in (("talks.html", ALT), ("talks.html", SIZE), ("talks.pdf", UA), ("talks.pdf", GLYPH)):
        sentence = rf"out/{path}[^.]*?{re.escape(result.rule)} ?[（(]{result.checker}[）)].*?{result.faults[0].what}"
        assert re.search(sentence, text), (path, result.rule)
    assert "there is no such file" in text


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_names_20_findings_on_a_criterion_and_counts_the_others(name: str) -> None:
    broken = tuple(msgspec.structs.replace(ALT, rule=f"alt-{number}") for number in range(25))
    data = render_report(name, [FileReport("out/talks.html", "html", broken)], DETAILS)
    text = " ".join(str(yaml.safe_load(data)).split()) if name == "openacr" else text_of(data)
    assert ("ほか5件" if name == "jis" else "5 more findings are in the output of `readout-pub check`.") in text


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_without_findings_does_not_say_that_a_criterion_is_met(name: str) -> None:
    data = render_report(name, [FILES[1]]).decode()
    text = re.sub(
        "does-not-support|Does not support|満たしていない|満たしていること|満たしている適合レベル",
        "",
        text_of(data.encode()),
    )
    for claim in ("support", "upports", "適合し", "準拠", "is compliant with", "満たして"):
        assert claim not in text.replace(
            "They do not show that [name of the website or documents] is compliant with", ""
        )


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_has_no_other_date_than_the_given_one(name: str) -> None:
    assert render_report(name, FILES, DETAILS) == render_report(name, FILES, DETAILS)
    assert re.search("2026-11-28|2026年11月28日", render_report(name, FILES, DETAILS).decode())
    assert "2026" not in text_of(render_report(name, FILES))


@pytest.mark.parametrize("name", HTML_REPORTS)
@pytest.mark.parametrize("details", [ReportDetails(), DETAILS], ids=["unknown", "known"])
def test_html_reports_break_no_rule_of_our_own_checks(tmp_path: Path, name: str, details: ReportDetails) -> None:
    path = tmp_path / "report.html"
    path.write_bytes(render_report(name, FILES, details))
    report = check(path)
    assert (report.broken, report.active_content) == ((), ())


@pytest.mark.slow
@pytest.mark.validators
def test_validators_find_nothing_in_html_reports(tmp_path: Path) -> None:
    paths = [tmp_path / f"{name}.html" for name in HTML_REPORTS]
    for path in paths:
        path.write_bytes(render_report(path.stem, FILES, DETAILS))
    for validator in (axe, nu_html_checker, reflow_and_focus):
        assert found_by.report(validator.validate(paths)) == ""


# --- OpenACR

TEXT = {"type": "string", "minLength": 1}
COMPONENT = {
    "type": "object",
    "required": ["name", "adherence"],
    "additionalProperties": False,
    "properties": {
        "name": {"enum": ["web", "electronic-docs", "software", "authoring-tool"]},
        "adherence": {
            "type": "object",
            "required": ["level"],
            "additionalProperties": False,
            "properties": {
                "level": {"enum": ["does-not-support", "not-applicable", "not-evaluated"]},
                "notes": TEXT,
            },
        },
    },
}
CRITERION = {
    "type": "object",
    "required": ["num"],
    "additionalProperties": False,
    "properties": {
        "num": {"type": "string", "pattern": r"^[1-4]\.\d\.\d{1,2}$"},
        "components": {"type": "array", "items": COMPONENT},
    },
}
CHAPTER = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "notes": TEXT,
        "disabled": {"type": "boolean"},
        "criteria": {"type": "array", "items": CRITERION},
    },
}
CONTACT = {
    "type": "object",
    "required": ["email"],
    "additionalProperties": False,
    "properties": dict.fromkeys(("name", "company_name", "address", "email", "phone", "website"), TEXT),
}
OPENACR = {
    "type": "object",
    "required": ["title", "product", "author", "catalog", "chapters"],
    "additionalProperties": False,
    "properties": {
        "title": TEXT,
        "product": {
            "type": "object",
            "required": ["name"],
            "properties": dict.fromkeys(("name", "version", "description"), TEXT),
        },
        "author": CONTACT,
        "vendor": CONTACT,
        "report_date": TEXT,
        "notes": TEXT,
        "evaluation_methods_used": TEXT,
        "catalog": {"const": "2.5-edition-wcag-2.2-en"},
        "chapters": {
            "type": "object",
            "additionalProperties": False,
            "properties": dict.fromkeys((f"success_criteria_level_{level}" for level in ("a", "aa", "aaa")), CHAPTER),
        },
    },
}
"""What OpenACR 0.1.0 allows in the fields that we write, as https://github.com/GSA/openacr documents it."""


@pytest.mark.slow
@pytest.mark.parametrize("details", [ReportDetails(), DETAILS], ids=["unknown", "known"])
def test_openacr_follows_its_schema_and_passes_yamllint(details: ReportDetails) -> None:
    data = render_report("openacr", FILES, details).decode()
    jsonschema.validate(yaml.safe_load(data), OPENACR)
    config = YamlLintConfig("{extends: relaxed, rules: {line-length: disable, document-start: enable}}")
    assert list(linter.run(data, config)) == []


def test_openacr_judges_web_pages_and_documents_separately() -> None:
    chapters = yaml.safe_load(render_report("openacr", FILES, DETAILS))["chapters"]
    levels = {
        row["num"]: {each["name"]: each["adherence"]["level"] for each in row["components"]}
        for name in ("success_criteria_level_a", "success_criteria_level_aa")
        for row in chapters[name]["criteria"]
    }
    assert len(levels) == 55
    assert levels["1.1.1"] == {"web": "does-not-support", "electronic-docs": "not-evaluated"}
    assert levels["1.3.1"] == {"web": "not-evaluated", "electronic-docs": "does-not-support"}
    # One HTML page could not be read, so it may have a form.
    assert levels["3.3.1"] == {"web": "not-evaluated", "electronic-docs": "not-applicable"}


# --- JIS X 8341-3:2016


def jis_rows(files: tuple[FileReport, ...], details: ReportDetails = DETAILS) -> dict[str, list[str]]:
    """Return the checklist: the number of each criterion → level, 適用, 結果, 備考."""
    page = render_report("jis", files, details).decode()
    found = re.findall(r'<tr><th scope="row">(\S+).*?</th>(.*?)</tr>', page)
    return {number: [text_of(cell.encode()) for cell in cells.split("</td><td>")] for number, cells in found}


def test_the_jis_report_has_its_38_criteria_and_calls_none_met() -> None:
    rows = jis_rows(FILES)
    assert list(rows) == [criterion.number for criterion in JIS_CRITERIA]
    assert len(rows) == 38
    assert {cells[2] for cells in rows.values()} <= {"×", "未判定", "該当なし"}


def test_jis_names_rules_in_japanese_and_says_what_people_must_judge() -> None:
    rows = jis_rows(FILES[:3])
    level, applies, result, remark = rows["1.1.1"]
    assert (level, applies, result) == ("A", "○", "×")
    assert remark.startswith("out/talks.htmlが規則alt（readout-pub）に違反：画像に代替テキストがあるか")
    assert rows["4.1.1"][2] == "×"  # WCAG 2.2 no longer has this criterion, but the JIS does
    assert "、ほか3箇所" in rows["4.1.1"][3]
    assert rows["1.2.1"][1:3] == ["-", "該当なし"]
    assert rows["1.3.3"] == ["A", "○", "未判定", "人による試験が必要です。"]
    assert (
        rows["2.4.2"][3] == "違反なし：規則title（2ファイル）ページにタイトルがある。その他は人による試験が必要です。"
    )
    form = FileReport("form.html", "html", (TITLE,), active_content=("<form>", "<input>"))
    assert jis_rows((form,))["3.3.1"][1:] == [
        "要確認",
        "未判定",
        "<form>, <input> があります。人による試験が必要です。",
    ]
    unread = jis_rows(FILES)
    assert unread["1.2.1"][1:3] == ["要確認", "未判定"]


def test_the_jis_report_has_only_level_a_if_that_is_the_goal() -> None:
    rows = jis_rows(FILES, ReportDetails(level="A"))
    assert {cells[0] for cells in rows.values()} == {"A"}
    assert "目標とする適合レベル レベルA " in text_of(render_report("jis", FILES, ReportDetails(level="A")))


def test_each_rule_of_this_program_has_its_requirement_in_japanese() -> None:
    assert set(REQUIREMENTS) == {rule.code for rule in (*PAGE_RULES, *STANDALONE_RULES, *PUBLICATION_RULES)}


# --- the statement of the EU


def test_the_statement_has_the_sections_of_the_model_statement() -> None:
    page = render_report("eu", FILES, DETAILS).decode()
    assert re.findall("<h[23]>(.*?)</h[23]>", page) == [
        "Compliance status",
        "Non-accessible content",
        "Non-compliance with the accessibility requirements",
        "Disproportionate burden",
        "Content that is not within the scope of the applicable legislation",
        "Preparation of this accessibility statement",
        "Feedback and contact information",
        "Enforcement procedure",
        "Files that were checked",
    ]


def test_the_statement_says_not_fully_compliant_only_if_a_criterion_is_broken() -> None:
    assert "Readouts of Atlantis is not fully compliant with EN 301 549" in text_of(render_report("eu", FILES, DETAILS))
    clean = text_of(render_report("eu", [FILES[1]], DETAILS))
    assert "They do not show that Readouts of Atlantis is compliant with EN 301 549." in clean
    assert "[a person has to decide: fully, partially, or not compliant]" in clean


def test_a_criterion_without_a_clause_does_not_decide_compliance() -> None:
    """EN 301 549 V3.2.1 applies 2.4.5 to web pages, but not to documents."""
    contents = RuleResult("contents", "There is a table of contents.", ("2.4.5",), (Fault("nav.xhtml", "it is empty"),))
    epub, page = (
        text_of(render_report("eu", [FileReport(f"talks.{name}", name, (contents,))], DETAILS))
        for name in ("epub", "html")
    )
    assert "found no violation of a success criterion of EN 301 549" in epub
    assert "2.4.5 Multiple Ways : talks.epub breaks the rule contents" in epub
    assert "is not fully compliant with EN 301 549" in page


def test_details_of_the_publisher_replace_the_placeholders() -> None:
    known, unknown = (text_of(render_report("eu", FILES, each)) for each in (DETAILS, ReportDetails()))
    assert (
        "Ministry of <Fish> is committed to making Readouts of Atlantis accessible, in accordance with the Law" in known
    )
    assert "[name of the public sector body] is committed to making [name of the website or documents]" in unknown
    assert "Complain to the Ombudsman" in known


# --- details of the publisher


def test_details_are_read_from_toml(tmp_path: Path) -> None:
    path = tmp_path / "details.toml"
    path.write_text('organisation = "Ministry"\nlevel = "A"\ndate = 2026-11-28\n', "utf-8")
    assert read_details(path) == ReportDetails(organisation="Ministry", level="A", date=dt.date(2026, 11, 28))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('organization = "Ministry"', "organization"),
        ('product = "A"\nlevel = "AAA"', r"toml:2: 'level' must be \"A\" or \"AA\", but is \"AAA\";"),
        ('date = "May"', r"toml:1: 'date' must be a date, such as \"2031-05-01\";"),
        ("date = 3", "'date' must be a date, such as 2031-05-01, but is a number;"),
        ('email = " "', "email is empty"),
        ("organisation = Ministry", "this is not valid TOML"),
    ],
)
def test_mistakes_in_the_details_are_reported(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "details.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(SourceError, match=message):
        read_details(path)
