"""HTML checks: each rule finds its fault and names the place; a correct page has no faults."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from readout_pub.checks import check
from readout_pub.content_security_policy import policy_element

CORRECT = """\
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


def faults_by_rule(folder: Path, before: str = "", after: str = "") -> dict[str, list[str]]:
    """Return the faults of the correct page with `before` replaced by `after`: rule → place and fault."""
    assert before in CORRECT
    path = folder / "page.html"
    path.write_text(CORRECT.replace(before, after) if before else CORRECT, "utf-8")
    return {each.rule: [f"{fault.where}: {fault.what}" for fault in each.faults] for each in check(path).broken}


def test_a_correct_page_breaks_no_rule(tmp_path: Path) -> None:
    assert faults_by_rule(tmp_path) == {}


PHOTO = 'alt="Two ministers at the quay"'

BROKEN = [
    ("<title>Talks</title>", "<title> </title>", "title", "the page: it has no title"),
    (' lang="en"', "", "language", "the page: it does not declare its language"),
    ('lang="la"', 'lang="old latin"', "languages", "line 8, <i>: 'old latin' is not a language tag"),
    ('lang="la"', 'lang="jp"', "languages", "line 8, <i>: 'jp' is not a language tag"),
    ("<h2>Tides</h2>", "<h1>Tides</h1>", "one-title", "line 7, <h1>: a second heading of level 1"),
    (
        "<h2>Tides</h2>",
        "<h3>Tides</h3>",
        "heading-order",
        "line 7, <h3>: it follows a heading of level 1; a level is skipped",
    ),
    ("<h2>Tides</h2>", "<h2> </h2>", "heading-words", "line 7, <h2>: the heading has no words"),
    (PHOTO, "", "alt", "line 8, <img>: the photo 'quay.jpg' has no alternative text"),
    (PHOTO, 'alt="  "', "alt", "line 8, <img>: its alternative text is white space"),
    (PHOTO, 'alt="Photo 1"', "alt-words", "line 8, <img>: its text 'Photo 1' describes nothing"),
    (PHOTO, 'alt="quay.jpg"', "alt-words", "line 8, <img>: its text 'quay.jpg' describes nothing"),
    (PHOTO, 'alt="Photo, no description available"', "alt-words", "line 8, <img>: this photo has no description"),
    (">Above<", "><", "link-words", "line 8, <a>: the link to '#talks' has no words"),
    ('href="#talks"', 'href="#lost"', "link-targets", "line 8, <a>: it leads to '#lost', and there is no such element"),
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
        "line 5, <main>: aria-labelledby names 'lost', and there is no such element",
    ),
    ("<h2>", '<h2 id="talks">', "ids", "the page: the id 'talks' occurs 2 times"),
    ("<main>", "<div>", "landmarks", "the page: it has 0 main landmarks, and should have one"),
    (
        "width=device-width",
        "width=device-width, user-scalable=no",
        "zoom",
        "line 3, <meta>: it prevents readers from zooming",
    ),
    (
        "<h2>",
        '<script src="//atlantis.example/a.js"></script><h2>',
        "self-contained",
        "line 7, <script>: it runs a script that the page's Content-Security-Policy does not name by digest",
    ),
]


@pytest.mark.parametrize(("before", "after", "rule", "fault"), BROKEN, ids=[f"{row[2]}: {row[1]}" for row in BROKEN])
def test_each_rule_finds_its_fault(before: str, after: str, rule: str, fault: str, tmp_path: Path) -> None:
    assert faults_by_rule(tmp_path, before, after)[rule][0] == fault


@pytest.mark.parametrize(
    ("markup", "found"),
    [
        ("<p>They met.</p>", ()),
        ('<script type="application/ld+json">{}</script>', ()),
        ("<video></video><form><input></form>", ("<form>", "<input>", "<video>")),
        ('<script>1</script><p onclick="2">They met.</p>', ("<script>", "onclick")),
        ('<img src="sea.GIF?v=2" alt=""><img src="data:image/gif;base64,R0" alt="">', ("<img> (GIF)",)),
        ('<meta http-equiv="Refresh" content="5">', ("<meta>",)),
    ],
)
def test_only_active_content_is_reported(markup: str, found: tuple[str, ...], tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(CORRECT.replace("<h2>", f"{markup}<h2>"), "utf-8")
    assert check(path).active_content == found


def test_a_decorative_photo_needs_no_alternative_text(tmp_path: Path) -> None:
    assert faults_by_rule(tmp_path, PHOTO, 'alt=""') == {}


def test_a_link_may_be_named_by_a_photo_or_a_label(tmp_path: Path) -> None:
    assert faults_by_rule(tmp_path, ">Above<", '><img src="up.png" alt="To the top"><') == {}
    assert faults_by_rule(tmp_path, '<a href="#talks">Above', '<a href="#talks" aria-label="Above">') == {}


def with_script(script: str, *policies: str) -> str:
    """Return the title of the correct page, followed by these policies and this script."""
    metas = (f'<meta http-equiv="content-security-policy" content="{policy}">' for policy in policies)
    return f"<title>Talks</title>{''.join(metas)}<script>{script}</script>"


SORT = "document.querySelector('table').hidden = false"
POLICY = re.search('content="(.+)"', policy_element(SORT))[1]  # type: ignore[index]


def test_data_in_a_script_element_break_no_rule(tmp_path: Path) -> None:
    data = '<title>Talks</title><script type="application/json">{"rows": []}</script>'
    assert faults_by_rule(tmp_path, "<title>Talks</title>", data) == {}


def test_a_script_that_the_page_policy_names_breaks_no_rule(tmp_path: Path) -> None:
    assert faults_by_rule(tmp_path, "<title>Talks</title>", with_script(SORT, POLICY)) == {}


@pytest.mark.parametrize(
    "head",
    [
        with_script(SORT),
        with_script(SORT, "default-src 'none'"),
        with_script(SORT, "script-src 'unsafe-inline'"),
        with_script(SORT, POLICY, "script-src 'none'"),
        with_script(SORT, f"script-src 'none'; {POLICY}"),
        with_script(f"{SORT};", POLICY),
        with_script(SORT, POLICY).replace("<script>", '<script src="sort.js">'),
    ],
)
def test_a_script_that_the_page_policy_does_not_name_is_a_fault(tmp_path: Path, head: str) -> None:
    assert list(faults_by_rule(tmp_path, "<title>Talks</title>", head)) == ["self-contained"]
