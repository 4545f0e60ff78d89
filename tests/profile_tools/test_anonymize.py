"""Test cases made from saved pages have invented words and the same structure, in a few kilobytes."""

from __future__ import annotations

import io
import re

import pytest
from PIL import Image

from readout_pub.profile_tools.anonymize import MAX_PAGE, anonymize_page, grey_photo, replace_words
from tests.pages import jpeg

PAGE = """<!DOCTYPE html><html lang="en"><head><title>Minister Salt visits Atlantis</title>
<script>track()</script></head>
<body class="home"><!-- built by Orm --><ul id="menu"><li>Tides<li>Harbours<li>Vessels<li>Lighthouses<li>Weather</ul>
<div id="doc" onclick="x()"><h1>Minister Salt visits Atlantis</h1><p class="day">4 August 2031</p>
<p>Salt met Kelp on 3 August and paid 1,250 pearls.</p>
<p><a href="/people/salt.html?session=7"><img src="salt_files/minister-salt.jpg" alt="Minister Salt"></a></p></div>
</body></html>"""


def anonymized(page: str = PAGE) -> str:
    return anonymize_page(page, None, {"salt_files/minister-salt.jpg": "1.jpg"}, "#doc").decode()


def test_words_are_replaced_everywhere_and_structure_stays() -> None:
    page = anonymized()
    assert re.findall("(?i)salt|minister|atlantis|kelp|pearls|tides|orm|track|onclick|session", page) == []
    assert '<p class="day">4 August 2031</p>' in page
    assert '<img src="1.jpg" alt="' in page
    assert '<div id="doc">' in page


@pytest.mark.parametrize(
    ("url", "pattern"),
    [
        ("/people/salt.html?session=7", r"/\w{6}/\w{4}\.html"),
        ("https://sea.example/v1.2/salt-visits", r"https://sea\.example/v1\.2/\w{4}-\w{6}"),
        ("//sea.example/salt.html", r"//sea\.example/\w{4}\.html"),
        ("/people/orm.salt", r"/\w{6}/orm\.\w{4}"),
        ("https://salt:kelp@sea.example/tides.pdf", r"https://sea\.example/\w{5}\.pdf"),
        ("mailto:salt@sea.example", r"\w{4}@sea\.\w{7}"),
        ("#salt", "#salt"),
    ],
)
def test_a_url_keeps_its_host_and_suffix_and_gets_an_invented_path(url: str, pattern: str) -> None:
    (href,) = re.findall('<a href="(.*?)">', anonymized(PAGE.replace("/people/salt.html?session=7", url)))
    assert re.fullmatch(pattern, href)
    assert href.startswith("#") or "salt" not in href


def test_values_of_form_fields_are_removed_and_numbers_of_items_stay() -> None:
    fields = '<input name="token" value="a1b2"><button value="salt">Send</button><ol><li value="4">Tides</li></ol>'
    page = anonymized(PAGE.replace("</h1>", f"</h1>{fields}"))
    assert '<input name="token">' in page
    assert re.findall('value="(.*?)"', page) == ["4"]


def test_neither_numbers_nor_dates_nor_short_words_change() -> None:
    assert re.fullmatch(
        r"[A-Z]\w{3} met [A-Z]\w{3} on 3 August and \w{4} 1,250 \w{6}\.",
        replace_words("Salt met Kelp on 3 August and paid 1,250 pearls."),
    )


def test_equal_words_stay_equal_so_that_titles_are_found() -> None:
    page = anonymized()
    assert re.findall("<title>(.*)</title>", page) == re.findall("<h1>(.*)</h1>", page)


def test_a_large_page_is_cut_to_the_limit_and_keeps_selected_elements() -> None:
    menu = "".join(f'<div id="m{n}"><p><span class="o{n}">Tides</span></p></div>' for n in range(999))
    kicker = '<div><div><em class="kicker">Tidings</em></div></div>'
    large = PAGE.replace("<ul ", f"{menu}{kicker}<ul ")
    page = anonymize_page(large, None, {}, "#doc", ["div > em.kicker"])
    assert len(page) <= MAX_PAGE < len(large)
    assert b'<em class="kicker">' in page
    assert b"o3" not in page


def test_long_runs_of_siblings_and_long_texts_are_cut() -> None:
    assert anonymized().count("<li>") == 3
    assert len(anonymized(PAGE.replace("paid", "paid dearly " * 2_000))) < 2_000


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("両大臣は会談した", "[漁業海港船潮波島塩網岸灯]{3}は[漁業海港船潮波島塩網岸灯]{2}した"),
        ("Министры встретились", "[А-Яа-я]{8} [а-я]{11}"),
        ("الوزيران اجتمعا", "[\u0620-\u064a]{8} [\u0620-\u064a]{6}"),
    ],
)
def test_invented_words_have_the_script_and_length_of_the_original(text: str, letters: str) -> None:
    assert replace_words(text) != text
    assert re.fullmatch(letters, replace_words(text))


def test_a_photo_becomes_grey_and_keeps_format_and_proportions() -> None:
    out = grey_photo(jpeg())
    assert out is not None
    with Image.open(io.BytesIO(out)) as photo, Image.open(io.BytesIO(jpeg())) as original:
        assert (photo.format, photo.mode) == ("JPEG", "L")
        assert photo.width / photo.height == pytest.approx(original.width / original.height, rel=0.1)
    assert len(out) < 6_000
    assert grey_photo(b"no photo") is None
