"""The HTML checker sees what it is there to see, warnings too."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.validators import nu
from tests.validators.findings import Finding

pytestmark = [pytest.mark.slow, pytest.mark.validators]

PAGE = '<!DOCTYPE html>\n<html lang="en">\n<head><title>Atlantis</title></head>\n<body>\n{}\n</body>\n</html>\n'

BODIES = {
    "<h1>Tides</h1>\n<p>They come.</p>": "",
    "<h1>Tides</h1>\n<p><div>They come.</div></p>": "error at line 6: No “p” element in scope but a “p” end tag seen.",
    '<h1 id="t">Tides</h1>\n<p id="t">They come.</p>': "error at line 6: Duplicate ID “t”.",
    "<h1>Tides</h1>\n<section><p>They come.</p></section>": "warning at line 6: Section lacks heading.",
}


def test_each_broken_page_fails_and_the_sound_one_passes(tmp_path: Path) -> None:
    pages = {body: tmp_path / f"page+{number}.html" for number, body in enumerate(BODIES)}
    for body, page in pages.items():
        page.write_text(PAGE.format(body), "utf-8")
    verdicts = nu.judge(list(pages.values()))
    assert {body: first_words(verdicts[page]) for body, page in pages.items()} == BODIES


def first_words(findings: tuple[Finding, ...]) -> str:
    """Return the first sentence of the first finding, without its reason."""
    if not findings:
        return ""
    sentence, stop, _ = findings[0].message.partition(".")
    return f"{findings[0].severity} at {findings[0].where}: {sentence}{stop}"
