"""Which footnotes, notes, videos and listings of code are kept."""

from __future__ import annotations

from tests.extract.generic.pages import HEADLINE, LATER, STORY, body_outline, is_kept_despite_low_score, newspaper


def test_a_code_listing_is_kept_but_hidden_data_for_scripts_are_left_out() -> None:
    data = "{&quot;lamps&quot;: [1, 2]}"
    assert "[1, 2]" in body_outline(newspaper(f"{HEADLINE}{STORY}<pre>{data}</pre>{LATER}"))
    assert "[1, 2]" not in body_outline(newspaper(f'{HEADLINE}{STORY}{LATER}<pre class="hide">{data}</pre>'))


def test_a_box_with_the_role_note_is_kept_between_text() -> None:
    statement = '<p><a href="/statement">Statement of both offices about lamps</a></p>'
    assert is_kept_despite_low_score(f'{HEADLINE}{STORY}<div role="note">{statement}</div>{LATER}', "Statement of both")
    assert not is_kept_despite_low_score(f"{HEADLINE}{STORY}<div>{statement}</div>{LATER}", "Statement of both")


def test_a_video_is_kept_with_the_caption_in_its_block() -> None:
    video = '<iframe src="https://video.example/embed/7" title="The lamps at night"></iframe>'
    block = f'<div class="video">{video}<p class="caption">The lamps at night, seen from the reef</p></div>'
    assert "The lamps at night, seen from the reef" in body_outline(newspaper(f"{HEADLINE}{STORY}{block}{LATER}"))
    assert "https://video.example/embed/7" in body_outline(newspaper(f"{HEADLINE}{STORY}{block}{LATER}"))


def test_a_cookie_notice_is_not_kept_as_a_footnote() -> None:
    note = "<p><sup>1</sup> The lamps are those of the pact of nine islands.</p>"
    cookies = """<div class="cookie-modal"><div class="cookie-details"><p>Necessary cookies are required to enable the
    basic features of this site.</p><ul><li><div>Duration</div><div>1 year 1 month</div></li></ul></div></div>"""
    called = "<p>The keepers lit forty lamps<sup>1</sup> on the reef, and the pilots thanked them for it at night.</p>"
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}{called}{LATER}{note}", below=cookies))
    assert "pact of nine islands" in outline
    assert "1 month" not in outline
