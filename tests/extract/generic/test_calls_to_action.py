"""Links and boxes that ask visitors to do something, such as to subscribe, are not text."""

from __future__ import annotations

import pytest

from tests.extract.generic.pages import HEADLINE, LATER, STORY, body_outline, newspaper

PLAIN = body_outline(newspaper(f"{HEADLINE}{STORY}{LATER}"))


@pytest.mark.parametrize(
    "call",
    [
        '<p><a href="/register">Register now</a></p>',
        '<p><a class="btn btn-primary" href="/lamps">All lamps of the bay</a></p>',
        '<p><a href="/n">Zum Newsletter</a></p>',
        '<p><a href="/g">View photo gallery (12)</a></p>',
        '<div><p>Do you want to know more about lamps?</p><p><a href="/w">Visit our website</a></p></div>',
        "<div><h2>Mail of the harbour</h2><p>A letter for each lamp.</p><input type=email><button>Go</button></div>",
        "<div><h3>Wissen, was läuft</h3><p>Wollen Sie Post vom Hafen?</p><a href='/n'>Jetzt anmelden</a></div>",
    ],
)  # fmt: skip
@pytest.mark.parametrize("place", ["in the text", "below the text"])
def test_calls_to_action_are_left_out(call: str, place: str) -> None:
    page = f"{STORY}{call}{LATER}" if place == "in the text" else f"{STORY}{LATER}{call}"
    assert body_outline(newspaper(f"{HEADLINE}{page}")) == PLAIN


@pytest.mark.parametrize(
    "line",
    [
        '<p>Captains may <a href="/register">register now</a> for the pilots of the new channel, free of charge.</p>',
        '<p><a class="btn" href="/plan.pdf">Plan of the lamps</a></p>',
        "<h2>Register now</h2><p>Ships of more than ten ells need a number, which the pilots paint on the bow.</p>",
    ],
)
def test_links_in_sentences_links_to_files_and_headings_are_text(line: str) -> None:
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}{line}{LATER}")).lower()
    assert "register now" in outline or "plan of the lamps" in outline


def test_a_question_that_opens_its_answer_is_text() -> None:
    entry = '<p><a href="javascript:;">{}</a></p><div class="answer" style="display:none">{}</div>'
    asked = ("Who may enter?", "What does it cost?", "May I bring a dog?")
    entries = "".join(entry.format(question, LATER) for question in asked)
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}<div>{entries}</div>"))
    assert [question for question in asked if question not in outline] == []


@pytest.mark.parametrize(
    "heading",
    [
        '<h3><a class="accordion-button collapsed" data-bs-toggle="collapse" href="#part{}">{}</a></h3>',
        '<h5><a class="btn btn-link" data-toggle="collapse" href="#part{}">{}</a></h5>',
        '<p><a class="btn" href="#part{}">{}</a></p>',
    ],
)
def test_a_button_that_leads_to_a_part_of_the_page_is_text(heading: str) -> None:
    asked = ("Who may enter?", "What does it cost?", "May I bring a dog?")
    answer = "<p>The harbour office answers that each captain needs pass {0} with the seal of the port.</p>"
    part = f'<div id="part{{0}}">{answer}</div>'
    parts = "".join(f"{heading.format(*each)}{part.format(each[0])}" for each in enumerate(asked))
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}{parts}"))
    assert [question for question in asked if question not in outline] == []


@pytest.mark.parametrize(
    "box",
    [
        '<ul><li>The lamps burn till dawn</li><li>Boats keep left</li><li><a href="/c">Contact us</a></li></ul>',
        '<div><p>The talks go on: boats keep left.</p><p><a href="/c">Register here</a></p></div>',
        '<section><h2>Next steps</h2><p>All boats keep left.</p><p><a href="/c">Find out more</a></p></section>',
        '<div><p>In fog, boats keep left</p><input type="hidden" name="email"></div>',
    ],
)
def test_statements_and_lists_above_a_call_to_action_are_text(box: str) -> None:
    assert "oats keep left" in body_outline(newspaper(f"{HEADLINE}{STORY}{box}{LATER}"))
