"""Addresses that hold what nobody else may read, in whatever form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout_pub.model.url_parts import strip_userinfo


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
def test_no_password_is_left_in_an_address(address: str) -> None:
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
def test_an_address_without_a_user_stays_as_it_is(address: str) -> None:
    assert strip_userinfo(address) == address


@given(st.text(alphabet="a1:/@?#[]\\. ", max_size=200))
def test_nothing_is_put_into_an_address(address: str) -> None:
    assert len(strip_userinfo(address)) <= len(address)
