"""Generated pages of tables, notes, media, formulas, listings and nested boxes: no word is lost or repeated.

With a profile, the readout has every word. Without one, a note counts the words that are left out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout_pub import refine
from readout_pub.model import plain_text, texts
from tests.pages import PROSE, readouts_on_both_paths


class Words:
    """Supplies words that all differ, so that a page has each word once."""

    def __init__(self) -> None:
        self.given: list[str] = []

    def take(self, count: int = 1) -> str:
        """Return `count` new words."""
        start = len(self.given)
        self.given += [f"wörd{number}x" for number in range(start, start + count)]
        return " ".join(self.given[start:])


KINDS = (
    "paragraph heading list table amendment terms quote listing formula medium captioned notes vote photo box".split()
)


PHOTO_SHAPES = (
    "<figure>{image}<figcaption>{caption} <small>Photo: {credit}</small></figcaption></figure>",
    '<dl class="gallery-item"><dt>{image}</dt><dd class="gallery-caption">{caption} (Photo: {credit})</dd></dl>',
    '<div class="image_box"><p class="img">{image}</p><p class="txt">{caption}</p></div><p>{credit}</p>',
    """<div class="picture"><span>{image}<span class="source">Quelle: {credit}</span></span>
    <p class="caption">{caption}</p></div>""",
    "<p>{image}<br>{caption}.</p><p>{credit}</p>",
    "<table><caption>{caption}</caption><tr><td>{image}</td></tr></table><p>{credit}</p>",
    '<div class="field--name-image"><div>Image</div>{image}</div><p class="photo-caption">{caption}</p><p>{credit}</p>',
    """<div class="image">{image}<h6>{caption}</h6></div><p align="center">{image}</p>
    <p align="center"><b>{credit}.</b></p>""",
)
"""Markup of photos with their captions, as many content systems write it."""


def markup(kind: str, inner: list[str], words: Words, number: int) -> str:
    """Return the markup of a block of this kind, with new words; `inner` is the content of a box."""
    take = words.take
    match kind:
        case "heading":
            return f"<h2>{take(3)}</h2><p>{take(9)}.</p>"
        case "list":
            return f"<ul><li>{take(3)}</li><li><p>{take(4)}</p><ol><li>{take(2)}</li></ol></li></ul>"
        case "table":
            return (
                f"<table><caption>{take(2)}</caption><tr><th>{take()}</th><th>{take()}</th></tr>"
                f"<tr><td>{take(2)}</td><td>{take(1)}</td></tr></table>"
            )
        case "amendment":
            return (
                f"<table><tr><td><b>{take()}</b></td><td><b>{take()}</b></td></tr><tr><td>{take(60)}</td>"
                f"<td>{take(60)}</td></tr></table>"
            )
        case "terms":
            return f"<dl><dt>{take()}</dt><dd>{take(4)}</dd><dt>{take()}</dt><dd><p>{take(3)}</p></dd></dl>"
        case "quote":
            return f"<blockquote><p>{take(12)}</p></blockquote>"
        case "listing":
            return f'<pre><span class="lineno">1</span>{take()}\n<span class="lineno">2</span>  {take()}</pre>'
        case "formula":
            formula = f"<math><mi>{take()}</mi><mo>=</mo><mfrac><mi>{take()}</mi><mn>2</mn></mfrac></math>"
            return f"<p>{take(5)} {formula} {take(4)}.</p>"
        case "medium":
            frame = f'<iframe src="https://films.example/v{number}" title="{take(3)}"></iframe>'
            return f"<p>{take(8)}.</p>{frame}<p>{take(8)}.</p>"
        case "captioned":
            return (
                f'<figure><video controls src="/film{number}.mp4"></video><figcaption>{take(4)}</figcaption></figure>'
                f"<p>{take(9)}.</p>"
            )
        case "notes":
            return (
                f'<p>{take(6)}<a href="#n{number}">[{number}]</a> {take(5)}.</p>'
                f'<table><tr id="n{number}"><td>[{number}]</td><td>{take(5)}.</td></tr></table>'
            )
        case "vote":
            return f'<div class="vote"><h4>{take(2)}</h4><ul><li>{take()}</li><li>{take()}</li></ul></div>'
        case "photo":
            image = f'<img src="/photo{number}.jpg" width="800" height="500" alt="">'
            shape = PHOTO_SHAPES[number % len(PHOTO_SHAPES)]
            return f"<p>{take(9)}.</p>{shape.format(image=image, caption=take(4), credit=take(2))}<p>{take(9)}.</p>"
        case "box":
            return f"<div><section>{''.join(inner)}</section></div>"
        case _:
            return f"<p>{take(14)}.</p>"


@st.composite
def pages(draw: st.DrawFn) -> tuple[str, list[str]]:
    """Draw the markup of a page and its words in reading order."""
    words = Words()
    numbers = iter(range(1, 100))

    def blocks(depth: int) -> Iterator[str]:
        for kind in draw(st.lists(st.sampled_from(KINDS), min_size=1, max_size=5 if depth else 2)):
            inner = list(blocks(depth - 1)) if kind == "box" and depth else []
            yield markup(kind if inner or kind != "box" else "paragraph", inner, words, next(numbers))

    return "".join(blocks(2)), words.given


@pytest.mark.slow
@given(pages())
def test_no_word_of_a_generated_page_is_repeated_or_lost_without_a_note(generated: tuple[str, list[str]]) -> None:
    page, given_words = generated
    for path, found in readouts_on_both_paths(f"{PROSE[0]}{page}{PROSE[1]}").items():
        readout = refine(found)
        whole = " ".join((plain_text(readout.title or ()), *texts(readout.body)))
        arrived = Counter(re.findall(r"wörd\d+x", whole))
        noted = sum(int(note.message.split()[0]) for note in readout.notes if note.code == "DROPPED")
        missing = [word for word in given_words if not arrived[word]]
        assert len(missing) <= (noted if path == "generic" else 0), (path, missing, readout.notes, page)
        assert max(arrived.values(), default=1) == 1, (path, page)
