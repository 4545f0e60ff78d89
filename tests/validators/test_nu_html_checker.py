"""The Nu HTML checker reports the expected error or warning for each invalid page, and nothing for a valid one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.validators import nu_html_checker
from tests.validators.findings import Finding

pytestmark = [pytest.mark.slow, pytest.mark.validators]

PAGE = '<!DOCTYPE html>\n<html lang="en">\n<head><title>Atlantis</title></head>\n<body>\n{}\n</body>\n</html>\n'

EXPECTED_MESSAGES = {
    "<h1>Tides</h1>\n<p>They come.</p>": "",
    "<h1>Tides</h1>\n<p><div>They come.</div></p>": "error at line 6: No “p” element in scope but a “p” end tag seen.",
    '<h1 id="t">Tides</h1>\n<p id="t">They come.</p>': "error at line 6: Duplicate ID “t”.",
    "<h1>Tides</h1>\n<section><p>They come.</p></section>": "warning at line 6: Section lacks heading.",
}


def test_each_invalid_page_fails_and_the_valid_one_passes(tmp_path: Path) -> None:
    pages = {body: tmp_path / f"page+{number}.html" for number, body in enumerate(EXPECTED_MESSAGES)}
    for body, page in pages.items():
        page.write_text(PAGE.format(body), "utf-8")
    findings = nu_html_checker.validate(list(pages.values()))
    assert {body: first_sentence(findings[page]) for body, page in pages.items()} == EXPECTED_MESSAGES


def first_sentence(findings: tuple[Finding, ...]) -> str:
    """Return severity, line and first sentence of the first finding; an empty string if there is none."""
    if not findings:
        return ""
    sentence, stop, _ = findings[0].message.partition(".")
    return f"{findings[0].severity} at {findings[0].where}: {sentence}{stop}"
