"""A text that a page holds several times, such as once for each width of the screen, is read once."""

from __future__ import annotations

import pytest

from tests.extract.generic.pages import HEADLINE, LATER, STORY, body_outline, extract_generic, newspaper

NOTICE = """<p>The pilots of the reef leave at seven bells and at nine, and wait for nobody who has lost a hat, a ticket
or a sense of time.</p><p>Hats may be fetched from the harbour master, who keeps them in a chest of cedar.</p>"""


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ('<div class="wide">{}</div>', '<div class="narrow">{}</div>'),
        ('<section class="slide">{}</section>', '<section class="slide slide-cloned">{}</section>'),
        ("<div><div>{}</div></div>", "<div>{}</div>"),
    ],
)
def test_a_copy_of_a_block_of_text_is_left_out(first: str, second: str) -> None:
    once = body_outline(newspaper(f"{HEADLINE}{STORY}{first.format(NOTICE)}{LATER}"))
    copied = newspaper(f"{HEADLINE}{STORY}{first.format(NOTICE)}{LATER}{second.format(NOTICE)}")
    assert body_outline(copied) == once
    assert extract_generic(copied).dropped["a further copy of a text"] == 44  # the words of NOTICE


@pytest.mark.parametrize(
    "block",
    [
        f"<blockquote>{NOTICE}</blockquote>",
        f'<div class="quoted-post">{NOTICE}</div>',
        f"<ul>{NOTICE.replace('<p>', '<li>').replace('</p>', '</li>')}</ul>",
        f"<p>{NOTICE.replace('<p>', '').replace('</p>', ' ')}</p>",
    ],
)
def test_quotations_and_lists_and_paragraphs_may_recur(block: str) -> None:
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}{block}{LATER}{block}{STORY}"))
    assert outline.count("chest of cedar") == 2


def test_a_second_copy_of_the_text_without_paragraphs_is_left_out() -> None:
    chapters = [STORY.replace("the", f"the {name}") for name in ("first", "second", "third", "fourth", "fifth", "last")]
    text = "".join(chapters)
    joined = text.replace("<p>", " ").replace("</p>", " ")
    outline = body_outline(newspaper(f'{HEADLINE}{text}<div class="paywall">{joined}</div>'))
    assert outline.count("sunken temples") == len(chapters)
    assert outline == body_outline(newspaper(f"{HEADLINE}{text}"))


def test_a_copy_of_a_paragraph_is_left_out_only_in_another_block() -> None:
    summary = f"<p>{NOTICE.replace('<p>', '').replace('</p>', ' ')}</p>"
    page = f'{HEADLINE}<div class="summary">{summary}</div><div>{summary}</div>{STORY}'
    assert body_outline(newspaper(page)).count("chest of cedar") == 1
    assert body_outline(newspaper(f"{HEADLINE}<div>{summary}{summary}</div>{STORY}")).count("chest of cedar") == 2


WIDTHS = [("d-none d-md-block", "d-md-none"), ("hidden-xs", "visible-xs"), ("box--desktop", "box--mobile")]


@pytest.mark.parametrize(("wide", "narrow"), WIDTHS)
def test_a_short_copy_for_another_width_of_the_screen_is_left_out(wide: str, narrow: str) -> None:
    words = "<h2>Lamps</h2><p>Lamps are lent for a year.</p>"
    block = f'<div class="{wide}">{words}</div><div class="{narrow}">{words}</div>'
    assert body_outline(newspaper(f"{HEADLINE}{STORY}{block}{LATER}")).count("Lamps are lent") == 1


@pytest.mark.parametrize(
    "block",
    [
        '<div class="d-none d-md-block"><p>{}</p></div><div class="d-md-none"><p>{} Or for two.</p></div>',
        '<div class="row"><p>{}</p></div><div class="row"><p>{}</p></div>',
        '<div class="d-md-flex"><p>{}</p></div><p>They glow.</p><div class="d-md-flex"><p>{}</p></div>',
    ],
    ids=["other words", "other classes", "words between"],
)
def test_short_blocks_that_are_not_copies_for_another_width_are_kept(block: str) -> None:
    block = block.replace("{}", "Lamps are lent for a year.")
    assert body_outline(newspaper(f"{HEADLINE}{STORY}{block}{LATER}")).count("Lamps are lent") == 2
