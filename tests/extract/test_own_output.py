"""HTML that the program wrote is converted again without a loss, and without what the program added to the text."""

from __future__ import annotations

import pytest

from readout_pub import Readout, convert, read
from readout_pub.model import texts

RELATED = "".join(f"<li><a href='/{number}'>Nr. {number} of the tide tables</a></li>" for number in range(6))
PAGE = f"""<!DOCTYPE html><html lang="en"><head><title>Talks on tides</title></head><body><main><h1>Talks on tides</h1>
<p>On August 4, commencing at 10:30 a.m. for approximately 45 minutes, Ms. Ione Kelp, Minister of the Sea, met
Mr. Orm Salt, Keeper of the Tides, in the harbour office. The overview of the meeting is as follows.</p>
<p>They agreed that the tides should come in twice a day, and that the tables would be printed.</p>
<h2>Risk level</h2><p>The risk to the harbour is high.</p>
<h2>Related tables</h2><ul>{RELATED}</ul></main></body></html>"""


def converted_again(page: str, site: str | None = None) -> tuple[Readout, str]:
    """Convert a page to HTML and read this HTML; return the readout and the HTML."""
    html = convert(page.encode(), ["html"], name="talks.html", keep="most").renditions[0].data
    return read(html, name="talks.html", site=site)[0], html.decode()


def test_html_that_is_converted_again_keeps_each_word_and_adds_none() -> None:
    first = read(PAGE.encode(), name="talks.html", keep="most")[0]
    again, html = converted_again(PAGE)
    twice, _ = converted_again(html)
    assert "Nr. 5" in " ".join(texts(first.body))
    for readout in (again, twice):
        assert list(texts(readout.body)) == list(texts(first.body))
        assert (readout.title, readout.series, readout.issued) == (first.title, first.series, first.issued)


def test_facts_of_the_meeting_do_not_become_text() -> None:
    _, html = converted_again(PAGE)
    assert html.count("45 minutes") == 2
    assert converted_again(html)[1].count("45 minutes") == 2


@pytest.mark.parametrize("site", ["none", "mofa"])
def test_the_structure_of_own_html_is_not_used_if_another_profile_is_named(site: str) -> None:
    assert converted_again(PAGE, site)[0].origin.profile is None


def test_own_html_with_the_address_of_a_web_site_is_recognised() -> None:
    _, html = converted_again(PAGE)
    published = html.replace("<meta charset", '<link rel="canonical" href="https://sea.example/talks"><meta charset', 1)
    readout = read(published.encode(), name="talks.html")[0]
    assert (readout.origin.profile, readout.origin.publisher) == ("readout-pub/html", None)
