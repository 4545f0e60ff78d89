"""Passwords are removed from URLs, also from malformed ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout_pub.model.url_parts import strip_userinfo, strip_userinfo_of_link


@pytest.mark.parametrize(
    "address",
    [
        "http://me:salt@h.example/x",
        "HTTPS://me:salt@h.example:80/x?y#z",
        "http://salt@h.example/x",
        "http://a@salt@h.example/x",
        "http:\\\\me:salt@h.example/x",
        "http:me:salt@h.example/x",
        "//me:salt@h.example/x",
        "me:salt@h.example/x",
        "http//me:salt@h.example/x",
        "http:/me:salt@h.example/x",
        "\thttp://me:salt@h.example/x",
        "http://me:s/salt@h.example/x",
        "http://me:s?salt@h.example/x",
        "http://me:s#salt@h.example/x",
        "http://me:1salt/2@h.example/x",
        "http://me:salt@[::1]/x",
    ],
)
def test_no_password_remains_in_a_url(address: str) -> None:
    shown = strip_userinfo(address)
    assert "salt" not in shown
    assert shown.endswith(("h.example/x", "h.example:80/x?y#z", "[::1]/x"))


@pytest.mark.parametrize(
    "address",
    [
        "https://h.example/@salt/x",
        "https://h.example:8080/@salt",
        "https://h.example?mail=a@b.example",
        "http://[::1]:80/@salt",
        "data:image/png;base64,a/b@c",
        "img/quay@2x.jpg",
        "/a/b:c@d.jpg",
        "http://[",
        "",
    ],
)
def test_a_url_without_userinfo_is_unchanged(address: str) -> None:
    assert strip_userinfo(address) == address


@pytest.mark.parametrize("address", ["mailto:me@h.example", "@salt/x", "/@salt", "talks@2x.html", "tel:+1;x=@y"])
def test_a_link_without_a_host_is_unchanged(address: str) -> None:
    assert strip_userinfo_of_link(address) == address


@pytest.mark.slow
@given(st.text(alphabet="a1:/@?#[]\\. ", max_size=200))
def test_stripping_userinfo_never_lengthens_a_url(address: str) -> None:
    assert len(strip_userinfo(address)) <= len(address)
