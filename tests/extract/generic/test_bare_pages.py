"""Bare pages, which contain only a document: nearly all of their words are kept."""

from __future__ import annotations

import pytest

from readout_pub import extract
from readout_pub.model import plain_text, texts
from tests.extract.generic.pages import LATER, STORY, body_outline
from tests.outline import outline
from tests.pages import whole_page

MINUTES = """<h1>Note on tides</h1><p>By the harbour office</p><h2>Part one</h2>
<p>The tide rises twice a day in the bay.</p>
<ul><li>North quay</li><li>South quay</li></ul><h2>Terms</h2><dl><dt>Ebb</dt><dd>Falling water.</dd><dt>Flood</dt>
<dd>Rising water.</dd></dl><h2>Contact</h2><p>Harbour office, Quay 1</p><p>Tel. 12345</p>
<p><a href="mailto:pilots@atlantis.example">pilots@atlantis.example</a></p>"""

MEMO = """<p>MEMORANDUM</p><p>To: All pilots</p><p>From: The harbour</p><hr>
<p>The lights at the northern quay are out until
Friday. Please sail with care.</p><table><tr><th>Quay</th><th>Light</th></tr><tr><td>North</td><td>Out</td></tr></table>
<p>Yours,</p><p>N. Salt</p><p>Harbour master</p><p>cc: The ministry</p>"""

VOTE = """<div class="page"><div class="title">Minutes</div><div>Present: Ms Kelp, Mr Foam</div><div>1. Lights</div>
<div>The pilots agreed.</div><div>Adopted: 14 for, 9 against</div><div>Signed: N. Kelp</div></div>"""

GLOSSARY = "<h1>Glossary</h1><dl>" + "".join(f"<dt>Term {n}</dt><dd>Word {n}.</dd>" for n in range(30)) + "</dl>"


@pytest.mark.parametrize("markup", [MINUTES, MEMO, VOTE, GLOSSARY])
def test_a_page_without_boilerplate_keeps_all_its_words(markup: str) -> None:
    page = whole_page(f"<html><head><title>Tides</title></head><body>{markup}</body></html>")
    readout = extract(page, site="none").readout
    parts = (plain_text(readout.title or ()), readout.byline or "", readout.issued_text or "", *texts(readout.body))
    words = " ".join(parts)
    for text in whole_page(markup).markup.replace("<", "\n<").replace(">", ">\n").splitlines():
        assert text.startswith("<") or text.strip() in words


TIDES = "<p>The tide rises twice a day in the bay, and the pilots of Atlantis know it.</p>" * 6
MENU_ROWS = """<p><a href="#top">Return to top</a></p><p><a href="/reports">Reports of 2031</a></p>
<div><a href="/">Home</a> | <a href="/news">News of the harbour</a><br>Last update: 9 May 2031</div>"""


@pytest.mark.parametrize("markup", [f"{TIDES}{MENU_ROWS}", f"{MENU_ROWS}{TIDES}"])
def test_lines_of_links_around_a_bare_page_are_left_out(markup: str) -> None:
    body = outline(extract(whole_page(f"<body>{markup}</body>"), site="none").readout.body)
    assert "The tide rises" in body
    assert not any(words in body for words in ("News of the harbour", "Reports of 2031", "Last update"))


def test_single_links_around_a_bare_page_are_kept() -> None:
    markup = (
        f'<p><a href="/a">Annex A</a></p>{TIDES}<p><a href="mailto:quay@atlantis.example">quay@atlantis.example</a></p>'
    )
    body = outline(extract(whole_page(f"<body>{markup}</body>"), site="none").readout.body)
    assert "Annex A" in body
    assert "quay@atlantis.example" in body


def test_the_elements_named_header_and_footer_are_left_out() -> None:
    menu = "".join(f'<li><a href="/{word}">{word}</a></li>' for word in ("News", "Press", "Tides"))
    around = f'<div id="header"><h1><a href="/">Ministry of Tides</a></h1><ul>{menu}</ul></div>'
    footer = '<div id="footer"><p>Quay 1, Reef Town</p><p>All rights reserved</p></div>'
    body = body_outline(f"<body>{around}<h2>Harbour</h2>{STORY}{LATER}{footer}</body>")
    assert "forty lamps" in body
    assert not any(words in body for words in ("News", "Ministry", "Quay 1", "All rights"))


def test_a_column_of_links_left_of_a_bare_document_is_left_out() -> None:
    rows = "".join(f'<tr><td><a href="/{name}">{name}</a></td></tr>' for name in ("Visas", "Laws", "Annex"))
    markup = f"<table><tr><td><table>{rows}</table></td><td><h2>Note on tides</h2>{TIDES}</td></tr></table>"
    body = outline(extract(whole_page(f"<body>{markup}</body>"), site="none").readout.body)
    assert "The tide rises" in body
    assert "Visas" not in body
