"""Navigation, form controls and unfilled templates are removed and noted."""

from __future__ import annotations

from textwrap import dedent

import pytest

from readout_pub.notes import note
from tests.outline import outline
from tests.pages import body, extracted


@pytest.mark.parametrize("tag", ["nav", "dialog", "noscript", "script", "style", "template", "svg", "iframe"])
def test_elements_that_are_no_text_are_removed(tag: str) -> None:
    assert body(f"<p>One.</p><{tag}>Not this.</{tag}><p>Two.</p>") == dedent("""\
        paragraph "One."
        paragraph "Two."
    """)


@pytest.mark.parametrize("tag", ["nav", "dialog", "noscript", "select", "textarea", "video"])
def test_removed_words_are_noted(tag: str) -> None:
    notes = extracted(f"<p>One.</p><{tag}>Not this.</{tag}><p>Two.</p>").notes
    assert note("DROPPED", count=2, rule=tag) in notes


@pytest.mark.parametrize("text", ["--page-- of --total--", "{{ count }}", "Photo ${photo.number}", "{{a}} / {{b}}"])
def test_an_unfilled_template_is_removed_and_noted(text: str) -> None:
    readout = extracted(f"<p>One.</p><p><span>{text}</span></p><p>Type <code>{{{{ count }}}}</code>.</p>")
    assert outline(readout.body) == dedent("""\
        paragraph "One."
        paragraph "Type [code: {{ count }}]."
    """)
    assert [note.code for note in readout.notes].count("DROPPED") == 1


def test_each_character_of_a_script_without_spaces_counts_as_a_word() -> None:
    assert note("DROPPED", count=6, rule="nav") in extracted("<p>一つ。</p><nav>目次 一覧 へ 戻</nav>").notes
