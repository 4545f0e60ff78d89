"""The traits that ids and classes give to a block, and the phrases that lines are matched with."""

from __future__ import annotations

import re

import pytest
from lxml import etree

from readout_pub.extract.generic.weights import load_weights
from tests.extract.generic.pages import HEADLINE, LATER, STORY, body_outline, newspaper

PLAIN = body_outline(newspaper(f"{HEADLINE}{STORY}"))
PATTERNS = (*load_weights().opening_phrases, *load_weights().contained_phrases)


@pytest.mark.parametrize("pattern", [pattern.pattern for _, pattern in PATTERNS])
def test_phrases_are_lower_case_like_the_text_they_are_matched_with(pattern: str) -> None:
    letters = re.sub(r"\\[BDSW]", "", pattern)
    assert letters == letters.lower()


def test_the_class_prefix_cmp_does_not_mark_a_consent_dialog() -> None:
    wrapper = '<div class="cmp-container"><div class="cmp-text">{}</div></div>'
    assert body_outline(newspaper(wrapper.format(f"{HEADLINE}{STORY}"))) == PLAIN


def test_an_id_that_is_the_slug_of_its_heading_gives_no_traits() -> None:
    section = '<section id="sharing-the-costs-of-ferries"><h2>Sharing the costs of ferries</h2>{}</section>'
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}{section.format(LATER)}"))
    assert "Sharing the costs of ferries" in outline
    assert "Friday" in outline


GENERATED_IDS = [
    ("discussion", "Discussion"),
    ("general-comments", "General comments"),
    ("voter-registration", "Voter registration ¶"),
    ("social_affairs", "Social affairs"),
    ("email", "E-mail"),
]
DECLARED = '<meta property="og:type" content="article">'
REMARKS = (
    "<p>The pilots asked who pays for the lamps.</p><ul><li>Lamps on the left side</li><li>Lamps on the reef</li></ul>"
)


@pytest.mark.parametrize("section", ['<section id="{}"><h2>{}</h2>{}</section>', '<h2 id="{}">{}</h2>{}'])
@pytest.mark.parametrize(("identity", "heading"), GENERATED_IDS)
def test_a_section_whose_id_is_its_heading_is_kept_beside_others(section: str, identity: str, heading: str) -> None:
    others = section.format("outlook", "Outlook", LATER)
    page = newspaper(f"{HEADLINE}{STORY}{section.format(identity, heading, REMARKS)}{others}", head=DECLARED)
    outline = body_outline(page)
    assert all(words in outline for words in (heading, "who pays for the lamps", "Lamps on the reef"))


def test_blocks_around_the_text_are_left_out_though_their_ids_are_their_headings() -> None:
    blocks = '<div id="comments"><h3>Comments</h3>{}</div><div id="related-links"><h3>Related links</h3>{}</div>'
    links = '<ul><li><a href="/reef">Reef closed</a></li><li><a href="/tide">Tide of May</a></li></ul>'
    page = newspaper(f"{HEADLINE}{STORY}", head=DECLARED, below=blocks.format(REMARKS, links))
    assert body_outline(page) == PLAIN


def test_the_id_of_a_heading_does_not_make_it_a_menu() -> None:
    traits = load_weights().trait_reader.traits
    assert traits(etree.Element("h3", {"id": "siteMap"})) == {"<h3>"}
    assert traits(etree.Element("div", {"id": "siteMap"})) == {"menu"}


def test_an_embedded_post_of_a_social_network_is_text() -> None:
    words = "The channel is open. Thank you, pilots!"
    post = f'<blockquote class="twitter-tweet"><p>{words}</p>— The Pilot (@pilot)</blockquote>'
    assert words in body_outline(newspaper(f"{HEADLINE}{STORY}{post}{LATER}"))


@pytest.mark.parametrize(
    ("names", "traits"),
    [
        ("field field--label-hidden", {"meta"}),
        ("overflow-x-hidden", set()),
        ("visually-hidden", {"hidden"}),
        ("elementor-element-38ad5ea", set()),
        ("element-1ffb8821 w-node-ad5576f3-4109-ad02-87a7-0c0ead467884", set()),
        ("box-follow-up followUp", set()),
        ("follow-us ad-2", {"ad", "share"}),
        ("item__adF2E", {"content", "list"}),
        ("block__ad", {"ad"}),
        ("border-bottom right-0 top-[var(--nav-height)] group-hover/tooltip:opacity-100", set()),
        ("has-sidebar no-commercial __with-breadcrumbs hasTooltip", set()),
        ("no-print lg:hidden", {"hidden", "tools"}),
        ("bottom-bar right-column", {"footer", "side"}),
        ("banner-ad-2", {"ad", "header"}),
    ],
)
def test_class_names_give_traits_but_hashes_and_utility_classes_do_not(names: str, traits: set[str]) -> None:
    assert load_weights().trait_reader.traits(etree.Element("div", {"class": names})) == traits
