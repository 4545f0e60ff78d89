"""A copy from the Wayback Machine becomes the original page: same text, same lines, same links."""

from __future__ import annotations

from pathlib import Path

import pytest

from readout_pub import HtmlPage, open_source
from tests.archives import Record, article, warc

COPY = "https://web.archive.org/web/20310804102030"
URL = "https://www.atlantis.example/talks.html"

PAGE = """\
<!DOCTYPE html>
<html><head>
<title>Talks</title>
</head>
<body>
<p><a href="https://www.atlantis.example/map.html">Map</a>
<img src="//www.atlantis.example/quay.jpg"></p>
</body></html>
"""

COPIED = f"""\
<!DOCTYPE html>
<html><head><script src="//archive.org/includes/athena.js" type="text/javascript"></script>
<script type="text/javascript">__wm.init("https://web.archive.org/web");</script>
<!-- End Wayback Rewrite JS Include -->
<title>Talks</title>
</head>
<body><!-- BEGIN WAYBACK TOOLBAR INSERT -->
<div id="wm-ipp-base"><div id="wm-ipp"><a href="https://web.archive.org/web/">27 captures</a></div></div>
<script>__wm.bt(700,27,25,2,"web","{URL}","20310804102030");</script>
<!-- END WAYBACK TOOLBAR INSERT -->
<p><a href="{COPY}/https://www.atlantis.example/map.html">Map</a>
<img src="/web/20310804102030im_///www.atlantis.example/quay.jpg"></p>
</body></html>
<!--
     FILE ARCHIVED ON 10:20:30 Aug 04, 2031 AND RETRIEVED FROM THE
     INTERNET ARCHIVE ON 08:15:02 Jan 19, 2032.
-->
"""


def opened(folder: Path, markup: str) -> HtmlPage:
    file = folder / "page.html"
    file.write_text(markup, "utf-8")
    page = open_source(file)
    assert isinstance(page, HtmlPage)
    return page


def test_the_toolbar_and_its_scripts_are_removed_and_links_restored(tmp_path: Path) -> None:
    page = opened(tmp_path, COPIED)
    assert "".join(page.markup.split()) == "".join(PAGE.split())
    assert (page.url, str(page.retrieved), page.source_format) == (URL, "2031-08-04", "Wayback copy")
    assert [note.code for note in page.notes] == ["WAYBACK_UNDONE"]


def test_the_rest_of_the_page_keeps_its_line_numbers(tmp_path: Path) -> None:
    before, after = (markup.split("\n") for markup in (COPIED, opened(tmp_path, COPIED).markup))
    assert before.index("<title>Talks</title>") == after.index("<title>Talks</title>")
    assert before.index("</body></html>") == after.index("</body></html>")


@pytest.mark.parametrize("kind", ["", "im_", "js_", "cs_", "if_", "id_", "mp_"])
@pytest.mark.parametrize("host", ["https://web.archive.org", "http://web.archive.org", "//web.archive.org", ""])
def test_every_form_of_a_rewritten_link_is_restored(host: str, kind: str, tmp_path: Path) -> None:
    link = f'<a href="{host}/web/20310804102030{kind}/http://www.atlantis.example/map.html">Map</a>'
    page = opened(tmp_path, COPIED.replace("<p>", f"<p>{link}"))
    assert '<a href="http://www.atlantis.example/map.html">Map</a>' in page.markup


def test_every_url_of_a_srcset_is_restored(tmp_path: Path) -> None:
    image = f'<img srcset="{COPY}im_/https://a.example/1.jpg 1x, {COPY}im_/https://a.example/2.jpg 2x">'
    assert (
        '<img srcset="https://a.example/1.jpg 1x, https://a.example/2.jpg 2x">'
        in opened(tmp_path, COPIED.replace("<p>", f"<p>{image}")).markup
    )


def test_a_link_of_the_page_itself_to_the_wayback_machine_stays(tmp_path: Path) -> None:
    own = "https://web.archive.org/web/2029/https://lemuria.example/"
    page = opened(tmp_path, COPIED.replace("<p>", f'<p><a href="{COPY}/{own}">see {own}</a> '))
    assert f'<a href="{own}">see {own}</a>' in page.markup


@pytest.mark.parametrize(
    "left",
    [
        f"<!-- saved from url=(0080){COPY}/{URL} -->",
        f"<!--\n Page saved with SingleFile \n url: {COPY}/{URL} \n saved date: Tue Sep 02 2031 08:00:00 GMT\n-->",
    ],
)
def test_a_copy_that_a_browser_saved_has_the_day_of_the_capture(left: str, tmp_path: Path) -> None:
    page = opened(tmp_path, f"{left}{PAGE}")
    assert (page.url, str(page.retrieved)) == (URL, "2031-08-04")


@pytest.mark.parametrize(
    "trace",
    [
        f"<div>The Wayback Machine - {COPY}/{URL}</div>",
        f'<link rel="canonical" href="{COPY}/{URL}">',
        f'<meta property="og:url" content="{COPY}/{URL}">',
    ],
)
def test_a_copy_without_the_script_of_the_toolbar_names_its_original(trace: str, tmp_path: Path) -> None:
    copy = COPIED.partition("<!--\n     FILE ARCHIVED")[0]
    script = next(line for line in copy.splitlines() if "__wm.bt" in line)
    page = opened(tmp_path, copy.replace(script, trace))
    assert (page.url, str(page.retrieved)) == (URL, "2031-08-04")


def test_a_toolbar_without_its_comments_is_removed(tmp_path: Path) -> None:
    bar = "<div id=wm-ipp-base lang=en><div id=wm-ipp><div>27 captures</div></div></div><div id=wm-ipp-print>Copy</div>"
    page = opened(tmp_path, article(f"{bar}<div>They talked.</div>"))
    assert "<p><div>They talked.</div></p>" in page.markup


def test_the_text_behind_a_toolbar_without_an_end_tag_stays(tmp_path: Path) -> None:
    assert "They talked." in opened(tmp_path, article("<div id=wm-ipp><div>They talked.")).markup


def test_a_page_with_links_to_the_wayback_machine_is_not_a_copy(tmp_path: Path) -> None:
    markup = article(f'<a href="{COPY}/{URL}">an old page</a>')
    page = opened(tmp_path, markup)
    assert (page.markup, page.url, page.notes) == (markup, None, ())


def test_a_crawl_of_the_wayback_machine_gives_the_original_pages(tmp_path: Path) -> None:
    crawl = tmp_path / "crawl.warc.gz"
    photo = Record(f"{COPY}im_/https://www.atlantis.example/quay.jpg", b"photo", "image/jpeg")
    crawl.write_bytes(warc([Record(f"{COPY}/{URL}", COPIED.encode()), photo]))
    page = open_source(crawl)
    assert isinstance(page, HtmlPage)
    assert (page.url, str(page.retrieved)) == (URL, "2031-08-04")
    load = page.assets.find("https://www.atlantis.example/quay.jpg")
    assert load is not None
    assert load() == b"photo"
