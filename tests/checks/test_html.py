"""A page on trial: each fault is found by its rule, and said with where it is; a sound page has none."""

from __future__ import annotations

from pathlib import Path

import pytest

from readout_pub.checks import check

SOUND = """\
<!DOCTYPE html>
<html lang="en">
<head><title>Talks</title><meta name="viewport" content="width=device-width"></head>
<body>
<main>
<h1 id="talks">Talks</h1>
<h2>Tides</h2>
<p><img src="quay.jpg" alt="Two ministers at the quay"> <a href="#talks">Above</a> <i lang="la">mare</i></p>
<table><tr><th scope="col">Port</th><th scope="col">Ships</th></tr><tr><td>Atlantis</td><td>3</td></tr></table>
</main>
</body>
</html>
"""


def found(folder: Path, before: str = "", after: str = "") -> dict[str, list[str]]:
    """Return the faults of the sound page in which `before` was replaced: rule → where and what."""
    assert before in SOUND
    path = folder / "page.html"
    path.write_text(SOUND.replace(before, after) if before else SOUND, "utf-8")
    return {each.rule: [f"{fault.where}: {fault.what}" for fault in each.faults] for each in check(path).broken}


def test_a_sound_page_breaks_no_rule(tmp_path: Path) -> None:
    assert found(tmp_path) == {}


PHOTO = 'alt="Two ministers at the quay"'

BROKEN = [
    ("<title>Talks</title>", "<title> </title>", "title", "the page: it has no title"),
    (' lang="en"', "", "language", "the page: it does not say its language"),
    ('lang="la"', 'lang="old latin"', "languages", "line 8, <i>: 'old latin' is no language tag"),
    ("<h2>Tides</h2>", "<h1>Tides</h1>", "one-title", "line 7, <h1>: a second heading of level 1"),
    (
        "<h2>Tides</h2>",
        "<h3>Tides</h3>",
        "heading-order",
        "line 7, <h3>: it follows a heading of level 1; a level is left out",
    ),
    ("<h2>Tides</h2>", "<h2> </h2>", "heading-words", "line 7, <h2>: the heading has no words"),
    (PHOTO, "", "alt", "line 8, <img>: the photo 'quay.jpg' has no alternative text"),
    (PHOTO, 'alt="  "', "alt", "line 8, <img>: its alternative text is white space"),
    (PHOTO, 'alt="Photo 1"', "alt-words", "line 8, <img>: its text 'Photo 1' describes nothing"),
    (PHOTO, 'alt="quay.jpg"', "alt-words", "line 8, <img>: its text 'quay.jpg' describes nothing"),
    (PHOTO, 'alt="Photo, no description available"', "alt-words", "line 8, <img>: nobody has described this photo"),
    (">Above<", "><", "link-words", "line 8, <a>: the link to '#talks' has no words"),
    ('href="#talks"', 'href="#lost"', "link-targets", "line 8, <a>: it leads to '#lost', and there is no such place"),
    (
        '<th scope="col">Port</th><th scope="col">Ships</th>',
        "<td>Port</td><td>Ships</td>",
        "table-headers",
        "line 9, <table>: no cell is marked as a header",
    ),
    (
        '<th scope="col">Port',
        "<th>Port",
        "table-headers",
        "line 9, <th>: the header does not say whether it heads a row or a column",
    ),
    (
        "<main>",
        '<main aria-labelledby="lost">',
        "references",
        "line 5, <main>: aria-labelledby names 'lost', which is not there",
    ),
    ("<h2>", '<h2 id="talks">', "ids", "the page: the id 'talks' stands 2 times"),
    ("<main>", "<div>", "landmarks", "the page: it has 0 main parts, and should have one"),
    (
        "width=device-width",
        "width=device-width, user-scalable=no",
        "zoom",
        "line 3, <meta>: it keeps readers from enlarging the page",
    ),
    (
        "<h2>",
        '<script src="//atlantis.example/a.js"></script><h2>',
        "self-contained",
        "line 7, <script>: it runs a program",
    ),
]


@pytest.mark.parametrize(("before", "after", "rule", "fault"), BROKEN, ids=[f"{row[2]}: {row[1]}" for row in BROKEN])
def test_each_fault_is_found_by_its_rule(before: str, after: str, rule: str, fault: str, tmp_path: Path) -> None:
    assert found(tmp_path, before, after)[rule][0] == fault


def test_a_photo_that_is_marked_as_decorative_needs_no_text(tmp_path: Path) -> None:
    assert found(tmp_path, PHOTO, 'alt=""') == {}


def test_a_link_may_take_its_words_from_a_photo_or_a_label(tmp_path: Path) -> None:
    assert found(tmp_path, ">Above<", '><img src="up.png" alt="To the top"><') == {}
    assert found(tmp_path, '<a href="#talks">Above', '<a href="#talks" aria-label="Above">') == {}
