"""Pages without text, pages that are nested deeply, and quotations with a footer."""

from __future__ import annotations

import pytest

from readout_pub.errors import SourceError
from readout_pub.model import texts
from tests.extract.generic.pages import HEADLINE, LATER, STORY, body_outline, newspaper, read_generic


@pytest.mark.parametrize("markup", ["<html><body></body></html>", "<p>You need to enable JavaScript.</p>", " "])
def test_a_page_without_text_raises_an_error_with_advice(markup: str) -> None:
    with pytest.raises(SourceError) as raised:
        read_generic(markup)
    assert raised.value.what_next is not None


@pytest.mark.slow
@pytest.mark.parametrize("tag", ["div", "b", "blockquote"])
def test_a_page_nested_too_deeply_keeps_every_word_and_gets_a_note(tag: str) -> None:
    deep = f"<{tag}>" * 3000 + STORY + f"</{tag}>" * 3000
    readout = read_generic(newspaper(f"{HEADLINE}{STORY}{deep}<p>{'The pilots of Lemuria went home. ' * 9}</p>"))
    words = " ".join(" ".join(texts(readout.body)).split())
    assert words.count("sunken temples before the season ends.") == 2
    assert words.endswith("The pilots of Lemuria went home.")
    assert [note.severity for note in readout.notes if note.code == "NESTING_FLATTENED"] == ["warning"]


def test_the_footer_of_a_quotation_is_text() -> None:
    quote = "<blockquote><p>The lamps of Lemuria light the way.</p><footer>Mara Salis, Minister</footer></blockquote>"
    assert "Mara Salis, Minister" in body_outline(newspaper(f"{HEADLINE}{STORY}{quote}{LATER}"))
