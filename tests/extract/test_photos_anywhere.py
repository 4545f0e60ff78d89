"""No photo is lost in extraction, wherever it stands."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from readout_pub.model import photos
from tests.pages import extracted

HOLE = "{}"

FRAMES = (
    *("<p>{}</p>", "<p>They met. {} They agreed.</p>", "<div>{}</div>", "<h2>Trade {}</h2>", "<pre>One\n{}</pre>"),
    *(
        "<ul><li>{}</li><li>Fish</li></ul>",
        "<ol>{}<li>Boats</ol>",
        "<dl><dt>{}<dd>Fish</dl>",
        "<dl><dt>Fish<dd>{}</dl>",
    ),
    *("<figure>{}<figcaption>The Ministers</figcaption></figure>", "<figure><figcaption>{}</figcaption></figure>"),
    *("<table><tr><th>Name<th>{}<tr><td>Ota<td>Fish</table>", "<table><caption>{}</caption><tr><th>a<td>b</table>"),
    *("<table><tr><td>{}<td>They met.</table>", "<table><tr><td>{}</table>", "<table>{}<tr><td>a<td>b</table>"),
    *("<table><tr><td>a</td>{}<td>b</td></tr></table>", "<table><tr><td>{}<tr><td>The Ministers</table>"),
    *("<blockquote>{}</blockquote>", '<a href="b.html">{}</a>', "<b>{}</b>", "<button>{}</button>", "<code>{}</code>"),
    *("<details><summary>More {}</summary>Fish</details>", "<ruby>海{}<rt>うみ</rt></ruby>", "<object>{}</object>"),
    *("<center>{}</center>", '<div class="caption">{}</div>', '<p class="credit">{}</p>'),
)
"""Markup with a place for a photo; careless markup too."""


@st.composite
def _pages(draw: st.DrawFn) -> tuple[str, list[str]]:
    """Draw the content of a page, and the addresses of the photos in it."""
    names: list[str] = []

    def photo() -> str:
        names.append(f"{len(names)}.jpg")
        return f'<img src="{names[-1]}" alt="Photo {len(names)}" width="300" height="200">'

    parts = []
    for _ in range(draw(st.integers(1, 4))):
        part = "".join(photo() for _ in range(draw(st.integers(1, 2))))
        for frame in draw(st.lists(st.sampled_from(FRAMES), max_size=4)):
            part = frame.replace(HOLE, part)
        parts.append(part)
    return "<p>They met.</p>" + "".join(parts), names


@given(page=_pages())
def test_every_photo_arrives_once_wherever_it_stands(page: tuple[str, list[str]]) -> None:
    markup, names = page
    assert sorted(photo.src for photo in photos(extracted(markup))) == sorted(names)
