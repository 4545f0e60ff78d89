"""SARIF: one run for each program, with all its rules, and each fault with file and place."""

from __future__ import annotations

import json

from readout_pub.checks import Fault, FileReport, RuleResult
from readout_pub.checks.sarif import to_sarif


def test_the_run_of_this_program_is_the_first() -> None:
    pdf = RuleResult("ua1", "The file conforms to PDF/UA-1.", (), (), "page-validation")
    title = RuleResult("title", "The page has a title.", ("2.4.2",))
    log = json.loads(to_sarif([FileReport("a.pdf", "pdf", (pdf,)), FileReport("a.html", "html", (title,))]))
    assert [run["tool"]["driver"]["name"] for run in log["runs"]] == ["readout-pub", "page-validation"]


def test_this_program_has_no_run_without_results_or_errors() -> None:
    pdf = RuleResult("ua1", "The file conforms to PDF/UA-1.", (), (), "page-validation")
    log = json.loads(to_sarif([FileReport("a.pdf", "pdf", (pdf,))]))
    assert [run["tool"]["driver"]["name"] for run in log["runs"]] == ["page-validation"]


def test_each_fault_is_a_result_with_rule_file_and_place() -> None:
    alt = RuleResult("alt", "Each photo has a text.", ("1.1.1",), (Fault("line 8, <img>", "it has none"),))
    title = RuleResult("title", "The page has a title.", ("2.4.2",))
    assert json.loads(to_sarif([FileReport("out/the talks.html", "html", (alt, title))])) == {
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "readout-pub",
                        "rules": [
                            {"id": "alt", "shortDescription": {"text": "Each photo has a text."}},
                            {"id": "title", "shortDescription": {"text": "The page has a title."}},
                        ],
                    }
                },
                "results": [
                    {
                        "ruleId": "alt",
                        "level": "error",
                        "message": {"text": "it has none"},
                        "locations": [
                            {
                                "physicalLocation": {"artifactLocation": {"uri": "out/the%20talks.html"}},
                                "logicalLocations": [{"fullyQualifiedName": "line 8, <img>"}],
                            }
                        ],
                    }
                ],
            }
        ],
    }
