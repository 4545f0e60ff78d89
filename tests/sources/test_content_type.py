"""Media type and charset are read from Content-Type headers, even from the malformed headers of some servers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout_pub.sources.content_type import parse_content_type


@pytest.mark.parametrize(
    ("header", "media_type", "charset"),
    [
        ("text/html; charset=utf-8", "text/html", "utf-8"),
        ("Text/HTML;Charset=UTF-8", "text/html", "utf-8"),
        ('text/html; charset="utf-8"', "text/html", "utf-8"),
        ("text/html; charset='utf-8'", "text/html", "utf-8"),
        (r'text/html; charset="utf\-8"', "text/html", "utf-8"),
        ('text/html; charset="utf-8', "text/html", "utf-8"),
        ("text/html; charset = utf-8 ", "text/html", "utf-8"),
        ("text/html; version=1; charset=koi8-r; charset=utf-8", "text/html", "koi8-r"),
        ('text/html; title="; charset=latin1"; charset=utf-8', "text/html", "utf-8"),
        ("text/html; charset=; charset=utf-8", "text/html", "utf-8"),
        ("text/html; x-charset=latin1", "text/html", None),
        ("text/html;", "text/html", None),
        ("text/html", "text/html", None),
        (";charset=utf-8", "", "utf-8"),
        ("", "", None),
    ],
)
def test_media_type_and_charset_are_read(header: str, media_type: str, charset: str | None) -> None:
    assert parse_content_type(header) == (media_type, charset)


@pytest.mark.slow
@given(st.lists(st.sampled_from([";", "charset=", "title=", '"', "'", "\\", " ", "utf-8", "x"])).map("".join))
def test_the_charset_of_any_header_is_none_or_has_visible_characters(parameters: str) -> None:
    _, charset = parse_content_type(f"text/html;{parameters}")
    assert charset is None or charset.strip()
