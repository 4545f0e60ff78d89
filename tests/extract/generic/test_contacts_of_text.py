"""Which contacts belong to the document."""

from __future__ import annotations

import pytest

from readout_pub.extract.generic import analyse_page, parse_markup
from readout_pub.extract.generic.classify import choose_lines, classify
from readout_pub.extract.generic.weights import load_weights
from tests.extract.generic.pages import DATED, HEADLINE, LATER, STORY, body_outline, newspaper


@pytest.mark.parametrize(
    "contact",
    [
        "<strong>I. Nylund</strong><dl><dt>Phone</dt><dd>010-555 60 70</dd><dt>Mail</dt><dd>i@reef.example</dd></dl>",
        '<p>I. Nylund, 010-555 60 70</p><p>Press office<br><a href="mailto:p@reef.example">p@reef.example</a></p>',
    ],
)
def test_a_section_of_contacts_is_kept_if_its_first_lineis_kept_despite_low_score(contact: str) -> None:
    page = analyse_page(parse_markup(newspaper(f"{HEADLINE}{STORY}{LATER}<div><h2>Enquiries</h2>{contact}</div>")))
    classify(page, load_weights())
    heading = next(line.index for line in page.lines if line.text == "Enquiries")
    section = range(heading, next(line.index for line in page.lines if "The Atlantean," in line.text))
    for index in section:
        page.margins[index] = 4.0 if index <= heading + 1 else -3.0
    keep = choose_lines(page, None)
    assert all(keep[index] for index in section)


@pytest.mark.parametrize(("name", "kept"), [("footer-widgets sidebar", False), ("column", True)])
def test_contacts_are_left_out_only_in_a_column_of_the_footer(name: str, *, kept: bool) -> None:
    contact = "<h4>Contact</h4><p>Harbour office of Atlantis</p><p>Tel. +99 1 234 567</p>"
    text = f"<div>{HEADLINE}</div><div>{STORY}{LATER}</div>"
    page = newspaper("", above=f'<div>{text}<div class="{name}"><div>{contact}</div></div></div>', head=DATED)
    assert ("+99 1 234" in body_outline(page)) is kept
