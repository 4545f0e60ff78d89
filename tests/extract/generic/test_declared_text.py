"""Text that the metadata of a page declare is kept: answers to questions, and the lede below the headline."""

from __future__ import annotations

import json

import pytest

from tests.extract.generic.pages import DATED, HEADLINE, STORY, body_outline, newspaper

ANSWER = "A ship waits outside the reef until the bell of the harbour master has rung twice."
SIDEBAR = f'<div class="sidebar widget"><h3>How long do ships wait?</h3><div>{ANSWER}</div></div>'
LEDE = "Ships of every flag may enter Atlantis, and the pilots know their work"


def questions(answer: str) -> str:
    """Return a JSON-LD script with one question and its answer."""
    item = {"@type": "Question", "name": "How long?", "acceptedAnswer": {"@type": "Answer", "text": answer}}
    return f'<script type="application/ld+json">{json.dumps({"@type": "FAQPage", "mainEntity": [item]})}</script>'


@pytest.mark.parametrize("answer", [ANSWER, f"<p>{ANSWER}</p><p>Then it enters.</p>", f"&lt;p&gt;{ANSWER}&lt;/p&gt;"])
def test_answers_that_metadata_declare_are_text_even_in_a_sidebar(answer: str) -> None:
    assert ANSWER not in body_outline(newspaper(f"{HEADLINE}{STORY}", below=SIDEBAR, head=DATED))
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}", below=SIDEBAR, head=DATED + questions(answer)))
    assert "How long do ships wait?" in outline
    assert ANSWER in outline


def test_a_link_or_footer_with_words_of_an_answer_is_not_text() -> None:
    below = f'<footer>{ANSWER}</footer><div class="sidebar widget"><a href="/wait">{ANSWER}</a></div>'
    assert ANSWER not in body_outline(newspaper(f"{HEADLINE}{STORY}", below=below, head=DATED + questions(ANSWER)))


@pytest.mark.parametrize(
    "declared",
    [
        f'<meta name="description" content="{LEDE}">',
        f'<meta property="og:description" content="{LEDE.upper()}.">',
        f'<script type="application/ld+json">{{"@type": "NewsArticle", "description": "{LEDE}"}}</script>',
        f'<meta name="description" content="{LEDE[:56]} find the channel. Read more.">',
    ],
)
def test_the_lede_below_the_headline_is_text_if_it_describes_the_page(declared: str) -> None:
    head = f'{HEADLINE}<div class="author-meta"><p>By Mara Quill</p></div>'
    lede = f'<div class="author-meta social"><span>{LEDE}</span></div>'
    assert LEDE not in body_outline(newspaper(f"{head}{lede}{STORY}", head=DATED))
    assert LEDE in body_outline(newspaper(f"{head}{lede}{STORY}", head=DATED + declared))
    assert LEDE not in body_outline(newspaper(f"{HEADLINE}{STORY}", below=lede, head=DATED + declared))


@pytest.mark.parametrize(("name", "kept"), [("article-subtitle", True), ("deck", True), ("social author-meta", False)])
def test_a_line_below_the_headline_is_text_only_with_a_class_for_subtitles(name: str, kept: bool) -> None:  # noqa: FBT001
    lede = f'<div class="author-meta social"><span>By Mara Quill</span></div><div class="{name} social">{LEDE}</div>'
    assert (LEDE in body_outline(newspaper(f"{HEADLINE}{lede}{STORY}", head=DATED))) is kept
    card = f'<div class="author-meta social"><h3 class="social">Mara Quill</h3>{lede}</div>'
    assert LEDE not in body_outline(newspaper(f"{HEADLINE}{card}{STORY}", head=DATED))
    assert LEDE not in body_outline(newspaper(f"{HEADLINE}{STORY}", below=lede, head=DATED))


@pytest.mark.parametrize(
    "words", ["Ships of every flag", "The harbour of Atlantis and its pilots, who know their work well"]
)
def test_a_description_with_another_beginning_marks_no_lede(words: str) -> None:
    lede = f'<div class="author-meta social"><span>{LEDE}</span></div>'
    declared = f'<meta name="description" content="{words}">'
    assert LEDE not in body_outline(newspaper(f"{HEADLINE}{lede}{STORY}", head=DATED + declared))
