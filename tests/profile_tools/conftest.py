"""Two saved pages of an invented site, with the same layout."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pages import jpeg

PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>{title} | Harbour Office of Atlantis</title>
<link rel="canonical" href="https://www.harbour.atlantis.example/{number}.html"></head>
<body class="page-{number}">
<div id="top"><p>Harbour Office of Atlantis</p>
<ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li></ul></div>
<div class="content">
<div class="story">
<p class="kicker">Readouts</p>
<h1>{title}</h1>
<p class="day">{day}</p>
<p class="share">Send this page</p>
<p>{lead}</p>
<p><img src="{number}_files/photo.jpg" alt="The quay"></p>
<p>{more}</p>
<p>{talks}</p>
</div>
<div class="more"><p>Read on</p></div>
</div>
<div id="foot"><p>Printed on recycled water</p></div>
</body>
</html>
"""

TALKS = (
    (
        "Both sides looked back on a winter in which the ships had stayed in the harbour for seven weeks, and "
        "thanked the crews who had brought letters and medicine to the outer islands all the same. They "
        "agreed that the pilots of both coasts would train together from next spring, that the lamps on the "
        "northern moles would burn until sunrise, and that the price of ice would be the same in every port. "
        "The talks will go on in autumn, when the fleet has returned."
    ),
    (
        "The first of them described how the storm of the third of June had torn the moorings of eleven "
        "ships, and what it had cost to mend them before the season began. The second explained the new rules "
        "for meshes, which spare the young of every kind, and promised that inspectors would help before they "
        "fine anybody. They visited the school of net makers, spoke with its oldest teacher, and decided to "
        "give its pupils a place in both harbours for a year."
    ),
)
"""A paragraph for each page: on a page with less prose, the generic extractor also keeps doubtful lines."""


def save_site(folder: Path) -> list[str]:
    """Save two readouts with their photos in `folder`; return their paths."""
    stories = [
        ("Talks on fish", "7 May 2031", "Ms. Nerea Salt met Mr. Orm Kelp on the quay.", "They spoke about herring."),
        ("Talks on nets", "9 June 2031", "The two keepers of the tides met again.", "Nothing was caught that day."),
    ]
    for number, (title, day, lead, more) in enumerate(stories, 1):
        talks = TALKS[number - 1]
        page = PAGE.format(number=number, title=title, day=day, lead=lead, more=more, talks=talks)
        (folder / f"{number}.html").write_text(page, "utf-8")
        (folder / f"{number}_files").mkdir()
        (folder / f"{number}_files/photo.jpg").write_bytes(jpeg())
    return [str(folder / "1.html"), str(folder / "2.html")]


@pytest.fixture
def saved(tmp_path: Path) -> list[str]:
    """The paths of the saved pages of the site, in an empty folder."""
    return save_site(tmp_path)
