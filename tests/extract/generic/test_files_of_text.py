"""Which links to files are kept."""

from __future__ import annotations

import pytest

from readout_pub.extract.generic import analyse_page, parse_markup
from readout_pub.extract.generic.classify import choose_lines, classify
from readout_pub.extract.generic.weights import load_weights
from tests.extract.generic.pages import DATED, HEADLINE, LATER, STORY, body_outline, newspaper

FILES = "".join(
    f'<li><a href="/files/view/{n}">{name}</a></li>'
    for n, name in enumerate(("Mooring permit - PDF", "Lamp permit - PDF fill-in", "Map of the bay"))
)


def _page_with_list(items: str) -> str:
    parts = f'<h2 class="headline">Lamps</h2>{STORY}<h2 class="headline">Fees</h2>{LATER}'
    panel = f'<div role="tabpanel" style="display:none"><h2 class="headline">Forms</h2><ul>{items}</ul></div>'
    return newspaper(f"{HEADLINE}{parts}{panel}")


def test_a_list_of_files_below_a_heading_of_the_textis_kept_despite_low_score() -> None:
    outline = body_outline(_page_with_list(FILES))
    assert 'section "Forms"' in outline
    assert "Map of the bay" in outline


def test_the_link_to_a_file_right_below_the_textis_kept_despite_low_score() -> None:
    file = '<div><div></div><div><a href="/files/lamps.pdf">Leaflet on lamps (PDF)</a></div></div>'
    assert "Leaflet on lamps" in body_outline(newspaper(f"{HEADLINE}<div>{STORY}</div>{file}"))
    assert "Leaflet on lamps" not in body_outline(newspaper(f"{HEADLINE}<div>{STORY}</div>{file.replace('.pdf', '')}"))


@pytest.mark.parametrize("first", ["/files/lamps.pdf", "/syllabus"])
def test_links_to_pages_in_a_list_with_a_file_are_kept(first: str) -> None:
    last = "/syllabus" if first.endswith(".pdf") else "/files/lamps.pdf"
    entries = f'<li><a href="{first}">Leaflet on lamps</a></li><li><a href="{last}">Syllabus for pilots</a></li>'
    resources = f'<div><h2>Explore</h2><div><h3>Resources</h3><ul class="field__items">{entries}</ul></div></div>'
    text = body_outline(newspaper(f"{HEADLINE}<div>{STORY}</div>{resources}"))
    assert "Leaflet on lamps" in text
    assert "Syllabus for pilots" in text
    stories = resources.replace(".pdf", "")
    assert "Syllabus" not in body_outline(newspaper(f"{HEADLINE}<div>{STORY}</div>{stories}"))


CARD = '<a href="{}"><div class="card"><ul><li>Pdf</li><li>346 KB</li></ul><h4>Guide to lamps</h4></div></a>'


@pytest.mark.parametrize(
    ("file", "kept"),
    [
        (CARD.format("/files/lamps.pdf"), True),
        ('<p><a href="/files/lamps.pdf">Guide to lamps</a></p>', True),
        (CARD.format("/lamps"), False),
        (f"<p>Next page</p>{CARD.format('/files/lamps.pdf')}", False),
    ],
)
def test_only_a_file_right_below_its_heading_is_kept_with_the_heading(file: str, *, kept: bool) -> None:
    page = analyse_page(parse_markup(newspaper(f"{HEADLINE}<div>{STORY}</div><h2>Downloads</h2><div>{file}</div>")))
    classify(page, load_weights())
    last = next(line.index for line in page.lines if line.text.startswith("The ministry expects"))
    start = last + 1
    end = next(line.index for line in page.lines if "The Atlantean," in line.text)
    page.margins[start:end] = [-3.0] * (end - start)
    keep = choose_lines(page, None)
    assert {keep[index] for index in range(start, end)} == {kept}


def test_a_list_of_stories_below_a_text_heading_is_left_out() -> None:
    assert "Map of the bay" not in body_outline(_page_with_list(FILES.replace("PDF", "story")))


@pytest.mark.parametrize(
    "annex",
    [
        '<div class="teaser box"><h3>Annex</h3><a href="/annex.pdf">List of lamps (PDF, 120 kB)</a></div>',
        '<div class="teaser"><p>The list of lamps is in the annex.</p><p><a href="/a.pdf">The list</a></p></div>',
    ],
)
def test_a_teaser_of_a_file_right_below_the_textis_kept_despite_low_score(annex: str) -> None:
    page = newspaper(f"{HEADLINE}{STORY}{LATER}{annex}", head=DATED)
    assert "of lamps" in body_outline(page)
    assert "of lamps" in body_outline(page.replace("<article", "<div").replace("</article", "</div"))


def test_a_link_to_a_pdf_of_the_page_itself_is_left_out() -> None:
    file = '<div><h3>As PDF</h3><a href="/h.pdf">Har&shy;bour open (PDF, 298KB)</a></div>'
    page = newspaper(f"{HEADLINE}{STORY}{LATER}{file}", head=DATED)
    assert "298KB" not in body_outline(page.replace("<article", "<div").replace("</article", "</div"))
