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
        "<div><h3>Wissen, was läuft</h3><p>Erhalten Sie Post vom Hafen.</p><a href='/n'>Jetzt anmelden</a></div>",
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
def test_links_in_sentences_and_files_and_headings_are_text(line: str) -> None:
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}{line}{LATER}")).lower()
    assert "register now" in outline or "plan of the lamps" in outline


def test_a_question_that_opens_its_answer_is_text() -> None:
    entry = '<p><a href="javascript:;">{}</a></p><div class="answer" style="display:none">{}</div>'
    asked = ("Who may enter?", "What does it cost?", "May I bring a dog?")
    entries = "".join(entry.format(question, LATER) for question in asked)
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}<div>{entries}</div>"))
    assert [question for question in asked if question not in outline] == []
